/**
 * Expectations of counts: a statistic Σ g(x_i) of observations with few possible values has the expectation
 * n Σ_v g(v) f(v). Refuses other statistics and densities that are not given value by value.
 */
import { fewValues, settledCases, truthOfNumerals } from '../rewrite/few-values.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { addAll, at, bound, type Expr, isOne, isZero, mul, num } from '../term/term.ts'
import { hasKind, replace, some, substitute } from '../term/walk.ts'
import type { Setting } from './setting.ts'
import { separate } from './statistics.ts'

export interface Expectation {
  readonly statistic: Expr
  readonly value: Expr
}

const atValue = (g: Expr, entry: Expr, v: Expr): Expr | undefined => {
  const put = replace(g, entry, v) as Expr
  if (put.kind === 'iverson') {
    const holds = truthOfNumerals(put.cond)
    return holds === undefined ? undefined : num(holds ? 1 : 0)
  }
  return put.kind === 'num' ? put : undefined
}

/** The expectations of all statistics in a term, if each of them is a count; undefined otherwise. */
export const countExpectations = (t: Expr, s: Setting): readonly Expectation[] | undefined => {
  const [variable, ...more] = s.sample.variables
  const values = variable && more.length === 0 && s.sample.covariates.length === 0 ? fewValues(variable.support) : undefined
  const statistics = separate(t, s.unknown.name)?.statistics
  if (!variable || !values || !statistics || statistics.length === 0 || !hasKind(t, 'iverson')) return undefined
  const entry = at(variable.name, bound(0))
  const found: Expectation[] = []
  for (const statistic of statistics) {
    if (statistic.kind !== 'big' || statistic.op !== 'sum' || !isOne(statistic.lo) || !same(statistic.hi, s.size)) return undefined
    if (some(statistic.body, u => u.kind === 'sym' || (u.kind === 'at' && !same(u, entry)))) return undefined
    const parts: Expr[] = []
    for (const v of values) {
      const g = atValue(statistic.body, entry, v)
      const f = settledCases(substitute(s.sample.density, new Map([[variable.name, v]])))
      if (!g || !f) return undefined
      if (!isZero(g)) parts.push(mul(g, f))
    }
    const total = addAll(parts)
    found.push({ statistic, value: mul(s.size, parts.length > 1 ? normalForm(total) : total) })
  }
  return found
}
