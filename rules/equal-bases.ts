/**
 * Factors of a product that have the same base. Finding them only: what may be merged is proved by the laws.
 */
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { addAll, type Expr, type Mul, mulAll, ONE, pow } from '../src/term/term.ts'

/** Factors of one base with the exponents in which they occur. */
export interface Group {
  readonly base: Expr
  readonly exponents: readonly Expr[]
  readonly others: readonly Expr[]
}

/** The bases that occur in at least two factors; numerals are no bases. */
export const groups = (t: Mul): readonly Group[] => {
  const parts = t.factors.map(f => ({ f, base: f.kind === 'pow' ? f.base : f, exponent: f.kind === 'pow' ? f.exponent : ONE }))
  const bases: Expr[] = []
  for (const p of parts) if (p.f.kind !== 'num' && !bases.some(b => same(b, p.base))) bases.push(p.base)
  return bases.flatMap(base => {
    const own = parts.filter(p => p.f.kind !== 'num' && same(p.base, base))
    if (own.length < 2) return []
    return [{ base, exponents: own.map(p => p.exponent), others: parts.filter(p => !own.includes(p)).map(p => p.f) }]
  })
}

export const isNumeral = (e: Expr): boolean => e.kind === 'num'
const signs = (exponents: readonly Expr[]): ReadonlySet<number> => new Set(exponents.map(e => (e.kind === 'num' ? Q.sign(e.value) : 0)))

/** Numeral exponents, all positive or all negative: x·x², 1/v·1/v². At 0 both sides are 0, or neither is defined. */
export const isMerge = (g: Group): boolean => g.exponents.every(isNumeral) && signs(g.exponents).size === 1
/** Numeral exponents of both signs: x²/x. */
export const isCancellation = (g: Group): boolean => g.exponents.every(isNumeral) && signs(g.exponents).size > 1
export const mergedGroup = (g: Group): Expr => mulAll([...g.others, pow(g.base, addAll(g.exponents))])
