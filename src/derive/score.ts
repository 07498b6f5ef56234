/** Sections "Score" and "Score equation", and the second derivative: derivatives by the rules, one law a line. */
import type { Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, type Done, type Strategy, seq } from '../rewrite/strategy.ts'
import type { Solution } from '../solve/one-equation.ts'
import { functions } from '../term/functions.ts'
import { type Add, deriv, type Expr, eq, type Fn, type Prop, type Term, ZERO } from '../term/term.ts'
import { children, hasKind, mentions, some, subterms, summands } from '../term/walk.ts'
import { chain, lastId, line, resultExpr, titles } from './draft.ts'
import { dropConstants, outerDerivative, simplify, simplifyIfShorter, sumRule, writtenOut } from './laws.ts'
import type { Setting } from './setting.ts'
import { ellHead, listed } from './words.ts'

/** Terms of opposite signs whose sum has one sign nevertheless: as one fraction the sign can be seen. */
const oneFraction =
  (given: readonly Prop[]): Strategy =>
  (t, cx) => {
    const inside = assuming(cx, given)
    const sign = signOf(t as Expr, inside)?.sign
    if (t.kind !== 'add' || (sign !== 'neg' && sign !== 'pos')) return undefined
    // ψ′(a + b) − ψ′(a) over a denominator is no formula that a reader could judge
    if (some(t, u => u.kind === 'fn' && (u.name === 'polygamma' || u.name === 'trigamma' || u.name === 'digamma'))) return undefined
    return isSeen(t, sign, inside) ? undefined : simplify(t, cx)
  }

/** −d/t² − a/(t + 2)² with a ≥ 0: the sign can be seen as it is. */
const isSeen = (t: Add, sign: 'neg' | 'pos', cx: Context): boolean => {
  const weak = sign === 'neg' ? 'nonpos' : 'nonneg'
  return t.terms.every(u => {
    const own = signOf(u, cx)?.sign
    return own === sign || own === weak
  })
}

/** One fraction where that is shorter, unless counts in several fractions of one sign say more. */
const shorterFraction =
  (given: readonly Prop[]): Strategy =>
  (t, cx) =>
    t.kind === 'add' && hasKind(t, 'iverson') && isSeen(t, 'neg', assuming(cx, given)) ? undefined : simplifyIfShorter(t, cx)

const isSum = (t: Term): boolean => t.kind === 'big' || (t.kind === 'mul' && t.factors.some(f => f.kind === 'big'))

/** A single Σ is not brought over a denominator: what is free of its index is taken out. */
const shortened = (done: Done): Phrase => {
  const before = done.steps[0]?.before
  if (before && isSum(before) && isSum(done.term)) return ['take out of the sum what is free of the index']
  return [done.term.kind === 'add' ? 'expand and collect' : 'over a common denominator']
}

/** dℓ/dθ, written out. `of` is the chain whose last term is differentiated. */
export const derivativeChain = (s: Setting, id: string, of: Chain, order: number, given: readonly Prop[], cx: Context): Chain => {
  const body = resultExpr(of)
  const alive = summands(body).filter(p => mentions(p, s.unknown.name))
  const isOpenSum = alive.length > 1
  const isDropped = alive.length < summands(body).length
  let before: Term = body
  const finish = {
    by: (t: Term, inside: Context): Done | undefined => {
      before = t
      return writtenOut(t, inside)
    },
    reason: (done: Done): Phrase => (isOpenSum ? undefined : innerWords(before, cx)) ?? derivativeWords(done),
  }
  const opening = isOpenSum
    ? { by: seq(sumRule, attempt(dropConstants)), reason: listed(['sum rule'], isDropped ? [dropped] : []) }
    : {
        by: seq(attempt(sumRule), attempt(outerDerivative)),
        reason: (done: Done): Phrase => listed(isDropped ? [dropped] : [], derivativeWords(done)),
      }
  const moves =
    order === 1
      ? [opening, finish]
      : [finish, { by: shorterFraction(given), reason: shortened }, { by: oneFraction(given), reason: ['over a common denominator'] }]
  return chain(
    {
      id,
      subject: ellHead(s, order),
      start: deriv(body, s.unknown),
      origin: { kind: 'derivative', of: lastId(of), wrt: s.unknown },
      given,
    },
    moves,
    cx,
  )
}
const dropped = 'what is free of the parameter has derivative 0'

const derivativesIn = (t: Term): number => (t.kind === 'deriv' ? 1 : 0) + children(t).reduce((sum, c) => sum + derivativesIn(c), 0)

/** The laws of a derivative, with the chain rule where one left an inner derivative behind. */
export const derivativeWords = (done: Done): Phrase => {
  const isChained = done.steps.some(step => outer.has(step.rule) && derivativesIn(step.after) >= derivativesIn(step.before))
  const said = titles(done.steps)
  return listed(said, isChained && !said.some(p => typeof p === 'string' && p.includes('chain rule')) ? ['chain rule'] : [])
}
const outer: ReadonlySet<string> = new Set([
  'derivative.power',
  'derivative.log',
  'derivative.exp',
  'derivative.exponential-base',
  'derivative.general-power',
])

/** "the inner derivative is −1", where one inner derivative was left to be written out and is a number. */
const innerWords = (before: Term, cx: Context): Phrase | undefined => {
  const left: Expr[] = []
  const visit = (t: Term): void => {
    if (t.kind === 'deriv') left.push(t)
    else for (const c of children(t)) visit(c)
  }
  visit(before)
  const [one, ...others] = left
  const value = one && others.length === 0 && one !== before ? writtenOut(one, cx)?.term : undefined
  return value?.kind === 'num' ? say`the inner derivative is ${value}` : undefined
}

export const isFullyDifferentiated = (c: Chain): boolean => !some(resultExpr(c), u => u.kind === 'deriv')

/** "where ψ is the digamma function": the functions that the derivative brings in and a reader may not know. */
export const meanings = (t: Expr): Phrase => {
  const met: Fn[] = []
  for (const u of subterms(t)) if (u.kind === 'fn' && functions.get(u.name)?.meaning && !met.some(m => m.name === u.name)) met.push(u)
  return met.length === 0
    ? []
    : say`Here ${joined(
        met.map(u => say`${u} is ${functions.get(u.name)?.meaning ?? ''}`),
        ', ',
      )}.`
}

export const scoreSection = (chainOfScore: Chain): Section => {
  const words = meanings(resultExpr(chainOfScore))
  return {
    type: 'section',
    id: 'score',
    title: 'Score',
    blocks: [chainOfScore, ...(words.length > 0 ? [{ type: 'prose' as const, content: words }] : [])],
  }
}

/** The score equation as a chain of equations, a swap of sides folded into the line after it. */
export const solutionChain = (score: Chain, solution: Solution, given: readonly Prop[]): Chain => {
  const start = eq(resultExpr(score), ZERO)
  const lines = [line('score-equation.0', { term: start, steps: [] }, [], { relation: '⇔' })]
  let pending: readonly (typeof solution.lines)[number]['done']['steps'][number][] = []
  for (const l of solution.lines) {
    if (l.reason.length === 0) {
      pending = [...pending, ...l.done.steps]
      continue
    }
    lines.push(
      line(`score-equation.${lines.length}`, { term: l.done.term, steps: [...pending, ...l.done.steps] }, l.reason, { relation: '⇔' }),
    )
    pending = []
  }
  return {
    type: 'chain',
    start,
    origin: { kind: 'zero', of: lastId(score) },
    lines,
    given: [...given, ...solution.open.map(o => o.generic)],
  }
}
