/** The likelihood of every kind of model: as a term, as a number against an independent computation, and where data are drawn. */
import { describe, expect, it } from 'vitest'
import { logLikelihood } from '../src/estimate/likelihood-value.ts'
import { sampled } from '../src/model/data.ts'
import { likelihoodTerm, logLikelihoodTerm } from '../src/model/likelihood.ts'
import { parseModel } from '../src/model/model-file.ts'
import { sampleScope } from '../src/model/scope.ts'
import { plain } from '../src/print/index.ts'
import { parseExpression } from '../src/read/parser.ts'
import { evaluate, evaluateLog, holds } from '../src/term/evaluate.ts'
import { same } from '../src/term/order.ts'
import { modelDrawer } from '../src/verify/model-draw.ts'
import { mulberry32 } from '../src/verify/random.ts'
import { modelTexts } from './model-texts.ts'

const modelOf = (name: keyof typeof modelTexts) => parseModel(modelTexts[name])
const logNormal = (x: number, m: number, v: number): number => -Math.log(2 * Math.PI * v) / 2 - (x - m) ** 2 / (2 * v)

describe('the likelihood as a term', () => {
  it.each([
    ['regression', 'prod(exp(-(y[i] - b*x[i] - a)^2/(2*v))/sqrt(2*pi*v), i, 1, n)'],
    ['vector regression', 'prod(exp(-(y[i] - sum(b[j]*x[i, j], j, 1, k))^2/(2*v))/sqrt(2*pi*v), i, 1, n)'],
    ['two samples', 'prod(b*exp(-b*y[i]), i, 1, m)*prod(a*exp(-a*x[i]), i, 1, n)'],
    ['shifted', 'prod(exp(-(x[i] - m)/s)*indicator(x[i] in [m, inf))/s, i, 1, n)'],
    ['categories', 'prod(p[x[i]], i, 1, n)'],
    ['one observation', 'prod(binomial(N, x[i])*indicator(x[i] in {0..N})/2^N, i, 1, 1)'],
    ['autoregression', 'prod(exp(-(x[i] - phi*x[i - 1])^2/2)/sqrt(2*pi), i, 2, n)'],
    ['linkage', '(2 + t)^a*(1 - t)^(b + c)*t^d'],
  ] as const)('%s', (name, text) => {
    const model = modelOf(name)
    expect(same(likelihoodTerm(model), parseExpression(text, sampleScope(model)).term), plain(likelihoodTerm(model))).toBe(true)
  })
})

describe('its logarithm on data', () => {
  it('regression with a vector of covariates', () => {
    const y = [1, 2.5, -0.5]
    const x = [
      [1, 2],
      [1, -1],
      [1, 0.5],
    ]
    const env = sampled(modelOf('vector regression'), { y, x })
    expect(env.symbols.get('k')).toBe(2)
    const at = new Map<string, number | number[]>([
      ['b', [0.3, 0.7]],
      ['v', 2],
    ])
    const want = y.reduce((t, yi, i) => t + logNormal(yi, 0.3 * (x[i]?.[0] ?? 0) + 0.7 * (x[i]?.[1] ?? 0), 2), 0)
    expect(logLikelihood(modelOf('vector regression'), env)(at)).toBeCloseTo(want, 10)
  })
  it('two samples multiply', () => {
    const env = sampled(modelOf('two samples'), { x: [1, 2], y: [0.5, 3, 1] })
    const value = logLikelihood(
      modelOf('two samples'),
      env,
    )(
      new Map([
        ['a', 0.5],
        ['b', 0.4],
      ]),
    )
    expect(value).toBeCloseTo(2 * Math.log(0.5) - 0.5 * 3 + 3 * Math.log(0.4) - 0.4 * 4.5, 10)
  })
  it('a support that moves with two parameters cuts the likelihood off', () => {
    const env = sampled(modelOf('shifted'), { x: [1, 2] })
    const value = logLikelihood(modelOf('shifted'), env)
    const at = (m: number): number =>
      value(
        new Map([
          ['m', m],
          ['s', 2],
        ]),
      )
    expect(at(1)).toBeCloseTo(-2 * Math.log(2) - 0.5, 10)
    expect(at(1.001)).toBe(-Infinity)
  })
  it('dependent data, counts, categories', () => {
    const x = [0.5, 1, -1, 2]
    const ar = sampled(modelOf('autoregression'), { x })
    expect(ar.symbols.get('n')).toBe(4)
    expect(logLikelihood(modelOf('autoregression'), ar)(new Map([['phi', 0.3]]))).toBeCloseTo(
      [1, 2, 3].reduce((t, i) => t + logNormal(x[i] as number, 0.3 * (x[i - 1] as number), 1), 0),
      10,
    )
    const counts = sampled(modelOf('linkage'), { a: 125, b: 18, c: 20, d: 34 })
    expect(counts.symbols.get('n')).toBe(197)
    expect(logLikelihood(modelOf('linkage'), counts)(new Map([['t', 0.6]]))).toBeCloseTo(
      125 * Math.log(2.6) + 38 * Math.log(0.4) + 34 * Math.log(0.6),
      10,
    )
    const cells = sampled(modelOf('categories'), { x: [1, 3, 3, 2], known: { k: 3 } })
    expect(logLikelihood(modelOf('categories'), cells)(new Map([['p', [0.2, 0.3, 0.5]]]))).toBeCloseTo(Math.log(0.2 * 0.3 * 0.25), 10)
  })
  it('a thousand observations do not underflow', () => {
    const x = Array.from({ length: 1000 }, (_, i) => (i % 17) + 1)
    const env = sampled(modelOf('shifted'), { x })
    expect(
      logLikelihood(
        modelOf('shifted'),
        env,
      )(
        new Map([
          ['m', 0],
          ['s', 0.01],
        ]),
      ),
    ).toBeLessThan(-100_000)
  })
})

describe.each(Object.keys(modelTexts) as (keyof typeof modelTexts)[])('%s', name => {
  const model = modelOf(name)
  it('has a product and a sum that agree where data are drawn, and all declared facts hold there', () => {
    const draw = modelDrawer(model)
    for (const seed of [1, 2, 3, 4, 5]) {
      const env = draw(mulberry32(seed))
      expect(env, `seed ${seed}`).toBeDefined()
      if (!env) continue
      const product = evaluateLog(likelihoodTerm(model), env)
      expect(product.sign).toBe(1)
      expect(evaluate(logLikelihoodTerm(model), env)).toBeCloseTo(product.log, 8)
      for (const c of [...model.constraints, ...model.assume]) expect(holds(c, env, 1e-9)).toBe(true)
      const data: Record<string, unknown> = {}
      const unknown = new Set(model.parameters.map(p => p.name))
      const columns = model.samples.flatMap(s => [...s.variables, ...s.covariates])
      const given = [...columns, ...model.known, ...(model.likelihood?.data ?? [])].map(v => v.name)
      for (const [key, value] of [...env.symbols, ...env.arrays])
        if (!unknown.has(key) && (given.includes(key) || key === 'k')) data[key] = value
      const again = sampled(model, data as never)
      for (const [key, value] of again.symbols) expect(env.symbols.get(key), key).toBeCloseTo(value, 9)
    }
  })
})

describe('vectors of counts with a total', () => {
  const totalIn = (density: string, support: string, more: object = {}) =>
    parseModel({ density, support, parameters: { p: 'p[j] > 0, j in 1..k' }, constraints: ['sum(p[j], j, 1, k) = 1'], ...more }).samples[0]
      ?.total
  const shares = 'prod(p[j]^x[j], j, 1, k)'
  it('is what the density is made for', () => {
    expect(modelOf('multinomial').samples[0]?.total).toMatchObject({ kind: 'sym', name: 'm' })
    expect(modelOf('multinomial of different totals').samples[0]?.total).toMatchObject({ kind: 'sym', name: 'm' })
    expect(totalIn(`3!/prod(x[j]!, j, 1, k)*${shares}`, 'x[j] in {0..3}, j in 1..k')).toMatchObject({ kind: 'num', value: { num: 3n } })
    expect(
      totalIn('6/(x[1]!*x[2]!*x[3]!)*p[1]^x[1]*p[2]^x[2]*p[3]^x[3]', 'x[j] in {0..3}, j in 1..3', {
        parameters: { p: 'p[j] > 0, j in 1..3' },
        constraints: ['p[1]+p[2]+p[3] = 1'],
      }),
    ).toMatchObject({ kind: 'num', value: { num: 3n } })
  })
  it('is nothing where the components are free', () => {
    expect(modelOf('vector of counts').samples[0]?.total).toBeUndefined()
    expect(
      totalIn(`prod(choose(m, x[j])*p[j]^x[j]*(1-p[j])^(m-x[j]), j, 1, k)`, 'x[j] in {0..m}, j in 1..k', { known: { m: 'm in {1..}' } }),
    ).toBeUndefined()
    expect(totalIn(`m!*${shares}`, 'x[j] in {0..m}, j in 1..k', { known: { m: 'm in {1..}' } })).toBeUndefined()
  })
  it('is asked of the data, and drawn', () => {
    const m = modelOf('multinomial of different totals')
    expect(() =>
      sampled(m, {
        x: [
          [1, 2],
          [0, 3],
        ],
        m: [3, 2],
      }),
    ).toThrow(/row 2 of "x" adds up to 3, and the density is for a total of 2/)
    expect(
      sampled(m, {
        x: [
          [1, 2],
          [0, 3],
        ],
        m: [3, 3],
      }).symbols.get('k'),
    ).toBe(2)
    const env = modelDrawer(m)(mulberry32(3))
    const rows = env?.arrays.get('x') as readonly (readonly number[])[]
    expect(rows.map(r => r.reduce((a, b) => a + b, 0))).toEqual(env?.arrays.get('m'))
  })
})
