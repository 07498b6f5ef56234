/**
 * One precedence parser for all notations: tokens to surface syntax. From loosest to tightest: `? :`, or, and, not,
 * relations and `in`, + −, products (written, implied, /), sign, ^, postfix. Declared names decide whether `p(…)` is a
 * product; where two readings are usual (a/2b, log 2x) it refuses and asks for parentheses.
 */
import { canonicalName, functions } from '../term/functions.ts'
import { parseRational } from '../term/rational.ts'
import { atom, startsAtom } from './atoms.ts'
import { accept, at, callable, close, type Cursor, deeper, expectOp, fail, fenced, isOp, meaning, peek, take, unexpected } from './cursor.ts'
import { didYouMean } from './error.ts'
import { interpolated, set } from './sets.ts'
import { type Relation, spanning, type Syntax } from './syntax.ts'

const relations: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

/** Anything: an expression, a condition, or a choice between expressions. */
export const expression = (c: Cursor): Syntax =>
  deeper(c, () => {
    const first = forEvery(c, logic(c))
    if (!isOp(c, '?')) return first
    const branches: { when: Syntax; value: Syntax }[] = []
    let when = first
    for (;;) {
      if (!accept(c, '?')) return { kind: 'cases', span: spanning(first.span, when.span), branches, otherwise: when }
      const value = expression(c)
      branches.push({ when, value })
      expectOp(c, ':', '":" and the value in the other case')
      when = forEvery(c, logic(c))
      if (when.kind === 'name' && when.name === 'undefined') return { kind: 'cases', span: spanning(first.span, when.span), branches, otherwise: undefined }
    }
  })

const logic = (c: Cursor): Syntax => {
  const ors = [conjunction(c)]
  while (accept(c, 'or')) ors.push(conjunction(c))
  return junction('or', ors)
}
const conjunction = (c: Cursor): Syntax => {
  const ands = [negation(c)]
  while (accept(c, 'and')) ands.push(negation(c))
  return junction('and', ands)
}
const junction = (kind: 'and' | 'or', props: readonly Syntax[]): Syntax => {
  const [first, last] = [props[0] as Syntax, props.at(-1) as Syntax]
  return props.length === 1 ? first : { kind, span: spanning(first.span, last.span), props }
}
const negation = (c: Cursor): Syntax => {
  const start = accept(c, 'not')
  if (!start) return relation(c)
  const prop = deeper(c, () => negation(c))
  return { kind: 'not', span: spanning(start, prop.span), prop }
}

const relation = (c: Cursor): Syntax => {
  const operands = [sum(c)]
  const ops: Relation[] = []
  for (;;) {
    const t = peek(c)
    if (t.kind === 'op' && relations.has(t.text)) {
      take(c)
      ops.push(t.text as Relation)
      operands.push(sum(c))
    } else if (t.kind === 'op' && (t.text === 'in' || t.text === 'notin')) {
      take(c)
      const element = operands.at(-1) as Syntax
      const s = set(c)
      if (ops.length > 0) fail(c, t, '"in" after another relation', 'one of them, or both joined by "and"')
      return { kind: 'in', span: spanning(element.span, s.span), element, set: s, negated: t.text === 'notin' }
    } else break
  }
  const [first, last] = [operands[0] as Syntax, operands.at(-1) as Syntax]
  return ops.length === 0 ? first : { kind: 'chain', span: spanning(first.span, last.span), operands, ops }
}

const isSign = (c: Cursor): boolean => isOp(c, '+') || isOp(c, '-')

/** Summands with their signs. */
export const sum = (c: Cursor): Syntax => {
  const start = peek(c).start
  const signed = isSign(c)
  const terms: { minus: boolean; term: Syntax }[] = []
  for (;;) {
    let minus = false
    if (terms.length > 0 || signed) minus = take(c).text === '-'
    terms.push({ minus, term: product(c) })
    if (!isSign(c)) break
  }
  const only = terms[0]
  if (terms.length === 1 && only && !only.minus) return only.term
  return { kind: 'sum', span: at(c, start), terms }
}

/** How the next factor is joined, if one follows. */
const nextJoin = (c: Cursor, left: Syntax): '*' | '/' | ' ' | undefined => {
  if (isOp(c, '*')) return '*'
  if (isOp(c, '/')) return '/'
  const t = peek(c)
  if (!startsAtom(c)) return undefined
  if (t.kind === 'number') {
    const digits = left.kind === 'number' || (left.kind === 'product' && left.factors.at(-1)?.factor.kind === 'number')
    if (digits || c.dialect !== 'latex') return unexpected(c, 'an operator before the number')
  }
  return ' '
}

/** Whether a denominator visibly ends where it does, so that what follows is not part of it. */
const closed = (s: Syntax): boolean =>
  s.kind === 'group' || s.kind === 'frac' || s.kind === 'root' || s.kind === 'call' || (s.kind === 'apply' && s.fence) || (s.kind === 'power' && closed(s.base)) || (s.kind === 'factorial' && closed(s.body))

const standsApart = (c: Cursor): boolean => {
  const t = peek(c)
  return t.kind === 'name' ? meaning(c, t) === 'function' && isOp(c, '(', 1) : t.kind === 'op' && ['Sum', 'Prod', 'indicator', 'begin-cases', 'lim'].includes(t.text)
}

/** Factors from left to right; * / and juxtaposition bind alike. */
export const product = (c: Cursor): Syntax => {
  const first = signed(c)
  const factors: { join: '*' | '/' | ' '; factor: Syntax }[] = [{ join: '*', factor: first }]
  for (;;) {
    const left = factors.at(-1) as { join: string; factor: Syntax }
    const join = nextJoin(c, left.factor)
    if (join === undefined) break
    if (join !== ' ') take(c)
    else if (left.join === '/' && !closed(left.factor) && !standsApart(c)) {
      const slashSpaced = /\s/.test(c.text[left.factor.span.start - 1] ?? '')
      if (c.dialect === 'latex' || !peek(c).space || slashSpaced)
        fail(c, { start: left.factor.span.start, end: peek(c).end }, 'it is not clear how far the denominator goes', 'parentheses: a/(b*c) or (a/b)*c')
    }
    factors.push({ join, factor: join === ' ' ? power(c) : signed(c) })
  }
  return factors.length === 1 ? first : { kind: 'product', span: spanning(first.span, (factors.at(-1)?.factor ?? first).span), factors }
}

/** A factor with its own sign: the second one of 2*-x. */
const signed = (c: Cursor): Syntax => {
  const sign = accept(c, '-') ?? accept(c, '+')
  if (!sign) return power(c)
  const body = deeper(c, () => signed(c))
  return sign.text === '-' ? { kind: 'neg', span: spanning(sign, body.span), body } : body
}

/** A base with its exponents; -x^2 is -(x^2), 2^-x^2 is 2^(-(x^2)). */
export const power = (c: Cursor): Syntax => {
  let base = postfix(c)
  if (!isOp(c, '^')) return base
  take(c)
  const exponent = superscript(c)
  if (isOp(c, '_') && (base.kind === 'name' || base.kind === 'accent')) base = subscript(c, base) // x^2_i
  if (isOp(c, '^')) fail(c, peek(c), 'a second exponent on the same base', 'braces or parentheses: (a^b)^c or a^(b^c)')
  if (isOp(c, '!')) fail(c, peek(c), 'it is not clear what the factorial is of', 'parentheses around the power or the factorial')
  return { kind: 'power', span: at(c, base.span.start), base, exponent }
}

/** What stands after ^. */
export const superscript = (c: Cursor): Syntax => {
  if (isOp(c, '{')) return braced(c)
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
const postfix = (c: Cursor): Syntax => {
  let left = atom(c)
  for (;;) {
    const t = peek(c)
    if (t.kind !== 'op') return left
    if (t.text === '!') {
      take(c)
      if (left.kind === 'factorial') fail(c, t, 'a double factorial', 'parentheses: (x!)!')
      left = { kind: 'factorial', span: at(c, left.span.start), body: left }
    } else if (t.text === '_') left = subscript(c, left)
    else if (t.text === '[' && c.dialect !== 'latex' && !t.space && (left.kind === 'name' || (left.kind === 'sub' && left.bracket))) left = indexed(c, left)
    else if (t.text.startsWith('post-')) {
      take(c)
      left = { kind: 'accent', span: at(c, left.span.start), mark: t.text.slice(5) as 'bar' | 'hat' | 'tilde', body: left }
    } else return left
  }
}

const baseOf = (c: Cursor, base: Syntax): Syntax =>
  base.kind === 'name' || base.kind === 'sub' || base.kind === 'accent' ? base : fail(c, peek(c), 'an index on something that is no name', 'an index after the name of an array')

/** x[i], p[i, j] */
const indexed = (c: Cursor, left: Syntax): Syntax => {
  const base = baseOf(c, left)
  const open = take(c)
  return fenced(c, false, () => {
    const index = [sum(c)]
    while (accept(c, ',')) index.push(sum(c))
    close(c, open, ']')
    // On one line of Unicode x[(r)] is an order statistic, as x₍ᵣ₎ is.
    const ordered = c.dialect === 'unicode' && index.length === 1 && index[0]?.kind === 'group'
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
  const constant = base.kind === 'name' && only?.kind === 'name' && !declared(c, base.name) ? functions.get(canonicalName(`${base.name}_${only.name}`) ?? '') : undefined
  if (constant?.arity === 0) return { kind: 'apply', span: at(c, left.span.start), name: constant.name, args: [], fence: false }
  return { kind: 'sub', span: at(c, left.span.start), base, index, bracket: false }
}
const declared = (c: Cursor, name: string): boolean => c.letters.includes(name) || c.scope?.symbols.has(name) === true || c.scope?.arrays.has(name) === true
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
const isName = (c: Cursor): boolean => peek(c).kind === 'name'
export const name = (c: Cursor): Syntax & { kind: 'name' } => {
  const t = peek(c)
  if (t.kind !== 'name') return unexpected(c, 'a name')
  take(c)
  return { kind: 'name', span: { start: t.start, end: t.end }, name: t.text }
}

/** `, i in 1..n` behind a statement, as often as it stands there. */
const quantified = (c: Cursor, statement: Syntax, starts = startsQuantifier): Syntax => {
  let body = statement
  while (starts(c)) {
    if (!accept(c, ',')) take(c)
    while (isOp(c, 'for') || isOp(c, 'forall') || (isName(c) && ['for', 'all', 'every', 'each'].includes(peek(c).text))) take(c)
    const letter = name(c)
    if (!accept(c, '=')) expectOp(c, 'in', `"in" and a range, as in ${letter.name} in 1..n`)
    const range = interpolated(c)
    body = { kind: 'forall', span: at(c, statement.span.start), body, letter: letter.name, lo: range.lo, hi: range.hi }
  }
  return body
}

const startsFor = (c: Cursor): boolean => isOp(c, 'for') || isOp(c, 'forall') || (isName(c) && peek(c).text === 'for')
/** `… for every i = 1, …, n` inside a formula, where a comma would be taken for one between arguments. */
const forEvery = (c: Cursor, statement: Syntax): Syntax => quantified(c, statement, startsFor)

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

const finish = (c: Cursor, ...also: readonly string[]): void => {
  const t = peek(c)
  if (t.kind === 'end') return
  if (isOp(c, '.') || isOp(c, ';')) return void unexpected(c, 'the end of the formula')
  if (t.kind === 'name') fail(c, t, `unexpected ${t.text}${didYouMean(t.text, callable(c))}`, 'an operator or the end of the formula')
  unexpected(c, [...also, 'an operator or the end of the formula'].join(', '))
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
