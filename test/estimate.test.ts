import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import type { Answer } from '../src/document/document.ts'
import { caseOf } from '../src/estimate/answer-value.ts'
import { holdsOnData } from '../src/estimate/decide.ts'
import { type Estimate, estimate, estimateOn } from '../src/estimate/estimate.ts'
import { newton, rootsOfEquation } from '../src/estimate/implicit.ts'
import { brent, rootsOnGrid } from '../src/estimate/numeric-roots.ts'
import { inverse, standardErrorsFrom } from '../src/estimate/standard-errors.ts'
import { DataError } from '../src/model/data.ts'
import { parseModel } from '../src/model/model-file.ts'
import type { Env } from '../src/term/evaluate.ts'
import {
  add,
  and,
  at,
  div,
  type Expr,
  eq,
  exp,
  finite,
  fn,
  HALF,
  infinity,
  interval,
  log,
  lt,
  mul,
  neg,
  num,
  ONE,
  pow,
  range,
  reals,
  sub,
  sym,
  TRUE,
  TWO,
  ZERO,
} from '../src/term/term.ts'
import { maximum, minimum, sum } from '../src/term/walk.ts'
import { caseWhen, derivationOf, modelOf, unit } from './hand-made.ts'

const [x, p, n, theta] = [sym('x'), sym('p'), sym('n'), sym('theta')]
const xi = (i: Expr): Expr => at('x', i)
const total = sum(n, xi)
const positive = interval(ZERO, infinity)
const envOf = (xs: readonly number[], symbols: Readonly<Record<string, number>> = {}): Env => ({
  symbols: new Map([['n', xs.length], ...Object.entries(symbols)]),
  arrays: new Map([['x', xs]]),
})

describe('zeros', () => {
  it('finds simple and touching zeros, and neither poles nor jumps', () => {
    const points = Array.from({ length: 41 }, (_, i) => -4 + 0.2 * i + 0.013)
    expect(rootsOnGrid(t => t * t - 2, points).roots).toEqual([expect.closeTo(-Math.SQRT2, 13), expect.closeTo(Math.SQRT2, 13)])
    expect(rootsOnGrid(t => (t - 1) ** 2, points).roots).toEqual([expect.closeTo(1, 6)])
    expect(rootsOnGrid(t => 1 / (t - 1), points).roots).toEqual([])
    expect(rootsOnGrid(t => (t > 1 ? 1 : -1), points).roots).toEqual([])
    expect(rootsOnGrid(() => 0, points)).toEqual({ roots: [], everywhere: true })
    expect(brent(Math.cos, 1, 2, Math.cos(1), Math.cos(2))).toBeCloseTo(Math.PI / 2, 15)
  })
  it('keeps Newton inside its bracket', () => {
    const f = (t: number): number => Math.atan(t - 2) // plain Newton runs away from 6
    expect(newton(f, -50, 50, 6)).toBeCloseTo(2, 12)
  })
  it('solves log a - digamma(a) = c on the positive line', () => {
    const a = sym('a')
    const equation = eq(sub(log(a), fn('digamma', a)), num(1, 10))
    const [root, ...more] = rootsOfEquation(equation, 'a', { kind: 'real', lo: 0, hi: Infinity, closed: [false, false] }, envOf([]))
    expect(root).toBeCloseTo(5.16, 2)
    expect(holdsOnData(equation, envOf([], { a: root as number }))).toBe(true)
    expect(more).toEqual([])
  })
})

describe('cases are decided with the errors of the computation', () => {
  const mean = div(total, n)
  const squares = sum(n, i => pow(sub(xi(i), mean), TWO))
  it('sees that equal values are equal although their mean is off by an ulp', () => {
    expect(holdsOnData(eq(squares, ZERO), envOf([0.1, 0.1, 0.1]))).toBe(true)
    expect(holdsOnData(lt(ZERO, squares), envOf([0.1, 0.1, 0.1]))).toBe(false)
  })
  it('keeps a tiny spread beside a large mean', () => {
    expect(holdsOnData(lt(ZERO, squares), envOf([1e6 + 0.001, 1e6 + 0.002]))).toBe(true)
  })
  it('counts exactly', () => {
    expect(holdsOnData(and(lt(ZERO, total), lt(total, n)), envOf([1, 1, 0]))).toBe(true)
    expect(holdsOnData(lt(total, n), envOf([1, 1, 1]))).toBe(false)
    expect(holdsOnData(eq(total, num(3, 10)), envOf([0.1, 0.2]))).toBe(true)
    expect(holdsOnData(eq(maximum(n, xi), minimum(n, xi)), envOf([2, 2]))).toBe(true)
  })
})

describe('standard errors from a matrix', () => {
  it('inverts, and refuses what is not positive definite', () => {
    expect(
      inverse([
        [2, 1],
        [1, 3],
      ]),
    ).toEqual([
      [expect.closeTo(0.6, 14), expect.closeTo(-0.2, 14)],
      [expect.closeTo(-0.2, 14), expect.closeTo(0.4, 14)],
    ])
    expect(
      inverse([
        [1, 2],
        [2, 4],
      ]),
    ).toBeUndefined()
    expect(
      standardErrorsFrom([
        [4, 0],
        [0, 25],
      ]),
    ).toEqual([0.5, 0.2])
    expect(
      standardErrorsFrom([
        [1, 2],
        [2, 1],
      ]),
    ).toBeUndefined()
  })
})

describe('estimate on hand-made answers', () => {
  const bernoulli = modelOf(mul(pow(p, x), pow(sub(ONE, p), sub(ONE, x))), finite(ZERO, ONE), { p: unit() })
  const observed = add(div(total, pow(p, TWO)), div(sub(n, total), pow(sub(ONE, p), TWO)))
  const answer: Partial<Answer> = {
    outcome: 'interior',
    parameters: { p: { estimator: div(total, n), equation: null, closedForm: true } },
    information: { order: ['p'], observed: [[observed]], fisher: null, standardError: {} },
    cases: [
      caseWhen(and(lt(ZERO, total), lt(total, n)), 'interior', { p: div(total, n) }),
      caseWhen(eq(total, ZERO), 'boundary', { p: ZERO }, { why: ['L strictly decreasing'] }),
      caseWhen(eq(total, n), 'boundary', { p: ONE }),
    ],
  }
  const derivation = derivationOf(bernoulli, [], answer)

  it('evaluates the case of the sample', () => {
    const e = estimate(derivation, { x: [1, 0, 1, 1] })
    expect(e).toMatchObject({ status: 'maximum', parameters: { p: 0.75 }, method: 'closed form', reason: null })
    expect(e.logLikelihood).toBeCloseTo(3 * Math.log(0.75) + Math.log(0.25), 12)
    expect(e.standardErrors['p']).toBeCloseTo(Math.sqrt((0.75 * 0.25) / 4), 12)
    expect(caseOf(derivation.answer, envOf([1, 1]))?.attained).toBe('boundary')
  })
  it('says boundary, without a standard error, at an end of the parameter space', () => {
    expect(estimate(derivation, { x: [0, 0] })).toMatchObject({
      status: 'boundary',
      parameters: { p: 0 },
      logLikelihood: 0,
      standardErrors: { p: null },
      reason: 'L strictly decreasing',
      case: expect.stringContaining('= 0'),
    })
  })
  it('refuses data', () => {
    expect(() => estimate(derivation, { x: [] })).toThrow(DataError)
    expect(() => estimate(derivation, { x: [0, 2] })).toThrow(/row 2.*2/)
    expect(() => estimate(derivation, { y: [1] })).toThrow(DataError)
  })
  it('says none with its supremum as words that JSON can carry', () => {
    const rate = modelOf(mul(theta, exp(neg(mul(theta, x)))), interval(ZERO, infinity, true), { theta: positive })
    const d = derivationOf(rate, [], { cases: [caseWhen(eq(total, ZERO), 'none', null, { towards: { theta: infinity } })] })
    const e = estimate(d, { x: [0, 0] })
    expect(e).toMatchObject({ status: 'none', parameters: {}, logLikelihood: null, supremum: { value: 'inf', towards: { theta: 'inf' } } })
    expect(JSON.stringify(e)).not.toMatch(/NaN|Infinity/)
    const count = modelOf(mul(pow(theta, x), exp(neg(theta)), pow(fn('factorial', x), num(-1))), range(ZERO, infinity), { theta: positive })
    const zeros = derivationOf(count, [], { cases: [caseWhen(eq(total, ZERO), 'none', null, { towards: { theta: ZERO } })] })
    expect(estimate(zeros, { x: [0, 0] }).supremum).toEqual({ value: expect.closeTo(0, 6), towards: { theta: 0 } })
  })
  it('gives the ends of a set, and one point when they meet', () => {
    const window = modelOf(ONE, interval(sub(theta, HALF), add(theta, HALF), true, true), { theta: reals })
    const set = { theta: { lo: sub(maximum(n, xi), HALF), hi: add(minimum(n, xi), HALF), closed: [true, true] as const } }
    const d = derivationOf(window, [], {
      cases: [caseWhen(TRUE, 'set', null, { set })],
      parameters: { theta: { estimator: null, equation: null, closedForm: false } },
    })
    expect(estimate(d, { x: [3, 3.5] })).toMatchObject({ status: 'nonunique', parameters: {}, set: { theta: [3, 3.5] }, logLikelihood: 0 })
    expect(() => estimate(d, { x: [3, 4.5] })).toThrow(/impossible under the model.*x\[1\] = 3 and x\[2\] = 4\.5/)
  })
  it('solves the equation of an implicit answer', () => {
    const a = sym('a')
    const shape = modelOf(mul(pow(fn('gamma', a), num(-1)), pow(x, sub(a, ONE)), exp(neg(x))), positive, { a: positive })
    const logs = sum(n, i => log(xi(i)))
    const d = derivationOf(shape, [], {
      outcome: 'implicit',
      parameters: { a: { estimator: null, equation: eq(fn('digamma', a), div(logs, n)), closedForm: false } },
      information: { order: ['a'], observed: [[mul(n, fn('trigamma', a))]], fisher: null, standardError: {} },
      cases: [caseWhen(TRUE, 'implicit', null)],
    })
    const e = estimate(d, { x: [1, 2, 4] })
    expect(e).toMatchObject({ status: 'maximum', method: 'newton' })
    const root = e.parameters['a'] as number
    const ell = (t: number): number => estimateAt(shape, t)
    expect(ell(root)).toBeGreaterThan(Math.max(ell(root * 1.001), ell(root * 0.999)))
    expect(e.standardErrors['a']).toBeGreaterThan(0)
    function estimateAt(model: typeof shape, t: number): number {
      const at1 = derivationOf(model, [], { cases: [caseWhen(TRUE, 'interior', { a: num(Math.round(t * 1e9), 1e9) })] })
      return estimateOn(at1, envOf([1, 2, 4])).logLikelihood as number
    }
  })
  it('is undecided where nothing was derived, and says why', () => {
    const d = derivationOf(bernoulli, [], { obstacle: { at: 'score equation', reason: 'no closed form' } })
    expect(estimate(d, { x: [1, 0] })).toMatchObject({ status: 'undecided', parameters: {}, reason: 'no closed form', logLikelihood: null })
  })
})

describe('estimate on derived models', () => {
  const of = (
    density: string,
    support: string,
    parameter: Readonly<Record<string, string>>,
    data: Parameters<typeof estimate>[1],
    known?: Readonly<Record<string, string>>,
  ): Estimate => estimate(derive(parseModel({ name: 'typed', density, support, parameters: parameter, ...(known ? { known } : {}) })), data)

  it('Poisson, a maximum and no maximum', () => {
    expect(of('lambda^x*exp(-lambda)/x!', 'x in {0..}', { lambda: 'lambda > 0' }, { x: [3, 0, 2] })).toMatchObject({
      status: 'maximum',
      parameters: { lambda: 5 / 3 },
      method: 'closed form',
      standardErrors: { lambda: expect.closeTo(Math.sqrt(5 / 9), 10) },
    })
    expect(of('lambda^x*exp(-lambda)/x!', 'x in {0..}', { lambda: 'lambda > 0' }, { x: [0, 0] })).toMatchObject({
      status: 'none',
      supremum: { towards: { lambda: 0 } },
    })
    expect(of('lambda^x*exp(-lambda)/x!', 'x in {0..}', { lambda: 'lambda >= 0' }, { x: [0, 0] })).toMatchObject({
      status: 'boundary',
      parameters: { lambda: 0 },
      logLikelihood: 0,
    })
  })
  it('divides once: 3 of 10 is 0.3', () => {
    const xs = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    expect(of('p^x*(1-p)^(1-x)', 'x in {0, 1}', { p: '0 <= p <= 1' }, { x: xs }).parameters).toEqual({ p: 0.3 })
  })
  it('the end of a support', () => {
    expect(of('1/theta', '0 <= x <= theta', { theta: 'theta > 0' }, { x: [0.5, 2, 1] })).toMatchObject({
      status: 'maximum',
      parameters: { theta: 2 },
      logLikelihood: expect.closeTo(-3 * Math.log(2), 12),
      standardErrors: { theta: null },
    })
    expect(() => of('1/theta', '0 <= x <= theta', { theta: 'theta > 0' }, { x: [0.5, -2] })).toThrow(DataError)
  })
  it('a window: a set, one point when the range is 1, impossible beyond', () => {
    const window = (xs: readonly number[]): Estimate => of('1', 'theta - 1/2 <= x <= theta + 1/2', { theta: 'theta in R' }, { x: xs })
    expect(window([3, 3.5])).toMatchObject({ status: 'nonunique', set: { theta: [3, 3.5] } })
    expect(window([0.1, 1.1])).toMatchObject({ status: 'maximum', parameters: { theta: expect.closeTo(0.6, 12) }, set: null })
    expect(() => window([3, 4.25])).toThrow(/impossible under the model/)
  })
  it('an end of a support that rounding puts past the observation', () => {
    for (const x of [0.1, 0.7, 1.1, 2.3, 4.9])
      expect(of('1/(3*theta)', '0 <= x <= 3*theta', { theta: 'theta > 0' }, { x: [x, x / 2] })).toMatchObject({
        status: 'maximum',
        parameters: { theta: expect.closeTo(x / 3, 12) },
        logLikelihood: expect.closeTo(-2 * Math.log(x), 10),
      })
  })
  it('an end that is excluded: no maximum, and the supremum from the side that the data allow', () => {
    expect(of('1/theta', '0 < x < theta', { theta: 'theta > 0' }, { x: [2, 1] })).toMatchObject({
      status: 'none',
      supremum: { value: expect.closeTo(-2 * Math.log(2), 6), towards: { theta: 2 } },
    })
    expect(of('exp(-(x-theta))', 'x > theta', { theta: 'theta in R' }, { x: [2, 1] })).toMatchObject({
      status: 'none',
      supremum: { value: expect.closeTo(-1, 6), towards: { theta: 1 } },
    })
  })
  it('observations that no parameter allows', () => {
    expect(() => of('1/theta', 'theta <= x <= 2*theta', { theta: 'theta > 0' }, { x: [1, 3] })).toThrow(
      /impossible under the model.*x\[1\] = 1 and x\[2\] = 3/,
    )
  })
  it('a thousand observations on the log scale', () => {
    const xs = Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1000) / 1000 + 0.0005)
    const e = of('theta*x^(theta-1)', '0 < x < 1', { theta: 'theta > 0' }, { x: xs })
    const logs = xs.reduce((s, v) => s + Math.log(v), 0)
    const hat = -1000 / logs
    expect(e.parameters['theta']).toBeCloseTo(hat, 10)
    expect(e.logLikelihood).toBeCloseTo(1000 * Math.log(hat) + (hat - 1) * logs, 7)
  })
})
