/**
 * The identity order of terms: a structural total order (for canonical operands), and `same`.
 * It says nothing about how a formula is displayed; display order lives in `print/notation.ts`.
 */
import * as Q from './rational.ts'
import type { Cases, IntervalSet, Kind, Term } from './term.ts'

/** A bit of its own for each kind (see `Node.kinds`), in the order in which terms of different kinds stand. */
export const kindBits: Readonly<Record<Kind, number>> = {
  num: 1,
  infinity: 2,
  sym: 4,
  bound: 8,
  at: 16,
  pow: 32,
  mul: 64,
  add: 128,
  fn: 256,
  big: 512,
  call: 1024,
  deriv: 2048,
  iverson: 4096,
  cases: 8192,
  expect: 1 << 14,
  limit: 1 << 15,
  rel: 1 << 16,
  in: 1 << 17,
  and: 1 << 18,
  or: 1 << 19,
  not: 1 << 20,
  all: 1 << 21,
  finite: 1 << 22,
  range: 1 << 23,
  interval: 1 << 24,
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const compareLists = (a: readonly Term[], b: readonly Term[]): number => {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const c = compareTerms(a[i] as Term, b[i] as Term)
    if (c !== 0) return c
  }
  return a.length - b.length
}

const noTerms: readonly Term[] = []

/** The same terms in the same order. */
export const sameLists = (a: readonly Term[], b: readonly Term[]): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!same(a[i] as Term, b[i] as Term)) return false
  return true
}

/** All children in reading order, binder bodies included. Shared with `walk.ts`. */
export const children = (t: Term): readonly Term[] => {
  switch (t.kind) {
    case 'num':
    case 'sym':
    case 'bound':
    case 'infinity':
      return noTerms
    case 'at':
      return t.index
    case 'add':
      return t.terms
    case 'mul':
      return t.factors
    case 'pow':
      return [t.base, t.exponent]
    case 'fn':
    case 'call':
      return t.args
    case 'big':
      return t.rank ? [t.lo, t.hi, t.body, t.rank] : [t.lo, t.hi, t.body]
    case 'deriv':
      return [t.body, t.wrt]
    case 'iverson':
      return [t.cond]
    case 'cases': {
      const parts = t.branches.flatMap((b): Term[] => [b.when, b.value])
      return t.otherwise ? [...parts, t.otherwise] : parts
    }
    case 'expect':
      return [t.body]
    case 'limit':
      return [t.variable, t.to, t.body]
    case 'rel':
      return [t.left, t.right]
    case 'in':
      return [t.element, t.set]
    case 'and':
    case 'or':
      return t.props
    case 'not':
      return [t.prop]
    case 'all':
      return [t.lo, t.hi, t.body]
    case 'finite':
      return t.elements
    case 'range':
    case 'interval':
      return [t.lo, t.hi]
    default:
      return t satisfies never
  }
}

/** True if a child passes the test, asked in reading order with `x` handed on: a walk that makes no array. */
export const someChild = <X>(t: Term, test: (child: Term, x: X) => boolean, x: X): boolean => {
  switch (t.kind) {
    case 'num':
    case 'sym':
    case 'bound':
    case 'infinity':
      return false
    case 'at':
      return someOf(t.index, test, x)
    case 'add':
      return someOf(t.terms, test, x)
    case 'mul':
      return someOf(t.factors, test, x)
    case 'pow':
      return test(t.base, x) || test(t.exponent, x)
    case 'fn':
    case 'call':
      return someOf(t.args, test, x)
    case 'rel':
      return test(t.left, x) || test(t.right, x)
    case 'and':
    case 'or':
      return someOf(t.props, test, x)
    default:
      return someOf(children(t), test, x)
  }
}
const someOf = <X>(parts: readonly Term[], test: (child: Term, x: X) => boolean, x: X): boolean => {
  for (let i = 0; i < parts.length; i++) if (test(parts[i] as Term, x)) return true
  return false
}

const comparePrimes = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number)
  return a.length - b.length
}

const ends = (t: IntervalSet): number => (t.closed[0] ? 2 : 0) + (t.closed[1] ? 1 : 0)

const compareBranches = (a: Cases, b: Cases): number => {
  const present = (a.otherwise ? 1 : 0) - (b.otherwise ? 1 : 0)
  return present || compareLists(children(a), children(b))
}

/** Sorts in place and keeps the order of equals; by insertion while there are few, since nearly all lists are short. */
export const sortShort = <T>(list: T[], compare: (a: T, b: T) => number): T[] => {
  if (list.length > 24) return list.sort(compare)
  for (let i = 1; i < list.length; i++) {
    const t = list[i] as T
    let k = i
    while (k > 0 && compare(list[k - 1] as T, t) > 0) {
      list[k] = list[k - 1] as T
      k--
    }
    list[k] = t
  }
  return list
}

/**
 * A total order on terms that depends on structure alone, never on creation: by kind, then by what distinguishes a node
 * beside its children, then by the children. No case makes an array: this is the busiest function of the engine.
 */
export const compareTerms = (a: Term, b: Term): number => {
  if (a === b) return 0
  if (a.bit !== b.bit) return a.bit - b.bit
  switch (a.kind) {
    case 'num':
      if (b.kind === a.kind) return Q.compare(a.value, b.value)
      break
    case 'sym':
      if (b.kind === a.kind) return compareText(a.name, b.name)
      break
    case 'bound':
      if (b.kind === a.kind) return a.depth - b.depth
      break
    case 'infinity':
      if (b.kind === a.kind) return (a.negative ? 1 : 0) - (b.negative ? 1 : 0)
      break
    case 'at':
      if (b.kind === a.kind) return compareText(a.name, b.name) || compareLists(a.index, b.index)
      break
    case 'add':
      if (b.kind === a.kind) return compareLists(a.terms, b.terms)
      break
    case 'mul':
      if (b.kind === a.kind) return compareLists(a.factors, b.factors)
      break
    case 'pow':
      if (b.kind === a.kind) return compareTerms(a.base, b.base) || compareTerms(a.exponent, b.exponent)
      break
    case 'fn':
      if (b.kind === a.kind) return compareText(a.name, b.name) || compareLists(a.args, b.args)
      break
    case 'call':
      if (b.kind === a.kind) return compareText(a.name, b.name) || comparePrimes(a.prime, b.prime) || compareLists(a.args, b.args)
      break
    case 'big':
      if (b.kind === a.kind)
        return (
          compareText(a.op, b.op) ||
          compareTerms(a.lo, b.lo) ||
          compareTerms(a.hi, b.hi) ||
          compareTerms(a.body, b.body) ||
          compareLists(a.rank ? [a.rank] : noTerms, b.rank ? [b.rank] : noTerms)
        )
      break
    case 'deriv':
      if (b.kind === a.kind) return a.order - b.order || compareTerms(a.body, b.body) || compareTerms(a.wrt, b.wrt)
      break
    case 'iverson':
      if (b.kind === a.kind) return compareTerms(a.cond, b.cond)
      break
    case 'cases':
      if (b.kind === a.kind) return compareBranches(a, b)
      break
    case 'expect':
      if (b.kind === a.kind) return compareTerms(a.body, b.body)
      break
    case 'limit':
      if (b.kind === a.kind)
        return (
          compareText(a.side ?? '', b.side ?? '') ||
          compareTerms(a.variable, b.variable) ||
          compareTerms(a.to, b.to) ||
          compareTerms(a.body, b.body)
        )
      break
    case 'rel':
      if (b.kind === a.kind) return compareText(a.op, b.op) || compareTerms(a.left, b.left) || compareTerms(a.right, b.right)
      break
    case 'in':
      if (b.kind === a.kind) return compareTerms(a.element, b.element) || compareTerms(a.set, b.set)
      break
    case 'and':
    case 'or':
      if (b.kind === a.kind) return compareLists(a.props, b.props)
      break
    case 'not':
      if (b.kind === a.kind) return compareTerms(a.prop, b.prop)
      break
    case 'all':
      if (b.kind === a.kind) return compareTerms(a.lo, b.lo) || compareTerms(a.hi, b.hi) || compareTerms(a.body, b.body)
      break
    case 'finite':
      if (b.kind === a.kind) return compareLists(a.elements, b.elements)
      break
    case 'range':
      if (b.kind === a.kind) return compareTerms(a.lo, b.lo) || compareTerms(a.hi, b.hi)
      break
    case 'interval':
      if (b.kind === a.kind) return ends(a) - ends(b) || compareTerms(a.lo, b.lo) || compareTerms(a.hi, b.hi)
      break
    default:
      return a satisfies never
  }
  return 0
}

/** Equal up to the order of commuting operands and the names of bound indices (both are canonical in a term). */
export const same = (a: Term, b: Term): boolean => a === b || (a.hash === b.hash && compareTerms(a, b) === 0)
