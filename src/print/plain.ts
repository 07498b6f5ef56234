/**
 * Notation → the plain notation of model files, which reads back: `parse(plain(t))` is the same term. Always expanded:
 * no abbreviations, no hats. Spelling only, and the parentheses that a line of text needs where LaTeX draws a bar.
 */
import type { Term } from '../term/term.ts'
import { notation } from './build.ts'
import { ATOM, LOGIC, type Notation, PRODUCT, RELATION, SUM } from './notation.ts'
import { plainStyle } from './style.ts'

/** Plain text of a term. */
export const plain = (t: Term): string => toPlain(notation(t, plainStyle, true))

const CHOICE = 0
const linearLevel = (t: Notation): number => {
  switch (t.n) {
    case 'sum':
      return SUM
    case 'product':
    case 'frac':
      return PRODUCT
    case 'power':
    case 'factorial':
      return 8
    case 'relation':
      return t.rest[0]?.op === 'not in' ? LOGIC : RELATION
    case 'logic':
    case 'not':
      return LOGIC
    case 'cases':
      return CHOICE
    default:
      return ATOM
  }
}
/** Parentheses are put where this notation needs them, not where LaTeX does. */
const open = (t: Notation): Notation => (t.n === 'paren' ? open(t.body) : t)
const wrap = (u: Notation, least: number): string => {
  const t = open(u)
  return linearLevel(t) >= least ? toPlain(t) : `(${toPlain(t)})`
}
const list = (parts: readonly Notation[]): string => parts.map(p => wrap(p, CHOICE)).join(', ')
const args = (head: string, parts: readonly Notation[], more = ''): string => `${head}(${list(parts)}${more})`

export const toPlain = (t: Notation): string => {
  switch (t.n) {
    case 'text':
      return t.plain
    case 'name':
      return t.index.length === 0 ? t.name : `${t.name}[${list(t.index)}]`
    case 'product':
      return t.factors.map((f, k) => wrap(f, k === 0 ? PRODUCT : f.n === 'frac' ? PRODUCT : 6)).join('*')
    case 'sum':
      return t.terms.map((u, k) => (u.minus ? (k > 0 ? ' - ' : '-') : k > 0 ? ' + ' : '') + wrap(u.body, PRODUCT)).join('')
    case 'frac':
      return `${wrap(t.over, PRODUCT)}/${wrap(t.under, 8)}`
    case 'power':
      return `${wrap(t.base, ATOM)}^${wrap(t.exponent, ATOM)}`
    case 'root':
      return args('sqrt', [t.body])
    case 'paren':
      return `(${toPlain(open(t.body))})`
    case 'fence':
      return args(t.name, [t.body])
    case 'apply':
      return args(toPlain(t.head), t.plainArgs ?? t.args)
    case 'primed':
      return t.each.length === 1 ? toPlain(t.base) + "'".repeat(t.order) : `${toPlain(t.base)}'[${t.each.join(', ')}]`
    case 'partial':
      return toPlain(t.call)
    case 'exp':
      return args('exp', [t.exponent])
    case 'factorial':
      return `${wrap(t.body, ATOM)}!`
    case 'binomial':
      return args('binomial', [t.over, t.under])
    case 'big':
      return t.op === 'order' && t.rank ? args('order', [t.rank, t.body, t.letter, t.lo, t.hi]) : args(t.op, [t.body, t.letter, t.lo, t.hi])
    case 'derivative':
      return args('diff', [t.body, t.wrt], t.order === 1 ? '' : `, ${t.order}`)
    case 'indicator':
      return args('indicator', [t.cond])
    case 'cases': {
      const branches = t.branches.map(c => `${wrap(c.when, LOGIC)} ? ${wrap(c.value, SUM)} : `).join('')
      return branches + (t.otherwise ? wrap(t.otherwise, SUM) : 'undefined')
    }
    case 'expect':
      return args('E', [t.body])
    case 'limit':
      return args('limit', [t.body, t.variable, t.to], t.side ? `, '${t.side}'` : '')
    case 'overline':
      return args('mean', [t.body])
    case 'relation':
      if (t.rest[0]?.op === 'not in') return `not (${wrap(t.first, SUM)} in ${wrap(t.rest[0].body, SUM)})`
      return t.rest.reduce((s, r) => `${s} ${r.op} ${wrap(r.body, SUM)}`, wrap(t.first, SUM))
    case 'logic':
      return t.parts.map(p => wrap(p, RELATION)).join(` ${t.op} `)
    case 'not':
      return `not ${wrap(t.body, ATOM)}`
    case 'every':
      return `(${toPlain(t.body)}, ${toPlain(t.letter)} in ${toPlain(t.lo)}..${toPlain(t.hi)})`
    case 'braces':
      return `{${list(t.elements)}}`
    case 'range':
      return `{${t.lo ? wrap(t.lo, SUM) : ''}..${t.hi ? wrap(t.hi, SUM) : ''}}`
    case 'interval':
      return (t.closed[0] ? '[' : '(') + list([t.lo, t.hi]) + (t.closed[1] ? ']' : ')')
    default:
      return t satisfies never
  }
}
