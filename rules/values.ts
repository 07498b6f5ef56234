/** Values of functions at particular arguments: 0! = 1 and the like. */

import { law } from '../src/rewrite/law.ts'
import type { Rule } from '../src/rewrite/rule.ts'
import { ex } from '../src/rewrite/rule.ts'

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
]
