/**
 * A look in numbers before a sign is searched for by calculus: a function that takes the other sign at one admissible point has
 * no sign to be proved. It refutes only; nothing is concluded from the points at which it agrees.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import type { Expr, SetTerm } from '../term/term.ts'
import { arraysOf, symbolsOf } from '../term/walk.ts'
import type { Setting } from './setting.ts'

const nowhere: Env = { symbols: new Map(), arrays: new Map() }

/** Some points of a set with ends that are numbers; none for another set. */
export const pointsOf = (set: SetTerm): readonly number[] => {
  if (set.kind === 'finite') return set.elements.map(e => evaluate(e, nowhere))
  const end = (e: Expr): number => (e.kind === 'infinity' ? (e.negative ? -Infinity : Infinity) : evaluate(e, nowhere))
  const [lo, hi] = [end(set.lo), end(set.hi)]
  if (Number.isNaN(lo) || Number.isNaN(hi)) return []
  if (set.kind === 'range')
    return [0, 1, 2, 5].map(k => (Number.isFinite(lo) ? lo + k : Math.min(hi, 2) - k)).filter(v => lo <= v && v <= hi)
  const inside = (u: number): number =>
    Number.isFinite(lo) && Number.isFinite(hi)
      ? lo + u * (hi - lo)
      : Number.isFinite(lo)
        ? lo + u / (1 - u)
        : Number.isFinite(hi)
          ? hi - u / (1 - u)
          : Math.tan(Math.PI * (u - 0.5))
  return [0.23, 0.41, 0.62, 0.79].map(inside)
}

/** Data sets of one and two observations. */
const samplesOf = (points: readonly number[]): readonly (readonly number[])[] => {
  const [a, b, c, d] = [points[0], points[1], points.at(-2), points.at(-1)]
  return [[a], [d], [b, b], [a, d], [c, b]].filter((list): list is number[] => list.every(v => v !== undefined))
}

/** True if the term is positive (for `wanted` < 0) or negative (for `wanted` > 0) at an admissible point. */
export const isRefuted = (t: Expr, wanted: 1 | -1, s: Setting): boolean => {
  if (s.moving || s.model.assume.length > 0) return false
  const thetas = pointsOf(s.space)
  const samples = samplesOf(pointsOf(s.variable.support))
  const arrays = [...arraysOf(t)]
  if (thetas.length === 0 || samples.length === 0 || arrays.some(name => name !== s.variable.name)) return false
  const size = s.size.kind === 'sym' ? s.size.name : undefined
  const symbols = new Map<string, number>()
  let k = 1
  for (const name of symbolsOf(t)) {
    if (name === s.unknown.name || name === size) continue
    const set = s.closed.domains.get(name)
    // different ones for different constants: where two rates are the same, too much vanishes
    const points = set ? pointsOf(set) : []
    const point = points[k++ % Math.max(1, points.length)]
    if (point === undefined) return false
    symbols.set(name, point)
  }
  for (const data of samples) {
    if (size) symbols.set(size, data.length)
    else if (s.size.kind !== 'num' || Number(s.size.value.num) !== data.length) continue
    for (const theta of thetas) {
      symbols.set(s.unknown.name, theta)
      const value = evaluate(t, { symbols: new Map(symbols), arrays: new Map([[s.variable.name, data]]) })
      if (value * wanted < -1e-6) return true
    }
  }
  return false
}

/** True if the term is positive at one admissible point and negative at another: it has no one sign. */
export const hasBothSigns = (t: Expr, s: Setting): boolean => isRefuted(t, 1, s) && isRefuted(t, -1, s)
