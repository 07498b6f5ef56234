/**
 * The parameter space of a search in numbers: joint equations and faces as linear equations where they are linear, the
 * height log L with every end included, and which points belong to the space as it is declared.
 */
import { type Coordinate, envAt, type Point, pointOf } from '../estimate/coordinates.ts'
import { allowsData } from '../estimate/likelihood-value.ts'
import { likelihoodTerm } from '../model/likelihood.ts'
import { type Model, ownSupport } from '../model/model.ts'
import { type Env, evaluate, evaluateLog, holds, type NestedNumbers } from '../term/evaluate.ts'
import { add, and, at, type Expr, isIn, neg, num, type Prop, type Rel, rel, sym, type Term } from '../term/term.ts'
import { instantiate, mapChildren, some } from '../term/walk.ts'
import { type Affine, affineOf } from './affine.ts'

type Fun = (v: readonly number[]) => number

/** The likelihood without the indicators of a moving support: on a face they are decided with a tolerance. */
const withoutIndicators = (t: Term): Term => (t.kind === 'iverson' ? num(1) : mapChildren(t, withoutIndicators))

const conjuncts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props.flatMap(conjuncts) : [p])

/** The joint conditions on the unknowns, one by one: those for every index written out. */
const conditionsOf = (model: Model, env: Env): readonly Prop[] => {
  const open = (p: Prop): readonly Prop[] => {
    if (p.kind !== 'all') return [p]
    const [lo, hi] = [Math.round(evaluate(p.lo, env)), Math.round(evaluate(p.hi, env))]
    return Array.from({ length: Math.max(0, Math.min(hi - lo + 1, 100)) }, (_, k) => conjuncts(instantiate(p.body, num(lo + k)))).flatMap(
      q => q.flatMap(open),
    )
  }
  const unknown = new Set(model.parameters.map(p => p.name))
  const mentions = (t: Term): boolean => some(t, u => (u.kind === 'sym' || u.kind === 'at') && unknown.has(u.name))
  const joint = model.parameters.flatMap((p): Prop[] => {
    if (!mentions(p.domain)) return []
    if (!p.length) return [isIn(sym(p.name), p.domain)]
    return Array.from({ length: evaluate(p.length, env) || 0 }, (_, j) => isIn(at(p.name, num(j + 1)), p.domain))
  })
  const asRelations = (p: Prop): readonly Prop[] => {
    if (p.kind !== 'in' || p.set.kind !== 'interval') return [p]
    const { lo, hi, closed } = p.set
    return [
      ...(lo.kind === 'infinity' ? [] : [rel(closed[0] ? '<=' : '<', lo, p.element)]),
      ...(hi.kind === 'infinity' ? [] : [rel(closed[1] ? '<=' : '<', p.element, hi)]),
    ]
  }
  return [...model.constraints, ...joint].flatMap(conjuncts).flatMap(open).flatMap(asRelations)
}

/** The condition with its excluded ends included. */
const closure = (p: Prop): Prop => (p.kind === 'rel' && p.op === '<' ? rel('<=', p.left, p.right) : p)

const numbersIn = (a: NestedNumbers | undefined): readonly number[] => (a ?? []).flatMap(v => (typeof v === 'number' ? [v] : numbersIn(v)))

/** The ends of supports as gaps to the extreme observation: zero on the edge of the set of parameters that allow the data. */
const supportGaps = (model: Model, env: Env): readonly { readonly gap: Expr; readonly sign: 1 | -1 }[] =>
  model.samples.flatMap(s =>
    s.variables.flatMap(v => {
      const set = ownSupport(v, s)
      const xs = numbersIn(env.arrays.get(v.name))
      if (set.kind === 'finite' || xs.length === 0) return []
      const [least, greatest] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))]
      const gaps: { gap: Expr; sign: 1 | -1 }[] = []
      // x_(1) is put in as a number of the environment: exact rationals of doubles are long
      if (set.lo.kind !== 'infinity') gaps.push({ gap: add(set.lo, neg(sym(`\u0001${least}`))), sign: -1 })
      if (set.hi.kind !== 'infinity') gaps.push({ gap: add(set.hi, neg(sym(`\u0001${greatest}`))), sign: 1 })
      return gaps
    }),
  )

export interface Problem {
  readonly coordinates: readonly Coordinate[]
  readonly equations: readonly Affine[]
  readonly faces: readonly Affine[]
  /** log L with every end included; −∞ outside. */
  readonly height: Fun
  /** Whether a point belongs to the parameter space and allows the data, ends as declared. */
  readonly belongs: (v: readonly number[]) => boolean
  readonly landmarks: readonly number[]
}

/** @returns the problem, or why it cannot be searched */
export const problemOf = (model: Model, env: Env, coordinates: readonly Coordinate[], landmarks: readonly number[]): Problem | string => {
  const gaps = supportGaps(model, env)
  const symbols = new Map(env.symbols)
  for (const { gap } of gaps)
    some(gap, u => {
      if (u.kind === 'sym' && u.name.startsWith('\u0001')) symbols.set(u.name, Number(u.name.slice(1)))
      return false
    })
  const here: Env = { ...env, symbols }
  const envOf = (v: readonly number[]): Env => envAt(here, pointOf(coordinates, v))
  const conditions = conditionsOf(model, here)
  const closed = and(...conditions.map(closure))
  const declared = and(...conditions)
  const bare = withoutIndicators(likelihoodTerm(model)) as Expr
  const tolerance = 1e-11
  const places = coordinates.map(c => c.place)
  const within = (v: readonly number[], ends: boolean): boolean =>
    v.every((x, k) => {
      const p = places[k]
      if (p?.kind !== 'real' || Number.isNaN(x)) return false
      const slack = tolerance * (1 + Math.abs(x))
      if (ends) return x >= p.lo - slack && x <= p.hi + slack
      return (x > p.lo + slack || (p.closed[0] && x >= p.lo - slack)) && (x < p.hi - slack || (p.closed[1] && x <= p.hi + slack))
    })
  const value: Fun = v => {
    const e = envOf(v)
    if (!holds(closed, e, tolerance)) return -Infinity
    for (const { gap, sign } of gaps) {
      const g = sign * evaluate(gap, e)
      if (!(g >= -tolerance * (1 + Math.abs(Number(g))) * 10)) return -Infinity
    }
    const l = evaluateLog(bare, e)
    return l.sign < 0 || Number.isNaN(l.log) ? -Infinity : l.log
  }
  const height: Fun = v => (within(v, true) ? value(clamped(coordinates, v)) : -Infinity)
  const allows = allowsData(model, env)
  const belongs = (v: readonly number[]): boolean => {
    const p: Point = pointOf(coordinates, v)
    return within(v, false) && holds(declared, envOf(v), 1e-10) && (!allows || allows(p))
  }
  const base = coordinates.map((c, k) => (c.place.kind === 'real' ? startOf(c, 0.37 + 0.05 * (k % 5)) : Number.NaN))
  const residual =
    (p: Rel): Fun =>
    v => {
      const e = envOf(v)
      return evaluate(p.left, e) - evaluate(p.right, e)
    }
  const equations: Affine[] = []
  const faces: Affine[] = []
  for (const p of conditions) {
    if (p.kind !== 'rel' || p.op === '!=') continue
    const a = affineOf(residual(p), base)
    if (p.op === '=' && !a) return 'a joint equation is not linear'
    if (a) (p.op === '=' ? equations : faces).push(a)
  }
  for (const { gap } of gaps) {
    const a = affineOf(v => evaluate(gap, envOf(v)), base)
    if (a) faces.push(a)
  }
  coordinates.forEach((c, k) => {
    if (c.place.kind !== 'real') return
    for (const end of [c.place.lo, c.place.hi])
      if (Number.isFinite(end)) faces.push({ slopes: coordinates.map((_, j) => (j === k ? 1 : 0)), constant: -end })
  })
  return { coordinates, equations, faces, height, belongs, landmarks }
}

/** Coordinates a rounding error outside of their ends are on them. */
export const clamped = (coordinates: readonly Coordinate[], v: readonly number[]): readonly number[] =>
  v.map((x, k) => {
    const p = coordinates[k]?.place
    return p?.kind === 'real' ? Math.min(Math.max(x, p.lo), p.hi) : x
  })

/** A point of the place at a share u of the way, moderate where the place has no end. */
export const startOf = (c: Coordinate, u: number): number => {
  if (c.place.kind !== 'real') return Number.NaN
  const { lo, hi } = c.place
  const out = Math.log(u / (1 - u))
  if (Number.isFinite(lo) && Number.isFinite(hi)) return lo + (hi - lo) * u
  return Number.isFinite(lo) ? lo + Math.exp(1.2 * out) : Number.isFinite(hi) ? hi - Math.exp(-1.2 * out) : 2 * out
}
