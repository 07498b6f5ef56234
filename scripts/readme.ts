/** Writes the rendered examples of README.md between their markers: chosen sections of a derivation, and a short one. */
import { readFileSync, writeFileSync } from 'node:fs'
import { derive } from '../src/derive/derive.ts'
import { builtInModel } from '../src/model/built-in.ts'
import { parseModel } from '../src/model/model-file.ts'
import { render } from '../src/render/render.ts'

const file = new URL('../README.md', import.meta.url)
const markers = ['<!-- example -->\n', '<!-- end of the example -->'] as const
const briefMarkers = ['<!-- brief -->\n', '<!-- end of brief -->'] as const
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

/** The short form with other letters, from the log-likelihood on. */
export const briefExample = (): string => {
  const written = render(derive(builtInModel('poisson')), 'text', {
    detail: 'brief',
    notation: { logarithm: 'ln', limits: false, index: 'j', size: 'm' },
  })
  return `\`\`\`text\n${written.slice(written.indexOf('1. Likelihood')).trimEnd()}\n\`\`\``
}

const between = (text: string, [begin, end]: readonly [string, string], content: string): string =>
  `${text.slice(0, text.indexOf(begin) + begin.length)}\n${content}\n\n${text.slice(text.indexOf(end))}`

/** README.md with the examples of today. */
export const readme = (): string => between(between(readFileSync(file, 'utf8'), markers, example()), briefMarkers, briefExample())

if (process.argv.includes('--write')) writeFileSync(file, readme())
