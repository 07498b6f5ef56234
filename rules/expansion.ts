/**
 * Multiplying out: products of sums and whole powers of sums become a sum of products. Only that: like terms are not
 * collected and nothing is cancelled. A result of more than `limit` terms is refused.
 */
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { remembered } from '../src/term/remembered.ts'
import { addAll, type Expr, mulAll, num, ONE, pow } from '../src/term/term.ts'
import { factors } from '../src/term/walk.ts'

const limit = 256

/** Exponent of a power of a sum that can be multiplied out: 2, 3, …, 16. */
const wholePower = (t: Expr): number | undefined => {
  if (t.kind !== 'pow' || t.base.kind !== 'add' || t.exponent.kind !== 'num' || !Q.isInteger(t.exponent.value)) return undefined
  const e = Number(t.exponent.value.num)
  return e >= 2 && e <= 16 ? e : undefined
}

/** A product of monomials, the same factor twice being written as a power: x·x = x². */
const monomial = (parts: readonly Expr[]): Expr => {
  const powers: { base: Expr; exponent: bigint }[] = []
  const others: Expr[] = []
  const push = (f: Expr): void => {
    const whole = f.kind === 'pow' && f.exponent.kind === 'num' && Q.isInteger(f.exponent.value) && f.exponent.value.num > 0n
    const base = f.kind === 'pow' && whole ? f.base : f
    const exponent = f.kind === 'pow' && f.exponent.kind === 'num' && whole ? f.exponent.value.num : 1n
    if (f.kind === 'num' || (f.kind === 'pow' && !whole)) {
      others.push(f)
      return
    }
    const known = powers.find(p => same(p.base, base))
    if (known) known.exponent += exponent
    else powers.push({ base, exponent })
  }
  for (const p of parts)
    if (p.kind === 'mul') for (const f of p.factors) push(f)
    else push(p)
  return mulAll([...others, ...powers.map(p => pow(p.base, num(p.exponent)))])
}

/** t^e for a summand t: its numeral and each of its factors to the power e. */
const powerOf = (t: Expr, e: number): Expr =>
  e === 0 ? ONE : monomial(factors(t).flatMap(f => (f.kind === 'num' ? [pow(f, num(e))] : Array.from({ length: e }, () => f))))

/** Number of summands of (t_1 + … + t_m)^e before like terms are collected: the binomial coefficient (m+e−1 over e). */
const sizeOfPower = (m: number, e: number): number => {
  let size = 1
  for (let k = 1; k <= e && size <= limit; k++) size = (size * (m - 1 + k)) / k
  return size
}

/** The summands of (t_1 + … + t_m)^e by the binomial theorem, one summand split off at a time. */
const powerOfSum = (terms: readonly Expr[], e: number): readonly Expr[] => {
  const [head, ...others] = terms
  if (head === undefined) return e === 0 ? [ONE] : []
  if (others.length === 0) return [powerOf(head, e)]
  const result: Expr[] = []
  let binomial = 1n
  for (let k = 0; k <= e; k++) {
    const left = powerOf(head, e - k)
    for (const right of powerOfSum(others, k)) result.push(monomial([num(binomial), left, right]))
    binomial = (binomial * BigInt(e - k)) / BigInt(k + 1)
  }
  return result
}

/** The summands of t multiplied out, or undefined if t or a part of it would have more than `limit` of them. */
const termsOf = remembered((t: Expr): readonly Expr[] | undefined => {
  if (t.kind === 'add') return summandsOf(t.terms)
  const e = wholePower(t)
  if (t.kind === 'pow' && t.base.kind === 'add' && e !== undefined) {
    const base = summandsOf(t.base.terms)
    return base === undefined || sizeOfPower(base.length, e) > limit ? undefined : powerOfSum(base, e)
  }
  if (t.kind !== 'mul' || !t.factors.some(f => f.kind === 'add' || wholePower(f) !== undefined)) return [t]
  let result: readonly Expr[] = [ONE]
  for (const f of t.factors) {
    const next = termsOf(f)
    if (next === undefined || result.length * next.length > limit) return undefined
    const pairs: Expr[] = []
    for (const u of result) for (const v of next) pairs.push(monomial([u, v]))
    result = pairs
  }
  return result
})

const summandsOf = (terms: readonly Expr[]): readonly Expr[] | undefined => {
  const all: Expr[] = []
  for (const t of terms) {
    const parts = termsOf(t)
    if (parts === undefined || all.length + parts.length > limit) return undefined
    all.push(...parts)
  }
  return all
}

/** True if a summand, or the term itself, is a product with a sum in it or a whole power of a sum. */
const isProductOfSums = (t: Expr): boolean =>
  t.kind === 'add'
    ? t.terms.some(isProductOfSums)
    : wholePower(t) !== undefined || (t.kind === 'mul' && t.factors.some(f => f.kind === 'add' || wholePower(f) !== undefined))

/** The term multiplied out, or undefined if there is nothing to multiply out or too much of it. */
export const expansion = (t: Expr): Expr | undefined => (isProductOfSums(t) ? expanded(t) : undefined)
const expanded = remembered((t: Expr): Expr | undefined => {
  const terms = termsOf(t)
  if (terms === undefined) return undefined
  const result = addAll(terms)
  return same(result, t) ? undefined : result
})
