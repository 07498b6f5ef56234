/** What goes wrong at the maximum, with the estimate and with its information: mostly claims. */
import { ex } from '../../src/rewrite/rule.ts'
import { addAll, type Expr, MINUS_ONE, pow } from '../../src/term/term.ts'
import { type Mistake, slip, stageOf } from './mistake.ts'

const maximum = stageOf('G maximum')
const estimator = stageOf('H estimator')
const information = stageOf('H information')

export const maximumMistakes: readonly Mistake[] = [
  maximum('max.no-second-order', 'omission', {
    name: 'stopped at the zero of the score',
    wrong: 'θ̂ = root, stop',
    right: "sign change of ℓ', or concavity; ℓ''(θ̂) < 0 is local: also compare ends",
    soundWhen: 'concave ℓ shown',
    advice: 'A zero of the derivative may be a minimum. Show that ℓ rises before it and falls after it, or that ℓ is concave.',
  }),
  maximum('max.wrong-sign', 'claim', {
    name: 'a positive second derivative taken for a maximum',
    wrong: "ℓ'' > 0 ⇒ max",
    right: "ℓ'' < 0 ⇒ local max",
    soundWhen: 'minimising -ℓ',
    advice: 'At a maximum the curve bends down: the second derivative of ℓ is negative there.',
  }),
  maximum('max.minimum-called-maximum', 'claim', {
    name: 'a negative second derivative read as a minimum, or −ℓ maximised',
    wrong: 'ℓ″ < 0 ⇒ minimum',
    right: 'ℓ″ < 0 ⇒ local maximum',
    soundWhen: 'the function is −ℓ',
    advice: 'ℓ″ < 0 means that ℓ has a peak. For −ℓ all is the other way round, and it is minimised.',
  }),
  maximum('max.local-is-global', 'claim', {
    name: 'a local maximum called global',
    wrong: "ℓ''(θ̂)<0 ⇒ global",
    right: 'single stationary point + limits, or concavity',
    soundWhen: 'one parameter, Θ an interval, θ̂ the only stationary point',
    advice: 'The sign of ℓ″ at one point says nothing about points far away. Compare the other roots and the ends.',
  }),
  maximum('max.hessian-diagonal', 'claim', {
    name: 'only the diagonal of the Hessian looked at',
    wrong: '∂²ℓ/∂μ²<0 and ∂²ℓ/∂σ²<0 ⇒ max',
    right: 'H negative definite: for 2 parameters also det(H) > 0',
    soundWhen: 'H diagonal',
    advice: 'Both second derivatives can be negative at a saddle. The determinant has to be positive as well.',
  }),
  maximum('max.out-of-space', 'claim', {
    name: 'a root outside of the parameter space accepted',
    wrong: 'p̂ = -1/2',
    right: 'reject; try the other roots, then the boundary',
    soundWhen: 'Θ contains it',
    advice: 'This value is no possible parameter. If no root is admissible, the maximum is at the boundary or there is none.',
  }),
  maximum('max.boundary-missed', 'claim', {
    name: 'a maximum at the end of the parameter space missed',
    wrong: 'dℓ/dp = n/p = 0 ⇒ no MLE',
    right: 'p̂ = 1',
    soundWhen: 'p = 1 is not in Θ',
    advice: 'ℓ is monotone for this sample: its maximum is at the end of Θ, if the end belongs to it.',
  }),
  maximum('max.open-boundary', 'claim', {
    name: 'an excluded end given as the estimate',
    wrong: 'λ̂ = 0 with λ > 0',
    right: 'supremum not attained: no MLE',
    soundWhen: 'λ = 0 is in Θ',
    advice: 'The end does not belong to the parameter space: the supremum is approached and not attained.',
  }),
  maximum('max.order-stat-swap', 'claim', {
    name: 'smallest and largest observation confused',
    wrong: 'θ̂ = min x_i for U(0,θ)',
    right: 'θ̂ = max x_i',
    soundWhen: 'n = 1 or all x_i equal',
    advice: 'With this value some of the data would be impossible. Which observation limits the parameter?',
  }),
  maximum('max.integer-derivative', 'claim', {
    name: 'differentiated in an integer parameter',
    wrong: 'dℓ/dN = 0',
    right: 'compare L(N)/L(N-1) with 1',
    soundWhen: '-; a real root is only a hint: compare the integers on both sides',
    advice: 'Between integers there is nothing to differentiate. See where L(N)/L(N−1) falls below 1.',
  }),
  maximum('max.strict-weak', 'claim', {
    name: '< and ≤ at the end of the support confused',
    wrong: 'x_(n) < θ for a closed support',
    right: 'x_(n) ≤ θ',
    soundWhen: 'the support is open there',
    advice: 'Whether the end belongs to the support decides whether the maximum is attained there.',
  }),
  maximum('max.support-reversed', 'claim', {
    name: 'the condition from the support turned round',
    wrong: 'θ ≤ x_(1) for U(0,θ)',
    right: 'θ ≥ x_(n)',
    soundWhen: '-',
    advice: 'Put an observation into the condition of the support: which parameters allow it?',
  }),
  maximum('max.flat-called-unique', 'claim', {
    name: 'one point of a flat top called the estimate',
    wrong: 'the midpoint only',
    right: 'every point of the interval',
    soundWhen: 'the interval is one point',
    advice: 'The likelihood has the same value on a whole interval: every point of it is a maximiser.',
  }),
  estimator(
    'est.n-1',
    'rewrite',
    {
      name: 'n − 1 in place of n',
      wrong: '(1/(n-1))Σ(x-x̄)²',
      right: '(1/n)Σ(x-x̄)²',
      soundWhen: 'asked for the unbiased estimator',
      advice: 'Maximum likelihood divides by n; n − 1 makes the estimator unbiased, which is another one.',
    },
    slip({
      on: 'pow',
      rewrite: t => (t.exponent === MINUS_ONE && isSize(t.base) ? [pow(addAll([t.base, MINUS_ONE]), MINUS_ONE)] : []),
      examples: [ex('s/n', 's/(n-1)', 's > 0, n in {3..}')],
    }),
    slip({
      on: 'sym',
      rewrite: t => (isSize(t) ? [addAll([t, MINUS_ONE])] : []),
      examples: [ex('n*a', '(n-1)*a', 'a > 0, n in {3..}')],
    }),
  ),
  estimator('est.unbiased-claim', 'remark', {
    name: 'unbiased because it is an MLE',
    wrong: 'E[θ̂] = θ',
    right: 'compute E[θ̂]',
    soundWhen: 'as a conclusion sometimes true (x̄), as an argument never',
    advice: 'Maximum-likelihood estimators may be biased; whether this one is has to be computed.',
  }),
  estimator('est.invariance-mean', 'claim', {
    name: 'the mean of g(x_i) given as the MLE of g(θ)',
    wrong: 'MLE of g(θ) is (1/n)Σ g(x_i)',
    right: 'g(θ̂)',
    soundWhen: 'θ̂ = x̄ and g affine',
    advice: 'By invariance the MLE of g(θ) is g(θ̂): first estimate, then transform.',
  }),
  estimator('est.mean-for-median', 'claim', {
    name: 'the mean given where the median is the maximum',
    wrong: 'argmin Σ|x_i - m| = x̄',
    right: 'argmin Σ|x_i - m| = median of the x_i',
    soundWhen: 'mean and median agree; squares instead of absolute values',
    advice: 'The mean makes the sum of squares smallest. The sum of absolute deviations is smallest at the median.',
  }),
  estimator('est.hat-missing', 'remark', {
    name: 'no hat on the estimate',
    wrong: 'p = k/n',
    right: 'p̂ = k/n',
    soundWhen: '-',
    advice: 'What was found is the estimate: write it with a hat, to tell it from the parameter.',
  }),
  information('info.sign', 'claim', {
    name: 'Fisher information with the wrong sign',
    wrong: "I = E[ℓ'']",
    right: "I = -E[ℓ'']",
    soundWhen: '-',
    advice: 'Information is the expected negative second derivative: it is positive.',
  }),
  information('info.per-obs', 'claim', {
    name: 'the information of one observation used for n',
    wrong: 'SE = 1/√I_1',
    right: 'SE = 1/√(n I_1)',
    soundWhen: 'n = 1',
    advice: 'Information adds up over independent observations: n of them carry n times as much.',
  }),
  information('info.observed-as-expected', 'claim', {
    name: 'observed information given as Fisher information',
    wrong: "I(θ) = -ℓ''(θ̂)",
    right: "I(θ) = -E[ℓ''(θ)]",
    soundWhen: 'full exponential family: J(θ̂) = I(θ̂) at an interior θ̂; canonical parameter: equal for every θ',
    advice: 'Fisher information is an expectation over samples; data do not stand in it any more.',
  }),
  information('info.var-not-root', 'claim', {
    name: 'the variance given as the standard error',
    wrong: 'SE = 1/I(θ̂)',
    right: 'SE = 1/√I(θ̂)',
    soundWhen: 'I(θ̂) = 1',
    advice: '1/I is the asymptotic variance; the standard error is its square root.',
  }),
  information('info.irregular', 'claim', {
    name: 'Fisher information where the support moves',
    wrong: 'I = n/θ² used for SE',
    right: 'regularity fails: support depends on θ',
    soundWhen: '-',
    advice: 'The support ends at the parameter, so differentiating under the integral is not allowed, and the formula does not hold.',
  }),
  information('info.delta', 'claim', {
    name: "the standard error of g(θ̂) without g'",
    wrong: 'SE(g) = SE(θ̂)',
    right: "|g'(θ̂)| SE(θ̂)",
    soundWhen: "g'(θ̂) = ±1",
    advice: "The delta method multiplies the standard error by |g'(θ̂)|.",
  }),
]

const isSize = (t: Expr): boolean => t.kind === 'sym' && t.name === 'n'
