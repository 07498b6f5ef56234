/**
 * The maximum over vectors of parameters and joint linear equations (Σp_j = 1, rows of a transition matrix): Newton steps on
 * differences of log L, in the coordinates that the equations leave free. Only maxima off every end are found; bounded in steps.
 */
import { coordinatesOf, type Place, pointOf } from '../estimate/coordinates.ts'
import type { Env } from '../term/evaluate.ts'
import { solved } from '../verify/affine.ts'
import { linearSolve } from '../verify/climb.ts'
import { problemOf } from '../verify/search-problem.ts'
import type { Reference } from './reference.ts'
import type { Top } from './top.ts'

const mostUnknowns = 12
const steps = 40

type Fun = (z: readonly number[]) => number

/** Slope and curvature by central differences; undefined where a neighbour is outside. */
const shape = (
  f: Fun,
  z: readonly number[],
  y: number,
): { readonly g: readonly number[]; readonly h: readonly (readonly number[])[] } | undefined => {
  const e = z.map(x => 3e-5 * Math.max(Math.abs(x), 1e-2))
  const moved = (...by: readonly (readonly [number, number])[]): number => {
    const w = [...z]
    for (const [k, t] of by) w[k] = (w[k] as number) + t * (e[k] as number)
    return f(w)
  }
  const up = z.map((_, k) => moved([k, 1]))
  const down = z.map((_, k) => moved([k, -1]))
  const g = z.map((_, k) => ((up[k] as number) - (down[k] as number)) / (2 * (e[k] as number)))
  const h = z.map(() => z.map(() => 0))
  z.forEach((_, i) => {
    for (let j = 0; j <= i; j++) {
      const second =
        i === j
          ? ((up[i] as number) - 2 * y + (down[i] as number)) / (e[i] as number) ** 2
          : (moved([i, 1], [j, 1]) - moved([i, 1], [j, -1]) - moved([i, -1], [j, 1]) + moved([i, -1], [j, -1])) /
            (4 * (e[i] as number) * (e[j] as number))
      ;(h[i] as number[])[j] = second
      ;(h[j] as number[])[i] = second
    }
  })
  return g.every(Number.isFinite) && h.every(row => row.every(Number.isFinite)) ? { g, h } : undefined
}

/** Newton's method with shorter steps where they do not climb; undefined unless it comes to rest at a maximum. */
const climbed = (f: Fun, from: readonly number[]): { readonly z: readonly number[]; readonly y: number } | undefined => {
  let z = from
  let y = f(z)
  if (!Number.isFinite(y)) return undefined
  for (let step = 0; step < steps; step++) {
    const at = shape(f, z, y)
    if (!at) return undefined
    let moved = false
    let last: readonly number[] | undefined
    for (const ridge of [0, 1e-2, 1, 1e2]) {
      const scale = Math.max(...at.h.map((row, i) => Math.abs(row[i] as number)), 1e-9)
      const way = linearSolve(
        at.h.map((row, i) => row.map((x, j) => x - (i === j ? ridge * scale : 0))),
        at.g,
      )
      if (!way) continue
      if (ridge === 0) last = way
      for (let k = 0, size = 1; k < 8 && !moved; k++, size /= 2) {
        const w = z.map((x, i) => x - size * (way[i] as number))
        const v = f(w)
        if (v > y) {
          moved = true
          ;[z, y] = [w, v]
        }
      }
      if (moved) break
    }
    const still = last?.every((d, i) => Math.abs(d) <= 2e-6 * Math.max(Math.abs(z[i] as number), 1e-3))
    if (still) return { z, y }
    if (!moved) return undefined
  }
  return undefined
}

const inside = (place: Place, v: number): boolean => {
  const near = 1e-6 * Math.max(1, Math.abs(v))
  return place.kind === 'real' && v - place.lo > near && place.hi - v > near
}

/** The maximiser for the data of `env`, climbed to from the parameters of several settings, which have to agree. */
export const amongVectors = (r: Reference, env: Env): Top | undefined => {
  if (r.moving) return undefined
  const coordinates = coordinatesOf(r.model, env)
  if (coordinates.length === 0 || coordinates.length > mostUnknowns || coordinates.some(c => c.place.kind !== 'real')) return undefined
  const problem = problemOf(r.model, env, coordinates, [])
  if (typeof problem === 'string') return undefined
  const system = solved(problem.equations, coordinates.length)
  if (!system || system.free.length === 0) return undefined
  const f: Fun = z => problem.height(system.point(z))
  const startOf = (e: Env): readonly number[] =>
    system.free.map(k => {
      const c = coordinates[k] as (typeof coordinates)[number]
      const v = c.component === undefined ? e.symbols.get(c.name) : e.arrays.get(c.name)?.[c.component]
      return typeof v === 'number' ? v : Number.NaN
    })
  const starts = [env, ...r.settings.map(s => s.env).filter(e => e !== env)].map(startOf).filter(z => Number.isFinite(f(z)))
  const ends = starts.slice(0, 2).flatMap(z => climbed(f, z) ?? [])
  const best = ends.reduce<(typeof ends)[number] | undefined>((a, b) => (a && a.y >= b.y ? a : b), undefined)
  if (!best) return undefined
  // two summits, or a ridge
  if (ends.some(e => e.z.some((x, i) => Math.abs(x - (best.z[i] as number)) > 1e-4 * Math.max(1, Math.abs(x))))) return undefined
  const at = system.point(best.z)
  if (!problem.belongs(at) || !at.every((v, k) => inside((coordinates[k] as (typeof coordinates)[number]).place, v))) return undefined
  const values = pointOf(coordinates, at)
  return Number.isFinite(best.y) ? { values, stationary: true, height: best.y, rough: true } : undefined
}
