/**
 * The single moves on an equation, each reversible on the parameter space: to the other side, multiplied through,
 * expanded, gathered, divided. A move that needs a nonzero term of weak sign opens a case; one that cannot be proved
 * is not made.
 */
import { ruleById } from '../../rules/index.ts'
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { coefficientSign, commonDenominator, commonFactor, isUnit, mergedProduct } from '../rewrite/arithmetic.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import type { Rule } from '../rewrite/rule.ts'
import { signOf } from '../rewrite/sign.ts'
import { apply, applyWith, attempt, type Done, everywhere, onBothSides, onlyIf, onRight, type Strategy, seq } from '../rewrite/strategy.ts'
import { numeratorDenominator } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import {
  addAll,
  type Expr,
  gt,
  isZero,
  mul,
  mulAll,
  ne,
  neg,
  num,
  ONE,
  pow,
  type Rel,
  type Sym,
  sub,
  type Term,
  ZERO,
} from '../term/term.ts'
import { factors, mentions, summands } from '../term/walk.ts'
import { knownCase, type OpenCase, openCase } from './open-case.ts'

/** One line of the solution. */
export interface SolutionLine {
  readonly done: Done
  readonly reason: Phrase
}

export const named = (id: string): Rule => {
  const r = ruleById(id)
  if (!r) throw new Error(`no rule ${id}`)
  return r
}

/** An equation met on the way, as left − right, with the positive factor m for which m·(first left side) is that difference. */
export interface Form {
  readonly multiplier: Expr
  readonly difference: Expr
}

/** An equation on the way to its solution. */
export interface State {
  readonly eq: Rel
  readonly cx: Context
  readonly lines: readonly SolutionLine[]
  readonly open: readonly OpenCase[]
  /** m with left − right = m·(original left side), while that is known. */
  readonly scale: Expr | undefined
  readonly forms: readonly Form[]
}

export const isPositive = (t: Expr, cx: Context): boolean => signOf(t, cx)?.sign === 'pos'

export const advance = (s: State, done: Done | undefined, reason: Phrase, scale: Expr | undefined): State | undefined => {
  if (!done || done.steps.length === 0 || done.term.kind !== 'rel') return undefined
  const forms =
    scale && isPositive(scale, s.cx) ? [...s.forms, { multiplier: scale, difference: sub(done.term.left, done.term.right) }] : s.forms
  return { eq: done.term, cx: s.cx, lines: [...s.lines, { done, reason }], open: s.open, scale, forms }
}

/** Makes sure that f ≠ 0, opening a case for a factor that is only known to be nonnegative. */
export const ensureNonzero = (s: State, f: Expr): State | undefined => {
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

/** log(a/b) > 0 says a − b > 0, for b > 0. */
const withoutLog = (t: Expr, cx: Context): Expr => {
  const u = t.kind === 'fn' && t.name === 'log' ? t.args[0] : undefined
  if (!u) return t
  const { numerator, denominator } = numeratorDenominator(sub(u, ONE))
  return signOf(denominator, cx)?.sign === 'pos' ? numerator : t
}

export const ensurePositive = (s: State, f: Expr): State | undefined => {
  let state = s
  for (const part of factors(f)) {
    const open = openCase(withoutLog(part.kind === 'pow' ? part.base : part, state.cx), state.cx)
    if (open) state = { ...state, cx: assuming(state.cx, [open.generic]), open: [...state.open, open] }
  }
  return isPositive(f, state.cx) ? state : undefined
}

/** The factor with what makes the step allowed; of a numeral that goes without saying. */
export const nonzeroWords = (m: Expr, cx: Context): Term => {
  if (m.kind === 'num') return m
  const v = signOf(m, cx)
  return v?.sign === 'pos' ? gt(m, ZERO) : ne(m, ZERO)
}

export const free = (t: Expr, unknown: Sym): boolean => !mentions(t, unknown.name)

/** Moves the given summands from the left to the right. */
export const moveAcross = (s: State, parts: readonly Expr[]): State | undefined => {
  if (parts.length === 0) return s
  const total = addAll(parts)
  const strategies = parts.map(p => applyWith(named('equation.move'), p))
  const done = seq(...strategies)(s.eq, s.cx)
  const positive = parts.every(p => coefficientSign(p) > 0)
  const words = positive ? say`subtract ${total} from both sides` : say`add ${addAll(parts.map(neg))} to both sides`
  return advance(s, done, words, s.scale)
}

export const apartBySign = (s: State, unknown: Sym): State => {
  const parts = summands(s.eq.left)
  if (!isZero(s.eq.right) || parts.length < 2) return s
  const negative = parts.filter(p => coefficientSign(p) < 0)
  if (negative.length > 0 && negative.length < parts.length) return moveAcross(s, negative) ?? s
  const known = parts.filter(p => free(p, unknown))
  return known.length > 0 && known.length < parts.length ? (moveAcross(s, known) ?? s) : s
}

/** (c − 1)·u = 0 with a known c of which nothing forbids that it is 1: said to be another number, which opens a case. */
export const knownFactorsApart = (s: State, unknown: Sym): State => {
  const parts = [s.eq.left, s.eq.right].filter(p => !isZero(p))
  const [only] = parts
  if (!only || parts.length > 1 || only.kind !== 'mul' || !only.factors.some(f => mentions(f, unknown.name))) return s
  return only.factors.reduce((state: State, f) => {
    const base = f.kind === 'pow' ? f.base : f
    const open = base.kind === 'add' && !signOf(base, state.cx) ? knownCase(base, state.cx) : undefined
    return open ? { ...state, cx: assuming(state.cx, [open.generic]), open: [...state.open, open] } : state
  }, s)
}

/** Multiplies by the common denominator over what all terms share. */
export const clear = (s: State): State | undefined => {
  const parts = [...summands(s.eq.left), ...summands(s.eq.right)]
  const denominator = commonDenominator(parts)
  const scaled = parts.map(p => mergedProduct([p, denominator]))
  let shared = commonFactor(scaled)
  if (parts.length === 1) {
    const own = factors(scaled[0] as Expr)
    const moving = own.filter(f => s.cx.unknowns.some(u => mentions(f, u)))
    // the only factor with the unknown is the one that is to vanish
    const others = moving.length === 1 ? own.filter(f => f !== moving[0]) : own
    shared = mulAll(
      others.filter(f => {
        const v = signOf(f.kind === 'pow' ? f.base : f, s.cx)
        return v?.sign === 'pos' || v?.sign === 'neg' || v?.sign === 'nonzero'
      }),
    )
  }
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
export const isLinearAsWritten = (side: Expr, u: Expr, unknown: Sym): boolean =>
  summands(side).every(p => {
    const rest = factors(p).filter(f => !same(f, u))
    return rest.length >= factors(p).length - 1 && rest.every(f => free(f, unknown))
  })

/** Multiplied out; where the equation is one in (1 − p)⁵, that power stays whole. */
export const expandSides = (s: State, unknown: Sym, kernel?: Expr): State | undefined => {
  const touched = onlyIf(
    t => mentions(t, unknown.name),
    kernel?.kind === 'add' ? everywhere(apply(named('algebra.distribute'))) : expansion,
  )
  const done = seq(onBothSides(touched), attempt(apply(named('equation.collect'))))(s.eq, s.cx)
  return advance(s, done, ['expand'], s.scale)
}

export const cancelSides = (s: State): State => {
  const done = apply(named('equation.cancel'))(s.eq, s.cx)
  if (!done) return s
  const after = done.term as Rel
  const gone = summands(s.eq.left).filter(p => !summands(after.left).some(q => same(p, q)))
  const words = gone.every(p => coefficientSign(p) < 0)
    ? say`add ${addAll(gone.map(neg))} to both sides`
    : say`subtract ${addAll(gone)} from both sides`
  return advance(s, done, words, s.scale) ?? s
}

/** Brings the terms with u to one side, the side on which their coefficient is positive if that is known. */
export const gather = (s: State, unknown: Sym): State | undefined => {
  const has = (p: Expr): boolean => !free(p, unknown)
  const left = summands(s.eq.left)
  const right = summands(s.eq.right)
  const leftU = left.filter(has)
  const rightU = right.filter(has)
  const weight = signOf(sub(addAll(leftU), addAll(rightU)), s.cx)?.sign
  const allNegative = leftU.length > 0 && leftU.every(p => coefficientSign(p) < 0) && rightU.every(p => coefficientSign(p) > 0)
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

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/** 650nθ + 25kθ = 325n as 26nθ + kθ = 13n: a whole number that divides every term, where several have the unknown. */
export const withoutCommonNumber = (s: State, unknown: Sym): State => {
  const sides = [summands(s.eq.left), summands(s.eq.right)]
  if (!sides.some(side => side.filter(p => !free(p, unknown)).length > 1)) return s
  let common = 0n
  for (const p of sides.flat()) {
    const [head] = factors(p)
    if (isZero(p)) continue
    if (head?.kind !== 'num' || head.value.den !== 1n) return s
    common = gcd(head.value.num < 0n ? -head.value.num : head.value.num, common)
    if (common === 1n) return s
  }
  if (common < 2n) return s
  const share = num(1, common)
  const done = applyWith(named('equation.multiply'), share)(s.eq, s.cx)
  return advance(s, done, say`divide by ${num(common)}`, s.scale && mul(s.scale, share)) ?? s
}

export const unknownLeft = (s: State, unknown: Sym): State => {
  if (!free(s.eq.left, unknown) || free(s.eq.right, unknown)) return s
  const done = apply(named('equation.swap'))(s.eq, s.cx)
  if (!done) return s
  // a change of sides is no line of its own: it is folded into the next one
  return { ...s, eq: done.term as Rel, lines: [...s.lines, { done, reason: [] }], scale: s.scale && neg(s.scale) }
}

/** True if p/c is written as it stands: no factor of c is one of p. */
const isApart = (p: Expr, c: Expr): boolean =>
  factors(c).every(f => f.kind !== 'num' && factors(p).every(g => !same(g, f))) && factors(p).every(g => g.kind !== 'pow')

export const divideOut = (s: State, u: Expr, unknown: Sym): State | undefined => {
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
  const inverse = mergedProduct([pow(c, num(-1))])
  // (S + T)/n where nothing cancels, not S/n + T/n
  const isWhole = summands(ready.eq.right).length > 1 && summands(ready.eq.right).every(p => p.kind !== 'num' && isApart(p, c))
  const together = onRight(attempt(applyWith(named('algebra.common-factor'), inverse)))
  const divide = applyWith(named('equation.divide'), c)
  const done = (isWhole ? seq(divide, together) : divide)(ready.eq, ready.cx)
  return advance(ready, done, say`divide by ${nonzeroWords(c, ready.cx)}`, undefined)
}
