/**
 * Zero where the normal form does not show it: sums in denominators are multiplied out, sums over one range are put
 * together and the common summand is tested. Within a budget; no is "not found to be 0".
 */

import * as E from './exact.ts'
import { type Monomial, ofFactors } from './monomial.ts'
import { lengthOf } from './normal-binder.ts'
import type { Frame } from './normal-frame.ts'
import { fractionOf } from './normal-parts.ts'
import { same } from './order.ts'
import { collect, type Polynomial, readCanonical, type Summand, single, timesUnreduced } from './polynomial.ts'
import type { Big, Expr } from './term.ts'
import { shift } from './walk.ts'

const isDivided = (p: Polynomial): boolean => p.some(s => s.monomial.divided)
const isSine = (a: Expr): boolean => a.kind === 'fn' && a.name === 'sin'
const isSumAtom = (a: Expr): a is Big => a.kind === 'big' && a.op === 'sum'

const inward = (m: Monomial, without: Expr): Monomial =>
  ofFactors(m.atoms.flatMap((a, i) => (same(a, without) ? [] : [[shift(a, 1), m.exponents[i] as E.Exact] as const])))

/** Σ c·Σ_i u + … = Σ_i (c·u + …) + rest, for the sums over one range; rest = n·v goes under the sum as v. */
const isZeroUnderSum = (p: Polynomial, frame: Frame, depth: number): boolean => {
  const first = p.flatMap(s => s.monomial.atoms).find(a => isSumAtom(a) && isDivided(readCanonical(a.body)))
  if (!first || !isSumAtom(first)) return false
  const { lo, hi } = first
  const body: Summand[] = []
  const rest: Summand[] = []
  for (const s of p) {
    const i = s.monomial.atoms.findIndex(a => isSumAtom(a) && same(a.lo, lo) && same(a.hi, hi))
    const atom = s.monomial.atoms[i]
    if (!atom || !isSumAtom(atom) || s.monomial.exponents[i] !== 1) rest.push(s)
    else {
      const outer = single(inward(s.monomial, atom), s.coefficient)
      for (const u of timesUnreduced(outer, readCanonical(atom.body))) body.push(u)
    }
  }
  // what is a multiple of the number of indices
  const length = lengthOf(lo, hi, frame)
  const n = length.length === 1 ? length[0] : undefined
  const left: Summand[] = []
  for (const s of rest) {
    const k = n && n.monomial.atoms.length === 1 ? s.monomial.atoms.findIndex(a => same(a, n.monomial.atoms[0] as Expr)) : -1
    if (n && k >= 0 && E.isInteger(s.monomial.exponents[k] as E.Exact) && E.sign(s.monomial.exponents[k] as E.Exact) > 0) {
      const m = ofFactors(
        s.monomial.atoms.map(
          (a, i) => [shift(a, 1), i === k ? E.minus(s.monomial.exponents[i] as E.Exact, 1) : (s.monomial.exponents[i] as E.Exact)] as const,
        ),
      )
      body.push({ coefficient: E.times(s.coefficient, E.inverse(n.coefficient)), monomial: m })
    } else left.push(s)
  }
  return isHiddenZero(collect(left), frame, depth - 1) && isHiddenZero(collect(body), frame.inside(lo, hi), depth - 1)
}

/** True only if p is 0 wherever it is defined. */
export const isHiddenZero = (p: Polynomial, frame: Frame, depth = 4): boolean => {
  if (p.length === 0) return true
  if (depth === 0) return false
  const numerator = isDivided(p) || p.some(s => s.monomial.atoms.some(isSine)) ? fractionOf(p).numerator : p
  return numerator.length === 0 || isZeroUnderSum(numerator, frame, depth)
}
