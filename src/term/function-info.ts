/**
 * What the table of functions says about each: the row type, and the phrases that rows share. No function is named here.
 */
import { and, type Expr, fn, gt, infinity, isNum, minusInfinity, type Prop, TRUE, ZERO } from './term.ts'

/** One function of the language. Argument lists have `arity` entries; constants (π, γ) have none. */
export interface FunctionInfo {
  readonly name: string
  readonly arity: number
  /** Further plain spellings. */
  readonly aliases: readonly string[]
  readonly latex: string
  readonly unicode: string
  /** log x · Γ(x) · x! · |x|, ⌊x⌋ · binomial coefficient. */
  readonly form: 'constant' | 'prefix' | 'call' | 'postfix' | 'fence' | 'binomial'
  /** ∂/∂(k-th argument), undefined where the table has none. Holds on `domain` and `differentiable`. */
  readonly derivative: (args: readonly Expr[]) => readonly (Expr | undefined)[]
  /** Where the value is real and finite. */
  readonly domain: (args: readonly Expr[]) => Prop
  /** Further condition of the derivative; absent: none. */
  readonly differentiable?: (args: readonly Expr[]) => Prop
  /** On its domain: always positive or nonnegative, or of the sign of another term (zero with it), or not known. */
  readonly sign: (args: readonly Expr[]) => { readonly always: 'pos' | 'nonneg' } | { readonly as: Expr } | undefined
  /** Strict, in the only argument, on the positive reals that belong to the domain. */
  readonly monotone: 'increasing' | 'decreasing' | undefined
  /** One-sided limits of a function of one argument at the ends of its domain. */
  readonly limits?: readonly { readonly to: Expr; readonly side?: '+' | '-'; readonly value: Expr }[]
  readonly source?: string
  /** For a function that a reader may not know: "the digamma function, (log Γ)′". */
  readonly meaning?: string
  /** NaN outside of the domain. */
  readonly value: (...x: number[]) => number
  /** log|f|, also where f itself over- or underflows a double. */
  readonly logValue?: (...x: number[]) => number
}

/** A row with what most rows share left out. */
export type Row = Pick<FunctionInfo, 'latex' | 'unicode' | 'derivative' | 'value'> & Partial<FunctionInfo>

export type Args = readonly Expr[]
export const of = (args: Args, k = 0): Expr => args[k] as Expr
export const everywhere = (): Prop => TRUE
export const positive = (args: Args): Prop => and(...args.map(a => gt(a, ZERO)))
export const alwaysPositive = (): { always: 'pos' } => ({ always: 'pos' })
export const asArgument = (args: Args): { as: Expr } => ({ as: of(args) })
export const unknown = (): undefined => undefined
export const PI = fn('pi')
export const integerValue = (t: Expr): number | undefined => (isNum(t) && t.value.den === 1n ? Number(t.value.num) : undefined)
export const at0 = { to: ZERO, side: '+' } as const
export const atEnd = { to: infinity } as const
export const atStart = { to: minusInfinity } as const
/** NaN off the positive reals. */
export const onPositive =
  (f: (x: number) => number) =>
  (x = Number.NaN): number =>
    x > 0 ? f(x) : Number.NaN

export const complete = (name: string, row: Row): FunctionInfo => ({
  arity: row.form === 'constant' ? 0 : 1,
  form: 'call',
  aliases: [],
  domain: everywhere,
  sign: unknown,
  monotone: undefined,
  ...row,
  name,
})
