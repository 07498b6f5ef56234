/**
 * A score equation without a solution in closed form: the sections of its derivation, and those of an equation that
 * comes apart after all for the samples for which it has a root.
 */
import type { Chain, Derivation, Section } from '../document/document.ts'
import type { Wanted } from '../model/model.ts'
import { assuming } from '../rewrite/facts.ts'
import { type Solution, scattered, solveEquation } from '../solve/one-equation.ts'
import { same } from '../term/order.ts'
import { eq, ZERO } from '../term/term.ts'
import { assemble, type Finding } from './assemble.ts'
import { answerCases, concludeWithout } from './conclusion.ts'
import { resultExpr } from './draft.ts'
import { equationSection, unsolved } from './equation-section.ts'
import { finished, noInformation, undecided } from './finished.ts'
import { type Implicit, implicitMaximum } from './implicit.ts'
import { rootWords } from './implicit-sections.ts'
import { informationOf } from './information.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import { solutionChain } from './score.ts'
import type { Setting } from './setting.ts'

/** No closed form for every sample: the equation, when it has its one root, and that root or how to compute it. */
export const deriveImplicit = (
  s: Setting,
  wanted: readonly Wanted[],
  l: LogLikelihood,
  score: Chain,
  solution: Solution,
  opening: Section,
  sections: readonly Section[],
): Derivation => {
  const found = implicitMaximum(s, l, score, solution)
  if ('reason' in found)
    return undecided(
      s.model,
      [opening, ...sections, ...found.sections],
      found.at,
      found.reason,
      solution.final.kind === 'rel' ? solution.final : undefined,
    )
  const [typical] = found.cases
  if (typical && typical.attained !== 'implicit')
    return assemble(
      s,
      wanted,
      opening,
      [...sections, ...found.sections],
      { cases: found.cases, generic: found.generic, argument: found.argument, clipped: [] },
      undefined,
    )
  // no sign of a statistic helps where the unknown stands in too many places
  const isHopeless = solution.why === scattered
  const closed = found.generic.length > 0 && !isHopeless ? closedAfterAll(s, score, found) : undefined
  if (closed)
    return assemble(
      s,
      wanted,
      opening,
      [...sections.slice(0, -1), ...closed.sections],
      closed.finding,
      informationOf(s, score, found.second, found.generic, []),
    )
  // what was tried on the way to another form of the equation is not shown
  const shown = same(found.equation, solution.final) ? sections : [...sections.slice(0, -1), unsolved(sections)]
  const ending = concludeWithout(s, rootWords(s, found.equation, found.generic, found.several, typical?.candidates), found.cases)
  const information = informationOf(s, score, found.second, found.generic, [])
  return finished(
    s.model,
    [opening, ending.short, ...shown, ...found.sections, ending.section, ...(information ? [information.section] : [])],
    {
      outcome: typical?.attained ?? 'undecided',
      parameters: { [s.unknown.name]: { estimator: null, equation: found.equation, closedForm: false } },
      cases: answerCases(s, found.cases),
      global: found.argument,
      information: information?.answer ?? noInformation,
      functions: {},
      obstacle: null,
    },
  )
}

/** The equation may come apart for the samples for which it has a root: θ² = x̄ when x̄ > 0. */
const closedAfterAll = (
  s: Setting,
  score: Chain,
  found: Implicit,
): { readonly sections: readonly Section[]; readonly finding: Finding } | undefined => {
  const value = resultExpr(score)
  const given = [...s.model.assume, ...found.generic]
  const { kind, open, root, ...rest } = solveEquation(eq(value, ZERO), s.unknown, assuming(s.interior, given))
  const [main, ...others] = found.cases
  if (kind !== 'solved' || open.length > 0 || !root || !main) return undefined
  const equation = equationSection(s, solutionChain(score, { kind, open, root, ...rest }, given), root, found.generic, value)
  return {
    sections: [equation, ...found.sections.filter(x => x.id !== 'computing')],
    finding: {
      cases: [{ ...main, attained: 'interior', estimator: root }, ...others],
      generic: found.generic,
      argument: found.argument,
      clipped: [],
    },
  }
}
