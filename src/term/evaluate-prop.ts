/**
 * Truth of propositions and membership in sets, with three values: 1 true, 0 false, NaN where an operand is
 * undefined. A tolerance is relative to the size of what was added up, so that Σ(x_i − x̄) = 0 can be tested.
 */
import { code } from './evaluate.ts'
import { overRange } from './evaluate-big.ts'
import type { Code, Machine } from './machine.ts'
import type { Expr, Prop, Rel, SetTerm } from './term.ts'

export type PropCode = (m: Machine, tolerance: number) => number

const memo = new WeakMap<Prop, PropCode>()

/** The closure of a proposition. */
export const propCode = (p: Prop): PropCode => {
  const known = memo.get(p)
  if (known) return known
  const compiled = compile(p)
  memo.set(p, compiled)
  return compiled
}

const truth = (b: boolean): number => (b ? 1 : 0)
const negation = (v: number): number => 1 - v

const scales = new WeakMap<Expr, Code>()
/** The size of a value before cancellation: Σ|terms| of a sum, its product over factors, |value| of the rest. */
const scale = (t: Expr): Code => {
  const known = scales.get(t)
  if (known) return known
  const compiled = compileScale(t)
  scales.set(t, compiled)
  return compiled
}
const compileScale = (t: Expr): Code => {
  const value = code(t)
  const size: Code = m => Math.abs(value(m))
  if (t.kind === 'add') {
    const parts = t.terms.map(scale)
    return m => parts.reduce((s, part) => s + part(m), 0)
  }
  if (t.kind === 'mul') {
    const parts = t.factors.map(scale)
    return m => {
      const p = parts.reduce((s, part) => s * part(m), 1)
      return Number.isFinite(p) ? p : size(m)
    }
  }
  if (t.kind === 'big' && t.op === 'sum') {
    const body = scale(t.body)
    const loop = overRange(code(t.lo), code(t.hi))
    return m => {
      let s = 0
      return loop(m, () => {
        s += body(m)
      })
        ? s
        : size(m)
    }
  }
  if (t.kind === 'pow' && t.exponent.kind === 'num' && t.exponent.value.den === 1n && t.exponent.value.num > 0n) {
    const base = scale(t.base)
    const k = Number(t.exponent.value.num)
    return m => base(m) ** k
  }
  return size
}

/** −1, 0, 1 as a is less than, equal to, greater than b; equal within tolerance × size. NaN if undefined. */
const compare = (a: number, b: number, size: number, tolerance: number): number => {
  if (a === b) return 0
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN
  if (tolerance > 0 && Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= tolerance * size) return 0
  return a < b ? -1 : 1
}

const relCode = (p: Rel): PropCode => {
  const left = code(p.left)
  const right = code(p.right)
  const sizes: Code = m => Math.max(scale(p.left)(m), scale(p.right)(m))
  const order = (m: Machine, tolerance: number): number => compare(left(m), right(m), tolerance > 0 ? sizes(m) : 0, tolerance)
  const test =
    (accept: (c: number) => boolean): PropCode =>
    (m, tolerance) => {
      const c = order(m, tolerance)
      return Number.isNaN(c) ? c : truth(accept(c))
    }
  switch (p.op) {
    case '=':
      return test(c => c === 0)
    case '!=':
      return test(c => c !== 0)
    case '<':
      return test(c => c < 0)
    case '<=':
      return test(c => c <= 0)
    default:
      return p.op satisfies never
  }
}

const memoSets = new WeakMap<SetTerm, (m: Machine, value: number, size: number, tolerance: number) => number>()
/** The closure of membership: value and its size before cancellation. */
export const inSet = (set: SetTerm): ((m: Machine, value: number, size: number, tolerance: number) => number) => {
  const known = memoSets.get(set)
  if (known) return known
  const compiled = compileSet(set)
  memoSets.set(set, compiled)
  return compiled
}
const compileSet = (set: SetTerm): ((m: Machine, value: number, size: number, tolerance: number) => number) => {
  if (set.kind === 'finite') {
    const elements = set.elements.map(e => ({ value: code(e), size: scale(e) }))
    return (m, v, size, tolerance) => {
      let undefinedElement = Number.isNaN(v)
      for (const e of elements) {
        const c = compare(v, e.value(m), Math.max(size, e.size(m)), tolerance)
        if (c === 0) return 1
        if (Number.isNaN(c)) undefinedElement = true
      }
      return undefinedElement ? Number.NaN : 0
    }
  }
  const lo = code(set.lo)
  const hi = code(set.hi)
  const [closedLo, closedHi] = set.kind === 'interval' ? set.closed : [true, true]
  const isRange = set.kind === 'range'
  return (m, v, size, tolerance) => {
    const below = compare(lo(m), v, tolerance > 0 ? Math.max(size, scale(set.lo)(m)) : 0, tolerance)
    const above = compare(v, hi(m), tolerance > 0 ? Math.max(size, scale(set.hi)(m)) : 0, tolerance)
    if (Number.isNaN(below) || Number.isNaN(above)) return Number.NaN
    if (!Number.isFinite(v)) return 0
    if (isRange && !(Number.isInteger(v) || (tolerance > 0 && Math.abs(v - Math.round(v)) <= tolerance * Math.max(1, size)))) return 0
    return truth((closedLo ? below <= 0 : below < 0) && (closedHi ? above <= 0 : above < 0))
  }
}

const compile = (p: Prop): PropCode => {
  switch (p.kind) {
    case 'rel':
      return relCode(p)
    case 'in': {
      const element = code(p.element)
      const size = scale(p.element)
      const test = inSet(p.set)
      return (m, tolerance) => test(m, element(m), tolerance > 0 ? size(m) : 0, tolerance)
    }
    case 'and':
    case 'or': {
      // One operand that decides is enough, even if another is undefined.
      const deciding = p.kind === 'and' ? 0 : 1
      const parts = p.props.map(propCode)
      return (m, tolerance) => {
        let result = negation(deciding)
        for (const part of parts) {
          const v = part(m, tolerance)
          if (v === deciding) return v
          if (Number.isNaN(v)) result = v
        }
        return result
      }
    }
    case 'not': {
      const part = propCode(p.prop)
      return (m, tolerance) => negation(part(m, tolerance))
    }
    case 'all': {
      const loop = overRange(code(p.lo), code(p.hi))
      const body = propCode(p.body)
      return (m, tolerance) => {
        let result = 1
        const done = loop(m, () => {
          if (result === 0) return
          const v = body(m, tolerance)
          if (v !== 1) result = v
        })
        return done ? result : Number.NaN
      }
    }
    default:
      return p satisfies never
  }
}
