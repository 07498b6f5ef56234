/**
 * A term that is linear in a statistic, written so that its sign can be read off: c₁T + c₀, and c₁(T − t₀). Numerals
 * and logarithms in the coefficients are put together. Refused: a term in which the statistic also stands elsewhere.
 */
import type { Context } from '../src/rewrite/facts.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonzero, signOf } from '../src/rewrite/sign.ts'
import { normalForm, polynomialIn, reduceFraction } from '../src/term/normal-form.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { add, addAll, type Expr, isZero, log, mul, mulAll, neg, num, pow, sub, sym, type Term, ZERO } from '../src/term/term.ts'
import { factors, replace, summands } from '../src/term/walk.ts'
import { commonPowers, quotient } from './common-factor.ts'

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))

/** A summand as q · rest · log m with m a positive rational number. */
const logPart = (t: Expr): { readonly q: Q.Rational; readonly rest: Expr; readonly m: Q.Rational } | undefined => {
  const parts = factors(t)
  const logs = parts.filter(f => f.kind === 'fn' && f.name === 'log')
  const [one] = logs
  const m = one?.kind === 'fn' && one.args[0]?.kind === 'num' ? one.args[0].value : undefined
  if (!one || logs.length > 1 || !m || Q.sign(m) <= 0) return undefined
  const head = parts[0]?.kind === 'num' ? parts[0].value : Q.one
  return { q: head, rest: mulAll(parts.filter(f => f !== one && f.kind !== 'num')), m }
}

/** n log 2 − n log 3 as −n log(3/2): logarithms of numerals with equal factors, put together. */
export const condensed = (t: Expr): Expr => {
  const groups: { rest: Expr; parts: { q: Q.Rational; m: Q.Rational }[] }[] = []
  const others: Expr[] = []
  for (const s of summands(t)) {
    const p = logPart(s)
    if (!p) {
      others.push(s)
      continue
    }
    const group = groups.find(g => same(g.rest, p.rest))
    if (group) group.parts.push(p)
    else groups.push({ rest: p.rest, parts: [p] })
  }
  return addAll([...others, ...groups.map(g => mul(together(g.parts), g.rest))])
}
const together = (parts: readonly { readonly q: Q.Rational; readonly m: Q.Rational }[]): Expr => {
  const plain = addAll(parts.map(p => mul(num(p.q), log(num(p.m)))))
  const below = parts.reduce((d, p) => (d * p.q.den) / gcd(d, p.q.den), 1n)
  const whole = parts.map(p => (p.q.num * below) / p.q.den)
  const above = whole.reduce(gcd, 0n)
  if (above === 0n || whole.some(w => w / above > 12n || w / above < -12n)) return plain
  const m = parts.reduce((product, p, i) => Q.times(product, Q.power(p.m, Number((whole[i] as bigint) / above))), Q.one)
  const isBelow = Q.compare(m, Q.one) < 0
  const q = Q.rational(isBelow ? -above : above, below)
  return mul(num(q), log(num(isBelow ? Q.inverse(m) : m)))
}

/** Coefficient and constant of a term linear in the statistic. */
const linearIn = (t: Expr, statistic: Term | undefined, cx: Context): { readonly slope: Expr; readonly rest: Expr } | undefined => {
  if (!statistic) return undefined
  const placeholder = sym('\u0001T')
  const positive = (u: Expr): boolean => signOf(u, cx)?.sign === 'pos'
  const form = (u: Expr): Expr => normalForm(u, positive)
  const direct = polynomialIn(form(replace(t, statistic, placeholder)), placeholder)
  // the statistic may show only where sums are put together: Σ(x_i − 1)
  const poly = direct?.get(1) ? direct : polynomialIn(replace(form(t), form(statistic as Expr), placeholder), placeholder)
  const slope = poly?.get(1)
  if (!poly || !slope || [...poly.keys()].some(k => k !== 0 && k !== 1)) return undefined
  return { slope: condensed(slope), rest: condensed(poly.get(0) ?? ZERO) }
}

/** a/2 + b/2 as (a + b)/2. */
const withContent = (t: Expr): Expr => {
  const factor = t.kind === 'add' ? commonPowers(t.terms) : undefined
  if (!factor) return t
  const inner = summands(t).map(u => quotient(u, factor))
  return inner.every(u => u !== undefined) ? mul(factor, addAll(inner)) : t
}

/** Slope and value of zero of a term linear in a statistic: t = slope·(T − zero). */
export const zeroOf = (t: Expr, statistic: Expr, cx: Context): { readonly slope: Expr; readonly zero: Expr } | undefined => {
  const parts = linearIn(t, statistic, cx)
  if (!parts || !proveNonzero(parts.slope, cx)) return undefined
  return { slope: parts.slope, zero: withContent(condensed(reduceFraction(neg(mul(parts.rest, pow(parts.slope, num(-1))))))) }
}

export const linearForms: readonly Rule[] = [
  rule({
    id: 'linear.collect',
    title: 'collection of the terms with the statistic',
    says: 'collect the terms with the statistic',
    on: ['add', 'mul', 'fn', 'big'],
    statement: String.raw`aT+bT+c=(a+b)T+c`,
    rewrite: (t, cx, statistic) => {
      const parts = linearIn(t as Expr, statistic, cx)
      return parts && statistic && add(mul(parts.slope, statistic as Expr), parts.rest)
    },
    examples: [
      ex('k*log(2/3) + (n - k)*log(1/3) - k*log(1/3) - (n - k)*log(2/3)', '2*log(2)*k - n*log(2)', 'k in R, n in R', 'k'),
      ex('k*log(1/2) - k*log(1/6) + n*log(1/2) - n*log(5/6)', 'k*log(3) - n*log(5/3)', 'k in R, n in R', 'k'),
    ],
    nonExamples: [['k^2 + k', 'k in R']],
  }),
  rule({
    id: 'linear.threshold',
    title: 'coefficient of the statistic as a factor',
    says: 'take out the coefficient of the statistic',
    on: 'add',
    statement: String.raw`aT+c=a\left(T+\frac ca\right)\quad(a\ne0)`,
    when: (t, cx, statistic) => {
      const parts = linearIn(t as Expr, statistic, cx)
      return parts && !isZero(parts.rest) ? proveNonzero(parts.slope, cx) : undefined
    },
    rewrite: (t, cx, statistic) => {
      const found = statistic && zeroOf(t as Expr, statistic as Expr, cx)
      return found && mul(found.slope, sub(statistic as Expr, found.zero))
    },
    examples: [
      ex('2*log(2)*k - n*log(2)', '2*log(2)*(k - n/2)', 'k in R, n in R', 'k'),
      ex('a*k - b', 'a*(k - b/a)', 'a > 0, b in R, k in R', 'k'),
    ],
    nonExamples: [['a*k - b', 'a in R, b in R, k in R']],
  }),
]
