/**
 * Strategies: a strategy takes a term and its context and returns the new term with its steps, or declines with
 * `undefined`. The trace is the return value: no logger, no mutation, no global.
 *
 * Laws (tested): `seq()` is the identity without steps, `first()` always declines, `first(s, s) = s`, `attempt`
 * never declines, `repeat(repeat(s)) = repeat(s)`, `somewhere(apply(…))` makes exactly one step.
 */

import { children, kindBits, same } from '../term/order.ts'
import { recall, record, type TermMap, termMap } from '../term/remembered.ts'
import type { Term } from '../term/term.ts'
import { mapChildren } from '../term/walk.ts'
import { mustWork } from './budget.ts'
import { type Context, enter, knowledge } from './facts.ts'
import { headsOf, type Path, type Rule, type Step } from './rule.ts'

export interface Done {
  readonly term: Term
  readonly steps: readonly Step[]
}
export interface Strategy {
  (t: Term, cx: Context): Done | undefined
  /** The bits of the kinds of terms on which it may fire; absent: on any. What has none of them is not walked through. */
  readonly kinds?: number | undefined
}

/** A strategy that goes on and on: its last steps tell what it was doing. */
export class OutOfFuel extends Error {
  readonly steps: readonly Step[]
  constructor(steps: readonly Step[]) {
    super(
      `a strategy ran out of fuel; its last steps: ${steps
        .slice(-5)
        .map(s => s.rule)
        .join(', ')}`,
    )
    this.steps = steps
  }
}

/** Nodes of a term that a rule may leave: no book would print a thousandth of it. */
export const sizeAtMost = 40000

let attempts = 0
/** How often a rule was tried since the last call: for benchmarks. */
export const takeRuleAttempts = (): number => {
  const count = attempts
  attempts = 0
  return count
}

const root: Path = []

/** Fires one rule at the root, after its condition is proved. */
export const fire = (r: Rule, t: Term, cx: Context, arg?: Term): Step | undefined => {
  attempts++
  mustWork(1)
  const why = r.when ? r.when(t as never, cx, arg) : []
  if (!why) return undefined
  const after = r.rewrite(t as never, cx, arg)
  if (!after || same(after, t)) return undefined
  if (after.size > sizeAtMost) throw new OutOfFuel([{ rule: r.id, path: root, before: t, after, why, arg }])
  return { rule: r.id, path: root, before: t, after, why, arg }
}

const once = (step: Step | undefined): Done | undefined => step && { term: step.after, steps: [step] }

/** The strategy with the kinds of terms on which it may fire. */
const on = (kinds: number | undefined, s: { (t: Term, cx: Context): Done | undefined; kinds?: number | undefined }): Strategy => {
  s.kinds = kinds
  return s
}

const kindsOfRule = (r: Rule): number => (typeof r.on === 'string' ? kindBits[r.on] : r.on.reduce((bits, k) => bits | kindBits[k], 0))

const alone = new WeakMap<Rule, Strategy>()

/** The first of the rules that fires here. Rules are indexed by head when the strategy is built, which is once for a single rule. */
export const apply = (...rules: readonly Rule[]): Strategy => {
  const [only] = rules
  if (!only || rules.length > 1) return indexed(rules)
  const known = alone.get(only)
  if (known) return known
  const made = indexed(rules)
  alone.set(only, made)
  return made
}
/** The place of a kind's bit. */
const placeOf = (bit: number): number => 31 - Math.clz32(bit)
const indexed = (rules: readonly Rule[]): Strategy => {
  const index: (readonly Rule[] | undefined)[] = Object.values(kindBits).map(() => undefined)
  for (const r of rules)
    for (const k of headsOf(r)) {
      const place = placeOf(kindBits[k])
      index[place] = [...(index[place] ?? []), r]
    }
  return on(
    rules.reduce((bits, r) => bits | kindsOfRule(r), 0),
    (t, cx) => {
      const candidates = index[placeOf(t.bit)]
      if (!candidates) return undefined
      for (const r of candidates) {
        const step = fire(r, t, cx)
        if (step) return once(step)
      }
      return undefined
    },
  )
}

/** One rule with its argument, here. */
export const applyWith = (r: Rule, arg: Term): Strategy => {
  const kinds = kindsOfRule(r)
  return on(kinds, (t, cx) => ((kinds & t.bit) !== 0 ? once(fire(r, t, cx, arg)) : undefined))
}

export const first = (...options: readonly Strategy[]): Strategy =>
  on(options.some(s => s.kinds === undefined) ? undefined : options.reduce((bits, s) => bits | (s.kinds ?? 0), 0), (t, cx) => {
    const own = t.bit
    for (const s of options) {
      const done = s.kinds === undefined || (s.kinds & own) !== 0 ? s(t, cx) : undefined
      if (done) return done
    }
    return undefined
  })

/** One after the other; declines if any declines. */
export const seq = (...parts: readonly Strategy[]): Strategy =>
  on(parts[0]?.kinds, (t, cx) => {
    let term = t
    let steps: readonly Step[] = []
    for (const s of parts) {
      const done = s(term, cx)
      if (!done) return undefined
      term = done.term
      steps = steps.length === 0 ? done.steps : [...steps, ...done.steps]
    }
    return { term, steps }
  })

/** Never declines: leaves the term as it is where s declines. Not inside `first` except at its end. */
export const attempt =
  (s: Strategy): Strategy =>
  (t, cx) =>
    s(t, cx) ?? { term: t, steps: [] }

/** As often as it fires, at least once. Stops when a term comes back. @throws OutOfFuel */
export const repeat = (s: Strategy, { fuel = 400 }: { readonly fuel?: number } = {}): Strategy =>
  on(s.kinds, (t, cx) => {
    let done = s(t, cx)
    if (!done || done.steps.length === 0) return undefined
    let term = t
    const steps: Step[] = []
    const seen: Term[] = []
    for (let left = fuel; done && done.steps.length > 0; left--) {
      if (left === 0) throw new OutOfFuel(steps)
      steps.push(...done.steps)
      seen.push(term)
      term = done.term
      if (seen.some(e => same(e, term))) throw new OutOfFuel(steps)
      done = s(term, cx)
    }
    return { term, steps }
  })

/** The parent with its child at `index` exchanged. */
const withChild = (parent: Term, index: number, child: Term): Term => mapChildren(parent, (c, i) => (i === index ? child : c))

/** Parents whose constructor may merge a changed child: after the first step there is nothing to go on with. */
const flattens = (t: Term): boolean => t.kind === 'add' || t.kind === 'mul' || t.kind === 'and' || t.kind === 'or'

const stepAt = (path: Path, { rule, why, arg }: Step, before: Term, after: Term): Step => ({ rule, path, before, after, why, arg })

/** The steps that s makes in a child, put into the whole. */
const inChild = (t: Term, index: number, child: Term, s: Strategy, cx: Context): Done | undefined => {
  const done = s(child, enter(cx, t, index))
  if (!done) return undefined
  const steps: Step[] = []
  let term = t
  for (const step of done.steps) {
    const before = term
    term = withChild(t, index, step.after)
    steps.push(stepAt([index, ...step.path], step, before, term))
    // a power may fold, a negation turn round, a set put in order: only where the child is in its place can it change again
    if (flattens(t) || !isChild(term, index, step.after)) break
  }
  return { term, steps }
}
const isChild = (parent: Term, index: number, child: Term): boolean => {
  const found = children(parent)[index]
  return found !== undefined && same(found, child)
}

/** At the place given by child indices from here. */
export const inside = (path: Path, s: Strategy): Strategy => {
  const [index, ...rest] = path
  if (index === undefined) return s
  const deeper = inside(rest, s)
  return (t, cx) => {
    const child = children(t)[index]
    return child && inChild(t, index, child, deeper, cx)
  }
}

/** For each term the walks (a bit for each) that are known to fire nowhere in it: they decline there again. */
const barren = knowledge((): TermMap<number> => termMap())
/** Walks without a bit of their own, made for one argument: each remembers for itself. */
const walksWithBits = 31
let walks = 0

/** Walks to the places where s may fire, in the order of `go`. */
const walking = (s: Strategy, go: (t: Term, cx: Context, again: Strategy, kinds: number) => Done | undefined): Strategy => {
  const { kinds } = s
  const shared = walks < walksWithBits
  const bit = shared ? 1 << walks++ : 1
  let own: { readonly cx: Context; readonly known: TermMap<number> } | undefined
  const knownIn = (cx: Context): TermMap<number> => {
    if (shared) return barren(cx)
    if (own?.cx !== cx) own = { cx, known: termMap() }
    return own.known
  }
  const again: Strategy = (t, cx) => {
    if (kinds !== undefined && (t.kinds & kinds) === 0) return undefined
    const known = knownIn(cx)
    if (((recall(known, t) ?? 0) & bit) !== 0) return undefined
    const done = go(t, cx, again, kinds ?? ~0)
    if (!done) record(known, t, (recall(known, t) ?? 0) | bit)
    return done
  }
  return again
}
const here = (s: Strategy, t: Term, cx: Context): Done | undefined =>
  s.kinds === undefined || (s.kinds & t.bit) !== 0 ? s(t, cx) : undefined
const below = (t: Term, cx: Context, s: Strategy, kinds: number): Done | undefined => {
  if (t.kind === 'pow') return belowAt(t, 0, t.base, cx, s, kinds) ?? belowAt(t, 1, t.exponent, cx, s, kinds)
  if (t.kind === 'rel') return belowAt(t, 0, t.left, cx, s, kinds) ?? belowAt(t, 1, t.right, cx, s, kinds)
  const parts = children(t)
  for (let i = 0; i < parts.length; i++) {
    const done = belowAt(t, i, parts[i] as Term, cx, s, kinds)
    if (done) return done
  }
  return undefined
}
const belowAt = (t: Term, index: number, child: Term, cx: Context, s: Strategy, kinds: number): Done | undefined =>
  (child.kinds & kinds) === 0 ? undefined : inChild(t, index, child, s, cx)

/** At the first place from the outside in, left to right, where s fires. */
export const somewhere = (s: Strategy): Strategy => walking(s, (t, cx, again, kinds) => here(s, t, cx) ?? below(t, cx, again, kinds))

/** At the first place from the inside out. */
export const innermost = (s: Strategy): Strategy => walking(s, (t, cx, again, kinds) => below(t, cx, again, kinds) ?? here(s, t, cx))

/** Wherever it fires, until it fires nowhere. Declines if it never fires. */
export const everywhere = (s: Strategy, options: { readonly fuel?: number } = {}): Strategy => repeat(somewhere(s), options)

export const onLeft = (s: Strategy): Strategy => inside([0], s)
export const onRight = (s: Strategy): Strategy => inside([1], s)
/** On the left, then on the right; declines only if both decline. */
export const onBothSides =
  (s: Strategy): Strategy =>
  (t, cx) => {
    const left = onLeft(s)(t, cx)
    const right = onRight(s)(left?.term ?? t, cx)
    if (!left && !right) return undefined
    return { term: right?.term ?? left?.term ?? t, steps: [...(left?.steps ?? []), ...(right?.steps ?? [])] }
  }
/** Only where the test holds. */
export const onlyIf = (test: (t: Term, cx: Context) => boolean, s: Strategy): Strategy =>
  on(s.kinds, (t, cx) => (test(t, cx) ? s(t, cx) : undefined))
