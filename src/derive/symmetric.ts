/**
 * A likelihood that is even in its unknown, on a parameter space that is symmetric about 0 (or about another middle): it is maximised over θ ≥ 0,
 * and every maximiser θ̂ > 0 brings −θ̂ with it. Owns the test and the passage from the half to the whole; refuses
 * implicit answers on the half and suprema that run to both far ends.
 */
import type { Answer, AnswerCase, Block, Chain, Derivation, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Model, Wanted } from '../model/model.ts'
import type { Context } from '../rewrite/facts.ts'
import { proveInteger, signOf } from '../rewrite/sign.ts'
import { equivalent } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  call,
  type Expr,
  eq,
  fn,
  gt,
  type IntervalSet,
  interval,
  isIn,
  isZero,
  lt,
  mul,
  neg,
  num,
  type Prop,
  sub,
  sym,
  ZERO,
} from '../term/term.ts'
import { mentions, substitute } from '../term/walk.ts'
import { answerCases, concludeWithout, merged } from './conclusion.ts'
import { refusedInformation } from './information.ts'
import { invariance } from './invariance.ts'
import { modelSection } from './model-section.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { observed, type Setting } from './setting.ts'
import { lHead } from './words.ts'

type Parity = 'even' | 'odd'

const evenFunctions = new Set(['abs', 'cos', 'cosh', 'sech'])
const oddFunctions = new Set(['sin', 'tan', 'atan', 'erf', 'sinh', 'tanh', 'asinh', 'atanh'])

const isEvenInteger = (t: Expr, cx: Context): boolean =>
  t.kind === 'num'
    ? Q.isInteger(t.value) && t.value.num % 2n === 0n
    : t.kind === 'add'
      ? t.terms.every(u => isEvenInteger(u, cx))
      : t.kind === 'mul' && t.factors.some(u => isEvenInteger(u, cx)) && t.factors.every(u => proveInteger(u, cx) !== undefined)

const parityOfProduct = (parts: readonly (Parity | undefined)[]): Parity | undefined =>
  parts.includes(undefined) ? undefined : parts.filter(p => p === 'odd').length % 2 === 0 ? 'even' : 'odd'

/** Whether a term is even or odd in a symbol, by its structure. */
const parity = (t: Expr, name: string, cx: Context): Parity | undefined => {
  if (!mentions(t, name)) return 'even'
  const of = (u: Expr): Parity | undefined => parity(u, name, cx)
  switch (t.kind) {
    case 'sym':
      return 'odd'
    case 'add': {
      const [first, ...others] = t.terms.map(of)
      return others.every(p => p === first) ? first : undefined
    }
    case 'mul':
      return parityOfProduct(t.factors.map(of))
    case 'pow': {
      if (of(t.exponent) !== 'even') return undefined
      const base = of(t.base)
      if (base !== 'odd' || mentions(t.exponent, name)) return base === 'even' ? 'even' : undefined
      if (isEvenInteger(t.exponent, cx)) return 'even'
      return t.exponent.kind === 'num' && Q.isInteger(t.exponent.value) ? 'odd' : undefined
    }
    case 'fn': {
      const parts = t.args.map(of)
      if (parts.every(p => p === 'even')) return 'even'
      if (parts.length !== 1 || parts[0] !== 'odd') return undefined
      return evenFunctions.has(t.name) ? 'even' : oddFunctions.has(t.name) ? 'odd' : undefined
    }
    default:
      return undefined
  }
}

/** The half [a, m] of a parameter space from a to b with the middle m, if the density is the same at θ and at a + b − θ. */
const leftHalf = (s: Setting): { readonly half: IntervalSet; readonly centre: Expr } | undefined => {
  const { domain } = s.parameter
  if (domain.kind !== 'interval' || domain.closed[0] !== domain.closed[1] || s.moving || s.model.assume.length > 0) return undefined
  const { lo, hi } = domain
  if (lo.kind !== 'num' || hi.kind !== 'num') return undefined
  const centre = num(Q.times(Q.plus(lo.value, hi.value), Q.rational(1n, 2n)))
  if (isZero(centre)) return undefined
  const { density } = s.sample
  const turned = substitute(density, new Map([[s.unknown.name, sub(mul(num(2), centre), s.unknown)]]))
  const isSame = equivalent(turned, density, u => signOf(u, s.interior)?.sign === 'pos')
  return isSame ? { half: interval(lo, centre, domain.closed[0], true), centre } : undefined
}

/** The right half [0, c) of a parameter space (−c, c), if the density is even in the unknown. */
const rightHalf = (s: Setting): IntervalSet | undefined => {
  const { domain } = s.parameter
  if (domain.kind !== 'interval' || domain.closed[0] !== domain.closed[1]) return undefined
  const { lo, hi } = domain
  const isLine = lo.kind === 'infinity' && hi.kind === 'infinity'
  const isAround = lo.kind === 'num' && hi.kind === 'num' && Q.sign(hi.value) > 0 && Q.compare(Q.negate(lo.value), hi.value) === 0
  if (!isLine && !isAround) return undefined
  const isEven = (t: Expr): boolean =>
    t.kind === 'infinity' || parity(observed(t, s.sample, sym('\u0001i')), s.unknown.name, s.closed) === 'even'
  const hasEvenSupport = s.sample.variables.every(
    v => !mentions(v.support, s.unknown.name) || (v.support.kind !== 'finite' && isEven(v.support.lo) && isEven(v.support.hi)),
  )
  return hasEvenSupport && isEven(s.sample.density) ? interval(ZERO, hi, true, domain.closed[1]) : undefined
}

/** 2c − t. */
const mirror = (t: Expr, centre: Expr): Expr => (isZero(centre) ? neg(t) : sub(mul(num(2), centre), t))

/** The case of the whole space, or undefined if it cannot be said. */
const unfolded = (s: Setting, c: AnswerCase, centre: Expr): CaseOutcome | undefined => {
  const estimator = c.estimator?.[s.unknown.name]
  const base = { when: c.when, blocks: [] }
  if (c.attained === 'none') {
    const towards = c.towards?.[s.unknown.name]
    if (!towards || (isZero(centre) && !isZero(towards))) return undefined
    return {
      ...base,
      attained: 'none',
      towards,
      ...(c.supremum ? { supremum: c.supremum } : {}),
      where: isZero(centre) ? say`${s.unknown} → ${ZERO}` : say`${s.unknown} → ${towards} or ${mirror(towards, centre)}`,
      why: c.why,
    }
  }
  if ((c.attained !== 'interior' && c.attained !== 'boundary' && c.attained !== 'endpoint') || !estimator) return undefined
  if (same(estimator, centre))
    return { ...base, attained: 'interior', estimator, where: ['interior'], why: say`${lHead(s)} falls on both sides of ${centre}` }
  if (c.attained === 'boundary' && estimator.kind !== 'num') return undefined
  return {
    ...base,
    attained: 'set',
    points: isZero(centre) ? [neg(estimator), estimator] : [estimator, mirror(estimator, centre)],
    where: [
      c.attained === 'interior'
        ? 'interior, score zero'
        : c.attained === 'endpoint'
          ? 'end of the support'
          : 'both ends of the parameter space',
    ],
    why: say`${lHead(s)} is the same at ${s.unknown} and ${mirror(s.unknown, centre)}`,
  }
}

const onHalf = (b: Block, domain: Prop): Block =>
  b.type === 'chain'
    ? ({ ...b, domain: b.domain ?? domain } satisfies Chain)
    : b.type === 'list'
      ? { ...b, items: b.items.map(i => ({ ...i, blocks: i.blocks.map(c => onHalf(c, domain)) })) }
      : b

/**
 * The derivation over the whole space from that over its right half; undefined if the likelihood is not even or the half
 * is not solved in closed form.
 */
export const symmetricMaximum = (s: Setting, wanted: readonly Wanted[], derive: (half: Model) => Derivation): Derivation | undefined => {
  const half = rightHalf(s)
  return half && fromHalf(s, wanted, half, ZERO, derive)
}

/** The same for a likelihood that does not change when θ is reflected at the middle of its space: t and 1 − t. */
export const reflectedMaximum = (s: Setting, wanted: readonly Wanted[], derive: (half: Model) => Derivation): Derivation | undefined => {
  const found = leftHalf(s)
  return found && fromHalf(s, wanted, found.half, found.centre, derive)
}

const symmetryWords = (s: Setting, half: IntervalSet, centre: Expr): Phrase => {
  const turned = mirror(s.unknown, centre)
  const reflection = eq(call('L', [turned]), lHead(s))
  const what = s.direct ? 'likelihood' : 'density'
  return isZero(centre)
    ? say`The ${what} contains ${s.unknown} only through terms that do not change when ${s.unknown} is replaced by ${turned}, so ${reflection}: the sign of ${s.unknown} is not identified. It is enough to maximise over ${isIn(s.unknown, half)}, which is what “the parameter space” means up to the conclusion; a maximiser ${gt(s.unknown, ZERO)} there comes with ${turned}.`
    : say`The ${what} does not change when ${s.unknown} is replaced by ${turned}, so ${reflection}: the data cannot tell ${s.unknown} from ${turned}. It is enough to maximise over ${isIn(s.unknown, half)}, which is what “the parameter space” means up to the conclusion; a maximiser ${lt(s.unknown, centre)} there comes with ${turned}.`
}

const fromHalf = (
  s: Setting,
  wanted: readonly Wanted[],
  half: IntervalSet,
  centre: Expr,
  derive: (half: Model) => Derivation,
): Derivation | undefined => {
  const found = derive({ ...s.model, parameters: [{ ...s.parameter, domain: half }] })
  const cases = found.answer.cases.map(c => unfolded(s, c, centre))
  const told = cases.filter(c => c !== undefined)
  const main = told.find(c => c.points !== undefined)
  if (told.length === 0 || told.length !== cases.length || told[0] !== main || !main?.points) return undefined
  const domain = isIn(s.unknown, interval(half.lo, half.hi))
  const opening: Section = {
    type: 'section',
    id: 'support',
    title: 'Symmetry',
    blocks: [
      {
        type: 'prose',
        content: symmetryWords(s, half, centre),
      },
    ],
  }
  const both: Phrase = joined(
    main.points.map(p => say`${{ math: p, plainNames: true, means: true }}`),
    ', ',
    ' and ',
  )
  const always = main.when.kind === 'and' && main.when.props.length === 0
  const zero = told.filter(c => c.estimator !== undefined)
  const none = told.filter(c => c.attained === 'none')
  const list = (group: readonly CaseOutcome[]): Phrase =>
    joined(
      merged(group.map(c => c.when)).map(w => say`${{ math: w, plainNames: true, means: true }}`),
      ' or ',
    )
  const sentence: Phrase = [
    ...say`${both} both maximise the likelihood, ${always ? 'for every sample' : say`whenever ${{ math: main.when, plainNames: true, means: true }}`}: ${isZero(centre) ? say`only ${fn('abs', s.unknown)} is identified` : say`${s.unknown} and ${mirror(s.unknown, centre)} give the same distribution`}.`,
    ...(zero.length > 0 ? say` If ${list(zero)}, the estimate is ${centre}.` : []),
    ...(none.length > 0 ? say` If ${list(none)}, no maximum exists.` : []),
  ]
  const ending = concludeWithout(s, sentence, told)
  const information = refusedInformation(
    say`${s.unknown} and ${mirror(s.unknown, centre)} give the same distribution: with two maximisers, curvature at one of them is no measure of the error, and inverse information is not a standard error here.`,
    isZero(centre) ? 'the sign of the parameter is not identified' : 'two values of the parameter give the same distribution',
  )
  const kept = found.sections.filter(x => !['model', 'short', 'conclusion', 'information', 'invariance', 'computing'].includes(x.id))
  // only an even function has the same value at both maximisers
  const isEven = isZero(centre) && wanted.every(w => parity(w.term, s.unknown.name, s.closed) === 'even')
  const functions = invariance(s, wanted, isEven ? main.points[1] : undefined, undefined)
  const answer: Answer = {
    outcome: 'set',
    parameters: { [s.unknown.name]: { estimator: null, equation: null, closedForm: false } },
    cases: answerCases(s, told),
    global: found.answer.global,
    information: information.answer,
    functions: functions?.functions ?? {},
    obstacle: null,
  }
  return {
    ...found,
    model: s.model,
    sections: [
      modelSection(s.model),
      ending.short,
      opening,
      ...kept.map(x => ({ ...x, blocks: x.blocks.map(b => onHalf(b, domain)) })),
      ending.section,
      information.section,
      ...(functions ? [functions.section] : []),
    ],
    answer,
  }
}
