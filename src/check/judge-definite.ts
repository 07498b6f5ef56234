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
/** "Whatever its off-diagonal entry may be": it is named and not looked at. */
const dismissed = /\b(?:whatever|regardless of|no matter (?:what|which|how)|independently of)\b[^.;:]*/gi
const diagonal = String.raw`(?:both|all|each|these|they|(?:the|its) (?:two |both )?(?:diagonal (?:entries|elements|terms)|(?:pure |unmixed |repeated )?second (?:partial )?derivatives))\b[^.;<>]{0,60}?\b(?:are|is)(?: both| all| strictly| always| clearly)* (?:negative\b(?! definite)|below (?:zero|0)\b|less than (?:zero|0)\b|< ?0)`
/** "Since ∂²ℓ/∂a² < 0 and ∂²ℓ/∂b² < 0, the Hessian is negative definite", "both are negative, so it is": nothing but the diagonal. */
const argues: readonly RegExp[] = [
  /^\s*(?:since|because|as)\b[^.;]*<\s*0[^.;]*\band\b[^.;]*<\s*0[^.;]*\bdefinite\b/i,
  /<\s*0[^.;]{0,12}\band\b[^.;]*<\s*0[^.;]{0,8}\b(?:so|hence|thus|therefore)\b[^.;]{0,50}\bdefinite\b/i,
  new RegExp(String.raw`\b(?:since|because|as) ${diagonal}[^.;]{0,50}\bdefinite\b`, 'i'),
  new RegExp(
    String.raw`\b${diagonal}[^.;]{0,12}\b(?:so|hence|thus|therefore|makes?|means?|consequently|implies|imply|shows?)\b[^.;]{0,50}\bdefinite\b`,
    'i',
  ),
]
/** Nothing else is said of the Hessian anywhere, and it is not diagonal. */
const fromDiagonal = (m: Memory, rows: readonly (readonly Expr[])[]): boolean =>
  argues.some(p => p.test((m.line?.source ?? '').replace(/\$|\\[,;!]/g, ''))) &&
  !/\b(?:not|never|need\w*|if|would|alone|case|suppose|special|when)\b|n['’]t\b/i.test(
    (m.line?.source ?? '').replace(/\bnothing\b.*$|\bno (?:further|more)\b.*$/i, ''),
  ) &&
  !decides.test(m.text.replace(dismissed, ' ')) &&
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
