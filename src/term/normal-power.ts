/**
 * Powers, exponentials and logarithms of normal forms: exponents split into monomials, nested powers and powers of
 * products opened as far as signs are known, logs opened likewise. What has no known sign stays together in one atom.
 * Every law here holds wherever its left side is defined.
 */

import type { Exact } from './exact.ts'
import * as E from './exact.ts'
import { type Factors, isOpaquePower, isUnit, type Monomial, ofFactors, UNIT, without, writeMonomial } from './monomial.ts'
import { productOver, sumOver } from './normal-binder.ts'
import type { Frame } from './normal-frame.ts'
import { factoredGamma } from './normal-gamma.ts'
import { same } from './order.ts'
import {
  atomic,
  constantOf,
  type Factored,
  factored,
  fromFactors,
  type Polynomial,
  plus,
  readCanonical,
  scale,
  single,
  times,
  timesAll,
  write,
} from './polynomial.ts'
import { type Expr, exp, fn, log, MINUS_ONE, num, ONE, pow, ZERO } from './term.ts'

/** Factors of a term, with the signs that are known only because the whole was known to be positive. */
export interface Signed extends Factored {
  readonly signs: readonly (readonly [Expr, 1 | -1])[]
}
const unsigned = ({ coefficient, factors }: Factored): Signed => ({ coefficient, factors, signs: [] })

/** The factors of a term as it is written, without multiplying out. */
export const factorsIn = (t: Expr, frame: Frame): Signed => {
  if (t.kind === 'mul') return productOf(t.factors.map(f => factorsIn(f, frame)))
  if (t.kind === 'pow' && t.exponent.kind === 'num') {
    const e = E.exact(t.exponent.value)
    if (typeof e === 'number') {
      const b = factorsIn(t.base, frame)
      if (b.coefficient === 0) return unsigned(e > 0 ? b : { coefficient: 1, factors: [[pow(ZERO, t.exponent), 1]] })
      return { coefficient: E.power(b.coefficient, e), factors: b.factors.map(([a, k]) => [a, E.times(k, e)] as const), signs: b.signs }
    }
  }
  const gamma = t.kind === 'fn' ? factoredGamma(t, frame) : undefined
  if (gamma) return unsigned(gamma)
  const f = factored(frame.poly(t))
  if (t.kind !== 'add' || !frame.positive(t)) return unsigned(f)
  const open = f.factors.filter(([a, e]) => !isSquare(a, e) && !frame.positive(a))
  const only = open.length === 1 ? (open[0] as Factors[number]) : undefined
  return only && E.isInteger(only[1]) ? { ...f, signs: [[only[0], E.sign(f.coefficient) > 0 ? 1 : -1]] } : unsigned(f)
}
const productOf = (parts: readonly Signed[]): Signed => {
  let coefficient: Exact = 1
  const factors: Factors[number][] = []
  const signs: Signed['signs'][number][] = []
  for (const p of parts) {
    coefficient = E.times(coefficient, p.coefficient)
    for (const f of p.factors) factors.push(f)
    for (const s of p.signs) signs.push(s)
  }
  const m = ofFactors(factors)
  return { coefficient, factors: m.atoms.map((a, i) => [a, m.exponents[i] as Exact] as const), signs }
}

const isEven = (e: Exact): boolean => typeof e === 'number' && e % 2 === 0
/** x^{2k} may be negative (k = 1/2), so an even power is a square only of an atom that is no power. */
const isSquare = (a: Expr, e: Exact): boolean => isEven(e) && a.kind !== 'pow'
export const negatedAtom = (a: Expr): Expr => write(scale(readCanonical(a), -1))

/** 1: positive (or so wherever its power is defined), -1: negative, 0: not known. */
const signOfAtom = (a: Expr, e: Exact, f: Signed, frame: Frame): -1 | 0 | 1 => {
  if ((!E.isInteger(e) && a.kind !== 'pow') || (a.kind === 'fn' && a.name === 'abs') || a.kind === 'iverson') return 1
  const told = f.signs.find(([b]) => same(a, b))
  if (told) return told[1]
  if (frame.positive(a)) return 1
  return frame.positive(negatedAtom(a)) ? -1 : 0
}

interface BySign {
  readonly sign: number
  readonly positive: [Expr, Exact][]
  /** Even powers of what may be 0. */
  readonly squares: [Expr, Exact][]
  readonly open: [Expr, Exact][]
}

/** ±1 · Π positive factors · Π squares · Π factors of unknown sign, the latter to odd powers. */
const bySign = (f: Signed, frame: Frame): BySign => {
  let sign = E.sign(f.coefficient)
  const positive: [Expr, Exact][] = E.primePowers(E.absolute(f.coefficient)).map(([p, k]) => [num(p), k])
  const open: [Expr, Exact][] = []
  const squares: [Expr, Exact][] = []
  for (const [a, e] of f.factors) {
    const s = signOfAtom(a, e, f, frame)
    if (s === 1) positive.push([a, e])
    else if (s === -1) {
      positive.push([negatedAtom(a), e])
      if (!isEven(e)) sign = -sign
    } else if (isSquare(a, e)) squares.push([a, e])
    else open.push([a, e])
  }
  if (open.length > 1)
    for (const part of open) {
      if (part[0].kind === 'pow') continue
      const even = E.minus(part[1], 1)
      if (even !== 0) positive.push([fn('abs', part[0]), even])
      part[1] = 1
    }
  return { sign, positive, squares, open }
}
const absolutes = (squares: BySign['squares']): readonly [Expr, Exact][] => squares.map(([a, e]) => [fn('abs', a), e])

// --- powers ----------------------------------------------------------------------------------

interface Product {
  readonly factors: [Expr, Exact][]
  readonly parts: Polynomial[]
}
const finish = (p: Product, coefficient: Exact = 1): Polynomial => timesAll([fromFactors(p.factors, coefficient), ...p.parts])
const hasLog = (m: Monomial): boolean => m.atoms.some(a => a.kind === 'fn' && a.name === 'log')

/** Multiplies by (a^e)^(c·m), where that is a^(e·c·m). */
const raise = (a: Expr, e: Exact, c: Exact, m: Monomial, out: Product, frame: Frame): void => {
  const k = E.times(e, c)
  if (isUnit(m)) out.factors.push([a, k])
  else if (hasLog(m) && a.kind !== 'iverson' && frame.positive(a))
    out.parts.push(expOf(times(logOfPositive(a, frame), single(m, k)), frame))
  else if (a.kind === 'fn' && a.name === 'exp') out.parts.push(expOf(times(readCanonical(a.args[0] as Expr), single(m, k)), frame))
  else if (a.kind === 'pow' && !isOpaquePower(a))
    for (const s of times(readCanonical(a.exponent), single(m)))
      out.factors.push([isUnit(s.monomial) ? a.base : pow(a.base, writeMonomial(s.monomial)), E.times(k, s.coefficient)])
  else out.factors.push([pow(a, writeMonomial(m)), k])
}
/** The same for a factor whose sign is not known: a power inside stays closed. */
const raiseClosed = (a: Expr, e: Exact, c: Exact, m: Monomial, out: Product): void => {
  if (a.kind === 'pow' && !(isUnit(m) && E.isInteger(c))) {
    const base = writeMonomial(ofFactors([[a, e]]))
    out.factors.push([pow(base, writeMonomial(m, c)), 1])
  } else out.factors.push([isUnit(m) ? a : pow(a, writeMonomial(m)), E.times(e, c)])
}

/** f^exponent. `whole`: the exponent is known to be an integer, so that every factor takes it by itself. */
export const powerOf = (f: Signed, exponent: Polynomial, frame: Frame, whole = false): Polynomial => {
  const number = constantOf(exponent)
  if (f.coefficient === 0)
    return number !== undefined && E.sign(number) > 0 ? [] : number === 0 ? single(UNIT) : atomic(pow(ZERO, write(exponent)))
  const out: Product = { factors: [], parts: [] }
  if (typeof number === 'number') {
    for (const [a, e] of f.factors) out.factors.push([a, E.times(e, number)])
    return finish(out, E.power(f.coefficient, number))
  }
  if (whole) {
    for (const { coefficient: c, monomial: m } of exponent) {
      for (const [p, k] of E.primePowers(E.absolute(f.coefficient))) raise(num(p), k, c, m, out, frame)
      if (E.sign(f.coefficient) < 0) raise(MINUS_ONE, 1, c, m, out, frame)
      for (const [a, e] of f.factors) raise(a, e, c, m, out, frame)
    }
    return finish(out)
  }
  const { sign, positive, squares, open } = bySign(f, frame)
  // √(aq²) is 0 at q = 0 whatever the sign of a, and √a|q| has no value there for a < 0: the square stays inside
  const inside = open.length > 0 ? [...open, ...squares] : []
  const outside = open.length > 0 ? positive : [...positive, ...absolutes(squares)]
  for (const { coefficient: c, monomial: m } of exponent) {
    for (const [a, e] of outside) raise(a, e, c, m, out, frame)
    const only = inside[0]
    if (inside.length === 1 && only) raiseClosed(sign < 0 ? negatedAtom(only[0]) : only[0], only[1], c, m, out)
    else if (inside.length > 1) raiseClosed(writeMonomial(ofFactors(inside), sign), 1, c, m, out)
    else if (sign < 0) raise(MINUS_ONE, 1, c, m, out, frame)
  }
  return finish(out)
}

// --- exponentials ----------------------------------------------------------------------------

const onlyIndex = (m: Monomial, test: (a: Expr) => boolean): number => {
  let found = -1
  for (let i = 0; i < m.atoms.length; i++)
    if (test(m.atoms[i] as Expr)) {
      if (found >= 0 || m.exponents[i] !== 1) return -2
      found = i
    }
  return found
}
const isLog = (a: Expr): boolean => a.kind === 'fn' && a.name === 'log'
const isSum = (a: Expr): boolean => a.kind === 'big' && a.op === 'sum'

/** exp of a normal form: e^(c log u) = u^c, e^(Σ b log u) = Π u^b, and one factor for each other summand. */
export const expOf = (p: Polynomial, frame: Frame): Polynomial => {
  const out: Product = { factors: [], parts: [] }
  for (const { coefficient: c, monomial: m } of p) {
    const i = onlyIndex(m, isLog)
    const atom = m.atoms[i]
    if (atom?.kind === 'fn') {
      const base = atom.args[0] as Expr
      if (base.kind === 'pow') raiseClosed(base, 1, c, without(m, i), out)
      else raise(base, 1, c, without(m, i), out, frame)
      continue
    }
    const j = i === -1 ? onlyIndex(m, isSum) : -1
    const total = m.atoms[j]
    const product = total?.kind === 'big' ? productOfLogs(total.lo, total.hi, total.body, frame) : undefined
    if (product) {
      const f = factored(product)
      // the product is positive, and so is its factor if there is but one
      const signs: Signed['signs'] = f.factors.length === 1 && E.sign(f.coefficient) > 0 ? [[(f.factors[0] as Factors[number])[0], 1]] : []
      out.parts.push(powerOf({ ...f, signs }, single(without(m, j), c), frame))
    } else out.factors.push([exp(writeMonomial(m)), c])
  }
  return finish(out)
}
/** Π u^b for the body b·log u of a sum. */
const productOfLogs = (lo: Expr, hi: Expr, body: Expr, frame: Frame): Polynomial | undefined => {
  const p = readCanonical(body)
  const s = p[0]
  const i = p.length === 1 && s ? onlyIndex(s.monomial, isLog) : -1
  const atom = s?.monomial.atoms[i]
  if (!s || atom?.kind !== 'fn' || (atom.args[0] as Expr).kind === 'pow') return undefined
  const inner = frame.inside(lo, hi)
  const out: Product = { factors: [], parts: [] }
  raise(atom.args[0] as Expr, 1, s.coefficient, without(s.monomial, i), out, inner)
  return productOver(lo, hi, factored(finish(out)), frame)
}

// --- logarithms ------------------------------------------------------------------------------

/** log a for one atom that is positive. */
const logOfPositive = (a: Expr, frame: Frame): Polynomial => {
  if (a.kind === 'fn' && a.name === 'exp') return readCanonical(a.args[0] as Expr)
  if (a.kind === 'pow' && !isOpaquePower(a) && frame.positive(a.base)) return times(readCanonical(a.exponent), logOfPositive(a.base, frame))
  if (a.kind === 'big' && a.op === 'prod') {
    const inner = frame.inside(a.lo, a.hi)
    if (inner.positive(a.body)) return sumOver(a.lo, a.hi, logOf(factorsIn(a.body, inner), inner), frame)
  }
  return a.kind === 'num' && same(a, ONE) ? [] : atomic(log(a))
}

/** log of a product, opened as far as signs are known; even powers through |u|. */
export const logOf = (f: Signed, frame: Frame): Polynomial => {
  if (f.coefficient === 0) return atomic(log(ZERO))
  const { sign, positive, squares, open } = bySign(f, frame)
  const parts = [...positive, ...absolutes(squares)].map(([a, e]) => scale(logOfPositive(a, frame), e))
  const only = open[0]
  if (open.length === 1 && only) parts.push(scale(atomic(log(sign < 0 ? negatedAtom(only[0]) : only[0])), only[1]))
  else if (open.length > 1) parts.push(atomic(log(writeMonomial(ofFactors(open), sign))))
  else if (sign < 0) parts.push(atomic(log(MINUS_ONE)))
  return plus(...parts)
}
