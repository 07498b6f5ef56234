/**
 * Products, quotients and powers: which factors stand in a fraction, under a root, before and behind it.
 * Everything printed here reads back as the same term: a fraction stands for factors with a negative exponent.
 */
import { functions } from '../term/functions.ts'
import { children } from '../term/order.ts'
import type { Rational } from '../term/rational.ts'
import * as Q from '../term/rational.ts'
import { type Expr, neg, num, type Pow, pow, type Term } from '../term/term.ts'
import { type Build, expr, inScript } from './build.ts'
import { factorRank, hasObservation, hasStatistic, isPrefix, orderFactors } from './display-order.ts'
import { canBeRaised, reachesOn } from './fit.ts'
import { APPLICATION, digits, level, type Notation, OPEN, POWER, type Power, paren } from './notation.ts'

/** The factor that stands in the denominator for `t`, if it is displayed there. */
const inverted = (t: Expr): Expr | undefined => {
  if (t.kind !== 'pow') return undefined
  const { base, exponent: e } = t
  if (e.kind === 'num') {
    if (e.value.num >= 0n) return undefined
    const up = Q.negate(e.value)
    // (ab)^(-1) and (x^2)^(-1) are other terms than 1/(ab) and 1/x^2, which invert each factor.
    if (Q.isOne(up) && (base.kind === 'mul' || base.kind === 'pow' || base.kind === 'num')) return undefined
    return pow(base, num(up))
  }
  if (e.kind !== 'mul' || base.kind === 'num') return undefined
  const c = e.factors[0] as Expr
  if (c.kind !== 'num' || c.value.num >= 0n) return undefined
  const minusOne = c.value.num === -1n && c.value.den === 1n
  const bracket = minusOne && e.factors.length === 2 && e.factors[1]?.kind === 'add'
  const drawn = base.kind === 'big' || (base.kind === 'fn' && base.name !== 'exp' && !isPrefix(base))
  return bracket || drawn ? pow(base, neg(e)) : undefined
}

const some = (t: Term, test: (u: Term) => boolean): boolean => test(t) || children(t).some(c => some(c, test))
const isDrawn = (t: Term): boolean => t.kind === 'big' && (t.op === 'sum' || t.op === 'prod')
const hasDrawn = (t: Term): boolean => some(t, isDrawn)

/** What the denominator is like: a heavy one draws everything into the fraction. */
interface Below {
  readonly heavy: boolean
  readonly drawn: boolean
  readonly data: boolean
  readonly call: boolean
}
const below = (down: readonly Expr[], b: Build): Below => {
  const drawn = down.some(hasDrawn)
  const observed = down.some(d => hasObservation(d, b))
  return {
    drawn,
    data: observed || down.some(d => d.kind === 'fn' && d.name === 'factorial'),
    heavy: drawn || observed || down.some(d => d.kind === 'add' || (d.kind === 'pow' && d.base.kind === 'add') || isPrefix(d)),
    call: down.some(d => (d.kind === 'fn' && d.name !== 'exp') || (d.kind === 'pow' && d.base.kind === 'fn' && d.base.name !== 'exp')),
  }
}

/** True if a factor of the numerator is drawn over the bar rather than behind the fraction. */
const isOver = (f: Expr, alone: boolean, under: Below, b: Build): boolean => {
  switch (f.kind) {
    case 'sym':
    case 'at':
    case 'num':
    case 'bound':
    case 'infinity':
      return true
    case 'add':
      return under.heavy || (alone ? !hasDrawn(f) : !hasStatistic(f, b) && !some(f, u => u.kind === 'fn' || u.kind === 'big'))
    case 'pow': {
      if (isDrawn(f.base)) return f.exponent.kind === 'num' || under.data
      if (f.base.kind === 'fn') return isOver(f.base, alone, under, b)
      const symbolic = f.exponent.kind !== 'num'
      return !symbolic || factorRank(f, b) < 6 || under.data
    }
    case 'fn': {
      const form = functions.get(f.name)?.form
      if (form === 'constant' || form === 'fence' || form === 'postfix') return true
      if (f.name === 'exp') return (under.data || under.heavy) && !isLong(f, b)
      return form === 'prefix' ? under.heavy : under.heavy || under.call
    }
    case 'big':
      return isDrawn(f) ? under.drawn : true
    case 'call':
    case 'expect':
      return under.heavy || alone
    default:
      return false
  }
}

/** c · Π factors for a coefficient c ≥ 0, as a fraction where there is something to divide by. */
export const product = (c: Rational, factors: readonly Expr[], b: Build): Notation => {
  const [only] = factors
  if (only && factors.length === 1 && Q.isOne(c) && !inverted(only)) return single(only, b)
  const up: Expr[] = []
  const down: Expr[] = []
  for (const f of factors) {
    const d = inverted(f)
    if (d) down.push(d)
    else up.push(f)
  }
  const one = c.num === 1n
  if (down.length === 0 && c.den === 1n) return row(one && up.length > 0 ? undefined : c.num, up, b)
  const under = row(c.den === 1n ? undefined : c.den, down, b)
  const slash = b.script && !b.linear
  const what = below(down, b)
  const alone = up.length === 1 && one
  const over: Expr[] = []
  const behind: Expr[] = []
  for (const f of up) (slash || b.linear || isOver(f, alone, what, b) ? over : behind).push(f)
  const inline = b.style.inline === true && behind.length === 0 && ![...over, ...down].some(hasDrawn)
  const frac: Notation = fraction(row(one && over.length > 0 ? undefined : c.num, over, b), under, slash || inline)
  return behind.length === 0 ? frac : joined([frac, ...parts(behind, b)])
}
/** A long exponential, written exp(…), stands behind its fraction even where everything else is drawn into it. */
const isLong = (t: Expr, b: Build): boolean => {
  const shown = expr(t, b)
  return shown.n === 'exp' && !shown.raised
}
const fraction = (over: Notation, under: Notation, slash: boolean): Notation =>
  slash
    ? {
        n: 'frac',
        over: level(over) > OPEN && !reachesOn(over) ? over : paren(over),
        under: level(under) >= POWER ? under : paren(under),
        slash,
      }
    : { n: 'frac', over, under, slash }

/** Factors in display order, each ready to stand beside others. */
const parts = (factors: readonly Expr[], b: Build): Notation[] => orderFactors(factors, b).map(f => single(f, b))
const single = (f: Expr, b: Build): Notation => (f.kind === 'pow' ? power(f, b) : expr(f, b))
const row = (coefficient: bigint | undefined, factors: readonly Expr[], b: Build): Notation => {
  const list = parts(factors, b)
  if (coefficient !== undefined) list.unshift(digits(coefficient))
  return joined(list)
}
const joined = (list: readonly Notation[]): Notation => {
  if (list.length === 1) return list[0] as Notation
  return {
    n: 'product',
    factors: list.map((f, k) => {
      const last = k === list.length - 1
      const l = level(f)
      if (f.n === 'apply' && f.bare && !last) {
        const next = list[k + 1] as Notation
        return next.n === 'apply' && next.bare ? f : { ...f, bare: false, args: f.args.map(a => paren(a)) }
      }
      return l >= APPLICATION || (last && l === OPEN) || (f.n === 'frac' && k === 0) ? f : paren(f)
    }),
  }
}

/** base^exponent where no fraction is wanted. */
export const power = (t: Pow, b: Build): Notation => {
  const { base, exponent } = t
  if (exponent.kind === 'num' && exponent.value.num === 1n && exponent.value.den === 2n) return { n: 'root', body: expr(base, b) }
  const lower = base.kind === 'pow' ? power(base, b) : expr(base, b)
  const raised: Power = { n: 'power', base: canBeRaised(lower) ? lower : paren(lower), exponent: expr(exponent, inScript(b)) }
  if (
    lower.n === 'name' &&
    lower.parts.sup !== undefined &&
    exponent.kind === 'num' &&
    Q.isInteger(exponent.value) &&
    exponent.value.num > 0n
  )
    return { ...raised, base: lower, merged: digits(BigInt(lower.parts.sup) * exponent.value.num) }
  return raised
}
