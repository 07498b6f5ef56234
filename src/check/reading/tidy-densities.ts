/** Densities and probabilities by their many names: P(X = x), P(T > t), f_X(x), p(y | p), p(𝓓 | θ), Poiss(x; λ), and joint ones. */
import type { Token } from '../../read/scanner.ts'
import { anEvent, unhatted } from '../statement.ts'
import { inside, is, isDeclared, nameAt, op, skip, type Tidying } from './token-rows.ts'

/** The bare name of the list of observations as the first argument, where it is written bold: f(𝐱; θ) has no index. */
const isJoint = (y: Tidying, first: Token | undefined, next: Token | undefined): boolean =>
  first?.kind === 'name' && y.scope.arrays.has(first.text) && first.end - first.start > 4 && is(next, ';', '|', 'mid', ',', ')')

/** P(S = s), P(M ≤ t), P(X_1 + X_2 = k), P(θ̂ ≠ θ): the probability of something that is no observation. */
const ofSomethingElse = (y: Tidying, all: readonly Token[], from: number, end: number): boolean => {
  const first = all[from]
  if (first?.kind !== 'name' || unhatted(first.text) !== undefined) return !is(first, '\\{')
  const after = is(all[from + 1], '_') ? skip(all, from + 2) : from + 1
  const sign = all[after]
  // P(X_{(n)} ≤ t), P(X_1 + X_2 = k), P(X ≠ 0)
  if (after > from + 2 && is(all[from + 2], '{') && is(all[from + 3], '(')) return true
  if (after < end - 1 && !is(sign, '=', '<', '<=', '>', '>=', '|', 'mid', ';', ',', '\\}', '...')) return true
  return (
    /^[A-Z]$/.test(first.text) &&
    is(sign, '=', '<', '<=', '>', '>=') &&
    !y.scope.arrays.has(y.survey.aliases.get(first.text) ?? first.text) &&
    !y.scope.symbols.has(y.survey.aliases.get(first.text) ?? first.text) &&
    !y.counts.has(first.text.toLowerCase()) &&
    y.survey.names.has(first.text) &&
    [...y.scope.arrays].some(a => y.survey.names.has(`${a}[]`) || y.survey.names.has(`${a.toUpperCase()}[]`))
  )
}

const comparisons = ['<', '<=', '>', '>='] as const
/** P(X > 1) as E[1{X > 1}]: where the bound is no observation. */
const indicatorOf = (y: Tidying, all: readonly Token[], open: number, end: number, like: Token): readonly Token[] | undefined => {
  const bar = all.findIndex((p, i) => i > open && i < end && is(p, '|', 'mid', ';'))
  const inner = all.slice(open + 1, bar > 0 ? bar : end - 1)
  const [first, sign, ...bound] = inner
  if (first?.kind !== 'name' || !is(sign, ...comparisons) || bound.length === 0 || bound.some(t => is(t, ...comparisons, '=', ',', '...')))
    return undefined
  const isObserved = (t: Token): boolean =>
    t.kind === 'name' && (y.scope.arrays.has(t.text) || y.scope.arrays.has(y.survey.aliases.get(t.text) ?? t.text))
  if (!isObserved(first) || bound.some(isObserved)) return undefined
  return [
    nameAt('E', like),
    op('[', like),
    { ...like, kind: 'number', text: '1' },
    op('\\{', like),
    ...inner,
    op('\\}', like),
    op(']', all[end - 1] as Token),
  ]
}

export const densities = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  const { scope } = y
  if (t.kind === 'name' && (t.text === 'E' || t.text === 'P' || t.text === 'Pr') && !isDeclared(scope, t.text) && is(all[k + 1], '_')) {
    const end = skip(all, k + 2)
    // P_λ(X = 0): as without the index
    const behind = is(all[end], '(', '[', '\\{') && t.text !== 'E' ? densities(y, t, 0, [t, ...all.slice(end)], out) : undefined
    if (behind !== undefined) return end + behind - 1
    out.push(t)
    return end
  }
  if (t.kind === 'name' && /^(?:P|Pr|calP)\u0302?$/.test(t.text) && !isDeclared(scope, t.text) && is(all[k + 1], '(', '[', '\\{')) {
    const end = skip(all, k + 1)
    const several = all.slice(k, end).some(p => is(p, '...')) || all.slice(k, end).filter(p => is(p, '=')).length > 1
    const equals = all.findIndex((p, i) => i > k && i < end && is(p, '='))
    const value = all[equals + 1]
    const event = indicatorOf(y, all, k + 1, end, t)
    if (event) {
      out.push(...event)
      return end
    }
    if (ofSomethingElse(y, all, k + 2, end) || t.text.endsWith('\u0302')) {
      out.push(nameAt(anEvent, t, all[end - 1]?.end))
      return end
    }
    // P(T > t), P(X ≤ x)
    const beyond = all.slice(k, end).find(p => is(p, '>', '>=', '<', '<='))
    if (!several && beyond && equals < 0) {
      out.push(nameAt(is(beyond, '>', '>=') ? '⟨S⟩' : '⟨F⟩', t, all[end - 1]?.end))
      return end
    }
    out.push(nameAt(several ? '⟨L⟩' : '⟨f⟩', t, all[end - 1]?.end))
    // P(X = 0), P(X_i = x_i | λ): at what
    const stop = all.findIndex((p, i) => i > equals && i < end && is(p, '|', 'mid', ';', ','))
    const values = several || equals < 0 ? [] : all.slice(equals + 1, stop > 0 ? stop : end - 1)
    const indexed = values.length > 2 && values.length < 7 && value?.kind === 'name' && is(values[1], '_')
    if ((value?.kind === 'number' && values.length === 1) || indexed) out.push(op('(', t), ...values, op(')', t))
    return end
  }
  // p(𝓓 | θ): of all data together
  if (
    t.kind === 'name' &&
    /^(?:[pPfL]|Pr|calP|ell|l)$/.test(t.text) &&
    is(all[k + 1], '(') &&
    all[k + 2]?.kind === 'name' &&
    /^(?:calD|calX|D|data|Data)$/.test(all[k + 2]?.text ?? '') &&
    !scope.symbols.has(all[k + 2]?.text ?? '') &&
    !scope.arrays.has(all[k + 2]?.text ?? '') &&
    is(all[k + 3], '|', 'mid', ';')
  ) {
    out.push(/^(?:L|ell|l)$/.test(t.text) ? t : nameAt('⟨L⟩', t), all[k + 1] as Token)
    return k + 4
  }
  // p(y | p) where y is one observed number
  if (t.kind === 'name' && /^(?:[pPf]|Pr|calP)$/.test(t.text) && is(all[k + 1], '(') && y.counts.has(all[k + 2]?.text ?? '')) {
    const end = skip(all, k + 1)
    if (all.slice(k + 1, end).some(p => is(p, '|', 'mid', ';'))) {
      out.push(nameAt('⟨L⟩', t, all[end - 1]?.end))
      return end
    }
  }
  // p(x | p), where p is a parameter: still a density.
  if (
    t.kind === 'name' &&
    /^[pPf]$/.test(t.text) &&
    scope.symbols.has(t.text) &&
    is(all[k + 1], '(') &&
    all[k + 2]?.kind === 'name' &&
    scope.arrays.has(all[k + 2]?.text ?? '')
  ) {
    const body = all.slice(k + 1, skip(all, k + 1))
    if (body.some(p => is(p, '|', 'mid', ';'))) {
      out.push(nameAt(body.some(p => is(p, '...')) ? '⟨L⟩' : '⟨f⟩', t))
      return k + 1
    }
  }
  // Poiss(y_i; λ): a density by the name of its family.
  if (
    t.kind === 'name' &&
    /^(?:[A-Z][A-Za-z]+|calN|calU|calB)$/.test(t.text) &&
    !scope.symbols.has(t.text) &&
    !scope.arrays.has(t.text) &&
    !y.survey.roles.has(t.text) &&
    is(all[k + 1], '(')
  ) {
    const inner = all.slice(k + 1, skip(all, k + 1))
    if (inner.some(p => is(p, ';', '|', 'mid')) && inner[1]?.kind === 'name' && scope.arrays.has(inner[1].text)) {
      out.push(nameAt('⟨f⟩', t))
      return k + 1
    }
  }
  // f_X(x): the index says whose density it is
  if (t.kind === 'name' && (y.survey.roles.get(t.text) === 'f' || /^[pPf]$/.test(t.text)) && is(all[k + 1], '_')) {
    const index = inside(all, k + 2)
    const [only, under] = index
    const end = skip(all, k + 2)
    if (
      only?.kind === 'name' &&
      scope.arrays.has(only.text) &&
      (index.length === 1 || is(under, '_')) &&
      is(all[end], '(') &&
      !all.slice(k, end).some(p => is(p, '...'))
    ) {
      out.push(y.survey.roles.get(t.text) === 'f' ? t : nameAt('⟨f⟩', t))
      return end
    }
  }
  if (t.kind === 'name' && y.survey.roles.get(t.text) === 'f') {
    // f(x_1, …, x_n; θ), also f_{X_1, …, X_n}(…): of the whole sample
    const from = is(all[k + 1], '_') ? skip(all, k + 2) : k + 1
    const end = is(all[from], '(') ? skip(all, from) : from
    const logged = all[k - 1]?.kind === 'name' && /^(?:log|ln)$/.test(all[k - 1]?.text ?? '')
    if ((y.survey.whole.has(t.text) || (logged && y.survey.joint.has(t.text))) && !is(all[from], '(')) {
      out.push(nameAt('⟨L⟩', t, all[from - 1]?.end))
      return from
    }
    const bare =
      y.survey.joint.has(t.text) &&
      all[from + 1]?.kind === 'name' &&
      scope.arrays.has(all[from + 1]?.text ?? '') &&
      is(all[from + 2], '|', ';', 'mid', ',')
    if (bare || all.slice(from, end).some(p => is(p, '...')) || (end > from && isJoint(y, all[from + 1], all[from + 2]))) {
      out.push(nameAt('⟨L⟩', t))
      return from
    }
  }
  return undefined
}
