/**
 * "√n(θ̂ − θ) → N(0, θ²)", "θ̂ ≈ N(θ, θ²/n)": laws of estimates, read as what they say of the variance. Laws of anything else, and
 * variances that are not written out, say nothing here.
 */
import type { Token } from '../../read/scanner.ts'
import { div, type Expr, sym } from '../../term/term.ts'
import { hatName, type Side, unhatted } from '../statement.ts'
import type { Clause } from './clause.ts'
import type { Notation } from './notation.ts'
import { isBadInput } from './places.ts'
import { readExpression } from './sides.ts'
import { is, skip } from './token-rows.ts'

const bare = (tokens: readonly Token[]): readonly Token[] => tokens.filter(t => !is(t, '{', '}', '(', ')', '[', ']', '\\{', '\\}'))

/** The sides of the arrow; \xrightarrow{d} stands among the tokens of one side. */
const sides = (c: Clause): readonly [readonly Token[], readonly Token[]] | undefined => {
  const [left, right] = c.operands
  if (c.operators.length === 1 && left && right && ['to', '~', '≈'].includes(c.operators[0]?.relation ?? '')) return [left, right]
  if (c.operators.length > 0 || !left) return undefined
  const at = left.findIndex((t, k) => is(t, 'unknown') && is(left[k + 1], '{'))
  return at > 0 ? [left.slice(0, at), left.slice(skip(left, at + 1))] : undefined
}

/** What stands between the parentheses of N( , ). */
const normal = (tokens: readonly Token[]): readonly [readonly Token[], readonly Token[]] | undefined => {
  const [name] = tokens
  if (name?.kind !== 'name' || !/^(?:N|calN|Normal)$/.test(name.text) || !is(tokens[1], '(') || skip(tokens, 1) !== tokens.length)
    return undefined
  let depth = 0
  const comma = tokens.findIndex((t, k) => {
    if (is(t, '(', '{', '[')) depth++
    if (is(t, ')', '}', ']')) depth--
    return k > 1 && depth === 1 && is(t, ',')
  })
  return comma > 2 ? [tokens.slice(2, comma), tokens.slice(comma + 1, -1)] : undefined
}

/** The variance of an estimate that a law states, and its value; undefined where a clause is no such law. */
export const limitLaw = (n: Notation, text: string, c: Clause): { readonly left: Side; readonly value: Expr } | undefined => {
  const found = sides(c)
  const law = found && normal(found[1])
  if (!found || !law) return undefined
  const [size] = n.model.samples.map(s => s.size)
  const inner = bare(found[0]).map(t => t.text)
  const scaled = inner[0] === 'sqrt'
  const [hat, minus, parameter] = scaled ? inner.slice(2) : inner
  const name = hat === undefined ? undefined : unhatted(hat)
  if (!size || size.kind !== 'sym' || name === undefined || !n.model.parameters.some(p => p.name === name && p.length === undefined))
    return undefined
  const centre = bare(law[0]).map(t => t.text)
  if (scaled) {
    if ((n.survey.aliases.get(inner[1] ?? '') ?? inner[1]) !== size.name || inner.length !== 5 || minus !== '-' || parameter !== name)
      return undefined
    if (centre.length !== 1 || centre[0] !== '0') return undefined
  } else if (inner.length !== 1 || centre.length !== 1 || centre[0] !== name) return undefined
  try {
    n.position = c.start
    n.choices = []
    n.asked = 0
    const variance = readExpression(n, text, law[1], c.dialect)
    return {
      left: { kind: 'quantity', quantity: { kind: 'variance', of: sym(hatName(name)) } },
      value: scaled ? div(variance, size) : variance,
    }
  } catch (error) {
    if (!isBadInput(error)) throw error
    return undefined
  }
}
