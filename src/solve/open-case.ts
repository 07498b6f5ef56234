/**
 * A condition that holds for the typical sample and fails for a special one: S > 0, and S = 0. Where a solution needs
 * such a fact it opens a case, which the boundary section has to settle.
 */

import { coefficientSign, collected } from '../rewrite/arithmetic.ts'
import type { Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { addAll, all, type Expr, eq, isZero, lt, mul, mulAll, ne, neg, num, type Prop, pow, ZERO } from '../term/term.ts'
import { factors, mentions, some, summands } from '../term/walk.ts'

/** A fact that the solution needs and that fails only for the samples described by `degenerate`. */
export interface OpenCase {
  readonly generic: Prop
  readonly degenerate: Prop
  /** The same samples, said of the data (every x_i = 0), when known. */
  readonly samples?: Prop
}

const coefficientOf = (t: Expr): Q.Rational =>
  t.kind === 'num' ? t.value : t.kind === 'mul' && t.factors[0]?.kind === 'num' ? t.factors[0].value : Q.one

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/** 2n − 2S as n − S, and 3S/2 + Q/4 − n as 6S + Q − 4n: a positive multiple with whole coefficients that share no factor. */
const primitive = (parts: readonly Expr[]): readonly Expr[] => {
  const coefficients = parts.map(coefficientOf)
  const [only, ...others] = parts
  if (only && others.length === 0 && some(only, u => u.kind === 'iverson'))
    return [mul(num(Q.inverse(Q.absolute(coefficients[0] as Q.Rational))), only)]
  if (parts.length < 2) return parts
  const broken = parts.filter((p, k) => !Q.isInteger(coefficients[k] as Q.Rational) && some(p, u => u.kind === 'at'))
  const common = coefficients.reduce((g, c) => gcd(g, c.num < 0n ? -c.num : c.num), 0n)
  const den = broken.length > 1 ? coefficients.reduce((m, c) => (m * c.den) / gcd(m, c.den), 1n) : 1n
  const isWhole = coefficients.every(Q.isInteger)
  if (den === 1n && (!isWhole || common <= 1n)) return parts
  const scale = num(Q.rational(den, den === 1n ? common : 1n))
  return parts.map(p => mul(scale, p))
}

/** A strict inequality saying f > 0 with its negative terms on the other side: 0 < S, k < n. */
export const positivity = (f: Expr): Prop => {
  // −(a − b) is read as b − a
  const opened = summands(f).flatMap(p => {
    const [head, inner, ...more] = p.kind === 'mul' ? p.factors : []
    return head?.kind === 'num' && inner?.kind === 'add' && more.length === 0 ? inner.terms.map(u => mul(head, u)) : [p]
  })
  // S < S + T says 0 < T
  const merged = collected(addAll(opened))
  const parts = primitive(summands(merged).length < opened.length ? summands(merged) : opened)
  const negative = parts.filter(p => coefficientSign(p) < 0)
  return lt(negative.length > 0 ? addAll(negative.map(neg)) : ZERO, addAll(parts.filter(p => coefficientSign(p) > 0)))
}

/** x_i − μ = 0 and 2x_i − 1 = 0 said of the entry: x_i = μ, x_i = 1/2. */
export const entryAlone = (p: Prop): Prop => {
  if (p.kind !== 'all' || p.body.kind !== 'rel' || p.body.op !== '=' || !isZero(p.body.right)) return p
  const left = normalForm(p.body.left)
  const [own, ...others] = summands(left).filter(u => some(u, v => v.kind === 'at'))
  const entry = own && factors(own).find(f => f.kind === 'at')
  if (!own || others.length > 0) return p
  const rest = addAll(summands(left).filter(u => u !== own))
  // log x_i − μ = 0
  if (!entry) return all(p.lo, p.hi, eq(own, neg(rest)))
  const weight = mulAll(factors(own).filter(f => f !== entry))
  if (weight.kind !== 'num') return p
  return all(p.lo, p.hi, eq(entry, normalForm(mul(num(-1), pow(weight, num(-1)), rest))))
}

/** A symbol whose domain mentions the other. */
const isBoundedBy = (a: Expr, b: Expr, cx: Context): boolean => {
  const set = a.kind === 'sym' && b.kind === 'sym' ? cx.domains.get(a.name) : undefined
  return set !== undefined && b.kind === 'sym' && mentions(set, b.name)
}

/** The case in which f, known to be of one weak sign, is 0. */
export const openCase = (f: Expr, cx: Context): OpenCase | undefined => {
  const v = signOf(f, cx)
  if (v?.sign !== 'nonneg' && v?.sign !== 'nonpos') return undefined
  const up = collected(v.sign === 'nonneg' ? f : addAll(summands(f).map(neg)))
  const head = up.kind === 'mul' ? up.factors[0] : undefined
  const generic = positivity(up.kind === 'mul' && head?.kind === 'num' && Q.sign(head.value) > 0 ? mulAll([...up.factors.slice(1)]) : up)
  if (generic.kind !== 'rel') return undefined
  // the statistic stands on the left: k = 0, k = n
  // … and x = n of an x in {0..n}
  const dataLeft = some(generic.left, u => u.kind === 'at') || generic.right.kind === 'num' || isBoundedBy(generic.left, generic.right, cx)
  const degenerate = dataLeft ? eq(generic.left, generic.right) : eq(generic.right, generic.left)
  return { generic, degenerate, ...(v.zeroWhen && !same(v.zeroWhen, degenerate) ? { samples: entryAlone(v.zeroWhen) } : {}) }
}

/**
 * c ≠ 1 where a factor c − 1 of known constants has no known sign: one of the numbers of the problem, linear with numerals. Said
 * of the constant itself.
 */
export const knownCase = (f: Expr, cx: Context): OpenCase | undefined => {
  if (f.kind !== 'add' && f.kind !== 'sym') return undefined
  const parts = summands(f)
  const own = parts.filter(p => p.kind !== 'num')
  const [only, ...others] = own
  const symbol = only && factors(only).find(u => u.kind === 'sym')
  if (!only || others.length > 0 || symbol?.kind !== 'sym' || cx.unknowns.includes(symbol.name) || !cx.domains.has(symbol.name))
    return undefined
  const weight = mulAll(factors(only).filter(u => u !== symbol))
  if (weight.kind !== 'num') return undefined
  const value = normalForm(mul(num(-1), pow(weight, num(-1)), addAll(parts.filter(p => p.kind === 'num'))))
  return { generic: ne(symbol, value), degenerate: eq(symbol, value) }
}
