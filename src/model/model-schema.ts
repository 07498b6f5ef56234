/**
 * The shape of a model file: which keys there are and that their values are text. What the text means is read by
 * `build-model.ts`. The one file that imports zod.
 */
import * as z from 'zod'
import { didYouMean, type ModelError } from '../read/error.ts'
import { complaint, type Locate } from './complaints.ts'
import { type ModelSource, modelKeys, type SourcePath, sampleKeys } from './model-source.ts'

/** Text; whole numbers of JSON objects are taken as the text they are written with. */
const text = z.union([z.string(), z.int().transform(String)])
const texts = z.array(text)
const textOrTexts = z.union([text, texts])
const listOfTexts = z.union([texts, text.transform(t => [t])])
const domains = z.record(z.string(), text)

const sampleShape = {
  density: text.optional(),
  contribution: text.optional(),
  observation: textOrTexts.optional(),
  support: textOrTexts.optional(),
  size: text.optional(),
  covariates: z.union([texts, domains, text.transform(t => [t])]).optional(),
}

export const modelSchema = z.strictObject({
  name: text.optional(),
  ...sampleShape,
  samples: z.record(z.string(), z.strictObject(sampleShape)).optional(),
  likelihood: text.optional(),
  data: domains.optional(),
  parameters: domains.optional(),
  known: domains.optional(),
  constraints: listOfTexts.optional(),
  assume: listOfTexts.optional(),
  functions: listOfTexts.optional(),
  of: listOfTexts.optional(),
  expect: z.unknown().optional(),
  source: text.optional(),
  notes: text.optional(),
})

/** The JSON Schema of model files, for editors. */
export const modelJsonSchema = (): object => z.toJSONSchema(modelSchema, { io: 'input', unrepresentable: 'any' })

const wanted: Readonly<Record<string, string>> = {
  parameters: 'a map with a domain for each parameter, as in\n  parameters:\n    p: 0 <= p <= 1',
  known: 'a map with a domain or a value for each known constant, as in\n  known:\n    v: v > 0',
  data: 'a map with a domain for each count, as in\n  data:\n    a: a in {0..}',
  samples: 'a map from the name of each observation to its block with density and support',
  covariates: 'a list of names, or a map with domains',
  constraints: 'a list of conditions, each on a line of its own after "- "',
  assume: 'a list of conditions, each on a line of its own after "- "',
  of: 'a list of functions of the parameters, each on a line of its own after "- "',
  functions: 'a list such as "- mu(x, w)"',
  support: 'text such as x > 0, or a list with one for each part of the observation',
  observation: 'a name, or a list of names',
}

const at = (value: unknown, path: SourcePath): unknown => {
  let v: unknown = value
  for (const key of path) v = typeof v === 'object' && v !== null ? (v as Record<string | number, unknown>)[key] : undefined
  return v
}

const kindOf = (v: unknown): string =>
  v === null
    ? 'empty'
    : Array.isArray(v)
      ? 'a list'
      : typeof v === 'object'
        ? 'a map'
        : typeof v === 'number'
          ? 'a number'
          : typeof v === 'boolean'
            ? 'true or false'
            : typeof v === 'string'
              ? 'text'
              : typeof v

/** The deepest place at which a value stops fitting any of the allowed shapes. */
const deepest = (issue: z.core.$ZodIssue): { readonly issue: z.core.$ZodIssue; readonly path: SourcePath } => {
  const path = issue.path as SourcePath
  if (issue.code !== 'invalid_union') return { issue, path }
  let best: { readonly issue: z.core.$ZodIssue; readonly path: SourcePath } = { issue, path }
  for (const alternative of issue.errors)
    for (const inner of alternative) {
      const d = deepest(inner)
      if (path.length + d.path.length > best.path.length) best = { issue: d.issue, path: [...path, ...d.path] }
    }
  return best
}

const asError = (first: z.core.$ZodIssue, value: unknown, locate: Locate): ModelError => {
  const { issue, path } = deepest(first)
  const name = path.filter(k => typeof k === 'string').join('.')
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const keys = path.length === 0 ? modelKeys : sampleKeys
    return complaint(locate, [...path, key], 'key', key, `there is no key "${key}"${didYouMean(key, keys)}`, `one of ${keys.join(', ')}`)
  }
  if (path.length === 0)
    return complaint(
      locate,
      [],
      'value',
      '',
      `a model is a map with keys such as density, support and parameters, and this is ${kindOf(value)}`,
      'density: …',
    )
  const found = at(value, path)
  const top = String(path.at(-1))
  const message = found === null ? `"${name}" has no value` : `"${name}" is ${kindOf(found)}`
  const expected =
    typeof found === 'number' || typeof found === 'boolean'
      ? 'text: quote this'
      : (wanted[top] ?? 'text; if it is a formula that begins with one of [ ] { } & * ! | > % @ `, quote this')
  return complaint(locate, path, 'value', typeof found === 'object' ? '' : String(found), message, expected)
}

/** Checks the shape of a parsed file or an object. @throws ModelError at the first key or value that does not fit. */
export const checkSource = (value: unknown, locate: Locate): ModelSource => {
  const result = modelSchema.safeParse(value)
  if (!result.success) throw asError(result.error.issues[0] as z.core.$ZodIssue, value, locate)
  const { expect: _, ...fields } = result.data
  return dropUndefined({ ...fields, ...(result.data.expect === undefined ? {} : { expect: result.data.expect }) })
}

const dropUndefined = (o: object): ModelSource => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as ModelSource
