/** What a full answer still needs, and solutions of tasks that come with numbers. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { check } from '../../src/check/check.ts'
import { DataError } from '../../src/model/data.ts'
import type { Model } from '../../src/model/model.ts'
import { parseModel } from '../../src/model/model-file.ts'
import { ModelError } from '../../src/read/error.ts'

interface Table {
  readonly models: Readonly<Record<string, object>>
  readonly cases: readonly { readonly model: string; readonly missing?: readonly string[]; readonly steps: string }[]
}
const table = parse(readFileSync(new URL('./missing.yaml', import.meta.url), 'utf8')) as Table
const models = new Map(Object.entries(table.models).map(([name, m]) => [name, parseModel(m)]))
describe('what is missing', () => {
  it.each(table.cases.map(c => [`${c.model}: ${c.steps}`, c] as const))('%s', (_title, c) => {
    const r = check(models.get(c.model) as Model, c.steps)
    const bad = r.lines.filter(l => ['wrong', 'follows', 'unreadable'].includes(l.status))
    expect(bad.map(l => `${l.line}: ${l.source}: ${l.message}`)).toEqual([])
    expect([...r.missing].sort()).toEqual([...(c.missing ?? [])].sort())
  })
})

const normalWithRatio = {
  density: 'exp(-(x-t)^2/(2*t^2))/(t*sqrt(2*pi))',
  support: 'x in R',
  parameters: { t: 't > 0' },
}
const quadratic = [
  '\\ell = -n\\log t - \\frac{n}{2}\\log(2\\pi) - \\frac{1}{2t^2}\\sum_i (x_i-t)^2',
  "\\ell' = -\\frac{n}{t} + \\frac{\\sum x_i^2}{t^3} - \\frac{\\sum x_i}{t^2} = 0",
  'n t^2 + t\\sum x_i - \\sum x_i^2 = 0',
]
const root = (sign: string): string => `\\frac{-\\bar x ${sign} \\sqrt{\\bar x^2 + \\frac{4}{n}\\sum x_i^2}}{2}`
const argument = 'The score changes sign from + to −, so it is a maximum.'
const report = (model: object, steps: readonly string[], options = {}) => {
  const r = check(parseModel(model), steps, options)
  return { verdict: r.verdict, missing: r.missing, mistake: r.misconception, wrong: r.firstWrongLine }
}

describe('root-choice', () => {
  it.each([
    ['one root in silence', [`\\hat t = ${root('+')}`]],
    ['both roots', [`t = ${root('+')} \\text{ or } t = ${root('-')}`]],
    ['both roots in one sign', [`\\hat t = ${root('\\pm')}`]],
  ])('%s', (_t, end) => {
    expect(report(normalWithRatio, [...quadratic, ...end, argument])).toMatchObject({ verdict: 'incomplete', missing: ['root-choice'] })
  })
  it.each([
    ['a reason', [`t = ${root('\\pm')}`, `Since t > 0, $\\hat t = ${root('+')}$.`]],
    [
      'the other one refused',
      [`t = ${root('+')} \\text{ or } t = ${root('-')}`, `The second one is negative, so $\\hat t = ${root('+')}$`],
    ],
    ['words', [`The admissible root is $\\hat t = ${root('+')}$.`]],
  ])('%s', (_t, end) => {
    expect(report(normalWithRatio, [...quadratic, ...end, argument])).toMatchObject({ verdict: 'correct', missing: [] })
  })
  const scale = { density: 'exp(-x^2/(2*s^2))/(s*sqrt(2*pi))', support: 'x in R', parameters: { s: 's > 0' } }
  it('a plain square root of a square needs no word', () => {
    const steps = ["\\ell' = -n/s + \\sum x_i^2/s^3 = 0", 's^2 = \\sum x_i^2/n', '\\hat s = \\sqrt{\\sum x_i^2/n}', argument]
    expect(report(scale, steps)).toMatchObject({ verdict: 'correct', missing: [] })
  })
  it('± left open', () => {
    const steps = ["\\ell' = -n/s + \\sum x_i^2/s^3 = 0", 's = \\pm\\sqrt{\\sum x_i^2/n}', argument]
    expect(report(scale, steps).missing).toEqual(['root-choice'])
  })
  it('is asked for only if it is required', () => {
    expect(report(normalWithRatio, [...quadratic, `\\hat t = ${root('+')}`, argument], { require: ['estimate'] }).verdict).toBe('correct')
  })
})

describe('constraint', () => {
  const three = {
    likelihood: 'a^x*b^y*c^z',
    data: { x: 'x in {1..}', y: 'y in {1..}', z: 'z in {1..}' },
    parameters: { a: '0 < a < 1', b: '0 < b < 1', c: '0 < c < 1' },
    constraints: ['a + b + c = 1'],
  }
  const answer = '\\hat a = x/(x+y+z), \\hat b = y/(x+y+z), \\hat c = z/(x+y+z)'
  const log = '\\ell = x\\log a + y\\log b + z\\log c'
  const concave = 'ℓ is concave, so this is a maximum.'
  it('never mentioned', () => {
    expect(report(three, [log, answer, concave])).toMatchObject({
      verdict: 'incomplete',
      missing: ['constraint'],
      mistake: 'd.constraint-ignored',
    })
  })
  it.each([
    ['written down', ['a + b + c = 1']],
    ['a multiplier', ['\\Lambda = \\ell - \\lambda(a + b + c - 1)']],
    ['in words', ['under the constraint that they add up to one']],
  ])('%s', (_t, lines) => {
    expect(report(three, [log, ...lines, answer, concave])).toMatchObject({ verdict: 'correct', missing: [] })
  })
  it('what it leaves over need not be stated', () => {
    const steps = ['\\ell = x\\log a + y\\log b + z\\log(1-a-b)', '\\hat a = x/(x+y+z), \\hat b = y/(x+y+z)', concave]
    expect(report(three, steps)).toMatchObject({ verdict: 'correct', missing: [] })
  })
})

describe('support', () => {
  const uniform = { density: '1/theta', support: '0 <= x <= theta', parameters: { theta: 'theta > 0' } }
  const falls = ["\\ell'(\\theta) = -n/\\theta < 0", 'The log-likelihood is decreasing', '\\hat\\theta = \\max x_i']
  it('never mentioned', () => {
    expect(report(uniform, ['\\ell(\\theta) = -n\\log\\theta', ...falls])).toMatchObject({ verdict: 'incomplete', missing: ['support'] })
  })
  it.each([
    '\\ell(\\theta) = -n\\log\\theta for \\theta \\ge \\max x_i',
    '$L(\\theta) = \\theta^{-n}$ provided that no observation exceeds θ',
    'L(\\theta) = \\theta^{-n}\\mathbf{1}\\{\\max x_i \\le \\theta\\}',
  ])('%s', line => {
    expect(report(uniform, [line, ...falls])).toMatchObject({ verdict: 'correct', missing: [] })
  })
})

describe('a task with numbers', () => {
  const bernoulli = { density: 'p^x*(1-p)^(1-x)', support: 'x in {0, 1}', parameters: { p: '0 < p < 1' } }
  const data = { x: [1, 0, 0, 1, 0, 0, 1, 0, 0, 0] }
  const second = "ℓ'' < 0, so it is a maximum"
  it.each([
    ['in numbers alone', ['L = p^3(1-p)^7', '\\ell = 3\\log p + 7\\log(1-p)', "\\ell' = 3/p - 7/(1-p) = 0", '\\hat p = 0.3', second]],
    ['in formulas, then in numbers', ['L = p^{\\sum x_i}(1-p)^{n-\\sum x_i}', '\\hat p = \\bar x = \\frac{3}{10}', second]],
    ['mixed', ['L = p^{\\sum x_i}(1-p)^{10-\\sum x_i}', 'p_hat = 0.30', second]],
  ])('%s', (_t, steps) => {
    expect(report(bernoulli, steps, { data })).toMatchObject({ verdict: 'correct', missing: [] })
  })
  it.each([
    ['the wrong value', ['p_hat = 0.4', second], 1, null],
    ['a slip in numbers', ['\\ell = 3\\log p + 7\\log(1-p)', "\\ell' = 3/p + 7/(1-p)"], 2, 'd.chain-1-p'],
    ['a wrong formula, whatever its value', ['\\hat p = \\frac{\\sum x_i}{n-1}', second], 1, 'est.n-1'],
  ])('%s', (_t, steps, wrong, mistake) => {
    expect(report(bernoulli, steps, { data })).toMatchObject({ verdict: 'wrong', wrong, mistake })
  })
  it('rounds as it was written', () => {
    const rate = { density: 'lambda*exp(-lambda*x)', support: 'x > 0', parameters: { lambda: 'lambda > 0' } }
    const of = (value: string) => report(rate, [`λ̂ = ${value}`, "ℓ'' = -3/λ^2 < 0"], { data: { x: [1, 2, 4] } }).verdict
    expect([of('0.43'), of('0.429'), of('3/7'), of('0.428')]).toEqual(['correct', 'correct', 'correct', 'wrong'])
  })
  it('refuses data of another model', () => {
    expect(() => check(parseModel(bernoulli), 'p_hat = 0.3', { data: { y: [1] } })).toThrow(DataError)
  })
  it('assumes what it is told', () => {
    const closed = { ...bernoulli, parameters: { p: '0 <= p <= 1' } }
    const steps = ['\\ell = n\\log p', 'This is increasing in p', '\\hat p = 1']
    expect(report(closed, steps).verdict).toBe('wrong')
    expect(report(closed, steps, { assume: 'x[i] = 1, i in 1..n' })).toMatchObject({ verdict: 'correct', missing: [] })
    expect(() => check(parseModel(closed), steps, { assume: ['x[i] = = 1'] })).toThrow(ModelError)
  })
})

describe('vectors of parameters', () => {
  const cells = {
    likelihood: 'prod(p[j]^x[j], j, 1, k)',
    data: { x: 'x[j] in {0..}, j in 1..k', n: 'n = sum(x[j], j, 1, k)' },
    parameters: { p: '0 < p[j] < 1, j in 1..k' },
    constraints: ['sum(p[j], j, 1, k) = 1'],
  }
  const upTo = ['\\ell = \\sum_j x_j \\log p_j', '$\\frac{x_j}{p_j} - \\lambda = 0$, so $p_j = x_j/\\lambda$, and $\\lambda = n$']
  it.each([
    ['\\hat p_j = x_j/n', 'ok'],
    ['\\hat p_j = x_j/(n-1)', 'wrong'],
    ['\\hat p_j = 1/k', 'wrong'],
  ])('%s is %s', (line, status) => {
    expect(check(parseModel(cells), [...upTo, line]).lines.at(-1)?.status).toBe(status)
  })
  it('two rows that each add up to 1', () => {
    const rows = {
      likelihood: 'p[1]^a*p[2]^b*q[1]^c*q[2]^d',
      data: { a: 'a in {1..}', b: 'b in {1..}', c: 'c in {1..}', d: 'd in {1..}' },
      parameters: { p: '0 < p[j] < 1, j in 1..2', q: '0 < q[j] < 1, j in 1..2' },
      constraints: ['sum(p[j], j, 1, 2) = 1', 'sum(q[j], j, 1, 2) = 1'],
    }
    const status = (line: string) => check(parseModel(rows), ['Each row adds up to 1.', line]).lines.at(-1)?.status
    expect([status('\\hat q_1 = c/(c+d)'), status('\\hat q_1 = c/(a+b+c+d)')]).toEqual(['ok', 'wrong'])
  })
})
