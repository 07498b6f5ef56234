/**
 * What a law is: data with a condition that must be proved and a rewriting that fires at one place.
 * A rule returns `undefined` where it does not apply; it never returns its input, never throws and never simplifies
 * its own result.
 */
import type { Kind, Of, Term } from '../term/term.ts'
import type { Context, Reason } from './facts.ts'

/** Dotted `family.name`; frozen once released (it is also the anchor in the documentation). */
export type RuleId = string

/** Where a rule fires in an example: both sides in the plain notation, and what is given. */
export interface Example {
  readonly before: string
  readonly after: string
  /** Domains and facts, comma separated: 'a > 0, n in {1..}, x[i] in {0, 1}'. */
  readonly given?: string
  /** The argument of a rule that takes one (what is added to both sides, the factor pulled out …). */
  readonly arg?: string
}

export const ex = (before: string, after: string, given?: string, arg?: string): Example => ({
  before,
  after,
  ...(given === undefined ? {} : { given }),
  ...(arg === undefined ? {} : { arg }),
})

export interface Rule<K extends Kind = Kind> {
  readonly id: RuleId
  /** Fits after "by the": 'log of a product'. */
  readonly title: string
  /** LaTeX of the law with metavariables. */
  readonly statement: string
  /** The head of the terms it applies to; the engine indexes rules by it. */
  readonly on: K | readonly K[]
  /** What stands beside a line that uses it, if the title does not: 'log undoes exp'. */
  readonly says?: string | undefined
  /** So small that it is named only where nothing larger happens on a line. */
  readonly minor?: boolean | undefined
  /** Bookkeeping that a reader is not shown as a reason. */
  readonly silent?: boolean | undefined
  /** The side condition: its proof, or undefined to decline. Absent: the law holds unconditionally. */
  readonly when?: ((t: Of<K>, cx: Context, arg: Term | undefined) => readonly Reason[] | undefined) | undefined
  /** The new term, or undefined to decline. Called only when `when` gave its proof. */
  readonly rewrite: (t: Of<K>, cx: Context, arg: Term | undefined) => Term | undefined
  readonly examples: readonly Example[]
  /** Must decline: [term, given]. */
  readonly nonExamples?: readonly (readonly [string, string?])[] | undefined
  /** How a rule on relations preserves meaning: both have the same solutions (default), or the second follows from the first. */
  readonly preserves?: 'solutions' | 'implication' | undefined
  readonly source?: string | undefined
  /** False only for the students' mistakes of rules/mistakes.ts. */
  readonly sound?: false | undefined
}

/** Child indices from the root to the place of a step. */
export type Path = readonly number[]

/** One application of one rule at one place: replaying it must give the same term. `before`/`after` are whole terms. */
export interface Step {
  readonly rule: RuleId
  readonly path: Path
  readonly before: Term
  readonly after: Term
  readonly why: readonly Reason[]
  readonly arg?: Term | undefined
}

const idShape = /^[a-z][a-z-]*\.[a-z0-9][a-z0-9-]*$/

/** Validates a rule when it is built. @throws TypeError for an ill-shaped id or a rule without an example. */
export const rule = <K extends Kind>(r: Rule<K>): Rule => {
  if (!idShape.test(r.id)) throw new TypeError(`rule id "${r.id}" is not of the form family.name`)
  if (r.examples.length === 0) throw new TypeError(`rule ${r.id} has no example`)
  const { id, title, on, says, minor, silent, when, rewrite, examples, nonExamples, preserves, source, sound } = r as unknown as Rule
  // every rule has its fields in the same places: the engine reads those of many rules at one place
  return {
    id,
    title,
    get statement() {
      return r.statement
    },
    on,
    says,
    minor,
    silent,
    when,
    rewrite,
    examples,
    nonExamples,
    preserves,
    source,
    sound,
  }
}

export const headsOf = (r: Rule): readonly Kind[] => (typeof r.on === 'string' ? [r.on] : r.on)
