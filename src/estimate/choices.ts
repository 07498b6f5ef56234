/**
 * Estimates that are chosen: several maximisers named by the derivation, and the best of candidates that it left to a
 * comparison of numbers. Values that agree to within rounding are all maximisers.
 */
import type { AnswerCase } from '../document/document.ts'
import type { Model } from '../model/model.ts'
import type { Env } from '../term/evaluate.ts'
import { candidateValues, quotientValue } from './answer-value.ts'
import { inPlace, type Point, placeOf } from './coordinates.ts'
import { type Estimate, nothing, real } from './estimate.ts'

/** log L at a point, whether a point is on an end of Θ, and the refusal of impossible data. */
export interface Heights {
  readonly heightAt: (model: Model, point: Point, env: Env) => number
  readonly refuseImpossible: (model: Model, env: Env) => void
  readonly onBoundary: (model: Model, point: Point, env: Env) => boolean
}

const record = <A, B>(r: Readonly<Record<string, A>>, f: (a: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(r).map(([name, a]) => [name, f(a)]))

/** Several maximisers, each named by the derivation. */
export const atPoints = (
  model: Model,
  points: NonNullable<AnswerCase['points']>,
  env: Env,
  label: Pick<Estimate, 'case' | 'reason'>,
  { heightAt, refuseImpossible }: Heights,
): Estimate => {
  const values = points.map(p => record(p, e => nearInteger(quotientValue(e, env))))
  const [one] = values
  const top = one ? heightAt(model, new Map(Object.entries(one)), env) : Number.NaN
  if (top === -Infinity) refuseImpossible(model, env)
  const names = Object.keys(one ?? {})
  const whole = values.every(v => names.every(n => Number.isInteger(v[n])))
  return {
    ...nothing,
    ...label,
    status: 'nonunique',
    points: values.map(v => record(v, a => real(a))),
    // neighbouring integers are all the integers between
    set:
      whole &&
      names.length === 1 &&
      isRun(values.map(v => v[names[0] as string] as number)) &&
      model.parameters.every(p => p.domain.kind === 'range')
        ? Object.fromEntries(
            names.map(n => [
              n,
              [real(Math.min(...values.map(v => v[n] as number))), real(Math.max(...values.map(v => v[n] as number)))] as const,
            ]),
          )
        : null,
    logLikelihood: Number.isFinite(top) ? real(top) : null,
    method: 'comparison',
  }
}
const isRun = (xs: readonly number[]): boolean => Math.max(...xs) - Math.min(...xs) === xs.length - 1
/** A quotient that is an integer but for rounding. */
const nearInteger = (v: number): number => (Math.abs(v - Math.round(v)) <= 1e-9 * Math.max(1, Math.abs(v)) ? Math.round(v) : v)

/** The largest likelihood among the candidates that the derivation left to a comparison of numbers. */
export const bestOf = (
  model: Model,
  { candidates = {}, spanned = false }: Pick<AnswerCase, 'candidates' | 'spanned'>,
  env: Env,
  label: Pick<Estimate, 'case' | 'reason'>,
  { heightAt, refuseImpossible, onBoundary }: Heights,
): Estimate => {
  const [entry, ...more] = Object.entries(candidates)
  if (!entry || more.length > 0)
    return { ...nothing, ...label, status: 'undecided', method: 'none', reason: 'the candidates could not be compared' }
  const [name, list] = entry
  const parameter = model.parameters.find(p => p.name === name)
  const place = parameter && placeOf(parameter.domain, env)
  const heights = candidateValues(model, list, env)
    .filter(v => !place || inPlace(place, v))
    .map(v => ({ v, y: heightAt(model, new Map([[name, v]]), env) }))
    .filter(h => h.y > -Infinity)
  if (heights.length === 0) {
    refuseImpossible(model, env)
    return { ...nothing, ...label, status: 'undecided', method: 'none', reason: 'the likelihood cannot be evaluated at any candidate' }
  }
  const top = heights.reduce((a, b) => (b.y > a.y ? b : a))
  const best = heights.filter(h => h.y >= top.y - 1e-11 * (1 + Math.abs(top.y)))
  if (best.length > 1 && spanned)
    return {
      ...nothing,
      ...label,
      status: 'nonunique',
      set: { [name]: [real((best[0] as { v: number }).v), real((best.at(-1) as { v: number }).v)] },
      logLikelihood: real(top.y),
      method: 'comparison',
    }
  if (best.length > 1)
    return {
      ...nothing,
      ...label,
      status: 'nonunique',
      points: best.map(h => ({ [name]: real(h.v) })),
      logLikelihood: real(top.y),
      method: 'comparison',
    }
  const boundary = onBoundary(model, new Map([[name, top.v]]), env)
  return {
    ...nothing,
    ...label,
    status: boundary ? 'boundary' : 'maximum',
    parameters: { [name]: real(top.v) },
    logLikelihood: real(top.y),
    standardErrors: { [name]: null },
    method: 'comparison',
  }
}
