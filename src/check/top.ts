/**
 * The maximum of the model's log-likelihood for the data of one setting, in numbers: roots of the score on an interval, Newton
 * steps for several parameters, a brute-force search where neither serves. The reference for estimates and for the
 * solutions of equations; what is not found for certain is undefined.
 */

import { gridBetween, placeOf, pointOf } from '../estimate/coordinates.ts'
import { estimateOn } from '../estimate/estimate.ts'
import { rootsOnGrid } from '../estimate/numeric-roots.ts'
import { contains, type Env, evaluate, evaluateLog, holds } from '../term/evaluate.ts'
import { type Expr, reals, sym } from '../term/term.ts'
import { mentions, subterms } from '../term/walk.ts'
import { maximise } from '../verify/maximise.ts'
import { differentiate } from './differentiate.ts'
import { atValues, once, type Reference } from './reference.ts'
import { byNewton, reduced } from './top-newton.ts'
import { amongVectors } from './top-vectors.ts'
import { derivationOf } from './trail.ts'

export type Values = ReadonlyMap<string, number | readonly number[]>

export interface Top {
  readonly values: Values
  /** The derivative vanishes there; else an end of Θ or of a support, or one of several candidates. */
  readonly stationary: boolean
  readonly height: number
  /** At an observation: an end of a support, or a kink. */
  readonly corner?: true
  /** Found on differences: five digits of it are certain. */
  readonly rough?: true
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
const find = (r: Reference, env: Env): Top | undefined => {
  const { parameters } = r.model
  const [only] = parameters
  if (!only) return undefined
  const scalar = parameters.every(p => !p.length && p.domain.kind === 'interval')
  if (!r.moving && scalar) {
    const found = parameters.length === 1 ? onLine(r, env) : byNewton(r, env, reduced(r))
    // the top of ℓ is no top of the model where a joint constraint excludes it
    if (found && r.model.constraints.every(c => holds(c, atValues(env, found.values), 1e-9))) return found
  }
  const derived = asDerived(r, env)
  if (derived) return derived
  if (scalar && parameters.length > 1) {
    const corner = atObservations(r, env)
    if (corner) return corner
  }
  if (parameters.some(p => p.length !== undefined)) return amongVectors(r, env)
  // a brute-force search over several unknowns takes seconds
  return parameters.length > 1 ? undefined : bySearch(r, env)
}

/** What the derivation answers for these data, if it is as high as anything near. */
const asDerived = (r: Reference, env: Env): Top | undefined => {
  const derivation = derivationOf(r)
  if (!derivation || derivation.answer.outcome === 'undecided') return undefined
  try {
    const e = estimateOn(derivation, env)
    if (e.status !== 'maximum' && e.status !== 'boundary') return undefined
    const values = new Map<string, number | readonly number[]>()
    for (const u of r.unknowns) {
      const v = e.parameters[u]
      if (typeof v === 'number') values.set(u, v)
      else if (Array.isArray(v) && v.every(x => typeof x === 'number')) values.set(u, v as readonly number[])
      else return undefined
    }
    return confirmed(r, env, values)
  } catch {
    return undefined
  }
}

const heightOf = (r: Reference, env: Env): number => {
  const l = evaluateLog(r.likelihood, env)
  return l.sign > 0 ? l.log : -Infinity
}

/** A candidate that no parameter of the other settings and none close by exceeds. */
const confirmed = (r: Reference, env: Env, values: Values): Top | undefined => {
  const there = atValues(env, values)
  const height = heightOf(r, there)
  if (!Number.isFinite(height)) return undefined
  const rivals: Env[] = r.settings.map(s =>
    atValues(
      env,
      new Map(
        r.unknowns.flatMap(u => {
          const v = s.env.symbols.get(u)
          return v === undefined ? [] : [[u, v] as const]
        }),
      ),
    ),
  )
  for (const [name, v] of values)
    if (typeof v === 'number')
      for (const f of [-0.05, -0.003, 0.003, 0.05])
        rivals.push(atValues(env, new Map(values).set(name, v + f * Math.max(Math.abs(v), 0.1))))
  const allowed = (e: Env): boolean =>
    r.model.parameters.every(p => p.length !== undefined || contains(p.domain, e.symbols.get(p.name) ?? Number.NaN, e)) &&
    r.model.constraints.every(c => holds(c, e, 1e-9))
  if (rivals.some(e => allowed(e) && heightOf(r, e) > height + 1e-9 * (1 + Math.abs(height)))) return undefined
  const stationary =
    !r.moving &&
    r.model.constraints.length === 0 &&
    gradient(r).every((g, i) => {
      const v = there.symbols.get(r.unknowns[i] as string)
      return v !== undefined && Math.abs(evaluate(g, there)) * Math.max(Math.abs(v), 1e-3) < 1e-6 * (1 + Math.abs(height))
    })
  return { values, stationary, height }
}

/** The parameters with a kink at an observation: they stand in an absolute value together with the data. */
const kinked = (r: Reference): readonly string[] =>
  once(r, 'kinked', () => {
    const kinks = subterms(r.ell).filter(
      t =>
        (t.kind === 'fn' && t.name === 'abs') ||
        t.kind === 'iverson' ||
        t.kind === 'cases' ||
        (t.kind === 'big' && t.op !== 'sum' && t.op !== 'prod'),
    )
    return r.unknowns.filter(u => kinks.some(t => mentions(t, u)))
  })

/** One parameter at an observation (an end of a support, a kink), the others where the rest is stationary. */
const atObservations = (r: Reference, env: Env): Top | undefined => {
  const data = r.observed.flatMap(o => (env.arrays.get(o) ?? []).flatMap(v => (typeof v === 'number' ? [v] : []))).sort((x, y) => x - y)
  const [lo, hi] = [data[0], data.at(-1)]
  if (lo === undefined || hi === undefined || data.length > 40) return undefined
  const found: Map<string, number | readonly number[]>[] = []
  const heights = new Map<(typeof found)[number], number>()
  for (const u of r.moving ? r.unknowns : kinked(r)) {
    const others = r.unknowns.filter(n => n !== u)
    const candidates = r.moving ? [lo, hi] : data
    for (const x of candidates) {
      const here: Env = { ...env, symbols: new Map(env.symbols).set(u, x) }
      if (!contains(r.model.parameters.find(p => p.name === u)?.domain ?? reals, x, here)) continue
      const rest = byNewton(r, here, { names: others, ell: r.ell, rest: [] }, 1)
      if (!rest) continue
      const values = new Map([...rest.values, [u, x] as const])
      found.push(values)
      heights.set(values, heightOf(r, atValues(env, values)))
    }
  }
  // both ends of a support at once: U(a, b)
  const [one, other, ...more] = r.unknowns
  if (r.moving && one !== undefined && other !== undefined && more.length === 0 && lo < hi)
    for (const [x, y] of [
      [lo, hi],
      [hi, lo],
    ] as const) {
      const values = new Map<string, number | readonly number[]>([
        [one, x],
        [other, y],
      ])
      const there = atValues(env, values)
      if (!r.model.parameters.every(p => contains(p.domain, there.symbols.get(p.name) ?? Number.NaN, there))) continue
      if (!r.model.constraints.every(c => holds(c, there, 1e-9))) continue
      found.push(values)
      heights.set(values, heightOf(r, there))
    }
  for (const values of endsOnData(r, env, lo, hi)) {
    found.push(values)
    heights.set(values, heightOf(r, atValues(env, values)))
  }
  const height = (v: (typeof found)[number]): number => heights.get(v) ?? -Infinity
  for (const values of found.sort((a, b) => height(b) - height(a)).slice(0, 3)) {
    const top = confirmed(r, env, values)
    if (top) return { ...top, stationary: false, corner: true }
  }
  return undefined
}

/** Both ends of a support that two parameters move, c − h and c + h, laid on the smallest and the largest observation: Newton steps. */
const endsOnData = (r: Reference, env: Env, lo: number, hi: number): readonly Map<string, number>[] => {
  const [a, b, ...more] = r.unknowns
  const support = r.model.samples.length === 1 ? r.model.samples[0]?.variables[0]?.support : undefined
  if (!r.moving || a === undefined || b === undefined || more.length > 0 || support?.kind !== 'interval' || lo >= hi) return []
  if (![support.lo, support.hi].every(t => mentions(t, a) || mentions(t, b)) || ![a, b].every(u => mentions(support, u))) return []
  const off = (p: number, q: number): readonly [number, number] => {
    const there = atValues(env, new Map([[a, p] as const, [b, q] as const]))
    return [evaluate(support.lo, there) - lo, evaluate(support.hi, there) - hi]
  }
  for (const { env: from } of r.settings.slice(0, 3)) {
    let [p, q] = [from.symbols.get(a) ?? Number.NaN, from.symbols.get(b) ?? Number.NaN]
    for (let step = 0; step < 24; step++) {
      const [u, v] = off(p, q)
      if (Math.abs(u) + Math.abs(v) < 1e-12 * (1 + Math.abs(lo) + Math.abs(hi))) return [new Map([[a, p] as const, [b, q] as const])]
      const [dp, dq] = [1e-6 * (1 + Math.abs(p)), 1e-6 * (1 + Math.abs(q))]
      const [[up, vp], [uq, vq]] = [off(p + dp, q), off(p, q + dq)]
      const [j11, j21, j12, j22] = [(up - u) / dp, (vp - v) / dp, (uq - u) / dq, (vq - v) / dq]
      const det = j11 * j22 - j12 * j21
      if (!(Math.abs(det) > 1e-12)) break
      p -= (u * j22 - v * j12) / det
      q -= (v * j11 - u * j21) / det
    }
  }
  return []
}

/** The one zero of a score that is positive before it and negative behind it all along the grid: there is no other peak to see. */
const onePeak = (score: (x: number) => number, grid: readonly number[]): number | undefined => {
  const seen = grid.flatMap(x => {
    const y = score(x)
    return Number.isFinite(y) ? [{ x, y }] : []
  })
  const turn = seen.findIndex(s => s.y <= 0)
  if (turn < 3 || seen.length - turn < 4 || seen.some((s, i) => (i < turn ? s.y <= 0 : s.y >= 0))) return undefined
  const [a, b] = [seen[turn - 1], seen[turn]]
  if (!a || !b) return undefined
  const { roots } = rootsOnGrid(score, [a.x, b.x])
  return roots.length === 1 ? roots[0] : undefined
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
  const single = onePeak(score, gridBetween(place.lo, place.hi, 2))
  if (single !== undefined) {
    const height = ell(single)
    if (Number.isFinite(height)) return { values: new Map([[p.name, single]]), stationary: true, height }
  }
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
  const height = (x: number): number => {
    symbols.set(p.name, x)
    return heightOf(r, here)
  }
  const slope = (x: number, step: number): number => Math.abs(height(x + step) - height(x - step)) / (2 * step)
  return rootsOnGrid(
    x => {
      symbols.set(p.name, x)
      return evaluate(g, here)
    },
    gridBetween(place.lo, place.hi, 4),
  ).roots.filter(x => {
    // a double that overflows changes the sign of a score too: the log-likelihood itself has to be level there
    const size = Math.min(Math.abs(x) + 1e-3, Math.abs(x - place.lo), Math.abs(place.hi - x))
    const [here, around] = [slope(x, 1e-4 * size), slope(x - 0.05 * size, 1e-4 * size) + slope(x + 0.05 * size, 1e-4 * size)]
    return here <= 0.01 * around
  }).length
}
