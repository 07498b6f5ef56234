/**
 * Reads a document statement by statement and decides each: against the model, against what was written before, and, at what is
 * wrong, which mistake was made. The report says what a reader needs; how it is set is `render/`.
 */
import { mistakeById } from '../../rules/mistakes.ts'
import type { Data } from '../model/data.ts'
import type { Model } from '../model/model.ts'
import { type Expr, eq, type Rel, sym } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'
import { completeness } from './complete.ts'
import { counterexampleOf } from './counterexample.ts'
import { diagnose } from './diagnose.ts'
import { hatMissing } from './judge-estimate.ts'
import { decided } from './judge-statement.ts'
import { rulesOfEquation, rulesOfValue } from './laws-between.ts'
import { blamed, wrongMultiplier } from './multipliers.ts'
import { noteCase } from './noted-cases.ts'
import { expected, nudge } from './nudge.ts'
import { referenceOf } from './reference.ts'
import { type CheckReport, formula, type LineReport, type Missing, type StatementReport, type Status } from './report.ts'
import { type Memory, memoryOf, type Ruling, type Snapshot, snapshot } from './ruling.ts'
import { doubtfulLine, undecided } from './second-thoughts.ts'
import { perLine } from './slip-search.ts'
import type { Line, Reading, Statement } from './statement.ts'
import { referenceFor } from './with-data.ts'
import { noteWordedCase } from './worded-cases.ts'
export interface JudgeOptions {
  /** What a full answer needs; all of it unless told. */
  readonly require?: readonly Missing[]
  /** The sample, where the task gives one in numbers: what is said in numbers is judged on it. */
  readonly data?: Data
  /** Facts about the sample beyond those of the model. */
  readonly assume?: string | readonly string[]
}

const rank: Readonly<Record<Status, number>> = { wrong: 5, follows: 4, unreadable: 3, unknown: 2, ok: 1, prose: 0 }

/** What a decision says where nothing better is known: the name of the mistake takes its place. */
const bland =
  /^(The two sides differ\.|The likelihood is larger elsewhere\.|The maximum does not solve this equation\.|This is not what the model gives\.)?$/

/** What is wrong comes first, then the law that holds; nothing is said twice. */
const explained = (message: string, ids: readonly string[]): string => {
  const known = ids.flatMap(id => mistakeById(id) ?? [])
  const parts = known.length > 0 && bland.test(message) ? [] : [message]
  for (const k of known) parts.push(`${capital(k.name)}.`, k.advice)
  return parts.filter((t, i) => t !== '' && !parts.some((u, k) => (k < i ? u.includes(t) : k > i && u !== t && u.includes(t)))).join(' ')
}
/** A name of one letter, n or ℓ, stays as it is, and so does a derivative. */
const capital = (t: string): string => (/^(?:[^aA\s] |d\/d)/.test(t) ? t : t.slice(0, 1).toUpperCase() + t.slice(1))

const shown = (t: Expr | Rel | undefined): ReturnType<typeof formula> | null => (t ? formula(t) : null)

/** The laws behind what was just added to the memory. */
const rulesTo = (m: Memory, g: Ruling, kept: Snapshot): readonly string[] => {
  if (m.said.length > kept.said) return rulesOfValue(m, m.said.at(-1) as Memory['said'][number])
  if (m.equations.length > kept.equations && g.role === 'score-equation') {
    const last = m.equations.at(-1)
    return last ? rulesOfEquation(m, m.equations.at(-2)?.equation, last.equation) : []
  }
  const estimate = m.estimates.length > kept.estimates ? m.estimates.at(-1) : undefined
  return estimate ? rulesOfEquation(m, m.equations.at(-1)?.equation, eq(sym(estimate.parameter), estimate.term)) : []
}

/** d/db(−C b⁻³) = 3C b⁻²: a slip happens on the derivative as it is written, and not on its value. */
const withDerivative = ({ what }: Statement, g: Ruling): Ruling => {
  if (g.target?.kind !== 'equation' || what.kind !== 'relation' || what.left.kind !== 'term' || what.right.kind !== 'term') return g
  const { term } = what.left
  return hasKind(term, 'deriv') && !hasKind(term, 'call') ? { ...g, target: { kind: 'equation', equation: eq(term, what.right.term) } } : g
}

const judged = (m: Memory, s: Statement): StatementReport => {
  const kept = snapshot(m)
  const whole = m.reference
  const against = m.blamed.get(s)
  let g = against ? wrongMultiplier(m, s, against) : decided(m, s)
  const blame = g.status === 'wrong' && (g.role === 'score-equation' || g.role === 'estimator') ? blamed(m, s) : undefined
  if (blame) {
    m.blamed.set(blame, s)
    g = { role: 'score-equation', status: 'unknown', message: 'This says what the multiplier is.' }
    for (const e of m.equations.splice(kept.equations)) m.equations.push({ ...e, right: true })
    m.estimates.splice(kept.estimates)
  }
  m.reference = g.numeric && m.numbers ? m.numbers : whole
  const mistakes = g.status === 'wrong' ? diagnose(m, withDerivative(s, g)) : g.mistake && g.status === 'ok' ? [g.mistake] : []
  const counterexample = g.counter && g.status === 'wrong' ? counterexampleOf(m.reference, g.counter) : null
  m.reference = whole
  if (g.status === 'wrong') m.wrong = true
  if (g.remark && !m.remarks.includes(g.remark)) m.remarks.push(g.remark)
  if (g.missing) m.missing.add(g.missing)
  return {
    source: s.source,
    column: s.column,
    length: s.length,
    role: g.role,
    status: g.status,
    relation: g.relation ?? null,
    rules: g.rules ?? (g.status === 'ok' ? rulesTo(m, g, kept) : []),
    misconception: mistakes[0] ?? null,
    misconceptions: mistakes,
    message: g.status === 'wrong' ? explained(g.message, mistakes) : g.message,
    expected: g.status === 'wrong' ? shown(g.target ? expected(m, g.target) : g.expected) : null,
    counterexample,
  }
}

/** The omission or the untidiness of a solution in which nothing is wrong. */
const unfinished = (m: Memory, missing: readonly Missing[]): string | null => {
  if (missing.includes('estimate')) return null
  if (missing.includes('second-order')) return 'max.no-second-order'
  if (missing.includes('support')) return 'lik.dropped-support'
  if (missing.includes('root-choice')) return 'solve.inadmissible-root'
  if (missing.includes('boundary')) return 'max.boundary-missed'
  if (missing.includes('constraint')) return 'd.constraint-ignored'
  if (m.remarks.some(t => t.includes('unbiased'))) return 'est.unbiased-claim'
  return m.estimates.length > 0 && m.estimates.every(e => !e.hat) ? 'est.hat-missing' : null
}

/** Nothing of what is said of the likelihood is true of this model: the first wrong line, named as that. */
const namedAlien = (m: Memory, lines: readonly LineReport[]): LineReport | undefined => {
  const first = lines.find(l => l.status === 'wrong')
  const values = lines
    .flatMap(l => l.statements)
    .filter(s => ['likelihood', 'log-likelihood', 'score'].includes(s.role) && s.status !== 'unknown')
  if (
    !first ||
    values.length < 2 ||
    (first.misconception !== null && first.misconception !== 'lik.other-density') ||
    values.some(s => s.status === 'ok') ||
    lines.some(l => l.statements.some(s => s.role === 'estimator' && s.status === 'ok'))
  )
    return first
  m.remarks.push(`This looks like the ${first.role} of a different density: is it the solution to another problem?`)
  return { ...first, misconception: 'lik.other-density', misconceptions: ['lik.other-density'] }
}

const judgedLine = (m: Memory, l: Line): readonly StatementReport[] => {
  m.line = l
  m.fuel.left = perLine
  // which samples a sentence speaks of may be said behind what it says of them
  for (const s of l.statements) noteCase(m, s, s.what)
  noteWordedCase(m, l)
  const reports = l.statements.map(s => judged(m, s))
  return risesAtTop(reports) ? reports.map(r => (r.misconception === 'd.second-derivative' ? asWrongSign(r) : r)) : reports
}

/** "ℓ″ = … > 0, so it is the maximum": the wrong value is taken for what shows a maximum. */
const risesAtTop = (reports: readonly StatementReport[]): boolean =>
  reports.some(r => r.misconception === 'd.second-derivative') &&
  reports.some(r => r.role === 'second-derivative' && /(?:>|\\gt?\b)\s*0|positive/.test(r.source)) &&
  reports.some(r => r.role === 'claim' && /maxim/i.test(r.source))
const asWrongSign = (r: StatementReport): StatementReport => {
  const ids = ['max.wrong-sign', ...r.misconceptions]
  return { ...r, misconception: 'max.wrong-sign', misconceptions: ids, message: explained('', ids) }
}

const lineReport = (line: number, source: string, statements: readonly StatementReport[]): LineReport => {
  const worst = statements.reduce<StatementReport | undefined>(
    (a, b) => (a === undefined || rank[b.status] > rank[a.status] ? b : a),
    undefined,
  )
  // of several statements that are as bad, the first that has a name says what went wrong
  const named = worst && (statements.find(s => s.status === worst.status && s.misconception !== null) ?? worst)
  const main = worst ?? { ...silent, role: 'prose' as const, status: 'prose' as const }
  return {
    line,
    source,
    role: main.role,
    status: main.status,
    relation: main.relation,
    rules: [...new Set(statements.flatMap(s => s.rules))],
    misconception: named?.misconception ?? null,
    misconceptions: named?.misconceptions ?? [],
    message: main.message,
    expected: main.expected,
    counterexample: main.counterexample,
    statements,
  }
}

/** A line behind the place where reading stopped. */
const notRead = (l: Line): StatementReport => ({
  ...silent,
  source: l.source,
  column: 1,
  length: Math.max(1, l.source.length),
  role: 'prose',
  status: 'unknown',
  message: 'Not read: the text is too long.',
})
const silent = { relation: null, rules: [], misconception: null, misconceptions: [], message: '', expected: null, counterexample: null }

/**
 * Decides a document that was read.
 * @returns the report; never throws for what was written
 */
export const judge = (model: Model, reading: Reading, options: JudgeOptions = {}): CheckReport => {
  const reference = referenceOf(model)
  const m = memoryOf(reference, reading.lines, options.data && referenceFor(reference, options.data))

  const { stoppedAt } = reading
  const judgedLines = reading.lines.map(l =>
    stoppedAt !== undefined && l.line > stoppedAt && l.source.trim() !== ''
      ? lineReport(l.line, l.source, [notRead(l)])
      : lineReport(l.line, l.source, judgedLine(m, l)),
  )
  const doubtful = doubtfulLine(judgedLines)
  const lines = judgedLines.map(l => (l === doubtful ? lineReport(l.line, l.source, undecided(l.statements)) : l))
  if (stoppedAt !== undefined) m.remarks.push(`The text is very long: it was read as far as line ${stoppedAt}.`)
  if (m.estimates.some(e => e.hat)) m.remarks.splice(0, m.remarks.length, ...m.remarks.filter(t => t !== hatMissing))
  const firstWrong = namedAlien(m, lines)
  const readable = lines.some(
    l => l.line <= (stoppedAt ?? l.line) && l.statements.some(s => s.status !== 'unreadable' && s.status !== 'prose'),
  )
  const missing = completeness(m, options.require)
  return {
    verdict: firstWrong ? 'wrong' : !readable ? 'unreadable' : missing.length > 0 ? 'incomplete' : 'correct',
    firstWrongLine: firstWrong?.line ?? null,
    misconception: firstWrong ? firstWrong.misconception : unfinished(m, missing),
    missing: firstWrong && missing.includes('estimate') ? missing.filter(k => k !== 'estimate' && k !== 'second-order') : missing,
    remarks: m.remarks,
    lines: lines.map(l => (l.line === firstWrong?.line ? firstWrong : l)),
    next: nudge(m, lines, missing) ?? null,
  }
}
