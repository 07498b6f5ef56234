/**
 * A name freed from what stands around it in a bound: |x − θ| ≤ 1 is θ − 1 ≤ x ≤ θ + 1, and x/θ < 2 is x < 2θ if
 * θ > 0. Sums, products by a factor of known sign, and absolute values are undone; everything else is left alone.
 */

import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  add,
  addAll,
  type Expr,
  infinity,
  isZero,
  MINUS_ONE,
  minusInfinity,
  mul,
  mulAll,
  neg,
  num,
  ONE,
  pow,
  sub,
  type Term,
} from '../term/term.ts'
import { factors, some, summands } from '../term/walk.ts'

/** Whether a factor is positive or negative, if that is known. */
export type SignOf = (t: Expr) => 'pos' | 'neg' | undefined

/** One end: name < value, name >= value, … */
export interface Bounding {
  readonly side: 'lo' | 'hi'
  readonly value: Expr
  readonly closed: boolean
}

const isEntry = (u: Term, name: string): boolean => (u.kind === 'sym' || u.kind === 'at') && u.name === name
export const speaksOf = (t: Term, name: string): boolean => some(t, u => isEntry(u, name))

/** 1/t, factor by factor. */
const inverse = (t: Expr): Expr => {
  if (t.kind === 'num') return num(Q.inverse(t.value))
  if (t.kind === 'mul') return mulAll(t.factors.map(inverse))
  return t.kind === 'pow' ? pow(t.base, neg(t.exponent)) : pow(t, MINUS_ONE)
}

/** A number times a sum is the sum of the products; like summands are put together, so that an end reads as one would write it. */
const collected = (t: Expr): Expr => {
  const [head, ...rest] = t.kind === 'mul' ? t.factors : []
  const [only] = rest
  const parts = summands(
    head?.kind === 'num' && rest.length === 1 && only?.kind === 'add' ? addAll(only.terms.map(u => mul(head, u))) : t,
  ).map(u => {
    const [c, ...others] = factors(u)
    return c?.kind === 'num' ? { c, of: mulAll(others) } : { c: ONE, of: u }
  })
  const like: { c: Expr; of: Expr }[] = []
  for (const p of parts) {
    const seen = like.find(l => same(l.of, p.of))
    if (seen) seen.c = add(seen.c, p.c)
    else like.push({ ...p })
  }
  return addAll(like.map(l => mul(l.c, l.of)))
}

const opposite = (t: Expr): Expr => (t.kind === 'infinity' ? (t.negative ? infinity : minusInfinity) : collected(neg(t)))

const signOfFactor = (t: Expr, signOf: SignOf | undefined): 'pos' | 'neg' | undefined => {
  if (t.kind === 'num') return Q.sign(t.value) > 0 ? 'pos' : Q.sign(t.value) < 0 ? 'neg' : undefined
  return signOf?.(t)
}

/**
 * What `t ≤ value` (or ≥, <, >) says of the only place of the name in t.
 * @returns one end, two for an absolute value, none where it says nothing (0 ≤ |x|); undefined if t is of another form
 */
export const freed = (t: Expr, name: string, b: Bounding, signOf?: SignOf): readonly Bounding[] | undefined => {
  if (isEntry(t, name)) return [b]
  if (t.kind === 'add') {
    const inside = t.terms.filter(u => speaksOf(u, name))
    const [only] = inside
    if (inside.length !== 1 || !only || b.value.kind === 'infinity')
      return b.value.kind === 'infinity' && only ? freed(only, name, b) : undefined
    const value = t.terms.reduce((v, u) => (u === only ? v : sub(v, u)), b.value)
    return freed(only, name, { ...b, value: collected(value) }, signOf)
  }
  if (t.kind === 'mul') {
    const inside = t.factors.filter(u => speaksOf(u, name))
    const [only] = inside
    const outside = t.factors.filter(u => u !== only)
    const signs = outside.map(u => signOfFactor(u, signOf))
    if (inside.length !== 1 || !only || signs.includes(undefined)) return undefined
    const flips = signs.filter(s => s === 'neg').length % 2 === 1
    const value = b.value.kind === 'infinity' ? (flips ? opposite(b.value) : b.value) : collected(mul(b.value, ...outside.map(inverse)))
    return freed(only, name, { side: flips ? (b.side === 'lo' ? 'hi' : 'lo') : b.side, value, closed: b.closed }, signOf)
  }
  const [argument] = t.kind === 'fn' && t.name === 'abs' ? t.args : []
  if (!argument) return undefined
  if (b.side === 'lo') return isZero(b.value) && b.closed ? [] : undefined
  const both: readonly Bounding[] = [b, { ...b, side: 'lo', value: opposite(b.value) }]
  const ends = both.map(e => freed(argument, name, e, signOf))
  return ends.every(e => e !== undefined) ? ends.flat() : undefined
}
