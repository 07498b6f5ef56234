/** The tokens of a stream by runs: each formula is rewritten as a whole, and what stands between formulas stays. */
import type { Token } from '../../read/scanner.ts'
import type { Item } from './stream.ts'

/** The stream with every run of tokens rewritten. A token that is new stands where the one before it stood. */
export const inRuns = (items: readonly Item[], rewrite: (tokens: readonly Token[]) => readonly Token[]): readonly Item[] => {
  const out: Item[] = []
  let run: (Item & { kind: 'token' })[] = []
  const flush = (): void => {
    const [first] = run
    if (!first) return
    const place = new Map(run.map(r => [r.token, r]))
    let last = first
    for (const token of rewrite(run.map(r => r.token))) {
      last = place.get(token) ?? last
      out.push({ ...last, token })
    }
    run = []
  }
  for (const it of items)
    if (it.kind === 'token') run.push(it)
    else {
      flush()
      out.push(it)
    }
  flush()
  return out
}
