/**
 * What a term does near an end of an interval: the sign it has there and the limit it tends to, from its expansion.
 * Knows how the functions of the table expand at the ends of their domains; where an expansion is not known, or its
 * leading coefficient may vanish for some samples, it says so by saying less.
 */
import { type Context, enter } from '../rewrite/facts.ts'
import { type Sign, signOf } from '../rewrite/sign.ts'
import { functions } from '../term/functions.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  add,
  addAll,
  big,
  type Expr,
  type Fn,
  fn,
  infinity,
  isOne,
  isZero,
  minusInfinity,
  mul,
  mulAll,
  neg,
  num,
  ONE,
  pow,
  sub,
  ZERO,
} from '../term/term.ts'
import { factors, mentions, replace, summands } from '../term/walk.ts'
import {
  compare,
  constantExpansion,
  type Expansion,
  L,
  leading,
  negligible,
  plus,
  powerOfH,
  powerSeries,
  resetProducts,
  scaled,
  times,
  unknown,
  upTo,
  withLogarithm,
} from './expansion.ts'
import { exponential, inverse, logarithm, power } from './expansion-functions.ts'
import type { Approach } from './limit.ts'

export interface NearEnd {
  /** 'grows' without bound, 'settles' at the coefficient, or 'falls' to 0. */
  readonly kind: 'grows' | 'settles' | 'falls'
  /** The limit; ±∞ are values. Absent where the sign of what grows depends on the sample. */
  readonly limit?: Expr
  /** The sign at every point near enough to the end, where it does not depend on the sample. */
  readonly sign?: 'pos' | 'neg' | 'zero'
  /** The leading coefficient where the sign does: the term has its sign near the end. */
  readonly coefficient: Expr
}

/** θ as an expansion in h. */
const variableAt = ({ to, side }: Approach, cx: Context): Expansion => {
  if (to.kind === 'infinity') return powerOfH(num(-1), to.negative ? num(-1) : ONE)
  return plus(constantExpansion(to), powerOfH(ONE, side === '+' ? ONE : num(-1)), cx)
}

/** f(c + x) = f(c) + f'(c)x + …, as far as the table knows the derivatives. */
const taylor = (t: Fn, c: Expr, x: Expansion, cx: Context): Expansion => {
  const values: Expr[] = [fn(t.name, c)]
  const place = L
  let current: Expr | undefined = functions.get(t.name)?.derivative([place])[0]
  // the second derivative only of what is a multiple of one function: sin, cos
  if (current) {
    values.push(replace(current, place, c))
    const coefficient =
      current.kind === 'mul' && current.factors.length === 2 && current.factors[0]?.kind === 'num' ? current.factors[0] : ONE
    const inner = current.kind === 'mul' && coefficient !== ONE ? current.factors[1] : current
    current = inner?.kind === 'fn' && inner.args.length === 1 ? functions.get(inner.name)?.derivative([place])[0] : undefined
    if (current) values.push(mul(num(1, 2), coefficient, replace(current, place, c)))
  }
  const series = powerSeries(x, k => normalForm(values[k] ?? ZERO), cx)
  const own = leading(x)
  if (!own) return constantExpansion(values[0] as Expr)
  return isZero(own.rate) ? upTo(series, normalForm(mul(num(values.length), own.order)), cx) : series
}

/** ψ, ψ', log Γ for a large argument. DLMF 5.11.1, 5.11.2, 5.15.8 */
const stirling = (name: string, u: Expansion, cx: Context): Expansion | undefined => {
  const v = inverse(u, cx)
  const order = leading(v)?.order
  if (!order) return undefined
  const tail = (coefficients: readonly Expr[]): Expansion =>
    coefficients.reduce((sum: Expansion, c, k) => (isZero(c) ? sum : plus(sum, scaled(power(v, num(k), cx), c, cx), cx)), { parts: [] })
  const known = (e: Expansion, k: number): Expansion => upTo(e, normalForm(mul(num(k), order)), cx)
  if (name === 'digamma') return known(plus(logarithm(u, cx), tail([ZERO, num(-1, 2), num(-1, 12)]), cx), 4)
  if (name === 'trigamma') return known(tail([ZERO, ONE, num(1, 2), num(1, 6)]), 5)
  if (name !== 'loggamma') return undefined
  const halfLog2Pi = mul(num(1, 2), fn('log', mul(num(2), fn('pi'))))
  const main = plus(times(plus(u, constantExpansion(num(-1, 2)), cx), logarithm(u, cx), cx), scaled(u, num(-1), cx), cx)
  return known(plus(plus(main, constantExpansion(halfLog2Pi), cx), tail([ZERO, num(1, 12)]), cx), 3)
}

/** ζ and its derivatives at their pole 1, x above it. DLMF 25.2.4 */
const atOne = (name: string, x: Expansion, cx: Context): Expansion | undefined => {
  const own = leading(x)
  if (!own || signOf(own.coefficient, cx)?.sign !== 'pos') return undefined
  const euler = fn('eulergamma')
  if (name === 'zeta') return upTo(plus(inverse(x, cx), constantExpansion(euler), cx), own.order, cx)
  if (name === 'zetaprime') return upTo(scaled(power(x, num(-2), cx), num(-1), cx), ZERO, cx)
  return name === 'zetasecond' ? upTo(scaled(power(x, num(-3), cx), num(2), cx), ZERO, cx) : undefined
}

/** The same at a pole 0. DLMF 5.7.4, 5.5.2 */
const atPole = (name: string, x: Expansion, cx: Context): Expansion | undefined => {
  const order = leading(x)?.order
  if (!order) return undefined
  const euler = fn('eulergamma')
  const squared = mul(num(1, 6), pow(fn('pi'), num(2)))
  const twice = normalForm(mul(num(2), order))
  switch (name) {
    case 'digamma':
      return upTo(plus(plus(scaled(inverse(x, cx), num(-1), cx), constantExpansion(neg(euler)), cx), scaled(x, squared, cx), cx), twice, cx)
    case 'trigamma':
      return upTo(plus(power(x, num(-2), cx), constantExpansion(squared), cx), order, cx)
    case 'loggamma':
      return upTo(plus(scaled(logarithm(x, cx), num(-1), cx), scaled(x, neg(euler), cx), cx), twice, cx)
    default:
      return undefined
  }
}

const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1))

/** I_ν for a whole order at 0 and for a large argument. DLMF 10.25.2, 10.40.1 */
const bessel = (nu: number, x: Expansion, grows: boolean, cx: Context): Expansion | undefined => {
  const v = grows ? inverse(x, cx) : x
  const order = leading(v)?.order
  if (!order) return undefined
  const times0 = (k: number): Expr => normalForm(mul(num(k), order))
  if (!grows) {
    const terms = [0, 1, 2].map(k =>
      scaled(power(x, num(nu + 2 * k), cx), num(1, 2 ** (nu + 2 * k) * factorial(k) * factorial(nu + k)), cx),
    )
    return upTo(
      terms.reduce((sum, t) => plus(sum, t, cx)),
      times0(nu + 6),
      cx,
    )
  }
  const m = 4 * nu * nu
  const series = upTo(
    plus(
      plus(constantExpansion(ONE), scaled(v, num(-(m - 1), 8), cx), cx),
      scaled(power(v, num(2), cx), num((m - 1) * (m - 9), 128), cx),
      cx,
    ),
    times0(3),
    cx,
  )
  const root = power(scaled(x, mul(num(2), fn('pi')), cx), num(-1, 2), cx)
  return times(times(exponential(x, cx), root, cx), series, cx)
}

const ofBessel = (order: Expr, u: Expansion, cx: Context): Expansion => {
  const lead = leading(u)
  const nu = order.kind === 'num' && order.value.den === 1n ? Number(order.value.num) : -1
  const side = lead && isZero(lead.rate) ? compare(lead.order, ZERO, cx) : undefined
  if (!lead || nu < 0 || nu > 6 || (side !== 1 && side !== -1) || signOf(lead.coefficient, cx)?.sign !== 'pos') throw unknown
  const found = bessel(nu, u, side === -1, cx)
  if (!found) throw unknown
  return found
}

/** cosh, sinh and what is made of them. */
const ofExponentials = (name: string, u: Expansion, cx: Context): Expansion | undefined => {
  if (name !== 'cosh' && name !== 'sinh' && name !== 'tanh' && name !== 'sech') return undefined
  const up = scaled(exponential(u, cx), num(1, 2), cx)
  const down = scaled(exponential(scaled(u, num(-1), cx), cx), num(1, 2), cx)
  if (name === 'sinh') return plus(up, scaled(down, num(-1), cx), cx)
  const cosh = plus(up, down, cx)
  if (name === 'cosh') return cosh
  return name === 'sech' ? inverse(cosh, cx) : times(plus(up, scaled(down, num(-1), cx), cx), inverse(cosh, cx), cx)
}

const expandFunction = (t: Fn, a: Approach, cx: Context): Expansion => {
  if (t.name === 'besseli' && t.args[0] && t.args[1] && !mentions(t.args[0], a.variable.name))
    return ofBessel(t.args[0], expand(t.args[1], a, cx), cx)
  const gamma = t.name === 'log' && t.args[0]?.kind === 'fn' ? t.args[0] : undefined
  if (gamma?.name === 'gamma') return expandFunction(fn('loggamma', gamma.args[0] as Expr), a, cx)
  if (gamma?.name === 'factorial') return expandFunction(fn('loggamma', add(gamma.args[0] as Expr, ONE)), a, cx)
  const args = t.args.map(u => expand(u, a, cx))
  const [u] = args
  if (!u) throw unknown
  if (t.name === 'exp') return exponential(u, cx)
  if (t.name === 'log') return logarithm(u, cx)
  const hyperbolic = ofExponentials(t.name, u, cx)
  if (hyperbolic) return hyperbolic
  if (args.length !== 1) throw unknown
  const lead = leading(u)
  if (!lead) return constantExpansion(fn(t.name, ZERO))
  const coefficientSign = signOf(lead.coefficient, cx)?.sign
  const rate = signOf(lead.rate, cx)?.sign
  const order = signOf(lead.order, cx)?.sign
  const grows = rate === 'pos' || (rate === 'zero' && (order === 'neg' || (order === 'zero' && mentions(lead.coefficient, L.name))))
  const vanishes = rate === 'neg' || (rate === 'zero' && order === 'pos')
  if (t.name === 'abs' && (coefficientSign === 'pos' || coefficientSign === 'neg'))
    return coefficientSign === 'pos' ? u : scaled(u, num(-1), cx)
  if (grows) {
    if (coefficientSign !== 'pos' && coefficientSign !== 'neg') throw unknown
    const found = coefficientSign === 'pos' && rate === 'zero' ? stirling(t.name, u, cx) : undefined
    if (found) return found
    const end = coefficientSign === 'pos' ? infinity : minusInfinity
    if (t.name === 'atan') {
      // arctan u = ±π/2 − 1/u + …
      const half = mul(num(coefficientSign === 'pos' ? 1 : -1, 2), fn('pi'))
      const v = inverse(u, cx)
      const first = leading(v)
      return first && isZero(first.rate)
        ? upTo(plus(constantExpansion(half), scaled(v, num(-1), cx), cx), normalForm(mul(num(3), first.order)), cx)
        : constantExpansion(half)
    }
    const limit = functions.get(t.name)?.limits?.find(l => same(l.to, end))?.value
    if (!limit || limit.kind === 'infinity') throw unknown
    return {
      ...constantExpansion(limit),
      parts: [{ rate: ZERO, terms: constantExpansion(limit).parts[0]?.terms ?? [], error: num(1, 1000) }],
    }
  }
  const isConstant = rate === 'zero' && order === 'zero' && !mentions(lead.coefficient, L.name)
  if (!isConstant && !vanishes) throw unknown
  const c = isConstant ? lead.coefficient : ZERO
  const x = isConstant ? plus(u, constantExpansion(neg(c)), cx) : u
  if (isZero(c) && coefficientSign === 'pos') {
    const found = atPole(t.name, x, cx)
    if (found) return found
  }
  const zeta = isOne(c) && x !== u ? atOne(t.name, x, cx) : undefined
  if (zeta) return zeta
  const row = functions.get(t.name)
  const domain = row?.domain([c])
  if (!row || (domain?.kind === 'rel' && signOf(sub(domain.right, domain.left), cx)?.sign !== 'pos')) throw unknown
  return taylor(t, c, x, cx)
}

/** The expansion of t in h. Throws `unknown` where there is none. */
const expand = (t: Expr, a: Approach, cx: Context): Expansion => {
  if (!mentions(t, a.variable.name)) return constantExpansion(normalForm(t))
  switch (t.kind) {
    case 'sym':
      return variableAt(a, cx)
    case 'add':
      return t.terms.reduce((sum: Expansion, u) => plus(sum, expand(u, a, cx), cx), { parts: [] })
    case 'mul':
      return t.factors.reduce((product: Expansion, u) => times(product, expand(u, a, cx), cx), constantExpansion(ONE))
    case 'pow':
      return mentions(t.exponent, a.variable.name)
        ? exponential(times(expand(t.exponent, a, cx), logarithm(expand(t.base, a, cx), cx), cx), cx)
        : power(expand(t.base, a, cx), t.exponent, cx)
    case 'fn':
      return expandFunction(t, a, cx)
    case 'big': {
      if (t.op !== 'sum' || mentions(t.lo, a.variable.name) || mentions(t.hi, a.variable.name)) throw unknown
      const inner = expand(t.body, a, enter(cx, t, 2))
      const over = (c: Expr): Expr => normalForm(big('sum', t.lo, t.hi, c))
      let sum: Expansion = { parts: [] }
      for (const p of inner.parts) {
        if ((p.rate.free & 1) !== 0) {
          // e^{−x_i/h} is smaller than every power of h
          if (signOf(p.rate, enter(cx, t, 2))?.sign !== 'neg') throw unknown
          sum = plus(sum, negligible, cx)
          continue
        }
        if ([...p.terms.map(u => u.order), ...(p.error ? [p.error] : [])].some(o => (o.free & 1) !== 0)) throw unknown
        const terms = p.terms.map(u => ({ order: u.order, coefficient: over(u.coefficient) })).filter(u => !isZero(u.coefficient))
        sum = plus(sum, { parts: [{ rate: p.rate, terms, ...(p.error ? { error: p.error } : {}) }] }, cx)
      }
      if (!inner.lost) return sum
      return plus(sum, (inner.lost.free & 1) !== 0 ? negligible : { parts: [], lost: inner.lost }, cx)
    }
    default:
      throw unknown
  }
}

/** The power of L in a product. */
const degreeIn = (t: Expr): number =>
  factors(t).reduce(
    (sum, f) =>
      sum + (same(f, L) ? 1 : f.kind === 'pow' && same(f.base, L) && f.exponent.kind === 'num' ? Q.toNumber(f.exponent.value) : 0),
    0,
  )

/** The coefficient of the highest power of L, with that power. */
const highest = (c: Expr): { readonly degree: number; readonly coefficient: Expr } => {
  if (!mentions(c, L.name)) return { degree: 0, coefficient: c }
  const parts = summands(c)
  const degree = Math.max(...parts.map(degreeIn))
  const own = parts.filter(p => degreeIn(p) === degree).map(p => mulAll(factors(p).filter(f => !mentions(f, L.name))))
  // what has L elsewhere, as in log L, is not understood
  const isPlain = parts.every(p => factors(p).every(f => !mentions(f, L.name) || same(f, L) || (f.kind === 'pow' && same(f.base, L))))
  return isPlain ? { degree, coefficient: normalForm(addAll(own)) } : { degree, coefficient: c }
}

const strict = (s: Sign | undefined): NearEnd['sign'] => (s === 'pos' || s === 'neg' || s === 'zero' ? s : undefined)

/** The behaviour of t as the variable approaches, or undefined where it is not known. */
export const nearEnd = (t: Expr, approach: Approach, cx: Context): NearEnd | undefined => {
  const inside = withLogarithm(cx)
  resetProducts()
  try {
    const lead = leading(expand(t, approach, inside))
    if (!lead) return { kind: 'falls', limit: ZERO, sign: 'zero', coefficient: ZERO }
    const rate = signOf(lead.rate, inside)?.sign
    const order = signOf(lead.order, inside)?.sign
    const top = highest(lead.coefficient)
    if (mentions(top.coefficient, L.name)) return undefined
    const sign = strict(signOf(top.coefficient, inside)?.sign)
    const grows = rate === 'pos' || (rate === 'zero' && (order === 'neg' || (order === 'zero' && top.degree > 0)))
    const settles = rate === 'zero' && order === 'zero' && top.degree === 0
    const falls = rate === 'neg' || (rate === 'zero' && (order === 'pos' || (order === 'zero' && top.degree < 0)))
    if (!grows && !settles && !falls) return undefined
    if (grows && sign !== 'pos' && sign !== 'neg') return { kind: 'grows', coefficient: top.coefficient }
    const limit = grows ? (sign === 'pos' ? infinity : minusInfinity) : falls ? ZERO : top.coefficient
    return { kind: grows ? 'grows' : falls ? 'falls' : 'settles', limit, coefficient: top.coefficient, ...(sign ? { sign } : {}) }
  } catch (e) {
    if (e === unknown) return undefined
    throw e
  }
}
