/**
 * Which of finitely many values of ℓ is the largest, and for which samples. Each difference of two of them is linear in
 * one statistic where the data allow it, and its sign a threshold on that statistic; differences free of the data have
 * one sign; anything else stays a comparison of numbers. Nothing is assumed about the order of symbolic values.
 */
import { commonPowers, quotient } from '../../rules/common-factor.ts'
import { condensed, zeroOf } from '../../rules/linear-forms.ts'
import { coefficientSign } from '../rewrite/arithmetic.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { decide, signOf } from '../rewrite/sign.ts'
import { normalForm, reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { addAll, and, type Expr, eq, gt, isZero, lt, mul, neg, num, type Prop, pow, sub, sym } from '../term/term.ts'
import { mentions, replace, summands } from '../term/walk.ts'
import { hasData } from './laws.ts'
import type { Setting } from './setting.ts'
import { statisticsIn } from './statistics.ts'

/** One of the values, with what the data must satisfy for it. */
export interface Candidate {
  readonly theta: Expr
  readonly ell: Expr
}

/** How ℓ(b) − ℓ(a) depends on the sample. */
export type Contrast =
  | { readonly kind: 'constant'; readonly sign: 'pos' | 'neg' | 'zero' }
  /** It has the sign of ±(statistic − zero). */
  | { readonly kind: 'threshold'; readonly statistic: Expr; readonly zero: Expr; readonly rising: boolean }
  /** It has the sign of more − less. */
  | { readonly kind: 'open'; readonly more: Expr; readonly less: Expr }

/** A sample's maximisers among the values. */
export interface Verdict {
  readonly when: Prop
  readonly best: readonly Expr[]
}

/** The one statistic of a difference: Σ x_i, or the single observation. */
const statisticOf = (t: Expr, s: Setting): Expr | undefined => {
  const [one, ...others] = statisticsIn(t, s.unknown.name)
  if (one && others.length === 0) return one
  return undefined
}

export const contrast = (s: Setting, a: Expr, b: Expr, cx: Context): Contrast => {
  const positive = (u: Expr): boolean => signOf(u, cx)?.sign === 'pos'
  const difference = apart(sub(b, a), s, t => normalForm(t, positive))
  if (!hasDataIn(difference, s)) {
    const sign = signOf(difference, cx)?.sign
    return sign === 'pos' || sign === 'neg' || sign === 'zero' ? { kind: 'constant', sign } : open(difference)
  }
  const statistic = statisticOf(difference, s)
  const found = statistic && zeroOf(difference, statistic, cx)
  const slope = found && signOf(found.slope, cx)?.sign
  if (!statistic || !found || (slope !== 'pos' && slope !== 'neg') || hasDataIn(found.zero, s)) return open(essential(difference, cx))
  return { kind: 'threshold', statistic, zero: found.zero, rising: slope === 'pos' }
}

/** a − b as a against b. */
const open = (difference: Expr): Contrast => ({
  kind: 'open',
  more: addAll(summands(difference).filter(u => coefficientSign(u) > 0)),
  less: addAll(
    summands(difference)
      .filter(u => coefficientSign(u) < 0)
      .map(neg),
  ),
})

/** The form of a term in which counts Σ 1{…} are taken as they are written. */
const apart = (t: Expr, s: Setting, form: (t: Expr) => Expr): Expr => {
  const counts = statisticsIn(t, s.unknown.name).filter(u => u.kind === 'big' && u.body.kind === 'iverson')
  if (counts.length === 0) return form(t)
  const letters = counts.map((_, k) => sym(`\u0001N${k}`))
  const hidden = counts.reduce((u: Expr, c, k) => replace(u, c, letters[k] as Expr), t)
  return letters.reduce((u: Expr, l, k) => replace(u, l, counts[k] as Expr), condensed(form(hidden)))
}

/** Without the positive factor that all summands share: N₂ log 3 − N₀ log 3 has the sign of N₂ − N₀. */
const essential = (t: Expr, cx: Context): Expr => {
  const factor = t.kind === 'add' ? commonPowers(t.terms) : undefined
  if (!factor || signOf(factor, cx)?.sign !== 'pos') return t
  const inner = summands(t).map(u => quotient(u, factor))
  return inner.every(u => u !== undefined) ? addAll(inner) : t
}

const hasDataIn = (t: Expr, s: Setting): boolean => hasData(t) || s.closed.data.some(d => mentions(t, d))

/** T against t₀, said of the mean where both grow with n: x̄ > 1/2 rather than k > n/2. */
export const onMeanScale = (s: Setting, statistic: Expr, zero: Expr): { readonly left: Expr; readonly right: Expr } => {
  if (s.size.kind !== 'sym' || statistic.kind !== 'big' || statistic.op !== 'sum') return { left: statistic, right: zero }
  const share = quotient(zero, s.size) ?? condensed(reduceFraction(mul(zero, pow(s.size, num(-1)))))
  return mentions(share, s.size.name) ? { left: statistic, right: zero } : { left: mul(pow(s.size, num(-1)), statistic), right: share }
}

interface Threshold {
  readonly statistic: Expr
  readonly zero: Expr
}

const isBelow = (a: Expr, b: Expr, cx: Context): 'below' | 'above' | 'equal' | undefined => {
  const d = reduceFraction(sub(a, b))
  if (isZero(normalForm(d))) return 'equal'
  const sign = signOf(d, cx)?.sign
  return sign === 'neg' ? 'below' : sign === 'pos' ? 'above' : undefined
}

interface Stretch {
  readonly best: Candidate
  /** Where it takes over from the one before, and which others touch the maximum just there. */
  readonly from: Threshold | undefined
  readonly touching: readonly Candidate[]
}

/** The upper envelope of lines in the statistic: which is on top from where. Undefined if two thresholds cannot be compared. */
const envelope = (s: Setting, values: readonly Candidate[], cx: Context): readonly Stretch[] | undefined => {
  const pairs = new Map<string, Contrast>()
  const between = (i: number, j: number): Contrast => {
    const key = `${i},${j}`
    const known = pairs.get(key) ?? contrast(s, (values[i] as Candidate).ell, (values[j] as Candidate).ell, cx)
    pairs.set(key, known)
    return known
  }
  const order: number[] = []
  let statistic: Expr | undefined
  for (let j = 0; j < values.length; j++) {
    let place = 0
    for (const [k, i] of order.entries()) {
      const c = between(i, j)
      if (c.kind !== 'threshold' || (statistic && !same(statistic, c.statistic))) return undefined
      statistic = c.statistic
      if (c.rising) place = k + 1
    }
    order.splice(place, 0, j)
  }
  const zero = (i: number, j: number): Threshold | undefined => {
    const c = between(i, j)
    return c.kind === 'threshold' ? c : undefined
  }
  const top: { i: number; from: Threshold | undefined; touching: number[] }[] = []
  for (const j of order) {
    let from: Threshold | undefined
    let touching: number[] = []
    for (;;) {
      const last = top.at(-1)
      if (!last) break
      from = zero(last.i, j)
      if (!from) return undefined
      if (!last.from) break
      const side = isBelow(from.zero, last.from.zero, cx)
      if (!side) return undefined
      if (side === 'above') break
      top.pop()
      touching = side === 'equal' ? [...last.touching, last.i] : []
    }
    top.push({ i: j, from, touching })
  }
  return top.map(t => ({
    best: values[t.i] as Candidate,
    from: t.from,
    touching: t.touching.map(i => values[i] as Candidate),
  }))
}

/** Cases that no sample meets are left out; a case that every sample meets is said as such. */
const possible = (verdicts: readonly Verdict[], cx: Context): readonly Verdict[] => {
  const parts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props : [p])
  const live = verdicts.filter(v => parts(v.when).every(p => decide(p, cx)?.holds !== false))
  return live.length === 1 && live[0] ? [{ ...live[0], when: and() }] : live
}

const byEnvelope = (s: Setting, stretches: readonly Stretch[], cx: Context): readonly Verdict[] => {
  const at = (t: Threshold): { readonly left: Expr; readonly right: Expr } => onMeanScale(s, t.statistic, t.zero)
  const verdicts: Verdict[] = []
  for (const [k, { best, from, touching }] of stretches.entries()) {
    const before = stretches[k - 1]
    const next = stretches[k + 1]?.from
    if (from && before) {
      const c = at(from)
      verdicts.push({ when: eq(c.left, c.right), best: [before.best, ...touching, best].map(v => v.theta) })
    }
    const bounds: Prop[] = []
    if (from) bounds.push(gt(at(from).left, at(from).right))
    if (next) bounds.push(lt(at(next).left, at(next).right))
    verdicts.push({ when: and(...bounds), best: [best.theta] })
  }
  return possible(verdicts, cx)
}

/** Two values whose difference is no threshold: its sign, as it is. */
const byDifference = (a: Candidate, b: Candidate, { more, less }: Contrast & { readonly kind: 'open' }, cx: Context): readonly Verdict[] =>
  possible(
    [
      { when: gt(more, less), best: [b.theta] },
      { when: lt(more, less), best: [a.theta] },
      { when: eq(more, less), best: [a.theta, b.theta] },
    ],
    cx,
  )

/** The maximisers among the values for every sample, under the facts; undefined if only numbers can tell. */
export const compareValues = (s: Setting, values: readonly Candidate[], facts: readonly Prop[]): readonly Verdict[] | undefined => {
  const cx = assuming(s.closed, facts)
  const [a, b, ...others] = values
  if (!a) return []
  if (!b) return [{ when: and(), best: [a.theta] }]
  const alive = undominated(s, values, cx)
  if (alive.length === 1 && alive[0]) return [{ when: and(), best: alive[0].map(v => v.theta) }]
  if (alive.every(group => group.length === 1)) {
    const stretches = envelope(
      s,
      alive.flatMap(group => group[0] ?? []),
      cx,
    )
    if (stretches) return byEnvelope(s, stretches, cx)
  }
  if (others.length > 0) return undefined
  const c = contrast(s, a.ell, b.ell, cx)
  return c.kind === 'open' ? byDifference(a, b, c, cx) : undefined
}

/** The values that no other one exceeds for every sample; those that are equal for every sample together. */
const undominated = (s: Setting, values: readonly Candidate[], cx: Context): readonly (readonly Candidate[])[] => {
  let groups: Candidate[][] = []
  for (const v of values) {
    let beaten = false
    const kept: Candidate[][] = []
    let home: Candidate[] | undefined
    for (const g of groups) {
      const c = contrast(s, (g[0] as Candidate).ell, v.ell, cx)
      if (c.kind === 'constant' && c.sign === 'pos') continue
      if (c.kind === 'constant' && c.sign === 'neg') beaten = true
      if (c.kind === 'constant' && c.sign === 'zero') home = g
      kept.push(g)
    }
    groups = kept
    if (home) home.push(v)
    else if (!beaten) groups.push([v])
  }
  return groups
}
