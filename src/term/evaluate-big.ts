/**
 * Values of Σ, Π, max, min and order statistics over a range of integers. Refuses ranges longer than the fuel: NaN.
 */
import { code, undefinedCode, viaLog } from './evaluate.ts'
import { logCode } from './evaluate-log.ts'
import { type Code, type Machine, rangeFuel, toInteger } from './machine.ts'
import { infiniteSum } from './series.ts'
import type { Big } from './term.ts'

/** Calls `visit` for each index in lo..hi with the index on the stack; false if the range is none. */
export const overRange =
  (lo: Code, hi: Code) =>
  (m: Machine, visit: (m: Machine) => void): boolean => {
    const from = toInteger(lo(m))
    const to = toInteger(hi(m))
    if (!Number.isFinite(from) || !Number.isFinite(to) || to - from > rangeFuel) return false
    const top = m.top++
    for (let i = from; i <= to; i++) {
      m.stack[top] = i
      visit(m)
    }
    m.top = top
    return true
  }

/** The closure of a binder on the plain scale. */
export const bigCode = (t: Big): Code => {
  const lo = code(t.lo)
  const hi = code(t.hi)
  const body = code(t.body)
  const loop = overRange(lo, hi)
  switch (t.op) {
    case 'sum': {
      const infinite = infiniteSum(lo, logCode(t.body))
      const finite: Code = m => {
        // Neumaier's compensated sum: long samples cost no digits.
        let s = 0
        let lost = 0
        const done = loop(m, () => {
          const v = body(m)
          const next = s + v
          lost += Math.abs(s) >= Math.abs(v) ? s - next + v : v - next + s
          s = next
        })
        return !done ? Number.NaN : Number.isFinite(s) && Number.isFinite(lost) ? s + lost : s
      }
      return t.hi.kind === 'num' || t.hi.kind === 'sym' ? finite : m => (hi(m) === Number.POSITIVE_INFINITY ? infinite(m) : finite(m))
    }
    case 'prod': {
      const slow = viaLog(t)
      return m => {
        let p = 1
        let zero = false
        const done = loop(m, () => {
          const v = body(m)
          if (v === 0) zero = true
          p *= v
        })
        if (!done) return Number.NaN
        return Number.isNaN(p) || p === Number.POSITIVE_INFINITY || p === Number.NEGATIVE_INFINITY || (p === 0 && !zero) ? slow(m) : p
      }
    }
    case 'max':
    case 'min': {
      const f = t.op === 'max' ? Math.max : Math.min
      const empty = t.op === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
      return m => {
        let best = empty
        return loop(m, () => {
          best = f(best, body(m))
        })
          ? best
          : Number.NaN
      }
    }
    case 'order': {
      const rank = t.rank ? code(t.rank) : undefinedCode
      return m => {
        const values: number[] = []
        const done = loop(m, () => {
          values.push(body(m))
        })
        if (!done || values.some(Number.isNaN)) return Number.NaN
        return values.sort((a, b) => a - b)[toInteger(rank(m)) - 1] ?? Number.NaN
      }
    }
    default:
      return t.op satisfies never
  }
}
