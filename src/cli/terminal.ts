/** What a command may do to the world, so that tests can run commands without a process. */
import { readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'

export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** All of standard input. */
  readonly input: () => string
  /** The text of a file; undefined if there is no such file. */
  readonly read: (file: string) => string | undefined
  readonly write: (file: string, text: string) => void
}

/** Bad usage: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

export const exit = { answered: 0, wrong: 1, usage: 2, undecided: 3, bug: 70 } as const

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EISDIR: 'it is a folder',
  ENOENT: 'no such folder',
  ENOTDIR: 'no such folder',
  ENOSPC: 'no space is left',
}

const reason = (e: unknown): string => {
  const code = (e as { code?: string }).code
  return code === undefined ? 'it cannot be opened' : (reasons[code] ?? code)
}

const outFile = 1
const errFile = 2
const breath = new Int32Array(new SharedArrayBuffer(4))

/**
 * All of the text, written when this returns. The streams of `process` would have to be loaded, which takes longer than a
 * derivation. A pipe that takes no more just now is waited for.
 */
const writeAll = (file: number, text: string): void => {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(file, bytes, done)
    } catch (e) {
      if ((e as { code?: string }).code !== 'EAGAIN') throw e
      Atomics.wait(breath, 0, 0, 5)
    }
  }
}

export const processTerminal: Terminal = {
  out: text => {
    try {
      writeAll(outFile, text)
    } catch (e) {
      // a reader that has seen enough (`| head`) is no error
      if ((e as { code?: string }).code === 'EPIPE') process.exit(exit.answered)
      throw new UsageError(`cannot write the output: ${reason(e)}`)
    }
  },
  err: text => {
    try {
      writeAll(errFile, text)
    } catch {
      // nobody is there to be told
    }
  },
  input: () => readFileSync(0, 'utf8'),
  read: file => {
    try {
      if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined
      return readFileSync(file, 'utf8')
    } catch (e) {
      const code = (e as { code?: string }).code
      if (code === 'ENAMETOOLONG' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE') return undefined
      throw new UsageError(`cannot read ${file}: ${reason(e)}`)
    }
  },
  write: (file, text) => {
    try {
      writeFileSync(file, text)
    } catch (e) {
      throw new UsageError(`cannot write ${file}: ${reason(e)}`)
    }
  },
}
