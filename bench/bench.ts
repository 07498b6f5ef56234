/**
 * Speed and memory, printed and never asserted: what `npm run bench` shows. The measured code is bundled and minified
 * as the shipped program is. Symbols are renamed in every repetition; one column has the same model again and again, as a
 * program that derives the models of a folder does.
 *   npm run bench -- [repetitions] [derivations in the loop] [model,model…]
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Figures, ModelFigures, Spread } from './measure.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Standard output of a run of Node. @throws Error when it fails */
const node = (...args: string[]): string => {
  const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 })
  if (run.status !== 0) throw new Error(`node ${args.join(' ').slice(0, 80)} failed: ${run.stderr.slice(-500)}`)
  return run.stdout
}

const measured = async (args: readonly string[]): Promise<Figures> => {
  const folder = mkdtempSync(`${root}node_modules/.bench-`)
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ['bench/measure.ts'],
      outfile: `${folder}/measure.cjs`,
      bundle: true,
      minify: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20.19',
      external: ['mathjs', 'nerdamer', 'nerdamer/*', 'katex'],
      define: { 'import.meta.url': '__url' },
      banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
      logLevel: 'warning',
    })
    return JSON.parse(node('--expose-gc', `${folder}/measure.cjs`, ...args)) as Figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ms = (t: number): string => t.toFixed(t < 9.95 ? 2 : 1).padStart(7)
const pair = (s: Spread): string => `${ms(s.median)} ${ms(s.p95)}`
const row = (m: ModelFigures): string =>
  `${m.id.padEnd(28)} ${pair(m.derive)}  ${pair(m.both)} ${ms(m.cpu.median)}  ${pair(m.again)}  ${String(m.attempts).padStart(6)}  ${pair(m.proofread)}  ${pair(m.certificate)}`
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const report = (f: Figures): void => {
  const head = (text: string): string => text.padStart(15)
  console.log('milliseconds, median and 95th percentile; derivation + LaTeX also in processor time (median)\n')
  console.log(
    `${''.padEnd(28)} ${head('derive')}  ${head('derive + LaTeX')} ${'cpu'.padStart(7)}  ${head('the same again')}  ${'rules'.padStart(6)}  ${head('proofread')}  ${head('certificate')}`,
  )
  for (const m of f.models) console.log(row(m))
  const median = (of: (m: ModelFigures) => number): string => ms(middle(f.models.map(of)))
  console.log(
    `\nover all models, the median of the medians: derive + LaTeX ${median(m => m.both.median).trim()} with every name new (processor time ${median(m => m.cpu.median).trim()}), ${median(m => m.again.median).trim()} for the same model again, proofread ${median(m => m.proofread.median).trim()}, certificate ${median(m => m.certificate.median).trim()}`,
  )
  const { count, seconds, heapBefore, heapAfter } = f.loop
  console.log(
    `${count} derivations in one loop: ${seconds.toFixed(1)} s; heap ${heapBefore.toFixed(1)} MB before, ${heapAfter.toFixed(1)} MB after; peak of this process, mathjs and nerdamer included: ${f.peak.toFixed(0)} MB`,
  )
}

/** Wall time of whole runs of Node, the two commands in turns, so that a busy machine slows both. */
const command = (): void => {
  const program = 'dist/cli/thetahat.js'
  if (!existsSync(`${root}${program}`)) {
    console.log('the command is not measured: there is no dist/ (npm run build)')
    return
  }
  const timed = (...args: string[]): number => {
    const t = performance.now()
    node(...args)
    return performance.now() - t
  }
  const [ours, empty]: [number[], number[]] = [[], []]
  for (let k = 0; k < 31; k++) {
    empty.push(timed('-e', '0'))
    ours.push(timed(program, 'derive', 'poisson'))
  }
  const [a, b] = [middle(ours), middle(empty)]
  console.log(`thetahat derive poisson: ${a.toFixed(0)} ms, ${(a / b).toFixed(2)} times node -e 0 (${b.toFixed(0)} ms)`)
  const asked = `process.argv.splice(1, 0, 'thetahat'); process.on('exit', () => console.error(process.resourceUsage().maxRSS)); require('./${program}')`
  const run = spawnSync(process.execPath, ['-e', asked, 'derive', 'poisson'], { cwd: root, encoding: 'utf8' })
  console.log(`peak memory of the command: ${(Number(run.stderr.trim().split('\n').at(-1)) / 1024).toFixed(0)} MB`)
}

report(await measured(process.argv.slice(2)))
command()
