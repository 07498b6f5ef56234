/**
 * Walks the corpora of people's solutions: in `wrong/` one mistake is planted in each, and the verdict, the first wrong line and
 * the name of the mistake are asserted; the solutions they start from are correct and have to pass.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { mistakeById, mistakes } from '../../rules/mistakes.ts'
import { check } from '../../src/check/check.ts'
import type { Model } from '../../src/model/model.ts'
import { parseModel } from '../../src/model/model-file.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const derivations = fileURLToPath(new URL('../../derivations', import.meta.url))

interface Case {
  readonly model: string | object
  /** Lines, or a document. */
  readonly steps: readonly string[] | string
  /** The line of the mistake; absent: nothing is wrong. */
  readonly line?: number
  /** Its id, any of several, or null where more than one name would do. */
  readonly mistake?: string | readonly string[] | null
  /** What an unfinished solution lacks. */
  readonly missing?: readonly string[]
  readonly remark?: string
}
interface Planted {
  readonly model: string | object
  readonly solution?: readonly string[]
  readonly wrong: readonly (Omit<Case, 'model' | 'steps'> & { readonly steps?: Case['steps']; readonly instead?: string })[]
}

const models = new Map<string, Model>()
/** The model of a case: one that several cases have is built once, with what the judge finds out about it. */
const modelOf = (m: string | object): Model => {
  const key = JSON.stringify(m)
  const known = models.get(key)
  if (known) return known
  const model = typeof m === 'string' ? parseModel(readFileSync(join(derivations, `${m}.yaml`), 'utf8')) : parseModel(m)
  models.set(key, model)
  return model
}

const casesOf = (file: string): readonly Case[] => {
  const content = parse(readFileSync(join(here, 'wrong', file), 'utf8')) as readonly Case[] | Planted
  if (Array.isArray(content)) return content as readonly Case[]
  const { model, solution = [], wrong } = content as Planted
  return wrong.map(w => ({ ...w, model, steps: w.steps ?? [...solution.slice(0, (w.line ?? 1) - 1), w.instead ?? ''] }))
}

const linesOf = (c: Case): readonly string[] => (typeof c.steps === 'string' ? c.steps.trimEnd().split('\n') : c.steps)

const files = readdirSync(join(here, 'wrong')).filter(f => f.endsWith('.yaml'))

describe.each(files)('%s', file => {
  const content = parse(readFileSync(join(here, 'wrong', file), 'utf8')) as Planted
  const { solution } = content
  if (solution)
    it('is correct without a mistake', () => {
      const report = check(modelOf(content.model), solution)
      expect(report.lines.filter(l => l.status === 'wrong').map(l => `${l.source}: ${l.message}`)).toEqual([])
      expect([report.verdict, report.missing]).toEqual(['correct', []])
    })
  it.each(casesOf(file).map(c => [`${c.line ?? '-'} ${c.mistake ?? ''}: ${linesOf(c)[(c.line ?? 1) - 1]}`, c] as const))(
    '%s',
    (_title, c) => {
      const report = check(modelOf(c.model), linesOf(c))
      if (c.line !== undefined) {
        expect(report.verdict).toBe('wrong')
        expect(report.firstWrongLine).toBe(c.line)
        if (c.mistake) expect([c.mistake].flat()).toContain(report.misconception)
      } else {
        expect(report.firstWrongLine).toBe(null)
        expect([...report.missing].sort()).toEqual([...(c.missing ?? [])].sort())
        if (c.mistake) expect([c.mistake].flat()).toContain(report.misconception)
        if (c.remark) expect(report.remarks.join(' ')).toContain(c.remark)
      }
    },
  )
})

/** Correct solutions as people write them: a model in the header, then the document. `incomplete`: what they leave out. */
const incomplete: Readonly<Record<string, readonly string[]>> = {
  'logistic-slope.md': ['estimate'],
  'told-lognormal.md': ['second-order'],
  'told-three-cells-with-one-parameter.md': ['second-order'],
}
describe.each(readdirSync(join(here, 'correct')))('correct/%s', file => {
  it('has nothing wrong', () => {
    const text = readFileSync(join(here, 'correct', file), 'utf8')
    const header = /^---\n([\s\S]*?)\n---\n/.exec(text)
    const report = check(parseModel(header?.[1] ?? ''), text.slice(header?.[0].length))
    const bad = report.lines.flatMap(l =>
      l.statements.filter(s => s.status === 'wrong' || s.status === 'follows').map(s => `${l.line} ${s.source}: ${s.message}`),
    )
    expect(bad).toEqual([])
    expect(report.missing).toEqual(incomplete[file] ?? [])
    expect(report.verdict).toBe(incomplete[file] ? 'incomplete' : 'correct')
  })
})

describe('the corpus', () => {
  const planted = files.flatMap(casesOf).filter(c => c.line !== undefined)
  it('has at least 160 wrong solutions', () => {
    expect(planted.length).toBeGreaterThanOrEqual(160)
  })
  it('names mistakes of the bank', () => {
    for (const c of planted) for (const id of [c.mistake ?? []].flat()) expect(mistakeById(id), id).toBeDefined()
  })
  it('plants every rewrite at least once', () => {
    const seen = new Set(planted.flatMap(c => [c.mistake ?? []].flat()))
    expect(mistakes.filter(m => m.kind === 'rewrite' && !seen.has(m.id)).map(m => m.id)).toEqual([])
  })
})
