/** One clause with relations: what its left side is, a definition, an estimate, the chain before, and then its right sides. */
import type { Token } from '../../read/scanner.ts'
import { call, deriv, sym, type Term } from '../../term/term.ts'
import { some } from '../../term/walk.ts'
import { hatName, type Quantity, quantityOfCall, type Side } from '../statement.ts'
import { steps } from './chain-steps.ts'
import { quantityInWords } from './claims.ts'
import type { Clause } from './clause.ts'
import { asserted, hypothetical } from './conditional-words.ts'
import { there } from './conditions-said.ts'
import { nameOf } from './defined-names.ts'
import { type Draft, mentionOnly, noteFamily, place, quantityFromWords, reading, said, sideAt } from './draft.ts'
import { sideOf } from './named-sides.ts'
import type { DefinitionSource } from './notation.ts'
import { isOwner, preciseOf, wordsBefore } from './precision-words.ts'
import { bothSigns, entryByEntry } from './rewritten.ts'
import { readSide } from './sides.ts'
import { subjectBefore } from './subjects.ts'

/** "The MLE of α is …": the parameter is its estimate there. */
export const estimatorOf = (draft: Draft, s: Side, c: Clause): Side => {
  const { n } = draft
  // "the standard error of t̂ = x̄ is …": what it is follows
  const next = c.operators.length > 0 ? draft.clauses[draft.current + 1] : undefined
  const follows =
    next?.sentence === c.sentence && /^[\s,]*(?:(?:then|therefore|thus|hence) )?(?:is|equals|becomes|reads|would be)\b/.test(next.words)
  const precise = follows ? undefined : preciseOf(n, wordsBefore(n, draft.clauses, draft.current), s)
  if (precise) return precise
  const p = s.kind === 'term' && s.term.kind === 'sym' ? s.term.name : undefined
  const named =
    p !== undefined &&
    n.model.parameters.some(q => q.name === p) &&
    /\b(?:mles?|ml estimat\w+|estimat(?:e|or)s?|maximi[sz]ers?|maximum[- ]likelihood estimat\w+)(?: (?:of|for))?(?: the parameter)?\s*:?$/.test(
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

/** The standard error or variance that the words in front of a value, or those around the formula before it, name. */
const preciseSubject = (draft: Draft, c: Clause, k: number): Side | undefined => {
  if (!/\b(?:is|equals|becomes|as|by|again)\s*$/.test(c.words)) return undefined
  const found = isOwner(draft.n, draft.clauses, k) ? subjectBefore(draft, k) : quantityFromWords(draft, c.words)
  return found?.kind === 'quantity' && ['standard-error', 'variance'].includes(found.quantity.kind) ? found : undefined
}

/** "d²ℓ/ds² at ŝ = …": what was mentioned, at the estimate. */
export const mentionedAt = (draft: Draft, s: Side, c: Clause, k: number): Side => {
  const { n, text, clauses } = draft
  const before = clauses[k - 1]
  const p = s.kind === 'quantity' && s.quantity.kind === 'estimator' ? s.quantity.parameter : undefined
  if (p === undefined || !/^\s*(?:evaluated )?at\s*$/.test(c.words) || before?.sentence !== c.sentence || before.operators.length > 0)
    return s
  const mentioned = reading(draft, { ...before, timid: true }, () => readSide(n, text, before.operands[0] ?? [], before.dialect))
  return mentioned?.kind === 'quantity' ? sideAt(mentioned, p, sym(hatName(p))) : s
}

const elsewhereBehind =
  /^(?:and |but )?(?:otherwise|else(?:where)?\b|(?:every|any)where else|(?:for|at|in) (?:every|any|all|each)(?: of the)? (?:other|remaining)|(?:for|at|in) (?:other|the remaining)|in the other cases?|outside\b|(?:for|at|if|when) (?:any |all |every |each |a )?(?:smaller|larger|bigger|greater|lower|higher|different)\b)/
const elsewhereBefore =
  /\b(?:otherwise|else(?:where)?|(?:every|any)where else|(?:for|at|in) (?:every|any|all|each)(?: of the)? (?:other|remaining)(?: \w+)*|(?:for|at|in) (?:other|the remaining)(?: \w+)*|(?:for|at|if|when) (?:any |all |every |each |a )?(?:smaller|larger|bigger|greater|lower|higher)(?: \w+)*|outside(?: of)? (?:this|that|the|these|it)(?: \w+)*)[\s,:]*(?:(?:we have|one has|we get|it is|there is)[\s,:]*)?$/

const mustBe = /^\s*(?:all |each )?(?:have to|has to|must|needs? to|should|ought to)(?: all| each)? (?:be|lie|stay|remain)\s*$/i

export const relationClause = (
  draft: Draft,
  c: Clause,
  k: number,
  definition: DefinitionSource | undefined,
  inequality: boolean,
  last: string,
): void => {
  const { n, text } = draft
  const counts: number[] = []
  // "and L(θ) = 0 otherwise": where else was said before
  if (
    (elsewhereBehind.test(c.behind) || elsewhereBefore.test(c.words)) &&
    c.operands.length === 2 &&
    c.operands[1]?.length === 1 &&
    c.operands[1]?.[0]?.text === '0'
  ) {
    draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
    return
  }
  const both = bothSigns(n, c)
  if (both) {
    for (const one of both) relationClause(draft, one, k, definition, inequality, last)
    return
  }
  const entries = entryByEntry(c)
  if (entries) {
    if (entries.length === 0) mentionOnly(draft, c)
    for (const one of entries) relationClause(draft, one, k, undefined, inequality, last)
    return
  }
  const read = (tokens: readonly Token[]): Side | undefined =>
    reading(draft, c, () => {
      n.choices = []
      n.asked = 0
      const s = readSide(n, text, tokens, c.dialect)
      counts.push(n.asked)
      return s
    })
  const [first] = c.operands
  let left: Side | undefined
  const goesOn = (first ?? []).length === 0
  const before = draft.clauses[k - 1]
  // "all x_i have to be ≥ a": what stands before the words
  if (
    goesOn &&
    before?.sentence === c.sentence &&
    before.operators.length === 0 &&
    mustBe.test(c.words) &&
    (before.operands[0]?.length ?? 0) > 0
  ) {
    const whole = { ...c, start: before.start, words: before.words, operands: [before.operands[0] ?? [], ...c.operands.slice(1)] }
    relationClause(draft, whole, k, undefined, inequality, last)
    return
  }
  if (goesOn) {
    const worded = quantityFromWords(draft, c.words)
    if (worded && c.words !== '') {
      left = there(draft, worded, c)
      draft.chain = undefined
    } else {
      const resumed = c.words !== '' ? resumedQuantity(draft, c) : undefined
      if (resumed) draft.chain = undefined
      left = resumed ?? draft.chain?.previous
      // "set = 0" behind a likelihood: its derivative is meant, which stands there without a name
      const of = draft.chain?.head
      if (!resumed && isNothing(c) && hypothetical.test(last) && of?.kind === 'quantity' && functions.has(of.quantity.kind)) {
        mentionOnly(draft, c)
        draft.chain = undefined
        return
      }
    }
    if (left === undefined) {
      const message = 'a relation with nothing on its left'
      draft.out.push({
        ...place(draft, c.start, c.end),
        what:
          c.timid || /[a-z]{3,}\s*$/.test(c.words) || goesOnFromWords(draft, c, k)
            ? { kind: 'prose' }
            : { kind: 'unreadable', message, expected: 'what is equal to it' },
      })
      return
    }
    counts.push(0)
    if (!draft.chain) draft.chain = { number: ++draft.chains, head: left, previous: left, position: 0, equalities: true }
  } else if (definition && nameOf(first ?? []) !== undefined && nameOf(first ?? [])?.name === definition.name) {
    const term = reading(draft, c, () => {
      const side = readSide(n, text, definition.tokens, c.dialect)
      return side
    })
    if (!term) {
      draft.chain = undefined
      return
    }
    if (term.kind === 'term') {
      if (!n.known.has(definition)) n.known.set(definition, term.term)
      const used = lastUse(draft, definition)
      const end = c.operators[1]?.token.start ?? c.end
      draft.out.push({
        ...place(draft, c.start, end),
        ...said(c),
        what: {
          kind: 'definition',
          name: definition.name,
          term: definition.squared ? term.term : term.term,
          ...(used ? { forward: true as const } : {}),
        },
      })
    } else if (term.kind === 'quantity') {
      draft.out.push({ ...place(draft, c.start, c.operators[1]?.token.start ?? c.end), ...said(c), what: { kind: 'prose' } })
    }
    // p_i = P(Y_i = 1) = …: what the name was given is said of the probability
    const head = c.operands[1] === definition.tokens || c.operands.length < 3 ? term : (read(c.operands[1] ?? []) ?? term)
    draft.chain = { number: ++draft.chains, head, previous: head, position: 1, equalities: true }
    const rest = { ...c, operands: c.operands.slice(1), operators: c.operators.slice(1) }
    if (rest.operators.length > 0) steps(draft, rest, read, counts, false)
    return
  } else {
    left = operatorAlone(draft, c) ?? read(first ?? [])
    if (!left) {
      draft.chain = undefined
      return
    }
    // "the slope of |x − m| is −1 or 1": of the term, and not the term
    if (
      left.kind === 'term' &&
      derivativeOf(draft, left, c) === left &&
      /\b(?:derivative|slope|gradient|integral)s? of (?:the (?:term|function|summand)s? )?$/.test(`${c.words} `)
    ) {
      draft.chain = undefined
      mentionOnly(draft, c)
      return
    }
    // "the expectation of ℓ′(θ) is 0": of the quantity, and not the quantity
    const applied = left.kind === 'quantity' && isVerb(draft, c) ? functionOf.exec(`${c.words.trimEnd()} `)?.[1] : undefined
    if (left.kind === 'quantity' && applied !== undefined) {
      const of = functionOfQuantity(draft, applied, left)
      if (!of) {
        draft.chain = undefined
        mentionOnly(draft, c)
        return
      }
      left = of
    }
    left = derivativeOf(draft, mentionedAt(draft, estimatorOf(draft, there(draft, left, c), c), c, k), c)
    noteFamily(draft, left, c.start)
    draft.chain = { number: ++draft.chains, head: left, previous: left, position: 0, equalities: true }
    // "the second derivative is −n/p² < 0": the term is that quantity.
    const zero =
      c.operators.length === 1 && c.operators[0]?.relation === '=' && c.operands[1]?.length === 1 && c.operands[1]?.[0]?.text === '0'
    const derived =
      zero &&
      /(?:differentiat\w+|derivative|score)(?: is| gives| with respect to \S+| w\.?r\.?t\.? \S+)*\s*(?:[:,]|\b(?:is|equals|becomes))$/.test(
        c.words,
      ) &&
      !/\b(?:set|setting|equal|zero|solv\w+|equat\w+)\b/.test(c.words)
    const worded =
      left.kind !== 'term' || some(left.term, u => u.kind === 'call' && quantityOfCall.has(u.name))
        ? undefined
        : (inequality || derived) && /(?:\b(?:is|equals|becomes|are)|:)\s*$/.test(c.words)
          ? quantityFromWords(draft, c.words)
          : // "the likelihood is … = …": its value in two forms; "d/dp: … = 0"
            isFunctionSaid(c) && left.term.kind !== 'sym' && left.term.kind !== 'num'
            ? quantityFromWords(draft, c.words)
            : (zero || inequality) && !isValue(left.term)
              ? subjectBefore(draft, k)
              : undefined
    // "the standard error of v̂ is 1/√I(v̂) = √2 v̂": its value in two forms
    const precise =
      !worded && left.kind === 'term' && left.term.kind !== 'sym' && left.term.kind !== 'num' && c.operators.every(o => o.relation === '=')
        ? preciseSubject(draft, c, k)
        : undefined
    const subject = worded ?? precise
    const named = subject && there(draft, subject, c)
    if (named) {
      const end = first?.at(-1)?.end ?? c.end
      draft.out.push({
        ...place(draft, c.start, end),
        ...said(c),
        what: { kind: 'relation', left: named, relation: '=', right: left, place: { chain: draft.chains, position: 0, previous: named } },
      })
      draft.chain = { number: draft.chains, head: named, previous: left, position: 1, equalities: true }
      steps(draft, { ...c, operands: [[], ...c.operands.slice(1)], words: '' }, read, counts, false)
      return
    }
  }
  steps(draft, c, read, counts, hypothetical.test(last) && !asserted.test(last))
}

const functions = new Set<Quantity['kind']>(['likelihood', 'log-likelihood', 'nll', 'average-log-likelihood', 'average-nll'])
const isNothing = (c: Clause): boolean => c.operators.length === 1 && c.operands[1]?.length === 1 && c.operands[1]?.[0]?.text === '0'

/** "se($\\hat b$) $= …$": the left side is split between the words and a formula in them. */
const goesOnFromWords = (draft: Draft, c: Clause, k: number): boolean => {
  const before = draft.clauses[k - 1]
  return !c.display && before?.sentence === c.sentence && !before.display && before.operators.length === 0 && c.words !== ''
}

/**
 * "At t̂: Σ x_i² = 3n t̂²/2, so = 3n/t̂² − …": what is put into the quantity spoken of, and the quantity goes on; undefined where the
 * chain before is about a quantity itself.
 */
const resumedQuantity = (draft: Draft, c: Clause): Side | undefined => {
  const { chain, n } = draft
  if (chain?.head.kind !== 'term' || chain.position !== 1) return undefined
  const sentenceStart = draft.clauses.find(d => d.sentence === c.sentence)?.start ?? c.start
  if (!/\bat\b/i.test(draft.text.slice(Math.max(0, sentenceStart - 12), c.start))) return undefined
  const before = draft.out.findLast(
    s => s.what.kind === 'relation' && s.what.left.kind === 'quantity' && s.what.left.quantity.kind === 'derivative',
  )
  const what = before?.what
  if (what?.kind !== 'relation' || what.left.kind !== 'quantity') return undefined
  const hatted = n.model.parameters.filter(p => c.operands[1]?.some(t => t.kind === 'name' && t.text === hatName(p.name)))
  return hatted.reduce((s: Side, p) => sideAt(s, p.name, sym(hatName(p.name))), what.left)
}

/** "The likelihood is", "the log-likelihood then becomes": in front of a value of it. */
const isFunctionSaid = (c: Clause): boolean => {
  const q = c.operators[0]?.relation === '=' ? quantityInWords(c.words) : undefined
  return (
    q !== undefined &&
    q.order === 0 &&
    ['L', 'ell', 'nll'].includes(q.name) &&
    /\b(?:likelihood|nll)(?: function)?(?: of (?:the|this|our|a) (?:\w+ )?(?:sample|data|observations))?,? (?:is|equals|becomes|reads)(?: then| thus| therefore| just| simply| now| given by)*:?\s*$/.test(
      c.words,
    )
  )
}

const isValue = (t: Term): boolean => t.kind === 'sym' || t.kind === 'num' || t.kind === 'at'

/** "d/dθ = n/θ − T": what is differentiated is left out. */
const operatorAlone = (draft: Draft, c: Clause): Side | undefined => {
  const { n, text } = draft
  const sign = c.operators[0]?.token.start ?? c.end
  const m = /^\(?\s*(?:d|∂)(\^?2|²)?\s*\/\s*(?:d|∂)\s*([A-Za-z]+|[α-ω])(?:\^?2|²)?\s*\)?:?$/.exec(text.slice(c.start, sign).trim())
  if (!m) return undefined
  const by = n.model.parameters.find(p => p.length === undefined && c.operands[0]?.some(t => t.kind === 'name' && t.text === p.name))
  return by ? sideOf(n, deriv(call('ell', n.parameters), sym(by.name), m[1] ? 2 : 1)) : undefined
}

const isVerb = (draft: Draft, c: Clause): boolean => {
  const sign = c.operators[0]?.token
  return sign !== undefined && /^[\s$]*[a-z]/i.test(draft.text.slice(sign.start, sign.end))
}

/** "The second derivative of", "the logarithm of": in front of a quantity. */
const functionOf =
  /\b((?:(?:first|second|third|2nd|partial|natural|log-?) )*(?:derivatives?|slope|gradient|curvature|logarithm|log|expectation|expected value|mean|variance|reciprocal|inverse|square root|square|root|zero|sign|integral|limit|negative|exponential|maximum|minimum|maximi[sz]er|graph|ratio|bias|law|distribution|argument|average|covariance|standard deviation|derivation)) of (?:the (?:function )?)?$/

/** The derivative or the logarithm of a likelihood or its logarithm; undefined where it is another function of it. */
const functionOfQuantity = (draft: Draft, words: string, s: Side & { readonly kind: 'quantity' }): Side | undefined => {
  const [only, another] = draft.n.parameters
  const { quantity } = s
  if (/^(?:natural )?log(?:arithm)?$/.test(words) && quantity.kind === 'likelihood')
    return { ...s, quantity: { ...quantity, kind: 'log-likelihood' } }
  const order = /^(?:first )?(?:derivative|slope)$/.test(words) ? 1 : /^(?:second|2nd) derivative$/.test(words) ? 2 : 0
  if (
    order === 0 ||
    !only ||
    another ||
    !['likelihood', 'log-likelihood', 'nll', 'average-log-likelihood', 'average-nll', 'derivative'].includes(quantity.kind)
  )
    return undefined
  const by = Array.from({ length: order }, () => only)
  return {
    ...s,
    quantity: quantity.kind === 'derivative' ? { ...quantity, by: [...quantity.by, ...by] } : { kind: 'derivative', of: quantity, by },
  }
}

const isKinked = (t: Term): boolean => t.kind === 'fn' && t.name === 'abs'

/** "The derivative of −n log θ is −n/θ": the term in front of the verb is differentiated; one with a kink has no single derivative. */
const derivativeOf = (draft: Draft, s: Side, c: Clause): Side => {
  const [only, another] = draft.n.parameters
  return only &&
    !another &&
    isVerb(draft, c) &&
    s.kind === 'term' &&
    !some(s.term, isKinked) &&
    /\bderivative of\s*$/.test(c.words) &&
    !/\bsecond\b/.test(c.words)
    ? sideOf(draft.n, deriv(s.term, only))
    : s
}

/** Whether the name stands in a formula before the definition. */
export const lastUse = (draft: Draft, d: DefinitionSource): boolean => {
  const { clauses } = draft
  return clauses.some(
    c => c.start < d.start && c.operands.some(o => o.some(t => t.kind === 'name' && t.text === d.name.replace(/_.*$/, ''))),
  )
}
