/** Section "The boundary": the ends of the parameter space beside a stationary point, and the samples that push it out. */
import type { Block, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf, type Verdict } from '../rewrite/sign.ts'
import { same } from '../term/order.ts'
import { and, call, type Expr, eq, gt, lt, type Prop, ZERO } from '../term/term.ts'
import { merged } from './conclusion.ts'
import { type EndName, endOf, ends, endWords, isIncluded } from './ends.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import { type CaseOutcome, likelihoodAtEnd, monotoneOutcome } from './sample-cases.ts'
import type { Setting } from './setting.ts'
import type { EndVerdict } from './stationary.ts'
import { capital, ellHead, throughout } from './words.ts'

/** The stationary point beyond an end, or at it: ℓ is monotone on the interior. Argued once for both. */
export const beyondOutcome = (
  s: Setting,
  l: LogLikelihood,
  score: Expr,
  v: Extract<EndVerdict, { kind: 'beyond' }>,
  end: EndName,
): readonly CaseOutcome[] | undefined => {
  const slopeUnder = (fact: Prop): Verdict | undefined => {
    const wanted = end === 'lo' ? 'neg' : 'pos'
    const slope = signOf(score, assuming(s.interior, [...s.model.assume, fact]))
    if (slope?.sign === wanted) return slope
    // a falling score that is not positive at the left end is negative after it
    return v.throughout ? { sign: wanted, why: { kind: 'by', law: 'a falling score', of: [] } } : undefined
  }
  const slope = slopeUnder(v.outside)
  if (!slope || !slopeUnder(v.at)) return undefined
  const outcome = monotoneOutcome(s, l.ell, slope, assuming(s.interior, [...s.model.assume, v.outside]))
  if (!outcome) return undefined
  const [verb, side] = end === 'lo' ? ['falls', 'left'] : ['rises', 'right']
  const sign = end === 'lo' ? lt(ellHead(s, 1), ZERO) : gt(ellHead(s, 1), ZERO)
  const [both] = merged([v.outside, v.at])
  const argument: Block = {
    type: 'check',
    claim: sign,
    holds: true,
    why: [slope.why],
    content: say`${capital(throughout(s))}, ${sign}${both ? say` because ${both}` : []}: the likelihood ${verb} throughout${
      outcome.estimator
        ? say`, so it is largest at the ${side} end of the parameter space, ${outcome.estimator}. (Were that end excluded, no maximum-likelihood estimate would exist for these samples.)`
        : say`. Its supremum is approached as ${s.unknown} → ${outcome.towards as Expr}; that end is not in the parameter space, so no maximum-likelihood estimate exists.`
    }`,
  }
  const where: Phrase = isIncluded(s, end) ? say`${endWords(end)} of the parameter space, score zero` : outcome.where
  return [
    { ...outcome, when: v.outside, blocks: [argument] },
    { ...outcome, when: v.at, where, blocks: [] },
  ]
}

const includedEnds = (s: Setting, bigL: Expr, root: Expr, cx: Context): Phrase => {
  const zero: Expr[] = []
  const other: Phrase[] = []
  for (const end of ends) {
    if (!isIncluded(s, end)) continue
    const value = likelihoodAtEnd(s, bigL, end, cx)
    const place = eq(s.unknown, endOf(s, end))
    if (value && same(value, ZERO)) zero.push(call('L', [endOf(s, end)]))
    else if (value)
      other.push(end === 'lo' ? say`it rises from ${place} to the stationary point` : say`it falls from the stationary point to ${place}`)
  }
  const [first, second] = zero
  const peak = call('L', [root])
  const vanish: Phrase = !first
    ? []
    : second
      ? say`${and(eq(first, second), eq(second, ZERO), lt(ZERO, peak))}, so neither end competes`
      : say`${and(eq(first, ZERO), lt(ZERO, peak))}, so that end does not compete`
  const flow: Phrase =
    other.length === 0
      ? []
      : say`the likelihood is continuous, and ${joined(other, ' and ')}, so ${other.length > 1 ? 'neither end competes' : 'that end does not compete'}`
  return capital(
    joined(
      [vanish, flow].filter(p => p.length > 0),
      '; ',
    ),
  )
}

/** A case without blocks of its own was argued with the one before it. */
const caseItem = (c: CaseOutcome, next: CaseOutcome | undefined): { readonly label: Phrase; readonly blocks: readonly Block[] } => ({
  label: say`${joined(
    merged([c.when, ...(next && next.blocks.length === 0 ? [next.when] : [])]).map(w => say`${w}`),
    ' or ',
  )}${c.samples && c.samples.kind === 'all' ? say` (${c.samples})` : []}`,
  blocks: c.blocks,
})

export const boundarySection = (
  s: Setting,
  cases: readonly CaseOutcome[],
  generic: readonly Prop[],
  bigL: Expr,
  root: Expr,
  cx: Context,
): Section => {
  const open = !ends.some(e => isIncluded(s, e))
  const items: { label?: Phrase; blocks: readonly Block[] }[] = []
  const competing = includedEnds(s, bigL, root, cx)
  const genericText: Phrase = [
    ...(competing.length > 0
      ? say`${competing}. `
      : open
        ? say`The parameter space is open: the interior argument has compared every point of it. `
        : []),
    ...say`The maximum is at ${eq(s.unknown, root)}.`,
  ]
  if (cases.length === 0)
    return { type: 'section', id: 'boundary', title: 'The boundary', blocks: [{ type: 'prose', content: genericText }] }
  items.push({ ...(generic.length > 0 ? { label: say`${and(...generic)}` } : {}), blocks: [{ type: 'prose', content: genericText }] })
  for (const [i, c] of cases.entries()) if (c.blocks.length > 0) items.push(caseItem(c, cases[i + 1]))
  return { type: 'section', id: 'boundary', title: 'The boundary', blocks: [{ type: 'list', items }] }
}
