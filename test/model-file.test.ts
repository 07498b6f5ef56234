/** Model files and objects: what is read, and what every kind of bad input is told, with its place. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildModel } from '../src/model/build-model.ts'
import { builtInModel, builtInNames } from '../src/model/built-in.ts'
import { densityFindings } from '../src/model/density-check.ts'
import { parseModel } from '../src/model/model-file.ts'
import { modelJsonSchema } from '../src/model/model-schema.ts'
import { plainName } from '../src/model/names.ts'
import { ModelError } from '../src/read/error.ts'
import { parseDomain, parseExpression } from '../src/read/parser.ts'
import { same } from '../src/term/order.ts'

const base = `density: p^x * (1 - p)^(1 - x)
support: x in {0, 1}
parameters:
  p: 0 <= p <= 1
`
const errorOf = (input: string | object): ModelError => {
  try {
    parseModel(input, { file: 'm.yaml' })
  } catch (e) {
    if (e instanceof ModelError) return e
    throw e
  }
  throw new Error(`accepted: ${JSON.stringify(input)}`)
}
const scope = (...symbols: string[]) => ({ symbols: new Set(symbols), arrays: new Set<string>() })

describe('a model file', () => {
  it('gives the model', () => {
    const m = parseModel(`name: Coin\n${base}`)
    expect(m.name).toBe('Coin')
    expect(m.parameters.map(p => [p.name, p.domainText])).toEqual([['p', '0 <= p <= 1']])
    expect(m.samples).toHaveLength(1)
    const [s] = m.samples
    expect(s?.densityText).toBe('p^x * (1 - p)^(1 - x)')
    expect(same(s?.density as never, parseExpression('p^x*(1-p)^(1-x)', scope('p', 'x')).term)).toBe(true)
    expect(same(s?.variables[0]?.support as never, parseDomain('x in {0, 1}', scope('x')).set)).toBe(true)
    expect(s?.size).toMatchObject({ kind: 'sym', name: 'n' })
    expect(m.warnings).toEqual([])
  })

  it('is the same as YAML, as JSON and as an object, and its source reads back', () => {
    const object = { density: 'p^x * (1 - p)^(1 - x)', support: 'x in {0, 1}', parameters: { p: '0 <= p <= 1' } }
    const models = [parseModel(base), parseModel(JSON.stringify(object)), parseModel(object)]
    for (const m of models) {
      expect(m.source).toEqual(object)
      expect(parseModel(m.source)).toEqual(m)
    }
  })

  it('keeps every scalar as text: .5, 1e-1 and yes are what the author wrote', () => {
    const m = parseModel('name: yes\ndensity: c*exp(-c*x)\nsupport: x > 0\nparameters:\n  c: c > .5\nknown:\n  d: 1e-1\n')
    expect(m.name).toBe('yes')
    expect(m.known[0]?.value).toMatchObject({ kind: 'num', value: { num: 1n, den: 10n } })
  })

  it('reads known values, Greek letters, LaTeX and several lines', () => {
    const m = parseModel(
      'density: >\n  \\frac{1}{\\sqrt{2\\pi v}}\n  e^{-\\frac{(x-\\mu)^2}{2v}}\nsupport: x in R\nparameters:\n  μ: μ in R\nknown:\n  v: v = 4\nof:\n  - \\mu^2\n',
    )
    expect(m.parameters[0]?.name).toBe('mu')
    expect(m.known[0]).toMatchObject({ name: 'v', value: { kind: 'num' } })
    expect(m.of[0]?.text).toBe('\\mu^2')
    expect(m.warnings).toEqual([])
  })

  it('reads observations of several parts, covariates, sizes and sample facts', () => {
    const m = parseModel(`contribution: lambda^d * exp(-lambda*t*w)
observation: [t, d]
support:
  - d in {0, 1}
  - t > 0
covariates:
  w: w > 0
size: N
parameters:
  lambda: lambda > 0
assume:
  - d[i] = 1, i in 1..N
`)
    const [s] = m.samples
    expect(s?.contribution).toBe(true)
    expect(s?.variables.map(v => [v.name, v.support.kind])).toEqual([
      ['t', 'interval'],
      ['d', 'finite'],
    ])
    expect(s?.covariates.map(v => v.name)).toEqual(['w'])
    expect(s?.size).toMatchObject({ name: 'N' })
    expect(m.assume[0]?.kind).toBe('all')
  })

  it('reads several samples, vectors, constraints and direct likelihoods', () => {
    const two = parseModel(`samples:
  x:
    density: 1/sqrt(2*pi*v)*exp(-(x-a)^2/(2*v))
    support: x in R
  y:
    density: 1/sqrt(2*pi*v)*exp(-(y-b)^2/(2*v))
    support: y in R
    size: m
parameters:
  a: a in R
  b: b in R
known:
  v: v > 0
constraints:
  - a <= b
`)
    expect(two.samples.map(s => s.variables[0]?.name)).toEqual(['x', 'y'])
    expect(two.constraints).toHaveLength(1)
    const counts = parseModel(`likelihood: (2+t)^a*(1-t)^(b+c)*t^d
data:
  a: a in {0..}
  b: b in {0..}
  c: c in {0..}
  d: d in {0..}
  n: n = a+b+c+d
parameters:
  t: 0 <= t <= 1
`)
    expect(counts.likelihood?.data.map(d => d.name)).toEqual(['a', 'b', 'c', 'd', 'n'])
    expect(counts.likelihood?.data.at(-1)?.value?.kind).toBe('add')
    const cells = parseModel(`likelihood: prod(p[j]^c[j], j, 1, k)
data:
  c: c[j] in {0..}, j in 1..k
parameters:
  p[j]: 0 <= p[j] <= 1, j in 1..k
constraints:
  - sum(p[j], j, 1, k) = 1
`)
    expect(cells.parameters[0]).toMatchObject({ name: 'p', index: 'j', length: { name: 'k' } })
    expect(cells.likelihood?.data[0]).toMatchObject({ name: 'c', index: 'j' })
    const categories = parseModel({
      density: 'p[x]',
      support: 'x in {1..k}',
      parameters: { 'p[j]': '0 <= p[j] <= 1, j in 1..k' },
      constraints: ['sum(p[j], j, 1, k) = 1'],
    })
    expect(categories.samples[0]?.density).toMatchObject({ kind: 'at', name: 'p', index: [{ kind: 'sym', name: 'x' }] })
  })

  it('has a JSON Schema for editors', () => {
    expect(JSON.stringify(modelJsonSchema())).toContain('"density"')
  })
})

/** [input, place line:column, what is said, what is marked] */
const bad: [string, string, RegExp, string?][] = [
  ['', '1:1', /empty/],
  ['just text', '1:1', /a model is a map .* and this is text/],
  ['- a\n- b', '1:1', /and this is a list/],
  [base.replace('support', 'suport'), '2:1', /no key "suport"; did you mean support\?/, 'suport'],
  [base.replace('density', 'densty'), '1:1', /did you mean density\?/, 'densty'],
  [base.replace('0 <= p <= 1', 'q > 0'), '4:6', /domain of q/],
  [base.replace('0 <= p <= 1', '1 <= p <= 0'), '4:6', /empty/],
  [base.replace('0 <= p <= 1', '0 < p < 0'), '4:6', /empty/],
  [base.replace('0 <= p <= 1', 'p in {}'), '4:11', /empty/],
  [base.replace('0 <= p <= 1', '0 < p < q'), '4:14', /undeclared symbol q/, 'q'],
  [base.replace('0 <= p <= 1', '-p < p < p'), '4:6', /p itself/],
  [base.replace('p^x', 'q^x'), '1:10', /undeclared symbol q/, 'q'],
  [base.replace('p^x', 'expp(x)'), '1:10', /expp.*did you mean exp/, 'expp'],
  [base.replace('p^x', 'p^'), '1:13', /unexpected \*/, '*'],
  [base.replace('  p: 0 <= p <= 1', '  p:'), '4:5', /"parameters.p" has no value/],
  [base.replace('  p: 0 <= p <= 1', ''), '3:12', /"parameters" has no value/],
  [`${base}  p: p > 0\n`, '5:3', /"p" is declared twice/, 'p'],
  [`${base}known:\n  p: p > 0\n`, '6:3', /"p" is declared twice: as a parameter and as a known constant/, 'p'],
  [`${base}known:\n  x: x > 0\n`, '6:3', /declared twice: as the observation/, 'x'],
  [`${base}known:\n  n: n > 0\n`, '6:3', /"n" is the size of the sample/, 'n'],
  [`${base}known:\n  log: log > 0\n`, '6:3', /log is a built-in function/, 'log'],
  [`${base}known:\n  pi: pi > 0\n`, '6:3', /pi is a constant/, 'pi'],
  [`${base}known:\n  e: e > 0\n`, '6:3', /base of the exponential/, 'e'],
  [`${base}known:\n  constructor: constructor > 0\n`, '6:3', /cannot be used as a name/, 'constructor'],
  [`${base}known:\n  x_m: x_m > 0\n`, '6:3', /not a name/, 'x_m'],
  [`${base}known:\n  a: a = a + 1\n`, '6:6', /in terms of itself/],
  [`${base}known:\n  a: 1/0\n`, '6:8', /division by zero/],
  [`${base}known:\n  - a\n`, '6:3', /"known" is a list/],
  [
    'density: 1/2\nsupport: x in {0, 1}\nparameters:\n  p: 0 <= p <= 1\n',
    '4:3',
    /"p" occurs neither in the density nor in the support/,
    'p',
  ],
  [`${base}size: 0\n`, '5:7', /at least one observation/],
  [`${base}size: 2.5\n`, '5:7', /no size/],
  [`${base}size: p\n`, '4:3', /"p" is the size/],
  [base.replace('x in {0, 1}', 'y in {0, 1}'), '2:10', /domain of y/],
  [base.replace('support: x in {0, 1}\n', ''), '1:1', /no support/, 'density'],
  [base.replace(/density.*\n/, ''), '1:1', /no density/],
  [base.replace(/parameters[\s\S]*/, ''), '1:1', /no parameter/],
  [`${base}assume:\n  - y[i] = 1, i in 1..n\n`, '6:5', /undeclared symbol y/, 'y'],
  [`${base}of:\n  - p/(1-p)\n  - p/\n`, '7:7', /ends here/],
  [`${base}samples:\n  y:\n    density: p\n`, '5:1', /both "density" and "samples"/, 'samples'],
  [base.replace('x in {0, 1}', 'x in {0..2.5}'), '2:10', /2.5 is not a whole number/],
  ['density: t\nsupport:\n  - x > 0\n  - x < 1\nparameters:\n  t: t > 0\n', '4:5', /"x" has two supports/],
  ['density: beta(2)*exp(-beta*x)\nsupport: x > 0\nparameters:\n  beta: beta > 0\n', '1:10', /function has the same name/, 'beta'],
  ['density: t*log(x)\nsupport: x in R\nparameters:\n  t: t > 0\n', '1:10', /no value at x = .*in the support/],
  ['density: >\n  p^x *\n  (1-q)^(1-x)\nsupport: x in {0,1}\nparameters:\n  p: 0<p<1\n', '3:6', /undeclared symbol q/, 'q'],
  ["density: 'p^x*(1-q)'\nsupport: x in {0,1}\nparameters:\n  p: 0<p<1\n", '1:18', /undeclared symbol q/, 'q'],
  ['{"density": "p^x*(1-q)", "support": "x in {0,1}", "parameters": {"p": "0<p<1"}}', '1:21', /undeclared symbol q/, 'q'],
  // YAML's traps
  ['density: |x - mu|', '1:10', /cannot be read/, '|x - mu|'],
  ['density: x\nparameters:\n  p: > 0', '3:6', /cannot be read/, '> 0'],
  ['parameters: {p: x in {0, 1}}', '1:13', /brackets/],
  ['density: !x', '1:10', /a leading ! is a tag/],
  ['density: !x^2', '1:10', /cannot be read/],
  ['density: &a', '1:10', /a leading & is an anchor/, '&a'],
  ['density: *x', '1:10', /a leading \* refers to an anchor/, '*x'],
  ['density: *x * y', '1:10', /cannot be read/],
  ['density: @x', '1:10', /cannot be read/, '@x'],
  ['density: "\\theta^x"', '1:10', /control characters/],
  ['density: "\\lambda"', '1:11', /escape/],
  ["density: 'x'*2", '1:10', /cannot be read/],
  ['density: 5: 6', '1:10', /cannot be read/],
  [`${base}\tsize: m`, '5:1', /tab/],
  [`${base}---\n${base}`, '5:1', /several documents/],
  ['__proto__: 3', '1:1', /no key "__proto__"/],
  ['? [a]\n: b', '1:1', /no key/],
]

describe('bad input', () => {
  it.each(bad)('%j', (input, place, message, marked) => {
    const e = errorOf(input)
    expect(e.message).toMatch(message)
    expect(`${e.place?.line}:${e.place?.column}`).toBe(place)
    expect(e.place?.source).toBe(input.split('\n')[(e.place?.line ?? 0) - 1])
    if (marked !== undefined) expect(e.place?.source.slice(e.place.offset, e.place.offset + e.place.length)).toBe(marked)
    expect(e.format()).toMatch(/^m\.yaml:\d+:\d+: .*\n.*\n *\^/)
  })

  it("YAML's traps are told how to be written", () => {
    for (const text of ['density: |x - mu|', 'p: > 0', 'density: !x', 'density: &a', 'density: *x', 'density: @x', 'a: {p: x in {0, 1}}'])
      expect(errorOf(text).expected).toContain('quote this')
  })

  it.each([
    [null, /empty/],
    [3, /a number/],
    [{ density: 0.5, support: 'x > 0', parameters: { p: 'p > 0' } }, /"density" is a number/],
    [{ density: 'p', support: { x: 'x > 0' }, parameters: { p: 'p > 0' } }, /"support" is a map/],
    [{ density: 'p', support: 'x > 0', parameters: { p: true } }, /"parameters.p" is true or false/],
    [{ density: 'q', support: 'x > 0', parameters: { p: 'p > 0' } }, /undeclared symbol q/],
  ])('object %j', (input, message) => {
    expect(errorOf(input as object).message).toMatch(message)
  })

  it('names the path of an object', () => {
    expect(errorOf({ density: 'p', support: 'x > 0', parameters: { p: 'p > q' } }).format()).toMatch(
      /^parameters\.p:1:5: undeclared symbol q\n {2}p > q\n {6}\^/,
    )
  })

  it('is never anything but a ModelError, whatever is mutated in a file', () => {
    const alphabet = [...'{}[]|>&*!@`%#:-\'"\\,\n\t ()^<=px0.~?é∑', 'parameters', 'density: ', '..', ' in ', 'sum(']
    const edit = fc.record({
      at: fc.nat(base.length + 60),
      cut: fc.nat(4),
      put: fc.array(fc.constantFrom(...alphabet), { maxLength: 3 }).map(a => a.join('')),
    })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), edits => {
        let text = `${base}known:\n  v: v = 4\nassume:\n  - x[i] = 1, i in 1..n\n`
        for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut)
        try {
          parseModel(text)
        } catch (e) {
          expect(e).toBeInstanceOf(ModelError)
          expect((e as ModelError).format().length).toBeLessThan(2000)
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('survives deep nesting and long files', () => {
    for (const text of [
      '['.repeat(20_000),
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      `a: ${'{b: '.repeat(5000)}`,
      `density: ${'('.repeat(3000)}x${')'.repeat(3000)}\nsupport: x > 0\nparameters:\n  p: p > 0\n`,
      'x'.repeat(300_000),
    ])
      expect(errorOf(text)).toBeInstanceOf(ModelError)
  })
})

describe('the sampled check of a density', () => {
  const warningsOf = (density: string, support: string, parameters: Record<string, string>, known?: Record<string, string>) =>
    parseModel({ density, support, parameters, ...(known ? { known } : {}) }).warnings

  it.each(builtInNames)('%s has mass 1', id => {
    expect(densityFindings(builtInModel(id))).toEqual({ warnings: [], contradiction: undefined })
  })

  it('finds a missing constant, with the number', () => {
    expect(warningsOf('exp(-(x-mu)^2/2)', 'x in R', { mu: 'mu in R' })[0]).toMatch(/integrates to 2\.50663/)
    expect(warningsOf('2*p^x*(1-p)^(1-x)', 'x in {0, 1}', { p: '0 <= p <= 1' })[0]).toMatch(/sums to 2 /)
    expect(warningsOf('lambda^x/x!', 'x in {0..}', { lambda: 'lambda > 0' })[0]).toMatch(/sums to /)
    expect(warningsOf('1/theta', '0 <= x <= 2*theta', { theta: 'theta > 0' })[0]).toMatch(/integrates to 2 /)
  })

  it('finds a negative density', () => {
    expect(warningsOf('theta*(1-2*x)+1-theta/2*0', '0 < x < 1', { theta: 'theta > 0' })[0]).toMatch(/negative/)
  })

  it.each([
    ['kinks', '1/2*exp(-abs(x-m))', 'x in R', { m: 'm in R' }],
    ['jumps', 'x < c ? a/c : (1-a)/(1-c)', '0 < x < 1', { a: '0 < a < 1', c: '0 < c < 1' }],
    ['a pole at an end', 'theta*x^(theta-1)', '0 < x < 1', { theta: '0 < theta < 1' }],
    ['heavy tails', '1/(pi*(1+(x-m)^2))', 'x in R', { m: 'm in R' }],
    ['a slow sum', 'x^(-s)/zeta(s)', 'x in {1..}', { s: 's > 1' }],
    ['a moving interval', '1', 't - 1/2 <= x <= t + 1/2', { t: 't in R' }],
  ])('does not warn of %s', (_, density, support, parameters) => {
    expect(warningsOf(density, support, parameters as Record<string, string>)).toEqual([])
  })

  it('can be left out', () => {
    expect(parseModel({ density: '2*p', support: 'x in {0, 1}', parameters: { p: 'p > 0' } }, { checkDensity: false }).warnings).toEqual([])
  })
})

describe('names', () => {
  it('are spelt plainly', () => {
    expect(['θ', '\\theta', 'μ₁', '\\mu_1', 'σ²', '\\sigma^2', 'sigma2'].map(plainName)).toEqual([
      'theta',
      'theta',
      'mu1',
      'mu1',
      'sigma2',
      'sigma2',
      'sigma2',
    ])
  })

  it('of parameters may be Greek letters that are functions too', () => {
    for (const name of ['beta', 'gamma', 'zeta', 'psi'])
      expect(
        buildModel({ density: `${name}*exp(-${name}*x)`, support: 'x > 0', parameters: { [name]: `${name} > 0` } }).parameters[0]?.name,
      ).toBe(name)
  })
})
