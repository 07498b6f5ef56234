/**
 * One scanner for plain, Unicode and LaTeX formulas: text to tokens with source spans. Spellings of the same thing
 * become the same token; nothing is looked up but the words that LaTeX would otherwise split into letters.
 */
import { functions } from '../term/functions.ts'
import type { Dialect, Origin } from './error.ts'
import { emitOther } from './scan-characters.ts'
import { emitCommand } from './scan-commands.ts'
import { emit, fail, isDigit, letters, match, type Scanning, type Token } from './scanning.ts'
import { wordOperators } from './symbols.ts'

export type { Token } from './scanning.ts'

/** More than this is no formula that somebody wrote. */
const longest = 50_000

/** LaTeX if it has a backslash, else Unicode if any character is not ASCII; LaTeX also for braces after ^ or _. */
export const dialectOf = (text: string): Dialect => {
  if (text.includes('\\')) return 'latex'
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return 'unicode'
  return /[\^_]\s*\{/.test(text) ? 'latex' : 'plain'
}

/** Functions with a symbol of several characters: W₀. */
const longSymbols: readonly (readonly [string, string])[] = [...functions.values()].flatMap((f): [string, string][] =>
  [...f.unicode].length > 1 && /[^A-Za-z0-9_]$/.test(f.unicode) && !f.unicode.endsWith('′') ? [[f.unicode, f.name]] : [],
)

const word = /[A-Za-z][A-Za-z0-9]*/y
const shortWord = /[A-Za-z][A-Za-z0-9]{0,59}/y
const number = /(?:\d+(?:\.\d+)?|\.\d+)/y
/** 10\\,000 and 10{,}000: digits in groups of three. */
const grouped = /\d{1,3}(?:(?:\\,|\{,\}|\{\\,\})\d{3}(?!\d))+(?:\.\d+)?/y
const numberWithExponent = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![A-Za-z0-9]))?/y
const asciiOperators = ['...', '..', '**', '->', '<=', '>=', '!=', '==', ..."+-*/^_!()[]{}|,;:?=<>&'"] as const
const spelled: Readonly<Record<string, string>> = { '**': '^', '==': '=', '->': 'to' }

const emitWord = (s: Scanning): undefined => {
  const long = longSymbols.find(([symbol]) => s.text.startsWith(symbol, s.at))
  if (long) return emit(s, 'name', long[1], s.at, s.at + long[0].length)
  const whole = match(s.latex ? shortWord : word, s.text, s.at) ?? ''
  const underscored = s.loose
    ? (match(/[A-Za-z][A-Za-z0-9]*_(?:hat|bar|mle|MLE|ML|ml|max|min|star|tilde)(?![A-Za-z0-9])/y, s.text, s.at) ?? '')
    : ''
  if (underscored !== '') return emit(s, 'name', underscored, s.at, s.at + underscored.length)
  const run = s.latex ? ([whole, match(letters, s.text, s.at) ?? ''].find(w => w.length > 1 && s.known(w)) ?? whole[0] ?? '') : whole
  emit(s, !s.latex && wordOperators.has(run) ? 'op' : 'name', run, s.at, s.at + run.length)
}

/**
 * The tokens of a formula, an `end` token last. `known` tells the declared names and functions of several letters. `loose`:
 * somebody's own writing, where words, signs between statements and unknown signs are tokens too.
 * @throws ModelError for a character or command that belongs to no formula.
 */
export const scan = (
  text: string,
  dialect: Dialect,
  known: (word: string) => boolean,
  origin?: Origin,
  loose = false,
): readonly Token[] => {
  const s: Scanning = { text, known, origin, loose, latex: dialect === 'latex', tokens: [], arrays: [], at: 0, space: false }
  if (text.length > longest) fail(s, `the formula has ${text.length} characters`, 0, 1, `at most ${longest}`)
  while (s.at < s.text.length) {
    const c = s.text[s.at] ?? ''
    if (
      c === ' ' ||
      c === '\t' ||
      c === '\n' ||
      c === '\r' ||
      c === '\u00a0' ||
      c === '\u2009' ||
      c === '\u202f' ||
      c === '$' ||
      (c === '~' && !(s.loose && !s.latex))
    ) {
      s.space = true
      s.at++
    } else if (isDigit(c) || (c === '.' && isDigit(s.text[s.at + 1]))) {
      const group = s.latex ? match(grouped, s.text, s.at) : undefined
      const digits = group ?? match(s.latex ? number : numberWithExponent, s.text, s.at) ?? c
      emit(s, 'number', group ? group.replace(/[^\d.]/g, '') : digits, s.at, s.at + digits.length)
    } else if (/[A-Za-z]/.test(c)) emitWord(s)
    else if (c === '\\') emitCommand(s)
    else if (c.charCodeAt(0) > 127) emitOther(s)
    else if (c === '~') {
      // X ~ N(0, 1) in plain text
      emit(s, 'op', '~', s.at, s.at + 1)
    } else if (c === '#' && s.loose && /^#\s*\\?[{(]/.test(s.text.slice(s.at, s.at + 5))) {
      // #{i : x_i > m}: how many
      emit(s, 'op', '#', s.at, s.at + 1)
    } else {
      const arrow = s.loose ? match(/<=+>|[=-]+>(?!=)|:=|=:|=!=|<-+>|\\u2026/y, s.text, s.at) : undefined
      if (arrow !== undefined) {
        emit(
          s,
          'op',
          arrow === ':=' || arrow === '=:' || arrow === '=!=' ? '=' : arrow.startsWith('<') ? '⇔' : arrow === '->' ? 'to' : '⇒',
          s.at,
          s.at + arrow.length,
        )
        continue
      }
      // x!=… in LaTeX is a factorial, and \neq the other thing
      const operator = asciiOperators.find(o => s.text.startsWith(o, s.at) && !(s.latex && o === '!='))
      if (operator === undefined && s.loose)
        emit(s, 'op', c === '.' ? '.' : c === '%' || c === '#' || c === '@' || c === '`' ? 'words' : 'unknown', s.at, s.at + 1)
      else if (operator === undefined) fail(s, `stray character ${JSON.stringify(c)}`, s.at, s.at + 1)
      else emit(s, 'op', spelled[operator] ?? operator, s.at, s.at + operator.length)
    }
  }
  emit(s, 'end', '', s.text.length, s.text.length)
  return s.tokens
}
