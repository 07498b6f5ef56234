/**
 * A log-likelihood with a kink at every observation: between neighbouring observations it is differentiated, and what the
 * slopes there say decides. Constant slopes make it a broken line, largest at a quantile of the sample; convex pieces
 * put the maximum at an observation. Refuses other shapes.
 */
import type { Block, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { reduceFraction } from '../term/normal-form.ts'
import * as Q from '../term/rational.ts'
import {
  add,
  all,
  and,
  at,
  big,
  bound,
  deriv,
  div,
  type Expr,
  eq,
  fn,
  ge,
  gt,
  HALF,
  integers,
  isIn,
  isOne,
  le,
  lt,
  mul,
  ne,
  neg,
  not,
  num,
  ONE,
  type Prop,
  sub,
  sym,
  ZERO,
} from '../term/term.ts'
import { mentions, substitute, symbolsOf } from '../term/walk.ts'
import { hatted, table } from './conclusion.ts'
import { chain, lastId } from './draft.ts'
import { endOf, ends, isIncluded } from './ends.ts'
import { type Kink, kinkOf } from './kink-pieces.ts'
import { derivative, laws, splitSums, tidy } from './laws.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
import { ellHead } from './words.ts'

export interface Kinked {
  readonly short: Section
  readonly sections: readonly Section[]
  readonly cases: readonly CaseOutcome[]
  readonly outcome: 'set' | 'finite'
  /** A maximiser for every sample, as one formula; undefined where the values must be compared. */
  readonly estimator: Expr | undefined
}
export interface Unkinked {
  readonly at: string
  readonly reason: string
  readonly sections: readonly Section[]
}

const prose = (content: Phrase): Block => ({ type: 'prose', content })
const isNegativeSign = (t: Expr, s: Setting): boolean => signOf(t, s.interior)?.sign === 'neg'
const isPositiveSign = (t: Expr, s: Setting): boolean => signOf(t, s.interior)?.sign === 'pos'

/** What vanishes at a kink does not at θ: θ is none of the observations. */
const awayFrom = (s: Setting, kink: Kink): Prop => {
  const i = bound(0)
  return all(ONE, s.size, ne(s.unknown, observed(kink.place, s.sample, i)))
}

/** The score away from the kinks, in numbers of observations below and above. */
const scoreSection = (s: Setting, l: LogLikelihood, kink: Kink): Section => {
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
        say`${ellHead(s)} is continuous, but it has a kink where ${s.unknown} meets an observation, at ${eq(s.unknown, observed(kink.place, s.sample, sym('i')))}. Everywhere else it can be differentiated.`,
      ),
      ...(shown.lines.length > 0 ? [shown] : []),
    ],
  }
}

// --- a broken line ---------------------------------------------------------------------------

/** The k-th smallest of n is the (n + 1 − k)-th largest; ⌈·⌉ is turned into ⌊·⌋. */
const mirrored = (size: Expr, rank: Expr): Expr =>
  rank.kind === 'fn' && rank.name === 'ceil' && rank.args[0]
    ? add(ONE, fn('floor', reduceFraction(sub(size, rank.args[0]))))
    : half(reduceFraction(add(size, ONE, neg(rank))))

/** n/2 + 1/2 as (n + 1)/2. */
const half = (t: Expr): Expr => {
  const terms = t.kind === 'add' ? t.terms : []
  const isHalves =
    terms.length > 1 &&
    terms.every(u => (u.kind === 'num' ? u : u.kind === 'mul' && u.factors[0]?.kind === 'num' ? u.factors[0] : ONE).value.den === 2n)
  return isHalves ? mul(HALF, reduceFraction(mul(num(2), t))) : t
}

/** The k-th smallest of the places y(x_i), said of the ordered observations where y is monotone. */
const ordered = (s: Setting, kink: Kink, rank: Expr): Expr | undefined => {
  const x = sym(s.variable.name)
  const rise = signOf(slopeOf(kink.place, { ...s, unknown: x }, s.interior), s.interior)?.sign
  if (rise !== 'pos' && rise !== 'neg') return undefined
  const from = rise === 'pos' ? rank : mirrored(s.size, rank)
  const value = isOne(s.size) ? at(x.name, ONE) : big('order', ONE, s.size, at(x.name, bound(0)), from)
  return substitute(kink.place, new Map([[x.name, value]]))
}

interface Quantile {
  readonly share: Expr
  readonly position: Expr
  /** Undefined while the size and the share leave it open. */
  readonly isWhole: boolean | undefined
}

const quantileOf = (s: Setting, kink: Kink): Quantile => {
  const share = reduceFraction(div(kink.below.slope, sub(kink.below.slope, kink.above.slope)))
  const position = reduceFraction(mul(s.size, share))
  const isWhole = position.kind === 'num' ? Q.isInteger(position.value) : undefined
  return { share, position, isWhole }
}

const isHalf = (q: Quantile): boolean => q.share.kind === 'num' && q.share.value.num === 1n && q.share.value.den === 2n

/** The maximisers where the position n·q is no integer: one order statistic. */
const oneRank = (q: Quantile): Expr => {
  if (q.position.kind === 'num') return num(-(-q.position.value.num / q.position.value.den) + (Q.isInteger(q.position.value) ? 0n : 1n))
  return isHalf(q) ? mul(HALF, add(reduceFraction(mul(num(2), q.position)), ONE)) : fn('ceil', q.position)
}

const freeLetter = (s: Setting): Expr => {
  const taken = new Set([...symbolsOf(s.product), ...symbolsOf(s.size), s.variable.name])
  return sym(['r', 'k', 'j', 'm'].find(c => !taken.has(c)) ?? 'r_0')
}

const brokenLine = (s: Setting, l: LogLikelihood, kink: Kink): Kinked | Unkinked => {
  const q = quantileOf(s, kink)
  const score = scoreSection(s, l, kink)
  const one = ordered(s, kink, oneRank(q))
  const [low, high] = [ordered(s, kink, q.position), ordered(s, kink, add(q.position, ONE))]
  const stop = (reason: string): Unkinked => ({ at: 'maximum', reason, sections: [score] })
  if (!one || !low || !high) return stop('how the kinks follow the observations could not be decided')
  const cuts = ends.filter(e => endOf(s, e).kind !== 'infinity' && !liesInside(s, kink, e))
  const isOpen = cuts.some(e => !isIncluded(s, e))
  if (isOpen && cuts.length > 1) return stop('an excluded end of the parameter space may lie beyond the middle of the sample')
  const clip = (t: Expr): Expr => (isOpen ? t : cuts.reduce((v: Expr, e) => fn(e === 'lo' ? 'max' : 'min', v, endOf(s, e)), t))
  const [single, several] = isHalf(q)
    ? [isIn(mul(HALF, add(s.size, ONE)), integers), isIn(q.position, integers)]
    : [not(isIn(q.position, integers)), isIn(q.position, integers)]
  const [singleWords, severalWords]: readonly [Phrase, Phrase] = isHalf(q)
    ? [say`${s.size} odd`, say`${s.size} even`]
    : [say`${q.position} no integer`, say`${q.position} an integer`]
  const cases: CaseOutcome[] = []
  const put = (c: Omit<CaseOutcome, 'blocks' | 'when'>, ...when: readonly (Prop | undefined)[]): void => {
    cases.push({ ...c, when: and(...when.flatMap(p => (p ? [p] : []))), blocks: [] })
  }
  const kinkWhy: Phrase = say`${ellHead(s, 1)} is positive before it and negative after it`
  const beyond = (t: Expr, words: Phrase, when: Prop | undefined, of: 'one' | 'far'): void => {
    for (const e of cuts) {
      const end = endOf(s, e)
      const value = of === 'one' ? t : e === 'lo' ? high : low
      const isIn = isIncluded(s, e)
      const [below, above] = isIn ? [lt, gt] : [le, ge]
      const condition = e === 'lo' ? below(value, end) : above(value, end)
      const why: Phrase = say`${ellHead(s)} is ${e === 'lo' ? 'falling' : 'rising'} on the parameter space${isIn ? '' : ', and its end is excluded'}`
      put(
        {
          ...(isIn
            ? { attained: 'boundary' as const, estimator: end, where: [e === 'lo' ? 'left end of the parameter space' : 'right end of the parameter space'] }
            : { attained: 'none' as const, towards: end, where: say`${s.unknown} → ${end}` }),
          why,
          ...(when ? { label: say`${words}, ${condition}` } : {}),
        },
        when,
        condition,
      )
    }
  }
  const within = (lo: Expr, hi: Expr): readonly Prop[] =>
    cuts.map(e => {
      const below = isIncluded(s, e) ? le : lt
      return e === 'lo' ? below(endOf(s, e), hi) : below(lo, endOf(s, e))
    })
  if (q.isWhole !== false) {
    const inside = within(low, high)
    put(
      {
        attained: 'set',
        set: { lo: clip(low), hi: clip(high), closed: [true, true] },
        where: ['between two neighbouring observations'],
        why: say`${ellHead(s)} is constant there, rising before and falling after`,
        label:
          q.isWhole === undefined
            ? [...severalWords, ...(inside.length > 0 ? say`, ${and(...inside)}` : [])]
            : inside.length > 0
              ? say`${and(...inside)}`
              : ['every sample'],
      },
      q.isWhole === undefined ? several : undefined,
      ...inside,
    )
  }
  if (q.isWhole !== true) {
    const inside = within(one, one)
    put(
      {
        attained: 'finite',
        estimator: one,
        where: ['at an observation, where the score jumps'],
        why: kinkWhy,
        label:
          q.isWhole === undefined
            ? [...singleWords, ...(inside.length > 0 ? say`, ${and(...inside)}` : [])]
            : inside.length > 0
              ? say`${and(...inside)}`
              : ['every sample'],
      },
      q.isWhole === undefined ? single : undefined,
      ...inside,
    )
    beyond(one, singleWords, q.isWhole === undefined ? single : undefined, 'one')
  }
  if (q.isWhole !== false) beyond(low, severalWords, q.isWhole === undefined ? several : undefined, 'far')
  const isSet = q.isWhole === true || (q.isWhole === undefined && isHalf(q))
  const typical = isSet ? cases.filter(c => c.attained === 'set') : cases.filter(c => c.attained === 'finite')
  const rank = q.position.kind === 'num' ? oneRank(q) : fn('ceil', q.position)
  const estimator = clip(q.isWhole === undefined ? (ordered(s, kink, rank) ?? one) : q.isWhole ? low : one)
  const sorted = [...typical, ...cases.filter(c => !typical.includes(c))]
  return {
    ...endings(s, q, sorted, estimator, clip(low), clip(high), clip(one)),
    sections: [
      score,
      brokenSection(s, kink, q, one, low, high),
      endings(s, q, sorted, estimator, clip(low), clip(high), clip(one)).conclusion,
    ],
    cases: sorted,
    outcome: isSet ? 'set' : 'finite',
    estimator,
  }
}

/** The end of Θ lies on the outer side of every possible kink. */
const liesInside = (s: Setting, kink: Kink, end: 'lo' | 'hi'): boolean => {
  const gap = end === 'lo' ? sub(kink.place, endOf(s, end)) : sub(endOf(s, end), kink.place)
  const sign = signOf(gap, s.interior)?.sign
  return sign === 'pos' || (sign === 'nonneg' && isIncluded(s, end))
}

const brokenSection = (s: Setting, kink: Kink, q: Quantile, one: Expr, low: Expr, high: Expr): Section => {
  const r = freeLetter(s)
  const slope = add(mul(r, reduceFraction(kink.above.slope)), mul(sub(s.size, r), reduceFraction(kink.below.slope)))
  const drop = reduceFraction(sub(kink.below.slope, kink.above.slope))
  const items: { readonly label?: Phrase; readonly blocks: readonly Block[] }[] = []
  if (q.isWhole !== true)
    items.push({
      ...(q.isWhole === undefined ? { label: isHalf(q) ? say`${s.size} odd` : say`${q.position} no integer` } : {}),
      blocks: [
        prose(
          say`the slope is never ${ZERO}. It is positive before ${one} and negative after it: ${eq(s.unknown, one)} is the only maximiser.`,
        ),
      ],
    })
  if (q.isWhole !== false)
    items.push({
      ...(q.isWhole === undefined ? { label: isHalf(q) ? say`${s.size} even` : say`${q.position} an integer` } : {}),
      blocks: [
        prose(
          say`the slope is ${ZERO} when ${eq(r, q.position)}, that is, between ${low} and ${high}. There ${ellHead(s)} is constant and at its maximum: every point from ${low} to ${high} maximises the likelihood, and the maximiser is unique only if the two coincide.`,
        ),
      ],
    })
  return {
    type: 'section',
    id: 'second-order',
    title: isHalf(q) ? 'The maximum is at the median' : 'The maximum is at a quantile of the sample',
    blocks: [
      prose(say`If ${r} of the ${s.size} kinks lie below ${s.unknown} and ${sub(s.size, r)} above it, then`),
      { type: 'display', term: eq(ellHead(s, 1), slope) },
      prose(
        say`Each observation that ${s.unknown} passes lowers this slope by ${drop}, which is positive: ${ellHead(s)} is a concave broken line. It rises while ${lt(r, q.position)} and falls as soon as ${gt(r, q.position)}. Setting a derivative to zero would miss this maximum.`,
      ),
      { type: 'list', items },
    ],
  }
}

const endings = (
  s: Setting,
  q: Quantile,
  cases: readonly CaseOutcome[],
  estimator: Expr,
  low: Expr,
  high: Expr,
  one: Expr,
): { readonly short: Section; readonly conclusion: Section } => {
  const every: Phrase = say`every ${s.unknown} from ${low} to ${high} maximises the likelihood`
  const sentence: Phrase =
    q.isWhole === true
      ? say`${hatted(s)} is not unique: ${every}.`
      : q.isWhole === false
        ? say`${{ math: eq(s.unknown, one), hats: true }} for every sample.`
        : isHalf(q)
          ? say`${hatted(s)} is ${cases.some(c => c.attained === 'boundary') ? 'the median, cut off at the ends of the parameter space' : cases.some(c => c.attained === 'none') ? 'the median, where that lies in the parameter space' : 'the median'}: ${one} for odd ${s.size}; for even ${s.size} ${every}.`
          : say`${{ math: eq(s.unknown, estimator), hats: true }}; if ${q.position} is an integer, ${every}.`
  const note: Phrase =
    q.isWhole === undefined
      ? isHalf(q)
        ? say`is a maximiser for every sample; for even ${s.size} ${every}.`
        : say`is a maximiser for every sample; if ${q.position} is an integer, ${every}.`
      : ['for every sample.']
  return {
    short: { type: 'section', id: 'short', title: '', blocks: [prose(sentence)] },
    conclusion: {
      type: 'section',
      id: 'conclusion',
      title: 'Conclusion',
      blocks: [
        ...(q.isWhole === true
          ? [prose(sentence)]
          : [{ type: 'boxed' as const, items: [{ parameter: s.unknown.name, forms: [{ term: estimator }] }], note }]),
        table(s, cases),
      ],
    },
  }
}

// --- convex pieces ---------------------------------------------------------------------------

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

const isFreeOfBoth = (t: Expr, s: Setting): boolean => !mentions(t, s.unknown.name) && !mentions(t, s.variable.name)

/** The maximum of a log-likelihood with kinks at the observations. */
export const kinkedMaximum = (s: Setting, l: LogLikelihood): Kinked | Unkinked => {
  const stop = (reason: string): Unkinked => ({ at: 'score', reason, sections: [] })
  const kink = kinkOf(s)
  if (!kink) return stop('the log-likelihood has kinks whose places could not be solved for')
  const { below, above } = kink
  if (isFreeOfBoth(below.slope, s) && isFreeOfBoth(above.slope, s) && isPositiveSign(below.slope, s) && isNegativeSign(above.slope, s))
    return brokenLine(s, l, kink)
  const bends = [below.bend, above.bend].map(b => signOf(b, s.interior)?.sign)
  const isConvex = bends.every(b => b === 'pos' || b === 'nonneg' || b === 'zero') && bends.includes('pos')
  if (isConvex && isPositiveSign(below.slope, s) && isNegativeSign(above.slope, s)) return convexPieces(s, l, kink)
  return stop('the log-likelihood has kinks, and between them it is neither linear nor convex')
}
