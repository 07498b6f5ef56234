/**
 * Displays in LaTeX, shared by the LaTeX and the Markdown table: aligned chains, the boxed answer, matrices, the
 * density. What stands here is valid for amsmath and for KaTeX in strict mode.
 */
import type { Answers, Chain, Inline, Matrix, Phrase } from '../document/document.ts'
import { latex, toLatex } from '../print/latex.ts'
import type { Notation } from '../print/notation.ts'
import type { Style } from '../print/style.ts'
import { toUnicode, unicode } from '../print/unicode.ts'
import { sym, type Term } from '../term/term.ts'
import { type Density, densitiesOf } from './density.ts'
import { latexText } from './escape.ts'
import { columns } from './measure.ts'
import { type BlockOf, type Pen, styleAt } from './pen.ts'
import { isEmptyPhrase, phraseWith, withTextsJoined, wrapPhrase } from './phrase.ts'
import { type Row, rowsOf, type Sign } from './rows.ts'

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
  (phrase: Phrase): number =>
    columns(
      phraseWith(phrase, {
        text: text => text,
        math: (t, piece) => unicode(t, styleAt(pen, piece as Extract<Inline, { math: Term }>)),
        strong: inner => inner,
      }),
    )

const signs: Readonly<Record<Sign, string>> = {
  '=': '=', '!=': '\\ne ', '<': '<', '<=': '\\le ', '>': '>', '>=': '\\ge ', in: '\\in ', 'not in': '\\notin ', '∝': '\\propto ',
}

/** Left side; relation with right side. */
export const rowSides = (row: Row): { readonly left: string; readonly right: string } => ({
  left: `${row.implied ? '\\Rightarrow\\quad ' : ''}${row.left ? toLatex(row.left) : ''}`,
  right: `${row.sign ? signs[row.sign] : ''}${toLatex(row.right)}${row.constant ? '+\\text{const}' : ''}`,
})

/** Rough width of a formula in columns of text. */
const wide = (t: Notation | undefined): number => (t === undefined ? 0 : columns(toUnicode(t)))

/** The chain as `aligned`; reasons are broken so that the display stays within `width` columns of text. */
export const aligned = (chain: Chain, pen: Pen, width: number): string => {
  const rows = rowsOf(chain, pen)
  const left = Math.max(0, ...rows.map(r => wide(r.left)))
  const right = Math.max(0, ...rows.map(r => wide(r.right) + (r.constant ? 8 : 0)))
  const room = Math.max(30, width - left - right - 6)
  const lines = rows.flatMap(row => {
    const { left: l, right: r } = rowSides(row)
    const reasons = isEmptyPhrase(row.reason) ? [] : wrapPhrase(row.reason, room, phraseColumns(row.pen))
    const beside = reasons.map(reason => mathPhrase(reason, row.pen))
    const words = row.step ? beside.map(text => text.replaceAll('\\text{', '\\textit{')) : beside
    const [first, ...more] = words
    return [`${l}&${r}${first === undefined ? '' : ` && \\quad ${first}`}`, ...more.map(text => `& && \\quad ${text}`)]
  })
  return `\\begin{aligned}\n${lines.join('\\\\\n')}\n\\end{aligned}`
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

export const display = (block: BlockOf<'display'>, pen: Pen): string =>
  `${latex(block.term, styleAt(pen, block))}${noteBehind(block.note, pen)}`

/** f(x | θ) = …, with the support, one display for each sample. */
export const densities = (pen: Pen): readonly string[] =>
  densitiesOf(pen).map((d: Density) => {
    const names = (list: readonly Notation[]): string => list.map(toLatex).join(',')
    const given = d.given.length > 0 ? `\\mid ${names(d.given)}` : ''
    const support = d.support.map(s => toLatex(s)).join(',\\quad ')
    return `${d.name}(${names(d.of)}${given})=${toLatex(d.value)}${support === '' ? '' : `,\\qquad ${support}`}`
  })
