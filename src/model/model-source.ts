/**
 * A model as it is written down: plain data, all values text, before any mathematics is read. This is what a model
 * file holds once its schema is checked, what the generated built-in models are, and what JSON output carries.
 */

export interface SampleSource {
  readonly density?: string
  readonly contribution?: string
  readonly observation?: string | readonly string[]
  readonly support?: string | readonly string[]
  readonly size?: string
  readonly covariates?: readonly string[] | Readonly<Record<string, string>>
}

export interface ModelSource extends SampleSource {
  readonly name?: string
  readonly samples?: Readonly<Record<string, SampleSource>>
  readonly likelihood?: string
  readonly data?: Readonly<Record<string, string>>
  readonly parameters?: Readonly<Record<string, string>>
  readonly known?: Readonly<Record<string, string>>
  readonly constraints?: readonly string[]
  readonly assume?: readonly string[]
  readonly functions?: readonly string[]
  readonly of?: readonly string[]
  /** Read by the tests only. */
  readonly expect?: unknown
  readonly source?: string
  readonly notes?: string
}

/** Keys and positions from the top of the source object: `['parameters', 'p']`. */
export type SourcePath = readonly (string | number)[]

export const sampleKeys: readonly string[] = ['density', 'contribution', 'observation', 'support', 'size', 'covariates']
export const modelKeys: readonly string[] = [
  'name',
  ...sampleKeys,
  'samples',
  'likelihood',
  'data',
  'parameters',
  'known',
  'constraints',
  'assume',
  'functions',
  'of',
  'expect',
  'source',
  'notes',
]
