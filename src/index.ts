/** The public API: re-exports only. What needs a heavy package has its own entry, `thetahat/html` and `thetahat/verify`. */

export { derive } from './derive/derive.ts'
export { type ModelSummary, modelSummaries as models } from './derive/model-summaries.ts'
export { type RuleSummary, ruleSummaries as rules } from './derive/rule-summaries.ts'
export type * from './document/document.ts'
export { readDerivation } from './document/json.ts'
export { estimate } from './estimate/estimate.ts'
export { type Data, DataError } from './model/data.ts'
export type { Model } from './model/model.ts'
export { type ParseModelOptions, parseModel } from './model/model-file.ts'
export { ModelError } from './read/error.ts'
export { render } from './render/render.ts'
export { proofread } from './verify/proofread.ts'
