/**
 * Laws that undo one function on both sides of an equation: a root, a logarithm, an exponential, an inverse function.
 * What is inverted is proved to be one-to-one where it is used, and the other side to be in its range.
 */
import { mergedProduct } from '../src/rewrite/arithmetic.ts'
import type { Reason } from '../src/rewrite/facts.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonzero, provePositive } from '../src/rewrite/sign.ts'
import * as Q from '../src/term/rational.ts'
import { addAll, type Expr, eq, exp, fn, HALF, log, mul, neg, num, pow, type Rel, sub } from '../src/term/term.ts'
import { mentions, summands } from '../src/term/walk.ts'

const isEquation = (t: Rel): boolean => t.op === '='

export const root = rule({
  id: 'equation.root',
  title: 'uniqueness of the positive root',
  statement: String.raw`u^r=c\iff u=c^{1/r}\quad(u>0,\ c>0,\ r\neq0)`,
  on: 'rel',
  when: (t, cx) => {
    if (!isEquation(t) || t.left.kind !== 'pow' || mentionsUnknown(t.left.exponent, cx.unknowns)) return undefined
    const base = provePositive(t.left.base, cx)
    const value = base && provePositive(t.right, cx)
    const exponent = value && proveNonzero(t.left.exponent, cx)
    return base && value && exponent && [...base, ...value, ...exponent]
  },
  rewrite: t => (t.left.kind === 'pow' ? eq(t.left.base, powerOf(t.right, t.left.exponent)) : undefined),
  examples: [
    ex('u^2 = c', 'u = c^(1/2)', 'u > 0, c > 0'),
    ex('u^k = c', 'u = c^(1/k)', 'u > 0, c > 0, k > 0'),
    ex('u^(-1) = c', 'u = 1/c', 'u > 0, c > 0'),
  ],
  nonExamples: [['u^2 = c', 'u in R, c > 0']],
})
const wholeExponent = (t: Expr): bigint | undefined =>
  t.kind === 'num' && Q.isInteger(t.value) && !Q.isZero(t.value) ? t.value.num : undefined

export const negativeRoot = rule({
  id: 'equation.negative-root',
  title: 'uniqueness of the negative root',
  statement: String.raw`u^r=c\iff u=-|c|^{1/r}\quad(u<0,\ (-1)^rc>0,\ r\in\mathbb Z,\ r\neq0)`,
  on: 'rel',
  when: (t, cx) => {
    const r = isEquation(t) && t.left.kind === 'pow' ? wholeExponent(t.left.exponent) : undefined
    if (r === undefined || t.left.kind !== 'pow') return undefined
    const base = provePositive(neg(t.left.base), cx)
    const value = base && provePositive(r % 2n === 0n ? t.right : neg(t.right), cx)
    return base && value && [...base, ...value]
  },
  rewrite: t => {
    if (t.left.kind !== 'pow') return undefined
    const even = (wholeExponent(t.left.exponent) ?? 1n) % 2n === 0n
    return eq(t.left.base, neg(powerOf(even ? t.right : addAll(summands(t.right).map(neg)), t.left.exponent)))
  },
  examples: [
    ex('u^2 = c', 'u = -c^(1/2)', 'u < 0, c > 0'),
    ex('u^3 = c', 'u = -(-c)^(1/3)', 'u < 0, c < 0'),
    ex('u^(-4) = c', 'u = -(1/c)^(1/4)', 'u < 0, c > 0'),
  ],
  nonExamples: [
    ['u^2 = c', 'u > 0, c > 0'],
    ['u^2 = c', 'u in R, c > 0'],
  ],
})

export const reciprocal = rule({
  id: 'equation.reciprocal',
  title: 'reciprocals of both sides',
  statement: String.raw`u^{-1}=c\iff u=\frac1c\quad(u\neq0,\ c\neq0)`,
  on: 'rel',
  when: (t, cx) => {
    if (!isEquation(t) || t.left.kind !== 'pow' || wholeExponent(t.left.exponent) !== -1n) return undefined
    const base = proveNonzero(t.left.base, cx)
    const value = base && proveNonzero(t.right, cx)
    return base && value && [...base, ...value]
  },
  rewrite: t => (t.left.kind === 'pow' ? eq(t.left.base, mergedProduct([pow(t.right, num(-1))])) : undefined),
  examples: [ex('u^(-1) = c', 'u = 1/c', 'u < 0, c < 0')],
  nonExamples: [['u^(-1) = c', 'u < 0, c in R']],
})

const powerOf = (value: Expr, exponent: Expr): Expr => {
  if (exponent.kind === 'num' && Q.equal(exponent.value, Q.rational(-1))) return mergedProduct([pow(value, num(-1))])
  // u^(−r) = c is u = (1/c)^(1/r)
  const turned = neg(exponent)
  const isTurned =
    exponent.kind === 'num'
      ? Q.sign(exponent.value) < 0
      : exponent.kind === 'mul' && exponent.factors[0]?.kind === 'num' && Q.sign(exponent.factors[0].value) < 0
  if (isTurned) return powerOf(mergedProduct([pow(value, num(-1))]), turned)
  return pow(value, exponent.kind === 'num' ? num(Q.inverse(exponent.value)) : pow(exponent, num(-1)))
}
const mentionsUnknown = (t: Expr, unknowns: readonly string[]): boolean => unknowns.some(u => mentions(t, u))

export const takeLog = rule({
  id: 'equation.log',
  title: 'logarithm of both sides',
  statement: String.raw`e^u=c\iff u=\log c\quad(c>0)`,
  on: 'rel',
  when: (t, cx) => (isEquation(t) && t.left.kind === 'fn' && t.left.name === 'exp' ? provePositive(t.right, cx) : undefined),
  rewrite: t => (t.left.kind === 'fn' && t.left.args[0] ? eq(t.left.args[0], log(t.right)) : undefined),
  examples: [ex('exp(u) = c', 'u = log(c)', 'u in R, c > 0')],
  nonExamples: [['exp(u) = c', 'u in R, c in R']],
})

export const takeLogOfPower = rule({
  id: 'equation.log-of-power',
  title: 'logarithm of both sides',
  statement: String.raw`a^u=c\iff u\log a=\log c\quad(a>0,\ c>0)`,
  on: 'rel',
  when: (t, cx) => {
    if (!isEquation(t) || t.left.kind !== 'pow' || !mentionsUnknown(t.left.exponent, cx.unknowns)) return undefined
    const base = provePositive(t.left.base, cx)
    const value = base && provePositive(t.right, cx)
    return base && value && [...base, ...value]
  },
  rewrite: t => (t.left.kind === 'pow' ? eq(mul(t.left.exponent, log(t.left.base)), log(t.right)) : undefined),
  examples: [ex('a^theta = c', 'theta*log(a) = log(c)', 'a > 0, c > 0, unknown theta in R')],
  nonExamples: [['a^theta = c', 'a > 0, c in R, unknown theta in R']],
})

export const takeExp = rule({
  id: 'equation.exp',
  title: 'exponential of both sides',
  statement: String.raw`\log u=c\iff u=e^c\quad(u>0)`,
  on: 'rel',
  when: (t, cx) =>
    isEquation(t) && t.left.kind === 'fn' && t.left.name === 'log' && t.left.args[0] ? provePositive(t.left.args[0], cx) : undefined,
  rewrite: t => (t.left.kind === 'fn' && t.left.args[0] ? eq(t.left.args[0], exp(t.right)) : undefined),
  examples: [ex('log(u) = c', 'u = exp(c)', 'u > 0, c in R')],
  nonExamples: [['log(u) = c', 'u in R, c in R']],
})

/** Functions that are one-to-one from the whole line (or from an interval: tan and sin from (−π/2, π/2), cos from (0, π)) onto an interval, with their inverses. */
const inverses: Readonly<
  Record<string, { readonly inverse: string; readonly from?: readonly [Expr, Expr]; readonly onto?: readonly [Expr, Expr] }>
> = {
  atan: { inverse: 'tan', onto: [mul(num(-1, 2), fn('pi')), mul(HALF, fn('pi'))] },
  tan: { inverse: 'atan', from: [mul(num(-1, 2), fn('pi')), mul(HALF, fn('pi'))] },
  sin: { inverse: 'asin', from: [mul(num(-1, 2), fn('pi')), mul(HALF, fn('pi'))], onto: [num(-1), num(1)] },
  cos: { inverse: 'acos', from: [num(0), fn('pi')], onto: [num(-1), num(1)] },
  erf: { inverse: 'erfinv', onto: [num(-1), num(1)] },
  sinh: { inverse: 'asinh' },
  tanh: { inverse: 'atanh', onto: [num(-1), num(1)] },
  asinh: { inverse: 'sinh' },
  atanh: { inverse: 'tanh', from: [num(-1), num(1)] },
}
const between = (
  t: Expr,
  ends: readonly [Expr, Expr] | undefined,
  cx: Parameters<typeof proveNonzero>[1],
): readonly Reason[] | undefined => {
  if (!ends) return []
  const below = provePositive(sub(t, ends[0]), cx)
  const above = below && provePositive(sub(ends[1], t), cx)
  return below && above && [...below, ...above]
}

export const inverseFunction = rule({
  id: 'equation.inverse-function',
  title: 'inverse function on both sides',
  statement: String.raw`f(u)=c\iff u=f^{-1}(c)\quad(f\text{ one-to-one, }c\text{ in its range})`,
  on: 'rel',
  when: (t, cx) => {
    const [u] = t.left.kind === 'fn' ? t.left.args : []
    const row = t.left.kind === 'fn' ? inverses[t.left.name] : undefined
    if (!isEquation(t) || !u || !row) return undefined
    const domain = between(u, row.from, cx)
    const range = domain && between(t.right, row.onto, cx)
    return domain && range && [...domain, ...range]
  },
  rewrite: t => {
    const [u] = t.left.kind === 'fn' ? t.left.args : []
    const row = t.left.kind === 'fn' ? inverses[t.left.name] : undefined
    return u && row && eq(u, fn(row.inverse, t.right))
  },
  examples: [
    ex('tan(u) = c', 'u = atan(c)', '0 < u < pi/2, c in R'),
    ex('atan(u) = c', 'u = tan(c)', 'u in R, -1 < c < 1'),
    ex('tanh(u) = c', 'u = atanh(c)', 'u in R, -1 < c < 1'),
    ex('sinh(u) = c', 'u = asinh(c)', 'u in R, c in R'),
  ],
  nonExamples: [
    ['tan(u) = c', 'u in R, c in R'],
    ['atan(u) = c', 'u in R, c in R'],
    ['tanh(u) = c', 'u in R, c in R'],
  ],
})

export const inversions: readonly Rule[] = [root, negativeRoot, reciprocal, takeLog, takeLogOfPower, takeExp, inverseFunction]
