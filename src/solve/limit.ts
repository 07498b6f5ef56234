/**
 * One-sided limits of elementary expressions by the arithmetic of limits. Says nothing (undefined) for the
 * indeterminate forms ∞−∞, 0·∞ and the like: nothing here guesses.
 */
import { type Context, enter } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { functions } from '../term/functions.ts'
import { normalForm, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { add, big, type Expr, exp, fn, infinity, isOne, isZero, log, minusInfinity, mul, ONE, pow, type Sym, ZERO } from '../term/term.ts'
import { mentions, shift, substitute } from '../term/walk.ts'

/** Where a variable runs: to a finite point from one side, or to ±∞. */
export interface Approach {
  readonly variable: Sym
  readonly to: Expr
  /** '+' from above, '-' from below. */
  readonly side: '+' | '-'
}

const isInfinite = (t: Expr): boolean => t.kind === 'infinity'

/** A limit, and for the limit 0 the side from which it is approached. */
interface Limited {
  readonly value: Expr
  readonly side?: '+' | '-'
}

const plus = (a: Expr, b: Expr): Expr | undefined => {
  if (a.kind === 'infinity' && b.kind === 'infinity') return a.negative === b.negative ? a : undefined
  if (isInfinite(a)) return a
  return isInfinite(b) ? b : add(a, b)
}

const times = (a: Expr, b: Expr, cx: Context): Expr | undefined => {
  if (!isInfinite(a) && !isInfinite(b)) return mul(a, b)
  const sa = signOf(a, cx)?.sign
  const sb = signOf(b, cx)?.sign
  if ((sa !== 'pos' && sa !== 'neg') || (sb !== 'pos' && sb !== 'neg')) return undefined
  return sa === sb ? infinity : minusInfinity
}

/** limit of t as the variable approaches; ±∞ are values. */
export const limitOf = (t: Expr, approach: Approach, cx: Context): Expr | undefined =>
  go(t, approach, cx)?.value ?? byLeadingTerm(t, approach, cx)

/** A polynomial runs where its leading term runs, whatever the signs of the others. */
const byLeadingTerm = (t: Expr, { variable, to }: Approach, cx: Context): Expr | undefined => {
  const poly = to.kind === 'infinity' ? polynomialIn(t, variable) : undefined
  const degree = poly ? Math.max(...poly.keys()) : 0
  const lead = poly?.get(degree)
  if (to.kind !== 'infinity' || !lead || degree < 1) return undefined
  const sign = signOf(lead, cx)?.sign
  if (sign !== 'pos' && sign !== 'neg') return undefined
  return (sign === 'neg') !== (to.negative && degree % 2 === 1) ? minusInfinity : infinity
}

const go = (t: Expr, a: Approach, cx: Context): Limited | undefined => {
  const { variable } = a
  if (!mentions(t, variable.name)) return { value: t }
  switch (t.kind) {
    case 'sym':
      return { value: a.to, side: a.side }
    case 'add': {
      let value: Expr = ZERO
      for (const s of t.terms) {
        const l = go(s, a, cx)
        const next: Expr | undefined = l && plus(value, l.value)
        if (!next) return undefined
        value = next
      }
      if (isInfinite(value)) return { value }
      const settled = normalForm(value)
      return isZero(settled) ? sided(t, cx) : { value: settled }
    }
    case 'mul': {
      let value: Expr | undefined
      for (const f of t.factors) {
        const l = go(f, a, cx)
        if (!l) return undefined
        value = value ? times(value, l.value, cx) : l.value
        if (!value) return undefined
      }
      return value && (isZero(value) ? sided(t, cx) : { value })
    }
    case 'pow': {
      if (mentions(t.exponent, variable.name)) {
        // 0^θ is no exponential of a logarithm
        if (!mentions(t.base, variable.name) && signOf(t.base, cx)?.sign !== 'pos') return undefined
        return go(exp(mul(t.exponent, log(t.base))), a, cx)
      }
      const base = go(t.base, a, cx)
      const e = signOf(t.exponent, cx)?.sign
      if (!base || (e !== 'pos' && e !== 'neg')) return undefined
      const { value } = base
      if (value.kind === 'infinity') return value.negative ? undefined : { value: e === 'pos' ? infinity : ZERO, side: '+' }
      if (isZero(value)) {
        if (base.side !== '+') return undefined
        return { value: e === 'pos' ? ZERO : infinity, side: '+' }
      }
      return isContinuousPower(value, t.exponent, e, cx) ? { value: pow(value, t.exponent) } : undefined
    }
    case 'fn': {
      const [u] = t.args
      if (!u || t.args.length !== 1) return undefined
      const inner = go(u, a, cx)
      if (!inner) return undefined
      if (t.name === 'exp')
        return inner.value.kind === 'infinity'
          ? inner.value.negative
            ? { value: ZERO, side: '+' }
            : { value: infinity }
          : { value: isZero(inner.value) ? ONE : exp(inner.value) }
      if (t.name === 'log') {
        if (inner.value.kind === 'infinity') return inner.value.negative ? undefined : { value: infinity }
        if (isZero(inner.value)) return inner.side === '+' ? { value: minusInfinity } : undefined
        if (isOne(inner.value)) return sided(t, cx)
        return signOf(inner.value, cx)?.sign === 'pos' ? { value: log(inner.value) } : undefined
      }
      if (isEntire(t.name) && !isInfinite(inner.value)) {
        const there = normalForm(fn(t.name, inner.value))
        return isZero(there) ? sided(t, cx) : { value: there }
      }
      const known = functions.get(t.name)?.limits?.find(l => same(l.to, inner.value) && (l.side === undefined || l.side === inner.side))
      return known && { value: known.value }
    }
    case 'big': {
      // a sum of finitely many limits
      if (t.op !== 'sum' || mentions(t.lo, variable.name) || mentions(t.hi, variable.name)) return undefined
      const inner = enter(cx, t, 2)
      const body = go(t.body, a, inner)?.value
      if (!body) return undefined
      return { value: body.kind === 'infinity' ? body : normalForm(big('sum', t.lo, t.hi, body)) }
    }
    default:
      return undefined
  }
}

/** True if u ↦ u^exponent is known to be continuous at the value, which may be 0 for some samples: 1/(a − b). */
const isContinuousPower = (value: Expr, exponent: Expr, sign: 'pos' | 'neg', cx: Context): boolean => {
  const whole = exponent.kind === 'num' && exponent.value.den === 1n
  if (whole && sign === 'pos') return true
  const v = signOf(value, cx)?.sign
  if (v === 'pos' || (whole && (v === 'neg' || v === 'nonzero'))) return true
  return sign === 'pos' && (v === 'nonneg' || v === 'zero')
}

/** A limit 0 together with the side: from the sign of the term itself. */
const sided = (t: Expr, cx: Context): Limited => {
  const s = signOf(t, cx)?.sign
  return {
    value: ZERO,
    ...(s === 'pos' || s === 'nonneg' ? { side: '+' as const } : s === 'neg' || s === 'nonpos' ? { side: '-' as const } : {}),
  }
}

/** Continuous on the whole line. */
const entire = new Set(['sin', 'cos', 'cosh', 'sinh', 'tanh', 'sech', 'asinh', 'atan'])
const isEntire = (name: string): boolean => entire.has(name)

const isStrictSign = (s: string | undefined): boolean => s === 'pos' || s === 'neg' || s === 'nonzero'

/**
 * True if t is continuous at variable = point as an expression: no denominator, logarithm or power with a free
 * exponent degenerates there.
 */
export const isRegularAt = (t: Expr, variable: Sym, point: Expr, cx: Context): boolean => {
  if (!mentions(t, variable.name)) return true
  const at = new Map([[variable.name, point]])
  const value = (u: Expr): string | undefined => signOf(normalForm(substitute(u, at)), cx)?.sign
  const ok = (u: Expr): boolean => isRegularAt(u, variable, point, cx)
  switch (t.kind) {
    case 'sym':
      return true
    case 'add':
      return t.terms.every(ok)
    case 'mul':
      return t.factors.every(ok)
    case 'pow': {
      if (!ok(t.base) || !ok(t.exponent)) return false
      if (t.exponent.kind === 'num' && t.exponent.value.den === 1n && t.exponent.value.num > 0n) return true
      const base = value(t.base)
      if (base === 'pos' || (base === 'neg' && t.exponent.kind === 'num' && t.exponent.value.den === 1n)) return true
      // 0^e is continuous from the right for e > 0, and constant for e = 0
      const power = signOf(t.exponent, cx)?.sign
      return (base === 'zero' || base === 'nonneg') && !mentions(t.exponent, variable.name) && (power === 'pos' || power === 'nonneg')
    }
    case 'fn': {
      const [arg, second] = t.args
      // I_ν of a whole order is an entire function
      if (t.name === 'besseli' && arg?.kind === 'num' && arg.value.den === 1n && second) return ok(second)
      if (!arg || t.args.length !== 1 || !ok(arg)) return false
      if (t.name === 'exp' || t.name === 'abs' || isEntire(t.name)) return true
      if (t.name === 'tan') return isStrictSign(value(fn('cos', arg)))
      return (t.name === 'log' || t.name === 'gamma' || t.name === 'loggamma') && value(arg) === 'pos'
    }
    case 'big':
      return (
        (t.op === 'sum' || t.op === 'prod') &&
        !mentions(t.lo, variable.name) &&
        !mentions(t.hi, variable.name) &&
        isRegularAt(t.body, variable, point.free === 0 ? point : shift(point, 1), enter(cx, t, 2))
      )
    default:
      return false
  }
}
