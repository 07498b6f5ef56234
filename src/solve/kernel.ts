import { numeratorDenominator, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import type { Expr, Sym } from '../term/term.ts'
import { mentions, replace, subterms, sym } from '../term/walk.ts'

/** Functions that `rules/inversions.ts` knows how to undo. */
const invertible: ReadonlySet<string> = new Set(['exp', 'log', 'atan', 'tan', 'erf'])

/** The terms in which the equation may be a polynomial: the unknown itself, and functions and powers of it that occur. */
const kernels = (t: Expr, unknown: Sym): readonly Expr[] => {
  const found: Expr[] = [unknown]
  for (const u of subterms(t)) {
    const isCandidate =
      (u.kind === 'fn' && invertible.has(u.name)) || (u.kind === 'pow' && !(u.exponent.kind === 'num' && Q.isInteger(u.exponent.value)))
    if (isCandidate && mentions(u, unknown.name) && (u.free & 1) === 0 && !found.some(f => same(f, u))) found.push(u as Expr)
  }
  return found
}

export interface Kernel {
  readonly term: Expr
  /** Degrees that occur in the numerator of left − right as a polynomial in the kernel. */
  readonly degrees: readonly number[]
}

/** The kernel with the simplest polynomial, or undefined if the equation is polynomial in none. */
export const kernelOf = (difference: Expr, unknown: Sym): Kernel | undefined => {
  let best: Kernel | undefined
  for (const k of kernels(difference, unknown)) {
    const u = sym('\u0001u')
    const target = same(k, unknown) ? difference : replace(difference, k, u)
    const { numerator } = numeratorDenominator(target)
    const variable = same(k, unknown) ? unknown : u
    const poly = polynomialIn(numerator, variable)
    if (!poly || [...poly.values()].some(c => mentions(c, unknown.name))) continue
    const lowest = Math.min(...poly.keys())
    const degrees = [...poly.keys()].map(d => d - lowest).sort((a, b) => a - b)
    if (degrees.length < 2) continue
    if (!best || (degrees.at(-1) ?? 0) < (best.degrees.at(-1) ?? 0)) best = { term: k, degrees }
  }
  return best
}
