/** Mistakes with the laws of logarithms: sums, products, quotients and powers. */
import { ex } from '../../src/rewrite/rule.ts'
import { add, addAll, type Expr, isNum, log, MINUS_ONE, mul, mulAll, neg, ONE, pow } from '../../src/term/term.ts'
import { some } from '../../src/term/walk.ts'
import { argument, hasLog, unsigned } from './logarithm-shapes.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { belowLine, exchanged, factorsOf, fraction, isIndexed, outside, over, without } from './places.ts'

const mistake = stageOf('C logs')
const logsOfTerms = (terms: readonly Expr[]): Expr =>
  addAll(
    terms.map(u => {
      const s = unsigned(u)
      return s.minus ? neg(log(s.body)) : log(u)
    }),
  )
const hasData = (t: Expr): boolean => some(t, u => u.kind === 'at')
/** w·f → w log f */
const weightedLog = (t: Expr, unknowns?: readonly string[]): Expr => {
  if (t.kind !== 'mul') return log(t)
  const isWeight = (f: Expr): boolean => !isIndexed(f) && (!unknowns || some(f, u => u.kind === 'sym' && unknowns.includes(u.name)))
  const data = t.factors.filter(f => !isWeight(f))
  const weights = t.factors.filter(isWeight)
  return mulAll([...weights, log(mulAll(data))])
}

export const logarithmMistakes: readonly Mistake[] = [
  mistake(
    'log.of-sum',
    'rewrite',
    {
      name: 'the log of a sum split',
      wrong: 'log(a+b) → log a + log b',
      right: 'no rule',
      soundWhen: 'ab = a+b',
      advice: 'The log turns products into sums. For the log of a sum there is no law: leave it.',
    },
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        return u?.kind === 'add' ? [logsOfTerms(u.terms), addAll(u.terms.map(v => log(unsigned(v).body)))] : []
      },
      examples: [ex('log(a + b)', 'log(a) + log(b)', 'a > 3, b > 3')],
    }),
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        return u?.kind === 'big' && u.op === 'sum' ? [over(u, log(u.body))] : []
      },
      examples: [ex('log(sum(a[j], j, 1, k))', 'sum(log(a[j]), j, 1, k)', 'a[j] > 3, k in {2..3}')],
    }),
  ),
  mistake(
    'log.sum-in-mixture',
    'rewrite',
    {
      name: 'the log moved inside the sum of a mixture',
      wrong: 'Σ_i log Σ_k w_k f_k → Σ_i Σ_k log(w_k f_k)',
      right: 'stop: log of a sum',
      soundWhen: 'one component; Jensen gives only log Σ_k w_k f_k ≥ Σ_k w_k log f_k',
      advice: 'Each observation has the log of a weighted sum, and that does not come apart. What is true is an inequality (Jensen).',
    },
    slip({
      on: 'fn',
      rewrite: (t, cx) => {
        const u = argument(t)
        if (u?.kind !== 'add' || !isIndexed(u) || u.terms.some(v => !isIndexed(v) && !hasData(v))) return []
        const logs = addAll(u.terms.map(log))
        // all that is free of the index in front, or only what has the parameters in it
        return [logs, addAll(u.terms.map(v => weightedLog(v))), addAll(u.terms.map(v => weightedLog(v, cx.unknowns)))]
      },
      examples: [
        ex(
          'sum(log(w*x[i] + (1-w)*y[i]), i, 1, n)',
          'sum(log(w*x[i]) + log((1-w)*y[i]), i, 1, n)',
          '0 < w < 1, x[i] > 0, y[i] > 0, n in {2..}',
        ),
      ],
    }),
  ),
  mistake(
    'log.product-kept',
    'rewrite',
    {
      name: 'the log of a product as a product of logs',
      wrong: 'log(ab) → log a · log b',
      right: 'log a + log b',
      soundWhen: '(log a - 1)(log b - 1) = 1, e.g. a = b = 1',
      advice: 'The log of a product is the sum of the logs.',
    },
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        if (u?.kind !== 'mul') return []
        const logs = u.factors.map(log)
        // several factors: at any one of them, too
        const pairs = logs.flatMap((l, i) => logs.slice(i + 1).map((k, j) => addAll([...without(without(logs, i + 1 + j), i), mul(l, k)])))
        return [
          mulAll(logs),
          ...(logs.length > 2 ? [...logs.map((l, i) => add(l, mulAll(without(logs, i)))), ...(logs.length < 6 ? pairs : [])] : []),
        ]
      },
      examples: [ex('log(a*b)', 'log(a)*log(b)', 'a > 3, b > 3')],
    }),
  ),
  mistake(
    'log.prod-not-sum',
    'rewrite',
    {
      name: 'Π kept when the log goes inside',
      wrong: 'log Π f_i → Π log f_i',
      right: 'Σ log f_i',
      soundWhen: 'n = 1',
      advice: 'The log of a product over i is the sum over i of the logs: Π becomes Σ.',
    },
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        return u?.kind === 'big' && u.op === 'prod' ? [over(u, log(u.body))] : []
      },
      examples: [ex('log(prod(a*x[i], i, 1, n))', 'prod(log(a*x[i]), i, 1, n)', 'a > 1, x[i] > 1, n in {2..}')],
    }),
    slip({
      on: 'big',
      // factors free of the index have come out before
      rewrite: t => {
        if (t.op !== 'sum') return []
        const parts = t.body.kind === 'mul' ? t.body.factors : [t.body]
        const logs = parts.filter(f => isIndexed(f))
        return logs.length === 1 && logs.every(hasLog)
          ? [mulAll([...parts.filter(f => !isIndexed(f)).map(outside), over(t, logs[0] as Expr, 'prod')])]
          : []
      },
      examples: [ex('sum(log(x[i]), i, 1, n)', 'prod(log(x[i]), i, 1, n)', 'x[i] > 5, n in {2..}')],
    }),
  ),
  mistake(
    'log.quotient',
    'rewrite',
    {
      name: 'the log of a quotient as a quotient of logs',
      wrong: 'log(a/b) → log a / log b',
      right: 'log a - log b',
      soundWhen: '-',
      advice: 'The log of a quotient is the difference of the logs.',
    },
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        if (!u) return []
        const { above, below } = fraction(u)
        if (below === ONE || above === ONE) return []
        // or only with the factor that stands above it, the others split soundly
        const parts = factorsOf(above)
        const paired =
          parts.length < 2 ? [] : parts.map((f, i) => addAll([log(mulAll(without(parts, i))), mul(log(f), pow(log(below), MINUS_ONE))]))
        return [mul(log(above), pow(log(below), MINUS_ONE)), ...paired]
      },
      examples: [ex('log(a/b)', 'log(a)/log(b)', 'a > 3, b > 3')],
    }),
  ),
  mistake(
    'log.power-outside',
    'rewrite',
    {
      name: 'the exponent of a power of a log taken in front',
      wrong: '(log a)^k → k log a',
      right: '(log a)^k stays as it is',
      soundWhen: 'k = 1 or a = 1',
      advice: 'Only a power inside the log comes out in front: log(a^k) = k log a, but (log a)^k is a power of a log.',
    },
    slip({
      on: 'pow',
      rewrite: t => (hasLog(t.base) && !belowLine(t) ? [mul(t.exponent, t.base)] : []),
      examples: [ex('log(a)^k', 'k*log(a)', 'a > 5, k in {3..}')],
    }),
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        return u?.kind === 'pow' && u.exponent !== MINUS_ONE ? [pow(log(u.base), u.exponent)] : []
      },
      examples: [ex('log(a^k)', 'log(a)^k', 'a > 5, k in {3..}')],
    }),
  ),
  mistake(
    'log.power-past-factor',
    'rewrite',
    {
      name: 'an exponent pulled out of the log past a factor it does not belong to',
      wrong: 'log(c·p^k) → k log(c p)',
      right: 'log c + k log p',
      soundWhen: 'c = 1 or k = 1',
      advice: 'The exponent belongs to one factor only. Split the product first, then take the exponent in front of its own log.',
    },
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        if (u?.kind !== 'mul') return []
        // past all the other factors, or past one of them, the rest split soundly
        return u.factors.flatMap((f, i) => {
          if (f.kind !== 'pow' || isNum(f.exponent)) return []
          const past = u.factors.length < 3 ? [] : without(u.factors, i)
          const others = (g: Expr): readonly Expr[] => u.factors.filter(h => h !== f && h !== g).map(log)
          return [
            mul(f.exponent, log(mulAll(exchanged(u.factors, i, f.base)))),
            ...past.map(g => addAll([mul(f.exponent, log(mul(g, f.base))), ...others(g)])),
          ]
        })
      },
      examples: [ex('log(c*p^k)', 'k*log(c*p)', 'c > 2, p > 1, k in {2..}')],
    }),
  ),
  mistake(
    'log.const-out',
    'rewrite',
    {
      name: 'a factor pulled out of the log as a factor',
      wrong: 'log(c·a) → c log a',
      right: 'log c + log a',
      soundWhen: 'log c = (c-1) log a, e.g. c = 1',
      advice: 'A factor inside the log becomes a summand: log(ca) = log c + log a.',
    },
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        return u?.kind === 'mul' ? u.factors.map((f, i) => mul(f, log(mulAll(without(u.factors, i))))) : []
      },
      examples: [ex('log(c*a)', 'c*log(a)', 'c > 3, a > 3')],
    }),
  ),
]
