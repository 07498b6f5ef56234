/**
 * What the surface means: syntax to term. Minus, division and roots become products and powers, e^u becomes exp(u),
 * letters of binders become bound indices, and every name is looked up. Dividing by a product inverts each factor and
 * dividing by a power negates its exponent: a/(b·c²) is the product of a, b^−1 and c^−2.
 */

import { children, same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  addAll,
  all,
  and,
  big,
  call,
  cases,
  deriv,
  type Expr,
  exp,
  expect,
  FALSE,
  finite,
  fn,
  HALF,
  infinity,
  integers,
  interval,
  isIn,
  isZero,
  iverson,
  limit,
  MINUS_ONE,
  minusInfinity,
  mul,
  mulAll,
  neg,
  not,
  num,
  ONE,
  or,
  type Prop,
  pow,
  range,
  reals,
  rel,
  type SetTerm,
  sub,
  sym,
  type Term,
  TooDeep,
  TRUE,
} from '../term/term.ts'
import { fail } from './cursor.ts'
import { continuedProduct, continuedSum } from './dots.ts'
import { ModelError, type Origin, type Span } from './error.ts'
import { arrayLength, bareName, extremeValue, indexedName, inferBinder, type Meanings, parts, squareRoot } from './meanings.ts'
import { type Relation, type Scope, type Syntax, ungrouped } from './syntax.ts'

const manyDigits = 3000
const manyNodes = 100_000

const digitsOf = (t: Expr): number => {
  const q =
    t.kind === 'num'
      ? t.value
      : t.kind === 'mul' && t.factors[0]?.kind === 'num'
        ? t.factors[0].value
        : t.kind === 'add' && t.terms[0]?.kind === 'num'
          ? t.terms[0].value
          : undefined
  return q ? (q.num.toString(16).length + q.den.toString(16).length) * 1.21 : 0
}

/** Exact arithmetic is refused before it gets slow. */
const manageable = (m: Meanings, span: Span, parts: readonly Expr[]): readonly Expr[] => {
  if (parts.reduce((total, t) => total + digitsOf(t), 0) > manyDigits)
    fail(m, span, 'the numbers get too long for exact arithmetic', `at most ${manyDigits} digits`)
  return parts
}

/** 1/t. */
const inverse = (m: Meanings, span: Span, t: Expr): Expr => {
  if (isZero(t)) return fail(m, span, 'division by zero')
  switch (t.kind) {
    case 'num':
      return num(Q.inverse(t.value))
    case 'mul':
      return mulAll(t.factors.map(f => inverse(m, span, f)))
    case 'pow':
      return powerOf(m, span, t.base, neg(t.exponent))
    case 'infinity':
      return fail(m, span, 'division by infinity')
    default:
      return pow(t, MINUS_ONE)
  }
}

const powerOf = (m: Meanings, span: Span, base: Expr, exponent: Expr): Expr => {
  if (isZero(base) && exponent.kind === 'num' && Q.sign(exponent.value) < 0) fail(m, span, 'division by zero: 0 to a negative power')
  return pow(base, exponent)
}

const finiteValue = (m: Meanings, s: Syntax, t: Expr): Expr =>
  t.kind === 'infinity'
    ? fail(m, s.span, 'infinity where a number is needed', 'inf alone, as the end of a domain or range or of a limit')
    : t

/** An expression. @throws ModelError if the syntax is a condition or a set, or a name is not declared. */
export const expr = (m: Meanings, s: Syntax): Expr => {
  const operand = (u: Syntax): Expr => finiteValue(m, u, expr(m, u))
  switch (s.kind) {
    case 'number':
      return num(s.value)
    case 'name':
      return bareName(m, s)
    case 'group':
      return expr(m, s.body)
    case 'infinity':
      return infinity
    case 'dots':
      return fail(m, s.span, 'dots that continue nothing', 'x_1 + … + x_n, or a Σ')
    case 'neg': {
      const t = expr(m, s.body)
      return t.kind === 'infinity' ? minusInfinity : neg(t)
    }
    case 'sum': {
      const only = s.terms[0]
      if (s.terms.length === 1 && only && ungrouped(only.term).kind === 'infinity') return only.minus ? minusInfinity : infinity
      if (s.terms.some(t => t.term.kind === 'dots')) return continuedSum(m, s, operand)
      const parts = s.terms.map(t => operand(t.term))
      manageable(m, s.span, parts)
      return addAll(parts.map((t, i) => (s.terms[i]?.minus ? neg(t) : t)))
    }
    case 'product': {
      if (s.factors.some(f => f.factor.kind === 'dots')) return continuedProduct(m, s, operand)
      const parts = s.factors.map(f => operand(f.factor))
      manageable(m, s.span, parts)
      return mulAll(parts.map((t, i) => (s.factors[i]?.join === '/' ? inverse(m, s.factors[i]?.factor.span ?? s.span, t) : t)))
    }
    case 'frac': {
      const [over, under] = [operand(s.over), operand(s.under)]
      manageable(m, s.span, [over, under])
      return mul(over, inverse(m, s.under.span, under))
    }
    case 'power':
      return power(m, s.base, s.exponent, s.span)
    case 'root': {
      const degree = s.degree ? inverse(m, s.degree.span, operand(s.degree)) : HALF
      return pow(operand(s.body), degree)
    }
    case 'sub':
      return indexedName(m, s, expr)
    case 'factorial':
      return fn('factorial', operand(s.body))
    case 'apply':
      return s.name === 'exp' ? exp(operand(s.args[0] as Syntax)) : fn(s.name, ...s.args.map(operand))
    case 'call':
      if (m.scope?.loose) return quantity(m, s, operand)
      return call(s.name, s.args.map(operand), s.prime)
    case 'big': {
      if (m.scope?.loose && s.letter === undefined && !mentionsIndex(m, s)) return overSample(m, s)
      const known =
        s.letter !== undefined && s.lo && s.hi ? { letter: s.letter, lo: expr(m, s.lo), hi: expr(m, s.hi) } : inferBinder(m, s, expr)
      const body = under(m, known.letter, inner => finiteValue(m, s.body, expr(inner, s.body)))
      return big(s.op, finiteValue(m, s, known.lo), known.hi, body, s.rank ? operand(s.rank) : undefined)
    }
    case 'extreme':
      return extremeValue(m, s, s.args.map(operand))
    case 'deriv': {
      const wrt = operand(s.wrt)
      if (m.scope?.loose) return deriv(operand(s.body), wrt, s.order)
      if (wrt.kind !== 'sym' && wrt.kind !== 'at')
        return fail(m, s.wrt.span, 'a derivative with respect to something that is no variable', 'a symbol, as in diff(f, x)')
      return deriv(operand(s.body), wrt, s.order)
    }
    case 'limit': {
      const inner: Meanings = { ...m, locals: [...m.locals, s.variable.name] }
      return limit(operandIn(inner, s.body), sym(s.variable.name), expr(m, s.to), s.side)
    }
    case 'expect':
      return expect(operand(s.body))
    case 'iverson':
      return iverson(prop(m, s.cond))
    case 'cases': {
      const branches = s.branches.map(b => ({ when: prop(m, b.when), value: operand(b.value) }))
      return cases(branches, s.otherwise && operand(s.otherwise))
    }
    case 'accent':
      return accented(m, s)
    case 'chain':
    case 'in':
    case 'and':
    case 'or':
    case 'not':
    case 'truth':
    case 'forall':
      return fail(m, s.span, 'a condition where a value is needed', 'a formula; indicator(…) of a condition is 1 or 0')
    case 'list':
    case 'range':
    case 'interval':
    case 'named-set':
      return fail(m, s.span, 'a set where a value is needed', 'a formula')
    default:
      return s satisfies never
  }
}
const operandIn = (m: Meanings, s: Syntax): Expr => finiteValue(m, s, expr(m, s))

/** Reads under one more binder. */
const under = <T>(m: Meanings, letter: string, read: (inner: Meanings) => T): T => {
  if (m.letters.length >= 31) throw new TooDeep('more than 31 nested sums, products or "for every index"')
  return read({ ...m, letters: [...m.letters, letter] })
}

const power = (m: Meanings, baseSyntax: Syntax, exponentSyntax: Syntax, span: Span): Expr => {
  const exponent = operandIn(m, exponentSyntax)
  if (baseSyntax.kind === 'name') {
    const name = baseSyntax.name
    const local = m.letters.includes(name) || m.locals.includes(name)
    const declared = local || m.scope?.symbols.has(name) === true || m.scope?.arrays.has(name) === true
    if (name === 'e' && !declared) return exp(exponent)
    // σ^k where σ² is the declared symbol.
    const square = declared ? undefined : squareRoot(m, name)
    if (square) return pow(square.base, mul(exponent, square.exponent))
  }
  const base = operandIn(m, baseSyntax)
  const result = powerOf(m, span, base, exponent)
  manageable(m, span, [result])
  return result
}

/** x̄ is the mean of the sample; θ̂ and θ̃ are the symbol. */
const accented = (m: Meanings, s: Syntax & { kind: 'accent' }): Expr => {
  const body = ungrouped(s.body)
  if (body.kind === 'name') {
    const written = `${body.name}${s.mark}`
    if (m.scope?.symbols.has(written)) return sym(written)
  }
  if (s.mark !== 'bar') return m.scope?.loose ? m.scope.loose.hat(expr(m, s.body)) : expr(m, s.body)
  const letter = '\u0000mean'
  const used = new Set<string>()
  const inner: Meanings = { ...m, letters: [...m.letters, letter], mean: { letter, used } }
  const value = finiteValue(m, s.body, expr(inner, s.body))
  if (used.size === 0) return fail(m, s.span, 'a mean of something that is no observation', 'the name of observed data under the bar')
  const size = arrayLength(m, [...used], s.span, expr)
  return mul(inverse(m, s.span, size), big('sum', ONE, size, value))
}

/** Whether some part has an index, so that a Σ without a letter runs over it. */
const mentionsIndex = (m: Meanings, s: Syntax): boolean => {
  if (s.kind === 'sub' && s.base.kind === 'name' && m.scope?.arrays.has(s.base.name) !== false) return true
  return parts(s).some(p => mentionsIndex(m, p))
}
/** Σ x, max x: over all observations. */
const overSample = (m: Meanings, s: Syntax & { kind: 'big' }): Expr => {
  const letter = '\u0000mean'
  const used = new Set<string>()
  const inner: Meanings = { ...m, letters: [...m.letters, letter], mean: { letter, used } }
  const value = finiteValue(m, s.body, expr(inner, s.body))
  const lo = s.lo ? expr(m, s.lo) : ONE
  if (s.hi) return big(s.op, lo, expr(m, s.hi), value)
  if (used.size === 0) return fail(m, s.span, 'it is not clear what this runs over', `${s.op} with an index, as in x_i`)
  return big(s.op, lo, arrayLength(m, [...used], s.span, expr), value)
}

/** A named quantity of people's writing: the arguments that have a value here. */
const quantity = (m: Meanings, s: Syntax & { kind: 'call' }, read: (u: Syntax) => Expr): Expr => {
  const args: Expr[] = []
  for (const a of s.args)
    try {
      args.push(read(a))
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
    }
  return m.scope?.loose?.call(s.name, args, s.prime[0] ?? 0, s.below ?? []) ?? fail(m, s.span, `${s.name} is no quantity of this problem`)
}

const relation = (op: Relation, left: Expr, right: Expr): Prop =>
  op === '>' ? rel('<', right, left) : op === '>=' ? rel('<=', right, left) : rel(op, left, right)

/** A condition. @throws ModelError if the syntax is a value or a set. */
export const prop = (m: Meanings, s: Syntax): Prop => {
  switch (s.kind) {
    case 'group':
      return prop(m, s.body)
    case 'chain': {
      const operands = s.operands.map(o => expr(m, o))
      return and(...s.ops.map((op, i) => relation(op, operands[i] as Expr, operands[i + 1] as Expr)))
    }
    case 'in': {
      const member = isIn(operandIn(m, s.element), set(m, s.set))
      return s.negated ? not(member) : member
    }
    case 'and':
      return and(...s.props.map(p => prop(m, p)))
    case 'or':
      return or(...s.props.map(p => prop(m, p)))
    case 'not':
      return not(prop(m, s.prop))
    case 'truth':
      return s.value ? TRUE : FALSE
    case 'forall':
      return all(
        expr(m, s.lo),
        expr(m, s.hi),
        under(m, s.letter, inner => prop(inner, s.body)),
      )
    default:
      return fail(m, s.span, 'this is no condition', 'a relation such as x > 0, or x in {0, 1}')
  }
}

const consecutive = (elements: readonly Expr[]): boolean => elements.every((e, i) => i === 0 || same(sub(e, elements[i - 1] as Expr), ONE))

/** A set. @throws ModelError if it is visibly empty. */
export const set = (m: Meanings, s: Syntax): SetTerm => {
  const atEnd = (u: Syntax | undefined, missing: Expr): Expr => (u ? expr(m, u) : missing)
  switch (s.kind) {
    case 'list': {
      const last = s.elements.at(-1)
      if (last?.kind !== 'range') return finite(...s.elements.map(e => operandIn(m, e)))
      const shown = s.elements.slice(0, -1).map(e => operandIn(m, e))
      if (!consecutive(shown)) fail(m, s.span, 'the dots do not continue consecutive integers', 'a range {lo..hi}, or all values')
      return nonempty(m, s, range(shown[0] as Expr, atEnd(last.hi, infinity)))
    }
    case 'range':
      return nonempty(m, s, range(atEnd(s.lo, minusInfinity), atEnd(s.hi, infinity)))
    case 'interval':
      return nonempty(m, s, interval(expr(m, s.lo), expr(m, s.hi), s.closed[0], s.closed[1]))
    case 'named-set':
      return s.name === 'R' ? reals : integers
    default:
      return fail(m, s.span, 'this is no set', 'a set such as {0, 1}, {0..m}, [0, 1) or R')
  }
}

/** Refuses a set whose ends, being numbers, leave nothing between them. */
export const nonempty = <S extends SetTerm>(m: Pick<Meanings, 'text' | 'origin'>, s: { readonly span: Span }, t: S): S => {
  if (t.kind === 'finite') return t
  const { lo, hi } = t
  const wrong = (lo.kind === 'infinity' && !lo.negative) || (hi.kind === 'infinity' && hi.negative)
  const order = lo.kind === 'num' && hi.kind === 'num' ? Q.compare(lo.value, hi.value) : same(lo, hi) && lo.kind !== 'infinity' ? 0 : -1
  const empty = wrong || order > 0 || (order === 0 && t.kind === 'interval' && !(t.closed[0] && t.closed[1]))
  if (empty) fail(m, s.span, 'an empty set', 'the lower end first, and something between the ends')
  return t
}

/** Whatever the syntax is: an expression, a condition or a set. */
export const term = (m: Meanings, s: Syntax): Term => {
  const t = ungrouped(s)
  switch (t.kind) {
    case 'chain':
    case 'in':
    case 'and':
    case 'or':
    case 'not':
    case 'truth':
    case 'forall':
      return prop(m, t)
    case 'list':
    case 'range':
    case 'interval':
    case 'named-set':
      return set(m, t)
    default:
      return expr(m, t)
  }
}

/** Runs a reading of a whole text. @throws ModelError, also for terms that would be too large or too deep to work with. */
export const elaborating = <T extends Term>(
  text: string,
  scope: Scope | undefined,
  origin: Origin | undefined,
  read: (m: Meanings) => T,
): T => {
  const m: Meanings = { text, scope, origin, letters: [], locals: [], mean: undefined }
  const whole = { start: 0, end: text.length }
  try {
    const t = read(m)
    let nodes = 0
    const count = (u: Term): void => {
      if (++nodes > manyNodes) fail(m, whole, 'the formula is too large', `at most ${manyNodes} parts`)
      for (const c of children(u)) count(c)
    }
    count(t)
    return t
  } catch (error) {
    if (error instanceof TooDeep) return fail(m, whole, error.message, 'fewer nested sums')
    throw error
  }
}
