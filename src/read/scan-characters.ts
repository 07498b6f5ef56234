/** Characters beyond ASCII: raised and lowered ones, letters with accents, signs and fractions in one character. */
import { emit, fail, functionSymbols, isDigit, match, type Scanning } from './scanning.ts'
import { combiningMarks, greekLetters, proseOperators, subscripts, superscripts, unicodeOperators, vulgarFractions } from './symbols.ts'

/** Raised or lowered characters: one group after `^` or `_`. */
const emitRun = (s: Scanning, table: ReadonlyMap<string, string>, operator: '^' | '_'): undefined => {
  const start = s.at
  emit(s, 'op', operator, start, start)
  emit(s, 'op', '{', start, start)
  let i = start
  while (i < s.text.length) {
    const c = table.get(s.text[i] ?? '')
    if (c === undefined) break
    const last = s.tokens.at(-1)
    if (isDigit(c) && last?.kind === 'number' && last.end === i && last.start >= start)
      s.tokens[s.tokens.length - 1] = { ...last, text: last.text + c, end: i + 1 }
    else if (isDigit(c)) emit(s, 'number', c, i, i + 1)
    else if (
      /[a-zA-Z]/.test(c) &&
      operator === '^' &&
      last?.kind === 'name' &&
      last.end === i &&
      last.start >= start &&
      /^[a-zA-Z]+$/.test(last.text)
    )
      s.tokens[s.tokens.length - 1] = { ...last, text: last.text + c, end: i + 1 }
    else if (/[a-zA-Z]/.test(c)) emit(s, 'name', c, i, i + 1)
    else if (greekLetters.has(c)) emit(s, 'name', greekLetters.get(c) ?? c, i, i + 1, true)
    else emit(s, 'op', c, i, i + 1)
    i++
  }
  emit(s, 'op', '}', i, i)
}

/** Characters beyond ASCII. */
export const emitOther = (s: Scanning): undefined => {
  const c = String.fromCodePoint(s.text.codePointAt(s.at) ?? 0)
  const start = s.at
  const end = s.at + c.length
  if (superscripts.has(c)) return emitRun(s, superscripts, '^')
  if (subscripts.has(c)) return emitRun(s, subscripts, '_')
  const mark = combiningMarks.get(c)
  if (mark) return emit(s, 'op', `post-${mark}`, start, end)
  const primes = '′″‴'.indexOf(c)
  if (primes >= 0) {
    for (let k = 0; k <= primes; k++) emit(s, 'op', "'", start, end)
    return
  }
  const strokes = '′″‴⁗'.indexOf(c)
  if (strokes >= 0) {
    for (let k = 0; k < strokes; k++) emit(s, 'op', "'", start, start)
    return emit(s, 'op', "'", start, end)
  }
  const prose = s.loose ? proseOperators.get(c) : undefined
  if (prose === 'calL') return emit(s, 'name', prose, start, end)
  if (prose !== undefined) return emit(s, 'op', prose, start, end)
  const operator = unicodeOperators.get(c)
  if (operator !== undefined) return emit(s, 'op', operator, start, end)
  const fraction = vulgarFractions.get(c)
  if (fraction !== undefined) return emit(s, 'number', fraction, start, end)
  const letter = greekLetters.get(c)
  if (letter !== undefined) {
    const digits = s.latex ? '' : (match(/\d+/y, s.text, end) ?? '')
    return emit(s, 'name', letter + digits, start, end + digits.length, !functionSymbols.has(c) || digits !== '')
  }
  // A letter with its accent in one character, such as ȳ.
  const [base, accent] = [...c.normalize('NFD')]
  const composed = combiningMarks.get(accent ?? '')
  if (composed && base && /[A-Za-z]/.test(base)) {
    emit(s, 'name', base, start, end)
    return emit(s, 'op', `post-${composed}`, end, end)
  }
  if (s.loose) return emit(s, 'op', /\p{Emoji_Presentation}|\p{Zs}|\p{Cf}/u.test(c) ? 'words' : 'unknown', start, end)
  fail(s, /\p{L}/u.test(c) ? `a letter that formulas do not use: ${c}` : `stray character ${JSON.stringify(c)}`, start, end)
}
