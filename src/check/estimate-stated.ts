/** The estimate that a relation states, if it states one, and whether its value is the maximum for one sample. */
import { contains, type Env, evaluate, evaluateLog } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { toNumber } from '../term/rational.ts'
import { div, type Expr, isNum, ONE, type Prop, pow } from '../term/term.ts'
import { arraysOf, hasKind, symbolsOf } from '../term/walk.ts'
import { component } from './components.ts'
import { mentionsHat, unknownsIn } from './decide.ts'
import type { Relating } from './quantities.ts'
import { atValues, type Reference, resolved } from './reference.ts'
import { type Side, type Statement, unhatted } from './statement.ts'
import type { Top } from './top.ts'
import { roundingOf } from './with-data.ts'

export interface Estimate {
  readonly parameter: string
  readonly value: Expr
  readonly hat: boolean
  readonly condition?: Prop
  /** Of a vector, the component. */
  readonly index?: Expr
}

/** The parameter that a side names alone, θ or θ̂, or a power of it. */
const named = (
  r: Reference,
  side: Side,
): { readonly parameter: string; readonly hat: boolean; readonly power: Expr; readonly index?: Expr } | undefined => {
  if (side.kind === 'quantity' && side.quantity.kind === 'estimator') {
    const { parameter, index } = side.quantity
    return r.unknowns.includes(parameter) ? { parameter, hat: true, power: ONE, ...(index ? { index } : {}) } : undefined
  }
  if (side.kind !== 'term') return undefined
  const t = side.term
  const base = t.kind === 'pow' && isNum(t.exponent) ? t.base : t
  const power = t.kind === 'pow' && isNum(t.exponent) ? t.exponent : ONE
  if (base.kind !== 'sym' && base.kind !== 'at') return undefined
  const parameter = unhatted(base.name) ?? base.name
  const index = base.kind === 'at' ? base.index[0] : undefined
  return r.unknowns.includes(parameter) ? { parameter, hat: parameter !== base.name, power, ...(index ? { index } : {}) } : undefined
}

const isNeverNegative = (r: Reference, name: string): boolean => {
  const domain = r.model.parameters.find(p => p.name === name)?.domain
  return domain?.kind === 'interval' && domain.lo.kind === 'num' && toNumber(domain.lo.value) >= 0
}

/** The estimate that a relation states, or undefined if it is none. */
export const estimateOf = (r: Reference, w: Relating): Estimate | undefined => {
  if (w.relation !== '=' && w.relation !== '≈') return undefined
  const read = (left: Side, right: Side): Estimate | undefined => {
    const n = named(r, left)
    if (!n || right.kind !== 'term') return undefined
    const value = resolved(r, right.term) as Expr | undefined
    // E[x̄] = μ speaks of the model
    if (!value || hasKind(value, 'expect')) return undefined
    const unknowns = unknownsIn(r, value)
    // θ = g(θ): an equation on the way
    if (!n.hat && (unknowns.length > 0 || mentionsHat(value))) return undefined
    if (unknowns.includes(n.parameter)) return undefined
    if (value.kind === 'sym' && unhatted(value.name) === n.parameter) return undefined
    // θ² = x̄ has a root of either sign
    if (!same(n.power, ONE) && !isNeverNegative(r, n.parameter)) return undefined
    return {
      parameter: n.parameter,
      value: same(n.power, ONE) ? value : pow(value, div(ONE, n.power)),
      hat: n.hat,
      ...(n.index ? { index: n.index } : {}),
      ...(w.condition ? { condition: w.condition } : {}),
    }
  }
  return read(w.left, w.right) ?? read(w.right, w.left)
}

/** A decimal fraction that is the maximum to as many digits as were written. */
export const rounded = (e: Estimate, s: Statement, env: Env, top: Top): boolean =>
  e.value.kind === 'num' && Math.abs(toNumber(e.value.value) - component(top.values.get(e.parameter), e.index, env)) <= roundingOf(s.source)

/** Whether the value is the maximum for one sample. NaN: not defined there. */
export const attained = (r: Reference, e: Estimate, env: Env, top: Top): 'yes' | 'no' | 'undefined' => {
  const v = evaluate(e.value, env)
  if (Number.isNaN(v)) return 'undefined'
  // 1/x̄ for a sample of zeros; ∞ itself is no estimate
  if (!Number.isFinite(v)) return arraysOf(e.value).size + symbolsOf(e.value).size > 0 ? 'undefined' : 'no'
  const wanted = component(top.values.get(e.parameter), e.index, env)
  if (Math.abs(v - wanted) <= (top.rough ? 1e-5 : 1e-6) * Math.max(Math.abs(wanted), Math.abs(v)) + 1e-9) return 'yes'
  if (Array.isArray(top.values.get(e.parameter))) return 'no'
  // another point that is as high
  const p = r.model.parameters.find(q => q.name === e.parameter)
  if (!p || !contains(p.domain, v, env)) return 'no'
  const there = atValues(env, new Map(top.values).set(e.parameter, v))
  const height = logLikelihoodAt(r, there)
  // beside the maximum of a curve the height differs less than that of a level stretch, but for rounding
  const off = Math.abs(v - wanted) > 1e-4 * (1 + Math.abs(wanted)) ? 1e-11 : 1e-14
  return height >= top.height - off * (1 + Math.abs(top.height)) ? 'yes' : 'no'
}
export const logLikelihoodAt = (r: Reference, env: Env): number => {
  const l = evaluateLog(r.likelihood, env)
  return l.sign > 0 ? l.log : -Infinity
}
