/** Places in the input, and what reading may throw for bad input. */
import { ModelError } from '../../read/error.ts'
import { TooDeep } from '../../term/term.ts'

/** Line and column of an offset, from 1. */
export type Place = (offset: number) => { readonly line: number; readonly column: number }

/** What reading may throw for bad input. */
export const isBadInput = (error: unknown): error is Error =>
  error instanceof ModelError || error instanceof TooDeep || error instanceof RangeError

export const offsetOf = (text: string, error: ModelError): number | undefined => {
  const p = error.place
  if (!p) return undefined
  let at = 0
  for (let line = 1; line < p.line; line++) {
    const next = text.indexOf('\n', at)
    if (next < 0) return undefined
    at = next + 1
  }
  return at + p.column - 1
}
