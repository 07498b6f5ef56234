/**
 * Brute-force maximisation of a function of one real variable on an interval with open or closed ends: a fine grid,
 * golden section at every local peak, bisection at every edge where the function drops to -∞. Tells a maximum from a
 * plateau and from a supremum that is not attained. Knows nothing of likelihoods.
 */
import { gridBetween, type Place } from '../estimate/coordinates.ts'
import { peak } from '../estimate/numeric-roots.ts'

export type Best =
  /** One maximiser. `unclear`: an edge of which it cannot be told whether it belongs to the set. */
  | { readonly kind: 'point'; readonly x: number; readonly value: number; readonly unclear?: true }
  /** Several maximisers, far apart. */
  | { readonly kind: 'points'; readonly xs: readonly number[]; readonly value: number }
  /** All of lo..hi, ends to within a relative 1e-6. */
  | { readonly kind: 'set'; readonly lo: number; readonly hi: number; readonly value: number }
  /** The supremum (∞ if unbounded) is approached at x and not attained. */
  | { readonly kind: 'none'; readonly x: number; readonly value: number }
  /** The function is -∞ or undefined wherever one looks. */
  | { readonly kind: 'nowhere' }

type Fun = (x: number) => number
type RealPlace = Extract<Place, { kind: 'real' }>

/** A value as a height to compare: undefined counts as impossible. */
const height =
  (f: Fun): Fun =>
  x => {
    const y = f(x)
    return Number.isNaN(y) ? -Infinity : y
  }

const margin = (value: number): number => 1e-10 * (1 + Math.abs(value))

/** The two neighbouring doubles between which f changes from finite (first) to -∞ (second). */
const edgeBetween = (f: Fun, finite: number, infinite: number): readonly [number, number] => {
  let [a, b] = [finite, infinite]
  for (let fuel = 120; fuel > 0; fuel--) {
    const m = a / 2 + b / 2
    if (m === a || m === b) break
    if (f(m) > -Infinity) a = m
    else b = m
  }
  return [a, b]
}

/** Whether the edge at x, known to within rounding, is one of the points where the function is not -∞. */
export type Belongs = (x: number) => boolean

/** Which of two neighbouring doubles the edge is, if nobody knows: ends of supports are short numbers when the data are. */
const edgeIs = (inside: number, outside: number, belongs: Belongs | undefined): 'inside' | 'outside' | 'unclear' => {
  // halving runs towards an edge at 0 for ever
  if (outside === 0 && Math.abs(inside) < 1e-30) return 'outside'
  if (belongs) return belongs(inside) ? 'inside' : 'outside'
  const [a, b] = [String(inside).length, String(outside).length]
  if (Math.min(a, b) > 13) return 'unclear'
  return a <= b ? 'inside' : 'outside'
}

interface Candidate {
  readonly x: number
  readonly value: number
  readonly attained: boolean
  readonly unclear?: true
  readonly edge?: true
}

/** The width over which f stays within `below` of the top, to each side of x. */
const plateau = (f: Fun, x: number, top: number, below: number, lo: number, hi: number): readonly [number, number] => {
  const reach = (end: number): number => {
    let near = x
    let far = end
    // as high again at the far end of a full turn is no plateau
    if (f(far) >= top - below && [0.25, 0.5, 0.75].every(k => f(near + k * (far - near)) >= top - below)) return far
    for (let fuel = 130; fuel > 0; fuel--) {
      const m = near / 2 + far / 2
      if (m === near || m === far) break
      if (f(m) >= top - below) near = m
      else far = m
    }
    return near
  }
  return [reach(lo), reach(hi)]
}

/**
 * Does f rise to its supremum at the far end of the grid? `ys` runs towards the end. A rise to a limit shows as
 * deficits that shrink over many points; a plateau that is reached shows none of the small ones.
 */
const approaches = (ys: readonly number[], top: number): boolean => {
  const last = ys.at(-1)
  if (last === undefined || !(last >= top - margin(top))) return false
  for (let i = ys.length - 2; i >= 0; i--) if ((ys[i] as number) > (ys[i + 1] as number) + margin(top)) return false
  const unit = 1 + Math.abs(top)
  const small = ys.filter(y => top - y > 1e-13 * unit && top - y < 1e-2 * unit).length
  // the last digits of a plateau are noise, not a rise
  return small >= 3 || (ys.at(-2) ?? -Infinity) < last - 2e-15 * unit
}

/** Grows without bound towards the end of the grid (points are geometric there). */
const unbounded = (ys: readonly number[]): boolean => {
  const [a, b, c] = [ys.at(-9), ys.at(-5), ys.at(-1)]
  return c === Infinity || (a !== undefined && b !== undefined && c !== undefined && c - b > 1e-3 && b - a > 1e-3 && c - b > 0.5 * (b - a))
}

/** The next point of the grid that is not the same number up to rounding: between such two there is nothing but noise. */
const beside = (points: readonly number[], i: number, step: 1 | -1): number => {
  const x = points[i] as number
  let j = i + step
  while (points[j] !== undefined && Math.abs((points[j] as number) - x) <= 1e-12 * Math.abs(x)) j += step
  return j
}

/**
 * The maximum of f on the interval.
 * @param extra points worth a look: data values, ends of supports
 * @param belongs decides whether an edge is attained; without it short numbers are taken for edges
 */
export const maximiseOnLine = (f0: Fun, place: RealPlace, extra: readonly number[] = [], fineness = 8, belongs?: Belongs): Best => {
  const f = height(f0)
  const { lo, hi, closed } = place
  if (lo === hi) return closed[0] && closed[1] && f(lo) > -Infinity ? { kind: 'point', x: lo, value: f(lo) } : { kind: 'nowhere' }
  const inner = gridBetween(lo, hi, fineness, extra)
  const ys = inner.map(f)
  const found: Candidate[] = []
  if (closed[0]) found.push({ x: lo, value: f(lo), attained: true })
  if (closed[1]) found.push({ x: hi, value: f(hi), attained: true })
  for (let i = 0; i < inner.length; i++) {
    const [x, y] = [inner[i] as number, ys[i] as number]
    if (y === -Infinity) continue
    found.push({ x, value: y, attained: true })
    for (const j of [i - 1, i + 1]) {
      if (ys[j] !== -Infinity) continue
      const [inside, outside] = edgeBetween(f, x, inner[j] as number)
      const which = edgeIs(inside, outside, belongs)
      found.push({
        edge: true,
        x: which === 'outside' ? outside : inside,
        value: f(inside),
        attained: which !== 'outside',
        ...(which === 'unclear' ? { unclear: true } : {}),
      })
    }
    const left = beside(inner, i, -1)
    const right = beside(inner, i, 1)
    const before = ys[left] ?? -Infinity
    const after = ys[right] ?? -Infinity
    if (y >= before && y >= after && (y > before || y > after)) {
      const p = peak(f, inner[left] ?? x, inner[right] ?? x)
      if (p.value > y) found.push({ x: p.x, value: p.value, attained: true })
    }
  }
  return judge(f, place, inner, ys, found)
}

const judge = (
  f: Fun,
  { lo, hi, closed }: RealPlace,
  inner: readonly number[],
  ys: readonly number[],
  found: readonly Candidate[],
): Best => {
  let top = -Infinity
  for (const c of found) top = Math.max(top, c.value)
  if (top === -Infinity) return { kind: 'nowhere' }
  const ends = [
    { end: lo, run: ys.slice(0, Math.floor(ys.length / 2)).reverse(), isClosed: closed[0] },
    { end: hi, run: ys.slice(Math.ceil(ys.length / 2)), isClosed: closed[1] },
  ]
  for (const { end, run, isClosed } of ends) {
    if (isClosed && f(end) >= top - margin(top)) continue
    // a function of an angle is as high at the end that belongs to the turn as near the one that does not
    if (ends.some(o => o.end !== end && o.isClosed && f(o.end) >= top - 4 * Number.EPSILON * (1 + Math.abs(top)))) continue
    if (unbounded(run) && (run.at(-1) ?? 0) >= top - margin(top)) return { kind: 'none', x: end, value: Infinity }
    if (approaches(run, top)) return { kind: 'none', x: end, value: top }
  }
  if (top === Infinity) return { kind: 'none', x: (found.find(c => c.value === Infinity) as Candidate).x, value: Infinity }
  const level = found.filter(c => c.value >= top - margin(top))
  const highest = level.reduce((a, b) => (b.value > a.value ? b : a))
  const best = level.find(c => c.edge && Math.abs(c.x - highest.x) <= 1e-9 * Math.abs(c.x) + 1e-30) ?? highest
  const first = inner[0] as number
  const last = inner.at(-1) as number
  const [wide, narrow] = [1e-10, 1e-12].map(t =>
    plateau(f, best.x, best.value, t * (1 + Math.abs(top)), closed[0] ? lo : first, closed[1] ? hi : last),
  ) as [readonly [number, number], readonly [number, number]]
  const width = wide[1] - wide[0]
  if (width > 1e-7 * (1e-3 + Math.abs(best.x)) && narrow[1] - narrow[0] > 0.7 * width)
    return { kind: 'set', lo: narrow[0], hi: narrow[1], value: top }
  if (!best.attained) return { kind: 'none', x: best.x, value: top }
  // near an open end of a full turn the function is as high as at the closed one
  const opposite = ends.filter(o => !o.isClosed && ends.some(p => p.isClosed && f(p.end) >= top - margin(top))).map(o => o.end)
  const isTurned = (x: number): boolean => opposite.some(e => Math.abs(x - e) <= 1e-4 * (1 + Math.abs(e)))
  const apart = level.filter(
    c =>
      c.attained && !isTurned(c.x) && (c.x < wide[0] - 1e-4 * Math.abs(best.x) - width || c.x > wide[1] + 1e-4 * Math.abs(best.x) + width),
  )
  if (apart.length > 0) return { kind: 'points', xs: distinct([best.x, ...apart.map(c => c.x)]), value: top }
  const end = [lo, hi].find((e, i) => closed[i] && f(e) >= best.value)
  return { kind: 'point', x: end ?? best.x, value: best.value, ...(best.unclear && end === undefined ? { unclear: true } : {}) }
}

const distinct = (xs: readonly number[]): readonly number[] =>
  [...xs].sort((a, b) => a - b).filter((x, i, list) => i === 0 || x - (list[i - 1] as number) > 1e-4 * (Math.abs(x) + 1e-3))

/** The maximum over the integers lo..hi (either may be infinite): every one near 0 and near the best, else geometric steps. */
export const maximiseOnIntegers = (f0: Fun, lo: number, hi: number): Best => {
  const f = height(f0)
  const list: number[] = []
  const from = Number.isFinite(lo) ? lo : Number.isFinite(hi) ? hi : 0
  const up = Number.isFinite(lo) || !Number.isFinite(hi)
  const reach = (sign: 1 | -1, end: number): void => {
    for (let k = 0, step = 1; k < 1e9; k += step) {
      const v = from + sign * k
      if (sign * (v - end) > 0) break
      list.push(v)
      if (k > 300) step = Math.ceil(k / 12)
    }
    if (Number.isFinite(end) && list.at(-1) !== end) list.push(end)
  }
  if (up) reach(1, hi)
  if (!Number.isFinite(lo)) reach(-1, lo)
  list.sort((a, b) => a - b)
  const ys = list.map(f)
  let k = 0
  ys.forEach((y, i) => {
    if (y > (ys[k] as number)) k = i
  })
  if (ys[k] === -Infinity || ys[k] === undefined) return { kind: 'nowhere' }
  // 1 − 2^(−k) is 1 in doubles from some k on: a rise to a limit all the same
  const top = ys[k] as number
  if (!Number.isFinite(hi) && k < list.length - 1 && approaches(ys, top)) return { kind: 'none', x: Infinity, value: top }
  if (k === list.length - 1 && !Number.isFinite(hi))
    return { kind: 'none', x: Infinity, value: unbounded(ys) ? Infinity : (ys[k] as number) }
  if (k === 0 && !Number.isFinite(lo))
    return { kind: 'none', x: -Infinity, value: unbounded([...ys].reverse()) ? Infinity : (ys[k] as number) }
  let a = list[Math.max(0, k - 1)] as number
  let c = list[Math.min(list.length - 1, k + 1)] as number
  while (c - a > 4) {
    const m1 = Math.floor(a + (c - a) / 3)
    const m2 = Math.ceil(c - (c - a) / 3)
    if (f(m1) < f(m2)) a = m1
    else c = m2
  }
  const near = new Set<number>()
  for (let v = a - 2; v <= c + 2; v++) if (v >= lo && v <= hi) near.add(v)
  list.forEach((v, i) => {
    if ((ys[i] as number) >= (ys[k] as number) - margin(ys[k] as number)) near.add(v)
  })
  return maximiseAmong(
    f,
    [...near].sort((x, y) => x - y),
    true,
  )
}

/** The maximum over finitely many values. `consecutive`: equal neighbours that differ by 1 form a set. */
export const maximiseAmong = (f0: Fun, values: readonly number[], consecutive = false): Best => {
  const f = height(f0)
  const ys = values.map(f)
  const top = Math.max(...ys)
  if (!(top > -Infinity)) return { kind: 'nowhere' }
  const xs = values.filter((_, i) => (ys[i] as number) >= top - margin(top))
  if (xs.length === 1) return { kind: 'point', x: xs[0] as number, value: top }
  const [a, b] = [xs[0] as number, xs.at(-1) as number]
  if (consecutive && b - a === xs.length - 1) return { kind: 'set', lo: a, hi: b, value: top }
  return { kind: 'points', xs, value: top }
}
