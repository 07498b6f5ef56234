/** How often and in which places each name of a document is used: applied, primed, hatted, indexed, differentiated. It judges nothing. */
import type { Token } from '../../read/scanner.ts'
import { is } from './token-rows.ts'
import { differentialWord, type Known } from './vocabulary.ts'

export interface Usage {
  count: number
  applied: number
  primed: number
  hatted: number
  indexed: number
  differentiated: number
  below: number
  size: number
  afterLog: number
}

export interface Usages {
  /** By name; "x[]" counts the uses of x with an index. */
  readonly uses: ReadonlyMap<string, Usage>
  /** Names that are squared somewhere. */
  readonly squared: ReadonlySet<string>
  /** The names that a name is applied to, use by use. */
  readonly firstArguments: ReadonlyMap<string, readonly (readonly string[])[]>
}

/** Behind the index under a sign that stands in front of k: Σ_{i=1}, Σ_i, Σ_i=1, or none. */
const behindIndex = (tokens: readonly Token[], k: number): number => {
  if (!is(tokens[k], '_')) return k
  if (!is(tokens[k + 1], '{', '(')) return is(tokens[k + 2], '=') ? k + 4 : k + 2
  const close = tokens.findIndex((t, j) => j > k && is(t, '}', ')'))
  return close < 0 ? k : close + 1
}

export const usagesOf = (tokens: readonly Token[], known: Known): Usages => {
  const uses = new Map<string, Usage>()
  const use = (name: string): Usage => {
    let u = uses.get(name)
    if (!u) {
      u = { count: 0, applied: 0, primed: 0, hatted: 0, indexed: 0, differentiated: 0, below: 0, size: 0, afterLog: 0 }
      uses.set(name, u)
    }
    return u
  }
  const squared = new Set<string>()
  /** p_i = …: introduced for each observation, where p_i(1 − p_i) is a product. */
  const entries = new Set<string>()
  tokens.forEach((t, k) => {
    const braces = is(tokens[k + 2], '{') ? 1 : 0
    if (t.kind === 'name' && is(tokens[k + 1], '_') && tokens.slice(k + 3 + braces, k + 5 + 2 * braces).some(b => is(b, '=')))
      entries.add(`${t.text}_${tokens[k + 2 + braces]?.text ?? ''}`)
  })
  const firstArguments = new Map<string, string[][]>()
  tokens.forEach((t, k) => {
    if (t.kind !== 'name') return
    const next = tokens[k + 1]
    const before = tokens[k - 1]
    const u = use(t.text)
    u.count++
    let opens = k + 1
    if (is(next, '_')) {
      opens = k + 3
      if (is(tokens[k + 2], '{')) while (opens < Math.min(tokens.length, k + 16) && !is(tokens[opens - 1], '}')) opens++
    }
    const index = is(next, '_') ? (is(tokens[k + 2], '{') ? tokens[k + 3] : tokens[k + 2]) : undefined
    const entry =
      index !== undefined &&
      ((/^[ijkt]$/.test(index.text) && entries.has(`${t.text}_${index.text}`)) ||
        // p_1(1 − p_1) where p1 is declared
        known.names.has(`${t.text}${index.text}`) ||
        known.names.has(`${t.text}_${index.text}`))
    if (!entry && is(tokens[opens], '(') && !(tokens[opens]?.space && t.text.length === 1 && !/^[fLl]$/.test(t.text))) {
      u.applied++
      const args: string[] = []
      let depth = 0
      for (let j = opens; j < Math.min(tokens.length, opens + 40); j++) {
        const a = tokens[j] as Token
        if (is(a, '(') || is(a, '{') || is(a, '[')) depth++
        if ((is(a, ')') || is(a, '}') || is(a, ']')) && --depth === 0) break
        if (depth === 1 && (is(a, ';') || is(a, '|') || is(a, 'mid'))) break
        if (a.kind === 'name' && depth === 1 && (is(tokens[j - 1], '(') || is(tokens[j - 1], ','))) {
          const square = is(tokens[j + 1], '^') && (tokens[j + 2]?.text === '2' || tokens[j + 3]?.text === '2')
          args.push(square ? `${a.text}^2` : a.text)
        }
      }
      firstArguments.set(t.text, [...(firstArguments.get(t.text) ?? []), args])
    }
    if (is(next, "'") || (is(next, '^') && (is(tokens[k + 2], "'") || is(tokens[k + 3], "'")))) u.primed++
    if (is(next, '_')) {
      u.indexed++
      const i = is(tokens[k + 2], '{') ? tokens[k + 3] : tokens[k + 2]
      if (i && (/^[ijk]$/.test(i.text) || i.text === '1')) use(`${t.text}[]`).count++
    }
    if (
      is(before, 'hat') ||
      (is(before, '{') && is(tokens[k - 2], 'hat')) ||
      is(next, 'post-hat') ||
      /_(hat|mle|MLE|ML|ml)$/.test(t.text)
    ) {
      use(t.text.replace(/_(hat|mle|MLE|ML|ml)$/, '')).hatted++
    }
    if (is(next, '_') || is(next, '^')) {
      const parts = is(tokens[k + 2], '{') ? tokens.slice(k + 3, k + 7) : tokens.slice(k + 2, k + 3)
      const stop = parts.findIndex(p => is(p, '}'))
      const word = (stop < 0 ? parts : parts.slice(0, stop)).map(p => p.text).join('')
      if (/^(MLE|ML|mle|ml|Mle|hat|\*|star)$/.test(word)) u.hatted++
    }
    if (is(before, '_') && is(tokens[k - 2], 'nabla')) u.below++
    const hatWord = /^([A-Za-z]+)hat$/.exec(t.text)
    if (hatWord?.[1]) use(hatWord[1]).hatted++
    if (is(next, '^') && (tokens[k + 2]?.text === '2' || (is(tokens[k + 2], '{') && tokens[k + 3]?.text === '2'))) {
      squared.add(t.text)
      squared.add(t.text.replace(/_?(?:hat|mle|MLE|ML|ml)$/, ''))
    }
    // d ℓ / d θ, \frac{d\ell}{d\theta}, \partial_\theta
    const isD = (x: Token | undefined): boolean => is(x, 'partial') || (x?.kind === 'name' && x.text === 'd')
    if (isD(before) || (is(before, '_') && is(tokens[k - 2], 'partial'))) {
      const under = is(tokens[k - 2], '/') || (is(tokens[k - 2], '{') && is(tokens[k - 3], '}')) || is(before, '_')
      if (under) u.below++
      else u.differentiated++
    }
    const joined = differentialWord(t.text, known)
    if (joined && (is(before, '/') || is(next, '/'))) {
      const whole = tokens.some(x => x.kind === 'name' && x.text === joined.of)
      if (is(before, '/')) use(whole ? joined.of : joined.of.replace(/(?<=[a-z])2$/, '')).below++
      else use(joined.of).differentiated++
    }
    let outside = k - 1
    while (outside > k - 3 && is(tokens[outside], '{', '}')) outside--
    const leading = tokens[outside]
    if (leading?.kind === 'name' && t.start - leading.end <= 6 && (leading.text === 'log' || leading.text === 'ln')) u.afterLog++
    // Σ^N, Π_{i=1}^{N}, x_1, …, x_N
    if (is(before, '^') || (is(before, '{') && is(tokens[k - 2], '^'))) {
      for (let j = k - 2; j > Math.max(0, k - 12); j--)
        if (is(tokens[j], 'Sum') || is(tokens[j], 'Prod')) {
          if (/^[A-Za-z]$/.test(t.text) && is(tokens[behindIndex(tokens, j + 1)], '^') && behindIndex(tokens, j + 1) >= k - 2) u.size++
          break
        } else if (is(tokens[j], '^') && !is(tokens[j + 1], '{')) break
    }
    if (is(before, '_') || (is(before, '{') && is(tokens[k - 2], '_')))
      for (let j = k - 2; j > Math.max(0, k - 7) && !is(tokens[j], '=', 'Sum', 'Prod'); j--)
        if (is(tokens[j], '...') && /^[A-Za-z]$/.test(t.text)) u.size++
  })
  return { uses, squared, firstArguments }
}
