/** Why a statement that is not true of the model is not called wrong: it is not claimed, or how it is meant was not read. */
import type { Expr } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'
import { mentionsHat } from './decide.ts'
import { keepsAll } from './judge-estimate.ts'
import { admitsEnd, atSomeValue, ofExample, ofSomeComponents } from './of-examples.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Statement } from './statement.ts'
import { notUnderstood } from './understood.ts'

/** The doubt in words; undefined where nothing speaks against calling the statement wrong. */
export const doubtOf = (m: Memory, s: Statement, found: Ruling): string | undefined =>
  (s.doubt !== undefined && isBeside(m, s, found) ? undefined : s.doubt) ??
  (!found.numeric && !found.always && ofExample(m, s) ? 'The number of an example: it was not compared.' : undefined) ??
  (atSomeValue(m, s) ? 'At which parameter this is meant was not read.' : undefined) ??
  (found.role === 'estimator' && isStationaryOnly(s) ? 'A stationary point, which need not be the maximum.' : undefined) ??
  (found.role === 'estimator' && m.reference.moving && isRootSpokenOf(s)
    ? 'A zero of the derivative, which need not be the maximum.'
    : undefined) ??
  (ofNoData.test(s.sentence ?? '') ? 'This is said of a sample without observations.' : undefined) ??
  (joinsInequalities(m, s) ? 'Said to hold exactly where its neighbour holds, and not of every parameter.' : undefined) ??
  (ofSomeComponents(m, s) ? 'This is said of some components only.' : undefined) ??
  (found.role === 'estimator' && ['max.strict-weak', 'max.open-boundary'].includes(found.mistake ?? '') && admitsEnd.test(near(m, s, 1))
    ? 'The text says itself that the end does not belong to the support.'
    : undefined) ??
  (found.mistake === 'max.open-boundary' && closesSpace.test(m.line?.source ?? '')
    ? 'The end seems to be made a point of the parameter space.'
    : undefined) ??
  ((found.role === 'estimator' && isPlainAnswer(s)) || (found.mistake === 'max.hessian-diagonal' && found.always)
    ? undefined
    : found.mistake === 'solve.inadmissible-root' && keepsAll.test(m.line?.source ?? '')
      ? undefined
      : notUnderstood(
          found.mistake === 'max.open-boundary'
            ? inAnyCase(m, s)
            : found.beyond
              ? withoutTail(s)
              : found.mistake === 'solve.extraneous-root'
                ? inSingular(s)
                : inNamedCase(s),
          m.lines,
        ))

/** The lines around a statement. */
const near = (m: Memory, s: Statement, reach: number): string =>
  m.lines
    .filter(l => Math.abs(l.line - s.line) <= reach)
    .map(l => l.source)
    .join('\n')

/** ĝ(0): the value of a function of one observation. */
const holdsValue = (m: Memory, t: Expr): boolean => m.reference.observed.some(x => symbolsOf(t).has(x))

/** "The MLE of the variance is the sample variance with divisor n − 1, v̂ = …": the sentence is an answer, whatever it calls it. */
const isPlainAnswer = (s: Statement): boolean => {
  // a formula in the line before does not end a sentence
  const own = (s.sentence ?? '').split(/⟩ (?=[A-Z][a-z])/).at(-1) ?? ''
  return answers.test(own) && !qualifies.test(own)
}
const answers =
  /^(?:(?:so|hence|thus|therefore|consequently|finally|and|we conclude that|it follows that),? )*(?:the|our) (?:mle|ml[- ]estimat(?:e|or)|maximum[- ]likelihood[- ]estimat(?:e|or))(?: of (?:the )?[\w ]*(?:⟨⟩)?)? (?:is|equals|becomes)\b[^.;]*⟪⟫$/i
const qualifies =
  /\b(?:if|when(?:ever)?|unless|cases?|suppos\w+|assum\w+|instance|example|special|single|particular|would|could|might|may|provided|had|were|otherwise|instead|alternative\w*|na[iï]ve\w*|contrast|unlike|pretend\w*|imagine|without|not|cannot|never|nor|neither|either|wrong|mistak\w+|error|ignor\w+|candidates?|solutions|roots|unbiased|corrected|adjusted|modified|restricted|constrained|conditional\w*|marginal|profile|first|initial|starting|known|given|other|another|rough\w*|approximate\w*|limit\w*|only|than|until|usual\w*|simple|largest|smallest|larger|smaller)\b|n['’]t\b/i

/** A doubt that changes nothing: whose estimate it is stands in the formula, and an end that Θ excludes is no estimate in any case. */
const isBeside = (m: Memory, s: Statement, found: Ruling): boolean =>
  s.what.kind === 'relation' &&
  ((/^Of what this is the estimate/.test(s.doubt ?? '') &&
    s.what.left.kind === 'term' &&
    mentionsHat(s.what.left.term) &&
    !holdsValue(m, s.what.left.term)) ||
    (/^The condition that is made here/.test(s.doubt ?? '') &&
      found.mistake === 'max.open-boundary' &&
      !/\b(?:not|no|would|excluded|outside|supremum|formally|unbounded|infinite|degenerate\w*|diverges?)\b|\bto (?:plus )?infinity\b|∞|\\infty/i.test(
        s.sentence ?? '',
      )))

const closesSpace = /\b(?:closed|closure|extend\w*|enlarg\w*|allow(?:s|ed|ing)?|permit\w*|includ\w+|admit\w*)\b|\[\s*0\s*,/i
/** Where the end of Θ may be made a point of it, or may not be meant as an estimate. */
const opensSpace =
  /\b(?:allow\w*|permit\w*|includ\w*|add(?:s|ed|ing)?|clos\w+|exten\w+|admit\w*|enlarg\w+|convention\w*|degenerate|formal\w*|limit\w*|suprem\w*|infim\w*|approach\w*|tends?|not|no|never|cannot|would|could|suppos\w+|assum\w+|let)\b|n['’]t\b|\[\s*0\s*,|\\(?:to|downarrow|searrow)\b|→|↓/i
/** "In this case the maximum over the parameter space is attained at μ̂ = 0": an end that Θ excludes is no estimate in any case. */
const inAnyCase = (m: Memory, s: Statement): Statement =>
  m.lines.some(l => l.line <= s.line && l.line > s.line - 4 && opensSpace.test(l.source))
    ? s
    : {
        ...s,
        sentence: (s.sentence ?? '').replace(
          /\bin (?:this|that|such a|the (?:last|latter|second|first|former|other)) case\b|\b(?:over|on|in|within) the (?:whole |given )?parameter (?:space|set|range)(?: ⟨⟩)?/gi,
          '',
        ),
      }

/** "In the case S = 0 no maximum exists": which samples are meant is said by the formula. */
const inNamedCase = (s: Statement): Statement =>
  s.what.kind === 'claim' ? { ...s, sentence: (s.sentence ?? '').replace(/\b(?:in|for) the case(?: of| that| where| when)? ⟨⟩,?/i, '') } : s

/** "Has the solutions v = 0 and …": that they are several is understood. */
const inSingular = (s: Statement): Statement => ({
  ...s,
  sentence: (s.sentence ?? '').replace(/\b(?:solutions|roots|zero(?:e)?s)\b/gi, 'root'),
})

/** "μ̂ = x̄, even if that is below 0": which samples are included is understood. */
const withoutTail = (s: Statement): Statement => ({ ...s, sentence: (s.sentence ?? '').replace(/,? (?:even|also|including)\b.*$/i, '') })

/** "t = 1 is stationary", "is a root of the score": no maximum is claimed. */
const isStationaryOnly = (s: Statement): boolean =>
  /⟪⟫\s*(?:is|are)(?: then| also| therefore| thus| indeed)? (?:(?:a|an|one|the|another|its|our) )?(?:(?:only|other|second|first|single|unique|interior) )?(?:stationary|critical|turning|root|zero|extremum|solution|candidate)\b(?![^.;]*\bmaxim)/.test(
    s.sentence ?? '',
  )

/** "The zero of this expression is t = x̄, but …": where the support moves it may lie outside. */
const isRootSpokenOf = (s: Statement): boolean =>
  /\b(?:zero|root|solution) of (?:the|this|that|its) (?:\w+ )?(?:expression|equation|derivative|score|slope|function|bracket)\b[^.;⟪⟨]{0,24}⟪⟫/i.test(
    s.sentence ?? '',
  )
const ofNoData =
  /\b(?:no (?:data|observations?|counts?)\b|without (?:any )?(?:data|observations?)\b|empty sample|nothing (?:was |is )?observed)/i

/** "A ≥ 1 ⇔ N ≤ x/p": neither side is claimed. */
const joinsInequalities = (m: Memory, s: Statement): boolean => {
  const next = m.statements[m.statements.indexOf(s) + 1]
  return s.what.kind === 'relation' && ['<', '<=', '>', '>='].includes(s.what.relation) && (s.link === '⇔' || next?.link === '⇔')
}
