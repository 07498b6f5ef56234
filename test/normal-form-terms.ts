/** Random terms for the tests of the normal form, with the point at which they are evaluated. */
import fc from 'fast-check'
import type { Env } from '../src/term/evaluate.ts'
import type { Positive } from '../src/term/normal-form.ts'
import { add, at, type Expr, exp, fn, log, mul, neg, num, pow, sub, sym } from '../src/term/term.ts'
import { prod, replace, sum } from '../src/term/walk.ts'

export const positiveNames = ['p', 'v', 'a', 'n']
export const realNames = ['y', 'z', 'k']
/** p, v, a, n, and the entries of x are positive; y, z, k and the entries of w are real. */
export const positive: Positive = t => (t.kind === 'sym' && positiveNames.includes(t.name)) || (t.kind === 'at' && t.name === 'x')

export const environments: fc.Arbitrary<Env> = fc
  .tuple(
    fc.array(fc.double({ min: 0.2, max: 2.5, noNaN: true, noDefaultInfinity: true }), { minLength: 6, maxLength: 6 }),
    fc.array(
      fc.double({ min: -2.5, max: 2.5, noNaN: true, noDefaultInfinity: true }).filter(x => Math.abs(x) > 0.01),
      { minLength: 6, maxLength: 6 },
    ),
  )
  .map(([u, r]) => ({
    symbols: new Map<string, number>([
      ['p', u[0] ?? 1],
      ['v', u[1] ?? 1],
      ['a', u[2] ?? 1],
      ['n', 3],
      ['y', r[0] ?? 1],
      ['z', r[1] ?? 1],
      ['k', r[2] ?? 1],
    ]),
    arrays: new Map([
      ['x', [u[3] ?? 1, u[4] ?? 1, u[5] ?? 1]],
      ['w', [r[3] ?? 1, r[4] ?? 1, r[5] ?? 1]],
    ]),
  }))

const small = fc.constantFrom(num(-2), num(-1), num(1), num(2), num(3), num(1, 2), num(-3, 2), num(4))
const leaf = (index: readonly Expr[]): fc.Arbitrary<Expr> =>
  fc.oneof(
    small,
    fc.constantFrom(...[...positiveNames, ...realNames].map(sym)),
    ...(index.length > 0 ? [fc.constantFrom(...index.flatMap(i => [at('x', i), at('w', i)]))] : []),
  )

/** A term of about this depth; inside a binder the entries x_i and w_i occur as well. */
export const terms = (depth: number, index: readonly Expr[] = []): fc.Arbitrary<Expr> => {
  if (depth === 0) return leaf(index)
  const t = terms(depth - 1, index)
  const bare = fc.oneof({ weight: 2, arbitrary: leaf(index) }, { weight: 1, arbitrary: t })
  const range = sym('n')
  const placeholder = sym(`i${index.length}`)
  const body = terms(depth - 1, [...index, placeholder])
  const close =
    (make: typeof sum) =>
    (b: Expr): Expr =>
      make(range, i => substituteIndex(b, placeholder, i))
  return fc.oneof(
    { weight: 2, arbitrary: leaf(index) },
    { weight: 3, arbitrary: fc.tuple(t, bare).map(([a, b]) => add(a, b)) },
    { weight: 1, arbitrary: fc.tuple(t, bare).map(([a, b]) => sub(a, b)) },
    { weight: 3, arbitrary: fc.tuple(t, bare).map(([a, b]) => mul(a, b)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(t, fc.constantFrom(num(2), num(-1), num(3), num(-2), num(1, 2), num(-1, 2), num(3, 2)))
        .map(([a, e]) => pow(a, e)),
    },
    { weight: 2, arbitrary: fc.tuple(t, bare).map(([a, e]) => pow(a, e)) },
    { weight: 1, arbitrary: t.map(exp) },
    { weight: 2, arbitrary: t.map(log) },
    { weight: 1, arbitrary: t.map(a => fn('abs', a)) },
    { weight: 1, arbitrary: t.map(neg) },
    { weight: 1, arbitrary: t.map(a => fn('gamma', a)) },
    ...(index.length < 2
      ? [
          { weight: 2, arbitrary: body.map(close(sum)) },
          { weight: 1, arbitrary: body.map(close(prod)) },
        ]
      : []),
  )
}
const substituteIndex = (body: Expr, placeholder: Expr, index: Expr): Expr => replace(body, placeholder, index)
