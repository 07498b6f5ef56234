/**
 * Sections "Is it allowed?", "Is it a maximum?" and "The boundary" for a stationary point, and the table of cases
 * that covers every sample.
 */

import type { Chain, GlobalArgument, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming } from '../rewrite/facts.ts'
import { decide, signOf } from '../rewrite/sign.ts'
import type { Solution } from '../solve/one-equation.ts'
import type { OpenCase } from '../solve/open-case.ts'
import { same } from '../term/order.ts'
import { and, type Expr, type Prop } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'
import { allowedSection } from './allowed.ts'
import { beyondOutcome, boundarySection } from './boundary.ts'
import { resultExpr } from './draft.ts'
import { type EndName, endOf, ends, isIncluded } from './ends.ts'
import { crossingForm } from './falling.ts'
import { familyForm } from './family.ts'
import { jointly, withoutImplied } from './joint-cases.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import { nestedCases } from './nested-case.ts'
import { type CaseOutcome, degenerateOutcome, likelihoodAtEnd } from './sample-cases.ts'
import { derivativeChain, isFullyDifferentiated } from './score.ts'
import { concavityBlocks, crossingBlocks, isMixedSign, signChangeBlocks } from './second-order.ts'
import type { Setting } from './setting.ts'
import { decreasingForm, rootAgainstEnd } from './stationary.ts'
import { ellHead, inOrder } from './words.ts'
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

const dedupe = (cases: readonly OpenCase[]): readonly OpenCase[] =>
  cases.filter((o, i) => cases.findIndex(p => isSameEquation(p.degenerate, o.degenerate)) === i)

/** The same equation, whichever side stands left. */
const isSameEquation = (p: Prop, q: Prop): boolean =>
  same(p, q) || (p.kind === 'rel' && q.kind === 'rel' && p.op === '=' && q.op === '=' && same(p.left, q.right) && same(p.right, q.left))

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
  const generic = inOrder(withoutImplied([...open.map(o => o.generic), ...beyond.map(([, v]) => v.inside)], base))
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
  const family = falling || concave ? undefined : familyForm(s, resultExpr(scoreChain), cx)
  const form = falling ?? family ?? (concave ? undefined : crossingForm(s, solution, cx))
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
            { type: 'prose', content: ['A zero score alone is not enough. Differentiate the score once more.'] },
            second,
            {
              type: 'prose',
              content: say`${isMixedSign(resultExpr(second), cx) ? 'Its terms have opposite signs' : say`It is not of one sign at first sight`}, so concavity does not decide; the sign of the score itself does.`,
            },
            ...(falling || family
              ? signChangeBlocks(s, scoreChain, form, root, cx, generic, family?.why)
              : crossingBlocks(s, form, root, generic)),
          ]
        : [],
  })

  const cases: CaseOutcome[] = []
  for (const [i, o] of jointly(open, base).entries()) {
    const outcome = degenerateOutcome(s, l, o, `boundary-${i}`, bigL)
    const nested = outcome ? undefined : nestedCases(s, l, o, `boundary-${i}`, bigL, maximumAt)
    if (!outcome && !nested) return { at: 'boundary', reason: 'a special sample could not be decided', sections }
    cases.push(...(outcome ? [outcome] : (nested ?? [])))
  }
  const score = resultExpr(scoreChain)
  for (const [end, b] of beyond) {
    const outcomes = beyondOutcome(s, l, score, b, end)
    if (!outcomes)
      return { at: 'boundary', reason: 'the case of a stationary point outside the parameter space could not be decided', sections }
    // (c − 1)S = 0 is also true where c = 1, which is a case of its own
    const apart = (when: Prop): Prop =>
      and(
        when,
        ...open.flatMap(o =>
          hasKind(o.generic, 'at') || decide(when, assuming(base, [o.degenerate]))?.holds === false ? [] : [o.generic],
        ),
      )
    cases.push(...outcomes.map(c => ({ ...c, when: apart(c.when) })))
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
