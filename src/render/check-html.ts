/** The report on a derivation as a page: every line as it was written, typeset where it is LaTeX, the wrong part marked. */
import type { CheckReport, LineReport, StatementReport } from '../check/report.ts'
import { type CheckRenderOptions, headline, lawsOf, missingWord, remarksOn, signOf } from './check-words.ts'
import { htmlText } from './escape.ts'
import { typeset } from './html.ts'
import { katexStyle } from './katex-style.ts'
import { page, pageStyle } from './page.ts'

const style = `
.lines{list-style:none;margin:1.2rem 0;padding:0}
.lines>li{display:grid;grid-template-columns:1.6rem 2.4rem 1fr;column-gap:.4rem;margin:0;padding:.3rem .5rem;border-left:3px solid transparent;overflow-x:auto}
.lines .sign{font-weight:700}.lines .number{color:var(--soft);text-align:right;font-variant-numeric:tabular-nums}
.lines code{font-size:.9rem;white-space:pre-wrap}
.lines .body p{margin:.25rem 0}
.lines .laws{color:var(--soft);font-size:.88rem}
.ok .sign{color:#2f7d4f}.wrong{background:#fdf1f0;border-left-color:#b3372f!important}.wrong .sign{color:#b3372f}
.follows{border-left-color:#d9a441!important}.follows .sign,.unknown .sign,.unreadable .sign{color:#9a6a12}
.prose{color:var(--soft)}
mark,mark.wrong{background:#f7cfcb;border-radius:3px;padding:0 .15em}
mark.follows,mark.unknown,mark.unreadable{background:#f6e6bf}
`

/** The written line with the parts that are not right marked. */
const marked = (l: LineReport): string => {
  const faults = l.statements
    .filter(s => s.status !== 'ok' && s.status !== 'prose' && s.column >= 1)
    .map(s => ({ from: s.column - 1, to: Math.min(l.source.length, s.column - 1 + s.length), status: s.status }))
    .sort((a, b) => a.from - b.from)
  let at = 0
  let out = ''
  for (const f of faults) {
    if (f.from < at || f.to <= f.from) continue
    out += `${htmlText(l.source.slice(at, f.from))}<mark class="${f.status}">${htmlText(l.source.slice(f.from, f.to))}</mark>`
    at = f.to
  }
  return `<code>${out}${htmlText(l.source.slice(at))}</code>`
}

/** A statement that was written in LaTeX, set as it would be printed. */
const asPrinted = (s: StatementReport): string => {
  if (!s.source.includes('\\') || s.source.length > 2000) return ''
  const bare = s.source
    .replace(/\\(?:tag|label)\*?\{[^{}]*\}|\\nonumber|\\notag/g, '')
    .replace(/(?<!\\)&/g, '')
    .replace(/\\\\\s*$/, '')
    .replace(/[,.;]\s*$/, '')
    .trim()
  return bare === '' ? '' : typeset(`\\displaystyle ${bare}`)
}

const lineHtml = (l: LineReport, o: CheckRenderOptions): string => {
  if (l.source.trim() === '') return ''
  const laws = o.hint ? [] : lawsOf(l.rules)
  const parts = [marked(l)]
  for (const s of l.statements) {
    const remarks = remarksOn(s, o)
    if (remarks.length === 0) continue
    const printed = asPrinted(s)
    if (printed !== '') parts.push(`<p class="printed">${printed}</p>`)
    for (const m of remarks) parts.push(`<p>${htmlText(m)}</p>`)
    if (s.expected && !o.hint) parts.push(`<p>Expected: ${typeset(`\\displaystyle ${s.expected.latex}`)}</p>`)
  }
  if (l.status === 'ok' && laws.length > 0) parts.push(`<p class="laws">by: ${htmlText(laws.join('; '))}</p>`)
  return (
    `<li class="${l.status}" id="line-${l.line}"><span class="sign" aria-label="${l.status}">${signOf[l.status]}</span>` +
    `<span class="number">${l.line}</span><div class="body">${parts.join('\n')}</div></li>`
  )
}

/** The report as one self-contained page; with `fragment` only the article. */
export const renderCheckHtml = (
  r: CheckReport,
  o: CheckRenderOptions & { readonly fragment?: boolean; readonly title?: string } = {},
): string => {
  const lines = o.hint ? r.lines.filter(l => l.line === r.firstWrongLine) : r.lines
  const notes = [
    ...(o.hint ? r.missing.slice(0, 1) : r.missing).map(m => `Missing: ${missingWord(m)}.`),
    ...(o.hint ? [] : r.remarks.map(m => `Remark: ${m}`)),
    ...(r.next === null ? [] : [`Next: ${r.next}`]),
  ]
  const title = o.title ?? 'Check of a derivation'
  const body = [
    `<p class="verdict ${r.verdict}"><strong>${htmlText(headline(r))}</strong></p>`,
    `<ol class="lines">\n${lines
      .map(l => lineHtml(l, o))
      .filter(h => h !== '')
      .join('\n')}\n</ol>`,
    ...notes.map(n => `<p>${htmlText(n)}</p>`),
  ].join('\n')
  if (o.fragment) return `<article class="thetahat">\n${body}\n</article>\n`
  const article = `<article>\n<h1>${htmlText(title)}</h1>\n${body}\n</article>`
  return page(htmlText(title), katexStyle(article) + pageStyle + style, article)
}
