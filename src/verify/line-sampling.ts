/**
 * Sampling: each line against the one before it, in numbers, at random admissible settings. Expressions must have equal
 * values, proportional ones a constant ratio, equations the same solutions, inequalities the same truth values.
 */
import type { Line } from '../document/document.ts'
import type { Model } from '../model/model.ts'
import type { Context } from '../rewrite/facts.ts'
import { type Env, evaluate, evaluateLog, holds } from '../term/evaluate.ts'
import { type Expr, eq, isZero, type Prop, type Term } from '../term/term.ts'
import { children, hasKind, some, symbolsOf } from '../term/walk.ts'
import { numericValue } from './calculus.ts'
import type { Failure } from './replay.ts'
import type { Setting } from './settings.ts'
import { compareSolutions } from './solution-sets.ts'

export const isProp = (t: Term): t is Prop => ['rel', 'in', 'and', 'or', 'not', 'all'].includes(t.kind)
const isSet = (t: Term): boolean => ['finite', 'range', 'interval'].includes(t.kind)
/** An indicator that the sample may switch off; a count Σ 1{…} is a statistic like any other. */
const hasIndicator = (t: Term): boolean =>
  t.kind === 'iverson' || (!(t.kind === 'big' && t.op === 'sum' && t.body.kind === 'iverson') && children(t).some(hasIndicator))
const isApproximate = (t: Term): boolean => some(t, u => u.kind === 'deriv' || u.kind === 'limit' || u.kind === 'expect')

type Verdict = 'equal' | 'differ' | 'unknown'
/** Nothing contradicts the line, and nothing confirms it. */
export const nowhere = 'no admissible setting was found'
export const inconclusive = 'no setting had values to compare'

const tolerance = 1e-9
/** Difference quotients and quadrature; limits are taken from values that settle. */
const numericTolerance = 2e-6
const limitTolerance = 2e-5
const hasLimit = (t: Term): boolean => some(t, u => u.kind === 'limit')

const ordinary = (x: number): boolean => Math.abs(x) > 1e-200 && Math.abs(x) < 1e200

/** For values that leave the range of doubles. */
const logsAgree = (a: Expr, b: Expr, env: Env, tol: number): Verdict => {
  const [x, y] = [evaluateLog(a, env), evaluateLog(b, env)]
  if (!(x.log < Number.POSITIVE_INFINITY) || !(y.log < Number.POSITIVE_INFINITY)) return 'unknown'
  if (x.sign === y.sign && (x.sign === 0 || Math.abs(x.log - y.log) <= tol * (1 + Math.abs(x.log)))) return 'equal'
  // of a difference that cancels, rounding leaves something on the log scale
  return Math.max(x.sign === 0 ? -Infinity : x.log, y.sign === 0 ? -Infinity : y.log) > -600 && holds(eq(a, b), env, tol)
    ? 'equal'
    : 'differ'
}

/** The logarithm of a power may itself leave the range of doubles: then there is no number to compare. */
const isBeyondLogs = (t: Expr, env: Env): boolean => evaluateLog(t, env).log === Number.POSITIVE_INFINITY

const memory = new WeakMap<Env, Map<Expr, number>>()
/** The value of a term, found once in a setting: every line stands on both sides of a comparison. */
const remembered = (t: Expr, env: Env, model: Model): number => {
  const known = memory.get(env) ?? new Map<Expr, number>()
  memory.set(env, known)
  const value = known.get(t) ?? numericValue(t, env, model)
  known.set(t, value)
  return value
}

/** Whether two expressions have the same value in a setting; 'unknown' where there is no value to compare. */
export const sameValue = (a: Expr, b: Expr, env: Env, model: Model): Verdict => {
  const rough = isApproximate(a) || isApproximate(b)
  const tol = !rough ? tolerance : hasLimit(a) || hasLimit(b) ? limitTolerance : numericTolerance
  const [x, y] = [remembered(a, env, model), remembered(b, env, model)]
  if (Number.isNaN(x) || Number.isNaN(y))
    return rough || (Number.isNaN(x) && Number.isNaN(y)) || isBeyondLogs(a, env) || isBeyondLogs(b, env) ? 'unknown' : 'differ'
  if (x === y && ordinary(x)) return 'equal'
  if (!ordinary(x) && !ordinary(y) && !rough) return logsAgree(a, b, env, tol)
  if (x === y) return 'equal'
  if (!Number.isFinite(x) || !Number.isFinite(y)) return isBeyondLogs(a, env) || isBeyondLogs(b, env) ? 'unknown' : 'differ'
  if (Math.abs(x - y) <= tol * Math.max(Math.abs(x), Math.abs(y))) return 'equal'
  // cancellation: equal relative to the size of what was added up
  if (!rough && holds(eq(a, b), env, tolerance)) return 'equal'
  // a difference quotient of a function that is nearly flat there, or large beside its slope
  return rough && Math.abs(x - y) <= Math.max(1e-7, noiseOf(a, env) + noiseOf(b, env)) ? 'equal' : 'differ'
}

/** What rounding leaves of the difference quotients in a term: of order k, so many parts of |f|/|θ|^k. */
const noiseOf = (t: Term, env: Env): number => {
  if (!hasKind(t, 'deriv')) return 0
  if (t.kind !== 'deriv' || t.free !== 0) return children(t).reduce((sum, c) => sum + noiseOf(c, env), 0)
  const parts = [1e-12, 1e-9, 1e-6][t.order - 1] ?? 0
  const noise = (parts * Math.abs(evaluate(t.body, env))) / Math.abs(evaluate(t.wrt, env)) ** t.order
  return Number.isFinite(noise) ? noise : 0
}

const constantBetween = (a: Expr, b: Expr, relation: '∝' | '+const', s: Setting, model: Model): Verdict => {
  const gap = (env: Env): number => {
    if (relation === '+const') return numericValue(b, env, model) - numericValue(a, env, model)
    const [x, y] = [evaluateLog(a, env), evaluateLog(b, env)]
    return x.sign === 0 || y.sign === 0 ? Number.NaN : y.log - x.log + (x.sign === y.sign ? 0 : 1e3)
  }
  const [one, two] = [gap(s.env), gap(s.other)]
  if (!Number.isFinite(one) || !Number.isFinite(two)) return 'unknown'
  const size = relation === '+const' ? Math.max(Math.abs(numericValue(a, s.env, model)), Math.abs(numericValue(a, s.other, model))) : 1
  return Math.abs(one - two) <= 1e-8 * (1 + Math.abs(one) + size) ? 'equal' : 'differ'
}

const describe = (env: Env): string =>
  [...env.symbols]
    .slice(0, 6)
    .map(([name, v]) => `${name} = ${Number(v.toPrecision(6))}`)
    .concat([...env.arrays].slice(0, 2).map(([name, v]) => `${name} = ${JSON.stringify(v)}`))
    .join(', ')

const unknownsIn = (a: Term, b: Term, cx: Context): readonly string[] => {
  const names = new Set([...symbolsOf(a), ...symbolsOf(b)])
  return cx.unknowns.filter(u => names.has(u))
}

const equationsAgree = (a: Prop, b: Prop, relation: '⇔' | '⇒', env: Env, cx: Context): Verdict => {
  const unknowns = unknownsIn(a, b, cx)
  const [only] = unknowns
  if (only === undefined) {
    const [left, right] = [holds(a, env, 1e-9), holds(b, env, 1e-9)]
    return relation === '⇔' ? (left === right ? 'equal' : 'differ') : left && !right ? 'differ' : 'equal'
  }
  let seen = false
  // With several unknowns in one proposition, each is solved for with the others fixed.
  for (const u of unknowns) {
    const agreement = compareSolutions(a, b, relation, u, cx, env)
    if (agreement === 'differ') return 'differ'
    seen ||= agreement === 'same'
  }
  return seen ? 'equal' : 'unknown'
}

/** Where a support ends shows only at parameters for which the data are impossible; and 0 = 0 alone confirms nothing. */
const throughSupport = (a: Expr, b: Expr, s: Setting, model: Model): Verdict => {
  const verdicts = s.others.map(env => sameValue(a, b, env, model))
  if (verdicts.includes('differ')) return 'differ'
  return isZero(b) || [s.env, ...s.others].some(env => remembered(b, env, model) !== 0) ? 'equal' : 'unknown'
}

/**
 * Samples one line against the term before it.
 * @returns undefined when it agrees in at least one setting and differs in none, else why not
 */
export const sampleLine = (
  previous: Term,
  line: Pick<Line, 'term' | 'relation'>,
  settings: readonly Setting[],
  cx: Context,
  model: Model,
): Failure => {
  const { term, relation } = line
  if (isSet(previous) || isSet(term)) return 'a set cannot be sampled'
  let agreed = 0
  for (const s of settings) {
    let verdict: Verdict
    if (isProp(term) && isProp(previous)) {
      if (relation !== '⇔' && relation !== '⇒') return `the relation ${relation} does not join propositions`
      verdict = equationsAgree(previous, term, relation, s.env, cx)
    } else if (isProp(term) || isProp(previous)) return 'a proposition follows an expression'
    else if (relation === '∝' || relation === '+const') verdict = constantBetween(previous as Expr, term as Expr, relation, s, model)
    else if (relation === '=') {
      verdict = sameValue(previous as Expr, term as Expr, s.env, model)
      if (verdict === 'equal' && (hasIndicator(previous) || hasIndicator(term)))
        verdict = throughSupport(previous as Expr, term as Expr, s, model)
    } else return `the relation ${relation} does not join expressions`
    if (verdict === 'differ') return `differs from the line before at ${describe(s.env)}`
    if (verdict === 'equal') agreed++
  }
  if (agreed > 0) return undefined
  return settings.length === 0 ? nowhere : inconclusive
}
