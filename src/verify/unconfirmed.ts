/**
 * An undecided derivation whose last lines no numbers can confirm (their values leave the range of doubles): it is cut before
 * them, and says so. Refused where a line is contradicted, or where an answer rests on it: that is a failure.
 */
import type { Block, Chain, Derivation, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { inconclusive, nowhere } from './line-sampling.ts'

const isOpen = (reason: string): boolean => [inconclusive, nowhere].some(r => reason === `sampling: ${r}` || reason === `start: ${r}`)

/** The derivation up to the first line without numbers, or undefined if it is not to be cut. */
export const cutAtUnconfirmed = (derivation: Derivation): Derivation | undefined => {
  const { answer, certificate } = derivation
  const open = certificate?.unverified ?? []
  if (answer.outcome !== 'undecided' || !answer.obstacle || open.length === 0 || !open.every(u => isOpen(u.reason))) return undefined
  const ids = new Set(open.map(u => u.line))
  const isUnconfirmed = (b: Block): boolean => b.type === 'chain' && (b as Chain).lines.some(l => ids.has(l.id))
  const sections: Section[] = []
  for (const s of derivation.sections) {
    const at = s.blocks.findIndex(isUnconfirmed)
    if (at < 0) {
      sections.push(s)
      continue
    }
    const reason = `${answer.obstacle.reason}; what was derived beyond this line has values that leave the range of numbers, and nothing unconfirmed is shown`
    const obstacle: Block = { type: 'obstacle', at: answer.obstacle.at, content: say`The derivation stops here: ${reason}.` }
    const kept = s.blocks.slice(0, at)
    if (kept.length > 0) sections.push({ ...s, blocks: [...kept, obstacle] })
    else {
      const last = sections.pop()
      sections.push(last ? { ...last, blocks: [...last.blocks, obstacle] } : { ...s, blocks: [obstacle] })
    }
    return { ...derivation, sections, answer: { ...answer, obstacle: { ...answer.obstacle, reason } }, certificate: null }
  }
  return undefined
}
