/**
 * Rows of the table of functions: Γ and what comes of it, factorial, binomial coefficient, Riemann's ζ.
 * Formulas: NIST Digital Library of Mathematical Functions (DLMF), dlmf.nist.gov.
 */
import { alwaysPositive, at0, atEnd, integerValue, of, onPositive, positive, type Row } from './function-info.ts'
import { type Basis, binomialWith, factorialWith, polygammaWith, zetaDerivative } from './functions-special.ts'
import { add, and, type Expr, fn, ge, gt, infinity, isIn, MINUS_ONE, minusInfinity, mul, num, ONE, range, sub, TWO, ZERO } from './term.ts'

export const gammaFamily = (basis: Basis): Record<string, Row> => {
  const { lnGamma, lnBeta } = basis
  const { binomial, logBinomial } = binomialWith(basis)
  return {
    gamma: {
      latex: '\\Gamma',
      unicode: 'Γ',
      aliases: ['Gamma'],
      domain: positive,
      sign: alwaysPositive,
      source: 'DLMF 5.2.2',
      derivative: a => [mul(fn('gamma', of(a)), fn('digamma', of(a)))],
      value: onPositive(basis.gamma),
      logValue: onPositive(lnGamma),
      limits: [
        { ...at0, value: infinity },
        { ...atEnd, value: infinity },
      ],
    },
    loggamma: {
      latex: '\\operatorname{lgamma}',
      unicode: 'lgamma',
      aliases: ['lgamma', 'gammaln', 'lngamma'],
      domain: positive,
      // Γ = 1 at 1 and at 2 only, and log Γ is convex (Bohr–Mollerup).
      sign: a => ({ as: mul(add(of(a), MINUS_ONE), add(of(a), num(-2))) }),
      source: 'DLMF 5.5.7',
      derivative: a => [fn('digamma', of(a))],
      value: onPositive(lnGamma),
      limits: [
        { ...at0, value: infinity },
        { ...atEnd, value: infinity },
      ],
    },
    digamma: {
      meaning: 'the digamma function, the derivative of log Γ',
      latex: '\\psi',
      unicode: 'ψ',
      aliases: ['psi'],
      domain: positive,
      monotone: 'increasing',
      derivative: a => [fn('trigamma', of(a))],
      value: onPositive(basis.digamma),
      limits: [
        { ...at0, value: minusInfinity },
        { ...atEnd, value: infinity },
      ],
      source: 'DLMF 5.2.2',
    },
    trigamma: {
      meaning: 'the trigamma function, the second derivative of log Γ',
      latex: "\\psi'",
      unicode: 'ψ′',
      aliases: ['psi1'],
      domain: positive,
      monotone: 'decreasing',
      sign: alwaysPositive,
      derivative: a => [fn('polygamma', TWO, of(a))],
      value: onPositive(basis.trigamma),
      limits: [
        { ...at0, value: infinity },
        { ...atEnd, value: ZERO },
      ],
      source: 'DLMF 5.15.1',
    },
    polygamma: {
      arity: 2,
      latex: '\\operatorname{polygamma}',
      unicode: 'polygamma',
      source: 'DLMF 5.15, 5.9.12',
      domain: a => and(isIn(of(a), range(ZERO, infinity)), gt(of(a, 1), ZERO)),
      derivative: a => [undefined, fn('polygamma', add(of(a), ONE), of(a, 1))],
      // ψ^(m) has the sign of (−1)^(m+1) for m ≥ 1.
      sign: a => {
        const m = integerValue(of(a))
        return m === undefined || m < 1 ? undefined : m % 2 === 1 ? { always: 'pos' } : { as: MINUS_ONE }
      },
      value: polygammaWith(basis),
    },
    factorial: {
      form: 'postfix',
      latex: '!',
      unicode: '!',
      domain: a => gt(of(a), MINUS_ONE),
      sign: alwaysPositive,
      source: 'DLMF 5.4.1, 5.2.2',
      derivative: a => [mul(fn('factorial', of(a)), fn('digamma', add(of(a), ONE)))],
      value: factorialWith(basis),
      logValue: (x = NaN) => (x > -1 ? lnGamma(x + 1) : Number.NaN),
      limits: [{ ...atEnd, value: infinity }],
    },
    beta: {
      arity: 2,
      latex: '\\operatorname{B}',
      unicode: 'Β',
      aliases: ['Beta'],
      domain: positive,
      sign: alwaysPositive,
      source: 'DLMF 5.12.1',
      derivative: a => a.map(u => mul(fn('beta', ...a), sub(fn('digamma', u), fn('digamma', add(...a))))),
      value: (a = NaN, b = NaN) => (a > 0 && b > 0 ? Math.exp(lnBeta(a, b)) : Number.NaN),
      logValue: (a = NaN, b = NaN) => (a > 0 && b > 0 ? lnBeta(a, b) : Number.NaN),
    },
    /** Γ(n+1)/(Γ(k+1)Γ(n−k+1)), positive for k ≥ 0 and n−k > −1; the value is also given for any n with integer k. */
    binomial: {
      arity: 2,
      form: 'binomial',
      latex: '\\binom',
      unicode: 'binom',
      aliases: ['choose', 'combinations', 'binom'],
      sign: alwaysPositive,
      domain: a => and(ge(of(a, 1), ZERO), gt(sub(of(a), of(a, 1)), MINUS_ONE)),
      source: 'DLMF 1.2.6, 5.5.1',
      derivative: a => {
        const below = fn('digamma', add(sub(of(a), of(a, 1)), ONE))
        const by = (u: Expr, v: Expr): Expr => mul(fn('binomial', ...a), sub(u, v))
        return [by(fn('digamma', add(of(a), ONE)), below), by(below, fn('digamma', add(of(a, 1), ONE)))]
      },
      value: binomial,
      logValue: logBinomial,
    },
    zeta: {
      latex: '\\zeta',
      unicode: 'ζ',
      domain: a => gt(of(a), ONE),
      monotone: 'decreasing',
      sign: alwaysPositive,
      derivative: a => [fn('zetaprime', of(a))],
      value: (s = NaN) => (s > 1 ? basis.zeta(s) : Number.NaN),
      limits: [
        { to: ONE, side: '+', value: infinity },
        { ...atEnd, value: ONE },
      ],
      source: 'DLMF 25.2.1',
    },
    zetaprime: {
      latex: "\\zeta'",
      unicode: 'ζ′',
      domain: a => gt(of(a), ONE),
      sign: () => ({ as: MINUS_ONE }),
      derivative: a => [fn('zetasecond', of(a))],
      value: (s = NaN) => zetaDerivative(1, s),
      limits: [
        { to: ONE, side: '+', value: minusInfinity },
        { ...atEnd, value: ZERO },
      ],
      source: 'DLMF 25.2.6',
      meaning: 'the derivative of the Riemann zeta function',
    },
    zetasecond: {
      latex: "\\zeta''",
      unicode: 'ζ″',
      domain: a => gt(of(a), ONE),
      monotone: 'decreasing',
      sign: alwaysPositive,
      derivative: () => [undefined],
      value: (s = NaN) => zetaDerivative(2, s),
      limits: [
        { to: ONE, side: '+', value: infinity },
        { ...atEnd, value: ZERO },
      ],
      source: 'DLMF 25.2.6',
    },
  }
}
