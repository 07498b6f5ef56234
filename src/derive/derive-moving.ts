/** A support that moves with the parameter: the sections of its derivation, and why no information is claimed. */
import type { Derivation, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import type { Wanted } from '../model/model.ts'
import { same } from '../term/order.ts'
import type { Expr } from '../term/term.ts'
import { clippedEstimate } from './assemble.ts'
import { answerCases, conclude, concludeWithout } from './conclusion.ts'
import { finished, parametersOf, undecided } from './finished.ts'
import { rootWords } from './implicit-sections.ts'
import { type Information, refusedInformation } from './information.ts'
import { invariance } from './invariance.ts'
import { modelSection } from './model-section.ts'
import { movingSupport, type RootInside } from './moving-support.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'

/** Support first, then the values that the data allow. */
export const deriveMoving = (s: Setting, wanted: readonly Wanted[]): Derivation => {
  const opening = modelSection(s.model)
  const found = movingSupport(s)
  if ('reason' in found) return undecided(s.model, [opening, ...found.sections], found.at, found.reason)
  const { main, cases, generic } = found
  const isOneSided = !s.discrete && !s.direct && main.attained === 'endpoint' && found.side !== undefined && found.clipped.length === 0
  const bias: Phrase = isOneSided
    ? say` With probability 1 the estimate lies ${found.side ?? ''} ${s.unknown}, so on average it is too ${found.side === 'below' ? 'small' : 'large'}: it is biased (exact).`
    : []
  const information = refusedInformation(
    say`The support moves with ${s.unknown}, so the regularity conditions fail: the score does not have mean zero, and inverse information is not a standard error here.${bias}`,
    'the support moves with the parameter, so the score does not have mean zero',
  )
  if (found.implicit) return implicitMoving(s, found.implicit, found.sections, information)
  const estimator = main.estimator && clippedEstimate(main.estimator, found.clipped)
  const agrees = (c: CaseOutcome): boolean =>
    c === main || (c.estimator !== undefined && found.clipped.some(k => same(k.to, c.estimator as Expr)))
  // samples with the maximum at an end of Θ are named in the sentence before
  const isCut = s.model.assume.length === 0 && cases.some(c => c.attained === 'boundary')
  const ending = estimator
    ? conclude(
        s,
        estimator,
        cases,
        generic,
        agrees,
        main.attained === 'interior' || main.attained === 'finite'
          ? []
          : [`${isCut ? 'Otherwise it' : 'The maximum'} is at an end of the support, where the score does not vanish.`],
      )
    : concludeWithout(
        s,
        main.set
          ? say`Every ${s.unknown} from ${main.set.lo} to ${main.set.hi} maximises the likelihood: the estimate is not unique.`
          : ['No maximum-likelihood estimate exists: the end of the support is excluded.'],
        cases,
      )
  const functions = invariance(s, wanted, estimator, undefined)
  return finished(
    s.model,
    [opening, ending.short, ...found.sections, ending.section, information.section, ...(functions ? [functions.section] : [])],
    {
      outcome: main.attained,
      parameters: parametersOf(s, estimator ?? null),
      cases: answerCases(s, cases),
      global: main.global ?? null,
      information: information.answer,
      functions: functions?.functions ?? {},
      obstacle: null,
    },
  )
}

/** The support moves, and the maximum is a root of the score on the values that the data allow. */
const implicitMoving = (s: Setting, found: RootInside, sections: readonly Section[], information: Information): Derivation => {
  const sentence = found.sentence ?? rootWords(s, found.equation, found.generic, found.several)
  const ending = concludeWithout(s, sentence, found.cases)
  return finished(s.model, [modelSection(s.model), ending.short, ...sections, ending.section, information.section], {
    outcome: 'implicit',
    parameters: { [s.unknown.name]: { estimator: null, equation: found.equation, closedForm: false } },
    cases: answerCases(s, found.cases),
    global: found.argument,
    information: information.answer,
    functions: {},
    obstacle: null,
  })
}
