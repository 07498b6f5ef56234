/**
 * A vector of counts whose components add up to a fixed number: no domain of the components says so, the density does. It
 * is found by summing the density: over all vectors of counts it is more than a density, over those with that total it
 * is one. Looks at vectors of integers from 0 only, at few components.
 */
import { type Env, evaluate, holds, type NestedNumbers } from '../term/evaluate.ts'
import * as Q from '../term/rational.ts'
import { type Expr, isZero, sym } from '../term/term.ts'
import { subterms, symbolsOf } from '../term/walk.ts'
import { pointOf } from './density-check.ts'
import type { Model, Sample } from './model.ts'

/** All vectors of `length` counts from 0 to `most`. */
const vectors = (length: number, most: number): readonly (readonly number[])[] =>
  length === 0 ? [[]] : vectors(length - 1, most).flatMap(v => Array.from({ length: most + 1 }, (_, k) => [...v, k]))

/** What the total may be: the end of the support, a known count or covariate of the density, a number that stands in it. */
const candidates = (model: Model, s: Sample, hi: Expr): readonly Expr[] => {
  const inDensity = symbolsOf(s.density)
  const names = [...model.known, ...s.covariates].filter(k => !k.length && inDensity.has(k.name)).map(k => sym(k.name))
  const numbers = subterms(s.density).flatMap(t =>
    t.kind === 'num' && Q.isInteger(t.value) && t.value.num > 1n && t.value.num <= 6n ? [t] : [],
  )
  return [...(hi.kind === 'infinity' ? [] : [hi]), ...names, ...numbers]
}

/** Values for everything but the observation: vectors of parameters even, or rising; shares of 1 where they must be. */
const settingFor = (model: Model, s: Sample, length: number, rising: boolean): Env | undefined => {
  const symbols = new Map<string, number>()
  const arrays = new Map<string, NestedNumbers>()
  const env: Env = { symbols, arrays }
  const [variable] = s.variables
  if (variable?.length?.kind === 'sym') symbols.set(variable.length.name, length)
  for (const k of [...model.known, ...s.covariates])
    if (!k.length)
      symbols.set(k.name, 'value' in k && k.value ? evaluate(k.value, env) : pointOf('domain' in k ? k.domain : k.support, 0, env))
  for (const p of model.parameters) {
    if (!p.length) {
      symbols.set(p.name, pointOf(p.domain, 0, env))
      continue
    }
    const count = evaluate(p.length, env)
    if (!(count >= 1 && count <= 6)) return undefined
    const weights = Array.from({ length: count }, (_, j) => (rising ? j + 1 : 1))
    const total = weights.reduce((a, b) => a + b, 0)
    arrays.set(
      p.name,
      weights.map(w => w / total),
    )
  }
  return model.constraints.every(c => holds(c, env, 1e-9)) ? env : undefined
}

/** The total of the components of every observation, in knowns, covariates and numbers; undefined where there is none. */
export const totalOf = (model: Model, s: Sample): Expr | undefined => {
  const [v, ...others] = s.variables
  if (!v?.length || others.length > 0 || s.contribution || v.support.kind !== 'range' || !isZero(v.support.lo)) return undefined
  const length = v.length.kind === 'num' ? Q.toNumber(v.length.value) : 2
  if (!(length >= 2 && length <= 4) || (v.length.kind !== 'num' && v.length.kind !== 'sym')) return undefined
  const mass = (total: Expr, value: number, rising: boolean): { readonly on: number; readonly all: number } | undefined => {
    const found = settingFor(model, s, length, rising)
    if (!found) return undefined
    const symbols = new Map(found.symbols)
    if (total.kind === 'sym') symbols.set(total.name, value)
    let [on, all] = [0, 0]
    for (const x of vectors(length, value)) {
      const f = evaluate(s.density, { symbols, arrays: new Map(found.arrays).set(v.name, x) })
      all += f
      if (x.reduce((a, b) => a + b, 0) === value) on += f
    }
    return { on, all }
  }
  return candidates(model, s, v.support.hi).find(total => {
    if (total.kind !== 'sym' && total.kind !== 'num') return false
    const values = total.kind === 'num' ? [Q.toNumber(total.value)] : [2, 3]
    return values.every(value =>
      [false, true].every(rising => {
        const m = mass(total, value, rising)
        return m !== undefined && Math.abs(m.on - 1) < 1e-9 && Math.abs(m.all - 1) > 1e-6
      }),
    )
  })
}
