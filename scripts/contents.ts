/** Writes derivations/README.md: the models of the book with density, estimator and outcome, grouped by kind of answer. */
import { readFileSync, writeFileSync } from 'node:fs'
import { derive } from '../src/derive/derive.ts'
import { modelStyle } from '../src/document/answer-json.ts'
import type { Derivation, Outcome } from '../src/document/document.ts'
import { builtInModel, builtInNames } from '../src/model/built-in.ts'
import { latex, toLatex } from '../src/print/latex.ts'
import { densitiesOf } from '../src/render/density.ts'
import { markdownText } from '../src/render/escape.ts'
import { markdownHandlers } from '../src/render/markdown.ts'
import { openPen } from '../src/render/pen.ts'
import { type Expr, sym } from '../src/term/term.ts'

const file = new URL('../derivations/README.md', import.meta.url)

const groups: readonly (readonly [Outcome, string, string])[] = [
  ['interior', 'A stationary point', 'The score equation is solved in closed form.'],
  [
    'implicit',
    'An equation without closed form',
    'The equation is reduced as far as it goes, its roots are counted, and Newton computes them.',
  ],
  ['endpoint', 'An end of the support', 'The support moves with the parameter; the score does not vanish at the maximum.'],
  ['boundary', 'An end of the parameter space', 'The typical sample has its maximum on the boundary.'],
  ['finite', 'One of finitely many candidates', 'Values of a finite parameter space, or the observations, are compared.'],
  ['integer', 'An integer', 'Neighbouring values of the likelihood are compared.'],
  ['set', 'A set of maximisers', 'The maximiser is not unique.'],
  ['none', 'No maximum', 'The supremum is not attained.'],
  ['undecided', 'Undecided', 'The derivation says how far it got.'],
]

/** A bar would end the cell, and a `<` before a letter would open a tag. */
const cell = (math: string): string =>
  `$${math
    .replaceAll('\\|', '\\Vert ')
    .replaceAll('|', '\\vert ')
    .replace(/<(?=\S)/g, '< ')}$`

const densityCell = (d: Derivation): string => {
  const [density] = densitiesOf(openPen(d, {}, markdownHandlers))
  if (!density) return ''
  const support = density.support.map(toLatex).join(',\\ ')
  return cell(`${toLatex(density.value)}${support === '' ? '' : `,\\quad ${support}`}`)
}

const estimatorCell = (d: Derivation): string => {
  const style = { ...modelStyle(d.model), means: true }
  const hatted = { ...style, hats: new Set(d.model.parameters.map(p => p.name)) }
  const one = (name: string, estimator: Expr): string => cell(`${latex(sym(name), hatted)}=${latex(estimator, style)}`)
  const [typical] = d.answer.cases
  const found = Object.entries(d.answer.parameters).map(([name, p]) => {
    const estimator = p.estimator ?? typical?.estimator?.[name]
    if (estimator) return one(name, estimator)
    if (p.equation) return `the root of ${cell(latex(p.equation, hatted))}`
    if (typical?.points) return typical.points.flatMap(q => (q[name] ? [one(name, q[name])] : [])).join(' or ')
    const set = typical?.set?.[name]
    if (set) return `from ${cell(latex(set.lo, style))} to ${cell(latex(set.hi, style))}`
    const towards = typical?.towards?.[name]
    if (towards) return `none: ${cell(`${latex(sym(name), style)}\\to ${latex(towards, style)}`)}`
    return typical?.candidates ? 'the best of the candidates' : typical?.attained === 'set' ? 'every point' : 'see there'
  })
  return found.join(', ')
}

/** Attained in which ways, over all samples. */
const outcomeCell = (d: Derivation): string => [...new Set(d.answer.cases.map(c => c.attained))].join(', ')

/** The table of contents of the book. */
export const contents = (): string => {
  const all = builtInNames.map(id => ({ id, d: derive(builtInModel(id)) }))
  const parts = groups.flatMap(([outcome, title, words]) => {
    const here = all.filter(({ d }) => d.answer.outcome === outcome)
    if (here.length === 0) return []
    const rows = here.map(
      ({ id, d }) =>
        `| [${markdownText(d.model.name === '' ? id : d.model.name)}](${id}.md) | ${densityCell(d)} | ${estimatorCell(d)} | ${outcomeCell(d)} | [${id}.yaml](${id}.yaml) |`,
    )
    return [`## ${title}`, words, ['| model | density | estimator | attained | model file |', '|---|---|---|---|---|', ...rows].join('\n')]
  })
  return [
    '# Derivations',
    `The book that the engine wrote: ${all.length} models, each derived from its density alone. The estimator is that of the typical sample; ` +
      'the derivation has every other case. Written by `npm run accept`.',
    ...parts,
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
}

if (process.argv.includes('--write')) writeFileSync(file, contents())

/** What stands there. */
export const written = (): string => readFileSync(file, 'utf8')
