/** Logarithms to a base that is written: log_{10} u, log10 u, log_2 u as log u/log 10. Tokens only. */
import type { Token } from '../../read/scanner.ts'
import { inside, is, op, skip } from './token-rows.ts'

/** log_{10}, log10, lg, log_2, log_e: the base that is written, and the place behind it. */
const logarithmBase = (
  t: Token,
  k: number,
  all: readonly Token[],
): { readonly number: string | undefined; readonly end: number } | undefined => {
  const typed = /^log(10|2)$/.exec(t.text)?.[1]
  if (typed) return { number: typed, end: k + 1 }
  if (t.text !== 'log' || !is(all[k + 1], '_')) return undefined
  const [only, another] = inside(all, k + 2)
  if (!only || another) return undefined
  const end = skip(all, k + 2)
  if (only.kind === 'number' && Number(only.text) > 1) return { number: only.text, end }
  return only.kind === 'name' && only.text === 'e' ? { number: undefined, end } : undefined
}

/** A step of the pass over the tokens. */
export const logarithms = (t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  const toBase = t.kind === 'name' ? logarithmBase(t, k, all) : undefined
  if (toBase) {
    const like = { ...t, end: t.start }
    const one: Token = { ...like, kind: 'number', text: '1' }
    const log: Token = { ...t, text: 'log' }
    // log_{10} u = log u/log 10
    if (toBase.number)
      out.push(
        op('(', like),
        one,
        op('/', like),
        { ...log, end: t.start },
        op('(', like),
        { ...like, kind: 'number', text: toBase.number },
        op(')', like),
        op(')', like),
      )
    out.push(log)
    return toBase.end
  }
  return undefined
}
