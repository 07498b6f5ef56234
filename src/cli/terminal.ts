/** What a command may do to the world, so that tests can run commands without a process. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'

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

const reason = (e: unknown): string => {
  const code = (e as { code?: string }).code
  return code === 'EACCES'
    ? 'no permission'
    : code === 'EISDIR'
      ? 'it is a folder'
      : code === 'ENOENT'
        ? 'no such folder'
        : code === 'ENOTDIR'
          ? 'no such folder'
          : (code ?? 'it cannot be opened')
}

export const processTerminal: Terminal = {
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
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
