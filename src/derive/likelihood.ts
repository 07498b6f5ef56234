/** Section "Likelihood": the product over the sample, opened by the laws of products and exponents. */
import type { Abbreviation, Chain, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { fewValues } from '../rewrite/few-values.ts'
import { attempt, type Done, everywhere, onlyIf, seq, somewhere } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import { type Expr, isOne, ONE, type Prop, type Term } from '../term/term.ts'
import { factors, hasKind, mentions, some } from '../term/walk.ts'
import { chain, titles } from './draft.ts'
import { caseValues, gatherNumbers, laws, openCells, openProduct, splitSums, tidy } from './laws.ts'
import { integralWords } from './loss.ts'
import type { Setting } from './setting.ts'
import { nameStatistics, statisticsIn } from './statistics.ts'
import { lHead, listed, writing } from './words.ts'

export interface Likelihood {
  readonly chain: Chain
  readonly names: readonly Abbreviation[]
}

/** A statistic is worth a letter if it stands in one factor with the unknown; elsewhere it is a constant of the problem. */
const isTied = (statistic: Expr, t: Expr, unknown: string): boolean =>
  factors(t).some(f => mentions(f, unknown) && some(f, u => same(u, statistic)))

const assumedWords = (facts: readonly Prop[]): Phrase =>
  say`the sample at hand: ${joined(
    facts.map(p => say`${p}`),
    ', ',
  )}`

const useAssumed = seq(caseValues, attempt(tidy))
const countByCondition = everywhere(onlyIf(t => t.kind === 'big' && t.body.kind === 'cases', laws('sample.by-condition')))
const countByCell = somewhere(onlyIf(t => t.kind === 'big', laws('sample.by-cell')))
const countByBranch = everywhere(onlyIf(t => t.kind === 'big' && t.body.kind === 'cases', laws('sample.by-branch')))
const openAndGather = seq(openProduct, attempt(gatherNumbers))

/** L as a product of few factors; the sample's statistics get their letters where it last enters. */
export const likelihoodOf = (s: Setting): Likelihood => {
  let names: readonly Abbreviation[] = []
  const facts = s.model.assume
  const nameNew = (t: Term): readonly Abbreviation[] => {
    const old = names
    const isNew = (u: Expr): boolean => !old.some(n => same(n.term, u)) && isTied(u, t as Expr, s.unknown.name)
    const more = statisticsIn(t, s.unknown.name).filter(isNew)
    const fresh = more.length === 0 ? [] : nameStatistics([...old.map(n => n.term), ...more], s).slice(old.length)
    names = [...old, ...fresh]
    return fresh
  }
  const reason = (done: Done, fresh: readonly Abbreviation[]): Phrase => listed(titles(done.steps), writing(fresh))
  const built = chain(
    {
      id: 'likelihood',
      subject: lHead(s),
      start: s.product,
      origin: { kind: 'likelihood' },
      opening: [s.direct ? 'as given' : isOne(s.size) ? 'there is one observation' : 'independence'],
      asWritten: true,
      given: facts,
    },
    [
      // two probabilities told apart by a condition: the number of observations that meet it is the sample
      ...(hasKind(s.product, 'cases') ? [{ by: countByCondition, names: nameNew, reason }] : []),
      // more of them, or probabilities linear in the observation: the number of observations in each cell
      ...(s.discrete && !s.moving && !s.direct && fewValues(s.variable.support) ? [{ by: countByCell, names: nameNew, reason }] : []),
      // several cases beside values without end
      ...(hasKind(s.product, 'cases') ? [{ by: countByBranch, names: nameNew, reason }] : []),
      { by: openAndGather },
      ...(s.direct ? [{ by: openCells }] : []),
      ...(facts.length > 0 ? [{ by: useAssumed, reason: assumedWords(facts) }] : []),
      { by: splitSums, names: nameNew, reason },
    ],
    s.interior,
  )
  return { chain: built, names }
}

const sufficiency = (sufficient: readonly Expr[] | undefined, names: readonly Abbreviation[]): Phrase => {
  if (!sufficient || sufficient.length === 0) return []
  // in the order in which they got their letters
  const place = (t: Expr): number => names.findIndex(n => same(n.term, t))
  const list = joined(
    sufficient.toSorted((a, b) => place(a) - place(b)).map(t => say`${t}`),
    ', ',
    ' and ',
  )
  const [one, many] = ['it is a sufficient statistic', 'together they are sufficient']
  return say`The unknown meets the sample only in ${list}: by the factorisation theorem ${sufficient.length === 1 ? one : many}. `
}

const nature = (s: Setting): Phrase =>
  s.direct
    ? say`${lHead(s)} is a function of ${s.unknown} for fixed data; it is no distribution over ${s.unknown}. A constant factor would change neither where it is largest nor the estimate.`
    : s.discrete
      ? say`${lHead(s)} is the probability of the observed data, read as a function of ${s.unknown}; it is no distribution over ${s.unknown}${integralWords(s)}.`
      : say`${lHead(s)} is the joint density at the observed data, not a probability: it can exceed ${ONE}. Nor is it a density in ${s.unknown}.`

export const likelihoodSection = (s: Setting, likelihood: Likelihood, sufficient: readonly Expr[] | undefined): Section => ({
  type: 'section',
  id: 'likelihood',
  title: 'Likelihood',
  blocks: [
    {
      type: 'prose',
      content: s.direct
        ? say`The data are fixed and ${s.unknown} varies.`
        : isOne(s.size)
          ? say`The observation is fixed and ${s.unknown} varies.`
          : say`The data are fixed and ${s.unknown} varies. Independence makes the joint ${s.discrete ? 'probability' : 'density'} a product.`,
    },
    likelihood.chain,
    { type: 'prose', content: [...sufficiency(sufficient, likelihood.names), ...nature(s)] },
  ],
})
