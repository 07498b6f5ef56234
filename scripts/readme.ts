/** Writes the rendered examples of README.md, between markers: sections of a derivation, a short one, a solution checked. */
import { readFileSync, writeFileSync } from 'node:fs'
import { check } from '../src/check/check.ts'
import { derive } from '../src/derive/derive.ts'
import { builtInModel } from '../src/model/built-in.ts'
import { parseModel } from '../src/model/model-file.ts'
import { renderCheck } from '../src/render/check.ts'
import { render } from '../src/render/render.ts'

const file = new URL('../README.md', import.meta.url)
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

/** What `check` says of a solution with one mistake. */
export const checked = (): string => {
  const steps = [
    'L(p) = prod p^x_i (1-p)^(1-x_i) = p^k (1-p)^(n-k)   with k = sum x_i',
    'log L = k log p + (n-k) log(1-p)',
    'd/dp log L = k/p + (n-k)/(1-p) = 0',
    'p_hat = k/(2k-n)',
  ]
  return ['```text', renderCheck(check(builtInModel('bernoulli'), steps), 'text').trimEnd(), '```'].join('\n')
}

/** Each example by the word in its marker. */
const examples = { example, brief: briefExample, checked }

/** README.md with the examples of today. */
export const readme = (): string =>
  Object.entries(examples).reduce(
    (text, [name, write]) => {
      const begin = `<!-- ${name} -->\n`
      const end = text.indexOf(`<!-- end of ${name === 'brief' ? '' : 'the '}${name} -->`)
      return `${text.slice(0, text.indexOf(begin) + begin.length)}\n${write()}\n\n${text.slice(end)}`
    },
    readFileSync(file, 'utf8'),
  )

if (process.argv.includes('--write')) writeFileSync(file, readme())
