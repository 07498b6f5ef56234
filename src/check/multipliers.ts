/**
 * A name that an equation introduces and a later line gives a value, a Lagrange multiplier: while its value is open the equation
 * says what it is, so an equation that fails with the value speaks against the line that gave it.
 */

import { type Env, evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { big, type Expr, eq, mul, num, ONE, type Rel, sub, sym, type Term } from '../term/term.ts'
import { arraysOf, mapChildren, replace, substitute, symbolsOf } from '../term/walk.ts'
import { atMaximum, equal, equationHolds, foreign, unknownsIn } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { equationBetween } from './judge-equation.ts'
import { tiesOf } from './judge-score.ts'
import { tiedNames } from './omitted.ts'
import { type Relating, relationProp } from './quantities.ts'
import type { Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Statement } from './statement.ts'

const greek: Readonly<Record<string, string>> = {
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  eta: 'η',
  kappa: 'κ',
  gamma: 'γ',
  alpha: 'α',
  beta: 'β',
  rho: 'ρ',
  tau: 'τ',
}

const mentions = (source: string, name: string): boolean => {
  const letter = greek[name]
  return (
    (letter !== undefined && source.includes(letter)) ||
    new RegExp(`(?<![A-Za-z])\\\\?${name.replace(/[^A-Za-z0-9_]/g, '.')}(?![A-Za-z])`).test(source)
  )
}

/** The line further down that gives a value to a name in an equation which fails with that value; undefined if there is none. */
export const blamed = (m: Memory, s: Statement): Statement | undefined => {
  if (tiedNames(m.reference).length === 0 || s.what.kind !== 'relation') return undefined
  const later = m.statements.slice(m.statements.indexOf(s) + 1)
  // "c_j/p_j − ν = 0": the sign of equality is said of what stands before it
  const said = s.what.place?.position ? (m.line?.source ?? s.source) : s.source
  const given = later.find(t => t.what.kind === 'definition' && t.what.forward && t.line > s.line && mentions(said, t.what.name))
  if (given?.what.kind !== 'definition') return undefined
  const { name } = given.what
  // a + b + c = 3λ says it before λ = (a + b + c)/3 does
  return later.find(t => t === given || (t.line < given.line && mentions(t.source, name) && saysTheSame(m, t))) ?? given
}
/** Whether an equation without parameters holds for nothing but what the multiplier was put to. */
const saysTheSame = (m: Memory, t: Statement): boolean => {
  const p = t.what.kind === 'relation' && t.what.relation === '=' ? relationProp(m.reference, t.what) : undefined
  return (
    p?.kind === 'rel' && unknownsIn(m.reference, p).length === 0 && equal(m.reference, p.left as Expr, p.right as Expr).verdict === 'true'
  )
}

/** What the multiplier is at the maximum: ∂ℓ/∂p = λ ∂g/∂p for a constraint g = 0, up to its sign. */
const multiplierAt = (r: Reference, top: Env): number | undefined => {
  for (const c of tiesOf(r)) {
    const g = sub(c.left, c.right)
    const u = unknownsIn(r, g).find(n => symbolsOf(g).has(n))
    if (u !== undefined) return evaluate(differentiate(r.ell, sym(u)), top) / evaluate(differentiate(g, sym(u)), top)
  }
  return undefined
}
/** Whether a value is the multiplier but for the number of the parameters that the constraint ties. */
const countsParameters = (r: Reference, value: Expr): boolean => {
  const places = atMaximum(r)
  return (
    places.length > 1 &&
    countsOf(r).some(count =>
      places.every(env => {
        const wanted = multiplierAt(r, env)
        const k = evaluate(count, env)
        const found = evaluate(value, env)
        return wanted !== undefined && [k, 1 / k].some(f => Math.abs(Math.abs(found * f) - Math.abs(wanted)) <= 1e-6 * Math.abs(wanted))
      }),
    )
  )
}

/** The verdict on a line that gave a multiplier a value with which an equation before it fails. */
export const wrongMultiplier = (m: Memory, s: Statement, by: Statement): Ruling => {
  const r = m.reference
  const said =
    s.what.kind === 'definition'
      ? s
      : m.statements.find(t => t.what.kind === 'definition' && t.what.forward && mentions(s.source, t.what.name))
  const value = said?.what.kind === 'definition' ? said.what.term : undefined
  const p = by.what.kind === 'relation' ? relationProp(r, by.what) : undefined
  // parameters that add to 1, added up to their number
  const counted =
    value !== undefined &&
    p?.kind === 'rel' &&
    (countsParameters(r, value) ||
      countsTotal(r, p) ||
      countsOf(r).some(k => equationHolds(r, replace(p, value, mul(k, value) as Expr) as Rel).verdict === 'true'))
  // what follows from the value is no mistake of its own
  if (p?.kind === 'rel') m.equations.push({ equation: p, right: false, line: s.line })
  return {
    role: 'definition',
    status: 'wrong',
    relation: '=',
    message: `With this value the equation in line ${by.line} does not hold at the maximum.`,
    ...(counted ? { mistake: 'sum.constraint-total' } : {}),
  }
}

/** How many parameters a constraint ties: the length of a vector, or a number. */
export const countsOf = (r: Reference): readonly Expr[] => [
  ...r.model.parameters.flatMap(p => (p.length && r.model.constraints.some(c => arraysOf(c).has(p.name)) ? [p.length] : [])),
  ...tiedNames(r).flatMap(names => (names.length > 1 ? [num(names.length)] : [])),
]

/** Whether parameters that add up to 1 were added up to their number: with 1 in its place the equation holds. */
export const countsTotal = (r: Reference, p: Rel): boolean =>
  countsOf(r).some(count => {
    const mended = mapUnbounded(p, u => (same(u, count) ? ONE : u)) as Rel
    return !same(mended, p) && equationHolds(r, mended).verdict === 'true'
  })
/** Every term but the limits of binders and the exponents. */
const mapUnbounded = (t: Term, f: (u: Term) => Term): Term => {
  if (t.kind === 'big') return big(t.op, t.lo, t.hi, mapUnbounded(t.body, f) as Expr, t.rank)
  if (t.kind === 'pow') return mapChildren(t, (u, k) => (k === 0 ? mapUnbounded(u, f) : u))
  const u = f(t)
  return u === t ? mapChildren(t, v => mapUnbounded(v, f)) : u
}

/** x/a = ν in a problem with a constraint says what the multiplier ν is; later equations are judged with it. */
export const withMultiplier = (m: Memory, s: Statement, w: Relating, a: Expr, b: Expr, name: string): Ruling | undefined => {
  const r = m.reference
  if (tiedNames(r).length === 0) return undefined
  const value = m.multipliers.get(name)
  if (value) {
    const put = (t: Expr): Expr => substitute(t, new Map([[name, value]]))
    return equationBetween(m, s, w, eq(put(a), put(b)), undefined)
  }
  const [alone, other] = a.kind === 'sym' && a.name === name ? [a, b] : [b, a]
  if (alone.kind !== 'sym' || alone.name !== name || foreign(r, other).length > 0 || unknownsIn(r, other).length !== 1) return undefined
  m.multipliers.set(name, other)
  return { role: 'definition', relation: '=', status: 'ok', message: '' }
}
