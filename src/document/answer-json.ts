/**
 * The answer of a derivation in the public plain form: every formula is `{ latex, text }`, the text expanded and
 * readable by the parser. Inside the document's own JSON each formula also carries its term, which reading uses.
 */

import { type Model, sizeSymbol } from '../model/model.ts'
import { latex } from '../print/latex.ts'
import { plain } from '../print/plain.ts'
import { type Style, styled } from '../print/style.ts'
import { unicode } from '../print/unicode.ts'
import { type Expr, isOne, type Prop, type Term } from '../term/term.ts'
import {
  type Codec,
  expected,
  flag,
  inside,
  isObject,
  type Json,
  list,
  nullable,
  object,
  oneOf,
  optional,
  pair,
  record,
  text,
} from './codec.ts'
import type { Answer, AnswerCase, Derivation, Inline, Look, Phrase } from './document.ts'
import { exprCodec, propCodec, termCodec } from './term-json.ts'

/** How formulas of a model look when nothing is abbreviated. */
export const modelStyle = (model: Model): Style => {
  const [sample] = model.samples
  const size =
    sample && (sizeSymbol(sample)?.name ?? (sample.size.kind === 'num' && !isOne(sample.size) ? String(sample.size.value.num) : undefined))
  const letters = Object.fromEntries(model.parameters.flatMap(p => (p.index ? [[p.name, p.index]] : [])))
  return styled({
    parameters: model.parameters.map(p => p.name),
    data: [...model.samples.flatMap(s => s.variables.map(v => v.name)), ...(model.likelihood?.data ?? []).map(d => d.name)],
    size,
    letters: Object.keys(letters).length > 0 ? letters : undefined,
  })
}

/** Σ in a name: where k stands for Σ x_i, k/n is not written x̄ as well. */
const namesSum = (names: Style['names']): boolean => names?.some(n => n.term.kind === 'big' && n.term.op === 'sum') ?? false

/** The style with what is asked of one formula, and the abbreviations in force there. */
export const inLook = (style: Style, look: Look, inForce: Style['names'] = style.names): Style => {
  const names = look.plainNames ? [] : (inForce ?? [])
  const means = look.means ?? !(look.plainNames || namesSum(inForce))
  const { letters, parameters, data, size, inline, reserved, switches } = style
  const hats = look.hats ? new Set(parameters) : style.hats
  return { names, letters, hats, parameters, means, data, size, inline, reserved, switches }
}

/** A phrase as one line of unicode text. */
export const phraseText = (phrase: Phrase, style: Style): string =>
  phrase
    .map(part => {
      if (typeof part === 'string') return part
      if ('strong' in part) return phraseText(part.strong, style)
      return unicode(part.math, inLook(style, part))
    })
    .join('')

export const look = { plainNames: optional(flag), hats: optional(flag), means: optional(flag) }
const lookCodec = object<Look>(look)

const inlineCodec: Codec<Inline> = {
  write: v => {
    if (typeof v === 'string') return v
    if ('strong' in v) return { strong: v.strong.map(inlineCodec.write) }
    return { math: termCodec.write(v.math), ...(lookCodec.write(v) as object) }
  },
  read: (json, place) => {
    if (typeof json === 'string') return json
    if (isObject(json) && 'strong' in json) return { strong: phraseCodec.read(json.strong, inside(place, 'strong')) }
    if (isObject(json) && 'math' in json) {
      return { math: termCodec.read(json.math, inside(place, 'math')), ...lookCodec.read(json, place) }
    }
    return expected(place, 'a text, { "math": … } or { "strong": … }', json)
  },
}
export const phraseCodec: Codec<Phrase> = list(inlineCodec)

const formula = <T extends Term>(term: Codec<T>, style: Style, full: boolean): Codec<T> => ({
  write: t => ({ latex: latex(t, style), text: plain(t), ...(full ? { term: term.write(t) } : {}) }),
  read: (json, place) =>
    isObject(json) ? term.read(json.term, inside(place, 'term')) : expected(place, 'a formula { latex, text, term }', json),
})

const outcomes = ['interior', 'boundary', 'endpoint', 'implicit', 'integer', 'finite', 'set', 'none'] as const

/** The codec of an answer. Without `full`, terms and phrases are left out and the result cannot be read back. */
export const answerCodec = (model: Model, full: boolean): Codec<Answer> => {
  const style = modelStyle(model)
  const F: Codec<Expr> = formula(exprCodec, style, full)
  const P: Codec<Prop> = formula(propCodec, style, full)
  const ends = record(object<NonNullable<AnswerCase['set']>[string]>({ lo: F, hi: F, closed: pair(flag, flag) }))
  const why: Codec<Phrase> = { write: v => phraseText(v, style), read: () => [] }
  const plainCase = object<AnswerCase>({
    when: P,
    attained: oneOf(...outcomes),
    estimator: nullable(record(F)),
    towards: nullable(record(F)),
    supremum: optional(F),
    set: optional(ends),
    points: optional(list(record(F))),
    candidates: optional(record(list(F))),
    spanned: optional(flag),
    why,
  })
  const oneCase: Codec<AnswerCase> = {
    write: c => ({ ...(plainCase.write(c) as object), ...(full ? { because: phraseCodec.write(c.why) } : {}) }),
    read: (json, place) => ({
      ...plainCase.read(json, place),
      why: phraseCodec.read((json as Readonly<Record<string, unknown>>).because, inside(place, 'because')),
    }),
  }
  const known = object<Exclude<Answer['information'], { refused: string }>>({
    order: list(text),
    observed: list(list(F)),
    fisher: nullable(list(list(F))),
    standardError: record(F),
  })
  const refused = object<Extract<Answer['information'], { refused: string }>>({ refused: text })
  const information: Codec<Answer['information']> = {
    write: v => ('refused' in v ? refused.write(v) : known.write(v)),
    read: (json, place) => (isObject(json) && 'refused' in json ? refused.read(json, place) : known.read(json, place)),
  }
  const parameter = object<Answer['parameters'][string]>({ estimator: nullable(F), equation: nullable(P), closedForm: flag })
  const parameters = record(parameter)
  const indices = new Map(model.parameters.map(p => [p.name, p.index]))
  const fields = object<Answer>({
    outcome: oneOf(...outcomes, 'undecided'),
    parameters: {
      write: v =>
        Object.fromEntries(
          Object.entries(v).map(([name, p]) => {
            const index = indices.get(name)
            return [name, { ...(parameter.write(p) as object), ...(index ? { index } : {}) }]
          }),
        ),
      read: parameters.read,
    },
    cases: list(oneCase),
    global: nullable(oneOf('strict concavity', 'sign change', 'coercive', 'reparametrised concavity', 'profile', 'monotone', 'comparison')),
    information,
    functions: record(object<Answer['functions'][string]>({ estimator: nullable(F), standardError: nullable(F) })),
    obstacle: nullable(object<NonNullable<Answer['obstacle']>>({ at: text, reason: text })),
  })
  return {
    write: v => {
      const { outcome, parameters: found, ...rest } = fields.write(v) as { readonly [key: string]: Json }
      // the typical sample's maximisers, when there are several
      const several = v.outcome === 'set' ? v.cases.find(c => c.attained === 'set') : undefined
      return {
        outcome: outcome ?? null,
        parameters: found ?? null,
        set: several?.set ? ends.write(several.set) : null,
        points: several?.points ? several.points.map(p => record(F).write(p)) : null,
        identified: null,
        ...rest,
      }
    },
    read: fields.read,
  }
}

/**
 * `derivation.answer` as plain JSON: outcome, parameters, cases, information, functions, obstacle. Formulas are
 * `{ latex, text }`; the text is expanded and the parser reads it.
 */
export const answerJson = (derivation: Derivation): Json => answerCodec(derivation.model, false).write(derivation.answer)
