/**
 * A log-likelihood that is a broken line: each observation lowers its slope by the same amount, so it is largest at a
 * quantile of the sample, or along the stretch between two neighbours.
 */
import type { Block, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { signOf } from '../rewrite/sign.ts'
import { reduceFraction } from '../term/normal-form.ts'
import * as Q from '../term/rational.ts'
import {
  add,
  and,
  at,
  big,
  bound,
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
import { endOf, ends, isIncluded } from './ends.ts'
import { liesInside, stretches } from './kink-ends.ts'
import type { Kink } from './kink-pieces.ts'
import { type Kinked, prose, scoreSection, type Unkinked } from './kink-score.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
import { ellHead } from './words.ts'

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

/** The maximum of a broken line, for every sample. */
export const brokenLine = (s: Setting, l: LogLikelihood, kink: Kink): Kinked | Unkinked => {
  const q = quantileOf(s, kink)
  const score = scoreSection(s, l, kink)
  const one = ordered(s, kink, oneRank(q))
  const [low, high] = [ordered(s, kink, q.position), ordered(s, kink, add(q.position, ONE))]
  const stop = (reason: string): Unkinked => ({ at: 'maximum', reason, sections: [score] })
  if (!one || !low || !high) return stop('how the kinks follow the observations could not be decided')
  const cuts = ends.filter(e => endOf(s, e).kind !== 'infinity' && !liesInside(s, kink, e))
  const clip = (t: Expr): Expr =>
    cuts.filter(e => isIncluded(s, e)).reduce((v: Expr, e) => fn(e === 'lo' ? 'max' : 'min', v, endOf(s, e)), t)
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
            ? {
                attained: 'boundary' as const,
                estimator: end,
                where: [e === 'lo' ? 'left end of the parameter space' : 'right end of the parameter space'],
              }
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
    for (const stretch of stretches(s, cuts, low, high)) {
      const inside = [...within(low, high), ...stretch.when]
      put(
        {
          attained: 'set',
          set: { lo: clip(stretch.lo), hi: clip(stretch.hi), closed: stretch.closed },
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
        say`${
          mentions(drop, s.unknown.name)
            ? say`Each observation that ${s.unknown} passes turns one ${reduceFraction(kink.below.slope)}, which is positive, into ${reduceFraction(kink.above.slope)}, which is negative: the slope has the sign of ${sub(q.position, r)}. ${ellHead(s)}`
            : say`Each observation that ${s.unknown} passes lowers this slope by ${drop}, which is positive: ${ellHead(s)} is a concave broken line. It`
        } rises while ${lt(r, q.position)} and falls as soon as ${gt(r, q.position)}. Setting a derivative to zero would miss this maximum.`,
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
