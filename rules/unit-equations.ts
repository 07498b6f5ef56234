/**
 * Equations whose right side is 1 and whose left side is positive: its root is 1, its logarithm is 0.
 */

import type { Context } from '../src/rewrite/facts.ts'
import { forEvery, type Proof } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonzero, provePositive } from '../src/rewrite/sign.ts'
import { reduceFraction } from '../src/term/normal-form.ts'
import { div, type Expr, eq, exp, isOne, log, MINUS_ONE, mulAll, ONE, pow, type Rel, ZERO } from '../src/term/term.ts'
import { factors } from '../src/term/walk.ts'

const isUnit = (t: Rel): boolean => t.op === '=' && isOne(t.right)

const allPositive = (t: Expr, cx: Context): Proof => forEvery(factors(t), f => provePositive(f, cx))

/** The T-th root of a product, factor by factor. */
const rooted = (t: Expr, root: Expr): Expr =>
  mulAll(
    factors(t).map(f => {
      if (f.kind === 'pow') return pow(f.base, reduceFraction(div(f.exponent, root)))
      if (f.kind === 'fn' && f.name === 'exp' && f.args[0]) return exp(reduceFraction(div(f.args[0], root)))
      return pow(f, pow(root, MINUS_ONE))
    }),
  )

export const unitEquations: readonly Rule[] = [
  rule({
    id: 'unit.root',
    title: 'root of both sides',
    on: 'rel',
    statement: String.raw`a^{T}=1\iff a=1\quad(a>0,\ T\ne0)`,
    when: (t, cx, arg) => {
      if (!isUnit(t) || !arg) return undefined
      const nonzero = proveNonzero(arg as Expr, cx)
      const positive = nonzero && allPositive(t.left, cx)
      return positive && [...nonzero, ...positive]
    },
    rewrite: (t, _cx, arg) => eq(rooted(t.left, arg as Expr), ONE),
    examples: [ex('m^k*c^(-k) = 1', 'm/c = 1', 'm > 0, c > 0, k > 0', 'k')],
    nonExamples: [['m^k = 1', 'm in R, k > 0']],
  }),
  rule({
    id: 'unit.log',
    title: 'logarithm of both sides',
    on: 'rel',
    statement: String.raw`a=1\iff\log a=0\quad(a>0)`,
    when: (t, cx) => (isUnit(t) ? allPositive(t.left, cx) : undefined),
    rewrite: t => eq(log(t.left), ZERO),
    examples: [ex('exp(2*m - 1) = 1', 'log(exp(2*m - 1)) = 0', 'm in R')],
    nonExamples: [['m = 1', 'm in R']],
  }),
]
