/**
 * Walks `unseen.ts`: models that nobody built for. Each is derived, certified line by line and by brute force, and its
 * estimates are held against the formula worked out by hand and against a fine grid of the model's own likelihood.
 */
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import type { Derivation } from '../src/document/document.ts'
import { coordinatesOf, gridBetween, placeOf } from '../src/estimate/coordinates.ts'
import { holdsOnData } from '../src/estimate/decide.ts'
import type { Estimate } from '../src/estimate/estimate.ts'
import { logLikelihood } from '../src/estimate/likelihood-value.ts'
import { sampled } from '../src/model/data.ts'
import type { Model } from '../src/model/model.ts'
import { parseModel } from '../src/model/model-file.ts'
import { ModelError } from '../src/read/error.ts'
import { parseExpression } from '../src/read/parser.ts'
import { render } from '../src/render/render.ts'
import { type Env, evaluate } from '../src/term/evaluate.ts'
import type { Expr } from '../src/term/term.ts'
import { symbolsOf } from '../src/term/walk.ts'
import { certify } from '../src/verify/certify.ts'
import { compareMaximum, estimateOrImpossible } from '../src/verify/compare-maximum.ts'
import { maximise } from '../src/verify/maximise.ts'
import { isComplete } from '../src/verify/proofread.ts'
import { mulberry32 } from '../src/verify/random.ts'
import { samplesFor } from '../src/verify/samples.ts'
import { groups, type Row, refused } from './unseen.ts'
import { everyday } from './unseen-everyday.ts'
import { later } from './unseen-later.ts'
import { parametrised } from './unseen-parametrised.ts'
import { solving } from './unseen-solving.ts'

const titleOf = ([density, support, parameter, , more]: Row): string =>
  [density, support, parameter, ...(more ? [JSON.stringify(more)] : [])].join(' | ')

const modelOf = ([density, support, parameter, , more]: Row): Model => {
  const colon = parameter.indexOf(':')
  return parseModel({
    name: 'unseen',
    density,
    support,
    parameters: { [parameter.slice(0, colon)]: parameter.slice(colon + 1).trim() },
    ...more,
  })
}

const formulaOf = (text: string, model: Model): Expr => {
  const [sample] = model.samples
  return parseExpression(text, {
    symbols: new Set([...model.known.map(k => k.name), ...(sample ? symbolsOf(sample.size) : [])]),
    arrays: new Set(sample?.variables.map(v => v.name)),
  }).term
}

const height = (e: Estimate): number => {
  const top = e.status === 'none' ? e.supremum?.value : e.logLikelihood
  return top === 'inf' ? Infinity : typeof top === 'number' ? top : Number.NaN
}

/** The largest log-likelihood on a grid that knows nothing of the search in src/verify. */
const gridTop = (model: Model, name: string, env: Env): number => {
  const place = coordinatesOf(model, env)[0]?.place
  if (place?.kind !== 'real') return -Infinity
  const value = logLikelihood(model, env)
  const heights = gridBetween(place.lo, place.hi, 30).map(x => value(new Map([[name, x]])))
  return heights.reduce((top, y) => (Number.isNaN(y) ? top : Math.max(top, y)), -Infinity)
}

/** Samples that meet the finite ends of Θ: where a stationary point, or an end of the support, falls on them. */
const tiesOf = (model: Model): readonly Env[] => {
  const [variable] = model.samples[0]?.variables ?? []
  const [parameter] = model.parameters
  const isOpen = model.known.some(k => !k.value) || model.assume.length > 0 || model.samples[0]?.size.kind !== 'sym'
  if (!variable || !parameter || isOpen) return []
  const place = placeOf(parameter.domain, { symbols: new Map(), arrays: new Map() })
  const ends = place.kind === 'real' ? [place.lo, place.hi].filter(Number.isFinite) : []
  return ends
    .flatMap(e => [[e, e], [e - 0.5, e + 0.5], ...(e === 0 ? [] : [[1 / e, 1 / e]])])
    .flatMap(data => {
      try {
        return [sampled(model, { [variable.name]: data })]
      } catch {
        return [] // outside the support
      }
    })
}

const checkSample = (model: Model, derivation: Derivation, wanted: Expr | undefined, env: Env): void => {
  const name = model.parameters[0]?.name ?? ''
  const data = JSON.stringify([...env.arrays, ...env.symbols])
  const e = estimateOrImpossible(derivation, env)
  if (e === 'impossible') return
  expect(
    derivation.answer.cases.filter(c => holdsOnData(c.when, env)),
    `exactly one case holds for ${data}`,
  ).toHaveLength(1)
  if (wanted && e.status === 'maximum') {
    const [found, value] = [e.parameters[name] as number, evaluate(wanted, env)]
    expect(Math.abs(found - value), `${found} is ${value} for ${data}`).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)))
  }
  const [top, grid] = [height(e), gridTop(model, name, env)]
  if (!Number.isNaN(top))
    expect(grid, `${name} = ${e.parameters[name]} is a maximum for ${data}`).toBeLessThanOrEqual(top + 1e-7 * (1 + Math.abs(top)))
}

describe.each(Object.entries({ ...groups, ...solving, ...everyday, ...parametrised, ...later }))('%s', (_, rows) => {
  it.each(rows.map(row => ({ title: titleOf(row), row })))('$title', async ({ row }) => {
    const model = modelOf(row)
    expect(model.warnings).toEqual([])
    const [outcome, formula] = row[3].split(': ')
    const derivation = derive(model)
    const { answer } = derivation
    if (outcome !== 'open') expect(answer.outcome, JSON.stringify(answer.obstacle)).toBe(outcome)
    for (const format of ['text', 'latex', 'json'] as const)
      expect(render(derivation, format)).not.toMatch(/\bNaN\b|\bundefined\b|\[object/)
    const { certificate } = await certify(derivation, { samples: 1 })
    expect(certificate?.unverified).toEqual([])
    expect(isComplete(certificate)).toBe(true)
    expect([certificate?.independent, certificate?.secondOpinion]).not.toContain('differs')
    if (answer.outcome === 'undecided') return
    expect(certificate?.maximum).toBe('agrees')
    const wanted = formula === undefined ? undefined : formulaOf(formula, model)
    for (const env of samplesFor(model, 2, mulberry32(4242))) checkSample(model, derivation, wanted, env)
    for (const env of tiesOf(model)) {
      const e = estimateOrImpossible(derivation, env)
      if (e === 'impossible' || e.status === 'undecided') continue
      checkSample(model, derivation, wanted, env)
      expect(compareMaximum(e, maximise(model, env)), JSON.stringify([...env.arrays])).not.toMatchObject({ verdict: 'differs' })
    }
  })
})

describe('what must be refused', () => {
  it.each(refused.map(row => ({ title: titleOf(row), row })))('$title', ({ row }) => {
    expect(() => modelOf(row)).toThrow(ModelError)
    expect(() => modelOf(row)).toThrow(row[3])
  })
})
