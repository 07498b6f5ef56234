/** Turns derivations/*.yaml into src/model/built-in.generated.ts: validated sources as plain data. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { buildModel } from '../src/model/build-model.ts'
import { readModelFile } from '../src/model/model-file.ts'
import { ModelError } from '../src/read/error.ts'

const folder = new URL('../derivations/', import.meta.url)
const target = new URL('../src/model/built-in.generated.ts', import.meta.url)

/** The text of the generated module. @throws ModelError for the first model file that is not right */
const generated = (): string => {
  const entries: Record<string, unknown> = {}
  for (const file of readdirSync(folder)
    .filter(f => f.endsWith('.yaml'))
    .sort()) {
    const { source, locate } = readModelFile(readFileSync(new URL(file, folder), 'utf8'), `derivations/${file}`)
    buildModel(source, locate)
    const { expect: _, ...fields } = source
    entries[file.replace(/\.yaml$/, '')] = fields
  }
  return [
    '// Generated from derivations/*.yaml by scripts/generate.ts; not to be edited and not committed.',
    "import type { ModelSource } from './model-source.ts'",
    '',
    `export const builtInSources: Readonly<Record<string, ModelSource>> = ${JSON.stringify(entries, null, 2)}`,
    '',
  ].join('\n')
}

const current = (): string | undefined => {
  try {
    return readFileSync(target, 'utf8')
  } catch {
    return undefined
  }
}

try {
  const text = generated()
  if (text !== current()) writeFileSync(target, text)
} catch (e) {
  if (!(e instanceof ModelError)) throw e
  process.stderr.write(`${e.format()}\n`)
  process.exitCode = 2
}
