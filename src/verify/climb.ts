/**
 * Climbing a function of several reals that may be −∞ in places: Nelder and Mead's simplex (Computer Journal 7 (1965) 308)
 * with restarts, then Newton steps on numeric derivatives where there are some. Deterministic; every search has a budget.
 */
export type Height = (z: readonly number[]) => number

export interface Summit {
  readonly z: readonly number[]
  readonly value: number
  /** The slopes vanish there and the height curves down: no wall stopped the climb. */
  readonly rested?: true
}

interface Vertex {
  readonly z: readonly number[]
  readonly y: number
}

const mix = (a: readonly number[], b: readonly number[], t: number): readonly number[] => a.map((x, k) => x + t * ((b[k] as number) - x))

/** One run of the simplex from a start, with edges of the given length. */
const simplex = (f: Height, start: Vertex, edge: number, budget: number): Vertex => {
  const q = start.z.length
  const vertices: Vertex[] = [start]
  for (let k = 0; k < q; k++) {
    for (const d of [edge, -edge, edge / 8]) {
      const z = start.z.map((x, j) => (j === k ? x + d : x))
      const y = f(z)
      if (y > -Infinity || d === edge / 8) {
        vertices.push({ z, y })
        break
      }
    }
  }
  let left = budget
  const at = (z: readonly number[]): Vertex => {
    left--
    return { z, y: f(z) }
  }
  while (left > 0) {
    vertices.sort((a, b) => b.y - a.y)
    const [best, worst, second] = [vertices[0] as Vertex, vertices[q] as Vertex, vertices[q - 1] as Vertex]
    const width = Math.max(...vertices.map(v => Math.max(...v.z.map((x, k) => Math.abs(x - (best.z[k] as number))))))
    if (width < 1e-10 || (best.y - worst.y <= 1e-15 * (1 + Math.abs(best.y)) && width < 1e-5)) break
    const centre = best.z.map((_, k) => vertices.slice(0, q).reduce((t, v) => t + (v.z[k] as number), 0) / q)
    const reflected = at(mix(centre, worst.z, -1))
    if (reflected.y > best.y) {
      const further = at(mix(centre, worst.z, -2))
      vertices[q] = further.y > reflected.y ? further : reflected
    } else if (reflected.y > second.y) vertices[q] = reflected
    else {
      const inside = at(mix(centre, reflected.y > worst.y ? reflected.z : worst.z, 0.5))
      if (inside.y > Math.max(worst.y, reflected.y)) vertices[q] = inside
      else for (let k = 1; k <= q; k++) vertices[k] = at(mix(best.z, (vertices[k] as Vertex).z, 0.5))
    }
  }
  return vertices.reduce((a, b) => (b.y > a.y ? b : a))
}

/** Solves a small system by elimination; undefined if it is singular. */
export const linearSolve = (a: readonly (readonly number[])[], b: readonly number[]): readonly number[] | undefined => {
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
      const by = (row[c] as number) / (pivot[c] as number)
      for (let k = c; k <= n; k++) row[k] = (row[k] as number) - by * (pivot[k] as number)
    }
  }
  return m.map((row, i) => (row[n] as number) / (row[i] as number))
}

/** Central differences of two orders. NaN where the function is −∞ nearby. */
const slopesAt = (f: Height, z: readonly number[], h: number): readonly number[] =>
  z.map((x, k) => {
    const at = (d: number): number => f(z.map((w, j) => (j === k ? x + d : w)))
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
  })
const curvatureAt = (f: Height, z: readonly number[], h: number): readonly (readonly number[])[] => {
  const columns = z.map((x, k) => {
    const plus = slopesAt(
      f,
      z.map((w, j) => (j === k ? x + h : w)),
      h,
    )
    const minus = slopesAt(
      f,
      z.map((w, j) => (j === k ? x - h : w)),
      h,
    )
    return plus.map((g, i) => (g - (minus[i] as number)) / (2 * h))
  })
  return columns.map((_, i) => columns.map((_, j) => ((columns[j]?.[i] as number) + (columns[i]?.[j] as number)) / 2))
}

/** Newton's steps towards a zero of the slopes; kept while they get smaller and the height does not fall. */
const newton = (f: Height, from: Vertex): Vertex => {
  let here = from
  for (let k = 0; k < 8; k++) {
    const slopes = slopesAt(f, here.z, 1e-3)
    const size = Math.max(...slopes.map(Math.abs))
    if (!Number.isFinite(size) || size < 1e-12) break
    const way = linearSolve(curvatureAt(f, here.z, 1e-3), slopes)
    if (!way) break
    const z = here.z.map((x, i) => x - (way[i] as number))
    const y = f(z)
    const after = Math.max(...slopesAt(f, z, 1e-3).map(Math.abs))
    if (!(y >= here.y - 1e-12 * (1 + Math.abs(here.y)) && (after < size || y > here.y))) break
    here = { z, y: Math.max(y, here.y) }
    if (Math.max(...way.map(Math.abs)) < 1e-13) break
  }
  return here
}

/**
 * Damped Newton steps uphill (Levenberg, Quarterly of Applied Mathematics 2 (1944) 164): quick where the height is smooth.
 * Undefined if it does not come to rest at a place that curves down, or at a wall.
 */
const ascend = (f: Height, start: Vertex): Vertex | undefined => {
  let here = start
  let damping = 1e-2
  for (let k = 0; k < 40; k++) {
    const slopes = slopesAt(f, here.z, 1e-3)
    const size = Math.max(...slopes.map(Math.abs))
    if (!Number.isFinite(size)) return undefined
    const curvature = curvatureAt(f, here.z, 1e-3)
    const scale = Math.max(...curvature.map((row, i) => Math.abs(row[i] as number)), 1e-6)
    if (size < 1e-6 * (1 + Math.abs(here.y)))
      return curvature.every((row, i) => (row[i] as number) < -1e-5 * scale) ? newton(f, here) : undefined
    let next: Vertex | undefined
    for (let tries = 0; tries < 12 && !next; tries++) {
      const way = linearSolve(
        curvature.map((row, i) => row.map((x, j) => (i === j ? x - damping * scale - 1e-9 : x))),
        slopes,
      )
      const length = way ? Math.max(...way.map(Math.abs)) : Infinity
      const shorter = length > 2 ? 2 / length : 1
      const z = way && here.z.map((x, i) => x - shorter * (way[i] as number))
      const y = z ? f(z) : -Infinity
      if (z && y > here.y) next = { z, y }
      else damping = Math.max(damping * 8, 1e-3)
    }
    if (!next) return undefined
    damping /= 6
    here = next
  }
  return undefined
}

/** The highest place reached from a start: damped Newton, else simplexes of shrinking size until one brings nothing new, then Newton. */
export const climb = (height: Height, start: readonly number[], limit = horizon, budget = 600): Summit => {
  const f: Height = z => (z.some(x => Math.abs(x) > limit) ? -Infinity : height(z))
  let best: Vertex = { z: start, y: f(start) }
  if (start.length === 0 || best.y === -Infinity) return { z: best.z, value: best.y }
  const risen = start.length > 1 ? ascend(f, best) : undefined
  if (risen) return { z: risen.z, value: f(risen.z), rested: true }
  for (const edge of [0.5, 0.2, 0.05, 0.3, 0.01, 0.1]) {
    const next = simplex(f, best, edge, budget * start.length)
    const gain = next.y - best.y
    if (next.y >= best.y) best = next
    if (edge < 0.3 && gain <= 1e-13 * (1 + Math.abs(best.y))) break
  }
  const polished = newton(f, best)
  return { z: polished.z, value: Math.max(f(polished.z), -Infinity) }
}

/** How far out a climb may go: beyond, it has run away. */
export const horizon = 45

/** Deficits that shrink on the way to a value that is never reached; a plateau that begins somewhere shows none. */
const approaches = (f: Height, z: readonly number[], way: readonly number[], value: number): boolean => {
  let small = 0
  let before = value
  for (let t = 0.25; t <= 24; t += 0.25) {
    const y = f(z.map((x, k) => x - t * (way[k] as number)))
    if (!(y <= before + 1e-13 * (1 + Math.abs(value)))) return false
    before = y
    const deficit = (value - y) / (1 + Math.abs(value))
    if (deficit > 1e-2) break
    if (deficit > 1e-14) small++
  }
  return small >= 4
}

/** Whether the height grows, or never falls, all the way out along a ray, and to what it tends. */
export const alongRay = (
  f: Height,
  z: readonly number[],
  way: readonly number[],
  value: number,
): { readonly tends: number } | undefined => {
  let before = value
  let rises = 0
  let growing = 0
  let last = 0
  for (const t of [1, 2, 4, 8, 16, 32]) {
    const y = f(z.map((x, k) => x + t * (way[k] as number)))
    if (!(y >= before - 1e-13 * (1 + Math.abs(before)))) return undefined
    if (y > before + 1e-14 * (1 + Math.abs(before))) rises++
    if (y - before > 0.4 * last && y - before > 1e-3) growing++
    last = y - before
    before = Math.max(y, before)
  }
  if (rises === 0 && !approaches(f, z, way, value)) return undefined
  return { tends: growing >= 5 ? Infinity : before }
}
