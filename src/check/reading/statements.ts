/**
 * Clauses and sentences to statements: chains, definitions, conditions, claims, and alternatives where usage differs.
 */

import { ModelError } from '../../read/error.ts'
import type { Token } from '../../read/scanner.ts'
import { addAll, and, at, call, div, type Expr, mulAll, not, or, type Prop, sym } from '../../term/term.ts'
import { substitute, sum } from '../../term/walk.ts'
import { type ChainPlace, hatName, type Relation, type Side, type Statement, unhatted, type What } from '../statement.ts'
import { quantityInWords } from './claims.ts'
import type { Clause, Sentence } from './clauses.ts'
import {
  asserted,
  conditional,
  evaluates,
  hypothetical,
  leading,
  located,
  negating,
  onlyConditional,
  subjunctive,
} from './conditional-words.ts'
import { nameOf } from './definitions.ts'
import type { DefinitionSource, Notation } from './notation.ts'
import { isBadInput, offsetOf, type Place } from './places.ts'
import { readCondition, readSide, sideOf } from './sides.ts'
import { claims, prose } from './spoken.ts'

interface Chain {
  readonly number: number
  readonly head: Side
  previous: Side
  position: number
  equalities: boolean
}

const equalityLike = (r: string): boolean => r === '=' || r === '∝' || r === '+const' || r === '≈'

export const statementsOf = (
  clauses: readonly Clause[],
  sentences: readonly Sentence[],
  n: Notation,
  text: string,
  placeAt: Place,
): readonly Statement[] => {
  const out: Statement[] = []
  let chains = 0
  let chain: Chain | undefined
  const { survey } = n
  /** v = σ², which only says another letter. */
  const isRenaming = (c: Clause): boolean => {
    const [left, right] = c.operands
    const [name] = left ?? []
    return (
      c.operators.length === 1 &&
      left?.length === 1 &&
      name?.kind === 'name' &&
      n.model.parameters.some(p => p.name === name.text) &&
      (right ?? []).length <= 5 &&
      [...survey.aliases.values()].includes(name.text) &&
      text.slice(name.start, name.end) !== name.text &&
      (right ?? []).every(t => t.kind !== 'op' || ['^', '{', '}'].includes(t.text)) &&
      (right ?? []).filter(t => t.kind === 'name').length === 1 &&
      (right?.[0]?.text === name.text || (right ?? []).length > 1)
    )
  }
  const families: { readonly start: number; readonly name: string }[] = []
  const definedBy = new Map<number, DefinitionSource>()
  for (const list of n.definitions.values()) for (const d of list) definedBy.set(d.clause, d)

  const place = (start: number, end: number): Pick<Statement, 'line' | 'column' | 'length' | 'source'> => {
    const p = placeAt(start)
    return { ...p, length: Math.max(1, end - start), source: text.slice(start, end).trim() }
  }
  /** Runs a reading; a line that cannot be read becomes a statement that says so. */
  const reading = <T>(c: Clause, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!isBadInput(error)) throw error
      if (c.timid) {
        out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
        return undefined
      }
      const expected = error instanceof ModelError ? error.expected : undefined
      const at = error instanceof ModelError ? offsetOf(text, error) : undefined
      const start = at ?? c.start
      const suggestion = /did you mean (.*)\?/.exec(error.message)?.[1]
      out.push({
        ...place(start, start + (error instanceof ModelError ? (error.place?.length ?? 1) : 1)),
        source: text.slice(c.start, c.end).trim(),
        what: {
          kind: 'unreadable',
          message: error.message,
          ...(expected === undefined ? {} : { expected }),
          ...(suggestion === undefined ? {} : { suggestion }),
        },
      })
      return undefined
    }
  }

  /** The other readings of a relation, where the grammar had to choose. */
  const alternatives = (
    c: Clause,
    tokens: readonly (readonly Token[])[],
    asked: readonly number[],
    build: (sides: readonly Side[]) => What,
  ): (() => readonly What[]) | undefined => {
    if (asked.every(k => k === 0)) return undefined
    const position = n.position
    return () => {
      const found: What[] = []
      const before = { position: n.position, choices: n.choices, asked: n.asked }
      const attempt = (choices: readonly (readonly number[])[]): void => {
        try {
          n.position = position
          const sides = tokens.map((t, k) => {
            n.choices = choices[k] ?? []
            n.asked = 0
            return readSide(n, text, t, c.dialect)
          })
          found.push(build(sides))
        } catch (error) {
          if (!isBadInput(error)) throw error
        }
      }
      const none = asked.map(() => [] as number[])
      asked.forEach((count, side) => {
        for (let k = 0; k < Math.min(count, 4); k++) {
          const one = [...none]
          one[side] = Array.from({ length: k + 1 }, (_, j) => (j === k ? 1 : 0))
          attempt(one)
        }
      })
      if (asked.reduce((a, b) => a + b, 0) > 1) attempt(asked.map(count => Array.from({ length: Math.min(count, 12) }, () => 1)))
      Object.assign(n, before)
      return found
    }
  }

  const quantityFromWords = (words: string): Side | undefined => {
    const q = quantityInWords(words)
    if (!q) return undefined
    if (q.name === 'estimator') {
      const [only, second] = n.model.parameters
      const named = n.model.parameters.find(p => new RegExp(`\\b${p.name}\\b`).test(words))
      const of = named ?? (second ? undefined : only)
      return of ? sideOf(n, sym(hatName(of.name))) : undefined
    }
    if (q.name === 'se') return undefined
    const name = q.name === 'ell' && q.order > 0 ? familyAt(n.position) : q.name
    if (q.order > 0 && n.parameters.length > 1) return undefined
    return sideOf(
      n,
      call(
        name,
        n.parameters,
        n.parameters.map((_, k) => (k === 0 ? q.order : 0)),
      ),
    )
  }

  let pending: Prop | undefined
  let pendingSentence = -1
  let lastCondition = -1
  const conditions = new Map<number, Prop>()
  let pendingAt: { readonly name: string; readonly value: Expr; readonly sentence: number } | undefined
  let lastRelation: { index: number; sentence: number; end: number; clause: number } | undefined
  let current = 0

  const attach = (condition: Prop): boolean => {
    const s = lastRelation && out[lastRelation.index]
    if (!lastRelation || s?.what.kind !== 'relation') return false
    out[lastRelation.index] = { ...s, what: { ...s.what, condition: s.what.condition ? and(s.what.condition, condition) : condition } }
    return true
  }

  /** Whether nothing but conditions stands between the clause and the last relation. */
  const adjacent = (k: number): boolean => {
    for (let j = k - 1; lastRelation && j > lastRelation.clause; j--) if (!conditions.has(j)) return false
    return true
  }
  const conditionClause = (c: Clause, k: number, negate: boolean): void => {
    const parts = c.operands.flatMap((o, i) => (i === 0 ? [...o] : [c.operators[i - 1]?.token as Token, ...o]))
    lastCondition = k
    try {
      n.position = c.start
      n.choices = []
      n.asked = 0
      const read = readCondition(n, text, parts, c.dialect)
      const single = negate ? not(read) : read
      conditions.set(k, single)
      if (c.link === 'or' && conditions.has(k - 1)) {
        const earlier = conditions.get(k - 1) as Prop
        if (pending && pendingSentence === c.sentence) pending = or(pending, single)
        conditions.set(k, or(earlier, single))
        out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
        return
      }
      const condition = single
      const behind =
        lastRelation &&
        lastRelation.sentence === c.sentence &&
        (onlyConditional.test(c.words) || c.comma) &&
        lastRelation.end <= c.start &&
        adjacent(k)
      if (!behind || !attach(condition)) {
        // "The score is positive for θ < a": a condition of the claim, not of what follows.
        const before = clauses[k - 1]
        const ofMention = before?.sentence === c.sentence && before.operators.length === 0 && !conditions.has(k - 1)
        if (!ofMention && onlyConditional.test(c.words.replace(leading, ''))) {
          pending = pending && pendingSentence === c.sentence ? and(pending, condition) : condition
          pendingSentence = c.sentence
        }
      }
    } catch (error) {
      if (!isBadInput(error)) throw error
    }
    out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
  }

  clauses.forEach((c, k) => {
    current = k
    n.position = c.start
    const words = c.words
    const relations = c.operators.map(o => o.relation)
    if (sentences[c.sentence]?.aside) {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    const opening = c.operands[0]?.[0]
    if (opening?.kind === 'op' && (opening.text === '^' || opening.text === '_')) {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    const definition = definedBy.get(k)
    // x = 0, 1, …: the values of an observation.
    const lone = c.operands[0]?.length === 1 ? c.operands[0][0] : undefined
    if (lone?.kind === 'name' && n.scope.arrays.has(lone.text) && relations.every(r => r === '=')) {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    const isSet = relations.includes('in') || relations.includes('notin')
    if (relations.includes('~') || relations.includes('to')) {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    // i = 1, …, n
    if (
      relations.length === 1 &&
      relations[0] === '=' &&
      /^[ijk]$/.test(c.operands[0]?.[0]?.text ?? '') &&
      c.operands[0]?.length === 1 &&
      !n.scope.symbols.has(c.operands[0]?.[0]?.text ?? '') &&
      !n.definitions.has(c.operands[0]?.[0]?.text ?? '') &&
      !definition
    ) {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    const inequality = relations.length > 0 && relations.every(r => !equalityLike(r))
    const continues = c.comma && words === '' && lastCondition === k - 1
    const last = words.match(/[^,;]*$/)?.[0] ?? words
    const another = c.link === 'or' && /^\s*or\s*$/.test(words) && lastCondition === k - 1
    // "if a ≤ x_(1) and x_(n) ≤ b"
    const plainly = c.operands
      .flat()
      .every(
        t => !(t.kind === 'op' && t.text === "'") && !(t.kind === 'name' && (n.survey.roles.has(t.text) || unhatted(t.text) !== undefined)),
      )
    const also =
      inequality && /^\s*and\s*$/.test(words) && lastCondition === k - 1 && conditions.has(k - 1) && plainly && !/^for\b/.test(c.behind)
    const isCondition =
      !definition &&
      relations.length > 0 &&
      (c.operands[0]?.length ?? 0) > 0 &&
      (another || also || (conditional.test(last) && (inequality || !/\b(?:where|with|let)\s*$/.test(last))) || (continues && inequality))
    // ℓ(θ) = −n log θ, θ ≥ x_(n)
    const bare =
      inequality &&
      words === '' &&
      c.comma &&
      !definition &&
      lastRelation?.clause === k - 1 &&
      lastRelation.sentence === c.sentence &&
      out[lastRelation.index]?.what.kind === 'relation' &&
      (clauses[k - 1]?.operators.every(o => equalityLike(o.relation)) ?? false) &&
      !c.operands.flat().some(t => t.kind === 'name' && (n.scope.calls?.has(t.text) === true || t.text.endsWith('\u0302')))
    if (bare) {
      conditionClause(c, k, false)
      return
    }
    if (subjunctive.test(last)) return
    if (isCondition && !hypothetical.test(last) && !/\b(?:if and only if|iff|exactly when|precisely when|if, and only if)\s*$/.test(last)) {
      conditionClause(c, k, negating.test(last))
      return
    }
    if (
      relations.length === 1 &&
      relations[0] === '=' &&
      !definition &&
      !(c.display && c.dialect === 'latex') &&
      evaluates.test(last) &&
      !located.test(words) &&
      evaluation(c)
    )
      return
    const next = clauses[k + 1]
    if (relations.length === 0) {
      if (next?.sentence === c.sentence && /^\s*or\s*$/.test(next.words) && next.operators.length === 0) {
        out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
        return
      }
      mention(c)
      return
    }
    if (isSet) {
      const parts = c.operands.flatMap((o, i) => (i === 0 ? [...o] : [c.operators[i - 1]?.token as Token, ...o]))
      const condition = reading({ ...c, timid: true }, () => readCondition(n, text, parts, c.dialect))
      if (condition) out.push({ ...place(c.start, c.end), ...said(c), what: { kind: 'condition', condition } })
      return
    }
    if (isSetOf(c)) {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    if (
      pending?.kind === 'or' &&
      pendingSentence === c.sentence &&
      (/^\s*or\s*$/.test(words) || (clauses[k + 1]?.sentence === c.sentence && /^\s*or\s*$/.test(clauses[k + 1]?.words ?? '')))
    ) {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    if (survey.aliases.size > 0 && isRenaming(c)) {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    relationClause(c, k, definition, inequality, last)
  })

  /** "at θ = x̄": for the statement before, if it stands behind it, else for the next one. */
  function evaluation(c: Clause): boolean {
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
      const s = lastRelation ? out[lastRelation.index] : undefined
      if (
        lastRelation &&
        s?.what.kind === 'relation' &&
        lastRelation.sentence === c.sentence &&
        /^(?:\s|,|,? ?evaluated )*at[\s:]*$/.test(c.words) &&
        !/^\s*:/.test(text.slice(c.end, c.end + 3)) &&
        !/\n\s*$/.test(text.slice(Math.max(0, c.start - c.words.length - 4), c.start - c.words.length))
      )
        out[lastRelation.index] = {
          ...s,
          what: { ...s.what, left: sideAt(s.what.left, name, value), right: sideAt(s.what.right, name, value) },
        }
      else pendingAt = { name, value, sentence: c.sentence }
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return true
    } catch (error) {
      if (!isBadInput(error)) throw error
      return false
    }
  }

  /** "The MLE of α is …": the parameter is its estimate there. */
  function estimatorOf(s: Side, c: Clause): Side {
    const p = s.kind === 'term' && s.term.kind === 'sym' ? s.term.name : undefined
    const named =
      p !== undefined &&
      n.model.parameters.some(q => q.name === p) &&
      /\b(?:mle|ml estimat\w+|estimat(?:e|or)|maximi[sz]er|maximum[- ]likelihood estimat\w+)(?: (?:of|for))?(?: the parameter)?\s*:?$/.test(
        c.words,
      )
    if (named) return sideOf(n, sym(hatName(p)))
    // "the MLE of e^{−λ} is …"
    if (
      s.kind === 'term' &&
      /\b(?:mle|ml estimat\w+|estimat(?:e|or)|maximum[- ]likelihood estimat\w+) (?:of|for)\s*$/.test(c.words) &&
      n.scope.loose
    )
      return { kind: 'term', term: n.scope.loose.hat(s.term) }
    return s
  }
  /** "d²ℓ/ds² at ŝ = …": what was mentioned, at the estimate. */
  function mentionedAt(s: Side, c: Clause, k: number): Side {
    const before = clauses[k - 1]
    const p = s.kind === 'quantity' && s.quantity.kind === 'estimator' ? s.quantity.parameter : undefined
    if (p === undefined || !/^\s*(?:evaluated )?at\s*$/.test(c.words) || before?.sentence !== c.sentence || before.operators.length > 0)
      return s
    const mentioned = reading(before, () => readSide(n, text, before.operands[0] ?? [], before.dialect))
    return mentioned?.kind === 'quantity' ? sideAt(mentioned, p, sym(hatName(p))) : s
  }
  /** What "the derivative" is one of: the negative log-likelihood where that was spoken of last. */
  function noteFamily(s: Side, start: number): void {
    if (s.kind !== 'quantity') return
    const of = s.quantity.kind === 'derivative' ? s.quantity.of : s.quantity
    if (of.kind === 'nll') families.push({ start, name: 'nll' })
    else if (of.kind === 'log-likelihood') families.push({ start, name: 'ell' })
  }
  function familyAt(start: number): string {
    return families.findLast(f => f.start <= start)?.name ?? 'ell'
  }

  /** What the words say is meant at a value. */
  function there(s: Side, c: Clause): Side {
    return pendingAt && pendingAt.sentence === c.sentence ? sideAt(s, pendingAt.name, pendingAt.value) : s
  }

  function said(c: Clause): Pick<Statement, 'link' | 'said'> {
    return { ...(c.link === undefined ? {} : { link: c.link }), ...(c.words === '' ? {} : { said: c.words }) }
  }

  function mention(c: Clause): void {
    const tokens = c.operands[0] ?? []
    const subject =
      /(?:\b(?:is|are|becomes|equals|reads|as|be|by|thus|now|simply|just|then)|:|=)\s*$/.test(c.words) && tokens.length > 0
        ? quantityFromWords(c.words)
        : undefined
    const name = tokens.length === 1 && tokens[0]?.kind === 'name'
    if (subject && !/\b(?:to|of|in|at|about)\s*$/.test(c.words)) {
      const right = reading(c, () => readSide(n, text, tokens, c.dialect))
      if (right && (right.kind !== 'quantity' || !name)) {
        if (right.kind === 'term') {
          pushRelation(c, subject, '=', right, undefined, undefined)
          chain = { number: ++chains, head: subject, previous: right, position: 1, equalities: true }
        } else out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      }
      return
    }
    // "θ̂ is the sample mean"
    const statistic =
      /^(?:is|equals) (?:just |simply |then |therefore |thus |again |precisely |exactly )*(?:the|a|any) (?:(?:sample|arithmetic|ordinary|usual|empirical) )*(mean|average|median)\b(?! of the (?!obs|data|sample|\bx))/.exec(
        c.behind,
      )?.[1]
    if (statistic !== undefined && tokens.length === 1 && n.model.samples.length === 1) {
      const side = reading(c, () => readSide(n, text, tokens, c.dialect))
      const [v] = n.model.samples.flatMap(s => s.variables)
      const size = n.model.samples[0]?.size
      const value =
        statistic === 'median'
          ? n.scope.loose?.name('median')
          : v && size
            ? div(
                sum(size, i => at(v.name, i)),
                size,
              )
            : undefined
      if (side?.kind === 'quantity' && side.quantity.kind === 'estimator' && value) {
        pushRelation(c, side, '=', { kind: 'term', term: value }, undefined, undefined)
        return
      }
    }
    // A formula alone on its line has to be readable; one among words is only mentioned.
    const alone = c.display && c.words === '' && c.behind === '' && tokens.length > 2 && !c.comma
    if (alone) {
      const right = reading(c, () => readSide(n, text, tokens, c.dialect))
      if (right) out.push({ ...place(c.start, c.end), what: { kind: 'prose', mentions: right.kind === 'term' ? [right.term] : [] } })
      return
    }
    out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
  }

  function pushRelation(
    c: Clause,
    left: Side,
    relation: Relation,
    right: Side,
    at: ChainPlace | undefined,
    others: (() => readonly What[]) | undefined,
    imposed = false,
    span?: readonly [number, number],
  ): void {
    const condition = pending && pendingSentence === c.sentence ? pending : undefined
    const what: What = {
      kind: 'relation',
      left,
      relation,
      right,
      ...(condition ? { condition } : {}),
      ...(at ? { place: at } : {}),
      ...(imposed ? { imposed: true as const } : {}),
    }
    const position = at?.position ?? 0
    const join = position === 0 ? said(c) : {}
    out.push({ ...place(span?.[0] ?? c.start, span?.[1] ?? c.end), ...join, what, ...(others ? { others } : {}) })
    lastRelation = { index: out.length - 1, sentence: c.sentence, end: c.end, clause: current }
  }

  function relationClause(c: Clause, k: number, definition: DefinitionSource | undefined, inequality: boolean, last: string): void {
    const counts: number[] = []
    // "and L(θ) = 0 otherwise": where else was said before
    if (/^otherwise\b/.test(c.behind) && c.operands.length === 2 && c.operands[1]?.length === 1 && c.operands[1]?.[0]?.text === '0') {
      out.push({ ...place(c.start, c.end), what: { kind: 'prose' } })
      return
    }
    const plusMinus = c.operands.some(o => o.some(t => t.text === '±' || t.text === '∓'))
    if (plusMinus) {
      for (const upper of [true, false]) {
        const swap = (o: readonly Token[]): readonly Token[] =>
          o.map(t => (t.text === '±' || t.text === '∓' ? { ...t, text: (t.text === '±') === upper ? '+' : '-' } : t))
        relationClause(
          { ...c, operands: c.operands.map(swap), ...(upper ? {} : { link: 'or' as const, words: '' }) },
          k,
          definition,
          inequality,
          last,
        )
      }
      return
    }
    const read = (tokens: readonly Token[]): Side | undefined =>
      reading(c, () => {
        n.choices = []
        n.asked = 0
        const s = readSide(n, text, tokens, c.dialect)
        counts.push(n.asked)
        return s
      })
    const [first] = c.operands
    let left: Side | undefined
    const goesOn = (first ?? []).length === 0
    if (goesOn) {
      const worded = quantityFromWords(c.words)
      if (worded && c.words !== '') {
        left = worded
        chain = undefined
      } else left = chain?.previous
      if (left === undefined) {
        const message = 'a relation with nothing on its left'
        out.push({
          ...place(c.start, c.end),
          what: c.timid ? { kind: 'prose' } : { kind: 'unreadable', message, expected: 'what is equal to it' },
        })
        return
      }
      counts.push(0)
      if (!chain) chain = { number: ++chains, head: left, previous: left, position: 0, equalities: true }
    } else if (definition && nameOf(first ?? []) !== undefined && nameOf(first ?? [])?.name === definition.name) {
      const term = reading(c, () => {
        const side = readSide(n, text, definition.tokens, c.dialect)
        return side
      })
      if (!term) {
        chain = undefined
        return
      }
      if (term.kind === 'term') {
        if (!n.known.has(definition)) n.known.set(definition, term.term)
        const used = lastUse(definition)
        const end = c.operators[1]?.token.start ?? c.end
        out.push({
          ...place(c.start, end),
          ...said(c),
          what: {
            kind: 'definition',
            name: definition.name,
            term: definition.squared ? term.term : term.term,
            ...(used ? { forward: true as const } : {}),
          },
        })
      } else if (term.kind === 'quantity') {
        out.push({ ...place(c.start, c.operators[1]?.token.start ?? c.end), ...said(c), what: { kind: 'prose' } })
      }
      chain = { number: ++chains, head: term, previous: term, position: 1, equalities: true }
      left = term
      const rest = { ...c, operands: c.operands.slice(1), operators: c.operators.slice(1) }
      if (rest.operators.length > 0) steps(rest, read, counts, false)
      return
    } else {
      left = read(first ?? [])
      if (!left) {
        chain = undefined
        return
      }
      left = mentionedAt(estimatorOf(there(left, c), c), c, k)
      noteFamily(left, c.start)
      chain = { number: ++chains, head: left, previous: left, position: 0, equalities: true }
      // "the second derivative is −n/p² < 0": the term is that quantity.
      const zero =
        c.operators.length === 1 && c.operators[0]?.relation === '=' && c.operands[1]?.length === 1 && c.operands[1]?.[0]?.text === '0'
      const derived =
        zero &&
        /(?:differentiat\w+|derivative|score)(?: is| gives| with respect to \S+| w\.?r\.?t\.? \S+)*\s*[:,]$/.test(c.words) &&
        !/\b(?:set|setting|equal|zero|solv\w+|equat\w+)\b/.test(c.words)
      const named =
        left.kind === 'term' && (inequality || derived) && /(?:\b(?:is|equals|becomes|are)|:)\s*$/.test(c.words)
          ? quantityFromWords(c.words)
          : undefined
      if (named) {
        const end = first?.at(-1)?.end ?? c.end
        out.push({
          ...place(c.start, end),
          ...said(c),
          what: { kind: 'relation', left: named, relation: '=', right: left, place: { chain: chains, position: 0, previous: named } },
        })
        chain = { number: chains, head: named, previous: left, position: 1, equalities: true }
        steps({ ...c, operands: [[], ...c.operands.slice(1)], words: '' }, read, counts, false)
        return
      }
    }
    steps(c, read, counts, hypothetical.test(last) && !asserted.test(last))
  }

  /** The right sides of a clause one after the other. */
  function steps(c: Clause, read: (tokens: readonly Token[]) => Side | undefined, counts: number[], imposed: boolean): void {
    for (let i = 0; i < c.operators.length; i++) {
      const op = c.operators[i] as Clause['operators'][number]
      const tokens = c.operands[i + 1] ?? []
      if (!chain) return
      if (tokens.length === 0) {
        if (c.operators.length === 1 || i === c.operators.length - 1) {
          out.push({
            ...place(op.token.start, op.token.end),
            what: c.timid
              ? { kind: 'prose' }
              : { kind: 'unreadable', message: 'nothing stands behind the relation', expected: 'a formula' },
          })
        }
        continue
      }
      const asked = counts.length
      const raw = read(tokens)
      const side = raw && there(raw, c)
      if (!side) {
        chain = i === c.operators.length - 1 ? chain : undefined
        if (!chain) return
        continue
      }
      const relation = op.relation as Relation
      const equal = equalityLike(relation)
      const { head, previous, position, number } = chain
      const left = equal && chain.equalities ? head : previous
      const made = (sides: readonly Side[]): What => {
        const right = constantFree(sides.at(-1) as Side, relation, left)
        return {
          kind: 'relation',
          left: sides.length > 1 ? (sides[0] as Side) : left,
          relation: right.relation,
          right: right.side,
          ...(position > 0 ? { place: { chain: number, position, previous } } : { place: { chain: number, position, previous: left } }),
          ...(op.imposed || imposed ? { imposed: true as const } : {}),
        }
      }
      const own = i === 0 && (c.operands[0] ?? []).length > 0 && position === 0
      const others = alternatives(
        c,
        own ? [c.operands[0] ?? [], tokens] : [tokens],
        own ? [counts[0] ?? 0, counts[asked] ?? 0] : [counts[asked] ?? 0],
        made,
      )
      const what = made([side])
      const end = tokens.at(-1)?.end ?? c.end
      const start = position === 0 && own ? c.start : op.token.start
      const condition = pending && pendingSentence === c.sentence ? pending : undefined
      out.push({
        ...place(start, Math.max(end, start + 1)),
        ...(i === 0 ? said(c) : {}),
        what: what.kind === 'relation' && condition ? { ...what, condition } : what,
        ...(others ? { others } : {}),
      })
      lastRelation = { index: out.length - 1, sentence: c.sentence, end: c.end, clause: current }
      chain = {
        number,
        head,
        previous: what.kind === 'relation' ? what.right : side,
        position: position + 1,
        equalities: chain.equalities && equal,
      }
    }
  }

  /** Whether the name stands in a formula before the definition. */
  function lastUse(d: DefinitionSource): boolean {
    return clauses.some(
      c => c.start < d.start && c.operands.some(o => o.some(t => t.kind === 'name' && t.text === d.name.replace(/_.*$/, ''))),
    )
  }

  /** "+ C": the constant is taken off, and the relation says so. */
  function constantFree(side: Side, relation: Relation, left: Side): { readonly side: Side; readonly relation: Relation } {
    if (side.kind !== 'term' || relation !== '=') return { side, relation }
    const isConstant = (t: Expr): boolean =>
      t.kind === 'sym' &&
      !n.scope.symbols.has(t.name) &&
      (t.name === 'const' || t.name === 'constant' || (/^[CcKA](_\d)?$/.test(t.name) && !n.definitions.has(t.name)))
    const { term } = side
    const logarithmic = left.kind !== 'quantity' || !['likelihood', 'density'].includes(left.quantity.kind)
    if (term.kind === 'add' && logarithmic) {
      const kept = term.terms.filter(
        t =>
          !isConstant(t) &&
          !(t.kind === 'mul' && t.factors.length === 2 && t.factors.some(isConstant) && t.factors.some(f => f.kind === 'num')),
      )
      if (kept.length < term.terms.length) return { side: { kind: 'term', term: addAll(kept) }, relation: '+const' }
    }
    if (term.kind === 'mul' && !logarithmic) {
      const kept = term.factors.filter(t => !isConstant(t))
      if (kept.length < term.factors.length) return { side: { kind: 'term', term: mulAll(kept) }, relation: '∝' }
    }
    return { side, relation }
  }

  claims(out, clauses, sentences, n, text, placeAt, quantityFromWords, conditions)
  prose(out, sentences, placeAt)
  return out
    .map((s, i) => ({ s, i }))
    .sort((a, b) => a.s.line - b.s.line || a.i - b.i)
    .map(x => x.s)
}
/** A side with a value put for a parameter. */
const sideAt = (s: Side, name: string, value: Expr): Side => {
  switch (s.kind) {
    case 'term':
      return { kind: 'term', term: substitute(s.term, new Map([[name, value]])) }
    case 'quantity':
      return s.quantity.kind === 'estimator' || s.at?.[name] !== undefined ? s : { ...s, at: { ...s.at, [name]: value } }
    default:
      return s
  }
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
