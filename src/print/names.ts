/**
 * How a declared name looks: alpha → α, mu1 → μ₁, sigma2 → σ², xm → x_m, and which letter an index gets.
 * Every spelling is built from a closed alphabet, so no name can break LaTeX or HTML. Owns no formula.
 */

export interface Spelling {
  readonly latex: string
  readonly unicode: string
  readonly word: boolean
}
/** A name taken apart; `word` marks an upright name of several letters, which needs space beside it. */
export interface NameParts {
  readonly latex: string
  readonly unicode: string
  readonly word: boolean
  readonly sub: Spelling | undefined
  readonly sup: number | undefined
  readonly accent: 'hat' | 'bar' | undefined
}

const lower =
  'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω'
const upper = 'Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω'
const pairs = (text: string): [string, string][] => {
  const words = text.split(' ')
  return words.flatMap((w, i): [string, string][] => (i % 2 === 0 ? [[w, words[i + 1] as string]] : []))
}
/** Greek names that have a letter of their own, with it. */
export const greekLetters: ReadonlyMap<string, string> = new Map([...pairs(lower), ...pairs(upper)])
const greekNames: ReadonlyMap<string, string> = new Map([...greekLetters].map(([name, letter]) => [letter, name]))

const upright = (text: string): Spelling => {
  // Letters beyond ASCII are fonts that LaTeX may lack: they are given by number.
  const safe = [...text].map(c => (/[A-Za-z0-9_]/.test(c) ? c : `u${c.codePointAt(0)?.toString(16)}`)).join('')
  return { latex: `\\mathrm{${safe.replaceAll('_', '\\_')}}`, unicode: safe, word: true }
}
const stem = (text: string): Spelling | undefined => {
  if (text === 'ell') return { latex: '\\ell', unicode: 'ℓ', word: false }
  const letter = greekLetters.get(text)
  if (letter) return { latex: `\\${text}`, unicode: letter, word: false }
  const name = greekNames.get(text)
  if (name) return stem(name)
  return /^[A-Za-z]$/.test(text) ? { latex: text, unicode: text, word: false } : undefined
}
const spell = (text: string): Spelling => stem(text) ?? (/^\d+$/.test(text) ? { latex: text, unicode: text, word: false } : upright(text))

const partsFrom = ({ latex, unicode, word }: Spelling, sub?: Spelling, sup?: number): NameParts => ({
  latex,
  unicode,
  word,
  sub,
  sup,
  accent: undefined,
})
export const accented = ({ latex, unicode, word, sub, sup }: NameParts, accent: 'hat' | 'bar'): NameParts => ({
  latex,
  unicode,
  word,
  sub,
  sup,
  accent,
})

const take = (name: string, declared: (name: string) => boolean): NameParts => {
  const whole = stem(name)
  if (whole) return partsFrom(whole)
  const under = /^([A-Za-z\u0370-\u03ff]+)_([A-Za-z0-9\u0370-\u03ff]+)$/.exec(name)
  if (under) return partsFrom(spell(under[1] as string), spell(under[2] as string))
  const digits = /^([A-Za-z\u0370-\u03ff]+?)(\d+)$/.exec(name)
  if (digits) {
    const letters = digits[1] as string
    const base = stem(letters)
    // sigma2 is the square σ² unless a sigma1 or sigma stands beside it: then it is the second of its kind.
    if (digits[2] === '2' && /^(sigma|tau|omega|σ|τ|ω)$/.test(letters) && !declared(`${letters}1`) && !declared(letters) && base)
      return partsFrom(base, undefined, 2)
    if (base) return partsFrom(base, spell(digits[2] as string))
  }
  // Two Latin letters are a letter with a letter below: xm → x_m.
  if (/^[A-Za-z][a-z]$/.test(name)) return partsFrom(spell(name[0] as string), spell(name[1] as string))
  return partsFrom(upright(name))
}

const memo = new Map<string, NameParts>()
const nothing = (): boolean => false

/** The parts of a declared name. `declared` tells of the other names of the model (sigma1 makes sigma2 a σ₂). */
export const nameParts = (name: string, declared?: (name: string) => boolean): NameParts => {
  if (declared) return take(name, declared)
  let parts = memo.get(name)
  if (!parts) {
    parts = take(name, nothing)
    if (memo.size > 2000) memo.clear()
    memo.set(name, parts)
  }
  return parts
}

/** The parts of an abbreviation's name, where xbar and thetahat are accents: a declared symbol never gets one that way. */
export const abbreviationParts = (name: string): NameParts => {
  const found = /^(.+?)(bar|hat)$/.exec(name)
  return found ? accented(nameParts(found[1] as string), found[2] as 'hat' | 'bar') : nameParts(name)
}

/** The parts of a named quantity: ℓ, L, h, h₁; a word such as se is an operator and no letter with a letter below. */
export const callParts = (name: string): NameParts => {
  if (stem(name) || !/^[A-Za-z]{2,}$/.test(name)) return nameParts(name)
  return partsFrom({ latex: name === 'max' || name === 'min' ? `\\${name}` : `\\operatorname{${name}}`, unicode: name, word: false })
}

export const isGreek = (name: string): boolean => {
  const letters = /^[A-Za-z\u0370-\u03ff]+/.exec(name)?.[0] ?? ''
  return letters !== 'pi' && (greekLetters.has(letters) || greekNames.has(letters))
}

const letters = ['i', 'j', 'k', 'l', 'm', 'r', 's', 't', 'u', 'h', 'g', 'a', 'b', 'c']
/** The letter of an index: the wanted one if it is free, else the next free one. */
export const indexLetter = (wanted: string, taken: (letter: string) => boolean): string => {
  if (!taken(wanted)) return wanted
  for (const l of letters) if (!taken(l)) return l
  for (let k = 1; ; k++) if (!taken(`i${k}`)) return `i${k}`
}
