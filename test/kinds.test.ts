/** Walks `kinds.ts`: every kind of one-parameter problem with its answers, its information and its functions. */
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import type { Derivation } from '../src/document/document.ts'
import { holdsOnData } from '../src/estimate/decide.ts'
import { estimate, type Real } from '../src/estimate/estimate.ts'
import { type Data, sampled } from '../src/model/data.ts'
import { parseModel } from '../src/model/model-file.ts'
import { plain } from '../src/print/index.ts'
import { parseExpression } from '../src/read/parser.ts'
import { render } from '../src/render/render.ts'
import { evaluate } from '../src/term/evaluate.ts'
import { equivalent } from '../src/term/normal-form.ts'
import { hasKind } from '../src/term/walk.ts'
import { certify } from '../src/verify/certify.ts'
import { isComplete } from '../src/verify/proofread.ts'
import { type Kind, kinds } from './kinds.ts'

const number = (r: Real | undefined): number => (r === 'inf' ? Infinity : r === '-inf' ? -Infinity : typeof r === 'number' ? r : Number.NaN)
const close = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b))

const checkSamples = (kind: Kind, derivation: Derivation): void => {
  const { model } = derivation
  const name = model.parameters[0]?.name ?? ''
  for (const s of kind.samples) {
    const said = JSON.stringify(s.data)
    const env = sampled(model, s.data as Data)
    expect(
      derivation.answer.cases.filter(c => holdsOnData(c.when, env)),
      `one case for ${said}`,
    ).toHaveLength(1)
    const e = estimate(derivation, s.data as Data)
    expect(e.status, said).toBe(s.status)
    if (s.status === 'none') {
      if (s.value !== undefined) expect(number(e.supremum?.towards[name] as Real), said).toBe(number(s.value))
    } else if (s.value !== undefined)
      expect(close(number(e.parameters[name] as Real), number(s.value)), `${JSON.stringify(e.parameters)} for ${said}`).toBe(true)
    if (s.points) expect((e.points ?? []).map(p => number(p[name] as Real).toFixed(8))).toEqual(s.points.map(p => p.toFixed(8)))
    if (s.set) expect((e.set?.[name] ?? []).map(r => number(r as Real))).toEqual(s.set)
  }
}

describe.each(Object.entries(kinds))('%s', (_, list) => {
  it.each(list.map(k => [k.title, k] as const))('%s', async (_title, kind) => {
    const of = kind.functions?.map(f => f[0]) ?? []
    const model = parseModel({ name: 'a kind', ...kind.model, ...(of.length > 0 ? { of } : {}) })
    const derivation = derive(model)
    const { answer } = derivation
    expect(answer.outcome, JSON.stringify(answer.obstacle)).toBe(kind.outcome)
    expect(render(derivation, 'text')).not.toMatch(/\bNaN\b|\bundefined\b|\[object/)
    const { certificate } = await certify(derivation, { samples: 2 })
    expect(certificate?.unverified).toEqual([])
    expect(isComplete(certificate)).toBe(true)
    expect(certificate?.maximum).toBe('agrees')
    checkSamples(kind, derivation)
    if (kind.fisher !== undefined) {
      const fisher = 'refused' in answer.information ? undefined : answer.information.fisher?.[0]?.[0]
      const [sample] = model.samples
      const scope = {
        symbols: new Set([...model.known, ...model.parameters].map(k => k.name).concat('n')),
        arrays: new Set([sample?.variables[0]?.name ?? '']),
      }
      expect(fisher && equivalent(fisher, parseExpression(kind.fisher, scope).term), fisher && plain(fisher)).toBe(true)
    }
    if (kind.refused) expect('refused' in answer.information ? answer.information.refused : 'given').toMatch(kind.refused)
    for (const [f, data, value] of kind.functions ?? []) {
      const found = answer.functions[f]?.estimator
      const here = found ? evaluate(found, sampled(model, data as Data)) : Number.NaN
      expect(close(here, value), `${f}: ${here}`).toBe(true)
    }
  })
})

/** What other systems get wrong, where the kinds above do not show it. */
describe('what is easily got wrong', () => {
  const derived = (model: Readonly<Record<string, unknown>>): Derivation => derive(parseModel({ name: 'a trap', ...model }))
  const estimator = (d: Derivation): string => {
    const [only] = Object.values(d.answer.parameters)
    return only?.estimator ? plain(only.estimator) : 'none'
  }
  it('solves the sum of deviations over a variance', () => {
    const d = derived({
      density: 'exp(-(x-mu)^2/(2*v))/sqrt(2*pi*v)',
      support: 'x in R',
      parameters: { mu: 'mu in R' },
      known: { v: 'v > 0' },
    })
    expect(estimator(d)).toBe('sum(x[i], i, 1, n)/n')
  })
  it('gives a scale free of itself', () => {
    const d = derived({ density: 'x^(a-1)*exp(-x/b)/(gamma(a)*b^a)', support: 'x > 0', parameters: { b: 'b > 0' }, known: { a: 'a > 0' } })
    expect(estimator(d)).toBe('sum(x[i], i, 1, n)/(n*a)')
  })
  it('offers one root for a positive scale, and no pole for a probability', () => {
    const scale = derived({ density: 'exp(-x^2/(2*s^2))/(s*sqrt(2*pi))', support: 'x in R', parameters: { s: 's > 0' } })
    expect(estimator(scale)).toBe('sqrt(sum(x[i]^2, i, 1, n)/n)')
    const coin = render(derived({ density: 'p^x*(1-p)^(1-x)', support: 'x in {0, 1}', parameters: { p: '0 < p < 1' } }), 'text')
    expect(coin).not.toMatch(/p = 1\b/)
  })
  it('divides by n for the variance of logarithms', () => {
    const d = derived({
      density: 'exp(-(log(x)-m)^2/(2*v))/(x*sqrt(2*pi*v))',
      support: 'x > 0',
      parameters: { v: 'v > 0' },
      known: { m: 'm in R' },
    })
    const data = { x: [1, Math.E, Math.E ** 2], known: { m: 1 } }
    expect(close(number(estimate(d, data).parameters['v'] as Real), 2 / 3)).toBe(true)
  })
  it('keeps the observations apart in a product of powers, and differentiates the sum', () => {
    const text = render(derived({ density: 'p^x*(1-p)^(1-x)', support: 'x in {0, 1}', parameters: { p: '0 < p < 1' } }), 'text')
    expect(text).not.toContain('n xⱼ')
    expect(text).toContain('k/p − (n − k)/(1 − p)')
  })
  it('says which root of a quadratic lies in the parameter space', () => {
    const d = derived({ density: 'theta*(theta+1)*x^(theta-1)*(1-x)', support: '0 < x < 1', parameters: { theta: 'theta > 0' } })
    expect(render(d, 'text')).toMatch(/only one|other root|not in the parameter space|is negative/)
  })
  it('opens the logarithm of a product of no known sign only where the likelihood is positive', () => {
    const d = derived({ likelihood: 'a*b*c*t*exp(-t)', data: { a: 'a in R', b: 'b in R', c: 'c in R' }, parameters: { t: 't > 0' } })
    expect(render(d, 'text')).not.toMatch(/log a\b|log b\b|log c\b/)
    expect(estimator(d)).toBe('1')
  })
  it('knows the derivative of the logarithm of the gamma function', () => {
    const d = derived({ density: 'x^(a-1)*exp(-x)/gamma(a)', support: 'x > 0', parameters: { a: 'a > 0' } })
    const equation = d.answer.parameters['a']?.equation
    expect(equation && (plain(equation).includes('digamma') || hasKind(equation, 'fn'))).toBe(true)
    expect(equation && plain(equation)).toContain('digamma')
  })
})
