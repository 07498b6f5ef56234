/**
 * The HTML table: formulas by KaTeX with MathML beside them, chains as grids whose reasons are running text. The
 * only file that imports katex; its entry is `thetahat/html`.
 */
import katex from 'katex'
import type { Answers, Block, Chain, Derivation, Look, Phrase, Table } from '../document/document.ts'
import { latex } from '../print/latex.ts'
import type { Term } from '../term/term.ts'
import { answerForms, densities, display, formula, matrix, sidesOf } from './display.ts'
import { htmlText } from './escape.ts'
import { katexStyle } from './katex-style.ts'
import { page, pageStyle } from './page.ts'
import {
  type BlockOf,
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
import { type Row, rowsOf } from './rows.ts'

const memo = new Map<string, string>()
/** One formula as HTML with MathML. A formula that KaTeX refuses is shown as its source: it says what was meant. */
export const typeset = (source: string, displayMode = false): string => {
  const key = displayMode ? `D${source}` : `T${source}`
  let html = memo.get(key)
  if (html === undefined) {
    try {
      html = katex.renderToString(source, { displayMode, output: 'htmlAndMathml', strict: 'error', throwOnError: true, trust: false })
    } catch (error) {
      if (!(error instanceof katex.ParseError)) throw error
      html = `<code class="source">${htmlText(source)}</code>`
    }
    if (memo.size > 5000) memo.clear()
    memo.set(key, html)
  }
  return html
}

const math = (t: Term, pen: Pen, how: Look = {}): string => typeset(formula(t, styleAt(pen, how)))

/** Running text with inline formulas. */
const htmlPhrase = (phrase: Phrase, pen: Pen): string =>
  phraseWith(phrase, { text: htmlText, math: (t, piece) => math(t, pen, piece), strong: inner => `<strong>${inner}</strong>` })

const paragraph = (phrase: Phrase, pen: Pen): string => `<p>${htmlPhrase(phrase, pen)}</p>`
const noted = (note: Phrase | undefined, pen: Pen): string =>
  note && !isEmptyPhrase(note) ? `<span class="note">${htmlPhrase(note, pen)}</span>` : ''
const shown = (source: string, note = ''): string => `<div class="display">${typeset(`\\displaystyle ${source}`)}${note}</div>`

/** Columns of text that a formula beside its reason may take. */
const widestFormula = 62

const rowHtml = (row: Row): string => {
  const { left, right } = sidesOf(row, widestFormula)
  const cell = (name: string, body: string): string => `<div class="${name}">${body}</div>`
  const id = row.step || !row.opening ? '' : ` id="line-${htmlText(row.line.id)}"`
  return (
    `<div class="row${row.step ? ' step' : ''}"${id}>` +
    cell('left', left === '' ? '' : typeset(`\\displaystyle ${left}`)) +
    cell('right', right.map(r => typeset(`\\displaystyle {}${r}`)).join('<br>')) +
    cell('reason', htmlPhrase(row.reason, row.pen)) +
    '</div>'
  )
}
const chain = (block: Chain, pen: Pen): string => `<div class="chain">\n${rowsOf(block, pen).map(rowHtml).join('\n')}\n</div>`

const boxed = (block: Answers, pen: Pen): string => {
  const items = answerForms(block, pen, latex).map(forms => forms.join('='))
  return `<div class="answer"><div class="box">${typeset(`\\displaystyle ${items.join(',\\qquad ')}`)}</div>${noted(block.note, pen)}</div>`
}

const table = (block: Table, pen: Pen): string => {
  const head = block.head.map(h => `<th scope="col">${htmlPhrase(h, pen)}</th>`).join('')
  const cell = (c: Phrase, i: number): string => (i === 0 ? `<th scope="row">${htmlPhrase(c, pen)}</th>` : `<td>${htmlPhrase(c, pen)}</td>`)
  const rows = block.rows.map(row => `<tr>${row.map(cell).join('')}</tr>`)
  const named = pen.number > 0 ? ` aria-labelledby="section-${pen.number}"` : ''
  return `<div class="table"><table${named}>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`
}

const item = (label: Phrase | undefined, blocks: readonly Block[], pen: Pen): string => {
  const head: Phrase = label && !isEmptyPhrase(label) ? (blocks.length > 0 ? [...label, ': '] : label) : []
  const [first, ...rest] = blocks
  if (first?.type === 'prose' || (first?.type === 'check' && !isEmptyPhrase(first.content)))
    return `<li>${writeBlocks([{ type: 'prose', content: [...head, ...first.content] }, ...rest], pen).join('\n')}</li>`
  return `<li>${[...(head.length > 0 ? [paragraph(head, pen)] : []), ...writeBlocks(blocks, pen)].join('\n')}</li>`
}

const displayed = (b: BlockOf<'display'>, pen: Pen): string => {
  const { note, ...bare } = b
  return shown(display(bare, pen, Number.POSITIVE_INFINITY), noted(note, pen))
}
const matrixHtml = (b: BlockOf<'matrix'>, pen: Pen): string => {
  const { note, ...bare } = b
  return shown(matrix(bare, pen), noted(note, pen))
}

export const htmlHandlers: Handlers = {
  section: (s, pen) => {
    const body = writeBlocks(labelled(s), pen).join('\n')
    if (pen.number === 0) return `<section>\n${body}\n</section>`
    const id = `section-${pen.number}`
    return `<section aria-labelledby="${id}">\n<h2 id="${id}"><span class="number">${pen.number}.</span>${htmlText(s.title)}</h2>\n${body}\n</section>`
  },
  prose: (b, pen) => paragraph(b.content, pen),
  display: displayed,
  check: (b, pen) => paragraph(isEmptyPhrase(b.content) ? [{ math: b.claim }, '.'] : b.content, pen),
  list: (b, pen) => `<ul>\n${b.items.map(i => item(i.label, i.blocks, pen)).join('\n')}\n</ul>`,
  boxed,
  table,
  remark: (b, pen) => paragraph(b.content, pen),
  warning: (b, pen) => `<div class="warning" role="note">${paragraph([{ strong: ['Caution.'] }, ' ', ...b.content], pen)}</div>`,
  obstacle: (b, pen) => {
    const equation = b.equation ? shown(latex(b.equation, styleAt(pen))) : ''
    return `<div class="obstacle" role="note">${equation}${paragraph(b.content, pen)}</div>`
  },
  density: (_, pen) =>
    densities(pen)
      .map(d => shown(d))
      .join('\n'),
  matrix: matrixHtml,
  chain,
  certificate: (c, pen) => `<footer class="certificate">${htmlPhrase(certificatePhrase(c), pen)}</footer>`,
}

/**
 * The derivation as one self-contained page (formulas with MathML, fonts embedded, no scripts); with `fragment` only
 * the article, to be set in a page that has KaTeX's style sheet.
 */
export const renderHtml = (derivation: Derivation, options: RenderOptions = {}): string => {
  const pen = openPen(derivation, options, htmlHandlers)
  const body = writeDocument(pen).join('\n')
  if (options.fragment) return `<article class="thetahat">\n${body}\n</article>\n`
  const article = `<article>\n<h1>${htmlText(derivation.title)}</h1>\n${body}\n</article>`
  return page(htmlText(derivation.title), katexStyle(article) + pageStyle, article)
}
