/** The program, started by the small executable that the build puts before it. */
import { run } from './program.ts'
import { processTerminal } from './terminal.ts'

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (e: NodeJS.ErrnoException) => process.exit(e.code === 'EPIPE' ? 0 : 2))
run(process.argv.slice(2), processTerminal).then(code => {
  process.exitCode = code
})
