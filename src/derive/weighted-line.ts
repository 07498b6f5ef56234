/**
 * A log-likelihood that is a broken line whose slope falls by a different amount at each kink (weights, covariates): it is
 * concave, so the maximum is at a kink, where the sum of the slopes passes 0. Refuses excluded ends that may bind.
 */
import type { Block, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { normalForm } from '../term/normal-form.ts'
import { and, type Expr, sub, sym } from '../term/term.ts'
import { hatted, table } from './conclusion.ts'
import { endOf, ends, isIncluded } from './ends.ts'
import { liesInside } from './kink-ends.ts'
import type { Kink } from './kink-pieces.ts'
import { type Kinked, prose, scoreSection, type Unkinked } from './kink-score.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { ellHead } from './words.ts'

/** The maximum of a concave broken line, found by following its slope from kink to kink. */
export const weightedLine = (s: Setting, l: LogLikelihood, kink: Kink): Kinked | Unkinked => {
  const score: Section = scoreSection(s, l, kink)
  const cuts = ends.filter(e => endOf(s, e).kind !== 'infinity' && !liesInside(s, kink, e))
  if (cuts.some(e => !isIncluded(s, e)))
    return { at: 'maximum', reason: 'an excluded end of the parameter space may lie beyond the kinks', sections: [score] }
  const i = sym('i')
  const entry = (t: Expr): Expr => observed(t, s.sample, i)
  const place = entry(kink.place)
  const drop = entry(normalForm(sub(kink.below.slope, kink.above.slope)))
  const atEnds: Phrase = cuts.length > 0 ? ['; the included ends of the parameter space are compared too'] : []
  const why: Phrase = say`${ellHead(s)} is a concave broken line: it rises up to it and falls after it`
  const sentence: Phrase = say`${hatted(s)} is one of the values ${place}, a weighted median: the one at which the slope of ${ellHead(s)} passes from plus to minus${atEnds}. If the slope is 0 between two neighbours, every point from the one to the other maximises the likelihood.`
  const cases: readonly CaseOutcome[] = [
    {
      when: and(),
      attained: 'finite',
      candidates: [place, ...cuts.map(e => endOf(s, e))],
      spanned: true,
      where: ['at a kink, where the score jumps'],
      why,
      blocks: [],
      global: 'comparison',
    },
  ]
  const blocks: readonly Block[] = [
    prose(
      say`As ${s.unknown} passes ${place}, the slope of the contribution of that observation changes from ${entry(kink.below.slope)} to ${entry(kink.above.slope)}: it falls by ${drop}, which is positive. Between neighbouring kinks the slope of ${ellHead(s)} is constant, and at each of them it falls. So ${ellHead(s)} is a concave broken line; it rises before the first kink and falls after the last. Setting a derivative to zero would miss its maximum, which is at the kink where the slope passes from plus to minus.`,
    ),
  ]
  return {
    short: { type: 'section', id: 'short', title: '', blocks: [prose(sentence)] },
    sections: [
      score,
      { type: 'section', id: 'second-order', title: 'The maximum is at a kink', blocks },
      {
        type: 'section',
        id: 'computing',
        title: 'Computing it',
        blocks: [
          prose(
            say`Put the values ${place} in order, start with the slope before all of them, and take ${drop} away at each one. The first at which the slope is no longer positive is a maximiser; if it is 0 there, so is every point up to the next.`,
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
