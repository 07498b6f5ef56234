/**
 * Generic traversal and substitution: `children`, `withChildren`, `mapChildren`, `fold`, `subterms`, and what
 * respects binders (`substitute`, `replace`, `instantiate`, `sum`, `prod`). No rule and no mathematics here.
 */
import { children, same } from './order.ts'
import {
  add, addAll, all, and, at, big, binding, bound, call, cases, deriv, type BigOp, type Expr, expect, finite, fn, interval, isIn, iverson,
  limit, mulAll, not, ONE, or, pow, type Prop, range, rel, type SetTerm, sym, type Sym, type Term,
} from './term.ts'

export { children }

const exprs = (parts: readonly Term[]): readonly Expr[] => parts as readonly Expr[]
const props = (parts: readonly Term[]): readonly Prop[] => parts as readonly Prop[]

/** The term with its children exchanged, in the order of `children`. The same term if none changed. */
export const withChildren = <T extends Term>(t: T, parts: readonly Term[]): Term => {
  const old = children(t)
  if (old.length === parts.length && old.every((c, i) => c === parts[i])) return t
  const p = parts as readonly [Expr, Expr, Expr, Expr]
  switch (t.kind) {
    case 'num': case 'sym': case 'bound': case 'infinity': return t
    case 'at': return at(t.name, ...exprs(parts))
    case 'add': return addAll(exprs(parts))
    case 'mul': return mulAll(exprs(parts))
    case 'pow': return pow(p[0], p[1])
    case 'fn': return fn(t.name, ...exprs(parts))
    case 'call': return call(t.name, exprs(parts), t.prime)
    case 'big': return big(t.op, p[0], p[1], p[2], t.rank ? p[3] : undefined)
    case 'deriv': return deriv(p[0], p[1], t.order)
    case 'iverson': return iverson(parts[0] as Prop)
    case 'cases': {
      const branches = t.branches.map((_, i) => ({ when: parts[2 * i] as Prop, value: parts[2 * i + 1] as Expr }))
      return cases(branches, t.otherwise ? (parts.at(-1) as Expr) : undefined)
    }
    case 'expect': return expect(p[0])
    case 'limit': return limit(p[2], parts[0] as Sym, p[1], t.side)
    case 'rel': return rel(t.op, p[0], p[1])
    case 'in': return isIn(p[0], parts[1] as SetTerm)
    case 'and': return and(...props(parts))
    case 'or': return or(...props(parts))
    case 'not': return not(parts[0] as Prop)
    case 'all': return all(p[0], p[1], parts[2] as Prop)
    case 'finite': return finite(...exprs(parts))
    case 'range': return range(p[0], p[1])
    case 'interval': return interval(p[0], p[1], t.closed[0], t.closed[1])
    default: return t satisfies never
  }
}

/** How many binders stand between a node and its i-th child: 1 for the body of Σ, Π, …, "for every". */
export const bindersAbove = (t: Term, child: number): 0 | 1 => ((t.kind === 'big' || t.kind === 'all') && child === 2 ? 1 : 0)

export const mapChildren = (t: Term, f: (child: Term, index: number) => Term): Term => {
  const old = children(t)
  return old.length === 0 ? t : withChildren(t, old.map(f))
}

/** Bottom-up value of a term: `f` gets the node and the values of its children. */
export const fold = <V>(t: Term, f: (t: Term, parts: readonly V[]) => V): V => f(t, children(t).map(c => fold(c, f)))

/** True if any subterm, the term itself included, satisfies the predicate. */
export const some = (t: Term, test: (t: Term) => boolean): boolean => test(t) || children(t).some(c => some(c, test))

/** Every subterm in reading order, the term itself first. */
export function* subterms(t: Term): Generator<Term> {
  yield t
  for (const c of children(t)) yield* subterms(c)
}

/** Adds `by` to every bound index that is free in t (those at or above `from`). */
export const shift = <T extends Term>(t: T, by: number, from = 0): T => {
  if (by === 0 || t.free >>> from === 0) return t
  if (t.kind === 'bound') return (t.depth >= from ? bound(t.depth + by) : t) as T
  return mapChildren(t, (c, i) => shift(c, by, from + bindersAbove(t, i))) as T
}

/** Exchanges every occurrence of `target` for `value`; both are shifted under binders, so nothing is captured. */
export const replace = <T extends Term>(t: T, target: Term, value: Term): T => {
  const go = (u: Term, a: Term, b: Term): Term => {
    if (same(u, a)) return b
    return mapChildren(u, (c, i) => (bindersAbove(u, i) ? go(c, shift(a, 1), shift(b, 1)) : go(c, a, b)))
  }
  return go(t, target, value) as T
}

/** Replaces symbols by terms, all at once. */
export const substitute = <T extends Term>(t: T, values: ReadonlyMap<string, Expr>): T => {
  const go = (u: Term, d: number): Term => {
    if (u.kind === 'sym') {
      const v = values.get(u.name)
      return v ? shift(v, d) : u
    }
    return mapChildren(u, (c, i) => go(c, d + bindersAbove(u, i)))
  }
  return go(t, 0) as T
}

/** The body of a binder with its index set to `value` (a term outside the binder). */
export const instantiate = <T extends Term>(body: T, value: Expr): T => {
  const go = (u: Term, d: number): Term => {
    if (u.free >>> d === 0) return u
    if (u.kind === 'bound') return u.depth === d ? shift(value, d) : u.depth > d ? bound(u.depth - 1) : u
    return mapChildren(u, (c, i) => go(c, d + bindersAbove(u, i)))
  }
  return go(body, 0) as T
}

/** Turns a symbol into the index of a binder about to be put around t. */
export const abstract = <T extends Term>(t: T, name: Sym): T => replace(shift(t, 1), name, bound(0)) as T

const bigOf = (op: BigOp) => (hi: Expr, write: (index: Expr) => Expr, lo: Expr = ONE): Expr =>
  big(op, lo, hi, binding(write, abstract))

/** Σ over lo..hi (lo = 1 unless told), written with a function of the index: `sum(n, i => at('x', i))`. */
export const sum = bigOf('sum')
export const prod = bigOf('prod')
export const maximum = bigOf('max')
export const minimum = bigOf('min')
/** "for every i in lo..hi". */
export const forAll = (hi: Expr, write: (index: Expr) => Prop, lo: Expr = ONE): Prop => all(lo, hi, binding(write, abstract))

/** Names of the symbols that occur. */
export const symbolsOf = (t: Term): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const u of subterms(t)) if (u.kind === 'sym') names.add(u.name)
  return names
}
/** Names of the arrays that occur. */
export const arraysOf = (t: Term): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const u of subterms(t)) if (u.kind === 'at') names.add(u.name)
  return names
}
/** True if the symbol occurs in t. */
export const mentions = (t: Term, name: string): boolean => some(t, u => u.kind === 'sym' && u.name === name)

/** The summands of a sum (the term itself if it is no sum; none for 0). */
export const summands = (t: Expr): readonly Expr[] => (t.kind === 'add' ? t.terms : t.kind === 'num' && t.value.num === 0n ? [] : [t])
/** The factors of a product (the term itself if it is no product; none for 1). */
export const factors = (t: Expr): readonly Expr[] => (t.kind === 'mul' ? t.factors : same(t, ONE) ? [] : [t])

export const plusOne = (t: Expr): Expr => add(t, ONE)
export { sym }
