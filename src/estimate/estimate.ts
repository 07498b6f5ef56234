/**
 * Numbers from data: `estimate` evaluates what was derived, case by case, on the log scale. It maximises nothing itself;
 * what could not be derived stays "undecided". Infinities are the words "inf" and "-inf", and NaN never appears.
 */
import { derive } from '../derive/derive.ts'
import type { AnswerCase, Derivation, Phrase } from '../document/document.ts'
import { type Data, DataError, sampled } from '../model/data.ts'
import { endOfNoWeight, isZeroOfNoWeight, type Model, modelContext } from '../model/model.ts'
import { plain } from '../print/plain.ts'
import { type Env, evaluate, evaluateLog } from '../term/evaluate.ts'
import type { Expr } from '../term/term.ts'
import { caseOf, estimateValues, integersBeside } from './answer-value.ts'
import { atPoints, bestOf } from './choices.ts'
import { coordinatesOf, envAt, gridBetween, inPlace, type Point, placeOf } from './coordinates.ts'
import { impossibleObservations } from './impossible.ts'
import { logLikelihood } from './likelihood-value.ts'
import { standardErrorsFrom } from './standard-errors.ts'

/** A number as JSON can carry it; null where unknown. */
export type Real = number | 'inf' | '-inf' | null

/** The estimate for one sample. Vectors of parameters have one key whose value is an array. */
export interface Estimate {
  /** One maximiser inside · one on an end of a declared domain · several · supremum not attained or infinite · not decided. */
  readonly status: 'maximum' | 'boundary' | 'nonunique' | 'none' | 'undecided'
  readonly parameters: Readonly<Record<string, Real | readonly Real[]>>
  /** log L at the estimate, constants included; null if there is none. */
  readonly logLikelihood: Real
  /** Every value (every integer) between is a maximiser. */
  readonly set: Readonly<Record<string, readonly [Real, Real]>> | null
  readonly points: readonly Readonly<Record<string, Real>>[] | null
  readonly identified: Readonly<Record<string, Real>> | null
  /** value: the supremum of log L. */
  readonly supremum: { readonly value: Real; readonly towards: Readonly<Record<string, Real>> } | null
  /** From the inverse observed information; null where that does not apply. */
  readonly standardErrors: Readonly<Record<string, Real | readonly Real[]>>
  readonly method: string
  /** The condition on the sample under which this answer holds, in the plain notation. */
  readonly case: string | null
  readonly reason: string | null
}

/** A double as JSON can carry it. */
export const real = (x: number): Real => (Number.isNaN(x) ? null : x === Infinity ? 'inf' : x === -Infinity ? '-inf' : x === 0 ? 0 : x)
const reals = (v: number | readonly number[]): Real | readonly Real[] => (typeof v === 'number' ? real(v) : v.map(real))
const record = <A, B>(r: Readonly<Record<string, A>>, f: (a: A, name: string) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(r).map(([name, a]) => [name, f(a, name)]))

const textOf = (phrase: Phrase): string =>
  phrase.map(part => (typeof part === 'string' ? part : 'math' in part ? plain(part.math) : textOf(part.strong))).join('')

export const nothing = {
  parameters: {},
  logLikelihood: null,
  set: null,
  points: null,
  identified: null,
  supremum: null,
  standardErrors: {},
} as const

/**
 * The maximum-likelihood estimate for one sample.
 * @param subject a derivation, or a model (which is then derived)
 * @param data observations by name, `known` values, covariates
 * @throws DataError for data that the model does not allow, "impossible under the model" if L is 0 for every parameter
 * @throws ModelError if the model cannot be derived from as it stands
 */
export const estimate = (subject: Derivation | Model, data: Data): Estimate => {
  const derivation = 'type' in subject ? subject : derive(subject)
  return estimateOn(derivation, sampled(derivation.model, data))
}

/** The same for data that were validated and bound to names. @throws DataError if L is 0 for every parameter */
export const estimateOn = (derivation: Derivation, env: Env): Estimate => {
  const { model, answer } = derivation
  const aside = leftAside(model, env)
  if (aside !== undefined) {
    refuseImpossible(model, env)
    return { ...nothing, status: 'undecided', method: 'none', case: null, reason: aside }
  }
  const found = caseOf(answer, env)
  if (!found) {
    refuseImpossible(model, env)
    const reason =
      answer.obstacle?.reason ??
      (answer.outcome === 'undecided' ? 'the derivation could not decide' : 'no case of the answer covers these data')
    return { ...nothing, status: 'undecided', method: 'none', case: null, reason }
  }
  const label = { case: plain(found.when), reason: textOf(found.why) || null }
  if (found.attained === 'none') {
    refuseImpossible(model, env)
    return { ...nothing, ...label, status: 'none', supremum: supremumOf(model, found, env), method: 'limit' }
  }
  if (found.points) return atPoints(model, found.points, env, label, { heightAt, refuseImpossible, onBoundary })
  const beside = integersBeside(model, answer, found, env)
  if (beside) return bestOf(model, { candidates: beside }, env, label, { heightAt, refuseImpossible, onBoundary })
  if (found.candidates && found.attained !== 'implicit') return bestOf(model, found, env, label, { heightAt, refuseImpossible, onBoundary })
  const ends = endsOfSet(model, found, env)
  if (ends && isWide(ends)) return nonunique(model, found, ends, env, label)
  const values = ends ? { point: middleOf(ends, isWhole(model)), solved: false } : estimateValues(model, answer, found, env)
  if ('failure' in values) {
    refuseImpossible(model, env)
    return { ...nothing, status: 'undecided', method: 'none', case: label.case, reason: values.failure }
  }
  const top = heightAt(model, values.point, env)
  if (top === -Infinity) refuseImpossible(model, env)
  if (!Number.isFinite(top)) {
    const reason = 'the likelihood cannot be evaluated at the derived estimate'
    return { ...nothing, status: 'undecided', method: 'none', case: label.case, reason }
  }
  const name = model.parameters[0]?.name
  if ('ties' in values && values.ties && name !== undefined)
    return {
      ...nothing,
      ...label,
      status: 'nonunique',
      points: values.ties.map(v => ({ [name]: real(v) })),
      logLikelihood: real(top),
      method: 'newton',
      reason: 'several roots of the score equation are equally likely',
    }
  const boundary = onBoundary(model, values.point, env)
  const regular = !boundary && (found.attained === 'interior' || found.attained === 'implicit')
  return {
    ...nothing,
    status: boundary ? 'boundary' : 'maximum',
    parameters: Object.fromEntries([...values.point].map(([name, v]) => [name, reals(v)])),
    logLikelihood: real(top),
    standardErrors: standardErrors(derivation, values.point, env, regular),
    method: values.solved ? 'newton' : found.attained === 'integer' || found.attained === 'finite' ? 'comparison' : 'closed form',
    case: label.case,
    reason: boundary || found.attained === 'endpoint' ? label.reason : null,
  }
}

/** log L is finite at several parameter values (a known constant may make the density regular at its end). */
const isPositiveSomewhere = (model: Model, env: Env): boolean => {
  const [only, ...more] = coordinatesOf(model, env)
  if (!only || more.length > 0 || only.place.kind !== 'real') return false
  const value = logLikelihood(model, env)
  return gridBetween(only.place.lo, only.place.hi, 1).filter(x => Number.isFinite(value(new Map([[only.name, x]])))).length > 2
}

/** Data with an observation at an end of the support that the derivation leaves aside (probability 0, density no positive number). */
const leftAside = (model: Model, env: Env): string | undefined => {
  const cx = modelContext(model)
  const unknowns = model.parameters.map(p => p.name)
  for (const s of model.samples)
    for (const v of s.variables) {
      const zero = isZeroOfNoWeight(v, s, unknowns) ? (env.arrays.get(v.name) ?? []).indexOf(0) : -1
      if (zero >= 0 && !isPositiveSomewhere(model, env))
        return `${v.name}[${zero + 1}] = 0 is a point at which the density is not a positive number`
      for (const end of ['lo', 'hi'] as const) {
        if (v.support.kind !== 'interval' || endOfNoWeight(v.support, v, s, end, cx) === undefined) continue
        const at = evaluate(v.support[end], env)
        const row = (env.arrays.get(v.name) ?? []).indexOf(at)
        if (row >= 0 && !isPositiveSomewhere(model, env))
          return `${v.name}[${row + 1}] = ${at} is an end of the support at which the density is not a positive number`
      }
    }
  return undefined
}

const refuseImpossible = (model: Model, env: Env): void => {
  const blame = impossibleObservations(model, env)
  if (!blame) return
  const array = env.arrays.get(blame.variable)
  const named = blame.rows.map(i => `${blame.variable}[${i}] = ${JSON.stringify(array?.[i - 1])}`)
  const what = named.length > 1 ? `${named.join(' and ')} together have` : `${named.join('')} has`
  throw new DataError(`impossible under the model: ${what} likelihood 0 for every admissible parameter`)
}

/** log L; where the end of a support was rounded past an observation, log L a rounding error away. */
const heightAt = (model: Model, point: Point, env: Env): number => {
  const value = logLikelihood(model, env)
  const top = value(point)
  if (top !== -Infinity || model.parameters.some(p => p.domain.kind !== 'interval')) return top
  for (const e of [1, -1, 2, -2, 4, -4])
    for (const name of point.keys()) {
      const v = point.get(name)
      if (typeof v !== 'number') continue
      const near = value(new Map(point).set(name, v + e * Number.EPSILON * Math.abs(v)))
      if (near > -Infinity) return near
    }
  return top
}

type Ends = Readonly<Record<string, readonly [number, number]>>

/** The ends of a set of maximisers: those of the case, or the whole declared domain where every value is one. */
const endsOfSet = (model: Model, found: AnswerCase, env: Env): Ends | undefined => {
  if (found.set) return record(found.set, s => [evaluate(s.lo, env), evaluate(s.hi, env)] as const)
  const [only, ...more] = model.parameters
  if (found.attained !== 'set' || !only || more.length > 0 || only.length) return undefined
  const place = placeOf(only.domain, env)
  return place.kind === 'finite' ? undefined : { [only.name]: [place.lo, place.hi] }
}
const isWide = (ends: Ends): boolean =>
  Object.values(ends).some(([lo, hi]) => hi - lo > 1e-12 * (Math.abs(lo) + Math.abs(hi)) || hi - lo === Infinity)

/** A point of the set: its middle, an integer if the parameter is one. */
const middleOf = (ends: Ends, whole: boolean): ReadonlyMap<string, number> => {
  const inside = (lo: number, hi: number): number => {
    if (Number.isFinite(lo) && Number.isFinite(hi)) return whole && Number.isInteger(lo) && Number.isInteger(hi) ? lo : lo + (hi - lo) / 2
    return Number.isFinite(lo) ? lo + 1 : Number.isFinite(hi) ? hi - 1 : 0
  }
  return new Map(Object.entries(ends).map(([name, [lo, hi]]) => [name, inside(lo, hi)]))
}

const isWhole = (model: Model): boolean => model.parameters.every(p => p.domain.kind !== 'interval')

const nonunique = (model: Model, found: AnswerCase, ends: Ends, env: Env, label: Pick<Estimate, 'case' | 'reason'>): Estimate => {
  const top = heightAt(model, middleOf(ends, isWhole(model)), env)
  if (top === -Infinity) refuseImpossible(model, env)
  return {
    ...nothing,
    ...label,
    status: 'nonunique',
    parameters: found.estimator ? record(found.estimator, e => real(evaluate(e, env))) : {},
    logLikelihood: Number.isFinite(top) ? real(top) : null,
    set: record(ends, ([lo, hi]) => [real(lo), real(hi)] as const),
    standardErrors: {},
    method: 'closed form',
  }
}

/** Whether a parameter stands on an end of its declared domain. */
const onBoundary = (model: Model, point: Point, env: Env): boolean => {
  const here = envAt(env, point)
  return model.parameters.some(p => {
    const v = point.get(p.name)
    const place = placeOf(p.domain, here)
    if (place.kind === 'finite' || v === undefined) return false
    return (typeof v === 'number' ? [v] : v).some(x => x === place.lo || x === place.hi)
  })
}

const standardErrors = (derivation: Derivation, point: Point, env: Env, regular: boolean): Estimate['standardErrors'] => {
  const { information } = derivation.answer
  const none = Object.fromEntries([...point].map(([name, v]) => [name, typeof v === 'number' ? null : v.map(() => null)]))
  if (!regular || 'refused' in information) return none
  const here = envAt(env, point)
  const roots = standardErrorsFrom(information.observed.map(row => row.map(entry => evaluate(entry, here))))
  if (!roots) return none
  return {
    ...none,
    ...Object.fromEntries(
      information.order.map((name, i) => [name, real(roots[i] as number)]).filter(([name]) => point.has(name as string)),
    ),
  }
}

const supremumOf = (model: Model, found: AnswerCase, env: Env): Estimate['supremum'] => {
  if (!found.towards) return found.supremum ? { value: logOf(found.supremum, env), towards: {} } : null
  const towards = record(found.towards, t => evaluate(t, env))
  const value = found.supremum ? logOf(found.supremum, env) : real(limitValue(model, towards, env))
  return { value, towards: record(towards, real) }
}
const logOf = (t: Expr, env: Env): Real => (t.kind === 'infinity' ? 'inf' : real(evaluateLog(t, env).log))

/** log L on the way to a point that is not reached: its limit if the values settle, ∞ if they keep growing, else NaN. */
const limitValue = (model: Model, towards: Readonly<Record<string, number>>, env: Env): number => {
  const [parameter, ...others] = model.parameters
  const end = parameter && towards[parameter.name]
  if (!parameter || others.length > 0 || end === undefined) return Number.NaN
  const value = logLikelihood(model, env)
  const from = (side: number): number => {
    const near = (k: number): number => (Number.isFinite(end) ? end + side * 10 ** -k * (Math.abs(end) || 1) : Math.sign(end) * 10 ** k)
    const [a, b, c] = [6, 9, 12].map(k =>
      inPlace(placeOf(parameter.domain, env), near(k)) ? value(new Map([[parameter.name, near(k)]])) : Number.NaN,
    ) as [number, number, number]
    if (c - b > 1e-2 && b - a > 1e-2) return Infinity
    return Math.abs(c - b) <= 1e-6 * (1 + Math.abs(c)) ? Math.round(c * 1e9) / 1e9 : Number.NaN
  }
  const [above, below] = [from(1), from(-1)]
  return Number.isNaN(above) ? below : Number.isNaN(below) ? above : Math.max(above, below)
}
