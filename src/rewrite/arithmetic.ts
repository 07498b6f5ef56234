/**
 * Arithmetic that several laws share: multiplying a sum through with cancellation, common denominators, common
 * factors. Plain functions on terms: the laws that use them prove that what is cancelled is not zero.
 */
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { addAll, type Expr, exp, isZero, mulAll, num, ONE, pow } from '../term/term.ts'
import { factors, summands } from '../term/walk.ts'

/** A factor as base and numeral exponent; symbolic exponents stay in the base. */
export const basePower = (f: Expr): readonly [base: Expr, exponent: Q.Rational] =>
  f.kind === 'pow' && f.exponent.kind === 'num' ? [f.base, f.exponent.value] : [f, Q.one]

/** Merges powers of equal bases with numeral exponents, and exponentials: x³·x⁻¹ → x², e^u·e^(−u) → 1. */
export const mergedProduct = (parts: readonly Expr[]): Expr => {
  const bases: { base: Expr; exponent: Q.Rational }[] = []
  const exponents: Expr[] = []
  const numerals: Expr[] = []
  const push = (f: Expr): void => {
    if (f.kind === 'mul') {
      for (const g of f.factors) push(g)
      return
    }
    if (f.kind === 'num') {
      numerals.push(f)
      return
    }
    if (f.kind === 'fn' && f.name === 'exp' && f.args[0]) {
      exponents.push(f.args[0])
      return
    }
    const [base, exponent] = basePower(f)
    // the base itself may be a product: (2v)^(-1)
    if (base.kind === 'mul' && Q.isInteger(exponent)) {
      for (const g of base.factors) push(pow(g, num(exponent)))
      return
    }
    const entry = bases.find(b => same(b.base, base))
    if (entry) entry.exponent = Q.plus(entry.exponent, exponent)
    else bases.push({ base, exponent })
  }
  for (const p of parts) push(p)
  const kept: Expr[] = [...numerals, ...bases.filter(b => !Q.isZero(b.exponent)).map(b => pow(b.base, num(b.exponent)))]
  if (exponents.length === 1) kept.push(exp(exponents[0] as Expr))
  else if (exponents.length > 1) {
    const total = collected(addAll(exponents))
    if (!isZero(total)) kept.push(exp(total))
  }
  return mulAll(kept)
}

/** Summands that are equal but for their numeral coefficient, collected. */
export const collected = (t: Expr): Expr => {
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

/** The common denominator of the summands: numerals included; powers of each base at the largest negative exponent. */
export const commonDenominator = (terms: readonly Expr[]): Expr => {
  let numeral = 1n
  const bases: { base: Expr; exponent: Q.Rational }[] = []
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
  for (const t of terms)
    for (const f of factors(mergedProduct([t]))) {
      if (f.kind === 'num') {
        numeral = (numeral * f.value.den) / gcd(numeral, f.value.den)
        continue
      }
      const [base, exponent] = basePower(f)
      if (Q.sign(exponent) >= 0) continue
      const need = Q.negate(exponent)
      const entry = bases.find(b => same(b.base, base))
      if (!entry) bases.push({ base, exponent: need })
      else if (Q.compare(entry.exponent, need) < 0) entry.exponent = need
    }
  return mulAll([num(numeral), ...bases.map(b => pow(b.base, num(b.exponent)))])
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

/** Sign of the numeral coefficient of a summand. */
export const coefficientSign = (t: Expr): -1 | 1 => {
  const head = factors(t)[0]
  return head?.kind === 'num' && Q.sign(head.value) < 0 ? -1 : 1
}
export const isUnit = (t: Expr): boolean => same(t, ONE)
