/**
 * Syntax to notation: a formula printed as its author wrote it, with the order of operands, the quotients and the roots
 * of the source. Parentheses that the drawn form makes superfluous (under a fraction bar, in an exponent) are left out,
 * others kept. With an index, the density of one observation becomes that of the i-th. It proves and changes nothing.
 */

import { canBeRaised, canFollowBare, reachesOn } from '../print/fit.ts'
import { indexLetter, nameParts } from '../print/names.ts'
import {
  APPLICATION,
  ATOM,
  atLeast,
  digits,
  level,
  minus,
  type Name,
  type Notation,
  OPEN,
  POWER,
  PRODUCT,
  paren,
  RELATION,
  SUM,
  text,
} from '../print/notation.ts'
import { functions } from '../term/functions.ts'
import { cursor } from './cursor.ts'
import { rankOf, subscripted } from './meanings.ts'
import { declaredSquare, isConstant } from './names.ts'
import { readAll } from './statements.ts'
import { type Scope, type Syntax, ungrouped } from './syntax.ts'

export interface Writing {
  readonly scope?: Scope
  /** Names that stand for one observation, and the letter that makes them the i-th: x → x_i. */
  readonly index?: { readonly names: ReadonlySet<string>; readonly letter: string }
}

interface Place {
  readonly scope: Writing['scope']
  readonly index: Writing['index']
  /** Inside an exponent or index, where fractions are written a/b. */
  readonly script: boolean
  /** Letters of binders in the source, and what they are called here. */
  readonly letters: ReadonlyMap<string, string>
}

/** The notation of a formula as written. */
export const asWritten = (syntax: Syntax, writing: Writing = {}): Notation =>
  show(syntax, { scope: writing.scope, index: writing.index, script: false, letters: new Map() })

/** The text taken apart, for `asWritten`. @throws ModelError if it cannot be read. */
export const writtenSyntax = (source: string, scope?: Scope): Syntax => readAll(cursor(source, scope, undefined))
/** The notation of a text. @throws ModelError if it cannot be read. */
export const textAsWritten = (source: string, writing: Writing = {}): Notation => asWritten(writtenSyntax(source, writing.scope), writing)

const named = (name: string, p: Place, index: readonly Notation[] = []): Name => {
  const { scope } = p
  const letter = p.letters.get(name)
  const parts = nameParts(letter ?? name, scope && (other => scope.symbols.has(other)))
  const own =
    letter === undefined && p.index?.names.has(name)
      ? [{ n: 'name', name: p.index.letter, parts: nameParts(p.index.letter), index: [] } satisfies Name]
      : []
  return { n: 'name', name: letter ?? name, parts, index: [...own, ...index] }
}

const small = (p: Place): Place => (p.script ? p : { scope: p.scope, index: p.index, script: true, letters: p.letters })
/** What the bar, the root or the exponent encloses needs no parentheses of its own. */
const enclosed = (s: Syntax, p: Place): Notation => show(ungrouped(s), p)

const bound = (letter: string, p: Place): Place => {
  const taken = (l: string): boolean => l === p.index?.letter || [...p.letters.values()].includes(l) || p.scope?.symbols.has(l) === true
  const letters = new Map(p.letters).set(letter, indexLetter(letter.length === 1 && letter !== '#' ? letter : 'j', taken))
  return { scope: p.scope, index: p.index, script: p.script, letters }
}

const numeral = (s: Syntax & { kind: 'number' }, p: Place): Notation => {
  if (/^[\d.]+$/.test(s.text)) return digits0(s.text)
  const { num, den } = s.value
  return den === 1n ? digits(num) : fraction(digits(num), digits(den), p)
}
const digits0 = (written: string): Notation => text(written.startsWith('.') ? `0${written}` : written)

const fraction = (over: Notation, under: Notation, p: Place): Notation =>
  p.script
    ? { n: 'frac', over: level(over) > OPEN && !reachesOn(over) ? over : paren(over), under: atLeast(under, POWER), slash: true }
    : { n: 'frac', over, under, slash: false }

/** A factor beside others: a function without parentheses gets them, unless it is the last. */
const beside = (t: Notation, last: boolean): Notation => {
  if (last && level(t) === OPEN) return t
  if (t.n === 'apply' && t.bare && !last) return { ...t, bare: false, args: t.args.map(a => paren(a)) }
  return atLeast(t, APPLICATION)
}
const row = (factors: readonly Notation[]): Notation =>
  factors.length === 1 ? (factors[0] as Notation) : { n: 'product', factors: factors.map((f, k) => beside(f, k === factors.length - 1)) }

const product = (s: Syntax & { kind: 'product' }, p: Place): Notation => {
  let factors: Notation[] = []
  s.factors.forEach(({ join, factor }, k) => {
    const only = factors[0]
    if (join !== '/') factors.push(show(factor, p))
    // a/b/c is drawn with one bar.
    else if (s.factors[k - 1]?.join === '/' && factors.length === 1 && only?.n === 'frac')
      factors = [fraction(only.over, row([only.under, enclosed(factor, p)]), p)]
    // (a+b)/c needs no parentheses over the bar.
    else factors = [fraction(factors.length === 1 && only && !p.script ? unwrapped(only) : row(factors), enclosed(factor, p), p)]
  })
  return row(factors)
}
const unwrapped = (t: Notation): Notation => (t.n === 'paren' && t.open === '(' ? t.body : t)

/** Parentheses of the source, where what they hold could not stand without them. */
const grouped = (s: Syntax & { kind: 'group' }, p: Place): Notation => {
  const body = show(s.body, p)
  return level(body) >= POWER ? body : paren(body, s.open === '{' ? '(' : s.open)
}

const raised = (s: Syntax & { kind: 'power' }, p: Place): Notation => {
  const exponent = enclosed(s.exponent, small(p))
  const { scope } = p
  if (s.base.kind === 'name') {
    const name = s.base.name
    const declared = scope?.symbols.has(name) === true || p.letters.has(name)
    if (name === 'e' && !declared) return { n: 'exp', exponent, raised: true }
    const square = scope && !declared && s.exponent.kind === 'number' && s.exponent.text === '2' ? declaredSquare(scope, name) : undefined
    if (square) return named(square, p)
  }
  const base = show(s.base, p)
  return { n: 'power', base: canBeRaised(base) ? base : paren(base), exponent }
}

const entry = (s: Syntax & { kind: 'sub' }, p: Place): Notation => {
  const only = s.index.length === 1 ? s.index[0] : undefined
  const { base } = s
  const script = small(p)
  if (base.kind === 'name') {
    const known = { scope: p.scope, bound: (n: string) => p.letters.has(n) }
    if (only?.kind === 'group' && !s.bracket) return ordered(base.name, rankOf(only, known), p)
    const found = subscripted(s, base.name, known)
    return 'symbol' in found
      ? named(found.symbol, p)
      : named(
          base.name,
          p,
          found.index.map(i => enclosed(i, script)),
        )
  }
  const outer = show(base, p)
  return outer.n === 'name' && base.kind === 'sub' ? { ...outer, index: [...outer.index, ...s.index.map(i => enclosed(i, script))] } : outer
}

/** x_(r) */
const ordered = (name: string, rank: Syntax, p: Place): Notation => {
  const inside = bound('i', p)
  const letter = named('i', inside)
  const size = p.scope?.lengths?.[name] ?? 'n'
  const op = rank.kind === 'number' && rank.text === '1' ? 'min' : rank.kind === 'name' && rank.name === size ? 'max' : 'order'
  const r = enclosed(rank, small(p))
  return {
    n: 'big',
    op,
    letter,
    lo: digits(1),
    hi: /^\d+$/.test(size) ? text(size) : named(size, p),
    body: named(name, p, [letter]),
    rank: op === 'order' ? r : undefined,
    ordered: { name: named(name, p, [paren(r)]), rank: r },
  }
}

const applied = (s: Syntax & { kind: 'apply' }, p: Place): Notation => {
  const info = functions.get(s.name)
  const [first, second] = s.args
  if (s.name === 'exp' && first) return { n: 'exp', exponent: enclosed(first, p), raised: false }
  if (!info) return text('?')
  const head = text(info.latex, info.unicode, s.name)
  switch (info.form) {
    case 'constant':
      return head
    case 'fence':
      return { n: 'fence', name: s.name as 'abs', body: first ? enclosed(first, p) : text('') }
    case 'binomial':
      return first && second ? { n: 'binomial', over: enclosed(first, p), under: enclosed(second, p) } : head
    case 'postfix':
      return first ? factorial(first, p) : head
    case 'prefix': {
      const argument = first ? enclosed(first, p) : text('')
      const bare = !s.fence && canFollowBare(argument)
      return { n: 'apply', head, args: [bare ? argument : paren(argument)], bare, prefix: true }
    }
    case 'call':
      return { n: 'apply', head, args: s.args.map(a => enclosed(a, p)), bare: false, prefix: false }
    default:
      return info.form satisfies never
  }
}
const factorial = (s: Syntax, p: Place): Notation => {
  const body = show(s, p)
  const stands = (body.n === 'name' && body.parts.sup === undefined) || body.n === 'text' || body.n === 'paren'
  return { n: 'factorial', body: stands ? body : paren(body) }
}

const big = (s: Syntax & { kind: 'big' }, p: Place): Notation => {
  const inside = bound(s.letter ?? 'i', p)
  const letter = named(s.letter ?? 'i', inside)
  const body = atLeast(show(s.body, inside), OPEN)
  const script = small(p)
  return {
    n: 'big',
    op: s.op,
    letter,
    lo: s.lo ? enclosed(s.lo, script) : digits(1),
    hi: s.hi ? enclosed(s.hi, script) : named('n', p),
    body,
    rank: s.rank && enclosed(s.rank, script),
  }
}

const accented = (s: Syntax & { kind: 'accent' }, p: Place): Notation => {
  const body = show(s.body, p)
  if (body.n === 'name' && s.mark !== 'tilde')
    return { ...body, index: s.mark === 'bar' ? [] : body.index, parts: { ...body.parts, accent: s.mark } }
  return s.mark === 'bar' ? { n: 'overline', body } : body
}

const show = (s: Syntax, p: Place): Notation => {
  switch (s.kind) {
    case 'number':
      return numeral(s, p)
    case 'name':
      return isConstant(s.name) && !p.scope?.symbols.has(s.name) && !p.letters.has(s.name) ? constant(s.name) : named(s.name, p)
    case 'group':
      return grouped(s, p)
    case 'neg':
      return minus(atLeast(show(s.body, p), PRODUCT))
    case 'sum':
      return { n: 'sum', terms: s.terms.map(t => ({ minus: t.minus, body: atLeast(show(t.term, p), OPEN) })) }
    case 'product':
      return product(s, p)
    case 'frac':
      return fraction(enclosed(s.over, p), enclosed(s.under, p), p)
    case 'power':
      return raised(s, p)
    case 'root':
      return s.degree
        ? { n: 'power', base: raisable(enclosed(s.body, p)), exponent: fraction(digits(1), enclosed(s.degree, small(p)), small(p)) }
        : { n: 'root', body: enclosed(s.body, p) }
    case 'sub':
      return entry(s, p)
    case 'factorial':
      return factorial(s.body, p)
    case 'apply':
      return applied(s, p)
    case 'call': {
      const base = named(s.name, p)
      const order = s.prime.reduce((a, b) => a + b, 0)
      return {
        n: 'apply',
        head: order === 0 ? base : { n: 'primed', base, order, each: s.prime },
        args: s.args.map(a => enclosed(a, p)),
        bare: false,
        prefix: false,
      }
    }
    case 'big':
      return big(s, p)
    case 'extreme':
      return { n: 'apply', head: text(`\\${s.op}`, s.op), args: s.args.map(a => enclosed(a, p)), bare: false, prefix: false }
    case 'deriv':
      return { n: 'derivative', body: paren(enclosed(s.body, p), '['), wrt: show(s.wrt, p), order: s.order, partial: false }
    case 'limit':
      return {
        n: 'limit',
        variable: named(s.variable.name, p),
        to: enclosed(s.to, small(p)),
        side: s.side,
        body: atLeast(show(s.body, p), OPEN),
      }
    case 'expect':
      return { n: 'expect', body: enclosed(s.body, p) }
    case 'iverson':
      return { n: 'indicator', cond: enclosed(s.cond, p) }
    case 'cases':
      return {
        n: 'cases',
        branches: s.branches.map(b => ({ when: enclosed(b.when, p), value: enclosed(b.value, p) })),
        otherwise: s.otherwise && enclosed(s.otherwise, p),
      }
    case 'accent':
      return accented(s, p)
    case 'infinity':
      return text('\\infty', '∞', 'inf')
    case 'chain':
      return {
        n: 'relation',
        first: atLeast(show(s.operands[0] as Syntax, p), SUM),
        rest: s.ops.map((op, i) => ({ op, body: atLeast(show(s.operands[i + 1] as Syntax, p), SUM) })),
      }
    case 'in':
      return { n: 'relation', first: atLeast(show(s.element, p), SUM), rest: [{ op: s.negated ? 'not in' : 'in', body: show(s.set, p) }] }
    case 'and':
    case 'or':
      return { n: 'logic', op: s.kind, parts: s.props.map(q => atLeast(show(q, p), RELATION)) }
    case 'not':
      return { n: 'not', body: atLeast(show(s.prop, p), ATOM) }
    case 'truth':
      return text(`\\text{${s.value}}`, String(s.value))
    case 'forall': {
      const inside = bound(s.letter, p)
      const body = atLeast(show(s.body, inside), RELATION)
      return s.lo && s.hi ? { n: 'every', body, letter: named(s.letter, inside), lo: show(s.lo, p), hi: show(s.hi, p) } : body
    }
    case 'list':
      return list(s, p)
    case 'range':
      return { n: 'range', shown: s.lo ? [show(s.lo, p)] : [], lo: s.lo && show(s.lo, p), hi: s.hi && show(s.hi, p) }
    case 'interval':
      return { n: 'interval', lo: show(s.lo, p), hi: show(s.hi, p), closed: s.closed }
    case 'named-set':
      return text(`\\mathbb{${s.name}}`, s.name === 'R' ? 'ℝ' : 'ℤ', s.name)
    case 'dots':
      return text('\\cdots', '⋯', '...')
    default:
      return s satisfies never
  }
}

const raisable = (t: Notation): Notation => (canBeRaised(t) ? t : paren(t))
const constant = (name: string): Notation => {
  const info = functions.get(name)
  return info ? text(info.latex, info.unicode, name) : { n: 'exp', exponent: digits(1), raised: true }
}
const list = (s: Syntax & { kind: 'list' }, p: Place): Notation => {
  const shown = s.elements.filter(e => e.kind !== 'range').map(e => show(e, p))
  const last = s.elements.at(-1)
  return last?.kind === 'range' ? { n: 'range', shown, lo: shown[0], hi: last.hi && show(last.hi, p) } : { n: 'braces', elements: shown }
}
