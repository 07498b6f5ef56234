/** A formula while it is being scanned: what was found so far, and where the scanner stands. */
import { functions } from '../term/functions.ts'
import { ModelError, type Origin, placeOf, type Span } from './error.ts'

export interface Token extends Span {
  readonly kind: 'number' | 'name' | 'op' | 'end'
  /** Digits, the plain spelling of a name, or the operator. */
  readonly text: string
  /** White space stands before it. */
  readonly space: boolean
  /** A Greek letter that no function is called by (γ, β), whatever its plain spelling. */
  readonly symbol: boolean
}

export interface Scanning {
  readonly text: string
  readonly known: (word: string) => boolean
  readonly origin: Origin | undefined
  /** Somebody's own writing. */
  readonly loose: boolean
  readonly latex: boolean
  readonly tokens: Token[]
  /** Arrays that are open: whether a brace stands before them. */
  readonly arrays: boolean[]
  at: number
  /** White space stands before the next token. */
  space: boolean
}

/** Symbols that the table of functions prints: Γ, \psi … (so that γ and β stay letters). */
export const functionSymbols: ReadonlySet<string> = new Set([...functions.values()].flatMap(f => [f.unicode, f.latex.replace(/^\\/, '')]))

export const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9'
/** A run of letters. */
export const letters = /[A-Za-z]{1,60}/y

/** What a sticky pattern finds at a place. */
export const match = (pattern: RegExp, text: string, from: number): string | undefined => {
  pattern.lastIndex = from
  return pattern.exec(text)?.[0]
}

export const fail = (s: Scanning, message: string, start: number, end: number, expected?: string): never => {
  throw new ModelError(message, placeOf(s.text, { start, end }, s.origin), expected)
}

export const emit = (s: Scanning, kind: Token['kind'], value: string, start: number, end: number, symbol = false): undefined => {
  s.tokens.push({ kind, text: value, start, end, space: s.space, symbol })
  s.space = false
  s.at = end
}
