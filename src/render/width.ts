/**
 * How wide a formula is when typeset, in columns of running text: fractions are as wide as their longer part, scripts
 * are small. Good enough to decide where a line is broken; measured on Computer Modern.
 */
import type { Name, Notation } from '../print/notation.ts'
import { toUnicode } from '../print/unicode.ts'
import { columns } from './measure.ts'

const small = 0.72
const operator = 2.5
const bracket = 0.9

const name = (t: Name): number => {
  const { parts } = t
  const below = (parts.sub ? columns(parts.sub.unicode) : 0) + all(t.index)
  return columns(parts.unicode) * 1.1 + below * small + (parts.sup === undefined ? 0 : small)
}
const all = (list: readonly Notation[]): number => {
  let sum = 0
  for (const t of list) sum += typesetWidth(t)
  return sum
}

/** Columns of the typeset formula. */
export const typesetWidth = (t: Notation): number => {
  const w = typesetWidth
  switch (t.n) {
    case 'text':
      return columns(t.unicode) * 1.05
    case 'name':
      return name(t)
    case 'product':
      return all(t.factors) + 0.3 * (t.factors.length - 1)
    case 'sum':
      return t.terms.reduce((s, u, i) => s + w(u.body) + (i > 0 ? operator : u.minus ? 1.6 : 0), 0)
    case 'frac':
      return t.slash ? w(t.over) + w(t.under) + 1 : Math.max(w(t.over), w(t.under)) + 0.6
    case 'power':
      return w(t.base) + small * w(t.exponent)
    case 'root':
      return w(t.body) + 2
    case 'paren':
      return w(t.body) + 2 * bracket
    case 'fence':
    case 'overline':
      return w(t.body) + 1.2
    case 'apply':
      return w(t.head) + 0.4 + all(t.args) + (t.bare ? 0 : 2 * bracket) + t.args.length - 1
    case 'primed':
      return w(t.base) + 0.5 * t.order
    case 'exp':
      return t.raised ? 1 + small * w(t.exponent) : w(t.exponent) + 3.5 + 2 * bracket
    case 'factorial':
      return w(t.body) + 0.6
    case 'binomial':
      return Math.max(w(t.over), w(t.under)) + 2.4
    case 'big':
      return t.ordered ? name(t.ordered.name) + small * w(t.ordered.rank) : Math.max(3, small * (w(t.letter) + w(t.lo) + 1.5)) + w(t.body)
    case 'derivative':
      return 2.6 + w(t.body)
    case 'indicator':
      return w(t.cond) + 3
    case 'relation':
      return w(t.first) + t.rest.reduce((s, r) => s + w(r.body) + operator, 0)
    default:
      return columns(toUnicode(t))
  }
}

/**
 * A sum too wide for a line in parts that fit, broken before its signs; anything else in one part. Parts after the
 * first begin with their sign. With the columns of the widest part.
 */
export const brokenSum = (t: Notation, width: number): { readonly parts: readonly Notation[]; readonly widest: number } => {
  const whole = typesetWidth(t)
  if (t.n !== 'sum' || whole <= width) return { parts: [t], widest: whole }
  const lines: { minus: boolean; body: Notation }[][] = []
  let used = 0
  for (const term of t.terms) {
    const size = typesetWidth(term.body) + operator
    const line = lines.at(-1)
    if (line && used + size <= width) line.push(term)
    else lines.push([term])
    used = line && used + size <= width ? used + size : size
  }
  const parts = lines.map((terms): Notation => ({ n: 'sum', terms }))
  return { parts, widest: Math.max(...parts.map(typesetWidth)) }
}
