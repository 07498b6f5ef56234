/** The writer's letters for the observations: X for x, another letter where the declared one is not used, δ for an indicator d. */
import type { Model } from '../../model/model.ts'
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { pairedLetters } from './letters.ts'
import { is, skip } from './token-rows.ts'
import type { Usages } from './usages.ts'
import { appliedRoles } from './vocabulary.ts'

/** y_i = min(Y_i, C_i): the capital with an index stands on the other side of an equation for the small letter, so it is another thing. */
const apart = (tokens: readonly Token[], small: string, capital: string): boolean =>
  tokens.some((t, k) => {
    if (t.kind !== 'name' || t.text !== small || !is(tokens[k + 1], '_')) return false
    const from = tokens.findIndex((u, j) => j > k && is(u, '='))
    if (from < 0 || from > k + 6) return false
    const call = tokens[from + 1]
    const extreme = is(call, 'min', 'max') || call?.text === 'min' || call?.text === 'max'
    return extreme && tokens.slice(from + 1, from + 12).some(u => u.kind === 'name' && u.text === capital)
  })

/** P(X = k) = …k…: the letter of a value, where it stands for nothing else. */
const letterOfValue = (tokens: readonly Token[], isData: (name: string) => boolean): string | undefined => {
  for (let k = 0; k < tokens.length; k++) {
    const head = tokens[k]
    if (head?.kind !== 'name' || !/^(?:P|Pr|calP)$/.test(head.text) || !is(tokens[k + 1], '(', '[') || !isData(tokens[k + 2]?.text ?? ''))
      continue
    const at = is(tokens[k + 3], '_') ? k + 5 : k + 3
    const value = tokens[at + 1]
    if (!is(tokens[at], '=') || value?.kind !== 'name' || !/^[a-z]$/.test(value.text) || isData(value.text)) continue
    if (!is(tokens[at + 2], ')', ']', '|', 'mid', ';')) continue
    const other = tokens.some(
      (t, j) =>
        t.kind === 'name' &&
        t.text === value.text &&
        (is(tokens[j + 1], '_') ||
          is(tokens[j - 1], '_', 'Sum', 'Prod') ||
          (is(tokens[j - 1], '{') && is(tokens[j - 2], '_', '^')) ||
          (is(tokens[j + 1], '=') && tokens[j + 2]?.kind !== 'number')),
    )
    if (!other) return value.text
  }
  return undefined
}

/** Z = z_1 + … + z_n, U_1 = ∂ℓ/∂θ_1: a capital with a value of its own. */
const isTotal = (tokens: readonly Token[], k: number): boolean => {
  let at = k + 1
  if (is(tokens[at], '_')) at = skip(tokens, at + 1)
  const [sign, first, next] = tokens.slice(at, at + 3)
  if (!is(sign, '=')) return false
  if (at > k + 1) return is(first, 'partial', 'Sum', 'Prod') || (is(first, 'frac') && is(tokens[at + 3], 'partial'))
  return (
    first?.kind === 'name' &&
    first.text === tokens[k]?.text.toLowerCase() &&
    is(next, '_') &&
    tokens.slice(at + 3, at + 14).some(t => is(t, '+', '...'))
  )
}

/** Writer's letter → declared list. */
export const dataAliases = (
  tokens: readonly Token[],
  { uses }: Usages,
  model: Model,
  scope: Scope,
  /** Names that words introduce. */
  spoken: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> => {
  const aliases = new Map<string, string>()
  const declared = (name: string): boolean => scope.symbols.has(name) || scope.arrays.has(name)
  const data = [
    ...model.samples.flatMap(s => s.variables.map(v => v.name)),
    ...(model.likelihood?.data ?? []).filter(d => d.index !== undefined).map(d => d.name),
  ]
  // D = Σ d_i: the capital is a name of its own
  // and so is N in Σ n_j = N
  const introduced = (name: string): boolean =>
    spoken.has(name) ||
    tokens.some(
      (t, k) =>
        t.kind === 'name' &&
        t.text === name &&
        (isTotal(tokens, k) ||
          (is(tokens[k + 1], '=') && (tokens[k + 2]?.kind === 'op' || tokens[k + 2]?.text === 'sum')) ||
          (!uses.has(`${name}[]`) &&
            is(tokens[k - 1], '=') &&
            !is(tokens[k + 1], '_', '+', '-', '*') &&
            tokens[k + 1]?.kind === 'op' &&
            uses.has(`${name.toLowerCase()}[]`) &&
            name === 'N')),
    )
  for (const name of scope.arrays) {
    const upper = name.toUpperCase()
    if (upper !== name && !declared(upper) && /^[a-z]$/.test(name) && !introduced(upper) && !apart(tokens, name, upper))
      aliases.set(upper, name)
    const lower = name.toLowerCase()
    // e is the base of the exponential beside E
    if (lower !== name && lower !== 'e' && !declared(lower) && /^[A-Z]$/.test(name)) aliases.set(lower, name)
  }
  const [variable, second] = model.samples.flatMap(s => s.variables.map(v => v.name))
  const value = letterOfValue(tokens, name => scope.arrays.has(aliases.get(name) ?? name))
  if (value !== undefined && variable !== undefined && second === undefined && !declared(value)) aliases.set(value, variable)
  const put = (other: string, name: string): void => {
    aliases.set(other, name)
    if (!/^[a-zA-Z]$/.test(other)) return
    if (!declared(other.toUpperCase()) && !introduced(other.toUpperCase())) aliases.set(other.toUpperCase(), name)
    if (!declared(other.toLowerCase()) && other !== 'E') aliases.set(other.toLowerCase(), name)
  }
  const silent = data.filter(name => !uses.has(`${name}[]`) && !uses.has(`${name.toUpperCase()}[]`))
  const [only] = silent
  if (only === undefined) return aliases
  const strangers = [...uses.keys()]
    .filter(n => n.endsWith('[]'))
    .map(n => n.slice(0, -2))
    .filter(n => !declared(n) && !aliases.has(n))
  if (data.length === 1) {
    const letters = strangers.filter(
      n => !spoken.has(n) && /^(?:[a-zA-Z]|delta|epsilon|eta|nu|kappa)$/.test(n) && !appliedRoles.has(n) && !/^[iId]$/.test(n),
    )
    const other = letters.find(n => n.length > 1 && n.charAt(0) === only.charAt(0).toLowerCase()) ?? letters.find(n => n.length === 1)
    if (other !== undefined) put(other, only)
    return aliases
  }
  const letters = strangers.filter(n => /^(?:[a-zA-Z]|delta|epsilon|eta|nu|kappa)$/.test(n) && n !== 'i')
  // one part of an observation under another letter
  const alike = letters.filter(l => pairedLetters([l], [only])[0] === only && l.charAt(0).toLowerCase() === only.charAt(0).toLowerCase())
  const [found] = alike.length > 0 ? alike : letters
  if (silent.length === 1 && found !== undefined && (alike.length === 1 || letters.length === 1)) put(found, only)
  return aliases
}
