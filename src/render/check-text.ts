/** The report on a derivation for the terminal: the verdict of each line in its margin, what is to say beneath it. */
import type { CheckReport, LineReport, StatementReport } from '../check/report.ts'
import { type CheckRenderOptions, headline, lawsOf, missingWord, remarksOn, signOf } from './check-words.ts'
import { columns as measure } from './measure.ts'

const width = 100

/** Words broken at spaces. */
const wrapped = (text: string, room: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && measure(line) + 1 + measure(word) > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push(line)
  return lines
}

const clean = (source: string): string => source.replace(/\t/g, '    ').replace(/[\p{Cc}\p{Cf}]/gu, '')

/** The part of a long line that is marked stays in view. */
const caret = (line: LineReport, s: StatementReport, margin: string): string | undefined => {
  const before = clean(line.source.slice(0, s.column - 1))
  const marked = clean(line.source.slice(s.column - 1, s.column - 1 + s.length))
  const offset = measure(before)
  if (offset > width - 12 || (offset === 0 && measure(marked) >= measure(clean(line.source).trimEnd()))) return undefined
  return `${margin}${' '.repeat(offset)}${'^'.repeat(Math.max(1, Math.min(measure(marked), width - 9 - offset)))}`
}

const lineText = (line: LineReport, digits: number, o: CheckRenderOptions): readonly string[] => {
  const margin = `    ${' '.repeat(digits)} │ `
  const source = clean(line.source)
  const out = [`  ${signOf[line.status]} ${String(line.line).padStart(digits)} │ ${source}`.trimEnd()]
  const laws = o.hint ? [] : lawsOf(line.rules)
  if (line.status === 'ok' && laws.length > 0)
    out.push(...wrapped(`by: ${laws.join('; ')}`, width - margin.length).map(l => `${margin}  ${l}`))
  for (const s of line.statements) {
    const remarks = remarksOn(s, o)
    if (remarks.length === 0) continue
    const mark = caret(line, s, margin)
    if (mark !== undefined) out.push(mark)
    for (const r of remarks) out.push(...wrapped(r, width - margin.length - 2).map(l => `${margin}  ${l}`))
    if (s.expected && !o.hint)
      out.push(...wrapped(`Expected: ${s.expected.unicode}`, width - margin.length - 2).map(l => `${margin}  ${l}`))
  }
  return out
}

/** The report for a terminal, 100 columns wide. */
export const renderCheckText = (r: CheckReport, o: CheckRenderOptions = {}): string => {
  const out: string[] = [headline(r), '']
  if (o.hint) {
    const first = r.lines.find(l => l.line === r.firstWrongLine)
    if (first) out.push(...lineText(first, String(first.line).length, o), '')
    else if (r.missing[0]) out.push(...wrapped(`Still missing: ${missingWord(r.missing[0])}.`, width), '')
    if (r.next !== null) out.push(...wrapped(`Next: ${r.next}`, width))
    return `${out.join('\n').trimEnd()}\n`
  }
  const digits = String(r.lines.length).length
  const end = r.lines.findLastIndex(l => l.source.trim() !== '')
  for (const l of r.lines.slice(0, end + 1)) out.push(...lineText(l, digits, o))
  out.push('')
  for (const m of r.missing) out.push(...wrapped(`Missing: ${missingWord(m)}.`, width))
  for (const m of r.remarks) out.push(...wrapped(`Remark: ${m}`, width))
  if (r.next !== null) out.push(...wrapped(`Next: ${r.next}`, width))
  return `${out.join('\n').trimEnd()}\n`
}
