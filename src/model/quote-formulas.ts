/**
 * Formulas that YAML would take apart: `density: x <= c ? a : b`, and lists in brackets whose entries have commas or
 * brackets of their own, `support: [t > 0, d in {0, 1}]`. They are put between quotes, line by line, before YAML sees
 * them; places of errors are those of the file as written. Everything else is left to YAML.
 */
import { ModelError } from '../read/error.ts'

export interface Quoted {
  readonly text: string
  /** The error with the place and the line as the author wrote them. */
  readonly restore: (e: ModelError) => ModelError
}

/** A line as YAML is given it, and where each of its characters stands in the line as written. */
interface Rewritten {
  readonly line: string
  readonly from: readonly number[]
}

/** Keys whose value is a list of formulas. */
const listKey = /^\s*(?:-\s+)?(?:support|observation|covariates|constraints|assume|functions|of)\s*:\s+\[/
/** A key or a dash, and a formula with a choice after it that YAML would take for a key with a value. */
const choice = /^(\s*(?:-\s+)*(?:[\p{L}\\][\p{L}\p{N}_^\\{}[\]²]*\s*:\s+|(?<=-\s+)))([^\s'"[{|>&*!%@`#].*?\?.*?\s:\s.*?)\s*$/u
const blockHead = /(?::|-)\s+[|>][-+0-9]*\s*$/
/** A range of an index alone belongs to the statement before it: `p[j] >= 0, j in 1..k`. */
const indexRange = /^\s*\p{L}[\p{L}\p{N}]*\s+(?:in|∈|\\in)\s+[^{}()[\]<>=]*(?:\.\.|…|\\dots|\\ldots)[^{}()[\]<>=]*$/u

/** Positions of the entries between brackets: start and end, exclusive; undefined if quotes or brackets do not fit. */
const entries = (
  line: string,
  open: number,
): { readonly spans: readonly (readonly [number, number])[]; readonly close: number } | undefined => {
  const spans: [number, number][] = []
  let depth = 0
  let start = open + 1
  for (let i = open; i < line.length; i++) {
    const c = line[i] as string
    if (c === "'" || c === '"') return undefined
    if ('([{'.includes(c)) depth++
    else if (')]}'.includes(c)) depth--
    if ((c === ',' && depth === 1) || (depth === 0 && c === ']')) {
      const text = line.slice(start, i)
      const last = spans.at(-1)
      if (last && indexRange.test(text)) last[1] = i
      else spans.push([start, i])
      start = i + 1
    }
    if (depth === 0) return c === ']' ? { spans, close: i } : undefined
  }
  return undefined
}

/** The line with stretches put between single quotes; quotes inside are doubled. */
const withQuotes = (line: string, spans: readonly (readonly [number, number])[]): Rewritten => {
  const out: string[] = []
  const from: number[] = []
  const put = (c: string, at: number): void => {
    out.push(c)
    from.push(at)
  }
  let k = 0
  for (let i = 0; i <= line.length; i++) {
    const span = spans[k]
    if (span && i === span[1]) {
      put("'", Math.max(span[0], i - 1))
      k++
    }
    if (spans[k]?.[0] === i) put("'", i)
    const c = line[i]
    if (c === undefined) continue
    const isInside = spans[k] !== undefined && i >= (spans[k] as readonly [number, number])[0]
    put(c, i)
    if (c === "'" && isInside) put(c, i)
  }
  return { line: out.join(''), from }
}

const trimmed = (line: string, [a, b]: readonly [number, number]): readonly [number, number] => {
  const text = line.slice(a, b)
  return [a + text.length - text.trimStart().length, b - (text.length - text.trimEnd().length)]
}

const rewrite = (line: string): Rewritten | undefined => {
  const list = listKey.exec(line)
  if (list) {
    const found = entries(line, list[0].length - 1)
    if (!found || !/^\s*(?:#.*)?$/.test(line.slice(found.close + 1))) return undefined
    const spans = found.spans.map(s => trimmed(line, s))
    const needsQuotes = spans.some(([a, b]) => /[[\]{},]|^[!&*|>%@`?-]|:\s/.test(line.slice(a, b)))
    return needsQuotes && spans.every(([a, b]) => b > a) ? withQuotes(line, spans) : undefined
  }
  const m = choice.exec(line)
  if (!m?.[2] || m[1] === undefined || / #/.test(m[2])) return undefined
  return withQuotes(line, [[m[1].length, m[1].length + m[2].length]])
}

/** Quotes what YAML would misread. A text that begins with a brace is JSON and stays as it is. */
export const quoteFormulas = (text: string): Quoted => {
  if (text.trimStart().startsWith('{')) return { text, restore: e => e }
  const changed = new Map<number, { readonly original: string; readonly from: readonly number[] }>()
  let block: number | undefined
  const lines = text.split('\n').map((line, k) => {
    const indent = line.length - line.trimStart().length
    if (block !== undefined && (line.trim() === '' || indent > block)) return line
    block = blockHead.test(line) ? indent : undefined
    const result = line.length > 2000 ? undefined : rewrite(line)
    if (!result) return line
    changed.set(k + 1, { original: line, from: result.from })
    return result.line
  })
  if (changed.size === 0) return { text, restore: e => e }
  const restore = (e: ModelError): ModelError => {
    const line = e.place && changed.get(e.place.line)
    if (!e.place || !line) return e
    const at = (column: number): number => line.from[column] ?? line.original.length
    const start = at(e.place.column - 1)
    const end = e.place.length > 1 ? at(e.place.column + e.place.length - 2) + 1 : start + 1
    return new ModelError(
      e.message,
      { ...e.place, column: start + 1, source: line.original, offset: start, length: Math.max(1, end - start) },
      e.expected,
    )
  }
  return { text: lines.join('\n'), restore }
}
