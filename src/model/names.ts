/**
 * Which words may be declared: identifiers that are no built-in function, no word of the notation, and no name that
 * every JavaScript object already has (the answers are records keyed by these names).
 */
import { greekLetters, greekNames, subscripts, wordOperators } from '../read/symbols.ts'
import { canonicalName, functions } from '../term/functions.ts'

const notationWords: ReadonlySet<string> = new Set([
  ...wordOperators,
  'infinity',
  'oo',
  'sum',
  'prod',
  'product',
  'max',
  'min',
  'order',
  'diff',
  'limit',
  'lim',
  'indicator',
  'sqrt',
  'cbrt',
  'nan',
  'NaN',
  'e',
])

const shape = /^[A-Za-z][A-Za-z0-9]*$/

/** The plain spelling of a declared name: θ → theta, μ₁ and \\mu_1 → mu1, σ² → sigma2. */
export const plainName = (written: string): string =>
  [...written.trim().replace(/^\\/, '')]
    .map(c => greekLetters.get(c) ?? subscripts.get(c) ?? (c === '²' ? '2' : c))
    .join('')
    .replace(/^([A-Za-z]+)_\{?(\d+)\}?$/, '$1$2')
    .replace(/^([A-Za-z]+)\^\{?2\}?$/, (_, base: string) => `${base}2`)

/** What is wrong with a declared name (in its plain spelling), or undefined. */
export const nameProblem = (name: string): { readonly message: string; readonly expected?: string } | undefined => {
  if (name === '') return { message: 'a name is empty', expected: 'a letter, then letters and digits' }
  if (name.length > 40) return { message: 'a name has more than 40 characters', expected: 'a shorter name' }
  if (/^\w+$/.test(name) && name.includes('_'))
    return { message: `${quoted(name)} is not a name`, expected: `no underscore: ${name.replaceAll('_', '')}` }
  if (!shape.test(name)) return { message: `${quoted(name)} is not a name`, expected: 'a letter, then letters and digits' }
  if (name === 'e') return { message: 'e is the base of the exponential function', expected: 'another name' }
  if (notationWords.has(name)) return { message: `${name} is a word of the notation`, expected: 'another name' }
  if (name in {}) return { message: `${name} cannot be used as a name`, expected: 'another name' }
  const builtIn = canonicalName(name)
  if (builtIn === undefined) return undefined
  if (functions.get(builtIn)?.arity === 0) return { message: `${name} is a constant`, expected: 'another name' }
  if (greekNames.has(name)) return undefined
  return { message: `${name} is a built-in function`, expected: 'another name' }
}

/** A text in quotes, shortened and on one line. */
export const quoted = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`
}
