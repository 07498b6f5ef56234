/** What is said of a whole list at once: 𝐱ᵀ𝐲, #{i : x_i = 0}, and matrices written as rows in brackets. */
import type { Token } from '../../read/scanner.ts'
import { inside, is, isDeclared, nameAt, op, skip, type Tidying } from './token-rows.ts'

/** The letter that a sum or product runs over, and where its limits end. */
const limitsAt = (all: readonly Token[], k: number): { readonly letter: string | undefined; readonly end: number } => {
  let end = k + 1
  while (is(all[end], '_', '^')) end = skip(all, end + 1)
  return { letter: all.slice(k + 1, end).find(t => t.kind === 'name')?.text, end }
}

/** ∏_{i: d_i = 1} f(t_i) ∏_{i: d_i = 0} S(c_i): the second runs over the letter of the first, so it stands behind it and not inside. */
export const productsApart = (all: readonly Token[]): readonly Token[] => {
  const first = all.findIndex(t => is(t, 'Prod'))
  const { letter, end } = limitsAt(all, first)
  if (first < 0 || letter === undefined) return all
  let depth = 0
  for (let j = end; j < all.length; j++) {
    const t = all[j] as Token
    if (is(t, '(', '[', '{', '\\{')) depth++
    else if (is(t, ')', ']', '}', '\\}')) depth--
    if (depth < 0) return all
    if (depth > 0) continue
    if (is(t, '=', '∝', '<', '>', '<=', '>=', ',', '&', '\\\\', '+', '-', 'Sum')) return all
    if (is(t, 'Prod'))
      return limitsAt(all, j).letter === letter
        ? [
            ...all.slice(0, first),
            op('(', all[first] as Token),
            ...all.slice(first, j),
            op(')', all[j - 1] ?? t),
            ...productsApart(all.slice(j)),
          ]
        : all
  }
  return all
}

export const lists = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  const { scope } = y
  // x̄⁺, (a)_+: the positive part
  const base = is(t, 'bar') ? skip(all, k + 1) : is(t, '(') ? skip(all, k) : 0
  if (base > 0 && is(all[base], '^', '_')) {
    const sign = inside(all, base + 1)
    const end = skip(all, base + 1)
    const next = all[end]
    if (sign.length === 1 && is(sign[0], '+') && (next === undefined || (next.kind === 'op' && !is(next, '(', '{')))) {
      const like = all[end - 1] ?? t
      out.push(op('max', t), op('(', t), ...all.slice(k, base), op(',', like), { ...like, kind: 'number', text: '0' }, op(')', like))
      return end
    }
  }
  // 𝐱ᵀ𝐲, (𝐲 − 𝐱b)ᵀ(𝐲 − 𝐱b): a sum over the observations
  const first = skip(all, k)
  const raised = is(all[first], '^') ? (is(all[first + 1], '{') ? all[first + 2] : all[first + 1]) : undefined
  // with three parameters X is a matrix
  if (is(raised, 'top') && y.parameters.length < 3 && (t.kind === 'name' || is(t, '('))) {
    const second = skip(all, first + 1)
    const end = skip(all, second)
    const holdsList = (part: readonly Token[]): boolean =>
      part.some((p, i) => p.kind === 'name' && scope.arrays.has(p.text) && !is(part[i + 1], '_'))
    const [a, b] = [all.slice(k, first), all.slice(second, end)]
    if (holdsList(a) && holdsList(b)) {
      const like = all[end - 1] ?? t
      out.push(op('(', t), op('Sum', t), op('(', t), ...a, op(')', t), op('(', t), ...b, op(')', like), op(')', like))
      return end
    }
  }
  // p^Σx_i (1 − p)^…: the exponent ends with what has the index
  if (is(t, '^') && is(all[k + 1], 'Sum')) {
    let j = k + 2
    while (is(all[j], '_', '^')) j = skip(all, j + 1)
    const from = j
    j = skip(all, j)
    while (is(all[j], '_', '^')) j = skip(all, j + 1)
    if (all[from]?.kind === 'name' && all[j]?.space) {
      out.push(t, op('{', t), ...all.slice(k + 1, j), op('}', all[j - 1] ?? t))
      return j
    }
  }
  // D(q ‖ p): a number by its name
  if (t.kind === 'name' && is(all[k + 1], '(') && !scope.symbols.has(t.text)) {
    const end = skip(all, k + 1)
    if (all.slice(k + 1, end).filter(p => is(p, '‖')).length === 1) {
      out.push(nameAt('divergence_0', t, all[end - 1]?.end))
      return end
    }
  }
  // w_i(p): one for each observation, as a function of the parameter
  if (t.kind === 'name' && is(all[k + 1], '_') && !scope.symbols.has(t.text) && !scope.arrays.has(t.text) && !y.survey.roles.has(t.text)) {
    const end = skip(all, k + 2)
    const inner = is(all[end], '(') ? all.slice(end + 1, skip(all, end) - 1) : []
    const [only, more] = inner
    const index = all.slice(k + 2, end).filter(p => !is(p, '{', '}'))
    if (only?.kind === 'name' && !more && y.parameters.includes(only.text) && index.length === 1 && /^[ijkt]$/.test(index[0]?.text ?? '')) {
      out.push(...all.slice(k, end))
      return skip(all, end)
    }
  }
  // E Σ X_i: as far as the sum goes
  if (t.kind === 'name' && t.text === 'E' && !isDeclared(scope, 'E') && is(all[k + 1], 'Sum')) {
    const stop = all.findIndex((p, j) => j > k && is(p, '=', ',', '<', '>', '<=', '>=', '\\\\', '&'))
    const end = stop < 0 ? all.length : stop
    out.push(t, op('(', t), ...all.slice(k + 1, end), op(')', all[end - 1] ?? t))
    return end
  }
  // E_θ, Var_θ: under which parameter
  if (t.kind === 'name' && /^(?:E|Var|Cov)$/.test(t.text) && !isDeclared(scope, t.text) && is(all[k + 1], '_')) {
    const end = skip(all, k + 2)
    const under = all.slice(k + 2, end).filter(p => !is(p, '{', '}', ','))
    if (under.length > 0 && under.every(p => p.kind === 'name' && y.parameters.includes(p.text))) {
      const rest = lists(y, t, 0, [t, ...all.slice(end)], out)
      if (rest !== undefined) return end + rest - 1
      out.push(t)
      return end
    }
  }
  // E|X|, E X², Var X: as far as the one letter goes
  if (t.kind === 'name' && /^(?:E|Var)$/.test(t.text) && !isDeclared(scope, t.text) && !y.survey.names.has(`${t.text}_`)) {
    const next = all[k + 1]
    const bars = is(next, '|', 'lvert')
    const stop = bars ? all.findIndex((p, j) => j > k + 1 && is(p, '|', 'rvert')) : -1
    if ((next?.kind === 'name' && scope.arrays.has(next.text) && next.start - t.end <= 3) || stop > 0) {
      let end = stop > 0 ? stop + 1 : k + 2
      while (is(all[end], '_', '^')) end = skip(all, end + 1)
      out.push(t, op('(', t), ...all.slice(k + 1, end), op(')', all[end - 1] ?? t))
      return end
    }
  }
  // E X̄, E ℓ̈(p): the expectation without its parenthesis
  if (t.kind === 'name' && t.text === 'E' && !isDeclared(scope, 'E') && !y.survey.names.has('E_')) {
    const next = all[k + 1]
    const accented = is(next, 'bar', 'hat')
    const quantity = next?.kind === 'name' && ['ell', 'L', 'nll'].includes(y.survey.roles.get(next.text) ?? '')
    const estimate = next?.kind === 'name' && next.text.endsWith('\u0302')
    if (next && (accented || quantity || estimate) && next.start - t.end <= 3) {
      let end = accented ? skip(all, k + 2) : k + 2
      while (is(all[end], '_', '^', "'")) end = is(all[end], "'") ? end + 1 : skip(all, end + 1)
      if (quantity && is(all[end], '(')) end = skip(all, end)
      out.push(t, op('(', t), ...all.slice(k + 1, end), op(')', all[end - 1] ?? t))
      return end
    }
  }
  // x(1), x(n) in plain text: the order statistics
  if (t.kind === 'name' && scope.arrays.has(t.text) && is(all[k + 1], '(') && !all[k + 1]?.space && is(all[k + 3], ')')) {
    const which = all[k + 2]
    const entries = all.some((p, j) => p.text === t.text && is(all[j + 1], '(') && /^(?:[ijk2])$/.test(all[j + 2]?.text ?? ''))
    if (which && (which.text === '1' || which.text === scope.lengths?.[t.text]) && !entries) {
      out.push(t, op('_', t), op('{', t), ...all.slice(k + 1, k + 4), op('}', all[k + 3] ?? t))
      return k + 4
    }
  }
  // θ̂(x): computed from the data
  if (t.kind === 'name' && t.text.endsWith('\u0302') && is(all[k + 1], '(')) {
    const end = skip(all, k + 1)
    const inner = all.slice(k + 2, end - 1)
    if (
      inner.length > 0 &&
      inner.every(
        p => is(p, ',', '...', '_', '{', '}') || p.kind === 'number' || (p.kind === 'name' && (scope.arrays.has(p.text) || p.text === 'n')),
      )
    ) {
      out.push({ ...t, end: all[end - 1]?.end ?? t.end })
      return end
    }
  }
  // β(α), introduced as what is best for each α
  if (t.kind === 'name' && y.parameters.includes(t.text) && is(all[k + 1], '(') && !all[k + 1]?.space && is(all[k + 3], ')')) {
    const of = all[k + 2]?.text ?? ''
    if (of !== t.text && y.parameters.includes(of) && !is(all[k - 1], '/', 'partial') && all[k - 1]?.text !== 'd') {
      out.push({ ...t, end: all[k + 3]?.end ?? t.end })
      return k + 4
    }
  }
  // ŝ(k), ŝ(k, m): the best s for each k, which is no estimate yet; ŝ(k̂): which is
  if (t.kind === 'name' && t.text.endsWith('\u0302') && is(all[k + 1], '(')) {
    const own = t.text.slice(0, -1)
    const end = skip(all, k + 1)
    const inner = all.slice(k + 2, end - 1).filter(p => !is(p, ','))
    const others = y.parameters.filter(p => p !== own)
    const allIn = (names: readonly string[]): boolean => inner.length > 0 && inner.every(p => p.kind === 'name' && names.includes(p.text))
    if (y.parameters.includes(own) && allIn(others)) {
      out.push(nameAt(own, t, all[end - 1]?.end))
      return end
    }
    if (y.parameters.includes(own) && allIn(others.map(p => `${p}\u0302`))) {
      out.push({ ...t, end: all[end - 1]?.end ?? t.end })
      return end
    }
  }
  // #{i : x_i = 0}: how many there are
  if (is(t, '#') && is(all[k + 1], '\\{', '{', '(')) {
    const end = skip(all, k + 1)
    const body = all.slice(k + 2, end - 1)
    const colon = body.findIndex(p => is(p, ':', '|', 'mid'))
    const letter = colon >= 0 && body[0]?.kind === 'name' ? [op('_', t), op('{', t), body[0], op('}', t)] : []
    out.push(op('Sum', t), ...letter, op('indicator', t), op('{', t), ...body.slice(colon + 1), op('}', all[end - 1] ?? t))
    return end
  }
  // [[a, b], [c, d]]
  if (is(t, '[') && is(all[k + 1], '[')) {
    const end = skip(all, k)
    const rows: Token[] = []
    for (let i = k + 1; i < end - 1; ) {
      if (!is(all[i], '[')) {
        if (!is(all[i], ',')) return undefined
        rows.push(op('\\\\', all[i] as Token))
        i++
        continue
      }
      const stop = skip(all, i)
      let depth = 0
      for (const c of all.slice(i + 1, stop - 1)) {
        if (is(c, '(', '{', '[')) depth++
        else if (is(c, ')', '}', ']')) depth--
        rows.push(depth === 0 && is(c, ',') ? op('&', c) : c)
      }
      i = stop
    }
    out.push(op('begin-matrix', t), ...rows, op('end-matrix', all[end - 1] ?? t))
    return end
  }
  return undefined
}
