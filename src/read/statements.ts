/**
 * Whole statements: `… , i in 1..n`, "for every i = 1, …, n", lists of facts, and the end of the text.
 */
import { accept, at, type Cursor, callable, expectOp, fail, isOp, peek, take, unexpected } from './cursor.ts'
import { didYouMean } from './error.ts'
import { expression } from './grammar.ts'
import { isName, name } from './scripts.ts'
import { interpolated } from './sets.ts'
import type { Syntax } from './syntax.ts'

/** x ≠ 0 denied is x = 0. */
const denied = (s: Syntax): Syntax =>
  s.kind === 'chain' && s.ops.length === 1 && s.ops[0] === '!=' ? { ...s, ops: ['='] } : { kind: 'not', span: s.span, prop: s }

/** `, i in 1..n` behind a statement, as often as it stands there; `for some i = 1, …, n` denies that all fail. */
const quantified = (c: Cursor, statement: Syntax, starts = startsQuantifier): Syntax => {
  let body = statement
  while (starts(c)) {
    let isSome = isOp(c, 'for some')
    if (!accept(c, ',')) take(c)
    if (isName(c) && peek(c).text === 'some') {
      isSome = true
      take(c)
    }
    while (isOp(c, 'for') || isOp(c, 'forall') || (isName(c) && ['for', 'all', 'every', 'each'].includes(peek(c).text))) take(c)
    const letter = name(c)
    // "for all i": the letter of the observations, with no range to say
    if (c.scope?.loose && !isOp(c, '=') && !isOp(c, 'in')) {
      const every: Syntax = { kind: 'forall', span: at(c, statement.span.start), body, letter: letter.name, lo: undefined, hi: undefined }
      return isSome ? body : every
    }
    if (!accept(c, '=')) expectOp(c, 'in', `"in" and a range, as in ${letter.name} in 1..n`)
    const range = interpolated(c)
    const span = at(c, statement.span.start)
    const every = (inner: Syntax): Syntax => ({ kind: 'forall', span, body: inner, letter: letter.name, lo: range.lo, hi: range.hi })
    body = isSome ? { kind: 'not', span, prop: every(denied(body)) } : every(body)
  }
  return body
}

const startsFor = (c: Cursor): boolean =>
  isOp(c, 'for') || isOp(c, 'for some') || isOp(c, 'forall') || (isName(c) && peek(c).text === 'for')
/** `… for every i = 1, …, n` inside a formula, where a comma would be taken for one between arguments. */
export const forEvery = (c: Cursor, statement: Syntax): Syntax => quantified(c, statement, startsFor)

/** Whether `, i in lo..` (and no brace) comes next, or `for`. */
const startsQuantifier = (c: Cursor): boolean => {
  if (startsFor(c)) return true
  if (!isOp(c, ',')) return false
  if (isOp(c, 'for', 1) || isOp(c, 'forall', 1) || (peek(c, 1).kind === 'name' && peek(c, 1).text === 'for')) return true
  if (peek(c, 1).kind !== 'name' || !(isOp(c, 'in', 2) || isOp(c, '=', 2))) return false
  // A range is recognised by its dots, before the next comma unless the dots stand between commas.
  for (let k = 3, depth = 0; k < 200; k++) {
    const t = peek(c, k)
    if (t.kind === 'end') return false
    if (t.kind !== 'op') continue
    if (depth === 0 && (t.text === '..' || t.text === '...')) return true
    if (t.text === ',' && depth === 0 && !isOp(c, '...', k + 1)) return false
    if (['(', '[', '{', '\\{'].includes(t.text)) depth++
    if ([')', ']', '}', '\\}'].includes(t.text) && --depth < 0) return false
  }
  return false
}

/** A statement with its quantifiers; also what may stand in parentheses. */
export const statement = (c: Cursor): Syntax => quantified(c, expression(c))

const finish = (c: Cursor): void => {
  const t = peek(c)
  if (t.kind === 'end') return
  if (isOp(c, '.') || isOp(c, ';')) return void unexpected(c, 'the end of the formula')
  if (t.kind === 'name') fail(c, t, `unexpected ${t.text}${didYouMean(t.text, callable(c))}`, 'an operator or the end of the formula')
  unexpected(c, 'an operator or the end of the formula')
}

/** Reads the whole text as one statement. */
export const readAll = (c: Cursor): Syntax => {
  if (peek(c).kind === 'end') unexpected(c, 'a formula')
  const s = statement(c)
  finish(c)
  return s
}

/** Reads statements separated by commas. */
export const readList = (c: Cursor): readonly Syntax[] => {
  const list: Syntax[] = []
  if (peek(c).kind === 'end') return list
  do list.push(statement(c))
  while (accept(c, ',') ?? accept(c, ';'))
  finish(c)
  return list
}
