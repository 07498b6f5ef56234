/**
 * A derivation, section by section: this file reads as its table of contents. Deterministic; what cannot be decided
 * is said with the place it got to, and never guessed.
 */
import type { Answer, Block, Chain, Derivation, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Model, Wanted } from '../model/model.ts'
import { assuming } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { OutOfFuel } from '../rewrite/strategy.ts'
import { type Solution, solveEquation } from '../solve/one-equation.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { and, type Expr, eq, fn, infinity, isIn, isZero, type Prop, type Rel, ZERO } from '../term/term.ts'
import { replace, some, summands } from '../term/walk.ts'
import { answerCases, conclude, concludeWithout, merged } from './conclusion.ts'
import { resultExpr } from './draft.ts'
import { finiteChoice } from './finite.ts'
import { type Implicit, implicitMaximum } from './implicit.ts'
import { rootWords } from './implicit-sections.ts'
import { balance, biasOf, type Information, informationOf, refusedInformation } from './information.ts'
import { integerMaximum } from './integer.ts'
import { invariance } from './invariance.ts'
import { hasKink } from './kink-pieces.ts'
import { kinkedMaximum } from './kinks.ts'
import { likelihoodOf, likelihoodSection } from './likelihood.ts'
import { type LogLikelihood, logLikelihoodOf, logLikelihoodSection } from './log-likelihood.ts'
import { type Maximum, maximumAt } from './maximum.ts'
import { modelSection } from './model-section.ts'
import { movingSupport } from './moving-support.ts'
import { withPitfalls } from './pitfalls.ts'
import { type CaseOutcome, monotoneOutcome } from './sample-cases.ts'
import { derivativeChain, isFullyDifferentiated, scoreSection, solutionChain } from './score.ts'
import { type Setting, settle } from './setting.ts'
import { symmetricMaximum } from './symmetric.ts'
import { ellHead, inOrder, lHead, throughout } from './words.ts'

export interface DeriveOptions {
  /** Functions of the parameter to carry through, beside those of the model. */
  readonly of?: readonly Wanted[]
}

const nothing: Answer['information'] = { refused: 'no estimate in closed form was derived' }

const titleOf = (model: Model): string => (model.name === '' ? 'Maximum-likelihood estimation' : `Maximum likelihood: ${model.name}`)

const document = (model: Model, sections: readonly Section[], answer: Answer): Derivation => ({
  type: 'derivation',
  schema: 1,
  model,
  title: titleOf(model),
  sections: withPitfalls(model, sections, answer),
  answer,
  certificate: null,
})

const unknowns = (model: Model): Answer['parameters'] =>
  Object.fromEntries(model.parameters.map(p => [p.name, { estimator: null, equation: null, closedForm: false }]))

const undecided = (model: Model, sections: readonly Section[], at: string, reason: string, equation?: Prop): Derivation => {
  const obstacle: Block = { type: 'obstacle', at, ...(equation ? { equation } : {}), content: say`The derivation stops here: ${reason}.` }
  const last = sections.at(-1)
  const closed = last
    ? [...sections.slice(0, -1), { ...last, blocks: [...last.blocks, obstacle] }]
    : [{ type: 'section' as const, id: 'model' as const, title: '', blocks: [obstacle] }]
  return document(model, closed, {
    outcome: 'undecided',
    parameters: unknowns(model),
    cases: [],
    global: null,
    information: nothing,
    functions: {},
    obstacle: { at, reason },
  })
}

/** The derivation of the maximum-likelihood estimate of a model. Pure; throws only on bugs. */
export const derive = (model: Model, options: DeriveOptions = {}): Derivation => {
  try {
    return derived(model, options)
  } catch (error) {
    if (!(error instanceof OutOfFuel)) throw error
    const last = error.steps.at(-1)?.rule
    const reason = `the budget of ${error.steps.length} rewriting steps was spent${last === undefined ? '' : ` (the last one: ${last})`}`
    return undecided(model, [modelSection(model)], 'budget', reason)
  }
}

const derived = (model: Model, options: DeriveOptions): Derivation => {
  const settled = settle(model)
  if ('unsupported' in settled) return undecided(model, [modelSection(model)], 'model', settled.unsupported)
  const s = settled.setting
  const wanted = [...model.of, ...(options.of ?? [])]
  if (s.parameter.domain.kind === 'finite') return deriveFinite(s, wanted)
  if (s.parameter.domain.kind === 'range') return deriveInteger(s, wanted)
  if (s.moving) return deriveMoving(s, wanted)
  return symmetricMaximum(s, wanted, half => derived(half, {})) ?? deriveFixed(s, wanted)
}

const parametersOf = (s: Setting, estimator: Expr | null): Answer['parameters'] => ({
  [s.unknown.name]: { estimator, equation: null, closedForm: estimator !== null },
})

/** Finitely many values: the likelihood is compared at each. */
const deriveFinite = (s: Setting, wanted: readonly Wanted[]): Derivation => {
  const opening = modelSection(s.model)
  const found = finiteChoice(s)
  if ('reason' in found) return undecided(s.model, [opening, ...found.sections], found.at, found.reason)
  const information = refusedInformation(
    ['The parameter space is finite: the log-likelihood has no derivative, and there is no information to speak of.'],
    'the parameter space is finite',
  )
  const functions = invariance(s, wanted, found.estimator, undefined)
  return document(s.model, [opening, found.short, ...found.sections, information.section, ...(functions ? [functions.section] : [])], {
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
const deriveInteger = (s: Setting, wanted: readonly Wanted[]): Derivation => {
  const opening = modelSection(s.model)
  const found = integerMaximum(s)
  if ('reason' in found) return undecided(s.model, [opening, ...found.sections], found.at, found.reason)
  const information = refusedInformation(
    ['The parameter is an integer: the log-likelihood has no derivative in it, and there is no information to speak of.'],
    'the parameter is an integer',
  )
  const [typical] = found.cases
  const functions = invariance(s, wanted, found.estimator, undefined)
  return document(s.model, [opening, found.short, ...found.sections, information.section, ...(functions ? [functions.section] : [])], {
    outcome: typical?.attained ?? 'undecided',
    parameters: parametersOf(s, found.estimator ?? null),
    cases: answerCases(s, found.cases),
    global: typical?.global ?? 'comparison',
    information: information.answer,
    functions: functions?.functions ?? {},
    obstacle: null,
  })
}

const deriveMoving = (s: Setting, wanted: readonly Wanted[]): Derivation => {
  const opening = modelSection(s.model)
  const found = movingSupport(s)
  if ('reason' in found) return undecided(s.model, [opening, ...found.sections], found.at, found.reason)
  const { main, cases, generic } = found
  const isOneSided = !s.discrete && main.attained === 'endpoint' && found.side !== undefined && found.clipped.length === 0
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
  const ending = estimator
    ? conclude(s, estimator, cases, generic, agrees, ['The maximum is at an end of the support, where the score does not vanish.'])
    : concludeWithout(
        s,
        main.set
          ? say`Every ${s.unknown} from ${main.set.lo} to ${main.set.hi} maximises the likelihood: the estimate is not unique.`
          : ['No maximum-likelihood estimate exists: the end of the support is excluded.'],
        cases,
      )
  const functions = invariance(s, wanted, estimator, undefined)
  return document(
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
const implicitMoving = (s: Setting, found: Implicit, sections: readonly Section[], information: Information): Derivation => {
  const ending = concludeWithout(s, rootWords(s, found.equation, found.generic, found.several), found.cases)
  return document(s.model, [modelSection(s.model), ending.short, ...sections, ending.section, information.section], {
    outcome: 'implicit',
    parameters: { [s.unknown.name]: { estimator: null, equation: found.equation, closedForm: false } },
    cases: answerCases(s, found.cases),
    global: found.argument,
    information: information.answer,
    functions: {},
    obstacle: null,
  })
}

const deriveFixed = (s: Setting, wanted: readonly Wanted[]): Derivation => {
  const likelihood = likelihoodOf(s)
  const l = logLikelihoodOf(s, likelihood)
  const opening = modelSection(s.model)
  const openings = [likelihoodSection(s, likelihood, l.sufficient), logLikelihoodSection(s, l, resultExpr(likelihood.chain))]
  if (hasKink(l.ell, s.unknown.name)) return deriveKinked(s, wanted, l, opening, openings)
  const score = derivativeChain(s, 'score', l.chain, 1, s.model.assume, s.interior)
  const sections: Section[] = [...openings, scoreSection(score)]
  if (!isFullyDifferentiated(score)) return undecided(s.model, [opening, ...sections], 'score', 'a derivative could not be written out')
  const value = resultExpr(score)
  const cx = assuming(s.interior, s.model.assume)
  // a score without change of sign; where its summands have two signs, a root inside of Θ is looked for first
  const ofOneSign = (): Derivation | undefined => {
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
  const solution = solveEquation(eq(value, ZERO), s.unknown, cx)
  const chainOfEquations = solutionChain(score, solution, s.model.assume)
  const root = solution.kind === 'solved' ? solution.root : undefined
  const late = isMixed && !root ? ofOneSign() : undefined
  if (late) return late
  const equation = equationSection(
    s,
    chainOfEquations,
    root,
    solution.open.map(o => o.generic),
    value,
  )
  if (!root) return deriveImplicit(s, wanted, l, score, solution, opening, [...sections, equation])
  const maximum = maximumAt(s, l, resultExpr(likelihood.chain), score, solution, root)
  if ('reason' in maximum)
    return (
      (isMixed ? ofOneSign() : undefined) ??
      undecided(s.model, [opening, ...sections, equation, ...maximum.sections], maximum.at, maximum.reason)
    )
  const isFormula =
    maximum.clipped.length === 0 && (!s.discrete || maximum.cases.every(c => c.attained === 'interior' || c.attained === 'boundary'))
  const notes = [caveatOf(maximum), isFormula ? biasOf(s, value, root) : []].filter(p => p.length > 0)
  const information = informationOf(s, score, maximum.second, maximum.generic, joined(notes, ' '))
  return assemble(s, wanted, opening, [...sections, equation, ...maximum.sections], maximum, information)
}

/** A kink at every observation: slopes between them, or a comparison at them. */
const deriveKinked = (
  s: Setting,
  wanted: readonly Wanted[],
  l: LogLikelihood,
  opening: Section,
  openings: readonly Section[],
): Derivation => {
  const found = kinkedMaximum(s, l)
  if ('reason' in found) return undecided(s.model, [opening, ...openings, ...found.sections], found.at, found.reason)
  const information = refusedInformation(
    [
      'The log-likelihood has a kink at its maximum: it has no second derivative there, and inverse observed information is not a standard error here.',
    ],
    'the log-likelihood is not differentiable at its maximum',
  )
  const functions = invariance(s, wanted, found.estimator, undefined)
  return document(
    s.model,
    [opening, found.short, ...openings, ...found.sections, information.section, ...(functions ? [functions.section] : [])],
    {
      outcome: found.outcome,
      parameters: parametersOf(s, found.estimator ?? null),
      cases: answerCases(s, found.cases),
      global: found.estimator ? 'sign change' : 'comparison',
      information: information.answer,
      functions: functions?.functions ?? {},
      obstacle: null,
    },
  )
}

/** No closed form for every sample: the equation, when it has its one root, and that root or how to compute it. */
const deriveImplicit = (
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
  const closed = found.generic.length > 0 ? closedAfterAll(s, score, found) : undefined
  if (closed)
    return assemble(
      s,
      wanted,
      opening,
      [...sections.slice(0, -1), ...closed.sections],
      closed.finding,
      informationOf(s, score, found.second, found.generic, []),
    )
  const ending = concludeWithout(s, rootWords(s, found.equation, found.generic, found.several), found.cases)
  const information = informationOf(s, score, found.second, found.generic, [])
  return document(
    s.model,
    [opening, ending.short, ...sections, ...found.sections, ending.section, ...(information ? [information.section] : [])],
    {
      outcome: typical?.attained ?? 'undecided',
      parameters: { [s.unknown.name]: { estimator: null, equation: found.equation, closedForm: false } },
      cases: answerCases(s, found.cases),
      global: found.argument,
      information: information?.answer ?? nothing,
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

const equationSection = (
  s: Setting,
  equations: ReturnType<typeof solutionChain>,
  root: Expr | undefined,
  needed: readonly Prop[],
  score: Expr,
): Section => {
  const opening: Phrase = say`At an interior maximum a differentiable ${ellHead(s)} is flat: ${eq(ellHead(s, 1), ZERO)}.`
  const tie = root ? balance(score, s) : undefined
  const observed: Phrase = tie
    ? say`The score equation says ${eq(tie.statistic, tie.value)}: the observed statistic equals its expected value at ${s.unknown}, since the score has mean zero. `
    : []
  const isWholeLine = s.space.lo.kind === 'infinity' && s.space.hi.kind === 'infinity'
  const candidate: Phrase = root
    ? isWholeLine
      ? say`${eq(s.unknown, root)} is the only stationary point.`
      : say`${eq(s.unknown, root)} is the only candidate: it is a stationary point exactly when it lies inside the parameter space.`
    : []
  const closing: Phrase = root
    ? say`${observed}Each step can be reversed ${throughout(s)}${needed.length > 0 ? say` if ${and(...inOrder(needed))}` : []}, so ${candidate}`
    : []
  return {
    type: 'section',
    id: 'score-equation',
    title: 'Score equation',
    blocks: [{ type: 'prose', content: opening }, equations, ...(closing.length > 0 ? [{ type: 'prose' as const, content: closing }] : [])],
  }
}

interface Finding {
  readonly cases: readonly CaseOutcome[]
  readonly generic: readonly Prop[]
  readonly argument: Maximum['argument']
  readonly clipped: Maximum['clipped']
}

/** ℓ has a slope of one sign on all of Θ: the score equation has no solution. */
const monotoneEverywhere = (s: Setting, ell: Expr, score: Expr, sign: 'pos' | 'neg' | 'zero', sections: Section[]): Finding | undefined => {
  const when = and(...s.model.assume)
  const cx = assuming(s.interior, s.model.assume)
  if (sign === 'zero') {
    sections.push({
      type: 'section',
      id: 'boundary',
      title: 'The maximum',
      blocks: [
        { type: 'prose', content: say`${ellHead(s)} does not depend on ${s.unknown}: every point of the parameter space is a maximiser.` },
      ],
    })
    return {
      cases: [{ when, attained: 'set', where: ['everywhere'], why: say`${ellHead(s)} is constant`, blocks: [] }],
      generic: [],
      argument: 'comparison',
      clipped: [],
    }
  }
  const outcome = monotoneOutcome(s, ell, { sign, why: { kind: 'by', law: 'sign of the score', of: [] } }, cx)
  if (!outcome) return undefined
  const content: Phrase = [
    ...say`The score is ${sign === 'neg' ? 'negative' : 'positive'} ${throughout(s)}: the score equation ${eq(score, ZERO)} has no solution, and setting the derivative to zero cannot find the maximum. The likelihood ${sign === 'neg' ? 'falls' : 'rises'} as ${s.unknown} grows, `,
    ...(outcome.estimator
      ? say`so it is largest at the ${sign === 'neg' ? 'left' : 'right'} end of the parameter space, ${eq(s.unknown, outcome.estimator)}, which belongs to it. (Were that end excluded, no maximum-likelihood estimate would exist.)`
      : say`and ${outcome.towards ?? ZERO} is not in the parameter space: the supremum is approached but not attained, and no maximum-likelihood estimate exists.`),
  ]
  sections.push({ type: 'section', id: 'boundary', title: 'The maximum is at the boundary', blocks: [{ type: 'prose', content }] })
  return { cases: [{ ...outcome, when, blocks: [] }], generic: [], argument: 'monotone', clipped: [] }
}

const caveatOf = (m: Maximum): Phrase => {
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
const clippedEstimate = (root: Expr, clipped: Maximum['clipped']): Expr =>
  clipped.reduce((t: Expr, c) => (c.end === 'lo' ? fn('max', t, c.to) : fn('min', t, c.to)), root)

const assemble = (
  s: Setting,
  wanted: readonly Wanted[],
  opening: Section,
  sections: readonly Section[],
  m: Finding,
  information: Information | undefined,
): Derivation => {
  const [typical] = m.cases
  if (!typical) return undecided(s.model, [opening, ...sections], 'conclusion', 'no case was found')
  const estimator = typical.estimator && clippedEstimate(typical.estimator, m.clipped)
  const agrees = (c: CaseOutcome): boolean => {
    if (c === typical) return true
    if (!estimator || !c.estimator) return false
    // n/S says nothing where S = 0, whatever max or min is put around it
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
  return document(
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
