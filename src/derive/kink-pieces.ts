/**
 * The contribution of one observation on each side of its kink: where the argument of an absolute value, or the two
 * sides of a branch's condition, meet. Refuses several kinks per observation, jumps, and kinks that cannot be solved for θ.
 */
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { nearEnd } from '../solve/near-end.ts'
import { solveEquation } from '../solve/one-equation.ts'
import { equivalent, normalForm, reduceFraction } from '../term/normal-form.ts'
import { type Expr, eq, log, lt, neg, type Prop, sub, type Term, ZERO } from '../term/term.ts'
import { mapChildren, mentions, some, substitute, subterms } from '../term/walk.ts'
import { laws, openPowers, tidy } from './laws.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'

/** log f for θ on one side of the kink, with its slope and bend in θ. */
export interface Piece {
  readonly value: Expr
  readonly slope: Expr
  readonly bend: Expr
}
export interface Kink {
  /** y(x): where θ meets the observation x (a symbol). */
  readonly place: Expr
  /** For θ below and above y(x). */
  readonly below: Piece
  readonly above: Piece
  /** The expressions u(x, θ) that change their sign at y(x). */
  readonly switches: readonly Expr[]
}

/** What vanishes where a kink may be: arguments of |·|, differences of the sides of conditions. */
const switchesIn = (t: Expr, unknown: string): readonly Expr[] =>
  subterms(t).flatMap(u => {
    if (u.kind === 'fn' && (u.name === 'abs' || u.name === 'sign') && u.args[0] && mentions(u.args[0], unknown)) return [u.args[0]]
    if (u.kind === 'cases')
      return u.branches.flatMap(b => (b.when.kind === 'rel' && mentions(b.when, unknown) ? [sub(b.when.right, b.when.left)] : []))
    return []
  })

export const hasKink = (t: Expr, unknown: string): boolean =>
  some(
    t,
    u =>
      (u.kind === 'fn' && (u.name === 'abs' || u.name === 'sign') && mentions(u, unknown)) ||
      (u.kind === 'cases' && u.branches.some(b => mentions(b.when, unknown))),
  )

/** The term with every switch taken to have one sign. */
const resolved = (t: Expr, unknown: string, isPositive: (u: Expr) => boolean | undefined): Expr | undefined => {
  let isClear = true
  const truth = (p: Prop): boolean | undefined => {
    if (p.kind !== 'rel' || (p.op !== '<' && p.op !== '<=')) return undefined
    return isPositive(sub(p.right, p.left))
  }
  const go = (u: Term): Term => {
    if (u.kind === 'cases' && u.branches.some(b => mentions(b.when, unknown))) {
      for (const b of u.branches) {
        const holds = truth(b.when)
        if (holds === undefined) {
          isClear = false
          return u
        }
        if (holds) return go(b.value)
      }
      return u.otherwise ? go(u.otherwise) : u
    }
    if (u.kind === 'fn' && u.name === 'abs' && u.args[0] && mentions(u.args[0], unknown)) {
      const positive = isPositive(u.args[0])
      if (positive === undefined) isClear = false
      const inner = go(u.args[0]) as Expr
      return positive ? inner : neg(inner)
    }
    return mapChildren(u, go)
  }
  const done = go(t) as Expr
  return isClear ? done : undefined
}

interface Sides {
  readonly place: Expr
  readonly below: Expr
  readonly above: Expr
  readonly switches: readonly Expr[]
  readonly positive: (u: Expr) => boolean
}

/** Where θ meets an observation, if at one place only, and the density for θ on both sides of it. */
const sidesOf = (s: Setting): Sides | undefined => {
  const cx: Context = s.interior
  const density = s.sample.density
  const name = s.unknown.name
  if (s.direct || s.sample.variables.length !== 1) return undefined
  const switches = switchesIn(density, name)
  const [first] = switches
  if (!first) return undefined
  const root = (u: Expr): Expr | undefined => {
    const solution = solveEquation(eq(u, ZERO), s.unknown, cx)
    return solution.kind === 'solved' && solution.open.length === 0 ? solution.root : undefined
  }
  // log(x/m) comes apart as log x − log m
  const opened = seq(attempt(everywhere(laws('log.product'))), attempt(openPowers))(first, cx)?.term as Expr | undefined
  const place = root(first) ?? (opened && root(opened))
  if (!place || !mentions(place, s.variable.name) || mentions(place, name)) return undefined
  // each switch vanishes at the same place, rising or falling through it
  const rising = (u: Expr): boolean | undefined => {
    const sign = signOf(slopeOf(u, s, cx), cx)?.sign
    return sign === 'pos' ? true : sign === 'neg' ? false : undefined
  }
  const positive = (u: Expr): boolean => signOf(u, cx)?.sign === 'pos'
  const isThere = switches.every(u => rising(u) !== undefined && equivalent(substitute(u, new Map([[name, place]])), ZERO, positive))
  if (!isThere) return undefined
  const side = (isAbove: boolean): Expr | undefined =>
    resolved(density, name, u => (rising(u) === undefined ? undefined : rising(u) === isAbove))
  const [below, above] = [side(false), side(true)]
  return below && above ? { place, below, above, switches, positive } : undefined
}

const opening = seq(attempt(everywhere(laws('log.product'))), attempt(openPowers), attempt(tidy))

/** Where θ meets the observation x, if the density of x grows without bound there. */
export const poleOf = (s: Setting): Expr | undefined => {
  const found = sidesOf(s)
  if (!found) return undefined
  const { place } = found
  const grows = (piece: Expr, side: '+' | '-'): boolean => {
    const here = assuming(s.interior, [side === '-' ? lt(s.unknown, place) : lt(place, s.unknown)])
    const value = (opening(log(piece), here)?.term ?? log(piece)) as Expr
    // what vanishes for some observations may hold the product down
    if (signOf(piece, here)?.sign !== 'pos') return false
    const limit = nearEnd(value, { variable: s.unknown, to: place, side }, s.interior)?.limit
    return limit?.kind === 'infinity' && !limit.negative
  }
  return grows(found.below, '-') && grows(found.above, '+') ? place : undefined
}

/** The kink of the density of one observation, if it has just one. */
export const kinkOf = (s: Setting): Kink | undefined => {
  const found = sidesOf(s)
  if (!found) return undefined
  const { place, below, above, switches, positive } = found
  const cx: Context = s.interior
  const at = (t: Expr): Expr => substitute(t, new Map([[s.unknown.name, place]]))
  if (!equivalent(at(below), at(above), positive)) return undefined
  const shorter = (t: Expr): Expr => {
    const reduced = t.kind === 'add' ? reduceFraction(t) : t
    return reduced.size < t.size ? reduced : t
  }
  const piece = (t: Expr, side: Prop): Piece => {
    const value = (opening(log(t), cx)?.term ?? log(t)) as Expr
    const here = assuming(cx, [side])
    const slope = shorter(normalForm(slopeOf(value, s, here), positive))
    return { value, slope, bend: shorter(normalForm(slopeOf(slope, s, here), positive)) }
  }
  return { place, below: piece(below, lt(s.unknown, place)), above: piece(above, lt(place, s.unknown)), switches }
}
