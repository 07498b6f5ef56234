/** Information inside of terms: 1/√I(θ̂), n·I_1(θ). Written out as an expectation, at the parameter itself. */
import type { Expr, Term } from '../term/term.ts'
import { mapChildren, some } from '../term/walk.ts'
import { atMaximum } from './decide.ts'
import { mentionsData } from './judge-support.ts'
import { agree, fisher, unhattedTerm } from './precision.ts'
import { quantityTerm, type Reference, resolved } from './reference.ts'
import type { Ruling } from './ruling.ts'

const isInformation = (t: Term): boolean => t.kind === 'call' && /^(?:fisher|observed)-information(?:-1)?$/.test(t.name)
export const mentionsInformation = (t: Term): boolean => some(t, isInformation)

/**
 * The term with every information written out, for one parameter: once with I as that of the sample, once as that of one observation
 * (I_1 is always the latter). Hats are dropped: at the estimate, both sides are functions of it.
 */
export const informationWritten = (r: Reference, t: Expr): readonly Expr[] => {
  const [u, ...more] = r.unknowns
  if (u === undefined || more.length > 0 || r.moving) return []
  const written = (perObservation: boolean): Expr | undefined => {
    let open = false
    const go = (v: Term): Term => {
      if (v.kind !== 'call' || !isInformation(v)) return mapChildren(v, go)
      const value = v.name.startsWith('observed')
        ? quantityTerm(r, { kind: 'observed-information' })
        : fisher(r, [u], perObservation || v.name.endsWith('-1'))
      // I(1): at another parameter than that of the law
      if (!value || v.prime.some(k => k > 0) || v.args.some(a => a.kind !== 'sym' || a.name !== u)) open = true
      return value ?? v
    }
    const plain = go(unhattedTerm(r, t)) as Expr
    const said = open ? undefined : (resolved(r, plain) as Expr | undefined)
    return said && unhattedTerm(r, said)
  }
  return [false, true].flatMap(one => written(one) ?? [])
}

/** 1/I_n(v) = 2v²/n: right if it is so for the information of the sample or for that of one observation. */
export const informationIdentity = (r: Reference, a: Expr, b: Expr): Ruling => {
  const base = { role: 'information' as const, relation: '=' as const }
  const [left, right] = [informationWritten(r, a), informationWritten(r, b)]
  const undecided: Ruling = { ...base, status: 'unknown', message: 'This was not decided.' }
  const where = [...left, ...right].some(t => mentionsData(r, t)) ? atMaximum(r) : undefined
  const verdicts = left.map((t, i) => agree(r, t, right[i] as Expr, where).verdict)
  if (left.length === 0 || right.length === 0 || verdicts.includes('unknown')) return undecided
  if (verdicts.includes('true')) return { ...base, status: 'ok', message: '' }
  const far = left.every((t, i) => agree(r, t, right[i] as Expr, where, 1e-3).verdict === 'false')
  return far ? { ...base, status: 'wrong', message: 'This is not what the model gives.' } : undecided
}
