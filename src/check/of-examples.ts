/**
 * Numbers that belong to an example: a text may put the figures of one sample into a formula. What is said in numbers alone holds for
 * that sample, which nobody gave as data, so it is no claim about every sample. Tests only.
 */
import { same } from '../term/order.ts'
import { isNum, type Prop, type Term } from '../term/term.ts'
import { arraysOf, some, symbolsOf } from '../term/walk.ts'
import { unknownsIn } from './decide.ts'
import type { Memory } from './ruling.ts'
import type { Side, Statement } from './statement.ts'

/** A sample that is told: "n = 10", "the data are 2, 3, 4", "7 heads in 10 tosses". */
const told =
  /(?:[A-Za-z)}]|\bar\s*\{?\s*[a-z]\}?)\s*=\s*\$?\d|\b(?:data|sample|observ\w+|measure\w+|example|instance|numbers|values|figures|times|tosses|trials)\b[^.;]{0,60}\d|\d[^.;]{0,40}\b(?:observ\w+|data|heads|tosses|trials|successes|measurements)\b|[({[]\s*\$?\d+(?:\.\d+)?\s*[,;]\s*\d|\be\.?\s?g\.|\b(?:for )?(?:example|instance)\b|(?<![\w$.\\])\d+ [a-z]+ [^.;]{0,60}\b\d+ [a-z]+/i

const isNumber = (side: Side): boolean => side.kind === 'term' && symbolsOf(side.term).size === 0 && arraysOf(side.term).size === 0
const isUnit = (side: Side): boolean =>
  side.kind === 'term' && isNum(side.term) && side.term.value.den === 1n && side.term.value.num >= -1n && side.term.value.num <= 1n
/** A number that bounds a parameter. */
const isEnd = (m: Memory, side: Side): boolean =>
  side.kind === 'term' &&
  m.reference.model.parameters.some(({ domain: d }) => d.kind === 'interval' && [d.lo, d.hi].some(t => same(t, side.term)))
const isAtNumber = (side: Side): boolean => {
  const values = side.kind === 'quantity' && side.quantity.kind !== 'density' ? Object.values(side.at ?? {}) : []
  return values.length > 0 && values.every(t => isNum(t)) && !values.every(term => isUnit({ kind: 'term', term }))
}
/** The sample stands in the same line. */
const listed = /[({[]\s*\$?\d+(?:\.\d+)?\s*[,;]\s*\d|\be\.?\s?g\.|\b(?:for )?(?:example|instance)\b/i

const toldNear = (m: Memory, s: Statement): boolean =>
  m.lines.some(l => l.line <= s.line && l.line > s.line - 12 && told.test(l.line === s.line ? l.source.replace(s.source, ' ') : l.source))
/** θ ∈ [3.10, 3.31]: parameters and numbers, not only 0 and ±1. */
const inNumbers = (m: Memory, p: Prop): boolean =>
  arraysOf(p).size === 0 &&
  [...symbolsOf(p)].every(n => m.reference.unknowns.includes(n)) &&
  some(p, u => u.kind === 'num' && !isUnit({ kind: 'term', term: u }))

/** Whether a statement gives a number where the text speaks of a sample in numbers; 0 and 1 are ends of spaces and no example. */
export const ofExample = (m: Memory, s: Statement): boolean => {
  const condition = s.what.kind === 'condition' || s.what.kind === 'claim' ? s.what.condition : undefined
  if (condition && s.what.kind !== 'relation') return inNumbers(m, condition) && toldNear(m, s)
  if (s.what.kind !== 'relation') return false
  // L(16) = 0: at a number that is no end of a space, and a number that no statistic stands in
  if (isAtNumber(s.what.left) && isNumber(s.what.right)) return true
  const toldBefore = (): boolean => toldNear(m, s)
  // 0.8/(0.1 + 0.8p) = 0.6/(0.8 − 0.6p)
  if (inDecimals(m, s.what.left) && inDecimals(m, s.what.right) && /\d\.\d/.test(s.source) && toldBefore()) return true
  return (
    isNumber(s.what.right) &&
    (isUnit(s.what.right) || isEnd(m, s.what.right) ? listed.test(m.lines[s.line - 1]?.source ?? '') : toldBefore())
  )
}

/** A term in numbers and parameters. */
const inDecimals = (m: Memory, side: Side): boolean =>
  side.kind === 'term' && arraysOf(side.term).size === 0 && [...symbolsOf(side.term)].every(n => m.reference.unknowns.includes(n))

/** "For the fair coin L = (1/2)^n": without a parameter, and words in front that may say which one is meant. */
export const atSomeValue = (m: Memory, s: Statement): boolean => {
  const w = s.what
  if (w.kind !== 'relation' || w.left.kind !== 'quantity' || w.left.at || w.right.kind !== 'term') return false
  if (!['likelihood', 'log-likelihood', 'nll'].includes(w.left.quantity.kind) || isNum(w.right.term)) return false
  return unknownsIn(m.reference, w.right.term).length === 0 && /\b(?:for|at|with|when|if|under)\b/.test(s.said ?? '')
}

/** "(Categories with x_j = 0 get p̂_j = 0)": of a general component, in a line with a condition on the data with the same index. */
export const ofSomeComponents = (m: Memory, s: Statement): boolean => {
  const w = s.what
  // "the other p_j are 0"
  if (
    w.kind === 'relation' &&
    /\b(?:the|all) (?:other|remaining|empty) (?:[$\\]|\w{1,6}_|cells|categories|components|classes|groups|entries|ones|indices)|\bthe rest\b/i.test(
      m.line?.source ?? '',
    ) &&
    [w.left, w.right].some(isComponent)
  )
    return true
  const index =
    w.kind === 'relation' && w.left.kind === 'quantity' && w.left.quantity.kind === 'estimator' ? w.left.quantity.index : undefined
  const letter = index?.kind === 'sym' ? index.name : undefined
  return (
    letter !== undefined &&
    (m.line?.statements ?? []).some(t => {
      const v = t.what
      if (t === s || (v.kind !== 'relation' && v.kind !== 'condition')) return false
      const terms = v.kind === 'condition' ? [v.condition] : [v.left, v.right].flatMap(side => (side.kind === 'term' ? [side.term] : []))
      return terms.length > 0 && unknownsIn(m.reference, terms[0] as Term).length === 0 && terms.some(u => freeIndex(m, u) === letter)
    })
  )
}
const isComponent = (side: Side): boolean =>
  side.kind === 'quantity'
    ? side.quantity.kind === 'estimator' && side.quantity.index?.kind === 'sym'
    : side.kind === 'term' && side.term.kind === 'at'
const freeIndex = (m: Memory, t: Term): string | undefined => {
  let found: string | undefined
  some(t, u => {
    const index = u.kind === 'at' ? u.index[0] : undefined
    if (index?.kind === 'sym' && !m.reference.model.known.some(k => k.name === index.name)) found = index.name
    return false
  })
  return found
}

/** The writer says that the end of an open support is no point of it, or which convention makes it one. */
export const admitsEnd =
  /\b(?:not|never|n't)\b[^.]{0,30}\battained\b|\bsupremum\b|\b(?:by|with|under) (?:the |a |this )?(?:usual )?convention\b|\bstrictly speaking\b|\bstrict inequality\b|\bclos(?:ed|ing|ure)\b[^.]{0,20}\b(?:interval|support|end)/i
