/**
 * Signs from the facts of a context: a fact is the sign of a difference, and a term on the same ray has that sign. Equations
 * among the facts give a statistic its value.
 */
import { normalForm, numeratorDenominator, polynomialIn } from '../term/normal-form.ts'
import { compareTerms, kindBits, same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { remembered } from '../term/remembered.ts'
import { type All, addAll, type Expr, mul, mulAll, num, type Prop, pow, sub, ZERO } from '../term/term.ts'
import { factors, hasKind, instantiate, replace, some, subterms, summands } from '../term/walk.ts'
import { type Context, knowledge, type Reason } from './facts.ts'
import { signWith } from './sign.ts'
import { by, isStrict, isUp, meet, relationSign, type Sign, turned, type Verdict, verdict } from './sign-verdict.ts'

/** t = scale·direction with the leading coefficient of the normal form of `direction` equal to 1. */
interface Ray {
  readonly direction: Expr
  readonly scale: Q.Rational
}

const rayOf = remembered((t: Expr): Ray => {
  const form = normalForm(t)
  // the leading summand is chosen without regard to coefficients, so that t and −t have the same one
  let lead: Expr | undefined
  let least: Expr | undefined
  for (const s of summands(form)) {
    if (s.kind === 'num') continue
    const monomial = s.kind === 'mul' && s.factors[0]?.kind === 'num' ? mulAll(s.factors.slice(1)) : s
    if (least && compareTerms(least, monomial) <= 0) continue
    least = monomial
    lead = s
  }
  const head = lead ? factors(lead)[0] : form
  const scale = head?.kind === 'num' && !Q.isZero(head.value) ? head.value : Q.one
  return { direction: Q.isOne(scale) ? form : addAll(summands(form).map(u => mul(num(Q.inverse(scale)), u))), scale }
}, 9)

/** The numerator of a fact whose denominator is a product of positive numbers (n, a declared positive known): x̄ > 0 is Σx_i > 0. */
const withoutDenominator = (t: Expr, cx: Context): Expr => {
  if (!hasKind(t, 'pow') || !some(t, u => u.kind === 'pow' && u.exponent.kind === 'num' && Q.sign(u.exponent.value) < 0)) return t
  const { numerator, denominator } = numeratorDenominator(t)
  const isPositive = factors(denominator).every(f => {
    const base = f.kind === 'pow' ? f.base : f
    if (base.kind === 'num') return Q.sign(base.value) > 0
    const set = base.kind === 'sym' ? cx.domains.get(base.name) : undefined
    return (
      set !== undefined &&
      set.kind !== 'finite' &&
      set.lo.kind === 'num' &&
      (Q.sign(set.lo.value) > 0 || (Q.isZero(set.lo.value) && set.kind === 'interval' && !set.closed[0]))
    )
  })
  return isPositive ? numerator : t
}

/** A fact as the sign of its difference, prepared once for each context. */
interface PreparedFact {
  readonly direction: Expr
  readonly scale: Q.Rational
  readonly sign: Sign
  readonly why: Reason
}

const prepare = (prop: Prop, why: Reason, cx: Context, facts: PreparedFact[]): void => {
  if (prop.kind !== 'rel') return
  const { direction, scale } = rayOf(withoutDenominator(sub(prop.right, prop.left), cx))
  facts.push({ direction, scale, sign: relationSign(prop.op), why })
}

const preparedFacts = knowledge((cx): readonly PreparedFact[] => {
  const facts: PreparedFact[] = []
  for (const f of cx.facts) for (const prop of conjuncts(f.prop)) prepare(prop, { kind: f.kind, fact: prop }, cx, facts)
  return facts
})

/** True if the index is known to lie in lo..hi: only there does a fact about every index speak of it. */
export const runsWithin = (index: Expr, { lo, hi }: All, cx: Context, fuel: number): boolean => {
  if (index.free >>> cx.binders.length !== 0) return false
  if (index.kind === 'bound') {
    const range = cx.binders[index.depth]
    if (range && same(range.lo, lo) && same(range.hi, hi)) return true
  }
  return [sub(index, lo), sub(hi, index)].every(gap => isUp(signWith(gap, cx, fuel - 1)?.sign))
}

/** Facts on every entry of an array. */
const generalFacts = knowledge((cx): readonly { readonly prop: All; readonly why: Reason }[] =>
  cx.facts.flatMap(f =>
    conjuncts(f.prop).flatMap(prop => (prop.kind === 'all' ? [{ prop, why: { kind: f.kind, fact: prop } as Reason }] : [])),
  ),
)

const factsOn = (t: Expr, cx: Context, fuel: number): readonly PreparedFact[] => {
  const fixed = preparedFacts(cx)
  // general facts at the entries that t mentions
  const general = generalFacts(cx)
  if (general.length === 0 || !hasKind(t, 'at')) return fixed
  const facts = [...fixed]
  for (const g of general)
    for (const u of subterms(t)) {
      const index = u.kind === 'at' && u.index.length === 1 ? u.index[0] : undefined
      if (index && runsWithin(index, g.prop, cx, fuel))
        for (const p of conjuncts(instantiate(g.prop.body, index))) prepare(p, g.why, cx, facts)
    }
  return facts
}

const conjuncts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props : [p])

/** A fact αt + r > 0 in which r is not positive: then αt > 0. (k > n/4 gives k > 0.) */
const beyondPart = (t: Expr, fact: PreparedFact, cx: Context, fuel: number): Sign | undefined => {
  if (fact.direction.kind !== 'add' || fact.sign === 'nonzero' || fact.sign === 'zero') return undefined
  const ray = rayOf(t)
  if (ray.direction.kind === 'add') return undefined
  const own = fact.direction.terms.find(u => same(rayOf(u).direction, ray.direction))
  if (!own) return undefined
  const known = Q.sign(fact.scale) < 0 ? turned[fact.sign] : fact.sign
  const rest = signWith(addAll(fact.direction.terms.filter(u => u !== own)), cx, fuel - 2)?.sign
  const helps = known === 'pos' || known === 'nonneg' ? rest === 'neg' || rest === 'nonpos' : rest === 'pos' || rest === 'nonneg'
  if (!helps) return undefined
  const strict = known === 'pos' || known === 'neg' || rest === 'neg' || rest === 'pos'
  const up = known === 'pos' || known === 'nonneg'
  const forOwn: Sign = strict ? (up ? 'pos' : 'neg') : up ? 'nonneg' : 'nonpos'
  return Q.sign(rayOf(own).scale) * Q.sign(ray.scale) < 0 ? turned[forOwn] : forOwn
}

/** The numeral among the summands of a direction, and the others. */
const apart = (t: Expr): readonly [Q.Rational, readonly Expr[]] => {
  const [head, ...rest] = summands(t)
  return head?.kind === 'num' ? [head.value, rest] : [Q.zero, summands(t)]
}

/** A fact T − a > 0 about a sum T − b with b ≤ a: 1 − 2x > 0 gives 2 − 2x > 0. */
const beyondNumber = (t: Expr, fact: PreparedFact, cx: Context): Sign | undefined => {
  if (fact.sign === 'nonzero' || fact.sign === 'zero' || !mayBecome(t, fact.direction) || !mayBecome(fact.direction, t)) return undefined
  const ray = rayOf(withoutDenominator(t, cx))
  const [own, mine] = apart(ray.direction)
  const [other, theirs] = apart(fact.direction)
  if (mine.length !== theirs.length || Q.equal(own, other) || !mine.every((u, k) => same(u, theirs[k] as Expr))) return undefined
  const known = Q.sign(fact.scale) < 0 ? turned[fact.sign] : fact.sign
  const above = Q.compare(own, other) > 0
  if (above !== (known === 'pos' || known === 'nonneg')) return undefined
  return Q.sign(ray.scale) < 0 === above ? 'neg' : 'pos'
}

/** What a normal form cannot bring in: neither a name nor an index, an entry of an array or a branch that was not there. */
const lasting = kindBits.big | kindBits.at | kindBits.iverson | kindBits.cases | kindBits.call
const mayBecome = (t: Expr, form: Expr): boolean =>
  (form.names & ~t.names) === 0 && (form.kinds & lasting & ~t.kinds) === 0 && (form.kind !== 'add' || (t.kinds & opening) !== 0)
/** What opens into a sum; a product of powers of names does not. */
const opening = kindBits.add | kindBits.big | kindBits.fn | kindBits.cases | kindBits.iverson | kindBits.expect | kindBits.deriv

export const byFacts = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  if (cx.facts.length === 0 || t.kind === 'num') return undefined
  let sign: Sign | undefined
  const why: Reason[] = []
  const facts = factsOn(t, cx, fuel)
  const take = (found: Sign | undefined, reason: Reason): void => {
    if (!found) return
    const next = meet(sign, found)
    if (next !== sign) why.push(reason)
    sign = next
  }
  let ray: Ray | undefined
  // a sum in which names cancel is asked again in its normal form
  const mayCancel = t.kind === 'mul' || t.kind === 'pow'
  for (const fact of facts) {
    if (!(mayCancel ? mayBecome(t, fact.direction) : t.names === fact.direction.names)) continue
    ray ??= rayOf(withoutDenominator(t, cx))
    if (same(fact.direction, ray.direction)) take(Q.sign(fact.scale) * Q.sign(ray.scale) < 0 ? turned[fact.sign] : fact.sign, fact.why)
  }
  if (!sign && t.kind === 'add') for (const fact of facts) take(beyondNumber(t, fact, cx), fact.why)
  if (!sign && (t.kind === 'big' || t.kind === 'sym' || t.kind === 'at'))
    for (const fact of facts) if (mayBecome(fact.direction, t)) take(beyondPart(t, fact, cx, fuel), fact.why)
  return sign && verdict(sign, why.length === 1 ? (why[0] as Reason) : by('facts', ...why))
}

const coefficientOf = (u: Expr): -1 | 0 | 1 =>
  u.kind === 'num' ? Q.sign(u.value) : u.kind === 'mul' && u.factors[0]?.kind === 'num' ? Q.sign(u.factors[0].value) : 1

/**
 * A fact 0 < b + c about some of the summands of a sum that is known not to be negative: a + b + c is not 0, and neither is
 * bs + ct with positive s and t.
 */
export const byPositivePart = (terms: readonly Expr[], cx: Context, fuel: number): Reason | undefined => {
  const bare = (u: Expr): Expr => (u.kind === 'mul' && u.factors[0]?.kind === 'num' ? mulAll(u.factors.slice(1)) : u)
  const own = terms.filter(u => coefficientOf(u) > 0).map(bare)
  const holds = (u: Expr, v: Expr): boolean => {
    if (same(u, v)) return true
    const rest = factors(v).filter(f => !same(f, u))
    return rest.length === factors(v).length - 1 && signWith(mulAll(rest), cx, fuel - 2)?.sign === 'pos'
  }
  for (const fact of preparedFacts(cx)) {
    const isUpFact = fact.sign === 'pos' ? Q.sign(fact.scale) > 0 : fact.sign === 'neg' && Q.sign(fact.scale) < 0
    if (
      isUpFact &&
      fact.direction.kind === 'add' &&
      fact.direction.terms.every(u => coefficientOf(u) > 0 && own.some(v => holds(bare(u), v)))
    )
      return fact.why
  }
  return undefined
}

/** A zero condition that is a fact of the case, or whose negation is, sharpens a weak sign. */
export const sharpened = (v: Verdict, cx: Context): Verdict => {
  if (!v.zeroWhen) return v
  for (const f of cx.facts) {
    if (same(f.prop, v.zeroWhen)) return verdict('zero', by('the case', { kind: f.kind, fact: f.prop }))
    if (f.prop.kind === 'not' && same(f.prop.prop, v.zeroWhen))
      return verdict(meet(v.sign, 'nonzero'), by('the case', v.why, { kind: f.kind, fact: f.prop }))
  }
  return v
}

/** A statistic that a fact of the case pins down (5Σx_i = n) is exchanged for its value. */
export const byEquations = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  for (const f of cx.facts) {
    if (f.prop.kind !== 'rel' || f.prop.op !== '=') continue
    const difference = sub(f.prop.left, f.prop.right)
    for (const u of subterms(difference)) {
      if (u.kind !== 'big' || !some(t, w => same(w, u))) continue
      const poly = polynomialIn(difference, u)
      const slope = poly?.get(1)
      if (!poly || !slope || [...poly.keys()].some(d => d !== 0 && d !== 1)) continue
      const weight = signWith(slope, cx, fuel - 1)
      if (!weight || !isStrict(weight)) continue
      const value = mul(num(-1), pow(slope, num(-1)), poly.get(0) ?? ZERO)
      const v = signWith(normalForm(replace(t, u, value) as Expr), cx, fuel - 1)
      if (v) return verdict(v.sign, by('the case', { kind: f.kind, fact: f.prop }, v.why))
    }
  }
  return undefined
}
