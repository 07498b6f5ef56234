/**
 * Constructs that bind a letter or stand over several lines: Σ, Π, max, min, order statistics, \begin{cases}. Syntax only.
 */
import { accept, at, binding, type Cursor, close, closers, deeper, expectOp, fail, fenced, isOp, peek, take, unexpected } from './cursor.ts'
import { expression, product, sum } from './grammar.ts'
import { parts } from './meanings.ts'
import { callArguments } from './named.ts'
import { name, single, superscript } from './scripts.ts'
import { interpolated } from './sets.ts'
import { statement } from './statements.ts'
import type { BigSyntax, Syntax } from './syntax.ts'
import { lastMention, shared } from './usage.ts'

interface Bounds {
  letter: string | undefined
  /** i : x_i > 0 — only the terms that satisfy it. */
  where?: Syntax
  lo: Syntax | undefined
  hi: Syntax | undefined
}

/** What stands under a Σ: i=1, i, 1≤i≤n, i=1..n. */
const lower = (c: Cursor, bounds: Bounds): void => {
  const open = accept(c, '{') ?? (c.dialect === 'latex' ? undefined : accept(c, '('))
  if (!open) {
    if (c.scope?.loose && peek(c).kind === 'number') {
      bounds.lo = single(c)
      return
    }
    if (c.scope?.loose && isOp(c, '=', 1)) {
      bounds.letter = name(c).name
      take(c)
      bounds.lo = single(c)
      return
    }
    bounds.letter = name(c).name
    return
  }
  fenced(c, false, () => {
    if (c.scope?.loose && peek(c).kind === 'name' && isOp(c, '<=', 1) && !interval(c)) {
      // i ≤ n
      bounds.letter = name(c).name
      take(c)
      bounds.hi = sum(c)
    } else if (peek(c).kind === 'name' && !isOp(c, '<=', 1)) {
      bounds.letter = name(c).name
      if (accept(c, '=')) {
        bounds.lo = sum(c)
        const comma = c.scope?.loose ? accept(c, ',') : undefined
        if (accept(c, '..') ?? accept(c, '...')) {
          if (comma) accept(c, ',')
          bounds.hi = sum(c)
        } else if (comma) {
          while (!isOp(c, '...') && peek(c).kind !== 'end') take(c)
          take(c)
          accept(c, ',')
          bounds.hi = sum(c)
        }
      } else if (c.scope?.loose && (accept(c, ':') ?? accept(c, '|') ?? accept(c, 'mid'))) {
        bounds.where = binding(c, bounds.letter, () => statement(c))
      } else if (accept(c, 'in')) Object.assign(bounds, interpolated(c))
    } else between(c, bounds)
    close(c, open, open.text === '(' ? ')' : '}')
  })
}
/** Whether a second ≤ follows under the sign: k ≤ i ≤ n. */
const interval = (c: Cursor): boolean => {
  for (let k = 2; ; k++) {
    const t = peek(c, k)
    if (t.kind === 'end' || (t.kind === 'op' && (t.text === '}' || t.text === ')'))) return false
    if (t.kind === 'op' && t.text === '<=') return true
  }
}
/** 1 ≤ i ≤ n */
const between = (c: Cursor, bounds: Bounds): void => {
  bounds.lo = sum(c)
  expectOp(c, '<=', '1 <= i <= n or i = 1 under the sign')
  bounds.letter = name(c).name
  expectOp(c, '<=', '<= and the upper end')
  bounds.hi = sum(c)
}

/** order_{r; 1≤i≤n} x_i */
export const orderOperator = (c: Cursor, start: number): Syntax => {
  take(c)
  const open = accept(c, '(') ?? expectOp(c, '{')
  const range: Bounds = { letter: undefined, lo: undefined, hi: undefined }
  const rank = fenced(c, false, () => {
    const rank = sum(c)
    expectOp(c, ';', '; and the range of the index')
    between(c, range)
    close(c, open, open.text === '(' ? ')' : '}')
    return rank
  })
  const inner = body(c, range.letter)
  return { kind: 'big', span: at(c, start), op: 'order', ...range, body: inner, rank }
}

const bounds = (c: Cursor): Bounds => {
  const found: Bounds = { letter: undefined, lo: undefined, hi: undefined }
  for (;;) {
    if (isOp(c, '_')) {
      take(c)
      lower(c, found)
    } else if (isOp(c, '^')) {
      take(c)
      found.hi = superscript(c)
    } else return found
  }
}

/** The body of Σ, Π, max, min: the product that follows; it stops at + − and relations. */
const body = (c: Cursor, letter: string | undefined): Syntax =>
  binding(c, letter, () => {
    const first = deeper(c, () => product(c))
    return c.scope?.loose && (isOp(c, '+') || isOp(c, '-')) ? further(c, letter ?? 'i', first) : first
  })

/** Σ x_i² − 2x_iμ + μ²: written without parentheses, the sum goes on as far as its index does. */
const further = (c: Cursor, letter: string, first: Syntax): Syntax => {
  const last = lastMention(c, letter)
  if (last < 0) return first
  const terms: { minus: boolean; term: Syntax }[] = [{ minus: false, term: first }]
  while ((isOp(c, '+') || isOp(c, '-')) && c.at < last) terms.push({ minus: take(c).text === '-', term: deeper(c, () => product(c)) })
  return { kind: 'sum', span: at(c, first.span.start), terms }
}

const hasComma = (c: Cursor): boolean => {
  for (let k = 1, depth = 0; ; k++) {
    const t = peek(c, k)
    if (t.kind === 'end') return false
    if (t.kind !== 'op') continue
    if (depth === 0 && t.text === ',') return true
    if (['(', '[', '{', '\\{'].includes(t.text)) depth++
    if ([')', ']', '}', '\\}'].includes(t.text) && --depth < 0) return false
  }
}

/** The call form: (body, i, 1, n). */
export const indexed = (c: Cursor, op: BigSyntax['op'], start: number, args: readonly Syntax[]): Syntax => {
  const [rank, ...rest] = op === 'order' ? args : [undefined, ...args]
  const [inner, letter, lo, hi] = rest
  if (rest.length !== 4 || !inner || !letter || !lo || !hi)
    return fail(
      c,
      at(c, start),
      `${op} takes ${op === 'order' ? 'five' : 'four'} arguments, here are ${args.length}`,
      op === 'order' ? 'order(r, x[i], i, 1, n)' : `${op}(x[i], i, 1, n)`,
    )
  if (letter.kind !== 'name')
    return fail(
      c,
      letter.span,
      'the index is no name',
      `a letter, as in ${op === 'order' ? 'order(r, x[i], i, 1, n)' : `${op}(x[i], i, 1, n)`}`,
    )
  return { kind: 'big', span: at(c, start), op, letter: letter.name, lo, hi, body: inner, rank }
}

/** ∑_{i=1}^n x_i; without a range it runs over the sample. */
export const bigOperator = (c: Cursor): Syntax => {
  const t = take(c)
  const op = t.text === 'Sum' ? 'sum' : 'prod'
  if (isOp(c, '(') && hasComma(c)) return indexed(c, op, t.start, callArguments(c))
  const { where, ...range } = bounds(c)
  const inner = body(c, range.letter)
  if (where) return { kind: 'big', span: at(c, t.start), op, ...range, body: only(op, where, inner), rank: undefined }
  if (c.scope?.loose && inner.kind === 'product') return ofIndexed(c, op, t.start, range, inner)
  return { kind: 'big', span: at(c, t.start), op, ...range, body: inner, rank: undefined }
}

/** A summand that counts only where the condition holds, a factor that is 1 elsewhere. */
const only = (op: 'sum' | 'prod', where: Syntax, inner: Syntax): Syntax => {
  const cond: Syntax = { kind: 'iverson', span: where.span, cond: where }
  return op === 'prod'
    ? { kind: 'power', span: inner.span, base: inner, exponent: cond }
    : {
        kind: 'product',
        span: inner.span,
        factors: [
          { join: '*', factor: cond },
          { join: '*', factor: inner },
        ],
      }
}

/** ∏ x_i³ · θ^(−4n): what stands behind the last factor with the index is not under the ∏. */
const ofIndexed = (c: Cursor, op: 'sum' | 'prod', start: number, range: Bounds, inner: Syntax & { kind: 'product' }): Syntax => {
  const { factors } = inner
  let last = factors.length - 1
  while (last >= 0 && !hasIndex(c, factors[last]?.factor as Syntax, range.letter)) last--
  const cut = factors.slice(last + 1)
  const unclear = last >= 0 && cut.length > 0
  // ∏ t_i / ∏ y_i!: one behind the other, and not within
  const another = cut.some(f => f.factor.kind === 'big' && (f.factor.letter === undefined || f.factor.letter === range.letter))
  const inside = !unclear || (op === 'prod' && !another && shared(c, inner.span, cut[0]?.join === '/'))
  const kept = inside ? factors : factors.slice(0, last + 1)
  const body: Syntax = kept.length === 1 ? (kept[0]?.factor as Syntax) : { ...inner, factors: kept }
  const big: Syntax = { kind: 'big', span: at(c, start), op, ...range, body, rank: undefined }
  return inside ? big : { kind: 'product', span: at(c, start), factors: [{ join: '*', factor: big }, ...cut] }
}
const hasIndex = (c: Cursor, s: Syntax, letter: string | undefined): boolean => {
  if (s.kind === 'name') return s.name === letter || (letter === undefined && c.scope?.arrays.has(s.name) === true)
  if (s.kind === 'big' && (letter === undefined || s.letter === letter || s.letter === undefined)) return false
  if (s.kind === 'accent') return false
  if (s.kind === 'sub' && letter === undefined) return s.index.some(i => i.kind === 'name' && c.scope?.symbols.has(i.name) !== true)
  return parts(s).some(p => hasIndex(c, p, letter))
}

/** max_i x_i, max_{1≤i≤n} x_i, max(a, b), max{x_1, …, x_n} */
export const extremum = (c: Cursor): Syntax => {
  const t = take(c)
  const op = t.text === 'max' ? 'max' : 'min'
  const range = bounds(c)
  if (range.letter === undefined && (isOp(c, '(') || isOp(c, '\\{') || isOp(c, '{') || isOp(c, '['))) {
    const inner = listed(c)
    if (inner.last) return overList(c, op, t.start, inner.args, inner.last)
    const second = inner.args[1]
    if (inner.args.length === 4 && second?.kind === 'name') return indexed(c, op, t.start, inner.args)
    const [only] = inner.args
    if (c.scope?.loose && inner.args.length === 1 && only)
      return { kind: 'big', span: at(c, t.start), op, letter: undefined, lo: undefined, hi: undefined, body: only, rank: undefined }
    return { kind: 'extreme', span: at(c, t.start), op, args: inner.args }
  }
  const inner = body(c, range.letter)
  return { kind: 'big', span: at(c, t.start), op, ...range, body: inner, rank: undefined }
}

/** Arguments, the last one perhaps behind dots. */
const listed = (c: Cursor): { readonly args: readonly Syntax[]; readonly last: Syntax | undefined } => {
  const open = take(c)
  const closer = closers[open.text] ?? ')'
  return fenced(c, false, () => {
    const args: Syntax[] = []
    let last: Syntax | undefined
    do {
      if (accept(c, '...')) {
        expectOp(c, ',', 'a comma and the last value')
        last = sum(c)
      } else args.push(expression(c))
    } while (!last && accept(c, ','))
    close(c, open, closer, 'a comma')
    return { args, last }
  })
}

/** max(|x_1|, …, |x_n|): the term at a letter, where the first and the last one differ in nothing but one index. */
const overList = (c: Cursor, op: 'max' | 'min', start: number, args: readonly Syntax[], last: Syntax): Syntax => {
  const letter = '#'
  const ends: { lo: Syntax; hi: Syntax }[] = []
  const sameText = (a: Syntax, b: Syntax): boolean => c.text.slice(a.span.start, a.span.end) === c.text.slice(b.span.start, b.span.end)
  const joined = (a: unknown, b: unknown): unknown => {
    if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length ? a.map((u, k) => joined(u, b[k])) : undefined
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? a : undefined
    const [one, other] = [a, b] as [Syntax, Syntax]
    if (one.kind === 'sub' && other.kind === 'sub' && one.base.kind === 'name') {
      const [lo, hi] = [one.index[0], other.index[0]]
      if (!lo || !hi || !sameText(one.base, other.base)) return undefined
      if (one.index.length > 1 || sameText(lo, hi)) return one
      ends.push({ lo, hi })
      return { ...one, index: [{ kind: 'name', span: lo.span, name: letter }] }
    }
    const entries = Object.entries(a).map(([key, value]): [string, unknown] => [
      key,
      key === 'span' ? value : joined(value, (b as Readonly<Record<string, unknown>>)[key]),
    ])
    return entries.some(([key, value]) => value === undefined && (a as Readonly<Record<string, unknown>>)[key] !== undefined)
      ? undefined
      : Object.fromEntries(entries)
  }
  const [first] = args
  const inner = first && (joined(first, last) as Syntax | undefined)
  const [end, ...others] = ends
  if (!inner || !end || others.some(o => !sameText(o.lo, end.lo) || !sameText(o.hi, end.hi)))
    return fail(c, at(c, start), 'a list with dots that is no list of observations', `${op}(x[i], i, 1, n)`)
  return { kind: 'big', span: at(c, start), op, letter, lo: end.lo, hi: end.hi, body: inner, rank: undefined }
}

/** {a if x ≤ c; b otherwise} */
export const lineCases = (c: Cursor): Syntax => {
  const open = take(c)
  return fenced(c, false, () => {
    const branches: { when: Syntax; value: Syntax }[] = []
    let otherwise: Syntax | undefined
    do {
      const value = expression(c)
      if (isOp(c, '}') || isOp(c, ',')) fail(c, open, 'braces where a value is needed', 'parentheses (braces are for sets)')
      const word = peek(c).kind === 'name' ? take(c).text : ''
      if (word === 'otherwise') otherwise = value
      else if (word === 'if') branches.push({ when: expression(c), value })
      else unexpected(c, '"if" and a condition (braces without it are for sets)')
    } while (!otherwise && accept(c, ';'))
    close(c, open, '}', '; and another case')
    if (branches.length === 0) fail(c, at(c, open.start), 'a choice without a condition', '{a if x <= c; b otherwise}')
    return { kind: 'cases', span: at(c, open.start), branches, otherwise }
  })
}

/** \begin{cases} a & x \le c \\ b & \text{otherwise} \end{cases} */
export const latexCases = (c: Cursor): Syntax => {
  const open = take(c)
  return fenced(c, false, () => {
    const branches: { when: Syntax; value: Syntax }[] = []
    let otherwise: Syntax | undefined
    while (!isOp(c, 'end-cases')) {
      if (otherwise) unexpected(c, '\\end{cases} after "otherwise"')
      const value = expression(c)
      accept(c, ',')
      if (c.scope?.loose) while (accept(c, '&') ?? accept(c, 'quad'));
      else expectOp(c, '&', '& and the condition')
      accept(c, 'if') ?? accept(c, 'for') ?? accept(c, 'where')
      if (c.scope?.loose) while (accept(c, '&') ?? accept(c, 'quad'));
      if (accept(c, 'otherwise') ?? (c.scope?.loose && (isOp(c, '\\\\') || isOp(c, 'end-cases')) ? peek(c) : undefined)) otherwise = value
      else branches.push({ when: statement(c), value })
      accept(c, ',') ?? accept(c, ';') ?? (c.scope?.loose ? (accept(c, '.') ?? accept(c, '&')) : undefined)
      if (!accept(c, '\\\\') && !isOp(c, 'end-cases')) unexpected(c, '\\\\ and the next case, or \\end{cases}')
    }
    if (branches.length === 0) unexpected(c, 'a case: value & condition')
    take(c)
    return { kind: 'cases', span: at(c, open.start), branches, otherwise }
  })
}
