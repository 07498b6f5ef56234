/**
 * Words with a grammar of their own in the plain notation: sum(x[i], i, 1, n), max, order, diff, limit, indicator,
 * sqrt, E, floor and so on. Only where the word is not declared.
 */

import { rational } from '../term/rational.ts'
import { indicator } from './atoms.ts'
import { extremum, indexed, orderOperator } from './binders.ts'
import { limitCommand } from './calculus.ts'
import { accept, at, type Cursor, close, expectOp, fail, fenced, isOp, peek, take, unexpected } from './cursor.ts'
import { expression, sum } from './grammar.ts'
import { callArguments } from './named.ts'
import type { Token } from './scanner.ts'
import type { Syntax } from './syntax.ts'

const exactly = (c: Cursor, t: Token, args: readonly Syntax[], counts: readonly number[], usage: string): readonly Syntax[] =>
  counts.includes(args.length)
    ? args
    : fail(c, at(c, t.start), `${t.text} with ${args.length} argument${args.length === 1 ? '' : 's'}`, usage)

/** The special form that the word begins, or undefined. The word has been taken. */
export const special = (c: Cursor, t: Token): Syntax | undefined => {
  if (
    (t.text === 'max' || t.text === 'min') &&
    (isOp(c, '(') || isOp(c, '_') || (c.scope?.loose !== undefined && isOp(c, '|')) || (c.dialect === 'latex' && isOp(c, '\\{')))
  ) {
    c.at--
    return extremum(c)
  }
  if (t.text === 'lim' && isOp(c, '_')) {
    c.at--
    return limitCommand(c)
  }
  if (t.text === 'order' && isOp(c, '_')) return orderOperator(c, t.start)
  if (t.text === 'I' && (isOp(c, '_') || isOp(c, '(') || isOp(c, '{') || isOp(c, '\\{') || isOp(c, '['))) return indicator(c, t)
  if (t.text === 'true' || t.text === 'false') return { kind: 'truth', span: t, value: t.text === 'true' }
  if (!isOp(c, '(') && !((t.text === 'E' || c.dialect === 'latex') && isOp(c, '['))) return undefined
  switch (t.text) {
    case 'sum':
    case 'prod':
      return indexed(c, t.text, t.start, callArguments(c))
    case 'order':
      return indexed(c, 'order', t.start, callArguments(c))
    case 'sqrt':
    case 'cbrt': {
      const [body] = exactly(c, t, callArguments(c), [1], `${t.text}(u)`)
      const degree: Syntax | undefined = t.text === 'cbrt' ? { kind: 'number', span: t, text: '3', value: rational(3) } : undefined
      return { kind: 'root', span: at(c, t.start), body: body as Syntax, degree }
    }
    case 'diff': {
      const [body, wrt, order] = exactly(c, t, callArguments(c), [2, 3], 'diff(f, x) or diff(f, x, 2)')
      if (order && (order.kind !== 'number' || order.value.den !== 1n || order.value.num < 1n || order.value.num > 20n))
        return fail(c, order.span, 'the order of a derivative', 'a whole number from 1 to 20')
      return {
        kind: 'deriv',
        span: at(c, t.start),
        body: body as Syntax,
        wrt: wrt as Syntax,
        order: order?.kind === 'number' ? Number(order.value.num) : 1,
      }
    }
    case 'limit':
      return limit(c, t)
    case 'indicator':
      return indicator(c, t)
    case 'mean': {
      const [body] = exactly(c, t, callArguments(c), [1], 'mean(x)')
      return { kind: 'accent', span: at(c, t.start), mark: 'bar', body: body as Syntax }
    }
    case 'E': {
      const [body] = exactly(c, t, callArguments(c), [1], 'E(u)')
      return { kind: 'expect', span: at(c, t.start), body: body as Syntax }
    }
    default:
      return undefined
  }
}

/** limit(f, x, a) and limit(f, x, a, '+') */
const limit = (c: Cursor, t: Token): Syntax => {
  const open = take(c)
  return fenced(c, false, () => {
    const body = expression(c)
    expectOp(c, ',', 'a comma and the variable')
    const variable = peek(c)
    if (variable.kind !== 'name') return unexpected(c, 'the variable of the limit')
    take(c)
    expectOp(c, ',', 'a comma and where the variable tends')
    const to = sum(c)
    let side: '+' | '-' | undefined
    if (accept(c, ',')) {
      const quote = accept(c, "'")
      const sign = accept(c, '+') ?? accept(c, '-') ?? unexpected(c, "'+' or '-'")
      if (quote) expectOp(c, "'")
      side = sign.text === '+' ? '+' : '-'
    }
    close(c, open, ')')
    return { kind: 'limit', span: at(c, t.start), body, variable: { kind: 'name', span: variable, name: variable.text }, to, side }
  })
}
