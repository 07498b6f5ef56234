/** Conditions and sets: syntax to propositions and sets of values. Values are read by `elaborate.ts`. */
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  all,
  and,
  type Expr,
  FALSE,
  finite,
  infinity,
  integers,
  interval,
  isIn,
  minusInfinity,
  not,
  ONE,
  or,
  type Prop,
  range,
  reals,
  rel,
  type SetTerm,
  sub,
  TRUE,
} from '../term/term.ts'
import { fail } from './cursor.ts'
import { expr, operandIn, under } from './elaborate.ts'
import type { Span } from './error.ts'
import { inferBinder, type Meanings } from './meanings.ts'
import type { Relation, Syntax } from './syntax.ts'

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
    case 'forall': {
      const { letter, lo, hi } = inferBinder(m, s, expr)
      return all(
        lo,
        hi,
        under(m, letter, inner => prop(inner, s.body)),
      )
    }
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
