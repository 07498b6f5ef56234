/** Mistakes with the solution of an equation: which root it is, and whether it is one. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import {
  addAll,
  type Big,
  big,
  type Expr,
  eq,
  HALF,
  MINUS_ONE,
  mul,
  neg,
  ONE,
  pow,
  type Rel,
  sub,
  sym,
  TWO,
  ZERO,
} from '../../src/term/term.ts'
import { replace, some, subterms } from '../../src/term/walk.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'

const mistake = stageOf('F solving')
const inverse = (t: Expr): Expr => pow(t, MINUS_ONE)
const has = (list: readonly Expr[], t: Expr): boolean => list.some(u => same(u, t))
const isEquation = (t: Rel): boolean => t.op === '='
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

export const rootMistakes: readonly Mistake[] = [
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
        isEquation(t) && t.right.kind === 'pow' && same(t.right.exponent, HALF) ? [eq(t.left, t.right.base), eq(t.left, neg(t.right))] : [],
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
        if (!same(t.exponent, HALF)) return []
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
