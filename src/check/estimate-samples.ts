/** The samples on which a stated estimate is tried: ordinary ones, those that Θ cuts off, and those at the ends of the support. */
import { contains, type Env, evaluate } from '../term/evaluate.ts'
import { arraysOfModel, drawSetting } from '../verify/draw.ts'
import { mulberry32, seedOf } from '../verify/random.ts'
import type { Manner } from '../verify/spread.ts'
import { mentionsHat, stationary, unknownsIn } from './decide.ts'
import type { Estimate } from './estimate-stated.ts'
import { once, type Reference } from './reference.ts'
import { type Top, topOf } from './top.ts'

/** Samples that Θ cuts off, or with their maximum at an end of it. */
export const cutOff = (r: Reference): readonly { readonly env: Env; readonly top: Top }[] =>
  once(r, 'cut off', () => {
    if (r.moving || r.fixed) return []
    const of = (envs: readonly Env[]): { env: Env; top: Top }[] =>
      envs.flatMap(env => {
        const top = topOf(r, env)
        return top && !top.stationary ? [{ env, top }] : []
      })
    const first = of(r.settings.map(s => s.env))
    if (first.length > 0 || stationary(r).length === 0 || !restricted(r)) return first.slice(0, 4)
    // samples at the ends of their support: all failures, all successes
    const rng = mulberry32(seedOf(JSON.stringify(r.model.source)))
    const draw = (manner: Manner): Env | undefined =>
      drawSetting(r.closed, { arrays: arraysOfModel(r.model), size: 3, manner, tries: 4 }, rng)
    return of((['lowest', 'highest'] as const).flatMap(manner => draw(manner) ?? []))
  })

/** Whether a parameter space has ends that samples can reach: others than the natural ones. */
const restricted = (r: Reference): boolean =>
  r.model.parameters.some(p => p.domain.kind === 'interval' && (p.domain.closed[0] || p.domain.closed[1]))

/** The ordinary settings: with their maximum. */
export const ordinary = (r: Reference): readonly { readonly env: Env; readonly top: Top }[] =>
  once(r, 'ordinary', () => {
    const still = stationary(r)
    if (still.length > 0) return still
    return r.settings.flatMap(s => {
      const top = topOf(r, s.env)
      return top ? [{ env: s.env, top }] : []
    })
  })

/** A sample at an end of its support for which the stated value is no parameter. */
export const outsideOf = (r: Reference, e: Estimate): Env | undefined => {
  const p = r.model.parameters.find(q => q.name === e.parameter)
  if (r.moving || r.fixed || p?.domain.kind !== 'interval' || unknownsIn(r, e.value).length > 0 || mentionsHat(e.value)) return undefined
  const envs = once(r, 'special samples', () => {
    const rng = mulberry32(seedOf(JSON.stringify(r.model.source)))
    return (['lowest', 'highest'] as const).flatMap(
      manner => drawSetting(r.closed, { arrays: arraysOfModel(r.model), size: 3, manner, tries: 4 }, rng) ?? [],
    )
  })
  return envs.find(env => {
    const v = evaluate(e.value, env)
    return Number.isFinite(v) && !contains(p.domain, v, env, 1e-12)
  })
}
