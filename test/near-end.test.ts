/**
 * Behaviour near an end, from expansions: the sign and the limit that are claimed are compared with values on the way
 * there. Saying nothing is no error, but the rows below are to be answered.
 */
import { describe, expect, it } from 'vitest'
import { nearEnd } from '../src/solve/near-end.ts'
import { evaluate } from '../src/term/evaluate.ts'
import { type Expr, infinity, minusInfinity, num, sym } from '../src/term/term.ts'
import { draw, generator, readGiven, readTerm } from './given.ts'

type End = readonly [to: Expr, side: '+' | '-', near: readonly number[]]
const zero: End = [num(0), '+', [1e-3, 1e-4]]
const one: End = [num(1), '-', [1 - 1e-3, 1 - 1e-4]]
const top: End = [infinity, '-', [200, 600]]
const bottom: End = [minusInfinity, '+', [-200, -600]]

const rows: readonly (readonly [string, string, End])[] = [
  ['n/theta - n/(exp(theta) - 1)', 'theta > 0, n in {1..}', zero],
  ['n/theta - n/(exp(theta) - 1) - s', 'theta > 0, n in {1..}, s > 0', top],
  ['n*theta/(1 - exp(-theta))', 'theta > 0, n in {1..}', zero],
  ['n*theta/(1 - exp(-theta))', 'theta > 0, n in {1..}', top],
  ['theta*exp(theta)/(exp(theta) - 1)', 'theta > 0', top],
  ['digamma(theta + b) - digamma(theta)', 'theta > 0, b > 0', top],
  ['digamma(theta + b) - digamma(theta)', 'theta > 0, b > 0', zero],
  ['log(theta) - digamma(theta)', 'theta > 0', top],
  ['log(theta) - digamma(theta)', 'theta > 0', zero],
  ['trigamma(theta) - 1/theta', 'theta > 0', top],
  ['sum(2*(x[i] - theta)/(1 + (x[i] - theta)^2), i, 1, n)', 'theta in R, x[i] in R, n in {1..}', top],
  ['sum(2*(x[i] - theta)/(1 + (x[i] - theta)^2), i, 1, n)', 'theta in R, x[i] in R, n in {1..}', bottom],
  ['n - 2*sum(theta^2/(theta^2 + x[i]^2), i, 1, n)', 'theta > 0, x[i] > 0, n in {1..}', zero],
  ['n - 2*sum(theta^2/(theta^2 + x[i]^2), i, 1, n)', 'theta > 0, x[i] > 0, n in {1..}', top],
  ['2*sum(1/(1 + exp(-(x[i] - theta))), i, 1, n) - n', 'theta in R, x[i] in R, n in {1..}', top],
  ['2*sum(1/(1 + exp(-(x[i] - theta))), i, 1, n) - n', 'theta in R, x[i] in R, n in {1..}', bottom],
  ['s/theta + n/((1 - theta)*log(1 - theta))', '0 < theta < 1, n in {1..}, s > 0', one],
  ['n/theta - n/((1 + theta)*log(1 + theta))', 'theta > 0, n in {1..}', top],
  ['n/theta - n/((1 + theta)*log(1 + theta))', 'theta > 0, n in {1..}', zero],
  ['(1 + 1/theta)^theta', 'theta > 0', top],
  ['theta^theta', 'theta > 0', zero],
  ['sqrt(theta^2 + a) - theta', 'theta > 0, a > 0', top],
  ['theta*(pi/2 - atan(theta))', 'theta > 0', top],
]

describe('near an end', () => {
  it.each(rows.map(row => ({ title: `${row[0]} as theta → ${row[2][2].at(-1)}`, row })))(
    '$title',
    ({ row: [text, given, [to, side, near]] }) => {
      const facts = readGiven(given, text)
      const term = readTerm(text, facts.scope) as Expr
      const found = nearEnd(term, { variable: sym('theta'), to, side }, facts.cx)
      expect(found).toBeDefined()
      const random = generator(7)
      for (let k = 0; k < 5; k++) {
        const env = draw(facts, random)
        if (!env || !found) continue
        const at = (x: number): number => evaluate(term, { ...env, symbols: new Map(env.symbols).set('theta', x) })
        const last = at(near.at(-1) as number)
        if (found.sign === 'pos' || found.sign === 'neg') expect(Math.sign(last)).toBe(found.sign === 'pos' ? 1 : -1)
        if (!found.limit) continue
        if (found.limit.kind === 'infinity') expect(Math.abs(last)).toBeGreaterThanOrEqual(Math.abs(at(near[0] as number)) * 0.999)
        else {
          const limit = evaluate(found.limit, env)
          const first = at(near[0] as number)
          expect(Math.abs(last - limit)).toBeLessThanOrEqual(Math.abs(first - limit) + 1e-6 * (1 + Math.abs(limit)))
          expect(Math.abs(last - limit)).toBeLessThanOrEqual(0.3 * (1 + Math.abs(limit)))
        }
      }
    },
  )

  it.each([
    ['a*theta', 'theta > 0, a in R', top],
    ['sin(theta)', 'theta > 0', top],
  ] as const)('says nothing of the sign of %s', (text, given, [to, side]) => {
    const facts = readGiven(given, text)
    const found = nearEnd(readTerm(text, facts.scope) as Expr, { variable: sym('theta'), to, side }, facts.cx)
    expect([found?.sign, found?.limit]).toEqual([undefined, undefined])
  })
})
