/**
 * A derivation, section by section: this file reads as its table of contents. Deterministic; what cannot be decided
 * is said with the place it got to, and never guessed.
 */
import type { Derivation, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Model, Wanted } from '../model/model.ts'
import { OutOfWork, withBudget } from '../rewrite/budget.ts'
import { assuming } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { OutOfFuel, sizeAtMost } from '../rewrite/strategy.ts'
import { solveEquation } from '../solve/one-equation.ts'
import { eq, ZERO } from '../term/term.ts'
import { summands } from '../term/walk.ts'
import { assemble, caveatOf, type Finding } from './assemble.ts'
import { deriveByValue, isSingleTable } from './by-value.ts'
import { deriveImplicit } from './derive-implicit.ts'
import { deriveKinked } from './derive-kinked.ts'
import { deriveFinite, deriveInteger } from './derive-listed.ts'
import { deriveMoving } from './derive-moving.ts'
import { resultExpr } from './draft.ts'
import { equationSection, unsolved } from './equation-section.ts'
import { undecided } from './finished.ts'
import { harmonicMaximum } from './harmonic.ts'
import { biasOf, informationOf } from './information.ts'
import { hasKink } from './kink-pieces.ts'
import { likelihoodOf, likelihoodSection } from './likelihood.ts'
import { logLikelihoodOf, logLikelihoodSection } from './log-likelihood.ts'
import { maximumAt } from './maximum.ts'
import { modelSection } from './model-section.ts'
import { monotoneEverywhere, signWithoutRoot } from './monotone-everywhere.ts'
import { hasBothSigns } from './numeric-look.ts'
import { derivativeChain, isFullyDifferentiated, scoreSection, solutionChain } from './score.ts'
import { type Setting, settle } from './setting.ts'
import { decidedByData } from './sign-of-data.ts'
import { reflectedMaximum, symmetricMaximum } from './symmetric.ts'
import { twoSidedMaximum } from './two-sides.ts'

export interface DeriveOptions {
  /** Functions of the parameter to carry through, beside those of the model. */
  readonly of?: readonly Wanted[]
}

/** A hundred times what the longest derivation of a course needs. */
const workAtMost = 1_000_000

/** Scores with more parts than this are looked at in numbers before their sign is searched for. */
const lookedAt = 24

/** Which budget it was. */
const spent = (error: OutOfFuel | OutOfWork): string => {
  if (error instanceof OutOfWork) return `the budget of ${error.budget} attempts of rules and parts of terms looked at was spent`
  const { steps } = error
  const last = steps.at(-1)
  if (last && last.after.size > sizeAtMost) return `the rule ${last.rule} left a term of more than ${sizeAtMost} parts, which is the budget`
  return `the budget of ${steps.length} rewriting steps was spent${last === undefined ? '' : ` (the last one: ${last.rule})`}`
}

/** The derivation of the maximum-likelihood estimate of a model. Pure; throws only on bugs. */
export const derive = (model: Model, options: DeriveOptions = {}): Derivation => {
  try {
    return withBudget(workAtMost, () => derived(model, options))
  } catch (error) {
    if (!(error instanceof OutOfFuel || error instanceof OutOfWork)) throw error
    return undecided(model, [modelSection(model)], 'budget', spent(error))
  }
}

const derived = (model: Model, options: DeriveOptions): Derivation => {
  const settled = settle(model)
  if ('unsupported' in settled) return undecided(model, [modelSection(model)], 'model', settled.unsupported)
  const s = settled.setting
  const wanted = [...model.of, ...(options.of ?? [])]
  if (s.parameter.domain.kind === 'finite') return deriveFinite(s, wanted)
  if (s.parameter.domain.kind === 'range') return deriveInteger(s, wanted, real => derived(real, {}))
  const halved = symmetricMaximum(s, wanted, half => derived(half, {}))
  if (halved) return halved
  if (s.moving) return deriveMoving(s, wanted)
  const found = deriveFixed(s, wanted)
  // t and 1 − t may be the same: looked at where nothing else served
  if (found.answer.outcome !== 'undecided') return found
  const part = (of: Model): Derivation => derived(of, {})
  return reflectedMaximum(s, wanted, part) ?? twoSidedMaximum(s, wanted, part) ?? found
}

const deriveFixed = (s: Setting, wanted: readonly Wanted[]): Derivation => {
  const likelihood = likelihoodOf(s)
  const l = logLikelihoodOf(s, likelihood)
  const opening = modelSection(s.model)
  const openings = [likelihoodSection(s, likelihood, l.sufficient), logLikelihoodSection(s, l, resultExpr(likelihood.chain))]
  const single = isSingleTable(s, l) ? deriveByValue(s, wanted, likelihood, l, opening, openings) : undefined
  if (single) return single
  if (hasKink(l.ell, s.unknown.name)) return deriveKinked(s, wanted, l, opening, openings)
  const score = derivativeChain(s, 'score', l.chain, 1, s.model.assume, s.interior)
  const sections: Section[] = [...openings, scoreSection(score)]
  if (!isFullyDifferentiated(score)) return undecided(s.model, [opening, ...sections], 'score', 'a derivative could not be written out')
  const value = resultExpr(score)
  const cx = assuming(s.interior, s.model.assume)
  // a score without change of sign; where its summands have two signs, a root inside of Θ is looked for first
  const ofOneSign = (): Derivation | undefined => {
    // what takes both signs is not asked for its sign
    if (value.size > lookedAt && hasBothSigns(value, s)) return undefined
    const slope = signOf(value, cx)
    if (slope?.sign !== 'pos' && slope?.sign !== 'neg' && slope?.sign !== 'zero') return undefined
    const monotone = monotoneEverywhere(s, l.ell, value, slope.sign, sections)
    return monotone
      ? assemble(s, wanted, opening, sections, monotone, undefined)
      : undecided(s.model, [opening, ...sections], 'boundary', 'where the monotone log-likelihood is largest could not be decided')
  }
  const isMixed = new Set(summands(value).map(u => signOf(u, cx)?.sign)).size > 1
  const early = isMixed ? undefined : ofOneSign()
  if (early) return early
  const told = isMixed && value.kind === 'add' ? undefined : decidedByData(s, l.ell, value, sections)
  if (told) return assemble(s, wanted, opening, sections, told, undefined)
  const solution = solveEquation(eq(value, ZERO), s.unknown, cx)
  const chainOfEquations = solutionChain(score, solution, s.model.assume)
  const root = solution.kind === 'solved' ? solution.root : undefined
  const bare = root ? signWithoutRoot(s, value, root) : undefined
  const monotone =
    bare && root ? monotoneEverywhere(s, l.ell, value, bare, sections, say`, since it vanishes only at ${eq(s.unknown, root)}`) : undefined
  if (monotone) return assemble(s, wanted, opening, sections, monotone, undefined)
  const late = isMixed && !root ? ofOneSign() : undefined
  if (late) return late
  const equation = equationSection(
    s,
    chainOfEquations,
    root,
    solution.open.map(o => o.generic),
    value,
  )
  const wave = root ? undefined : harmonicMaximum(s, l, score)
  if (wave) {
    const precision = informationOf(s, score, wave.second, wave.generic, [])
    const alone = unsolved([...sections, equation])
    const found: Finding = { cases: wave.cases, generic: wave.generic, argument: 'comparison', clipped: [] }
    return assemble(s, wanted, opening, [...sections, alone, ...wave.sections], found, precision)
  }
  if (!root) return deriveImplicit(s, wanted, l, score, solution, opening, [...sections, equation])
  const maximum = maximumAt(s, l, resultExpr(likelihood.chain), score, solution, root)
  if ('reason' in maximum) {
    const oneSign = isMixed ? ofOneSign() : undefined
    if (oneSign) return oneSign
    // the root may be the answer for some samples only, which the argument without a formula tells apart
    const other = deriveImplicit(s, wanted, l, score, { ...solution, open: [] }, opening, [...sections, equation])
    return other.answer.outcome !== 'undecided'
      ? other
      : undecided(s.model, [opening, ...sections, equation, ...maximum.sections], maximum.at, maximum.reason)
  }
  const isFormula =
    maximum.clipped.length === 0 && (!s.discrete || maximum.cases.every(c => c.attained === 'interior' || c.attained === 'boundary'))
  const notes = [caveatOf(maximum), isFormula ? biasOf(s, value, root) : []].filter(p => p.length > 0)
  const information = informationOf(s, score, maximum.second, maximum.generic, joined(notes, ' '))
  return assemble(s, wanted, opening, [...sections, equation, ...maximum.sections], maximum, information)
}
