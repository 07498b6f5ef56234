/**
 * A name that an equation introduces and a later line gives a value, a Lagrange multiplier: while its value is open the equation
 * says what it is, so an equation that fails with the value speaks against the line that gave it.
 */
import { type Expr, eq, mul, num } from '../term/term.ts'
import { replace, substitute } from '../term/walk.ts'
import { equationHolds, foreign, unknownsIn } from './decide.ts'
import { equationBetween } from './judge-equation.ts'
import { tiedNames } from './omitted.ts'
import { type Relating, relationProp } from './quantities.ts'
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
  return later.find(t => t.what.kind === 'definition' && t.what.forward && t.line > s.line && mentions(s.source, t.what.name))
}

/** The verdict on a line that gave a multiplier a value with which an equation before it fails. */
export const wrongMultiplier = (m: Memory, s: Statement, by: Statement): Ruling => {
  const r = m.reference
  const value = s.what.kind === 'definition' ? s.what.term : undefined
  const p = by.what.kind === 'relation' ? relationProp(r, by.what) : undefined
  const count = Math.max(0, ...tiedNames(r).map(names => names.length))
  // parameters that add to 1, added up to their number
  const counted =
    value !== undefined &&
    p?.kind === 'rel' &&
    equationHolds(r, replace(p, value, mul(num(count), value) as Expr) as typeof p).verdict === 'true'
  return {
    role: 'definition',
    status: 'wrong',
    relation: '=',
    message: `With this value the equation in line ${by.line} does not hold at the maximum.`,
    ...(counted ? { mistake: 'sum.constraint-total' } : {}),
  }
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
