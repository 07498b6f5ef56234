/**
 * Which data a case fixes: in "if all x_i are 0" the observations have a value, and whoever writes Σ x_i afterwards speaks of other
 * samples. Tests only; what a case excuses is decided where statements are judged.
 */
import { children, same } from '../term/order.ts'
import type { Expr, Prop, Term } from '../term/term.ts'
import { arraysOf, subterms, symbolsOf } from '../term/walk.ts'
import { mentionsHat, unknownsIn } from './decide.ts'
import type { Reference } from './reference.ts'
import type { Side, What } from './statement.ts'

const dataIn = (r: Reference, t: Term): readonly string[] => {
  const names = new Set([...symbolsOf(t), ...arraysOf(t)])
  return r.observed.filter(o => names.has(o))
}

/** The side of an equation that holds data, where the other holds none. */
const statisticOf = (r: Reference, p: Prop): Expr | undefined => {
  if (p.kind !== 'rel' || p.op !== '=') return undefined
  const [a, b] = [dataIn(r, p.left).length, dataIn(r, p.right).length]
  return a === 0 && b > 0 ? p.right : b === 0 && a > 0 ? p.left : undefined
}

/** Whether a term holds what the case gives a value: every observation, or the statistic that it names. */
const holdsFixed = (r: Reference, p: Prop, t: Expr): boolean => {
  if (p.kind === 'and') return p.props.some(q => holdsFixed(r, q, t))
  if (p.kind === 'all') {
    const { body } = p
    const sides = body.kind === 'rel' && body.op === '=' ? [body.left, body.right] : []
    const names = sides.some(u => u.kind === 'num') && sides.some(u => u.kind === 'at') ? dataIn(r, body) : []
    return dataIn(r, t).some(name => names.includes(name))
  }
  const fixed = statisticOf(r, p)
  if (!fixed) return false
  const parts = subterms(fixed).filter(u => (u.kind === 'big' && u.free === 0) || (u.kind === 'sym' && r.observed.includes(u.name)))
  return standsIn(r, parts, t)
}

/** Whether one of the parts stands in a term otherwise than in a total: in a + b + c with c = 0 nobody strikes the c out. */
const standsIn = (r: Reference, parts: readonly Term[], t: Term): boolean => {
  if (parts.some(v => same(t, v))) return true
  const isFixed = (u: Term): boolean => parts.some(v => same(u, v))
  const isTotal = t.kind === 'add' && t.terms.some(u => dataIn(r, u).length > 0 && !subterms(u).some(isFixed))
  const isSummand = (u: Term): boolean =>
    isFixed(u) || (u.kind === 'mul' && u.factors.length === 2 && u.factors[0]?.kind === 'num' && isFixed(u.factors[1] as Expr))
  return children(t).some(u => !(isTotal && isSummand(u)) && standsIn(r, parts, u))
}

const termsOf = (s: Side): readonly Expr[] =>
  s.kind === 'term' ? [s.term] : s.kind === 'matrix' ? s.entries.flat() : s.kind === 'quantity' ? Object.values(s.at ?? {}) : termsOf(s.of)

/** Whether a relation is written in data that have a value in the case: then it is not said of that case. */
export const writtenInFixedData = (r: Reference, props: readonly Prop[], what: What): boolean => {
  if (what.kind !== 'relation') return false
  const plain = what.left.kind === 'term' && what.right.kind === 'term'
  // s = mn: the case itself, or another one
  if (plain && [...termsOf(what.left), ...termsOf(what.right)].every(t => unknownsIn(r, t).length === 0 && !mentionsHat(t))) return false
  return [...termsOf(what.left), ...termsOf(what.right)].some(t => props.some(p => holdsFixed(r, p, t)))
}
