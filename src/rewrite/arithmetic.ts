/**
 * Arithmetic that several laws share: multiplying a sum through with cancellation, common denominators, common
 * factors. Plain functions on terms: the laws that use them prove that what is cancelled is not zero.
 */
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { addAll, type Expr, exp, isOne, isZero, mul, mulAll, neg, num, ONE, pow } from '../term/term.ts'
import { factors, summands } from '../term/walk.ts'

/** A factor as base and numeral exponent; symbolic exponents stay in the base. */
export const basePower = (f: Expr): readonly [base: Expr, exponent: Q.Rational] =>
  f.kind === 'pow' && f.exponent.kind === 'num' ? [f.base, f.exponent.value] : [f, Q.one]

/**
 * Merges powers of equal bases and exponentials: x³·x⁻¹ → x², λ·λ^(−k−1) → λ^(−k), e^u·e^(−u) → 1. Integer powers of
 * products and of powers are opened on the way. Sound where no base with a negative exponent is zero.
 */
export const mergedProduct = (parts: readonly Expr[]): Expr => {
  const bases: { readonly base: Expr; exponents: Expr[] }[] = []
  const inExp: Expr[] = []
  const numerals: Expr[] = []
  const push = (f: Expr, times: Expr): void => {
    switch (f.kind) {
      case 'mul':
        for (const g of f.factors) push(g, times)
        return
      case 'num':
        numerals.push(pow(f, times))
        return
      case 'pow': {
        const whole = times.kind === 'num' && Q.isInteger(times.value)
        if (whole && (isOne(times) || f.exponent.kind === 'num' || f.base.kind !== 'mul')) {
          const inner = mul(f.exponent, times)
          const opened = f.base.kind === 'mul' && !(inner.kind === 'num' && Q.isInteger(inner.value))
          if (f.base.kind !== 'num' && !opened) {
            push(f.base, inner)
            return
          }
        }
        // 2^t·(2^t)⁻¹ is 1
        const isNumeralBase = whole && f.base.kind === 'num' && f.exponent.kind !== 'num'
        enter(isOne(times) || isNumeralBase ? f.base : f, isOne(times) ? f.exponent : isNumeralBase ? mul(f.exponent, times) : times)
        return
      }
      case 'fn':
        if (f.name === 'exp' && f.args[0]) {
          inExp.push(mul(times, f.args[0]))
          return
        }
        enter(f, times)
        return
      default:
        enter(f, times)
    }
  }
  const enter = (base: Expr, exponent: Expr): void => {
    const known = bases.find(b => same(b.base, base))
    if (known) known.exponents.push(exponent)
    else bases.push({ base, exponents: [exponent] })
  }
  for (const p of parts) push(p, ONE)
  const kept: Expr[] = [
    ...numerals,
    ...bases.map(b => pow(b.base, b.exponents.length === 1 ? (b.exponents[0] as Expr) : collected(addAll(b.exponents)))),
  ]
  if (inExp.length > 0) {
    const total = inExp.length === 1 ? (inExp[0] as Expr) : collected(addAll(inExp))
    if (!isZero(total)) kept.push(exp(total))
  }
  return mulAll(kept)
}

/** Equal but for their numeral coefficients. */
const areAlike = (s: Expr, u: Expr): boolean => {
  const [a, b] = [factors(s), factors(u)]
  const [i, j] = [a[0]?.kind === 'num' ? 1 : 0, b[0]?.kind === 'num' ? 1 : 0]
  if (a.length - i !== b.length - j) return false
  for (let k = 0; i + k < a.length; k++) if (!same(a[i + k] as Expr, b[j + k] as Expr)) return false
  return true
}
const hasAlike = (terms: readonly Expr[]): boolean => {
  for (let i = 1; i < terms.length; i++) for (let j = 0; j < i; j++) if (areAlike(terms[i] as Expr, terms[j] as Expr)) return true
  return false
}

/** Summands that are equal but for their numeral coefficient, collected. */
export const collected = (t: Expr): Expr => {
  if (t.kind !== 'add' || !hasAlike(t.terms)) return t
  const groups: { rest: Expr; coefficient: Q.Rational }[] = []
  for (const s of summands(t)) {
    const parts = factors(s)
    const head = parts[0]
    const coefficient = head?.kind === 'num' ? head.value : Q.one
    const rest = head?.kind === 'num' ? mulAll(parts.slice(1)) : s
    const group = groups.find(g => same(g.rest, rest))
    if (group) group.coefficient = Q.plus(group.coefficient, coefficient)
    else groups.push({ rest, coefficient })
  }
  return addAll(groups.map(g => mulAll([num(g.coefficient), g.rest])))
}

/** Every summand of t times m, with powers of equal bases merged. */
export const multipliedThrough = (t: Expr, m: Expr): Expr => addAll(summands(t).map(s => mergedProduct([s, m])))

/** True if every summand of an exponent is written with a minus sign. */
const isNegative = (e: Expr): boolean => summands(e).length > 0 && summands(e).every(p => coefficientSign(p) < 0)

/**
 * The common denominator of the summands: numerals included; powers of each base at the largest negative exponent,
 * where a symbolic exponent counts as larger than a numeral one if their difference is written without a minus sign.
 */
export const commonDenominator = (terms: readonly Expr[]): Expr => {
  let numeral = 1n
  const bases: { readonly base: Expr; exponent: Expr }[] = []
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
  for (const t of terms)
    for (const f of factors(mergedProduct([t]))) {
      if (f.kind === 'num') {
        numeral = (numeral * f.value.den) / gcd(numeral, f.value.den)
        continue
      }
      if (f.kind !== 'pow' || !isNegative(f.exponent)) continue
      const need = collected(addAll(summands(f.exponent).map(neg)))
      const known = bases.find(b => same(b.base, f.base))
      if (!known) bases.push({ base: f.base, exponent: need })
      else if (!isNegative(collected(addAll([need, ...summands(known.exponent).map(neg)])))) known.exponent = need
    }
  return mulAll([num(numeral), ...bases.map(b => pow(b.base, b.exponent))])
}

/** What divides every summand: the numeral content and the least power of each common base (none of negative exponent). */
export const commonFactor = (terms: readonly Expr[]): Expr => {
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
  let content = 0n
  let bases: { base: Expr; exponent: Q.Rational }[] | undefined
  for (const t of terms) {
    const parts = factors(t)
    const head = parts[0]
    if (head?.kind === 'num' && !Q.isInteger(head.value)) content = 1n
    else content = gcd(content, head?.kind === 'num' ? head.value.num : 1n)
    const here = parts.filter(f => f.kind !== 'num').map(basePower)
    if (!bases) bases = here.filter(([, e]) => Q.sign(e) > 0).map(([base, exponent]) => ({ base, exponent }))
    else
      bases = bases.flatMap(b => {
        const match = here.find(([base]) => same(base, b.base))
        if (!match || Q.sign(match[1]) <= 0) return []
        return [Q.compare(match[1], b.exponent) < 0 ? { base: b.base, exponent: match[1] } : b]
      })
  }
  return mulAll([num(content === 0n ? 1n : content), ...(bases ?? []).map(b => pow(b.base, num(b.exponent)))])
}

/** Sign of the numeral coefficient of a summand; of a numeral, its sign. */
export const coefficientSign = (t: Expr): -1 | 1 => {
  const head = factors(t)[0]
  return head?.kind === 'num' && Q.sign(head.value) < 0 ? -1 : 1
}
export const isUnit = (t: Expr): boolean => same(t, ONE)
