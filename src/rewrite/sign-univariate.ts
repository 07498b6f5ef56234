/**
 * The sign of a function of one symbol on its interval: a polynomial with rational coefficients by counting its roots (Sturm), and
 * what holds exponentials and logarithms by monotony from a finite end at which its value is known. Refuses whatever holds data.
 * Source: Basu, Pollack, Roy, Algorithms in Real Algebraic Geometry, section 2.2.
 */
import { normalForm, polynomialIn } from '../term/normal-form.ts'
import { children } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type RationalPolynomial as Poly, remainder, trimmed } from '../term/rational-polynomial.ts'
import { type Expr, eq, type IntervalSet, isIn, isZero, num, type Sym, sym, type Term } from '../term/term.ts'
import { hasKind, mentions, substitute, subterms, symbolsOf } from '../term/walk.ts'
import { signOfConstant } from './constant.ts'
import { differentiated } from './derivative.ts'
import type { Context, Reason } from './facts.ts'
import type { Verdict } from './sign-verdict.ts'

const slope = (p: Poly): Poly => trimmed(p.slice(1).map((c, k) => Q.times(c, Q.rational(k + 1))))
const at = (p: Poly, x: Q.Rational): number => Q.sign(p.reduceRight((sum, c) => Q.plus(Q.times(sum, x), c), Q.zero))
/** The sign far out on one side. */
const far = (p: Poly, side: 1 | -1): number => {
  const degree = p.length - 1
  return Q.sign(p[degree] as Q.Rational) * (side < 0 && degree % 2 === 1 ? -1 : 1)
}

interface Ends {
  /** undefined: infinite. */
  readonly lo: Q.Rational | undefined
  readonly hi: Q.Rational | undefined
}

const signsAt = (chain: readonly Poly[], x: Q.Rational | undefined, side: 1 | -1): readonly number[] =>
  chain.map(p => (x ? at(p, x) : far(p, side)))
const changes = (signs: readonly number[]): number => {
  const kept = signs.filter(s => s !== 0)
  return kept.filter((s, k) => k > 0 && s !== kept[k - 1]).length
}

/** p/(x − a) as often as a is a root: Sturm's count needs ends that are no roots. */
const withoutRoot = (p: Poly, a: Q.Rational | undefined): Poly => {
  let rest = p
  while (a && rest.length > 1 && at(rest, a) === 0) {
    // Horner's division by x − a
    const quotient: Q.Rational[] = []
    let carry = Q.zero
    for (let k = rest.length - 1; k > 0; k--) {
      carry = Q.plus(Q.times(carry, a), rest[k] as Q.Rational)
      quotient.unshift(carry)
    }
    rest = quotient
  }
  return rest
}

/** The number of different roots in (lo, hi), neither of which is a root. */
const rootsIn = (p: Poly, { lo, hi }: Ends): number => {
  if (p.length < 2) return 0
  const chain: Poly[] = [p, slope(p)]
  for (;;) {
    const [a, b] = [chain.at(-2) as Poly, chain.at(-1) as Poly]
    if (b.length === 0) {
      chain.pop()
      break
    }
    chain.push(remainder(a, b).map(Q.negate))
  }
  return changes(signsAt(chain, lo, -1)) - changes(signsAt(chain, hi, 1))
}

const inside = ({ lo, hi }: Ends): Q.Rational =>
  lo && hi ? Q.times(Q.plus(lo, hi), Q.rational(1, 2)) : lo ? Q.plus(lo, Q.one) : hi ? Q.minus(hi, Q.one) : Q.zero

const reason = (law: string, of: readonly Reason[]): Reason => ({ kind: 'by', law, of })

/** Where the sign of a strict verdict may be lost: at an end that belongs to the interval and is a zero. */
const withEnds = (sign: 1 | -1, zeros: readonly Q.Rational[], x: Sym, why: Reason): Verdict => {
  const [only, ...others] = zeros
  if (!only) return { sign: sign > 0 ? 'pos' : 'neg', why }
  return { sign: sign > 0 ? 'nonneg' : 'nonpos', why, ...(others.length === 0 ? { zeroWhen: eq(x, num(only)) } : {}) }
}

const ofPolynomial = (t: Expr, x: Sym, set: IntervalSet, ends: Ends, given: Reason): Verdict | undefined => {
  const poly = polynomialIn(t, x)
  if (!poly || poly.size < 2) return undefined
  const degree = Math.max(...poly.keys())
  if (degree > 10 || Math.min(...poly.keys()) < 0) return undefined
  const p: Q.Rational[] = []
  for (let k = 0; k <= degree; k++) {
    const c = poly.get(k)
    if (c && c.kind !== 'num') return undefined
    p.push(c?.kind === 'num' ? c.value : Q.zero)
  }
  if (rootsIn(withoutRoot(withoutRoot(p, ends.lo), ends.hi), ends) !== 0) return undefined
  const zeros = [
    ...(ends.lo && set.closed[0] && at(p, ends.lo) === 0 ? [ends.lo] : []),
    ...(ends.hi && set.closed[1] && at(p, ends.hi) === 0 ? [ends.hi] : []),
  ]
  return withEnds(at(p, inside(ends)) > 0 ? 1 : -1, zeros, x, reason('a polynomial without root in the interval', [given]))
}

/** True if t is continuous at x = point as it stands: exponentials, whole powers, and logarithms of what is positive there. */
const isPlainAt = (t: Term, x: Sym, point: Expr): boolean => {
  if (!mentions(t, x.name)) return true
  const positive = (u: Expr): boolean => signOfConstant(normalForm(substitute(u, new Map([[x.name, point]])))) === 1
  switch (t.kind) {
    case 'sym':
      return true
    case 'add':
    case 'mul':
      return children(t).every(c => isPlainAt(c, x, point))
    case 'pow':
      return isPlainAt(t.base, x, point) && isPlainAt(t.exponent, x, point) && (isWholePower(t.exponent) || positive(t.base))
    case 'fn':
      return (
        t.args.length === 1 &&
        isPlainAt(t.args[0] as Expr, x, point) &&
        (t.name === 'exp' || (t.name === 'log' && positive(t.args[0] as Expr)))
      )
    default:
      return false
  }
}
const isWholePower = (e: Expr): boolean => e.kind === 'num' && e.value.den === 1n && e.value.num > 0n

let depth = 0
const byMonotony = (
  t: Expr,
  x: Sym,
  set: IntervalSet,
  ends: Ends,
  given: Reason,
  ask: (u: Expr) => Verdict | undefined,
): Verdict | undefined => {
  if (depth > 2) return undefined
  const values = [ends.lo, ends.hi].map(e => {
    if (!e || !isPlainAt(t, x, num(e))) return undefined
    const v = normalForm(substitute(t, new Map([[x.name, num(e)]])))
    return isZero(v) ? 0 : signOfConstant(v)
  })
  if (values.every(v => v === undefined)) return undefined
  const derivative = differentiated(t, x)
  if (!derivative) return undefined
  depth++
  let rise: Verdict | undefined
  try {
    rise = ask(normalForm(derivative))
  } finally {
    depth--
  }
  if (rise?.sign !== 'pos' && rise?.sign !== 'neg') return undefined
  const up = rise.sign === 'pos' ? 1 : -1
  for (const [k, side] of [1, -1].entries()) {
    const value = values[k]
    // from lo upwards it moves in the direction of its derivative, from hi downwards against it
    const way = (up * side) as 1 | -1
    if (value === undefined || value * way < 0) continue
    const end = (k === 0 ? ends.lo : ends.hi) as Q.Rational
    const zeros = value === 0 && set.closed[k === 0 ? 0 : 1] ? [end] : []
    return withEnds(way, zeros, x, reason('monotony from an end', [given, rise.why]))
  }
  return undefined
}

/** The sign of a function of one declared symbol and numbers only. */
export const signOfOneSymbol = (t: Expr, cx: Context, ask: (u: Expr) => Verdict | undefined): Verdict | undefined => {
  if (t.kind !== 'add' || hasKind(t, 'at') || hasKind(t, 'big')) return undefined
  const [name, ...others] = symbolsOf(t)
  const set = name === undefined || others.length > 0 ? undefined : cx.domains.get(name)
  if (name === undefined || set?.kind !== 'interval' || subterms(t).length > 60) return undefined
  const end = (e: Expr): Q.Rational | undefined | 'unknown' => (e.kind === 'infinity' ? undefined : e.kind === 'num' ? e.value : 'unknown')
  const [lo, hi] = [end(set.lo), end(set.hi)]
  if (lo === 'unknown' || hi === 'unknown') return undefined
  const x = sym(name)
  const given: Reason = { kind: 'given', fact: isIn(x, set) }
  const isPolynomial = !hasKind(t, 'fn') && !subterms(t).some(u => u.kind === 'pow' && mentions(u.exponent, name))
  return isPolynomial ? ofPolynomial(t, x, set, { lo, hi }, given) : byMonotony(t, x, set, { lo, hi }, given, ask)
}
