/**
 * Which samples behave differently, and what the maximum is for each: the generic sample, those for which the
 * stationary point reaches or leaves the interior, and those for which ℓ is monotone. Together they cover every sample.
 */
import type { AnswerCase, Block, Chain, GlobalArgument, Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { coefficientSign } from '../rewrite/arithmetic.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf, type Verdict } from '../rewrite/sign.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { isRegularAt, limitOf } from '../solve/limit.ts'
import type { OpenCase } from '../solve/open-case.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { addAll, and, call, deriv, type Expr, eq, exp, gt, infinity, isZero, lt, neg, type Prop, ZERO } from '../term/term.ts'
import { factors, hasKind, some, substitute, summands } from '../term/walk.ts'
import { chain, lastId, resultExpr } from './draft.ts'
import { type EndName, endOf, endWords, isIncluded, vanishingPowers } from './ends.ts'
import { caseValues, derivative, laws, openPowers, tidy } from './laws.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { Setting } from './setting.ts'
import { ellHead, throughout } from './words.ts'

/** The maximum for the samples of one case, with the blocks that argue it. */
export interface CaseOutcome {
  readonly when: Prop
  readonly samples?: Prop
  /** How the table says the condition, if not by the formula. */
  readonly label?: Phrase
  readonly attained: AnswerCase['attained']
  /** How the table names the estimate, if not by a formula. */
  readonly said?: Phrase
  readonly estimator?: Expr
  readonly towards?: Expr
  readonly supremum?: Expr
  /** An interval of maximisers. */
  readonly set?: { readonly lo: Expr; readonly hi: Expr; readonly closed: readonly [boolean, boolean] }
  /** Finitely many maximisers. */
  readonly points?: readonly Expr[]
  /** The maximum is found among these by comparing values. */
  readonly candidates?: readonly Expr[]
  /** Every point between candidates that tie is a maximiser. */
  readonly spanned?: boolean
  /** Last column of the table. */
  readonly why: Phrase
  /** Where the maximum is attained, in words. */
  readonly where: Phrase
  readonly blocks: readonly Block[]
  readonly global?: GlobalArgument
}

const gap = (a: Expr, b: Expr): Expr => addAll([...summands(a), ...summands(b).map(neg)])

/** N₀ + N₃ = n said of the exponent n − N₀ − N₃ that is 0. */
const differences = (facts: readonly Prop[], ell: Expr): readonly Prop[] =>
  facts.flatMap(f =>
    (f.kind === 'and' ? f.props : [f]).flatMap(p => {
      if (p.kind !== 'rel' || p.op !== '=' || (p.left.kind !== 'add' && p.right.kind !== 'add')) return []
      const gaps = [gap(p.right, p.left), gap(p.left, p.right)]
      return gaps.filter(g => g.kind === 'add' && some(ell, u => same(u, g))).map(g => eq(g, ZERO))
    }),
  )

const settleIndicators = attempt(everywhere(laws('indicator.certain', 'indicator.impossible', 'cases.known')))
const simplifyCase = seq(caseValues, attempt(openPowers), attempt(tidy))
const simplifyCounts = seq(caseValues, settleIndicators, attempt(openPowers), attempt(tidy))
const slopeOfCase = seq(attempt(derivative), attempt(tidy))

/** What a special case says of the sample: a sum of terms of one sign is 0 only if each of them is. */
export const factsOf = (open: OpenCase, cx: Context): readonly Prop[] => {
  const told = [open.degenerate, ...(open.samples && open.samples.kind !== 'or' ? [open.samples] : [])]
  const each = (open.degenerate.kind === 'and' ? open.degenerate.props : [open.degenerate]).flatMap(p => {
    if (p.kind !== 'rel' || p.op !== '=' || !isZero(p.right) || p.left.kind !== 'add') return []
    const own = p.left.terms.map(t => factors(t).filter(f => f.kind !== 'num'))
    const isPlain = p.left.terms.every(t => coefficientSign(t) > 0 && ['pos', 'nonneg'].includes(signOf(t, cx)?.sign ?? ''))
    return isPlain ? own.flatMap(list => (list.length === 1 && list[0] ? [eq(list[0], ZERO)] : [])) : []
  })
  return [...told, ...each]
}

/** ℓ for the samples of a case, simplified, with its derivative. */
export const caseChains = (
  s: Setting,
  l: LogLikelihood,
  id: string,
  facts: readonly Prop[],
): { readonly ell: Chain; readonly slope: Chain } => {
  const given = [...s.model.assume, ...facts, ...differences(facts, l.ell)]
  const hasCounts = hasKind(l.ell, 'iverson') || hasKind(l.ell, 'cases')
  const ell = chain(
    { id: `${id}-ell`, subject: ellHead(s), start: l.ell, origin: { kind: 'substitution', of: lastId(l.chain), facts }, given },
    [{ by: hasCounts ? simplifyCounts : simplifyCase, reason: say`put ${facts[0] ?? and()}` }],
    s.interior,
  )
  const slope = chain(
    {
      id: `${id}-slope`,
      subject: ellHead(s, 1),
      start: deriv(resultExpr(ell), s.unknown),
      origin: { kind: 'derivative', of: lastId(ell) || lastId(l.chain), wrt: s.unknown },
      given,
    },
    [{ by: slopeOfCase }],
    s.interior,
  )
  return { ell, slope }
}

const falls = (v: Verdict): boolean => v.sign === 'neg'

/** Where a strictly monotone ℓ is largest: at an included end, or nowhere. Undefined if that cannot be decided. */
export const monotoneOutcome = (s: Setting, ell: Expr, slope: Verdict, cx: Context): Omit<CaseOutcome, 'when' | 'blocks'> | undefined => {
  if (slope.sign !== 'neg' && slope.sign !== 'pos') return undefined
  const end: EndName = falls(slope) ? 'lo' : 'hi'
  const to = endOf(s, end)
  const trend = falls(slope) ? 'strictly decreasing' : 'strictly increasing'
  if (isIncluded(s, end)) {
    if (!isRegularAt(ell, s.unknown, to, cx)) return undefined
    return {
      attained: 'boundary',
      estimator: to,
      where: say`${endWords(end)} of the parameter space`,
      why: say`${call('L', [s.unknown])} is ${trend}`,
      global: 'monotone',
    }
  }
  const l = limitOf(ell, { variable: s.unknown, to, side: end === 'lo' ? '+' : '-' }, cx)
  const supremum = l?.kind === 'infinity' ? (l.negative ? undefined : infinity) : l && normalForm(exp(l))
  return {
    attained: 'none',
    towards: to,
    ...(supremum ? { supremum } : {}),
    where: say`${s.unknown} → ${to}`,
    why:
      to.kind === 'infinity' && supremum?.kind !== 'infinity'
        ? say`${call('L', [s.unknown])} is ${trend}`
        : supremum?.kind === 'infinity'
          ? say`${ellHead(s)} is ${trend} and unbounded`
          : say`${call('L', [s.unknown])} is ${trend}, and the end is not in the parameter space`,
    global: 'monotone',
  }
}

const trendWords = (slope: Verdict): readonly [string, string] => (falls(slope) ? ['falls', 'left'] : ['rises', 'right'])

/** "L(1) = 0": the included end to which a monotone ℓ runs down, which the interior argument has not seen. */
const farEnd = (s: Setting, bigL: Expr, slope: Verdict, cx: Context): Phrase => {
  const end: EndName = falls(slope) ? 'hi' : 'lo'
  if (!isIncluded(s, end)) return []
  const value = likelihoodAtEnd(s, bigL, end, cx)
  return value && isZero(value) ? say`, and ${eq(call('L', [endOf(s, end)]), ZERO)}` : []
}

/** The samples of an open case: substitute what is known of them, and see how ℓ runs. */
export const degenerateOutcome = (s: Setting, l: LogLikelihood, open: OpenCase, id: string, bigL?: Expr): CaseOutcome | undefined => {
  const facts = factsOf(open, assuming(s.interior, s.model.assume))
  const { ell, slope } = caseChains(s, l, id, facts)
  const cx = assuming(s.interior, [...s.model.assume, ...facts])
  const v = signOf(resultExpr(slope), cx)
  if (!v) return undefined
  const chains: readonly Block[] = [ell, slope].filter(c => c.lines.length > 0)
  if (v.sign === 'zero')
    return {
      when: open.degenerate,
      attained: 'set',
      where: ['everywhere'],
      why: say`${ellHead(s)} is constant`,
      blocks: [
        ...chains,
        {
          type: 'prose',
          content: say`The log-likelihood does not depend on ${s.unknown}: every point of the parameter space is a maximiser.`,
        },
      ],
      ...(open.samples ? { samples: open.samples } : {}),
    }
  const outcome = monotoneOutcome(s, resultExpr(ell), v, cx)
  if (!outcome) return undefined
  const [verb, side] = trendWords(v)
  const sign = (falls(v) ? lt : gt)(ellHead(s, 1), ZERO)
  const trend: Phrase = say`So ${sign} ${throughout(s)}${bigL ? farEnd(s, bigL, v, cx) : []}: the likelihood ${verb} as ${s.unknown} grows`
  const ending: Phrase = outcome.estimator
    ? say`${trend}, so it is largest at the ${side} end of the parameter space, ${outcome.estimator}. The score equation has no solution here. (Were that end excluded from the parameter space, no maximum-likelihood estimate would exist for this sample.)`
    : outcome.supremum?.kind === 'infinity'
      ? say`${trend}, and it increases without bound as ${s.unknown} → ${outcome.towards as Expr}. No maximum-likelihood estimate exists.`
      : outcome.towards?.kind === 'infinity'
        ? say`${trend}. Its supremum is approached as ${s.unknown} → ${outcome.towards} but never attained, so no maximum-likelihood estimate exists.`
        : say`${trend}, and ${outcome.towards as Expr} is not in the parameter space. The supremum is approached but not attained, so no maximum-likelihood estimate exists.`
  return {
    ...outcome,
    when: open.degenerate,
    ...(open.samples ? { samples: open.samples } : {}),
    blocks: [...chains, { type: 'prose', content: ending }],
  }
}

/** L at an included end, if it can be written down: 0 or a value. */
export const likelihoodAtEnd = (s: Setting, bigL: Expr, end: EndName, cx: Context): Expr | undefined => {
  const to = endOf(s, end)
  if (!isRegularAt(bigL, s.unknown, to, cx)) return undefined
  return vanishingPowers(substitute(bigL, new Map([[s.unknown.name, to]])), cx)
}
