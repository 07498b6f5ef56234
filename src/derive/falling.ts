/**
 * Multiples D = m·ℓ' of the score (m > 0) that fall on the whole parameter space, and what D does at its two ends: from
 * these follow existence and uniqueness of a root of the score equation. Refuses where the fall or an end is not known.
 */
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { collected, commonDenominator, mergedProduct, multipliedThrough } from '../rewrite/arithmetic.ts'
import { differentiated } from '../rewrite/derivative.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import type { Form } from '../solve/moves.ts'
import type { Solution } from '../solve/one-equation.ts'
import { normalForm, numeratorDenominator, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { type Expr, infinity, isZero, MINUS_ONE, minusInfinity, mul, neg, not, type Prop, pow, sub } from '../term/term.ts'
import { factors, hasKind, mentions, subterms, summands } from '../term/walk.ts'
import { affineFall } from './affine-score.ts'
import { type AtEnd, behaviour, ofValue } from './end-behaviour.ts'
import type { EndName } from './ends.ts'
import { type FamilyForm, familyForm } from './family.ts'
import { resetQuestions, signThroughout, summandSign } from './interval-sign.ts'
import { isRefuted } from './numeric-look.ts'
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
  const gap = sub(p.left, p.right)
  const poly = polynomialIn(gap, s.unknown) ?? polynomialIn(numeratorDenominator(gap).numerator, s.unknown)
  // with a number among its coefficients it is not the zero polynomial
  return poly !== undefined && [...poly.values()].some(c => c.kind === 'num' && !isZero(c))
}

/** Whether D falls, with the reason; a weak fall only where it is constant for samples that can be named. */
export const fallOf = (
  d: Expr,
  s: Setting,
  cx: Context,
  fuel: number,
): { readonly why: Phrase; readonly constantWhen?: Prop } | undefined => {
  const affine = affineFall(d, s, cx)
  if (affine) return affine
  const slope = decidingSlope(d, s)
  const raw = slope && hasKind(slope, 'big') ? differentiated(d, s.unknown) : undefined
  // no calculus for what numbers refute
  if (fuel > 0 && slope && isRefuted(slope, -1, s)) return undefined
  const found = slope && ((raw && summandSign(raw, s, cx)) ?? signThroughout(slope, s, cx, fuel))
  if (!found) return undefined
  const { verdict } = found
  if (verdict.sign === 'neg')
    return {
      why: found.how.length > 0 ? say`: its derivative ${found.how}` : sinceWords([verdict.why], ' because ', [s.unknown.name, 'n']),
    }
  const { zeroWhen } = verdict
  if (verdict.sign !== 'nonpos' || !zeroWhen) return undefined
  const plain = {
    why: found.how.length > 0 ? say`: its derivative ${found.how}` : sinceWords([verdict.why], ' because ', [s.unknown.name, 'n']),
  }
  if (cx.facts.some(f => f.prop.kind === 'not' && same(f.prop.prop, zeroWhen))) return plain
  // a slope that is 0 at single points only is no less strict a fall
  if (mentions(zeroWhen, s.unknown.name)) return pins(zeroWhen, s) ? plain : undefined
  return { ...plain, constantWhen: zeroWhen }
}

/** Nodes of a score whose derivatives are worth writing out to see whether it falls. */
export const longestScore = 3000

/** A falling form of the score whose behaviour at both ends is known: by its structure, or else by calculus. */
export const fallingForm = (s: Setting, score: Expr, solution: Solution, cx: Context): Falling | undefined => {
  if (score.size > longestScore) return undefined
  resetQuestions()
  const forms = candidates(s, score, solution, cx)
  const size = subterms(score).length + 2
  const [short, long] = [true, false].map(isShort => forms.filter(f => subterms(f.difference).length <= size === isShort))
  return amongForms(s, short ?? [], cx, 0) ?? ofFamily(s, score, cx) ?? amongForms(s, long ?? [], cx, 0) ?? amongForms(s, forms, cx, 5)
}

/** The first of the forms that is known to fall and to have known ends: better one whose condition is said of a statistic. */
const amongForms = (s: Setting, forms: readonly Form[], cx: Context, fuel: number): Falling | undefined => {
  let weak: Falling | undefined
  let plain: Falling | undefined
  for (const form of forms) {
    // what is longer than a form that serves would say no more
    const served = plain ?? weak
    if (served && subterms(form.difference).length > subterms(served.d).length) continue
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
  return plain ?? weak
}

/** T − E T of an exponential family, where its limits are known. */
const ofFamily = (s: Setting, score: Expr, cx: Context): Falling | undefined => {
  const form = familyForm(s, score, cx)
  if (!form) return undefined
  const at = (end: EndName): AtEnd | undefined => behaviour(form.difference, s, end, cx) ?? farEnd(form, s, end, cx)
  const lo = at('lo')
  const hi = lo && at('hi')
  return lo && hi && { d: form.difference, multiplier: form.multiplier, why: form.why, lo, hi }
}

/**
 * The natural parameter runs over the whole line, so that its space is open: then the expected value of T runs to the ends of the
 * range of T. Barndorff-Nielsen, Information and Exponential Families, theorem 9.2.
 */
const farEnd = (form: FamilyForm, s: Setting, end: EndName, cx: Context): AtEnd | undefined => {
  if (!form.isNatural || s.space.lo.kind !== 'infinity' || s.space.hi.kind !== 'infinity') return undefined
  const rises = form.rises === (end === 'hi')
  const limit = rises ? form.range.hi : form.range.lo
  if (!limit) return undefined
  const turn = (t: Expr): Expr => (form.rises ? t : normalForm(neg(t)))
  if (limit.kind === 'infinity') return { end, value: turn(limit.negative ? infinity : minusInfinity), kind: 'crosses' }
  return ofValue(turn(sub(form.statistic, mul(s.size, limit))), end, cx)
}

/** For each of the given ends a form of the score that is positive near the left end, negative near the right end. */
export const inwardForm = (
  s: Setting,
  score: Expr,
  solution: Solution,
  open: readonly EndName[],
  cx: Context,
): readonly { readonly form: Expr; readonly at: AtEnd }[] | undefined => {
  let special: readonly { readonly form: Expr; readonly at: AtEnd }[] | undefined
  for (const { difference: form } of candidates(s, score, solution, cx)) {
    const found: { readonly form: Expr; readonly at: AtEnd }[] = []
    for (const end of open) {
      const at = behaviour(form, s, end, cx)
      if (!at || at.kind === 'short') break
      found.push({ form, at })
    }
    if (found.length < open.length) continue
    if (found.every(f => f.at.kind === 'crosses')) return found
    special ??= found
  }
  return special
}
