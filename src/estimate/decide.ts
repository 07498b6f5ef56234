/**
 * Which case a sample is in, decided with the rounding errors of the computation: data and knowns count as exact, every
 * operation adds its own error, and two sides are equal when the errors allow it. So a sample of equal values is
 * recognised although its mean is off by an ulp, and a tiny spread beside a large mean is not lost.
 */
import type { Env, NestedNumbers } from '../term/evaluate.ts'
import { functions } from '../term/functions.ts'
import * as Q from '../term/rational.ts'
import type { Big, Expr, Prop, SetTerm } from '../term/term.ts'

/** A value and a bound of its error. */
interface Approx {
  readonly v: number
  readonly e: number
}
const unit = 4 * Number.EPSILON
const exact = (v: number): Approx => ({ v, e: 0 })
const undefinedValue = exact(Number.NaN)
const rounded = (v: number, e: number): Approx => ({ v, e: e + unit * Math.abs(v) })

const entry = (array: NestedNumbers | undefined, index: readonly number[]): number => {
  let here: NestedNumbers | number | undefined = array
  for (const i of index) here = typeof here === 'object' ? (here[i - 1] as NestedNumbers | number | undefined) : undefined
  return typeof here === 'number' ? here : Number.NaN
}

const power = (b: Approx, k: Approx): Approx => {
  const v = b.v ** k.v
  if (b.e === 0 && k.e === 0) return Number.isInteger(v) && Math.abs(v) < 2 ** 53 ? exact(v) : rounded(v, 0)
  if (Number.isInteger(k.v) && k.v > 0) return rounded(v, k.v * Math.abs(b.v) ** (k.v - 1) * b.e + (k.v > 1 ? b.e ** k.v : 0))
  const change = Math.max(
    ...[b.v - b.e, b.v + b.e].flatMap(x => [k.v - k.e, k.v + k.e].map(y => Math.abs(x ** y - v))).filter(Number.isFinite),
    0,
  )
  return rounded(v, change)
}

const applied = (name: string, args: readonly Approx[]): Approx => {
  const info = functions.get(name)
  if (!info || info.arity !== args.length) return undefinedValue
  const v = info.value(...args.map(a => a.v))
  let e = 0
  args.forEach((a, k) => {
    if (a.e === 0) return
    for (const s of [-1, 1]) {
      const moved = info.value(...args.map((b, j) => (j === k ? b.v + s * b.e : b.v)))
      if (Number.isFinite(moved)) e = Math.max(e, Math.abs(moved - v))
    }
  })
  return Number.isInteger(v) && e === 0 ? exact(v) : rounded(v, e)
}

const approximate = (t: Expr, env: Env, at: readonly number[]): Approx => {
  switch (t.kind) {
    case 'num': {
      const v = Q.toNumber(t.value)
      return Q.isInteger(t.value) ? exact(v) : rounded(v, 0)
    }
    case 'sym':
      return exact(env.symbols.get(t.name) ?? Number.NaN)
    case 'bound':
      return exact(at[t.depth] ?? Number.NaN)
    case 'at':
      return exact(
        entry(
          env.arrays.get(t.name),
          t.index.map(i => Math.round(approximate(i, env, at).v)),
        ),
      )
    case 'add':
      return total(t.terms.map(u => approximate(u, env, at)))
    case 'mul': {
      let [v, e] = [1, 0]
      let whole = true
      for (const u of t.factors) {
        const a = approximate(u, env, at)
        e = Math.abs(v) * a.e + Math.abs(a.v) * e + e * a.e
        v *= a.v
        whole &&= a.e === 0 && Number.isInteger(a.v)
      }
      return whole ? exact(v) : rounded(v, e)
    }
    case 'pow':
      return power(approximate(t.base, env, at), approximate(t.exponent, env, at))
    case 'fn':
      return applied(
        t.name,
        t.args.map(u => approximate(u, env, at)),
      )
    case 'big':
      return overIndex(t, env, at)
    case 'iverson':
      return exact(truth(t.cond, env, at) ? 1 : 0)
    case 'cases': {
      const branch = t.branches.find(b => truth(b.when, env, at))
      return branch ? approximate(branch.value, env, at) : t.otherwise ? approximate(t.otherwise, env, at) : undefinedValue
    }
    case 'infinity':
      return exact(t.negative ? -Infinity : Infinity)
    default:
      return undefinedValue
  }
}

const total = (parts: readonly Approx[]): Approx => {
  let [v, e, size] = [0, 0, 0]
  let whole = true
  for (const p of parts) {
    v += p.v
    e += p.e
    size = Math.max(size, Math.abs(v))
    whole &&= p.e === 0 && Number.isInteger(p.v)
  }
  return whole && size < 2 ** 53 ? exact(v) : { v, e: e + (parts.length > 1 ? Number.EPSILON * parts.length * size : 0) }
}

const indices = (lo: Expr, hi: Expr, env: Env, at: readonly number[]): readonly number[] => {
  const [a, b] = [approximate(lo, env, at).v, approximate(hi, env, at).v].map(Math.round) as [number, number]
  return Number.isFinite(b - a) ? Array.from({ length: Math.max(0, b - a + 1) }, (_, k) => a + k) : [Number.NaN]
}

const overIndex = (t: Big, env: Env, at: readonly number[]): Approx => {
  const parts = indices(t.lo, t.hi, env, at).map(i => approximate(t.body, env, [i, ...at]))
  switch (t.op) {
    case 'sum':
      return total(parts)
    case 'prod':
      return parts.reduce((a, b) => rounded(a.v * b.v, Math.abs(a.v) * b.e + Math.abs(b.v) * a.e + a.e * b.e), exact(1))
    case 'max':
      return parts.reduce((a, b) => (b.v > a.v ? b : a), exact(-Infinity))
    case 'min':
      return parts.reduce((a, b) => (b.v < a.v ? b : a), exact(Infinity))
    case 'order': {
      const rank = t.rank ? Math.round(approximate(t.rank, env, at).v) : Number.NaN
      return [...parts].sort((a, b) => a.v - b.v)[rank - 1] ?? undefinedValue
    }
    default:
      return t.op satisfies never
  }
}

/** -1, 0 or 1 as a is less than, equal to or greater than b as far as the errors tell; NaN if undefined. */
const compare = (a: Approx, b: Approx): number => {
  if (a.v === b.v) return 0
  const d = a.v - b.v
  if (Number.isNaN(d)) return Number.NaN
  return Math.abs(d) <= a.e + b.e ? 0 : Math.sign(d)
}

const member = (a: Approx, set: SetTerm, env: Env, at: readonly number[]): boolean => {
  if (set.kind === 'finite') return set.elements.some(x => compare(a, approximate(x, env, at)) === 0)
  const [below, above] = [compare(approximate(set.lo, env, at), a), compare(a, approximate(set.hi, env, at))]
  if (set.kind === 'range') return below <= 0 && above <= 0 && Math.abs(a.v - Math.round(a.v)) <= a.e
  return Number.isFinite(a.v) && (set.closed[0] ? below <= 0 : below < 0) && (set.closed[1] ? above <= 0 : above < 0)
}

const truth = (p: Prop, env: Env, at: readonly number[]): boolean => {
  switch (p.kind) {
    case 'rel': {
      const c = compare(approximate(p.left, env, at), approximate(p.right, env, at))
      return p.op === '=' ? c === 0 : p.op === '!=' ? c === 1 || c === -1 : p.op === '<' ? c < 0 : c <= 0
    }
    case 'in':
      return member(approximate(p.element, env, at), p.set, env, at)
    case 'and':
      return p.props.every(q => truth(q, env, at))
    case 'or':
      return p.props.some(q => truth(q, env, at))
    case 'not':
      return !truth(p.prop, env, at)
    case 'all':
      return indices(p.lo, p.hi, env, at).every(i => truth(p.body, env, [i, ...at]))
    default:
      return p satisfies never
  }
}

/** Whether a condition on the data of `env` holds. Exactly one of <, =, > does between two defined sides. */
export const holdsOnData = (p: Prop, env: Env): boolean => truth(p, env, [])
