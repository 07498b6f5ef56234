/**
 * Values on the log scale: code that returns log|value| and leaves the sign in the machine. Likelihoods of a
 * thousand observations live here. The value 0 is −∞ with sign 0, an undefined value NaN.
 */
import { code } from './evaluate.ts'
import { overRange } from './evaluate-big.ts'
import { propCode } from './evaluate-prop.ts'
import { functions } from './functions.ts'
import type { Code, Machine } from './machine.ts'
import { isLong, oncePerPoint } from './once-per-point.ts'
import * as Q from './rational.ts'
import { infiniteSum } from './series.ts'
import type { Big, Cases, Expr, Fn, Pow } from './term.ts'

const memo = new WeakMap<Expr, Code>()

/** The closure of a term on the log scale. */
export const logCode = (t: Expr): Code => {
  const known = memo.get(t)
  if (known) return known
  const compiled = isLong(t) ? oncePerPoint(t, compile(t)) : compile(t)
  memo.set(t, compiled)
  return compiled
}

const leave = (m: Machine, sign: number, log: number): number => {
  m.sign = sign
  return log
}
const zero = (m: Machine): number => leave(m, 0, Number.NEGATIVE_INFINITY)
const fromValue = (m: Machine, v: number): number => leave(m, Number.isNaN(v) ? 0 : Math.sign(v), Math.log(Math.abs(v)))

const ofValue = (t: Expr): Code => {
  const value = code(t)
  return m => fromValue(m, value(m))
}

const logOfInteger = (v: bigint): number => {
  const digits = (v < 0n ? -v : v).toString()
  return Math.log(Number(`0.${digits.slice(0, 20)}`)) + digits.length * Math.LN10
}

/** Collects a product: signs multiply, logs add (Neumaier's compensated sum), 0·(−∞) = 0 and 0·(+∞) is undefined. */
const product = () => {
  let sign = 1
  let log = 0
  let lost = 0
  let zeros = false
  let infinite = false
  return {
    take(s: number, l: number): void {
      if (Number.isNaN(l)) log = l
      else if (s === 0) zeros = true
      else {
        sign *= s
        if (l === Number.POSITIVE_INFINITY && s > 0) infinite = true
        const next = log + l
        lost += Math.abs(log) >= Math.abs(l) ? log - next + l : l - next + log
        log = next
      }
    },
    result(m: Machine): number {
      if (Number.isNaN(log)) return leave(m, 0, log)
      if (zeros) return infinite ? leave(m, 0, Number.NaN) : zero(m)
      return leave(m, sign, Number.isFinite(log) ? log + lost : log)
    },
  }
}

const mulCode = (factors: readonly Expr[]): Code => {
  const indicators = factors.filter(f => f.kind === 'iverson').map(code)
  const parts = factors.filter(f => f.kind !== 'iverson').map(logCode)
  return m => {
    let undefinedIndicator = false
    for (const part of indicators) {
      const v = part(m)
      if (v === 0) return zero(m)
      if (v !== 1) undefinedIndicator = true
    }
    if (undefinedIndicator) return leave(m, 0, Number.NaN)
    const p = product()
    for (const part of parts) {
      const l = part(m)
      p.take(m.sign, l)
    }
    return p.result(m)
  }
}

const powCode = (t: Pow): Code => {
  const base = logCode(t.base)
  const exponent = code(t.exponent)
  return m => {
    const e = exponent(m)
    const l = base(m)
    const s = m.sign
    if (Number.isNaN(e) || Number.isNaN(l)) return leave(m, 0, Number.NaN)
    if (e === 0) return leave(m, 1, 0)
    if (s === 0) return e > 0 ? zero(m) : leave(m, 1, Number.POSITIVE_INFINITY)
    if (s > 0) {
      const r = e * l
      return r === Number.NEGATIVE_INFINITY ? zero(m) : leave(m, 1, r)
    }
    return Number.isInteger(e) ? leave(m, e % 2 === 0 ? 1 : -1, e * l) : leave(m, 0, Number.NaN)
  }
}

const fnCode = (t: Fn): Code => {
  const info = functions.get(t.name)
  const args = t.args.map(code)
  const [a, b] = args
  if (!info || info.arity !== args.length || !info.logValue || !a) return ofValue(t)
  if (t.name === 'exp')
    return m => {
      const l = a(m)
      return l === Number.NEGATIVE_INFINITY ? zero(m) : leave(m, Number.isNaN(l) ? 0 : 1, l)
    }
  const { value, logValue } = info
  return m => {
    const x = a(m)
    const y = b ? b(m) : Number.NaN
    const v = b ? value(x, y) : value(x)
    if (Math.abs(v) > 1e-290 && Math.abs(v) < 1e290) return fromValue(m, v)
    const l = b ? logValue(x, y) : logValue(x)
    if (Number.isNaN(v) || Number.isNaN(l)) return leave(m, 0, Number.NaN)
    return l === Number.NEGATIVE_INFINITY ? zero(m) : leave(m, v < 0 || Object.is(v, -0) ? -1 : 1, l)
  }
}

/** log|Σ s_i e^(l_i)| with the largest l_i taken out, in one pass. */
export const logSum = () => {
  let top = Number.NEGATIVE_INFINITY
  let scaled = 0
  let undefinedTerm = false
  return {
    take(s: number, l: number): void {
      if (Number.isNaN(l)) undefinedTerm = true
      else if (s === 0) return
      else if (l > top) {
        scaled = (top === Number.NEGATIVE_INFINITY ? 0 : scaled * Math.exp(top - l)) + s
        top = l
      } else scaled += l === Number.POSITIVE_INFINITY && s * scaled < 0 ? Number.NaN : s * Math.exp(l === top ? 0 : l - top)
    },
    result(m: Machine): number {
      if (undefinedTerm || Number.isNaN(scaled)) return leave(m, 0, Number.NaN)
      return scaled === 0 ? zero(m) : leave(m, Math.sign(scaled), top + Math.log(Math.abs(scaled)))
    },
  }
}

/** A sum keeps its plain value, where cancellation costs least, unless it leaves the range of doubles. */
const orLogSum =
  (value: Code, slow: Code): Code =>
  m => {
    const v = value(m)
    const size = Math.abs(v)
    return size > 1e-280 && size < 1e290 ? fromValue(m, v) : slow(m)
  }

const bigCode = (t: Big): Code => {
  if (t.op !== 'sum' && t.op !== 'prod') return ofValue(t)
  const body = logCode(t.body)
  const hi = code(t.hi)
  const loop = overRange(code(t.lo), hi)
  const collect = t.op === 'sum' ? logSum : product
  const finite: Code = m => {
    const parts = collect()
    const done = loop(m, () => {
      const l = body(m)
      parts.take(m.sign, l)
    })
    return done ? parts.result(m) : leave(m, 0, Number.NaN)
  }
  if (t.op === 'prod') return finite
  const infinite = infiniteSum(code(t.lo), body)
  return orLogSum(code(t), m => (hi(m) === Number.POSITIVE_INFINITY ? fromValue(m, infinite(m)) : finite(m)))
}

const casesCode = (t: Cases): Code => {
  const branches = t.branches.map(b => ({ when: propCode(b.when), value: logCode(b.value) }))
  const otherwise = t.otherwise && logCode(t.otherwise)
  return m => {
    for (const { when, value } of branches) {
      const holds = when(m, 0)
      if (holds === 1) return value(m)
      if (holds !== 0) return leave(m, 0, Number.NaN)
    }
    return otherwise ? otherwise(m) : leave(m, 0, Number.NaN)
  }
}

const compile = (t: Expr): Code => {
  switch (t.kind) {
    case 'num': {
      const { value } = t
      const sign = Q.sign(value)
      const plain = Math.abs(Q.toNumber(value))
      const log =
        plain > 1e-290 && plain < 1e290
          ? Math.log(plain)
          : sign === 0
            ? Number.NEGATIVE_INFINITY
            : logOfInteger(value.num) - logOfInteger(value.den)
      return m => leave(m, sign, log)
    }
    case 'add': {
      const parts = t.terms.map(logCode)
      return orLogSum(code(t), m => {
        const total = logSum()
        for (const part of parts) {
          const l = part(m)
          total.take(m.sign, l)
        }
        return total.result(m)
      })
    }
    case 'mul':
      return mulCode(t.factors)
    case 'pow':
      return powCode(t)
    case 'fn':
      return fnCode(t)
    case 'big':
      return bigCode(t)
    case 'cases':
      return casesCode(t)
    case 'sym':
    case 'bound':
    case 'at':
    case 'deriv':
    case 'iverson':
    case 'call':
    case 'expect':
    case 'limit':
    case 'infinity':
      return ofValue(t)
    default:
      return t satisfies never
  }
}
