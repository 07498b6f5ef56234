/** Rows of tokens: groups, what stands in them, and one pass that replaces some of them. Every spelling keeps its place in the text. */
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import type { Survey } from './survey.ts'
import type { Known } from './vocabulary.ts'

export interface Tidying {
  readonly scope: Scope
  readonly survey: Survey
  readonly known: Known
  /** Names of data that are no lists, where the likelihood is given directly. */
  readonly counts: ReadonlySet<string>
  /** The parameters of the model, in order. */
  readonly parameters: readonly string[]
  /** Whether a word is a name as it stands: declared, a function, a quantity, or defined by the writer. */
  readonly isWord: (word: string) => boolean
}
export const is = (t: Token | undefined, ...texts: readonly string[]): boolean => t?.kind === 'op' && texts.includes(t.text)
export const op = (text: string, like: Token): Token => ({ ...like, kind: 'op', text, symbol: false })
export const nameAt = (text: string, like: Token, end = like.end): Token => ({ ...like, kind: 'name', text, end, symbol: true })

/** The place after the group or token that begins at k. */
export const skip = (tokens: readonly Token[], k: number): number => {
  const t = tokens[k]
  if (!is(t, '{', '(', '[', '\\{')) return k + 1
  let depth = 0
  for (let i = k; i < tokens.length; i++) {
    if (is(tokens[i], '{', '(', '[', '\\{')) depth++
    if (is(tokens[i], '}', ')', ']', '\\}') && --depth === 0) return i + 1
  }
  return tokens.length
}
/** What stands in the braces at k, or the one token there. */
export const inside = (tokens: readonly Token[], k: number): readonly Token[] => {
  const end = skip(tokens, k)
  return is(tokens[k], '{') ? tokens.slice(k + 1, end - 1) : tokens.slice(k, end)
}
export type Step = (t: Token, k: number, all: readonly Token[], out: Token[]) => number | undefined
export const pass = (tokens: readonly Token[], step: Step): readonly Token[] => {
  const out: Token[] = []
  for (let k = 0; k < tokens.length; ) {
    const t = tokens[k] as Token
    const next = step(t, k, tokens, out)
    if (next === undefined) {
      out.push(t)
      k++
    } else k = next
  }
  return out
}

/** A name of the model: E may be an exposure, P a price. */
export const isDeclared = (scope: Scope, name: string): boolean => scope.symbols.has(name) || scope.arrays.has(name)
