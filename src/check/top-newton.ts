/**
 * Newton steps on the derivatives of ℓ in several scalar parameters, the ones that linear constraints determine left out. What does
 * not come to rest at one point from every start is not found.
 */
import { inPlace, placeOf } from '../estimate/coordinates.ts'
import { type Env, evaluate } from '../term/evaluate.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { type Expr, ONE, reals, sub, sym } from '../term/term.ts'
import { substitute } from '../term/walk.ts'
import { linearSolve } from '../verify/climb.ts'
import { differentiate } from './differentiate.ts'
import { once, type Reference } from './reference.ts'
import type { Top } from './top.ts'

/** What is climbed: ℓ in the parameters that are free, the others as terms in them. */
export interface Free {
  readonly names: readonly string[]
  readonly ell: Expr
  readonly rest: readonly (readonly [string, Expr])[]
}

/** ℓ with the parameters that linear constraints determine replaced: p₃ by 1 − p₁ − p₂. */
export const reduced = (r: Reference): Free | undefined =>
  once(r, 'reduced', () => {
    let free: Free = { names: r.unknowns, ell: r.ell, rest: [] }
    for (const c of r.model.constraints) {
      if (c.kind !== 'rel') return undefined
      if (c.op !== '=') continue
      const g = sub(c.left, c.right)
      const name = [...free.names].reverse().find(u => same(normalForm(differentiate(g, sym(u))), ONE))
      if (name === undefined) return undefined
      const value = normalForm(sub(sym(name), g))
      const put = new Map([[name, value]])
      free = { names: free.names.filter(u => u !== name), ell: substitute(free.ell, put), rest: [...free.rest, [name, value]] }
    }
    return free
  })

/** How often ℓ may be evaluated on one climb. */
const mostHeights = 500

/** The top to which Newton steps climb from the parameters of a few settings, `from` of them; undefined unless all agree. */
export const byNewton = (r: Reference, env: Env, free: Free | undefined, from = 3): Top | undefined => {
  if (!free || free.names.length === 0) return undefined
  const { names } = free
  const key = `climb ${free.ell.hash} ${names.join()}`
  const slope = once(r, `${key} 1`, () => names.map(u => differentiate(free.ell, sym(u))))
  const curve = once(r, `${key} 2`, () => slope.map(g => names.map(u => differentiate(g, sym(u)))))
  const places = names.map(u => placeOf(r.model.parameters.find(p => p.name === u)?.domain ?? reals, env))
  const symbols = new Map(env.symbols)
  const here: Env = { ...env, symbols }
  const put = (v: readonly number[]): void => {
    names.forEach((name, i) => {
      symbols.set(name, v[i] as number)
    })
  }
  const inside = (v: readonly number[]): boolean => v.every((x, i) => inPlace(places[i] as (typeof places)[number], x))
  const height = (v: readonly number[]): number => {
    if (!inside(v)) return -Infinity
    put(v)
    const y = evaluate(free.ell, here)
    return Number.isNaN(y) ? -Infinity : y
  }
  const climb = (from: readonly number[]): { v: readonly number[]; y: number; still: boolean } => {
    let v = from
    let y = height(v)
    // a kink is no place to come to rest: what a smooth top needs is a tenth of this
    let fuel = mostHeights
    for (let step = 0; step < 60; step++) {
      put(v)
      const g = slope.map(t => evaluate(t, here))
      const h = curve.map(row => row.map(t => evaluate(t, here)))
      if (g.some(Number.isNaN) || h.some(row => row.some(Number.isNaN))) break
      const scale = v.map(x => Math.max(Math.abs(x), 1e-3))
      if (g.every((d, i) => Math.abs(d) * (scale[i] as number) <= 1e-9 * (1 + Math.abs(y)))) {
        const last = linearSolve(h, g)
        const polished = last ? v.map((x, i) => x - (last[i] as number)) : v
        return height(polished) >= y ? { v: polished, y: height(polished), still: true } : { v, y, still: true }
      }
      let moved = false
      for (let damp = 0; damp < 7 && !moved; damp++) {
        // Levenberg: a ridge makes the step an ascent
        const ridge = damp === 0 ? 0 : 10 ** (damp - 4) * Math.max(...h.map((row, i) => Math.abs(row[i] as number)), 1e-6)
        const way = linearSolve(
          h.map((row, i) => row.map((x, j) => x - (i === j ? ridge : 0))),
          g,
        )
        if (!way) continue
        // no double is any higher
        if (damp === 0 && way.every((d, i) => Math.abs(d) <= 1e-8 * (scale[i] as number)))
          return { v, y, still: g.every((d, i) => Math.abs(d) * (scale[i] as number) <= 1e-5 * (1 + Math.abs(y))) }
        for (let k = 0, size = 1; k < 9 && !moved; k++, size /= 2) {
          const w = v.map((x, i) => x - size * (way[i] as number))
          if (fuel-- <= 0) return { v, y, still: false }
          const z = height(w)
          if (z > y) {
            v = w
            y = z
            moved = true
          }
        }
      }
      if (!moved) return { v, y, still: g.every((d, i) => Math.abs(d) * (scale[i] as number) <= 1e-5 * (1 + Math.abs(y))) }
      if (y > 1e6 || v.some(x => Math.abs(x) > 1e8)) break
    }
    return { v, y, still: false }
  }
  const starts = [env, ...r.settings.map(s => s.env)].slice(0, from).map(e => names.map(n => e.symbols.get(n) ?? Number.NaN))
  const ends = starts.filter(s => !s.some(Number.isNaN)).map(climb)
  if (ends.length === 0) return undefined
  const best = ends.reduce((a, b) => (b.y > a.y ? b : a))
  if (!best.still || !ends.every(e => e.y <= best.y)) return undefined
  // as high somewhere else: a ridge that rises without end, and no point
  const apart = (v: readonly number[]): boolean =>
    v.some((x, i) => Math.abs(x - (best.v[i] as number)) > 1e-3 * (1 + Math.abs(best.v[i] as number)))
  if (ends.some(e => best.y - e.y <= 1e-4 * (1 + Math.abs(best.y)) && apart(e.v))) return undefined
  put(best.v)
  const values = new Map<string, number>(names.map((n, i) => [n, best.v[i] as number]))
  for (const [n, t] of free.rest) values.set(n, evaluate(t, here))
  return { values, stationary: true, height: best.y }
}
