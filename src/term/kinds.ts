/**
 * The kinds of term, in one discriminated union: expressions, propositions, sets. Immutable data; they are made by the
 * constructors of `term.ts` alone.
 */
import type { Rational } from './rational.ts'

interface Node<K extends string> {
  readonly kind: K
  /** The bit of its own kind (`kindBits`). */
  readonly bit: number
  /** Structural hash, equal for terms that are the same. */
  readonly hash: number
  /** Bit k is set when `Bound(k)` occurs free: "free of the innermost index" is `(free & 1) === 0`. */
  readonly free: number
  /** The bits (`kindBits`) of every kind that occurs in the term, its own included: what is not there need not be looked for. */
  readonly kinds: number
  /** A bit (`nameBit`) for every symbol, array and named quantity that occurs; two names may share a bit. */
  readonly names: number
  /** Nodes of the written term, a part that occurs twice counted twice; stays at `boundless` from there on. */
  readonly size: number
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
