/**
 * Statistics: which functions of the data the likelihood needs, what they are called, and what is known of them.
 * A name belongs to the notation; terms are never rewritten to it.
 */
import type { Abbreviation } from '../document/document.ts'
import type { Context } from '../rewrite/facts.ts'
import { proveInteger, signOf } from '../rewrite/sign.ts'
import { decompose } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { addAll, type Expr, ONE, type Sym, sym, type Term } from '../term/term.ts'
import { arraysOf, children, mentions, replace, some, summands, symbolsOf } from '../term/walk.ts'
import { hasData } from './laws.ts'
import type { Setting } from './setting.ts'

/** Σ, max, min … of data alone: closed, free of the unknown. Outermost only. */
export const statisticsIn = (t: Term, unknown: string): readonly Expr[] => {
  const found: Expr[] = []
  const visit = (u: Term): void => {
    if (u.kind === 'big' && u.free === 0 && hasData(u) && !mentions(u, unknown)) {
      if (!found.some(f => same(f, u))) found.push(u)
      return
    }
    for (const c of children(u)) visit(c)
  }
  visit(t)
  return found
}

const pools = {
  count: ['k', 's', 'r', 'w'],
  log: ['T', 'U', 'W', 'V'],
  other: ['S', 'Q', 'R', 'W', 'V'],
} as const

const kindOf = (t: Expr, cx: Context): keyof typeof pools => {
  if (t.kind === 'big' && t.op === 'sum' && (t.body.kind === 'at' || t.body.kind === 'iverson') && proveInteger(t, cx) && signOf(t, cx))
    return 'count'
  return some(t, u => u.kind === 'fn' && u.name === 'log') ? 'log' : 'other'
}

/** N_v for the number of observations with the value v = 0, 1, 2, …. */
export const countName = (t: Expr): string | undefined => {
  if (t.kind !== 'big' || t.op !== 'sum' || t.body.kind !== 'iverson' || t.body.cond.kind !== 'rel' || t.body.cond.op !== '=')
    return undefined
  const { left, right } = t.body.cond
  const [entry, v] = left.kind === 'at' ? [left, right] : [right, left]
  return entry.kind === 'at' && v.kind === 'num' && Q.isInteger(v.value) && Q.sign(v.value) >= 0 ? `N_${v.value.num}` : undefined
}

/** Letters for statistics that no symbol of the problem uses already. */
export const nameStatistics = (statistics: readonly Expr[], setting: Setting): readonly Abbreviation[] => {
  const { model, product, size } = setting
  const taken = new Set([
    ...symbolsOf(product),
    ...arraysOf(product),
    ...symbolsOf(size),
    ...model.parameters.map(p => p.name),
    ...model.known.map(k => k.name),
  ])
  const named: Abbreviation[] = []
  for (const term of statistics) {
    if (term.kind !== 'big' || term.op !== 'sum') continue
    const own = taken.has('N') ? undefined : countName(term)
    if (own !== undefined && !taken.has(own)) {
      taken.add(own)
      named.push({ name: own, term })
      continue
    }
    const kind = kindOf(term, setting.interior)
    const name = [...pools[kind], ...pools.other, ...pools.count].find(n => !taken.has(n))
    if (!name) continue
    taken.add(name)
    named.push({ name, term })
  }
  return named
}

/** t with its data seen only through statistics, each exchanged for a placeholder; undefined if data remain elsewhere. */
export interface Separated {
  readonly statistics: readonly Expr[]
  readonly placeholders: readonly Sym[]
  readonly term: Expr
}
export const separate = (t: Expr, unknown: string): Separated | undefined => {
  const statistics = statisticsIn(t, unknown)
  const placeholders = statistics.map((_, i) => sym(`\u0001t${i}`))
  const term = statistics.reduce((u: Expr, stat, i) => replace(u, stat, placeholders[i] as Sym), t)
  return hasData(term) ? undefined : { statistics, placeholders, term }
}

/**
 * The statistics through which the unknown meets the sample, sufficient together by the factorisation theorem:
 * as written in ℓ, or else as the normal form separates them. Undefined where unknown and data cannot be separated.
 */
export const sufficientStatistics = (ell: Expr, setting: Setting): readonly Expr[] | undefined => {
  const unknown = setting.unknown.name
  const tied = summands(ell).filter(p => mentions(p, unknown))
  const written = separate(addAll(tied), unknown)
  if (written) return written.statistics
  const positive = (t: Expr): boolean => signOf(t, setting.interior)?.sign === 'pos'
  const kept: Expr[] = []
  for (const p of decompose(ell, atom => !hasData(atom), positive)) {
    if (mentions(p.statistic, unknown)) return undefined
    if (!same(p.statistic, ONE) && mentions(p.coefficient, unknown)) kept.push(p.statistic)
  }
  return kept
}
