/**
 * Sets after `in`: {0, 1}, {0..m}, {0..}, [0, 1), R, Z; and ranges of an index. Syntax only.
 */
import { accept, at, type Cursor, close, expectOp, fail, fenced, isOp, peek, take, unexpected } from './cursor.ts'
import { expression, sum } from './grammar.ts'
import type { Syntax } from './syntax.ts'

const forms = 'a set: {0, 1}, {0..m}, {0..}, [0, 1), R or Z'

/** lo..hi or lo, …, hi (also lo, lo+1, …, hi). */
export const interpolated = (c: Cursor): { readonly lo: Syntax; readonly hi: Syntax } => {
  const lo = sum(c)
  if (accept(c, '..') || accept(c, '...')) {
    accept(c, ',')
    return { lo, hi: sum(c) }
  }
  while (accept(c, ',')) {
    if (accept(c, '...')) {
      expectOp(c, ',', 'a comma and the last value')
      return { lo, hi: sum(c) }
    }
    sum(c)
  }
  return unexpected(c, 'a range such as 1..n')
}

/** Inside braces: elements, or a range with one or both ends. */
const bracesBody = (c: Cursor, closer: string, start: number): Syntax => {
  const ends = (): boolean => isOp(c, closer)
  if (accept(c, '..') || accept(c, '...')) {
    accept(c, ',')
    const hi = ends() ? undefined : sum(c)
    return { kind: 'range', span: at(c, start), lo: undefined, hi }
  }
  if (ends()) return fail(c, { start, end: peek(c).end }, 'an empty set', 'at least one value')
  const elements = [expression(c)]
  if (accept(c, '..')) return { kind: 'range', span: at(c, start), lo: elements[0], hi: ends() ? undefined : sum(c) }
  while (accept(c, ',')) {
    const dots = accept(c, '...') ?? accept(c, '..')
    if (dots) {
      const hi = accept(c, ',') ? sum(c) : undefined
      return { kind: 'list', span: at(c, start), elements: [...elements, { kind: 'range', span: dots, lo: undefined, hi }] }
    }
    elements.push(expression(c))
  }
  return { kind: 'list', span: at(c, start), elements }
}

export const set = (c: Cursor): Syntax => {
  const open = peek(c)
  const start = open.start
  if (open.kind === 'op' && (open.text === '{' || open.text === '\\{')) {
    take(c)
    const closer = open.text === '{' ? '}' : '\\}'
    return fenced(c, false, () => {
      const body = bracesBody(c, closer, start)
      close(c, open, closer, 'a comma')
      return { ...body, span: at(c, start) }
    })
  }
  if (isOp(c, '(') || isOp(c, '[') || isOp(c, ']')) {
    take(c)
    return fenced(c, false, () => {
      const lo = sum(c)
      accept(c, ';') ?? expectOp(c, ',', 'a comma and the upper end of the interval')
      const hi = sum(c)
      const end = peek(c)
      if (!accept(c, ')') && !accept(c, ']') && !accept(c, '[')) unexpected(c, ') or ] to close the interval')
      return { kind: 'interval', span: at(c, start), lo, hi, closed: [open.text === '[', end.text === ']'] }
    })
  }
  const name = open.kind === 'name' || open.kind === 'op' ? open.text : ''
  if (['R', 'Z', 'reals', 'integers', 'real', 'Reals', 'Integers'].includes(name) && c.scope?.symbols.has(name) !== true) {
    take(c)
    const signed = isOp(c, '^') || isOp(c, '_')
    if (!signed) return { kind: 'named-set', span: at(c, start), name: /^r/i.test(name) ? 'R' : 'Z' }
    return unexpected(c, 'an interval instead: (0, inf) or [0, inf)')
  }
  if (name === 'N') return fail(c, open, 'N is read with 0 by some and without by others', '{0..} or {1..}')
  // A bare range, as behind the letter of a binder.
  if (open.kind === 'end') return unexpected(c, forms)
  const lo = sum(c)
  if (accept(c, '..') || accept(c, '...')) return { kind: 'range', span: at(c, start), lo, hi: sum(c) }
  return fail(c, lo.span, 'this is no set', forms)
}
