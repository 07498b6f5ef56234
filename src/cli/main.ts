#!/usr/bin/env node
/** The executable. */
import { run } from './program.ts'
import { processTerminal } from './terminal.ts'

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (e: NodeJS.ErrnoException) => process.exit(e.code === 'EPIPE' ? 0 : 2))
process.exitCode = await run(process.argv.slice(2), processTerminal)
