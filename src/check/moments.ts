/**
 * Expectations and variances of what is said of the data: E(X), Var(x̄). One observation stands for all, since they are identically
 * distributed; a variance adds up over independent observations. Terms only: `agree` finds the numbers.
 */
import { add, at, big, type Expr, expect, mulAll, neg, num, ONE, pow, type Term } from '../term/term.ts'
import { mapChildren, some, substitute } from '../term/walk.ts'
import type { Reference } from './reference.ts'

const TWO = num(2)

/** The term with X and X_i in expectations read as the first observation; free letters only. */
export const ofAnyObservation = (r: Reference, t: Expr): Expr => {
  if (r.model.samples.length !== 1 || (r.model.samples[0]?.covariates.length ?? 0) > 0) return t
  const first = new Map(r.observed.map(name => [name, at(name, ONE)] as const))
  const declared = r.settings[0]?.env.symbols
  const go = (u: Term): Term => {
    const v = u.kind === 'sym' ? u : mapChildren(u, go)
    const index = v.kind === 'at' && v.index.length === 1 ? v.index[0] : undefined
    return v.kind === 'at' && index?.kind === 'sym' && r.observed.includes(v.name) && declared?.has(index.name) === false
      ? at(v.name, ONE)
      : v
  }
  const inside = (u: Term): Term => (u.kind === 'expect' ? expect(go(substitute(u.body, first)) as Expr) : mapChildren(u, inside))
  return inside(t) as Expr
}

/** Var(t) as a term with expectations; undefined where observations are joined in one factor. */
export const varianceOf = (r: Reference, t: Expr): Expr | undefined => {
  const names = new Set(r.observed)
  if (r.model.samples.length !== 1 || r.model.likelihood || names.size !== 1) return undefined
  const isRandom = (u: Term): boolean => some(u, v => (v.kind === 'at' || v.kind === 'sym') && names.has(v.name))
  const go = (u: Expr): Expr | undefined => {
    if (u.kind === 'mul') {
      const random = u.factors.filter(isRandom)
      const fixed = u.factors.filter(f => !isRandom(f))
      const inner = fixed.length > 0 ? go(mulAll(random)) : square(u)
      return inner && mulAll([...fixed.map(f => pow(f, TWO)), inner])
    }
    if (u.kind === 'add') {
      const [only, ...more] = u.terms.filter(isRandom)
      return only && more.length === 0 ? go(only) : square(u)
    }
    if (u.kind === 'big' && u.op === 'sum' && !isRandom(u.lo) && !isRandom(u.hi)) {
      const body = square(u.body)
      return body && big('sum', u.lo, u.hi, body)
    }
    return square(u)
  }
  /** Of a function of one observation. */
  const square = (u: Expr): Expr | undefined =>
    some(u, v => v.kind === 'big') ? undefined : add(expect(pow(u, TWO)), neg(pow(expect(u), TWO)))
  return isRandom(t) ? go(t) : undefined
}
