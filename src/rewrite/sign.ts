/**
 * Sign analysis with its proof. Decides from declared domains, facts of the case, and the structure of the term;
 * says nothing (`undefined`) where it does not know. Nothing here is printed: a proof is turned into a sentence by
 * `derive/`. The zero set of a nonnegative term is reported where it is known, because it is what opens a case.
 */
import { functions } from '../term/functions.ts'
import { coefficientsIn, normalForm, numeratorDenominator, polynomialIn } from '../term/normal-form.ts'
import { compareTerms, same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { forget, recall, record, remembered, type TermMap, termMap } from '../term/remembered.ts'
import {
  type All,
  addAll,
  all,
  and,
  type Big,
  type Expr,
  eq,
  type Fn,
  HALF,
  le,
  lt,
  mul,
  mulAll,
  num,
  ONE,
  or,
  type Pow,
  type Prop,
  pow,
  sub,
  TWO,
  ZERO,
} from '../term/term.ts'
import { factors, hasKind, instantiate, replace, some, subterms, summands } from '../term/walk.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import { signOfConstant } from './constant.ts'
import { type Context, domainOf, enter, knowledge, type Reason } from './facts.ts'
import { asOneSum, byMonotony, byTangent } from './sign-comparison.ts'

export type Sign = 'pos' | 'neg' | 'nonneg' | 'nonpos' | 'nonzero' | 'zero'

export interface Verdict {
  readonly sign: Sign
  readonly why: Reason
  /** For 'nonneg' and 'nonpos': exactly when the term is 0, if that is known. */
  readonly zeroWhen?: Prop
}

const by = (law: string, ...of: readonly Reason[]): Reason => ({ kind: 'by', law, of })
const verdict = (sign: Sign, why: Reason, zeroWhen?: Prop): Verdict => (zeroWhen ? { sign, why, zeroWhen } : { sign, why })

const turned: Record<Sign, Sign> = { pos: 'neg', neg: 'pos', nonneg: 'nonpos', nonpos: 'nonneg', nonzero: 'nonzero', zero: 'zero' }

// --- facts -----------------------------------------------------------------------------------

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

const relationSign = (op: '=' | '!=' | '<' | '<='): Sign => (op === '=' ? 'zero' : op === '!=' ? 'nonzero' : op === '<' ? 'pos' : 'nonneg')

const meet = (a: Sign | undefined, b: Sign): Sign => {
  if (a === undefined || a === b) return b
  const pair = new Set([a, b])
  if (pair.has('zero')) return 'zero'
  if (pair.has('pos')) return 'pos'
  if (pair.has('neg')) return 'neg'
  if (pair.has('nonneg') && pair.has('nonpos')) return 'zero'
  return pair.has('nonneg') ? 'pos' : 'neg' // with nonzero
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
const runsWithin = (index: Expr, { lo, hi }: All, cx: Context, fuel: number): boolean => {
  if (index.free >>> cx.binders.length !== 0) return false
  if (index.kind === 'bound') {
    const range = cx.binders[index.depth]
    if (range && same(range.lo, lo) && same(range.hi, hi)) return true
  }
  return [sub(index, lo), sub(hi, index)].every(gap => isUp(signWith(gap, cx, fuel - 1)?.sign))
}
const isUp = (s: Sign | undefined): boolean => s === 'pos' || s === 'nonneg' || s === 'zero'

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

const byFacts = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
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
  // a normal form has no name that its term has not: most facts are about something else
  for (const fact of facts) {
    if ((fact.direction.names & ~t.names) !== 0) continue
    const ray = rayOf(withoutDenominator(t, cx))
    if (same(fact.direction, ray.direction)) take(Q.sign(fact.scale) * Q.sign(ray.scale) < 0 ? turned[fact.sign] : fact.sign, fact.why)
  }
  if (!sign && (t.kind === 'big' || t.kind === 'sym' || t.kind === 'at'))
    for (const fact of facts) take(beyondPart(t, fact, cx, fuel), fact.why)
  return sign && verdict(sign, why.length === 1 ? (why[0] as Reason) : by('facts', ...why))
}

/** A zero condition that is a fact of the case, or whose negation is, sharpens a weak sign. */
const sharpened = (v: Verdict, cx: Context): Verdict => {
  if (!v.zeroWhen) return v
  for (const f of cx.facts) {
    if (same(f.prop, v.zeroWhen)) return verdict('zero', by('the case', { kind: f.kind, fact: f.prop }))
    if (f.prop.kind === 'not' && same(f.prop.prop, v.zeroWhen))
      return verdict(meet(v.sign, 'nonzero'), by('the case', v.why, { kind: f.kind, fact: f.prop }))
  }
  return v
}

// --- structure -------------------------------------------------------------------------------

const conj = (a: Prop | undefined, b: Prop | undefined): Prop | undefined => a && b && and(a, b)

/** The sign of a sum of two terms of known sign. */
const signOfTwo = (a: Verdict, b: Verdict): Verdict | undefined => {
  if (a.sign === 'zero') return b
  if (b.sign === 'zero') return a
  const up = (v: Verdict): boolean => v.sign === 'pos' || v.sign === 'nonneg'
  const down = (v: Verdict): boolean => v.sign === 'neg' || v.sign === 'nonpos'
  const why = by('terms of one sign', a.why, b.why)
  if (up(a) && up(b))
    return a.sign === 'pos' || b.sign === 'pos' ? verdict('pos', why) : verdict('nonneg', why, conj(a.zeroWhen, b.zeroWhen))
  if (down(a) && down(b))
    return a.sign === 'neg' || b.sign === 'neg' ? verdict('neg', why) : verdict('nonpos', why, conj(a.zeroWhen, b.zeroWhen))
  return undefined
}

const isStrict = (v: Verdict): boolean => v.sign === 'pos' || v.sign === 'neg' || v.sign === 'nonzero'

const productSign = (a: Verdict, b: Verdict): Verdict | undefined => {
  const why = by('sign of a product', a.why, b.why)
  if (a.sign === 'zero' || b.sign === 'zero') return verdict('zero', why)
  if (a.sign === 'nonzero' || b.sign === 'nonzero') return isStrict(a) && isStrict(b) ? verdict('nonzero', why) : undefined
  const negative = (a.sign === 'neg' || a.sign === 'nonpos') !== (b.sign === 'neg' || b.sign === 'nonpos')
  if (isStrict(a) && isStrict(b)) return verdict(negative ? 'neg' : 'pos', why)
  const zeros = [isStrict(a) ? undefined : a, isStrict(b) ? undefined : b].filter(v => v !== undefined)
  const zeroWhen = zeros.every(v => v.zeroWhen) ? or(...zeros.map(v => v.zeroWhen as Prop)) : undefined
  return verdict(negative ? 'nonpos' : 'nonneg', why, zeroWhen)
}

const signOfProduct = (parts: readonly Expr[], cx: Context, fuel: number): Verdict | undefined => {
  let result: Verdict | undefined
  for (const f of parts) {
    const v = signWith(f, cx, fuel)
    if (!v) return undefined
    result = result ? productSign(result, v) : v
    if (!result) return undefined
  }
  return result ?? verdict('pos', by('numerals'))
}

const isEven = (q: Q.Rational): boolean => Q.isInteger(q) && q.num % 2n === 0n

/** 2k for an integer k: the exponent of a square. */
export const isEvenInteger = (t: Expr, cx: Context): boolean => {
  const head = t.kind === 'mul' ? t.factors[0] : undefined
  if (t.kind !== 'mul' || head?.kind !== 'num' || !isEven(head.value)) return false
  return proveInteger(mulAll(t.factors.slice(1)), cx) !== undefined
}

const signOfPower = (t: Pow, cx: Context, fuel: number): Verdict | undefined => {
  const base = signWith(t.base, cx, fuel)
  if ((base?.sign === 'neg' || base?.sign === 'nonzero') && isEvenInteger(t.exponent, cx))
    return verdict('pos', by('an even power of a nonzero number', base.why))
  if (base?.sign === 'pos') return verdict('pos', by('a power of a positive number', base.why))
  const e = t.exponent.kind === 'num' ? t.exponent.value : undefined
  if (e && isEven(e)) {
    if (base && (base.sign === 'neg' || base.sign === 'nonzero')) return verdict('pos', by('an even power of a nonzero number', base.why))
    if (Q.sign(e) > 0) return verdict('nonneg', by('a square'), base?.zeroWhen ?? eq(t.base, ZERO))
    return undefined
  }
  if (!base) return undefined
  if (e && Q.isInteger(e)) return Q.sign(e) > 0 || base.sign === 'neg' ? { ...base, why: by('an odd power', base.why) } : undefined
  if (base.sign === 'nonneg' || base.sign === 'zero') {
    const exponent = signWith(t.exponent, cx, fuel)
    if (exponent?.sign === 'pos') return verdict(base.sign, by('a power', base.why), base.zeroWhen)
  }
  return undefined
}

const signOfFunction = (t: Fn, cx: Context, fuel: number): Verdict | undefined => {
  const rule = functions.get(t.name)?.sign(t.args)
  if (!rule) return undefined
  if ('as' in rule) {
    const v = signWith(rule.as, cx, fuel - 1)
    return v && { ...v, why: by(`sign of ${t.name}`, v.why) }
  }
  return verdict(
    rule.always,
    by(`sign of ${t.name}`),
    rule.always === 'nonneg' && t.name === 'abs' && t.args[0] ? eq(t.args[0], ZERO) : undefined,
  )
}

const isNonempty = (t: Big, cx: Context, fuel: number): boolean => isUp(signWith(sub(t.hi, t.lo), cx, fuel - 1)?.sign)

/** A fact about a sum may be asked for inside of that sum, and again inside of that: no deeper than this. */
export const deepestBinder = 6

const signOfBig = (t: Big, cx: Context, fuel: number, isMerged = false): Verdict | undefined => {
  if (cx.binders.length >= deepestBinder) return undefined
  const inner = signWith(t.body, enter(cx, t, 2), fuel - 1)
  if (!inner) {
    if (isMerged) return undefined
    // Σ(x_i − μ) has no sign entry by entry, Σx_i − nμ may have one
    const form = t.op === 'sum' ? normalForm(t) : t
    return form.kind === 'add' || form.kind === 'mul' ? signWith(form, cx, fuel - 1) : undefined
  }
  const why = by(
    t.op === 'sum' ? 'every summand has this sign' : t.op === 'prod' ? 'every factor has this sign' : 'every entry has this sign',
    inner.why,
  )
  const nonempty = isNonempty(t, cx, fuel)
  switch (t.op) {
    case 'sum': {
      if (inner.sign === 'zero') return verdict('zero', why)
      if (inner.sign === 'nonzero') return undefined
      if (inner.sign === 'pos') return verdict(nonempty ? 'pos' : 'nonneg', why)
      if (inner.sign === 'neg') return verdict(nonempty ? 'neg' : 'nonpos', why)
      return verdict(inner.sign, why, inner.zeroWhen ? all(t.lo, t.hi, inner.zeroWhen) : undefined)
    }
    case 'prod':
      if (inner.sign === 'pos' || inner.sign === 'nonneg') return verdict(inner.sign, why)
      return inner.sign === 'nonzero' || inner.sign === 'neg' ? verdict('nonzero', why) : undefined
    default: {
      if (!nonempty || inner.sign === 'nonzero') return inner.sign === 'nonzero' && nonempty ? verdict('nonzero', why) : undefined
      const everyZero = (t.op === 'max' && inner.sign === 'nonneg') || (t.op === 'min' && inner.sign === 'nonpos')
      return verdict(inner.sign, why, everyZero && inner.zeroWhen ? all(t.lo, t.hi, inner.zeroWhen) : undefined)
    }
  }
}

/** A name of which nothing is declared, or that may be any real number. */
const isUnbounded = (t: Expr, cx: Context): boolean => {
  const { lo, hi } = boundsOf(t, cx)
  return !lo && !hi
}

/** Exchange one atom, in which t is linear with a coefficient of known sign, for its bound. */
const byBounds = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  const atoms = new Map<string, Expr>()
  const collect = (u: Expr): void => {
    switch (u.kind) {
      case 'add':
        for (const s of u.terms) collect(s)
        return
      case 'mul':
        for (const f of u.factors) collect(f)
        return
      case 'num':
        return
      default:
        atoms.set(`${u.hash}`, u)
    }
  }
  collect(t)
  for (const atom of atoms.values()) {
    if ((atom.kind === 'sym' || atom.kind === 'at') && isUnbounded(atom, cx)) continue
    const coefficient = coefficientsIn(t, atom, 1)
    if (!coefficient) continue
    const slope = coefficient(1)
    const s = signWith(slope, cx, fuel - 1)
    const rises = s?.sign === 'pos' || s?.sign === 'nonneg'
    if (!rises && s?.sign !== 'neg' && s?.sign !== 'nonpos') continue
    // a slope that may vanish: the term may equal its value at the bound
    const isWeak = s.sign === 'nonneg' || s.sign === 'nonpos'
    const bounds = boundsOf(atom, cx)
    const rest = coefficient(0)
    for (const [bound, up] of [
      [bounds.lo, rises],
      [bounds.hi, !rises],
    ] as const) {
      if (!bound || same(bound.value, atom)) continue
      const b = isWeak ? { value: bound.value, attained: true, why: bound.why, when: undefined } : bound
      // up: t is at least its value at the bound; otherwise at most
      const v = signWith(normalForm(addAll([mul(slope, b.value), rest])), cx, fuel - 1)
      if (!v) continue
      const why = by('bounded by its value at the end', b.why, v.why)
      const touching = b.attained && !isWeak ? (b.when ?? eq(atom, b.value)) : undefined
      if (up && (v.sign === 'pos' || v.sign === 'nonneg' || v.sign === 'zero')) {
        if (v.sign === 'pos' || !b.attained) return verdict('pos', why)
        const zeroWhen = v.sign === 'zero' ? touching : conj(touching, v.zeroWhen)
        return verdict('nonneg', why, zeroWhen)
      }
      if (!up && (v.sign === 'neg' || v.sign === 'nonpos' || v.sign === 'zero')) {
        if (v.sign === 'neg' || !b.attained) return verdict('neg', why)
        const zeroWhen = v.sign === 'zero' ? touching : conj(touching, v.zeroWhen)
        return verdict('nonpos', why, zeroWhen)
      }
    }
  }
  return undefined
}

/** Interval arithmetic with numerals: 1 + θx > 0 for −1 < θ < 1, −1 < x < 1. */
const byIntervals = (t: Expr, cx: Context): Verdict | undefined => {
  const bounds: Bounds[] = []
  for (const side of ['lo', 'hi'] as const) {
    let total = Q.zero
    let attained = true
    const why: Reason[] = []
    const isBounded = summands(t).every((s, i) => {
      bounds[i] ??= boundsOf(s, cx)
      const b = bounds[i]?.[side]
      if (b?.value.kind !== 'num') return false
      total = Q.plus(total, b.value.value)
      attained = attained && b.attained
      why.push(b.why)
      return true
    })
    if (!isBounded) continue
    const sign = Q.sign(total) * (side === 'lo' ? 1 : -1)
    if (sign > 0 || (sign === 0 && !attained)) return verdict(side === 'lo' ? 'pos' : 'neg', by('interval arithmetic', ...why))
    if (sign === 0) return verdict(side === 'lo' ? 'nonneg' : 'nonpos', by('interval arithmetic', ...why))
  }
  return undefined
}

/** A + B√w: where the root dominates it gives the sign, elsewhere A does. Compares A² with B²w. */
const byRadical = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  const parts = summands(t)
  const isRoot = (f: Expr): f is Pow => f.kind === 'pow' && same(f.exponent, HALF)
  const place = parts.findIndex(p => factors(p).some(isRoot))
  const radical = parts[place]
  const root = radical && factors(radical).find(isRoot)
  if (!radical || !root || parts.length < 2 || parts.length > longestSum / 2) return undefined // squares have the square of that many
  // √w√w − 1 has the same root twice
  const scale = mulAll(factors(radical).filter((_, i, list) => i !== list.indexOf(root)))
  const rest = addAll(parts.filter((_, i) => i !== place))
  const [b, w] = [signWith(scale, cx, fuel - 1), signWith(root.base, cx, fuel - 1)]
  if ((b?.sign !== 'pos' && b?.sign !== 'neg') || (w?.sign !== 'pos' && w?.sign !== 'nonneg')) return undefined
  const gap = signWith(normalForm(sub(pow(rest, num(2)), mul(pow(scale, num(2)), root.base))), cx, fuel - 1)
  if (gap?.sign === 'neg') return verdict(b.sign, by('the root outweighs the rest', b.why, gap.why))
  if (gap?.sign !== 'pos') return undefined
  const a = signWith(rest, cx, fuel - 1)
  return a && (a.sign === 'pos' || a.sign === 'neg') ? verdict(a.sign, by('the rest outweighs the root', a.why, gap.why)) : undefined
}

/** Symbols and entries whose square is a factor of a summand, in reading order. */
const squaredIn = (t: Expr): readonly Expr[] => {
  const found: Expr[] = []
  for (const s of summands(t))
    for (const f of factors(s))
      if (f.kind === 'pow' && (f.base.kind === 'sym' || f.base.kind === 'at') && same(f.exponent, TWO) && !found.some(u => same(u, f.base)))
        found.push(f.base)
  if (found.length < 2) return found
  const inOrder: Expr[] = []
  for (const u of subterms(t))
    if ((u.kind === 'sym' || u.kind === 'at') && found.some(f => same(f, u)) && !inOrder.some(f => same(f, u))) inOrder.push(u)
  return inOrder
}

/** a u² + b u + c without real root has the sign of a. */
const byDiscriminant = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  for (const u of squaredIn(t)) {
    const coefficient = coefficientsIn(t, u, 2)
    if (!coefficient) continue
    const a = coefficient(2)
    const lead = signWith(a, cx, fuel - 1)
    if (lead?.sign !== 'pos' && lead?.sign !== 'neg') continue
    const discriminant = normalForm(sub(pow(coefficient(1), num(2)), mul(num(4), a, coefficient(0))))
    // a (u + b/2a)²
    if (discriminant.kind === 'num' && Q.isZero(discriminant.value)) {
      const double = normalForm(mul(num(-1, 2), coefficient(1), pow(a, num(-1))))
      const apart = signWith(sub(u, double), cx, fuel - 1)
      if (apart && isStrict(apart)) return verdict(lead.sign, by('a square', lead.why, apart.why))
      return verdict(lead.sign === 'pos' ? 'nonneg' : 'nonpos', by('a square', lead.why), eq(u, double))
    }
    const disc = signWith(discriminant, cx, fuel - 1)
    if (disc?.sign === 'neg') return verdict(lead.sign, by('a quadratic without real root', lead.why, disc.why))
  }
  return undefined
}

const termwise = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  let result: Verdict | undefined
  for (const s of summands(t)) {
    const v = signWith(s, cx, fuel - 1)
    if (!v) return undefined
    result = result ? signOfTwo(result, v) : v
    if (!result) return undefined
  }
  return result
}

/** Common factors of all summands, by `same`, powers with numeral exponents included. */
const commonFactor = (t: Expr): Expr | undefined => {
  const lists = summands(t).map(s => factors(s).filter(f => f.kind !== 'num'))
  const [head, ...others] = lists
  if (!head || others.length === 0) return undefined
  const split = (f: Expr): readonly [Expr, Q.Rational] =>
    f.kind === 'pow' && f.exponent.kind === 'num' ? [f.base, f.exponent.value] : [f, Q.one]
  const common: Expr[] = []
  for (const f of head) {
    const [base, e] = split(f)
    let least = e
    const everywhere = others.every(list => {
      const g = list.map(split).find(([b]) => same(b, base))
      if (g && Q.compare(g[1], least) < 0) least = g[1]
      return g !== undefined
    })
    if (everywhere && !Q.isZero(least)) common.push(pow(base, num(least)))
  }
  return common.length > 0 ? mulAll(common) : undefined
}

/** Sums longer than this are looked at term by term only: each exchange of an atom would expand them again. */
const longestSum = 24

const signOfSum = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  const direct = termwise(t, cx, fuel)
  if (direct) return direct
  const radical = byRadical(t, cx, fuel)
  if (radical) return radical
  const form = normalForm(t)
  if (form.kind !== 'add') return signWith(form, cx, fuel - 1)
  if (form.terms.length > longestSum) return undefined
  questionsLeft -= form.terms.length >> 1 // a long sum costs more than a short one
  const viaBounds = byBounds(form, cx, fuel)
  if (viaBounds) return viaBounds
  const viaIntervals = byIntervals(form, cx) ?? (form === t ? undefined : byIntervals(t, cx))
  if (viaIntervals) return viaIntervals
  const common = commonFactor(form)
  if (common) {
    const c = signWith(common, cx, fuel - 1)
    const rest = normalForm(mul(form, pow(common, num(-1))))
    const r = c && rest.kind === 'add' && !same(rest, form) ? signWith(rest, cx, fuel - 1) : undefined
    const v = c && r && productSign(c, r)
    if (v) return v
  }
  const { numerator, denominator } = numeratorDenominator(t)
  if (!same(denominator, ONE) && !same(numerator, form)) {
    const d = signWith(denominator, cx, fuel - 1)
    // a denominator that may be 0 would bring its zeros among those of the fraction
    const n = d && isStrict(d) && signWith(numerator, cx, fuel - 1)
    const v = n && productSign(n, d)
    if (v) return v
  }
  if (hasKind(form, 'fn')) {
    const compared = byMonotony(form, u => signWith(u, cx, fuel - 1))
    if (compared) return compared
    const touching = byTangent(form, u => signWith(u, cx, fuel - 1))
    if (touching) return touching
    const one = asOneSum(form)
    const v = one && signOfBig(one, cx, fuel - 1, true)
    if (v) return v
  }
  return byDiscriminant(form, cx, fuel)
}

/** A statistic that a fact of the case pins down (5Σx_i = n) is exchanged for its value. */
const byEquations = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
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

const byValue = (t: Expr): Verdict | undefined => {
  const sign = t.kind === 'num' ? undefined : signOfConstant(t)
  return sign && verdict(sign > 0 ? 'pos' : 'neg', by('its value'))
}

const structural = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  switch (t.kind) {
    case 'num': {
      const s = Q.sign(t.value)
      return verdict(s > 0 ? 'pos' : s < 0 ? 'neg' : 'zero', by('numerals'))
    }
    case 'sym':
    case 'at':
    case 'bound': {
      const b = boundsOf(t, cx)
      const domain = domainOf(t, cx)
      if (domain?.set.kind === 'finite' && domain.set.elements.length > 0) {
        const values = domain.set.elements.map(e => signWith(e, cx, fuel - 1)?.sign)
        if (values.every(s => s === 'pos' || s === 'neg') && new Set(values).size === 2)
          return verdict('nonzero', { kind: 'given', fact: domain.fact })
      }
      if (b.lo) {
        const v = signWith(b.lo.value, cx, fuel - 1)
        if (v?.sign === 'pos' || ((v?.sign === 'zero' || v?.sign === 'nonneg') && !b.lo.attained)) return verdict('pos', b.lo.why)
        if (v?.sign === 'zero' && b.hi && signWith(b.hi.value, cx, fuel - 1)?.sign === 'zero') return verdict('zero', b.lo.why)
        if (v?.sign === 'zero') return verdict('nonneg', b.lo.why, eq(t, ZERO))
        if (v?.sign === 'nonneg') return verdict('nonneg', b.lo.why, v.zeroWhen && and(eq(t, b.lo.value), v.zeroWhen))
      }
      if (b.hi) {
        const v = signWith(b.hi.value, cx, fuel - 1)
        if (v?.sign === 'neg' || ((v?.sign === 'zero' || v?.sign === 'nonpos') && !b.hi.attained)) return verdict('neg', b.hi.why)
        if (v?.sign === 'zero') return verdict('nonpos', b.hi.why, eq(t, ZERO))
        if (v?.sign === 'nonpos') return verdict('nonpos', b.hi.why)
      }
      return undefined
    }
    case 'add':
      return signOfSum(t, cx, fuel)
    case 'mul':
      return signOfProduct(t.factors, cx, fuel - 1)
    case 'pow':
      return signOfPower(t, cx, fuel - 1)
    case 'fn':
      return signOfFunction(t, cx, fuel)
    case 'big':
      return signOfBig(t, cx, fuel)
    case 'iverson':
      return verdict('nonneg', by('an indicator is 0 or 1'))
    case 'infinity':
      return verdict(t.negative ? 'neg' : 'pos', by('an infinite end'))
    case 'cases': {
      const values = [...t.branches.map((b, i) => signWith(b.value, enter(cx, t, 2 * i + 1), fuel - 1))]
      if (t.otherwise) values.push(signWith(t.otherwise, enter(cx, t, 2 * t.branches.length), fuel - 1))
      const [head] = values
      return head && values.every(v => v?.sign === head.sign)
        ? verdict(head.sign, by('every branch', ...values.map(v => (v as Verdict).why)))
        : undefined
    }
    case 'expect':
    case 'deriv':
    case 'call':
    case 'limit':
      return undefined
    default:
      return t satisfies never
  }
}

const verdicts = knowledge((): TermMap<{ readonly fuel: number; readonly verdict: Verdict | undefined }> => termMap())

const signWith = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
  if (fuel <= 0) return undefined
  const table = verdicts(cx)
  const known = recall(table, t)
  if (known && (known.verdict || known.fuel >= fuel)) return known.verdict
  if (--questionsLeft < 0) return undefined // not remembered: it was not answered
  record(table, t, { fuel, verdict: undefined }) // a question asked again while it is being answered is not known
  let found = byFacts(t, cx, fuel)
  if (!found || found.sign === 'nonneg' || found.sign === 'nonpos' || found.sign === 'nonzero') {
    const own = structural(t, cx, fuel)
    const pinned = own && (isStrict(own) || own.sign === 'zero') ? undefined : byEquations(t, cx, fuel)
    const s = pinned && (!own || isStrict(pinned) || pinned.sign === 'zero') ? pinned : (own ?? byValue(t))
    if (s && found) {
      const sign = meet(found.sign, s.sign)
      found = sign === s.sign ? s : verdict(sign, by('facts', found.why, s.why), found.zeroWhen ?? s.zeroWhen)
    } else found = found ?? s
  }
  if (found) found = sharpened(found, cx)
  if (found || questionsLeft >= 0) record(table, t, { fuel, verdict: found })
  else forget(table, t)
  return found
}

const budget = 9
/** One question may raise that many others; then it is not known. */
const questionsAtMost = 400
let questionsLeft = questionsAtMost
let asking = false

/** The sign of t in this context with its proof, or undefined if it is not known. */
export const signOf = (t: Expr, cx: Context): Verdict | undefined => {
  if (asking) return signWith(t, cx, budget)
  asking = true
  questionsLeft = questionsAtMost
  try {
    return signWith(t, cx, budget)
  } finally {
    asking = false
  }
}

const whenSign = (t: Expr, cx: Context, ok: (s: Sign) => boolean): readonly Reason[] | undefined => {
  const v = signOf(t, cx)
  return v && ok(v.sign) ? [v.why] : undefined
}

/** Proof that t > 0, or undefined. */
export const provePositive = (t: Expr, cx: Context): readonly Reason[] | undefined => whenSign(t, cx, s => s === 'pos')
/** Proof that t ≥ 0, or undefined. */
export const proveNonnegative = (t: Expr, cx: Context): readonly Reason[] | undefined =>
  whenSign(t, cx, s => s === 'pos' || s === 'nonneg' || s === 'zero')
/** Proof that t ≠ 0, or undefined. */
export const proveNonzero = (t: Expr, cx: Context): readonly Reason[] | undefined =>
  whenSign(t, cx, s => s === 'pos' || s === 'neg' || s === 'nonzero')

/** Proof that every value of t is an integer, or undefined. */
export const proveInteger = (t: Expr, cx: Context): readonly Reason[] | undefined => {
  switch (t.kind) {
    case 'num':
      return Q.isInteger(t.value) ? [] : undefined
    case 'bound': {
      const r = cx.binders[t.depth]
      return r && r.lo.kind === 'infinity' ? [by('an index is an integer')] : r && proveInteger(r.lo, cx) && [by('an index is an integer')]
    }
    case 'sym':
    case 'at': {
      const d = domainOf(t, cx)
      if (!d) return undefined
      if (d.set.kind === 'range') return [{ kind: 'given', fact: d.fact }]
      return d.set.kind === 'finite' && d.set.elements.every(e => proveInteger(e, cx)) ? [{ kind: 'given', fact: d.fact }] : undefined
    }
    case 'add':
    case 'mul': {
      const proofs = (t.kind === 'add' ? t.terms : t.factors).map(u => proveInteger(u, cx))
      return proofs.every(p => p !== undefined) ? proofs.flat() : undefined
    }
    case 'pow': {
      const e = t.exponent
      return e.kind === 'num' && Q.isInteger(e.value) && Q.sign(e.value) > 0 ? proveInteger(t.base, cx) : undefined
    }
    case 'big':
      return proveInteger(t.body, enter(cx, t, 2))
    case 'fn':
      return t.name === 'floor' || t.name === 'ceil' ? [] : t.name === 'abs' && t.args[0] ? proveInteger(t.args[0], cx) : undefined
    default:
      return undefined
  }
}

/** Truth of a proposition in this context: its proof, a refutation, or undefined. */
export const decide = (p: Prop, cx: Context): { readonly holds: boolean; readonly why: readonly Reason[] } | undefined => {
  if (p.kind === 'and' || p.kind === 'or') {
    const parts = p.props.map(q => decide(q, cx))
    const absorbing = p.kind === 'or'
    const hit = parts.find(r => r?.holds === absorbing)
    if (hit) return hit
    return parts.every(r => r !== undefined) ? { holds: !absorbing, why: parts.flatMap(r => r?.why ?? []) } : undefined
  }
  if (p.kind === 'all') {
    const inner = decide(p.body, enter(cx, p, 2))
    return inner?.holds ? inner : undefined
  }
  if (p.kind === 'in') {
    const { set, element } = p
    if (set.kind === 'interval') {
      const ends: Prop[] = []
      if (set.lo.kind !== 'infinity') ends.push(relOf(set.lo, element, set.closed[0]))
      if (set.hi.kind !== 'infinity') ends.push(relOf(element, set.hi, set.closed[1]))
      return decide(and(...ends), cx)
    }
    return undefined
  }
  if (p.kind !== 'rel') return undefined
  const v = signOf(sub(p.right, p.left), cx)
  if (!v) return undefined
  const table: Record<typeof p.op, readonly [holds: readonly Sign[], fails: readonly Sign[]]> = {
    '<': [['pos'], ['neg', 'nonpos', 'zero']],
    '<=': [['pos', 'nonneg', 'zero'], ['neg']],
    '=': [['zero'], ['pos', 'neg', 'nonzero']],
    '!=': [['pos', 'neg', 'nonzero'], ['zero']],
  }
  const [holds, fails] = table[p.op]
  return holds.includes(v.sign) ? { holds: true, why: [v.why] } : fails.includes(v.sign) ? { holds: false, why: [v.why] } : undefined
}

const relOf = (a: Expr, b: Expr, closed: boolean): Prop => (closed ? le(a, b) : lt(a, b))
