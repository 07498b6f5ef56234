/**
 * What an answer says beside its estimator, held against numbers: the forms in the box against each other and against
 * the estimator, observed information against the curvature of log L, standard errors against Fisher information,
 * functions of the parameter against the function at the estimate.
 */
import type { Block, Derivation } from '../document/document.ts'
import { envAt } from '../estimate/coordinates.ts'
import type { Estimate } from '../estimate/estimate.ts'
import type { Model } from '../model/model.ts'
import { type Env, evaluate } from '../term/evaluate.ts'
import { differentiate } from '../term/numeric-derivative.ts'
import type { Expr } from '../term/term.ts'
import { linearSolve } from './climb.ts'
import { sameValue } from './line-sampling.ts'
import { derivativesAt } from './numeric-gradient.ts'
import type { Failure } from './replay.ts'

const off = (a: number, b: number, tolerance: number): boolean =>
  Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) > tolerance * Math.max(Math.abs(a), Math.abs(b), 1e-12)

const boxesIn = (blocks: readonly Block[]): readonly Extract<Block, { type: 'boxed' }>[] =>
  blocks.flatMap(b => (b.type === 'boxed' ? [b] : b.type === 'list' ? b.items.flatMap(i => boxesIn(i.blocks)) : []))

/** The boxed forms of each parameter must be equal, and equal to the estimator of the answer, for all data. */
export const checkBoxes = (derivation: Derivation, envs: readonly Env[]): Failure => {
  for (const box of derivation.sections.flatMap(s => boxesIn(s.blocks)))
    for (const item of box.items) {
      const estimator = derivation.answer.parameters[item.parameter]?.estimator
      const forms: readonly Expr[] = [...item.forms.map(f => f.term), ...(estimator ? [estimator] : [])]
      const [first, ...others] = forms
      for (const other of others)
        for (const env of envs)
          if (first && sameValue(first, other, env, derivation.model) === 'differ')
            return `two forms of the answer for ${item.parameter} differ`
    }
  return undefined
}

/** The inverse of a small matrix, column by column; undefined if it is singular. */
const inverse = (m: readonly (readonly number[])[]): readonly (readonly number[])[] | undefined => {
  const columns = m.map((_, k) =>
    linearSolve(
      m,
      m.map((__, j) => (j === k ? 1 : 0)),
    ),
  )
  return columns.every(c => c !== undefined) ? m.map((_, i) => columns.map(c => c?.[i] as number)) : undefined
}

/** Entries of a matrix of information differ: relative to the diagonal they belong to. */
const entriesDiffer = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): readonly [number, number] | undefined => {
  for (const [i, row] of a.entries())
    for (const [j, x] of row.entries()) {
      const y = b[i]?.[j] ?? Number.NaN
      const size = Math.sqrt(Math.abs((b[i]?.[i] ?? 0) * (b[j]?.[j] ?? 0)))
      if (Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) > 1e-4 * Math.max(size, 1e-12)) return [i, j]
    }
  return undefined
}

/** Checks at one sample with a regular maximum of scalar parameters; undefined when nothing contradicts the answer. */
export const checkPrecision = (derivation: Derivation, estimate: Estimate, env: Env): Failure => {
  const { model, answer } = derivation
  const { information } = answer
  if ('refused' in information || estimate.status !== 'maximum') return undefined
  const hats = information.order.map(name => estimate.parameters[name])
  if (hats.length !== model.parameters.length || !hats.every(v => typeof v === 'number')) return undefined
  if (!information.order.every(name => typeof estimate.standardErrors[name] === 'number')) return undefined
  const point = new Map(information.order.map((name, k) => [name, hats[k] as number]))
  const here = envAt(env, point)
  const matrix = (m: readonly (readonly Expr[])[]): readonly (readonly number[])[] => m.map(row => row.map(e => evaluate(e, here)))
  const observed = matrix(information.observed)
  const curvature = curvatureIn(model, env, point, information.order)
  const differing = entriesDiffer(observed, curvature)
  if (differing) {
    const [i, j] = differing
    return `observed information is ${observed[i]?.[j]} in the answer and ${curvature[i]?.[j]} by differences${observed.length > 1 ? ` (row ${i + 1}, column ${j + 1})` : ''}`
  }
  const used = information.fisher ? matrix(information.fisher) : observed
  const covariance = inverse(used)
  if (!covariance) return undefined
  for (const [k, name] of information.order.entries()) {
    const error = information.standardError[name]
    const variance = covariance[k]?.[k] ?? Number.NaN
    if (error && off(evaluate(error, here) ** 2, variance, 1e-9)) return 'the standard error is not the root of the inverse information'
  }
  for (const w of model.of) {
    const f = answer.functions[w.text]
    if (f?.estimator && off(evaluate(f.estimator, env), evaluate(w.term, here), 1e-9))
      return `the estimate of ${w.text} is not that function at the estimate`
    if (!f?.standardError) continue
    const slopes = information.order.map((name, k) =>
      differentiate(x => evaluate(w.term, envAt(env, new Map(point).set(name, x))), hats[k] as number, 1),
    )
    const variance = slopes.reduce((t, a, i) => t + slopes.reduce((u, b, j) => u + a * b * (covariance[i]?.[j] as number), 0), 0)
    if (off(evaluate(f.standardError, here) ** 2, variance, 2e-6)) return `the standard error of ${w.text} is not that of the delta method`
  }
  return undefined
}

/** −∂² log L by differences, rows and columns in the given order of names. */
const curvatureIn = (
  model: Model,
  env: Env,
  point: ReadonlyMap<string, number>,
  order: readonly string[],
): readonly (readonly number[])[] => {
  const { coordinates, hessian } = derivativesAt(model, env, point)
  const places = order.map(name => coordinates.findIndex(c => c.name === name))
  return places.map(i => places.map(j => -(hessian[i]?.[j] ?? Number.NaN)))
}
