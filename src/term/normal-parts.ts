/**
 * What the normal form is asked for: numerator and denominator, the coefficients of a polynomial in one unknown, and
 * the split of a log-likelihood into coefficient(θ) · statistic(data).
 */

import type { Exact } from './exact.ts'
import * as E from './exact.ts'
import { compareMonomials, type Factors, factorsOf, isUnit, type Monomial, ofFactors, without, writeMonomial } from './monomial.ts'
import { frameFor } from './normal-form.ts'
import type { Frame, Positive } from './normal-frame.ts'
import { compareTerms, same } from './order.ts'
import { clearSums, collect, type Polynomial, type Summand, single, timesUnreduced, write } from './polynomial.ts'
import { type Expr, mulAll, num, ONE, ZERO } from './term.ts'
import { occurs } from './walk.ts'

/** p as numerator / (number · Π factors) with integer coefficients and no negative exponent left in the numerator. */
export interface Fraction {
  readonly numerator: Polynomial
  /** Positive integer. */
  readonly number: Exact
  readonly factors: Factors
}
export const fractionOf = (p: Polynomial): Fraction => {
  const cleared = clearSums(p) ?? { numerator: p, sums: [] }
  const below: [Expr, Exact][] = []
  for (const s of cleared.numerator)
    for (const [a, e] of factorsOf(s.monomial)) {
      if (E.sign(e) >= 0 || a.kind === 'add') continue
      const known = below.find(([b]) => same(a, b))
      if (!known) below.push([a, E.negate(e)])
      else if (E.compare(known[1], E.negate(e)) < 0) known[1] = E.negate(e)
    }
  const integral = denominatorOf(cleared.numerator.map(s => s.coefficient))
  const numerator = timesUnreduced(cleared.numerator, single(ofFactors(below), integral))
  return { numerator, number: integral, factors: [...below, ...cleared.sums] }
}
/** The least common denominator. */
const denominatorOf = (values: readonly Exact[]): Exact => {
  const c = E.content([1, ...values])
  return E.inverse(c)
}
export const writeFactors = (factors: Factors, number: Exact): Expr =>
  mulAll([num(number), ...factors.map(([a, e]) => writeMonomial(ofFactors([[a, e]])))])

/**
 * t = numerator / denominator: the numerator expanded with integer coefficients, the denominator a product of powers
 * (of sums as well) with a positive number. Common factors beyond monomials may remain: see `reduceFraction`.
 */
export const numeratorDenominator = (t: Expr, positive?: Positive): { numerator: Expr; denominator: Expr } => {
  const f = fractionOf(frameFor(positive).poly(t))
  return { numerator: write(f.numerator), denominator: writeFactors(f.factors, f.number) }
}

/** Degree → coefficient before it is written, free of the unknown; undefined if t is no polynomial in it. No entries for 0. */
const partsIn = (t: Expr, unknown: Expr, frame: Frame): ReadonlyMap<number, Summand[]> | undefined => {
  const u = frame.poly(unknown)
  const only = u.length === 1 ? (u[0] as Summand) : undefined
  const atom = only?.monomial.atoms[0]
  if (!only || !atom || only.coefficient !== 1 || only.monomial.atoms.length !== 1 || only.monomial.exponents[0] !== 1) return undefined
  const parts = new Map<number, Summand[]>()
  for (const s of frame.poly(t)) {
    const { atoms, exponents } = s.monomial
    let at = -1
    for (let i = 0; i < atoms.length; i++) {
      const a = atoms[i] as Expr
      if (same(a, atom)) at = i
      else if (occurs(a, atom)) return undefined
    }
    const degree = at < 0 ? 0 : (exponents[at] as Exact)
    if (typeof degree !== 'number' || degree < 0) return undefined
    const part = at < 0 ? s : { coefficient: s.coefficient, monomial: without(s.monomial, at) }
    const list = parts.get(degree)
    if (list) list.push(part)
    else parts.set(degree, [part])
  }
  return parts
}

/** A coefficient as a term, which is its own normal form. */
const written = (part: Summand[], frame: Frame): Expr => {
  const p = collect(part)
  const t = write(p)
  frame.known(t, p)
  return t
}

/** Degree → coefficient, free of the unknown; undefined if t is no polynomial in it. No entries for 0. */
export const polynomialIn = (t: Expr, unknown: Expr, positive?: Positive): ReadonlyMap<number, Expr> | undefined => {
  const frame = frameFor(positive)
  const parts = partsIn(t, unknown, frame)
  if (!parts) return undefined
  const result = new Map<number, Expr>()
  const degrees = [...parts.keys()]
  for (const degree of degrees.length > 1 ? degrees.sort((a, b) => a - b) : degrees)
    result.set(degree, written(parts.get(degree) as Summand[], frame))
  return result
}

/** The coefficients of a polynomial of exactly this degree in the unknown, each written when it is asked for; else undefined. */
export const coefficientsIn = (t: Expr, unknown: Expr, degree: number): ((k: number) => Expr) | undefined => {
  const frame = frameFor(undefined)
  const parts = partsIn(t, unknown, frame)
  if (!parts?.has(degree)) return undefined
  for (const k of parts.keys()) if (k > degree) return undefined
  return k => {
    const part = parts.get(k)
    return part ? written(part, frame) : ZERO
  }
}

/**
 * t = Σ coefficient · statistic with distinct statistic monomials: atoms for which the predicate holds go to the
 * coefficient, numbers too. An atom is shown to the predicate as the power it stands in. The part without statistic
 * comes last, with statistic 1.
 */
export const decompose = (
  t: Expr,
  isCoefficient: (atom: Expr) => boolean,
  positive?: Positive,
): readonly { coefficient: Expr; statistic: Expr }[] => {
  const groups: { statistic: Monomial; parts: Summand[] }[] = []
  for (const s of frameFor(positive).poly(t)) {
    const own: (readonly [Expr, Exact])[] = []
    const other: (readonly [Expr, Exact])[] = []
    for (const f of factorsOf(s.monomial)) (isCoefficient(writeMonomial(ofFactors([f]))) ? own : other).push(f)
    const statistic = ofFactors(other)
    const part = { coefficient: s.coefficient, monomial: ofFactors(own) }
    const known = groups.find(g => compareMonomials(g.statistic, statistic) === 0)
    if (known) known.parts.push(part)
    else groups.push({ statistic, parts: [part] })
  }
  return groups
    .map(g => ({ coefficient: write(collect(g.parts)), statistic: isUnit(g.statistic) ? ONE : writeMonomial(g.statistic) }))
    .sort((a, b) => Number(a.statistic === ONE) - Number(b.statistic === ONE) || compareTerms(a.statistic, b.statistic))
}
