/** Mistakes in differentiating. A slip gives what the derivative is taken for; inner derivatives may be left to be taken. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import * as Q from '../../src/term/rational.ts'
import {
  addAll,
  type Deriv,
  deriv,
  type Expr,
  fn,
  HALF,
  isNum,
  MINUS_ONE,
  mul,
  mulAll,
  neg,
  num,
  ONE,
  pow,
  sqrt,
  TWO,
  ZERO,
} from '../../src/term/term.ts'
import { mentions, some } from '../../src/term/walk.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { addends, hasArray, isIndexed, outside, over, without } from './places.ts'

const mistake = stageOf('E derivatives')

const depends = (t: Expr, wrt: Expr): boolean => (wrt.kind === 'sym' ? mentions(t, wrt.name) : some(t, u => same(u, wrt)))
const isFirst = (t: Deriv): boolean => t.order === 1
const inverse = (t: Expr): Expr => pow(t, MINUS_ONE)
const isCall = (t: Expr, name: string): Expr | undefined => (t.kind === 'fn' && t.name === name ? t.args[0] : undefined)
/** The slope of a sum that is linear in the variable with a numeral in front: 1 − p has −1. */
const slope = (u: Expr, wrt: Expr): Q.Rational | undefined => {
  if (u.kind !== 'add') return undefined
  let total: Q.Rational = Q.zero
  for (const v of u.terms) {
    if (!depends(v, wrt)) continue
    if (same(v, wrt)) total = Q.plus(total, Q.one)
    else if (v.kind === 'mul' && v.factors.length === 2 && isNum(v.factors[0] as Expr) && same(v.factors[1] as Expr, wrt))
      total = Q.plus(total, (v.factors[0] as { value: Q.Rational }).value)
    else return undefined
  }
  return total
}
const isMinus = (u: Expr, wrt: Expr): boolean => {
  const s = slope(u, wrt)
  return s !== undefined && Q.sign(s) < 0
}
/** c·v^k with a numeral k: coefficient and exponent. */
const monomial = (t: Expr, wrt: Expr): { readonly c: Expr; readonly base: Expr; readonly k: Q.Rational } | undefined => {
  const parts = t.kind === 'mul' ? t.factors : [t]
  const varying = parts.filter(f => depends(f, wrt))
  const [only] = varying
  if (!only || varying.length > 1) return undefined
  const c = mulAll(parts.filter(f => f !== only))
  if (same(only, wrt)) return { c, base: wrt, k: Q.one }
  return only.kind === 'pow' && isNum(only.exponent) && !depends(only.exponent, wrt)
    ? { c, base: only.base, k: only.exponent.value }
    : undefined
}

export const derivativeMistakes: readonly Mistake[] = [
  mistake(
    'd.chain-1-p',
    'rewrite',
    {
      name: 'the inner derivative −1 forgotten',
      wrong: 'd/dp log(1-p) → 1/(1-p)',
      right: '-1/(1-p)',
      soundWhen: '-',
      advice: 'The chain rule multiplies by the derivative of what is inside, and 1 − p has the derivative −1.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'log') : undefined
        return u && isMinus(u, t.wrt) ? [inverse(u)] : []
      },
      examples: [ex('diff(log(1-p), p)', '1/(1-p)', '0 < p < 1')],
    }),
    slip({
      on: 'deriv',
      rewrite: t => {
        if (!isFirst(t) || t.body.kind !== 'pow' || depends(t.body.exponent, t.wrt) || !isMinus(t.body.base, t.wrt)) return []
        if (t.body.exponent === TWO) return []
        return [mul(t.body.exponent, pow(t.body.base, addAll([t.body.exponent, MINUS_ONE])))]
      },
      examples: [ex('diff((1-p)^m, p)', 'm*(1-p)^(m-1)', '0 < p < 1, m in {2..}')],
    }),
  ),
  mistake(
    'd.chain-square',
    'rewrite',
    {
      name: 'the inner derivative of a square forgotten',
      wrong: 'd/dμ (x-μ)² → 2(x-μ)',
      right: '-2(x-μ)',
      soundWhen: 'x = μ; set to 0 the sign drops out, so the root can still be right',
      advice: 'Inside the square stands x − μ, whose derivative in μ is −1.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        if (!isFirst(t) || t.body.kind !== 'pow' || t.body.exponent !== TWO || t.body.base.kind !== 'add') return []
        // left out, or its sign lost
        return [mul(TWO, t.body.base), mul(num(-2), t.body.base), mul(num(-2), t.body.base, deriv(t.body.base, t.wrt))]
      },
      examples: [ex('diff((x-m)^2, m)', '2*(x-m)', 'x > 0, m > 0')],
    }),
  ),
  mistake(
    'd.inverse-var',
    'rewrite',
    {
      name: 'sign or power wrong in the derivative of a reciprocal',
      wrong: 'd/dv (-S/(2v)) → -S/(2v²)',
      right: '+S/(2v²)',
      soundWhen: 'S = 0',
      advice: '1/v is v^(−1): its derivative is −v^(−2). The exponent comes down with its minus and goes down by one.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const m = isFirst(t) ? monomial(t.body, t.wrt) : undefined
        if (!m || Q.sign(m.k) >= 0 || m.base.kind === 'add') return []
        const inner = same(m.base, t.wrt) ? ONE : deriv(m.base, t.wrt)
        const lower = pow(m.base, num(Q.minus(m.k, Q.one)))
        const k = num(m.k)
        return [
          mul(m.c, neg(k), lower, inner),
          mul(m.c, k, pow(m.base, k), inner),
          mul(m.c, neg(k), pow(m.base, k), inner),
          mul(m.c, k, pow(m.base, num(Q.plus(m.k, Q.one))), inner),
          mul(m.c, neg(k), pow(m.base, num(Q.plus(m.k, Q.one))), inner),
          mul(m.c, pow(m.base, num(Q.minus(m.k, Q.rational(2)))), inner),
        ]
      },
      examples: [ex('diff(-s/(2*v), v)', '-s/(2*v^2)', 's > 0, v > 0')],
    }),
  ),
  mistake(
    'd.sigma-vs-sigma2',
    'rewrite',
    {
      name: 'd/dσ and d/dσ² mixed up',
      wrong: 'd/d(σ²) log σ → 1/σ',
      right: '1/(2σ²)',
      soundWhen: 'differentiating in σ',
      advice: 'Decide which one is the variable, σ or v = σ², write everything in it, and then differentiate.',
    },
    slip({
      on: 'deriv',
      rewrite: t => (isFirst(t) && t.wrt.kind === 'sym' ? [mul(TWO, sqrt(t.wrt), t), mul(t, inverse(mul(TWO, t.wrt)))] : []),
      examples: [ex('diff(log(sqrt(v)), v)', '1/sqrt(v)', 'v > 0')],
    }),
  ),
  mistake(
    'd.power-in-exponent',
    'rewrite',
    {
      name: 'the power rule used where the variable is in the exponent',
      wrong: 'd/dθ x^θ → θ x^(θ-1)',
      right: 'x^θ log x',
      soundWhen: '-',
      advice: 'The power rule is for a variable base. For a^θ the derivative is a^θ log a.',
    },
    slip({
      on: 'deriv',
      rewrite: t =>
        isFirst(t) && t.body.kind === 'pow' && depends(t.body.exponent, t.wrt)
          ? [mul(t.body.exponent, pow(t.body.base, addAll([t.body.exponent, MINUS_ONE])))]
          : [],
      examples: [ex('diff(x^t, t)', 't*x^(t-1)', 'x > 1, t > 0')],
    }),
  ),
  mistake(
    'd.product-rule',
    'rewrite',
    {
      name: 'the derivative of a product as the product of the derivatives',
      wrong: 'd/dp [p^k (1-p)^m] → k p^(k-1) · m(1-p)^(m-1)(-1)',
      right: 'k p^(k-1) (1-p)^m - m p^k (1-p)^(m-1)',
      soundWhen: '-',
      advice: "The product rule has two terms: (fg)' = f'g + fg'.",
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        if (!isFirst(t) || t.body.kind !== 'mul') return []
        const varying = t.body.factors.filter(f => depends(f, t.wrt))
        const fixed = t.body.factors.filter(f => !depends(f, t.wrt))
        if (varying.length < 2) return []
        const all = mulAll([...fixed, ...varying.map(f => deriv(f, t.wrt))])
        // one of the two terms left out
        const partial = varying.map((f, i) => mulAll([...fixed, deriv(f, t.wrt), ...without(varying, i)]))
        return [all, ...partial]
      },
      examples: [ex('diff(p^k*(1-p)^m, p)', '-k*p^(k-1)*m*(1-p)^(m-1)', '0 < p < 1, k in {2..}, m in {2..}')],
    }),
  ),
  mistake(
    'd.log-no-chain',
    'rewrite',
    {
      name: 'the inner derivative forgotten under a log',
      wrong: 'd/dp log(p^k) → 1/p^k',
      right: 'k/p',
      soundWhen: "g' = 1 (here k = 1)",
      advice: "The derivative of log g is g'/g: the inner derivative stands above the line.",
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'log') : undefined
        return u && !same(u, t.wrt) && depends(u, t.wrt) && !isMinus(u, t.wrt) ? [inverse(u)] : []
      },
      examples: [ex('diff(log(p^k), p)', '1/p^k', '0 < p < 1, k in {2..}')],
    }),
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'exp') : undefined
        return u && !same(u, t.wrt) && depends(u, t.wrt) ? [t.body] : []
      },
      examples: [ex('diff(exp(-p*x), p)', 'exp(-p*x)', 'p > 0, x > 2')],
    }),
  ),
  mistake(
    'd.data-const-nonzero',
    'rewrite',
    {
      name: 'a term without the parameter differentiated to something',
      wrong: 'd/dλ log(x_i!) → 1/x_i!',
      right: '0',
      soundWhen: '-',
      advice: 'What does not contain the parameter is a constant, and its derivative is 0.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        if (!isFirst(t) || depends(t.body, t.wrt)) return []
        const u = isCall(t.body, 'log')
        const inLog =
          t.body.kind === 'mul' ? t.body.factors.flatMap((f, i) => innerLog(f, i, t.body as Extract<Expr, { kind: 'mul' }>)) : []
        const inSum =
          t.body.kind === 'big' && t.body.op === 'sum'
            ? [isCall(t.body.body, 'log')].flatMap(v => (v ? [over(t.body as never, inverse(v))] : []))
            : []
        return [...(u ? [inverse(u)] : []), ...inLog, ...inSum, t.body]
      },
      examples: [ex('diff(log(x), p)', '1/x', 'p > 0, x > 2')],
    }),
  ),
  mistake(
    'd.term-lost-n',
    'rewrite',
    {
      name: 'n lost when the sum of the derivatives is taken apart',
      wrong: 'Σ(x_i/λ - 1) → Σx_i/λ - 1',
      right: 'Σx_i/λ - n',
      soundWhen: 'n = 1',
      advice: 'Each of the n observations brings its own constant term.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (t.op !== 'sum') return []
        const free = addends(t.body).filter(u => !isIndexed(u))
        const rest = addends(t.body).filter(isIndexed)
        return free.length === 0 || rest.length === 0
          ? []
          : [
              addAll([over(t, addAll(rest)), ...free.map(outside)]),
              ...(free.length > 1 ? free.map((f, i) => addAll([over(t, addAll([...rest, ...without(free, i)])), outside(f)])) : []),
            ]
      },
      examples: [ex('sum(x[i]/a - 1, i, 1, n)', 'sum(x[i]/a, i, 1, n) - 1', 'x[i] > 0, a > 0, n in {2..}')],
    }),
    slip({
      on: 'deriv',
      // n log θ differentiated to 1/θ
      rewrite: t => {
        if (!isFirst(t) || t.body.kind !== 'mul') return []
        const n = t.body.factors.findIndex(f => f.kind === 'sym' && f.name === 'n')
        return n < 0 ? [] : [deriv(mulAll(without(t.body.factors, n)), t.wrt)]
      },
      examples: [ex('diff(n*log(a), a)', '1/a', 'a > 0, n in {2..}')],
    }),
  ),
  mistake(
    'd.gamma',
    'rewrite',
    {
      name: 'log Γ differentiated like log',
      wrong: 'd/dα log Γ(α) → 1/α',
      right: 'ψ(α)',
      soundWhen: '-',
      advice: 'The derivative of log Γ is the digamma function ψ; Γ is no power.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'log') : undefined
        const g = u?.kind === 'fn' && ['gamma', 'factorial'].includes(u.name) ? u.args[0] : undefined
        return u && g && depends(g, t.wrt) ? [inverse(g), inverse(u), mul(inverse(u), deriv(g, t.wrt))] : []
      },
      examples: [ex('diff(log(gamma(a)), a)', '1/a', 'a > 0')],
    }),
    slip({
      on: 'deriv',
      rewrite: t => {
        const g = isFirst(t) ? (isCall(t.body, 'gamma') ?? isCall(t.body, 'factorial')) : undefined
        return g && depends(g, t.wrt) ? [t.body, fn('gamma', addAll([g, MINUS_ONE])), ONE] : []
      },
      examples: [ex('diff(gamma(a), a)', 'gamma(a)', 'a > 0')],
    }),
  ),
  mistake(
    'd.abs',
    'rewrite',
    {
      name: 'an absolute value differentiated as if its sign were fixed',
      wrong: 'd/dm |x-m| → 1 (or -1)',
      right: '-sign(x-m), m ≠ x',
      soundWhen: '1 if x < m, -1 if x > m',
      advice: '|x − m| falls on one side of x and rises on the other: its slope is −1 or 1, and there is none at m = x.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'abs') : undefined
        return u && depends(u, t.wrt) ? [ONE, MINUS_ONE, ZERO, mul(MINUS_ONE, t)] : []
      },
      examples: [ex('diff(abs(x-m), m)', '1', 'x > 0, m > 0')],
    }),
  ),
  mistake(
    'd.log-coefficient',
    'rewrite',
    {
      name: 'the number in front of a log, or the power inside, treated wrongly',
      wrong: 'd/dv (S log v) → 1/(Sv); d/dσ log σ² → 1/σ²',
      right: 'S/v; 2/σ',
      soundWhen: 'S = ±1; -',
      advice: 'A constant factor stays in front, above the line; log σ² is 2 log σ.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        if (!isFirst(t) || t.body.kind !== 'mul') return []
        const log = t.body.factors.find(f => isCall(f, 'log') && depends(f, t.wrt))
        if (!log) return []
        const rest = mulAll(t.body.factors.filter(f => f !== log))
        return depends(rest, t.wrt)
          ? []
          : [
              mul(inverse(rest), deriv(log, t.wrt)),
              mul(MINUS_ONE, inverse(rest), deriv(log, t.wrt)),
              deriv(log, t.wrt),
              neg(deriv(log, t.wrt)),
              // log σ² → 1/σ², from 2 log σ
              mul(rest, HALF, pow((log as Extract<Expr, { kind: 'fn' }>).args[0] as Expr, num(-2))),
            ]
      },
      examples: [ex('diff(s*log(v), v)', '1/(s*v)', 's > 1, v > 0')],
    }),
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'log') : undefined
        return u?.kind === 'pow' && isNum(u.exponent) && depends(u.base, t.wrt) ? [inverse(u), inverse(u.base)] : []
      },
      examples: [ex('diff(log(s^2), s)', '1/s^2', 's > 0')],
    }),
  ),
  mistake(
    'd.inner-constant',
    'rewrite',
    {
      name: 'a constant inside the log kept in the derivative',
      wrong: 'd/db log(2b) → 1/(2b)',
      right: '1/b',
      soundWhen: 'the constant is 1',
      advice: 'log(2b) = log 2 + log b: the constant disappears when differentiated.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'log') : undefined
        if (u?.kind !== 'mul') return []
        const varying = u.factors.filter(f => depends(f, t.wrt))
        const fixed = u.factors.filter(f => !depends(f, t.wrt))
        return varying.length === 1 && fixed.length > 0 ? [inverse(u), mul(mulAll(fixed), inverse(mulAll(varying)))] : []
      },
      examples: [ex('diff(log(2*b), b)', '1/(2*b)', 'b > 0')],
    }),
  ),
  mistake(
    'd.power-rule',
    'rewrite',
    {
      name: 'coefficient or exponent wrong in the power rule',
      wrong: 'd/dσ (σ^(-2)/2) → -2σ^(-3)',
      right: '-σ^(-3)',
      soundWhen: '-',
      advice: 'The exponent comes down as a factor, what stood in front stays, and the exponent goes down by one.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const m = isFirst(t) ? monomial(t.body, t.wrt) : undefined
        if (!m || Q.isOne(m.k)) return []
        const inner = same(m.base, t.wrt) ? ONE : deriv(m.base, t.wrt)
        const [k, lower] = [num(m.k), pow(m.base, num(Q.minus(m.k, Q.one)))]
        const numeral = m.c.kind === 'mul' && isNum(m.c.factors[0] as Expr) ? (m.c.factors[0] as Expr) : isNum(m.c) ? m.c : undefined
        return [
          mul(m.c, lower, inner),
          mul(m.c, k, pow(m.base, k), inner),
          mul(m.c, k, pow(m.base, num(Q.plus(m.k, Q.one))), inner),
          ...(numeral ? [mul(inverse(numeral), m.c, k, lower, inner), mul(neg(inverse(numeral)), m.c, k, lower, inner)] : []),
          mul(m.c, inverse(k), lower, inner),
          mul(m.c, TWO, k, lower, inner),
          mul(m.c, inverse(TWO), k, lower, inner),
        ]
      },
      examples: [ex('diff(s^(-2)/2, s)', '-2*s^(-3)', 's > 0')],
    }),
    slip({
      on: 'deriv',
      // a constant factor in front of a square, or a power, left out or kept twice
      rewrite: t => {
        if (!isFirst(t) || t.body.kind !== 'mul') return []
        const numeral = t.body.factors[0] as Expr
        return isNum(numeral) && numeral !== MINUS_ONE ? [mul(inverse(numeral), t), mul(numeral, t)] : []
      },
      examples: [ex('diff(3*s^2, s)', '2*s', 's > 0')],
    }),
    slip({
      on: 'deriv',
      // a term carried along as it is
      rewrite: t => (isFirst(t) && depends(t.body, t.wrt) && t.body.kind === 'mul' ? [t.body] : []),
      examples: [ex('diff(3*s, s)', '3*s', 's > 2')],
    }),
  ),
  mistake(
    'd.sign-of-term',
    'rewrite',
    {
      name: 'the sign of a term changed while differentiating',
      wrong: 'd/dλ (-nλ) → n',
      right: '-n',
      soundWhen: 'n = 0',
      advice: 'Differentiate term by term, and let each keep its sign.',
    },
    slip({
      on: 'deriv',
      rewrite: t => (isFirst(t) && depends(t.body, t.wrt) && !same(t.body, t.wrt) ? [neg(t)] : []),
      examples: [ex('diff(-n*a, a)', 'n', 'a > 0, n in {1..}')],
    }),
  ),
  mistake(
    'd.second-derivative',
    'rewrite',
    {
      name: 'the second derivative wrong',
      wrong: '(S/λ)′ → S/λ²',
      right: '-S/λ²',
      soundWhen: 'S = 0',
      advice: 'Differentiate the score once more: reciprocals change their sign.',
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const m = isFirst(t) ? monomial(t.body, t.wrt) : undefined
        return m && Q.sign(m.k) < 0 && same(m.base, t.wrt) ? [neg(t)] : []
      },
      examples: [ex('diff(s/a, a)', 's/a^2', 's > 0, a > 0')],
    }),
  ),
  mistake('d.wrt-data', 'claim', {
    name: 'differentiated in the observation, not in the parameter',
    wrong: 'dℓ/dx',
    right: 'dℓ/dθ',
    soundWhen: '-',
    advice: 'The data are fixed. The likelihood is a function of the parameter, and that is what to differentiate in.',
  }),
  mistake('d.constraint-ignored', 'claim', {
    name: 'partial derivatives set to zero without the constraint',
    wrong: '∂/∂p_j Σ n_j log p_j = n_j/p_j = 0',
    right: 'n_j/p_j = ν for every j (Lagrange), or substitute p_k = 1 - Σ of the others',
    soundWhen: '-',
    advice: 'The p_j add up to 1 and cannot move independently: use a multiplier, or write the last one as 1 minus the others.',
  }),
]

const innerLog = (f: Expr, i: number, t: Extract<Expr, { kind: 'mul' }>): readonly Expr[] => {
  const u = isCall(f, 'log')
  return u && (hasArray(u) || u.kind !== 'num') ? [mulAll([...without(t.factors, i), inverse(u)])] : []
}
