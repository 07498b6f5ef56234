/**
 * One-sided limits and continuity at an end: what is claimed is compared with values on the way there. Saying nothing
 * is no error; a finite limit where the term runs away, or the wrong infinity, is.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../src/print/index.ts'
import { context } from '../src/rewrite/facts.ts'
import { isRegularAt, limitOf } from '../src/solve/limit.ts'
import { type Env, evaluate } from '../src/term/evaluate.ts'
import {
  add,
  at,
  type Expr,
  exp,
  finite,
  fn,
  HALF,
  infinity,
  interval,
  log,
  minusInfinity,
  mul,
  neg,
  num,
  ONE,
  pow,
  range,
  reals,
  type SetTerm,
  sub,
  sym,
  TWO,
  ZERO,
} from '../src/term/term.ts'
import { mentions, some, sum } from '../src/term/walk.ts'
import { mulberry32 } from '../src/verify/random.ts'
import { readGiven, readTerm } from './given.ts'
import { runs, settingIn, showEnv } from './random-contexts.ts'
import { coefficients, movedTo } from './random-equations.ts'
import { strictValue } from './strict-value.ts'

const q = sym('q')
const [a, b, n] = ['a', 'b', 'n'].map(sym) as [Expr, Expr, Expr]
const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const leaf = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Expr>(q) },
  { weight: 2, arbitrary: oneOf<Expr>(ONE, TWO, num(-1), HALF, num(-2)) },
  { weight: 3, arbitrary: coefficients },
  {
    weight: 2,
    arbitrary: oneOf<Expr>(
      a,
      b,
      sub(ONE, q),
      sub(q, a),
      sum(n, i => sub(at('x', i), q)),
      sum(n, i => pow(sub(at('x', i), q), TWO)),
    ),
  },
)
const exponents = oneOf<Expr>(num(-1), num(-1), TWO, num(-2), num(3), HALF, num(-1, 2), a, b, n, neg(a), q)
const terms = (depth: number): fc.Arbitrary<Expr> => {
  if (depth === 0) return leaf
  const t = terms(depth - 1)
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 4, arbitrary: fc.tuple(t, t).map(([u, v]) => add(u, v)) },
    { weight: 2, arbitrary: fc.tuple(t, t).map(([u, v]) => sub(u, v)) },
    { weight: 4, arbitrary: fc.tuple(t, t).map(([u, v]) => mul(u, v)) },
    { weight: 4, arbitrary: fc.tuple(t, exponents).map(([u, v]) => (u.kind === 'num' ? u : pow(u, v))) },
    { weight: 2, arbitrary: t.map(log) },
    { weight: 2, arbitrary: t.map(exp) },
    {
      weight: 1,
      arbitrary: fc.tuple(oneOf('abs', 'gamma', 'loggamma', 'digamma', 'trigamma', 'Phi', 'atan', 'floor'), t).map(([f, u]) => fn(f, u)),
    },
  )
}

interface Place {
  readonly set: SetTerm
  readonly to: Expr
  readonly side: '+' | '-'
}
const positive = interval(ZERO, infinity)
const negative = interval(minusInfinity, ZERO)
const places: readonly Place[] = [
  { set: positive, to: ZERO, side: '+' },
  { set: positive, to: infinity, side: '-' },
  { set: interval(ZERO, ONE), to: ZERO, side: '+' },
  { set: interval(ZERO, ONE), to: ONE, side: '-' },
  { set: reals, to: infinity, side: '-' },
  { set: reals, to: minusInfinity, side: '+' },
  { set: interval(a, infinity), to: a, side: '+' },
  { set: interval(minusInfinity, a), to: a, side: '-' },
  { set: negative, to: ZERO, side: '-' },
  { set: negative, to: minusInfinity, side: '+' },
  { set: reals, to: a, side: '+' },
  { set: reals, to: a, side: '-' },
  { set: reals, to: ZERO, side: '-' },
  { set: positive, to: ONE, side: '+' },
  { set: interval(ONE, infinity), to: ONE, side: '+' },
]

/** Points on the way, the last as close as a double lets one go without cancellation. */
const wayTo = ({ to, side }: Place, env: Env): readonly number[] => {
  if (to.kind === 'infinity') return [1e2, 1e3, 1e4, 1e5].map(v => (to.negative ? -v : v))
  const end = strictValue(to, env)
  const away = end === 0 ? [1e-4, 1e-8, 1e-16, 1e-24] : [2 ** -10, 2 ** -14, 2 ** -18, 2 ** -24]
  return away.map(d => (side === '+' ? end + d : end - d))
}
const tends = (values: readonly number[], limit: number): boolean => {
  const errors = values.map(v => Math.abs(v - limit))
  const [first = 0, last = 0] = [errors[0], errors.at(-1)]
  const falls = errors.every((e, k) => k === 0 || e < (errors[k - 1] as number))
  return last <= 1e-6 * Math.max(1, Math.abs(limit)) || last < 0.75 * first || (falls && last < 0.97 * first)
}

const wrongAt = (t: Expr, place: Place, limit: Expr | undefined, regular: boolean, env: Env): string | undefined => {
  const { to, side } = place
  const way = wayTo(place, env)
  const inner = to.kind === 'infinity' ? (to.negative ? -3 : 3) : strictValue(to, env) + (side === '+' ? 1 : -1) * 2 ** -10
  const values = way.map(x => evaluate(t, movedTo(env, x)))
  // what has no value near the end has no limit to be wrong about
  if (Number.isNaN(strictValue(t, movedTo(env, inner))) || values.some(Number.isNaN)) return undefined
  // a logarithm overtakes a constant late: then so far out that sums cancel, but logarithms do not
  const far = to.kind === 'infinity' ? evaluate(t, movedTo(env, to.negative ? -1e150 : 1e150)) : Number.NaN
  if (limit?.kind === 'infinity') {
    const up = values.map(v => (limit.negative ? -v : v))
    const last = up.at(-1) as number
    return last > (up[0] as number) || last > 1e14 || (limit.negative ? -far : far) > (up[0] as number)
      ? undefined
      : `does not run to ${plain(limit)}: ${values}`
  }
  if (limit) {
    const value = strictValue(limit, env)
    if (Number.isNaN(value) ? !values.every(v => Math.abs(v) < 1e-3) : !tends(values, value) && !tends([...values, far], value))
      return `does not tend to ${plain(limit)} = ${value}: ${values}`
  }
  if (!regular) return undefined
  const there = movedTo(env, strictValue(to, env))
  const value = strictValue(t, there)
  if (Number.isNaN(value)) return Number.isFinite(evaluate(t, there)) ? undefined : 'has no value at the point'
  return tends(values, value) ? undefined : `is ${value} at the point, near it ${values}`
}

const known = oneOf<SetTerm>(
  positive,
  positive,
  reals,
  interval(ZERO, infinity, true),
  interval(ZERO, ONE),
  negative,
  interval(ONE, infinity),
)
const observations = oneOf<SetTerm>(positive, finite(ZERO, ONE), reals, range(ZERO, infinity), interval(ZERO, infinity, true))

describe('whatever the term', () => {
  it('a limit is where the values go, and a regular point where they arrive', () => {
    let claims = 0
    fc.assert(
      fc.property(
        fc.oneof(terms(1), terms(2), terms(3)),
        oneOf(...places),
        known,
        known,
        observations,
        fc.nat({ max: 1e6 }),
        (t, place, setA, setB, setX, seed) => {
          const size = range(ONE, infinity)
          const sets = new Map<string, SetTerm>([
            ['n', size],
            ['m', size],
            ['a', setA],
            ['b', setB],
            ['c', positive],
            ['p', reals],
            ['q', place.set],
            ['x', setX],
            ['w', reals],
          ])
          const cx = context({ domains: sets, unknowns: ['q'], data: ['x'] })
          // beside e^(n+a) or a^b a logarithm runs nowhere within the reach of a double
          if (some(t, u => !mentions(u, 'q') && ((u.kind === 'fn' && u.name === 'exp') || (u.kind === 'pow' && u.exponent.kind !== 'num'))))
            return
          const limit = limitOf(t, { variable: q, to: place.to, side: place.side }, cx)
          const regular = place.to.kind !== 'infinity' && isRegularAt(t, q, place.to, cx)
          if (!limit && !regular) return
          const rng = mulberry32(seed)
          for (let k = 0; k < 8; k++) {
            const env = settingIn(sets, rng)
            if (!env) continue
            claims++
            const wrong = wrongAt(t, place, limit, regular, env)
            if (wrong)
              throw new Error(
                `${plain(t)} as q → ${plain(place.to)}${place.side} ${wrong}; ${[...sets].map(([k, v]) => `${k} in ${plain(v)}`).join('; ')}; ${showEnv(env)}`,
              )
          }
        },
      ),
      runs(3000),
    )
    expect(claims).toBeGreaterThan(3000)
  })
})

const limit = (text: string, given: string, to: Expr, side: '+' | '-'): string | undefined => {
  const g = readGiven(given, text)
  const l = limitOf(readTerm(text, g.scope) as Expr, { variable: q, to, side }, g.cx)
  return l && plain(l)
}

describe('limits at the ends of a parameter space', () => {
  const table: readonly (readonly [term: string, given: string, to: Expr, side: '+' | '-', limit: string])[] = [
    ['k*log(q) + (n - k)*log(1 - q)', 'q in (0, 1), k in {1..n}, n in {2..}, k < n', ZERO, '+', '-inf'],
    ['k*log(q) + (n - k)*log(1 - q)', 'q in (0, 1), k in {1..n}, n in {2..}, k < n', ONE, '-', '-inf'],
    ['-n*q', 'q > 0, n in {1..}', infinity, '-', '-inf'],
    ['q^(-1)', 'q > 0', ZERO, '+', 'inf'],
    ['q^(-1)', 'q > 0', infinity, '-', '0'],
    ['exp(-q)', 'q in R', infinity, '-', '0'],
    ['exp(q)', 'q in R', minusInfinity, '+', '0'],
    ['-n*log(q) - s/q', 'q > 0, n in {1..}, s > 0', infinity, '-', '-inf'],
    ['a*q^2 - b*q + c', 'q in R, a > 0, b > 0, c in R', infinity, '-', 'inf'],
    ['a*q^2 - b*q + c', 'q in R, a > 0, b > 0, c in R', minusInfinity, '+', 'inf'],
    ['a*q^3 - b*q', 'q in R, a > 0, b > 0', minusInfinity, '+', '-inf'],
    ['q + c', 'q > 0, c in R', ZERO, '+', 'c'],
    ['1 + 1/q', 'q > 0', infinity, '-', '1'],
    ['log(q - a)', 'q > a, a in R', sym('a'), '+', '-inf'],
  ]
  it.each(table)('%s, %s', (text, given, to, side, value) => {
    expect(limit(text, given, to, side)).toBe(value)
  })
})

describe('limits that are not known', () => {
  const table: readonly (readonly [term: string, given: string, to: Expr, side: '+' | '-'])[] = [
    ['q - log(q)', 'q > 0', infinity, '-'],
    ['q*log(q)', 'q > 0', ZERO, '+'],
    ['q*exp(-q)', 'q > 0', infinity, '-'],
    ['a*log(q)', 'q > 0, a in R', ZERO, '+'],
    ['a*log(q)', 'q > 0, a >= 0', ZERO, '+'],
    ['1/q', 'q in R', sym('a'), '+'],
    // at the samples for which a = b it runs away
    ['1/(q + a - b)', 'q > 0, a in R, b in R', ZERO, '+'],
    ['1/(q - b)', 'q > a, a > 0, b > 0', sym('a'), '+'],
    // 0^θ is 0 for every θ > 0
    ['sum(x[i], i, 1, n)^q', 'q > 0, x[i] in {0, 1}, n in {1..}', ZERO, '+'],
    ['a*b^q', 'q > 0, a in R, b >= 0', ZERO, '+'],
    ['log(q - a)', 'q > 0, a in R', ZERO, '+'],
    ['(q - a)^(1/2)', 'q > 0, a in R', ZERO, '+'],
    ['floor(q)', 'q > 0', ONE, '-'],
    ['cos(q)', 'q > 0', infinity, '-'],
    ['(-2)^q', 'q > 0', infinity, '-'],
  ]
  it.each(table)('%s, %s', (text, given, to, side) => {
    expect(limit(text, given, to, side)).toBeUndefined()
  })
})

describe('regular points', () => {
  const regular = (text: string, given: string, point: Expr): boolean => {
    const g = readGiven(given, text)
    return isRegularAt(readTerm(text, g.scope) as Expr, q, point, g.cx)
  }
  it.each([
    ['k - n*q', 'q in (0, 1), k in {0..}, n in {1..}', ZERO, true],
    ['q^k', 'q > 0, k > 0', ZERO, true],
    ['q^k', 'q > 0, k in {0..}', ZERO, true],
    ['1/(1 - q)', 'q in (0, 1)', ZERO, true],
    ['1/(1 - q)', 'q in (0, 1)', ONE, false],
    ['log(q)', 'q > 0', ZERO, false],
    ['log(1 + q)', 'q > 0', ZERO, true],
    ['sum((x[i] - q)^2, i, 1, n)', 'q in R, x[i] in R, n in {1..}', ZERO, true],
    ['sum(log(x[i] - q), i, 1, n)', 'q in R, x[i] in R, n in {1..}', ZERO, false],
    ['sum(1/(x[i] + q), i, 1, n)', 'q > 0, x[i] >= 0, n in {1..}', ZERO, false],
    ['floor(q)', 'q > 0', ONE, false],
    ['1/(q - b)', 'q > 0, b in R', ZERO, false],
  ] as const)('%s, %s', (text, given, point, answer) => {
    expect(regular(text, given, point)).toBe(answer)
  })
})
