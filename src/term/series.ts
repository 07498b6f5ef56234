/**
 * Sums to infinity, numerically: by convergence, with fuel, or NaN. Terms come on the log scale, so that the first
 * thousand tiny ones of a Poisson sum are not lost.
 */
import { type Code, type Machine, toInteger } from './machine.ts'

const geometricFuel = 20_000
const doublings = 17
const zerosToStop = 2_000

/** Wynn's epsilon algorithm: the limit of a sequence whose error is a sum of geometric parts, and an error estimate. */
const extrapolate = (s: readonly number[]): readonly [number, number] => {
  let older: number[] = s.map(() => 0)
  let old = [...s]
  let best = s.at(-1) ?? Number.NaN
  let error = Number.POSITIVE_INFINITY
  for (let k = 1; k < s.length; k++) {
    const next: number[] = []
    for (let j = 0; j + 1 < old.length; j++) {
      const d = (old[j + 1] as number) - (old[j] as number)
      if (d === 0) return k % 2 === 1 ? [old[j + 1] as number, 0] : [best, error]
      next.push((older[j + 1] as number) + 1 / d)
    }
    older = old
    old = next
    if (k % 2 === 0 && next.length > 1) {
      const [a, b] = [next.at(-1) as number, next.at(-2) as number]
      if (Math.abs(a - b) < error) [best, error] = [a, Math.abs(a - b)]
    }
  }
  return [best, error]
}

/**
 * Σ from lo to infinity of a body given on the log scale. Accepted when the terms fall and the tail, estimated
 * from their ratio, is below 1e-16 of the sum; else, for algebraic tails, the partial sums at 2^j terms are extrapolated, to within 1e-9.
 */
export const infiniteSum =
  (lo: Code, body: Code): Code =>
  (m: Machine): number => {
    const from = toInteger(lo(m))
    if (!Number.isFinite(from)) return Number.NaN
    const top = m.top++
    try {
      return total(m, i => {
        m.stack[top] = from + i
        return body(m)
      })
    } finally {
      m.top = top
    }
  }

const total = (m: Machine, logTerm: (i: number) => number): number => {
  let scaled = 0
  let size = Number.NEGATIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let calm = 0
  let zeros = 0
  let seen = false
  const partial: number[] = []
  const value = (): number => (seen ? scaled * Math.exp(size) : 0)
  for (let i = 0; i < 1 << doublings; i++) {
    const l = logTerm(i)
    if (Number.isNaN(l) || l === Number.POSITIVE_INFINITY) return Number.NaN
    if (m.sign !== 0) {
      seen = true
      if (l > size) {
        scaled *= size === Number.NEGATIVE_INFINITY ? 0 : Math.exp(size - l)
        size = l
      }
      scaled += m.sign * Math.exp(l - size)
    }
    zeros = m.sign === 0 ? zeros + 1 : 0
    if (seen && zeros > zerosToStop) return value()
    // Falling for 16 terms on end, by the factor r now: the tail is about t r/(1−r), to be negligible.
    calm = m.sign !== 0 && l < last ? calm + 1 : 0
    if (calm >= 16 && l - Math.log(-Math.expm1(l - last)) < size + Math.log(Math.abs(scaled)) - 38) return value()
    if (m.sign !== 0) last = l
    if (Number.isInteger(Math.log2(i + 1))) partial.push(value())
    if (i > geometricFuel && !seen) return Number.NaN
  }
  const steps = partial
    .slice(-4)
    .map((s, k, list) => s - (list[k - 1] ?? s))
    .slice(1) as [number, number, number]
  if (Math.abs(steps[1]) > 0.95 * Math.abs(steps[0]) || Math.abs(steps[2]) > 0.95 * Math.abs(steps[1])) return Number.NaN
  const [limit, error] = extrapolate(partial)
  return error <= 1e-9 * Math.abs(limit) ? limit : Number.NaN
}
