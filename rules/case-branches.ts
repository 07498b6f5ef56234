/**
 * Cases of which all but one branch are 0, or all branches share a factor: what varies with the unknown taken out, so that a
 * sum over the sample separates it from the data.
 */
import type { Context } from '../src/rewrite/facts.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { same } from '../src/term/order.ts'
import { type Add, addAll, type Cases, cases, type Expr, isOne, isZero, mul, mulAll, ONE, ZERO } from '../src/term/term.ts'
import { factors, hasKind, mentions, summands } from '../src/term/walk.ts'

const isVarying = (t: Expr, cx: Context): boolean => cx.unknowns.some(u => mentions(t, u))

const valuesOf = (t: Cases): readonly Expr[] => [...t.branches.map(b => b.value), ...(t.otherwise ? [t.otherwise] : [])]

const mapped = (t: Cases, f: (v: Expr) => Expr): Expr =>
  cases(
    t.branches.map(b => ({ when: b.when, value: f(b.value) })),
    t.otherwise && f(t.otherwise),
  )

/** The factors with the unknown and without data that every branch has that is not 0. */
const shared = (t: Cases, cx: Context): Expr | undefined => {
  const [first, ...others] = valuesOf(t).filter(v => !isZero(v))
  if (!first || !t.otherwise) return undefined
  const common = factors(first).filter(f => isVarying(f, cx) && !hasKind(f, 'at') && others.every(v => factors(v).some(g => same(f, g))))
  return common.length > 0 ? mulAll(common) : undefined
}

const without = (v: Expr, factor: Expr): Expr => {
  if (isZero(v)) return v
  const left = [...factors(v)]
  for (const f of factors(factor))
    left.splice(
      left.findIndex(g => same(f, g)),
      1,
    )
  return left.length === 0 ? ONE : mulAll(left)
}

/** The one branch that is not 0, when it is a sum in which some terms vary with the unknown and others do not. */
const mixedBranch = (t: Cases, cx: Context): Add | undefined => {
  const [only, ...others] = valuesOf(t).filter(v => !isZero(v))
  if (!t.otherwise || !only || others.length > 0 || only.kind !== 'add') return undefined
  const count = only.terms.filter(u => isVarying(u, cx)).length
  return count > 0 && only.terms.length > 1 ? only : undefined
}

export const caseBranches: readonly Rule[] = [
  rule({
    id: 'cases.common-factor',
    title: 'common factor of the branches',
    on: 'cases',
    minor: true,
    statement: String.raw`\begin{cases}a\,u&\text{if }A\\a\,v&\text{otherwise}\end{cases}=a\begin{cases}u&\text{if }A\\v&\text{otherwise}\end{cases}`,
    when: (t, cx) => (shared(t, cx) ? [] : undefined),
    rewrite: (t, cx) => {
      const factor = shared(t, cx)
      if (!factor) return undefined
      const rest = mapped(t, v => without(v, factor))
      const values = rest.kind === 'cases' ? valuesOf(rest) : []
      return values.length > 0 && values.every(isOne) ? factor : mul(factor, rest)
    },
    examples: [
      ex('x = 0 ? 0 : x/theta', '(x = 0 ? 0 : x)/theta', 'x in {0..}, unknown theta > 0'),
      ex('x = 0 ? theta : 2*theta', 'theta*(x = 0 ? 1 : 2)', 'x in {0..}, unknown theta > 0'),
    ],
    nonExamples: [['x = 0 ? 1 : x/theta', 'x in {0..}, unknown theta > 0']],
  }),
  rule({
    id: 'cases.linear',
    title: 'sum in the one branch that is not 0',
    on: 'cases',
    minor: true,
    statement: String.raw`\begin{cases}0&\text{if }A\\u+v&\text{otherwise}\end{cases}=\begin{cases}0&\text{if }A\\u&\text{otherwise}\end{cases}+\begin{cases}0&\text{if }A\\v&\text{otherwise}\end{cases}`,
    when: (t, cx) => (mixedBranch(t, cx) ? [] : undefined),
    rewrite: (t, cx) => {
      const sum = mixedBranch(t, cx)
      return sum && addAll(summands(sum).map(u => mapped(t, v => (isZero(v) ? ZERO : u))))
    },
    examples: [
      ex('x = 0 ? 0 : x*log(theta) - log(x!)', '(x = 0 ? 0 : x*log(theta)) + (x = 0 ? 0 : -log(x!))', 'x in {0..}, unknown theta > 0'),
    ],
    nonExamples: [['x = 0 ? 1 : x*log(theta) - log(x!)', 'x in {0..}, unknown theta > 0']],
  }),
]
