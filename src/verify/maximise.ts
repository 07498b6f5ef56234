/**
 * Brute force: the maximum of the model's own log-likelihood Σ log f(x_i; θ), written from the density and never from a
 * derivation, over the declared parameter space. One unknown is searched thoroughly (ends, edges of moving supports,
 * plateaus, suprema that are not attained); several by `maximise-several.ts`, with integers among them by line searches
 * from many starts, which can only suggest.
 */
import { type Coordinate, coordinatesOf, envAt, gridBetween, inPlace, type Point, pointOf } from '../estimate/coordinates.ts'
import { supportEdges } from '../estimate/impossible.ts'
import { allowsData, logLikelihood } from '../estimate/likelihood-value.ts'
import type { Model } from '../model/model.ts'
import { type Env, holds, type NestedNumbers } from '../term/evaluate.ts'
import { and, isIn, type Prop, sym } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'
import { type Belongs, type Best, maximiseAmong, maximiseOnIntegers, maximiseOnLine } from './maximise-line.ts'
import { maximiseSeveral } from './maximise-several.ts'

/** The outcome over the parameter space; points are values of `coordinates`, in order. */
export type Maximum =
  | { readonly kind: 'point'; readonly at: readonly number[]; readonly value: number; readonly unclear?: true }
  | { readonly kind: 'points'; readonly points: readonly (readonly number[])[]; readonly value: number }
  /** Every point between two maximisers; `partial`: there are others. */
  | {
      readonly kind: 'set'
      readonly lo: readonly number[]
      readonly hi: readonly number[]
      readonly value: number
      readonly partial?: true
    }
  /** Not attained: towards this point (±∞ allowed); value is the supremum of log L, ∞ if unbounded. */
  | { readonly kind: 'none'; readonly towards: readonly number[]; readonly value: number }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'undecided'; readonly why: string }

export interface Search {
  readonly coordinates: readonly Coordinate[]
  readonly maximum: Maximum
  /** log L where it was searched, for one unknown. */
  readonly height?: (x: number) => number
}

const flat = (a: NestedNumbers, into: number[]): void => {
  for (const v of a)
    if (typeof v === 'number') into.push(v)
    else flat(v, into)
}

/** Numbers near which a likelihood may have its peaks and edges: data, their negatives, halves, midpoints, mean. */
const landmarks = (env: Env): readonly number[] => {
  const data: number[] = []
  for (const a of env.arrays.values()) flat(a, data)
  const xs = [...new Set(data)].sort((a, b) => a - b).slice(0, 40)
  const mean = data.reduce((s, x) => s + x, 0) / Math.max(1, data.length)
  const all = xs.flatMap((x, i) => [x, -x, x / 2, 2 * x, (x + (xs[i + 1] ?? x)) / 2])
  return [...new Set([...all, mean, ...[-2, -1, -0.5, -0.1, 0.1, 0.5, 1, 2].map(d => mean + d * ((xs.at(-1) ?? 1) - (xs[0] ?? 0)))])]
}

const along = (c: Coordinate, f: (x: number) => number, extra: readonly number[], fineness: number, belongs?: Belongs): Best => {
  const { place } = c
  if (place.kind === 'real') return maximiseOnLine(f, place, extra, fineness, belongs)
  if (place.kind === 'integer') return maximiseOnIntegers(f, place.lo, place.hi)
  return maximiseAmong(f, place.values)
}

const fromLine = (best: Best): Maximum => {
  switch (best.kind) {
    case 'point':
      return { kind: 'point', at: [best.x], value: best.value, ...(best.unclear ? { unclear: true } : {}) }
    case 'points':
      return { kind: 'points', points: best.xs.map(x => [x]), value: best.value }
    case 'set':
      return { kind: 'set', lo: [best.lo], hi: [best.hi], value: best.value }
    case 'none':
      return { kind: 'none', towards: [best.x], value: best.value }
    case 'nowhere':
      return { kind: 'impossible' }
  }
}

/** Further conditions on the parameters: joint constraints, ends of a domain that mention other parameters. */
const feasible = (model: Model, env: Env): ((p: Point) => boolean) => {
  const unknown = new Set(model.parameters.map(p => p.name))
  const joint = model.parameters
    .filter(p => !p.length && [...symbolsOf(p.domain)].some(n => unknown.has(n)))
    .map(p => isIn(sym(p.name), p.domain))
  const conditions: readonly Prop[] = [...model.constraints, ...joint]
  const test = and(...conditions)
  return conditions.length === 0 ? () => true : p => holds(test, envAt(env, p), 1e-12)
}

/**
 * Maximises the log-likelihood of the data in `env` (sizes, lengths and knowns included) over the declared parameter space.
 * @param fineness points to a decade of the grid, 8 unless told
 * @param fixed parameters that keep these values: the maximum over the others, as in a profile likelihood
 */
export const maximise = (model: Model, data: Env, fineness = 8, fixed: Point = new Map()): Search => {
  const env = fixed.size === 0 ? data : envAt(data, fixed)
  const coordinates = coordinatesOf(model, env).filter(c => !fixed.has(c.name))
  const value = logLikelihood(model, env)
  const allowed = feasible(model, env)
  const f = (v: readonly number[]): number => {
    const p = pointOf(coordinates, v)
    return allowed(p) ? value(p) : -Infinity
  }
  const extra = landmarks(env)
  const [only] = coordinates
  if (!only) return { coordinates, maximum: { kind: 'undecided', why: 'no unknown' } }
  const allows = allowsData(model, env)
  const belongs = allows && ((x: number): boolean => allows(pointOf(coordinates, [x])))
  if (coordinates.length === 1) {
    // what open edges leave may be narrower than any grid: its middle is looked at too
    const edges = supportEdges(model, only, env)
    const between = edges.flatMap((e, i) => [e, (e + (edges[i + 1] ?? e)) / 2])
    const height = (x: number): number => f([x])
    return { coordinates, maximum: fromLine(along(only, height, [...extra, ...between], fineness, belongs)), height }
  }
  if (coordinates.every(c => c.place.kind === 'real')) return { coordinates, maximum: maximiseSeveral(model, env, coordinates, extra) }
  return { coordinates, maximum: bySweeps(coordinates, f, extra, fineness) }
}

/** A few values of a coordinate to start from. */
const starts = (c: Coordinate, extra: readonly number[]): readonly number[] => {
  const { place } = c
  if (place.kind === 'finite') return place.values.slice(0, 8)
  if (place.kind === 'integer') {
    const from = Number.isFinite(place.lo) ? place.lo : 0
    return [0, 1, 2, 5, 10, 30, 100].map(k => from + k).filter(v => v <= place.hi)
  }
  const near = extra.filter(x => inPlace(place, x))
  const few = gridBetween(place.lo, place.hi, 1).filter(x => Math.abs(Math.log10(Math.abs(x) + 1e-300)) < 2)
  const pick = (list: readonly number[], count: number): readonly number[] =>
    list.length <= count ? list : Array.from({ length: count }, (_, i) => list[Math.floor((i * (list.length - 1)) / (count - 1))] as number)
  return [...new Set([...pick(few, 6), ...pick(near, 5)])]
}

/** Line searches along each coordinate and along the way just gone (Powell), from the best of many starts. */
const bySweeps = (
  coordinates: readonly Coordinate[],
  f: (v: readonly number[]) => number,
  extra: readonly number[],
  fineness: number,
): Maximum => {
  let grid: readonly (readonly number[])[] = [[]]
  for (const c of coordinates) {
    grid = grid.flatMap(v => starts(c, extra).map(x => [...v, x]))
    if (grid.length > 4000) return { kind: 'undecided', why: 'too many unknowns to search' }
  }
  const ranked = grid
    .map(v => ({ v, y: f(v) }))
    .filter(s => s.y > -Infinity)
    .sort((a, b) => b.y - a.y)
  if (ranked.length === 0) return { kind: 'undecided', why: 'no start with a positive likelihood' }
  const climbed = ranked.slice(0, 3).map(s => climb(coordinates, f, s.v, s.y, extra, fineness))
  const best = climbed.reduce((a, b) => (b.value > a.value ? b : a))
  if (best.runaway) return { kind: 'none', towards: best.v, value: best.value }
  const rivals = climbed.filter(c => c.value > best.value - 1e-8 * (1 + Math.abs(best.value)))
  const apart = rivals.filter(c => c.v.some((x, i) => Math.abs(x - (best.v[i] as number)) > 1e-3 * (1e-3 + Math.abs(x))))
  if (apart.length > 0) return { kind: 'undecided', why: 'several places are equally high' }
  return { kind: 'point', at: best.v, value: best.value }
}

interface Climb {
  readonly v: readonly number[]
  readonly value: number
  readonly runaway: boolean
}

const climb = (
  coordinates: readonly Coordinate[],
  f: (v: readonly number[]) => number,
  from: readonly number[],
  fromValue: number,
  extra: readonly number[],
  fineness: number,
): Climb => {
  let v = [...from]
  let y = fromValue
  for (let sweep = 0; sweep < 40; sweep++) {
    const before = v
    const start = y
    for (let i = 0; i < coordinates.length; i++) {
      const put = (x: number): number[] => v.map((w, j) => (j === i ? x : w))
      const best = along(
        coordinates[i] as Coordinate,
        x => f(put(x)),
        [...extra, v[i] as number],
        sweep === 0 ? fineness : Math.max(2, fineness / 4),
      )
      if (best.kind === 'none') return { v: put(best.x), value: best.value, runaway: true }
      const x =
        best.kind === 'point' ? best.x : best.kind === 'points' ? best.xs[0] : best.kind === 'set' ? (best.lo + best.hi) / 2 : undefined
      if (x === undefined || !('value' in best) || best.value < y) continue
      v = put(x)
      y = best.value
    }
    const way = v.map((x, j) => x - (before[j] as number))
    if (coordinates.every(c => c.place.kind === 'real') && way.some(d => d !== 0)) {
      const step = maximiseOnLine(
        t => f(v.map((x, j) => x + t * (way[j] as number))),
        { kind: 'real', lo: -1, hi: 1e3, closed: [true, true] },
        [0],
        2,
      )
      if (step.kind === 'point' && step.value > y) {
        v = v.map((x, j) => x + step.x * (way[j] as number))
        y = step.value
      }
    }
    if (y === Infinity) return { v, value: y, runaway: true }
    if (y - start <= 1e-12 * (1 + Math.abs(y))) break
  }
  return { v, value: y, runaway: false }
}
