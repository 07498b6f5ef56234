/**
 * One precedence parser for all notations: tokens to surface syntax. From loosest to tightest: `? :`, or, and, not,
 * relations and `in`, + −, products (written, implied, /), sign, ^, postfix. Declared names decide whether `p(…)` is a
 * product; where two readings are usual (a/2b, log 2x) it refuses and asks for parentheses.
 */
import { startsAtom } from './atoms.ts'
import { accept, at, type Cursor, deeper, expectOp, fail, isOp, meaning, peek, take, unexpected } from './cursor.ts'
import { postfix, subscript, superscript } from './scripts.ts'
import { set } from './sets.ts'
import { forEvery } from './statements.ts'
import { type Relation, type Syntax, spanning } from './syntax.ts'
import { shared } from './usage.ts'

const relations: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

/** Anything: an expression, a condition, or a choice between expressions. */
export const expression = (c: Cursor): Syntax => {
  const first = forEvery(c, logic(c))
  if (!isOp(c, '?')) return first
  const branches: { when: Syntax; value: Syntax }[] = []
  let when = first
  while (accept(c, '?')) {
    const value = deeper(c, () => expression(c))
    branches.push({ when, value })
    expectOp(c, ':', '":" and the value in the other case')
    when = forEvery(c, logic(c))
  }
  const span = spanning(first.span, when.span)
  return { kind: 'cases', span, branches, otherwise: when.kind === 'name' && when.name === 'undefined' ? undefined : when }
}

const logic = (c: Cursor): Syntax => {
  const ors = [conjunction(c)]
  while (accept(c, 'or')) ors.push(conjunction(c))
  return junction('or', ors)
}
const conjunction = (c: Cursor): Syntax => {
  const ands = [negation(c)]
  while (accept(c, 'and')) ands.push(negation(c))
  return junction('and', ands)
}
const junction = (kind: 'and' | 'or', props: readonly Syntax[]): Syntax => {
  const [first, last] = [props[0] as Syntax, props.at(-1) as Syntax]
  return props.length === 1 ? first : { kind, span: spanning(first.span, last.span), props }
}
const negation = (c: Cursor): Syntax => {
  const start = accept(c, 'not')
  if (!start) return relation(c)
  const prop = deeper(c, () => negation(c))
  return { kind: 'not', span: spanning(start, prop.span), prop }
}

const relation = (c: Cursor): Syntax => {
  const operands = [sum(c)]
  const ops: Relation[] = []
  for (;;) {
    const t = peek(c)
    if (t.kind === 'op' && relations.has(t.text)) {
      take(c)
      ops.push(t.text as Relation)
      operands.push(sum(c))
    } else if (t.kind === 'op' && (t.text === 'in' || t.text === 'notin')) {
      take(c)
      const element = operands.at(-1) as Syntax
      const s = set(c)
      if (ops.length > 0) fail(c, t, '"in" after another relation', 'one of them, or both joined by "and"')
      return { kind: 'in', span: spanning(element.span, s.span), element, set: s, negated: t.text === 'notin' }
    } else break
  }
  const [first, last] = [operands[0] as Syntax, operands.at(-1) as Syntax]
  return ops.length === 0 ? first : { kind: 'chain', span: spanning(first.span, last.span), operands, ops }
}

const isSign = (c: Cursor): boolean => isOp(c, '+') || isOp(c, '-')

/** Summands with their signs. */
export const sum = (c: Cursor): Syntax => {
  const start = peek(c).start
  const signed = isSign(c)
  const terms: { minus: boolean; term: Syntax }[] = []
  for (;;) {
    let minus = false
    if (terms.length > 0 || signed) minus = take(c).text === '-'
    terms.push({ minus, term: product(c) })
    if (!isSign(c)) break
  }
  const only = terms[0]
  if (terms.length === 1 && only && !only.minus) return only.term
  return { kind: 'sum', span: at(c, start), terms }
}

/** How the next factor is joined, if one follows. */
const nextJoin = (c: Cursor, left: Syntax): '*' | '/' | ' ' | undefined => {
  if (isOp(c, '*')) return '*'
  if (isOp(c, '/')) return '/'
  const t = peek(c)
  if (
    c.scope?.loose &&
    isOp(c, '...') &&
    (isOp(c, '*', 1) || !['op', 'end'].includes(peek(c, 1).kind) || isOp(c, '(', 1) || isOp(c, 'frac', 1))
  )
    return ' '
  if (!startsAtom(c)) return undefined
  if (t.kind === 'number') {
    const digits = left.kind === 'number' || (left.kind === 'product' && left.factors.at(-1)?.factor.kind === 'number')
    if (digits || (c.dialect !== 'latex' && !c.scope?.loose)) return unexpected(c, 'an operator before the number')
  }
  return ' '
}

/** Whether a denominator visibly ends where it does, so that what follows is not part of it. */
const closed = (s: Syntax): boolean =>
  s.kind === 'group' ||
  s.kind === 'frac' ||
  s.kind === 'root' ||
  s.kind === 'call' ||
  (s.kind === 'apply' && s.fence) ||
  (s.kind === 'power' && closed(s.base)) ||
  (s.kind === 'factorial' && closed(s.body))

const standsApart = (c: Cursor): boolean => {
  const t = peek(c)
  return t.kind === 'name'
    ? meaning(c, t) === 'function' && isOp(c, '(', 1)
    : t.kind === 'op' && ['Sum', 'Prod', 'indicator', 'begin-cases', 'lim'].includes(t.text)
}

/** Factors from left to right; * / and juxtaposition bind alike. */
export const product = (c: Cursor): Syntax => {
  const first = signed(c)
  const factors: { join: '*' | '/' | ' '; factor: Syntax }[] = [{ join: '*', factor: first }]
  for (;;) {
    const left = factors.at(-1) as { join: string; factor: Syntax }
    const join = nextJoin(c, left.factor)
    if (join === undefined) break
    if (join !== ' ') take(c)
    else if (left.join === '/' && !closed(left.factor) && !standsApart(c)) {
      const slashSpaced = /\s/.test(c.text[left.factor.span.start - 1] ?? '')
      const unclear = c.dialect === 'latex' || !peek(c).space || slashSpaced
      if (c.scope?.loose) {
        if (shared(c, left.factor.span, unclear)) {
          factors[factors.length - 1] = { join: '/', factor: denominator(c, left.factor) }
          continue
        }
      } else if (unclear)
        fail(
          c,
          { start: left.factor.span.start, end: peek(c).end },
          'it is not clear how far the denominator goes',
          'parentheses: a/(b*c) or (a/b)*c',
        )
    }
    factors.push({ join, factor: join === ' ' ? power(c) : signed(c) })
  }
  return factors.length === 1 ? first : { kind: 'product', span: spanning(first.span, (factors.at(-1)?.factor ?? first).span), factors }
}

/** Everything that follows without a sign of multiplication, as one denominator: n/2σ². */
const denominator = (c: Cursor, first: Syntax): Syntax => {
  const factors: { join: '*' | '/' | ' '; factor: Syntax }[] = [{ join: '*', factor: first }]
  while (nextJoin(c, factors.at(-1)?.factor ?? first) === ' ' && !standsApart(c)) factors.push({ join: ' ', factor: power(c) })
  return { kind: 'product', span: spanning(first.span, (factors.at(-1)?.factor ?? first).span), factors }
}

/** A factor with its own sign: the second one of 2*-x. */
const signed = (c: Cursor): Syntax => {
  const sign = accept(c, '-') ?? accept(c, '+')
  if (!sign) return power(c)
  const body = deeper(c, () => signed(c))
  return sign.text === '-' ? { kind: 'neg', span: spanning(sign, body.span), body } : body
}

/** e^-λx: what follows the exponent without a space belongs to it. */
const extended = (c: Cursor, base: Syntax, exponent: Syntax): Syntax => {
  if (!c.scope?.loose || c.dialect === 'latex' || base.kind !== 'name' || base.name !== 'e') return exponent
  const inner = exponent.kind === 'neg' ? exponent.body : exponent
  if (inner.kind === 'group' || c.text[base.span.end + 1] === '{' || !startsAtom(c) || standsApart(c)) return exponent
  if (!shared(c, exponent.span, !peek(c).space)) return exponent
  return {
    kind: 'product',
    span: at(c, exponent.span.start),
    factors: [
      { join: '*', factor: exponent },
      { join: ' ', factor: denominator(c, power(c)) },
    ],
  }
}

/** A base with its exponents; -x^2 is -(x^2), 2^-x^2 is 2^(-(x^2)). */
export const power = (c: Cursor): Syntax => {
  let base = postfix(c)
  if (!isOp(c, '^')) return base
  take(c)
  const exponent = extended(c, base, superscript(c))
  if (isOp(c, '_') && (base.kind === 'name' || base.kind === 'accent')) base = subscript(c, base) // x^2_i
  if (isOp(c, '^') && !isOp(c, "'", 1)) fail(c, peek(c), 'a second exponent on the same base', 'braces or parentheses: (a^b)^c or a^(b^c)')
  if (isOp(c, '!')) fail(c, peek(c), 'it is not clear what the factorial is of', 'parentheses around the power or the factorial')
  return { kind: 'power', span: at(c, base.span.start), base, exponent }
}
