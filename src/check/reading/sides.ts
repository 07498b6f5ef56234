/**
 * One side of a relation: tokens to a quantity, a term, a matrix or a maximiser. Everything that cannot be read is a ModelError
 * with its place.
 */

import { cursorOver, fail, isOp, peek } from '../../read/cursor.ts'
import { expr, term } from '../../read/elaborate.ts'
import { type Dialect, suggest } from '../../read/error.ts'
import { expression } from '../../read/grammar.ts'
import type { Meanings } from '../../read/meanings.ts'
import type { Token } from '../../read/scanner.ts'
import { statement } from '../../read/statements.ts'
import { commandOperators, greekNames } from '../../read/symbols.ts'
import { children } from '../../term/order.ts'
import { all, bound, call, type Expr, MINUS_ONE, ONE, type Prop, sym, type Term, ZERO } from '../../term/term.ts'
import { mapChildren, some, substitute } from '../../term/walk.ts'
import { type Side, unhatted } from '../statement.ts'
import { quantityOf, sideOf, termOfSide } from './named-sides.ts'
import type { Notation } from './notation.ts'
import { is } from './token-rows.ts'

const meanings = (n: Notation, text: string): Meanings => ({
  text,
  scope: n.scope,
  origin: undefined,
  letters: [],
  locals: [],
  mean: undefined,
})

const mostNodes = 20_000
const counted = <T extends Term>(t: T, text: string): T => {
  let nodes = 0
  const count = (u: Term): void => {
    if (++nodes > mostNodes)
      fail({ text, origin: undefined }, { start: 0, end: 1 }, 'the formula is too large', `at most ${mostNodes} parts`)
    for (const c of children(u)) count(c)
  }
  count(t)
  return t
}

const mostWork = 2_000_000
/** Every reading is paid for: a document that costs too much is read as far as it goes. */
const paid = (n: Notation, text: string, tokens: readonly Token[]): void => {
  n.work += tokens.length + 1
  if (n.work > mostWork)
    fail({ text, origin: undefined }, tokens[0] ?? { start: 0, end: 1 }, 'the effort that reading may cost is spent', 'a shorter text')
}

/** Refuses what no formula contains, with a suggestion. */
const screened = (text: string, tokens: readonly Token[]): void => {
  const odd = tokens.find(t => t.kind === 'op' && (t.text === 'unknown' || t.text === 'words' || t.text === 'unread'))
  if (!odd) return
  if (odd.text === 'unread') fail({ text, origin: undefined }, odd, 'this formula is too long to be read', 'a shorter one')
  const written = text.slice(odd.start, odd.end)
  if (odd.text === 'words') fail({ text, origin: undefined }, odd, `cannot read the words "${written}" inside a formula`, 'a formula')
  const near = written.startsWith('\\')
    ? suggest(written.slice(1), [...greekNames, ...commandOperators.keys(), 'log', 'exp', 'ln']).map(c => `\\${c}`)
    : []
  fail(
    { text, origin: undefined },
    odd,
    `unknown notation ${written}${near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`}`,
    near.length === 0 ? 'notation of formulas' : undefined,
  )
}

/** log L is ℓ wherever it stands. */
const canonical = (t: Expr): Expr => {
  const walk = (u: Term): Term => {
    const v = mapChildren(u, walk)
    if (v.kind === 'fn' && v.name === 'log' && v.args[0]?.kind === 'call' && v.args[0].name === 'L' && v.args[0].prime.every(k => k === 0))
      return call('ell', v.args[0].args)
    return v
  }
  return some(t, u => u.kind === 'call') ? (walk(t) as Expr) : t
}

/** Reads tokens as an expression. */
export const readExpression = (n: Notation, text: string, tokens: readonly Token[], dialect: Dialect): Expr => {
  paid(n, text, tokens)
  screened(text, tokens)
  // { … \\ & … } over two rows of an alignment
  const rows = tokens.some(t => is(t, '&', '\\\\')) && !tokens.some(t => is(t, 'begin-matrix', 'begin-cases'))
  const c = cursorOver(text, rows ? tokens.filter(t => !is(t, '&', '\\\\')) : tokens, dialect, n.scope, undefined)
  if (peek(c).kind === 'end')
    fail(c, { start: tokens[0]?.start ?? 0, end: (tokens[0]?.start ?? 0) + 1 }, 'nothing stands here', 'a formula')
  const syntax = expression(c)
  const rest = peek(c)
  if (rest.kind !== 'end') {
    const word = text.slice(rest.start, rest.end)
    fail(
      c,
      rest,
      isOp(c, ')') || isOp(c, '}') || isOp(c, ']') ? `${word} with nothing to close` : `unexpected ${word}`,
      'an operator or the end of the formula',
    )
  }
  return canonical(counted(expr(meanings(n, text), syntax), text))
}

/** Reads tokens as a condition; what is said of x_i is said of every observation. */
export const readCondition = (n: Notation, text: string, tokens: readonly Token[], dialect: Dialect): Prop => {
  paid(n, text, tokens)
  screened(text, tokens)
  const c = cursorOver(text, tokens, dialect, n.scope, undefined)
  const syntax = statement(c)
  if (peek(c).kind !== 'end') fail(c, peek(c), `unexpected ${text.slice(peek(c).start, peek(c).end)}`, 'the end of the condition')
  const t = counted(term(meanings(n, text), syntax), text)
  if (t.kind === 'rel' || t.kind === 'in' || t.kind === 'and' || t.kind === 'or' || t.kind === 'not' || t.kind === 'all')
    return everyObservation(n, t)
  return fail(c, syntax.span, 'this is no condition', 'a relation such as x > 0')
}

/** x_i ≤ θ with a letter that nothing binds: for every i. */
const everyObservation = (n: Notation, p: Prop): Prop => {
  const letters = new Set<string>()
  let list: string | undefined
  some(p, u => {
    if (u.kind === 'at')
      for (const i of u.index)
        if (i.kind === 'sym' && !n.scope.symbols.has(i.name)) {
          letters.add(i.name)
          list = u.name
        }
    return false
  })
  const [letter] = letters
  if (letters.size !== 1 || letter === undefined || list === undefined) return p
  const size = n.scope.lengths?.[list] ?? 'n'
  const walk = (t: Term, depth: number): Term => {
    if (t.kind === 'sym' && t.name === letter) return bound(depth)
    return mapChildren(t, c => walk(c, t.kind === 'big' || t.kind === 'all' ? depth + 1 : depth))
  }
  return all(ONE, sym(size), walk(p, 0) as Prop)
}

/** The places of relations outside of every parenthesis. */
const topLevel = (tokens: readonly Token[], test: (t: Token, k: number) => boolean): number => {
  let depth = 0
  for (let k = 0; k < tokens.length; k++) {
    const t = tokens[k] as Token
    if (is(t, '(', '[', '{', '\\{', 'begin-matrix', 'begin-cases', 'lvert')) depth++
    else if (is(t, ')', ']', '}', '\\}', 'end-matrix', 'end-cases')) depth--
    else if (depth === 0 && test(t, k)) return k
  }
  return -1
}

const groupEnd = (tokens: readonly Token[], k: number): number => {
  if (!is(tokens[k], '{', '(', '\\{', '[')) return k + 1
  let depth = 0
  for (let i = k; i < tokens.length; i++) {
    if (is(tokens[i], '{', '(', '[', '\\{')) depth++
    if (is(tokens[i], '}', ')', ']', '\\}') && --depth === 0) return i + 1
  }
  return tokens.length
}

/** ℓ''(p)|_{p = p̂}: what is put for what. */
const evaluation = (
  n: Notation,
  text: string,
  tokens: readonly Token[],
  dialect: Dialect,
): { readonly body: readonly Token[]; readonly values: ReadonlyMap<string, Expr> } | undefined => {
  const bar = topLevel(tokens, (t, k) => is(t, '|', 'rvert', 'mid') && is(tokens[k + 1], '_'))
  if (bar <= 0) return undefined
  const end = groupEnd(tokens, bar + 2)
  const inner = is(tokens[bar + 2], '{') ? tokens.slice(bar + 3, end - 1) : tokens.slice(bar + 2, end)
  const values = new Map<string, Expr>()
  let from = 0
  for (let k = 0; k <= inner.length; k++) {
    if (k < inner.length && !is(inner[k], ',')) continue
    const part = inner.slice(from, k)
    from = k + 1
    const eq = topLevel(part, t => is(t, '='))
    if (eq < 0) {
      const value = readExpression(n, text, part, dialect)
      const p = value.kind === 'sym' ? unhatted(value.name) : undefined
      const name = p ?? n.model.parameters[0]?.name
      if (name !== undefined) values.set(name, value)
      continue
    }
    const left = readExpression(n, text, part.slice(0, eq), dialect)
    const right = readExpression(n, text, part.slice(eq + 1), dialect)
    if (left.kind === 'sym') values.set(unhatted(left.name) ?? left.name, right)
    else fail({ text, origin: undefined }, part[0] ?? { start: 0, end: 1 }, 'a value for something that is no parameter')
  }
  const body = [...tokens.slice(0, bar), ...tokens.slice(end)].filter((t, k) => !(k === 0 && is(t, 'lvert', '|')))
  // ( … )|_{…}
  return { body, values }
}

/** Reads one side. @throws ModelError */
export const readSide = (n: Notation, text: string, tokens: readonly Token[], dialect: Dialect): Side => {
  const [first] = tokens
  if (is(first, 'argmax', 'argmin', 'max') && tokens.length > 1) {
    const argument = !is(first, 'max')
    let k = 1
    const over: string[] = []
    if (is(tokens[1], '_')) {
      const end = groupEnd(tokens, 2)
      for (const t of tokens.slice(2, end)) if (t.kind === 'name' && n.model.parameters.some(p => p.name === t.text)) over.push(t.text)
      k = end
    }
    if (argument || over.length > 0) {
      const rest = tokens.slice(k)
      const inner = rest.length > 2 && is(rest[0], '\\{', '{', '[') && groupEnd(rest, 0) === rest.length ? rest.slice(1, -1) : rest
      const of = readSide(n, text, inner, dialect)
      const minimised: Side = is(first, 'argmin') ? { kind: 'term', term: negatedSide(n, of) } : of
      return { kind: argument ? 'argmax' : 'max', of: minimised, over: over.length > 0 ? over : n.model.parameters.map(p => p.name) }
    }
  }
  // diag(a, b)
  if (first?.kind === 'name' && first.text === 'diag' && is(tokens[1], '(') && groupEnd(tokens, 1) === tokens.length) {
    const entries: Token[][] = [[]]
    let depth = 0
    for (const t of tokens.slice(2, -1)) {
      if (is(t, '(', '[', '{', '\\{')) depth++
      else if (is(t, ')', ']', '}', '\\}')) depth--
      if (depth === 0 && is(t, ',')) entries.push([])
      else entries.at(-1)?.push(t)
    }
    const diagonal = entries.map(part => readExpression(n, text, part, dialect))
    return { kind: 'matrix', entries: diagonal.map((d, i) => diagonal.map((_, j) => (i === j ? d : ZERO))) }
  }
  const matrix = tokens.findIndex(t => is(t, 'begin-matrix'))
  if (matrix >= 0) return readMatrix(n, text, tokens, matrix, dialect)
  if (is(first, 'nabla')) {
    const squared = is(tokens[1], '^')
    const rest = tokens.slice(squared ? groupEnd(tokens, 2) : 1)
    const of = quantityOf(n, readExpression(n, text, rest, dialect))
    if (of)
      return { kind: 'quantity', quantity: { kind: squared ? 'hessian' : 'gradient', of: of.quantity }, ...(of.at ? { at: of.at } : {}) }
    return fail({ text, origin: undefined }, first as Token, 'a gradient of something that is no likelihood')
  }
  const put = evaluation(n, text, tokens, dialect)
  if (put) {
    const t = readExpression(n, text, put.body, dialect)
    const of = quantityOf(n, t)
    if (of) {
      const at: Record<string, Expr> = { ...of.at }
      for (const [name, value] of put.values) at[name] = value
      return { kind: 'quantity', quantity: of.quantity, at }
    }
    return { kind: 'term', term: substitute(t, put.values) }
  }
  return sideOf(n, readExpression(n, text, tokens, dialect))
}

const negatedSide = (n: Notation, s: Side): Expr => {
  const t = termOfSide(n, s)
  return t.kind === 'call' && t.name === 'nll' ? call('ell', t.args, t.prime) : t
}

const readMatrix = (n: Notation, text: string, tokens: readonly Token[], from: number, dialect: Dialect): Side => {
  const end = tokens.findIndex((t, k) => k > from && is(t, 'end-matrix'))
  const stop = end < 0 ? tokens.length : end
  const rows: Expr[][] = [[]]
  let start = from + 1
  let depth = 0
  for (let k = from + 1; k <= stop; k++) {
    const t = tokens[k]
    if (is(t, '(', '{', '[')) depth++
    if (is(t, ')', '}', ']')) depth--
    const cell = k === stop || (depth === 0 && is(t, '&', '\\\\'))
    if (!cell) continue
    const part = tokens.slice(start, k)
    if (part.length > 0) rows.at(-1)?.push(readExpression(n, text, part, dialect))
    if (is(t, '\\\\')) rows.push([])
    start = k + 1
  }
  const entries = rows.filter(r => r.length > 0)
  const around = tokens.slice(0, from).filter(t => !is(t, '(', '[', 'lvert', '|'))
  const minus = around.length === 1 && is(around[0], '-')
  const factor = around.length === 0 ? undefined : minus ? MINUS_ONE : readExpression(n, text, around, dialect)
  return { kind: 'matrix', entries, ...(factor ? { factor } : {}) }
}
