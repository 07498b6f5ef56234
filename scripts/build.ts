/**
 * The build: built-in models, the library and its declarations by tsc (dist/lib), and the command line bundled by
 * esbuild (dist/cli): one file whose modules run when they are first imported, with its code cache, so that
 * `thetahat derive poisson` starts fast and what is heavy is loaded only by the command that needs it.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const node = (...args: string[]): void => {
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

rmSync(`${root}dist`, { recursive: true, force: true })
await import('./generate.ts')
if (process.exitCode !== undefined && process.exitCode !== 0) process.exit()
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })

await build({
  absWorkingDir: root,
  entryPoints: { program: 'src/cli/main.ts' },
  outdir: 'dist/cli',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'linked',
  charset: 'ascii',
  define: { 'import.meta.url': '__url' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
  alias: { 'node:child_process': './scripts/no-child-process.ts' },
  // Loaded from node_modules by the commands that need them: large, and not made to be bundled.
  external: ['mathjs', 'nerdamer', 'nerdamer/*', 'katex'],
  logLevel: 'warning',
})
copyFileSync(`${root}scripts/start.cjs`, `${root}dist/cli/thetahat.cjs`)
chmodSync(`${root}dist/cli/thetahat.cjs`, 0o755)
node(
  '--eval',
  `process.argv = [process.argv[0], 'thetahat', 'derive', 'poisson']
  const cache = require('./dist/cli/thetahat.cjs')
  process.on('exit', () => require('node:fs').writeFileSync('dist/cli/program.cache', cache()))`,
)
