/**
 * Random terms for property tests: every kind, nested binders, names of every look. What is generated is well formed
 * (no 0^−1, no empty set, ∞ only at ends) but means nothing; `scope` declares the names used.
 */
import fc from 'fast-check'
import type { Scope } from '../src/read/syntax.ts'
import { functions } from '../src/term/functions.ts'
import {
  add,
  all,
  and,
  at,
  type BigOp,
  big,
  bound,
  call,
  cases,
  deriv,
  div,
  type Expr,
  exp,
  expect,
  finite,
  fn,
  infinity,
  integers,
  interval,
  isIn,
  isZero,
  iverson,
  limit,
  log,
  minusInfinity,
  mul,
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
  sqrt,
  sub,
  sym,
  type Term,
} from '../src/term/term.ts'
import { some } from '../src/term/walk.ts'

export const symbolNames = ['p', 'a', 'n', 'k', 'theta', 'lambda', 'mu', 'sigma2', 'mu1', 'xm', 'rate', 'alpha', 'N'] as const
export const arrayNames = ['x', 'y', 'w'] as const
export const callNames = ['h', 'ell'] as const
export const scope: Scope = { symbols: new Set(symbolNames), arrays: new Set(arrayNames), calls: new Set(callNames) }

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

export const rationals: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 12 }).map(k => num(k)) },
  { weight: 2, arbitrary: fc.tuple(fc.integer({ min: -7, max: 7 }), fc.integer({ min: 2, max: 6 })).map(([p, q]) => num(p, q)) },
)
export const symbols: fc.Arbitrary<Expr> = oneOf(...symbolNames).map(sym)

const unary = [...functions.values()].filter(f => f.arity === 1 && f.name !== 'exp').map(f => f.name)
const binary = [...functions.values()].filter(f => f.arity === 2 && f.name !== 'polygamma').map(f => f.name)

const memo = new Map<string, fc.Arbitrary<Term>>()
const remember = <T extends Term>(key: string, make: () => fc.Arbitrary<T>): fc.Arbitrary<T> => {
  let found = memo.get(key)
  if (!found) {
    found = make()
    memo.set(key, found)
  }
  return found as fc.Arbitrary<T>
}

const entries = (binders: number): fc.Arbitrary<Expr> => {
  const index = fc.oneof(
    ...(binders > 0 ? [{ weight: 6, arbitrary: fc.nat({ max: binders - 1 }).map(bound) as fc.Arbitrary<Expr> }] : []),
    ...(binders > 0 ? [{ weight: 1, arbitrary: fc.nat({ max: binders - 1 }).map(k => sub(bound(k), ONE)) }] : []),
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map(k => num(k)) as fc.Arbitrary<Expr> },
    { weight: 1, arbitrary: oneOf('n', 'N').map(sym) as fc.Arbitrary<Expr> },
  )
  return fc.oneof(
    { weight: 5, arbitrary: fc.tuple(oneOf(...arrayNames), index).map(([a, i]) => at(a, i)) },
    { weight: 1, arbitrary: fc.tuple(index, index).map(([i, j]) => at('w', i, j)) },
  )
}

/** Expressions at most `depth` deep in which the innermost `binders` indices may occur free. */
export const exprs = (depth: number, binders = 0): fc.Arbitrary<Expr> =>
  remember(`expr ${depth} ${binders}`, () => {
    const leaf = fc.oneof(
      { weight: 3, arbitrary: rationals },
      { weight: 5, arbitrary: symbols },
      { weight: 3, arbitrary: entries(binders) },
      { weight: 1, arbitrary: oneOf<Expr>(fn('pi'), fn('eulergamma')) },
    )
    if (depth <= 0) return leaf
    const e = exprs(depth - 1, binders)
    const inner = exprs(depth - 1, binders + 1)
    const end = fc.oneof(rationals, symbols)
    const bigOf = (op: BigOp) =>
      fc
        .tuple(inner, oneOf<Expr>(ONE, num(2), sym('k')), oneOf<Expr>(sym('n'), sym('N'), num(7), sub(sym('n'), ONE)))
        .map(([body, lo, hi]) => big(op, lo, hi, body))
    return fc.oneof(
      { weight: 4, arbitrary: leaf },
      { weight: 5, arbitrary: fc.array(e, { minLength: 2, maxLength: 3 }).map(list => add(...list)) },
      { weight: 2, arbitrary: fc.tuple(e, e).map(([a, b]) => sub(a, b)) },
      { weight: 5, arbitrary: fc.array(e, { minLength: 2, maxLength: 3 }).map(list => mul(...list)) },
      { weight: 3, arbitrary: fc.tuple(e, e).map(([a, b]) => (isZero(b) ? a : div(a, b))) },
      { weight: 1, arbitrary: e.map(neg) },
      { weight: 4, arbitrary: fc.tuple(e, e).map(([a, b]) => (isZero(a) ? b : pow(a, b))) },
      { weight: 2, arbitrary: fc.tuple(e, rationals).map(([a, b]) => (isZero(a) ? b : pow(a, b))) },
      { weight: 1, arbitrary: e.map(sqrt) },
      { weight: 2, arbitrary: e.map(log) },
      { weight: 2, arbitrary: e.map(exp) },
      { weight: 2, arbitrary: fc.tuple(oneOf(...unary), e).map(([f, a]) => fn(f, a)) },
      { weight: 1, arbitrary: fc.tuple(oneOf(...binary), e, e).map(([f, a, b]) => fn(f, a, b)) },
      { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 2, max: 4 }), e).map(([k, a]) => fn('polygamma', num(k), a)) },
      ...(binders < 3
        ? [
            { weight: 3, arbitrary: bigOf('sum') },
            { weight: 2, arbitrary: bigOf('prod') },
            { weight: 1, arbitrary: bigOf('max') },
            { weight: 1, arbitrary: bigOf('min') },
            { weight: 1, arbitrary: fc.tuple(inner, end).map(([body, r]) => big('order', ONE, sym('n'), body, r)) },
            { weight: 1, arbitrary: oneOf<BigOp>('max', 'min').map(op => big(op, ONE, sym('n'), at('x', bound(0)))) },
          ]
        : []),
      {
        weight: 1,
        arbitrary: fc
          .tuple(e, oneOf('p', 'theta', 'mu1', 'rate'), fc.integer({ min: 1, max: 2 }))
          .map(([body, v, k]) => deriv(body, sym(v), k)),
      },
      { weight: 1, arbitrary: fc.tuple(oneOf(...callNames), e, fc.nat({ max: 2 })).map(([f, a, k]) => call(f, [a], [k])) },
      { weight: 1, arbitrary: fc.tuple(e, e).map(([a, b]) => call('h', [a, b])) },
      { weight: 1, arbitrary: props(depth - 1, binders).map(iverson) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.array(fc.tuple(props(depth - 1, binders), e), { minLength: 1, maxLength: 2 }), fc.option(e, { nil: undefined }))
          .map(([list, o]) =>
            cases(
              list.map(([when, value]) => ({ when, value })),
              o,
            ),
          ),
      },
      { weight: 1, arbitrary: e.map(expect) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(e, oneOf<Expr>(num(0), sym('a'), infinity, minusInfinity), oneOf<'+' | '-' | undefined>('+', '-', undefined))
          .map(([body, to, side]) => limit(body, sym('p'), to, to.kind === 'infinity' ? undefined : side)),
      },
    )
  })

/** Sets that are not visibly empty. */
export const sets = (depth: number, binders = 0): fc.Arbitrary<SetTerm> =>
  remember(`set ${depth} ${binders}`, () => {
    const e = exprs(Math.min(depth, 1), binders)
    const closed = fc.tuple(fc.boolean(), fc.boolean())
    return fc.oneof(
      fc.array(e, { minLength: 1, maxLength: 3 }).map(list => finite(...list)),
      fc.nat({ max: 3 }).map(k => range(num(k), infinity)),
      fc.tuple(fc.nat({ max: 3 }), oneOf<Expr>(sym('k'), add(sym('n'), ONE), num(5), num(9))).map(([lo, hi]) => range(num(lo), hi)),
      oneOf<SetTerm>(
        reals,
        integers,
        range(minusInfinity, num(3)),
        interval(num(0), infinity),
        interval(minusInfinity, sym('theta'), false, true),
      ),
      fc
        .tuple(oneOf<Expr>(num(0), neg(sym('a')), num(-1)), oneOf<Expr>(num(1), sym('theta'), infinity), closed)
        .map(([lo, hi, c]) => interval(lo, hi, ...c)),
    )
  })

export const props = (depth: number, binders = 0): fc.Arbitrary<Prop> =>
  remember(`prop ${depth} ${binders}`, () => {
    const e = exprs(Math.max(depth - 1, 0), binders)
    const relation = fc.tuple(oneOf<'=' | '!=' | '<' | '<='>('=', '!=', '<', '<='), e, e).map(([op, a, b]) => rel(op, a, b))
    const member = fc.tuple(e, sets(depth - 1, binders)).map(([a, s]) => isIn(a, s))
    if (depth <= 0) return relation
    const p = props(depth - 1, binders)
    return fc.oneof(
      { weight: 4, arbitrary: relation },
      { weight: 2, arbitrary: member },
      { weight: 1, arbitrary: fc.tuple(e, e, e).map(([a, b, c]) => and(rel('<=', a, b), rel('<', b, c))) },
      { weight: 1, arbitrary: fc.array(p, { maxLength: 3 }).map(list => and(...list)) },
      { weight: 1, arbitrary: fc.array(p, { maxLength: 3 }).map(list => or(...list)) },
      { weight: 1, arbitrary: p.map(not) },
      ...(binders < 3
        ? [
            {
              weight: 1,
              arbitrary: fc.tuple(props(depth - 1, binders + 1), oneOf<Expr>(sym('n'), sym('k'))).map(([body, hi]) => all(ONE, hi, body)),
            },
          ]
        : []),
    )
  })

const divides0 = (t: Term): boolean => some(t, u => u.kind === 'pow' && isZero(u.base))
const proper = <T extends Term>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> => arbitrary.filter(t => !divides0(t))

/** Random expressions, propositions, and both. */
export const anyExpr: fc.Arbitrary<Expr> = proper(exprs(3))
export const anyProp: fc.Arbitrary<Prop> = proper(props(3))
export const anyTerm: fc.Arbitrary<Term> = proper(
  fc.oneof({ weight: 3, arbitrary: exprs(3) as fc.Arbitrary<Term> }, { weight: 1, arbitrary: props(3) as fc.Arbitrary<Term> }),
)
