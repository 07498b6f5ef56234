/**
 * Letters with an index that are one name of the writer's own: β_0 and β_1 for a and b, x_m for the end of a support. An index that
 * runs over the sample makes no name, and what nothing shows to be a parameter stays a letter with an index.
 */
import type { Model } from '../../model/model.ts'
import { declaredSub } from '../../read/names.ts'
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import type { Item } from './stream.ts'
import { inside, is, nameAt, skip } from './token-rows.ts'
import { inRuns } from './token-runs.ts'

/** A letter with an index at k: its parts, and where it ends. A hat may stand over the letter alone. */
const indexedAt = (
  tokens: readonly Token[],
  k: number,
): { readonly base: Token; readonly index: string; readonly end: number; readonly hat: boolean } | undefined => {
  const hat = is(tokens[k], 'hat', 'tilde')
  const part = hat ? inside(tokens, k + 1) : tokens.slice(k, k + 1)
  const [base] = part
  const at = hat ? skip(tokens, k + 1) : k + 1
  if (part.length !== 1 || base?.kind !== 'name' || !is(tokens[at], '_')) return undefined
  const index = inside(tokens, at + 1)
  const text = index.map(t => t.text).join('')
  if (!/^(?:\d|[a-hmo-su-zA-Z]|min|max)$/.test(text) || index.some(t => t.kind === 'op')) return undefined
  return { base, index: text, end: skip(tokens, at + 1), hat }
}

/** Whether what stands at k, ending before `end`, is an argument of a function: L(β_0, …). */
const isArgument = (tokens: readonly Token[], k: number, end: number): boolean => {
  if (!is(tokens[k - 1], '(', ',', ';', '|', 'mid') || !is(tokens[end], ')', ',', ';', '^')) return false
  for (let j = k - 1, depth = 0; j > Math.max(0, k - 40); j--) {
    const t = tokens[j]
    if (is(t, '...', '=')) return false
    if (is(t, ')', '}', ']')) depth++
    else if (is(t, '(', '{', '[') && depth-- === 0) {
      const head = tokens[j - 1]
      return is(t, '(') && (head?.kind === 'name' ? /^(?:L|l|ell|calL|f|p|Q|S|H|I|J|LL|logL|RSS|SSE)$/.test(head.text) : is(head, "'", '}'))
    }
  }
  return false
}

/** ∂/∂β_0, \partial_{β_0}. */
const isBelow = (tokens: readonly Token[], k: number): boolean =>
  is(tokens[k - 1], 'partial') || (tokens[k - 1]?.kind === 'name' && tokens[k - 1]?.text === 'd' && is(tokens[k - 2], '/', '{'))

const merged = (tokens: readonly Token[], names: ReadonlySet<string>): readonly Token[] => {
  const out: Token[] = []
  for (let k = 0; k < tokens.length; ) {
    const found = indexedAt(tokens, k)
    const name = found && `${found.base.text}_${found.index}`
    if (!found || name === undefined || !names.has(name)) {
      out.push(tokens[k] as Token)
      k++
      continue
    }
    const last = tokens[found.end - 1]?.end ?? found.base.end
    const whole = nameAt(name, found.base, last)
    if (found.hat) out.push(tokens[k] as Token, whole)
    else out.push(whole)
    k = found.end
  }
  return out
}

/** The names that are letters with an index here. */
const namesIn = (tokens: readonly Token[], model: Model, scope: Scope): ReadonlySet<string> => {
  const found = new Map<string, number>()
  const seen = new Set<string>()
  const constants = new Set<string>()
  const functions = new Set<string>()
  tokens.forEach((t, k) => {
    if (t.kind === 'name') seen.add(t.text)
    const at = indexedAt(tokens, k)
    if (!at) return
    const declared = declaredSub(scope, at.base.text, at.index)
    if (declared !== undefined) {
      seen.add(declared)
      return
    }
    // f_0(z) = …: a function by its index
    if (/^[fFgGS]$/.test(at.base.text) && at.index === '0' && is(tokens[at.end], '(')) functions.add(`${at.base.text}_0`)
    if (scope.symbols.has(at.base.text)) return
    const list = scope.arrays.has(at.base.text) || scope.arrays.has(at.base.text.toLowerCase())
    const argument = isArgument(tokens, k, at.end)
    if (list && !(argument && /^(?:m|min|0)$/.test(at.index))) return
    const name = `${at.base.text}_${at.index}`
    const weight = argument ? 2 : at.hat || isBelow(tokens, k) ? 1 : 0
    if (weight === 0 && /^\d$/.test(at.index) && /^(?:sigma|mu|theta|lambda|alpha|beta|r|k|m|s|v|a|b)$/.test(at.base.text))
      constants.add(name)
    if (weight > 0) found.set(name, Math.max(weight, found.get(name) ?? 0))
  })
  // σ_0² for a known variance
  const quiet = model.known.filter(p => !seen.has(p.name)).length
  const digits = model.known.flatMap(p => (seen.has(p.name) ? [] : (/\d$/.exec(p.name)?.[0] ?? [])))
  const alone = [...constants].filter(
    n => !found.has(n) && !tokens.some((t, k) => t.text === n.replace(/_\d$/, '') && !is(tokens[k + 1], '_')),
  )
  const known = alone.filter(n => n.endsWith('_0'))
  const numbered = digits.length > 1 ? alone.filter(n => digits.includes(n.slice(-1))) : []
  const silent = model.parameters.filter(p => !seen.has(p.name)).length
  const sure = [...found].filter(([, w]) => w > 1).map(([n]) => n)
  const names = found.size <= silent ? [...found.keys()] : sure
  return new Set([...functions, ...(names.length <= silent ? names : []), ...numbered, ...(quiet === 1 && known.length === 1 ? known : [])])
}

/** The stream with each such letter and its index as one name. */
export const withIndexedLetters = (items: readonly Item[], model: Model, scope: Scope): readonly Item[] => {
  if (model.parameters.some(p => p.length !== undefined)) return items
  const tokens = items.flatMap(i => (i.kind === 'token' ? [i.token] : []))
  const names = namesIn(tokens, model, scope)
  if (names.size === 0) return items
  return inRuns(items, run => merged(run, names))
}
