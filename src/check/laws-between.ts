/**
 * The laws that lead from one line to the next, by name: the sound strategies of derivations are run on what was written before,
 * and the steps up to the form nearest to the new line are its laws. Several are listed; where none leads there, none is named.
 */
import { ruleById } from '../../rules/index.ts'
import {
  expandEntangledSums,
  gatherNumbers,
  openLog,
  openPowers,
  openProduct,
  simplifyIfShorter,
  splitSums,
  tidy,
  writtenOut,
} from '../derive/laws.ts'
import type { Strategy } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import { deriv, type Expr, eq, log, type Rel, sym, type Term, ZERO } from '../term/term.ts'
import { subterms } from '../term/walk.ts'
import type { Reference } from './reference.ts'
import type { Memory, Said } from './ruling.ts'
import { likelihoodForms, openedForms, solvedLines } from './trail.ts'

interface Form {
  readonly term: Term
  readonly rules: readonly string[]
}

/** How much two terms have in common: of the subterms of both, those that they share. */
export const likeness = (a: Term, b: Term): number => {
  const [x, y] = [new Set(subterms(a).map(t => t.hash)), new Set(subterms(b).map(t => t.hash))]
  let shared = 0
  for (const h of x) if (y.has(h)) shared++
  return shared / Math.max(1, x.size + y.size - shared)
}

/** The forms that strategies give one after the other, with all laws used so far; no further than the one that is looked for. */
const forms = (start: Term, opening: readonly string[], strategies: readonly Strategy[], r: Reference, until: Term): readonly Form[] => {
  const out: Form[] = [{ term: start, rules: opening }]
  for (const s of strategies) {
    const last = out.at(-1) as Form
    if (out.length > 1 && same(last.term, until)) return out
    try {
      const done = s(last.term, r.interior)
      if (done) out.push({ term: done.term, rules: [...last.rules, ...done.steps.map(step => step.rule)] })
    } catch {
      return out
    }
  }
  return out
}

const nearest = (list: readonly Form[], t: Term): readonly string[] => {
  let best: { rules: readonly string[]; likeness: number } | undefined
  for (const f of list) {
    const l = same(f.term, t) ? 2 : likeness(f.term, t)
    if (!best || l > best.likeness) best = { rules: f.rules, likeness: l }
  }
  return [...new Set(best?.rules ?? [])].filter(id => !ruleById(id)?.silent).slice(0, 6)
}

const unfolding: readonly Strategy[] = [openProduct, gatherNumbers, splitSums]
const opening: readonly Strategy[] = [openLog, openPowers, expandEntangledSums]

/** The laws behind a value of a named quantity that was found right. */
export const rulesOfValue = (m: Memory, said: Said): readonly string[] => {
  const r = m.reference
  const before = m.said.slice(0, m.said.lastIndexOf(said))
  const own = before.findLast(s => s.key === said.key)
  const last = (role: Said['role']): Expr | undefined => before.findLast(s => s.role === role && s.right)?.term
  const t = said.term
  switch (said.role) {
    case 'likelihood':
      return nearest(forms(own?.term ?? (likelihoodForms(r)[0] as Expr), [], unfolding, r, t).slice(own ? 1 : 0), t)
    case 'log-likelihood':
      return own
        ? nearest(forms(own.term, [], [...opening, tidy], r, t).slice(1), t)
        : nearest(forms(log(last('likelihood') ?? (likelihoodForms(r)[0] as Expr)), [], opening, r, t), t)
    case 'score':
    case 'second-derivative': {
      if (own) return nearest(forms(own.term, [], [tidy, simplifyIfShorter], r, t).slice(1), t)
      const name = /∂/.test(said.key) ? r.unknowns.find(u => said.key.includes(`${sym(u).hash}`)) : undefined
      if (name === undefined) return []
      const body = said.role === 'score' ? (last('log-likelihood') ?? openedForms(r)[0]) : last('score')
      return body ? nearest(forms(deriv(body, sym(name)), [], [writtenOut, simplifyIfShorter], r, t).slice(1), t) : []
    }
    default:
      return []
  }
}

/** The laws that lead from an equation to another one, or to the estimate. */
export const rulesOfEquation = (m: Memory, before: Rel | undefined, after: Rel): readonly string[] => {
  const r = m.reference
  const score = m.said.findLast(s => s.role === 'score')?.term
  const start = before ?? (score ? eq(score, ZERO) : undefined)
  const name = r.unknowns.find(u => subterms(after).some(t => t.kind === 'sym' && (t.name === u || t.name === `${u}\u0302`)))
  if (!start || name === undefined) return []
  const list: Form[] = []
  let rules: readonly string[] = []
  for (const line of solvedLines(r, start, name)) {
    rules = [...rules, ...line.done.steps.map(s => s.rule)]
    list.push({ term: line.done.term, rules })
  }
  return list.length > 0 ? nearest(list, after) : []
}
