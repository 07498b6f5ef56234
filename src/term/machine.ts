/**
 * The state in which compiled terms run: values of names, and a small stack of the bound indices. Compiled code is
 * a closure over this; see `evaluate.ts`.
 */

/** Entries of an array of one or more dimensions. */
export type NestedNumbers = readonly (number | NestedNumbers)[]

/** Values of the free names of a term. Arrays are indexed from 1 in terms and from 0 here. */
export interface Env {
  readonly symbols: ReadonlyMap<string, number>
  readonly arrays: ReadonlyMap<string, NestedNumbers>
  /** Named quantities applied to arguments; `prime` counts derivatives per argument. Absent: NaN. */
  readonly calls?: ReadonlyMap<string, (args: readonly number[], prime: readonly number[]) => number>
  /** Everything rests but one symbol; of these very maps only. See `slider.ts`. */
  readonly moving?: Moving
}

/** One symbol moves while all other values rest: what does not hold its name need not be computed again. */
export interface Moving {
  readonly bit: number
  readonly symbols: Env['symbols']
  readonly arrays: Env['arrays']
  /** A number of its own for each time that a symbol is set moving. */
  readonly number: number
}

export interface Machine {
  symbols: Env['symbols']
  arrays: Env['arrays']
  calls: Env['calls']
  /** A number of its own for each binding of names to values, so that closures can keep what they looked up. */
  epoch: number
  moving: Moving | undefined
  /** Values of the indices of the enclosing binders; the innermost is `stack[top - 1]`. */
  stack: number[]
  top: number
  /** Second result of code on the log scale: the sign of the value. */
  sign: number
}

/** A compiled term. On the log scale it returns log|value| and leaves the sign in the machine. */
export type Code = (m: Machine) => number

let epochs = 0
export const nextEpoch = (): number => ++epochs

/** At most this many terms of one finite sum, product or quantifier; beyond, NaN. */
export const rangeFuel = 50_000_000

/** The nearest integer to within rounding errors of index arithmetic, or NaN. Infinite ends stay infinite. */
export const toInteger = (x: number): number => {
  if (Number.isInteger(x)) return x
  const r = Math.round(x)
  return Math.abs(x - r) <= 1e-9 * Math.max(1, Math.abs(x)) || x === r ? r : Number.NaN
}

/** A machine with its names bound to an environment. */
export const bindMachine = (env: Env): Machine => ({
  symbols: env.symbols,
  arrays: env.arrays,
  calls: env.calls,
  epoch: nextEpoch(),
  moving: env.moving?.symbols === env.symbols && env.moving.arrays === env.arrays ? env.moving : undefined,
  stack: [],
  top: 0,
  sign: 1,
})
