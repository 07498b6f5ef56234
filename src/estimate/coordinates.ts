/**
 * The declared parameter space in numbers: for every scalar parameter, and every component of a vector, where it may
 * lie for given knowns. Also the grids on which it is searched: dense near finite ends, geometric towards infinite ones.
 * Says nothing about likelihoods.
 */
import type { Model } from '../model/model.ts'
import { type Env, evaluate } from '../term/evaluate.ts'
import type { Expr, SetTerm } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'

/** Where one coordinate lies: an interval, integers lo..hi (hi may be ∞), or finitely many values in ascending order. */
export type Place =
  | { readonly kind: 'real'; readonly lo: number; readonly hi: number; readonly closed: readonly [boolean, boolean] }
  | { readonly kind: 'integer'; readonly lo: number; readonly hi: number }
  | { readonly kind: 'finite'; readonly values: readonly number[] }

export interface Coordinate {
  readonly name: string
  /** Counted from 0; absent for a scalar. */
  readonly component?: number
  readonly place: Place
}

/** Numbers for parameters: scalars, and arrays for vectors. */
export type Point = ReadonlyMap<string, number | readonly number[]>

const endpoint = (t: Expr, env: Env): number => (t.kind === 'infinity' ? (t.negative ? -Infinity : Infinity) : evaluate(t, env))

/** The set in numbers. Ends that mention a symbol without a value are NaN. */
export const placeOf = (set: SetTerm, env: Env): Place => {
  if (set.kind === 'finite') return { kind: 'finite', values: set.elements.map(e => evaluate(e, env)).sort((a, b) => a - b) }
  const lo = endpoint(set.lo, env)
  const hi = endpoint(set.hi, env)
  if (set.kind === 'range') return { kind: 'integer', lo: Math.ceil(lo - 1e-9), hi: Math.floor(hi + 1e-9) }
  return { kind: 'real', lo, hi, closed: set.closed }
}

/** The coordinates of the parameter space, in the order of declaration. Ends that mention other parameters count as infinite. */
export const coordinatesOf = (model: Model, env: Env): readonly Coordinate[] => {
  const unknown = new Set(model.parameters.map(p => p.name))
  const free = (t: Expr): boolean => [...symbolsOf(t)].every(name => !unknown.has(name))
  return model.parameters.flatMap(p => {
    let place: Place
    if (p.domain.kind === 'interval' && !(free(p.domain.lo) && free(p.domain.hi))) {
      const { lo, hi, closed } = p.domain
      place = { kind: 'real', lo: free(lo) ? endpoint(lo, env) : -Infinity, hi: free(hi) ? endpoint(hi, env) : Infinity, closed }
    } else place = placeOf(p.domain, env)
    if (!p.length) return [{ name: p.name, place }]
    const length = evaluate(p.length, env)
    return Array.from({ length: Number.isInteger(length) && length < 1000 ? length : 0 }, (_, component) => ({
      name: p.name,
      component,
      place,
    }))
  })
}

/** The point with these values of the coordinates. */
export const pointOf = (coordinates: readonly Coordinate[], values: readonly number[]): Point => {
  const point = new Map<string, number | number[]>()
  coordinates.forEach((c, i) => {
    const v = values[i] ?? Number.NaN
    if (c.component === undefined) point.set(c.name, v)
    else {
      const array = (point.get(c.name) as number[] | undefined) ?? []
      array[c.component] = v
      point.set(c.name, array)
    }
  })
  return point
}

/** The environment with parameters at a point. */
export const envAt = (env: Env, point: Point): Env => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  for (const [name, v] of point)
    if (typeof v === 'number') symbols.set(name, v)
    else arrays.set(name, v)
  return { ...env, symbols, arrays }
}

export const inPlace = (place: Place, v: number): boolean => {
  if (place.kind === 'finite') return place.values.some(w => Math.abs(w - v) <= 1e-12 * Math.abs(w))
  if (place.kind === 'integer') return Number.isInteger(v) && place.lo <= v && v <= place.hi
  return (place.lo < v && v < place.hi) || (place.closed[0] && v === place.lo) || (place.closed[1] && v === place.hi)
}

/** Offsets 10^-14 … 10^14, `perDecade` to a decade near 1 and fewer far away; ascending. */
const offsets = (perDecade: number): readonly number[] => {
  const list: number[] = []
  for (let k = -14; k < 14; k++) {
    const steps = Math.abs(k + 0.5) < 3 ? perDecade : Math.max(1, Math.round(perDecade / 4))
    for (let j = 0; j < steps; j++) list.push(10 ** (k + j / steps))
  }
  return list
}
const grids = new Map<number, readonly number[]>()
const offsetGrid = (perDecade: number): readonly number[] => {
  const g = grids.get(perDecade) ?? offsets(perDecade)
  grids.set(perDecade, g)
  return g
}

const ascending = (list: number[]): readonly number[] => {
  list.sort((a, b) => a - b)
  return list.filter((x, i) => i === 0 || x !== list[i - 1])
}

/**
 * Points of the open interval (lo, hi) in ascending order, `fineness` to a decade of the distance from each end,
 * and the extra ones that lie inside.
 */
export const gridBetween = (lo: number, hi: number, fineness = 8, extra: readonly number[] = []): readonly number[] => {
  const list: number[] = []
  const away = offsetGrid(fineness)
  if (Number.isFinite(lo) && Number.isFinite(hi)) {
    const width = hi - lo
    for (const d of away) {
      if (d >= 0.1) break
      list.push(lo + width * d, hi - width * d)
    }
    const inner = 6 * fineness
    for (let j = 0; j <= inner; j++) list.push(lo + width * (0.1 + (0.8 * j) / inner))
  } else if (Number.isFinite(lo)) for (const d of away) list.push(lo + d)
  else if (Number.isFinite(hi)) for (const d of away) list.push(hi - d)
  else {
    list.push(0)
    for (const d of away) list.push(d, -d)
  }
  list.push(...extra)
  return ascending(list.filter(x => lo < x && x < hi))
}
