/**
 * Γ and its kin in the normal form: factorials, binomial coefficients and beta functions as Γ, arguments brought to
 * w + f with 0 < f ≤ 1 by Γ(u+1) = u Γ(u), ψ(u+1) = ψ(u) + 1/u and their derivatives (DLMF 5.5.1, 5.5.2, 5.15.5).
 */

import type { Exact } from './exact.ts'
import * as E from './exact.ts'
import { ofFactors } from './monomial.ts'
import type { Frame } from './normal-frame.ts'
import {
  atomic,
  constant,
  constantOf,
  constantTerm,
  type Factored,
  factored,
  integerPower,
  minus,
  type Polynomial,
  plus,
  scale,
  write,
} from './polynomial.ts'
import * as Q from './rational.ts'
import { type Expr, fn, num } from './term.ts'

/** Larger offsets than this are left alone; numeric arguments get more. */
const reach = 6
const numericReach = 170

/** The steps from u to its canonical argument u - offset in w + (0, 1]. */
const offsetOf = (u: Polynomial): number | undefined => {
  const c = constantTerm(u)
  const below = E.negate(E.floor(E.negate(c)))
  const k = typeof below === 'number' ? below - 1 : undefined
  if (k === undefined || Math.abs(k) > (constantOf(u) === undefined ? reach : numericReach)) return undefined
  return k
}
const isPole = (u: Polynomial): boolean => {
  const c = constantOf(u)
  return c !== undefined && E.isInteger(c) && E.sign(c) <= 0
}

/** Γ(u) in factors. */
const gammaOf = (u: Polynomial): Factored => {
  const k = isPole(u) ? undefined : offsetOf(u)
  if (k === undefined) return { coefficient: 1, factors: [[fn('gamma', write(u)), 1]] }
  const base = minus(u, constant(k))
  const value = constantOf(base)
  let coefficient: Exact = 1
  const factors: [Expr, Exact][] = []
  if (value === undefined || (value !== 1 && !isHalf(value))) factors.push([fn('gamma', write(base)), 1])
  else if (value !== 1) factors.push([fn('pi'), HALF])
  for (let j = 0; j < Math.abs(k); j++) {
    const f = factored(plus(base, constant(k > 0 ? j : -1 - j)))
    // a pole that only shows when multiplied out
    if (f.coefficient === 0) return { coefficient: 1, factors: [[fn('gamma', write(u)), 1]] }
    const e = k > 0 ? 1 : -1
    coefficient = E.times(coefficient, E.power(f.coefficient, e))
    for (const [a, b] of f.factors) factors.push([a, E.times(b, e)])
  }
  const m = ofFactors(factors)
  return { coefficient, factors: m.atoms.map((a, i) => [a, m.exponents[i] as Exact] as const) }
}
const HALF: Exact = Q.rational(1, 2)
const isHalf = (c: Exact): boolean => E.equal(c, HALF)

const combine = (over: readonly Factored[], under: readonly Factored[] = []): Factored => {
  const m = ofFactors([...over.flatMap(f => f.factors), ...under.flatMap(f => f.factors.map(([a, e]) => [a, E.negate(e)] as const))])
  const coefficient = under.reduce(
    (c, f) => E.times(c, E.inverse(f.coefficient)),
    over.reduce((c: Exact, f) => E.times(c, f.coefficient), 1),
  )
  return { coefficient, factors: m.atoms.map((a, i) => [a, m.exponents[i] as Exact] as const) }
}
const next = (u: Polynomial): Polynomial => plus(u, constant(1))

/** Γ, factorial, binomial coefficient and beta function in factors; undefined for any other function. */
export const factoredGamma = (t: Expr & { readonly kind: 'fn' }, frame: Frame): Factored | undefined => {
  const arg = (k: number): Polynomial => frame.poly(t.args[k] as Expr)
  switch (t.name) {
    case 'gamma':
      return gammaOf(arg(0))
    case 'factorial':
      return gammaOf(next(arg(0)))
    case 'binomial':
      return combine([gammaOf(next(arg(0)))], [gammaOf(next(arg(1))), gammaOf(next(minus(arg(0), arg(1))))])
    case 'beta':
      return combine([gammaOf(arg(0)), gammaOf(arg(1))], [gammaOf(plus(arg(0), arg(1)))])
    default:
      return undefined
  }
}

const factorial = (m: number): number => (m <= 1 ? 1 : m * factorial(m - 1))
const polygammaAtom = (m: number, u: Expr): Expr => (m === 0 ? fn('digamma', u) : m === 1 ? fn('trigamma', u) : fn('polygamma', num(m), u))

/** ψ^(m)(u), the m-th derivative of ψ, by ψ^(m)(u+1) = ψ^(m)(u) + (-1)^m m! / u^(m+1). */
export const polygammaOf = (m: number, u: Polynomial): Polynomial => {
  const k = isPole(u) || m > 12 ? undefined : offsetOf(u)
  if (k === undefined) return atomic(polygammaAtom(m, write(u)))
  const base = minus(u, constant(k))
  const value = constantOf(base)
  const parts: Polynomial[] = []
  if (value === 1 && m === 0) parts.push(scale(atomic(fn('eulergamma')), -1))
  else if (value !== undefined && isHalf(value) && m === 0)
    parts.push(scale(atomic(fn('eulergamma')), -1), scale(atomic(fn('log', num(2))), -2))
  else if (value === 1 && m === 1) parts.push(scale(atomic(fn('pi'), 2), Q.rational(1, 6)))
  else if (value !== undefined && isHalf(value) && m === 1) parts.push(scale(atomic(fn('pi'), 2), HALF))
  else parts.push(atomic(polygammaAtom(m, write(base))))
  const step = (m % 2 === 0 ? 1 : -1) * factorial(m)
  for (let j = 0; j < Math.abs(k); j++) {
    const at = plus(base, constant(k > 0 ? j : -1 - j))
    parts.push(scale(integerPower(at, -(m + 1)), k > 0 ? step : -step))
  }
  return plus(...parts)
}
