/**
 * Reads a document statement by statement and decides each: against the model, against what was written before, and, at what is
 * wrong, which mistake was made. The report says what a reader needs; how it is set is `render/`.
 */
import { mistakeById } from '../../rules/mistakes.ts'
import type { Data } from '../model/data.ts'
import type { Model } from '../model/model.ts'
import { holds } from '../term/evaluate.ts'
import { type Expr, eq, type Prop, sym } from '../term/term.ts'
import { subterms } from '../term/walk.ts'
import { completeness } from './complete.ts'
import { counterexampleOf } from './counterexample.ts'
import { foreign } from './decide.ts'
import { diagnose } from './diagnose.ts'
import { judgeClaim } from './judge-claim.ts'
import { judgeEstimateSet } from './judge-estimate-set.ts'
import { judgeRelation } from './judge-relation.ts'
import { supportCondition } from './judge-support.ts'
import { rulesOfEquation, rulesOfValue } from './laws-between.ts'
import { expected, nudge } from './nudge.ts'
import { relationProp } from './quantities.ts'
import { type Reference, referenceOf } from './reference.ts'
import { type CheckReport, formula, type LineReport, type Missing, type StatementReport, type Status } from './report.ts'
import { type Memory, memoryOf, type Ruling } from './ruling.ts'
import { forEveryObservation, isSampleCondition, latest, referenceUnder } from './sample-cases.ts'
import type { Line, Reading, Statement, What } from './statement.ts'
import { manner, referenceFor } from './with-data.ts'

export interface JudgeOptions {
  /** What a full answer needs; all of it unless told. */
  readonly require?: readonly Missing[]
  /** The sample, where the task gives one in numbers: what is said in numbers is judged on it. */
  readonly data?: Data
  /** Facts about the sample beyond those of the model. */
  readonly assume?: string | readonly string[]
}

const rank: Readonly<Record<Status, number>> = { wrong: 5, follows: 4, unreadable: 3, unknown: 2, ok: 1, prose: 0 }

const ruling = (m: Memory, s: Statement, what: What): Ruling => {
  switch (what.kind) {
    case 'relation':
      return judgeRelation(m, s, what)
    case 'condition': {
      const set = judgeEstimateSet(m, s, what.condition)
      if (set) return set
      if (m.reference.moving) return supportCondition(m, what.condition)
      return { role: 'condition', status: 'ok', message: '' }
    }
    case 'claim':
      return judgeClaim(m, s, what)
    case 'definition': {
      const estimate = estimateNamed(m, what.name)
      if (estimate)
        return judgeRelation(m, s, {
          kind: 'relation',
          left: { kind: 'quantity', quantity: { kind: 'estimator', parameter: estimate } },
          relation: '=',
          right: { kind: 'term', term: what.term },
        })
      return { role: 'definition', status: 'ok', message: '' }
    }
    case 'prose':
      if (s === m.line?.statements[0] && normalises(m.line.source)) return wrongPrior
      return { role: 'prose', status: 'prose', message: '' }
    case 'unreadable':
      if (normalises(s.source) || normalises(m.line?.source ?? '')) return wrongPrior
      return { role: 'unreadable', status: 'unreadable', message: [what.message, what.suggestion].filter(t => t).join(' ') }
  }
}

/** p̂_1 introduced like a name of one's own, where p1 is declared. */
const estimateNamed = (m: Memory, name: string): string | undefined => {
  const plain = name.normalize('NFD').replace(/[\u0302_{}\\]/g, '')
  return name.normalize('NFD').includes('\u0302') && m.reference.unknowns.includes(plain) ? plain : undefined
}

/** ∫ L(θ) dθ = 1, in signs or words. */
const normalises = (text: string): boolean =>
  /(\\int|∫).*L.*=\s*1\s*\$*\.?$/.test(text) ||
  (/(likelihood|L\s*\().*\bintegrates? to (1|one)\b/i.test(text) && !/\b(not|need|never)\b|n't/.test(text))
const wrongPrior: Ruling = {
  role: 'claim',
  status: 'wrong',
  message: 'The likelihood is no density of the parameter.',
  mistake: 'lik.prior-confusion',
}

/** A statement is wrong only if all its readings are. */
const bestReading = (m: Memory, s: Statement): Ruling => {
  const kept = snapshot(m)
  const own = m.numbers && onNumbers(m, m.numbers, s)
  if (own) return own
  const first = ruling(m, s, s.what)
  noteCase(m, s, s.what)
  if (first.status !== 'wrong') return first
  const special = ofSpecialSamples(m, s, kept)
  if (special) return special
  if (underUnknownCondition(m, s))
    return { role: first.role, status: 'unknown', message: 'The condition that is made here was not understood.' }
  restore(m, kept)
  if (!s.others) return ruling(m, s, s.what)
  for (const other of s.others().slice(0, 6)) {
    restore(m, kept)
    const next = ruling(m, s, other)
    if (next.status === 'ok' && (!reachesFurther(s.what, other) || laterRight(m, s))) return next
  }
  restore(m, kept)
  return ruling(m, s, s.what)
}
/** A statement with numbers of the sample in it, judged on that sample; undefined if it speaks of every sample. */
const onNumbers = (m: Memory, numbers: Reference, s: Statement): Ruling | undefined => {
  const how = manner(numbers, s.what)
  if (how === 'general') return undefined
  const kept = snapshot(m)
  const whole = m.reference
  if (how === 'mixed') {
    const general = ruling(m, s, s.what)
    if (general.status === 'ok') return general
    restore(m, kept)
  }
  m.reference = numbers
  const found = [s.what, ...(s.others?.() ?? []).slice(0, 6)].flatMap((what, k) => {
    restore(m, kept)
    const g = ruling(m, s, what)
    return g.status === 'ok' || k === 0 ? [{ what, g }] : []
  })
  restore(m, kept)
  const best = found.find(f => f.g.status === 'ok') ?? found[0]
  const again = best && ruling(m, s, best.what)
  m.reference = whole
  // what is said in numbers alone says nothing of other samples
  if (again && (how === 'numbers' || again.status === 'ok' || again.status === 'wrong' || again.status === 'follows'))
    return { ...again, numeric: true }
  restore(m, kept)
  return undefined
}

/** Whether the other reading lets a Σ run over summands that stand behind it: the parentheses were forgotten, or n was. */
const reachesFurther = (one: What, other: What): boolean => {
  const longest = (w: What): number =>
    w.kind === 'relation' ? [w.left, w.right].reduce((n, side) => n + (side.kind === 'term' ? summandsUnderSums(side.term) : 0), 0) : 0
  return longest(other) > longest(one)
}
const summandsUnderSums = (t: Expr): number =>
  subterms(t).reduce((n, u) => n + (u.kind === 'big' && u.op === 'sum' && u.body.kind === 'add' ? u.body.terms.length : 0), 0)

/** Whether the next thing that is said is right: then the sum was meant to reach further. */
const laterRight = (m: Memory, s: Statement): boolean => {
  const kept = snapshot(m)
  for (const t of m.statements.slice(m.statements.indexOf(s) + 1)) {
    if (t.what.kind !== 'relation') continue
    const g = ruling(m, t, t.what)
    restore(m, kept)
    if (g.status === 'ok' || g.status === 'wrong' || g.status === 'follows') return g.status === 'ok'
  }
  return false
}

/** Remembers a condition on the sample. */
const noteCase = (m: Memory, s: Statement, what: What): void => {
  const r = m.reference
  const note = (p: Prop | undefined): void => {
    for (const q of p ? (p.kind === 'and' ? [p, ...p.props] : [p]) : [])
      if (isSampleCondition(r, q)) m.cases.push({ prop: forEveryObservation(r, q), line: s.line })
  }
  if (what.kind === 'condition') note(what.condition)
  if (what.kind === 'claim') note(what.condition)
  if (what.kind === 'relation') {
    note(what.condition)
    const p = relationProp(r, what)
    if (p && r.settings.some(t => !holds(p, t.env))) note(p)
  }
}

/** A statement that is wrong in general, judged at the samples that are being spoken of. */
const ofSpecialSamples = (m: Memory, s: Statement, kept: Snapshot): Ruling | undefined => {
  const whole = m.reference
  const own = latest(m.cases, s.line)
  const tries: readonly (readonly Prop[])[] = own.length > 1 ? [...own.map(p => [p]), own] : own.map(p => [p])
  for (const props of tries) {
    const narrow = referenceUnder(whole, props)
    if (!narrow) continue
    restore(m, kept)
    m.reference = narrow
    const again = ruling(m, s, s.what)
    m.reference = whole
    if (again.status === 'ok') {
      restore(m, kept)
      return { ...again, message: 'True for the samples that are being treated.' }
    }
  }
  return undefined
}

/** Whether what is said is said under a condition on names that nobody knows: "when k = 0 we have …". */
const underUnknownCondition = (m: Memory, s: Statement): boolean =>
  (m.line?.statements ?? []).some(t => {
    const p = t.what.kind === 'relation' || t.what.kind === 'claim' || t.what.kind === 'condition' ? t.what.condition : undefined
    return p !== undefined && (t === s || m.statements.indexOf(t) < m.statements.indexOf(s)) && foreign(m.reference, p).length > 0
  })

interface Snapshot {
  readonly said: number
  readonly equations: number
  readonly estimates: number
  readonly claims: number
}
const snapshot = (m: Memory): Snapshot => ({
  said: m.said.length,
  equations: m.equations.length,
  estimates: m.estimates.length,
  claims: m.claims.length,
})
const restore = (m: Memory, k: Snapshot): void => {
  m.said.length = k.said
  m.equations.length = k.equations
  m.estimates.length = k.estimates
  m.claims.length = k.claims
}

/** What a decision says where nothing better is known: the name of the mistake takes its place. */
const bland = /^(The two sides differ\.|The likelihood is larger elsewhere\.|The maximum does not solve this equation\.)?$/

/** What is wrong comes first, then the law that holds; nothing is said twice. */
const explained = (message: string, ids: readonly string[]): string => {
  const known = ids.flatMap(id => mistakeById(id) ?? [])
  const parts = known.length > 0 && bland.test(message) ? [] : [message]
  for (const k of known) parts.push(`${capital(k.name)}.`, k.advice)
  return parts.filter((t, i) => t !== '' && !parts.slice(0, i).some(u => u.includes(t))).join(' ')
}
const capital = (t: string): string => t.slice(0, 1).toUpperCase() + t.slice(1)

const shown = (t: Expr | undefined): ReturnType<typeof formula> | null => (t ? formula(t) : null)

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

/** Never throws: what cannot be decided for a bug is unknown. */
const safely = (m: Memory, s: Statement): Ruling => {
  try {
    return bestReading(m, s)
  } catch (e) {
    if (e instanceof RangeError || e instanceof TypeError || e instanceof Error)
      return { role: 'claim', status: 'unknown', message: 'This was not decided.' }
    throw e
  }
}

const judged = (m: Memory, s: Statement): StatementReport => {
  const kept = snapshot(m)
  const whole = m.reference
  const g = safely(m, s)
  m.reference = g.numeric && m.numbers ? m.numbers : whole
  const mistakes = g.status === 'wrong' ? diagnose(m, g) : g.mistake && g.status === 'ok' ? [g.mistake] : []
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
    expected: g.status === 'wrong' ? shown(expected(m.reference, g.target)) : null,
    counterexample,
  }
}

/** The omission or the untidiness of a solution in which nothing is wrong. */
const unfinished = (m: Memory, missing: readonly Missing[]): string | null => {
  if (missing.includes('estimate')) return null
  if (missing.includes('second-order')) return 'max.no-second-order'
  if (missing.includes('support')) return 'lik.dropped-support'
  if (missing.includes('constraint')) return 'd.constraint-ignored'
  if (missing.includes('root-choice')) return 'solve.inadmissible-root'
  if (missing.includes('boundary')) return 'max.boundary-missed'
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
    first.misconception !== null ||
    values.some(s => s.status === 'ok') ||
    lines.some(l => l.statements.some(s => s.role === 'estimator' && s.status === 'ok'))
  )
    return first
  m.remarks.push(`This looks like the ${first.role} of a different density: is it the solution to another problem?`)
  return { ...first, misconception: 'lik.other-density', misconceptions: ['lik.other-density'] }
}

const judgedLine = (m: Memory, l: Line): readonly StatementReport[] => {
  m.line = l
  // which samples a sentence speaks of may be said behind what it says of them
  for (const s of l.statements) noteCase(m, s, s.what)
  return l.statements.map(s => judged(m, s))
}

const lineReport = (line: number, source: string, statements: readonly StatementReport[]): LineReport => {
  const worst = statements.reduce<StatementReport | undefined>(
    (a, b) => (a === undefined || rank[b.status] > rank[a.status] ? b : a),
    undefined,
  )
  const main = worst ?? {
    role: 'prose' as const,
    status: 'prose' as const,
    relation: null,
    rules: [],
    misconception: null,
    misconceptions: [],
    message: '',
    expected: null,
    counterexample: null,
  }
  return {
    line,
    source,
    role: main.role,
    status: main.status,
    relation: main.relation,
    rules: [...new Set(statements.flatMap(s => s.rules))],
    misconception: main.misconception,
    misconceptions: main.misconceptions,
    message: main.message,
    expected: main.expected,
    counterexample: main.counterexample,
    statements,
  }
}

/**
 * Decides a document that was read.
 * @returns the report; never throws for what was written
 */
export const judge = (model: Model, reading: Reading, options: JudgeOptions = {}): CheckReport => {
  const reference = referenceOf(model)
  const m = memoryOf(reference, reading.lines, options.data && referenceFor(reference, options.data))

  const lines = reading.lines.map(l => lineReport(l.line, l.source, judgedLine(m, l)))
  const firstWrong = namedAlien(m, lines)
  const readable = lines.some(l => l.statements.some(s => s.status !== 'unreadable' && s.status !== 'prose'))
  const hasMath = lines.some(l => l.statements.some(s => s.status !== 'prose'))
  const missing = completeness(m, options.require)
  return {
    verdict: firstWrong
      ? 'wrong'
      : !readable && hasMath
        ? 'unreadable'
        : !readable && lines.length === 0
          ? 'unreadable'
          : missing.length > 0
            ? 'incomplete'
            : 'correct',
    firstWrongLine: firstWrong?.line ?? null,
    misconception: firstWrong ? firstWrong.misconception : unfinished(m, missing),
    missing: firstWrong ? missing.filter(k => k !== 'estimate') : missing,
    remarks: m.remarks,
    lines: lines.map(l => (l.line === firstWrong?.line ? firstWrong : l)),
    next: nudge(m, lines, missing) ?? null,
  }
}
