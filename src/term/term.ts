/**
 * What a formula is: about twenty immutable kinds in one discriminated union, and their constructors.
 * Constructors do the least: flatten, fold exact numerals into one coefficient, drop units, order operands
 * structurally. They never collect, distribute, cancel, merge powers or open a logarithm: each of those is a
 * named rule that a reader can be shown. Subtraction, division and roots are notation and belong to `print/`.
 */
import { compareTerms, kindBits, same, sortShort } from './order.ts'
import type { Rational } from './rational.ts'
import * as Q from './rational.ts'

interface Node<K extends string> {
  readonly kind: K
  /** Structural hash, equal for terms that are the same. */
  readonly hash: number
  /** Bit k is set when `Bound(k)` occurs free: "free of the innermost index" is `(free & 1) === 0`. */
  readonly free: number
  /** The bits (`kindBits`) of every kind that occurs in the term, its own included: what is not there need not be looked for. */
  readonly kinds: number
  /** A bit (`nameBit`) for every symbol, array and named quantity that occurs; two names may share a bit. */
  readonly names: number
}
export interface Num extends Node<'num'> {
  readonly value: Rational
}
export interface Sym extends Node<'sym'> {
  readonly name: string
}
/** A bound index, counted outwards from 0 = the innermost binder (de Bruijn). */
export interface Bound extends Node<'bound'> {
  readonly depth: number
}
/** An entry of an array of data or parameters: x_i, p_j, x_{i-1}, x_{ij}. */
export interface At extends Node<'at'> {
  readonly name: string
  readonly index: readonly Expr[]
}
export interface Add extends Node<'add'> {
  readonly terms: readonly Expr[]
}
export interface Mul extends Node<'mul'> {
  readonly factors: readonly Expr[]
}
export interface Pow extends Node<'pow'> {
  readonly base: Expr
  readonly exponent: Expr
}
/** A function of the table in `functions.ts`; constants such as π are functions of no argument. */
export interface Fn extends Node<'fn'> {
  readonly name: string
  readonly args: readonly Expr[]
}
export type BigOp = 'sum' | 'prod' | 'max' | 'min' | 'order'
/** Σ, Π, max, min or the r-th smallest over an index running lo..hi; the index is `Bound(0)` inside `body` only. */
export interface Big extends Node<'big'> {
  readonly op: BigOp
  readonly lo: Expr
  readonly hi: Expr
  readonly body: Expr
  /** Only for `order`: which one, counted from the smallest. */
  readonly rank: Expr | undefined
}
/** An unevaluated derivative of the given order with respect to a symbol or array entry. */
export interface Deriv extends Node<'deriv'> {
  readonly body: Expr
  readonly wrt: Expr
  readonly order: number
}
export interface Iverson extends Node<'iverson'> {
  readonly cond: Prop
}
export interface Cases extends Node<'cases'> {
  readonly branches: readonly { readonly when: Prop; readonly value: Expr }[]
  readonly otherwise: Expr | undefined
}
/** A named quantity applied to arguments, ℓ(μ, v) or h''(α): `prime` counts derivatives per argument. */
export interface Call extends Node<'call'> {
  readonly name: string
  readonly args: readonly Expr[]
  readonly prime: readonly number[]
}
export interface Expect extends Node<'expect'> {
  readonly body: Expr
}
export interface Limit extends Node<'limit'> {
  readonly variable: Sym
  readonly to: Expr
  readonly side: '+' | '-' | undefined
  readonly body: Expr
}
/** ±∞: only in limits, domains and suprema. */
export interface Infinite extends Node<'infinity'> {
  readonly negative: boolean
}

export type RelOp = '=' | '!=' | '<' | '<='
export interface Rel extends Node<'rel'> {
  readonly op: RelOp
  readonly left: Expr
  readonly right: Expr
}
export interface In extends Node<'in'> {
  readonly element: Expr
  readonly set: SetTerm
}
/** Conjunction or disjunction; no operands: true (`and`) or false (`or`). */
export interface And extends Node<'and'> {
  readonly props: readonly Prop[]
}
export interface Or extends Node<'or'> {
  readonly props: readonly Prop[]
}
export type Junction = And | Or
export interface Not extends Node<'not'> {
  readonly prop: Prop
}
/** "for every index in lo..hi": the index is `Bound(0)` inside `body`. */
export interface All extends Node<'all'> {
  readonly lo: Expr
  readonly hi: Expr
  readonly body: Prop
}

export interface FiniteSet extends Node<'finite'> {
  readonly elements: readonly Expr[]
}
/** Integers lo, lo+1, …, hi; hi may be ∞. */
export interface RangeSet extends Node<'range'> {
  readonly lo: Expr
  readonly hi: Expr
}
export interface IntervalSet extends Node<'interval'> {
  readonly lo: Expr
  readonly hi: Expr
  /** Whether lo and hi belong to the set. */
  readonly closed: readonly [boolean, boolean]
}

export type Expr = Num | Sym | Bound | At | Add | Mul | Pow | Fn | Big | Deriv | Iverson | Cases | Call | Expect | Limit | Infinite
export type Prop = Rel | In | Junction | Not | All
export type SetTerm = FiniteSet | RangeSet | IntervalSet
export type Term = Expr | Prop | SetTerm
export type Kind = Term['kind']
export type Of<K extends Kind> = Extract<Term, { kind: K }>

// --- hashing and interning -------------------------------------------------------------------

const mix = (h: number, v: number): number => {
  let k = Math.imul(v, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  const x = h ^ Math.imul(k, 0x1b873593)
  return (Math.imul((x << 13) | (x >>> 19), 5) + 0xe6546b64) | 0
}
const hashText = (text: string): number => {
  let h = 17
  for (let i = 0; i < text.length; i++) h = Math.imul(h, 31) + text.charCodeAt(i)
  return h | 0
}
const hashAll = (seed: number, parts: readonly Term[]): number => {
  let h = seed
  for (const p of parts) h = mix(h, p.hash)
  return h
}
const freeOf = (parts: readonly Term[]): number => {
  let f = 0
  for (const p of parts) f |= p.free
  return f
}

const kindsOf = (own: Kind, parts: readonly Term[]): number => {
  let k = kindBits[own]
  for (const p of parts) k |= p.kinds
  return k
}
const namesOf = (parts: readonly Term[]): number => {
  let n = 0
  for (const p of parts) n |= p.names
  return n
}
/** The bit of a name in `Node.names`: where it is not set, the name does not occur. */
export const nameBit = (name: string): number => 1 << (hashText(name) & 31)

/** Direct-mapped cache: makes identity the usual case of equality. Bounded; nothing depends on a hit. */
const cacheBits = 12
const cache: (Term | undefined)[] = new Array(1 << cacheBits)
const intern = <T extends Term>(t: T): T => {
  const slot = (t.hash ^ (t.hash >>> 15)) & ((1 << cacheBits) - 1)
  const seen = cache[slot]
  if (seen !== undefined && seen.hash === t.hash && compareTerms(seen, t) === 0) return seen as T
  cache[slot] = t
  return t
}

// --- atoms -----------------------------------------------------------------------------------

/** The low 32 bits. */
const word = (v: bigint): number => {
  const n = Number(v)
  return Number.isSafeInteger(n) ? n | 0 : Number(BigInt.asIntN(32, v))
}
const made = (value: Rational): Num =>
  intern({
    kind: 'num',
    hash: mix(mix(1, word(value.num)), word(value.den)),
    free: 0,
    kinds: kindBits.num,
    names: 0,
    value,
  })
/** −16 … 16: most numerals of a derivation. */
const small: readonly Num[] = Array.from({ length: 33 }, (_, i) => made(Q.rational(i - 16)))
const numFromRational = (value: Rational): Num => {
  if (Q.isInteger(value)) {
    const n = Number(value.num)
    if (n >= -16 && n <= 16) return small[n + 16] as Num
  }
  return made(value)
}

/** An exact number: an integer, a fraction p/q given as two integers, or a `Rational`. */
export const num = (value: number | bigint | Rational, den: number | bigint = 1): Num => {
  if (typeof value === 'object') return numFromRational(value)
  if (den === 1 && value >= -16 && value <= 16) return small[Number(value) + 16] as Num
  return numFromRational(Q.rational(value, den))
}
export const ZERO: Num = num(0)
export const ONE: Num = num(1)
export const TWO: Num = num(2)
export const MINUS_ONE: Num = num(-1)
export const HALF: Num = num(1, 2)

export const sym = (name: string): Sym =>
  intern({
    kind: 'sym',
    hash: mix(2, hashText(name)),
    free: 0,
    kinds: kindBits.sym,
    names: nameBit(name),
    name,
  })

/** More nested binders than the mask has bits. Readers report it as a `ModelError`. */
export class TooDeep extends RangeError {}

export const bound = (depth: number): Bound => {
  if (depth > 30) throw new TooDeep('more than 31 nested sums, products or "for every index"')
  return intern({ kind: 'bound', hash: mix(3, depth), free: 1 << depth, kinds: kindBits.bound, names: 0, depth })
}
export const at = (name: string, ...index: readonly Expr[]): At =>
  intern({
    kind: 'at',
    hash: hashAll(mix(4, hashText(name)), index),
    free: freeOf(index),
    kinds: kindsOf('at', index),
    names: nameBit(name) | namesOf(index),
    name,
    index,
  })

export const infinity: Infinite = intern({
  kind: 'infinity',
  hash: mix(5, 1),
  free: 0,
  kinds: kindBits.infinity,
  names: 0,
  negative: false,
})
export const minusInfinity: Infinite = intern({
  kind: 'infinity',
  hash: mix(5, 2),
  free: 0,
  kinds: kindBits.infinity,
  names: 0,
  negative: true,
})

// --- arithmetic ------------------------------------------------------------------------------

export const isNum = (t: Term): t is Num => t.kind === 'num'
export const isZero = (t: Term): boolean => t.kind === 'num' && Q.isZero(t.value)
export const isOne = (t: Term): boolean => t.kind === 'num' && Q.isOne(t.value)

const sorted = <T extends Term>(parts: T[]): T[] => sortShort(parts, compareTerms)

/** Room for n operands, exactly: lists of operands are many and kept long. */
const room = (n: number): Expr[] => {
  switch (n) {
    case 2:
      return [ZERO, ZERO]
    case 3:
      return [ZERO, ZERO, ZERO]
    case 4:
      return [ZERO, ZERO, ZERO, ZERO]
    case 5:
      return [ZERO, ZERO, ZERO, ZERO, ZERO]
    default:
      return Array.from({ length: n }, () => ZERO)
  }
}

/** The operands with those of the same kind flattened, the folded numeral (if any) and the others in order. */
const flattened = (kind: 'add' | 'mul', operands: readonly Expr[], numeral: Num | undefined, count: number): Expr[] => {
  const flat = room(count)
  let k = 0
  if (numeral) flat[k++] = numeral
  for (const t of operands)
    if (t.kind === kind) {
      for (const u of t.kind === 'add' ? t.terms : t.factors) if (u.kind !== 'num') flat[k++] = u
    } else if (t.kind !== 'num') flat[k++] = t
  return sorted(flat)
}

/** The sum of its arguments, flattened; exact numerals are folded into one, which stands first. */
export const add = (...operands: readonly Expr[]): Expr => addAll(operands)
export const addAll = (operands: readonly Expr[]): Expr => {
  let constant = Q.zero
  let count = 0
  let last: Expr = ZERO
  for (const t of operands)
    if (t.kind === 'num') constant = Q.plus(constant, t.value)
    else if (t.kind !== 'add') {
      last = t
      count++
    } else {
      const head = t.terms[0] as Expr
      if (head.kind === 'num') constant = Q.plus(constant, head.value)
      last = t.terms[t.terms.length - 1] as Expr
      count += head.kind === 'num' ? t.terms.length - 1 : t.terms.length
    }
  const numeral = Q.isZero(constant) ? undefined : num(constant)
  if (count === 0) return numeral ?? ZERO
  if (count === 1 && !numeral) return last
  const terms = flattened('add', operands, numeral, numeral ? count + 1 : count)
  return intern({ kind: 'add', hash: hashAll(6, terms), free: freeOf(terms), kinds: kindsOf('add', terms), names: namesOf(terms), terms })
}

/** The product of its arguments, flattened; exact numerals are folded into one coefficient, which stands first. */
export const mul = (...operands: readonly Expr[]): Expr => mulAll(operands)
export const mulAll = (operands: readonly Expr[]): Expr => {
  let coefficient = Q.one
  let count = 0
  let last: Expr = ONE
  for (const t of operands)
    if (t.kind === 'num') coefficient = Q.times(coefficient, t.value)
    else if (t.kind !== 'mul') {
      last = t
      count++
    } else {
      const head = t.factors[0] as Expr
      if (head.kind === 'num') coefficient = Q.times(coefficient, head.value)
      last = t.factors[t.factors.length - 1] as Expr
      count += head.kind === 'num' ? t.factors.length - 1 : t.factors.length
    }
  if (Q.isZero(coefficient)) return ZERO
  const numeral = Q.isOne(coefficient) ? undefined : num(coefficient)
  if (count === 0) return numeral ?? ONE
  if (count === 1 && !numeral) return last
  const factors = flattened('mul', operands, numeral, numeral ? count + 1 : count)
  return intern({
    kind: 'mul',
    hash: hashAll(7, factors),
    free: freeOf(factors),
    kinds: kindsOf('mul', factors),
    names: namesOf(factors),
    factors,
  })
}

const foldedPower = (base: Rational, exponent: Rational): Rational | undefined => {
  if (Q.isZero(base) && Q.sign(exponent) < 0) return undefined
  if (exponent.num > 64n || exponent.num < -64n || base.num.toString().length > 40) return undefined
  const e = Number(exponent.num)
  if (Q.isInteger(exponent)) return Q.power(base, e)
  const root = exponent.den <= 8n ? Q.exactRoot(base, Number(exponent.den)) : undefined
  return root && Q.power(root, e)
}

/** base^exponent. Exponents 0 and 1 are dropped (0^0 = 1) and powers of exact numerals folded. */
export const pow = (base: Expr, exponent: Expr): Expr => {
  if (exponent.kind === 'num') {
    if (Q.isZero(exponent.value)) return ONE
    if (Q.isOne(exponent.value)) return base
    if (base.kind === 'num') {
      const folded = foldedPower(base.value, exponent.value)
      if (folded) return num(folded)
    }
  }
  if (isOne(base)) return ONE
  return intern({
    kind: 'pow',
    hash: mix(mix(8, base.hash), exponent.hash),
    free: base.free | exponent.free,
    kinds: kindBits.pow | base.kinds | exponent.kinds,
    names: base.names | exponent.names,
    base,
    exponent,
  })
}

export const neg = (t: Expr): Expr => mul(MINUS_ONE, t)
export const sub = (a: Expr, b: Expr): Expr => add(a, neg(b))
/** a/b; a product below the line is inverted factor by factor, as it is read and printed. */
export const div = (a: Expr, b: Expr): Expr => (b.kind === 'mul' ? mulAll([a, ...b.factors.map(reciprocal)]) : mul(a, reciprocal(b)))
const reciprocal = (f: Expr): Expr => (f.kind === 'pow' ? pow(f.base, neg(f.exponent)) : pow(f, MINUS_ONE))
export const sqrt = (t: Expr): Expr => pow(t, HALF)

// --- functions and binders -------------------------------------------------------------------

export const fn = (name: string, ...args: readonly Expr[]): Fn =>
  intern({
    kind: 'fn',
    hash: hashAll(mix(9, hashText(name)), args),
    free: freeOf(args),
    kinds: kindsOf('fn', args),
    names: namesOf(args),
    name,
    args,
  })
export const log = (t: Expr): Fn => fn('log', t)
export const exp = (t: Expr): Fn => fn('exp', t)

/** Σ, Π, max, min, r-th smallest with the body already written with `Bound(0)` for the index. */
export const big = (op: BigOp, lo: Expr, hi: Expr, body: Expr, rank?: Expr): Big =>
  intern({
    kind: 'big',
    hash: mix(mix(mix(mix(mix(10, hashText(op)), lo.hash), hi.hash), body.hash), rank?.hash ?? 0),
    free: lo.free | hi.free | (rank?.free ?? 0) | (body.free >>> 1),
    kinds: kindBits.big | lo.kinds | hi.kinds | body.kinds | (rank?.kinds ?? 0),
    names: lo.names | hi.names | body.names | (rank?.names ?? 0),
    op,
    lo,
    hi,
    body,
    rank,
  })

let depth = 0
/**
 * Builds a body from a function of its index: the index is a placeholder symbol while `write` runs and a bound
 * index afterwards, so nested binders cannot capture each other's index.
 */
export const binding = <T extends Term>(write: (index: Expr) => T, bind: (body: T, placeholder: Sym) => T): T => {
  const placeholder = sym(`\u0000${depth}`)
  depth++
  try {
    return bind(write(placeholder), placeholder)
  } finally {
    depth--
  }
}

export const deriv = (body: Expr, wrt: Expr, order = 1): Deriv =>
  intern({
    kind: 'deriv',
    hash: mix(mix(mix(11, body.hash), wrt.hash), order),
    free: body.free | wrt.free,
    kinds: kindBits.deriv | body.kinds | wrt.kinds,
    names: body.names | wrt.names,
    body,
    wrt,
    order,
  })
export const iverson = (cond: Prop): Iverson =>
  intern({
    kind: 'iverson',
    hash: mix(12, cond.hash),
    free: cond.free,
    kinds: kindBits.iverson | cond.kinds,
    names: cond.names,
    cond,
  })
export const cases = (branches: Cases['branches'], otherwise?: Expr): Cases => {
  const parts = branches.flatMap((b): Term[] => [b.when, b.value])
  if (otherwise) parts.push(otherwise)
  return intern({
    kind: 'cases',
    hash: mix(hashAll(13, parts), otherwise ? 1 : 0),
    free: freeOf(parts),
    kinds: kindsOf('cases', parts),
    names: namesOf(parts),
    branches,
    otherwise,
  })
}
export const call = (name: string, args: readonly Expr[], prime: readonly number[] = args.map(() => 0)): Call =>
  intern({
    kind: 'call',
    hash: prime.reduce(mix, hashAll(mix(14, hashText(name)), args)),
    free: freeOf(args),
    kinds: kindsOf('call', args),
    names: nameBit(name) | namesOf(args),
    name,
    args,
    prime,
  })
export const expect = (body: Expr): Expect =>
  intern({
    kind: 'expect',
    hash: mix(15, body.hash),
    free: body.free,
    kinds: kindBits.expect | body.kinds,
    names: body.names,
    body,
  })
export const limit = (body: Expr, variable: Sym, to: Expr, side?: '+' | '-'): Limit =>
  intern({
    kind: 'limit',
    hash: mix(mix(mix(mix(16, body.hash), variable.hash), to.hash), side === '+' ? 1 : side === '-' ? 2 : 0),
    free: body.free | to.free,
    kinds: kindBits.limit | variable.kinds | to.kinds | body.kinds,
    names: variable.names | to.names | body.names,
    variable,
    to,
    side,
    body,
  })

// --- propositions ----------------------------------------------------------------------------

export const rel = (op: RelOp, left: Expr, right: Expr): Rel =>
  intern({
    kind: 'rel',
    hash: mix(mix(mix(17, hashText(op)), left.hash), right.hash),
    free: left.free | right.free,
    kinds: kindBits.rel | left.kinds | right.kinds,
    names: left.names | right.names,
    op,
    left,
    right,
  })
export const eq = (left: Expr, right: Expr): Rel => rel('=', left, right)
export const ne = (left: Expr, right: Expr): Rel => rel('!=', left, right)
export const lt = (left: Expr, right: Expr): Rel => rel('<', left, right)
export const le = (left: Expr, right: Expr): Rel => rel('<=', left, right)
export const gt = (left: Expr, right: Expr): Rel => rel('<', right, left)
export const ge = (left: Expr, right: Expr): Rel => rel('<=', right, left)
export const isIn = (element: Expr, set: SetTerm): In =>
  intern({
    kind: 'in',
    hash: mix(mix(18, element.hash), set.hash),
    free: element.free | set.free,
    kinds: kindBits.in | element.kinds | set.kinds,
    names: element.names | set.names,
    element,
    set,
  })

const junction = (kind: 'and' | 'or', props: readonly Prop[]): Prop => {
  const flat = props.flatMap((p): readonly Prop[] => (p.kind === kind ? p.props : [p]))
  if (flat.length === 1) return flat[0] as Prop
  return intern({
    kind,
    hash: hashAll(kind === 'and' ? 19 : 20, flat),
    free: freeOf(flat),
    kinds: kindsOf(kind, flat),
    names: namesOf(flat),
    props: flat,
  })
}
/** Conjunction in the given order; `and()` is true. */
export const and = (...props: readonly Prop[]): Prop => junction('and', props)
/** Disjunction in the given order; `or()` is false. */
export const or = (...props: readonly Prop[]): Prop => junction('or', props)
export const TRUE: Prop = and()
export const FALSE: Prop = or()
/** Negation; order relations and equality are turned round, everything else is wrapped. */
export const not = (prop: Prop): Prop => {
  if (prop.kind === 'not') return prop.prop
  if (prop.kind === 'and') return or(...prop.props.map(not))
  if (prop.kind === 'or') return and(...prop.props.map(not))
  if (prop.kind === 'rel')
    switch (prop.op) {
      case '=':
        return ne(prop.left, prop.right)
      case '!=':
        return eq(prop.left, prop.right)
      case '<':
        return le(prop.right, prop.left)
      case '<=':
        return lt(prop.right, prop.left)
    }
  return intern({ kind: 'not', hash: mix(21, prop.hash), free: prop.free, kinds: kindBits.not | prop.kinds, names: prop.names, prop })
}
export const all = (lo: Expr, hi: Expr, body: Prop): All =>
  intern({
    kind: 'all',
    hash: mix(mix(mix(22, lo.hash), hi.hash), body.hash),
    free: lo.free | hi.free | (body.free >>> 1),
    kinds: kindBits.all | lo.kinds | hi.kinds | body.kinds,
    names: lo.names | hi.names | body.names,
    lo,
    hi,
    body,
  })

// --- sets ------------------------------------------------------------------------------------

export const finite = (...elements: readonly Expr[]): FiniteSet => {
  const kept = sorted([...elements]).filter((e, i, list) => i === 0 || !same(e, list[i - 1] as Expr))
  return intern({
    kind: 'finite',
    hash: hashAll(23, kept),
    free: freeOf(kept),
    kinds: kindsOf('finite', kept),
    names: namesOf(kept),
    elements: kept,
  })
}
export const range = (lo: Expr, hi: Expr): RangeSet =>
  intern({
    kind: 'range',
    hash: mix(mix(24, lo.hash), hi.hash),
    free: lo.free | hi.free,
    kinds: kindBits.range | lo.kinds | hi.kinds,
    names: lo.names | hi.names,
    lo,
    hi,
  })
/** An interval; an infinite end is always open. R is `interval(-∞, ∞)`, Z is `range(-∞, ∞)`. */
export const interval = (lo: Expr, hi: Expr, closedLo = false, closedHi = false): IntervalSet => {
  const closed = [closedLo && lo.kind !== 'infinity', closedHi && hi.kind !== 'infinity'] as const
  return intern({
    kind: 'interval',
    hash: mix(mix(mix(25, lo.hash), hi.hash), (closed[0] ? 1 : 0) + (closed[1] ? 2 : 0)),
    free: lo.free | hi.free,
    kinds: kindBits.interval | lo.kinds | hi.kinds,
    names: lo.names | hi.names,
    lo,
    hi,
    closed,
  })
}
export const reals: IntervalSet = interval(minusInfinity, infinity)
export const integers: RangeSet = range(minusInfinity, infinity)
