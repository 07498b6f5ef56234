/**
 * The sign of a sum: term by term, by the bounds of one atom, by interval arithmetic, by a root against the rest, by a common
 * factor or denominator, by the discriminant of a quadratic.
 */
import { coefficientsIn, normalForm, numeratorDenominator } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type Add, addAll, type Expr, eq, HALF, mul, mulAll, neg, num, ONE, type Pow, type Prop, pow, sub, TWO } from '../term/term.ts'
import { factors, hasKind, subterms, summands } from '../term/walk.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import type { Context, Reason } from './facts.ts'
import { signWith, spend } from './sign.ts'
import { asOneSum, byIndicators, byMonotony, byTangent } from './sign-comparison.ts'
import { byConditions } from './sign-conditions.ts'
import { byCounts } from './sign-counts.ts'
import { byPositivePart } from './sign-facts.ts'
import { signOfBig } from './sign-structure.ts'
import { signOfOneAndCosine } from './sign-trigonometry.ts'
import { byAbsolute, byDifferenceOfSquares, byEnds } from './sign-two-places.ts'
import { signOfOneSymbol } from './sign-univariate.ts'
import { by, conj, isStrict, isUp, productSign, signOfTwo, type Verdict, verdict } from './sign-verdict.ts'

/** A name of which nothing is declared, or that may be any real number. */
const isUnbounded = (t: Expr, cx: Context): boolean => {
  const { lo, hi } = boundsOf(t, cx)
  return !lo && !hi
}

interface Linear {
  readonly slope: Expr
  readonly rest: Expr
}
const linearIn = (t: Expr, atom: Expr): Linear | undefined => {
  const coefficient = coefficientsIn(t, atom, 1)
  return coefficient && { slope: coefficient(1), rest: coefficient(0) }
}
/** x² in x² − c² + h², where x > c > 0. A bound of 0 says no more than the signs of the terms, and they have been asked. */
const linearInPower = (t: Expr, atom: Pow, cx: Context): Linear | undefined => {
  const { lo, hi } = boundsOf(atom, cx)
  if (![lo, hi].some(b => b && b.value.kind !== 'num')) return undefined
  const [slope, rest]: [Expr[], Expr[]] = [[], []]
  for (const s of summands(t)) {
    const parts = factors(s)
    const k = parts.findIndex(f => same(f, atom))
    if (k < 0) rest.push(s)
    else slope.push(mulAll(parts.filter((_, j) => j !== k)))
  }
  return slope.length > 0 ? { slope: addAll(slope), rest: addAll(rest) } : undefined
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
    const linear = atom.kind === 'pow' ? linearInPower(t, atom, cx) : linearIn(t, atom)
    if (!linear) continue
    const { slope, rest } = linear
    const s = signWith(slope, cx, fuel - 1)
    const rises = s?.sign === 'pos' || s?.sign === 'nonneg'
    if (!rises && s?.sign !== 'neg' && s?.sign !== 'nonpos') continue
    // a slope that may vanish: the term may equal its value at the bound
    const isWeak = s.sign === 'nonneg' || s.sign === 'nonpos'
    const bounds = boundsOf(atom, cx)
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
      // a fact a > 0 keeps a ≥ 0 from its bound
      const isKeptOff = (): boolean => {
        const gap = !isWeak && cx.facts.length > 0 ? signWith(normalForm(sub(atom, b.value)), cx, fuel - 1)?.sign : undefined
        return gap === 'pos' || gap === 'neg' || gap === 'nonzero'
      }
      if (up && (v.sign === 'pos' || v.sign === 'nonneg' || v.sign === 'zero')) {
        if (v.sign === 'pos' || !b.attained || isKeptOff()) return verdict('pos', why)
        const zeroWhen = v.sign === 'zero' ? touching : conj(touching, v.zeroWhen)
        return verdict('nonneg', why, zeroWhen)
      }
      if (!up && (v.sign === 'neg' || v.sign === 'nonpos' || v.sign === 'zero')) {
        if (v.sign === 'neg' || !b.attained || isKeptOff()) return verdict('neg', why)
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

const isUnitSquare = (t: Expr): boolean => t.kind === 'num' && Q.isOne(Q.times(t.value, t.value))
/** (m − x)² is the square of x − m. */
const isSquareOf = (t: Expr, u: Expr): boolean =>
  t.kind === 'pow' && same(t.exponent, TWO) && (same(t.base, u) || same(normalForm(t.base), normalForm(neg(u))))

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
  // A ± √(A² + c) is decided by c as it is written
  const own = isUnitSquare(scale) ? summands(root.base).find(u => isSquareOf(u, rest)) : undefined
  const gap = own
    ? signWith(addAll(summands(root.base).flatMap(u => (u === own ? [] : [neg(u)]))), cx, fuel - 1)
    : signWith(normalForm(sub(pow(rest, num(2)), mul(pow(scale, num(2)), root.base))), cx, fuel - 1)
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

/** The sign that all summands have together. */
export const termwise = (t: Expr, cx: Context, fuel: number): Verdict | undefined => {
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

/** x_i = 0 for every i, and x_i = 1 for every i: no sample with an observation is both. */
const areApart = (p: Prop | undefined, cx: Context, fuel: number): boolean => {
  if (p?.kind !== 'and') return false
  const general = p.props.flatMap(q => (q.kind === 'all' && q.body.kind === 'rel' && q.body.op === '=' ? [{ q, body: q.body }] : []))
  return general.some(({ q, body }, k) =>
    general
      .slice(k + 1)
      .some(
        o =>
          same(q.lo, o.q.lo) &&
          same(q.hi, o.q.hi) &&
          same(body.left, o.body.left) &&
          body.right.kind === 'num' &&
          o.body.right.kind === 'num' &&
          !same(body.right, o.body.right) &&
          isUp(signWith(sub(q.hi, q.lo), cx, fuel - 1)?.sign),
      ),
  )
}

export const signOfSum = (t: Add, cx: Context, fuel: number): Verdict | undefined => {
  const counted = byCounts(t, cx)
  if (counted) return counted
  const asked = byConditions(t, cx, (u, here) => signWith(u, here, fuel - 1))
  if (asked) return asked
  // sums over cases: as one sum over the sample they say where they are 0
  const whole = hasKind(t, 'cases') ? asOneSum(t) : undefined
  const told = whole && signOfBig(whole, cx, fuel - 1, true)
  if (told?.zeroWhen || (told && isStrict(told))) return told
  const direct = termwise(t, cx, fuel)
  if (direct?.sign === 'nonneg' || direct?.sign === 'nonpos') {
    const up = direct.sign === 'nonneg'
    if (areApart(direct.zeroWhen, cx, fuel)) return verdict(up ? 'pos' : 'neg', direct.why)
    const part = byPositivePart(up ? t.terms : t.terms.map(neg), cx, fuel)
    return part ? verdict(up ? 'pos' : 'neg', by('terms of one sign', direct.why, part)) : direct
  }
  if (direct) return direct
  const squares = cx.facts.length > 0 ? byDifferenceOfSquares(t, cx, fuel) : undefined
  if (squares) return squares
  const tent = cx.facts.length > 0 && hasKind(t, 'fn') ? byAbsolute(t, cx, fuel) : undefined
  if (tent) return tent
  const wave = hasKind(t, 'fn') ? signOfOneAndCosine(t, u => signWith(u, cx, fuel - 1)) : undefined
  if (wave) return wave
  // as it stands: the normal form shifts ψ(r) to ψ(r + 1)
  const pair = hasKind(t, 'fn') ? byMonotony(t, u => signWith(u, cx, fuel - 1)) : undefined
  if (pair) return pair
  const radical = byRadical(t, cx, fuel)
  if (radical) return radical
  const form = normalForm(t)
  if (form.kind !== 'add' || form.names !== t.names) return signWith(form, cx, fuel - 1)
  if (form.terms.length > longestSum) return undefined
  spend(form.terms.length >> 1) // a long sum costs more than a short one
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
  if (hasKind(form, 'iverson') || hasKind(form, 'cases')) {
    const one = byIndicators(form)
    if (one) return one
    const whole = asOneSum(form)
    const v = whole && signOfBig(whole, cx, fuel - 1, true)
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
  return (
    byDiscriminant(form, cx, fuel) ??
    (form.kind === 'add' ? byEnds(form, cx, fuel) : undefined) ??
    signOfOneSymbol(t, cx, u => signWith(u, cx, fuel - 2))
  )
}
