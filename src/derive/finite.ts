/**
 * Finitely many possible values of the parameter: nothing is differentiated, the likelihood is compared at each of
 * them. A value at which some observations would be impossible competes only for the samples that allow it. What no
 * threshold can say is left to the comparison of numbers, and said so.
 */
import type { Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { signOf } from '../rewrite/sign.ts'
import { and, at, cases as casesOf, type Expr, isOne, iverson, mul } from '../term/term.ts'
import { substitute } from '../term/walk.ts'
import type { Verdict } from './comparison.ts'
import { conditions } from './data-bounds.ts'
import { chain } from './draft.ts'
import { comparedSection, comparisonSection, conclusion, tableSection } from './finite-sections.ts'
import { probabilityTable } from './finite-table.ts'
import { type ValueAt, valueAt, valuesInOrder } from './finite-values.ts'
import { choose } from './finite-verdicts.ts'
import { likelihoodOf, likelihoodSection } from './likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, overSample, type Setting } from './setting.ts'
import { lHead } from './words.ts'

export interface FiniteChoice {
  readonly short: Section
  readonly sections: readonly Section[]
  readonly cases: readonly CaseOutcome[]
  /** The value for the typical sample as one formula, where conditions on the sample say which it is. */
  readonly estimator: Expr | undefined
}

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

/** The likelihood as a product over the sample: opened where every value allows every sample. */
const likelihoodPart = (s: Setting, plain: boolean): { readonly section: Section; readonly from: string } => {
  if (plain) {
    const l = likelihoodOf(s)
    return { section: likelihoodSection(s, l, l.names.length > 0 ? l.names.map(n => n.term) : undefined), from: 'likelihood.0' }
  }
  const start = overSample(s.sample, i => {
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
