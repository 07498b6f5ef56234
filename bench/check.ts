/**
 * Speed of `check`, printed and never asserted: the corpora of correct and of wrong solutions, read and judged, diagnosis
 * included, with models that were never seen before. Times for a line and for a solution, in milliseconds of wall clock.
 *   npx tsx bench/check.ts [rounds]
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { check } from '../src/check/check.ts'
import type { Model } from '../src/model/model.ts'
import { parseModel } from '../src/model/model-file.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = (name: string): string => `${root}test/check/${name}/`

interface Sheet {
  readonly model: () => Model
  readonly steps: string | readonly string[]
  readonly lines: number
  readonly wrong: boolean
}
interface Planted {
  readonly model: string | object
  readonly solution?: readonly string[]
  readonly steps?: readonly string[] | string
  readonly line?: number
  readonly instead?: string
  readonly wrong?: readonly Planted[]
}

const modelOf = (m: string | object): Model => parseModel(typeof m === 'string' ? readFileSync(`${root}derivations/${m}.yaml`, 'utf8') : m)

const planted = (): readonly Sheet[] =>
  readdirSync(folder('wrong')).flatMap(file => {
    const content = parse(readFileSync(folder('wrong') + file, 'utf8')) as Planted | readonly Planted[]
    const list =
      'wrong' in content
        ? (content.wrong ?? []).map(w => ({ ...w, model: content.model, solution: content.solution ?? [] }))
        : (content as readonly Planted[])
    return list.map(w => {
      const steps =
        typeof w.steps === 'string'
          ? w.steps.trimEnd().split('\n')
          : (w.steps ?? [...(w.solution ?? []).slice(0, (w.line ?? 1) - 1), w.instead ?? ''])
      return { model: () => modelOf(w.model), steps, lines: steps.length, wrong: true }
    })
  })

const correct = (): readonly Sheet[] =>
  readdirSync(folder('correct')).map(file => {
    const text = readFileSync(folder('correct') + file, 'utf8')
    const header = /^---\n([\s\S]*?)\n---\n/.exec(text)
    const steps = text.slice(header?.[0].length)
    return { model: () => parseModel(header?.[1] ?? ''), steps, lines: steps.split('\n').filter(l => l.trim() !== '').length, wrong: false }
  })

const quantile = (list: readonly number[], q: number): string =>
  ([...list].sort((a, b) => a - b)[Math.floor(q * (list.length - 1))] ?? Number.NaN).toFixed(2)

const rounds = Number(process.argv[2] ?? 5)
const sheets = [...correct(), ...planted()]
for (const wrong of [false, true]) {
  const mine = sheets.filter(s => s.wrong === wrong)
  const best = mine.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round++)
    mine.forEach((s, k) => {
      const model = s.model()
      const start = performance.now()
      check(model, s.steps)
      best[k] = Math.min(best[k] as number, performance.now() - start)
    })
  const perLine = best.map((t, k) => t / (mine[k]?.lines ?? 1))
  console.log(
    `${wrong ? 'wrong' : 'correct'}: ${mine.length} solutions, ms a solution median ${quantile(best, 0.5)}, 95 % ${quantile(best, 0.95)}, most ${quantile(best, 1)}; ms a line median ${quantile(perLine, 0.5)}, 95 % ${quantile(perLine, 0.95)}`,
  )
}
