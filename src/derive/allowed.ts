/** Section "Is it allowed?": whether the root lies inside the parameter space, and for which samples. */

import type { Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { boundsOf } from '../rewrite/bounds.ts'
import type { Context } from '../rewrite/facts.ts'
import type { OpenCase } from '../solve/open-case.ts'
import { same } from '../term/order.ts'
import { and, type Expr, eq, isZero, le, lt, type Prop } from '../term/term.ts'
import { type EndName, endOf, ends } from './ends.ts'
import { leaves, sinceWords } from './reasons.ts'
import { plainNames } from './second-order.ts'
import type { Setting } from './setting.ts'
import type { EndVerdict } from './stationary.ts'
import { statisticsIn } from './statistics.ts'
import { inOrder } from './words.ts'

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

export const allowedSection = (s: Setting, root: Expr, verdicts: readonly (readonly [EndName, EndVerdict])[]): Section => {
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
