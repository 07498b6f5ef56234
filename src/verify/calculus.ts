/**
 * Numeric values of what an evaluator of plain formulas leaves open: expectations under the model (sums and integrals
 * against its density, whose total must come out as 1) and limits (values that settle or run away).
 * Refuses, with NaN, expectations of terms that join several observations in one factor.
 */

import { placeOf } from '../estimate/coordinates.ts'
import { atObservation } from '../model/likelihood.ts'
import type { Model, Sample } from '../model/model.ts'
import { type Env, evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { integrate, sumOver } from '../term/quadrature.ts'
import { toNumber } from '../term/rational.ts'
import { type At, addAll, at, type Expr, type Limit, mulAll, num, ONE, type Sym, sym, type Term } from '../term/term.ts'
import { instantiate, mapChildren, mentions, replace, some, substitute, subterms } from '../term/walk.ts'

const isOpen = (t: Term): boolean => t.kind === 'expect' || t.kind === 'limit'

/** Whether a term has parts that only `numericValue` can evaluate. */
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
export const numericValue = (t: Expr, env: Env, model: Model): number => {
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

/** E[t] at the parameters of `env`, by linearity down to functions of one observation; E[X] is that of any observation. */
const expectation = (body: Expr, env: Env, model: Model): number => {
  const names = observedNames(model)
  const t = [...names].some(name => mentions(body, name))
    ? (substitute(body, new Map([...names].map(name => [name, at(name, ONE)]))) as Expr)
    : body
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
    if (first?.kind !== 'at' || first.free !== 0 || u.free !== 0 || entries.some(e => !same(e, first)) || first.index.length !== 1)
      return Number.NaN
    const sample = model.samples.find(s => s.variables.some(v => v.name === first.name))
    const index = first.index[0]
    if (!sample || !index || sample.variables.length !== 1) return Number.NaN
    // observations are identically distributed unless they have covariates
    if (sample.covariates.length > 0) return againstDensity(u, first, atObservation(sample.density, sample, index), sample, env)
    const one = sym('\u0002x')
    return remembered(env, sample, replace(u, first, one), g =>
      againstDensity(g, one, replace(sample.density, sym(first.name), one), sample, env),
    )
  }
  return go(t)
}

const memory = new WeakMap<Env, Map<Sample, Map<Expr, number>>>()
/** Expectations already found in a setting, by the sample and the function of one observation of it. */
const remembered = (env: Env, sample: Sample, g: Expr, find: (g: Expr) => number): number => {
  const samples = memory.get(env) ?? new Map<Sample, Map<Expr, number>>()
  memory.set(env, samples)
  const known = samples.get(sample) ?? new Map<Expr, number>()
  samples.set(sample, known)
  const value = known.get(g) ?? find(g)
  known.set(g, value)
  return value
}

/** 0 and ±c of every |x − c| and every comparison with a numeral. */
const kinksOf = (t: Expr): readonly number[] => {
  const kinked = [...subterms(t)].filter(u => (u.kind === 'fn' && u.name === 'abs') || u.kind === 'rel')
  const numerals = kinked.flatMap(u => [...subterms(u)].flatMap(v => (v.kind === 'num' ? [toNumber(v.value)] : [])))
  return kinked.length === 0 ? [] : [0, ...numerals.flatMap(c => (c === -1 ? [] : [c, -c]))]
}

/** What the variable alone is compared with, as in 1{X ≤ c}. */
const boundsOf = (t: Expr, variable: Expr, env: Env): readonly number[] =>
  [...subterms(t)].flatMap(u => {
    if (u.kind !== 'rel') return []
    const other = same(u.left, variable) ? u.right : same(u.right, variable) ? u.left : undefined
    const value = other && evaluate(other, env)
    return value !== undefined && Number.isFinite(value) ? [value] : []
  })

/** ∫ g f or Σ g f over the support of one scalar observation, which both terms call `variable`. */
const againstDensity = (g: Expr, variable: At | Sym, density: Expr, sample: Sample, env: Env): number => {
  const support = sample.variables[0]?.support
  if (!support) return Number.NaN
  const symbols = new Map(env.symbols)
  const row = variable.kind === 'at' && variable.index[0] ? evaluate(variable.index[0], env) : 0
  const entries: number[] = [...((env.arrays.get(variable.name) ?? []) as readonly number[])]
  while (entries.length < row) entries.push(Number.NaN)
  const here: Env = variable.kind === 'at' ? { ...env, arrays: new Map(env.arrays).set(variable.name, entries) } : { ...env, symbols }
  const at =
    (u: Expr) =>
    (x: number): number => {
      if (variable.kind === 'at') entries[row - 1] = x
      else symbols.set(variable.name, x)
      return evaluate(u, here)
    }
  const [value, f] = [at(g), at(density)]
  const place = placeOf(support, env)
  const close = (total: number, mass: number, off = 1e-7): number => (Math.abs(mass - 1) < off ? total : Number.NaN)
  if (place.kind === 'finite')
    return close(
      place.values.reduce((s, x) => s + value(x) * f(x), 0),
      place.values.reduce((s, x) => s + f(x), 0),
    )
  if (place.kind === 'integer') {
    const sums = sumOver(value, f, place.lo, place.hi)
    return close(sums.value, sums.mass)
  }
  // a kink or a jump stands, if anywhere, at 0, at a numeral beside the variable, at a parameter or a known
  const sizes = new Set([sample.size].flatMap(t => (t.kind === 'sym' ? [t.name] : [])))
  const inside = (v: number): boolean => v > place.lo && v < place.hi
  const breaks = [
    ...new Set(
      [
        ...boundsOf(g, variable, env),
        ...kinksOf(g),
        ...kinksOf(density),
        ...[...env.symbols].filter(([name]) => !sizes.has(name)).map(([, v]) => v),
      ].filter(inside),
    ),
  ]
    .slice(0, 8)
    .sort((p, q) => p - q)
  const ends = [place.lo, ...breaks, place.hi]
  const over = (h: (x: number) => number, count: number): number =>
    breaks.reduce((s, v, i) => s + integrate(h, ends[i] as number, v, count), 0) + integrate(h, breaks.at(-1) ?? place.lo, place.hi, count)
  for (const count of [100, 400, 1600]) {
    const total = close(
      over(x => weighted(value, f, x), count),
      over(f, count),
      // what weighs the tails more is less exact than the mass: of few nodes more is asked
      count === 100 ? 1e-10 : count === 400 ? 1e-9 : 1e-7,
    )
    if (!Number.isNaN(total)) return total
  }
  return Number.NaN
}
const weighted = (g: (x: number) => number, f: (x: number) => number, x: number): number => {
  const p = f(x)
  return p === 0 ? 0 : g(x) * p
}

// --- limits ------------------------------------------------------------------------------------

/** The limit if the values settle (to about five digits), ±∞ if they run away, else NaN. */
const limitValue = (t: Limit, env: Env, model: Model): number => {
  const to = evaluate(t.to, env)
  const symbols = new Map(env.symbols)
  const here: Env = { ...env, symbols }
  const at = (x: number): number => {
    symbols.set(t.variable.name, x)
    return numericValue(t.body, here, model)
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
