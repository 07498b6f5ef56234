/**
 * Random equations in one unknown of the kinds that scores lead to, and their roots on a domain found numerically,
 * independently of the engine: sign changes on a fine grid, bisected.
 */
import fc from 'fast-check'
import { type Context, context } from '../src/rewrite/facts.ts'
import type { Env } from '../src/term/evaluate.ts'
import {
  add,
  at,
  div,
  type Expr,
  eq,
  exp,
  finite,
  infinity,
  interval,
  log,
  minusInfinity,
  mul,
  neg,
  num,
  ONE,
  pow,
  type Rel,
  range,
  reals,
  type SetTerm,
  sub,
  sym,
  TWO,
  ZERO,
} from '../src/term/term.ts'
import { sum } from '../src/term/walk.ts'
import { type Random, settingIn } from './random-contexts.ts'
import { strictValue } from './strict-value.ts'

export const unknown = sym('q')
const u = unknown
const [a, b, c, m, n] = ['a', 'b', 'c', 'm', 'n'].map(sym) as [Expr, Expr, Expr, Expr, Expr]
const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const total = sum(n, i => at('x', i))
/** What may stand before the unknown: numerals, knowns, statistics. */
export const coefficients: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 2, arbitrary: oneOf<Expr>(ONE, TWO, num(3), num(1, 2), num(-1), num(-2)) },
  { weight: 4, arbitrary: oneOf<Expr>(a, b, c, n, m) },
  {
    weight: 4,
    arbitrary: oneOf<Expr>(
      total,
      sum(n, i => pow(at('x', i), TWO)),
      sum(n, i => log(at('x', i))),
      sub(n, total),
      sum(n, i => pow(sub(at('x', i), a), TWO)),
      sum(n, i => at('w', i)),
      mul(n, a),
      sub(mul(n, m), total),
    ),
  },
  { weight: 1, arbitrary: oneOf<Expr>(add(n, a), mul(TWO, b), neg(c), add(total, ONE), exp(a), sub(a, b), div(n, TWO), mul(a, total)) },
)
const atoms: fc.Arbitrary<Expr> = oneOf<Expr>(
  u,
  u,
  pow(u, num(-1)),
  pow(u, num(-1)),
  pow(u, TWO),
  pow(u, num(-2)),
  pow(u, num(-3)),
  pow(u, num(3)),
  pow(sub(ONE, u), num(-1)),
  pow(sub(ONE, u), num(-1)),
  pow(add(ONE, u), num(-1)),
  pow(add(a, u), num(-1)),
  log(u),
  log(sub(ONE, u)),
  exp(u),
  exp(neg(u)),
  exp(mul(TWO, u)),
  div(exp(u), add(ONE, exp(u))),
  pow(add(ONE, exp(u)), num(-1)),
  pow(u, num(1, 2)),
  pow(u, num(-1, 2)),
  pow(u, b),
  pow(u, neg(b)),
  pow(u, sub(neg(b), ONE)),
  pow(a, u),
  pow(exp(u), num(-1)),
  sub(u, a),
  pow(sub(u, a), TWO),
  sub(ONE, u),
  mul(u, sub(ONE, u)),
  pow(mul(u, sub(ONE, u)), num(-1)),
  sum(n, i => sub(at('x', i), u)),
  sum(n, i => div(at('x', i), u)),
  sum(n, i => mul(at('w', i), sub(at('x', i), mul(u, at('w', i))))),
)
const summand = fc.tuple(coefficients, atoms).map(([k, t]) => mul(k, t))
const side = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(summand, coefficients).map(([s, k]) => add(s, k)) },
  { weight: 3, arbitrary: fc.tuple(summand, summand).map(([s, t]) => add(s, t)) },
  { weight: 2, arbitrary: fc.tuple(summand, summand).map(([s, t]) => sub(s, t)) },
  { weight: 3, arbitrary: fc.tuple(summand, coefficients).map(([s, k]) => sub(s, k)) },
  { weight: 2, arbitrary: fc.tuple(summand, summand, coefficients).map(([s, t, k]) => add(s, neg(t), k)) },
  { weight: 1, arbitrary: fc.tuple(atoms, atoms, coefficients).map(([s, t, k]) => sub(mul(s, t), k)) },
  { weight: 1, arbitrary: summand },
)
export const equations: fc.Arbitrary<Rel> = fc.oneof(
  { weight: 4, arbitrary: side.map(s => eq(s, ZERO)) },
  { weight: 1, arbitrary: fc.tuple(side, summand).map(([s, t]) => eq(s, t)) },
  { weight: 1, arbitrary: fc.tuple(side, coefficients).map(([s, t]) => eq(s, t)) },
)

const unit = interval(ZERO, ONE)
const positive = interval(ZERO, infinity)
const known: fc.Arbitrary<SetTerm> = oneOf<SetTerm>(
  positive,
  positive,
  reals,
  interval(ZERO, infinity, true),
  unit,
  interval(ONE, infinity),
  interval(minusInfinity, ZERO),
)
export const problems: fc.Arbitrary<ReadonlyMap<string, SetTerm>> = fc
  .record({
    n: oneOf(range(ONE, infinity), range(num(2), infinity)),
    m: oneOf<SetTerm>(range(ONE, infinity), range(ZERO, infinity)),
    a: known,
    b: known,
    c: known,
    p: fc.constant<SetTerm>(reals),
    q: oneOf<SetTerm>(
      positive,
      positive,
      positive,
      unit,
      unit,
      reals,
      reals,
      interval(ONE, infinity),
      interval(a, infinity),
      interval(minusInfinity, ZERO),
      interval(num(-1), ONE),
    ),
    x: oneOf<SetTerm>(
      positive,
      finite(ZERO, ONE),
      interval(ZERO, infinity, true),
      range(ZERO, infinity),
      range(ONE, infinity),
      unit,
      reals,
      range(ZERO, m),
      interval(a, infinity, true),
    ),
    w: oneOf<SetTerm>(reals, positive),
  })
  .map(r => new Map(Object.entries(r)))
export const contextOf = (sets: ReadonlyMap<string, SetTerm>): Context => context({ domains: sets, unknowns: ['q'], data: ['x'] })
export const settingsOf = (sets: ReadonlyMap<string, SetTerm>, rng: Random, draws: number): readonly Env[] =>
  Array.from({ length: draws }, () => settingIn(sets, rng)).filter(e => e !== undefined)

/** The setting with another value for the unknown. */
export const movedTo = (env: Env, value: number, name = 'q'): Env => ({ ...env, symbols: new Map(env.symbols).set(name, value) })

/** The open interval in which the unknown lies. */
export const spanOf = (set: SetTerm, env: Env): readonly [number, number] => {
  if (set.kind !== 'interval') return [Number.NaN, Number.NaN]
  const end = (e: Expr): number =>
    e.kind === 'infinity' ? (e.negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : strictValue(e, env)
  return [end(set.lo), end(set.hi)]
}
/** Points of an open interval, dense at its ends and about 0, for any size of the roots. */
export const gridOf = ([lo, hi]: readonly [number, number]): readonly number[] => {
  const steps = Array.from({ length: 241 }, (_, k) => -12 + k / 10)
  const away = steps.map(s => Math.E ** s)
  if (Number.isFinite(lo) && Number.isFinite(hi)) return steps.map(s => lo + (hi - lo) / (1 + Math.exp(-s))).filter(x => x > lo && x < hi)
  if (Number.isFinite(lo)) return away.map(d => lo + d).filter(x => x > lo)
  if (Number.isFinite(hi))
    return [...away]
      .reverse()
      .map(d => hi - d)
      .filter(x => x < hi)
  return [...away]
    .reverse()
    .map(d => -d)
    .concat(0, away)
}
/** Where f changes sign on the grid through a root (not a pole); places of equal roots are not seen. */
export const rootsOf = (f: (x: number) => number, grid: readonly number[]): readonly number[] => {
  const roots: number[] = []
  let [from, at0] = [Number.NaN, Number.NaN]
  for (const x of grid) {
    const y = f(x)
    if (y === 0) continue // rounding makes zeros of what only tends to 0
    if (at0 * y < 0) {
      let [lo, hi, flo] = [from, x, at0]
      for (let k = 0; k < 200 && hi - lo > 1e-15 * Math.abs(lo); k++) {
        const mid = lo + (hi - lo) / 2
        const v = f(mid)
        if (v * flo > 0) [lo, flo] = [mid, v]
        else hi = mid
      }
      const [left, right] = [Math.abs(f(lo)), Math.abs(f(hi))]
      // at a pole the values grow as the bracket shrinks
      if (Math.max(left, right) <= Math.max(Math.abs(at0), Math.abs(y))) roots.push((lo + hi) / 2)
    }
    ;[from, at0] = [x, y]
  }
  return roots
}
