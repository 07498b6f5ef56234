/**
 * Fractions, which may be derivatives, and limits: \frac{d}{dp}, d/dp[…], ∂/∂μ, \lim. Syntax only.
 */
import { accept, at, type Cursor, close, deeper, expectOp, fail, fenced, isOp, peek, take, unexpected } from './cursor.ts'
import { power, product, sum } from './grammar.ts'
import { declaredSquare, declaredSub } from './names.ts'
import { name, single, subscript, superscript } from './scripts.ts'
import type { NameSyntax, Syntax } from './syntax.ts'

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
  if (whole.kind === 'sub')
    return {
      ...variable,
      name:
        (c.scope && word !== undefined ? declaredSub(c.scope, variable.name, word) : undefined) ??
        fail(c, whole.span, 'a limit in a variable that is not declared'),
    }
  if (isOp(c, '^') && (peek(c, 1).text === '2' || (isOp(c, '{', 1) && peek(c, 2).text === '2'))) {
    take(c)
    superscript(c)
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
  s?.kind === 'name' && (s.name === '∂' || (s.name === 'd' && c.scope?.symbols.has('d') !== true))

/** d, d², ∂²: the order of a derivative, or undefined. */
const differential = (c: Cursor, s: Syntax | undefined): number | undefined => {
  if (isD(c, s)) return 1
  if (s?.kind === 'power' && isD(c, s.base) && s.exponent.kind === 'number' && s.exponent.value.den === 1n)
    return Number(s.exponent.value.num)
  return undefined
}

/** \frac{a}{b}, and \frac{d}{dp} with the product that follows or \frac{d\ell}{dp}. */
export const fraction = (c: Cursor): Syntax => {
  const t = take(c)
  const over = single(c)
  const under = single(c)
  return derivative(c, t.start, over, under) ?? { kind: 'frac', span: at(c, t.start), over, under }
}

const productParts = (s: Syntax): readonly Syntax[] =>
  s.kind === 'product' && s.factors.every(f => f.join === ' ' || f === s.factors[0]) ? s.factors.map(f => f.factor) : [s]

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
    take(c)
    const exponent = superscript(c)
    const count = exponent.kind === 'number' ? Number(exponent.value.num) : 0
    if (order === 1) wrt = { kind: 'power', span: at(c, start), base: wrt, exponent }
    else if (count !== order) fail(c, exponent.span, 'the orders of this derivative do not agree', `d^${order}/dx^${order}`)
  } else if (order > 1) fail(c, wrt.span, 'the orders of this derivative do not agree', `d^${order}/dx^${order}`)
  const inner = deeper(c, () => (isOp(c, '(') || isOp(c, '[') ? power(c) : product(c)))
  return { kind: 'deriv', span: at(c, start), body: inner, wrt, order }
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
  // ∂²ℓ/∂μ∂σ²: the exponent may belong to the name.
  if (variables.reduce((sum, v) => sum + v.order, 0) !== order && c.scope?.loose && below.length === 2 * order)
    variables.splice(0, variables.length, ...below.filter((_, i) => i % 2 === 1).map(wrt => ({ wrt, order: 1 })))
  if (variables.reduce((sum, v) => sum + v.order, 0) !== order && !(c.scope?.loose && variables.length === 1))
    fail(c, { start, end: under.span.end }, 'the orders of this derivative do not agree', `\\frac{d^k}{dp^k}`)
  let inner: Syntax
  if (operand.length === 1 && operand[0]) inner = operand[0]
  else if (operand.length > 1)
    inner = { kind: 'product', span: over.span, factors: operand.map((factor, i) => ({ join: i === 0 ? '*' : ' ', factor })) }
  else inner = deeper(c, () => (isOp(c, '(') || isOp(c, '[') ? power(c) : product(c)))
  for (const v of [...variables].reverse()) inner = { kind: 'deriv', span: at(c, start), body: inner, wrt: v.wrt, order: v.order }
  return inner
}
