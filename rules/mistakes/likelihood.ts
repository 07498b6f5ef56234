/** Mistakes in writing down the likelihood: what multiplies, what is indexed, what may be dropped. */
import { ex } from '../../src/rewrite/rule.ts'
import { same } from '../../src/term/order.ts'
import { add, addAll, type Big, type Expr, isNum, MINUS_ONE, mulAll, ONE, pow, sub, sym } from '../../src/term/term.ts'
import { factors, replace, subterms } from '../../src/term/walk.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'
import { exchanged, isIndexed, outside, over, without } from './places.ts'

const mistake = stageOf('A likelihood')
/** 1 − d_i: one exactly for the observations that are censored. */
const isComplement = (t: Expr): boolean =>
  t.kind === 'add' && t.terms.length === 2 && t.terms[0] === ONE && subterms(t).some(u => u.kind === 'at')
const isProduct = (t: Big): boolean => t.op === 'prod' && isIndexed(t.body)

/** ∫ f over the observation, where the factor is c·x^k or c·e^(−ax): enough to see F in place of f. */
const antiderivative = (body: Expr, x: Expr): Expr | undefined => {
  const varying = factors(body).filter(f => subterms(f).some(u => u.kind === 'at'))
  const fixed = factors(body).filter(f => !varying.includes(f))
  const [only] = varying
  if (!only || varying.length > 1) return undefined
  if (only.kind === 'fn' && only.name === 'exp' && only.args[0]) {
    const rate = mulAll(factors(only.args[0]).filter(f => !subterms(f).some(u => u.kind === 'at')))
    return sub(mulAll([...fixed, pow(rate, MINUS_ONE), only]), mulAll([...fixed, pow(rate, MINUS_ONE)]))
  }
  if (only.kind === 'pow' && subterms(only.base).some(u => same(u, x))) {
    const k = add(only.exponent, ONE)
    return mulAll([...fixed, pow(only.base, k), pow(k, MINUS_ONE)])
  }
  return undefined
}

export const likelihoodMistakes: readonly Mistake[] = [
  mistake(
    'lik.sum-not-product',
    'rewrite',
    {
      name: 'densities added',
      wrong: 'L = Σ f(x_i;θ)',
      right: 'L = Π f(x_i;θ)',
      soundWhen: 'n = 1',
      advice: 'The observations are independent, so their densities are multiplied. A sum of densities is no joint density.',
    },
    slip({
      on: 'big',
      rewrite: t => (isProduct(t) && !(t.body.kind === 'fn' && t.body.name === 'exp') ? [over(t, t.body, 'sum')] : []),
      examples: [ex('prod(theta*x[i]^(theta-1), i, 1, n)', 'sum(theta*x[i]^(theta-1), i, 1, n)', 'theta > 0, 0 < x[i] < 1, n in {2..}')],
    }),
    slip({
      on: 'mul',
      // the likelihoods of two samples
      rewrite: t => {
        const parts = t.factors.filter(f => f.kind === 'big' && isProduct(f))
        return parts.length > 1 && parts.length === t.factors.length ? [addAll(parts)] : []
      },
      examples: [
        ex(
          'prod(x[i], i, 1, n)*prod(y[j], j, 1, m)',
          'prod(x[i], i, 1, n) + prod(y[j], j, 1, m)',
          'x[i] > 3, y[j] > 3, n in {2..3}, m in {2..3}',
        ),
      ],
    }),
  ),
  mistake(
    'lik.no-index',
    'rewrite',
    {
      name: 'the same x in every factor',
      wrong: 'L = f(x;θ)^n',
      right: 'L = Π f(x_i;θ)',
      soundWhen: 'n = 1 or all x_i equal',
      advice: 'Only the parameter is common to all factors; each factor has its own observation x_i.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (!isIndexed(t.body)) return []
        const bare = subterms(t.body).reduce<Expr>(
          (b, u) => (u.kind === 'at' && u.index.length === 1 && u.index[0]?.kind === 'bound' ? replace(b, u, sym(u.name)) : b),
          t.body,
        )
        if (isIndexed(bare)) return []
        return [t.op === 'prod' ? pow(outside(bare), t.hi) : mulAll([t.hi, outside(bare)])]
      },
      examples: [ex('prod(theta*x[i]^(theta-1), i, 1, n)', '(theta*x^(theta-1))^n', 'theta > 0, 0 < x[i] < 1, 0 < x < 1, n in {2..}')],
    }),
  ),
  mistake(
    'lik.cdf-for-pdf',
    'rewrite',
    {
      name: 'distribution function in place of the density',
      wrong: 'L = Π F(x_i;θ)',
      right: "L = Π f(x_i;θ), f = F' (pmf: the jumps of F)",
      soundWhen: 'x_i is only an upper bound for every i (left-censored); right-censored uses 1 - F(x_i)',
      advice: 'A value that was observed exactly contributes its density, the derivative of F in x (for counts: the jump of F).',
    },
    slip({
      on: 'big',
      rewrite: t => {
        const x = subterms(t.body).find(u => u.kind === 'at')
        const whole = isProduct(t) && x ? antiderivative(t.body, x as Expr) : undefined
        return whole ? [over(t, whole)] : []
      },
      examples: [ex('prod(a*exp(-a*x[i]), i, 1, n)', 'prod(1 - exp(-a*x[i]), i, 1, n)', 'a > 0, x[i] > 0, n in {2..}')],
    }),
  ),
  mistake(
    'lik.wrong-family',
    'rewrite',
    {
      name: '1 − x_i failures where there are m − x_i',
      wrong: 'L ∝ Π p^{x_i} (1-p)^{1-x_i}',
      right: 'L ∝ Π p^{x_i} (1-p)^{m-x_i}',
      soundWhen: 'sound if m = 1',
      advice: 'Each observation counts the successes among m trials, so the failures are m − x_i.',
    },
    slip({
      on: 'add',
      rewrite: t => {
        const known = t.terms.findIndex(u => u.kind === 'sym' || (isNum(u) && u.value.num > 1n && u.value.den === 1n))
        const minus = t.terms.length === 2 && t.terms.some(u => u.kind === 'mul' && subterms(u).some(v => v.kind === 'at'))
        return known < 0 || !minus ? [] : [addAll(exchanged(t.terms, known, ONE))]
      },
      examples: [
        ex(
          'prod(p^x[i]*(1-p)^(m-x[i]), i, 1, n)',
          'prod(p^x[i]*(1-p)^(1-x[i]), i, 1, n)',
          '0 < p < 1, m in {2..}, x[i] in {0..m}, n in {2..}',
        ),
      ],
    }),
  ),
  mistake('lik.dropped-support', 'claim', {
    name: 'the indicator of the support dropped',
    wrong: 'L = Π (1/θ) = θ^-n for all θ > 0',
    right: 'L = θ^-n · 1{max x_i ≤ θ}',
    soundWhen: 'sound if support is free of θ',
    advice:
      'Outside of its support the density is 0, and where the support ends depends on the parameter. Say for which θ the data are possible.',
  }),
  mistake('lik.indicator-per-i', 'claim', {
    name: 'the condition kept for one observation only',
    wrong: '1{x_1 ≤ θ}',
    right: '1{max_i x_i ≤ θ}',
    soundWhen: 'n = 1 or x_1 is the largest',
    advice:
      'The product is positive only if every indicator is 1. Together they say something about the largest (or smallest) observation.',
  }),
  mistake(
    'lik.const-not-powered',
    'rewrite',
    {
      name: 'a factor free of i taken out of the product once',
      wrong: 'Π (c·g(x_i)) → c · Π g(x_i)',
      right: 'c^n · Π g(x_i)',
      soundWhen: 'n = 1 or c = 1; as ∝ whenever c is free of θ',
      advice: 'It stands in each of the n factors, so it comes out with the power n.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (t.op !== 'prod' || t.body.kind !== 'mul') return []
        const parts = t.body.factors
        const free = parts.filter(f => !isIndexed(f))
        const rest = parts.filter(isIndexed)
        if (free.length === 0) return []
        const all = mulAll([...free.map(outside), over(t, mulAll(rest))])
        const single = free.length < 2 ? [] : free.map((f, i) => mulAll([outside(f), over(t, mulAll([...without(free, i), ...rest]))]))
        return [all, ...single]
      },
      examples: [ex('prod(a*exp(-a*x[i]), i, 1, n)', 'a*prod(exp(-a*x[i]), i, 1, n)', 'a > 0, x[i] > 0, n in {2..}')],
    }),
  ),
  mistake(
    'lik.sum-of-product',
    'rewrite',
    {
      name: 'a product of sums split at the plus sign',
      wrong: 'Π (g_i + h_i) → Π g_i + Π h_i',
      right: 'no split',
      soundWhen: 'n = 1',
      advice: 'Multiplying sums out gives mixed terms as well. The product stays; take the logarithm of each factor.',
    },
    slip({
      on: 'big',
      rewrite: t => {
        if (t.op !== 'prod' || t.body.kind !== 'add') return []
        const { terms } = t.body
        // at every plus sign, or between what has the index and what has not
        const [free, rest] = [terms.filter(u => !isIndexed(u)), terms.filter(isIndexed)]
        const inTwo = free.length > 0 && rest.length > 0 && terms.length > 2 ? [add(over(t, addAll(free)), over(t, addAll(rest)))] : []
        return [addAll(terms.map(u => over(t, u))), ...inTwo]
      },
      examples: [
        ex(
          'prod(a*x[i] + (1-a)*y[i], i, 1, n)',
          'prod(a*x[i], i, 1, n) + prod((1-a)*y[i], i, 1, n)',
          '0 < a < 1, x[i] > 0, y[i] > 0, n in {2..}',
        ),
      ],
    }),
  ),
  mistake('lik.prior-confusion', 'claim', {
    name: 'the likelihood treated as a density of θ',
    wrong: '∫ L(θ) dθ = 1',
    right: 'L(θ) is a function of θ, not a density',
    soundWhen: 'never for L itself; L/∫L dθ is the posterior under a flat prior',
    advice: 'The data are fixed and θ is no random variable here: nothing makes L integrate to 1 over θ.',
  }),
  mistake(
    'lik.theta-factor-dropped',
    'claim',
    {
      name: 'a factor with the parameter dropped as if it were a constant',
      wrong: 'λ^n e^(-λS) ∝ e^(-λS)',
      right: 'keep λ^n',
      soundWhen: 'the factor is free of θ',
      advice: 'Proportional means: up to factors that do not contain the parameter. The one that is missing does.',
    },
    slip({
      on: 'mul',
      rewrite: (t, cx) =>
        t.factors.flatMap((f, i) =>
          subterms(f).some(u => (u.kind === 'sym' || u.kind === 'at') && cx.unknowns.includes(u.name))
            ? [mulAll(without(t.factors, i))]
            : [],
        ),
      examples: [],
    }),
  ),
  mistake(
    'lik.censored-dropped',
    'claim',
    {
      name: 'censored observations left out',
      wrong: 'Π over the observed only of f(t_i)',
      right: 'Π f(t_i)^(d_i) S(t_i)^(1-d_i)',
      soundWhen: 'nothing is censored',
      advice: 'To have lasted until t is information too: such an observation contributes the probability of lasting longer than t.',
    },
    slip({
      on: 'mul',
      rewrite: t => t.factors.flatMap((f, i) => (f.kind === 'pow' && isComplement(f.exponent) ? [mulAll(without(t.factors, i))] : [])),
      examples: [],
    }),
  ),
  mistake('lik.other-density', 'claim', {
    name: 'the density of another model or another parametrisation',
    wrong: 'f of a different family or parameter',
    right: 'the density as stated in the model',
    soundWhen: 'the two agree',
    advice: 'This is not the density that the model states. Compare the two factor by factor: rate or scale, σ or σ², constants.',
  }),
  mistake('lik.max-each-factor', 'claim', {
    name: 'every factor maximised for itself',
    wrong: 'θ chosen separately for each x_i',
    right: 'one θ maximises the whole product',
    soundWhen: 'n = 1',
    advice: 'All observations share one θ. What counts is where the whole product is largest.',
  }),
  mistake('lik.expectation-for-data', 'claim', {
    name: 'the expectation in place of the data',
    wrong: 'Σ x_i → n·E[X]',
    right: 'keep Σ x_i',
    soundWhen: '-; in expected information it is the right thing to do',
    advice: 'The likelihood is a function of the parameter at the values that were observed; those are not their expectations.',
  }),
]
