/**
 * Which integers the data allow: the support, and binomial coefficients that vanish when there is less to choose from
 * than is chosen. Refuses conditions that cannot be solved for the parameter.
 */
import { coefficientSign } from '../rewrite/arithmetic.ts'
import { type Context, within } from '../rewrite/facts.ts'
import { decide, proveInteger } from '../rewrite/sign.ts'
import { everywhere } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import {
  add,
  addAll,
  and,
  at,
  type Expr,
  fn,
  infinity,
  interval,
  isOne,
  le,
  MINUS_ONE,
  neg,
  ONE,
  type Prop,
  sub,
  sym,
  ZERO,
} from '../term/term.ts'
import { forAll, hasKind, mentions, subterms, summands } from '../term/walk.ts'
import { boundOf, conditions } from './data-bounds.ts'
import { type AtMost, gapSign } from './integer-signs.ts'
import { laws } from './laws.ts'
import { observed, type Setting } from './setting.ts'

export interface IntegerBounds {
  /** The smallest admissible values: the end of Θ, and what the data ask for. Their largest is the first that counts. */
  readonly lows: readonly Expr[]
  /** The largest admissible values; none if there is no upper end. */
  readonly highs: readonly Expr[]
  /** The low and high values that come from the sample. */
  readonly fromData: readonly Expr[]
  /** The conditions themselves, on the parameter. */
  readonly conditions: readonly Prop[]
  /** What holds among the data and knowns of a single observation that is possible at all. */
  readonly atMost: readonly AtMost[]
}

/** The parameter as a real number above its lower end, where quotients of neighbouring values are looked at. */
export const realSetting = (s: Setting): Setting => {
  const { lo, hi } = s.parameter.domain.kind === 'finite' ? s.space : s.parameter.domain
  const space = interval(lo, hi.kind === 'infinity' ? infinity : hi, false, true)
  return { ...s, space: interval(lo, hi), interior: within(s.closed, s.unknown.name, space) }
}

/** The same from the second integer of the parameter space on: the first has no neighbour below. */
export const fromNext = (s: Setting): Setting => {
  const { domain } = s.parameter
  if (domain.kind !== 'range' || domain.lo.kind === 'infinity') return s
  return { ...s, interior: within(s.interior, s.unknown.name, interval(add(domain.lo, ONE), domain.hi, true, true)) }
}

/** max(a, b) as a and b. */
const parts = (t: Expr, name: 'max' | 'min'): readonly Expr[] =>
  t.kind === 'fn' && t.name === name ? t.args.flatMap(a => parts(a, name)) : [t]

/** x ≤ n by the support, x ≤ K because K choose x is not 0: for a single observation. */
const knownBounds = (s: Setting): readonly AtMost[] => {
  if (!isOne(s.size)) return []
  const found: AtMost[] = []
  const isFree = (t: Expr): boolean => !mentions(t, s.unknown.name)
  for (const v of s.sample.variables) {
    const hi = v.support.kind === 'finite' ? undefined : v.support.hi
    if (hi && hi.kind !== 'infinity' && isFree(hi) && v.support.kind === 'range') found.push([at(v.name, ONE), hi])
  }
  for (const d of s.model.likelihood?.data ?? [])
    if (d.domain.kind === 'range' && d.domain.hi.kind !== 'infinity' && !d.length && isFree(d.domain.hi))
      found.push([sym(d.name), d.domain.hi])
  for (const u of subterms(observed(s.sample.density, s.sample, ONE)))
    if (u.kind === 'fn' && u.name === 'binomial' && isFree(u) && u.args[0] && u.args[1]) found.push([u.args[1], u.args[0]])
  return found
}

/** The smallest integer from a value on. */
const rounded = (t: Expr, up: boolean, strict: boolean, cx: Context): Expr => {
  if (proveInteger(t, cx)) return strict ? add(t, up ? ONE : MINUS_ONE) : t
  if (!strict) return fn(up ? 'ceil' : 'floor', t)
  return up ? add(fn('floor', t), ONE) : sub(fn('ceil', t), ONE)
}

const everyEntry = (s: Setting, p: Prop): readonly Prop[] => {
  // a condition on every entry is one on the largest or the smallest
  const opened = everywhere(laws('indicator.every-and', 'indicator.max', 'indicator.min'))(p, s.closed)
  const done = (opened?.term ?? p) as Prop
  return done.kind === 'and' ? done.props : [done]
}

/** 0 ≤ x_i − N as N ≤ x_i: what the entries say on one side. */
const apartByEntry = (p: Prop): Prop => {
  if (p.kind === 'and') return and(...p.props.map(apartByEntry))
  if (p.kind !== 'rel' || p.op !== '<=' || !(hasKind(p.left, 'at') ? mixes(p.left) || hasKind(p.right, 'at') : mixes(p.right))) return p
  const parts = summands(sub(p.right, p.left))
  const own = parts.filter(u => hasKind(u, 'at'))
  const rest = parts.filter(u => !hasKind(u, 'at'))
  return own.every(u => coefficientSign(u) < 0) ? le(addAll(own.map(neg)), addAll(rest)) : le(addAll(rest.map(neg)), addAll(own))
}

/** A sum of an entry and other things. */
const mixes = (t: Expr): boolean => t.kind === 'add' && t.terms.some(u => hasKind(u, 'at')) && t.terms.some(u => !hasKind(u, 'at'))

/** Conditions that the density puts on one observation and the parameter: a ≥ b in binomial(a, b). */
const choices = (t: Expr, unknown: string): readonly Prop[] =>
  subterms(t).flatMap(u => {
    if (u.kind !== 'fn' || !mentions(u, unknown)) return []
    if (u.name === 'binomial' && u.args[0] && u.args[1]) return [le(u.args[1], u.args[0])]
    return u.name === 'factorial' && u.args[0] ? [le(ZERO, u.args[0])] : []
  })

/** What the data say about the integer; undefined where a condition could not be solved. */
export const integerBounds = (s: Setting): IntegerBounds | undefined => {
  const real = realSetting(s)
  const { domain } = s.parameter
  if (domain.kind !== 'range') return undefined
  const lows: Expr[] = domain.lo.kind === 'infinity' ? [] : [...parts(domain.lo, 'max')]
  const highs: Expr[] = domain.hi.kind === 'infinity' ? [] : [...parts(domain.hi, 'min')]
  const name = s.unknown.name
  const wanted: Prop[] = []
  const overSample = (write: (i: Expr) => Prop): void => {
    const one = write(ONE)
    if (same(s.size, ONE) || !hasKind(one, 'at')) wanted.push(one)
    else
      wanted.push(
        ...everyEntry(
          s,
          forAll(s.size, i => apartByEntry(write(i))),
        ),
      )
  }
  if (s.moving)
    overSample(i => {
      const x = at(s.variable.name, i)
      return conditions(observed(s.variable.support, s.sample, i), x) ?? and()
    })
  for (const p of choices(s.sample.density, name)) overSample(i => observed(p, s.sample, i))
  const fromData: Expr[] = []
  const kept: Prop[] = []
  for (const p of wanted.flatMap(q => (q.kind === 'and' ? q.props : [q]))) {
    if (!mentions(p, name) || decide(p, real.interior)?.holds === true || holdsFrom(p, s)) continue
    const b = boundOf(real, p)
    if (!b || b.open.length > 0) return undefined
    const value = rounded(b.value, b.side === 'lo', b.strict, s.closed)
    const list = b.side === 'lo' ? lows : highs
    if (list.some(v => same(v, value))) continue
    list.push(value)
    fromData.push(value)
    kept.push(p)
  }
  const atMost = knownBounds(s)
  return { lows: pruned(lows, s, true, atMost), highs: pruned(highs, s, false, atMost), fromData, conditions: kept, atMost }
}

/** On every integer of the parameter space. */
const holdsFrom = (p: Prop, s: Setting): boolean => decide(p, s.closed)?.holds === true

/** Without the bounds that another one implies. */
const pruned = (values: readonly Expr[], s: Setting, low: boolean, atMost: readonly AtMost[]): readonly Expr[] =>
  values.filter((v, i) =>
    values.every((w, j) => {
      if (i === j) return true
      const gap = gapSign(low ? sub(w, v) : sub(v, w), { positive: [], atMost }, s.closed)
      const isImplied = gap === 'pos' || gap === 'nonneg' || gap === 'zero'
      const isMutual = gap === 'zero'
      return !isImplied || (isMutual && i < j)
    }),
  )
