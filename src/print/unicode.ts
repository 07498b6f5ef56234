/**
 * Notation → one line of unicode for the terminal: θ̂, x̄, ∑ᵢ₌₁ⁿ xᵢ, (1 − p)ⁿ⁻ᵏ. Spelling only, and the parentheses that
 * a line of text needs where LaTeX draws a bar.
 */
import type { Term } from '../term/term.ts'
import { printed } from './build.ts'
import { reachesOn } from './fit.ts'
import type { NameParts } from './names.ts'
import { type Apply, ATOM, failing, LOGIC, level, type Notation, OPEN, POWER, PRODUCT, RELATION, SUM } from './notation.ts'
import type { Style } from './style.ts'

/** Unicode text of a term, on one line. */
export const unicode = (t: Term, style?: Style): string => {
  const known = printed(t, style)
  known.unicode ??= toUnicode(known.notation)
  return known.unicode
}

const table = (from: string, to: string): ReadonlyMap<string, string> => {
  const target = [...to]
  return new Map([...from].map((c, k) => [c, target[k] as string]))
}
const superscripts = table('0123456789+−=()abcdefghijklmnoprstuvwxyzβγδθφχ', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵝᵞᵟᶿᵠᵡ')
const subscripts = table('0123456789+−=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ')
const small = (text: string, letters: ReadonlyMap<string, string>): string | undefined => {
  let out = ''
  for (const c of text) {
    const s = letters.get(c)
    if (s === undefined) return undefined
    out += s
  }
  return out
}
const isOneToken = (text: string): boolean => /^[\p{L}\d]$/u.test(text) || /^\d+$/.test(text)
const raised = (text: string): string => small(text, superscripts) ?? (isOneToken(text) ? `^${text}` : `^(${text})`)
const lowered = (text: string): string => small(text, subscripts) ?? (isOneToken(text) ? `_${text}` : `_(${text})`)
/** Without the spaces around + and −, for exponents and indices. */
const tight = (t: Notation): string => {
  const text = toUnicode(t)
  return text.includes(' ') ? text.replace(/ ([+−=≤<>≥]) /g, '$1') : text
}

const CHOICE = 0
const linearLevel = (t: Notation): number => (t.n === 'frac' ? PRODUCT : t.n === 'root' ? POWER : t.n === 'cases' ? CHOICE : level(t))
const wrap = (t: Notation, least: number): string => (linearLevel(t) >= least ? toUnicode(t) : `(${toUnicode(t)})`)
const list = (parts: readonly Notation[]): string => parts.map(toUnicode).join(', ')

const accents = { hat: '\u0302', bar: '\u0304' } as const
/** xᵢ, qᵢⱼ, x₍ₙ₎; an index that has no lowered form stands in brackets. */
const indexed = (index: readonly Notation[]): string => {
  const low = index.length === 1 || index.every(i => i.n === 'name') ? small(index.map(tight).join(''), subscripts) : undefined
  return low ?? `[${index.map(tight).join(', ')}]`
}
const named = (p: NameParts, index: readonly Notation[], power?: string): string => {
  const letter = p.accent ? p.unicode + accents[p.accent] : p.unicode
  const above = power ?? (p.sup === undefined ? '' : String(p.sup))
  return letter + (p.sub ? lowered(p.sub.unicode) : '') + (index.length > 0 ? indexed(index) : '') + (above === '' ? '' : raised(above))
}
const bareArgument = (t: Notation): string => {
  if (t.n === 'power' && t.base.n === 'paren') return `[${toUnicode(t)}]`
  if (t.n === 'frac' || (t.n === 'exp' && !t.raised)) return `(${toUnicode(t)})`
  const body = toUnicode(t)
  return ` ${body}`
}
const applied = (t: Apply): string => {
  const head = toUnicode(t.head)
  const only = t.args[0]
  if (t.bare) return head + bareArgument(only as Notation)
  if (t.args.length === 1 && only?.n === 'paren') return head + toUnicode(only)
  return `${head}(${list(t.args)})`
}
const relations: Record<string, string> = { '=': '=', '!=': '≠', '<': '<', '<=': '≤', '>': '>', '>=': '≥', in: '∈', 'not in': '∉' }
const operators: Record<string, string> = { sum: '∑', prod: '∏', max: 'max', min: 'min' }
const order = (k: number): string => (k === 1 ? '' : raised(String(k)))

/** Side by side: parentheses join, letters and words keep apart; f(a |b|) would look like f(a | b). */
const beside = (a: string, b: string): string => {
  if (a === '') return b
  if (/^[\d|]/.test(b)) return `${a}·${b}`
  if (/^\d+$/.test(a)) return /^log|^exp|^[a-z]{2}/.test(b) ? `${a} ${b}` : a + b
  return b.startsWith('(') && !/[A-Za-z\u0370-\u03ff]{2}$/.test(a) ? a + b : `${a} ${b}`
}

export const toUnicode = (t: Notation): string => {
  switch (t.n) {
    case 'text':
      return t.unicode
    case 'name':
      return named(t.parts, t.index)
    case 'product': {
      const last = t.factors.length - 1
      return t.factors.reduce(
        (s, f, k) =>
          beside(s, linearLevel(f) >= 6 || (k === last && level(f) === OPEN && f.n !== 'frac') ? toUnicode(f) : `(${toUnicode(f)})`),
        '',
      )
    }
    case 'sum':
      return t.terms.map((u, k) => (u.minus ? (k > 0 ? ' − ' : '−') : k > 0 ? ' + ' : '') + wrap(u.body, OPEN)).join('')
    case 'frac':
      return `${reachesOn(t.over) || linearLevel(t.over) < PRODUCT ? `(${toUnicode(t.over)})` : toUnicode(t.over)}/${wrap(t.under, POWER)}`
    case 'power': {
      if (t.merged && t.base.n === 'name') return named(t.base.parts, t.base.index, tight(t.merged))
      if (t.base.n === 'name' && !t.base.parts.sup) return named(t.base.parts, t.base.index, tight(t.exponent))
      return wrap(t.base, ATOM) + raised(tight(t.exponent))
    }
    case 'root':
      return `√${(t.body.n === 'name' && t.body.parts.sup === undefined) || t.body.n === 'text' ? toUnicode(t.body) : t.body.n === 'paren' ? toUnicode(t.body) : `(${toUnicode(t.body)})`}`
    case 'paren':
      return t.open === '(' ? `(${toUnicode(t.body)})` : t.open === '[' ? `[${toUnicode(t.body)}]` : `{${toUnicode(t.body)}}`
    case 'fence':
      return t.name === 'abs' ? `|${toUnicode(t.body)}|` : t.name === 'floor' ? `⌊${toUnicode(t.body)}⌋` : `⌈${toUnicode(t.body)}⌉`
    case 'apply':
      return applied(t)
    case 'primed':
      return t.order <= 3 ? toUnicode(t.base) + (['', '′', '″', '‴'][t.order] ?? '') : `${toUnicode(t.base)}${raised(`(${t.order})`)}`
    case 'partial': {
      const total = t.by.reduce((s, v) => s + v.order, 0)
      const quotient = `∂${order(total)}${toUnicode(t.base)}/${t.by.map(v => `∂${toUnicode(v.wrt)}${order(v.order)}`).join('')}`
      return t.args ? `${quotient}(${list(t.call.args)})` : quotient
    }
    case 'exp': {
      const short = t.raised ? small(tight(t.exponent), superscripts) : undefined
      return short === undefined ? `exp(${toUnicode(t.exponent)})` : `e${short}`
    }
    case 'factorial':
      return `${wrap(t.body, ATOM)}!`
    case 'binomial':
      return `choose(${list([t.over, t.under])})`
    case 'big': {
      if (t.ordered) return named(t.ordered.name.parts, t.ordered.name.index)
      const letter = toUnicode(t.letter)
      const body = wrap(t.body, OPEN)
      if (t.open) return `${operators[t.op]} ${body}`
      if (t.op === 'sum' || t.op === 'prod') return `${operators[t.op]}${lowered(`${letter}=${tight(t.lo)}`)}${raised(tight(t.hi))} ${body}`
      const where = `${tight(t.lo)}≤${letter}≤${tight(t.hi)}`
      if (t.op === 'order') return `order_(${t.rank ? tight(t.rank) : ''}; ${where}) ${body}`
      return `${operators[t.op]}_(${where}) ${body}`
    }
    case 'derivative': {
      const d = t.partial ? '∂' : 'd'
      const body = t.body.n === 'paren' ? toUnicode(t.body) : `[${toUnicode(t.body)}]`
      return `${d}${order(t.order)}/${d}${toUnicode(t.wrt)}${order(t.order)}${body}`
    }
    case 'indicator':
      return `𝟏{${toUnicode(t.cond)}}`
    case 'cases': {
      const branches = t.branches.map(c => `${wrap(c.when, LOGIC)} ? ${wrap(c.value, SUM)} : `).join('')
      return branches + (t.otherwise ? wrap(t.otherwise, SUM) : 'undefined')
    }
    case 'expect':
      return `E[${toUnicode(t.body)}]`
    case 'limit':
      return `lim_(${toUnicode(t.variable)}→${tight(t.to)}${t.side ? raised(t.side === '+' ? '+' : '−') : ''}) ${wrap(t.body, OPEN)}`
    case 'overline':
      return `mean(${toUnicode(t.body)})`
    case 'relation':
      return t.rest.reduce((s, r) => `${s} ${relations[r.op]} ${wrap(r.body, SUM)}`, wrap(t.first, SUM))
    case 'logic':
      return t.parts.map(p => wrap(p, RELATION)).join(` ${t.op} `)
    case 'not': {
      const some = failing(t)
      return some
        ? `${toUnicode(some.body)} for some ${toUnicode(some.letter)} = ${toUnicode(some.lo)}, …, ${toUnicode(some.hi)}`
        : `not ${wrap(t.body, ATOM)}`
    }
    case 'every':
      return `${wrap(t.body, LOGIC)} for every ${toUnicode(t.letter)} = ${toUnicode(t.lo)}, …, ${toUnicode(t.hi)}`
    case 'braces':
      return `{${list(t.elements)}}`
    case 'range':
      return `{${[...t.shown.map(toUnicode), '…', ...(t.hi ? [toUnicode(t.hi)] : [])].join(', ')}}`
    case 'interval':
      return (t.closed[0] ? '[' : '(') + list([t.lo, t.hi]) + (t.closed[1] ? ']' : ')')
    default:
      return t satisfies never
  }
}
