/**
 * Which conditions on the sample a document treats as cases: those that stand as conditions, and equations between numbers of the
 * sample that are none for every sample. They are remembered; nothing is judged.
 */
import { holds } from '../term/evaluate.ts'
import type { Expr, Prop } from '../term/term.ts'
import { arraysOf, some } from '../term/walk.ts'
import { foreign, stationary } from './decide.ts'
import { tiedNames } from './omitted.ts'
import { relationProp } from './quantities.ts'
import type { Reference } from './reference.ts'
import type { Memory } from './ruling.ts'
import { forEveryObservation, isSampleCondition } from './sample-cases.ts'
import type { Statement, What } from './statement.ts'

/** Remembers a condition on the sample. */
export const noteCase = (m: Memory, s: Statement, what: What): void => {
  const r = m.reference
  if (isExcluded(m, s)) return
  const note = (p: Prop | undefined): void => {
    for (const q of p ? (p.kind === 'and' ? [p, ...p.props] : [p]) : [])
      if (isSampleCondition(r, q) && !ofSomeObservations(m, s, q)) m.cases.push({ prop: forEveryObservation(r, q), line: s.line })
  }
  if (what.kind === 'condition' || what.kind === 'prose') note(what.condition)
  if (what.kind === 'claim') note(what.condition)
  if (what.kind === 'relation') {
    note(what.condition)
    // what is said of a likelihood or a derivative is no condition on the sample
    const p = what.left.kind === 'quantity' || what.right.kind === 'quantity' ? undefined : relationProp(r, what)
    // an equation with a multiplier is about no sample
    if (p && !rewritesSum(r, p) && ofObservations(m, p) && !(foreign(r, p).length > 0 && tiedNames(r).length > 0) && isCase(r, p)) note(p)
  }
}

/** Σ (x_i − 2) = Σ x_i − 2n, (log x_i)² = 2 log x_i: the data in another form, and no sample. x_(1) = x_(n) is one. */
const rewritesSum = (r: Reference, p: Prop): boolean => {
  if (p.kind !== 'rel' || p.op !== '=') return false
  const isPlain = (t: Expr): boolean => t.kind === 'at' || (t.kind === 'big' && t.op !== 'sum' && t.op !== 'prod')
  return [p.left, p.right].every(t => r.observed.some(x => arraysOf(t).has(x))) && !(isPlain(p.left) && isPlain(p.right))
}

/** Some samples are otherwise, if not among those that were drawn first. */
const isCase = (r: Reference, p: Prop): boolean => r.settings.some(t => !holds(p, t.env)) || stationary(r).some(t => !holds(p, t.env))

/** A relation between covariates is no case: what is made of them is stated. */
const ofObservations = (m: Memory, p: Prop): boolean => {
  const lists = [...arraysOf(p)]
  return lists.length === 0 || lists.some(name => m.reference.observed.includes(name))
}

/** "The items (d_i = 1)", "observations with x_i > c": a part of the sample is meant, and no sample. */
const ofSomeObservations = (m: Memory, s: Statement, p: Prop): boolean =>
  some(p, u => u.kind === 'at' && u.index.some(k => k.kind === 'sym')) &&
  /\b(?<!(?:all|every|each)(?: the)? )(?:items?|observations?|units?|subjects?|individuals?|patients?|lifetimes?|those|ones|terms?|factors?|indices)\s*(?:i )?(?:with|for which|where|having|such that|that have)?\s*[($]*\s*$/i.test(
    (m.lines.find(l => l.line === s.line)?.source ?? '').slice(0, Math.max(0, s.column - 1)),
  )

/** "Suppose that not every x_i is 1": the condition is what the sample is not. */
const isExcluded = (m: Memory, s: Statement): boolean => {
  const line = m.lines[s.line - 1]?.source.slice(0, Math.max(0, s.column - 1)) ?? ''
  return /\b(?:not (?:all|every|each)|unless|except (?:when|if|for|that)|excluding|excludes?|rul(?:e|es|ing) out|other than)\b[^.;]{0,60}$/i.test(
    line,
  )
}
