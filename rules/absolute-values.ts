/**
 * Laws of absolute values, even powers and changed signs in powers.
 */
import type { Context } from '../src/rewrite/facts.ts'
import { law } from '../src/rewrite/law.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { provePositive } from '../src/rewrite/sign.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { addAll, type Expr, type Fn, fn, HALF, isZero, mul, mulAll, neg, ONE, type Pow, pow, TWO } from '../src/term/term.ts'

const isSquareRoot = (t: Pow): boolean => same(t.exponent, HALF) && t.base.kind === 'pow' && same(t.base.exponent, TWO)

const isEven = (t: Expr): boolean => {
  return t.kind === 'num' && Q.isInteger(t.value) && t.value.num % 2n === 0n && !isZero(t)
}
const hasMinus = (t: Expr): boolean => {
  const head = t.kind === 'mul' ? t.factors[0] : t
  return head?.kind === 'num' && Q.sign(head.value) < 0
}
/** Written with a minus sign throughout: −x, −a − b. */
const isNegated = (t: Expr): boolean => {
  return t.kind === 'add' ? t.terms.every(hasMinus) : t.kind === 'mul' && hasMinus(t)
}
const opposite = (t: Expr): Expr => {
  return t.kind === 'add' ? addAll(t.terms.map(neg)) : neg(t)
}
/** The factors of |ab| that are positive, if there are such and others. */
const positiveFactors = (t: Fn, cx: Context): { readonly positive: readonly Expr[]; readonly others: readonly Expr[] } | undefined => {
  const [inner] = t.args
  if (t.name !== 'abs' || inner?.kind !== 'mul') return undefined
  const positive = inner.factors.filter(f => provePositive(f, cx) !== undefined)
  const others = inner.factors.filter(f => !positive.includes(f))
  return positive.length > 0 && others.length > 0 ? { positive, others } : undefined
}

export const absoluteValues: readonly Rule[] = [
  rule({
    id: 'pow.root-of-square',
    title: 'root of a square',
    on: 'pow',
    statement: String.raw`\sqrt{a^2}=|a|`,
    when: t => (isSquareRoot(t) ? [] : undefined),
    rewrite: t => (t.base.kind === 'pow' ? fn('abs', t.base.base) : undefined),
    examples: [ex('(x^2)^(1/2)', 'abs(x)', 'x in R')],
    nonExamples: [
      ['(x^3)^(1/2)', 'x > 0'],
      ['(x^(1/2))^2', 'x > 0'],
    ],
  }),
  law('abs.nonnegative', 'abs(a)', 'a', {
    title: 'absolute value of a number that is not negative',
    given: 'a >= 0',
    examples: [ex('abs(x)', 'x', 'x >= 0')],
    nonExamples: [['abs(x)', 'x in R']],
  }),
  law('abs.nonpositive', 'abs(a)', '-a', {
    title: 'absolute value of a number that is not positive',
    given: 'a <= 0',
    examples: [ex('abs(x - m)', '-(x - m)', 'm in R, x < m')],
    nonExamples: [
      ['abs(x)', 'x in R'],
      ['abs(x)', 'x > 0'],
    ],
  }),
  rule({
    id: 'abs.factor',
    title: 'absolute value of a product',
    on: 'fn',
    statement: String.raw`|ab|=a\,|b|\quad(a>0)`,
    when: (t, cx) => {
      const parts = positiveFactors(t, cx)
      return parts && parts.positive.flatMap(f => provePositive(f, cx) ?? [])
    },
    rewrite: (t, cx) => {
      const parts = positiveFactors(t, cx)
      return parts && mul(...parts.positive, fn('abs', mulAll(parts.others)))
    },
    examples: [ex('abs(x/t)', 'abs(x)/t', 'x in R, t > 0'), ex('abs(2*x)', '2*abs(x)', 'x in R')],
    nonExamples: [
      ['abs(x*t)', 'x in R, t in R'],
      ['abs(x + t)', 'x in R, t > 0'],
    ],
  }),
  rule({
    id: 'abs.square',
    title: 'square of an absolute value',
    on: 'pow',
    statement: String.raw`|a|^2=a^2`,
    when: t => (t.base.kind === 'fn' && t.base.name === 'abs' && isEven(t.exponent) ? [] : undefined),
    rewrite: t => (t.base.kind === 'fn' && t.base.args[0] ? pow(t.base.args[0], t.exponent) : undefined),
    examples: [ex('abs(x)^2', 'x^2', 'x in R'), ex('abs(x - m)^4', '(x - m)^4', 'x in R, m in R')],
    nonExamples: [
      ['abs(x)^3', 'x in R'],
      ['abs(x)^c', 'x in R, c in R'],
    ],
  }),
  rule({
    id: 'pow.negated-base',
    title: 'even or odd power of a negative',
    on: 'pow',
    statement: String.raw`(-a)^{2}=a^{2},\quad(-a)^{3}=-a^{3}`,
    when: t => (t.exponent.kind === 'num' && Q.isInteger(t.exponent.value) && isNegated(t.base) ? [] : undefined),
    rewrite: t => (isEven(t.exponent) ? pow(opposite(t.base), t.exponent) : mul(neg(ONE), pow(opposite(t.base), t.exponent))),
    examples: [
      ex('(-x)^2', 'x^2', 'x in R'),
      ex('(-a - b)^2', '(a + b)^2', 'a in R, b in R'),
      ex('(-x)^(-3)', '-x^(-3)', 'x in R, x != 0'),
    ],
    nonExamples: [
      ['(a - b)^2', 'a in R, b in R'],
      ['(-a)^c', 'a in R, c in R'],
    ],
  }),
]
