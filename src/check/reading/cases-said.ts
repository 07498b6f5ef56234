/**
 * Cases that reach beyond the formula they stand beside: "If x/t < y/u the rate is too low. Then b̂ = …", "ℓ′(0) ≤ 0: the maximum is
 * at 0", "for the exponential law (k = 1) θ̂ = t̄". Found from words and places; nothing is judged.
 */
import type { Prop } from '../../term/term.ts'
import type { Cut, Sentence } from './clause.ts'
import { equalityLike } from './draft.ts'
import { headingWords, speaksOfSample } from './not-asserted.ts'
import type { Notation } from './notation.ts'

export interface Reach {
  /** The samples that an estimate in the sentence is for, told in an earlier sentence of the paragraph. */
  readonly condition?: Prop
  /** Why nothing in the sentence may be called wrong. */
  readonly doubt?: string
}

const opens =
  /^[\s\d.,:;()*_–•-]*(?:(?:now|next|finally|first|second|third|also|but|and|case \w+)[:.,]? )*(?:if|when|whenever|in case|suppose|assume)\b(?: that| first| now)?[\s*_]*⟨(\d+)⟩/i
/** Ends the case that was being treated, or opens another that was not read. */
const leaves =
  /\b(?:otherwise|in general|generally|always|in (?:both|all|any|either|every) (?:of these )?cases?|altogether|in summary|to (?:sum up|summari[sz]e)|overall|(?:final |the )?answer|(?:final |the )result|conclusion|(?:same |this |the )+formula (?:still |also |again )?(?:holds|applies|covers|gives|works|remains)|else|if|when|whenever|unless|suppose|assume|for (?:all|every|any|each)|either way)\b/i
/** "With x̄ = 0": of other samples, if the formula is about the sample. */
const leavesWith = /\b(?:for|with|at|where|in case) ⟨(\d+)⟩/gi
/** A display, or a line that begins with a small letter, goes on with what stood above it. */
const newParagraph =
  /\n[ \t]*\n\s*(?!\$\$|\\\[|\\begin|[a-z\s])|\n[ \t]*(?:[-*•+]|\(?\w{1,3}[.)]|\\item|#+)\s|\\(?:sub)*(?:section|paragraph)\b/

/** What reaches each sentence, by its number. */
export const reaches = (
  n: Notation,
  { clauses, sentences }: Cut,
  conditions: ReadonlyMap<number, Prop>,
  /** Clauses that name a case in front of a colon. */
  headings: ReadonlySet<number>,
  text: string,
): ReadonlyMap<number, Reach> => {
  const found = new Map<number, Reach>()
  let current: Prop | undefined
  sentences.forEach((s, k) => {
    const last = sentences[k - 1]
    if (last && newParagraph.test(text.slice(last.start, s.start + 6))) current = undefined
    const opened = opens.exec(s.text)?.[1]
    const own = opened === undefined ? s.clauses.findLast(c => headings.has(c)) : Number(opened)
    if (own !== undefined) current = conditions.get(own)
    else if (leaves.test(s.text) || turns(n, clauses, s)) current = undefined
    const doubt = doubtful(n, clauses, s, text)
    const condition = own === undefined ? current : undefined
    if (doubt !== undefined || condition) found.set(k, { ...(doubt === undefined ? {} : { doubt }), ...(condition ? { condition } : {}) })
  })
  return found
}

const turns = (n: Notation, clauses: Cut['clauses'], s: Sentence): boolean =>
  [...s.text.matchAll(leavesWith)].some(m => {
    const c = clauses[Number(m[1])]
    return c !== undefined && speaksOfSample(n, c)
  })

const isDefined = (n: Notation, k: number): boolean => [...n.definitions.values()].some(list => list.some(d => d.clause === k))

const doubtful = (n: Notation, clauses: Cut['clauses'], s: Sentence, text: string): string | undefined => {
  if (isQuantityHeading(n, clauses, s, text)) return 'For which samples this is said was not read.'
  // "P = N = S/2 gives â = b̂": a sample that is supposed
  const supposed =
    /^(?:\W*\w+[.:] )?⟨(\d+)⟩ ?,? (?:(?:with|where|and) ⟨\d+⟩ ?,? )?(?:gives?|yields?|leads? to|produces?|makes?|corresponds|would|reduces)\b/i.exec(
      s.text.trim(),
    )?.[1]
  const first = supposed === undefined ? undefined : clauses[Number(supposed)]
  if (first && first.operators.every(o => o.relation === '=') && speaksOfSample(n, first) && !isDefined(n, Number(supposed)))
    return 'This seems to be supposed and not claimed.'
  const special = s.clauses.some(k => {
    const c = clauses[k]
    const [name, value] = c?.operands ?? []
    return (
      c?.operators.length === 1 &&
      c.operators[0]?.relation === '=' &&
      name?.length === 1 &&
      value?.length === 1 &&
      value[0]?.kind === 'number' &&
      n.model.parameters.some(p => p.name === name[0]?.text) &&
      new RegExp(`\\(\\s*⟨${k}⟩\\s*\\)`).test(s.text)
    )
  })
  return special ? 'This seems to be about a special case.' : undefined
}

/** "ℓ′(0) ≤ 0: …": a case that the sign of a quantity at a value tells. */
export const isQuantityHeading = (n: Notation, clauses: Cut['clauses'], s: Sentence, text: string): boolean => {
  const k = s.clauses[0]
  const c = k === undefined ? undefined : clauses[k]
  return (
    c !== undefined &&
    s.clauses.length > 1 &&
    headingWords.test(c.words) &&
    c.operators.length > 0 &&
    c.operators.every(o => !equalityLike(o.relation)) &&
    c.operands.flat().some(t => t.kind === 'name' && n.survey.roles.has(t.text)) &&
    /^[\s$)}\\]*:(?!=)/.test(text.slice(c.end, c.end + 12))
  )
}
