/**
 * Factors of a product that have the same base. Finding them only: what may be merged is proved by the laws.
 */
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { remembered } from '../src/term/remembered.ts'
import { addAll, type Expr, type Mul, mulAll, ONE, pow } from '../src/term/term.ts'

/** Factors of one base with the exponents in which they occur. */
export interface Group {
  readonly base: Expr
  readonly exponents: readonly Expr[]
  readonly others: readonly Expr[]
}

const baseOf = (f: Expr): Expr => (f.kind === 'pow' ? f.base : f)
const isOf = (f: Expr, base: Expr): boolean => f.kind !== 'num' && same(baseOf(f), base)

/** The bases that occur in at least two factors; numerals are no bases. */
export const groups = remembered((t: Mul): readonly Group[] => {
  const found: Group[] = []
  t.factors.forEach((f, i) => {
    const base = baseOf(f)
    if (f.kind === 'num' || !t.factors.some((g, j) => j > i && isOf(g, base)) || found.some(g => same(g.base, base))) return
    found.push({
      base,
      exponents: t.factors.flatMap(g => (isOf(g, base) ? [g.kind === 'pow' ? g.exponent : ONE] : [])),
      others: t.factors.filter(g => !isOf(g, base)),
    })
  })
  return found
})

export const isNumeral = (e: Expr): boolean => e.kind === 'num'
const signs = (exponents: readonly Expr[]): ReadonlySet<number> => new Set(exponents.map(e => (e.kind === 'num' ? Q.sign(e.value) : 0)))

/** Numeral exponents, all positive or all negative: x·x², 1/v·1/v². At 0 both sides are 0, or neither is defined. */
export const isMerge = (g: Group): boolean => g.exponents.every(isNumeral) && signs(g.exponents).size === 1
/** Numeral exponents of both signs: x²/x. */
export const isCancellation = (g: Group): boolean => g.exponents.every(isNumeral) && signs(g.exponents).size > 1
export const mergedGroup = (g: Group): Expr => mulAll([...g.others, pow(g.base, addAll(g.exponents))])
