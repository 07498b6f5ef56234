/**
 * What a solution passes over in silence although its answer is right: which of several roots is meant, a constraint that ties the
 * parameters, a support that moves. Said in any way, in signs or words, it is not missing: a doubt counts for the writer.
 */
import { evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { type Expr, isNum, neg, type Prop, sym, type Term } from '../term/term.ts'
import { arraysOf, mapChildren, some, subterms, symbolsOf } from '../term/walk.ts'
import { atTop, foreign, mentionsHat, unknownsIn } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { ordinary } from './estimate-samples.ts'
import { mentionsData, saysSupport } from './judge-support.ts'
import { hasArrayValue, once, type Reference } from './reference.ts'
import type { Memory } from './ruling.ts'
import type { Statement } from './statement.ts'

/** Whether the derivative of ℓ in a parameter vanishes at a value of it, the others at the maximum, for every sample. */
export const solvesScore = (r: Reference, parameter: string, value: Expr): boolean => {
  if (r.moving || !r.unknowns.includes(parameter) || hasArrayValue(r, parameter) || mentionsHat(value)) return false
  const score = once(r, `slope ${parameter}`, () => differentiate(r.ell, sym(parameter)))
  let seen = 0
  for (const { env, top } of ordinary(r)) {
    if (!top.stationary) continue
    const here = atTop(env, top)
    const x = evaluate(value, here)
    if (!Number.isFinite(x)) continue
    const at = (v: number): number => Math.abs(evaluate(score, { ...here, symbols: new Map(here.symbols).set(parameter, v) }))
    if (!(at(x) <= 1e-6 * at(x * 1.05 + 1e-4))) return false
    seen++
  }
  return seen > 0
}

/** The other root of a quadratic equation: √ with the other sign, where that is more than −θ. */
const conjugate = (value: Expr): Expr | undefined => {
  const root = subterms(value).find(
    u => u.kind === 'pow' && isNum(u.exponent) && u.exponent.value.den === 2n && (symbolsOf(u.base).size > 0 || arraysOf(u.base).size > 0),
  ) as Expr | undefined
  if (
    !root ||
    !some(value, u => u.kind === 'add' && u.terms.some(t => some(t, v => same(v, root))) && u.terms.some(t => !some(t, v => same(v, root))))
  )
    return undefined
  const turned = (t: Term): Term => (same(t, root) ? neg(root) : mapChildren(t, turned))
  return turned(value) as Expr
}

const choice =
  /positive|negative|admissib|reject|discard|exclud|ruled? out|outside|\binside\b|\bdrop|impossible|not (possible|allowed|valid|in\b|a valid)|\bvalid\b|feasib|only (one|the|root|solution)|other (root|solution)|(larger|smaller|first|second|plus|minus|upper|lower|\+|−|-)[- ]*(root|sign|solution)|must (be|have|take)|has to|cannot|can't|\blies?\b|\bin the (parameter space|interval|range)|parameter space|between 0 and 1|as required|\\in\b|∈|unique/i
/** "Multiply by the positive number 2t²": no root is meant. */
const factors =
  /\b(?:positive|negative|non-?zero) (?:number|factor|constant|quantity|multiple|denominator|term)s?\b|\bpositive multiple\b/gi
/** What is said of the second derivative speaks of signs too, and not of roots. */
const curvature =
  /second[- ](order|deriv)|''|″|curv|hessian|concav|sign change|changes? (its )?sign|from (positive|\+)|(?:ℓ|\bl\b|\\ell|score|derivative|slope)\S* (?:is|changes)\b[^.;]{0,20}(?:positive|negative)/i

const relationOf = (s: Statement): Prop | undefined =>
  s.what.kind === 'condition'
    ? s.what.condition
    : s.what.kind === 'prose'
      ? undefined
      : 'condition' in s.what
        ? s.what.condition
        : undefined

/** "t > 0": an inequality for a parameter or its estimate alone. */
const boundsParameter = (r: Reference, s: Statement): boolean => {
  const about = (t: Term): boolean => !mentionsData(r, t as Expr) && (unknownsIn(r, t).length > 0 || mentionsHat(t))
  const w = s.what
  // "ℓ is concave on (0, 1)": where that holds, and not where the root lies
  if (w.kind === 'claim' && (w.claim === 'concave' || w.claim === 'convex')) return false
  const p = relationOf(s)
  if (p && about(p)) return true
  return (
    w.kind === 'relation' &&
    ['<', '<=', '>', '>='].includes(w.relation) &&
    w.left.kind === 'term' &&
    w.right.kind === 'term' &&
    about(w.left.term) !== about(w.right.term) &&
    [w.left.term, w.right.term].some(t => about(t) && t.kind === 'sym') &&
    [w.left.term, w.right.term].some(t => t.kind === 'num' || t.kind === 'sym')
  )
}

/** "We need the positive solution", ahead of the roots: that ℓ is concave on t > 0 speaks of no root. */
const ofRoots =
  /\b(?:roots?|solutions?|zeros?|(?:plus|minus) (?:sign|root|solution)|solv\w+|only|must|wants?|needs?|look\w*|has to|have to)\b/i
/**
 * Whether it is said which root is meant, from the line of the first derivative on.
 * @param open the line in which several roots stand: what was said before it has to speak of roots
 */
export const choosesRoot = (m: Memory, open = 0): boolean => {
  const from = m.said.find(s => s.role === 'score')?.line ?? m.equations[0]?.line ?? 1
  return m.lines.some(
    l =>
      l.line >= from &&
      (l.line >= open || ofRoots.test(l.source)) &&
      (l.source.split(/[.;](?=\s)/).some(part => choice.test(part.replace(factors, ' ')) && !curvature.test(part)) ||
        l.statements.some(s => boundsParameter(m.reference, s))),
  )
}

/** One of two roots taken in silence. */
const rootTaken = (m: Memory): boolean =>
  m.estimates.some(e => {
    const other = e.right && unknownsIn(m.reference, e.term).length === 0 ? conjugate(e.term) : undefined
    return other !== undefined && !foreign(m.reference, other).length && solvesScore(m.reference, e.parameter, other)
  })

/** "The roots are t = (−1 ± √(1 + 4M))/2", and nothing behind it that takes one of them. */
const bothLeft = (m: Memory): boolean =>
  m.statements.some(
    s =>
      /±|\\pm(?![a-z])|\+\/-/.test(s.source) &&
      s.what.kind === 'relation' &&
      s.what.left.kind === 'term' &&
      s.what.left.term.kind === 'sym' &&
      m.reference.unknowns.includes(s.what.left.term.name) &&
      !m.estimates.some(e => e.right && e.line > s.line) &&
      !choosesRoot(m, s.line),
  )

/** Names that a constraint of the form "… = …" ties together. */
export const tiedNames = (r: Reference): readonly (readonly string[])[] =>
  r.model.constraints.flatMap(c => {
    const names = some(c, u => u.kind === 'rel' && u.op === '=') ? unknownsIn(r, c) : []
    return names.length > 0 ? [names] : []
  })

const constraintWords =
  /lagrang|\bsum (?:of )?(?:one|1)\b|\btotals? (?:of )?(?:one|1)\b|multiplier|constrain|subject to|s\.\s?t\.|\bsums? (up )?to\b|\badds? up\b|simplex|\btied\b|normali[sz]|restrict|probabilit(y|ies) (must )?(sum|add)|eliminat|substitut|\\lambda|λ|\\nu\b|ν|jensen|gibbs|entropy|kullback|(weighted )?am-gm/i

/** A statement that is about the parameters alone, an equality, as a constraint is; or says what one leaves for another. */
const usesConstraint = (m: Memory, s: Statement): boolean => {
  const r = m.reference
  const w = s.what
  if (w.kind === 'definition') return unknownsIn(r, w.term).length > 0
  const p = relationOf(s)
  if (p && unknownsIn(r, p).length > 0 && !mentionsData(r, p)) return true
  if (w.kind !== 'relation') return false
  const terms = [w.left, w.right].flatMap(side => (side.kind === 'term' ? [side.term] : []))
  if (terms.some(t => foreign(r, t).length > 0)) return true
  return (
    w.relation === '=' &&
    terms.length === 2 &&
    terms.every(t => !mentionsData(r, t)) &&
    terms.some(t => unknownsIn(r, t).length > 0 || mentionsHat(t))
  )
}

/** A constraint that does not enter: no multiplier, nothing replaced, not even written down. */
const constraintIgnored = (m: Memory): boolean => {
  const ties = tiedNames(m.reference)
  if (ties.length === 0 || constraintWords.test(m.text) || m.statements.some(s => usesConstraint(m, s))) return false
  // a likelihood in which one of the tied parameters no longer stands
  const said = m.said.filter(s => s.role === 'likelihood' || s.role === 'log-likelihood').map(s => unknownsIn(m.reference, s.term))
  return ties.every(names => said.every(list => list.length === 0 || names.every(n => list.includes(n))))
}

const supportWords =
  /support|indicator|(?<!as \w{3,10} as )possible|impossible|allow|(?<!\b(?:we|one|you|i) )(?:\bmust\b|has to|have to)|\bcannot\b(?! (?:be (?:zero|0|solved|set)|vanish|equal (?:zero|0)|solve|use|differentiate|proceed|find))|at least|at most|exceed|outside|inside|within|otherwise|(?:\bzero|\b0|vanish\w*)\W{0,4}(?:elsewhere|else|if|when|unless|for|below|above|beyond|as soon|once|whenever)\b|\\mathbf|\\mathbb|\\mathds|(?<![\d.])1\s*(?:_\s*)?(?:[({[]|\\\{)[^)}\]]*[<>]|range|no (smaller|larger|less|greater)|as (small|large|close|short) as (?:the|max|min|\\max|\\min|x|all|every|any)\b/i

/** Whether a support that moves is mentioned anywhere. */
const mentionsSupport = (m: Memory): boolean =>
  m.support.stated ||
  m.statements.some(s => saysSupport(m.reference, s)) ||
  supportWords.test(m.text) ||
  /\\(le|ge|leq|geq|leqslant|geqslant)\b|[≤≥]|<=|>=/.test(m.text)

/** What a right answer does not say. */
export const omitted = (m: Memory): readonly ('root-choice' | 'constraint' | 'support')[] => {
  if (m.estimates.length === 0) return []
  return [
    ...(!m.missing.has('root-choice') && (bothLeft(m) || (rootTaken(m) && !choosesRoot(m))) ? (['root-choice'] as const) : []),
    ...(constraintIgnored(m) ? (['constraint'] as const) : []),
    ...(m.reference.moving && !mentionsSupport(m) ? (['support'] as const) : []),
  ]
}
