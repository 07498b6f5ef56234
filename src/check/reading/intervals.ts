/** "An approximate 95 % confidence interval is θ̂ ± 1.96 V": V is the standard error of θ̂. It reads, and decides nothing. */
import type { Token } from '../../read/scanner.ts'
import type { Clause } from './clause.ts'
import { type Draft, place, pushRelation, reading } from './draft.ts'
import { preciseOf } from './precision-words.ts'
import { typedSigns } from './rewritten.ts'
import { readSide } from './sides.ts'
import { is, skip } from './token-rows.ts'

const quantiles = /^(?:1\.2[89]\d?|1\.28\d|1\.6[45]\d{0,2}|1\.96(?:0)?|2\.3[23]\d?|2\.5[78]\d{0,3})$/

/** The tokens behind the quantile of the normal distribution with which they begin: 1.96, z_{α/2}. */
const behindQuantile = (o: readonly Token[]): readonly Token[] | undefined => {
  const [first] = o
  const end =
    first?.kind === 'number' && quantiles.test(first.text)
      ? 1
      : first?.kind === 'name' && first.text === 'z' && is(o[1], '_')
        ? skip(o, 2)
        : 0
  const rest = o.slice(is(o[end], '*', '·') ? end + 1 : end)
  return end > 0 && rest.length > 0 ? rest : undefined
}

/** @returns whether the clause is an interval around an estimate, and was read as what it says of the standard error */
export const interval = (draft: Draft, c: Clause): boolean => {
  const { n, text } = draft
  const tokens = typedSigns(c.operands.at(-1) ?? [])
  const sign = tokens.findIndex(t => is(t, '±'))
  const rest = sign > 0 ? behindQuantile(tokens.slice(sign + 1)) : undefined
  if (!rest || tokens.slice(sign + 1).some(t => is(t, '±')) || c.operators.some(o => o.relation !== '=')) return false
  const kept = draft.out.length
  const timid = { ...c, timid: true }
  const of = reading(draft, timid, () => readSide(n, text, tokens.slice(0, sign), c.dialect))
  const width = reading(draft, timid, () => readSide(n, text, rest, c.dialect))
  draft.out.length = kept
  const precise = of && preciseOf(n, 'the standard error of', of)
  if (!precise || !width || (width.kind !== 'term' && width.kind !== 'quantity')) return false
  if (width.kind === 'quantity' && ['standard-error', 'variance'].includes(width.quantity.kind)) {
    draft.out.push({ ...place(draft, c.start, c.end), what: { kind: 'prose' } })
    return true
  }
  pushRelation(draft, c, precise, '=', width, undefined, undefined)
  return true
}
