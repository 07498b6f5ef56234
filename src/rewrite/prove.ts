/**
 * Proofs of whole propositions from the context, and the two ways in which proofs combine. Signs are `sign.ts`;
 * nothing is assumed here, and what is not proved is `undefined`, never false.
 */
import { same } from '../term/order.ts'
import { type Expr, le, lt, not, type Prop, type SetTerm, sub } from '../term/term.ts'
import { type Context, domainOf, enter, type Reason } from './facts.ts'
import { proveInteger, proveNonnegative, proveNonzero, provePositive, signOf } from './sign.ts'

/** The reasons why something holds; undefined: not known. */
export type Proof = readonly Reason[] | undefined

/** A proof for every item, or none at all. */
export const forEvery = <T>(items: readonly T[], proof: (item: T) => Proof): Proof => {
  const reasons: Reason[] = []
  for (const item of items) {
    const found = proof(item)
    if (!found) return undefined
    reasons.push(...found)
  }
  return reasons
}

/** The first condition that can be proved: any of them is enough. */
export const firstOf = (...conditions: readonly (() => Proof)[]): Proof => {
  for (const condition of conditions) {
    const found = condition()
    if (found) return found
  }
  return undefined
}

/** All conditions, in order; those after an unproved one are not tried. */
export const eachOf = (...conditions: readonly (() => Proof)[]): Proof => forEvery(conditions, condition => condition())

const byFact = (prop: Prop, cx: Context): Proof => {
  for (const f of cx.facts) {
    const parts = f.prop.kind === 'and' ? f.prop.props : [f.prop]
    if (parts.some(p => same(p, prop))) return [{ kind: f.kind, fact: prop }]
  }
  return undefined
}

const lies = (element: Expr, set: SetTerm, cx: Context): Proof => {
  const domain = domainOf(element, cx)
  if (domain && same(domain.set, set)) return [{ kind: 'given', fact: domain.fact }]
  const above = (closed: boolean, lo: Expr) => (): Proof =>
    lo.kind === 'infinity' ? (lo.negative ? [] : undefined) : prove((closed ? le : lt)(lo, element), cx)
  const below = (closed: boolean, hi: Expr) => (): Proof =>
    hi.kind === 'infinity' ? (hi.negative ? undefined : []) : prove((closed ? le : lt)(element, hi), cx)
  switch (set.kind) {
    case 'interval':
      return eachOf(above(set.closed[0], set.lo), below(set.closed[1], set.hi))
    case 'range':
      return eachOf(() => proveInteger(element, cx), above(true, set.lo), below(true, set.hi))
    case 'finite': {
      const one = firstOf(...set.elements.map(e => () => equal(element, e, cx)))
      if (one || domain?.set.kind !== 'finite') return one
      const inside = domain.set.elements.every(v => set.elements.some(e => same(e, v)))
      return inside ? [{ kind: 'given', fact: domain.fact }] : undefined
    }
    default:
      return set satisfies never
  }
}

const equal = (a: Expr, b: Expr, cx: Context): Proof => {
  if (same(a, b)) return []
  const v = signOf(sub(a, b), cx)
  return v?.sign === 'zero' ? [v.why] : undefined
}

/** Proof of the proposition in this context, or undefined. */
export const prove = (prop: Prop, cx: Context): Proof => {
  const stated = byFact(prop, cx)
  if (stated) return stated
  switch (prop.kind) {
    case 'rel':
      switch (prop.op) {
        case '<':
          return provePositive(sub(prop.right, prop.left), cx)
        case '<=':
          return proveNonnegative(sub(prop.right, prop.left), cx)
        case '!=':
          return proveNonzero(sub(prop.left, prop.right), cx)
        case '=':
          return equal(prop.left, prop.right, cx)
        default:
          return prop.op satisfies never
      }
    case 'in':
      return lies(prop.element, prop.set, cx)
    case 'and':
      return forEvery(prop.props, p => prove(p, cx))
    case 'or':
      return firstOf(...prop.props.map(p => () => prove(p, cx)))
    case 'all':
      return prove(prop.body, enter(cx, prop, 2))
    case 'not':
      return undefined
    default:
      return prop satisfies never
  }
}

/** Proof that the proposition fails, or undefined. */
export const disprove = (prop: Prop, cx: Context): Proof => {
  if (prop.kind === 'in') {
    const { element, set } = prop
    const beyond = (lo: Expr, hi: Expr, closed: readonly [boolean, boolean]): Proof =>
      firstOf(
        () => (lo.kind === 'infinity' ? undefined : prove((closed[0] ? lt : le)(element, lo), cx)),
        () => (hi.kind === 'infinity' ? undefined : prove((closed[1] ? lt : le)(hi, element), cx)),
        () => byFact(not(prop), cx),
      )
    if (set.kind === 'finite') return forEvery(set.elements, e => proveNonzero(sub(element, e), cx))
    return beyond(set.lo, set.hi, set.kind === 'interval' ? set.closed : [true, true])
  }
  if (prop.kind === 'and') return firstOf(...prop.props.map(p => () => disprove(p, cx)))
  if (prop.kind === 'or') return forEvery(prop.props, p => disprove(p, cx))
  return prop.kind === 'all' ? undefined : prove(not(prop), cx)
}
