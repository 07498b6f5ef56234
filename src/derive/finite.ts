/**
 * Finitely many possible values of the parameter: nothing is differentiated, the likelihood is compared at each of
 * them. A value at which some observations would be impossible competes only for the samples that allow it. What no
 * threshold can say is left to the comparison of numbers, and said so.
 */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { decide, signOf } from '../rewrite/sign.ts'
import { applyWith, attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  and,
  at,
  call,
  cases as casesOf,
  div,
  type Expr,
  eq,
  gt,
  isOne,
  iverson,
  log,
  lt,
  mul,
  not,
  type Prop,
  sub,
  ZERO,
} from '../term/term.ts'
import { prod, replace, substitute } from '../term/walk.ts'
import { type Contrast, compareValues, contrast, onMeanScale, type Verdict } from './comparison.ts'
import { hatted, table } from './conclusion.ts'
import { conditions } from './data-bounds.ts'
import { chain } from './draft.ts'
import { probabilityTable } from './finite-table.ts'
import { isCertain, type ValueAt, valueAt, valuesInOrder } from './finite-values.ts'
import { law, laws, openPowers, tidy } from './laws.ts'
import { likelihoodOf, likelihoodSection } from './likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { lHead } from './words.ts'

export interface FiniteChoice {
  readonly short: Section
  readonly sections: readonly Section[]
  readonly cases: readonly CaseOutcome[]
  /** The value for the typical sample as one formula, where conditions on the sample say which it is. */
  readonly estimator: Expr | undefined
}

const list = (items: readonly Expr[]): Phrase =>
  joined(
    items.map(e => say`${e}`),
    ', ',
    ' and ',
  )

// --- which value is best ---------------------------------------------------------------------

const conjoined = (...props: readonly Prop[]): Prop => and(...props.filter(p => !isCertain(p)))

/** All differences free of the data: the best of the values that the sample allows is the first in one order. */
const byRank = (s: Setting, values: readonly ValueAt[]): readonly Verdict[] | undefined => {
  const order: ValueAt[] = []
  for (const v of values) {
    let place = 0
    for (const [k, u] of order.entries()) {
      const c = contrast(s, u.ell, v.ell, assuming(s.closed, [...u.facts, ...v.facts]))
      if (c.kind !== 'constant' || c.sign === 'zero') return undefined
      if (c.sign === 'neg') place = k + 1
    }
    order.splice(place, 0, v)
  }
  const verdicts: Verdict[] = []
  const better: ValueAt[] = []
  for (const v of order) {
    const when = conjoined(...better.map(b => not(b.possible)), v.possible)
    const parts = when.kind === 'and' ? when.props : [when]
    if (
      parts.every(
        p =>
          decide(
            p,
            assuming(
              s.closed,
              parts.filter(q => q !== p),
            ),
          )?.holds !== false,
      )
    )
      verdicts.push({ when: tight(when, s), best: [v.theta] })
    if (isCertain(v.possible)) break
    better.push(v)
  }
  return verdicts
}

/** 2 < x₍ₙ₎ implies 1 < x₍ₙ₎. */
const implies = (p: Prop, q: Prop): boolean => {
  if (p.kind !== 'rel' || q.kind !== 'rel' || p === q) return false
  const isStrongEnough = p.op === '<' || q.op === '<='
  if (!isStrongEnough || !['<', '<='].includes(p.op) || !['<', '<='].includes(q.op)) return false
  const atMost = (a: Expr, b: Expr): boolean => a.kind === 'num' && b.kind === 'num' && Q.compare(a.value, b.value) <= 0
  return (same(p.right, q.right) && atMost(q.left, p.left)) || (same(p.left, q.left) && atMost(p.right, q.right))
}

/** Without the conditions that follow from the others: 1 < x₍ₙ₎ and 2 < x₍ₙ₎. */
const tight = (p: Prop, s: Setting): Prop => {
  if (p.kind !== 'and') return p
  let kept = p.props
  for (const q of p.props) {
    const others = kept.filter(r => r !== q)
    if (others.some(r => implies(r, q)) || (others.length > 0 && decide(q, assuming(s.closed, others))?.holds === true)) kept = others
  }
  return and(...kept)
}

/** Not refuted together: each under the others, with what an equation says put into them. */
const areCompatible = (s: Setting, props: readonly Prop[], facts: readonly Prop[]): boolean =>
  props.every(p => {
    const others = props.filter(q => q !== p)
    const put = others.reduce((t: Prop, q) => (q.kind === 'rel' && q.op === '=' ? replace(t, q.left, q.right) : t), p)
    return [p, put].every(t => decide(t, assuming(s.closed, [...others, ...facts.filter(f => f !== p)]))?.holds !== false)
  })

/** Every way in which the sample may allow some of the values and not others. */
const byPattern = (s: Setting, values: readonly ValueAt[]): readonly Verdict[] | undefined => {
  const always = values.filter(v => isCertain(v.possible))
  const conditional = values.filter(v => !isCertain(v.possible))
  if (conditional.length > 4) return undefined
  const verdicts: Verdict[] = []
  for (let mask = (1 << conditional.length) - 1; mask >= 0; mask--) {
    const isOn = (k: number): boolean => ((mask >> k) & 1) === 1
    const pattern = conditional.map((v, k) => (isOn(k) ? v.possible : not(v.possible)))
    const facts = conditional.flatMap((v, k) => (isOn(k) ? v.facts : []))
    const parts = pattern.flatMap(p => (p.kind === 'and' ? p.props : [p]))
    const isMet = areCompatible(s, parts, facts)
    const alive = values.filter(v => always.includes(v) || (conditional.includes(v) && isOn(conditional.indexOf(v))))
    if (!isMet || alive.length === 0) continue
    const inside = assuming(s.closed, facts)
    const put = (t: Expr): Expr => (seq(attempt(everywhere(laws('case.value'))), attempt(tidy))(t, inside)?.term ?? t) as Expr
    const found = compareValues(
      s,
      alive.map(v => ({ theta: v.theta, ell: put(v.ell) })),
      [...parts, ...facts],
    )
    if (!found) return undefined
    verdicts.push(...found.map(v => ({ when: tight(conjoined(...parts, v.when), s), best: v.best })))
  }
  return verdicts
}

const choose = (s: Setting, values: readonly ValueAt[]): readonly Verdict[] | undefined =>
  values.every(v => isCertain(v.possible)) ? compareValues(s, values, []) : (byRank(s, values) ?? byPattern(s, values))

// --- how it is said --------------------------------------------------------------------------

/** The typical samples first: a single best value, under a strict inequality. */
const rankOf = (v: Verdict): number => (v.best.length > 1 || (v.when.kind === 'rel' && v.when.op === '=') ? 1 : 0)

const outcomeOf = (s: Setting, v: Verdict): CaseOutcome => {
  const [one, ...more] = v.best
  const others = say`${lHead(s)} is largest there`
  if (one && more.length === 0)
    return {
      when: v.when,
      attained: 'finite',
      estimator: one,
      where: ['value of the parameter space'],
      why: others,
      blocks: [],
      global: 'comparison',
    }
  return {
    when: v.when,
    attained: 'set',
    points: v.best,
    where: ['values of the parameter space'],
    why: say`${lHead(s)} is equal at them, and largest`,
    blocks: [],
  }
}

/** 2/3 if x̄ > 1/2, 1/3 if x̄ < 1/2: the value for the samples without a tie as one formula. */
const asFormula = (cases: readonly CaseOutcome[]): Expr | undefined => {
  const single = cases.filter(c => c.estimator !== undefined)
  const last = single.at(-1)
  if (!last?.estimator) return undefined
  const head = single.slice(0, -1).flatMap(c => (c.estimator ? [{ when: c.when, value: c.estimator }] : []))
  return head.length === 0 ? last.estimator : casesOf(head, last.estimator)
}

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

const comparisonSection = (s: Setting, values: readonly ValueAt[]): Section => {
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

const tableSection = (s: Setting, elements: readonly Expr[], block: Block): Section => ({
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
const comparedSection = (s: Setting, elements: readonly Expr[]): Section => ({
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

const conclusion = (
  s: Setting,
  cases: readonly CaseOutcome[],
  estimator: Expr | undefined,
): Pick<FiniteChoice, 'short'> & { readonly section: Section } => {
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

// --- all together ----------------------------------------------------------------------------

/** The likelihood as a product over the sample: opened where every value allows every sample. */
const likelihoodPart = (s: Setting, plain: boolean): { readonly section: Section; readonly from: string } => {
  if (plain) {
    const l = likelihoodOf(s)
    return { section: likelihoodSection(s, l, l.names.length > 0 ? l.names.map(n => n.term) : undefined), from: 'likelihood.0' }
  }
  const start = prod(s.size, i => {
    const cond = s.moving ? conditions(observed(s.variable.support, s.sample, i), at(s.variable.name, i)) : undefined
    const entry = observed(s.sample.density, s.sample, i)
    return cond ? mul(entry, iverson(cond)) : entry
  })
  const built = chain(
    {
      id: 'likelihood',
      subject: lHead(s),
      start,
      origin: { kind: 'likelihood' },
      opening: [s.direct ? 'as given' : isOne(s.size) ? 'there is one observation' : 'independence'],
      given: s.model.assume,
    },
    [],
    s.closed,
  )
  return { section: likelihoodSection(s, { chain: built, names: [] }, undefined), from: 'likelihood.0' }
}

/** The maximum over a finite parameter space. */
export const finiteChoice = (
  s: Setting,
): FiniteChoice | { readonly at: string; readonly reason: string; readonly sections: readonly Section[] } => {
  const { domain } = s.parameter
  if (domain.kind !== 'finite') return { at: 'model', reason: 'the parameter space is not finite', sections: [] }
  const elements = valuesInOrder(domain.elements)
  const isPlain = !s.moving && elements.every(e => signOf(substitute(s.product, new Map([[s.unknown.name, e]])), s.closed)?.sign === 'pos')
  const likelihood = likelihoodPart(s, isPlain)
  const table = probabilityTable(s, elements)
  const values: ValueAt[] = []
  for (const [k, theta] of elements.entries()) {
    const v = table ? undefined : valueAt(s, theta, k, likelihood.from)
    if (v) values.push(v)
  }
  const isJudged = values.length === elements.length
  const verdicts = table ? table.verdicts : isJudged ? choose(s, values) : undefined
  const cases: readonly CaseOutcome[] = verdicts
    ? [...verdicts].sort((a, b) => rankOf(a) - rankOf(b)).map(v => outcomeOf(s, v))
    : [
        {
          when: and(),
          attained: 'finite',
          candidates: elements,
          where: ['value of the parameter space'],
          why: say`${lHead(s)} is compared at all of them`,
          blocks: [],
          global: 'comparison',
        },
      ]
  if (cases.length === 0)
    return { at: 'comparison', reason: 'no value of the parameter space allows any sample', sections: [likelihood.section] }
  const estimator = verdicts ? asFormula(cases) : undefined
  const ending = conclusion(s, cases, estimator)
  return {
    short: ending.short,
    sections: [
      likelihood.section,
      table ? tableSection(s, elements, table.block) : isJudged ? comparisonSection(s, values) : comparedSection(s, elements),
      ending.section,
    ],
    cases,
    estimator,
  }
}
