/** Every form of domain, and what is no domain. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../src/print/index.ts'
import { ModelError, parseDomain, type Scope } from '../src/read/parser.ts'
import { same } from '../src/term/order.ts'
import {
  add,
  finite,
  fn,
  infinity,
  integers,
  interval,
  minusInfinity,
  neg,
  num,
  ONE,
  range,
  reals,
  type SetTerm,
  sub,
  sym,
  ZERO,
} from '../src/term/term.ts'
import { sets, scope as termScope } from './arbitraries.ts'

const names = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const scope: Scope = { symbols: names('theta c h m k N v a b n rate alpha lambda mu sigma2 mu1 xm p x'), arrays: new Set() }
const [theta, c, h, m] = ['theta', 'c', 'h', 'm'].map(sym) as [
  ReturnType<typeof sym>,
  ReturnType<typeof sym>,
  ReturnType<typeof sym>,
  ReturnType<typeof sym>,
]

describe('domains', () => {
  const table: readonly (readonly [string, string, SetTerm])[] = [
    ['x in {0, 1}', 'x', finite(ZERO, ONE)],
    ['x in {0..m}', 'x', range(ZERO, m)],
    ['x in {0..}', 'x', range(ZERO, infinity)],
    ['x in {1..N}', 'x', range(ONE, sym('N'))],
    ['x in {..3}', 'x', range(minusInfinity, num(3))],
    ['x in {1, 2, 4}', 'x', finite(ONE, num(2), num(4))],
    ['p in {1/4, 3/4}', 'p', finite(num(1, 4), num(3, 4))],
    ['x in {0, 1, ..., m}', 'x', range(ZERO, m)],
    ['x in {0, 1, 2, ...}', 'x', range(ZERO, infinity)],
    ['x in R', 'x', reals],
    ['x in Z', 'x', integers],
    ['x ∈ ℝ', 'x', reals],
    ['x \\in \\mathbb{R}', 'x', reals],
    ['x > 0', 'x', interval(ZERO, infinity)],
    ['0 < x', 'x', interval(ZERO, infinity)],
    ['x >= theta', 'x', interval(theta, infinity, true)],
    ['0 < x < theta', 'x', interval(ZERO, theta)],
    ['1 >= p >= 0', 'p', interval(ZERO, ONE, true, true)],
    ['c - h <= x <= c + h', 'x', interval(sub(c, h), add(c, h), true, true)],
    ['p in [0, 1)', 'p', interval(ZERO, ONE, true, false)],
    ['x in [0, inf)', 'x', interval(ZERO, infinity, true)],
    ['abs(x) < theta', 'x', interval(neg(theta), theta)],
    ['|x| <= theta', 'x', interval(neg(theta), theta, true, true)],
    ['0 <= |x| < theta', 'x', interval(neg(theta), theta)],
    ['-pi < mu <= pi', 'mu', interval(neg(fn('pi')), fn('pi'), false, true)],
    ['v = 4', 'v', finite(num(4))],
    ['x > 0 and x < 1', 'x', interval(ZERO, ONE)],
    ['\\theta > 0', 'theta', interval(ZERO, infinity)],
    ['0 ≤ μ₁ ≤ 1', 'mu1', interval(ZERO, ONE, true, true)],
    ['σ² > 0', 'sigma2', interval(ZERO, infinity)],
    ['x \\in \\{0,1,\\dots,m\\}', 'x', range(ZERO, m)],
    ['x ∈ {0, 1, 2, …}', 'x', range(ZERO, infinity)],
  ]
  it.each(table)('%s', (text, name, set) => {
    const read = parseDomain(text, scope)
    expect(read.name).toBe(name)
    expect(same(read.set, set), plain(read.set)).toBe(true)
    expect(read.index).toBeUndefined()
  })
  it('of lists', () => {
    for (const text of ['0 <= p[j] <= 1, j in 1..k', '0 ≤ pⱼ ≤ 1, j = 1, …, k', 'p_j in [0, 1] for all j in 1..k']) {
      const read = parseDomain(text, { ...scope, symbols: names('k') })
      expect(read.name).toBe('p')
      expect(same(read.set, interval(ZERO, ONE, true, true))).toBe(true)
      expect(read.index?.letter).toBe('j')
      expect(read.index && plain(read.index.hi)).toBe('k')
    }
  })
  it('names the subject that was asked for', () => {
    expect(parseDomain('theta < x', scope, undefined, 'x').set).toEqual(interval(theta, infinity))
    expect(() => parseDomain('theta < x', scope, undefined, 'p')).toThrow(/domain of theta/)
  })
  it('reads back every set that is printed', () =>
    fc.assert(
      fc.property(sets(1), s => {
        const read = parseDomain(`z in ${plain(s)}`, termScope)
        return same(read.set, s)
      }),
      { numRuns: 300, seed: 7 },
    ))
})

describe('what is no domain', () => {
  const table: readonly (readonly [string, RegExp])[] = [
    ['x', /no domain/],
    ['1 < 2', /whose domain/],
    ['x < x + 1', /mentions x itself/],
    ['x in {x..m}', /mentions x itself/],
    ['x < q', /undeclared symbol q/],
    ['x != 0', /leave out/],
    ['x not in R', /./],
    ['1 <= p <= 0', /empty set/],
    ['p in {1..0}', /empty set/],
    ['0 < p < 0', /empty set/],
    ['x in {}', /empty set/],
    ['p in (1, 1]', /empty set/],
    ['x in N', /with 0 by some/],
    ['x in {0, 2, ..., m}', /consecutive/],
    ['x in {0..', /ends here/],
    ['x in (0, 1', /ends here/],
    ['x in 0, 1', /no set/],
    ['x in', /ends here/],
    ['0 < x > 1', /same side/],
    ['x > 0 and p > 0', /several names/],
    ['p[j] > 0', /range of the index/],
    ['p > 0, j in 1..k', /no index j/],
    ['|x| > 1', /gap/],
    ['0 < x < 1 < 2', /too many/],
    ['', /ends here/],
    ['x > 0 or x < -1', /no domain/],
    ['x + 1 > 0', /whose domain|mentions/],
    ['x in R^+', /./],
  ]
  it.each(table)('%s', (text, message) => {
    let caught: unknown
    try {
      parseDomain(text, scope)
    } catch (e) {
      caught = e
    }
    expect(caught).toBeInstanceOf(ModelError)
    expect((caught as ModelError).format()).toMatch(message)
    expect((caught as ModelError).place).toBeDefined()
  })
})
