/** A proof turned into words: the facts at its leaves, each once, entries of arrays written with a generic index. */
import type { Phrase } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Reason } from '../rewrite/facts.ts'
import { same } from '../term/order.ts'
import { bound, type Prop, sym } from '../term/term.ts'
import { replace } from '../term/walk.ts'

/** The facts that a proof rests on, without those that hold by arithmetic alone. */
export const leaves = (reasons: readonly Reason[], without: readonly string[] = []): readonly Prop[] => {
  const kept: Prop[] = []
  const visit = (r: Reason): void => {
    if (r.kind === 'by') {
      for (const o of r.of) visit(o)
      return
    }
    const fact = replace(r.fact, bound(0), sym('i'))
    const isDomain = fact.kind === 'in' && fact.element.kind === 'sym' && without.includes(fact.element.name)
    if (fact.free === 0 && !isDomain && !kept.some(k => same(k, fact))) kept.push(fact)
  }
  for (const r of reasons) visit(r)
  return kept
}

/** "since x_i ∈ {0,1} and n ≥ 1", or nothing. */
export const sinceWords = (reasons: readonly Reason[], lead = 'since ', without: readonly string[] = []): Phrase => {
  const facts = leaves(reasons, without)
  return facts.length === 0 ? [] : say`${lead}${joined(facts.slice(0, 4).map(f => say`${f}`), ', ', ' and ')}`
}
