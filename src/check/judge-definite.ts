/** Claims that a matrix of second derivatives is definite: by its pivots at the maximum, sample by sample. */
import { evaluate } from '../term/evaluate.ts'
import { type Expr, sym } from '../term/term.ts'
import { atMaximum } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { once } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { What } from './statement.ts'
import { gradient } from './top.ts'

type Claiming = Extract<What, { kind: 'claim' }>
const undecided: Ruling = { role: 'second-derivative', status: 'unknown', message: 'This claim was not decided.' }

/** "The Hessian is negative definite": by its pivots at the maximum, in every sample. Said of its negative or of the information it is positive. */
export const definiteClaim = (m: Memory, c: Claiming, reversed: boolean): Ruling => {
  const r = m.reference
  m.arguments.add('second-order')
  m.arguments.add('determinant')
  const ok: Ruling = {
    role: 'second-derivative',
    status: 'ok',
    message: 'Negative definite at the maximum, in every sample that was tried.',
  }
  if (r.model.parameters.some(p => p.length !== undefined)) return { ...undecided, role: 'second-derivative' }
  const negative = (c.claim === 'negative') !== (c.negated === true)
  if (negative === (reversed || /information/i.test(m.line?.source ?? ''))) return { ...undecided, role: 'second-derivative' }
  const rows = once(r, 'second derivatives', () => gradient(r).map(g => r.unknowns.map(u => differentiate(g, sym(u)))))
  if (negative && fromDiagonal(m, rows))
    return {
      role: 'second-derivative',
      status: 'wrong',
      always: true,
      message: 'Negative second derivatives in each parameter alone do not make it definite.',
      mistake: 'max.hessian-diagonal',
    }
  let seen = 0
  for (const env of atMaximum(r)) {
    const sign = definite(rows.map(row => row.map(t => -evaluate(t, env))))
    if (sign === undefined) continue
    if (!sign) return { ...undecided, role: 'second-derivative' }
    seen++
  }
  return seen > 0 ? ok : { ...undecided, role: 'second-derivative' }
}

const decides =
  /determinant|\bdet\b|minors?\b|eigen|trace|cauchy|schwarz|mixed|off-diagonal|\bcross\b|pivots?|quadratic form|convex|\bAC\b|\)\s*(?:²|\^2|\^\{2\})\s*[<>]/i
/** "Since ∂²ℓ/∂a² < 0 and ∂²ℓ/∂b² < 0, the Hessian is negative definite": nothing else is said of it anywhere, and it is not diagonal. */
const fromDiagonal = (m: Memory, rows: readonly (readonly Expr[])[]): boolean =>
  /^\s*(?:since|because|as)\b[^.;]*<\s*0[^.;]*\band\b[^.;]*<\s*0[^.;]*\bdefinite\b/i.test((m.line?.source ?? '').replace(/\$/g, '')) &&
  !decides.test(m.text) &&
  atMaximum(m.reference).some(env => {
    const h = rows.map(row => row.map(t => evaluate(t, env)))
    return h.some((row, i) => row.some((v, j) => i < j && Math.abs(v) > 1e-5 * Math.sqrt(Math.abs((h[i]?.[i] ?? 0) * (h[j]?.[j] ?? 0)))))
  })

/** Whether a symmetric matrix has positive pivots; undefined if an entry has no value. */
const definite = (entries: readonly (readonly number[])[]): boolean | undefined => {
  const m = entries.map(row => [...row])
  if (m.some(row => row.some(v => !Number.isFinite(v)))) return undefined
  for (let k = 0; k < m.length; k++) {
    const pivot = m[k]?.[k] as number
    if (!(pivot > 1e-10 * Math.max(...m.flat().map(Math.abs)))) return false
    for (let i = k + 1; i < m.length; i++) {
      const row = m[i] as number[]
      const f = (row[k] as number) / pivot
      for (let j = k; j < m.length; j++) row[j] = (row[j] as number) - f * (m[k]?.[j] as number)
    }
  }
  return true
}
