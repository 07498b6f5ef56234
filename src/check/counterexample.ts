/** The smallest setting on which two sides differ: two or three simple observations, simple parameters. */
import { contains, type Env, evaluate, evaluateLog, holds } from '../term/evaluate.ts'
import type { Expr } from '../term/term.ts'
import { arraysOf, hasKind, mentions } from '../term/walk.ts'
import { mentionsHat } from './decide.ts'
import { completed, once, type Reference, withHats } from './reference.ts'
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

/** A setting with two or three observations of each sample, its numbers rounded; undefined where the model does not allow them. */
const shortened = (r: Reference, env: Env, size: number, step: number): Env | undefined => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  const round = (x: number): number => Number((Math.round(x / step) * step).toPrecision(12))
  const put = (name: string, set: Parameters<typeof contains>[0]): boolean => {
    const x = symbols.get(name)
    if (x === undefined) return false
    symbols.set(name, round(x))
    return contains(set, round(x), { symbols, arrays })
  }
  const { model } = r
  if (![...model.known, ...model.parameters].every(p => !p.length && put(p.name, p.domain))) return undefined
  for (const s of model.samples) {
    if (s.size.kind === 'sym') symbols.set(s.size.name, size)
    else if (s.size.kind !== 'num') return undefined
    for (const v of [...s.variables, ...s.covariates]) {
      const list = arrays.get(v.name)
      const kept = list?.slice(0, s.size.kind === 'sym' ? size : list.length)
      if (!kept?.every(x => typeof x === 'number')) return undefined
      arrays.set(v.name, (kept as readonly number[]).map(round))
    }
  }
  const found = completed(model, { ...env, symbols, arrays })
  const possible = model.samples.every(s =>
    [...s.variables, ...s.covariates].every(v =>
      (arrays.get(v.name) ?? []).every(x => typeof x === 'number' && contains(v.support, x, found)),
    ),
  )
  return possible && model.constraints.every(c => holds(c, found)) && evaluateLog(r.likelihood, found).sign > 0 ? found : undefined
}

/** Small settings of any model with lists of numbers. */
const shorter = (r: Reference): readonly Env[] =>
  once(r, 'shorter settings', () =>
    r.fixed || r.special || r.model.likelihood
      ? []
      : [2, 3].flatMap(size => [1, 0.5, 0.1].flatMap(step => r.settings.slice(0, 3).flatMap(s => shortened(r, s.env, size, step) ?? []))),
  )

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

/** The observations; only their number where nothing else of them stands in either side, as in an expected information. */
const dataShown = (
  r: Reference,
  c: { readonly left: Expr; readonly right: Expr },
  data: Counterexample['data'],
  env: Env,
): Counterexample['data'] => {
  const size = r.size?.kind === 'sym' ? r.size.name : undefined
  const sides = [c.left, c.right]
  const inData = (name: string): boolean => sides.some(t => mentions(t, name) || arraysOf(t).has(name) || mentionsHat(t))
  const seen = sides.some(t => t.kind === 'sym') || r.observed.some(inData) || size === undefined
  const n = size === undefined ? undefined : env.symbols.get(size)
  return seen || n === undefined ? data : { [size as string]: n }
}

/** Null where the model's own side has no value there: nothing can be compared. */
export const counterexampleOf = (
  r: Reference,
  c: { readonly env: Env; readonly left: Expr; readonly right: Expr },
): Counterexample | null => {
  const hatted = mentionsHat(c.left) || mentionsHat(c.right)
  const isEstimate = c.left.kind === 'sym' && r.unknowns.includes(c.left.name)
  const atEstimates = (env: Env): Env | undefined => {
    if (!hatted && !isEstimate) return env
    const top = topOf(r, env)
    if (!top) return undefined
    const symbols = new Map(env.symbols)
    for (const [name, v] of top.values)
      if (typeof v === 'number' && (isEstimate || !(mentions(c.left, name) || mentions(c.right, name)))) symbols.set(name, v)
    return withHats({ ...env, symbols }, top.values)
  }
  // one after the other: a maximum is costly
  let env = c.env
  for (const candidate of small(r).length > 0 ? small(r) : shorter(r)) {
    const e = atEstimates(candidate)
    if (e && differ(valueAt(c.left, e), valueAt(c.right, e))) {
      env = e
      break
    }
  }
  if (Number.isNaN(valueAt(c.left, env))) return null
  const names = new Set([...r.unknowns, ...r.model.known.map(k => k.name)])
  return {
    data: dataShown(r, c, Object.fromEntries([...env.arrays].filter(([name]) => !names.has(name) && !name.endsWith('\u0302'))), env),
    parameters: Object.fromEntries(
      [...env.symbols].filter(([name]) => names.has(name)).map(([name, v]) => [name, Number(v.toPrecision(8))]),
    ),
    left: real(valueAt(c.left, env)),
    right: real(valueAt(c.right, env)),
  }
}
