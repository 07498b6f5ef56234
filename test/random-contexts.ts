/**
 * Random problems for the tests of sign analysis: domains and facts, settings that satisfy them, terms and
 * propositions. Values are multiples of 1/8 and ends are drawn often: what happens exactly at an end is what an
 * unsound verdict gets wrong.
 */
import fc from 'fast-check'
import { type Context, context, type Fact } from '../src/rewrite/facts.ts'
import { contains, type Env } from '../src/term/evaluate.ts'
import {
  add,
  all,
  and,
  at,
  type BigOp,
  big,
  bound,
  cases,
  type Expr,
  eq,
  exp,
  finite,
  fn,
  HALF,
  infinity,
  integers,
  interval,
  isIn,
  iverson,
  le,
  log,
  lt,
  minusInfinity,
  mul,
  ne,
  neg,
  not,
  num,
  ONE,
  or,
  type Prop,
  pow,
  range,
  reals,
  rel,
  type SetTerm,
  sub,
  sym,
  ZERO,
} from '../src/term/term.ts'
import { strictTruth, strictValue } from './strict-value.ts'

/** Seeded, so that a run can be repeated; `RUNS=100 SEED=7` looks further. */
export const runs = (count: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: Math.ceil(count * Number(process.env.RUNS ?? 1)),
  seed: Number(process.env.SEED ?? 1),
})

/** The entries of every array: more than any sample has, so that an index out of the sample is seen too. */
export const entries = 8

// --- domains and settings ------------------------------------------------------------------------

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
/** In this order: the ends of a domain mention only names before it. */
export const names = ['n', 'm', 'a', 'b', 'c', 'p', 'q'] as const
export const arrays = ['x', 'w'] as const
const [a, b, m, n] = [sym('a'), sym('b'), sym('m'), sym('n')]

const plainDomains: readonly SetTerm[] = [
  interval(ZERO, infinity),
  interval(ZERO, infinity, true),
  interval(ZERO, ONE),
  interval(ZERO, ONE, true, true),
  interval(ZERO, ONE, true),
  interval(ZERO, ONE, false, true),
  reals,
  interval(minusInfinity, ZERO),
  interval(minusInfinity, ZERO, false, true),
  interval(ONE, infinity),
  interval(ONE, infinity, true),
  interval(num(-1), ONE),
  interval(num(-1), ONE, true, true),
  interval(num(-2), num(-1, 2), true),
  interval(num(1, 2), num(3), true, true),
  interval(num(-1), infinity, true),
  range(ZERO, infinity),
  range(ONE, infinity),
  range(num(2), infinity),
  range(ZERO, num(3)),
  range(num(-1), ONE),
  integers,
  range(minusInfinity, ZERO),
  finite(ZERO, ONE),
  finite(num(-1), ONE),
  finite(num(-1), ZERO, num(2)),
  finite(HALF, ONE),
  finite(num(2)),
  finite(ZERO),
  finite(num(-2), num(-1, 2)),
]
const domainAfter = (earlier: readonly Expr[]): fc.Arbitrary<SetTerm> => {
  const end = oneOf(...earlier, ...earlier.map(neg), ...earlier.map(e => add(e, ONE)), ...earlier.map(e => sub(ONE, e)))
  return fc.oneof(
    { weight: 8, arbitrary: oneOf(...plainDomains) },
    { weight: 1, arbitrary: fc.tuple(end, fc.boolean()).map(([e, k]) => interval(e, infinity, k)) },
    { weight: 1, arbitrary: fc.tuple(end, fc.boolean()).map(([e, k]) => interval(minusInfinity, e, false, k)) },
    { weight: 1, arbitrary: fc.tuple(end, fc.boolean(), fc.boolean()).map(([e, k, l]) => interval(ZERO, e, k, l)) },
    { weight: 1, arbitrary: fc.tuple(end, end).map(([e, f]) => finite(e, f)) },
    { weight: 1, arbitrary: oneOf<SetTerm>(range(ZERO, m), range(ONE, n)) },
  )
}
const size = oneOf<SetTerm>(range(ONE, infinity), range(ONE, infinity), range(ZERO, infinity), range(num(2), infinity))
export const domains: fc.Arbitrary<ReadonlyMap<string, SetTerm>> = fc
  .tuple(
    size,
    oneOf<SetTerm>(range(ZERO, infinity), range(ONE, infinity), range(ZERO, n)),
    domainAfter([m]),
    domainAfter([a]),
    domainAfter([a, b]),
    oneOf(...plainDomains),
    domainAfter([a]),
    domainAfter([a, b]),
    domainAfter([a, m]),
  )
  .map(sets => new Map([...names, ...arrays].map((name, k) => [name, sets[k] as SetTerm])))

export type Random = () => number
const pick = <T>(rng: Random, list: readonly T[]): T => list[Math.floor(rng() * list.length)] as T

const valueIn = (set: SetTerm, env: Env, rng: Random, most: number): number => {
  if (set.kind === 'finite') return strictValue(pick(rng, set.elements), env)
  const end = (e: Expr): number =>
    e.kind === 'infinity' ? (e.negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : strictValue(e, env)
  const [lo, hi] = [end(set.lo), end(set.hi)]
  if (Number.isNaN(lo) || Number.isNaN(hi) || lo > hi) return Number.NaN
  if (set.kind === 'range') {
    const from = Math.ceil(Number.isFinite(lo) ? lo : Number.isFinite(hi) ? hi - 3 : -2)
    const to = Math.floor(Math.min(hi, from + most))
    return to < from ? Number.NaN : pick(rng, [from, from, to, from + Math.floor(rng() * (to - from + 1))])
  }
  const choices: number[] = []
  if (set.closed[0]) choices.push(lo, lo)
  if (set.closed[1]) choices.push(hi, hi)
  if (Number.isFinite(lo) && Number.isFinite(hi)) {
    if (lo < hi) for (const k of [1, 2, 4, 6, 7]) choices.push(lo + ((hi - lo) * k) / 8)
  } else {
    const away = [1 / 8, 1 / 2, 1, 1, 3 / 2, 2, 3, 6]
    if (Number.isFinite(lo)) choices.push(...away.map(d => lo + d))
    else if (Number.isFinite(hi)) choices.push(...away.map(d => hi - d))
    else choices.push(0, 0, ...away, ...away.map(d => -d))
  }
  return choices.length > 0 ? pick(rng, choices) : Number.NaN
}

/** Values for every name in its domain; undefined if a domain came out empty. */
export const settingIn = (sets: ReadonlyMap<string, SetTerm>, rng: Random): Env | undefined => {
  const symbols = new Map<string, number>()
  const lists = new Map<string, readonly number[]>()
  const env: Env = { symbols, arrays: lists }
  for (const name of names) {
    const v = valueIn(sets.get(name) ?? reals, env, rng, name === 'n' ? 3 : 4)
    if (Number.isNaN(v) || !contains(sets.get(name) ?? reals, v, env)) return undefined
    symbols.set(name, v)
  }
  for (const name of arrays) {
    const set = sets.get(name) ?? reals
    const equal = rng() < 0.25
    const firstValue = valueIn(set, env, rng, 4)
    const values = Array.from({ length: entries }, () => (equal ? firstValue : valueIn(set, env, rng, 4)))
    if (values.some(v => Number.isNaN(v) || !contains(set, v, env))) return undefined
    lists.set(name, values)
  }
  return env
}

// --- terms ---------------------------------------------------------------------------------------

const numerals = oneOf(...[-3, -2, -1, 1, 2, 3].map(k => num(k)), HALF, num(-1, 2), num(3, 2))
const leaf = (binders: number): fc.Arbitrary<Expr> =>
  fc.oneof(
    { weight: 2, arbitrary: numerals as fc.Arbitrary<Expr> },
    { weight: 6, arbitrary: oneOf(...names).map(sym) },
    ...(binders > 0
      ? [
          { weight: 6, arbitrary: fc.tuple(oneOf(...arrays), fc.nat({ max: binders - 1 })).map(([name, k]) => at(name, bound(k))) },
          { weight: 1, arbitrary: fc.nat({ max: binders - 1 }).map(bound) as fc.Arbitrary<Expr> },
        ]
      : []),
    { weight: 1, arbitrary: fc.tuple(oneOf(...arrays), oneOf<Expr>(ONE, n, m, add(n, ONE))).map(([name, k]) => at(name, k)) },
  )
const exponents = fc.oneof(
  {
    weight: 5,
    arbitrary: oneOf<Expr>(num(2), num(2), num(-1), num(-1), num(-2), num(3), HALF, HALF, num(-1, 2), num(1, 3), num(-3), num(4)),
  },
  { weight: 1, arbitrary: oneOf<Expr>(sym('p'), n, m, neg(n), sub(m, ONE)) },
)
const memo = new Map<string, fc.Arbitrary<Expr>>()
/** Expressions of the shapes that derivations meet, in which the innermost `binders` indices may occur. */
export const terms = (depth: number, binders = 0): fc.Arbitrary<Expr> => {
  const key = `${depth} ${binders}`
  const known = memo.get(key)
  if (known) return known
  const made = makeTerms(depth, binders)
  memo.set(key, made)
  return made
}
const power = (u: Expr, e: Expr): Expr => (u.kind === 'num' ? u : pow(u, e))
const makeTerms = (depth: number, binders: number): fc.Arbitrary<Expr> => {
  if (depth <= 0) return leaf(binders)
  const e = terms(depth - 1, binders)
  const small = leaf(binders)
  const bigOf = (ops: readonly BigOp[]): fc.Arbitrary<Expr> =>
    fc
      .tuple(oneOf(...ops), terms(depth - 1, binders + 1), oneOf<Expr>(ONE, ONE, ONE, num(2), num(3)), oneOf<Expr>(n, n, n, m, num(4)))
      .map(([op, body, lo, hi]) => big(op, lo, hi, body))
  return fc.oneof(
    { weight: 3, arbitrary: small },
    { weight: 7, arbitrary: fc.tuple(e, e).map(([u, v]) => add(u, v)) },
    { weight: 5, arbitrary: fc.tuple(e, small).map(([u, v]) => sub(u, v)) },
    { weight: 3, arbitrary: small.map(u => sub(ONE, u)) },
    { weight: 5, arbitrary: fc.tuple(e, e).map(([u, v]) => mul(u, v)) },
    { weight: 2, arbitrary: fc.tuple(numerals, e).map(([u, v]) => mul(u, v)) },
    { weight: 5, arbitrary: fc.tuple(e, exponents).map(([u, v]) => power(u, v)) },
    { weight: 2, arbitrary: fc.tuple(small, small, small, small).map(([x, u, v, w]) => add(mul(u, pow(x, num(2))), mul(v, x), w)) },
    { weight: 2, arbitrary: fc.tuple(small, e, small).map(([u, v, w]) => add(u, mul(w, power(v, HALF)))) },
    // the same operand twice: operands are found by place, not by what they are
    { weight: 2, arbitrary: fc.tuple(e, e).map(([u, v]) => add(u, u, v)) },
    { weight: 2, arbitrary: fc.tuple(e, small).map(([u, v]) => mul(u, u, v)) },
    { weight: 1, arbitrary: fc.tuple(e, small, small).map(([u, v, w]) => sub(mul(power(u, HALF), power(u, HALF), v), w)) },
    { weight: 2, arbitrary: e.map(log) },
    { weight: 1, arbitrary: e.map(exp) },
    {
      weight: 1,
      arbitrary: fc.tuple(oneOf('abs', 'sign', 'gamma', 'loggamma', 'atan', 'floor', 'Phi', 'digamma', 'erf'), e).map(([f, u]) => fn(f, u)),
    },
    ...(binders < 2 ? [{ weight: 8, arbitrary: bigOf(['sum', 'sum', 'sum', 'prod', 'max', 'min']) }] : []),
    ...(binders === 0 ? [{ weight: 3, arbitrary: fc.tuple(small, bigOf(['sum'])).map(([u, v]) => sub(u, v)) }] : []),
    { weight: 1, arbitrary: fc.tuple(oneOf('<', '<=', '=', '!='), small, small).map(([op, u, v]) => iverson(rel(op as '<', u, v))) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(oneOf('<', '<=', '=', '!='), small, small, e, e)
        .map(([op, u, v, y, z]) => cases([{ when: rel(op as '<', u, v), value: y }], z)),
    },
  )
}

// --- facts that hold in a setting ------------------------------------------------------------------

/** A comparison that becomes a fact by the way it comes out in a setting. */
export interface Comparison {
  readonly left: Expr
  readonly right: Expr
  /** About one value, about all entries of an array in a range, or their negation. */
  readonly about: 'one' | 'all' | 'not all' | 'both'
  readonly lo: Expr
  readonly hi: Expr
  /** A weaker statement than the sharpest one that holds. */
  readonly weak: boolean
}
export const comparisons: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    left: terms(1),
    right: terms(1),
    about: oneOf<Comparison['about']>('one', 'both'),
    lo: fc.constant(ONE),
    hi: fc.constant(n),
    weak: fc.boolean(),
  }),
  fc.record({
    left: terms(1),
    right: fc.constant(ZERO),
    about: oneOf<Comparison['about']>('one'),
    lo: fc.constant(ONE),
    hi: fc.constant(n),
    weak: fc.boolean(),
  }),
  fc.record({
    left: terms(2),
    right: leaf(0),
    about: oneOf<Comparison['about']>('one'),
    lo: fc.constant(ONE),
    hi: fc.constant(n),
    weak: fc.boolean(),
  }),
  fc.record({
    left: leaf(1),
    right: fc.oneof(leaf(1), oneOf<Expr>(ZERO, ONE)),
    about: oneOf<Comparison['about']>('all', 'not all'),
    lo: oneOf<Expr>(ONE, ONE, num(2)),
    hi: oneOf<Expr>(n, n, m),
    weak: fc.boolean(),
  }),
)

const sharpest = (left: Expr, right: Expr, weak: boolean, holds: (p: Prop) => boolean): Prop | undefined => {
  const order: readonly Prop[] = weak
    ? [le(left, right), le(right, left), ne(left, right)]
    : [eq(left, right), lt(left, right), lt(right, left), le(left, right), le(right, left), ne(left, right)]
  return order.find(holds)
}
/** What the comparison says that is true in this setting, if anything. */
export const factIn = (c: Comparison, env: Env): Prop | undefined => {
  const holds = (p: Prop): boolean => strictTruth(p, env) === 1
  if (c.about === 'all')
    return (
      sharpest(c.left, c.right, c.weak, p => holds(all(c.lo, c.hi, p))) &&
      all(c.lo, c.hi, sharpest(c.left, c.right, c.weak, p => holds(all(c.lo, c.hi, p))) as Prop)
    )
  if (c.about === 'not all') {
    const p = not(all(c.lo, c.hi, eq(c.left, c.right)))
    return holds(p) ? p : undefined
  }
  const one = sharpest(c.left, c.right, c.weak, holds)
  if (c.about === 'one' || !one) return one
  const other = sharpest(c.left, ONE, c.weak, holds)
  return other && and(one, other)
}

/** Propositions over the same names: comparisons, membership, quantified, joined, denied. */
export const propositions = (depth: number, binders = 0): fc.Arbitrary<Prop> => {
  const e = terms(Math.min(depth, 1), binders)
  const relation = fc.tuple(oneOf<'=' | '!=' | '<' | '<='>('=', '!=', '<', '<='), e, e).map(([op, u, v]) => rel(op, u, v))
  if (depth <= 0) return relation
  const p = propositions(depth - 1, binders)
  return fc.oneof(
    { weight: 5, arbitrary: relation },
    {
      weight: 3,
      arbitrary: fc
        .tuple(e, oneOf(...plainDomains, interval(ZERO, a), interval(a, b, true, true), range(ZERO, n), range(ONE, m), finite(a, b)))
        .map(([u, s]) => isIn(u, s)),
    },
    { weight: 1, arbitrary: fc.array(p, { maxLength: 3 }).map(list => and(...list)) },
    { weight: 1, arbitrary: fc.array(p, { maxLength: 3 }).map(list => or(...list)) },
    { weight: 1, arbitrary: p.map(not) },
    ...(binders === 0
      ? [
          {
            weight: 2,
            arbitrary: fc
              .tuple(propositions(depth - 1, 1), oneOf<Expr>(ONE, num(2)), oneOf<Expr>(n, m))
              .map(([body, lo, hi]) => all(lo, hi, body)),
          },
        ]
      : []),
  )
}

export interface Problem {
  readonly cx: Context
  /** Settings in which every domain and fact holds. */
  readonly settings: readonly Env[]
}
export const problemOf = (
  sets: ReadonlyMap<string, SetTerm>,
  facts: readonly Comparison[],
  rng: Random,
  draws = 40,
  conditions: readonly Prop[] = [],
): Problem | undefined => {
  const first = settingIn(sets, rng)
  if (!first) return undefined
  const decided = conditions.flatMap(p => {
    const truth = strictTruth(p, first)
    return truth === undefined ? [] : [truth === 1 ? p : not(p)]
  })
  const props = [...facts.map(c => factIn(c, first)).filter(p => p !== undefined), ...decided]
  const cx = context({
    domains: sets,
    facts: props.map((prop): Fact => ({ kind: 'assume', prop })),
    data: [...arrays],
    unknowns: ['p', 'q'],
  })
  const settings = [first]
  for (let k = 0; k < draws; k++) {
    const env = settingIn(sets, rng)
    if (env && props.every(p => strictTruth(p, env) === 1)) settings.push(env)
  }
  return { cx, settings }
}

/** For the message of a failing test. */
export const showEnv = (env: Env): string =>
  `${[...env.symbols].map(([k, v]) => `${k}=${v}`).join(' ')} ${[...env.arrays].map(([k, v]) => `${k}=[${v}]`).join(' ')}`
