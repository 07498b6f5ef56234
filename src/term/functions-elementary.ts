/**
 * Rows of the table of functions: constants, logarithm and exponential, absolute value and rounding, trigonometry.
 */
import { alwaysPositive, asArgument, at0, atEnd, atStart, of, PI, positive, type Row } from './function-info.ts'
import {
  add,
  and,
  exp,
  fn,
  HALF,
  infinity,
  integers,
  isIn,
  le,
  lt,
  MINUS_ONE,
  minusInfinity,
  mul,
  ne,
  neg,
  not,
  num,
  ONE,
  or,
  pow,
  sub,
  TWO,
  ZERO,
} from './term.ts'

/** cos(π/2) is 0, not 6·10⁻¹⁷: no more than the rounding of the argument brings about is no value. */
const exactZero = (value: number, x: number): number => (Math.abs(value) <= Number.EPSILON * Math.abs(x) ? 0 : value)

export const elementary: Record<string, Row> = {
  // of two values; over an index they are `Big` terms
  max: {
    arity: 2,
    latex: '\\max',
    unicode: 'max',
    derivative: () => [undefined, undefined],
    value: (a, b) => Math.max(a as number, b as number),
  },
  min: {
    arity: 2,
    latex: '\\min',
    unicode: 'min',
    derivative: () => [undefined, undefined],
    value: (a, b) => Math.min(a as number, b as number),
  },
  pi: { form: 'constant', latex: '\\pi', unicode: 'π', derivative: () => [], sign: alwaysPositive, value: () => Math.PI },
  eulergamma: {
    form: 'constant',
    latex: '\\gamma_E',
    unicode: 'γ_E',
    aliases: ['gamma_E', 'gammaE'],
    derivative: () => [],
    sign: alwaysPositive,
    value: () => 0.5772156649015329,
  },
  log: {
    form: 'prefix',
    latex: '\\log',
    unicode: 'log',
    aliases: ['ln'],
    domain: positive,
    monotone: 'increasing',
    derivative: a => [pow(of(a), MINUS_ONE)],
    sign: a => ({ as: sub(of(a), ONE) }),
    value: (x = NaN) => Math.log(x),
    limits: [
      { ...at0, value: minusInfinity },
      { ...atEnd, value: infinity },
    ],
  },
  exp: {
    form: 'prefix',
    latex: '\\exp',
    unicode: 'exp',
    monotone: 'increasing',
    derivative: a => [exp(of(a))],
    sign: alwaysPositive,
    value: (x = NaN) => Math.exp(x),
    logValue: (x = NaN) => x,
    limits: [
      { ...atStart, value: ZERO },
      { ...atEnd, value: infinity },
    ],
  },
  abs: {
    form: 'fence',
    latex: '|',
    unicode: '|',
    monotone: 'increasing',
    derivative: a => [fn('sign', of(a))],
    differentiable: a => ne(of(a), ZERO),
    sign: () => ({ always: 'nonneg' }),
    value: (x = NaN) => Math.abs(x),
    limits: [
      { ...atStart, value: infinity },
      { ...atEnd, value: infinity },
    ],
  },
  sign: {
    latex: '\\operatorname{sgn}',
    unicode: 'sgn',
    aliases: ['sgn', 'signum'],
    derivative: () => [ZERO],
    differentiable: a => ne(of(a), ZERO),
    sign: asArgument,
    value: (x = NaN) => Math.sign(x),
    limits: [
      { ...atStart, value: MINUS_ONE },
      { ...atEnd, value: ONE },
    ],
  },
  floor: {
    form: 'fence',
    latex: '\\lfloor',
    unicode: '⌊',
    derivative: () => [ZERO],
    differentiable: a => not(isIn(of(a), integers)),
    value: (x = NaN) => Math.floor(x),
  },
  ceil: {
    form: 'fence',
    latex: '\\lceil',
    unicode: '⌈',
    aliases: ['ceiling'],
    derivative: () => [ZERO],
    differentiable: a => not(isIn(of(a), integers)),
    value: (x = NaN) => Math.ceil(x),
  },
  cos: {
    form: 'prefix',
    latex: '\\cos',
    unicode: 'cos',
    derivative: a => [neg(fn('sin', of(a)))],
    value: (x = NaN) => exactZero(Math.cos(x), x),
  },
  sin: {
    form: 'prefix',
    latex: '\\sin',
    unicode: 'sin',
    derivative: a => [fn('cos', of(a))],
    value: (x = NaN) => exactZero(Math.sin(x), x),
  },
  tan: {
    form: 'prefix',
    latex: '\\tan',
    unicode: 'tan',
    domain: a => ne(fn('cos', of(a)), ZERO),
    derivative: a => [add(ONE, pow(fn('tan', of(a)), TWO))],
    value: (x = NaN) => Math.tan(x),
  },
  atan: {
    form: 'prefix',
    latex: '\\arctan',
    unicode: 'arctan',
    aliases: ['arctan'],
    monotone: 'increasing',
    sign: asArgument,
    derivative: a => [pow(add(ONE, pow(of(a), TWO)), MINUS_ONE)],
    value: (x = NaN) => Math.atan(x),
    limits: [
      { ...atStart, value: mul(num(-1, 2), PI) },
      { ...atEnd, value: mul(HALF, PI) },
    ],
  },
  asin: {
    form: 'prefix',
    latex: '\\arcsin',
    unicode: 'arcsin',
    aliases: ['arcsin'],
    domain: a => and(le(MINUS_ONE, of(a)), le(of(a), ONE)),
    differentiable: a => and(lt(MINUS_ONE, of(a)), lt(of(a), ONE)),
    monotone: 'increasing',
    sign: asArgument,
    derivative: a => [pow(sub(ONE, pow(of(a), TWO)), num(-1, 2))],
    value: (x = NaN) => Math.asin(x),
  },
  acos: {
    form: 'prefix',
    latex: '\\arccos',
    unicode: 'arccos',
    aliases: ['arccos'],
    domain: a => and(le(MINUS_ONE, of(a)), le(of(a), ONE)),
    differentiable: a => and(lt(MINUS_ONE, of(a)), lt(of(a), ONE)),
    monotone: 'decreasing',
    derivative: a => [neg(pow(sub(ONE, pow(of(a), TWO)), num(-1, 2)))],
    value: (x = NaN) => Math.acos(x),
  },
  /** The angle of the point (c, s) in (−π, π], s first. */
  atan2: {
    arity: 2,
    latex: '\\operatorname{atan2}',
    unicode: 'atan2',
    domain: a => ne(add(pow(of(a), TWO), pow(of(a, 1), TWO)), ZERO),
    differentiable: a => or(ne(of(a), ZERO), lt(ZERO, of(a, 1))),
    derivative: a => {
      const below = pow(add(pow(of(a), TWO), pow(of(a, 1), TWO)), MINUS_ONE)
      return [mul(of(a, 1), below), mul(MINUS_ONE, of(a), below)]
    },
    value: (s = NaN, c = NaN) => {
      const angle = s === 0 && c === 0 ? Number.NaN : Math.atan2(s, c)
      return angle === -Math.PI ? Math.PI : angle
    },
  },
}
