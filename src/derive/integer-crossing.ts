/**
 * Where the quotient of neighbouring values is 1: as it stands, after a root, or after a logarithm. Refuses an equation
 * that is not solved, and a quotient that is not shown to fall through 1.
 */
import type { Chain, Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { applyWith, attempt, type Done, everywhere, onLeft, onRight, seq } from '../rewrite/strategy.ts'
import { solveEquation } from '../solve/one-equation.ts'
import { type OpenCase, openCase } from '../solve/open-case.ts'
import { reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { div, type Expr, eq, isIn, isOne, mulAll, ONE, type Prop, type Rel, sub } from '../term/term.ts'
import { factors, mentions } from '../term/walk.ts'
import { line } from './draft.ts'
import { size } from './integer-quotient.ts'
import { law, laws, openPowers, splitSums } from './laws.ts'
import type { Setting } from './setting.ts'
import { decreasingForm } from './stationary.ts'

/** Where the quotient is 1: the one real root, the samples that need another look, and the chain of equations. */
export interface Crossing {
  readonly root: Expr
  readonly open: readonly OpenCase[]
  readonly chain: Chain
  /** Falls in the unknown and has the sign of the quotient minus 1. */
  readonly falling: Expr
}

/** An equation equivalent to "the quotient is 1", with the line that leads to it. */
interface Form {
  readonly equation: Rel
  readonly lines: readonly { readonly done: Done; readonly reason: Phrase }[]
  readonly open: readonly OpenCase[]
}

/** What all exponents of factors with the parameter share: n in N^(−n)(N − 1)^n. */
const sharedExponent = (t: Expr, unknown: string): Expr | undefined => {
  const exponents = factors(t).flatMap(f => (f.kind === 'pow' && mentions(f.base, unknown) ? [f.exponent] : []))
  const [one] = exponents
  const shared = one && mulAll(factors(one).filter(f => f.kind !== 'num'))
  if (!shared || isOne(shared) || mentions(shared, unknown)) return undefined
  return exponents.every(e => reduceFraction(div(e, shared)).kind === 'num') ? shared : undefined
}

/** The equation as it is, its root, its logarithm. */
export const formsOf = (s: Setting, ratio: Expr, cx: Context): readonly Form[] => {
  const start = eq(ratio, ONE)
  const forms: Form[] = [{ equation: start, lines: [], open: [] }]
  const shared = sharedExponent(ratio, s.unknown.name)
  if (shared) {
    const open = signOf(shared, cx)?.sign === 'pos' ? undefined : openCase(shared, cx)
    const inside = open ? assuming(cx, [open.generic]) : cx
    const done = applyWith(law('unit.root'), shared)(start, inside)
    if (done?.term.kind === 'rel')
      forms.push({ equation: done.term, lines: [{ done, reason: say`take the root of order ${shared}` }], open: open ? [open] : [] })
  }
  const logged = seq(laws('unit.log'), onLeft(seq(attempt(everywhere(laws('log.product'))), attempt(openPowers), attempt(splitSums))))(
    start,
    cx,
  )
  if (logged?.term.kind === 'rel') forms.push({ equation: logged.term, lines: [{ done: logged, reason: ['take logarithms'] }], open: [] })
  return forms
}

/** The sign of the quotient minus 1, if it is the same for every value. */
export const constantSign = (forms: readonly Form[], cx: Context): 'pos' | 'neg' | 'zero' | undefined => {
  for (const f of forms) {
    if (f.open.length > 0) continue
    const difference = sub(f.equation.left, f.equation.right)
    const sign = signOf(difference, cx)?.sign ?? signOf(reduceFraction(difference), cx)?.sign
    if (sign === 'pos' || sign === 'neg' || sign === 'zero') return sign
  }
  return undefined
}

/** The root of "the quotient is 1", if the quotient falls through 1 there and nowhere else. */
export const crossingOf = (s: Setting, ratio: Expr, cx: Context, given: readonly Prop[]): Crossing | undefined => {
  for (const form of formsOf(s, ratio, cx)) {
    const found = crossingBy(s, ratio, form, cx, given)
    if (found) return found
  }
  return undefined
}

const crossingBy = (s: Setting, ratio: Expr, form: Form, cx: Context, given: readonly Prop[]): Crossing | undefined => {
  const start = eq(ratio, ONE)
  const inside = assuming(
    cx,
    form.open.map(o => o.generic),
  )
  const solution = solveEquation(form.equation, s.unknown, inside)
  const { root } = solution
  if (solution.kind !== 'solved' || !root) return undefined
  const open = [...form.open, ...solution.open.filter(o => !form.open.some(p => same(p.degenerate, o.degenerate)))]
  const generic = open.map(o => o.generic)
  const falling = decreasingForm(s, solution, assuming(cx, generic))
  if (!falling) return undefined
  // x/(1 − (1 − p)) is x/p
  const shorter = onRight(laws('algebra.simplify'))(solution.final, assuming(cx, generic))
  const simple = shorter && size(shorter.term) < size(solution.final) ? shorter : undefined
  const lines = [line('equal.0', { term: start, steps: [] }, [], { relation: '⇔' })]
  let pending: readonly Done['steps'][number][] = []
  for (const l of [...form.lines, ...solution.lines, ...(simple ? [{ done: simple, reason: say`simplify` }] : [])]) {
    if (l.reason.length === 0) {
      pending = [...pending, ...l.done.steps]
      continue
    }
    lines.push(line(`equal.${lines.length}`, { term: l.done.term, steps: [...pending, ...l.done.steps] }, l.reason, { relation: '⇔' }))
    pending = []
  }
  return {
    root: simple?.term.kind === 'rel' ? simple.term.right : root,
    open,
    falling: falling.difference,
    chain: {
      type: 'chain',
      start,
      origin: { kind: 'term' },
      lines,
      given: [...given, ...generic],
      domain: isIn(s.unknown, s.interior.domains.get(s.unknown.name) ?? s.space),
    },
  }
}
