/**
 * Where a term is normalised: what counts as positive there, under which binders, and the memo of what is already
 * normal. Positive without being told: positive numerals, exp, π and γ, and what is built of positive things.
 */
import type { Polynomial } from './polynomial.ts'
import * as Q from './rational.ts'
import { clear, recall, record, type TermMap, termMap } from './remembered.ts'
import type { Expr } from './term.ts'
import { shift } from './walk.ts'

/** The range of an index entered by the normaliser, written in terms of what stands inside of it. */
export interface IndexRange {
  readonly lo: Expr
  readonly hi: Expr
}
/**
 * Oracle: is t known to be > 0? `binders` are the ranges of the indices entered on the way, innermost first:
 * `Bound(k)` in t runs over `binders[k]`, and for k beyond them is `Bound(k - binders.length)` of the caller's term.
 */
export type Positive = (t: Expr, binders: readonly IndexRange[]) => boolean

export interface Frame {
  /** The normal form as a term, of terms that stand at the root. */
  readonly forms: TermMap<Expr>
  /** The normal form of a term that stands here. */
  readonly poly: (t: Expr) => Polynomial
  /** Remembers that t is the normal form written for p. */
  readonly known: (t: Expr, p: Polynomial) => void
  readonly positive: (t: Expr) => boolean
  /** The frame inside a binder with this range. */
  readonly inside: (lo: Expr, hi: Expr) => Frame
  /** The frame where nothing is told to be positive (inside a limit, whose variable is another). */
  readonly neutral: Frame
}

/** Memo tables are emptied when full; nothing depends on a hit. They go with the oracle. */
const tableSize = 1024
const rangesKept = 32
export const remember = <V>(table: TermMap<V>, t: Expr, value: V): void => {
  if (table.size >= tableSize) clear(table)
  record(table, t, value)
}

const isEven = (t: Expr): boolean => t.kind === 'num' && Q.isInteger(t.value) && t.value.num % 2n === 0n
const isNonnegative = (t: Expr, frame: Frame): boolean => {
  if (t.kind === 'pow' && isEven(t.exponent)) return Q.sign((t.exponent as { value: Q.Rational }).value) > 0
  if (t.kind === 'fn' && t.name === 'abs') return true
  if (t.kind === 'mul') return t.factors.every(f => isNonnegative(f, frame))
  return frame.positive(t)
}

/** Positive by how it is built from parts known to be positive. */
const isBuiltPositive = (t: Expr, frame: Frame): boolean => {
  switch (t.kind) {
    case 'num':
      return Q.sign(t.value) > 0
    case 'mul':
      return t.factors.every(f => frame.positive(f))
    case 'add':
      return t.terms.some(u => frame.positive(u)) && t.terms.every(u => isNonnegative(u, frame))
    case 'pow':
      return frame.positive(t.base)
    case 'big':
      return t.op === 'prod' && frame.inside(t.lo, t.hi).positive(t.body)
    case 'fn':
      if (t.name === 'exp' || t.name === 'pi' || t.name === 'eulergamma') return true
      return (t.name === 'gamma' || t.name === 'trigamma' || t.name === 'beta') && t.args.every(a => frame.positive(a))
    default:
      return false
  }
}

const frameOf = (
  oracle: Positive | undefined,
  binders: readonly IndexRange[],
  read: (t: Expr, frame: Frame) => Polynomial,
  root: { readonly memo: TermMap<Polynomial>; readonly neutral: () => Frame },
): Frame => {
  const memo = binders.length === 0 ? root.memo : termMap<Polynomial>()
  const signs = termMap<boolean>()
  const inner: { readonly lo: Expr; readonly hi: Expr; readonly frame: Frame }[] = []
  const frame: Frame = {
    forms: termMap(),
    poly: t => {
      // a closed term means the same everywhere below the root
      const table = t.free === 0 ? root.memo : memo
      const known = recall(table, t)
      if (known) return known
      const made = read(t, frame)
      remember(table, t, made)
      return made
    },
    known: (t, p) => {
      remember(t.free === 0 ? root.memo : memo, t, p)
      remember(frame.forms, t, t)
    },
    positive: t => {
      const known = recall(signs, t)
      if (known !== undefined) return known
      const found = isBuiltPositive(t, frame) || (oracle !== undefined && t.kind !== 'num' && oracle(t, binders))
      remember(signs, t, found)
      return found
    },
    inside: (lo, hi) => {
      const known = inner.find(f => f.lo === lo && f.hi === hi)
      if (known) return known.frame
      const ranges = [{ lo, hi }, ...binders].map(b => ({ lo: shift(b.lo, 1), hi: shift(b.hi, 1) }))
      const made = frameOf(oracle, ranges, read, root)
      if (inner.length >= rangesKept) inner.length = 0
      inner.push({ lo, hi, frame: made })
      return made
    },
    get neutral() {
      return oracle === undefined ? frame : root.neutral()
    },
  }
  return frame
}

/** The outermost frame for an oracle; `read` normalises a term that is not in the memo. */
export const rootFrame = (oracle: Positive | undefined, read: (t: Expr, frame: Frame) => Polynomial, neutral: () => Frame): Frame =>
  frameOf(oracle, [], read, { memo: termMap(), neutral })
