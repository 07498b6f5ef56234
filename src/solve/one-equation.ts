/**
 * Solves one equation for one unknown by named moves, each reversible on the parameter space: bring the two signs to
 * two sides, clear denominators, expand if needed, gather, divide, invert. What must be nonzero and is only known to
 * be nonnegative opens a case, which the boundary section has to settle. Refuses (returns `stuck`) rather than guess.
 */

import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { coefficientSign } from '../rewrite/arithmetic.ts'
import type { Context } from '../rewrite/facts.ts'
import { polynomialOf } from '../rewrite/kernel.ts'
import { signOf } from '../rewrite/sign.ts'
import { apply, applyWith, attempt, type Done, everywhere, onLeft, seq } from '../rewrite/strategy.ts'
import { polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { type Expr, gt, isZero, neg, num, ONE, pow, type Rel, type Sym, sub, type Term, ZERO } from '../term/term.ts'
import { some, subterms, summands } from '../term/walk.ts'
import { dataFreeFactor } from './data-free-factor.ts'
import { invert, undone } from './invert.ts'
import { kernelOf } from './kernel.ts'
import {
  advance,
  apartBySign,
  cancelSides,
  clear,
  divideOut,
  ensureNonzero,
  expandSides,
  type Form,
  free,
  gather,
  isLinearAsWritten,
  knownFactorsApart,
  named,
  type SolutionLine,
  type State,
  unknownLeft,
  withoutCommonNumber,
} from './moves.ts'
import type { OpenCase } from './open-case.ts'
export interface Solution {
  readonly kind: 'solved' | 'stuck'
  readonly lines: readonly SolutionLine[]
  readonly final: Term
  /** The right side of the last line, `unknown = root`. */
  readonly root?: Expr
  readonly open: readonly OpenCase[]
  /** Equations met on the way, from which the change of sign of the score is read. */
  readonly forms: readonly Form[]
  readonly why?: string
}

/** Why an equation is not solved in which no one function of the unknown stands for it everywhere. */
export const scattered = 'the unknown cannot be isolated'

const finish = (reached: State, kind: Solution['kind'], why?: string): Solution => {
  const s = kind === 'stuck' ? withoutMinus(reached) : reached
  return {
    kind,
    lines: s.lines,
    final: s.eq,
    ...(kind === 'solved' ? { root: s.eq.right } : {}),
    open: s.open,
    forms: s.forms,
    ...(why ? { why } : {}),
  }
}

/** −a − b = 0 is left as a + b = 0. */
const withoutMinus = (s: State): State => {
  const parts = summands(s.eq.left)
  if (!isZero(s.eq.right) || parts.length < 2 || !parts.every(p => coefficientSign(p) < 0)) return s
  return advance(s, applyWith(named('equation.multiply'), num(-1))(s.eq, s.cx), ['change all signs'], s.scale && neg(s.scale)) ?? s
}

const quadraticRoute = (s: State, unknown: Sym, kernel: Expr): Solution => {
  const polynomial = (t: Expr): ReadonlyMap<number, Expr> | undefined =>
    same(kernel, unknown) ? polynomialIn(t, unknown) : polynomialOf(t, kernel, [unknown.name])
  // the side is chosen on which the leading coefficient is positive
  const slope = polynomial(sub(s.eq.left, s.eq.right))?.get(2)
  const sign = slope && signOf(slope, s.cx)?.sign
  const turned = sign === 'neg' || sign === 'nonpos' ? apply(named('equation.swap'))(s.eq, s.cx) : undefined
  if (turned)
    return quadraticRoute(
      { ...s, eq: turned.term as Rel, lines: [...s.lines, { done: turned, reason: [] }], scale: s.scale && neg(s.scale) },
      unknown,
      kernel,
    )
  const toLeft = summands(s.eq.right).filter(p => !isZero(p))
  const strategies = toLeft.map(p => applyWith(named('equation.move'), p))
  const zeroed =
    toLeft.length === 0
      ? s
      : advance(s, seq(...strategies, attempt(apply(named('equation.collect'))))(s.eq, s.cx), ['bring everything to one side'], s.scale)
  if (!zeroed) return finish(s, 'stuck', 'the terms could not be brought to one side')
  const poly = polynomial(zeroed.eq.left)
  const lead = poly?.get(2)
  if (!poly || !lead) return finish(zeroed, 'stuck', 'no quadratic form was reached')
  const ready = ensureNonzero(zeroed, lead)
  if (!ready) return finish(zeroed, 'stuck', 'the leading coefficient is not known to be nonzero')
  const formula = applyWith(named('equation.quadratic'), kernel)(ready.eq, ready.cx)
  if (!formula) return finish(ready, 'stuck', 'the discriminant is not known to be nonnegative')
  const select = (state: State): readonly [State, Done] | undefined => {
    const chosen = apply(named('equation.select-root'))(formula.term, state.cx)
    return chosen?.term.kind === 'rel' ? [state, chosen] : undefined
  }
  // the product of the roots has the sign of the constant term: what leaves that open may leave the choice open
  const decided = ensureNonzero(ready, poly.get(0) ?? ZERO)
  const found = select(ready) ?? (decided && select(decided))
  const lines = [...ready.lines, { done: formula, reason: ['quadratic formula'] }]
  if (!found)
    return { ...finish(ready, 'stuck', 'which root lies in the parameter space could not be decided'), lines, final: formula.term }
  const [state, chosen] = found
  const isPlain = same(kernel, unknown)
  const words: Phrase = isPlain ? ['the other root lies outside the parameter space'] : say`${gt(kernel, ZERO)}, and the other root is not`
  const selected: State = { ...state, eq: chosen.term as Rel, lines: [...lines, { done: chosen, reason: words }] }
  if (isPlain) return finish(selected, 'solved')
  const solved = invert(selected, unknown)
  return solved && free(solved.eq.right, unknown)
    ? finish(solved, 'solved')
    : finish(selected, 'stuck', 'the equation could not be inverted')
}

/** Solves `equation` for `unknown`. The context holds on the interior of the parameter space. */
export const solveEquation = (equation: Rel, unknown: Sym, cx: Context): Solution => {
  const start: State = {
    eq: equation,
    cx,
    lines: [],
    open: [],
    scale: ONE,
    forms: [{ multiplier: ONE, difference: sub(equation.left, equation.right) }],
  }
  const direct = solveFrom(start, unknown)
  if (direct.kind === 'solved') return direct
  const factor = dataFreeFactor(equation.left, unknown)
  const apart =
    factor && advance(start, onLeft(applyWith(named('algebra.polynomial-factor'), factor))(start.eq, cx), say`take out ${factor}`, ONE)
  const third = apart && solveFrom(apart, unknown)
  if (third?.kind === 'solved') return third
  const logs = logsOf(equation.left, unknown)
  const fourth = logs > 1 ? withQuotient(start, unknown) : undefined
  if (fourth?.kind === 'solved') return fourth
  // what does not come apart as it stands may do so as one fraction
  const done = onLeft(apply(named('algebra.simplify')))(start.eq, cx)
  // a sum of several terms is no fraction: what a Σ held that is free of its index was taken out
  const isOpen = done?.term.kind === 'rel' && done.term.left.kind === 'add'
  const held = equation.left.kind === 'add' && some(equation.left, u => u.kind === 'big' && u.op === 'sum')
  const words = !isOpen
    ? 'write the left side as one fraction'
    : held
      ? 'take out of the sums what is free of the index'
      : 'cancel and collect on the left side'
  const reduced = advance(start, done, [words], ONE)
  const second = reduced && solveFrom(reduced, unknown)
  return second?.kind === 'solved' ? second : (third ?? direct)
}

/** How many logarithms hold the unknown. */
const logsOf = (t: Expr, unknown: Sym): number => subterms(t).filter(u => u.kind === 'fn' && u.name === 'log' && !free(u, unknown)).length

/** log a − log b as log(a/b), and solved for it. */
const withQuotient = (start: State, unknown: Sym): Solution | undefined => {
  const { eq: equation, cx } = start
  const cleared = clear(start) ?? start
  const expanded = expandSides(cleared, unknown) ?? cleared
  const together = advance(expanded, onLeft(apply(named('log.difference')))(expanded.eq, cx), ['log of a quotient'], expanded.scale)
  return together && !same(together.eq, equation) ? solveFrom(together, unknown) : undefined
}

/** sin² as 1 − cos², where both stand in the equation. */
const inCosine = (s: State): State =>
  advance(s, everywhere(apply(named('trigonometry.pythagoras')))(s.eq, s.cx), ['sin² + cos² = 1'], s.scale) ?? s

/** −t = 0 as t = 0. */
const unknownIsZero = (s: State, unknown: Sym): Solution | undefined => {
  if (!isZero(s.eq.right)) return undefined
  if (same(s.eq.left, unknown)) return finish(s, 'solved')
  const turned = advance(s, applyWith(named('equation.multiply'), num(-1))(s.eq, s.cx), ['change all signs'], s.scale && neg(s.scale))
  return turned && same(turned.eq.left, unknown) ? finish(turned, 'solved') : undefined
}

const solveFrom = (start: State, unknown: Sym, depth = 1): Solution => {
  const cleared = clear(apartBySign(knownFactorsApart(start, unknown), unknown))
  if (!cleared) return finish(start, 'stuck', 'a denominator is not known to be nonzero')
  const kernel = kernelOf(sub(cleared.eq.left, cleared.eq.right), unknown, t => signOf(t, cleared.cx)?.sign === 'pos')
  if (!kernel) return unknownIsZero(cleared, unknown) ?? finish(cleared, 'stuck', scattered)
  const degree = kernel.degrees.at(-1) ?? 0
  const isPure = kernel.degrees.length === 2
  let u: Expr = isPure ? pow(kernel.term, num(degree)) : kernel.term
  let s: State = kernel.term.kind === 'fn' && kernel.term.name === 'cos' ? inCosine(cleared) : cleared
  const linear = (state: State, target: Expr): boolean =>
    isLinearAsWritten(state.eq.left, target, unknown) && isLinearAsWritten(state.eq.right, target, unknown)
  if (!linear(s, u)) s = expandSides(s, unknown, kernel.term) ?? s
  s = cancelSides(s)
  if (!isPure) return degree === 2 ? quadraticRoute(s, unknown, kernel.term) : finish(s, 'stuck', 'the equation is of too high a degree')
  if (!linear(s, u)) {
    const again = clear(s)
    if (again) s = again
    if (!linear(s, u)) {
      // a kernel to a negative power: θ^(−1) = c is solved for θ^(−1)
      const inverse = pow(u, num(-1))
      if (!linear(s, inverse)) return finish(s, 'stuck', 'the terms with the unknown could not be brought together')
      u = inverse
    }
  }
  const gathered = gather(s, unknown)
  if (!gathered) return finish(s, 'stuck', 'the terms with the unknown could not be brought to one side')
  const divided = divideOut(unknownLeft(withoutCommonNumber(gathered, unknown), unknown), u, unknown)
  if (!divided) return finish(gathered, 'stuck', 'the coefficient of the unknown is not known to be nonzero')
  const solved = invert(divided, unknown)
  if (!solved) {
    // one function undone leaves an equation of another shape: t/(1 − t) = e^c
    const outer = depth > 0 ? undone(divided, unknown) : undefined
    const inner = outer ? solveFrom(outer, unknown, depth - 1) : undefined
    return inner?.kind === 'solved' ? inner : finish(divided, 'stuck', 'the equation could not be inverted')
  }
  return free(solved.eq.right, unknown) ? finish(solved, 'solved') : finish(solved, 'stuck', 'the unknown remains on both sides')
}
