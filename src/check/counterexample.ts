/** The smallest setting on which two sides differ: two or three simple observations, simple parameters. */
import { contains, type Env, evaluate, evaluateLog } from '../term/evaluate.ts'
import type { Expr } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'
import { mentionsHat } from './decide.ts'
import { once, type Reference, withHats } from './reference.ts'
import type { Counterexample } from './report.ts'
import { topOf } from './top.ts'

const candidates: readonly (readonly number[])[] = [
  [0, 1],
  [1, 2],
  [1, 3],
  [0, 1, 1],
  [1, 2, 4],
  [0.2, 0.5],
  [0.1, 0.5, 0.9],
  [0.5, 2],
  [-1, 2],
  [1, 1],
  [2, 3],
]
const simple: readonly number[] = [0.5, 2, 1, 0.25, 3, 0.2, 4, 0, 5]

/** Small settings of a model with one scalar sample and scalar parameters and knowns. */
const small = (r: Reference): readonly Env[] =>
  once(r, 'small settings', () => {
    if (r.fixed) return []
    const [sample, ...others] = r.model.samples
    const [v, ...parts] = sample?.variables ?? []
    if (!sample || !v || others.length > 0 || parts.length > 0 || v.length || sample.covariates.length > 0 || sample.size.kind !== 'sym')
      return []
    if (r.model.known.some(k => k.length) || r.model.parameters.some(p => p.length) || r.model.constraints.length > 0) return []
    const found: Env[] = []
    for (const shift of [0, 1, 2])
      for (const data of candidates) {
        const symbols = new Map<string, number>([[(sample.size as { name: string }).name, data.length]])
        const env: Env = { symbols, arrays: new Map([[v.name, data]]) }
        const put = (name: string, set: Parameters<typeof contains>[0], k: number): boolean => {
          const fitting = simple.filter(x => contains(set, x, env))
          const value = fitting[k % Math.max(1, fitting.length)]
          if (value === undefined) return false
          symbols.set(name, value)
          return true
        }
        const all = [...r.model.known.map(k => [k.name, k.domain] as const), ...r.model.parameters.map(p => [p.name, p.domain] as const)]
        if (!all.every(([name, set], i) => put(name, set, shift + (i > 0 ? 1 : 0)))) continue
        if (!data.every(x => contains(v.support, x, env))) continue
        for (const letter of ['i', 'j']) if (!symbols.has(letter)) symbols.set(letter, 1)
        if (!symbols.has(v.name)) symbols.set(v.name, data[0] as number)
        found.push(env)
      }
    return found.slice(0, 16)
  })

const real = (x: number): Counterexample['left'] =>
  Number.isNaN(x) ? null : x === Infinity ? 'inf' : x === -Infinity ? '-inf' : Number(x.toPrecision(8))

const valueAt = (t: Expr, env: Env): number => {
  if (hasKind(t, 'expect')) return Number.NaN
  const v = evaluate(t, env)
  if (v !== 0) return v
  const l = evaluateLog(t, env)
  return l.sign === 0 ? v : l.sign * Math.exp(l.log)
}

const differ = (a: number, b: number): boolean =>
  Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) > 1e-6 * (1 + Math.max(Math.abs(a), Math.abs(b)))

export const counterexampleOf = (r: Reference, c: { readonly env: Env; readonly left: Expr; readonly right: Expr }): Counterexample => {
  const hatted = mentionsHat(c.left) || mentionsHat(c.right)
  const isEstimate = c.left.kind === 'sym' && r.unknowns.includes(c.left.name)
  const better = small(r).flatMap(env => {
    if (!hatted && !isEstimate) return [env]
    const top = topOf(r, env)
    if (!top) return []
    const symbols = new Map(env.symbols)
    if (isEstimate) for (const [name, v] of top.values) if (typeof v === 'number') symbols.set(name, v)
    return [withHats({ ...env, symbols }, top.values)]
  })
  const env = better.find(e => differ(valueAt(c.left, e), valueAt(c.right, e))) ?? c.env
  const names = new Set([...r.unknowns, ...r.model.known.map(k => k.name)])
  return {
    data: Object.fromEntries([...env.arrays].filter(([name]) => !names.has(name) && !name.endsWith('\u0302'))),
    parameters: Object.fromEntries(
      [...env.symbols].filter(([name]) => names.has(name)).map(([name, v]) => [name, Number(v.toPrecision(8))]),
    ),
    left: real(valueAt(c.left, env)),
    right: real(valueAt(c.right, env)),
  }
}
