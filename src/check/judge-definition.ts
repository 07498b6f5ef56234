/** What the definition of a name claims: an estimate of one observation, or another form of what the name was before. */
import { eq } from '../term/term.ts'
import { equal, equalUpToConstant, unknownsIn } from './decide.ts'
import { eachFactor } from './estimate-faults.ts'
import { ordinary } from './estimate-samples.ts'
import { judgeRelation } from './judge-relation.ts'
import { mentionsData } from './judge-support.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Statement, What } from './statement.ts'

/** "Observation i gives p̂_i = 1/x_i", and the average of these is the answer. */
export const ofEachObservation = (m: Memory, s: Statement, what: Extract<What, { kind: 'definition' }>): Ruling | undefined => {
  const r = m.reference
  const [, parameter] = /^(\w+?)(?:\u0302|_?hat)_?i$/.exec(what.name.normalize('NFD')) ?? []
  if (parameter === undefined || !r.unknowns.includes(parameter)) return undefined
  if (!m.lines.some(l => l.line >= s.line && /\baverag\w+|\bmean of (?:these|those|them|all|the)\b/i.test(l.source))) return undefined
  const places = ordinary(r)
  if (places.length < 2 || !places.every(({ env }) => eachFactor(r, { parameter, value: what.term, hat: true }, env))) return undefined
  return {
    role: 'estimator',
    status: 'wrong',
    always: true,
    message: 'All observations share one parameter.',
    mistake: 'lik.max-each-factor',
  }
}

/** Q(b) = Σ(y_i − b x_i)², and Q(b) once more in another form: the two are equal, up to a constant, or the second is wrong. */
export const writtenAnew = (m: Memory, s: Statement, what: Extract<What, { kind: 'definition' }>): Ruling | undefined => {
  const r = m.reference
  const isOf = (t: Statement): boolean => new RegExp(String.raw`^[\s$]*\\?${what.name}\s*\(`).test(t.source)
  const all = m.statements.slice(0, m.statements.indexOf(s)).filter(t => t.what.kind === 'definition' && t.what.name === what.name)
  // said once more of the samples of a case, it is compared with what it was at first
  const before = m.cases.some(c => c.line === s.line) ? all[0] : all.at(-1)
  if (before?.what.kind !== 'definition') return undefined
  const [first, second] = [before.what.term, what.term]
  // q for e^(−1/b), and then q = S/(n + S): an equation for b
  if (unknownsIn(r, first).length > 0 && !mentionsData(r, first) && unknownsIn(r, second).length === 0 && mentionsData(r, second))
    return judgeRelation(m, s, {
      kind: 'relation',
      left: { kind: 'term', term: first },
      relation: '=',
      right: { kind: 'term', term: second },
    })
  if (!/^[A-Za-z]+$/.test(what.name) || !isOf(s) || !isOf(before)) return undefined
  if (![first, second].every(t => unknownsIn(r, t).length > 0 && mentionsData(r, t))) return undefined
  const d = equal(r, first, second)
  if (d.verdict !== 'false' || !d.at) return undefined
  if ((['plain', 'log'] as const).some(scale => equalUpToConstant(r, first, second, scale).verdict !== 'false')) return undefined
  return {
    role: 'identity',
    relation: '=',
    status: 'wrong',
    message: `Before, ${what.name} was something else.`,
    target: { kind: 'equation', equation: eq(first, second) },
    counter: { env: d.at, left: first, right: second },
  }
}
