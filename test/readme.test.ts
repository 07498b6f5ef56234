/** What the README promises. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readme } from '../scripts/readme.ts'
import { derive, estimate, parseModel, proofread, render } from '../src/index.ts'

const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

describe('README', () => {
  it('shows what the engine writes today (npm run accept)', () => {
    expect(text).toBe(readme())
  })

  it('has a library example that runs', () => {
    const model = parseModel({ density: 'p^x * (1-p)^(1-x)', support: 'x in {0, 1}', parameters: { p: '0 <= p <= 1' } })
    const derivation = proofread(derive(model))
    const latex = render(derivation, 'latex', {
      detail: 'brief',
      notation: { logarithm: 'ln', limits: false, means: 'sum', index: 'j', size: 'm' },
    })
    expect(latex).toContain('\\hat')
    expect(latex).toContain('\\ln')
    expect(estimate(derivation, { x: [1, 0, 1, 1] }).parameters).toEqual({ p: 0.75 })
  })

  it('gives a reason for every dependency, and only for those', () => {
    const declared = Object.keys(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).dependencies)
    const table = text.slice(text.indexOf('## Dependencies'), text.indexOf('For development'))
    const listed = [...table.matchAll(/^\| (\S+) \| (?!why)/gm)].map(m => m[1]).filter(name => name !== 'package')
    const covers = (row: string, name: string): boolean => (row.endsWith('*') ? name.startsWith(row.slice(0, -1)) : row === name)
    expect(declared.filter(name => !listed.some(row => covers(row ?? '', name)))).toEqual([])
    expect(listed.filter(row => row !== '---' && !row?.startsWith('|') && !declared.some(name => covers(row ?? '', name)))).toEqual([])
  })

  it('two commands start everything', () => {
    const start = text.slice(text.indexOf('## Start'), text.indexOf('## What comes out'))
    expect(/```sh\n([^`]*)```/.exec(start)?.[1]?.trim().split('\n')).toEqual([
      'npm ci && npx thetahat derive poisson',
      'npm ci && npm test',
    ])
  })
})
