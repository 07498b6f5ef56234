/**
 * What statements are judged against: the likelihood of the model itself, its logarithm and their derivatives, as terms over
 * the data and the parameters, built from the density and never from a derivation; and settings of data and parameters at
 * which they are compared. Built once for a model.
 */
import { likelihoodTerm } from '../model/likelihood.ts'
import { type Model, modelContext } from '../model/model.ts'
import type { Context } from '../rewrite/facts.ts'
import type { Env } from '../term/evaluate.ts'
import { type Expr, mul, neg, num, pow, sym, type Term } from '../term/term.ts'
import { hasKind, mapChildren, substitute, symbolsOf } from '../term/walk.ts'
import { interiorOf, type Setting, settingsFor } from '../verify/settings.ts'
import { differentiate, openedLog, settled } from './differentiate.ts'
import { hatName, type Quantity, quantityOfCall } from './statement.ts'

export interface Reference {
  readonly model: Model
  /** Facts on the declared parameter space and on its interior. */
  readonly closed: Context
  readonly interior: Context
  readonly unknowns: readonly string[]
  readonly observed: readonly string[]
  /** Π f(x_i; θ), with the indicators of a support that moves. */
  readonly likelihood: Expr
  /** log of it, opened; without the indicators. */
  readonly ell: Expr
  readonly size: Expr | undefined
  readonly moving: boolean
  /** Settings with n ≥ 3, in the interior of Θ, where the data are possible. */
  readonly settings: readonly Setting[]
  /** The settings are those of a case: no others may be drawn. */
  readonly special?: true
  readonly memo: Map<string, unknown>
  /** All settings have the same sample: no others are drawn. */
  readonly fixed?: true
}

const built = new WeakMap<Model, Reference>()

/** How many settings statements are compared at. */
const count = 5

export const referenceOf = (model: Model): Reference => {
  const known = built.get(model)
  if (known) return known
  const closed = modelContext(model)
  const interior = interiorOf(closed)
  const likelihood = likelihoodTerm(model)
  const unknowns = model.parameters.map(p => p.name)
  const observed = [...model.samples.flatMap(s => s.variables.map(v => v.name)), ...(model.likelihood?.data ?? []).map(d => d.name)]
  const moving = model.samples.some(s => s.variables.some(v => [...symbolsOf(v.support)].some(n => unknowns.includes(n))))
  const reference: Reference = {
    model,
    closed,
    interior,
    unknowns,
    observed,
    likelihood,
    ell: openedLog(likelihood),
    size: model.samples[0]?.size,
    moving,
    settings: settingsFor(model, count)
      .of(interior, 'check')
      .map(s => ({
        env: completed(model, s.env),
        other: completed(model, s.other),
        others: s.others.map(e => completed(model, e)),
      })),
    memo: new Map(),
  }
  built.set(model, reference)
  return reference
}

/** What is found once for a model. */
export const once = <V>(r: Reference, key: string, find: () => V): V => {
  if (!r.memo.has(key)) r.memo.set(key, find())
  return r.memo.get(key) as V
}

/** Names that stand outside of a model: a free index i, an observation without its index. Both mean the first observation. */
export const completed = (model: Model, env: Env): Env => {
  const symbols = new Map(env.symbols)
  for (const letter of ['i', 'j']) if (!symbols.has(letter) && !env.arrays.has(letter)) symbols.set(letter, 1)
  for (const s of model.samples)
    for (const v of [...s.variables, ...s.covariates]) {
      const first = env.arrays.get(v.name)?.[0]
      if (!symbols.has(v.name) && typeof first === 'number') symbols.set(v.name, first)
    }
  return { ...env, symbols }
}

const derivativeBy = (r: Reference, t: Expr, by: Expr): Expr | undefined => {
  if (by.kind === 'sym') return differentiate(t, by)
  // d/dσ² where σ is declared: dθ/dg = 1/g′
  const [name, ...others] = [...symbolsOf(by)].filter(n => r.unknowns.includes(n))
  if (name === undefined || others.length > 0) return undefined
  return mul(differentiate(t, sym(name)), pow(differentiate(by, sym(name)), num(-1)))
}

/** The sample a quantity speaks of: all of them unless told. */
const ofSample = (r: Reference, name: string | undefined): Reference['likelihood'] | undefined => {
  if (name === undefined) return r.likelihood
  const sample = r.model.samples.find(s => s.variables.some(v => v.name === name))
  return sample ? likelihoodTerm({ ...r.model, samples: [sample] }) : undefined
}

/** What a named quantity is for this model; undefined where there is no term for it. */
export const quantityTerm = (r: Reference, q: Quantity): Expr | undefined => {
  const n = r.size ?? num(1)
  switch (q.kind) {
    case 'likelihood':
      return ofSample(r, q.sample)
    case 'log-likelihood':
      return logOf(r, q.sample)
    case 'average-log-likelihood':
      return scaled(logOf(r, q.sample), pow(n, num(-1)))
    case 'nll':
      return scaled(logOf(r, q.sample), num(-1))
    case 'average-nll':
      return scaled(logOf(r, q.sample), neg(pow(n, num(-1))))
    case 'derivative': {
      let t = quantityTerm(r, q.of)
      for (const by of q.by) t = t && derivativeBy(r, t, by)
      return t
    }
    case 'density':
    case 'log-density': {
      const sample = r.model.samples[0]
      const variable = sample?.variables[0]
      if (!sample || !variable) return undefined
      const f = substitute(sample.density, new Map([[variable.name, q.observation]]))
      return q.kind === 'density' ? f : openedLog(f)
    }
    case 'observed-information': {
      const by = q.by ?? (r.unknowns.length === 1 ? [sym(r.unknowns[0] as string)] : [])
      const [a, b = a] = by
      return a && b ? neg(differentiate(differentiate(r.ell, a as never), b as never)) : undefined
    }
    default:
      return undefined
  }
}
const scaled = (t: Expr | undefined, by: Expr): Expr | undefined => t && mul(by, t)
const logOf = (r: Reference, sample: string | undefined): Expr | undefined => {
  if (sample === undefined) return r.ell
  const l = ofSample(r, sample)
  return l && openedLog(l)
}

/** The name under which a quantity is kept: equal for what means the same. */
export const keyOf = (q: Quantity): string => {
  switch (q.kind) {
    case 'derivative':
      return `∂[${q.by
        .map(b => b.hash)
        .sort((a, b) => a - b)
        .join()}]${keyOf(q.of)}`
    case 'estimator':
      return `hat:${q.parameter}`
    case 'likelihood':
    case 'log-likelihood':
    case 'nll':
    case 'average-log-likelihood':
    case 'average-nll':
      return `${q.kind}${q.sample === undefined ? '' : `:${q.sample}`}`
    default:
      return q.kind
  }
}

/** Named quantities inside a term exchanged for what they are, derivatives of them taken. Undefined if one has no term. */
export const resolved = (r: Reference, t: Term): Term | undefined => {
  if (!hasKind(t, 'call') && !hasKind(t, 'deriv')) return t
  let open = false
  const go = (u: Term): Term => {
    const v = mapChildren(u, go)
    if (v.kind !== 'call') return v
    const kind = quantityOfCall.get(v.name)
    if (kind === undefined) {
      open = true
      return v
    }
    const observation = kind === 'density' ? v.args[0] : undefined
    const args = kind === 'density' ? v.args.slice(1) : v.args
    const base = quantityTerm(r, (observation ? { kind, observation } : { kind }) as Quantity)
    if (!base) {
      open = true
      return v
    }
    let value = base
    const primes = kind === 'density' ? v.prime.slice(1) : v.prime
    primes.forEach((p, k) => {
      const name = r.unknowns[k]
      for (let j = 0; j < p && name !== undefined; j++) value = differentiate(value, sym(name))
    })
    const moved = new Map<string, Expr>()
    args.forEach((a, k) => {
      const name = r.unknowns[k]
      if (name !== undefined && !(a.kind === 'sym' && a.name === name)) moved.set(name, a)
    })
    return moved.size > 0 ? substitute(value, moved) : value
  }
  const out = settled(go(t) as Expr)
  return open ? undefined : out
}

/** The estimates of all parameters as symbols. */
export const hats = (r: Reference): readonly string[] => r.unknowns.map(hatName)
export const withHats = (env: Env, values: ReadonlyMap<string, number | readonly number[]>): Env => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  for (const [name, v] of values)
    if (typeof v === 'number') symbols.set(hatName(name), v)
    else arrays.set(hatName(name), v)
  return { ...env, symbols, arrays }
}
/** The parameters themselves moved to values. */
export const atValues = (env: Env, values: ReadonlyMap<string, number | readonly number[]>): Env => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  for (const [name, v] of values)
    if (typeof v === 'number') symbols.set(name, v)
    else arrays.set(name, v)
  return { ...env, symbols, arrays }
}
/** Whether a parameter is a vector. */
export const hasArrayValue = (r: Reference, name: string): boolean =>
  r.model.parameters.some(p => p.name === name && p.length !== undefined)
