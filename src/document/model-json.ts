/** The JSON form of a model: its terms, and the author's source beside them. */
import type { Known, Model, Parameter, Sample, UnknownFunction, Variable, Wanted } from '../model/model.ts'
import { type Codec, flag, inside, integer, isObject, type Json, list, object, optional, type Place, record, text } from './codec.ts'
import { exprCodec, propCodec, setCodec } from './term-json.ts'

/** Values that are JSON already: the author's source. */
const anyJson: Codec<unknown> = {
  write: v => v as Json,
  read: (json, place) => {
    const walk = (j: unknown, at: Place): void => {
      if (Array.isArray(j)) for (const [i, x] of j.entries()) walk(x, inside(at, i))
      else if (isObject(j)) for (const [k, x] of Object.entries(j)) walk(x, inside(at, k))
    }
    walk(json, place)
    return json
  },
}

const variable = object<Variable>({
  name: text,
  support: setCodec,
  index: optional(text),
  length: optional(exprCodec),
  required: optional(setCodec),
})
const sample = object<Sample>({
  variables: list(variable),
  density: exprCodec,
  densityText: text,
  contribution: flag,
  covariates: list(variable),
  size: exprCodec,
  total: optional(exprCodec),
})
const parameter = object<Parameter>({ name: text, domain: setCodec, domainText: text, index: optional(text), length: optional(exprCodec) })
const known = object<Known>({
  name: text,
  domain: setCodec,
  value: optional(exprCodec),
  index: optional(text),
  length: optional(exprCodec),
})
/** A model with its terms: a document is read back without parsing the author's text again. */
export const modelCodec: Codec<Model> = object<Model>({
  name: text,
  samples: list(sample),
  likelihood: optional(object<NonNullable<Model['likelihood']>>({ term: exprCodec, text, data: list(known) })),
  parameters: list(parameter),
  known: list(known),
  functions: optional(list(object<UnknownFunction>({ name: text, arity: integer }))),
  constraints: list(propCodec),
  assume: list(propCodec),
  of: list(object<Wanted>({ text, term: exprCodec })),
  source: record(anyJson),
  warnings: list(text),
})
