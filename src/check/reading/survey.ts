/**
 * Which of the writer's names means what, found from how they are used in the whole document before anything is read:
 * other letters for the parameters, the observations and the sample size, and names of quantities (S a score or a sum).
 */

import type { Model } from '../../model/model.ts'
import { declaredSub, looksOf } from '../../read/names.ts'
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { canonicalName } from '../../term/functions.ts'
import { isNum } from '../../term/term.ts'
import { subterms } from '../../term/walk.ts'
import { jointNames } from './joint-names.ts'
import { pairedLetters } from './letters.ts'
import type { Item } from './stream.ts'
import { dataAliases } from './survey-data.ts'
import { capitalsOf, entriesAmong, isPlainD, lagrangianOf, letNames, starredApart, totalsSpokenOf } from './survey-letters.ts'
import { rolesOf } from './survey-roles.ts'
import { inside, is } from './token-rows.ts'
import { usagesOf } from './usages.ts'
import { appliedRoles, type Known, type Role } from './vocabulary.ts'

export interface Survey {
  /** Writer's name → declared name. */
  readonly aliases: ReadonlyMap<string, string>
  /** Names whose square is a declared parameter: σ where v is declared and σ² is written. */
  readonly squares: ReadonlyMap<string, string>
  readonly roles: ReadonlyMap<string, Role>
  readonly names: ReadonlySet<string>
  /** Names applied to nothing but a parameter: s(p). */
  readonly pure: ReadonlySet<string>
  /** Names of densities that stand for the joint one where the list has no index. */
  readonly joint: ReadonlySet<string>
  /** Names that are only ever the joint density. */
  readonly whole: ReadonlySet<string>
  /** A function with a multiplier among its arguments, 𝓛(p, λ), and from where in the text its name means that. */
  readonly lagrangian: { readonly name: string; readonly from: number } | undefined
  /** d is a name of its own and no differential: d = 1 − a − b − c. */
  readonly plainD: boolean
  /** Names of several capitals that the writer introduces: RSS, SSE. */
  readonly capitals: ReadonlySet<string>
  /** Letters that stand for functions of two numbers: C(m, x) is a binomial coefficient, B(a, b) the beta function. */
  readonly pairs: ReadonlySet<string>
  /** Names with an index that have an equation of their own: π_i = … */
  readonly entries: ReadonlySet<string>
  /** Names whose star or tilde is another thing than their hat. */
  readonly apart: ReadonlySet<string>
}

/** The tokens of a document, formulas apart. */
const tokensOf = (items: readonly Item[]): readonly Token[] => items.flatMap(i => (i.kind === 'token' ? [i.token] : []))

/** Whether a name stands in the densities of the model as a square, as a standard deviation does: then σ² is its square. */
const standsSquared = (model: Model, name: string): boolean =>
  model.samples.some(s =>
    subterms(s.density).some(
      t =>
        t.kind === 'pow' &&
        t.base.kind === 'sym' &&
        t.base.name === name &&
        isNum(t.exponent) &&
        (t.exponent.value.num === 2n || t.exponent.value.num === -2n),
    ),
  )

/** μ = (1 − r)/r is written somewhere: μ is no other letter for r. */
const isFunctionOf = (tokens: readonly Token[], name: string, parameter: string): boolean =>
  tokens.some((t, k) => {
    if (t.kind !== 'name' || t.text !== name || !is(tokens[k + 1], '=')) return false
    const right = tokens.slice(k + 2, k + 20)
    const stop = right.findIndex((u, j) => is(u, '=', ',', ';', '.', '⇒', '\\\\') || (j > 0 && u.start - (right[j - 1]?.end ?? 0) > 3))
    const side = stop < 0 ? right : right.slice(0, stop)
    return side.length > 2 && side.some(u => u.kind === 'name' && u.text === parameter) && !side.some(u => u.text === name)
  })

/** M = max x_i is written somewhere: a number of the sample. */
const isStatistic = (tokens: readonly Token[], name: string): boolean =>
  tokens.some(
    (t, k) => t.kind === 'name' && t.text === name && is(tokens[k + 1], '=') && is(tokens[k + 2], 'max', 'min', 'Sum', 'Prod', 'bar'),
  )

/** N = nm, N = n·m: a multiple of the size, and no other letter for it. */
const isMultiple = (tokens: readonly Token[], name: string, size: string): boolean =>
  tokens.some((t, k) => {
    const [sign, first] = [tokens[k + 1], tokens[k + 2]]
    if (t.kind !== 'name' || t.text !== name || !is(sign, '=') || !first) return false
    return first.kind === 'name'
      ? first.text !== size && first.text.includes(size) && first.text.length <= 3
      : first.kind === 'number' && tokens[k + 3]?.text === size
  })

export const surveyOf = (
  items: readonly Item[],
  model: Model,
  scope: Scope,
  known: Known,
  /** Names cut short → declared names. */
  cutShort: ReadonlyMap<string, string> = new Map(),
): Survey => {
  const tokens = tokensOf(items)
  const usages = usagesOf(tokens, known)
  const { uses, squared, firstArguments } = usages
  const declared = (name: string): boolean => scope.symbols.has(name) || scope.arrays.has(name)
  const squares = new Map<string, string>()
  const looks = looksOf(scope)

  const aliases = new Map([...cutShort, ...dataAliases(tokens, usages, model, scope, totalsSpokenOf(items))])
  // The size.
  for (const s of model.samples)
    if (s.size.kind === 'sym' && model.samples.length === 1) {
      const size = s.size.name
      const other = [...uses]
        .filter(([n, u]) => u.size > 0 && !declared(n) && !aliases.has(n) && !isMultiple(tokens, n, size))
        .sort((a, b) => b[1].size - a[1].size)[0]
      if (other && (uses.get(size)?.size ?? 0) === 0) {
        aliases.set(other[0], size)
        // Σ_{n=1}^N: the name of the size is an index here
        const runs = tokens.some(
          (t, k) =>
            t.kind === 'name' &&
            t.text === size &&
            (is(tokens[k + 1], '=') || is(tokens[k + 1], '}')) &&
            (is(tokens[k - 1], '_') || (is(tokens[k - 1], '{') && is(tokens[k - 2], '_'))),
        )
        // Bin(n, p) and N observations: the letters of the model exchanged
        const [quiet, ...more] = model.known.map(p => p.name).filter(n => !uses.has(n))
        if (!runs && uses.has(size) && quiet !== undefined && more.length === 0) {
          aliases.set(size, quiet)
          continue
        }
        const free = ['i', 'j', 'k', 't', 'l'].find(n => !uses.has(n) && !declared(n))
        if (/^[A-Z]$/.test(other[0]) && uses.has(size) && free !== undefined) aliases.set(size, free)
      } else if (!uses.has(size))
        for (const n of ['N', 'n']) if (uses.has(n) && !declared(n) && !aliases.has(n) && !isMultiple(tokens, n, size)) aliases.set(n, size)
    }

  const parameters = model.parameters.map(p => p.name)
  const roles = rolesOf(items, tokens, usages, model, scope, aliases)
  const lagrangian = lagrangianOf(tokens, model, declared)

  // Parameters under other letters: ℓ(λ), d/dλ, λ̂.
  const lets = letNames(items, n => scope.symbols.has(n) || scope.arrays.has(n))
  const meant = (name: string): boolean =>
    lets.has(name) ||
    declared(name) ||
    rootOf(scope, name) !== undefined ||
    aliases.has(name) ||
    roles.has(name) ||
    canonicalName(name) === 'pi'
  const appears = (p: string): boolean => {
    const u = uses.get(p)
    if (u && (u.hatted > 0 || u.below > 0)) return true
    // \hat\mu_1 and ∂/∂μ_1, where mu1 is declared
    if (tokens.some((t, k) => t.kind === 'name' && is(tokens[k + 1], '_') && declaredSub(scope, t.text, indexText(tokens, k + 2)) === p))
      return true
    for (const [name, lists] of firstArguments) if (roles.has(name) && lists.some(a => a.includes(p))) return true
    return [...looks.sup].some(
      ([look, name]) => name === p && [...uses.keys()].some(n => look.startsWith(`${n}^`) || rootOf(scope, n) === p),
    )
  }
  const missing = parameters.filter(p => !appears(p))
  // what a likelihood is a function of says more than what an information is
  const likelihoods = [...firstArguments].sort(
    ([a], [b]) => Number(/information/.test(roles.get(a) ?? '')) - Number(/information/.test(roles.get(b) ?? '')),
  )
  for (const [name, lists] of likelihoods) {
    if (missing.length === 0 || !roles.has(name)) continue
    for (const args of lists)
      if (args.length === parameters.length) {
        const meanings = pairedLetters(args, parameters)
        args.forEach((a, k) => {
          const p = meanings[k] as string
          const base = a.replace(/\^2$/, '')
          const found = [...aliases.values(), ...squares.values()].includes(p)
          if (found && /information/.test(roles.get(name) ?? '')) return
          if (
            !missing.includes(p) ||
            meant(base) ||
            isFunctionOf(tokens, base, p) ||
            (uses.get(p)?.count ?? 0) > (uses.get(base)?.count ?? 0)
          )
            return
          if (a.endsWith('^2')) squares.set(base, p)
          else if (squared.has(base) && parameters.length > 1 && !standsSquared(model, p) && /^(?:sigma|tau|s|omega)$/.test(base))
            squares.set(base, p)
          else aliases.set(a, p)
        })
      }
  }
  const left = missing.filter(p => ![...aliases.values(), ...squares.values()].includes(p) && !(uses.get(p)?.count ?? 0))
  const [only] = left
  // μ beside declared μ_1, μ_2 is what they have in common and no other letter for σ²
  const isStem = (n: string): boolean => parameters.some(p => !missing.includes(p) && p !== n && p.replace(/_?\d+$/, '') === n)
  const candidates = [...uses].filter(
    ([n, u]) =>
      !n.endsWith('[]') && !meant(n) && !isStem(n) && (u.hatted > 0 || u.below > 0) && /^[A-Za-z]+(?:_[A-Za-z0-9]+)?$/.test(n) && n !== 'd',
  )
  if (left.length > 1 && candidates.length === left.length) {
    const letters = candidates.map(([n]) => n)
    pairedLetters(letters, left).forEach((p, k) => {
      const found = letters[k] as string
      if (squared.has(found) && /^(sigma|tau|s|omega)$/.test(found) && !standsSquared(model, p)) squares.set(found, p)
      else aliases.set(found, p)
    })
  }
  if (only !== undefined && left.length === 1) {
    candidates.sort((a, b) => b[1].count - a[1].count)
    const found = candidates[0]?.[0]
    if (found !== undefined) {
      if (squared.has(found) && /^(sigma|tau|s|omega)$/.test(found) && !standsSquared(model, only)) squares.set(found, only)
      else aliases.set(found, only)
    }
  }
  // v = σ² where σ² is the declared parameter: another letter for it.
  tokens.forEach((t, k) => {
    if (
      t.kind !== 'name' ||
      !is(tokens[k + 1], '=') ||
      (meant(t.text) && !lets.has(t.text)) ||
      // P(M = N), where M = max x_i was introduced
      isStatistic(tokens, t.text) ||
      (tokens[k - 1]?.kind === 'op' && !is(tokens[k - 1], ',', '(', ';', '.'))
    )
      return
    const base = tokens[k + 2]
    // words in between: "T = total", and s in the next line
    if (base?.kind !== 'name' || base.start > (tokens[k + 1]?.end ?? 0) + 3) return
    const braces = is(tokens[k + 4], '{')
    const squareHere = is(tokens[k + 3], '^') && tokens[braces ? k + 5 : k + 4]?.text === '2'
    const after = tokens[squareHere ? (braces ? k + 7 : k + 5) : k + 3]
    if (after && after.kind === 'op' && !is(after, ',', '.', ';', ')', '⇒', '\\\\', ':')) return
    if (after && (after.kind === 'number' || (after.kind === 'name' && after.start <= base.end + 1))) return
    const to = squareHere ? rootOf(scope, base.text) : scope.symbols.has(base.text) ? base.text : undefined
    // a = b, on the edge of a ≤ b: two parameters
    if (to !== undefined && parameters.includes(to) && !parameters.includes(t.text)) aliases.set(t.text, to)
  })
  // A known constant under another letter: α where a is declared.
  // nk: a product of two letters
  const withinProduct = (n: string): boolean =>
    n.length === 1 &&
    [...uses.keys()].some(
      w => /^[A-Za-z]{2,3}$/.test(w) && w.includes(n) && !declared(w) && [...w].every(l => l === 'n' || scope.symbols.has(l)),
    )
  const silent = model.known.map(k => k.name).filter(n => !uses.has(n) && !withinProduct(n))
  const [quiet] = silent
  if (quiet !== undefined) {
    const strangers = [...uses].filter(
      ([n, u]) =>
        !n.endsWith('[]') &&
        !meant(n) &&
        !appliedRoles.has(n) &&
        u.applied === 0 &&
        !(u.indexed > 0 && u.indexed === u.count) &&
        /^(?:[A-Za-z]|alpha|beta|gamma|delta|kappa|nu|rho|tau|mu|lambda|theta|sigma)(?:_[0-9a-z])?$/.test(n) &&
        !/^[dijCexXyY]$/.test(n) &&
        // where a constraint ties the parameters, a Greek letter that nobody declared is its multiplier
        !(model.constraints.length > 0 && /^(?:lambda|mu|nu|kappa|rho)$/.test(n)) &&
        !tokens.some((t, k) => t.kind === 'name' && t.text === n && is(tokens[k + 1], '=')),
    )
    // σ_1² and σ_2² for v1 and v2
    for (const name of silent) {
      const digit = /\d$/.exec(name)?.[0]
      const [alike, another] = digit === undefined ? [] : strangers.filter(([n]) => n.endsWith(`_${digit}`))
      if (!alike || another) continue
      if (squared.has(alike[0]) && /^(?:sigma|tau|s|omega)_\d$/.test(alike[0]) && !standsSquared(model, name)) squares.set(alike[0], name)
      else aliases.set(alike[0], name)
    }
    // σ_0² among other letters
    const spread = strangers.filter(([n]) => /^(?:sigma|tau)$/.test(n) && squared.has(n))
    const zero = strangers.filter(([n]) => n.endsWith('_0'))
    const marked = zero.length > 0 ? zero : spread
    const [stranger, another] = marked.length > 0 ? marked : strangers
    if (silent.length === 1 && stranger && another === undefined) {
      const [found] = stranger
      if (squared.has(found) && /^(?:sigma|tau|s|omega)(?:_[0a-z])?$/.test(found) && !standsSquared(model, quiet)) squares.set(found, quiet)
      else aliases.set(found, quiet)
    }
  }
  const { joint, whole } = jointNames(tokens, scope, aliases, roles)
  const ofTwo = (name: string): boolean =>
    !declared(name) &&
    tokens.some((t, k) => {
      if (t.kind !== 'name' || t.text !== name || !is(tokens[k + 1], '(')) return false
      let depth = 0
      for (let j = k + 1; j < Math.min(tokens.length, k + 20); j++) {
        if (is(tokens[j], '(')) depth++
        else if (is(tokens[j], ')') && --depth === 0) return false
        else if (depth === 1 && is(tokens[j], ',')) return true
      }
      return false
    })
  const pairs = new Set(['B', 'C'].filter(ofTwo))
  // The joint density of the sample, and P(X = x).
  roles.set('⟨L⟩', 'L')
  roles.set('⟨f⟩', 'f')
  roles.set('⟨F⟩', 'F')
  roles.set('⟨S⟩', 'survival')
  roles.set('⟨profile⟩', 'profile-ell')
  const pure = new Set<string>()
  tokens.forEach((t, k) => {
    if (t.kind === 'name' && is(tokens[k + 1], '(') && !tokens[k + 1]?.space && is(tokens[k + 3], ')') && is(tokens[k + 4], '=')) {
      const inner = tokens[k + 2]?.text ?? ''
      if (parameters.includes(aliases.get(inner) ?? inner)) pure.add(t.text)
    }
  })
  return {
    aliases,
    squares,
    roles,
    names: new Set(uses.keys()),
    pure,
    joint,
    whole,
    pairs,
    apart: starredApart(tokens),
    entries: entriesAmong(tokens),
    lagrangian,
    capitals: capitalsOf(tokens),
    plainD: !declared('d') && isPlainD(tokens),
  }
}

const indexText = (tokens: readonly Token[], k: number): string =>
  inside(tokens, k)
    .map(t => t.text)
    .join('')

/** The declared name that is written name². */
export const rootOf = (scope: Scope, name: string): string | undefined => {
  if (scope.symbols.has(name) || scope.arrays.has(name)) return undefined
  for (const candidate of [`${name}2`, `${name}_2`, `${name}sq`])
    if (scope.symbols.has(candidate) && !scope.symbols.has(`${name}1`)) return candidate
  return undefined
}
