/**
 * A chain as rows of a table: what stands left of the relation, the relation, what stands right of it, and the
 * reason. Micro-steps become rows of their own when asked for.
 */
import { ruleById } from '../../rules/index.ts'
import type { Chain, Line, Phrase } from '../document/document.ts'
import { notation } from '../print/build.ts'
import type { Notation, Relation } from '../print/notation.ts'
import { same } from '../term/order.ts'
import type { Expr, Term } from '../term/term.ts'
import { writtenProduct } from './density.ts'
import { hatted, introduce, type Pen, styleAt } from './pen.ts'

export type Sign = Relation['rest'][number]['op'] | '∝'
interface Sides {
  readonly left: Notation | undefined
  /** Absent for a statement that is no relation. */
  readonly sign: Sign | undefined
  readonly right: Notation
}
export interface Row extends Sides {
  /** Names in force on this row. */
  readonly pen: Pen
  readonly line: Line
  /** False for the second and further equations of a system. */
  readonly opening: boolean
  /** A single rule inside a line. */
  readonly step: boolean
  /** The row follows from the one above, but not the other way round. */
  readonly implied: boolean
  /** A constant was dropped: print "+ const". */
  readonly constant: boolean
  readonly reason: Phrase
}

const isExpr = (t: Term): t is Expr => {
  switch (t.kind) {
    case 'rel':
    case 'in':
    case 'and':
    case 'or':
    case 'not':
    case 'all':
    case 'finite':
    case 'range':
    case 'interval':
      return false
    default:
      return true
  }
}

/** A statement taken apart at its first relation; the equations of a system one after the other. */
const sidesOf = (t: Notation): readonly Sides[] => {
  if (t.n === 'logic' && t.op === 'and' && t.parts.every(p => p.n === 'relation')) return t.parts.flatMap(sidesOf)
  const [first, ...rest] = t.n === 'relation' ? t.rest : []
  if (t.n !== 'relation' || !first) return [{ left: undefined, sign: undefined, right: t }]
  return [{ left: t.first, sign: first.op, right: rest.length === 0 ? first.body : { n: 'relation', first: first.body, rest } }]
}

const titleOf = (rule: string): string => ruleById(rule)?.title ?? rule

/** What the whole line is called, and the law of its last micro-step. */
const fullReason = (reason: Phrase, title: string, steps: number): Phrase => {
  if (title === '' || reason.includes(title)) return reason
  return reason.length === 0 ? [title] : [...reason, steps === 1 ? ` (${title})` : `; finally: ${title}`]
}

/** The rows of a chain in order. */
export const rowsOf = (chain: Chain, pen: Pen): readonly Row[] => {
  const full = pen.options.detail === 'full'
  const rows: Row[] = []
  // a chain of expressions without a subject is an identity about its start
  let left: Expr | undefined = chain.subject ?? (isExpr(chain.start) ? chain.start : undefined)
  let constant = false
  const push = (line: Line, at: Pen, t: Term, sign: Sign, reason: Phrase, step: boolean): void => {
    const style = styleAt(at)
    const computed = notation(t, style)
    const right = (line.asWritten && !step ? writtenProduct(at, computed) : undefined) ?? computed
    const sides = isExpr(t) ? [{ left: left && notation(left, style), sign, right }] : sidesOf(right)
    if (isExpr(t)) left = undefined
    sides.forEach((s, i) => {
      const opening = i === 0
      rows.push({
        pen: at,
        line,
        opening,
        step,
        implied: opening && line.relation === '⇒' && !step,
        constant,
        reason: opening ? reason : [],
        ...s,
      })
    })
  }
  let here: Pen = chain.hats ? hatted(pen) : pen
  for (const line of chain.lines) {
    const steps = full ? line.steps : []
    const last = steps.at(-1)
    const reached = last !== undefined && same(last.after, line.term)
    for (const s of reached ? steps.slice(0, -1) : steps) push(line, here, s.after, '=', [titleOf(s.rule)], true)
    constant ||= line.relation === '+const'
    here = introduce(here, line.names)
    const title = reached ? titleOf(last.rule) : ''
    const reason: Phrase = full ? fullReason(line.reason, title, steps.length) : line.reason
    push(line, here, line.term, line.relation === '∝' ? '∝' : '=', reason, false)
  }
  return rows
}
