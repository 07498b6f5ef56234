/**
 * The build: built-in models, the library and its declarations by tsc (dist/lib), and the command line bundled by
 * esbuild (dist/cli): one file whose modules run when they are first imported, with its code cache, so that
 * `thetahat derive poisson` starts fast and what is heavy is loaded only by the command that needs it.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Runs Node with the arguments; a failure has said what is wrong and ends the build. */
const node = (stdout: 'inherit' | 'ignore', ...args: string[]): void => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', stdout, 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
}

rmSync(`${root}dist`, { recursive: true, force: true })
await import('./generate.ts')
if (process.exitCode !== undefined && process.exitCode !== 0) process.exit()
const { modelJsonSchema } = await import('../src/model/model-schema.ts')
node('inherit', 'node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json')

writeFileSync(`${root}dist/model.schema.json`, `${JSON.stringify(modelJsonSchema(), null, 2)}\n`)

await build({
  absWorkingDir: root,
  entryPoints: { program: 'src/cli/main.ts' },
  outdir: 'dist/cli',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  // templates as calls: only then every letter beyond ASCII is escaped, and the text is read without decoding
  supported: { 'dynamic-import': false, 'template-literal': false },
  legalComments: 'linked',
  charset: 'ascii',
  define: { 'import.meta.url': '__url' },
  // a function that the starting script calls: the text is compiled as it stands in the file, with no copy made of it
  banner: { js: "(function (require, __filename) {const __url = require('node:url').pathToFileURL(__filename).href;" },
  footer: { js: '})' },
  alias: { 'node:child_process': './scripts/no-child-process.ts' },
  // Loaded from node_modules by the commands that need them: large, and not made to be bundled.
  external: ['mathjs', 'nerdamer', 'nerdamer/*', 'katex'],
  logLevel: 'warning',
})
// what is left beyond ASCII stands in regular expressions, where an escape means the same
const program = `${root}dist/cli/program.js`
const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
writeFileSync(program, readFileSync(program, 'utf8').replace(/[^\x00-\x7f]/g, escaped))
writeFileSync(`${root}dist/cli/package.json`, '{ "type": "commonjs" }\n')
copyFileSync(`${root}scripts/start.cjs`, `${root}dist/cli/thetahat.js`)
chmodSync(`${root}dist/cli/thetahat.js`, 0o755)
node(
  'ignore',
  '--eval',
  `process.argv = [process.argv[0], 'thetahat', 'derive', 'poisson']
  const cache = require('./dist/cli/thetahat.js')
  process.on('exit', () => require('node:fs').writeFileSync('dist/cli/program.cache', cache()))`,
)

// `npx thetahat` in a clone finds the program where it finds those of the dependencies.
const link = `${root}node_modules/.bin/thetahat`
if (process.platform !== 'win32' && existsSync(`${root}node_modules/.bin`)) {
  rmSync(link, { force: true })
  symlinkSync('../../dist/cli/thetahat.js', link)
}
