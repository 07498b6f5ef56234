/** The program, started by the small executable that the build puts before it. */
import { run } from './program.ts'
import { processTerminal } from './terminal.ts'

run(process.argv.slice(2), processTerminal).then(code => {
  process.exitCode = code
})
