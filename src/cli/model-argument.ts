/** The model that a command line means: a file, a built-in name, standard input, or the one-line form. */

import { buildModel } from '../model/build-model.ts'
import { builtInNames, builtInSource } from '../model/built-in.ts'
import { type Locate, locateByPath } from '../model/complaints.ts'
import { namesIn } from '../model/domains.ts'
import type { Model } from '../model/model.ts'
import type { ModelSource } from '../model/model-source.ts'
import { plainName } from '../model/names.ts'
import { didYouMean, ModelError, type Origin } from '../read/error.ts'
import { parseDomain } from '../read/parser.ts'
import { contains } from '../term/evaluate.ts'
import type { ModelOptions } from './program.ts'
import { type Terminal, UsageError } from './terminal.ts'

interface Located {
  readonly source: ModelSource
  readonly locate: Locate
  /** A built-in model was looked at when it was built in. */
  readonly trusted?: boolean
  /** Shows the line of the file with an error. */
  readonly inFile?: (e: ModelError) => ModelError
}

/** `theta: theta > 0`, `theta > 0` or `v = 4` as a key with its value. */
const entry = (option: string, text: string): readonly [string, string] => {
  const keyed = /^\s*([^\s:<>={}()]+)\s*:(?!=)\s*(.*)$/s.exec(text)
  if (keyed) return [keyed[1] ?? '', keyed[2] ?? '']
  const valued = /^\s*(\\?\p{L}[\p{L}\p{N}]*)\s*=(?!=)/u.exec(text)
  if (valued) return [valued[1] ?? '', text]
  return [parseDomain(text, undefined, { file: option }).name, text]
}

const entries = (option: string, list: readonly string[] | undefined): Readonly<Record<string, string>> | undefined => {
  if (list === undefined) return undefined
  const out: Record<string, string> = {}
  for (const text of list) {
    const [key, value] = entry(option, text)
    if (Object.hasOwn(out, key)) throw new UsageError(`${option} declares "${key}" twice`)
    out[key] = value
  }
  return out
}

/** Names alone are a list; one with a domain makes a map of them. */
const covariates = (list: readonly string[] | undefined): ModelSource['covariates'] =>
  list === undefined || list.every(text => /^\s*\\?\p{L}[\p{L}\p{N}_]*\s*$/u.test(text))
    ? list
    : entries(
        '--covariate',
        list.map(text => (/^\s*\\?\p{L}[\p{L}\p{N}_]*\s*$/u.test(text) ? `${text} in R` : text)),
      )

const oneLine = (o: ModelOptions): Located => {
  const observation = o.observation?.split(',').map(s => s.trim())
  const fields: { -readonly [K in keyof ModelSource]: ModelSource[K] | undefined } = {
    name: o.name,
    density: o.density,
    contribution: o.contribution,
    observation: observation?.length === 1 ? observation[0] : observation,
    support: o.support?.length === 1 ? o.support[0] : o.support,
    parameters: entries('--parameter', o.parameter),
    known: entries('--known', o.known),
    ...(o.covariate === undefined ? {} : { covariates: covariates(o.covariate) }),
    constraints: o.constraint,
    size: o.size,
  }
  const source = Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as ModelSource
  return { source, locate: locateByOption }
}

const optionOf: Readonly<Record<string, string>> = { parameters: '--parameter', covariates: '--covariate', constraints: '--constraint' }
const locateByOption: Locate = path => ({ file: optionOf[String(path[0])] ?? `--${String(path[0] ?? 'density')}` })

const fromArgument = async (argument: string, io: Terminal): Promise<Located> => {
  if (argument !== '-') {
    const source = builtInSource(argument)
    if (source) return { source, locate: locateByPath, trusted: true }
  }
  const text = argument === '-' ? io.input() : io.read(argument)
  if (text === undefined)
    throw new UsageError(
      `there is no file and no built-in model "${argument}"${didYouMean(argument, builtInNames)}${builtInNames.length > 0 ? '\n"thetahat models" lists the built-in models' : ''}`,
    )
  const { readModelFile } = await import('../model/model-file.ts')
  return readModelFile(text, argument === '-' ? 'standard input' : argument)
}

/** Facts and functions given as options come after those of the model itself. */
const withAdditions = ({ source, locate }: Located, o: ModelOptions): Located => {
  if (o.assume === undefined && o.of === undefined) return { source, locate }
  const before = { assume: source.assume?.length ?? 0, of: source.of?.length ?? 0 }
  return {
    source: {
      ...source,
      ...(o.assume === undefined ? {} : { assume: [...(source.assume ?? []), ...o.assume] }),
      ...(o.of === undefined ? {} : { of: [...(source.of ?? []), ...o.of] }),
    },
    locate: (path, part): Origin =>
      (path[0] === 'assume' || path[0] === 'of') && typeof path[1] === 'number' && path[1] >= before[path[0]]
        ? { file: `--${path[0]}` }
        : locate(path, part),
  }
}

const modelFlags = ['density', 'contribution', 'support', 'parameter', 'known', 'observation', 'covariate', 'constraint', 'size'] as const

/** @throws ModelError, UsageError */
export const modelFrom = async (argument: string | undefined, o: ModelOptions, io: Terminal): Promise<Model> => {
  const flag = modelFlags.find(f => o[f] !== undefined)
  if (argument === undefined && flag === undefined)
    throw new UsageError('no model: give a file, a built-in name, or --density with --support and --parameter')
  if (argument !== undefined && flag !== undefined)
    throw new UsageError(`--${flag} describes a model, and the model is already given as "${argument}"`)
  const located = argument === undefined ? oneLine(o) : await fromArgument(argument, io)
  const named = argument !== undefined && o.name !== undefined ? { ...located, source: { ...located.source, name: o.name } } : located
  const { source, locate } = withAdditions(named, o)
  try {
    const model = withSettings(buildModel(source, locate), locate, settings(o.set))
    return located.trusted ? model : (await import('../model/density-check.ts')).withWarnings(model, locate)
  } catch (e) {
    throw e instanceof ModelError && located.inFile && !e.place?.file?.startsWith('--') ? located.inFile(e) : e
  }
}

/** The model in which known constants have the values of `--set`. @throws UsageError for a value outside of the domain */
const withSettings = (model: Model, locate: Locate, values: ReadonlyMap<string, string>): Model => {
  if (values.size === 0) return model
  const env = { symbols: new Map([...values].map(([name, text]) => [name, Number(text)])), arrays: new Map() }
  const known: Record<string, string> = {}
  for (const [key, text] of Object.entries((model.source as ModelSource).known ?? {})) {
    const name = plainName(key)
    const value = values.get(name)
    const domain = model.known.find(k => k.name === name)?.domain
    if (value !== undefined && domain && [...namesIn(domain)].every(n => env.symbols.has(n)) && !contains(domain, Number(value), env, 1e-9))
      throw new UsageError(`--set ${name}=${value}: the value is outside of the domain of "${name}" (${text})`)
    known[key] = value === undefined ? text : `${name} = ${value}`
  }
  for (const name of values.keys())
    if (!model.known.some(k => k.name === name))
      throw new UsageError(
        `--set: the model has no known constant "${name}"${didYouMean(
          name,
          model.known.map(k => k.name),
        )}`,
      )
  return buildModel({ ...(model.source as ModelSource), known }, locate)
}

/** The values of `--set v=4`, as typed. */
const settings = (list: readonly string[] | undefined): ReadonlyMap<string, string> => {
  const out = new Map<string, string>()
  for (const text of list ?? []) {
    const m = /^\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*$/.exec(text)
    if (!m?.[1] || !m[2]) throw new UsageError(`--set expects a name and a number such as v=4, not "${text}"`)
    if (out.has(m[1])) throw new UsageError(`--set gives "${m[1]}" twice`)
    out.set(m[1], m[2].replace(/^\+/, ''))
  }
  return out
}
