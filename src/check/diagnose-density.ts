/**
 * Mistakes behind a wrong density, its logarithm and their derivatives: the search of likelihoods, on a sample of the one
 * observation that is written. Nothing is judged here.
 */
import { at, type Expr, sym } from '../term/term.ts'
import { subterms } from '../term/walk.ts'
import { ofValue } from './diagnose-value.ts'
import { openedLog } from './differentiate.ts'
import { once, quantityTerm, type Reference } from './reference.ts'
import { repairedValue } from './repairs.ts'
import type { Role } from './report.ts'
import type { Memory, Target } from './ruling.ts'

type Value = Extract<Target, { kind: 'value' }>

export const isOfDensity = (t: Value): boolean => t.key.includes('density')

/** The model of one observation, x or x_i as it is written. */
const ofOne = (r: Reference, t: Value): Reference | undefined => {
  const name = r.model.samples[0]?.variables[0]?.name
  if (name === undefined) return undefined
  const entry = [...subterms(t.right), ...subterms(t.term)].find(
    (u): u is Extract<Expr, { kind: 'at' }> => u.kind === 'at' && u.name === name && u.index.every(i => i.kind === 'sym'),
  )
  const observation = entry ? at(name, ...entry.index) : sym(name)
  const likelihood = quantityTerm(r, { kind: 'density', observation })
  return (
    likelihood &&
    once(r, `density ${likelihood.hash}`, () => ({ ...r, likelihood, ell: openedLog(likelihood), moving: false, memo: new Map() }))
  )
}

const asLikelihood = (key: string): string => key.replace('density', 'likelihood')
const roleIn = (key: string, role: Role): Role =>
  role !== 'density' ? role : key.includes('log-density') ? 'log-likelihood' : 'likelihood'

/** The mistakes that explain a wrong density; none if nothing fits. */
export const ofDensity = (m: Memory, t: Value): readonly string[] => {
  const reference = ofOne(m.reference, t)
  if (!reference) return []
  const said = m.said.flatMap(s => (s.key.includes('density') ? [{ ...s, key: asLikelihood(s.key), role: roleIn(s.key, s.role) }] : []))
  const target = { ...t, key: asLikelihood(t.key), role: roleIn(t.key, t.role) }
  const hit = ofValue({ ...m, reference, said }, target)
  if (hit) return hit.ids
  const repaired = target.role === 'likelihood' ? undefined : repairedValue(reference, target)
  return repaired ? [repaired] : []
}
