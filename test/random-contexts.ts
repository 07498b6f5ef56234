/**
 * Random problems for the tests of sign analysis: domains and facts, settings that satisfy them, and terms. The
 * evaluator here is independent of the engine's and stricter: what is undefined anywhere (1/0, log 0) is NaN, so that a
 * verdict is judged only where the whole term means something. Values are multiples of 1/8 and ends are drawn often:
 * what happens exactly at an end is what an unsound verdict gets wrong.
 */
import fc from 'fast-check'
import { type Context, context, type Fact } from '../src/rewrite/facts.ts'
import { contains, type Env } from '../src/term/evaluate.ts'
import { functions } from '../src/term/functions.ts'
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

// --- a strict value ------------------------------------------------------------------------------

/** The entries of every array: more than any sample has, so that an index out of the sample is seen too. */
export const entries = 8

type Stack = readonly number[]
/** A value and how far rounding may have moved it. */
interface Rounded {
  readonly value: number
  readonly error: number
}
const undefinedValue: Rounded = { value: Number.NaN, error: 0 }
const ulp = 2.3e-16
/** Sums and products of multiples of 1/8 are exact. */
const isExact = (value: number): boolean => Number.isSafeInteger(value * 2 ** 20)
const rounded = (value: number, error = 0): Rounded =>
  Number.isFinite(value) ? { value, error: error === 0 && isExact(value) ? 0 : error + ulp * Math.abs(value) } : undefinedValue
const isExactZero = (r: Rounded): boolean => r.value === 0 && r.error === 0
/** −1, 0, 1, or NaN where rounding decides too much. */
const signOfRounded = ({ value, error }: Rounded): number =>
  Number.isNaN(value) || error > 1e-6 * Math.max(1, Math.abs(value)) ? Number.NaN : Math.abs(value) <= 4 * error ? 0 : Math.sign(value)

const sumOf = (parts: readonly Rounded[]): Rounded => parts.reduce((a, b) => rounded(a.value + b.value, a.error + b.error), rounded(0))
const productOf = (parts: readonly Rounded[]): Rounded =>
  parts.reduce(
    (a, b) => rounded(a.value * b.value, Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error),
    rounded(1),
  )
const powerOf = (b: Rounded, e: Rounded): Rounded => {
  if (isExactZero(b)) return e.value > e.error ? rounded(0) : isExactZero(e) ? rounded(1) : undefinedValue
  if (signOfRounded(b) === 0 || Number.isNaN(b.value) || (b.value < 0 && !Number.isInteger(e.value))) return undefinedValue
  const value = b.value ** e.value
  return rounded(
    value === 0 ? Number.MIN_VALUE : value,
    Math.abs(value) * (Math.abs(e.value) * (b.error / Math.abs(b.value)) + Math.abs(Math.log(Math.abs(b.value))) * e.error),
  )
}
const valueOfFunction = (name: string, args: readonly Rounded[]): Rounded => {
  const f = functions.get(name)?.value
  if (!f || args.some(x => Number.isNaN(x.value))) return undefinedValue
  // what levels off is not told from its limit
  if ((name === 'erf' || name === 'Phi') && Math.abs(args[0]?.value as number) > 3) return undefinedValue
  if (name === 'log' && signOfRounded(args[0] as Rounded) !== 1) return undefinedValue
  const value = f(...args.map(x => x.value))
  const moved = args.map((x, k) =>
    Math.abs(f(...args.map((y, l) => y.value + (k === l ? x.error : 0))) - f(...args.map((y, l) => y.value - (k === l ? x.error : 0)))),
  )
  const own = ['exp', 'log', 'abs', 'floor', 'ceil', 'sign'].includes(name) ? ulp : 1e-13
  // what underflows is not zero
  return rounded(
    value === 0 && (name === 'exp' || name === 'Phi') ? Number.MIN_VALUE : value,
    moved.reduce((s, d) => s + (Number.isNaN(d) ? 1 : d), own * Math.abs(value)),
  )
}

/** The value of t, NaN if it or any part of it that is reached is undefined. `stack`: values of the indices, innermost last. */
const roundedValue = (t: Expr, env: Env, stack: Stack): Rounded => {
  const go = (u: Expr): Rounded => roundedValue(u, env, stack)
  const known = (v: number | undefined): Rounded => (v === undefined ? undefinedValue : { value: v, error: 0 })
  switch (t.kind) {
    case 'num':
      return t.value.den === 1n ? known(Number(t.value.num)) : rounded(Number(t.value.num) / Number(t.value.den))
    case 'sym':
      return known(env.symbols.get(t.name))
    case 'bound':
      return known(stack[stack.length - 1 - t.depth])
    case 'at':
      return known(env.arrays.get(t.name)?.[go(t.index[0] as Expr).value - 1] as number | undefined)
    case 'add':
      return sumOf(t.terms.map(go))
    case 'mul':
      return productOf(t.factors.map(go))
    case 'pow':
      return powerOf(go(t.base), go(t.exponent))
    case 'fn':
      return valueOfFunction(t.name, t.args.map(go))
    case 'big': {
      const [lo, hi] = [go(t.lo).value, go(t.hi).value]
      // Σ 1 = hi − lo + 1 speaks of ranges that are at most empty
      if (!Number.isInteger(lo) || !Number.isInteger(hi) || hi < lo - 1 || hi > lo + 99) return undefinedValue
      const values = Array.from({ length: hi - lo + 1 }, (_, k) => roundedValue(t.body, env, [...stack, lo + k]))
      // Σ 1/n over no index is n·(1/n): as undefined as its summand
      if (values.length === 0 && Number.isNaN(roundedValue(t.body, env, [...stack, lo]).value)) return undefinedValue
      if (values.some(v => Number.isNaN(v.value))) return undefinedValue
      if (t.op === 'sum') return sumOf(values)
      if (t.op === 'prod') return productOf(values)
      const order = values.sort((a, b) => a.value - b.value)
      return order[t.op === 'min' ? 0 : t.op === 'max' ? values.length - 1 : go(t.rank as Expr).value - 1] ?? undefinedValue
    }
    case 'iverson':
      return known(strictTruth(t.cond, env, stack))
    case 'cases': {
      for (const b of t.branches) {
        const truth = strictTruth(b.when, env, stack)
        if (truth === undefined) return undefinedValue
        if (truth === 1) return go(b.value)
      }
      return t.otherwise ? go(t.otherwise) : undefinedValue
    }
    default:
      return undefinedValue
  }
}
export const strictValue = (t: Expr, env: Env): number => roundedValue(t, env, []).value
/** −1, 0 or 1; NaN where t is undefined or rounding decides. */
export const strictSign = (t: Expr, env: Env, stack: Stack = []): number => signOfRounded(roundedValue(t, env, stack))

/** 1 true, 0 false, undefined where an operand is undefined. */
export const strictTruth = (p: Prop, env: Env, stack: Stack = []): 0 | 1 | undefined => {
  const parts = (props: readonly Prop[], deciding: 0 | 1): 0 | 1 | undefined => {
    const values = props.map(q => strictTruth(q, env, stack))
    return values.includes(deciding) ? deciding : values.includes(undefined) ? undefined : deciding === 0 ? 1 : 0
  }
  switch (p.kind) {
    case 'rel': {
      // not the difference as a term: its constructor would let what is undefined on both sides cancel
      const s = signOfRounded(sumOf([roundedValue(p.left, env, stack), productOf([rounded(-1), roundedValue(p.right, env, stack)])]))
      if (Number.isNaN(s)) return undefined
      return (p.op === '=' ? s === 0 : p.op === '!=' ? s !== 0 : p.op === '<' ? s < 0 : s <= 0) ? 1 : 0
    }
    case 'and':
      return parts(p.props, 0)
    case 'or':
      return parts(p.props, 1)
    case 'not': {
      const v = strictTruth(p.prop, env, stack)
      return v === undefined ? undefined : v === 1 ? 0 : 1
    }
    case 'all': {
      const [lo, hi] = [roundedValue(p.lo, env, stack).value, roundedValue(p.hi, env, stack).value]
      const values: (0 | 1 | undefined)[] = []
      for (let i = lo; i <= hi; i++) values.push(strictTruth(p.body, env, [...stack, i]))
      return Number.isNaN(lo + hi) || values.includes(undefined) ? (values.includes(0) ? 0 : undefined) : values.includes(0) ? 0 : 1
    }
    case 'in': {
      const v = roundedValue(p.element, env, stack).value
      return Number.isNaN(v) ? undefined : contains(p.set, v, env, 1e-11) ? 1 : 0
    }
    default:
      return p satisfies never
  }
}

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
