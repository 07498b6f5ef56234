/**
 * Which of the clauses that may introduce a name do: of k = Σ x_i, k = n and k = n e^η the first says what k is, and the others are a case
 * and an equation. Nothing is read here.
 */
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { unhatted } from '../statement.ts'
import type { Clause } from './clause.ts'
import type { DefinitionSource } from './notation.ts'
import { rootOf, type Survey } from './survey.ts'
import { inside, is } from './token-rows.ts'

/** Whether the tokens gather the sample into a number. */
export const gathers = (tokens: readonly Token[], scope: Scope, survey: Survey): boolean =>
  tokens.some(
    t =>
      is(t, 'Sum', 'Prod', 'bar', 'max', 'min', '...') ||
      (t.kind === 'name' && (scope.arrays.has(t.text) || scope.arrays.has(survey.aliases.get(t.text) ?? ''))),
  )

export const introduces =
  /\b(?:where|let|with|denote|denoting|write|writing|define|defining|put|set|setting|call|here|say|notation|for short|abbreviate|introduce)\b/

/** "k = 0 and k = n": cases, not what k is. */
const isListed = (clauses: readonly Clause[], k: number): boolean => {
  const [before, c] = [clauses[k - 1], clauses[k]]
  const [one, other] = [before?.operands[0], c?.operands[0]]
  return (
    before?.sentence === c?.sentence &&
    before?.operators.length === 1 &&
    one?.length === 1 &&
    other?.length === 1 &&
    one[0]?.text === other[0]?.text &&
    /^\s*(?:,|and|or|\s)*$/.test(c?.words ?? '')
  )
}

/** Whether a name stands before or behind an order sign with just these tokens on the other side. */
const isCompared = (clauses: readonly Clause[], name: string, tokens: readonly Token[]): boolean => {
  const texts = (list: readonly Token[]): string => list.map(t => t.text).join(' ')
  return clauses.some(c =>
    c.operators.some((o, k) => {
      if (!/^[<>]=?$/.test(o.relation)) return false
      const [a, b] = [texts(c.operands[k] ?? []), texts(c.operands[k + 1] ?? [])]
      return (a === name && b === texts(tokens)) || (b === name && a === texts(tokens))
    }),
  )
}

/** The definitions that hold, name by name. */
export const settled = (
  found: Map<string, readonly DefinitionSource[]>,
  clauses: readonly Clause[],
  scope: Scope,
  survey: Survey,
  parameters: ReadonlySet<string>,
): ReadonlyMap<string, readonly DefinitionSource[]> => {
  // What says "where k = …" or has no parameter in it defines; k = n e^η is an equation for a name that is defined elsewhere.
  const first = new Map<string, number>()
  clauses.forEach((c, k) => {
    for (const side of c.operands)
      side.forEach((t, j) => {
        if (t.kind !== 'name') return
        if (!first.has(t.text)) first.set(t.text, k)
        // p_2, which is another name than p_1
        const index = is(side[j + 1], '_') ? side[is(side[j + 2], '{') ? j + 3 : j + 2] : undefined
        const key = index === undefined ? undefined : `${t.text}_${index.text}`
        if (key !== undefined && !first.has(key)) first.set(key, k)
      })
  })
  /** Names with a hat somewhere. */
  const hatted = new Set(clauses.flatMap(c => c.operands.flat().flatMap(t => (t.kind === 'name' ? (unhatted(t.text) ?? []) : []))))
  const parameter = (t: Token): boolean =>
    t.kind === 'name' &&
    (parameters.has(t.text) ||
      unhatted(t.text) !== undefined ||
      parameters.has(survey.squares.get(t.text) ?? '') ||
      parameters.has(rootOf(scope, t.text) ?? ''))
  for (const [name, all] of found) {
    // m(θ) = 1/θ − …, where m(θ) = E(X): what the name is called says less than its formula
    const named = (d: DefinitionSource): boolean => d.tokens[0]?.kind === 'name' && /^(?:E|P|Pr|Var|⟨f⟩)$/.test(d.tokens[0].text)
    // m(θ) = x̄ is an equation where m(θ) = 1/θ − … was introduced
    const equated = (d: DefinitionSource): boolean => parameters.has(d.argument ?? '') && !d.tokens.some(parameter)
    // g(1) = 2B − A beside g(r) = …: a value of g, and not what g is
    const isValue = (d: DefinitionSource): boolean =>
      d.formal?.every(f => f.every(t => t.kind === 'number' || is(t, '-', '+'))) === true ||
      // Q(b̂) = …, D(x̄) = … beside Q(b) = …: a value too
      d.formal?.some(f => f.some(t => is(t, 'hat', 'bar') || (t.kind === 'name' && /[\u0302\u0304]$/.test(t.text)))) === true
    // Q(b) = Q(b̂) + (b − b̂)²S: a property of Q
    const ofItself = (d: DefinitionSource): boolean =>
      d.applied && d.tokens.some((t, j) => t.kind === 'name' && t.text === name && is(d.tokens[j + 1], '('))
    // "for A = 2N", where A = 2a + b was introduced: a case
    const isCase = (d: DefinitionSource): boolean => !d.applied && /\bfor\s*$/.test(clauses[d.clause]?.words ?? '')
    // s = n/2 beside s > n/2: a case, and not what s is
    if (all.every(d => !d.applied && isCompared(clauses, name, d.tokens))) {
      found.delete(name)
      continue
    }
    // t in g(t) = …, which is to be maximised: t = (n x̄ + m ȳ)/(n + m) is where, and not what t is
    const argued = [...found.values()].some(list =>
      list.some(f => f.applied && f.argument === name && f.tokens.some(t => t.text === name) && all.every(d => d.clause > f.clause)),
    )
    // and c in ℓ(c, c), along the line a = b
    const along = (c: Clause): boolean =>
      c.operands.some(o =>
        o.some((t, j) => {
          const role = t.kind === 'name' ? survey.roles.get(t.text) : undefined
          if ((role !== 'L' && role !== 'ell') || !is(o[j + 1], '(')) return false
          const inner = inside(o, j + 1).filter(u => !is(u, ',', '(', ')'))
          return inner.length > 1 && inner.every(u => u.kind === 'name' && u.text === name)
        }),
      )
    if (all.every(d => !d.applied) && (argued || clauses.some(along))) {
      found.delete(name)
      continue
    }
    const plain = all.filter(d => !named(d) && !equated(d) && !isValue(d) && !ofItself(d) && !isCase(d))
    const list = plain.length > 0 ? plain : all
    const said = (d: DefinitionSource): boolean => introduces.test(clauses[d.clause]?.words.split(/[,;.]/).at(-1) ?? '')
    const trivial = (d: DefinitionSource): boolean =>
      d.tokens.every(t => t.kind === 'number' || is(t, '-', '+', '(', ')')) ||
      (d.tokens.length === 1 && (list.length > 1 || isListed(clauses, d.clause)))
    // k = n m where k = Σ x_i was introduced: an equation, for some samples
    const gathered = list.some(d => gathers(d.tokens, scope, survey))
    const again = (d: DefinitionSource): boolean => gathered && !said(d) && !gathers(d.tokens, scope, survey)
    // e_i = y_i − a − b x_i: said of every observation
    const entry = (d: DefinitionSource): boolean => /_[ijt]$/.test(name) && gathers(d.tokens, scope, survey)
    // τ = 1/θ, where τ̂ is spoken of: a function of the parameter, and τ = x̄ later its estimate
    const transform = list.find(
      d => !trivial(d) && (first.get(name) ?? -1) === d.clause && d.tokens.some(parameter) && !gathers(d.tokens, scope, survey),
    )
    if (transform && hatted.has(name)) {
      found.set(name, [transform])
      continue
    }
    const sure = list.filter(d => !trivial(d) && !again(d) && (said(d) || d.applied || entry(d) || !d.tokens.some(parameter)))
    const kept =
      sure.length > 0
        ? sure
        : list.filter(
            d => (said(d) && !trivial(d)) || ((first.get(name) ?? first.get(name.replace(/_.*$/, ''))) === d.clause && list.length === 1),
          )
    if (kept.length > 0) found.set(name, kept)
    else found.delete(name)
  }
  return found
}
