/**
 * Text to terms: the entry points of the reader. Bad input of any kind is a ModelError with its place; nothing is
 * guessed. All three notations are read by the same parser; a backslash makes a text LaTeX.
 */
import type { Expr, Prop, Term } from '../term/term.ts'
import { prop } from './conditions.ts'
import { cursor } from './cursor.ts'
import { elaborating, expr, term } from './elaborate.ts'
import type { Origin } from './error.ts'
import { readAll, readList } from './statements.ts'
import type { Scope, Syntax } from './syntax.ts'

/**
 * Reads an expression. Without a scope every word is a symbol, `f[i]` an entry of a list and `h(a)` an error.
 * @param text plain, Unicode or LaTeX
 * @param scope the declared names
 * @param origin where the text stands in a file
 * @returns the term, and the surface syntax with spans into `text`
 * @throws ModelError
 * @example parseExpression('p^x*(1-p)^(1-x)', { symbols: new Set(['p', 'x']), arrays: new Set() }).term
 */
export const parseExpression = (text: string, scope?: Scope, origin?: Origin): { readonly term: Expr; readonly syntax: Syntax } => {
  const syntax = readAll(cursor(text, scope, origin))
  const term = elaborating(text, scope, origin, m => expr(m, syntax))
  readLast.set(term, { text: text.trim(), syntax })
  return { term, syntax }
}

/** Of each expression, the text from which it was read last. */
const readLast = new WeakMap<Expr, { readonly text: string; readonly syntax: Syntax }>()

/** The surface of an expression that was read from this text, without reading it again. */
export const surfaceOf = (t: Expr, text: string): Syntax | undefined => {
  const known = readLast.get(t)
  return known?.text === text ? known.syntax : undefined
}

/**
 * Reads a condition: `a > 0`, `0 <= p <= 1`, `x in {0..m}`, `x[i] = 1, i in 1..n`.
 * @throws ModelError
 */
export const parseProposition = (text: string, scope?: Scope, origin?: Origin): Prop => {
  const syntax = readAll(cursor(text, scope, origin))
  return elaborating(text, scope, origin, m => prop(m, syntax))
}

/**
 * Reads conditions separated by commas: `a > 0, n in {1..}, x[i] in {0, 1}, i in 1..n` are three. No text, no conditions.
 * @throws ModelError
 */
export const parseFacts = (text: string, scope?: Scope, origin?: Origin): readonly Prop[] =>
  readList(cursor(text, scope, origin)).map(s => elaborating(text, scope, origin, m => prop(m, s)))

/**
 * Reads whatever the text is: an expression, an equation or another condition.
 * @throws ModelError
 */
export const parseTerm = (text: string, scope?: Scope, origin?: Origin): Term => {
  const syntax = readAll(cursor(text, scope, origin))
  return elaborating(text, scope, origin, m => term(m, syntax))
}

/** The surface alone. @throws ModelError */
export const parseSyntax = (text: string, scope?: Scope, origin?: Origin): Syntax => readAll(cursor(text, scope, origin))

export { type Domain, parseDomain } from './domain.ts'
export { ModelError, type Origin, type Place } from './error.ts'
export type { Scope, Syntax } from './syntax.ts'
