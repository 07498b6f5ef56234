/**
 * What is attached to an atom: exponents, indices, factorials, accents; and the arguments of LaTeX commands, which are
 * braces or one token. Syntax only.
 */
import { canonicalName, functions } from '../term/functions.ts'
import { parseRational } from '../term/rational.ts'
import { atom, startsAtom } from './atoms.ts'
import { accept, at, type Cursor, close, deeper, expectOp, fail, fenced, isOp, peek, take, unexpected } from './cursor.ts'
import { expression, power, sum } from './grammar.ts'
import { type Syntax, spanning } from './syntax.ts'

/** What stands after ^. */
export const superscript = (c: Cursor): Syntax => {
  if (isOp(c, '{')) return braced(c)
  if (c.scope?.loose && isOp(c, '(')) return deeper(c, () => atom(c))
  if (c.dialect === 'latex') return single(c)
  return deeper(c, () => {
    const sign = accept(c, '-') ?? accept(c, '+')
    if (!sign) return power(c)
    const body = superscript(c)
    return sign.text === '-' ? { kind: 'neg', span: spanning(sign, body.span), body } : body
  })
}

/** The contents of invisible braces. */
export const braced = (c: Cursor): Syntax => {
  const open = expectOp(c, '{')
  return fenced(c, false, () => {
    const body = expression(c)
    close(c, open, '}')
    return body
  })
}

/** The argument of a LaTeX command or script: braces, or one token, digit by digit. */
export const single = (c: Cursor): Syntax => {
  if (isOp(c, '{')) return braced(c)
  const t = peek(c)
  if (t.kind === 'number') {
    const digit = t.text[0] ?? ''
    const span = { start: t.start, end: t.start + 1 }
    if (t.text.length > 1) c.tokens[c.at] = { ...t, text: t.text.slice(1), start: t.start + 1, space: false }
    else take(c)
    return { kind: 'number', span, text: digit, value: parseRational(digit) ?? fail(c, t, 'a number that cannot be read') }
  }
  if (t.kind === 'name') {
    take(c)
    return { kind: 'name', span: { start: t.start, end: t.end }, name: t.text }
  }
  if (isOp(c, '-') || isOp(c, '(') || !startsAtom(c)) return unexpected(c, 'one symbol or braces')
  return deeper(c, () => atom(c))
}

/** An atom with what is attached to it: x_i! is (x_i)!. */
export const postfix = (c: Cursor): Syntax => {
  let left = atom(c)
  for (let attached = 0; ; attached++) {
    const t = peek(c)
    if (t.kind !== 'op') return left
    if (attached > 20) fail(c, t, 'too many indices and accents on one symbol')
    if (t.text === '!') {
      take(c)
      if (left.kind === 'factorial') fail(c, t, 'a double factorial', 'parentheses: (x!)!')
      left = { kind: 'factorial', span: at(c, left.span.start), body: left }
    } else if (t.text === "'" && left.kind === 'group' && c.scope?.loose?.variable !== undefined) {
      take(c)
      left = {
        kind: 'deriv',
        span: at(c, left.span.start),
        body: left,
        wrt: { kind: 'name', span: t, name: c.scope.loose.variable },
        order: 1,
      }
      if (isOp(c, "'")) {
        take(c)
        left = { ...left, span: at(c, left.span.start), order: 2 }
      }
    } else if (t.text === '_') left = subscript(c, left)
    else if (
      t.text === '[' &&
      !t.space &&
      (c.dialect !== 'latex' || isList(c, left)) &&
      (left.kind === 'name' || (left.kind === 'sub' && left.bracket))
    )
      left = indexed(c, left)
    else if (t.text.startsWith('post-')) {
      take(c)
      left = { kind: 'accent', span: at(c, left.span.start), mark: t.text.slice(5) as 'bar' | 'hat' | 'tilde', body: left }
    } else return left
  }
}

/** A declared list cannot stand alone: x[i] is an entry of it in LaTeX too. */
const isList = (c: Cursor, s: Syntax): boolean =>
  (s.kind === 'name' && c.scope?.arrays.has(s.name) === true) || (s.kind === 'sub' && s.bracket)

const baseOf = (c: Cursor, base: Syntax): Syntax =>
  base.kind === 'name' || base.kind === 'sub' || base.kind === 'accent'
    ? base
    : fail(c, peek(c), 'an index on something that is no name', 'an index after the name of an array')

/** x[i], p[i, j] */
const indexed = (c: Cursor, left: Syntax): Syntax => {
  const base = baseOf(c, left)
  const open = take(c)
  return fenced(c, false, () => {
    const index = [sum(c)]
    while (accept(c, ',')) index.push(sum(c))
    close(c, open, ']')
    // On one line of Unicode, and in people's writing, x[(r)] is an order statistic, as x₍ᵣ₎ is.
    const ordered = (c.dialect === 'unicode' || c.scope?.loose !== undefined) && index.length === 1 && index[0]?.kind === 'group'
    return { kind: 'sub', span: at(c, left.span.start), base, index, bracket: !ordered }
  })
}

/** x_i, x_{ij}, x_{(n)}, x_(1) */
export const subscript = (c: Cursor, left: Syntax): Syntax => {
  const base = baseOf(c, left)
  take(c)
  const index: Syntax[] = []
  const open = accept(c, '{')
  if (open)
    fenced(c, false, () => {
      do index.push(isName(c) && (isOp(c, '}', 1) || isOp(c, ',', 1)) ? name(c) : sum(c))
      while (accept(c, ','))
      close(c, open, '}')
    })
  else if (isOp(c, '(') && c.dialect !== 'latex') index.push(...lowered(c))
  else if (isName(c)) index.push(name(c))
  else if (peek(c).kind === 'number') index.push(c.dialect === 'latex' ? single(c) : atom(c))
  else unexpected(c, 'an index')
  const only = index[0]
  const constant =
    base.kind === 'name' && only?.kind === 'name' && !declared(c, base.name)
      ? functions.get(canonicalName(`${base.name}_${only.name}`) ?? '')
      : undefined
  if (constant?.arity === 0) return { kind: 'apply', span: at(c, left.span.start), name: constant.name, args: [], fence: false }
  return { kind: 'sub', span: at(c, left.span.start), base, index, bracket: false }
}
const declared = (c: Cursor, name: string): boolean =>
  c.letters.includes(name) || c.scope?.symbols.has(name) === true || c.scope?.arrays.has(name) === true
/** x_(i−1, j) lists indices, x_(i−1) under a binder of i is an entry; any other x_(r) is an order statistic. */
const lowered = (c: Cursor): readonly Syntax[] => {
  const open = take(c)
  return fenced(c, false, () => {
    const from = c.at
    const list = [sum(c)]
    while (accept(c, ',')) list.push(sum(c))
    close(c, open, ')')
    const bound = c.tokens.slice(from, c.at).some(t => t.kind === 'name' && c.letters.includes(t.text))
    return list.length > 1 || bound ? list : [{ kind: 'group', span: at(c, open.start), open: '(', body: list[0] as Syntax }]
  })
}
export const isName = (c: Cursor): boolean => peek(c).kind === 'name'
export const name = (c: Cursor): Syntax & { kind: 'name' } => {
  const t = peek(c)
  if (t.kind !== 'name') return unexpected(c, 'a name')
  take(c)
  return { kind: 'name', span: { start: t.start, end: t.end }, name: t.text }
}
