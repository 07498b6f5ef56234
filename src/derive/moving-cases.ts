/** Where a log-likelihood that is monotone between the ends the data allow is largest: for the typical sample and for special ones. */

import type { Chain } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { everywhere } from '../rewrite/strategy.ts'
import { normalForm } from '../term/normal-form.ts'
import { and, type Expr, eq, type Prop, ZERO } from '../term/term.ts'
import { cutBy, type DataBound, type FlatEnd } from './data-bounds.ts'
import { resultExpr } from './draft.ts'
import { laws } from './laws.ts'
import { type CaseOutcome, monotoneOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { ellHead, lHead } from './words.ts'
/** The maximum for a special sample: at the end that a remaining condition leaves, or where ℓ runs on all of Θ. */
export const specialOutcome = (
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

export const monotoneOn = (s: Setting, ell: Expr, score: Chain, given: readonly Prop[]): ReturnType<typeof monotoneOutcome> => {
  const cx = assuming(s.interior, given)
  const put = everywhere(laws('case.value'))(resultExpr(score), cx)?.term ?? resultExpr(score)
  const v = signOf(resultExpr(score), cx) ?? signOf(normalForm(put as Expr), cx)
  return v && monotoneOutcome(s, ell, v, cx)
}

/** A likelihood that is constant between the ends that the data and the parameter space allow: each combination of ends that may bind. */
export const flatOutcomes = (
  s: Setting,
  lows: readonly FlatEnd[],
  highs: readonly FlatEnd[],
  generic: readonly Prop[],
): readonly CaseOutcome[] =>
  lows.flatMap(lo =>
    highs.map(
      (hi): CaseOutcome => ({
        when: and(...generic, ...lo.when, ...hi.when),
        attained: 'set',
        set: { lo: lo.value, hi: hi.value, closed: [lo.closed, hi.closed] },
        where: ['between the ends that the data allow'],
        why: say`${lHead(s)} is constant there and ${ZERO} elsewhere`,
        blocks: [],
        global: 'comparison',
      }),
    ),
  )

export const endpointOutcome = (
  s: Setting,
  sign: 'pos' | 'neg',
  ell: Expr,
  low: DataBound | undefined,
  high: DataBound | undefined,
  when: Prop,
  cx: Context,
): CaseOutcome | undefined => {
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
