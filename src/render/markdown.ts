/** The Markdown table: headings, `$…$` and `$$…$$` as GitHub, pandoc and KaTeX's extensions read them. */
import type { Block, Derivation, Phrase } from '../document/document.ts'
import { aligned, boxed, densities, display, formula, matrix } from './display.ts'
import { markdownText } from './escape.ts'
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

/** Running text with inline formulas. `start`: it opens a paragraph. */
export const markdownPhrase = (phrase: Phrase, pen: Pen, start = true): string => {
  let opening = start
  return phraseWith(phrase, {
    text: text => {
      const escaped = markdownText(text, opening)
      opening = false
      return escaped
    },
    math: (t, piece) => {
      opening = false
      return `$${formula(t, styleAt(pen, piece))}$`
    },
    strong: inner => `**${inner}**`,
  })
}

const shown = (math: string): string => `$$\n${math}\n$$`
const pageWidth = 110

/** A cell: a bar in a formula would end it. */
const cell = (phrase: Phrase, pen: Pen): string =>
  phraseWith(phrase, {
    text: text => markdownText(text),
    math: (t, piece) => `$${formula(t, styleAt(pen, piece)).replaceAll('\\|', '\\Vert ').replaceAll('|', '\\vert ')}$`,
    strong: inner => `**${inner}**`,
  })

/** A display stands on lines of its own: it does not follow its label. */
const item = (label: Phrase | undefined, blocks: readonly Block[], pen: Pen): string => {
  const body = writeBlocks(blocks, pen).join('\n\n')
  const head = label && !isEmptyPhrase(label) ? `${markdownPhrase(label, pen, false)}${blocks.length > 0 ? ':' : ''}` : ''
  const gap = head === '' || body === '' ? '' : body.startsWith('$$') ? '\n\n' : ' '
  return `* ${`${head}${gap}${body}`.replaceAll('\n', '\n  ').replace(/[ ]+$/gm, '')}`
}

export const markdownHandlers: Handlers = {
  section: (s, pen) =>
    [...(pen.number > 0 ? [`## ${pen.number}. ${markdownText(s.title)}`] : []), ...writeBlocks(labelled(s), pen)].join('\n\n'),
  prose: (b, pen) => markdownPhrase(b.content, pen),
  display: (b, pen) => `$$${display(b, pen, pageWidth)}$$`,
  check: (b, pen) => markdownPhrase(isEmptyPhrase(b.content) ? [{ math: b.claim }, '.'] : b.content, pen),
  list: (b, pen) => b.items.map(i => item(i.label, i.blocks, pen)).join('\n'),
  boxed: (b, pen) => `$$${boxed(b, pen)}$$`,
  table: (b, pen) => {
    const row = (cells: readonly Phrase[]): string => `| ${cells.map(c => cell(c, pen)).join(' | ')} |`
    return [row(b.head), `|${b.head.map(() => '---|').join('')}`, ...b.rows.map(row)].join('\n')
  },
  remark: (b, pen) => markdownPhrase(b.content, pen),
  warning: (b, pen) => `**Caution.** ${markdownPhrase(b.content, pen, false)}`,
  obstacle: (b, pen) => [...(b.equation ? [`$$${formula(b.equation, styleAt(pen))}$$`] : []), markdownPhrase(b.content, pen)].join('\n\n'),
  density: (_, pen) =>
    densities(pen)
      .map(d => `$$${d}$$`)
      .join('\n\n'),
  matrix: (b, pen) => `$$${matrix(b, pen)}$$`,
  chain: (b, pen) => shown(aligned(b, pen, pageWidth)),
  certificate: (c, pen) => `---\n\n*${markdownPhrase(certificatePhrase(c), pen)}*`,
}

/** The derivation as Markdown; a fragment has no title. */
export const renderMarkdown = (derivation: Derivation, options: RenderOptions = {}): string => {
  const pen = openPen(derivation, options, markdownHandlers)
  const body = writeDocument(pen).join('\n\n')
  return options.fragment ? `${body}\n` : `# ${markdownText(derivation.title)}\n\n${body}\n`
}
