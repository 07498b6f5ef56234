/**
 * What the summands of a sum visibly share, and dividing a summand by it. Syntactic: a factor is shared when it is
 * written in every summand. No factor is invented.
 */
import { basePower } from '../src/rewrite/arithmetic.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { type Expr, isOne, mulAll, num, pow } from '../src/term/term.ts'
import { factors } from '../src/term/walk.ts'

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
const coefficient = (t: Expr): Q.Rational => {
  const head = factors(t)[0]
  return head?.kind === 'num' ? head.value : Q.one
}

/** The numeral that divides every coefficient; a common denominator counts, a common sign is kept. */
const content = (terms: readonly Expr[]): Q.Rational => {
  const values = terms.map(coefficient)
  const above = values.reduce((g, v) => gcd(g, v.num), 0n)
  const [first] = values
  const below = first && values.every(v => v.den === first.den) ? first.den : 1n
  const size = Q.rational(below === 1n && values.some(v => v.den !== 1n) ? 1n : above === 0n ? 1n : above, below)
  return values.every(v => Q.sign(v) < 0) ? Q.negate(size) : size
}

/** The shared power nearest to 1 of each base that every summand has with exponents of one sign, times the content. */
export const commonPowers = (terms: readonly Expr[]): Expr | undefined => {
  const [head, ...others] = terms.map(t =>
    factors(t)
      .filter(f => f.kind !== 'num')
      .map(basePower),
  )
  if (!head || others.length === 0) return undefined
  const shared: Expr[] = []
  for (const [base, e] of head) {
    let least = e
    const everywhere = others.every(list => {
      const own = list.find(([b]) => same(b, base))?.[1]
      if (!own || Q.sign(own) !== Q.sign(e)) return false
      if (Q.compare(Q.absolute(own), Q.absolute(least)) < 0) least = own
      return true
    })
    if (everywhere) shared.push(pow(base, num(least)))
  }
  const c = content(terms)
  const factor = mulAll([num(c), ...shared])
  return isOne(factor) || (shared.length === 0 && Q.isOne(Q.absolute(c))) ? undefined : factor
}

/**
 * t divided by a factor that is written in it; with `force`, what is missing is written as a reciprocal. Undefined if
 * the factor is not written in t (and not forced).
 */
export const quotient = (t: Expr, factor: Expr, force = false): Expr | undefined => {
  const parts = factors(t).map(f => (f.kind === 'num' ? undefined : basePower(f)))
  const kept = parts.flatMap(p => (p ? [{ base: p[0], exponent: p[1] }] : []))
  let c = coefficient(t)
  for (const f of factors(factor)) {
    if (f.kind === 'num') {
      c = Q.times(c, Q.inverse(f.value))
      continue
    }
    const [base, e] = basePower(f)
    const own = kept.find(k => same(k.base, base))
    const written = own !== undefined && Q.sign(own.exponent) === Q.sign(e) && Q.compare(Q.absolute(own.exponent), Q.absolute(e)) >= 0
    if (!written && !force) return undefined
    if (own) own.exponent = Q.minus(own.exponent, e)
    else kept.push({ base, exponent: Q.negate(e) })
  }
  return mulAll([num(c), ...kept.map(k => pow(k.base, num(k.exponent)))])
}
