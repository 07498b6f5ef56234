/**
 * The built-in models by name: the files of `derivations/`, turned into a module by the build so that no YAML is read
 * to start. Nothing here, and nothing above, knows what any of them is.
 */
import { didYouMean, ModelError } from '../read/error.ts'
import { buildModel } from './build-model.ts'
import { builtInSources } from './built-in.generated.ts'
import type { Model } from './model.ts'
import type { ModelSource } from './model-source.ts'

/** Ids of the built-in models, in alphabetical order. */
export const builtInNames: readonly string[] = Object.keys(builtInSources)

export const builtInSource = (id: string): ModelSource | undefined => (Object.hasOwn(builtInSources, id) ? builtInSources[id] : undefined)

/** The built-in model of that id. @throws ModelError with the nearest names if there is none */
export const builtInModel = (id: string): Model => {
  const source = builtInSource(id)
  if (source === undefined)
    throw new ModelError(
      `there is no built-in model "${id}"${didYouMean(id, builtInNames)}`,
      undefined,
      'a name that "thetahat models" lists, or a model file',
    )
  return buildModel(source)
}
