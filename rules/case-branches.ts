/**
 * Cases of which all but one branch are 0, or all branches share a factor: what varies with the unknown taken out, so that a
 * sum over the sample separates it from the data.
 */
import type { Context } from '../src/rewrite/facts.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { same } from '../src/term/order.ts'
import { type Add, addAll, type Cases, cases, type Expr, exp, isOne, isZero, mul, mulAll, ONE, pow, ZERO } from '../src/term/term.ts'
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

/** b^c as b and c, e^u as e and u. */
const powerParts = (v: Expr): { readonly base: Expr | 'e'; readonly exponent: Expr } =>
  v.kind === 'pow'
    ? { base: v.base, exponent: v.exponent }
    : v.kind === 'fn' && v.name === 'exp' && v.args[0]
      ? { base: 'e', exponent: v.args[0] }
      : { base: v, exponent: ONE }

/** Branches that are powers of one base with the unknown, or 1. */
const oneBase = (t: Cases, cx: Context): { readonly base: Expr | 'e'; readonly exponents: Expr } | undefined => {
  const powers = valuesOf(t)
    .filter(v => !isOne(v))
    .map(powerParts)
  const [first] = powers
  if (!t.otherwise || !first || t.branches.some(b => cx.unknowns.some(u => mentions(b.when, u)))) return undefined
  if (!valuesOf(t).some(v => isVarying(v, cx)) || !valuesOf(t).some(v => v.kind === 'pow' || v.kind === 'fn')) return undefined
  const { base } = first
  const isShared = powers.every(p => (base === 'e' || p.base === 'e' ? base === p.base : same(base, p.base)))
  if (!isShared || (base !== 'e' && hasKind(base, 'at'))) return undefined
  return { base, exponents: mapped(t, v => (isOne(v) ? ZERO : powerParts(v).exponent)) }
}

export const caseBranches: readonly Rule[] = [
  rule({
    id: 'cases.equal-bases',
    title: 'powers of one base in the branches',
    on: 'cases',
    minor: true,
    statement: String.raw`\begin{cases}b^{u}&\text{if }A\\1&\text{otherwise}\end{cases}=b^{v},\quad v=\begin{cases}u&\text{if }A\\0&\text{otherwise}\end{cases}`,
    when: (t, cx) => (oneBase(t, cx) ? [] : undefined),
    rewrite: (t, cx) => {
      const found = oneBase(t, cx)
      return found && (found.base === 'e' ? exp(found.exponents) : pow(found.base, found.exponents))
    },
    examples: [
      ex('x = 0 ? 1 : (1 - p)^x', '(1 - p)^(x = 0 ? 0 : x)', 'x in {0..}, unknown p > 0, p < 1'),
      ex('x < 2 ? exp(-l*x) : 1', 'exp(x < 2 ? -l*x : 0)', 'x > 0, unknown l > 0'),
    ],
    nonExamples: [
      ['x = 0 ? 2 : (1 - p)^x', 'x in {0..}, unknown p > 0, p < 1'],
      ['x = 0 ? 1 : 2^x', 'x in {0..}, unknown p > 0'],
    ],
  }),
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
