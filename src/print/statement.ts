/**
 * Propositions and sets in notation: x > 0 for 0 < x, chains 0 < p < 1, memberships, "for every i".
 */

import { same } from '../term/order.ts'
import { add, type Expr, isNum, ONE, type Prop, type Rel, type SetTerm, type Term } from '../term/term.ts'
import { type Build, bind, expr } from './build.ts'
import { hasData, hasParameter } from './display-order.ts'
import { LOGIC, level, type Notation, paren, RELATION, type Relation, text } from './notation.ts'

export const isProp = (t: Term): t is Prop =>
  t.kind === 'rel' || t.kind === 'in' || t.kind === 'and' || t.kind === 'or' || t.kind === 'not' || t.kind === 'all'
export const isSet = (t: Term): t is SetTerm => t.kind === 'finite' || t.kind === 'range' || t.kind === 'interval'

const isConstant = (t: Expr): boolean =>
  isNum(t) || t.kind === 'infinity' || (t.kind === 'mul' && t.factors.every(isConstant)) || (t.kind === 'fn' && t.args.length === 0)

export const statement = (t: Prop, b: Build): Notation => {
  switch (t.kind) {
    case 'rel':
      return relation(t, b)
    case 'in':
      return { n: 'relation', first: expr(t.element, b), rest: [{ op: 'in', body: set(t.set, b) }] }
    case 'not':
      return t.prop.kind === 'in'
        ? { n: 'relation', first: expr(t.prop.element, b), rest: [{ op: 'not in', body: set(t.prop.set, b) }] }
        : { n: 'not', body: paren(statement(t.prop, b)) }
    case 'and':
    case 'or':
      return junction(t, b)
    case 'all': {
      const { inside, letter } = bind(t.body, b)
      const body = statement(t.body, inside)
      return { n: 'every', body: level(body) >= RELATION ? body : paren(body), letter, lo: expr(t.lo, b), hi: expr(t.hi, b) }
    }
    default:
      return t satisfies never
  }
}

const isSubject = (t: Expr, b: Build): boolean => hasData(t, b) || hasParameter(t, b)
/** 0 < x is written x > 0, c ≤ x as x ≥ c: what is spoken of, data or unknown, stands on the left. */
const relation = (t: Rel, b: Build): Relation => {
  const turned =
    (t.op === '<' || t.op === '<=') && !isSubject(t.left, b) && (isSubject(t.right, b) || (isConstant(t.left) && !isConstant(t.right)))
  if (turned) return { n: 'relation', first: expr(t.right, b), rest: [{ op: t.op === '<' ? '>' : '>=', body: expr(t.left, b) }] }
  return { n: 'relation', first: expr(t.left, b), rest: [{ op: t.op, body: expr(t.right, b) }] }
}

const junction = (t: Prop & { readonly kind: 'and' | 'or' }, b: Build): Notation => {
  if (t.props.length === 0) return t.kind === 'and' ? text('\\text{true}', 'true') : text('\\text{false}', 'false')
  const parts: Notation[] = []
  for (let k = 0; k < t.props.length; k++) {
    const p = t.props[k] as Prop
    if (t.kind === 'and' && p.kind === 'rel' && p.op !== '!=') {
      // a < b and b < c stand in one chain; so do a = b and b = c.
      let end = k
      let right = p.right
      for (let next = t.props[end + 1]; next && continues(next, right, p.op); next = t.props[end + 1]) {
        right = (next as Rel).right
        end++
      }
      if (end > k) {
        const rels = t.props.slice(k, end + 1) as readonly Rel[]
        parts.push({ n: 'relation', first: expr(p.left, b), rest: rels.map(r => ({ op: r.op, body: expr(r.right, b) })) })
        k = end
        continue
      }
    }
    const nt = statement(p, b)
    parts.push(level(nt) <= LOGIC ? paren(nt) : nt)
  }
  return parts.length === 1 ? (parts[0] as Notation) : { n: 'logic', op: t.kind, parts }
}
const continues = (t: Prop, left: Expr, op: Rel['op']): boolean =>
  t.kind === 'rel' && (op === '=' ? t.op === '=' : t.op === '<' || t.op === '<=') && same(t.left, left)

export const set = (t: SetTerm, b: Build): Notation => {
  switch (t.kind) {
    case 'finite':
      return { n: 'braces', elements: t.elements.map(e => expr(e, b)) }
    case 'interval':
      if (t.lo.kind === 'infinity' && t.hi.kind === 'infinity' && t.lo.negative && !t.hi.negative) return text('\\mathbb{R}', 'ℝ', 'R')
      return { n: 'interval', lo: expr(t.lo, b), hi: expr(t.hi, b), closed: t.closed }
    case 'range': {
      const down = t.lo.kind === 'infinity'
      const up = t.hi.kind === 'infinity'
      if (down && up) return text('\\mathbb{Z}', 'ℤ', 'Z')
      const lo = expr(t.lo, b)
      const second = down ? undefined : add(t.lo, ONE)
      // {0, 1, …, m}; a numeric end close to the first element leaves no room for a second one.
      const close = isNum(t.hi) && isNum(t.lo) && t.hi.value.num - t.lo.value.num < 3n
      const shown = down ? [] : [lo, ...(second && !close ? [expr(second, b)] : []), ...(up && second ? [expr(add(second, ONE), b)] : [])]
      return { n: 'range', shown, lo: down ? undefined : lo, hi: up ? undefined : expr(t.hi, b) }
    }
    default:
      return t satisfies never
  }
}
