/**
 * Laws of finite products Π over an index: splitting, equal factors, equal bases, equal exponents. 0^0 = 1 throughout.
 */

import { type Context, enter } from '../src/rewrite/facts.ts'
import { law } from '../src/rewrite/law.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { signOf } from '../src/rewrite/sign.ts'
import { isInteger } from '../src/term/rational.ts'
import { addAll, type Big, big, type Expr, isOne, MINUS_ONE, mul, mulAll, neg, ONE, type Pow, pow } from '../src/term/term.ts'
import { shift } from '../src/term/walk.ts'
import { count, counted, hasEnds, isIndexFree, splitFactors } from './sums.ts'

/** The factors of the body; a minus sign stays with the one factor that is negative, so that both are positive. */
const separated = (t: Big, cx: Context): readonly Expr[] => {
  if (t.body.kind !== 'mul') return []
  const [head, ...rest] = t.body.factors
  if (head?.kind !== 'num' || head.value.num >= 0n) return t.body.factors
  const inside = enter(cx, t, 2)
  const negative = rest.filter(f => (!isIndexFree(f) || isOddPower(f)) && signOf(f, inside)?.sign === 'neg')
  const [only] = negative
  if (!only || negative.length > 1) return t.body.factors
  const size = mul(MINUS_ONE, head)
  return [...(isOne(size) ? [] : [size]), ...rest.filter(f => f !== only), turned(only)]
}
const isOddPower = (f: Expr): f is Pow =>
  f.kind === 'pow' && f.exponent.kind === 'num' && isInteger(f.exponent.value) && f.exponent.value.num % 2n !== 0n
/** −u^k is (−u)^k for odd k. */
const turned = (f: Expr): Expr =>
  isOddPower(f) ? pow(f.base.kind === 'add' ? addAll(f.base.terms.map(neg)) : neg(f.base), f.exponent) : neg(f)

export const products: readonly Rule[] = [
  rule({
    id: 'prod.product',
    title: 'product of products, factor by factor',
    minor: true,
    on: 'big',
    statement: String.raw`\prod_i a_i b_i=\prod_i a_i\,\prod_i b_i`,
    when: t => (t.op === 'prod' && hasEnds(t) && t.body.kind === 'mul' ? [] : undefined),
    rewrite: (t, cx) => {
      const parts = separated(t, cx)
      return parts.length > 1 ? mulAll(parts.map(f => big('prod', t.lo, t.hi, f))) : undefined
    },
    examples: [
      ex('prod(a[i]*b[i], i, 1, n)', 'prod(a[i], i, 1, n)*prod(b[i], i, 1, n)', 'n in {1..}, a[i] in R, b[i] in R'),
      ex('prod(-x[i]*log(x[i]), i, 1, n)', 'prod(x[i], i, 1, n)*prod(-log(x[i]), i, 1, n)', 'n in {1..}, 0 < x[i] < 1'),
      ex('prod(-x[i]/log(1 - t), i, 1, n)', 'prod(x[i], i, 1, n)*prod((-log(1 - t))^(-1), i, 1, n)', 'n in {1..}, 0 < x[i] < 1, 0 < t < 1'),
      ex('prod(2*x[i]/theta, i, 1, n)', 'prod(2, i, 1, n)*prod(x[i], i, 1, n)*prod(1/theta, i, 1, n)', 'n in {1..}, theta > 0, x[i] > 0'),
    ],
    nonExamples: [
      ['prod(a[i] + b[i], i, 1, n)', 'n in {1..}'],
      ['sum(a[i]*b[i], i, 1, n)', 'n in {1..}'],
    ],
    source: 'Graham, Knuth & Patashnik, Concrete Mathematics 2e, §2.3',
  }),
  rule({
    id: 'prod.constant',
    title: 'product of equal factors',
    says: 'equal factors make a power',
    on: 'big',
    statement: String.raw`\prod_{i=m}^{n} c=c^{\,n-m+1}`,
    when: (t, cx) => (t.op === 'prod' && isIndexFree(t.body) && !isOne(t.body) ? counted(t, cx) : undefined),
    rewrite: t => pow(shift(t.body, -1), count(t)),
    examples: [
      ex('prod(c, i, 1, n)', 'c^n', 'n in {1..}, c in R'),
      ex('prod(1/theta, i, 1, n)', '(1/theta)^n', 'n in {1..}, theta > 0'),
      ex('prod(c, i, m, n)', 'c^(n - m + 1)', 'm in {1..}, n in {m..}, c > 0'),
    ],
    nonExamples: [
      ['prod(c, i, 1, n)', 'c > 0'],
      ['prod(x[i], i, 1, n)', 'n in {1..}'],
      ['prod(c, i, 1, inf)', 'c > 0'],
    ],
  }),
  rule({
    id: 'prod.one',
    title: 'product of ones',
    on: 'big',
    statement: String.raw`\prod_i 1=1`,
    when: t => (t.op === 'prod' && isOne(t.body) ? [] : undefined),
    rewrite: () => ONE,
    examples: [ex('prod(1, i, 1, n)', '1', 'n in {1..}')],
    nonExamples: [['prod(2, i, 1, n)', 'n in {1..}']],
  }),
  rule({
    id: 'prod.factor',
    title: 'constant factor of a product',
    on: 'big',
    statement: String.raw`\prod_{i=m}^{n} c\,a_i=c^{\,n-m+1}\prod_{i=m}^{n} a_i`,
    when: (t, cx) => (t.op === 'prod' && splitFactors(t.body) ? counted(t, cx) : undefined),
    rewrite: t => {
      const parts = splitFactors(t.body)
      return parts && mul(pow(parts.constant, count(t)), big('prod', t.lo, t.hi, parts.varying))
    },
    examples: [
      ex('prod(c*a[i], i, 1, n)', 'c^n*prod(a[i], i, 1, n)', 'n in {1..}, c in R, a[i] in R'),
      ex('prod(l*exp(-l*x[i]), i, 1, n)', 'l^n*prod(exp(-l*x[i]), i, 1, n)', 'n in {1..}, l > 0, x[i] > 0'),
    ],
    nonExamples: [
      ['prod(a[i]*b[i], i, 1, n)', 'n in {1..}'],
      ['prod(c*a[i], i, 1, n)', 'c > 0'],
      ['prod(c, i, 1, n)', 'n in {1..}'],
    ],
  }),
  // For b = 0 and exponents ≥ 0 both sides are 1 if every exponent is 0, and 0 if not.
  law('prod.equal-bases', 'prod(b^c[i], i, m, n)', 'b^sum(c[i], i, m, n)', {
    title: 'law of equal bases',
    says: 'equal bases: add the exponents',
    given: ['b > 0', 'b >= 0, c[i] >= 0', 'c[i] in Z, c[i] >= 0', 'b != 0, c[i] in Z'],
    when: t => (t.kind === 'big' && hasEnds(t) ? [] : undefined),
    examples: [
      ex('prod(p^x[i], i, 1, n)', 'p^sum(x[i], i, 1, n)', 'n in {1..}, 0 <= p <= 1, x[i] in {0, 1}'),
      ex('prod((1 - p)^(1 - x[i]), i, 1, n)', '(1 - p)^sum(1 - x[i], i, 1, n)', 'n in {1..}, 0 <= p <= 1, x[i] in {0, 1}'),
      ex('prod(b^t[i], i, 1, n)', 'b^sum(t[i], i, 1, n)', 'n in {1..}, b > 0, t[i] in R'),
    ],
    nonExamples: [
      ['prod(b^t[i], i, 1, n)', 'n in {1..}, b >= 0, t[i] in R'],
      ['prod(y[i]^x[i], i, 1, n)', 'n in {1..}, y[i] > 0'],
      ['prod(p^x[i]*q^x[i], i, 1, n)', 'n in {1..}, p > 0, q > 0'],
    ],
  }),
  law('prod.exponentials', 'prod(exp(u[i]), i, m, n)', 'exp(sum(u[i], i, m, n))', {
    title: 'product of exponentials',
    says: 'a product of exponentials adds the exponents',
    when: t => (t.kind === 'big' && hasEnds(t) ? [] : undefined),
    examples: [ex('prod(exp(-l*x[i]), i, 1, n)', 'exp(sum(-l*x[i], i, 1, n))', 'n in {1..}, l > 0, x[i] > 0')],
    nonExamples: [
      ['prod(2*exp(u[i]), i, 1, n)', 'n in {1..}'],
      ['sum(exp(u[i]), i, 1, n)', 'n in {1..}'],
    ],
  }),
  law('prod.equal-exponents', 'prod(b[i]^c, i, m, n)', 'prod(b[i], i, m, n)^c', {
    title: 'law of equal exponents',
    says: 'equal exponents: multiply the bases',
    given: ['b[i] >= 0', 'c in Z'],
    when: t => (t.kind === 'big' && hasEnds(t) ? [] : undefined),
    examples: [
      ex('prod(x[i]^(a - 1), i, 1, n)', 'prod(x[i], i, 1, n)^(a - 1)', 'n in {1..}, a > 0, x[i] > 0'),
      ex('prod(1/x[i]!, i, 1, n)', '1/prod(x[i]!, i, 1, n)', 'n in {1..}, x[i] in {0..}'),
    ],
    nonExamples: [
      ['prod(x[i]^c, i, 1, n)', 'n in {1..}, x[i] in R, c > 0'],
      ['prod(b^x[i], i, 1, n)', 'n in {1..}, b > 0'],
    ],
  }),
]
