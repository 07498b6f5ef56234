import { describe, expect, it } from 'vitest'
import type { Chain, Derivation, Line } from '../src/document/document.ts'
import { likelihoodTerm } from '../src/model/likelihood.ts'
import { modelContext } from '../src/model/model.ts'
import {
  add,
  and,
  at,
  deriv,
  div,
  type Expr,
  eq,
  exp,
  finite,
  fn,
  infinity,
  interval,
  isIn,
  iverson,
  le,
  log,
  lt,
  expect as mean,
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
import { maximum, prod, sum } from '../src/term/walk.ts'
import { numericValue } from '../src/verify/calculus.ts'
import { loadIndependent } from '../src/verify/independent.ts'
import { sampleLine } from '../src/verify/line-sampling.ts'
import { isComplete, proofread } from '../src/verify/proofread.ts'
import { replayLine } from '../src/verify/replay.ts'
import { secondOpinion } from '../src/verify/second-opinion.ts'
import { chainContext, settingsFor } from '../src/verify/settings.ts'
import { chainBy, derivationOf, modelOf, unit } from './hand-made.ts'

const [x, p, n, theta] = [sym('x'), sym('p'), sym('n'), sym('theta')]
const xi = (i: Expr): Expr => at('x', i)
const bernoulli = modelOf(mul(pow(p, x), pow(sub(ONE, p), sub(ONE, x))), finite(ZERO, ONE), { p: unit() })
const total = sum(n, xi)
const normal = modelOf(mul(pow(mul(TWO, fn('pi'), theta), num(-1, 2)), exp(neg(div(pow(x, TWO), mul(TWO, theta))))), reals, {
  theta: interval(ZERO, infinity),
})

const logLikelihoodChain = (): Chain =>
  chainBy('log-likelihood', bernoulli, log(likelihoodTerm(bernoulli)), { kind: 'log', of: 'likelihood.0' }, [
    ['log.product'],
    ['log.power'],
  ])
const likelihoodLine: Line = {
  type: 'line',
  id: 'likelihood.0',
  relation: '=',
  term: likelihoodTerm(bernoulli),
  steps: [],
  reason: [],
  why: [],
}
const likelihoodChain: Chain = {
  type: 'chain',
  start: likelihoodLine.term,
  origin: { kind: 'likelihood' },
  lines: [likelihoodLine],
  given: [],
}
const sound = (): Derivation => derivationOf(bernoulli, [likelihoodChain, logLikelihoodChain()])

const withLine = (d: Derivation, change: (l: Line) => Line): Derivation => ({
  ...d,
  sections: d.sections.map(s => ({
    ...s,
    blocks: s.blocks.map(b =>
      b.type === 'chain' && b.origin.kind === 'log' ? { ...b, lines: b.lines.map((l, k) => (k === 1 ? change(l) : l)) } : b,
    ),
  })),
})

describe('proofread', () => {
  it('passes a derivation made by rules, the same way every time', () => {
    const read = proofread(sound())
    expect(read.certificate).toMatchObject({ lines: 3, replayed: 3, sampled: 3, maximum: 'not run', unverified: [] })
    expect(read.certificate?.draws).toBeGreaterThanOrEqual(3)
    expect(isComplete(read.certificate)).toBe(true)
    expect(proofread(sound())).toEqual(read)
  })
  it('names a line whose term was changed', () => {
    const wrong = withLine(sound(), l => ({ ...l, term: add(l.term as Expr, log(p)) }))
    const { unverified, replayed, sampled } = proofread(wrong).certificate ?? { unverified: [], replayed: 0, sampled: 0 }
    expect(unverified.map(u => `${u.line} ${u.reason.split(':')[0]}`)).toEqual(['log-likelihood.1 replay', 'log-likelihood.1 sampling'])
    expect([replayed, sampled]).toEqual([2, 2])
  })
  it('replays the steps, not only their ends', () => {
    const wrong = withLine(sound(), l => ({ ...l, steps: l.steps.map(s => ({ ...s, rule: 'log.quotient' })) }))
    expect(
      proofread(wrong)
        .certificate?.unverified.map(u => u.reason)
        .join(),
    ).toMatch(/^replay: /)
    const missing = withLine(sound(), l => ({ ...l, steps: [] }))
    expect(proofread(missing).certificate?.unverified).toEqual([{ line: 'log-likelihood.1', reason: 'replay: no step leads to this line' }])
  })
  it('proves conditions anew: log(p^x) does not open where p may be 0', () => {
    const chain = logLikelihoodChain()
    const line = chain.lines[1] as Line
    const before = (chain.lines[0] as Line).term
    const cx = modelContext(bernoulli)
    expect(replayLine(before, line, chainContext(cx, chain))).toBeUndefined()
    expect(replayLine(before, line, { ...cx, domains: new Map(cx.domains).set('p', reals) })).toMatch(
      /condition of log\.power is not proved/,
    )
  })
  it('holds every start against its origin', () => {
    const elsewhere: Chain = { ...likelihoodChain, start: prod(n, i => pow(p, xi(i))), lines: [] }
    expect(proofread(derivationOf(bernoulli, [elsewhere])).certificate?.unverified[0]?.reason).toMatch(/^start: differs/)
    const ofNothing: Chain = { ...likelihoodChain, origin: { kind: 'log', of: 'nowhere' }, lines: [] }
    expect(proofread(derivationOf(bernoulli, [ofNothing])).certificate?.unverified[0]?.reason).toMatch(/does not exist/)
    const derivative: Chain = {
      ...likelihoodChain,
      start: div(total, p),
      origin: { kind: 'derivative', of: 'log-likelihood.1', wrt: p },
      lines: [],
    }
    expect(
      proofread(derivationOf(bernoulli, [likelihoodChain, logLikelihoodChain(), derivative])).certificate?.unverified[0]?.reason,
    ).toMatch(/^start: differs/)
  })
})

describe('sampling a line', () => {
  const cx = chainContext(modelContext(bernoulli), { given: [lt(ZERO, total), lt(total, n)] })
  const settings = settingsFor(bernoulli, 4).of(cx, 'test')
  const line = (previous: Expr | ReturnType<typeof eq>, relation: Line['relation'], term: Line['term']) =>
    sampleLine(previous, { relation, term }, settings, cx, bernoulli)
  const score = sub(div(total, p), div(sub(n, total), sub(ONE, p)))

  it('compares derivatives in numbers', () => {
    const ell = add(mul(total, log(p)), mul(sub(n, total), log(sub(ONE, p))))
    expect(line(deriv(ell, p), '=', score)).toBeUndefined()
    expect(line(deriv(ell, p), '=', add(div(total, p), div(sub(n, total), sub(ONE, p))))).toMatch(/^differs/)
  })
  it('compares equations by their solutions, not by truth at random points', () => {
    expect(line(eq(score, ZERO), '⇔', eq(mul(total, sub(ONE, p)), mul(sub(n, total), p)))).toBeUndefined()
    expect(line(eq(score, ZERO), '⇔', eq(p, div(total, n)))).toBeUndefined()
    expect(line(eq(score, ZERO), '⇔', eq(p, div(total, sub(n, ONE))))).toMatch(/^differs/)
    expect(line(eq(score, ZERO), '⇔', eq(mul(score, sub(p, num(1, 3))), ZERO))).toMatch(/^differs/)
    expect(line(eq(score, ZERO), '⇒', eq(mul(score, sub(p, num(1, 3))), ZERO))).toBeUndefined()
  })
  it('accepts a pole at an end of the domain, which is no solution there', () => {
    expect(line(eq(score, ZERO), '⇔', eq(mul(p, sub(ONE, p), sub(p, div(total, n))), ZERO))).toBeUndefined()
  })
  it('asks of ∝ and + const that the rest be free of the unknown', () => {
    const ell = add(mul(total, log(p)), mul(sub(n, total), log(sub(ONE, p))))
    expect(line(add(ell, log(total)), '+const', ell)).toBeUndefined()
    expect(line(add(ell, p), '+const', ell)).toMatch(/^differs/)
    expect(line(mul(total, pow(p, TWO)), '∝', pow(p, TWO))).toBeUndefined()
    expect(line(mul(total, pow(p, TWO)), '∝', p)).toMatch(/^differs/)
  })
  it('compares inequalities by truth values', () => {
    expect(line(lt(ZERO, score), '⇔', lt(p, div(total, n)))).toBeUndefined()
    expect(line(lt(ZERO, score), '⇔', lt(div(total, n), p))).toMatch(/^differs/)
  })
  it('sees the end of a support that moves', () => {
    const uniform = modelOf(div(ONE, theta), interval(ZERO, theta, true, true), { theta: interval(ZERO, infinity) })
    const mcx = chainContext(modelContext(uniform), { given: [] })
    const points = settingsFor(uniform, 5).of(mcx, 'test')
    const before = prod(n, i => mul(pow(theta, num(-1)), iverson(isIn(xi(i), interval(ZERO, theta, true, true)))))
    const after = (end: Expr) => mul(pow(theta, neg(n)), iverson(le(end, theta)))
    expect(sampleLine(before, { relation: '=', term: after(maximum(n, xi)) }, points, mcx, uniform)).toBeUndefined()
    expect(sampleLine(before, { relation: '=', term: pow(theta, neg(n)) }, points, mcx, uniform)).toMatch(/^differs/)
  })
  it('notices likelihoods that differ by a factor near 1e-30', () => {
    const tiny = mul(num(1, 10n ** 40n), pow(p, total))
    expect(line(tiny, '=', mul(TWO, tiny))).toMatch(/^differs/)
  })
})

describe('expectations and limits in numbers', () => {
  it('finds E by linearity and the density', () => {
    const env = {
      symbols: new Map([
        ['p', 0.3],
        ['n', 4],
      ]),
      arrays: new Map([['x', [0, 1, 1, 0]]]),
    }
    expect(numericValue(mean(total), env, bernoulli)).toBeCloseTo(1.2, 12)
    expect(numericValue(mean(add(n, mul(p, total))), env, bernoulli)).toBeCloseTo(4.36, 12)
    const normalEnv = {
      symbols: new Map([
        ['theta', 2.5],
        ['n', 3],
      ]),
      arrays: new Map([['x', [1, 2, 3]]]),
    }
    expect(numericValue(mean(sum(n, i => pow(xi(i), TWO))), normalEnv, normal)).toBeCloseTo(7.5, 8)
    expect(numericValue(mean(pow(sum(n, xi), TWO)), normalEnv, normal)).toBeNaN()
    const poisson = modelOf(mul(pow(theta, x), exp(neg(theta)), pow(fn('factorial', x), num(-1))), range(ZERO, infinity), {
      theta: interval(ZERO, infinity),
    })
    expect(
      numericValue(
        mean(fn('factorial', at('x', ONE))),
        {
          symbols: new Map([
            ['theta', 0.5],
            ['n', 1],
          ]),
          arrays: new Map([['x', [1]]]),
        },
        poisson,
      ),
    ).toBeCloseTo(2 * Math.exp(-0.5), 10)
  })
})

describe('other people’s systems', () => {
  const env = {
    symbols: new Map([
      ['n', 3],
      ['theta', 0.7],
    ]),
    arrays: new Map([['x', [0.5, -1.25, 2]]]),
  }
  it('mathjs evaluates what is written out over the data', async () => {
    const mathjs = await loadIndependent()
    const value = mathjs.compile(log(likelihoodTerm(normal)), env, ['theta'])?.(new Map([['theta', 0.7]]))
    expect(value).toBeCloseTo(-1.5 * Math.log(2 * Math.PI * 0.7) - (0.25 + 1.5625 + 4) / 1.4, 10)
    expect(mathjs.compile(fn('digamma', theta), env, ['theta'])).toBeUndefined()
    const indicated = iverson(and(le(ONE, theta), lt(theta, TWO)))
    expect(mathjs.compile(indicated, env, ['theta'])?.(new Map([['theta', 1]]))).toBe(1)
    expect(mathjs.compile(indicated, env, ['theta'])?.(new Map([['theta', 2]]))).toBe(0)
  })
  it('nerdamer differentiates a written-out log-likelihood and proposes its root', () => {
    const squares = sum(n, i => pow(xi(i), TWO))
    const ell = sub(mul(num(-1, 2), n, log(mul(TWO, fn('pi'), theta))), div(squares, mul(TWO, theta)))
    const opinion = secondOpinion(ell, env, 'theta', [0.7, 2])
    expect(opinion?.derivative[0]).toBeCloseTo(-1.5 / 0.7 + 5.8125 / (2 * 0.49), 8)
    expect(opinion?.roots).toEqual([expect.closeTo(5.8125 / 3, 8)])
    expect(secondOpinion(fn('loggamma', theta), env, 'theta', [1])).toBeUndefined()
  })
})
