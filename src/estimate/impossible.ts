/**
 * Data that no admissible parameter allows: L(θ) = 0 all over the parameter space. Looks for one θ with L(θ) > 0, in
 * particular where an end of a support meets an observation; if there is none, tells which observations are to blame.
 */
import type { Model } from '../model/model.ts'
import { type Env, evaluate, type NestedNumbers } from '../term/evaluate.ts'
import { slider } from '../term/slider.ts'
import type { Expr, SetTerm } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'
import { type Coordinate, coordinatesOf, gridBetween, inPlace, type Point, pointOf } from './coordinates.ts'
import { logContribution, logLikelihood } from './likelihood-value.ts'
import { rootsOnGrid } from './numeric-roots.ts'

const numbersOf = (a: NestedNumbers | undefined): readonly number[] => (a ?? []).flatMap(v => (typeof v === 'number' ? [v] : numbersOf(v)))

const extremesOf = (model: Model, env: Env): readonly { readonly support: SetTerm; readonly values: readonly number[] }[] =>
  model.samples.flatMap(s =>
    s.variables.map(v => {
      const xs = numbersOf(env.arrays.get(v.name))
      const values = xs.length === 0 ? [] : [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))]
      return { support: v.support, values }
    }),
  )

/** Every value of a coordinate at which an end of a support meets an extreme observation, ascending. */
export const supportEdges = (model: Model, c: Coordinate, env: Env): readonly number[] => {
  if (c.place.kind === 'finite') return []
  const { lo, hi } = c.place
  const edges: number[] = []
  for (const { support, values } of extremesOf(model, env)) {
    const ends: readonly Expr[] = support.kind === 'finite' ? support.elements : [support.lo, support.hi]
    for (const end of ends) {
      const names = symbolsOf(end)
      if (!names.has(c.name) || model.parameters.some(p => p.name !== c.name && names.has(p.name))) continue
      const { to } = slider(env, c.name)
      const at = (x: number): number => evaluate(end, to(x))
      for (const x of values) edges.push(...rootsOnGrid(t => at(t) - x, gridBetween(lo, hi, 4, [x])).roots)
    }
  }
  // a root found to an ulp of a short number is that number
  return edges
    .map(e => (Math.abs(Number(e.toPrecision(12)) - e) <= 4 * Number.EPSILON * Math.abs(e) ? Number(e.toPrecision(12)) : e))
    .sort((a, b) => a - b)
}

/** Values of a coordinate to try: a grid, the data, and where an end of a support meets an extreme observation. */
const trials = (model: Model, c: Coordinate, env: Env, coarse: boolean): readonly number[] => {
  if (c.place.kind === 'finite') return c.place.values
  const { lo, hi } = c.place
  const values = extremesOf(model, env).flatMap(s => s.values)
  const edges = supportEdges(model, c, env)
  const between = edges.flatMap((e, i) => [e, (e + (edges[i + 1] ?? e + 1)) / 2, e - 1e-9 * Math.abs(e), e + 1e-9 * Math.abs(e)])
  const integer = c.place.kind === 'integer'
  const from = Number.isFinite(lo) ? lo : 0
  const grid = integer
    ? [0, 1, 2, 3, 5, 10, 20, 50, 100, 1e3, 1e4, 1e6].flatMap(k => [from + k, from - k])
    : gridBetween(lo, hi, coarse ? 1 : 4)
  const ends = c.place.kind === 'real' ? [lo, hi].filter((_, i) => c.place.kind === 'real' && c.place.closed[i]) : []
  const near = integer ? [...values, ...between].flatMap(v => [Math.floor(v), Math.ceil(v), 2 * Math.ceil(v)]) : [...values, ...between]
  return [...new Set([...near, ...ends, ...grid])].filter(v => inPlace(c.place, v))
}

/** Points of the parameter space at which to look for a positive likelihood. */
const trialPoints = function* (model: Model, env: Env): Generator<Point> {
  const coordinates = coordinatesOf(model, env)
  const lists = coordinates.map(c => trials(model, c, env, coordinates.length > 1))
  let fuel = coordinates.length > 1 ? 4000 : 20_000
  const walk = function* (k: number, values: readonly number[]): Generator<Point> {
    if (k === lists.length) {
      if (fuel-- > 0) yield pointOf(coordinates, values)
      return
    }
    for (const v of lists[k] as readonly number[]) if (fuel > 0) yield* walk(k + 1, [...values, v])
  }
  yield* walk(0, [])
}

/** Rows of the first sample that has some (counted from 1) which are impossible, alone or together; undefined if the data are possible. */
export const impossibleObservations = (
  model: Model,
  env: Env,
): { readonly rows: readonly number[]; readonly variable: string } | undefined => {
  const value = logLikelihood(model, env)
  let seen = false
  for (const p of trialPoints(model, env)) {
    seen = true
    if (!(value(p) === -Infinity)) return undefined // NaN: nothing can be said
  }
  const sample = model.samples[0]
  if (!seen || !sample) return undefined
  const name = sample.variables[0]?.name ?? 'x'
  const several = coordinatesOf(model, env).length > 1
  const count = Math.min(env.arrays.get(name)?.length ?? 0, several ? 50 : 1000)
  const alone: number[] = []
  for (let i = 1; i <= count && alone.length < 5; i++) {
    const one = logContribution(model, sample, i, env)
    let possible = false
    for (const p of trialPoints(model, env))
      if (one(p) > -Infinity) {
        possible = true
        break
      }
    if (!possible) alone.push(i)
  }
  if (alone.length > 0) return { rows: alone, variable: name }
  // a grid over several unknowns is too coarse to say that no point of it allows them together
  if (several) return undefined
  const xs = numbersOf(env.arrays.get(name))
  const least = xs.indexOf(xs.reduce((a, b) => Math.min(a, b), Infinity)) + 1
  const greatest = xs.indexOf(xs.reduce((a, b) => Math.max(a, b), -Infinity)) + 1
  return { rows: [...new Set([least, greatest])].sort((a, b) => a - b), variable: name }
}
