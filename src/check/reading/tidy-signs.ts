/** Signs over signs, extremes, densities by name, indicators and braces around whole relations. */
import type { Token } from '../../read/scanner.ts'
import { inside, is, nameAt, op, pass, type Step, skip, type Tidying } from './token-rows.ts'

/** \overset{!}{=}, \underset, x_{\max}, \choose, \over, ∂_μ, indicators. @param whole the step for what stands inside of braces */
export const signs = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[], whole: Step): number | undefined => {
  const { scope } = y
  if (is(t, 'overset', 'underset')) {
    const above = inside(all, k + 1)
    const on = inside(all, skip(all, k + 1)).map(o => (o.kind === 'name' && (o.text === 'max' || o.text === 'min') ? op(o.text, o) : o))
    const end = skip(all, skip(all, k + 1))
    const main = on.find(o => o.kind === 'op' && o.text !== '{')
    if (t.text === 'underset' && on.some(o => is(o, 'argmax', 'argmin', 'max', 'min'))) {
      const joined = on.map(o => o.text).join('')
      const main = /^arg(?:max|min)$/.test(joined) ? [op(joined, t)] : on
      out.push(...main, op('_', t), op('{', t), ...above, op('}', t))
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
  // ∏_{i=1}^{n}{m\choose x_i}, \frac{1}{m\choose x}: the braces stay
  if (is(t, '{') && is(all[k - 1], '}')) {
    const end = skip(all, k)
    const at = onLevel(all, k, end, 'choose')
    if (at > 0) {
      out.push(
        t,
        op('binom', t),
        op('{', t),
        ...all.slice(k + 1, at),
        op('}', t),
        op('{', t),
        ...all.slice(at + 1, end - 1),
        op('}', t),
        op('}', all[end - 1] ?? t),
      )
      return end
    }
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
      const inner = pass(all.slice(k + 1, end - 1), whole)
      out.push(...inner)
      return end
    }
    const at = onLevel(all, k, end, 'choose', 'over')
    if (at > 0) {
      if (is(all[at], 'over')) {
        const part = (from: number, to: number): readonly Token[] => pass(all.slice(from, to), whole)
        out.push(op('frac', t), op('{', t), ...part(k + 1, at), op('}', t), op('{', t), ...part(at + 1, end - 1), op('}', t))
        return end
      }
      out.push(op('binom', t), op('{', t), ...all.slice(k + 1, at), op('}', t), op('{', t), ...all.slice(at + 1, end - 1), op('}', t))
      return end
    }
  }
  // ∂²_μ f and ∂_σ² f: twice in the same parameter
  if (is(t, 'partial')) {
    const twice = is(all[k + 1], '^') && inside(all, k + 2).length === 1 && inside(all, k + 2)[0]?.text === '2'
    const index = twice ? skip(all, k + 2) : k + 1
    const by = is(all[index], '_') ? inside(all, index + 1) : []
    const behind = skip(all, index + 1)
    const later = !twice && is(all[behind], '^') && inside(all, behind + 1).length === 1 && inside(all, behind + 1)[0]?.text === '2'
    const [only, more] = by
    if ((twice || later) && only?.kind === 'name' && !more && y.parameters.includes(only.text)) {
      const two: Token = { ...t, kind: 'number', text: '2' }
      out.push(
        op('frac', t),
        op('{', t),
        op('partial', t),
        op('^', t),
        two,
        op('}', t),
        op('{', t),
        op('partial', t),
        only,
        op('^', t),
        two,
        op('}', t),
      )
      return later ? skip(all, behind + 1) : behind
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
  // (log L)'(θ): the argument says nothing more
  if (is(t, "'") && is(all[k + 1], '(') && is(all[k + 3], ')') && scope.symbols.has(all[k + 2]?.text ?? '')) {
    let back = k - 1
    while (is(all[back], "'")) back--
    if (is(all[back], ')')) {
      out.push(t)
      return k + 4
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
  // χ_{(0, b)}(x_i)
  if (t.kind === 'name' && t.text === 'chi' && !scope.symbols.has('chi') && is(all[k + 1], '_') && is(all[k + 2], '{')) {
    if (is(all[k + 3], '(', '[', '\\{') && is(all[skip(all, k + 2)], '(')) {
      out.push(op('indicator', t))
      return k + 1
    }
  }
  // b^{−n} [x_(n) < b], after Iverson
  if (is(t, '[') && k > 0 && isOperand(all[k - 1])) {
    const end = skip(all, k)
    const compared = all.slice(k, end).some(p => is(p, '<', '<=', '>', '>='))
    if (compared && !all.slice(k, end).some(p => is(p, ',', '...')) && onLevel(all, k, end, '<', '<=', '>', '>=') > 0) {
      out.push(op('indicator', t), t)
      return k + 1
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
/** What may stand in front of a factor. */
const isOperand = (t: Token | undefined): boolean =>
  t?.kind === 'number' || is(t, ')', '}', ']', '*', '·') || (t?.kind === 'name' && /^.\u0302?$/.test(t.text) && !/^[EIPV]$/.test(t.text))
/** The place of a sign on the first level of a group, or −1. */
const onLevel = (all: readonly Token[], from: number, end: number, ...texts: readonly string[]): number => {
  let depth = 0
  for (let k = from; k < end; k++) {
    if (is(all[k], '{', '(', '[', '\\{')) depth++
    else if (is(all[k], '}', ')', ']', '\\}')) depth--
    else if (depth === 1 && is(all[k], ...texts)) return k
  }
  return -1
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
