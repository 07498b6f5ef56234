/**
 * The atoms of the grammar: numbers, fences, roots, indicators. Names are in `named.ts`. Syntax only.
 */
import { parseRational, rational } from '../term/rational.ts'
import { bigOperator, extremum, latexCases, lineCases } from './binders.ts'
import { fraction, limitCommand, lineDerivative } from './calculus.ts'
import { accept, at, type Cursor, close, closers, deeper, fail, fenced, isOp, meaning, peek, take, unexpected } from './cursor.ts'
import { expression, power } from './grammar.ts'
import { named } from './named.ts'
import type { Token } from './scanner.ts'
import { single } from './scripts.ts'
import { set } from './sets.ts'
import { statement } from './statements.ts'
import type { Syntax } from './syntax.ts'

const operand = 'a number, a name or a parenthesis'
const openers: ReadonlySet<string> = new Set([
  '(',
  '[',
  'lvert',
  'sqrt',
  'cbrt',
  'Sum',
  'Prod',
  'frac',
  'binom',
  'bar',
  'hat',
  'tilde',
  'lfloor',
  'lceil',
  'indicator',
  'max',
  'min',
  'lim',
  'inf',
  'partial',
  'begin-cases',
])
const looseOpeners: ReadonlySet<string> = new Set(['\\{'])
/** Words of the sentence around a formula, never factors unless declared. */
const sentence: ReadonlySet<string> = new Set(['for', 'if', 'otherwise', 'where', 'true', 'false', 'undefined'])

/** Whether the next token can begin an implied factor. */
export const startsAtom = (c: Cursor): boolean => {
  const t = peek(c)
  if (t.kind === 'number') return true
  if (t.kind === 'name') return !sentence.has(t.text) || meaning(c, t) !== 'unknown'
  if (t.kind !== 'op') return false
  if (t.text === '|') return !c.bars
  if (c.scope?.loose && looseOpeners.has(t.text)) return true
  return openers.has(t.text) || (t.text === '{' && (c.dialect === 'latex' || c.scope?.loose !== undefined))
}

export const atom = (c: Cursor): Syntax => {
  const t = peek(c)
  if (t.kind === 'number') return numeral(c)
  if (t.kind === 'name') return named(c)
  if (t.kind === 'end') return unexpected(c, operand)
  switch (t.text) {
    case '(':
    case '[':
      return group(c)
    case '{':
      return c.dialect === 'latex' || (c.scope?.loose && !saysIf(c)) ? { ...group(c), open: '(' } : lineCases(c)
    case '\\{':
      return c.scope?.loose ? { ...group(c), open: '(' } : unexpected(c, operand)
    case '|':
    case 'lvert':
    case 'lfloor':
    case 'lceil':
      return fence(c)
    case 'sqrt':
    case 'cbrt':
      return root(c)
    case 'Sum':
    case 'Prod':
      return bigOperator(c)
    case 'max':
    case 'min':
      return extremum(c)
    case 'lim':
      return limitCommand(c)
    case 'frac':
      return fraction(c)
    case 'binom': {
      take(c)
      const args = [single(c), single(c)]
      return { kind: 'apply', span: at(c, t.start), name: 'binomial', args, fence: true }
    }
    case 'bar':
    case 'hat':
    case 'tilde': {
      take(c)
      return { kind: 'accent', mark: t.text, body: single(c), span: at(c, t.start) }
    }
    case 'indicator':
      take(c)
      return indicator(c, t)
    case 'begin-cases':
      return latexCases(c)
    case '...':
      if (!c.scope?.loose) return unexpected(c, operand)
      take(c)
      return { kind: 'dots', span: at(c, t.start) }
    case 'inf':
      take(c)
      return { kind: 'infinity', span: at(c, t.start) }
    case 'partial':
      take(c)
      return lineDerivative(c, t.start) ?? { kind: 'name', span: at(c, t.start), name: '∂' }
    default:
      return unexpected(c, operand)
  }
}

/** Whether the braces that begin here hold cases: {a if x ≤ c; b otherwise}. */
const saysIf = (c: Cursor): boolean => {
  for (let k = 0, depth = 0; peek(c, k).kind !== 'end'; k++) {
    const t = peek(c, k)
    if (t.kind === 'name' && depth === 1 && (t.text === 'if' || t.text === 'otherwise')) return true
    if (t.kind !== 'op') continue
    if (t.text === '{') depth++
    if (t.text === '}' && --depth === 0) return false
  }
  return false
}

const numeral = (c: Cursor): Syntax => {
  const t = take(c)
  if (t.text === '1' && (isOp(c, '{') || isOp(c, '\\{')) && !peek(c).space) return indicator(c, t)
  if (t.text === '1' && isOp(c, '_')) return indicator(c, t)
  if (t.text === '1' && c.scope?.loose && (isOp(c, '(') || isOp(c, '[')) && holdsCondition(c)) return indicator(c, t)
  const value = t.text.length > 400 ? undefined : parseRational(t.text)
  if (value === undefined) return fail(c, t, 'a number with too many digits', 'at most 400')
  return { kind: 'number', span: at(c, t.start), text: t.text, value }
}

/** Whether the parenthesis that begins here has a relation in it: 1(x ≤ θ). */
export const holdsCondition = (c: Cursor): boolean => {
  for (let k = 0, depth = 0; peek(c, k).kind !== 'end'; k++) {
    const t = peek(c, k)
    if (t.kind !== 'op') continue
    if (t.text === '(' || t.text === '[' || t.text === '{' || t.text === '\\{') depth++
    if ((t.text === ')' || t.text === ']' || t.text === '}' || t.text === '\\}') && --depth === 0) return false
    if (depth === 1 && ['<', '<=', '>', '>=', '=', '!=', 'in', 'notin'].includes(t.text)) return true
  }
  return false
}
/** Whether the braces that begin here are followed by an argument. */
const followedByArgument = (c: Cursor): boolean => {
  for (let k = 0, depth = 0; peek(c, k).kind !== 'end'; k++) {
    if (isOp(c, '{', k)) depth++
    if (isOp(c, '}', k) && --depth === 0) return isOp(c, '(', k + 1)
  }
  return false
}
/** \mathbf 1_{[0,\theta]}(x) */
const memberIndicator = (c: Cursor, start: Token): Syntax => {
  const open = take(c)
  const members = fenced(c, false, () => {
    const s = set(c)
    close(c, open, '}')
    return s
  })
  const argument = group(c)
  const span = at(c, start.start)
  return { kind: 'iverson', span, cond: { kind: 'in', span, element: argument.body, set: members, negated: false } }
}

/** 1{…}, 𝟏(…), \mathbf 1_{\{…\}} */
export const indicator = (c: Cursor, start: Token): Syntax => {
  const below = accept(c, '_')
  const open = peek(c)
  if (below && isOp(c, '{') && (isOp(c, '[', 1) || isOp(c, '(', 1) || isOp(c, '\\{', 1)) && followedByArgument(c))
    return memberIndicator(c, start)
  const closer = closers[open.kind === 'op' ? open.text : '']
  if (!closer) return unexpected(c, 'a condition in braces')
  take(c)
  const cond = fenced(c, false, () => {
    const inner = open.text === '{' && isOp(c, '\\{') ? take(c) : undefined
    const body = statement(c)
    if (inner) close(c, inner, '\\}')
    close(c, open, closer)
    return body
  })
  return { kind: 'iverson', span: at(c, start.start), cond }
}

const group = (c: Cursor): Syntax & { kind: 'group' } => {
  const open = take(c)
  return fenced(c, false, () => {
    const body = statement(c)
    close(c, open, closers[open.text] ?? ')')
    return { kind: 'group', span: at(c, open.start), open: open.text as '(' | '[' | '{', body }
  })
}

/** |u|, ⌊u⌋, ⌈u⌉ */
const fence = (c: Cursor): Syntax => {
  const open = take(c)
  return fenced(c, open.text === '|', () => {
    const body = expression(c)
    close(c, open, closers[open.text] ?? '|')
    const name = open.text === 'lfloor' ? 'floor' : open.text === 'lceil' ? 'ceil' : 'abs'
    return { kind: 'apply', span: at(c, open.start), name, args: [body], fence: true }
  })
}

/** √x, √(…), \sqrt{…}, \sqrt[3]{…}, sqrt(…) */
const root = (c: Cursor): Syntax => {
  const t = take(c)
  let degree: Syntax | undefined = t.text === 'cbrt' ? { kind: 'number', span: at(c, t.start), text: '3', value: rational(3) } : undefined
  if (c.dialect === 'latex' && isOp(c, '[')) {
    const open = take(c)
    degree = fenced(c, false, () => {
      const d = expression(c)
      close(c, open, ']')
      return d
    })
  }
  const body = c.dialect === 'latex' ? (isOp(c, '(') ? deeper(c, () => atom(c)) : single(c)) : deeper(c, () => rooted(c))
  return { kind: 'root', span: at(c, t.start), body, degree }
}
/** Under a √ without a bar stands one atom with its index; √x² is refused. */
const rooted = (c: Cursor): Syntax => {
  const under = power(c)
  if (under.kind === 'power' && under.base.kind !== 'group')
    fail(c, under.span, 'it is not clear how far the root goes', 'parentheses: √(…)')
  return under
}
