/**
 * Where the parameter is an integer: equations on the way to it. L(N)/L(N − 1) = 1 is solved for a real N, and the maximum is the
 * integer just below that root; at a root that is an integer two neighbours are equally likely. Decides what is true, never what is wrong.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import { toNumber } from '../term/rational.ts'
import type { Expr, Rel } from '../term/term.ts'
import { settingsFor } from '../verify/settings.ts'
import { mentionsHat, unknownsIn } from './decide.ts'
import { logLikelihoodAt } from './estimate-stated.ts'
import { completed, once, type Reference } from './reference.ts'

const integerOf = (r: Reference): string | undefined => {
  const [p, ...others] = r.model.parameters
  return p && others.length === 0 && p.length === undefined && p.domain.kind === 'range' ? p.name : undefined
}
const farthest = 400
const at = (env: Env, name: string, v: number): Env => ({ ...env, symbols: new Map(env.symbols).set(name, v) })

/** The integers at which the likelihood is largest, those at an end of the parameter space left out. */
const tops = (r: Reference, name: string): readonly { readonly env: Env; readonly values: readonly number[] }[] =>
  once(r, 'integer tops', () => {
    const first = topsAmong(r, name, r.settings)
    return first.length >= 3 || r.fixed || r.special
      ? first
      : [...first, ...topsAmong(r, name, settingsFor(r.model, 16).of(r.interior, 'more'))]
  })
const topsAmong = (
  r: Reference,
  name: string,
  settings: readonly { readonly env: Env }[],
): readonly { readonly env: Env; readonly values: readonly number[] }[] =>
  settings.flatMap(({ env }) => {
    const domain = r.model.parameters[0]?.domain
    if (domain?.kind !== 'range') return []
    const [lo, hi] = [evaluate(domain.lo, env), evaluate(domain.hi, env)]
    const own = Math.round(env.symbols.get(name) ?? 0)
    const from = Number.isFinite(lo) ? lo : own - farthest / 2
    const to = Math.min(Number.isFinite(hi) ? hi : Number.POSITIVE_INFINITY, from + farthest)
    let best = -Infinity
    let values: number[] = []
    for (let v = from; v <= to; v++) {
      const height = logLikelihoodAt(r, at(env, name, v))
      if (!Number.isFinite(height)) continue
      const slack = Number.isFinite(best) ? 1e-9 * (1 + Math.abs(best)) : 0
      if (height > best + slack) {
        best = height
        values = [v]
      } else if (height >= best - slack) values.push(v)
    }
    const inside = values.filter(v => v > lo && v < to)
    return inside.length > 0 && values.length <= 2 ? [{ env: completed(r.model, env), values: inside }] : []
  })

/** Whether an equation in an integer parameter has its root next to the maximum, in every sample that was drawn. */
export const crossesAtTop = (r: Reference, p: Rel): boolean => {
  const name = integerOf(r)
  if (name === undefined || p.op !== '=' || mentionsHat(p) || !unknownsIn(r, p).includes(name)) return false
  const found = tops(r, name)
  return (
    found.length >= 2 &&
    found.every(({ env, values }) => {
      const gap = (v: number): number => evaluate(p.left, at(env, name, v)) - evaluate(p.right, at(env, name, v))
      const [from, to] = [Math.min(...values) - 1e-9, Math.max(...values) + 1 + 1e-9]
      const steps = 24
      let last = Number.NaN
      for (let k = 0; k <= steps; k++) {
        const g = gap(from + ((to - from) * k) / steps)
        if (Math.abs(g) < 1e-7 || (Number.isFinite(last) && Number.isFinite(g) && last > 0 !== g > 0)) return true
        last = g
      }
      return false
    })
  )
}

/** Whether a stated integer is among the highest. Undefined where that is no question. */
export const isAmongTops = (r: Reference, name: string, value: Expr): boolean | undefined => {
  if (integerOf(r) !== name) return undefined
  const found = tops(r, name)
  if (found.length < 2) return undefined
  if (value.kind === 'num') return found.every(({ values }) => values.includes(toNumber(value.value)))
  return found.every(({ env, values }) => values.some(v => Math.abs(v - evaluate(value, env)) < 1e-9))
}
