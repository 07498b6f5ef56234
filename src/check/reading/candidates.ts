/**
 * Names that nobody defines (p^k(1 − p)^{n−k} without a word about k): the statistics they usually stand for, likeliest first.
 */
import type { Model } from '../../model/model.ts'
import type { Scope } from '../../read/syntax.ts'
import { add, at, div, type Expr, log, neg, pow, type Term, TWO } from '../../term/term.ts'
import { maximum, minimum, prod, some, sum } from '../../term/walk.ts'
import { type Reading, type Side, type Statement, unhatted } from '../statement.ts'

const termsOf = (s: Side): readonly Expr[] =>
  s.kind === 'term' ? [s.term] : s.kind === 'matrix' ? s.entries.flat() : s.kind === 'quantity' ? Object.values(s.at ?? {}) : termsOf(s.of)

/** Everything in statements that may hold names. */
const termsIn = (s: Statement): readonly Term[] => {
  const w = s.what
  switch (w.kind) {
    case 'relation':
      return [...termsOf(w.left), ...termsOf(w.right), ...(w.condition ? [w.condition] : [])]
    case 'definition':
      return [w.term]
    case 'condition':
      return [w.condition]
    default:
      return []
  }
}

export const candidatesFor = (statements: readonly Statement[], model: Model, scope: Scope): Reading['undefinedNames'] => {
  const names = new Set<string>()
  for (const s of statements)
    for (const t of termsIn(s))
      some(t, u => {
        if (
          u.kind === 'sym' &&
          !scope.symbols.has(u.name) &&
          !scope.arrays.has(u.name) &&
          unhatted(u.name) === undefined &&
          !/^[ij]$|^const/.test(u.name)
        )
          names.add(u.name)
        return false
      })
  if (names.size === 0) return []
  const candidates: Expr[] = []
  for (const s of model.samples)
    for (const v of s.variables) {
      if (v.length !== undefined) continue
      const total = sum(s.size, i => at(v.name, i))
      const mean = div(total, s.size)
      candidates.push(
        total,
        mean,
        sum(s.size, i => pow(at(v.name, i), TWO)),
        prod(s.size, i => at(v.name, i)),
        sum(s.size, i => log(at(v.name, i))),
        maximum(s.size, i => at(v.name, i)),
        minimum(s.size, i => at(v.name, i)),
        sum(s.size, i => pow(add(at(v.name, i), neg(mean)), TWO)),
      )
    }
  return [...names].map(name => ({ name, candidates }))
}
