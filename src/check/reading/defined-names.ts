/** The name that the left side of a definition is: k, S_{xx}, s², g(p), and the u of v = e^u. Reads tokens; decides nothing about them. */
import type { Token } from '../../read/scanner.ts'
import { is } from './token-rows.ts'

export interface Name {
  readonly name: string
  readonly squared: boolean
  readonly applied: boolean
  /** What it is applied to, where that is one name: u in φ(u). */
  readonly argument?: string
  /** What it is applied to, argument by argument: S(μ_1, μ_2). */
  readonly formal?: readonly (readonly Token[])[]
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
  let formal: readonly (readonly Token[])[] | undefined
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
    } else if (is(tokens[k], '(') && !applied && !squared) {
      const inner = group()
      const list = listed(inner)
      if (inner.some(t => t.kind === 'op' && !is(t, ',', ';')) && !list.every(isPlainArgument)) return undefined
      applied = true
      formal = list
      if (inner.length === 1 && inner[0]?.kind === 'name') argument = inner[0].text
    } else return undefined
  }
  return { name, squared, applied, ...(argument === undefined ? {} : { argument }), ...(formal === undefined ? {} : { formal }) }
}

/** The arguments in a list. */
export const listed = (tokens: readonly Token[]): readonly (readonly Token[])[] => {
  const out: Token[][] = [[]]
  for (const t of tokens)
    if (is(t, ',', ';')) out.push([])
    else out.at(-1)?.push(t)
  return out
}

/** μ, μ_1, β_0, σ^2: a name, perhaps with an index or squared. */
const isPlainArgument = (tokens: readonly Token[]): boolean =>
  tokens[0]?.kind === 'name' &&
  tokens.length <= 7 &&
  tokens.slice(1).every(t => is(t, '_', '^', '{', '}') || t.kind === 'number' || t.kind === 'name') &&
  (tokens.length === 1 || is(tokens[1], '_', '^'))

/** The name in e^u, 1/u, u² or √u, and what it is where that is the parameter. */
export const inverseOf = (
  parameter: Token,
  right: readonly Token[],
): { readonly name: string; readonly tokens: readonly Token[] } | undefined => {
  const bare = right.filter(t => !is(t, '{', '}', '(', ')'))
  const sign = (text: string): Token => ({ ...parameter, kind: 'op', text, symbol: false })
  const one: Token = { ...parameter, kind: 'number', text: '1' }
  const log = [{ ...parameter, kind: 'name', text: 'log', symbol: false } satisfies Token, sign('('), parameter, sign(')')]
  const text = bare.map(t => t.text).join(' ')
  const name = bare.find(t => t.kind === 'name' && t.text !== 'e' && t.text !== 'exp' && t.text !== 'sqrt')
  if (!name || !/^(?:[a-z]|alpha|beta|gamma|delta|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|psi|omega|zeta)$/.test(name.text))
    return undefined
  const u = name.text
  const tokens =
    text === `e ^ ${u}` || text === `exp ${u}`
      ? log
      : text === `e ^ - ${u}` || text === `exp - ${u}`
        ? [sign('-'), ...log]
        : text === `1 / ${u}` || text === `frac 1 ${u}` || text === `${u} ^ - 1`
          ? [one, sign('/'), parameter]
          : undefined
  return tokens && { name: u, tokens }
}
