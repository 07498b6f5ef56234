/** The samples on which a stated estimate is tried: ordinary ones, those that Θ cuts off, and those at the ends of the support. */
import { within } from '../rewrite/facts.ts'
import { contains, type Env, evaluate, holds } from '../term/evaluate.ts'
import { type Expr, finite } from '../term/term.ts'
import { hasKind, some } from '../term/walk.ts'
import { arraysOfModel, drawSetting } from '../verify/draw.ts'
import { mulberry32, seedOf } from '../verify/random.ts'
import { settingsFor } from '../verify/settings.ts'
import type { Manner } from '../verify/spread.ts'
import { mentionsHat, stationary, unknownsIn } from './decide.ts'
import type { Estimate } from './estimate-stated.ts'
import { atValues, completed, once, type Reference } from './reference.ts'
import { type Top, topOf, type Values } from './top.ts'
import { byNewton, reduced } from './top-newton.ts'

/** Samples that Θ cuts off, or with their maximum at an end of it. */
export const cutOff = (r: Reference): readonly { readonly env: Env; readonly top: Top }[] =>
  once(r, 'cut off', () => {
    if (r.fixed) return []
    const of = (envs: readonly Env[]): { env: Env; top: Top }[] =>
      envs.flatMap(env => {
        const top = topOf(r, env)
        return top && (r.moving ? endOf(r, env, top) >= 0 : !top.stationary) ? [{ env, top }] : []
      })
    const first = of(r.settings.map(s => s.env))
    if (r.special || !restricted(r)) return r.moving ? [] : first.slice(0, 4)
    if (r.moving) return [...first, ...of(atEnds(r))].slice(0, 4)
    if (first.length === 0 && stationary(r).length === 0) return first
    const ends = new Set(first.map(({ env, top }) => endOf(r, env, top)))
    const more = first.length > 0 && ends.size < closedEnds(r).length ? of(moreSettings(r)) : []
    const further = more.filter(
      ({ env, top }, k) => !ends.has(endOf(r, env, top)) && more.findIndex(o => endOf(r, o.env, o.top) === endOf(r, env, top)) === k,
    )
    if (first.length > 0) return [...first.slice(0, 4), ...further]
    // samples at the ends of their support: all failures, all successes
    const rng = mulberry32(seedOf(JSON.stringify(r.model.source)))
    const draw = (manner: Manner): Env | undefined =>
      drawSetting(r.closed, { arrays: arraysOfModel(r.model), size: 3, manner, tries: 4 }, rng)
    return of((['lowest', 'highest'] as const).flatMap(manner => draw(manner) ?? []))
  })

const moreSettings = (r: Reference): readonly Env[] =>
  settingsFor(r.model, 24)
    .of(r.interior, 'more')
    .map(s => completed(r.model, s.env))

/** The ends of Θ that belong to it, with the name of the parameter. */
const closedEnds = (r: Reference): readonly { readonly name: string; readonly end: Expr }[] =>
  r.model.parameters.flatMap(({ name, domain }) =>
    domain.kind === 'interval' ? [domain.lo, domain.hi].flatMap((end, k) => (domain.closed[k as 0 | 1] ? [{ name, end }] : [])) : [],
  )

/** At which of them the maximum is. */
const endOf = (r: Reference, env: Env, top: Top): number =>
  closedEnds(r).findIndex(({ name, end }) => {
    const v = top.values.get(name)
    return typeof v === 'number' && Math.abs(evaluate(end, env) - v) <= 1e-9 * (1 + Math.abs(v))
  })

/** Samples that are drawn with the parameter at an end of Θ: where the support moves, the others lie inside of it. */
const atEnds = (r: Reference): readonly Env[] =>
  closedEnds(r).flatMap(({ name, end }) =>
    settingsFor(r.model, 2)
      .of(within(r.interior, name, finite(end)), `end of ${name} ${end.hash}`)
      .map(s => completed(r.model, s.env)),
  )

/** A sample for which the estimates apart violate a joint inequality between the parameters, with them. */
export const crossing = (r: Reference): { readonly env: Env; readonly values: Values } | undefined =>
  once(r, 'crossing', () => {
    const ties = r.model.constraints.filter(c => c.kind === 'rel' && c.op !== '=' && c.op !== '!=')
    if (r.moving || r.fixed || ties.length === 0) return undefined
    for (const s of [...r.settings, ...settingsFor(r.model, 24).of(r.interior, 'more')]) {
      const env = completed(r.model, s.env)
      const apart = byNewton(r, env, reduced(r))
      if (apart && ties.some(c => !holds(c, atValues(env, apart.values), 1e-9))) return { env, values: apart.values }
    }
    return undefined
  })

/** Whether a parameter space has ends that samples can reach: others than the natural ones. */
const restricted = (r: Reference): boolean =>
  r.model.parameters.some(p => p.domain.kind === 'range' || (p.domain.kind === 'interval' && (p.domain.closed[0] || p.domain.closed[1])))

/** The ordinary settings: with their maximum. */
export const ordinary = (r: Reference): readonly { readonly env: Env; readonly top: Top }[] =>
  once(r, 'ordinary', () => {
    const still = stationary(r)
    // between two observations every point of a kinked likelihood can be level: samples with the maximum at a kink are wanted too
    if (still.length > 0 && hasKind(r.ell, 'fn') && some(r.ell, u => u.kind === 'fn' && u.name === 'abs')) return [...still, ...cornered(r)]
    if (still.length > 0) return still
    const found = r.settings.flatMap(s => {
      const top = topOf(r, s.env)
      return top ? [{ env: s.env, top }] : []
    })
    const inner = restricted(r) ? found.filter(({ env, top }) => !isAtEnd(r, env, top)) : found
    // integers of which every sample takes the first
    return inner.length === 0 && (r.moving || r.model.parameters.some(p => p.domain.kind === 'range')) ? found : inner
  })

/** Whether the maximum is at a closed end of Θ: what holds for other samples need not hold for this one. */
const isAtEnd = (r: Reference, env: Env, top: Top): boolean =>
  r.model.parameters.some(p => {
    const v = top.values.get(p.name)
    return (
      (p.domain.kind === 'interval' || p.domain.kind === 'range') &&
      typeof v === 'number' &&
      [p.domain.lo, p.domain.hi].some(end => Math.abs(evaluate(end, env) - v) <= 1e-9 * (1 + Math.abs(v)))
    )
  })

/** Samples of an odd size with their maximum at a kink: there it is one point. */
const cornered = (r: Reference): readonly { readonly env: Env; readonly top: Top }[] => {
  if (r.moving || r.fixed || r.special) return []
  const odd = settingsFor(r.model, 8)
    .of(r.interior, 'odd')
    .filter(s => r.size && evaluate(r.size, s.env) % 2 === 1)
  return odd.slice(0, 2).flatMap(s => {
    const env = completed(r.model, s.env)
    const top = topOf(r, env)
    return top && !top.stationary ? [{ env, top }] : []
  })
}

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
