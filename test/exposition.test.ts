/** Sentences that were wrong once, and remarks that must come by the form of an answer. */
import { describe, expect, it } from 'vitest'
import { derive, parseModel, render } from '../src/index.ts'

const text = (density: string, support: string, parameter: string, more: object = {}): string => {
  const [name = '', domain = ''] = parameter.split(': ')
  return render(derive(parseModel({ density, support, parameters: { [name]: domain }, ...more })), 'text', { width: 1000 })
}

describe('remarks', () => {
  it('the divisor of squared deviations, under a root too, and only there', () => {
    const scale = text('exp(-(x - c)^2/(2*w^2))/(w*sqrt(2*pi))', 'x in R', 'w: w > 0', { known: { c: 'c in R' } })
    expect(scale).toContain('The score gives the divisor n, not n − 1: c is known')
    const other = text('sqrt(2/(pi*v))*exp(-x^2/(2*v))', 'x > 0', 'v: v > 0')
    expect(other).not.toContain('divisor')
  })
  it('a formula that gives an excluded point', () => {
    const open = text('a^x*exp(-a)/x!', 'x in {0..}', 'a: a > 0')
    expect(open).toContain('For k = 0 the formula gives 0, which the parameter space excludes')
    const closed = text('a^x*exp(-a)/x!', 'x in {0..}', 'a: a >= 0')
    expect(closed).not.toContain('which the parameter space excludes')
  })
})

describe('sentences', () => {
  it('a score that does not fall is not said to fall', () => {
    const t = text('sqrt(l/(2*pi*x^3))*exp(-l*(x - m)^2/(2*m^2*x))', 'x > 0', 'm: m > 0', { known: { l: 'l > 0' } })
    expect(t).toContain('ℓ′(m) is l/m³ times ∑ᵢ₌₁ⁿ xᵢ − n m')
    expect(t).not.toContain('ℓ′(m) falls strictly')
  })
  it('order statistics of a sample whose size is a number', () => {
    expect(text('exp(-abs(x - m))/2', 'x in R', 'm: m in R', { size: 5 })).toContain('m̂ = x₍₃₎')
    expect(text('1/b', '0 < x <= b', 'b: b > 0', { size: 4 })).toContain('b̂ = x₍₄₎')
  })
  it('a negative factor keeps its sign, so that its logarithm can be taken', () => {
    const t = text('a^2*x^(a - 1)*(-log(x))', '0 < x < 1', 'a: a > 0')
    expect(t).toContain('= −2/mean(log x) for every sample')
    expect(t).toContain('log(−log xᵢ)')
  })
  it('a reason is true of its line: no fraction is claimed where there is none', () => {
    const t = text('exp(-(x - m) - exp(-(x - m)))', 'x in R', 'm: m in R')
    expect(t).toContain('take out of the sums what is free of the index')
    expect(t).not.toContain('as one fraction')
    expect(t).not.toContain('common denominator')
  })
})
