/** How answers are written, and densities that are refused because nothing about them could be checked. */
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import { parseModel } from '../src/model/model-file.ts'
import { render } from '../src/render/render.ts'
import { proofread } from '../src/verify/proofread.ts'

const modelOf = (density: string, support: string, parameter: string) =>
  parseModel({ name: 'a problem', density, support, parameters: { theta: parameter } })

describe('numbers beyond doubles', () => {
  it.each(['theta^(10^100)*exp(-theta*x)', 'theta^(10^20)*exp(-theta*x)', '2^2^2^2^2^theta*exp(-x)'])('%s', density => {
    const { answer } = derive(modelOf(density, 'x > 0', 'theta > 0'))
    expect(answer.outcome).toBe('undecided')
    expect(answer.obstacle?.reason).toMatch(/range of numbers/)
  })
  it('a large exponent that can be checked is derived', () => {
    expect(derive(modelOf('theta^(10^9)*exp(-theta*x)', 'x > 0', 'theta > 0')).answer.outcome).toBe('interior')
  })
})

describe('estimates in lowest terms', () => {
  it('a number common to all terms is divided out', () => {
    const density = Array.from({ length: 25 }, (_, k) => `theta^${k + 1}*(1-theta)^(x+${k + 1})`).join('*')
    const derivation = proofread(derive(modelOf(density, 'x in {0..}', '0 < theta < 1')))
    expect(render(derivation, 'text')).toMatch(/13n\/\(26n \+ k\)/)
    expect(derivation.certificate?.unverified).toEqual([])
  })
  it('a reduced equation begins with a plus', () => {
    const derivation = proofread(derive(modelOf('-theta^x/(x*log(1-theta))', 'x in {1..}', '0 < theta < 1')))
    expect(render(derivation, 'text')).toMatch(/solution of n θ̂ \+/)
    expect(derivation.certificate?.unverified).toEqual([])
  })
})
