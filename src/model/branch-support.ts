/**
 * A support that an author wrote into the density: x ≤ θ ? 1/θ : 0, or 1{x ≤ θ}/θ. The condition goes where the support is
 * declared, so that a reader of the model sees one support. Refuses conditions that are no ends of one interval or range.
 */
import { type Context, context } from '../rewrite/facts.ts'
import { proveInteger, signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  add,
  addAll,
  and,
  type Cases,
  cases,
  type Expr,
  interval,
  isZero,
  iverson,
  mul,
  mulAll,
  not,
  num,
  type Prop,
  range,
  type SetTerm,
  sub,
  sym,
  ZERO,
} from '../term/term.ts'
import { factors, mentions, summands } from '../term/walk.ts'

/** Conditions x < c, x < d of later and later ends: where the first of them fails, so does none of the others. */
const areNested = (branches: Cases['branches'], x: Expr, cx: Context): boolean => {
  const highs = branches.map(b => endsOf(b.when, x)).map(e => (e?.length === 1 && e[0]?.side === 'hi' ? e[0].value : undefined))
  return highs.every((h, k) => {
    const before = k === 0 ? h : highs[k - 1]
    return h !== undefined && before !== undefined && ['pos', 'nonneg', 'zero'].includes(signOf(sub(h, before), cx)?.sign ?? '')
  })
}

/** f and the conditions under which the density is not 0. */
const apart = (density: Expr, x: Expr, cx: Context): { readonly value: Expr; readonly when: readonly Prop[] } | undefined => {
  const when: Prop[] = []
  let value = density
  while (value.kind === 'cases' && value.otherwise) {
    const { branches, otherwise }: Cases = value
    const [first, ...more] = branches
    const last = branches.at(-1)
    if (first && isZero(first.value)) {
      when.push(not(first.when))
      value = more.length > 0 ? cases(more, otherwise) : otherwise
    } else if (last && isZero(otherwise) && (branches.length === 1 || areNested(branches, x, cx))) {
      when.push(last.when)
      value = branches.length === 1 ? last.value : cases(branches.slice(0, -1), last.value)
    } else break
  }
  if (when.length > 0) return { value, when }
  const isCondition = (f: Expr): boolean => f.kind === 'iverson' && x.kind === 'sym' && mentions(f.cond, x.name)
  const conditions = factors(density).flatMap(f => (f.kind === 'iverson' && isCondition(f) ? [f.cond] : []))
  return conditions.length === 0 ? undefined : { value: mulAll(factors(density).filter(f => !isCondition(f))), when: conditions }
}

interface End {
  readonly side: 'lo' | 'hi'
  readonly value: Expr
  readonly closed: boolean
}

/** The ends that a condition sets: θ ≤ x, x < 2θ, |x| ≤ θ, and several of them. */
const endsOf = (p: Prop, x: Expr): readonly End[] | undefined => {
  if (p.kind === 'and') {
    const all = p.props.map(q => endsOf(q, x))
    return all.every(e => e !== undefined) ? all.flatMap(e => e ?? []) : undefined
  }
  if (p.kind !== 'rel' || (p.op !== '<' && p.op !== '<=')) return undefined
  const closed = p.op === '<='
  const isFree = (t: Expr): boolean => x.kind === 'sym' && !mentions(t, x.name)
  if (same(p.left, x) && isFree(p.right)) return [{ side: 'hi', value: p.right, closed }]
  if (same(p.right, x) && isFree(p.left)) return [{ side: 'lo', value: p.left, closed }]
  const inner = p.left.kind === 'fn' && p.left.name === 'abs' ? p.left.args[0] : undefined
  const centre = inner && isFree(p.right) ? centreOf(inner, x) : undefined
  return centre
    ? [
        { side: 'lo', value: sub(centre, p.right), closed },
        { side: 'hi', value: add(centre, p.right), closed },
      ]
    : undefined
}

/** m of x − m, and of m − x. */
const centreOf = (t: Expr, x: Expr): Expr | undefined => {
  for (const sign of [1, -1]) {
    const own = mul(num(sign), x)
    const parts = summands(t)
    const rest = parts.filter(u => !same(u, own))
    if (rest.length === parts.length - 1 && x.kind === 'sym' && rest.every(u => !mentions(u, x.name)))
      return addAll(rest.map(u => mul(num(-sign), u)))
  }
  return undefined
}

/** The declared support cut by the ends; undefined where both set the same end. */
const cut = (support: SetTerm, ends: readonly End[], cx: Context): SetTerm | undefined => {
  // of integers x < N says x ≤ N − 1
  const told = ends.map(e =>
    support.kind === 'range' && !e.closed && proveInteger(e.value, cx)
      ? { ...e, value: add(e.value, num(e.side === 'lo' ? 1 : -1)), closed: true }
      : e,
  )
  const [low, ...lows] = told.filter(e => e.side === 'lo')
  const [high, ...highs] = told.filter(e => e.side === 'hi')
  if (lows.length > 0 || highs.length > 0 || support.kind === 'finite') return undefined
  const isUp = (t: Expr): boolean => ['pos', 'nonneg', 'zero'].includes(signOf(t, cx)?.sign ?? '')
  const isTaken = (own: Expr, e: End | undefined): boolean =>
    e !== undefined && own.kind !== 'infinity' && !isUp(e.side === 'lo' ? sub(e.value, own) : sub(own, e.value))
  if (isTaken(support.lo, low) || isTaken(support.hi, high)) return undefined
  if (support.kind === 'range') {
    return [low, high].some(e => e && !e.closed) ? undefined : range(low?.value ?? support.lo, high?.value ?? support.hi)
  }
  // an end that stays away from the declared one is as its condition says; where the two may meet, both have to say the same
  const isClosed = (e: End | undefined, own: Expr, isOwn: boolean): boolean | undefined => {
    if (!e) return isOwn
    const gap = own.kind === 'infinity' ? 'pos' : signOf(e.side === 'lo' ? sub(e.value, own) : sub(own, e.value), cx)?.sign
    return gap === 'pos' || e.closed === isOwn ? e.closed : gap === 'zero' ? false : undefined
  }
  const closed = [isClosed(low, support.lo, support.closed[0]), isClosed(high, support.hi, support.closed[1])]
  const [atLow, atHigh] = closed
  if (atLow === undefined || atHigh === undefined) return undefined
  return interval(low?.value ?? support.lo, high?.value ?? support.hi, atLow, atHigh)
}

/** Density and support of one observation x with the condition moved to the support, if that says the same. */
export const withoutBranch = (
  density: Expr,
  name: string,
  support: SetTerm,
  unknowns: readonly string[],
  cx: Context,
): { readonly density: Expr; readonly support: SetTerm } | undefined => {
  const found = apart(density, sym(name), cx)
  if (!found) return undefined
  const isBound = (p: Prop): boolean =>
    p.kind === 'and' ? p.props.every(isBound) : p.kind === 'rel' && (p.op === '<' || p.op === '<=') && mentions(p, name)
  const isLine = unknowns.every(u => cx.domains.get(u)?.kind === 'interval') && support.kind === 'interval'
  // conditions that are no ends of an interval stay in the density as an indicator
  const asFactor =
    density.kind === 'cases' && isLine && found.when.some(p => unknowns.some(u => mentions(p, u))) && found.when.every(isBound)
      ? { density: mul(iverson(and(...found.when)), found.value), support }
      : undefined
  const ends: End[] = []
  for (const p of found.when) {
    const own = endsOf(p, sym(name))
    if (!own) return asFactor
    ends.push(...own.filter(e => !(same(e.value, ZERO) && e.side === 'lo' && support.kind === 'interval' && same(support.lo, ZERO))))
  }
  const set = cut(support, ends, cx)
  return set ? { density: found.value, support: set } : asFactor
}

/** |x| ≥ θ or x² ≤ θ as a support: one side speaks of the observation only, the other of the parameter and not of the observation. */
export const gapOf = (p: Prop, name: string, unknowns: readonly string[]): Prop | undefined => {
  if (p.kind !== 'rel' || (p.op !== '<' && p.op !== '<=')) return undefined
  const isOfData = (t: Expr): boolean => mentions(t, name) && !unknowns.some(u => mentions(t, u))
  const isOfUnknown = (t: Expr): boolean => !mentions(t, name) && unknowns.some(u => mentions(t, u))
  return (isOfData(p.left) && isOfUnknown(p.right)) || (isOfData(p.right) && isOfUnknown(p.left)) ? p : undefined
}

/** {θ − 1, θ, θ + 1} for an integer θ is the range θ − 1..θ + 1. */
export const asRange = (set: SetTerm, cx: Context): SetTerm => {
  const [first, ...others] = set.kind === 'finite' ? set.elements : []
  if (!first || others.length === 0 || !proveInteger(first, cx) || proveInteger(first, context())) return set
  const steps = [ZERO, ...others.map(e => normalForm(sub(e, first)))].map(d => (d.kind === 'num' ? Q.toNumber(d.value) : Number.NaN))
  const [low, high] = [Math.min(...steps), Math.max(...steps)]
  const isWhole = steps.every(Number.isInteger) && new Set(steps).size === steps.length && high - low === steps.length - 1
  return isWhole ? range(add(first, num(low)), add(first, num(high))) : set
}
