/**
 * Numbers for a model: what data are, and whether they fit the model. Reading files and lists is `data-file.ts`.
 * What cannot be an observation of the model is refused with its row and value; nothing is dropped or rounded.
 */

import { suggest } from '../read/error.ts'
import { contains, type Env, evaluate, holds, type NestedNumbers } from '../term/evaluate.ts'
import { type Expr, type IntervalSet, infinity, interval, minusInfinity, range, type SetTerm } from '../term/term.ts'
import { namesIn } from './domains.ts'
import type { Known, Model, Variable } from './model.ts'

/**
 * Observations, covariates and counts by name; a vector observation is an array of arrays. Values of known constants
 * stand under `known`.
 */
export interface Data {
  readonly [name: string]: number | NestedNumbers | Readonly<Record<string, number | NestedNumbers>>
}

/** Data that do not fit the model: which column, which row (from 1), which value. */
export class DataError extends Error {
  readonly column: string | undefined
  readonly row: number | undefined
  readonly value: string | undefined

  constructor(message: string, where: { readonly column?: string; readonly row?: number; readonly value?: unknown } = {}) {
    super(message)
    this.name = 'DataError'
    this.column = where.column
    this.row = where.row
    this.value = where.value === undefined ? undefined : String(where.value)
  }
}

/** Rounding that decimal input may bring: 0.1 + 0.2 is in {0.3}. */
const tolerance = 1e-9

/** The set without the ends that mention a name without a value (a support that moves with a parameter). */
const knownPart = (set: SetTerm, valued: (name: string) => boolean): SetTerm => {
  const fixed = (t: Expr): boolean => [...namesIn(t)].every(valued)
  if (set.kind === 'finite') return set.elements.every(fixed) ? set : interval(minusInfinity, infinity)
  const lo = fixed(set.lo) ? set.lo : minusInfinity
  const hi = fixed(set.hi) ? set.hi : infinity
  return set.kind === 'range' ? range(lo, hi) : interval(lo, hi, ...(set as IntervalSet).closed)
}

const number = (v: unknown, column: string, row: number | undefined): number => {
  if (typeof v === 'number' && Number.isFinite(v)) return v
  const where = row === undefined ? `"${column}"` : `row ${row} of "${column}"`
  throw new DataError(
    `${where} is ${typeof v === 'number' || v === null ? String(v) : `the ${typeof v} ${JSON.stringify(v)}`}, no finite number`,
    {
      column,
      ...(row === undefined ? {} : { row }),
      value: v,
    },
  )
}

/** One value per observation, or one vector per observation. */
const column = (raw: unknown, name: string, vector: boolean): NestedNumbers => {
  const list = typeof raw === 'number' ? [raw] : raw
  if (!Array.isArray(list) && !ArrayBuffer.isView(list)) throw new DataError(`"${name}" is no list of numbers`, { column: name })
  const values = Array.from(list as ArrayLike<unknown>)
  if (values.length === 0) throw new DataError(`the sample "${name}" is empty`, { column: name })
  return values.map((v, i) => {
    if (!vector) return number(v, name, i + 1)
    if (!Array.isArray(v))
      throw new DataError(`row ${i + 1} of "${name}" is no list, and an observation is a vector`, { column: name, row: i + 1, value: v })
    return v.map(u => number(u, name, i + 1))
  })
}

/** The data of a model as an environment for `evaluate`: arrays of observations, sizes, knowns. */
export interface Sampled extends Env {
  readonly symbols: ReadonlyMap<string, number>
  readonly arrays: ReadonlyMap<string, NestedNumbers>
}

const checkVariable = (v: Variable, values: NestedNumbers, env: Env): void => {
  const valued = (name: string): boolean => env.symbols.has(name) || env.arrays.has(name)
  const set = knownPart(v.support, valued)
  values.forEach((entry, i) => {
    for (const x of Array.isArray(entry) ? (entry as readonly number[]) : [entry as number])
      if (!contains(set, x, env, tolerance))
        throw new DataError(`row ${i + 1} of "${v.name}" is ${x}, which is outside of the support`, {
          column: v.name,
          row: i + 1,
          value: x,
        })
  })
}

const knownValue = (
  k: Known,
  given: unknown,
  env: { readonly symbols: Map<string, number>; readonly arrays: Map<string, NestedNumbers> },
): void => {
  if (k.length !== undefined) {
    if (given === undefined) throw new DataError(`the known vector "${k.name}" has no values`, { column: k.name })
    env.arrays.set(k.name, column(given, k.name, false))
    return
  }
  const own = k.value === undefined ? undefined : evaluate(k.value, env)
  const value = given === undefined ? own : number(given, k.name, undefined)
  if (own !== undefined && value !== undefined && !(Math.abs(own - value) <= tolerance * Math.max(1, Math.abs(own))))
    throw new DataError(`"${k.name}" is ${value} in the data and ${own} in the model`, { column: k.name, value })
  if (value === undefined) throw new DataError(`the known constant "${k.name}" has no value (--set ${k.name}=…)`, { column: k.name })
  if (!Number.isFinite(value)) throw new DataError(`the known constant "${k.name}" is ${value}`, { column: k.name, value })
  const domain = knownPart(k.domain, name => env.symbols.has(name) || env.arrays.has(name))
  if (!contains(domain, value, env, tolerance))
    throw new DataError(`"${k.name}" is ${value}, which is outside of its domain`, { column: k.name, value })
  env.symbols.set(k.name, value)
}

/**
 * The data checked against the model: every name is one of the model's, every value lies in the support as far as it
 * does not move with a parameter, columns of one sample have one length, every known constant has a value.
 * @throws DataError with column, row and value
 */
export const sampled = (model: Model, data: Data): Sampled => {
  const env = { symbols: new Map<string, number>(), arrays: new Map<string, NestedNumbers>() }
  const counts = model.likelihood?.data ?? []
  const columns = model.samples.flatMap(s => [...s.variables, ...s.covariates].map(v => v.name))
  const names = new Set([...columns, ...counts.map(c => c.name), ...model.known.map(k => k.name)])
  for (const name of Object.keys(data)) {
    if (names.has(name) || name === 'known') continue
    const near = suggest(name, names)[0]
    throw new DataError(
      `the model has no "${name}"${near === undefined ? ` (it has ${[...names].join(', ')})` : `; did you mean "${near}"?`}`,
      { column: name },
    )
  }
  const given = (name: string): unknown => {
    if (Object.hasOwn(data, name)) return data[name]
    const known = Object.hasOwn(data, 'known') ? data.known : undefined
    return typeof known === 'object' && known !== null && Object.hasOwn(known, name) ? (known as Record<string, unknown>)[name] : undefined
  }
  if (Object.hasOwn(data, 'known') && !names.has('known'))
    for (const name of Object.keys(data.known ?? {}))
      if (!model.known.some(k => k.name === name)) throw new DataError(`the model has no known constant "${name}"`, { column: name })
  for (const k of model.known) knownValue(k, given(k.name), env)

  for (const s of model.samples) {
    let length: number | undefined
    let first = ''
    for (const v of [...s.variables, ...s.covariates]) {
      const raw = given(v.name)
      if (raw === undefined) throw new DataError(`the data have no column "${v.name}"`, { column: v.name })
      const values = column(raw, v.name, v.length !== undefined)
      if (length !== undefined && values.length !== length)
        throw new DataError(`"${v.name}" has ${values.length} rows and "${first}" has ${length}`, { column: v.name })
      length = values.length
      first = v.name
      env.arrays.set(v.name, values)
    }
    const n = length ?? 0
    if (s.size.kind === 'sym') {
      const earlier = env.symbols.get(s.size.name)
      if (earlier !== undefined && earlier !== n)
        throw new DataError(`two samples of size ${s.size.name} have ${earlier} and ${n} rows`, { column: first })
      env.symbols.set(s.size.name, n)
    } else if (evaluate(s.size, env) !== n)
      throw new DataError(`"${first}" has ${n} rows, and the model says ${evaluate(s.size, env)}`, { column: first })
    for (const v of [...s.variables, ...s.covariates]) checkVariable(v, env.arrays.get(v.name) ?? [], env)
  }
  for (const c of counts) {
    if (c.length === undefined) {
      knownValue(c, given(c.name), env)
      continue
    }
    const raw = given(c.name)
    if (raw === undefined) throw new DataError(`the data have no column "${c.name}"`, { column: c.name })
    const values = column(raw, c.name, false)
    env.arrays.set(c.name, values)
    if (c.length.kind === 'sym' && !env.symbols.has(c.length.name)) env.symbols.set(c.length.name, values.length)
    checkVariable({ name: c.name, support: c.domain }, values, env)
  }
  model.assume.forEach((fact, k) => {
    const known = [...namesIn(fact)].every(name => env.symbols.has(name) || env.arrays.has(name))
    if (known && !holds(fact, env, tolerance))
      throw new DataError(`the data contradict the assumption ${[model.source.assume ?? []].flat()[k] ?? ''}`.trim())
  })
  return env
}
