/**
 * Laws of finite sums Σ over an index, and of a binder whatever it does (empty range, one entry, renaming none).
 * Refuses infinite ranges (rearranging a series needs absolute convergence) and ranges that may have a negative count.
 */
import type { Context } from '../src/rewrite/facts.ts'
import { eachOf, type Proof } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveInteger, proveNonnegative, provePositive } from '../src/rewrite/sign.ts'
import { same } from '../src/term/order.ts'
import { add, addAll, type Big, big, type Expr, isZero, mul, mulAll, neg, ONE, sub, ZERO } from '../src/term/term.ts'
import { instantiate, shift } from '../src/term/walk.ts'

/** A range with two ends: the number of entries is finite. */
export const hasEnds = (t: Big): boolean => t.lo.kind !== 'infinity' && t.hi.kind !== 'infinity'

/** How many entries a range has, hi − lo + 1. */
export const count = (t: Big): Expr => add(t.hi, neg(t.lo), ONE)

/** Proof that the count is right: an integer, and not negative (0 for the empty range hi = lo − 1). */
export const counted = (t: Big, cx: Context): Proof =>
  hasEnds(t)
    ? eachOf(
        () => proveInteger(sub(t.hi, t.lo), cx),
        () => proveNonnegative(count(t), cx),
      )
    : undefined

/** Proof that the range is not empty. */
export const nonempty = (t: { readonly lo: Expr; readonly hi: Expr }, cx: Context): Proof => proveNonnegative(sub(t.hi, t.lo), cx)

/** True if a term inside of a binder does not depend on its index. */
export const isIndexFree = (t: Expr): boolean => (t.free & 1) === 0

/** Factors of the body that do not depend on the index, moved out of the binder, and those that do. */
export const splitFactors = (body: Expr): { readonly constant: Expr; readonly varying: Expr } | undefined => {
  if (body.kind !== 'mul') return undefined
  const constant = body.factors.filter(isIndexFree)
  const varying = body.factors.filter(f => !isIndexFree(f))
  if (constant.length === 0 || varying.length === 0) return undefined
  return { constant: shift(mulAll(constant), -1), varying: mulAll(varying) }
}

export const sums: readonly Rule[] = [
  rule({
    id: 'sum.linear',
    title: 'sum of a sum, term by term',
    says: 'split the sum',
    on: 'big',
    statement: String.raw`\sum_i (a_i+b_i)=\sum_i a_i+\sum_i b_i`,
    when: t => (t.op === 'sum' && hasEnds(t) && t.body.kind === 'add' ? [] : undefined),
    rewrite: t => (t.body.kind === 'add' ? addAll(t.body.terms.map(u => big('sum', t.lo, t.hi, u))) : undefined),
    examples: [
      ex('sum(a[i] + b[i], i, 1, n)', 'sum(a[i], i, 1, n) + sum(b[i], i, 1, n)', 'n in {1..}, a[i] in R, b[i] in R'),
      ex('sum(1 - x[i], i, 1, n)', 'sum(1, i, 1, n) + sum(-x[i], i, 1, n)', 'n in {1..}, x[i] in {0, 1}'),
    ],
    nonExamples: [['sum(a[i]*b[i], i, 1, n)', 'n in {1..}'], ['prod(a[i] + b[i], i, 1, n)', 'n in {1..}'], ['sum(a[i] + b[i], i, 1, inf)']],
    source: 'Graham, Knuth & Patashnik, Concrete Mathematics 2e, §2.3',
  }),
  rule({
    id: 'sum.factor',
    title: 'constant factor of a sum',
    minor: true,
    on: 'big',
    statement: String.raw`\sum_i c\,a_i=c\sum_i a_i`,
    when: t => (t.op === 'sum' && hasEnds(t) && splitFactors(t.body) ? [] : undefined),
    rewrite: t => {
      const parts = splitFactors(t.body)
      return parts && mul(parts.constant, big('sum', t.lo, t.hi, parts.varying))
    },
    examples: [
      ex('sum(c*a[i], i, 1, n)', 'c*sum(a[i], i, 1, n)', 'n in {1..}, c in R, a[i] in R'),
      ex('sum(-x[i]*log(p), i, 1, n)', '-log(p)*sum(x[i], i, 1, n)', 'n in {1..}, 0 < p < 1, x[i] in {0, 1}'),
      ex('sum(a[i]*sum(b[j], j, 1, n), i, 1, n)', 'sum(b[j], j, 1, n)*sum(a[i], i, 1, n)', 'n in {1..}, a[i] in R, b[j] in R'),
    ],
    nonExamples: [
      ['sum(a[i]*b[i], i, 1, n)', 'n in {1..}'],
      ['sum(c + a[i], i, 1, n)', 'n in {1..}'],
      ['prod(c*a[i], i, 1, n)', 'n in {1..}'],
    ],
    source: 'Graham, Knuth & Patashnik, Concrete Mathematics 2e, §2.3',
  }),
  rule({
    id: 'sum.constant',
    title: 'sum of equal terms',
    minor: true,
    on: 'big',
    statement: String.raw`\sum_{i=m}^{n} c=(n-m+1)\,c`,
    when: (t, cx) => (t.op === 'sum' && isIndexFree(t.body) && !isZero(t.body) ? counted(t, cx) : undefined),
    rewrite: t => mul(count(t), shift(t.body, -1)),
    examples: [
      ex('sum(c, i, 1, n)', 'n*c', 'n in {1..}, c in R'),
      ex('sum(log(p), i, 2, n)', '(n - 1)*log(p)', 'n in {1..}, 0 < p < 1'),
      ex('sum(1, i, m, n)', 'n - m + 1', 'm in {1..}, n in {m..}'),
    ],
    // with n = -3 the sum is empty and worth 0
    nonExamples: [['sum(c, i, 1, n)', 'c in R'], ['sum(c, i, 1, n)', 'n > 0'], ['sum(x[i], i, 1, n)', 'n in {1..}'], ['sum(c, i, 1, inf)']],
    source: 'Graham, Knuth & Patashnik, Concrete Mathematics 2e, §2.3',
  }),
  rule({
    id: 'sum.zero',
    title: 'sum of zeros',
    minor: true,
    on: 'big',
    statement: String.raw`\sum_i 0=0`,
    when: t => (t.op === 'sum' && isZero(t.body) ? [] : undefined),
    rewrite: () => ZERO,
    examples: [ex('sum(0, i, 1, n)', '0', 'n in {1..}')],
    nonExamples: [['sum(1, i, 1, n)', 'n in {1..}']],
  }),
  rule({
    id: 'sum.join',
    title: 'sum of two sums over the same range',
    on: 'add',
    statement: String.raw`\sum_i a_i+\sum_i b_i=\sum_i (a_i+b_i)`,
    when: t => (joined(t.terms) ? [] : undefined),
    rewrite: t => {
      const found = joined(t.terms)
      return found && addAll([...found.others, big('sum', found.lo, found.hi, addAll(found.bodies))])
    },
    examples: [
      ex('sum(a[i], i, 1, n) + sum(b[i], i, 1, n)', 'sum(a[i] + b[i], i, 1, n)', 'n in {1..}, a[i] in R, b[i] in R'),
      ex('c + sum(a[i], i, 1, n) - 2*sum(b[i], i, 1, n)', 'c + sum(a[i] - 2*b[i], i, 1, n)', 'n in {1..}, c in R, a[i] in R, b[i] in R'),
    ],
    nonExamples: [
      ['sum(a[i], i, 1, n) + sum(b[i], i, 2, n)', 'n in {2..}'],
      ['sum(a[i], i, 1, n) + c', 'n in {1..}'],
    ],
    source: 'Graham, Knuth & Patashnik, Concrete Mathematics 2e, §2.3',
  }),
  rule({
    id: 'sum.one-entry',
    title: 'range of one entry',
    on: 'big',
    statement: String.raw`\sum_{i=m}^{m} a_i=a_m`,
    when: (t, cx) => (same(t.lo, t.hi) && t.lo.kind !== 'infinity' && t.op !== 'order' ? proveInteger(t.lo, cx) : undefined),
    rewrite: t => instantiate(t.body, t.lo),
    examples: [ex('sum(x[i], i, 1, 1)', 'x[1]', 'x[i] in R'), ex('prod(2*x[i], i, 3, 3)', '2*x[3]', 'x[i] in R')],
    nonExamples: [
      ['sum(x[i], i, 1, n)', 'n in {1..}'],
      ['sum(x[i], i, a, a)', 'a in R'],
    ],
  }),
  rule({
    id: 'sum.maximum-of-constant',
    title: 'largest or smallest of equal values',
    on: 'big',
    statement: String.raw`\max_{i} c=\min_{i} c=c`,
    when: (t, cx) => ((t.op === 'max' || t.op === 'min') && isIndexFree(t.body) && hasEnds(t) ? nonempty(t, cx) : undefined),
    rewrite: t => shift(t.body, -1),
    examples: [ex('max(c, i, 1, n)', 'c', 'n in {1..}, c in R'), ex('min(2*c, i, 1, n)', '2*c', 'n in {1..}, c in R')],
    nonExamples: [
      ['max(x[i], i, 1, n)', 'n in {1..}'],
      ['max(c, i, 1, n)', 'n in {0..}, c in R'],
    ],
  }),
  rule({
    id: 'sum.scaled-maximum',
    title: 'positive factor of a largest or smallest value',
    on: 'big',
    statement: String.raw`\max_i c\,a_i=c\max_i a_i\quad(c>0)`,
    when: (t, cx) => {
      const parts = (t.op === 'max' || t.op === 'min') && hasEnds(t) ? splitFactors(t.body) : undefined
      return (
        parts &&
        eachOf(
          () => provePositive(parts.constant, cx),
          () => nonempty(t, cx),
        )
      )
    },
    rewrite: t => {
      const parts = splitFactors(t.body)
      return parts && mul(parts.constant, big(t.op, t.lo, t.hi, parts.varying))
    },
    examples: [ex('max(c*x[i], i, 1, n)', 'c*max(x[i], i, 1, n)', 'n in {1..}, c > 0, x[i] in R')],
    nonExamples: [
      ['max(c*x[i], i, 1, n)', 'n in {1..}, c in R, x[i] in R'],
      ['max(-x[i], i, 1, n)', 'n in {1..}, x[i] in R'],
    ],
  }),
]

/** Sums over one range among the summands, their numeral coefficients taken inside. */
function joined(terms: readonly Expr[]) {
  const parts = terms.map(t => {
    if (t.kind === 'big') return { term: t, coefficient: ONE as Expr, sum: t }
    const [c, s] = t.kind === 'mul' && t.factors.length === 2 ? t.factors : []
    return c?.kind === 'num' && s?.kind === 'big'
      ? { term: t, coefficient: c as Expr, sum: s }
      : { term: t, coefficient: ONE as Expr, sum: undefined }
  })
  const isSum = (s: Big | undefined): s is Big => s !== undefined && s.op === 'sum' && hasEnds(s)
  for (const { sum: head } of parts) {
    if (!isSum(head)) continue
    const group = parts.filter(p => isSum(p.sum) && same(p.sum.lo, head.lo) && same(p.sum.hi, head.hi))
    if (group.length < 2) continue
    return {
      lo: head.lo,
      hi: head.hi,
      bodies: group.map(p => mul(p.coefficient, (p.sum as Big).body)),
      others: parts.filter(p => !group.includes(p)).map(p => p.term),
    }
  }
  return undefined
}
