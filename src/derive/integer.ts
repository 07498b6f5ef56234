/**
 * An integer parameter: neighbouring values of the likelihood are compared. Where L(N)/L(N−1) falls through 1 once, the
 * maximum is at the last integer before, and two neighbours tie where the quotient is exactly 1. Refuses quotients that
 * are not shown to cross 1 at most once.
 */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { proveInteger, signOf } from '../rewrite/sign.ts'
import { applyWith, attempt, type Done, everywhere, onLeft, onRight, type Strategy, seq } from '../rewrite/strategy.ts'
import { solveEquation } from '../solve/one-equation.ts'
import { type OpenCase, openCase } from '../solve/open-case.ts'
import { normalForm, reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import {
  add,
  and,
  at,
  call,
  div,
  type Expr,
  eq,
  fn,
  gt,
  infinity,
  integers,
  isIn,
  isOne,
  isZero,
  iverson,
  le,
  lt,
  MINUS_ONE,
  mul,
  mulAll,
  not,
  ONE,
  type Prop,
  type Rel,
  sub,
  type Term,
  ZERO,
} from '../term/term.ts'
import { children, factors, mentions, prod, replace, some, substitute } from '../term/walk.ts'
import { hatted, table } from './conclusion.ts'
import { conditions } from './data-bounds.ts'
import { chain, line, resultExpr } from './draft.ts'
import { type IntegerBounds, integerBounds, realSetting } from './integer-bounds.ts'
import { law, laws, openPowers, splitSums } from './laws.ts'
import { likelihoodOf, likelihoodSection } from './likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { decreasingForm } from './stationary.ts'
import { lHead } from './words.ts'

export interface IntegerChoice {
  readonly short: Section
  readonly sections: readonly Section[]
  readonly cases: readonly CaseOutcome[]
  readonly estimator: Expr | undefined
}
export interface Stopped {
  readonly at: string
  readonly reason: string
  readonly sections: readonly Section[]
}

const prose = (content: Phrase): Block => ({ type: 'prose', content })
const section = (id: Section['id'], title: string, ...blocks: readonly Block[]): Section => ({ type: 'section', id, title, blocks })

/** The largest of some values, or the smallest. */
const extreme = (values: readonly Expr[], name: 'max' | 'min'): Expr | undefined => {
  const [first, ...more] = values
  return first && more.reduce((v: Expr, w) => fn(name, v, w), first)
}

// --- the likelihood and the quotient of neighbours -------------------------------------------

const likelihoodChain = (s: Setting): Chain => {
  if (!s.moving && !isOne(s.size)) return likelihoodOf(s).chain
  const start = s.direct
    ? s.product
    : prod(s.size, i => {
        const cond = s.moving ? conditions(observed(s.variable.support, s.sample, i), at(s.variable.name, i)) : undefined
        const entry = observed(s.sample.density, s.sample, i)
        return cond ? mul(entry, iverson(cond)) : entry
      })
  return chain(
    {
      id: 'likelihood',
      subject: lHead(s),
      start,
      origin: { kind: 'likelihood' },
      opening: [s.direct ? 'as given' : isOne(s.size) ? 'there is one observation' : 'independence'],
      given: s.model.assume,
    },
    [
      { by: attempt(everywhere(laws('sum.one-entry'))) },
      {
        by: attempt(
          everywhere(
            laws(
              'prod.product',
              'prod.constant',
              'indicator.every',
              'indicator.every-and',
              'indicator.known',
              'indicator.certain',
              'indicator.max',
              'indicator.min',
              'indicator.product',
            ),
          ),
        ),
      },
    ],
    s.closed,
  )
}

/** The likelihood without its indicators: what it is on the integers that the data allow. */
const smoothPart = (likelihood: Chain): Expr => mulAll(factors(resultExpr(likelihood)).filter(f => f.kind !== 'iverson'))

/** One fraction in lowest terms, unless that hides a sign in powers of −1. */
const oneQuotient: Strategy = (t, cx) => {
  const done = laws('algebra.simplify')(t, cx)
  const hides = (u: Term): boolean => some(u, v => v.kind === 'pow' && v.base.kind === 'num' && v.base.value.num < 0n)
  return done && size(done.term) < size(t) && !hides(done.term) ? done : undefined
}
const size = (t: Term): number => 1 + children(t).reduce((n, c) => n + size(c), 0)

const ratioChain = (s: Setting, likelihood: Chain, facts: readonly Prop[]): Chain => {
  const here = smoothPart(likelihood)
  const before = substitute(here, new Map([[s.unknown.name, sub(s.unknown, ONE)]]))
  return chain(
    {
      id: 'quotient',
      subject: div(lHead(s), call('L', [sub(s.unknown, ONE)])),
      start: div(here, before),
      origin: { kind: 'term' },
      opening: ['two neighbours'],
      given: [...s.model.assume, ...facts],
      domain: isIn(s.unknown, s.interior.domains.get(s.unknown.name) ?? s.space),
    },
    [
      { by: seq(everywhere(laws('successive.quotient')), attempt(everywhere(laws('algebra.cancel', 'pow.merge', 'algebra.collect')))) },
      { by: oneQuotient, reason: ['cancel what both have in common'] },
      { by: attempt(splitSums) },
    ],
    s.interior,
  )
}

// --- the crossing ----------------------------------------------------------------------------

interface Crossing {
  readonly root: Expr
  readonly open: readonly OpenCase[]
  readonly chain: Chain
}

/** An equation equivalent to "the quotient is 1", with the line that leads to it. */
interface Form {
  readonly equation: Rel
  readonly lines: readonly { readonly done: Done; readonly reason: Phrase }[]
  readonly open: readonly OpenCase[]
}

/** What all exponents of factors with the parameter share: n in N^(−n)(N − 1)^n. */
const sharedExponent = (t: Expr, unknown: string): Expr | undefined => {
  const exponents = factors(t).flatMap(f => (f.kind === 'pow' && mentions(f.base, unknown) ? [f.exponent] : []))
  const [one] = exponents
  const shared = one && mulAll(factors(one).filter(f => f.kind !== 'num'))
  if (!shared || isOne(shared) || mentions(shared, unknown)) return undefined
  return exponents.every(e => reduceFraction(div(e, shared)).kind === 'num') ? shared : undefined
}

/** The equation as it is, its root, its logarithm. */
const formsOf = (s: Setting, ratio: Expr, cx: Context): readonly Form[] => {
  const start = eq(ratio, ONE)
  const forms: Form[] = [{ equation: start, lines: [], open: [] }]
  const shared = sharedExponent(ratio, s.unknown.name)
  if (shared) {
    const open = signOf(shared, cx)?.sign === 'pos' ? undefined : openCase(shared, cx)
    const inside = open ? assuming(cx, [open.generic]) : cx
    const done = applyWith(law('unit.root'), shared)(start, inside)
    if (done?.term.kind === 'rel') forms.push({ equation: done.term, lines: [{ done, reason: say`take the root of order ${shared}` }], open: open ? [open] : [] })
  }
  const logged = seq(laws('unit.log'), onLeft(seq(attempt(everywhere(laws('log.product'))), attempt(openPowers), attempt(splitSums))))(start, cx)
  if (logged?.term.kind === 'rel') forms.push({ equation: logged.term, lines: [{ done: logged, reason: ['take logarithms'] }], open: [] })
  return forms
}

/** The sign of the quotient minus 1, if it is the same for every value. */
const constantSign = (forms: readonly Form[], cx: Context): 'pos' | 'neg' | undefined => {
  for (const f of forms) {
    if (f.open.length > 0) continue
    const difference = sub(f.equation.left, f.equation.right)
    const sign = signOf(difference, cx)?.sign ?? signOf(reduceFraction(difference), cx)?.sign
    if (sign === 'pos' || sign === 'neg') return sign
  }
  return undefined
}

const crossingOf = (s: Setting, ratio: Expr, cx: Context, given: readonly Prop[]): Crossing | undefined => {
  for (const form of formsOf(s, ratio, cx)) {
    const found = crossingBy(s, ratio, form, cx, given)
    if (found) return found
  }
  return undefined
}

const crossingBy = (s: Setting, ratio: Expr, form: Form, cx: Context, given: readonly Prop[]): Crossing | undefined => {
  const start = eq(ratio, ONE)
  const inside = assuming(
    cx,
    form.open.map(o => o.generic),
  )
  const solution = solveEquation(form.equation, s.unknown, inside)
  const { root } = solution
  if (solution.kind !== 'solved' || !root) return undefined
  const open = [...form.open, ...solution.open.filter(o => !form.open.some(p => same(p.degenerate, o.degenerate)))]
  const generic = open.map(o => o.generic)
  if (!decreasingForm(s, solution, assuming(cx, generic))) return undefined
  // x/(1 − (1 − p)) is x/p
  const shorter = onRight(laws('algebra.simplify'))(solution.final, assuming(cx, generic))
  const simple = shorter && size(shorter.term) < size(solution.final) ? shorter : undefined
  const lines = [line('equal.0', { term: start, steps: [] }, [], { relation: '⇔' })]
  let pending: readonly Done['steps'][number][] = []
  for (const l of [...form.lines, ...solution.lines, ...(simple ? [{ done: simple, reason: say`simplify` }] : [])]) {
    if (l.reason.length === 0) {
      pending = [...pending, ...l.done.steps]
      continue
    }
    lines.push(line(`equal.${lines.length}`, { term: l.done.term, steps: [...pending, ...l.done.steps] }, l.reason, { relation: '⇔' }))
    pending = []
  }
  return {
    root: simple?.term.kind === 'rel' ? simple.term.right : root,
    open,
    chain: {
      type: 'chain',
      start,
      origin: { kind: 'term' },
      lines,
      given: [...given, ...generic],
      domain: isIn(s.unknown, s.interior.domains.get(s.unknown.name) ?? s.space),
    },
  }
}

// --- the cases -------------------------------------------------------------------------------

/** Where the smallest or largest admissible integer comes from. */
const attainedAt = (b: IntegerBounds, values: readonly Expr[]): CaseOutcome['attained'] => (values.some(v => b.fromData.includes(v)) ? 'endpoint' : 'boundary')

/** L runs one way on all admissible integers. */
const oneWay = (s: Setting, b: IntegerBounds, rises: boolean, when: Prop, samples: Prop | undefined): CaseOutcome | undefined => {
  const extra = samples ? { samples } : {}
  const values = rises ? b.highs : b.lows
  const end = extreme(values, rises ? 'min' : 'max')
  const trend = rises ? 'rises' : 'falls'
  if (end)
    return {
      when,
      ...extra,
      attained: attainedAt(b, values),
      estimator: end,
      where: [rises ? 'the largest integer that is allowed' : 'the smallest integer that is allowed'],
      why: say`${lHead(s)} ${trend} with ${s.unknown}`,
      blocks: [],
      global: 'monotone',
    }
  const towards = rises ? infinity : undefined
  if (!towards) return undefined
  return { when, ...extra, attained: 'none', towards, where: say`${s.unknown} → ${towards}`, why: say`${lHead(s)} ${trend} for ever`, blocks: [], global: 'monotone' }
}

interface Found {
  readonly cases: readonly CaseOutcome[]
  readonly estimator: Expr | undefined
  readonly generic: readonly Prop[]
}

/** A positive integer is at least 1. */
const fromOne = (p: Prop, cx: Context): readonly Prop[] =>
  p.kind === 'rel' && p.op === '<' && isZero(p.left) && proveInteger(p.right, cx) ? [le(ONE, p.right)] : []

/** Whether c is at least every smallest admissible value; a weak or strict proof, or a case. */
const againstLow = (c: Expr, low: Expr, cx: Context): 'above' | 'from' | OpenCase | 'open' => {
  const gap = normalForm(sub(c, low))
  const sign = signOf(sub(c, low), cx)?.sign ?? signOf(gap, cx)?.sign
  if (sign === 'pos') return 'above'
  if (sign !== 'nonneg' && sign !== 'zero') return 'open'
  return openCase(sub(c, low), cx) ?? openCase(gap, cx) ?? 'from'
}

const casesOf = (s: Setting, b: IntegerBounds, crossing: Crossing, cx: Context): Found | undefined => {
  const { root } = crossing
  const open = [...crossing.open]
  const positive = openCase(root, cx)
  if (positive && !open.some(o => same(o.degenerate, positive.degenerate))) open.push(positive)
  const inside = assuming(
    cx,
    open.flatMap(o => [o.generic, ...fromOne(o.generic, cx)]),
  )
  const low = extreme(b.lows, 'max')
  const high = extreme(b.highs, 'min')
  if (!low) return undefined
  const verdicts = b.lows.map(l => againstLow(root, l, inside))
  const isWhole = proveInteger(root, inside) !== undefined
  const last = isWhole ? root : fn('floor', root)
  const mayFail = b.lows.filter((_, i) => verdicts[i] === 'open')
  const generic = open.map(o => o.generic)
  const cases: CaseOutcome[] = []
  const put = (c: Omit<CaseOutcome, 'blocks' | 'when'>, ...when: readonly (Prop | undefined)[]): void => {
    cases.push({ ...c, when: and(...when.flatMap(p => (p ? [p] : []))), blocks: [] })
  }
  const cut = high !== undefined && signOf(sub(high, root), inside)?.sign !== 'nonneg' && signOf(sub(high, root), inside)?.sign !== 'pos'
  const inRange: readonly Prop[] = [...mayFail.map(l => le(l, root)), ...(cut && high ? [lt(root, add(high, ONE))] : [])]
  const where: Phrase = ['the last integer up to which the likelihood does not fall']
  const why: Phrase = say`the quotient ${div(lHead(s), call('L', [sub(s.unknown, ONE)]))} is above ${ONE} up to it and below ${ONE} after it`
  const tiePoints = [add(root, MINUS_ONE), root].map(t => normalForm(t))
  const tie: Omit<CaseOutcome, 'blocks' | 'when'> = {
    attained: 'set',
    points: tiePoints,
    set: { lo: tiePoints[0] as Expr, hi: tiePoints[1] as Expr, closed: [true, true] },
    where: ['two neighbours'],
    why: say`the quotient is ${ONE} at ${root}: both are equally likely, and no other integer is more`,
  }
  // a whole c is a tie if c − 1 is still allowed
  const meetsLow: readonly Prop[] = b.lows.flatMap((l, i) => (verdicts[i] === 'above' ? [] : [eq(root, l)]))
  const tieNeeds: readonly Prop[] = b.lows.flatMap((l, i) => (verdicts[i] === 'above' ? [] : [lt(l, root)]))
  const main: Omit<CaseOutcome, 'blocks' | 'when'> = { attained: 'integer', estimator: last, where, why, global: 'comparison' }
  const tieHigh: readonly Prop[] = cut && high ? [le(root, high)] : []
  if (isWhole) {
    put(tie, ...generic, ...tieNeeds, ...tieHigh)
    for (const m of meetsLow)
      put({ ...main, where: ['the smallest integer that is allowed'], attained: 'endpoint', why: say`the likelihood falls from there on` }, ...generic, m)
  } else {
    put(main, ...generic, ...inRange, not(isIn(root, integers)))
    put(tie, ...generic, ...tieNeeds, ...tieHigh, isIn(root, integers))
    if (meetsLow.length > 0)
      put({ ...main, where: ['the smallest integer that is allowed'], why: say`the likelihood falls from there on` }, ...generic, meetsLow.length === 1 ? meetsLow[0] : eq(root, low), isIn(root, integers))
  }
  for (const o of open) {
    const ratioThere = signUnder(realSetting(s), crossing.chain, o, assuming(realSetting(s).interior, realFacts(s, b)))
    if (!ratioThere) return undefined
    const found = oneWay(s, boundsUnder(b, o, cx), ratioThere === 'pos', o.degenerate, o.samples)
    if (!found) return undefined
    cases.push(found)
  }
  if (mayFail.length > 0) {
    const end = extreme(mayFail, 'max') as Expr
    put({ attained: attainedAt(b, mayFail), estimator: end, where: ['the smallest integer that is allowed'], why: say`the likelihood falls on all integers that are allowed` }, ...generic, lt(root, end))
  }
  if (cut && high)
    put({ attained: attainedAt(b, b.highs), estimator: high, where: ['the largest integer that is allowed'], why: say`the likelihood rises on all integers that are allowed` }, ...generic, le(add(high, ONE), root))
  const clipped = cut && high ? fn('min', last, high) : last
  return { cases, estimator: mayFail.length > 0 ? fn('max', clipped, low) : clipped, generic }
}


/** The bounds with what a special sample says put into them: max(1, x) is 1 for x = 0. */
const boundsUnder = (b: IntegerBounds, o: OpenCase, cx: Context): IntegerBounds => {
  const put = (t: Expr): Expr => (o.degenerate.kind === 'rel' && o.degenerate.op === '=' ? replace(t, o.degenerate.left, o.degenerate.right) : t)
  const here = assuming(cx, [o.degenerate])
  const kept = (values: readonly Expr[], low: boolean): readonly Expr[] => {
    const told = values.map(v => ({ v, t: put(v) }))
    return told
      .filter(({ t }, i) => told.every((w, j) => i === j || !['pos', ...(i > j ? ['zero'] : ['zero', 'nonneg'])].includes(signOf(low ? sub(w.t, t) : sub(t, w.t), here)?.sign ?? '') || (i < j && signOf(sub(w.t, t), here)?.sign === 'zero')))
      .map(({ t }) => t)
  }
  const isTold = (t: Expr): boolean => b.fromData.some(f => same(put(f), t)) && ![...b.lows, ...b.highs].some(v => !b.fromData.includes(v) && same(put(v), t))
  const [lows, highs] = [kept(b.lows, true), kept(b.highs, false)]
  return { ...b, lows, highs, fromData: [...lows, ...highs].filter(isTold) }
}

/** The sign of the quotient minus 1 for the samples of an open case. */
const signUnder = (s: Setting, equation: Chain, o: OpenCase, cx: Context): 'pos' | 'neg' | undefined => {
  const { start } = equation
  if (start.kind !== 'rel') return undefined
  const put = o.degenerate.kind === 'rel' && o.degenerate.op === '=' ? replace(start.left, o.degenerate.left, o.degenerate.right) : start.left
  const here = assuming(cx, [o.degenerate, ...(o.samples && o.samples.kind !== 'or' ? [o.samples] : [])])
  return constantSign(formsOf(s, put, here), here)
}

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

const crossingBlocks = (s: Setting, ratio: Expr, c: Crossing): readonly Block[] => [
  prose(say`The likelihood rises from ${sub(s.unknown, ONE)} to ${s.unknown} where this quotient exceeds ${ONE}, and falls where it is below ${ONE}. Where is it ${ONE}, for real ${s.unknown}?`),
  c.chain,
  prose(
    say`${c.open.length > 0 ? say`Let ${and(...c.open.map(o => o.generic))}. ` : []}As ${s.unknown} grows, the quotient ${ratio} passes ${ONE} once, from above to below. So ${lHead(s)} exceeds ${call('L', [sub(s.unknown, ONE)])} for ${lt(s.unknown, c.root)}, equals it at ${eq(s.unknown, c.root)} if that is an integer, and is smaller for ${gt(s.unknown, c.root)}.`,
  ),
]

const conclusionOf = (s: Setting, cases: readonly CaseOutcome[], estimator: Expr | undefined): { readonly short: Section; readonly section: Section } => {
  const words = (c: CaseOutcome, long: boolean): Phrase => {
    const when: Phrase = c.when.kind === 'and' && c.when.props.length === 0 ? ['for every sample'] : say`if ${long ? { math: c.when, plainNames: true, means: true } : c.when}`
    if (c.points)
      return say`${joined(
        c.points.map(p => say`${p}`),
        ' and ',
      )} both maximise the likelihood ${when}`
    return c.estimator ? say`${hatted(s)} = ${c.estimator} ${when}` : say`no maximum exists ${when}`
  }
  const sentence = [
    ...joined(
      cases.map(c => words(c, true)),
      '; ',
    ),
    '.',
  ]
  const exceptions = cases.filter(c => c.points || c.attained === 'none')
  return {
    short: section('short', '', prose(sentence)),
    section: section(
      'conclusion',
      'Conclusion',
      ...(estimator
        ? [
            {
              type: 'boxed' as const,
              items: [{ parameter: s.unknown.name, forms: [{ term: estimator }] }],
              note:
                exceptions.length > 0
                  ? say`unless ${joined(
                      exceptions.map(c => say`${c.when}`),
                      ' or ',
                    )}.`
                  : ['for every sample.'],
            },
          ]
        : []),
      table(s, cases),
    ),
  }
}

// --- all together ----------------------------------------------------------------------------

/** What holds of the parameter as a real number, above the first integer that counts. */
const realFacts = (s: Setting, b: IntegerBounds): readonly Prop[] => {
  const { unknown, interior } = realSetting(s)
  const above = b.lows.filter(l => signOf(sub(unknown, l), interior)?.sign !== 'pos').map(l => lt(l, unknown))
  return [...above, ...b.highs.filter(h => b.fromData.includes(h)).map(h => le(unknown, h))]
}

/** The maximum over the integers of the parameter space. */
export const integerMaximum = (given: Setting): IntegerChoice | Stopped => {
  const s = realSetting(given)
  const likelihood = likelihoodChain(given)
  const first = likelihoodSection(given, { chain: likelihood, names: [] }, undefined)
  const stop = (reason: string, ...more: readonly Section[]): Stopped => ({ at: 'comparison', reason, sections: [first, ...more] })
  const b = integerBounds(given)
  if (!b) return stop('which integers the data allow could not be decided')
  const facts = realFacts(given, b)
  const ratio = ratioChain(s, likelihood, facts)
  const r = resultExpr(ratio)
  const cx = assuming(s.interior, [...s.model.assume, ...facts])
  const slope = constantSign(formsOf(s, r, cx), cx)
  if (slope) {
    const found = oneWay(s, b, slope === 'pos', and(), undefined)
    if (!found) return stop('where the monotone likelihood is largest could not be decided', neighbourSection(s, b, ratio, []))
    const words = prose(
      say`This is ${slope === 'pos' ? 'greater' : 'less'} than ${ONE} for every ${s.unknown}: the likelihood ${slope === 'pos' ? 'rises' : 'falls'} with ${s.unknown}, ${found.estimator ? say`and is largest at the ${slope === 'pos' ? 'largest' : 'smallest'} integer that is allowed, ${found.estimator}` : 'without ever reaching a maximum'}.`,
    )
    const ending = conclusionOf(s, [found], found.estimator)
    return { short: ending.short, sections: [first, neighbourSection(s, b, ratio, [words]), ending.section], cases: [found], estimator: found.estimator }
  }
  const crossing = crossingOf(s, r, cx, [...s.model.assume, ...facts])
  if (!crossing) return stop('where the quotient of neighbouring values passes 1 could not be decided', neighbourSection(s, b, ratio, []))
  const found = casesOf(given, b, crossing, assuming(given.closed, s.model.assume))
  if (!found) return stop('a special sample could not be decided', neighbourSection(s, b, ratio, crossingBlocks(s, r, crossing)))
  const ending = conclusionOf(s, found.cases, found.estimator)
  return {
    short: ending.short,
    sections: [first, neighbourSection(s, b, ratio, crossingBlocks(s, r, crossing)), ending.section],
    cases: found.cases,
    estimator: found.estimator,
  }
}
