/**
 * Which clauses introduce a name: k = Σ x_i, "let S = …", s² = …, g(p) = log L(p), Σ x_i = k. A name of the model, a hat
 * or a quantity is not introduced, and the left side of an equation between parameters neither.
 */
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { canonicalName } from '../../term/functions.ts'
import { unhatted } from '../statement.ts'
import type { Clause } from './clause.ts'
import type { DefinitionSource } from './notation.ts'
import { rootOf, type Survey } from './survey.ts'

const is = (t: Token | undefined, ...texts: readonly string[]): boolean => t?.kind === 'op' && texts.includes(t.text)

interface Name {
  readonly name: string
  readonly squared: boolean
  readonly applied: boolean
  /** What it is applied to, where that is one name: u in φ(u). */
  readonly argument?: string
}

/** The name that the tokens are: k, S_{xx}, s^2, g(p). */
export const nameOf = (tokens: readonly Token[]): Name | undefined => {
  const [first] = tokens
  if (first?.kind !== 'name') return undefined
  let k = 1
  let name = first.text
  let squared = false
  let applied = false
  let argument: string | undefined
  const group = (): readonly Token[] => {
    if (!is(tokens[k], '{', '(')) return tokens.slice(k, ++k)
    let depth = 0
    const from = k + 1
    for (; k < tokens.length; k++) {
      if (is(tokens[k], '{', '(')) depth++
      if (is(tokens[k], '}', ')') && --depth === 0) return tokens.slice(from, k++)
    }
    return tokens.slice(from)
  }
  while (k < tokens.length) {
    if (is(tokens[k], '_') && !squared) {
      k++
      const index = group()
      if (index.some(t => t.kind === 'op' && t.text !== ',')) return undefined
      name += `_${index.map(t => t.text).join('')}`
    } else if (is(tokens[k], '^')) {
      k++
      const exponent = group()
      if (exponent.length !== 1 || exponent[0]?.text !== '2') return undefined
      squared = true
    } else if (is(tokens[k], '(') && k === 1) {
      const inner = group()
      if (inner.some(t => t.kind === 'op' && !is(t, ',', ';'))) return undefined
      applied = true
      if (inner.length === 1 && inner[0]?.kind === 'name') argument = inner[0].text
    } else return undefined
  }
  return { name, squared, applied, ...(argument === undefined ? {} : { argument }) }
}

/** "exactly when k = n": which samples are meant, where nothing is introduced. */
const supposes = /\b(?:when|whenever|if|iff|unless|provided(?: that)?|in (?:the )?case|as long as|until)[\s:]*$/
/** Whether the tokens gather the sample into a number. */
const gathers = (tokens: readonly Token[], scope: Scope, survey: Survey): boolean =>
  tokens.some(
    t =>
      is(t, 'Sum', 'Prod', 'bar', 'max', 'min', '...') ||
      (t.kind === 'name' && (scope.arrays.has(t.text) || scope.arrays.has(survey.aliases.get(t.text) ?? ''))),
  )

const introduces =
  /\b(?:where|let|with|denote|denoting|write|writing|define|defining|put|set|setting|call|here|say|notation|for short|abbreviate|introduce)\b/

export const definitionsOf = (
  clauses: readonly Clause[],
  scope: Scope,
  survey: Survey,
  parameters: ReadonlySet<string>,
): ReadonlyMap<string, readonly DefinitionSource[]> => {
  const found = new Map<string, DefinitionSource[]>()
  const own = (name: string): boolean =>
    scope.symbols.has(name) ||
    scope.arrays.has(name.replace(/_.*$/, '')) ||
    scope.symbols.has(name.replace(/_/, '')) ||
    unhatted(name) !== undefined ||
    survey.squares.has(name) ||
    rootOf(scope, name) !== undefined ||
    canonicalName(name) !== undefined ||
    name.startsWith('⟨') ||
    survey.aliases.has(name) ||
    name === 'd' ||
    name === 'e' ||
    name === 'const'
  const put = (n: Name, tokens: readonly Token[], c: Clause, clause: number): void => {
    if (tokens.length === 0) return
    const entry: DefinitionSource = { ...n, tokens, dialect: c.dialect, start: c.start, clause }
    const list = found.get(n.name)
    if (list) list.push(entry)
    else found.set(n.name, [entry])
  }
  clauses.forEach((c, k) => {
    if (
      c.operators[0]?.relation !== '=' ||
      c.operators[0].imposed ||
      (supposes.test(c.words) && nameOf(c.operands[0] ?? [])?.applied !== true)
    )
      return
    const [left, right] = c.operands
    if (!left || !right || right.some(t => is(t, 'begin-matrix', '±', '∓'))) return
    const n = nameOf(left)
    if (n && !own(n.name)) {
      const base = n.name.replace(/_.*$/, '')
      const role = survey.roles.get(base)
      // ℓ(p) = … is the log-likelihood; S = Σ x_i is a name, also where S(θ) would be a score.
      if (
        role !== undefined &&
        (n.applied || ['L', 'ell', 'nll', 'se', 'var', 'fisher-information', 'observed-information'].includes(role))
      )
        return
      if (/^[ijklm]$/.test(n.name) && right.some(t => is(t, '...', '..')) && !right.some(t => is(t, '+', '*'))) return
      // i = 1 under a sum that was written apart, x = 3.
      if (right.length === 1 && right[0]?.kind === 'number' && /^[ijk]$/.test(n.name)) return
      put(n, right, c, k)
      return
    }
    // Σ x_i = k, with a word that says so or a name used for nothing else.
    const last = c.operands.at(-1) ?? []
    const m = nameOf(last)
    if (
      m &&
      !own(m.name) &&
      !m.applied &&
      !survey.roles.has(m.name) &&
      (introduces.test(c.words) || left.some(t => is(t, 'Sum', 'Prod', 'bar'))) &&
      left.some(t => t.kind === 'name')
    )
      put(m, left, c, k)
  })
  // What says "where k = …" or has no parameter in it defines; k = n e^η is an equation for a name that is defined elsewhere.
  const first = new Map<string, number>()
  clauses.forEach((c, k) => {
    for (const t of c.operands.flat()) if (t.kind === 'name' && !first.has(t.text)) first.set(t.text, k)
  })
  const parameter = (t: Token): boolean =>
    t.kind === 'name' &&
    (parameters.has(t.text) || unhatted(t.text) !== undefined || survey.squares.has(t.text) || rootOf(scope, t.text) !== undefined)
  for (const [name, list] of found) {
    const trivial = (d: DefinitionSource): boolean =>
      d.tokens.every(t => t.kind === 'number' || is(t, '-', '+', '(', ')')) || (d.tokens.length === 1 && list.length > 1)
    const said = (d: DefinitionSource): boolean => introduces.test(clauses[d.clause]?.words.split(/[,;.]/).at(-1) ?? '')
    // k = n m where k = Σ x_i was introduced: an equation, for some samples
    const gathered = list.some(d => gathers(d.tokens, scope, survey))
    const again = (d: DefinitionSource): boolean => gathered && !said(d) && !gathers(d.tokens, scope, survey)
    const sure = list.filter(d => !trivial(d) && !again(d) && (said(d) || d.applied || !d.tokens.some(parameter)))
    const kept =
      sure.length > 0
        ? sure
        : list.filter(d => (said(d) && !trivial(d)) || (first.get(name.replace(/_.*$/, '')) === d.clause && list.length === 1))
    if (kept.length > 0) found.set(name, kept)
    else found.delete(name)
  }
  return found
}
