/**
 * Zeros of a function of one real variable, found from a grid of points: sign changes are refined by Brent's method,
 * touching zeros by golden section. Refuses poles and jumps: there the sign changes but nothing vanishes.
 */

export interface Roots {
  readonly roots: readonly number[]
  /** The function vanishes at every point where it is defined. */
  readonly everywhere: boolean
}

const golden = (Math.sqrt(5) - 1) / 2

/** Brent's zero between a and b, where fa and fb differ in sign. Brent (1973), Algorithms for Minimization without Derivatives, ch. 4. */
export const brent = (f: (x: number) => number, a0: number, b0: number, fa0: number, fb0: number, fuel = 120): number => {
  let [a, b, c, fa, fb, fc] = [a0, b0, a0, fa0, fb0, fa0]
  let d = b - a
  let e = d
  for (let left = fuel; left > 0; left--) {
    if (fb > 0 === fc > 0) {
      c = a
      fc = fa
      d = e = b - a
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      ;[a, b, c] = [b, c, b]
      ;[fa, fb, fc] = [fb, fc, fb]
    }
    const tolerance = 2 * Number.EPSILON * Math.abs(b) + Number.MIN_VALUE
    const half = (c - b) / 2
    if (Math.abs(half) <= tolerance || fb === 0 || Number.isNaN(fb)) return b
    if (Math.abs(e) >= tolerance && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa
      let p: number
      let q: number
      if (a === c) {
        p = 2 * half * s
        q = 1 - s
      } else {
        const r1 = fa / fc
        const r2 = fb / fc
        p = s * (2 * half * r1 * (r1 - r2) - (b - a) * (r2 - 1))
        q = (r1 - 1) * (r2 - 1) * (s - 1)
      }
      if (p > 0) q = -q
      else p = -p
      if (2 * p < Math.min(3 * half * q - Math.abs(tolerance * q), Math.abs(e * q))) {
        e = d
        d = p / q
      } else {
        d = half
        e = half
      }
    } else {
      d = half
      e = half
    }
    a = b
    fa = fb
    b += Math.abs(d) > tolerance ? d : half > 0 ? tolerance : -tolerance
    fb = f(b)
  }
  return b
}

/** The place of the largest value between a and c by golden section. Assumes one peak; -∞ is allowed. */
export const peak = (f: (x: number) => number, a0: number, c0: number, fuel = 90): { readonly x: number; readonly value: number } => {
  let a = a0
  let c = c0
  let x1 = c - golden * (c - a)
  let x2 = a + golden * (c - a)
  let f1 = f(x1)
  let f2 = f(x2)
  for (let left = fuel; left > 0 && Math.abs(c - a) > 4 * Number.EPSILON * (Math.abs(a) + Math.abs(c)); left--) {
    if (f1 >= f2 || Number.isNaN(f2)) {
      c = x2
      x2 = x1
      f2 = f1
      x1 = c - golden * (c - a)
      f1 = f(x1)
    } else {
      a = x1
      x1 = x2
      f1 = f2
      x2 = a + golden * (c - a)
      f2 = f(x2)
    }
  }
  return f1 >= f2 ? { x: x1, value: f1 } : { x: x2, value: f2 }
}

/** A pole has values that grow, a jump values that stay: at a zero they are small beside those of the bracket. */
const vanishes = (value: number, fa: number, fb: number, share: number): boolean =>
  Math.abs(value) <= share * Math.max(Math.abs(fa), Math.abs(fb))

/**
 * All zeros that the grid lets one see. `points` ascend; values that are not finite are skipped over.
 * @param f the function; may return NaN where it is undefined
 */
export const rootsOnGrid = (f: (x: number) => number, points: readonly number[]): Roots => {
  const xs: number[] = []
  const ys: number[] = []
  for (const x of points) {
    const y = f(x)
    if (Number.isFinite(y)) {
      xs.push(x)
      ys.push(y)
    }
  }
  const zeros = ys.filter(y => y === 0).length
  if (xs.length > 0 && zeros === xs.length) return { roots: [], everywhere: true }
  const roots: number[] = []
  const keep = (r: number): void => {
    const last = roots.at(-1)
    if (last === undefined || Math.abs(r - last) > 1e-9 * (Math.abs(r) + Math.abs(last))) roots.push(r)
  }
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i] as number, ys[i] as number]
    if (y === 0) {
      // several zeros in a row, or one at the end of the grid, are values too small for a double
      if (ys[i - 1] !== undefined && ys[i + 1] !== undefined && ys[i - 1] !== 0 && ys[i + 1] !== 0) keep(x)
      continue
    }
    const [nx, ny] = [xs[i + 1], ys[i + 1]]
    if (nx !== undefined && ny !== undefined && ny !== 0 && y > 0 !== ny > 0) {
      const r = brent(f, x, nx, y, ny)
      if (vanishes(f(r), y, ny, 1e-6)) keep(r)
    }
    const [px, py] = [xs[i - 1], ys[i - 1]]
    if (px === undefined || py === undefined || nx === undefined || ny === undefined) continue
    const touching =
      py > 0 === y > 0 && ny > 0 === y > 0 && ny !== 0 && py !== 0 && Math.abs(y) < Math.abs(py) && Math.abs(y) < Math.abs(ny)
    if (!touching) continue
    const least = peak(u => -Math.abs(f(u)), px, nx)
    if (vanishes(least.value, py, ny, 1e-11)) keep(least.x)
  }
  return { roots, everywhere: false }
}
