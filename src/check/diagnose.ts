/**
 * The mistake behind a wrong line: the slips of the bank are made at every place of the line before, then of the forms that a
 * textbook passes through, then two at once, and whatever gives what was written names the mistake. A search that runs out of
 * fuel names nothing.
 */
import { same } from '../term/order.ts'
import { big, type Expr, num, ONE, type Rel, type Term, TWO } from '../term/term.ts'
import { arraysOf, mapChildren, some, subterms } from '../term/walk.ts'
import { equationHolds, unknownsIn } from './decide.ts'
import { isMeanOf, ofSolution } from './diagnose-solution.ts'
import { expectationInPlace, isDistribution, ofValue } from './diagnose-value.ts'
import { tiedNames } from './omitted.ts'
import type { Reference } from './reference.ts'
import { repairedEquation, repairedLikelihood, repairedValue } from './repairs.ts'
import type { Memory, Ruling, Target } from './ruling.ts'
import type { Fuel } from './slip-search.ts'

/** Whether a root was taken on the way and no square is left under or around a sum. */
const isRootOfSquares = (m: Memory, written: Term): boolean => {
  const isSquare = (u: Term): boolean => u.kind === 'pow' && u.exponent === TWO
  const before = m.equations.at(-1)?.equation
  const ofParameter = (u: Term): boolean =>
    isSquare(u) && u.kind === 'pow' && unknownsIn(m.reference, u.base).length > 0 && u.base.kind === 'sym'
  return !some(written, isSquare) && before !== undefined && some(before, ofParameter)
}

/** Two names for equal values are told apart by what is written: a bare x or x_i, nμ² or Σμ². */
const asWritten = (m: Memory, id: string, t: Target): string => {
  const r = m.reference
  const written: Term = t.kind === 'equation' ? t.equation : t.term
  const role = t.kind === 'value' ? t.role : t.kind
  // an n that is lost in front of a log, on a power
  if (id === 'sum.const' && role === 'log-likelihood') {
    const logs = (u: Term): number => subterms(u).filter(v => v.kind === 'fn' && v.name === 'log').length
    return t.kind === 'value' && logs(t.right) > 0 && !some(written, u => u.kind === 'add' && u.terms.length > 6) ? 'log.lost-n' : id
  }
  if (id === 'sum.const' && role === 'likelihood') return 'lik.const-not-powered'
  // √(Σ x²) → Σ x, and not Σ x² → (Σ x)²
  if (id === 'sum.square-of-sum' && role === 'estimate' && isRootOfSquares(m, written)) return 'solve.root-forgotten'
  if (id === 'lik.no-index' || id === 'sum.index-escapes') {
    const bare = some(written, u => u.kind === 'sym' && r.observed.includes(u.name))
    return bare ? 'lik.no-index' : 'sum.index-escapes'
  }
  if (id === 'sum.center-square' || id === 'sum.square-expanded') {
    const inside = some(
      written,
      u => u.kind === 'big' && some(u.body, v => v.kind === 'pow' && v.base.kind === 'sym' && r.unknowns.includes(v.base.name)),
    )
    return inside ? 'sum.square-expanded' : 'sum.center-square'
  }
  return id
}

/** Whether parameters that add up to 1 were added up to their number: with 1 in its place the equation holds. */
const countsTotal = (m: Memory, p: Rel): boolean =>
  countsOf(m.reference).some(count => {
    const mended = mapUnbounded(p, u => (same(u, count) ? ONE : u)) as Rel
    return !same(mended, p) && equationHolds(m.reference, mended).verdict === 'true'
  })
/** How many parameters a constraint ties: the length of a vector, or a number. */
const countsOf = (r: Reference): readonly Expr[] => [
  ...r.model.parameters.flatMap(p => (p.length && r.model.constraints.some(c => arraysOf(c).has(p.name)) ? [p.length] : [])),
  ...tiedNames(r).flatMap(names => (names.length > 1 ? [num(names.length)] : [])),
]
/** Every term but the limits of binders and the exponents. */
const mapUnbounded = (t: Term, f: (u: Term) => Term): Term => {
  if (t.kind === 'big') return big(t.op, t.lo, t.hi, mapUnbounded(t.body, f) as Expr, t.rank)
  if (t.kind === 'pow') return mapChildren(t, (u, k) => (k === 0 ? mapUnbounded(u, f) : u))
  const u = f(t)
  return u === t ? mapChildren(t, v => mapUnbounded(v, f)) : u
}

/** The mistakes that explain a wrong line, the first one to be named; none if nothing fits. */
export const diagnose = (m: Memory, ruling: Ruling): readonly string[] => {
  const ids = found(m, ruling)
  const t = ruling.target
  return t && ids.length > 0 ? [...new Set(ids.map(id => asWritten(m, id, t)))] : ids
}

const found = (m: Memory, ruling: Ruling): readonly string[] => {
  const t = ruling.target
  if (!t || ruling.mistake) return ruling.mistake ? [ruling.mistake] : []
  const r = m.reference
  const fuel: Fuel = { left: 500 }
  if (t.kind === 'value') {
    if (t.role === 'likelihood' && isDistribution(r, t.term)) return ['lik.cdf-for-pdf']
    if (t.role !== 'likelihood' && expectationInPlace(r, t.term, t.right)) return ['lik.expectation-for-data']
    const hit = ofValue(m, t)
    if (hit) return hit.ids
    const repaired = t.role === 'likelihood' ? repairedLikelihood(r, t) : repairedValue(r, t)
    if (repaired) return [repaired]
    if (t.role === 'likelihood') return ['lik.other-density']
    return ruling.mistake ? [ruling.mistake] : []
  }
  if (t.kind === 'equation' && isMeanOf(m, t.equation)) return ['est.invariance-mean']
  if (t.kind === 'equation' && countsTotal(m, t.equation)) return ['sum.constraint-total']
  const hit = ofSolution(m, t, fuel)
  if (hit) return hit.ids
  const repaired =
    t.kind === 'equation'
      ? repairedEquation(r, t.equation, unknownsIn(r, t.equation)[0] ?? (r.unknowns.length === 1 ? r.unknowns[0] : undefined))
      : undefined
  if (repaired) return [repaired]
  return ruling.otherwise ? [ruling.otherwise] : []
}
