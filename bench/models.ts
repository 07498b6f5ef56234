/**
 * The models that are measured: every built-in one, with all its names fresh each time, so that no table kept from one
 * derivation helps the next.
 */
import { buildModel } from '../src/model/build-model.ts'
import { builtInNames, builtInSource } from '../src/model/built-in.ts'
import type { Model } from '../src/model/model.ts'
import type { ModelSource } from '../src/model/model-source.ts'

const renamedIn = <T>(value: T, rename: (text: string) => string): T => {
  if (typeof value === 'string') return rename(value) as T
  if (Array.isArray(value)) return value.map(v => renamedIn(v, rename)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, renamedIn(v, rename)])) as T
}

/** Names declared as keys: renamed there too. */
const renamedKeys = (domains: Readonly<Record<string, string>> | undefined, rename: (text: string) => string) =>
  domains && Object.fromEntries(Object.entries(domains).map(([name, domain]) => [rename(name), rename(domain)]))

/** The k-th renaming of a built-in model: every parameter, known constant and observation gets k behind its name. */
export const renamer = (id: string): ((k: number) => Model) => {
  const { expect: _, ...source } = builtInSource(id) as ModelSource
  const observed = buildModel(source).samples.flatMap(s => s.variables.map(v => v.name))
  const names = [...Object.keys(source.parameters ?? {}), ...Object.keys(source.known ?? {}), ...observed]
  const pattern = new RegExp(`(?<![A-Za-z0-9_])(?:${names.join('|')})(?![A-Za-z0-9_])`, 'g')
  return k => {
    const rename = (text: string): string => text.replace(pattern, name => `${name}${k}`)
    const { name, parameters, known, ...rest } = source
    const [p, c] = [renamedKeys(parameters, rename), renamedKeys(known, rename)]
    return buildModel({
      ...renamedIn(rest, rename),
      ...(source.samples ? {} : { observation: observed.map(rename) }),
      ...(name === undefined ? {} : { name }),
      ...(p === undefined ? {} : { parameters: p }),
      ...(c === undefined ? {} : { known: c }),
    })
  }
}

export const modelIds: readonly string[] = builtInNames
