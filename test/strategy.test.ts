/**
 * The laws of strategies, and that a trace is what it claims: each step replays at its place, and the steps lead from
 * the start to the end. The laws here are toys, unsound on purpose: they fold, flatten and reorder their parents.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../src/print/index.ts'
import { type Context, context, enter } from '../src/rewrite/facts.ts'
import { ex, headsOf, type Rule, rule, type Step } from '../src/rewrite/rule.ts'
import {
  apply,
  applyWith,
  attempt,
  type Done,
  everywhere,
  fire,
  first,
  innermost,
  inside,
  OutOfFuel,
  onBothSides,
  onLeft,
  onlyIf,
  onRight,
  repeat,
  type Strategy,
  seq,
  somewhere,
  takeRuleAttempts,
} from '../src/rewrite/strategy.ts'
import { children, same } from '../src/term/order.ts'
import {
  add,
  and,
  cases,
  type Expr,
  eq,
  exp,
  finite,
  fn,
  isIn,
  iverson,
  log,
  lt,
  mul,
  not,
  num,
  ONE,
  type Prop,
  pow,
  type Sym,
  sym,
  type Term,
  TWO,
  ZERO,
} from '../src/term/term.ts'
import { forAll, some, subterms, sum, withChildren } from '../src/term/walk.ts'
import { anyTerm } from './arbitraries.ts'
import { runs } from './random-contexts.ts'

const [a, k, mu, n, N, p, q, z] = ['a', 'k', 'mu', 'n', 'N', 'p', 'q', 'z'].map(sym) as [Sym, Sym, Sym, Sym, Sym, Sym, Sym, Sym]
const toy = (name: string, on: Rule['on'], rewrite: (t: never, cx: Context, arg: Term | undefined) => Term | undefined): Rule =>
  rule({ id: `toy.${name}`, title: name, statement: name, on, rewrite: rewrite as Rule['rewrite'], examples: [ex('a', 'b')] })
const becomes = (from: Sym, to: Term): Rule =>
  toy(`${from.name.toLowerCase()}-becomes`, 'sym', (t: Sym) => (t.name === from.name ? to : undefined))

/** Each makes terms smaller in the order a > n > k > mu > p > z, so that every strategy made of them ends. */
const unravel = becomes(a, add(n, k))
const split = becomes(n, mul(k, mu))
const vanish = becomes(k, ONE)
const move = becomes(mu, sym('Z'))
const settle = becomes(p, ZERO)
const strip = toy('strip', 'fn', (t: Term & { kind: 'fn' }) => (t.name === 'log' ? t.args[0] : undefined))
const compare = toy('compare', 'in', (t: Term & { kind: 'in' }) => lt(t.element, ZERO))
const doubled = toy('doubled', 'rel', (t: Term & { kind: 'rel' }) => (t.op === '<' ? and(eq(t.left, ZERO), eq(t.right, ZERO)) : undefined))
const countdown = toy('countdown', 'num', (t: Term & { kind: 'num' }) =>
  t.value.den === 1n && t.value.num > 0n ? num(t.value.num - 1n) : undefined,
)
const toys = [unravel, split, vanish, move, settle, strip, compare, doubled, countdown]
const back = becomes(sym('Z'), mu)
const grow = toy('grow', 'sym', (t: Sym) => (t.name === 'q' ? exp(t) : undefined))
const all = new Map([...toys, back, grow].map(r => [r.id, r]))
const cx = context()

const leaves: fc.Arbitrary<Expr> = fc.constantFrom(a, n, k, mu, p, z, q, num(3), TWO)
/** Small terms full of places for the toys. */
const small: fc.Arbitrary<Term> = fc.letrec<{ e: Expr; s: Prop; t: Term }>(tie => ({
  e: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaves,
    fc.array(tie('e'), { minLength: 2, maxLength: 3 }).map(list => add(...list)),
    fc.array(tie('e'), { minLength: 2, maxLength: 3 }).map(list => mul(...list)),
    fc.tuple(tie('e'), tie('e')).map(([u, v]) => pow(u, v)),
    tie('e').map(log),
    tie('e').map(u => sum(n, () => u)),
    tie('s').map(iverson),
    fc.tuple(tie('s'), tie('e'), tie('e')).map(([c, u, v]) => cases([{ when: c, value: u }], v)),
  ),
  s: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(leaves, tie('e')).map(([u, v]) => lt(u, v)),
    fc.tuple(tie('e'), fc.array(tie('e'), { minLength: 1, maxLength: 3 })).map(([u, list]) => isIn(u, finite(...list))),
    fc.array(tie('s'), { minLength: 2, maxLength: 2 }).map(list => and(...list)),
    tie('s').map(not),
  ),
  t: fc.oneof(tie('e'), tie('s')),
})).t
/** The variable of a limit or a derivative is a name, no place for a toy. */
const terms = fc.oneof(small, small, anyTerm).filter(t => !some(t, u => u.kind === 'limit' || u.kind === 'deriv'))

/** Why the trace is wrong, undefined if it is right. Re-applies every rule; believes only its name, place and argument. */
const flaw = (start: Term, done: Done): string | undefined => {
  let term = start
  for (const step of done.steps) {
    if (!same(step.before, term)) return `${step.rule} starts from ${plain(step.before)} instead of ${plain(term)}`
    const parents: Term[] = []
    let here = term
    let within = cx
    for (const index of step.path) {
      const child = children(here)[index]
      if (!child) return `${step.rule} has no place ${step.path} in ${plain(term)}`
      within = enter(within, here, index)
      parents.push(here)
      here = child
    }
    const r = all.get(step.rule) as Rule
    const again = headsOf(r).includes(here.kind) ? fire(r, here, within, step.arg) : undefined
    if (!again) return `${step.rule} does not fire on ${plain(here)}, at ${step.path} of ${plain(term)}`
    term = step.path.reduceRight((t: Term, index, depth) => {
      const parent = parents[depth] as Term
      return withChildren(
        parent,
        children(parent).map((c, i) => (i === index ? t : c)),
      )
    }, again.after)
    if (!same(term, step.after)) return `${step.rule} leads to ${plain(term)} instead of ${plain(step.after)}`
  }
  return same(term, done.term) ? undefined : `the steps end at ${plain(term)} instead of ${plain(done.term)}`
}

const strategies: fc.Arbitrary<Strategy> = fc.letrec<{ s: Strategy }>(tie => ({
  s: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: fc.subarray(toys, { minLength: 1 }).map(list => apply(...list)) },
    { weight: 2, arbitrary: fc.array(tie('s'), { maxLength: 3 }).map(list => first(...list)) },
    { weight: 3, arbitrary: fc.array(tie('s'), { maxLength: 3 }).map(list => seq(...list)) },
    { weight: 1, arbitrary: tie('s').map(attempt) },
    { weight: 2, arbitrary: tie('s').map(s => repeat(s, { fuel: 60 })) },
    { weight: 4, arbitrary: tie('s').map(somewhere) },
    { weight: 2, arbitrary: tie('s').map(innermost) },
    { weight: 2, arbitrary: tie('s').map(s => everywhere(s, { fuel: 60 })) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 }), tie('s')).map(([path, s]) => inside(path, s)),
    },
    { weight: 1, arbitrary: tie('s').map(onBothSides) },
    { weight: 1, arbitrary: tie('s').map(s => onlyIf(t => t.kind !== 'sym', s)) },
  ),
})).s
/** A deep term can have more places than the fuel: that is no decline, but nothing to compare either. */
const run = (s: Strategy, t: Term): Done | undefined | 'out of fuel' => {
  try {
    return s(t, cx)
  } catch (error) {
    if (error instanceof OutOfFuel) return 'out of fuel'
    throw error
  }
}
const outcome = (d: Done | undefined | 'out of fuel'): unknown =>
  typeof d === 'object' ? [plain(d.term), d.steps.map(s => [s.rule, s.path])] : d

describe('traces', () => {
  it('replay at their places and lead from the start to the end, whatever the strategy', () => {
    fc.assert(
      fc.property(strategies, terms, (s, t) => {
        const done = run(s, t)
        if (typeof done === 'object') expect(flaw(t, done)).toBeUndefined()
      }),
      runs(1500),
    )
  })
  it('replay where a step folds, reorders or turns the parent round', () => {
    const twice = (...rules: readonly Rule[]): Strategy => seq(...rules.map(r => apply(r)))
    const places: readonly (readonly [Strategy, Term])[] = [
      [somewhere(twice(vanish, countdown)), pow(z, k)],
      [somewhere(twice(vanish, countdown)), pow(k, z)],
      [somewhere(twice(unravel, strip)), log(a)],
      [inside([1], seq(apply(split), somewhere(apply(vanish)))), mul(n, z)],
      [inside([0], twice(compare, doubled)), not(isIn(z, finite(a, k)))],
      [inside([0], twice(move, back)), finite(mu, n)],
      [inside([1], twice(move, back)), finite(a, mu, n)],
      [inside([0], twice(doubled)), and(lt(a, k), lt(k, n))],
      [everywhere(apply(unravel, split, vanish, move)), pow(add(a, mul(a, n)), add(a, k))],
      [everywhere(apply(unravel, split, vanish, move)), sum(a, () => mul(a, n))],
      [everywhere(apply(compare, doubled)), not(and(isIn(z, finite(a)), lt(a, n)))],
    ]
    for (const [s, t] of places) {
      const done = s(t, cx)
      expect(done && flaw(t, done), plain(t)).toBeUndefined()
    }
  })
})

describe('laws of the combinators', () => {
  const laws: readonly (readonly [string, (s: Strategy, u: Strategy) => readonly [Strategy, Strategy]])[] = [
    ['seq() is the identity without steps', () => [seq(), t => ({ term: t, steps: [] })]],
    ['first() always declines', () => [first(), () => undefined]],
    ['first(s, s) = s', s => [first(s, s), s]],
    ['first(s) = s', s => [first(s), s]],
    ['seq(s) = s', s => [seq(s), s]],
    ['seq(seq(s, u), s) = seq(s, seq(u, s))', (s, u) => [seq(seq(s, u), s), seq(s, seq(u, s))]],
    ['first(first(s, u), s) = first(s, first(u, s))', (s, u) => [first(first(s, u), s), first(s, first(u, s))]],
    ['attempt(attempt(s)) = attempt(s)', s => [attempt(attempt(s)), attempt(s)]],
    ['attempt(s) = first(s, seq())', s => [attempt(s), first(s, seq())]],
    ['repeat(repeat(s)) = repeat(s)', s => [repeat(repeat(s)), repeat(s)]],
    ['inside([], s) = s', s => [inside([], s), s]],
    ['somewhere passes over nothing', s => [somewhere(s), somewhere((t, c) => s(t, c))]],
    ['innermost passes over nothing', s => [innermost(s), innermost((t, c) => s(t, c))]],
    ['everywhere passes over nothing', s => [everywhere(s), repeat(somewhere((t, c) => s(t, c)))]],
    [
      'first passes over nothing',
      (s, u) => [
        first(s, u),
        first(
          (t, c) => s(t, c),
          (t, c) => u(t, c),
        ),
      ],
    ],
    ['onlyIf always is the strategy', s => [onlyIf(() => true, s), s]],
    ['onLeft and onRight are places', s => [onLeft(s), inside([0], s)]],
    ['onlyIf never is first()', s => [onlyIf(() => false, s), first()]],
  ]
  it.each(laws)('%s', (_name, law) => {
    fc.assert(
      fc.property(strategies, strategies, terms, (s, u, t) => {
        const [left, right] = law(s, u)
        const [one, other] = [run(left, t), run(right, t)]
        // two bounds on the number of repetitions need not be met at once
        if (one !== 'out of fuel' && other !== 'out of fuel') expect(outcome(one)).toEqual(outcome(other))
      }),
      runs(150),
    )
  })
  it('a strategy does not remember what it should not', () => {
    fc.assert(
      fc.property(strategies, terms, terms, (s, t, u) => {
        const walk = somewhere(s)
        const first = outcome(run(walk, t))
        run(walk, u)
        run(walk, eq(ZERO, ZERO))
        expect(outcome(run(walk, t))).toEqual(first)
        const inner = somewhere(apply(vanish))
        const here = cx
        const there = context({ data: ['x'] })
        expect(outcome(inner(t, there))).toEqual(outcome(inner(t, here)))
      }),
      runs(300),
    )
  })
  it('asks again in another context', () => {
    const known = toy('known', 'sym', (t: Sym, c) => (t.name === 'z' && c.data.includes('x') ? ZERO : undefined))
    const s = somewhere(apply(known))
    const t = exp(mul(TWO, z))
    expect(s(t, context())).toBeUndefined()
    expect(s(t, context({ data: ['x'] }))?.steps.length).toBe(1)
    expect(s(t, context())).toBeUndefined()
  })
  it('attempt never declines', () => {
    fc.assert(
      fc.property(strategies, terms, (s, t) => {
        expect(run(attempt(s), t)).toBeDefined()
      }),
      runs(150),
    )
  })
  it('somewhere and innermost, with a rule, make exactly one step, and decline only where no subterm admits it', () => {
    fc.assert(
      fc.property(fc.subarray(toys, { minLength: 1 }), terms, (list, t) => {
        const s = apply(...list)
        const admits = [...subterms(t)].some(u => s(u, cx) !== undefined)
        for (const anywhere of [somewhere(s), innermost(s)]) {
          const done = anywhere(t, cx)
          expect(done?.steps.length).toBe(admits ? 1 : undefined)
        }
      }),
      runs(400),
    )
  })
  it('after repeat and everywhere nothing is left to do', () => {
    fc.assert(
      fc.property(fc.subarray(toys, { minLength: 1 }), terms, (list, t) => {
        const s = apply(...list)
        const done = run(everywhere(s, { fuel: 200 }), t)
        if (done === undefined) expect(somewhere(s)(t, cx)).toBeUndefined()
        else if (done !== 'out of fuel') expect(somewhere(s)(done.term, cx)).toBeUndefined()
      }),
      runs(300),
    )
  })
  it('somewhere goes from the outside in and left to right, innermost from the inside out', () => {
    const t = log(log(a))
    expect(somewhere(apply(strip))(t, cx)?.steps[0]?.path).toEqual([])
    expect(innermost(apply(strip))(t, cx)?.steps[0]?.path).toEqual([0])
    expect(somewhere(apply(strip))(eq(log(z), log(k)), cx)?.steps[0]?.path).toEqual([0])
  })
  it('seq declines as a whole', () => {
    expect(seq(apply(unravel), apply(vanish))(a, cx)).toBeUndefined()
    expect(first(seq(apply(unravel), apply(vanish)), apply(unravel))(a, cx)?.steps.length).toBe(1)
  })
  it('onBothSides declines only where both sides do', () => {
    const s = onBothSides(apply(vanish))
    expect(s(eq(k, z), cx)?.term).toBe(eq(ONE, z))
    expect(s(eq(z, k), cx)?.term).toBe(eq(z, ONE))
    expect(s(eq(k, k), cx)?.steps.map(x => x.path)).toEqual([[0], [1]])
    expect(s(eq(z, z), cx)).toBeUndefined()
    expect(onRight(apply(vanish))(eq(k, z), cx)).toBeUndefined()
  })
  it('in a sum or product takes one step at a time: the second would have no place', () => {
    const done = inside([0], seq(apply(unravel), somewhere(apply(vanish))))(add(a, z), cx)
    expect(done?.steps.length).toBe(1)
    expect(done?.term).toBe(add(n, k, z))
  })
})

describe('fuel', () => {
  it('is used up by what grows, and the error shows the last steps', () => {
    const error = (() => {
      try {
        repeat(somewhere(apply(grow)), { fuel: 7 })(q, cx)
      } catch (e) {
        return e
      }
    })()
    expect(error).toBeInstanceOf(OutOfFuel)
    expect((error as OutOfFuel).steps.length).toBe(7)
    expect((error as OutOfFuel).message).toContain('toy.q-becomes'.replace('q-becomes', 'grow'))
  })
  it('is out as soon as a term comes back', () => {
    try {
      repeat(apply(move, back), { fuel: 1e9 })(mu, cx)
      expect.unreachable()
    } catch (e) {
      expect(e).toBeInstanceOf(OutOfFuel)
      expect((e as OutOfFuel).steps.map(s => s.rule)).toEqual(['toy.mu-becomes', 'toy.z-becomes'])
    }
  })
  it('allows exactly as many repetitions as it says', () => {
    expect(repeat(apply(countdown), { fuel: 5 })(num(5), cx)?.term).toBe(ZERO)
    expect(() => repeat(apply(countdown), { fuel: 4 })(num(5), cx)).toThrow(OutOfFuel)
  })
})

describe('one rule', () => {
  it('is tried only on its heads, in the order given', () => {
    takeRuleAttempts()
    expect(apply(strip, compare)(a, cx)).toBeUndefined()
    expect(takeRuleAttempts()).toBe(0)
    expect(apply(vanish, unravel, settle)(a, cx)?.steps[0]?.rule).toBe('toy.a-becomes')
    expect(takeRuleAttempts()).toBe(2)
  })
  it('declines where the new term is the old one, be it another object', () => {
    const copies = toy('copies', 'fn', (t: Expr) => ({ ...t }))
    expect(fire(copies, exp(a), cx)).toBeUndefined()
  })
  it('sees its argument and keeps it in the step', () => {
    const times = toy('times', 'sym', (t: Sym, _cx, arg) => arg && mul(t, arg as Expr))
    const step = applyWith(times, TWO)(a, cx)?.steps[0] as Step
    expect(step.arg).toBe(TWO)
    expect(step.after).toBe(mul(TWO, a))
    expect(applyWith(times, TWO)(exp(a), cx)).toBeUndefined()
  })
  it('is asked in the context of its place', () => {
    const seen: Context[] = []
    const look = toy('look', 'sym', (t: Sym, here) => {
      if (t.name === 'z' || t.name === 'q') seen.push(here)
      return undefined
    })
    somewhere(apply(look))(
      sum(N, () => mul(z, fn('abs', q))),
      cx,
    )
    expect(seen.map(c => c.binders.length)).toEqual([1, 1])
    seen.length = 0
    somewhere(apply(look))(
      forAll(n, () => eq(z, p)),
      cx,
    )
    expect(seen[0]?.binders).toEqual([{ lo: ONE, hi: n }])
  })
})
