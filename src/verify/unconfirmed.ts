/**
 * A derivation with lines that no numbers can confirm (no sample was found, or values leave the range of doubles) and none that is contradicted:
 * it is cut before them, says so, and has no answer. Where a line is contradicted, that is a failure.
 */

import { undecidedAnswer } from '../derive/finished.ts'
import type { Block, Derivation, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { inconclusive, nowhere } from './line-sampling.ts'
import { unevaluated } from './origins.ts'

/** What a line may be said to lack, and what its reader is told. */
const gaps: readonly (readonly [string, string])[] = [
  [inconclusive, 'could not be compared with numbers'],
  [nowhere, 'holds for samples of which none was found'],
  [unevaluated, 'rests on an expectation that could not be evaluated'],
]
const gapOf = (reason: string): string | undefined => gaps.find(([r]) => reason === `sampling: ${r}` || reason === `start: ${r}`)?.[1]

/** The derivation up to the first line without numbers, or undefined if it is not to be cut. */
export const cutAtUnconfirmed = (derivation: Derivation): Derivation | undefined => {
  const { answer, certificate, model } = derivation
  const open = certificate?.unverified ?? []
  const gap = gapOf(open[0]?.reason ?? '')
  if (gap === undefined || !open.every(u => gapOf(u.reason))) return undefined
  const unconfirmed = `what was derived beyond this line ${gap}, and nothing unconfirmed is shown`
  const ids = new Set(open.map(u => u.line))
  const isUnconfirmed = (b: Block): boolean =>
    b.type === 'chain' ? b.lines.some(l => ids.has(l.id)) : b.type === 'list' && b.items.some(i => i.blocks.some(isUnconfirmed))
  const sections: Section[] = []
  for (const s of derivation.sections) {
    if (s.id === 'short') continue // what it sums up is no longer there
    const at = s.blocks.findIndex(isUnconfirmed)
    if (at < 0) {
      sections.push(s)
      continue
    }
    const reason = answer.obstacle ? `${answer.obstacle.reason}; ${unconfirmed}` : unconfirmed
    const place = answer.obstacle?.at ?? s.id
    const obstacle: Block = { type: 'obstacle', at: place, content: say`The derivation stops here: ${reason}.` }
    const kept = s.blocks.slice(0, at)
    if (kept.length > 0) sections.push({ ...s, blocks: [...kept, obstacle] })
    else {
      const last = sections.pop()
      sections.push(last ? { ...last, blocks: [...last.blocks, obstacle] } : { ...s, blocks: [obstacle] })
    }
    return { ...derivation, sections, answer: undecidedAnswer(model, place, reason), certificate: null }
  }
  return undefined
}
