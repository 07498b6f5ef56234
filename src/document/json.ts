/**
 * A derivation as versioned JSON and back: `derivationJson` and `readDerivation`. Reading validates everything and
 * rebuilds terms through their constructors; a document of another schema or shape is refused with its place.
 */
import { ModelError, placeOf } from '../read/error.ts'
import type { Reason } from '../rewrite/facts.ts'
import type { Step } from '../rewrite/rule.ts'
import { same } from '../term/order.ts'
import type { Term } from '../term/term.ts'
import { answerCodec, look, phraseCodec } from './answer-json.ts'
import {
  type Codec,
  expected,
  flag,
  inside,
  integer,
  isObject,
  type Json,
  lazy,
  list,
  nullable,
  object,
  oneOf,
  optional,
  type Place,
  tagged,
  text,
} from './codec.ts'
import type {
  Abbreviation,
  Answers,
  Block,
  Certificate,
  Chain,
  Check,
  Derivation,
  Display,
  ItemList,
  Line,
  Matrix,
  Obstacle,
  Origin,
  Prose,
  Remark,
  Section,
  Table,
} from './document.ts'
import { modelCodec } from './model-json.ts'
import { exprCodec, innerPropCodec, innerTermCodec, propCodec, termCodec } from './term-json.ts'

// --- steps and lines -------------------------------------------------------------------------

const reason: Codec<Reason> = lazy(() =>
  tagged<Reason>('kind', {
    given: fact,
    model: fact,
    assume: fact,
    by: object<Extract<Reason, { kind: 'by' }>>({ kind: oneOf('by'), law: text, of: list(reason) }) as Codec<Reason>,
  }),
)
const fact = object<Extract<Reason, { fact: unknown }>>({ kind: oneOf('given', 'model', 'assume'), fact: innerPropCodec }) as Codec<Reason>

/** `before` is left out where it is the term reached so far. */
const step = (reached: Term): Codec<Step> => {
  const path = list(integer)
  return {
    write: s => ({
      rule: s.rule,
      path: path.write(s.path),
      ...(same(s.before, reached) ? {} : { before: termCodec.write(s.before) }),
      after: termCodec.write(s.after),
      ...(s.why.length > 0 ? { why: s.why.map(reason.write) } : {}),
      ...(s.arg ? { arg: innerTermCodec.write(s.arg) } : {}),
    }),
    read: (json, place) => {
      if (!isObject(json)) return expected(place, 'a step', json)
      return {
        rule: text.read(json.rule, inside(place, 'rule')),
        path: path.read(json.path, inside(place, 'path')),
        before: json.before === undefined ? reached : termCodec.read(json.before, inside(place, 'before')),
        after: termCodec.read(json.after, inside(place, 'after')),
        why: json.why === undefined ? [] : list(reason).read(json.why, inside(place, 'why')),
        ...(json.arg === undefined ? {} : { arg: innerTermCodec.read(json.arg, inside(place, 'arg')) }),
      }
    },
  }
}

const steps = (start: Term): Codec<readonly Step[]> => ({
  write: v => v.map((s, i) => step(v[i - 1]?.after ?? start).write(s)),
  read: (json, place) => {
    if (!Array.isArray(json)) return expected(place, 'an array', json)
    const out: Step[] = []
    json.forEach((j, i) => {
      out.push(step(out.at(-1)?.after ?? start).read(j, inside(place, i)))
    })
    return out
  },
})

const abbreviation = object<Abbreviation>({ name: text, term: exprCodec })
const line = (start: Term): Codec<Line> =>
  object<Line>({
    type: oneOf('line'),
    id: text,
    relation: oneOf('=', '∝', '+const', '⇔', '⇒'),
    term: termCodec,
    steps: steps(start),
    reason: phraseCodec,
    why: list(reason),
    names: optional(list(abbreviation)),
    asWritten: optional(oneOf(true)),
  })
const lines = (start: Term): Codec<readonly Line[]> => ({
  write: v => v.map((l, i) => line(v[i - 1]?.term ?? start).write(l)),
  read: (json, place) => {
    if (!Array.isArray(json)) return expected(place, 'an array', json)
    const out: Line[] = []
    json.forEach((j, i) => {
      out.push(line(out.at(-1)?.term ?? start).read(j, inside(place, i)))
    })
    return out
  },
})

const of = { of: text }
const origin = tagged<Origin>('kind', {
  likelihood: object<Extract<Origin, { kind: 'likelihood' }>>({ kind: oneOf('likelihood') }) as Codec<Origin>,
  term: object<Extract<Origin, { kind: 'term' }>>({ kind: oneOf('term') }) as Codec<Origin>,
  log: object<Extract<Origin, { kind: 'log' }>>({ kind: oneOf('log'), ...of }) as Codec<Origin>,
  zero: object<Extract<Origin, { kind: 'zero' }>>({ kind: oneOf('zero'), ...of }) as Codec<Origin>,
  derivative: object<Extract<Origin, { kind: 'derivative' }>>({ kind: oneOf('derivative'), ...of, wrt: exprCodec }) as Codec<Origin>,
  substitution: object<Extract<Origin, { kind: 'substitution' }>>({
    kind: oneOf('substitution'),
    ...of,
    facts: list(propCodec),
  }) as Codec<Origin>,
})

interface ChainHead extends Omit<Chain, 'lines'> {}
const chainHead = object<ChainHead>({
  type: oneOf('chain'),
  subject: optional(exprCodec),
  start: termCodec,
  origin,
  hats: optional(flag),
  given: list(propCodec),
  domain: optional(propCodec),
})
const chain: Codec<Chain> = {
  write: c => ({ ...(chainHead.write(c) as object), lines: lines(c.start).write(c.lines) }),
  read: (json, place) => {
    const head = chainHead.read(json, place)
    return { ...head, lines: lines(head.start).read((json as { lines?: unknown }).lines, inside(place, 'lines')) }
  },
}

// --- blocks ----------------------------------------------------------------------------------

const row = list(phraseCodec)
const answerForm = object<Answers['items'][number]['forms'][number]>({ term: exprCodec, plainNames: optional(flag) })
const remark = object<Remark>({ type: oneOf('remark', 'warning'), content: phraseCodec }) as Codec<Block>
const claimHolds: Codec<boolean | 'case'> = oneOf<boolean | 'case'>(true, false, 'case')
const item = object<ItemList['items'][number]>({ label: optional(phraseCodec), blocks: lazy(() => list(block)) })
const block: Codec<Block> = tagged<Block>('type', {
  chain: chain as Codec<Block>,
  prose: object<Prose>({ type: oneOf('prose'), content: phraseCodec }) as Codec<Block>,
  display: object<Display>({ type: oneOf('display'), term: termCodec, note: optional(phraseCodec), ...look }) as Codec<Block>,
  check: object<Check>({
    type: oneOf('check'),
    claim: propCodec,
    holds: claimHolds,
    content: phraseCodec,
    why: list(reason),
  }) as Codec<Block>,
  list: object<ItemList>({ type: oneOf('list'), items: list(item) }) as Codec<Block>,
  boxed: object<Answers>({
    type: oneOf('boxed'),
    items: list(object<Answers['items'][number]>({ parameter: text, forms: list(answerForm) })),
    note: optional(phraseCodec),
  }) as Codec<Block>,
  table: object<Table>({ type: oneOf('table'), head: row, rows: list(row) }) as Codec<Block>,
  remark,
  warning: remark,
  obstacle: object<Obstacle>({ type: oneOf('obstacle'), at: text, equation: optional(termCodec), content: phraseCodec }) as Codec<Block>,
  density: { write: b => ({ type: b.type }), read: () => ({ type: 'density' }) },
  matrix: object<Matrix>({
    type: oneOf('matrix'),
    subject: optional(exprCodec),
    entries: list(list(exprCodec)),
    note: optional(phraseCodec),
  }) as Codec<Block>,
})

const section = object<Section>({
  type: oneOf('section'),
  id: oneOf(
    'model',
    'short',
    'likelihood',
    'support',
    'log-likelihood',
    'score',
    'score-equation',
    'allowed',
    'second-order',
    'comparison',
    'boundary',
    'computing',
    'conclusion',
    'information',
    'invariance',
    'numbers',
  ),
  title: text,
  blocks: list(block),
})

const certificate = object<Certificate>({
  lines: integer,
  replayed: integer,
  sampled: integer,
  draws: integer,
  seed: integer,
  maximum: oneOf('agrees', 'differs', 'not run', 'not applicable'),
  independent: optional(oneOf('agrees', 'differs', 'not applicable')),
  secondOpinion: optional(oneOf('agrees', 'differs', 'not applicable')),
  unverified: list(object<Certificate['unverified'][number]>({ line: text, reason: text })),
})

// --- the whole document ----------------------------------------------------------------------

/** The whole document as JSON under `schema: 1`; `answer` has the public plain form, with terms beside the formulas. */
export const derivationJson = (d: Derivation): Json => ({
  type: d.type,
  schema: d.schema,
  title: d.title,
  model: modelCodec.write(d.model),
  answer: answerCodec(d.model, true).write(d.answer),
  certificate: nullable(certificate).write(d.certificate),
  sections: list(section).write(d.sections),
})

const parsed = (source: string): unknown => {
  try {
    return JSON.parse(source)
  } catch (error) {
    const offset = /position (\d+)/.exec(String(error))?.[1]
    const start = offset === undefined ? source.length : Number(offset)
    throw new ModelError('this is not valid JSON', placeOf(source, { start, end: start + 1 }), 'a derivation as JSON')
  }
}

/**
 * The derivation written by `render(derivation, 'json')`, given as text or as the parsed object.
 * It is as trustworthy as its source: `proofread` replays it. @throws ModelError naming the place and what was expected
 */
export const readDerivation = (source: unknown): Derivation => {
  const complain = (message: string): never => {
    throw new ModelError(message)
  }
  const place: Place = { path: 'derivation', depth: 0, complain }
  const json = typeof source === 'string' ? parsed(source) : source
  if (!isObject(json) || json.type !== 'derivation')
    return expected(inside(place, 'type'), '"derivation"', isObject(json) ? json.type : json)
  if (json.schema !== 1) return expected(inside(place, 'schema'), 'schema 1', json.schema)
  const at = (key: string): Place => inside(place, key)
  const readModel = modelCodec.read(json.model, at('model'))
  return {
    type: 'derivation',
    schema: 1,
    model: readModel,
    title: text.read(json.title, at('title')),
    sections: list(section).read(json.sections, at('sections')),
    answer: answerCodec(readModel, true).read(json.answer, at('answer')),
    certificate: nullable(certificate).read(json.certificate ?? null, at('certificate')),
  }
}

export { answerJson } from './answer-json.ts'
