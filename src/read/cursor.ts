/**
 * The state of one parse: the tokens, the place reached, the fuel. It knows no grammar. Nothing here is shared
 * between parses.
 */
import { canonicalName, functions } from '../term/functions.ts'
import { type Dialect, ModelError, type Origin, placeOf, type Span } from './error.ts'
import { dialectOf, scan, type Token } from './scanner.ts'
import type { Scope } from './syntax.ts'

export interface Cursor {
  readonly text: string
  readonly origin: Origin | undefined
  readonly dialect: Dialect
  readonly scope: Scope | undefined
  readonly tokens: Token[]
  at: number
  /** How many constructions enclose the place reached. */
  depth: number
  /** Whether a | here closes an absolute value. */
  bars: boolean
  /** How many fences are open. */
  fences: number
  /** Letters of the binders around the place reached, outermost first. */
  readonly letters: string[]
}

/** Deeper nesting is refused: every walker of terms descends by recursion. */
export const deepest = 250
const mostTokens = 20_000

/** A cursor over tokens that were scanned elsewhere, from a text of which they may be a part. */
export const cursorOver = (text: string, tokens: readonly Token[], dialect: Dialect, scope: Scope, origin: Origin | undefined): Cursor => {
  const last = tokens.at(-1)
  const end: Token = { kind: 'end', text: '', start: last?.end ?? 0, end: last?.end ?? 0, space: false, symbol: false }
  return { text, origin, dialect, scope, tokens: [...tokens, end], at: 0, depth: 0, bars: false, fences: 0, letters: [] }
}

/** Words with a grammar of their own in the plain notation. */
export const specialForms: ReadonlySet<string> = new Set([
  'sum',
  'prod',
  'max',
  'min',
  'order',
  'diff',
  'limit',
  'indicator',
  'mean',
  'sqrt',
  'cbrt',
  'exp',
])

export const cursor = (text: string, scope: Scope | undefined, origin: Origin | undefined): Cursor => {
  const dialect = origin?.notation ?? dialectOf(text)
  const declared = (word: string): boolean =>
    scope !== undefined && (scope.symbols.has(word) || scope.arrays.has(word) || (scope.calls?.has(word) ?? false))
  const known = (word: string): boolean => declared(word) || canonicalName(word) !== undefined || specialForms.has(word)
  const tokens = [...scan(text, dialect, known, origin)]
  const c: Cursor = { text, origin, dialect, scope, tokens, at: 0, depth: 0, bars: false, fences: 0, letters: [] }
  if (tokens.length > mostTokens) fail(c, { start: 0, end: 1 }, `the formula has ${tokens.length} symbols`, `at most ${mostTokens}`)
  return c
}

/** @throws ModelError always. */
export const fail = (c: Pick<Cursor, 'text' | 'origin'>, span: Span, message: string, expected?: string): never => {
  throw new ModelError(message, placeOf(c.text, span, c.origin), expected)
}

export const peek = (c: Cursor, ahead = 0): Token => c.tokens[Math.min(c.at + ahead, c.tokens.length - 1)] as Token
export const isOp = (c: Cursor, text: string, ahead = 0): boolean => {
  const t = peek(c, ahead)
  return t.kind === 'op' && t.text === text
}
export const take = (c: Cursor): Token => {
  const t = peek(c)
  if (t.kind !== 'end') c.at++
  return t
}
export const accept = (c: Cursor, text: string): Token | undefined => (isOp(c, text) ? take(c) : undefined)
/** The end of the last token taken. */
export const lastEnd = (c: Cursor): number => c.tokens[c.at - 1]?.end ?? 0

/** A token as it stands in the text, for messages. */
export const quoted = (c: Cursor, t: Token): string =>
  t.kind === 'end' ? 'the formula ends here' : `unexpected ${c.text.slice(t.start, t.end) || t.text}`

export const unexpected = (c: Cursor, expected: string): never => {
  const t = peek(c)
  const closer = t.kind === 'op' && [')', ']', '}', '\\}'].includes(t.text)
  return fail(c, t, closer && c.fences === 0 ? `${quoted(c, t)} with nothing to close` : quoted(c, t), expected)
}

export const expectOp = (c: Cursor, text: string, expected = text): Token => accept(c, text) ?? unexpected(c, expected)

/** What closes each opening fence. */
export const closers: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '\\{': '\\}',
  lvert: 'rvert',
  lfloor: 'rfloor',
  lceil: 'rceil',
}

/** Takes the closing fence of `open`. */
export const close = (c: Cursor, open: Token, closer: string, also?: string): Token => {
  const found = accept(c, closer)
  if (found) return found
  const t = peek(c)
  const name = c.text.slice(open.start, open.end) || open.text
  if (t.kind === 'end') return fail(c, open, `this ${name} is never closed`, closer.replace('\\', ''))
  return fail(
    c,
    t,
    quoted(c, t),
    `${also ? `${also}, ` : ''}an operator or ${closer.replace('\\', '')} to close the ${name} of column ${placeOf(c.text, open, c.origin).column}`,
  )
}

/** Runs `read` one level deeper. @throws ModelError when the nesting is too deep. */
export const deeper = <T>(c: Cursor, read: () => T): T => {
  if (c.depth >= deepest) fail(c, peek(c), `nested more than ${deepest} levels deep`, 'a flatter formula')
  c.depth++
  const result = read()
  c.depth--
  return result
}

/** Inside a fence a | opens again. */
export const fenced = <T>(c: Cursor, bars: boolean, read: () => T): T => {
  const before = c.bars
  c.bars = bars
  c.fences++
  const result = deeper(c, read)
  c.bars = before
  c.fences--
  return result
}

/** Reads `read` with a letter bound. */
export const binding = <T>(c: Cursor, letter: string | undefined, read: () => T): T => {
  if (letter !== undefined) c.letters.push(letter)
  const result = read()
  if (letter !== undefined) c.letters.pop()
  return result
}

export type Meaning = 'symbol' | 'array' | 'call' | 'function' | 'unknown'
/** What a word is, declared names first. Without a scope only functions are known. */
export const meaning = (c: Cursor, t: Token): Meaning => {
  const name = t.text
  if (c.letters.includes(name)) return 'symbol'
  if (c.scope?.symbols.has(name)) return 'symbol'
  if (c.scope?.arrays.has(name)) return 'array'
  if (c.scope?.calls?.has(name)) return 'call'
  return !t.symbol && canonicalName(name) !== undefined ? 'function' : 'unknown'
}

/** Everything that can be called, for suggestions. */
export const callable = (c: Cursor): readonly string[] => [
  ...[...functions.values()].flatMap(f => (f.arity > 0 ? [f.name, ...f.aliases] : [])),
  ...specialForms,
  ...(c.scope?.calls ?? []),
]

export const at = (c: Cursor, start: number): Span => ({ start, end: lastEnd(c) })
