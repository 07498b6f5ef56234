/**
 * Numbers for a model: what data are, and whether they fit the model. Reading files and lists is `data-file.ts`.
 * What cannot be an observation of the model is refused with its row and value; nothing is dropped or rounded.
 */

import { suggest } from '../read/error.ts'
import { contains, type Env, evaluate, holds, type NestedNumbers } from '../term/evaluate.ts'
import { type Expr, infinity, interval, minusInfinity, num, range, type SetTerm } from '../term/term.ts'
import { namesIn } from './domains.ts'
import { atObservation } from './likelihood.ts'
import { type Known, lengthSymbols, type Model, type Sample, type Variable } from './model.ts'

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
  return set.kind === 'range' ? range(lo, hi) : interval(lo, hi, ...set.closed)
}

const number = (v: unknown, column: string, row: number | undefined): number => {
  if (typeof v === 'number' && Number.isFinite(v)) return v
  const where = row === undefined ? `"${column}"` : `row ${row} of "${column}"`
  const what = typeof v === 'number' || v === null ? String(v) : Array.isArray(v) ? 'a list' : `the ${typeof v} ${JSON.stringify(v)}`
  throw new DataError(`${where} is ${what}, no finite number`, {
    column,
    ...(row === undefined ? {} : { row }),
    value: v,
  })
}

const listOf = (raw: unknown, name: string): readonly unknown[] => {
  const list = typeof raw === 'number' ? [raw] : raw
  if (!Array.isArray(list) && !ArrayBuffer.isView(list)) throw new DataError(`"${name}" is no list of numbers`, { column: name })
  return Array.from(list as ArrayLike<unknown>)
}

/** One value per observation, or one vector per observation, all of one length. */
const column = (raw: unknown, name: string, vector: boolean): NestedNumbers => {
  const values = listOf(raw, name)
  if (values.length === 0) throw new DataError(`the sample "${name}" is empty`, { column: name })
  let components: number | undefined
  return values.map((v, i) => {
    if (!vector) return number(v, name, i + 1)
    if (!Array.isArray(v))
      throw new DataError(`row ${i + 1} of "${name}" is no list, and an observation is a vector`, { column: name, row: i + 1, value: v })
    components ??= v.length
    if (v.length !== components || components === 0)
      throw new DataError(`row ${i + 1} of "${name}" has ${v.length} components${i > 0 ? `, and row 1 has ${components}` : ''}`, {
        column: name,
        row: i + 1,
        value: JSON.stringify(v),
      })
    return v.map(u => number(u, name, i + 1))
  })
}

/** The data of a model as an environment for `evaluate`: arrays of observations, sizes, lengths, knowns. */
export interface Sampled extends Env {
  readonly symbols: ReadonlyMap<string, number>
  readonly arrays: ReadonlyMap<string, NestedNumbers>
}

interface Binding {
  readonly symbols: Map<string, number>
  readonly arrays: Map<string, NestedNumbers>
  /** Lengths that were seen of what the model says they are; compared once every name has its value. */
  readonly lengths: { readonly declared: Expr; readonly found: number; readonly what: string; readonly column: string }[]
}

const isBound = (env: Env, name: string): boolean => env.symbols.has(name) || env.arrays.has(name)

/** A length that was found: gives the symbol its value, or is compared later. */
const seeLength = (env: Binding, declared: Expr, found: number, what: string, column: string): void => {
  if (declared.kind === 'sym' && !env.symbols.has(declared.name)) env.symbols.set(declared.name, found)
  env.lengths.push({ declared, found, what, column })
}

const compareLengths = (env: Binding): void => {
  for (const { declared, found, what, column } of env.lengths) {
    const wanted = evaluate(declared, env)
    if (wanted === found) continue
    const other = env.lengths.find(l => declared.kind === 'sym' && l.declared === declared && l.found === wanted)
    throw new DataError(
      other === undefined
        ? `"${column}" has ${found} ${what}, and the model says ${wanted}`
        : `"${column}" has ${found} ${what}, and "${other.column}" ${wanted} ${other.what}: the model has one ${(declared as { name: string }).name} for both`,
      { column },
    )
  }
}

/** Every value of a column against its set, whose ends may mention the other columns of the same row. */
const checkColumn = (v: Variable, what: string, values: NestedNumbers, env: Env, columns: readonly string[]): void => {
  const set = knownPart(v.support, name => isBound(env, name))
  const mentioned = columns.filter(c => c !== v.name && namesIn(set).has(c))
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  const here: Env = mentioned.length === 0 ? env : { ...env, symbols, arrays }
  values.forEach((entry, i) => {
    for (const c of mentioned) {
      const there = env.arrays.get(c)?.[i]
      if (typeof there === 'number') symbols.set(c, there)
      else if (there) arrays.set(c, there)
    }
    for (const x of typeof entry === 'number' ? [entry] : (entry as readonly number[]))
      if (!contains(set, x, here, tolerance))
        throw new DataError(`row ${i + 1} of "${v.name}" is ${x}, which is outside of ${what}`, {
          column: v.name,
          row: i + 1,
          value: x,
        })
  })
}

/** The number given for a scalar: also a list of one, or a column that repeats it. */
const scalar = (given: unknown, name: string): number => {
  if (!Array.isArray(given)) return number(given, name, undefined)
  const [first] = given
  const other = given.findIndex(v => v !== first)
  if (given.length === 0) throw new DataError(`"${name}" is empty`, { column: name })
  if (other > 0)
    throw new DataError(`"${name}" is one number, and the data have several`, { column: name, row: other + 1, value: given[other] })
  return number(first, name, given.length === 1 ? undefined : 1)
}

/** Gives a known constant or a count its value if it can have one now. @returns whether it has one */
const bindScalar = (k: Known, given: unknown, env: Binding): boolean => {
  const names = k.value === undefined ? [] : [...namesIn(k.value)]
  if (!names.every(name => isBound(env, name))) return false
  const own = k.value === undefined ? undefined : evaluate(k.value, env)
  const value = given === undefined ? (own ?? env.symbols.get(k.name)) : scalar(given, k.name)
  if (value === undefined) return false
  if (own !== undefined && !(Math.abs(own - value) <= tolerance * Math.max(1, Math.abs(own))))
    throw new DataError(`"${k.name}" is ${value} in the data and ${own} in the model`, { column: k.name, value })
  if (!Number.isFinite(value)) throw new DataError(`"${k.name}" is ${value}, no finite number`, { column: k.name, value })
  env.symbols.set(k.name, value)
  return true
}

const checkScalar = (k: Known, env: Binding): void => {
  const value = env.symbols.get(k.name) as number
  if (
    !contains(
      knownPart(k.domain, name => isBound(env, name)),
      value,
      env,
      tolerance,
    )
  )
    throw new DataError(`"${k.name}" is ${value}, which is outside of its domain`, { column: k.name, value })
}

/** The columns of one sample, of one length. */
const bindSample = (s: Sample, given: (name: string) => unknown, env: Binding): void => {
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
    if (v.length) seeLength(env, v.length, (values[0] as NestedNumbers).length, 'components', v.name)
  }
  const size = s.variables[0]?.name ?? first
  seeLength(env, s.size, length ?? 0, 'rows', size)
}

/** Vectors of counts whose components do not add up to what the density is made for. */
const checkTotals = (s: Sample, env: Env): void => {
  const [v] = s.variables
  if (!s.total || !v) return
  const total = s.total
  env.arrays.get(v.name)?.forEach((row, i) => {
    const found = (row as readonly number[]).reduce((a, b) => a + b, 0)
    const wanted = evaluate(atObservation(total, s, num(i + 1)), env)
    if (Math.abs(found - wanted) > tolerance * (1 + Math.abs(wanted)))
      throw new DataError(`row ${i + 1} of "${v.name}" adds up to ${found}, and the density is for a total of ${wanted}`, {
        column: v.name,
        row: i + 1,
        value: JSON.stringify(row),
      })
  })
}

/** @throws DataError for names that the model does not have */
const refuseStrangers = (data: Data, names: ReadonlySet<string>, settable: ReadonlySet<string>): void => {
  for (const name of Object.keys(data)) {
    if (names.has(name) || name === 'known') continue
    const near = suggest(name, names)[0]
    throw new DataError(
      `the model has no "${name}"${near === undefined ? ` (it has ${[...names].join(', ')})` : `; did you mean "${near}"?`}`,
      { column: name },
    )
  }
  if (!Object.hasOwn(data, 'known') || names.has('known')) return
  if (typeof data.known !== 'object' || data.known === null || Array.isArray(data.known))
    throw new DataError('"known" is no map from the names of known constants to their values', { column: 'known' })
  for (const name of Object.keys(data.known))
    if (!settable.has(name)) throw new DataError(`the model has no known constant "${name}"`, { column: name })
}

/**
 * The data checked against the model: every name is one of the model's, every value lies in the support as far as it
 * does not move with a parameter, columns of one sample have one length, every known constant, count and length has a
 * value, definitions and assumptions hold.
 * @throws DataError with column, row and value
 */
export const sampled = (model: Model, data: Data): Sampled => {
  const env: Binding = { symbols: new Map(), arrays: new Map(), lengths: [] }
  const counts = model.likelihood?.data ?? []
  const lengths = lengthSymbols(model)
  const columns = model.samples.flatMap(s => [...s.variables, ...s.covariates].map(v => v.name))
  const settable = new Set([...model.known.map(k => k.name), ...lengths])
  refuseStrangers(data, new Set([...columns, ...counts.map(c => c.name), ...settable]), settable)
  const given = (name: string): unknown => {
    if (Object.hasOwn(data, name)) return data[name]
    const known = Object.hasOwn(data, 'known') ? data.known : undefined
    return typeof known === 'object' && known !== null && Object.hasOwn(known, name) ? (known as Record<string, unknown>)[name] : undefined
  }
  for (const s of model.samples) bindSample(s, given, env)
  for (const k of [...model.known, ...counts]) {
    if (k.length === undefined) continue
    const raw = given(k.name)
    const isKnown = model.known.includes(k)
    if (raw === undefined)
      throw new DataError(isKnown ? `the known vector "${k.name}" has no values` : `the data have no column "${k.name}"`, {
        column: k.name,
      })
    const values = column(raw, k.name, false)
    env.arrays.set(k.name, values)
    seeLength(env, k.length, values.length, isKnown ? 'entries' : 'values', k.name)
  }
  // what is given comes first, then definitions such as n = a + b in the order in which they can be evaluated
  let waiting: readonly Known[] = [...model.known, ...counts].filter(k => k.length === undefined)
  for (const name of lengths) {
    const raw = given(name)
    if (raw === undefined || waiting.some(k => k.name === name)) continue
    const value = scalar(raw, name)
    if (!Number.isInteger(value) || value < 1) throw new DataError(`"${name}" is ${value}, and it is a length`, { column: name, value })
    const seen = env.symbols.get(name)
    if (seen === undefined) env.symbols.set(name, value)
    else if (seen !== value) throw new DataError(`"${name}" is ${value} in the data, which have ${seen}`, { column: name, value })
  }
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length
    waiting = waiting.filter(k => !bindScalar(k, given(k.name), env))
  }
  const [missing] = waiting
  if (missing)
    throw new DataError(
      counts.includes(missing)
        ? `the data have no "${missing.name}"`
        : `the known constant "${missing.name}" has no value (--set ${missing.name}=…)`,
      { column: missing.name },
    )
  const unmeasured = [...lengths].find(name => !env.symbols.has(name))
  if (unmeasured !== undefined) throw new DataError(`the length "${unmeasured}" has no value in the data`, { column: unmeasured })
  compareLengths(env)
  for (const k of [...model.known, ...counts]) {
    if (k.length === undefined) checkScalar(k, env)
    else checkColumn({ name: k.name, support: k.domain }, 'its domain', env.arrays.get(k.name) ?? [], env, [])
  }
  for (const s of model.samples) {
    const names = [...s.variables, ...s.covariates].map(v => v.name)
    for (const v of s.covariates)
      if (v.required) checkColumn({ name: v.name, support: v.required }, 'where the density is one', env.arrays.get(v.name) ?? [], env, [])
      else checkColumn(v, 'its domain', env.arrays.get(v.name) ?? [], env, names)
    for (const v of s.variables) checkColumn(v, 'the support', env.arrays.get(v.name) ?? [], env, names)
    checkTotals(s, env)
  }
  model.assume.forEach((fact, k) => {
    const known = [...namesIn(fact)].every(name => isBound(env, name))
    if (known && !holds(fact, env, tolerance))
      throw new DataError(`the data contradict the assumption ${[model.source.assume ?? []].flat()[k] ?? ''}`.trim())
  })
  return { symbols: env.symbols, arrays: env.arrays }
}
