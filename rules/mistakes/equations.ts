/** Mistakes in solving equations. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import type * as Q from '../../src/term/rational.ts'
import {
  addAll,
  type Big,
  big,
  type Expr,
  eq,
  HALF,
  isNum,
  MINUS_ONE,
  mul,
  mulAll,
  neg,
  ONE,
  pow,
  type Rel,
  sub,
  sym,
  TWO,
  ZERO,
} from '../../src/term/term.ts'
import { factors, replace, some, subterms, summands } from '../../src/term/walk.ts'
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
    'solve.invert-mean',
    'rewrite',
    {
      name: 'the solution turned upside down',
      wrong: 'n/λ = Σx → λ = Σx/n',
      right: 'λ = n/Σx = 1/x̄',
      soundWhen: 'the parameter is the mean 1/λ (scale)',
      advice: 'The unknown stands below the line: multiply by it, then divide.',
    },
    slip({
      on: 'rel',
      rewrite: (t, cx) => (isEquation(t) ? unknownsIn(t, cx.unknowns).map(u => turnedOver(t, u)) : []),
      examples: [ex('n/a = s', 'n*a = s', 'a > 0, n in {2..}, s > 0')],
    }),
  ),
  mistake(
    'solve.lost-sqrt',
    'rewrite',
    {
      name: 'the square given where its root was asked for',
      wrong: 'σ̂ = (1/n)Σ(x-μ)²',
      right: 'σ̂ = √((1/n)Σ(x-μ)²)',
      soundWhen: 'parameter is σ²',
      advice: 'What was found is the square of the parameter. Take the positive root.',
    },
    slip({
      on: 'rel',
      rewrite: t =>
        isEquation(t) && t.right.kind === 'pow' && t.right.exponent === HALF ? [eq(t.left, t.right.base), eq(t.left, neg(t.right))] : [],
      examples: [ex('s = sqrt(a)', 's = a', 's > 0, a > 2')],
    }),
  ),
  mistake(
    'solve.extraneous-root',
    'rewrite',
    {
      name: 'a root kept that clearing the denominators made',
      wrong: 'v = 0 or v = S/n',
      right: 'v = S/n',
      soundWhen: '-',
      advice: 'Multiplying by the parameter adds the root 0, at which the equation was not defined.',
    },
    slip({
      on: 'rel',
      rewrite: (t, cx) => (isEquation(t) ? unknownsIn(t, cx.unknowns).map(u => eq(mul(u, sub(t.left, t.right)), ZERO)) : []),
      examples: [ex('a = s', 'a*(a - s) = 0', 'a in R, s > 1')],
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
        return denominators(terms)
          .slice(0, 6)
          .flatMap(d => [
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
          ])
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
  mistake(
    'solve.root-forgotten',
    'rewrite',
    {
      name: 'a square root left out, or taken term by term',
      wrong: 'σ² = a → σ = a; √(Σa_i²) → Σa_i',
      right: 'σ = √a',
      soundWhen: 'a ∈ {0, 1}; one term',
      advice: 'Take the root of the whole side; the root of a sum does not split.',
    },
    slip({
      on: 'rel',
      rewrite: (t, cx) =>
        isEquation(t)
          ? unknownsIn(t, cx.unknowns).flatMap(u =>
              some(t, v => v.kind === 'pow' && same(v.base, u) && v.exponent === TWO) ? [replace(t, pow(u, TWO), u)] : [],
            )
          : [],
      examples: [ex('s^2 = a', 's = a', 's > 0, a > 2')],
    }),
    slip({
      on: 'pow',
      rewrite: t => {
        if (t.exponent !== HALF) return []
        if (t.base.kind === 'add') return [addAll(t.base.terms.map(u => pow(u, HALF)))]
        return subterms(t.base).flatMap(u =>
          u.kind === 'big' && u.op === 'sum' && u.body.kind === 'pow' && u.body.exponent === TWO
            ? [mul(pow(replace(t.base, u, ONE), HALF), rebuilt(u, u.body.base)), mul(replace(t.base, u, ONE), rebuilt(u, u.body.base))]
            : [],
        )
      },
      examples: [ex('sqrt(a + b)', 'sqrt(a) + sqrt(b)', 'a > 1, b > 1')],
    }),
  ),
  mistake('solve.divide-by-zero-case', 'claim', {
    name: 'divided without asking whether it may be 0',
    wrong: 'λ̂ = x̄ always interior',
    right: 'Σx_i = 0: no interior root; sup as λ → 0 (attained only if λ = 0 is allowed)',
    soundWhen: 'Σx_i > 0',
    advice: 'For some samples what is divided by is 0. Look at them separately.',
  }),
  mistake('solve.theta-in-answer', 'claim', {
    name: 'an unknown parameter left in the estimate',
    wrong: 'σ̂² = Σ(x_i-μ)²/n with μ unknown',
    right: 'plug in μ̂ = x̄',
    soundWhen: 'μ known',
    advice: 'An estimate is computed from data alone: put the estimate in place of the unknown parameter.',
  }),
  mistake('solve.unsolvable-forced', 'claim', {
    name: 'a root read off an equation that has none',
    wrong: '-n/θ = 0 → θ = 0 or θ = n',
    right: 'no root; ℓ is monotone: look at the boundary',
    soundWhen: '-',
    advice: 'This derivative is never 0. The function is monotone, so look at the end of the parameter space or of the support.',
  }),
  mistake('solve.inadmissible-root', 'claim', {
    name: 'a root outside of the parameter space kept',
    wrong: 'a negative root for a positive parameter',
    right: 'only roots in Θ',
    soundWhen: 'Θ contains it',
    advice: 'Compare every root with the parameter space, and drop those outside.',
  }),
  mistake('solve.weights', 'claim', {
    name: 'observations of different samples weighted alike',
    wrong: '(Σx+Σy)/(n+m) whatever the two models are',
    right: 'each weighted by its coefficient in the score',
    soundWhen: 'equal coefficients',
    advice: 'The samples enter the score with different coefficients. Add up what each of them contributes.',
  }),
]

/** The symbols for unknowns in an equation; all symbols where no unknown is declared. */
const unknownsIn = (t: Rel, unknowns: readonly string[]): readonly Expr[] => {
  const found: Expr[] = []
  for (const u of subterms(t)) if (u.kind === 'sym' && (unknowns.length === 0 || unknowns.includes(u.name)) && !has(found, u)) found.push(u)
  return found
}
/** The equation with the unknown exchanged for its reciprocal. */
const turnedOver = (t: Rel, u: Expr): Rel => {
  const kept = replace(t, inverse(u), placeholder)
  return replace(replace(kept, u, inverse(u)), placeholder, u)
}
const placeholder = sym('\u0000turned')
const rebuilt = (t: Big, body: Expr): Expr => big(t.op, t.lo, t.hi, body)
