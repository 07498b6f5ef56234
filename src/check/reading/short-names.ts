/** Greek names cut short, as people type them: lam, sig2, th. Only where the whole name is declared and the short one is used. */
import type { Scope } from '../../read/syntax.ts'

const short: Readonly<Record<string, string>> = {
  lambda: 'lam lamb lmbda lamda lbda',
  theta: 'th tht thet',
  sigma: 'sig sgm',
  alpha: 'alph alp',
  gamma: 'gam gamm',
  delta: 'delt',
  epsilon: 'eps',
  kappa: 'kap',
  omega: 'omeg',
}
const english = new Set(['th', 'alp', 'sig'])

/** Short name → declared name. */
export const shortNames = (text: string, scope: Scope): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const name of scope.symbols) {
    const [, stem = name, digits = ''] = /^([a-z]+)(\d*)$/.exec(name) ?? []
    for (const s of short[stem]?.split(' ') ?? []) {
      const word = s + digits
      if (scope.symbols.has(word) || scope.arrays.has(word) || new RegExp(`(?<![A-Za-z\\\\])${name}(?![A-Za-z])`).test(text)) continue
      const alone = english.has(word) ? '(?=\\s*(?:[-+*/^=()<>]|_?hat))' : '(?![A-Za-z])'
      if (new RegExp(`(?<![A-Za-z\\\\])(?:d\\d?|n)?${word}(?:_?hat)?${alone}`).test(text)) found.set(word, name)
    }
  }
  return found
}
