import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assuming, type Context, context } from '../src/rewrite/facts.ts'
import { contains, type Env, evaluate, holds } from '../src/term/evaluate.ts'
import {
  add,
  at,
  big,
  div,
  type Expr,
  eq,
  finite,
  fn,
  ge,
  gt,
  HALF,
  infinity,
  integers,
  interval,
  isIn,
  le,
  lt,
  minusInfinity,
  mul,
  ne,
  neg,
  not,
  num,
  ONE,
  type Prop,
  range,
  reals,
  type SetTerm,
  sub,
  sym,
  TWO,
  ZERO,
} from '../src/term/term.ts'
import { forAll, maximum, minimum, sum } from '../src/term/walk.ts'
import { drawer, drawSetting } from '../src/verify/draw.ts'
import { mulberry32, seedOf } from '../src/verify/random.ts'

const [n, m, theta, a, b, k] = ['n', 'm', 'theta', 'a', 'b', 'k'].map(sym) as [Expr, Expr, Expr, Expr, Expr, Expr]
const x = (i: Expr): Expr => at('x', i)
const total = sum(n, x)
const positive = interval(ZERO, infinity)
const unit = interval(ZERO, ONE)
const sampleOf = new Map([['x', [n]]])
const sizes: [string, SetTerm] = ['n', range(ONE, infinity)]
const problem = (domains: Record<string, SetTerm>, facts: readonly Prop[] = []): Context =>
  assuming(context({ domains: new Map([sizes, ...Object.entries(domains)]), data: ['x'], unknowns: ['theta'] }), facts)
const data = (e: Env, name = 'x'): readonly number[] => e.arrays.get(name) as readonly number[]

/** 40 draws, each of which must exist and satisfy every domain and fact. */
const draws = (cx: Context, arrays: ReadonlyMap<string, readonly Expr[]> = sampleOf): readonly Env[] => {
  const draw = drawer(cx, { arrays })
  return Array.from({ length: 40 }, (_, seed) => {
    const e = draw(mulberry32(seed)) as Env
    expect(e, `seed ${seed}`).toBeDefined()
    for (const [name, set] of cx.domains) {
      const array = e.arrays.get(name)
      for (const v of array ? (array.flat(3) as number[]) : [e.symbols.get(name) as number])
        expect(contains(set, v, e, 1e-9), `${name} = ${v}`).toBe(true)
    }
    for (const f of cx.facts) expect(holds(f.prop, e, 1e-9)).toBe(true)
    return e
  })
}

describe('random numbers', () => {
  test('are the same on every machine, and uniform', () => {
    const rng = mulberry32(42)
    const first = [rng(), rng(), rng()]
    expect(first).toEqual([0.6011037519201636, 0.44829055899754167, 0.8524657934904099])
    expect(seedOf('a')).toBe(0xe40c292c)
    const values = Array.from({ length: 20_000 }, rng)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    expect(Math.abs(values.reduce((s, v) => s + v, 0) / values.length - 0.5)).toBeLessThan(0.01)
  })
})

describe('generic settings', () => {
  test('the same seed gives the same setting', () => {
    const cx = problem({ theta: positive, x: reals })
    const [one, two] = [1, 2].map(() => drawSetting(cx, { arrays: sampleOf }, mulberry32(7)))
    expect(one).toEqual(two)
    expect(one).not.toEqual(drawSetting(cx, { arrays: sampleOf }, mulberry32(8)))
  })
  test('sizes are 3 to 7, or as told', () => {
    const seen = new Set(draws(problem({ theta: unit, x: reals })).map(e => e.symbols.get('n')))
    expect([...seen].sort()).toEqual([3, 4, 5, 6, 7])
    const e = drawSetting(problem({ theta: unit, x: reals }), { arrays: sampleOf, size: 12 }, mulberry32(1)) as Env
    expect([e.symbols.get('n'), data(e).length]).toEqual([12, 12])
  })
  test('parameters lie inside of their domains, away from 0 and 1', () => {
    for (const set of [unit, interval(ZERO, ONE, true, true), positive, reals, interval(minusInfinity, ZERO), interval(num(-3), num(5))])
      for (const e of draws(problem({ theta: set, x: reals }))) {
        const v = e.symbols.get('theta') as number
        expect(Math.abs(v - 1)).toBeGreaterThan(0.04)
        expect(Math.abs(v)).toBeGreaterThan(0.01)
      }
  })
  test('samples have distinct values, where the support has them', () => {
    for (const set of [reals, positive, unit, range(ZERO, infinity), integers, interval(num(-2), num(-1))])
      for (const e of draws(problem({ theta: positive, x: set }))) expect(new Set(data(e)).size).toBe(data(e).length)
  })
  test('all values of a small support occur', () => {
    for (const e of draws(problem({ theta: unit, x: finite(ZERO, ONE) }))) expect(new Set(data(e))).toEqual(new Set([0, 1]))
    for (const e of draws(problem({ theta: unit, x: range(ONE, num(3)) }))) expect(new Set(data(e))).toEqual(new Set([1, 2, 3]))
  })
  test('real samples have heavy tails now and then', () => {
    const ratios = draws(problem({ theta: unit, x: positive })).map(e => Math.max(...data(e)) / Math.min(...data(e)))
    expect(Math.max(...ratios)).toBeGreaterThan(10)
  })
})

describe('what depends on what', () => {
  test('a support that moves with the parameter', () => {
    for (const e of draws(problem({ theta: positive, x: interval(ZERO, theta) })))
      expect(Math.max(...data(e))).toBeLessThan(e.symbols.get('theta') as number)
    draws(problem({ theta: reals, x: interval(sub(theta, HALF), add(theta, HALF), true, true) }))
    draws(problem({ theta: positive, x: interval(theta, mul(TWO, theta), true, true) }))
    draws(problem({ m: range(ONE, infinity), theta: unit, x: range(ZERO, m) }))
  })
  test('a parameter that is confined by the sample', () => {
    draws(problem({ theta: interval(maximum(n, x), infinity, true, false), x: positive }))
    draws(problem({ theta: positive, x: positive }, [le(maximum(n, x), theta)]))
    draws(problem({ theta: reals, x: reals }, [lt(theta, minimum(n, x))]))
  })
  test('chains of ends, and ends in a circle', () => {
    draws(problem({ a: interval(b, infinity), b: interval(k, infinity), k: range(TWO, infinity), x: interval(ZERO, a) }))
    draws(problem({ a: interval(minusInfinity, b), b: interval(a, infinity), x: reals }))
    draws(problem({ a: positive, b: positive, x: reals }, [lt(a, b), lt(mul(TWO, a), b)]))
  })
  test('several samples, vectors, matrices', () => {
    const cx: Context = {
      ...problem({ m: range(ONE, infinity), k: range(ONE, infinity), y: positive, p: unit, z: reals }),
      data: ['x', 'y', 'z'],
    }
    const arrays = new Map([
      ['x', [n]],
      ['y', [m]],
      ['p', [k]],
      ['z', [n, k]],
    ])
    for (const e of draws({ ...cx, domains: new Map([...cx.domains, ['x', reals]]) }, arrays)) {
      const [nn, mm, kk] = ['n', 'm', 'k'].map(s => e.symbols.get(s) as number)
      expect([data(e).length, data(e, 'y').length, data(e, 'p').length]).toEqual([nn, mm, kk])
      expect([(e.arrays.get('z') as number[][]).length, (e.arrays.get('z') as number[][])[0]?.length]).toEqual([nn, kk])
    }
  })
})

describe('facts', () => {
  test('all entries equal a value, lie in a set, are bounded', () => {
    for (const e of draws(problem({ x: finite(ZERO, ONE) }, [forAll(n, i => eq(x(i), ONE))])))
      expect(new Set(data(e))).toEqual(new Set([1]))
    draws(problem({ x: reals, a: positive }, [forAll(n, i => gt(x(i), a))]))
    draws(problem({ x: range(ZERO, infinity) }, [forAll(n, i => isIn(x(i), range(TWO, num(4))))]))
  })
  test('sums that force every entry', () => {
    for (const e of draws(problem({ x: finite(ZERO, ONE) }, [eq(total, ZERO)]))) expect(Math.max(...data(e))).toBe(0)
    for (const e of draws(problem({ x: finite(ZERO, ONE) }, [eq(total, n)]))) expect(Math.min(...data(e))).toBe(1)
    draws(problem({ x: range(ZERO, infinity) }, [eq(total, ZERO)]))
    draws(problem({ x: range(ZERO, infinity) }, [eq(total, ONE)]))
    draws(problem({ m: range(ONE, infinity), x: range(ZERO, m) }, [eq(total, mul(n, m))]))
    draws(problem({ x: interval(ZERO, infinity, true, false) }, [eq(maximum(n, x), ZERO)]))
    draws(problem({ x: reals }, [eq(maximum(n, x), minimum(n, x))]))
  })
  test('what excludes the degenerate samples', () => {
    draws(problem({ x: finite(ZERO, ONE) }, [gt(total, ZERO), lt(total, n)]))
    draws(problem({ x: reals }, [ne(maximum(n, x), minimum(n, x))]))
    draws(problem({ x: finite(ZERO, ONE) }, [not(forAll(n, i => eq(x(i), ZERO)))]))
  })
  test('equations between reals', () => {
    const p = (j: Expr): Expr => at('p', j)
    const simplex = problem({ k: range(ONE, infinity), p: unit, x: reals }, [eq(sum(k, p), ONE)])
    for (const e of draws(
      simplex,
      new Map([
        ['x', [n]],
        ['p', [k]],
      ]),
    ))
      expect(data(e, 'p').reduce((s, v) => s + v, 0)).toBeCloseTo(1, 8)
    draws(problem({ theta: reals, x: reals }, [eq(theta, div(total, n))]))
    draws(problem({ a: positive, b: positive, x: reals }, [eq(add(a, mul(TWO, b)), num(3))]))
    draws(problem({ x: reals }, [eq(total, ZERO)]))
    draws(problem({ n: range(ONE, infinity), x: reals }, [eq(n, ONE)]))
  })
  test('an order statistic on one side of a number', () => {
    const median = big('order', ONE, n, (total as Expr & { kind: 'big' }).body, fn('ceil', div(n, TWO)))
    draws(problem({ theta: reals, x: reals }, [lt(median, theta)]))
    draws(problem({ x: finite(ZERO, ONE) }, [gt(div(total, n), HALF)]))
  })
  test('what cannot be gives undefined, in bounded time', () => {
    for (const f of [lt(ONE, ZERO), lt(total, ZERO), eq(total, neg(ONE)), forAll(n, i => gt(x(i), TWO)), eq(n, ZERO)])
      expect(drawSetting(problem({ x: unit }, [f]), { arrays: sampleOf }, mulberry32(3))).toBeUndefined()
    expect(drawSetting(problem({ theta: interval(ONE, ZERO), x: reals }), {}, mulberry32(3))).toBeUndefined()
    expect(drawSetting({ ...problem({}), binders: [{ lo: ONE, hi: n }] }, {}, mulberry32(3))).toBeUndefined()
  })
})

test('names without a domain, and lengths, are taken from the terms', () => {
  const term = add(
    sum(n, i => mul(at('f', i), x(i))),
    mul(sym('c'), at('w', num(9))),
    sum(m, i => at('q', sub(i, ONE)), TWO),
  )
  fc.assert(
    fc.property(fc.integer(), seed => {
      const cx = context({ domains: new Map([sizes, ['m', range(TWO, infinity)]]) })
      const e = drawSetting(cx, { terms: [term] }, mulberry32(seed)) as Env
      expect(evaluate(term, e)).not.toBeNaN()
      expect([e.arrays.get('f')?.length, e.arrays.get('x')?.length, e.arrays.get('w')?.length]).toEqual([
        e.symbols.get('n'),
        e.symbols.get('n'),
        9,
      ])
    }),
  )
})

test('integer ranges that a fact bounds from both sides', () => {
  for (const e of draws(problem({ k: range(ZERO, infinity), m: range(ONE, infinity), x: reals }, [le(k, m), ge(m, num(20))])))
    expect(e.symbols.get('k')).toBeLessThanOrEqual(e.symbols.get('m') as number)
})
