/**
 * What an answer says beside its estimator, held against numbers: the forms in the box against each other and against
 * the estimator, observed information against the curvature of log L, standard errors against Fisher information,
 * functions of the parameter against the function at the estimate.
 */
import type { Block, Derivation } from '../document/document.ts'
import { envAt } from '../estimate/coordinates.ts'
import type { Estimate } from '../estimate/estimate.ts'
import { logLikelihood } from '../estimate/likelihood-value.ts'
import { type Env, evaluate } from '../term/evaluate.ts'
import { differentiate } from '../term/numeric-derivative.ts'
import type { Expr } from '../term/term.ts'
import { sameValue } from './line-sampling.ts'
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

/** Checks at one sample with a regular maximum of one parameter; undefined when nothing contradicts the answer. */
export const checkPrecision = (derivation: Derivation, estimate: Estimate, env: Env): Failure => {
  const { model, answer } = derivation
  const [parameter, ...more] = model.parameters
  if (!parameter || more.length > 0 || estimate.status !== 'maximum' || typeof estimate.standardErrors[parameter.name] !== 'number')
    return undefined
  const hat = estimate.parameters[parameter.name] as number
  const point = new Map([[parameter.name, hat]])
  const here = envAt(env, point)
  const { information } = answer
  if ('refused' in information) return undefined
  const observed = information.observed[0]?.[0]
  if (observed) {
    const value = logLikelihood(model, env)
    const curvature = -differentiate(x => value(new Map([[parameter.name, x]])), hat, 2)
    if (off(evaluate(observed, here), curvature, 1e-4))
      return `observed information is ${evaluate(observed, here)} in the answer and ${curvature} by differences`
  }
  const fisher = information.fisher?.[0]?.[0]
  const error = information.standardError[parameter.name]
  const used = fisher ?? observed
  if (error && used && off(evaluate(error, here) ** 2 * evaluate(used, here), 1, 1e-9))
    return 'the standard error is not the root of the inverse information'
  for (const w of model.of) {
    const f = answer.functions[w.text]
    if (f?.estimator && off(evaluate(f.estimator, env), evaluate(w.term, here), 1e-9))
      return `the estimate of ${w.text} is not that function at the estimate`
    if (f?.standardError && error) {
      const slope = differentiate(x => evaluate(w.term, envAt(env, new Map([[parameter.name, x]]))), hat, 1)
      if (off(evaluate(f.standardError, here), Math.abs(slope) * evaluate(error, here), 1e-6))
        return `the standard error of ${w.text} is not that of the delta method`
    }
  }
  return undefined
}
