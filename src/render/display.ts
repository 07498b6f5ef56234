/**
 * Displays in LaTeX, shared by the LaTeX and the Markdown table: aligned chains, the boxed answer, matrices, the
 * density. What stands here is valid for amsmath and for KaTeX in strict mode.
 */
import type { Answers, Chain, Matrix, Phrase, Table } from '../document/document.ts'
import { notation } from '../print/build.ts'
import { latex, toLatex } from '../print/latex.ts'
import type { Notation } from '../print/notation.ts'
import type { Style } from '../print/style.ts'
import { unicode } from '../print/unicode.ts'
import { sym, type Term } from '../term/term.ts'
import { type Density, densitiesOf } from './density.ts'
import { latexText } from './escape.ts'
import { columns, fitted } from './measure.ts'
import { type BlockOf, type Pen, styleAt } from './pen.ts'
import { isEmptyPhrase, withTextsJoined, wordsOf, wrapPhrase } from './phrase.ts'
import { type Row, rowsOf, type Sign } from './rows.ts'
import { brokenSum, typesetWidth } from './width.ts'

/** An inline formula: `<` gets room behind it, since Markdown and HTML would see the start of a tag. */
export const formula = (t: Term, style: Style): string => latex(t, style).replace(/<(?=\S)/g, '< ')

const isTall = /\\(?:frac|sum|prod|int|binom|lim|max|min)(?![a-z])/

/** A phrase inside a display: text in \text{…}, formulas between the texts in the size of text. */
export const mathPhrase = (phrase: Phrase, pen: Pen, command: '\\text' | '\\textbf' = '\\text'): string =>
  withTextsJoined(phrase)
    .map(piece => {
      if (typeof piece === 'string') return `${command}{${latexText(piece)}}`
      if ('strong' in piece) return mathPhrase(piece.strong, pen, '\\textbf')
      const inner = formula(piece.math, styleAt(pen, piece))
      return isTall.test(inner) ? `{\\textstyle ${inner}}` : `{${inner}}`
    })
    .join('')

/** Columns that a phrase takes, formulas counted as unicode text. */
export const phraseColumns =
  (pen: Pen) =>
  (phrase: Phrase): number => {
    let n = 0
    for (const piece of phrase)
      if (typeof piece === 'string') n += columns(piece)
      else if ('strong' in piece) n += phraseColumns(pen)(piece.strong)
      else n += columns(unicode(piece.math, styleAt(pen, piece)))
    return n
  }

const signs: Readonly<Record<Sign, string>> = {
  '=': '=',
  '!=': '\\ne ',
  '<': '<',
  '<=': '\\le ',
  '>': '>',
  '>=': '\\ge ',
  in: '\\in ',
  'not in': '\\notin ',
  '∝': '\\propto ',
}

/** What a row shows: its left side, and its relation with the right side, on several lines if that is a long sum. */
export interface Sides {
  readonly left: string
  readonly right: readonly string[]
  /** Columns of the widest line on the right. */
  readonly rightWidth: number
}

export const sidesOf = (row: Row, width: number): Sides => {
  const { parts, widest } = brokenSum(row.right, width)
  const first = row.sign ? signs[row.sign] : ''
  const right = parts.map((p, i) => {
    if (i === 0) return first + toLatex(p)
    return `\\quad{}${p.n === 'sum' && p.terms[0]?.minus ? '' : '+'}${toLatex(p)}`
  })
  if (row.constant) right[right.length - 1] += '+\\text{const}'
  return {
    left: `${row.implied ? '\\Rightarrow\\quad ' : ''}${row.left ? toLatex(row.left) : ''}`,
    right,
    rightWidth: widest + (row.constant ? 8 : 0) + (parts.length > 1 ? 2 : 0),
  }
}

/** Between relation and formula, and before the reasons. */
const gaps = 6
const leastReason = 26

/** The chain as `aligned`; long sums and reasons are broken so that the display stays within `width` columns of text. */
export const aligned = (chain: Chain, pen: Pen, width: number): string => {
  const rows = rowsOf(chain, pen)
  const left = Math.max(0, ...rows.map(r => (r.left ? typesetWidth(r.left) : 0)))
  const sides = rows.map(row => sidesOf(row, width - left - gaps - leastReason))
  const right = Math.max(0, ...sides.map(s => s.rightWidth))
  const room = Math.max(leastReason, width - left - right - gaps)
  const lines = rows.flatMap((row, k) => {
    const formulas = sides[k]?.right ?? []
    const reasons = isEmptyPhrase(row.reason) ? [] : wrapPhrase(row.reason, room, phraseColumns(row.pen))
    const words = reasons
      .map(reason => mathPhrase(reason, row.pen))
      .map(text => (row.step ? text.replaceAll('\\text{', '\\textit{') : text))
    // the reason stands beside the last part of a broken formula; its own lines stand close together, centred on it
    const reason = words.length > 1 ? `\\begin{aligned}${words.map(word => `&${word}`).join('\\\\[-3pt]')}\\end{aligned}` : words[0]
    return formulas.map(
      (part, i) =>
        `${i === 0 ? sides[k]?.left : ''}&${part}${reason === undefined || i < formulas.length - 1 ? '' : ` && \\quad ${reason}`}\\\\`,
    )
  })
  return `\\begin{aligned}\n${lines.join('\n').replace(/\\\\$/, '')}\n\\end{aligned}`
}

/** Columns of a table: their natural widths, and those in which it fits into `room` columns of text. */
export const tableWidths = (
  block: Table,
  pen: Pen,
  room: number,
  gap: number,
): { readonly natural: readonly number[]; readonly fit: readonly number[] } => {
  const measure = phraseColumns(pen)
  const all = [block.head, ...block.rows]
  const widest = (size: (cell: Phrase) => number): readonly number[] =>
    block.head.map((_, i) => Math.max(1, ...all.map(row => size(row[i] ?? []))))
  const natural = widest(measure)
  const least = widest(cell => Math.max(0, ...wordsOf(cell).map(measure)))
  return { natural, fit: fitted(natural, least, room - gap * (natural.length - 1)) }
}

/** \boxed{…} with the note behind it. */
export const boxed = (block: Answers, pen: Pen): string => {
  const items = answerForms(block, pen, (t, style) => latex(t, style)).map(forms => forms.join('='))
  return `\\boxed{\\;${items.join(',\\qquad ')}\\;}${noteBehind(block.note, pen)}`
}

/**
 * The hatted parameter and the forms of its estimate, each printed once: as named, expanded, and with means.
 */
export const answerForms = (block: Answers, pen: Pen, print: (t: Term, style: Style) => string): readonly (readonly string[])[] =>
  block.items.map(item => {
    const hatted = print(sym(item.parameter), styleAt(pen, { hats: true }))
    const forms = item.forms.map(f => print(f.term, styleAt(pen, { hats: true, plainNames: f.plainNames ?? false })))
    const last = item.forms.at(-1)
    const mean = last ? [print(last.term, styleAt(pen, { hats: true, plainNames: true, means: true }))] : []
    return [...new Set([hatted, ...forms, ...mean])]
  })

export const noteBehind = (note: Phrase | undefined, pen: Pen): string =>
  note === undefined || isEmptyPhrase(note) ? '' : `\\qquad ${mathPhrase(note, pen)}`

export const matrix = (block: Matrix, pen: Pen): string => {
  const style = styleAt(pen)
  const rows = block.entries.map(row => row.map(entry => latex(entry, style)).join('&'))
  const subject = block.subject ? `${latex(block.subject, style)}=` : ''
  return `${subject}\\begin{pmatrix}${rows.join('\\\\')}\\end{pmatrix}${noteBehind(block.note, pen)}`
}

/** One statement with the text behind it, or below it where a line of `width` columns cannot hold both. */
export const display = (block: BlockOf<'display'>, pen: Pen, width: number): string => {
  const style = styleAt(pen, block)
  const shown = latex(block.term, style)
  const { note } = block
  if (!note || isEmptyPhrase(note)) return shown
  const beside = typesetWidth(notation(block.term, style)) + 4 + phraseColumns(pen)(note)
  return beside <= width ? `${shown}${noteBehind(note, pen)}` : `\\begin{gathered}\n${shown}\\\\\n${mathPhrase(note, pen)}\n\\end{gathered}`
}

/** f(x | θ) = …, with the support, one display for each sample. */
export const densities = (pen: Pen): readonly string[] =>
  densitiesOf(pen).map((d: Density) => {
    const names = (list: readonly Notation[]): string => list.map(toLatex).join(',')
    const given = d.given.length > 0 ? `\\mid ${names(d.given)}` : ''
    const support = d.support.map(s => toLatex(s)).join(',\\quad ')
    return `${d.name}(${names(d.of)}${given})=${toLatex(d.value)}${support === '' ? '' : `,\\qquad ${support}`}`
  })
