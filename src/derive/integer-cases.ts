/**
 * The cases of an integer parameter: the last integer before the quotient of neighbours falls below 1, ties, the ends of
 * what is allowed, and samples for which the likelihood runs one way.
 */
import type { Chain, Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { decide, proveInteger, signOf } from '../rewrite/sign.ts'
import { type OpenCase, openCase } from '../solve/open-case.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import {
  add,
  all,
  and,
  call,
  div,
  type Expr,
  eq,
  fn,
  infinity,
  integers,
  isIn,
  le,
  lt,
  MINUS_ONE,
  minusInfinity,
  mulAll,
  not,
  ONE,
  type Prop,
  sub,
} from '../term/term.ts'
import { factors, replace, shift, summands } from '../term/walk.ts'
import { type IntegerBounds, realSetting } from './integer-bounds.ts'
import { type Crossing, constantSign, formsOf } from './integer-crossing.ts'
import { gapSign, type IntegerFacts } from './integer-signs.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { lHead } from './words.ts'

/** The largest of some values, or the smallest. */
export const extreme = (values: readonly Expr[], name: 'max' | 'min'): Expr | undefined => {
  const [first, ...more] = values
  return first && more.reduce((v: Expr, w) => fn(name, v, w), first)
}

/** max x < N, and x_i < N for every i: what holds of the largest observation holds of each. */
const withEntries = (p: Prop): readonly Prop[] => {
  if (p.kind !== 'rel' || (p.op !== '<' && p.op !== '<=')) return [p]
  const each = [p.left, p.right].flatMap((side, k) => {
    const found = summands(side).find(u => u.kind === 'big' && u.op === (k === 0 ? 'max' : 'min'))
    return found?.kind === 'big' ? [all(found.lo, found.hi, replace(shift(p, 1), shift(found, 1), found.body))] : []
  })
  return [p, ...each]
}

/** What holds of the parameter as a real number: above the first integer that counts, or from the next one on. */
export const realFacts = (s: Setting, b: IntegerBounds, next: boolean): readonly Prop[] => {
  const { unknown, interior } = realSetting(s)
  const above = b.lows.map(l => (next ? le(add(l, ONE), unknown) : lt(l, unknown)))
  const isNew = (p: Prop): boolean =>
    p.kind === 'rel' && !['pos', ...(next ? ['nonneg'] : [])].includes(signOf(sub(p.right, p.left), interior)?.sign ?? '')
  const within = b.atMost.map(([x, most]) => le(x, most)).filter(p => decide(p, interior)?.holds !== true)
  const found = [...above.filter(isNew), ...b.highs.filter(h => b.fromData.includes(h)).map(h => le(unknown, h))]
  return [...within, ...found.flatMap(withEntries)]
}

/** Where the smallest or largest admissible integer comes from. */
const attainedAt = (b: IntegerBounds, values: readonly Expr[]): CaseOutcome['attained'] =>
  values.some(v => b.fromData.includes(v)) ? 'endpoint' : 'boundary'

/** L runs one way on all admissible integers. */
export const oneWay = (s: Setting, b: IntegerBounds, rises: boolean, when: Prop, samples: Prop | undefined): CaseOutcome | undefined => {
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
  const towards = rises ? infinity : minusInfinity
  return {
    when,
    ...extra,
    attained: 'none',
    towards,
    where: say`${s.unknown} → ${towards}`,
    why: say`${lHead(s)} ${trend} for ever`,
    blocks: [],
    global: 'monotone',
  }
}

/** L is the same on all admissible integers, if there is a first and a last one. */
export const allAlike = (s: Setting, b: IntegerBounds): CaseOutcome | undefined => {
  const [lo, hi] = [extreme(b.lows, 'max'), extreme(b.highs, 'min')]
  if (!lo || !hi) return undefined
  return {
    when: and(),
    attained: 'set',
    set: { lo, hi, closed: [true, true] },
    where: ['every integer that is allowed'],
    why: say`${lHead(s)} is the same at all of them, and 0 elsewhere`,
    blocks: [],
    global: 'comparison',
  }
}

export interface Found {
  readonly cases: readonly CaseOutcome[]
  readonly estimator: Expr | undefined
  readonly generic: readonly Prop[]
}

/** How c lies to a smallest admissible value: above it, at least at it, or not known. */
const againstLow = (c: Expr, low: Expr, known: IntegerFacts, cx: Context): 'above' | 'from' | 'open' => {
  const sign = gapSign(sub(c, low), known, cx)
  return sign === 'pos' ? 'above' : sign === 'nonneg' || sign === 'zero' ? 'from' : 'open'
}

/** The case in which c is 0, said of the factor that vanishes. */
const vanishing = (c: Expr, cx: Context): OpenCase | undefined =>
  openCase(mulAll(factors(c).filter(f => signOf(f, cx)?.sign !== 'pos')), cx)

/** The cases of a quotient that falls through 1 at c: ⌊c⌋, a tie at a whole c, the ends, and the special samples. */
export const casesOf = (s: Setting, b: IntegerBounds, crossing: Crossing, cx: Context): Found | undefined => {
  const { root } = crossing
  const open = [...crossing.open]
  const positive = vanishing(root, cx)
  if (positive && !open.some(o => same(o.degenerate, positive.degenerate))) open.push(positive)
  const generic = open.map(o => o.generic)
  const inside = assuming(cx, generic)
  const known: IntegerFacts = { positive: generic, atMost: b.atMost }
  const low = extreme(b.lows, 'max')
  const high = extreme(b.highs, 'min')
  const verdicts = b.lows.map(l => againstLow(root, l, known, inside))
  const isWhole = proveInteger(root, inside) !== undefined
  const last = isWhole ? root : fn('floor', root)
  const mayFail = b.lows.filter((_, i) => verdicts[i] === 'open')
  const cases: CaseOutcome[] = []
  const put = (c: Omit<CaseOutcome, 'blocks' | 'when'>, ...when: readonly (Prop | undefined)[]): void => {
    cases.push({ ...c, when: and(...when.flatMap(p => (p ? [p] : []))), blocks: [] })
  }
  const room = high && gapSign(sub(high, root), known, inside)
  const cut = high !== undefined && room !== 'nonneg' && room !== 'pos'
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
      put(
        {
          ...main,
          where: ['the smallest integer that is allowed'],
          attained: attainedAt(b, b.lows),
          estimator: m.kind === 'rel' ? m.right : root,
          why: say`the likelihood falls from there on`,
        },
        ...generic,
        m,
      )
  } else {
    put(main, ...generic, ...inRange, not(isIn(root, integers)))
    put(tie, ...generic, ...tieNeeds, ...tieHigh, isIn(root, integers))
    if (meetsLow.length > 0)
      put(
        {
          ...main,
          estimator: low ?? root,
          attained: attainedAt(b, b.lows),
          where: ['the smallest integer that is allowed'],
          why: say`the likelihood falls from there on`,
        },
        ...generic,
        meetsLow.length === 1 ? meetsLow[0] : eq(root, low ?? root),
      )
  }
  for (const o of open) {
    const ratioThere = signUnder(
      realSetting(s),
      crossing.chain,
      o,
      assuming(realSetting(s).interior, realFacts(s, boundsUnder(b, o, cx), false)),
    )
    if (!ratioThere || ratioThere === 'zero') return undefined
    const found = oneWay(s, boundsUnder(b, o, cx), ratioThere === 'pos', o.degenerate, o.samples)
    if (!found) return undefined
    cases.push(found)
  }
  if (mayFail.length > 0) {
    const end = extreme(mayFail, 'max') as Expr
    put(
      {
        attained: attainedAt(b, mayFail),
        estimator: end,
        where: ['the smallest integer that is allowed'],
        why: say`the likelihood falls on all integers that are allowed`,
      },
      ...generic,
      lt(root, end),
    )
  }
  if (cut && high)
    put(
      {
        attained: attainedAt(b, b.highs),
        estimator: high,
        where: ['the largest integer that is allowed'],
        why: say`the likelihood rises on all integers that are allowed`,
      },
      ...generic,
      le(add(high, ONE), root),
    )
  const clipped = cut && high ? fn('min', last, high) : last
  return { cases, estimator: mayFail.length > 0 && low ? fn('max', clipped, low) : clipped, generic }
}

/** The bounds with what a special sample says put into them: max(1, x) is 1 for x = 0. */
const boundsUnder = (b: IntegerBounds, o: OpenCase, cx: Context): IntegerBounds => {
  const put = (t: Expr): Expr =>
    o.degenerate.kind === 'rel' && o.degenerate.op === '=' ? replace(t, o.degenerate.left, o.degenerate.right) : t
  const here = assuming(cx, [o.degenerate])
  const kept = (values: readonly Expr[], low: boolean): readonly Expr[] => {
    const told = values.map(v => ({ v, t: put(v) }))
    return told
      .filter(({ t }, i) =>
        told.every(
          (w, j) =>
            i === j ||
            !['pos', ...(i > j ? ['zero'] : ['zero', 'nonneg'])].includes(signOf(low ? sub(w.t, t) : sub(t, w.t), here)?.sign ?? '') ||
            (i < j && signOf(sub(w.t, t), here)?.sign === 'zero'),
        ),
      )
      .map(({ t }) => t)
  }
  const isTold = (t: Expr): boolean =>
    b.fromData.some(f => same(put(f), t)) && ![...b.lows, ...b.highs].some(v => !b.fromData.includes(v) && same(put(v), t))
  const [lows, highs] = [kept(b.lows, true), kept(b.highs, false)]
  return { ...b, lows, highs, fromData: [...lows, ...highs].filter(isTold) }
}

/** The sign of the quotient minus 1 for the samples of an open case. */
const signUnder = (s: Setting, equation: Chain, o: OpenCase, cx: Context): ReturnType<typeof constantSign> => {
  const { start } = equation
  if (start.kind !== 'rel') return undefined
  const put =
    o.degenerate.kind === 'rel' && o.degenerate.op === '=' ? replace(start.left, o.degenerate.left, o.degenerate.right) : start.left
  const here = assuming(cx, [o.degenerate, ...(o.samples && o.samples.kind !== 'or' ? [o.samples] : [])])
  return constantSign(formsOf(s, put, here), here)
}
