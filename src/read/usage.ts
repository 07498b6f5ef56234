/**
 * Where usage differs (n/2σ², log 2x, Σ x_i − μ) and somebody's own writing is read: the usual reading, or the other one.
 * The strict grammar never asks.
 */
import { type Cursor, isOp, peek } from './cursor.ts'
import type { Span } from './error.ts'

/** Whether what follows belongs to the part before it; `usual` is what most writers mean. */
export const shared = (c: Cursor, span: Span, usual: boolean): boolean => {
  const other = (c.scope?.loose?.choose(span) ?? 0) === 1
  return other ? !usual : usual
}

/** Where the last mention of the letter stands, ahead on the same level and before any other sum: −1 if there is none. */
export const lastMention = (c: Cursor, letter: string): number => {
  let found = -1
  /** From this level on the letter belongs to another sum. */
  let inner = Number.POSITIVE_INFINITY
  for (let k = 0, depth = 0; k < 400; k++) {
    const t = peek(c, k)
    if (t.kind === 'end') return found
    if (t.kind === 'name' && t.text === letter && depth < inner) found = c.at + k
    if (t.kind !== 'op') continue
    if (depth > 0 && depth < inner && (t.text === 'Sum' || t.text === 'Prod' || t.text === 'max' || t.text === 'min')) inner = depth
    if (['(', '[', '{', '\\{', 'lvert'].includes(t.text)) depth++
    if ([')', ']', '}', '\\}', 'rvert'].includes(t.text) && --depth < 0) return found
    if (depth < inner) inner = Number.POSITIVE_INFINITY
    if (
      depth === 0 &&
      (['=', '<', '>', '<=', '>=', '!=', ',', ';', 'Sum', 'Prod', 'max', 'min', '&', '|'].includes(t.text) || isOp(c, '...', k))
    )
      return found
  }
  return found
}
