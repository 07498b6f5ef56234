/** Broken input: solutions with characters lost, doubled and exchanged get a report, never an exception, and soon. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { check } from '../../src/check/check.ts'
import { parseModel } from '../../src/model/model-file.ts'
import { integerBetween, mulberry32, pick, type Random } from '../../src/verify/random.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const derivations = fileURLToPath(new URL('../../derivations', import.meta.url))

interface Planted {
  readonly model: string | object
  readonly solution?: readonly string[]
}
const solutions = readdirSync(join(here, 'wrong')).flatMap(f => {
  const content = parse(readFileSync(join(here, 'wrong', f), 'utf8')) as Planted | readonly unknown[]
  return 'model' in content && content.solution ? [content as Required<Planted>] : []
})

const noise = ['(', ')', '{', '}', '\\', '^', '_', '=', '$', '&', '\\frac', '\\sum', "'", '0', '∑', 'θ', '\u0000', '\\\\', '%', '<', '⇒']
const mutated = (text: string, rng: Random): string => {
  let t = text
  for (let k = integerBetween(rng, 1, 4); k > 0; k--) {
    const i = integerBetween(rng, 0, Math.max(0, t.length - 1))
    const kind = integerBetween(rng, 0, 3)
    if (kind === 0) t = t.slice(0, i) + t.slice(i + 1)
    else if (kind === 1) t = t.slice(0, i) + (pick(rng, noise) ?? '') + t.slice(i)
    else if (kind === 2) t = t.slice(0, i) + t.slice(i, i + 5) + t.slice(i)
    else t = t.slice(0, i)
  }
  return t
}

it('survives mutated solutions', () => {
  const rng = mulberry32(20)
  for (const s of solutions) {
    const model = typeof s.model === 'string' ? parseModel(readFileSync(join(derivations, `${s.model}.yaml`), 'utf8')) : parseModel(s.model)
    for (let k = 0; k < 6; k++) {
      const steps = s.solution.map(l => (rng() < 0.5 ? mutated(l, rng) : l))
      const report = check(model, steps)
      expect(report.lines).toHaveLength(steps.length)
      expect(JSON.parse(JSON.stringify(report))).toEqual(report)
    }
  }
}, 120_000)

it('judges the solution to another problem as one', () => {
  const poisson = parseModel(readFileSync(join(derivations, 'poisson.yaml'), 'utf8'))
  const report = check(poisson, ['ℓ(λ) = n log λ - λ² Σ x_i²', "ℓ'(λ) = n/λ - 2λ Σ x_i²", 'λ̂ = √(n/(2 Σ x_i²))'])
  expect(report.verdict).toBe('wrong')
  expect(report.firstWrongLine).toBe(1)
})

it('has nothing to say to empty and meaningless input', () => {
  const poisson = parseModel(readFileSync(join(derivations, 'poisson.yaml'), 'utf8'))
  for (const text of ['', '\n\n', '\u0000\u0001\u0002', 'no mathematics here', '{{{{{{', '\\begin{align}']) {
    const report = check(poisson, text)
    expect(['unreadable', 'incomplete']).toContain(report.verdict)
    expect(report.firstWrongLine).toBe(null)
  }
})
