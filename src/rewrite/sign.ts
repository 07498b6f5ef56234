/**
 * Sign analysis with its proof. Decides from declared domains, facts of the case, and the structure of the term;
 * says nothing (`undefined`) where it does not know. Nothing here is printed: a proof is turned into a sentence by
 * `derive/`. The zero set of a nonnegative term is reported where it is known, because it is what opens a case.
 */
import * as Q from '../term/rational.ts'
import { forget, recall, record, type TermMap, termMap } from '../term/remembered.ts'
import { and, type Expr, le, lt, type Prop, sub } from '../term/term.ts'
import { mayWork } from './budget.ts'
import { type Context, domainOf, enter, knowledge, type Reason } from './facts.ts'
import { byEquations, byFacts, sharpened } from './sign-facts.ts'
import { byValue, structural } from './sign-structure.ts'
import { termwise } from './sign-sum.ts'
import { by, isStrict, meet, type Sign, type Verdict, verdict } from './sign-verdict.ts'

export type { Sign, Verdict } from './sign-verdict.ts'

const verdicts = knowledge((): TermMap<{ readonly fuel: number; readonly verdict: Verdict | undefined }> => termMap())

export const signWith = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  if (fuel <= 0 || t.size > questionSizeAtMost) return undefined
  const table = verdicts(cx)
  const known = recall(table, t)
  if (known && (known.verdict || known.fuel >= fuel)) return known.verdict
  if (--questionsLeft < 0 || !mayWork(t.size)) return undefined // not remembered: it was not answered
  record(table, t, { fuel, verdict: undefined }) // a question asked again while it is being answered is not known
  // a product of factors of known signs needs no fact about the whole, and a name of which a strict sign is declared none at all
  const isOwn =
    t.kind === 'mul' || t.kind === 'pow' || ((t.kind === 'sym' || t.kind === 'at') && cx.domains.get(t.name)?.kind === 'interval')
  const early = isOwn ? structural(t, cx, fuel) : undefined
  // summands of one strict sign need none either
  const together = t.kind === 'add' && cx.facts.length > 0 ? termwise(t, cx, fuel) : undefined
  let found = early && isStrict(early) ? early : together && isStrict(together) ? together : byFacts(t, cx, fuel)
  if (!found || found.sign === 'nonneg' || found.sign === 'nonpos' || found.sign === 'nonzero') {
    const own = early ?? structural(t, cx, fuel)
    const pinned = own && (isStrict(own) || own.sign === 'zero') ? undefined : byEquations(t, cx, fuel)
    const s = pinned && (!own || isStrict(pinned) || pinned.sign === 'zero') ? pinned : (own ?? byValue(t))
    if (s && found) {
      const sign = meet(found.sign, s.sign)
      found = sign === s.sign ? s : verdict(sign, by('facts', found.why, s.why), found.zeroWhen ?? s.zeroWhen)
    } else found = found ?? s
  }
  if (found) found = sharpened(found, cx)
  if (found || questionsLeft >= 0) record(table, t, { fuel, verdict: found })
  else forget(table, t)
  return found
}

const budget = 9

/** Nodes of a term whose sign is asked for: the walks through longer ones would cost more than the answer is worth. */
const questionSizeAtMost = 3000

/** One question may raise that many others; then it is not known. */
const questionsAtMost = 400

let questionsLeft = questionsAtMost

/** Counts further questions against the budget of the one that is being answered. */
export const spend = (questions: number): void => {
  questionsLeft -= questions
}
/** True if the question that is being answered has raised all the others it may: what is not known then may be so elsewhere. */
export const isSpent = (): boolean => questionsLeft < 0
let asking = false

/** The sign of t in this context with its proof, or undefined if it is not known. */
export const signOf = (t: Expr, cx: Context): Verdict | undefined => {
  if (asking) return signWith(t, cx, budget)
  asking = true
  questionsLeft = questionsAtMost
  try {
    return signWith(t, cx, budget)
  } finally {
    asking = false
    questionsLeft = questionsAtMost
  }
}

const whenSign = (t: Expr, cx: Context, ok: (s: Sign) => boolean): readonly Reason[] | undefined => {
  const v = signOf(t, cx)
  return v && ok(v.sign) ? [v.why] : undefined
}

/** Proof that t > 0, or undefined. */
export const provePositive = (t: Expr, cx: Context): readonly Reason[] | undefined => whenSign(t, cx, s => s === 'pos')

/** Proof that t ≥ 0, or undefined. */
export const proveNonnegative = (t: Expr, cx: Context): readonly Reason[] | undefined =>
  whenSign(t, cx, s => s === 'pos' || s === 'nonneg' || s === 'zero')

/** Proof that t ≠ 0, or undefined. */
export const proveNonzero = (t: Expr, cx: Context): readonly Reason[] | undefined =>
  whenSign(t, cx, s => s === 'pos' || s === 'neg' || s === 'nonzero')

/** Proof that every value of t is an integer, or undefined. */
export const proveInteger = (t: Expr, cx: Context): readonly Reason[] | undefined => {
  switch (t.kind) {
    case 'num':
      return Q.isInteger(t.value) ? [] : undefined
    case 'bound': {
      const r = cx.binders[t.depth]
      return r && r.lo.kind === 'infinity' ? [by('an index is an integer')] : r && proveInteger(r.lo, cx) && [by('an index is an integer')]
    }
    case 'sym':
    case 'at': {
      const d = domainOf(t, cx)
      if (!d) return undefined
      if (d.set.kind === 'range') return [{ kind: 'given', fact: d.fact }]
      return d.set.kind === 'finite' && d.set.elements.every(e => proveInteger(e, cx)) ? [{ kind: 'given', fact: d.fact }] : undefined
    }
    case 'add':
    case 'mul': {
      const proofs = (t.kind === 'add' ? t.terms : t.factors).map(u => proveInteger(u, cx))
      return proofs.every(p => p !== undefined) ? proofs.flat() : undefined
    }
    case 'pow': {
      const e = t.exponent
      return e.kind === 'num' && Q.isInteger(e.value) && Q.sign(e.value) > 0 ? proveInteger(t.base, cx) : undefined
    }
    case 'big':
      return proveInteger(t.body, enter(cx, t, 2))
    case 'fn':
      return t.name === 'floor' || t.name === 'ceil' ? [] : t.name === 'abs' && t.args[0] ? proveInteger(t.args[0], cx) : undefined
    default:
      return undefined
  }
}

/** Truth of a proposition in this context: its proof, a refutation, or undefined. */
export const decide = (p: Prop, cx: Context): { readonly holds: boolean; readonly why: readonly Reason[] } | undefined => {
  if (p.kind === 'and' || p.kind === 'or') {
    const parts = p.props.map(q => decide(q, cx))
    const absorbing = p.kind === 'or'
    const hit = parts.find(r => r?.holds === absorbing)
    if (hit) return hit
    return parts.every(r => r !== undefined) ? { holds: !absorbing, why: parts.flatMap(r => r?.why ?? []) } : undefined
  }
  if (p.kind === 'all') {
    const inner = decide(p.body, enter(cx, p, 2))
    return inner?.holds ? inner : undefined
  }
  if (p.kind === 'in') {
    const { set, element } = p
    if (set.kind === 'interval') {
      const ends: Prop[] = []
      if (set.lo.kind !== 'infinity') ends.push(relOf(set.lo, element, set.closed[0]))
      if (set.hi.kind !== 'infinity') ends.push(relOf(element, set.hi, set.closed[1]))
      return decide(and(...ends), cx)
    }
    return undefined
  }
  if (p.kind !== 'rel') return undefined
  const v = signOf(sub(p.right, p.left), cx)
  if (!v) return undefined
  const table: Record<typeof p.op, readonly [holds: readonly Sign[], fails: readonly Sign[]]> = {
    '<': [['pos'], ['neg', 'nonpos', 'zero']],
    '<=': [['pos', 'nonneg', 'zero'], ['neg']],
    '=': [['zero'], ['pos', 'neg', 'nonzero']],
    '!=': [['pos', 'neg', 'nonzero'], ['zero']],
  }
  const [holds, fails] = table[p.op]
  return holds.includes(v.sign) ? { holds: true, why: [v.why] } : fails.includes(v.sign) ? { holds: false, why: [v.why] } : undefined
}

const relOf = (a: Expr, b: Expr, closed: boolean): Prop => (closed ? le(a, b) : lt(a, b))
