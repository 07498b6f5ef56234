/**
 * Laws on equations. Each keeps the solutions on the parameter space: what is multiplied or divided by is proved not
 * to be zero, what is inverted is proved to be one-to-one where it is used.
 */
import { coefficientSign, collected, mergedProduct, multipliedThrough } from '../src/rewrite/arithmetic.ts'
import type { Context } from '../src/rewrite/facts.ts'
import { polynomialOf } from '../src/rewrite/kernel.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonnegative, proveNonzero, provePositive, signOf } from '../src/rewrite/sign.ts'
import { normalForm, polynomialIn } from '../src/term/normal-form.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import {
  add,
  addAll,
  type Expr,
  eq,
  HALF,
  isZero,
  mul,
  neg,
  num,
  ONE,
  or,
  type Prop,
  pow,
  type Rel,
  sub,
  type Term,
  ZERO,
} from '../src/term/term.ts'
import { factors, mentions, summands } from '../src/term/walk.ts'
import { inversions } from './inversions.ts'

const isExpr = (t: Term | undefined): t is Expr =>
  t !== undefined && !['rel', 'in', 'and', 'or', 'not', 'all', 'finite', 'range', 'interval'].includes(t.kind)
const isEquation = (t: Rel): boolean => t.op === '='
const without = (side: Expr, part: Expr): Expr | undefined => {
  const parts = summands(side)
  const i = parts.findIndex(p => same(p, part))
  return i < 0 ? undefined : addAll(parts.filter((_, j) => j !== i))
}

export const move = rule({
  id: 'equation.move',
  title: 'same term added to both sides',
  statement: String.raw`a+c=b\iff a=b-c`,
  on: 'rel',
  rewrite: (t, _cx, arg) => {
    if (!isEquation(t) || !isExpr(arg)) return undefined
    const left = without(t.left, arg)
    if (left) return eq(left, add(t.right, neg(arg)))
    const right = without(t.right, arg)
    return right && eq(add(t.left, neg(arg)), right)
  },
  examples: [ex('a + c = b', 'a = b - c', 'a in R, b in R, c in R', 'c'), ex('a = b - c', 'a + c = b', 'a in R, b in R, c in R', '-c')],
  nonExamples: [['a = b', 'a in R, b in R']],
})

export const cancel = rule({
  id: 'equation.cancel',
  title: 'same term subtracted from both sides',
  statement: String.raw`a+c=b+c\iff a=b`,
  on: 'rel',
  rewrite: t => {
    if (!isEquation(t)) return undefined
    let left = t.left
    let right = t.right
    for (const part of summands(t.left)) {
      const l = without(left, part)
      const r = without(right, part)
      if (l && r) [left, right] = [l, r]
    }
    return same(left, t.left) ? undefined : eq(left, right)
  },
  examples: [ex('a + c = b + c', 'a = b', 'a in R, b in R, c in R')],
  nonExamples: [['a + c = b - c', 'a in R, b in R, c in R']],
})

/** Without the number that all coefficients share: S/4 − T/4 is (S − T)/4. */
const withoutContent = (t: Expr): { readonly content: Expr; readonly rest: Expr } => {
  const values = summands(t).map(u => (u.kind === 'mul' && u.factors[0]?.kind === 'num' ? u.factors[0].value : Q.one))
  const [head] = values
  const isShared = head && !Q.isOne(Q.absolute(head)) && values.every(v => Q.equal(Q.absolute(v), Q.absolute(head)))
  if (!isShared) return { content: ONE, rest: t }
  const content = num(Q.absolute(head))
  return { content, rest: multipliedThrough(t, pow(content, num(-1))) }
}

/** Both sides over the same divisor; a sum over a sum stays one fraction. */
const divided = (t: Rel, divisor: Expr, cx: Context): Term | undefined => {
  const inverse = mergedProduct([pow(divisor, num(-1))])
  const isData = (u: Expr): boolean => cx.data.some(name => mentions(u, name))
  const isOneFraction = divisor.kind === 'add' || (t.right.kind === 'add' && t.right.terms.every(u => isData(u as Expr)))
  if (!isEquation(t) || t.right.kind !== 'add' || !isOneFraction) return scaled(t, inverse)
  const { content, rest } = withoutContent(t.right)
  return eq(multipliedThrough(t.left, inverse), mul(content, rest, inverse))
}

const scaled = (t: Rel, m: Expr): Term | undefined => {
  if (!isEquation(t)) return undefined
  return eq(multipliedThrough(t.left, m), multipliedThrough(t.right, m))
}

export const multiply = rule({
  id: 'equation.multiply',
  title: 'multiplication of both sides by the same nonzero factor',
  statement: String.raw`a=b\iff ac=bc\quad(c\neq0)`,
  on: 'rel',
  when: (t, cx, arg) => (isEquation(t) && isExpr(arg) ? proveNonzero(arg, cx) : undefined),
  rewrite: (t, _cx, arg) => (isExpr(arg) ? scaled(t, arg) : undefined),
  examples: [
    ex('a/c = b', 'a = b*c', 'a in R, b in R, c > 0', 'c'),
    ex('a/c - b/d = 0', 'a*d - b*c = 0', 'a in R, b in R, c > 0, d < 0', 'c*d'),
  ],
  nonExamples: [['a/c = b', 'a in R, b in R, c in R']],
})

export const divide = rule({
  id: 'equation.divide',
  title: 'division of both sides by the same nonzero factor',
  statement: String.raw`ac=bc\iff a=b\quad(c\neq0)`,
  on: 'rel',
  when: (t, cx, arg) => (isEquation(t) && isExpr(arg) ? proveNonzero(arg, cx) : undefined),
  rewrite: (t, cx, arg) => (isExpr(arg) ? divided(t, arg, cx) : undefined),
  examples: [ex('c*a = b', 'a = b/c', 'a in R, b in R, c > 0', 'c')],
  nonExamples: [['c*a = b', 'a in R, b in R, c in R']],
})

export const swap = rule({
  id: 'equation.swap',
  title: 'symmetry of equality',
  statement: String.raw`a=b\iff b=a`,
  on: 'rel',
  silent: true,
  rewrite: t => (isEquation(t) ? eq(t.right, t.left) : undefined),
  examples: [ex('a = b', 'b = a', 'a in R, b in R')],
})

export const collectSides = rule({
  id: 'equation.collect',
  title: 'collection of like terms',
  statement: String.raw`ax+bx=c\iff(a+b)x=c`,
  on: 'rel',
  silent: true,
  rewrite: t => (isEquation(t) ? eq(collected(t.left), collected(t.right)) : undefined),
  examples: [ex('2*a + 3*a = b', '5*a = b', 'a in R, b in R')],
})

export const factorUnknown = rule({
  id: 'equation.factor',
  title: 'distributive law',
  statement: String.raw`ax+bx=c\iff(a+b)x=c`,
  on: 'rel',
  rewrite: (t, _cx, arg) => {
    if (!isEquation(t) || !isExpr(arg) || t.left.kind !== 'add') return undefined
    const coefficients: Expr[] = []
    for (const s of summands(t.left)) {
      const parts = factors(s)
      const i = parts.findIndex(f => same(f, arg))
      if (i < 0) return undefined
      coefficients.push(mergedProduct(parts.filter((_, j) => j !== i)))
    }
    return eq(mul(addAll(coefficients), arg), t.right)
  },
  examples: [ex('a*x + b*x = c', '(a + b)*x = c', 'a in R, b in R, c in R, x in R', 'x')],
  nonExamples: [['a*x + b = c', 'a in R, b in R, c in R, x in R']],
})

const isUnknownPoly = (t: Rel, arg: Term | undefined, cx: Context): readonly [Expr, Expr, Expr] | undefined => {
  if (!isEquation(t) || !isExpr(arg) || !isZero(t.right)) return undefined
  const poly = arg.kind === 'sym' ? polynomialIn(t.left, arg) : polynomialOf(t.left, arg, cx.unknowns)
  if (!poly || [...poly.keys()].some(d => d < 0 || d > 2) || !poly.has(2)) return undefined
  return [poly.get(2) ?? ZERO, poly.get(1) ?? ZERO, poly.get(0) ?? ZERO]
}
/** b² − 4ac, written (without a sign under the square) as it would be by hand. */
const discriminant = (a: Expr, b: Expr, c: Expr): Expr => {
  const turned = summands(b).every(u => coefficientSign(u) < 0) ? addAll(summands(b).map(neg)) : b
  // b² + 4a(x + y), not b² − 4a(−x − y)
  const isDown = c.kind === 'add' && c.terms.every(u => coefficientSign(u) < 0)
  return isDown ? add(pow(turned, num(2)), mul(num(4), a, addAll(c.terms.map(neg)))) : sub(pow(turned, num(2)), mul(num(4), a, c))
}

/** b² − 4ac = (2ae + b)² − 4a·p(e): real roots, where p is 0 or has the other sign than a at an end e of the unknown's domain. */
const reachesAcross = (
  [a, b, c]: readonly [Expr, Expr, Expr],
  unknown: Term | undefined,
  cx: Context,
): ReturnType<typeof proveNonnegative> => {
  const set = unknown?.kind === 'sym' ? cx.domains.get(unknown.name) : undefined
  if (set?.kind !== 'interval') return undefined
  for (const e of [set.lo, set.hi]) {
    if (e.kind !== 'num' || isZero(e)) continue
    const found = proveNonnegative(mul(num(-1), a, normalForm(add(mul(a, e, e), mul(b, e), c))), cx)
    if (found) return found
  }
  return undefined
}

export const quadratic = rule({
  id: 'equation.quadratic',
  title: 'quadratic formula',
  statement: String.raw`ax^2+bx+c=0\iff x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}\quad(a\neq0,\ b^2\ge4ac)`,
  on: 'rel',
  when: (t, cx, arg) => {
    const poly = isUnknownPoly(t, arg, cx)
    if (!poly) return undefined
    const lead = proveNonzero(poly[0], cx)
    const real = lead && (proveNonnegative(discriminant(...poly), cx) ?? reachesAcross(poly, arg, cx))
    return lead && real && [...lead, ...real]
  },
  rewrite: (t, cx, arg) => {
    const poly = isUnknownPoly(t, arg, cx)
    if (!poly || !isExpr(arg)) return undefined
    const [a, b, c] = poly
    const r = pow(discriminant(a, b, c), HALF)
    const over = mergedProduct([pow(mul(num(2), a), num(-1))])
    const minusB = addAll(summands(b).map(neg))
    const candidate = (s: Expr): Prop => eq(arg, mul(over, add(minusB, s)))
    return or(candidate(r), candidate(neg(r)))
  },
  examples: [ex('x^2 - b*x - c = 0', 'x = 1/2*(b + (b^2 + 4*c)^(1/2)) or x = 1/2*(b - (b^2 + 4*c)^(1/2))', 'b in R, c > 0, x in R', 'x')],
  nonExamples: [['x^2 + b*x + c = 0', 'b in R, c in R, x in R']],
})

export const selectRoot = rule({
  id: 'equation.select-root',
  title: 'parameter space, which only one root can belong to',
  statement: String.raw`(x=a\text{ or }x=b)\iff x=a\quad(x>0\ge b)`,
  on: 'or',
  when: (t, cx, arg) => {
    const kept = possibleRoots(t.props, cx)
    if (kept.length !== 1 || t.props.length < 2 || (arg && !same(arg, kept[0] as Prop))) return undefined
    return []
  },
  rewrite: (t, cx) => possibleRoots(t.props, cx)[0],
  examples: [ex('x = a or x = b', 'x = a', 'x > 0, a > 0, b < 0'), ex('exp(x) = a or exp(x) = b', 'exp(x) = a', 'x in R, a > 0, b < 0')],
  nonExamples: [['x = a or x = b', 'x > 0, a > 0, b > 0']],
})
/** The roots that the domain does not exclude. */
const possibleRoots = (roots: readonly Prop[], cx: Context): readonly Prop[] => {
  const kept = roots.filter(p => isRootAllowed(p, cx) !== false)
  const beyond = kept.length === 2 && roots.length === 2 ? rootBeyond(roots, cx) : undefined
  return beyond ? roots.filter(p => p !== beyond) : kept
}

/** (e − r)(e − s) ≤ 0 at an excluded end e of the domain: e lies between the roots, and one of them is beyond it. */
const rootBeyond = ([p, q]: readonly Prop[], cx: Context): Prop | undefined => {
  if (p?.kind !== 'rel' || q?.kind !== 'rel' || p.op !== '=' || q.op !== '=' || p.left.kind !== 'sym' || !same(p.left, q.left))
    return undefined
  const set = cx.domains.get(p.left.name)
  if (set?.kind !== 'interval') return undefined
  const [r, s] = [p.right, q.right]
  // a root of an even order is not negative where it is a number at all; where it is none, neither equation holds
  const isUp = (f: Expr): boolean =>
    (f.kind === 'pow' && f.exponent.kind === 'num' && f.exponent.value.den % 2n === 0n) || signOf(f, cx)?.sign === 'pos'
  if (!factors(normalForm(sub(r, s))).every(isUp)) return undefined
  const real = (t: Expr): boolean => signOf(t, cx)?.sign !== undefined
  const [total, product] = [normalForm(add(r, s)), normalForm(mul(r, s), real)]
  for (const [e, closed, out] of [
    [set.hi, set.closed[1], p],
    [set.lo, set.closed[0], q],
  ] as const) {
    if (e.kind !== 'num' || closed) continue
    const there = normalForm(add(mul(e, e), mul(num(-1), e, total), product))
    if (proveNonnegative(neg(there), cx)) return out
  }
  return undefined
}

/** False when the equation x = r contradicts the domain of x. */
const isRootAllowed = (p: Prop, cx: Parameters<typeof proveNonzero>[1]): boolean | undefined => {
  if (p.kind !== 'rel' || p.op !== '=') return undefined
  // a power or exponential of the unknown
  if (p.left.kind !== 'sym') return provePositive(p.left, cx) && proveNonnegative(neg(p.right), cx) ? false : undefined
  const d = cx.domains.get(p.left.name)
  if (d?.kind !== 'interval') return undefined
  const below = d.lo.kind === 'infinity' ? undefined : sub(d.lo, p.right)
  const above = d.hi.kind === 'infinity' ? undefined : sub(p.right, d.hi)
  const excluded = (gap: Expr | undefined, closed: boolean): boolean =>
    gap !== undefined && (closed ? provePositive(gap, cx) !== undefined : proveNonnegative(gap, cx) !== undefined)
  return excluded(below, d.closed[0]) || excluded(above, d.closed[1]) ? false : undefined
}

export const equations: readonly Rule[] = [
  ...inversions,
  move,
  cancel,
  multiply,
  divide,
  swap,
  collectSides,
  factorUnknown,
  quadratic,
  selectRoot,
]
