/**
 * Solutions of equations that somebody wrote: a root for the data of each setting, and whether another equation holds there. For
 * lines that follow from a wrong one, and for naming the mistake in a wrong answer.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import type { Rel } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'
import { scalarised } from './components.ts'
import { nearlyHolds, stationary, unknownsIn } from './decide.ts'
import type { Reference } from './reference.ts'

/** Whether the second equation holds where the first does, near the maximum: for lines after a wrong one. */
export const sameSolution = (r: Reference, one: Rel, other: Rel): boolean => {
  const [u] = unknownsIn(r, one)
  if (u === undefined) return false
  let agreed = 0
  for (const { env, top } of stationary(r)) {
    const alone = scalarised(r, u, [one, other], env, top.values)
    const [first, second] = alone?.terms ?? []
    if (!alone || !first || !second) return false
    const { values } = alone
    const root = rootNear(r, first, u, env, values)
    const symbols = new Map(env.symbols)
    for (const [n, v] of values) if (typeof v === 'number') symbols.set(n, v)
    if (root === undefined) {
      // a root outside of the parameter space: p̂ = k/(2k − n)
      const value = second.left.kind === 'sym' && second.left.name === u ? evaluate(second.right, { ...env, symbols }) : Number.NaN
      if (!Number.isFinite(value)) continue
      symbols.set(u, value)
      symbols.set(`${u}\u0302`, value)
      if (!nearlyHolds(first, { ...env, symbols })) return false
      agreed++
      continue
    }
    symbols.set(u, root)
    symbols.set(`${u}\u0302`, root)
    if (!nearlyHolds(second, { ...env, symbols })) return false
    agreed++
  }
  return agreed > 0
}

/** A root of an equation in one of the parameters, the others at the maximum; Newton's method on a secant, from several starts. */
export const rootNear = (
  r: Reference,
  p: Rel,
  u: string,
  env: Env,
  values: ReadonlyMap<string, number | readonly number[]>,
): number | undefined => {
  const symbols = new Map(env.symbols)
  for (const [n, v] of values)
    if (typeof v === 'number') {
      symbols.set(n, v)
      symbols.set(`${n}\u0302`, v)
    }
  const here = { ...env, symbols }
  // an equation in the estimate alone
  const hatted = symbolsOf(p).has(`${u}\u0302`) && !symbolsOf(p).has(u)
  const f = (x: number): number => {
    symbols.set(hatted ? `${u}\u0302` : u, x)
    return evaluate(p.left, here) - evaluate(p.right, here)
  }
  const centre = values.get(u)
  const set = r.interior.domains.get(u)
  const lo = set?.kind === 'interval' ? evaluate(set.lo, env) : Number.NaN
  const hi = set?.kind === 'interval' ? evaluate(set.hi, env) : Number.NaN
  if (typeof centre !== 'number') return undefined
  const grid = gridAround(centre, lo, hi)
  let [a, fa] = [Number.NaN, Number.NaN]
  for (const x of grid) {
    const y = f(x)
    if (y === 0) return x
    if (fa * y < 0) {
      const root = bisect(f, a, x, fa)
      if (root !== undefined) return root
    }
    ;[a, fa] = [x, y]
  }
  return undefined
}
const gridAround = (centre: number, lo: number, hi: number): readonly number[] => {
  const out: number[] = []
  if (Number.isFinite(lo) && Number.isFinite(hi)) for (let k = 1; k < 40; k++) out.push(lo + ((hi - lo) * k) / 40)
  else if (Number.isFinite(lo)) for (let k = -20; k <= 20; k++) out.push(lo + Math.max(Math.abs(centre - lo), 0.1) * 10 ** (k / 7))
  else for (let k = -20; k <= 20; k++) out.push(centre + Math.sign(k) * (Math.abs(centre) + 1) * (10 ** (Math.abs(k) / 8) - 0.97))
  return out.sort((x, y) => x - y)
}
const bisect = (f: (x: number) => number, a0: number, b0: number, fa0: number): number | undefined => {
  let [a, b, fa] = [a0, b0, fa0]
  const size = Math.abs(fa0)
  for (let k = 0; k < 100; k++) {
    const c = (a + b) / 2
    const y = f(c)
    if (y === 0) return c
    if (fa * y < 0) b = c
    else {
      a = c
      fa = y
    }
  }
  // a pole changes the sign too
  return Math.abs(f((a + b) / 2)) <= 1e-6 * (1 + size) ? (a + b) / 2 : undefined
}
