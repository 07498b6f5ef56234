/** Cases of the sample that are said in words: "if all observations are 0", "no successes", "all x_i coincide". Nothing is judged. */
import { holds } from '../term/evaluate.ts'
import { at, type Expr, eq, num, ONE, sym } from '../term/term.ts'
import type { Memory } from './ruling.ts'
import { forEveryObservation } from './sample-cases.ts'
import type { Line } from './statement.ts'

const things =
  '(?:observations?|observed values?|data(?: points?)?|values?|counts?|outcomes?|results?|measurements?|draws?|trials?|\\$?\\\\?[a-zA-Z](?:_\\{?i\\}?|i)?\\$?)'
const every = `(?:all|every|each|only)(?: of)?(?: the)?(?: single)?(?: ${things})?`
const told = (value: string): RegExp =>
  new RegExp(`\\b${every}(?:,)? (?:(?:are|is|were|was|being|equals?|happen to be)(?: all| each)?(?: equal to)? )?\\$?(?:${value})\\b`, 'i')

const nought = told('0|zero(?:s|es)?|nought')
const one = told('1|ones?')
/** Counts of events, of which there are none. */
const none =
  /\b(?:there (?:is|are|was|were) )?no (?:success(?:es)?|events?|arrivals?|counts?|heads|hits|defects?|claims?|accidents?|occurrences?)\b|\ball (?:\w+ )?(?:failures|tails)\b|\bonly (?:failures|tails)\b/i
const always = /\ball (?:\w+ )?(?:successes|heads)\b|\bonly (?:successes|heads)\b|\bno failures?\b/i
const alike = new RegExp(
  `\\b(?:all|every|each)(?: of)?(?: the)? ${things} (?:are|is|were|happen to be|being)? ?(?:all )?(?:equal(?! to)|identical|the same|coincid\\w+|tied)\\b`,
  'i',
)
const denied = /\b(?:not (?:all|every|each)|unless|excluding|except)\b/i

const lonely =
  /\b(?:for|with|from|when|if|suppose)(?: (?:there is|we have|we see|we observe|you have|only))*(?: only| just)? (?:a single|one single|one|exactly one|1) (?:observation|data ?point|measurement|draw|datum)\b|\bsample (?:size )?of (?:size )?(?:one|1)\b/i

/** Remembers the case that a line says in words. */
export const noteWordedCase = (m: Memory, l: Line): void => {
  const r = m.reference
  const [name, ...others] = r.observed
  if (lonely.test(l.source) && r.size?.kind === 'sym') m.cases.push({ prop: eq(r.size, ONE), line: l.line, near: true })
  if (name === undefined || others.length > 0 || r.model.likelihood || denied.test(l.source)) return
  const note = (value: Expr, near: boolean): void => {
    const prop = forEveryObservation(r, eq(at(name, sym('i')), value))
    // what the task says of every sample is no case
    if (!r.settings.every(t => holds(prop, t.env))) m.cases.push({ prop, line: l.line, ...(near ? { near: true as const } : {}) })
  }
  if (nought.test(l.source)) note(num(0), false)
  else if (one.test(l.source)) note(ONE, false)
  else if (none.test(l.source)) note(num(0), true)
  else if (always.test(l.source)) note(ONE, true)
  if (alike.test(l.source)) note(at(name, ONE), true)
}
