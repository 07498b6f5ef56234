/** Mistakes with single logarithms: of exponentials, constants, roots and reciprocals, and with the base. */
import { ex } from '../../src/rewrite/rule.ts'
import { add, addAll, type Expr, isNum, log, MINUS_ONE, mul, mulAll, neg, num, ONE, pow, TWO } from '../../src/term/term.ts'
import { some } from '../../src/term/walk.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { belowLine, isIndexed, outside, over, without } from './places.ts'

const mistake = stageOf('C logs')
const argument = (t: Extract<Expr, { kind: 'fn' }>): Expr | undefined => (t.name === 'log' ? t.args[0] : undefined)
const hasLog = (t: Expr): boolean => some(t, u => u.kind === 'fn' && u.name === 'log')
/** −a → a, with the sign told. */
const unsigned = (u: Expr): { readonly minus: boolean; readonly body: Expr } =>
  u.kind === 'mul' && isNum(u.factors[0] ?? u) && (u.factors[0] as { value: { num: bigint } }).value.num < 0n
    ? { minus: true, body: neg(u) }
    : { minus: false, body: u }
/** A half somewhere in front of a log. */
const isHalf = (t: Expr): boolean => isNum(t) && t.value.den === 2n
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
      rewrite: t => {
        const u = argument(t)
        if (u?.kind !== 'mul') return []
        return u.factors.flatMap((f, i) => {
          if (f.kind !== 'fn' || f.name !== 'exp' || !f.args[0]) return []
          const rest = mulAll(without(u.factors, i))
          return [mul(rest, f.args[0]), add(rest, f.args[0])]
        })
      },
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
      rewrite: t => {
        const u = argument(t)
        const parts = u?.kind === 'mul' ? u.factors : u ? [u] : []
        // log λ^n → log λ
        return parts.flatMap((f, i) =>
          f.kind === 'pow' && f.exponent.kind === 'sym' ? [add(log(f.base), log(mulAll(without(parts, i))))] : [],
        )
      },
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
      rewrite: t => {
        const u = argument(t)
        const parts = u?.kind === 'mul' ? u.factors : u ? [u] : []
        return parts.flatMap((f, i) =>
          f.kind === 'pow' && some(f.exponent, v => v.kind === 'num' && v.value.den === 2n)
            ? [add(mul(doubled(f.exponent), log(f.base)), log(mulAll(without(parts, i))))]
            : [],
        )
      },
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
      advice: '1/a is a^(−1), and the exponent −1 comes out in front of the log.',
    },
    slip({
      on: 'fn',
      rewrite: t => {
        const u = argument(t)
        const parts = u?.kind === 'mul' ? u.factors : u ? [u] : []
        return parts.flatMap((f, i) =>
          f.kind === 'pow' && (belowLine(f) !== undefined || unsigned(f.exponent).minus)
            ? [log(mulAll([...without(parts, i), pow(f.base, neg(f.exponent))]))]
            : [],
        )
      },
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
      rewrite: t => {
        const u = argument(t)
        const parts = u?.kind === 'mul' ? u.factors : u ? [u] : []
        return parts.flatMap((f, i) =>
          f.kind === 'fn' && f.name === 'exp' && f.args[0] ? [add(neg(f.args[0]), log(mulAll(without(parts, i))))] : [],
        )
      },
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
      rewrite: t => {
        const u = argument(t)
        const parts = u?.kind === 'mul' ? u.factors : u ? [u] : []
        return parts.flatMap((f, i) => {
          const e = f.kind === 'fn' && f.name === 'exp' ? f.args[0] : undefined
          if (!e) return []
          const s = unsigned(e)
          const rest = log(mulAll(without(parts, i)))
          return [add(log(e), rest), ...(s.minus ? [add(neg(log(s.body)), rest), add(log(s.body), rest)] : [])]
        })
      },
      examples: [ex('log(exp(a))', 'log(a)', 'a > 2')],
    }),
    slip({
      on: 'fn',
      // log e^(−bΣu) → −bΣ log u: the log goes on to what is summed
      rewrite: t => {
        const u = argument(t)
        const parts = u?.kind === 'mul' ? u.factors : u ? [u] : []
        return parts.flatMap((f, i) => {
          const e = f.kind === 'fn' && f.name === 'exp' ? f.args[0] : undefined
          const inner = e?.kind === 'mul' ? e.factors : e ? [e] : []
          return inner.flatMap((s, k) =>
            s.kind === 'big' && s.op === 'sum' && isIndexed(s.body)
              ? [add(mulAll([...without(inner, k), over(s, log(s.body))]), log(mulAll(without(parts, i))))]
              : [],
          )
        })
      },
      examples: [ex('log(exp(-b*sum(x[i], i, 1, n)))', '-b*sum(log(x[i]), i, 1, n)', 'b > 0, x[i] > 0, n in {2..}')],
    }),
  ),
]
