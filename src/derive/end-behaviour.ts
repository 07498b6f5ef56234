/**
 * What a function of the unknown does at an end of the parameter space: a sign for every sample, or a sign that depends
 * on the sample, with the samples of either kind. Where summands of the sample behave differently (x_i = 0 and x_i > 0)
 * the limit is taken for each kind of observation.
 */
import { collected } from '../rewrite/arithmetic.ts'
import { assuming, type Context, enter } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { type Approach, isRegularAt, limitOf } from '../solve/limit.ts'
import { nearEnd } from '../solve/near-end.ts'
import { openCase, positivity } from '../solve/open-case.ts'
import { normalForm, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import {
  add,
  all,
  and,
  at,
  type Big,
  big,
  bound,
  type Expr,
  eq,
  fn,
  isZero,
  iverson,
  le,
  lt,
  mul,
  neg,
  not,
  num,
  ONE,
  or,
  type Prop,
  pow,
  sub,
  TWO,
} from '../term/term.ts'
import { hasKind, mentions, replace, some, substitute, subterms, summands } from '../term/walk.ts'
import { type EndName, endOf, vanishingPowers } from './ends.ts'
import { summandOf } from './interval-sign.ts'
import { factsOf } from './sample-cases.ts'
import type { Setting } from './setting.ts'

/** What D does at an end: a sign for every sample, or a sign that depends on the sample. */
export interface AtEnd {
  readonly end: EndName
  readonly value: Expr
  /** 'crosses': the sign that a root needs, + at the left end and − at the right end; 'short': the other one. */
  readonly kind: 'crosses' | 'short' | 'open'
  /** For 'open': D has the sign that makes a root possible, exactly when this holds; what holds otherwise. */
  readonly generic?: Prop
  /** For a `value` that D has only for some samples: which. */
  readonly valueWhen?: Prop
  readonly others?: readonly { readonly when: Prop; readonly samples?: Prop }[]
}

/** D(end), or its limit there. */
const valueAt = (d: Expr, s: Setting, end: EndName, cx: Context): Expr | undefined => {
  const to = endOf(s, end)
  if (to.kind !== 'infinity' && isRegularAt(d, s.unknown, to, cx))
    return collected(vanishingPowers(substitute(d, new Map([[s.unknown.name, to]])), cx))
  return limitOf(d, approachTo(s, end), cx)
}

const approachTo = (s: Setting, end: EndName): Approach => ({ variable: s.unknown, to: endOf(s, end), side: end === 'lo' ? '+' : '-' })

const turned = (value: Expr, end: EndName): Expr =>
  end === 'lo' ? value : value.kind === 'infinity' ? { ...value, negative: !value.negative } : neg(value)

/** Whether D is positive near the left end, negative near the right end: what a root needs. */
export const behaviour = (d: Expr, s: Setting, end: EndName, cx: Context): AtEnd | undefined => {
  const found = behaviourOf(d, s, end, cx)
  // (Σ e^{θx_i} − n)/θ² comes apart when it is multiplied out
  const isNested = !found && some(d, u => u.kind === 'mul' && u.factors.some(f => f.kind === 'add' && hasKind(f, 'big')))
  return found ?? (isNested ? behaviourOf(normalForm(d), s, end, cx) : undefined)
}

const behaviourOf = (d: Expr, s: Setting, end: EndName, cx: Context, depth = 2): AtEnd | undefined => {
  const plain = valueAt(d, s, end, cx)
  const plainSign = plain && signOf(turned(plain, end), cx)?.sign
  if (plain && plainSign === 'pos') return { end, value: plain, kind: 'crosses' }
  if (plain && plainSign === 'neg') return { end, value: plain, kind: 'short' }
  const near = nearEnd(d, approachTo(s, end), cx)
  if (near?.limit && (near.sign === 'pos' || near.sign === 'neg'))
    return { end, value: near.limit, kind: (near.sign === 'pos') === (end === 'lo') ? 'crosses' : 'short' }
  const value = plain && plain.kind !== 'infinity' ? plain : near?.limit
  const split = near?.kind === 'grows' && !near.limit && depth > 0 ? byPole(d, near.coefficient, s, end, cx, depth) : undefined
  if (split) return split
  if (!value || value.kind === 'infinity') return byKinds(d, s, end, cx)
  return ofValue(value, end, cx)
}

/** A pole whose coefficient is 0 for some samples: b/t, where b may be 0 and other terms are left. */
const byPole = (d: Expr, coefficient: Expr, s: Setting, end: EndName, cx: Context, depth: number): AtEnd | undefined => {
  const open = openCase(coefficient, cx)
  if (!open) return undefined
  const there = assuming(cx, [open.generic])
  const pole = nearEnd(d, approachTo(s, end), there)
  if (pole?.limit?.kind !== 'infinity' || (pole.sign === 'pos') !== (end === 'lo')) return undefined
  const facts = factsOf(open, cx)
  const equations = facts.flatMap(f => (f.kind === 'rel' && f.op === '=' ? [f] : []))
  const rest = normalForm(equations.reduce((t: Expr, e) => replace(t, e.left, e.right) as Expr, d))
  const inside = assuming(cx, facts)
  const own = mentions(rest, s.unknown.name) ? behaviourOf(rest, s, end, inside, depth - 1) : ofValue(rest, end, inside)
  if (!own) return undefined
  const { generic, degenerate, samples } = open
  const base = { end, value: pole.limit, valueWhen: generic }
  if (own.kind === 'crosses') return { ...base, kind: 'crosses' }
  if (own.kind === 'short') return { ...base, kind: 'open', generic, others: [{ when: degenerate, ...(samples ? { samples } : {}) }] }
  return own.generic
    ? { ...base, kind: 'open', generic: or(generic, own.generic), others: (own.others ?? []).map(o => ({ when: and(degenerate, o.when) })) }
    : undefined
}

/** D has a finite limit, which it does not reach. */
export const ofValue = (value: Expr, end: EndName, cx: Context): AtEnd | undefined => {
  if (isZero(value)) return { end, value, kind: 'short' }
  const wanted = turned(value, end)
  const sign = signOf(wanted, cx)?.sign
  if (sign === 'pos') return { end, value, kind: 'crosses' }
  if (sign === 'neg' || sign === 'nonpos' || sign === 'zero') return { end, value, kind: 'short' }
  const open = openCase(wanted, cx)
  if (open)
    return {
      end,
      value,
      kind: 'open',
      generic: open.generic,
      others: [{ when: open.degenerate, ...(open.samples ? { samples: open.samples } : {}) }],
    }
  if (!some(wanted, u => u.kind === 'at' || (u.kind === 'sym' && cx.data.includes(u.name)))) return undefined
  const generic = positivity(wanted)
  if (generic.kind !== 'rel') return undefined
  return {
    end,
    value,
    kind: 'open',
    generic,
    // D falls: at its limit 0 it has the same sign inside as below it
    others: [{ when: le(generic.right, generic.left) }],
  }
}

/** An observation x_i = c, and the others. */
interface Kind {
  readonly limit: Expr
  readonly sign: 'pos' | 'neg' | 'zero' | undefined
}

/** The limits for the observations x_i = c and for the others, for a value c at which the summand changes its behaviour. */
const byKinds = (d: Expr, s: Setting, end: EndName, cx: Context): AtEnd | undefined => {
  const merged = summandOf(d, s)
  if (merged?.whole.kind !== 'big') return undefined
  const inner = enter(cx, merged.whole, 2)
  const entry = at(s.variable.name, bound(0))
  const to = endOf(s, end)
  const extreme = extremeIn(to)
  if (extreme) return atExtreme(merged, entry, extreme, s, end, inner)
  for (const c of [0, 1].map(k => num(k))) {
    const gap = sub(entry, c)
    const sign = signOf(gap, inner)?.sign
    if (sign === 'pos' || sign === 'neg' || sign === 'nonzero' || sign === 'zero') continue
    const kindOf = (body: Expr, facts: readonly Prop[]): Kind | undefined => {
      const there = assuming(inner, facts)
      const n = nearEnd(body, approachTo(s, end), there)
      if (!n?.limit) return undefined
      const limitSign = n.limit.kind === 'infinity' ? (n.limit.negative ? 'neg' : 'pos') : signOf(n.limit, there)?.sign
      return { limit: n.limit, sign: limitSign === 'pos' || limitSign === 'neg' || limitSign === 'zero' ? limitSign : undefined }
    }
    const own = kindOf(replace(merged.body, entry, c) as Expr, [])
    const sides = [...(sign === 'nonpos' ? [] : [lt(c, entry)]), ...(sign === 'nonneg' ? [] : [lt(entry, c)])]
    const others = sides.map(fact => kindOf(merged.body, [fact]))
    if (!own || others.some(k => k === undefined)) continue
    const found = combined(own, others as readonly Kind[], c, entry, s, end, cx)
    if (found) return found
  }
  return undefined
}

/** The largest or smallest observation of which an end is a translate: max x − 1. */
const extremeIn = (to: Expr): Big | undefined => {
  const own = summands(to).filter((u): u is Big => u.kind === 'big' && (u.op === 'max' || u.op === 'min'))
  const [only, ...others] = own
  // a known distance, a multiple of π
  const isFree = (u: Expr): boolean => !hasKind(u, 'at') && !hasKind(u, 'big')
  return only && others.length === 0 && summands(to).every(u => u === only || isFree(u)) ? only : undefined
}

/** What the support says of every entry still holds strictly at the end from which its bound rises: θ − 1 < x_i for a larger θ. */
const keptAtEnd = (s: Setting, end: EndName, entry: Expr, cx: Context): readonly Prop[] =>
  cx.facts.flatMap(f => {
    const p = f.prop.kind === 'all' && same(f.prop.lo, ONE) && same(f.prop.hi, s.size) ? f.prop.body : undefined
    if (p?.kind !== 'rel' || p.op !== '<') return []
    const [side, isWanted] = same(p.right, entry)
      ? [p.left, end === 'lo']
      : same(p.left, entry)
        ? [p.right, end === 'hi']
        : [undefined, false]
    const slope = side && isWanted ? polynomialIn(side, s.unknown)?.get(1) : undefined
    if (!side || slope?.kind !== 'num' || slope.value.num <= 0n) return []
    const there = substitute(side, new Map([[s.unknown.name, endOf(s, end)]]))
    return [same(p.right, entry) ? lt(there, entry) : lt(entry, there)]
  })

/** A rational function whose denominators, as they are written, are not 0 at the end. */
const isFiniteThere = (body: Expr, s: Setting, end: EndName, cx: Context): boolean => {
  const there = substitute(body, new Map([[s.unknown.name, endOf(s, end)]]))
  return subterms(there).every(u => {
    if (u.kind === 'fn') return false
    if (u.kind !== 'pow') return true
    const whole = u.exponent.kind === 'num' && u.exponent.value.den === 1n
    const sign = whole && u.exponent.value.num < 0n ? signOf(u.base, cx)?.sign : undefined
    return whole && (u.exponent.value.num > 0n || sign === 'pos' || sign === 'neg' || sign === 'nonzero')
  })
}

/** At the largest or smallest observation: that one has its own limit, and those beyond it have theirs. */
const atExtreme = (
  merged: NonNullable<ReturnType<typeof summandOf>>,
  entry: Expr,
  to: Big,
  s: Setting,
  end: EndName,
  inner: Context,
): AtEnd | undefined => {
  // max |x_i| speaks of x_i where the summand is even
  const isEven = to.body.kind === 'fn' && to.body.name === 'abs' && same(to.body.args[0] as Expr, entry)
  if (!same(to.body, entry) && !isEven) return undefined
  if (isEven && to !== endOf(s, end)) return undefined
  if (isEven && !same(normalForm(merged.body), normalForm(replace(merged.body, entry, neg(entry)) as Expr))) return undefined
  const put = replace(merged.body, entry, to) as Expr
  const own = nearEnd(isEven ? (replace(put, fn('abs', to), to) as Expr) : put, approachTo(s, end), inner)
  const beyond: Prop = isEven ? lt(pow(entry, TWO), pow(to, TWO)) : to.op === 'max' ? lt(entry, to) : lt(to, entry)
  const elsewhere = [beyond, ...(isEven ? [lt(fn('abs', entry), to)] : []), ...keptAtEnd(s, end, entry, inner)]
  const others = nearEnd(merged.body, approachTo(s, end), assuming(inner, elsewhere))
  // an infinite limit outweighs finitely many finite ones
  if (own?.limit?.kind !== 'infinity' || !(others?.limit || isFiniteThere(merged.body, s, end, assuming(inner, elsewhere))))
    return undefined
  const against = others?.limit?.kind === 'infinity' && others.limit.negative !== own.limit.negative
  if (against || (own.sign !== 'pos' && own.sign !== 'neg')) return undefined
  return { end, value: own.limit, kind: (own.sign === 'pos') === (end === 'lo') ? 'crosses' : 'short' }
}

const isBounded = (k: Kind): boolean => k.limit.kind !== 'infinity'

const combined = (own: Kind, others: readonly Kind[], c: Expr, entry: Expr, s: Setting, end: EndName, cx: Context): AtEnd | undefined => {
  const [one] = others
  if (!one) return undefined
  const everyOne: Prop = all(ONE, s.size, eq(entry, c))
  const value = one.limit
  // finite limits add up: a + (b − a)·1{x_i = c}
  if (isBounded(own) && others.every(isBounded) && others.every(o => normalForm(sub(o.limit, one.limit)) === num(0) || o === one)) {
    const summand = normalForm(add(one.limit, mul(sub(own.limit, one.limit), iverson(eq(entry, c)))))
    return ofValue(normalForm(big('sum', ONE, s.size, summand)), end, cx)
  }
  const sign = one.sign
  if ((sign !== 'pos' && sign !== 'neg') || others.some(o => o.sign !== sign)) return undefined
  const dominates = own.sign === 'zero' || own.sign === sign || (isBounded(own) && others.every(o => !isBounded(o)))
  if (!dominates) return undefined
  const isWanted = (sign === 'pos') === (end === 'lo')
  if (own.sign === sign) return { end, value, kind: isWanted ? 'crosses' : 'short' }
  // a sample of x_i = c only has the sign of their own limit, or runs to 0 without a root
  const generic: Prop = not(everyOne)
  return isWanted ? { end, value, kind: 'open', generic, others: [{ when: everyOne }] } : undefined
}
