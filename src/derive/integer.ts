/**
 * An integer parameter: neighbouring values of the likelihood are compared. Where L(N)/L(N−1) falls through 1 once, the
 * maximum is at the last integer before, and two neighbours tie where the quotient is exactly 1. Refuses quotients that
 * are not shown to cross 1 at most once.
 */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { same } from '../term/order.ts'
import { and, call, type Expr, eq, lt, ONE, type Prop, sub, ZERO } from '../term/term.ts'
import { hatted, table } from './conclusion.ts'
import { resultExpr } from './draft.ts'
import { fromNext, type IntegerBounds, integerBounds, realSetting } from './integer-bounds.ts'
import { allAlike, casesOf, extreme, oneWay, realFacts } from './integer-cases.ts'
import { type Crossing, constantSign, crossingOf, formsOf } from './integer-crossing.ts'
import { lastRise } from './integer-falling.ts'
import { likelihoodChain, ratioChain } from './integer-quotient.ts'
import { likelihoodSection } from './likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { capital, lHead } from './words.ts'

export interface IntegerChoice {
  readonly short: Section
  readonly sections: readonly Section[]
  readonly cases: readonly CaseOutcome[]
  readonly estimator: Expr | undefined
  /** Without a closed form: its real root, rounded down, is the estimate. */
  readonly equation?: Prop | undefined
}
export interface Stopped {
  readonly at: string
  readonly reason: string
  readonly sections: readonly Section[]
}

const prose = (content: Phrase): Block => ({ type: 'prose', content })
const section = (id: Section['id'], title: string, ...blocks: readonly Block[]): Section => ({ type: 'section', id, title, blocks })

// --- how it is said --------------------------------------------------------------------------

const allowedWords = (s: Setting, b: IntegerBounds): Phrase =>
  b.conditions.length === 0
    ? []
    : say`${eq(lHead(s), ZERO)} unless ${joined(
        b.conditions.map(c => say`${c}`),
        ' and ',
      )}: any other ${s.unknown} makes the data impossible. `

const lowWords = (s: Setting, b: IntegerBounds): Phrase => {
  const low = extreme(b.lows, 'max')
  return low ? say`The first integer that counts is ${eq(s.unknown, low)}. ` : []
}

const neighbourSection = (s: Setting, b: IntegerBounds, ratio: Chain, rest: readonly Block[]): Section =>
  section(
    'comparison',
    'Neighbouring values',
    prose([
      ...say`${s.unknown} is an integer, so ${lHead(s)} cannot be differentiated in it. Compare each value with the one before. `,
      ...allowedWords(s, b),
      ...lowWords(s, b),
    ]),
    ratio,
    ...rest,
  )

const crossingBlocks = (s: Setting, c: Crossing): readonly Block[] => [
  prose(
    say`The likelihood rises from ${sub(s.unknown, ONE)} to ${s.unknown} where this quotient exceeds ${ONE}, and falls where it is below ${ONE}. Where is it ${ONE}, for real ${s.unknown}?`,
  ),
  c.chain,
  prose(
    say`${c.open.length > 0 ? say`Let ${and(...c.open.map(o => o.generic))}. ` : []}The quotient minus ${ONE} has the sign of ${c.falling}, which falls strictly as ${s.unknown} grows: the quotient passes ${ONE} once, from above to below. So ${lHead(s)} exceeds ${call('L', [sub(s.unknown, ONE)])} for ${lt(s.unknown, c.root)}, equals it at ${eq(s.unknown, c.root)} if that is an integer, and is smaller for every larger ${s.unknown}.`,
  ),
]

const conclusionOf = (
  s: Setting,
  cases: readonly CaseOutcome[],
  estimator: Expr | undefined,
): { readonly short: Section; readonly section: Section } => {
  const words = (c: CaseOutcome, long: boolean): Phrase => {
    const when: Phrase =
      c.when.kind === 'and' && c.when.props.length === 0
        ? ['for every sample']
        : say`if ${long ? { math: c.when, plainNames: true, means: true } : c.when}`
    if (c.points)
      return say`${joined(
        c.points.map(p => say`${p}`),
        ' and ',
      )} both maximise the likelihood ${when}`
    if (c.set) return say`every integer from ${c.set.lo} to ${c.set.hi} maximises the likelihood ${when}`
    return c.estimator ? say`${hatted(s)} = ${c.estimator} ${when}` : say`no maximum exists ${when}`
  }
  // the typical sample, ties and samples without a maximum; ends of what is allowed are left to the table
  const told = cases.length > 3 ? cases.filter((c, k) => k === 0 || c.points || c.attained === 'none') : cases
  const sentence = [
    ...joined(
      told.map(c => words(c, true)),
      '; ',
    ),
    told.length < cases.length ? '. The other samples are in the table at the end.' : '.',
  ]
  // the typical sample has two maximisers: the formula is one of them, and the other is named beside it
  const [typical] = cases
  const isOne = estimator !== undefined && typical?.points?.some(p => same(p, estimator)) === true
  const twins = isOne ? (typical?.points ?? []).filter(p => !same(p, estimator)) : []
  const exceptions = cases.filter(c => (c.points && !(isOne && c === typical)) || c.attained === 'none')
  const unless: Phrase =
    exceptions.length > 0
      ? say`unless ${joined(
          exceptions.map(c => say`${c.when}`),
          ' or ',
        )}.`
      : ['for every sample.']
  const note: Phrase =
    twins.length > 0
      ? say`${unless} If ${typical?.when ?? and()}, ${joined(
          twins.map(p => say`${p}`),
          ' and ',
        )} is as likely.`
      : unless
  return {
    short: section('short', '', prose(capital(sentence))),
    section: section(
      'conclusion',
      'Conclusion',
      ...(estimator
        ? [
            {
              type: 'boxed' as const,
              items: [{ parameter: s.unknown.name, forms: [{ term: estimator }] }],
              note,
            },
          ]
        : []),
      table(s, cases),
    ),
  }
}

// --- all together ----------------------------------------------------------------------------

/** The maximum over the integers of the parameter space. */
export const integerMaximum = (given: Setting): IntegerChoice | Stopped => {
  const s = realSetting(given)
  const likelihood = likelihoodChain(given)
  const first = likelihoodSection(given, { chain: likelihood, names: [] }, undefined)
  const stop = (reason: string, ...more: readonly Section[]): Stopped => ({ at: 'comparison', reason, sections: [first, ...more] })
  const b = integerBounds(given)
  if (!b) return stop('which integers the data allow could not be decided')
  const tried = [false, true].map(next => {
    const facts = [...s.model.assume, ...realFacts(given, b, next)]
    const here = next ? fromNext(s) : s
    const ratio = ratioChain(here, likelihood, facts)
    const r = resultExpr(ratio)
    const cx = assuming(here.interior, facts)
    const slope = constantSign(formsOf(here, r, cx), cx)
    return { ratio, slope, here, facts, crossing: slope ? undefined : crossingOf(here, r, cx, facts) }
  })
  const { ratio, slope, crossing } = tried.find(t => t.slope || t.crossing) ?? (tried[0] as (typeof tried)[number])
  if (slope === 'zero') {
    const found = allAlike(s, b)
    if (!found?.set) return stop('the likelihood is the same on infinitely many integers', neighbourSection(s, b, ratio, []))
    const words = prose(say`This is ${ONE} for every ${s.unknown}: all integers that are allowed have the same likelihood.`)
    const ending = conclusionOf(s, [found], undefined)
    return {
      short: ending.short,
      sections: [first, neighbourSection(s, b, ratio, [words]), ending.section],
      cases: [found],
      estimator: undefined,
    }
  }
  if (slope) {
    const found = oneWay(s, b, slope === 'pos', and(), undefined)
    if (!found) return stop('where the monotone likelihood is largest could not be decided', neighbourSection(s, b, ratio, []))
    const words = prose(
      say`This is ${slope === 'pos' ? 'greater' : 'less'} than ${ONE} for every ${s.unknown}: the likelihood ${slope === 'pos' ? 'rises' : 'falls'} with ${s.unknown}, ${found.estimator ? say`and is largest at the ${slope === 'pos' ? 'largest' : 'smallest'} integer that is allowed, ${found.estimator}` : 'without ever reaching a maximum'}.`,
    )
    const ending = conclusionOf(s, [found], found.estimator)
    return {
      short: ending.short,
      sections: [first, neighbourSection(s, b, ratio, [words]), ending.section],
      cases: [found],
      estimator: found.estimator,
    }
  }
  if (!crossing) {
    for (const t of tried) {
      const last = lastRise(t.here, b, resultExpr(t.ratio), t.facts)
      if (!last) continue
      const { short, cases, equation } = last
      return {
        short,
        sections: [first, neighbourSection(s, b, t.ratio, last.blocks), ...last.sections],
        cases,
        estimator: undefined,
        equation,
      }
    }
    return stop('where the quotient of neighbouring values passes 1 could not be decided', neighbourSection(s, b, ratio, []))
  }
  const found = casesOf(given, b, crossing, assuming(given.closed, s.model.assume))
  if (!found) return stop('a special sample could not be decided', neighbourSection(s, b, ratio, crossingBlocks(s, crossing)))
  const ending = conclusionOf(s, found.cases, found.estimator)
  return {
    short: ending.short,
    sections: [first, neighbourSection(s, b, ratio, crossingBlocks(s, crossing)), ending.section],
    cases: found.cases,
    estimator: found.estimator,
  }
}
