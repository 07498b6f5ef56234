/** Sections "Conclusion" and "In short": the boxed answer and the table of samples, and the plain data behind them. */
import type { AnswerCase, Answers, Block, Inline, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { same } from '../term/order.ts'
import { and, type Expr, eq, interval, le, type Prop, type Rel } from '../term/term.ts'
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
    ...(c.spanned ? { spanned: true } : {}),
    why: c.why,
  }))

const isEvery = (p: Prop): boolean => p.kind === 'and' && p.props.length === 0

const sampleWords = (c: CaseOutcome): Phrase => {
  if (c.label) return c.label
  if (isEvery(c.when)) return ['every sample']
  return c.samples && c.samples.kind === 'all' ? say`${c.when}, that is, ${c.samples}` : say`${c.when}`
}

const estimateWords = (s: Setting, c: CaseOutcome): Phrase => {
  if (c.said) return c.said
  if (c.points)
    return joined(
      c.points.map(p => say`${p}`),
      ', ',
      ' and ',
    )
  if (c.attained === 'implicit' && c.candidates) return ['the likeliest of the roots and ends']
  if (c.candidates && !c.estimator)
    return c.candidates.length === 2
      ? say`${joined(
          c.candidates.map(p => say`${p}`),
          ' or ',
        )}, whichever is likelier`
      : ['the best of the candidates']
  if (c.set)
    return c.set.closed[0] && c.set.closed[1]
      ? say`every ${s.parameter.domain.kind === 'range' ? 'integer' : 'point'} from ${c.set.lo} to ${c.set.hi}`
      : say`every point of ${interval(c.set.lo, c.set.hi, ...c.set.closed)}`
  if (c.attained === 'set') return ['every point']
  if (c.attained === 'implicit') return ['the root']
  return c.estimator ? say`${c.estimator}` : ['none']
}

const isSamePart = (a: Inline, b: Inline): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : 'math' in a && 'math' in b && same(a.math, b.math)
const isSamePhrase = (a: Phrase, b: Phrase): boolean => a.length === b.length && a.every((p, i) => isSamePart(p, b[i] as Inline))

/** Cases that differ only in < and = are one row. */
const asRows = (s: Setting, cases: readonly CaseOutcome[]): readonly CaseOutcome[] => {
  const rows: CaseOutcome[] = []
  for (const c of cases) {
    const last = rows.at(-1)
    const both = last && !last.label && !c.label && !last.samples && !c.samples ? together(last.when, c.when) : undefined
    const isSame =
      both &&
      last &&
      isSamePhrase(estimateWords(s, last), estimateWords(s, c)) &&
      isSamePhrase(last.where, c.where) &&
      isSamePhrase(last.why, c.why)
    if (isSame) rows[rows.length - 1] = { ...c, when: both }
    else rows.push(c)
  }
  return rows
}

export const table = (s: Setting, cases: readonly CaseOutcome[]): Block => ({
  type: 'table',
  head: [['sample'], say`${hatted(s)}`, ['attained'], ['why']],
  rows: asRows(s, cases).map(c => [sampleWords(c), estimateWords(s, c), c.where, c.why]),
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

const parts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props : [p])

/** A and a < b, A and a = b as A and a ≤ b; undefined where they differ otherwise. */
const together = (p: Prop, q: Prop): Prop | undefined => {
  const [ps, qs] = [parts(p), parts(q)]
  const [own, ...more] = ps.filter(u => !qs.some(v => same(u, v)))
  const [other, ...rest] = qs.filter(u => !ps.some(v => same(u, v)))
  if (!own || !other || more.length > 0 || rest.length > 0 || ps.length !== qs.length) return undefined
  const [strict, equal] = own.kind === 'rel' && own.op === '=' ? [other, own] : [own, other]
  if (equal.kind !== 'rel' || equal.op !== '=' || strict.kind !== 'rel' || !isStrict(strict, equal)) return undefined
  return and(...ps.map(u => (u === own ? le(strict.left, strict.right) : u)))
}

/** x̄ < 0 and x̄ = 0 are said as x̄ ≤ 0. */
export const merged = (props: readonly Prop[]): readonly Prop[] => {
  const said: Prop[] = []
  for (const p of props) {
    const place = said.findIndex(q => together(q, p) !== undefined)
    const both = place >= 0 ? together(said[place] as Prop, p) : undefined
    if (both) said[place] = both
    else said.push(p)
  }
  return said
}

/** Cases in which the boxed formula does not hold. */
const exceptions = (main: Expr, cases: readonly CaseOutcome[], agrees: (c: CaseOutcome) => boolean): readonly CaseOutcome[] =>
  cases.filter(c => c.estimator !== main && !agrees(c))

const wheneverWords = (s: Setting, exceptional: readonly CaseOutcome[], generic: readonly Prop[]): Phrase => {
  if (exceptional.length === 0) return [s.model.assume.length > 0 ? 'for the sample at hand.' : 'for every sample.']
  // a fact that fails only where the formula holds all the same restricts nothing
  const needed = generic.filter(g => exceptional.some(c => parts(c.when).some(p => excludes(p, g))))
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
