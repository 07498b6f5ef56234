/**
 * An integer parameter whose quotient L(N)/L(N − 1) falls, without a closed form for the point where it passes 1: the estimate
 * is the last integer at which the quotient is at least 1. Refuses a quotient whose logarithm is not shown to fall, or to be
 * negative in the end.
 */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming, type Context, within } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import * as Q from '../term/rational.ts'
import {
  and,
  call,
  div,
  type Expr,
  eq,
  infinity,
  interval,
  isIn,
  le,
  log,
  mulAll,
  ONE,
  type Prop,
  pow,
  type Rel,
  sub,
  ZERO,
} from '../term/term.ts'
import { factors, mentions } from '../term/walk.ts'
import { hatted, table } from './conclusion.ts'
import { chain, resultExpr } from './draft.ts'
import { behaviour } from './end-behaviour.ts'
import { fallOf } from './falling.ts'
import type { IntegerBounds } from './integer-bounds.ts'
import { extreme, oneWay } from './integer-cases.ts'
import { resetQuestions } from './interval-sign.ts'
import { laws, openPowers, splitSums, tidy } from './laws.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
import { lHead } from './words.ts'

export interface LastRise {
  readonly cases: readonly CaseOutcome[]
  /** The logarithm of the quotient is 0: solved for real N and rounded down, it gives the estimate. */
  readonly equation: Rel | undefined
  readonly blocks: readonly Block[]
  readonly short: Section
  readonly sections: readonly Section[]
}

/** The logarithm of the quotient, opened. */
const logQuotient = (s: Setting, ratio: Expr, facts: readonly Prop[]): Chain =>
  chain(
    {
      id: 'log-quotient',
      subject: log(div(lHead(s), call('L', [sub(s.unknown, ONE)]))),
      start: log(ratio),
      origin: { kind: 'term' },
      given: [...s.model.assume, ...facts],
      domain: isIn(s.unknown, s.interior.domains.get(s.unknown.name) ?? s.space),
    },
    [{ by: seq(attempt(everywhere(laws('log.product'))), attempt(openPowers), attempt(splitSums), attempt(tidy)) }],
    s.interior,
  )

/** The same formula for all real values above the lower end, without an upper end. */
const unbounded = (s: Setting): Setting => {
  const set = s.interior.domains.get(s.unknown.name)
  if (set?.kind !== 'interval') return s
  const space = interval(set.lo, infinity, set.closed[0], false)
  return { ...s, space: interval(s.space.lo, infinity), interior: within(s.interior, s.unknown.name, space) }
}

/** "The quotient is at least 1" with the denominator on the other side, where it is positive. */
const atLeastOne = (ratio: Expr, unknown: string, cx: Context): Prop => {
  const isBelow = (f: Expr): boolean => f.kind === 'pow' && f.exponent.kind === 'num' && Q.sign(f.exponent.value) < 0
  const below = factors(ratio).filter(isBelow)
  const denominator = mulAll(
    below.map(f => (f.kind === 'pow' && f.exponent.kind === 'num' ? pow(f.base, { ...f.exponent, value: Q.negate(f.exponent.value) }) : f)),
  )
  const numerator = mulAll(factors(ratio).filter(f => !isBelow(f)))
  const isPlain = below.length > 0 && mentions(denominator, unknown) && signOf(denominator, cx)?.sign === 'pos'
  return isPlain ? le(denominator, numerator) : le(ONE, ratio)
}

const prose = (content: Phrase): Block => ({ type: 'prose', content })

/** The estimate as the last integer up to which the likelihood does not fall. */
export const lastRise = (s: Setting, b: IntegerBounds, ratio: Expr, facts: readonly Prop[]): LastRise | undefined => {
  const cx = assuming(s.interior, [...s.model.assume, ...facts])
  const low = extreme(b.lows, 'max')
  const high = extreme(b.highs, 'min')
  if (!low) return undefined
  const opened = logQuotient(s, ratio, facts)
  if (opened.lines.length === 0) return undefined
  const d = resultExpr(opened)
  resetQuestions()
  const fall = fallOf(d, s, cx, 3)
  if (!fall) return undefined
  const far = unbounded(s)
  const end = behaviour(d, far, 'hi', assuming(far.interior, [...s.model.assume, ...facts]))
  // where D is constant, its limit is its value
  if (!high && !end) return undefined
  if (fall.constantWhen && end?.kind !== 'crosses') return undefined
  const words = fall.constantWhen ? say`does not rise as ${s.unknown} grows` : say`falls strictly as ${s.unknown} grows`
  const slope = fall.why.length > 0 ? undefined : slopeOf(d, s, cx)
  const why: Phrase = slope ? say`: its derivative ${slope} is negative` : fall.why
  const first = prose(
    say`Its logarithm tells by its sign where the likelihood rises from ${sub(s.unknown, ONE)} to ${s.unknown} (positive) and where it falls (negative).`,
  )
  if (!high && end?.kind === 'short') {
    const found = oneWay(s, b, true, and(), undefined)
    if (!found) return undefined
    const sentence = say`It ${words}${why}, and tends to ${end.value} as ${s.unknown} → ${infinity}: it is positive for every ${s.unknown}, so the likelihood rises for ever and no maximum exists.`
    return {
      cases: [found],
      equation: undefined,
      blocks: [first, opened, prose(sentence)],
      ...ending(s, [found], ['No maximum exists for any sample.']),
    }
  }
  if (!high && end?.kind !== 'crosses') return undefined
  const least = atLeastOne(ratio, s.unknown.name, cx)
  const limit: Phrase = high
    ? say`The parameter space ends at ${high}, so there is a last integer at which it is not negative, or none above ${low}.`
    : say`It tends to ${end?.value ?? ZERO} as ${s.unknown} → ${infinity}, so it is negative in the end: there is a last integer at which it is not negative, or none above ${low}.`
  const main: CaseOutcome = {
    when: and(),
    attained: 'integer',
    candidates: [low, ...(high ? [high] : [])],
    where: ['the last integer up to which the likelihood does not fall'],
    why: say`${lHead(s)} rises up to it and falls after it`,
    said: say`the last integer with ${least}, or ${low}`,
    blocks: [],
    global: 'comparison',
  }
  const sentence: Phrase = say`${hatted(s)} is the largest integer ${s.unknown} above ${{ math: low, plainNames: true }}${high ? say` and up to ${high}` : []} with ${{ math: least, plainNames: true }}, and ${{ math: low, plainNames: true }} itself if there is none. (Where both sides are equal, ${hatted(s)} − 1 is as likely.) There is no closed form.`
  return {
    cases: [main],
    equation: eq(d, ZERO),
    blocks: [
      first,
      opened,
      prose(
        say`It ${words}${why}. ${limit} Up to that integer the likelihood does not fall, after it the likelihood falls. Where the quotient is exactly ${ONE} there, ${s.unknown} and ${sub(s.unknown, ONE)} are equally likely.`,
      ),
    ],
    ...ending(s, [main], sentence, [
      {
        type: 'section',
        id: 'computing',
        title: 'Computing it',
        blocks: [
          prose(
            say`Start at ${eq(s.unknown, low)} and raise ${s.unknown} by ${ONE} as long as ${least} holds for the next integer. Or solve ${eq(d, ZERO)} for real ${s.unknown} and round down.`,
          ),
        ],
      },
    ]),
  }
}

const ending = (
  s: Setting,
  cases: readonly CaseOutcome[],
  sentence: Phrase,
  more: readonly Section[] = [],
): Pick<LastRise, 'short' | 'sections'> => ({
  short: { type: 'section', id: 'short', title: '', blocks: [prose(sentence)] },
  sections: [...more, { type: 'section', id: 'conclusion', title: 'Conclusion', blocks: [prose(sentence), table(s, cases)] }],
})
