/**
 * Recognises what a style abbreviates: named statistics, also as part of a longer sum or product, and means. The result
 * is a term with placeholder symbols for display only; it is printed and thrown away, never rewritten further.
 */

import { same } from '../term/order.ts'
import type { Rational } from '../term/rational.ts'
import * as Q from '../term/rational.ts'
import { add, type Big, type Expr, isOne, log, MINUS_ONE, mul, mulAll, neg, num, pow, type Sym, sym, type Term } from '../term/term.ts'
import { children, hasKind, mapChildren } from '../term/walk.ts'
import type { Style } from './style.ts'

/** What a placeholder stands for: an abbreviation's name, or the mean of a body that is written with the bare names of its arrays. */
export interface Alias {
  readonly name?: string
  readonly mean?: Expr
  /** Ranks with data sums; false for counts such as k, which are treated as known numbers. */
  readonly statistic: boolean
}

const mark = '\u0001'
const placeholder = (k: number): Sym => sym(mark + String(k))
/** Which alias a placeholder symbol stands for; undefined for an ordinary name. */
export const aliasIndex = (name: string): number | undefined => (name.charCodeAt(0) === 1 ? Number(name.slice(1)) : undefined)

/** `part` taken out of `whole`, both lists of operands; undefined if it is not contained. */
const without = (whole: readonly Expr[], part: readonly Expr[]): Expr[] | undefined => {
  const left = [...whole]
  for (const p of part) {
    const k = left.findIndex(w => same(w, p))
    if (k < 0) return undefined
    left.splice(k, 1)
  }
  return left
}
const split = (t: Expr): { readonly coefficient: Rational; readonly factors: readonly Expr[] } => {
  const fs = t.kind === 'mul' ? t.factors : [t]
  const c = fs[0] as Expr
  return c.kind === 'num' ? { coefficient: c.value, factors: fs.slice(1) } : { coefficient: Q.one, factors: fs }
}

/** Σ over 1..n of a body whose only index stands at arrays, without sums: what has a mean worth a bar. */
const meanBody = (t: Big, style: Style): Expr | undefined => {
  if (t.op !== 'sum' || !isOne(t.lo)) return undefined
  let found = false
  const go = (u: Term): Term | undefined => {
    if (u.kind === 'at') {
      if (u.index.length !== 1 || u.index[0]?.kind !== 'bound' || u.index[0].depth !== 0) return undefined
      if (style.data && !style.data.includes(u.name)) return undefined
      found = true
      return sym(u.name)
    }
    if (u.kind === 'num') return u
    if (u.kind !== 'pow' && u.kind !== 'mul' && u.kind !== 'fn') return undefined
    const parts = children(u).map(go)
    return parts.every(p => p !== undefined) ? mapChildren(u, (_, i) => parts[i] as Term) : undefined
  }
  const body = go(t.body)
  return found ? (body as Expr) : undefined
}

interface Named {
  readonly term: Expr
  readonly k: number
  readonly coefficient: Rational
  readonly factors: readonly Expr[]
}

/** The abbreviations of a style, prepared for many terms. */
export interface Abbreviations {
  readonly style: Style
  readonly named: readonly Named[]
  /** One for each name, in order; placeholders beyond them stand for means. */
  readonly aliases: readonly Alias[]
}
export const abbreviationsOf = (style: Style): Abbreviations => {
  const names = style.names ?? []
  return {
    style,
    named: names.map(({ term }, k) => ({ term, k, ...split(term) })),
    aliases: names.map(({ name }) => ({ name, statistic: !/^[a-z](_?\d+)?$/.test(name) })),
  }
}

/** The term with placeholders for everything the style abbreviates, and what they stand for. */
export const abbreviate = (
  t: Term,
  { style, named, aliases: known }: Abbreviations,
): { readonly term: Term; readonly aliases: readonly Alias[] } => {
  // a part of t is abbreviated only if the names in the abbreviated term all occur in it
  const isOpen = (u: Term): boolean => (style.means === true && hasKind(u, 'big')) || named.some(m => (m.term.names & ~u.names) === 0)
  if (!isOpen(t)) return { term: t, aliases: known }
  const aliases = [...known]
  const means: { readonly body: Expr; readonly k: number }[] = []
  const meanOf = (body: Expr): Sym => {
    const known = means.find(m => same(m.body, body))
    if (known) return placeholder(known.k)
    means.push({ body, k: aliases.length })
    aliases.push({ mean: body, statistic: true })
    return placeholder(aliases.length - 1)
  }

  /** n^(-1) Σ in a product is a mean, and n (Σ)^(-1) the inverse of one. */
  const takeMean = (factors: readonly Expr[]): Expr[] | undefined => {
    for (const f of factors) {
      const inverse = f.kind === 'pow' && same(f.exponent, MINUS_ONE)
      const total = inverse ? f.base : f
      if (total.kind !== 'big') continue
      const rest = without(factors, [f, inverse ? total.hi : pow(total.hi, MINUS_ONE)])
      if (!rest || total.hi.kind === 'num') continue
      const body = meanBody(total, style)
      if (body) return [...rest, inverse ? pow(meanOf(body), MINUS_ONE) : meanOf(body)]
    }
    return undefined
  }

  const go = (u: Term): Term => {
    if (!isOpen(u)) return u
    for (const m of named) if (u.hash === m.term.hash && same(u, m.term)) return placeholder(m.k)
    if (u.kind === 'mul') {
      if (style.means) {
        const taken = takeMean(u.factors)
        if (taken) return go(mulAll(taken))
      }
      const { coefficient, factors } = split(u)
      for (const m of named) {
        const rest = m.term.kind === 'mul' ? without(factors, m.factors) : undefined
        if (rest) return go(mul(num(Q.times(coefficient, Q.inverse(m.coefficient))), placeholder(m.k), ...rest))
      }
    } else if (u.kind === 'add') {
      for (const m of named) {
        if (m.term.kind !== 'add') continue
        const rest = without(u.terms, m.term.terms)
        if (rest) return go(add(placeholder(m.k), ...rest))
        const other = without(u.terms, m.term.terms.map(neg))
        if (other) return go(add(neg(placeholder(m.k)), ...other))
      }
    } else if (u.kind === 'big') {
      // T = -Σ is in force: Σ itself is -T.
      for (const m of named)
        if (m.term.kind === 'mul' && m.factors.length === 1 && same(m.factors[0] as Expr, u))
          return mul(num(Q.inverse(m.coefficient)), placeholder(m.k))
    }
    const inner = mapChildren(u, go)
    // log(1/x̄) is −log x̄
    const [arg] = inner.kind === 'fn' && inner.name === 'log' ? inner.args : []
    const isInverse = arg?.kind === 'pow' && same(arg.exponent, MINUS_ONE) && means.some(m => same(placeholder(m.k), arg.base))
    return isInverse && arg.kind === 'pow' ? neg(log(arg.base)) : inner
  }
  return { term: go(t), aliases }
}
