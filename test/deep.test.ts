/**
 * Formulas that no book prints: two hundred levels deep, fifty factors, values beyond the range of doubles. Each derives or
 * says which budget was spent, and no line of it fails proofreading. A walk that doubles its work with each level shows here
 * as a test that does not end.
 */
import { describe, expect, it } from 'vitest'
import { derive, parseModel, proofread } from '../src/index.ts'
import { differentiate } from '../src/term/numeric-derivative.ts'

const nested = (write: string, levels: number): string => {
  let t = 'theta*x'
  for (let k = 0; k < levels; k++) t = write.replaceAll('@', t)
  return t
}
const fifty = (write: (k: number) => string, between = '*'): string => Array.from({ length: 50 }, (_, k) => write(k + 1)).join(between)

const deep = [
  'log(1+@)',
  'exp(-@)',
  'sqrt(1+@)',
  '1/(1+@)',
  'Phi(@)',
  'gamma(1+@)',
  'cos(@)+2',
  'abs(theta-@)',
  '(@)^2',
  '(@)^theta',
  '(theta-@)^2',
  '(1-theta*@)^3',
  '(1+theta)*(1+@)',
  'theta*(1+@)',
  'min(1,@)',
  'max(@,theta)',
]
/** Where the part stands twice, the text itself doubles with each level. */
const doubling = ['(@+1)/(@+2)', 'exp(@)*@', '(theta+@)*(1+@)', '(x-@)*(theta+@)', '(@)/(theta+@)']

const formulas: readonly (readonly [string, string])[] = [
  ...deep.map(w => [`${w}, 200 levels`, nested(w, 200)] as const),
  ['θ² + 1/@, 60 levels', nested('theta^2+1/(@)', 60)],
  ...doubling.map(w => [`${w}, 6 levels`, nested(w, 6)] as const),
  ['product of sums', fifty(k => `(theta+${k}*x)`)],
  ['product of squares', fifty(k => `(theta+${k}*x)^2`)],
  ['product of powers', fifty(k => `(x+${k})^theta`)],
  ['product of polynomials', fifty(k => `(1+theta*x^${k})`)],
  ['product of logarithms', fifty(k => `log(1+theta+${k}*x)`)],
  ['product of distances', fifty(k => `abs(x-${k}*theta)`)],
  ['sum of exponentials', fifty(k => `exp(-theta*x*${k})`, '+')],
  ['exponential of a polynomial', `exp(-(${fifty(k => `theta^${k}*x`, '+')}))`],
  ['high powers', '(theta+x)^200*(theta+x+theta*x+1)^60'],
  ['an exponent beyond doubles', 'theta^(10^100)*exp(-theta*x)'],
  ['a tower of powers', '2^2^2^2^2^2^theta*exp(-x)'],
  ['a large factorial', '(10^6)!*theta*exp(-theta*x)'],
]

describe('formulas beyond reason', () => {
  it.each(formulas)('%s', (_, density) => {
    const model = parseModel({ density, support: 'x > 0', parameters: { theta: 'theta > 0' } })
    const derivation = proofread(derive(model))
    expect(derivation.certificate?.unverified).toEqual([])
    const { outcome, obstacle } = derivation.answer
    if (outcome === 'undecided') expect(obstacle?.reason).not.toBe('')
  })
})

describe('difference quotients', () => {
  it('of functions that change by hundreds of decades are right or refused', () => {
    for (const power of [40, 300, 900]) {
      const slope = differentiate(x => (1 + x) ** power, 0.5351, 1)
      const exact = power * 1.5351 ** (power - 1)
      if (!Number.isNaN(slope)) expect(slope / exact).toBeCloseTo(1, 4)
    }
    expect(differentiate(x => (1 + x) ** 40, 0.5351, 1)).not.toBeNaN()
  })
})
