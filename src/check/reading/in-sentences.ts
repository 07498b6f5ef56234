/**
 * Statements with what their sentences say of them: the words around, whether the formula is set off from them, and the reason why
 * it may not be claimed at all. Nothing is judged.
 */
import type { Statement, What } from '../statement.ts'
import type { Reach } from './cases-said.ts'
import type { Clause, Cut } from './clause.ts'
import { doubtOf } from './doubts.ts'
import type { Place } from './places.ts'
import { partOf } from './spoken.ts'

interface At {
  readonly line: number
  readonly column: number
}

/** The last of ascending places that is not behind the statement; −1 if there is none. */
const lastBefore = (places: readonly At[], s: At): number => {
  let [lo, hi] = [-1, places.length - 1]
  while (lo < hi) {
    const mid = (lo + hi + 1) >> 1
    const p = places[mid] as At
    if (p.line < s.line || (p.line === s.line && p.column <= s.column)) lo = mid
    else hi = mid - 1
  }
  return lo
}

/** A formula in a display, or alone on its line. */
const isDisplayed = (c: Clause | undefined): boolean =>
  c?.display === true && (c.dialect === 'latex' || (c.words === '' && c.behind.trim() === ''))

const isEstimate = (w: What): w is Extract<What, { kind: 'relation' }> =>
  w.kind === 'relation' && w.left.kind === 'quantity' && w.left.quantity.kind === 'estimator'

/**
 * @param reaching what reaches each sentence from beyond
 * @param clauseOf the clause that each statement was made from, where it was made from one
 * @param conditions the clauses that were read as conditions
 */
export const inSentences = (
  statements: readonly Statement[],
  { clauses, sentences }: Cut,
  clauseOf: readonly (number | undefined)[],
  conditions: ReadonlyMap<number, unknown>,
  reaching: ReadonlyMap<number, Reach>,
  placeAt: Place,
): readonly Statement[] => {
  const starts = sentences.map(s => placeAt(s.start))
  const marks = clauses.map(c => placeAt(c.start))
  return statements.map((s, i) => {
    const own = clauseOf[i]
    const from = own === undefined ? undefined : clauses[own]
    const reach = from && reaching.get(from.sentence)
    const doubt = reach?.doubt ?? (from && own !== undefined ? doubtOf(sentences[from.sentence], from, own, conditions) : undefined)
    const k = lastBefore(marks, s)
    const whole = sentences[lastBefore(starts, s)]?.text ?? ''
    const words = (s.what.kind === 'claim' ? whole : partOf(whole, whole.indexOf(`⟨${k}⟩`)).replace(`⟨${k}⟩`, '⟪⟫'))
      .replace(/⟨\d+⟩/g, '⟨⟩')
      .trim()
    return {
      ...s,
      ...(reach?.condition && isEstimate(s.what) && !s.what.condition ? { what: { ...s.what, condition: reach.condition } } : {}),
      ...(doubt === undefined ? {} : { doubt }),
      ...(words ? { sentence: words } : {}),
      ...(s.what.kind === 'relation' && isDisplayed(clauses[k]) ? { display: true as const } : {}),
    }
  })
}
