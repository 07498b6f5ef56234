/** The report on a derivation in Markdown: a list of lines with their verdicts, formulas as they were written. */
import type { CheckReport, LineReport } from '../check/report.ts'
import { type CheckRenderOptions, headline, lawsOf, missingWord, remarksOn } from './check-words.ts'
import { markdownText } from './escape.ts'

const signs = { ok: '✓', wrong: '✗', follows: '↳', unknown: '?', prose: '·', unreadable: '!' } as const

/** As code, whatever it holds. */
const code = (source: string): string => {
  const text = source.trim().replace(/[\p{Cc}\p{Cf}]/gu, ' ')
  const ticks = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map(t => t.length)))
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${text}${pad}${ticks}`
}

const lineMarkdown = (l: LineReport, o: CheckRenderOptions): readonly string[] => {
  if (l.source.trim() === '') return []
  const out = [`- ${signs[l.status]} **${l.line}** ${code(l.source)}`]
  const laws = o.hint ? [] : lawsOf(l.rules)
  if (l.status === 'ok' && laws.length > 0) out.push(`  <br>by: ${laws.map(l => markdownText(l)).join('; ')}`)
  for (const s of l.statements) {
    const remarks = remarksOn(s, o)
    if (remarks.length === 0) continue
    const where = s.source.trim() === l.source.trim() ? '' : `${code(s.source)}: `
    out.push(`  - ${where}${remarks.map(m => markdownText(m)).join(' ')}`)
    if (s.expected && !o.hint) out.push(`  - Expected: $${s.expected.latex}$`)
  }
  return out
}

/** The report as Markdown. */
export const renderCheckMarkdown = (r: CheckReport, o: CheckRenderOptions = {}): string => {
  const lines = o.hint ? r.lines.filter(l => l.line === r.firstWrongLine) : r.lines
  const out = [`**${markdownText(headline(r))}**`, '', ...lines.flatMap(l => lineMarkdown(l, o)), '']
  const missing = o.hint ? r.missing.slice(0, 1) : r.missing
  for (const m of missing) out.push(`Missing: ${markdownText(missingWord(m))}.`, '')
  if (!o.hint) for (const m of r.remarks) out.push(`Remark: ${markdownText(m)}`, '')
  if (r.next !== null) out.push(`Next: ${markdownText(r.next)}`, '')
  return `${out.join('\n').trimEnd()}\n`
}
