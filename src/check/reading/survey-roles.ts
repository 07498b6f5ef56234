/**
 * Which names stand for quantities: L, ℓ and 𝓛, S a score or a sum, J a loss or an information, by how each is used in the whole
 * document. What a name means as a letter for a parameter or the data is `survey.ts`.
 */
import type { Model } from '../../model/model.ts'
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { canonicalName } from '../../term/functions.ts'
import { criteriaAmong, exponentsAmong, functionsOfParameters, numbersAmong, standardFunctions } from './criteria.ts'
import type { Item } from './stream.ts'
import { costOfJ, isLoss, observedI } from './survey-letters.ts'
import { inside, is, skip } from './token-rows.ts'
import type { Usages } from './usages.ts'
import { appliedRoles, type Role, usualRoles } from './vocabulary.ts'

/** H(θ − x_i): what stands in the argument is an observation. */
const isOfData = (tokens: readonly Token[], scope: Scope, aliases: ReadonlyMap<string, string>): boolean =>
  tokens.some(
    (t, k) =>
      t.kind === 'name' &&
      t.text === 'H' &&
      is(tokens[k + 1], '(') &&
      tokens
        .slice(k + 2, skip(tokens, k + 1))
        .some((u, j) => u.kind === 'name' && scope.arrays.has(aliases.get(u.text) ?? u.text) && is(tokens[k + 3 + j], '_', ')')),
  )

/** The quantity that each name of the writer stands for, where it stands for one. */
export const rolesOf = (
  items: readonly Item[],
  tokens: readonly Token[],
  { uses, firstArguments }: Usages,
  model: Model,
  scope: Scope,
  aliases: ReadonlyMap<string, string>,
): Map<string, Role> => {
  const declared = (name: string): boolean => scope.symbols.has(name) || scope.arrays.has(name)
  const roles = new Map<string, Role>()
  for (const [name, u] of uses) {
    const base = name.replace(/\[\]$/, '')
    if (base !== name || declared(name) || aliases.has(name)) continue
    const usual = usualRoles.get(name)
    if (usual) roles.set(name, usual)
    const applied = appliedRoles.get(name)
    if (applied && (u.applied > 0 || u.primed > 0 || u.differentiated > 0)) roles.set(name, applied)
    if (
      name === 'H' &&
      tokens.some(
        (t, k) =>
          t.kind === 'name' &&
          t.text === 'H' &&
          is(tokens[k + 1], '=') &&
          (matrixBehind(tokens, k + 2) || (is(tokens[k + 2], '[') && is(tokens[k + 3], '['))),
      )
    )
      roles.set(name, 'hessian')
    // ∂ log f/∂θ, without an argument
    if (
      name === 'f' &&
      !roles.has(name) &&
      tokens.some((t, k) => t.kind === 'name' && /^(?:log|ln)$/.test(t.text) && tokens[k + 1]?.text === 'f')
    )
      roles.set(name, 'f')
    // H(θ − x): a step, of Heaviside
    if (name === 'H' && isOfData(tokens, scope, aliases)) roles.delete(name)
    if (name === 'l' && !roles.has(name) && u.count > 0 && u.indexed < u.count) roles.set(name, 'ell')
  }
  // "the logarithm of the likelihood is L = …"
  if (roles.get('L') === 'L' && (uses.get('L')?.afterLog ?? 0) === 0 && !uses.has('ell') && saysLogarithm(items)) roles.set('L', 'ell')
  // l and 𝓛 are the likelihood where a logarithm is taken of them.
  const has = (name: string): boolean => roles.get(name) !== undefined && (uses.get(name)?.count ?? 0) > 0
  if ((uses.get('l')?.afterLog ?? 0) > 0 && roles.has('l')) roles.set('l', 'L')
  const script = uses.get('calL')
  if (script && !declared('calL'))
    roles.set(
      'calL',
      script.afterLog > 0 || has('ell') || has('l') || has('LL') ? 'L' : has('L') || saysLogarithm(items, 'calL') ? 'ell' : 'L',
    )
  for (const [name, role] of roles) if ((role === 'L' || role === 'ell') && isMinusLog(tokens, name, roles)) roles.set(name, 'nll')
  const cost = costOfJ(tokens)
  if (cost) roles.set('J', cost)
  // what is differentiated by J′ or dJ/dp is a criterion and no information
  const ofJ = uses.get('J')
  if (roles.get('J') === 'observed-information' && ofJ && (ofJ.primed > 0 || ofJ.differentiated > 0 || isLoss(items, 'J')))
    roles.delete('J')
  if (roles.get('I') === 'fisher-information' && observedI(tokens, items)) roles.set('I', 'observed-information')
  if (roles.get('S') === 'score' && roles.has('U')) roles.delete('S')
  // L(N)/L(N − 1) of an integer parameter
  if (model.parameters.some(p => p.domain.kind === 'range')) roles.delete('R')
  // a contribution of a censored observation is no density: f, F and S are the writer's
  if (model.samples.some(s => s.contribution))
    for (const name of ['f', 'F', 'S', 'p', 'R']) if ((firstArguments.get(name) ?? []).every(a => a.length < 2)) roles.delete(name)
  if (model.parameters.length > 1) for (const name of numbersAmong(tokens, ['S', 's', 'U', 'u', 'R', 'J', 'H', 'V'])) roles.delete(name)
  const densities = [...roles].flatMap(([name, role]) => (['f', 'F', 'survival'].includes(role) ? [name] : []))
  const isParameter = (name: string): boolean => model.parameters.some(p => p.name === (aliases.get(name) ?? name))
  const isData = (name: string): boolean => scope.arrays.has(aliases.get(name) ?? name) && !isParameter(name)
  for (const name of functionsOfParameters(tokens, densities, isParameter, isData)) roles.delete(name)
  // H(p) = −p log p − (1 − p) log(1 − p): what comes from a sample has its size in it
  const others = [...roles].flatMap(([name, role]) => (['hessian', 'rel-L', 'score'].includes(role) && name.length === 1 ? [name] : []))
  const isNumber = (name: string): boolean => name === 'e' || canonicalName(name) !== undefined || model.known.some(p => p.name === name)
  for (const name of functionsOfParameters(tokens, others, isParameter, n => !isParameter(n) && !isNumber(n))) roles.delete(name)
  for (const name of exponentsAmong(tokens, ['S', 's', 'R', 'J', 'U', 'u', 'H', 'V']))
    if ((uses.get(name)?.applied ?? 0) === 0) roles.delete(name)
  for (const name of criteriaAmong(tokens, ['S', 's', 'R', 'J', 'U'])) roles.delete(name)
  // S(t) = e^{−t/θ}, s(X; λ) = ∂ log f(X; λ)/∂λ: a function of the observation is no score of the sample
  for (const name of ['S', 's', 'U', 'u', 'score']) {
    const given = firstArguments.get(name) ?? []
    const isData = (a: readonly string[]): boolean => a.length === 1 && scope.arrays.has(aliases.get(a[0] ?? '') ?? a[0] ?? '')
    if (roles.get(name) === 'score' && given.length > 0 && given.every(a => isData(a) || (a.length === 0 && isValueAt(tokens, name))))
      roles.delete(name)
  }
  // p(1 − p) is a product: no function is applied to itself
  tokens.forEach((t, k) => {
    if (t.kind !== 'name' || !roles.has(t.text) || t.text.length > 1 || !is(tokens[k + 1], '(')) return
    const itself = inside(tokens, k + 1).some(u => u.kind === 'name' && u.text === t.text)
    const given = firstArguments.get(t.text) ?? []
    if (itself && !given.some(a => a.some(n => declared(aliases.get(n) ?? n)))) roles.delete(t.text)
  })
  for (const name of standardFunctions(tokens, n => scope.arrays.has(aliases.get(n) ?? n) || declared(n))) roles.delete(name)
  return roles
}

/** 𝓛(c) = −log ∏ f(y_i), ℓ = −log L: the letter stands for what is minimised. */
const isMinusLog = (tokens: readonly Token[], name: string, roles: ReadonlyMap<string, Role>): boolean =>
  tokens.some((t, k) => {
    if (t.kind !== 'name' || t.text !== name) return false
    const close = is(tokens[k + 1], '(') ? skip(tokens, k + 1) : k + 1
    const from = is(tokens[close], '&') ? close + 1 : close
    if (!is(tokens[from], '=') || !is(tokens[from + 1], '-')) return false
    const [first, second] = tokens.slice(from + 2)
    if (first?.kind !== 'name' || !/^(?:log|ln)$/.test(first.text)) return false
    return is(second, 'Prod') || (second?.kind === 'name' && second.text !== name && roles.get(second.text) === 'L')
  })

/** Whether the formula that begins here has a matrix in it. */
const matrixBehind = (tokens: readonly Token[], from: number): boolean => {
  for (let j = from; j < Math.min(tokens.length, from + 30) && !is(tokens[j], ',', ';', '\\\\'); j++)
    if (is(tokens[j], 'begin-matrix')) return true
  return false
}

/** S(2) = …: the value of a function at a number. */
const isValueAt = (tokens: readonly Token[], name: string): boolean =>
  tokens.some(
    (t, k) =>
      t.kind === 'name' &&
      t.text === name &&
      is(tokens[k + 1], '(') &&
      tokens[k + 2]?.kind === 'number' &&
      is(tokens[k + 3], ')') &&
      is(tokens[k + 4], '='),
  )

/** Whether words in front of "L = …" say that it is the log-likelihood. */
const saysLogarithm = (items: readonly Item[], letter = 'L'): boolean =>
  items.some((it, k) => {
    if (
      it.kind !== 'words' ||
      !/\b(?:log(?:arithm of the|[- ]?)\s?likelihood(?: function)?(?: \(?[A-Z]{2,4}\)?)?|(?:with|its|the|natural) logarithm)(?:,| is| is given by| becomes| reads| equals|:)?$/i.test(
        it.text,
      )
    )
      return false
    const next = items.slice(k + 1, k + 4).filter(u => u.kind === 'token')
    const [name] = next
    return name?.kind === 'token' && name.token.kind === 'name' && name.token.text === letter
  })
