/**
 * Generic traversal and substitution: `children`, `withChildren`, `mapChildren`, `fold`, `subterms`, and what
 * respects binders (`substitute`, `replace`, `instantiate`, `sum`, `prod`). No rule and no mathematics here.
 */
import { children, kindBits, same, someChild } from './order.ts'
import {
  add,
  addAll,
  all,
  and,
  at,
  type BigOp,
  big,
  binding,
  bound,
  call,
  cases,
  deriv,
  type Expr,
  expect,
  finite,
  fn,
  interval,
  isIn,
  iverson,
  type Kind,
  limit,
  mulAll,
  nameBit,
  not,
  ONE,
  or,
  type Prop,
  pow,
  range,
  rel,
  type SetTerm,
  type Sym,
  sym,
  type Term,
} from './term.ts'

export { children }

const exprs = (parts: readonly Term[]): readonly Expr[] => parts as readonly Expr[]
const props = (parts: readonly Term[]): readonly Prop[] => parts as readonly Prop[]

/** The term with its children exchanged, in the order of `children`. The same term if none changed. */
export const withChildren = <T extends Term>(t: T, parts: readonly Term[]): Term => {
  const old = children(t)
  return old.length === parts.length && old.every((c, i) => c === parts[i]) ? t : rebuilt(t, parts)
}
const rebuilt = (t: Term, parts: readonly Term[]): Term => {
  const p = parts as readonly [Expr, Expr, Expr, Expr]
  switch (t.kind) {
    case 'num':
    case 'sym':
    case 'bound':
    case 'infinity':
      return t
    case 'at':
      return at(t.name, ...exprs(parts))
    case 'add':
      return addAll(exprs(parts))
    case 'mul':
      return mulAll(exprs(parts))
    case 'pow':
      return pow(p[0], p[1])
    case 'fn':
      return fn(t.name, ...exprs(parts))
    case 'call':
      return call(t.name, exprs(parts), t.prime)
    case 'big':
      return big(t.op, p[0], p[1], p[2], t.rank ? p[3] : undefined)
    case 'deriv':
      return deriv(p[0], p[1], t.order)
    case 'iverson':
      return iverson(parts[0] as Prop)
    case 'cases': {
      const branches = t.branches.map((_, i) => ({ when: parts[2 * i] as Prop, value: parts[2 * i + 1] as Expr }))
      return cases(branches, t.otherwise ? (parts.at(-1) as Expr) : undefined)
    }
    case 'expect':
      return expect(p[0])
    case 'limit':
      return limit(p[2], parts[0] as Sym, p[1], t.side)
    case 'rel':
      return rel(t.op, p[0], p[1])
    case 'in':
      return isIn(p[0], parts[1] as SetTerm)
    case 'and':
      return and(...props(parts))
    case 'or':
      return or(...props(parts))
    case 'not':
      return not(parts[0] as Prop)
    case 'all':
      return all(p[0], p[1], parts[2] as Prop)
    case 'finite':
      return finite(...exprs(parts))
    case 'range':
      return range(p[0], p[1])
    case 'interval':
      return interval(p[0], p[1], t.closed[0], t.closed[1])
    default:
      return t satisfies never
  }
}

/** How many binders stand between a node and its i-th child: 1 for the body of Σ, Π, …, "for every". */
export const bindersAbove = (t: Term, child: number): 0 | 1 => ((t.kind === 'big' || t.kind === 'all') && child === 2 ? 1 : 0)

/** The list with every entry mapped: the same list if none changed. */
const mapList = <T extends Term>(parts: readonly T[], f: (child: Term, index: number) => Term): readonly T[] => {
  let changed: T[] | undefined
  for (let i = 0; i < parts.length; i++) {
    const old = parts[i] as T
    const c = f(old, i) as T
    if (changed) changed.push(c)
    else if (c !== old) {
      changed = parts.slice(0, i)
      changed.push(c)
    }
  }
  return changed ?? parts
}

export const mapChildren = (t: Term, f: (child: Term, index: number) => Term): Term => {
  switch (t.kind) {
    case 'num':
    case 'sym':
    case 'bound':
    case 'infinity':
      return t
    case 'add': {
      const terms = mapList(t.terms, f)
      return terms === t.terms ? t : addAll(terms)
    }
    case 'mul': {
      const factors = mapList(t.factors, f)
      return factors === t.factors ? t : mulAll(factors)
    }
    case 'pow': {
      const [base, exponent] = [f(t.base, 0) as Expr, f(t.exponent, 1) as Expr]
      return base === t.base && exponent === t.exponent ? t : pow(base, exponent)
    }
    case 'rel': {
      const [left, right] = [f(t.left, 0) as Expr, f(t.right, 1) as Expr]
      return left === t.left && right === t.right ? t : rel(t.op, left, right)
    }
    case 'deriv': {
      const [body, wrt] = [f(t.body, 0) as Expr, f(t.wrt, 1) as Expr]
      return body === t.body && wrt === t.wrt ? t : deriv(body, wrt, t.order)
    }
    default: {
      const old = children(t)
      const parts = mapList(old, f)
      return parts === old ? t : rebuilt(t, parts)
    }
  }
}

/** Bottom-up value of a term: `f` gets the node and the values of its children. */
export const fold = <V>(t: Term, f: (t: Term, parts: readonly V[]) => V): V =>
  f(
    t,
    children(t).map(c => fold(c, f)),
  )

/** True if any subterm, the term itself included, satisfies the predicate. */
export const some = (t: Term, test: (t: Term) => boolean): boolean => test(t) || someChild(t, some, test)
/** True if a node of that kind occurs. */
export const hasKind = (t: Term, kind: Kind): boolean => (t.kinds & kindBits[kind]) !== 0
/** False only if `part` cannot occur in t: some kind or name of it does not. */
const mayContain = (t: Term, part: Term): boolean => (part.kinds & ~t.kinds) === 0 && (part.names & ~t.names) === 0

/** Every subterm in reading order, the term itself first. */
export const subterms = (t: Term): readonly Term[] => {
  const out: Term[] = []
  gather(t, out)
  return out
}
const gather = (t: Term, out: Term[]): boolean => {
  out.push(t)
  return someChild(t, gather, out)
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
    if (!mayContain(u, a)) return u
    if (same(u, a)) return b
    return mapChildren(u, (c, i) => (bindersAbove(u, i) ? go(c, shift(a, 1), shift(b, 1)) : go(c, a, b)))
  }
  return go(t, target, value) as T
}

/** Replaces symbols by terms, all at once. */
export const substitute = <T extends Term>(t: T, values: ReadonlyMap<string, Expr>): T => {
  let bits = 0
  for (const name of values.keys()) bits |= nameBit(name)
  const go = (u: Term, d: number): Term => {
    if ((u.names & bits) === 0) return u
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

const bigOf =
  (op: BigOp) =>
  (hi: Expr, write: (index: Expr) => Expr, lo: Expr = ONE): Expr =>
    big(op, lo, hi, binding(write, abstract))

/** Σ over lo..hi (lo = 1 unless told), written with a function of the index: `sum(n, i => at('x', i))`. */
export const sum = bigOf('sum')
export const prod = bigOf('prod')
export const maximum = bigOf('max')
export const minimum = bigOf('min')
/** "for every i in lo..hi". */
export const forAll = (hi: Expr, write: (index: Expr) => Prop, lo: Expr = ONE): Prop => all(lo, hi, binding(write, abstract))

const gatherNames = (t: Term, into: { readonly kind: 'sym' | 'at'; readonly names: Set<string> }): boolean => {
  if (!hasKind(t, into.kind)) return false
  if (t.kind === into.kind) into.names.add(t.name)
  return someChild(t, gatherNames, into)
}
/** Names of the symbols that occur. */
export const symbolsOf = (t: Term): ReadonlySet<string> => {
  const names = new Set<string>()
  gatherNames(t, { kind: 'sym', names })
  return names
}
/** Names of the arrays that occur. */
export const arraysOf = (t: Term): ReadonlySet<string> => {
  const names = new Set<string>()
  gatherNames(t, { kind: 'at', names })
  return names
}
/** True if the symbol occurs in t. */
export const mentions = (t: Term, name: string): boolean => mentionsBit(t, { name, bit: nameBit(name) })
const mentionsBit = (t: Term, n: { readonly name: string; readonly bit: number }): boolean =>
  (t.names & n.bit) !== 0 && ((t.kind === 'sym' && t.name === n.name) || someChild(t, mentionsBit, n))
/** Whether u occurs in t, also under binders. */
export const occurs = (t: Term, u: Expr): boolean =>
  mayContain(t, u) &&
  (same(t, u) ||
    (hasBinderAbove(t) ? children(t).some((c, i) => occurs(c, bindersAbove(t, i) ? shift(u, 1) : u)) : someChild(t, occurs, u)))
const hasBinderAbove = (t: Term): boolean => t.kind === 'big' || t.kind === 'all'

/** The summands of a sum (the term itself if it is no sum; none for 0). */
export const summands = (t: Expr): readonly Expr[] => (t.kind === 'add' ? t.terms : t.kind === 'num' && t.value.num === 0n ? [] : [t])
/** The factors of a product (the term itself if it is no product; none for 1). */
export const factors = (t: Expr): readonly Expr[] => (t.kind === 'mul' ? t.factors : same(t, ONE) ? [] : [t])

export const plusOne = (t: Expr): Expr => add(t, ONE)
export { sym }
