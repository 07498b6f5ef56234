/**
 * Signs of sums that are seen at two places: a² − b² by a − b and a + b, a − k|u| on both sides of u = 0, what is linear in an
 * unknown at both of its ends.
 */
import { coefficientsIn, normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type Add, addAll, type Expr, mul, mulAll, neg, num, sub, sym, TWO } from '../term/term.ts'
import { factors } from '../term/walk.ts'
import type { Context } from './facts.ts'
import { signWith } from './sign.ts'
import { by, isStrict, isUp, productSign, turned, type Verdict, verdict } from './sign-verdict.ts'

/** a² − b² as (a − b)(a + b). */
const betweenSquares = (t: Add, cx: Context, fuel: number): Verdict | undefined => {
  const square = (u: Expr): Expr | undefined => (u.kind === 'pow' && same(u.exponent, TWO) ? u.base : undefined)
  const negative = t.terms.findIndex(u => u.kind === 'mul' && u.factors.length === 2 && same(u.factors[0] as Expr, num(-1)))
  const down = t.terms[negative]
  const [a, b] = [t.terms[1 - negative], down?.kind === 'mul' ? down.factors[1] : undefined].map(u => u && square(u))
  const below = a && b && signWith(sub(a, b), cx, fuel - 1)
  const above = below && isStrict(below) && a && b ? signWith(addAll([a, b]), cx, fuel - 1) : undefined
  return below && above && productSign(below, above)
}

/** r² − u² as (r − u)(r + u) for a number r: 1 − (x − θ)² > 0 where −1 < x − θ < 1. */
export const byDifferenceOfSquares = (t: Add, cx: Context, fuel: number): Verdict | undefined => {
  const [c, square, ...others] = t.terms
  const both = others.length === 0 ? betweenSquares(t, cx, fuel) : undefined
  if (both) return both
  if (c?.kind !== 'num' || !square || others.length > 0) return undefined
  const [head, power] = square.kind === 'mul' ? square.factors : [num(1), square]
  if (head?.kind !== 'num' || power?.kind !== 'pow' || !same(power.exponent, TWO) || factors(square).length > 2) return undefined
  if (power.base.kind !== 'add' || Q.sign(c.value) !== -Q.sign(head.value)) return undefined
  const r = Q.exactRoot(Q.absolute(Q.times(c.value, Q.inverse(head.value))), 2)
  const below = r && signWith(sub(num(r), power.base), cx, fuel - 1)
  const above = below && r && signWith(addAll([num(r), power.base]), cx, fuel - 1)
  const v = below && above && productSign(below, above)
  return v && Q.sign(c.value) < 0 ? verdict(turned[v.sign], v.why, v.zeroWhen) : v
}

/** a − k|u| > 0 exactly when a − ku > 0 and a + ku > 0, for k > 0. */
export const byAbsolute = (t: Add, cx: Context, fuel: number): Verdict | undefined => {
  for (const p of t.terms) {
    const list = factors(p)
    const f = list.find(u => u.kind === 'fn' && u.name === 'abs')
    if (f?.kind !== 'fn' || !f.args[0]) continue
    const k = mulAll(list.filter(u => u !== f))
    if (signWith(k, cx, fuel - 1)?.sign !== 'neg') continue
    const rest = t.terms.filter(u => u !== p)
    const side = (u: Expr): Verdict | undefined => signWith(addAll([...rest, u]), cx, fuel - 1)
    const up = side(mul(k, f.args[0]))
    const down = up?.sign === 'pos' ? side(neg(mul(k, f.args[0]))) : undefined
    return up && down?.sign === 'pos' ? verdict('pos', by('on both sides of 0', up.why, down.why)) : undefined
  }
  return undefined
}

/** t is linear in an unknown between two numbers: not negative at either, it is positive between them unless it is 0 at both. */
export const byEnds = (t: Add, cx: Context, fuel: number): Verdict | undefined => {
  for (const name of cx.unknowns) {
    const set = cx.domains.get(name)
    if (set?.kind !== 'interval' || set.lo.kind !== 'num' || set.hi.kind !== 'num' || set.closed[0] || set.closed[1]) continue
    const coefficient = coefficientsIn(t, sym(name), 1)
    if (!coefficient) continue
    const [low, high] = [set.lo, set.hi].map(u => normalForm(addAll([mul(coefficient(1), u), coefficient(0)]))) as [Expr, Expr]
    const a = signWith(low, cx, fuel - 1)
    const b = a && isUp(a.sign) ? signWith(high, cx, fuel - 1) : undefined
    if (!a || !b || !isUp(b.sign)) continue
    const sum = signWith(normalForm(addAll([low, high])), cx, fuel - 1)
    if (sum?.sign === 'pos') return verdict('pos', by('between its values at the ends', a.why, b.why))
  }
  return undefined
}
