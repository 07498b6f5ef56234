/**
 * What every section of a derivation needs to know about its problem: the sample, the unknown, the facts on the
 * declared parameter space and on its interior. Names the problems that cannot be derived yet.
 */
import { type Model, modelContext, type Parameter, type Sample, type Variable } from '../model/model.ts'
import { plain } from '../print/plain.ts'
import { type Context, enter, within } from '../rewrite/facts.ts'
import { decide, proveInteger } from '../rewrite/sign.ts'
import { at, type Expr, type IntervalSet, interval, type Prop, type Sym, sym } from '../term/term.ts'
import { mentions, prod, substitute } from '../term/walk.ts'

export interface Setting {
  readonly model: Model
  readonly sample: Sample
  readonly variable: Variable
  readonly parameter: Parameter
  readonly unknown: Sym
  readonly size: Expr
  /** ∏ f(x_i | θ), without the support. */
  readonly product: Expr
  /** Facts on the declared parameter space. */
  readonly closed: Context
  /** Facts on its interior, where derivatives are taken. */
  readonly interior: Context
  readonly space: IntervalSet
  readonly discrete: boolean
  /** The support mentions the unknown. */
  readonly moving: boolean
}

export type Settled = { readonly setting: Setting } | { readonly unsupported: string }

/** The open interval inside a domain, if it is an interval. */
const interiorOf = (p: Parameter): IntervalSet | undefined =>
  p.domain.kind === 'interval' ? interval(p.domain.lo, p.domain.hi) : undefined

/** The density of the i-th observation. */
export const entryOf = (sample: Sample, variable: Variable, index: Expr): Expr =>
  substitute(sample.density, new Map([[variable.name, at(variable.name, index)]]))

/** An assumption about the sample that the declared support excludes. */
const isRefuted = (p: Prop, cx: Context): boolean =>
  p.kind === 'and'
    ? p.props.some(q => isRefuted(q, cx))
    : p.kind === 'all'
      ? isRefuted(p.body, enter(cx, p, 2))
      : decide(p, cx)?.holds === false

export const settle = (model: Model): Settled => {
  const [sample, ...moreSamples] = model.samples
  if (!sample || model.likelihood) return { unsupported: 'a likelihood given directly is not derived yet' }
  if (moreSamples.length > 0) return { unsupported: 'several samples are not derived yet' }
  const [variable, ...parts] = sample.variables
  if (!variable || parts.length > 0) return { unsupported: 'an observation with several parts is not derived yet' }
  if (sample.covariates.length > 0) return { unsupported: 'covariates are not derived yet' }
  if (variable.length) return { unsupported: 'vector observations are not derived yet' }
  const [parameter, ...others] = model.parameters
  if (!parameter || others.length > 0) return { unsupported: 'several unknown parameters are not derived yet' }
  if (parameter.length) return { unsupported: 'a vector of unknown parameters is not derived yet' }
  const space = interiorOf(parameter)
  if (!space) return { unsupported: 'a parameter space that is no interval is not derived yet' }
  if (model.constraints.length > 0) return { unsupported: 'joint constraints are not derived yet' }
  const free = modelContext({ ...model, assume: [] })
  const impossible = model.assume.find(p => isRefuted(p, free))
  if (impossible) return { unsupported: `the assumption ${plain(impossible)} contradicts the model` }
  const closed = modelContext(model)
  const interior = within(closed, parameter.name, space)
  const observed = at(variable.name, sym('\u0001i'))
  return {
    setting: {
      model,
      sample,
      variable,
      parameter,
      space,
      closed,
      interior,
      unknown: sym(parameter.name),
      size: sample.size,
      product: prod(sample.size, i => entryOf(sample, variable, i)),
      discrete: proveInteger(observed, closed) !== undefined,
      moving: mentions(variable.support, parameter.name),
    },
  }
}
