/**
 * What a wrong line is tried against: whether a candidate has its values at the settings of the model, or its solution. Nothing
 * is searched here.
 */
import { type Env, evaluate, evaluateLog } from '../term/evaluate.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { div, type Expr, neg, num, type Rel, sub, type Term } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'
import { atTop, stationary } from './decide.ts'
import { settled } from './differentiate.ts'
import { once, type Reference } from './reference.ts'
import { type Top, topOf } from './top.ts'

/** What a wrong line is tried against: whether a candidate has its values, or its solution. */
export type Matches = (candidate: Term) => boolean

export type Manner = 'exact' | 'up to a summand' | 'up to a factor'

export const close = (a: number, b: number, tolerance = 1e-8): boolean =>
  Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= tolerance * (1e-6 + Math.max(Math.abs(a), Math.abs(b)))

/** A wrong value: the same function of data and parameters, or the same up to a constant. */
export const valueMatcher = (r: Reference, wrong: Expr, manner: Manner, unit: Expr): Matches | undefined => {
  const points = r.settings.slice(0, 4).map(s => [s.env, s.other] as const)
  const read = (t: Expr, env: Env): number => {
    if (manner !== 'up to a factor') return evaluate(t, env)
    const l = evaluateLog(t, env)
    return l.sign > 0 ? l.log : Number.NaN
  }
  const scaled = div(wrong, unit)
  const values = points.map(([a, b]) => [read(scaled, a), read(scaled, b)] as const)
  const usable = values.map(([a, b], i) => ({ a, b, i })).filter(v => Number.isFinite(v.a) && (manner === 'exact' || Number.isFinite(v.b)))
  if (usable.length < 2) return written(scaled)
  return candidate => {
    const t = settled(candidate as Expr)
    for (const { a, b, i } of usable) {
      const [p, q] = points[i] as (typeof points)[number]
      const x = read(t, p)
      if (!Number.isFinite(x)) return false
      if (manner === 'exact') {
        if (!close(x, a)) return false
        if (!r.moving && Number.isFinite(b) && !close(read(t, q), b)) return false
      } else {
        const y = read(t, q)
        if (!Number.isFinite(y) || Math.abs(x - y - (a - b)) > 1e-8 * (1 + Math.abs(a) + Math.abs(b))) return false
      }
    }
    return true
  }
}

/** The log of a negative number has no value anywhere: what was written is compared as it stands. */
const written = (wrong: Expr): Matches | undefined => {
  if (!hasKind(wrong, 'fn')) return undefined
  const wanted = normalForm(wrong)
  return candidate => same(normalForm(settled(candidate as Expr)), wanted)
}

/** A wrong solution: an equation (or a score) that it solves for every sample. */
export const rootMatcher = (r: Reference, parameter: string, solution: (env: Env, top: Top) => number | undefined): Matches | undefined => {
  const tops = once(r, 'tops', () => {
    const still = stationary(r)
    return still.length > 0
      ? still
      : r.settings.flatMap(s => {
          const top = topOf(r, s.env)
          return top ? [{ env: s.env, top }] : []
        })
  })
  const roots = tops.flatMap(({ env, top }) => {
    const x = solution(env, top)
    if (x === undefined || !Number.isFinite(x)) return []
    const symbols = new Map(atTop(env, top).symbols)
    return [{ x, symbols, env: { ...atTop(env, top), symbols } }]
  })
  if (roots.length < 2) return undefined
  return candidate => {
    const c = settled(candidate)
    const g = c.kind === 'rel' ? sub(c.left, c.right) : (c as Expr)
    for (const { x, symbols, env } of roots.slice(0, 4)) {
      const at = (v: number): number => {
        symbols.set(parameter, v)
        symbols.set(`${parameter}\u0302`, v)
        return evaluate(g, env)
      }
      const zero = at(x)
      const step = 0.03 * (Math.abs(x) + 1e-3)
      const [below, above] = [at(x - step), at(x + step)]
      const around = (Number.isFinite(below) ? Math.abs(below) : 0) + (Number.isFinite(above) ? Math.abs(above) : 0)
      if (!(Math.abs(zero) <= 1e-6 * around) || around === 0) return false
    }
    return true
  }
}

/** An equation as it is written: the same difference of its sides, or the opposite one. */
export const writtenMatcher = (r: Reference, p: Rel): Matches | undefined => {
  const difference = sub(p.left, p.right)
  const [one, other] = [valueMatcher(r, difference, 'exact', num(1)), valueMatcher(r, neg(difference), 'exact', num(1))]
  if (!one || !other) return undefined
  return c => {
    const g = c.kind === 'rel' ? sub(c.left, c.right) : c
    return one(g) || other(g)
  }
}
