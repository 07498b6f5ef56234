/** The sections of a derivation whose support moves with the parameter. */

import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { same } from '../term/order.ts'
import { and, eq, interval, le, lt, type Prop, ZERO } from '../term/term.ts'
import type { DataBound } from './data-bounds.ts'
import { resultExpr } from './draft.ts'
import type { CaseOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { statisticsIn, sufficientStatistics } from './statistics.ts'
import { ellHead, lHead } from './words.ts'
export const likelihoodSection = (s: Setting, likelihood: Chain, said: Phrase = []): Section => ({
  type: 'section',
  id: 'likelihood',
  title: 'Likelihood',
  blocks: [
    {
      type: 'prose',
      content: s.direct
        ? say`The indicator says for which ${s.unknown} the data are possible: it is part of the likelihood and may not be dropped.`
        : say`${said}The support depends on ${s.unknown}, so its indicator is part of the likelihood and may not be dropped.`,
    },
    likelihood,
    {
      type: 'prose',
      content:
        s.discrete || s.direct
          ? say`${lHead(s)} is no distribution over ${s.unknown}.`
          : say`${lHead(s)} is the joint density at the observed data, not a probability, and no density in ${s.unknown}.`,
    },
  ],
})

const boundWords = (s: Setting, b: DataBound): Phrase => {
  const solved = b.side === 'lo' ? (b.strict ? lt : le)(b.value, s.unknown) : (b.strict ? lt : le)(s.unknown, b.value)
  return same(solved, b.cond) ? say`${b.cond}` : say`${b.cond}, that is, ${solved}`
}

export const positiveSection = (s: Setting, bounds: readonly DataBound[], generic: readonly Prop[], ellChain: Chain): Section => {
  const ell = resultExpr(ellChain)
  const inEll = sufficientStatistics(ell, s)
  const statistics = [...(inEll ?? []), ...bounds.flatMap(b => statisticsIn(b.cond, s.unknown.name))]
  const sufficient: Phrase =
    inEll && statistics.length > 0
      ? say`The unknown meets the sample only in ${joined(
          statistics.map(t => say`${t}`),
          ' and ',
        )}: by the factorisation theorem ${statistics.length > 1 ? 'together they are sufficient' : 'it is a sufficient statistic'}. `
      : []
  const lead: Phrase = generic.length > 0 ? say`Let ${and(...generic)}. ` : []
  return {
    type: 'section',
    id: 'support',
    title: 'Where the likelihood is positive',
    blocks: [
      {
        type: 'prose',
        content: [
          ...sufficient,
          ...say`${eq(lHead(s), ZERO)} unless ${joined(
            bounds.map(b => boundWords(s, b)),
            ' and ',
          )}: any other ${s.unknown} makes ${s.direct ? 'the data' : 'an observation'} impossible. `,
          ...lead,
          'On the values that remain,',
        ],
      },
      ellChain,
    ],
  }
}

export const scoreSection = (s: Setting, score: Chain, sign: string, bounds: readonly DataBound[], isWeak = false): Section => ({
  type: 'section',
  id: 'score',
  title: 'Score',
  blocks: [
    score,
    {
      type: 'prose',
      content:
        sign === 'zero'
          ? say`The log-likelihood is constant where it is finite: the score says nothing about ${s.unknown}.`
          : say`This is ${sign === 'neg' ? 'negative' : 'positive'} for every ${s.unknown} with ${joined(
              bounds.map(b => say`${b.cond}`),
              ' and ',
            )}${isWeak ? ', as the support says of every observation (it may vanish at the end itself)' : ''}. The score equation has no solution: setting the derivative to zero cannot find this maximum.`,
    },
  ],
})

export const endpointSection = (
  s: Setting,
  outcome: CaseOutcome,
  sign: string,
  low: DataBound | undefined,
  high: DataBound | undefined,
): Section => {
  const blocks: Block[] = []
  if (outcome.set)
    blocks.push({
      type: 'prose',
      content: say`Every ${s.unknown} from ${outcome.set.lo} to ${outcome.set.hi} has the same likelihood, and no other has more: the maximum-likelihood estimate is not unique.`,
    })
  else {
    const end = sign === 'neg' ? low : high
    const extreme = sign === 'neg' ? 'smallest' : 'largest'
    blocks.push({
      type: 'prose',
      content:
        end && outcome.estimator
          ? say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, so it is largest at the ${extreme} value that the data allow, ${eq(s.unknown, end.value)}. That value belongs to the set because the support is closed at this end. (Were it open, the supremum would be approached but not attained, and no maximum-likelihood estimate would exist.)`
          : end
            ? say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, so the likelihood grows as ${s.unknown} → ${end.value}. That value does not belong to the set, because the support is open at this end: the supremum is approached but not attained, and no maximum-likelihood estimate exists.`
            : say`${ellHead(s)} is strictly ${sign === 'neg' ? 'decreasing' : 'increasing'}, and nothing in the data stops it.`,
    })
  }
  return {
    type: 'section',
    id: 'second-order',
    title: outcome.set
      ? 'The maximum is not unique'
      : outcome.attained === 'none'
        ? 'The maximum is not attained'
        : 'The maximum is at the end of the support',
    blocks,
  }
}

export const specialSection = (s: Setting, cases: readonly CaseOutcome[]): Section => ({
  type: 'section',
  id: 'boundary',
  title: 'The boundary',
  blocks: [
    {
      type: 'list',
      items: cases.map(c => ({
        label: say`${c.when}`,
        blocks: [
          {
            type: 'prose' as const,
            content: c.set
              ? say`The end of the parameter space binds before the data do: every point of ${interval(c.set.lo, c.set.hi, ...c.set.closed)} has the same likelihood, and no other has more.`
              : c.attained === 'endpoint' && c.estimator
                ? say`One of the conditions then holds for every ${s.unknown}; the likelihood is largest at the end that the other leaves, ${c.estimator}.`
                : c.estimator
                  ? say`The data allow every ${s.unknown} of the parameter space; the likelihood is largest at its end, ${c.estimator}.`
                  : say`The data allow every ${s.unknown} of the parameter space, and ${c.supremum?.kind === 'infinity' ? say`${lHead(s)} → ${c.supremum}` : 'the likelihood grows'} as ${s.unknown} → ${c.towards ?? ZERO}: no maximum-likelihood estimate exists.`,
          },
        ],
      })),
    },
  ],
})
