/** The score between the kinks, and what a derivation with kinks gives back. */
import type { Block, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { all, bound, deriv, type Expr, eq, isOne, ne, ONE, type Prop, sym } from '../term/term.ts'
import { chain, lastId } from './draft.ts'
import type { Kink } from './kink-pieces.ts'
import { derivative, laws, splitSums, tidy } from './laws.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { ellHead } from './words.ts'

export interface Kinked {
  readonly short: Section
  readonly sections: readonly Section[]
  readonly cases: readonly CaseOutcome[]
  readonly outcome: 'set' | 'finite' | 'implicit' | 'none'
  /** A maximiser for every sample, as one formula; undefined where the values must be compared. */
  readonly estimator: Expr | undefined
  /** The score between the kinks vanishes: the estimate is a root of it, or a kink. */
  readonly equation?: Prop
}
export interface Unkinked {
  readonly at: string
  readonly reason: string
  readonly sections: readonly Section[]
}

export const prose = (content: Phrase): Block => ({ type: 'prose', content })

/** What vanishes at a kink does not at θ: θ is none of the observations. */
const awayFrom = (s: Setting, kink: Kink): Prop => {
  const i = bound(0)
  return all(ONE, s.size, ne(s.unknown, observed(kink.place, s.sample, i)))
}

/** The score away from the kinks, in numbers of observations below and above. */
export const scoreSection = (s: Setting, l: LogLikelihood, kink: Kink): Section => {
  const away = awayFrom(s, kink)
  const shown = chain(
    {
      id: 'score',
      subject: ellHead(s, 1),
      start: deriv(l.ell, s.unknown),
      origin: { kind: 'derivative', of: lastId(l.chain), wrt: s.unknown },
      given: [...s.model.assume, away],
    },
    [
      {
        by: seq(
          attempt(everywhere(laws('derivative.away'))),
          attempt(derivative),
          attempt(everywhere(laws('derivative.away'))),
          attempt(derivative),
          attempt(tidy),
        ),
      },
      { by: seq(everywhere(laws('sign.indicators', 'cases.indicators')), attempt(splitSums), attempt(tidy)) },
    ],
    s.interior,
  )
  return {
    type: 'section',
    id: 'score',
    title: 'Score between the observations',
    blocks: [
      prose(
        say`${ellHead(s)} is continuous, but it has a kink where ${s.unknown} meets an observation, at ${eq(s.unknown, observed(kink.place, s.sample, isOne(s.size) ? ONE : sym('i')))}. Everywhere else it can be differentiated.`,
      ),
      ...(shown.lines.length > 0 ? [shown] : []),
    ],
  }
}
