/**
 * Domains: what a name may be. `x in {0..m}`, `0 <= p < 1`, `abs(x - c) < h`, `x in R`, `v = 4`, with `, j in 1..k`
 * behind it for all entries of a list. The ends may be any expression in declared names, not in the name itself.
 */
import { type Expr, finite, infinity, interval, isNum, isZero, minusInfinity, neg, type SetTerm } from '../term/term.ts'
import { some } from '../term/walk.ts'
import { type Bounding, freed, type SignOf, speaksOf } from './bound.ts'
import { nonempty, set } from './conditions.ts'
import { cursor, fail } from './cursor.ts'
import { elaborating, expr } from './elaborate.ts'
import type { Origin, Span } from './error.ts'
import { type Meanings, parts } from './meanings.ts'
import { declaredSquare, declaredSub } from './names.ts'
import { readAll } from './statements.ts'
import { type Relation, type Scope, type Syntax, ungrouped } from './syntax.ts'

export interface Domain {
  readonly name: string
  readonly set: SetTerm
  /** For a list: the letter and range of its index, in terms free of the letter. */
  readonly index?: { readonly letter: string; readonly lo: Expr; readonly hi: Expr }
}

const forms = 'a domain such as x in {0, 1}, x in {0..m}, x > 0, 0 <= p <= 1, abs(x) < c, p in [0, 1), x in R'

interface Subject {
  readonly name: string
  readonly letter: string | undefined
}

/** The name that is spoken of: x, p[j], p_j, μ₁. */
const subject = (m: Meanings, s: Syntax): Subject | undefined => {
  const t = ungrouped(s)
  const declared = (name: string): boolean => m.scope === undefined || m.scope.symbols.has(name) || m.scope.arrays.has(name)
  if (t.kind === 'name') return { name: t.name, letter: undefined }
  if (t.kind === 'sub' && t.base.kind === 'name' && t.index.length === 1 && t.index[0]) {
    const i = t.index[0]
    const name = t.base.name
    const text = i.kind === 'name' ? i.name : i.kind === 'number' ? i.text : undefined
    const one = m.scope && text !== undefined && !t.bracket && !m.scope.arrays.has(name) ? declaredSub(m.scope, name, text) : undefined
    if (one !== undefined) return { name: one, letter: undefined }
    if (i.kind === 'name') return { name, letter: i.name }
    if (i.kind === 'number' && !t.bracket) return { name: `${name}${i.text}`, letter: undefined }
  }
  if (t.kind === 'power' && t.base.kind === 'name' && t.exponent.kind === 'number' && t.exponent.text === '2') {
    const square = m.scope && declaredSquare(m.scope, t.base.name)
    if (square !== undefined) return { name: square, letter: undefined }
    if (!declared(t.base.name) || m.scope === undefined) return { name: `${t.base.name}2`, letter: undefined }
  }
  return undefined
}

/** An end is read in the declared names; it must not mention the subject. */
const end = (m: Meanings, s: Syntax, of: Subject): Expr => {
  const t = expr(m, s)
  if (some(t, u => (u.kind === 'sym' || u.kind === 'at') && u.name === of.name))
    fail(m, s.span, `the domain of ${of.name} mentions ${of.name} itself`, 'other names and numbers')
  return t
}

const flipped: Readonly<Record<Relation, Relation>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '!=': '!=' }

interface Half {
  readonly side: 'lo' | 'hi' | 'both' | 'equal'
  readonly value: Expr
  readonly closed: boolean
  readonly span: Span
}

const nothing: Half = { side: 'both', value: infinity, closed: false, span: { start: 0, end: 0 } }

/** What `subject op value` says; |subject| bounds both sides. */
const half = (m: Meanings, op: Relation, value: Expr, absolute: boolean, span: Span): Half => {
  if (op === '!=') return fail(m, span, 'a domain cannot leave out a single value', forms)
  if (op === '=') return absolute ? fail(m, span, 'an equation for an absolute value', forms) : { side: 'equal', value, closed: true, span }
  const upper = op === '<' || op === '<='
  // 0 <= |x| says nothing; any other lower bound leaves a gap.
  if (absolute && op === '>=' && isZero(value)) return nothing
  if (absolute && !upper) return fail(m, span, 'a domain with a gap in the middle', 'an interval, as in abs(x) < c')
  return { side: absolute ? 'both' : upper ? 'hi' : 'lo', value, closed: op === '<=' || op === '>=', span }
}

/** The set between the bounds found. */
const between = (m: Meanings, halves: readonly Half[], span: Span): SetTerm => {
  let lo: Half | undefined
  let hi: Half | undefined
  for (const h of halves) {
    if (h.side === 'equal') return halves.length === 1 ? finite(h.value) : fail(m, h.span, 'a value and a bound', forms)
    if ((h.side !== 'hi' && lo) || (h.side !== 'lo' && hi))
      return fail(m, h.span, 'two bounds on the same side', 'one lower and one upper end')
    if (h.side !== 'hi') lo = h.side === 'both' ? { ...h, value: neg(h.value) } : h
    if (h.side !== 'lo') hi = h
  }
  const flat = (t: Expr): Expr =>
    t.kind === 'mul' && t.factors.length === 2 && t.factors[1]?.kind === 'infinity' && isNum(t.factors[0] as Expr) ? minusInfinity : t
  return nonempty(m, { span }, interval(flat(lo?.value ?? minusInfinity), hi?.value ?? infinity, lo?.closed ?? false, hi?.closed ?? false))
}

interface Found {
  readonly subject: Subject
  readonly halves: readonly Half[]
  readonly set: SetTerm | undefined
}

const isAbsolute = (s: Syntax): Syntax | undefined => {
  const t = ungrouped(s)
  return t.kind === 'apply' && t.name === 'abs' ? t.args[0] : undefined
}

/** What one relation says of the name. */
const statement = (m: Meanings, s: Syntax, about: string | undefined, signOf: SignOf | undefined): Found => {
  const t = ungrouped(s)
  if (t.kind === 'in') {
    const of = subject(m, t.element)
    if (!of || t.negated) return fail(m, t.span, t.negated ? 'a domain by exclusion' : 'it is not clear whose domain this is', forms)
    const found = set(m, t.set)
    if (some(found, u => (u.kind === 'sym' || u.kind === 'at') && u.name === of.name))
      fail(m, t.set.span, `the domain of ${of.name} mentions ${of.name} itself`, 'other names and numbers')
    return { subject: of, halves: [], set: found }
  }
  if (t.kind !== 'chain') return fail(m, s.span, 'this is no domain', forms)
  if (t.operands.length > 3) return fail(m, s.span, 'too many relations for one domain', forms)
  const within = about === undefined ? undefined : enclosing(m, t.operands, about)
  if (within !== undefined && about !== undefined) return around(m, t, within, about, signOf)
  const position = positionOf(m, t.operands, about)
  const middle = t.operands[position] as Syntax
  const absolute = isAbsolute(middle)
  const of = subject(m, absolute ?? middle) as Subject
  const halves: Half[] = []
  t.ops.forEach((op, i) => {
    if (i + 1 === position) halves.push(half(m, flipped[op], end(m, t.operands[i] as Syntax, of), absolute !== undefined, t.span))
    else if (i === position) halves.push(half(m, op, end(m, t.operands[i + 1] as Syntax, of), absolute !== undefined, t.span))
    else fail(m, t.span, 'the bounds do not stand around one name', forms)
  })
  return { subject: of, halves: halves.filter(h => h !== nothing), set: undefined }
}

/** The letter of the first entry of a list in a piece of syntax. */
const letterIn = (s: Syntax, name: string): string | undefined => {
  if (s.kind === 'sub' && s.base.kind === 'name' && s.base.name === name && s.index[0]?.kind === 'name') return s.index[0].name
  for (const part of parts(s)) {
    const found = letterIn(part, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** The only operand that has the name inside it, if the name is no operand itself. */
const enclosing = (m: Meanings, operands: readonly Syntax[], about: string): number | undefined => {
  if (operands.some(o => subject(m, isAbsolute(o) ?? o)?.name === about)) return undefined
  const names = (s: Syntax): boolean => subject(m, s)?.name === about || parts(s).some(names)
  const inside = operands.flatMap((o, i) => (names(o) ? [i] : []))
  return inside.length === 1 ? inside[0] : undefined
}

/** Bounds of an expression in which the name stands, such as |x − θ| ≤ 1. */
const around = (m: Meanings, t: Syntax & { kind: 'chain' }, position: number, about: string, signOf: SignOf | undefined): Found => {
  const syntax = t.operands[position] as Syntax
  const inner = expr(m, syntax)
  const of: Subject = { name: about, letter: letterIn(syntax, about) }
  const halves = t.ops.flatMap((written, i): readonly Half[] => {
    if (i !== position && i + 1 !== position) return fail(m, t.span, 'the bounds do not stand around one name', forms)
    const op = i === position ? written : flipped[written]
    if (op === '=' || op === '!=') return fail(m, t.span, 'an equation around a name is no domain', forms)
    const bounding: Bounding = {
      side: op === '<' || op === '<=' ? 'hi' : 'lo',
      value: end(m, t.operands[i === position ? i + 1 : i] as Syntax, of),
      closed: op === '<=' || op === '>=',
    }
    const found = freed(inner, about, bounding, signOf)
    if (!found || found.some(b => speaksOf(b.value, about)))
      return fail(
        m,
        syntax.span,
        `it is not clear which values of ${about} this allows`,
        `bounds of ${about} itself, such as a <= ${about} <= b`,
      )
    return found.map(b => ({ ...b, span: t.span }))
  })
  return { subject: of, halves, set: undefined }
}

/** Which operand is the subject: the middle one, else the name asked for, else the only operand that is a name, else the left one. */
const positionOf = (m: Meanings, operands: readonly Syntax[], about: string | undefined): number => {
  const names = operands.map(o => subject(m, isAbsolute(o) ?? o))
  if (operands.length === 3) return names[1] ? 1 : fail(m, (operands[1] as Syntax).span, 'it is not clear whose domain this is', forms)
  const asked = about === undefined ? -1 : names.findIndex(n => n?.name === about)
  if (asked >= 0) return asked
  // Of two names the one that is not declared elsewhere would be the subject, but that is a guess: the left one is it.
  const first = names.findIndex(n => n !== undefined)
  return first >= 0
    ? first
    : fail(m, { start: operands[0]?.span.start ?? 0, end: operands.at(-1)?.span.end ?? 0 }, 'it is not clear whose domain this is', forms)
}

/**
 * Reads a domain.
 * @param scope the names that the ends may mention; the subject need not be among them
 * @param about the name whose domain is wanted, where it is known: decides `a < b`, and another subject is an error
 * @param signOf signs of factors around the name: x/theta <= 1 needs to know that theta > 0
 * @throws ModelError
 */
export const parseDomain = (text: string, scope?: Scope, origin?: Origin, about?: string, signOf?: SignOf): Domain => {
  const syntax = readAll(cursor(text, scope, origin))
  let domain: Omit<Domain, 'set'> | undefined
  const found = elaborating(text, scope, origin, m => {
    const quantified = syntax.kind === 'forall' ? syntax : undefined
    const inner = ungrouped(quantified?.body ?? syntax)
    if (inner.kind === 'forall') return fail(m, inner.span, 'two ranges for one domain', 'one index, as in p[j] >= 0, j in 1..k')
    const within: Meanings = quantified ? { ...m, letters: [...m.letters, quantified.letter] } : m
    const props = inner.kind === 'and' ? inner.props : [inner]
    const all = props.map(p => statement(within, p, about, signOf))
    const first = all[0] as Found
    const of = first.subject
    if (all.some(f => f.subject.name !== of.name || f.subject.letter !== of.letter))
      return fail(m, inner.span, 'domains of several names', 'one name for each domain')
    if (about !== undefined && of.name !== about) return fail(m, inner.span, `this is a domain of ${of.name}`, `a domain of ${about}`)
    if (all.length > 1 && all.some(f => f.set)) return fail(m, inner.span, 'a set and further conditions', forms)
    if (quantified && of.letter !== quantified.letter)
      return fail(m, quantified.span, `${of.name} has no index ${quantified.letter}`, `${of.name}[${quantified.letter}]`)
    if (!quantified && of.letter !== undefined)
      return fail(m, inner.span, `the range of the index ${of.letter} is missing`, `, ${of.letter} in 1..n behind the domain`)
    domain = {
      name: of.name,
      ...(quantified?.lo && quantified.hi
        ? { index: { letter: quantified.letter, lo: expr(m, quantified.lo), hi: expr(m, quantified.hi) } }
        : {}),
    }
    const result =
      first.set ??
      between(
        within,
        all.flatMap(f => f.halves),
        inner.span,
      )
    if (quantified && result.free !== 0)
      return fail(m, inner.span, `the bounds depend on the index ${quantified.letter}`, 'bounds that are the same for every entry')
    return result
  })
  return { ...(domain as unknown as Omit<Domain, 'set'>), set: found }
}
