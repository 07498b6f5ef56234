/**
 * Exact numbers for the normal form: a JavaScript number while it is a safe integer, else a `Rational`.
 * Only a fast path: it decides nothing about formulas, and refuses floats.
 */

import type { Rational } from './rational.ts'
import * as Q from './rational.ts'

/** A rational number; integers up to 2^53 are always plain numbers, so equal values are equal representations. */
export type Exact = number | Rational

const limit = BigInt(Number.MAX_SAFE_INTEGER)
export const exact = (q: Rational): Exact => (q.q === 1 ? q.p : q.den === 1n && q.num <= limit && q.num >= -limit ? Number(q.num) : q)
export const rationalOf = (a: Exact): Rational => (typeof a === 'number' ? Q.rational(a) : a)

export const isInteger = (a: Exact): boolean => typeof a === 'number' || a.den === 1n
export const plus = (a: Exact, b: Exact): Exact => {
  if (typeof a === 'number' && typeof b === 'number') {
    const s = a + b
    if (Number.isSafeInteger(s)) return s
  }
  return exact(Q.plus(rationalOf(a), rationalOf(b)))
}
export const times = (a: Exact, b: Exact): Exact => {
  if (a === 1) return b
  if (b === 1) return a
  if (typeof a === 'number' && typeof b === 'number') {
    const p = a * b
    if (Number.isSafeInteger(p)) return p === 0 ? 0 : p
  }
  return exact(Q.times(rationalOf(a), rationalOf(b)))
}
export const negate = (a: Exact): Exact => (typeof a === 'number' ? (a === 0 ? 0 : -a) : Q.negate(a))
export const minus = (a: Exact, b: Exact): Exact => plus(a, negate(b))
export const sign = (a: Exact): number => (typeof a === 'number' ? Math.sign(a) : Q.sign(a))
export const absolute = (a: Exact): Exact => (sign(a) < 0 ? negate(a) : a)
export const compare = (a: Exact, b: Exact): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : Q.compare(rationalOf(a), rationalOf(b))
export const equal = (a: Exact, b: Exact): boolean => a === b || (typeof a !== 'number' && typeof b !== 'number' && Q.equal(a, b))
/** 1/a. @throws RangeError if a is 0. */
export const inverse = (a: Exact): Exact => (a === 1 || a === -1 ? a : exact(Q.inverse(rationalOf(a))))
/** a^e for an integer e. @throws RangeError for 0 to a negative power. */
export const power = (a: Exact, e: number): Exact => (a === 1 || e === 1 ? a : exact(Q.power(rationalOf(a), e)))

/** The greatest integer at most a. */
export const floor = (a: Exact): Exact => {
  if (typeof a === 'number' || a.den === 1n) return a
  const q = a.num / a.den
  return exact(Q.rational(a.num < 0n ? q - 1n : q))
}

const bigGcd = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a
  let y = b < 0n ? -b : b
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
/** The greatest positive rational of which all are integer multiples; 1 for none. */
export const content = (values: readonly Exact[]): Exact => {
  let whole = 0
  for (const v of values) {
    if (typeof v !== 'number') {
      whole = -1
      break
    }
    let x = Math.abs(v)
    while (x !== 0) [whole, x] = [x, whole % x]
  }
  if (whole >= 0) return whole === 0 ? 1 : whole
  let num = 0n
  let den = 1n
  for (const v of values) {
    const q = rationalOf(v)
    num = bigGcd(num, q.num)
    den = (den / bigGcd(den, q.den)) * q.den
  }
  return num === 0n ? 1 : exact(Q.rational(num, den))
}

const primesBelow = 1000
/** A positive integer as powers of primes; a cofactor without prime factor below 1000 stays whole. */
const factorInteger = (n: bigint): [bigint, number][] => {
  const found: [bigint, number][] = []
  let rest = n
  for (let p = 2n; p < primesBelow && p * p <= rest; p++) {
    let k = 0
    while (rest % p === 0n) {
      rest /= p
      k++
    }
    if (k > 0) found.push([p, k])
  }
  if (rest > 1n) found.push([rest, 1])
  return found
}
/** A positive rational as a product of powers [base, exponent] of (what counts as) primes. */
export const primePowers = (a: Exact): readonly (readonly [Exact, number])[] => {
  if (a === 1) return []
  if (a === 2) return [[2, 1]]
  const q = rationalOf(a)
  return [
    ...factorInteger(q.num).map(([p, k]) => [exact(Q.rational(p)), k] as const),
    ...factorInteger(q.den).map(([p, k]) => [exact(Q.rational(p)), -k] as const),
  ]
}
