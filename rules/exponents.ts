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
import { addAll, type Expr, exp, fn, HALF, isZero, type Mul, mul, mulAll, neg, ONE, type Pow, pow, type Term, TWO } from '../src/term/term.ts'

/** The argument of an exponential. */
const exponentOf = (t: Term): Expr | undefined => (t.kind === 'fn' && t.name === 'exp' ? t.args[0] : undefined)

/** Factors of one base with the exponents in which they occur. */
export interface Group {
  readonly base: Expr
  readonly exponents: readonly Expr[]
  readonly others: readonly Expr[]
}

/** The bases that occur in at least two factors; numerals are no bases. */
export const groups = (t: Mul): readonly Group[] => {
  const parts = t.factors.map(f => ({ f, base: f.kind === 'pow' ? f.base : f, exponent: f.kind === 'pow' ? f.exponent : ONE }))
  const bases: Expr[] = []
  for (const p of parts) if (p.f.kind !== 'num' && !bases.some(b => same(b, p.base))) bases.push(p.base)
  return bases.flatMap(base => {
    const own = parts.filter(p => p.f.kind !== 'num' && same(p.base, base))
    if (own.length < 2) return []
    return [{ base, exponents: own.map(p => p.exponent), others: parts.filter(p => !own.includes(p)).map(p => p.f) }]
  })
}

const isNumeral = (e: Expr): boolean => e.kind === 'num'
const signs = (exponents: readonly Expr[]): ReadonlySet<number> => new Set(exponents.map(e => (e.kind === 'num' ? Q.sign(e.value) : 0)))

/** Numeral exponents, all positive or all negative: x·x², 1/v·1/v². At 0 both sides are 0, or neither is defined. */
export const isMerge = (g: Group): boolean => g.exponents.every(isNumeral) && signs(g.exponents).size === 1
/** The first such group; for roots the base must be proved not to be negative. */
const merge = (t: Mul, cx: Context): { readonly group: Group; readonly why: Proof } | undefined => {
  for (const group of groups(t).filter(isMerge)) {
    const whole = group.exponents.every(e => e.kind === 'num' && Q.isInteger(e.value))
    const why = whole ? [] : proveNonnegative(group.base, cx)
    if (why) return { group, why }
  }
  return undefined
}
/** Numeral exponents of both signs: x²/x. */
export const isCancellation = (g: Group): boolean => g.exponents.every(isNumeral) && signs(g.exponents).size > 1
export const mergedGroup = (g: Group): Expr => mulAll([...g.others, pow(g.base, addAll(g.exponents))])

const exponentsAdd = (g: Group, cx: Context): Proof =>
  firstOf(
    () => provePositive(g.base, cx),
    () => forEvery(g.exponents, e => proveNonnegative(e, cx)),
    () => forEvery(g.exponents, e => proveNonnegative(neg(e), cx)),
    () => eachOf(() => proveNonzero(g.base, cx), () => forEvery(g.exponents, e => proveInteger(e, cx))),
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
  return firstOf(byFactors, () => proveInteger(t.exponent, cx), () => forEvery(parts, f => proveNonnegative(f, cx)))
}

const isSquareRoot = (t: Pow): boolean => same(t.exponent, HALF) && t.base.kind === 'pow' && same(t.base.exponent, TWO)

export const exponents: readonly Rule[] = [
  law('exp.zero', 'exp(0)', '1', {
    title: 'value of exp at zero', examples: [ex('exp(0)', '1')], nonExamples: [['exp(a)', 'a in R']],
  }),
  law('exp.log', 'exp(log(u))', 'u', {
    title: 'rule that exp undoes log', says: 'exp undoes log', given: 'u > 0',
    examples: [ex('exp(log(x/a))', 'x/a', 'x > 0, a > 0')], nonExamples: [['exp(log(u))', 'u in R'], ['exp(log(u) + 1)', 'u > 0']],
    source: 'DLMF 4.2',
  }),
  law('exp.log-power', 'exp(c*log(u))', 'u^c', {
    title: 'definition of a power', given: 'u > 0',
    examples: [ex('exp(x*log(p))', 'p^x', 'p > 0, x in R'), ex('exp(-2*a*log(v))', 'v^(-2*a)', 'v > 0, a in R')],
    nonExamples: [['exp(c*log(u))', 'u in R, c in R'], ['exp(c + log(u))', 'u > 0, c in R']],
    source: 'DLMF 4.2(iv)',
  }),
  rule({
    id: 'exp.sum', title: 'product of exponentials', says: 'add the exponents', on: 'mul',
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
    nonExamples: [['c*exp(a)', 'a in R, c in R'], ['exp(a) + exp(b)', 'a in R, b in R']],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'exp.split', title: 'exponential of a sum', on: 'fn',
    statement: String.raw`e^{a+b}=e^{a}e^{b}`,
    when: t => (exponentOf(t)?.kind === 'add' ? [] : undefined),
    rewrite: t => {
      const u = exponentOf(t)
      return u?.kind === 'add' ? mulAll(u.terms.map(exp)) : undefined
    },
    examples: [ex('exp(x*log(l) - l)', 'exp(x*log(l))*exp(-l)', 'l > 0, x in {0..}')],
    nonExamples: [['exp(a*b)', 'a in R, b in R'], ['log(a + b)', 'a > 0, b > 0']],
    source: 'DLMF 4.8(ii)',
  }),
  law('pow.of-exp', 'exp(u)^c', 'exp(c*u)', {
    title: 'power of an exponential', minor: true,
    examples: [ex('exp(-x)^t', 'exp(-t*x)', 'x in R, t in R'), ex('1/exp(u)', 'exp(-u)', 'u in R')], nonExamples: [['(2*exp(u))^c', 'u in R, c in R']],
    source: 'DLMF 4.8(ii)',
  }),
  law('pow.power', '(a^b)^c', 'a^(b*c)', {
    title: 'power of a power', minor: true,
    given: ['a > 0', 'c in Z, c >= 0', 'c in Z, a != 0', 'a >= 0, b >= 0, c >= 0'],
    examples: [
      ex('(a^b)^c', 'a^(b*c)', 'a > 0, b in R, c in R'), ex('(x^2)^3', 'x^6', 'x in R'), ex('(1/t)^n', 't^(-n)', 't > 0, n in {1..}'),
    ],
    // the root of a square is |x|
    nonExamples: [['(x^2)^(1/2)', 'x in R'], ['(a^b)^c', 'a in R, b in R, c in R']],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'pow.product', title: 'power of a product', minor: true, on: 'pow',
    statement: String.raw`(ab)^c=a^c\,b^c\quad(a>0,\text{ or }c\text{ an integer})`,
    when: powerOfProduct,
    rewrite: t => (t.base.kind === 'mul' ? mulAll(t.base.factors.map(f => pow(f, t.exponent))) : undefined),
    examples: [
      ex('(a*b)^c', 'a^c*b^c', 'a > 0, b > 0, c in R'), ex('(2*a*b)^2', '4*a^2*b^2', 'a in R, b in R'), ex('(-x)^2', 'x^2', 'x in R'),
      ex('(2*v)^(1/2)', '2^(1/2)*v^(1/2)', 'v > 0'),
    ],
    nonExamples: [['(a*b)^(1/2)', 'a in R, b in R'], ['(a + b)^c', 'a > 0, b > 0'], ['(-a)^(1/2)', 'a in R']],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'pow.equal-bases', title: 'law of equal bases', says: 'equal bases: add the exponents', on: 'mul',
    statement: String.raw`a^b a^c=a^{b+c}\quad(a>0,\text{ or }b,c\ge 0,\text{ or }a\ne 0\text{ and }b,c\text{ integers})`,
    when: (t, cx) => symbolicGroup(t, cx)?.why,
    rewrite: (t, cx) => {
      const found = symbolicGroup(t, cx)
      return found && mergedGroup(found.group)
    },
    examples: [
      ex('a^b*a^c', 'a^(b + c)', 'a > 0, b in R, c in R'), ex('p*p^x*q', 'p^(x + 1)*q', '0 <= p <= 1, x in {0, 1}, q in R'),
      ex('a^x*a^(-y)', 'a^(x - y)', 'a in R, a != 0, x in {0..}, y in {0..}'),
    ],
    nonExamples: [['a^b*a^c', 'a in R, b in R, c in R'], ['a^b*a^c', 'a >= 0, b in R, c in R'], ['a^b*c^b', 'a > 0, c > 0'], ['a*a^2', 'a in R']],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'pow.merge', title: 'product of powers of one base', minor: true, on: 'mul',
    statement: String.raw`a\cdot a^2=a^3`,
    when: (t, cx) => merge(t, cx)?.why,
    rewrite: (t, cx) => {
      const found = merge(t, cx)
      return found && mergedGroup(found.group)
    },
    examples: [ex('a*a^2', 'a^3', 'a in R'), ex('b*v^(-1)*v^(-2)', 'b*v^(-3)', 'v > 0, b in R'), ex('x^(1/2)*x^(1/2)', 'x', 'x > 0')],
    nonExamples: [['a^2/a', 'a > 0'], ['x^(1/2)*x^(1/2)', 'x in R'], ['a*b', 'a in R, b in R'], ['a*a^n', 'a > 0, n in {1..}']],
  }),
  rule({
    id: 'pow.equal-exponents', title: 'law of equal exponents', on: 'mul',
    statement: String.raw`a^c\,b^c=(ab)^c\quad(a,b\ge 0,\text{ or }c\text{ an integer})`,
    when: (t, cx) => {
      const pair = equalExponents(t)
      return pair && firstOf(() => proveInteger(pair.exponent, cx), () => forEvery(pair.bases, b => proveNonnegative(b, cx)))
    },
    rewrite: t => {
      const pair = equalExponents(t)
      return pair && mulAll([...pair.others, pow(mulAll(pair.bases), pair.exponent)])
    },
    examples: [ex('a^c*b^c', '(a*b)^c', 'a > 0, b > 0, c in R'), ex('2*x^n*y^n', '2*(x*y)^n', 'x in R, y in R, n in {1..}')],
    nonExamples: [['a^c*b^c', 'a in R, b in R, c in R'], ['a^b*a^c', 'a > 0, b in R, c in R'], ['a*b', 'a in R, b in R']],
    source: 'DLMF 4.8(ii)',
  }),
  rule({
    id: 'pow.root-of-square', title: 'root of a square', on: 'pow',
    statement: String.raw`\sqrt{a^2}=|a|`,
    when: t => (isSquareRoot(t) ? [] : undefined),
    rewrite: t => (t.base.kind === 'pow' ? fn('abs', t.base.base) : undefined),
    examples: [ex('(x^2)^(1/2)', 'abs(x)', 'x in R')],
    nonExamples: [['(x^3)^(1/2)', 'x > 0'], ['(x^(1/2))^2', 'x > 0']],
  }),
  law('abs.nonnegative', 'abs(a)', 'a', {
    title: 'absolute value of a number that is not negative', given: 'a >= 0',
    examples: [ex('abs(x)', 'x', 'x >= 0')], nonExamples: [['abs(x)', 'x in R']],
  }),
  law('abs.nonpositive', 'abs(a)', '-a', {
    title: 'absolute value of a number that is not positive', given: 'a <= 0',
    examples: [ex('abs(x - m)', '-(x - m)', 'm in R, x < m')], nonExamples: [['abs(x)', 'x in R'], ['abs(x)', 'x > 0']],
  }),
  rule({
    id: 'abs.square', title: 'square of an absolute value', on: 'pow',
    statement: String.raw`|a|^2=a^2`,
    when: t => (t.base.kind === 'fn' && t.base.name === 'abs' && isEven(t.exponent) ? [] : undefined),
    rewrite: t => (t.base.kind === 'fn' && t.base.args[0] ? pow(t.base.args[0], t.exponent) : undefined),
    examples: [ex('abs(x)^2', 'x^2', 'x in R'), ex('abs(x - m)^4', '(x - m)^4', 'x in R, m in R')],
    nonExamples: [['abs(x)^3', 'x in R'], ['abs(x)^c', 'x in R, c in R']],
  }),
  rule({
    id: 'pow.negated-base', title: 'even or odd power of a negative', on: 'pow',
    statement: String.raw`(-a)^{2}=a^{2},\quad(-a)^{3}=-a^{3}`,
    when: t => (t.exponent.kind === 'num' && Q.isInteger(t.exponent.value) && isNegated(t.base) ? [] : undefined),
    rewrite: t => (isEven(t.exponent) ? pow(opposite(t.base), t.exponent) : mul(neg(ONE), pow(opposite(t.base), t.exponent))),
    examples: [ex('(-x)^2', 'x^2', 'x in R'), ex('(-a - b)^2', '(a + b)^2', 'a in R, b in R'), ex('(-x)^(-3)', '-x^(-3)', 'x in R, x != 0')],
    nonExamples: [['(a - b)^2', 'a in R, b in R'], ['(-a)^c', 'a in R, c in R']],
  }),
]

function isEven(t: Expr): boolean {
  return t.kind === 'num' && Q.isInteger(t.value) && t.value.num % 2n === 0n && !isZero(t)
}
function hasMinus(t: Expr): boolean {
  const head = t.kind === 'mul' ? t.factors[0] : t
  return head?.kind === 'num' && Q.sign(head.value) < 0
}
/** Written with a minus sign throughout: −x, −a − b. */
function isNegated(t: Expr): boolean {
  return t.kind === 'add' ? t.terms.every(hasMinus) : t.kind === 'mul' && hasMinus(t)
}
function opposite(t: Expr): Expr {
  return t.kind === 'add' ? addAll(t.terms.map(neg)) : neg(t)
}
/** The first two or more powers with the same exponent, which is no plain 1. */
function equalExponents(t: Mul): { readonly exponent: Expr; readonly bases: readonly Expr[]; readonly others: readonly Expr[] } | undefined {
  for (const f of t.factors) {
    if (f.kind !== 'pow') continue
    const own = t.factors.filter(g => g.kind === 'pow' && same(g.exponent, f.exponent))
    if (own.length > 1)
      return { exponent: f.exponent, bases: own.map(g => (g as Pow).base), others: t.factors.filter(g => !own.includes(g)) }
  }
  return undefined
}
