/**
 * A score g·m whose factor g is free of the unknown and whose factor m is positive: the data alone decide whether ℓ rises,
 * falls or is constant. Refuses where m has no proved sign, or where g has one (then the score does, too).
 */
import type { Block, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { positivity } from '../solve/open-case.ts'
import { reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { addAll, cases as casesOf, type Expr, eq, gt, isZero, lt, mulAll, ne, neg, type Prop, ZERO } from '../term/term.ts'
import { factors, mentions, some, summands } from '../term/walk.ts'
import type { Finding } from './assemble.ts'
import { type CaseOutcome, monotoneOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import { ellHead, throughout } from './words.ts'

/** g with the score as a positive multiple of it. */
const decidingFactor = (score: Expr, s: Setting): Expr | undefined => {
  const cx = assuming(s.interior, s.model.assume)
  const of = (t: Expr): Expr | undefined => {
    const fixed: Expr[] = []
    let sign = 1
    for (const f of factors(t)) {
      const v = signOf(f, cx)?.sign
      if (v === 'neg') sign = -sign
      else if (v !== 'pos') {
        if (mentions(f, s.unknown.name)) return undefined
        fixed.push(f)
      }
    }
    const g = mulAll(fixed)
    if (fixed.length !== 1 || !some(g, u => u.kind === 'at' || (u.kind === 'sym' && s.closed.data.includes(u.name)))) return undefined
    return sign > 0 ? g : addAll(summands(g).map(neg))
  }
  return of(score) ?? (score.kind === 'add' ? of(reduceFraction(score)) : undefined)
}

/** The three cases of the sign of the data, with the section that argues them; undefined for another score. */
export const decidedByData = (s: Setting, ell: Expr, score: Expr, sections: Section[]): Finding | undefined => {
  const g = decidingFactor(score, s)
  if (!g || isZero(g)) return undefined
  const up = positivity(g)
  if (up.kind !== 'rel') return undefined
  const cases: CaseOutcome[] = []
  for (const sign of ['pos', 'neg'] as const) {
    const when: Prop = sign === 'pos' ? up : lt(up.right, up.left)
    const cx = assuming(s.interior, [...s.model.assume, when])
    // the sign of the score must be provable in the case, so that nothing rests on how g was written
    if (signOf(g, cx)?.sign !== sign) return undefined
    const outcome = monotoneOutcome(s, ell, { sign, why: { kind: 'by', law: 'sign of the score', of: [] } }, cx)
    if (!outcome) return undefined
    const [verb, side] = sign === 'pos' ? ['rises', 'right'] : ['falls', 'left']
    const trend: Phrase = say`${(sign === 'pos' ? gt : lt)(ellHead(s, 1), ZERO)} ${throughout(s)}: the likelihood ${verb} as ${s.unknown} grows`
    const content: Phrase = outcome.estimator
      ? say`${trend}, so it is largest at the ${side} end of the parameter space, ${outcome.estimator}.`
      : say`${trend}. Its supremum is approached as ${s.unknown} → ${outcome.towards ?? ZERO} and never attained, so no maximum-likelihood estimate exists.`
    cases.push({ ...outcome, when, blocks: [{ type: 'prose', content }] })
  }
  const level = eq(up.left, up.right)
  const middle: CaseOutcome = {
    when: some(up.left, u => u.kind === 'at') && !same(up.left, ZERO) ? level : eq(up.right, up.left),
    attained: 'set',
    where: ['everywhere'],
    why: say`${ellHead(s)} is constant`,
    blocks: [
      {
        type: 'prose',
        content: say`The score is 0: the likelihood does not depend on ${s.unknown}, and every point of the parameter space is a maximiser.`,
      },
    ],
  }
  const all = [...cases, middle]
  const list: Block = { type: 'list', items: all.map(c => ({ label: say`${c.when}`, blocks: c.blocks })) }
  sections.push({
    type: 'section',
    id: 'boundary',
    title: 'The data decide the sign of the score',
    blocks: [
      {
        type: 'prose',
        content: say`The score is ${g} times a positive factor: its sign does not depend on ${s.unknown}, and setting the derivative to zero cannot find the maximum.`,
      },
      list,
    ],
  })
  const [rising, falling] = cases
  const formula =
    rising?.estimator && falling?.estimator ? { formula: casesOf([{ when: up, value: rising.estimator }], falling.estimator) } : {}
  return { cases: all, generic: [formula.formula ? ne(up.left, up.right) : up], argument: 'monotone', clipped: [], ...formula }
}
