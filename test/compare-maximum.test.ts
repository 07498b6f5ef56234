/** Claims of an infinite supremum are held against the growth of the likelihood, not taken on trust. */
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import type { Estimate } from '../src/estimate/estimate.ts'
import { sampled } from '../src/model/data.ts'
import type { Model } from '../src/model/model.ts'
import { parseModel } from '../src/model/model-file.ts'
import { compareMaximum, estimateOrImpossible } from '../src/verify/compare-maximum.ts'
import { maximise } from '../src/verify/maximise.ts'

const model = (density: string, support: string, parameters: Record<string, string>): Model => parseModel({ density, support, parameters })

const claim = (towards: number | 'inf'): Estimate => ({
  status: 'none',
  parameters: {},
  logLikelihood: null,
  set: null,
  points: null,
  identified: null,
  supremum: { value: 'inf', towards: { t: towards } },
  standardErrors: {},
  method: 'limit',
  case: null,
  reason: null,
})

describe('a claimed infinite supremum', () => {
  const exponential = model('t*exp(-t*x)', 'x > 0', { t: 't > 0' })
  const scale = model('exp(-x^2/(2*t))/sqrt(2*pi*t)', 'x in R', { t: 't > 0' })
  it('is refuted where the likelihood does not grow', () => {
    const search = maximise(exponential, sampled(exponential, { x: [1, 2] }))
    expect(compareMaximum(claim('inf'), search).verdict).toBe('differs')
    expect(compareMaximum(claim(0), search).verdict).toBe('differs')
  })
  it('is confirmed where it grows, and only at that place', () => {
    const search = maximise(scale, sampled(scale, { x: [0, 0] }))
    expect(compareMaximum(claim(0), search).verdict).toBe('agrees')
    expect(compareMaximum(claim('inf'), search).verdict).toBe('differs')
  })
  it('is confirmed far out, where powers cancel in doubles', () => {
    const pareto = model('t*2^t/x^(t+1)', 'x >= 2', { t: 't > 0' })
    const env = sampled(pareto, { x: [2, 2, 2] })
    expect(compareMaximum(estimateOrImpossible(derive(pareto), env), maximise(pareto, env)).verdict).toBe('agrees')
  })
})

describe('a top that is flat in doubles', () => {
  it('has one place', () => {
    const quartic = model('exp(-(x-t)^4)/(2*gamma(5/4))', 'x in R', { t: 't in R' })
    for (const x of [[-2.661], [2.561, 2.561, 2.561], [0.001, 0.002]]) {
      const env = sampled(quartic, { x })
      const e = estimateOrImpossible(derive(quartic), env)
      expect(e).toMatchObject({ status: 'maximum' })
      expect(compareMaximum(e, maximise(quartic, env)).verdict).toBe('agrees')
    }
  })
  it('is no tie', () => {
    const cauchy = model('1/(pi*(1+(x-t)^2))', 'x in R', { t: 't in R' })
    expect(estimateOrImpossible(derive(cauchy), sampled(cauchy, { x: [-1, 1] }))).toMatchObject({ status: 'maximum' })
    expect(estimateOrImpossible(derive(cauchy), sampled(cauchy, { x: [-3, 3] }))).toMatchObject({ status: 'nonunique' })
  })
})
