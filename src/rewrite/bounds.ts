/**
 * Lower and upper bounds of a term from declared domains and facts: what Σ x_i inherits from x_i ∈ {0,1}.
 * A bound is a term that is easier to compare; whether it is attained travels with it.
 */
import { functions } from '../term/functions.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { recall, record, type TermMap, termMap } from '../term/remembered.ts'
import {
  add,
  all,
  type Expr,
  eq,
  type Fn,
  fn,
  isOne,
  isZero,
  MINUS_ONE,
  mul,
  neg,
  num,
  ONE,
  type Pow,
  type Prop,
  pow,
  type SetTerm,
  sub,
  ZERO,
} from '../term/term.ts'
import { hasKind, replace, shift, subterms } from '../term/walk.ts'
import { type Context, domainOf, enter, knowledge, type Reason } from './facts.ts'
import { isSpent, signOf } from './sign.ts'
import { deepestBinder } from './sign-structure.ts'
import { isInsideOfRange } from './sign-trigonometry.ts'

export interface OneBound {
  readonly value: Expr
  /** False: the term is strictly beyond the bound. */
  readonly attained: boolean
  /** When the term equals the bound, if more telling than the equation itself (every x_i = 1). */
  readonly when: Prop | undefined
  readonly why: Reason
}
export interface Bounds {
  readonly lo: OneBound | undefined
  readonly hi: OneBound | undefined
}

const boundAt = (value: Expr, attained: boolean, why: Reason, when?: Prop): OneBound => ({ value, attained, when, why })
const between = (lo: OneBound | undefined, hi: OneBound | undefined): Bounds => ({ lo, hi })
const unbounded: Bounds = between(undefined, undefined)

const endOf = (end: Expr, attained: boolean, why: Reason): OneBound | undefined =>
  end.kind === 'infinity' ? undefined : boundAt(end, attained, why)

const ofSet = (set: SetTerm, why: Reason): Bounds => {
  switch (set.kind) {
    case 'interval':
      return between(endOf(set.lo, set.closed[0], why), endOf(set.hi, set.closed[1], why))
    case 'range':
      return between(endOf(set.lo, true, why), endOf(set.hi, true, why))
    case 'finite': {
      const values = set.elements
      const [first] = values
      if (!first) return unbounded
      if (values.length === 1) return between(boundAt(first, true, why), boundAt(first, true, why))
      // elements of a finite set are in structural order: numerals ascend
      const last = values.at(-1)
      if (!last || !values.every(v => v.kind === 'num')) return unbounded
      return between(boundAt(first, true, why), boundAt(last, true, why))
    }
    default:
      return set satisfies never
  }
}

const bySign = (t: Expr, cx: Context): Bounds => {
  const verdict = signOf(t, cx)
  switch (verdict?.sign) {
    case 'pos':
      return between(boundAt(ZERO, false, verdict.why), undefined)
    case 'neg':
      return between(undefined, boundAt(ZERO, false, verdict.why))
    case 'nonneg':
      return between(boundAt(ZERO, true, verdict.why, verdict.zeroWhen), undefined)
    case 'nonpos':
      return between(undefined, boundAt(ZERO, true, verdict.why, verdict.zeroWhen))
    case 'zero': {
      const b = boundAt(ZERO, true, verdict.why)
      return between(b, b)
    }
    default:
      return unbounded
  }
}

interface Corner {
  readonly value: Q.Rational
  readonly attained: boolean
}

/** Interval arithmetic where every factor has numerals for both bounds: −1 < θ < 1 and −1 < x < 1 give −1 < θx < 1. */
const numeralProduct = (parts: readonly Expr[], cx: Context): Bounds | undefined => {
  const why: Reason[] = []
  const sides: (readonly Corner[])[] = []
  for (const f of parts) {
    const { lo, hi } = boundsOf(f, cx)
    if (lo?.value.kind !== 'num' || hi?.value.kind !== 'num') return undefined
    why.push(lo.why, hi.why)
    sides.push([
      { value: lo.value.value, attained: lo.attained },
      { value: hi.value.value, attained: hi.attained },
    ])
  }
  let corners: readonly Corner[] = [{ value: Q.one, attained: true }]
  for (const ends of sides) {
    corners = corners.flatMap(c => ends.map(e => ({ value: Q.times(c.value, e.value), attained: c.attained && e.attained })))
    let [least, most] = [corners[0]?.value ?? Q.one, corners[0]?.value ?? Q.one]
    for (const c of corners) {
      if (Q.compare(c.value, least) < 0) least = c.value
      if (Q.compare(c.value, most) > 0) most = c.value
    }
    // an extreme value is attained if it is attained at any corner that has it
    const extreme = (value: Q.Rational): Corner => ({
      value,
      attained: corners.some(c => Q.equal(c.value, value) && c.attained),
    })
    corners = [extreme(least), extreme(most)]
  }
  // 0·u is 0 whatever u is
  const isMixed = parts.filter(p => p.kind !== 'num').length > 1
  const bound = (c: Corner | undefined): OneBound | undefined =>
    c && boundAt(num(c.value), c.attained || (isMixed && Q.isZero(c.value)), { kind: 'by', law: 'interval arithmetic', of: why })
  const [lo, hi] = [bound(corners[0]), bound(corners[1])]
  return lo && hi ? between(lo, hi) : undefined
}

/** Interval arithmetic for a sum whose summands all have numerals for a bound on that side. */
const numeralSum = (parts: readonly Expr[], cx: Context): Bounds | undefined => {
  const bounds = parts.map(p => boundsOf(p, cx))
  const side = (end: 'lo' | 'hi'): OneBound | undefined => {
    let total = Q.zero
    let attained = true
    for (const b of bounds) {
      const own = b[end]
      if (own?.value.kind !== 'num') return undefined
      total = Q.plus(total, own.value.value)
      attained = attained && own.attained
    }
    return boundAt(num(total), attained, { kind: 'by', law: 'interval arithmetic', of: bounds.flatMap(b => (b[end] ? [b[end].why] : [])) })
  }
  const [lo, hi] = [side('lo'), side('hi')]
  return lo && hi ? between(lo, hi) : undefined
}

/** 2^u is on the side of 1 on which u is of 0, and 2^(−u) on the other one. */
const besideOne = (t: Pow, cx: Context): Bounds | undefined => {
  if (t.base.kind !== 'num' || Q.sign(t.base.value) <= 0 || isOne(t.base)) return undefined
  const v = signOf(t.exponent, cx)
  if (v?.sign !== 'pos' && v?.sign !== 'neg') return undefined
  const above = (v.sign === 'pos') === Q.compare(t.base.value, Q.one) > 0
  const one: OneBound = boundAt(ONE, false, v.why)
  return above ? between(one, undefined) : between(boundAt(ZERO, false, v.why), one)
}

/** −1 < u < 1 gives u² < 1. */
const evenPower = (t: Pow, cx: Context): Bounds | undefined => {
  const e = t.exponent
  if (e.kind !== 'num' || e.value.den !== 1n || e.value.num <= 0n || e.value.num % 2n !== 0n) return undefined
  const base = boundsOf(t.base, cx)
  if (base.lo?.value.kind !== 'num' || base.hi?.value.kind !== 'num' || Q.sign(base.lo.value.value) >= 0) return undefined
  const [a, b] = [Q.absolute(base.lo.value.value), Q.absolute(base.hi.value.value)]
  const order = Q.compare(a, b)
  const attained = (order >= 0 && base.lo.attained) || (order <= 0 && base.hi.attained)
  const why: Reason = { kind: 'by', law: 'interval arithmetic', of: [base.lo.why, base.hi.why] }
  return between(boundAt(ZERO, true, why, eq(t.base, ZERO)), boundAt(pow(num(order > 0 ? a : b), e), attained, why))
}

/** x³ between the cubes of its ends, where x takes both signs. */
const oddPower = (t: Pow, cx: Context): Bounds | undefined => {
  const e = t.exponent
  if (e.kind !== 'num' || e.value.den !== 1n || e.value.num <= 1n || e.value.num % 2n === 0n) return undefined
  const base = boundsOf(t.base, cx)
  if (base.lo?.value.kind !== 'num' || Q.sign(base.lo.value.value) >= 0) return undefined
  const raised = (b: OneBound | undefined): OneBound | undefined =>
    b?.value.kind === 'num' ? boundAt(pow(b.value, e), b.attained, b.why, b.when) : undefined
  return between(raised(base.lo), raised(base.hi))
}

/** A function that is monotone on the whole line lies between its limits: 0 < Φ(u) < 1. */
const betweenLimits = (t: Fn): Bounds | undefined => {
  const limits = functions.get(t.name)?.limits
  const at = (negative: boolean): Expr | undefined => limits?.find(l => l.to.kind === 'infinity' && l.to.negative === negative)?.value
  const [low, high] = [at(true), at(false)]
  if (!low || !high || low.kind === 'infinity' || high.kind === 'infinity' || t.name === 'sign') return undefined
  const why: Reason = { kind: 'by', law: `range of ${t.name}`, of: [] }
  const bound = (value: Expr): OneBound => boundAt(value, false, why)
  return functions.get(t.name)?.monotone === 'decreasing' ? between(bound(high), bound(low)) : between(bound(low), bound(high))
}

/** −1 ≤ cos u ≤ 1, strictly where u keeps away from the ends of a half turn; the same for the sine. */
const ofTrigonometry = (t: Fn, cx: Context): Bounds | undefined => {
  if (t.name !== 'sin' && t.name !== 'cos') return undefined
  const attained = !isInsideOfRange(t, u => signOf(u, cx))
  const why: Reason = { kind: 'by', law: `range of ${t.name}`, of: [] }
  return { lo: { value: MINUS_ONE, attained, when: undefined, why }, hi: { value: ONE, attained, when: undefined, why } }
}

/** Longer terms are not tabulated value by value. */
const shortTerm = 120

/** A function of one entry with finitely many values: the least and the largest of them (x ∈ {−1, 0, 1} gives 0 ≤ x² ≤ 1). */
const overFiniteSet = (t: Expr, cx: Context): Bounds | undefined => {
  if (t.size > shortTerm || !hasKind(t, 'at')) return undefined
  const entries: Expr[] = []
  for (const u of subterms(t)) {
    if (u.kind === 'at' && !entries.some(e => same(e, u))) entries.push(u)
    else if (u.kind === 'sym' || u.kind === 'big') return undefined
  }
  const [entry] = entries
  const domain = entry && domainOf(entry, cx)
  if (!entry || entries.length > 1 || domain?.set.kind !== 'finite' || domain.set.elements.length > 12) return undefined
  const values = domain.set.elements.map(e => normalForm(replace(t, entry, e) as Expr))
  const ordered = values.flatMap(v => (v.kind === 'num' ? [v] : [])).sort((a, b) => Q.compare(a.value, b.value))
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (!first || !last || ordered.length < values.length) return undefined
  const why: Reason = { kind: 'given', fact: domain.fact }
  return between(boundAt(first, true, why), boundAt(last, true, why))
}

/** log 1 is 0: a bound is compared, never shown. */
const simplest = (name: string, u: Expr): Expr => (name === 'log' && isOne(u) ? ZERO : fn(name, u))

/** Lower and upper bound of t (none, one or both). */
export const boundsOf = (t: Expr, cx: Context): Bounds => {
  if (t.size < longTerm) return computed(t, cx)
  const table = found(cx)
  const known = recall(table, t)
  if (known) return known
  if (isSpent()) return unbounded
  const bounds = computed(t, cx)
  if (!isSpent()) record(table, t, bounds)
  return bounds
}
/** Several ways ask for the bounds of the same part, at every level of parts within parts: those of long terms are kept. */
const longTerm = 24
const found = knowledge((): TermMap<Bounds> => termMap())

const computed = (t: Expr, cx: Context): Bounds => {
  if (t.kind === 'num') {
    const b: OneBound = boundAt(t, true, { kind: 'by', law: 'numerals', of: [] })
    return between(b, b)
  }
  const domain = domainOf(t, cx)
  if (domain) return ofSet(domain.set, { kind: 'given', fact: domain.fact })
  if (t.kind === 'bound') {
    const range = cx.binders[t.depth]
    if (!range) return unbounded
    const why: Reason = { kind: 'by', law: 'range of the index', of: [] }
    return between(endOf(range.lo, true, why), endOf(range.hi, true, why))
  }
  if (t.kind === 'big' && cx.binders.length >= deepestBinder) return unbounded
  if (t.kind === 'big' && (t.op === 'sum' || t.op === 'max' || t.op === 'min' || t.op === 'order')) {
    const inner = boundsOf(t.body, enter(cx, t, 2))
    const count = add(t.hi, ONE, neg(t.lo))
    const gap = signOf(sub(t.hi, t.lo), cx)?.sign
    const nonempty = gap === 'pos' || gap === 'nonneg' || gap === 'zero'
    // the largest is at the lower bound only if all are there
    const isOfAll = (side: 'lo' | 'hi'): boolean => (t.op === 'max' && side === 'lo') || (t.op === 'min' && side === 'hi')
    const lift = (b: OneBound | undefined, side: 'lo' | 'hi'): OneBound | undefined => {
      if (!b || (b.value.free & 1) !== 0) return undefined
      const value = shift(b.value, -1, 1)
      const entry: Prop = b.when ?? eq(t.body, b.value)
      const when: Prop = all(t.lo, t.hi, entry)
      if (t.op !== 'sum')
        return boundAt(value, b.attained, { kind: 'by', law: 'every entry is bounded', of: [b.why] }, isOfAll(side) ? when : undefined)
      // an empty sum is 0 = 0·bound: every one of no summands is at its bound
      return boundAt(mul(count, value), b.attained || !nonempty, { kind: 'by', law: 'each summand is bounded', of: [b.why] }, when)
    }
    const lo = lift(inner.lo, 'lo')
    const hi = lift(inner.hi, 'hi')
    return between(lo, hi)
  }
  const listed = overFiniteSet(t, cx)
  if (listed) return listed
  if (t.kind === 'mul') {
    const product = numeralProduct(t.factors, cx)
    if (product) return product
  }
  if (t.kind === 'add') {
    const sum = numeralSum(t.terms, cx)
    if (sum) return sum
  }
  if (t.kind === 'pow') {
    const own = besideOne(t, cx) ?? evenPower(t, cx) ?? oddPower(t, cx)
    if (own) return own
  }
  if (t.kind === 'fn') {
    const own = betweenLimits(t) ?? ofTrigonometry(t, cx)
    if (own) return own
  }
  if (t.kind === 'pow' && signOf(t.exponent, cx)?.sign === 'pos') {
    const base = boundsOf(t.base, cx)
    if (base.lo && (isZero(base.lo.value) || signOf(base.lo.value, cx)?.sign === 'pos')) {
      const raise = (b: OneBound | undefined): OneBound | undefined =>
        b && boundAt(isZero(b.value) ? ZERO : pow(b.value, t.exponent), b.attained, b.why, b.when)
      const lo = raise(base.lo)
      const hi = raise(base.hi)
      return between(lo, hi)
    }
  }
  if (t.kind === 'fn' && t.name === 'abs' && t.args[0]) {
    const { lo, hi } = boundsOf(t.args[0], cx)
    if (lo?.value.kind === 'num' && hi?.value.kind === 'num') {
      const [a, b] = [Q.absolute(lo.value.value), Q.absolute(hi.value.value)]
      const order = Q.compare(a, b)
      const why: Reason = { kind: 'by', law: 'interval arithmetic', of: [lo.why, hi.why] }
      const attained = (order >= 0 && lo.attained) || (order <= 0 && hi.attained)
      return between(bySign(t, cx).lo, boundAt(num(order > 0 ? a : b), attained, why))
    }
  }
  if (t.kind === 'fn' && t.args[0] && t.args.length === 1) {
    const increasing = functions.get(t.name)?.monotone === 'increasing'
    const everywhere = t.name === 'exp'
    const inner = increasing ? boundsOf(t.args[0], cx) : unbounded
    // the table promises monotony on the positive reals only
    const usable = everywhere || (inner.lo && (isZero(inner.lo.value) ? !inner.lo.attained : signOf(inner.lo.value, cx)?.sign === 'pos'))
    const raise = (b: OneBound | undefined): OneBound | undefined =>
      b && usable && ((everywhere && !isZero(b.value)) || signOf(b.value, cx)?.sign === 'pos')
        ? boundAt(simplest(t.name, b.value), b.attained, b.why, b.when ?? eq(t.args[0] as Expr, b.value))
        : undefined
    const zero = (b: OneBound | undefined): OneBound | undefined =>
      b && everywhere && isZero(b.value) ? boundAt(ONE, b.attained, b.why, b.when) : undefined
    // e^u lies on the side of 1 on which u lies of 0
    const beside = (b: OneBound | undefined, sign: -1 | 1): OneBound | undefined =>
      b && everywhere && b.value.kind === 'num' && Q.sign(b.value.value) === sign ? boundAt(ONE, false, b.why) : undefined
    const own = bySign(t, cx)
    const atNumeral = t.args[0].kind === 'num'
    const lo = (atNumeral ? beside(inner.lo, 1) : raise(inner.lo)) ?? zero(inner.lo) ?? own.lo
    const hi = (atNumeral ? undefined : raise(inner.hi)) ?? zero(inner.hi) ?? beside(inner.hi, -1) ?? own.hi
    return between(lo, hi)
  }
  if (t.kind === 'iverson') {
    const why: Reason = { kind: 'by', law: 'an indicator is 0 or 1', of: [] }
    return between(boundAt(ZERO, true, why), boundAt(ONE, true, why, t.cond))
  }
  return t.kind === 'sym' || t.kind === 'at' ? unbounded : bySign(t, cx)
}
