/** What is printed reads back as the same term; a formula printed as written means the same; nonsense is a ModelError. */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { latex, plain, toLatex, toPlain, toUnicode, unicode } from '../src/print/index.ts'
import { asWritten, textAsWritten } from '../src/read/as-written.ts'
import { ModelError, parseDomain, parseFacts, parseSyntax, parseTerm, type Scope } from '../src/read/parser.ts'
import { same } from '../src/term/order.ts'
import type { Term } from '../src/term/term.ts'
import { anyTerm, scope } from './arbitraries.ts'

const notations = [
  { notation: 'plain', print: (t: Term) => plain(t), fold: toPlain },
  { notation: 'unicode', print: (t: Term) => unicode(t), fold: toUnicode },
  { notation: 'latex', print: (t: Term) => latex(t), fold: toLatex },
] as const

const back = (t: Term, text: string, notation: 'plain' | 'unicode' | 'latex'): void => {
  const read = parseTerm(text, scope, { notation })
  if (!same(read, t)) throw new Error(`${text}\n of ${plain(t)}\n reads back as ${plain(read)}`)
}

describe('round trip', () => {
  it.each(notations)('$notation', ({ notation, print }) =>
    fc.assert(
      fc.property(anyTerm, t => back(t, print(t), notation)),
      { numRuns: 500, seed: 11 },
    ),
  )
  describe('as written', () => {
    for (const from of notations)
      it.each(notations)(`${from.notation} → $notation`, to =>
        fc.assert(
          fc.property(anyTerm, t =>
            back(t, to.fold(asWritten(parseSyntax(from.print(t), scope, { notation: from.notation }), { scope })), to.notation),
          ),
          { numRuns: 150, seed: 12 },
        ),
      )
  })
})

const pieces = [
  'x',
  'p',
  'n',
  'theta',
  'x[i]',
  'sum(',
  'prod(',
  'max(',
  'order(',
  'diff(',
  'limit(',
  'indicator(',
  'sqrt(',
  'log(',
  'exp(',
  'gamma(',
  'i',
  ',',
  '1',
  '2',
  '0',
  '0.5',
  '1e3',
  '+',
  '-',
  '*',
  '/',
  '^',
  '_',
  '!',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '|',
  '=',
  '<',
  '<=',
  '!=',
  '?',
  ':',
  '..',
  '...',
  ' ',
  ' in ',
  ' and ',
  ' or ',
  'not ',
  'inf',
  'R',
  'E(',
  'e',
  'pi',
  '\\frac',
  '\\sum',
  '_{i=1}',
  '^{n}',
  '\\left',
  '\\right',
  '\\begin{cases}',
  '\\end{cases}',
  '\\\\',
  '&',
  '\\text{if }',
  '\\mathbf',
  '\\hat',
  '\\overline',
  '\\lim',
  '\\to',
  '\\max',
  '\\log',
  '\\theta',
  '\\{',
  '\\}',
  '\\mid',
  '\\operatorname{',
  '\\binom',
  '√',
  '∑',
  'ᵢ',
  'ⁿ',
  '²',
  '₁',
  '₍',
  '₎',
  'x̄',
  'θ̂',
  '≤',
  '∈',
  'ℝ',
  '−',
  '∏',
  'Γ(',
  'ψ′',
  '𝟏{',
  '½',
  '\u0302',
  '\u200b',
  '😀',
  '#',
  '"',
  '\n',
  '$',
  '~',
  '%',
  "'",
  'd/dp',
  '∂',
  '\\partial',
  ' for ',
  ' if ',
  'otherwise',
  'true',
  'x_{(n)}',
  '\\sigma^2',
  '99999999999999999999',
  '^64',
  'h(',
  "h'",
]
const formulas = [
  'p^x*(1-p)^(1-x)',
  '\\frac{1}{\\sqrt{2\\pi v}}\\exp\\left(-\\frac{(x-\\mu)^2}{2v}\\right)',
  'sum(x[i]*log(p) + (1-x[i])*log(1-p), i, 1, n)',
  'x <= c ? a : x > 2*c ? b : 0',
  '0 <= p[j] <= 1, j in 1..k',
  '∑ᵢ₌₁ⁿ (xᵢ − μ)²/(2σ²)',
  '\\begin{cases} 1 & \\text{if } p \\le 1 \\\\ 2 & \\text{otherwise}\\end{cases}',
  '\\lim_{p\\to 0^+} p^2',
  'x in {0, 1, ..., m}',
  'abs(x-m) < theta',
  'max(x[i], i, 1, n) <= theta',
  'd²/dp²[p² log p]',
  "limit(p^2, p, 0, '+')",
  '\\prod_{i=1}^n \\mathbf{1}\\{0\\le x_i\\le\\theta\\}',
  '\\overline{\\log x} - \\bar x',
]
const scopes: readonly (Scope | undefined)[] = [
  undefined,
  {
    symbols: new Set(['x', 'p', 'n', 'theta', 'sigma2', 'mu', 'v', 'm', 'c', 'a', 'b', 'k']),
    arrays: new Set(['y']),
    calls: new Set(['h']),
  },
  { symbols: new Set(['p', 'n', 'theta', 'mu']), arrays: new Set(['x']), calls: new Set(['h']) },
]
const random = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map(list => list.join(''))
const edit = fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom(...pieces), fc.nat())
const mutated = fc.tuple(fc.constantFrom(...formulas), fc.array(edit, { minLength: 1, maxLength: 3 })).map(([formula, edits]) =>
  edits.reduce((text, [where, kind, piece, other]) => {
    const k = where % (text.length + 1)
    if (kind === 0) return text.slice(0, k) + piece + text.slice(k)
    if (kind === 1) return text.slice(0, k) + text.slice(k + 1 + (other % 3))
    if (kind === 2) return text.slice(0, k) + text.slice(other % (text.length + 1))
    return text.slice(0, k) + String.fromCharCode(32 + (other % 95)) + text.slice(k + 1)
  }, formula),
)

describe('nonsense', () => {
  const readers: readonly ((text: string, s: Scope | undefined) => unknown)[] = [
    parseTerm,
    parseDomain,
    parseFacts,
    (text, s) => toLatex(textAsWritten(text, s ? { scope: s, index: { names: new Set(['x']), letter: 'i' } } : {})),
  ]
  it(
    'is read or refused with a place, never anything else',
    () =>
      fc.assert(
        fc.property(fc.oneof(random, mutated, fc.string({ unit: 'binary', maxLength: 30 })), fc.constantFrom(...scopes), (text, s) => {
          for (const read of readers)
            try {
              read(text, s)
            } catch (e) {
              if (!(e instanceof ModelError) || !e.place || e.format().includes('undefined:')) throw e
            }
        }),
        { numRuns: Number(process.env.FUZZ ?? 5000), seed: 13 },
      ),
    30_000 + 10 * Number(process.env.FUZZ ?? 0),
  )
})
