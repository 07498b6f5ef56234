/**
 * A support that moves with the parameter: the indicators stay in the likelihood, the data bound the parameter, and
 * where ℓ is monotone on what is left the maximum is at an end of the support. Refuses an ℓ that is not monotone there.
 */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { openCase, solveEquation } from '../solve/one-equation.ts'
import { same } from '../term/order.ts'
import { and, at, deriv, eq, type Expr, fn, iverson, le, log, lt, mul, mulAll, neg, type Prop, type SetTerm, sub, ZERO } from '../term/term.ts'
import { factors, mentions, prod, some, substitute } from '../term/walk.ts'
import { chain, lastId, resultExpr } from './draft.ts'
import { derivative, laws, openLog, openPowers, openProduct, splitSums, tidy } from './laws.ts'
import { type CaseOutcome, monotoneOutcome } from './sample-cases.ts'
import { entryOf, type Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
import { statisticsIn } from './statistics.ts'
import { ellHead, lHead } from './words.ts'

/** A condition of the sample on the parameter: θ ≥ value or θ ≤ value (strict or not). */
interface DataBound {
  readonly side: 'lo' | 'hi'
  readonly value: Expr
  readonly strict: boolean
  readonly cond: Prop
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
  return { side: slope === 'pos' ? 'lo' : 'hi', value, strict: cond.op === '<', cond }
}

const indicatorLaws = everywhere(laws('indicator.every', 'indicator.every-and', 'indicator.known', 'indicator.certain', 'indicator.max', 'indicator.min', 'indicator.product'))

export interface MovingSupport {
  readonly sections: readonly Section[]
  readonly cases: readonly CaseOutcome[]
  readonly generic: readonly Prop[]
  readonly main: CaseOutcome
}

export const movingSupport = (s: Setting): MovingSupport | { readonly at: string; readonly reason: string; readonly sections: readonly Section[] } => {
  const start = prod(s.size, i => {
    const x = at(s.variable.name, i)
    const cond = conditions(substitute(s.variable.support, new Map([[s.variable.name, x]])), x)
    return cond ? mul(entryOf(s.sample, s.variable, i), iverson(cond)) : entryOf(s.sample, s.variable, i)
  })
  const likelihood = chain(
    { id: 'likelihood', subject: lHead(s), start, origin: { kind: 'likelihood' }, opening: ['independence'], given: s.model.assume },
    [
      { by: seq(attempt(everywhere(laws('prod.product', 'prod.constant', 'pow.power', 'pow.of-exp', 'prod.exponentials', 'prod.equal-exponents'))), attempt(openProduct)) },
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
  if (conds.length === 0 || bounds.some(b => b === undefined)) return { at: 'support', reason: 'the condition that the data put on the parameter could not be solved', sections }
  const known = bounds as readonly DataBound[]
  const lows = known.filter(b => b.side === 'lo')
  const highs = known.filter(b => b.side === 'hi')
  if (lows.length > 1 || highs.length > 1) return { at: 'support', reason: 'the data bound the parameter twice on the same side', sections }
  const [low] = lows
  const [high] = highs
  // the declared space may bind where the data do not
  const fits = (b: DataBound | undefined, end: 'lo' | 'hi'): { readonly ok: boolean; readonly open?: ReturnType<typeof openCase> } => {
    const to = s.space[end]
    if (!b || to.kind === 'infinity') return { ok: true }
    const gap = end === 'lo' ? sub(b.value, to) : sub(to, b.value)
    const v = signOf(gap, s.interior)
    if (v?.sign === 'pos') return { ok: true }
    const open = openCase(gap, s.interior)
    return open ? { ok: true, open } : { ok: false }
  }
  const atLow = fits(low, 'lo')
  const atHigh = fits(high, 'hi')
  if (!atLow.ok || !atHigh.ok) return { at: 'support', reason: 'an end of the parameter space may bind before the data do', sections }
  const opens = [atLow.open, atHigh.open].filter(o => o !== undefined)
  const generic = opens.map(o => o.generic)
  const facts = [...s.model.assume, ...generic, ...known.map(b => b.cond)]
  const cx = assuming(s.interior, facts)
  const ellChain = chain(
    { id: 'log-likelihood', subject: ellHead(s), start: log(smooth), origin: { kind: 'term' }, given: facts },
    [{ by: seq(attempt(openLog), attempt(openPowers)) }],
    s.interior,
  )
  const ell = resultExpr(ellChain)
  sections.push(positiveSection(s, known, generic, ellChain, smooth))
  const scoreChain = chain(
    { id: 'score', subject: ellHead(s, 1), start: deriv(ell, s.unknown), origin: { kind: 'derivative', of: lastId(ellChain), wrt: s.unknown }, given: facts },
    [{ by: seq(attempt(derivative), attempt(tidy)) }],
    s.interior,
  )
  const slope = signOf(resultExpr(scoreChain), cx)
  if (!slope || !['pos', 'neg', 'zero'].includes(slope.sign)) {
    sections.push({ type: 'section', id: 'score', title: 'Score', blocks: [scoreChain] })
    return { at: 'score', reason: 'the log-likelihood is not monotone on the values of the parameter that the data allow', sections }
  }
  const outcome = endpointOutcome(s, slope.sign as 'pos' | 'neg' | 'zero', ell, low, high, and(...generic), cx)
  if (!outcome) return { at: 'maximum', reason: 'where the monotone log-likelihood is largest could not be decided', sections }
  sections.push(scoreSection(s, scoreChain, slope.sign, known), endpointSection(s, outcome, slope.sign, low, high))
  const cases: CaseOutcome[] = [outcome]
  for (const o of opens) {
    const degenerate = assuming(s.interior, [o.degenerate])
    const v = signOf(resultExpr(scoreChain), degenerate)
    const found = v && monotoneOutcome(s, ell, v, degenerate)
    if (!found) return { at: 'boundary', reason: 'a special sample could not be decided', sections }
    cases.push({ ...found, when: o.degenerate, ...(o.samples ? { samples: o.samples } : {}), blocks: [] })
  }
  if (cases.length > 1) sections.push(specialSection(s, cases.slice(1)))
  return { sections, cases, generic, main: outcome }
}

const endpointOutcome = (
  s: Setting, sign: 'pos' | 'neg' | 'zero', ell: Expr, low: DataBound | undefined, high: DataBound | undefined, when: Prop, cx: Context,
): CaseOutcome | undefined => {
  if (sign === 'zero') {
    if (!low || !high) return undefined
    return {
      when, attained: 'set', set: { lo: low.value, hi: high.value, closed: [!low.strict, !high.strict] }, where: ['between the ends that the data allow'],
      why: say`${lHead(s)} is constant there and ${ZERO} elsewhere`, blocks: [], global: 'comparison',
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
    return { when, attained: 'none', towards: end.value, where: say`${s.unknown} → ${end.value}`, why: [...why, '; the end itself is excluded'], blocks: [], global: 'monotone' }
  return { when, attained: 'endpoint', estimator: end.value, where: ['end of the support'], why, blocks: [], global: 'monotone' }
}

// --- sections --------------------------------------------------------------------------------

const likelihoodSection = (s: Setting, likelihood: Chain): Section => ({
  type: 'section', id: 'likelihood', title: 'Likelihood',
  blocks: [
    { type: 'prose', content: say`The support depends on ${s.unknown}, so its indicator is part of the likelihood and may not be dropped.` },
    likelihood,
    { type: 'prose', content: s.discrete ? say`${lHead(s)} is no distribution over ${s.unknown}.` : say`${lHead(s)} is the joint density at the observed data, not a probability, and no density in ${s.unknown}.` },
  ],
})

const boundWords = (s: Setting, b: DataBound): Phrase => {
  const solved = b.side === 'lo' ? (b.strict ? lt : le)(b.value, s.unknown) : (b.strict ? lt : le)(s.unknown, b.value)
  return same(solved, b.cond) ? say`${b.cond}` : say`${b.cond}, that is, ${solved}`
}

const positiveSection = (s: Setting, bounds: readonly DataBound[], generic: readonly Prop[], ell: Chain, smooth: Expr): Section => {
  // the data meet the unknown only in the indicator, if the other factors with the unknown are free of data
  const separate = factors(smooth).every(f => !mentions(f, s.unknown.name) || !some(f, u => u.kind === 'at'))
  const statistics = bounds.flatMap(b => statisticsIn(b.cond, s.unknown.name))
  const sufficient: Phrase = separate && statistics.length > 0 ? say`The unknown meets the sample only in ${joined(statistics.map(t => say`${t}`), ' and ')}: by the factorisation theorem ${statistics.length > 1 ? 'together they are sufficient' : 'it is a sufficient statistic'}. ` : []
  const lead: Phrase = generic.length > 0 ? say`Let ${and(...generic)}. ` : []
  return {
    type: 'section', id: 'support', title: 'Where the likelihood is positive',
    blocks: [
      { type: 'prose', content: [...sufficient, ...say`${eq(lHead(s), ZERO)} unless ${joined(bounds.map(b => boundWords(s, b)), ' and ')}: any other ${s.unknown} makes an observation impossible. `, ...lead, 'On the values that remain,'] },
      ell,
    ],
  }
}

const scoreSection = (s: Setting, score: Chain, sign: string, bounds: readonly DataBound[]): Section => ({
  type: 'section', id: 'score', title: 'Score',
  blocks: [
    score,
    {
      type: 'prose',
      content: sign === 'zero'
        ? say`The log-likelihood is constant where it is finite: the score says nothing about ${s.unknown}.`
        : say`This is ${sign === 'neg' ? 'negative' : 'positive'} for every ${s.unknown} with ${joined(bounds.map(b => say`${b.cond}`), ' and ')}. The score equation has no solution: setting the derivative to zero cannot find this maximum.`,
    },
  ],
})

const endpointSection = (s: Setting, outcome: CaseOutcome, sign: string, low: DataBound | undefined, high: DataBound | undefined): Section => {
  const blocks: Block[] = []
  if (outcome.set)
    blocks.push({ type: 'prose', content: say`Every ${s.unknown} from ${outcome.set.lo} to ${outcome.set.hi} has the same likelihood, and no other has more: the maximum-likelihood estimate is not unique.` })
  else {
    const end = sign === 'neg' ? low : high
    const extreme = sign === 'neg' ? 'smallest' : 'largest'
    blocks.push({
      type: 'prose',
      content: end && outcome.estimator
        ? say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, so it is largest at the ${extreme} value that the data allow, ${eq(s.unknown, end.value)}. That value belongs to the set because the support is closed at this end. (Were it open, the supremum would be approached but not attained, and no maximum-likelihood estimate would exist.)`
        : end
          ? say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, so the likelihood grows as ${s.unknown} → ${end.value}. That value does not belong to the set, because the support is open at this end: the supremum is approached but not attained, and no maximum-likelihood estimate exists.`
          : say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, and nothing in the data stops it.`,
    })
  }
  return { type: 'section', id: 'second-order', title: outcome.set ? 'The maximum is not unique' : outcome.attained === 'none' ? 'The maximum is not attained' : 'The maximum is at the end of the support', blocks }
}

const specialSection = (s: Setting, cases: readonly CaseOutcome[]): Section => ({
  type: 'section', id: 'boundary', title: 'The boundary',
  blocks: [{
    type: 'list',
    items: cases.map(c => ({
      label: say`${c.when}`,
      blocks: [{
        type: 'prose' as const,
        content: c.estimator
          ? say`The data allow every ${s.unknown} of the parameter space; the likelihood is largest at its end, ${c.estimator}.`
          : say`The data allow every ${s.unknown} of the parameter space, and ${c.supremum?.kind === 'infinity' ? say`${lHead(s)} → ${c.supremum}` : 'the likelihood grows'} as ${s.unknown} → ${c.towards ?? ZERO}: no maximum-likelihood estimate exists.`,
      }],
    })),
  }],
})
