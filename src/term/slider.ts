/**
 * A symbol that moves while everything else rests, as when an equation is solved on a grid: sums over the data that do
 * not hold the symbol are computed once.
 */
import { type Code, type Env, nextEpoch } from './machine.ts'
import { type Expr, nameBit } from './term.ts'

/** A setting in which one symbol is moved about. */
export interface Slider {
  readonly env: Env
  /** The setting with the symbol at x; the same object each time, good until the next call. */
  readonly to: (x: number) => Env
}

export const slider = (env: Env, name: string): Slider => {
  const symbols = new Map(env.symbols)
  const moved: Env = { ...env, symbols, moving: { bit: nameBit(name), symbols, arrays: env.arrays, number: nextEpoch() } }
  return {
    env,
    to: x => {
      symbols.set(name, x)
      return moved
    },
  }
}

/** The code of a term without free indices that keeps its value while only symbols move that it does not hold. */
export const atRest = (t: Expr, compute: Code): Code => {
  let number = -1
  let value = Number.NaN
  return m => {
    const { moving } = m
    if (moving === undefined || (t.names & moving.bit) !== 0) return compute(m)
    if (moving.number !== number) {
      value = compute(m)
      number = moving.number
    }
    return value
  }
}
