/**
 * Numeric values that no package gives as needed: modified Bessel I, Lambert W, exact factorials and binomial
 * coefficients, the logarithm of erfc in its tail. Refuses nothing: NaN outside of the domain, every loop has fuel.
 */

type Real = (x: number) => number

/** The functions of others that the table builds on: Γ, log|Γ|, log B, ψ and its derivatives, ζ, erf and relatives. */
export interface Basis {
  readonly gamma: Real
  readonly lnGamma: Real
  readonly lnBeta: (a: number, b: number) => number
  readonly digamma: Real
  readonly trigamma: Real
  readonly zeta: Real
  readonly erf: Real
  readonly erfc: Real
  readonly erfinv: Real
}

const EPSILON = 2 ** -53

// --- factorial and binomial coefficient -------------------------------------------------------

let table: readonly number[] | undefined
/** 0!, …, 170!, each the nearest double. */
const factorials = (): readonly number[] => {
  if (table) return table
  let f = 1n
  const list = [1]
  for (let n = 1; n <= 170; n++) {
    f *= BigInt(n)
    list.push(Number(f))
  }
  table = list
  return list
}

/** Γ(x+1) for x > −1; the nearest double for integers. */
export const factorialWith =
  ({ gamma }: Basis) =>
  (x = Number.NaN): number => {
    if (!(x > -1)) return Number.NaN
    if (Number.isInteger(x)) return x > 170 ? Number.POSITIVE_INFINITY : (factorials()[x] as number)
    return gamma(x + 1)
  }

/** n over k for integers 0 ≤ k ≤ n: products that are exact while below 2^53, then on bigint. */
const binomialOfIntegers = (n: number, k: number): number => {
  const m = Math.min(k, n - k)
  let r = 1
  for (let i = 1; i <= m; i++) {
    const next = r * (n - m + i)
    if (next > Number.MAX_SAFE_INTEGER) {
      let exact = BigInt(r)
      for (let j = i; j <= m; j++) exact = (exact * BigInt(n - m + j)) / BigInt(j)
      return Number(exact)
    }
    r = next / i
  }
  return r
}

/**
 * Γ(n+1)/(Γ(k+1)Γ(n−k+1)): for integer k and any real n, and for real k with k > −1 and n−k > −1.
 * Integers are the nearest double; else within 1e-13 relative as long as n < 1e3.
 */
export const binomialWith = ({
  lnBeta,
}: Basis): { binomial: (n?: number, k?: number) => number; logBinomial: (n?: number, k?: number) => number } => {
  // 1/((n+1) B(n−k+1, k+1)), DLMF 5.12.1
  const logOnDomain = (n: number, k: number): number => -Math.log(n + 1) - lnBeta(n - k + 1, k + 1)
  const falling = (n: number, k: number): number => {
    let r = 1
    for (let i = 1; i <= k; i++) r *= (n - k + i) / i
    return r
  }
  const binomial = (n = Number.NaN, k = Number.NaN): number => {
    if (Number.isInteger(k)) {
      if (k < 0) return Number.isNaN(n) ? n : 0
      if (Number.isInteger(n) && n >= 0) {
        if (k > n) return 0
        // C(n, m) ≥ 2^m for m ≤ n/2 and is beyond every double from m = 1024 on.
        if (n <= Number.MAX_SAFE_INTEGER && Math.min(k, n - k) < 1024) return binomialOfIntegers(n, k)
        return Number.POSITIVE_INFINITY
      }
      if (k <= 64) return falling(n, k)
    }
    return k > -1 && n - k > -1 ? Math.exp(logOnDomain(n, k)) : Number.isInteger(k) && k <= 1e6 ? falling(n, k) : Number.NaN
  }
  const logBinomial = (n = Number.NaN, k = Number.NaN): number => {
    if (k > -1 && n - k > -1 && (n > 1000 || !Number.isInteger(k) || !Number.isInteger(n))) return logOnDomain(n, k)
    return Math.log(Math.abs(binomial(n, k)))
  }
  return { binomial, logBinomial }
}

// --- polygamma --------------------------------------------------------------------------------

/** B_2, B_4, …, B_24. */
const bernoulli = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
  854513 / 138,
  -236364091 / 2730,
]

/** Hurwitz's ζ(s, x) = Σ_{k≥0} (x+k)^(−s) for integer s ≥ 2: summed to x+k ≥ 20+s, then DLMF 25.11.43. */
const hurwitz = (s: number, x: number): number => {
  let head = 0
  let y = x
  for (; y < 20 + s; y++) head += y ** -s
  let power = y ** -s
  let tail = (power * y) / (s - 1) + power / 2
  let rising = 1
  bernoulli.forEach((b, i) => {
    const k = 2 * (i + 1)
    // s(s+1)…(s+k−2)/k!
    rising *= i === 0 ? s / 2 : ((s + k - 3) * (s + k - 2)) / ((k - 1) * k)
    power /= i === 0 ? y : y * y
    tail += b * rising * power
  })
  return head + tail
}

/** ψ^(m)(x) = (−1)^(m+1) m! ζ(m+1, x) for x > 0 (DLMF 25.11.12), within 1e-14 relative; m up to 170. */
export const polygammaWith =
  (basis: Basis) =>
  (m = Number.NaN, x = Number.NaN): number => {
    if (!(Number.isInteger(m) && m >= 0 && x > 0)) return Number.NaN
    if (m === 0) return basis.digamma(x)
    if (m === 1) return basis.trigamma(x)
    return (m % 2 === 0 ? -1 : 1) * (factorials()[m] ?? Number.NaN) * hurwitz(m + 1, x)
  }

// --- derivatives of zeta ----------------------------------------------------------------------

/** ζ^(m)(s) = Σ (−log k)^m k^(−s) for s > 1 and m = 1, 2: summed to 40, then Euler–Maclaurin. DLMF 25.2.6, 2.10.1 */
export const zetaDerivative = (m: 1 | 2, s: number): number => {
  if (!(s > 1)) return Number.NaN
  if (s > 1100) return 0
  let head = 0
  for (let k = 2; k < 40; k++) head += (-Math.log(k)) ** m * k ** -s
  const [x, u] = [40, Math.log(40)]
  const r = 1 / (s - 1)
  const integral = x ** (1 - s) * (m === 1 ? -(u * r + r * r) : u * u * r + 2 * u * r * r + 2 * r ** 3)
  // the j-th derivative of (−log x)^m x^(−s) is x^(−s−j) P_j(log x) with P_{j+1} = P_j′ − (s + j) P_j
  let p = m === 1 ? [0, -1, 0] : [0, 0, 1]
  const derivatives: number[] = []
  for (let j = 0; j < 9; j++) {
    const [a, b, c] = p as [number, number, number]
    derivatives.push(x ** (-s - j) * (a + b * u + c * u * u))
    p = [b - (s + j) * a, 2 * c - (s + j) * b, -(s + j) * c]
  }
  const at = (j: number): number => derivatives[j] as number
  return head + integral + at(0) / 2 - at(1) / 12 + at(3) / 720 - at(5) / 30240 + at(7) / 1209600
}

// --- log erfc ---------------------------------------------------------------------------------

/** log erfc(x); beyond 25 by the asymptotic series DLMF 7.12.1, where six terms reach double precision. */
export const logErfcWith =
  ({ erfc }: Basis) =>
  (x = Number.NaN): number => {
    if (!(x > 25)) return Math.log(erfc(x))
    const y = 1 / (2 * x * x)
    let term = 1
    let tail = 0
    for (let k = 1; k <= 8; k++) tail += term *= -(2 * k - 1) * y
    return -x * x - Math.log(x) - Math.log(Math.PI) / 2 + Math.log1p(tail)
  }

// --- modified Bessel function of the first kind -----------------------------------------------

/** Terms of the power series: e^x sets in after about x/2 of them. */
const seriesFuel = 200_000

/** Σ (x²/4)^k / (k! (ν+1)_k), all terms positive, as [sum, log of the scale taken out]. DLMF 10.25.2 */
const besselSeries = (nu: number, x: number): readonly [number, number] => {
  const q = (x * x) / 4
  let term = 1
  let total = 1
  let scale = 0
  for (let k = 1; k <= seriesFuel; k++) {
    term *= q / (k * (nu + k))
    total += term
    if (total > 1e250) {
      term *= 1e-250
      total *= 1e-250
      scale += 250 * Math.LN10
    }
    if (term < total * EPSILON && k * (nu + k) > q) return [total, scale]
  }
  return [Number.NaN, 0]
}

/** √(2πx) e^(−x) I_ν(x) for x ≥ max(30, ν²), where the expansion reaches double precision. DLMF 10.40.1 */
const besselAsymptotic = (nu: number, x: number): number => {
  const m = 4 * nu * nu
  let term = 1
  let total = 1
  for (let k = 1; k <= 200; k++) {
    const next = (-term * (m - (2 * k - 1) ** 2)) / (8 * k * x)
    if (Math.abs(next) > Math.abs(term) && k > nu) break
    term = next
    total += term
    if (Math.abs(term) < Math.abs(total) * EPSILON) break
  }
  return total
}

/**
 * I_ν(x) and log|I_ν(x)| for ν ≥ 0 and x ≥ 0; for integer ν any order and argument.
 * Relative accuracy of the value 1e-13 for ν ≤ 100; beyond, log I is within 1e-13 relative.
 */
export const besselWith = ({
  gamma,
  lnGamma,
}: Basis): { besselI: (nu?: number, x?: number) => number; logBesselI: (nu?: number, x?: number) => number } => {
  const logPositive = (nu: number, x: number): number => {
    if (x === 0) return nu === 0 ? 0 : Number.NEGATIVE_INFINITY
    if (x === Number.POSITIVE_INFINITY) return x
    if (x >= Math.max(30, nu * nu)) return x - Math.log(2 * Math.PI * x) / 2 + Math.log(besselAsymptotic(nu, x))
    const [total, scale] = besselSeries(nu, x)
    return nu * Math.log(x / 2) - lnGamma(nu + 1) + scale + Math.log(total)
  }
  const positive = (nu: number, x: number): number => {
    if (x > 700 || nu > 100) return Math.exp(logPositive(nu, x))
    if (x >= Math.max(30, nu * nu)) return (Math.exp(x) / Math.sqrt(2 * Math.PI * x)) * besselAsymptotic(nu, x)
    const [total, scale] = besselSeries(nu, x)
    return scale === 0 ? ((x / 2) ** nu / gamma(nu + 1)) * total : Math.exp(logPositive(nu, x))
  }
  const reduced =
    (f: (nu: number, x: number) => number, sign: -1 | 1) =>
    (nu = Number.NaN, x = Number.NaN): number => {
      const order = Number.isInteger(nu) ? Math.abs(nu) : nu
      if (!(order >= 0) || Number.isNaN(x) || (x < 0 && !Number.isInteger(nu))) return Number.NaN
      const value = f(order, Math.abs(x))
      return x < 0 && order % 2 === 1 ? value * sign : value
    }
  return { besselI: reduced(positive, -1), logBesselI: reduced(logPositive, 1) }
}

// --- Lambert W --------------------------------------------------------------------------------

/** 1/e as a sum of two doubles: the branch point needs more than one. */
const inverseE = [0.36787944117144233, -1.2428753672788363e-17] as const
/** Coefficients of W_0 in p = √(2(ex+1)) around the branch point. DLMF 4.13.6 */
const branchSeries = [-1, 1, -1 / 3, 11 / 72, -43 / 540, 769 / 17280, -221 / 8505, 680863 / 43545600]

/**
 * The principal branch W_0(x), x ≥ −1/e, within 1e-14 relative: series at the branch point, else the iteration
 * w ← w (1 + log(x/w)) / (1 + w), which is Newton's for w + log w = log x.
 */
export const lambertW = (x = Number.NaN): number => {
  if (x < -inverseE[0] || Number.isNaN(x)) return Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  if (Math.abs(x) < 1e-9) return x - x * x
  const p = Math.sqrt(2 * Math.E * Math.max(0, x + inverseE[0] + inverseE[1]))
  const near = branchSeries.reduceRight((sum, c) => sum * p + c, 0)
  if (p < 0.02) return near
  const l = Math.log(x)
  let w = x < -0.25 ? near : x < 0.2 ? x / (1 + x) : x < Math.E ? x / (1 + x / Math.E) / 1.2 : l - Math.log(l)
  for (let k = 0; k < 40; k++) {
    const next = (w * (1 + Math.log(x / w))) / (1 + w)
    if (Math.abs(next - w) <= 4e-16 * Math.abs(next)) return next
    w = next
  }
  return w
}
