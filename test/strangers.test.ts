/**
 * Densities that nobody here has a name for, in many parametrisations and on open, closed and cut parameter spaces: each
 * is derived, certified line by line, and held against brute force on simulated and degenerate samples.
 */
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import { parseModel } from '../src/model/model-file.ts'
import { certify } from '../src/verify/certify.ts'

/** Positive functions of t with spaces on which they are positive; probabilities; real means. */
const positive: readonly (readonly [string, readonly string[]])[] = [
  ['t', ['t > 0', 't >= 1', '1 <= t <= 2', '0 < t < 1']],
  ['1/t', ['t > 0']],
  ['t^2', ['t > 0']],
  ['exp(t)', ['t in R']],
  ['(t-1)', ['t > 1']],
  ['(2*t+1)', ['t > -1/2', 't >= 0']],
  ['(t/(1-t))', ['0 < t < 1']],
  ['sqrt(t)', ['t > 0']],
]
const probability: readonly (readonly [string, readonly string[]])[] = [
  ['t', ['0 <= t <= 1', '0 < t < 1', '0 <= t < 1', '1/3 <= t <= 2/3', '0 <= t <= 1/2']],
  ['(1-t)', ['0 <= t <= 1']],
  ['(t/2)', ['0 <= t <= 2', '0 <= t <= 1']],
  ['(1/(1+t))', ['t > 0', 't >= 0']],
  ['exp(-t)', ['t > 0']],
  ['(1/(1+exp(-t)))', ['t in R']],
  ['((1+t)/2)', ['-1 <= t <= 1', '-1 < t < 1']],
]
const mean: readonly (readonly [string, readonly string[]])[] = [
  ['t', ['t in R', 't >= 0', 't > 0', '-1 < t <= 1']],
  ['2*t', ['t in R', 't >= 0']],
  ['(t+1)', ['t > 0']],
  ['(-t)', ['t <= 0']],
  ['(1-t)/3', ['t in R']],
]
const over = (
  families: typeof positive,
  density: (g: string) => readonly [string, string],
): readonly (readonly [string, string, string])[] => families.flatMap(([g, spaces]) => spaces.map(space => [...density(g), space] as const))

const typed: readonly (readonly [string, string, string])[] = [
  ...over(positive, g => [`${g}*exp(-(${g})*x)`, 'x > 0']),
  ...over(positive.slice(0, 1), g => [`${g}^x*exp(-(${g}))/x!`, 'x in {0..}']),
  ...over(probability, g => [`(${g})^x*(1-${g})^(1-x)`, 'x in {0, 1}']),
  ...over(mean, g => [`exp(-(x-${g})^2/2)/sqrt(2*pi)`, 'x in R']),
  ...over(positive.slice(4, 7), g => [`${g}/x^2`, `x >= ${g}`]),
  ['t*(t+1)*x^(t-1)*(1-x)', '0 < x < 1', 't > 0'],
  ['1/sqrt(2*pi*t)*exp(-(x-t)^2/(2*t))', 'x in R', 't > 0'],
  ['x/t^2*exp(-x/t)', 'x > 0', 't > 0'],
  ['t^2/(1+t)*(1+x)*exp(-t*x)', 'x > 0', 't > 0'],
  ['exp(-t*x)*(t*x)^(x-1)/x!', 'x in {1..}', '0 < t < 1'],
  ['t/2*exp(-t*|x|)', 'x in R', 't > 0'],
  ['exp(-(x-t)-exp(-(x-t)))', 'x in R', 't in R'],
  ['sqrt(t/(2*pi))*exp(-t/(2*x))/x^(3/2)', 'x > 0', 't > 0'],
  ['1/t', '0 <= x <= t', 't > 0'],
  ['1/t', '0 < x < t', 't > 0'],
  ['1/(2*t)', '-t <= x <= t', 't > 0'],
  ['1/t', 't <= x <= 2*t', 't > 0'],
  ['1', 't - 1/2 <= x <= t + 1/2', 't in R'],
  ['3*x^2/t^3', '0 < x <= t', 't > 0'],
  ['exp(-(x-t))', 'x > t', 't in R'],
]

describe('densities without a name', () => {
  it.each(typed)('%s on %s, %s', async (density, support, space) => {
    const derivation = derive(parseModel({ name: 'typed', density, support, parameters: { t: space } }))
    expect(derivation.answer.obstacle).toBeNull()
    const { certificate } = await certify(derivation)
    expect(certificate?.unverified).toEqual([])
    expect(certificate).toMatchObject({ maximum: 'agrees', replayed: certificate?.lines, sampled: certificate?.lines })
    expect([certificate?.independent, certificate?.secondOpinion]).not.toContain('differs')
  })
})
