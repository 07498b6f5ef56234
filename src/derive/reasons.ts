/** A proof turned into words: the facts at its leaves, each once, entries of arrays written with a generic index. */
import type { Phrase } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Reason } from '../rewrite/facts.ts'
import { same } from '../term/order.ts'
import { and, bound, le, lt, type Prop, sym } from '../term/term.ts'
import { arraysOf, replace, symbolsOf } from '../term/walk.ts'

/** An interval as inequalities; nothing for a whole line. */
export const asInequality = (fact: Prop): Prop | undefined => {
  if (fact.kind !== 'in' || fact.set.kind !== 'interval') return fact
  const { element, set } = fact
  const parts: Prop[] = []
  if (set.lo.kind !== 'infinity') parts.push((set.closed[0] ? le : lt)(set.lo, element))
  if (set.hi.kind !== 'infinity') parts.push((set.closed[1] ? le : lt)(element, set.hi))
  return parts.length === 0 ? undefined : and(...parts)
}

/** The facts that a proof rests on, without those that hold by arithmetic alone. */
export const leaves = (reasons: readonly Reason[], without: readonly string[] = []): readonly Prop[] => {
  const kept: Prop[] = []
  const visit = (r: Reason): void => {
    if (r.kind === 'by') {
      for (const o of r.of) visit(o)
      return
    }
    const fact = asInequality(replace(r.fact, bound(0), sym('i')))
    if (!fact) return
    const isDomain = r.fact.kind === 'in' && r.fact.element.kind === 'sym' && without.includes(r.fact.element.name)
    // n ≥ 1 and the like: said once, in the model
    const isPlain =
      r.fact.kind === 'rel' &&
      symbolsOf(r.fact).size > 0 &&
      [...symbolsOf(r.fact)].every(name => without.includes(name)) &&
      arraysOf(r.fact).size === 0
    if (fact.free === 0 && !isDomain && !isPlain && !kept.some(k => same(k, fact))) kept.push(fact)
  }
  for (const r of reasons) visit(r)
  return kept
}

/** "since x_i ∈ {0,1} and n ≥ 1", or nothing. */
export const sinceWords = (reasons: readonly Reason[], lead = 'since ', without: readonly string[] = []): Phrase => {
  const facts = leaves(reasons, without)
  return facts.length === 0
    ? []
    : say`${lead}${joined(
        facts.slice(0, 4).map(f => say`${f}`),
        ', ',
        ' and ',
      )}`
}
