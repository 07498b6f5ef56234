/**
 * Monomials of the deciding normal form: products of atoms with exact exponents, and their reading and writing as
 * terms. An atom is a canonical term: a symbol, an entry, a function value, Σ or Π, exp(m) or b^m for a monomial m
 * without its number (so e^{2t} is the square of the atom e^t), a prime, a primitive sum. No law is applied here.
 */

import type { Exact } from './exact.ts'
import * as E from './exact.ts'
import { compareTerms, same } from './order.ts'
import { addAll, type Expr, exp, mulAll, num, pow, room } from './term.ts'

export interface Monomial {
  readonly hash: number
  readonly atoms: readonly Expr[]
  /** Not 0; one for each atom. */
  readonly exponents: readonly Exact[]
  /** Some atom obeys a law of its own when its exponents add up (see `outOfRange`). */
  readonly special: boolean
  /** Some sum stands in the denominator. */
  readonly divided: boolean
}

const hashOf = (atom: Expr, e: Exact): number =>
  Math.imul(
    atom.hash ^ 0x9e3779b9,
    typeof e === 'number' ? 2 * e + 1 : Math.imul(Number(BigInt.asIntN(31, e.num)), 31) + Number(BigInt.asIntN(31, e.den)),
  )

const isSpecial = (a: Expr): boolean =>
  a.kind === 'num' ||
  a.kind === 'add' ||
  a.kind === 'mul' ||
  a.kind === 'iverson' ||
  (a.kind === 'fn' && (a.name === 'abs' || a.name === 'sin'))

const monomial = (atoms: readonly Expr[], exponents: readonly Exact[]): Monomial => {
  let hash = atoms.length
  let special = false
  let divided = false
  for (let i = 0; i < atoms.length; i++) {
    const a = atoms[i] as Expr
    const e = exponents[i] as Exact
    hash = (hash + hashOf(a, e)) | 0
    if (isSpecial(a)) {
      special = true
      if (a.kind === 'add' && E.sign(e) < 0) divided = true
    }
  }
  return { hash, atoms, exponents, special, divided }
}
/** Room for n exponents, exactly. */
const roomForExponents = (n: number): Exact[] => (n === 1 ? [0] : n === 2 ? [0, 0] : n === 3 ? [0, 0, 0] : new Array<Exact>(n).fill(0))

export const UNIT: Monomial = monomial([], [])
export const isUnit = (m: Monomial): boolean => m.atoms.length === 0

const compareAtoms = (a: Expr, b: Expr): number => (a === b ? 0 : a.hash !== b.hash ? a.hash - b.hash : compareTerms(a, b))

/** A total order without meaning, for storage. */
export const compareMonomials = (a: Monomial, b: Monomial): number => {
  if (a === b) return 0
  if (a.hash !== b.hash) return a.hash - b.hash
  if (a.atoms.length !== b.atoms.length) return a.atoms.length - b.atoms.length
  for (let i = 0; i < a.atoms.length; i++) {
    const c = compareAtoms(a.atoms[i] as Expr, b.atoms[i] as Expr) || E.compare(a.exponents[i] as Exact, b.exponents[i] as Exact)
    if (c !== 0) return c
  }
  return 0
}

export const ofAtom = (atom: Expr, e: Exact = 1): Monomial => (e === 0 ? UNIT : monomial([atom], [e]))

/** Factors in any order, equal atoms merged, nothing checked against the laws of special atoms. */
export type Factors = readonly (readonly [Expr, Exact])[]
export const ofFactors = (factors: Factors): Monomial => {
  if (factors.length === 0) return UNIT
  const atoms = room(factors.length)
  const exponents = roomForExponents(factors.length)
  let size = 0
  for (let i = 0; i < factors.length; i++) {
    const [a, e] = factors[i] as Factors[number]
    // insertion: there are few factors, and most are in order
    let k = size
    let order = 1
    for (; k > 0; k--) {
      order = compareAtoms(atoms[k - 1] as Expr, a)
      if (order <= 0) break
    }
    if (k > 0 && order === 0) exponents[k - 1] = E.plus(exponents[k - 1] as Exact, e)
    else {
      for (let j = size++; j > k; j--) {
        atoms[j] = atoms[j - 1] as Expr
        exponents[j] = exponents[j - 1] as Exact
      }
      atoms[k] = a
      exponents[k] = e
    }
  }
  if (size < factors.length) {
    atoms.length = size
    exponents.length = size
  }
  if (!exponents.includes(0)) return monomial(atoms, exponents)
  return monomial(
    atoms.filter((_, i) => exponents[i] !== 0),
    exponents.filter(e => e !== 0),
  )
}
/** The monomial without its i-th factor. */
export const without = (m: Monomial, i: number): Monomial =>
  m.atoms.length === 1
    ? UNIT
    : monomial(
        m.atoms.filter((_, j) => j !== i),
        m.exponents.filter((_, j) => j !== i),
      )
export const factorsOf = (m: Monomial): Factors => m.atoms.map((a, i) => [a, m.exponents[i] as Exact] as const)

/** The product with exponents added; special atoms may leave their range. */
export const timesRaw = (a: Monomial, b: Monomial): Monomial => {
  if (a.atoms.length === 0) return b
  if (b.atoms.length === 0) return a
  const most = a.atoms.length + b.atoms.length
  const atoms = room(most)
  const exponents = roomForExponents(most)
  let size = 0
  let i = 0
  let j = 0
  while (i < a.atoms.length && j < b.atoms.length) {
    const x = a.atoms[i] as Expr
    const y = b.atoms[j] as Expr
    const c = compareAtoms(x, y)
    if (c === 0) {
      const e = E.plus(a.exponents[i] as Exact, b.exponents[j] as Exact)
      if (e !== 0) {
        atoms[size] = x
        exponents[size++] = e
      }
      i++
      j++
    } else if (c < 0) {
      atoms[size] = x
      exponents[size++] = a.exponents[i++] as Exact
    } else {
      atoms[size] = y
      exponents[size++] = b.exponents[j++] as Exact
    }
  }
  for (; i < a.atoms.length; i++) {
    atoms[size] = a.atoms[i] as Expr
    exponents[size++] = a.exponents[i] as Exact
  }
  for (; j < b.atoms.length; j++) {
    atoms[size] = b.atoms[j] as Expr
    exponents[size++] = b.exponents[j] as Exact
  }
  if (size < most) {
    atoms.length = size
    exponents.length = size
  }
  return monomial(atoms, exponents)
}

export const exponentOf = (m: Monomial, atom: Expr): Exact => {
  for (let i = 0; i < m.atoms.length; i++) if (same(m.atoms[i] as Expr, atom)) return m.exponents[i] as Exact
  return 0
}

// --- as terms --------------------------------------------------------------------------------

/** A power that is an atom as a whole: of 0, or of a power whose base has no known sign. */
export const isOpaquePower = (t: Expr): boolean =>
  t.kind === 'pow' && (t.base.kind === 'pow' || (t.base.kind === 'num' && t.base.value.num === 0n))

export const numberTerm = (c: Exact): Expr => num(c)

/** The term c·m: one power for each base, one exponential. */
export const writeMonomial = (m: Monomial, c: Exact = 1): Expr => {
  for (let i = 0; i < m.atoms.length; i++) {
    const a = m.atoms[i] as Expr
    if (a.kind === 'pow' || (a.kind === 'fn' && a.name === 'exp')) return writePowers(m, c)
  }
  if (m.atoms.length === 1 && c === 1) return writePower(m, 0)
  const first = c === 1 ? 0 : 1
  const out = room(m.atoms.length + first)
  if (first === 1) out[0] = numberTerm(c)
  for (let i = 0; i < m.atoms.length; i++) out[i + first] = writePower(m, i)
  return mulAll(out)
}
const writePower = (m: Monomial, i: number): Expr => {
  const [a, e] = [m.atoms[i] as Expr, m.exponents[i] as Exact]
  return e === 1 ? a : pow(a, numberTerm(e))
}
/** Some atom is a power or an exponential. */
const writePowers = (m: Monomial, c: Exact): Expr => {
  const out: Expr[] = c === 1 ? [] : [numberTerm(c)]
  const bases: { base: Expr; exponent: Expr[] }[] = []
  const exponential: Expr[] = []
  for (let i = 0; i < m.atoms.length; i++) {
    const a = m.atoms[i] as Expr
    const e = m.exponents[i] as Exact
    if (a.kind === 'fn' && a.name === 'exp') {
      exponential.push(mulAll([numberTerm(e), a.args[0] as Expr]))
      continue
    }
    const split = a.kind === 'pow' && !isOpaquePower(a)
    const base = split ? a.base : a
    const exponent = split ? mulAll([numberTerm(e), a.exponent]) : numberTerm(e)
    const known = bases.find(b => same(b.base, base))
    if (known) known.exponent.push(exponent)
    else bases.push({ base, exponent: [exponent] })
  }
  for (const b of bases) out.push(pow(b.base, addAll(b.exponent)))
  if (exponential.length > 0) out.push(exp(addAll(exponential)))
  return mulAll(out)
}
