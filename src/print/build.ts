/**
 * Term → notation: every decision on how a formula is displayed starts here. Products and powers are in `product.ts`,
 * functions in `application.ts`, propositions and sets in `statement.ts`, the order of operands in `display-order.ts`.
 */

import { someChild } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type Add, type At, type Big, type Cases, type Deriv, type Expr, isOne, nameBit, type Sym, type Term } from '../term/term.ts'
import { children } from '../term/walk.ts'
import { type Abbreviations, type Alias, abbreviate, abbreviationsOf, aliasIndex } from './abbreviations.ts'
import { applied, called } from './application.ts'
import { isNegative, orderSummands } from './display-order.ts'
import { abbreviationParts, accented, indexLetter, type NameParts, nameParts } from './names.ts'
import { atLeast, digits, level, minus, type Name, type Notation, OPEN, PRODUCT, paren, SUM, text } from './notation.ts'
import { product } from './product.ts'
import { respell } from './respell.ts'
import { isProp, isSet, set, statement } from './statement.ts'
import { plainStyle, type Style, styled } from './style.ts'

/** What is known on the way down a term. */
export interface Build {
  readonly style: Style
  readonly aliases: readonly Alias[]
  /** Letters of the enclosing binders, innermost first. */
  readonly letters: readonly string[]
  /** Inside an exponent or index, where fractions are written a/b. */
  readonly script: boolean
  /** For text on one line: a quotient is one fraction, nothing stands behind it. */
  readonly linear: boolean
  /** Roles that occur in the subterms met so far. */
  readonly traits: Map<Term, number>
  /** True of a name that occurs in the formula or is reserved. */
  readonly isUsed: (name: string) => boolean
}

interface Sought {
  readonly name: string
  readonly bit: number
}
/** True if a symbol, an array or a named quantity in the term has that name. */
const hasName = (t: Term, sought: Sought): boolean =>
  (t.names & sought.bit) !== 0 &&
  (((t.kind === 'sym' || t.kind === 'at' || t.kind === 'call') && t.name === sought.name) || someChild(t, hasName, sought))

/** What was printed of one term in one style, so far: the spellings are filled in by the folds. */
export interface Printed {
  readonly notation: Notation
  latex?: string
  unicode?: string
}
/** A style with what is known of it. Roles depend on the style alone, so traits are shared by its terms. */
interface Printer {
  readonly style: Style
  readonly abbreviations: Abbreviations
  readonly traits: Map<Term, number>
  readonly printed: Map<Term, Printed>
  readonly linear: Map<Term, Printed>
}
/** The styles last used: a document shows the same few formulas again and again. A handful, so that nothing is held for long. */
const recent: Printer[] = []
const termsKept = 1000
const printerOf = (style: Style): Printer => {
  for (let i = recent.length - 1; i >= 0; i--) if (recent[i]?.style === style) return recent[i] as Printer
  const made: Printer = { style, abbreviations: abbreviationsOf(style), traits: new Map(), printed: new Map(), linear: new Map() }
  if (recent.length >= 8) recent.shift()
  recent.push(made)
  return made
}

/** The notation of a term in a style, with its spellings. */
export const printed = (t: Term, style: Style = plainStyle, linear = false): Printed => {
  const printer = printerOf(style)
  const table = linear ? printer.linear : printer.printed
  const known = table.get(t)
  if (known) return known
  const made: Printed = { notation: build(t, printer, linear) }
  if (table.size >= termsKept) {
    table.clear()
    printer.traits.clear()
  }
  table.set(t, made)
  return made
}
/** The notation of a term in a style. */
export const notation = (t: Term, style?: Style, linear?: boolean): Notation => printed(t, style, linear).notation

const build = (t: Term, { style, abbreviations, traits }: Printer, linear: boolean): Notation => {
  const { term, aliases } = abbreviate(t, abbreviations)
  const isUsed = (name: string): boolean =>
    style.size === name ||
    style.parameters?.includes(name) === true ||
    style.data?.includes(name) === true ||
    style.reserved?.includes(name) === true ||
    style.names?.some(n => n.name === name) === true ||
    hasName(t, { name, bit: nameBit(name) })
  const made = express(term, { style, aliases, letters: [], script: false, linear, traits, isUsed })
  return style.switches ? respell(made, style.switches, style.size ?? 'n') : made
}

export const express = (t: Term, b: Build): Notation => (isProp(t) ? statement(t, b) : isSet(t) ? set(t, b) : expr(t, b))

export const inScript = (b: Build): Build => (b.script ? b : placed(b, b.style, b.letters, true))
const placed = ({ aliases, linear, traits, isUsed }: Build, style: Style, letters: readonly string[], script: boolean): Build => ({
  style,
  aliases,
  letters,
  script,
  linear,
  traits,
  isUsed,
})
/** Arguments of functions inside an exponent stay small too; everything else about them starts afresh. */
export const expr = (t: Expr, b: Build): Notation => {
  switch (t.kind) {
    case 'num':
      return t.value.num < 0n ? minus(product(Q.negate(t.value), [], b)) : product(t.value, [], b)
    case 'sym':
      return symbol(t, b)
    case 'bound':
      return letterName(b.letters[t.depth] ?? `?${t.depth}`)
    case 'at':
      return entry(t, b)
    case 'infinity':
      return t.negative ? minus(infinite) : infinite
    case 'add':
      return sum(t, b)
    case 'mul': {
      const c = t.factors[0] as Expr
      if (c.kind !== 'num') return product(Q.one, t.factors, b)
      const body = product(Q.absolute(c.value), t.factors.slice(1), b)
      return Q.sign(c.value) < 0 ? minus(level(body) <= SUM ? paren(body) : body) : body
    }
    case 'pow':
      return product(Q.one, [t], b)
    case 'fn':
      return applied(t, b)
    case 'call':
      return called(t, b)
    case 'big':
      return bigOperator(t, b)
    case 'deriv':
      return derivative(t, b)
    case 'iverson':
      return { n: 'indicator', cond: statement(t.cond, b) }
    case 'cases':
      return byCases(t, b)
    case 'expect':
      return { n: 'expect', body: expr(t.body, b) }
    case 'limit':
      return { n: 'limit', variable: symbol(t.variable, unhatted(b)), to: expr(t.to, inScript(b)), side: t.side, body: operand(t.body, b) }
    default:
      return t satisfies never
  }
}

const infinite = text('\\infty', '∞', 'inf')
/** What stands behind Σ or lim: a product, or something in parentheses. */
const operand = (t: Expr, b: Build): Notation => {
  const body = expr(t, b)
  return atLeast(body, OPEN)
}

/** What is differentiated by, or tends somewhere, is the variable and not its estimate. */
export const unhatted = (b: Build): Build => (b.style.hats ? placed(b, styled({ ...b.style, hats: undefined }), b.letters, b.script) : b)

// --- names -----------------------------------------------------------------------------------

const letterName = (letter: string): Name => ({ n: 'name', name: letter, parts: nameParts(letter), index: [] })
export const partsOf = (name: string, b: Build): NameParts => {
  const s = b.style
  const parts =
    name.endsWith('2') && /[aου]2$/.test(name)
      ? nameParts(name, other => s.parameters?.includes(other) === true || s.reserved?.includes(other) === true)
      : nameParts(name)
  return s.hats?.has(name) ? accented(parts, 'hat') : parts
}
const symbol = (t: Sym, b: Build): Notation => {
  const k = aliasIndex(t.name)
  if (k === undefined) return { n: 'name', name: t.name, parts: partsOf(t.name, b), index: [] }
  const alias = b.aliases[k] as Alias
  if (alias.name !== undefined) return { n: 'name', name: alias.name, parts: abbreviationParts(alias.name), index: [] }
  const mean = alias.mean as Expr
  if (mean.kind === 'sym') return { n: 'name', name: `${mean.name}bar`, parts: accented(nameParts(mean.name), 'bar'), index: [] }
  return { n: 'overline', body: expr(mean, b) }
}
const entry = (t: At, b: Build): Name => {
  const small = inScript(b)
  return { n: 'name', name: t.name, parts: partsOf(t.name, b), index: t.index.map(i => expr(i, small)) }
}

// --- sums ------------------------------------------------------------------------------------

const sum = (t: Add, b: Build): Notation => ({
  n: 'sum',
  terms: orderSummands(t.terms, b).map(u => {
    const body = expr(u, b)
    // A negative product comes as a sum of one term.
    return body.n === 'sum' && body.terms.length === 1 && isNegative(u)
      ? (body.terms[0] as { minus: boolean; body: Notation })
      : { minus: false, body }
  }),
})

// --- binders ---------------------------------------------------------------------------------

/** Arrays that the innermost index runs over, for the letter its author gave them. */
const arrayOver = (t: Term, depth: number): string | undefined => {
  if (((t.free >>> depth) & 1) === 0) return undefined
  if (t.kind === 'at' && t.index.some(i => (i.free >>> depth) & 1)) return t.name
  const parts = children(t)
  for (let k = 0; k < parts.length; k++) {
    const found = arrayOver(parts[k] as Term, depth + ((t.kind === 'big' || t.kind === 'all') && k === 2 ? 1 : 0))
    if (found) return found
  }
  return undefined
}
/** The context inside a binder, and the letter of its index. */
export const bind = (body: Term, b: Build): { readonly inside: Build; readonly letter: Name } => {
  const array = b.style.letters ? arrayOver(body, 0) : undefined
  const wanted = (array !== undefined && b.style.letters?.[array]) || 'i'
  const letter = indexLetter(wanted, l => b.letters.includes(l) || b.isUsed(l))
  return { inside: placed(b, b.style, [letter, ...b.letters], b.script), letter: letterName(letter) }
}

/** The symbol of the sample size, or a size that is a number. */
const isSize = (t: Expr, size: string): boolean =>
  t.kind === 'sym' ? t.name === size : t.kind === 'num' && Q.isInteger(t.value) && String(t.value.num) === size

const bigOperator = (t: Big, b: Build): Notation => {
  const { inside, letter } = bind(t.body, b)
  const small = inScript(b)
  const body = operand(t.body, inside)
  const rank = t.rank && expr(t.rank, small)
  const hi = expr(t.hi, small)
  const lo = expr(t.lo, small)
  const simple = t.body.kind === 'at' && t.body.index.length === 1 && t.body.index[0]?.kind === 'bound' && t.body.index[0].depth === 0
  const size = b.style.size ?? 'n'
  const wholeSample = simple && isOne(t.lo) && isSize(t.hi, size)
  if (wholeSample && (t.op === 'max' || t.op === 'min' || t.op === 'order')) {
    const at = t.op === 'max' ? hi : t.op === 'min' ? digits(1) : (rank as Notation)
    const name: Name = { n: 'name', name: (t.body as At).name, parts: partsOf((t.body as At).name, b), index: [paren(at)] }
    // order(1, …) is not min(…) as a term: only the ranks without a name of their own are written so.
    if (t.op !== 'order' || !(t.rank && (isOne(t.rank) || isSize(t.rank, size))))
      return { n: 'big', op: t.op, letter, lo, hi, body, rank, ordered: { name, rank: at } }
  }
  return { n: 'big', op: t.op, letter, lo, hi, body: t.op === 'order' && level(body) <= PRODUCT ? paren(body) : body, rank }
}

const derivative = (t: Deriv, b: Build): Notation => {
  const body = expr(t.body, b)
  const parameters = b.style.parameters
  const partial = parameters ? parameters.length > 1 : false
  const simple = t.body.kind === 'call' && body.n === 'apply'
  return { n: 'derivative', body: simple ? body : paren(body, '['), wrt: expr(t.wrt, unhatted(b)), order: t.order, partial }
}

const byCases = (t: Cases, b: Build): Notation => ({
  n: 'cases',
  branches: t.branches.map(c => ({ when: statement(c.when, b), value: expr(c.value, b) })),
  otherwise: t.otherwise && expr(t.otherwise, b),
})
