/** Signs from what a term is made of: products, powers, functions, sums over an index, cases. Sums are in `sign-sum.ts`. */
import { functions } from '../term/functions.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { all, and, type Big, type Expr, eq, type Fn, mulAll, not, type Pow, type Prop, sub, ZERO } from '../term/term.ts'
import { boundsOf } from './bounds.ts'
import { signOfConstant } from './constant.ts'
import { type Context, domainOf, enter } from './facts.ts'
import { proveInteger, signWith } from './sign.ts'
import { byCounts } from './sign-counts.ts'
import { signOfSum } from './sign-sum.ts'
import { signOfTrigonometry } from './sign-trigonometry.ts'
import { by, isStrict, isUp, productSign, type Sign, type Verdict, verdict } from './sign-verdict.ts'

export const signOfProduct = (parts: readonly Expr[], cx: Context, fuel: number): Verdict | undefined => {
  let result: Verdict | undefined
  for (const f of parts) {
    const v = signWith(f, cx, fuel)
    if (!v) return undefined
    result = result ? productSign(result, v) : v
    if (!result) return undefined
  }
  return result ?? verdict('pos', by('numerals'))
}

const isEven = (q: Q.Rational): boolean => Q.isInteger(q) && q.num % 2n === 0n

/** 2k for an integer k: the exponent of a square. */
export const isEvenInteger = (t: Expr, cx: Context): boolean => {
  const head = t.kind === 'mul' ? t.factors[0] : undefined
  if (t.kind !== 'mul' || head?.kind !== 'num' || !isEven(head.value)) return false
  return proveInteger(mulAll(t.factors.slice(1)), cx) !== undefined
}

const signOfPower = (t: Pow, cx: Context, fuel: number): Verdict | undefined => {
  const base = signWith(t.base, cx, fuel)
  if ((base?.sign === 'neg' || base?.sign === 'nonzero') && isEvenInteger(t.exponent, cx))
    return verdict('pos', by('an even power of a nonzero number', base.why))
  if (base?.sign === 'pos') return verdict('pos', by('a power of a positive number', base.why))
  const e = t.exponent.kind === 'num' ? t.exponent.value : undefined
  if (e && isEven(e)) {
    if (base && (base.sign === 'neg' || base.sign === 'nonzero')) return verdict('pos', by('an even power of a nonzero number', base.why))
    if (Q.sign(e) > 0) return verdict('nonneg', by('a square'), base?.zeroWhen ?? eq(t.base, ZERO))
    return undefined
  }
  if (!base) return undefined
  if (e && Q.isInteger(e))
    return Q.sign(e) > 0 || base.sign === 'neg' || base.sign === 'nonzero' ? { ...base, why: by('an odd power', base.why) } : undefined
  if (base.sign === 'nonneg' || base.sign === 'zero') {
    const exponent = signWith(t.exponent, cx, fuel)
    if (exponent?.sign === 'pos') return verdict(base.sign, by('a power', base.why), base.zeroWhen)
  }
  return undefined
}

const signOfFunction = (t: Fn, cx: Context, fuel: number): Verdict | undefined => {
  if (t.name === 'abs' && cx.facts.length > 0 && t.args[0]) {
    const inner = signWith(t.args[0], cx, fuel - 1)
    if (inner && isStrict(inner)) return verdict('pos', by('absolute value of what is not 0', inner.why))
  }
  if (t.name === 'sin' || t.name === 'cos' || t.name === 'tan') return signOfTrigonometry(t, u => signWith(u, cx, fuel - 1))
  const rule = functions.get(t.name)?.sign(t.args)
  if (!rule) return undefined
  if ('as' in rule) {
    const v = signWith(rule.as, cx, fuel - 1)
    return v && { ...v, why: by(`sign of ${t.name}`, v.why) }
  }
  return verdict(
    rule.always,
    by(`sign of ${t.name}`),
    rule.always === 'nonneg' && t.name === 'abs' && t.args[0] ? eq(t.args[0], ZERO) : undefined,
  )
}

const isNonempty = (t: Big, cx: Context, fuel: number): boolean => isUp(signWith(sub(t.hi, t.lo), cx, fuel - 1)?.sign)

/** A fact about a sum may be asked for inside of that sum, and again inside of that: no deeper than this. */
export const deepestBinder = 6

export const signOfBig = (t: Big, cx: Context, fuel: number, isMerged = false): Verdict | undefined => {
  if (cx.binders.length >= deepestBinder) return undefined
  const inner = signWith(t.body, enter(cx, t, 2), fuel - 1)
  if (!inner) {
    if (isMerged) return undefined
    // Σ(x_i − μ) has no sign entry by entry, Σx_i − nμ may have one
    const form = t.op === 'sum' ? normalForm(t) : t
    return form.kind === 'add' || form.kind === 'mul' ? signWith(form, cx, fuel - 1) : undefined
  }
  const why = by(
    t.op === 'sum' ? 'every summand has this sign' : t.op === 'prod' ? 'every factor has this sign' : 'every entry has this sign',
    inner.why,
  )
  const nonempty = isNonempty(t, cx, fuel)
  switch (t.op) {
    case 'sum': {
      if (inner.sign === 'zero') return verdict('zero', why)
      if (inner.sign === 'nonzero') return undefined
      if (inner.sign === 'pos') return verdict(nonempty ? 'pos' : 'nonneg', why)
      if (inner.sign === 'neg') return verdict(nonempty ? 'neg' : 'nonpos', why)
      return verdict(inner.sign, why, inner.zeroWhen ? all(t.lo, t.hi, inner.zeroWhen) : undefined)
    }
    case 'prod':
      if (inner.sign === 'pos' || inner.sign === 'nonneg') return verdict(inner.sign, why)
      return inner.sign === 'nonzero' || inner.sign === 'neg' ? verdict('nonzero', why) : undefined
    default: {
      if (!nonempty || inner.sign === 'nonzero') return inner.sign === 'nonzero' && nonempty ? verdict('nonzero', why) : undefined
      const everyZero = (t.op === 'max' && inner.sign === 'nonneg') || (t.op === 'min' && inner.sign === 'nonpos')
      return verdict(inner.sign, why, everyZero && inner.zeroWhen ? all(t.lo, t.hi, inner.zeroWhen) : undefined)
    }
  }
}

/** What holds where a condition fails: of an x ≤ c, x < c fails only at x = c. */
const failing = (cond: Prop, cx: Context): Prop => {
  if (cond.kind !== 'rel' || cond.op !== '<') return not(cond)
  const meets = (entry: Expr, end: Expr, side: 0 | 1): boolean => {
    const set = entry.kind === 'at' ? domainOf(entry, cx)?.set : undefined
    if (!set || set.kind === 'finite') return false
    return same(side === 0 ? set.lo : set.hi, end) && (set.kind === 'range' || set.closed[side])
  }
  if (meets(cond.left, cond.right, 1)) return eq(cond.left, cond.right)
  return meets(cond.right, cond.left, 0) ? eq(cond.right, cond.left) : not(cond)
}

export const byValue = (t: Expr): Verdict | undefined => {
  const sign = t.kind === 'num' ? undefined : signOfConstant(t)
  return sign && verdict(sign > 0 ? 'pos' : 'neg', by('its value'))
}

export const structural = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  switch (t.kind) {
    case 'num': {
      const s = Q.sign(t.value)
      return verdict(s > 0 ? 'pos' : s < 0 ? 'neg' : 'zero', by('numerals'))
    }
    case 'sym':
    case 'at':
    case 'bound': {
      const b = boundsOf(t, cx)
      const domain = domainOf(t, cx)
      if (domain?.set.kind === 'finite' && domain.set.elements.length > 0) {
        const values = domain.set.elements.map(e => signWith(e, cx, fuel - 1)?.sign)
        if (values.every(s => s === 'pos' || s === 'neg') && new Set(values).size === 2)
          return verdict('nonzero', { kind: 'given', fact: domain.fact })
      }
      if (b.lo) {
        const v = signWith(b.lo.value, cx, fuel - 1)
        if (v?.sign === 'pos' || ((v?.sign === 'zero' || v?.sign === 'nonneg') && !b.lo.attained)) return verdict('pos', b.lo.why)
        if (v?.sign === 'zero' && b.hi && signWith(b.hi.value, cx, fuel - 1)?.sign === 'zero') return verdict('zero', b.lo.why)
        if (v?.sign === 'zero') return verdict('nonneg', b.lo.why, eq(t, ZERO))
        if (v?.sign === 'nonneg') return verdict('nonneg', b.lo.why, v.zeroWhen && and(eq(t, b.lo.value), v.zeroWhen))
      }
      if (b.hi) {
        const v = signWith(b.hi.value, cx, fuel - 1)
        if (v?.sign === 'neg' || ((v?.sign === 'zero' || v?.sign === 'nonpos') && !b.hi.attained)) return verdict('neg', b.hi.why)
        if (v?.sign === 'zero') return verdict('nonpos', b.hi.why, eq(t, ZERO))
        if (v?.sign === 'nonpos') return verdict('nonpos', b.hi.why)
      }
      return undefined
    }
    case 'add':
      return signOfSum(t, cx, fuel)
    case 'mul':
      return signOfProduct(t.factors, cx, fuel - 1)
    case 'pow':
      return signOfPower(t, cx, fuel - 1)
    case 'fn':
      return signOfFunction(t, cx, fuel)
    case 'big':
      return (t.op === 'sum' ? byCounts(t, cx) : undefined) ?? signOfBig(t, cx, fuel)
    case 'iverson':
      return verdict('nonneg', by('an indicator is 0 or 1'), failing(t.cond, cx))
    case 'infinity':
      return verdict(t.negative ? 'neg' : 'pos', by('an infinite end'))
    case 'cases': {
      const values = [...t.branches.map((b, i) => signWith(b.value, enter(cx, t, 2 * i + 1), fuel - 1))]
      if (t.otherwise) values.push(signWith(t.otherwise, enter(cx, t, 2 * t.branches.length), fuel - 1))
      if (values.length === 0 || values.some(v => v === undefined)) return undefined
      const known = values as readonly Verdict[]
      const why = by('every branch', ...known.map(v => v.why))
      const signs = new Set(known.map(v => v.sign))
      if (signs.size === 1) return verdict((known[0] as Verdict).sign, why)
      const among = (...of: readonly Sign[]): boolean => [...signs].every(x => of.includes(x))
      return among('pos', 'nonneg', 'zero') ? verdict('nonneg', why) : among('neg', 'nonpos', 'zero') ? verdict('nonpos', why) : undefined
    }
    case 'expect':
    case 'deriv':
    case 'call':
    case 'limit':
      return undefined
    default:
      return t satisfies never
  }
}
