/** Notation → LaTeX (amsmath, KaTeX in strict mode). Spelling only: no decision about a formula is taken here. */
import type { Term } from '../term/term.ts'
import { printed } from './build.ts'
import type { NameParts } from './names.ts'
import { type Apply, failing, type Notation } from './notation.ts'
import type { Style } from './style.ts'

/** LaTeX of a term, without delimiters. Valid in math mode, whatever the names are. */
export const latex = (t: Term, style?: Style): string => {
  const known = printed(t, style)
  known.latex ??= toLatex(known.notation)
  return known.latex
}

const list = (parts: readonly Notation[]): string => (parts.length === 1 ? toLatex(parts[0] as Notation) : parts.map(toLatex).join(','))
const isTall = (body: string): boolean => /\\(?:frac|sum|prod|binom|begin|left|max|min|lim|overline)(?![a-z])/.test(body)
const fenced = (open: string, body: string, close: string): string =>
  isTall(body) ? `\\left${open}${body}\\right${close}` : `${open}${body}${close}`
const script = (body: string): string => (body.length === 1 ? body : `{${body}}`)

const isDigit = (c: number): boolean => c >= 48 && c <= 57
const isLetter = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122)
/** Side by side: a command's name must not run into a letter, nor a factor into a digit, nor letters into a word. */
const beside = (a: string, b: string): string => {
  if (a === '') return b
  if (isDigit(b.charCodeAt(0))) return `${a}\\cdot ${b}`
  if (isLetter(b.charCodeAt(0)) && isLetter(a.charCodeAt(a.length - 1))) return `${a} ${b}`
  return a + b
}

const named = (p: NameParts, index: readonly Notation[], power?: string): string => {
  const letter = p.accent ? `\\${p.accent}{${p.latex}}` : p.latex
  if (index.length === 0 && p.sub === undefined && p.sup === undefined) return power === undefined ? letter : `${letter}^{${power}}`
  if (index.length === 1 && p.sub === undefined && p.sup === undefined) {
    const below = `${letter}_${script(toLatex(index[0] as Notation))}`
    return power === undefined ? below : `${below}^{${power}}`
  }
  const tight = index.length === 2 && index.every(i => i.n === 'name' && i.index.length === 0 && !i.parts.word)
  const below = [
    ...(p.sub ? [p.sub.latex] : []),
    ...(index.length > 0 ? [tight ? index.map(toLatex).reduce(beside) : list(index)] : []),
  ].join(',')
  const above = power ?? (p.sup === undefined ? '' : String(p.sup))
  return letter + (below === '' ? '' : `_${script(below)}`) + (above === '' ? '' : `^{${above}}`)
}
const applied = (t: Apply): string => {
  const head = toLatex(t.head)
  if (t.bare) {
    const body = toLatex(t.args[0] as Notation)
    return /^[A-Za-z0-9]/.test(body) ? `${head} ${body}` : head + body
  }
  const only = t.args[0]
  if (t.args.length === 1 && only?.n === 'paren') return head + toLatex(only)
  return head + fenced('(', list(t.args), ')')
}
const relations: Record<string, string> = {
  '=': '=',
  '!=': '\\ne ',
  '<': '<',
  '<=': '\\le ',
  '>': '>',
  '>=': '\\ge ',
  in: '\\in ',
  'not in': '\\notin ',
}
const differential = (d: string, wrt: string): string => (d === 'd' ? d + wrt : beside(d, wrt))
const order = (k: number): string => (k === 1 ? '' : `^{${k}}`)
const operators: Record<string, string> = { sum: '\\sum', prod: '\\prod', max: '\\max', min: '\\min' }

const isApart = (f: Notation): boolean => f.n === 'indicator' || f.n === 'derivative' || (f.n === 'name' && f.parts.word)
/** An upright name, or the brace of an indicator, keeps what follows off. */
const keepsOff = (s: string): boolean => s.endsWith('}') && (s.endsWith('\\right\\}') || /\\mathrm\{[^}]*\}$/.test(s))
const product = (factors: readonly Notation[]): string => {
  let s = ''
  for (const f of factors) s = s !== '' && (isApart(f) || keepsOff(s)) ? `${s}\\,${toLatex(f)}` : beside(s, toLatex(f))
  return s
}

const sum = (terms: readonly { readonly minus: boolean; readonly body: Notation }[]): string => {
  let s = ''
  for (const u of terms) s += (u.minus ? '-' : s === '' ? '' : '+') + toLatex(u.body)
  return s
}

/** LaTeX of a notation. */
export const toLatex = (t: Notation): string => {
  switch (t.n) {
    case 'text':
      return t.latex
    case 'name':
      return named(t.parts, t.index)
    case 'product':
      return product(t.factors)
    case 'sum':
      return sum(t.terms)
    case 'frac':
      return t.slash ? `${toLatex(t.over)}/${toLatex(t.under)}` : `\\frac{${toLatex(t.over)}}{${toLatex(t.under)}}`
    case 'power': {
      if (t.merged && t.base.n === 'name') return named(t.base.parts, t.base.index, toLatex(t.merged))
      if (t.base.n === 'name' && !t.base.parts.sup) return named(t.base.parts, t.base.index, toLatex(t.exponent))
      return `${toLatex(t.base)}^{${toLatex(t.exponent)}}`
    }
    case 'root':
      return `\\sqrt{${toLatex(t.body)}}`
    case 'paren': {
      const body = toLatex(t.body)
      return t.open === '{' ? fenced('\\{', body, '\\}') : fenced(t.open, body, t.open === '(' ? ')' : ']')
    }
    case 'fence': {
      const body = toLatex(t.body)
      if (t.name === 'abs') return `\\left|${body}\\right|`
      return t.name === 'floor' ? `\\left\\lfloor ${body}\\right\\rfloor ` : `\\left\\lceil ${body}\\right\\rceil `
    }
    case 'apply':
      return applied(t)
    case 'primed':
      return t.order <= 3 ? toLatex(t.base) + "'".repeat(t.order) : `${toLatex(t.base)}^{(${t.order})}`
    case 'partial': {
      const total = t.by.reduce((s, v) => s + v.order, 0)
      const quotient = `\\frac{${beside(`\\partial${order(total)}`, toLatex(t.base))}}{${t.by.map(v => differential('\\partial', toLatex(v.wrt)) + order(v.order)).join('\\,')}}`
      return t.args ? quotient + fenced('(', list(t.call.args), ')') : quotient
    }
    case 'exp':
      return t.raised ? `e^{${toLatex(t.exponent)}}` : `\\exp${fenced('(', toLatex(t.exponent), ')')}`
    case 'factorial':
      return `${toLatex(t.body)}!`
    case 'binomial':
      return `\\binom{${toLatex(t.over)}}{${toLatex(t.under)}}`
    case 'big': {
      if (t.ordered) return named(t.ordered.name.parts, t.ordered.name.index)
      if (t.open) return `\\${t.op}${toLatex(t.body).replace(/^(?=[A-Za-z0-9])/, ' ')}`
      const letter = toLatex(t.letter)
      const from = toLatex(t.lo)
      const to = toLatex(t.hi)
      if (t.op === 'sum' || t.op === 'prod') return `${operators[t.op]}_{${letter}=${from}}^{${to}}${toLatex(t.body)}`
      const where = `${from}\\le ${letter}\\le ${to}`
      if (t.op === 'order') return `\\operatorname{order}_{${t.rank ? toLatex(t.rank) : ''};\\,${where}}${toLatex(t.body)}`
      return `${operators[t.op]}_{${where}}${toLatex(t.body)}`
    }
    case 'derivative': {
      const d = t.partial ? '\\partial' : 'd'
      return `\\frac{${d}${order(t.order)}}{${differential(d, toLatex(t.wrt))}${order(t.order)}}${toLatex(t.body)}`
    }
    case 'indicator':
      return `\\mathbf{1}${fenced('\\{', toLatex(t.cond), '\\}')}`
    case 'cases': {
      const rows = t.branches.map(c => `${toLatex(c.value)}&\\text{if }${toLatex(c.when)}`)
      if (t.otherwise) rows.push(`${toLatex(t.otherwise)}&\\text{otherwise}`)
      return `\\begin{cases}${rows.join('\\\\')}\\end{cases}`
    }
    case 'expect':
      return `\\operatorname{E}\\left[${toLatex(t.body)}\\right]`
    case 'limit':
      return `\\lim_{${toLatex(t.variable)}\\to ${toLatex(t.to)}${t.side ? `^{${t.side}}` : ''}}${toLatex(t.body)}`
    case 'overline':
      return `\\overline{${toLatex(t.body)}}`
    // With a space: x! = 0 must not look like x ≠ 0.
    case 'relation':
      return t.rest.reduce((s, r) => s + (s.endsWith('!') ? ' ' : '') + relations[r.op] + toLatex(r.body), toLatex(t.first))
    case 'logic':
      return t.parts.map(toLatex).join(`\\text{ ${t.op} }`)
    case 'not': {
      const some = failing(t)
      return some
        ? `${toLatex(some.body)}\\text{ for some }${toLatex(some.letter)}=${toLatex(some.lo)},\\dots,${toLatex(some.hi)}`
        : `\\text{not }${toLatex(t.body)}`
    }
    case 'every':
      return `${toLatex(t.body)}\\text{ for every }${toLatex(t.letter)}=${toLatex(t.lo)},\\dots,${toLatex(t.hi)}`
    case 'braces':
      return `\\{${list(t.elements)}\\}`
    case 'range':
      return `\\{${[...t.shown.map(toLatex), '\\dots', ...(t.hi ? [toLatex(t.hi)] : [])].join(',')}\\}`
    case 'interval':
      return (t.closed[0] ? '[' : '(') + list([t.lo, t.hi]) + (t.closed[1] ? ']' : ')')
    default:
      return t satisfies never
  }
}
