/**
 * Every derivation of the book is read back in every output format: no line wrong, none unreadable, the verdict correct. What
 * is left undecided is of few kinds, and each kind is named here: adding a model adds its test.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { check } from '../../src/check/check.ts'
import { derive } from '../../src/derive/derive.ts'
import { parseModel } from '../../src/model/model-file.ts'
import { render } from '../../src/render/render.ts'

const folder = fileURLToPath(new URL('../../derivations/', import.meta.url))

/** Lines that nothing decides: claims in words, special samples, the letters of an iteration and of what the text left unnamed. */
const undecided =
  /^$|^This (?:claim |expectation )?was not decided\.|^A condition|^A value that is mentioned|^No (?:sample|value)|^There is no stationary point|^Where this is meant to hold|: not known here/

describe.each(readdirSync(folder).filter(f => f.endsWith('.yaml')))('%s', file => {
  const model = parseModel(readFileSync(folder + file, 'utf8'))
  const derivation = derive(model)
  it.each(['markdown', 'latex', 'text'] as const)('%s', format => {
    const report = check(model, render(derivation, format))
    const statements = report.lines.flatMap(l => l.statements.map(s => ({ ...s, line: l.line })))
    const bad = statements.filter(
      s => ['wrong', 'follows', 'unreadable'].includes(s.status) || (s.status === 'unknown' && !undecided.test(s.message)),
    )
    expect(bad.map(s => `${s.status} ${s.line}: ${s.source}: ${s.message}`)).toEqual([])
    expect([report.verdict, report.missing]).toEqual(['correct', []])
  })
})
