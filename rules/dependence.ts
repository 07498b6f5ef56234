/**
 * What depends on the variable of a derivative. Only names decide; no law of differentiation here.
 */
import { same } from '../src/term/order.ts'
import { type Deriv, deriv, type Expr, ONE, type Term } from '../src/term/term.ts'
import { some } from '../src/term/walk.ts'

/** True if t may change with the variable; entries of one array count as the same variable, and an expectation may depend on anything. */
export const depends = (t: Term, wrt: Expr): boolean =>
  some(
    t,
    u =>
      u.kind === 'expect' ||
      (wrt.kind === 'sym' ? u.kind === 'sym' && u.name === wrt.name : wrt.kind === 'at' ? u.kind === 'at' && u.name === wrt.name : true),
  )

/** The derivative of the inside, as a factor of a chain rule: 1 for the variable itself. */
export const inner = (u: Expr, wrt: Expr): Expr => (same(u, wrt) ? ONE : deriv(u, wrt))

export const isFirst = (t: Deriv): boolean => t.order === 1

/** A first derivative of a term of this kind. */
export const bodyOf = (t: Deriv, kind: 'add' | 'mul' | 'big' | 'cases' | 'call' | 'fn' | 'at'): boolean =>
  isFirst(t) && t.body.kind === kind
