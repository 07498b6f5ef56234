/**
 * Estimates of parameters whose names are one letter with numbers: "p̂_j = x_j/n" where p1, p2, p3 are declared. Each of them is judged
 * with its number for the index; what holds for one and not for another is undecided.
 */
import { type Expr, sym } from '../term/term.ts'
import { substitute, symbolsOf } from '../term/walk.ts'
import { judgeRelation } from './judge-relation.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Statement } from './statement.ts'

/** The ruling on a definition that states such estimates; undefined for any other. */
export const judgeNumbered = (m: Memory, s: Statement, name: string, term: Expr): Ruling | undefined => {
  const [, letter, index] = /^([A-Za-z]+)\u0302_([a-z])$/.exec(name.normalize('NFD')) ?? []
  if (letter === undefined || index === undefined) return undefined
  const family = m.reference.unknowns.flatMap(u => {
    const number = u.startsWith(letter) ? u.slice(letter.length) : ''
    return /^\d+$/.test(number) ? [{ parameter: u, number }] : []
  })
  if (family.length < 2) return undefined
  const known = new Set([...m.reference.observed, ...m.reference.unknowns, ...m.reference.model.known.map(k => k.name)])
  const rulings = family.map(({ parameter, number }) => {
    const put = new Map<string, Expr>()
    for (const n of symbolsOf(term)) {
      const stem = n.endsWith(`_${index}`) ? n.slice(0, -2) : undefined
      if (stem !== undefined && known.has(`${stem}${number}`)) put.set(n, sym(`${stem}${number}`))
    }
    return judgeRelation(m, s, {
      kind: 'relation',
      left: { kind: 'quantity', quantity: { kind: 'estimator', parameter } },
      relation: '=',
      right: { kind: 'term', term: substitute(term, put) },
    })
  })
  const [first] = rulings
  if (!first) return undefined
  return rulings.every(g => g.status === first.status) ? first : { role: 'estimator', status: 'unknown', message: '' }
}
