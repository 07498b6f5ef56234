/**
 * The names that a model source declares, before any formula is read: who declares what, scalars and vectors apart,
 * no name twice. The scopes in which the formulas are then read come from here.
 */
import { parseDomain, type Scope } from '../read/parser.ts'
import { complaint, type Locate } from './complaints.ts'
import type { ModelSource, SampleSource, SourcePath } from './model-source.ts'
import { nameProblem, plainName, quoted } from './names.ts'

export type Role = 'parameter' | 'known' | 'observation' | 'covariate' | 'data' | 'function'

/** One declared name with the text that says where it lies, if there is one. */
export interface Declaration {
  readonly name: string
  readonly role: Role
  readonly vector: boolean
  readonly text: string | undefined
  readonly path: SourcePath
  /** Whether the name stands as a key (`parameters`) or as a value (`observation: [t, d]`). */
  readonly part: 'key' | 'value'
  /** Position of the sample it belongs to. */
  readonly sample?: number
  /** For a part of an observation: which of the supports is its own. */
  readonly support?: number
}

/** A sample as declared. */
export interface SampleBlock {
  readonly source: SampleSource
  readonly path: SourcePath
  readonly observation: readonly string[]
}

export interface Declarations {
  readonly all: readonly Declaration[]
  readonly samples: readonly SampleBlock[]
}

const bracketed = /^\s*(\S+?)\s*\[\s*\p{L}[\p{L}\p{N}_]*\s*\]\s*$/u

/** Whether the text treats the name as an array: p[j], p_j, p_{j}. */
const usedAsArray = (name: string, text: string | undefined): boolean => {
  if (text === undefined) return false
  const plain = plainName(text)
  let from = 0
  for (;;) {
    const k = plain.indexOf(name, from)
    if (k < 0) return false
    const before = plain[k - 1]
    if ((before === undefined || !/[\p{L}\p{N}_]/u.test(before)) && /^\s*(\[|_\{?\s*[a-z]\b)/.test(plain.slice(k + name.length)))
      return true
    from = k + name.length
  }
}

const asList = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

const hasWord = (text: string, name: string): boolean =>
  plainName(text)
    .match(/[A-Za-z0-9]+/g)
    ?.includes(name) ?? false

/** Whose support a text is: the only part it mentions, else the one that the domain is of. */
const subjectOf = (text: string, names: readonly string[]): string | undefined => {
  const mentioned = names.filter(name => hasWord(text, name))
  if (mentioned.length <= 1) return mentioned[0]
  try {
    const { name } = parseDomain(text)
    return mentioned.includes(name) ? name : mentioned[0]
  } catch {
    return mentioned[0] // read again, in scope, where the error has its place
  }
}

/** The support of each part of an observation, by name, with its position; the first one if there are two. */
const supportsOf = (
  source: SampleSource,
  names: readonly string[],
): ReadonlyMap<string, { readonly text: string; readonly position: number }> => {
  const list = asList(source.support)
  const [one] = names
  if (list.length === 1 && names.length === 1 && one !== undefined) return new Map([[one, { text: list[0] as string, position: 0 }]])
  const found = new Map<string, { text: string; position: number }>()
  list.forEach((text, position) => {
    const name = subjectOf(text, names)
    if (name !== undefined && !found.has(name)) found.set(name, { text, position })
  })
  return found
}

/** The samples of a source: the top-level density, or the entries of `samples`; none for a direct likelihood. */
export const sampleBlocks = (source: ModelSource): readonly SampleBlock[] => {
  if (source.samples !== undefined)
    return Object.entries(source.samples).map(([name, block]) => ({
      source: block,
      path: ['samples', name],
      observation: block.observation === undefined ? [name] : asList(block.observation),
    }))
  if (source.likelihood !== undefined) return []
  return [{ source, path: [], observation: source.observation === undefined ? ['x'] : asList(source.observation) }]
}

/** Collects every declared name. @throws ModelError for a name that cannot be used or is declared twice. */
export const declarationsOf = (source: ModelSource, locate: Locate): Declarations => {
  const all: Declaration[] = []
  const seen = new Map<string, Declaration>()
  const declare = (
    written: string,
    role: Role,
    path: SourcePath,
    part: 'key' | 'value',
    text?: string,
    sample?: number,
    support?: number,
  ): void => {
    const array = bracketed.exec(written)
    const name = plainName(array?.[1] ?? written)
    const problem = nameProblem(name)
    if (problem) throw complaint(locate, path, part, written, problem.message, problem.expected)
    const earlier = seen.get(name)
    if (earlier)
      throw complaint(
        locate,
        path,
        part,
        written,
        `${quoted(name)} is declared twice: as ${aRole(earlier.role)} and as ${aRole(role)}`,
        'another name',
      )
    const vector = array !== null || usedAsArray(name, text)
    const declaration: Declaration = {
      name,
      role,
      vector,
      text,
      path,
      part,
      ...(sample === undefined ? {} : { sample }),
      ...(support === undefined ? {} : { support }),
    }
    seen.set(name, declaration)
    all.push(declaration)
  }
  const declareMap = (key: 'parameters' | 'known' | 'data', role: Role): void => {
    for (const [written, text] of Object.entries(source[key] ?? {})) declare(written, role, [key, written], 'key', text)
  }
  const samples = sampleBlocks(source)
  samples.forEach((block, k) => {
    const supports = supportsOf(block.source, block.observation.map(plainName))
    block.observation.forEach((written, j) => {
      const support = supports.get(plainName(written))
      const at = typeof block.source.observation === 'string' ? ['observation'] : ['observation', j]
      const path = block.source.observation === undefined ? block.path : [...block.path, ...at]
      declare(written, 'observation', path, block.source.observation === undefined ? 'key' : 'value', support?.text, k, support?.position)
    })
    const covariates = block.source.covariates
    if (Array.isArray(covariates))
      for (const [j, c] of covariates.entries()) declare(String(c), 'covariate', [...block.path, 'covariates', j], 'value', undefined, k)
    else
      for (const [written, text] of Object.entries(covariates ?? {}))
        declare(written, 'covariate', [...block.path, 'covariates', written], 'key', text, k)
  })
  declareMap('parameters', 'parameter')
  declareMap('known', 'known')
  declareMap('data', 'data')
  for (const [j, f] of (source.functions ?? []).entries()) declare(f.replace(/\(.*$/s, '').trim(), 'function', ['functions', j], 'value', f)
  return { all, samples }
}

export const aRole = (role: Role): string =>
  ({
    parameter: 'a parameter',
    known: 'a known constant',
    observation: 'the observation',
    covariate: 'a covariate',
    data: 'data',
    function: 'a function',
  })[role]

/** The scope of a formula that may mention the declarations selected, and further symbols. */
export const scopeOf = (declarations: Declarations, select: (d: Declaration) => boolean, more: readonly string[] = []): Scope => {
  const symbols = new Set(more)
  const arrays = new Set<string>()
  const calls = new Set<string>()
  for (const d of declarations.all) if (select(d)) (d.role === 'function' ? calls : d.vector ? arrays : symbols).add(d.name)
  return { symbols, arrays, ...(calls.size > 0 ? { calls } : {}) }
}
