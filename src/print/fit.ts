/**
 * What a notation allows around it: an exponent, a function name without parentheses, a factor behind it; and how wide
 * it is. It changes no notation.
 */
import type { Notation } from './notation.ts'

/** True if the notation can carry an exponent as it stands. */
export const canBeRaised = (t: Notation): boolean => {
  switch (t.n) {
    case 'name':
      return t.parts.sup === undefined
    case 'text':
    case 'paren':
    case 'fence':
    case 'binomial':
    case 'overline':
      return true
    case 'apply':
      return !t.bare && !t.prefix
    default:
      return false
  }
}

/** True if a function name may stand before the notation without parentheses: log p, log p^k, log x_i!, log Γ(α). */
export const canFollowBare = (t: Notation): boolean => {
  switch (t.n) {
    case 'name':
    case 'text':
    case 'fence':
    case 'binomial':
    case 'overline':
    case 'root':
      return true
    case 'frac':
      return !t.slash
    case 'apply':
      return true
    case 'exp':
      return true
    case 'factorial':
      return t.body.n !== 'paren'
    case 'power':
      return t.base.n !== 'paren' || t.exponent.n !== 'sum' || !t.exponent.terms[0]?.minus
    case 'big':
      return t.ordered !== undefined
    default:
      return false
  }
}

/** True if the text may swallow what follows: log p, Σ …, lim …. */
export const reachesOn = (t: Notation): boolean => {
  switch (t.n) {
    case 'big':
      return !t.ordered
    case 'limit':
      return true
    case 'apply':
      return t.bare
    case 'product':
      return reachesOn(t.factors.at(-1) as Notation)
    default:
      return false
  }
}

/** Number of tokens: decides e^{−βx} against exp(…). */
export const width = (t: Notation): number => {
  const all = (parts: readonly Notation[]): number => parts.reduce((s, p) => s + width(p), 0)
  switch (t.n) {
    case 'text':
      return 1
    case 'name':
      return 1 + (t.index.length > 0 ? 1 : 0)
    case 'product':
      return all(t.factors)
    case 'sum':
      return t.terms.reduce((s, u) => s + width(u.body), 0)
    case 'frac':
    case 'binomial':
      return width(t.over) + width(t.under)
    case 'power':
      return width(t.base) + width(t.exponent)
    case 'root':
    case 'paren':
    case 'fence':
    case 'factorial':
    case 'expect':
    case 'overline':
      return width(t.body)
    case 'apply':
      return 1 + all(t.args)
    case 'exp':
      return 1 + width(t.exponent)
    case 'big':
      return t.ordered ? 2 : 3 + width(t.body)
    default:
      return 20
  }
}
