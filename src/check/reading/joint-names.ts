/** Which names of densities stand for the joint density of the sample. */
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { is, skip } from './token-rows.ts'
import type { Role } from './vocabulary.ts'

export const jointNames = (
  tokens: readonly Token[],
  scope: Scope,
  aliases: ReadonlyMap<string, string>,
  roles: ReadonlyMap<string, Role>,
): { readonly joint: ReadonlySet<string>; readonly whole: ReadonlySet<string> } => {
  // p(y | λ) = ∏ …: of the whole sample, where the list stands without an index.
  const joint = new Set<string>()
  tokens.forEach((t, k) => {
    if (t.kind !== 'name' || roles.get(t.text) !== 'f' || !is(tokens[k + 1], '(')) return
    const inner = tokens[k + 2]
    if (inner?.kind !== 'name' || !scope.arrays.has(aliases.get(inner.text) ?? inner.text) || !is(tokens[k + 3], '|', ';', 'mid', ','))
      return
    const close = skip(tokens, k + 1)
    const equals = is(tokens[close], '&') ? close + 1 : close
    if (!is(tokens[equals], '=')) return
    for (let m = equals + 1; m < Math.min(tokens.length, equals + 12); m++) {
      if (is(tokens[m], '=', '\\\\', ',')) break
      if (is(tokens[m], 'Prod')) joint.add(t.text)
    }
    // log p(x | θ) = … Σ_{i=1}^n …
    if (!/^(?:log|ln)$/.test(tokens[k - 1]?.text ?? '')) return
    const near = (m: number): boolean => (tokens[m]?.start ?? 0) - (tokens[m - 1]?.end ?? 0) <= 4
    for (let m = equals + 1; m < Math.min(tokens.length, equals + 60) && !is(tokens[m], '=', '\\\\') && near(m); m++)
      if (is(tokens[m], 'Sum') && tokens.slice(m + 1, m + 12).some(u => u.kind === 'name' && /^[nN]$/.test(u.text))) joint.add(t.text)
  })
  // f_θ(x_1, …, x_n) = …, and then log f_θ: of the whole sample, where f stands for nothing else
  const whole = new Set<string>()
  for (const [name, role] of roles) {
    const places = tokens.flatMap((t, k) => (t.kind === 'name' && t.text === name && is(tokens[behindIndex(tokens, k)], '(') ? [k] : []))
    if (role === 'f' && places.length > 0 && places.every(k => hasDots(tokens, behindIndex(tokens, k)))) whole.add(name)
  }
  return { joint, whole }
}
/** The place behind a name and its index. */
const behindIndex = (tokens: readonly Token[], k: number): number => {
  if (!is(tokens[k + 1], '_')) return k + 1
  if (!is(tokens[k + 2], '{')) return k + 3
  let j = k + 3
  while (j < Math.min(tokens.length, k + 20) && !is(tokens[j], '}')) j++
  return j + 1
}
/** Whether the parenthesis at k holds a list with dots. */
const hasDots = (tokens: readonly Token[], k: number): boolean => {
  for (let j = k, depth = 0; j < Math.min(tokens.length, k + 40); j++) {
    if (is(tokens[j], '(', '{', '[')) depth++
    else if (is(tokens[j], ')', '}', ']') && --depth === 0) return false
    else if (is(tokens[j], '...')) return true
  }
  return false
}
