/**
 * A score that is a sum of terms wB/(A + Bθ) with w > 0: what the log of a mixture, or of any density that is linear in the
 * unknown, differentiates to. Each term has the derivative −wB²/(A + Bθ)² ≤ 0, whatever the sign of B.
 */
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { type Context, enter } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { polynomialIn, reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { add, all, div, type Expr, eq, MINUS_ONE, mul, mulAll, neg, ONE, type Prop, pow, sym, TWO, ZERO } from '../term/term.ts'
import { factors, mentions, summands } from '../term/walk.ts'
import type { Setting } from './setting.ts'

/** B of a term wB/(A + Bθ) with w > 0; undefined for another term. */
const slopeOfTerm = (t: Expr, s: Setting, cx: Context): Expr | undefined => {
  const list = factors(t)
  const varying = list.filter(f => mentions(f, s.unknown.name))
  const [below] = varying
  if (varying.length !== 1 || below?.kind !== 'pow' || !same(below.exponent, MINUS_ONE)) return undefined
  const poly = polynomialIn(below.base, s.unknown)
  const slope = poly?.get(1)
  if (!poly || !slope || [...poly.keys()].some(d => d < 0 || d > 1)) return undefined
  const weight = reduceFraction(mul(...list.filter(f => f !== below), pow(slope, MINUS_ONE)))
  return signOf(weight, cx)?.sign === 'pos' ? slope : undefined
}

export interface AffineFall {
  readonly why: Phrase
  /** The samples for which every term is constant, and therefore 0. */
  readonly constantWhen?: Prop
}

/** Whether d falls because it is such a sum; undefined: it is not. */
export const affineFall = (d: Expr, s: Setting, cx: Context): AffineFall | undefined => {
  const zeros: Prop[] = []
  let isStrict = false
  for (const p of summands(d)) {
    const sum = factors(p).find(f => f.kind === 'big')
    const isSum = sum?.kind === 'big' && sum.op === 'sum' && same(sum.lo, ONE) && same(sum.hi, s.size)
    if (sum && !isSum) return undefined
    const outside = mulAll(factors(p).filter(f => f !== sum))
    if (sum && !(outside.kind === 'num' && Q.sign(outside.value) > 0)) return undefined
    const inner = sum ? enter(cx, sum, 2) : cx
    const slope = slopeOfTerm(sum?.kind === 'big' ? sum.body : p, s, inner)
    if (!slope) return undefined
    const sign = signOf(slope, inner)?.sign
    if (sign === 'pos' || sign === 'neg' || sign === 'nonzero') isStrict = true
    else zeros.push(sum?.kind === 'big' ? all(sum.lo, sum.hi, eq(slope, ZERO)) : eq(slope, ZERO))
  }
  const [only, ...others] = zeros
  if (!isStrict && (!only || others.length > 0)) return undefined
  const line = add(sym('A'), mul(sym('B'), s.unknown))
  const why: Phrase = say`: each of its terms is a positive multiple of some ${div(sym('B'), line)}, which has the derivative ${neg(div(pow(sym('B'), TWO), pow(line, TWO)))}`
  return { why, ...(isStrict || !only ? {} : { constantWhen: only }) }
}
