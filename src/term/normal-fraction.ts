/**
 * Rational functions in lowest terms: the greatest common divisor of polynomials in several atoms by Euclid's
 * algorithm on primitive parts, one main atom after the other (Knuth, TAOCP 2, 4.6.1). On fuel: what is not found
 * in time stays uncancelled.
 */
import * as E from './exact.ts'
import { exponentOf, factorsOf, ofAtom, ofFactors, writeMonomial } from './monomial.ts'
import { frameFor } from './normal-form.ts'
import type { Positive } from './normal-frame.ts'
import { fractionOf } from './normal-parts.ts'
import { same } from './order.ts'
import {
  collect,
  constantOf,
  factored,
  minus,
  ONE_POLYNOMIAL,
  type Polynomial,
  readCanonical,
  type Summand,
  scale,
  single,
  timesUnreduced,
  write,
} from './polynomial.ts'
import { primitive } from './sum-base.ts'
import { type Expr, ZERO } from './term.ts'

interface Fuel {
  left: number
}
const spend = (fuel: Fuel, amount: number): boolean => {
  fuel.left -= amount
  return fuel.left >= 0
}
/** Coefficients by degree in v; undefined where an exponent is no natural number. */
const byDegree = (p: Polynomial, v: Expr): Polynomial[] | undefined => {
  const out: Polynomial[number][][] = []
  for (const s of p) {
    const e = exponentOf(s.monomial, v)
    if (typeof e !== 'number' || e < 0 || e > 64) return undefined
    while (out.length <= e) out.push([])
    out[e]?.push({ coefficient: s.coefficient, monomial: ofFactors(factorsOf(s.monomial).filter(([a]) => !same(a, v))) })
  }
  return out.map(collect)
}
const shifted = (p: Polynomial, v: Expr, k: number): Polynomial => (k === 0 ? p : timesUnreduced(p, single(ofAtom(v, k))))
const variablesOf = (p: Polynomial): Expr[] => {
  const out: Expr[] = []
  for (const s of p) for (const a of s.monomial.atoms) if (!out.some(b => same(a, b))) out.push(a)
  return out
}

/** p/d if the division leaves nothing, else undefined. */
const divide = (p: Polynomial, d: Polynomial, fuel: Fuel): Polynomial | undefined => {
  if (p.length === 0) return p
  const c = constantOf(d)
  if (c !== undefined) return scale(p, E.inverse(c))
  const v = variablesOf(d)[0] as Expr
  const top = byDegree(d, v)
  const lead = top?.[top.length - 1]
  if (!top || !lead) return undefined
  let rest = p
  let quotient: Polynomial = []
  for (;;) {
    if (!spend(fuel, rest.length)) return undefined
    const a = byDegree(rest, v)
    if (!a) return undefined
    if (a.length === 0) return quotient
    const k = a.length - top.length
    const q = k < 0 ? undefined : divide(a[a.length - 1] as Polynomial, lead, fuel)
    if (!q) return undefined
    const step = shifted(q, v, k)
    quotient = collect([...quotient, ...step])
    rest = minus(rest, timesUnreduced(step, d))
  }
}

/** The remainder of lead(d)^k p by d in v, without a fraction. */
const pseudoRemainder = (p: Polynomial, d: Polynomial, v: Expr, fuel: Fuel): Polynomial | undefined => {
  const b = byDegree(d, v)
  const lead = b?.[b.length - 1]
  if (!b || !lead) return undefined
  let rest = p
  for (;;) {
    if (!spend(fuel, rest.length * d.length)) return undefined
    const a = byDegree(rest, v)
    if (!a) return undefined
    if (a.length < b.length) return rest
    rest = minus(timesUnreduced(rest, lead), timesUnreduced(shifted(a[a.length - 1] as Polynomial, v, a.length - b.length), d))
  }
}

/** Integer coefficients without common divisor. */
const withoutContent = (p: Polynomial): Polynomial => (p.length === 0 ? p : scale(p, E.inverse(E.content(p.map(s => s.coefficient)))))

const contentIn = (p: Polynomial, v: Expr, fuel: Fuel): Polynomial | undefined => {
  let g: Polynomial | undefined
  for (const c of byDegree(p, v) ?? []) {
    if (c.length === 0) continue
    g = g ? commonDivisor(g, c, fuel) : c
    if (!g) return undefined
    if (constantOf(g) !== undefined) return ONE_POLYNOMIAL
  }
  return g
}

/** The greatest common divisor up to a number; undefined when the fuel ran out or an exponent is fractional. */
const commonDivisor = (p: Polynomial, q: Polynomial, fuel: Fuel): Polynomial | undefined => {
  if (p.length === 0) return q
  if (q.length === 0) return p
  if (constantOf(p) !== undefined || constantOf(q) !== undefined) return ONE_POLYNOMIAL
  if (!spend(fuel, p.length + q.length)) return undefined
  const vp = variablesOf(p)
  const vq = variablesOf(q)
  const loneP = vp.find(v => !vq.some(w => same(v, w)))
  if (loneP) {
    const c = contentIn(p, loneP, fuel)
    return c && commonDivisor(c, q, fuel)
  }
  const loneQ = vq.find(v => !vp.some(w => same(v, w)))
  if (loneQ) {
    const c = contentIn(q, loneQ, fuel)
    return c && commonDivisor(p, c, fuel)
  }
  const degree = (v: Expr): number => Math.max(...[...p, ...q].map(s => Number(exponentOf(s.monomial, v))))
  const v = vp.reduce((a, b) => (degree(b) < degree(a) ? b : a))
  const cp = contentIn(p, v, fuel)
  const cq = contentIn(q, v, fuel)
  const common = cp && cq && commonDivisor(cp, cq, fuel)
  if (!common) return undefined
  let a = divide(p, cp, fuel)
  let b = divide(q, cq, fuel)
  if (!a || !b) return undefined
  if ((byDegree(a, v)?.length ?? 0) < (byDegree(b, v)?.length ?? 0)) [a, b] = [b, a]
  for (;;) {
    const r: Polynomial | undefined = pseudoRemainder(a, b, v, fuel)
    if (!r) return undefined
    if (r.length === 0) return withoutContent(timesUnreduced(common, b))
    if (byDegree(r, v)?.length === 1) return common
    const c = contentIn(r, v, fuel)
    const next = c && divide(r, c, fuel)
    if (!next) return undefined
    a = b
    b = withoutContent(next)
  }
}

const isPlain = (p: Polynomial): boolean => p.every(s => !s.monomial.special)

/**
 * t in lowest terms: (number · monomial · expanded sum) / product of powers of sums. Cancels exactly, by polynomial
 * division; equal to t wherever t is defined. A term without sum in a denominator comes back as its normal form.
 */
export const reduceFraction = (t: Expr, positive?: Positive): Expr => {
  const p = frameFor(positive).poly(t)
  const f = fractionOf(p)
  if (f.numerator.length === 0) return ZERO
  const sums = f.factors.filter(([a]) => a.kind === 'add')
  if (sums.length === 0) return write(p)
  const fuel: Fuel = { left: 40000 }
  const whole = f.numerator.length > 1 ? primitive(f.numerator) : undefined
  const first = whole ?? (f.numerator[0] as Summand)
  let coefficient = E.times(first.coefficient, E.inverse(f.number))
  const outside = [...factorsOf(first.monomial), ...f.factors.filter(([a]) => a.kind !== 'add').map(([a, e]) => [a, E.negate(e)] as const)]
  let numerator = whole ? readCanonical(whole.sum) : ONE_POLYNOMIAL
  const open = sums.map(([a, e]) => ({ sum: readCanonical(a), times: Number(e) }))
  const kept: { sum: Polynomial; times: number }[] = []
  for (let d = open.pop(); d; d = open.pop()) {
    if (d.times === 0) continue
    const c = constantOf(d.sum)
    if (c !== undefined) {
      coefficient = E.times(coefficient, E.power(c, -d.times))
      continue
    }
    const g = isPlain(numerator) && isPlain(d.sum) ? commonDivisor(numerator, d.sum, fuel) : undefined
    const over = g && constantOf(g) === undefined ? divide(numerator, g, fuel) : undefined
    const under = g && over ? divide(d.sum, g, fuel) : undefined
    if (!over || !under) {
      kept.push(d)
      continue
    }
    numerator = over
    open.push({ sum: d.sum, times: d.times - 1 }, { sum: under, times: 1 })
  }
  const final = factored(numerator)
  coefficient = E.times(coefficient, final.coefficient)
  const below = kept.flatMap(d => {
    const s = factored(d.sum)
    coefficient = E.times(coefficient, E.power(s.coefficient, -d.times))
    return s.factors.map(([a, e]) => [a, E.times(e, -d.times)] as const)
  })
  return writeMonomial(ofFactors([...outside, ...final.factors, ...below]), coefficient)
}
