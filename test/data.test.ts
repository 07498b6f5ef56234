/** Data: what is read, and what is refused with its row and value. */
import { describe, expect, it } from 'vitest'
import { type Data, DataError, sampled } from '../src/model/data.ts'
import { readData } from '../src/model/data-file.ts'
import { parseModel } from '../src/model/model-file.ts'
import { modelTexts } from './model-texts.ts'

const coin = parseModel({ density: 'p^x*(1-p)^(1-x)', support: 'x in {0, 1}', parameters: { p: '0 <= p <= 1' } })
const normal = parseModel({
  density: '1/sqrt(2*pi*v)*exp(-(x-mu)^2/(2*v))',
  support: 'x in R',
  parameters: { mu: 'mu in R' },
  known: { v: 'v > 0' },
})
const uniform = parseModel({ density: '1/theta', support: '0 <= x <= theta', parameters: { theta: 'theta > 0' } })
const binomial = parseModel({
  density: 'choose(m,x)*p^x*(1-p)^(m-x)',
  support: 'x in {0..m}',
  parameters: { p: '0 <= p <= 1' },
  known: { m: 'm in {1..}' },
})
const censored = parseModel({
  contribution: 'lambda^d*exp(-lambda*t)',
  observation: ['t', 'd'],
  support: ['t > 0', 'd in {0, 1}'],
  parameters: { lambda: 'lambda > 0' },
})
const counts = parseModel({
  likelihood: '(2+t)^a*(1-t)^b',
  data: { a: 'a in {0..}', b: 'b in {0..}', n: 'n = a + b' },
  parameters: { t: '0 <= t <= 1' },
})

const errorOf = (f: () => unknown): DataError => {
  try {
    f()
  } catch (e) {
    if (e instanceof DataError) return e
    throw e
  }
  throw new Error('accepted')
}

describe('reading', () => {
  it.each([
    ['1,0,1,1', [1, 0, 1, 1]],
    ['1 0 1 1', [1, 0, 1, 1]],
    ['1, 0, 1, 1,', [1, 0, 1, 1]],
    ['1\n0\n1\n1\n', [1, 0, 1, 1]],
    ['x\n1\n0\n1\n1', [1, 0, 1, 1]],
    ['"x"\r\n1\r\n0\r\n1\r\n1\r\n', [1, 0, 1, 1]],
    ['\uFEFFx\n1\n0\n1\n1', [1, 0, 1, 1]],
    ['[1, 0, 1, 1]', [1, 0, 1, 1]],
    ['{"x": [1, 0, 1, 1]}', [1, 0, 1, 1]],
    ['[{"x": 1}, {"x": 0}, {"x": 1}, {"x": 1}]', [1, 0, 1, 1]],
    ['x=1,0,1,1', [1, 0, 1, 1]],
  ])('%j', (text, x) => {
    expect(readData(text, coin)).toEqual({ x })
  })

  it('reads columns', () => {
    const want = { t: [1.5, 2, 0.1], d: [1, 0, 1] }
    for (const text of [
      't,d\n1.5,1\n2,0\n.1,1\n',
      't;d\n1.5;1\n2;0\n1e-1;1',
      't\td\n1.5\t1\n2\t0\n0.1\t1',
      't=1.5,2,0.1; d=1,0,1',
      JSON.stringify(want),
    ])
      expect(readData(text, censored)).toEqual(want)
  })

  it('reads counts', () => {
    expect(readData('a=3; b=4', counts)).toEqual({ a: 3, b: 4 })
    expect(sampled(counts, { a: 3, b: 4 }).symbols.get('n')).toBe(7)
  })

  it.each([
    ['', coin, /empty/],
    ['1,a,1', coin, /row 2 of "x" is "a", no number|no number/],
    ['x\n1\n\n0\nNA\n', coin, /row 3 of "x" is "NA"/],
    ['t,d\n1,2\n3\n', censored, /row 2 \(line 3\) has 1 cells/],
    ['x\n', coin, /no rows/],
    ['t,t\n1,2\n', censored, /two columns are called "t"/],
    ['1,2\n3,4\n', censored, /no column|no header/],
    ['1,2', censored, /the data name no column/],
    ['{"x": ', coin, /no JSON/],
    ['[{"x": 1}, {"y": 2}]', coin, /row 2 has no "x"/],
    ['1,,1', coin, /row 2 of "x" is empty/],
    ['0x10,1', coin, /row 1 of "x" is "0x10"/],
  ])('refuses %j', (text, model, message) => {
    expect(errorOf(() => sampled(model, readData(text, model))).message).toMatch(message)
  })
})

describe('checking', () => {
  it('binds arrays, sizes and knowns', () => {
    const env = sampled(normal, { x: [1, 2, 3], known: { v: 4 } })
    expect(env.arrays.get('x')).toEqual([1, 2, 3])
    expect(env.symbols.get('n')).toBe(3)
    expect(env.symbols.get('v')).toBe(4)
    expect(sampled(normal, { x: [1], v: 4 } as Data).symbols.get('v')).toBe(4)
  })

  it.each([
    [coin, { x: [1, 0, 2] }, /row 3 of "x" is 2, which is outside of the support/, 3, '2'],
    [coin, { x: [1, 0.5] }, /row 2 of "x" is 0.5/, 2, '0.5'],
    [coin, { x: [1, Number.NaN] }, /row 2 of "x" is NaN, no finite number/, 2, 'NaN'],
    [coin, { x: [Infinity] }, /row 1 of "x" is Infinity/, 1, 'Infinity'],
    [coin, { x: [1, null] }, /row 2 of "x" is null/, 2, 'null'],
    [coin, { x: [1, '0'] }, /row 2 of "x" is the string "0"/, 2, '0'],
    [uniform, { x: [1, -1] }, /row 2 of "x" is -1/, 2, '-1'],
    [binomial, { x: [1, 7], known: { m: 5 } }, /row 2 of "x" is 7/, 2, '7'],
    [censored, { t: [1, 0], d: [1, 1] }, /row 2 of "t" is 0/, 2, '0'],
    [coin, { x: [] }, /empty/],
    [coin, {}, /no column "x"/],
    [coin, { y: [1] }, /the model has no "y" \(it has x\)/],
    [normal, { X: [1], known: { v: 1 } }, /did you mean "x"\?/],
    [coin, { x: [1], known: { v: 1 } }, /no known constant "v"/],
    [coin, { x: 'abc' }, /no list of numbers/],
    [censored, { t: [1, 2], d: [1] }, /"d" has 1 rows and "t" has 2/],
    [normal, { x: [1] }, /"v" has no value/],
    [normal, { x: [1], known: { v: -1 } }, /"v" is -1, which is outside of its domain/],
    [binomial, { x: [1], known: { m: 2.5 } }, /"m" is 2.5/],
    [counts, { a: -1, b: 2 }, /"a" is -1/],
    [counts, { a: 1, b: 2, n: 4 }, /"n" is 4 in the data and 3 in the model/],
  ] as const)('refuses %#', (model, data, message, row?: number, value?: string) => {
    const e = errorOf(() => sampled(model, data as unknown as Data))
    expect(e.message).toMatch(message)
    if (row !== undefined) expect([e.row, e.value]).toEqual([row, value])
  })

  it('lets a support that moves with a parameter judge only what it can', () => {
    expect(sampled(uniform, { x: [0, 1e9] }).symbols.get('n')).toBe(2)
  })

  it('holds data against the assumptions of the model', () => {
    const ones = parseModel({ ...coin.source, assume: ['x[i] = 1, i in 1..n'] })
    expect(sampled(ones, { x: [1, 1] }).symbols.get('n')).toBe(2)
    expect(errorOf(() => sampled(ones, { x: [1, 0] })).message).toBe('the data contradict the assumption x[i] = 1, i in 1..n')
  })

  it('allows for the rounding of decimals', () => {
    const m = parseModel({ density: 'x < 1/4 ? p : 1 - p', support: 'x in {0.1, 0.3}', parameters: { p: '0 <= p <= 1' } })
    expect(sampled(m, { x: [0.1 + 0.2, 0.1] }).symbols.get('n')).toBe(2)
  })
})

describe('data of every shape', () => {
  const model = (name: keyof typeof modelTexts) => parseModel(modelTexts[name])
  const vectors = model('vector regression')
  const env = (m: ReturnType<typeof model>, text: string) => sampled(m, readData(text, m))

  it('vectors, from JSON and from columns', () => {
    const want = [
      [1, 2],
      [3, 4],
      [5, 6],
    ]
    for (const text of [
      '{"y": [1, 0, 2], "x": [[1, 2], [3, 4], [5, 6]]}',
      'y,x1,x2\n1,1,2\n0,3,4\n2,5,6',
      'y,x[1],x[2]\n1,1,2\n0,3,4\n2,5,6',
      '[{"y": 1, "x": [1, 2]}, {"y": 0, "x": [3, 4]}, {"y": 2, "x": [5, 6]}]',
    ]) {
      const e = env(vectors, text)
      expect(e.arrays.get('x')).toEqual(want)
      expect([e.symbols.get('n'), e.symbols.get('k')]).toEqual([3, 2])
    }
  })

  it('several samples of different sizes', () => {
    for (const text of ['{"x": [1, 2, 3], "y": [4]}', 'x,y\n1,4\n2,\n3,', 'x=1,2,3; y=4']) {
      const e = env(model('two samples'), text)
      expect([e.symbols.get('n'), e.symbols.get('m')]).toEqual([3, 1])
      expect(e.arrays.get('y')).toEqual([4])
    }
  })

  it('counts by name, definitions, vectors of counts', () => {
    expect(env(model('cells'), '{"c": [3, 0, 2]}').symbols.get('n')).toBe(5)
    expect(env(model('cells'), 'c1,c2,c3\n3,0,2').symbols.get('k')).toBe(3)
    expect(env(model('linkage'), 'a,b,c,d\n125,18,20,34').symbols.get('n')).toBe(197)
    expect(env(model('first r'), '{"x": [1, 2], "known": {"n": 5}}').symbols.get('r')).toBe(2)
    expect(env(model('categories'), '{"x": [1, 3], "k": 4}').symbols.get('k')).toBe(4)
  })

  it.each([
    ['vector regression', { y: [1, 2], x: [[1, 2], [3]] }, /row 2 of "x" has 1 components, and row 1 has 2/, 2],
    ['vector regression', { y: [1, 2], x: [[1, 2]] }, /"x" has 1 rows and "y" has 2/],
    ['vector regression', { y: [1], x: [[1, Number.NaN]] }, /row 1 of "x" is NaN/, 1],
    ['vector regression', { y: [1], x: [1] }, /row 1 of "x" is no list/, 1],
    ['exposure', { y: [1, 2], t: [1, 0] }, /row 2 of "t" is 0, which is outside of its domain/, 2],
    ['exposure', { y: [1, 2] }, /no column "t"/],
    ['binomial sizes', { x: [1, 5], m: [3, 4] }, /row 2 of "x" is 5, which is outside of the support/, 2],
    ['intervals', { l: [0, 2], r: [1, 1] }, /row 2 of "r" is 1/, 2],
    ['two samples', { x: [1], y: [-1] }, /row 1 of "y" is -1/, 1],
    ['two samples', { x: [1] }, /no column "y"/],
    ['size three', { x: [1, 0] }, /"x" has 2 rows, and the model says 3/],
    ['categories', { x: [1, 5], k: 4 }, /row 2 of "x" is 5/, 2],
    ['categories', { x: [1, 2] }, /the length "k" has no value/],
    ['categories', { x: [1, 2], k: 1.5 }, /"k" is 1.5, and it is a length/],
    ['cells', { c: [1, -1] }, /row 2 of "c" is -1/, 2],
    ['cells', { c: [1, 2], n: 4 }, /"n" is 4 in the data and 3 in the model/],
    ['known vector', { x: [1], known: { s: [1, 0] } }, /row 2 of "s" is 0/, 2],
    ['known vector', { x: [1] }, /known vector "s" has no values/],
    ['linkage', { a: 1, b: 2, c: 3 }, /the data have no "d"/],
    ['linkage', { a: [1, 2], b: 2, c: 3, d: 1 }, /"a" is one number, and the data have several/, 2],
    ['ordered rates', { x: [1, 2], known: { t: [1, 2, 3] } }, /"t" has 3 entries, and "x" 2 values|"x" has 2 values, and "t" 3/],
    ['pairs and times', { t: [1], d: [2], u: [1] }, /row 1 of "d" is 2/, 1],
    ['autoregression', { x: ['1'] }, /row 1 of "x" is the string/, 1],
    ['assumption', { x: [2, 1] }, /contradict the assumption x\[1\] = 3/],
  ] as const)('refuses data of %s', (name, data, message, row?: number) => {
    const e = errorOf(() => sampled(model(name), data as unknown as Data))
    expect(e.message).toMatch(message)
    if (row !== undefined) expect(e.row).toBe(row)
  })

  it('holds covariates without a domain against what the density needs', () => {
    const rates = parseModel({
      density: 'l*t*exp(-l*t*y)',
      observation: 'y',
      support: 'y > 0',
      covariates: ['t'],
      parameters: { l: 'l > 0' },
    })
    expect(sampled(rates, { y: [1, 2], t: [3, 4] }).symbols.get('n')).toBe(2)
    expect(errorOf(() => sampled(rates, { y: [1, 2], t: [3, 0] }))).toMatchObject({ row: 2, value: '0', column: 't' })
  })

  it.each([
    ['x,y\n1,\n2,3', /row 1 of "y" is empty/],
    ['x,y\n1,2\n,3', /"x" has 1 rows|./],
  ])('refuses %j', (text, message) => {
    const m = model('two samples')
    if (text.startsWith('x,y\n1,\n')) expect(errorOf(() => readData(text, m)).message).toMatch(message)
    else expect(env(m, text).symbols.get('n')).toBe(1)
  })
})
