/**
 * Values drawn from one set of numbers: a single one well inside, or a sample that is spread over it.
 */
import { pick, type Random, shuffled } from './random.ts'

/** A set of numbers: an interval or a range of integers between lo and hi, or some listed values between them. */
export interface Region {
  readonly lo: number
  readonly hi: number
  readonly closed: readonly [boolean, boolean]
  readonly integer: boolean
  readonly values: readonly number[] | undefined
}

export const everything: Region = {
  lo: Number.NEGATIVE_INFINITY,
  hi: Number.POSITIVE_INFINITY,
  closed: [false, false],
  integer: false,
  values: undefined,
}

export const inRegion = (r: Region, v: number): boolean =>
  (r.closed[0] ? v >= r.lo : v > r.lo) &&
  (r.closed[1] ? v <= r.hi : v < r.hi) &&
  (!r.integer || Number.isInteger(v)) &&
  (r.values === undefined || r.values.includes(v))

export const intersect = (a: Region, b: Region): Region => {
  const lo = Math.max(a.lo, b.lo)
  const hi = Math.min(a.hi, b.hi)
  const closed = (end: 0 | 1, at: number): boolean => [a, b].every(r => (end === 0 ? r.lo : r.hi) !== at || r.closed[end])
  const r: Region = { lo, hi, closed: [closed(0, lo), closed(1, hi)], integer: a.integer || b.integer, values: a.values ?? b.values }
  return r.values === undefined
    ? r
    : { ...r, values: r.values.filter(v => inRegion({ ...r, values: undefined }, v) && (b.values?.includes(v) ?? true)) }
}

/** Four significant digits, so that a counterexample can be read; unless that leaves the region. */
const readable = (r: Region, v: number): number => {
  const short = Number(v.toPrecision(4))
  return inRegion(r, short) ? short : v
}

const firstInteger = (r: Region): number => (Number.isInteger(r.lo) && !r.closed[0] ? r.lo + 1 : Math.ceil(r.lo))
const lastInteger = (r: Region): number => (Number.isInteger(r.hi) && !r.closed[1] ? r.hi - 1 : Math.floor(r.hi))

/** The integers lo..hi of a region, cut to `count` of them next to a finite end or around 0. */
const window = (r: Region, count: number): readonly [number, number] => {
  const [lo, hi] = [firstInteger(r), lastInteger(r)]
  if (Number.isFinite(lo)) return [lo, Math.min(hi, lo + count - 1)]
  if (Number.isFinite(hi)) return [hi - count + 1, hi]
  return [-Math.floor(count / 2), Math.ceil(count / 2)]
}

const logit = (u: number): number => Math.log(u / (1 - u))

/**
 * One number inside the region, off its ends and away from 0 and 1 where there is room. Undefined if it is empty.
 * @param wide integers from further away too
 */
export const single = (r: Region, rng: Random, wide = false): number | undefined => {
  if (r.values) return pick(rng, r.values)
  if (r.lo > r.hi) return undefined
  if (r.lo === r.hi) return inRegion(r, r.lo) ? r.lo : undefined
  if (r.integer) {
    const [lo, hi] = window(r, wide ? 40 : 9)
    if (lo > hi) return undefined
    const off = [lo, 1].filter((v, i) => v >= lo && v < hi && (i > 0 || hi - lo > 2))
    const choice = Array.from({ length: hi - lo + 1 }, (_, i) => lo + i).filter(v => !off.includes(v))
    return pick(rng, choice.length > 0 ? choice : [lo])
  }
  const finite = [Number.isFinite(r.lo), Number.isFinite(r.hi)] as const
  const away = (): number => Math.exp(-1.1 + 2.5 * rng())
  const draw = (): number => {
    if (finite[0] && finite[1]) return r.lo + (r.hi - r.lo) * (0.08 + 0.84 * rng())
    if (finite[0]) return r.lo + away()
    if (finite[1]) return r.hi - away()
    return rng() < 0.5 ? away() : -away()
  }
  const margin = finite[0] && finite[1] ? 0.05 * Math.min(1, r.hi - r.lo) : 0.15
  let v = draw()
  for (let k = 0; k < 12 && (Math.abs(v - 1) < margin || Math.abs(v) < margin / 3); k++) v = draw()
  const short = readable(r, v)
  return inRegion(r, short) ? short : undefined
}

/** How a sample lies in its region: spread out, most of it near one end, or one of the degenerate ways on which derivations fail. */
export type Manner =
  | 'spread'
  | 'leaning low'
  | 'leaning high'
  | 'lowest'
  | 'highest'
  | 'equal'
  | 'all but one lowest'
  | 'all but one highest'

const end = (r: Region, high: boolean): number | undefined => {
  if (r.values) return r.values.length > 0 ? (high ? Math.max : Math.min)(...r.values) : undefined
  const v = r.integer ? (high ? lastInteger(r) : firstInteger(r)) : high ? r.hi : r.lo
  return Number.isFinite(v) && inRegion(r, v) ? v : undefined
}

/** A number between 0 and 1 moved towards one of them. */
const lean = (manner: Manner): ((u: number) => number) | undefined =>
  manner === 'leaning low' ? u => u ** 3 : manner === 'leaning high' ? u => 1 - (1 - u) ** 3 : undefined

/** A sample of the given size. Integers distinct where there are enough, listed values all present, reals with a heavy tail. */
export const sampleOf = (r: Region, size: number, rng: Random, manner: Manner = 'spread'): readonly number[] | undefined => {
  if (manner !== 'spread' && !manner.startsWith('leaning')) {
    const v = manner === 'equal' ? single(r, rng) : end(r, manner.endsWith('highest'))
    if (v === undefined) return undefined
    const all = new Array<number>(size).fill(v)
    if (!manner.startsWith('all but one')) return all
    const next = r.values
      ? pick(
          rng,
          r.values.filter(u => u !== v),
        )
      : r.integer
        ? v + (manner.endsWith('highest') ? -1 : 1)
        : single(r, rng)
    return next === undefined || !inRegion(r, next) ? undefined : shuffled(rng, [next, ...all.slice(1)])
  }
  const listed = r.values ? [...r.values] : undefined
  const integers = (): number[] | undefined => {
    const [lo, hi] = window(r, size + 4)
    return lo > hi ? undefined : Array.from({ length: hi - lo + 1 }, (_, i) => lo + i)
  }
  if (listed || r.integer) {
    const pool = listed ?? integers()
    if (!pool || pool.length === 0) return undefined
    const out: number[] = []
    const place = lean(manner)
    if (place) return Array.from({ length: size }, () => pool[Math.floor(place(rng()) * pool.length)] as number)
    while (out.length < size) out.push(...shuffled(rng, pool))
    return shuffled(rng, out.slice(0, size))
  }
  if (r.lo > r.hi) return undefined
  if (r.lo === r.hi) return inRegion(r, r.lo) ? new Array<number>(size).fill(r.lo) : undefined
  // One draw from each of `size` equally likely strata.
  const strata = shuffled(
    rng,
    Array.from({ length: size }, (_, i) => 0.02 + (0.96 * (i + 0.1 + 0.8 * rng())) / size),
  )
  const [finiteLo, finiteHi] = [Number.isFinite(r.lo), Number.isFinite(r.hi)]
  const scale = Math.exp(rng() - 0.5)
  const centre = 4 * rng() - 2
  const place = lean(manner) ?? ((u: number): number => u)
  const values = strata.map(place).map(u => {
    if (finiteLo && finiteHi) return r.lo + (r.hi - r.lo) * u
    if (finiteLo) return r.lo + scale * Math.exp(0.55 * logit(u))
    if (finiteHi) return r.hi - scale * Math.exp(0.55 * logit(u))
    return centre + scale * logit(u)
  })
  const out = values.map(v => readable(r, v))
  return out.every(v => inRegion(r, v)) ? out : undefined
}
