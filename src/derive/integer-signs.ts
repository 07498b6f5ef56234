/**
 * Signs of gaps between integers: what is known of data that are positive integers, or at most something, is put into
 * the term (T = 1 + y, K = x + y with y ≥ 0), so that (K − x)(n − x) is seen to be nonnegative when it is multiplied out.
 */
import { assuming, type Context, within } from '../rewrite/facts.ts'
import { proveInteger, signOf } from '../rewrite/sign.ts'
import { normalForm, numeratorDenominator } from '../term/normal-form.ts'
import { add, type Expr, infinity, isZero, lt, ONE, type Prop, range, sub, sym, ZERO } from '../term/term.ts'
import { mentions, replace } from '../term/walk.ts'

/** b ≤ a, both integers. */
export type AtMost = readonly [b: Expr, a: Expr]

export interface IntegerFacts {
  /** Statements 0 < T. */
  readonly positive: readonly Prop[]
  readonly atMost: readonly AtMost[]
}
export const noFacts: IntegerFacts = { positive: [], atMost: [] }

type Sign = string | undefined
const turned: Readonly<Record<string, string>> = { pos: 'neg', neg: 'pos', nonneg: 'nonpos', nonpos: 'nonneg' }

const plainSign = (t: Expr, cx: Context): Sign => {
  const direct = signOf(t, cx)?.sign ?? signOf(normalForm(t), cx)?.sign
  if (direct) return direct
  const { numerator, denominator } = numeratorDenominator(t)
  const above = signOf(numerator, cx)?.sign ?? signOf(normalForm(numerator), cx)?.sign
  const below = signOf(denominator, cx)?.sign ?? signOf(normalForm(denominator), cx)?.sign
  return below === 'pos' ? above : below === 'neg' && above ? turned[above] : undefined
}

/** The sign of a gap, with the facts put into it where it cannot be told otherwise. */
export const gapSign = (gap: Expr, facts: IntegerFacts, cx: Context): Sign => {
  const plain = plainSign(gap, cx)
  if (plain === 'pos' || plain === 'neg') return plain
  let [shifted, here] = [gap, cx]
  let strict: readonly Prop[] = facts.positive
  let count = 0
  const put = (from: Expr, to: (rest: Expr) => Expr): void => {
    const rest = sym(`\u0001y${count++}`)
    shifted = replace(shifted, from, to(rest))
    strict = strict.map(p => replace(p, from, to(rest)) as Prop)
    here = within(here, rest.name, range(ZERO, infinity))
  }
  for (const [b, a] of facts.atMost) {
    if (a.kind === 'sym' && !mentions(b, a.name)) put(a, rest => add(b, rest))
    else if (a.kind === 'num' && (b.kind === 'at' || b.kind === 'sym')) put(b, rest => sub(a, rest))
  }
  for (const p of facts.positive)
    if (p.kind === 'rel' && p.op === '<' && isZero(p.left) && proveInteger(p.right, cx) && (p.right.kind !== 'at' || strict.includes(p)))
      put(p.right, rest => add(ONE, rest))
  if (count === 0) return plain
  const told = strict.flatMap(p => (p.kind === 'rel' ? [lt(ZERO, normalForm(sub(p.right, p.left)))] : []))
  return plainSign(shifted, assuming(here, told)) ?? plain
}
