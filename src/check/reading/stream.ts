/**
 * One stream of formulas and words for a whole document: bare lines are segmented, formulas scanned, words cleaned of markup and cut
 * into sentences. It decides no meaning.
 */

import { type Dialect, ModelError } from '../../read/error.ts'
import { dialectOf, scan, type Token } from '../../read/scanner.ts'
import { greekNames } from '../../read/symbols.ts'
import type { Piece } from './pieces.ts'
import { isFormulaWord, type Known } from './vocabulary.ts'

export type Item =
  | { readonly kind: 'token'; readonly token: Token; readonly dialect: Dialect; readonly display: boolean; readonly timid: boolean }
  | { readonly kind: 'words'; readonly text: string; readonly start: number; readonly end: number }
  /** The end of a sentence or paragraph, of a line, or of a formula in running text. */
  | { readonly kind: 'sentence' | 'line' | 'edge'; readonly start: number }
  | { readonly kind: 'aside'; readonly start: number; readonly end: number }

const inWord = /[A-Za-z]+(?:['’-][A-Za-z]{2,}|(?<=[A-Za-z]{2})['’](?:s|t|d|m)(?![A-Za-z(]))*/y
const command = /\\[A-Za-z]+\*?(?:\s*\{[^{}]*\})?/y

/** The stretches of a bare line that are formulas, and those that are words. */
export const segments = (
  line: string,
  known: Known,
): readonly { readonly math: boolean; readonly start: number; readonly end: number }[] => {
  const marks: { math: boolean; start: number; end: number; weak: boolean }[] = []
  let i = 0
  let scripts = 0
  /** In LaTeX everything in braces is part of a formula; words in \text{…} are taken whole. */
  const tex0 = line.includes('\\')
  while (i < line.length) {
    const c = line[i] as string
    if (/\s/.test(c)) {
      i++
      continue
    }
    command.lastIndex = i
    const tex = c === '\\' ? command.exec(line)?.[0] : undefined
    if (tex !== undefined) {
      const whole = /^\\(text|mathrm|operatorname|mbox|textrm|frac|begin|end|mathbf|hat|bar)/.test(tex)
        ? tex
        : (/^\\[A-Za-z]+\*?/.exec(tex)?.[0] ?? '\\')
      marks.push({ math: true, start: i, end: i + whole.length, weak: false })
      i += whole.length
      continue
    }
    if (c === '{' && (tex0 || /[_^]\s*$/.test(line.slice(0, i)))) scripts++
    else if (scripts > 0 && c === '{') scripts++
    else if (scripts > 0 && c === '}') scripts--
    const abbreviated = /[\s(,]/.test(line[i - 1] ?? ' ') ? /^(?:i\.\s?e|e\.\s?g|w\.r\.t)\b\.?/.exec(line.slice(i, i + 6))?.[0] : undefined
    if (abbreviated) {
      marks.push({ math: false, start: i, end: i + abbreviated.length, weak: false })
      i += abbreviated.length
      continue
    }
    inWord.lastIndex = i
    const whole = /[A-Za-z]/.test(c) ? inWord.exec(line)?.[0] : undefined
    // xi-mu is a difference, log-likelihood a word.
    const w =
      whole?.includes('-') && whole.split('-').every(p => p.length <= 2 || known.names.has(p) || known.arrays.has(p) || greekNames.has(p))
        ? whole.split('-')[0]
        : whole
    if (w !== undefined) {
      const tail = /^(?:_(?:hat|bar|mle|MLE|ML|max|min|star))?\d*/.exec(line.slice(i + w.length))?.[0] ?? ''
      const before = line.slice(Math.max(0, i - 6), i)
      const after = line.slice(i + w.length + tail.length, i + w.length + tail.length + 8)
      const attached = /[_^]\s*$/.test(before) || tail !== ''
      const lone = w.length === 1 && !attached
      // \hat bt_i, ix_i: letters in a row that an index or a command says are formulas
      const letters =
        tex0 && w.length <= 3 && (/^_/.test(after) || /\\(?:hat|bar|tilde|dot|sqrt|frac)\s$/.test(line.slice(Math.max(0, i - 8), i)))
      // 1[all x_i < b]
      const every = /^(?:all|every|each)$/.test(w) && /(?:\b[1I]|𝟙|𝟏)\s?[[{(]$/u.test(before) && /^ \S/.test(after)
      const math = every || scripts > 0 || attached || letters || w.length === 1 || isFormulaWord(w, before, after, known)
      marks.push({ math, start: i, end: i + w.length + tail.length, weak: lone })
      i += w.length + tail.length
      continue
    }
    if (
      /[\p{L}]/u.test(c) &&
      c.charCodeAt(0) > 127 &&
      !/\p{Script=Greek}|[\u2070-\u209f\u2100-\u214f\u2c7c\u1d2c-\u1dbf\u{1d400}-\u{1d7ff}\u02b0-\u02b8\u02e1-\u02e3ᶻ]/u.test(c)
    ) {
      marks.push({
        math:
          c.normalize('NFD').length > 1 &&
          (/^[x-zX-Z]/.test(c.normalize('NFD')) ||
            // ū between signs
            (/^[A-Za-z]\u0304$/.test(c.normalize('NFD')) && !/\p{L}/u.test(`${line[i - 1] ?? ''}${line[i + 1] ?? ''}`)) ||
            (/^[A-Za-z][\u0302-\u0304]$/.test(c.normalize('NFD')) &&
              (known.names.has(c.normalize('NFD').charAt(0)) || known.arrays.has(c.normalize('NFD').charAt(0))))),
        start: i,
        end: i + 1,
        weak: false,
      })
      i++
      continue
    }
    // 2nd, 1st: a word that begins with a digit
    const ordinal = /^(?:1st|2nd|3rd)\b(?!\s*[)\]}+*/^=<>≤≥−-])/.exec(line.slice(i, i + 8))?.[0]
    if (ordinal) {
      marks.push({ math: false, start: i, end: i + ordinal.length, weak: false })
      i += ordinal.length
      continue
    }
    marks.push({
      // "x < m ? a : b" is a choice
      math:
        !/["“”‘’—§•!?]/.test(c) ||
        (c === '?' && /^\? .*\s:\s/.test(line.slice(i))) ||
        (c === '!' && i > 0 && !/\s/.test(line[i - 1] ?? '')),
      start: i,
      end: i + 1,
      weak: /[.,;:()]/.test(c),
    })
    i++
  }
  // A letter or a sign of punctuation among words is a word.
  for (let k = 0; k < marks.length; k++) {
    const m = marks[k] as (typeof marks)[number]
    if (!m.weak) continue
    const text = line.slice(m.start, m.end)
    const wordBefore = k === 0 || !(marks[k - 1] as (typeof marks)[number]).math
    const next = marks[k + 1]
    if (/[.,;:()]/.test(text)) {
      if (wordBefore && (next === undefined || !next.math || /[.,:;)]/.test(text))) m.math = false
    } else if (wordBefore && (next === undefined || !next.math) && /^[aAI]$/.test(text)) m.math = false
    // "< 0, a maximum"
    else if (text === 'a' && /^a (?:\w+ ){0,2}(?:maxi|mini)m\w+/.test(line.slice(m.start))) m.math = false
  }
  const out: { math: boolean; start: number; end: number }[] = []
  for (const m of marks) {
    const last = out.at(-1)
    if (last && last.math === m.math) last.end = m.end
    else out.push({ math: m.math, start: m.start, end: m.end })
  }
  return out
}

/** Running text without its markup, at the same places. */
const cleaned = (text: string): string =>
  text
    .replace(
      /\\(?:textbf|textit|emph|underline|item|noindent|medskip|bigskip|smallskip|paragraph|par|begin|end|centering|hfill|label|ref|eqref|cite|textrm|mathrm)\b\*?/g,
      m => ' '.repeat(m.length),
    )
    .replace(/\{(?:itemize|enumerate|proof|solution|document|center)\}/g, m => ' '.repeat(m.length))
    .replace(/^\s*(?:[-*+•>]|\(?[0-9]{1,2}[.)]|\(?[a-z]\)|\(?[ivx]{2,4}[.)])\s+/, m => ' '.repeat(m.length))
    .replace(/[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}|[{}~]|\\\\/g, m => ' '.repeat(m.length))

const headOfPart =
  /\\item(?![A-Za-z])|\\(?:begin|end)\s*\{(?:frame|theorem|proof|corollary|lemma|remark|proposition|example|solution|itemize|enumerate|exercise|claim)\*?\}/

/** The document as one stream. */
export const streamOf = (text: string, pieces: readonly Piece[], known: Known, isKnownWord: (word: string) => boolean): readonly Item[] => {
  const items: Item[] = []
  const tokensOf = (
    start: number,
    end: number,
    display: boolean,
    timid: boolean,
    dialect = dialectOf(text.slice(start, end)),
    joined = false,
  ): void => {
    let scanned: readonly Token[]
    try {
      scanned = scan(text.slice(start, end), dialect, isKnownWord, undefined, true)
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      // too long for one formula: row by row, and what is too long then is not read
      const middle = text.indexOf('\n', start + ((end - start) >> 1)) + 1
      const turn = middle > start && middle < end ? middle : text.lastIndexOf('\n', end - 2) + 1
      if (turn > start && turn < end) {
        tokensOf(start, turn, display, timid, dialect, joined)
        tokensOf(turn, end, display, timid, dialect, joined)
        return
      }
      const unread = (text: string, at: number): Token => ({ kind: 'op', text, start: at, end: at + 1, space: true, symbol: false })
      scanned = [unread('unread', 0), unread('=', 0), unread('unread', 0)]
    }
    for (const t of scanned) {
      if (t.kind === 'end' || (joined && t.kind === 'op' && t.text === '\\\\')) continue
      const token = { ...t, start: t.start + start, end: t.end + start }
      if (t.kind === 'op' && t.text === 'words') words(token.start, token.end)
      else items.push({ kind: 'token', token, dialect, display, timid })
    }
  }
  const words = (start: number, end: number): void => {
    const raw = text.slice(start, end)
    // an item of a list, a heading, a theorem begin a sentence, whatever ended the one before
    const mark = raw.search(headOfPart)
    if (mark >= 0) {
      const length = headOfPart.exec(raw)?.[0].length ?? 1
      if (mark > 0) words(start, start + mark)
      items.push({ kind: 'sentence', start: start + mark })
      if (start + mark + length < end) words(start + mark + length, end)
      return
    }
    const plain = /^\\/.test(raw) ? raw.replace(/^\\[A-Za-z]+\*?\s*\{?|\}$/g, m => ' '.repeat(m.length)) : raw
    const clean = cleaned(plain)
    let from = 0
    // an item of a list begins a sentence
    if (
      (start === 0 || text[start - 1] === '\n') &&
      /^\s*(?:[*•]|\d{1,2}[.)]|\([a-z0-9]\)|[-+](?=\s+(?:[A-Z$(]|(?:if|when|for|in|the|so|then|otherwise|case|as|we|it|this|with|since|all|both|at|otherwise|to|an?)\b)))\s/.test(
        raw,
      )
    )
      items.push({ kind: 'sentence', start })
    const sentence = /[.!?](?=[)”"]?(?:\s|$))(?<!\b(?:i\.e|e\.g|resp|cf|w\.r\.t|i\.i\.d|eq|fig|sec|vs|approx|st|s\.t)\.)/gi
    for (const m of clean.matchAll(sentence)) {
      emit(from, m.index ?? 0)
      items.push({ kind: 'sentence', start: start + (m.index ?? 0) })
      from = (m.index ?? 0) + 1
    }
    emit(from, clean.length)
    function emit(a: number, b: number): void {
      const part = clean.slice(a, b)
      const content = part.trim().replace(/\s+/g, ' ')
      if (content !== '')
        items.push({ kind: 'words', text: content, start: start + a + (part.length - part.trimStart().length), end: start + b })
    }
  }
  /** Our own text output: the column in which the reasons of a chain stand, and whether the last one introduces names. */
  let reasons: { readonly column: number; readonly names: boolean } | undefined
  const reasonAt = (from: number, end: number): void => {
    const rest = text.slice(from, end)
    const named = /\b(?:write|where|with|let|writing)\s+(?=\S+\s*=)/.exec(rest)
    const goesOn = reasons?.names === true && /^\s*[^\s=]+\s*=/.test(rest)
    items.push({ kind: 'sentence', start: from })
    if (named || goesOn) {
      items.push({ kind: 'words', text: 'where', start: from, end: from })
      tokensOf(from + (named ? named.index + named[0].length : 0), end, true, true)
    } else items.push({ kind: 'aside', start: from, end })
    items.push({ kind: 'sentence', start: end })
    // an accent on a letter takes no column
    const before = text.slice(text.lastIndexOf('\n', from - 1) + 1, from).replace(/[\u0300-\u036f]/g, '')
    const column = [...before].length + (/^\s*/.exec(rest)?.[0].length ?? 0)
    reasons = { column, names: /\b(?:write|where|with|let|writing)\s*$/.test(rest) || ((named !== null || goesOn) && /,\s*$/.test(rest)) }
  }
  const bare = (start: number, end: number, timid: boolean): void => {
    const inset = /^[ ]*/.exec(text.slice(start, end))?.[0].length ?? 0
    const below =
      !timid &&
      (reasons
        ? inset >= reasons.column
        : inset >= 24 && /^\s+[a-z][a-z ]*[a-z;,]?(?:\s|$)/.test(text.slice(start, end)) && !/[=<>≤≥]/.test(text.slice(start, end)))
    if (below && end > start + inset) {
      reasonAt(start, end)
      return
    }
    const marker =
      /^\s*(?:(?:[-*•>]|\(?[0-9]{1,2}[.)]|\(?[a-z]\)|\(?[ivx]{2,4}[.)]|Step \d+[.:]|#+)\s+)(?=\S)/i.exec(text.slice(start, end))?.[0] ?? ''
    // A sign of a list is one only if words or a name follow, not a minus.
    const from =
      start + (/^\s*[-+*]\s/.test(marker) && /^\s*[-+]\s*(?:[\d(\\]|n\b|sum|log)/.test(text.slice(start, end)) ? 0 : marker.length)
    if (from > start + inset) items.push({ kind: 'sentence', start })
    const line = text.slice(from, end)
    // Our own text output: the reason stands at the right.
    const found = /[^\s=+*/(-](\s{3,})(?=[a-z(][a-z]*[ :;,]?(?:[a-z ]|$))/.exec(line)
    // "(θ > min x_i)" and "if θ ≥ M" at the right are conditions, and a second equation is no reason either
    const margin = found ? line.slice(found.index + found[0].length) : ''
    const isCondition =
      /^\([^()]*[<>≤≥](?:[^()]|\([^()]*\))*\)\s*[.,;]?\s*$/.test(margin) ||
      /^\([\p{L}\w\\]+\s*=\s*[^()\s]{1,20}\)\s*$/u.test(margin) ||
      /^\(?(?:(?:if|for|when)\b.{0,40}[<>≤≥=]|otherwise\b|else\b)/.test(margin) ||
      /^(?:[\w^{}'\\]+(?:\([^()]*\))?\s*[=∝<>≤≥]|(?:so|hence|thus|then|therefore|giving|gives|where|with|and|i\.e\.),?\s[^.]*[=∝<>≤≥])/.test(
        margin,
      )
    const reason = found && isCondition ? null : found
    const stop = reason && !timid && /[=∝<>⇔⇒≤≥]|^\s*[-+−]\s/.test(line.slice(0, reason.index)) ? reason.index + 1 : line.length
    const written = line.slice(0, stop)
    const dialect = written.includes('\\') ? 'latex' : /[^\x20-\x7e\t]/.test(written) ? 'unicode' : 'plain'
    for (const s of segments(line.slice(0, stop), known)) {
      if (!s.math) words(from + s.start, from + s.end)
      else tokensOf(from + s.start, from + s.end, !timid, timid, dialect)
    }
    if (stop < line.length) reasonAt(from + stop, end)
    else if (reasons && inset < 2) reasons = undefined
  }
  for (const [k, p] of pieces.entries()) {
    switch (p.kind) {
      case 'break': {
        // "If s = 0, then" and the display below it are one sentence
        const [last, next] = [items.at(-1), pieces[k + 1]]
        const open = last?.kind === 'words' && last.end > p.start - 4 && !/^#|^\W*$/.test(last.text)
        const goesOn = open && next?.kind === 'math' && next.display === true
        items.push({ kind: goesOn ? 'edge' : 'sentence', start: p.start })
        break
      }
      case 'aside':
        items.push({ kind: 'aside', start: p.start, end: p.end })
        break
      case 'bare':
        bare(p.start, p.end, false)
        items.push({ kind: 'line', start: p.end })
        break
      case 'words': {
        const content = text.slice(p.start, p.end)
        if (/^[\s=→≤≥<>]+$/.test(content)) tokensOf(p.start, p.end, false, true)
        else if (/[=≤≥<>∝]/.test(content)) {
          bare(p.start, p.end, true)
          items.push({ kind: 'line', start: p.end })
        } else words(p.start, p.end)
        break
      }
      case 'math':
        items.push({ kind: 'edge', start: p.start })
        tokensOf(p.start, p.end, p.display === true, false, 'latex', p.joined === true)
        items.push({ kind: 'edge', start: p.end })
        break
    }
  }
  return items
}
