/**
 * Which of the writer's names means what, found from how they are used in the whole document before anything is read:
 * other letters for the parameters, the observations and the sample size, and names of quantities (S a score or a sum).
 */

import type { Model } from '../../model/model.ts'
import { looksOf } from '../../read/names.ts'
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { canonicalName } from '../../term/functions.ts'
import type { Item } from './stream.ts'
import { appliedRoles, differentialWord, type Known, type Role, usualRoles } from './vocabulary.ts'

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
  /** C(m, x) is a binomial coefficient. */
  readonly choose: boolean
}

/** The tokens of a document, formulas apart. */
const tokensOf = (items: readonly Item[]): readonly Token[] => items.flatMap(i => (i.kind === 'token' ? [i.token] : []))

const is = (t: Token | undefined, ...texts: readonly string[]): boolean => t?.kind === 'op' && texts.includes(t.text)

interface Usage {
  count: number
  applied: number
  primed: number
  hatted: number
  indexed: number
  differentiated: number
  below: number
  size: number
  afterLog: number
}

export const surveyOf = (items: readonly Item[], model: Model, scope: Scope, known: Known): Survey => {
  const tokens = tokensOf(items)
  const uses = new Map<string, Usage>()
  const use = (name: string): Usage => {
    let u = uses.get(name)
    if (!u) {
      u = { count: 0, applied: 0, primed: 0, hatted: 0, indexed: 0, differentiated: 0, below: 0, size: 0, afterLog: 0 }
      uses.set(name, u)
    }
    return u
  }
  const squared = new Set<string>()
  const firstArguments = new Map<string, string[][]>()
  tokens.forEach((t, k) => {
    if (t.kind !== 'name') return
    const next = tokens[k + 1]
    const before = tokens[k - 1]
    const u = use(t.text)
    u.count++
    let opens = k + 1
    if (is(next, '_')) {
      opens = k + 3
      if (is(tokens[k + 2], '{')) while (opens < Math.min(tokens.length, k + 16) && !is(tokens[opens - 1], '}')) opens++
    }
    if (is(tokens[opens], '(') && !(tokens[opens]?.space && t.text.length === 1 && !/^[fLl]$/.test(t.text))) {
      u.applied++
      const args: string[] = []
      let depth = 0
      for (let j = opens; j < Math.min(tokens.length, opens + 40); j++) {
        const a = tokens[j] as Token
        if (is(a, '(') || is(a, '{') || is(a, '[')) depth++
        if ((is(a, ')') || is(a, '}') || is(a, ']')) && --depth === 0) break
        if (depth === 1 && (is(a, ';') || is(a, '|') || is(a, 'mid'))) break
        if (a.kind === 'name' && depth === 1 && (is(tokens[j - 1], '(') || is(tokens[j - 1], ','))) {
          const square = is(tokens[j + 1], '^') && (tokens[j + 2]?.text === '2' || tokens[j + 3]?.text === '2')
          args.push(square ? `${a.text}^2` : a.text)
        }
      }
      firstArguments.set(t.text, [...(firstArguments.get(t.text) ?? []), args])
    }
    if (is(next, "'") || (is(next, '^') && (is(tokens[k + 2], "'") || is(tokens[k + 3], "'")))) u.primed++
    if (is(next, '_')) {
      u.indexed++
      const i = is(tokens[k + 2], '{') ? tokens[k + 3] : tokens[k + 2]
      if (i && (/^[ijk]$/.test(i.text) || i.text === '1')) use(`${t.text}[]`).count++
    }
    if (
      is(before, 'hat') ||
      (is(before, '{') && is(tokens[k - 2], 'hat')) ||
      is(next, 'post-hat') ||
      /_(hat|mle|MLE|ML|ml)$/.test(t.text)
    ) {
      use(t.text.replace(/_(hat|mle|MLE|ML|ml)$/, '')).hatted++
    }
    if (is(next, '_') || is(next, '^')) {
      const parts = is(tokens[k + 2], '{') ? tokens.slice(k + 3, k + 7) : tokens.slice(k + 2, k + 3)
      const stop = parts.findIndex(p => is(p, '}'))
      const word = (stop < 0 ? parts : parts.slice(0, stop)).map(p => p.text).join('')
      if (/^(MLE|ML|mle|ml|Mle|hat|\*|star)$/.test(word)) u.hatted++
    }
    if (is(before, '_') && is(tokens[k - 2], 'nabla')) u.below++
    const hatWord = /^([A-Za-z]+)hat$/.exec(t.text)
    if (hatWord?.[1]) use(hatWord[1]).hatted++
    if (is(next, '^') && (tokens[k + 2]?.text === '2' || (is(tokens[k + 2], '{') && tokens[k + 3]?.text === '2'))) squared.add(t.text)
    // d ℓ / d θ, \frac{d\ell}{d\theta}, \partial_\theta
    const isD = (x: Token | undefined): boolean => is(x, 'partial') || (x?.kind === 'name' && x.text === 'd')
    if (isD(before) || (is(before, '_') && is(tokens[k - 2], 'partial'))) {
      const under = is(tokens[k - 2], '/') || (is(tokens[k - 2], '{') && is(tokens[k - 3], '}')) || is(before, '_')
      if (under) u.below++
      else u.differentiated++
    }
    const joined = differentialWord(t.text, known)
    if (joined && (is(before, '/') || is(next, '/'))) {
      const whole = tokens.some(x => x.kind === 'name' && x.text === joined.of)
      if (is(before, '/')) use(whole ? joined.of : joined.of.replace(/(?<=[a-z])2$/, '')).below++
      else use(joined.of).differentiated++
    }
    if (before && (before.text === 'log' || before.text === 'ln') && before.kind === 'name') u.afterLog++
    // Σ^N, Π_{i=1}^{N}, x_1, …, x_N
    if (is(before, '^') || (is(before, '{') && is(tokens[k - 2], '^'))) {
      for (let j = k - 2; j > Math.max(0, k - 12); j--)
        if (is(tokens[j], 'Sum') || is(tokens[j], 'Prod')) {
          if (/^[A-Za-z]$/.test(t.text)) u.size++
          break
        } else if (is(tokens[j], '^') && !is(tokens[j + 1], '{')) break
    }
    if (is(before, '_') || (is(before, '{') && is(tokens[k - 2], '_')))
      for (let j = k - 2; j > Math.max(0, k - 7); j--) if (is(tokens[j], '...')) if (/^[A-Za-z]$/.test(t.text)) u.size++
  })

  const declared = (name: string): boolean => scope.symbols.has(name) || scope.arrays.has(name)
  const aliases = new Map<string, string>()
  const squares = new Map<string, string>()
  const looks = looksOf(scope)

  // Observations: X for x; another letter if the declared one is not used.
  const data = [
    ...model.samples.flatMap(s => s.variables.map(v => v.name)),
    ...(model.likelihood?.data ?? []).filter(d => d.index !== undefined).map(d => d.name),
  ]
  const lists = [...scope.arrays]
  // D = Σ d_i: the capital is a name of its own
  const introduced = (name: string): boolean =>
    tokens.some(
      (t, k) =>
        t.kind === 'name' && t.text === name && is(tokens[k + 1], '=') && (tokens[k + 2]?.kind === 'op' || tokens[k + 2]?.text === 'sum'),
    )
  for (const name of lists) {
    const upper = name.toUpperCase()
    if (upper !== name && !declared(upper) && /^[a-z]$/.test(name) && !introduced(upper)) aliases.set(upper, name)
    const lower = name.toLowerCase()
    if (lower !== name && !declared(lower) && /^[A-Z]$/.test(name)) aliases.set(lower, name)
  }
  const [onlyList] = data
  if (data.length === 1 && onlyList !== undefined && !uses.has(`${onlyList}[]`) && !uses.has(`${onlyList.toUpperCase()}[]`)) {
    const other = [...uses.keys()]
      .filter(n => n.endsWith('[]'))
      .map(n => n.slice(0, -2))
      .find(n => /^[a-zA-Z]$/.test(n) && !declared(n) && !appliedRoles.has(n) && !aliases.has(n) && !/^[iId]$/.test(n))
    if (other !== undefined) {
      aliases.set(other, onlyList)
      if (!declared(other.toUpperCase())) aliases.set(other.toUpperCase(), onlyList)
      if (!declared(other.toLowerCase())) aliases.set(other.toLowerCase(), onlyList)
    }
  }
  // The size.
  for (const s of model.samples)
    if (s.size.kind === 'sym' && model.samples.length === 1) {
      const size = s.size.name
      const other = [...uses].filter(([n, u]) => u.size > 0 && !declared(n) && !aliases.has(n)).sort((a, b) => b[1].size - a[1].size)[0]
      if (other && (uses.get(size)?.size ?? 0) === 0) {
        aliases.set(other[0], size)
        // Σ_{n=1}^N: the name of the size is an index here
        const free = ['i', 'j', 'k', 't', 'l'].find(n => !uses.has(n) && !declared(n))
        if (/^[A-Z]$/.test(other[0]) && uses.has(size) && free !== undefined) aliases.set(size, free)
      } else if (!uses.has(size)) for (const n of ['N', 'n']) if (uses.has(n) && !declared(n) && !aliases.has(n)) aliases.set(n, size)
    }

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
          t.kind === 'name' && t.text === 'H' && is(tokens[k + 1], '=') && tokens.slice(k + 2, k + 6).some(b => is(b, 'begin-matrix')),
      )
    )
      roles.set(name, 'hessian')
    if (name === 'l' && !roles.has(name) && u.count > 0 && u.indexed < u.count) roles.set(name, 'ell')
  }
  // l and 𝓛 are the likelihood where a logarithm is taken of them.
  const has = (name: string): boolean => roles.get(name) !== undefined && (uses.get(name)?.count ?? 0) > 0
  if ((uses.get('l')?.afterLog ?? 0) > 0 && roles.has('l')) roles.set('l', 'L')
  const script = uses.get('calL')
  if (script && !declared('calL'))
    roles.set('calL', script.afterLog > 0 || has('ell') || has('l') || has('LL') ? 'L' : has('L') ? 'ell' : 'L')
  if (roles.get('S') === 'score' && roles.has('U')) roles.delete('S')

  // Parameters under other letters: ℓ(λ), d/dλ, λ̂.
  const parameters = model.parameters.map(p => p.name)
  const meant = (name: string): boolean =>
    declared(name) || rootOf(scope, name) !== undefined || aliases.has(name) || roles.has(name) || canonicalName(name) === 'pi'
  const appears = (p: string): boolean => {
    const u = uses.get(p)
    if (u && (u.hatted > 0 || u.below > 0)) return true
    for (const [name, lists] of firstArguments) if (roles.has(name) && lists.some(a => a.includes(p))) return true
    return [...looks.sup].some(
      ([look, name]) => name === p && [...uses.keys()].some(n => look.startsWith(`${n}^`) || rootOf(scope, n) === p),
    )
  }
  const missing = parameters.filter(p => !appears(p))
  for (const [name, lists] of firstArguments) {
    if (missing.length === 0 || !roles.has(name)) continue
    for (const args of lists)
      if (args.length === parameters.length)
        args.forEach((a, k) => {
          const p = parameters[k] as string
          const base = a.replace(/\^2$/, '')
          if (!missing.includes(p) || meant(base) || (uses.get(p)?.count ?? 0) > (uses.get(base)?.count ?? 0)) return
          if (a.endsWith('^2')) squares.set(base, p)
          else if (squared.has(base) && parameters.length > 1 && /^(?:sigma|tau|s|omega)$/.test(base)) squares.set(base, p)
          else aliases.set(a, p)
        })
  }
  const left = missing.filter(p => ![...aliases.values(), ...squares.values()].includes(p) && !(uses.get(p)?.count ?? 0))
  const [only] = left
  if (only !== undefined && left.length === 1) {
    const candidates = [...uses].filter(
      ([n, u]) => !n.endsWith('[]') && !meant(n) && (u.hatted > 0 || u.below > 0) && /^[A-Za-z]+$/.test(n) && n !== 'd',
    )
    candidates.sort((a, b) => b[1].count - a[1].count)
    const found = candidates[0]?.[0]
    if (found !== undefined) {
      if (squared.has(found) && /^(sigma|tau|s|omega)$/.test(found)) squares.set(found, only)
      else aliases.set(found, only)
    }
  }
  // v = σ² where σ² is the declared parameter: another letter for it.
  tokens.forEach((t, k) => {
    if (
      t.kind !== 'name' ||
      !is(tokens[k + 1], '=') ||
      meant(t.text) ||
      (tokens[k - 1]?.kind === 'op' && !is(tokens[k - 1], ',', '(', ';', '.'))
    )
      return
    const base = tokens[k + 2]
    if (base?.kind !== 'name') return
    const braces = is(tokens[k + 4], '{')
    const squareHere = is(tokens[k + 3], '^') && tokens[braces ? k + 5 : k + 4]?.text === '2'
    const after = tokens[squareHere ? (braces ? k + 7 : k + 5) : k + 3]
    if (after && after.kind === 'op' && !is(after, ',', '.', ';', ')', '⇒', '\\\\', ':')) return
    if (after && after.kind === 'number') return
    const to = squareHere ? rootOf(scope, base.text) : scope.symbols.has(base.text) ? base.text : undefined
    if (to !== undefined && parameters.includes(to)) aliases.set(t.text, to)
  })
  // A known constant under another letter: α where a is declared.
  const silent = model.known.map(k => k.name).filter(n => !uses.has(n))
  const [quiet] = silent
  if (quiet !== undefined) {
    const strangers = [...uses].filter(
      ([n, u]) =>
        !n.endsWith('[]') &&
        !meant(n) &&
        !appliedRoles.has(n) &&
        u.applied === 0 &&
        /^(?:[A-Za-z]|alpha|beta|gamma|delta|kappa|nu|rho|tau|mu|lambda|theta|sigma)$/.test(n) &&
        !/^[dijCexXyY]$/.test(n) &&
        !tokens.some((t, k) => t.kind === 'name' && t.text === n && is(tokens[k + 1], '=')),
    )
    if (silent.length === 1 && strangers.length === 1 && strangers[0]) {
      const [found] = strangers[0]
      if (squared.has(found) && /^(?:sigma|tau|s|omega)$/.test(found)) squares.set(found, quiet)
      else aliases.set(found, quiet)
    }
  }
  // p(y | λ) = ∏ …: of the whole sample, where the list stands without an index.
  const joint = new Set<string>()
  tokens.forEach((t, k) => {
    if (t.kind !== 'name' || roles.get(t.text) !== 'f' || !is(tokens[k + 1], '(')) return
    const inner = tokens[k + 2]
    if (inner?.kind !== 'name' || !scope.arrays.has(aliases.get(inner.text) ?? inner.text) || !is(tokens[k + 3], '|', ';', 'mid', ','))
      return
    let j = k + 3
    while (j < tokens.length && j < k + 24 && !is(tokens[j], '=')) j++
    for (let m = j + 1; m < Math.min(tokens.length, j + 12); m++) {
      if (is(tokens[m], '=', '\\\\', ',')) break
      if (is(tokens[m], 'Prod')) joint.add(t.text)
    }
  })
  const choose =
    !declared('C') &&
    tokens.some((t, k) => {
      if (t.kind !== 'name' || t.text !== 'C' || !is(tokens[k + 1], '(')) return false
      let depth = 0
      for (let j = k + 1; j < Math.min(tokens.length, k + 20); j++) {
        if (is(tokens[j], '(')) depth++
        else if (is(tokens[j], ')') && --depth === 0) return false
        else if (depth === 1 && is(tokens[j], ',')) return true
      }
      return false
    })
  // The joint density of the sample, and P(X = x).
  roles.set('⟨L⟩', 'L')
  roles.set('⟨f⟩', 'f')
  roles.set('⟨profile⟩', 'profile-ell')
  const pure = new Set<string>()
  tokens.forEach((t, k) => {
    if (t.kind === 'name' && is(tokens[k + 1], '(') && !tokens[k + 1]?.space && is(tokens[k + 3], ')') && is(tokens[k + 4], '=')) {
      const inner = tokens[k + 2]?.text ?? ''
      if (parameters.includes(aliases.get(inner) ?? inner)) pure.add(t.text)
    }
  })
  return { aliases, squares, roles, names: new Set(uses.keys()), pure, joint, choose }
}

/** The declared name that is written name². */
export const rootOf = (scope: Scope, name: string): string | undefined => {
  if (scope.symbols.has(name) || scope.arrays.has(name)) return undefined
  for (const candidate of [`${name}2`, `${name}_2`, `${name}sq`])
    if (scope.symbols.has(candidate) && !scope.symbols.has(`${name}1`)) return candidate
  return undefined
}
