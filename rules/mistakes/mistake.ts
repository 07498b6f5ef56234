/**
 * What a student's mistake is: a record that names it, and, where it is a false law of algebra, the slips that make it,
 * one rewriting each. A slip looks like a rule and is none: its examples have to fail the test of soundness.
 */
import type { Context } from '../../src/rewrite/facts.ts'
import type { Example } from '../../src/rewrite/rule.ts'
import type { Kind, Of, Term } from '../../src/term/term.ts'

/** Where in a solution it happens; the letter orders the stages. */
export type Stage =
  | 'A likelihood'
  | 'B exponents'
  | 'C logs'
  | 'D sums'
  | 'E derivatives'
  | 'F solving'
  | 'G maximum'
  | 'H estimator'
  | 'H information'

/**
 * `rewrite`: an unsound rule. `claim`: something said of the model that is false. `omission`: something that is not there.
 * `remark`: untidy, and not wrong.
 */
export type MistakeKind = 'rewrite' | 'claim' | 'omission' | 'remark'

/** One unsound rewriting at one place: all the wrong terms that it may give there. */
export interface Slip<K extends Kind = Kind> {
  readonly on: K | readonly K[]
  readonly rewrite: (t: Of<K>, cx: Context) => readonly Term[]
  readonly examples: readonly Example[]
}

export interface Mistake {
  /** Frozen once released. */
  readonly id: string
  readonly stage: Stage
  readonly kind: MistakeKind
  /** A few words: what was done. */
  readonly name: string
  readonly wrong: string
  readonly right: string
  /** When it is no mistake; '-' if always one. */
  readonly soundWhen: string
  /** What to tell the student: why it fails, and the law that holds. */
  readonly advice: string
  readonly slips: readonly Slip[]
}

type Facts = Pick<Mistake, 'name' | 'wrong' | 'right' | 'soundWhen' | 'advice'>

/** The mistakes of one stage, as [id, kind, facts, slips]. @throws TypeError for a rewrite without a slip */
export const stageOf =
  (stage: Stage) =>
  (id: string, kind: MistakeKind, facts: Facts, ...slips: readonly Slip[]): Mistake => {
    if (kind === 'rewrite' && slips.length === 0) throw new TypeError(`the rewrite ${id} has no slip`)
    return { id, stage, kind, ...facts, slips }
  }

export const slip = <K extends Kind>(s: Slip<K>): Slip => s as unknown as Slip
