/**
 * Phrases: rendering piece by piece, and breaking them into lines between words, never inside a formula.
 */
import type { Inline, Phrase } from '../document/document.ts'
import type { Term } from '../term/term.ts'

export interface PhraseParts {
  readonly text: (text: string) => string
  readonly math: (term: Term, piece: Extract<Inline, { math: Term }>) => string
  readonly strong: (inner: string) => string
}

/** The phrase, its pieces rendered one after the other. */
export const phraseWith = (phrase: Phrase, parts: PhraseParts): string => {
  let out = ''
  for (const piece of withTextsJoined(phrase))
    out +=
      typeof piece === 'string'
        ? parts.text(piece)
        : 'strong' in piece
          ? parts.strong(phraseWith(piece.strong, parts))
          : parts.math(piece.math, piece)
  return out
}

/** Neighbouring texts made one, so that escaping sees them whole. */
export const withTextsJoined = (phrase: Phrase): Phrase => {
  if (!phrase.some((piece, i) => piece === '' || (typeof piece === 'string' && typeof phrase[i + 1] === 'string'))) return phrase
  const out: Inline[] = []
  for (const piece of phrase) {
    const last = out.at(-1)
    if (piece === '') continue
    if (typeof piece === 'string' && typeof last === 'string') out[out.length - 1] = last + piece
    else out.push(piece)
  }
  return out
}

/** What must stay on one line: pieces without a space between them. */
type Word = readonly Inline[]

export const wordsOf = (phrase: Phrase): readonly Word[] => {
  const words: Inline[][] = [[]]
  // parts of a piece that a space separates; the first one continues the word before it
  const push = (parts: readonly (readonly Inline[])[]): void =>
    parts.forEach((part, i) => {
      if (i > 0) words.push([])
      words.at(-1)?.push(...part)
    })
  for (const piece of withTextsJoined(phrase)) {
    if (typeof piece === 'string') push(piece.split(/[ \n]+/).map(w => (w === '' ? [] : [w])))
    else if ('strong' in piece) push(wordsOf(piece.strong).map(w => [{ strong: w }]))
    else push([[piece]])
  }
  return words.filter(w => w.length > 0)
}

/**
 * The phrase broken into lines of at most `width` columns where its words allow it; `measure` gives the columns of a
 * piece. At least one line.
 */
export const wrapPhrase = (phrase: Phrase, width: number, measure: (phrase: Phrase) => number): readonly Phrase[] => {
  const whole = withTextsJoined(phrase)
  if (whole.length > 0 && whole.every(isEvenlySpaced) && measure(whole) <= width) return [whole]
  const lines: Inline[][] = []
  let used = 0
  for (const word of wordsOf(phrase)) {
    const size = measure(word)
    const line = lines.at(-1)
    if (line && used + 1 + size <= width) {
      line.push(' ', ...word)
      used += 1 + size
    } else {
      lines.push([...word])
      used = size
    }
  }
  return lines.length === 0 ? [[]] : lines.map(withTextsJoined)
}

/** A piece that stays as it is when the words of its line are joined again. */
const isEvenlySpaced = (piece: Inline): boolean =>
  typeof piece === 'string'
    ? !(piece.startsWith(' ') || piece.endsWith(' ') || piece.includes('  ') || piece.includes('\n'))
    : !('strong' in piece)

/** True if nothing is to be printed. */
export const isEmptyPhrase = (phrase: Phrase): boolean => phrase.every(p => p === '')

/** The text of a phrase without its formulas. */
export const bareText = (phrase: Phrase): string =>
  phrase.map(p => (typeof p === 'string' ? p : 'strong' in p ? bareText(p.strong) : '')).join('')
