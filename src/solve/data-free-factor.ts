/**
 * The factor of an equation that is free of the data: the numerator of left − right, as a polynomial in the unknown, is a sum of
 * statistics times polynomials with rational coefficients, and what divides all of those divides the whole. A chain rule leaves
 * such a factor, and it is nonzero where the change of the parameter is one-to-one.
 */
import { numeratorDenominator, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type RationalPolynomial as Poly, remainder, trimmed } from '../term/rational-polynomial.ts'
import { addAll, type Expr, mul, mulAll, num, pow, type Sym } from '../term/term.ts'
import { factors, summands } from '../term/walk.ts'

const gcd = (a: Poly, b: Poly): Poly => {
  let [p, q] = [trimmed(a), trimmed(b)]
  while (q.length > 0) [p, q] = [q, remainder(p, q)]
  return p
}

const integerGcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : integerGcd(b, a % b))

/** With whole coefficients without a common divisor, the lowest positive. */
const primitive = (p: Poly): Poly => {
  const den = p.reduce((m, c) => (m * c.den) / integerGcd(m, c.den), 1n)
  const nums = p.map(c => (c.num * den) / c.den)
  const content = nums.reduce((m, c) => integerGcd(m, c), 0n)
  const sign = (nums.find(c => c !== 0n) ?? 1n) < 0n ? -1n : 1n
  return nums.map(c => Q.rational((sign * c) / content))
}

/** At most this degree is divided. */
const highest = 8

/** The polynomial in the unknown, of degree 1 at least, that divides the equation t = 0 whatever the data are. */
export const dataFreeFactor = (t: Expr, unknown: Sym): Expr | undefined => {
  const poly = polynomialIn(numeratorDenominator(t).numerator, unknown)
  if (!poly || poly.size < 2) return undefined
  const least = Math.min(...poly.keys())
  const degree = Math.max(...poly.keys()) - least
  if (degree < 2 || degree > highest) return undefined
  const lists: { readonly statistic: Expr; readonly coefficients: Q.Rational[] }[] = []
  for (const [d, c] of poly)
    for (const p of summands(c)) {
      const head = factors(p)[0]
      const weight = head?.kind === 'num' ? head.value : Q.one
      const statistic = mulAll(factors(p).filter(f => f.kind !== 'num'))
      let own = lists.find(l => same(l.statistic, statistic))
      if (!own) {
        own = { statistic, coefficients: Array.from({ length: degree + 1 }, () => Q.zero) }
        lists.push(own)
      }
      own.coefficients[d - least] = Q.plus(own.coefficients[d - least] as Q.Rational, weight)
    }
  const [first, ...others] = lists
  if (!first || others.length === 0) return undefined
  const common = others.reduce((g: Poly, l) => gcd(g, l.coefficients), first.coefficients)
  if (common.length < 2) return undefined
  return addAll(primitive(common).map((c, k) => mul(num(c), pow(unknown, num(k)))))
}
