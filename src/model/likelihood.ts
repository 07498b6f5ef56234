/**
 * The likelihood and the log-likelihood that a model defines, as terms over its data: the product of the density over
 * every observation of every sample, or the likelihood given directly. Written from the density and the support and
 * nothing else, so that it can judge derivations. It simplifies nothing.
 */
import { addAll, at, type Expr, fn, isIn, iverson, mulAll, type Prop, type SetTerm, type Term } from '../term/term.ts'
import { bindersAbove, forAll, mapChildren, prod, shift, sum, symbolsOf } from '../term/walk.ts'
import type { Model, Sample, Variable } from './model.ts'

/** The term with the parts of one observation exchanged for those of observation i: x → x_i, x_j → x_ij. */
export const atObservation = <T extends Term>(t: T, sample: Sample, i: Expr): T => {
  const observed = new Set([...sample.variables, ...sample.covariates].map(v => v.name))
  const go = (u: Term, index: Expr): Term => {
    if (u.kind === 'sym' && observed.has(u.name)) return at(u.name, index)
    const inner = mapChildren(u, (c, k) => go(c, bindersAbove(u, k) ? shift(index, 1) : index))
    return inner.kind === 'at' && observed.has(inner.name) ? at(inner.name, index, ...inner.index) : inner
  }
  return go(t, i) as T
}

const mentionsAny = (set: SetTerm, names: ReadonlySet<string>): boolean => [...symbolsOf(set)].some(n => names.has(n))

/** The parts of an observation whose support mentions a parameter. */
export const movingVariables = (model: Model, sample: Sample): readonly Variable[] => {
  const unknown = new Set(model.parameters.map(p => p.name))
  return sample.variables.filter(v => mentionsAny(v.support, unknown))
}

/** Part v of observation i lies in its support. */
export const membership = (v: Variable, sample: Sample, i: Expr): Prop => {
  const set = atObservation(v.support, sample, i)
  return v.length ? forAll(v.length, j => isIn(at(v.name, i, j), set)) : isIn(at(v.name, i), set)
}

/** f(x_i; θ), with the indicator where the support depends on a parameter. */
export const contributionTerm = (model: Model, sample: Sample, i: Expr): Expr =>
  mulAll([...movingVariables(model, sample).map(v => iverson(membership(v, sample, i))), atObservation(sample.density, sample, i)])

/** L(θ): the product of f(x_i; θ) over all samples, or the likelihood as it was given. Constants are included. */
export const likelihoodTerm = (model: Model): Expr =>
  model.likelihood?.term ?? mulAll(model.samples.map(s => prod(s.size, i => contributionTerm(model, s, i))))

/** log L(θ) as a sum over every sample of log f(x_i; θ); the logarithm of the likelihood where it was given directly. */
export const logLikelihoodTerm = (model: Model): Expr =>
  model.likelihood
    ? fn('log', model.likelihood.term)
    : addAll(model.samples.map(s => sum(s.size, i => fn('log', contributionTerm(model, s, i)))))
