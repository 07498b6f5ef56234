/**
 * Signs, bounds, proofs: whatever they say is true at every admissible setting, and what derivations need is said. The
 * settings are evaluated by the strict evaluator of `random-contexts.ts`, which knows nothing of the engine.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../src/print/index.ts'
import { boundsOf, type OneBound } from '../src/rewrite/bounds.ts'
import { assuming, type Context, context } from '../src/rewrite/facts.ts'
import { disprove, prove } from '../src/rewrite/prove.ts'
import { decide, proveInteger, proveNonnegative, proveNonzero, provePositive, type Sign, signOf } from '../src/rewrite/sign.ts'
import { type Env, evaluate } from '../src/term/evaluate.ts'
import {
  add,
  addAll,
  all,
  at,
  type Expr,
  eq,
  infinity,
  interval,
  le,
  minusInfinity,
  mul,
  not,
  num,
  ONE,
  type Prop,
  pow,
  range,
  type SetTerm,
  sub,
  sym,
  ZERO,
} from '../src/term/term.ts'
import { some, subterms, sum } from '../src/term/walk.ts'
import { mulberry32 } from '../src/verify/random.ts'
import { readGiven, readTerm } from './given.ts'
import { type Comparison, comparisons, domains, problemOf, propositions, runs, showEnv, terms } from './random-contexts.ts'
import { strictSign, strictTruth, strictValue } from './strict-value.ts'

const agrees = (sign: Sign, value: number): boolean =>
  sign === 'pos'
    ? value === 1
    : sign === 'neg'
      ? value === -1
      : sign === 'nonneg'
        ? value >= 0
        : sign === 'nonpos'
          ? value <= 0
          : (sign === 'zero') === (value === 0)

const described = (cx: Context, env: Env): string =>
  `where ${[...cx.domains].map(([k, v]) => `${k} in ${plain(v)}`).join('; ')} and ${cx.facts.map(f => plain(f.prop)).join('; ')}, at ${showEnv(env)}`

/** Why a verdict, a bound or a claim of integrality is wrong in this setting; undefined if nothing is. */
const wrongAt = (t: Expr, cx: Context, env: Env): string | undefined => {
  const value = strictSign(t, env)
  const verdict = signOf(t, cx)
  if (Number.isNaN(value)) {
    // a fraction without value is not 0; an empty maximum and a logarithm out of its domain are nobody's claim
    const fraction = verdict?.zeroWhen && !some(t, u => u.kind === 'big' || u.kind === 'fn')
    return fraction && strictTruth(verdict.zeroWhen as Prop, env) === 1 && Math.abs(evaluate(t, env)) === Number.POSITIVE_INFINITY
      ? 'infinite where it should be 0'
      : undefined
  }
  if (verdict && !agrees(verdict.sign, value)) return `is not ${verdict.sign}`
  const zero = verdict?.zeroWhen && strictTruth(verdict.zeroWhen, env)
  if (zero !== undefined && (zero === 1) !== (value === 0)) return `is not 0 exactly when ${plain(verdict?.zeroWhen as Prop)}`
  const exact = strictValue(t, env)
  if (proveInteger(t, cx) && Math.abs(exact - Math.round(exact)) > 1e-9 * Math.max(1, Math.abs(exact))) return 'is no integer'
  const beyond = (b: OneBound | undefined, direction: 1 | -1): string | undefined => {
    const gap = b ? direction * strictSign(sub(t, b.value), env) : Number.NaN
    if (!b || Number.isNaN(gap) || Number.isNaN(strictValue(b.value, env))) return undefined
    if (gap < 0) return `is beyond its bound ${plain(b.value)}`
    if (gap === 0 && !b.attained) return `attains its bound ${plain(b.value)}`
    const touching = b.attained && b.when ? strictTruth(b.when, env) : undefined
    return touching !== undefined && (touching === 1) !== (gap === 0)
      ? `is ${plain(b.value)} not exactly when ${plain(b.when as Prop)}`
      : undefined
  }
  const { lo, hi } = boundsOf(t, cx)
  return beyond(lo, 1) ?? beyond(hi, -1)
}

const closedExprs = (t: Expr): readonly Expr[] =>
  [...subterms(t)].filter(u => u.free === 0 && !['rel', 'and', 'or', 'not', 'in', 'all', 'num'].includes(u.kind)) as Expr[]
/** A fact about a part of the term itself, where it is most likely to matter. */
const insights = fc.array(
  fc.record({
    part: fc.nat({ max: 12 }),
    right: fc.oneof(fc.constant<Expr>(ZERO), fc.constant<Expr>(ONE), terms(0)),
    weak: fc.boolean(),
    zero: fc.boolean(),
  }),
  { maxLength: 2 },
)

describe('whatever is said of a random term is true', () => {
  it('signs, exactly when it is 0, bounds, integers', () => {
    const problems = fc.record({
      sets: domains,
      facts: fc.array(comparisons, { maxLength: 3 }),
      term: fc.oneof(terms(1), terms(2), terms(3)),
      about: insights,
      seed: fc.nat({ max: 1e6 }),
    })
    fc.assert(
      fc.property(problems, ({ sets, facts, term, about, seed }) => {
        const parts = closedExprs(term)
        const part = (k: number): Expr => parts[k % parts.length] ?? term
        const own = about.map((x): Comparison => ({ left: part(x.part), right: x.right, about: 'one', lo: ONE, hi: ONE, weak: x.weak }))
        const bare = context({ domains: sets })
        const zeros = about.flatMap(x => (x.zero ? (signOf(part(x.part + 1), bare)?.zeroWhen ?? []) : []))
        const problem = problemOf(sets, [...facts, ...own], mulberry32(seed), 25, zeros)
        for (const env of problem?.settings ?? []) {
          const wrong = wrongAt(term, (problem as { cx: Context }).cx, env)
          if (wrong)
            throw new Error(`${plain(term)} = ${strictValue(term, env)} ${wrong}, ${described((problem as { cx: Context }).cx, env)}`)
        }
      }),
      runs(1500),
    )
  })
  it('proofs and refutations of propositions', () => {
    const problems = fc.record({
      sets: domains,
      facts: fc.array(comparisons, { maxLength: 2 }),
      prop: fc.oneof(propositions(1), propositions(2)),
      own: fc.boolean(),
      seed: fc.nat({ max: 1e6 }),
    })
    fc.assert(
      fc.property(problems, ({ sets, facts, prop, own, seed }) => {
        const problem = problemOf(sets, facts, mulberry32(seed), 25, own ? [prop] : [])
        if (!problem) return
        const { cx, settings } = problem
        const decided = decide(prop, cx)
        const claims = [...(prove(prop, cx) ? [true] : []), ...(disprove(prop, cx) ? [false] : []), ...(decided ? [decided.holds] : [])]
        for (const env of settings) {
          const truth = strictTruth(prop, env)
          for (const claim of claims)
            if (truth !== undefined && (truth === 1) !== claim)
              throw new Error(`${plain(prop)} is said to be ${claim}, ${described(cx, env)}`)
        }
      }),
      runs(1500),
    )
  })
  it('is said again, and of the opposite term the opposite is said', () => {
    const opposite: Record<Sign, Sign> = { pos: 'neg', neg: 'pos', nonneg: 'nonpos', nonpos: 'nonneg', nonzero: 'nonzero', zero: 'zero' }
    fc.assert(
      fc.property(domains, fc.oneof(terms(1), terms(2)), (sets, t) => {
        const [one, other] = [context({ domains: sets }), context({ domains: sets })]
        const first = signOf(t, one)
        expect(signOf(t, one)).toBe(first)
        expect(signOf(t, other)?.sign).toBe(first?.sign)
        const turned = signOf(mul(num(-1), t), one)
        // what is found for −t need not be found for t, but it never contradicts
        if (first && turned && turned.sign !== opposite[first.sign])
          expect([first.sign, turned.sign].some(s => s.startsWith('non'))).toBe(true)
      }),
      runs(600),
    )
  })
})

const n = 'n in {1..}'
const ask = (text: string, given: string, denied?: string): readonly [Sign | undefined, string | undefined] => {
  const g = readGiven(given, text, denied ?? '')
  const cx = denied ? assuming(g.cx, [not(readTerm(denied, g.scope) as Prop)]) : g.cx
  const v = signOf(readTerm(text, g.scope) as Expr, cx)
  return [v?.sign, v?.zeroWhen && plain(v.zeroWhen)]
}

describe('signs that derivations need', () => {
  const table: readonly (readonly [term: string, given: string, sign: Sign, zeroWhen?: string])[] = [
    ['1 - p', '0 < p < 1', 'pos'],
    ['1 - p', '0 <= p <= 1', 'nonneg', 'p = 1'],
    ['p*(1 - p)', '0 <= p <= 1', 'nonneg', 'p = 0 or p = 1'],
    ['p*(1 - p)', '0 < p < 1', 'pos'],
    ['n - sum(x[i], i, 1, n)', `x[i] in {0, 1}, ${n}`, 'nonneg', '(x[i] = 1, i in 1..n)'],
    ['sum(x[i], i, 1, n) - n', `x[i] in {0, 1}, ${n}`, 'nonpos', '(x[i] = 1, i in 1..n)'],
    ['sum(x[i], i, 1, n)', `x[i] in {0, 1}, ${n}`, 'nonneg', '(x[i] = 0, i in 1..n)'],
    ['sum(x[i], i, 1, n) + n', `x[i] in {0, 1}, ${n}`, 'pos'],
    ['n*m - sum(x[i], i, 1, n)', `x[i] in {0..m}, m in {1..}, ${n}`, 'nonneg', '(x[i] = m, i in 1..n)'],
    ['sum(log(x[i]), i, 1, n)', `x[i] in (0, 1), ${n}`, 'neg'],
    ['sum(log(x[i]), i, 1, n)', `0 < x[i] < 1, ${n}`, 'neg'],
    ['sum(log(1 + x[i]), i, 1, n)', `x[i] > 0, ${n}`, 'pos'],
    ['sum(log(x[i]), i, 1, n) - n*log(c)', `x[i] >= c, c > 0, ${n}`, 'nonneg', '(x[i] = c, i in 1..n)'],
    ['sum(log(x[i]/c), i, 1, n)', `x[i] >= c, c > 0, ${n}`, 'nonneg', '(x[i] = c, i in 1..n)'],
    ['sum(log(x[i]), i, 1, n) - n*log(c)', `x[i] > c, c > 0, ${n}`, 'pos'],
    ['-n/theta^2', `theta > 0, ${n}`, 'neg'],
    ['n - 1', n, 'nonneg', 'n = 1'],
    ['n - 1', 'n in {2..}', 'pos'],
    ['x - xm', 'x >= xm, xm > 0', 'nonneg', 'x = xm'],
    ['x - xm', 'x > xm, xm > 0', 'pos'],
    ['x', 'x >= xm, xm > 0', 'pos'],
    ['theta^2 - 2*theta + 2', 'theta in R', 'pos'],
    ['-theta^2 + theta - 1', 'theta in R', 'neg'],
    ['theta^2 + b*theta + b^2', 'theta in R, b > 0', 'pos'],
    ['-b + (b^2 + 4*c)^(1/2)', 'b in R, c > 0', 'pos'],
    ['-b - (b^2 + 4*c)^(1/2)', 'b in R, c > 0', 'neg'],
    ['b - (b^2 - 4*c)^(1/2)', 'b > 0, c > 0, b^2 > 4*c', 'pos'],
    ['sum((x[i] - mu)^2, i, 1, n)', `x[i] in R, mu in R, ${n}`, 'nonneg', '(x[i] - mu = 0, i in 1..n)'],
    ['-1/(2*v)*sum((x[i] - mu)^2, i, 1, n)', `x[i] in R, mu in R, v > 0, ${n}`, 'nonpos', '(x[i] - mu = 0, i in 1..n)'],
    ['-k/p^2 - (n - k)/(1 - p)^2', `0 < p < 1, ${n}, k in {1..n}`, 'neg'],
    ['max(x[i], i, 1, n)', `x[i] > 0, ${n}`, 'pos'],
    ['max(x[i], i, 1, n)', `x[i] >= 0, ${n}`, 'nonneg', '(x[i] = 0, i in 1..n)'],
    ['theta - max(x[i], i, 1, n)', `theta > 0, x[i] > 0, ${n}, max(x[i], i, 1, n) <= theta`, 'nonneg'],
    ['exp(t) - 1', 't > 0', 'pos'],
    ['1 - exp(-t)', 't > 0', 'pos'],
    ['log(1 + t)', 't >= 0', 'nonneg', 't = 0'],
    ['x*log(x)', '0 < x < 1', 'neg'],
    ['1/(1 + exp(b)) - 1', 'b in R', 'neg'],
    ['abs(x - a)', 'x in R, a in R', 'nonneg', 'x - a = 0'],
    ['trigamma(a)', 'a > 0', 'pos'],
    ['x^2 + h^2 - c^2', 'c > 0, h > 0, x > c', 'pos'],
    ['3*b*x^4 + t - 3*b*c^4', 'c > 0, t >= 0, b > 0, x > c', 'pos'],
    ['x^2', 'x in {-1, 1}', 'pos'],
    ['x', 'x in {-1, 1}', 'nonzero'],
    ['prod(x[i], i, 1, n)', `x[i] < 0, ${n}`, 'nonzero'],
  ]
  it.each(table)('%s, %s: %s', (text = '', given = '', sign, zeroWhen) => {
    expect(ask(text, given)).toEqual([sign, zeroWhen])
  })
})

describe('signs that nobody knows', () => {
  const table: readonly (readonly [string, string])[] = [
    ['x - y', 'x > 0, y > 0'],
    ['x', 'x in R'],
    ['x*y', 'x in R, y > 0'],
    ['log(x)', 'x > 0'],
    ['cos(x)', 'x > 0'],
    ['x^3', 'x in R'],
    ['x^(1/2)', 'x in R'],
    ['sum(x[i], i, 1, n)', `x[i] in R, ${n}`],
    ['n - sum(x[i], i, 1, n)', `x[i] in {0, 1, 2}, ${n}`],
    ['n - 2', n],
    ['x^2 - 2', 'x in R'],
    ['x^2 + h - c^2', 'c in R, h > 0, x > c'],
    ['theta^2 - 3*theta + 2', 'theta in R'],
    ['b^2 - 4*c', 'b > 0, c > 0'],
    ['-b + (b^2 - 4*c)^(1/2)', 'b > 0, c in R'],
    ['x - a', 'x in {a, b}, a > 0, b > 0'],
    ['digamma(a)', 'a > 0'],
    ['1/a - trigamma(a)', 'a > 0'],
    ['x[1] + x[2]', 'x in R'],
    ['unknownname', ''],
    // where x = 0 they have no value, so that nothing may be divided by them or made of their zeros
    ['1/x', 'x >= 0'],
    ['1/x + 1/y', 'x >= 0, y >= 0'],
    ['1/x + 1/x^2', 'x >= 0'],
  ]
  it.each(table)('%s, %s', (text, given) => {
    expect(ask(text, given)).toEqual([undefined, undefined])
  })
})

describe('facts', () => {
  const x = (i: Expr): Expr => at('x', i)
  const [c, N, m] = ['c', 'n', 'm'].map(sym) as [Expr, Expr, Expr]
  const positiveSizes = new Map([
    ['n', range(ONE, sym('inf'))],
    ['m', range(ONE, sym('inf'))],
  ])
  it('about every index of a range speak of no other index', () => {
    const cx = context({
      domains: new Map(positiveSizes),
      facts: [{ kind: 'given', prop: all(ONE, N, eq(x({ ...sumIndex } as Expr), c)) }],
    })
    expect(signOf(sub(x(ONE), c), cx)?.sign).toBe('zero')
    expect(signOf(sub(x(add(N, ONE)), c), cx)).toBeUndefined()
    expect(signOf(sub(x(ZERO), c), cx)).toBeUndefined()
    expect(signOf(sub(x(m), c), cx)).toBeUndefined()
    expect(signOf(sub(x(m), c), assuming(cx, [le(m, N)]))?.sign).toBe('zero')
    expect(
      signOf(
        sum(N, i => sub(x(i), c)),
        cx,
      )?.sign,
    ).toBe('zero')
    expect(
      signOf(
        sum(m, i => sub(x(i), c)),
        cx,
      ),
    ).toBeUndefined()
    expect(
      signOf(
        sum(m, i => sub(x(i), c)),
        assuming(cx, [le(m, N)]),
      )?.sign,
    ).toBe('zero')
    expect(
      signOf(
        sum(N, i => sub(x(i), c), ZERO),
        cx,
      ),
    ).toBeUndefined()
  })
  it('join: at least and at most is equal, at least and unequal is more', () => {
    expect(ask('x - y', 'x in R, y in R, x >= y, x <= y')[0]).toBe('zero')
    expect(ask('x - y', 'x in R, y in R, x >= y, x != y')[0]).toBe('pos')
    expect(ask('2*y - 2*x', 'x in R, y in R, x >= y, x != y')[0]).toBe('neg')
    expect(ask('x', 'x >= 0, x != 0')[0]).toBe('pos')
  })
  it('sharpen by the zeros: not all observations are 0', () => {
    expect(ask('sum(x[i], i, 1, n)', `x[i] in {0, 1}, ${n}`, '(x[i] = 0, i in 1..n)')[0]).toBe('pos')
    expect(ask('-sum(x[i], i, 1, n)', `x[i] in {0, 1}, ${n}`, '(x[i] = 0, i in 1..n)')[0]).toBe('neg')
    // the same said twice, once of the sum: it was found negative
    expect(ask('sum(x[i], i, 1, n)', `x[i] in {0, 1}, ${n}, sum(x[i], i, 1, n) != 0`, '(x[i] = 0, i in 1..n)')[0]).toBe('pos')
    expect(ask('n - sum(x[i], i, 1, n)', `x[i] in {0, 1}, ${n}`, '(x[i] = 1, i in 1..n)')[0]).toBe('pos')
  })
  it('about a sum are not looked for inside of it without end', () => {
    expect(
      ask(
        'sum(n^2, i, 1, n) + sum(x[i] > i ? n : a, i, 1, n)',
        `x[i] < a, a in R, ${n}, sum(n^2, i, 1, n) + sum(x[i] > i ? n : a, i, 1, n) < n`,
      )[0],
    ).toBeUndefined()
  })
  it('with a mean speak of the sum', () => {
    expect(ask('sum(x[i], i, 1, n)', `x[i] in R, ${n}, sum(x[i], i, 1, n)/n > 0`)[0]).toBe('pos')
    expect(ask('sum(x[i], i, 1, n)', 'x[i] in R, k in R, n in {1..}, sum(x[i], i, 1, n)/k > 0')[0]).toBeUndefined()
  })
})
const sumIndex = (sum(sym('n'), i => at('x', i)) as { body: { index: readonly Expr[] } }).body.index[0]

describe('operands are told apart by their place', () => {
  it('a radical that occurs twice', () => {
    // √x√x is x, and √x + √x is 2√x
    expect(ask('3 - x^(1/2)*x^(1/2)', 'x in [0, 9]')[0]).toBeUndefined()
    expect(ask('3 - 3^(1/2)*3^(1/2)', '')[0]).toBe('zero')
    expect(ask('x^(1/2) + x^(1/2) - 1', 'x in (1/4, 1)')[0]).not.toBe('neg')
    expect(ask('5 - x^(1/2)*x^(1/2)', 'x in [0, 5)')[0]).not.toBe('neg')
  })
})

describe('constants', () => {
  it.each([
    ['2^(1/2) - 1', 'pos'],
    ['log(2) - 3/4', 'neg'],
    ['5*(log(2) + log(3) - log(6))', 'zero'],
    ['exp(-1000)', 'pos'],
    ['pi^2 - 9', 'pos'],
    // zero, and no machine can tell
    ['sin(pi)', undefined],
    ['7*sin(pi)', undefined],
    ['1/tan(pi)', undefined],
    ['cos(pi) + 1', 'zero'],
    ['3*(pi - 4*atan(1/2) - 4*atan(1/3))', undefined],
    ['exp(40*(4*atan(1) - pi)) - 1', undefined],
  ] as const)('%s: %s', (text, sign) => {
    expect(ask(text, '')[0]).toBe(sign)
  })
})

describe('bounds', () => {
  const boundsIn = (text: string, given: string): readonly unknown[] => {
    const g = readGiven(given, text)
    const { lo, hi } = boundsOf(readTerm(text, g.scope) as Expr, g.cx)
    return [lo && plain(lo.value), lo?.attained, hi && plain(hi.value), hi?.attained]
  }
  it('pass from the support to statistics', () => {
    expect(boundsIn('sum(x[i], i, 1, n)', `x[i] in {0, 1}, ${n}`)).toEqual(['0', true, 'n', true])
    expect(boundsIn('sum(x[i], i, 1, n)', `x[i] in (0, 1), ${n}`)).toEqual(['0', false, 'n', false])
    expect(boundsIn('max(x[i], i, 1, n)', `x[i] in (0, c), c > 0, ${n}`)).toEqual(['0', false, 'c', false])
    expect(boundsIn('exp(x)', 'x in [0, 1]')).toEqual(['1', true, 'exp(1)', true])
    expect(boundsIn('log(x)', 'x >= c, c > 0')).toEqual(['log(c)', true, undefined, undefined])
    expect(boundsIn('x^2', 'x in [0, 3)')).toEqual(['0', true, '9', false])
    expect(boundsIn('x^2', 'x in (-1, 3)')).toEqual(['0', true, '9', false])
  })
  it('of a sum that may be empty are attained', () => {
    expect(boundsIn('sum(x[i], i, 2, n)', `x[i] in (0, 1), ${n}`)).toEqual(['0', true, 'n - 1', true])
    expect(ask('n - 1 - sum(x[i], i, 2, n)', `x[i] in (0, 1), ${n}`)[0]).toBe('nonneg')
    expect(ask('n - 1 - sum(x[i], i, 2, n)', 'x[i] in (0, 1), n in {2..}')[0]).toBe('pos')
  })
})

describe('how proofs are asked for', () => {
  const cx = context({
    domains: new Map<string, SetTerm>([
      ['p', interval(ZERO, ONE)],
      ['q', interval(ZERO, ONE, true, true)],
      ['k', range(ZERO, sym('n'))],
    ]),
  })
  const [p, q, k] = ['p', 'q', 'k'].map(sym) as [Expr, Expr, Expr]
  it('positive, nonnegative, nonzero, integer are different questions', () => {
    expect([provePositive, proveNonnegative, proveNonzero].map(f => f(p, cx) !== undefined)).toEqual([true, true, true])
    expect([provePositive, proveNonnegative, proveNonzero].map(f => f(q, cx) !== undefined)).toEqual([false, true, false])
    expect([provePositive, proveNonnegative, proveNonzero].map(f => f(sub(p, ONE), cx) !== undefined)).toEqual([false, false, true])
    expect([p, k, mul(k, k), add(k, num(1, 2)), mul(num(1, 2), k)].map(t => proveInteger(t, cx) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })
  it('a long or entangled term is given up in time', () => {
    const many = Array.from({ length: 50 }, (_, i) => sym(`v${i}`))
    const sets = new Map(
      many.map((v, i) => [v.name, i % 2 ? interval(ZERO, many[(i + 7) % 50] as Expr) : interval(many[(i + 3) % 50] as Expr, sym('w'))]),
    )
    const start = performance.now()
    signOf(add(...many.map((v, i) => (i % 3 ? v : mul(num(-1), v, many[(i + 1) % 50] as Expr)))), context({ domains: sets }))
    signOf(mul(...many.map((v, i) => sub(v, many[(i + 1) % 50] as Expr))), context({ domains: sets }))
    // generous: without the bound on questions this takes longer than anyone waits
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})

describe('polynomials in one symbol', () => {
  const ends = [-2, -1, 0, 1, 2]
  it('have the sign that is said, on every kind of interval', () => {
    let seed = 7
    const next = (k: number): number => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff
      return Math.floor((seed / 0x80000000) * k)
    }
    let said = 0
    for (let round = 0; round < 600; round++) {
      let coefficients = [1]
      for (let j = next(5); j >= 0; j--) {
        const root = next(7) - 3
        coefficients = [0, ...coefficients].map((c, i) => c - root * (coefficients[i] ?? 0))
      }
      if (next(2)) coefficients[0] = (coefficients[0] ?? 0) + next(9) - 4
      const t = addAll(coefficients.map((c, i) => mul(num(c), pow(sym('t'), num(i)))))
      const lo = ends[next(5)] as number
      const hi = lo + 1 + next(2)
      const [isLeft, isRight] = [next(3) > 0, next(3) > 0]
      const closed = [isLeft && next(2) === 1, isRight && next(2) === 1] as const
      const set = interval(isLeft ? num(lo) : minusInfinity, isRight ? num(hi) : infinity, closed[0], closed[1])
      const sign = signOf(t, context({ domains: new Map([['t', set]]) }))?.sign
      if (!sign) continue
      said++
      const [from, to] = [isLeft ? lo : -6, isRight ? hi : 8]
      for (let k = 0; k <= 200; k++) {
        const x = from + ((to - from) * k) / 200
        if ((k === 0 && isLeft && !closed[0]) || (k === 200 && isRight && !closed[1])) continue
        const y = evaluate(t, { symbols: new Map([['t', x]]), arrays: new Map() })
        const isRight0 = { pos: y > 0, neg: y < 0, nonneg: y > -1e-12, nonpos: y < 1e-12, zero: y === 0, nonzero: y !== 0 }[sign]
        expect(isRight0, `${sign} for ${coefficients} at ${x}`).toBe(true)
      }
    }
    expect(said).toBeGreaterThan(100)
  })
})
