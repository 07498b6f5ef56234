/** Mistakes in differentiating powers and products, and in what is taken for the variable. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import * as Q from '../../src/term/rational.ts'
import { addAll, deriv, type Expr, isNum, MINUS_ONE, mul, mulAll, neg, num, ONE, pow, sqrt, TWO } from '../../src/term/term.ts'
import { depends, inverse, isFirst, monomial } from './derivative-shapes.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { without } from './places.ts'

const mistake = stageOf('E derivatives')

export const powerDerivativeMistakes: readonly Mistake[] = [
  mistake(
    'd.inverse-var',
    'rewrite',
    {
      name: 'sign or power wrong in the derivative of a reciprocal',
      wrong: 'd/dv (-S/(2v)) → -S/(2v²)',
      right: '+S/(2v²)',
      soundWhen: 'S = 0',
      advice: '1/v is v⁻¹: its derivative is −v⁻². The exponent comes down with its minus and goes down by one.',
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
          // of a high power it is the rule for powers that went wrong, and no reciprocal
          ...(Q.compare(m.k, Q.rational(-3)) > 0
            ? [mul(m.c, k, pow(m.base, k), inner), mul(m.c, k, pow(m.base, num(Q.plus(m.k, Q.one))), inner)]
            : []),
          mul(m.c, neg(k), pow(m.base, k), inner),
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
    slip({
      on: 'deriv',
      // log √v, or a power of √v, differentiated as if √v were the variable
      rewrite: t => {
        if (!isFirst(t) || t.wrt.kind !== 'sym') return []
        const root = sqrt(t.wrt)
        if (t.body.kind === 'fn' && t.body.name === 'log' && t.body.args[0] && same(t.body.args[0], root)) return [inverse(root)]
        const odd = t.body.kind === 'pow' && same(t.body.base, t.wrt) && isNum(t.body.exponent) && t.body.exponent.value.den === 2n
        if (!odd || t.body.kind !== 'pow') return []
        const k = mul(TWO, t.body.exponent)
        return [mul(k, pow(root, addAll([k, MINUS_ONE])))]
      },
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
        return [all, neg(all), ...partial]
      },
      examples: [ex('diff(p^k*(1-p)^m, p)', '-k*p^(k-1)*m*(1-p)^(m-1)', '0 < p < 1, k in {2..}, m in {2..}')],
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
]
