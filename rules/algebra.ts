/**
 * Laws of sums and products as they stand: multiply out, collect, cancel, take out a common factor, one denominator.
 * Each is one law at one place; what must not be zero is proved not to be.
 */

import { collected, commonDenominator, mergedProduct, multipliedThrough } from '../src/rewrite/arithmetic.ts'
import type { Context } from '../src/rewrite/facts.ts'
import { eachOf, forEvery, type Proof } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonnegative, proveNonzero } from '../src/rewrite/sign.ts'
import { numeratorDenominator, reduceFraction } from '../src/term/normal-form.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import {
  type Add,
  add,
  addAll,
  type Expr,
  isOne,
  MINUS_ONE,
  type Mul,
  mul,
  mulAll,
  neg,
  num,
  ONE,
  type Pow,
  pow,
  type Term,
  TWO,
} from '../src/term/term.ts'
import { factors } from '../src/term/walk.ts'
import { commonPowers, quotient } from './common-factor.ts'
import { type Group, groups, isCancellation, mergedGroup } from './equal-bases.ts'
import { expansion } from './expansion.ts'

/** A product with one sum singled out. */
const withSum = (t: Mul): { readonly sum: Add; readonly rest: Expr } | undefined => {
  const at = t.factors.findIndex(f => f.kind === 'add')
  const sum = t.factors[at]
  return sum?.kind === 'add' ? { sum, rest: mulAll(t.factors.filter((_, i) => i !== at)) } : undefined
}

const cancellation = (t: Mul, cx: Context): { readonly group: Group; readonly why: Proof } | undefined => {
  for (const group of groups(t).filter(isCancellation)) {
    const whole = group.exponents.every(e => e.kind === 'num' && Q.isInteger(e.value))
    const why = eachOf(
      () => proveNonzero(group.base, cx),
      () => (whole ? [] : proveNonnegative(group.base, cx)),
    )
    if (why) return { group, why }
  }
  return undefined
}

const hasMinus = (t: Expr): boolean => {
  const head = factors(t)[0]
  return head?.kind === 'num' && Q.sign(head.value) < 0
}
/** A product with a minus sign and a sum that can take it: −c(a − b). */
const signedSum = (t: Mul): { readonly sum: Add; readonly rest: Expr } | undefined => {
  if (!hasMinus(t)) return undefined
  const at = t.factors.findIndex(f => f.kind === 'add' && f.terms.some(hasMinus))
  const sum = t.factors[at]
  return sum?.kind === 'add' ? { sum, rest: mulAll([MINUS_ONE, ...t.factors.filter((_, i) => i !== at)]) } : undefined
}

/** Denominators of a sum, as one product, if there are any beside numerals or more than one summand has one. */
const denominator = (t: Add): Expr | undefined => {
  const d = commonDenominator(t.terms)
  return isOne(d) ? undefined : d
}
const bases = (t: Expr): readonly Expr[] => factors(t).flatMap(f => (f.kind === 'num' ? [] : f.kind === 'pow' ? [f.base] : [f]))

const squareOf = (t: Expr): Expr => {
  const head = t.kind === 'mul' ? t.factors[0] : undefined
  if (t.kind === 'mul' && head?.kind === 'num') return mul(pow(head, TWO), pow(mulAll(t.factors.slice(1)), TWO))
  return pow(t, TWO)
}
const isSquareOfTwo = (t: Pow): boolean => same(t.exponent, TWO) && t.base.kind === 'add' && t.base.terms.length === 2

/** The factor to take out: the one asked for, or what the summands visibly share. */
const shared = (t: Add, arg: Expr | undefined): Expr | undefined => {
  const factor = arg ?? commonPowers(t.terms)
  return factor && !isOne(factor) ? factor : undefined
}

/** g·(t/g), where t/g has no more denominators than t. */
const withFactor = (t: Expr, arg: Term | undefined): Expr | undefined => {
  const g = arg as Expr | undefined
  if (g?.kind !== 'add') return undefined
  const rest = reduceFraction(mul(t, pow(g, MINUS_ONE)))
  return same(numeratorDenominator(rest).denominator, numeratorDenominator(t).denominator) ? mul(g, rest) : undefined
}

export const algebra: readonly Rule[] = [
  rule({
    id: 'algebra.distribute',
    title: 'distributive law',
    on: 'mul',
    statement: String.raw`a(b+c)=ab+ac`,
    when: t => (withSum(t) ? [] : undefined),
    rewrite: t => {
      const parts = withSum(t)
      return parts && addAll(parts.sum.terms.map(u => mul(parts.rest, u)))
    },
    examples: [
      ex('a*(b + c)', 'a*b + a*c', 'a in R, b in R, c in R'),
      ex('-(a - b)', '-a + b', 'a in R, b in R'),
      ex('(a + b)*(c + d)', 'a*(c + d) + b*(c + d)', 'a in R, b in R, c in R, d in R'),
    ],
    nonExamples: [
      ['a*b', 'a in R, b in R'],
      ['a*(b + c)^2', 'a in R, b in R, c in R'],
      ['a/(b + c)', 'a > 0, b > 0, c > 0'],
    ],
  }),
  rule({
    id: 'algebra.expand',
    title: 'expansion of the products',
    minor: true,
    on: ['mul', 'pow', 'add'],
    statement: String.raw`(a+b)(c+d)=ac+ad+bc+bd`,
    when: t => (expansion(t) ? [] : undefined),
    rewrite: t => expansion(t),
    examples: [
      ex('(a + b)*(c - d)', 'a*c - a*d + b*c - b*d', 'a in R, b in R, c in R, d in R'),
      ex('k*(1 - p) - (n - k)*p', 'k - k*p - n*p + k*p', 'k in R, n in R, p in R'),
      ex('(a + b)^2*c', 'a^2*c + 2*a*b*c + b^2*c', 'a in R, b in R, c in R'),
      ex('a*(a + 1)', 'a^2 + a', 'a in R'),
    ],
    nonExamples: [
      ['a*b', 'a in R, b in R'],
      ['(a + b)^(1/2)', 'a > 0, b > 0'],
      ['a*(b + c)^n', 'a in R, b in R, c in R, n in {1..}'],
      ['a + b', 'a in R, b in R'],
    ],
  }),
  rule({
    id: 'algebra.square-expand',
    title: 'square of a sum',
    on: 'pow',
    statement: String.raw`(a+b)^2=a^2+2ab+b^2`,
    when: t => (isSquareOfTwo(t) ? [] : undefined),
    rewrite: t => {
      const [a, b] = t.base.kind === 'add' ? t.base.terms : []
      return a && b && add(squareOf(a), mul(TWO, a, b), squareOf(b))
    },
    examples: [ex('(a + b)^2', 'a^2 + 2*a*b + b^2', 'a in R, b in R'), ex('(x - m)^2', 'x^2 - 2*x*m + m^2', 'x in R, m in R')],
    nonExamples: [
      ['(a + b)^3', 'a in R, b in R'],
      ['(a*b)^2', 'a in R, b in R'],
      ['(a + b + c)^2', 'a in R, b in R, c in R'],
    ],
  }),
  rule({
    id: 'algebra.collect',
    title: 'collection of like terms',
    minor: true,
    on: 'add',
    statement: String.raw`2a+3a=5a`,
    when: t => (same(collected(t), t) ? undefined : []),
    rewrite: t => collected(t),
    examples: [
      ex('2*a*b + 3*a*b', '5*a*b', 'a in R, b in R'),
      ex('k - k*p + k*p - n*p', 'k - n*p', 'k in R, n in R, p in R'),
      ex('a/2 - a/2', '0', 'a in R'),
    ],
    nonExamples: [
      ['a*b + a*c', 'a in R, b in R, c in R'],
      ['a + a^2', 'a in R'],
    ],
  }),
  rule({
    id: 'algebra.cancel',
    title: 'cancellation of a common factor',
    minor: true,
    on: 'mul',
    statement: String.raw`\frac{ab}{a}=b\quad(a\ne 0)`,
    when: (t, cx) => cancellation(t, cx)?.why,
    rewrite: (t, cx) => {
      const found = cancellation(t, cx)
      return found && mergedGroup(found.group)
    },
    examples: [ex('a*b/a', 'b', 'a > 0, b in R'), ex('v*s/v^2', 's/v', 'v > 0, s in R'), ex('(1 - p)*k/(1 - p)', 'k', '0 < p < 1, k in R')],
    // a = 0 is allowed
    nonExamples: [
      ['a*b/a', 'a in R, b in R'],
      ['a*b/a', 'a >= 0, b in R'],
      ['(1 - p)*k/(1 - p)', '0 <= p <= 1, k in R'],
      ['a*b', 'a > 0, b > 0'],
    ],
  }),
  rule({
    id: 'algebra.common-factor',
    title: 'common factor of the terms',
    on: 'add',
    statement: String.raw`ab+ac=a(b+c)`,
    when: (t, cx, arg) => {
      const factor = shared(t, arg as Expr | undefined)
      if (!factor) return undefined
      const needed = t.terms.some(u => quotient(u, factor) === undefined)
      return needed ? forEvery(bases(factor), b => proveNonzero(b, cx)) : []
    },
    rewrite: (t, _cx, arg) => {
      const factor = shared(t, arg as Expr | undefined)
      if (!factor) return undefined
      const inner = addAll(t.terms.map(u => quotient(u, factor) ?? mergedProduct([u, ...factors(factor).map(f => pow(f, MINUS_ONE))])))
      return same(inner, ONE) ? undefined : mul(factor, inner)
    },
    examples: [
      ex('a*b + a*c', 'a*(b + c)', 'a in R, b in R, c in R'),
      ex('s/v^2 - n/v', '(s/v - n)/v', 'v > 0, s in R, n in R'),
      ex('-2*a + 4*b', '2*(-a + 2*b)', 'a in R, b in R'),
      ex('s/v - n*m/v', 'n/v*(s/n - m)', 's in R, n in {1..}, m in R, v > 0', 'n/v'),
    ],
    nonExamples: [
      ['a*b + c', 'a in R, b in R, c in R'],
      ['a + b', 'a in R, b in R'],
    ],
  }),
  rule({
    id: 'algebra.polynomial-factor',
    title: 'division by a factor of all terms',
    on: 'add',
    statement: String.raw`p(x)=g(x)\cdot\frac{p(x)}{g(x)}\quad(g(x)\neq0)`,
    when: (t, cx, arg) => (withFactor(t, arg) ? proveNonzero(arg as Expr, cx) : undefined),
    rewrite: (t, _cx, arg) => withFactor(t, arg),
    examples: [
      ex('s/x + s/(x + 1) - n*(2*x + 1)', '(2*x + 1)*((s - n*x - n*x^2)/(x*(x + 1)))', 'x > 0, s in R, n in R', '2*x + 1'),
      ex('a - a*x^2 + b - b*x', '(1 - x)*(a + a*x + b)', '0 < x < 1, a in R, b in R', '1 - x'),
    ],
    nonExamples: [['a*b + c', 'a in R, b > 0, c in R']],
  }),
  rule({
    id: 'algebra.common-denominator',
    title: 'common denominator',
    on: 'add',
    statement: String.raw`\frac ab+\frac cd=\frac{ad+bc}{bd}\quad(b,d\ne 0)`,
    when: (t, cx) => {
      const d = denominator(t)
      return d && forEvery(bases(d), b => proveNonzero(b, cx))
    },
    rewrite: t => {
      const d = denominator(t)
      return (
        d &&
        mul(
          multipliedThrough(t, d),
          ...factors(d)
            .map(f => pow(f, MINUS_ONE))
            .map(flatPower),
        )
      )
    },
    examples: [
      ex('a/b + c/d', '(a*d + b*c)/(b*d)', 'a in R, c in R, b > 0, d > 0'),
      ex('n/p + n/(1 - p)', '(n*(1 - p) + n*p)/(p*(1 - p))', '0 < p < 1, n in {1..}'),
      ex('-n/(2*v) + s/(2*v^2)', '(-n*v + s)/(2*v^2)', 'v > 0, n in {1..}, s in R'),
    ],
    nonExamples: [
      ['a/b + c/d', 'a in R, b in R, c in R, d in R'],
      ['a + b', 'a in R, b in R'],
    ],
  }),
  rule({
    id: 'algebra.sign',
    title: 'change of sign',
    on: 'mul',
    statement: String.raw`-(a-b)=b-a`,
    when: t => (signedSum(t) ? [] : undefined),
    rewrite: t => {
      const parts = signedSum(t)
      return parts && mul(parts.rest, addAll(parts.sum.terms.map(neg)))
    },
    examples: [
      ex('-(a - b)', 'b - a', 'a in R, b in R'),
      ex('-2*c*(a - b)', '2*c*(b - a)', 'a in R, b in R, c in R'),
      ex('-(a - b)*(a - b)', '(b - a)*(a - b)', 'a in R, b in R'),
    ],
    nonExamples: [
      ['-(a + b)', 'a in R, b in R'],
      ['c*(a - b)', 'a in R, b in R, c in R'],
    ],
  }),
]

/** (b^e)^(−1) with a numeral e, as written: b^(−e). */
function flatPower(t: Expr): Expr {
  if (t.kind !== 'pow' || t.base.kind !== 'pow' || t.base.exponent.kind !== 'num' || t.exponent.kind !== 'num') return t
  return pow(t.base.base, num(Q.times(t.base.exponent.value, t.exponent.value)))
}
