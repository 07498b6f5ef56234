/**
 * Metamorphic tests: what must not matter does not matter. Names, the parametrisation, units of the data, the order of
 * factors, a density written as exp(log …), and the order in which models are derived.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import { type Estimate, estimate } from '../src/estimate/estimate.ts'
import type { Data } from '../src/model/data.ts'
import { parseModel } from '../src/model/model-file.ts'
import { render } from '../src/render/render.ts'
import { isComplete, proofread } from '../src/verify/proofread.ts'

interface Problem {
  readonly density: string
  readonly support: string
  readonly parameters: Readonly<Record<string, string>>
  readonly known?: Readonly<Record<string, string>>
  readonly observation?: string
  readonly size?: string
}
const derived = (p: Problem) => derive(parseModel({ name: 'typed', ...p }))
const on = (p: Problem, data: Data): Estimate => estimate(derived(p), data)
const firstValue = (e: Estimate): number => Object.values(e.parameters)[0] as number

const bernoulli: Problem = { density: 'p^x*(1-p)^(1-x)', support: 'x in {0, 1}', parameters: { p: '0 <= p <= 1' } }
const poisson: Problem = { density: 'lambda^x*exp(-lambda)/x!', support: 'x in {0..}', parameters: { lambda: 'lambda > 0' } }
const rate: Problem = { density: 'lambda*exp(-lambda*x)', support: 'x > 0', parameters: { lambda: 'lambda > 0' } }
const scale: Problem = { density: 'exp(-x/theta)/theta', support: 'x > 0', parameters: { theta: 'theta > 0' } }
const power: Problem = { density: 'theta*x^(theta-1)', support: '0 < x < 1', parameters: { theta: 'theta > 0' } }
const uniform: Problem = { density: '1/theta', support: '0 <= x <= theta', parameters: { theta: 'theta > 0' } }
const variance: Problem = {
  density: '1/sqrt(2*pi*v)*exp(-(x-mu)^2/(2*v))',
  support: 'x in R',
  parameters: { v: 'v > 0' },
  known: { mu: 'mu in R' },
}
const sigma: Problem = {
  density: '1/(sigma*sqrt(2*pi))*exp(-(x-mu)^2/(2*sigma^2))',
  support: 'x in R',
  parameters: { sigma: 'sigma > 0' },
  known: { mu: 'mu in R' },
}
const logSigma: Problem = {
  density: '1/sqrt(2*pi)*exp(-t)*exp(-(x-mu)^2*exp(-2*t)/2)',
  support: 'x in R',
  parameters: { t: 't in R' },
  known: { mu: 'mu in R' },
}

const zeroOnes = [1, 0, 1, 1, 0, 1]
const counts = [3, 0, 2, 5, 1]
const times = [0.5, 1.25, 3, 0.125]
const parts = [0.5, 0.25, 0.875]
const reals = [1.5, -0.25, 2, 0.75]

/** What it is called, the problem, data, and its density with the factors in another order. */
const problems: readonly (readonly [string, Problem, Data, string])[] = [
  ['two values', bernoulli, { x: zeroOnes }, '(1-p)^(1-x)*p^x'],
  ['counts', poisson, { x: counts }, '1/x!*exp(-lambda)*lambda^x'],
  ['waiting times by rate', rate, { x: times }, 'exp(-x*lambda)*lambda'],
  ['waiting times by mean', scale, { x: times }, '1/theta*exp(-1/theta*x)'],
  ['power on the unit interval', power, { x: parts }, 'x^(theta-1)*theta'],
  ['moving end', uniform, { x: times }, '3*theta^(-1)/3'],
  ['variance', variance, { x: reals, known: { mu: 0.5 } }, 'exp(-(mu-x)^2/v/2)/sqrt(v)/sqrt(pi*2)'],
  ['sigma', sigma, { x: reals, known: { mu: 0.5 } }, 'exp(-((x-mu)/sigma)^2/2)/sqrt(2*pi)/sigma'],
]

describe.each(problems)('%s', (_, problem, data, swapped) => {
  const base = derived(problem)
  const answer = estimate(base, data)

  it('is proofread without a gap', () => {
    const { certificate } = proofread(base)
    expect(certificate?.unverified).toEqual([])
    expect(isComplete(certificate)).toBe(true)
  })

  it('does not depend on names', () => {
    const names: Readonly<Record<string, string>> = {
      x: 'y',
      p: 'zeta',
      lambda: 'alpha',
      theta: 'b',
      v: 'omega',
      sigma: 'a',
      mu: 'c',
      n: 'm',
    }
    const rename = (text: string): string => text.replace(/\b[a-z]+\b/g, w => names[w] ?? w)
    const keys = (r: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
      Object.fromEntries(Object.entries(r).map(([k, v]) => [names[k] ?? k, rename(v)]))
    const renamed: Problem = {
      density: rename(problem.density),
      support: rename(problem.support),
      parameters: keys(problem.parameters),
      observation: 'y',
      size: 'm',
      ...(problem.known ? { known: keys(problem.known) } : {}),
    }
    const other = derived(renamed)
    const known = data['known'] as Readonly<Record<string, number>> | undefined
    const e = estimate(other, {
      y: data['x'] as readonly number[],
      ...(known ? { known: Object.fromEntries(Object.entries(known).map(([k, v]) => [names[k] ?? k, v])) } : {}),
    })
    expect(firstValue(e)).toBeCloseTo(firstValue(answer), 12)
    expect(e.logLikelihood).toBeCloseTo(answer.logLikelihood as number, 10)
    expect(other.answer.cases.map(c => c.attained)).toEqual(base.answer.cases.map(c => c.attained))
    expect(other.answer.global).toBe(base.answer.global)
    expect(other.sections.map(s => s.id)).toEqual(base.sections.map(s => s.id))
    const shape = (d: typeof base): unknown =>
      d.sections.map(s => s.blocks.map(b => (b.type === 'chain' ? b.lines.map(l => l.steps.map(t => t.rule)) : b.type)))
    expect(shape(other)).toEqual(shape(base))
  })

  it('does not depend on the order of factors, nor on exp(log …)', () => {
    for (const density of [swapped, `exp(log(${problem.density}))`, `2*(${problem.density})/2`]) {
      const other = derived({ ...problem, density })
      expect(other.answer.obstacle, density).toBeNull()
      const e = estimate(other, data)
      expect(e.status, density).toBe(answer.status)
      expect(firstValue(e), density).toBeCloseTo(firstValue(answer), 11)
      expect(e.logLikelihood, density).toBeCloseTo(answer.logLikelihood as number, 10)
      expect(proofread(other).certificate?.unverified, density).toEqual([])
    }
  })
})

describe('parametrisations of one family agree', () => {
  const known = { mu: 0.5 }
  it('variance, standard deviation and its logarithm', () => {
    const v = on(variance, { x: reals, known })
    const s = on(sigma, { x: reals, known })
    const t = on(logSigma, { x: reals, known })
    expect(firstValue(s) ** 2).toBeCloseTo(firstValue(v), 12)
    expect(Math.exp(2 * firstValue(t))).toBeCloseTo(firstValue(v), 12)
    for (const e of [s, t]) expect(e.logLikelihood).toBeCloseTo(v.logLikelihood as number, 10)
    // delta method: se(v) = 2 σ se(σ), se(log σ) = se(σ)/σ
    expect(v.standardErrors['v']).toBeCloseTo(2 * firstValue(s) * (s.standardErrors['sigma'] as number), 10)
    expect(t.standardErrors['t']).toBeCloseTo((s.standardErrors['sigma'] as number) / firstValue(s), 10)
  })
  it('variance: no maximum when every observation equals the known mean, in each of the three', () => {
    for (const p of [variance, sigma, logSigma]) expect(on(p, { x: [0.5, 0.5], known }).status).toBe('none')
  })
  it('rate and mean', () => {
    const [r, m] = [on(rate, { x: times }), on(scale, { x: times })]
    expect(firstValue(r) * firstValue(m)).toBeCloseTo(1, 12)
    expect(r.logLikelihood).toBeCloseTo(m.logLikelihood as number, 10)
  })
  it('probability and odds', () => {
    const odds: Problem = { density: 'r^x/(1+r)', support: 'x in {0, 1}', parameters: { r: 'r > 0' } }
    const [e, o] = [on(bernoulli, { x: zeroOnes }), on(odds, { x: zeroOnes })]
    expect(firstValue(o)).toBeCloseTo(firstValue(e) / (1 - firstValue(e)), 12)
    expect(on(odds, { x: [1, 1] }).status).toBe('none')
  })
})

describe('units of the data', () => {
  it('scale parameters scale, and the log-likelihood shifts by -n log c', () => {
    const c = 8
    const scaled = times.map(x => c * x)
    for (const p of [scale, uniform]) {
      const [a, b] = [on(p, { x: times }), on(p, { x: scaled })]
      expect(firstValue(b)).toBeCloseTo(c * firstValue(a), 10)
      expect(b.logLikelihood).toBeCloseTo((a.logLikelihood as number) - times.length * Math.log(c), 10)
    }
    expect(firstValue(on(rate, { x: scaled }))).toBeCloseTo(firstValue(on(rate, { x: times })) / c, 12)
  })
  it('the order of the observations does not matter', () => {
    for (const [, p, data] of problems) {
      const turned = { ...data, x: [...(data['x'] as readonly number[])].reverse() }
      expect(firstValue(on(p, turned))).toBeCloseTo(firstValue(on(p, data)), 13)
    }
  })
})

describe('determinism', () => {
  it('deriving all models in two orders gives the same bytes', () => {
    const folder = new URL('../derivations/', import.meta.url)
    const files = readdirSync(folder).filter(f => f.endsWith('.yaml'))
    const bytes = (order: readonly string[]): ReadonlyMap<string, string> =>
      new Map(
        order.map(f => {
          const d = proofread(derive(parseModel(readFileSync(new URL(f, folder), 'utf8'))))
          return [f, render(d, 'json') + render(d, 'latex') + render(d, 'markdown') + render(d, 'text')]
        }),
      )
    const forwards = bytes(files)
    const backwards = bytes([...files].reverse())
    for (const f of files) expect(backwards.get(f) === forwards.get(f), f).toBe(true)
  })
})
