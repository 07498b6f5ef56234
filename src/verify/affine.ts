/**
 * Linear equations between the coordinates of a parameter space, found by their values: p1 + p2 + p3 = 1, a = b,
 * m + s = x_(n). A system of them is solved for as many coordinates as it has equations. What is not linear is not found.
 */

/** Σ slopes·v + constant = 0. */
export interface Affine {
  readonly slopes: readonly number[]
  readonly constant: number
}

export const residualAt = (a: Affine, v: readonly number[]): number => a.slopes.reduce((t, s, i) => t + s * (v[i] as number), a.constant)

/** The residual as a linear function, if it is one: exact at the base and one step along each axis, tested elsewhere. */
export const affineOf = (residual: (v: readonly number[]) => number, base: readonly number[]): Affine | undefined => {
  const at = residual(base)
  const step = (k: number): number => 0.25 * (1 + Math.abs(base[k] as number))
  const moved = (by: readonly number[]): readonly number[] => base.map((x, k) => x + (by[k] as number) * step(k))
  const slopes = base.map((_, k) => (residual(moved(base.map((_, j) => (j === k ? 1 : 0)))) - at) / step(k))
  const constant = at - slopes.reduce((t, s, k) => t + s * (base[k] as number), 0)
  if (![...slopes, constant].every(Number.isFinite)) return undefined
  const short = (x: number): number => (Math.abs(x - Math.round(x)) < 1e-9 ? Math.round(x) : x)
  const found: Affine = { slopes: slopes.map(s => (Math.abs(s) < 1e-9 ? 0 : short(s))), constant }
  const tests = [base.map((_, k) => (k % 2 === 0 ? 1.7 : -0.6)), base.map((_, k) => (k % 3 === 0 ? -0.9 : 0.4)), base.map(() => 0.8)]
  for (const t of tests) {
    const v = moved(t)
    const size = 1 + Math.abs(constant) + v.reduce((total, x, k) => total + Math.abs(x * (slopes[k] as number)), 0)
    if (!(Math.abs(residual(v) - residualAt(found, v)) <= 1e-9 * size)) return undefined
  }
  return found.slopes.some(s => s !== 0) ? found : undefined
}

/** Coordinates that a system determines from the free ones. */
export interface Solved {
  readonly free: readonly number[]
  /** The whole point for values of the free coordinates, in order. */
  readonly point: (z: readonly number[]) => readonly number[]
}

/** Solves the system for one coordinate per equation; undefined if the equations depend on each other. */
export const solved = (system: readonly Affine[], dimension: number): Solved | undefined => {
  const rows = system.map(a => [...a.slopes, -a.constant])
  const pivots: number[] = []
  for (const [r, row] of rows.entries()) {
    let best = -1
    // of equal pivots the last coordinate is eliminated: p_k = 1 − p_1 − …
    for (let c = 0; c < dimension; c++)
      if (Math.abs(row[c] as number) > 1e-10 && (best < 0 || Math.abs(row[c] as number) >= Math.abs(row[best] as number) - 1e-12)) best = c
    if (best < 0) return undefined
    const pivot = row[best] as number
    rows[r] = row.map(x => x / pivot)
    pivots.push(best)
    rows.forEach((other, k) => {
      const by = other[best] as number
      if (k !== r && by !== 0) rows[k] = other.map((x, c) => x - by * ((rows[r] as number[])[c] as number))
    })
  }
  const free = Array.from({ length: dimension }, (_, k) => k).filter(k => !pivots.includes(k))
  const point = (z: readonly number[]): readonly number[] => {
    const v = new Array<number>(dimension).fill(0)
    free.forEach((k, j) => {
      v[k] = z[j] as number
    })
    rows.forEach((row, r) => {
      v[pivots[r] as number] = free.reduce((t, k) => t - (row[k] as number) * (v[k] as number), row[dimension] as number)
    })
    return v
  }
  return { free, point }
}
