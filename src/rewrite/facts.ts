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
  /** What was found out in this context: only through `memoryOf`. */
  memory?: Memory | undefined
}

/**
 * What was found out in a context, and the contexts made from it, so that the same step down gives the same context.
 * It grows by what one derivation does and goes with its context.
 */
interface Memory {
  /** The context it belongs to: a copy of a context starts with nothing found out. */
  readonly of: Context
  readonly assumed: { readonly kind: Fact['kind']; readonly props: readonly Prop[]; readonly result: Context }[]
  readonly entered: { readonly lo: Expr; readonly hi: Expr; readonly result: Context }[]
  readonly known: unknown[]
}
const memoryOf = (cx: Context): Memory => {
  if (cx.memory !== undefined && cx.memory.of === cx) return cx.memory
  const fresh: Memory = { of: cx, assumed: [], entered: [], known: [] }
  cx.memory = fresh
  return fresh
}

let kindsOfKnowledge = 0
/** A kind of knowledge kept with a context: made at the first question, the same object at every later one. */
export const knowledge = <K>(begin: (cx: Context) => K): ((cx: Context) => K) => {
  const slot = kindsOfKnowledge++
  return cx => {
    const { known } = memoryOf(cx)
    const found = known[slot] as K | undefined
    if (found !== undefined) return found
    while (known.length < slot) known.push(undefined)
    const made = begin(cx)
    known[slot] = made
    return made
  }
}

export const context = (parts: Partial<Context> = {}): Context => ({
  domains: new Map(),
  facts: [],
  unknowns: [],
  data: [],
  binders: [],
  memory: undefined,
  ...parts,
})

/** The context with further facts, all of the same standing. */
export const assuming = (cx: Context, props: readonly Prop[], kind: Fact['kind'] = 'assume'): Context => {
  if (props.length === 0) return cx
  const made = memoryOf(cx).assumed
  const known = made.find(m => m.kind === kind && m.props.length === props.length && m.props.every((p, i) => same(p, props[i] as Prop)))
  if (known) return known.result
  const { domains, unknowns, data, binders } = cx
  const result: Context = {
    domains,
    facts: [...cx.facts, ...props.map(prop => ({ kind, prop }))],
    unknowns,
    data,
    binders,
    memory: undefined,
  }
  made.push({ kind, props, result })
  return result
}

/** The context with the domain of one name exchanged. */
export const within = ({ domains, facts, unknowns, data, binders }: Context, name: string, set: SetTerm): Context => ({
  domains: new Map(domains).set(name, set),
  facts,
  unknowns,
  data,
  binders,
  memory: undefined,
})

const underBinder = (cx: Context, lo: Expr, hi: Expr): Context => {
  const { entered } = memoryOf(cx)
  const known = entered.find(e => same(e.lo, lo) && same(e.hi, hi))
  if (known) return known.result
  const { domains, unknowns, data } = cx
  const result: Context = {
    domains,
    facts: cx.facts.some(f => f.prop.free !== 0) ? cx.facts.map(f => ({ kind: f.kind, prop: shift(f.prop, 1) })) : cx.facts,
    unknowns,
    data,
    binders: [{ lo, hi }, ...cx.binders].map(b => ({ lo: shift(b.lo, 1), hi: shift(b.hi, 1) })),
    memory: undefined,
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
