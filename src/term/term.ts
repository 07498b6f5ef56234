/**
 * The constructors of terms, whose kinds are in `kinds.ts`: the only place where nodes are made.
 * Constructors do the least: flatten, fold exact numerals into one coefficient, drop units, order operands
 * structurally. They never collect, distribute, cancel, merge powers or open a logarithm: each of those is a
 * named rule that a reader can be shown. Subtraction, division and roots are notation and belong to `print/`.
 */
import type {
  Add,
  All,
  At,
  Big,
  BigOp,
  Bound,
  Call,
  Cases,
  Deriv,
  Expect,
  Expr,
  FiniteSet,
  Fn,
  In,
  Infinite,
  IntervalSet,
  Iverson,
  Junction,
  Limit,
  Mul,
  Not,
  Num,
  Pow,
  Prop,
  RangeSet,
  Rel,
  RelOp,
  SetTerm,
  Sym,
  Term,
} from './kinds.ts'
import { binds, hashOf, hashText, holding, holdingAll, intern, keep, lately, mix, ordinary, rare, statement } from './layout.ts'
import { compareTerms, kindBits, same, sameLists, sortShort } from './order.ts'
import type { Rational } from './rational.ts'
import * as Q from './rational.ts'

export type * from './kinds.ts'

/** The bit of a name in `Node.names`: where it is not set, the name does not occur. */
export const nameBit = (name: string): number => 1 << (hashText(name) & 31)

// --- atoms -----------------------------------------------------------------------------------

/** The low 32 bits. */
const word = (v: bigint): number => {
  const n = Number(v)
  return Number.isSafeInteger(n) ? n | 0 : Number(BigInt.asIntN(32, v))
}
const made = (value: Rational): Num => {
  const hash = value.q === 0 ? mix(mix(1, word(value.num)), word(value.den)) : mix(mix(1, value.p), value.q)
  const t = ordinary<Num>('num', kindBits.num, hash)
  t.value = value
  return intern(t)
}
/** −16 … 16: most numerals of a derivation. */
const small: readonly Num[] = Array.from({ length: 33 }, (_, i) => made(Q.rational(i - 16)))
const numFromRational = (value: Rational): Num => {
  return value.q === 1 && value.p >= -16 && value.p <= 16 ? (small[value.p + 16] as Num) : made(value)
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

export const sym = (name: string): Sym => {
  const text = hashText(name)
  const hash = mix(2, text)
  const seen = lately(hash)
  if (seen?.kind === 'sym' && seen.name === name) return seen
  const t = ordinary<Sym>('sym', kindBits.sym, hash)
  t.names = 1 << (text & 31)
  t.name = name
  return keep(t)
}

/** More nested binders than the mask has bits. Readers report it as a `ModelError`. */
export class TooDeep extends RangeError {}

export const bound = (depth: number): Bound => {
  if (depth > 30) throw new TooDeep('more than 31 nested sums, products or "for every index"')
  const t = ordinary<Bound>('bound', kindBits.bound, mix(3, depth))
  t.free = 1 << depth
  t.depth = depth
  return intern(t)
}
export const at = (name: string, ...index: readonly Expr[]): At => {
  const text = hashText(name)
  const hash = hashOf(index, mix(4, text))
  const seen = lately(hash)
  if (seen?.kind === 'at' && seen.name === name && sameLists(seen.index, index)) return seen
  const t = ordinary<At>('at', kindBits.at, hash)
  t.names = 1 << (text & 31)
  holdingAll(t, index)
  t.name = name
  t.index = index
  return keep(t)
}

const infinite = (negative: boolean): Infinite => {
  const t = rare<Infinite>('infinity', kindBits.infinity, mix(5, negative ? 2 : 1))
  t.negative = negative
  return intern(t)
}
export const infinity: Infinite = infinite(false)
export const minusInfinity: Infinite = infinite(true)

// --- arithmetic ------------------------------------------------------------------------------

export const isNum = (t: Term): t is Num => t.kind === 'num'
export const isZero = (t: Term): boolean => t.kind === 'num' && Q.isZero(t.value)
export const isOne = (t: Term): boolean => t.kind === 'num' && Q.isOne(t.value)

const sorted = <T extends Term>(parts: T[]): T[] => sortShort(parts, compareTerms)

/** Room for n operands, exactly: lists of operands are many and kept long, and a list that grows takes far more. */
export const room = (n: number): Expr[] => {
  switch (n) {
    case 0:
      return []
    case 1:
      return [ZERO]
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
  const hash = hashOf(terms, 6)
  const seen = lately(hash)
  if (seen?.kind === 'add' && sameLists(seen.terms, terms)) return seen
  const t = ordinary<Add>('add', kindBits.add, hash)
  holdingAll(t, terms)
  t.terms = terms
  return keep(t)
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
  const hash = hashOf(factors, 7)
  const seen = lately(hash)
  if (seen?.kind === 'mul' && sameLists(seen.factors, factors)) return seen
  const t = ordinary<Mul>('mul', kindBits.mul, hash)
  holdingAll(t, factors)
  t.factors = factors
  return keep(t)
}

const foldedPower = (base: Rational, exponent: Rational): Rational | undefined => {
  if (Q.isZero(base) && Q.sign(exponent) < 0) return undefined
  const e = exponent.p
  if (exponent.q === 0 || e > 64 || e < -64 || (base.q === 0 && base.num.toString().length > 40)) return undefined
  if (Q.isInteger(exponent)) return Q.power(base, e)
  const root = exponent.q <= 8 ? Q.exactRoot(base, exponent.q) : undefined
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
  const hash = mix(mix(8, base.hash), exponent.hash)
  const seen = lately(hash)
  if (seen?.kind === 'pow' && same(seen.base, base) && same(seen.exponent, exponent)) return seen
  const t = ordinary<Pow>('pow', kindBits.pow, hash)
  holding(t, base)
  holding(t, exponent)
  t.base = base
  t.exponent = exponent
  return keep(t)
}

export const neg = (t: Expr): Expr => mul(MINUS_ONE, t)
export const sub = (a: Expr, b: Expr): Expr => add(a, neg(b))
/** a/b; a product below the line is inverted factor by factor, as it is read and printed. */
export const div = (a: Expr, b: Expr): Expr => (b.kind === 'mul' ? mulAll([a, ...b.factors.map(reciprocal)]) : mul(a, reciprocal(b)))
const reciprocal = (f: Expr): Expr => (f.kind === 'pow' ? pow(f.base, neg(f.exponent)) : pow(f, MINUS_ONE))
export const sqrt = (t: Expr): Expr => pow(t, HALF)

// --- functions and binders -------------------------------------------------------------------

export const fn = (name: string, ...args: readonly Expr[]): Fn => {
  const hash = hashOf(args, mix(9, hashText(name)))
  const seen = lately(hash)
  if (seen?.kind === 'fn' && seen.name === name && sameLists(seen.args, args)) return seen
  const t = ordinary<Fn>('fn', kindBits.fn, hash)
  holdingAll(t, args)
  t.name = name
  t.args = args
  return keep(t)
}
export const log = (t: Expr): Fn => fn('log', t)
export const exp = (t: Expr): Fn => fn('exp', t)

/** Σ, Π, max, min, r-th smallest with the body already written with `Bound(0)` for the index. */
export const big = (op: BigOp, lo: Expr, hi: Expr, body: Expr, rank?: Expr): Big => {
  const ends = mix(mix(mix(10, hashText(op)), lo.hash), hi.hash)
  const t = ordinary<Big>('big', kindBits.big, mix(rank ? mix(ends, rank.hash) : ends, body.hash))
  holding(t, lo)
  holding(t, hi)
  if (rank) holding(t, rank)
  binds(t, body)
  t.op = op
  t.lo = lo
  t.hi = hi
  t.body = body
  t.rank = rank
  return intern(t)
}

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

export const deriv = (body: Expr, wrt: Expr, order = 1): Deriv => {
  const t = rare<Deriv>('deriv', kindBits.deriv, mix(mix(mix(11, order), body.hash), wrt.hash))
  holding(t, body)
  holding(t, wrt)
  t.body = body
  t.wrt = wrt
  t.order = order
  return intern(t)
}
export const iverson = (cond: Prop): Iverson => {
  const t = rare<Iverson>('iverson', kindBits.iverson, mix(12, cond.hash))
  holding(t, cond)
  t.cond = cond
  return intern(t)
}
export const cases = (branches: Cases['branches'], otherwise?: Expr): Cases => {
  const parts = branches.flatMap((b): Term[] => [b.when, b.value])
  if (otherwise) parts.push(otherwise)
  const t = rare<Cases>('cases', kindBits.cases, hashOf(parts, mix(13, otherwise ? 1 : 0)))
  holdingAll(t, parts)
  t.branches = branches
  t.otherwise = otherwise
  return intern(t)
}
export const call = (name: string, args: readonly Expr[], prime: readonly number[] = args.map(() => 0)): Call => {
  const text = hashText(name)
  const t = rare<Call>('call', kindBits.call, hashOf(args, prime.reduce(mix, mix(14, text))))
  t.names = 1 << (text & 31)
  holdingAll(t, args)
  t.name = name
  t.args = args
  t.prime = prime
  return intern(t)
}
export const expect = (body: Expr): Expect => {
  const t = rare<Expect>('expect', kindBits.expect, mix(15, body.hash))
  holding(t, body)
  t.body = body
  return intern(t)
}
export const limit = (body: Expr, variable: Sym, to: Expr, side?: '+' | '-'): Limit => {
  const towards = mix(16, side === '+' ? 1 : side === '-' ? 2 : 0)
  const t = rare<Limit>('limit', kindBits.limit, mix(mix(mix(towards, body.hash), variable.hash), to.hash))
  holding(t, body)
  holding(t, variable)
  holding(t, to)
  t.variable = variable
  t.to = to
  t.side = side
  t.body = body
  return intern(t)
}

// --- propositions ----------------------------------------------------------------------------

export const rel = (op: RelOp, left: Expr, right: Expr): Rel => {
  const t = statement<Rel>('rel', kindBits.rel, mix(mix(mix(17, hashText(op)), left.hash), right.hash))
  holding(t, left)
  holding(t, right)
  t.op = op
  t.left = left
  t.right = right
  return intern(t)
}
export const eq = (left: Expr, right: Expr): Rel => rel('=', left, right)
export const ne = (left: Expr, right: Expr): Rel => rel('!=', left, right)
export const lt = (left: Expr, right: Expr): Rel => rel('<', left, right)
export const le = (left: Expr, right: Expr): Rel => rel('<=', left, right)
export const gt = (left: Expr, right: Expr): Rel => rel('<', right, left)
export const ge = (left: Expr, right: Expr): Rel => rel('<=', right, left)
export const isIn = (element: Expr, set: SetTerm): In => {
  const t = statement<In>('in', kindBits.in, mix(mix(18, element.hash), set.hash))
  holding(t, element)
  holding(t, set)
  t.element = element
  t.set = set
  return intern(t)
}

const junction = (kind: 'and' | 'or', props: readonly Prop[]): Prop => {
  const flat: Prop[] = []
  for (const p of props)
    if (p.kind === kind) flat.push(...p.props)
    else flat.push(p)
  if (flat.length === 1) return flat[0] as Prop
  const t = statement<Junction>(kind, kindBits[kind], hashOf(flat, kind === 'and' ? 19 : 20))
  holdingAll(t, flat)
  t.props = flat
  return intern(t)
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
  const t = statement<Not>('not', kindBits.not, mix(21, prop.hash))
  holding(t, prop)
  t.prop = prop
  return intern(t)
}
export const all = (lo: Expr, hi: Expr, body: Prop): All => {
  const t = statement<All>('all', kindBits.all, mix(mix(mix(22, lo.hash), hi.hash), body.hash))
  holding(t, lo)
  holding(t, hi)
  binds(t, body)
  t.lo = lo
  t.hi = hi
  t.body = body
  return intern(t)
}

// --- sets ------------------------------------------------------------------------------------

export const finite = (...elements: readonly Expr[]): FiniteSet => {
  const kept = sorted([...elements]).filter((e, i, list) => i === 0 || !same(e, list[i - 1] as Expr))
  const t = statement<FiniteSet>('finite', kindBits.finite, hashOf(kept, 23))
  holdingAll(t, kept)
  t.elements = kept
  return intern(t)
}
export const range = (lo: Expr, hi: Expr): RangeSet => {
  const t = statement<RangeSet>('range', kindBits.range, mix(mix(24, lo.hash), hi.hash))
  holding(t, lo)
  holding(t, hi)
  t.lo = lo
  t.hi = hi
  return intern(t)
}
/** An interval; an infinite end is always open. R is `interval(-∞, ∞)`, Z is `range(-∞, ∞)`. */
export const interval = (lo: Expr, hi: Expr, closedLo = false, closedHi = false): IntervalSet => {
  const closed = [closedLo && lo.kind !== 'infinity', closedHi && hi.kind !== 'infinity'] as const
  const t = statement<IntervalSet>(
    'interval',
    kindBits.interval,
    mix(mix(mix(25, (closed[0] ? 1 : 0) + (closed[1] ? 2 : 0)), lo.hash), hi.hash),
  )
  holding(t, lo)
  holding(t, hi)
  t.lo = lo
  t.hi = hi
  t.closed = closed
  return intern(t)
}
export const reals: IntervalSet = interval(minusInfinity, infinity)
export const integers: RangeSet = range(minusInfinity, infinity)
