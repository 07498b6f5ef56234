/**
 * Values computed once for each setting of the symbols and of the indices in a term. The plain way of computing and the
 * way over logarithms may both ask at every level of terms within terms, and would else double the work with each.
 */
import type { Code } from './machine.ts'
import type { Expr } from './term.ts'

/** Shorter terms are sooner computed again than looked up. */
export const isLong = (t: Expr): boolean => t.size >= 32

/** The code of t that answers from memory where it was last asked, the sign it leaves in the machine included. */
export const oncePerPoint = (t: Expr, compute: Code): Code => {
  const depths = Array.from({ length: 31 }, (_, d) => d).filter(d => (t.free >>> d) & 1)
  const indices = depths.map(() => Number.NaN)
  let epoch = -1
  let value = Number.NaN
  let sign = 1
  return m => {
    let known = m.epoch === epoch
    for (let k = 0; known && k < depths.length; k++) known = indices[k] === m.stack[m.top - 1 - (depths[k] as number)]
    if (!known) {
      epoch = -1 // forgotten while it is computed, which may fail
      value = compute(m)
      sign = m.sign
      epoch = m.epoch
      for (let k = 0; k < depths.length; k++) indices[k] = m.stack[m.top - 1 - (depths[k] as number)] as number
    }
    m.sign = sign
    return value
  }
}
