/**
 * What a density needs of a covariate that was declared without a domain: a rate λ·t is one for t > 0 only. Found by
 * looking: where the density is negative or has no value on one side of 0 and is fine on the other, that other side is
 * required. A need that depends on the sign of a parameter is none of the covariate's.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import { infinity, interval, minusInfinity, type SetTerm, ZERO } from '../term/term.ts'
import { pointOf } from './density-check.ts'
import type { Model, Sample, Variable } from './model.ts'

/** Points of a support, its first ones if they are integers. */
const observations = (set: SetTerm, env: Env): readonly number[] => {
  if (set.kind === 'finite') return set.elements.map(e => evaluate(e, env))
  const lo = evaluate(set.lo, env)
  if (set.kind === 'range' && Number.isFinite(lo)) return [0, 1, 2, 3].map(k => lo + k).filter(x => x <= evaluate(set.hi, env))
  return [0, 1, 2].map(k => pointOf(set, k, env))
}

/** What was seen of the density with the covariate at one value. */
type Look = 'density' | 'nothing' | 'bad' | 'unknown'

const lookAt = (model: Model, s: Sample, name: string, value: number, k: number): Look => {
  const symbols = new Map<string, number>()
  const env: Env = { symbols, arrays: new Map() }
  for (const c of s.covariates) symbols.set(c.name, c.name === name ? value : pointOf(c.support, k, env))
  for (const c of s.covariates)
    if (c.name !== name && c.support.kind === 'interval') symbols.set(c.name, Math.abs(symbols.get(c.name) ?? 1))
  for (const x of model.known) symbols.set(x.name, x.value ? evaluate(x.value, env) : pointOf(x.domain, k, env))
  model.parameters.forEach((p, j) => {
    symbols.set(p.name, pointOf(p.domain, k + j, env))
  })
  const [v] = s.variables
  if (!v || [...symbols.values()].some(Number.isNaN)) return 'unknown'
  let positive = false
  for (const x of observations(v.support, { symbols: new Map(symbols), arrays: env.arrays })) {
    const f = evaluate(s.density, { symbols: new Map(symbols).set(v.name, x), arrays: env.arrays })
    if (Number.isNaN(f) || f < 0 || f === Infinity) return 'bad'
    if (f > 0) positive = true
  }
  return positive ? 'density' : 'nothing'
}

/** The side of 0 on which the density needs a covariate without a domain to be; undefined if it needs nothing. */
export const requiredOf = (model: Model, s: Sample, c: Variable): SetTerm | undefined => {
  const isScalar = (v: { readonly length?: unknown }): boolean => v.length === undefined
  if (s.variables.length !== 1 || ![...s.variables, ...s.covariates, ...model.parameters, ...model.known].every(isScalar)) return undefined
  const seen = (values: readonly number[]): readonly Look[] => [0, 1, 2].flatMap(k => values.map(v => lookAt(model, s, c.name, v, k)))
  const [above, below] = [seen([0.7, 1.9, 3.1]), seen([-0.7, -1.9, -3.1])]
  const isFine = (looks: readonly Look[]): boolean => looks.every(l => l === 'density')
  const isBad = (looks: readonly Look[]): boolean => looks.includes('bad')
  const atZero = isFine(seen([0]))
  if (isFine(above) && isBad(below)) return interval(ZERO, infinity, atZero, false)
  if (isFine(below) && isBad(above)) return interval(minusInfinity, ZERO, false, atZero)
  return undefined
}
