/**
 * A density with a pole at θ = 0 inside of Θ, different on the two sides of it: N(θ, θ²) with θ in R. Each side is a problem of its
 * own; which one holds the maximum is read off ℓ(θ) − ℓ(−θ), if that is a positive function of θ times a statistic. Owns the
 * passage from the sides to the whole; refuses sides without a closed form and spaces that are not symmetric about 0.
 */
import type { AnswerCase, Block, Chain, Derivation, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import type { Model, Wanted } from '../model/model.ts'
import { within } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { isUp } from '../rewrite/sign-verdict.ts'
import { attempt, seq } from '../rewrite/strategy.ts'
import { equivalent, normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  and,
  call,
  cases,
  type Expr,
  eq,
  ge,
  gt,
  type IntervalSet,
  infinity,
  interval,
  isIn,
  isZero,
  lt,
  mulAll,
  ne,
  neg,
  num,
  type Prop,
  pow,
  sub,
  ZERO,
} from '../term/term.ts'
import { factors, mentions, substitute } from '../term/walk.ts'
import { assemble, type Finding } from './assemble.ts'
import { chain, resultExpr } from './draft.ts'
import { type Information, refusedInformation } from './information.ts'
import { simplify, splitSums, tidy } from './laws.ts'
import { modelSection } from './model-section.ts'
import { chainsIn, renamed } from './renamed.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { ellHead } from './words.ts'

const TWO = num(2)

/** 1/θ², |θ|^(-1), (2πθ²)^(-1/2): a factor of the density that has no value at 0, whatever the data. */
const hasPoleAtZero = (s: Setting): boolean => {
  const data = new Set([...s.sample.variables, ...s.sample.covariates].map(v => v.name))
  const at0 = new Map([[s.unknown.name, ZERO]])
  return factors(s.sample.density).some(
    f =>
      f.kind === 'pow' &&
      f.exponent.kind === 'num' &&
      Q.sign(f.exponent.value) < 0 &&
      mentions(f.base, s.unknown.name) &&
      ![...data].some(d => mentions(f.base, d)) &&
      isZero(normalForm(substitute(f.base, at0))),
  )
}

interface Side {
  readonly domain: IntervalSet
  readonly found: Derivation
  readonly main: AnswerCase
  readonly root: Expr
  readonly ell: Expr
}

const chainOf = (found: Derivation, id: Section['id']): Chain | undefined =>
  found.sections.find(x => x.id === id)?.blocks.findLast(b => b.type === 'chain')

/** One side, if every sample has its one stationary point there, except those for which L is unbounded at 0. */
const sideOf = (s: Setting, domain: IntervalSet, derive: (side: Model) => Derivation): Side | undefined => {
  const found = derive({ ...s.model, parameters: [{ ...s.parameter, domain }] })
  const [main, ...others] = found.answer.cases
  const root = main?.estimator?.[s.unknown.name]
  const ell = chainOf(found, 'log-likelihood')
  if (found.answer.outcome !== 'interior' || main?.attained !== 'interior' || !root || !ell) return undefined
  const isClear = others.every(c => {
    const to = c.towards?.[s.unknown.name]
    return c.attained === 'none' && to !== undefined && isZero(to)
  })
  return isClear ? { domain, found, main, root, ell: resultExpr(ell) } : undefined
}

/** D = g(θ)·T with g > 0 for θ > 0 and T free of θ. */
const statisticOf = (s: Setting, difference: Expr, domain: IntervalSet): Expr | undefined => {
  const cx = within(s.closed, s.unknown.name, domain)
  const form = normalForm(difference, u => signOf(u, cx)?.sign === 'pos')
  const moving = factors(form).filter(f => mentions(f, s.unknown.name))
  const fixed = factors(form).filter(f => !mentions(f, s.unknown.name))
  if (signOf(mulAll(moving), cx)?.sign !== 'pos') return undefined
  const data = fixed.filter(f => f.kind !== 'num' && signOf(f, cx)?.sign !== 'pos')
  const scale = fixed.find(f => f.kind === 'num')
  if (data.length === 0) return undefined
  return scale?.kind === 'num' && Q.sign(scale.value) < 0 ? neg(mulAll(data)) : mulAll(data)
}

const onSide = (b: Block, domain: Prop): Block =>
  b.type === 'chain'
    ? { ...b, domain: b.domain ?? domain }
    : b.type === 'list'
      ? { ...b, items: b.items.map(i => ({ ...i, blocks: i.blocks.map(c => onSide(c, domain)) })) }
      : b

const notKept: readonly string[] = ['model', 'short', 'conclusion', 'information', 'invariance', 'computing']
const keptOf = (side: Side): readonly Section[] => side.found.sections.filter(x => !notKept.includes(x.id))

/** The argument on the left side in one section, with names of its own. */
const leftSection = (s: Setting, left: Side, domain: Prop): Section => {
  // what likelihoods are in general has been said on the right side
  const blocks = keptOf(left).flatMap(x =>
    x.id === 'likelihood' || x.id === 'log-likelihood' ? x.blocks.filter(b => b.type === 'chain') : x.blocks,
  )
  const names = new Set(chainsIn(blocks).flatMap(c => c.lines.map(l => l.id)))
  return {
    type: 'section',
    id: 'comparison',
    title: 'The other side of zero',
    blocks: [
      { type: 'prose', content: say`The same for ${lt(s.unknown, ZERO)}; here that side is the parameter space.` },
      ...blocks.map(b => onSide(renamed(b, 'left', names), domain)),
    ],
  }
}

/** The precision, where both sides have the same formulas. */
const informationOf = (s: Setting, right: Side, left: Side, domain: Prop): Information | undefined => {
  const [a, b] = [right.found.answer.information, left.found.answer.information]
  const section = right.found.sections.find(x => x.id === 'information')
  if ('refused' in a || 'refused' in b || !section)
    return refusedInformation(
      ['Neither side has an information that serves for both.'],
      'the two sides of zero have no information in common',
    )
  const entries = [a.observed, b.observed, a.fisher, b.fisher].map(m => m?.[0]?.[0])
  const [own, other, fisher, second] = entries
  const isOne = own && other && equivalent(own, other) && (fisher === second || (fisher && second && equivalent(fisher, second)))
  const everywhere = [right, left].map(side => within(s.closed, s.unknown.name, side.domain))
  // an even root is never negative; what stands beside it must not change its sign at 0
  const isEvenRoot = (f: Expr): boolean => f.kind === 'pow' && f.exponent.kind === 'num' && f.exponent.value.den % 2n === 0n
  const isRoot = (t: Expr | undefined): t is Expr =>
    t !== undefined && factors(t).every(f => isEvenRoot(f) || everywhere.every(cx => isUp(signOf(f, cx)?.sign)))
  const [first, last] = [a, b].map(i => i.standardError[s.unknown.name])
  const isSameRoot = first && last && equivalent(pow(first, TWO), pow(last, TWO))
  const error = isOne && isSameRoot ? [first, last].find(isRoot) : undefined
  if (!error)
    return refusedInformation(
      ['The curvature of the log-likelihood is given by different formulas on the two sides of zero: see the second derivatives there.'],
      'the information has different formulas on the two sides of zero',
    )
  const answer = error === first ? a : b
  const shown = error === first ? section : left.found.sections.find(x => x.id === 'information')
  return shown ? { section: { ...shown, blocks: shown.blocks.map(x => onSide(x, domain)) }, answer, standardError: error } : undefined
}

/**
 * The derivation over the whole space from those over its two sides; undefined if there is no pole at 0 or the sides are not
 * solved in closed form, or their comparison does not hang on the sign of one statistic.
 */
export const twoSidedMaximum = (s: Setting, wanted: readonly Wanted[], derive: (side: Model) => Derivation): Derivation | undefined => {
  const { domain } = s.parameter
  if (domain.kind !== 'interval' || domain.lo.kind !== 'infinity' || domain.hi.kind !== 'infinity') return undefined
  if (s.moving || s.model.assume.length > 0 || !hasPoleAtZero(s)) return undefined
  const right = sideOf(s, interval(ZERO, domain.hi), derive)
  const left = right && sideOf(s, interval(domain.lo, ZERO), derive)
  if (!right || !left) return undefined
  const [ours, theirs] = [right.found.answer.cases, left.found.answer.cases]
  // where L is unbounded on one side of 0 there is no maximum, whatever it does on the other
  const isMatched = (c: AnswerCase, k: number): boolean => {
    const other = theirs[k]
    return other !== undefined && same(c.when, other.when) && (k === 0 || [c, other].some(u => u.supremum?.kind === 'infinity'))
  }
  if (ours.length !== theirs.length || !ours.every(isMatched)) return undefined
  const mirrored = substitute(left.ell, new Map([[s.unknown.name, neg(s.unknown)]]))
  const difference = sub(right.ell, mirrored)
  const statistic = statisticOf(s, difference, right.domain)
  if (!statistic) return undefined
  const [onRight, onLeft] = [isIn(s.unknown, right.domain), isIn(s.unknown, left.domain)]
  const gap = chain(
    {
      id: 'sides',
      subject: sub(ellHead(s), call('ell', [neg(s.unknown)], [0])),
      start: difference,
      origin: { kind: 'term' },
      opening: ['both sides of zero'],
      domain: onRight,
    },
    [{ by: seq(attempt(splitSums), attempt(tidy)) }, { by: attempt(simplify) }],
    within(s.closed, s.unknown.name, right.domain),
  )
  const opening: Section = {
    type: 'section',
    id: 'support',
    title: 'The two sides of zero',
    blocks: [
      {
        type: 'prose',
        content: say`At ${eq(s.unknown, ZERO)} the density has no value, so the parameter space falls apart into ${gt(s.unknown, ZERO)} and ${lt(s.unknown, ZERO)}. First ${gt(s.unknown, ZERO)}: up to the section on the other side, that is the parameter space.`,
      },
    ],
  }
  const comparison: Section = {
    type: 'section',
    id: 'comparison',
    title: 'Which side?',
    blocks: [
      { type: 'prose', content: say`For ${gt(s.unknown, ZERO)},` },
      gap,
      {
        type: 'prose',
        content: say`which has the sign of ${statistic} for every ${gt(s.unknown, ZERO)}. So for ${gt(statistic, ZERO)} each point of the left side is beaten by its mirror image, and the maximum of the right side is the global one; for ${lt(statistic, ZERO)} it is the other way round; for ${eq(statistic, ZERO)} the maxima of both sides are equally high.`,
      },
    ],
  }
  const when = right.main.when
  const parts = when.kind === 'and' ? when.props : [when]
  const given = (p: Prop): Prop => and(...parts, p)
  const higher = (estimator: Expr, beyond: typeof gt): CaseOutcome => ({
    when: given(beyond(statistic, ZERO)),
    attained: 'interior',
    estimator,
    where: ['interior, score zero'],
    why: say`the maximum for ${beyond(s.unknown, ZERO)} is the higher one`,
    blocks: [],
  })
  const found: readonly CaseOutcome[] = [
    higher(right.root, gt),
    higher(left.root, lt),
    {
      when: given(eq(statistic, ZERO)),
      attained: 'set',
      points: [left.root, right.root],
      where: ['interior, score zero'],
      why: say`both maxima are equally high`,
      blocks: [],
    },
    ...ours.slice(1).map(
      (c): CaseOutcome => ({
        when: c.when,
        attained: 'none',
        towards: ZERO,
        supremum: infinity,
        where: say`${s.unknown} → ${ZERO}`,
        why: say`${ellHead(s)} is unbounded`,
        blocks: [],
      }),
    ),
  ]
  const finding: Finding = {
    cases: found,
    generic: [...parts, ne(statistic, ZERO)],
    argument: 'comparison',
    clipped: [],
    formula: cases([{ when: ge(statistic, ZERO), value: right.root }], left.root),
  }
  return assemble(
    s,
    wanted,
    modelSection(s.model),
    [
      opening,
      ...keptOf(right).map(x => ({ ...x, blocks: x.blocks.map(b => onSide(b, onRight)) })),
      leftSection(s, left, onLeft),
      comparison,
    ],
    finding,
    informationOf(s, right, left, onRight),
  )
}
