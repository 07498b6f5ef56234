/**
 * How a node lies in memory, and the table of nodes made lately. A compiled program reads a field fast where all the
 * objects it meets there are laid out alike, so every kind has the fields of its group, absent ones undefined: three
 * layouts for twenty-five kinds; one place of a compiled program tells four apart. Only `term.ts` builds nodes.
 */
import { compareTerms } from './order.ts'
import type { Kind, Term } from './term.ts'

/** A node under construction: what every kind has, and the fields of its own kind. */
export type Draft<T extends Term = Term> = { -readonly [K in keyof T]: T[K] }

interface Head {
  kind: Kind
  bit: number
  hash: number
  free: number
  kinds: number
  names: number
  size: number
}

type Layout = <T extends Term>(kind: T['kind'], bit: number, hash: number) => Draft<T>

/** Numbers, symbols, entries of arrays, arithmetic, functions and binders. */
export const ordinary = ((kind: Kind, bit: number, hash: number) => ({
  kind,
  bit,
  hash,
  free: 0,
  kinds: bit,
  names: 0,
  size: 1,
  value: undefined,
  name: undefined,
  depth: undefined,
  index: undefined,
  terms: undefined,
  factors: undefined,
  base: undefined,
  exponent: undefined,
  args: undefined,
  op: undefined,
  lo: undefined,
  hi: undefined,
  body: undefined,
  rank: undefined,
})) as unknown as Layout

/** The other expressions: derivatives, indicators, cases, named quantities, expectations, limits, ±∞. */
export const rare = ((kind: Kind, bit: number, hash: number) => ({
  kind,
  bit,
  hash,
  free: 0,
  kinds: bit,
  names: 0,
  size: 1,
  name: undefined,
  args: undefined,
  prime: undefined,
  body: undefined,
  wrt: undefined,
  order: undefined,
  cond: undefined,
  branches: undefined,
  otherwise: undefined,
  variable: undefined,
  to: undefined,
  side: undefined,
  negative: undefined,
})) as unknown as Layout

/** Propositions and sets. */
export const statement = ((kind: Kind, bit: number, hash: number) => ({
  kind,
  bit,
  hash,
  free: 0,
  kinds: bit,
  names: 0,
  size: 1,
  op: undefined,
  left: undefined,
  right: undefined,
  element: undefined,
  set: undefined,
  props: undefined,
  prop: undefined,
  lo: undefined,
  hi: undefined,
  body: undefined,
  elements: undefined,
  closed: undefined,
})) as unknown as Layout

export const mix = (h: number, v: number): number => {
  let k = Math.imul(v, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  const x = h ^ Math.imul(k, 0x1b873593)
  return (Math.imul((x << 13) | (x >>> 19), 5) + 0xe6546b64) | 0
}

export const hashText = (text: string): number => {
  let h = 17
  for (let i = 0; i < text.length; i++) h = Math.imul(h, 31) + text.charCodeAt(i)
  return h | 0
}

/** The hash of a node with these parts, begun with what distinguishes it beside them. */
export const hashOf = (parts: readonly Term[], start: number): number => {
  let hash = start
  for (let i = 0; i < parts.length; i++) hash = mix(hash, (parts[i] as Term).hash)
  return hash
}

/** Sizes are counted up to here: shared parts make terms whose written length grows beyond every number. */
const boundless = 2 ** 29
const capped = (size: number): number => Math.min(size, boundless)

/** What occurs in the part occurs in the node. */
export const holding = (node: Head, part: Term): void => {
  node.free |= part.free
  node.kinds |= part.kinds
  node.names |= part.names
  node.size = capped(node.size + part.size)
}
export const holdingAll = (node: Head, parts: readonly Term[]): void => {
  let { free, kinds, names, size } = node
  for (let i = 0; i < parts.length; i++) {
    const p = parts[i] as Term
    free |= p.free
    kinds |= p.kinds
    names |= p.names
    size = capped(size + p.size)
  }
  node.size = size
  node.free = free
  node.kinds = kinds
  node.names = names
}
/** A part inside the node's own binder, whose index is not free outside. */
export const binds = (node: Head, body: Term): void => {
  node.free |= body.free >>> 1
  node.kinds |= body.kinds
  node.names |= body.names
  node.size = capped(node.size + body.size)
}

/** Direct-mapped: makes identity the usual case of equality. Bounded; nothing depends on a hit. */
const cacheBits = 12
const cache: (Term | undefined)[] = Array.from({ length: 1 << cacheBits }, () => undefined)
const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & ((1 << cacheBits) - 1)

/** A node of this hash that was made lately: most nodes are made again and again, and need not be. */
export const lately = (hash: number): Term | undefined => {
  const seen = cache[slotOf(hash)]
  return seen !== undefined && seen.hash === hash ? seen : undefined
}

/** The finished node, remembered. */
export const keep = <T extends Term>(draft: Draft<T>): T => {
  const node = draft as T
  cache[slotOf(node.hash)] = node
  return node
}
/** The finished node, or the same one made lately. */
export const intern = <T extends Term>(draft: Draft<T>): T => {
  const seen = lately(draft.hash)
  return seen !== undefined && compareTerms(seen, draft as T) === 0 ? (seen as T) : keep(draft)
}
