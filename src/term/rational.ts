/**
 * Exact rational numbers on bigint. Always in lowest terms with a positive denominator.
 * Refuses: division by zero (RangeError) and floats that are not finite.
 */
export interface Rational {
  readonly num: bigint
  readonly den: bigint
  /** Numerator and denominator as numbers while both are small; else both 0. Arithmetic on them needs no bigint. */
  readonly p: number
  readonly q: number
}

/** Products of two small numbers, and sums of such products, are exact. */
const smallest = 2 ** 24
const isSmall = (n: number): boolean => n <= smallest && n >= -smallest

const kept = 64
const bigints: readonly bigint[] = Array.from({ length: 2 * kept + 1 }, (_, i) => BigInt(i - kept))
const big = (n: number): bigint => (n <= kept && n >= -kept ? (bigints[n + kept] as bigint) : BigInt(n))
const ofNumbers = (p: number, q: number): Rational =>
  isSmall(p) && isSmall(q) ? { num: big(p), den: big(q), p, q } : { num: BigInt(p), den: BigInt(q), p: 0, q: 0 }
const integers: readonly Rational[] = Array.from({ length: 2 * kept + 1 }, (_, i) => ofNumbers(i - kept, 1))
/** An integer that a double holds exactly. */
const integer = (n: number): Rational => (n <= kept && n >= -kept ? (integers[n + kept] as Rational) : ofNumbers(n, 1))

/** In lowest terms with q > 0; p and q are integers that a double holds exactly. */
const reduced = (p: number, q: number): Rational => {
  let x = p < 0 ? -p : p
  let y = q
  while (y !== 0) {
    const r = x % y
    x = y
    y = r
  }
  return q === x ? integer(p / x) : ofNumbers(p / x, q / x)
}

const gcd = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a
  let y = b < 0n ? -b : b
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** From parts in lowest terms. */
const make = (num: bigint, den: bigint): Rational => {
  const [p, q] = [Number(num), Number(den)]
  if (!isSmall(p) || !isSmall(q)) return { num, den, p: 0, q: 0 }
  return q === 1 ? integer(p) : { num, den, p, q }
}

/** The fraction num/den in lowest terms. @throws RangeError if den is 0, or if a number is no integer */
export const rational = (num: bigint | number, den: bigint | number = 1): Rational => {
  if (typeof num === 'number' && typeof den === 'number' && den > 0 && Number.isSafeInteger(num) && Number.isSafeInteger(den))
    return den === 1 ? integer(num) : reduced(num, den)
  let p = BigInt(num)
  let q = BigInt(den)
  if (q === 1n) return make(p, 1n)
  if (q === 0n) throw new RangeError('a rational number cannot have denominator 0')
  if (q < 0n) {
    p = -p
    q = -q
  }
  const g = gcd(p, q)
  return g === 1n ? make(p, q) : make(p / g, q / g)
}

export const zero: Rational = rational(0)
export const one: Rational = rational(1)

export const isInteger = (a: Rational): boolean => a.q === 1 || (a.q === 0 && a.den === 1n)
export const isZero = (a: Rational): boolean => a.p === 0 && a.q === 1
export const isOne = (a: Rational): boolean => a.p === 1 && a.q === 1
export const equal = (a: Rational, b: Rational): boolean =>
  a === b || (a.q !== 0 ? a.p === b.p && a.q === b.q : b.q === 0 && a.num === b.num && a.den === b.den)
export const sign = (a: Rational): -1 | 0 | 1 => (a.q !== 0 ? (a.p < 0 ? -1 : a.p > 0 ? 1 : 0) : a.num < 0n ? -1 : a.num > 0n ? 1 : 0)
export const negate = (a: Rational): Rational =>
  a.q === 1 ? integer(a.p === 0 ? 0 : -a.p) : { num: -a.num, den: a.den, p: a.p === 0 ? 0 : -a.p, q: a.q }
export const absolute = (a: Rational): Rational => (sign(a) < 0 ? negate(a) : a)

export const plus = (a: Rational, b: Rational): Rational => {
  if (a.q !== 0 && b.q !== 0) return a.q === 1 && b.q === 1 ? integer(a.p + b.p) : reduced(a.p * b.q + b.p * a.q, a.q * b.q)
  return a.den === 1n && b.den === 1n ? make(a.num + b.num, 1n) : rational(a.num * b.den + b.num * a.den, a.den * b.den)
}

export const minus = (a: Rational, b: Rational): Rational => plus(a, negate(b))

export const times = (a: Rational, b: Rational): Rational => {
  if (a === one) return b
  if (b === one) return a
  if (a.q !== 0 && b.q !== 0) {
    const p = a.p * b.p
    return a.q === 1 && b.q === 1 ? integer(p === 0 ? 0 : p) : reduced(p === 0 ? 0 : p, a.q * b.q)
  }
  return a.den === 1n && b.den === 1n ? make(a.num * b.num, 1n) : rational(a.num * b.num, a.den * b.den)
}

/** 1/a. @throws RangeError if a is 0. */
export const inverse = (a: Rational): Rational => rational(a.den, a.num)

/** a^e for an integer exponent e. @throws RangeError for 0 to a negative power. */
export const power = (a: Rational, e: number): Rational => (e >= 0 ? make(a.num ** BigInt(e), a.den ** BigInt(e)) : power(inverse(a), -e))

export const compare = (a: Rational, b: Rational): number => {
  if (a === b) return 0
  if (a.q !== 0 && b.q !== 0) return Math.sign(a.p * b.q - b.p * a.q)
  const d = a.num * b.den - b.num * a.den
  return d < 0n ? -1 : d > 0n ? 1 : 0
}

/** The nearest double, also where numerator and denominator alone overflow one. */
export const toNumber = (a: Rational): number => {
  if (a.q !== 0) return a.p / a.q
  if (a.den === 1n) return Number(a.num)
  const p = Number(a.num)
  const q = Number(a.den)
  if (Number.isFinite(p) && Number.isFinite(q)) return p / q
  const shift = BigInt(Math.max(a.num.toString(2).length, a.den.toString(2).length) - 1000)
  return Number(a.num >> shift) / Number(a.den >> shift)
}

/** Reads '12', '-3', '0.05', '2/3', '1e-3' exactly. Returns undefined for anything else, or an exponent beyond ±400. */
export const parseRational = (text: string): Rational | undefined => {
  const m = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?(?:\/(\d+))?$/.exec(text)
  if (!m || (m[2] === '' && !m[3])) return undefined
  const digits = `${m[2] ?? ''}${m[3] ?? ''}`
  const exponent = Number(m[4] ?? 0) - (m[3]?.length ?? 0)
  if (Math.abs(exponent) > 400) return undefined
  const scale = 10n ** BigInt(Math.abs(exponent))
  const under = BigInt(m[5] ?? 1)
  if (under === 0n) return undefined
  const p = BigInt(digits) * (m[1] === '-' ? -1n : 1n)
  return exponent >= 0 ? rational(p * scale, under) : rational(p, scale * under)
}

/** The exact k-th root if a has one, else undefined. */
export const exactRoot = (a: Rational, k: number): Rational | undefined => {
  if (a.num < 0n) return undefined
  const root = (v: bigint): bigint | undefined => {
    const guess = BigInt(Math.round(Number(v) ** (1 / k)))
    for (const g of [guess - 1n, guess, guess + 1n]) if (g >= 0n && g ** BigInt(k) === v) return g
    return undefined
  }
  if (a.num > 10n ** 15n || a.den > 10n ** 15n) return undefined
  const p = root(a.num)
  const q = root(a.den)
  return p === undefined || q === undefined ? undefined : rational(p, q)
}
