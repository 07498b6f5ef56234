/**
 * What is measured inside one process: derivation, LaTeX, proof-reading, certificate for every model, and many
 * derivations in one synchronous loop. Prints one JSON object. Run by `bench.ts`, bundled as the program is.
 */
import { derive } from '../src/derive/derive.ts'
import { renderLatex } from '../src/render/latex.ts'
import { takeRuleAttempts } from '../src/rewrite/strategy.ts'
import { certify } from '../src/verify/certify.ts'
import { proofread } from '../src/verify/proofread.ts'
import { modelIds, renamer } from './models.ts'

export interface Spread {
  readonly median: number
  readonly p95: number
}
export interface ModelFigures {
  readonly id: string
  readonly derive: Spread
  readonly both: Spread
  /** Derivation and LaTeX of one and the same model again, with whatever the tables keep of it. */
  readonly again: Spread
  /** Processor time of derivation and LaTeX, which a busy machine disturbs less. */
  readonly cpu: Spread
  readonly proofread: Spread
  readonly certificate: Spread
  readonly attempts: number
}
export interface Figures {
  readonly models: readonly ModelFigures[]
  readonly loop: { readonly count: number; readonly seconds: number; readonly heapBefore: number; readonly heapAfter: number }
  readonly peak: number
}

const spread = (times: number[]): Spread => {
  const sorted = times.sort((a, b) => a - b)
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
  return { median: at(0.5), p95: at(0.95) }
}
const cpuNow = (): number => {
  const u = process.cpuUsage()
  return (u.user + u.system) / 1000
}
const heap = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Derivations before anything is timed, twice: compiled code is what a long-running program has. */
const warming = 6000

const measure = async (repetitions: number, many: number, only: string): Promise<Figures> => {
  const chosen = modelIds.filter(id => only === '' || only.split(',').includes(id))
  const renamers = chosen.map(id => ({ id, rename: renamer(id) }))
  let serial = 1

  // warm: every model has been derived, printed, checked and certified before anything is timed
  const rounds = Math.ceil(warming / renamers.length)
  for (let round = 0; round < rounds; round++) for (const { rename } of renamers) renderLatex(derive(rename(serial++)))
  for (let round = 0; round < 3; round++) for (const { rename } of renamers) proofread(derive(rename(serial++)))
  for (const { rename } of renamers) await certify(derive(rename(serial++)))
  // what certification made the compiler unlearn is learnt again
  for (let round = 0; round < rounds; round++) for (const { rename } of renamers) renderLatex(derive(rename(serial++)))

  const models: ModelFigures[] = []
  for (const { id, rename } of renamers) {
    const [deriving, both, cpu, reading, certifying]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []]
    for (let r = -10; r < repetitions; r++) {
      const model = rename(serial++)
      const c = cpuNow()
      const t = performance.now()
      const derivation = derive(model)
      const derived = performance.now()
      renderLatex(derivation)
      const printed = performance.now()
      if (r < 0) continue
      cpu.push(cpuNow() - c)
      deriving.push(derived - t)
      both.push(printed - t)
    }
    const again: number[] = []
    const same = rename(serial++)
    for (let r = -10; r < repetitions; r++) {
      const t = performance.now()
      renderLatex(derive(same))
      if (r >= 0) again.push(performance.now() - t)
    }
    takeRuleAttempts()
    const derivation = derive(rename(serial++))
    const attempts = takeRuleAttempts()
    for (let r = 0; r < Math.max(5, repetitions / 10); r++) {
      const fresh = derive(rename(serial++))
      const t = performance.now()
      proofread(fresh)
      reading.push(performance.now() - t)
    }
    for (let r = 0; r < Math.max(3, repetitions / 40); r++) {
      const fresh = derive(rename(serial++))
      const t = performance.now()
      await certify(fresh)
      certifying.push(performance.now() - t)
    }
    if (derivation.answer.outcome === 'undecided') throw new Error(`${id}: undecided`)
    models.push({
      id,
      derive: spread(deriving),
      both: spread(both),
      again: spread(again),
      cpu: spread(cpu),
      proofread: spread(reading),
      certificate: spread(certifying),
      attempts,
    })
  }

  const heapBefore = heap()
  const start = performance.now()
  for (let k = 0; k < many; k++) derive((renamers[k % renamers.length] as (typeof renamers)[number]).rename(serial++))
  const seconds = (performance.now() - start) / 1000
  const heapAfter = heap()
  return { models, loop: { count: many, seconds, heapBefore, heapAfter }, peak: process.resourceUsage().maxRSS / 1024 }
}

const [repetitions = '200', many = '10000', only = ''] = process.argv.slice(2)
measure(Number(repetitions), Number(many), only).then(figures => console.log(JSON.stringify(figures)))
