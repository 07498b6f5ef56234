/** Laws that use what is known of the sample at hand, and the laws of expectations. */
import type { Context } from '../src/rewrite/facts.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { signOf } from '../src/rewrite/sign.ts'
import { runsWithin } from '../src/rewrite/sign-facts.ts'
import { reduceFraction } from '../src/term/normal-form.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import {
  type Add,
  type All,
  type At,
  addAll,
  type Expr,
  expect,
  MINUS_ONE,
  mul,
  mulAll,
  num,
  type Prop,
  pow,
  type Term,
} from '../src/term/term.ts'
import { factors, instantiate, some, summands } from '../src/term/walk.ts'

/** The same equation assumed the other way round before: x = n, and n = x. */
const isTurned = (left: Expr, right: Expr, fact: Prop, cx: Context): boolean => {
  for (const f of cx.facts)
    for (const p of f.prop.kind === 'and' ? f.prop.props : [f.prop]) {
      if (p === fact) return false
      if (f.kind === 'assume' && p.kind === 'rel' && p.op === '=' && same(p.left, right) && same(p.right, left)) return true
    }
  return false
}

/** n − a − b where a + b = c: n − c. */
const withPart = (t: Add, part: Add, value: Expr): Expr | undefined => {
  for (const unit of [1, -1]) {
    const own = part.terms.map(p => mul(num(unit), p))
    // each summand once: n + n + N has no n + N − M in it
    const rest = [...t.terms]
    const isPart = own.every(p => {
      const k = rest.findIndex(u => same(p, u))
      if (k >= 0) rest.splice(k, 1)
      return k >= 0
    })
    if (isPart) return addAll([...rest, mul(num(unit), value)])
  }
  return undefined
}

/** Enough to compare the ends of two ranges. */
const rangeFuel = 12

/** The place i of an entry x_{i − 1} in a statement about every i: where it speaks of the entry t. */
const placeIn = (p: All, t: At): Expr | undefined => {
  const own = p.body.kind === 'rel' && p.body.left.kind === 'at' && p.body.left.name === t.name ? p.body.left.index : undefined
  const [index, ...others] = t.index
  const [said] = own ?? []
  if (!index || others.length > 0 || own?.length !== 1) return index && others.length === 0 ? index : undefined
  if (said?.kind !== 'add') return index
  const offset = said.terms.filter(u => u.kind === 'num')
  return offset.length === said.terms.length - 1 && said.terms.some(u => u.kind === 'bound' && u.depth === 0)
    ? addAll([...summands(index), ...offset.map(u => mul(num(-1), u))])
    : undefined
}

/** What a statement about every i says of the entry t, if t is among those of which it speaks. */
const saidOf = (p: All, t: At, cx: Context): Prop | undefined => {
  const place = placeIn(p, t)
  // z_i = 0 for i = 2, …, n says nothing of z_1
  return place && runsWithin(place, p, cx, rangeFuel) ? instantiate(p.body, place) : undefined
}

/** The value that an assumed equation gives to t, with the equation. */
const assumedValue = (t: Expr, cx: Context): { readonly value: Expr; readonly fact: Prop } | undefined => {
  for (const f of cx.facts) {
    if (f.kind !== 'assume') continue
    for (const p of f.prop.kind === 'and' ? f.prop.props : [f.prop]) {
      const body = p.kind === 'all' ? t.kind === 'at' && saidOf(p, t, cx) : p
      if (!body || body.kind !== 'rel' || body.op !== '=' || isTurned(body.left, body.right, p, cx)) continue
      if (same(body.left, t)) return { value: body.right, fact: p }
      const value = t.kind === 'add' && body.left.kind === 'add' ? withPart(t, body.left, body.right) : undefined
      if (value) return { value, fact: p }
    }
  }
  return undefined
}

export const caseValue = rule({
  id: 'case.value',
  title: 'case at hand',
  statement: String.raw`t\to c\quad\text{where }t=c\text{ holds in the case at hand}`,
  on: ['big', 'at', 'expect', 'add', 'sym'],
  when: (t, cx) => {
    const found = assumedValue(t as Expr, cx)
    return found && [{ kind: 'assume', fact: found.fact }]
  },
  rewrite: (t, cx) => assumedValue(t as Expr, cx)?.value,
  examples: [
    ex('2*sum(x[i], i, 1, n)', '2*0', 'n in {1..}, x[i] >= 0, assume sum(x[i], i, 1, n) = 0'),
    ex('sum(log(x[j]), j, 1, n)', 'sum(log(c), j, 1, n)', 'n in {1..}, c > 0, x[i] > 0, assume x[i] = c'),
    ex('log(n - a - b)', 'log(n - c)', 'n > 5, a > 0, b > 0, 0 < c < 4, assume a + b = c'),
  ],
  nonExamples: [
    ['sum(x[i], i, 1, n)', 'n in {1..}, x[i] >= 0'],
    ['n - a + n', 'n > 5, a > 0, b > 0, assume n - a + b = 0'],
  ],
})

/** Entries of covariates are numbers that are known. */
const isRandom = (t: Term, cx: Context): boolean => some(t, u => u.kind === 'at' && (cx.data.length === 0 || cx.data.includes(u.name)))

/** E[Σ_j c_j T_j + c] with the c free of the data. */
const spread = (body: Expr, cx: Context): Expr =>
  addAll(
    summands(body).map(s => {
      const parts = factors(s)
      const random = parts.filter(p => isRandom(p, cx))
      const constant = mulAll(parts.filter(p => !isRandom(p, cx)))
      return random.length === 0 ? constant : mulAll([constant, expect(mulAll(random))])
    }),
  )

export const expectLinear = rule({
  id: 'expectation.linear',
  title: 'linearity of expectation',
  statement: String.raw`\operatorname{E}[aT+b]=a\operatorname{E}[T]+b`,
  on: 'expect',
  rewrite: (t, cx) => {
    const opened = spread(t.body, cx)
    return same(opened, t) ? undefined : opened
  },
  examples: [ex('E(a*x[1] + b)', 'a*E(x[1]) + b', 'a in R, b in R, x[i] in R'), ex('E(a)', 'a', 'a in R')],
  nonExamples: [['E(x[1]^2)', 'x[i] in R']],
})

/** −n/(1 − k) as n/(k − 1) where k > 1: the same quotient, in which every sum is positive. */
const turnedUp = (t: Expr, cx: Context): Expr => {
  const [c] = t.kind === 'mul' ? t.factors : []
  if (t.kind !== 'mul' || c?.kind !== 'num' || Q.sign(c.value) > 0) return t
  const isOdd = (e: Expr): boolean => e.kind === 'num' && e.value.den === 1n && e.value.num % 2n !== 0n
  const k = t.factors.findIndex(f => {
    const base = f.kind === 'pow' && isOdd(f.exponent) ? f.base : f
    // −n(θ + log(1 − θ)) stays: turned round every summand would begin with a minus
    const hasMinus = base.kind === 'add' && base.terms.some(u => summandSign(u) < 0)
    return hasMinus && signOf(base, cx)?.sign === 'neg'
  })
  const f = t.factors[k]
  if (!f) return t
  const flipped = f.kind === 'pow' ? pow(opposite(f.base), f.exponent) : opposite(f)
  return mulAll([MINUS_ONE, ...t.factors.map((u, i) => (i === k ? flipped : u))])
}
const summandSign = (u: Expr): number => {
  const [c] = factors(u)
  return c?.kind === 'num' ? Q.sign(c.value) : 1
}
const opposite = (t: Expr): Expr => addAll(summands(t).map(u => mul(MINUS_ONE, u)))

/** Rational simplification decided by the normal form: one fraction in lowest terms. */
export const simplify = rule({
  id: 'algebra.simplify',
  title: 'reduction to one fraction',
  statement: String.raw`\frac ab+\frac cd=\frac{ad+bc}{bd}`,
  on: ['add', 'mul', 'pow'],
  rewrite: (t, cx) => {
    const reduced = turnedUp(reduceFraction(t as Expr), cx)
    return same(reduced, t) ? undefined : reduced
  },
  examples: [ex('n/p + n/(1-p)', 'n/(p*(1-p))', '0 < p < 1, n in {1..}'), ex('n/k^2 + n/(k^2*(k-1))', 'n/(k*(k-1))', 'k > 1, n in {1..}')],
})

export const caseLaws: readonly Rule[] = [caseValue, expectLinear, simplify]
