/**
 * Constructs that bind a letter or stand over two lines: Σ, Π, max, min, lim, \frac, d/dθ, \begin{cases}. Syntax only.
 */
import { callArguments } from './atoms.ts'
import { accept, at, binding, close, type Cursor, deeper, expectOp, fail, fenced, isOp, peek, take, unexpected } from './cursor.ts'
import { expression, name, power, product, single, statement, subscript, sum, superscript } from './grammar.ts'
import { interpolated } from './sets.ts'
import { declaredSquare, declaredSub } from './names.ts'
import type { BigSyntax, NameSyntax, Syntax } from './syntax.ts'

interface Bounds {
  letter: string | undefined
  lo: Syntax | undefined
  hi: Syntax | undefined
}

/** What stands under a Σ: i=1, i, 1≤i≤n, i=1..n. */
const lower = (c: Cursor, bounds: Bounds): void => {
  const open = accept(c, '{') ?? (c.dialect === 'latex' ? undefined : accept(c, '('))
  if (!open) {
    bounds.letter = name(c).name
    return
  }
  fenced(c, false, () => {
    if (peek(c).kind === 'name' && !isOp(c, '<=', 1)) {
      bounds.letter = name(c).name
      if (accept(c, '=')) {
        bounds.lo = sum(c)
        if (accept(c, '..') ?? accept(c, '...')) bounds.hi = sum(c)
      } else if (accept(c, 'in')) Object.assign(bounds, interpolated(c))
    } else between(c, bounds)
    close(c, open, open.text === '(' ? ')' : '}')
  })
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
  binding(c, letter, () => deeper(c, () => product(c)))

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
    return fail(c, at(c, start), `${op} takes ${op === 'order' ? 'five' : 'four'} arguments, here are ${args.length}`, op === 'order' ? 'order(r, x[i], i, 1, n)' : `${op}(x[i], i, 1, n)`)
  if (letter.kind !== 'name') return fail(c, letter.span, 'the index is no name', `a letter, as in ${op === 'order' ? 'order(r, x[i], i, 1, n)' : `${op}(x[i], i, 1, n)`}`)
  return { kind: 'big', span: at(c, start), op, letter: letter.name, lo, hi, body: inner, rank }
}

/** ∑_{i=1}^n x_i; without a range it runs over the sample. */
export const bigOperator = (c: Cursor): Syntax => {
  const t = take(c)
  const op = t.text === 'Sum' ? 'sum' : 'prod'
  if (isOp(c, '(') && hasComma(c)) return indexed(c, op, t.start, callArguments(c))
  const range = bounds(c)
  const inner = body(c, range.letter)
  return { kind: 'big', span: at(c, t.start), op, ...range, body: inner, rank: undefined }
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
    return { kind: 'extreme', span: at(c, t.start), op, args: inner.args }
  }
  const inner = body(c, range.letter)
  return { kind: 'big', span: at(c, t.start), op, ...range, body: inner, rank: undefined }
}

/** Arguments, the last one perhaps behind dots. */
const listed = (c: Cursor): { readonly args: readonly Syntax[]; readonly last: Syntax | undefined } => {
  const open = take(c)
  const closer = ({ '(': ')', '[': ']', '{': '}', '\\{': '\\}' } as Record<string, string>)[open.text] ?? ')'
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

const overList = (c: Cursor, op: 'max' | 'min', start: number, args: readonly Syntax[], last: Syntax): Syntax => {
  const first = args[0]
  const one = first?.kind === 'sub' ? first.index[0] : undefined
  const end = last.kind === 'sub' ? last.index[0] : undefined
  if (first?.kind !== 'sub' || last.kind !== 'sub' || !one || !end) return fail(c, at(c, start), 'a list with dots that is no list of observations', `${op}(x[i], i, 1, n)`)
  const letter = '#'
  const inner: Syntax = { ...first, index: [{ kind: 'name', span: one.span, name: letter }] }
  return { kind: 'big', span: at(c, start), op, letter, lo: one, hi: end, body: inner, rank: undefined }
}

/** \lim_{x \to a^+} f */
export const limitCommand = (c: Cursor): Syntax => {
  const t = take(c)
  expectOp(c, '_', 'what tends where: \\lim_{x \\to a}')
  const open = accept(c, '(') ?? expectOp(c, '{')
  const closer = open.text === '(' ? ')' : '}'
  const { variable, to, side } = fenced(c, false, () => {
    const variable = variableName(c)
    expectOp(c, 'to', '\\to')
    const found = approached(c, closer)
    close(c, open, closer)
    return { variable, ...found }
  })
  const inner = deeper(c, () => product(c))
  return { kind: 'limit', span: at(c, t.start), body: inner, variable, to, side }
}

/** A variable, perhaps with a hat, which makes it no other variable. */
const variableName = (c: Cursor): NameSyntax => {
  const mark = accept(c, 'hat') ?? accept(c, 'tilde')
  const open = mark && accept(c, '{')
  const variable = name(c)
  if (open) close(c, open, '}')
  if (!mark) accept(c, 'post-hat') ?? accept(c, 'post-tilde')
  let whole: Syntax = variable
  if (isOp(c, '_')) whole = subscript(c, whole)
  const index = whole.kind === 'sub' && whole.index.length === 1 ? whole.index[0] : undefined
  const word = index?.kind === 'name' ? index.name : index?.kind === 'number' ? index.text : undefined
  if (whole.kind === 'sub') return { ...variable, name: (c.scope && word !== undefined ? declaredSub(c.scope, variable.name, word) : undefined) ?? fail(c, whole.span, 'a limit in a variable that is not declared') }
  if (isOp(c, '^') && (peek(c, 1).text === '2' || (isOp(c, '{', 1) && peek(c, 2).text === '2'))) {
    superscript((take(c), c))
    const square = c.scope ? declaredSquare(c.scope, variable.name) : `${variable.name}2`
    return { ...variable, name: square ?? fail(c, variable.span, 'a limit in a variable that is not declared') }
  }
  return variable
}

/** a, a^+, a^{-}, ∞ */
const approached = (c: Cursor, closer: string): { readonly to: Syntax; readonly side: '+' | '-' | undefined } => {
  const braces = (k: number): boolean => isOp(c, '{', k) && isOp(c, '}', k + 2)
  const start = c.at
  // The side is the sign behind the last ^ before the closing brace.
  let k = 0
  let depth = 0
  for (;;) {
    const p = peek(c, k)
    if (p.kind === 'end' || (depth === 0 && isOp(c, closer, k))) break
    if (isOp(c, '{', k) || isOp(c, '(', k)) depth++
    if (isOp(c, '}', k) || isOp(c, ')', k)) depth--
    k++
  }
  const short = k >= 2 && isOp(c, '^', k - 2) && (isOp(c, '+', k - 1) || isOp(c, '-', k - 1))
  const long = k >= 4 && isOp(c, '^', k - 4) && braces(k - 3) && (isOp(c, '+', k - 2) || isOp(c, '-', k - 2))
  if (!short && !long) return { to: sum(c), side: undefined }
  const sign = c.tokens[start + k - (short ? 1 : 2)]?.text === '+' ? '+' : '-'
  const cut = c.tokens.splice(start + k - (short ? 2 : 4), short ? 2 : 4)
  if (cut.length === 0) return unexpected(c, 'a limit')
  return { to: sum(c), side: sign }
}

const isD = (c: Cursor, s: Syntax | undefined): s is NameSyntax =>
  s?.kind === 'name' && (s.name === '∂' || (s.name === 'd' && c.scope?.symbols.has('d') !== true && c.scope?.arrays.has('d') !== true))

/** d, d², ∂²: the order of a derivative, or undefined. */
const differential = (c: Cursor, s: Syntax | undefined): number | undefined => {
  if (isD(c, s)) return 1
  if (s?.kind === 'power' && isD(c, s.base) && s.exponent.kind === 'number' && s.exponent.value.den === 1n) return Number(s.exponent.value.num)
  return undefined
}

/** \frac{a}{b}, and \frac{d}{dp} with the product that follows or \frac{d\ell}{dp}. */
export const fraction = (c: Cursor): Syntax => {
  const t = take(c)
  const over = single(c)
  const under = single(c)
  return derivative(c, t.start, over, under) ?? { kind: 'frac', span: at(c, t.start), over, under }
}

const productParts = (s: Syntax): readonly Syntax[] => (s.kind === 'product' && s.factors.every(f => f.join === ' ' || f === s.factors[0]) ? s.factors.map(f => f.factor) : [s])

/** d/dp[…], d²/dp²[…], ∂/∂μ[…] on one line; the d or ∂ has been taken. */
export const lineDerivative = (c: Cursor, start: number): Syntax | undefined => {
  const from = c.at
  let order = 1
  if (isOp(c, '^') && isOp(c, '{', 1) && peek(c, 2).kind === 'number' && isOp(c, '}', 3)) {
    order = Number(peek(c, 2).text)
    c.at += 4
  }
  const below = peek(c, 1)
  const joined = below.kind === 'name' && /^d./.test(below.text) && c.text[below.start] === 'd'
  const apart = (isOp(c, 'partial', 1) || (below.kind === 'name' && below.text === 'd')) && peek(c, 2).kind === 'name'
  if (!isOp(c, '/') || !(joined || apart) || order < 1 || order > 20) {
    c.at = from
    return undefined
  }
  c.at += joined ? 1 : 2
  const variable = take(c)
  let wrt: Syntax = { kind: 'name', span: variable, name: joined ? variable.text.slice(1) : variable.text }
  accept(c, 'post-hat') ?? accept(c, 'post-tilde')
  if (isOp(c, '_')) wrt = subscript(c, wrt)
  if (isOp(c, '^')) {
    const exponent = (take(c), superscript(c))
    const count = exponent.kind === 'number' ? Number(exponent.value.num) : 0
    if (order === 1) wrt = { kind: 'power', span: at(c, start), base: wrt, exponent }
    else if (count !== order) fail(c, exponent.span, 'the orders of this derivative do not agree', `d^${order}/dx^${order}`)
  } else if (order > 1) fail(c, wrt.span, 'the orders of this derivative do not agree', `d^${order}/dx^${order}`)
  const inner = deeper(c, () => (isOp(c, '(') || isOp(c, '[') ? power(c) : product(c)))
  return { kind: 'deriv', span: at(c, start), body: inner, wrt, order }
}

/** {a if x ≤ c; b otherwise} */
export const lineCases = (c: Cursor): Syntax => {
  const open = take(c)
  return fenced(c, false, () => {
    const branches: { when: Syntax; value: Syntax }[] = []
    let otherwise: Syntax | undefined
    do {
      const value = expression(c)
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

/** Reads a fraction as a derivative if numerator and denominator are differentials. */
export const derivative = (c: Cursor, start: number, over: Syntax, under: Syntax): Syntax | undefined => {
  const [head, ...operand] = productParts(over)
  const order = differential(c, head)
  const below = productParts(under)
  if (order === undefined || order < 1 || order > 20 || !isD(c, below[0]) || below.length < 2) return undefined
  const variables: { readonly wrt: Syntax; readonly order: number }[] = []
  for (let i = 0; i < below.length; i += 2) {
    const v = below[i + 1]
    if (!isD(c, below[i]) || !v) return undefined
    const k = v.kind === 'power' && order > 1 && v.exponent.kind === 'number' ? Number(v.exponent.value.num) : 1
    variables.push({ wrt: k > 1 && v.kind === 'power' ? v.base : v, order: k })
  }
  if (variables.reduce((sum, v) => sum + v.order, 0) !== order) fail(c, { start, end: under.span.end }, 'the orders of this derivative do not agree', `\\frac{d^k}{dp^k}`)
  let inner: Syntax
  if (operand.length === 1 && operand[0]) inner = operand[0]
  else if (operand.length > 1) inner = { kind: 'product', span: over.span, factors: operand.map((factor, i) => ({ join: i === 0 ? '*' : ' ', factor })) }
  else inner = deeper(c, () => (isOp(c, '(') || isOp(c, '[') ? power(c) : product(c)))
  for (const v of [...variables].reverse()) inner = { kind: 'deriv', span: at(c, start), body: inner, wrt: v.wrt, order: v.order }
  return inner
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
      expectOp(c, '&', '& and the condition')
      accept(c, 'if') ?? accept(c, 'for')
      if (accept(c, 'otherwise')) otherwise = value
      else branches.push({ when: statement(c), value })
      accept(c, ',') ?? accept(c, ';')
      if (!accept(c, '\\\\') && !isOp(c, 'end-cases')) unexpected(c, '\\\\ and the next case, or \\end{cases}')
    }
    if (branches.length === 0) unexpected(c, 'a case: value & condition')
    take(c)
    return { kind: 'cases', span: at(c, open.start), branches, otherwise }
  })
}
