/**
 * Which clauses introduce a name: k = Σ x_i, "let S = …", s² = …, g(p) = log L(p), Σ x_i = k. A name of the model, a hat
 * or a quantity is not introduced, and the left side of an equation between parameters neither.
 */

import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { canonicalName } from '../../term/functions.ts'
import { unhatted } from '../statement.ts'
import type { Clause } from './clause.ts'
import { inverseOf, listed, type Name, nameOf } from './defined-names.ts'
import type { DefinitionSource } from './notation.ts'
import { gathers, introduces, settled } from './settled-definitions.ts'
import { rootOf, type Survey } from './survey.ts'
import { is } from './token-rows.ts'
import { wordedDefinitions } from './worded-definitions.ts'

/** "exactly when k = n": which samples are meant, where nothing is introduced. */
const supposes = /\b(?:when|whenever|if|iff|unless|provided(?: that)?|in (?:the )?case|as long as|until)[\s:]*$/

/** "For k = 0", "for k = n": a case, and no name is introduced. */
const isCase = (c: Clause, scope: Scope): boolean => {
  const [value, more] = c.operands[1] ?? []
  const isSize = value?.kind === 'name' && Object.values(scope.lengths ?? {}).includes(value.text)
  return /\bfor[\s:]*$/.test(c.words) && c.operands.length === 2 && more === undefined && (value?.kind === 'number' || isSize)
}

/** The definitions of a document, name by name. */
export const definitionsOf = (
  clauses: readonly Clause[],
  scope: Scope,
  survey: Survey,
  parameters: ReadonlySet<string>,
  /** Whether an observation is 0 or 1. */
  binary: boolean,
  /** Whether an observation is one of separate values. */
  counting: boolean,
  /** Names of the counts that a likelihood given directly is in. */
  totals: readonly string[],
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
  /** Σ x_i = k: the name stands on the right. */
  const turned: ((names: ReadonlySet<string>) => void)[] = []
  clauses.forEach((c, k) => {
    // θ ≥ M = max x_i
    const [order, equals] = c.operators.map(o => o.relation)
    const [, second, gathered] = c.operands
    const bound = second && nameOf(second)
    if (
      order !== undefined &&
      /^[<>]=?$/.test(order) &&
      equals === '=' &&
      bound &&
      !bound.applied &&
      !own(bound.name) &&
      !survey.roles.has(bound.name) &&
      gathered &&
      gathers(gathered, scope, survey)
    )
      put(bound, gathered, c, k)
    if (
      c.operators[0]?.relation !== '=' ||
      c.operators[0].imposed ||
      (supposes.test(c.words) && nameOf(c.operands[0] ?? [])?.applied !== true) ||
      isCase(c, scope)
    )
      return
    const [left, right] = c.operands
    if (!left || !right || right.some(t => is(t, 'begin-matrix', '±', '∓'))) return
    // λ = x_1 + x_2 + x_3 = n
    const end = nameOf(c.operands.at(-1) ?? [])
    const total = c.operands.length > 2 ? (c.operands.at(-2) ?? []) : []
    if (
      c.operators.at(-1)?.relation === '=' &&
      end &&
      /^[nN]$/.test(end.name) &&
      !own(end.name) &&
      !found.has(end.name) &&
      total.some(t => is(t, '+')) &&
      gathers(total, scope, survey)
    )
      put(end, total, c, k)
    // (a, b, c) = (n_1, n_2, n_3): other names for what is declared
    const lists = [left, right].map(side => (is(side[0], '(') && is(side.at(-1), ')') ? listed(side.slice(1, -1)) : []))
    const [one, two] = lists
    if (one && two && one.length > 1 && one.length === two.length)
      one.forEach((a, j) => {
        const b = two[j] ?? []
        for (const [name, value] of [
          [nameOf(a), b],
          [nameOf(b), a],
        ] as const)
          if (
            name &&
            !own(name.name) &&
            !name.applied &&
            value.length === 1 &&
            value[0]?.kind === 'name' &&
            scope.symbols.has(value[0].text)
          )
            put(name, value, c, k)
      })
    // "with v = e^u": u = log v
    const [parameter] = left
    const other =
      left.length === 1 && parameter?.kind === 'name' && parameters.has(parameter.text) && c.operands.length === 2
        ? inverseOf(parameter, right)
        : undefined
    if (other && !own(other.name) && !survey.roles.has(other.name) && !found.has(other.name)) {
      put({ name: other.name, squared: false, applied: false }, other.tokens, c, k)
      return
    }
    const n = nameOf(left)
    // E(θ̂) = θ introduces no expectation
    if (n?.applied && /^(?:E|P|Pr|Var|V|Cov|calE|bias|Bias|MSE|sd|SD|se|SE)$/.test(n.name)) return
    if (n && !own(n.name)) {
      const base = n.name.replace(/_.*$/, '')
      const role = survey.roles.get(base)
      // p_0(λ) = e^{−λ}, L_1(a) = a^m e^{−aT}: of one cell, or one sample
      const ofList =
        n.applied &&
        /_[A-Za-z]{1,2}$/.test(n.name) &&
        [...n.name.replace(/^.*_/, '')].every(l => scope.arrays.has(survey.aliases.get(l) ?? l)) &&
        n.formal?.some(f => f.length === 1 && !scope.arrays.has(f[0]?.text ?? '')) === true
      const numbered =
        n.applied &&
        (/_\d+$/.test(n.name) || ofList) &&
        role !== undefined &&
        ['L', 'ell', 'nll', 'f', 'F', 'survival', 'score'].includes(role)
      if (numbered && (ofList ? role !== 'f' && role !== 'F' : n.name === `${base}${/_\d+$/.exec(n.name)?.[0] ?? ''}`)) {
        put(n, right, c, k)
        return
      }
      // ℓ(p) = … is the log-likelihood; S = Σ x_i is a name, also where S(θ) would be a score.
      if (
        role !== undefined &&
        (n.applied || ['L', 'ell', 'nll', 'se', 'var', 'fisher-information', 'observed-information'].includes(role))
      )
        return
      // H = −nΣ^{−1} = (…): the Hessian
      if (role === 'hessian' && c.operands.some(o => o.some(t => is(t, 'begin-matrix')))) return
      if (/^[ijklmt]$/.test(n.name) && right.some(t => is(t, '...', '..')) && !right.some(t => is(t, '+', '*'))) return
      // i = 1 under a sum that was written apart, x = 3.
      if (right.length === 1 && right[0]?.kind === 'number' && /^[ijk]$/.test(n.name)) return
      // p_i = P(Y_i = 1) = …, μ_i = E[Y_i] = …: what the probability or the mean is
      const [, , further] = c.operands
      // π_2 = π_3 = (1 − t)/4: two names for one value
      const twin = nameOf(right)
      if (
        twin &&
        further &&
        further.length > 0 &&
        c.operators[1]?.relation === '=' &&
        !twin.applied &&
        !n.applied &&
        /_/.test(twin.name) &&
        !own(twin.name) &&
        !survey.roles.has(twin.name.replace(/_.*$/, '')) &&
        !found.has(twin.name)
      ) {
        put(n, further, c, k)
        put(twin, further, c, k)
        return
      }
      const named = right[0]?.kind === 'name' && /^(?:⟨f⟩|P|Pr|E|calE)$/.test(right[0].text) && c.operators[1]?.relation === '='
      put(n, named && further !== undefined && further.length > 0 && !n.applied ? further : right, c, k)
      return
    }
    // P(Y_i = 1) = p_i = …: the name in the middle is introduced
    const [, middle, value] = c.operands
    const inner = nameOf(middle ?? [])
    if (
      inner &&
      value &&
      value.length > 1 &&
      c.operators[1]?.relation === '=' &&
      !c.operators[1].imposed &&
      /_/.test(inner.name) &&
      !own(inner.name) &&
      !inner.applied &&
      !survey.roles.has(inner.name) &&
      !found.has(inner.name) &&
      left[0]?.kind === 'name' &&
      /^(?:⟨f⟩|f|p|P|Pr|E)$/.test(left[0].text)
    ) {
      put(inner, value, c, k)
      return
    }
    // log λ_i = a + b x_i, logit p_i = …: the name under the function is introduced
    const [head, ...under] = left
    const link =
      head?.kind === 'name' && /^(?:log|ln|logit)$/.test(head.text)
        ? nameOf(is(under[0], '(') && is(under.at(-1), ')') ? under.slice(1, -1) : under)
        : undefined
    if (head && link && /_[ijt]$/.test(link.name) && !own(link.name) && !link.applied && !found.has(link.name) && c.operands.length === 2) {
      const sign = (text: string): Token => ({ ...head, kind: 'op', text, symbol: false })
      const grown = (part: readonly Token[]): readonly Token[] => [{ ...head, text: 'exp' }, sign('('), ...part, sign(')')]
      const one: Token = { ...head, kind: 'number', text: '1' }
      put(
        link,
        head.text === 'logit'
          ? [one, sign('/'), sign('('), one, sign('+'), ...grown([sign('-'), sign('('), ...right, sign(')')]), sign(')')]
          : grown(right),
        c,
        k,
      )
      return
    }
    // x̄ = λ/(1 − e^{−λ}) =: h(λ)
    const coda = c.operators.at(-1)
    const named = nameOf(c.operands.at(-1) ?? [])
    if (coda?.relation === '=' && coda.token.end - coda.token.start === 2 && c.operands.length > 2 && named && !own(named.name)) {
      put(named, c.operands.at(-2) ?? [], c, k)
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
      turned.push(names => {
        if (!names.has(m.name)) put(m, left, c, k)
      })
  })
  for (const w of wordedDefinitions(clauses, scope, parameters, binary, counting, totals))
    if (!own(w.name.name)) put(w.name, w.tokens, clauses[w.clause] as Clause, w.clause)
  // "the maximum where n/z = V" says nothing of V where V = Σ … was introduced
  const introduced = new Set(found.keys())
  for (const t of turned) t(introduced)
  return settled(found, clauses, scope, survey, parameters)
}
