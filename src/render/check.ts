/** The report on a derivation in any format but HTML, which has its own entry because of its weight. */
import type { CheckReport } from '../check/report.ts'
import { renderCheckMarkdown } from './check-markdown.ts'
import { renderCheckText } from './check-text.ts'
import { type CheckRenderOptions, hinted } from './check-words.ts'

export type { CheckRenderOptions }

/** The report as text for the terminal, Markdown, or JSON. */
export const renderCheck = (report: CheckReport, format: 'text' | 'markdown' | 'json', options: CheckRenderOptions = {}): string => {
  switch (format) {
    case 'text':
      return renderCheckText(report, options)
    case 'markdown':
      return renderCheckMarkdown(report, options)
    case 'json':
      return `${JSON.stringify(options.hint ? hinted(report) : report, null, 2)}\n`
  }
}
