/**
 * The mistake behind a wrong line: the slips of the bank are made at every place of the line before, then of the forms that a
 * textbook passes through, then two at once, and whatever gives what was written names the mistake. A search that runs out of
 * fuel names nothing.
 */
import type { Term } from '../term/term.ts'
import { some } from '../term/walk.ts'
import { isMeanOf, ofSolution } from './diagnose-solution.ts'
import { expectationInPlace, isDistribution, ofValue } from './diagnose-value.ts'
import type { Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Fuel } from './slip-search.ts'

/** Two names for equal values are told apart by what is written: a bare x or x_i, nμ² or Σμ². */
const asWritten = (r: Reference, id: string, written: Term): string => {
  if (id === 'lik.no-index' || id === 'sum.index-escapes') {
    const bare = some(written, u => u.kind === 'sym' && r.observed.includes(u.name))
    return bare ? 'lik.no-index' : 'sum.index-escapes'
  }
  if (id === 'sum.center-square' || id === 'sum.square-expanded') {
    const inside = some(
      written,
      u => u.kind === 'big' && some(u.body, v => v.kind === 'pow' && v.base.kind === 'sym' && r.unknowns.includes(v.base.name)),
    )
    return inside ? 'sum.square-expanded' : 'sum.center-square'
  }
  return id
}

/** The mistakes that explain a wrong line, the first one to be named; none if nothing fits. */
export const diagnose = (m: Memory, ruling: Ruling): readonly string[] => {
  const ids = found(m, ruling)
  const t = ruling.target
  return t && ids.length > 0 ? [...new Set(ids.map(id => asWritten(m.reference, id, t.kind === 'equation' ? t.equation : t.term)))] : ids
}

const found = (m: Memory, ruling: Ruling): readonly string[] => {
  const t = ruling.target
  if (!t || ruling.mistake) return ruling.mistake ? [ruling.mistake] : []
  const r = m.reference
  const fuel: Fuel = { left: 500 }
  if (t.kind === 'value') {
    if (t.role === 'likelihood' && isDistribution(r, t.term)) return ['lik.cdf-for-pdf']
    if (t.role !== 'likelihood' && expectationInPlace(r, t.term, t.right)) return ['lik.expectation-for-data']
    const hit = ofValue(m, t)
    if (hit) return hit.ids
    if (t.role === 'likelihood') return ['lik.other-density']
    return ruling.mistake ? [ruling.mistake] : []
  }
  if (t.kind === 'equation' && isMeanOf(m, t.equation)) return ['est.invariance-mean']
  const hit = ofSolution(m, t, fuel)
  if (hit) return hit.ids
  return ruling.otherwise ? [ruling.otherwise] : []
}
