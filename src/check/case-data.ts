/**
 * Which data a case fixes: in "if all x_i are 0" the observations have a value, and whoever writes Σ x_i afterwards speaks of other
 * samples. Tests only; what a case excuses is decided where statements are judged.
 */
import type { Expr, Prop, Term } from '../term/term.ts'
import { arraysOf, symbolsOf } from '../term/walk.ts'
import { mentionsHat, unknownsIn } from './decide.ts'
import type { Reference } from './reference.ts'
import type { Side, What } from './statement.ts'

const dataIn = (r: Reference, t: Term): readonly string[] => {
  const names = new Set([...symbolsOf(t), ...arraysOf(t)])
  return r.observed.filter(o => names.has(o))
}

/** The data that equations of the case give values free of data. */
const fixedBy = (r: Reference, p: Prop): readonly string[] => {
  if (p.kind === 'and') return p.props.flatMap(q => fixedBy(r, q))
  if (p.kind === 'all') return fixedBy(r, p.body)
  if (p.kind !== 'rel' || p.op !== '=') return []
  const [a, b] = [dataIn(r, p.left), dataIn(r, p.right)]
  return a.length === 0 ? b : b.length === 0 ? a : []
}

const termsOf = (s: Side): readonly Expr[] =>
  s.kind === 'term' ? [s.term] : s.kind === 'matrix' ? s.entries.flat() : s.kind === 'quantity' ? Object.values(s.at ?? {}) : termsOf(s.of)

/** Whether a relation is written in data that have a value in the case: then it is not said of that case. */
export const writtenInFixedData = (r: Reference, props: readonly Prop[], what: What): boolean => {
  if (what.kind !== 'relation') return false
  const plain = what.left.kind === 'term' && what.right.kind === 'term'
  // s = mn: the case itself, or another one
  if (plain && [...termsOf(what.left), ...termsOf(what.right)].every(t => unknownsIn(r, t).length === 0 && !mentionsHat(t))) return false
  const fixed = new Set(props.flatMap(p => fixedBy(r, p)))
  return fixed.size > 0 && [...termsOf(what.left), ...termsOf(what.right)].some(t => dataIn(r, t).some(name => fixed.has(name)))
}
