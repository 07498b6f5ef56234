/** A score of one sign on all of Θ: the score equation has no solution, and an end of Θ decides. */
import type { Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import { add, and, type Expr, eq, HALF, mul, ONE, sub, ZERO } from '../term/term.ts'
import { hasKind, substitute, symbolsOf } from '../term/walk.ts'
import type { Finding } from './assemble.ts'
import { monotoneOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { ellHead, throughout } from './words.ts'

/** ℓ has a slope of one sign on all of Θ: the score equation has no solution. */
export const monotoneEverywhere = (
  s: Setting,
  ell: Expr,
  score: Expr,
  sign: 'pos' | 'neg' | 'zero',
  sections: Section[],
  why: Phrase = [],
): Finding | undefined => {
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
    ...say`The score is ${sign === 'neg' ? 'negative' : 'positive'} ${throughout(s)}${why}: the score equation ${eq(score, ZERO)} has no solution, and setting the derivative to zero cannot find the maximum. The likelihood ${sign === 'neg' ? 'falls' : 'rises'} as ${s.unknown} grows, `,
    ...(outcome.estimator
      ? say`so it is largest at the ${sign === 'neg' ? 'left' : 'right'} end of the parameter space, ${eq(s.unknown, outcome.estimator)}, which belongs to it. (Were that end excluded, no maximum-likelihood estimate would exist.)`
      : say`and ${outcome.towards ?? ZERO} is not in the parameter space: the supremum is approached but not attained, and no maximum-likelihood estimate exists.`),
  ]
  sections.push({ type: 'section', id: 'boundary', title: 'The maximum is at the boundary', blocks: [{ type: 'prose', content }] })
  return { cases: [{ ...outcome, when, blocks: [] }], generic: [], argument: 'monotone', clipped: [] }
}

/** A number between the ends of Θ. */
const between = (lo: Expr, hi: Expr): Expr | undefined => {
  if (lo.kind === 'num' && hi.kind === 'num') return mul(HALF, add(lo, hi))
  if (lo.kind === 'num' && hi.kind === 'infinity') return add(lo, ONE)
  if (lo.kind === 'infinity' && hi.kind === 'num') return sub(hi, ONE)
  return lo.kind === 'infinity' && hi.kind === 'infinity' ? ZERO : undefined
}

/** The sign of a continuous score whose only zero is a number outside of Θ: that at any one point. */
export const signWithoutRoot = (s: Setting, score: Expr, root: Expr): 'pos' | 'neg' | undefined => {
  if (symbolsOf(root).size > 0 || hasKind(root, 'at')) return undefined
  const { lo, hi } = s.space
  const [below, above] = [lo, hi].map(e => (e.kind === 'infinity' ? undefined : signOf(sub(root, e), s.interior)?.sign))
  const isOutside = below === 'neg' || below === 'zero' || above === 'pos' || above === 'zero'
  const point = isOutside ? between(lo, hi) : undefined
  const sign = point && signOf(normalForm(substitute(score, new Map([[s.unknown.name, point]]))), s.interior)?.sign
  return sign === 'pos' || sign === 'neg' ? sign : undefined
}
