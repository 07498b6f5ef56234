/**
 * Proofs in the style of lecture notes, papers, forums and e-mail, and of students in a hurry: right, if not always complete.
 * Nothing in them is called wrong, and every line is read.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { check } from '../../src/check/check.ts'
import { parseModel } from '../../src/model/model-file.ts'

const folder = fileURLToPath(new URL('./lectures/', import.meta.url))

describe.each(readdirSync(folder))('%s', file => {
  it('is read, and nothing in it is called wrong', () => {
    const text = readFileSync(folder + file, 'utf8')
    const header = /^---\n([\s\S]*?)\n---\n/.exec(text)
    const report = check(parseModel(header?.[1] ?? ''), text.slice(header?.[0].length))
    const statements = report.lines.flatMap(l => l.statements.map(s => ({ ...s, line: l.line })))
    const bad = statements.filter(s => ['wrong', 'follows', 'unreadable'].includes(s.status))
    expect(bad.map(s => `${s.status} ${s.line}: ${s.source}: ${s.message}`)).toEqual([])
    expect(['correct', 'incomplete']).toContain(report.verdict)
    expect(statements.some(s => s.status === 'ok')).toBe(true)
  })
})

const whole = fileURLToPath(new URL('./whole/', import.meta.url))
describe.each(readdirSync(whole))('whole/%s', file => {
  it('is read, complete, and nothing in it is called wrong', () => {
    const text = readFileSync(whole + file, 'utf8')
    const header = /^---\n([\s\S]*?)\n---\n/.exec(text)
    const report = check(parseModel(header?.[1] ?? ''), text.slice(header?.[0].length))
    const bad = report.lines.flatMap(l =>
      l.statements
        .filter(s => ['wrong', 'follows', 'unreadable'].includes(s.status))
        .map(s => `${s.status} ${l.line}: ${s.source}: ${s.message}`),
    )
    expect(bad).toEqual([])
    expect([report.verdict, report.missing]).toEqual(['correct', []])
  })
})
