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
import { and, at, deriv, type Expr, eq, interval, isOne, isZero, iverson, log, mul, mulAll, type Prop, sym, ZERO } from '../term/term.ts'
import { factors, mentions, some, substitute } from '../term/walk.ts'
import { type ConcaveKinks, concaveKinks } from './concave-kinks.ts'
import { boundOf, conditions, cutBy, type DataBound, entryConditions, flatEnds, isVoidUnder, joint } from './data-bounds.ts'
import { chain, lastId, resultExpr } from './draft.ts'
import { type EndName, endOf, isIncluded, vanishingPowers } from './ends.ts'
import { pins } from './falling.ts'
import type { Implicit } from './implicit.ts'
import { resetQuestions, signThroughout } from './interval-sign.ts'
import { hasKink, kinkOf } from './kink-pieces.ts'
import { derivative, laws, openLog, openPowers, openProduct, splitSums, tidy } from './laws.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import { endpointOutcome, flatOutcomes, monotoneOn, specialOutcome } from './moving-cases.ts'
import { allowedSetting, type MovingInterior, movingInterior } from './moving-interior.ts'
import { endpointSection, likelihoodSection, positiveSection, scoreSection, specialSection } from './moving-sections.ts'
import { type CaseOutcome, monotoneOutcome } from './sample-cases.ts'
import { entryOf, observed, overSample, type Setting } from './setting.ts'
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
  readonly implicit?: RootInside
}
/** What is said of a root inside without a closed form. */
export type RootInside = Pick<Implicit, 'cases' | 'argument' | 'generic' | 'equation' | 'several' | 'sentence'>

/** The root inside as the main case, and the samples that leave the parameter space free. */
const insideAnswer = (
  s: Setting,
  inside: MovingInterior,
  ell: Expr,
  score: Chain,
  known: readonly DataBound[],
):
  | {
      readonly main: CaseOutcome
      readonly cases: readonly CaseOutcome[]
      readonly special: readonly CaseOutcome[]
      readonly generic: readonly Prop[]
      readonly implicit?: RootInside
    }
  | undefined => {
  const [found, ...others] = inside.found.cases
  if (!found) return undefined
  const generic = inside.open.map(o => o.generic)
  const main: CaseOutcome = {
    ...found,
    when: and(...generic, found.when),
    ...(inside.root ? { attained: 'interior' as const, estimator: inside.root, global: 'sign change' as const } : {}),
  }
  const ends = others.map(c => ({ ...c, when: and(...generic, c.when) }))
  const special: CaseOutcome[] = []
  for (const o of inside.open) {
    const given = [o.degenerate, ...(o.samples && o.samples.kind !== 'or' ? [o.samples] : [])]
    if (known.some(b => !isVoidUnder(b, o.degenerate, s))) return undefined
    const outcome = monotoneOn(s, ell, score, given)
    if (!outcome) return undefined
    special.push({ ...outcome, when: o.degenerate, ...(o.samples ? { samples: o.samples } : {}), blocks: [] })
  }
  const cases = [main, ...ends, ...special]
  const all = [...generic, ...inside.found.generic]
  return inside.root
    ? { main, cases, special, generic: all }
    : { main, cases, special, generic: all, implicit: { ...inside.found, generic: all, cases } }
}

/** Kinks at the observations, and a density that is continuous and 0 at both moving ends. */
const kinkedInside = (
  s: Setting,
  ell: Chain,
  low: DataBound | undefined,
  high: DataBound | undefined,
  facts: readonly Prop[],
): ConcaveKinks | undefined => {
  const inside = low && high ? allowedSetting(s, low, high, facts) : undefined
  const kink = inside && inside.open.length === 0 ? kinkOf(inside.setting) : undefined
  if (!inside || !kink || !vanishesAt(s, 0) || !vanishesAt(s, 1)) return undefined
  const l: LogLikelihood = { chain: ell, ell: resultExpr(ell), names: [], sufficient: undefined }
  const ends = say`${lHead(s)} is continuous, positive on the values that the data allow and ${ZERO} at both ends of them: it has a maximum inside.`
  return concaveKinks(inside.setting, l, kink, ends)
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
  // a factor that is positive tells nothing
  const bare = inside && mulAll(factors(score).filter(f => signOf(f, inside.setting.interior)?.sign !== 'pos'))
  const found = inside && bare && signThroughout(bare, inside.setting, inside.setting.interior)?.verdict
  if (found?.sign === 'pos' || found?.sign === 'neg') return { sign: found.sign }
  if (!found?.zeroWhen || !pins(found.zeroWhen, s)) return undefined
  return found.sign === 'nonneg' ? { sign: 'pos' } : found.sign === 'nonpos' ? { sign: 'neg' } : undefined
}

/** The density is 0 at a moving end of its support. */
const vanishesAt = (s: Setting, k: 0 | 1): boolean => {
  const { support, name } = s.variable
  const end = support.kind !== 'interval' ? undefined : k === 0 ? support.lo : support.hi
  if (!end || !mentions(end, s.unknown.name)) return false
  const there = vanishingPowers(substitute(s.sample.density, new Map([[name, end]])), s.interior)
  return isZero(normalForm(there, u => signOf(u, s.interior)?.sign === 'pos'))
}

/** The support without a moving end at which the density is 0: there the likelihood is 0, and nothing can be largest. */
const withoutVanishingEnds = (s: Setting): { readonly setting: Setting; readonly said: Phrase } => {
  const { support, name } = s.variable
  if (support.kind !== 'interval') return { setting: s, said: [] }
  const vanishes = (k: 0 | 1): boolean => support.closed[k] && vanishesAt(s, k)
  const gone = [vanishes(0), vanishes(1)] as const
  if (!gone[0] && !gone[1]) return { setting: s, said: [] }
  const open = interval(support.lo, support.hi, support.closed[0] && !gone[0], support.closed[1] && !gone[1])
  const ends = [...(gone[0] ? [support.lo] : []), ...(gone[1] ? [support.hi] : [])]
  return {
    setting: { ...s, variable: { ...s.variable, support: open } },
    said: say`At ${joined(
      ends.map(e => say`${eq(sym(name), e)}`),
      ' and ',
    )} the density is 0, and an observation there would make the likelihood 0: ${ends.length > 1 ? 'these ends are' : 'that end is'} left out. `,
  }
}

export const movingSupport = (
  given: Setting,
): MovingSupport | { readonly at: string; readonly reason: string; readonly sections: readonly Section[] } => {
  const { setting: s, said } = withoutVanishingEnds(given)
  const start = s.direct
    ? s.product
    : overSample(s.sample, i => {
        const cond = conditions(observed(s.variable.support, s.sample, i), at(s.variable.name, i))
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
  if (hasKink(ell, s.unknown.name)) {
    const found = unsolved.length === 0 ? kinkedInside(s, ellChain, low, high, [...before, ...entryConditions(s)]) : undefined
    if (!found) {
      sections.push(positiveSection(s, known, [], ellChain))
      return { at: 'score', reason: 'the log-likelihood has kinks on the values of the parameter that the data allow', sections }
    }
    const { main, equation, sentence } = found
    return {
      sections: [...sections, positiveSection(s, known, [], ellChain), ...found.sections],
      main,
      cases: [main],
      generic: [],
      side: undefined,
      clipped: [],
      ...(main.attained === 'implicit'
        ? { implicit: { cases: [main], argument: 'strict concavity', generic: [], equation, sentence } }
        : {}),
    }
  }
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
    if (inside && answer) {
      const { special, ...told } = answer
      return {
        sections: [
          ...sections,
          positiveSection(
            s,
            known,
            inside.open.map(o => o.generic),
            ellChain,
          ),
          { type: 'section', id: 'score', title: 'Score', blocks: [scoreChain] },
          ...inside.sections,
          ...(special.length > 0 ? [{ ...specialSection(s, special), title: 'Special samples' }] : []),
        ],
        ...told,
        side: undefined,
        clipped: [],
      }
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
