/**
 * The surface of a formula as its author wrote it, with source spans: division, subtraction, roots, grouping and the
 * order of operands are kept. It decides no meaning; `elaborate.ts` turns it into a term.
 */
import type { Rational } from '../term/rational.ts'
import type { BigOp, Expr, RelOp } from '../term/term.ts'
import type { Span } from './error.ts'

interface Node<K extends string> {
  readonly kind: K
  readonly span: Span
}
export interface NumberSyntax extends Node<'number'> {
  readonly value: Rational
  readonly text: string
}
/** A name in its plain spelling (`theta` for θ and \theta). */
export interface NameSyntax extends Node<'name'> {
  readonly name: string
}
export interface GroupSyntax extends Node<'group'> {
  readonly open: '(' | '[' | '{'
  readonly body: Syntax
}
/** a + b − c: the sign of each summand as written. */
export interface SumSyntax extends Node<'sum'> {
  readonly terms: readonly { readonly minus: boolean; readonly term: Syntax }[]
}
/** a·b/c, left to right: how each factor is joined to what stands before it. The first one is joined by '*'. */
export interface ProductSyntax extends Node<'product'> {
  readonly factors: readonly { readonly join: '*' | '/' | ' '; readonly factor: Syntax }[]
}
/** A sign inside a product or exponent: 2·(−x) written 2*-x. */
export interface NegSyntax extends Node<'neg'> {
  readonly body: Syntax
}
export interface FracSyntax extends Node<'frac'> {
  readonly over: Syntax
  readonly under: Syntax
}
export interface PowerSyntax extends Node<'power'> {
  readonly base: Syntax
  readonly exponent: Syntax
}
export interface RootSyntax extends Node<'root'> {
  readonly body: Syntax
  readonly degree: Syntax | undefined
}
/** x_i, x[i, j], x_{(n)}; `bracket` when written with []. */
export interface SubSyntax extends Node<'sub'> {
  readonly base: Syntax
  readonly index: readonly Syntax[]
  readonly bracket: boolean
}
export interface FactorialSyntax extends Node<'factorial'> {
  readonly body: Syntax
}
/** A function of the table by its canonical name; `fence` when the argument stands in parentheses. */
export interface ApplySyntax extends Node<'apply'> {
  readonly name: string
  readonly args: readonly Syntax[]
  readonly fence: boolean
}
/** A named quantity applied to arguments. */
export interface CallSyntax extends Node<'call'> {
  readonly name: string
  readonly args: readonly Syntax[]
  readonly prime: readonly number[]
  /** Names in an index, ℓ_μ: only in people's writing. */
  readonly below?: readonly string[]
}
/** Σ, Π, max, min, order statistic over an index; letter and range may be left out. */
export interface BigSyntax extends Node<'big'> {
  readonly op: BigOp
  readonly letter: string | undefined
  readonly lo: Syntax | undefined
  readonly hi: Syntax | undefined
  readonly body: Syntax
  readonly rank: Syntax | undefined
}
/** The largest or smallest of several values. */
export interface ExtremeSyntax extends Node<'extreme'> {
  readonly op: 'max' | 'min'
  readonly args: readonly Syntax[]
}
export interface DerivSyntax extends Node<'deriv'> {
  readonly body: Syntax
  readonly wrt: Syntax
  readonly order: number
}
export interface LimitSyntax extends Node<'limit'> {
  readonly body: Syntax
  readonly variable: NameSyntax
  readonly to: Syntax
  readonly side: '+' | '-' | undefined
}
export interface ExpectSyntax extends Node<'expect'> {
  readonly body: Syntax
}
export interface IversonSyntax extends Node<'iverson'> {
  readonly cond: Syntax
}
export interface CasesSyntax extends Node<'cases'> {
  readonly branches: readonly { readonly when: Syntax; readonly value: Syntax }[]
  readonly otherwise: Syntax | undefined
}
export interface AccentSyntax extends Node<'accent'> {
  readonly mark: Mark
  readonly body: Syntax
}
export type Mark = 'bar' | 'hat' | 'tilde'
export interface InfinitySyntax extends Node<'infinity'> {}
/** x_1 + … + x_n: a summand or factor left out. Only in people's writing. */
export interface DotsSyntax extends Node<'dots'> {}
/** a < b <= c: all operands and the relations between them. */
export interface ChainSyntax extends Node<'chain'> {
  readonly operands: readonly Syntax[]
  readonly ops: readonly Relation[]
}
export type Relation = RelOp | '>' | '>='
export interface InSyntax extends Node<'in'> {
  readonly element: Syntax
  readonly set: Syntax
  readonly negated: boolean
}
export interface LogicSyntax extends Node<'and' | 'or'> {
  readonly props: readonly Syntax[]
}
export interface NotSyntax extends Node<'not'> {
  readonly prop: Syntax
}
export interface TruthSyntax extends Node<'truth'> {
  readonly value: boolean
}
/** `body, i in lo..hi`; "for all i" in somebody's own writing says no range: that of the lists under the letter. */
export interface ForAllSyntax extends Node<'forall'> {
  readonly body: Syntax
  readonly letter: string
  readonly lo: Syntax | undefined
  readonly hi: Syntax | undefined
}
export interface ListSyntax extends Node<'list'> {
  readonly elements: readonly Syntax[]
}
/** {lo..hi}; an end that is left out is infinite. */
export interface RangeSyntax extends Node<'range'> {
  readonly lo: Syntax | undefined
  readonly hi: Syntax | undefined
}
export interface IntervalSyntax extends Node<'interval'> {
  readonly lo: Syntax
  readonly hi: Syntax
  readonly closed: readonly [boolean, boolean]
}
export interface NamedSetSyntax extends Node<'named-set'> {
  readonly name: 'R' | 'Z'
}

export type Syntax =
  | NumberSyntax
  | NameSyntax
  | GroupSyntax
  | SumSyntax
  | ProductSyntax
  | NegSyntax
  | FracSyntax
  | PowerSyntax
  | RootSyntax
  | SubSyntax
  | FactorialSyntax
  | ApplySyntax
  | CallSyntax
  | BigSyntax
  | ExtremeSyntax
  | DerivSyntax
  | LimitSyntax
  | ExpectSyntax
  | IversonSyntax
  | CasesSyntax
  | AccentSyntax
  | InfinitySyntax
  | DotsSyntax
  | ChainSyntax
  | InSyntax
  | LogicSyntax
  | NotSyntax
  | TruthSyntax
  | ForAllSyntax
  | ListSyntax
  | RangeSyntax
  | IntervalSyntax
  | NamedSetSyntax

/** The declared names that decide what a word means. Without a scope any word is a symbol and `f[i]` an array. */
export interface Scope {
  readonly symbols: ReadonlySet<string>
  readonly arrays: ReadonlySet<string>
  /** Names of quantities that take arguments, ℓ(p), h(a). */
  readonly calls?: ReadonlySet<string>
  /** Present when somebody's own writing is read: usage decides where a model file would be refused. */
  readonly loose?: Loose
  /** Lengths of arrays where they are not `n`, in the plain notation: for x̄, x_(n) and Σ without a range. */
  readonly lengths?: Readonly<Record<string, string>>
}

/** What people's writing means where the strict grammar refuses. */
export interface Loose {
  /** What (log L)′ is differentiated by, if there is one unknown. */
  readonly variable: string | undefined
  /** Which reading a place has where usage differs: 0 is the usual one, 1 the other. */
  readonly choose: (span: Span) => number
  /** What an undeclared name stands for; undefined if it is no name either. */
  readonly name: (name: string) => Expr | undefined
  /** What the square of an undeclared name stands for, where only that is known: s² = … . */
  readonly square: (name: string) => Expr | undefined
  /** Whether a call of this undeclared name is a product: k(1 − p). */
  readonly isFactor: (name: string) => boolean
  /** A named quantity, with the arguments that could be read. */
  readonly call: (name: string, args: readonly Expr[], prime: number, below: readonly string[]) => Expr | undefined
  /** The mean of a list that the writer defined entry by entry: ȳ where y_i = log x_i. */
  readonly mean: (name: string) => Expr | undefined
  /** The estimate of a function of the parameters. */
  readonly hat: (value: Expr) => Expr
}

/** What stands inside any number of parentheses. */
export const ungrouped = (s: Syntax): Syntax => {
  let t = s
  while (t.kind === 'group') t = t.body
  return t
}

export const spanning = (a: Span, b: Span): Span => ({ start: a.start, end: b.end })
