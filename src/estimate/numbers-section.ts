/** The worked numbers of a sample as a section at the end of a derivation. What they are is `estimate`'s. */
import type { Derivation, Phrase, Section } from '../document/document.ts'
import type { Data } from '../model/data.ts'
import { sym } from '../term/term.ts'
import { type Estimate, estimate } from './estimate.ts'

type Value = Estimate['parameters'][string] | Estimate['logLikelihood']

const shown = (v: unknown): string =>
  typeof v === 'number'
    ? String(Number(v.toPrecision(6))).replace('-', '−')
    : v === 'inf'
      ? '∞'
      : v === '-inf'
        ? '−∞'
        : Array.isArray(v)
          ? `(${v.map(shown).join(', ')})`
          : 'unknown'

const listed = (record: Readonly<Record<string, unknown>>): Phrase =>
  Object.entries(record).flatMap(([name, v], i): Phrase => [...(i === 0 ? [] : [', ']), { math: sym(name) }, ` = ${shown(v)}`])

const rows = (e: Estimate): readonly (readonly Phrase[])[] => {
  const row = (head: Phrase, value: string): readonly Phrase[] => [head, [value]]
  const out = Object.entries(e.parameters).map(([name, v]) => row(['estimate of ', { math: sym(name) }], shown(v as Value)))
  for (const [name, v] of Object.entries(e.standardErrors ?? {}))
    if (v !== null) out.push(row(['standard error of the estimate of ', { math: sym(name) }, ' (asymptotic)'], shown(v)))
  for (const [name, v] of Object.entries(e.set ?? {})) out.push(row(['every ', { math: sym(name) }, ' between'], shown(v)))
  if (e.logLikelihood !== null && e.logLikelihood !== undefined) out.push(row(['log-likelihood there'], shown(e.logLikelihood)))
  if (e.supremum) out.push([['supremum of the log-likelihood'], [shown(e.supremum.value), ' towards ', ...listed(e.supremum.towards)]])
  return out
}

const opening: Readonly<Record<Estimate['status'], string>> = {
  maximum: 'For the data given, the likelihood has one maximiser.',
  boundary: 'For the data given, the likelihood has one maximiser, on the boundary of the parameter space.',
  nonunique: 'For the data given, the maximiser of the likelihood is not unique.',
  none: 'For the data given, no maximum exists.',
  undecided: 'For the data given, the maximum could not be decided.',
}

/**
 * The derivation with a section of numbers for a sample.
 * @throws DataError for data that the model does not allow
 */
export const withNumbers = (derivation: Derivation, data: Data): Derivation => {
  const e = estimate(derivation, data)
  const table = rows(e)
  const section: Section = {
    type: 'section',
    id: 'numbers',
    title: 'In numbers',
    blocks: [
      { type: 'prose', content: [opening[e.status], ...(e.reason ? [` ${e.reason}`] : [])] },
      ...(table.length > 0 ? [{ type: 'table' as const, head: [['quantity'], ['value']], rows: table }] : []),
    ],
  }
  return { ...derivation, sections: [...derivation.sections, section] }
}
