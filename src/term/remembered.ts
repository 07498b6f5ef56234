/**
 * Memories keyed by terms as such, not by objects: a term built again is the same key, so nothing that is computed
 * depends on which of two equal terms is at hand. `remembered` is bounded; a `TermMap` grows and goes with its owner.
 */
import { same } from './order.ts'
import type { Term } from './term.ts'

const slotOf = (hash: number, mask: number): number => (hash ^ (hash >>> 15)) & mask

/**
 * The function of a term, with its last values remembered: 2^bits of them at most. Laws, strategies and conditions ask
 * the same question of the same term.
 */
export const remembered = <T extends Term, V>(f: (t: T) => V, bits = 7): ((t: T) => V) => {
  const table: ({ readonly t: T; readonly value: V } | undefined)[] = Array.from({ length: 1 << bits }, () => undefined)
  const mask = (1 << bits) - 1
  return t => {
    const slot = slotOf(t.hash, mask)
    const known = table[slot]
    if (known !== undefined && same(known.t, t)) return known.value
    const value = f(t)
    table[slot] = { t, value }
    return value
  }
}

/** Values by term: open addressing, at most half full. */
export interface TermMap<V> {
  keys: (Term | undefined)[]
  values: (V | undefined)[]
  size: number
}
/** Room is made at the first record: most maps of a derivation stay empty. */
export const termMap = <V>(): TermMap<V> => ({ keys: noSlots, values: noSlots, size: 0 })
/** Never written to. */
const noSlots: undefined[] = [undefined]
const emptySlots = (n: number): undefined[] => new Array<undefined>(n).fill(undefined)

/** Where t stands or would stand. */
const find = (keys: readonly (Term | undefined)[], t: Term): number => {
  const mask = keys.length - 1
  let slot = slotOf(t.hash, mask)
  for (let k = keys[slot]; k !== undefined && !same(k, t); k = keys[slot]) slot = (slot + 1) & mask
  return slot
}

export const recall = <V>(m: TermMap<V>, t: Term): V | undefined => m.values[find(m.keys, t)]

export const record = <V>(m: TermMap<V>, t: Term, value: V): void => {
  if (m.keys === noSlots) grow(m)
  const slot = find(m.keys, t)
  if (m.keys[slot] === undefined) {
    m.size++
    m.keys[slot] = t
  }
  m.values[slot] = value
  if (2 * m.size > m.keys.length) grow(m)
}
/** As if nothing had been recorded of t. */
export const forget = <V>(m: TermMap<V>, t: Term): void => {
  if (m.size > 0) m.values[find(m.keys, t)] = undefined
}
export const clear = <V>(m: TermMap<V>): void => {
  m.keys = noSlots
  m.values = noSlots
  m.size = 0
}
const grow = <V>(m: TermMap<V>): void => {
  const { keys, values } = m
  const room = Math.max(8, 4 * keys.length)
  m.keys = emptySlots(room)
  m.values = emptySlots(room)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    if (key === undefined) continue
    const slot = find(m.keys, key)
    m.keys[slot] = key
    m.values[slot] = values[i]
  }
}
