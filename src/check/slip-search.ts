/**
 * The search for the slip that explains a wrong line, near places first, and which of several names is the most telling. Bounded by
 * fuel.
 */
import { mistakeById } from '../../rules/mistakes.ts'
import type { Term } from '../term/term.ts'
import type { Matches } from './matchers.ts'
import type { Memory } from './ruling.ts'
import { everywhere, type Variant, variants } from './variants.ts'

export interface Hit {
  readonly ids: readonly string[]
  readonly rank: number
}

export interface Fuel {
  left: number
}

/** How many candidates may be tried for all that is wrong in one line; what is not found by then is not named. */
export const perLine = 2000

/** Takes one from the fuel of the search and from that of the line. */
const spent = (fuel: Fuel, m: Memory): boolean => fuel.left-- <= 0 || m.fuel.left-- <= 0

/** The stage of a mistake against the role of the line: the lower the likelier. */
export const affinity: Readonly<Record<string, string>> = {
  density: 'A B',
  likelihood: 'A B D F C E H',
  'log-likelihood': 'C D B A F E H',
  score: 'E D F C B A H',
  'second-derivative': 'E D F C B A H',
  'score-equation': 'F D H E C B A',
  estimator: 'F H D E C B A',
}

/** Named only where nothing more telling fits. */
export const general: Readonly<Record<string, number>> = {
  'd.sign-of-term': 6,
  'd.power-rule': 5,
  'd.second-derivative': 7,
  'd.product-rule': 3,
  'd.sigma-vs-sigma2': 4,
  'd.term-lost-n': 1,
  'd.log-no-chain': 1,
  'd.log-coefficient': 2,
  'lik.theta-factor-dropped': 7,
  'sum.const': 1,
  'sum.extra-n': 2,
  'exp.sum-minus-const': 1,
  'sum.product-split': 1,
  'sum.square-expanded': 1,
  'solve.sign-moved': 3,
  'solve.one-side-only': 5,
  'solve.not-distributed': 2,
  'solve.extraneous-root': 9,
  'solve.root-forgotten': 1,
  'log.of-sum': 1,
  'log.power-outside': 2,
  'log.const-out': 2,
  'exp.power-not-distributed': 1,
  'exp.sum-sign-flip': 1,
  'est.n-1': 2,
}

export const rankOf = (id: string, role: string): number => {
  const stage = mistakeById(id)?.stage[0] ?? 'Z'
  const order = affinity[role] ?? 'A B C D E F G H'
  const place = order.indexOf(stage)
  // what is in an exponent of a likelihood is a plain constant elsewhere
  const foreignHere = role !== 'likelihood' && (id === 'exp.sum-minus-const' || id === 'exp.complement-count') ? 3 : 0
  return (place < 0 ? 20 : place) + (general[id] ?? 0) + foreignHere
}

/** The searches in turn, each behind the one before: the first telling answer, or the best of all. */
export const inTurn = (...searches: readonly (() => Hit | undefined)[]): Hit | undefined => {
  let best: Hit | undefined
  let behind = 0
  for (const s of searches) {
    const hit = s()
    if (hit && (!best || hit.rank + behind < best.rank)) best = { ids: hit.ids, rank: hit.rank + behind }
    if (best && best.rank <= 4) return best
    behind += 4
  }
  return best
}

export const search = (
  seeds: readonly Term[],
  wrap: (t: Term) => Term,
  matches: Matches,
  m: Memory,
  role: string,
  fuel: Fuel,
): Hit | undefined => {
  let best: Hit | undefined
  for (const seed of seeds) {
    for (const v of variants(seed, m.reference.interior)) {
      if (v.id === 'lik.censored-dropped' && !m.reference.model.samples.some(s => s.variables.length > 1)) continue
      if (spent(fuel, m)) return best
      const rank = rankOf(v.id, role)
      if (best && rank >= best.rank) continue
      if (matches(wrap(v.term))) best = { ids: [v.id], rank }
    }
    if (best && best.rank <= 2) return best
  }
  return best
}

/** One slip, made wherever it could be. */
export const searchEverywhere = (seeds: readonly Term[], matches: Matches, m: Memory, role: string, fuel: Fuel): Hit | undefined => {
  let best: Hit | undefined
  for (const seed of seeds)
    for (const v of everywhere(seed, m.reference.interior)) {
      if (spent(fuel, m)) return best
      const rank = rankOf(v.id, role)
      if ((!best || rank < best.rank) && matches(v.term)) best = { ids: [v.id], rank }
    }
  return best
}

/** Two slips, one after the other. */
export const searchTwice = (
  seeds: readonly Term[],
  wrap: (t: Term) => Term,
  matches: Matches,
  m: Memory,
  role: string,
  fuel: Fuel,
): Hit | undefined => {
  let best: Hit | undefined
  for (const seed of seeds)
    for (const v of likeliest(variants(seed, m.reference.interior), role, 60))
      for (const w of likeliest(variants(v.term, m.reference.interior), role, 80)) {
        if (spent(fuel, m)) return best
        const rank = rankOf(v.id, role) + rankOf(w.id, role)
        if (best && rank >= best.rank) continue
        if (matches(wrap(w.term))) best = { ids: v.id === w.id ? [v.id] : [v.id, w.id], rank }
      }
  return best
}

export const likeliest = (list: readonly Variant[], role: string, count: number): readonly Variant[] =>
  [...list]
    .map((v, i) => ({ v, i, rank: rankOf(v.id, role) }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, count)
    .map(x => x.v)

export const same = (t: Term): Term => t
