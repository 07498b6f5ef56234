/**
 * Multiples D = m·ℓ' of the score (m > 0) that fall on the whole parameter space, and what D does at its two ends: from
 * these follow existence and uniqueness of a root of the score equation. Refuses where the fall or an end is not known.
 */
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { collected, commonDenominator, mergedProduct, multipliedThrough } from '../rewrite/arithmetic.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import type { Form } from '../solve/moves.ts'
import type { Solution } from '../solve/one-equation.ts'
import { polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { type Expr, MINUS_ONE, not, type Prop, pow, sub } from '../term/term.ts'
import { factors, mentions, summands } from '../term/walk.ts'
import { type AtEnd, behaviour } from './end-behaviour.ts'
import { resetQuestions, signThroughout } from './interval-sign.ts'
import { sinceWords } from './reasons.ts'
import type { Setting } from './setting.ts'
import { decidingSlope } from './stationary.ts'

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

/** True if the equation leaves at most finitely many values of the unknown. */
export const pins = (p: Prop, s: Setting): boolean => {
  if (p.kind === 'all') return pins(p.body, s)
  if (p.kind !== 'rel' || p.op !== '=') return false
  const poly = polynomialIn(sub(p.left, p.right), s.unknown)
  const lead = poly?.get(Math.max(...poly.keys()))
  return poly !== undefined && Math.max(...poly.keys()) > 0 && lead?.kind === 'num'
}

/** Whether D falls, with the reason; a weak fall only where it is constant for samples that can be named. */
const fallOf = (d: Expr, s: Setting, cx: Context, fuel: number): { readonly why: Phrase; readonly constantWhen?: Prop } | undefined => {
  const slope = decidingSlope(d, s)
  const found = slope && signThroughout(slope, s, cx, fuel)
  if (!found) return undefined
  const { verdict } = found
  if (verdict.sign === 'neg')
    return {
      why: found.how.length > 0 ? say`: its derivative ${found.how}` : sinceWords([verdict.why], ' because ', [s.unknown.name, 'n']),
    }
  const { zeroWhen } = verdict
  if (verdict.sign !== 'nonpos' || !zeroWhen) return undefined
  const plain = { why: sinceWords([verdict.why], ' because ', [s.unknown.name, 'n']) }
  if (cx.facts.some(f => f.prop.kind === 'not' && same(f.prop.prop, zeroWhen))) return plain
  // a slope that is 0 at single points only is no less strict a fall
  if (mentions(zeroWhen, s.unknown.name)) return pins(zeroWhen, s) ? plain : undefined
  return { ...plain, constantWhen: zeroWhen }
}

/** A falling form of the score whose behaviour at both ends is known: by its structure, or else by calculus. */
export const fallingForm = (s: Setting, score: Expr, solution: Solution, cx: Context): Falling | undefined => {
  resetQuestions()
  const forms = candidates(s, score, solution, cx)
  for (const fuel of [0, 5]) {
    let weak: Falling | undefined
    let plain: Falling | undefined
    for (const form of forms) {
      const fall = fallOf(form.difference, s, cx, fuel)
      if (!fall) continue
      const inside = fall.constantWhen ? assuming(cx, [not(fall.constantWhen)]) : cx
      const lo = behaviour(form.difference, s, 'lo', inside)
      const hi = lo && behaviour(form.difference, s, 'hi', inside)
      if (!lo || !hi) continue
      const found: Falling = { d: form.difference, multiplier: form.multiplier, lo, hi, ...fall }
      // a condition on a statistic (k > n) says more than "not all of them are 1"
      const isSaid = [lo, hi].every(e => e.generic === undefined || e.generic.kind === 'rel')
      if (!fall.constantWhen && isSaid) return found
      if (fall.constantWhen) weak ??= found
      else plain ??= found
    }
    const found = plain ?? weak
    if (found) return found
  }
  return undefined
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
