/**
 * x_1 + … + x_n and f(x_1)⋯f(x_n) as sums and products over an index: what stands behind the dots says the general
 * term, and what stands before them has to be that term at consecutive integers, or the dots are refused.
 */
import { same } from '../term/order.ts'
import { addAll, type Big, big, binding, type Expr, isNum, MINUS_ONE, mulAll, neg, num, pow, type Term } from '../term/term.ts'
import { abstract, mapChildren, some } from '../term/walk.ts'
import { fail } from './cursor.ts'
import type { Meanings } from './meanings.ts'
import type { ProductSyntax, SumSyntax, Syntax } from './syntax.ts'

type Read = (s: Syntax) => Expr

/** The indices of entries of lists in a term. */
const indicesOf = (t: Expr): readonly Expr[] => {
  const found: Expr[] = []
  some(t, u => {
    if (u.kind === 'at') for (const i of u.index) if (!found.some(f => same(f, i))) found.push(i)
    return false
  })
  return found
}
/** The term with one index of its entries replaced. */
const reindexed = (t: Expr, from: Expr, to: Expr): Expr => {
  const walk = (u: Term): Term => (u.kind === 'at' ? mapChildren(u, i => (same(i, from) ? to : i)) : mapChildren(u, walk))
  return walk(t) as Expr
}

/** The run that ends in `last`: how many of the shown terms belong to it, and the Σ or Π. */
const run = (op: Big['op'], shown: readonly Expr[], last: Expr): { readonly count: number; readonly value: Expr } | undefined => {
  for (const hi of indicesOf(last)) {
    if (isNum(hi)) continue
    const at = (k: number): Expr => reindexed(last, hi, num(k))
    const before = shown.at(-1)
    if (!before) continue
    for (let k = 0; k <= 9; k++) {
      if (!same(before, at(k))) continue
      let lo = k
      while (lo - 1 >= 0 && shown.length - (k - lo) - 2 >= 0 && same(shown[shown.length - (k - lo) - 2] as Expr, at(lo - 1))) lo--
      return {
        count: k - lo + 1,
        value: big(
          op,
          num(lo),
          hi,
          binding(i => reindexed(last, hi, i), abstract),
        ),
      }
    }
  }
  return undefined
}

const refused = (m: Meanings, s: Syntax): never =>
  fail(m, s.span, 'it is not clear how the dots go on', 'the first and the last term, as in x_1 + … + x_n')

/** a + x_1 + x_2 + … + x_n + b */
export const continuedSum = (m: Meanings, s: SumSyntax, read: Read): Expr => {
  const parts: Expr[] = []
  for (let k = 0; k < s.terms.length; k++) {
    const { minus, term } = s.terms[k] as SumSyntax['terms'][number]
    const value = (u: { readonly minus: boolean; readonly term: Syntax }): Expr => (u.minus ? neg(read(u.term)) : read(u.term))
    if (term.kind !== 'dots') parts.push(value({ minus, term }))
    else {
      const next = s.terms[++k]
      const found = next && next.term.kind !== 'dots' ? run('sum', parts, value(next)) : undefined
      if (!found) return refused(m, s)
      parts.splice(parts.length - found.count, found.count, found.value)
    }
  }
  return addAll(parts)
}

/** c·f(x_1) g(x_1) ⋯ f(x_n) g(x_n): as many factors make one term as stand behind the dots. */
export const continuedProduct = (m: Meanings, s: ProductSyntax, read: Read): Expr => {
  const at = s.factors.findIndex(f => f.factor.kind === 'dots')
  const value = (f: ProductSyntax['factors'][number]): Expr => (f.join === '/' ? pow(read(f.factor), MINUS_ONE) : read(f.factor))
  const before = s.factors.slice(0, at).map(value)
  const behind = s.factors.slice(at + 1)
  if (behind.length === 0 || behind.some(f => f.factor.kind === 'dots')) return refused(m, s)
  const last = behind.map(value)
  for (let size = last.length; size >= 1; size--) {
    const groups: Expr[] = []
    for (let k = before.length; k - size >= 0; k -= size) groups.unshift(mulAll(before.slice(k - size, k)))
    const found = run('prod', groups, mulAll(last.slice(0, size)))
    if (found) return mulAll([...before.slice(0, before.length - found.count * size), found.value, ...last.slice(size)])
  }
  return refused(m, s)
}
