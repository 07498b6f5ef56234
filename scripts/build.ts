/**
 * The build: built-in models, the library and its declarations by tsc (dist/lib), and the command line bundled with
 * code splitting by esbuild (dist/cli), so that what is heavy is loaded only by the command that needs it.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

rmSync(`${root}dist`, { recursive: true, force: true })
await import('./generate.ts')
if (process.exitCode !== undefined && process.exitCode !== 0) process.exit()
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })

await build({
  absWorkingDir: root,
  entryPoints: { thetahat: 'src/cli/main.ts' },
  outdir: 'dist/cli',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'linked',
  // Bundled CommonJS packages ask for Node's own modules by require.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url)" },
  // Loaded from node_modules by the commands that need them: large, and not made to be bundled.
  external: ['mathjs', 'nerdamer', 'katex'],
  logLevel: 'warning',
})
chmodSync(`${root}dist/cli/thetahat.js`, 0o755)
