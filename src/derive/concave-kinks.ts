/**
 * A log-likelihood with kinks at the observations that is concave all the same: each contribution is concave on both sides
 * of its kink, and its slope falls there. One maximiser: an observation, or a zero of the score between two of them.
 * Refuses contributions whose slopes or bends have no proved sign, and a maximum whose existence is not shown.
 */
import type { Block, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import { and, big, bound, cases, type Expr, eq, isOne, lt, ONE, type Prop, type Rel, sub, sym, ZERO } from '../term/term.ts'
import { substitute } from '../term/walk.ts'
import { hatted } from './conclusion.ts'
import { conditions } from './data-bounds.ts'
import { competingEnds, endsWords } from './kink-ends.ts'
import type { Kink } from './kink-pieces.ts'
import { prose, scoreSection } from './kink-score.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { ellHead, throughout } from './words.ts'

export interface ConcaveKinks {
  readonly sections: readonly Section[]
  readonly main: CaseOutcome
  readonly equation: Rel
  readonly sentence: Phrase
}

type Strength = 'strict' | 'weak'

/** How strongly the contribution is concave: on both sides of the kink, and at it. */
const concavity = (s: Setting, kink: Kink): Strength | undefined => {
  const x = sym(s.variable.name)
  const support = conditions(s.variable.support, x)
  const inside = assuming(s.interior, support ? [support] : [])
  const [left, right] = [lt(s.unknown, kink.place), lt(kink.place, s.unknown)].map(p => assuming(inside, [p]))
  if (!left || !right) return undefined
  const bends = [signOf(kink.below.bend, left)?.sign, signOf(kink.above.bend, right)?.sign]
  if (!bends.every(b => b === 'neg' || b === 'nonpos' || b === 'zero')) return undefined
  const at = (t: Expr): Expr => normalForm(substitute(t, new Map([[s.unknown.name, kink.place]])))
  const fall = signOf(normalForm(sub(at(kink.below.slope), at(kink.above.slope))), inside)?.sign
  if (fall !== 'pos' && fall !== 'nonneg' && fall !== 'zero') return undefined
  return bends.every(b => b === 'neg') ? 'strict' : 'weak'
}

/** The contribution rises up to its kink and falls after it. */
const peaksAtKink = (s: Setting, kink: Kink): boolean => {
  const x = sym(s.variable.name)
  const support = conditions(s.variable.support, x)
  const under = (p: Prop): Setting['interior'] => assuming(s.interior, [...(support ? [support] : []), p])
  return (
    signOf(kink.below.slope, under(lt(s.unknown, kink.place)))?.sign === 'pos' &&
    signOf(kink.above.slope, under(lt(kink.place, s.unknown)))?.sign === 'neg'
  )
}

/** The sum of the slopes is 0, θ being none of the kinks. */
const scoreEquation = (s: Setting, kink: Kink): Rel => {
  const entry = (t: Expr): Expr => observed(t, s.sample, bound(0))
  const summand = cases([{ when: lt(s.unknown, entry(kink.place)), value: entry(kink.below.slope) }], entry(kink.above.slope))
  return eq(big('sum', ONE, s.size, summand), ZERO)
}

const pieceWords = (s: Setting, piece: Kink['below'], side: string): Block => {
  const entry = (t: Expr): Expr => observed(t, s.sample, sym('i'))
  return prose(
    say`${side} its kink the contribution of one observation is ${entry(piece.value)}, with slope ${entry(piece.slope)} and second derivative ${entry(piece.bend)}.`,
  )
}

/** A single observation: the top of its one contribution. */
const ofOne = (s: Setting, l: LogLikelihood, kink: Kink): ConcaveKinks => {
  const estimator = observed(kink.place, s.sample, ONE)
  const sentence: Phrase = say`${{ math: eq(s.unknown, estimator), hats: true }}: there ${ellHead(s)} has a kink, rises before it and falls after it.`
  return {
    equation: scoreEquation(s, kink),
    sentence,
    main: {
      when: and(),
      attained: 'finite',
      estimator,
      where: ['at the observation'],
      why: say`${ellHead(s)} rises before it and falls after it`,
      blocks: [],
      global: 'strict concavity',
    },
    sections: [
      scoreSection(s, l, kink),
      {
        type: 'section',
        id: 'second-order',
        title: 'The maximum is at the kink',
        blocks: [
          prose(
            say`Below ${estimator} the slope is ${observed(kink.below.slope, s.sample, ONE)}, which is positive there; above it the slope is ${observed(kink.above.slope, s.sample, ONE)}, which is negative. So ${ellHead(s)} rises, then falls: the kink is the unique maximum, although the score vanishes nowhere.`,
          ),
        ],
      },
    ],
  }
}

/** The one maximiser of a concave log-likelihood with kinks; `ends` says why L is 0 towards both ends, if it is. */
export const concaveKinks = (s: Setting, l: LogLikelihood, kink: Kink, ends: Phrase | undefined): ConcaveKinks | undefined => {
  if (concavity(s, kink) !== 'strict') return undefined
  const isPeaked = peaksAtKink(s, kink)
  if (!ends && !isPeaked) return undefined
  const beside = ends ? [] : competingEnds(s, kink.place, kink)
  if (!beside) return undefined
  const place = observed(kink.place, s.sample, sym('i'))
  const equation = scoreEquation(s, kink)
  if (isOne(s.size) && isPeaked && beside.length === 0) return ofOne(s, l, kink)
  const why: Phrase = say`${ellHead(s)} is strictly concave`
  const existence: Phrase =
    ends ??
    say`Below all kinks every slope is positive, above all of them every slope is negative: ${ellHead(s)} has a maximum between the smallest and the largest of them.`
  const sentence: Phrase = say`${hatted(s)} is the one point at which ${ellHead(s)} stops rising: one of the values ${place}, or the solution of ${{ math: equation, hats: true, plainNames: true }} between two of them${endsWords(s, beside)}, whichever has the largest likelihood. There is no closed form.`
  return {
    equation,
    sentence,
    main: {
      when: and(),
      attained: 'implicit',
      candidates: [place, ...beside],
      said: ['the likeliest of the observations and the root of the score'],
      where: ['at an observation, or interior, score zero'],
      why,
      blocks: [],
      global: 'strict concavity',
    },
    sections: [
      scoreSection(s, l, kink),
      {
        type: 'section',
        id: 'second-order',
        title: 'There is exactly one maximum',
        blocks: [
          prose(say`Follow one observation as ${s.unknown} passes its kink at ${place}.`),
          pieceWords(s, kink.below, 'Below'),
          pieceWords(s, kink.above, 'Above'),
          prose(
            say`Both second derivatives are negative, and at the kink the slope does not rise: each contribution is strictly concave ${throughout(s)}, and so is ${ellHead(s)}, their sum. It has at most one maximiser. ${existence} So there is exactly one: where the slope changes its sign from + to −, which happens at a kink or where the score vanishes between two kinks.`,
          ),
        ],
      },
      {
        type: 'section',
        id: 'computing',
        title: 'Computing it',
        blocks: [
          prose(
            say`Evaluate the score just below and just above each ${place}, ${joined([say`${sym('i')} = 1, …, ${s.size}`], '')}: if it changes its sign there, that is the estimate. Otherwise it changes its sign between two neighbours, and Newton's method, started from these two as a bracket, finds its zero.`,
          ),
        ],
      },
    ],
  }
}
