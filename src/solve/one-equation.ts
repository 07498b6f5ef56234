/**
 * Solves one equation for one unknown by named moves, each reversible on the parameter space: bring the two signs to
 * two sides, clear denominators, expand if needed, gather, divide, invert. What must be nonzero and is only known to
 * be nonnegative opens a case, which the boundary section has to settle. Refuses (returns `stuck`) rather than guess.
 */
import { match } from 'ts-pattern'
import { ruleById } from '../../rules/index.ts'
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { coefficientSign, collected, commonDenominator, commonFactor, isUnit, mergedProduct } from '../rewrite/arithmetic.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import type { Rule } from '../rewrite/rule.ts'
import { signOf } from '../rewrite/sign.ts'
import { apply, applyWith, attempt, type Done, everywhere, onBothSides, onLeft, onlyIf, type Strategy, seq } from '../rewrite/strategy.ts'
import { numeratorDenominator, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  addAll,
  all,
  type Expr,
  eq,
  gt,
  isZero,
  lt,
  MINUS_ONE,
  mul,
  mulAll,
  ne,
  neg,
  num,
  ONE,
  type Prop,
  pow,
  type Rel,
  type Sym,
  sub,
  type Term,
  ZERO,
} from '../term/term.ts'
import { factors, mentions, replace, some, subterms, summands, sym } from '../term/walk.ts'

/** A fact that the solution needs and that fails only for the samples described by `degenerate`. */
export interface OpenCase {
  readonly generic: Prop
  readonly degenerate: Prop
  /** The same samples, said of the data (every x_i = 0), when known. */
  readonly samples?: Prop
}

/** One line of the solution. */
export interface SolutionLine {
  readonly done: Done
  readonly reason: Phrase
}

export interface Solution {
  readonly kind: 'solved' | 'stuck'
  readonly lines: readonly SolutionLine[]
  readonly final: Term
  /** The right side of the last line, `unknown = root`. */
  readonly root?: Expr
  readonly open: readonly OpenCase[]
  /** Equations met on the way, as left − right, with the positive factor m for which m·(first left side) is that difference. */
  readonly forms: readonly { readonly multiplier: Expr; readonly difference: Expr }[]
  readonly why?: string
}

const named = (id: string): Rule => {
  const r = ruleById(id)
  if (!r) throw new Error(`no rule ${id}`)
  return r
}

interface State {
  readonly eq: Rel
  readonly cx: Context
  readonly lines: readonly SolutionLine[]
  readonly open: readonly OpenCase[]
  /** m with left − right = m·(original left side), while that is known. */
  readonly scale: Expr | undefined
  readonly forms: Solution['forms']
}

const isPositive = (t: Expr, cx: Context): boolean => signOf(t, cx)?.sign === 'pos'

const advance = (s: State, done: Done | undefined, reason: Phrase, scale: Expr | undefined): State | undefined => {
  if (!done || done.steps.length === 0 || done.term.kind !== 'rel') return undefined
  const forms =
    scale && isPositive(scale, s.cx) ? [...s.forms, { multiplier: scale, difference: sub(done.term.left, done.term.right) }] : s.forms
  return { ...s, eq: done.term, lines: [...s.lines, { done, reason }], scale, forms }
}

/** A strict inequality saying f > 0 with its negative terms on the other side: 0 < S, k < n. */
export const positivity = (f: Expr): Prop => {
  // −(a − b) is read as b − a
  const parts = summands(f).flatMap(p => {
    const [head, inner, ...more] = p.kind === 'mul' ? p.factors : []
    return head?.kind === 'num' && inner?.kind === 'add' && more.length === 0 ? inner.terms.map(u => mul(head, u)) : [p]
  })
  const negative = parts.filter(p => coefficientSign(p) < 0)
  return lt(negative.length > 0 ? addAll(negative.map(neg)) : ZERO, addAll(parts.filter(p => coefficientSign(p) > 0)))
}

/** x_i − μ = 0 said of the entry: x_i = μ. */
const entryAlone = (p: Prop): Prop => {
  if (p.kind !== 'all' || p.body.kind !== 'rel' || p.body.op !== '=' || !isZero(p.body.right)) return p
  const { left } = p.body
  const [entry, ...others] = summands(left).filter(u => some(u, v => v.kind === 'at'))
  if (!entry || others.length > 0) return p
  return all(p.lo, p.hi, eq(entry, neg(addAll(summands(left).filter(u => u !== entry)))))
}

/** The case in which f, known to be of one weak sign, is 0. */
export const openCase = (f: Expr, cx: Context): OpenCase | undefined => {
  const v = signOf(f, cx)
  if (v?.sign !== 'nonneg' && v?.sign !== 'nonpos') return undefined
  const up = collected(v.sign === 'nonneg' ? f : addAll(summands(f).map(neg)))
  const head = up.kind === 'mul' ? up.factors[0] : undefined
  const generic = positivity(up.kind === 'mul' && head?.kind === 'num' && Q.sign(head.value) > 0 ? mulAll([...up.factors.slice(1)]) : up)
  if (generic.kind !== 'rel') return undefined
  // the statistic stands on the left: k = 0, k = n
  const dataLeft = some(generic.left, u => u.kind === 'at')
  const degenerate = dataLeft ? eq(generic.left, generic.right) : eq(generic.right, generic.left)
  return { generic, degenerate, ...(v.zeroWhen && !same(v.zeroWhen, degenerate) ? { samples: entryAlone(v.zeroWhen) } : {}) }
}

/** Makes sure that f ≠ 0, opening a case for a factor that is only known to be nonnegative. */
const ensureNonzero = (s: State, f: Expr): State | undefined => {
  let state = s
  for (const part of factors(f)) {
    const base = part.kind === 'pow' ? part.base : part
    const v = signOf(base, state.cx)
    if (v?.sign === 'pos' || v?.sign === 'neg' || v?.sign === 'nonzero') continue
    const open = openCase(base, state.cx)
    if (!open) return undefined
    state = { ...state, cx: assuming(state.cx, [open.generic]), open: [...state.open, open] }
  }
  return state
}

const nonzeroWords = (m: Expr, cx: Context): Prop => {
  const v = signOf(m, cx)
  return v?.sign === 'pos' ? gt(m, ZERO) : ne(m, ZERO)
}

// --- the single moves ------------------------------------------------------------------------

const free = (t: Expr, unknown: Sym): boolean => !mentions(t, unknown.name)

/** Moves the given summands from the left to the right. */
const moveAcross = (s: State, parts: readonly Expr[]): State | undefined => {
  if (parts.length === 0) return s
  const total = addAll(parts)
  const strategies = parts.map(p => applyWith(named('equation.move'), p))
  const done = seq(...strategies)(s.eq, s.cx)
  const positive = parts.every(p => coefficientSign(p) > 0)
  const words = positive ? say`subtract ${total} from both sides` : say`add ${addAll(parts.map(neg))} to both sides`
  return advance(s, done, words, s.scale)
}

const apartBySign = (s: State, unknown: Sym): State => {
  const parts = summands(s.eq.left)
  if (!isZero(s.eq.right) || parts.length < 2) return s
  const negative = parts.filter(p => coefficientSign(p) < 0)
  if (negative.length > 0 && negative.length < parts.length) return moveAcross(s, negative) ?? s
  const known = parts.filter(p => free(p, unknown))
  return known.length > 0 && known.length < parts.length ? (moveAcross(s, known) ?? s) : s
}

/** Multiplies by the common denominator over what all terms share. */
const clear = (s: State): State | undefined => {
  const parts = [...summands(s.eq.left), ...summands(s.eq.right)]
  const denominator = commonDenominator(parts)
  const scaled = parts.map(p => mergedProduct([p, denominator]))
  let shared = commonFactor(scaled)
  if (parts.length === 1)
    shared = mulAll(
      factors(scaled[0] as Expr).filter(f => {
        const v = signOf(f.kind === 'pow' ? f.base : f, s.cx)
        return v?.sign === 'pos' || v?.sign === 'neg' || v?.sign === 'nonzero'
      }),
    )
  const safe = factors(shared).filter(f => f.kind === 'num' || ensureNonzero(s, f)?.open.length === s.open.length)
  const m = mergedProduct([denominator, ...safe.map(f => pow(f, num(-1)))])
  if (isUnit(m)) return s
  const ready = ensureNonzero(s, m)
  if (!ready) return undefined
  const sign = signOf(m, ready.cx)?.sign
  const factor = sign === 'neg' ? neg(m) : m
  if (isUnit(factor)) return s
  const done = applyWith(named('equation.multiply'), factor)(ready.eq, ready.cx)
  const inverse = mergedProduct([pow(factor, num(-1))])
  const dividing = same(commonDenominator([factor]), factor) ? false : isUnit(commonDenominator([inverse]))
  const words = dividing ? say`divide by ${nonzeroWords(inverse, ready.cx)}` : say`multiply by ${nonzeroWords(factor, ready.cx)}`
  return advance(ready, done, words, s.scale && mergedProduct([s.scale, factor]))
}

const expansion: Strategy = everywhere(
  apply(
    named('algebra.expand'),
    named('sum.linear'),
    named('sum.factor'),
    named('sum.constant'),
    named('algebra.cancel'),
    named('exp.sum'),
    named('pow.merge'),
  ),
)

/** True if every summand is a coefficient free of the unknown, or such a coefficient times u. */
const isLinearAsWritten = (side: Expr, u: Expr, unknown: Sym): boolean =>
  summands(side).every(p => {
    const rest = factors(p).filter(f => !same(f, u))
    return rest.length >= factors(p).length - 1 && rest.every(f => free(f, unknown))
  })

const expandSides = (s: State, unknown: Sym): State | undefined => {
  const touched = onlyIf(t => mentions(t, unknown.name), expansion)
  const done = seq(onBothSides(touched), attempt(apply(named('equation.collect'))))(s.eq, s.cx)
  return advance(s, done, ['expand'], s.scale)
}

const cancelSides = (s: State): State => {
  const done = apply(named('equation.cancel'))(s.eq, s.cx)
  if (!done) return s
  const after = done.term as Rel
  const gone = summands(s.eq.left).filter(p => !summands(after.left).some(q => same(p, q)))
  const words = gone.every(p => coefficientSign(p) < 0)
    ? say`add ${neg(addAll(gone))} to both sides`
    : say`subtract ${addAll(gone)} from both sides`
  return advance(s, done, words, s.scale) ?? s
}

/** Brings the terms with u to one side, the side on which their coefficient is positive if that is known. */
const gather = (s: State, unknown: Sym): State | undefined => {
  const has = (p: Expr): boolean => !free(p, unknown)
  const left = summands(s.eq.left)
  const right = summands(s.eq.right)
  const leftU = left.filter(has)
  const rightU = right.filter(has)
  const weight = signOf(sub(addAll(leftU), addAll(rightU)), s.cx)?.sign
  const allNegative = leftU.length > 0 && rightU.length === 0 && leftU.every(p => coefficientSign(p) < 0)
  const toRight =
    weight === 'neg' || weight === 'nonpos' || (weight !== 'pos' && weight !== 'nonneg' && (allNegative || leftU.length === 0))
  const movers = toRight ? [...leftU, ...right.filter(p => !has(p))] : [...rightU, ...left.filter(p => !has(p))]
  if (movers.length === 0) return s
  const strategies = movers.map(p => applyWith(named('equation.move'), p))
  const done = seq(...strategies, attempt(apply(named('equation.collect'))))(s.eq, s.cx)
  const [oneMover] = movers
  const words =
    movers.length === 1 && oneMover
      ? coefficientSign(oneMover) > 0
        ? say`subtract ${oneMover} from both sides`
        : say`add ${neg(oneMover)} to both sides`
      : say`gather the terms with ${unknown} on one side`
  return advance(s, done, words, s.scale)
}

const unknownLeft = (s: State, unknown: Sym): State => {
  if (!free(s.eq.left, unknown) || free(s.eq.right, unknown)) return s
  const done = apply(named('equation.swap'))(s.eq, s.cx)
  if (!done) return s
  // a change of sides is no line of its own: it is folded into the next one
  return { ...s, eq: done.term as Rel, lines: [...s.lines, { done, reason: [] }], scale: s.scale && neg(s.scale) }
}

const divideOut = (s: State, u: Expr, unknown: Sym): State | undefined => {
  let state = s
  if (state.eq.left.kind === 'add') {
    const done = applyWith(named('equation.factor'), u)(state.eq, state.cx)
    const next = done && advance(state, done, say`factor out ${u}`, state.scale)
    if (!next) return undefined
    state = next
  }
  const c = mergedProduct([state.eq.left, pow(u, num(-1))])
  if (!free(c, unknown)) return undefined
  if (isUnit(c)) return state
  const ready = ensureNonzero(state, c)
  if (!ready) return undefined
  const done = applyWith(named('equation.divide'), c)(ready.eq, ready.cx)
  return advance(ready, done, say`divide by ${nonzeroWords(c, ready.cx)}`, undefined)
}

/** How the outermost function of the unknown is undone: the law, its words, and whether the other side must be positive. */
const inverseOf = (u: Expr, unknown: Sym): { readonly law: string; readonly words: Phrase; readonly positive: boolean } | undefined =>
  match(u)
    .returnType<{ readonly law: string; readonly words: Phrase; readonly positive: boolean } | undefined>()
    .with({ kind: 'fn', name: 'exp' }, () => ({ law: 'equation.log', words: ['take logarithms'], positive: true }))
    .with({ kind: 'fn', name: 'log' }, () => ({ law: 'equation.exp', words: ['exponentiate'], positive: false }))
    .with({ kind: 'pow' }, p =>
      mentions(p.exponent, unknown.name)
        ? { law: 'equation.log-of-power', words: ['take logarithms'], positive: true }
        : same(p.exponent, MINUS_ONE)
          ? { law: 'equation.root', words: ['take reciprocals'], positive: true }
          : p.exponent.kind === 'num'
            ? { law: 'equation.root', words: say`take the positive root: ${gt(p.base, ZERO)}`, positive: true }
            : { law: 'equation.root', words: say`raise to the power ${pow(p.exponent, MINUS_ONE)}: ${gt(p.base, ZERO)}`, positive: true },
    )
    .otherwise(() => undefined)

/** u = c with u a power, exponential or logarithm: peels it off, then whatever is left of the unknown. */
const invert = (s: State, unknown: Sym, fuel = 6): State | undefined => {
  if (same(s.eq.left, unknown)) return s
  if (fuel === 0) return undefined
  const u = s.eq.left
  const inverse = inverseOf(u, unknown)
  if (inverse) {
    const ready = inverse.positive ? ensurePositive(s, s.eq.right) : s
    const next = ready && advance(ready, apply(named(inverse.law))(ready.eq, ready.cx), inverse.words, undefined)
    return next && invert(next, unknown, fuel - 1)
  }
  // linear in something inside: move what is free of the unknown, divide
  const moved = moveAcross(
    s,
    summands(u).filter(p => free(p, unknown)),
  )
  if (!moved) return undefined
  const carriers = factors(moved.eq.left).filter(f => !free(f, unknown))
  const [inner] = carriers
  if (carriers.length !== 1 || !inner) return undefined
  const divided = divideOut(moved, inner, unknown)
  return divided && !same(divided.eq, s.eq) ? invert(divided, unknown, fuel - 1) : undefined
}

const ensurePositive = (s: State, f: Expr): State | undefined => {
  let state = s
  for (const part of factors(f)) {
    const base = part.kind === 'pow' ? part.base : part
    const open = openCase(base, state.cx)
    if (open) state = { ...state, cx: assuming(state.cx, [open.generic]), open: [...state.open, open] }
  }
  return isPositive(f, state.cx) ? state : undefined
}

// --- which kernel ----------------------------------------------------------------------------

/** The terms in which the equation may be a polynomial: the unknown itself, and functions and powers of it that occur. */
const kernels = (t: Expr, unknown: Sym): readonly Expr[] => {
  const found: Expr[] = [unknown]
  for (const u of subterms(t)) {
    const isCandidate =
      (u.kind === 'fn' && (u.name === 'exp' || u.name === 'log')) ||
      (u.kind === 'pow' && !(u.exponent.kind === 'num' && Q.isInteger(u.exponent.value)))
    if (isCandidate && mentions(u, unknown.name) && (u.free & 1) === 0 && !found.some(f => same(f, u))) found.push(u as Expr)
  }
  return found
}

export interface Kernel {
  readonly term: Expr
  /** Degrees that occur in the numerator of left − right as a polynomial in the kernel. */
  readonly degrees: readonly number[]
}

/** The kernel with the simplest polynomial, or undefined if the equation is polynomial in none. */
export const kernelOf = (difference: Expr, unknown: Sym): Kernel | undefined => {
  let best: Kernel | undefined
  for (const k of kernels(difference, unknown)) {
    const u = sym('\u0001u')
    const target = same(k, unknown) ? difference : replace(difference, k, u)
    const { numerator } = numeratorDenominator(target)
    const variable = same(k, unknown) ? unknown : u
    const poly = polynomialIn(numerator, variable)
    if (!poly || [...poly.values()].some(c => mentions(c, unknown.name))) continue
    const lowest = Math.min(...poly.keys())
    const degrees = [...poly.keys()].map(d => d - lowest).sort((a, b) => a - b)
    if (degrees.length < 2) continue
    if (!best || (degrees.at(-1) ?? 0) < (best.degrees.at(-1) ?? 0)) best = { term: k, degrees }
  }
  return best
}

// --- the plan --------------------------------------------------------------------------------

const finish = (s: State, kind: Solution['kind'], why?: string): Solution => ({
  kind,
  lines: s.lines,
  final: s.eq,
  ...(kind === 'solved' ? { root: s.eq.right } : {}),
  open: s.open,
  forms: s.forms,
  ...(why ? { why } : {}),
})

const quadraticRoute = (s: State, unknown: Sym): Solution => {
  // the side is chosen on which the leading coefficient is positive
  const slope = polynomialIn(sub(s.eq.left, s.eq.right), unknown)?.get(2)
  const sign = slope && signOf(slope, s.cx)?.sign
  const turned = sign === 'neg' ? apply(named('equation.swap'))(s.eq, s.cx) : undefined
  if (turned)
    return quadraticRoute(
      { ...s, eq: turned.term as Rel, lines: [...s.lines, { done: turned, reason: [] }], scale: s.scale && neg(s.scale) },
      unknown,
    )
  const toLeft = summands(s.eq.right).filter(p => !isZero(p))
  const strategies = toLeft.map(p => applyWith(named('equation.move'), p))
  const zeroed =
    toLeft.length === 0
      ? s
      : advance(s, seq(...strategies, attempt(apply(named('equation.collect'))))(s.eq, s.cx), ['bring everything to one side'], s.scale)
  if (!zeroed) return finish(s, 'stuck', 'the terms could not be brought to one side')
  const poly = polynomialIn(zeroed.eq.left, unknown)
  const lead = poly?.get(2)
  if (!poly || !lead) return finish(zeroed, 'stuck', 'no quadratic form was reached')
  const ready = ensureNonzero(zeroed, lead)
  if (!ready) return finish(zeroed, 'stuck', 'the leading coefficient is not known to be nonzero')
  const formula = applyWith(named('equation.quadratic'), unknown)(ready.eq, ready.cx)
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
  const words: Phrase = ['the other root lies outside the parameter space']
  return { ...finish({ ...state, eq: chosen.term as Rel }, 'solved'), lines: [...lines, { done: chosen, reason: words }] }
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
  // what does not come apart as it stands may do so as one fraction
  const reduced = advance(start, onLeft(apply(named('algebra.simplify')))(start.eq, cx), ['write the left side as one fraction'], ONE)
  const second = reduced && solveFrom(reduced, unknown)
  return second?.kind === 'solved' ? second : direct
}

const solveFrom = (start: State, unknown: Sym): Solution => {
  const cleared = clear(apartBySign(start, unknown))
  if (!cleared) return finish(start, 'stuck', 'a denominator is not known to be nonzero')
  const kernel = kernelOf(sub(cleared.eq.left, cleared.eq.right), unknown)
  if (!kernel) return finish(cleared, 'stuck', 'the unknown cannot be isolated')
  const degree = kernel.degrees.at(-1) ?? 0
  const isPure = kernel.degrees.length === 2
  let u: Expr = isPure ? pow(kernel.term, num(degree)) : kernel.term
  let s: State = cleared
  const linear = (state: State, target: Expr): boolean =>
    isLinearAsWritten(state.eq.left, target, unknown) && isLinearAsWritten(state.eq.right, target, unknown)
  if (!linear(s, u)) s = expandSides(s, unknown) ?? s
  s = cancelSides(s)
  if (!isPure)
    return same(kernel.term, unknown) && degree === 2
      ? quadraticRoute(s, unknown)
      : finish(s, 'stuck', 'the equation is of too high a degree')
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
  const divided = divideOut(unknownLeft(gathered, unknown), u, unknown)
  if (!divided) return finish(gathered, 'stuck', 'the coefficient of the unknown is not known to be nonzero')
  const solved = invert(divided, unknown)
  if (!solved) return finish(divided, 'stuck', 'the equation could not be inverted')
  return free(solved.eq.right, unknown) ? finish(solved, 'solved') : finish(solved, 'stuck', 'the unknown remains on both sides')
}
