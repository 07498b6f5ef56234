/**
 * What a formula without a left side is a value of, where the words around the formula before it say so: "the derivative with
 * respect to s is …", "d/ds: …", "(log L)′: …", "the standard error of ŝ is …". It reads no value.
 */
import { call, deriv, type Expr, sym } from '../../term/term.ts'
import { hasKind, mentions, symbolsOf } from '../../term/walk.ts'
import { hatName, type Side } from '../statement.ts'
import { quantityInWords } from './claims.ts'
import type { Clause } from './clause.ts'
import { type Draft, familyAt, functionBefore, reading } from './draft.ts'
import { sideOf } from './named-sides.ts'
import type { Notation } from './notation.ts'
import { isOwner, ownerOf, preciseOf, wordsBefore } from './precision-words.ts'
import { readSide } from './sides.ts'

const verb = String.raw`(?:is|are|equals?|reads?|gives?|yields?|becomes|results in|leads to|we (?:get|obtain|find|have)|one (?:gets|obtains|finds)|as|it)`
const softly = String.raw`(?:then|therefore|thus|hence|just|simply|so|now|here)`
/** Nothing but a verb between the variable and the value. */
const behindVariable = new RegExp(String.raw`^[\s,]*(?:${softly}[\s,]+)*(?:${verb}\b[\s,]*)*(?:${softly}[\s,]*)*:?\s*$`)
const inVariable =
  /\b(?:differentiat(?:e|ing|ion|ed)|diff\.?|derive|deriv(?:ative|\.)?|slope|gradient)(?![a-z])[^.;:]*\b(?:with respect to|w\.?\s?r\.?\s?t\.?|in|by)(?: the parameter)?\s*$/
/** "Differentiating ℓ(p) = … term by term gives". */
const ofFunction = /\b(?:differentiating|we differentiate)(?: the (?:function|log-?likelihood|log likelihood|likelihood))?\s*$/
const byTerms =
  /^[\s,]*(?:term by term |termwise |once |this )?(?:and )?(?:gives?|yields?|we (?:get|obtain|find|have)|one (?:gets|obtains|finds)|leads to|results in|produces)\s*:?\s*$/
const twice = /\b(?:second|again|once more|twice|a second time|one more time)\b/
const labelled =
  /^(?:d|∂|\\partial)\s*(?:\^2|²)?\s*\/\s*(?:d|∂|\\partial)\s*\S{1,8}$|^\\d?frac\{(?:d|\\partial|\\mathrm\{d\})\}\{(?:d|\\partial|\\mathrm\{d\})\s*[^{}]{1,12}\}$/

/** The derivative of what is spoken of, in a term of the parameters. */
const derivativeIn = (draft: Draft, by: Expr, name: string, order: number): Side | undefined => {
  const of = sideOf(draft.n, call(name, draft.n.parameters))
  return of.kind === 'quantity'
    ? { kind: 'quantity', quantity: { kind: 'derivative', of: of.quantity, by: Array.from({ length: order }, () => by) } }
    : undefined
}

/** The variable that a lone clause names: a parameter, or a power of one. */
const variableOf = (draft: Draft, c: Clause): Expr | undefined => {
  const { n, text } = draft
  const tokens = c.operands[0] ?? []
  if (tokens.length === 0 || tokens.length > 6) return undefined
  const side = reading(draft, { ...c, timid: true }, () => readSide(n, text, tokens, c.dialect))
  if (side?.kind !== 'term') return undefined
  const base = side.term.kind === 'pow' ? side.term.base : side.term
  return (base.kind === 'sym' || base.kind === 'at') && n.model.parameters.some(p => p.name === base.name) ? side.term : undefined
}

/** d/dp as a label in front of a colon. */
const labelOf = (draft: Draft, c: Clause): Side | undefined => {
  const { n, text } = draft
  const source = text.slice(c.start, c.end).trim()
  if (!labelled.test(source)) {
    const side = reading(draft, { ...c, timid: true }, () => readSide(n, text, c.operands[0] ?? [], c.dialect))
    return side?.kind === 'quantity' && side.quantity.kind === 'derivative' ? side : undefined
  }
  const last = c.operands[0]
    ?.filter(t => t.kind === 'name')
    .at(-1)
    ?.text.replace(/^d/, '')
  const p = n.model.parameters.find(q => q.name === last && !q.length)
  return p ? derivativeIn(draft, sym(p.name), familyAt(draft, c.start), /^(?:d|∂|\\partial)\s*(?:\^2|²)/.test(source) ? 2 : 1) : undefined
}

/** "The derivative of |x_i − m| with respect to m is −1, hence": of a formula, with nothing said of where. */
const derivativeOfTerm = (draft: Draft, k: number): Side | undefined => {
  const { n, text, clauses } = draft
  const [c, last, first] = [clauses[k], clauses[k - 1], clauses[k - 2]]
  if (!c || !last || !first || first.sentence !== c.sentence || first.operators.length > 0) return undefined
  if (!/^\s*(?:is|equals)(?: just| simply| then)?\s*$/.test(c.words) || !/^\s*(?:with respect to|w\.?\s?r\.?\s?t\.?)\s*$/.test(last.words))
    return undefined
  if (!/\b(?:the|its) derivative of(?: the (?:term|summand|function))?\s*$/i.test(first.words)) return undefined
  if (!/^[\s$)]*(?:$|[.,;]?\s*(?:so|hence|thus|therefore|and (?:so|hence|thus|therefore))\b|[.;])/.test(c.behind)) return undefined
  if (clauses.slice(k + 1).some(d => d.sentence === c.sentence && /\b(?:if|when|for|where|unless|otherwise|or)\b/.test(d.words)))
    return undefined
  const by = variableOf(draft, last)
  const of = by && reading(draft, { ...first, timid: true }, () => readSide(n, text, first.operands[0] ?? [], first.dialect))
  if (by && of?.kind === 'quantity' && !of.at && ['likelihood', 'log-likelihood', 'nll'].includes(of.quantity.kind))
    return { kind: 'quantity', quantity: { kind: 'derivative', of: of.quantity, by: [by] } }
  return by?.kind === 'sym' && of?.kind === 'term' && symbolsOf(of.term).has(by.name)
    ? { kind: 'term', term: deriv(of.term, by) }
    : undefined
}

/** An estimate, or a function of estimates or parameters. */
const ofEstimates = (n: Notation, s: Side): boolean =>
  s.kind === 'quantity'
    ? s.quantity.kind === 'estimator'
    : s.kind === 'term' && n.model.parameters.some(p => mentions(s.term, p.name) || mentions(s.term, hatName(p.name)))

const mle = String.raw`(?:(?:ml|maximum[- ]likelihood) )?(?:mle|estimat(?:e|or))`
const isEstimatedBy = new RegExp(
  String.raw`^[\s,;]*(?:(?:so|then|therefore|thus|hence) )?(?:(?:is|are|gets|can be) (?:then |therefore |thus |hence )?estimated (?:by|as)|has (?:the |as (?:its )?)?${mle}|(?:and |so |hence )?(?:its|whose) ${mle} (?:is|equals|becomes))(?: (?:then|therefore|thus|hence|just|simply))*:?\s*$`,
)
/** "The MLE of u² is the average of the squares, …" */
const isMleOf = new RegExp(String.raw`\b${mle} (?:of|for)(?: the (?:function|quantity))?\s*$`)
const isNoun =
  /^\s*(?:is|equals)(?: (?:then|therefore|thus|hence|just|simply|again))* (?:the|an?) (?:(?!not|other|same|solution|root|limit|function|value)[a-z-]+ ){0,5}(?!not|other|same|solution|root|limit|function|value)[a-z-]+[,:]\s*$/
/** "m log 2 is estimated by …", "m²; its MLE is …": the estimate of a function of the parameters. */
export const estimateOfBefore = (draft: Draft, c: Clause): Side | undefined => {
  const { n, text } = draft
  const last = draft.clauses[draft.current - 1]
  if (!last || last.sentence !== c.sentence || last.operators.length > 0) return undefined
  const apart = c.words === '' && /^[\s$]*:[\s$]*$/.test(text.slice(last.end, c.start))
  const named = isMleOf.test(last.words.toLowerCase()) && (apart || isNoun.test(c.words.toLowerCase()))
  if ((!named && !isEstimatedBy.test(c.words.toLowerCase())) || !n.scope.loose) return undefined
  const of = reading(draft, { ...last, timid: true }, () => readSide(n, text, last.operands[0] ?? [], last.dialect))
  if (of?.kind === 'term' && hasKind(of.term, 'expect')) return of
  if (of?.kind !== 'term' || !ofEstimates(n, of)) return undefined
  if (of.term.kind === 'sym') return sideOf(n, sym(hatName(of.term.name)))
  return { kind: 'term', term: n.scope.loose.hat(of.term) }
}

/** What the clause is a value of, by the clause before it and the words of both; undefined where they do not say it. */
export const subjectBefore = (draft: Draft, k: number): Side | undefined => {
  const { n, text, clauses } = draft
  const [c, last] = [clauses[k], clauses[k - 1]]
  const possessed = ownerOf(clauses, k)
  if (possessed) {
    const kept = draft.out.length
    const { owner, words } = possessed
    const of = reading(draft, { ...owner, timid: true }, () => readSide(n, text, owner.operands[0] ?? [], owner.dialect))
    draft.out.length = kept
    if (of && ofEstimates(n, of)) return preciseOf(n, words, of)
    // "1/m is estimated by n/S, with standard error …"
    const estimated = functionBefore(draft)
    return estimated && preciseOf(n, words, { kind: 'term', term: estimated })
  }
  if (!c || !last || last.sentence !== c.sentence) return undefined
  if (n.parameters.length === 1 && n.parameters[0]?.kind === 'sym' && ofFunction.test(last.words) && byTerms.test(c.words)) {
    const kept = draft.out.length
    const side = reading(draft, { ...last, timid: true }, () => readSide(n, text, last.operands[0] ?? [], last.dialect))
    draft.out.length = kept
    if (side?.kind === 'quantity' && !['likelihood', 'log-likelihood', 'nll'].includes(side.quantity.kind)) return undefined
    const name =
      side?.kind === 'quantity'
        ? side.quantity.kind === 'likelihood'
          ? 'L'
          : side.quantity.kind === 'nll'
            ? 'nll'
            : 'ell'
        : familyAt(draft, c.start)
    return side?.kind === 'quantity' || last.operators.length === 0 ? derivativeIn(draft, n.parameters[0], name, 1) : undefined
  }
  if (last.operators.length > 0) return undefined
  const colon = c.words === '' && /^[\s$]*:[\s$]*$/.test(text.slice(last.end, c.start))
  const kept = draft.out.length
  const found = ((): Side | undefined => {
    if (isOwner(n, clauses, k)) {
      const owner = reading(draft, { ...last, timid: true }, () => readSide(n, text, last.operands[0] ?? [], last.dialect))
      return owner && preciseOf(n, wordsBefore(n, clauses, k - 1), owner, c.words)
    }
    if (inVariable.test(last.words) && (c.words === '' ? colon : behindVariable.test(c.words))) {
      const q = quantityInWords(last.words)
      const by = variableOf(draft, last)
      if (!by || !q || !['L', 'ell', 'nll'].includes(q.name)) return undefined
      return derivativeIn(draft, by, q.name === 'ell' ? familyAt(draft, c.start) : q.name, twice.test(last.words) ? 2 : 1)
    }
    return last.words === '' && colon ? labelOf(draft, last) : derivativeOfTerm(draft, k)
  })()
  draft.out.length = kept
  return found
}
