/** Polynomials in one unknown with rational coefficients: the arithmetic that root counting and common factors share. */
import * as Q from './rational.ts'

/** Coefficients, lowest degree first, the last not 0. */
export type RationalPolynomial = readonly Q.Rational[]

export const trimmed = (p: RationalPolynomial): RationalPolynomial => {
  let n = p.length
  while (n > 0 && Q.isZero(p[n - 1] as Q.Rational)) n--
  return p.slice(0, n)
}

/** p modulo q, which is not 0. */
export const remainder = (p: RationalPolynomial, q: RationalPolynomial): RationalPolynomial => {
  let rest = trimmed(p)
  const lead = q.at(-1) as Q.Rational
  while (rest.length >= q.length && rest.length > 0) {
    const factor = Q.times(rest.at(-1) as Q.Rational, Q.inverse(lead))
    const shift = rest.length - q.length
    rest = trimmed(rest.map((c, i) => (i < shift ? c : Q.minus(c, Q.times(factor, q[i - shift] as Q.Rational)))))
  }
  return rest
}
