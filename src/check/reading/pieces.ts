/**
 * Whole documents taken apart: which stretches are mathematics and which are words. Markdown with $…$, LaTeX with its
 * environments, fenced blocks, and bare lines of either; headings, tables, comments and the preamble are seen for what they are.
 * It reads no formula.
 */

export interface Piece {
  /** `bare` is a line without marks around its formulas; `break` ends a sentence; `aside` is never an assertion (tables, headings). */
  readonly kind: 'math' | 'words' | 'bare' | 'break' | 'aside'
  readonly start: number
  readonly end: number
  /** Set apart from the text, where every relation is asserted. */
  readonly display?: boolean
  /** Its rows are one formula. */
  readonly joined?: boolean
}

export type Format = 'latex' | 'text' | 'unicode' | 'auto'

const environments =
  'equation|align|alignat|aligned|gather|gathered|multline|eqnarray|displaymath|math|split|flalign|dmath|IEEEeqnarray|cases|array|pmatrix|bmatrix|subequations'
const opening = new RegExp(`\\\\begin\\s*\\{(${environments})(\\*?)\\}`, 'y')
const marks = new RegExp(`\\$|\\\\\\[|\\\\\\(|\\\\begin\\s*\\{(?:${environments})\\*?\\}`)

const sticky = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** The end of a paragraph that begins before `from`. */
const paragraphEnd = (text: string, from: number): number => {
  const m = /\n[ \t]*\n/g
  m.lastIndex = from
  return m.exec(text)?.index ?? text.length
}

/** Where the environment that opens at `from` is closed: nested ones of the same name are counted. */
const environmentEnd = (text: string, from: number, name: string): { readonly end: number; readonly after: number } => {
  const pattern = new RegExp(`\\\\(begin|end)\\s*\\{${name}\\*?\\}`, 'g')
  pattern.lastIndex = from
  let depth = 1
  for (;;) {
    const m = pattern.exec(text)
    if (!m) {
      const end = paragraphEnd(text, from)
      return { end, after: end }
    }
    depth += m[1] === 'begin' ? 1 : -1
    if (depth === 0) return { end: m.index, after: m.index + m[0].length }
  }
}

const isTableRow = (line: string): boolean => /^\s*\|.*\|\s*$/.test(line) && (line.match(/\|/g)?.length ?? 0) > 2
const isMarkup = (line: string): boolean => /^\s*(?:[-=_*~─═]{3,}|\|?[\s:|-]+\|?)\s*$/.test(line)

/** The pieces of a text, in order, covering all of it. */
export const piecesOf = (text: string, format: Format = 'auto'): readonly Piece[] => {
  const marked = marks.test(text)
  const tex = format === 'latex' || /\\begin\s*\{|\\documentclass|\\section|\\\[/.test(text)
  const found: Piece[] = []
  const push = (kind: Piece['kind'], start: number, end: number, display = false, joined = false): void => {
    if (end > start || kind === 'break') found.push({ kind, start, end, ...(display ? { display } : {}), ...(joined ? { joined } : {}) })
  }
  /** The part of a line before a comment. */
  const uncommented = (start: number, end: number): number => {
    if (!tex) return end
    for (let i = start; i < end; i++) {
      if (text[i] === '\\') i++
      else if (text[i] === '%') return i
    }
    return end
  }

  let i = 0
  if (/\\documentclass/.test(text)) {
    const body = text.indexOf('\\begin{document}')
    if (body >= 0) i = body + '\\begin{document}'.length
  }
  /** Words from `from` on, up to `to`, line by line. */
  const words = (from: number, to: number): void => {
    let start = from
    while (start < to) {
      const newline = text.indexOf('\n', start)
      const end = newline < 0 || newline >= to ? to : newline
      const content = uncommented(start, end)
      const line = text.slice(start, content)
      const whole = start === 0 || text[start - 1] === '\n'
      if (line.trim() === '') {
        if (whole && newline >= 0 && newline < to) push('break', start, start)
      } else push(marked || format === 'latex' ? 'words' : 'bare', start, content)
      start = end + 1
    }
  }

  let plain = i
  const flush = (to: number): void => {
    words(plain, to)
    plain = to
  }
  while (i < text.length) {
    const lineStart = i === 0 || text[i - 1] === '\n'
    if (lineStart) {
      const newline = text.indexOf('\n', i)
      const end = newline < 0 ? text.length : newline
      const line = text.slice(i, end)
      if (/^\s*```/.test(line)) {
        flush(i)
        const close = text.indexOf('\n```', end)
        const stop = close < 0 ? text.length : close
        push('break', i, i)
        bareLines(text, Math.min(end + 1, text.length), stop, push)
        push('break', stop, stop)
        i = close < 0 ? text.length : Math.min(text.length, text.indexOf('\n', close + 1) < 0 ? text.length : text.indexOf('\n', close + 1))
        plain = i
        continue
      }
      const heading =
        /^\s*(?:#{1,6}\s|\\(?:sub)*section|\\title|\\author|\\date|\\maketitle|\\item\s*$|\\begin\{(?:document|itemize|enumerate|proof|solution)|\\end\{)/.test(
          line,
        )
      const table = isTableRow(line)
      if (/^ +[─═]{8,}\s*$/.test(line)) {
        // A table drawn with characters: its rows go on to the next empty line.
        flush(i)
        const stop = paragraphEnd(text, i)
        push('break', i, i)
        push('aside', i, stop)
        i = stop
        plain = i
        continue
      }
      const nextLine = text.slice(end + 1, text.indexOf('\n', end + 1) < 0 ? text.length : text.indexOf('\n', end + 1))
      const underlined = line.trim() !== '' && !/[=]/.test(line) && /^(?:[═─]{3,}|={3,}|-{3,})\s*$/.test(nextLine)
      if (underlined || (heading && !/\$|\\\[/.test(line)) || table || isMarkup(line)) {
        flush(i)
        push('break', i, i)
        push('aside', i, end)
        push('break', end, end)
        i = end
        plain = i
        if (text[i] === '\n') plain = ++i
        continue
      }
    }
    const c = text[i]
    if (c === '\\' && (text[i + 1] === '[' || text[i + 1] === '(')) {
      flush(i)
      const display = text[i + 1] === '['
      const close = text.indexOf(display ? '\\]' : '\\)', i + 2)
      const end = close < 0 ? paragraphEnd(text, i) : close
      push('math', i + 2, end, display)
      i = close < 0 ? end : close + 2
      plain = i
    } else if (c === '\\' && text[i + 1] === 'b') {
      const m = sticky(opening, text, i)
      if (!m) {
        const table = /^\\begin\s*\{(tabular\*?|figure|verbatim|lstlisting|thebibliography)\}/.exec(text.slice(i, i + 30))
        if (table) {
          flush(i)
          const close = text.indexOf(`\\end{${table[1]}}`, i)
          const end = close < 0 ? text.length : close
          push('aside', i, end)
          i = end
          plain = i
        } else i++
        continue
      }
      flush(i)
      const start = i + m[0].length
      const { end, after } = environmentEnd(text, start, m[1] ?? '')
      const inner = /^(cases|array|pmatrix|bmatrix)$/.test(m[1] ?? '')
      const argument = /^alignat|array|IEEEeqnarray/.test(m[1] ?? '')
        ? (/^\s*\{[^{}]*\}/.exec(text.slice(start, start + 80))?.[0].length ?? 0)
        : 0
      push('math', inner ? i : start + argument, inner ? after : end, true, /^(?:multline|dmath)$/.test(m[1] ?? ''))
      i = after
      plain = i
    } else if (c === '\\') i += 2
    else if (c === '$' && marked) {
      flush(i)
      const display = text[i + 1] === '$'
      const width = display ? 2 : 1
      const limit = display ? text.length : paragraphEnd(text, i)
      let close = text.indexOf(display ? '$$' : '$', i + width)
      while (close >= 0 && text[close - 1] === '\\') close = text.indexOf(display ? '$$' : '$', close + 1)
      if (close < 0 || close > limit) close = -1
      const end = close < 0 ? paragraphEnd(text, i + width) : close
      const before = /(^|\n)[ \t]*$/.test(text.slice(Math.max(0, i - 40), i))
      const behind = /^[ \t]*[.,;]?[ \t]*(\n|$)/.test(text.slice(end + width, end + width + 40))
      push('math', i + width, end, display || (before && behind))
      i = close < 0 ? end : close + width
      plain = i
    } else if (c === '%' && tex) {
      const newline = text.indexOf('\n', i)
      flush(i)
      i = newline < 0 ? text.length : newline
      plain = i
    } else i++
  }
  flush(text.length)
  return found
}

/** Lines without marks. */
const bareLines = (text: string, from: number, to: number, push: (kind: Piece['kind'], start: number, end: number) => void): void => {
  let start = from
  while (start < to) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 || newline > to ? to : newline
    if (text.slice(start, end).trim() === '') push('break', start, start)
    else push('bare', start, end)
    start = end + 1
  }
}
