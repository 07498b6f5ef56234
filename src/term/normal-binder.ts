/**
 * Σ, Π, max, min and order statistics in the normal form. Sums are linear, what is free of the index stands outside,
 * Σ 1 = hi - lo + 1; products split likewise, Π b^e = b^(Σ e). Short ranges are written out. Sums and products over
 * an infinite range are only normalised inside.
 */

import type { Exact } from './exact.ts'
import * as E from './exact.ts'
import { type Factors, factorsOf, isOpaquePower, type Monomial, ofAtom, ofFactors, writeMonomial } from './monomial.ts'
import type { Frame } from './normal-frame.ts'
import { expOf, factorsIn, powerOf, type Signed } from './normal-power.ts'
import { compareTerms } from './order.ts'
import {
  atomic,
  constant,
  constantOf,
  type Factored,
  factored,
  fromFactors,
  minus,
  type Polynomial,
  plus,
  readCanonical,
  scale,
  single,
  times,
  timesAll,
  write,
} from './polynomial.ts'
import { sumOf } from './sum-base.ts'
import { add, all, type Big, type BigOp, big, bound, type Expr, iverson, num, pow, type Term } from './term.ts'
import { children, instantiate, shift } from './walk.ts'

const isInfinite = (t: Expr): boolean => t.kind === 'infinity'
const dependent = (t: Expr): boolean => (t.free & 1) === 1
/** Longer ranges than this are not written out. */
const shortRange = 12

const outward = (factors: Factors): Monomial => ofFactors(factors.map(([a, e]) => [shift(a, -1), e] as const))
const split = (m: Monomial): { inner: Factors; outer: Factors } => {
  const inner: (readonly [Expr, Exact])[] = []
  const outer: (readonly [Expr, Exact])[] = []
  for (const f of factorsOf(m)) (dependent(f[0]) ? inner : outer).push(f)
  return { inner, outer }
}
/** The number of indices in lo..hi. */
export const lengthOf = (lo: Expr, hi: Expr, frame: Frame): Polynomial => plus(frame.poly(hi), scale(frame.poly(lo), -1), constant(1))

/** The greatest d such that the body mentions x_{i+d}, or undefined if the index stands anywhere but in x_{i+number}. */
const offsetIn = (body: Term, depth = 0): number | undefined => {
  if (body.free >>> depth === 0 || ((body.free >>> depth) & 1) === 0) return Number.NEGATIVE_INFINITY
  if (body.kind === 'bound') return undefined
  let most = Number.NEGATIVE_INFINITY
  const inAt = body.kind === 'at'
  const parts = children(body)
  for (let i = 0; i < parts.length; i++) {
    const c = parts[i] as Term
    let d: number | undefined
    if (inAt && c.kind === 'bound' && c.depth === depth) d = 0
    else if (
      inAt &&
      c.kind === 'add' &&
      c.terms.length === 2 &&
      c.terms[1]?.kind === 'bound' &&
      c.terms[1].depth === depth &&
      c.terms[0]?.kind === 'num' &&
      c.terms[0].value.den === 1n
    )
      d = Number(c.terms[0].value.num)
    else d = offsetIn(c, depth + ((body.kind === 'big' || body.kind === 'all') && i === 2 ? 1 : 0))
    if (d === undefined) return undefined
    if (d > most) most = d
  }
  return most
}
/** Σ_{i=2}^n x_{i-1} is Σ_{i=1}^{n-1} x_i: the index is counted so that the last entry named is x_i. */
const bigAtom = (op: BigOp, lo: Expr, hi: Expr, body: Expr, frame: Frame): Expr => {
  const d = offsetIn(body)
  if (d === undefined || d === 0 || !Number.isSafeInteger(d)) return big(op, lo, hi, body)
  const moved = instantiate(shift(body, 1, 1), add(bound(0), num(-d)))
  const by = (t: Expr): Expr => write(plus(frame.poly(t), constant(d)))
  return big(op, by(lo), by(hi), moved)
}

/** Σ of a normal form. `lo` and `hi` are normal. */
export const sumOver = (lo: Expr, hi: Expr, body: Polynomial, frame: Frame): Polynomial => {
  if (body.length === 0) return []
  if (isInfinite(lo) || isInfinite(hi)) return atomic(big('sum', lo, hi, write(body)))
  const written = writtenOut(lo, hi, frame, at => frame.poly(instantiate(write(body), at)))
  if (written) return plus(...written)
  return plus(
    ...body.map(s => {
      const { inner, outer } = split(s.monomial)
      const outside = single(outward(outer), s.coefficient)
      return times(outside, inner.length === 0 ? lengthOf(lo, hi, frame) : atomic(sumAtom(lo, hi, ofFactors(inner), frame)))
    }),
  )
}

/** Σ of an index monomial; of two orders of a double sum the first in the order of terms. */
const sumAtom = (lo: Expr, hi: Expr, m: Monomial, frame: Frame): Expr => {
  const k = m.atoms.findIndex(a => a.kind === 'big' && a.op === 'sum')
  const nested = m.atoms[k]
  if (nested?.kind === 'big' && m.exponents[k] === 1 && !dependent(nested.lo) && !dependent(nested.hi)) {
    const rest = ofFactors(m.atoms.flatMap((a, j) => (j === k ? [] : [[shift(a, 1), m.exponents[j] as Exact] as const])))
    const joint = readCanonical(nested.body).map(s => ({
      coefficient: s.coefficient,
      monomial: ofFactors([...factorsOf(s.monomial), ...factorsOf(rest)]),
    }))
    const only = joint[0]
    if (joint.length === 1 && only && only.coefficient === 1) {
      const swapped = ofFactors(factorsOf(only.monomial).map(([a, e]) => [swapIndices(a), e] as const))
      const { inner, outer } = split(swapped)
      const innerSum = bigAtom('sum', shift(lo, 1), shift(hi, 1), writeMonomial(ofFactors(inner)), frame)
      const other = bigAtom(
        'sum',
        shift(nested.lo, -1),
        shift(nested.hi, -1),
        writeMonomial(ofFactors([...factorsOf(outward(outer)), [innerSum, 1]])),
        frame,
      )
      const own = bigAtom('sum', lo, hi, writeMonomial(m), frame)
      return compareTerms(own, other) <= 0 ? own : other
    }
  }
  return bigAtom('sum', lo, hi, writeMonomial(m), frame)
}
/** Exchanges the two innermost indices. */
const swapIndices = (t: Expr): Expr => instantiate(instantiate(shift(t, 2, 2), bound(2)), bound(0))

/** The values of a short range, or undefined. */
const writtenOut = (lo: Expr, hi: Expr, frame: Frame, value: (at: Expr) => Polynomial): Polynomial[] | undefined => {
  const length = constantOf(lengthOf(lo, hi, frame))
  if (typeof length !== 'number' || length > shortRange) return undefined
  const start = frame.poly(lo)
  return Array.from({ length: Math.max(0, length) }, (_, j) => value(write(plus(start, constant(j)))))
}

/** Π of a product, factor by factor. */
export const productOver = (lo: Expr, hi: Expr, body: Factored, frame: Frame): Polynomial => {
  if (isInfinite(lo) || isInfinite(hi)) return atomic(big('prod', lo, hi, write(fromFactors(body.factors, body.coefficient))))
  const written = writtenOut(lo, hi, frame, at => frame.poly(instantiate(write(fromFactors(body.factors, body.coefficient)), at)))
  if (written) return timesAll(written)
  const length = lengthOf(lo, hi, frame)
  const inner = frame.inside(lo, hi)
  const plain = (a: Expr, e: Exact): Signed => ({ coefficient: 1, factors: [[a, e]], signs: [] })
  const outer = outward(body.factors.filter(([a]) => !dependent(a)))
  const parts = [powerOf({ coefficient: body.coefficient, factors: factorsOf(outer), signs: [] }, length, frame, true)]
  for (const [a, e] of body.factors) {
    if (!dependent(a)) continue
    if (a.kind === 'fn' && a.name === 'exp') parts.push(expOf(sumOver(lo, hi, scale(readCanonical(a.args[0] as Expr), e), frame), frame))
    else if (a.kind === 'pow' && !isOpaquePower(a)) {
      if (!dependent(a.base)) {
        // Π b^u = b^(Σ u)
        parts.push(powerOf(plain(shift(a.base, -1), 1), sumOver(lo, hi, scale(readCanonical(a.exponent), e), frame), frame, true))
        continue
      }
      const m = readCanonical(a.exponent)[0]?.monomial
      const { inner: own, outer: common } = m ? split(m) : { inner: [], outer: [] }
      if (common.length > 0 && (own.length === 0 || inner.positive(a.base))) {
        // Π u^(c v) = (Π u^v)^c
        const kept = own.length === 0 ? factorsIn(a.base, inner) : plain(pow(a.base, writeMonomial(ofFactors(own))), 1)
        const f = factored(productOver(lo, hi, kept, frame))
        parts.push(powerOf({ ...f, signs: [] }, single(outward(common), e), frame))
      } else parts.push(atomic(bigAtom('prod', lo, hi, a, frame), e))
    } else if (a.kind === 'iverson' && E.sign(e) > 0) parts.push(atomic(iverson(all(lo, hi, a.cond))))
    else if (a.kind === 'mul' || (a.kind === 'add' && !sumOf(a).primitive))
      parts.push(powerOf({ ...factored(productOver(lo, hi, factorsIn(a, inner), frame)), signs: [] }, constant(e), frame))
    else parts.push(atomic(bigAtom('prod', lo, hi, a, frame), e))
  }
  return timesAll(parts)
}

/** max, min, r-th smallest: added and positive multiplied constants stand outside, max(-u) = -min(u). */
const extremeOver = (t: Big, lo: Expr, hi: Expr, frame: Frame): Polynomial => {
  const inner = frame.inside(lo, hi)
  const body = inner.poly(t.body)
  const free = body.filter(s => split(s.monomial).inner.length === 0)
  const outside = free.map(s => ({ coefficient: s.coefficient, monomial: outward(split(s.monomial).outer) }))
  const rest = factored(body.filter(s => !free.includes(s)))
  if (rest.coefficient === 0) return readCanonical(write(outside))
  const taken = rest.factors.filter(([a, e]) => !dependent(a) && (inner.positive(a) || (a.kind === 'num' && e !== 1)))
  const kept = rest.factors.filter(f => !taken.includes(f))
  const negative = E.sign(rest.coefficient) < 0
  const turned = negative && t.op !== 'order' ? (t.op === 'max' ? 'min' : 'max') : t.op
  const rank = t.rank && frame.poly(t.rank)
  const turnedRank = rank && (negative ? minus(plus(lengthOf(lo, hi, frame), constant(1)), rank) : rank)
  const value = big(turned, lo, hi, write(fromFactors(kept)), turnedRank && write(turnedRank))
  return plus(readCanonical(write(outside)), times(single(outward(taken), rest.coefficient), single(ofAtom(value))))
}

export const bigPolynomial = (t: Big, frame: Frame): Polynomial => {
  const lo = write(frame.poly(t.lo))
  const hi = write(frame.poly(t.hi))
  const inner = frame.inside(lo, hi)
  if (t.op === 'sum') return sumOver(lo, hi, inner.poly(t.body), frame)
  if (t.op === 'prod') return productOver(lo, hi, factorsIn(t.body, inner), frame)
  return extremeOver(t, lo, hi, frame)
}
