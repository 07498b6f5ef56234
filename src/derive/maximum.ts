/**
 * Sections "Is it allowed?", "Is it a maximum?" and "The boundary" for a stationary point, and the table of cases
 * that covers every sample.
 */
import type { Block, Chain, GlobalArgument, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { mergedProduct } from '../rewrite/arithmetic.ts'
import { boundsOf } from '../rewrite/bounds.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { decide, signOf, type Verdict } from '../rewrite/sign.ts'
import { applyWith } from '../rewrite/strategy.ts'
import type { OpenCase, Solution } from '../solve/one-equation.ts'
import { same } from '../term/order.ts'
import { and, call, type Expr, eq, gt, isZero, le, lt, num, type Prop, pow, ZERO } from '../term/term.ts'
import { summands } from '../term/walk.ts'
import { merged } from './conclusion.ts'
import { chain, resultExpr } from './draft.ts'
import { type EndName, endOf, ends, endWords, isIncluded, onInterior } from './ends.ts'
import { crossingForm } from './implicit.ts'
import { law } from './laws.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import { leaves, sinceWords } from './reasons.ts'
import { type CaseOutcome, degenerateOutcome, likelihoodAtEnd, monotoneOutcome } from './sample-cases.ts'
import { derivativeChain, isFullyDifferentiated } from './score.ts'
import type { Setting } from './setting.ts'
import { decreasingForm, type EndVerdict, rootAgainstEnd, type Stationary } from './stationary.ts'
import { statisticsIn } from './statistics.ts'
import { capital, ellHead, inOrder, strictlyInside, throughout } from './words.ts'

export interface Maximum {
  readonly cases: readonly CaseOutcome[]
  readonly argument: GlobalArgument
  readonly second: Chain
  readonly sections: readonly Section[]
  /** Facts of the typical sample. */
  readonly generic: readonly Prop[]
  /** max(root, a) or min(root, b) when the parameter space cuts the stationary point off. */
  readonly clipped: readonly { readonly end: EndName; readonly to: Expr }[]
}

export interface Undecided {
  readonly at: string
  readonly reason: string
  readonly sections: readonly Section[]
}

// --- Is it allowed? --------------------------------------------------------------------------

/** "0 ≤ k ≤ n": what the declared support says of the statistics in the estimate, and the facts it rests on. */
const boundsSaid = (s: Setting, root: Expr, cx: Context): { readonly content: Phrase; readonly facts: readonly Prop[] } => {
  const facts: Prop[] = []
  const said = statisticsIn(root, s.unknown.name).flatMap((t): readonly Phrase[] => {
    const b = boundsOf(t, cx)
    const parts: Prop[] = []
    if (b.lo) parts.push((b.lo.attained ? le : lt)(b.lo.value, t))
    if (b.hi) parts.push((b.hi.attained ? le : lt)(t, b.hi.value))
    if (parts.length === 0) return []
    const reasons = [...(b.lo ? [b.lo.why] : []), ...(b.hi ? [b.hi.why] : [])]
    facts.push(...leaves(reasons))
    const why = sinceWords(reasons, ', because ')
    const isNonnegativeSum = t.kind === 'big' && t.op === 'sum' && b.lo !== undefined && isZero(b.lo.value) && !b.hi
    return [say`${and(...parts)}${why.length > 0 ? why : isNonnegativeSum ? ', as a sum of terms that are never negative' : ''}`]
  })
  return { content: said.length === 0 ? [] : say`Here ${joined(said, '; ')}.`, facts }
}

const degenerateWords = (o: OpenCase): Phrase => say`${o.degenerate}${o.samples && o.samples.kind === 'all' ? say` (${o.samples})` : []}`

const allowedSection = (s: Setting, root: Expr, verdicts: readonly (readonly [EndName, EndVerdict])[]): Section => {
  const bounds = boundsSaid(s, root, s.interior)
  const open = verdicts.flatMap(([, v]) => (v.kind === 'open' ? [v.open] : []))
  const beyond = verdicts.flatMap(([, v]) => (v.kind === 'beyond' ? [v.inside] : []))
  const isWholeLine = ends.every(end => endOf(s, end).kind === 'infinity')
  const point = eq(s.unknown, root)
  const needed = and(...inOrder([...open.map(o => o.generic), ...beyond]))
  const special: Phrase = say`${joined(open.map(degenerateWords), ' and ')} ${open.length > 1 ? 'are' : 'is'} treated in the boundary section`
  const inside = (): Phrase => {
    if (beyond.length > 0)
      return say`The point ${point} lies inside the parameter space exactly when ${needed}, which nothing guarantees; the other samples are treated in the boundary section.`
    if (open.length > 0 && isWholeLine) return say`Every real number is allowed; the point exists exactly when ${needed}, and ${special}.`
    if (open.length > 0) return say`The point ${point} lies inside the parameter space exactly when ${needed}; ${special}.`
    if (isWholeLine) return say`The point ${point} is a real number for every sample, and every real number is allowed.`
    const whys = verdicts.flatMap(([, v]) => (v.kind === 'inside' && v.verdict ? [v.verdict.why] : []))
    const facts = leaves(whys, plainNames(s)).filter(f => !bounds.facts.some(b => same(b, f)))
    const since: Phrase =
      facts.length === 0
        ? []
        : say`, since ${joined(
            facts.slice(0, 4).map(f => say`${f}`),
            ', ',
            ' and ',
          )}`
    return say`${bounds.content.length > 0 ? 'So the' : 'The'} point ${point} lies inside the parameter space for every sample${since}.`
  }
  const content = joined(
    [bounds.content, inside()].filter(p => p.length > 0),
    ' ',
  )
  return { type: 'section', id: 'allowed', title: 'Is it allowed?', blocks: [{ type: 'prose', content }] }
}

// --- Is it a maximum? ------------------------------------------------------------------------

/** The size and the unknown: what is known of them has been said. */
const plainNames = (s: Setting): readonly string[] => [s.unknown.name, ...(s.size.kind === 'sym' ? [s.size.name] : [])]

/** What makes it negative: "both terms are negative", or that it is. */
const termsWords = (t: Expr): string => {
  const count = summands(t).length
  return count === 1 ? 'the second derivative is negative' : count === 2 ? 'both terms are negative' : 'all terms are negative'
}

const eachNegative = (t: Expr, cx: Context): boolean => summands(t).every(p => signOf(p, cx)?.sign === 'neg')

const isMixedSign = (t: Expr, cx: Context): boolean => {
  const signs = summands(t).map(p => signOf(p, cx)?.sign)
  return signs.includes('pos') && signs.includes('neg')
}

const concavityBlocks = (s: Setting, second: Chain, v: Verdict, cx: Context, generic: readonly Prop[]): readonly Block[] => {
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
    { type: 'prose', content: ['Differentiate the score once more.'] },
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

const signChangeBlocks = (
  s: Setting,
  scoreChain: Chain,
  form: NonNullable<Stationary['form']>,
  root: Expr,
  cx: Context,
  generic: readonly Prop[],
): readonly Block[] => {
  const inverse = mergedProduct([pow(form.multiplier, num(-1))])
  const shown = chain(
    { id: 'sign-change', subject: ellHead(s, 1), start: resultExpr(scoreChain), origin: { kind: 'term' }, given: generic },
    [{ by: applyWith(law('algebra.common-factor'), inverse), reason: say`take out ${inverse}` }],
    cx,
  )
  const factor = shown.lines.length > 0
  return [
    ...(factor ? [shown] : []),
    {
      type: 'check',
      claim: gt(form.multiplier, ZERO),
      holds: true,
      why: [],
      content: say`${generic.length > 0 ? say`Let ${and(...generic)}. ` : []}${factor ? say`The factor ${inverse} is positive, and the other falls strictly as ${s.unknown} grows` : say`${ellHead(s, 1)} falls strictly as ${s.unknown} grows`}; it vanishes at ${eq(s.unknown, root)} only. So ${ellHead(s, 1)} is positive before this point and negative after it: ${ellHead(s)} rises, then falls, and the stationary point is the unique global maximum ${onInterior(s)}.`,
    },
  ]
}

/** D has one root and opposite signs near the ends. */
const crossingBlocks = (s: Setting, form: NonNullable<Stationary['form']>, root: Expr, generic: readonly Prop[]): readonly Block[] => [
  {
    type: 'check',
    claim: gt(form.multiplier, ZERO),
    holds: true,
    why: [],
    content: say`${generic.length > 0 ? say`Let ${and(...generic)}. ` : []}The score has the sign of the continuous function ${form.difference}, which is positive near the left end of the parameter space, negative near the right end, and vanishes at ${eq(s.unknown, root)} only. So ${ellHead(s, 1)} is positive before this point and negative after it: ${ellHead(s)} rises, then falls, and the stationary point is the unique global maximum ${onInterior(s)}.`,
  },
]

// --- the boundary ----------------------------------------------------------------------------

/** The stationary point beyond an end, or at it: ℓ is monotone on the interior. Argued once for both. */
const beyondOutcome = (
  s: Setting,
  l: LogLikelihood,
  score: Expr,
  v: Extract<EndVerdict, { kind: 'beyond' }>,
  end: EndName,
): readonly CaseOutcome[] | undefined => {
  const slopeUnder = (fact: Prop): Verdict | undefined => {
    const slope = signOf(score, assuming(s.interior, [...s.model.assume, fact]))
    return slope?.sign === (end === 'lo' ? 'neg' : 'pos') ? slope : undefined
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

const boundarySection = (
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

// --- all together ----------------------------------------------------------------------------

const dedupe = (cases: readonly OpenCase[]): readonly OpenCase[] =>
  cases.filter((o, i) => cases.findIndex(p => same(p.degenerate, o.degenerate)) === i)

/** From a root of the score equation to the maximum for every sample, or what could not be decided. */
export const maximumAt = (
  s: Setting,
  l: LogLikelihood,
  bigL: Expr,
  scoreChain: Chain,
  solution: Solution,
  root: Expr,
): Maximum | Undecided => {
  const base = assuming(s.interior, s.model.assume)
  const cxOpen = assuming(
    base,
    solution.open.map(o => o.generic),
  )
  const firstForm = decreasingForm(s, solution, cxOpen)
  const verdicts = ends.map(e => [e, rootAgainstEnd(s, solution, root, firstForm, e, cxOpen)] as const)
  const beyond = verdicts.flatMap(([end, v]) => (v.kind === 'beyond' ? [[end, v] as const] : []))
  const allOpen = dedupe([...solution.open, ...verdicts.flatMap(([, v]) => (v.kind === 'open' ? [v.open] : []))])
  // S = 0 is among the samples with 5S < n, and has no case of its own
  const isBeyond = (o: OpenCase): boolean => beyond.some(([, v]) => decide(v.outside, assuming(base, [o.degenerate]))?.holds === true)
  const open = allOpen.filter(o => !isBeyond(o))
  const generic = inOrder([...open.map(o => o.generic), ...beyond.map(([, v]) => v.inside)])
  const facts = inOrder([...allOpen.map(o => o.generic), ...beyond.map(([, v]) => v.inside)])
  const cx = assuming(base, facts)

  const unsettled = ends.find(e => isIncluded(s, e) && likelihoodAtEnd(s, bigL, e, cx) === undefined)
  if (unsettled)
    return {
      at: 'boundary',
      reason: 'how the likelihood behaves at an included end of the parameter space could not be decided',
      sections: [],
    }
  const sections: Section[] = [
    allowedSection(s, root, [
      ...verdicts.filter(([, v]) => v.kind !== 'open'),
      ...open.map(o => ['lo', { kind: 'open', open: o }] as const),
    ]),
  ]
  const second = derivativeChain(s, 'second', scoreChain, 2, [...s.model.assume, ...facts], s.interior)
  if (!isFullyDifferentiated(second)) return { at: 'second derivative', reason: 'a derivative could not be written out', sections }
  const v = signOf(resultExpr(second), cx)
  const falling = firstForm ?? decreasingForm(s, solution, cx)
  const concave = v?.sign === 'neg'
  const form = falling ?? (concave ? undefined : crossingForm(s, solution, cx))
  if (!concave && !form)
    return {
      at: 'maximum',
      reason: 'neither the sign of the second derivative nor a change of sign of the score could be proved',
      sections,
    }
  const argument: GlobalArgument = concave ? 'strict concavity' : 'sign change'
  sections.push({
    type: 'section',
    id: 'second-order',
    title: 'Is it a maximum?',
    blocks: concave
      ? concavityBlocks(s, second, v, cx, generic)
      : form
        ? [
            { type: 'prose', content: ['Differentiate the score once more.'] },
            second,
            {
              type: 'prose',
              content: say`${isMixedSign(resultExpr(second), cx) ? 'Its terms have opposite signs' : say`It is not of one sign at first sight`}, so concavity does not decide; the sign of the score itself does.`,
            },
            ...(falling ? signChangeBlocks(s, scoreChain, falling, root, cx, generic) : crossingBlocks(s, form, root, generic)),
          ]
        : [],
  })

  const cases: CaseOutcome[] = []
  for (const [i, o] of open.entries()) {
    const outcome = degenerateOutcome(s, l, o, `boundary-${i}`, bigL)
    if (!outcome) return { at: 'boundary', reason: 'a special sample could not be decided', sections }
    cases.push(outcome)
  }
  const score = resultExpr(scoreChain)
  for (const [end, b] of beyond) {
    const outcomes = beyondOutcome(s, l, score, b, end)
    if (!outcomes)
      return { at: 'boundary', reason: 'the case of a stationary point outside the parameter space could not be decided', sections }
    cases.push(...outcomes)
  }
  sections.push(boundarySection(s, cases, generic, bigL, root, cx))
  const genericCase: CaseOutcome = {
    when: and(...generic),
    attained: 'interior',
    estimator: root,
    where: ['interior, score zero'],
    why: concave ? say`${ellHead(s)} strictly concave` : say`${ellHead(s)} rises before it and falls after it`,
    blocks: [],
  }
  return {
    cases: [genericCase, ...cases],
    argument,
    second,
    sections,
    generic,
    clipped: beyond.filter(([end]) => isIncluded(s, end)).map(([end]) => ({ end, to: endOf(s, end) })),
  }
}
