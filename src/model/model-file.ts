/**
 * Model files: YAML (or JSON) text to a model source whose every value knows its line and column, and `parseModel`,
 * the public reader. Every scalar is text (failsafe schema), so `.5`, `1e3` and `yes` stay what the author wrote.
 * The one file that imports yaml.
 */
import { isAlias, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml'
import { ModelError, type Origin, placeOf } from '../read/error.ts'
import { buildModel } from './build-model.ts'
import { type Locate, locateByPath } from './complaints.ts'
import { withWarnings } from './density-check.ts'
import type { Model } from './model.ts'
import { checkSource } from './model-schema.ts'
import type { ModelSource, SourcePath } from './model-source.ts'
import { quoteFormulas } from './quote-formulas.ts'

/** A longer file is no model. */
const longest = 200_000

interface SourceFile {
  readonly text: string
  readonly file: string | undefined
  readonly lines: LineCounter
}

const fileError = (f: SourceFile, start: number, end: number, message: string, expected?: string): ModelError =>
  new ModelError(message, placeOf(f.text, { start, end }, f.file === undefined ? {} : { file: f.file }), expected)

const quoteThis = 'plain text after the key; if it is a formula, quote this: put it between single quotes'

/** YAML's own complaints in the words of somebody who wanted to write a formula. */
const explain = (f: SourceFile, code: string, message: string, start: number, end: number): ModelError => {
  const line = f.text.slice(f.text.lastIndexOf('\n', start - 1) + 1).split('\n')[0] ?? ''
  switch (code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^:\s]*/.exec(f.text.slice(start))?.[0] ?? ''
      return fileError(f, start, start + key.length, `"${key}" is declared twice`, 'one entry for each name')
    }
    case 'TAB_AS_INDENT':
      return fileError(f, start, start + 1, 'a tab stands in the indentation', 'spaces')
    case 'MISSING_CHAR':
      if (/closing/.test(message)) return fileError(f, start, start + 1, 'a quote is opened and not closed', 'a closing quote')
      break
    case 'MULTIPLE_DOCS':
      return fileError(f, start, start + 3, 'the file holds several documents', 'one model')
    case 'BAD_DQ_ESCAPE':
      return fileError(f, start, end, 'between double quotes a backslash is an escape', 'single quotes, in which \\ is \\')
  }
  // The value in which the parser stumbled: from after the key's colon, or the dash, to the end of the line.
  const head = /^\s*(?:-\s+)*(?:[^\s:'"][^:]*?:\s+|-\s+)?/.exec(line)?.[0].length ?? 0
  const lineStart = f.text.lastIndexOf('\n', start - 1) + 1
  const from = start - lineStart >= head && line.length > head ? lineStart + head : start
  const what = /flow|Flow|Missing , or :/.test(message)
    ? 'this list or map in brackets cannot be read'
    : 'this value cannot be read as it stands'
  return fileError(f, from, lineStart + line.length, what, quoteThis)
}

/** Where a scalar's text begins in the file: after the quote, or on the first line of a block. */
const textStart = (f: SourceFile, node: Node): number => {
  const start = node.range?.[0] ?? 0
  if (!isScalar(node)) return start
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return start + 1
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') {
    const next = f.text.indexOf('\n', start) + 1
    return next + (/^[ \n]*/.exec(f.text.slice(next))?.[0].length ?? 0)
  }
  return start
}

/** Refuses what YAML reads without complaint but not as meant. */
const refuseTraps = (f: SourceFile, root: Node): void => {
  visit(root, {
    Node: (_, node) => {
      const [start, end] = node.range ?? [0, 0]
      const whole = (f.text.slice(start).split('\n')[0] ?? '').trimEnd()
      if (isAlias(node)) throw fileError(f, start, start + whole.length, 'in YAML a leading * refers to an anchor', quoteThis)
      if ('anchor' in node && node.anchor)
        throw fileError(f, f.text.lastIndexOf('&', start), Math.max(end, start), 'in YAML a leading & is an anchor', quoteThis)
      if (node.tag !== undefined && /^!(?!!)|^tag:(?!yaml\.org,2002:(str|map|seq)$)/.test(node.tag) && node.tag !== '!')
        throw fileError(f, f.text.lastIndexOf('!', start), Math.max(end, start), 'in YAML a leading ! is a tag', quoteThis)
      if (isScalar(node) && node.type === 'QUOTE_DOUBLE' && /\p{Cc}/u.test(String(node.value)) && !f.text.slice(start, end).includes('\n'))
        throw fileError(
          f,
          start,
          end,
          'between double quotes \\t, \\b, \\f, \\n and \\r are control characters',
          'single quotes, in which \\ is \\ (in JSON, \\\\)',
        )
    },
  })
}

/** A value that the readers see as one text, and where each of its characters stands in the file. */
interface ScalarText {
  readonly value: string
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** The positions of every value and key of the document; `scalars` collects the values. */
const locator = (f: SourceFile, root: Node, scalars: ScalarText[]): Locate => {
  const origins = new Map<string, { key?: Origin; value?: Origin }>()
  const originOf = (offset: number): Origin => {
    const { line, col } = f.lines.linePos(offset)
    return { ...(f.file === undefined ? {} : { file: f.file }), line, column: col }
  }
  const keyOf = (path: SourcePath): string => JSON.stringify(path)
  const walk = (node: Node | null, path: SourcePath, key?: Node): void => {
    origins.set(keyOf(path), {
      ...(key ? { key: originOf(textStart(f, key)) } : {}),
      value: originOf(node ? textStart(f, node) : (key?.range?.[1] ?? 0)),
    })
    if (isScalar(node)) {
      const offset = textStart(f, node)
      const { line, col } = f.lines.linePos(offset)
      scalars.push({ value: String(node.value), line, column: col, offset })
    }
    if (isMap(node))
      for (const pair of node.items as Pair<Node, Node | null>[])
        walk(pair.value, [...path, String(isScalar(pair.key) ? pair.key.value : pair.key)], pair.key)
    else if (node !== null && 'items' in node) for (const [i, item] of (node.items as Node[]).entries()) walk(item, [...path, i])
  }
  walk(root, [])
  return (path, part) => {
    for (let k = path.length; k >= 0; k--) {
      const found = origins.get(keyOf(path.slice(0, k)))
      if (found) return (k === path.length ? (found[part] ?? found.value) : found.value) ?? { line: 1, column: 1 }
    }
    return { line: 1, column: 1 }
  }
}

/**
 * The offset in the file of a character of a value. Plain, folded and quoted texts differ from the file in white space
 * and in doubled quotes only.
 */
const offsetOf = (f: SourceFile, s: ScalarText, index: number): number => {
  let at = s.offset
  for (let i = 0; i <= index && i < s.value.length; i++) {
    const c = s.value[i] as string
    if (/\s/.test(c)) {
      if (i === index) return at
      continue
    }
    while (at < f.text.length && f.text[at] !== c) at++
    if (i < index) at++
  }
  return at
}

/** The error with the line of the file in place of the value alone. */
const inFile = (f: SourceFile, scalars: readonly ScalarText[], e: ModelError): ModelError => {
  const p = e.place
  if (p === undefined) return e
  const fits = (s: ScalarText): number | undefined => {
    const rows = s.value.split('\n')
    const row = p.line - s.line
    if (rows[row] !== p.source || (row === 0 && s.column + p.offset !== p.column)) return undefined
    return rows.slice(0, row).reduce((n, r) => n + r.length + 1, 0) + p.offset
  }
  for (const s of scalars) {
    const index = fits(s)
    if (index === undefined) continue
    // an end of a formula stands behind its last character
    const end = s.value.trimEnd().length
    const start = index >= end && end > 0 ? offsetOf(f, s, end - 1) + 1 : offsetOf(f, s, index)
    const last = offsetOf(f, s, Math.min(index + p.length, end) - 1) + 1
    return fileError(f, start, Math.max(last, start + 1), e.message, e.expected)
  }
  const line = f.text.split('\n')[p.line - 1] ?? ''
  return new ModelError(
    e.message,
    { ...p, source: line, offset: p.column - 1, length: Math.max(1, Math.min(p.length, line.length - p.column + 1)) },
    e.expected,
  )
}

/** Plain objects with no prototype surprises: a key such as `__proto__` is an ordinary key that the schema refuses. */
const plain = (node: Node | null): unknown => {
  if (node === null) return null
  if (isScalar(node)) return node.value === '' && node.type === 'PLAIN' ? null : String(node.value)
  if (isMap(node)) {
    const out: Record<string, unknown> = {}
    for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(key) ? String(key.value) : 'a key that is no text'
      Object.defineProperty(out, name, { value: plain(value), enumerable: true, configurable: true, writable: true })
    }
    return out
  }
  return 'items' in node ? (node.items as Node[]).map(plain) : null
}

/** A model file as read: its source, the places of its values, and how an error about them shows the file. */
export interface ModelFile {
  readonly source: ModelSource
  readonly locate: Locate
  readonly inFile: (e: ModelError) => ModelError
}

const readYaml = (text: string, file?: string): ModelFile => {
  const lines = new LineCounter()
  const f: SourceFile = { text, file, lines }
  if (text.length > longest) throw fileError(f, 0, 1, `the file has ${text.length} characters`, `at most ${longest}`)
  if (text.trim() === '') throw fileError(f, 0, 1, 'the model file is empty', 'density, support and parameters')
  const scalars: ScalarText[] = []
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter: lines,
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: 'error',
    })
    const error = document.errors[0]
    if (error) throw explain(f, error.code, error.message, error.pos[0], error.pos[1])
    const root = document.contents as Node | null
    if (root === null) throw fileError(f, 0, 1, 'the model file is empty', 'density, support and parameters')
    refuseTraps(f, root)
    const locate = locator(f, root, scalars)
    return { source: checkSource(plain(root), locate), locate, inFile: e => inFile(f, scalars, e) }
  } catch (e) {
    if (e instanceof ModelError) throw inFile(f, scalars, e)
    if (e instanceof RangeError) throw fileError(f, 0, 1, 'the file is nested too deep', 'a model file')
    throw e
  }
}

/** The model source in a YAML or JSON text. @throws ModelError */
export const readModelFile = (text: string, file?: string): ModelFile => {
  const quoted = quoteFormulas(text)
  try {
    const read = readYaml(quoted.text, file)
    return { ...read, inFile: e => quoted.restore(read.inFile(e)) }
  } catch (e) {
    throw e instanceof ModelError ? quoted.restore(e) : e
  }
}

export interface ParseModelOptions {
  /** Shown in messages. */
  readonly file?: string
  /** Whether the density is summed or integrated at a few parameter values; true unless told. */
  readonly checkDensity?: boolean
}

/**
 * Reads a model: the text of a model file (YAML or JSON), or the same as an object.
 * @throws ModelError what is wrong, where (line, column, caret), and what was expected
 * @example parseModel({ density: 'p^x * (1-p)^(1-x)', support: 'x in {0, 1}', parameters: { p: '0 <= p <= 1' } })
 */
export const parseModel = (input: string | object, options: ParseModelOptions = {}): Model => {
  if (typeof input === 'string') return modelOfFile(readModelFile(input, options.file), options)
  return finished(checkSource(input, locateByPath), locateByPath, options)
}

/** The model of a file that was read. @throws ModelError */
export const modelOfFile = (file: ModelFile, options: ParseModelOptions = {}): Model => {
  try {
    return finished(file.source, file.locate, options)
  } catch (e) {
    throw e instanceof ModelError ? file.inFile(e) : e
  }
}

const finished = (source: ModelSource, locate: Locate, options: ParseModelOptions): Model => {
  const model = buildModel(source, locate)
  return options.checkDensity === false ? model : withWarnings(model, locate)
}
