/** The whole grammar of model files: bounds around a name, lists and choices that YAML would take apart, and every refusal. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../src/model/model-file.ts'
import { plain } from '../src/print/index.ts'
import { ModelError } from '../src/read/error.ts'
import { isIn, sym } from '../src/term/term.ts'
import { modelTexts } from './model-texts.ts'

const errorOf = (input: string | object): ModelError => {
  try {
    parseModel(input, { file: 'm.yaml' })
  } catch (e) {
    if (e instanceof ModelError) return e
    throw e
  }
  throw new Error(`accepted: ${JSON.stringify(input)}`)
}

describe('bounds around a name', () => {
  const supportOf = (support: string): string => {
    const model = parseModel(
      { density: 'theta', support, parameters: { theta: 'theta > 0' }, known: { m: 'm in R', h: 'h > 0' } },
      { checkDensity: false },
    )
    return plain(isIn(sym('x'), model.samples[0]?.variables[0]?.support as never))
  }
  it.each([
    ['abs(x - theta) <= 1', 'x in [theta - 1, theta + 1]'],
    ['|theta - x| < h', 'x in (theta - h, theta + h)'],
    ['abs((x-m)/theta) <= 1', 'x in [m - theta, theta + m]'],
    ['-1 <= x/theta <= 1', 'x in [-theta, theta]'],
    ['0 <= x - theta <= 1', 'x in [theta, theta + 1]'],
    ['0 < 2*x - theta', 'x in (theta/2, inf)'],
    ['0 < x - theta < theta', 'x in (theta, 2*theta)'],
    ['theta*x < 1', 'x in (-inf, 1/theta)'],
    ['1 - x > theta', 'x in (-inf, 1 - theta)'],
    ['abs(x - theta) >= 0', 'x in R'],
    ['x > 0 and x - 1 < theta', 'x in (0, theta + 1)'],
  ])('%s', (support, set) => {
    expect(supportOf(support)).toBe(set)
  })
  it.each(['m*x < 1', 'abs(x - theta) > 1', 'abs(x) > 1', 'abs(x - theta) = 1', 'theta < 1'])('refuses %s', support => {
    expect(() => supportOf(support)).toThrow(ModelError)
  })
  it.each(['x^2 <= theta', 'x + x < theta', 'abs(x) > theta', 'x*(x-1) < theta'])('keeps %s as a factor of the density', support => {
    expect(supportOf(support)).toBe('x in R')
  })
})

describe('formulas that YAML would take apart', () => {
  it('are read as they stand', () => {
    const m = parseModel(`contribution: d == 1 ? lambda*exp(-lambda*t) : exp(-lambda*t)   
observation: [t, d]
support: [t > 0, d in {0, 1}]   # two parts
assume: [t[i] <= c, i in 1..n, d[1] = 1]
known: {c: c > 0}
parameters: {lambda: lambda > 0}
`)
    expect(m.samples[0]?.variables.map(v => v.support.kind)).toEqual(['interval', 'finite'])
    expect(m.assume.map(a => a.kind)).toEqual(['all', 'rel'])
    expect(m.samples[0]?.density.kind).toBe('cases')
    const f = parseModel(
      `density: exp(-(y-mu(x, w))^2/2)/sqrt(2*pi)
observation: y
support: y in R
covariates: [x]
functions: [mu(x, w)]
constraints: [sum(w[j], j, 1, 3) = 0]
parameters:
  w: w[j] in R, j in 1..3
  s: s > 0
`.replace('mu(x, w))^2', 'mu(x, w[1]))^2/s'),
    )
    expect(f.functions).toEqual([{ name: 'mu', arity: 2 }])
    expect(f.constraints).toHaveLength(1)
  })
  it.each([
    ['density: p\nsupport: [x in {0, q}]\nparameters:\n  p: p > 0\n', '2:20', 'q'],
    ['density: x <= c ? p : 1\nsupport: x > 0\nparameters:\n  p: p > 0\n', '1:15', 'c'],
    ["density: x <= 1 ? p : r'\nsupport: x > 0\nparameters:\n  p: p > 0\n", '1:24', undefined],
  ])('and errors keep their place: %j', (text, place, marked) => {
    const e = errorOf(text)
    expect(`${e.place?.line}:${e.place?.column}`).toBe(place)
    expect(e.place?.source).toBe(text.split('\n')[(e.place?.line ?? 1) - 1])
    if (marked !== undefined) expect(e.place?.source.slice(e.place.offset, e.place.offset + e.place.length)).toBe(marked)
  })
})

const regression = { density: 'exp(-(y-b*x)^2/2)/sqrt(2*pi)', observation: 'y', support: 'y in R', parameters: { b: 'b in R' } }
const cells = {
  likelihood: 'prod(p[j]^c[j], j, 1, k)',
  data: { c: 'c[j] in {0..}, j in 1..k' },
  parameters: { p: '0 <= p[j] <= 1, j in 1..k' },
}

describe('what does not fit together', () => {
  it.each([
    [{ ...regression, covariates: { x: 'x > b' } }, 'covariates.x', /undeclared symbol b/],
    [{ ...regression, covariates: ['x', 'x'] }, 'covariates.1', /"x" is declared twice/],
    [{ ...regression, covariates: ['z'] }, 'density', /undeclared symbol x/],
    [{ ...regression, covariates: { x: 'x[j] in R, j in 1..k' } }, 'density', /x is a list of values/],
    [{ ...cells, data: { c: 'c[j] in {0..}' } }, 'data.c', /range of the index j is missing/],
    [{ ...cells, data: { c: 'c[j] in {0..}, j in 0..k' } }, 'data.c', /does not start at 1/],
    [{ ...cells, data: { c: 'c[i] in {0..}, j in 1..k' } }, 'data.c', /no index j/],
    [{ ...cells, data: { c: 'c in {0..}' } }, 'likelihood', /c is a single value/],
    [{ ...cells, data: { c: '0 <= c[j] <= p[1], j in 1..k' } }, 'data.c', /is data, and this mentions the parameter "p"/],
    [{ ...cells, constraints: ['sum(q[j], j, 1, k) = 1'] }, 'constraints.0', /undeclared symbol q/],
    [{ ...cells, constraints: ['sum(p[j], j, 1, k)'] }, 'constraints.0', /no condition/],
    [
      { likelihood: 'theta^s*(1-theta)^(n-s)', data: { s: 's in {0..}' }, parameters: { theta: '0 < theta < 1' } },
      'likelihood',
      /undeclared symbol n/,
    ],
    [{ likelihood: 'theta^s', data: { s: 's = s + 1' }, parameters: { theta: '0 < theta < 1' } }, 'data.s', /in terms of itself/],
    [
      { likelihood: 'theta', support: 'x > 0', density: 'theta', parameters: { theta: 'theta > 0' } },
      'likelihood',
      /both "density" and "likelihood"/,
    ],
    [
      { ...regression, covariates: ['x'], functions: ['mu(x)'], density: 'exp(-(y-mu(x, b))^2/2)' },
      'density',
      /mu has 2 arguments here and 1/,
    ],
    [{ ...regression, covariates: ['x'], functions: ['mu'] }, 'functions.0', /"mu" has no arguments/],
    [{ ...regression, covariates: ['x'], functions: ['x(b)'] }, 'functions.0', /"x" is declared twice/],
    [{ ...regression, covariates: ['x'], size: 'x' }, 'covariates.0', /"x" is the size of the sample/],
    [
      { samples: { x: { density: 'a', support: 'x > 0' }, y: { support: 'y > 0' } }, parameters: { a: 'a > 0' } },
      'samples.y',
      /sample "y" has no density/,
    ],
    [
      { samples: { x: { density: 'a', support: 'x > 0' }, y: { density: 'a*x', support: 'y > 0' } }, parameters: { a: 'a > 0' } },
      'samples.y.density',
      /undeclared symbol x/,
    ],
    [{ density: 'a', observation: ['t', 'd'], support: ['t > 0', 't < 2'], parameters: { a: 'a > 0' } }, 'support.1', /two supports/],
    [{ ...cells, assume: ['c[1] = q'] }, 'assume.0', /undeclared symbol q/],
    [{ ...cells, of: ['p'] }, 'of.0', /p is a list of values/],
  ] as const)('%j', (input, file, message) => {
    const e = errorOf(input)
    expect(e.message).toMatch(message)
    expect(e.place?.file ?? '').toBe(file)
    expect(e.format()).toMatch(/\^/)
  })
})

describe('what a density needs of a covariate without a domain', () => {
  const neededBy = (density: string, support: string, parameters: Record<string, string>): string | undefined => {
    const set = parseModel({ density, support, observation: 'y', covariates: ['t'], parameters }).samples[0]?.covariates[0]?.required
    return set && plain(isIn(sym('t'), set))
  }
  it.each([
    ['(l*t)^y*exp(-l*t)/y!', 'y in {0..}', { l: 'l > 0' }, 't in [0, inf)'],
    ['(l*t)^y*exp(-l*t)/y!', 'y in {0..}', { l: 'l in R' }, undefined],
    ['l*t*exp(-l*t*y)', 'y > 0', { l: 'l > 0' }, 't in (0, inf)'],
    ['-l*t*exp(l*t*y)', 'y > 0', { l: 'l > 0' }, 't in (-inf, 0)'],
    ['exp(-(y-b*t)^2/2)/sqrt(2*pi)', 'y in R', { b: 'b in R' }, undefined],
    ['exp(-(y-b*t)^2/(2*v*t))/sqrt(2*pi*v*t)', 'y in R', { b: 'b in R', v: 'v > 0' }, 't in (0, inf)'],
    ['exp(y*(a+b*t))/(1+exp(a+b*t))', 'y in {0, 1}', { a: 'a in R', b: 'b in R' }, undefined],
  ] as const)('%s', (density, support, parameters, needed) => {
    expect(neededBy(density, support, parameters)).toBe(needed)
  })
})

describe('the sampled check of a density with vectors', () => {
  const shares = { parameters: { p: '0 <= p[j] <= 1, j in 1..k' }, constraints: ['sum(p[j], j, 1, k) = 1'] }
  it('finds a wrong mass, with the number, and is silent otherwise', () => {
    expect(parseModel({ density: '2*p[x]', support: 'x in {1..k}', ...shares }).warnings[0]).toMatch(/sums to 2 .*p = \(/)
    expect(parseModel({ density: 'p[x]', support: 'x in {1..k}', ...shares }).warnings).toEqual([])
    const mixed = { support: 'x > 0', ...shares, known: { s: 's[j] > 0, j in 1..k' } }
    expect(parseModel({ density: 'sum(p[j]*exp(-x/s[j]), j, 1, k)', ...mixed }).warnings[0]).toMatch(/integrates to/)
    expect(parseModel({ density: 'sum(p[j]*exp(-x/s[j])/s[j], j, 1, k)', ...mixed }).warnings).toEqual([])
  })
})

describe('every model of every shape', () => {
  it.each(Object.entries(modelTexts))('%s reads back from its source', (_, text) => {
    const model = parseModel(text)
    expect(parseModel(model.source)).toEqual(model)
    expect(model.warnings).toEqual([])
  })
  it('mutated, is a model or a ModelError', () => {
    const texts = Object.values(modelTexts)
    const alphabet = [...'{}[]|>&*!?:-\'",\n ()^<=px01~é', ' in ', '..', 'sum(', ' ? ', ' : ', '[i]', 'abs(', 'data:', 'samples:']
    const edit = fc.record({
      at: fc.nat(400),
      cut: fc.nat(4),
      put: fc.array(fc.constantFrom(...alphabet), { maxLength: 3 }).map(a => a.join('')),
    })
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.array(edit, { minLength: 1, maxLength: 3 }), (k, edits) => {
        let text: string = texts[k] as string
        for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut)
        try {
          parseModel(text)
        } catch (e) {
          if (!(e instanceof ModelError)) throw e
          expect(e.format().length).toBeLessThan(2500)
        }
      }),
      { numRuns: 1200 },
    )
  })
})
