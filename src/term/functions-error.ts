/**
 * Rows of the table of functions: error function and normal distribution function, Bessel I, Lambert W.
 * Formulas: NIST Digital Library of Mathematical Functions (DLMF), dlmf.nist.gov.
 */
import { alwaysPositive, asArgument, atEnd, atStart, integerValue, of, PI, type Row } from './function-info.ts'
import { type Basis, besselWith, lambertW, logErfcWith } from './functions-special.ts'
import {
  add,
  and,
  div,
  exp,
  fn,
  ge,
  gt,
  HALF,
  infinity,
  lt,
  MINUS_ONE,
  minusInfinity,
  mul,
  ne,
  neg,
  num,
  ONE,
  pow,
  sub,
  TRUE,
  TWO,
  ZERO,
} from './term.ts'

export const errorFamily = (basis: Basis): Record<string, Row> => {
  const { erf, erfc, erfinv } = basis
  const logErfc = logErfcWith(basis)
  const { besselI, logBesselI } = besselWith(basis)
  return {
    erf: {
      latex: '\\operatorname{erf}',
      unicode: 'erf',
      monotone: 'increasing',
      sign: asArgument,
      source: 'DLMF 7.2.1',
      derivative: a => [mul(TWO, pow(PI, num(-1, 2)), exp(neg(pow(of(a), TWO))))],
      value: (x = NaN) => erf(x),
      limits: [
        { ...atStart, value: MINUS_ONE },
        { ...atEnd, value: ONE },
      ],
    },
    erfc: {
      latex: '\\operatorname{erfc}',
      unicode: 'erfc',
      monotone: 'decreasing',
      sign: alwaysPositive,
      source: 'DLMF 7.2.2',
      derivative: a => [mul(num(-2), pow(PI, num(-1, 2)), exp(neg(pow(of(a), TWO))))],
      value: (x = NaN) => erfc(x),
      logValue: logErfc,
      limits: [
        { ...atStart, value: TWO },
        { ...atEnd, value: ZERO },
      ],
    },
    erfinv: {
      latex: '\\operatorname{erfinv}',
      unicode: 'erfinv',
      domain: a => and(lt(MINUS_ONE, of(a)), lt(of(a), ONE)),
      monotone: 'increasing',
      sign: asArgument,
      derivative: a => [mul(HALF, pow(PI, HALF), exp(pow(fn('erfinv', of(a)), TWO)))],
      value: (x = NaN) => erfinv(x),
      limits: [
        { to: MINUS_ONE, side: '+', value: minusInfinity },
        { to: ONE, side: '-', value: infinity },
      ],
      source: 'DLMF 7.17.1',
    },
    /** Φ(x) = erfc(−x/√2)/2, the standard normal distribution function. */
    Phi: {
      latex: '\\Phi',
      unicode: 'Φ',
      aliases: ['pnorm', 'normcdf'],
      monotone: 'increasing',
      sign: alwaysPositive,
      source: 'DLMF 7.1.2, 7.2.2',
      derivative: a => [mul(pow(mul(TWO, PI), num(-1, 2)), exp(mul(num(-1, 2), pow(of(a), TWO))))],
      value: (x = NaN) => erfc(-x * Math.SQRT1_2) / 2,
      logValue: (x = NaN) => logErfc(-x * Math.SQRT1_2) - Math.LN2,
      limits: [
        { ...atStart, value: ZERO },
        { ...atEnd, value: ONE },
      ],
    },
    /** I_ν(x), order first. Real for x < 0 only when ν is an integer. */
    besseli: {
      arity: 2,
      latex: '\\operatorname{besseli}',
      unicode: 'besseli',
      aliases: ['besselI'],
      source: 'DLMF 10.25, 10.29.2, 10.29.3',
      domain: a => {
        const nu = integerValue(of(a))
        return nu !== undefined && nu >= 0 ? TRUE : and(ge(of(a), ZERO), ge(of(a, 1), ZERO))
      },
      differentiable: a => (integerValue(of(a)) === 0 ? TRUE : ne(of(a, 1), ZERO)),
      // I_0′ = I_1; I_ν′ = I_{ν−1} − (ν/x) I_ν, which stays within {I_0, I_1} when differentiated again; else I_{ν+1} + (ν/x) I_ν.
      derivative: a => {
        const [nu, x] = [of(a), of(a, 1)]
        const order = integerValue(nu)
        const scaled = mul(nu, pow(x, MINUS_ONE), fn('besseli', nu, x))
        if (order === 0) return [undefined, fn('besseli', ONE, x)]
        return [
          undefined,
          order !== undefined && order > 0
            ? sub(fn('besseli', add(nu, MINUS_ONE), x), scaled)
            : add(fn('besseli', add(nu, ONE), x), scaled),
        ]
      },
      sign: a => {
        const nu = integerValue(of(a))
        if (nu === 0) return { always: 'pos' }
        return nu === undefined ? { always: 'nonneg' } : nu % 2 === 0 ? { as: pow(of(a, 1), TWO) } : { as: of(a, 1) }
      },
      value: besselI,
      logValue: logBesselI,
    },
    /** The principal branch W_0: w e^w = x, w ≥ −1. */
    lambertw: {
      latex: '\\operatorname{W_0}',
      unicode: 'W₀',
      aliases: ['lambertW', 'lambertw0'],
      domain: a => ge(of(a), neg(exp(MINUS_ONE))),
      differentiable: a => gt(of(a), neg(exp(MINUS_ONE))),
      monotone: 'increasing',
      sign: asArgument,
      source: 'DLMF 4.13.1, 4.13.4',
      derivative: a => [div(ONE, add(of(a), exp(fn('lambertw', of(a)))))],
      value: lambertW,
      limits: [{ ...atEnd, value: infinity }],
    },
  }
}
