/**
 * What the surface means: syntax to term. Minus, division and roots become products and powers, e^u becomes exp(u),
 * letters of binders become bound indices, and every name is looked up.
 */

import { children } from '../term/order.ts'
import {
  addAll,
  big,
  call,
  cases,
  deriv,
  type Expr,
  exp,
  expect,
  fn,
  HALF,
  infinity,
  iverson,
  limit,
  minusInfinity,
  mul,
  mulAll,
  neg,
  num,
  pow,
  sym,
  type Term,
  TooDeep,
} from '../term/term.ts'
import { prop, set } from './conditions.ts'
import { fail } from './cursor.ts'
import { finiteValue, inverse, manageable, powerOf } from './division.ts'
import { continuedProduct, continuedSum } from './dots.ts'
import type { Origin, Span } from './error.ts'
import { bareName, extremeValue, indexedName, inferBinder, type Meanings, squareRoot } from './meanings.ts'
import { accented, mentionsIndex, overSample, quantity } from './sample-forms.ts'
import { type Scope, type Syntax, ungrouped } from './syntax.ts'

const manyNodes = 100_000

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
export const operandIn = (m: Meanings, s: Syntax): Expr => finiteValue(m, s, expr(m, s))

/** Reads under one more binder. */
export const under = <T>(m: Meanings, letter: string, read: (inner: Meanings) => T): T => {
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
