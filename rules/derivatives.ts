/**
 * Laws of differentiation on unevaluated derivatives: sums, products, quotients, ranges, branches. Those of powers and
 * functions are `derivatives-of-functions.ts`. Refused: derivatives of a branch or range that itself depends on the
 * variable, of expectations and limits (exchanging them needs an argument). A law holds where the term to be
 * differentiated is defined; what it needs beyond that is proved.
 */
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import {
  addAll,
  big,
  cases,
  type Deriv,
  deriv,
  type Expr,
  eq,
  iverson,
  type Mul,
  mul,
  mulAll,
  neg,
  num,
  ONE,
  pow,
  sub,
  ZERO,
} from '../src/term/term.ts'
import { shift } from '../src/term/walk.ts'
import { bodyOf, depends, inner, isFirst } from './dependence.ts'
import { hasEnds } from './sums.ts'

const factorsOf = (t: Deriv): { readonly constant: readonly Expr[]; readonly varying: readonly Expr[] } | undefined =>
  t.body.kind === 'mul'
    ? { constant: t.body.factors.filter(f => !depends(f, t.wrt)), varying: t.body.factors.filter(f => depends(f, t.wrt)) }
    : undefined

/** Numerator and denominator of a product that varies in both. */
const quotientOf = (t: Deriv): { readonly above: Expr; readonly below: Expr } | undefined => {
  if (!isFirst(t) || t.body.kind !== 'mul') return undefined
  const isBelow = (f: Expr): boolean => f.kind === 'pow' && f.exponent.kind === 'num' && Q.sign(f.exponent.value) < 0
  const below = (t.body as Mul).factors
    .filter(isBelow)
    .map(f => (f.kind === 'pow' && f.exponent.kind === 'num' ? pow(f.base, neg(f.exponent)) : f))
  const above = (t.body as Mul).factors.filter(f => !isBelow(f))
  const parts = { above: mulAll(above), below: mulAll(below) }
  return depends(parts.above, t.wrt) && depends(parts.below, t.wrt) ? parts : undefined
}

export const derivatives: readonly Rule[] = [
  rule({
    id: 'derivative.constant',
    title: 'derivative of a constant',
    silent: true,
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,c=0`,
    when: t => (isFirst(t) && !depends(t.body, t.wrt) ? [] : undefined),
    rewrite: () => ZERO,
    examples: [
      ex('diff(n*c, p)', '0', 'n in {1..}, c in R, p in R'),
      ex('diff(sum(log(x[i]), i, 1, n), p)', '0', 'n in {1..}, x[i] > 0, p in R'),
    ],
    nonExamples: [
      ['diff(p*c, p)', 'c in R, p in R'],
      ['diff(E(x), p)', 'p in R'],
    ],
  }),
  rule({
    id: 'derivative.variable',
    title: 'derivative of the variable',
    silent: true,
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,\theta=1`,
    when: t => (isFirst(t) && same(t.body, t.wrt) ? [] : undefined),
    rewrite: () => ONE,
    examples: [ex('diff(p, p)', '1', 'p in R')],
    nonExamples: [
      ['diff(q, p)', 'q in R, p in R'],
      ['diff(2*p, p)', 'p in R'],
    ],
  }),
  rule({
    id: 'derivative.entry',
    title: 'derivative of one entry by another',
    on: 'deriv',
    statement: String.raw`\frac{\partial p_j}{\partial p_l}=\mathbf 1\{j=l\}`,
    when: t => (bodyOf(t, 'at') && t.wrt.kind === 'at' && !same(t.body, t.wrt) && sameArray(t.body, t.wrt) ? [] : undefined),
    rewrite: t =>
      t.body.kind === 'at' && t.wrt.kind === 'at'
        ? mulAll(t.body.index.map((j, k) => iverson(eq(j, (t.wrt as typeof t.body).index[k] ?? j))))
        : undefined,
    examples: [ex('diff(p[j], p[l])', 'indicator(j = l)', 'j in {1..3}, l in {1..3}, p[j] in R')],
    nonExamples: [
      ['diff(q[j], p[l])', 'j in {1..3}, l in {1..3}'],
      ['diff(p[j]^2, p[l])', 'j in {1..3}, l in {1..3}'],
    ],
  }),
  rule({
    id: 'derivative.repeated',
    title: 'definition of a higher derivative',
    on: 'deriv',
    silent: true,
    statement: String.raw`\frac{d^2}{d\theta^2}f=\frac{d}{d\theta}\,\frac{d}{d\theta}f`,
    when: t => (t.order > 1 ? [] : undefined),
    rewrite: t => deriv(deriv(t.body, t.wrt, t.order - 1), t.wrt),
    examples: [ex('diff(log(p), p, 2)', 'diff(diff(log(p), p), p)', 'p > 0')],
    nonExamples: [['diff(log(p), p)', 'p > 0']],
  }),
  rule({
    id: 'derivative.sum',
    title: 'sum rule',
    minor: true,
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}(f+g)=\frac{d}{d\theta}f+\frac{d}{d\theta}g`,
    when: t => (bodyOf(t, 'add') ? [] : undefined),
    rewrite: t => (t.body.kind === 'add' ? addAll(t.body.terms.map(u => deriv(u, t.wrt))) : undefined),
    examples: [ex('diff(k*log(p) + p^2, p)', 'diff(k*log(p), p) + diff(p^2, p)', 'p > 0, k in R')],
    nonExamples: [
      ['diff(k*log(p), p)', 'p > 0, k in R'],
      ['diff(p + p^2, p, 2)', 'p in R'],
    ],
    source: 'DLMF 1.4(iii)',
  }),
  rule({
    id: 'derivative.constant-factor',
    title: 'constant factor rule',
    minor: true,
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}(c\,f)=c\,\frac{d}{d\theta}f`,
    when: t => {
      const parts = isFirst(t) ? factorsOf(t) : undefined
      return parts && parts.constant.length > 0 && parts.varying.length > 0 ? [] : undefined
    },
    rewrite: t => {
      const parts = factorsOf(t)
      return parts && mulAll([...parts.constant, deriv(mulAll(parts.varying), t.wrt)])
    },
    examples: [
      ex('diff(k*log(p), p)', 'k*diff(log(p), p)', 'p > 0, k in R'),
      ex('diff(-2*k*p*log(p), p)', '-2*k*diff(p*log(p), p)', 'p > 0, k in R'),
    ],
    nonExamples: [
      ['diff(p*log(p), p)', 'p > 0'],
      ['diff(k*c, p)', 'k in R, c in R, p in R'],
    ],
  }),
  rule({
    id: 'derivative.product',
    title: 'product rule',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}(f\,g)=\frac{d}{d\theta}f\cdot g+f\,\frac{d}{d\theta}g`,
    when: t => {
      const parts = isFirst(t) ? factorsOf(t) : undefined
      return parts && parts.constant.length === 0 && parts.varying.length > 1 ? [] : undefined
    },
    rewrite: t => {
      if (t.body.kind !== 'mul') return undefined
      const parts = t.body.factors
      return addAll(parts.map((f, k) => mulAll([inner(f, t.wrt), ...parts.filter((_, l) => l !== k)])))
    },
    examples: [
      ex('diff(p*log(p), p)', 'log(p) + p*diff(log(p), p)', 'p > 0'),
      ex('diff(exp(p)*log(p), p)', 'diff(exp(p), p)*log(p) + exp(p)*diff(log(p), p)', 'p > 0'),
    ],
    nonExamples: [
      ['diff(c*p, p)', 'c in R, p in R'],
      ['diff(p + log(p), p)', 'p > 0'],
    ],
    source: 'DLMF 1.4(iii)',
  }),
  rule({
    id: 'derivative.quotient',
    title: 'quotient rule',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\frac fg=\frac{\frac{d}{d\theta}f\cdot g-f\,\frac{d}{d\theta}g}{g^2}`,
    when: t => (quotientOf(t) ? [] : undefined),
    rewrite: t => {
      const parts = quotientOf(t)
      if (!parts) return undefined
      const { above, below } = parts
      return mul(sub(mul(inner(above, t.wrt), below), mul(above, inner(below, t.wrt))), pow(below, num(-2)))
    },
    examples: [ex('diff(log(p)/(1 - p), p)', '(diff(log(p), p)*(1 - p) - log(p)*diff(1 - p, p))/(1 - p)^2', '0 < p < 1')],
    nonExamples: [
      ['diff(c/p, p)', 'c in R, p > 0'],
      ['diff(p*log(p), p)', 'p > 0'],
    ],
    source: 'DLMF 1.4(iii)',
  }),
  rule({
    id: 'derivative.under-sum',
    title: 'sum rule, term by term',
    says: 'term by term',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\sum_i f_i=\sum_i\frac{d}{d\theta}f_i`,
    when: t =>
      bodyOf(t, 'big') &&
      t.body.kind === 'big' &&
      t.body.op === 'sum' &&
      hasEnds(t.body) &&
      !depends(t.body.lo, t.wrt) &&
      !depends(t.body.hi, t.wrt)
        ? []
        : undefined,
    rewrite: t => (t.body.kind === 'big' ? big('sum', t.body.lo, t.body.hi, deriv(t.body.body, shift(t.wrt, 1))) : undefined),
    examples: [ex('diff(sum((x[i] - m)^2, i, 1, n), m)', 'sum(diff((x[i] - m)^2, m), i, 1, n)', 'n in {1..}, x[i] in R, m in R')],
    nonExamples: [
      ['diff(sum(x[i], i, 1, m), m)', 'm in {1..}'],
      ['diff(prod(x[i] - m, i, 1, n), m)', 'n in {1..}, m in R'],
      ['diff(sum(m^i, i, 0, inf), m)', '0 < m < 1'],
    ],
  }),
  rule({
    id: 'derivative.cases',
    title: 'derivative branch by branch',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\begin{cases}f&\text{if }A\\g&\text{otherwise}\end{cases}=\begin{cases}\frac{d}{d\theta}f&\text{if }A\\\frac{d}{d\theta}g&\text{otherwise}\end{cases}`,
    when: t => (t.body.kind === 'cases' && isFirst(t) && t.body.branches.every(b => !depends(b.when, t.wrt)) ? [] : undefined),
    rewrite: t => {
      if (t.body.kind !== 'cases') return undefined
      const branches = t.body.branches.map(b => ({ when: b.when, value: deriv(b.value, t.wrt) }))
      return cases(branches, t.body.otherwise && deriv(t.body.otherwise, t.wrt))
    },
    examples: [ex('diff(x > 0 ? p*x : p^2, p)', 'x > 0 ? diff(p*x, p) : diff(p^2, p)', 'x in R, p in R')],
    nonExamples: [['diff(x > p ? p*x : p^2, p)', 'x in R, p in R']],
  }),
]

function sameArray(a: Expr, b: Expr): boolean {
  return a.kind === 'at' && b.kind === 'at' && a.name === b.name && a.index.length === b.index.length
}
