/**
 * Laws for terms with kinks: derivatives away from the points where a branch ends, logarithms of branches, and signs and
 * branches written with indicators. A derivative is refused where a branch may end.
 */

import { coefficientSign } from '../src/rewrite/arithmetic.ts'
import type { Context } from '../src/rewrite/facts.ts'
import { type Proof, prove } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonzero } from '../src/rewrite/sign.ts'
import { addAll, type Cases, cases, deriv, type Expr, iverson, log, lt, mul, ne, neg, not, type Prop, sub } from '../src/term/term.ts'
import { some, summands } from '../src/term/walk.ts'
import { depends, isFirst } from './dependence.ts'

/** A comparison of two different numbers: it holds, or fails, all around. */
const isSettled = (p: Prop, wrt: Expr, cx: Context): Proof => {
  if (!depends(p, wrt)) return []
  if (p.kind !== 'rel' || (p.op !== '<' && p.op !== '<=')) return undefined
  return proveNonzero(sub(p.right, p.left), cx) ?? prove(ne(p.left, p.right), cx) ?? prove(ne(p.right, p.left), cx)
}

const allSettled = (t: Cases, wrt: Expr, cx: Context): Proof => {
  const reasons = t.branches.map(b => isSettled(b.when, wrt, cx))
  return reasons.every(r => r !== undefined) ? reasons.flatMap(r => r ?? []) : undefined
}

/** u > 0 and u < 0 with the negative terms on the other side: m < x and x < m for x − m. */
const sides = (u: Expr): { readonly positive: Prop; readonly negative: Prop } => {
  const plus = addAll(summands(u).filter(p => coefficientSign(p) > 0))
  const minus = addAll(
    summands(u)
      .filter(p => coefficientSign(p) < 0)
      .map(neg),
  )
  return { positive: lt(minus, plus), negative: lt(plus, minus) }
}

export const kinks: readonly Rule[] = [
  rule({
    id: 'derivative.away',
    title: 'derivative branch by branch, away from where they meet',
    says: 'away from where the branches meet, branch by branch',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\begin{cases}f&\text{if }a<\theta\\g&\text{otherwise}\end{cases}=\begin{cases}\frac{d}{d\theta}f&\text{if }a<\theta\\\frac{d}{d\theta}g&\text{otherwise}\end{cases}\quad(\theta\ne a)`,
    when: (t, cx) =>
      t.body.kind === 'cases' && isFirst(t) && t.body.branches.some(b => depends(b.when, t.wrt))
        ? allSettled(t.body, t.wrt, cx)
        : undefined,
    rewrite: t => {
      if (t.body.kind !== 'cases') return undefined
      const branches = t.body.branches.map(b => ({ when: b.when, value: deriv(b.value, t.wrt) }))
      return cases(branches, t.body.otherwise && deriv(t.body.otherwise, t.wrt))
    },
    examples: [ex('diff(x < p ? x - p : 2*(p - x), p)', 'x < p ? diff(x - p, p) : diff(2*(p - x), p)', 'x in R, p in R, p != x')],
    nonExamples: [['diff(x < p ? x - p : 2*(p - x), p)', 'x in R, p in R']],
  }),
  rule({
    id: 'log.cases',
    title: 'logarithm of each branch',
    on: 'fn',
    statement: String.raw`\log\begin{cases}f&\text{if }A\\g&\text{otherwise}\end{cases}=\begin{cases}\log f&\text{if }A\\\log g&\text{otherwise}\end{cases}`,
    rewrite: t => {
      const body = t.name === 'log' ? t.args[0] : undefined
      if (body?.kind !== 'cases') return undefined
      return cases(
        body.branches.map(b => ({ when: b.when, value: log(b.value) })),
        body.otherwise && log(body.otherwise),
      )
    },
    examples: [ex('log(x < p ? x : 2*x)', 'x < p ? log(x) : log(2*x)', 'x > 0, p in R')],
    nonExamples: [['log(2*x)', 'x > 0']],
  }),
  rule({
    id: 'sign.indicators',
    title: 'sign as a difference of indicators',
    on: 'fn',
    statement: String.raw`\operatorname{sgn}u=\mathbf 1\{u>0\}-\mathbf 1\{u<0\}`,
    rewrite: t => {
      const [u] = t.args
      if (t.name !== 'sign' || !u) return undefined
      const { positive, negative } = sides(u)
      return sub(iverson(positive), iverson(negative))
    },
    examples: [ex('sign(x - m)', 'indicator(m < x) - indicator(x < m)', 'x in R, m in R')],
    nonExamples: [['abs(x - m)', 'x in R, m in R']],
  }),
  rule({
    id: 'cases.indicators',
    title: 'branches as a sum with indicators',
    on: 'cases',
    statement: String.raw`\begin{cases}a&\text{if }A\\b&\text{otherwise}\end{cases}=a\,\mathbf 1\{A\}+b\,\mathbf 1\{\text{not }A\}`,
    when: (t, cx) => {
      const [one, ...more] = t.branches
      // 0 times what is not defined is not 0
      const isPlain = (v: Expr): boolean =>
        !some(
          v,
          u =>
            ['at', 'bound', 'fn', 'big', 'cases'].includes(u.kind) ||
            (u.kind === 'pow' && !(u.exponent.kind === 'num' && u.exponent.value.num > 0n) && !proveNonzero(u.base, cx)),
        )
      return one && more.length === 0 && t.otherwise && isPlain(one.value) && isPlain(t.otherwise) ? [] : undefined
    },
    rewrite: t => {
      const [one] = t.branches
      return one && t.otherwise && addAll([mul(one.value, iverson(one.when)), mul(t.otherwise, iverson(not(one.when)))])
    },
    examples: [ex('x < m ? p : 1 - p', 'p*indicator(x < m) + (1 - p)*indicator(m <= x)', 'x in R, m in R, 0 < p < 1')],
    nonExamples: [
      ['x < m ? log(p) : 1', 'x in R, m in R, p >= 0'],
      ['x < m ? 1/p : 1', 'x in R, m in R, p >= 0'],
    ],
  }),
]
