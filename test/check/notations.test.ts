/** Spellings of true statements: each is read, and found to be true of its model. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { check } from '../../src/check/check.ts'
import { parseModel } from '../../src/model/model-file.ts'

interface Group {
  readonly name: string
  readonly model: object
  readonly lines: readonly string[]
}
const groups = parse(readFileSync(new URL('./notations.yaml', import.meta.url), 'utf8')) as readonly Group[]

describe.each(groups.map(g => [g.name, g] as const))('%s', (_name, g) => {
  const model = parseModel(g.model)
  it.each(g.lines)('%s', line => {
    const statements = check(model, [line]).lines.flatMap(l => l.statements)
    expect(statements.filter(s => s.status !== 'prose').map(s => s.status)).not.toContain('unreadable')
    expect(statements.some(s => s.status === 'ok')).toBe(true)
    expect(statements.filter(s => ['wrong', 'follows', 'unknown'].includes(s.status)).map(s => s.source)).toEqual([])
  })
})
