/**
 * The root of an equation that defines an estimate implicitly: bracketed on a grid of the parameter space, then a
 * safeguarded Newton iteration (a step that leaves the bracket is replaced by its midpoint).
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import { slider } from '../term/slider.ts'
import type { Rel } from '../term/term.ts'
import { gridBetween, type Place } from './coordinates.ts'
import { rootsOnGrid } from './numeric-roots.ts'

/** Newton's iteration inside a bracket; the slope is a central difference over a small part of it. */
export const newton = (f: (x: number) => number, lo: number, hi: number, from: number, fuel = 100): number => {
  let [a, b] = [lo, hi]
  const rising = f(b) > f(a)
  let x = from
  for (let left = fuel; left > 0; left--) {
    const y = f(x)
    if (y === 0) return x
    if (y > 0 === rising) b = x
    else a = x
    const h = 1e-5 * Math.min(Math.abs(b - a), Math.abs(x) + 1e-8)
    const slope = (f(x + h) - f(x - h)) / (2 * h)
    let next = x - y / slope
    if (!(next > a && next < b)) next = (a + b) / 2
    if (Math.abs(next - x) <= 2 * Number.EPSILON * Math.abs(x) || next === a || next === b) return next
    x = next
  }
  return x
}

/** A support that moves ends at an extreme observation, and the root may be close to it. */
const besideExtremes = (data: readonly number[]): readonly number[] => {
  if (data.length === 0) return []
  const [lo, hi] = [Math.min(...data), Math.max(...data)]
  const width = hi - lo || Math.abs(hi) || 1
  const steps = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 1e-3, 1e-4, 1e-6, 1e-8].map(k => k * width)
  return steps.flatMap(d => [lo - d, hi + d, Math.max(Math.abs(lo), Math.abs(hi)) + d])
}

/** All roots of the equation in one unknown over its place, ascending; the unknown is not to have a value in `env`. */
export const rootsOfEquation = (
  equation: Rel,
  unknown: string,
  place: Place,
  env: Env,
  extra: readonly number[] = [],
): readonly number[] => {
  if (place.kind !== 'real') return []
  const { to } = slider(env, unknown)
  const f = (x: number): number => {
    const here = to(x)
    return evaluate(equation.left, here) - evaluate(equation.right, here)
  }
  const inside = (x: number): boolean => place.lo < x && x < place.hi
  return rootsOnGrid(f, gridBetween(place.lo, place.hi, 8, [...extra, ...besideExtremes(extra)])).roots.map(r => {
    const d = 1e-3 * (Math.abs(r) + 1e-6)
    const [a, b] = [r - d, r + d]
    const [fa, fb] = [f(a), f(b)]
    return inside(a) && inside(b) && fa * fb < 0 ? newton(f, a, b, r) : r
  })
}
