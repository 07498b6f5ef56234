/** Writes the rendered example of README.md: chosen sections of a derivation, between two markers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { derive } from '../src/derive/derive.ts'
import { parseModel } from '../src/model/model-file.ts'
import { render } from '../src/render/render.ts'

const file = new URL('../README.md', import.meta.url)
const [begin, end] = ['<!-- example -->\n', '<!-- end of the example -->']
const shown = ['Log-likelihood', 'Score', 'Score equation', 'Is it a maximum?', 'Conclusion']

/** The example as the README shows it. */
export const example = (): string => {
  const model = parseModel({ density: 'theta*x^(theta-1)', support: '0 < x < 1', parameters: { theta: 'theta > 0' } })
  const [opening = '', ...sections] = render(derive(model), 'markdown').split(/^## \d+\. /m)
  const chosen = sections.filter(s => shown.includes(s.split('\n')[0] ?? ''))
  return [opening.replace(/^# .*\n+/, ''), ...chosen.map(s => `#### ${s}`)]
    .join('')
    .replace(/^---[\s\S]*$/m, '')
    .trimEnd()
}

/** README.md with the example of today. */
export const readme = (): string => {
  const text = readFileSync(file, 'utf8')
  const from = text.indexOf(begin) + begin.length
  return `${text.slice(0, from)}\n${example()}\n\n${text.slice(text.indexOf(end))}`
}

if (process.argv.includes('--write')) writeFileSync(file, readme())
