/**
 * Arithmetic that the laws share. Each function keeps the value wherever the value exists (bases with a negative
 * exponent not being 0), and does what it is for: merges, clears, divides out.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../src/print/index.ts'
import {
  basePower,
  coefficientSign,
  collected,
  commonDenominator,
  commonFactor,
  isUnit,
  mergedProduct,
  multipliedThrough,
} from '../src/rewrite/arithmetic.ts'
import type { Env } from '../src/term/evaluate.ts'
import { add, addAll, div, type Expr, exp, log, mul, mulAll, neg, num, ONE, pow, sub, sym, TWO, ZERO } from '../src/term/term.ts'
import { factors, summands } from '../src/term/walk.ts'
import { readGiven, readTerm } from './given.ts'
import { runs, showEnv } from './random-contexts.ts'
import { strictValue } from './strict-value.ts'

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const [x, y, z, k] = ['x', 'y', 'z', 'k'].map(sym) as [Expr, Expr, Expr, Expr]
const leaf = fc.oneof(
  { weight: 4, arbitrary: oneOf(x, y, z, k) },
  { weight: 2, arbitrary: oneOf<Expr>(TWO, num(-1), num(3), num(1, 2), num(-3, 4), num(6)) },
)
const exponents = oneOf<Expr>(
  TWO,
  num(-1),
  num(-1),
  num(-2),
  num(3),
  num(1, 2),
  num(-1, 2),
  k,
  neg(k),
  sub(neg(k), ONE),
  add(k, ONE),
  mul(TWO, k),
  num(2, 3),
)
const isZero = (t: Expr): boolean => t.kind === 'num' && t.value.num === 0n
const terms = (depth: number): fc.Arbitrary<Expr> => {
  if (depth === 0) return leaf
  const t = terms(depth - 1)
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 4, arbitrary: fc.tuple(t, t).map(([u, v]) => mul(u, v)) },
    { weight: 1, arbitrary: fc.tuple(t, t).map(([u, v]) => mul(u, u, v)) },
    { weight: 2, arbitrary: fc.tuple(t, t).map(([u, v]) => add(u, v)) },
    { weight: 1, arbitrary: fc.tuple(t, t).map(([u, v]) => (isZero(v) ? u : div(u, v))) },
    { weight: 4, arbitrary: fc.tuple(t, exponents).map(([u, v]) => (isZero(u) ? v : pow(u, v))) },
    { weight: 1, arbitrary: t.map(exp) },
    { weight: 1, arbitrary: t.map(log) },
  )
}
const lists = fc.array(fc.oneof(terms(1), terms(2), terms(3)), { minLength: 1, maxLength: 4 })
/** Positive and negative values; k, which stands in exponents, whole or not. */
const environments: fc.Arbitrary<Env> = fc
  .tuple(...[0, 1, 2].map(() => oneOf(0.5, 1, 2, 3, 0.75, -1, -0.5, -2)), oneOf(1, 2, 3, -1, 0.5, 1.5))
  .map(([u, v, w, e]) => ({
    symbols: new Map([
      ['x', u as number],
      ['y', v as number],
      ['z', w as number],
      ['k', e as number],
    ]),
    arrays: new Map(),
  }))

const agree = (before: Expr, after: Expr, env: Env): void => {
  const [a, b] = [strictValue(before, env), strictValue(after, env)]
  if (Number.isNaN(a)) return
  if (!(Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-3)))
    throw new Error(`${plain(before)} = ${a} became ${plain(after)} = ${b} at ${showEnv(env)}`)
}

describe('the value stays', () => {
  const keeps = (name: string, change: (list: readonly Expr[]) => readonly [before: Expr, after: Expr, divisor?: Expr]): void => {
    it(name, () => {
      fc.assert(
        fc.property(lists, fc.array(environments, { minLength: 4, maxLength: 4 }), (list, envs) => {
          const [before, after, divisor = ONE] = change(list)
          for (const env of envs) if (Math.abs(strictValue(divisor, env)) > 0) agree(before, after, env)
        }),
        runs(1500),
      )
    })
  }
  keeps('where powers of equal bases are merged', list => [mulAll(list), mergedProduct(list)])
  keeps('where like summands are collected', list => [addAll(list), collected(addAll(list))])
  keeps('where a sum is multiplied through', ([m = ONE, ...list]) => [mul(addAll(list), m), multipliedThrough(addAll(list), m)])
  keeps('where a factor is split into base and exponent', ([t = ONE]) => {
    const [base, exponent] = basePower(t)
    return [t, pow(base, num(exponent))]
  })
  keeps('where a common denominator is multiplied in and divided out again', list => {
    const d = commonDenominator(list)
    return [addAll(list), div(addAll(list.map(t => mergedProduct([t, d]))), d), d]
  })
  keeps('where a common factor is divided out and multiplied in again', list => {
    const f = commonFactor(list)
    return [addAll(list), isZero(f) ? addAll(list) : mul(f, addAll(list.map(t => mergedProduct([t, pow(f, num(-1))])))), f]
  })
})

describe('what they are for', () => {
  const simple = fc.array(
    fc.tuple(
      oneOf(-6, -2, 1, 3, 4),
      fc.array(fc.tuple(oneOf(x, y, add(x, y)), oneOf(-3, -2, -1, 1, 2, 3)), { minLength: 1, maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  const written = (list: readonly (readonly [number, readonly (readonly [Expr, number])[]])[]): readonly Expr[] =>
    list.map(([c, parts]) => mulAll([num(c), ...parts.map(([base, e]) => pow(base, num(e)))]))
  it('no base occurs twice in a merged product', () => {
    fc.assert(
      fc.property(simple, list => {
        const bases = factors(mergedProduct(written(list)))
          .map(f => basePower(f)[0])
          .filter(base => base.kind !== 'num')
        expect(new Set(bases.map(base => plain(base))).size).toBe(bases.length)
      }),
      runs(300),
    )
  })
  it('a common denominator leaves no denominator', () => {
    fc.assert(
      fc.property(simple, fc.integer({ min: 1, max: 6 }), (list, under) => {
        const parts = written(list).map(t => mul(num(1, under), t))
        const d = commonDenominator(parts)
        for (const t of parts)
          for (const f of factors(mergedProduct([t, d]))) {
            if (f.kind === 'num') expect(f.value.den).toBe(1n)
            else expect(basePower(f)[1].num).toBeGreaterThan(0n)
          }
      }),
      runs(300),
    )
  })
  it('a common factor divides every term and is the largest of its kind', () => {
    fc.assert(
      fc.property(simple, list => {
        const parts = written(list).map(t => mergedProduct([t]))
        const f = commonFactor(parts)
        const quotients = parts.map(t => mergedProduct([t, pow(f, num(-1))]))
        for (const [i, quotient] of quotients.entries())
          for (const g of factors(quotient)) {
            if (g.kind === 'num') expect(g.value.den).toBe(1n)
            else if (basePower(g)[1].num < 0n)
              expect(
                factors(parts[i] as Expr).some(h => plain(basePower(h)[0]) === plain(basePower(g)[0]) && basePower(h)[1].num < 0n),
              ).toBe(true)
          }
        const again = commonFactor(quotients)
        expect(factors(again).filter(g => g.kind !== 'num')).toEqual([])
      }),
      runs(300),
    )
  })
  it('like summands are collected once', () => {
    fc.assert(
      fc.property(simple, list => {
        const bare = (t: Expr): string => plain(mulAll(factors(t).filter(f => f.kind !== 'num')))
        const rests = summands(collected(addAll(written(list)))).map(bare)
        expect(new Set(rests).size).toBe(rests.length)
      }),
      runs(300),
    )
  })
})

describe('by example', () => {
  const read = (text: string): Expr => {
    const g = readGiven('', text)
    return readTerm(text, g.scope) as Expr
  }
  it.each([
    ['x^3*x^(-1)', 'x^2'],
    ['lambda*lambda^(-k - 1)', 'lambda^(-k)'],
    ['exp(u)*exp(-u)', '1'],
    ['2*x*(3*x)^2', '18*x^3'],
    ['(x*y)^2/x', 'x*y^2'],
    ['(x^(1/2))^2', 'x'],
    // |x|, not x
    ['(x^2)^(1/2)', 'sqrt(x^2)'],
    ['2^t*2^(-t)', '1'],
    ['(a + b)^2/(a + b)', 'a + b'],
  ])('%s is merged to %s', (before, after) => {
    expect(plain(mergedProduct([read(before)]))).toBe(plain(read(after)))
  })
  it('signs of coefficients', () => {
    expect([x, neg(x), num(-2), ZERO, mul(num(-1, 2), x, y), sub(ZERO, x), sub(y, x)].map(coefficientSign)).toEqual([
      1, -1, -1, 1, -1, -1, 1,
    ])
    expect([ONE, num(2), mulAll([]), div(TWO, TWO), x].map(isUnit)).toEqual([true, false, true, true, false])
  })
})
