/**
 * Random data and parameters for a model of any kind: domains, joint constraints, supports and definitions hold, and
 * the likelihood is positive there. Unknown functions get smooth ones. Seeded; undefined where nothing was found.
 */
import { logLikelihood } from '../estimate/likelihood-value.ts'
import { movingVariables } from '../model/likelihood.ts'
import { type Model, modelContext, ownSupport } from '../model/model.ts'
import { assuming, type Context, within } from '../rewrite/facts.ts'
import type { Env } from '../term/evaluate.ts'
import type { Prop } from '../term/term.ts'
import { arraysOfModel, type DrawOptions, drawer } from './draw.ts'
import type { Random } from './random.ts'
import { drawTied } from './tied-draw.ts'

/** The context in which the data lie in their whole support, ends that mention unknowns included: L > 0 in such settings. */
export const withSupports = (model: Model, cx: Context): Context =>
  model.samples
    .flatMap(s => movingVariables(model, s).map(v => ({ v, s })))
    .reduce((c, { v, s }) => within(c, v.name, ownSupport(v, s)), cx)

/** At most this many settings are thrown away because the likelihood is 0 or undefined there. */
const rejections = 40

/** Smooth functions, one for each unknown function of the model: u ↦ b·u + Σ a·sin(c·u + d), with all their derivatives. */
const smoothFunctions = (model: Model, rng: Random): Env['calls'] => {
  if (!model.functions || model.functions.length === 0) return undefined
  const between = (lo: number, hi: number): number => lo + (hi - lo) * rng()
  return new Map(
    model.functions.map(({ name, arity }) => {
      const slopes = Array.from({ length: arity }, () => between(0.3, 1.2))
      const waves = Array.from({ length: 3 }, () => ({
        height: between(0.3, 1),
        at: between(0, 6),
        rates: Array.from({ length: arity }, () => between(0.4, 1.3)),
      }))
      const value = (args: readonly number[], prime: readonly number[]): number => {
        const order = prime.reduce((a, b) => a + b, 0)
        const dot = (v: readonly number[]): number => v.reduce((t, c, j) => t + c * (args[j] ?? Number.NaN), 0)
        const linear = order === 0 ? dot(slopes) : order === 1 ? (slopes[prime.indexOf(1)] ?? Number.NaN) : 0
        return waves.reduce(
          (t, w) =>
            t + w.height * w.rates.reduce((p, c, j) => p * c ** (prime[j] ?? 0), 1) * Math.sin(dot(w.rates) + w.at + (order * Math.PI) / 2),
          linear,
        )
      }
      return [name, value] as const
    }),
  )
}

/**
 * Draws settings of a context of the model in which the data are possible; where none is found, what the context
 * allows. A context whose facts tie every observation is met by solving for them.
 */
export const possibly = (
  model: Model,
  cx: Context,
  arrays: DrawOptions['arrays'],
  options: DrawOptions = {},
): ((rng: Random) => Env | undefined) => {
  const freely = drawer(cx, { arrays: arrays ?? new Map(), ...options })
  const patiently = (rng: Random): Env | undefined => drawer(cx, { arrays: arrays ?? new Map(), ...options, tries: 600 })(rng)
  return rng => {
    const calls = smoothFunctions(model, rng)
    let found: Env | undefined
    for (let k = 0; k < rejections; k++) {
      const drawn = freely(rng) ?? drawTied(cx, arrays ?? new Map(), rng) ?? (k === 0 ? patiently(rng) : undefined)
      if (!drawn) break
      found = calls ? { ...drawn, calls } : drawn
      if (Number.isFinite(logLikelihood(model, found)(new Map()))) return found
    }
    return found
  }
}

export interface ModelDrawOptions extends Pick<DrawOptions, 'size' | 'tries' | 'manner'> {
  /** Facts that hold beside those of the model. */
  readonly facts?: readonly Prop[]
}

/**
 * Prepares random settings of a model: sizes, lengths, knowns, covariates, data and parameters.
 * @param model any model
 * @returns a function that draws one setting with a positive, finite likelihood, or undefined if none was found
 */
export const modelDrawer = (model: Model, options: ModelDrawOptions = {}): ((rng: Random) => Env | undefined) => {
  const { facts = [], ...how } = options
  const draw = possibly(model, assuming(withSupports(model, modelContext(model)), facts), arraysOfModel(model), how)
  return rng => {
    const env = draw(rng)
    return env && Number.isFinite(logLikelihood(model, env)(new Map())) ? env : undefined
  }
}
