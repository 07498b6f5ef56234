/**
 * Replay: a line is valid exactly when re-applying each named rule at its place, with its condition proved anew,
 * leads from the previous line's term to this line's term. Trusts nothing that a step says about itself.
 */
import { ruleById } from '../../rules/index.ts'
import type { Line } from '../document/document.ts'
import { type Context, enter } from '../rewrite/facts.ts'
import { headsOf, type Step } from '../rewrite/rule.ts'
import { children, same } from '../term/order.ts'
import type { Term } from '../term/term.ts'
import { withChildren } from '../term/walk.ts'

/** Undefined when all is well, otherwise what went wrong. */
export type Failure = string | undefined

/** Re-applies one step to `term`, which must be the step's `before`. Returns the new term, or why it cannot. */
export const replayStep = (term: Term, step: Step, cx: Context): { readonly term: Term } | { readonly failure: string } => {
  const rule = ruleById(step.rule)
  if (!rule) return { failure: `there is no rule ${step.rule}` }
  if (rule.sound === false) return { failure: `${step.rule} is a known mistake` }
  if (!same(term, step.before)) return { failure: `step ${step.rule} does not start where the previous one ended` }
  const parents: Term[] = []
  let here = term
  let inside = cx
  for (const index of step.path) {
    const child = children(here)[index]
    if (!child) return { failure: `step ${step.rule} names a place that does not exist` }
    inside = enter(inside, here, index)
    parents.push(here)
    here = child
  }
  if (!headsOf(rule).includes(here.kind)) return { failure: `${step.rule} does not apply to a term of kind ${here.kind}` }
  if (rule.when && !rule.when(here as never, inside, step.arg)) return { failure: `the condition of ${step.rule} is not proved` }
  let after = rule.rewrite(here as never, inside, step.arg)
  if (!after) return { failure: `${step.rule} does not fire` }
  for (let depth = parents.length - 1; depth >= 0; depth--) {
    const parent = parents[depth] as Term
    const at = step.path[depth]
    const changed: Term = after
    after = withChildren(
      parent,
      children(parent).map((c, i) => (i === at ? changed : c)),
    )
  }
  return same(after, step.after) ? { term: after } : { failure: `${step.rule} gives another term than the step says` }
}

/** Replays one line from the term before it. */
export const replayLine = (previous: Term, line: Line, cx: Context): Failure => {
  let term = previous
  for (const step of line.steps) {
    const done = replayStep(term, step, cx)
    if ('failure' in done) return done.failure
    term = done.term
  }
  if (same(term, line.term)) return undefined
  return line.steps.length === 0 ? 'no step leads to this line' : 'the steps end at another term than the line'
}
