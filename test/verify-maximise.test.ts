import { describe, expect, it } from 'vitest'
import type { Env } from '../src/term/evaluate.ts'
import {
  add,
  div,
  exp,
  finite,
  fn,
  HALF,
  infinity,
  interval,
  mul,
  neg,
  num,
  ONE,
  pow,
  range,
  reals,
  sub,
  sym,
  TWO,
  ZERO,
} from '../src/term/term.ts'
import { maximise } from '../src/verify/maximise.ts'
import { maximiseOnIntegers, maximiseOnLine } from '../src/verify/maximise-line.ts'
import { modelOf, unit } from './hand-made.ts'

const x = sym('x')
const theta = sym('theta')
const positive = interval(ZERO, infinity)
const sampleOf = (xs: readonly number[], knowns: Readonly<Record<string, number>> = {}): Env => ({
  symbols: new Map([['n', xs.length], ...Object.entries(knowns)]),
  arrays: new Map([['x', xs]]),
})
const best = (...args: Parameters<typeof maximise>) => maximise(...args).maximum

const bernoulli = (closed: boolean) =>
  modelOf(mul(pow(theta, x), pow(sub(ONE, theta), sub(ONE, x))), finite(ZERO, ONE), { theta: unit(closed) })
const poisson = modelOf(mul(pow(theta, x), exp(neg(theta)), pow(fn('factorial', x), num(-1))), range(ZERO, infinity), { theta: positive })
const normalMean = (space = reals) =>
  modelOf(mul(pow(mul(TWO, fn('pi')), num(-1, 2)), exp(mul(num(-1, 2), pow(sub(x, theta), TWO)))), reals, { theta: space })

describe('brute force on a line', () => {
  const line = (lo: number, hi: number, a = false, b = false) => ({ kind: 'real', lo, hi, closed: [a, b] }) as const
  it('tells a kink, a plateau, two peaks, an unbounded rise and a limit that is not reached', () => {
    expect(maximiseOnLine(t => -Math.abs(t - 2.5), line(-Infinity, Infinity))).toMatchObject({ kind: 'point', x: expect.closeTo(2.5, 9) })
    const flat = maximiseOnLine(t => -[1, 2, 3.5, 7].reduce((s, d) => s + Math.abs(d - t), 0), line(-Infinity, Infinity), [1, 2, 3.5, 7])
    expect(flat).toMatchObject({ kind: 'set', lo: expect.closeTo(2, 5), hi: expect.closeTo(3.5, 5) })
    expect(maximiseOnLine(t => -((t * t - 1) ** 2), line(-Infinity, Infinity))).toMatchObject({ kind: 'points' })
    expect(maximiseOnLine(t => -1.5 * Math.log(t), line(0, Infinity))).toEqual({ kind: 'none', x: 0, value: Infinity })
    expect(maximiseOnLine(t => -3 / t, line(0, Infinity))).toMatchObject({ kind: 'none', x: Infinity, value: expect.closeTo(0, 9) })
    expect(maximiseOnLine(() => -Infinity, line(0, 1))).toEqual({ kind: 'nowhere' })
  })
  it('tells whether the edge of a support belongs to it', () => {
    expect(maximiseOnLine(t => (t >= 2.375 ? -4 * Math.log(t) : -Infinity), line(0, Infinity))).toMatchObject({ kind: 'point', x: 2.375 })
    expect(maximiseOnLine(t => (t > 2.375 ? -4 * Math.log(t) : -Infinity), line(0, Infinity))).toMatchObject({ kind: 'none', x: 2.375 })
  })
  it('searches integers without an upper end, with ties', () => {
    expect(maximiseOnIntegers(k => -Math.abs(k - 12345), 0, Infinity)).toMatchObject({ kind: 'point', x: 12345 })
    expect(maximiseOnIntegers(k => -Math.max(0, Math.abs(k - 5.5) - 0.5), 0, Infinity)).toMatchObject({ kind: 'set', lo: 5, hi: 6 })
    expect(maximiseOnIntegers(k => -1 / k, 1, Infinity)).toMatchObject({ kind: 'none', x: Infinity })
  })
})

describe('brute force on models', () => {
  it('finds interior maxima', () => {
    expect(best(bernoulli(true), sampleOf([1, 0, 1, 1]))).toMatchObject({
      kind: 'point',
      at: [expect.closeTo(0.75, 6)],
      value: expect.closeTo(-2.2493406, 6),
    })
    expect(best(poisson, sampleOf([3, 0, 5, 2]))).toMatchObject({ kind: 'point', at: [expect.closeTo(2.5, 6)] })
  })
  it('keeps or loses the maximum with the end of the parameter space', () => {
    expect(best(bernoulli(true), sampleOf([1, 1, 1]))).toMatchObject({ kind: 'point', at: [1], value: expect.closeTo(0, 12) })
    expect(best(bernoulli(false), sampleOf([1, 1, 1]))).toMatchObject({ kind: 'none', towards: [1] })
    expect(best(poisson, sampleOf([0, 0]))).toMatchObject({ kind: 'none', towards: [0], value: expect.closeTo(0, 9) })
  })
  it('clips a mean to a half-line, closed or open', () => {
    expect(best(normalMean(interval(ZERO, infinity, true)), sampleOf([-1, -0.5]))).toMatchObject({ kind: 'point', at: [0] })
    expect(best(normalMean(positive), sampleOf([-1, -0.5]))).toMatchObject({ kind: 'none', towards: [0] })
    expect(best(normalMean(), sampleOf([1234.5, 1235.25]))).toMatchObject({ kind: 'point', at: [expect.closeTo(1234.875, 4)] })
  })
  it('follows supports that move', () => {
    const upTo = (closed: boolean) => modelOf(div(ONE, theta), interval(ZERO, theta, closed, closed), { theta: positive })
    expect(best(upTo(true), sampleOf([0.5, 2.25, 1]))).toMatchObject({ kind: 'point', at: [2.25] })
    expect(best(upTo(false), sampleOf([0.5, 2.25, 1]))).toMatchObject({ kind: 'none', towards: [2.25] })
    expect(best(upTo(true), sampleOf([0, 0]))).toMatchObject({ kind: 'none', towards: [0], value: Infinity })
    const unitWindow = modelOf(ONE, interval(sub(theta, HALF), add(theta, HALF), true, true), { theta: reals })
    expect(best(unitWindow, sampleOf([3.25, 3.5, 3.875]))).toMatchObject({
      kind: 'set',
      lo: [expect.closeTo(3.375, 5)],
      hi: [expect.closeTo(3.75, 5)],
    })
    expect(best(unitWindow, sampleOf([3.25, 5]))).toEqual({ kind: 'impossible' })
  })
  it('enumerates finite and integer parameters', () => {
    const two = modelOf(mul(pow(theta, x), pow(sub(ONE, theta), sub(ONE, x))), finite(ZERO, ONE), { theta: finite(num(1, 3), num(2, 3)) })
    expect(best(two, sampleOf([1, 1, 0]))).toMatchObject({ kind: 'point', at: [2 / 3] })
    expect(best(two, sampleOf([1, 0]))).toMatchObject({ kind: 'points' })
    const trials = modelOf(mul(fn('binomial', theta, x), pow(HALF, theta)), range(ZERO, theta), { theta: range(ZERO, infinity) })
    expect(best(trials, sampleOf([3]))).toMatchObject({ kind: 'set', lo: [5], hi: [6] })
    expect(best(trials, sampleOf([0]))).toMatchObject({ kind: 'point', at: [0] })
  })
  it('searches two unknowns, with a corner and without a maximum', () => {
    const [mu, v] = [sym('mu'), sym('v')]
    const normal = modelOf(mul(pow(mul(TWO, fn('pi'), v), num(-1, 2)), exp(neg(div(pow(sub(x, mu), TWO), mul(TWO, v))))), reals, {
      mu: reals,
      v: positive,
    })
    expect(best(normal, sampleOf([1, 2, 4]))).toMatchObject({ kind: 'point', at: [expect.closeTo(7 / 3, 4), expect.closeTo(14 / 9, 4)] })
    expect(best(normal, sampleOf([2, 2, 2]))).toMatchObject({ kind: 'none', value: Infinity })
    const laplace = modelOf(mul(div(HALF, v), exp(neg(div(fn('abs', sub(x, mu)), v)))), reals, { mu: reals, v: positive })
    expect(best(laplace, sampleOf([1, 2, 4]))).toMatchObject({ kind: 'point', at: [expect.closeTo(2, 4), expect.closeTo(1, 4)] })
    const shifted = modelOf(mul(div(ONE, v), exp(neg(div(sub(x, mu), v)))), interval(mu, infinity, true), { mu: reals, v: positive })
    expect(best(shifted, sampleOf([1, 2, 4]))).toMatchObject({ kind: 'point', at: [expect.closeTo(1, 6), expect.closeTo(4 / 3, 4)] })
  })
  it('counts the log of a parameter without rounding away', () => {
    const power = modelOf(mul(theta, pow(x, sub(theta, ONE))), interval(ZERO, ONE), { theta: positive })
    const xs = [0.5, 0.25, 0.125]
    expect(best(power, sampleOf(xs))).toMatchObject({ at: [expect.closeTo(-3 / xs.reduce((s, u) => s + Math.log(u), 0), 6)] })
  })
})
