/**
 * The stationary point: whether it is a maximum, by which argument, and for which samples it lies in the parameter
 * space. The decreasing form D is m·ℓ' with a proved factor m > 0: it tells on which side of the root a point lies.
 */
import { commonPowers, quotient } from '../../rules/common-factor.ts'
import type { GlobalArgument } from '../document/document.ts'
import { collected, commonDenominator, mergedProduct, multipliedThrough } from '../rewrite/arithmetic.ts'
import { differentiated } from '../rewrite/derivative.ts'
import type { Context } from '../rewrite/facts.ts'
import { signOf, type Verdict } from '../rewrite/sign.ts'
import { isRegularAt } from '../solve/limit.ts'
import type { Solution } from '../solve/one-equation.ts'
import { type OpenCase, openCase, positivity } from '../solve/open-case.ts'
import { normalForm, numeratorDenominator, reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { addAll, deriv, type Expr, eq, isOne, lt, mul, mulAll, neg, num, type Prop, pow, sub } from '../term/term.ts'
import { factors, some, substitute, summands } from '../term/walk.ts'
import { type EndName, endOf, vanishingPowers } from './ends.ts'
import { writtenOut } from './laws.ts'
import type { Setting } from './setting.ts'

/** The derivative as a term, for deciding signs; what is shown is a chain. */
export const slopeOf = (t: Expr, s: Setting, cx: Context): Expr => {
  const done = writtenOut(deriv(t, s.unknown), cx)
  return (done?.term ?? t) as Expr
}

export interface Stationary {
  readonly root: Expr
  readonly argument: GlobalArgument
  /** m > 0 and D = m·ℓ' strictly decreasing, when the argument is the sign change. */
  readonly form?: { readonly multiplier: Expr; readonly difference: Expr }
}

/** The derivative in its normal form, for deciding signs only; undefined where it is not known. */
export const decidingSlope = (t: Expr, s: Setting): Expr | undefined => {
  const slope = differentiated(t, s.unknown)
  return slope && normalForm(slope)
}

/** An equation of the solution, or such an equation over the unknown, whose difference of sides falls strictly: its root is where ℓ' changes from + to −. */
export const decreasingForm = (s: Setting, solution: Solution, cx: Context): Stationary['form'] => {
  const falls = (difference: Expr): boolean => {
    const slope = decidingSlope(difference, s)
    return slope !== undefined && signOf(slope, cx)?.sign === 'neg'
  }
  const forms = [...solution.forms].reverse()
  const found = forms.find(f => falls(f.difference))
  if (found || signOf(s.unknown, cx)?.sign !== 'pos') return found
  const inverse = pow(s.unknown, num(-1))
  return forms
    .map(f => ({ multiplier: mergedProduct([f.multiplier, inverse]), difference: collected(multipliedThrough(f.difference, inverse)) }))
    .find(f => falls(f.difference))
}

/** N − cN as N, where 1 − c is positive: a sum whose terms share all that is not of one sign. */
const withoutCommonFactor = (t: Expr, positive: (u: Expr) => boolean): Expr | undefined => {
  const form = t.kind === 'add' ? normalForm(t) : t
  const shared = form.kind === 'add' ? commonPowers(form.terms) : undefined
  if (!shared || positive(shared)) return undefined
  const parts = summands(form).map(u => quotient(u, shared))
  if (parts.includes(undefined)) return undefined
  const rest = addAll(parts.flatMap(u => u ?? []))
  return positive(rest) ? shared : positive(addAll(summands(rest).map(neg))) ? neg(shared) : undefined
}

/** A simpler term of the same sign: denominators and factors that are positive taken away. */
const essential = (t: Expr, cx: Context): Expr => {
  const positive = (u: Expr): boolean => signOf(u, cx)?.sign === 'pos'
  const strip = (u: Expr): Expr => {
    if (u.kind === 'pow' && !positive(u) && signOf(u.base, cx)?.sign === 'nonneg') return strip(u.base)
    if (u.kind === 'add') return withoutCommonFactor(u, positive) ?? u
    if (u.kind !== 'mul') return u
    const kept = factors(u)
      .filter(f => (f.kind === 'num' ? f.value.num < 0n : !positive(f)))
      .map(f => (f.kind === 'num' ? num(-1) : f))
    const rest = kept.length === 1 && kept[0] ? strip(kept[0]) : mulAll(kept)
    // −(a − b) is b − a, so that it can be said as an inequality between positive terms
    const inner = rest.kind === 'mul' && rest.factors.length === 2 && rest.factors[0]?.kind === 'num' ? rest.factors[1] : undefined
    if (inner?.kind !== 'add') return rest
    const turned = addAll(inner.terms.map(neg))
    return withoutCommonFactor(turned, positive) ?? turned
  }
  if (t.kind !== 'add') return strip(t)
  const m = commonDenominator(summands(t))
  const cleared = positive(m) ? collected(multipliedThrough(t, m)) : t
  const factored = withoutCommonFactor(cleared, positive)
  if (factored) return strip(factored)
  if (signOf(cleared, cx)) return strip(cleared)
  const { numerator, denominator } = numeratorDenominator(t)
  // Σ(x_i − 1)² − n stays as it is: multiplied out it says less
  return strip(!isOne(denominator) && positive(denominator) ? numerator : cleared)
}

/** True if a is a positive number times b. */
const isMultiple = (a: Expr, b: Expr): boolean => {
  const ratio = reduceFraction(mul(a, pow(b, num(-1))))
  return ratio.kind === 'num' && Q.sign(ratio.value) > 0
}

export type EndVerdict =
  | { readonly kind: 'inside'; readonly verdict?: Verdict }
  | { readonly kind: 'open'; readonly open: OpenCase }
  | {
      readonly kind: 'beyond'
      readonly inside: Prop
      readonly at: Prop
      readonly outside: Prop
      /** The inequality is the sign, at the end, of a multiple of the falling score: beyond it the score has one sign throughout. */
      readonly throughout: boolean
    }

/** On which side of an end of the interior the root lies, and for which samples. */
export const rootAgainstEnd = (
  s: Setting,
  solution: Solution,
  root: Expr,
  form: Stationary['form'],
  end: EndName,
  cx: Context,
): EndVerdict => {
  const to = endOf(s, end)
  if (to.kind === 'infinity') return { kind: 'inside' }
  const direct = end === 'lo' ? sub(root, to) : sub(to, root)
  const v = signOf(direct, cx)
  if (v?.sign === 'pos') return { kind: 'inside', verdict: v }
  // D falls through the root: the root is above the left end exactly when D > 0 there
  // any positive multiple of ℓ' has its sign: one without a pole at the end is looked at there
  const usable = form && [form, ...solution.forms].find(f => isRegularAt(f.difference, s.unknown, to, cx))?.difference
  const atEnd = usable && collected(vanishingPowers(substitute(usable, new Map([[s.unknown.name, to]])), cx))
  const gap = essential(atEnd ? (end === 'lo' ? atEnd : neg(atEnd)) : direct, cx)
  const w = signOf(gap, cx)
  if (w?.sign === 'pos') return { kind: 'inside', verdict: w }
  const known = solution.open.find(o => same(o.generic, positivity(gap)))
  if (known) return { kind: 'open', open: known }
  const open = openCase(gap, cx)
  if (open) return { kind: 'open', open }
  // said of the root itself where that is the same inequality (x̄ > 0 for Σx_i > 0)
  const fraction = numeratorDenominator(direct)
  const isData = (u: Expr): boolean => some(u, v => v.kind === 'at' || (v.kind === 'sym' && s.closed.data.includes(v.name)))
  const isSame = !isData(fraction.denominator) && isMultiple(fraction.numerator, gap)
  const inside = atEnd && !isSame ? positivity(gap) : end === 'lo' ? lt(to, root) : lt(root, to)
  if (inside.kind !== 'rel') return { kind: 'inside' }
  const dataLeft = some(inside.left, u => u.kind === 'at')
  return {
    kind: 'beyond',
    inside,
    at: dataLeft ? eq(inside.left, inside.right) : eq(inside.right, inside.left),
    outside: lt(inside.right, inside.left),
    throughout: atEnd !== undefined,
  }
}
