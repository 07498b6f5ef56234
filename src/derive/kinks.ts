/**
 * A log-likelihood with a kink at every observation: between neighbouring observations it is differentiated, and what the
 * slopes there say decides. Constant slopes make it a broken line, largest at a quantile of the sample; convex pieces
 * put the maximum at an observation. Refuses other shapes.
 */
import type { Block, Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { signOf } from '../rewrite/sign.ts'
import { reduceFraction } from '../term/normal-form.ts'
import { and, div, type Expr, isZero, sym } from '../term/term.ts'
import { mentions } from '../term/walk.ts'
import { brokenLine } from './broken-line.ts'
import { concaveKinks } from './concave-kinks.ts'
import { hatted, table } from './conclusion.ts'
import { type Kink, kinkOf } from './kink-pieces.ts'
import { type Kinked, prose, scoreSection, type Unkinked } from './kink-score.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { weightedLine } from './weighted-line.ts'
import { ellHead } from './words.ts'

const isNegativeSign = (t: Expr, s: Setting): boolean => signOf(t, s.interior)?.sign === 'neg'
const isPositiveSign = (t: Expr, s: Setting): boolean => signOf(t, s.interior)?.sign === 'pos'

const convexPieces = (s: Setting, l: LogLikelihood, kink: Kink): Kinked => {
  const i = sym('i')
  const place = observed(kink.place, s.sample, i)
  const entry = (t: Expr): Expr => observed(t, s.sample, i)
  const why: Phrase = say`${ellHead(s)} is convex between neighbouring observations, rising before the first and falling after the last`
  const sentence: Phrase = say`${hatted(s)} is one of the values ${place}: the one at which the likelihood is largest. There is no shorter formula; the ${s.size} values are compared.`
  const cases: readonly CaseOutcome[] = [
    { when: and(), attained: 'finite', candidates: [place], where: ['at an observation'], why, blocks: [], global: 'comparison' },
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
            say`No second derivative is negative, and between two neighbouring kinks their sum is positive: ${ellHead(s)} is strictly convex there, so it has no maximum inside, and a stationary point would be a minimum. Below all kinks every slope is positive, above all of them every slope is negative. So the maximum is attained at one of the kinks, and only there.`,
          ),
        ],
      },
      {
        type: 'section',
        id: 'computing',
        title: 'Computing it',
        blocks: [
          prose(
            say`Evaluate ${ellHead(s)} at ${place} for ${i} = 1, …, ${s.size}, and take the largest. Values that tie are all maximisers.`,
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

/** The maximum of a log-likelihood with kinks at the observations. */
export const kinkedMaximum = (s: Setting, l: LogLikelihood): Kinked | Unkinked => {
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
  const bends = [below.bend, above.bend].map(b => signOf(b, s.interior)?.sign)
  const isConvex = bends.every(b => b === 'pos' || b === 'nonneg' || b === 'zero') && bends.includes('pos')
  if (isConvex && isPositiveSign(below.slope, s) && isNegativeSign(above.slope, s)) return convexPieces(s, l, kink)
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
