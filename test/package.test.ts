/** The package as it is installed: a lock file that every platform can install from, entries that exist. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const json = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
const locked: Readonly<Record<string, Locked>> = json('package-lock.json').packages

describe('package-lock.json', () => {
  it('names no host', () => {
    expect(Object.entries(locked).filter(([, p]) => p.resolved !== undefined && !p.resolved.startsWith('file:'))).toEqual([])
  })

  it('has the packages of every platform, without which "npm ci" refuses it', () => {
    const missing = Object.entries(locked).flatMap(([path, p]) =>
      Object.keys(p.optionalDependencies ?? {}).filter(name => !locked[`node_modules/${name}`] && !locked[`${path}/node_modules/${name}`]),
    )
    expect(missing).toEqual([])
  })

  it('agrees with package.json', () => {
    const { dependencies, devDependencies, version } = json('package.json')
    expect(locked['']).toMatchObject({ version, dependencies, devDependencies })
  })

  it('every version is exact', () => {
    const { dependencies, devDependencies } = json('package.json')
    expect(Object.values<string>({ ...dependencies, ...devDependencies }).filter(v => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+$/.test(v))).toEqual([])
  })
})
