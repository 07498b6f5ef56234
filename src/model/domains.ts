/** Whether a declared domain can be meant: ends in order, whole numbers as ends of {a..b}, not empty. */
import { evaluate } from '../term/evaluate.ts'
import type { Expr, SetTerm, Term } from '../term/term.ts'
import { arraysOf, some, symbolsOf } from '../term/walk.ts'

const nothing = { symbols: new Map<string, number>(), arrays: new Map() }

/** The number that a term without symbols stands for; ±∞ included. */
export const constantValue = (t: Expr): number | undefined => {
  if (t.kind === 'infinity') return t.negative ? -Infinity : Infinity
  if (symbolsOf(t).size > 0 || arraysOf(t).size > 0 || some(t, u => u.kind === 'call')) return undefined
  return evaluate(t, nothing)
}

/** Names of the symbols and arrays in a term. */
export const namesIn = (t: Term): ReadonlySet<string> => new Set([...symbolsOf(t), ...arraysOf(t)])

/** What is wrong with the set, as far as its constant ends show it; undefined if nothing is. */
export const domainProblem = (set: SetTerm): string | undefined => {
  if (set.kind === 'finite') {
    if (set.elements.length === 0) return 'the set is empty'
    return set.elements.some(e => constantValue(e) !== undefined && !Number.isFinite(constantValue(e)))
      ? 'an element of the set is not a number'
      : undefined
  }
  const lo = constantValue(set.lo)
  const hi = constantValue(set.hi)
  if ((lo !== undefined && Number.isNaN(lo)) || (hi !== undefined && Number.isNaN(hi))) return 'an end of the domain is not a real number'
  if (lo === Infinity || hi === -Infinity) return 'the domain is empty: its ends are infinite and in the wrong order'
  if (set.kind === 'range') {
    for (const end of [lo, hi])
      if (end !== undefined && Number.isFinite(end) && !Number.isInteger(end)) return `${end} is not a whole number`
  }
  if (lo === undefined || hi === undefined) return undefined
  if (lo > hi) return `the domain is empty: its lower end ${lo} exceeds its upper end ${hi}`
  if (lo === hi && set.kind === 'interval' && !(set.closed[0] && set.closed[1]))
    return `the domain is empty: nothing lies strictly between ${lo} and ${hi}`
  return undefined
}
