/** Conditions and places that a sentence names: "for θ ≥ x_(n)", "if all x_i are 0", "at θ = x̄", and what they belong to. */
import type { Token } from '../../read/scanner.ts'
import { all, and, type Expr, not, or, type Prop, rel, sym } from '../../term/term.ts'
import { arraysOf, symbolsOf } from '../../term/walk.ts'
import { hatName, type Side, unhatted, type What } from '../statement.ts'
import type { Clause } from './clause.ts'
import { leading, onlyConditional } from './conditional-words.ts'
import { type Draft, equalityLike, place, sideAt } from './draft.ts'
import { termOfSide } from './named-sides.ts'
import type { Notation } from './notation.ts'
import { isBadInput } from './places.ts'
import { goesOnAboutData, makesPossible } from './possible-data.ts'
import { readCondition, readSide } from './sides.ts'
import { nameAt, op, skip } from './token-rows.ts'

export const attach = (draft: Draft, condition: Prop): boolean => {
  const s = draft.lastRelation && draft.out[draft.lastRelation.index]
  if (!draft.lastRelation || s?.what.kind !== 'relation') return false
  draft.out[draft.lastRelation.index] = {
    ...s,
    what: { ...s.what, condition: s.what.condition ? and(s.what.condition, condition) : condition },
  }
  return true
}

/** Whether nothing but conditions stands between the clause and the last relation. */
export const adjacent = (draft: Draft, k: number): boolean => {
  for (let j = k - 1; draft.lastRelation && j > draft.lastRelation.clause; j--) if (!draft.conditions.has(j)) return false
  return true
}

/** Operands and relations in order. */
const wholeOf = (c: Clause): readonly Token[] =>
  c.operands.flatMap((o, i) => (i === 0 ? [...o] : [c.operators[i - 1]?.token as Token, ...o]))

const conditionIn = (draft: Draft, c: Clause): Prop | undefined => {
  const { n, text } = draft
  try {
    n.position = c.start
    n.choices = []
    n.asked = 0
    return readCondition(n, text, wholeOf(c), c.dialect)
  } catch (error) {
    if (!isBadInput(error)) throw error
    return undefined
  }
}
/**
 * "k = 0 (x_i = 0 for every i): …": the samples that what follows is about. What "and" joins is one case, and stands where it ends.
 * @param goesOn whether the next clause belongs to the heading
 */
export const caseHeading = (draft: Draft, c: Clause, k: number, goesOn: boolean): boolean => {
  const condition = conditionIn(draft, c)
  if (!condition) return false
  // x_i ≠ 0 for some i
  const next = draft.clauses[k + 1]
  if (condition.kind === 'all' && goesOn && next && /\bfor some\s*$/.test(next.words) && /^[ijk]$/.test(next.operands[0]?.[0]?.text ?? ''))
    return headed(draft, c, k, not(all(condition.lo, condition.hi, not(condition.body))), goesOn)
  return headed(draft, c, k, condition, goesOn)
}
const headed = (draft: Draft, c: Clause, k: number, condition: Prop, goesOn: boolean): boolean => {
  const before = c.link === 'and' && draft.lastCondition === k - 1 ? draft.conditions.get(k - 1) : undefined
  const whole = before ? and(before, condition) : condition
  draft.conditions.set(k, whole)
  draft.lastCondition = k
  const last = !goesOn || draft.clauses[k + 1]?.link !== 'and'
  draft.out.push({ ...place(draft, c.start, c.end), what: last ? { kind: 'condition', condition: whole } : { kind: 'prose' } })
  return true
}
/** "exactly when k > n/2": belongs to the inequality just before; said of anything else, it is a condition and no more. */
export const exactlyClause = (draft: Draft, c: Clause, k: number): void => {
  const condition = conditionIn(draft, c)
  draft.lastCondition = k
  if (condition) {
    const before = draft.lastRelation && draft.out[draft.lastRelation.index]
    const near = draft.lastRelation?.clause === k - 1 && draft.lastRelation.sentence === c.sentence
    if (near && before?.what.kind === 'relation' && !equalityLike(before.what.relation)) attach(draft, condition)
    draft.conditions.set(k, condition)
    if (makesPossible(draft, c, k) || goesOnAboutData(draft, c)) {
      draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'condition', condition } })
      return
    }
  }
  draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
}
const opensCase = /^[\s,;]*(?:(?:and|but|while|whereas)[\s,]+)?(?:if|when|for)\s*$/
/** "; for θ < M it is 0": what is said under the condition follows. */
const goesOn = /^[\s,]*(?:then |there )?(?:it|this|that|the|we|one|L)\b/i
/** x_1 = … = x_n as "x_i = x_1, ∀ i"; undefined for anything else. */
export const allEqual = (n: Notation, c: Clause): readonly Token[] | undefined => {
  const [first, ...others] = c.operands
  const [name, below] = first ?? []
  const last = others.at(-1)
  const entry = (o: readonly Token[] | undefined): boolean =>
    o?.[0]?.kind === 'name' &&
    n.scope.arrays.has(n.survey.aliases.get(o[0].text) ?? o[0].text) &&
    o[1]?.text === '_' &&
    skip(o, 2) === o.length
  if (!first || !name || !below || !entry(first) || !entry(last) || !c.operators.every(o => o.relation === '=')) return undefined
  if (!others.some(o => o.length === 1 && o[0]?.text === '...')) return undefined
  const letter = nameAt('i', name)
  const equals = c.operators[0]?.token as Token
  return [name, below, letter, equals, ...first, op('forall', name), letter]
}

export const conditionClause = (draft: Draft, c: Clause, k: number, negate: boolean): void => {
  const { n, text, clauses } = draft
  const parts = allEqual(n, c) ?? c.operands.flatMap((o, i) => (i === 0 ? [...o] : [c.operators[i - 1]?.token as Token, ...o]))
  // "if m < a then … ; if m > b then …": another case, and no further condition
  const anew = opensCase.test(c.words) && draft.lastRelation?.sentence === c.sentence && draft.lastRelation.clause > draft.lastCondition
  draft.lastCondition = k
  // "…, zero for m > min x_i": where the likelihood is 0, and nothing of the formula in front
  const bounds = c.operators.length > 0 && c.operators.every(o => /^[<>]=?$/.test(o.relation))
  if (bounds && /\b(?:zero|nought|nothing|vanishing|vanishes)\s+(?:for|if|when|whenever|unless|as soon as|once)\s*$/i.test(c.words)) {
    draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
    return
  }
  try {
    n.position = c.start
    n.choices = []
    n.asked = 0
    const read = readCondition(n, text, parts, c.dialect)
    const single = negate ? not(read) : read
    draft.conditions.set(k, single)
    if (c.link === 'or' && draft.conditions.has(k - 1)) {
      const earlier = draft.conditions.get(k - 1) as Prop
      if (draft.pending && draft.pendingSentence === c.sentence) draft.pending = or(draft.pending, single)
      draft.conditions.set(k, or(earlier, single))
      draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
      return
    }
    const condition = single
    const next = clauses[k + 1]
    // "…; if w = 0, L = p^u": the next case, and no condition of the one before
    const anewBehind =
      k > 0 &&
      /;/.test(text.slice(clauses[k - 1]?.end ?? c.start, c.start)) &&
      (next?.comma === true || goesOn.test(next?.words ?? c.behind))
    const leads = next?.sentence === c.sentence && (/^[\s,]*then\b/.test(next.words) || anewBehind)
    const behind =
      !leads &&
      draft.lastRelation &&
      draft.lastRelation.sentence === c.sentence &&
      (onlyConditional.test(c.words) || c.comma) &&
      // "zero for θ > x_(1)": of another value
      !/\b(?:zero|nought|nothing|nil|vanish\w*)\b/.test(c.words) &&
      draft.lastRelation.end <= c.start &&
      adjacent(draft, k)
    if (!behind || !attach(draft, condition)) {
      // "The score is positive for θ < a": a condition of the claim, not of what follows.
      const before = clauses[k - 1]
      // and "L(N) > L(N − 1) when N < 3x" one of the inequality, which is only mentioned
      const mentioned = before !== undefined && (before.operators.length === 0 || (!c.comma && draft.lastRelation?.clause !== k - 1))
      const ofMention = mentioned && before.sentence === c.sentence && !draft.conditions.has(k - 1)
      if (!ofMention && onlyConditional.test(c.words.replace(leading, ''))) {
        draft.pending = draft.pending && draft.pendingSentence === c.sentence && !anew ? and(draft.pending, condition) : condition
        draft.pendingSentence = c.sentence
      }
    }
    const possible = makesPossible(draft, c, k)
    if (possible || (c.link === 'and' && draft.out.at(-1)?.what.kind === 'condition')) {
      draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'condition', condition: single } })
      return
    }
    const stated = estimateIn(draft, single, c.words)
    if (stated) {
      draft.out.push({ ...place(draft, c.start, c.end), what: stated })
      return
    }
    draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose', condition: single } })
    return
  } catch (error) {
    if (!isBadInput(error)) throw error
  }
  draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
}

/** A term in data: no number, and none of the parameters. */
const isStatistic = (n: Notation, t: Expr): boolean => {
  const names = new Set([...symbolsOf(t), ...arraysOf(t)])
  return [...arraysOf(t)].some(a => n.scope.arrays.has(a)) && !n.model.parameters.some(p => names.has(p.name))
}
/** "ℓ′(p̂) = 0 for p̂ = …", "zero when p = …": the condition says what the estimate is. */
const estimateIn = (draft: Draft, whole: Prop, words: string): What | undefined => {
  const { n } = draft
  // "zero for r̂ = (S − n)/S = 1 − 1/x̄"
  const p = whole.kind === 'and' && whole.props.every(q => q.kind === 'rel' && q.op === '=') ? (whole.props[0] as Prop) : whole
  if (p.kind !== 'rel' || p.op !== '=' || p.left.kind !== 'sym' || !isStatistic(n, p.right)) return undefined
  const named = unhatted(p.left.name)
  const right: Side = { kind: 'term', term: p.right }
  if (named !== undefined && n.model.parameters.some(q => q.name === named))
    return { kind: 'relation', left: { kind: 'quantity', quantity: { kind: 'estimator', parameter: named } }, relation: '=', right }
  const { name } = p.left
  return n.model.parameters.some(q => q.name === name) &&
    /\b(?:zero|vanish\w*|attained|maximal|largest|stationary)\b[^.;]*\b(?:for|when|if)\s*$/.test(words)
    ? { kind: 'relation', left: { kind: 'term', term: p.left }, relation: '=', right }
    : undefined
}

/** "at θ = x̄": for the statement before, if it stands behind it, else for the next one. */
export const evaluation = (draft: Draft, c: Clause): boolean => {
  const { n, text } = draft
  try {
    n.choices = []
    n.asked = 0
    const left = readSide(n, text, c.operands[0] ?? [], c.dialect)
    const right = readSide(n, text, c.operands[1] ?? [], c.dialect)
    const name =
      left.kind === 'quantity' && left.quantity.kind === 'estimator'
        ? left.quantity.parameter
        : left.kind === 'term' && left.term.kind === 'sym'
          ? left.term.name
          : undefined
    if (name === undefined || !n.model.parameters.some(p => p.name === name)) return false
    const value =
      right.kind === 'term'
        ? right.term
        : right.kind === 'quantity' && right.quantity.kind === 'estimator'
          ? sym(hatName(right.quantity.parameter))
          : undefined
    if (value === undefined) return false
    const s = draft.lastRelation ? draft.out[draft.lastRelation.index] : undefined
    if (
      draft.lastRelation &&
      s?.what.kind === 'relation' &&
      draft.lastRelation.sentence === c.sentence &&
      /^(?:\s|,|,? ?evaluated )*at[\s:]*$/.test(c.words) &&
      !/^\s*:/.test(text.slice(c.end, c.end + 3)) &&
      !/\n\s*$/.test(text.slice(Math.max(0, c.start - c.words.length - 4), c.start - c.words.length))
    )
      draft.out[draft.lastRelation.index] = {
        ...s,
        what: { ...s.what, left: sideAt(s.what.left, name, value), right: sideAt(s.what.right, name, value) },
      }
    else draft.pendingAt = { name, value, sentence: c.sentence }
    // "at σ̂ = …": that is an estimate stated
    const states = left.kind === 'quantity' && isStatistic(n, value)
    draft.out.push({ ...place(draft, c.start, c.end), what: states ? { kind: 'relation', left, relation: '=', right } : { kind: 'prose' } })
    return true
  } catch (error) {
    if (!isBadInput(error)) throw error
    return false
  }
}

/** What the words say is meant at a value. */
export const there = (draft: Draft, s: Side, c: Clause): Side => {
  return draft.pendingAt && draft.pendingAt.sentence === c.sentence ? sideAt(s, draft.pendingAt.name, draft.pendingAt.value) : s
}

/** "On (0, θ̂) …": where what follows in the sentence is said, if an end of the interval is an estimate or a statistic. */
export const onInterval = (draft: Draft, c: Clause): boolean => {
  const { n, text } = draft
  const [only, another] = n.model.parameters
  const tokens = c.operands[0] ?? []
  const [open, close] = [tokens[0]?.text ?? '', tokens.at(-1)?.text ?? '']
  if (!only || another || only.length !== undefined || c.operators.length > 0) return false
  if (!'(['.includes(open) || !')]'.includes(close) || !intervalWords.test(c.words)) return false
  let depth = 0
  const commas = tokens.flatMap((t, k) => {
    if (t.kind === 'op' && ['(', '[', '{', '\\{'].includes(t.text)) depth++
    else if (t.kind === 'op' && [')', ']', '}', '\\}'].includes(t.text)) depth--
    return depth === 1 && t.kind === 'op' && t.text === ',' ? [k] : []
  })
  const [comma, more] = commas
  if (comma === undefined || more !== undefined) return false
  const ends = [tokens.slice(1, comma), tokens.slice(comma + 1, -1)].map(part => {
    try {
      n.choices = []
      n.asked = 0
      n.position = c.start
      return termOfSide(n, readSide(n, text, part, c.dialect))
    } catch (error) {
      if (!isBadInput(error)) throw error
      return undefined
    }
  })
  const estimate = hatName(only.name)
  const [lo, hi] = ends.map(t => (t?.kind === 'call' ? sym(estimate) : t))
  const isBound = (t: Expr): boolean =>
    t.kind === 'num' || t.kind === 'infinity' || n.model.known.some(p => t.kind === 'sym' && t.name === p.name)
  if (!lo || !hi) return false
  // "ℓ is concave on (0, ∞)": the whole range, of which a claim about the log-likelihood is made
  const wholly = isBound(lo) && isBound(hi) && /\b(?:concave|convex)\b[^.;,]*$/.test(c.words)
  if (!wholly && ![lo, hi].some(t => symbolsOf(t).has(estimate) || isStatistic(n, t))) return false
  const bare = text.slice(tokens[comma]?.end ?? 0, tokens.at(-1)?.start ?? 0).trim()
  const finite = (t: Expr): boolean => t.kind !== 'infinity' && !(t === hi && /^\+?(?:oo|inf|infinity)$/i.test(bare))
  const parts = [
    ...(finite(lo) ? [rel(open === '[' ? '<=' : '<', lo, sym(only.name))] : []),
    ...(finite(hi) ? [rel(close === ']' ? '<=' : '<', sym(only.name), hi)] : []),
  ]
  const condition = and(...parts)
  draft.conditions.set(draft.current, condition)
  // "ℓ′ > 0 on (0, θ̂) and …": where the inequality in front holds
  const near = draft.lastRelation?.clause === draft.current - 1 && draft.lastRelation.sentence === c.sentence
  const before = near && draft.lastRelation ? draft.out[draft.lastRelation.index]?.what : undefined
  if (/^\s*(?:on|in|over|throughout)\s*$/.test(c.words) && before?.kind === 'relation' && !equalityLike(before.relation))
    return attach(draft, condition)
  draft.pending = condition
  draft.pendingSentence = c.sentence
  return true
}
const intervalWords =
  /(?:^|\s)(?:on|in|over|inside|within|throughout)(?: (?:the|this|all of))?(?: (?:open|closed|half-open|whole|entire))?(?: (?:interval|range|region|set|side))?\s*$/
