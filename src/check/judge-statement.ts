/**
 * What is decided about one statement: the likeliest reading first, then the others; about every sample, about the sample of the
 * task, or about the special samples that are being treated.
 */
import { type Env, evaluate, holds } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import type { Expr, Prop } from '../term/term.ts'
import { arraysOf, subterms } from '../term/walk.ts'
import { writtenInFixedData } from './case-data.ts'
import { foreign, trueAt } from './decide.ts'
import { doubtOf } from './doubted.ts'
import { sameSample } from './equivalence.ts'
import { expectationForData } from './expected-data.ts'
import { judgeClaim } from './judge-claim.ts'
import { ofEachObservation, writtenAnew } from './judge-definition.ts'
import { keepsAll } from './judge-estimate.ts'
import { judgeEstimateSet } from './judge-estimate-set.ts'
import { judgeNumbered } from './judge-numbered.ts'
import { judgeRelation } from './judge-relation.ts'
import { supportCondition } from './judge-support.ts'
import { noteCase } from './noted-cases.ts'
import { sideAt } from './reading/draft.ts'
import type { Reference } from './reference.ts'
import { type Memory, type Ruling, restore, type Snapshot, snapshot } from './ruling.ts'
import { isSampleCondition, latest, referenceUnder } from './sample-cases.ts'
import type { Statement, What } from './statement.ts'
import { manner } from './with-data.ts'
import { wordedAnswer } from './worded-answers.ts'
import { maximisedApart, normalises, rulesTurned, saidInWords, wrongPrior } from './worded-claims.ts'

const ruling = (m: Memory, s: Statement, what: What): Ruling => {
  switch (what.kind) {
    case 'relation':
      return judgeRelation(m, s, what)
    case 'condition': {
      const set = judgeEstimateSet(m, s, what.condition)
      if (set) return set
      if (m.reference.moving && !isSampleCondition(m.reference, what.condition))
        return sufficient(m, s, what.condition) ?? supportCondition(m, what.condition)
      return { role: 'condition', status: 'ok', message: '' }
    }
    case 'claim':
      return judgeClaim(m, s, what)
    case 'definition': {
      const estimate = estimateNamed(m, what.name) ?? rootKept(m, what.name)
      if (estimate)
        return judgeRelation(m, s, {
          kind: 'relation',
          left: { kind: 'quantity', quantity: { kind: 'estimator', parameter: estimate } },
          relation: '=',
          right: { kind: 'term', term: what.term },
        })
      return (
        judgeNumbered(m, s, what.name, what.term) ??
        ofEachObservation(m, s, what) ??
        writtenAnew(m, s, what) ?? { role: 'definition', status: 'ok', message: '' }
      )
    }
    case 'prose':
      if (s === m.line?.statements[0]) {
        if (normalises(m.line.source)) return wrongPrior
        const words = saidInWords(m)
        if (words) return words
      }
      return { role: 'prose', status: 'prose', message: '' }
    case 'unreadable':
      if (normalises(s.source) || normalises(m.line?.source ?? '')) return wrongPrior
      if (/\\int(?![a-z])|∫|\\lim(?![a-z])|\\xrightarrow|\\overset\{?\s*[dPp]\s*\}?\{?\s*\\to/.test(s.source))
        return { role: 'identity', status: 'unknown', message: 'Integrals and limits are not decided.' }
      // t_{i−1} where nobody says what t is
      if (/^undeclared symbol [A-Za-z]$/.test(what.message.replace(/;.*$/, '')) && s.source.includes('_'))
        return {
          role: 'identity',
          status: 'unknown',
          message: `${what.message.replace(/^undeclared symbol |;.*$/g, '')}: not known here, so the line was not decided.`,
        }
      return { role: 'unreadable', status: 'unreadable', message: [what.message, what.suggestion].filter(t => t).join(' ') }
  }
}

/** "All indicators are one if and only if θ ≤ max x_i": wrong, too, where parameters satisfy it that do not allow the sample. */
const sufficient = (m: Memory, s: Statement, p: Prop): Ruling | undefined => {
  const r = m.reference
  if (
    r.unknowns.length !== 1 ||
    !/\b(?:if and only if|iff|exactly (?:when|if)|precisely (?:when|if))[\s$(]*$/.test(
      s.said ?? m.line?.source.slice(0, s.column - 1) ?? '',
    )
  )
    return undefined
  const first = supportCondition(m, p)
  if (first.status !== 'ok') return first
  // "if and only if θ ≤ x_(1) and x_(n) ≤ 2θ": together
  const behind = m.statements.slice(m.statements.indexOf(s) + 1).filter(t => t.line <= s.line + 1)
  if (behind[0] && 'condition' in behind[0].what && behind[0].what.kind !== 'claim') return first
  const at = r.settings
    .flatMap(t => t.others.filter(e => sameSample(r, e, t.env)))
    .find(e => evaluate(r.likelihood, e) === 0 && trueAt(r, p, [e]).verdict === 'true')
  return at && p.kind === 'rel'
    ? {
        role: 'condition',
        status: 'wrong',
        message: 'Parameters satisfy this condition that do not allow the data.',
        mistake: 'max.support-reversed',
        counter: { env: at, left: p.left, right: p.right },
      }
    : first
}

/** p̂_1 introduced like a name of one's own, where p1 is declared. */
const estimateNamed = (m: Memory, name: string): string | undefined => {
  const plain = name.normalize('NFD').replace(/[\u0302_{}\\]/g, '')
  return name.normalize('NFD').includes('\u0302') && m.reference.unknowns.includes(plain) ? plain : undefined
}

/** θ̂_1 and θ̂_2, where both are said to be estimates of θ. */
const rootKept = (m: Memory, name: string): string | undefined => {
  const [, plain] = /^(\w+?)_?(?:hat|\u0302)_?\{?\d\}?$/.exec(name.normalize('NFD')) ?? []
  return plain !== undefined && m.reference.unknowns.includes(plain) && keepsAll.test(m.line?.source ?? '') ? plain : undefined
}

/** A statement is wrong only if it is claimed. */
const trusted = (m: Memory, s: Statement): Ruling => {
  const apart = s === m.line?.statements[0] ? (maximisedApart(m) ?? rulesTurned(m) ?? wordedAnswer(m)) : undefined
  if (apart) return apart
  const replaced = expectationForData(m, s)
  if (replaced) return replaced
  const kept = snapshot(m)
  const found = bestReading(m, s)
  if (found.status !== 'wrong' && found.status !== 'follows') return found
  const doubt = doubtOf(m, s, found)
  if (doubt === undefined) return found
  restore(m, kept)
  return { role: found.role, status: 'unknown', message: doubt }
}

/** A statement is wrong only if all its readings are. */
const bestReading = (m: Memory, s: Statement): Ruling => {
  const kept = snapshot(m)
  const own = m.numbers && onNumbers(m, m.numbers, s)
  if (own) return own
  const first = ruling(m, s, s.what)
  noteCase(m, s, s.what)
  if (first.status === 'unknown' && m.cases.length > 0 && speaksOfShape(s.what)) {
    const special = ofSpecialSamples(m, s, kept)
    if (special) return special
    restore(m, kept)
    return ruling(m, s, s.what)
  }
  if (first.status !== 'wrong') return first
  const special = first.always ? undefined : ofSpecialSamples(m, s, kept)
  if (special) return special
  if (underUnknownCondition(m, s))
    return { role: first.role, status: 'unknown', message: 'The condition that is made here was not understood.' }
  restore(m, kept)
  const there = whereMeant(m, s, kept)
  if (there) return there
  restore(m, kept)
  if (!s.others) return ruling(m, s, s.what)
  for (const reading of s.others().slice(0, 6)) {
    restore(m, kept)
    // where it is said to hold was read behind the formula
    const other =
      s.what.kind === 'relation' && s.what.condition && reading.kind === 'relation' && !reading.condition
        ? { ...reading, condition: s.what.condition }
        : reading
    const next = ruling(m, s, other)
    if (next.status === 'ok' && (!reachesFurther(s.what, other) || laterRight(m, s))) return next
  }
  restore(m, kept)
  return ruling(m, s, s.what)
}
/** "For λ = 2 …", "for θ > 1 …": what is said of some parameters, judged at those. A support that moves has conditions of its own. */
const whereMeant = (m: Memory, s: Statement, kept: Snapshot): Ruling | undefined => {
  const w = s.what
  const r = m.reference
  if (w.kind !== 'relation' || !w.condition || r.moving || w.left.kind !== 'quantity' || w.left.quantity.kind === 'estimator')
    return undefined
  const { condition, ...free } = w
  if (foreign(r, condition).length > 0) return undefined
  const parts = condition.kind === 'and' ? condition.props : [condition]
  let what = free
  for (const p of parts) {
    if (p.kind !== 'rel' || p.op !== '=' || p.left.kind !== 'sym' || !r.unknowns.includes(p.left.name)) continue
    what = { ...what, left: sideAt(what.left, p.left.name, p.right), right: sideAt(what.right, p.left.name, p.right) }
  }
  const meets = (e: Env): boolean => parts.every(p => p.kind !== 'rel' || p.op === '=' || holds(p, e))
  const whole = r.settings.flatMap(t => {
    const [env, ...others] = [t.env, t.other, ...t.others].filter(meets)
    return env ? [{ env, other: others[0] ?? env, others }] : []
  })
  if (what === free && r.settings.every(t => meets(t.env) && meets(t.other))) return undefined
  if (what === free && whole.length === 0)
    return { role: ruling(m, s, w).role, status: 'unknown', message: 'No parameters of this kind were tried.' }
  m.reference = what === free ? { ...r, settings: whole, memo: new Map() } : r
  restore(m, kept)
  const again = ruling(m, s, what)
  m.reference = r
  return again.status === 'ok' ? again : undefined
}

/** Claims that may hold for the samples of a case and for no others. */
const speaksOfShape = (what: What): boolean =>
  what.kind === 'claim' && ['increasing', 'decreasing', 'no-solution', 'negative', 'positive'].includes(what.claim)

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

/** A case within a case: the latest condition together with those of the list around it. */
const withinCase = (m: Memory, s: Statement): readonly (readonly Prop[])[] => {
  const [inner, ...outer] = latest(m.cases, s.line, 60).filter(p => p.kind === 'and' || p.kind === 'rel')
  return inner ? outer.filter(p => p.kind === 'and').map(p => [p, inner]) : []
}
/** A statement that is wrong in general, judged at the samples that are being spoken of. */
const ofSpecialSamples = (m: Memory, s: Statement, kept: Snapshot): Ruling | undefined => {
  const whole = m.reference
  const own = latest(m.cases, s.line)
  const tries: readonly (readonly Prop[])[] = own.length > 1 ? [...own.map(p => [p]), own, ...withinCase(m, s)] : own.map(p => [p])
  for (const props of tries) {
    const near = props.every(p => isCount(p) && m.cases.some(c => c.line === s.line && same(c.prop, p)))
    const narrow = !near && !saidUnder(s.what, props) && writtenInFixedData(whole, props, s.what) ? undefined : referenceUnder(whole, props)
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

/** c = 0, of a number that is no list: what else is written in it on the same line is said of this case. */
const isCount = (p: Prop): boolean => p.kind === 'rel' && p.op === '=' && arraysOf(p).size === 0

/** "If h + 2c = 0 then L = q^(2N)": the condition belongs to the statement itself, whatever else is written in those counts. */
const saidUnder = (what: What, props: readonly Prop[]): boolean => {
  const own = what.kind === 'relation' ? what.condition : undefined
  return own !== undefined && props.every(p => same(p, own) || (own.kind === 'and' && own.props.some(q => same(p, q))))
}

/** Whether what is said is said under a condition on names that nobody knows: "when k = 0 we have …". */
const underUnknownCondition = (m: Memory, s: Statement): boolean =>
  (m.line?.statements ?? []).some(t => {
    const p = t.what.kind === 'definition' || t.what.kind === 'unreadable' ? undefined : t.what.condition
    return p !== undefined && (t === s || m.statements.indexOf(t) < m.statements.indexOf(s)) && foreign(m.reference, p).length > 0
  })

/** Never throws: what cannot be decided for a bug is unknown. */
export const decided = (m: Memory, s: Statement): Ruling => {
  try {
    return trusted(m, s)
  } catch (e) {
    if (e instanceof RangeError || e instanceof TypeError || e instanceof Error)
      return { role: 'claim', status: 'unknown', message: 'This was not decided.' }
    throw e
  }
}
