/**
 * Clauses put into a form that the grammar knows: a pair on both sides is two equations, a = f⁻¹(b) is f(a) = b, and ± is read
 * twice. Tokens only; nothing is decided.
 */
import type { Token } from '../../read/scanner.ts'
import { canonicalName } from '../../term/functions.ts'
import type { Clause } from './clause.ts'
import type { Notation } from './notation.ts'
import { rootOf } from './survey.ts'
import { is, op, skip } from './token-rows.ts'

/** The entries of a pair or longer list in parentheses; undefined for anything else. */
const entriesOf = (tokens: readonly Token[]): readonly (readonly Token[])[] | undefined => {
  if (!is(tokens[0], '(') || skip(tokens, 0) !== tokens.length) return undefined
  const parts: Token[][] = [[]]
  let depth = 0
  for (const t of tokens.slice(1, -1)) {
    if (is(t, '(', '[', '{', '\\{')) depth++
    else if (is(t, ')', ']', '}', '\\}')) depth--
    if (depth === 0 && is(t, ',')) parts.push([])
    else parts.at(-1)?.push(t)
  }
  return parts.length > 1 && parts.every(p => p.length > 0) && !parts.some(p => p.some(t => is(t, '...'))) ? parts : undefined
}

/** (μ̂, σ̂²) = (x̄, s²) entry by entry; none where one side alone is a list, as in θ = (μ, σ²), which only says what θ is. */
export const entryByEntry = (c: Clause): readonly Clause[] | undefined => {
  const [left, right] = c.operands
  // θ = (θ_1, θ_2) = (μ, σ²)
  if (c.operators.length > 1 && c.operands.filter(o => entriesOf(o)).length > 1) return []
  if (c.operators.length !== 1 || !left || !right) return undefined
  const [a, b] = [entriesOf(left), entriesOf(right)]
  // (p_1, p_2) is proportional to (a, b): nothing that is compared
  if (c.operators[0]?.relation !== '=') return a && b ? [] : undefined
  if (!a && !b) return undefined
  if (!a || !b || a.length !== b.length) return []
  return a.map((entry, k) => ({ ...c, operands: [entry, b[k] ?? []], words: k === 0 ? c.words : '', link: k === 0 ? c.link : undefined }))
}

/** â = ψ⁻¹(u): the same as ψ(â) = u. */
export const withoutInverse = (n: Notation, c: Clause): Clause => {
  const [left, right] = c.operands
  const [head, power] = right ?? []
  if (c.operators.length !== 1 || !left || left.length === 0 || !right || head?.kind !== 'name' || !is(power, '^')) return c
  const known = canonicalName(head.text) !== undefined || n.definitions.get(head.text)?.some(d => d.applied) === true
  const open = skip(right, 2)
  const exponent = right
    .slice(2, open)
    .filter(t => !is(t, '{', '}'))
    .map(t => t.text)
    .join('')
  if (!known || exponent !== '-1' || !is(right[open], '(', '[', '\\{') || skip(right, open) !== right.length) return c
  return { ...c, operands: [[head, op('(', head), ...left, op(')', head)], right.slice(open + 1, -1)] }
}

/** +- and +/-, typed without a space, as ±. */
export const typedSigns = (o: readonly Token[]): readonly Token[] => {
  const joined = (k: number): boolean => o[k]?.end === o[k + 1]?.start
  const out: Token[] = []
  for (let k = 0; k < o.length; k++) {
    const t = o[k] as Token
    const size = !is(t, '+') || !joined(k) ? 0 : is(o[k + 1], '-') ? 1 : is(o[k + 1], '/') && joined(k + 1) && is(o[k + 2], '-') ? 2 : 0
    out.push(size > 0 ? { ...t, text: '±', end: (o[k + size] as Token).end } : t)
    k += size
  }
  return out.length === o.length ? o : out
}

/** θ̂ ± 1.96 se, x̄ ± z_{α/2} s/√n: an interval, and no pair of roots. */
export const isInterval = (c: Clause): boolean =>
  c.operands
    .map(typedSigns)
    .some(
      o =>
        o.some(t => is(t, '±')) &&
        (c.operators.length === 0 ||
          /\b(?:interval|ci|confidence|limits|region|bounds)\b/.test(c.words) ||
          o.some(
            (t, k) =>
              (t.kind === 'name' && (t.text.endsWith('\u0302') || (/^[ztΦ]$/.test(t.text) && is(o[k + 1], '_')) || t.text === 'se')) ||
              (t.kind === 'number' && /^(?:1\.96|1\.64|1\.645|2\.57|2\.576|2\.58|1\.28)$/.test(t.text)),
          )),
    )

/** θ = ±1 */
export const isPair = (c: Clause): boolean => c.operands.length === 2 && is(typedSigns(c.operands[1] ?? [])[0], '±', '∓')

/** θ_{1,2} = a ± b: the clause with the upper and with the lower signs; the index of a parameter says only which root. */
export const bothSigns = (n: Notation, clause: Clause): readonly Clause[] | undefined => {
  const typed = { ...clause, operands: clause.operands.map(typedSigns) }
  // ℓ″ = … = ∓κR: the last value holds at one root or the other
  const at = typed.operands.findIndex((o, k) => k > 1 && o.some(t => is(t, '±', '∓')))
  const c = at < 0 ? typed : { ...typed, operands: typed.operands.slice(0, at), operators: typed.operators.slice(0, at - 1) }
  if (!c.operands.some(o => o.some(t => is(t, '±', '∓')))) return at < 0 ? undefined : [c]
  const swap = (o: readonly Token[], upper: boolean): readonly Token[] =>
    o.map(t => (is(t, '±', '∓') ? { ...t, text: (t.text === '±') === upper ? '+' : '-' } : t))
  const [first, ...others] = c.operands
  const [name, mark] = first ?? []
  const isParameter =
    name?.kind === 'name' &&
    (n.model.parameters.some(p => p.name === name.text) || rootOf(n.scope, name.text) !== undefined || name.text.endsWith('\u0302'))
  const bare = first && isParameter && is(mark, '_') ? [name, ...first.slice(skip(first, 2))] : (first ?? [])
  const version = (upper: boolean): Clause => ({ ...c, operands: [bare, ...others].map(o => swap(o, upper)) })
  return [version(true), { ...version(false), link: 'or', words: '' }]
}
