/**
 * A score equation without a solution in closed form: shown to have exactly one root or none, by a strictly falling
 * multiple D = m·ℓ' of the score (m > 0) and its values at both ends of the parameter space, and handed to Newton's
 * method. Refuses where the fall of D or its behaviour at an end is not known.
 */

import type { Chain, GlobalArgument, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { disprove } from '../rewrite/prove.ts'
import { signOf } from '../rewrite/sign.ts'
import type { Solution } from '../solve/one-equation.ts'
import { entryAlone } from '../solve/open-case.ts'
import { same } from '../term/order.ts'
import { and, type Expr, eq, not, type Prop, type Rel, type Term, ZERO } from '../term/term.ts'
import { summands } from '../term/walk.ts'
import { resultExpr } from './draft.ts'
import type { AtEnd } from './end-behaviour.ts'
import { type EndName, endOf } from './ends.ts'
import { crossing, type Falling, fallingForm } from './falling.ts'
import { boundary, endWords, existence, maximumSection, newton } from './implicit-sections.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { Undecided } from './maximum.ts'
import { type CaseOutcome, degenerateOutcome, monotoneOutcome } from './sample-cases.ts'
import { derivativeChain, isFullyDifferentiated } from './score.ts'
import type { Setting } from './setting.ts'
import { ellHead, inOrder, throughout } from './words.ts'

export interface Implicit {
  readonly cases: readonly CaseOutcome[]
  readonly argument: GlobalArgument
  readonly second: Chain
  readonly sections: readonly Section[]
  readonly generic: readonly Prop[]
  readonly equation: Rel
  /** The equation may have further roots: all are compared. */
  readonly several?: true
}

/** ℓ runs one way on all of Θ when D does not cross zero: the end where it is largest. */
const oneWay = (s: Setting, l: LogLikelihood, end: EndName, when: Prop, samples: Prop | undefined): CaseOutcome | undefined => {
  const sign = end === 'lo' ? 'neg' : 'pos'
  const cx = assuming(s.interior, [...s.model.assume, when, ...(samples && samples.kind !== 'or' ? [samples] : [])])
  const outcome = monotoneOutcome(s, l.ell, { sign, why: { kind: 'by', law: 'the falling form', of: [] } }, cx)
  if (!outcome) return undefined
  const trend = end === 'lo' ? 'negative, so the likelihood falls' : 'positive, so the likelihood rises'
  return {
    ...outcome,
    when,
    ...(samples ? { samples } : {}),
    blocks: [
      {
        type: 'prose',
        content: outcome.estimator
          ? say`The score is ${trend} throughout and is largest at ${eq(s.unknown, outcome.estimator)}.`
          : say`The score is ${trend} throughout: the supremum is approached as ${s.unknown} → ${outcome.towards ?? endOf(s, end)} and never attained, so no maximum-likelihood estimate exists.`,
      },
    ],
  }
}

/** The samples for which D does not fall but is constant: ℓ with their facts put in. */
const constantCase = (s: Setting, l: LogLikelihood, when: Prop): CaseOutcome | undefined =>
  degenerateOutcome(s, l, { generic: not(when), degenerate: when }, 'boundary-constant')

/** True if no sample is in both. */
const isApart = (a: Prop, b: Prop, cx: Context): boolean => disprove(a, assuming(cx, [b])) !== undefined

/** D has one sign on all of Θ for every sample: ℓ is monotone. */
const monotoneThroughout = (s: Setting, l: LogLikelihood, form: Falling, second: Chain): Implicit | undefined => {
  const end: EndName = form.lo.kind === 'short' ? 'lo' : 'hi'
  const outcome = oneWay(s, l, end, and(), undefined)
  if (!outcome) return undefined
  const at: AtEnd = form[end]
  return {
    cases: [{ ...outcome, blocks: [] }],
    argument: 'monotone',
    second,
    generic: [],
    equation: eq(form.d, ZERO),
    sections: [
      {
        type: 'section',
        id: 'boundary',
        title: 'The score equation has no solution',
        blocks: [
          {
            type: 'prose',
            content: say`The score has the sign of ${form.d}, which falls strictly ${throughout(s)}${form.why}. It ${endWords(s, at)}.`,
          },
          ...outcome.blocks,
        ],
      },
    ],
  }
}

/** A maximum inside, not shown to be the only stationary point: every root is a candidate. */
const severalRoots = (
  s: Setting,
  scoreChain: Chain,
  solution: Solution,
  equation: Rel,
  second: Chain,
  cx: Context,
): Implicit | undefined => {
  const found = crossing(s, resultExpr(scoreChain), solution, cx)
  if (!found) return undefined
  const { form, lo, hi } = found
  return {
    cases: [
      {
        when: and(),
        attained: 'implicit',
        where: ['interior, score zero'],
        why: say`of the roots of the score, the one with the largest ${ellHead(s)}`,
        blocks: [],
        global: 'comparison',
      },
    ],
    argument: 'comparison',
    second,
    generic: [],
    several: true,
    equation,
    sections: [
      {
        type: 'section',
        id: 'allowed',
        title: 'Does a solution exist, and is it unique?',
        blocks: [
          {
            type: 'prose',
            content: say`The score has the sign of ${form.difference}. It ${endWords(s, lo)} and ${endWords(s, hi)}: near the left end of the parameter space the score is positive, near the right end it is negative. Between them it is continuous, so it vanishes at one point at least, and ${ellHead(s)}, which rises near the left end and falls near the right end, has its maximum at one of these points.`,
          },
          {
            type: 'prose',
            content: say`This form does not show that there is only one: for some samples the score equation may have several solutions, maxima and minima of ${ellHead(s)} in turn. All of them are compared, and the one with the largest ${ellHead(s)} is the estimate.`,
          },
        ],
      },
      {
        type: 'section',
        id: 'second-order',
        title: 'Is it a maximum?',
        blocks: [
          { type: 'prose', content: ['A zero score alone is not enough. Differentiate the score once more.'] },
          second,
          {
            type: 'prose',
            content: say`At a root where this is negative ${ellHead(s)} has a local maximum; which of them is the global one, only the values of ${ellHead(s)} tell.`,
          },
        ],
      },
      ...boundary([], s),
      newton(s, form.difference),
    ],
  }
}

/** The reduced equation, unless multiplying out made it longer than D = 0: Σ(x_i − θ)³ = 0 cancels less when it is computed. */
const plainest = (reduced: Term, d: Expr): Rel =>
  reduced.kind === 'rel' && summands(reduced.left).length + summands(reduced.right).length <= summands(d).length + 1 ? reduced : eq(d, ZERO)

export const implicitMaximum = (s: Setting, l: LogLikelihood, scoreChain: Chain, solution: Solution): Implicit | Undecided => {
  const cx = assuming(s.interior, s.model.assume)
  const stop = (reason: string, sections: readonly Section[] = []): Undecided => ({ at: 'score equation', reason, sections })
  const score = resultExpr(scoreChain)
  const form = fallingForm(s, score, solution, cx)
  const equation = plainest(solution.final, form?.d ?? score)
  const second = (generic: readonly Prop[]): Chain =>
    derivativeChain(s, 'second', scoreChain, 2, [...s.model.assume, ...generic], s.interior)
  if (!form) {
    const plain = second([])
    const several = isFullyDifferentiated(plain) ? severalRoots(s, scoreChain, solution, equation, plain, cx) : undefined
    return several ?? stop(`${solution.why ?? 'it could not be solved'}, and whether it has exactly one solution could not be decided`)
  }
  const isOpen = (e: AtEnd): boolean => e.kind === 'open'
  if (form.lo.kind === 'short' || form.hi.kind === 'short') {
    const monotone = form.constantWhen ? undefined : monotoneThroughout(s, l, form, second([]))
    return monotone ?? stop(`${solution.why ?? 'it could not be solved'}, and it has no solution for every sample`)
  }
  const constant = form.constantWhen ? constantCase(s, l, entryAlone(form.constantWhen)) : undefined
  if (form.constantWhen && !constant) return stop('a special sample could not be decided')
  const atEnds = inOrder([form.lo, form.hi].flatMap(e => (e.generic ? [e.generic] : [])))
  const isImplied = constant !== undefined && atEnds.some(g => isApart(g, constant.when, cx))
  const generic = constant && !isImplied ? [...atEnds, not(constant.when)] : atEnds
  const chainOfSecond = second([])
  if (!isFullyDifferentiated(chainOfSecond)) return stop('a derivative could not be written out')
  const cases: CaseOutcome[] = []
  for (const e of [form.lo, form.hi].filter(isOpen))
    for (const other of e.others ?? []) {
      // D constant and 0 at an end is 0 throughout: a case of its own
      const isOwn = constant !== undefined && same(other.when, constant.when)
      if (isOwn) continue
      const apart = constant === undefined || isApart(other.when, constant.when, cx)
      const outcome = oneWay(s, l, e.end, other.when, other.samples)
      if (!outcome) return stop('a special sample could not be decided')
      cases.push(apart || !constant ? outcome : { ...outcome, when: and(other.when, not(constant.when)) })
    }
  if (constant) cases.push(constant)
  const argument: GlobalArgument =
    signOf(resultExpr(chainOfSecond), assuming(cx, generic))?.sign === 'neg' ? 'strict concavity' : 'sign change'
  const main: CaseOutcome = {
    when: and(...generic),
    attained: 'implicit',
    where: ['interior, score zero'],
    why: say`the score falls strictly and changes its sign once`,
    blocks: [],
    global: argument,
  }
  return {
    cases: [main, ...cases],
    argument,
    second: chainOfSecond,
    generic,
    equation,
    sections: [existence(s, form, generic), maximumSection(s, chainOfSecond), ...boundary(cases, s), newton(s, form.d)],
  }
}
