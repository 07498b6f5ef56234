/**
 * Makes the equations among the facts true on a drawn setting by moving one real name: a symbol, or an array scaled or
 * shifted as a whole (Σ p_j = 1). Refuses nothing: what it cannot repair stays as it was, for the caller to reject.
 */
import { type Env, evaluate, holds, type NestedNumbers } from '../term/evaluate.ts'
import { type Rel, sub } from '../term/term.ts'
import { subterms } from '../term/walk.ts'

/** Changes of the value of a symbol, factors of an array: from small to large, both ways. */
const steps = [0, 0.1, -0.1, 0.3, -0.3, 0.7, -0.7, 1.5, -1.5, 3, -3, 6, -6, 15, -15]

const map = (a: NestedNumbers, f: (v: number) => number): NestedNumbers => a.map(v => (typeof v === 'number' ? f(v) : map(v, f)))

/** A zero of a function, bracketed between 0 and one of the steps. */
const zeroOf = (f: (s: number) => number): number | undefined => {
  const start = f(0)
  for (const s of steps) {
    const there = f(s)
    if (!(Math.sign(there) * Math.sign(start) <= 0)) continue
    let [a, b] = [0, s]
    for (let k = 0; k < 100; k++) {
      const c = (a + b) / 2
      if (c === a || c === b) break
      if (Math.sign(f(c)) === Math.sign(start)) a = c
      else b = c
    }
    return Math.abs(f(a)) < Math.abs(f(b)) ? a : b
  }
  return undefined
}

const ways = (env: Env, name: string): readonly ((s: number) => Env)[] => {
  const value = env.symbols.get(name)
  // 5e-17 is what is left of a 0, and no positive number
  const sum = (s: number): number => (Math.abs((value as number) + s) < 1e-13 * (1 + Math.abs(s)) ? 0 : (value as number) + s)
  if (value !== undefined) return [s => ({ ...env, symbols: new Map(env.symbols).set(name, sum(s)) })]
  const entries = env.arrays.get(name)
  if (!entries) return []
  const moved = (f: (v: number) => number): Env => ({ ...env, arrays: new Map(env.arrays).set(name, map(entries, f)) })
  return [s => moved(v => v * Math.exp(s)), s => moved(v => v + s)]
}

/** The setting with each equation made true in turn, where a movable name can do it. */
export const repair = (env: Env, equations: readonly Rel[], movable: (name: string) => boolean, tolerance: number): Env => {
  let now = env
  for (const e of equations) {
    if (holds(e, now, tolerance)) continue
    const residual = sub(e.left, e.right)
    const names = [...new Set([...subterms(e)].flatMap(t => (t.kind === 'at' || t.kind === 'sym' ? [t.name] : [])))].filter(movable)
    search: for (const name of names)
      for (const way of ways(now, name)) {
        const s = zeroOf(v => evaluate(residual, way(v)))
        if (s === undefined || !holds(e, way(s), tolerance)) continue
        now = way(s)
        break search
      }
  }
  return now
}
