/**
 * The maximum of the model's log-likelihood for the data of one setting, in numbers: roots of the score on an interval, Newton
 * steps for several parameters, a brute-force search where neither serves. The reference for estimates and for the
 * solutions of equations; what is not found for certain is undefined.
 */
import { gridBetween, inPlace, placeOf, pointOf } from '../estimate/coordinates.ts'
import { rootsOnGrid } from '../estimate/numeric-roots.ts'
import { type Env, evaluate } from '../term/evaluate.ts'
import { type Expr, sym } from '../term/term.ts'
import { maximise } from '../verify/maximise.ts'
import { differentiate } from './differentiate.ts'
import { atValues, once, type Reference } from './reference.ts'

export type Values = ReadonlyMap<string, number | readonly number[]>

export interface Top {
  readonly values: Values
  /** The derivative vanishes there; else an end of Θ or of a support, or one of several candidates. */
  readonly stationary: boolean
  readonly height: number
}

const memory = new WeakMap<Env, Top | null>()

/** The maximiser for the data of `env`, or undefined: none was found, or it is not one point. */
export const topOf = (r: Reference, env: Env): Top | undefined => {
  const known = memory.get(env)
  if (known !== undefined) return known ?? undefined
  const found = find(r, env)
  memory.set(env, found ?? null)
  return found
}

/** ∂ℓ/∂θ for every scalar parameter. */
export const gradient = (r: Reference): readonly Expr[] => once(r, 'gradient', () => r.unknowns.map(u => differentiate(r.ell, sym(u))))
const hessian = (r: Reference): readonly (readonly Expr[])[] =>
  once(r, 'hessian', () => gradient(r).map(g => r.unknowns.map(u => differentiate(g, sym(u)))))

const find = (r: Reference, env: Env): Top | undefined => {
  const { parameters, constraints } = r.model
  const [only] = parameters
  if (!only) return undefined
  if (!r.moving && constraints.length === 0 && parameters.every(p => !p.length && p.domain.kind === 'interval')) {
    const found = parameters.length === 1 ? onLine(r, env) : byNewton(r, env)
    if (found) return found
  }
  return bySearch(r, env)
}

const onLine = (r: Reference, env: Env): Top | undefined => {
  const p = r.model.parameters[0] as (typeof r.model.parameters)[number]
  const place = placeOf(p.domain, env)
  if (place.kind !== 'real') return undefined
  const symbols = new Map(env.symbols)
  const here: Env = { ...env, symbols }
  const along =
    (t: Expr) =>
    (x: number): number => {
      symbols.set(p.name, x)
      return evaluate(t, here)
    }
  const [score, ell] = [along(gradient(r)[0] as Expr), along(r.ell)]
  const grid = gridBetween(place.lo, place.hi, 4)
  const { roots, everywhere } = rootsOnGrid(score, grid)
  if (everywhere) return undefined
  const ends = [place.closed[0] ? place.lo : Number.NaN, place.closed[1] ? place.hi : Number.NaN].filter(v => Number.isFinite(v))
  const best = (list: readonly number[]): { x: number; y: number } =>
    list.reduce(
      (b, x) => {
        const y = ell(x)
        return y > b.y ? { x, y } : b
      },
      { x: Number.NaN, y: -Infinity },
    )
  const stationary = best(roots)
  const end = best(ends)
  const seen = grid.reduce((m, x) => Math.max(m, ell(x)), -Infinity)
  const top = Math.max(stationary.y, end.y)
  if (!(top >= seen - 1e-9 * (1 + Math.abs(seen)))) return undefined
  const isRoot = stationary.y >= end.y
  return { values: new Map([[p.name, isRoot ? stationary.x : end.x]]), stationary: isRoot, height: top }
}

/** Solves a small symmetric system by elimination; undefined if it is singular. */
const solve = (a: readonly (readonly number[])[], b: readonly number[]): number[] | undefined => {
  const n = b.length
  const m = a.map((row, i) => [...row, b[i] as number])
  for (let c = 0; c < n; c++) {
    let p = c
    for (let i = c + 1; i < n; i++) if (Math.abs(m[i]?.[c] as number) > Math.abs(m[p]?.[c] as number)) p = i
    const pivot = m[p] as number[]
    if (!(Math.abs(pivot[c] as number) > 1e-14)) return undefined
    m[p] = m[c] as number[]
    m[c] = pivot
    for (let i = 0; i < n; i++) {
      if (i === c) continue
      const row = m[i] as number[]
      const f = (row[c] as number) / (pivot[c] as number)
      for (let k = c; k <= n; k++) row[k] = (row[k] as number) - f * (pivot[k] as number)
    }
  }
  return m.map((row, i) => (row[n] as number) / (row[i] as number))
}

const byNewton = (r: Reference, env: Env): Top | undefined => {
  const names = r.unknowns
  const places = r.model.parameters.map(p => placeOf(p.domain, env))
  const symbols = new Map(env.symbols)
  const here: Env = { ...env, symbols }
  const put = (v: readonly number[]): void => {
    names.forEach((name, i) => {
      symbols.set(name, v[i] as number)
    })
  }
  const inside = (v: readonly number[]): boolean => v.every((x, i) => inPlace(places[i] as (typeof places)[number], x))
  const height = (v: readonly number[]): number => {
    if (!inside(v)) return -Infinity
    put(v)
    const y = evaluate(r.ell, here)
    return Number.isNaN(y) ? -Infinity : y
  }
  const climb = (from: readonly number[]): { v: readonly number[]; y: number; still: boolean } => {
    let v = from
    let y = height(v)
    for (let step = 0; step < 200; step++) {
      put(v)
      const g = gradient(r).map(t => evaluate(t, here))
      const h = hessian(r).map(row => row.map(t => evaluate(t, here)))
      if (g.some(Number.isNaN) || h.some(row => row.some(Number.isNaN))) break
      const scale = v.map(x => Math.max(Math.abs(x), 1e-3))
      if (g.every((d, i) => Math.abs(d) * (scale[i] as number) <= 1e-9 * (1 + Math.abs(y)))) {
        const last = solve(h, g)
        const polished = last ? v.map((x, i) => x - (last[i] as number)) : v
        return height(polished) >= y ? { v: polished, y: height(polished), still: true } : { v, y, still: true }
      }
      let moved = false
      for (let damp = 0; damp < 12 && !moved; damp++) {
        // Levenberg: a ridge makes the step an ascent
        const ridge = damp === 0 ? 0 : 10 ** (damp - 4) * Math.max(...h.map((row, i) => Math.abs(row[i] as number)), 1e-6)
        const way = solve(
          h.map((row, i) => row.map((x, j) => x - (i === j ? ridge : 0))),
          g,
        )
        if (!way) continue
        for (let k = 0, size = 1; k < 20 && !moved; k++, size /= 2) {
          const w = v.map((x, i) => x - size * (way[i] as number))
          const z = height(w)
          if (z > y) {
            v = w
            y = z
            moved = true
          }
        }
      }
      if (!moved) return { v, y, still: g.every((d, i) => Math.abs(d) * (scale[i] as number) <= 1e-5 * (1 + Math.abs(y))) }
      if (y > 1e6 || v.some(x => Math.abs(x) > 1e8)) break
    }
    return { v, y, still: false }
  }
  const starts = [env, ...r.settings.map(s => s.env)].slice(0, 5).map(e => names.map(n => e.symbols.get(n) ?? Number.NaN))
  const ends = starts.filter(s => !s.some(Number.isNaN)).map(climb)
  if (ends.length === 0) return undefined
  const best = ends.reduce((a, b) => (b.y > a.y ? b : a))
  if (!best.still || !ends.every(e => e.y <= best.y)) return undefined
  return { values: new Map(names.map((n, i) => [n, best.v[i] as number])), stationary: true, height: best.y }
}

const bySearch = (r: Reference, env: Env): Top | undefined => {
  try {
    const { coordinates, maximum } = maximise(r.model, env, 4)
    if (maximum.kind !== 'point') return undefined
    const values = new Map<string, number | readonly number[]>(pointOf(coordinates, maximum.at))
    const at = atValues(env, values)
    const stationary =
      !r.moving &&
      gradient(r).every((g, i) => {
        const v = at.symbols.get(r.unknowns[i] as string)
        return v !== undefined && Math.abs(evaluate(g, at)) * Math.max(Math.abs(v), 1e-3) < 1e-5 * (1 + Math.abs(maximum.value))
      })
    return { values, stationary, height: maximum.value }
  } catch {
    return undefined
  }
}

/** How many zeros the score has inside of the parameter space, for one parameter on an interval. */
export const rootsOfScore = (r: Reference, env: Env): number => {
  const [p, ...others] = r.model.parameters
  const g = gradient(r)[0]
  const place = p && placeOf(p.domain, env)
  if (!p || !g || others.length > 0 || place?.kind !== 'real') return 0
  const symbols = new Map(env.symbols)
  const here: Env = { ...env, symbols }
  return rootsOnGrid(
    x => {
      symbols.set(p.name, x)
      return evaluate(g, here)
    },
    gridBetween(place.lo, place.hi, 4),
  ).roots.length
}
