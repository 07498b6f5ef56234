/** Shapes under a derivative that the mistakes in differentiating share. No slip is written here. */
import { same } from '../../src/term/order.ts'
import * as Q from '../../src/term/rational.ts'
import { type Deriv, type Expr, isNum, MINUS_ONE, mulAll, pow } from '../../src/term/term.ts'
import { mentions, some } from '../../src/term/walk.ts'

export const depends = (t: Expr, wrt: Expr): boolean => (wrt.kind === 'sym' ? mentions(t, wrt.name) : some(t, u => same(u, wrt)))
export const isFirst = (t: Deriv): boolean => t.order === 1
export const inverse = (t: Expr): Expr => pow(t, MINUS_ONE)
export const isCall = (t: Expr, name: string): Expr | undefined => (t.kind === 'fn' && t.name === name ? t.args[0] : undefined)
/** The slope of a sum that is linear in the variable with a numeral in front: 1 − p has −1. */
export const slope = (u: Expr, wrt: Expr): Q.Rational | undefined => {
  if (u.kind !== 'add') return undefined
  let total: Q.Rational = Q.zero
  for (const v of u.terms) {
    if (!depends(v, wrt)) continue
    if (same(v, wrt)) total = Q.plus(total, Q.one)
    else if (v.kind === 'mul' && v.factors.length === 2 && isNum(v.factors[0] as Expr) && same(v.factors[1] as Expr, wrt))
      total = Q.plus(total, (v.factors[0] as { value: Q.Rational }).value)
    else return undefined
  }
  return total
}
export const isMinus = (u: Expr, wrt: Expr): boolean => {
  const s = slope(u, wrt)
  return s !== undefined && Q.sign(s) < 0
}
/** c·v^k with a numeral k: coefficient and exponent. */
export const monomial = (t: Expr, wrt: Expr): { readonly c: Expr; readonly base: Expr; readonly k: Q.Rational } | undefined => {
  const parts = t.kind === 'mul' ? t.factors : [t]
  const varying = parts.filter(f => depends(f, wrt))
  const [only] = varying
  if (!only || varying.length > 1) return undefined
  const c = mulAll(parts.filter(f => f !== only))
  if (same(only, wrt)) return { c, base: wrt, k: Q.one }
  return only.kind === 'pow' && isNum(only.exponent) && !depends(only.exponent, wrt)
    ? { c, base: only.base, k: only.exponent.value }
    : undefined
}
