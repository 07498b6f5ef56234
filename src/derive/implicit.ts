/**
 * A score equation without a solution in closed form: shown to have exactly one root or none, by a strictly falling
 * multiple D = m·ℓ' of the score (m > 0) and its values at both ends of the parameter space, and handed to Newton's
 * method. Refuses where the fall of D or its behaviour at an end is not known.
 */

import type { Chain, GlobalArgument, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { disprove } from '../rewrite/prove.ts'
import { signOf, type Verdict } from '../rewrite/sign.ts'
import type { Solution } from '../solve/one-equation.ts'
import { entryAlone, type OpenCase } from '../solve/open-case.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { and, type Expr, eq, not, type Prop, type Rel, type Term, ZERO } from '../term/term.ts'
import { replace, subterms, summands } from '../term/walk.ts'
import { affineFall } from './affine-score.ts'
import { resultExpr } from './draft.ts'
import type { AtEnd } from './end-behaviour.ts'
import { type EndName, endOf, ends, isIncluded } from './ends.ts'
import { type Falling, fallingForm, fallOf, inwardForm, longestScore } from './falling.ts'
import { boundary, endWords, existence, maximumSection, newton } from './implicit-sections.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { Undecided } from './maximum.ts'
import { type CaseOutcome, degenerateOutcome, likelihoodAtEnd, monotoneOutcome } from './sample-cases.ts'
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
  /** The answer in one sentence, if not that it is the root. */
  readonly sentence?: Phrase
}

/** ℓ runs one way on all of Θ when D does not cross zero: the end where it is largest. */
const oneWay = (s: Setting, l: LogLikelihood, end: EndName, when: Prop, samples: Prop | undefined): CaseOutcome | undefined => {
  const sign = end === 'lo' ? 'neg' : 'pos'
  const cx = assuming(s.interior, [...s.model.assume, when, ...(samples && samples.kind !== 'or' ? [samples] : [])])
  const verdict: Verdict = { sign, why: { kind: 'by', law: 'the falling form', of: [] } }
  // N = 0 takes the term N log θ away, which has no value at an end
  const equations = (when.kind === 'and' ? when.props : [when]).flatMap(p => (p.kind === 'rel' && p.op === '=' ? [p] : []))
  const put = equations.length > 0 ? normalForm(equations.reduce((t: Expr, e) => replace(t, e.left, e.right), l.ell)) : undefined
  const outcome = monotoneOutcome(s, l.ell, verdict, cx) ?? (put && monotoneOutcome(s, put, verdict, cx))
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
const constantCase = (s: Setting, l: LogLikelihood, score: Expr, when: Prop): CaseOutcome | undefined => {
  if (affineFall(score, s, s.interior)?.constantWhen)
    return {
      when,
      attained: 'set',
      where: ['everywhere'],
      why: say`${ellHead(s)} is constant`,
      blocks: [
        {
          type: 'prose',
          content: say`Every term of the score is 0: the likelihood does not depend on ${s.unknown}, and every point of the parameter space is a maximiser.`,
        },
      ],
    }
  return degenerateOutcome(s, l, { generic: not(when), degenerate: when }, 'boundary-constant')
}

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

/**
 * A maximum exists, and its place is not shown to be the only stationary point: near an excluded end the score points inwards,
 * an included one is a candidate itself, and every root of the score is another.
 */
const severalRoots = (
  s: Setting,
  l: LogLikelihood,
  scoreChain: Chain,
  solution: Solution,
  equation: Rel,
  second: Chain,
  cx: Context,
): Implicit | undefined => {
  const score = resultExpr(scoreChain)
  const found = attainment(s, l, score, solution, cx)
  if (!found) return undefined
  // it may be known to fall where its ends are not known
  const fall = score.size > longestScore ? undefined : fallOf(score, s, cx, 0)
  const constant = fall?.constantWhen ? constantCase(s, l, score, entryAlone(fall.constantWhen)) : undefined
  if (fall?.constantWhen && !constant) return undefined
  const { included, inwards, special } = found
  const isImplied = constant !== undefined && special.some(o => isApart(o.generic, constant.when, cx))
  const generic = [...inOrder(special.map(o => o.generic)), ...(constant && !isImplied ? [not(constant.when)] : [])]
  const cases: CaseOutcome[] = []
  for (const [i, o] of special.entries()) {
    const outcome = degenerateOutcome(s, l, o, `boundary-${i}`)
    if (!outcome) return undefined
    const isOwn = constant === undefined || isApart(o.degenerate, constant.when, cx)
    cases.push(isOwn || !constant ? outcome : { ...outcome, when: and(outcome.when, not(constant.when)) })
  }
  if (constant) cases.push(constant)
  const points: Phrase = joined(
    included.map(to => say`${eq(s.unknown, to)}`),
    ' and ',
  )
  const either: Phrase = joined(
    included.map(to => say`${eq(s.unknown, to)}`),
    ' or ',
  )
  const main: CaseOutcome = {
    when: and(...generic),
    attained: 'implicit',
    where: [included.length === 0 ? 'interior, score zero' : 'a root of the score, or an end of the parameter space'],
    why: say`of the roots of the score${included.length > 0 ? say` and ${points}` : []}, the one with the largest ${ellHead(s)}`,
    blocks: [],
    global: 'comparison',
    ...(included.length > 0 ? { candidates: included } : {}),
  }
  const [first, second0] = inwards
  // the equation was solved, every candidate but one excluded, and no end belongs to the space
  const isOnly = solution.root !== undefined && included.length === 0
  const both = first && second0 && same(first.form, second0.form)
  const near: Phrase = both
    ? say`The score has the sign of ${first.form}. It ${endWords(s, first.at)} and ${endWords(s, second0.at)}: near the left end of the parameter space the score is positive, near the right end it is negative.`
    : joined(
        inwards.map(
          ({ form, at: e }) =>
            say`The score has the sign of ${form}, which ${endWords(s, e)}: near this end the score is ${e.end === 'lo' ? 'positive' : 'negative'}, and ${ellHead(s)} falls towards it.`,
        ),
        ' ',
      )
  const atEnds: Phrase = [
    ...near,
    ...(included.length > 0
      ? say`${inwards.length > 0 ? ' ' : ''}The likelihood is continuous up to ${points}, and the parameter space holds ${included.length > 1 ? 'these ends' : 'this end'}.`
      : []),
  ]
  const so: Phrase =
    included.length > 0
      ? say` So the likelihood has a maximum: at ${either}, or at a point inside, where the score vanishes.`
      : say` Between them it is continuous, so it vanishes at one point at least, and ${ellHead(s)}, which rises near the left end and falls near the right end, has its maximum at one of these points.`
  return {
    cases: [main, ...cases],
    argument: 'comparison',
    second,
    generic,
    several: true,
    equation,
    sections: [
      {
        type: 'section',
        id: 'allowed',
        title: 'Does a solution exist, and is it unique?',
        blocks: [
          { type: 'prose', content: [...(generic.length > 0 ? say`Let ${and(...generic)}. ` : []), ...atEnds, ...so] },
          {
            type: 'prose',
            content: fall
              ? say`The score falls strictly ${throughout(s)}${fall.why}. So it vanishes at one point at most, and ${ellHead(s)} is concave: where the score vanishes is the maximum${included.length > 0 ? say`; where it vanishes nowhere, ${ellHead(s)} is monotone and ${points} ${included.length > 1 ? 'are' : 'is'} left to compare` : []}.`
              : isOnly
                ? say`The equation has no other solution than the candidate found above. So the score vanishes there only, is positive before it and negative after it: ${ellHead(s)} rises, then falls, and the candidate is the unique global maximum.`
                : say`This does not show that there is only one: for some samples the score equation may have several solutions, maxima and minima of ${ellHead(s)} in turn${included.length > 0 ? ', or none' : ''}. All of them are compared${included.length > 0 ? say`, with ${points} beside them` : []}, and the one with the largest ${ellHead(s)} is the estimate.`,
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
            content: fall
              ? say`It is nowhere positive: a root of the score is the global maximum.`
              : isOnly
                ? say`Its sign is not needed: that of the score has shown that the candidate is the maximum.`
                : say`At a root where this is negative ${ellHead(s)} has a local maximum; which of them is the global one, only the values of ${ellHead(s)} tell.`,
          },
        ],
      },
      ...(included.length > 0 && cases.length === 0 ? [] : boundary(cases, s)),
      newton(s, inwards[0]?.form ?? resultExpr(scoreChain)),
    ],
  }
}

interface Attainment {
  /** Ends that belong to the parameter space. */
  readonly included: readonly Expr[]
  /** Excluded ends from which ℓ rises inwards, with the multiple of the score that shows it. */
  readonly inwards: readonly { readonly form: Expr; readonly at: AtEnd }[]
  /** Samples for which an excluded end behaves otherwise. */
  readonly special: readonly OpenCase[]
}

/** Why a maximum exists: what ℓ does at both ends of the parameter space. */
const attainment = (s: Setting, l: LogLikelihood, score: Expr, solution: Solution, cx: Context): Attainment | undefined => {
  const { start } = l.chain
  const bigL = start.kind === 'fn' ? start.args[0] : undefined
  const isClosed = (end: EndName): boolean => isIncluded(s, end) && bigL !== undefined && likelihoodAtEnd(s, bigL, end, cx) !== undefined
  const open = ends.filter(e => !isClosed(e))
  if (open.some(e => isIncluded(s, e))) return undefined
  const found = open.length === 0 ? [] : inwardForm(s, score, solution, open, cx)
  return (
    found && {
      included: ends.filter(e => isClosed(e)).map(e => endOf(s, e)),
      inwards: found,
      special: found.flatMap(({ at }) =>
        at.kind === 'open' && at.generic
          ? (at.others ?? []).map(o => ({ generic: at.generic as Prop, degenerate: o.when, ...(o.samples ? { samples: o.samples } : {}) }))
          : [],
      ),
    }
  )
}

/** The reduced equation, unless multiplying out made it longer than D = 0: Σ(x_i − θ)³ = 0 cancels less when it is computed. */
const plainest = (reduced: Term, d: Expr): Rel => {
  const isShort = reduced.kind === 'rel' && summands(reduced.left).length + summands(reduced.right).length <= summands(d).length + 1
  return isShort && subterms(reduced).length <= subterms(d).length + 4 ? reduced : eq(d, ZERO)
}

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
    const several = isFullyDifferentiated(plain) ? severalRoots(s, l, scoreChain, solution, equation, plain, cx) : undefined
    return several ?? stop(`${solution.why ?? 'it could not be solved'}, and whether it has exactly one solution could not be decided`)
  }
  const isOpen = (e: AtEnd): boolean => e.kind === 'open'
  if (form.lo.kind === 'short' || form.hi.kind === 'short') {
    const monotone = form.constantWhen ? undefined : monotoneThroughout(s, l, form, second([]))
    return monotone ?? stop(`${solution.why ?? 'it could not be solved'}, and it has no solution for every sample`)
  }
  const constant = form.constantWhen ? constantCase(s, l, score, entryAlone(form.constantWhen)) : undefined
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
    why: say`the score changes its sign once, from + to −`,
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
