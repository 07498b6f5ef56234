/** The search over several unknowns against known answers, and numeric derivatives against formulas. */
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import type { Derivation } from '../src/document/document.ts'
import type { Estimate } from '../src/estimate/estimate.ts'
import { type Data, sampled } from '../src/model/data.ts'
import { parseModel } from '../src/model/model-file.ts'
import { sampleScope } from '../src/model/scope.ts'
import { parseExpression } from '../src/read/parser.ts'
import { affineOf, solved } from '../src/verify/affine.ts'
import { checkPrecision } from '../src/verify/answer-checks.ts'
import { maximise } from '../src/verify/maximise.ts'
import { derivativesAt } from '../src/verify/numeric-gradient.ts'
import { modelTexts } from './model-texts.ts'

const best = (model: string | object, data: unknown, fixed?: ReadonlyMap<string, number>) => {
  const m = parseModel(model)
  return maximise(m, sampled(m, data as Data), 8, fixed).maximum
}
const named = (name: keyof typeof modelTexts, data: unknown) => best(modelTexts[name], data)
const x = [1.2, 3.4, 0.7, 2.2, 5.1]
const mean = 2.52
const variance = 2.5176
const one = (density: string, parameters: Record<string, string>, support = 'x in R') => ({ density, support, parameters })
const normal = (mu: string) => one('1/sqrt(2*pi*v)*exp(-(x-mu)^2/(2*v))', { mu, v: 'v > 0' })

/** What is searched, on which data, and the point. */
const points: readonly (readonly [string, string | object, unknown, readonly number[]])[] = [
  ['normal', modelTexts.normal, { x }, [mean, variance]],
  ['a start and a scale', modelTexts.shifted, { x }, [0.7, mean - 0.7]],
  ['two ends', modelTexts.uniform, { x }, [0.7, 5.1]],
  ['a centre and a width, closed', one('1/(2*s)', { m: 'm in R', s: 's > 0' }, 'abs(x-m) <= s'), { x }, [2.9, 2.2]],
  ['median and deviation', one('exp(-abs(x-m)/s)/(2*s)', { m: 'm in R', s: 's > 0' }), { x }, [2.2, 1.32]],
  ['power law', one('a*m^a/x^(a+1)', { a: 'a > 0', m: 'm > 0' }, 'x >= m'), { x }, [0.9522912258, 0.7]],
  ['a restricted mean', normal('mu >= 0'), { x: [-1, -2, 0.5] }, [0, 1.75]],
  ['regression', modelTexts.regression, { y: [1, 3, 2, 5, 4], x: [1, 2, 3, 4, 5] }, [0.6, 0.8, 0.72]],
  [
    'vector regression',
    modelTexts['vector regression'],
    {
      y: [1, 3, 2, 5, 4],
      x: [
        [1, 1],
        [1, 2],
        [1, 3],
        [1, 4],
        [1, 5],
      ],
    },
    [0.6, 0.8, 0.72],
  ],
  ['cells, one of them empty', modelTexts.cells, { c: [3, 0, 2, 5] }, [0.3, 0, 0.2, 0.5]],
  ['three categories', modelTexts['three categories'], { x: [1, 1, 2, 3] }, [0.5, 0.25, 0.25]],
  ['means in order', modelTexts['ordered means'], { x: [1, 2], y: [3, 5, 4] }, [1.5, 4, 0.5]],
  ['means pooled', modelTexts['ordered means'], { x: [3, 5, 4], y: [1, 2] }, [3, 3, 2]],
  ['rates pooled', modelTexts['ordered rates'], { x: [5, 3, 10], known: { t: [1, 1, 2] } }, [4, 4, 5]],
  ['groups', modelTexts.groups, { x: [1, 2, 4, 3], g: [1, 1, 2, 2], k: 2 }, [2 / 3, 2 / 7]],
  ['a chain', modelTexts.chain, { x: [0, 1, 1, 0, 1, 0, 0, 1] }, [0.75, 2 / 3]],
  ['levels on two pieces', modelTexts['two levels'], { x: [0.1, 0.2, 0.5, 0.9], known: { c: 0.3 } }, [0.5 / 0.3, 0.5 / 0.7]],
  [
    'components',
    modelTexts.vectors,
    {
      x: [
        [1, 2, 3],
        [2, 2, 1],
        [0, 5, 2],
      ],
    },
    [1, 3, 2, 10 / 9],
  ],
]

describe('several unknowns', () => {
  it.each(points)('%s', (_, model, data, want) => {
    const found = best(model, data)
    expect(found.kind, JSON.stringify(found)).toBe('point')
    if (found.kind !== 'point') return
    for (const [k, v] of want.entries()) expect(found.at[k]).toBeCloseTo(v, 5)
  })

  it('says where the supremum runs', () => {
    expect(named('normal', { x: [2, 2, 2] })).toMatchObject({ kind: 'none', value: Infinity, towards: [expect.closeTo(2, 6), 0] })
    expect(named('normal', { x: [2] })).toMatchObject({ kind: 'none', value: Infinity })
    expect(named('centre and width', { x })).toMatchObject({ kind: 'none', towards: [expect.closeTo(2.9, 6), expect.closeTo(2.2, 6)] })
    expect(best(normal('mu > 0'), { x: [-1, -2, 0.5] })).toMatchObject({ kind: 'none', towards: [0, expect.closeTo(1.75, 5)] })
    expect(named('three categories', { x: [1, 1, 2, 2] })).toMatchObject({ kind: 'none' })
    expect(named('logistic', { y: [0, 0, 0, 1, 1], x: [1, 2, 3, 4, 5] })).toMatchObject({ kind: 'none', value: expect.closeTo(0, 9) })
  })

  it('sees a line of maximisers, and two peaks', () => {
    const line = one('exp(-(x-a-b)^2/2)/sqrt(2*pi)', { a: 'a in R', b: 'b in R' })
    expect(best(line, { x })).toMatchObject({ kind: 'set', partial: true })
    const swap = one('p*exp(-(x-a)^2/2)/sqrt(2*pi)+(1-p)*exp(-(x-b)^2/2)/sqrt(2*pi)', { p: '0 <= p <= 1', a: 'a in R', b: 'b in R' })
    expect(best(swap, { x: [-2, -1.5, -2.2, 3, 2.5] })).toMatchObject({ kind: 'points' })
  })

  it('keeps parameters that are fixed: a profile', () => {
    expect(best(modelTexts.normal, { x }, new Map([['mu', 1]]))).toMatchObject({
      kind: 'point',
      at: [expect.closeTo(variance + (mean - 1) ** 2, 6)],
    })
  })
})

describe('linear equations', () => {
  it('are found by their values and solved for', () => {
    const plane = affineOf(v => (v[0] as number) + 2 * (v[1] as number) - 3, [0.3, 0.7])
    expect(plane).toEqual({ slopes: [1, 2], constant: -3 })
    expect(affineOf(v => (v[0] as number) ** 2 + (v[1] as number), [0.3, 0.7])).toBeUndefined()
    const system = plane && solved([plane], 2)
    expect(system?.free).toEqual([0])
    expect(system?.point([1])).toEqual([1, 1])
    expect(plane && solved([plane, plane], 2)).toBeUndefined()
  })
})

describe('numeric derivatives', () => {
  it('of a normal sample', () => {
    const m = parseModel(modelTexts.normal)
    const { gradient, hessian } = derivativesAt(
      m,
      sampled(m, { x }),
      new Map([
        ['mu', 2],
        ['v', 3],
      ]),
    )
    const squares = x.reduce((t, u) => t + (u - 2) ** 2, 0)
    expect(gradient[0]).toBeCloseTo((5 * (mean - 2)) / 3, 8)
    expect(gradient[1]).toBeCloseTo(-5 / 6 + squares / 18, 8)
    expect(hessian[0]?.[0]).toBeCloseTo(-5 / 3, 6)
    expect(hessian[0]?.[1]).toBeCloseTo((-5 * (mean - 2)) / 9, 6)
    expect(hessian[1]?.[1]).toBeCloseTo(5 / 18 - squares / 27, 6)
  })
  it('of a vector', () => {
    const m = parseModel(modelTexts.groups)
    const env = sampled(m, { x: [1, 2, 4], g: [1, 1, 2], known: { k: 2 } })
    const { gradient, hessian } = derivativesAt(m, env, new Map([['l', [0.5, 2]]]))
    expect(gradient.map(g => Number(g.toFixed(7)))).toEqual([1, -3.5])
    expect(hessian[0]?.[1]).toBeCloseTo(0, 5)
    expect(hessian[0]?.[0]).toBeCloseTo(-8, 5)
  })
})

describe('what an answer about several unknowns says of its precision', () => {
  const model = parseModel({ ...normal('mu in R'), of: ['mu/v'] })
  const scope = sampleScope(model)
  const term = (text: string) => parseExpression(text, scope).term
  const env = sampled(model, { x })
  const answerWith = (change: Record<string, string> = {}) => {
    const text: Record<string, string> = {
      mm: 'n/v',
      mv: '0',
      vv: 'n/(2*v^2)',
      se: 'sqrt(2*v^2/n)',
      delta: 'sqrt(1/(n*v) + 2*mu^2/(n*v^2))',
      ...change,
    }
    const t = (key: string) => term(text[key] as string)
    const derivation: Derivation = derive(model)
    return {
      ...derivation,
      answer: {
        ...derivation.answer,
        information: {
          order: ['mu', 'v'],
          observed: [
            [t('mm'), t('mv')],
            [t('mv'), t('vv')],
          ],
          fisher: null,
          standardError: { mu: term('sqrt(v/n)'), v: t('se') },
        },
        functions: { 'mu/v': { estimator: null, standardError: t('delta') } },
      },
    }
  }
  const estimate: Estimate = {
    status: 'maximum',
    parameters: { mu: mean, v: variance },
    logLikelihood: 0,
    set: null,
    points: null,
    identified: null,
    supremum: null,
    standardErrors: { mu: 1, v: 1 },
    method: 'closed form',
    case: null,
    reason: null,
  }
  it('is held against differences, the inverse of the matrix and the delta method', () => {
    expect(checkPrecision(answerWith(), estimate, env)).toBeUndefined()
    expect(checkPrecision(answerWith({ vv: 'n/v^2' }), estimate, env)).toMatch(/observed information .*row 2, column 2/)
    expect(checkPrecision(answerWith({ mv: '1' }), estimate, env)).toMatch(/row 1, column 2/)
    expect(checkPrecision(answerWith({ se: 'sqrt(v^2/n)' }), estimate, env)).toMatch(/standard error is not the root/)
    expect(checkPrecision(answerWith({ delta: 'sqrt(1/(n*v))' }), estimate, env)).toMatch(/delta method/)
  })
})
