/** Values of functions at particular arguments: 0! = 1 and the like. */

import { law } from '../src/rewrite/law.ts'
import type { Rule } from '../src/rewrite/rule.ts'
import { ex, rule } from '../src/rewrite/rule.ts'
import { same } from '../src/term/order.ts'
import { type Expr, fn, MINUS_ONE, mulAll } from '../src/term/term.ts'

export const values: readonly Rule[] = [
  law('factorial.zero', 'factorial(0)', '1', {
    title: 'factorial of zero',
    minor: true,
    examples: [ex('factorial(0)', '1')],
    nonExamples: [['factorial(n)', 'n in {0..}']],
  }),
  law('factorial.one', 'factorial(1)', '1', {
    title: 'factorial of one',
    minor: true,
    examples: [ex('factorial(1)', '1')],
    nonExamples: [['factorial(n)', 'n in {1..}']],
  }),
  law('binomial.none', 'binomial(m, 0)', '1', {
    title: 'number of empty choices',
    minor: true,
    examples: [ex('binomial(m, 0)', '1', 'm in {0..}')],
    nonExamples: [['binomial(m, k)', 'm in {1..}, k in {0..m}']],
  }),
  law('binomial.all', 'binomial(m, m)', '1', {
    title: 'number of full choices',
    minor: true,
    given: 'm >= 0',
    examples: [ex('binomial(m, m)', '1', 'm in {0..}')],
    nonExamples: [['binomial(m, k)', 'm in {1..}, k in {0..m}']],
  }),
  rule({
    id: 'hyperbolic.quotient',
    title: 'quotient of the hyperbolic functions',
    says: 'sinh/cosh is tanh',
    minor: true,
    on: 'mul',
    statement: String.raw`\frac{\sinh u}{\cosh u}=\tanh u`,
    rewrite: t => {
      const above = t.factors.find(f => f.kind === 'fn' && f.name === 'sinh')
      if (above?.kind !== 'fn') return undefined
      const below = t.factors.find(
        f =>
          f.kind === 'pow' &&
          same(f.exponent, MINUS_ONE) &&
          f.base.kind === 'fn' &&
          f.base.name === 'cosh' &&
          same(f.base.args[0] as Expr, above.args[0] as Expr),
      )
      return below && mulAll([fn('tanh', above.args[0] as Expr), ...t.factors.filter(f => f !== above && f !== below)])
    },
    examples: [ex('n*sinh(u)/cosh(u)', 'n*tanh(u)', 'n in {1..}, u in R')],
    nonExamples: [['sinh(u)/cosh(2*u)', 'u in R']],
    source: 'DLMF 4.28',
  }),
  law('trigonometry.pythagoras', 'sin(u)^2', '1 - cos(u)^2', {
    title: 'sum of the squares of sine and cosine',
    says: 'sin² + cos² = 1',
    examples: [ex('sin(w)^2', '1 - cos(w)^2', 'w in R')],
    nonExamples: [['cos(w)^2', 'w in R']],
  }),
  law('trigonometry.difference', 'cos(a - b)', 'cos(a)*cos(b) + sin(a)*sin(b)', {
    title: 'addition theorem of the cosine',
    examples: [ex('cos(x - m)', 'cos(x)*cos(m) + sin(x)*sin(m)', 'x in R, m in R')],
    nonExamples: [['sin(x - m)', 'x in R, m in R']],
    source: 'DLMF 4.21.2',
  }),
]
