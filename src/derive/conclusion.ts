/** Sections "Conclusion" and "In short": the boxed answer and the table of samples, and the plain data behind them. */
import type { AnswerCase, Answers, Block, Inline, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { same } from '../term/order.ts'
import { and, type Expr, eq, le, type Prop, type Rel } from '../term/term.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'

/** The parameter with its hat. */
export const hatted = (s: Setting): Inline => ({ math: s.unknown, hats: true })

export const answerCases = (s: Setting, cases: readonly CaseOutcome[]): readonly AnswerCase[] =>
  cases.map(c => ({
    when: c.when,
    attained: c.attained,
    estimator: c.estimator ? { [s.unknown.name]: c.estimator } : null,
    towards: c.towards ? { [s.unknown.name]: c.towards } : null,
    ...(c.supremum ? { supremum: c.supremum } : {}),
    ...(c.set ? { set: { [s.unknown.name]: c.set } } : {}),
    ...(c.points ? { points: c.points.map(p => ({ [s.unknown.name]: p })) } : {}),
    ...(c.candidates ? { candidates: { [s.unknown.name]: c.candidates } } : {}),
    why: c.why,
  }))

const isEvery = (p: Prop): boolean => p.kind === 'and' && p.props.length === 0

const sampleWords = (c: CaseOutcome): Phrase => {
  if (c.label) return c.label
  if (isEvery(c.when)) return ['every sample']
  return c.samples && c.samples.kind === 'all' ? say`${c.when}, that is, ${c.samples}` : say`${c.when}`
}

const estimateWords = (c: CaseOutcome): Phrase => {
  if (c.points)
    return joined(
      c.points.map(p => say`${p}`),
      ', ',
      ' and ',
    )
  if (c.candidates && !c.estimator) return ['the best of the candidates']
  if (c.set) return say`every point from ${c.set.lo} to ${c.set.hi}`
  if (c.attained === 'set') return ['every point']
  if (c.attained === 'implicit') return ['the root']
  return c.estimator ? say`${c.estimator}` : ['none']
}

export const table = (s: Setting, cases: readonly CaseOutcome[]): Block => ({
  type: 'table',
  head: [['sample'], say`${hatted(s)}`, ['attained'], ['why']],
  rows: cases.map(c => [sampleWords(c), estimateWords(c), c.where, c.why]),
})

/** The forms in which the estimate is printed: with the letters, and written out. */
const box = (s: Setting, estimator: Expr, note: Phrase): Answers => ({
  type: 'boxed',
  items: [{ parameter: s.unknown.name, forms: [{ term: estimator }, { term: estimator, plainNames: true }] }],
  ...(note.length > 0 ? { note } : {}),
})

const isStrict = (p: Prop, equal: Rel): boolean =>
  p.kind === 'rel' &&
  p.op === '<' &&
  ((same(p.left, equal.left) && same(p.right, equal.right)) || (same(p.left, equal.right) && same(p.right, equal.left)))

/** x̄ < 0 and x̄ = 0 are said as x̄ ≤ 0. */
export const merged = (props: readonly Prop[]): readonly Prop[] => {
  const equals = props.filter((p): p is Rel => p.kind === 'rel' && p.op === '=' && props.some(q => isStrict(q, p)))
  return props
    .filter(p => !equals.some(e => e === p))
    .map(p => (p.kind === 'rel' && equals.some(e => isStrict(p, e)) ? le(p.left, p.right) : p))
}

/** Cases in which the boxed formula does not hold. */
const exceptions = (main: Expr, cases: readonly CaseOutcome[], agrees: (c: CaseOutcome) => boolean): readonly CaseOutcome[] =>
  cases.filter(c => c.estimator !== main && !agrees(c))

const wheneverWords = (s: Setting, exceptional: readonly CaseOutcome[], generic: readonly Prop[]): Phrase => {
  if (exceptional.length === 0) return [s.model.assume.length > 0 ? 'for the sample at hand.' : 'for every sample.']
  // a fact that fails only where the formula holds all the same restricts nothing
  const needed = generic.filter(g => exceptional.some(c => excludes(c.when, g)))
  return say`whenever ${and(...(needed.length > 0 ? needed : generic))}.`
}

/** The two statements compare the same things, so that one is a case of the failure of the other. */
const excludes = (p: Prop, q: Prop): boolean =>
  p.kind === 'rel' &&
  q.kind === 'rel' &&
  ((same(p.left, q.left) && same(p.right, q.right)) || (same(p.left, q.right) && same(p.right, q.left)))

/** The samples of some cases, as they are said without abbreviations. */
const listedSamples = (cases: readonly CaseOutcome[]): readonly Phrase[] => [
  ...cases.flatMap(c => (c.samples?.kind === 'all' ? [say`${c.samples}`] : [])),
  ...merged(cases.flatMap(c => (c.samples?.kind === 'all' ? [] : [c.when]))).map(w => say`${{ math: w, plainNames: true, means: true }}`),
]

export interface Conclusion {
  readonly short: Section
  readonly section: Section
}

/**
 * `agrees` says for which special samples the boxed formula gives the right value too (x̄ = 0 when every x_i is 0).
 */
export const conclude = (
  s: Setting,
  main: Expr,
  cases: readonly CaseOutcome[],
  generic: readonly Prop[],
  agrees: (c: CaseOutcome) => boolean,
  shortNote: Phrase,
): Conclusion => {
  const exceptional = exceptions(main, cases, agrees)
  const note = wheneverWords(s, exceptional, generic)
  const none = exceptional.filter(c => c.attained === 'none')
  const ends = s.model.assume.length > 0 ? [] : cases.filter(c => c.attained === 'boundary')
  const short: Phrase = [
    ...say`${{ math: eq(s.unknown, main), hats: true, plainNames: true, means: true }} ${note}`,
    ...(none.length > 0 ? say` If ${joined([...listedSamples(none)], ' or ')}, no maximum exists.` : []),
    ...(ends.length > 0
      ? say` For ${joined(
          merged(ends.map(c => c.when)).map(w => say`${{ math: w, plainNames: true, means: true }}`),
          ' or ',
        )} it is at an end of the parameter space${ends.every(c => c.why.length > 0) ? ', where the score need not vanish' : ''}.`
      : []),
    ...(shortNote.length > 0 ? [' ', ...shortNote] : []),
  ]
  return {
    short: { type: 'section', id: 'short', title: '', blocks: [{ type: 'prose', content: short }] },
    section: { type: 'section', id: 'conclusion', title: 'Conclusion', blocks: [box(s, main, note), table(s, cases)] },
  }
}

/** A conclusion without a formula: no maximum for any sample, or a set. */
export const concludeWithout = (s: Setting, sentence: Phrase, cases: readonly CaseOutcome[]): Conclusion => ({
  short: { type: 'section', id: 'short', title: '', blocks: [{ type: 'prose', content: sentence }] },
  section: { type: 'section', id: 'conclusion', title: 'Conclusion', blocks: [{ type: 'prose', content: sentence }, table(s, cases)] },
})
