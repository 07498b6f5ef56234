/** Where a stated value lies in the parameter space: at an end, beyond one, on a level top. Tests only; nothing is ruled. */
import { contains, type Env, evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { toNumber } from '../term/rational.ts'
import { subterms } from '../term/walk.ts'
import { type Estimate, logLikelihoodAt } from './estimate-stated.ts'
import type { Reference } from './reference.ts'
import type { Memory } from './ruling.ts'
import { type Top, topOf } from './top.ts'

/** A number that is an end of the parameter space and does not belong to it. */
export const openEnd = (r: Reference, e: Estimate): boolean => {
  const p = r.model.parameters.find(q => q.name === e.parameter)
  if (p?.domain.kind !== 'interval' || e.value.kind !== 'num') return false
  return (!p.domain.closed[0] && same(p.domain.lo, e.value)) || (!p.domain.closed[1] && same(p.domain.hi, e.value))
}

/** Where the top of the likelihood is flat: whether the value lies on it. Undefined where it is not flat. */
export const flatThere = (m: Memory, e: Estimate): boolean | undefined => {
  const r = m.reference
  if (!r.moving || r.unknowns.length > 1 || r.settings.some(s => topOf(r, s.env))) return undefined
  let seen: boolean | undefined
  for (const { env } of r.settings) {
    const v = evaluate(e.value, env)
    const own = env.symbols.get(e.parameter)
    if (Number.isNaN(v) || own === undefined) continue
    const height = (x: number): number => logLikelihoodAt(r, { ...env, symbols: new Map(env.symbols).set(e.parameter, x) })
    // the parameter of the setting allows the data
    if (Math.abs(height(v) - height(own)) > 1e-9) return false
    seen = true
  }
  return seen
}

/** Whether the value belongs to the parameter space, off its ends. */
export const isPossible = (r: Reference, e: Estimate, env: Env): boolean => {
  const domain = r.interior.domains.get(e.parameter)
  return domain?.kind === 'interval' && contains(domain, evaluate(e.value, env), env, -1e-9)
}
/** Whether the value lies beyond the ends of Θ, and not on one that is excluded. */
export const isBeyond = (r: Reference, e: Estimate, env: Env): boolean => {
  const domain = r.model.parameters.find(p => p.name === e.parameter)?.domain
  if (domain?.kind !== 'interval') return false
  const v = evaluate(e.value, env)
  const [lo, hi] = [evaluate(domain.lo, env), evaluate(domain.hi, env)]
  return v < lo - 1e-9 * (1 + Math.abs(lo)) || v > hi + 1e-9 * (1 + Math.abs(hi))
}

/** Whether the value lies outside of the parameter space and the maximum at the end of it on that side. */
export const isCutOff = (r: Reference, e: Estimate, env: Env, top: Top): boolean => {
  const domain = r.model.parameters.find(p => p.name === e.parameter)?.domain
  const [v, peak] = [evaluate(e.value, env), top.values.get(e.parameter)]
  if (domain?.kind !== 'interval' || typeof peak !== 'number' || top.stationary) return false
  const [lo, hi] = [evaluate(domain.lo, env), evaluate(domain.hi, env)]
  return (v < lo && Math.abs(peak - lo) <= 1e-9 * (1 + Math.abs(lo))) || (v > hi && Math.abs(peak - hi) <= 1e-9 * (1 + Math.abs(hi)))
}

/** Whether the likelihood is 0 at the value and as high as it gets right beside it: an end that the support does not contain. */
export const openAt = (r: Reference, e: Estimate): boolean => {
  const seen = r.settings.map(({ env }) => {
    const v = evaluate(e.value, env)
    const own = env.symbols.get(e.parameter)
    const height = (x: number): number => logLikelihoodAt(r, { ...env, symbols: new Map(env.symbols).set(e.parameter, x) })
    const step = 1e-7 * (1 + Math.abs(v))
    return own !== undefined && height(v) === -Infinity && Math.max(height(v - step), height(v + step)) >= height(own) - 1e-9
  })
  return seen.length > 0 && seen.every(Boolean)
}

/** Whether a number can be judged without the sample: beyond the parameter space, at its end, or 0. */
export const isLandmark = (r: Reference, e: Estimate): boolean => {
  const domain = r.model.parameters.find(p => p.name === e.parameter)?.domain
  const v = evaluate(e.value, { symbols: new Map(), arrays: new Map() })
  return (
    (domain !== undefined && r.settings.some(t => !contains(domain, v, t.env))) ||
    v === 0 ||
    (domain !== undefined && subterms(domain).some(u => u.kind === 'num' && toNumber(u.value) === v))
  )
}
