/**
 * Strategies: a strategy takes a term and its context and returns the new term with its steps, or declines with
 * `undefined`. The trace is the return value: no logger, no mutation, no global.
 *
 * Laws (tested): `seq()` is the identity without steps, `first()` always declines, `first(s, s) = s`, `attempt`
 * never declines, `repeat(repeat(s)) = repeat(s)`, `somewhere(apply(…))` makes exactly one step.
 */
import { children, same } from '../term/order.ts'
import type { Kind, Term } from '../term/term.ts'
import { withChildren } from '../term/walk.ts'
import { type Context, enter } from './facts.ts'
import { headsOf, type Path, type Rule, type Step } from './rule.ts'

export interface Done {
  readonly term: Term
  readonly steps: readonly Step[]
}
export type Strategy = (t: Term, cx: Context) => Done | undefined

/** A strategy that goes on and on: its last steps tell what it was doing. */
export class OutOfFuel extends Error {
  readonly steps: readonly Step[]
  constructor(steps: readonly Step[]) {
    super(`a strategy ran out of fuel; its last steps: ${steps.slice(-5).map(s => s.rule).join(', ')}`)
    this.steps = steps
  }
}

let attempts = 0
/** How often a rule was tried since the last call: for benchmarks. */
export const takeRuleAttempts = (): number => {
  const count = attempts
  attempts = 0
  return count
}

/** Fires one rule at the root, after its condition is proved. */
export const fire = (r: Rule, t: Term, cx: Context, arg?: Term): Step | undefined => {
  attempts++
  const why = r.when ? r.when(t as never, cx, arg) : []
  if (!why) return undefined
  const after = r.rewrite(t as never, cx, arg)
  if (!after || same(after, t)) return undefined
  return { rule: r.id, path: [], before: t, after, why, ...(arg === undefined ? {} : { arg }) }
}

const once = (step: Step | undefined): Done | undefined => step && { term: step.after, steps: [step] }

/** The first of the rules that fires here. Rules are indexed by head when the strategy is built. */
export const apply = (...rules: readonly Rule[]): Strategy => {
  const index = new Map<Kind, Rule[]>()
  for (const r of rules) for (const k of headsOf(r)) index.set(k, [...(index.get(k) ?? []), r])
  return (t, cx) => {
    const candidates = index.get(t.kind)
    if (!candidates) return undefined
    for (const r of candidates) {
      const step = fire(r, t, cx)
      if (step) return once(step)
    }
    return undefined
  }
}

/** One rule with its argument, here. */
export const applyWith = (r: Rule, arg: Term): Strategy => {
  const heads = headsOf(r)
  return (t, cx) => (heads.includes(t.kind) ? once(fire(r, t, cx, arg)) : undefined)
}

export const first = (...options: readonly Strategy[]): Strategy => (t, cx) => {
  for (const s of options) {
    const done = s(t, cx)
    if (done) return done
  }
  return undefined
}

/** One after the other; declines if any declines. */
export const seq = (...parts: readonly Strategy[]): Strategy => (t, cx) => {
  let term = t
  let steps: readonly Step[] = []
  for (const s of parts) {
    const done = s(term, cx)
    if (!done) return undefined
    term = done.term
    steps = steps.length === 0 ? done.steps : [...steps, ...done.steps]
  }
  return { term, steps }
}

/** Never declines: leaves the term as it is where s declines. Not inside `first` except at its end. */
export const attempt = (s: Strategy): Strategy => (t, cx) => s(t, cx) ?? { term: t, steps: [] }

/** As often as it fires, at least once. Stops when a term comes back. @throws OutOfFuel */
export const repeat = (s: Strategy, { fuel = 400 }: { readonly fuel?: number } = {}): Strategy => (t, cx) => {
  let term = t
  const steps: Step[] = []
  const seen = new Map<number, Term[]>()
  for (let left = fuel; ; left--) {
    const done = s(term, cx)
    if (!done || done.steps.length === 0) break
    if (left === 0) throw new OutOfFuel(steps)
    steps.push(...done.steps)
    const earlier = seen.get(term.hash) ?? []
    seen.set(term.hash, [...earlier, term])
    term = done.term
    if (seen.get(term.hash)?.some(e => same(e, term))) throw new OutOfFuel(steps)
  }
  return steps.length === 0 ? undefined : { term, steps }
}

/** Puts a step made in child `index` of `parent` into the whole. */
const lifted = (parent: Term, index: number, step: Step): Step => {
  const rebuild = (child: Term): Term => withChildren(parent, children(parent).map((c, i) => (i === index ? child : c)))
  return { ...step, path: [index, ...step.path], before: rebuild(step.before), after: rebuild(step.after) }
}

/** Parents whose constructor may merge a changed child: after the first step there is nothing to go on with. */
const flattens = (t: Term): boolean => t.kind === 'add' || t.kind === 'mul' || t.kind === 'and' || t.kind === 'or'

const inChild = (t: Term, index: number, s: Strategy, cx: Context): Done | undefined => {
  const child = children(t)[index]
  if (!child) return undefined
  const done = s(child, enter(cx, t, index))
  if (!done) return undefined
  const steps: Step[] = []
  for (const step of flattens(t) ? done.steps.slice(0, 1) : done.steps) {
    const lift = lifted(t, index, step)
    steps.push(lift)
    // a power may fold, a negation turn round, a set put in order: only where the child is in its place can it change again
    if (children(lift.after)[index] !== step.after) break
  }
  return { term: steps.at(-1)?.after ?? t, steps }
}

/** At the place given by child indices from here. */
export const inside = (path: Path, s: Strategy): Strategy => {
  const [index, ...rest] = path
  return index === undefined ? s : (t, cx) => inChild(t, index, inside(rest, s), cx)
}

/** At the first place from the outside in, left to right, where s fires. */
export const somewhere = (s: Strategy): Strategy => {
  const go: Strategy = (t, cx) => {
    const here = s(t, cx)
    if (here) return here
    const parts = children(t)
    for (let i = 0; i < parts.length; i++) {
      const done = inChild(t, i, go, cx)
      if (done) return done
    }
    return undefined
  }
  return go
}

/** At the first place from the inside out. */
export const innermost = (s: Strategy): Strategy => {
  const go: Strategy = (t, cx) => {
    const parts = children(t)
    for (let i = 0; i < parts.length; i++) {
      const done = inChild(t, i, go, cx)
      if (done) return done
    }
    return s(t, cx)
  }
  return go
}

/** Wherever it fires, until it fires nowhere. Declines if it never fires. */
export const everywhere = (s: Strategy, options: { readonly fuel?: number } = {}): Strategy => repeat(somewhere(s), options)

export const onLeft = (s: Strategy): Strategy => inside([0], s)
export const onRight = (s: Strategy): Strategy => inside([1], s)
/** On the left, then on the right; declines only if both decline. */
export const onBothSides = (s: Strategy): Strategy => (t, cx) => {
  const left = onLeft(s)(t, cx)
  const right = onRight(s)(left?.term ?? t, cx)
  if (!left && !right) return undefined
  return { term: right?.term ?? left?.term ?? t, steps: [...(left?.steps ?? []), ...(right?.steps ?? [])] }
}
/** Only where the test holds. */
export const onlyIf = (test: (t: Term, cx: Context) => boolean, s: Strategy): Strategy => (t, cx) => (test(t, cx) ? s(t, cx) : undefined)
