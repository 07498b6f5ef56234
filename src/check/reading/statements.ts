/**
 * Clauses and sentences to statements: which clause is a condition, a definition, a mention, and which is claimed. What each kind
 * becomes stands in a file of its own.
 */

import type { Token } from '../../read/scanner.ts'
import { isOne, isZero, not } from '../../term/term.ts'
import { some } from '../../term/walk.ts'
import { type Statement, unhatted } from '../statement.ts'
import { isQuantityHeading, reaches } from './cases-said.ts'
import type { Clause, Sentence } from './clause.ts'
import { conditional, evaluates, hypothetical, located, negating, subjunctive } from './conditional-words.ts'
import { allEqual, caseHeading, conditionClause, evaluation, exactlyClause, onInterval } from './conditions-said.ts'
import { type Draft, draftOf, equalityLike, mentionOnly, place, pushRelation, quantityFromWords, reading, said } from './draft.ts'
import { inSentences } from './in-sentences.ts'
import { interval } from './intervals.ts'
import { limitLaw } from './limit-laws.ts'
import { mention } from './mentioned.ts'
import { headingOf, isEndOfWay, isExactly, isHandled, isValueSpokenOf, opensAnew, speaksOfSample } from './not-asserted.ts'
import type { DefinitionSource, Notation } from './notation.ts'
import { isOnlyMentioned } from './only-mentioned.ts'
import type { Place } from './places.ts'
import { relationClause } from './relation-clauses.ts'
import { pairedLists } from './respectively.ts'
import { isInterval, isPair, withoutInverse } from './rewritten.ts'
import { readCondition } from './sides.ts'
import { claims, prose } from './spoken.ts'

export const statementsOf = (
  cut: readonly Clause[],
  sentences: readonly Sentence[],
  n: Notation,
  text: string,
  placeAt: Place,
): readonly Statement[] => {
  const clauses = pairedLists(cut, sentences).map(withoutLaw)
  const draft = draftOf(n, text, placeAt, clauses)
  const definedBy = new Map<number, DefinitionSource>()
  for (const list of n.definitions.values()) for (const d of list) definedBy.set(d.clause, d)

  const headings = new Set<number>()
  for (const s of sentences) for (const k of headingOf(n, clauses, s, text)) headings.add(k)
  const told = new Set(sentences.filter(s => isQuantityHeading(n, clauses, s, text)).map(s => s.clauses[0]))

  let exact = -9
  const clauseOf: number[] = []
  clauses.forEach((c, k) => {
    while (clauseOf.length < draft.out.length) clauseOf.push(k - 1)
    draft.current = k
    n.position = c.start
    const words = c.words
    const relations = c.operators.map(o => o.relation)
    if (sentences[c.sentence]?.aside) {
      mentionOnly(draft, c)
      return
    }
    const opening = c.operands[0]?.[0]
    if (opening?.kind === 'op' && (opening.text === '^' || opening.text === '_')) {
      mentionOnly(draft, c)
      return
    }
    // "provided n_0 ≥ n/e; otherwise …"
    const supposed =
      /(?<!\b(?:zero|nothing|nought|vanishes),? )\botherwise\b(?!,? (?:it is |it's |is |equals |they are )?(?:0|zero|nought|nothing)\b)(?!.*\b(?:so|hence|thus|therefore|i\.e|that is|equivalently|in other words)\b)/.test(
        words,
      ) &&
      // "and 0 otherwise" ends what was said
      !(/^[\s,]*otherwise\b/.test(words) && isNought(clauses[k - 1], c)) &&
      draft.lastCondition >= 0 &&
      clauses[draft.lastCondition]?.sentence === c.sentence
        ? draft.conditions.get(draft.lastCondition)
        : undefined
    if (supposed) {
      draft.pending = not(supposed)
      draft.pendingSentence = c.sentence
    }
    const definition = definedBy.get(k)
    // x = 0, 1, …: the values of an observation.
    const lone = c.operands[0]?.length === 1 ? c.operands[0][0] : undefined
    const isOnly = n.model.samples.every(s => isOne(s.size)) && c.operands.length === 2 && (conditional.test(words) || headings.has(k))
    if (lone?.kind === 'name' && n.scope.arrays.has(lone.text) && relations.every(r => r === '=') && !isOnly) {
      mentionOnly(draft, c)
      return
    }
    // "d_i = 1 if a death was seen": what the value of an observation means
    if (relations.length === 1 && relations[0] === '=' && meansSomething.test(c.behind) && isEntryOfData(n, c)) {
      mentionOnly(draft, c)
      return
    }
    const law = definition ? undefined : limitLaw(n, text, c)
    if (law) {
      pushRelation(draft, c, law.left, '=', { kind: 'term', term: law.value }, undefined, undefined)
      return
    }
    const isSet = relations.includes('in') || relations.includes('notin')
    if (isInterval(c) && interval(draft, c)) return
    // "if x_1 = … = x_n"
    if (conditional.test(words) && allEqual(n, c)) {
      conditionClause(draft, c, k, false)
      return
    }
    if (isOnlyMentioned(n, text, c, definition !== undefined)) {
      mentionOnly(draft, c)
      return
    }
    // i = 1, …, n
    if (
      relations.length === 1 &&
      relations[0] === '=' &&
      /^[ijkt]$/.test(c.operands[0]?.[0]?.text ?? '') &&
      c.operands[0]?.length === 1 &&
      !n.scope.symbols.has(c.operands[0]?.[0]?.text ?? '') &&
      !n.definitions.has(c.operands[0]?.[0]?.text ?? '') &&
      !definition
    ) {
      mentionOnly(draft, c)
      return
    }
    if (told.has(k)) {
      mentionOnly(draft, c)
      return
    }
    if (headings.has(k) && !definition && caseHeading(draft, c, k, headings.has(k + 1))) return
    if (isHandled(clauses, k) || isValueSpokenOf(words) || (isEndOfWay(c.words) && relations.length > 0)) {
      mentionOnly(draft, c)
      return
    }
    const inequality = relations.length > 0 && relations.every(r => !equalityLike(r))
    const continues = c.comma && words === '' && draft.lastCondition === k - 1
    const last = words.match(/[^,;]*$/)?.[0] ?? words
    const another = c.link === 'or' && /^\s*or\s*$/.test(words) && draft.lastCondition === k - 1
    // "if a ≤ x_(1) and x_(n) ≤ b"
    const plainly = c.operands
      .flat()
      .every(
        t => !(t.kind === 'op' && t.text === "'") && !(t.kind === 'name' && (n.survey.roles.has(t.text) || unhatted(t.text) !== undefined)),
      )
    const also =
      (inequality || (relations.every(r => r === '=') && !definition && speaksOfSample(n, c))) &&
      /^\s*and\s*$/.test(words) &&
      draft.lastCondition === k - 1 &&
      draft.conditions.has(k - 1) &&
      plainly &&
      !/^for\b/.test(c.behind)
    const isCondition =
      !definition &&
      relations.length > 0 &&
      (c.operands[0]?.length ?? 0) > 0 &&
      (another ||
        also ||
        (conditional.test(last) && (inequality || !/\b(?:where|with|let)\s*$/.test(last))) ||
        (continues && inequality && plainly))
    // ℓ(θ) = −n log θ, θ ≥ x_(n)
    const bare =
      inequality &&
      words === '' &&
      c.comma &&
      !definition &&
      draft.lastRelation?.clause === k - 1 &&
      draft.lastRelation.sentence === c.sentence &&
      draft.out[draft.lastRelation.index]?.what.kind === 'relation' &&
      (clauses[k - 1]?.operators.every(o => equalityLike(o.relation)) ?? false) &&
      !c.operands.flat().some(t => t.kind === 'name' && (n.scope.calls?.has(t.text) === true || t.text.endsWith('\u0302')))
    if (bare) {
      conditionClause(draft, c, k, false)
      return
    }
    if (subjunctive.test(last)) return
    if (!definition && relations.length > 0 && isExactly(n, c, last)) {
      exactlyClause(draft, c, k)
      exact = k
      return
    }
    // "exactly when …, i.e. N ≤ x/p": the same condition once more
    if (
      !definition &&
      inequality &&
      exact === k - 1 &&
      clauses[exact]?.sentence === c.sentence &&
      /^[\s,]*(?:i\.?\s?e\.?|that is|or equivalently|equivalently|which means|so|or)[\s,]*$/i.test(words)
    ) {
      exactlyClause(draft, c, k)
      exact = k
      return
    }
    // "= 0 when λ = n/Σx_i": where the root is
    const root =
      relations.length > 0 &&
      relations.every(r => r === '=') &&
      c.operands.flat().some(t => t.kind === 'name' && n.model.parameters.some(p => p.name === (unhatted(t.text) ?? t.text))) &&
      /\b(?:when|if|for|iff|only if)\s*$/.test(last) &&
      (isEquationToZero(draft, c, k) || vanishesWhen.test(last))
    if (root) {
      relationClause(draft, c, k, undefined, false, last)
      return
    }
    if (isCondition && !hypothetical.test(last) && !/\b(?:if and only if|iff|exactly when|precisely when|if, and only if)\s*$/.test(last)) {
      conditionClause(draft, c, k, negating.test(last))
      return
    }
    if (
      relations.length === 1 &&
      relations[0] === '=' &&
      !definition &&
      !(c.display && c.dialect === 'latex') &&
      evaluates.test(last) &&
      (opensAnew(clauses, k) || (!located.test(words) && !located.test(spokenBefore(sentences[c.sentence], k))))
    ) {
      // "at θ = ±1 the likelihood is 0"
      if (isPair(c)) {
        mentionOnly(draft, c)
        return
      }
      if (evaluation(draft, c)) return
    }
    const next = clauses[k + 1]
    if (relations.length === 0) {
      onInterval(draft, c)
      if (next?.sentence === c.sentence && /^\s*or\s*$/.test(next.words) && next.operators.length === 0) {
        mentionOnly(draft, c)
        return
      }
      mention(draft, c)
      return
    }
    if (isSet) {
      const parts = c.operands.flatMap((o, i) => (i === 0 ? [...o] : [c.operators[i - 1]?.token as Token, ...o]))
      const condition = reading(draft, { ...c, timid: true }, () => readCondition(n, text, parts, c.dialect))
      if (condition) draft.out.push({ ...place(draft, c.start, c.end), ...said(c), what: { kind: 'condition', condition } })
      return
    }
    if (isSetOf(c)) {
      mentionOnly(draft, c)
      return
    }
    if (
      draft.pending?.kind === 'or' &&
      draft.pendingSentence === c.sentence &&
      (/^\s*or\s*$/.test(words) || (clauses[k + 1]?.sentence === c.sentence && /^\s*or\s*$/.test(clauses[k + 1]?.words ?? '')))
    ) {
      mentionOnly(draft, c)
      return
    }
    if (n.survey.aliases.size > 0 && isRenaming(n, text, c)) {
      mentionOnly(draft, c)
      return
    }
    relationClause(draft, definition ? c : withoutInverse(n, c), k, definition, inequality, last)
  })
  while (clauseOf.length < draft.out.length) clauseOf.push(clauses.length - 1)
  claims(draft.out, clauses, sentences, n, text, placeAt, words => quantityFromWords(draft, words), draft.conditions)
  prose(draft.out, sentences, placeAt)
  const whole = { clauses, sentences }
  return inSentences(draft.out, whole, clauseOf, draft.conditions, reaches(n, whole, draft.conditions, headings, text), placeAt)
    .map(s => (isOfOneObservation(n, s) ? { ...s, what: { kind: 'prose' as const } } : s))
    .map((s, i) => ({ s, i }))
    .sort((a, b) => a.s.line - b.s.line || a.s.column - b.s.column || a.i - b.i)
    .map(x => x.s)
}

/** d/dm |x_i − m| = −1 if x_i > m: said of one observation and under a condition on it, which is not one on the sample. */
const isOfOneObservation = (n: Notation, s: Statement): boolean =>
  s.what.kind === 'relation' &&
  s.what.condition !== undefined &&
  s.what.left.kind === 'term' &&
  some(s.what.left.term, u => u.kind === 'at' && u.index.some(i => i.kind === 'sym' && !n.scope.symbols.has(i.name)))

/** "d_i = 1 if a death was seen", "x_i = 0 means that …": words and no formula say when. */
const meansSomething =
  /^[\s,]*(?:(?:if|when|whenever|for) (?:(?:the|a|an|it|he|she|this|that|there|patient|item|unit|individual|no|his|its|every|each|observation|subject|person|day|trial)\b)|(?:means?|indicates?|denotes?|stands? for|codes?|marks?|signals?)\b)/
/** x_i = 1 with an index of its own: one observation, and a value. */
const isEntryOfData = (n: Notation, c: Clause): boolean => {
  const [left, right] = c.operands
  const [name, mark] = left ?? []
  return (
    name?.kind === 'name' &&
    n.scope.arrays.has(name.text) &&
    mark?.kind === 'op' &&
    mark.text === '_' &&
    right?.length === 1 &&
    right[0]?.kind === 'number'
  )
}

/** "The score vanishes when …": the equation to be solved. */
const vanishesWhen =
  /\b(?:score|derivative|slope|it|this|which)\b[^.;]*\b(?:vanish\w*|(?:is|equals|becomes|hits|reaches) (?:zero|0|equal to zero))[^.;]*\b(?:when|if|iff|only if|exactly when|where|for)\s*$/

/** Whether the clause before it, in the same sentence, sets something to zero. */
const isEquationToZero = (draft: Draft, c: Clause, k: number): boolean => {
  const last = draft.lastRelation
  const what = last && last.clause === k - 1 && last.sentence === c.sentence ? draft.out[last.index]?.what : undefined
  return what?.kind === 'relation' && what.relation === '=' && what.right.kind === 'term' && isZero(what.right.term)
}

/** The sentence up to a clause, formulas as marks. */
const spokenBefore = (s: Sentence | undefined, k: number): string =>
  s?.text.slice(0, Math.max(0, s.text.indexOf(`⟨${k}⟩`))).toLowerCase() ?? ''

/** "θ̂ = x̄ ∼ N(θ, v/n)": the law behind an equation is left out. */
const withoutLaw = (c: Clause): Clause =>
  c.operators.length > 1 &&
  c.operators.at(-1)?.relation === '~' &&
  c.operands[0]?.some(t => t.kind === 'name' && unhatted(t.text) !== undefined) === true &&
  c.operators.slice(0, -1).every(o => o.relation === '=')
    ? { ...c, operators: c.operators.slice(0, -1), operands: c.operands.slice(0, -1) }
    : c

/** v = σ², which only says another letter. */
const isRenaming = (n: Notation, text: string, c: Clause): boolean => {
  const [left, right] = c.operands
  const [name] = left ?? []
  return (
    c.operators.length === 1 &&
    left?.length === 1 &&
    name?.kind === 'name' &&
    n.model.parameters.some(p => p.name === name.text) &&
    (right ?? []).length <= 5 &&
    [...n.survey.aliases.values()].includes(name.text) &&
    text.slice(name.start, name.end) !== name.text &&
    (right ?? []).every(t => t.kind !== 'op' || ['^', '{', '}'].includes(t.text)) &&
    (right ?? []).filter(t => t.kind === 'name').length === 1 &&
    (right?.[0]?.text === name.text || (right ?? []).length > 1)
  )
}

/** Θ = (0, ∞), A = {x : …}: the name of a set. */
const isSetOf = (c: Clause): boolean => {
  const [left, right] = c.operands
  if (
    c.operators.length !== 1 ||
    !left ||
    !right ||
    left.length > 4 ||
    left[0]?.kind !== 'name' ||
    !/^(Theta|Omega|S|A|B|D|R|X|calX|calT|calD|data)$/.test(left[0].text)
  )
    return false
  const [open] = right
  return (
    open?.kind === 'op' &&
    ['(', '[', '{', '\\{', 'R', 'Z', 'N'].includes(open.text) &&
    (right.length === 1 || right.some(t => t.text === ',' || t.text === '..' || t.text === 'R'))
  )
}

/** A lone 0 in the same sentence. */
const isNought = (last: Clause | undefined, c: Clause): boolean =>
  last?.sentence === c.sentence && last.operators.length === 0 && last.operands[0]?.length === 1 && last.operands[0][0]?.text === '0'
