/** What is printed reads back as the same term: plain for every term, LaTeX and unicode for terms without abbreviations. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import katex from 'katex'
import { latex, plain, type Style, unicode } from '../src/print/index.ts'
import { parseTerm } from '../src/read/parser.ts'
import { same } from '../src/term/order.ts'
import {
  add, and, at, big, bound, cases, call, deriv, exp, expect as mean, type Expr, finite, fn, infinity, integers, interval, isIn, iverson, limit, log, mul, not, num, ONE,
  or, pow, type Prop, range, reals, rel, type SetTerm, sym, type Term, all, eq, lt, le,
} from '../src/term/term.ts'

const symbols = ['n', 'p', 'v', 'a', 'theta', 'alpha', 'mu1', 'sigma2', 'am', 'rate']
const arrays = ['x', 'y', 'w', 'q']
const scope = { symbols: new Set([...symbols]), arrays: new Set(arrays), calls: new Set(['ell', 'h']) }

const rational = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 4 })).map(([p, q]) => num(p, q))
const symbol = fc.constantFrom(...symbols).map(sym)

/** Expressions with `depth` enclosing binders. */
const expressions = (depth: number, size: number): fc.Arbitrary<Expr> => {
  const index: fc.Arbitrary<Expr> = depth === 0
    ? fc.constantFrom<Expr>(num(1), sym('n'), add(sym('n'), num(-1)))
    : fc.integer({ min: 0, max: depth - 1 }).chain(k => fc.constantFrom<Expr>(bound(k), add(bound(k), num(-1))))
  const leaf = fc.oneof(
    { weight: 2, arbitrary: rational },
    { weight: 5, arbitrary: symbol },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom('x', 'y', 'w'), index).map(([a, i]) => at(a, i)) },
    { weight: 1, arbitrary: fc.tuple(index, index).map(([i, j]) => at('q', i, j)) },
    { weight: 1, arbitrary: fc.constant<Expr>(fn('pi')) },
  )
  if (size <= 0) return leaf
  const part = expressions(depth, size - 1)
  const list = fc.array(part, { minLength: 2, maxLength: 3 })
  const exponent = fc.oneof(rational, symbol, part)
  const inside = fc.integer({ min: 0, max: 1 }).chain(() => expressions(depth + 1, size - 1))
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 4, arbitrary: list.map(l => add(...l)) },
    { weight: 5, arbitrary: list.map(l => mul(...l)) },
    { weight: 4, arbitrary: fc.tuple(part, exponent).filter(([b]) => b.kind !== 'num' || b.value.num > 0n).map(([b, e]) => pow(b, e)) },
    { weight: 2, arbitrary: part.filter(b => b.kind !== 'num').map(b => pow(b, num(-1))) },
    { weight: 3, arbitrary: part.map(log) },
    { weight: 2, arbitrary: part.map(exp) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('gamma', 'digamma', 'trigamma', 'factorial', 'abs', 'floor', 'ceil', 'cos', 'atan', 'erf', 'Phi', 'loggamma', 'zeta', 'sign'), part).map(([f, u]) => fn(f, u)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('binomial', 'beta', 'besseli'), part, part).map(([f, u, v]) => fn(f, u, v)) },
    { weight: 1, arbitrary: part.map(u => fn('polygamma', num(2), u)) },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom('sum', 'prod', 'max', 'min'), fc.constantFrom<Expr>(ONE, num(2)), inside).map(([op, lo, body]) => big(op as 'sum', lo, sym('n'), body)) },
    { weight: 1, arbitrary: inside.map(body => big('order', ONE, sym('n'), body, sym('a'))) },
    { weight: 1, arbitrary: fc.tuple(part, fc.integer({ min: 1, max: 2 })).map(([u, k]) => deriv(u, sym('p'), k)) },
    { weight: 1, arbitrary: propositions(depth, size - 1).map(iverson) },
    { weight: 1, arbitrary: fc.tuple(propositions(depth, size - 1), part, fc.option(part, { nil: undefined })).map(([c, u, v]) => cases([{ when: c, value: u }], v)) },
    { weight: 1, arbitrary: fc.tuple(part, fc.integer({ min: 0, max: 3 })).map(([u, k]) => call('ell', [u], [k])) },
    { weight: 1, arbitrary: fc.tuple(part, part).map(([u, v]) => call('h', [u, v])) },
    { weight: 1, arbitrary: part.map(mean) },
    { weight: 1, arbitrary: fc.tuple(part, fc.constantFrom<[Expr, '+' | '-' | undefined]>([num(0), '+'], [infinity, undefined], [sym('a'), '-'])).map(([u, [to, side]]) => limit(u, sym('p'), to, side)) },
  )
}
const sets = (depth: number, size: number): fc.Arbitrary<SetTerm> => {
  const e = expressions(depth, size)
  const names = fc.constantFrom(...symbols).map(sym)
  return fc.oneof(
    fc.array(e, { minLength: 1, maxLength: 3 }).map(l => finite(...l)),
    fc.constantFrom<SetTerm>(range(num(0), infinity), range(num(1), sym('n')), range(num(0), num(1)), range(num(0), num(7)), reals, integers),
    fc.tuple(names, e, fc.boolean(), fc.boolean()).filter(([a, b]) => !same(a, b)).map(([a, b, c, d]) => interval(a, b, c, d)),
    fc.tuple(e, fc.boolean()).map(([a, c]) => interval(a, infinity, c)),
  )
}
function propositions(depth: number, size: number): fc.Arbitrary<Prop> {
  const e = expressions(depth, size - 1)
  const relation = fc.tuple(fc.constantFrom('=', '!=', '<', '<='), e, e).map(([op, a, b]) => rel(op as '=', a, b))
  const atom: fc.Arbitrary<Prop> = fc.oneof(
    { weight: 4, arbitrary: relation },
    { weight: 1, arbitrary: fc.tuple(e, sets(depth, 0)).map(([u, s]) => isIn(u, s)) },
    { weight: 1, arbitrary: fc.tuple(e, e, e).map(([a, b, c]) => and(lt(a, b), le(b, c))) },
  )
  if (size <= 0) return atom
  const p = propositions(depth, size - 1)
  return fc.oneof(
    { weight: 3, arbitrary: atom },
    { weight: 1, arbitrary: fc.array(p, { minLength: 2, maxLength: 3 }).map(l => and(...l)) },
    { weight: 1, arbitrary: fc.array(p, { minLength: 2, maxLength: 3 }).map(l => or(...l)) },
    { weight: 1, arbitrary: p.map(not) },
  )
}
const terms: fc.Arbitrary<Term> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }).chain(k => expressions(0, k)) },
  { weight: 1, arbitrary: propositions(0, 2) },
  { weight: 1, arbitrary: expressions(1, 1).map(u => all(ONE, sym('n'), eq(u, num(0)))) },
)

/** Styles without abbreviations. */
const styles: fc.Arbitrary<Style> = fc.record({
  parameters: fc.subarray([...symbols, 'w']),
  data: fc.subarray(['x', 'y', 'a']),
  letters: fc.constantFrom<Record<string, string>>({}, { x: 'j' }, { x: 't', y: 'k' }),
  hats: fc.subarray(['p', 'v', 'mu1', 'rate']).map(l => new Set(l)),
})

const reads = (text: string, t: Term): void => {
  let back: Term
  try {
    back = parseTerm(text, scope)
  } catch (error) {
    throw new Error(`${text}\n${plain(t)}\n${(error as Error).message}`)
  }
  expect(same(back, t), `${text}\n read as ${plain(back)}\n instead of ${plain(t)}`).toBe(true)
}
const runs = { numRuns: Number(process.env.RUNS ?? 400), seed: Number(process.env.SEED ?? 1) }

// A backslash makes a text LaTeX and a character beyond ASCII makes it unicode: both are put in front, for formulas without one.
describe('round trip', () => {
  it('plain', () => fc.assert(fc.property(terms, t => reads(plain(t), t)), runs))
  it('latex', () => fc.assert(fc.property(terms, styles, (t, s) => reads(`\\displaystyle ${latex(t, s)}`, t)), runs))
  it('unicode', () => fc.assert(fc.property(terms, styles, (t, s) => reads(`\u2009${unicode(t, s)}`, t)), runs))
})

describe('latex', () => {
  it('is valid in KaTeX, strictly', () =>
    fc.assert(fc.property(terms, styles, (t, s) => void katex.renderToString(latex(t, s), { throwOnError: true, strict: 'error', displayMode: true })), { ...runs, numRuns: runs.numRuns / 2 }))
})
