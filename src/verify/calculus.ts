/**
 * Numeric values of what an evaluator of plain formulas leaves open: expectations under the model (sums and integrals
 * against its density, whose total must come out as 1) and limits (values that settle or run away).
 * Refuses, with NaN, expectations of terms that join several observations in one factor.
 */
import { atObservation } from '../estimate/likelihood-value.ts'
import type { Model, Sample } from '../model/model.ts'
import { type Env, evaluate } from '../term/evaluate.ts'
import { addAll, type Expr, type Limit, mulAll, num, sym, type Term } from '../term/term.ts'
import { instantiate, mapChildren, some, subterms } from '../term/walk.ts'
import { placeOf } from '../estimate/coordinates.ts'
import { same } from '../term/order.ts'
import { integrate, sumOver } from '../term/quadrature.ts'

const isOpen = (t: Term): boolean => t.kind === 'expect' || t.kind === 'limit'

/** Whether a term has parts that only `valueOf` can evaluate. */
export const needsCalculus = (t: Term): boolean => some(t, isOpen)

/** Σ and Π around such parts written out over numbers, so that the parts are closed. */
const unrolled = (t: Term, env: Env): Term => {
  if (isOpen(t) || !needsCalculus(t)) return t
  if (t.kind !== 'big' || (t.op !== 'sum' && t.op !== 'prod')) return mapChildren(t, c => unrolled(c, env))
  const parts = entriesOf(t, env).map(e => unrolled(e, env) as Expr)
  return t.op === 'sum' ? addAll(parts) : mulAll(parts)
}

const entriesOf = (t: Extract<Expr, { kind: 'big' }>, env: Env): readonly Expr[] => {
  const [lo, hi] = [evaluate(t.lo, env), evaluate(t.hi, env)]
  if (!Number.isInteger(lo) || !Number.isInteger(hi) || hi - lo > 60) return [sym('\u0002undefined')]
  return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, k) => instantiate(t.body, num(lo + k)))
}

/** The value of a term that may contain expectations and limits; NaN where it cannot be found. */
export const valueOf = (t: Expr, env: Env, model: Model): number => {
  if (!needsCalculus(t)) return evaluate(t, env)
  const symbols = new Map(env.symbols)
  let count = 0
  const close = (u: Term): Term => {
    if (!isOpen(u)) return mapChildren(u, close)
    const name = `\u0002${count++}`
    symbols.set(name, u.kind === 'expect' ? expectation(u.body, env, model) : limitValue(u as Limit, env, model))
    return sym(name)
  }
  return evaluate(close(unrolled(t, env)) as Expr, { ...env, symbols })
}

// --- expectations ------------------------------------------------------------------------------

const observedNames = (model: Model): ReadonlySet<string> => new Set(model.samples.flatMap(s => s.variables.map(v => v.name)))

/** E[t] at the parameters of `env`, by linearity down to functions of one observation. */
const expectation = (t: Expr, env: Env, model: Model): number => {
  const names = observedNames(model)
  const isRandom = (u: Term): boolean => some(u, v => v.kind === 'at' && names.has(v.name))
  const go = (u: Expr): number => {
    if (!isRandom(u)) return evaluate(u, env)
    if (u.kind === 'add') return u.terms.reduce((s, v) => s + go(v), 0)
    if (u.kind === 'big' && u.op === 'sum' && !isRandom(u.lo) && !isRandom(u.hi)) return entriesOf(u, env).reduce((s, v) => s + go(v), 0)
    if (u.kind === 'mul') {
      const random = u.factors.filter(isRandom)
      const fixed = u.factors.filter(v => !isRandom(v)).reduce((p, v) => p * evaluate(v, env), 1)
      const [only, ...more] = random
      if (only && more.length === 0) return fixed * go(only)
      return fixed * ofOneObservation(mulAll(random))
    }
    return ofOneObservation(u)
  }
  const ofOneObservation = (u: Expr): number => {
    const entries = [...subterms(u)].filter(v => v.kind === 'at' && names.has(v.name))
    const first = entries[0]
    if (first?.kind !== 'at' || first.free !== 0 || u.free !== 0 || entries.some(e => !same(e, first)) || first.index.length !== 1) return Number.NaN
    const sample = model.samples.find(s => s.variables.some(v => v.name === first.name))
    const index = first.index[0]
    return sample && index && sample.variables.length === 1 ? againstDensity(u, first.name, evaluate(index, env), sample, env) : Number.NaN
  }
  return go(t)
}

/** ∫ g f or Σ g f over the support of one scalar observation. */
const againstDensity = (g: Expr, name: string, row: number, sample: Sample, env: Env): number => {
  const support = sample.variables[0]?.support
  if (!support) return Number.NaN
  const entries: number[] = [...((env.arrays.get(name) ?? []) as readonly number[])]
  while (entries.length < row) entries.push(Number.NaN)
  const here: Env = { ...env, arrays: new Map(env.arrays).set(name, entries) }
  const density = atObservation(sample.density, sample, num(row))
  const at = (u: Expr) => (x: number): number => {
    entries[row - 1] = x
    return evaluate(u, here)
  }
  const [value, f] = [at(g), at(density)]
  const place = placeOf(support, env)
  const close = (total: number, mass: number): number => (Math.abs(mass - 1) < 1e-7 ? total : Number.NaN)
  if (place.kind === 'finite') return close(place.values.reduce((s, x) => s + value(x) * f(x), 0), place.values.reduce((s, x) => s + f(x), 0))
  if (place.kind === 'integer') {
    const sums = sumOver(value, f, place.lo, place.hi)
    return close(sums.value, sums.mass)
  }
  for (const count of [150, 600, 2400]) {
    const total = close(integrate(x => { const p = f(x); return p === 0 ? 0 : value(x) * p }, place.lo, place.hi, count), integrate(f, place.lo, place.hi, count))
    if (!Number.isNaN(total)) return total
  }
  return Number.NaN
}

// --- limits ------------------------------------------------------------------------------------

/** The limit if the values settle (to about five digits), ±∞ if they run away, else NaN. */
const limitValue = (t: Limit, env: Env, model: Model): number => {
  const to = evaluate(t.to, env)
  const symbols = new Map(env.symbols)
  const here: Env = { ...env, symbols }
  const at = (x: number): number => {
    symbols.set(t.variable.name, x)
    return valueOf(t.body, here, model)
  }
  const side = t.side === '-' ? -1 : 1
  const ys = [2, 3, 4, 5, 6, 7].map(k => at(Number.isFinite(to) ? to + side * 10 ** -k : Math.sign(to) * 10 ** k))
  const [a, b, c, d] = ys.slice(-4) as [number, number, number, number]
  const steps = [b - a, c - b, d - c].map(Math.abs) as [number, number, number]
  if (steps[2] <= 1e-5 * (1 + Math.abs(d)) && steps[2] <= steps[1] + 1e-12) return d
  if (!Number.isFinite(d) && !Number.isNaN(d)) return d
  const sameWay = Math.sign(b - a) === Math.sign(c - b) && Math.sign(c - b) === Math.sign(d - c)
  return sameWay && steps[2] > 0.5 * steps[1] && steps[1] > 0.5 * steps[0] ? Math.sign(d - c) * Infinity : Number.NaN
}
