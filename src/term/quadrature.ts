/**
 * Integrals by double-exponential quadrature, and sums of a pmf. Takahasi and Mori (1974), Publ. RIMS 9, 721.
 * Deterministic, with fuel; says nothing about their accuracy: callers check a known total.
 */

const half = Math.PI / 2

/** ∫ f over (lo, hi), either end infinite, with 2·count + 1 nodes. Values that are not finite count as 0. */
export const integrate = (f: (x: number) => number, lo: number, hi: number, count = 150): number => {
  const step = 4.2 / count
  let total = 0
  for (let k = -count; k <= count; k++) {
    const t = k * step
    const s = half * Math.sinh(t)
    const ds = half * Math.cosh(t)
    let x: number
    let weight: number
    if (Number.isFinite(lo) && Number.isFinite(hi)) {
      const c = Math.cosh(s)
      // distance from the nearer end, so that nodes do not collapse onto it
      const d = (hi - lo) / (1 + Math.exp(2 * Math.abs(s)))
      x = s < 0 ? lo + d : hi - d
      weight = ((hi - lo) / 2) * (ds / (c * c))
    } else if (Number.isFinite(lo) || Number.isFinite(hi)) {
      const e = Math.exp(s)
      x = Number.isFinite(lo) ? lo + e : hi - e
      weight = e * ds
    } else {
      x = Math.sinh(s)
      weight = Math.cosh(s) * ds
    }
    const y = f(x) * weight
    if (Number.isFinite(y)) total += y
  }
  return total * step
}

/**
 * Σ g(x) f(x) and Σ f(x) over the integers lo..hi, stopped when f has been negligible for long after its mass.
 */
export const sumOver = (
  g: (x: number) => number,
  f: (x: number) => number,
  lo: number,
  hi: number,
): { readonly value: number; readonly mass: number } => {
  let value = 0
  let mass = 0
  let quiet = 0
  const visit = (x: number): void => {
    const p = f(x)
    if (!(p > 0)) {
      quiet++
      return
    }
    const y = g(x) * p
    value += y
    mass += p
    quiet = p < 1e-17 && Math.abs(y) < 1e-16 * (1 + Math.abs(value)) ? quiet + 1 : 0
  }
  const from = Number.isFinite(lo) ? lo : Number.isFinite(hi) ? hi : 0
  const [up, down] = [Number.isFinite(lo) || !Number.isFinite(hi), !Number.isFinite(lo)]
  for (let x = from, fuel = 100_000; up && x <= hi && fuel > 0 && (quiet < 200 || mass < 0.5); x++, fuel--) visit(x)
  quiet = 0
  for (let x = up ? from - 1 : from, fuel = 100_000; down && x >= lo && fuel > 0 && (quiet < 200 || mass < 0.5); x--, fuel--) visit(x)
  return { value, mass }
}
