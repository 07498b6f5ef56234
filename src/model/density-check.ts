/**
 * Whether a density is one: at a few admissible parameter values it is summed or integrated over its support. A mass
 * other than 1, or a negative value, is a warning with the number found; a density that has no value inside its own
 * support contradicts it and is an error. Only for one scalar observation without covariates; a few milliseconds.
 */
import { type Env, evaluate, holds, type NestedNumbers } from '../term/evaluate.ts'
import { integrate, sumOver } from '../term/quadrature.ts'
import type { SetTerm } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'
import { complaint, type Locate } from './complaints.ts'
import { lengthSymbols, type Model, type Sample } from './model.ts'

/** Masses nearer to 1 than this pass: quadrature across a kink or a jump is no better. */
const tolerance = 2e-3
/** Terms of an infinite sum that are looked at. */
const longestSum = 2000

/** An inner point of a set, a different one for each `k`; never 1, where too much is equal. */
export const pointOf = (set: SetTerm, k: number, env: Env): number => {
  if (set.kind === 'finite') {
    const element = set.elements[k % Math.max(1, set.elements.length)]
    return element ? evaluate(element, env) : Number.NaN
  }
  const lo = evaluate(set.lo, env)
  const hi = evaluate(set.hi, env)
  if (Number.isNaN(lo) || Number.isNaN(hi)) return Number.NaN
  if (set.kind === 'range') {
    const from = Number.isFinite(lo) ? lo : Number.isFinite(hi) ? hi - 9 : 0
    return Math.min(from + 2 + 3 * k, Number.isFinite(hi) ? hi : Infinity)
  }
  if (Number.isFinite(lo) && Number.isFinite(hi)) return lo + (hi - lo) * ([0.37, 0.71, 0.19][k % 3] ?? 0.5)
  const step = [0.83, 2.3, 0.41][k % 3] ?? 0.83
  return Number.isFinite(lo) ? lo + step : Number.isFinite(hi) ? hi - step : (step - 1.4) * 0.7
}

/** Values for parameters and knowns that satisfy their domains and the joint constraints, or undefined. */
const setting = (model: Model, k: number): Env | undefined => {
  const symbols = new Map<string, number>()
  const arrays = new Map<string, NestedNumbers>()
  const env: Env = { symbols, arrays }
  for (const name of lengthSymbols(model)) symbols.set(name, 3)
  const vectors = [...model.known, ...model.parameters].filter(x => x.length)
  for (const x of vectors) {
    const count = x.length ? evaluate(x.length, env) : 0
    if (!(count >= 1 && count <= 50)) return undefined
    const entries = Array.from({ length: count }, (_, j) => pointOf(x.domain, k + j, env))
    if (!entries.every(Number.isFinite)) return undefined
    arrays.set(x.name, entries)
  }
  const scalars = scalarsOf(model, symbols, env, k)
  if (!scalars) return undefined
  const isJoint = (): boolean => model.constraints.every(c => holds(c, env, 1e-9))
  // shares of 1, if the entries as drawn satisfy no joint condition
  if (!isJoint())
    for (const p of model.parameters.filter(x => x.length)) {
      const drawn = (arrays.get(p.name) ?? []) as readonly number[]
      const total = drawn.reduce((a, b) => a + b, 0)
      arrays.set(
        p.name,
        drawn.map(v => v / total),
      )
    }
  return isJoint() ? { symbols, arrays } : undefined
}

/** Scalars in an order in which their ends can be evaluated; false if some cannot. */
const scalarsOf = (model: Model, symbols: Map<string, number>, env: Env, k: number): boolean => {
  const before = symbols.size
  const waiting = [
    ...model.known
      .filter(x => !x.length)
      .map(x => ({ name: x.name, point: () => (x.value ? evaluate(x.value, env) : pointOf(x.domain, k, env)) })),
    ...model.parameters.flatMap((p, j) => (p.length ? [] : [{ name: p.name, point: () => pointOf(p.domain, k + j, env) }])),
  ]
  for (let pass = 0; pass <= waiting.length; pass++)
    for (const w of waiting) {
      if (symbols.has(w.name)) continue
      const v = w.point()
      if (Number.isFinite(v)) symbols.set(w.name, v)
    }
  return symbols.size === before + waiting.length
}

const shown = (v: number): string => String(Number(v.toPrecision(6)))
const shownAt = (env: Env): string =>
  [...env.symbols]
    .map(([name, v]) => `${name} = ${shown(v)}`)
    .concat([...env.arrays].map(([name, list]) => `${name} = (${list.map(v => shown(v as number)).join(', ')})`))
    .join(', ')

/** What was seen of a density at one setting of the parameters. */
interface Seen {
  /** Its total mass, if the sum or integral settled. */
  readonly mass: number | undefined
  /** A point of the support where it is negative, or has no value. */
  readonly negative: { readonly at: number; readonly value: number } | undefined
  readonly undefinedAt: number | undefined
  /** A part of the support that alone has a mass above 1. */
  readonly excess?: { readonly mass: number; readonly from: number; readonly to: number }
}

/** About as far as a tail is followed where the whole mass does not settle, the shortest way first. */
const windows = [10, 100, 1000]

/** The mass between two finite points, where that alone is more than 1. */
const excessOf = (f: (x: number) => number, lo: number, hi: number): Seen['excess'] => {
  if (Number.isFinite(lo) && Number.isFinite(hi)) return undefined
  for (const window of windows) {
    const [from, to] = [Math.max(lo, -window), Math.min(hi, window)]
    const [coarse, fine] = [integrate(f, from, to, 200), integrate(f, from, to, 600)]
    if (fine > 1 + 10 * tolerance && Math.abs(coarse - fine) < tolerance * fine) return { mass: fine, from, to }
  }
  return undefined
}

/** The first terms of an infinite sum, where they alone are more than 1. */
const excessOfSum = (f: (x: number) => number, from: number, to: number): Seen['excess'] => {
  let mass = 0
  for (let x = from; x <= to; x++) {
    const v = f(x)
    if (!(v >= 0)) return undefined
    mass += v
    if (mass > 1 + 10 * tolerance) return { mass, from, to: x }
  }
  return undefined
}

const look = (s: Sample, support: SetTerm, name: string, env: Env): Seen => {
  let negative: Seen['negative']
  let undefinedAt: number | undefined
  const symbols = new Map(env.symbols)
  const isDiscrete = support.kind !== 'interval'
  // a node beside an open end may be that end in double precision, where nothing is asked of the density
  const openEnds =
    support.kind === 'interval' ? [support.lo, support.hi].filter((_, k) => !support.closed[k]).map(e => evaluate(e, env)) : []
  const f = (x: number): number => {
    symbols.set(name, x)
    // a new environment for each point: evaluators may remember the values of one
    const v = evaluate(s.density, { symbols, arrays: env.arrays })
    if (Number.isNaN(v) && openEnds.some(e => Number.isFinite(e) && Math.abs(x - e) <= 1e-12 * (1 + Math.abs(e)))) return 0
    if (v < -1e-9 && negative === undefined) negative = { at: x, value: v }
    // a density may run to infinity at a point, a probability may not
    if ((Number.isNaN(v) || (isDiscrete && v === Number.POSITIVE_INFINITY)) && Math.abs(x) < 20 && undefinedAt === undefined)
      undefinedAt = x
    return v
  }
  const done = (mass: number | undefined): Seen => ({ mass, negative, undefinedAt })
  if (support.kind === 'finite') {
    const values = [...new Set(support.elements.map(e => evaluate(e, env)))]
    return done(values.reduce((total, x) => total + f(x), 0))
  }
  const lo = evaluate(support.lo, env)
  const hi = evaluate(support.hi, env)
  if (!(lo < hi)) return done(undefined)
  if (support.kind === 'range') {
    const from = Number.isFinite(lo) ? lo : Math.max(-longestSum / 2, Number.isFinite(hi) ? hi - longestSum : -Infinity)
    const to = Math.min(hi, from + longestSum)
    const { mass } = sumOver(() => 0, f, from, to)
    const ends = (Number.isFinite(lo) ? 0 : Math.abs(f(from) * longestSum)) + (to === hi ? 0 : Math.abs(f(to) * longestSum))
    if (ends < tolerance / 10) return done(mass)
    const excess = excessOfSum(f, from, to)
    return excess ? { ...done(undefined), excess } : done(undefined)
  }
  const coarse = integrate(f, lo, hi, 40)
  const fine = integrate(f, lo, hi, 100)
  // a tail like 1/(x (log x)^c) leaves mass beyond every node: nothing is said of it
  const tails = [lo, hi].filter(end => !Number.isFinite(end)).map(end => Math.abs(f(Math.sign(end) * farOut)) * farOut * Math.log(farOut))
  // (a function that does not fall at all is no such case)
  if (tails.some(tail => tail > tolerance / 10 && tail <= 1)) return done(undefined)
  const seen = done(Math.abs(coarse - fine) < tolerance / 2 ? fine : settled(fine, integrate(f, lo, hi, 600)))
  // across jumps two quadratures may agree by chance
  const isLost = (seen.mass === undefined || !Number.isFinite(seen.mass)) && !hasKind(s.density, 'iverson')
  const excess = isLost ? excessOf(f, lo, hi) : undefined
  return excess ? { ...seen, mass: undefined, excess } : seen
}

/** About as far as the nodes of `integrate` reach. */
const farOut = 1e20

const settled = (a: number, b: number): number | undefined => (Math.abs(a - b) < tolerance / 2 ? b : undefined)

export interface DensityFindings {
  readonly warnings: readonly string[]
  /** Why density and support contradict each other. */
  readonly contradiction: string | undefined
}

/** What is wrong with the densities of a model, as far as a few numbers can show it. */
export const densityFindings = (model: Model): DensityFindings => {
  const warnings: string[] = []
  for (const s of model.samples) {
    const [v, ...others] = s.variables
    if (v === undefined || others.length > 0 || v.length !== undefined || s.contribution || s.covariates.length > 0) continue
    const settings = [0, 1].map(k => setting(model, k)).filter(e => e !== undefined)
    const looks = settings.map(env => ({ env, seen: look(s, v.support, v.name, env) }))
    const first = looks[0]
    if (first?.seen.undefinedAt !== undefined && looks.every(l => l.seen.undefinedAt !== undefined))
      return {
        warnings,
        contradiction: `the density has no value at ${v.name} = ${shown(first.seen.undefinedAt)} (${shownAt(first.env)}), which is in the support`,
      }
    for (const { env, seen } of looks) {
      if (seen.undefinedAt !== undefined) {
        warnings.push(`the density has no value at ${v.name} = ${shown(seen.undefinedAt)} (${shownAt(env)}), which the domains allow`)
        break
      }
      if (seen.negative) {
        warnings.push(`the density is negative: ${shown(seen.negative.value)} at ${v.name} = ${shown(seen.negative.at)} (${shownAt(env)})`)
        break
      }
      if (seen.excess) {
        const { mass, from, to } = seen.excess
        const how = v.support.kind === 'interval' ? 'integrates' : 'sums'
        warnings.push(`the density ${how} to ${shown(mass)} already from ${shown(from)} to ${shown(to)}, not to 1 (${shownAt(env)})`)
        break
      }
      if (seen.mass !== undefined && Math.abs(seen.mass - 1) > tolerance) {
        const how = v.support.kind === 'interval' ? 'integrates' : 'sums'
        warnings.push(`the density ${how} to ${shown(seen.mass)} over its support, not to 1 (${shownAt(env)})`)
        break
      }
    }
  }
  return { warnings, contradiction: undefined }
}

/** The model with its warnings. @throws ModelError if density and support contradict each other */
export const withWarnings = (model: Model, locate: Locate): Model => {
  const { warnings, contradiction } = densityFindings(model)
  if (contradiction !== undefined)
    throw complaint(
      locate,
      ['density'],
      'value',
      model.samples[0]?.densityText ?? '',
      contradiction,
      'a support on which the density is defined',
    )
  return warnings.length === 0 ? model : { ...model, warnings: [...model.warnings, ...warnings] }
}
