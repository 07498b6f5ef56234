/** Section "Is it a maximum?": by strict concavity, by the change of sign of the score, or by its values near the ends. */
import type { Block, Chain, Phrase } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { mergedProduct } from '../rewrite/arithmetic.ts'
import type { Context } from '../rewrite/facts.ts'
import { signOf, type Verdict } from '../rewrite/sign.ts'
import { applyWith } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import { and, type Expr, eq, gt, isOne, lt, num, type Prop, pow, ZERO } from '../term/term.ts'
import { summands } from '../term/walk.ts'
import { chain, resultExpr } from './draft.ts'
import { onInterior } from './ends.ts'
import { law } from './laws.ts'
import { leaves } from './reasons.ts'
import type { Setting } from './setting.ts'
import type { Stationary } from './stationary.ts'
import { capital, ellHead, strictlyInside } from './words.ts'

/** The size and the unknown: what is known of them has been said. */
export const plainNames = (s: Setting): readonly string[] => [s.unknown.name, ...(s.size.kind === 'sym' ? [s.size.name] : [])]

/** What makes it negative: "both terms are negative", or that it is. */
const termsWords = (t: Expr): string => {
  const count = summands(t).length
  return count === 1 ? 'the second derivative is negative' : count === 2 ? 'both terms are negative' : 'all terms are negative'
}

const eachNegative = (t: Expr, cx: Context): boolean => summands(t).every(p => signOf(p, cx)?.sign === 'neg')

export const isMixedSign = (t: Expr, cx: Context): boolean => {
  const signs = summands(t).map(p => signOf(p, cx)?.sign)
  return signs.includes('pos') && signs.includes('neg')
}

export const concavityBlocks = (s: Setting, second: Chain, v: Verdict, cx: Context, generic: readonly Prop[]): readonly Block[] => {
  const value = resultExpr(second)
  const inside = strictlyInside(s.unknown, s.space)
  const where: Phrase = inside
    ? inside.kind === 'and'
      ? say`for every ${s.unknown} with ${inside}`
      : say`for every ${inside}`
    : say`for every real ${s.unknown}`
  const all = leaves([v.why], plainNames(s))
  const used = generic.filter(g => all.some(f => same(g, f)))
  const facts = all.filter(f => !used.some(g => same(g, f)))
  const given = used.length > 0 ? say`With ${and(...used)}, ` : []
  const words = eachNegative(value, cx) ? termsWords(value) : 'the second derivative is negative'
  const rest = generic.filter(g => !used.some(u => same(u, g)))
  return [
    { type: 'prose', content: ['A zero score alone is not enough. Differentiate the score once more.'] },
    second,
    {
      type: 'check',
      claim: lt(ellHead(s, 2), ZERO),
      holds: true,
      why: [v.why],
      content: [
        ...given,
        ...(given.length > 0 ? [words] : capital([words])),
        ' ',
        ...where,
        ...(facts.length > 0
          ? say` (${joined(
              facts.slice(0, 4).map(f => say`${f}`),
              ', ',
            )})`
          : []),
        ...say`. So ${ellHead(s)} is strictly concave there, and ${rest.length > 0 ? say`for ${and(...rest)} ` : ''}its stationary point is the unique global maximum ${onInterior(s)}.`,
      ],
    },
  ]
}

export const signChangeBlocks = (
  s: Setting,
  scoreChain: Chain,
  form: NonNullable<Stationary['form']>,
  root: Expr,
  cx: Context,
  generic: readonly Prop[],
  why: Phrase = [],
): readonly Block[] => {
  const inverse = mergedProduct([pow(form.multiplier, num(-1))])
  const shown = chain(
    { id: 'sign-change', subject: ellHead(s, 1), start: resultExpr(scoreChain), origin: { kind: 'term' }, given: generic },
    [{ by: applyWith(law('algebra.common-factor'), inverse), reason: say`take out ${inverse}` }],
    cx,
  )
  const factor = shown.lines.length > 0 && why.length === 0
  const bare = isOne(form.multiplier) || same(form.difference, resultExpr(scoreChain))
  const falls: Phrase = factor
    ? say`The factor ${inverse} is positive, and the other falls strictly as ${s.unknown} grows`
    : bare
      ? say`${ellHead(s, 1)} falls strictly as ${s.unknown} grows`
      : say`${ellHead(s, 1)} is ${inverse} times ${form.difference}: the first is positive, and the other falls strictly as ${s.unknown} grows`
  return [
    ...(factor ? [shown] : []),
    {
      type: 'check',
      claim: gt(form.multiplier, ZERO),
      holds: true,
      why: [],
      content: say`${generic.length > 0 ? say`Let ${and(...generic)}. ` : []}${falls}${why}; it vanishes at ${eq(s.unknown, root)} only. So ${ellHead(s, 1)} is positive before this point and negative after it: ${ellHead(s)} rises, then falls, and the stationary point is the unique global maximum ${onInterior(s)}.`,
    },
  ]
}

/** D has one root and opposite signs near the ends. */
export const crossingBlocks = (
  s: Setting,
  form: NonNullable<Stationary['form']>,
  root: Expr,
  generic: readonly Prop[],
): readonly Block[] => [
  {
    type: 'check',
    claim: gt(form.multiplier, ZERO),
    holds: true,
    why: [],
    content: say`${generic.length > 0 ? say`Let ${and(...generic)}. ` : []}The score has the sign of the continuous function ${form.difference}, which is positive near the left end of the parameter space, negative near the right end, and vanishes at ${eq(s.unknown, root)} only. So ${ellHead(s, 1)} is positive before this point and negative after it: ${ellHead(s)} rises, then falls, and the stationary point is the unique global maximum ${onInterior(s)}.`,
  },
]
