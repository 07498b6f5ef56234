/** What is printed reads back as the same term: plain for every term, LaTeX and unicode where nothing is abbreviated. */
import fc from 'fast-check'
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { latex, plain, type Style, unicode } from '../src/print/index.ts'
import { parseTerm } from '../src/read/parser.ts'
import { same } from '../src/term/order.ts'
import type { Term } from '../src/term/term.ts'
import { anyTerm, scope, symbolNames } from './arbitraries.ts'

/** Styles without abbreviations. A hat is put on the name of the term itself, so it does not change what is read. */
const styles: fc.Arbitrary<Style> = fc.record({
  parameters: fc.subarray([...symbolNames, 'w']),
  data: fc.subarray(['x', 'y', 'a']),
  letters: fc.constantFrom<Record<string, string>>({}, { x: 'j' }, { x: 't', y: 'r' }),
  hats: fc.subarray(['p', 'mu1', 'rate', 'theta']).map(names => new Set(names)),
  inline: fc.boolean(),
  switches: fc.constantFrom<NonNullable<Style['switches']>>({}, { logarithm: 'ln' }, { logarithm: 'ln', limits: false }),
})

const reads = (text: string, t: Term): void => {
  let back: Term
  try {
    back = parseTerm(text, scope)
  } catch (error) {
    throw new Error(`${text}\n${plain(t)}\n${(error as Error).message}`)
  }
  expect(same(back, t), `${text}\n read as ${plain(back)}\n instead of ${plain(t)}`).toBe(true)
}
const runs = { numRuns: Number(process.env.RUNS ?? 400), seed: Number(process.env.SEED ?? 1) }

// A backslash makes a text LaTeX and a character beyond ASCII makes it unicode: both are put in front, for formulas without one.
describe('round trip', () => {
  it('plain', () =>
    fc.assert(
      fc.property(anyTerm, t => reads(plain(t), t)),
      runs,
    ))
  it('latex', () =>
    fc.assert(
      fc.property(anyTerm, styles, (t, s) => reads(`\\displaystyle ${latex(t, s)}`, t)),
      runs,
    ))
  it('unicode', () =>
    fc.assert(
      fc.property(anyTerm, styles, (t, s) => reads(`\u2009${unicode(t, s)}`, t)),
      runs,
    ))
})

describe('latex', () => {
  it('is valid in KaTeX, strictly', () =>
    fc.assert(
      fc.property(
        anyTerm,
        styles,
        (t, s) => void katex.renderToString(latex(t, s), { throwOnError: true, strict: 'error', displayMode: true }),
      ),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 2) },
    ))
})
