/** What every rendering of a check report says in words: verdicts, signs, what is missing, the counterexample. No mathematics. */
import { ruleById } from '../../rules/index.ts'
import type { CheckReport, Counterexample, LineReport, Missing, StatementReport, Status } from '../check/report.ts'
import { unicode } from '../print/index.ts'
import { sym } from '../term/term.ts'

export interface CheckRenderOptions {
  /** Only the next nudge: no expected lines, no explanation that gives the solution away. */
  readonly hint?: boolean
}

/** In the margin of a line. */
export const signOf: Readonly<Record<Status, string>> = { ok: '✓', wrong: '✗', follows: '↳', unknown: '?', prose: ' ', unreadable: '!' }

const missingWords: Readonly<Record<Missing, string>> = {
  estimate: 'the estimator itself: state it',
  'second-order': 'an argument that it is a maximum (second derivative, change of sign, concavity, monotony or comparison)',
  boundary: 'the boundary: samples for which the maximum is at an end of the parameter space, or does not exist',
  support: 'the support: it depends on the parameter',
  'root-choice': 'which root it is, and why the other one is not',
  'other-parameter': 'the estimators of the other parameters',
  constraint: 'the constraint between the parameters',
}
export const missingWord = (m: Missing): string => missingWords[m]

export const headline = (r: CheckReport): string => {
  switch (r.verdict) {
    case 'correct':
      return 'Correct: every line that could be decided is true.'
    case 'wrong':
      return r.firstWrongLine === null ? 'Wrong.' : `Line ${r.firstWrongLine} is the first that is not true.`
    case 'incomplete':
      return 'No line is wrong, but the answer is not complete.'
    case 'unreadable':
      return 'No mathematics could be read.'
  }
}

/** "by the log of a product and the power rule". */
export const lawsOf = (ids: readonly string[]): readonly string[] => ids.map(id => ruleById(id)?.title ?? id)

const value = (v: unknown): string => {
  if (v === null || v === undefined) return 'undefined'
  if (typeof v === 'number') return String(Number.isInteger(v) ? v : Number(v.toPrecision(6))).replace('-', '−')
  if (Array.isArray(v)) return `(${v.map(value).join(', ')})`
  if (typeof v === 'object')
    return Object.entries(v)
      .map(([k, u]) => `${k} = ${value(u)}`)
      .join(', ')
  return String(v)
}
/** What a hint may show of a report: where, what is missing first, and the nudge; nothing that gives the solution away. */
export const hinted = (r: CheckReport): CheckReport => ({
  ...r,
  misconception: null,
  missing: r.missing.slice(0, 1),
  remarks: [],
  lines: r.lines.filter(l => l.line === r.firstWrongLine).map(l => ({ ...silent(l), statements: l.statements.map(silent) })),
})
const silent = <S extends StatementReport | LineReport>(s: S): S => ({
  ...s,
  rules: [],
  misconception: null,
  misconceptions: [],
  message: '',
  expected: null,
  counterexample: null,
})

/** "With x = (1, 2), p = 0.3 the left side is 1.2 and the right side 3.4." */
export const counterexampleWords = (c: Counterexample): string => {
  const given = [...Object.entries(c.data), ...Object.entries(c.parameters)]
    .map(([k, v]) => (k === 'known' ? value(v) : `${unicode(sym(k))} = ${value(v)}`))
    .filter(s => s !== '')
  return `For example, with ${given.join(', ')}: the left side is ${value(c.left)}, the right side ${value(c.right)}.`
}

/** What is told beneath a statement. */
export const remarksOn = (s: StatementReport, o: CheckRenderOptions): readonly string[] => {
  if (s.status === 'ok' || s.status === 'prose') return []
  // what went wrong is what a hint lets one find
  if (o.hint && s.status === 'wrong') return []
  const parts: string[] = []
  if (s.message !== '') parts.push(s.message)
  if (!o.hint && s.counterexample) parts.push(counterexampleWords(s.counterexample))
  return parts
}
