/** Mistakes with the terms of a derivative: constants, counts, signs, and which derivative is taken at all. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import { add, deriv, type Expr, mulAll, neg } from '../../src/term/term.ts'
import { depends, inverse, isCall, isFirst } from './derivative-shapes.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { countedOnce, hasArray, over, split, without } from './places.ts'

const mistake = stageOf('E derivatives')
const innerLog = (f: Expr, i: number, t: Extract<Expr, { kind: 'mul' }>): readonly Expr[] => {
  const u = isCall(f, 'log')
  return u && (hasArray(u) || u.kind !== 'num') ? [mulAll([...without(t.factors, i), inverse(u)])] : []
}

export const termDerivativeMistakes: readonly Mistake[] = [
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
    slip({
      on: 'deriv',
      // (a − 1) log x by the product rule, as if x were variable too
      rewrite: t => {
        if (!isFirst(t) || t.body.kind !== 'mul') return []
        const { factors } = t.body
        return factors.flatMap((f, i) => {
          if (depends(f, t.wrt)) return []
          const u = isCall(f.kind === 'big' && f.op === 'sum' ? f.body : f, 'log')
          const slope = u && (f.kind === 'big' ? over(f, inverse(u)) : inverse(u))
          if (!slope) return []
          const term = mulAll([...without(factors, i), slope])
          // or the log alone differentiated, with what stands in front of it or by itself
          return [add(t, term), add(t, neg(term)), mulAll([deriv(mulAll(without(factors, i)), t.wrt), slope])]
        })
      },
      examples: [ex('diff((a-1)*log(x), a)', 'log(x) + (a-1)/x', 'a > 2, x > 2')],
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
        const { free, rest } = split(t.body)
        if (free.length === 0 || rest.length === 0) return []
        const one = free.length < 2 ? [] : free.map((f, i) => countedOnce(t, [f], [...rest, ...without(free, i)]))
        return [countedOnce(t, free, rest), ...one]
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
