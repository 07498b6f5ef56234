/**
 * A support that moves with the parameter: the indicators stay in the likelihood, the data bound the parameter, and
 * where ℓ is monotone on what is left the maximum is at an end of the support. Refuses an ℓ that is not monotone there.
 */

import type { Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { normalForm } from '../term/normal-form.ts'
import { and, at, deriv, type Expr, eq, interval, isOne, isZero, iverson, log, mul, mulAll, type Prop, sym } from '../term/term.ts'
import { factors, mentions, some, substitute } from '../term/walk.ts'
import { boundOf, conditions, cutBy, type DataBound, entryConditions, flatEnds, isVoidUnder, joint } from './data-bounds.ts'
import { chain, lastId, resultExpr } from './draft.ts'
import { type EndName, endOf, isIncluded, vanishingPowers } from './ends.ts'
import { pins } from './falling.ts'
import type { Implicit } from './implicit.ts'
import { resetQuestions, signThroughout } from './interval-sign.ts'
import { derivative, laws, openLog, openPowers, openProduct, splitSums, tidy } from './laws.ts'
import { endpointOutcome, flatOutcomes, monotoneOn, specialOutcome } from './moving-cases.ts'
import { allowedSetting, type MovingInterior, movingInterior } from './moving-interior.ts'
import { endpointSection, likelihoodSection, positiveSection, scoreSection, specialSection } from './moving-sections.ts'
import { type CaseOutcome, monotoneOutcome } from './sample-cases.ts'
import { entryOf, overSample, type Setting } from './setting.ts'
import { ellHead, lHead } from './words.ts'

const indicatorLaws = everywhere(
  laws(
    'indicator.every',
    'indicator.every-and',
    'indicator.known',
    'indicator.certain',
    'indicator.max',
    'indicator.min',
    'indicator.product',
  ),
)

export interface MovingSupport {
  readonly sections: readonly Section[]
  readonly cases: readonly CaseOutcome[]
  readonly generic: readonly Prop[]
  readonly main: CaseOutcome
  /** The estimate cannot lie on the other side of the parameter: it is the smallest or the largest value that the data allow. */
  readonly side: 'below' | 'above' | undefined
  /** Included ends of Θ that may bind before the data do. */
  readonly clipped: readonly { readonly end: EndName; readonly to: Expr }[]
  /** For a maximum inside: the equation of which it is a root. */
  readonly implicit?: Implicit
}

/** The root inside as the main case, and the samples that leave the parameter space free. */
const insideAnswer = (
  s: Setting,
  inside: MovingInterior,
  ell: Expr,
  score: Chain,
  known: readonly DataBound[],
):
  | { readonly main: CaseOutcome; readonly cases: readonly CaseOutcome[]; readonly generic: readonly Prop[]; readonly implicit?: Implicit }
  | undefined => {
  const [found] = inside.found.cases
  if (!found) return undefined
  if (inside.root) {
    const main: CaseOutcome = { ...found, attained: 'interior', estimator: inside.root, global: 'sign change' }
    return { main, cases: [main], generic: [] }
  }
  const generic = inside.open.map(o => o.generic)
  const main: CaseOutcome = { ...found, when: and(...generic) }
  const special: CaseOutcome[] = []
  for (const o of inside.open) {
    const given = [o.degenerate, ...(o.samples && o.samples.kind !== 'or' ? [o.samples] : [])]
    if (known.some(b => !isVoidUnder(b, o.degenerate, s))) return undefined
    const outcome = monotoneOn(s, ell, score, given)
    if (!outcome) return undefined
    special.push({ ...outcome, when: o.degenerate, ...(o.samples ? { samples: o.samples } : {}), blocks: [] })
  }
  return { main, cases: [main, ...special], generic, implicit: { ...inside.found, generic, cases: [main, ...special] } }
}

/** A score of one sign by what the support says of every observation; it may vanish at one value of the unknown. */
const monotoneOnSample = (
  s: Setting,
  score: Expr,
  low: DataBound | undefined,
  high: DataBound | undefined,
  before: readonly Prop[],
): { readonly sign: 'pos' | 'neg' } | undefined => {
  const inside = allowedSetting(s, low, high, [...before, ...entryConditions(s)])
  resetQuestions()
  const found = inside && signThroughout(score, inside.setting, inside.setting.interior)?.verdict
  if (found?.sign === 'pos' || found?.sign === 'neg') return { sign: found.sign }
  if (!found?.zeroWhen || !pins(found.zeroWhen, s)) return undefined
  return found.sign === 'nonneg' ? { sign: 'pos' } : found.sign === 'nonpos' ? { sign: 'neg' } : undefined
}

/** The support without a moving end at which the density is 0: there the likelihood is 0, and nothing can be largest. */
const withoutVanishingEnds = (s: Setting): { readonly setting: Setting; readonly said: Phrase } => {
  const { support, name } = s.variable
  if (support.kind !== 'interval') return { setting: s, said: [] }
  const vanishes = (k: 0 | 1): boolean => {
    const end = k === 0 ? support.lo : support.hi
    if (!support.closed[k] || !mentions(end, s.unknown.name)) return false
    const there = vanishingPowers(substitute(s.sample.density, new Map([[name, end]])), s.interior)
    return isZero(normalForm(there))
  }
  const gone = [vanishes(0), vanishes(1)] as const
  if (!gone[0] && !gone[1]) return { setting: s, said: [] }
  const open = interval(support.lo, support.hi, support.closed[0] && !gone[0], support.closed[1] && !gone[1])
  const ends = [...(gone[0] ? [support.lo] : []), ...(gone[1] ? [support.hi] : [])]
  return {
    setting: { ...s, variable: { ...s.variable, support: open } },
    said: say`At ${joined(
      ends.map(e => say`${eq(sym(name), e)}`),
      ' and ',
    )} the density is 0, and an observation there would make the likelihood 0: that end is left out. `,
  }
}

export const movingSupport = (
  given: Setting,
): MovingSupport | { readonly at: string; readonly reason: string; readonly sections: readonly Section[] } => {
  const { setting: s, said } = withoutVanishingEnds(given)
  const start = s.direct
    ? s.product
    : overSample(s.sample, i => {
        const x = at(s.variable.name, i)
        const cond = conditions(substitute(s.variable.support, new Map([[s.variable.name, x]])), x)
        return cond ? mul(entryOf(s.sample, s.variable, i), iverson(cond)) : entryOf(s.sample, s.variable, i)
      })
  const likelihood = chain(
    {
      id: 'likelihood',
      subject: lHead(s),
      start,
      origin: { kind: 'likelihood' },
      opening: [s.direct ? 'as given' : isOne(s.size) ? 'there is one observation' : 'independence'],
      given: s.model.assume,
    },
    [
      {
        by: seq(
          attempt(
            everywhere(laws('prod.product', 'prod.constant', 'pow.power', 'pow.of-exp', 'prod.exponentials', 'prod.equal-exponents')),
          ),
          attempt(openProduct),
        ),
      },
      { by: indicatorLaws },
      { by: splitSums },
    ],
    s.interior,
  )
  const bigL = resultExpr(likelihood)
  const indicator = factors(bigL).filter(f => f.kind === 'iverson')
  const others = factors(bigL).filter(f => f.kind !== 'iverson')
  // a factor without the unknown that may be 0 (x_i² with x_i = 0) is left out: there L is 0 whatever the unknown is
  const isKept = (f: Expr): boolean => mentions(f, s.unknown.name) || signOf(f, s.interior)?.sign === 'pos'
  const smooth = mulAll(others.filter(isKept))
  const isWhole = others.every(isKept)
  const conds = indicator.flatMap(f => (f.kind === 'iverson' ? (f.cond.kind === 'and' ? f.cond.props : [f.cond]) : []))
  const sections: Section[] = [likelihoodSection(s, likelihood, said)]
  const bounds = conds.map(c => boundOf(s, c))
  if (conds.length === 0 || bounds.some(b => b === undefined))
    return { at: 'support', reason: 'the condition that the data put on the parameter could not be solved', sections }
  const known = bounds as readonly DataBound[]
  const [lows, highs] = [joint(known, 'lo'), joint(known, 'hi')]
  if (!lows || !highs) return { at: 'support', reason: 'the data bound the parameter twice on the same side', sections }
  const [low] = lows
  const [high] = highs
  const unsolved = known.flatMap(b => b.open)
  // what the support says of every entry is needed only where data and unknown meet outside of the indicator
  const isSeparate = factors(smooth).every(f => !mentions(f, s.unknown.name) || !some(f, u => u.kind === 'at'))
  const before = [...s.model.assume, ...unsolved.map(o => o.generic), ...known.map(b => b.cond), ...(isSeparate ? [] : entryConditions(s))]
  const ellChain = chain(
    {
      id: 'log-likelihood',
      subject: ellHead(s),
      start: log(smooth),
      origin: { kind: 'term' },
      opening: isWhole ? ['logarithm of the other factors'] : say`logarithm of the factors with ${s.unknown}`,
      given: before,
    },
    [{ by: seq(attempt(openLog), attempt(openPowers)) }],
    s.interior,
  )
  if (ellChain.lines.length === 0)
    return {
      at: 'log-likelihood',
      reason: 'the logarithm of the likelihood could not be opened: a factor is not known to be positive',
      sections,
    }
  const ell = resultExpr(ellChain)
  const scoreChain = chain(
    {
      id: 'score',
      subject: ellHead(s, 1),
      start: deriv(ell, s.unknown),
      origin: { kind: 'derivative', of: lastId(ellChain), wrt: s.unknown },
      given: before,
    },
    [{ by: seq(attempt(derivative), attempt(tidy)) }],
    s.interior,
  )
  const slope = signOf(resultExpr(scoreChain), assuming(s.interior, before))
  const weakly =
    slope?.sign === 'pos' || slope?.sign === 'neg' || slope?.sign === 'zero'
      ? undefined
      : monotoneOnSample(s, resultExpr(scoreChain), low, high, before)
  const sign = weakly?.sign ?? slope?.sign
  if (sign !== 'pos' && sign !== 'neg' && sign !== 'zero') {
    const inside = movingInterior(s, ellChain, scoreChain, low, high, [...before, ...entryConditions(s)])
    const answer = inside && unsolved.length === 0 ? insideAnswer(s, inside, ell, scoreChain, known) : undefined
    if (inside && answer)
      return {
        sections: [
          ...sections,
          positiveSection(s, known, answer.generic, ellChain),
          { type: 'section', id: 'score', title: 'Score', blocks: [scoreChain] },
          ...inside.sections,
          ...(answer.cases.length > 1 ? [specialSection(s, answer.cases.slice(1))] : []),
        ],
        ...answer,
        side: undefined,
        clipped: [],
      }
  }
  if (sign !== 'pos' && sign !== 'neg' && sign !== 'zero') {
    sections.push(positiveSection(s, known, [], ellChain), { type: 'section', id: 'score', title: 'Score', blocks: [scoreChain] })
    return { at: 'score', reason: 'the log-likelihood is not monotone on the values of the parameter that the data allow', sections }
  }
  // where ℓ runs to one end, only that end matters: the data's or, where it binds first, the parameter space's
  const cuts = sign === 'zero' ? [cutBy(s, low, 'lo'), cutBy(s, high, 'hi')] : [sign === 'neg' ? cutBy(s, low, 'lo') : cutBy(s, high, 'hi')]
  if (cuts.some(c => c.kind === 'unknown'))
    return { at: 'support', reason: 'whether an end of the parameter space binds before the data do could not be decided', sections }
  const opens = [...unsolved, ...cuts.flatMap(c => (c.kind === 'open' ? [c.open] : []))]
  const isFlat = sign === 'zero'
  const beyond = isFlat ? [] : cuts.flatMap(c => (c.kind === 'cut' ? [c] : []))
  const generic = [...opens.map(o => o.generic), ...beyond.map(c => c.inside)]
  const cx = assuming(s.interior, [...before, ...generic])
  sections.push(positiveSection(s, known, generic, ellChain))
  const found = isFlat
    ? flatOutcomes(s, flatEnds(s, low, cuts, 'lo'), flatEnds(s, high, cuts, 'hi'), generic)
    : [endpointOutcome(s, sign, ell, low, high, and(...generic), cx)]
  const [outcome, ...furtherOutcomes] = found
  if (!outcome) return { at: 'maximum', reason: 'where the monotone log-likelihood is largest could not be decided', sections }
  sections.push(scoreSection(s, scoreChain, sign, known, weakly !== undefined), endpointSection(s, outcome, sign, low, high))
  const cases: CaseOutcome[] = [outcome, ...furtherOutcomes.flatMap(c => c ?? [])]
  for (const o of opens) {
    const given = [o.degenerate, ...(o.samples && o.samples.kind !== 'or' ? [o.samples] : [])]
    const left = known.filter(b => !isVoidUnder(b, o.degenerate, s))
    const found = specialOutcome(s, ell, scoreChain, left, given, sign)
    if (!found) return { at: 'boundary', reason: 'a special sample could not be decided', sections }
    cases.push({ ...found, when: o.degenerate, ...(o.samples ? { samples: o.samples } : {}), blocks: [] })
  }
  for (const c of beyond) {
    const found = monotoneOutcome(
      s,
      ell,
      { sign, why: { kind: 'by', law: 'sign of the score', of: [] } },
      assuming(s.interior, [...s.model.assume, c.outside]),
    )
    if (!found) return { at: 'boundary', reason: 'a sample that leaves the end of the parameter space free could not be decided', sections }
    cases.push({ ...found, when: c.outside, blocks: [] })
  }
  if (cases.length > 1) sections.push(specialSection(s, cases.slice(1)))
  return {
    sections,
    cases,
    generic,
    main: outcome,
    side: sign === 'neg' ? 'below' : sign === 'pos' ? 'above' : undefined,
    clipped: beyond.filter(c => isIncluded(s, c.end)).map(c => ({ end: c.end, to: endOf(s, c.end) })),
  }
}
