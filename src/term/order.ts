/**
 * The identity order of terms: a structural total order (for canonical operands), and `same`.
 * It says nothing about how a formula is displayed; display order lives in `print/notation.ts`.
 */
import * as Q from './rational.ts'
import type { Kind, Term } from './term.ts'

const rank: Record<Kind, number> = {
  num: 0, infinity: 1, sym: 2, bound: 3, at: 4, pow: 5, mul: 6, add: 7, fn: 8, big: 9, call: 10, deriv: 11,
  iverson: 12, cases: 13, expect: 14, limit: 15, rel: 16, in: 17, and: 18, or: 19, not: 20, all: 21, finite: 22, range: 23, interval: 24,
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const compareLists = (a: readonly Term[], b: readonly Term[]): number => {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const c = compareTerms(a[i] as Term, b[i] as Term)
    if (c !== 0) return c
  }
  return a.length - b.length
}

/** What distinguishes a node beside its children, as text. */
const label = (t: Term): string => {
  switch (t.kind) {
    case 'sym': case 'fn': case 'at': return t.name
    case 'call': return `${t.name}/${t.prime.join()}`
    case 'big': return t.op
    case 'rel': return t.op
    case 'bound': return String(t.depth).padStart(2, '0')
    case 'deriv': return String(t.order).padStart(2, '0')
    case 'limit': return t.side ?? ''
    case 'infinity': return t.negative ? '-' : '+'
    case 'interval': return `${t.closed[0]}${t.closed[1]}`
    case 'cases': return t.otherwise ? 'o' : ''
    default: return ''
  }
}

/** All children in reading order, binder bodies included. Shared with `walk.ts`. */
export const children = (t: Term): readonly Term[] => {
  switch (t.kind) {
    case 'num': case 'sym': case 'bound': case 'infinity': return []
    case 'at': return t.index
    case 'add': return t.terms
    case 'mul': return t.factors
    case 'pow': return [t.base, t.exponent]
    case 'fn': case 'call': return t.args
    case 'big': return t.rank ? [t.lo, t.hi, t.body, t.rank] : [t.lo, t.hi, t.body]
    case 'deriv': return [t.body, t.wrt]
    case 'iverson': return [t.cond]
    case 'cases': {
      const parts = t.branches.flatMap((b): Term[] => [b.when, b.value])
      return t.otherwise ? [...parts, t.otherwise] : parts
    }
    case 'expect': return [t.body]
    case 'limit': return [t.variable, t.to, t.body]
    case 'rel': return [t.left, t.right]
    case 'in': return [t.element, t.set]
    case 'and': case 'or': return t.props
    case 'not': return [t.prop]
    case 'all': return [t.lo, t.hi, t.body]
    case 'finite': return t.elements
    case 'range': case 'interval': return [t.lo, t.hi]
    default: return t satisfies never
  }
}

/** A total order on terms that depends on structure alone, never on creation. */
export const compareTerms = (a: Term, b: Term): number => {
  if (a === b) return 0
  if (a.kind !== b.kind) return rank[a.kind] - rank[b.kind]
  if (a.kind === 'num' && b.kind === 'num') return Q.compare(a.value, b.value)
  return compareText(label(a), label(b)) || compareLists(children(a), children(b))
}

/** Equal up to the order of commuting operands and the names of bound indices (both are canonical in a term). */
export const same = (a: Term, b: Term): boolean => a === b || (a.hash === b.hash && compareTerms(a, b) === 0)

/** `same`, one level deep: children must be identical. Used by the intern cache. */
export const sameNode = (a: Term, b: Term): boolean => {
  if (a.kind !== b.kind) return false
  if (a.kind === 'num' && b.kind === 'num') return Q.equal(a.value, b.value)
  if (label(a) !== label(b)) return false
  const x = children(a)
  const y = children(b)
  return x.length === y.length && x.every((c, i) => c === y[i])
}
