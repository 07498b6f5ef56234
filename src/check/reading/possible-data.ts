/**
 * "All observations lie in the support if and only if …", "they do exactly when …": conditions that are said to be the one under which
 * the data are possible. Tests of words only; whether it is that condition is the judge's.
 */

import type { Token } from '../../read/scanner.ts'
import { same } from '../../term/order.ts'
import { subterms } from '../../term/walk.ts'
import type { Clause } from './clause.ts'
import type { Draft } from './draft.ts'
import { isBadInput } from './places.ts'
import { readExpression } from './sides.ts'
import { is } from './token-rows.ts'

const joint = String.raw`(?:(?:only|exactly|precisely|just) )?(?:if|when|iff|for|provided)(?:,? and only if)?\s*$`
const iff = new RegExp(String.raw`^\s*${joint}`)
/** "All the data are possible if θ ≥ x_(n)": what the sentence says is that condition. */
const saysPossible = new RegExp(
  String.raw`(?:\b(?:data|observations?|sample|values?)\b[^.;]*\b(?:possible|allowed|admissible|inside the support|in the support)|(?<!log[- ])\blikelihood (?:is|becomes|stays) (?:strictly )?(?:positive|non-?zero)|\b(?:indicators?|indicator functions?)\b[^.;]*\b(?:equals?|is|are|becomes?)(?: all| equal to)? (?:one|1|non-?zero))\s+${joint}`,
)
/** "All observations lie in [θ, 2θ] exactly when": with an interval in which a parameter stands. */
const liesWithin = new RegExp(
  String.raw`\b(?:all|every|each|the|these)(?: of)?(?: the| these| our)? (?:data|data points?|observations?|sample|sample points?|values?)\b[^.;⟨]{0,12}\b(?:lies?|are|is|falls?|belongs?)(?: all| then)? (?:in|inside|within|to) (?:⟨⟩|the (?:interval|range|set|support) ⟨⟩)\s+${joint}`,
  'i',
)
const denies = /\b(?:no|not|never|cannot|neither|without|would|im\w+|zero|outside)\b|n't/i

/** Whether a clause is an interval whose ends, where a parameter stands in them, are those of the support. */
const isSupport = (draft: Draft, c: Clause): boolean => {
  const { n, text } = draft
  const tokens = c.operands.length === 1 ? (c.operands[0] ?? []) : []
  const comma = tokens.findIndex(t => is(t, ','))
  if (comma < 2 || !is(tokens[0], '[', '(', ']') || !is(tokens.at(-1), ']', ')', '[')) return false
  const ends = n.model.samples.flatMap(s => s.variables.flatMap(v => subterms(v.support)))
  const moves = (t: Token): boolean => t.kind === 'name' && n.model.parameters.some(p => p.name === t.text)
  const moving = [tokens.slice(1, comma), tokens.slice(comma + 1, -1)].filter(side => side.some(moves))
  try {
    return moving.length > 0 && moving.every(side => ends.some(t => same(t, readExpression(n, text, side, c.dialect))))
  } catch (error) {
    if (!isBadInput(error)) throw error
    return false
  }
}

/** "All observations lie in [θ, 2θ] if and only if". */
const liesInSupport = (draft: Draft, c: Clause, k: number): boolean => {
  const before = draft.clauses[k - 1]
  const words = before?.sentence === c.sentence && iff.test(c.words) ? `${before.words} ⟨⟩ ${c.words}`.replace(/\s+/g, ' ') : ''
  return before !== undefined && liesWithin.test(words) && !denies.test(words) && isSupport(draft, before)
}

/** Whether the words in front of clause k say that the data are possible under it. */
export const makesPossible = (draft: Draft, c: Clause, k: number): boolean =>
  (saysPossible.test(c.words) && !denies.test(c.words)) || liesInSupport(draft, c, k)

/** The sentence before spoke of data inside of the support, and of nothing that is zero. */
const ofPossibleData =
  /\b(?:data|observations?|sample|values?)\b[^.;]*\b(?:lies?|are|is|falls?|belongs?)\b[^.;]{0,20}\b(?:in|inside|within|to|possible|allowed)\b|\blikelihood is (?:positive|non-?zero)/i
const pronoun = new RegExp(
  String.raw`^(?:and |so |now |but )?(?:they do(?: so)?|they all do|this is (?:so|the case|true|possible)|that is the case|this (?:happens|holds|occurs))\s+${joint}`,
  'i',
)
/** "They do if and only if …", behind a sentence about observations in the support. */
export const goesOnAboutData = (draft: Draft, c: Clause): boolean => {
  if (!pronoun.test(c.words.trim())) return false
  const before = draft.text.slice(Math.max(0, c.start - 300), c.start)
  const last = before.split(/[.;:!?]\s/).at(-2) ?? ''
  return ofPossibleData.test(last) && !denies.test(last) && !/\botherwise\b|(?<![\w{^.])0(?![\w.])/.test(last)
}
