/**
 * Multiples D = m·ℓ' of the score (m > 0) that fall on the whole parameter space, and what D does at its two ends: from
 * these follow existence and uniqueness of a root of the score equation. Refuses where the fall or an end is not known.
 */
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { collected, commonDenominator, mergedProduct, multipliedThrough } from '../rewrite/arithmetic.ts'
import type { Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { isRegularAt, limitOf } from '../solve/limit.ts'
import type { Form } from '../solve/moves.ts'
import { nearEnd } from '../solve/near-end.ts'
import type { Solution } from '../solve/one-equation.ts'
import { openCase, positivity } from '../solve/open-case.ts'
import { same } from '../term/order.ts'
import { type Expr, eq, isZero, lt, MINUS_ONE, neg, type Prop, pow } from '../term/term.ts'
import { factors, mentions, some, substitute, summands } from '../term/walk.ts'
import { type EndName, endOf, vanishingPowers } from './ends.ts'
import { signThroughout } from './interval-sign.ts'
import { sinceWords } from './reasons.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'

/** What D does at an end: a sign for every sample, or a sign that depends on the sample. */
export interface AtEnd {
  readonly end: EndName
  readonly value: Expr
  readonly kind: 'crosses' | 'short' | 'open'
  /** For 'open': D has the sign that makes a root possible, exactly when this holds; what holds otherwise. */
  readonly generic?: Prop
  readonly others?: readonly { readonly when: Prop; readonly samples?: Prop }[]
}

/** D(end), or its limit there. */
const valueAt = (d: Expr, s: Setting, end: EndName, cx: Context): Expr | undefined => {
  const to = endOf(s, end)
  if (to.kind !== 'infinity' && isRegularAt(d, s.unknown, to, cx))
    return collected(vanishingPowers(substitute(d, new Map([[s.unknown.name, to]])), cx))
  return limitOf(d, { variable: s.unknown, to, side: end === 'lo' ? '+' : '-' }, cx)
}

const turned = (value: Expr, end: EndName): Expr =>
  end === 'lo' ? value : value.kind === 'infinity' ? { ...value, negative: !value.negative } : neg(value)

/** Whether D is positive near the left end, negative near the right end: what a root needs. */
export const behaviour = (d: Expr, s: Setting, end: EndName, cx: Context): AtEnd | undefined => {
  const plain = valueAt(d, s, end, cx)
  const plainSign = plain && signOf(turned(plain, end), cx)?.sign
  if (plain && plainSign === 'pos') return { end, value: plain, kind: 'crosses' }
  if (plain && plainSign === 'neg') return { end, value: plain, kind: 'short' }
  const near = nearEnd(d, { variable: s.unknown, to: endOf(s, end), side: end === 'lo' ? '+' : '-' }, cx)
  if (near?.sign === 'pos' || near?.sign === 'neg')
    return { end, value: near.limit, kind: (near.sign === 'pos') === (end === 'lo') ? 'crosses' : 'short' }
  const value = plain && plain.kind !== 'infinity' ? plain : near?.limit
  if (!value || value.kind === 'infinity') return undefined
  // the limit 0 of a strictly falling function is not reached
  if (isZero(value)) return { end, value, kind: 'short' }
  const wanted = turned(value, end)
  const sign = signOf(wanted, cx)?.sign
  if (sign === 'nonpos' || sign === 'zero') return { end, value, kind: 'short' }
  const open = openCase(wanted, cx)
  if (open)
    return {
      end,
      value,
      kind: 'open',
      generic: open.generic,
      others: [{ when: open.degenerate, ...(open.samples ? { samples: open.samples } : {}) }],
    }
  if (!some(wanted, u => u.kind === 'at')) return undefined
  const generic = positivity(wanted)
  if (generic.kind !== 'rel') return undefined
  return {
    end,
    value,
    kind: 'open',
    generic,
    others: [
      { when: lt(generic.right, generic.left) },
      { when: some(generic.left, u => u.kind === 'at') ? eq(generic.left, generic.right) : eq(generic.right, generic.left) },
    ],
  }
}

export interface Falling {
  readonly d: Expr
  readonly multiplier: Expr
  readonly why: Phrase
  readonly lo: AtEnd
  readonly hi: AtEnd
  /** For a D that is constant for some samples only: which. */
  readonly constantWhen?: Prop
}

/** The forms of the solution, and the score times what clears its denominators in the unknown. */
const candidates = (s: Setting, score: Expr, solution: Solution, cx: Context): readonly Form[] => {
  const list: Form[] = [...solution.forms].reverse()
  const multiply = (m: Expr): void => {
    if (signOf(m, cx)?.sign !== 'pos') return
    const difference = collected(multipliedThrough(score, m))
    if (!list.some(f => same(f.difference, difference))) list.push({ multiplier: m, difference })
  }
  const own = factors(commonDenominator(summands(score))).filter(f => mentions(f, s.unknown.name))
  if (own.length > 0) multiply(mergedProduct(own))
  for (const f of own) multiply(f)
  multiply(s.unknown)
  multiply(pow(s.unknown, MINUS_ONE))
  return list.sort((a, b) => summands(a.difference).length - summands(b.difference).length)
}

/** A multiple D = m·ℓ' of the score (m > 0) that is positive near the left end of Θ and negative near the right end. */
export const crossingForm = (s: Setting, solution: Solution, cx: Context): Form | undefined =>
  [...solution.forms].reverse().find(f => (['lo', 'hi'] as const).every(end => behaviour(f.difference, s, end, cx)?.kind === 'crosses'))

/** Whether D falls, with the reason; a weak fall only where it is constant for samples that can be named. */
const fallOf = (d: Expr, s: Setting, cx: Context): { readonly why: Phrase; readonly constantWhen?: Prop } | undefined => {
  const slope = slopeOf(d, s, cx)
  const found = signThroughout(slope, s, cx)
  if (!found) return undefined
  const { verdict } = found
  if (verdict.sign === 'neg')
    return { why: found.how.length > 0 ? say`: ${found.how}` : sinceWords([verdict.why], ' because ', [s.unknown.name, 'n']) }
  const { zeroWhen } = verdict
  if (verdict.sign !== 'nonpos' || !zeroWhen || mentions(zeroWhen, s.unknown.name)) return undefined
  return { why: sinceWords([verdict.why], ' because ', [s.unknown.name, 'n']), constantWhen: zeroWhen }
}

/** A falling form of the score whose behaviour at both ends is known. */
export const fallingForm = (s: Setting, score: Expr, solution: Solution, cx: Context): Falling | undefined => {
  let weak: Falling | undefined
  for (const form of candidates(s, score, solution, cx)) {
    const fall = fallOf(form.difference, s, cx)
    if (!fall) continue
    const lo = behaviour(form.difference, s, 'lo', cx)
    const hi = lo && behaviour(form.difference, s, 'hi', cx)
    if (!lo || !hi) continue
    const found: Falling = { d: form.difference, multiplier: form.multiplier, lo, hi, ...fall }
    if (!fall.constantWhen) return found
    weak ??= found
  }
  return weak
}

/** A form of the score that is positive near the left end and negative near the right end: a maximum exists inside. */
export const crossing = (
  s: Setting,
  score: Expr,
  solution: Solution,
  cx: Context,
): { readonly form: Form; readonly lo: AtEnd; readonly hi: AtEnd } | undefined => {
  for (const form of candidates(s, score, solution, cx)) {
    const lo = behaviour(form.difference, s, 'lo', cx)
    const hi = lo?.kind === 'crosses' ? behaviour(form.difference, s, 'hi', cx) : undefined
    if (lo && hi?.kind === 'crosses') return { form, lo, hi }
  }
  return undefined
}
