/** The plan of the house, read from the imports: layers import downwards only, packages stand in one file each. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const layers = [
  'term',
  'print',
  'read',
  'rewrite',
  'rules',
  'model',
  'document',
  'solve',
  'derive',
  'estimate',
  'verify',
  'check',
  'render',
  'cli',
]
const core = new Set(['term', 'print', 'read', 'rewrite', 'rules'])

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(e => e.isFile() && e.name.endsWith('.ts'))
    .map(e => relative(root, join(e.parentPath, e.name)))

interface Import {
  readonly from: string
  readonly to: string
  readonly text: string
}

const importPattern = /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g
const imports: readonly Import[] = [...sources('src'), ...sources('rules')].flatMap(from =>
  [...readFileSync(join(root, from), 'utf8').matchAll(importPattern)].map(m => {
    const text = m[1] ?? m[2] ?? ''
    return { from, text, to: text.startsWith('.') ? normalize(join(dirname(from), text)) : text }
  }),
)
const layerOf = (file: string): string => (file.startsWith('rules/') ? 'rules' : (file.split('/')[1] ?? ''))
const isOwn = (i: Import): boolean => i.text.startsWith('.')
const packageOf = (text: string): string =>
  text
    .split('/')
    .slice(0, text.startsWith('@') ? 2 : 1)
    .join('/')

describe('layers', () => {
  it('sees the imports', () => {
    expect(imports.filter(isOwn).length).toBeGreaterThan(100)
    expect(imports.some(i => i.text === 'zod')).toBe(true)
  })

  it('every folder of src is a layer', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter(e => e.isDirectory())
      .map(e => e.name)
    expect(folders.filter(f => !layers.includes(f))).toEqual([])
  })

  it('each layer imports from itself and from below', () => {
    const upward = imports
      .filter(isOwn)
      .filter(i => i.from !== 'src/index.ts' && layers.indexOf(layerOf(i.to)) > layers.indexOf(layerOf(i.from)))
    expect(upward.map(i => `${i.from} imports ${i.to}`)).toEqual([])
  })

  it('nothing but the public entry imports the public entry', () => {
    expect(imports.filter(i => i.to === 'src/index.ts').map(i => i.from)).toEqual([])
  })

  it('derive, solve and below never import verify', () => {
    const below = new Set(layers.slice(0, layers.indexOf('verify')))
    expect(imports.filter(i => layerOf(i.to) === 'verify' && isOwn(i) && below.has(layerOf(i.from))).map(i => i.from)).toEqual([])
  })

  it('the core imports no package but ts-pattern and, in the table of functions, special functions', () => {
    const foreign = imports
      .filter(i => !isOwn(i) && core.has(layerOf(i.from)))
      .filter(i => i.text !== 'ts-pattern' && !(i.from === 'src/term/functions.ts' && i.text.startsWith('@stdlib/math-base-special-')))
    expect(foreign.map(i => `${i.from} imports ${i.text}`)).toEqual([])
  })

  it('every other package is imported in exactly one file', () => {
    const users = new Map<string, Set<string>>()
    for (const i of imports) {
      if (isOwn(i) || i.text.startsWith('node:') || i.text === 'ts-pattern') continue
      const name = packageOf(i.text)
      users.set(name, (users.get(name) ?? new Set()).add(i.from))
    }
    expect([...users].filter(([, files]) => files.size > 1).map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([])
    const declared = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies)
    expect([...users.keys()].filter(name => !declared.includes(name))).toEqual([])
  })

  it('every dependency is used', () => {
    const used = new Set(imports.filter(i => !isOwn(i)).map(i => packageOf(i.text)))
    const declared = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies)
    expect(declared.filter(name => !used.has(name))).toEqual([])
  })

  it('only the command line touches files and processes; the page embeds the fonts of katex', () => {
    const pure = new Set(['node:module', 'node:path', 'node:url'])
    const impure = imports.filter(i => i.text.startsWith('node:') && !pure.has(i.text) && layerOf(i.from) !== 'cli')
    expect(impure.map(i => `${i.from} imports ${i.text}`).filter(i => i !== 'src/render/katex-style.ts imports node:fs')).toEqual([])
  })

  it('no text is ever turned into code', () => {
    const risky = [...sources('src'), ...sources('rules')].filter(f =>
      /\beval\s*\(|\bnew Function\b|\bFunction\s*\(/.test(readFileSync(join(root, f), 'utf8')),
    )
    expect(risky).toEqual([])
  })
})
