/** Walks `mechanisms.ts`: each problem is derived, certified, rendered, and its estimates held against those worked out by hand. */
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import { readDerivation } from '../src/document/json.ts'
import { holdsOnData } from '../src/estimate/decide.ts'
import { estimate, type Real } from '../src/estimate/estimate.ts'
import { type Data, sampled } from '../src/model/data.ts'
import { parseModel } from '../src/model/model-file.ts'
import { render } from '../src/render/render.ts'
import { certify } from '../src/verify/certify.ts'
import { isComplete } from '../src/verify/proofread.ts'
import { mechanisms } from './mechanisms.ts'

const number = (r: Real | readonly Real[] | undefined): number =>
  r === 'inf' ? Infinity : r === '-inf' ? -Infinity : typeof r === 'number' ? r : Number.NaN
const close = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b))

describe.each(Object.entries(mechanisms))('%s', (_, problems) => {
  it.each(problems.map(p => [p.title, p] as const))('%s', async (_title, problem) => {
    const model = parseModel({ name: 'a problem', ...problem.model })
    const name = model.parameters[0]?.name ?? ''
    const derivation = derive(model)
    expect(derivation.answer.outcome, JSON.stringify(derivation.answer.obstacle)).toBe(problem.outcome)
    for (const format of ['text', 'latex', 'markdown', 'json'] as const)
      expect(render(derivation, format)).not.toMatch(/\bNaN\b|\bundefined\b|\[object|TODO/)
    expect(render(readDerivation(render(derivation, 'json')), 'markdown')).toBe(render(derivation, 'markdown'))
    const { certificate } = await certify(derivation, { samples: 3 })
    expect(certificate?.unverified).toEqual([])
    expect(isComplete(certificate)).toBe(true)
    expect(certificate?.maximum).toBe('agrees')
    for (const s of problem.samples) {
      const data = s.data as Data
      const said = JSON.stringify(data)
      const env = sampled(model, data)
      expect(
        derivation.answer.cases.filter(c => holdsOnData(c.when, env)),
        `one case for ${said}`,
      ).toHaveLength(1)
      const e = estimate(derivation, data)
      expect(e.status, said).toBe(s.status)
      if (s.status === 'none') {
        if (s.value !== undefined) expect(number(e.supremum?.towards[name]), said).toBe(number(s.value))
      } else if (s.value !== undefined)
        expect(close(number(e.parameters[name]), number(s.value)), `${JSON.stringify(e.parameters)} for ${said}`).toBe(true)
      if (s.points) {
        const found = (e.points ?? []).map(p => number(p[name]))
        expect(
          found.length === s.points.length && found.every((v, i) => close(v, s.points?.[i] ?? Number.NaN)),
          `${found.join()} for ${said}`,
        ).toBe(true)
      }
      if (s.set) {
        const [lo, hi] = e.set?.[name] ?? []
        expect(close(number(lo), s.set[0]) && close(number(hi), s.set[1]), `${lo}, ${hi} for ${said}`).toBe(true)
      }
      expect(e.method).not.toBe('none')
    }
  })
})
