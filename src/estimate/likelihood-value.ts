/**
 * The model's own log-likelihood as a number, on the log scale: of the term of `model/likelihood.ts`, never of a
 * derivation, so that it can judge one. Constants are included; the indicator of a support that moves with θ too.
 */
import { contributionTerm, likelihoodTerm, membership, movingVariables } from '../model/likelihood.ts'
import type { Model, Sample } from '../model/model.ts'
import { type Env, evaluateLog, holds } from '../term/evaluate.ts'
import { and, type Expr, num } from '../term/term.ts'
import { forAll } from '../term/walk.ts'
import { envAt, type Point } from './coordinates.ts'

/** A value of evaluateLog as a log-likelihood: -∞ where L = 0, NaN where L is undefined or negative. */
const logOf = (v: { readonly sign: -1 | 0 | 1; readonly log: number }): number => (v.sign >= 0 ? v.log : Number.NaN)

/**
 * θ ↦ log t for the data of `env`; t is a likelihood or a factor of one.
 * The returned function reuses one environment: it is not reentrant.
 */
const logAlong = (term: Expr, env: Env): ((theta: Point) => number) => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  const here: Env = { ...env, symbols, arrays }
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
  const moving = model.samples.flatMap(s => movingVariables(model, s).map(v => ({ s, v })))
  if (model.likelihood || moving.length === 0) return undefined
  const inside = and(...moving.map(({ s, v }) => forAll(s.size, i => membership(v, s, i))))
  return theta => holds(inside, envAt(env, theta), tolerance)
}
