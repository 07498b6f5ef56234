/** Sections "Score" and "Score equation", and the second derivative: derivatives by the rules, one law a line. */
import type { Chain, Phrase, Section } from '../document/document.ts'
import type { Context } from '../rewrite/facts.ts'
import { attempt, seq } from '../rewrite/strategy.ts'
import type { Solution } from '../solve/one-equation.ts'
import { deriv, eq, type Prop, ZERO } from '../term/term.ts'
import { mentions, some, summands } from '../term/walk.ts'
import { chain, lastId, line, resultExpr } from './draft.ts'
import { derivative, dropConstants, outerDerivative, simplifyIfShorter, sumRule, tidy } from './laws.ts'
import type { Setting } from './setting.ts'
import { ellHead } from './words.ts'

/** dℓ/dθ, written out. `of` is the chain whose last term is differentiated. */
export const derivativeChain = (s: Setting, id: string, of: Chain, order: number, given: readonly Prop[], cx: Context): Chain => {
  const body = resultExpr(of)
  const alive = summands(body).filter(p => mentions(p, s.unknown.name))
  const isOpenSum = alive.length > 1
  const finish = seq(attempt(derivative), attempt(tidy))
  const moves =
    order === 1
      ? [
          ...(isOpenSum ? [{ by: seq(sumRule, attempt(dropConstants)), reason: sumWords(alive.length < summands(body).length) }] : [{ by: seq(attempt(sumRule), attempt(outerDerivative)) }]),
          { by: finish },
        ]
      : [{ by: finish }, { by: simplifyIfShorter, reason: ['simplify'] }]
  return chain({ id, subject: ellHead(s, order), start: deriv(body, s.unknown), origin: { kind: 'derivative', of: lastId(of), wrt: s.unknown }, given }, moves, cx)
}
const sumWords = (dropped: boolean): Phrase => [dropped ? 'sum rule; what is free of the parameter has derivative 0' : 'sum rule']

export const isFullyDifferentiated = (c: Chain): boolean => !some(resultExpr(c), u => u.kind === 'deriv')

export const scoreSection = (chainOfScore: Chain): Section => ({ type: 'section', id: 'score', title: 'Score', blocks: [chainOfScore] })

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
    lines.push(line(`score-equation.${lines.length}`, { term: l.done.term, steps: [...pending, ...l.done.steps] }, l.reason, { relation: '⇔' }))
    pending = []
  }
  return { type: 'chain', start, origin: { kind: 'zero', of: lastId(score) }, lines, given: [...given, ...solution.open.map(o => o.generic)] }
}

