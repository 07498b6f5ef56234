/**
 * Samples that a restricted parameter space cuts off and for which nothing is stated: no estimate that holds for them, no case that
 * names them, no word for what is left. A doubt counts for the writer. Nothing is judged here.
 */
import { type Env, holds } from '../term/evaluate.ts'
import { foreign } from './decide.ts'
import { isBeyond } from './estimate-places.ts'
import { crossing, cutOff, ordinary } from './estimate-samples.ts'
import { attained, type Estimate, estimateOf } from './estimate-stated.ts'
import { withHats } from './reference.ts'
import type { Memory } from './ruling.ts'
import type { Top } from './top.ts'

interface Cut {
  readonly env: Env
  /** Absent where no maximum was found, and the stated values are no parameters. */
  readonly top?: Top
}

/** A sample for which the maximum is at an end of Θ and what is stated is not, or gives no parameter at all. */
export const uncovered = (m: Memory): Env | undefined => {
  const stated = m.estimates.filter(e => e.right).map(e => ({ ...e, value: e.term }))
  if (stated.length === 0 || m.reference.fixed) return undefined
  const open = samples(m, stated).find(s => isOpen(m, s, stated) && !isNamed(m, s))
  return open && !saysOtherwise(m) ? open.env : undefined
}

const samples = (m: Memory, stated: readonly Estimate[]): readonly Cut[] => {
  const r = m.reference
  const apart = crossing(r)
  const none = r.moving
    ? []
    : r.settings.filter(s => stated.some(e => isBeyond(r, e, s.env)) && !cutOff(r).some(c => c.env === s.env)).map(s => ({ env: s.env }))
  return [...cutOff(r), ...none, ...(apart ? [{ env: apart.env }] : [])]
}

/** Whether every estimate that was stated for some parameter fails for the sample. */
const isOpen = (m: Memory, { env, top }: Cut, stated: readonly Estimate[]): boolean => {
  const r = m.reference
  const apart = crossing(r)
  const here = withHats(env, top?.values ?? (apart?.env === env ? apart.values : new Map()))
  const fits = (e: Estimate): boolean => e.condition === undefined || holds(e.condition, here)
  const fails = (e: Estimate): boolean => {
    if (foreign(r, e.value).length > 0) return false
    // what is said under a condition that is not met may hold all the same: x̄ for a sample of zeros
    if (top) return attained(r, e, here, top) === 'no'
    return !fits(e) || (apart?.env === env ? true : isBeyond(r, e, here))
  }
  return r.unknowns.some(u => {
    const own = stated.filter(e => e.parameter === u)
    return own.length > 0 && own.every(fails)
  })
}

/** Whether a case that is treated is this sample, and not every sample; or its maximum stands anywhere in the text. */
const isNamed = (m: Memory, { env, top }: Cut): boolean =>
  m.cases.some(c => holds(c.prop, env, 1e-9) && ordinary(m.reference).some(o => !holds(c.prop, o.env, 1e-9))) ||
  (top !== undefined &&
    m.statements.some(s => {
      const e = s.what.kind === 'relation' ? estimateOf(m.reference, s.what) : undefined
      return e !== undefined && attained(m.reference, e, withHats(env, top.values), top) === 'yes'
    }))

const rest =
  /\b(?:otherwise|or else|else)\b|\bin (?:the|all|any|every) (?:other|remaining|opposite) cases?\b|\bif not\b|\bboundar(?:y|ies)\b|\bend ?points?\b|\b(?:left|right|lower|upper|nearest|closest|other|near|far)[- ](?:hand )?(?:end|edge|limit|bound)\b|\b(?:at|to|on) (?:the|its|an) (?:end|edge|border|bound)\b|\bclipp\w+|\bprojected\b|\bcut off\b|\bcapped\b|\btruncated at\b/i

const zeroElsewhere = /(?:\b0|\bzero|\bnought)[\s,]*(?:\\text\{|&)?[\s,]*(?:otherwise|elsewhere|else)\b/i

/** Words for the samples that are left. Where the support moves, "and 0 otherwise" speaks of the likelihood. */
const saysOtherwise = (m: Memory): boolean =>
  m.lines.some(l =>
    rest.test(m.reference.moving && !/hat|\u0302/.test(l.source.normalize('NFD')) ? l.source.replace(zeroElsewhere, '') : l.source),
  )
