/**
 * Names that stand in the model, or in the table of functions, and mean something else in this document: ψ = P(X = 0) where it is no
 * digamma function, d = Σ δ_i where the indicators d_i of the model are written δ_i. They become names of the writer's own.
 */
import type { Model } from '../../model/model.ts'
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import type { Item } from './stream.ts'
import { is, nameAt } from './token-rows.ts'

/** Letters that are functions unless the document uses them otherwise. */
const functionLetters = ['psi', 'Phi', 'zeta', 'Psi']

const isHatted = (tokens: readonly Token[], k: number): boolean =>
  is(tokens[k - 1], 'hat', 'tilde') || (is(tokens[k - 1], '{') && is(tokens[k - 2], 'hat', 'tilde')) || is(tokens[k + 1], 'post-hat')

/** ψ(α), ψ′(α), ψ_1(α): applied like a function. */
const isApplied = (tokens: readonly Token[], k: number): boolean => {
  let j = k + 1
  while (j < k + 8 && is(tokens[j], "'", '_', '^', '{', '}') ? true : j > k + 1 && tokens[j]?.kind === 'number') j++
  return is(tokens[j], '(', '[')
}

/** π = P(Y = 0), π̂, d/dπ: a probability and not the number, which stands nowhere as 2π or √π then. */
const isOwnPi = (tokens: readonly Token[], scope: Scope): boolean => {
  if (scope.symbols.has('pi') || scope.arrays.has('pi')) return false
  const places = tokens.flatMap((t, k) => (t.kind === 'name' && (t.text === 'pi' || t.text === 'π') ? [k] : []))
  if (places.some(k => tokens[k - 1]?.text === '2' || is(tokens[k - 1], 'sqrt') || is(tokens[k + 1], '_'))) return false
  return places.some(
    k =>
      isHatted(tokens, k) || (is(tokens[k + 1], '=') && !is(tokens[k - 1], '=', '*', '/', '+', '-', '}') && tokens[k + 2]?.kind === 'name'),
  )
}

/** The tokens of a document that are names of the writer's own, with what they are called then. */
const ownNames = (tokens: readonly Token[], model: Model, scope: Scope): ReadonlyMap<string, string> => {
  const own = new Map<string, string>()
  for (const name of functionLetters) {
    const places = tokens.flatMap((t, k) => (t.kind === 'name' && t.text === name ? [k] : []))
    if (places.length === 0 || scope.symbols.has(name) || scope.arrays.has(name)) continue
    if (places.some(k => isHatted(tokens, k)) || !places.some(k => isApplied(tokens, k))) own.set(name, `own_${name}`)
  }
  if (isOwnPi(tokens, scope)) own.set('pi', 'own_pi')
  const lists = model.samples.flatMap(s => [...s.variables, ...s.covariates].map(v => v.name))
  const isSum = (t: Token | undefined): boolean => is(t, 'Sum') || (t?.kind === 'name' && t.text === 'sum')
  for (const name of lists) {
    const places = tokens.flatMap((t, k) => (t.kind === 'name' && t.text === name ? [k] : []))
    const indexed = places.some(k => is(tokens[k + 1], '_') && !is(tokens[k - 1], 'bar', '{'))
    if (!indexed && places.some(k => is(tokens[k + 1], '=') && isSum(tokens[k + 2]))) own.set(name, `own_${name}`)
  }
  return own
}

/** The stream with those names changed. */
export const withOwnNames = (items: readonly Item[], model: Model, scope: Scope): readonly Item[] => {
  const own = ownNames(
    items.flatMap(i => (i.kind === 'token' ? [i.token] : [])),
    model,
    scope,
  )
  if (own.size === 0) return items
  return items.map(i => {
    const name = i.kind === 'token' && i.token.kind === 'name' ? own.get(i.token.text) : undefined
    return i.kind === 'token' && name !== undefined ? { ...i, token: nameAt(name, i.token) } : i
  })
}
