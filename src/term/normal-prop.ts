/**
 * Conditions inside the normal form (indicators, cases): relations as 0 against a primitive normal form, parts in
 * canonical order without repetition. Nothing is decided but relations between numbers.
 */
import * as E from './exact.ts'
import { ofFactors } from './monomial.ts'
import type { Frame } from './normal-frame.ts'
import { compareTerms, same } from './order.ts'
import { constantOf, factored, fromFactors, minus, type Polynomial, write } from './polynomial.ts'
import * as Q from './rational.ts'
import {
  type At,
  all,
  and,
  type Expr,
  FALSE,
  finite,
  interval,
  isIn,
  not,
  num,
  ONE,
  or,
  type Prop,
  type Rel,
  type RelOp,
  range,
  rel,
  type SetTerm,
  type Sym,
  TRUE,
  ZERO,
} from './term.ts'

const setOf = (s: SetTerm, write1: (t: Expr) => Expr): SetTerm => {
  switch (s.kind) {
    case 'finite':
      return finite(...s.elements.map(write1))
    case 'range':
      return range(write1(s.lo), write1(s.hi))
    case 'interval':
      return interval(write1(s.lo), write1(s.hi), s.closed[0], s.closed[1])
  }
}

/** 0 = 2 − x as x = 2: an equation for a single entry or symbol says its value. */
const told = (op: RelOp, right: Expr): Rel => {
  const isName = (t: Expr | undefined): t is At | Sym => t?.kind === 'at' || t?.kind === 'sym'
  if (isName(right)) return rel(op, right, ZERO)
  const [constant, own] =
    right.kind === 'add' && right.terms.length === 2
      ? right.terms.toSorted((a, b) => Number(b.kind === 'num') - Number(a.kind === 'num'))
      : []
  const [scale, name] = own?.kind === 'mul' && own.factors.length === 2 ? own.factors : [ONE, own]
  if (constant?.kind !== 'num' || scale?.kind !== 'num' || !isName(name)) return rel(op, ZERO, right)
  return rel(op, name, num(Q.negate(Q.times(constant.value, Q.inverse(scale.value)))))
}

const relation = (p: Rel, frame: Frame): Prop => {
  const difference: Polynomial = minus(frame.poly(p.right), frame.poly(p.left))
  const value = constantOf(difference)
  const equality = p.op === '=' || p.op === '!='
  if (value !== undefined) {
    const s = E.sign(value)
    const holds = p.op === '=' ? s === 0 : p.op === '!=' ? s !== 0 : p.op === '<' ? s > 0 : s >= 0
    return holds ? TRUE : FALSE
  }
  const f = factored(difference)
  if (f.coefficient === 0) return equality ? told(p.op, write(difference)) : rel(p.op, ZERO, write(difference))
  // a positive factor changes neither the zeros nor the sign
  const kept = f.factors.filter(([a]) => !frame.positive(a))
  const unit = equality || E.sign(f.coefficient) > 0 ? 1 : -1
  const right = fromFactors(
    kept.map(([a, e]) => [a, e] as const),
    unit,
  )
  const written = write(ofFactors(kept).atoms.length === 0 ? fromFactors([], unit) : right)
  return equality ? told(p.op, written) : rel(p.op, ZERO, written)
}

const parts = (props: readonly Prop[], frame: Frame): readonly Prop[] => {
  const list = props.map(p => propNormal(p, frame)).sort(compareTerms)
  return list.filter((p, i) => i === 0 || !same(p, list[i - 1] as Prop))
}

export const propNormal = (p: Prop, frame: Frame): Prop => {
  const write1 = (t: Expr): Expr => (t.kind === 'infinity' ? t : write(frame.poly(t)))
  switch (p.kind) {
    case 'rel':
      return p.left.kind === 'infinity' || p.right.kind === 'infinity' ? rel(p.op, write1(p.left), write1(p.right)) : relation(p, frame)
    case 'in':
      return isIn(write1(p.element), setOf(p.set, write1))
    case 'and': {
      const list = parts(p.props, frame).filter(q => !same(q, TRUE))
      return list.some(q => same(q, FALSE)) ? FALSE : and(...list)
    }
    case 'or': {
      const list = parts(p.props, frame).filter(q => !same(q, FALSE))
      return list.some(q => same(q, TRUE)) ? TRUE : or(...list)
    }
    case 'not':
      return not(propNormal(p.prop, frame))
    case 'all': {
      const lo = write1(p.lo)
      const hi = write1(p.hi)
      const body = propNormal(p.body, frame.inside(lo, hi))
      return same(body, TRUE) ? TRUE : all(lo, hi, body)
    }
  }
}
