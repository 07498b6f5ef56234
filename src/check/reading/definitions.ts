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
import { rootOf, type Survey } from './survey.ts'
import { inside, is } from './token-rows.ts'
import { wordedDefinitions } from './worded-definitions.ts'

/** "exactly when k = n": which samples are meant, where nothing is introduced. */
const supposes = /\b(?:when|whenever|if|iff|unless|provided(?: that)?|in (?:the )?case|as long as|until)[\s:]*$/
/** Whether the tokens gather the sample into a number. */
const gathers = (tokens: readonly Token[], scope: Scope, survey: Survey): boolean =>
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
      (supposes.test(c.words) && nameOf(c.operands[0] ?? [])?.applied !== true)
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
