/**
 * The model's own log-likelihood as a number: Σ log f(x_i; θ) written from the density and the support, never from a
 * derivation, so that it can judge one. Constants are included; the indicator of a support that moves with θ too.
 */
import type { Model, Sample, Variable } from '../model/model.ts'
import { type Env, evaluateLog, holds } from '../term/evaluate.ts'
import { and, at, type Expr, isIn, iverson, mulAll, num, type Prop, type SetTerm, type Term } from '../term/term.ts'
import { forAll, mapChildren, prod, symbolsOf } from '../term/walk.ts'
import { envAt, type Point } from './coordinates.ts'

/** The term with the parts of one observation exchanged for those of observation i: x → x_i, x_j → x_ij. */
export const atObservation = <T extends Term>(t: T, sample: Sample, i: Expr): T => {
  const observed = new Set([...sample.variables, ...sample.covariates].map(v => v.name))
  const go = (u: Term): Term => {
    if (u.kind === 'sym' && observed.has(u.name)) return at(u.name, i)
    const inner = mapChildren(u, go)
    return inner.kind === 'at' && observed.has(inner.name) ? at(inner.name, i, ...inner.index) : inner
  }
  return go(t) as T
}

const mentionsAny = (set: SetTerm, names: ReadonlySet<string>): boolean => [...symbolsOf(set)].some(n => names.has(n))

/** Part v of observation i lies in its support. */
const membership = (v: Variable, sample: Sample, i: Expr): Prop => {
  const set = atObservation(v.support, sample, i)
  return v.length ? forAll(v.length, j => isIn(at(v.name, i, j), set)) : isIn(at(v.name, i), set)
}

/** f(x_i; θ) as a term, with the indicator where the support depends on a parameter. */
export const contributionTerm = (model: Model, sample: Sample, i: Expr): Expr => {
  const unknown = new Set(model.parameters.map(p => p.name))
  const moving = sample.variables.filter(v => mentionsAny(v.support, unknown)).map(v => iverson(membership(v, sample, i)))
  return mulAll([...moving, atObservation(sample.density, sample, i)])
}

/** L(θ) as a term over the data arrays: Π f(x_i; θ) over all samples. */
export const likelihoodTerm = (model: Model): Expr =>
  model.likelihood?.term ?? mulAll(model.samples.map(s => prod(s.size, i => contributionTerm(model, s, i))))

/** A value of evaluateLog as a log-likelihood: -∞ where L = 0, NaN where L is undefined or negative. */
const logOf = (v: { readonly sign: -1 | 0 | 1; readonly log: number }): number => (v.sign >= 0 ? v.log : Number.NaN)

/**
 * θ ↦ log t for the data of `env`; t is a likelihood or a factor of one.
 * The returned function reuses one environment: it is not reentrant.
 */
const logAlong = (term: Expr, env: Env): ((theta: Point) => number) => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  const here: Env = { symbols, arrays }
  return theta => {
    for (const [name, v] of theta)
      if (typeof v === 'number') symbols.set(name, v)
      else arrays.set(name, v)
    return logOf(evaluateLog(term, here))
  }
}

/** θ ↦ log L(θ), constants included: -∞ where L = 0, NaN where L is undefined or negative. */
export const logLikelihood = (model: Model, env: Env): ((theta: Point) => number) => logAlong(likelihoodTerm(model), env)

/** θ ↦ log f(x_i; θ) of one observation, i counted from 1. */
export const logContribution = (model: Model, sample: Sample, i: number, env: Env): ((theta: Point) => number) =>
  logAlong(contributionTerm(model, sample, num(i)), env)

/**
 * θ ↦ whether a parameter at which a support ends belongs to the θ that allow the data: membership is decided with a
 * tolerance, so that ends that were computed with rounding count as they are declared, closed or open.
 * Undefined if no support mentions a parameter.
 */
export const allowsData = (model: Model, env: Env, tolerance = 1e-10): ((theta: Point) => boolean) | undefined => {
  const unknown = new Set(model.parameters.map(p => p.name))
  const moving = model.samples.flatMap(s => s.variables.filter(v => mentionsAny(v.support, unknown)).map(v => ({ s, v })))
  if (model.likelihood || moving.length === 0) return undefined
  const inside = and(...moving.map(({ s, v }) => forAll(s.size, i => membership(v, s, i))))
  return theta => holds(inside, envAt(env, theta), tolerance)
}
