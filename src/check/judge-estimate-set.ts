/** Estimates that are whole sets: every point of an interval is said to be a maximiser. */
import { evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import type { Expr, Prop } from '../term/term.ts'
import { foreign, unknownsIn } from './decide.ts'
import { logLikelihoodAt } from './estimate-stated.ts'
import { mentionsData } from './judge-support.ts'
import type { Memory, Ruling } from './ruling.ts'
import { type Statement, unhatted } from './statement.ts'

/** "θ̂ ∈ [a, b]", "every θ between a and b is a maximiser": the likelihood has to be as high at both ends as between them, and lower beyond. */
export const judgeEstimateSet = (m: Memory, s: Statement, p: Prop, named = false): Ruling | undefined => {
  const r = m.reference
  const chosen = amongFinitely(m, s, p)
  if (chosen) return chosen
  // "the maximum is at the end of the range 0 < θ ≤ min x_i": one point of it
  if (named && /\b(?:at|on) (?:the|an|one|its) (?:\w+ )?(?:end|edge|boundary|border|endpoint)s?\b/i.test(m.line?.source ?? ''))
    return undefined
  const ends = endsOf(p)
  const parameter = ends && (ends.of.kind === 'sym' ? (unhatted(ends.of.name) ?? (named ? ends.of.name : undefined)) : undefined)
  if (
    !ends ||
    parameter === undefined ||
    !r.unknowns.includes(parameter) ||
    unknownsIn(r, ends.lo).length > 0 ||
    unknownsIn(r, ends.hi).length > 0
  )
    return undefined
  if (ends.lo.kind === 'infinity' || ends.hi.kind === 'infinity') return undefined
  // "for p̂ ∈ (0, 1)": where the estimate lies, and no set of maximisers
  if (!named && !r.fixed && !mentionsData(r, ends.lo) && !mentionsData(r, ends.hi))
    return { role: 'condition', status: 'unknown', message: 'Where the estimate lies.' }
  const put = (right: boolean): void => {
    m.estimates.push({ parameter, term: ends.lo, right, line: s.line, hat: true })
  }
  let seen = 0
  for (const { env } of r.settings) {
    const [lo, hi] = [evaluate(ends.lo, env), evaluate(ends.hi, env)]
    if (!(lo < hi)) continue
    const height = (x: number): number => logLikelihoodAt(r, { ...env, symbols: new Map(env.symbols).set(parameter, x) })
    const inner = [0.001, 0.3, 0.7, 0.999].map(t => height(lo + t * (hi - lo)))
    const top = Math.max(...inner)
    const outer = Math.max(height(lo - 0.05 * (hi - lo)), height(hi + 0.05 * (hi - lo)))
    seen++
    if (!Number.isFinite(top) || inner.some(h => Math.abs(h - top) > 1e-9 * (1 + Math.abs(top))) || outer >= top - 1e-12) {
      put(false)
      return { role: 'estimator', status: 'wrong', message: 'These are not the maximisers.' }
    }
  }
  put(true)
  return { role: 'estimator', status: seen > 0 ? 'ok' : 'unknown', message: seen > 0 ? 'All of these are maximisers, and no others.' : '' }
}
/** "N̂ ∈ {a, b}": no other value near is higher than the highest of them; all equally high, or one of them is meant. */
const amongFinitely = (m: Memory, s: Statement, p: Prop): Ruling | undefined => {
  const r = m.reference
  if (p.kind !== 'in' || p.element.kind !== 'sym' || p.set.kind !== 'finite') return undefined
  const parameter = unhatted(p.element.name)
  const [only, ...others] = r.unknowns
  if (parameter === undefined || parameter !== only || others.length > 0) return undefined
  const { elements } = p.set
  if (elements.some(t => unknownsIn(r, t).length > 0 || foreign(r, t).length > 0)) return undefined
  const role = 'estimator' as const
  let seen = 0
  for (const { env } of r.settings) {
    const height = (x: number): number => logLikelihoodAt(r, { ...env, symbols: new Map(env.symbols).set(parameter, x) })
    const values = elements.map(t => evaluate(t, env))
    const best = Math.max(...values.map(height))
    const own = env.symbols.get(parameter)
    if (own === undefined || !Number.isFinite(best)) continue
    seen++
    if (Math.max(height(own), ...values.flatMap(v => [height(v - 1), height(v + 1)])) > best + 1e-9 * (1 + Math.abs(best))) {
      m.estimates.push({ parameter, term: elements[0] as Expr, right: false, line: s.line, hat: true })
      return { role, status: 'wrong', message: 'The likelihood is larger elsewhere.' }
    }
  }
  m.estimates.push({ parameter, term: elements[0] as Expr, right: true, line: s.line, hat: true })
  return { role, status: seen > 0 ? 'ok' : 'unknown', message: seen > 0 ? 'The maximum is among these.' : '' }
}
const endsOf = (p: Prop): { readonly of: Expr; readonly lo: Expr; readonly hi: Expr } | undefined => {
  if (p.kind === 'in' && p.set.kind === 'interval') return { of: p.element, lo: p.set.lo, hi: p.set.hi }
  if (p.kind !== 'and' || p.props.length !== 2) return undefined
  const [a, b] = p.props
  if (a?.kind !== 'rel' || b?.kind !== 'rel' || a.op.length > 2 || b.op.length > 2) return undefined
  if (same(a.right, b.left)) return { of: a.right, lo: a.left, hi: b.right }
  return same(a.left, b.right) ? { of: a.left, lo: b.left, hi: a.right } : undefined
}
