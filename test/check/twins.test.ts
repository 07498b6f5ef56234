/** Sentences of which one word decides: the true ones are never called wrong, and the false ones always are, in their own line. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { check } from '../../src/check/check.ts'
import { parseModel } from '../../src/model/model-file.ts'

interface Group {
  readonly model: object
  readonly before: string
  readonly right: readonly string[]
  readonly wrong: readonly string[]
}
const groups = parse(readFileSync(new URL('./twins.yaml', import.meta.url), 'utf8')) as readonly Group[]

describe.each(groups.map(g => [`${stringify(g.model)}${g.before}`, g] as const))('%s', (_title, g) => {
  const model = parseModel(g.model)
  const lines = g.before.trimEnd().split('\n')
  const wrongLines = (sentence: string): readonly number[] =>
    check(model, [...lines, sentence]).lines.flatMap(l => (l.status === 'wrong' || l.status === 'follows' ? [l.line] : []))
  it.each(g.right)('true: %s', sentence => {
    expect(wrongLines(sentence)).toEqual([])
  })
  it.each(g.wrong)('false: %s', sentence => {
    expect(wrongLines(sentence)).toEqual([lines.length + 1])
  })
})
