/** Mistakes with powers and exponents. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import { add, addAll, big, type Expr, exp, MINUS_ONE, mul, mulAll, neg, ONE, pow } from '../../src/term/term.ts'
import { replace, subterms } from '../../src/term/walk.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { belowLine, countedOnce, exchanged, isIndexed, outside, over, split, without } from './places.ts'

const mistake = stageOf('B exponents')

const sumsIn = (t: Expr): readonly Extract<Expr, { kind: 'big' }>[] =>
  subterms(t).flatMap(u => (u.kind === 'big' && u.op === 'sum' && u.free === 0 ? [u] : []))

export const exponentMistakes: readonly Mistake[] = [
  mistake(
    'exp.add-in-product',
    'rewrite',
    {
      name: 'exponents multiplied where they add',
      wrong: 'Π p^{x_i} → p^{Π x_i}',
      right: 'p^{Σ x_i}',
      soundWhen: 'n = 1',
      advice: 'Powers of one base are multiplied by adding their exponents: Π p^(x_i) = p^(Σ x_i).',
    },
    slip({
      on: 'big',
      rewrite: t =>
        t.op === 'prod' && t.body.kind === 'pow' && !isIndexed(t.body.base) && isIndexed(t.body.exponent)
          ? [pow(outside(t.body.base), over(t, t.body.exponent))]
          : [],
      examples: [ex('prod(p^x[i], i, 1, n)', 'p^prod(x[i], i, 1, n)', '0 < p < 1, x[i] in {1..}, n in {2..}')],
    }),
    slip({
      on: 'pow',
      rewrite: t => sumsIn(t.exponent).map(s => pow(t.base, replace(t.exponent, s, big('prod', s.lo, s.hi, s.body)))),
      examples: [ex('p^sum(x[i], i, 1, n)', 'p^prod(x[i], i, 1, n)', '0 < p < 1, x[i] in {1..}, n in {2..}')],
    }),
    slip({
      on: 'fn',
      rewrite: t => {
        const u = t.name === 'exp' ? t.args[0] : undefined
        return u ? sumsIn(u).map(s => exp(replace(u, s, big('prod', s.lo, s.hi, s.body)))) : []
      },
      examples: [ex('exp(-a*sum(x[i], i, 1, n))', 'exp(-a*prod(x[i], i, 1, n))', 'a > 0, x[i] in {2..}, n in {2..}')],
    }),
  ),
  mistake(
    'exp.sum-minus-const',
    'rewrite',
    {
      name: 'the constant inside a sum counted once',
      wrong: 'Σ (x_i - 1) → Σ x_i - 1',
      right: 'Σ x_i - n',
      soundWhen: 'n = 1',
      advice: 'The constant is subtracted from each of the n terms, so n times in all.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (t.op !== 'sum') return []
        const { free, rest } = split(t.body)
        // a plain 1 − x_i is the mistake of the complement
        const complement = free.length === 1 && free[0] === ONE && rest.every(u => u.kind === 'mul' && u.factors[0] === MINUS_ONE)
        return free.length === 0 || rest.length === 0 || complement ? [] : [countedOnce(t, free, rest)]
      },
      examples: [ex('sum(x[i] - 1, i, 1, n)', 'sum(x[i], i, 1, n) - 1', 'x[i] in {1..}, n in {2..}')],
    }),
  ),
  mistake(
    'exp.sum-sign-flip',
    'rewrite',
    {
      name: 'Σ(x_i − 1) turned into n − Σx_i',
      wrong: 'Σ (x_i - 1) → n - Σ x_i',
      right: 'Σ x_i - n',
      soundWhen: 'Σ x_i = n (both are 0)',
      advice: 'The sum of the differences is the difference of the sums, in the same order.',
    },
    slip({
      on: 'big',
      rewrite: t => (t.op === 'sum' && t.body.kind === 'add' ? [neg(t)] : []),
      examples: [ex('sum(x[i] - 1, i, 1, n)', 'n - sum(x[i], i, 1, n)', 'x[i] in {1..}, n in {2..}')],
    }),
  ),
  mistake(
    'exp.power-of-sum',
    'rewrite',
    {
      name: 'a power distributed over a sum',
      wrong: '(a+b)^2 → a^2 + b^2',
      right: 'a^2 + 2ab + b^2',
      soundWhen: 'a = 0 or b = 0',
      advice: 'A power of a sum has mixed terms. Powers distribute over products, not over sums.',
    },
    slip({
      on: 'pow',
      rewrite: t => {
        if (t.base.kind !== 'add' || t.exponent === MINUS_ONE) return []
        const { terms } = t.base
        const below = belowLine(t)
        // below the line, or above it; the power given to one summand alone
        const spread = (k: Expr): readonly Expr[] => [
          addAll(terms.map(u => pow(u, k))),
          ...terms.map((u, i) => addAll(exchanged(terms, i, pow(u, k)))),
        ]
        return below?.kind === 'pow' ? spread(below.exponent).map(u => pow(u, MINUS_ONE)) : spread(t.exponent)
      },
      examples: [ex('(a + b)^2', 'a^2 + b^2', 'a > 0, b > 0'), ex('1/(a + b)^2', '1/(a^2 + b^2)', 'a > 0, b > 0')],
    }),
  ),
  mistake(
    'exp.power-not-distributed',
    'rewrite',
    {
      name: 'the power given to one factor only',
      wrong: '(2πσ²)^(-n/2) → 2π σ^-n',
      right: '(2π)^(-n/2) σ^-n',
      soundWhen: '-; as ∝ it holds, since (2π)^(-n/2) is constant',
      advice: 'Every factor inside the bracket gets the exponent.',
    },
    slip({
      on: 'pow',
      rewrite: t => {
        if (t.base.kind !== 'mul') return []
        const { factors } = t.base
        const one = factors.map((f, i) => mulAll([pow(f, t.exponent), ...without(factors, i)]))
        const butOne = factors.length > 2 ? factors.map((f, i) => mulAll([f, ...without(factors, i).map(g => pow(g, t.exponent))])) : []
        return [...one, ...butOne]
      },
      examples: [ex('(a*b)^n', 'a*b^n', 'a > 0, b > 0, n in {2..}')],
    }),
  ),
  mistake(
    'exp.neg-exp-of-sum',
    'rewrite',
    {
      name: 'exp of a sum taken as a sum of exps',
      wrong: 'Π e^(-λx_i) → Σ e^(-λx_i)',
      right: 'e^(-λ Σ x_i)',
      soundWhen: 'n = 1',
      advice: 'Exponentials are multiplied by adding their exponents; exp of a sum is a product.',
    },
    slip({
      on: 'big',
      rewrite: t => (t.op === 'prod' && t.body.kind === 'fn' && t.body.name === 'exp' ? [over(t, t.body, 'sum')] : []),
      examples: [ex('prod(exp(-a*x[i]), i, 1, n)', 'sum(exp(-a*x[i]), i, 1, n)', 'a > 0, x[i] > 0, n in {2..}')],
    }),
    slip({
      on: 'fn',
      rewrite: t => {
        const u = t.name === 'exp' ? t.args[0] : undefined
        if (u?.kind === 'add') return [addAll(u.terms.map(exp))]
        const s = u && sumsIn(u)[0]
        if (!u || !s) return []
        const rest = u === s ? undefined : u.kind === 'mul' ? mulAll(u.factors.filter(f => f !== s)) : undefined
        return u === s ? [big('sum', s.lo, s.hi, exp(s.body))] : rest ? [big('sum', s.lo, s.hi, exp(mul(rest, s.body)))] : []
      },
      examples: [ex('exp(a + b)', 'exp(a) + exp(b)', 'a > 0, b > 0')],
    }),
  ),
  mistake(
    'exp.power-of-power',
    'rewrite',
    {
      name: 'multiplying exponents and adding them confused',
      wrong: '(a^m)^k → a^(m+k); a^m·a^k → a^(mk)',
      right: '(a^m)^k = a^(mk); a^m·a^k = a^(m+k)',
      soundWhen: 'mk = m+k',
      advice: 'A power raised to a power multiplies the exponents; powers of the same base multiplied add them.',
    },
    slip({
      on: 'pow',
      rewrite: t => {
        if (t.base.kind !== 'pow') return []
        const { base, exponent } = t.base
        const below = belowLine(t)
        // (a²)^(−n) → a^(−(2 + n)): the minus belongs to both
        return [pow(base, add(exponent, t.exponent)), ...(below?.kind === 'pow' ? [pow(base, neg(add(exponent, below.exponent)))] : [])]
      },
      examples: [ex('(a^m)^k', 'a^(m + k)', 'a > 1, m in {3..}, k in {3..}')],
    }),
    slip({
      on: 'mul',
      rewrite: t => {
        const powers = t.factors.flatMap((f, i) => (f.kind === 'pow' ? [{ f, i }] : []))
        return powers.flatMap((a, k) =>
          powers
            .slice(k + 1)
            .flatMap(b =>
              same(a.f.base, b.f.base)
                ? [mulAll([...t.factors.filter((_, j) => j !== a.i && j !== b.i), pow(a.f.base, mul(a.f.exponent, b.f.exponent))])]
                : [],
            ),
        )
      },
      examples: [ex('a^m*a^k', 'a^(m*k)', 'a > 1, m in {3..}, k in {3..}')],
    }),
    slip({
      on: 'big',
      rewrite: t =>
        t.op === 'prod' && !isIndexed(t.body) && t.body.kind === 'pow'
          ? [pow(outside(t.body.base), add(outside(t.body.exponent), t.hi))]
          : [],
      examples: [ex('prod(a^k, i, 1, n)', 'a^(k + n)', 'a > 1, k in {3..}, n in {3..}')],
    }),
  ),
  mistake(
    'exp.complement-count',
    'rewrite',
    {
      name: 'the 1 in 1 − x_i counted once',
      wrong: 'Π (1-p)^(1-x_i) → (1-p)^(1-Σx_i)',
      right: '(1-p)^(n-Σx_i)',
      soundWhen: 'n = 1',
      advice: 'Each observation brings its own 1: together they make n.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        const exponent = t.op === 'prod' && t.body.kind === 'pow' ? t.body.exponent : t.op === 'sum' ? t.body : undefined
        if (exponent?.kind !== 'add') return []
        const minus = exponent.terms.filter(u => isIndexed(u) && u.kind === 'mul' && u.factors[0] === MINUS_ONE)
        const free = exponent.terms.filter(u => !isIndexed(u))
        if (minus.length === 0 || free.length === 0 || minus.length + free.length < exponent.terms.length) return []
        const sum = addAll([...free.map(outside), big('sum', t.lo, t.hi, addAll(minus))])
        return t.op === 'sum' ? [sum] : t.body.kind === 'pow' && !isIndexed(t.body.base) ? [pow(outside(t.body.base), sum)] : []
      },
      examples: [ex('prod((1-p)^(1-x[i]), i, 1, n)', '(1-p)^(1 - sum(x[i], i, 1, n))', '0 < p < 1, x[i] in {0, 1}, n in {2..}')],
    }),
  ),
]
