/**
 * The notation between a term and its text: what a book prints, with every decision about precedence, signs, fractions,
 * roots, order and names already taken. The folds (latex, unicode, plain) decide nothing but spelling.
 * Terms become notation in `build.ts`; readers build one from source syntax to print a formula as its author wrote it.
 */
import type { BigOp, RelOp } from '../term/term.ts'
import type { NameParts } from './names.ts'

/** The same token in the three notations. */
export interface Text {
  readonly n: 'text'
  readonly latex: string
  readonly unicode: string
  readonly plain: string
}
/** A symbol, or an entry of an array when indices are given. */
export interface Name {
  readonly n: 'name'
  readonly name: string
  readonly parts: NameParts
  readonly index: readonly Notation[]
}
/** Factors side by side. */
export interface Product {
  readonly n: 'product'
  readonly factors: readonly Notation[]
}
/** Signed summands; one summand with a minus is a negative term. */
export interface Sum {
  readonly n: 'sum'
  readonly terms: readonly { readonly minus: boolean; readonly body: Notation }[]
}
/** `slash`: in an exponent, a/b. */
export interface Frac {
  readonly n: 'frac'
  readonly over: Notation
  readonly under: Notation
  readonly slash: boolean
}
/** The base is already in parentheses where it needs them. `merged`: σ⁴ for the square of a base that has a square in its name. */
export interface Power {
  readonly n: 'power'
  readonly base: Notation
  readonly exponent: Notation
  readonly merged?: Notation
}
export interface Root {
  readonly n: 'root'
  readonly body: Notation
}
export interface Paren {
  readonly n: 'paren'
  readonly open: '(' | '[' | '{'
  readonly body: Notation
}
export interface Fence {
  readonly n: 'fence'
  readonly name: 'abs' | 'floor' | 'ceil'
  readonly body: Notation
}
/** A function or named quantity applied to arguments; `bare`: log p without parentheses. `prefix`: a power of it needs parentheses. */
export interface Apply {
  readonly n: 'apply'
  readonly head: Notation
  readonly args: readonly Notation[]
  readonly bare: boolean
  readonly prefix: boolean
  /** Where the plain notation has further arguments, as polygamma(2, x) for ψ''(x). */
  readonly plainArgs?: readonly Notation[]
}
/** ℓ' with as many primes, or ℓ with a count of derivatives per argument (`each`) for the plain notation. */
export interface Primed {
  readonly n: 'primed'
  readonly base: Notation
  readonly order: number
  readonly each: readonly number[]
}
/** ∂²ℓ/∂μ∂v, with arguments only where they are not the names themselves. */
export interface Partial {
  readonly n: 'partial'
  readonly base: Notation
  readonly by: readonly { readonly wrt: Notation; readonly order: number }[]
  readonly call: Apply
  readonly args: boolean
}
export interface Exponential {
  readonly n: 'exp'
  readonly exponent: Notation
  readonly raised: boolean
}
export interface Factorial {
  readonly n: 'factorial'
  readonly body: Notation
}
export interface Binomial {
  readonly n: 'binomial'
  readonly over: Notation
  readonly under: Notation
}
/** Σ, Π, max, min, r-th smallest. `body` is ready to stand behind the operator; `ordered`: written x_(n), a name with an index. */
export interface BigNotation {
  readonly n: 'big'
  readonly op: BigOp
  readonly letter: Notation
  readonly lo: Notation
  readonly hi: Notation
  readonly body: Notation
  readonly rank: Notation | undefined
  readonly ordered?: { readonly name: Name; readonly rank: Notation }
  /** Written without its range. */
  readonly open?: boolean
}
export interface Derivative {
  readonly n: 'derivative'
  readonly body: Notation
  readonly wrt: Notation
  readonly order: number
  readonly partial: boolean
}
export interface Indicator {
  readonly n: 'indicator'
  readonly cond: Notation
}
export interface CasesNotation {
  readonly n: 'cases'
  readonly branches: readonly { readonly when: Notation; readonly value: Notation }[]
  readonly otherwise: Notation | undefined
}
export interface Expectation {
  readonly n: 'expect'
  readonly body: Notation
}
export interface LimitNotation {
  readonly n: 'limit'
  readonly variable: Notation
  readonly to: Notation
  readonly side: '+' | '-' | undefined
  readonly body: Notation
}
export interface Overline {
  readonly n: 'overline'
  readonly body: Notation
}
/** left op₁ b op₂ c …; `in` and `not in` have a set on the right. */
export interface Relation {
  readonly n: 'relation'
  readonly first: Notation
  readonly rest: readonly { readonly op: RelOp | '>' | '>=' | 'in' | 'not in'; readonly body: Notation }[]
}
export interface Logic {
  readonly n: 'logic'
  readonly op: 'and' | 'or'
  readonly parts: readonly Notation[]
}
export interface Negation {
  readonly n: 'not'
  readonly body: Notation
}
export interface Every {
  readonly n: 'every'
  readonly body: Notation
  readonly letter: Notation
  readonly lo: Notation
  readonly hi: Notation
}
/** {a, b} as a list; a range has dots before its last element (`to`), which is absent when it runs to infinity. */
export interface Braces {
  readonly n: 'braces'
  readonly elements: readonly Notation[]
}
export interface RangeNotation {
  readonly n: 'range'
  readonly shown: readonly Notation[]
  readonly lo: Notation | undefined
  readonly hi: Notation | undefined
}
export interface IntervalNotation {
  readonly n: 'interval'
  readonly lo: Notation
  readonly hi: Notation
  readonly closed: readonly [boolean, boolean]
}

export type Notation =
  | Text
  | Name
  | Product
  | Sum
  | Frac
  | Power
  | Root
  | Paren
  | Fence
  | Apply
  | Primed
  | Partial
  | Exponential
  | Factorial
  | Binomial
  | BigNotation
  | Derivative
  | Indicator
  | CasesNotation
  | Expectation
  | LimitNotation
  | Overline
  | Relation
  | Logic
  | Negation
  | Every
  | Braces
  | RangeNotation
  | IntervalNotation

/** How tightly a notation holds together; a place asks for a least level. */
export const ATOM = 9
export const POWER = 8
export const APPLICATION = 6
export const PRODUCT = 5
export const OPEN = 4
export const SUM = 3
export const RELATION = 2
export const LOGIC = 1

/** The level of a notation where fractions are drawn with a bar (LaTeX). `OPEN`: reaches as far to the right as a product does. */
export const level = (t: Notation): number => {
  switch (t.n) {
    case 'product':
      return PRODUCT
    case 'sum':
      return SUM
    case 'frac':
      return t.slash ? PRODUCT : ATOM
    case 'power':
    case 'factorial':
      return POWER
    case 'exp':
      return t.raised ? POWER : ATOM
    case 'apply':
      return t.bare ? APPLICATION : ATOM
    case 'big':
      return t.ordered ? ATOM : OPEN
    case 'limit':
      return OPEN
    // Without brackets a derivative takes in the whole product behind it.
    case 'derivative':
      return t.body.n === 'paren' ? ATOM : OPEN
    case 'relation':
      return RELATION
    case 'logic':
    case 'not':
    case 'every':
      return LOGIC
    default:
      return ATOM
  }
}

export const text = (latex: string, unicode: string = latex, plain: string = unicode): Text => ({ n: 'text', latex, unicode, plain })
const few: readonly Text[] = Array.from({ length: 65 }, (_, k) => text(String(k)))
export const digits = (value: bigint | number): Text => (value >= 0 && value <= 64 ? (few[Number(value)] as Text) : text(String(value)))
export const paren = (body: Notation, open: Paren['open'] = '('): Paren => ({ n: 'paren', open, body })
/** The notation itself where it holds together at least as tightly as asked for, else in parentheses. */
export const atLeast = (t: Notation, least: number): Notation => (level(t) >= least ? t : paren(t))
export const minus = (body: Notation): Sum => ({ n: 'sum', terms: [{ minus: true, body }] })

/** not (x_i = 0 for every i) as x_i ≠ 0 for some i. */
export const failing = (t: Negation): Every | undefined => {
  const inner = t.body.n === 'paren' ? t.body.body : t.body
  const body = inner.n === 'every' ? inner.body : undefined
  const [only, ...more] = body?.n === 'relation' ? body.rest : []
  if (inner.n !== 'every' || body?.n !== 'relation' || only?.op !== '=' || more.length > 0) return undefined
  return { ...inner, body: { ...body, rest: [{ ...only, op: '!=' }] } }
}
