/**
 * The table for the terminal: unicode formulas on one line, chains aligned at their relations with the reasons in a
 * column, the answer in a box. Lines stay within the width where their formulas allow it.
 */
import type { Answers, Block, Chain, Derivation, Look, Matrix, Phrase, Table } from '../document/document.ts'
import type { Notation } from '../print/notation.ts'
import { toUnicode, unicode } from '../print/unicode.ts'
import type { Term } from '../term/term.ts'
import { densitiesOf } from './density.ts'
import { answerForms, phraseColumns, tableWidths } from './display.ts'
import { terminalText } from './escape.ts'
import { columns, padEnd, padStart } from './measure.ts'
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
import { isEmptyPhrase, phraseWith, wrapPhrase } from './phrase.ts'
import { type Row, rowsOf, type Sign } from './rows.ts'

const widthOf = (pen: Pen): number => (pen.options.width ?? 100) - pen.indent
const math = (t: Term, pen: Pen, how: Look = {}): string => unicode(t, styleAt(pen, how))

const flat = (phrase: Phrase, pen: Pen): string =>
  phraseWith(phrase, { text: terminalText, math: (t, piece) => math(t, pen, piece), strong: inner => inner })

/** The phrase on lines of at most `width` columns. */
const filled = (phrase: Phrase, pen: Pen, width: number): readonly string[] =>
  wrapPhrase(phrase, Math.max(8, width), phraseColumns(pen)).map(line => flat(line, pen).trimEnd())

const paragraph = (phrase: Phrase, pen: Pen): string => filled(phrase, pen, widthOf(pen)).join('\n')

/** A formula broken before its top-level + and −, so that lines stay within `width` columns. */
const broken = (formula: string, width: number): readonly string[] => {
  if (columns(formula) <= width) return [formula]
  const pieces: string[] = ['']
  let depth = 0
  const characters = [...formula]
  characters.forEach((c, i) => {
    if ('([{'.includes(c)) depth++
    if (')]}'.includes(c)) depth--
    if (depth === 0 && (c === '+' || c === '−') && characters[i - 1] === ' ' && characters[i + 1] === ' ') pieces.push(c)
    else pieces[pieces.length - 1] += c
  })
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    if (last !== undefined && columns(last + piece.trimEnd()) <= width) lines[lines.length - 1] = last + piece
    else lines.push(piece)
  }
  return lines.map(l => l.trimEnd())
}

const signs: Readonly<Record<Sign, string>> = {
  '=': '=',
  '!=': '≠',
  '<': '<',
  '<=': '≤',
  '>': '>',
  '>=': '≥',
  in: '∈',
  'not in': '∉',
  '∝': '∝',
}
interface Cells {
  readonly row: Row
  readonly left: string
  /** Relation and right side, broken if too long. */
  readonly right: readonly string[]
}

const cellsOf = (row: Row, width: number): Cells => {
  const sign = row.sign === undefined ? '' : `${signs[row.sign]} `
  const lines = broken(`${toUnicode(row.right)}${row.constant ? ' + const' : ''}`, width - sign.length)
  return {
    row,
    left: `${row.implied ? '⇒ ' : ''}${row.left === undefined ? '' : toUnicode(row.left)}`,
    right: lines.map((l, i) => (i === 0 ? sign : '  ') + l),
  }
}

/** A long left side on lines of its own, the right side behind its last one where there is room. */
const alone = (left: string, right: readonly string[], width: number): string[] => {
  const lines = broken(left, width - 2).map((l, i) => (i === 0 ? l : `  ${l}`))
  const last = lines.at(-1) ?? ''
  const [first = '', ...others] = right
  const joined = `${last} ${first}`
  if (others.length === 0 && columns(joined) <= width) return [...lines.slice(0, -1), joined]
  return [...lines, ...right.map(r => `    ${r}`)]
}

/** Longer right sides do not push the column of reasons outwards: their reasons go below. */
const chain = (block: Chain, pen: Pen): string => {
  const margin = '  '
  const width = widthOf(pen) - margin.length
  const rows = rowsOf(block, pen)
  // a long left side stands alone, broken like a right one, and does not push the relations outwards
  const longestLeft = Math.floor(0.6 * width)
  const left = Math.max(0, ...rows.map(r => columns(cellsOf(r, width).left)).filter(w => w <= longestLeft))
  const room = width - left - 1
  const cells = rows.map(r => cellsOf(r, room))
  const leastReason = 28
  const fits = cells.flatMap(c => c.right.map(columns)).filter(w => w <= room - leastReason - 3)
  // where no formula leaves room, reasons stand below theirs
  const column = fits.length === 0 ? Math.max(left + 4, 36) : left + 1 + Math.max(...fits) + 3
  const out = cells.flatMap(({ row, left: l, right }) => {
    const lines = columns(l) > left ? alone(l, right, width) : right.map((r, i) => `${padStart(i === 0 ? l : '', left)} ${r}`)
    if (isEmptyPhrase(row.reason)) return lines
    const words = filled(row.step ? ['by the ', ...row.reason] : row.reason, row.pen, width - column)
    const start = columns(lines.at(-1) ?? '') + 2 <= column ? lines.length - 1 : lines.length
    words.forEach((w, i) => {
      lines[start + i] = padEnd(lines[start + i] ?? '', column) + w
    })
    return lines
  })
  return out.map(l => (margin + l).trimEnd()).join('\n')
}

const withNote = (lines: readonly string[], note: Phrase | undefined, pen: Pen): string => {
  if (!note || isEmptyPhrase(note)) return lines.join('\n')
  const width = Math.max(...lines.map(columns))
  const words = flat(note, pen)
  const middle = Math.floor((lines.length - 1) / 2)
  if (width + 3 + columns(words) <= widthOf(pen)) return lines.map((l, i) => (i === middle ? `${l}   ${words}` : l)).join('\n')
  return [...lines, ...filled(note, pen, widthOf(pen) - 2).map(l => `  ${l}`)].join('\n')
}

const boxed = (block: Answers, pen: Pen): string => {
  const items = answerForms(block, pen, unicode).map(forms => forms.join(' = '))
  const oneLine = items.join(',   ')
  const inside = columns(oneLine) <= widthOf(pen) - 8 ? [oneLine] : items.flatMap(item => broken(item, widthOf(pen) - 8))
  const width = Math.max(...inside.map(columns))
  const bar = '─'.repeat(width + 4)
  const box = [`  ┌${bar}┐`, ...inside.map(l => `  │  ${padEnd(l, width)}  │`), `  └${bar}┘`]
  return withNote(box, block.note, pen)
}

const table = (block: Table, pen: Pen): string => {
  const gap = 3
  const widths = tableWidths(block, pen, widthOf(pen) - 2, gap).fit
  const rowLines = (cells: readonly Phrase[]): readonly string[] => {
    const parts = cells.map((c, i) => filled(c, pen, widths[i] ?? 20))
    const height = Math.max(...parts.map(p => p.length))
    return Array.from({ length: height }, (_, k) =>
      `  ${parts.map((p, i) => padEnd(p[k] ?? '', widths[i] ?? 0)).join(' '.repeat(gap))}`.trimEnd(),
    )
  }
  const rule = `  ${widths.map(w => '─'.repeat(w)).join('─'.repeat(gap))}`
  return [...rowLines(block.head), rule, ...block.rows.flatMap(rowLines)].join('\n')
}

const matrix = (block: Matrix, pen: Pen): string => {
  const entries = block.entries.map(row => row.map(e => math(e, pen)))
  const widths = (entries[0] ?? []).map((_, j) => Math.max(...entries.map(row => columns(row[j] ?? ''))))
  const subject = block.subject ? `${math(block.subject, pen)} = ` : ''
  const middle = Math.floor((entries.length - 1) / 2)
  const last = entries.length - 1
  const lines = entries.map((row, i) => {
    const [open, close] = last === 0 ? ['(', ')'] : i === 0 ? ['⎛', '⎞'] : i === last ? ['⎝', '⎠'] : ['⎜', '⎟']
    const body = row.map((e, j) => padEnd(padStart(e, Math.ceil(((widths[j] ?? 0) + columns(e)) / 2)), widths[j] ?? 0)).join('   ')
    return `  ${i === middle ? subject : ' '.repeat(columns(subject))}${open} ${body} ${close}`
  })
  return withNote(lines, block.note, pen)
}

const item = (label: Phrase | undefined, blocks: readonly Block[], pen: Pen): string => {
  const inner: Pen = { ...pen, indent: pen.indent + 4 }
  const head: Phrase = label && !isEmptyPhrase(label) ? (blocks.length > 0 ? [...label, ': '] : label) : []
  const [first, ...rest] = blocks
  const words = first?.type === 'prose' || first?.type === 'check' ? first.content : []
  const isText = words.length > 0
  const opened: readonly Block[] = isText ? [{ type: 'prose', content: [...head, ...words] }, ...rest] : blocks
  const parts = [...(isText || head.length === 0 ? [] : [paragraph(head, inner)]), ...writeBlocks(opened, inner)]
  return `  • ${parts.join('\n\n').replaceAll('\n', '\n    ').replace(/[ ]+$/gm, '')}`
}

const display = (b: BlockOf<'display'>, pen: Pen): string =>
  withNote(
    broken(math(b.term, pen, b), widthOf(pen) - 2).map(l => `  ${l}`),
    b.note,
    pen,
  )

const density = (pen: Pen): string => {
  const names = (list: readonly Notation[]): string => list.map(toUnicode).join(', ')
  return densitiesOf(pen)
    .map(d => {
      const support = d.support.length > 0 ? `,   ${names(d.support)}` : ''
      return `  ${d.name}(${names(d.of)}${d.given.length > 0 ? ` | ${names(d.given)}` : ''}) = ${toUnicode(d.value)}${support}`
    })
    .join('\n')
}

const heading = (title: string, rule: string, pen: Pen): string => {
  const lines = filled([title], pen, widthOf(pen))
  return [...lines, rule.repeat(Math.max(...lines.map(columns)))].join('\n')
}

export const textHandlers: Handlers = {
  section: (s, pen) =>
    [...(pen.number > 0 ? [heading(`${pen.number}. ${s.title}`, '─', pen)] : []), ...writeBlocks(labelled(s), pen)].join('\n\n'),
  prose: (b, pen) => paragraph(b.content, pen),
  display,
  check: (b, pen) => paragraph(isEmptyPhrase(b.content) ? [{ math: b.claim }, '.'] : b.content, pen),
  list: (b, pen) => b.items.map(i => item(i.label, i.blocks, pen)).join('\n'),
  boxed,
  table,
  remark: (b, pen) => paragraph(b.content, pen),
  warning: (b, pen) => paragraph(['Caution. ', ...b.content], pen),
  obstacle: (b, pen) => [...(b.equation ? [`  ${math(b.equation, pen)}`] : []), paragraph(b.content, pen)].join('\n\n'),
  density: (_, pen) => density(pen),
  matrix,
  chain,
  certificate: (c, pen) => paragraph(certificatePhrase(c), pen),
}

/** The derivation as unicode text for a terminal; a fragment has no title. */
export const renderText = (derivation: Derivation, options: RenderOptions = {}): string => {
  const pen = openPen(derivation, options, textHandlers)
  const title = options.fragment ? [] : [heading(derivation.title, '═', pen)]
  return `${[...title, ...writeDocument(pen)].join('\n\n')}\n`
}
