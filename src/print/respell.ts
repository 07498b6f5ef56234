/**
 * Switches of notation: log or ln, sums with or without their range, the letters of the index and of the sample size.
 * They respell a finished notation and change no term; letters are exchanged, so that two names never become one.
 */
import { nameParts } from './names.ts'
import { type Name, type Notation, text } from './notation.ts'

export interface Switches {
  /** The natural logarithm is written so. Default `log`. */
  readonly logarithm?: 'log' | 'ln'
  /** False: Σ and Π over the whole sample are written without their range. */
  readonly limits?: boolean
  /** The letter of the index of the observations, in place of i. */
  readonly index?: string
  /** The letter of the sample size, in place of the model's. */
  readonly size?: string
}

const ln = text('\\ln', 'ln', 'log')

/** The notation spelled as asked. `size` is the model's own symbol of the sample size. */
export const respell = (t: Notation, switches: Switches, size: string): Notation => {
  const swapped = new Map<string, string>()
  const exchange = (a: string, b: string | undefined): void => {
    if (b === undefined || a === b) return
    swapped.set(a, b)
    swapped.set(b, a)
  }
  exchange('i', switches.index)
  if (!/^\d/.test(size)) exchange(size, switches.size)
  const named = (u: Name, nested: boolean): Name => {
    const letter = u.parts.accent === undefined ? swapped.get(u.name) : undefined
    return { ...u, ...(letter === undefined ? {} : { parts: nameParts(letter) }), index: u.index.map(v => go(v, nested)) }
  }
  const isSample = (u: Notation & { readonly n: 'big' }): boolean =>
    (u.op === 'sum' || u.op === 'prod') &&
    u.lo.n === 'text' &&
    u.lo.plain === '1' &&
    ((u.hi.n === 'name' && u.hi.name === size) || (u.hi.n === 'text' && u.hi.plain === size))
  const go = (u: Notation, nested: boolean): Notation => {
    const one = (v: Notation): Notation => go(v, nested)
    const all = (list: readonly Notation[]): readonly Notation[] => list.map(one)
    switch (u.n) {
      case 'text':
        return switches.logarithm === 'ln' && u.plain === 'log' ? ln : u
      case 'name':
        return named(u, nested)
      case 'product':
        return { ...u, factors: all(u.factors) }
      case 'sum':
        return { ...u, terms: u.terms.map(s => ({ ...s, body: one(s.body) })) }
      case 'frac':
      case 'binomial':
        return { ...u, over: one(u.over), under: one(u.under) }
      case 'power':
        return { ...u, base: one(u.base), exponent: one(u.exponent), ...(u.merged ? { merged: one(u.merged) } : {}) }
      case 'root':
      case 'paren':
      case 'fence':
      case 'factorial':
      case 'expect':
      case 'overline':
      case 'not':
        return { ...u, body: one(u.body) }
      case 'apply':
        return { ...u, head: one(u.head), args: all(u.args) }
      case 'primed':
        return { ...u, base: one(u.base) }
      case 'partial':
        return {
          ...u,
          base: one(u.base),
          by: u.by.map(b => ({ ...b, wrt: one(b.wrt) })),
          call: one(u.call) as typeof u.call,
        }
      case 'exp':
        return { ...u, exponent: one(u.exponent) }
      case 'big': {
        const open = switches.limits === false && !nested && isSample(u) && isPlain(u.body, u.letter)
        return {
          ...u,
          letter: one(u.letter),
          lo: one(u.lo),
          hi: one(u.hi),
          body: go(u.body, true),
          rank: u.rank && one(u.rank),
          ...(open ? { open } : {}),
          ...(u.ordered ? { ordered: { name: named(u.ordered.name, nested), rank: one(u.ordered.rank) } } : {}),
        }
      }
      case 'derivative':
        return { ...u, body: one(u.body), wrt: one(u.wrt) }
      case 'indicator':
        return { ...u, cond: one(u.cond) }
      case 'cases':
        return {
          ...u,
          branches: u.branches.map(b => ({ when: one(b.when), value: one(b.value) })),
          otherwise: u.otherwise && one(u.otherwise),
        }
      case 'limit':
        return { ...u, variable: one(u.variable), to: one(u.to), body: one(u.body) }
      case 'relation':
        return { ...u, first: one(u.first), rest: u.rest.map(r => ({ ...r, body: one(r.body) })) }
      case 'logic':
        return { ...u, parts: all(u.parts) }
      case 'every':
        return { ...u, body: one(u.body), letter: one(u.letter), lo: one(u.lo), hi: one(u.hi) }
      case 'braces':
        return { ...u, elements: all(u.elements) }
      case 'range':
        return { ...u, shown: all(u.shown), lo: u.lo && one(u.lo), hi: u.hi && one(u.hi) }
      case 'interval':
        return { ...u, lo: one(u.lo), hi: one(u.hi) }
      default:
        return u satisfies never
    }
  }
  return go(t, false)
}

/** What a notation is made of. */
const partsOf = (t: Notation): readonly Notation[] => {
  switch (t.n) {
    case 'name':
      return t.index
    case 'product':
      return t.factors
    case 'sum':
      return t.terms.map(s => s.body)
    case 'frac':
    case 'binomial':
      return [t.over, t.under]
    case 'power':
      return [t.base, t.exponent]
    case 'root':
    case 'paren':
    case 'fence':
    case 'factorial':
    case 'expect':
    case 'overline':
    case 'not':
    case 'big':
    case 'derivative':
    case 'limit':
      return [t.body]
    case 'apply':
      return t.args
    case 'exp':
      return [t.exponent]
    case 'indicator':
      return [t.cond]
    case 'cases':
      return [...t.branches.flatMap(b => [b.when, b.value]), ...(t.otherwise ? [t.otherwise] : [])]
    case 'relation':
      return [t.first, ...t.rest.map(r => r.body)]
    case 'logic':
      return t.parts
    case 'every':
      return [t.body]
    default:
      return []
  }
}
const holds = (t: Notation, wanted: (u: Notation) => boolean): boolean => wanted(t) || partsOf(t).some(u => holds(u, wanted))

/** Nothing in the body but the observations may have an index, and the index of a Σ without a range is seen in it. */
const isPlain = (body: Notation, letter: Notation): boolean =>
  letter.n === 'name' &&
  holds(body, u => u.n === 'name' && u.index.length === 1 && u.index[0]?.n === 'name' && u.index[0].name === letter.name) &&
  !holds(body, u => (u.n === 'big' && u.ordered === undefined) || u.n === 'every')
