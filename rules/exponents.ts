/**
 * Laws of powers and of the exponential function on the reals. A power of a negative number is only touched where the
 * exponent is an integer; 0 is only touched where every exponent has the same sign (0^0 = 1).
 */
import type { Context } from '../src/rewrite/facts.ts'
import { law } from '../src/rewrite/law.ts'
import { eachOf, firstOf, forEvery, type Proof } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveInteger, proveNonnegative, proveNonzero, provePositive } from '../src/rewrite/sign.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { addAll, type Expr, exp, type Mul, mulAll, neg, num, type Pow, pow, type Term } from '../src/term/term.ts'
import { type Group, groups, isMerge, isNumeral, mergedGroup } from './equal-bases.ts'

/** A product as two factors, the first of them given (or else its own first). */
const inTwo = (t: Pow, wanted: Term | undefined): readonly [Expr, Expr] | undefined => {
  if (t.base.kind !== 'mul') return undefined
  const part = wanted ?? t.base.factors[0]
  if (!part) return undefined
  const own: readonly Term[] = part.kind === 'mul' ? part.factors : [part]
  const taken = t.base.factors.filter(f => own.some(o => same(o, f)))
  const rest = t.base.factors.filter(f => !taken.includes(f))
  return rest.length > 0 && taken.length === own.length ? [mulAll(taken), mulAll(rest)] : undefined
}

/** The argument of an exponential. */
const exponentOf = (t: Term): Expr | undefined => (t.kind === 'fn' && t.name === 'exp' ? t.args[0] : undefined)

/** The first such group; for roots the base must be proved not to be negative. */
const merge = (t: Mul, cx: Context): { readonly group: Group; readonly why: Proof } | undefined => {
  for (const group of groups(t).filter(isMerge)) {
    const whole = group.exponents.every(e => e.kind === 'num' && Q.isInteger(e.value))
    const why = whole ? [] : proveNonnegative(group.base, cx)
    if (why) return { group, why }
  }
  return undefined
}
const exponentsAdd = (g: Group, cx: Context): Proof =>
  firstOf(
    () => provePositive(g.base, cx),
    () => forEvery(g.exponents, e => proveNonnegative(e, cx)),
    () => forEvery(g.exponents, e => proveNonnegative(neg(e), cx)),
    () =>
      eachOf(
        () => proveNonzero(g.base, cx),
        () => forEvery(g.exponents, e => proveInteger(e, cx)),
      ),
  )
const symbolicGroup = (t: Mul, cx: Context): { readonly group: Group; readonly why: Proof } | undefined => {
  for (const group of groups(t)) {
    const why = group.exponents.every(isNumeral) ? undefined : exponentsAdd(group, cx)
    if (why) return { group, why }
  }
  return undefined
}

/** (a·b)^c = a^c·b^c: c an integer, or at most one factor of unknown sign beside positive ones, or none negative. */
const powerOfProduct = (t: Pow, cx: Context): Proof => {
  if (t.base.kind !== 'mul') return undefined
  const parts = t.base.factors
  const byFactors = (): Proof => {
    const proofs = parts.map(f => provePositive(f, cx))
    return proofs.filter(p => p === undefined).length <= 1 ? proofs.flatMap(p => p ?? []) : undefined
  }
  return firstOf(
    byFactors,
    () => proveInteger(t.exponent, cx),
    () => forEvery(parts, f => proveNonnegative(f, cx)),
  )
}

export const exponents: readonly Rule[] = [
  law('exp.zero', 'exp(0)', '1', {
    title: 'value of exp at zero',
    examples: [ex('exp(0)', '1')],
    nonExamples: [['exp(a)', 'a in R']],
  }),
  law('exp.log', 'exp(log(u))', 'u', {
    title: 'rule that exp undoes log',
    says: 'exp undoes log',
    given: 'u > 0',
    examples: [ex('exp(log(x/a))', 'x/a', 'x > 0, a > 0')],
    nonExamples: [
      ['exp(log(u))', 'u in R'],
      ['exp(log(u) + 1)', 'u > 0'],
    ],
    source: 'DLMF 4.2',
  }),
  law('exp.log-power', 'exp(c*log(u))', 'u^c', {
    title: 'definition of a power',
    given: 'u > 0',
    examples: [ex('exp(x*log(p))', 'p^x', 'p > 0, x in R'), ex('exp(-2*a*log(v))', 'v^(-2*a)', 'v > 0, a in R')],
    nonExamples: [
      ['exp(c*log(u))', 'u in R, c in R'],
      ['exp(c + log(u))', 'u > 0, c in R'],
    ],
    source: 'DLMF 4.2(iv)',
  }),
  rule({
    id: 'exp.sum',
    title: 'product of exponentials',
    says: 'add the exponents',
    on: 'mul',
    statement: String.raw`e^{a}e^{b}=e^{a+b}`,
    when: t => (t.factors.filter(f => exponentOf(f)).length > 1 ? [] : undefined),
    rewrite: t => {
      const own = t.factors.flatMap(f => exponentOf(f) ?? [])
      return mulAll([...t.factors.filter(f => !exponentOf(f)), exp(addAll(own))])
    },
    examples: [
      ex('exp(a)*exp(b)', 'exp(a + b)', 'a in R, b in R'),
      ex('c*exp(a)*exp(-b)*exp(2)', 'c*exp(a - b + 2)', 'a in R, b in R, c in R'),
    ],
    nonExamples: [
      ['c*exp(a)', 'a in R, c in R'],
      ['exp(a) + exp(b)', 'a in R, b in R'],
    ],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'exp.split',
    title: 'exponential of a sum',
    on: 'fn',
    statement: String.raw`e^{a+b}=e^{a}e^{b}`,
    when: t => (exponentOf(t)?.kind === 'add' ? [] : undefined),
    rewrite: t => {
      const u = exponentOf(t)
      return u?.kind === 'add' ? mulAll(u.terms.map(exp)) : undefined
    },
    examples: [ex('exp(x*log(l) - l)', 'exp(x*log(l))*exp(-l)', 'l > 0, x in {0..}')],
    nonExamples: [
      ['exp(a*b)', 'a in R, b in R'],
      ['log(a + b)', 'a > 0, b > 0'],
    ],
    source: 'DLMF 4.8(ii)',
  }),
  law('pow.of-exp', 'exp(u)^c', 'exp(c*u)', {
    on: 'pow',
    title: 'power of an exponential',
    minor: true,
    examples: [ex('exp(-x)^t', 'exp(-t*x)', 'x in R, t in R'), ex('1/exp(u)', 'exp(-u)', 'u in R')],
    nonExamples: [['(2*exp(u))^c', 'u in R, c in R']],
    source: 'DLMF 4.8(ii)',
  }),
  law('pow.power', '(a^b)^c', 'a^(b*c)', {
    on: 'pow',
    title: 'power of a power',
    minor: true,
    given: ['a > 0', 'c in Z, c >= 0', 'c in Z, a != 0', 'a >= 0, b >= 0, c >= 0'],
    examples: [
      ex('(a^b)^c', 'a^(b*c)', 'a > 0, b in R, c in R'),
      ex('(x^2)^3', 'x^6', 'x in R'),
      ex('(1/t)^n', 't^(-n)', 't > 0, n in {1..}'),
    ],
    // the root of a square is |x|
    nonExamples: [
      ['(x^2)^(1/2)', 'x in R'],
      ['(a^b)^c', 'a in R, b in R, c in R'],
    ],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'pow.product',
    title: 'power of a product',
    minor: true,
    on: 'pow',
    statement: String.raw`(ab)^c=a^c\,b^c\quad(a>0,\text{ or }c\text{ an integer})`,
    when: powerOfProduct,
    rewrite: t => (t.base.kind === 'mul' ? mulAll(t.base.factors.map(f => pow(f, t.exponent))) : undefined),
    examples: [
      ex('(a*b)^c', 'a^c*b^c', 'a > 0, b > 0, c in R'),
      ex('(2*a*b)^2', '4*a^2*b^2', 'a in R, b in R'),
      ex('(-x)^2', 'x^2', 'x in R'),
      ex('(2*v)^(1/2)', '2^(1/2)*v^(1/2)', 'v > 0'),
    ],
    nonExamples: [
      ['(a*b)^(1/2)', 'a in R, b in R'],
      ['(a + b)^c', 'a > 0, b > 0'],
      ['(-a)^(1/2)', 'a in R'],
    ],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'pow.take-out',
    title: 'power of a product, in two parts',
    minor: true,
    on: 'pow',
    statement: String.raw`(ab)^c=a^c\,b^c\quad(a,b>0,\text{ or }c\text{ an integer})`,
    when: (t, cx, arg) => {
      const parts = inTwo(t, arg)
      return (
        parts &&
        firstOf(
          () => forEvery(parts, f => proveNonnegative(f, cx)),
          () => provePositive(parts[0], cx),
          () => provePositive(parts[1], cx),
          () => proveInteger(t.exponent, cx),
        )
      )
    },
    rewrite: (t, _, arg) => {
      const parts = inTwo(t, arg)
      return parts && mulAll(parts.map(f => pow(f, t.exponent)))
    },
    examples: [
      ex('(2*v*x)^c', '(2*v)^c*x^c', 'v > 0, x > 0, c in R', '2*v'),
      ex('(l/(2*x))^(1/2)', '(l/2)^(1/2)*(1/x)^(1/2)', 'l > 0, x > 0', 'l/2'),
    ],
    nonExamples: [
      ['(v*x)^c', 'v in R, x in R, c in R'],
      ['(v + x)^c', 'v > 0, x > 0, c in R'],
    ],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'pow.reciprocal',
    title: 'power of a reciprocal',
    minor: true,
    on: 'pow',
    statement: String.raw`\left(\tfrac1m\right)^{c}=m^{-c}`,
    when: t => (t.base.kind === 'num' && t.base.value.num === 1n && t.base.value.den > 1n && t.exponent.kind !== 'num' ? [] : undefined),
    rewrite: t => (t.base.kind === 'num' ? pow(num(t.base.value.den), neg(t.exponent)) : undefined),
    examples: [ex('(1/2)^n', '2^(-n)', 'n in {1..}'), ex('(1/3)^(-c)', '3^c', 'c in R')],
    nonExamples: [
      ['(2/3)^n', 'n in {1..}'],
      ['(1/a)^n', 'a > 0, n in {1..}'],
    ],
  }),
  rule({
    id: 'pow.equal-bases',
    title: 'law of equal bases',
    says: 'equal bases: add the exponents',
    on: 'mul',
    statement: String.raw`a^b a^c=a^{b+c}\quad(a>0,\text{ or }b,c\ge 0,\text{ or }a\ne 0\text{ and }b,c\text{ integers})`,
    when: (t, cx) => symbolicGroup(t, cx)?.why,
    rewrite: (t, cx) => {
      const found = symbolicGroup(t, cx)
      return found && mergedGroup(found.group)
    },
    examples: [
      ex('a^b*a^c', 'a^(b + c)', 'a > 0, b in R, c in R'),
      ex('p*p^x*q', 'p^(x + 1)*q', '0 <= p <= 1, x in {0, 1}, q in R'),
      ex('a^x*a^(-y)', 'a^(x - y)', 'a in R, a != 0, x in {0..}, y in {0..}'),
    ],
    nonExamples: [
      ['a^b*a^c', 'a in R, b in R, c in R'],
      ['a^b*a^c', 'a >= 0, b in R, c in R'],
      ['a^b*c^b', 'a > 0, c > 0'],
      ['a*a^2', 'a in R'],
    ],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'pow.merge',
    title: 'product of powers of one base',
    minor: true,
    on: 'mul',
    statement: String.raw`a\cdot a^2=a^3`,
    when: (t, cx) => merge(t, cx)?.why,
    rewrite: (t, cx) => {
      const found = merge(t, cx)
      return found && mergedGroup(found.group)
    },
    examples: [ex('a*a^2', 'a^3', 'a in R'), ex('b*v^(-1)*v^(-2)', 'b*v^(-3)', 'v > 0, b in R'), ex('x^(1/2)*x^(1/2)', 'x', 'x > 0')],
    nonExamples: [
      ['a^2/a', 'a > 0'],
      ['x^(1/2)*x^(1/2)', 'x in R'],
      ['a*b', 'a in R, b in R'],
      ['a*a^n', 'a > 0, n in {1..}'],
    ],
  }),
  rule({
    id: 'pow.equal-exponents',
    title: 'law of equal exponents',
    minor: true,
    on: 'mul',
    statement: String.raw`a^c\,b^c=(ab)^c\quad(a,b\ge 0,\text{ or }c\text{ an integer})`,
    when: (t, cx) => {
      const pair = equalExponents(t)
      return (
        pair &&
        firstOf(
          () => proveInteger(pair.exponent, cx),
          () => forEvery(pair.bases, b => proveNonnegative(b, cx)),
        )
      )
    },
    rewrite: t => {
      const pair = equalExponents(t)
      return pair && mulAll([...pair.others, pow(mulAll(pair.bases), pair.exponent)])
    },
    examples: [ex('a^c*b^c', '(a*b)^c', 'a > 0, b > 0, c in R'), ex('2*x^n*y^n', '2*(x*y)^n', 'x in R, y in R, n in {1..}')],
    nonExamples: [
      ['a^c*b^c', 'a in R, b in R, c in R'],
      ['a^b*a^c', 'a > 0, b in R, c in R'],
      ['a*b', 'a in R, b in R'],
    ],
    source: 'DLMF 4.8(ii)',
  }),
]

/** The first two or more powers with the same exponent, which is no plain 1. */
function equalExponents(
  t: Mul,
): { readonly exponent: Expr; readonly bases: readonly Expr[]; readonly others: readonly Expr[] } | undefined {
  for (const f of t.factors) {
    if (f.kind !== 'pow') continue
    const own = t.factors.filter(g => g.kind === 'pow' && same(g.exponent, f.exponent))
    if (own.length > 1)
      return { exponent: f.exponent, bases: own.map(g => (g as Pow).base), others: t.factors.filter(g => !own.includes(g)) }
  }
  return undefined
}
