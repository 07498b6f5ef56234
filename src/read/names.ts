/**
 * Which declared name a spelling means: x_m and xm, μ_1 and mu1, σ² and sigma2. It declares nothing.
 */

import { nameParts } from '../print/names.ts'
import { canonicalName } from '../term/functions.ts'
import { didYouMean } from './error.ts'
import { greekLetters, subscripts, superscripts } from './symbols.ts'
import type { Scope } from './syntax.ts'

/** Declared names by how they look: letter_index, letter^exponent. */
export interface Looks {
  readonly sub: ReadonlyMap<string, string>
  readonly sup: ReadonlyMap<string, string>
}

const memo = new WeakMap<ReadonlySet<string>, Looks>()

const look = (name: string): string => nameParts(name).unicode

export const looksOf = (scope: Scope): Looks => {
  const seen = memo.get(scope.symbols)
  if (seen) return seen
  const sub = new Map<string, string>()
  const sup = new Map<string, string>()
  const declared = (name: string): boolean => scope.symbols.has(name) || scope.arrays.has(name)
  for (const name of scope.symbols) {
    const parts = nameParts(name, declared)
    if (parts.sub) sub.set(`${parts.unicode}_${parts.sub.unicode}`, name)
    if (parts.sup !== undefined) sup.set(`${parts.unicode}^${parts.sup}`, name)
    const digits = /^([A-Za-z]+?)(\d+)$/.exec(name)
    if (digits?.[1] && !sub.has(`${look(digits[1])}_${digits[2]}`)) sub.set(`${look(digits[1])}_${digits[2]}`, name)
  }
  const looks = { sub, sup }
  memo.set(scope.symbols, looks)
  return looks
}

/** The declared symbol that is written base_index. */
export const declaredSub = (scope: Scope, base: string, index: string): string | undefined =>
  [`${base}_${index}`, `${base}${index}`].find(n => scope.symbols.has(n)) ??
  looksOf(scope).sub.get(`${look(base)}_${look(index)}`) ??
  looksOf(scope).sub.get(`${look(base)}_${index}`)

/** The declared symbol that is written base^exponent, such as sigma2 for σ². */
export const declaredSquare = (scope: Scope, base: string): string | undefined =>
  scope.symbols.has(base) || scope.arrays.has(base)
    ? undefined
    : (looksOf(scope).sup.get(`${look(base)}^2`) ??
      (scope.loose && !scope.symbols.has(`${base}1`) && scope.symbols.has(`${base}2`) ? `${base}2` : undefined))

/** Everything declared, for suggestions. */
export const declaredNames = (scope: Scope): readonly string[] => [...scope.symbols, ...scope.arrays, ...(scope.calls ?? [])]

/** Splits `np` into declared names n, p, if it can be split. */
const split = (word: string, declared: ReadonlySet<string>, pieces = 3): readonly string[] | undefined => {
  if (word === '') return []
  if (pieces === 0) return undefined
  for (let k = word.length; k > 0; k--) {
    const head = word.slice(0, k)
    const tail = declared.has(head) ? split(word.slice(k), declared, pieces - 1) : undefined
    if (tail) return [head, ...tail]
  }
  return undefined
}

/** The ending of the message about an undeclared word. */
export const hint = (word: string, scope: Scope): string => {
  if (/^(oo|inf|infty|infinity|infinite)$/i.test(word)) return '; infinity is written inf or ∞'
  const parts = word.length <= 40 ? split(word, scope.symbols) : undefined
  return parts && parts.length > 1 ? `; did you mean ${parts.join('*')}?` : didYouMean(word, declaredNames(scope))
}

/**
 * The plain spelling of a name however it is written: θ and \theta → theta, σ² → sigma2, μ₁ and \mu_1 → mu1, x_m → xm when
 * that is how it would be printed back. Undefined if the text is no name, or is the name of a constant.
 */
export const plainName = (text: string): string | undefined => {
  let s = text
    .trim()
    .replace(/^\\([A-Za-z]+)/, '$1')
    .replace(/[{}\\]/g, '')
  s = [...s]
    .map(
      c =>
        greekLetters.get(c) ??
        (/[0-9]/.test(subscripts.get(c) ?? superscripts.get(c) ?? '') ? (subscripts.get(c) ?? superscripts.get(c)) : c),
    )
    .join('')
  s = s.replace(/\^2$/, '2').replace(/^([A-Za-z]+)_(\d+)$/, '$1$2')
  return /^[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)?$/.test(s) && !['and', 'or', 'not', 'in', 'inf'].includes(s) ? s : undefined
}

/** True for a word that means a number unless declared: pi, e. */
export const isConstant = (name: string): boolean => name === 'e' || canonicalName(name) === 'pi' || canonicalName(name) === 'eulergamma'
