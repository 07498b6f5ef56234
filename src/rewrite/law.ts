/**
 * Laws written as two sides: `law('pow.product', '(a*b)^c', 'a^c * b^c', { given: 'a > 0, b > 0' })` is compiled to a
 * rule whose statement is made of the same two sides, so statement and code cannot disagree.
 *
 * Every word of a side is a metavariable; `f[i]` under a binder is one that may depend on its index, a plain word never
 * does. No matching modulo associativity: in a sum or product each written operand takes one operand of the term and
 * the last plain metavariable takes all that is left (under a binder: all that is free of the index). A side that is a
 * product or sum without plain metavariables keeps further operands of the term beside it.
 */
import { latex } from '../print/latex.ts'
import { parseExpression, parseProposition } from '../read/parser.ts'
import { children, same } from '../term/order.ts'
import { remembered } from '../term/remembered.ts'
import { addAll, type Expr, mulAll, type Prop, sym, type Term } from '../term/term.ts'
import { abstract, bindersAbove, instantiate, mapChildren, shift, some, subterms } from '../term/walk.ts'
import { type Context, enter } from './facts.ts'
import { firstOf, forEvery, type Proof, prove } from './prove.ts'
import { type Example, type Rule, type RuleId, rule } from './rule.ts'

/** What a metavariable stands for. `body`: a term under one binder, its index being `Bound(0)`. */
interface Binding {
  readonly name: string
  readonly value: Expr
  readonly indexed: boolean
  readonly next: Found | undefined
}
/** The binder of the term that was matched, for conditions on indexed metavariables. */
interface Binder {
  readonly big: Term
  readonly next: Found | undefined
}
/** Operands of the term that an open side leaves beside it. */
interface Rest {
  readonly rest: readonly Expr[]
  readonly next: Found | undefined
}
type Found = Binding | Binder | Rest

const bindingOf = (name: string, found: Found | undefined): Binding | undefined => {
  for (let f = found; f; f = f.next) if ('name' in f && f.name === name) return f
  return undefined
}
const binderOf = (found: Found | undefined): Term | undefined => {
  for (let f = found; f; f = f.next) if ('big' in f) return f.big
  return undefined
}

const restOf = (found: Found | undefined): readonly Expr[] => {
  for (let f = found; f; f = f.next) if ('rest' in f) return f.rest
  return []
}

type Continue = (found: Found | undefined) => Found | undefined | false

const isPlain = (p: Term): boolean => p.kind === 'sym' || p.kind === 'at'
const join = (kind: 'add' | 'mul', parts: readonly Expr[]): Expr => (kind === 'add' ? addAll(parts) : mulAll(parts))

const bind = (p: Term, t: Expr, depth: number, found: Found | undefined, go: Continue): Found | undefined | false => {
  if (p.kind !== 'sym' && p.kind !== 'at') return false
  const known = bindingOf(p.name, found)
  if (p.kind === 'at') {
    if (known) return same(known.value, t) && go(found)
    return go({ name: p.name, value: t, indexed: true, next: found })
  }
  // a plain metavariable means the same inside and outside of the binders of the pattern
  if ((t.free & ((1 << depth) - 1)) !== 0) return false
  const value = shift(t, -depth)
  if (known) return same(known.value, value) && go(found)
  return go({ name: p.name, value, indexed: false, next: found })
}

/** Matches p against t and goes on with what was found; `false` where no way of matching lets `go` succeed. */
const match = (p: Term, t: Term, depth: number, found: Found | undefined, go: Continue): Found | undefined | false => {
  if (isPlain(p)) return bind(p, t as Expr, depth, found, go)
  if ((p.kind === 'add' || p.kind === 'mul') && t.kind === p.kind)
    return matchOperands(p.kind, children(p), children(t) as readonly Expr[], depth, found, go)
  if (p.kind !== t.kind) return false
  switch (p.kind) {
    case 'num':
    case 'bound':
    case 'infinity':
      return same(p, t) && go(found)
    case 'fn':
      if (t.kind !== 'fn' || t.name !== p.name) return false
      break
    case 'big':
      if (t.kind !== 'big' || t.op !== p.op) return false
      break
    case 'rel':
      if (t.kind !== 'rel' || t.op !== p.op) return false
      break
    case 'deriv':
      if (t.kind !== 'deriv' || t.order !== p.order) return false
      break
    case 'pow':
    case 'iverson':
    case 'and':
    case 'or':
    case 'all':
      break
    default:
      return false
  }
  const parts = children(p)
  const values = children(t)
  if (parts.length !== values.length) return false
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Term
    if (!isPlain(part) && part.kind !== (values[i] as Term).kind) return false
  }
  const from =
    (i: number): Continue =>
    f => {
      const part = parts[i]
      return part === undefined ? go(f) : match(part, values[i] as Term, depth + bindersAbove(p, i), f, from(i + 1))
    }
  return from(0)(p.kind === 'big' || p.kind === 'all' ? { big: t, next: found } : found)
}

const matchOperands = (
  kind: 'add' | 'mul',
  parts: readonly Term[],
  operands: readonly Expr[],
  depth: number,
  found: Found | undefined,
  go: Continue,
  open = false,
): Found | undefined | false => {
  const structured = parts.filter(p => !isPlain(p))
  const plain = parts.filter(isPlain)
  const last = plain.at(-1)
  const choose = (slots: readonly Term[], left: readonly Expr[], f: Found | undefined): Found | undefined | false => {
    const [slot, ...others] = slots
    if (slot === undefined) {
      if (last === undefined) return open ? go({ rest: left, next: f }) : left.length === 0 && go(f)
      return left.length > 0 && bind(last, join(kind, left), depth, f, go)
    }
    for (let i = 0; i < left.length; i++) {
      const remaining = left.filter((_, j) => j !== i)
      const done = match(slot, left[i] as Expr, depth, f, g => choose(others, remaining, g))
      if (done !== false) return done
    }
    return false
  }
  const [a, b] = plain
  if (depth > 0 && structured.length === 0 && a && b && plain.length === 2 && a.kind !== b.kind) {
    const constant = operands.filter(o => (o.free & 1) === 0)
    const varying = operands.filter(o => (o.free & 1) !== 0)
    if (constant.length === 0 || varying.length === 0) return false
    const [fixed, indexed] = a.kind === 'sym' ? [a, b] : [b, a]
    return bind(fixed, join(kind, constant), depth, found, f => bind(indexed, join(kind, varying), depth, f, go))
  }
  return operands.length >= parts.length && choose([...structured, ...plain.slice(0, -1)], operands, found)
}

/** The pattern with its metavariables exchanged for what they stand for. */
const fill = (p: Term, found: Found | undefined, depth = 0): Term => {
  if (p.kind === 'sym') {
    const known = bindingOf(p.name, found)
    return known && !known.indexed ? shift(known.value, depth) : p
  }
  if (p.kind === 'at') {
    const known = bindingOf(p.name, found)
    const index = p.index[0]
    if (known?.indexed && index) return instantiate(shift(known.value, depth, 1), fill(index, found, depth) as Expr)
  }
  return mapChildren(p, (c, i) => fill(c, found, depth + bindersAbove(p, i)))
}

/** Splits at the commas that stand in no bracket. */
const atCommas = (text: string): readonly string[] => {
  const parts: string[] = []
  let level = 0
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    const c = text[i]
    if (c === '(' || c === '[' || c === '{') level++
    else if (c === ')' || c === ']' || c === '}') level--
    else if (c === undefined || (c === ',' && level === 0)) {
      parts.push(text.slice(start, i).trim())
      start = i + 1
    }
  }
  return parts.filter(part => part !== '')
}

const index = sym('i')

interface Condition {
  readonly prop: Prop
  /** True: about every index of the binder that was matched, which is `Bound(0)` in `prop`. */
  readonly indexed: boolean
}

const condition = (text: string): Condition => {
  const prop = parseProposition(text)
  const indexed = some(prop, u => u.kind === 'at')
  return { prop: indexed ? abstract(prop, index) : prop, indexed }
}

const proveCondition = (c: Condition, found: Found | undefined, cx: Context): Proof => {
  if (!c.indexed) return prove(fill(c.prop, found) as Prop, cx)
  const big = binderOf(found)
  return big && prove(fill(c.prop, found, 1) as Prop, enter(cx, big, 2))
}

export interface LawOptions {
  readonly title: string
  readonly says?: string
  readonly minor?: boolean
  /** Conditions, comma separated, that must be proved; a list: alternatives, any of which is enough. `f[i]` is meant for every i. */
  readonly given?: string | readonly string[]
  readonly examples: readonly Example[]
  readonly nonExamples?: Rule['nonExamples']
  readonly source?: string
  readonly silent?: boolean
  /** The head of lhs where it is not plain from the text (a call such as log(…), sum(…)): saves parsing it at the start. */
  readonly on?: 'pow' | 'mul' | 'add'
  /** A further condition beyond what the two sides can say; it is tried after `given`. */
  readonly when?: (t: Term, cx: Context) => Proof
}

const statementOf = (lhs: Term, rhs: Term, alternatives: readonly (readonly Prop[])[]): string => {
  const [within, between] = alternatives.length > 1 ? [String.raw`\text{ and }`, String.raw`\text{, or }`] : [String.raw`,\ `, '']
  const said = alternatives.map(props => props.map(p => latex(p)).join(within)).join(between)
  return `${latex(lhs)}=${latex(rhs)}${said === '' ? '' : String.raw`\quad(${said})`}`
}

/** What is read of a law where its left side was found: the other side and what must be proved. */
interface Consequence {
  readonly right: Expr
  readonly alternatives: readonly (readonly Condition[])[]
}

const consequenceOf = (id: RuleId, left: Expr, rhs: string, given: readonly string[]): Consequence => {
  const right = parseExpression(rhs).term
  const metavariables = new Set([...subterms(left)].flatMap(u => (u.kind === 'sym' || u.kind === 'at' ? [u.name] : [])))
  for (const u of subterms(right))
    if ((u.kind === 'sym' || u.kind === 'at') && !metavariables.has(u.name)) throw new TypeError(`law ${id}: ${u.name} is not on the left`)
  return { right, alternatives: given.map(text => atCommas(text).map(condition)) }
}

const bigOps: ReadonlySet<string> = new Set(['sum', 'prod', 'max', 'min'])

/** The word of a side that is written as one call, log(…) or sum(…). */
const headWord = (lhs: string): string | undefined => {
  const word = /^([a-z]+)\(.*\)$/.exec(lhs)?.[1]
  if (word === undefined) return undefined
  let level = 0
  for (const [i, c] of [...lhs].entries()) {
    if (c === '(') level++
    else if (c === ')' && --level === 0) return i === lhs.length - 1 ? word : undefined
  }
  return undefined
}
const isHeaded = (t: Term, word: string): boolean => (t.kind === 'fn' ? t.name === word : t.kind === 'big' && t.op === word)

/**
 * The rule lhs → rhs. Both sides in the plain notation, every word a metavariable. The left one is parsed when the law is
 * first tried at a term with its head, the rest when that is found (or the statement is asked for): reading all laws would
 * slow down every start.
 * @throws then: ModelError if a side does not parse; TypeError if rhs uses a metavariable that lhs does not have.
 */
export const law = (id: RuleId, lhs: string, rhs: string, options: LawOptions): Rule => {
  const { title, examples, says, minor, nonExamples, source, silent } = options
  const given = options.given === undefined ? [] : typeof options.given === 'string' ? [options.given] : options.given
  let side: Expr | undefined
  const leftSide = (): Expr => (side ??= parseExpression(lhs).term)
  let rest: Consequence | undefined
  const consequence = (): Consequence => (rest ??= consequenceOf(id, leftSide(), rhs, given))
  const word = headWord(lhs)
  const on = word === undefined ? (options.on ?? leftSide().kind) : bigOps.has(word) ? 'big' : 'fn'

  const find = (t: Term): Found | undefined | false => (word !== undefined && !isHeaded(t, word) ? false : found(t))
  // asked by the condition and again by the rewriting
  const found = remembered((t: Term): Found | undefined | false => {
    const left = leftSide()
    if (left.kind !== on) throw new TypeError(`law ${id}: its left side is a ${left.kind}, not a ${on}`)
    const isOpen = (left.kind === 'add' || left.kind === 'mul') && !children(left).some(isPlain)
    return isOpen && t.kind === left.kind
      ? matchOperands(left.kind, children(left), children(t) as readonly Expr[], 0, undefined, found => found, true)
      : match(left, t, 0, undefined, found => found)
  }, 4)
  let statement: string | undefined
  return rule({
    id,
    title,
    examples,
    on,
    ...(says === undefined ? {} : { says }),
    ...(minor === undefined ? {} : { minor }),
    ...(silent === undefined ? {} : { silent }),
    ...(nonExamples === undefined ? {} : { nonExamples }),
    ...(source === undefined ? {} : { source }),
    get statement() {
      statement ??= statementOf(
        leftSide(),
        consequence().right,
        given.map(text => atCommas(text).map(part => parseProposition(part))),
      )
      return statement
    },
    when: (t, cx) => {
      const found = find(t)
      if (found === false) return undefined
      const { alternatives } = consequence()
      const proof =
        alternatives.length === 0 ? [] : firstOf(...alternatives.map(all => () => forEvery(all, c => proveCondition(c, found, cx))))
      const more = proof && options.when ? options.when(t, cx) : []
      return proof && more && [...proof, ...more]
    },
    rewrite: t => {
      const found = find(t)
      if (found === false) return undefined
      const result = fill(consequence().right, found) as Expr
      return t.kind === 'add' || t.kind === 'mul' ? join(t.kind, [result, ...restOf(found)]) : result
    },
  })
}
