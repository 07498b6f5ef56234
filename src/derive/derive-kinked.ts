/** A log-likelihood with kinks at the observations: the sections of its derivation. */
import type { Derivation, Section } from '../document/document.ts'
import type { Wanted } from '../model/model.ts'
import { answerCases } from './conclusion.ts'
import { finished, parametersOf, undecided } from './finished.ts'
import { refusedInformation } from './information.ts'
import { invariance } from './invariance.ts'
import { kinkedMaximum } from './kinks.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { Setting } from './setting.ts'

/** A kink at every observation: slopes between them, or a comparison at them. */
export const deriveKinked = (
  s: Setting,
  wanted: readonly Wanted[],
  l: LogLikelihood,
  opening: Section,
  openings: readonly Section[],
): Derivation => {
  const found = kinkedMaximum(s, l)
  if ('reason' in found) return undecided(s.model, [opening, ...openings, ...found.sections], found.at, found.reason)
  const information =
    found.outcome === 'none'
      ? refusedInformation(['There is no estimate whose precision could be given.'], 'no maximum exists')
      : refusedInformation(
          [
            'The log-likelihood has a kink at its maximum: it has no second derivative there, and inverse observed information is not a standard error here.',
          ],
          'the log-likelihood is not differentiable at its maximum',
        )
  const functions = invariance(s, wanted, found.estimator, undefined)
  return finished(
    s.model,
    [opening, found.short, ...openings, ...found.sections, information.section, ...(functions ? [functions.section] : [])],
    {
      outcome: found.outcome,
      parameters: found.equation
        ? { [s.unknown.name]: { estimator: null, equation: found.equation, closedForm: false } }
        : parametersOf(s, found.estimator ?? null),
      cases: answerCases(s, found.cases),
      global: found.equation ? 'strict concavity' : found.estimator ? 'sign change' : 'comparison',
      information: information.answer,
      functions: functions?.functions ?? {},
      obstacle: null,
    },
  )
}
