/**
 * The value of an unevaluated derivative, numerically: exact differentiation is the business of rules, above this
 * layer. Central differences of the wanted order, extrapolated to step 0 (Ridders, Adv. Eng. Software 4 (1982) 75):
 * about 1e-10 relative for the first derivative, 1e-8 for the second, 1e-6 for the third. NaN when the
 * estimated error is larger than 1e-5 of the natural size, near kinks and ends of the domain for instance.
 */
import { code } from './evaluate.ts'
import { logCode } from './evaluate-log.ts'
import { type Code, type Machine, type NestedNumbers, nextEpoch, toInteger } from './machine.ts'
import type { Deriv, Expr } from './term.ts'

const columns = 12
const ratio = 1.6
const shrinks = 40

/** A value with its estimated error in units of its natural size. */
interface Estimate {
  readonly value: number
  readonly error: number
}
const none: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY }

/** The k-th derivative of f at x: the first of three starting steps that gives an accurate value, else the best that is trustworthy, else NaN. */
export const differentiate = (f: (x: number) => number, x: number, order: number): number => {
  let best = none
  for (const step of [0.25 * Math.max(Math.abs(x), 0.05), 0.25 * Math.abs(x), 0.01 * Math.abs(x)]) {
    const d = step > 0 ? fromStep(f, x, order, step) : none
    if (d.error < best.error) best = d
    if (best.error <= (order === 1 ? 1e-8 : 1e-6)) break
  }
  return best.value
}

const fromStep = (f: (x: number) => number, x: number, order: number, start: number): Estimate => {
  const weights = [1]
  for (let j = 0; j < order; j++) weights.push((-(weights[j] as number) * (order - j)) / (j + 1))
  let size = 0
  const difference = (h: number): number => {
    let d = 0
    size = 0
    weights.forEach((w, j) => {
      const v = f(x + (order / 2 - j) * h)
      size = Math.max(size, Math.abs(v))
      d += w * v
    })
    return d / h ** order
  }
  let h = start
  let first = difference(h)
  for (let k = 0; k < shrinks && !Number.isFinite(first); k++) {
    h /= 2
    first = difference(h)
  }
  if (!Number.isFinite(first)) return none
  const h0 = h
  let previous = [first]
  let best = first
  let error = Number.POSITIVE_INFINITY
  // of the values the best estimate was made of: those of the wide steps may be larger by hundreds of decades
  let sizeThere = size
  for (let i = 1; i < columns; i++) {
    h /= ratio
    const row = [difference(h)]
    let factor = ratio * ratio
    for (let j = 1; j <= i; j++) {
      const [finer, coarser] = [row[j - 1] as number, previous[j - 1] as number]
      const next = (finer * factor - coarser) / (factor - 1)
      factor *= ratio * ratio
      row.push(next)
      const e = Math.max(Math.abs(next - finer), Math.abs(next - coarser))
      // early rows agree by accident: an estimate counts from the third refinement on
      if (i >= 3 && e <= error) {
        error = e
        best = next
        sizeThere = size
      }
    }
    if (Math.abs((row[i] as number) - (previous[i - 1] as number)) > 4 * error) break
    previous = row
  }
  const natural = Math.max(Math.abs(best), sizeThere / Math.max(h0, Math.abs(x)) ** order)
  if (error === 0) return { value: best, error }
  return error <= 1e-5 * natural ? { value: best, error: error / natural } : none
}

/** A copy of nested numbers with one entry exchanged. */
const withEntry = (entries: NestedNumbers, index: readonly number[], value: number): NestedNumbers => {
  const [first = Number.NaN, ...rest] = index
  return entries.map((e, i) => (i !== first - 1 ? e : typeof e === 'number' ? value : withEntry(e, rest, value)))
}

/** The plain value, undefined where it is 0 only because it is too small for a double: its differences say nothing. */
const inRange = (t: Expr): Code => {
  const value = code(t)
  let log: Code | undefined
  return m => {
    const v = value(m)
    if (v !== 0) return v
    log ??= logCode(t)
    return log(m) > Number.NEGATIVE_INFINITY ? Number.NaN : 0
  }
}

/** The closure of an unevaluated derivative with respect to a symbol or an array entry. */
export const numericDerivative = (t: Deriv): Code => {
  const body = inRange(t.body)
  const here = code(t.wrt)
  const { wrt } = t
  if (wrt.kind === 'sym')
    return m => {
      const symbols = new Map(m.symbols)
      return differentiate(x => body(rebound(m, { symbols: symbols.set(wrt.name, x) })), here(m), t.order)
    }
  if (wrt.kind === 'at') {
    const index = wrt.index.map(i => code(i as Expr))
    return m => {
      const entries = m.arrays.get(wrt.name)
      if (!entries) return Number.NaN
      const place = index.map(i => toInteger(i(m)))
      const arrays = new Map(m.arrays)
      return differentiate(x => body(rebound(m, { arrays: arrays.set(wrt.name, withEntry(entries, place, x)) })), here(m), t.order)
    }
  }
  return () => Number.NaN
}

const rebound = (m: Machine, names: Partial<Machine>): Machine => ({ ...m, ...names, epoch: nextEpoch(), moving: undefined })
