/**
 * Partial derivatives in other coordinates: where ρ = a/b was introduced, ∂ℓ/∂b may be taken with ρ fixed and not with a. Decides that
 * such a derivative is right, or that it is not known which one is meant; never that it is wrong.
 */
import { same } from '../term/order.ts'
import { type Expr, MINUS_ONE, mul, pow, sub, sym } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'
import { equal, foreign, unknownsIn } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { mentionsData } from './judge-support.ts'
import { quantityTerm } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Quantity, Statement } from './statement.ts'

/** Functions of several parameters that the text gives a name, up to the statement. */
const combinations = (m: Memory, s: Statement, name: string): readonly Expr[] =>
  m.statements.slice(0, m.statements.indexOf(s) + 1).flatMap(({ what }) => {
    if (what.kind !== 'definition' || mentionsData(m.reference, what.term)) return []
    const names = unknownsIn(m.reference, what.term)
    return names.length > 1 && names.includes(name) ? [what.term] : []
  })

/** ∂ℓ/∂μ where μ = a/b was introduced: a or b is kept, and the other one moves along with μ; undefined where neither gives the value. */
export const byCombination = (
  m: Memory,
  q: Extract<Quantity, { kind: 'derivative' }>,
  right: Expr,
): Pick<Ruling, 'status' | 'message'> | undefined => {
  const r = m.reference
  const [g] = q.by
  const whole = quantityTerm(r, q.of)
  if (!g || !whole || g.kind === 'sym' || q.by.some(b => !same(b, g)) || foreign(r, right).length > 0) return undefined
  const isRight = unknownsIn(r, g).some(u => {
    const slope = pow(differentiate(g, sym(u)), MINUS_ONE)
    const value = q.by.reduce((t: Expr) => mul(differentiate(t, sym(u)), slope), whole)
    return equal(r, value, right).verdict === 'true'
  })
  return isRight ? { status: 'ok', message: 'The derivative in the function of the parameters.' } : undefined
}

/** What is known of a derivative that is not the model's own; undefined where no other coordinate was introduced. */
export const inOtherCoordinates = (
  m: Memory,
  s: Statement,
  q: Extract<Quantity, { kind: 'derivative' }>,
  right: Expr,
): Pick<Ruling, 'status' | 'message'> | undefined => {
  const r = m.reference
  const by = q.by[0]
  if (by?.kind !== 'sym' || q.by.some(b => b.kind !== 'sym' || b.name !== by.name)) return undefined
  const kept = combinations(m, s, by.name)
  if (kept.length === 0) return undefined
  const whole = quantityTerm(r, q.of)
  for (const g of kept)
    for (const other of unknownsIn(r, g).filter(u => u !== by.name && symbolsOf(g).has(u))) {
      // along g = const: da/db = −g_b/g_a
      const rate = mul(MINUS_ONE, differentiate(g, by), pow(differentiate(g, sym(other)), MINUS_ONE))
      const along = (t: Expr): Expr => sub(differentiate(t, by), mul(MINUS_ONE, rate, differentiate(t, sym(other))))
      const value = whole && q.by.reduce((t: Expr) => along(t), whole)
      if (value && equal(r, value, right).verdict === 'true')
        return { status: 'ok', message: 'With the function of the parameters kept fixed.' }
    }
  return { status: 'unknown', message: 'Which other parameter is kept fixed was not read.' }
}
