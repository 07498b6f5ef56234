/** A formula without a relation: the value of what the words name, the sample mean or median by name, or only mentioned. */
import { at, deriv, div, type Expr, sym } from '../../term/term.ts'
import { subterms, sum } from '../../term/walk.ts'
import { hatName, type Side, type What } from '../statement.ts'
import type { Clause } from './clause.ts'
import { there } from './conditions-said.ts'
import { type Draft, mentionOnly, place, pushRelation, quantityFromWords, reading } from './draft.ts'
import type { Notation } from './notation.ts'
import { isCarried } from './precision-words.ts'
import { readSide } from './sides.ts'
import { estimateOfBefore, subjectBefore } from './subjects.ts'
import { is, skip } from './token-rows.ts'

/** "the sample mean", "the median" as a term. */
export const statisticInWords = (n: Notation, word: string): Expr | undefined => {
  const [v] = n.model.samples.flatMap(s => s.variables)
  const size = n.model.samples[0]?.size
  if (n.model.samples.length !== 1) return undefined
  return word === 'median'
    ? n.scope.loose?.name('median')
    : v && size
      ? div(
          sum(size, i => at(v.name, i)),
          size,
        )
      : undefined
}

/** Words in front of a value of what they speak of. */
const valueVerb =
  /(?:\b(?:is|are|becomes|equals|reads|as|be|by|thus|now|simply|just|then|hence|therefore|again|also|approximately|about|roughly)|\b(?:amounts?|equal|comes?|simplif\w+|reduces?|evaluates?|works) (?:out )?(?:to|as)(?: be)?|\bdifferentiat\w+\b[^.;:]*\b(?:gives?|giving|yields?|yielding|obtain|get|find|have|produces?|leads to|results in)|:|=)\s*$/
/** "The estimate has standard error σ/√n". */
const hasPrecision =
  /^\W*(?:(?:so|hence|thus|therefore|then),? )?(?:the|our|this) (?:mle|(?:ml |maximum[- ]likelihood )?estimat(?:e|or)) (?:then |therefore |thus )?has (?:the |an? )?(?:(?:asymptotic|approximate|estimated) )?standard error\s*$/i
/** "Its second derivative −n/p² shows": the noun and its value side by side. */
const apposed = /\b(?:the|its|whose|with|a|and) (?:first |second )?(?:derivative|score|score function)\s*$/

/** x_i or x, where the density of one observation was the last thing spoken of. */
const observationIn = (draft: Draft, t: Expr): Expr | undefined => {
  const last = draft.out.findLast(s => s.what.kind === 'relation')?.what
  const of = last?.kind === 'relation' && last.left.kind === 'quantity' ? last.left.quantity.kind : undefined
  if (of !== 'density' && of !== 'log-density') return undefined
  const { symbols, arrays } = draft.n.scope
  const found = subterms(t).find(
    u =>
      (u.kind === 'at' && arrays.has(u.name) && u.index.some(i => i.kind === 'sym' && !symbols.has(i.name))) ||
      (u.kind === 'sym' && arrays.has(u.name)),
  )
  return found as Expr | undefined
}

/** "Its derivative": of ℓ, or of L or −ℓ, where those were spoken of. */
const ofOthers = (draft: Draft, c: Clause, subject: Side, right: Side): (() => readonly What[]) | undefined => {
  const q = subject.kind === 'quantity' && subject.quantity.kind === 'derivative' ? subject.quantity : undefined
  if (!q || q.of.kind === 'derivative') return undefined
  const spoken = draft.families.some(f => f.name === 'nll') || /\bnll\b|negative log|minus the log|loss/i.test(draft.text.slice(0, c.start))
  const average = q.of.kind === 'average-log-likelihood' || q.of.kind === 'average-nll'
  const kinds = (['log-likelihood', 'likelihood', 'nll'] as const).filter(
    kind =>
      kind !== q.of.kind &&
      (kind !== 'nll' || spoken) &&
      (average || /\b(?:its|this|that|of it|whose|the (?:first )?(?:derivative|slope))\b/.test(c.words)),
  )
  const observation = right.kind === 'term' ? observationIn(draft, right.term) : undefined
  const single: readonly What[] = observation
    ? [{ kind: 'relation', left: { kind: 'quantity', quantity: { ...q, of: { kind: 'log-density', observation } } }, relation: '=', right }]
    : []
  return () => [
    ...single,
    ...kinds.map(
      (kind): What => ({ kind: 'relation', left: { kind: 'quantity', quantity: { ...q, of: { kind } } }, relation: '=', right }),
    ),
  ]
}

const possessive = /(?:^|[\s,(])(?:whose|its|with|(?:has|having) (?:the|as))(?: (?:own|partial|first|second))* derivative\b/
const partOfIt = /\b(?:term|factor|summand|part|piece|bracket|addend)s?\b[^.;:⟨]*(?:whose|its|with|has|having)\b/
/** "−n log Γ(a), whose derivative is …": the derivative of the formula before it; null where it is one of a part that is not written. */
const ofFormulaBefore = (draft: Draft, c: Clause, subject: Side): Side | null | undefined => {
  if (subject.kind !== 'quantity' || subject.quantity.kind !== 'derivative' || !possessive.test(c.words)) return undefined
  const by = subject.quantity.by.length > 0 ? subject.quantity.by : draft.n.model.parameters.length === 1 ? [draft.n.parameters[0]] : []
  const before = draft.clauses[draft.current - 1]
  if (before?.sentence === c.sentence && before.operators.length === 0 && before.operands.length === 1) {
    const tokens = before.operands[0] ?? []
    const read = reading(draft, { ...before, timid: true }, () => readSide(draft.n, draft.text, tokens, before.dialect))
    return read?.kind === 'term' && by.length > 0
      ? { kind: 'term', term: by.reduce<Expr>((t, v) => (v ? deriv(t, v) : t), read.term) }
      : null
  }
  return partOfIt.test(c.words) ? null : undefined
}

export const mention = (draft: Draft, c: Clause): void => {
  const { n, text } = draft
  const tokens = c.operands[0] ?? []
  // "the estimator is the midrange (…)/2": the noun names what the formula says
  const nounOf =
    /\b(?:mle|estimat(?:e|or)|maximi[sz]er)\b[^.;:]*\bis (?:just |simply |then |therefore )?(?:the|a|an) (?:[a-z-]+ ){0,2}(?:midrange|mid-range|mean|average|median|maximum|minimum|largest|smallest|ratio|midpoint|value|point|proportion|frequency|number|fraction|statistic|centre|center|quantity|expression)\s*$/.test(
      c.words,
    )
  const moves = /\b(?:fall|ris|grow|increas|decreas|chang|var|tend|declin)\w*(?: strictly| steadily| monotonically)? as\s*$/.test(c.words)
  // "is 1/λ times the variance", "if it is 0 there"
  const factor =
    /^(?:times|plus|minus|divided by|multiplied by|percent)\b/.test(c.behind) || /\bif (?:it|this|that|the \w+) is\s*$/.test(c.words)
  const estimated = !moves && !factor && tokens.length > 0 ? estimateOfBefore(draft, c) : undefined
  const subject =
    !moves &&
    !factor &&
    !estimated &&
    (nounOf ||
      (apposed.test(c.words) &&
        tokens.length > 1 &&
        /^(?:is|shows?|which|and|being|proves?|confirms?|tells?|has|,|remains|stays)\b/.test(c.behind)) ||
      valueVerb.test(c.words) ||
      isCarried(c.words) ||
      (hasPrecision.test(c.words) && draft.clauses[draft.current - 1]?.sentence !== c.sentence)) &&
    tokens.length > 0
      ? quantityFromWords(draft, c.words)
      : undefined
  const name = tokens.length === 1 && tokens[0]?.kind === 'name'
  const owned = estimated ?? (!moves && !factor && tokens.length > 0 && !subject ? subjectBefore(draft, draft.current) : undefined)
  if (owned) {
    const read = reading(draft, { ...c, timid: true }, () => readSide(n, text, tokens, c.dialect))
    // "the standard error of μ̂ is σ̂"
    const value: Side | undefined =
      read?.kind === 'quantity' && read.quantity.kind === 'estimator' && !read.quantity.index
        ? { kind: 'term', term: sym(hatName(read.quantity.parameter)) }
        : read
    if (value?.kind === 'term') {
      pushRelation(draft, c, owned, '=', value, undefined, undefined)
      draft.chain = { number: ++draft.chains, head: owned, previous: value, position: 1, equalities: true }
    } else mentionOnly(draft, c)
    return
  }
  if (
    subject &&
    (isCarried(c.words) ||
      /\b(?:amounts?|equal|comes?|simplif\w+|reduces?|evaluates?|leads?|works) (?:out )?to(?: be)?\s*$/.test(c.words) ||
      !/\b(?:to|of|in|at|about|by|with|over|under|from|for|than|on|per|and|or)\s*$/.test(c.words))
  ) {
    const read = reading(draft, c, () => readSide(n, text, tokens, c.dialect))
    // "so the standard error is λ̂"
    const right: Side | undefined =
      subject.kind === 'quantity' &&
      subject.quantity.kind === 'standard-error' &&
      read?.kind === 'quantity' &&
      read.quantity.kind === 'estimator' &&
      !read.quantity.index
        ? { kind: 'term', term: sym(hatName(read.quantity.parameter)) }
        : read
    if (right && (right.kind !== 'quantity' || !name)) {
      const part = ofFormulaBefore(draft, c, subject)
      if (part === null) {
        mentionOnly(draft, c)
        return
      }
      if (part && right.kind === 'term') {
        const others = ofOthers(draft, c, subject, right)
        const ofAll: What = { kind: 'relation', left: subject, relation: '=', right }
        pushRelation(draft, c, part, '=', right, undefined, () => [ofAll, ...(others?.() ?? [])])
        draft.chain = { number: ++draft.chains, head: part, previous: right, position: 1, equalities: true }
      } else if (right.kind === 'term') {
        pushRelation(draft, c, there(draft, subject, c), '=', right, undefined, ofOthers(draft, c, subject, right))
        draft.chain = { number: ++draft.chains, head: subject, previous: right, position: 1, equalities: true }
      } else draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
    }
    return
  }
  // "θ̂ is the sample mean"
  const statistic =
    /^(?:is|equals) (?:just |simply |then |therefore |thus |again |precisely |exactly )*(?:the|a|any) (?:(?:sample|arithmetic|ordinary|usual|empirical) )*(mean|average|median)\b(?!,? (?:cut|truncated|clipped|restricted|projected|if|unless|when|provided))(?! of the (?!obs|data|sample|\bx))/.exec(
      c.behind,
    )?.[1]
  if (statistic !== undefined && tokens.length === 1 && n.model.samples.length === 1) {
    const side = reading(draft, c, () => readSide(n, text, tokens, c.dialect))
    const value = statisticInWords(n, statistic)
    if (side?.kind === 'quantity' && side.quantity.kind === 'estimator' && value) {
      pushRelation(draft, c, side, '=', { kind: 'term', term: value }, undefined, undefined)
      return
    }
  }
  // A formula alone on its line has to be readable; one among words is only mentioned.
  const [head] = tokens
  // N(θ, 1), Bin(m, p): a distribution by its name
  const family =
    head?.kind === 'name' && /^(?:[A-Z][A-Za-z]*|cal[A-Z])$/.test(head.text) && is(tokens[1], '(') && skip(tokens, 1) === tokens.length
  // d/dp: …
  const label =
    /^(?:d|∂|\\partial)\s*(?:\^2|²)?\s*\/\s*(?:d|∂|\\partial)\s*\S{1,8}$|^\\d?frac\{(?:d|\\partial|\\mathrm\{d\})\}\{(?:d|\\partial|\\mathrm\{d\})\s*[^{}]{1,12}\}$/.test(
      text.slice(c.start, c.end).trim(),
    )
  const alone = !family && !label && c.display && c.words === '' && c.behind === '' && tokens.length > 2 && !c.comma
  if (alone) {
    const right = reading(draft, c, () => readSide(n, text, tokens, c.dialect))
    if (right)
      draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose', mentions: right.kind === 'term' ? [right.term] : [] } })
    return
  }
  draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
}
