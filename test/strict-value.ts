/**
 * A second evaluator, independent of the engine's and stricter: what is undefined anywhere (1/0, log 0, an entry
 * beyond an array) is NaN, and with each value goes what rounding may have done to it, so that "exactly 0" can be told.
 */
import { contains, type Env } from '../src/term/evaluate.ts'
import { functions } from '../src/term/functions.ts'
import type { Expr, Prop } from '../src/term/term.ts'

type Stack = readonly number[]
/** A value and how far rounding may have moved it. */
interface Rounded {
  readonly value: number
  readonly error: number
}
const undefinedValue: Rounded = { value: Number.NaN, error: 0 }
const ulp = 2.3e-16
/** Sums and products of multiples of 1/8 are exact. */
const isExact = (value: number): boolean => Number.isSafeInteger(value * 2 ** 20)
const rounded = (value: number, error = 0): Rounded =>
  Number.isFinite(value) ? { value, error: error === 0 && isExact(value) ? 0 : error + ulp * Math.abs(value) } : undefinedValue
const isExactZero = (r: Rounded): boolean => r.value === 0 && r.error === 0
/** −1, 0, 1, or NaN where rounding decides too much. */
const signOfRounded = ({ value, error }: Rounded): number =>
  Number.isNaN(value) || error > 1e-6 * Math.max(1, Math.abs(value)) ? Number.NaN : Math.abs(value) <= 4 * error ? 0 : Math.sign(value)

const sumOf = (parts: readonly Rounded[]): Rounded => parts.reduce((a, b) => rounded(a.value + b.value, a.error + b.error), rounded(0))
const productOf = (parts: readonly Rounded[]): Rounded =>
  parts.reduce(
    (a, b) => rounded(a.value * b.value, Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error),
    rounded(1),
  )
const powerOf = (b: Rounded, e: Rounded): Rounded => {
  if (isExactZero(b)) return e.value > e.error ? rounded(0) : isExactZero(e) ? rounded(1) : undefinedValue
  if (signOfRounded(b) === 0 || Number.isNaN(b.value) || (b.value < 0 && !Number.isInteger(e.value))) return undefinedValue
  const value = b.value ** e.value
  return rounded(
    value === 0 ? Number.MIN_VALUE : value,
    Math.abs(value) * (Math.abs(e.value) * (b.error / Math.abs(b.value)) + Math.abs(Math.log(Math.abs(b.value))) * e.error),
  )
}
const valueOfFunction = (name: string, args: readonly Rounded[]): Rounded => {
  const f = functions.get(name)?.value
  if (!f || args.some(x => Number.isNaN(x.value))) return undefinedValue
  // what levels off is not told from its limit
  if ((name === 'erf' || name === 'Phi') && Math.abs(args[0]?.value as number) > 3) return undefinedValue
  if (name === 'log' && signOfRounded(args[0] as Rounded) !== 1) return undefinedValue
  const value = f(...args.map(x => x.value))
  const moved = args.map((x, k) =>
    Math.abs(f(...args.map((y, l) => y.value + (k === l ? x.error : 0))) - f(...args.map((y, l) => y.value - (k === l ? x.error : 0)))),
  )
  const own = ['exp', 'log', 'abs', 'floor', 'ceil', 'sign'].includes(name) ? ulp : 1e-13
  // what underflows is not zero
  return rounded(
    value === 0 && (name === 'exp' || name === 'Phi') ? Number.MIN_VALUE : value,
    moved.reduce((s, d) => s + (Number.isNaN(d) ? 1 : d), own * Math.abs(value)),
  )
}

/** The value of t, NaN if it or any part of it that is reached is undefined. `stack`: values of the indices, innermost last. */
const roundedValue = (t: Expr, env: Env, stack: Stack): Rounded => {
  const go = (u: Expr): Rounded => roundedValue(u, env, stack)
  const known = (v: number | undefined): Rounded => (v === undefined ? undefinedValue : { value: v, error: 0 })
  switch (t.kind) {
    case 'num':
      return t.value.den === 1n ? known(Number(t.value.num)) : rounded(Number(t.value.num) / Number(t.value.den))
    case 'sym':
      return known(env.symbols.get(t.name))
    case 'bound':
      return known(stack[stack.length - 1 - t.depth])
    case 'at':
      return known(env.arrays.get(t.name)?.[go(t.index[0] as Expr).value - 1] as number | undefined)
    case 'add':
      return sumOf(t.terms.map(go))
    case 'mul':
      return productOf(t.factors.map(go))
    case 'pow':
      return powerOf(go(t.base), go(t.exponent))
    case 'fn':
      return valueOfFunction(t.name, t.args.map(go))
    case 'big': {
      const [lo, hi] = [go(t.lo).value, go(t.hi).value]
      // Σ 1 = hi − lo + 1 speaks of ranges that are at most empty
      if (!Number.isInteger(lo) || !Number.isInteger(hi) || hi < lo - 1 || hi > lo + 99) return undefinedValue
      const values = Array.from({ length: hi - lo + 1 }, (_, k) => roundedValue(t.body, env, [...stack, lo + k]))
      // Σ 1/n over no index is n·(1/n): as undefined as its summand
      if (values.length === 0 && Number.isNaN(roundedValue(t.body, env, [...stack, lo]).value)) return undefinedValue
      if (values.some(v => Number.isNaN(v.value))) return undefinedValue
      if (t.op === 'sum') return sumOf(values)
      if (t.op === 'prod') return productOf(values)
      const order = values.sort((a, b) => a.value - b.value)
      return order[t.op === 'min' ? 0 : t.op === 'max' ? values.length - 1 : go(t.rank as Expr).value - 1] ?? undefinedValue
    }
    case 'iverson':
      return known(strictTruth(t.cond, env, stack))
    case 'cases': {
      for (const b of t.branches) {
        const truth = strictTruth(b.when, env, stack)
        if (truth === undefined) return undefinedValue
        if (truth === 1) return go(b.value)
      }
      return t.otherwise ? go(t.otherwise) : undefinedValue
    }
    default:
      return undefinedValue
  }
}
export const strictValue = (t: Expr, env: Env): number => roundedValue(t, env, []).value
/** −1, 0 or 1; NaN where t is undefined or rounding decides. */
export const strictSign = (t: Expr, env: Env, stack: Stack = []): number => signOfRounded(roundedValue(t, env, stack))

/** 1 true, 0 false, undefined where an operand is undefined. */
export const strictTruth = (p: Prop, env: Env, stack: Stack = []): 0 | 1 | undefined => {
  const parts = (props: readonly Prop[], deciding: 0 | 1): 0 | 1 | undefined => {
    const values = props.map(q => strictTruth(q, env, stack))
    return values.includes(deciding) ? deciding : values.includes(undefined) ? undefined : deciding === 0 ? 1 : 0
  }
  switch (p.kind) {
    case 'rel': {
      // not the difference as a term: its constructor would let what is undefined on both sides cancel
      const s = signOfRounded(sumOf([roundedValue(p.left, env, stack), productOf([rounded(-1), roundedValue(p.right, env, stack)])]))
      if (Number.isNaN(s)) return undefined
      return (p.op === '=' ? s === 0 : p.op === '!=' ? s !== 0 : p.op === '<' ? s < 0 : s <= 0) ? 1 : 0
    }
    case 'and':
      return parts(p.props, 0)
    case 'or':
      return parts(p.props, 1)
    case 'not': {
      const v = strictTruth(p.prop, env, stack)
      return v === undefined ? undefined : v === 1 ? 0 : 1
    }
    case 'all': {
      const [lo, hi] = [roundedValue(p.lo, env, stack).value, roundedValue(p.hi, env, stack).value]
      const values: (0 | 1 | undefined)[] = []
      for (let i = lo; i <= hi; i++) values.push(strictTruth(p.body, env, [...stack, i]))
      return Number.isNaN(lo + hi) || values.includes(undefined) ? (values.includes(0) ? 0 : undefined) : values.includes(0) ? 0 : 1
    }
    case 'in': {
      const v = roundedValue(p.element, env, stack).value
      return Number.isNaN(v) ? undefined : contains(p.set, v, env, 1e-11) ? 1 : 0
    }
    default:
      return p satisfies never
  }
}
