/**
 * "E X = 3/λ, so Σ xᵢ = 3n/λ": an observed sum replaced by its expectation, before any derivative was taken. Behind the score the same
 * equation says where the maximum is, and is no mistake; neither is a comparison of moments.
 */
import { mul } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'
import { equal, foreign, mentionsHat, unknownsIn } from './decide.ts'
import { mentionsData } from './judge-support.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Statement } from './statement.ts'

const follows =
  /^[\s,;:]*(?:(?:and|so|hence|thus|therefore|then|consequently|we have|we get|it follows|which gives|this gives|that is|that|i\.e\.?)[\s,:]*)+$/i
const ofEstimates =
  /\b(?:moments?|equat\w+|match\w*|estimat\w*|mle|approx\w*|large numbers|solv\w+|score|derivative|famil(?:y|ies)|would|could|not|if|wrong|mistake|tempt\w+)\b|≈|\\approx|n['’]t\b/i

/** The verdict on such a replacement; undefined for any other statement. */
export const expectationForData = (m: Memory, s: Statement): Ruling | undefined => {
  const w = s.what
  if (w.kind !== 'relation' || w.relation !== '=' || w.left.kind !== 'term' || w.right.kind !== 'term' || !follows.test(s.said ?? ''))
    return undefined
  const before = m.statements[m.statements.indexOf(s) - 1]
  const e = before?.what
  if (
    !before ||
    before.line < s.line - 1 ||
    e?.kind !== 'relation' ||
    e.relation !== '=' ||
    e.left.kind !== 'term' ||
    e.right.kind !== 'term'
  )
    return undefined
  const r = m.reference
  const [left, right, value] = [w.left.term, w.right.term, e.right.term]
  if (!hasKind(e.left.term, 'expect') || hasKind(value, 'expect') || !r.size) return undefined
  if (!mentionsData(r, left) || unknownsIn(r, left).length > 0 || mentionsData(r, right) || unknownsIn(r, right).length === 0)
    return undefined
  if ([left, right, value].some(t => mentionsHat(t) || foreign(r, t).length > 0)) return undefined
  if (m.said.some(t => t.role === 'score') || m.equations.length > 0 || m.estimates.length > 0) return undefined
  if (m.lines.some(l => l.line <= s.line && l.line >= s.line - 2 && ofEstimates.test(l.source))) return undefined
  if (equal(r, right, mul(r.size, value)).verdict !== 'true' && equal(r, right, value).verdict !== 'true') return undefined
  return {
    role: 'identity',
    relation: '=',
    status: 'wrong',
    always: true,
    message: 'The observations are not their expectations.',
    mistake: 'lik.expectation-for-data',
  }
}
