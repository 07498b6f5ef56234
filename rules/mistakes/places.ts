/** Small patterns that the slips share: parts of products, sums and binders. No slip is written here. */

import * as Q from '../../src/term/rational.ts'
import { addAll, type Big, big, type Expr, isNum, type Mul, mulAll, neg, ONE, pow } from '../../src/term/term.ts'
import { instantiate, shift, subterms } from '../../src/term/walk.ts'

/** The list without its i-th entry. */
export const without = <T>(list: readonly T[], i: number): readonly T[] => list.filter((_, k) => k !== i)
/** The list with its i-th entry exchanged. */
export const exchanged = <T>(list: readonly T[], i: number, value: T): readonly T[] => list.map((u, k) => (k === i ? value : u))

/** Whether a term under a binder depends on its index. */
export const isIndexed = (t: Expr): boolean => (t.free & 1) !== 0
/** A term free of the index, as it stands outside of the binder. */
export const outside = (t: Expr): Expr => instantiate(t, ONE)
export const inside = (t: Expr): Expr => shift(t, 1)
/** The same binder around another body (written with its index). */
export const over = (t: Big, body: Expr, op: Big['op'] = t.op): Big => big(op, t.lo, t.hi, body)

/** A factor below the line: its positive power, or undefined. */
export const belowLine = (f: Expr): Expr | undefined =>
  f.kind === 'pow' && hasMinus(f.exponent) ? pow(f.base, neg(f.exponent)) : undefined
/** −2, −k, −(a + 1): written with a minus in front. */
const hasMinus = (t: Expr): boolean => (t.kind === 'mul' ? hasMinus(t.factors[0] as Expr) : t.kind === 'num' && Q.sign(t.value) < 0)

/** Numerator and denominator of a product as it is written. */
export const fraction = (t: Expr): { readonly above: Expr; readonly below: Expr } => {
  const parts = t.kind === 'mul' ? t.factors : [t]
  const below = parts.map(belowLine)
  return {
    above: mulAll(parts.filter((_, i) => below[i] === undefined)),
    below: mulAll(below.flatMap(b => (b ? [b] : []))),
  }
}
/** The summands of a body: a factor in front of a bracket is given to each. */
export const addends = (body: Expr): readonly Expr[] => {
  if (body.kind === 'add') return body.terms
  if (body.kind !== 'mul') return [body]
  const sums = body.factors.filter(f => f.kind === 'add')
  const [sum] = sums
  if (sum?.kind !== 'add' || sums.length > 1) return [body]
  const rest = body.factors.filter(f => f !== sum)
  return sum.terms.map(u => mulAll([...rest, u]))
}
export const hasArray = (t: Expr): boolean => subterms(t).some(u => u.kind === 'at')
export const isMinusOne = (t: Expr): boolean => isNum(t) && t.value.num === -1n && t.value.den === 1n
export const factorsOf = (t: Expr): readonly Expr[] => (t.kind === 'mul' ? (t as Mul).factors : [t])
/** The summands of a body that have the index, and those that have not. */
export const split = (body: Expr): { readonly free: readonly Expr[]; readonly rest: readonly Expr[] } => {
  const terms = addends(body)
  return { free: terms.filter(u => !isIndexed(u)), rest: terms.filter(isIndexed) }
}
/** Σ(u + c) with the c taken out once. */
export const countedOnce = (t: Big, free: readonly Expr[], rest: readonly Expr[]): Expr =>
  addAll([over(t, addAll(rest)), ...free.map(outside)])
