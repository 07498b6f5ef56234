/**
 * Brute force over several unknowns: climbs from many starts inside of the parameter space and on its faces (ends of
 * domains, joint constraints, ends of a support that meet an extreme observation), equations solved for. What runs away
 * or ends on an excluded face has no maximum. It can miss a peak and says so of nothing; it never invents one.
 */
import type { Coordinate } from '../estimate/coordinates.ts'
import type { Model } from '../model/model.ts'
import type { Env } from '../term/evaluate.ts'
import { type Affine, residualAt, type Solved, solved } from './affine.ts'
import { alongRay, climb, horizon } from './climb.ts'
import { clamped, type Problem, problemOf, startOf } from './search-problem.ts'

export type Several =
  | { readonly kind: 'point'; readonly at: readonly number[]; readonly value: number }
  | { readonly kind: 'points'; readonly points: readonly (readonly number[])[]; readonly value: number }
  | { readonly kind: 'set'; readonly lo: readonly number[]; readonly hi: readonly number[]; readonly value: number; readonly partial: true }
  | { readonly kind: 'none'; readonly towards: readonly number[]; readonly value: number }
  | { readonly kind: 'undecided'; readonly why: string }

/** Faces looked at, and starts climbed from, before the search gives up. */
const mostFaces = 40
const climbs = 7
/** Faces in a row that bring nothing higher. */
const patience = 10
const mostUnknowns = 14

/** Between a coordinate and a real without bounds. */
interface Scale {
  readonly to: (v: number) => number
  readonly from: (z: number) => number
}
const scaleOf = (c: Coordinate, centre: number, spread: number): Scale => {
  const { place } = c
  if (place.kind !== 'real') return { to: v => v, from: z => z }
  const { lo, hi } = place
  if (Number.isFinite(lo) && Number.isFinite(hi))
    return {
      to: v => Math.log((v - lo) / (hi - v)),
      from: z => (z < 0 ? lo + ((hi - lo) * Math.exp(z)) / (1 + Math.exp(z)) : hi - ((hi - lo) * Math.exp(-z)) / (1 + Math.exp(-z))),
    }
  if (Number.isFinite(lo)) return { to: v => Math.log(v - lo), from: z => lo + Math.exp(z) }
  if (Number.isFinite(hi)) return { to: v => -Math.log(hi - v), from: z => hi - Math.exp(-z) }
  return { to: v => Math.asinh((v - centre) / spread), from: z => centre + spread * Math.sinh(z) }
}

/** Low-discrepancy points: the k-th of Halton's sequence, one prime for each coordinate (Kuipers and Niederreiter, 1974). */
const halton = (k: number, prime: number): number => {
  let [f, r] = [1, 0]
  for (let i = k; i > 0; i = Math.floor(i / prime)) {
    f /= prime
    r += f * (i % prime)
  }
  return r
}
const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43]

/** Coordinates that are as good as an end of their domain are that end; out of sight is ±∞. */
const atEnds = (p: Problem, v: readonly number[]): readonly number[] =>
  v.map((x, k) => {
    const place = p.coordinates[k]?.place
    if (place?.kind !== 'real') return x
    const end = [place.lo, place.hi].find(e => Number.isFinite(e) && Math.abs(x - e) <= 1e-12 * (1 + Math.abs(e)))
    return end ?? (Math.abs(x) > 1e30 ? Math.sign(x) * Infinity : x)
  })

interface Found {
  readonly v: readonly number[]
  readonly value: number
  readonly runs?: readonly number[]
  readonly tends?: number
  readonly rested?: true
}

interface Start {
  readonly z: readonly number[]
  readonly y: number
}

/** The best starts that are apart from each other, and some that are far from those: other peaks may begin lower. */
const startingPoints = (ranked: readonly Start[], count: number): readonly Start[] => {
  const chosen: Start[] = []
  const apart = (s: Start): number =>
    chosen.reduce((d, c) => Math.min(d, Math.max(...c.z.map((x, j) => Math.abs(x - (s.z[j] as number))))), Infinity)
  for (const s of ranked) if (chosen.length < Math.ceil(count / 2) && apart(s) > 0.4) chosen.push(s)
  const upper = ranked.slice(0, Math.ceil(ranked.length * 0.7))
  for (let k = chosen.length; k < count && upper.length > chosen.length; k++)
    chosen.push(upper.reduce((a, b) => (apart(b) > apart(a) ? b : a)))
  return chosen
}

/** Climbs on one face: the free coordinates vary, the others follow. */
const onFace = (p: Problem, face: Solved, hints: readonly (readonly number[])[], count: number): readonly Found[] => {
  const free = face.free.map(k => p.coordinates[k] as Coordinate)
  const reals = p.landmarks.length > 0 ? p.landmarks : [0, 1]
  const centre = reals.reduce((a, b) => a + b, 0) / reals.length
  const spread = Math.max(reals.reduce((t, x) => t + Math.abs(x - centre), 0) / (2 * reals.length), 1e-3)
  const scales = free.map(c => scaleOf(c, centre, spread))
  const toPoint = (z: readonly number[]): readonly number[] => face.point(z.map((x, j) => (scales[j] as Scale).from(x)))
  const f = (z: readonly number[]): number => p.height(toPoint(z))
  if (free.length === 0) {
    const v = face.point([])
    return [{ v, value: p.height(v) }]
  }
  const starts: (readonly number[])[] = hints.map(h => face.free.map(k => h[k] as number))
  const tries = free.length === 1 ? 60 : 220
  for (let k = 1; k <= tries; k++)
    starts.push(
      free.map((c, j) => {
        // unknowns that share a total are small when they are many
        const share = p.equations.length > 0 && k % 2 === 1 ? free.length : 1
        const u = (0.02 + 0.96 * halton(k, primes[j % primes.length] as number)) / share
        if (k % 3 === 0 || c.place.kind !== 'real' || Number.isFinite(c.place.lo) || Number.isFinite(c.place.hi)) return startOf(c, u)
        return centre + 4 * spread * (2 * u - 1)
      }),
    )
  const ranked = starts
    .map(s => s.map((x, j) => (scales[j] as Scale).to(x)))
    .filter(z => z.every(Number.isFinite))
    .map(z => ({ z, y: f(z) }))
    .filter(s => s.y > -Infinity)
    .sort((a, b) => b.y - a.y)
  const chosen = startingPoints(ranked, count)
  return chosen.map(({ z: start }) => {
    const top = climb(f, start)
    const away = top.z.map((x, j) => x - (start[j] as number))
    const ways = [
      ...top.z.flatMap((_, j) => [1, -1].map(d => top.z.map((_, i) => (i === j ? d : 0)))),
      // far out, equal steps keep the ratios of the coordinates
      top.z.map(Math.sign),
      away.map(x => x / (1e-9 + Math.max(...away.map(Math.abs)))),
    ]
    const v = toPoint(top.z)
    const out = top.z.map(x => (Math.abs(x) > horizon - 1 ? Math.sign(x) : 0))
    if (out.some(d => d !== 0)) {
      // at the horizon: unbounded if the last quarter of the way still brought about as much as the one before
      const [half, late] = [0.5, 0.75].map(t => f(top.z.map((x, j) => (out[j] === 0 ? x : t * x)))) as [number, number]
      const tends = top.value - late > 0.1 && top.value - late > 0.4 * (late - half) ? Infinity : top.value
      return { v, value: tends, runs: atEnds(p, toPoint(top.z.map((x, j) => x + 300 * (out[j] as number)))), tends }
    }
    for (const way of ways) {
      const ray = alongRay(f, top.z, way, top.value)
      if (!ray) continue
      const runs = atEnds(p, toPoint(top.z.map((x, j) => x + 300 * (way[j] as number))))
      return { v, value: Math.max(top.value, ray.tends), runs, tends: ray.tends }
    }
    return { v, value: top.value, ...(top.rested ? { rested: true } : {}) }
  })
}

/** Faces that a point lies next to: where the climb may have been stopped. */
const nextTo = (p: Problem, v: readonly number[]): readonly Affine[] =>
  p.faces.filter(a => {
    const size = a.slopes.reduce((t, s, k) => t + Math.abs(s * (v[k] as number)), Math.abs(a.constant))
    return Math.abs(residualAt(a, v)) <= 2e-2 * (size + 1e-6)
  })

const close = (a: number, b: number, tolerance: number): boolean =>
  a === b || Math.abs(a - b) <= tolerance * (1 + Math.max(Math.abs(a), Math.abs(b)))

/**
 * The search over real unknowns.
 * @param coordinates those that vary; other parameters have their values in `env`
 * @param landmarks numbers near which a likelihood may have its peaks and edges
 */
export const maximiseSeveral = (model: Model, env: Env, coordinates: readonly Coordinate[], landmarks: readonly number[]): Several => {
  if (coordinates.some(c => c.place.kind !== 'real')) return { kind: 'undecided', why: 'unknowns that are integers beside others' }
  if (coordinates.length > mostUnknowns) return { kind: 'undecided', why: 'too many unknowns to search' }
  const p = problemOf(model, env, coordinates, landmarks)
  if (typeof p === 'string') return { kind: 'undecided', why: p }
  const waiting: { readonly face: readonly Affine[]; readonly from: number }[] = [{ face: [], from: Infinity }]
  const seen = new Set<string>([''])
  let found: readonly Found[] = []
  let idle = 0
  for (let looked = 0; looked < mostFaces && idle < patience; looked++) {
    waiting.sort((a, b) => b.from - a.from)
    const face = waiting.shift()?.face
    if (!face) break
    const system = solved([...p.equations, ...face], coordinates.length)
    if (!system) continue
    const hints = found.slice(0, 3).map(f => f.v)
    const here = onFace(p, system, hints, face.length === 0 ? climbs : 4).filter(f => f.value > -Infinity)
    const before = found[0]?.value ?? -Infinity
    found = [...found, ...here].sort((a, b) => b.value - a.value)
    idle = (found[0]?.value ?? -Infinity) > before + 1e-10 * (1 + Math.abs(before)) ? 0 : idle + 1
    // a climb that came to rest was stopped by nothing; the others may have met a wall
    for (const f of here.filter(h => !h.rested).slice(0, 3)) {
      const near = nextTo(p, f.runs ?? f.v).filter(a => !face.includes(a))
      for (const more of [...near.map(a => [a]), ...(near.length > 1 ? [near] : [])]) {
        const next = [...face, ...more]
        const key = next.map(a => p.faces.indexOf(a)).sort((a, b) => a - b)
        if (next.length > coordinates.length || seen.has(key.join())) continue
        seen.add(key.join())
        waiting.push({ face: next, from: f.value })
      }
    }
  }
  return verdict(p, found)
}

const verdict = (p: Problem, found: readonly Found[]): Several => {
  const [best] = found
  if (!best) return { kind: 'undecided', why: 'no start with a positive likelihood' }
  const level = found.filter(f => close(f.value, best.value, 1e-9))
  // a run towards a face that belongs to the space ends there
  const attained = level.filter(f => f.runs === undefined && p.belongs(f.v))
  const [top] = attained
  if (!top || best.value === Infinity) {
    const away = level.find(f => f.runs !== undefined) ?? best
    return { kind: 'none', towards: clamped(p.coordinates, away.runs ?? away.v), value: away.tends ?? away.value }
  }
  const rivals = attained.filter(f => f.v.some((x, k) => !close(x, top.v[k] as number, 1e-4)))
  if (rivals.length === 0) return { kind: 'point', at: clamped(p.coordinates, top.v), value: top.value }
  const isFlat = rivals.some(f => {
    const middle = f.v.map((x, k) => (x + (top.v[k] as number)) / 2)
    return close(p.height(middle), top.value, 1e-9)
  })
  const all: Found[] = []
  for (const f of [top, ...rivals]) if (!all.some(g => f.v.every((x, k) => close(x, g.v[k] as number, 1e-4)))) all.push(f)
  if (!isFlat) return { kind: 'points', points: all.map(f => f.v), value: top.value }
  const extreme = (pick: (...v: number[]) => number): readonly number[] => top.v.map((_, k) => pick(...all.map(f => f.v[k] as number)))
  return { kind: 'set', lo: extreme(Math.min), hi: extreme(Math.max), value: top.value, partial: true }
}
