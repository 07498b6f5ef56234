/** Mistakes in what stands under a sum: powers, products, quotients and logarithms taken out of it. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import { addAll, type Big, type Expr, fn, HALF, isNum, log, MINUS_ONE, mul, mulAll, ONE, pow, sub, TWO } from '../../src/term/term.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { isIndexed, outside, over, without } from './places.ts'

const mistake = stageOf('D sums')
const isSum = (t: Big): boolean => t.op === 'sum'
const isSquare = (t: Expr): t is Extract<Expr, { kind: 'pow' }> => t.kind === 'pow' && isNum(t.exponent) && t.exponent.value.num === 2n
/** Σ u_i; and of 1 + x_i, 1 + Σ x_i. */
const totals = (t: Big, body: Expr): readonly Expr[] => {
  const fixed = body.kind === 'add' ? body.terms.filter(u => !isIndexed(u)) : []
  const moving = body.kind === 'add' ? body.terms.filter(isIndexed) : []
  return fixed.length > 0 && moving.length > 0 ? [over(t, body), addAll([...fixed.map(outside), over(t, addAll(moving))])] : [over(t, body)]
}
/** Σ x_i⁴ is a sum of squares too, of x_i². */
const halved = (k: Expr): readonly Expr[] =>
  isNum(k) && k.value.den === 1n && k.value.num > 2n && k.value.num % 2n === 0n ? [mul(HALF, k)] : []
/** A power of what has the index, with an exponent that has not. */
const isPower = (t: Expr): boolean =>
  t.kind === 'pow' && isIndexed(t.base) && !isIndexed(t.exponent) && t.exponent !== MINUS_ONE && t.exponent !== ONE
/** Σ_i (u − v)² with one part that has the index and one that has not. */
const squareOfDifference = (t: Big): { readonly indexed: Expr; readonly fixed: Expr; readonly rest: readonly Expr[] } | undefined => {
  if (!isSum(t)) return undefined
  const parts = t.body.kind === 'mul' ? t.body.factors : [t.body]
  const square = parts.find(isSquare)
  if (square?.base.kind !== 'add') return undefined
  const indexed = addAll(square.base.terms.filter(isIndexed))
  const fixed = addAll(square.base.terms.filter(u => !isIndexed(u)))
  const rest = parts.filter(f => f !== square)
  return rest.some(isIndexed) ? undefined : { indexed, fixed, rest }
}

export const sumMistakes: readonly Mistake[] = [
  mistake(
    'sum.square-of-sum',
    'rewrite',
    {
      name: 'a sum of powers and a power of the sum confused',
      wrong: 'Σ x_i² → (Σ x_i)²',
      right: 'different statistics',
      soundWhen: 'n = 1, or at most one x_i ≠ 0 (in general Σ_{i≠j} x_i x_j = 0)',
      advice:
        'Σ x_i² squares every observation and then adds; (Σ x_i)² adds first and brings in all products x_i x_j. So it is with means and with other powers.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (!isSum(t)) return []
        const parts = t.body.kind === 'mul' ? t.body.factors : [t.body]
        return parts.flatMap((f, i) =>
          f.kind === 'pow' &&
          isIndexed(f.base) &&
          !isIndexed(f.exponent) &&
          !(isNum(f.exponent) && f.exponent.value.num < 0n) &&
          !without(parts, i).some(isIndexed)
            ? [f.exponent, ...halved(f.exponent)].map((k, j) => {
                const inner = j === 0 ? f.base : pow(f.base, TWO)
                return mulAll([pow(over(t, inner), outside(k)), ...without(parts, i).map(outside)])
              })
            : [],
        )
      },
      examples: [ex('sum(x[i]^2, i, 1, n)', 'sum(x[i], i, 1, n)^2', 'x[i] > 0, n in {2..}')],
    }),
    slip({
      on: 'big',
      // Σ|u| as |Σu|
      rewrite: t => {
        if (!isSum(t)) return []
        const parts = t.body.kind === 'mul' ? t.body.factors : [t.body]
        return parts.flatMap((f, i) =>
          f.kind === 'fn' && f.name === 'abs' && f.args[0] && isIndexed(f) && !without(parts, i).some(isIndexed)
            ? [mulAll([...without(parts, i).map(outside), fn('abs', over(t, f.args[0]))])]
            : [],
        )
      },
      examples: [ex('sum(abs(x[i]-m), i, 1, n)', 'abs(sum(x[i]-m, i, 1, n))', 'x[i] in R, m in R, n in {4..}')],
    }),
    slip({
      on: 'mul',
      // the mean of the squares as the square of the mean; of any power
      rewrite: t => {
        const sum = t.factors.find((f): f is Big => f.kind === 'big' && isSum(f) && isPower(f.body))
        const below = sum && t.factors.findIndex(f => f.kind === 'pow' && same(f.base, sum.hi) && f.exponent === MINUS_ONE)
        if (sum?.body.kind !== 'pow' || below === undefined || below < 0) return []
        const rest = t.factors.filter((f, i) => f !== sum && i !== below)
        return [mulAll([...rest, pow(mul(over(sum, sum.body.base), pow(sum.hi, MINUS_ONE)), outside(sum.body.exponent))])]
      },
      examples: [ex('sum(x[i]^2, i, 1, n)/n', '(sum(x[i], i, 1, n)/n)^2', 'x[i] > 0, n in {2..}')],
    }),
    slip({
      on: 'pow',
      rewrite: t => (t.base.kind === 'big' && isSum(t.base) && isSquare(t) ? [over(t.base, pow(t.base.body, TWO))] : []),
      examples: [ex('sum(x[i], i, 1, n)^2', 'sum(x[i]^2, i, 1, n)', 'x[i] > 0, n in {2..}')],
    }),
  ),
  mistake(
    'sum.product-split',
    'rewrite',
    {
      name: 'a sum of products split into a product of sums',
      wrong: 'Σ x_i·g(x_i) → Σ x_i · Σ g(x_i)',
      right: 'no split',
      soundWhen: 'n = 1',
      advice: 'Both factors belong to the same i. The product of the two sums has all the pairs i, j.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (!isSum(t) || t.body.kind !== 'mul') return []
        const indexed = t.body.factors.filter(isIndexed)
        const fixed = t.body.factors.filter(f => !isIndexed(f)).map(outside)
        return indexed.length < 2 ? [] : [mulAll([...fixed, ...indexed.map(f => over(t, f))])]
      },
      examples: [ex('sum(x[i]*log(x[i]), i, 1, n)', 'sum(x[i], i, 1, n)*sum(log(x[i]), i, 1, n)', 'x[i] > 1, n in {2..}')],
    }),
    slip({
      on: 'big',
      rewrite: t =>
        isSum(t) && t.body.kind === 'pow' && isSquare(t.body) && isIndexed(t.body.base)
          ? [mul(over(t, t.body.base), over(t, t.body.base))]
          : [],
      examples: [ex('sum(x[i]^2, i, 1, n)', 'sum(x[i], i, 1, n)*sum(x[i], i, 1, n)', 'x[i] > 1, n in {2..}')],
    }),
  ),
  mistake(
    'sum.ratio-split',
    'rewrite',
    {
      name: 'the sum of reciprocals as the reciprocal of the sum',
      wrong: 'Σ 1/x_i → 1/Σ x_i',
      right: 'no rule',
      soundWhen: 'n = 1',
      advice: 'Reciprocals cannot be added by adding what is below the line.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (!isSum(t)) return []
        const parts = t.body.kind === 'mul' ? t.body.factors : [t.body]
        return parts.flatMap((f, i) =>
          f.kind === 'pow' && isIndexed(f.base) && isNum(f.exponent) && f.exponent.value.num < 0n
            ? [mulAll([...without(parts, i).map(g => (isIndexed(g) ? over(t, g) : outside(g))), pow(over(t, f.base), f.exponent)])]
            : [],
        )
      },
      examples: [ex('sum(1/x[i], i, 1, n)', '1/sum(x[i], i, 1, n)', 'x[i] > 0, n in {2..}')],
    }),
    slip({
      on: 'pow',
      rewrite: t => (t.base.kind === 'big' && isSum(t.base) && t.exponent === MINUS_ONE ? [over(t.base, pow(t.base.body, MINUS_ONE))] : []),
      examples: [ex('1/sum(x[i], i, 1, n)', 'sum(1/x[i], i, 1, n)', 'x[i] > 0, n in {2..}')],
    }),
  ),
  mistake(
    'sum.center-square',
    'rewrite',
    {
      name: 'Σ(x_i − μ)² without the middle term',
      wrong: 'Σ(x_i-μ)² → Σx_i² - nμ²',
      right: 'Σx_i² - 2μΣx_i + nμ²',
      soundWhen: 'μ = x̄ or μ = 0',
      advice: 'That holds for μ = x̄ only. In general the square has the middle term −2μΣx_i.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        const s = squareOfDifference(t)
        return s && !isIndexed(s.fixed) && s.fixed !== ONE
          ? [mulAll([...s.rest.map(outside), sub(over(t, pow(s.indexed, TWO)), mul(t.hi, pow(outside(s.fixed), TWO)))])]
          : []
      },
      examples: [ex('sum((x[i]-m)^2, i, 1, n)', 'sum(x[i]^2, i, 1, n) - n*m^2', 'x[i] > 0, m > 0, n in {2..}')],
    }),
  ),
  mistake(
    'sum.square-expanded',
    'rewrite',
    {
      name: 'the square of a difference taken term by term',
      wrong: 'Σ(x_i-m)² → Σx_i² - Σm²',
      right: 'Σx_i² - 2mΣx_i + nm²',
      soundWhen: 'm = 0 or m = x̄ (then Σx_i² - nm²)',
      advice: '(x − m)² = x² − 2xm + m²: three terms, and the last one has a plus.',
    },
    slip({
      on: 'pow',
      rewrite: t => {
        if (!isSquare(t) || t.base.kind !== 'add' || t.base.terms.length !== 2) return []
        const [a, b] = t.base.terms as [Expr, Expr]
        return [sub(pow(a, TWO), pow(b, TWO)), sub(pow(b, TWO), pow(a, TWO))]
      },
      examples: [ex('sum((x[i]-m)^2, i, 1, n)', 'sum(x[i]^2 - m^2, i, 1, n)', 'x[i] > 0, m > 0, n in {2..}')],
    }),
  ),
  mistake(
    'sum.mean-of-ratios',
    'rewrite',
    {
      name: 'a ratio of sums taken as the mean of ratios',
      wrong: 'Σy_i/Σt_i → (1/n)Σ(y_i/t_i)',
      right: 'Σy_i/Σt_i',
      soundWhen: 'all t_i equal',
      advice: 'The ratio of the totals weights each ratio by its own denominator; the plain mean does not.',
    },
    slip({
      on: 'mul',
      rewrite: t => {
        const above = t.factors.find((f): f is Big => f.kind === 'big' && f.op === 'sum')
        const below = t.factors.find(f => f.kind === 'pow' && f.base.kind === 'big' && f.base.op === 'sum' && f.exponent === MINUS_ONE)
        if (!above || below?.kind !== 'pow' || below.base.kind !== 'big') return []
        const rest = t.factors.filter(f => f !== above && f !== below)
        const ratios = over(above, mul(above.body, pow(below.base.body, MINUS_ONE)))
        return [mulAll([...rest, pow(above.hi, MINUS_ONE), ratios]), mulAll([...rest, ratios])]
      },
      examples: [ex('sum(y[i], i, 1, n)/sum(t[i], i, 1, n)', '1/n*sum(y[i]/t[i], i, 1, n)', 'y[i] > 0, t[i] > 0, n in {2..}')],
    }),
    slip({
      on: 'mul',
      rewrite: t => {
        // n/Σt → (1/n)Σ(1/t)
        const below = t.factors.find(f => f.kind === 'pow' && f.base.kind === 'big' && f.base.op === 'sum' && f.exponent === MINUS_ONE)
        if (below?.kind !== 'pow' || below.base.kind !== 'big') return []
        const sum = below.base
        const n = t.factors.find(f => same(f, sum.hi))
        return n
          ? [mulAll([...t.factors.filter(f => f !== below && f !== n), pow(sum.hi, MINUS_ONE), over(sum, pow(sum.body, MINUS_ONE))])]
          : []
      },
      examples: [ex('n/sum(t[i], i, 1, n)', '1/n*sum(1/t[i], i, 1, n)', 't[i] > 0, n in {2..}')],
    }),
  ),
  mistake(
    'sum.log-of-sum',
    'rewrite',
    {
      name: 'a sum of logs taken as the log of the sum',
      wrong: 'Σ log x_i → log Σ x_i',
      right: 'Σ log x_i = log Π x_i',
      soundWhen: 'n = 1, or Σx_i = Πx_i',
      advice: 'Adding logs multiplies what stands inside: Σ log x_i = log Π x_i.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (!isSum(t)) return []
        const parts = t.body.kind === 'mul' ? t.body.factors : [t.body]
        return parts.flatMap((f, i) =>
          f.kind === 'fn' && f.name === 'log' && f.args[0] && isIndexed(f) && !without(parts, i).some(isIndexed)
            ? totals(t, f.args[0]).map(u => mulAll([...without(parts, i).map(outside), log(u)]))
            : [],
        )
      },
      examples: [ex('sum(log(x[i]), i, 1, n)', 'log(sum(x[i], i, 1, n))', 'x[i] > 3, n in {2..}')],
    }),
    slip({
      on: 'mul',
      // the mean of the logs as the log of the mean
      rewrite: t => {
        const sum = t.factors.find((f): f is Big => f.kind === 'big' && isSum(f) && f.body.kind === 'fn' && f.body.name === 'log')
        const below = sum && t.factors.findIndex(f => f.kind === 'pow' && same(f.base, sum.hi) && f.exponent === MINUS_ONE)
        const inner = sum?.body.kind === 'fn' ? sum.body.args[0] : undefined
        if (!sum || !inner || below === undefined || below < 0) return []
        const rest = t.factors.filter((f, i) => f !== sum && i !== below)
        return [mulAll([...rest, log(mul(over(sum, inner), pow(sum.hi, MINUS_ONE)))])]
      },
      examples: [ex('sum(log(x[i]), i, 1, n)/n', 'log(sum(x[i], i, 1, n)/n)', 'x[i] > 0, n in {2..}')],
    }),
  ),
]
