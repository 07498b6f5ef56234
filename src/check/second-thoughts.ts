/**
 * A line among words that no slip explains, after which everything is right, the estimate included: more likely it was misread than
 * wrong, so it is left undecided. A line that is a formula alone, a named mistake, and a wrong estimate stay what they are.
 */
import type { LineReport, StatementReport } from './report.ts'

/** Words of a line outside of its formulas. */
const wordsOf = (source: string): number =>
  (
    source
      .replace(/\$[^$]*\$|\\\([\s\S]*?\\\)|\\\[[\s\S]*?\\\]/g, ' ')
      .replace(/\\[A-Za-z]+|[A-Za-z]+[_^(]|[_^][A-Za-z{]+/g, ' ')
      .match(/\b[A-Za-z]{3,}\b/g) ?? []
  ).filter(w => !/^(?:log|exp|sum|prod|max|min|hat|bar|sqrt|theta|lambda|sigma|alpha|beta|gamma|loglik|lik)$/i.test(w)).length

const isBad = (s: StatementReport): boolean => s.status === 'wrong' || s.status === 'follows'

/** "is negative": the sign of a derivative, and no value. */
const isSign = (s: StatementReport): boolean => (s.role === 'second-derivative' || s.role === 'score') && /^[a-z' ]+$/i.test(s.source)
/** "Score of one specimen: −1/w + …": what the value is of stands in words alone. */
const isSpokenOf = (s: StatementReport): boolean =>
  !/[=<>≤≥∝≈]|\\(?:leq?|geq?|propto|equiv|approx|sim)\b/.test(s.source) && s.role !== 'claim' && !isSign(s)
/** @returns whether what is wrong in a line is left undecided: there is one such line, and nothing speaks for its reading */
export const doubtfulLine = (lines: readonly LineReport[]): LineReport | undefined => {
  const bad = lines.filter(l => l.statements.some(isBad))
  const [only, another] = bad
  if (!only || another) return undefined
  const wrong = only.statements.filter(s => s.status === 'wrong')
  const words = wordsOf(only.source)
  const unexplained = (s: StatementReport): boolean =>
    s.role !== 'estimator' && ((words >= 4 && s.misconceptions.length === 0) || (words >= 2 && isSpokenOf(s)))
  if (!wrong.every(unexplained)) return undefined
  const behind = [
    ...only.statements.slice(only.statements.findLastIndex(isBad) + 1),
    ...lines.filter(l => l.line > only.line).flatMap(l => l.statements),
  ]
  return behind.some(s => s.role === 'estimator' && s.status === 'ok') ? only : undefined
}

/** The statements of such a line. */
export const undecided = (statements: readonly StatementReport[]): readonly StatementReport[] =>
  statements.map(s =>
    isBad(s)
      ? {
          ...s,
          status: 'unknown' as const,
          message: 'This was not understood well enough to be decided.',
          expected: null,
          counterexample: null,
        }
      : s,
  )
