/**
 * A task that comes with numbers: the model under further assumptions, and what statements about one sample are judged against.
 * Statements about every sample are judged without them.
 */
import { buildModel } from '../model/build-model.ts'
import { locateByPath } from '../model/complaints.ts'
import { type Data, sampled } from '../model/data.ts'
import type { Model } from '../model/model.ts'
import type { ModelSource } from '../model/model-source.ts'
import { type Env, evaluateLog } from '../term/evaluate.ts'
import { toNumber } from '../term/rational.ts'
import type { Expr, Prop, Term } from '../term/term.ts'
import { arraysOf, some, symbolsOf } from '../term/walk.ts'
import type { Setting } from '../verify/settings.ts'
import { completed, type Reference } from './reference.ts'
import type { Side, What } from './statement.ts'

const assumed = new WeakMap<Model, Map<string, Model>>()

/** The model with further facts about the sample. @throws ModelError if one cannot be read */
export const assumingMore = (model: Model, facts: readonly string[]): Model => {
  if (facts.length === 0) return model
  const kept = assumed.get(model) ?? new Map<string, Model>()
  assumed.set(model, kept)
  const key = JSON.stringify(facts)
  const source = model.source as ModelSource
  const made = kept.get(key) ?? buildModel({ ...source, assume: [...(source.assume ?? []), ...facts] }, locateByPath)
  kept.set(key, made)
  return made
}

/** The reference with this one sample in every setting. @throws DataError if the data are none of the model's */
export const referenceFor = (r: Reference, data: Data): Reference => {
  const own = sampled(r.model, data)
  const unknowns = new Set(r.unknowns)
  const at = (from: Env): Env => {
    const symbols = new Map(own.symbols)
    const arrays: Map<string, Env['arrays'] extends ReadonlyMap<string, infer A> ? A : never> = new Map(own.arrays)
    for (const [name, v] of from.symbols) if (unknowns.has(name)) symbols.set(name, v)
    for (const [name, v] of from.arrays) if (unknowns.has(name)) arrays.set(name, v)
    return completed(r.model, { symbols, arrays })
  }
  const possible = (e: Env): boolean => evaluateLog(r.likelihood, e).sign > 0
  const drawn = r.settings.flatMap(s => [s.env, s.other, ...s.others]).map(at)
  const allowed = [...drawn.filter(possible), ...(r.moving ? around(r, at, possible) : [])]
  const impossible = drawn.filter(e => !possible(e))
  const settings: Setting[] = allowed.slice(0, 4).map((env, k) => {
    const other = allowed[(k + 1) % allowed.length] ?? env
    return { env, other, others: [other, ...impossible.slice(0, 2)] }
  })
  return { ...r, settings, memo: new Map(), fixed: true }
}

/** Parameters near the ends of the sample, where drawn ones do not allow it. */
const around = (r: Reference, at: (e: Env) => Env, possible: (e: Env) => boolean): readonly Env[] => {
  const from = r.settings[0]?.env
  const [u, ...others] = r.unknowns
  if (!from || u === undefined || others.length > 0) return []
  const here = at(from)
  const xs = r.observed.flatMap(o => (here.arrays.get(o) ?? []).flatMap(v => (typeof v === 'number' ? [v] : [])))
  const [lo, hi] = [Math.min(...xs), Math.max(...xs)]
  const span = Math.max(hi - lo, 0.1 * Math.abs(hi), 0.1)
  return [hi + 0.3 * span, hi + span, lo - 0.3 * span, lo - span, (lo + hi) / 2, Math.max(hi, -lo) + 0.7 * span]
    .map(v => ({ ...here, symbols: new Map(here.symbols).set(u, v) }))
    .filter(possible)
}

const sidesOf = (s: Side): readonly Expr[] =>
  s.kind === 'term' ? [s.term] : s.kind === 'matrix' ? s.entries.flat() : s.kind === 'argmax' || s.kind === 'max' ? sidesOf(s.of) : []

/** How a statement speaks of the data: with its own numbers alone, with some of the names of the model, or in general. */
export const manner = (r: Reference, what: What): 'numbers' | 'mixed' | 'general' => {
  const terms: (Term | Prop)[] = []
  if (what.kind === 'relation') terms.push(...sidesOf(what.left), ...sidesOf(what.right))
  if (what.kind === 'relation' || what.kind === 'claim' || what.kind === 'condition')
    terms.push(...(what.condition ? [what.condition] : []))
  if (terms.length === 0) return 'general'
  const names = new Set(terms.flatMap(t => [...symbolsOf(t), ...arraysOf(t)]))
  const data = r.observed.filter(o => names.has(o))
  const sizes = r.model.samples.flatMap(s => (s.size.kind === 'sym' ? [s.size.name] : []))
  const known = r.model.known.map(k => k.name)
  if (data.length === 0 && ![...sizes, ...known].some(n => names.has(n))) return 'numbers'
  // 10 in place of n
  const env = r.settings[0]?.env
  const counted = sizes.flatMap(n => env?.symbols.get(n) ?? []).filter(v => v > 2)
  if (terms.some(t => some(t, u => u.kind === 'num' && counted.includes(toNumber(u.value))))) return 'mixed'
  return r.observed.every(o => names.has(o)) && sizes.every(n => names.has(n)) && known.every(n => names.has(n)) ? 'general' : 'mixed'
}

/** Half a unit of the last digit that was written: 0 if the number is no decimal fraction. */
export const roundingOf = (source: string): number => {
  const digits = [...source.matchAll(/\d*[.](\d+)/g)].at(-1)?.[1]
  return digits === undefined ? 0 : 0.5000001 * 10 ** -digits.length
}
