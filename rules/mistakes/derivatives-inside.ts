/** Mistakes with the chain rule: what stands inside a logarithm, a square or another function. */
import { ex } from '../../src/rewrite/rule.ts'
import { functions } from '../../src/term/functions.ts'
import { same } from '../../src/term/order.ts'
import { addAll, deriv, type Expr, exp, fn, HALF, isNum, MINUS_ONE, mul, mulAll, neg, ONE, pow, TWO, ZERO } from '../../src/term/term.ts'
import { depends, inverse, isCall, isFirst, isMinus } from './derivative-shapes.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'

const mistake = stageOf('E derivatives')
const MINUS_TWO = neg(TWO)

export const innerDerivativeMistakes: readonly Mistake[] = [
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
    slip({
      on: 'deriv',
      rewrite: t => (isFirst(t) && t.body.kind === 'fn' && t.body.name === 'exp' && same(t.body, exp(neg(t.wrt))) ? [t.body] : []),
      examples: [ex('diff(exp(-p), p)', 'exp(-p)', 'p > 0')],
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
        return [mul(TWO, t.body.base), mul(MINUS_TWO, t.body.base), mul(MINUS_TWO, t.body.base, deriv(t.body.base, t.wrt))]
      },
      examples: [ex('diff((x-m)^2, m)', '2*(x-m)', 'x > 0, m > 0')],
    }),
  ),
  mistake(
    'd.log-no-chain',
    'rewrite',
    {
      name: 'the inner derivative forgotten',
      wrong: 'd/dp log(p^k) → 1/p^k',
      right: 'k/p',
      soundWhen: "g' = 1 (here k = 1)",
      advice: "The derivative of log g is g'/g, and that of e^g is g'·e^g: the inner derivative is a factor.",
    },
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'log') : undefined
        // log σ² has a mistake of its own, and log √v that of taking σ for σ²
        const isPower = u?.kind === 'pow' && isNum(u.exponent) && same(u.base, t.wrt)
        return u && !isPower && !same(u, t.wrt) && depends(u, t.wrt) && !isMinus(u, t.wrt) ? [inverse(u)] : []
      },
      examples: [ex('diff(log(p^k), p)', '1/p^k', '0 < p < 1, k in {2..}')],
    }),
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'exp') : undefined
        return u && !same(u, t.wrt) && depends(u, t.wrt) && !same(u, neg(t.wrt)) ? [t.body] : []
      },
      examples: [ex('diff(exp(-p*x), p)', 'exp(-p*x)', 'p > 0, x > 2')],
    }),
    slip({
      on: 'deriv',
      // any other function of an inner one: the derivative at 2a, without the 2
      rewrite: t => {
        if (!isFirst(t) || t.body.kind !== 'fn' || ['log', 'exp', 'abs'].includes(t.body.name)) return []
        const [u, ...others] = t.body.args
        const outer = functions.get(t.body.name)?.derivative(t.body.args)[0]
        return u && outer && others.length === 0 && !same(u, t.wrt) && depends(u, t.wrt) ? [outer] : []
      },
      examples: [ex('diff(gamma(2*a), a)', 'gamma(2*a)*digamma(2*a)', 'a > 1')],
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
              mul(rest, HALF, pow((log as Extract<Expr, { kind: 'fn' }>).args[0] as Expr, MINUS_TWO)),
            ]
      },
      examples: [ex('diff(s*log(v), v)', '1/(s*v)', 's > 1, v > 0')],
    }),
    slip({
      on: 'deriv',
      rewrite: t => {
        const u = isFirst(t) ? isCall(t.body, 'log') : undefined
        if (u?.kind !== 'pow' || !isNum(u.exponent) || !depends(u.base, t.wrt)) return []
        return u.exponent.value.den === 1n ? [inverse(u), inverse(u.base)] : [inverse(u.base)]
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
        // −log(1 − θ) is a function inside, and no constant multiple of the variable
        const plain = varying.every(f => f.kind !== 'fn')
        return varying.length === 1 && fixed.length > 0 && plain ? [inverse(u), mul(mulAll(fixed), inverse(mulAll(varying)))] : []
      },
      examples: [ex('diff(log(2*b), b)', '1/(2*b)', 'b > 0')],
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
        // a fixed sign, none, the opposite one, and the square's derivative
        return u && depends(u, t.wrt) ? [ONE, MINUS_ONE, ZERO, mul(MINUS_ONE, t), mul(u, deriv(u, t.wrt))] : []
      },
      examples: [ex('diff(abs(x-m), m)', '1', 'x > 0, m > 0')],
    }),
  ),
]
