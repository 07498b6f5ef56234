/**
 * Building a chain line by line: a move is a strategy with the words printed beside its line. A move that changes
 * nothing gives no line. What a reader is told by default are the titles of the rules that fired.
 */
import { ruleById } from '../../rules/index.ts'
import type { Abbreviation, Chain, Line, Origin, Phrase } from '../document/document.ts'
import { assuming, type Context, type Reason } from '../rewrite/facts.ts'
import type { Step } from '../rewrite/rule.ts'
import type { Done, Strategy } from '../rewrite/strategy.ts'
import type { Expr, Prop, Term } from '../term/term.ts'

export interface Move {
  readonly by: Strategy
  readonly reason?: Phrase | ((done: Done, names: readonly Abbreviation[]) => Phrase | undefined)
  readonly names?: (t: Term) => readonly Abbreviation[]
}

/** The titles of the rules that a reader is told about, each once, in order of use; small ones only if there are no others. */
export const titles = (steps: readonly Step[]): Phrase => {
  const large = new Set<string>()
  const small = new Set<string>()
  for (const s of steps) {
    const r = ruleById(s.rule)
    if (!r || r.silent) continue
    ;(r.minor ? small : large).add(r.says ?? r.title)
  }
  return [[...(large.size > 0 ? large : small)].join('; ')]
}

/** The reasons of all steps, each once. */
export const proofsOf = (steps: readonly Step[]): readonly Reason[] => {
  const kept: Reason[] = []
  for (const s of steps) for (const r of s.why) if (!kept.includes(r)) kept.push(r)
  return kept
}

export const line = (
  id: string,
  done: Done,
  reason: Phrase,
  { relation = '=', names, asWritten }: Partial<Pick<Line, 'relation' | 'names' | 'asWritten'>> = {},
): Line => ({
  type: 'line',
  id,
  relation,
  term: done.term,
  steps: done.steps,
  reason,
  why: proofsOf(done.steps),
  names,
  asWritten,
})

export interface ChainParts {
  readonly id: string
  readonly subject?: Expr
  readonly start: Term
  readonly origin: Origin
  /** Words beside the start; without them the first move opens the display. */
  readonly opening?: Phrase
  readonly asWritten?: true
  readonly given?: readonly Prop[]
  readonly domain?: Prop
}

/** Runs the moves one after the other on the start. */
export const chain = (parts: ChainParts, moves: readonly Move[], cx: Context): Chain => {
  const lines: Line[] = []
  const inside = assuming(cx, parts.given ?? [])
  let term = parts.start
  if (parts.opening) lines.push(line(`${parts.id}.0`, { term, steps: [] }, parts.opening, parts.asWritten ? { asWritten: true } : {}))
  for (const move of moves) {
    const done = move.by(term, inside) ?? { term, steps: [] }
    const names = move.names?.(done.term) ?? []
    if (done.steps.length === 0 && names.length === 0) continue
    const said = typeof move.reason === 'function' ? move.reason(done, names) : move.reason
    const reason = said ?? titles(done.steps)
    lines.push(line(`${parts.id}.${lines.length}`, done, reason, names.length > 0 ? { names } : {}))
    term = done.term
  }
  return {
    type: 'chain',
    subject: parts.subject,
    start: parts.start,
    origin: parts.origin,
    lines,
    hats: undefined,
    given: parts.given ?? [],
    domain: parts.domain,
  }
}

/** The last term of a chain. */
export const result = (c: Chain): Term => c.lines.at(-1)?.term ?? c.start
export const resultExpr = (c: Chain): Expr => result(c) as Expr
/** The id of the last line, for the origin of the next chain. */
export const lastId = (c: Chain): string => c.lines.at(-1)?.id ?? ''
