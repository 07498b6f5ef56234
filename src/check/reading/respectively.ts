/**
 * Lists that belong together term by term: "the estimates of μ and σ² are x̄ and Σ(x_i − x̄)²/n, respectively". Each name gets the
 * value in its place. Lists of different lengths are left as they stand.
 */
import type { Token } from '../../read/scanner.ts'
import type { Clause, Sentence } from './clause.ts'

/** @returns the clauses, as many as before, those of such sentences with one equation each */
export const pairedLists = (clauses: readonly Clause[], sentences: readonly Sentence[]): readonly Clause[] => {
  const found = new Map<number, Clause>()
  for (const s of sentences) {
    if (!/\brespectively\b/.test(s.text)) continue
    const own = s.clauses.flatMap(k => {
      const c = clauses[k]
      return c ? [{ k, c }] : []
    })
    const sides = own.flatMap(({ k, c }) => c.operands.filter(o => o.length > 0).map(tokens => ({ k, c, tokens })))
    const half = sides.length / 2
    const signs = own.flatMap(({ c }) => c.operators)
    if (!Number.isInteger(half) || half < 2 || half > 4 || signs.length > 1 || signs.some(o => o.relation !== '=')) continue
    const names = sides.slice(0, half)
    if (!names.every(n => n.tokens.length <= 4 && n.tokens[0]?.kind === 'name') || new Set(names.map(n => n.k)).size < half) continue
    const words = own[0]?.c.words ?? ''
    // of anything but estimates the lists are only mentioned
    const ofEstimates = /\b(?:mles?|estimat\w+|maximi[sz]e\w*)\b/i.test(s.text) && !/\b(?:derivatives?|scores?)\b/i.test(s.text)
    names.forEach((n, j) => {
      if (!ofEstimates) return
      const value = sides[half + j]
      const like = n.tokens.at(-1) as Token
      if (!value) return
      const token: Token = { ...like, kind: 'op', text: '=', start: like.end, end: like.end, symbol: false }
      found.set(n.k, {
        ...n.c,
        words: j === 0 ? words : words.replace(/^.*?\b(?=(?:mles?|estimat\w+|maximum)\b)/, 'the '),
        operands: [n.tokens, value.tokens],
        operators:
          signs.length > 0 ? [{ ...(signs[0] as Clause['operators'][number]), token }] : [{ relation: '=', imposed: false, token }],
        end: like.end,
      })
    })
    for (const { k, c } of own)
      if (!found.has(k)) found.set(k, { ...c, operators: [], operands: [c.operands.at(-1) ?? []], timid: true, words: '' })
  }
  return found.size === 0 ? clauses : clauses.map((c, k) => found.get(k) ?? c)
}
