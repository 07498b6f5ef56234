/** Section "Log-likelihood": the logarithm of the opened product, by the laws of logarithms. */
import type { Abbreviation, Chain, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import { type Expr, eq, log } from '../term/term.ts'
import { mentions, some, summands } from '../term/walk.ts'
import { chain, lastId, resultExpr, titles } from './draft.ts'
import { expandEntangledSums, openLog, openPowers } from './laws.ts'
import type { Likelihood } from './likelihood.ts'
import { lossSentence } from './loss.ts'
import { sinceWords } from './reasons.ts'
import type { Setting } from './setting.ts'
import { nameStatistics, statisticsIn, sufficientStatistics } from './statistics.ts'
import { ellHead, lHead, listed, strictlyInside, writing } from './words.ts'

export interface LogLikelihood {
  readonly chain: Chain
  readonly ell: Expr
  readonly names: readonly Abbreviation[]
  /** Undefined where unknown and data cannot be separated. */
  readonly sufficient: readonly Expr[] | undefined
}

/** In ℓ a statistic is worth a letter if its summand involves the unknown. */
const isTied = (statistic: Expr, ell: Expr, unknown: string): boolean =>
  summands(ell).some(p => mentions(p, unknown) && some(p, u => same(u, statistic)))

export const logLikelihoodOf = (s: Setting, likelihood: Likelihood): LogLikelihood => {
  let names = likelihood.names
  const bigL = resultExpr(likelihood.chain)
  const built = chain(
    {
      id: 'log-likelihood',
      subject: ellHead(s),
      start: log(bigL),
      origin: { kind: 'log', of: lastId(likelihood.chain) },
      opening: ['definition'],
      given: s.model.assume,
    },
    [
      { by: openLog },
      { by: openPowers },
      {
        by: attempt(expandEntangledSums),
        names: t => {
          const old = likelihood.names
          const more = statisticsIn(t, s.unknown.name).filter(u => !old.some(n => same(n.term, u)) && isTied(u, t as Expr, s.unknown.name))
          const fresh = more.length === 0 ? [] : nameStatistics([...old.map(n => n.term), ...more], s).slice(old.length)
          names = [...old, ...fresh]
          return fresh
        },
        reason: (done, fresh) => listed(titles(done.steps), writing(fresh)),
      },
    ],
    s.interior,
  )
  const ell = resultExpr(built)
  return { chain: built, ell, names, sufficient: sufficientStatistics(ell, s) }
}

const positivity = (s: Setting, bigL: Expr): Phrase => {
  const inside = strictlyInside(s.unknown, s.space)
  const known = [s.unknown.name, ...(s.size.kind === 'sym' ? [s.size.name] : [])]
  const verdict = signOf(bigL, s.interior)
  const since = verdict?.sign === 'pos' ? sinceWords([verdict.why], ' because ', known) : []
  const closed = s.parameter.domain.kind === 'interval' ? s.parameter.domain.closed : [false, false]
  const wait =
    closed[0] && closed[1]
      ? ' (the ends of the parameter space wait for the boundary section)'
      : closed[0] || closed[1]
        ? ' (the end of the parameter space waits for the boundary section)'
        : ''
  // a density may vanish at some parameters for every sample: nothing is claimed that is not proved
  if (verdict?.sign !== 'pos') return say`Where ${lHead(s)} is positive${wait},`
  return say`${inside ? say`For ${inside} every` : 'Every'} factor is positive${since}${wait}, and`
}

export const logLikelihoodSection = (s: Setting, l: LogLikelihood, bigL: Expr): Section => ({
  type: 'section',
  id: 'log-likelihood',
  title: 'Log-likelihood',
  blocks: [
    {
      type: 'prose',
      content: [
        ...say`The logarithm is strictly increasing, so ${lHead(s)} and ${eq(ellHead(s), log(lHead(s)))} are largest at the same ${s.unknown}. `,
        ...positivity(s, bigL),
      ],
    },
    l.chain,
    { type: 'prose', content: lossSentence(s, l.ell) },
  ],
})
