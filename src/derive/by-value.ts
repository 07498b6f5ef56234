/**
 * A single observation with a table of probabilities: for each of its few values ℓ is a function of its own, and its maximum
 * is found by itself. Refuses tables in which some value has probability 0 for every parameter.
 */
import type { Derivation, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Wanted } from '../model/model.ts'
import { domainOf } from '../rewrite/facts.ts'
import { fewValues } from '../rewrite/few-values.ts'
import { at, cases, type Expr, eq, isOne, ne, ONE } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'
import { answerCases, conclude, concludeWithout } from './conclusion.ts'
import { resultExpr } from './draft.ts'
import { finished, parametersOf } from './finished.ts'
import { refusedInformation } from './information.ts'
import { invariance } from './invariance.ts'
import type { Likelihood } from './likelihood.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import { maximumAt } from './maximum.ts'
import { nestedCases } from './nested-case.ts'
import { type CaseOutcome, degenerateOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'

/** True for one observation whose density is said by conditions. */
export const isSingleTable = (s: Setting, l: LogLikelihood): boolean =>
  isOne(s.size) &&
  !s.direct &&
  s.sample.variables.length === 1 &&
  s.sample.covariates.length === 0 &&
  s.model.assume.length === 0 &&
  (hasKind(l.ell, 'cases') || hasKind(l.ell, 'iverson'))

/** The outcomes for the values, one after the other; undefined where one of them cannot be decided. */
const outcomes = (s: Setting, l: LogLikelihood, bigL: Expr): readonly CaseOutcome[] | undefined => {
  const x = at(s.variable.name, ONE)
  const domain = domainOf(x, s.interior)
  const values = domain && fewValues(domain.set)
  if (!values || values.length < 2) return undefined
  const found: CaseOutcome[] = []
  for (const [k, v] of values.entries()) {
    const open = { generic: ne(x, v), degenerate: eq(x, v) }
    const plain = degenerateOutcome(s, l, open, `value-${k}`, bigL)
    const nested = plain ? undefined : nestedCases(s, l, open, `value-${k}`, bigL, maximumAt)
    if (!plain && !nested) return undefined
    found.push(...(plain ? [plain] : (nested ?? [])))
  }
  return found
}

/** The derivation of a single observation with a table, or undefined where it is none or cannot be decided value by value. */
export const deriveByValue = (
  s: Setting,
  wanted: readonly Wanted[],
  likelihood: Likelihood,
  l: LogLikelihood,
  opening: Section,
  openings: readonly Section[],
): Derivation | undefined => {
  const found = outcomes(s, l, resultExpr(likelihood.chain))
  const [first, ...others] = found ?? []
  const last = others.at(-1)
  if (!found || !first || !last) return undefined
  const estimator = found.every(c => c.estimator)
    ? cases(
        found.slice(0, -1).flatMap(c => (c.estimator ? [{ when: c.when, value: c.estimator }] : [])),
        last.estimator,
      )
    : undefined
  const section: Section = {
    type: 'section',
    id: 'comparison',
    title: 'The maximum for each value',
    blocks: [
      {
        type: 'prose',
        content: say`There is one observation with ${`${found.length}`} possible values. For each of them the likelihood is a function of ${s.unknown} alone.`,
      },
      { type: 'list', items: found.filter(c => c.blocks.length > 0).map(c => ({ label: say`${c.when}`, blocks: c.blocks })) },
    ],
  }
  const ending = estimator
    ? conclude(s, estimator, found, [], () => true, [])
    : concludeWithout(
        s,
        joined(
          found.map(c =>
            c.estimator
              ? say`For ${c.when} the estimate is ${c.estimator}`
              : c.attained === 'set'
                ? say`for ${c.when} every point of the parameter space is a maximiser`
                : say`for ${c.when} no maximum exists`,
          ),
          '; ',
        ),
        found,
      )
  const information = refusedInformation(
    ['One observation with a few values has a few estimates: an asymptotic standard error says nothing here.'],
    'a single observation with a few values',
  )
  const functions = invariance(s, wanted, estimator, undefined)
  const isInside = found.some(c => c.attained === 'interior')
  return finished(
    s.model,
    [opening, ending.short, ...openings, section, ending.section, information.section, ...(functions ? [functions.section] : [])],
    {
      outcome: isInside ? 'interior' : first.attained,
      parameters: parametersOf(s, estimator ?? null),
      cases: answerCases(s, found),
      global: 'comparison',
      information: information.answer,
      functions: functions?.functions ?? {},
      obstacle: null,
    },
  )
}
