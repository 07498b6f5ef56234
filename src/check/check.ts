/** `check`: somebody else's derivation, read and decided line by line. */
import type { Model } from '../model/model.ts'
import { type JudgeOptions, judge } from './judge.ts'
import { type ReadOptions, readSteps } from './reading/read-steps.ts'
import type { CheckReport } from './report.ts'

export type CheckOptions = JudgeOptions & ReadOptions

/**
 * Checks the steps of a derivation against a model.
 * @param steps the text of a document, or its lines
 * @returns a report with one entry for each line; never throws for what was written
 */
export const check = (model: Model, steps: string | readonly string[], options: CheckOptions = {}): CheckReport =>
  judge(model, readSteps(steps, model, options), options)
