/** How a comparison of finitely many values is said: the values, their differences, the table, the conclusion. */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { applyWith, attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { call, div, type Expr, eq, gt, log, lt, type Prop, sub, ZERO } from '../term/term.ts'
import { type Contrast, contrast, onMeanScale } from './comparison.ts'
import { hatted, table } from './conclusion.ts'
import { chain } from './draft.ts'
import { isCertain, type ValueAt } from './finite-values.ts'
import { areCompatible } from './finite-verdicts.ts'
import { law, laws, openPowers, tidy } from './laws.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { lHead } from './words.ts'

const list = (items: readonly Expr[]): Phrase =>
  joined(
    items.map(e => say`${e}`),
    ', ',
    ' and ',
  )

/** The difference of two log-likelihoods, as its statistic decides it. */
const differenceChain = (s: Setting, a: ValueAt, b: ValueAt, c: Contrast, k: number): Chain => {
  const facts = [...a.facts, ...b.facts, ...parts(a.possible), ...parts(b.possible)]
  return chain(
    {
      id: `difference-${k}`,
      subject: log(div(call('L', [b.theta]), call('L', [a.theta]))),
      start: sub(log(b.likelihood), log(a.likelihood)),
      origin: { kind: 'term' },
      opening: ['log of a quotient'],
      given: [...s.model.assume, ...facts],
    },
    [
      { by: seq(attempt(openLogs), attempt(openPowers), attempt(tidy)) },
      ...(c.kind === 'threshold'
        ? [{ by: applyWith(law('linear.collect'), c.statistic) }, { by: applyWith(law('linear.threshold'), c.statistic) }]
        : []),
    ],
    s.closed,
  )
}

const openLogs = everywhere(laws('log.product'))

/** "is positive exactly when x̄ > 1/2": what the sign of a difference says. */
const signWords = (s: Setting, a: ValueAt, b: ValueAt, c: Contrast): Phrase => {
  const [high, low] = [call('L', [b.theta]), call('L', [a.theta])]
  if (c.kind === 'constant')
    return c.sign === 'zero'
      ? say`It is zero: ${eq(high, low)} for every sample that allows both.`
      : say`It is ${c.sign === 'pos' ? 'positive' : 'negative'}, so ${c.sign === 'pos' ? gt(high, low) : gt(low, high)} for every sample that allows both.`
  if (c.kind === 'open')
    return say`So ${gt(high, low)} exactly when ${gt(c.more, c.less)}, and the two are equal exactly when ${eq(c.more, c.less)}.`
  const { left, right } = onMeanScale(s, c.statistic, c.zero)
  return say`So ${gt(high, low)} exactly when ${c.rising ? gt(left, right) : lt(left, right)}, and the two are equal exactly when ${eq(left, right)}.`
}

/** Neighbours in the order of the values whose difference is worth showing. */
const neighbours = (s: Setting, values: readonly ValueAt[]): readonly (readonly [ValueAt, ValueAt])[] =>
  values.flatMap((b, k) => {
    const a = values[k - 1]
    if (!a || a.likelihood.kind === 'infinity') return []
    const together = [...parts(a.possible), ...parts(b.possible)]
    return areCompatible(s, together, [...a.facts, ...b.facts]) ? [[a, b] as const] : []
  })
const parts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props : [p])

/** Each value with its log-likelihood, and the differences of neighbours. */
export const comparisonSection = (s: Setting, values: readonly ValueAt[]): Section => {
  const blocks: Block[] = [
    {
      type: 'prose',
      content: pointsWords(
        s,
        values.map(v => v.theta),
      ),
    },
  ]
  for (const v of values) {
    if (v.facts.length > 0)
      blocks.push({
        type: 'prose',
        content: say`${eq(call('L', [v.theta]), ZERO)} unless ${v.possible}: ${v.theta} competes only for the samples with ${v.possible}, and for them`,
      })
    blocks.push(v.chain)
    if (v.facts.length === 0 && !isCertain(v.possible))
      blocks.push({
        type: 'prose',
        content: say`So ${eq(call('L', [v.theta]), ZERO)} unless ${v.possible}: only then does ${v.theta} compete.`,
      })
  }
  for (const [k, [a, b]] of neighbours(s, values).entries()) {
    const c = contrast(s, a.ell, b.ell, assuming(s.closed, [...a.facts, ...b.facts]))
    if (k === 0)
      blocks.push({ type: 'prose', content: ['The logarithm is strictly increasing, so two values compare as their logarithms do.'] })
    blocks.push(differenceChain(s, a, b, c, k), { type: 'prose', content: signWords(s, a, b, c) })
  }
  return { type: 'section', id: 'comparison', title: 'Comparing the values', blocks }
}

const pointsWords = (s: Setting, elements: readonly Expr[]): Phrase =>
  say`The parameter space has ${elements.length === 1 ? 'one point' : `${elements.length} points`}, ${list(elements)}: there is nothing to differentiate, and the values of ${lHead(s)} are compared.`

/** One observation with few possible values: every case in a table. */
export const tableSection = (s: Setting, elements: readonly Expr[], block: Block): Section => ({
  type: 'section',
  id: 'comparison',
  title: 'Comparing the values',
  blocks: [
    prose([
      ...pointsWords(s, elements),
      ' There is one observation, and it has few possible values, so every case can be listed. A row is the likelihood for one observed value; its entries need not add up to 1.',
    ]),
    block,
  ],
})

/** No conditions on the sample: what is to be computed. */
export const comparedSection = (s: Setting, elements: readonly Expr[]): Section => ({
  type: 'section',
  id: 'comparison',
  title: 'Comparing the values',
  blocks: [prose([...pointsWords(s, elements), ' For a given sample this takes one evaluation for each of them.'])],
})

const when = (c: CaseOutcome, long: boolean): Phrase =>
  isCertain(c.when) ? ['for every sample'] : say`if ${long ? { math: c.when, plainNames: true, means: true } : c.when}`

const shortWords = (s: Setting, cases: readonly CaseOutcome[]): Phrase =>
  joined(
    cases.map(c =>
      c.points
        ? say`${list(c.points)} are equally likely, and both maximise the likelihood, ${when(c, true)}`.map(p =>
            typeof p === 'string' && c.points && c.points.length > 2 ? p.replace('and both', 'and all') : p,
          )
        : say`${hatted(s)} = ${c.estimator ?? ZERO} ${when(c, true)}`,
    ),
    '; ',
  )

const prose = (content: Phrase): Block => ({ type: 'prose', content })

/** The comparison in one sentence, and its box and table. */
export const conclusion = (
  s: Setting,
  cases: readonly CaseOutcome[],
  estimator: Expr | undefined,
): { readonly short: Section; readonly section: Section } => {
  const ties = cases.filter(c => c.points)
  const note: Phrase =
    ties.length > 0
      ? say`unless ${joined(
          ties.map(c => say`${c.when}`),
          ' or ',
        )}.`
      : ['for every sample that the model allows.']
  const sentence: Phrase = cases.some(c => c.candidates)
    ? say`${hatted(s)} is the value of the parameter space at which ${lHead(s)} is largest; which one it is, the values themselves tell, sample by sample.`
    : [...shortWords(s, cases), '.']
  return {
    short: { type: 'section', id: 'short', title: '', blocks: [prose(sentence)] },
    section: {
      type: 'section',
      id: 'conclusion',
      title: 'Conclusion',
      blocks: [
        ...(estimator
          ? [{ type: 'boxed' as const, items: [{ parameter: s.unknown.name, forms: [{ term: estimator }] }], note }]
          : [prose(sentence)]),
        table(s, cases),
      ],
    },
  }
}
