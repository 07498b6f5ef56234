/** What holds of all observations within brackets: 1{all x_i < b}, I(x_1 < b, …, x_n < b), 1[x_1, …, x_n < b]. Read as "x_i < b, ∀ i". */
import type { Token } from '../../read/scanner.ts'
import { is, nameAt, op, skip, type Tidying } from './token-rows.ts'

const comparisons = ['<', '<=', '>', '>=', 'in'] as const
const openers = ['(', '[', '{', '\\{'] as const

/** The index of the entry of a list of observations that begins at k, as tokens, and the place behind it. */
const entryAt = (y: Tidying, all: readonly Token[], k: number): { readonly index: readonly Token[]; readonly end: number } | undefined => {
  const name = all[k]
  if (name?.kind !== 'name' || !is(all[k + 1], '_')) return undefined
  const { scope, survey } = y
  if (!scope.arrays.has(name.text) && !scope.arrays.has(survey.aliases.get(name.text) ?? name.text)) return undefined
  const end = skip(all, k + 2)
  return { index: is(all[k + 2], '{') ? all.slice(k + 3, end - 1) : all.slice(k + 2, end), end }
}

/** The place of the bracket that closes the one before k, or the end. */
const closing = (all: readonly Token[], k: number): number => {
  let depth = 0
  for (let j = k; j < all.length; j++) {
    if (depth === 0 && is(all[j], '\\\\', 'end-cases', '&', 'otherwise', 'if')) return j
    if (is(all[j], ...openers)) depth++
    else if (is(all[j], ')', ']', '}', '\\}') && --depth < 0) return j
  }
  return all.length
}

/** The tokens with every place of an index exchanged for another index. */
const reindexed = (tokens: readonly Token[], from: readonly Token[], to: Token): readonly Token[] =>
  tokens.flatMap((t, k) => {
    const before = tokens[k - 1]
    const braced = is(before, '{') && is(tokens[k - 2], '_')
    return (is(before, '_') || braced) && from.length === 1 && t.text === from[0]?.text ? [to] : [t]
  })

/** a_+, t_−, λ_{+}: a sign that says which of two roots is meant, as a word. */
export const ofRoots = (t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  if (!is(t, '_') || all[k - 1]?.kind !== 'name') return undefined
  const braced = is(all[k + 1], '{')
  const sign = all[braced ? k + 2 : k + 1]
  const behind = all[braced ? k + 4 : k + 2]
  if (
    !is(sign, '+', '-') ||
    (braced ? !is(all[k + 3], '}') : behind !== undefined && !is(behind, '=', '<', '<=', '>', '>=', ')', '}', ',', '*', '^'))
  )
    return undefined
  out.push(t, nameAt(is(sign, '+') ? 'plus' : 'minus', sign as Token))
  return braced ? k + 4 : k + 2
}

/** A step of the pass over the tokens: at the first token within an opening bracket. */
export const ofEvery = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  // x_1 + x_2 + .. + x_n
  if (is(t, '..') && is(all[k - 1], '+', ',', '*', '·') && is(all[k + 1], '+', ',', '*', '·')) {
    out.push(op('...', t))
    return k + 1
  }
  if (!is(all[k - 1], ...openers, '&', 'if')) return undefined
  const end = closing(all, k)
  const isWord =
    (t.kind === 'name' && /^(?:all|every|each)$/.test(t.text)) || is(t, 'all') || (is(t, 'words') && [3, 5].includes(t.end - t.start))
  if (isWord) {
    const entry = entryAt(y, all, k + 1)
    const [letter] = entry?.index ?? []
    if (!entry || entry.index.length !== 1 || letter?.kind !== 'name' || !all.slice(entry.end, end).some(u => is(u, '=', ...comparisons)))
      return undefined
    out.push(...all.slice(k + 1, end), op('forall', t), letter)
    return end
  }
  const values = valuesAt(y, all, k, end)
  if (values) {
    out.push(...values.tokens)
    return values.end
  }
  const letter = nameAt('i', t)
  // x_1 < b, …, x_n < b
  const whole = repeated(y, all, k, end, letter)
  if (whole) {
    out.push(...whole, op('forall', t), letter)
    return end
  }
  // x_1, …, x_n < b, 0 < x_1, …, x_n < b
  const list = listIn(y, all, k, end)
  if (!list || !onLevel(all, k, end, ...comparisons)) return undefined
  out.push(...all.slice(k, list.start), all[list.start] as Token, op('_', t), letter, ...all.slice(list.end, end), op('forall', t), letter)
  return end
}

/** x = 0, 1, …, N: the values of one observation, as a set. */
const valuesAt = (
  y: Tidying,
  all: readonly Token[],
  k: number,
  end: number,
): { readonly tokens: readonly Token[]; readonly end: number } | undefined => {
  const name = all[k] as Token
  const known = y.scope.arrays.has(name.text) || y.scope.arrays.has(y.survey.aliases.get(name.text) ?? name.text)
  if (name.kind !== 'name' || !known || !is(all[k + 1], '=') || all[k + 2]?.kind !== 'number') return undefined
  let at = k + 3
  while (is(all[at], ',') && all[at + 1]?.kind === 'number') at += 2
  if (!is(all[at], ',') || !is(all[at + 1], '...') || at === k + 3) return undefined
  let stop = is(all[at + 2], ',') ? at + 3 : at + 2
  const from = stop
  while (stop < end && !is(all[stop], ',')) stop = skip(all, stop)
  const like = all[at] as Token
  return {
    tokens: [name, op('in', like), op('\\{', like), all[k + 2] as Token, op('..', like), ...all.slice(from, stop), op('\\}', like)],
    end: stop,
  }
}

/** Whether one of the signs stands between k and the end, in no bracket of its own. */
const onLevel = (all: readonly Token[], k: number, end: number, ...signs: readonly string[]): boolean => {
  for (let j = k; j < end; j = skip(all, j)) if (is(all[j], ...signs)) return true
  return false
}

const isFirst = (index: readonly Token[]): boolean => index.length === 1 && index[0]?.text === '1'

/** x_1 < b, …, x_n < b: one of them, with the letter for its index. */
const repeated = (y: Tidying, all: readonly Token[], k: number, end: number, letter: Token): readonly Token[] | undefined => {
  const first = entryAt(y, all, k)
  if (!first || !isFirst(first.index)) return undefined
  const dots = all.findIndex((u, j) => j > k && j < end && is(u, '...'))
  const last = dots > 0 && is(all[dots - 1], ',') && is(all[dots + 1], ',') ? entryAt(y, all, dots + 2) : undefined
  if (!last || last.index.some(u => u.kind === 'number')) return undefined
  const comma = all.findIndex((u, j) => j > k && is(u, ','))
  const one = reindexed(all.slice(k, comma), first.index, letter)
  const other = reindexed(all.slice(dots + 2, end), last.index, letter)
  const text = (tokens: readonly Token[]): string => tokens.map(u => u.text).join(' ')
  return one.some(u => is(u, ...comparisons)) && text(one) === text(other) ? one : undefined
}

/** The place of x_1, …, x_n between k and the end. */
const listIn = (
  y: Tidying,
  all: readonly Token[],
  k: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined => {
  for (let j = k; j < end; j = skip(all, j)) {
    const first = entryAt(y, all, j)
    if (!first || !isFirst(first.index)) continue
    let at = first.end
    while (at < end && is(all[at], ',')) {
      if (is(all[at + 1], '...')) {
        const last = is(all[at + 2], ',') ? entryAt(y, all, at + 3) : undefined
        return last && !last.index.some(u => u.kind === 'number') ? { start: j, end: last.end } : undefined
      }
      const next = entryAt(y, all, at + 1)
      if (!next) break
      at = next.end
    }
  }
  return undefined
}
