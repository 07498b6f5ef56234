/**
 * What every section of a derivation needs to know about its problem: the sample, the unknown, the facts on the
 * declared parameter space and on its interior. Names the problems that cannot be derived yet.
 */
import { type Model, modelContext, type Parameter, type Sample, type Variable } from '../model/model.ts'
import { plain } from '../print/plain.ts'
import { type Context, enter, within } from '../rewrite/facts.ts'
import { decide, proveInteger } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import * as Q from '../term/rational.ts'
import {
  at,
  type Expr,
  eq,
  type IntervalSet,
  interval,
  isOne,
  isZero,
  ONE,
  type Pow,
  type Prop,
  reals,
  type Sym,
  sym,
  type Term,
} from '../term/term.ts'
import { children, factors, hasKind, mentions, prod, some, substitute } from '../term/walk.ts'

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
  /** The interior of Θ; for finitely many values or integers, an interval that holds them. */
  readonly space: IntervalSet
  /** Every observation is an integer or one of finitely many values. */
  readonly discrete: boolean
  /** A likelihood given directly: there is no density of one observation. */
  readonly direct: boolean
  /** The support mentions the unknown, or an indicator in a likelihood given directly does. */
  readonly moving: boolean
}

export type Settled = { readonly setting: Setting } | { readonly unsupported: string }

/** A term about one observation, said of the i-th: each of its parts, and each covariate, with that index. */
export const observed = <T extends Term>(t: T, sample: Sample, index: Expr): T =>
  substitute(t, new Map([...sample.variables, ...sample.covariates].map(v => [v.name, at(v.name, index)])))

/** A product over the sample; of one observation it is its factor. */
export const overSample = (sample: Sample, factor: (index: Expr) => Expr): Expr =>
  isOne(sample.size) ? factor(ONE) : prod(sample.size, factor)

/** The density of the i-th observation. */
export const entryOf = (sample: Sample, _variable: Variable, index: Expr): Expr => observed(sample.density, sample, index)

/** An assumption about the sample that the declared support excludes. */
const isRefuted = (p: Prop, cx: Context): boolean =>
  p.kind === 'and'
    ? p.props.some(q => isRefuted(q, cx))
    : p.kind === 'all'
      ? isRefuted(p.body, enter(cx, p, 2))
      : decide(p, cx)?.holds === false

/** The parameter space as an interval: its interior, or one that holds its values. */
const spaceOf = (p: Parameter): IntervalSet => {
  if (p.domain.kind === 'interval') return interval(p.domain.lo, p.domain.hi)
  return p.domain.kind === 'range' ? interval(p.domain.lo, p.domain.hi, true, true) : reals
}

/** The one sample of the model; a likelihood given directly is read as that of a single observation without a name. */
const sampleOf = (model: Model): Sample | undefined => {
  const { likelihood } = model
  return likelihood
    ? { variables: [], density: likelihood.term, densityText: likelihood.text, contribution: true, covariates: [], size: ONE }
    : model.samples[0]
}

const isDiscrete = (model: Model, sample: Sample, cx: Context): boolean => {
  const data = model.likelihood?.data ?? []
  const entries = model.likelihood
    ? data.map(d => (d.length ? at(d.name, sym('\u0001i')) : sym(d.name)))
    : sample.variables.map(v => at(v.name, sym('\u0001i')))
  return entries.length > 0 && entries.every(e => cx.domains.get(e.name)?.kind === 'finite' || proveInteger(e, cx) !== undefined)
}

/** Numbers beyond 10⁶⁰, exponents beyond 10¹² and towers of exponentials leave the range of doubles: no line about them could be checked. */
const isLarge = (v: Q.Rational, digits: number): boolean => {
  const size = Math.abs(Math.log10(Math.abs(Q.toNumber(v))))
  return !Q.isZero(v) && !(size < digits)
}
/** 10^100 in θ^(10^100) stays a power of numerals. */
const isHugeExponent = (u: Pow): boolean =>
  u.base.kind === 'num' &&
  u.exponent.kind === 'num' &&
  Math.abs(Q.toNumber(u.exponent.value) * Math.log10(Math.abs(Q.toNumber(u.base.value)) || 1)) > 12
const isBeyondDoubles = (t: Term, unknown: string): boolean => {
  const isHugeNumber = (u: Term): boolean =>
    u.kind === 'num'
      ? isLarge(u.value, 60)
      : u.kind === 'pow' && u.exponent.kind === 'num'
        ? isLarge(u.exponent.value, 12)
        : u.kind === 'pow' && u.exponent.kind === 'pow' && isHugeExponent(u.exponent)
  return hasKind(t, 'num') && (some(t, isHugeNumber) || towerOf(t, unknown) > 3)
}
/** How many exponentials with the unknown stand in each other's exponents. */
const towerOf = (u: Term, unknown: string): number => {
  if (!mentions(u, unknown) || (u.kind === 'fn' && u.name === 'log')) return 0
  const heights = children(u).map(c => towerOf(c, unknown))
  const isExponential = (u.kind === 'fn' && u.name === 'exp') || (u.kind === 'pow' && mentions(u.exponent, unknown))
  const own = u.kind === 'pow' ? (heights[1] ?? 0) : (heights[0] ?? 0)
  return Math.max(...heights, isExponential ? own + 1 : 0)
}

/** x = 0 in p x (1 − p)^(1 − x) on {0, 1}: a value that a factor without the unknown makes impossible. */
const voidValue = (sample: Sample, unknown: string): Prop | undefined => {
  const [only, ...others] = sample.variables
  if (!only || others.length > 0 || only.support.kind !== 'finite') return undefined
  const plainFactors = factors(sample.density).filter(f => !mentions(f, unknown) && mentions(f, only.name))
  const found = only.support.elements.find(v => plainFactors.some(f => isZero(normalForm(substitute(f, new Map([[only.name, v]]))))))
  return found && eq(sym(only.name), found)
}

/** A factor 1{…} with the unknown, of one observation or of every one of them. */
const boundsUnknown = (t: Expr, unknown: string): boolean =>
  factors(t).some(f =>
    f.kind === 'iverson' ? mentions(f, unknown) : f.kind === 'big' && f.op === 'prod' && boundsUnknown(f.body, unknown),
  )

export const settle = (model: Model): Settled => {
  const sample = sampleOf(model)
  if (!sample) return { unsupported: 'a model without a sample is not derived yet' }
  if (model.samples.length > 1) return { unsupported: 'several samples are not derived yet' }
  const [first] = sample.variables
  if (sample.variables.some(v => v.length)) return { unsupported: 'vector observations are not derived yet' }
  if (sample.covariates.some(v => v.length)) return { unsupported: 'vector covariates are not derived yet' }
  const [parameter, ...others] = model.parameters
  if (!parameter || others.length > 0) return { unsupported: 'several unknown parameters are not derived yet' }
  if (parameter.length) return { unsupported: 'a vector of unknown parameters is not derived yet' }
  if (model.constraints.length > 0) return { unsupported: 'joint constraints are not derived yet' }
  if (isBeyondDoubles(sample.density, parameter.name))
    return { unsupported: 'the density leaves the range of numbers in which a derivation can be checked' }
  const void0 = voidValue(sample, parameter.name)
  if (void0) return { unsupported: `the support holds a value at which the density is 0, ${plain(void0)}: leave it out of the support` }
  const free = modelContext({ ...model, assume: [] })
  const impossible = model.assume.find(p => isRefuted(p, free))
  if (impossible) return { unsupported: `the assumption ${plain(impossible)} contradicts the model` }
  if (!model.likelihood && parameter.domain.kind === 'range' && boundsUnknown(sample.density, parameter.name))
    return { unsupported: 'a density with a condition on an integer unknown that is no end of the support is not derived yet' }
  if (sample.variables.some(v => v.support.kind === 'finite' && mentions(v.support, parameter.name)))
    return { unsupported: 'a support of single values that move with the parameter is not derived yet' }
  const closed = modelContext(model)
  // of integers the indicator stays a factor that is 0 or 1
  const isBounded =
    (model.likelihood !== undefined || parameter.domain.kind === 'interval') && boundsUnknown(sample.density, parameter.name)
  const moving = isBounded || sample.variables.some(v => mentions(v.support, parameter.name))
  if (moving && sample.variables.length > 1)
    return { unsupported: 'an observation of several parts whose support moves is not derived yet' }
  const space = spaceOf(parameter)
  return {
    setting: {
      model,
      sample,
      variable: first ?? { name: '\u0001x', support: reals },
      parameter,
      space,
      closed,
      interior: parameter.domain.kind === 'interval' ? within(closed, parameter.name, space) : closed,
      unknown: sym(parameter.name),
      size: sample.size,
      product: model.likelihood?.term ?? overSample(sample, i => observed(sample.density, sample, i)),
      discrete: isDiscrete(model, sample, closed),
      direct: model.likelihood !== undefined,
      moving,
    },
  }
}
