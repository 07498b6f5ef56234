/** Mistakes in how often a sum counts: constants, the mean, an index that escapes, totals that are given. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import { addAll, type Big, big, type Expr, MINUS_ONE, mul, mulAll, pow } from '../../src/term/term.ts'
import { some } from '../../src/term/walk.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { addends, isIndexed, outside, over, without } from './places.ts'

const mistake = stageOf('D sums')
const isSum = (t: Big): boolean => t.op === 'sum'
/** The body with its index set free: x_i stands for the first observation, whichever that is. */
const escaped = (body: Expr): Expr => outside(body)

export const countMistakes: readonly Mistake[] = [
  mistake(
    'sum.const',
    'rewrite',
    {
      name: 'the sum of a constant taken as the constant',
      wrong: 'Σ_{i=1}^n μ → μ',
      right: 'nμ',
      soundWhen: 'n = 1 or μ = 0',
      advice: 'A constant summed over n observations is n times the constant.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (!isSum(t)) return []
        const terms = addends(t.body)
        return terms.flatMap(u => (isIndexed(u) ? [] : [addAll([outside(u), over(t, addAll(terms.filter(v => v !== u)))])]))
      },
      examples: [ex('sum(m, i, 1, n)', 'm', 'm > 0, n in {2..}')],
    }),
    slip({
      on: 'mul',
      // n·c where n counts the observations
      rewrite: t => {
        const n = t.factors.findIndex(f => f.kind === 'sym' && f.name === 'n')
        return n < 0 || t.factors.length < 2 ? [] : [mulAll(without(t.factors, n))]
      },
      examples: [ex('n*m', 'm', 'm > 0, n in {2..}')],
    }),
    slip({
      on: 'add',
      // a sum from i = 2 on has n − 1 terms
      rewrite: t => (t.terms.length === 2 && t.terms.includes(MINUS_ONE) ? t.terms.filter(u => u.kind === 'sym' && u.name === 'n') : []),
      examples: [ex('n - 1', 'n', 'n in {2..}')],
    }),
  ),
  mistake(
    'sum.index-escapes',
    'rewrite',
    {
      name: 'a term with the index pulled out of the sum',
      wrong: 'Σ x_i log p → n x_i log p',
      right: 'log p · Σ x_i',
      soundWhen: 'all x_i equal, or p = 1',
      advice: 'x_i changes with i and stays under the sum; only what is free of i comes out.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (!isIndexed(t.body) || !some(t.body, u => u.kind === 'at' && isIndexed(u))) return []
        const one = escaped(t.body)
        return t.op === 'sum' ? [mul(t.hi, one), one] : t.op === 'prod' ? [pow(one, t.hi)] : []
      },
      examples: [ex('sum(x[i]*log(p), i, 1, n)', 'n*x[1]*log(p)', 'x[i] > 0, 0 < p < 1, n in {2..}')],
    }),
  ),
  mistake(
    'sum.xbar-n',
    'rewrite',
    {
      name: 'the sum taken for the mean',
      wrong: 'Σ x_i → x̄',
      right: 'n x̄',
      soundWhen: 'n = 1 or Σ x_i = 0',
      advice: 'The mean is the sum divided by n: Σ x_i = n x̄.',
    },
    slip({
      on: 'big',
      rewrite: t => (isSum(t) && isIndexed(t.body) ? [mul(t, pow(t.hi, MINUS_ONE))] : []),
      examples: [ex('sum(x[i], i, 1, n)', 'sum(x[i], i, 1, n)/n', 'x[i] > 0, n in {2..}')],
    }),
    slip({
      on: 'mul',
      rewrite: t => {
        const sum = t.factors.find((f): f is Big => f.kind === 'big' && f.op === 'sum')
        const below = sum && t.factors.findIndex(f => f.kind === 'pow' && same(f.base, sum.hi) && f.exponent === MINUS_ONE)
        return below === undefined || below < 0 ? [] : [mulAll(without(t.factors, below))]
      },
      examples: [ex('sum(x[i], i, 1, n)/n', 'sum(x[i], i, 1, n)', 'x[i] > 0, n in {2..}')],
    }),
  ),
  mistake(
    'sum.extra-n',
    'rewrite',
    {
      name: 'an n beside a sum that has already counted',
      wrong: 'Π a^(x_i) → a^(nΣx_i)',
      right: 'a^(Σx_i)',
      soundWhen: 'n = 1 or a = 1',
      advice: 'The sum runs over all n observations; there is nothing left to multiply by n.',
    },
    slip({
      on: 'big',
      rewrite: t => (isSum(t) && isIndexed(t.body) ? [mul(t.hi, t)] : []),
      examples: [ex('sum(x[i], i, 1, n)', 'n*sum(x[i], i, 1, n)', 'x[i] > 0, n in {2..}')],
    }),
    slip({
      on: 'big',
      rewrite: t =>
        t.op === 'prod' && t.body.kind === 'pow' && !isIndexed(t.body.base)
          ? [pow(outside(t.body.base), mul(t.hi, big('sum', t.lo, t.hi, t.body.exponent)))]
          : [],
      examples: [ex('prod(a^x[i], i, 1, n)', 'a^(n*sum(x[i], i, 1, n))', 'a > 1, x[i] > 0, n in {2..}')],
    }),
  ),
  mistake(
    'sum.constraint-total',
    'rewrite',
    {
      name: 'proportions that add up to one summed as a constant',
      wrong: 'Σ_j p_j → k',
      right: 'Σ_j p_j = 1',
      soundWhen: 'k = 1',
      advice: 'The constraint says what they add up to: 1.',
    },
    slip({
      on: 'big',
      rewrite: (t, cx) =>
        isSum(t) && t.body.kind === 'at' && (cx.unknowns.length === 0 || cx.unknowns.includes(t.body.name)) ? [t.hi] : [],
      examples: [ex('sum(p[j], j, 1, n)', 'n', '0 < p[j] < 1, n in {2..}')],
    }),
  ),
]
