/** Walks `unseen-cases.ts`: each problem is derived and certified, and its estimates are held against hand and brute force. */
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import type { Derivation } from '../src/document/document.ts'
import { holdsOnData } from '../src/estimate/decide.ts'
import type { Estimate, Real } from '../src/estimate/estimate.ts'
import { type Data, sampled } from '../src/model/data.ts'
import { parseModel } from '../src/model/model-file.ts'
import { render } from '../src/render/render.ts'
import { certify } from '../src/verify/certify.ts'
import { compareMaximum, estimateOrImpossible } from '../src/verify/compare-maximum.ts'
import { maximise } from '../src/verify/maximise.ts'
import { isComplete } from '../src/verify/proofread.ts'
import type { Sample } from './posed.ts'
import { open, posed } from './unseen-cases.ts'
import { more } from './unseen-cases-more.ts'
import { ends } from './unseen-ends.ts'
import { exams } from './unseen-exams.ts'

const number = (r: unknown): number => (r === 'inf' ? Infinity : r === '-inf' ? -Infinity : typeof r === 'number' ? r : Number.NaN)
const close = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-7 * (1 + Math.abs(b))
const isOne = (status: string): boolean => status === 'maximum' || status === 'boundary'

const checkAnswer = (s: Sample, e: Estimate, name: string, said: string): void => {
  if (s.status !== undefined) expect(isOne(s.status) ? isOne(e.status) : e.status === s.status, `${e.status} for ${said}`).toBe(true)
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
    const [lo, hi]: readonly (Real | undefined)[] = e.set?.[name] ?? []
    expect(close(number(lo), s.set[0]) && close(number(hi), s.set[1]), `${lo}, ${hi} for ${said}`).toBe(true)
  }
}

const checkSample = (derivation: Derivation, s: Sample): void => {
  const { model } = derivation
  const said = JSON.stringify(s.data)
  const env = sampled(model, s.data as Data)
  const e = estimateOrImpossible(derivation, env)
  if (e === 'impossible') throw new Error(`impossible data: ${said}`)
  expect(
    derivation.answer.cases.filter(c => holdsOnData(c.when, env)),
    `one case for ${said}`,
  ).toHaveLength(1)
  checkAnswer(s, e, model.parameters[0]?.name ?? '', said)
  expect(compareMaximum(e, maximise(model, env)), said).not.toMatchObject({ verdict: 'differs' })
}

describe('problems whose answer falls into cases', () => {
  it.each([...posed, ...more, ...exams, ...ends].map(p => [p.title, p] as const))('%s', async (title, problem) => {
    const model = parseModel({ name: 'a problem', ...problem.model })
    const derivation = derive(model)
    const { answer } = derivation
    if (!open.has(title)) expect(answer.obstacle).toBe(null)
    for (const format of ['latex', 'markdown'] as const) expect(render(derivation, format)).not.toMatch(/\bNaN\b|\bundefined\b|\[object/)
    if (answer.outcome === 'undecided') return
    const { certificate } = await certify(derivation, { samples: 1 })
    expect(certificate?.unverified).toEqual([])
    expect(isComplete(certificate)).toBe(true)
    for (const s of problem.samples) checkSample(derivation, s)
  })
})
