/** The samples on which a stated estimate is tried: ordinary ones, those that Θ cuts off, and those at the ends of the support. */
import { within } from '../rewrite/facts.ts'
import { contains, type Env, evaluate, holds } from '../term/evaluate.ts'
import { type Expr, finite } from '../term/term.ts'
import { hasKind, some } from '../term/walk.ts'
import { arraysOfModel, drawer, drawSetting } from '../verify/draw.ts'
import { mulberry32, seedOf } from '../verify/random.ts'
import { settingsFor } from '../verify/settings.ts'
import type { Manner } from '../verify/spread.ts'
import { mentionsHat, stationary, unknownsIn } from './decide.ts'
import type { Estimate } from './estimate-stated.ts'
import { atValues, completed, once, type Reference } from './reference.ts'
import { gradient, type Top, topOf, type Values } from './top.ts'
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
    // a maximum that happens to lie at an end is no sample that Θ cuts off
    const ends = new Set(first.flatMap(({ env, top }) => (pulls(r, env, endOf(r, env, top)) ? [endOf(r, env, top)] : [])))
    const further = closedEnds(r).flatMap((_, k) => {
      const env = ends.has(k) ? undefined : [...moreSamples(r), ...movedSamples(r)].find(e => pulls(r, e, k))
      return env ? of([env]) : []
    })
    if (first.length + further.length > 0) return [...first.slice(0, 4), ...further]
    // samples at the ends of their support: all failures, all successes
    const rng = mulberry32(seedOf(JSON.stringify(r.model.source)))
    const draw = (manner: Manner): Env | undefined =>
      drawSetting(r.closed, { arrays: arraysOfModel(r.model), size: 3, manner, tries: 4 }, rng)
    return of((['lowest', 'highest'] as const).flatMap(manner => draw(manner) ?? []))
  })

const moreSamples = (r: Reference): readonly Env[] =>
  once(r, 'more samples', () => {
    const draw = drawer(r.interior, { arrays: arraysOfModel(r.model), tries: 8 })
    const rng = mulberry32(seedOf(`${JSON.stringify(r.model.source)}|ends`))
    return Array.from({ length: 16 }, () => draw(rng)).flatMap(env => (env ? [completed(r.model, env)] : []))
  })

/** The same samples in other units, and moved: draws know nothing of the parameters that Θ allows. */
const movedSamples = (r: Reference): readonly Env[] =>
  once(r, 'moved samples', () =>
    r.settings.slice(0, 3).flatMap(({ env }) =>
      [...[0.02, 0.2, 5, 50, -1].map(f => (x: number) => f * x), ...[-20, -3, 3, 20].map(c => (x: number) => x + c)].flatMap(move => {
        const moved = completed(r.model, {
          ...env,
          arrays: new Map(
            [...env.arrays].map(([name, list]) => [
              name,
              r.observed.includes(name) ? list.map(x => (typeof x === 'number' ? move(x) : x)) : list,
            ]),
          ) as Env['arrays'],
        })
        const fits = r.model.samples.every(s =>
          s.variables.every(v => (moved.arrays.get(v.name) ?? []).every(x => typeof x === 'number' && contains(v.support, x, moved))),
        )
        return fits && r.model.samples.length > 0 ? [moved] : []
      }),
    ),
  )

/** Whether ℓ, as a function of the one parameter, still rises at an end of Θ. */
const pulls = (r: Reference, env: Env, k: number): boolean => {
  const found = closedEnds(r)[k]
  if (!found || r.unknowns.length !== 1) return false
  const end = evaluate(found.end, env)
  const side = found.upper ? -1 : 1
  const inside = end + side * 1e-6 * (1 + Math.abs(end))
  const slope = evaluate(gradient(r)[0] as Expr, { ...env, symbols: new Map(env.symbols).set(found.name, inside) })
  const there = evaluate(r.ell, { ...env, symbols: new Map(env.symbols).set(found.name, inside + side * 1e-3) })
  return Number.isFinite(there) && side * slope < -1e-3
}

/** The ends of Θ that belong to it, with the name of the parameter. */
const closedEnds = (r: Reference): readonly { readonly name: string; readonly end: Expr; readonly upper: boolean }[] =>
  r.model.parameters.flatMap(({ name, domain }) =>
    domain.kind === 'interval'
      ? [domain.lo, domain.hi].flatMap((end, k) => (domain.closed[k as 0 | 1] ? [{ name, end, upper: k === 1 }] : []))
      : [],
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
