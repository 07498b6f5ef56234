/**
 * A log-likelihood with a kink at every observation: between neighbouring observations it is differentiated, and what the
 * slopes there say decides. Constant slopes make it a broken line, largest at a quantile of the sample; convex pieces
 * put the maximum at an observation. Refuses other shapes.
 */
import type { Block, Phrase } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { reduceFraction } from '../term/normal-form.ts'
import { and, div, type Expr, infinity, isOne, isZero, lt, ONE, sym } from '../term/term.ts'
import { mentions } from '../term/walk.ts'
import { brokenLine } from './broken-line.ts'
import { concaveKinks } from './concave-kinks.ts'
import { hatted, table } from './conclusion.ts'
import { competingEnds, endsWords } from './kink-ends.ts'
import { type Kink, kinkOf, poleOf } from './kink-pieces.ts'
import { type Kinked, prose, scoreSection, type Unkinked } from './kink-score.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { weightedLine } from './weighted-line.ts'
import { ellHead, lHead } from './words.ts'

const isNegativeSign = (t: Expr, s: Setting): boolean => signOf(t, s.interior)?.sign === 'neg'
const isPositiveSign = (t: Expr, s: Setting): boolean => signOf(t, s.interior)?.sign === 'pos'

const convexPieces = (s: Setting, l: LogLikelihood, kink: Kink, beside: readonly Expr[]): Kinked => {
  const i = sym('i')
  const place = observed(kink.place, s.sample, i)
  const entry = (t: Expr): Expr => observed(t, s.sample, i)
  const why: Phrase = say`${ellHead(s)} is convex between neighbouring observations, rising before the first and falling after the last`
  const sentence: Phrase = say`${hatted(s)} is one of the values ${place}${beside.length > 0 ? ' in the parameter space' : ''}${endsWords(s, beside)}: the one at which the likelihood is largest. There is no shorter formula; ${beside.length > 0 ? ['these'] : say`the ${s.size}`} values are compared.`
  const cases: readonly CaseOutcome[] = [
    {
      when: and(),
      attained: 'finite',
      candidates: [place, ...beside],
      where: [beside.length > 0 ? 'at an observation, or an end of the parameter space' : 'at an observation'],
      why,
      blocks: [],
      global: 'comparison',
    },
  ]
  const side = (piece: Kink['below'], words: string): Block =>
    prose(
      say`${words} the observation its contribution is ${entry(piece.value)}, with slope ${entry(piece.slope)} and second derivative ${entry(piece.bend)}.`,
    )
  return {
    short: { type: 'section', id: 'short', title: '', blocks: [prose(sentence)] },
    sections: [
      scoreSection(s, l, kink),
      {
        type: 'section',
        id: 'second-order',
        title: 'The maximum is at an observation',
        blocks: [
          prose(say`Follow the contribution of one observation to ${ellHead(s)} as ${s.unknown} passes its kink ${place}.`),
          side(kink.below, 'Below'),
          side(kink.above, 'Above'),
          prose(
            say`No second derivative is negative, and between two neighbouring kinks their sum is positive: ${ellHead(s)} is strictly convex there, so it has no maximum inside, and a stationary point would be a minimum. Below all kinks every slope is positive, above all of them every slope is negative. So the maximum is attained at one of the kinks${endsWords(s, beside)}, and only there.`,
          ),
        ],
      },
      {
        type: 'section',
        id: 'computing',
        title: 'Computing it',
        blocks: [
          prose(
            say`Evaluate ${ellHead(s)} at ${place} for ${i} = 1, …, ${s.size}${
              beside.length > 0
                ? say`, as far as they lie in the parameter space, and at ${joined(
                    beside.map(e => say`${e}`),
                    ' and ',
                  )}`
                : []
            }, and take the largest. Values that tie are all maximisers.`,
          ),
        ],
      },
      { type: 'section', id: 'conclusion', title: 'Conclusion', blocks: [prose(sentence), table(s, cases)] },
    ],
    cases,
    outcome: 'finite',
    estimator: undefined,
  }
}

const isFreeOfBoth = (t: Expr, s: Setting): boolean =>
  [s.unknown.name, s.variable.name, ...s.sample.covariates.map(v => v.name)].every(name => !mentions(t, name))

/** A density that grows without bound where θ meets the observation: so does the likelihood, at every one of them. */
const poleAtData = (s: Setting): Kinked | Unkinked | undefined => {
  const pole = s.moving ? undefined : poleOf(s)
  if (!pole) return undefined
  if (competingEnds(s, pole)?.length !== 0)
    return { at: 'score', reason: 'the likelihood is unbounded at observations that may lie outside of the parameter space', sections: [] }
  const i = isOne(s.size) ? ONE : sym('i')
  const place = observed(pole, s.sample, i)
  const first = observed(pole, s.sample, ONE)
  const sentence: Phrase = say`No maximum-likelihood estimate exists: ${lHead(s)} grows without bound as ${s.unknown} → ${place}${isOne(s.size) ? [] : say`, for every ${i}`}.`
  const cases: readonly CaseOutcome[] = [
    {
      when: and(),
      attained: 'none',
      towards: first,
      supremum: infinity,
      where: say`${s.unknown} → ${first}`,
      why: say`${lHead(s)} is unbounded there`,
      blocks: [],
    },
  ]
  return {
    short: { type: 'section', id: 'short', title: '', blocks: [prose(sentence)] },
    sections: [
      {
        type: 'section',
        id: 'boundary',
        title: 'The likelihood is unbounded',
        blocks: [
          prose(
            say`As ${s.unknown} → ${place} the density of the observation tends to ${infinity}, from both sides. The densities of the others are positive there: they tend to positive numbers, or, where observations coincide, to ${infinity} as well. So ${lHead(s)}, their product, tends to ${infinity}. A maximiser would have to be better than every number: there is none, and a point at which the score vanishes is at best a local maximum.`,
          ),
        ],
      },
      { type: 'section', id: 'conclusion', title: 'Conclusion', blocks: [prose(sentence), table(s, cases)] },
    ],
    cases,
    outcome: 'none',
    estimator: undefined,
  }
}

/** The maximum of a log-likelihood with kinks at the observations. */
export const kinkedMaximum = (s: Setting, l: LogLikelihood): Kinked | Unkinked => {
  const spiked = poleAtData(s)
  if (spiked) return spiked
  const stop = (reason: string): Unkinked => ({ at: 'score', reason, sections: [] })
  const kink = kinkOf(s)
  if (!kink) return stop('the log-likelihood has kinks whose places could not be solved for')
  const { below, above } = kink
  const isPeaked = isPositiveSign(below.slope, s) && isNegativeSign(above.slope, s)
  // both slopes may share a positive factor: 1/m and −1/m
  const own = [s.variable.name, ...s.sample.covariates.map(v => v.name)]
  const isShared = [below.slope, above.slope].every(t => own.every(name => !mentions(t, name)))
  if (isPeaked && isShared && isFreeOfBoth(reduceFraction(div(below.slope, above.slope)), s)) return brokenLine(s, l, kink)
  const isLinear = [below, above].every(p => isZero(p.bend) && !mentions(p.slope, s.unknown.name))
  if (isLinear && isPositiveSign(below.slope, s) && isNegativeSign(above.slope, s)) return weightedLine(s, l, kink)
  const [left, right] = [lt(s.unknown, kink.place), lt(kink.place, s.unknown)].map(p => assuming(s.interior, [p]))
  if (left && right) {
    const bends = [signOf(below.bend, left)?.sign, signOf(above.bend, right)?.sign]
    const isConvex = bends.every(b => b === 'pos' || b === 'nonneg' || b === 'zero') && bends.includes('pos')
    const isTop = signOf(below.slope, left)?.sign === 'pos' && signOf(above.slope, right)?.sign === 'neg'
    const beside = competingEnds(s, kink.place, kink)
    if (isConvex && isTop && beside) return convexPieces(s, l, kink, beside)
  }
  const concave = concaveKinks(s, l, kink, undefined)
  if (concave) {
    const { main, sections, sentence, equation } = concave
    return {
      short: { type: 'section', id: 'short', title: '', blocks: [prose(sentence)] },
      sections: [...sections, { type: 'section', id: 'conclusion', title: 'Conclusion', blocks: [prose(sentence), table(s, [main])] }],
      cases: [main],
      outcome: main.attained === 'implicit' ? 'implicit' : 'finite',
      estimator: main.estimator,
      ...(main.attained === 'implicit' ? { equation } : {}),
    }
  }
  return stop('the log-likelihood has kinks, and between them it is neither linear nor convex')
}
