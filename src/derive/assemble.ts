/**
 * The derivation put together from its cases: the one formula for the typical sample, the samples that it covers, and
 * the information that goes with it.
 */
import type { Derivation, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Wanted } from '../model/model.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { type Expr, fn, infinity, isIn, isZero, type Prop, type Rel } from '../term/term.ts'
import { replace, some } from '../term/walk.ts'
import { answerCases, conclude, concludeWithout, merged } from './conclusion.ts'
import { finished, parametersOf, undecided } from './finished.ts'
import { type Information, refusedInformation } from './information.ts'
import { invariance } from './invariance.ts'
import type { Maximum } from './maximum.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { lHead } from './words.ts'

/** What the sections have found, whichever argument found it. */
export interface Finding {
  readonly cases: readonly CaseOutcome[]
  readonly generic: readonly Prop[]
  readonly argument: Maximum['argument']
  readonly clipped: Maximum['clipped']
  /** One formula for all cases that have an estimate, where it is not that of the first. */
  readonly formula?: Expr
}

/** Standard errors say nothing for the samples whose estimate is at an end of Θ. */
export const caveatOf = (m: Maximum): Phrase => {
  const atEnds = m.cases.filter(c => c.attained === 'boundary')
  return atEnds.length === 0
    ? []
    : say`For ${joined(
        merged(atEnds.map(c => c.when)).map(w => say`${w}`),
        ' or ',
      )} the estimate is at the boundary, and these formulas must not be used; near the boundary they are unreliable.`
}

/** The equations that describe a special sample. */
const equalities = (p: Prop): readonly Rel[] =>
  p.kind === 'and' ? p.props.flatMap(equalities) : p.kind === 'rel' && p.op === '=' ? [p] : []

/** The value that a formula for the generic sample takes under the facts of a special one. */
const under = (formula: Expr, c: CaseOutcome): Expr => {
  return normalForm(equalities(c.when).reduce((t: Expr, e) => replace(t, e.left, e.right), formula))
}

/** True if the special sample makes a denominator or the argument of a logarithm 0. */
const isUndefinedUnder = (formula: Expr, c: CaseOutcome): boolean => {
  const told = equalities(c.when)
  if (told.length === 0) return false
  const special = told.reduce((t: Expr, e) => replace(t, e.left, e.right), formula)
  return some(special, u =>
    u.kind === 'pow'
      ? isZero(normalForm(u.base)) && u.exponent.kind === 'num' && u.exponent.value.num < 0n
      : u.kind === 'fn' && u.name === 'log' && u.args[0] !== undefined && isZero(normalForm(u.args[0])),
  )
}

/** max(root, a), min(root, b): what the cut parameter space makes of the stationary point. */
export const clippedEstimate = (root: Expr, clipped: Maximum['clipped']): Expr =>
  clipped.reduce((t: Expr, c) => (c.end === 'lo' ? fn('max', t, c.to) : fn('min', t, c.to)), root)

/** The derivation from its sections and cases. */
export const assemble = (
  s: Setting,
  wanted: readonly Wanted[],
  opening: Section,
  sections: readonly Section[],
  m: Finding,
  information: Information | undefined,
): Derivation => {
  const [typical] = m.cases
  if (!typical) return undecided(s.model, [opening, ...sections], 'conclusion', 'no case was found')
  const estimator = m.formula ?? (typical.estimator && clippedEstimate(typical.estimator, m.clipped))
  const agrees = (c: CaseOutcome): boolean => {
    if (c === typical) return true
    if (m.formula) return c.estimator !== undefined
    if (!estimator || !c.estimator) return false
    // n/S says noInformation where S = 0, whatever max or min is put around it
    if (isUndefinedUnder(estimator, c)) return false
    if (m.clipped.some(k => same(k.to, c.estimator as Expr))) return true
    // the formula of the generic sample, cut off or not: 0/n is 0, and min(0, 3) is 0
    const formula = typical.estimator ?? estimator
    return equalities(c.when).length > 0 && same(under(formula, c), normalForm(c.estimator))
  }
  const ending = estimator
    ? conclude(s, estimator, m.cases, m.generic, agrees, [])
    : concludeWithout(
        s,
        typical.attained === 'set'
          ? say`Every ${s.unknown} in ${isIn(s.unknown, s.parameter.domain)} maximises the likelihood.`
          : say`No maximum-likelihood estimate exists: the supremum of ${lHead(s)} is approached as ${s.unknown} runs to ${typical.towards ?? infinity}.`,
        m.cases,
      )
  const fallback = refusedInformation(
    ['The estimate is not a stationary point, so inverse information is not a standard error here.'],
    'the estimate is not an interior stationary point',
  )
  const precision = information ?? fallback
  const functions = invariance(s, wanted, estimator, information?.standardError)
  return finished(
    s.model,
    [opening, ending.short, ...sections, ending.section, precision.section, ...(functions ? [functions.section] : [])],
    {
      outcome: typical.attained,
      parameters: parametersOf(s, estimator ?? null),
      cases: answerCases(s, m.cases),
      global: m.argument,
      information: precision.answer,
      functions: functions?.functions ?? {},
      obstacle: null,
    },
  )
}
