/** Mistakes with single logarithms: of exponentials, constants, roots and reciprocals, and with the base. */
import { ex } from '../../src/rewrite/rule.ts'
import { add, addAll, type Expr, log, MINUS_ONE, mul, mulAll, neg, num, ONE, pow, type Term, TWO } from '../../src/term/term.ts'
import { some } from '../../src/term/walk.ts'
import { exponentsInLog, hasLog, powersInLog, unsigned } from './logarithm-shapes.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { belowLine, factorsOf, isIndexed, outside, over, without } from './places.ts'

const mistake = stageOf('C logs')
/** A half somewhere in front of a log. */
const isHalf = (t: Term): boolean => t.kind === 'num' && t.value.den === 2n
const doubled = (t: Expr): Expr => mul(TWO, t)

export const logarithmTermMistakes: readonly Mistake[] = [
  mistake(
    'log.exp-cancel-partial',
    'rewrite',
    {
      name: 'log and exp cancelled, and the factor before exp kept as a factor',
      wrong: 'log(λ e^(-λx)) → -λx · λ',
      right: 'log λ - λx',
      soundWhen: 'λ = 1',
      advice: 'The log of the product is a sum: the factor gets its own log, and only exp is undone.',
    },
    slip({
      on: 'fn',
      rewrite: t =>
        exponentsInLog(t).flatMap(({ exponent, others }) => (others === ONE ? [] : [mul(others, exponent), add(others, exponent)])),
      examples: [ex('log(a*exp(-a*x))', '-a*x*a', 'a > 2, x > 0')],
    }),
  ),
  mistake(
    'log.lost-n',
    'rewrite',
    {
      name: 'a constant term of the sum counted once',
      wrong: 'Σ log λ → log λ',
      right: 'n log λ',
      soundWhen: 'n = 1 or λ = 1',
      advice: 'It is added once for each observation, so n times.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (t.op !== 'sum') return []
        const terms = t.body.kind === 'add' ? t.body.terms : [t.body]
        const free = terms.filter(u => !isIndexed(u))
        const single = free.map(f => addAll([outside(f), over(t, addAll(terms.filter(u => u !== f)))]))
        return free.some(hasLog) ? [addAll([...free.map(outside), over(t, addAll(terms.filter(isIndexed)))]), ...single] : []
      },
      examples: [ex('sum(log(a), i, 1, n)', 'log(a)', 'a > 2, n in {2..}')],
    }),
    slip({
      on: 'fn',
      // log λ^n → log λ
      rewrite: t => powersInLog(t).flatMap(f => (f.exponent.kind === 'sym' ? [add(log(f.base), log(f.others))] : [])),
      examples: [ex('log(a^n)', 'log(a)', 'a > 2, n in {2..}')],
    }),
  ),
  mistake(
    'log.half-lost',
    'rewrite',
    {
      name: 'the ½ of a root lost in the log',
      wrong: 'log(1/√(2πσ²)) → -log(2πσ²)',
      right: '-½ log(2πσ²)',
      soundWhen: '2πσ² = 1',
      advice: 'A root is the power ½, and that ½ comes out in front of the log.',
    },
    slip({
      on: 'fn',
      rewrite: t =>
        powersInLog(t).flatMap(f => (some(f.exponent, isHalf) ? [add(mul(doubled(f.exponent), log(f.base)), log(f.others))] : [])),
      examples: [ex('log(a^(-1/2))', '-log(a)', 'a > 2')],
    }),
    slip({
      on: 'mul',
      rewrite: t => (t.factors.some(isHalf) && hasLog(t) ? [doubled(t)] : []),
      examples: [ex('-n/2*log(a)', '-n*log(a)', 'a > 2, n in {2..}')],
    }),
  ),
  mistake(
    'log.sign-of-reciprocal',
    'rewrite',
    {
      name: 'the minus of a reciprocal lost in the log',
      wrong: 'log(1/θ) → log θ',
      right: '-log θ',
      soundWhen: 'θ = 1',
      advice: '1/a is a⁻¹, and the exponent −1 comes out in front of the log.',
    },
    slip({
      on: 'fn',
      rewrite: t =>
        powersInLog(t).flatMap(f =>
          belowLine(f.power) !== undefined || unsigned(f.exponent).minus ? [log(mul(f.others, pow(f.base, neg(f.exponent))))] : [],
        ),
      examples: [ex('log(1/a)', 'log(a)', 'a > 2')],
    }),
  ),
  mistake(
    'log.base10',
    'claim',
    {
      name: 'a factor ln 10 in the derivative of the natural log',
      wrong: 'd/dp log p → 1/(p ln 10)',
      right: '1/p',
      soundWhen: 'log is base 10',
      advice: 'log is the natural logarithm here, and its derivative is 1/p.',
    },
    slip({
      on: 'deriv',
      rewrite: t =>
        t.body.kind === 'fn' && t.body.name === 'log' && t.order === 1
          ? [mul(pow(t.body.args[0] ?? ONE, MINUS_ONE), pow(log(num(10)), MINUS_ONE))]
          : [],
      examples: [],
    }),
  ),
  mistake(
    'log.exp-sign',
    'rewrite',
    {
      name: 'the sign of the exponent lost',
      wrong: 'log e^(-a) → a',
      right: 'log e^(-a) = -a',
      soundWhen: 'a = 0',
      advice: 'The log gives back the whole exponent, with its sign.',
    },
    slip({
      on: 'fn',
      rewrite: t => exponentsInLog(t).map(({ exponent, others }) => add(neg(exponent), log(others))),
      examples: [ex('log(exp(-a))', 'a', 'a > 2')],
    }),
  ),
  mistake(
    'log.exp-kept',
    'rewrite',
    {
      name: 'a log left over where it meets exp',
      wrong: 'log e^u → log u',
      right: 'log e^u = u',
      soundWhen: 'u = log u never; no real u',
      advice: 'log undoes exp, and what was in the exponent stands there by itself, without a log.',
    },
    slip({
      on: 'fn',
      rewrite: t =>
        exponentsInLog(t).flatMap(({ exponent, others }) => {
          const s = unsigned(exponent)
          const rest = log(others)
          return [add(log(exponent), rest), ...(s.minus ? [add(neg(log(s.body)), rest), add(log(s.body), rest)] : [])]
        }),
      examples: [ex('log(exp(a))', 'log(a)', 'a > 2')],
    }),
    slip({
      on: 'fn',
      // log e^(−bΣu) → −bΣ log u: the log goes on to what is summed
      rewrite: t =>
        exponentsInLog(t).flatMap(({ exponent, others }) => {
          const inner = factorsOf(exponent)
          return inner.flatMap((s, k) =>
            s.kind === 'big' && s.op === 'sum' && isIndexed(s.body)
              ? [add(mulAll([...without(inner, k), over(s, log(s.body))]), log(others))]
              : [],
          )
        }),
      examples: [ex('log(exp(-b*sum(x[i], i, 1, n)))', '-b*sum(log(x[i]), i, 1, n)', 'b > 0, x[i] > 0, n in {2..}')],
    }),
  ),
]
