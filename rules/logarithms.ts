/**
 * Laws of the natural logarithm. Each needs its arguments positive and proves it; log|u| and complex values are refused.
 */
import { coefficientSign } from '../src/rewrite/arithmetic.ts'
import { enter } from '../src/rewrite/facts.ts'
import { law } from '../src/rewrite/law.ts'
import { forEvery } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { provePositive } from '../src/rewrite/sign.ts'
import { isEvenInteger } from '../src/rewrite/sign-structure.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { type Add, addAll, big, type Expr, isOne, log, type Mul, mul, mulAll, neg, num, pow, sub, type Term } from '../src/term/term.ts'
import { factors } from '../src/term/walk.ts'
import { hasEnds } from './sums.ts'

/** The argument of a logarithm. */
const argument = (t: Term): Expr | undefined => (t.kind === 'fn' && t.name === 'log' ? t.args[0] : undefined)

/** The exponent with its sign turned, if it is written with a minus sign: a negative numeral, or −u. */
const turned = (exponent: Expr): Expr | undefined => {
  if (exponent.kind === 'num') return Q.sign(exponent.value) < 0 ? neg(exponent) : undefined
  const [head] = exponent.kind === 'mul' ? exponent.factors : []
  return head?.kind === 'num' && head.value.num === -1n && head.value.den === 1n ? neg(exponent) : undefined
}

/** Numerator and denominator of a product as written, if it has a denominator. */
const fraction = (t: Mul): { readonly above: Expr; readonly below: Expr } | undefined => {
  const above: Expr[] = []
  const below: Expr[] = []
  for (const f of t.factors) {
    const exponent = f.kind === 'pow' ? turned(f.exponent) : undefined
    if (f.kind === 'pow' && exponent) below.push(pow(f.base, exponent))
    else if (f.kind === 'num' && f.value.den !== 1n) {
      above.push(num(f.value.num))
      below.push(num(f.value.den))
    } else above.push(f)
  }
  const denominator = mulAll(below)
  return isOne(denominator) ? undefined : { above: mulAll(above), below: denominator }
}

/** c·log a and −c·log b among the terms of a sum. */
const opposites = (
  t: Add,
): { readonly weight: Expr; readonly above: Expr; readonly below: Expr; readonly others: readonly Expr[] } | undefined => {
  const logs = t.terms.flatMap(u => {
    const own = factors(u).find(f => argument(f) !== undefined)
    return own ? [{ u, argument: argument(own) as Expr, weight: mulAll(factors(u).filter(f => f !== own)) }] : []
  })
  for (const a of logs)
    for (const b of logs)
      if (a !== b && coefficientSign(a.weight) > 0 && same(b.weight, neg(a.weight)))
        return { weight: a.weight, above: a.argument, below: b.argument, others: t.terms.filter(u => u !== a.u && u !== b.u) }
  return undefined
}

export const logarithms: readonly Rule[] = [
  rule({
    id: 'log.product',
    title: 'log of a product',
    on: 'fn',
    statement: String.raw`\log\prod_{i} a_i=\sum_{i}\log a_i\quad(a_i>0)`,
    when: (t, cx) => {
      const u = argument(t)
      if (u?.kind === 'mul') return forEvery(u.factors, f => provePositive(f, cx))
      return u?.kind === 'big' && u.op === 'prod' && hasEnds(u) ? provePositive(u.body, enter(cx, u, 2)) : undefined
    },
    rewrite: t => {
      const u = argument(t)
      if (u?.kind === 'mul') return addAll(u.factors.map(log))
      return u?.kind === 'big' ? big('sum', u.lo, u.hi, log(u.body)) : undefined
    },
    examples: [
      ex('log(a*b)', 'log(a) + log(b)', 'a > 0, b > 0'),
      ex('log(2*a*b^c)', 'log(2) + log(a) + log(b^c)', 'a > 0, b > 0, c in R'),
      ex('log(prod(f[i], i, 1, n))', 'sum(log(f[i]), i, 1, n)', 'n in {1..}, f[i] > 0'),
    ],
    nonExamples: [
      ['log(a + b)', 'a > 0, b > 0'],
      ['log(a*b)', 'a in R, b in R'],
      ['log(-2*a)', 'a < 0'],
      ['log(prod(f[i], i, 1, n))', 'n in {1..}, f[i] >= 0'],
    ],
    source: 'DLMF 4.8(i)',
  }),
  rule({
    id: 'log.quotient',
    title: 'log of a quotient',
    on: 'fn',
    statement: String.raw`\log\frac{a}{b}=\log a-\log b\quad(a>0,\ b>0)`,
    when: (t, cx) => {
      const u = argument(t)
      const parts = u?.kind === 'mul' ? fraction(u) : undefined
      return parts && forEvery([parts.above, parts.below], f => provePositive(f, cx))
    },
    rewrite: t => {
      const u = argument(t)
      const parts = u?.kind === 'mul' ? fraction(u) : undefined
      return parts && (isOne(parts.above) ? neg(log(parts.below)) : sub(log(parts.above), log(parts.below)))
    },
    examples: [
      ex('log(a/b)', 'log(a) - log(b)', 'a > 0, b > 0'),
      ex('log(a*b^(-n)*exp(c))', 'log(a*exp(c)) - log(b^n)', 'a > 0, b > 0, c in R, n in {1..}'),
      ex('log(1/(2*a))', '-log(2*a)', 'a > 0'),
      ex('log(2*a/3)', 'log(2*a) - log(3)', 'a > 0'),
    ],
    nonExamples: [
      ['log(a*b)', 'a > 0, b > 0'],
      ['log(a/b)', 'a < 0, b < 0'],
      ['log(a/b)', 'a > 0'],
    ],
    source: 'DLMF 4.8(i)',
  }),
  rule({
    id: 'log.reciprocal',
    title: 'log of a reciprocal',
    on: 'fn',
    statement: String.raw`\log\frac{1}{a}=-\log a\quad(a>0)`,
    when: (t, cx) => {
      const u = argument(t)
      return u?.kind === 'pow' && u.exponent.kind === 'num' && u.exponent.value.num === -1n && u.exponent.value.den === 1n
        ? provePositive(u.base, cx)
        : undefined
    },
    rewrite: t => {
      const u = argument(t)
      return u?.kind === 'pow' ? neg(log(u.base)) : undefined
    },
    examples: [ex('log(1/a)', '-log(a)', 'a > 0')],
    nonExamples: [
      ['log(1/a)', 'a in R'],
      ['log(a^(-2))', 'a > 0'],
    ],
    source: 'DLMF 4.8(i)',
  }),
  law('log.power', 'log(a^b)', 'b*log(a)', {
    title: 'log of a power',
    given: 'a > 0',
    examples: [ex('log(p^x)', 'x*log(p)', 'p > 0, x in R'), ex('log(v^(-n/2))', '-n/2*log(v)', 'v > 0, n in {1..}')],
    // log(a^2) = 2 log|a|, and a may be negative
    nonExamples: [
      ['log(a^2)', 'a in R'],
      ['log(a^b)', 'a >= 0, b > 0'],
    ],
    source: 'DLMF 4.8(i)',
  }),
  rule({
    id: 'log.even-power',
    title: 'log of an even power',
    on: 'fn',
    statement: String.raw`\log a^{2k}=2k\log(-a)\quad(a<0,\ k\in\mathbb Z)`,
    when: (t, cx) => {
      const u = argument(t)
      if (u?.kind !== 'pow') return undefined
      const { base, exponent } = u
      const isEven = exponent.kind === 'num' ? Q.isInteger(exponent.value) && exponent.value.num % 2n === 0n : isEvenInteger(exponent, cx)
      return isEven ? provePositive(neg(base), cx) : undefined
    },
    rewrite: t => {
      const u = argument(t)
      return u?.kind === 'pow' ? mul(u.exponent, log(neg(u.base))) : undefined
    },
    examples: [ex('log(a^2)', '2*log(-a)', 'a < 0'), ex('log(a^(2*k))', '2*k*log(-a)', 'a < 0, k in {0..}')],
    nonExamples: [
      ['log(a^2)', 'a in R'],
      ['log(a^3)', 'a < 0'],
      ['log(a^(2*k))', 'a < 0, k in R'],
    ],
  }),
  law('log.exp', 'log(exp(u))', 'u', {
    title: 'fact that log undoes exp',
    says: 'log undoes exp',
    examples: [ex('log(exp(-l*t))', '-l*t', 'l > 0, t > 0')],
    nonExamples: [
      ['log(2*exp(u))', 'u in R'],
      ['exp(log(u))', 'u > 0'],
    ],
    source: 'DLMF 4.2',
  }),
  law('log.one', 'log(1)', '0', {
    title: 'logarithm of one',
    minor: true,
    examples: [ex('log(1)', '0')],
    nonExamples: [['log(a)', 'a > 0']],
  }),
  rule({
    id: 'log.difference',
    title: 'log of a quotient, read backwards',
    says: 'log of a quotient',
    on: 'add',
    statement: String.raw`c\log a-c\log b=c\log\frac ab\quad(a>0,\ b>0)`,
    when: (t, cx) => {
      const pair = opposites(t)
      return pair && forEvery([pair.above, pair.below], u => provePositive(u, cx))
    },
    rewrite: t => {
      const pair = opposites(t)
      return pair && addAll([...pair.others, mul(pair.weight, log(mul(pair.above, pow(pair.below, num(-1)))))])
    },
    examples: [ex('n*log(p) - n*log(1 - p) - s', 'n*log(p/(1 - p)) - s', '0 < p < 1, n in {1..}, s in R')],
    nonExamples: [
      ['log(a) - log(b)', 'a in R, b in R'],
      ['2*log(a) - log(b)', 'a > 0, b > 0'],
    ],
  }),
]
