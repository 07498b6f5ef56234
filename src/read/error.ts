/**
 * The one class of the core: an error in what somebody wrote, with its place. Every reader throws it and nothing
 * else for bad input; it never carries a stack to the user.
 */

/** Where a text comes from: the place of its first character. Without it, places count from the start of the text. */
export interface Origin {
  readonly file?: string
  /** Line and column of the first character, from 1. */
  readonly line?: number
  readonly column?: number
  /** How the text is written; found out from the text when absent. */
  readonly notation?: Dialect
}
export type Dialect = 'plain' | 'unicode' | 'latex'

/** A stretch of a text, in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Place {
  readonly file?: string
  /** From 1, within the file if there is one, else within the text. */
  readonly line: number
  readonly column: number
  /** The line of the text in which the place is, and the offset and length of the marked part in it. */
  readonly source: string
  readonly offset: number
  readonly length: number
}

/** Invalid input: what is wrong, where, and what was expected. */
export class ModelError extends Error {
  readonly place: Place | undefined
  readonly expected: string | undefined

  constructor(message: string, place?: Place, expected?: string) {
    super(message)
    this.name = 'ModelError'
    this.place = place
    this.expected = expected
  }

  /** The whole message: `file:line:column: what is wrong`, the line with a caret under the place, what was expected. */
  format(): string {
    const p = this.place
    const lines: string[] = []
    lines.push(p ? `${p.file ? `${p.file}:` : ''}${p.line}:${p.column}: ${this.message}` : this.message)
    if (p) {
      const window = excerpt(p)
      lines.push(`  ${window.text}`, `  ${' '.repeat(window.offset)}${'^'.repeat(window.length)}`)
    }
    if (this.expected) lines.push(`expected ${this.expected}`)
    return lines.join('\n')
  }
}

const width = 100

/** The part of a long line around the place, offsets counted in code points so that the caret stands under it. */
const excerpt = (p: Place): { readonly text: string; readonly offset: number; readonly length: number } => {
  const clean = (s: string): string => s.replace(/\t/g, ' ')
  const before = [...clean(p.source.slice(0, p.offset))]
  const marked = [...clean(p.source.slice(p.offset, p.offset + p.length))]
  const after = [...clean(p.source.slice(p.offset + p.length))]
  const head = before.length > width / 2 ? ['…', ...before.slice(before.length - width / 2)] : before
  const room = Math.max(1, width - head.length)
  const rest = [...marked, ...after]
  const text = head.join('') + (rest.length > room ? `${rest.slice(0, room).join('')}…` : rest.join(''))
  const isMark = (c: string): boolean => /\p{M}/u.test(c)
  return {
    text,
    offset: head.filter(c => !isMark(c)).length,
    length: Math.max(1, Math.min(marked.filter(c => !isMark(c)).length, room)),
  }
}

/** The place of a span of `text`. */
export const placeOf = (text: string, span: Span, origin: Origin = {}): Place => {
  const start = Math.min(Math.max(span.start, 0), text.length)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start)
  let row = 0
  for (let i = 0; i < lineStart; i++) if (text[i] === '\n') row++
  const shift = row === 0 ? (origin.column ?? 1) - 1 : 0
  return {
    ...(origin.file === undefined ? {} : { file: origin.file }),
    line: (origin.line ?? 1) + row,
    column: start - lineStart + 1 + shift,
    source: text.slice(lineStart, lineEnd),
    offset: start - lineStart,
    length: Math.max(1, Math.min(span.end, lineEnd) - start),
  }
}

/** Number of insertions, deletions, exchanges and swaps of neighbours between two short words; gives up beyond `limit`. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let older: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let d = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, (older[j - 2] ?? 0) + 1)
      row.push(d)
    }
    older = previous
    previous = row
  }
  return previous[b.length] ?? limit + 1
}

/** The known names a misspelt one may have meant, nearest first; none if nothing is near. */
export const suggest = (word: string, known: Iterable<string>): readonly string[] => {
  if (word.length > 40) return []
  const limit = word.length <= 2 ? 1 : word.length <= 5 ? 2 : 3
  const near: { readonly name: string; readonly d: number }[] = []
  for (const name of new Set(known)) {
    if (name.length > 40 || name === word) continue
    const folded = name.toLowerCase() === word.toLowerCase()
    const d = folded ? 0 : distance(word, name, limit)
    if (d <= limit && d < Math.max(word.length, name.length)) near.push({ name, d })
  }
  near.sort((a, b) => a.d - b.d || (a.name < b.name ? -1 : 1))
  const best = near[0]?.d ?? 0
  return near
    .filter(n => n.d === best)
    .slice(0, 3)
    .map(n => n.name)
}

/** `did you mean log?` as an ending of a message, or nothing. */
export const didYouMean = (word: string, known: Iterable<string>): string => {
  const names = suggest(word, known)
  return names.length === 0 ? '' : `; did you mean ${names.join(' or ')}?`
}
