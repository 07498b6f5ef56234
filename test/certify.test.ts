import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import type { AnswerCase, Derivation } from '../src/document/document.ts'
import { estimate } from '../src/estimate/estimate.ts'
import { sampled } from '../src/model/data.ts'
import { parseModel } from '../src/model/model-file.ts'
import { type Expr, infinity, mul, num, sub, sym } from '../src/term/term.ts'
import { replace } from '../src/term/walk.ts'
import { certify } from '../src/verify/certify.ts'
import { compareMaximum, estimateOrImpossible } from '../src/verify/compare-maximum.ts'
import { maximise } from '../src/verify/maximise.ts'
import { isComplete } from '../src/verify/proofread.ts'

const built = (name: string): Derivation =>
  derive(parseModel(readFileSync(new URL(`../derivations/${name}.yaml`, import.meta.url), 'utf8')))
const typed = (density: string, support: string, parameters: Readonly<Record<string, string>>): Derivation =>
  derive(parseModel({ name: 'typed', density, support, parameters }))

const withCases = (d: Derivation, change: (c: AnswerCase) => AnswerCase | undefined): Derivation => ({
  ...d,
  answer: { ...d.answer, cases: d.answer.cases.flatMap(c => change(c) ?? []) },
})
const estimatorsChanged = (d: Derivation, change: (e: Expr) => Expr): Derivation =>
  withCases(d, c => ({ ...c, estimator: c.estimator && Object.fromEntries(Object.entries(c.estimator).map(([k, e]) => [k, change(e)])) }))
const reasons = async (d: Derivation): Promise<string> => {
  const { certificate } = await certify(d)
  expect(isComplete(certificate)).toBe(false)
  return certificate?.unverified.map(u => u.reason).join('\n') ?? ''
}

describe('certify', () => {
  it('vouches for what is right, twice in the same words', async () => {
    const once = await certify(built('bernoulli'))
    expect(once.certificate).toMatchObject({ maximum: 'agrees', independent: 'agrees', secondOpinion: 'agrees', unverified: [] })
    expect((await certify(built('bernoulli'))).certificate).toEqual(once.certificate)
  })
  it('finds a wrong estimator', async () => {
    expect(await reasons(estimatorsChanged(built('poisson'), e => mul(num(101, 100), e)))).toMatch(/brute force: log L is/)
    expect(await reasons(estimatorsChanged(built('normal-variance'), e => replace(e, sym('n'), sub(sym('n'), num(1)))))).toMatch(
      /brute force/,
    )
    expect(await reasons(estimatorsChanged(built('uniform'), e => mul(num(2), e)))).toMatch(/brute force/)
  })
  it('finds a missing case, a maximum claimed where there is none, and none claimed where there is one', async () => {
    const poisson = built('poisson')
    expect(await reasons(withCases(poisson, c => (c.attained === 'none' ? undefined : c)))).toMatch(/does not decide this sample/)
    expect(
      await reasons(
        withCases(poisson, c => (c.attained === 'none' ? { ...c, attained: 'boundary', estimator: { lambda: num(1, 1000) } } : c)),
      ),
    ).toMatch(/none is attained/)
    expect(await reasons(withCases(poisson, c => ({ ...c, attained: 'none', estimator: null })))).toMatch(/the search found one/)
    const none = withCases(poisson, c => (c.attained === 'none' ? { ...c, towards: { lambda: infinity } } : c))
    expect(await reasons(none)).toMatch(/runs towards/)
  })
  it('finds a set that is given as a point', async () => {
    const window = typed('1', 'theta - 1/2 <= x <= theta + 1/2', { theta: 'theta in R' })
    expect((await certify(window)).certificate?.maximum).toBe('agrees')
    const shorter = withCases(window, c => ({
      ...c,
      ...(c.set ? { set: Object.fromEntries(Object.entries(c.set).map(([k, s]) => [k, { ...s, hi: s.lo }])) } : {}),
    }))
    expect(await reasons(shorter)).toMatch(/found several/)
  })
  it('finds wrong information and a wrong standard error', async () => {
    const poisson = built('poisson')
    const { information } = poisson.answer
    if ('refused' in information) throw new Error('no information was derived')
    const doubled: Derivation = {
      ...poisson,
      answer: { ...poisson.answer, information: { ...information, observed: information.observed.map(r => r.map(e => mul(num(2), e))) } },
    }
    expect(await reasons(doubled)).toMatch(/observed information is/)
    const wider: Derivation = {
      ...poisson,
      answer: {
        ...poisson.answer,
        information: {
          ...information,
          standardError: Object.fromEntries(Object.entries(information.standardError).map(([k, e]) => [k, mul(num(2), e)])),
        },
      },
    }
    expect(await reasons(wider)).toMatch(/root of the inverse information/)
  })
})

describe('estimates against brute force on random data', () => {
  const agree = (d: Derivation, xs: readonly number[]): void => {
    const env = sampled(d.model, { x: xs })
    const outcome = compareMaximum(estimateOrImpossible(d, env), maximise(d.model, env))
    expect(outcome.verdict === 'differs' ? `${outcome.how} ${JSON.stringify(xs)}` : 'fine').toBe('fine')
  }
  const cases: readonly (readonly [string, Derivation, fc.Arbitrary<number>])[] = [
    ['successes, p at most 1/2', typed('p^x*(1-p)^(1-x)', 'x in {0, 1}', { p: '0 <= p <= 1/2' }), fc.integer({ min: 0, max: 1 })],
    ['successes, p open', typed('p^x*(1-p)^(1-x)', 'x in {0, 1}', { p: '0 < p < 1' }), fc.integer({ min: 0, max: 1 })],
    ['counts', typed('lambda^x*exp(-lambda)/x!', 'x in {0..}', { lambda: 'lambda > 0' }), fc.integer({ min: 0, max: 4 })],
    [
      'a mean that is positive',
      typed('exp(-(x-mu)^2/2)/sqrt(2*pi)', 'x in R', { mu: 'mu > 0' }),
      fc.integer({ min: -9, max: 9 }).map(k => k / 4),
    ],
    [
      'a mean in an interval',
      typed('exp(-(x-mu)^2/2)/sqrt(2*pi)', 'x in R', { mu: '-1 <= mu <= 1' }),
      fc.integer({ min: -9, max: 9 }).map(k => k / 4),
    ],
    ['a moving end', typed('1/theta', '0 <= x <= theta', { theta: 'theta > 0' }), fc.integer({ min: 0, max: 20 }).map(k => k / 8)],
    [
      'a moving end that is excluded',
      typed('1/theta', '0 < x < theta', { theta: 'theta > 0' }),
      fc.integer({ min: 1, max: 20 }).map(k => k / 8),
    ],
    ['two moving ends', typed('1/theta', 'theta <= x <= 2*theta', { theta: 'theta > 0' }), fc.integer({ min: 4, max: 10 }).map(k => k / 8)],
    ['a window', typed('1', 'theta - 1/2 <= x <= theta + 1/2', { theta: 'theta in R' }), fc.integer({ min: 0, max: 10 }).map(k => k / 8)],
  ]
  it.each(cases)('%s', (_, derivation, entry) => {
    expect(derivation.answer.obstacle).toBeNull()
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), xs => agree(derivation, xs)),
      { numRuns: 40, seed: 7 },
    )
  })
  it('gives numbers, never NaN, for every status', () => {
    for (const [, d, entry] of cases)
      for (const xs of fc.sample(fc.array(entry, { minLength: 1, maxLength: 4 }), { numRuns: 10, seed: 3 })) {
        let text = ''
        try {
          text = JSON.stringify(estimate(d, { x: xs }), (_, v: unknown) => (typeof v === 'number' && !Number.isFinite(v) ? 'BAD' : v))
        } catch (e) {
          expect((e as Error).name).toBe('DataError')
        }
        expect(text).not.toContain('BAD')
      }
  })
})
