/** `check`: somebody else's derivation, read and decided line by line. */
import type { Model } from '../model/model.ts'
import { type JudgeOptions, judge } from './judge.ts'
import { type ReadOptions, readSteps } from './reading/read-steps.ts'
import type { CheckReport } from './report.ts'
import { assumingMore } from './with-data.ts'

export type CheckOptions = JudgeOptions & ReadOptions

/**
 * Checks the steps of a derivation against a model.
 * @param steps the text of a document, or its lines
 * @param options `require`: what a full answer needs; `assume`: further facts about the sample; `data`: the sample, where the task gives numbers
 * @returns a report with one entry for each line; never throws for what was written
 * @throws ModelError for an assumption that cannot be read, DataError for data that are none of the model's
 */
export const check = (model: Model, steps: string | readonly string[], options: CheckOptions = {}): CheckReport => {
  const whole = assumingMore(model, typeof options.assume === 'string' ? [options.assume] : (options.assume ?? []))
  return judge(whole, readSteps(steps, whole, options), options)
}
