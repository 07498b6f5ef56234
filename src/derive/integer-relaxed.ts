/**
 * An integer parameter whose likelihood makes sense for real values too: where ℓ rises up to one real maximiser and falls
 * after it, only the two integers beside that point compete. Refuses supports that move with the parameter, real
 * problems without a closed form, and arguments that do not say where ℓ rises and falls.
 */
import type { Answer, AnswerCase, Block, Derivation, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Model, Wanted } from '../model/model.ts'
import { assuming } from '../rewrite/facts.ts'
import { proveInteger } from '../rewrite/sign.ts'
import { type Expr, fn, type IntervalSet, interval, isIn, type Prop } from '../term/term.ts'
import { answerCases, concludeWithout } from './conclusion.ts'
import { refusedInformation } from './information.ts'
import { integerBounds } from './integer-bounds.ts'
import { invariance } from './invariance.ts'
import { modelSection } from './model-section.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { lHead } from './words.ts'

/** The real interval with the same ends. */
const realSpace = (s: Setting): IntervalSet | undefined => {
  const { domain } = s.parameter
  if (domain.kind !== 'range' || s.moving || integerBounds(s)?.fromData.length !== 0) return undefined
  return interval(domain.lo, domain.hi, domain.lo.kind !== 'infinity', domain.hi.kind !== 'infinity')
}

/** The case of the integers beside the real maximiser, or undefined if it cannot be said. */
const rounded = (s: Setting, c: AnswerCase): CaseOutcome | undefined => {
  const estimator = c.estimator?.[s.unknown.name]
  const base = { when: c.when, blocks: [] }
  if (c.attained === 'none') {
    const towards = c.towards?.[s.unknown.name]
    if (towards?.kind !== 'infinity') return undefined
    return {
      ...base,
      attained: 'none',
      towards,
      ...(c.supremum ? { supremum: c.supremum } : {}),
      where: say`${s.unknown} → ${towards}`,
      why: c.why,
    }
  }
  if (!estimator) return undefined
  if (c.attained === 'boundary') return { ...base, attained: 'boundary', estimator, where: ['end of the parameter space'], why: c.why }
  if (c.attained !== 'interior') return undefined
  const isWhole = proveInteger(estimator, assuming(s.closed, [c.when])) !== undefined
  return {
    ...base,
    attained: 'integer',
    ...(isWhole ? { estimator } : { candidates: [fn('floor', estimator), fn('ceil', estimator)] }),
    where: [isWhole ? 'an integer by itself' : 'an integer beside the real maximiser'],
    why: say`${lHead(s)} rises before ${estimator} and falls after it`,
    global: 'comparison',
  }
}

const onReals = (b: Block, domain: Prop): Block =>
  b.type === 'chain'
    ? { ...b, domain: b.domain ?? domain }
    : b.type === 'list'
      ? { ...b, items: b.items.map(i => ({ ...i, blocks: i.blocks.map(c => onReals(c, domain)) })) }
      : b

const candidateWords = (c: CaseOutcome): Phrase => {
  const when: Phrase =
    c.when.kind === 'and' && c.when.props.length === 0 ? ['for every sample'] : say`if ${{ math: c.when, plainNames: true, means: true }}`
  if (c.candidates)
    return say`the estimate is ${joined(
      c.candidates.map(p => say`${{ math: p, plainNames: true, means: true }}`),
      ' or ',
    )}, whichever has the larger likelihood, ${when} (both if they tie)`
  return c.estimator ? say`it is ${{ math: c.estimator, plainNames: true, means: true }} ${when}` : say`no maximum exists ${when}`
}

/** The derivation over the integers from that over the reals between the same ends; undefined if that does not settle it. */
export const relaxedMaximum = (s: Setting, wanted: readonly Wanted[], derive: (real: Model) => Derivation): Derivation | undefined => {
  const space = realSpace(s)
  if (!space) return undefined
  const found = derive({ ...s.model, parameters: [{ ...s.parameter, domain: space }] })
  const { global } = found.answer
  if (global !== 'strict concavity' && global !== 'sign change') return undefined
  const told = found.answer.cases.map(c => rounded(s, c))
  const cases = told.filter(c => c !== undefined)
  const [main] = cases
  if (cases.length === 0 || cases.length !== told.length || main?.attained !== 'integer') return undefined
  const domain = isIn(s.unknown, interval(space.lo, space.hi))
  const opening: Section = {
    type: 'section',
    id: 'support',
    title: 'Real values first',
    blocks: [
      {
        type: 'prose',
        content: say`${s.unknown} is an integer, so ${lHead(s)} cannot be differentiated in it. But the formula makes sense for every real ${isIn(s.unknown, space)}, which is what “the parameter space” means up to the comparison of integers.`,
      },
    ],
  }
  const comparison: Section = {
    type: 'section',
    id: 'comparison',
    title: 'Back to the integers',
    blocks: [
      {
        type: 'prose',
        content: say`The likelihood rises up to its real maximiser and falls after it. So among the integers below that point the nearest is best, and so it is among those above it: only the two integers beside it compete, and ${lHead(s)} is compared at them.`,
      },
    ],
  }
  const words = joined(
    cases.map(c => candidateWords(c)),
    '; ',
  )
  const [head, ...rest] = words
  const sentence: Phrase = [typeof head === 'string' ? `${head.charAt(0).toUpperCase()}${head.slice(1)}` : (head ?? ''), ...rest, '.']
  const ending = concludeWithout(s, sentence, cases)
  const information = refusedInformation(
    ['The parameter is an integer: the log-likelihood has no derivative in it, and there is no information to speak of.'],
    'the parameter is an integer',
  )
  const kept = found.sections.filter(x => !['model', 'short', 'conclusion', 'information', 'invariance', 'computing'].includes(x.id))
  const estimator: Expr | null = main.estimator ?? null
  const functions = invariance(s, wanted, main.estimator, undefined)
  const answer: Answer = {
    outcome: 'integer',
    parameters: { [s.unknown.name]: { estimator, equation: null, closedForm: estimator !== null } },
    cases: answerCases(s, cases),
    global: 'comparison',
    information: information.answer,
    functions: functions?.functions ?? {},
    obstacle: null,
  }
  return {
    ...found,
    model: s.model,
    sections: [
      modelSection(s.model),
      ending.short,
      opening,
      ...kept.map(x => ({ ...x, blocks: x.blocks.map(b => onReals(b, domain)) })),
      comparison,
      ending.section,
      information.section,
      ...(functions ? [functions.section] : []),
    ],
    answer,
  }
}
