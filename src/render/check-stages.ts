/** A marking scheme for the terminal or in Markdown: the lines of a full answer with the laws between them. */
import type { Role } from '../check/report.ts'
import type { StageReport } from '../check/stages.ts'
import { lawsOf } from './check-words.ts'
import { markdownText } from './escape.ts'

const titles: Readonly<Partial<Record<Role, string>>> = {
  likelihood: 'Likelihood',
  'log-likelihood': 'Log-likelihood',
  score: 'Score',
  'score-equation': 'Score equation',
  'second-derivative': 'Second derivative',
  claim: 'Which samples',
  estimator: 'Estimator',
}

/** The stages in the order of a full answer. */
export const renderStages = (stages: readonly StageReport[], format: 'text' | 'markdown' | 'json'): string => {
  if (format === 'json') return `${JSON.stringify(stages, null, 2)}\n`
  const out: string[] = []
  let part: Role | undefined
  for (const s of stages) {
    const title = titles[s.role] ?? s.role
    if (s.role !== part) out.push('', format === 'markdown' ? `**${markdownText(title)}**\n` : title)
    part = s.role
    const laws = lawsOf(s.rules)
    const said = [...(s.note ? [s.note] : []), ...(laws.length > 0 ? [`by: ${laws.join('; ')}`] : [])]
    if (format === 'markdown') out.push(`- $${s.formula.latex}$${said.length > 0 ? ` (${markdownText(said.join('; '))})` : ''}`)
    else out.push(`  ${s.formula.unicode}`, ...said.map(t => `      ${t}`))
  }
  return `${out.join('\n').trimStart()}\n`
}
