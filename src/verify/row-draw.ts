/**
 * Facts about each row of an array, and rows that satisfy them: y_i in {0..m_i}, r_i > l_i, components that add up to m_i.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import { type Expr, isOne, num, type Prop, type SetTerm } from '../term/term.ts'
import { instantiate, shift } from '../term/walk.ts'
import { integerBetween, type Random } from './random.ts'
import { everything, intersect, type Manner, type Region, sampleOf } from './spread.ts'

/** The set in numbers; an end without a value is no end. */
export const regionOf = (set: SetTerm, env: Env): Region => {
  if (set.kind === 'finite') {
    const values = set.elements.map(e => evaluate(e, env))
    return values.some(Number.isNaN) ? everything : { ...everything, values }
  }
  const lo = evaluate(set.lo, env)
  const hi = evaluate(set.hi, env)
  return {
    lo: Number.isNaN(lo) ? Number.NEGATIVE_INFINITY : lo,
    hi: Number.isNaN(hi) ? Number.POSITIVE_INFINITY : hi,
    closed: set.kind === 'range' ? [true, true] : set.closed,
    integer: set.kind === 'range',
    values: undefined,
  }
}

/** A set for each row of an array, written with the row as the free index: y_i in {0..m_i}, for a row of components too. */
export const rowConfinement = (p: Prop): { readonly name: string; readonly set: SetTerm } | undefined => {
  if (p.kind !== 'all' || !isOne(p.lo)) return undefined
  const nested = p.body.kind === 'all' && isOne(p.body.lo)
  const body = p.body.kind === 'all' ? p.body.body : p.body
  const deep = nested ? 2 : 1
  if (body.kind !== 'in' || body.element.kind !== 'at' || body.element.index.length !== deep) return undefined
  if (!body.element.index.every((i, k) => i.kind === 'bound' && i.depth === deep - 1 - k)) return undefined
  return body.set.free === 1 << (deep - 1) ? { name: body.element.name, set: shift(body.set, 1 - deep) } : undefined
}

/** What the components of each row add up to: Σ_j x_ij = m_i, with the row as the free index of the total. */
export const rowTotal = (p: Prop): { readonly name: string; readonly total: Expr } | undefined => {
  if (p.kind !== 'all' || !isOne(p.lo) || p.body.kind !== 'rel' || p.body.op !== '=') return undefined
  const { left, right } = p.body
  const [big, total] = left.kind === 'big' ? [left, right] : [right, left]
  if (big.kind !== 'big' || big.op !== 'sum' || !isOne(big.lo) || big.body.kind !== 'at') return undefined
  const [row, component] = big.body.index
  const fits = row?.kind === 'bound' && row.depth === 1 && component?.kind === 'bound' && component.depth === 0
  return fits ? { name: big.body.name, total } : undefined
}

/** Each row drawn from its own region. */
export const byRow = (
  region: Region,
  sets: readonly SetTerm[],
  [count = 0, ...rest]: readonly number[],
  env: Env,
  rng: Random,
  manner: Manner,
): readonly number[] | undefined => {
  const out: number[] = []
  const size = rest.reduce((a, b) => a * b, 1)
  for (let i = 1; i <= count; i++) {
    const own = sets.reduce((r, set) => intersect(r, regionOf(instantiate(set, num(i)), env)), region)
    const values = sampleOf(own, size, rng, manner)
    if (!values) return undefined
    out.push(...values)
  }
  return out
}

/** Each row a random division of its total among the components. */
export const parted = (total: Expr, [count = 0, length = 0]: readonly number[], env: Env, rng: Random): readonly number[] | undefined => {
  const out: number[] = []
  for (let i = 1; i <= count; i++) {
    const whole = evaluate(instantiate(total, num(i)), env)
    if (!Number.isInteger(whole) || whole < 0 || whole > 10_000) return undefined
    const row = new Array<number>(length).fill(0)
    for (let k = 0; k < whole; k++) {
      const j = integerBetween(rng, 0, length - 1)
      row[j] = (row[j] as number) + 1
    }
    out.push(...row)
  }
  return out
}
