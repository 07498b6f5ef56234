/**
 * The LaTeX table: a document for pdfTeX with the packages of texlive-latex-base, or its body only. Every formula
 * is also valid KaTeX.
 */
import type { Block, Derivation, Phrase, Table } from '../document/document.ts'
import { aligned, boxed, densities, display, formula, matrix, tableWidths } from './display.ts'
import { latexText } from './escape.ts'
import {
  certificatePhrase,
  type Handlers,
  labelled,
  openPen,
  type Pen,
  type RenderOptions,
  styleAt,
  writeBlocks,
  writeDocument,
} from './pen.ts'
import { isEmptyPhrase, phraseWith } from './phrase.ts'

/** Running text with inline formulas. */
export const latexPhrase = (phrase: Phrase, pen: Pen): string =>
  phraseWith(phrase, {
    text: latexText,
    math: (t, piece) => `$${formula(t, styleAt(pen, piece))}$`,
    strong: inner => `\\textbf{${inner}}`,
  })

const shown = (math: string): string => `\\[\n${math}\n\\]`
/** A display belongs to the paragraph around it: an empty line before it would add space. */
const paragraphs = (parts: readonly string[]): string =>
  parts.slice(1).reduce((text, part) => `${text}${part.startsWith('\\[') && !text.endsWith('\\]') ? '\n' : '\n\n'}${part}`, parts[0] ?? '')
/** Columns of text on a line of the page. */
const pageWidth = 85

const table = (block: Table, pen: Pen): string => {
  const { natural, fit } = tableWidths(block, pen, pageWidth, 3)
  // a column that had to shrink wraps its text
  const spec = fit
    .map((w, i) => (w === natural[i] ? 'l' : `>{\\raggedright\\arraybackslash}p{${(w / pageWidth).toFixed(2)}\\linewidth}`))
    .join('')
  const row = (cells: readonly Phrase[]): string => `${cells.map(c => latexPhrase(c, pen)).join(' & ')} \\\\`
  return [
    '\\begin{center}\\renewcommand{\\arraystretch}{1.35}\\relpenalty=10000\\binoppenalty=10000',
    `\\begin{tabular}{@{}${spec}@{}}`,
    '\\hline',
    row(block.head.map(h => [{ strong: h }])),
    '\\hline',
    ...block.rows.map(row),
    '\\hline',
    '\\end{tabular}',
    '\\end{center}',
  ].join('\n')
}

const item = (label: Phrase | undefined, blocks: readonly Block[], pen: Pen): string => {
  const body = writeBlocks(blocks, pen).join('\n\n')
  const head = label && !isEmptyPhrase(label) ? `${latexPhrase(label, pen)}${blocks.length > 0 ? ': ' : ''}` : ''
  return `\\item ${head}${body}`
}

export const latexHandlers: Handlers = {
  section: (s, pen) =>
    [...(pen.number > 0 ? [`\\section*{${pen.number}.\\quad ${latexText(s.title)}}`] : []), paragraphs(writeBlocks(labelled(s), pen))].join(
      '\n\n',
    ),
  prose: (b, pen) => latexPhrase(b.content, pen),
  display: (b, pen) => shown(display(b, pen, pageWidth)),
  check: (b, pen) => latexPhrase(isEmptyPhrase(b.content) ? [{ math: b.claim }, '.'] : b.content, pen),
  list: (b, pen) => `\\begin{itemize}\n${b.items.map(i => item(i.label, i.blocks, pen)).join('\n')}\n\\end{itemize}`,
  boxed: (b, pen) => shown(boxed(b, pen)),
  table,
  remark: (b, pen) => latexPhrase(b.content, pen),
  warning: (b, pen) => `\\textbf{Caution.} ${latexPhrase(b.content, pen)}`,
  obstacle: (b, pen) => [...(b.equation ? [shown(formula(b.equation, styleAt(pen)))] : []), latexPhrase(b.content, pen)].join('\n\n'),
  density: (_, pen) => densities(pen).map(shown).join('\n\n'),
  matrix: (b, pen) => shown(matrix(b, pen)),
  chain: (b, pen) => shown(aligned(b, pen, pageWidth)),
  certificate: (c, pen) => `\\bigskip\\noindent{\\small\\emph{${latexPhrase(certificatePhrase(c), pen)}}}`,
}

const preamble = `\\documentclass[11pt]{article}
\\usepackage[utf8]{inputenc}
\\usepackage{amsmath,amssymb}
\\usepackage{array}
\\usepackage[a4paper,margin=2.4cm]{geometry}
\\setlength{\\parindent}{0pt}
\\setlength{\\parskip}{0.6\\baselineskip}
\\raggedbottom
\\emergencystretch=2em`

/** The derivation as a LaTeX document, or as the body of one with `fragment`. */
export const renderLatex = (derivation: Derivation, options: RenderOptions = {}): string => {
  const pen = openPen(derivation, options, latexHandlers)
  const body = writeDocument(pen).join('\n\n')
  if (options.fragment) return `${body}\n`
  const title = `{\\LARGE\\bfseries\\raggedright ${latexText(derivation.title)}\\par}`
  return `${preamble}\n\n\\begin{document}\n${title}\n\\medskip\n\n${body}\n\n\\end{document}\n`
}
