/** Signs over signs, extremes, densities by name, indicators and braces around whole relations. */
import type { Token } from '../../read/scanner.ts'
import { inside, is, nameAt, op, pass, skip, type Tidying } from './token-rows.ts'

/** The bare name of the list of observations as the first argument, where it is written bold: f(𝐱; θ) has no index. */
const isJoint = (y: Tidying, first: Token | undefined, next: Token | undefined): boolean =>
  first?.kind === 'name' && y.scope.arrays.has(first.text) && first.end - first.start > 4 && is(next, ';', '|', 'mid', ',', ')')

/** \overset{!}{=}, \underset, x_{\max}, \choose, ∂_μ, E_θ, P(…). */
export const signs = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  const { scope } = y
  if (is(t, 'overset', 'underset')) {
    const [above, on] = [inside(all, k + 1), inside(all, skip(all, k + 1))]
    const end = skip(all, skip(all, k + 1))
    const main = on.find(o => o.kind === 'op' && o.text !== '{')
    if (t.text === 'underset' && on.some(o => is(o, 'argmax', 'argmin', 'max', 'min'))) {
      out.push(...on, op('_', t), op('{', t), ...above, op('}', t))
      return end
    }
    if (main)
      out.push({
        ...main,
        text: main.text === '=' && above.some(a => is(a, '!') || a.text === 'set') ? '=!' : main.text,
        start: t.start,
        end: all[end - 1]?.end ?? main.end,
      })
    return end
  }
  if (t.kind === 'name' && t.text === 'arg' && is(all[k + 1], 'max', 'min')) {
    out.push(op(`arg${all[k + 1]?.text}`, t))
    return k + 2
  }
  if (t.kind === 'name' && scope.arrays.has(t.text) && is(all[k + 1], '_')) {
    const part = inside(all, k + 2).filter(p => !is(p, '(', ')'))
    const [only] = part
    if (part.length === 1 && only && (only.text === 'max' || only.text === 'min')) {
      out.push(op(only.text, t), op('(', t), t, op(')', only))
      return skip(all, k + 2)
    }
  }
  if (
    t.kind === 'name' &&
    scope.arrays.has(t.text) &&
    is(all[k + 1], '^') &&
    is(all[k + 2], '{') &&
    is(all[k + 3], '(') &&
    is(all[k + 5], ')')
  ) {
    out.push(t, op('_', t), ...all.slice(k + 2, k + 7)) // x^{(n)}
    return k + 7
  }
  if (
    is(t, '{') &&
    !is(
      all[k - 1],
      '^',
      '_',
      'frac',
      'binom',
      'sqrt',
      'hat',
      'tilde',
      'bar',
      'indicator',
      '}',
      'argmax',
      'max',
      'min',
      'in',
      'Sum',
      'Prod',
      ']',
    ) &&
    all[k - 1]?.text !== '1'
  ) {
    const end = skip(all, k)
    // \boxed{…}: braces around a whole relation say nothing.
    if (
      hasRelation(all, k, end) &&
      all[end - 1]?.text === '}' &&
      !all.slice(k, end).some(u => u.kind === 'name' && (u.text === 'if' || u.text === 'otherwise'))
    ) {
      const inner = pass(all.slice(k + 1, end - 1), (u, i, list, o) => signs(y, u, i, list, o))
      out.push(...inner)
      return end
    }
    const at = all.findIndex((c, i) => i > k && i < end && is(c, 'choose'))
    if (at > 0) {
      out.push(op('binom', t), op('{', t), ...all.slice(k + 1, at), op('}', t), op('{', t), ...all.slice(at + 1, end - 1), op('}', t))
      return end
    }
  }
  if (is(t, 'partial', 'nabla') && is(all[k + 1], '_')) {
    const part = inside(all, k + 2)
    const end = skip(all, k + 2)
    const below: Token[] = []
    let order = 0
    for (let i = 0; i < part.length; i++) {
      const p = part[i] as Token
      if (p.kind !== 'name') {
        if (!is(p, ',')) below.push(p)
        continue
      }
      order++
      below.push(op('partial', p), p)
    }
    if (t.text === 'nabla') {
      out.push(t)
      return end
    }
    out.push(op('frac', t), op('{', t), op('partial', t))
    if (order > 1) out.push(op('^', t), op('{', t), { ...t, kind: 'number', text: String(order) }, op('}', t))
    out.push(op('}', t), op('{', t), ...below, op('}', t))
    return end
  }
  if (t.kind === 'name' && (t.text === 'E' || t.text === 'P' || t.text === 'Pr') && !scope.symbols.has(t.text) && is(all[k + 1], '_')) {
    out.push(t)
    return skip(all, k + 2)
  }
  if (
    t.kind === 'name' &&
    (t.text === 'P' || t.text === 'Pr' || t.text === 'calP') &&
    !scope.symbols.has(t.text) &&
    is(all[k + 1], '(', '[', '\\{')
  ) {
    const end = skip(all, k + 1)
    const several = all.slice(k, end).some(p => is(p, '...')) || all.slice(k, end).filter(p => is(p, '=')).length > 1
    const equals = all.findIndex((p, i) => i > k && i < end && is(p, '='))
    const value = all[equals + 1]
    out.push(nameAt(several ? '⟨L⟩' : '⟨f⟩', t, all[end - 1]?.end))
    // P(X = 0): at a number
    if (!several && equals > 0 && value?.kind === 'number' && equals + 3 === end) out.push(op('(', t), value, op(')', t))
    return end
  }
  // (log L)'(θ): the argument says nothing more
  if (is(t, "'") && is(all[k + 1], '(') && is(all[k + 3], ')') && scope.symbols.has(all[k + 2]?.text ?? '')) {
    let back = k - 1
    while (is(all[back], "'")) back--
    if (is(all[back], ')')) {
      out.push(t)
      return k + 4
    }
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
  // 0 ≤ x_i ≤ θ (i = 1, …, n): the range of the letter.
  if (is(t, '(') && all[k + 1]?.kind === 'name' && /^[ijk]$/.test(all[k + 1]?.text ?? '') && is(all[k + 2], '=', 'in')) {
    const end = skip(all, k)
    if (all.slice(k, end).some(p => is(p, '...', '..'))) return end
  }
  if (t.kind === 'name' && /^(?:median|med|Median|Med)$/.test(t.text) && is(all[k + 1], '(', '\\{', '{', '[')) {
    const end = skip(all, k + 1)
    out.push(nameAt('median', t, all[end - 1]?.end))
    return end
  }
  if (t.kind === 'name' && y.survey.roles.get(t.text) === 'f') {
    // f(x_1, …, x_n; θ), also f_{X_1, …, X_n}(…): of the whole sample
    const from = is(all[k + 1], '_') ? skip(all, k + 2) : k + 1
    const end = is(all[from], '(') ? skip(all, from) : from
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
  if (
    t.kind === 'name' &&
    (t.text === 'I' || t.text === 'calI') &&
    !scope.symbols.has('I') &&
    (is(all[k + 1], '(', '[', '{', '\\{') || (is(all[k + 1], '_') && is(all[k + 2], '{')))
  ) {
    const from = is(all[k + 1], '_') ? k + 2 : k + 1
    const body = all.slice(from, skip(all, from))
    if (body.some(p => is(p, '<', '<=', '>', '>=', 'in', '=', '!=')) || (from === k + 2 && is(all[k + 3], '(', '[', '\\{'))) {
      out.push(op('indicator', t))
      return k + 1
    }
  }
  return undefined
}
/** Whether a relation stands on the first level of the group. */
const hasRelation = (all: readonly Token[], from: number, end: number): boolean => {
  let depth = 0
  for (let k = from; k < end; k++) {
    if (is(all[k], '{', '(', '[', '\\{', 'begin-cases')) depth++
    else if (is(all[k], '}', ')', ']', '\\}', 'end-cases')) depth--
    else if (depth === 1 && is(all[k], '=', '<', '>', '<=', '>=', '∝', '=!')) return true
  }
  return false
}
