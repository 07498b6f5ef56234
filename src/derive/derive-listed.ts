/**
 * A parameter with separate values, finitely many or integers: the sections of a comparison, no score and no
 * information.
 */
import type { Derivation } from '../document/document.ts'
import type { Model, Wanted } from '../model/model.ts'
import { answerCases } from './conclusion.ts'
import { finished, parametersOf, undecided } from './finished.ts'
import { finiteChoice } from './finite.ts'
import { refusedInformation } from './information.ts'
import { integerMaximum } from './integer.ts'
import { relaxedMaximum } from './integer-relaxed.ts'
import { invariance } from './invariance.ts'
import { modelSection } from './model-section.ts'
import type { Setting } from './setting.ts'

/** Finitely many values: the likelihood is compared at each. */
export const deriveFinite = (s: Setting, wanted: readonly Wanted[]): Derivation => {
  const opening = modelSection(s.model)
  const found = finiteChoice(s)
  if ('reason' in found) return undecided(s.model, [opening, ...found.sections], found.at, found.reason)
  const information = refusedInformation(
    ['The parameter space is finite: the log-likelihood has no derivative, and there is no information to speak of.'],
    'the parameter space is finite',
  )
  const functions = invariance(s, wanted, found.estimator, undefined)
  return finished(s.model, [opening, found.short, ...found.sections, information.section, ...(functions ? [functions.section] : [])], {
    outcome: found.cases[0]?.attained ?? 'undecided',
    parameters: parametersOf(s, found.estimator ?? null),
    cases: answerCases(s, found.cases),
    global: 'comparison',
    information: information.answer,
    functions: functions?.functions ?? {},
    obstacle: null,
  })
}

/** An integer parameter: neighbouring values are compared. */
export const deriveInteger = (s: Setting, wanted: readonly Wanted[], derive: (real: Model) => Derivation): Derivation => {
  const opening = modelSection(s.model)
  const found = integerMaximum(s)
  if ('reason' in found)
    return relaxedMaximum(s, wanted, derive) ?? undecided(s.model, [opening, ...found.sections], found.at, found.reason)
  const information = refusedInformation(
    ['The parameter is an integer: the log-likelihood has no derivative in it, and there is no information to speak of.'],
    'the parameter is an integer',
  )
  const [typical] = found.cases
  const functions = invariance(s, wanted, found.estimator, undefined)
  return finished(s.model, [opening, found.short, ...found.sections, information.section, ...(functions ? [functions.section] : [])], {
    outcome: typical?.attained ?? 'undecided',
    parameters: found.equation
      ? { [s.unknown.name]: { estimator: null, equation: found.equation, closedForm: false } }
      : parametersOf(s, found.estimator ?? null),
    cases: answerCases(s, found.cases),
    global: typical?.global ?? 'comparison',
    information: information.answer,
    functions: functions?.functions ?? {},
    obstacle: null,
  })
}
