/**
 * What a derivation answers for one sample, in numbers: the case the sample is in, its estimator terms evaluated, an
 * implicit equation solved. Evaluates what was derived and decides nothing by itself.
 */
import type { Answer, AnswerCase } from '../document/document.ts'
import type { Model, Parameter } from '../model/model.ts'
import { contains, type Env, evaluate, type NestedNumbers } from '../term/evaluate.ts'
import * as Q from '../term/rational.ts'
import { type Expr, num, type Prop, pow, type Rel } from '../term/term.ts'
import { arraysOf, symbolsOf } from '../term/walk.ts'
import { envAt, gridBetween, inPlace, type Place, type Point, placeOf } from './coordinates.ts'
import { holdsOnData } from './decide.ts'
import { rootsOfEquation } from './implicit.ts'
import { logLikelihood } from './likelihood-value.ts'

/** The first case whose condition holds on the data. */
export const caseOf = (answer: Answer, env: Env): AnswerCase | undefined => answer.cases.find(c => holdsOnData(c.when, env))

/** A value that rounding put just outside of a closed end is that end; undefined if it is not in the domain at all. */
const admitted = (p: Parameter, value: number, env: Env): number | undefined => {
  if (Number.isNaN(value)) return undefined
  if (contains(p.domain, value, env)) return value
  const place = placeOf(p.domain, env)
  const near = (end: number): boolean => Math.abs(value - end) <= 1e-9 * (Math.abs(end) + (end === 0 ? 1e-3 : 0))
  if (place.kind === 'real') {
    if (place.closed[0] && near(place.lo)) return place.lo
    if (place.closed[1] && near(place.hi)) return place.hi
    return undefined
  }
  const candidate = place.kind === 'integer' ? Math.round(value) : place.values.find(near)
  return candidate !== undefined && near(candidate) && contains(p.domain, candidate, env) ? candidate : undefined
}

/** A quotient is divided once, at the end: 3/10 is 0.3, and 3·(1/10) is not. */
export const quotientValue = (t: Expr, env: Env): number => {
  if (t.kind !== 'mul') return evaluate(t, env)
  let [up, down] = [1, 1]
  for (const f of t.factors) {
    if (f.kind === 'num') {
      up *= Number(f.value.num)
      down *= Number(f.value.den)
    } else if (f.kind === 'pow' && f.exponent.kind === 'num' && f.exponent.value.num < 0n)
      down *= evaluate(pow(f.base, num(Q.negate(f.exponent.value))), env)
    else up *= evaluate(f, env)
  }
  const value = up / down
  return Number.isFinite(up) && Number.isFinite(down) && down !== 0 ? value : evaluate(t, env)
}

/** The candidates in numbers: an expression in the free index i is one for each observation. */
export const candidateValues = (model: Model, candidates: readonly Expr[], env: Env): readonly number[] => {
  const counts = model.samples.map(s => evaluate(s.size, env))
  const n = Math.min(10_000, Math.max(1, ...counts))
  const all = candidates.flatMap(c =>
    symbolsOf(c).has('i') && !env.symbols.has('i')
      ? Array.from({ length: n }, (_, i) => evaluate(c, { ...env, symbols: new Map(env.symbols).set('i', i + 1) }))
      : [evaluate(c, env)],
  )
  return [...new Set(all)].filter(v => !Number.isNaN(v)).sort((a, b) => a - b)
}

const dataValues = (env: Env): readonly number[] => {
  const flat = (a: NestedNumbers): readonly number[] => a.flatMap(v => (typeof v === 'number' ? [v] : flat(v)))
  const list = [...env.arrays.values()].flatMap(flat)
  return list.length <= 60 ? list : list.filter((_, i) => i % Math.ceil(list.length / 60) === 0)
}

const equations = (p: Prop | null): readonly Rel[] => {
  if (p === null) return []
  if (p.kind === 'and') return p.props.flatMap(equations)
  return p.kind === 'rel' && p.op === '=' ? [p] : []
}

/** `ties`: other roots of the equation of a single parameter at which the likelihood is as large. */
export type Values = { readonly point: Point; readonly solved: boolean; readonly ties?: readonly number[] } | { readonly failure: string }

/**
 * The estimate in numbers: closed forms first, then equations with one unknown left, as often as either makes progress.
 * Of several roots the one with the largest likelihood.
 */
export const estimateValues = (model: Model, answer: Answer, found: AnswerCase, env: Env): Values => {
  const point = new Map<string, number | readonly number[]>()
  const left = new Set(model.parameters.map(p => p.name))
  let solved = false
  let ties: readonly number[] = []
  const known = (t: Expr | Rel): boolean => ![...symbolsOf(t), ...arraysOf(t)].some(name => left.has(name))
  const put = (p: Parameter, value: number | readonly number[] | undefined): string | undefined => {
    if (value === undefined) return `the estimator of ${p.name} has no admissible value for these data`
    point.set(p.name, value)
    left.delete(p.name)
    return undefined
  }
  for (let progress = true; progress && left.size > 0; ) {
    progress = false
    const here = envAt(env, point)
    for (const p of model.parameters) {
      if (!left.has(p.name)) continue
      const estimator =
        found.estimator?.[p.name] ?? (found.attained === 'implicit' ? (answer.parameters[p.name]?.estimator ?? undefined) : undefined)
      if (!estimator || !known(estimator)) continue
      const failure = put(p, p.length ? vectorValue(p, estimator, here) : admitted(p, quotientValue(estimator, here), here))
      if (failure) return { failure }
      progress = true
    }
    if (progress) continue
    for (const p of model.parameters) {
      if (!left.has(p.name) || p.length) continue
      const only = equations(answer.parameters[p.name]?.equation ?? null).find(e =>
        [...symbolsOf(e)].filter(n => left.has(n)).every(n => n === p.name),
      )
      if (!only) continue
      const place: Place = placeOf(p.domain, here)
      // ends of the parameter space that the derivation left to the comparison with the roots
      const beside = found.attained === 'implicit' ? candidateValues(model, found.candidates?.[p.name] ?? [], here) : []
      const found0 = [...rootsOfEquation(only, p.name, place, here, dataValues(env)), ...beside.filter(v => inPlace(place, v))]
      const roots = model.parameters.length === 1 ? possibleRoots(model, only, p.name, place, env, found0) : found0
      const best = roots.length > 1 ? likeliest(model, answer, found, env, point, p.name, roots) : roots
      const [root] = best
      if (best.length > 1 && model.parameters.length === 1) ties = best
      if (root === undefined) return { failure: `no root of the equation for ${p.name} was found in its domain` }
      put(p, root)
      solved = true
      progress = true
      break
    }
  }
  if (left.size > 0) return { failure: `no estimator of ${[...left].join(', ')} was derived` }
  return { point, solved, ...(ties.length > 1 ? { ties } : {}) }
}

/** The roots at which the data are possible; where a coarse grid has met none of them, those between the ends of what the data allow. */
const possibleRoots = (model: Model, equation: Rel, name: string, place: Place, env: Env, roots: readonly number[]): readonly number[] => {
  const value = logLikelihood(model, env)
  const isPossible = (x: number): boolean => value(new Map([[name, x]])) > Number.NEGATIVE_INFINITY
  if (place.kind !== 'real' || roots.some(isPossible)) return roots
  const points = gridBetween(place.lo, place.hi, 40, dataValues(env))
  const from = points.findIndex(isPossible)
  const to = points.findLastIndex(isPossible)
  const [lo, hi] = [points[from - 1] ?? points[from], points[to + 1] ?? points[to]]
  if (from < 0 || lo === undefined || hi === undefined) return roots
  const inner = Array.from({ length: 401 }, (_, k) => lo + ((hi - lo) * k) / 400)
  const more = rootsOfEquation(equation, name, place, env, inner).filter(isPossible)
  return more.length > 0 ? more : roots
}

/** An integer parameter whose estimate is the last integer before the root of an equation in the reals: the integers around it. */
export const integersBeside = (
  model: Model,
  answer: Answer,
  found: AnswerCase,
  env: Env,
): Readonly<Record<string, readonly Expr[]>> | undefined => {
  const [p, ...more] = model.parameters
  const [equation] = p ? equations(answer.parameters[p.name]?.equation ?? null) : []
  if (!p || !equation || more.length > 0 || found.attained !== 'integer') return undefined
  const ends = found.candidates?.[p.name] ?? []
  const place = placeOf(p.domain, env)
  if (place.kind === 'finite') return undefined
  const lo = Math.max(place.lo, ...ends.map(e => evaluate(e, env)).slice(0, 1))
  const roots = rootsOfEquation(equation, p.name, { kind: 'real', lo, hi: place.hi, closed: [true, true] }, env, dataValues(env))
  return { [p.name]: [...ends, ...roots.flatMap(r => [-1, 0, 1].map(d => num(Math.floor(r) + d)))] }
}

const vectorValue = (p: Parameter, generic: Expr, env: Env): readonly number[] | undefined => {
  const length = p.length ? evaluate(p.length, env) : Number.NaN
  if (!p.index || !(length >= 1 && length < 1e6)) return undefined
  const index = p.index
  const symbols = new Map(env.symbols)
  const values = Array.from({ length }, (_, j) => evaluate(generic, { ...env, symbols: symbols.set(index, j + 1) }))
  return values.some(Number.isNaN) ? undefined : values
}

/** Among several roots the likeliest, several where their likelihoods are equal: complete each to a full point where the rest is closed form, and compare likelihoods. */
const likeliest = (
  model: Model,
  answer: Answer,
  found: AnswerCase,
  env: Env,
  soFar: Point,
  name: string,
  roots: readonly number[],
): readonly number[] => {
  const value = logLikelihood(model, env)
  const heights = roots.map(r => {
    const point = new Map(soFar).set(name, r)
    for (const p of model.parameters) {
      const e = found.estimator?.[p.name] ?? answer.parameters[p.name]?.estimator
      if (!point.has(p.name) && e) point.set(p.name, evaluate(e, envAt(env, point)))
    }
    return value(point)
  })
  const top = Math.max(...heights.filter(y => !Number.isNaN(y)))
  const close = 1e-10 * (1 + Math.abs(top))
  const best = roots.filter((_, i) => (heights[i] as number) >= top - close)
  return soFar.size === 0 && model.parameters.length === 1 ? apart(best, x => value(new Map([[name, x]]))) : best
}

/** A root of high order shows as several roots with nothing lower between them: their middle stands for them. */
const apart = (roots: readonly number[], value: (x: number) => number): readonly number[] => {
  const runs: number[][] = []
  for (const r of roots) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    const level = last === undefined ? Number.NaN : Math.min(value(last), value(r))
    const isSame = last !== undefined && value(last / 2 + r / 2) >= level - 4 * Number.EPSILON * (1 + Math.abs(level))
    if (run && isSame) run.push(r)
    else runs.push([r])
  }
  return runs.map(run => run.reduce((sum, r) => sum + r / run.length, 0))
}
