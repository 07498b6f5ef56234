/** The switches of `--notation`: ln,no-limits,no-bars,index=j,size=m. */
import type { NotationOptions } from '../render/pen.ts'
import { UsageError } from './terminal.ts'

const words: Readonly<Record<string, NotationOptions>> = {
  log: { logarithm: 'log' },
  ln: { logarithm: 'ln' },
  limits: { limits: true },
  'no-limits': { limits: false },
  bars: { means: 'bar' },
  'no-bars': { means: 'sum' },
}

/** @throws UsageError for a switch that does not exist */
export const notationFrom = (given: string): NotationOptions => {
  const one = (word: string): NotationOptions => {
    const [, what, letter] = /^(index|size)=(\S+)$/.exec(word) ?? []
    if (what !== undefined && letter !== undefined) return { [what]: letter }
    const known = Object.hasOwn(words, word) ? words[word] : undefined
    if (known) return known
    throw new UsageError(`--notation does not know "${word}"; it takes ${Object.keys(words).join(', ')}, index=j, size=m`)
  }
  const asked = given.split(',').map(w => w.trim())
  return Object.assign({}, ...asked.filter(w => w !== '').map(one)) as NotationOptions
}
