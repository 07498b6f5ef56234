/** Letters whose meaning the whole document shows: J for a cost, I for the observed information, a Lagrangian, d as a name, names in capitals. */
import type { Model } from '../../model/model.ts'
import type { Token } from '../../read/scanner.ts'
import type { Item } from './stream.ts'
import type { Survey } from './survey.ts'
import { is, skip } from './token-rows.ts'

/** J(λ) = −log L(λ) or −(1/n) log L(λ): what is minimised, and no information. */
export const costOfJ = (tokens: readonly Token[]): 'nll' | 'avg-nll' | undefined => {
  for (const [k, t] of tokens.entries()) {
    if (t.text !== 'J' || !is(tokens[k + 1], '(')) continue
    const close = tokens.findIndex((u, j) => j > k && is(u, ')'))
    if (close < 0 || !is(tokens[close + 1], '=') || !is(tokens[close + 2], '-')) continue
    // as far as the logarithm: nothing, or 1/n in some spelling
    const from = close + 3
    const at = tokens.slice(from, from + 10).findIndex(u => u.kind === 'name' && /^(?:log|ln|ell|l|LL)$/.test(u.text))
    if (at < 0 || tokens.slice(from + at + 1, from + at + 6).some(u => is(u, "'"))) continue
    const factor = tokens
      .slice(from, from + at)
      .map(u => u.text)
      .join('')
      .replace(/[(){}[\]\s]/g, '')
    if (factor === '') return 'nll'
    if (/^(?:1\/|frac1)[nN]$/.test(factor)) return 'avg-nll'
  }
  return undefined
}

/** "Let S be their sum", "T for the total": names that words give to a number made of the sample. */
export const totalsSpokenOf = (items: readonly Item[]): ReadonlySet<string> =>
  new Set(
    items.flatMap((it, k) => {
      if (it.kind !== 'token' || it.token.kind !== 'name') return []
      // "let N_1, N_2, N_3 be the numbers of 1s, 2s and 3s"
      const next = items[k + 1]
      const indexed = next?.kind === 'token' && next.token.text === '_'
      const told = indexed ? items.slice(k + 1, k + 16).find(u => u.kind === 'words' && u.text.length > 3) : undefined
      if (
        told?.kind === 'words' &&
        /^(?:be|are|denote|stand for) (?:the )?(?:observed )?(?:numbers?|counts?|frequenc(?:y|ies))\b/i.test(told.text)
      )
        return [it.token.text]
      const before = items.slice(Math.max(0, k - 2), k).findLast(u => u.kind === 'words')
      const behind = items.slice(k + 1, k + 3).find(u => u.kind === 'words')
      if (behind?.kind !== 'words') return []
      const introduced =
        before?.kind === 'words' &&
        /\b(?:let|write|put|call|denote|with|and|use|where|here)(?: by)?$/i.test(before.text) &&
        /^(?:(?:be|denotes?|stands? for|for|is|being|as) )?(?:the |their |its |our )?(?:\w+ )?(?:sum|total|number|count|average|mean|product)\b/i.test(
          behind.text,
        )
      // "T is the sum of the t_i", and no number of trials
      return introduced ||
        /^(?:denotes?|denoting|stands? for|is|being|equals) (?:the |their |its |our )?(?:(?:sum|total) of\b|sum\b)/i.test(behind.text)
        ? [it.token.text]
        : []
    }),
  )

/** "The loss J", "we minimise J": words around a name that make it a criterion. */
export const isLoss = (items: readonly Item[], name: string): boolean =>
  items.some((it, k) => {
    if (it.kind !== 'words') return false
    const next = items.slice(k + 1, k + 3).find(u => u.kind === 'token')
    return (
      next?.kind === 'token' &&
      next.token.text === name &&
      /\b(?:loss|cost|cross-entropy|entropy|objective|criterion|minimi[sz]\w+)(?: function)?[^.]{0,20}$/i.test(it.text)
    )
  })

/** 𝓛(p, λ) = ℓ(p) + λ(1 − Σ p_j): the last argument is a letter that the problem does not know. */
export const lagrangianOf = (tokens: readonly Token[], model: Model, declared: (name: string) => boolean): Survey['lagrangian'] => {
  if (model.constraints.length === 0) return undefined
  for (let k = 0; k < tokens.length; k++) {
    const t = tokens[k] as Token
    if (t.kind !== 'name' || !/^(?:calL|L|ell|l|F|H|J|G)$/.test(t.text) || declared(t.text) || !is(tokens[k + 1], '(')) continue
    let depth = 0
    let j = k + 1
    for (; j < Math.min(tokens.length, k + 40); j++) {
      if (is(tokens[j], '(', '{', '[')) depth++
      else if (is(tokens[j], ')', '}', ']') && --depth === 0) break
    }
    const last = tokens[j - 1]
    const multiplier = last?.kind === 'name' && /^(?:lambda|mu|nu|eta|kappa|gamma|alpha|beta|delta|rho)$/.test(last.text)
    if (multiplier && !declared(last.text) && is(tokens[j - 2], ',', ';') && is(tokens[j + 1], '=', '&'))
      return { name: t.text, from: t.start }
  }
  return undefined
}

/** I(θ) = −∂²ℓ/∂θ², without an expectation and without a word of one: the observed information by its letter. */
export const observedI = (tokens: readonly Token[], items: readonly Item[]): boolean =>
  !items.some(it => it.kind === 'words' && /\b(?:fisher|expect\w*|asymptotic)\b/i.test(it.text)) &&
  tokens.some((t, k) => {
    if (t.kind !== 'name' || t.text !== 'I' || !is(tokens[k + 1], '(')) return false
    const close = tokens.findIndex((u, j) => j > k && is(u, ')'))
    const from = is(tokens[close + 1], '&') ? close + 2 : close + 1
    if (close < 0 || close > k + 6 || !is(tokens[from], '=') || !is(tokens[from + 1], '-')) return false
    const body = tokens.slice(from + 2, from + 9)
    if (body.slice(0, 2).some(u => u.kind === 'name' && /^(?:E|calE|bbE)$/.test(u.text))) return false
    const isD = (u: Token | undefined): boolean => is(u, 'partial') || (u?.kind === 'name' && /^d\d?$/.test(u.text))
    return isD(body[0]) || (is(body[0], 'frac') && isD(body[2])) || body.slice(0, 3).some(u => is(u, "'"))
  })

/** Whether the d at k is a differential: dℓ/dθ, \\frac{d}{dθ}, d²ℓ/dθ². */
const isDifferential = (tokens: readonly Token[], k: number): boolean => {
  const isD = (t: Token | undefined): boolean => t?.kind === 'name' && /^d[a-zA-Z0-9_]*$/.test(t.text)
  const [last, next] = [tokens[k - 1], tokens[k + 1]]
  // below the line
  if (is(last, '/') || (is(last, '{') && is(tokens[k - 2], '}')))
    return next?.kind === 'name' && next.start - (tokens[k]?.end ?? 0) <= 3 && !/^(?:log|ln|exp)$/.test(next.text)
  if (is(last, '{') && is(tokens[k - 2], 'frac')) {
    const close = skip(tokens, k - 1)
    return isD(tokens[close + 1])
  }
  if (is(last, 'frac')) return is(next, '{') && isD(tokens[k + 2])
  // in one line, as far as the stroke
  for (let j = k + 1; j < Math.min(tokens.length, k + 8); j++) {
    const t = tokens[j]
    if (is(t, '/')) return isD(tokens[j + 1])
    if (t?.kind !== 'name' && t?.kind !== 'number' && !is(t, '^', '{', '}', '(', ')')) return false
  }
  return false
}

/** d = …, and nowhere a d in front of what is differentiated. */
export const isPlainD = (tokens: readonly Token[]): boolean =>
  tokens.some(
    (t, k) => t.kind === 'name' && t.text === 'd' && is(tokens[k + 1], '=') && !is(tokens[k - 1], '/', '_', '^', '-', '+', '*'),
  ) && !tokens.some((t, k) => t.kind === 'name' && t.text === 'd' && isDifferential(tokens, k))

/** Names in capitals with an equation of their own. */
export const capitalsOf = (tokens: readonly Token[]): ReadonlySet<string> =>
  new Set(
    tokens.flatMap((t, k) => {
      if (t.kind !== 'name' || !/^[A-Z]{2,6}(?:_?[a-z]{1,3})?$/.test(t.text)) return []
      const close = is(tokens[k + 1], '(') ? tokens.findIndex((u, j) => j > k && is(u, ')')) : k
      const next = is(tokens[close + 1], '&') ? tokens[close + 2] : tokens[close + 1]
      return close >= 0 && close < k + 8 && is(next, '=') ? [t.text] : []
    }),
  )

/** "Let M = …", "where k = …": names that the writer introduces with a word, and which are no other letters for a parameter. */
export const letNames = (all: readonly Item[], declared: (name: string) => boolean): ReadonlySet<string> => {
  const items = all.filter(it => it.kind !== 'edge')
  return new Set(
    items.flatMap((it, k) => {
      const [name, sign] = [items[k + 1], items[k + 2]]
      return it.kind === 'words' &&
        /\b(?:let|where|with|write|writing|denote|define|abbreviate|put|call)(?: us)?\s*$/i.test(it.text) &&
        name?.kind === 'token' &&
        name.token.kind === 'name' &&
        sign?.kind === 'token' &&
        is(sign.token, '=', ':=') &&
        // τ = σ² with no σ in the problem only says another letter
        valueBehind(all, sign).some(t => is(t, 'Sum', 'Prod', 'max', 'min', 'bar') || (t.kind === 'name' && declared(t.text)))
        ? [name.token.text]
        : []
    }),
  )
}
/** The tokens of a formula behind its sign of equality. */
const valueBehind = (items: readonly Item[], sign: Item): readonly Token[] => {
  const from = items.indexOf(sign) + 1
  const end = items.findIndex((it, k) => k >= from && it.kind !== 'token')
  return items.slice(from, end < 0 ? undefined : end).flatMap(it => (it.kind === 'token' ? [it.token] : []))
}

/** Names with a hat here and a star or a tilde there: then the star is another thing than the estimate, θ* the maximum over all reals. */
export const starredApart = (tokens: readonly Token[]): ReadonlySet<string> => {
  const base = (t: Token | undefined): string => (t?.kind === 'name' ? t.text.replace(/_?hat$/, '') : '')
  const hatted = new Set<string>()
  const starred = new Set<string>()
  tokens.forEach((t, k) => {
    if (is(t, 'hat', 'tilde')) (is(t, 'hat') ? hatted : starred).add(base(is(tokens[k + 1], '{') ? tokens[k + 2] : tokens[k + 1]))
    if (t.kind !== 'name') return
    if (is(tokens[k + 1], 'post-hat') || /_?hat$/.test(t.text)) hatted.add(base(t))
    if (is(tokens[k + 1], 'post-tilde')) starred.add(base(t))
    const mark = is(tokens[k + 1], '^') ? (is(tokens[k + 2], '{') ? tokens[k + 3] : tokens[k + 2]) : undefined
    if (is(mark, '*', 'star')) starred.add(t.text)
  })
  hatted.delete('')
  return new Set([...starred].filter(n => hatted.has(n)))
}

/** π_i = …, p_i := …: names that are introduced for each observation, with or without arguments behind the index. */
export const entriesAmong = (tokens: readonly Token[]): ReadonlySet<string> =>
  new Set(
    tokens.flatMap((t, k) => {
      if (t.kind !== 'name' || !is(tokens[k + 1], '_')) return []
      const wide = is(tokens[k + 2], '{')
      const index = wide ? tokens[k + 3] : tokens[k + 2]
      if (!/^[ijt]$/.test(index?.text ?? '')) return []
      let at = wide ? k + 5 : k + 3
      if (is(tokens[at], '(')) while (at < k + 14 && !is(tokens[at - 1], ')')) at++
      return is(tokens[at], '=', ':=') ? [t.text] : []
    }),
  )
