/**
 * The statements of a document while they are being made: what came out so far, the chain that is open, and the conditions and
 * values that what follows is said under. It decides nothing about a clause.
 */
import { ModelError } from '../../read/error.ts'
import { same } from '../../term/order.ts'
import { call, type Expr, MINUS_ONE, type Prop, pow, sym } from '../../term/term.ts'
import { mentions, substitute } from '../../term/walk.ts'
import { type ChainPlace, hatName, type Relation, type Side, type Statement, type What } from '../statement.ts'
import { quantityInWords } from './claims.ts'
import type { Clause } from './clause.ts'
import { sideOf } from './named-sides.ts'
import type { Notation } from './notation.ts'
import { isBadInput, offsetOf, type Place } from './places.ts'
import { preciseAlone } from './precision-words.ts'

export interface Chain {
  readonly number: number
  readonly head: Side
  previous: Side
  position: number
  equalities: boolean
  /** What an equality after "∝" or "+ const" says of the head of the chain. */
  loosened?: '∝' | '+const'
}

export interface Draft {
  readonly n: Notation
  readonly text: string
  readonly placeAt: Place
  readonly clauses: readonly Clause[]
  readonly out: Statement[]
  chains: number
  chain: Chain | undefined
  /** The condition under which what follows in the sentence is said. */
  pending: Prop | undefined
  pendingSentence: number
  lastCondition: number
  /** Clauses that are conditions. */
  readonly conditions: Map<number, Prop>
  /** "at θ = x̄": where what follows in the sentence is meant. */
  pendingAt: { readonly name: string; readonly value: Expr; readonly sentence: number } | undefined
  lastRelation: { index: number; sentence: number; end: number; clause: number } | undefined
  /** The clause being read. */
  current: number
  readonly families: { readonly start: number; readonly name: string }[]
}

export const draftOf = (n: Notation, text: string, placeAt: Place, clauses: readonly Clause[]): Draft => ({
  n,
  text,
  placeAt,
  clauses,
  out: [],
  chains: 0,
  chain: undefined,
  pending: undefined,
  pendingSentence: -1,
  lastCondition: -1,
  conditions: new Map(),
  pendingAt: undefined,
  lastRelation: undefined,
  current: 0,
  families: [],
})

export const equalityLike = (r: string): boolean => r === '=' || r === '∝' || r === '+const' || r === '≈'

/** A clause that is only mentioned. */
export const mentionOnly = (draft: Draft, c: Clause): void => {
  draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
}

export const place = (draft: Draft, start: number, end: number): Pick<Statement, 'line' | 'column' | 'length' | 'source'> => {
  const { text, placeAt } = draft
  const p = placeAt(start)
  return { ...p, length: Math.max(1, end - start), source: text.slice(start, end).trim() }
}

/** Runs a reading; a line that cannot be read becomes a statement that says so. */
export const reading = <T>(draft: Draft, c: Clause, read: () => T): T | undefined => {
  const { text } = draft
  try {
    return read()
  } catch (error) {
    if (!isBadInput(error)) throw error
    // {⋯}: what stands there is left out
    if (c.timid || error.message.startsWith('dots that continue nothing')) {
      draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
      return undefined
    }
    const expected = error instanceof ModelError ? error.expected : undefined
    const at = error instanceof ModelError ? offsetOf(text, error) : undefined
    const start = at ?? c.start
    const suggestion = /did you mean (.*)\?/.exec(error.message)?.[1]
    draft.out.push({
      ...place(draft, start, start + (error instanceof ModelError ? (error.place?.length ?? 1) : 1)),
      source: text.slice(c.start, c.end).trim(),
      what: {
        kind: 'unreadable',
        message: error.message,
        ...(expected === undefined ? {} : { expected }),
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    })
    return undefined
  }
}

const ofEachObservation = /\b(?:per|of (?:one|a single|each|an)|in (?:one|a single|each)|(?:one|single)[- ]) ?observation\b/
const largestValue =
  /\b(?:maximi[sz]ed (?:value of the )?(?:log[- ]?)?likelihood|(?:maximum|maximal|largest|greatest) (?:value )?(?:of (?:the )?)?(?:log[- ]?)?likelihood|(?:maximum|maximal|largest|greatest|peak) (?:log[- ]?)?likelihood value|(?:log[- ]?)?likelihood at (?:its|the) (?:maximum|peak))\b(?! estimat| equation| principle| method)/
/** "The MLE of the rate": of what is named, which may be a function of the parameter. */
const ofAnother =
  /\b(?:mles?|estimat(?:es?|ors?)) (?:of|for) (?:the|this|that|its|a) (?:\w+ )?(?:rate|mean|scale|variance|probability|odds|median|expectation|precision|shape|standard deviation|survival|ratio|quantile|chance|risk|half-life|log-odds)\b/
/** "The variance of the estimator": not the estimate. */
const ofEstimator =
  /\b(?:variance|bias|mean|expectation|expected value|distribution|law|standard deviation|sd|mse|error|risk|precision|efficiency|square|covariance) (?:of|for) (?:the |this |our )?(?:\w+ )?(?:mles?|ml estimat\w+|estimat(?:es?|ors?)|maximi[sz]ers?)\b/

/** "Log-likelihood (the error variance is 1)": where the bracket opens that is still open at the end; 0 without one. */
const openBracket = (words: string): number => {
  let depth = 0
  for (let k = words.length - 1; k >= 0; k--) {
    if (words[k] === ')') depth++
    if (words[k] === '(' && --depth < 0) return k
  }
  return 0
}

/** "The MLE of log m is log x̄; its standard error": the function of the parameter that an estimate was given of in this sentence. */
export const functionBefore = (draft: Draft): Expr | undefined => {
  const { lastRelation, clauses, out, n } = draft
  const what = lastRelation && lastRelation.sentence === clauses[draft.current]?.sentence ? out[lastRelation.index]?.what : undefined
  const t = what?.kind === 'relation' && what.relation === '=' && what.left.kind === 'term' ? what.left.term : undefined
  return t && t.kind !== 'sym' && n.model.parameters.some(p => mentions(t, p.name) || mentions(t, hatName(p.name))) ? t : undefined
}

export const quantityFromWords = (draft: Draft, before: string): Side | undefined => {
  const { n } = draft
  const words = before.slice(openBracket(before))
  const precise = preciseAlone(n, words, functionBefore(draft))
  if (precise) return precise
  const q = quantityInWords(words)
  if (!q) return undefined
  if (q.name === 'estimator') {
    if (ofEstimator.test(words) || ofAnother.test(words)) return undefined
    const [only, second] = n.model.parameters
    const named = n.model.parameters.find(p => new RegExp(`\\b${p.name}\\b`).test(words))
    const of = named ?? (second ? undefined : only)
    return of ? sideOf(n, sym(hatName(of.name))) : undefined
  }
  if (q.name === 'se') return undefined
  const own = q.name === 'ell' && q.order > 0 ? familyAt(draft, n.position) : q.name
  const name = own === 'fisher-information' && ofEachObservation.test(words) ? 'fisher-information-1' : own
  if (q.order > 0 && n.parameters.length > 1) return undefined
  // "the maximised likelihood is …": where the parameters are their estimates
  const top = q.order === 0 && (q.name === 'L' || q.name === 'ell' || q.name === 'nll') && largestValue.test(words)
  return sideOf(
    n,
    call(
      name,
      top ? n.parameters.map(p => n.scope.loose?.hat(p) ?? p) : n.parameters,
      n.parameters.map((_, k) => (k === 0 ? q.order : 0)),
    ),
  )
}

/** What "the derivative" is one of: the negative log-likelihood where that was spoken of last. */
export const noteFamily = (draft: Draft, s: Side, start: number): void => {
  if (s.kind === 'term') {
    const average = averaged(draft, s.term)
    if (average) draft.families.push({ start, name: average })
    return
  }
  if (s.kind !== 'quantity') return
  const of = s.quantity.kind === 'derivative' ? s.quantity.of : s.quantity
  if (of.kind === 'nll') draft.families.push({ start, name: 'nll' })
  else if (of.kind === 'log-likelihood') draft.families.push({ start, name: 'ell' })
  else if (of.kind === 'average-log-likelihood') draft.families.push({ start, name: 'avg-ell' })
  else if (of.kind === 'average-nll') draft.families.push({ start, name: 'avg-nll' })
}
/** ℓ(β)/n */
const averaged = ({ n }: Draft, t: Expr): string | undefined => {
  const [size] = n.model.samples.map(s => s.size)
  if (!size || t.kind !== 'mul' || t.factors.length !== 2) return undefined
  const whole = t.factors.find(f => f.kind === 'call')
  return whole?.kind === 'call' && (whole.name === 'ell' || whole.name === 'nll') && t.factors.some(f => same(f, pow(size, MINUS_ONE)))
    ? `avg-${whole.name}`
    : undefined
}

export const familyAt = (draft: Draft, start: number): string => {
  return draft.families.findLast(f => f.start <= start)?.name ?? 'ell'
}

export const said = (c: Clause): Pick<Statement, 'link' | 'said'> => {
  return { ...(c.link === undefined ? {} : { link: c.link }), ...(c.words === '' ? {} : { said: c.words }) }
}

export const pushRelation = (
  draft: Draft,
  c: Clause,
  left: Side,
  relation: Relation,
  right: Side,
  at: ChainPlace | undefined,
  others: (() => readonly What[]) | undefined,
  imposed = false,
  span?: readonly [number, number],
): void => {
  const condition = draft.pending && draft.pendingSentence === c.sentence ? draft.pending : undefined
  const what: What = {
    kind: 'relation',
    left,
    relation,
    right,
    ...(condition ? { condition } : {}),
    ...(at ? { place: at } : {}),
    ...(imposed ? { imposed: true as const } : {}),
  }
  const position = at?.position ?? 0
  const join = position === 0 ? said(c) : {}
  draft.out.push({ ...place(draft, span?.[0] ?? c.start, span?.[1] ?? c.end), ...join, what, ...(others ? { others } : {}) })
  draft.lastRelation = { index: draft.out.length - 1, sentence: c.sentence, end: c.end, clause: draft.current }
}

/** A side with a value put for a parameter. */
export const sideAt = (s: Side, name: string, value: Expr): Side => {
  switch (s.kind) {
    case 'term':
      return { kind: 'term', term: substitute(s.term, new Map([[name, value]])) }
    case 'quantity':
      return s.quantity.kind === 'estimator' || s.at?.[name] !== undefined ? s : { ...s, at: { ...s.at, [name]: value } }
    default:
      return s
  }
}
