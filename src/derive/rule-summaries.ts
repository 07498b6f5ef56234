/** The laws as plain data, for readers and programs. */
import { rules as allRules } from '../../rules/index.ts'
import type { Example } from '../rewrite/rule.ts'

export interface RuleSummary {
  readonly id: string
  readonly title: string
  /** LaTeX. */
  readonly statement: string
  readonly examples: readonly Example[]
  readonly source?: string
}

/** Every law, in the order of its file. */
export const ruleSummaries = (): readonly RuleSummary[] =>
  allRules.map(r => ({
    id: r.id,
    title: r.title,
    statement: r.statement,
    examples: r.examples,
    ...(r.source === undefined ? {} : { source: r.source }),
  }))
