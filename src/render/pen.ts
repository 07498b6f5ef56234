/**
 * The walk through a document: a pen knows which abbreviations are in force where it stands and which handler writes
 * which node. Formats are tables of handlers; nothing here knows one, and nothing computes mathematics.
 */
import { inLook, modelStyle } from '../document/answer-json.ts'
import type { Abbreviation, Block, Certificate, Derivation, Look, Phrase, Prose, Section } from '../document/document.ts'
import type { Switches } from '../print/respell.ts'
import { type Style, styled } from '../print/style.ts'
import { same } from '../term/order.ts'
import { briefly } from './brief.ts'
import { checkLetters } from './letters.ts'

type Named<B, T> = B extends { readonly type: infer U } ? (T extends U ? B : never) : never
export type BlockOf<T extends Block['type']> = Named<Block, T>

/** One entry for each type of node: the text of that node in a format. An author may replace any. */
export type Handlers = {
  readonly [T in Block['type']]: (block: BlockOf<T>, pen: Pen) => string
} & {
  readonly section: (section: Section, pen: Pen) => string
  readonly certificate: (certificate: Certificate, pen: Pen) => string
}

/** `brief`: the key lines of a solutions manual; `textbook`: one law a line, the default; `full`: the micro-steps of each line. */
export type Detail = 'brief' | 'textbook' | 'full'

/** Switches of notation; `means: 'sum'` writes (1/n) Σ xᵢ in place of x̄. */
export interface NotationOptions extends Switches {
  readonly means?: 'bar' | 'sum'
}

export interface RenderOptions {
  /** Only the body: no title, no preamble, no page around it. */
  readonly fragment?: boolean
  /** `brief` keeps the key lines, `full` shows the single rules that each line was made of. */
  readonly detail?: Detail
  /** How formulas are spelled. */
  readonly notation?: NotationOptions
  /** Replaces entries of the format's table. */
  readonly handlers?: Partial<Handlers>
  /** Columns of the terminal, for `text`; 100 unless told. */
  readonly width?: number
}

export interface Pen {
  readonly derivation: Derivation
  readonly options: RenderOptions
  readonly handlers: Handlers
  /** The model's style without abbreviations. */
  readonly base: Style
  /** The style here, when nothing else is asked for. */
  readonly style: Style
  /** Abbreviations in force. */
  readonly names: readonly Abbreviation[]
  /** Every parameter is its estimate here. */
  readonly hats: boolean
  /** Number of the section, 0 in the opening parts. */
  readonly number: number
  /** Columns that the enclosing lists have used up. */
  readonly indent: number
  /** The styles in which formulas are printed while these names are in force, one object for each look. */
  readonly looks: Map<number, Style>
}

export const openPen = (whole: Derivation, options: RenderOptions, table: Handlers): Pen => {
  const derivation = options.detail === 'brief' ? briefly(whole) : whole
  const plain = modelStyle(derivation.model)
  if (options.notation) checkLetters(options.notation, derivation, plain.size ?? 'n')
  const base = options.notation ? styled({ ...plain, switches: options.notation }) : plain
  const handlers = { ...table, ...options.handlers }
  const pen: Pen = { derivation, options, handlers, base, style: base, names: [], hats: false, number: 0, indent: 0, looks: new Map() }
  return moved(pen, { style: styleAt(pen, { hats: false }) })
}

/** The pen with what is otherwise there. Every pen has its fields in the same places: a copy with a field set twice would not. */
const moved = (pen: Pen, to: Partial<Omit<Pen, 'derivation' | 'options' | 'handlers' | 'base'>>): Pen => ({
  derivation: pen.derivation,
  options: pen.options,
  handlers: pen.handlers,
  base: pen.base,
  style: to.style ?? pen.style,
  names: to.names ?? pen.names,
  hats: to.hats ?? pen.hats,
  number: to.number ?? pen.number,
  indent: to.indent ?? pen.indent,
  looks: to.looks ?? pen.looks,
})

/** How formulas are printed where every parameter is its estimate. */
export const hatted = (pen: Pen): Pen => moved(pen, { hats: true, style: styleAt(pen, { hats: true }) })

/** The pen after a line that introduces abbreviations. A new one replaces the old of the same name or the same term. */
export const introduce = (pen: Pen, names: readonly Abbreviation[] | undefined): Pen => {
  if (names === undefined || names.length === 0) return pen
  const kept = pen.names.filter(old => names.every(n => n.name !== old.name && !same(n.term, old.term)))
  const inForce = [...kept, ...names]
  const renamed = moved(pen, { names: inForce, looks: new Map() })
  return moved(renamed, { style: styleAt(renamed, { hats: pen.hats }) })
}

/** How a formula is printed here. */
export const styleAt = (pen: Pen, look: Look = {}): Style => {
  if (look.plainNames === undefined && look.hats === undefined && look.means === undefined) return pen.style
  const { plainNames = false, hats = pen.hats } = look
  const means = pen.options.notation?.means === 'sum' ? false : look.means
  const key = (plainNames ? 1 : 0) + (hats ? 2 : 0) + (means === undefined ? 0 : means ? 4 : 8)
  const known = pen.looks.get(key)
  if (known) return known
  const style = inLook(pen.base, { plainNames, hats, means }, pen.names)
  pen.looks.set(key, style)
  return style
}

/** Every abbreviation that a block introduces, in order. */
const introducedBy = (block: Block): readonly Abbreviation[] => {
  if (block.type === 'chain') return block.lines.flatMap(line => line.names ?? [])
  if (block.type === 'list') return block.items.flatMap(item => item.blocks.flatMap(introducedBy))
  return []
}

export const writeBlock = (block: Block, pen: Pen): string => (pen.handlers[block.type] as (block: Block, pen: Pen) => string)(block, pen)

/** The blocks in order, each with the names that are in force before it. */
export const writeBlocks = (blocks: readonly Block[], pen: Pen): readonly string[] => {
  let here = pen
  return blocks.map(block => {
    const text = writeBlock(block, here)
    here = introduce(here, introducedBy(block))
    return text
  })
}

const labels: Partial<Record<Section['id'], string>> = { model: 'Model.', short: 'In short.' }

/** The blocks of a section; the opening parts begin with their label in bold. */
export const labelled = (section: Section): readonly Block[] => {
  const label = section.title === '' ? labels[section.id] : undefined
  if (label === undefined) return section.blocks
  const [first, ...rest] = section.blocks
  const heading: Phrase = [{ strong: [label] }]
  if (first?.type !== 'prose') return [{ type: 'prose', content: heading }, ...section.blocks]
  const opening = first.content[0]
  if (typeof opening === 'object' && 'strong' in opening && opening.strong[0] === label) return section.blocks
  const opened: Prose = { type: 'prose', content: [...heading, ' ', ...first.content] }
  return [opened, ...rest]
}

/** All sections, and the line on proof-reading at the end; titled sections are numbered from 1. */
export const writeDocument = (pen: Pen): readonly string[] => {
  let here = pen
  let number = 0
  const parts = pen.derivation.sections.map(section => {
    if (section.title !== '') number++
    const text = pen.handlers.section(section, moved(here, { number: section.title === '' ? 0 : number }))
    here = introduce(here, section.blocks.flatMap(introducedBy))
    return text
  })
  const { certificate } = pen.derivation
  return certificate ? [...parts, pen.handlers.certificate(certificate, here)] : parts
}

const lines = (n: number): string => (n === 1 ? '1 line' : `${n} lines`)

/** What the certificate says, in words. */
export const certificatePhrase = (c: Certificate): Phrase => {
  const whole = c.replayed === c.lines && c.sampled === c.lines
  const done = whole
    ? `${lines(c.lines)} replayed from ${c.lines === 1 ? 'its' : 'their'} rules and compared at ${c.draws} random admissible points`
    : `of ${lines(c.lines)}, ${c.replayed} replayed from their rules and ${c.sampled} compared at ${c.draws} random admissible points`
  const maximum =
    c.maximum === 'agrees'
      ? '; a brute-force search finds the same maximum'
      : c.maximum === 'differs'
        ? '; a brute-force search finds another maximum'
        : ''
  const open = c.unverified.map(u => ` Line ${u.line} is not verified: ${u.reason}.`).join('')
  return [`Proofread: ${done}${maximum}.${open}`]
}
