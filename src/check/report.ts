/** The report on somebody's derivation: plain data, as programs get it. Nothing is decided here. */
import { latex, plain, unicode } from '../print/index.ts'
import type { Expr, Rel } from '../term/term.ts'

export interface Formula {
  readonly latex: string
  /** Plain, expanded, readable by the parser. */
  readonly text: string
  /** For a terminal. */
  readonly unicode: string
}

export type Status = 'ok' | 'wrong' | 'follows' | 'unknown' | 'prose' | 'unreadable'

export type Role =
  | 'density'
  | 'likelihood'
  | 'log-likelihood'
  | 'score'
  | 'score-equation'
  | 'second-derivative'
  | 'estimator'
  | 'information'
  | 'claim'
  | 'condition'
  | 'definition'
  | 'identity'
  | 'prose'
  | 'unreadable'

export type Missing = 'estimate' | 'second-order' | 'boundary' | 'support' | 'root-choice' | 'other-parameter' | 'constraint'

/** Data and parameters on which the two sides of a statement differ. Infinite values are "inf" and "-inf", undefined ones null. */
export interface Counterexample {
  readonly data: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, number>>
  readonly left: number | 'inf' | '-inf' | null
  readonly right: number | 'inf' | '-inf' | null
}

export interface StatementReport {
  readonly source: string
  readonly column: number
  readonly length: number
  readonly role: Role
  readonly status: Status
  readonly relation: '=' | '∝' | '+const' | '⇔' | '⇒' | null
  /** Ids of the laws that lead here from what was written before. */
  readonly rules: readonly string[]
  /** An id of the bank of mistakes. */
  readonly misconception: string | null
  /** The same mistake twice is listed once; two different ones made in this step are both here. */
  readonly misconceptions: readonly string[]
  readonly message: string
  readonly expected: Formula | null
  readonly counterexample: Counterexample | null
}

export interface LineReport extends Omit<StatementReport, 'column' | 'length'> {
  /** From 1, in the input. */
  readonly line: number
  readonly statements: readonly StatementReport[]
}

export interface CheckReport {
  readonly verdict: 'correct' | 'wrong' | 'incomplete' | 'unreadable'
  readonly firstWrongLine: number | null
  readonly misconception: string | null
  readonly missing: readonly Missing[]
  readonly remarks: readonly string[]
  readonly lines: readonly LineReport[]
  /** What to do next, without the solution. */
  readonly next: string | null
}

export const formula = (t: Expr | Rel): Formula => ({ latex: latex(t), text: plain(t), unicode: unicode(t) })
