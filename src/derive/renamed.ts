/** Blocks that stand a second time in a derivation: their lines get names of their own. */
import type { Block, Chain, Line } from '../document/document.ts'

/** The chain with names of its own, so that it can stand beside the one it repeats. */
export const renamed = (block: Block, prefix: string, names: ReadonlySet<string>): Block => {
  if (block.type === 'list')
    return { ...block, items: block.items.map(i => ({ ...i, blocks: i.blocks.map(b => renamed(b, prefix, names)) })) }
  if (block.type !== 'chain') return block
  const called = (id: string): string => (names.has(id) ? `${prefix}-${id}` : id)
  const lines = block.lines.map((l): Line => ({ ...l, id: called(l.id) }))
  return { ...block, lines, origin: 'of' in block.origin ? { ...block.origin, of: called(block.origin.of) } : block.origin }
}

/** All chains among the blocks, those of lists included. */
export const chainsIn = (blocks: readonly Block[]): readonly Chain[] =>
  blocks.flatMap(b => (b.type === 'chain' ? [b] : b.type === 'list' ? b.items.flatMap(i => chainsIn(i.blocks)) : []))
