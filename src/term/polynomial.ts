/**
 * Laurent polynomials over atoms: sums and products with the laws that hold between powers of one atom
 * (√2·√2 = 2, |u|² = u², equal indicators, a sum and its inverse). Expansion has a budget: what would grow beyond
 * it stays a product of sums. Knows nothing of signs, functions or binders.
 */

import type { Exact } from './exact.ts'
import * as E from './exact.ts'
import {
  compareMonomials,
  type Factors,
  factorsOf,
  isOpaquePower,
  isUnit,
  type Monomial,
  numberTerm,
  ofAtom,
  ofFactors,
  timesRaw,
  UNIT,
  writeMonomial,
} from './monomial.ts'
import { same, sortShort } from './order.ts'
import { primitive, reduce, sumOf } from './sum-base.ts'
import { type Add, addAll, type Expr, exp, fn, MINUS_ONE, ONE, pow, ZERO } from './term.ts'

export interface Summand {
  readonly coefficient: Exact
  readonly monomial: Monomial
}
/** Summands with distinct monomials in storage order, no coefficient 0; empty for 0. */
export type Polynomial = readonly Summand[]

export const constant = (c: Exact): Polynomial => (c === 0 ? [] : [{ coefficient: c, monomial: UNIT }])
export const ONE_POLYNOMIAL: Polynomial = constant(1)
export const single = (monomial: Monomial, coefficient: Exact = 1): Polynomial => (coefficient === 0 ? [] : [{ coefficient, monomial }])
export const atomic = (atom: Expr, e: Exact = 1): Polynomial => single(ofAtom(atom, e))

/** The number a constant polynomial is, or undefined. */
export const constantOf = (p: Polynomial): Exact | undefined => {
  if (p.length === 0) return 0
  const s = p[0] as Summand
  return p.length === 1 && isUnit(s.monomial) ? s.coefficient : undefined
}
/** The summand without atoms. */
export const constantTerm = (p: Polynomial): Exact => p.find(s => isUnit(s.monomial))?.coefficient ?? 0

const byMonomial = (a: Summand, b: Summand): number => compareMonomials(a.monomial, b.monomial)
/** Sorts and adds up summands. */
export const collect = (summands: Summand[]): Polynomial => {
  if (summands.length < 2) return summands.length === 1 && (summands[0] as Summand).coefficient === 0 ? [] : summands
  sortShort(summands, byMonomial)
  const out: Summand[] = []
  let zeros = false
  for (const s of summands) {
    const last = out[out.length - 1]
    if (last && compareMonomials(last.monomial, s.monomial) === 0)
      out[out.length - 1] = { monomial: last.monomial, coefficient: E.plus(last.coefficient, s.coefficient) }
    else out.push(s)
  }
  for (const s of out) if (s.coefficient === 0) zeros = true
  return zeros ? out.filter(s => s.coefficient !== 0) : out
}

export const plus = (...parts: readonly Polynomial[]): Polynomial => {
  let only: Polynomial | undefined
  let joined: Summand[] | undefined
  for (const p of parts) {
    if (p.length === 0) continue
    if (!only) only = p
    else {
      joined ??= [...only]
      for (const s of p) joined.push(s)
    }
  }
  return joined ? collect(joined) : (only ?? [])
}
export const scale = (p: Polynomial, c: Exact): Polynomial =>
  c === 0 ? [] : c === 1 ? p : p.map(s => ({ monomial: s.monomial, coefficient: E.times(s.coefficient, c) }))
export const minus = (a: Polynomial, b: Polynomial): Polynomial => plus(a, scale(b, -1))

// --- products --------------------------------------------------------------------------------

/** No product of more pairs of summands is expanded. */
const expansionBudget = 3000
/** Nor one that would hold atoms of more nodes than this: sums within sums would double at every level. */
export const weightBudget = 2500
/** Summands of the k-th power of a sum of s: binomial(k+s-1, k), capped. */
const powerSize = (s: number, k: number): number => {
  let size = 1
  for (let i = 1; i <= k && size <= expansionBudget; i++) size = (size * (s - 1 + i)) / i
  return size
}
const monomialWeight = (m: Monomial): number => {
  let weight = 0
  for (let i = 0; i < m.atoms.length; i++) weight += (m.atoms[i] as Expr).size
  return weight
}
/** Nodes of the atoms of its summands together. */
export const weightOf = (p: Polynomial): number => {
  let weight = 0
  for (let i = 0; i < p.length; i++) weight += monomialWeight((p[i] as Summand).monomial)
  return weight
}
/** Whether the power of a sum of s summands of this weight is written out. */
const expands = (s: number, weight: number, k: number): boolean =>
  k <= 24 && powerSize(s, k) <= 120 && powerSize(s, k - 1) * s <= expansionBudget && (powerSize(s, k) * k * weight) / s <= weightBudget

/** Whether an atom with this exponent still has to be rewritten by the law of that atom. */
const outOfRange = (a: Expr, e: Exact): boolean => {
  switch (a.kind) {
    case 'num':
    case 'mul':
      return E.sign(e) < 0 || E.compare(e, 1) >= 0
    case 'add': {
      const base = sumOf(a)
      if (!base.primitive) return E.sign(e) < 0 || E.compare(e, 1) >= 0
      const k = E.floor(e)
      return typeof k === 'number' && k >= 1 && expands(base.polynomial.length, base.weight, k)
    }
    case 'iverson':
      return E.sign(e) > 0 && e !== 1
    case 'fn':
      return (a.name === 'abs' && E.sign(e) < 0) || ((a.name === 'abs' || a.name === 'sin') && E.compare(e, 2) >= 0)
    default:
      return false
  }
}

/** c·Π atom^exponent with the law of each atom applied. */
export const fromFactors = (factors: Factors, c: Exact = 1): Polynomial => reduce(ofRaw(ofFactors(factors), c))

/** Whether the sums among the factors are too many or too heavy to be multiplied out. */
const isTooLarge = (m: Monomial): boolean => {
  let size = 1
  let weight = 0
  for (let i = 0; i < m.atoms.length; i++) {
    const a = m.atoms[i] as Expr
    const e = m.exponents[i] as Exact
    if (a.kind !== 'add' || E.sign(e) <= 0) weight += a.size
    else {
      const base = sumOf(a)
      const k = Number(E.floor(e))
      size *= powerSize(base.polynomial.length, k)
      weight += (k * base.weight) / base.polynomial.length
    }
  }
  return size > expansionBudget || (size > 1 && size * weight > weightBudget)
}

const ofRaw = (m: Monomial, c: Exact): Polynomial => {
  if (c === 0) return []
  if (!m.special) return [{ coefficient: c, monomial: m }]
  const plain: [Expr, Exact][] = []
  const parts: Polynomial[] = []
  let coefficient = c
  const tooLarge = isTooLarge(m)
  for (const [a, e] of factorsOf(m)) {
    if (!outOfRange(a, e) || (tooLarge && a.kind === 'add')) {
      plain.push([a, e])
      continue
    }
    const whole = E.floor(e)
    if (a.kind === 'iverson') plain.push([a, 1])
    else if (typeof whole !== 'number') plain.push([a, e])
    else if (a.kind === 'num' && a.value.num === 0n && E.sign(e) < 0)
      parts.push(atomic(pow(ZERO, MINUS_ONE), E.times(e, -1))) // undefined, and stays so
    else if (a.kind === 'num') {
      coefficient = E.times(coefficient, E.power(E.exact(a.value), whole))
      if (whole !== e) plain.push([a, E.minus(e, whole)])
    } else if (a.kind === 'fn') {
      const even = 2 * Math.floor(whole / 2)
      // |u|² = u², sin² = 1 - cos²
      const square = a.name === 'abs' ? undefined : minus(ONE_POLYNOMIAL, atomic(fn('cos', a.args[0] as Expr), 2))
      parts.push(square ? integerPower(square, even / 2) : integerPower(readCanonical(a.args[0] as Expr), even))
      if (even !== e) plain.push([a, E.minus(e, even)])
    } else {
      parts.push(integerPower(a.kind === 'add' ? sumOf(a).polynomial : readCanonical(a), whole))
      if (whole !== e) plain.push([a, E.minus(e, whole)])
    }
  }
  const rest = single(ofFactors(plain), coefficient)
  return parts.length === 0 ? rest : multiplied([...parts, rest])
}

/** Product without the final reduction by sums in denominators. */
export const timesUnreduced = (a: Polynomial, b: Polynomial): Polynomial => {
  if (a.length === 0 || b.length === 0) return []
  const x = constantOf(a)
  if (x !== undefined) return scale(b, x)
  const y = constantOf(b)
  if (y !== undefined) return scale(a, y)
  const [s] = a as readonly [Summand]
  const [t] = b as readonly [Summand]
  if (a.length === 1 && b.length === 1) return ofRaw(timesRaw(s.monomial, t.monomial), E.times(s.coefficient, t.coefficient))
  const out: Summand[] = []
  for (const s of a)
    for (const t of b) {
      const coefficient = E.times(s.coefficient, t.coefficient)
      const m = timesRaw(s.monomial, t.monomial)
      if (!m.special) out.push({ coefficient, monomial: m })
      else for (const u of ofRaw(m, coefficient)) out.push(u)
    }
  return collect(out)
}

const multiplied = (parts: readonly Polynomial[]): Polynomial => {
  let product: Polynomial = ONE_POLYNOMIAL
  for (const p of parts) product = timesUnreduced(product, p)
  return reduce(product)
}
/** The product; factors that would make it too large stay factors. */
export const timesAll = (parts: readonly Polynomial[]): Polynomial => {
  let size = 1
  let weight = 0
  for (const p of parts) {
    if (p.length === 0) return []
    size *= p.length
    if (parts.length > 1) weight += weightOf(p) / p.length
  }
  if (size > 1 && (size > expansionBudget || size * weight > weightBudget)) {
    const all = parts.map(factored)
    return fromFactors(
      all.flatMap(f => f.factors),
      all.reduce((c: Exact, f) => E.times(c, f.coefficient), 1),
    )
  }
  return multiplied(parts)
}
export const times = (a: Polynomial, b: Polynomial): Polynomial =>
  a.length > 1 && b.length > 1 ? timesAll([a, b]) : reduce(timesUnreduced(a, b))

/** p^k for an integer k. A negative power of 0 is the caller's to avoid. */
export const integerPower = (p: Polynomial, k: number): Polynomial => {
  if (k === 0) return ONE_POLYNOMIAL
  if (k === 1) return p
  if (p.length === 0) return []
  if (p.length > 1 && k > 0 && expands(p.length, weightOf(p), k)) {
    let result = p
    for (let i = 1; i < k; i++) result = timesUnreduced(result, p)
    return reduce(result)
  }
  const f = factored(p)
  if (f.coefficient === 0) return k > 0 ? [] : atomic(pow(ZERO, numberTerm(k)))
  return fromFactors(
    f.factors.map(([a, e]) => [a, E.times(e, k)] as const),
    E.power(f.coefficient, k),
  )
}

// --- content ---------------------------------------------------------------------------------

/**
 * p = numerator / Π sum^exponent without a sum in any denominator of the numerator's summands; nothing is reduced.
 * Undefined if that would grow beyond the budget.
 */
export const clearSums = (p: Polynomial): { readonly numerator: Polynomial; readonly sums: Factors } | undefined => {
  const sums: [Expr, number][] = []
  for (const s of p)
    if (s.monomial.divided)
      for (const [a, e] of factorsOf(s.monomial)) {
        if (a.kind !== 'add' || E.sign(e) >= 0) continue
        const k = E.negate(E.floor(e))
        if (typeof k !== 'number') return undefined
        const known = sums.find(([b]) => same(a, b))
        if (!known) sums.push([a, k])
        else if (known[1] < k) known[1] = k
      }
  if (sums.length === 0) return { numerator: p, sums }
  let size = p.length
  for (const [a, k] of sums) {
    const base = sumOf(a as Add)
    if (!expands(base.polynomial.length, base.weight, k)) return undefined
    size *= powerSize(base.polynomial.length, k)
    if (size > clearingBudget) return undefined
  }
  return { numerator: timesUnreduced(p, single(ofFactors(sums))), sums }
}
const clearingBudget = 800

/** A polynomial as coefficient · Π factors, at most one of them a new primitive sum; coefficient 0 for (hidden) zero. */
export interface Factored {
  readonly coefficient: Exact
  readonly factors: Factors
}
export const factored = (p: Polynomial): Factored => {
  const only = p.length === 1 ? (p[0] as Summand) : undefined
  if (only) return { coefficient: only.coefficient, factors: factorsOf(only.monomial) }
  if (p.length === 0) return { coefficient: 0, factors: [] }
  const cleared = clearSums(p)
  const n = cleared ? cleared.numerator : p
  if (n.length === 0) return { coefficient: 0, factors: [] }
  const below = cleared ? cleared.sums.map(([a, k]) => [a, E.negate(k)] as const) : []
  if (n.length === 1) {
    const s = n[0] as Summand
    return { coefficient: s.coefficient, factors: factorsOf(ofFactors([...factorsOf(s.monomial), ...below])) }
  }
  const f = primitive(n)
  return { coefficient: f.coefficient, factors: factorsOf(ofFactors([...factorsOf(f.monomial), [f.sum, 1], ...below])) }
}

// --- as terms --------------------------------------------------------------------------------

export const write = (p: Polynomial): Expr =>
  p.length === 1
    ? writeMonomial((p[0] as Summand).monomial, (p[0] as Summand).coefficient)
    : addAll(p.map(s => writeMonomial(s.monomial, s.coefficient)))

/** Reads back what `write` wrote, without applying any law. */
export const readCanonical = (t: Expr): Polynomial => (t.kind === 'add' ? collect(t.terms.map(readSummand)) : collect([readSummand(t)]))

const readSummand = (t: Expr): Summand => {
  let coefficient: Exact = 1
  const factors: [Expr, Exact][] = []
  for (const f of t.kind === 'mul' ? t.factors : [t]) {
    if (f.kind === 'num') coefficient = E.exact(f.value)
    else if (f.kind === 'pow' && !isOpaquePower(f)) {
      const { base, exponent } = f
      if (exponent.kind === 'num') factors.push([base, E.exact(exponent.value)])
      else
        for (const s of readCanonical(exponent))
          factors.push([isUnit(s.monomial) ? base : pow(base, writeMonomial(s.monomial)), s.coefficient])
    } else if (f.kind === 'fn' && f.name === 'exp') {
      for (const s of readCanonical(f.args[0] as Expr))
        factors.push([exp(isUnit(s.monomial) ? ONE : writeMonomial(s.monomial)), s.coefficient])
    } else if (f.kind === 'pow' && f.base.kind === 'pow' && f.exponent.kind === 'num' && isOpaquePower(f.base))
      factors.push([f.base, E.exact(f.exponent.value)])
    else factors.push([f, 1])
  }
  return { coefficient, monomial: ofFactors(factors) }
}
