/** The built-in models as plain data, with what their derivation finds. */
import type { Outcome } from '../document/document.ts'
import { builtInModel, builtInNames } from '../model/built-in.ts'
import type { ModelSource } from '../model/model-source.ts'
import { plain } from '../print/plain.ts'
import { derive } from './derive.ts'

export interface ModelSummary {
  readonly id: string
  readonly title: string
  readonly density: string
  readonly support: string
  readonly parameters: Readonly<Record<string, string>>
  readonly known: Readonly<Record<string, string>>
  readonly assume: readonly string[]
  readonly outcome: Outcome
  /** The estimator in the plain notation, or null if there is no closed form. */
  readonly estimator: string | null
  readonly source?: string
}

/** @throws ModelError if there is no such built-in model */
export const modelSummary = (id: string): ModelSummary => {
  const model = builtInModel(id)
  const source = model.source as ModelSource
  const { outcome, parameters } = derive(model).answer
  const estimators = Object.entries(parameters).map(([name, p]) => (p.estimator === null ? null : `${name} = ${plain(p.estimator)}`))
  return {
    id,
    title: model.name,
    density: source.density ?? source.contribution ?? source.likelihood ?? '',
    support: [source.support ?? []].flat().join(', '),
    parameters: source.parameters ?? {},
    known: source.known ?? {},
    assume: source.assume ?? [],
    outcome,
    estimator: estimators.some(e => e === null) ? null : estimators.join(', '),
    ...(source.source === undefined ? {} : { source: source.source }),
  }
}

/** Every built-in model. */
export const modelSummaries = (): readonly ModelSummary[] => builtInNames.map(modelSummary)
