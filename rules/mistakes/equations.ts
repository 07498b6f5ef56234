/** Mistakes in transforming equations: what is done on one side and not on the other. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import type * as Q from '../../src/term/rational.ts'
import { addAll, type Expr, eq, isNum, MINUS_ONE, mul, mulAll, neg, num, ONE, pow, type Rel, ZERO } from '../../src/term/term.ts'
import { factors, summands } from '../../src/term/walk.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { belowLine, exchanged, fraction, without } from './places.ts'

const mistake = stageOf('F solving')
const inverse = (t: Expr): Expr => pow(t, MINUS_ONE)
const has = (list: readonly Expr[], t: Expr): boolean => list.some(u => same(u, t))
const isEquation = (t: Rel): boolean => t.op === '='
/** Every summand of an equation on one side: what adds up to 0. */
const onOneSide = (t: Rel): readonly Expr[] => [...summands(t.left), ...summands(t.right).map(neg)]
/** What stands below the lines in an equation. */
const denominators = (terms: readonly Expr[]): readonly Expr[] => {
  const found: Expr[] = []
  for (const u of terms) {
    const { below } = fraction(u)
    if (below !== ONE && !isNum(below) && !has(found, below)) found.push(below)
    for (const f of factors(u)) {
      const b = belowLine(f)
      if (b && !isNum(b) && !has(found, b)) found.push(b)
      if (f.kind === 'pow' && b && !has(found, f.base)) found.push(f.base)
    }
  }
  // 2v² of Q/(2v²), with its number
  for (const u of terms) {
    const [number] = factors(u)
    const { below } = fraction(u)
    const whole =
      number && isNum(number) && number.value.den !== 1n && below !== ONE && !isNum(below)
        ? mul(num(Number(number.value.den)), below)
        : undefined
    if (whole && !has(found, whole)) found.push(whole)
  }
  return found
}
const negatedReciprocal = (u: Expr): Expr => inverse(u)

export const equationMistakes: readonly Mistake[] = [
  mistake(
    'solve.cross-multiply',
    'rewrite',
    {
      name: 'cross-multiplied along the same side',
      wrong: 'k/p = (n-k)/(1-p) → k p = (n-k)(1-p)',
      right: 'k(1-p) = (n-k)p',
      soundWhen: 'k = n/2',
      advice: 'Multiply both sides by both denominators: each numerator meets the denominator of the other side.',
    },
    slip({
      on: 'rel',
      rewrite: t => {
        if (!isEquation(t)) return []
        const terms = onOneSide(t)
        if (terms.length !== 2) return []
        const [a, b] = terms.map(fraction) as [ReturnType<typeof fraction>, ReturnType<typeof fraction>]
        return a.below === ONE && b.below === ONE ? [] : [eq(mul(a.above, a.below), neg(mul(b.above, b.below)))]
      },
      examples: [ex('k/p = m/(1-p)', 'k*p = m*(1-p)', '0 < p < 1, k in {2..}, m in {5..}')],
    }),
  ),
  mistake(
    'solve.sum-reciprocal',
    'rewrite',
    {
      name: 'the reciprocal of a sum split',
      wrong: '1/(a+b) → 1/a + 1/b',
      right: 'no split',
      soundWhen: 'never for real a, b',
      advice: 'A sum below the line stays together.',
    },
    slip({
      on: 'pow',
      rewrite: t => (t.base.kind === 'add' && t.exponent === MINUS_ONE ? [addAll(t.base.terms.map(negatedReciprocal))] : []),
      examples: [ex('1/(a + b)', '1/a + 1/b', 'a > 0, b > 0')],
    }),
  ),
  mistake(
    'solve.cancel-term',
    'rewrite',
    {
      name: 'a summand cancelled as if it were a factor',
      wrong: '(n + S)/n → S',
      right: '1 + S/n',
      soundWhen: 'S = n/(n-1)',
      advice: 'Only factors of the whole numerator cancel; divide every summand.',
    },
    slip({
      on: 'mul',
      rewrite: t =>
        t.factors.flatMap((f, i) => {
          const below = belowLine(f)
          if (!below) return []
          return t.factors.flatMap((g, j) =>
            g.kind === 'add'
              ? g.terms.flatMap((u, k) =>
                  has(factors(u), below)
                    ? [
                        mulAll([...t.factors.filter((_, l) => l !== i && l !== j), addAll(without(g.terms, k))]),
                        mulAll([
                          ...t.factors.filter((_, l) => l !== i && l !== j),
                          addAll(exchanged(g.terms, k, mulAll(factors(u).filter(v => !same(v, below))))),
                        ]),
                      ]
                    : [],
                )
              : [],
          )
        }),
      examples: [ex('(n + s)/n', 's', 'n in {2..}, s > 4')],
    }),
    slip({
      on: 'mul',
      // n/(n + s) → 1/(1 + s), and 1/s
      rewrite: t =>
        t.factors.flatMap((f, i) => {
          const below = belowLine(f)
          const above = mulAll(without(t.factors, i))
          if (below?.kind !== 'add' || above === ONE) return []
          return below.terms.flatMap((u, k) =>
            same(u, above) ? [pow(addAll(exchanged(below.terms, k, ONE)), MINUS_ONE), pow(addAll(without(below.terms, k)), MINUS_ONE)] : [],
          )
        }),
      examples: [ex('n/(n + s)', '1/(1 + s)', 'n in {2..}, s > 4')],
    }),
    slip({
      on: 'mul',
      // n/(n + S) → 1/S
      rewrite: t =>
        t.factors.flatMap((f, i) => {
          const sum = f.kind === 'pow' && f.exponent === MINUS_ONE && f.base.kind === 'add' ? f.base : undefined
          if (!sum) return []
          return sum.terms.flatMap((u, k) =>
            has(t.factors, u)
              ? [mulAll([...t.factors.filter((g, l) => l !== i && !same(g, u)), inverse(addAll(without(sum.terms, k)))])]
              : [],
          )
        }),
      examples: [ex('n/(n + s)', '1/s', 'n in {2..}, s > 4')],
    }),
  ),
  mistake(
    'solve.sign-moved',
    'rewrite',
    {
      name: 'a term brought to the other side with its old sign',
      wrong: 'a + b = 0 → a = b',
      right: 'a = -b',
      soundWhen: 'b = 0',
      advice: 'Moving a term means subtracting it on both sides: its sign changes.',
    },
    slip({
      on: 'rel',
      rewrite: t => {
        if (!isEquation(t)) return []
        const terms = onOneSide(t)
        if (terms.length < 2 || terms.length > 8) return []
        return terms.length === 2
          ? [eq(addAll([terms[0] as Expr, neg(terms[1] as Expr)]), ZERO)]
          : terms.map((u, i) => eq(addAll(exchanged(terms, i, neg(u))), ZERO))
      },
      examples: [ex('a + b = 0', 'a = b', 'a in R, b in R')],
    }),
  ),
  mistake(
    'solve.not-distributed',
    'rewrite',
    {
      name: 'a factor given to one term of the bracket only',
      wrong: 'k(1-p) → k - p',
      right: 'k - kp',
      soundWhen: 'k = 1 or p = 0',
      advice: 'The factor belongs to every term inside the bracket.',
    },
    slip({
      on: 'mul',
      rewrite: t =>
        t.factors.flatMap((f, i) => {
          if (f.kind !== 'add') return []
          const rest = without(t.factors, i)
          const outer = mulAll(rest)
          const sign = isNum(rest[0] as Expr) && (rest[0] as { value: Q.Rational }).value.num < 0n ? MINUS_ONE : ONE
          const size = mul(sign, outer)
          const whole = f.terms.map((u, k) => mul(sign, addAll(exchanged(f.terms, k, mul(size, u)))))
          // a minus before the bracket counts for the first term only
          return [...whole, ...f.terms.map((u, k) => addAll(exchanged(f.terms, k, mul(outer, u))))]
        }),
      examples: [ex('k*(1-p)', 'k - p', 'k in {2..}, 0 < p < 1')],
    }),
  ),
  mistake(
    'solve.one-side-only',
    'rewrite',
    {
      name: 'only part of the equation multiplied',
      wrong: 'n/θ = S/θ² → n = S/θ²',
      right: 'nθ = S',
      soundWhen: 'the factor is 1',
      advice: 'What is done must be done to every term of both sides.',
    },
    slip({
      on: 'rel',
      rewrite: t => {
        if (!isEquation(t)) return []
        const terms = onOneSide(t)
        if (terms.length < 2 || terms.length > 6) return []
        const below = denominators(terms)
        // one factor on both sides, another one on a single term
        const mixed =
          terms.length > 4
            ? []
            : below.slice(0, 3).flatMap(d => {
                const first = terms.map(u => mul(d, u))
                return below
                  .filter(e => !same(d, e))
                  .slice(0, 2)
                  .flatMap(e => first.map((u, i) => eq(addAll(exchanged(first, i, mul(e, u))), ZERO)))
              })
        return [
          ...below.slice(0, 6).flatMap(d => [
            ...terms.map((u, i) => eq(addAll(exchanged(terms, i, mul(d, u))), ZERO)),
            ...(terms.length > 2
              ? terms.map((u, i) =>
                  eq(
                    addAll(
                      exchanged(
                        terms.map(v => mul(d, v)),
                        i,
                        u,
                      ),
                    ),
                    ZERO,
                  ),
                )
              : []),
          ]),
          ...mixed,
        ]
      },
      examples: [ex('n/a = s/a^2', 'n = s/a^2', 'a > 0, n in {2..}, s > 0')],
    }),
  ),
  mistake(
    'solve.reciprocal-termwise',
    'rewrite',
    {
      name: 'reciprocals taken term by term',
      wrong: '1/p - 1 = c → p - 1 = 1/c',
      right: '1/p = 1 + c',
      soundWhen: '-',
      advice: 'The reciprocal of a sum is not the sum of the reciprocals. Isolate 1/p first.',
    },
    slip({
      on: 'rel',
      rewrite: t => {
        if (!isEquation(t) || t.left === ZERO || t.right === ZERO) return []
        const turned = (u: Expr): Expr => addAll(summands(u).map(inverse))
        return t.left.kind === 'add' || t.right.kind === 'add' ? [eq(turned(t.left), turned(t.right))] : []
      },
      examples: [ex('1/p - 1 = c', 'p - 1 = 1/c', 'p > 0, c > 1')],
    }),
  ),
]
