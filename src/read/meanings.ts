/**
 * What names mean where they stand: bound letters, declared symbols and lists, constants, x̄ and x_(n), and the index
 * that a Σ leaves unsaid. A name that is none of these is an error with the nearest declared one.
 */

import { canonicalName } from '../term/functions.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { at, big, bound, type Expr, exp, fn, HALF, num, ONE, pow, sym } from '../term/term.ts'
import { substitute } from '../term/walk.ts'
import { fail } from './cursor.ts'
import type { Origin, Span } from './error.ts'
import { declaredNames, declaredSquare, declaredSub, hint, isConstant } from './names.ts'
import type { BigSyntax, ExtremeSyntax, ForAllSyntax, NameSyntax, Scope, SubSyntax, Syntax } from './syntax.ts'

export interface Meanings {
  readonly text: string
  readonly origin: Origin | undefined
  readonly scope: Scope | undefined
  /** Letters of the binders around, outermost first. */
  readonly letters: readonly string[]
  /** Variables that a limit introduces. */
  readonly locals: readonly string[]
  /** Under a bar: the letter of the mean, and the lists met so far. */
  readonly mean: { readonly letter: string; readonly used: Set<string> } | undefined
}
type ReadExpr = (m: Meanings, s: Syntax) => Expr

const boundLetter = (m: Meanings, name: string): Expr | undefined => {
  const k = m.letters.lastIndexOf(name)
  return k < 0 ? undefined : bound(m.letters.length - 1 - k)
}

const constant = (name: string): Expr => (name === 'e' ? exp(ONE) : fn(canonicalName(name) ?? name))

const undeclared = (m: Meanings, s: { readonly span: Span }, name: string): never => {
  const scope = m.scope as Scope
  const names = declaredNames(scope)
  const expected = names.length === 0 || names.length > 12 ? 'a declared name' : `one of the declared names ${names.join(', ')}`
  return fail(
    m,
    s.span,
    name === '∂' || name === 'd' ? `${name} outside of a derivative` : `undeclared symbol ${name}${hint(name, scope)}`,
    expected,
  )
}

/** σ where only σ² is declared is its root. */
export const squareRoot = (m: Meanings, name: string): { readonly base: Expr; readonly exponent: Expr } | undefined => {
  const square = m.scope ? declaredSquare(m.scope, name) : undefined
  if (square !== undefined) return { base: sym(square), exponent: HALF }
  const defined = m.scope?.loose?.square(name)
  return defined && { base: defined, exponent: HALF }
}

export const bareName = (m: Meanings, s: NameSyntax): Expr => {
  const { name } = s
  const index = boundLetter(m, name)
  if (index) return index
  if (m.locals.includes(name)) return sym(name)
  const entry = (): Expr => {
    m.mean?.used.add(name)
    return at(name, boundLetter(m, m.mean?.letter ?? '') as Expr)
  }
  if (m.scope === undefined) {
    if (name === '∂') return fail(m, s.span, '∂ outside of a derivative')
    return isConstant(name) ? constant(name) : m.mean ? entry() : sym(name)
  }
  if (m.scope.symbols.has(name)) return sym(name)
  if (m.scope.arrays.has(name) && m.scope.loose && !m.mean) return sym(name)
  if (m.scope.arrays.has(name)) return m.mean ? entry() : fail(m, s.span, `${name} is a list of values`, `one of them, such as ${name}[i]`)
  if (m.scope.calls?.has(name) && !m.scope.loose) return fail(m, s.span, `${name} needs its argument`, `${name}(…)`)
  if (isConstant(name)) return constant(name)
  const root = squareRoot(m, name)
  return root ? pow(root.base, root.exponent) : (m.scope.loose?.name(name) ?? undeclared(m, s, name))
}

/** What is known where an index is read. */
export interface Known {
  readonly scope?: Scope | undefined
  /** Bound letters and other variables that are neither declared nor data. */
  readonly bound: (name: string) => boolean
}

/** What name_index stands for: a declared symbol (μ_1), or an entry with these indices (ij side by side are two). */
export const subscripted = (s: SubSyntax, name: string, k: Known): { readonly symbol: string } | { readonly index: readonly Syntax[] } => {
  const only = s.index[0]
  if (s.bracket || s.index.length > 1 || !only) return { index: s.index }
  const { scope } = k
  const whole = word(only)
  if (whole === undefined) return { index: s.index }
  const meant = (n: string): boolean => k.bound(n) || scope?.symbols.has(n) === true
  const isList = scope === undefined || scope.arrays.has(name)
  // x_m is the declared xm rather than an entry of x, unless m means something here.
  const plain = isList && (/^\d+$/.test(whole) || meant(whole) || [...whole].some(meant))
  const declared = plain || !scope ? undefined : declaredSub(scope, name, whole)
  if (declared !== undefined) return { symbol: declared }
  if (only.kind === 'name' && [...whole].length > 1 && [...whole].every(k.bound))
    return { index: [...whole].map(l => ({ kind: 'name', span: only.span, name: l })) }
  return { index: isRow(only) ? row(only, k) : s.index }
}
/** The indices of a row of letters: one, if together they are a declared name and apart not all known. */
const row = (s: Syntax & { kind: 'product' }, k: Known): readonly Syntax[] => {
  const whole = word(s) ?? ''
  const apart = [...whole].every(l => k.bound(l) || k.scope?.symbols.has(l) === true)
  return k.scope?.symbols.has(whole) && !apart ? [{ kind: 'name', span: s.span, name: whole }] : s.factors.map(f => f.factor)
}
/** The rank of an order statistic, where letters side by side may be one declared name. */
export const rankOf = (s: Syntax & { kind: 'group' }, k: Known): Syntax => {
  const parts = isRow(s.body) ? row(s.body, k) : [s.body]
  return parts.length === 1 ? (parts[0] as Syntax) : s.body
}

/** An index that is a word or number, also one in letters side by side. */
const word = (s: Syntax): string | undefined => {
  if (s.kind === 'name') return s.name
  if (s.kind === 'number') return s.text
  return isRow(s) ? s.factors.map(f => word(f.factor)).join('') : undefined
}
/** Names side by side. */
const isRow = (s: Syntax): s is Syntax & { kind: 'product' } =>
  s.kind === 'product' && s.factors.every((f, k) => f.factor.kind === 'name' && (k === 0 || f.join === ' '))

/** x_i, x[i], x_(n), and names with an index such as μ_1. */
export const indexedName = (m: Meanings, s: SubSyntax, read: ReadExpr): Expr => {
  if (s.base.kind === 'sub') {
    const outer = indexedName(m, s.base, read)
    return outer.kind === 'at'
      ? at(outer.name, ...outer.index, ...s.index.map(i => read(m, i)))
      : fail(m, s.span, 'an index on something that is no list')
  }
  if (s.base.kind === 'accent') {
    if (s.base.mark === 'bar') return fail(m, s.span, 'a mean with an index', 'the mean alone')
    return indexedName(m, { ...s, base: s.base.body }, read)
  }
  if (s.base.kind !== 'name') return fail(m, s.span, 'an index on something that is no name', 'an index after the name of a list')
  const { name } = s.base
  const only = s.index.length === 1 ? s.index[0] : undefined
  if (boundLetter(m, name)) return fail(m, s.span, `${name} is an index here and has no entries`)
  const isList = m.scope === undefined || m.scope.arrays.has(name)
  const known: Known = { scope: m.scope, bound: n => m.letters.includes(n) || m.locals.includes(n) }
  if (isList && !s.bracket && only?.kind === 'group') return orderStatistic(m, name, read(m, rankOf(only, known)), s.span, read)
  const found = subscripted(s, name, known)
  if ('symbol' in found) return sym(found.symbol)
  if (isList) return at(name, ...found.index.map(i => indexValue(m, i, read)))
  const scope = m.scope as Scope
  const lone = only && scope.loose ? word(only) : undefined
  const defined = lone === undefined ? undefined : scope.loose?.name(`${name}_${lone}`)
  if (defined) return bindingLetters(m, defined)
  if (scope.loose && scope.symbols.has(name))
    return sym(`${name}_${m.text.slice(s.index[0]?.span.start ?? 0, s.index.at(-1)?.span.end ?? 0)}`)
  if (scope.symbols.has(name)) return fail(m, s.span, `${name} is a single value and has no entries`, `${name} without an index`)
  return undeclared(m, s.base, name)
}

/** μ_i = b·x_i was defined for one i: under a Σ over i its letter is bound. */
export const bindingLetters = (m: Meanings, t: Expr): Expr => {
  const values = new Map(m.letters.flatMap((l): [string, Expr][] => (m.scope?.symbols.has(l) ? [] : [[l, boundLetter(m, l) as Expr]])))
  return values.size === 0 ? t : substitute(t, values)
}

/** An index; in people's writing the x_i of one observation has a letter that nothing binds. */
const indexValue = (m: Meanings, s: Syntax, read: ReadExpr): Expr =>
  m.scope?.loose && s.kind === 'name' && !m.letters.includes(s.name) && !m.locals.includes(s.name) && !m.scope.symbols.has(s.name)
    ? sym(s.name)
    : read(m, s)

const orderStatistic = (m: Meanings, name: string, rank: Expr, span: Span, read: ReadExpr): Expr => {
  const size = arrayLength(m, [name], span, read)
  const entry = at(name, bound(0))
  if (same(rank, ONE)) return big('min', ONE, size, entry)
  if (same(rank, size)) return big('max', ONE, size, entry)
  return big('order', ONE, size, entry, rank)
}

/** The common length of lists: declared, or n. */
export const arrayLength = (m: Meanings, names: readonly string[], span: Span, read: ReadExpr): Expr => {
  const lengths = new Set(names.map(n => m.scope?.lengths?.[n] ?? 'n'))
  const [length] = lengths
  if (lengths.size !== 1 || length === undefined) return fail(m, span, 'lists of different lengths', 'the range of the index')
  if (/^\d+$/.test(length)) return num(Q.rational(BigInt(length)))
  return read({ ...m, mean: undefined }, { kind: 'name', span, name: length })
}

const collect = (s: Syntax, visit: (name: string, letter: string) => void): void => {
  if (s.kind === 'sub' && s.base.kind === 'name') for (const i of s.index) for (const l of lettersIn(i)) visit(s.base.name, l)
  for (const part of parts(s)) collect(part, visit)
}
const lettersIn = (s: Syntax): readonly string[] => (s.kind === 'name' ? [s.name] : parts(s).flatMap(lettersIn))

/** The direct parts of a piece of syntax. */
export const parts = (s: Syntax): readonly Syntax[] => {
  const present = (...list: readonly (Syntax | undefined)[]): readonly Syntax[] => list.filter((u): u is Syntax => u !== undefined)
  switch (s.kind) {
    case 'number':
    case 'name':
    case 'infinity':
    case 'dots':
    case 'truth':
    case 'named-set':
      return []
    case 'group':
    case 'neg':
    case 'factorial':
    case 'expect':
    case 'accent':
      return [s.body]
    case 'sum':
      return s.terms.map(t => t.term)
    case 'product':
      return s.factors.map(f => f.factor)
    case 'frac':
      return [s.over, s.under]
    case 'power':
      return [s.base, s.exponent]
    case 'root':
      return present(s.body, s.degree)
    case 'sub':
      return [s.base, ...s.index]
    case 'apply':
    case 'call':
    case 'extreme':
      return s.args
    case 'big':
      return present(s.lo, s.hi, s.body, s.rank)
    case 'deriv':
      return [s.body, s.wrt]
    case 'limit':
      return [s.body, s.variable, s.to]
    case 'iverson':
      return [s.cond]
    case 'cases':
      return present(...s.branches.flatMap(b => [b.value, b.when]), s.otherwise)
    case 'chain':
      return s.operands
    case 'in':
      return [s.element, s.set]
    case 'and':
    case 'or':
      return s.props
    case 'not':
      return [s.prop]
    case 'forall':
      return present(s.body, s.lo, s.hi)
    case 'list':
      return s.elements
    case 'range':
      return present(s.lo, s.hi)
    case 'interval':
      return [s.lo, s.hi]
    default:
      return s satisfies never
  }
}

/** The letter and range of a Σ that does not say them: the one free index inside, over the whole list. */
export const inferBinder = (
  m: Meanings,
  s: BigSyntax | ForAllSyntax,
  read: ReadExpr,
): { readonly letter: string; readonly lo: Expr; readonly hi: Expr } => {
  const free = new Map<string, Set<string>>()
  collect(s.body, (name, letter) => {
    const taken = m.letters.includes(letter) || m.scope?.symbols.has(letter) === true || isConstant(letter)
    if (!taken || letter === s.letter) free.set(letter, (free.get(letter) ?? new Set()).add(name))
  })
  const letter = s.letter ?? (free.size === 1 ? [...free.keys()][0] : undefined)
  const example = s.kind === 'forall' ? 'x[i] > 0, i in 1..n' : `${s.op}(x[i], i, 1, n)`
  if (letter === undefined) return fail(m, s.span, 'it is not clear which index this runs over', example)
  if (s.lo && !s.hi) return fail(m, s.span, 'the upper end of the index is missing', example)
  const names = [...(free.get(letter) ?? [])]
  const lo = s.lo ? read(m, s.lo) : ONE
  if (s.hi) return { letter, lo, hi: read(m, s.hi) }
  if (names.length === 0) {
    // Σ_i log λ in somebody's own writing: over the sample
    const lists = m.scope?.loose ? [...m.scope.arrays] : []
    if (lists.length === 0) return fail(m, s.span, `nothing here has the index ${letter}, so its range is not clear`, example)
    return { letter, lo, hi: arrayLength(m, lists, s.span, read) }
  }
  return { letter, lo, hi: arrayLength(m, names, s.span, read) }
}

/** The largest of several values, two at a time. */
export const extremeValue = (m: Meanings, s: ExtremeSyntax, values: readonly Expr[]): Expr => {
  if (values.length < 2) return fail(m, s.span, `the ${s.op} of one value`, `${s.op}(a, b), or ${s.op}(x[i], i, 1, n) over an index`)
  if (values.length > 8)
    return fail(m, s.span, `the ${s.op} of ${values.length} values`, `at most 8, or ${s.op}(x[i], i, 1, n) over an index`)
  return values.slice(1).reduce((best, value) => fn(s.op, best, value), values[0] as Expr)
}
