/** Sentences as people write them around a derivation, every one of them true: none is called wrong, and all are read. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { check } from '../../src/check/check.ts'
import { parseModel } from '../../src/model/model-file.ts'

interface Group {
  readonly model: string
  readonly before: string
  readonly sentences: readonly string[]
}
const groups = ['sentences', 'remarks'].flatMap(
  name => parse(readFileSync(new URL(`./${name}.yaml`, import.meta.url), 'utf8')) as readonly Group[],
)

describe.each(groups.map(g => [g.model.split('\n')[0] ?? '', g] as const))('%s', (_title, g) => {
  const model = parseModel(g.model)
  it.each(g.sentences)('%s', sentence => {
    const report = check(model, `${g.before}\n\n${sentence}`)
    const bad = report.lines.flatMap(l => l.statements.filter(s => ['wrong', 'follows', 'unreadable'].includes(s.status)))
    expect(bad.map(s => `${s.status}: ${s.source}: ${s.message}`)).toEqual([])
  })
})
