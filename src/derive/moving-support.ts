/**
 * A support that moves with the parameter: the indicators stay in the likelihood, the data bound the parameter, and
 * where ℓ is monotone on what is left the maximum is at an end of the support. Refuses an ℓ that is not monotone there.
 */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { decide, signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { type OpenCase, openCase, solveEquation } from '../solve/one-equation.ts'
import { same } from '../term/order.ts'
import {
  all,
  and,
  at,
  bound,
  deriv,
  type Expr,
  eq,
  fn,
  iverson,
  le,
  log,
  lt,
  mul,
  mulAll,
  neg,
  ONE,
  type Prop,
  type SetTerm,
  sub,
  ZERO,
} from '../term/term.ts'
import { factors, mentions, prod, replace, some, substitute } from '../term/walk.ts'
import { chain, lastId, resultExpr } from './draft.ts'
import { type EndName, endOf, isIncluded } from './ends.ts'
import { derivative, laws, openLog, openPowers, openProduct, splitSums, tidy } from './laws.ts'
import { type CaseOutcome, monotoneOutcome } from './sample-cases.ts'
import { entryOf, type Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
import { statisticsIn, sufficientStatistics } from './statistics.ts'
import { ellHead, lHead } from './words.ts'

/** A condition of the sample on the parameter: θ ≥ value or θ ≤ value (strict or not). */
interface DataBound {
  readonly side: 'lo' | 'hi'
  readonly value: Expr
  readonly strict: boolean
  readonly cond: Prop
  /** Samples for which the condition puts no such bound (x₍ₙ₎ = 0 in θ ≤ 1/x₍ₙ₎): it holds for every θ. */
  readonly open: readonly OpenCase[]
}

const conditions = (set: SetTerm, x: Expr): Prop | undefined => {
  if (set.kind === 'finite') return undefined
  // −c ≤ x ≤ c is |x| ≤ c: one condition instead of two
  const symmetric = set.kind === 'interval' && set.closed[0] === set.closed[1] && set.lo.kind !== 'infinity' && same(set.lo, neg(set.hi))
  if (symmetric) return (set.closed[0] ? le : lt)(fn('abs', x), set.hi)
  const closed = set.kind === 'range' ? [true, true] : set.closed
  const parts: Prop[] = []
  if (set.lo.kind !== 'infinity') parts.push((closed[0] ? le : lt)(set.lo, x))
  if (set.hi.kind !== 'infinity') parts.push((closed[1] ? le : lt)(x, set.hi))
  return and(...parts)
}

const boundOf = (s: Setting, cond: Prop): DataBound | undefined => {
  if (cond.kind !== 'rel' || (cond.op !== '<' && cond.op !== '<=')) return undefined
  const g = sub(cond.right, cond.left)
  const slope = signOf(slopeOf(g, s, s.interior), s.interior)?.sign
  if (slope !== 'pos' && slope !== 'neg') return undefined
  const equation = mentions(cond.left, s.unknown.name) ? eq(cond.left, cond.right) : eq(cond.right, cond.left)
  const solution = same(equation.left, s.unknown) ? undefined : solveEquation(equation, s.unknown, s.interior)
  const value = solution ? solution.root : equation.right
  if (!value || mentions(value, s.unknown.name)) return undefined
  const open = solution?.open ?? []
  const isVoid = (o: OpenCase): boolean => {
    const here = signOf(g, assuming(s.interior, [o.degenerate]))?.sign
    return here === 'pos' || (cond.op === '<=' && (here === 'nonneg' || here === 'zero'))
  }
  return open.every(isVoid) ? { side: slope === 'pos' ? 'lo' : 'hi', value, strict: cond.op === '<', cond, open } : undefined
}

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
}

export const movingSupport = (
  s: Setting,
): MovingSupport | { readonly at: string; readonly reason: string; readonly sections: readonly Section[] } => {
  const start = prod(s.size, i => {
    const x = at(s.variable.name, i)
    const cond = conditions(substitute(s.variable.support, new Map([[s.variable.name, x]])), x)
    return cond ? mul(entryOf(s.sample, s.variable, i), iverson(cond)) : entryOf(s.sample, s.variable, i)
  })
  const likelihood = chain(
    { id: 'likelihood', subject: lHead(s), start, origin: { kind: 'likelihood' }, opening: ['independence'], given: s.model.assume },
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
  const smooth = mulAll(factors(bigL).filter(f => f.kind !== 'iverson'))
  const conds = indicator.flatMap(f => (f.kind === 'iverson' ? (f.cond.kind === 'and' ? f.cond.props : [f.cond]) : []))
  const sections: Section[] = [likelihoodSection(s, likelihood)]
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
      opening: ['logarithm of the other factors'],
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
  const sign = slope?.sign
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
  const outcome = endpointOutcome(
    s,
    sign,
    ell,
    isFlat ? within(s, low, cuts, 'lo') : low,
    isFlat ? within(s, high, cuts, 'hi') : high,
    and(...generic),
    cx,
  )
  if (!outcome) return { at: 'maximum', reason: 'where the monotone log-likelihood is largest could not be decided', sections }
  sections.push(scoreSection(s, scoreChain, sign, known), endpointSection(s, outcome, sign, low, high))
  const cases: CaseOutcome[] = [outcome]
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

/** Two bounds on one side are one, the larger or the smaller of them; refused where it is not clear which end belongs. */
const joint = (bounds: readonly DataBound[], side: EndName): readonly DataBound[] | undefined => {
  const here = bounds.filter(b => b.side === side)
  const [head, ...more] = here
  if (!head || more.length === 0) return here
  if (more.some(b => b.strict !== head.strict) || here.some(b => b.open.length > 0)) return undefined
  const value = more.reduce((v: Expr, b) => fn(side === 'lo' ? 'max' : 'min', v, b.value), head.value)
  return [{ side, value, strict: head.strict, cond: and(...here.map(b => b.cond)), open: [] }]
}

type Cut =
  | { readonly kind: 'free' | 'unknown' }
  | { readonly kind: 'open'; readonly open: OpenCase }
  | { readonly kind: 'cut'; readonly end: EndName; readonly inside: Prop; readonly outside: Prop }

/** Whether the declared end of Θ may bind before the end that the data allow. */
const cutBy = (s: Setting, b: DataBound | undefined, end: EndName): Cut => {
  const to = endOf(s, end)
  if (!b || to.kind === 'infinity') return { kind: 'free' }
  const gap = end === 'lo' ? sub(b.value, to) : sub(to, b.value)
  const cx = assuming(
    s.interior,
    b.open.map(o => o.generic),
  )
  const v = signOf(gap, cx)?.sign
  if (v === 'pos') return { kind: 'free' }
  const open = openCase(gap, cx)
  if (open) return { kind: 'open', open }
  if (v !== undefined) return { kind: 'unknown' }
  // where both ends meet, the end of Θ is attained only if the data allow it
  const [below, above] = b.strict ? [le, lt] : [lt, le]
  return end === 'lo'
    ? { kind: 'cut', end, inside: below(to, b.value), outside: above(b.value, to) }
    : { kind: 'cut', end, inside: below(b.value, to), outside: above(to, b.value) }
}

/** A bound of a flat likelihood, cut by the end of Θ where that may bind first; refused if it is not clear which ends belong. */
const within = (s: Setting, b: DataBound | undefined, cuts: readonly Cut[], end: EndName): DataBound | undefined => {
  if (!b || !cuts.some(c => c.kind === 'cut' && c.end === end)) return b
  return isIncluded(s, end) === !b.strict ? { ...b, value: fn(end === 'lo' ? 'max' : 'min', b.value, endOf(s, end)) } : undefined
}

/** Under a special sample (max x = 0) the condition holds for every admissible value. */
const isVoidUnder = (b: DataBound, degenerate: Prop, s: Setting): boolean => {
  const cond = degenerate.kind === 'rel' && degenerate.op === '=' ? (replace(b.cond, degenerate.left, degenerate.right) as Prop) : b.cond
  return decide(cond, assuming(s.interior, [degenerate]))?.holds === true
}

/** The maximum for a special sample: at the end that a remaining condition leaves, or where ℓ runs on all of Θ. */
const specialOutcome = (
  s: Setting,
  ell: Expr,
  score: Chain,
  left: readonly DataBound[],
  given: readonly Prop[],
  sign: 'pos' | 'neg' | 'zero',
): Omit<CaseOutcome, 'when' | 'blocks'> | undefined => {
  if (left.length === 0) return monotoneOn(s, ell, score, given)
  const low = left.find(b => b.side === 'lo')
  const high = left.find(b => b.side === 'hi')
  const binding = sign === 'neg' ? low : sign === 'pos' ? high : undefined
  // the remaining condition must bind where ℓ is largest, and before the parameter space does
  if (!binding || sign === 'zero' || binding.open.length > 0 || cutBy(s, binding, sign === 'neg' ? 'lo' : 'hi').kind !== 'free')
    return undefined
  const cx = assuming(s.interior, [...s.model.assume, ...given, ...left.map(b => b.cond)])
  return signOf(resultExpr(score), cx)?.sign === sign ? endpointOutcome(s, sign, ell, low, high, and(), cx) : undefined
}

const monotoneOn = (s: Setting, ell: Expr, score: Chain, given: readonly Prop[]): ReturnType<typeof monotoneOutcome> => {
  const cx = assuming(s.interior, given)
  const v = signOf(resultExpr(score), cx)
  return v && monotoneOutcome(s, ell, v, cx)
}

/** θ ≤ x_i for every i: the support said of each observation. */
const entryConditions = (s: Setting): readonly Prop[] => {
  const x = at(s.variable.name, bound(0))
  const cond = conditions(substitute(s.variable.support, new Map([[s.variable.name, x]])), x)
  return (cond?.kind === 'and' ? cond.props : cond ? [cond] : []).map(c => all(ONE, s.size, c))
}

const endpointOutcome = (
  s: Setting,
  sign: 'pos' | 'neg' | 'zero',
  ell: Expr,
  low: DataBound | undefined,
  high: DataBound | undefined,
  when: Prop,
  cx: Context,
): CaseOutcome | undefined => {
  if (sign === 'zero') {
    if (!low || !high) return undefined
    return {
      when,
      attained: 'set',
      set: { lo: low.value, hi: high.value, closed: [!low.strict, !high.strict] },
      where: ['between the ends that the data allow'],
      why: say`${lHead(s)} is constant there and ${ZERO} elsewhere`,
      blocks: [],
      global: 'comparison',
    }
  }
  const end = sign === 'neg' ? low : high
  const trend = sign === 'neg' ? 'decreasing' : 'increasing'
  if (!end) {
    const found = monotoneOutcome(s, ell, { sign, why: { kind: 'by', law: 'sign of the score', of: [] } }, cx)
    return found && { ...found, when, blocks: [] }
  }
  const why = say`${eq(lHead(s), ZERO)} ${sign === 'neg' ? 'below' : 'above'}, ${ellHead(s)} strictly ${trend} ${sign === 'neg' ? 'above' : 'below'}`
  if (end.strict)
    return {
      when,
      attained: 'none',
      towards: end.value,
      where: say`${s.unknown} → ${end.value}`,
      why: [...why, '; the end itself is excluded'],
      blocks: [],
      global: 'monotone',
    }
  return { when, attained: 'endpoint', estimator: end.value, where: ['end of the support'], why, blocks: [], global: 'monotone' }
}

// --- sections --------------------------------------------------------------------------------

const likelihoodSection = (s: Setting, likelihood: Chain): Section => ({
  type: 'section',
  id: 'likelihood',
  title: 'Likelihood',
  blocks: [
    {
      type: 'prose',
      content: say`The support depends on ${s.unknown}, so its indicator is part of the likelihood and may not be dropped.`,
    },
    likelihood,
    {
      type: 'prose',
      content: s.discrete
        ? say`${lHead(s)} is no distribution over ${s.unknown}.`
        : say`${lHead(s)} is the joint density at the observed data, not a probability, and no density in ${s.unknown}.`,
    },
  ],
})

const boundWords = (s: Setting, b: DataBound): Phrase => {
  const solved = b.side === 'lo' ? (b.strict ? lt : le)(b.value, s.unknown) : (b.strict ? lt : le)(s.unknown, b.value)
  return same(solved, b.cond) ? say`${b.cond}` : say`${b.cond}, that is, ${solved}`
}

const positiveSection = (s: Setting, bounds: readonly DataBound[], generic: readonly Prop[], ellChain: Chain): Section => {
  const ell = resultExpr(ellChain)
  const inEll = sufficientStatistics(ell, s)
  const statistics = [...(inEll ?? []), ...bounds.flatMap(b => statisticsIn(b.cond, s.unknown.name))]
  const sufficient: Phrase =
    inEll && statistics.length > 0
      ? say`The unknown meets the sample only in ${joined(
          statistics.map(t => say`${t}`),
          ' and ',
        )}: by the factorisation theorem ${statistics.length > 1 ? 'together they are sufficient' : 'it is a sufficient statistic'}. `
      : []
  const lead: Phrase = generic.length > 0 ? say`Let ${and(...generic)}. ` : []
  return {
    type: 'section',
    id: 'support',
    title: 'Where the likelihood is positive',
    blocks: [
      {
        type: 'prose',
        content: [
          ...sufficient,
          ...say`${eq(lHead(s), ZERO)} unless ${joined(
            bounds.map(b => boundWords(s, b)),
            ' and ',
          )}: any other ${s.unknown} makes an observation impossible. `,
          ...lead,
          'On the values that remain,',
        ],
      },
      ellChain,
    ],
  }
}

const scoreSection = (s: Setting, score: Chain, sign: string, bounds: readonly DataBound[]): Section => ({
  type: 'section',
  id: 'score',
  title: 'Score',
  blocks: [
    score,
    {
      type: 'prose',
      content:
        sign === 'zero'
          ? say`The log-likelihood is constant where it is finite: the score says nothing about ${s.unknown}.`
          : say`This is ${sign === 'neg' ? 'negative' : 'positive'} for every ${s.unknown} with ${joined(
              bounds.map(b => say`${b.cond}`),
              ' and ',
            )}. The score equation has no solution: setting the derivative to zero cannot find this maximum.`,
    },
  ],
})

const endpointSection = (
  s: Setting,
  outcome: CaseOutcome,
  sign: string,
  low: DataBound | undefined,
  high: DataBound | undefined,
): Section => {
  const blocks: Block[] = []
  if (outcome.set)
    blocks.push({
      type: 'prose',
      content: say`Every ${s.unknown} from ${outcome.set.lo} to ${outcome.set.hi} has the same likelihood, and no other has more: the maximum-likelihood estimate is not unique.`,
    })
  else {
    const end = sign === 'neg' ? low : high
    const extreme = sign === 'neg' ? 'smallest' : 'largest'
    blocks.push({
      type: 'prose',
      content:
        end && outcome.estimator
          ? say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, so it is largest at the ${extreme} value that the data allow, ${eq(s.unknown, end.value)}. That value belongs to the set because the support is closed at this end. (Were it open, the supremum would be approached but not attained, and no maximum-likelihood estimate would exist.)`
          : end
            ? say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, so the likelihood grows as ${s.unknown} → ${end.value}. That value does not belong to the set, because the support is open at this end: the supremum is approached but not attained, and no maximum-likelihood estimate exists.`
            : say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, and nothing in the data stops it.`,
    })
  }
  return {
    type: 'section',
    id: 'second-order',
    title: outcome.set
      ? 'The maximum is not unique'
      : outcome.attained === 'none'
        ? 'The maximum is not attained'
        : 'The maximum is at the end of the support',
    blocks,
  }
}

const specialSection = (s: Setting, cases: readonly CaseOutcome[]): Section => ({
  type: 'section',
  id: 'boundary',
  title: 'The boundary',
  blocks: [
    {
      type: 'list',
      items: cases.map(c => ({
        label: say`${c.when}`,
        blocks: [
          {
            type: 'prose' as const,
            content:
              c.attained === 'endpoint' && c.estimator
                ? say`One of the conditions then holds for every ${s.unknown}; the likelihood is largest at the end that the other leaves, ${c.estimator}.`
                : c.estimator
                  ? say`The data allow every ${s.unknown} of the parameter space; the likelihood is largest at its end, ${c.estimator}.`
                  : say`The data allow every ${s.unknown} of the parameter space, and ${c.supremum?.kind === 'infinity' ? say`${lHead(s)} → ${c.supremum}` : 'the likelihood grows'} as ${s.unknown} → ${c.towards ?? ZERO}: no maximum-likelihood estimate exists.`,
          },
        ],
      })),
    },
  ],
})
