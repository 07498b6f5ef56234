/**
 * "L(N) ≥ L(N − 1) ⇔ N ≤ K/p": inequalities of which neither is claimed, only that one holds where the other does. Decided at the drawn
 * samples and parameters; it says what is true, never what is wrong.
 */
import { type Env, evaluate, holds } from '../term/evaluate.ts'
import type { Prop } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'
import { foreign, mentionsHat } from './decide.ts'
import { inequality, type Relating, sideTerm } from './quantities.ts'
import type { Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Statement } from './statement.ts'

const order = (r: Reference, s: Statement | undefined): Prop | undefined => {
  if (s?.what.kind !== 'relation') return undefined
  const [a, b] = [sideTerm(r, s.what.left), sideTerm(r, s.what.right)]
  const p = a && b && inequality(s.what.relation, a, b)
  return p && p.kind === 'rel' && foreign(r, p).length === 0 && !hasKind(p, 'call') ? p : undefined
}

/** The truth of an inequality; undefined at a tie, and where a side has no value. */
const truth = (p: Prop, env: Env): boolean | undefined => {
  if (p.kind !== 'rel') return undefined
  const [a, b] = [evaluate(p.left, env), evaluate(p.right, env)]
  if (Number.isNaN(a - b) || Math.abs(a - b) <= 1e-9 * Math.min(Math.abs(a), Math.abs(b))) return undefined
  return holds(p, env)
}

/** Some of the other settings have a sample that the model does not allow. */
export const sameSample = (r: Reference, a: Env, b: Env): boolean =>
  r.observed.every(x => `${a.arrays.get(x)}` === `${b.arrays.get(x)}` && a.symbols.get(x) === b.symbols.get(x))

const agree = (r: Reference, p: Prop, q: Prop): boolean => {
  if (mentionsHat(p) || mentionsHat(q)) return false
  let seen = 0
  for (const t of r.settings)
    for (const env of [t.env, t.other, ...t.others].filter(e => sameSample(r, e, t.env))) {
      const [a, b] = [truth(p, env), truth(q, env)]
      if (a === undefined || b === undefined) continue
      if (a !== b) return false
      seen++
    }
  return seen > 2
}

/** Statements that only say something together with their neighbour: judged with it, undefined for any other. */
export const ofEquivalence = (m: Memory, s: Statement, w: Relating): Ruling | undefined => {
  if (!['<', '<=', '>', '>='].includes(w.relation)) return undefined
  const k = m.statements.indexOf(s)
  const next = m.statements[k + 1]
  const other = s.link === '⇔' ? m.statements[k - 1] : next?.link === '⇔' ? next : undefined
  if (!other || Math.abs(other.line - s.line) > 3) return undefined
  const [p, q] = [order(m.reference, s), order(m.reference, other)]
  return p && q && agree(m.reference, p, q)
    ? {
        role: 'condition',
        relation: '⇔',
        status: 'ok',
        message: 'The two hold for the same parameters and samples, among those that were tried.',
      }
    : undefined
}
