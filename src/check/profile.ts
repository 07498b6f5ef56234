/**
 * Profile likelihoods: the settings of a model with some parameters moved to where they maximise for the values of the others, in
 * numbers. What is said of a profile is compared there; its derivative is that of ℓ, since the others are at their best (or at an end
 * of a support, which the rest does not move).
 */
import type { Model } from '../model/model.ts'
import type { Env } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { type Expr, MINUS_ONE, mul, num, pow, sub, sym } from '../term/term.ts'
import { substitute, symbolsOf } from '../term/walk.ts'
import type { Setting } from '../verify/settings.ts'
import { unknownsIn } from './decide.ts'
import { atValues, once, quantityTerm, type Reference, referenceOf } from './reference.ts'
import { hatName, type Quantity } from './statement.ts'
import { topOf } from './top.ts'

/** The model in which the kept parameters are known. */
const reducedModel = (model: Model, kept: readonly string[]): Model => ({
  ...model,
  parameters: model.parameters.filter(p => !kept.includes(p.name)),
  known: [...model.known, ...model.parameters.filter(p => kept.includes(p.name)).map(p => ({ name: p.name, domain: p.domain }))],
})

/** The reference with its settings on the curve over the kept parameters; undefined where the others have no maximum that is found. */
export const onProfile = (r: Reference, kept: readonly string[]): Reference | undefined =>
  once(r, `profile:${kept.join()}`, () => {
    if (kept.length === 0 || kept.length >= r.unknowns.length || r.model.parameters.some(p => p.length !== undefined)) return undefined
    const reduced = referenceOf(reducedModel(r.model, kept))
    const moved = (env: Env): Env | undefined => {
      const top = topOf(reduced, { ...env })
      return top && atValues(env, top.values)
    }
    const settings = r.settings.slice(0, 4).flatMap((s): readonly Setting[] => {
      const [env, other] = [moved(s.env), moved(s.other)]
      return env && other ? [{ env, other, others: s.others.slice(0, 2).flatMap(e => moved(e) ?? []) }] : []
    })
    return settings.length > 1 ? { ...r, settings, memo: new Map() } : undefined
  })

/** The log-likelihood that a profile is, or the derivative of it; undefined for other quantities. */
export const profiled = (q: Quantity): Quantity | undefined => {
  if (q.kind === 'profile-log-likelihood') return { kind: 'log-likelihood' }
  if (q.kind === 'profile-likelihood') return { kind: 'likelihood' }
  const of = q.kind === 'derivative' && q.by.length <= 2 ? profiled(q.of) : undefined
  return of && q.kind === 'derivative' ? { ...q, of } : undefined
}

/**
 * What a quantity is along the profile, at its points: ℓ and its first derivative as they are; for the second one the other parameter
 * moves along, so ℓ_aa − ℓ_ab²/ℓ_bb (the other parameter inside of its range; with several others it is not taken).
 */
export const alongProfile = (r: Reference, q: Quantity): Expr | undefined => {
  if (q.kind !== 'derivative' || q.by.length !== 2) return quantityTerm(r, q)
  const [a, second] = q.by
  const [other, ...more] = r.unknowns.filter(u => !(a?.kind === 'sym' && a.name === u))
  if (a?.kind !== 'sym' || !second || !same(a, second) || other === undefined || more.length > 0) return undefined
  // an end of the support stays where it is
  if (r.moving) {
    const ends = r.model.samples.flatMap(s => s.variables.map(v => symbolsOf(v.support)))
    return ends.some(e => e.has(other)) && !ends.some(e => e.has(a.name)) ? quantityTerm(r, q) : undefined
  }
  if (q.of.kind !== 'log-likelihood' || r.model.constraints.length > 0) return undefined
  const at = (...by: readonly Expr[]): Expr | undefined => quantityTerm(r, { ...q, by })
  const [aa, ab, bb] = [at(a, a), at(a, sym(other)), at(sym(other), sym(other))]
  return aa && ab && bb && sub(aa, mul(pow(ab, num(2)), pow(bb, MINUS_ONE)))
}

/** A term on the profile over the parameters that stand in it without a hat: the reference to compare in, and the term without hats. */
export const profileFor = (
  r: Reference,
  right: Expr,
  /** What the profile is a function of; the parameters that stand on the right unless it is told. */
  kept = unknownsIn(r, right),
): { readonly r: Reference; readonly right: Expr } | undefined => {
  const narrow = onProfile(r, kept)
  return (
    narrow && {
      r: narrow,
      right: substitute(right, new Map(r.unknowns.filter(u => !kept.includes(u)).map(u => [hatName(u), sym(u)]))),
    }
  )
}
