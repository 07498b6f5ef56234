/**
 * The mistake behind a wrong line: the slips of the bank are made at every place of the line before, then of the forms that a
 * textbook passes through, then two at once, and whatever gives what was written names the mistake. A search that runs out of
 * fuel names nothing.
 */

import { evaluate } from '../term/evaluate.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { type Expr, eq, isNum, MINUS_ONE, num, ONE, pow, type Rel, sub, sym, type Term, TWO, ZERO } from '../term/term.ts'
import { arraysOf, hasKind, some, substitute, summands, symbolsOf } from '../term/walk.ts'
import { withoutCensored } from './censoring.ts'
import { atTop, unknownsIn } from './decide.ts'
import { isOfDensity, ofDensity } from './diagnose-density.ts'
import { isMeanOf, ofSolution } from './diagnose-solution.ts'
import { expectationInPlace, isDistribution, ofValue } from './diagnose-value.ts'
import { differentiate } from './differentiate.ts'
import { ordinary } from './estimate-samples.ts'
import { tiesOf } from './judge-score.ts'
import { close, valueMatcher } from './matchers.ts'
import { countsTotal } from './multipliers.ts'
import type { Reference } from './reference.ts'
import { repairedEquation, repairedLikelihood, repairedValue } from './repairs.ts'
import type { Memory, Ruling, Target } from './ruling.ts'
import { type Fuel, search } from './slip-search.ts'

/** Whether a root was taken on the way and no square is left under or around a sum. */
const isRootOfSquares = (m: Memory, written: Term): boolean => {
  const isSquare = (u: Term): boolean => u.kind === 'pow' && u.exponent === TWO
  // the root taken of n, and not of the sum
  const { size } = m.reference
  if (
    size &&
    !some(written, isSquare) &&
    some(written, u => u.kind === 'pow' && same(u.base, size) && isNum(u.exponent) && u.exponent.value.den === 2n)
  )
    return true
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
    const lost = t.kind === 'value' ? summands(normalForm(sub(t.right, t.term))) : []
    return lost.some(u => some(u, v => v.kind === 'fn' && v.name === 'log' && !some(v, isData(r)))) ? 'log.lost-n' : id
  }
  if (id === 'sum.const' && role === 'likelihood') return 'lik.const-not-powered'
  // a parameter in a bracket of the score, and no number in an exponent
  if (id === 'exp.sum-minus-const' && role !== 'likelihood' && losesParameter(r, t)) return 'sum.const'
  // n x_i with the n inside of what the Σ before it was read to run over
  if (id === 'sum.extra-n' && r.size && some(written, u => u.kind === 'big' && u.op === 'sum' && mentionsSize(r, u.body)))
    return 'sum.index-escapes'
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

/** Whether what is missing is a multiple of (n − 1) and a parameter. */
const losesParameter = (r: Reference, t: Target): boolean => {
  const gap =
    t.kind === 'value'
      ? sub(t.right, t.term)
      : t.kind === 'equation' && t.equation.right !== ZERO
        ? sub(t.equation.left, t.equation.right)
        : undefined
  const isMultiple = (u: Expr): boolean =>
    !some(u, isData(r)) && (u.kind === 'mul' ? u.factors : [u]).some(f => f.kind === 'sym' && r.unknowns.includes(f.name))
  return gap !== undefined && summands(normalForm(gap)).every(isMultiple)
}

const mentionsSize = (r: Reference, body: Term): boolean =>
  body.kind === 'add' &&
  body.terms.some(u => u.kind === 'mul' && u.factors.some(f => r.size !== undefined && same(f, r.size)) && some(u, v => v.kind === 'at'))

const isData =
  (r: Reference) =>
  (u: Term): boolean =>
    (u.kind === 'at' || u.kind === 'sym') && r.observed.includes(u.name)

/** The estimate with N − k for N observations in all, where k other parameters were estimated: (n + m)/(n + m − 2) times too large. */
const losesDegrees = (r: Reference, t: Extract<Target, { kind: 'estimate' }>): boolean => {
  const others = r.unknowns.length - 1
  const sizes = r.model.samples.map(s => s.size)
  if (t.index || r.model.likelihood !== undefined || sizes.length === 0) return false
  const ratios = ordinary(r).flatMap(({ env, top }) => {
    const best = top.values.get(t.parameter)
    const total = sizes.reduce((sum, n) => sum + evaluate(n, env), 0)
    return typeof best === 'number' && best !== 0 ? [{ total, ratio: evaluate(t.term, atTop(env, top)) / best }] : []
  })
  const lost = Array.from({ length: others }, (_, k) => k + 1)
  return new Set(ratios.map(x => x.total)).size > 1 && lost.some(k => ratios.every(x => close(x.ratio, x.total / (x.total - k), 1e-7)))
}

/** n − 1 below the line, whatever else went wrong. */
const dividesByOneLess = (r: Reference, t: Expr): boolean => {
  const n = r.size
  return n !== undefined && some(t, u => u.kind === 'pow' && u.exponent === MINUS_ONE && same(u.base, sub(n, ONE)))
}

/** What is said where the data give way to their expectation. */
const replaces = /\b(?:replac\w+|expect\w*|average|typical\w*|on average|its mean|their mean)\b/i

/** Whether one side is the likelihood of the observations that were not censored. */
const saysWithoutCensored = (r: Reference, p: Rel): boolean => {
  const seen = withoutCensored(r)
  return (
    seen.length > 0 &&
    [p.left, p.right].some(side => {
      const matches = some(side, isData(r)) ? valueMatcher(r, side, 'up to a factor', ONE) : undefined
      return matches !== undefined && seen.some(matches)
    })
  )
}

/** One slip that turns one side of a relation into the other: what was called equal. */
export const slippedSide = (m: Memory, p: Rel): string | undefined => {
  const r = m.reference
  const derived = hasKind(p, 'deriv')
  if (!derived && (isNum(p.left) || isNum(p.right) || p.left.kind === 'sym' || p.right.kind === 'sym')) return undefined
  for (const [from, to] of [
    [p.left, p.right],
    [p.right, p.left],
  ] as const) {
    const matches = valueMatcher(r, to, 'exact', ONE)
    const hit = matches && search([from], u => u, matches, m, derived ? 'score' : 'likelihood', { left: 120 })
    if (hit) return hit.ids[0]
  }
  return undefined
}

/** ∂ℓ/∂p = 0 for a p that a constraint ties to others. */
const ignoresConstraint = (r: Reference, p: Rel): boolean => {
  const names = unknownsIn(r, p)
  const [name, ...others] = names
  if (name !== undefined && others.length === 0 && tiesOf(r).some(c => arraysOf(c).has(name))) return isPartial(r, p, name)
  if (name === undefined || others.length > 0 || !tiesOf(r).some(c => symbolsOf(c).has(name))) return false
  return (['exact', 'up to a factor'] as const).some(manner => {
    const matches = valueMatcher(r, sub(p.left, p.right), manner, ONE)
    return matches?.(differentiate(r.ell, sym(name))) === true
  })
}

/** c_j/p_j = 0: the derivative in a component of a vector, by differences in its first one. */
const isPartial = (r: Reference, p: Rel, name: string): boolean => {
  const gap = sub(p.left, p.right)
  const first = substitute(gap, new Map([...symbolsOf(gap)].filter(n => /^[ijkl]$/.test(n)).map(n => [n, ONE])))
  let seen = 0
  for (const { env } of r.settings) {
    const list = env.arrays.get(name)
    const [x] = list ?? []
    if (!list || typeof x !== 'number') return false
    const at = (h: number): number =>
      evaluate(r.ell, { ...env, arrays: new Map(env.arrays).set(name, [x + h, ...list.slice(1)] as typeof list) })
    const slope = (at(1e-5 * x) - at(-1e-5 * x)) / (2e-5 * x)
    if (!close(evaluate(first, env), slope, 1e-4)) return false
    seen++
  }
  return seen > 1
}

/** Data and parameter on both sides: one may be the other written anew. */
export const isRewriting = (r: Reference, p: Rel): boolean =>
  [p.left, p.right].every(side => some(side, u => u.kind === 'big' && some(u, isData(r))) && unknownsIn(r, side).length > 0)

const toBaseTen = /\blog(?:_?\{?\s*)10\b|\\lg\b|\blg\b/

/** The mistakes that explain a wrong line, the first one to be named; none if nothing fits. */
export const diagnose = (m: Memory, ruling: Ruling): readonly string[] => {
  const ids = found(m, ruling)
  const t = ruling.target
  if (ids.length === 0 && toBaseTen.test(m.line?.source ?? '')) return ['log.base10']
  return t && ids.length > 0 ? [...new Set(ids.map(id => asWritten(m, id, t)))] : ids
}

const found = (m: Memory, ruling: Ruling): readonly string[] => {
  const t = ruling.target
  if (!t || ruling.mistake) return ruling.mistake ? [ruling.mistake] : []
  const r = m.reference
  const fuel: Fuel = { left: 500 }
  if (t.kind === 'value' && isOfDensity(t)) {
    const ids = ofDensity(m, t)
    return ids.length > 0 ? ids : ruling.otherwise ? [ruling.otherwise] : []
  }
  if (t.kind === 'value') {
    if (t.role === 'likelihood' && isDistribution(r, t.term)) return ['lik.cdf-for-pdf']
    if ((t.role !== 'likelihood' || replaces.test(m.line?.source ?? '')) && expectationInPlace(r, t.term, t.right))
      return ['lik.expectation-for-data']
    const hit = ofValue(m, t)
    if (hit) return hit.ids
    const repaired = t.role === 'likelihood' ? repairedLikelihood(r, t) : repairedValue(r, t)
    if (repaired) return [repaired]
    if (t.role === 'likelihood') return ['lik.other-density']
    return ruling.mistake ? [ruling.mistake] : []
  }
  // "the derivative of log(1 − p) is …": of a part of the likelihood
  const ofPart = t.kind === 'equation' && hasKind(t.equation, 'deriv') ? slippedSide(m, t.equation) : undefined
  if (ofPart) return [ofPart]
  const sides = t.kind === 'equation' && (ruling.role === 'identity' || isRewriting(r, t.equation)) ? slippedSide(m, t.equation) : undefined
  if (sides) return [sides]
  if (t.kind === 'equation' && ignoresConstraint(r, t.equation)) return ['d.constraint-ignored']
  if (t.kind === 'equation' && saysWithoutCensored(r, t.equation)) return ['lik.censored-dropped']
  if (t.kind === 'equation' && isMeanOf(m, t.equation)) return ['est.invariance-mean']
  const stated = t.kind === 'equation' ? t.equation : eq(sym(`${t.parameter}\u0302`), t.term)
  if (countsTotal(r, stated)) return ['sum.constraint-total']
  if (t.kind === 'estimate' && losesDegrees(r, t)) return ['est.n-1']
  const hit = ofSolution(m, t, fuel)
  if (hit) return hit.ids
  // the mean of 1/x_i or of x_i² for 1/θ or θ²
  if (t.kind === 'estimate' && [-1, 2].some(k => isMeanOf(m, eq(pow(sym(`${t.parameter}\u0302`), num(k)), pow(t.term, num(k))))))
    return ['est.invariance-mean']
  if (t.kind === 'estimate' && dividesByOneLess(r, t.term)) return ['est.n-1']
  const slipped = t.kind === 'equation' ? slippedSide(m, t.equation) : undefined
  if (slipped) return [slipped]
  const repaired =
    t.kind === 'equation'
      ? repairedEquation(r, t.equation, unknownsIn(r, t.equation)[0] ?? (r.unknowns.length === 1 ? r.unknowns[0] : undefined))
      : undefined
  if (repaired) return [repaired]
  if (ruling.otherwise) return [ruling.otherwise]
  return t.kind === 'estimate' && !t.index && isTwiceOrHalf(r, t) ? ['solve.one-side-only'] : []
}

/** A factor 2 that got lost, or came in, on the way to the answer. */
const isTwiceOrHalf = (r: Reference, t: Extract<Target, { kind: 'estimate' }>): boolean => {
  const ratios = ordinary(r).flatMap(({ env, top }) => {
    const best = top.values.get(t.parameter)
    return typeof best === 'number' && best !== 0 ? [evaluate(t.term, atTop(env, top)) / best] : []
  })
  return ratios.length > 1 && [2, 0.5].some(k => ratios.every(x => close(x, k, 1e-7)))
}
