/**
 * What is known about the symbols and arrays of a problem: an immutable context, never facts on terms.
 * `enter` is the one way down a term: it adds what holds inside (the range of a binder, the condition of a branch).
 */
import { children, same } from '../term/order.ts'
import { type Expr, isIn, not, type Prop, type SetTerm, type Term } from '../term/term.ts'
import { shift } from '../term/walk.ts'

/** Why something holds. `given`: declared domain; `model`: required by the density; `assume`: the case being treated. */
export type Reason =
  | { readonly kind: 'given' | 'model' | 'assume'; readonly fact: Prop }
  | { readonly kind: 'by'; readonly law: string; readonly of: readonly Reason[] }

export interface Fact {
  readonly kind: 'given' | 'model' | 'assume'
  readonly prop: Prop
}

/** The range of an enclosing binder, written in terms of what stands outside of it. */
export interface BinderRange {
  readonly lo: Expr
  readonly hi: Expr
}

export interface Context {
  /** Where each symbol, and each entry of each array, lies. Sets may mention other symbols and, for arrays, no index. */
  readonly domains: ReadonlyMap<string, SetTerm>
  /** Further facts; conditions on all entries of an array are `all` propositions. */
  readonly facts: readonly Fact[]
  /** Names of the parameters to be estimated. */
  readonly unknowns: readonly string[]
  /** Names of the arrays that hold observed data. */
  readonly data: readonly string[]
  /** Ranges of the binders above, innermost first; `Bound(k)` runs over `binders[k]`. */
  readonly binders: readonly BinderRange[]
}

export const context = (parts: Partial<Context> = {}): Context => ({
  domains: new Map(),
  facts: [],
  unknowns: [],
  data: [],
  binders: [],
  ...parts,
})

/**
 * Contexts made from a context, so that the same step down gives the same context and what was proved in it is
 * remembered. Bounded by what one derivation does; it goes with the context.
 */
interface Derived {
  readonly assumed: { readonly kind: Fact['kind']; readonly props: readonly Prop[]; readonly result: Context }[]
  readonly entered: { readonly lo: Expr; readonly hi: Expr; readonly result: Context }[]
}
const derivedFrom = new WeakMap<Context, Derived>()
const derived = (cx: Context): Derived => {
  const known = derivedFrom.get(cx)
  if (known) return known
  const fresh: Derived = { assumed: [], entered: [] }
  derivedFrom.set(cx, fresh)
  return fresh
}

/** The context with further facts, all of the same standing. */
export const assuming = (cx: Context, props: readonly Prop[], kind: Fact['kind'] = 'assume'): Context => {
  if (props.length === 0) return cx
  const made = derived(cx).assumed
  const known = made.find(m => m.kind === kind && m.props.length === props.length && m.props.every((p, i) => same(p, props[i] as Prop)))
  if (known) return known.result
  const { domains, unknowns, data, binders } = cx
  const result: Context = { domains, facts: [...cx.facts, ...props.map(prop => ({ kind, prop }))], unknowns, data, binders }
  made.push({ kind, props, result })
  return result
}

/** The context with the domain of one name exchanged. */
export const within = (cx: Context, name: string, set: SetTerm): Context => ({ ...cx, domains: new Map(cx.domains).set(name, set) })

const underBinder = (cx: Context, lo: Expr, hi: Expr): Context => {
  const { entered } = derived(cx)
  const known = entered.find(e => same(e.lo, lo) && same(e.hi, hi))
  if (known) return known.result
  const { domains, unknowns, data } = cx
  const result: Context = {
    domains,
    facts: cx.facts.some(f => f.prop.free !== 0) ? cx.facts.map(f => ({ kind: f.kind, prop: shift(f.prop, 1) })) : cx.facts,
    unknowns,
    data,
    binders: [{ lo, hi }, ...cx.binders].map(b => ({ lo: shift(b.lo, 1), hi: shift(b.hi, 1) })),
  }
  entered.push({ lo, hi, result })
  return result
}

/** The context that holds inside child `index` of `parent`. The only way down for traversals and replay. */
export const enter = (cx: Context, parent: Term, index: number): Context => {
  if ((parent.kind === 'big' || parent.kind === 'all') && index === 2) return underBinder(cx, parent.lo, parent.hi)
  if (parent.kind === 'cases') {
    // children: when1, value1, when2, value2, …, otherwise
    const branch = Math.floor(index / 2)
    const isValue = index % 2 === 1 || index === children(parent).length - 1
    if (!isValue) return cx
    const failed = parent.branches.slice(0, branch).map(b => not(b.when))
    const holds = parent.branches[branch]?.when
    return assuming(cx, holds && index % 2 === 1 ? [...failed, holds] : failed)
  }
  return cx
}

/** The set in which a symbol, array entry or bound index lies, with the fact to quote. */
export const domainOf = (t: Term, cx: Context): { readonly set: SetTerm; readonly fact: Prop } | undefined => {
  if (t.kind === 'sym') {
    const set = cx.domains.get(t.name)
    return set && { set, fact: isIn(t, set) }
  }
  if (t.kind === 'at') {
    const set = cx.domains.get(t.name)
    return set && { set, fact: isIn(t, set) }
  }
  return undefined
}
