/**
 * A support that moves with the parameter and a likelihood that vanishes (or is not monotone) at the end the data set:
 * the maximum is a root of the score on the values of the parameter that the data allow. The same arguments as on a
 * fixed parameter space, on that open interval. Refuses where the interval is not an interval of the data alone.
 */
import type { Chain, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming, type Context, within } from '../rewrite/facts.ts'
import { attempt, everywhere, onRight, seq } from '../rewrite/strategy.ts'
import { type Solution, solveEquation } from '../solve/one-equation.ts'
import type { OpenCase } from '../solve/open-case.ts'
import { same } from '../term/order.ts'
import { all, type Expr, eq, interval, isIn, isOne, lt, not, type Prop, ZERO } from '../term/term.ts'
import { mentions, some } from '../term/walk.ts'
import { cutBy, type DataBound } from './data-bounds.ts'
import { resultExpr } from './draft.ts'
import { isIncluded } from './ends.ts'
import { type Implicit, implicitMaximum } from './implicit.ts'
import { simplifyIfShorter, tidy } from './laws.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { solutionChain } from './score.ts'
import type { Setting } from './setting.ts'
import { ellHead } from './words.ts'

export interface MovingInterior {
  readonly found: Implicit
  readonly sections: readonly Section[]
  /** The root in closed form, where the equation comes apart. */
  readonly root?: Expr
  /** Samples for which the values allowed end at the end of the parameter space itself. */
  readonly open: readonly OpenCase[]
}

/** x_i ≤ θ < 3 says x_i < 3: what the support says of every entry, at an end of Θ that the data leave free. */
const beyondUnknown = (facts: readonly Prop[], s: Setting, space: { readonly lo: Expr; readonly hi: Expr }): readonly Prop[] =>
  facts.flatMap(f => {
    const p = f.kind === 'all' ? f.body : undefined
    if (f.kind !== 'all' || p?.kind !== 'rel' || (p.op !== '<' && p.op !== '<=')) return []
    if (same(p.right, s.unknown) && space.hi.kind === 'num' && !mentions(p.left, s.unknown.name))
      return [all(f.lo, f.hi, lt(p.left, space.hi))]
    if (same(p.left, s.unknown) && space.lo.kind === 'num' && !mentions(p.right, s.unknown.name))
      return [all(f.lo, f.hi, lt(space.lo, p.right))]
    return []
  })

/** The setting whose parameter space is the open interval of values that the data allow, and the samples left out of it. */
export const allowedSetting = (
  s: Setting,
  low: DataBound | undefined,
  high: DataBound | undefined,
  facts: readonly Prop[],
): { readonly setting: Setting; readonly open: readonly OpenCase[] } | undefined => {
  const cuts = [...(low ? [cutBy(s, low, 'lo')] : []), ...(high ? [cutBy(s, high, 'hi')] : [])]
  if (cuts.some(c => c.kind !== 'free' && c.kind !== 'open')) return undefined
  const open = cuts.flatMap(c => (c.kind === 'open' ? [c.open] : []))
  const given = [...facts, ...open.map(o => o.generic), ...open.flatMap(o => (o.samples ? [not(o.samples)] : []))]
  const space = interval(low?.value ?? s.space.lo, high?.value ?? s.space.hi)
  // an end of Θ that the data leave free belongs to it as before, an end that the data set where the support is closed
  const domain = interval(space.lo, space.hi, low ? !low.strict : isIncluded(s, 'lo'), high ? !high.strict : isIncluded(s, 'hi'))
  const told = [...given, ...beyondUnknown(facts, s, space)]
  const at = (cx: Setting['interior']): Setting['interior'] => assuming(within(cx, s.parameter.name, space), told)
  const model = { ...s.model, assume: [...s.model.assume, ...told] }
  return {
    setting: { ...s, model, space, interior: at(s.interior), closed: at(s.closed), parameter: { ...s.parameter, domain } },
    open,
  }
}

/** The solution with its root as one simpler formula, where there is one. */
const shorterRoot = (solution: Solution, cx: Context): Solution => {
  const { final, root } = solution
  const done = onRight(seq(attempt(everywhere(simplifyIfShorter)), attempt(tidy)))(final, cx)
  if (!root || done?.term.kind !== 'rel' || done.steps.length === 0) return solution
  return { ...solution, final: done.term, root: done.term.right, lines: [...solution.lines, { done, reason: ['simplify'] }] }
}

/** A maximum at an end that the data set is at an end of the support. */
const atDataEnd = (c: CaseOutcome, s: Setting, low: DataBound | undefined, high: DataBound | undefined): CaseOutcome => {
  const { estimator } = c
  const isData = estimator !== undefined && [low, high].some(b => b !== undefined && same(b.value, estimator))
  return c.attained === 'boundary' && isData
    ? { ...c, attained: 'endpoint', where: ['end of the support'], why: say`${ellHead(s)} is monotone on the values that the data allow` }
    : c
}

/** The root of the score between the ends that the data allow. */
export const movingInterior = (
  s: Setting,
  ell: Chain,
  score: Chain,
  low: DataBound | undefined,
  high: DataBound | undefined,
  facts: readonly Prop[],
): MovingInterior | undefined => {
  const allowed = allowedSetting(s, low, high, facts)
  if (!allowed) return undefined
  const { setting: inside, open } = allowed
  const value: Expr = resultExpr(score)
  // the zeros of sin u/cos u between its poles: the equation of a single observation has many, and only one is allowed
  if (isOne(s.size) && some(value, u => u.kind === 'fn' && (u.name === 'cos' || u.name === 'tan'))) return undefined
  const solution = solveEquation(eq(value, ZERO), s.unknown, inside.interior)
  const stuck = { ...solution, kind: 'stuck' as const }
  const domain = isIn(s.unknown, inside.space)
  const l: LogLikelihood = { chain: ell, ell: resultExpr(ell), names: [], sufficient: undefined }
  const found = implicitMaximum(inside, l, score, stuck)
  if ('reason' in found || found.cases[0]?.attained !== 'implicit') return undefined
  const cases = found.cases.map(c => atDataEnd(c, s, low, high))
  // one root for every sample, and an equation that comes apart: that is the root
  const closed = solution.open.length === 0 && solution.kind === 'solved' ? shorterRoot(solution, inside.interior) : undefined
  const shown = closed ?? stuck
  const root = closed?.root
  const opening: Phrase = say`${ellHead(s)} need not be largest at the end of these values: inside, a differentiable ${ellHead(s)} is flat at its maximum, ${eq(ellHead(s, 1), ZERO)}.`
  const equation: Section = {
    type: 'section',
    id: 'score-equation',
    title: 'Score equation',
    blocks: [
      { type: 'prose', content: opening },
      { ...solutionChain(score, shown, inside.model.assume), domain },
    ],
  }
  const sections = root ? found.sections.filter(x => x.id !== 'computing') : found.sections
  return { found: { ...found, cases }, sections: [equation, ...sections], open, ...(root ? { root } : {}) }
}
