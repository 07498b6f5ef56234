/** The terms in which an equation may be a polynomial, and the simplest of them. */
import { polynomialOf } from '../rewrite/kernel.ts'
import { numeratorDenominator, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type Expr, num, type Pow, pow, type Sym, type Term } from '../term/term.ts'
import { mentions, subterms } from '../term/walk.ts'

/** Functions that `rules/inversions.ts` knows how to undo. */
const invertible: ReadonlySet<string> = new Set(['exp', 'log', 'atan', 'tan', 'sin', 'cos', 'erf', 'sinh', 'tanh', 'asinh', 'atanh'])

const isHighPower = (u: Term): u is Pow =>
  u.kind === 'pow' && u.exponent.kind === 'num' && Q.isInteger(u.exponent.value) && u.exponent.value.num > 2n

/** The terms in which the equation may be a polynomial: the unknown itself, and functions and powers of it that occur. */
const kernels = (t: Expr, unknown: Sym, isPositive: (t: Expr) => boolean): readonly Expr[] => {
  const found: Expr[] = [unknown]
  for (const u of subterms(t)) {
    const isCandidate =
      (u.kind === 'fn' && invertible.has(u.name)) || (u.kind === 'pow' && !(u.exponent.kind === 'num' && Q.isInteger(u.exponent.value)))
    // (1 − p)⁵ is a power of 1 − p
    if (isHighPower(u) && u.base.kind === 'add' && mentions(u.base, unknown.name) && (u.free & 1) === 0 && isPositive(u.base))
      if (!found.some(f => same(f, u.base))) found.push(u.base)
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
export const kernelOf = (difference: Expr, unknown: Sym, isPositive: (t: Expr) => boolean = () => false): Kernel | undefined => {
  let best: Kernel | undefined
  for (const k of kernels(difference, unknown, isPositive)) {
    const poly = same(k, unknown)
      ? polynomialIn(numeratorDenominator(difference).numerator, unknown)
      : polynomialOf(difference, k, [unknown.name], 'numerator')
    if (!poly || [...poly.values()].some(c => mentions(c, unknown.name))) continue
    const lowest = Math.min(...poly.keys())
    const degrees = [...poly.keys()].map(d => d - lowest).sort((a, b) => a - b)
    if (degrees.length < 2) continue
    const g = degrees.reduce(gcd, 0)
    // a + bθ² + cθ⁴ is a polynomial in θ²
    const found: Kernel =
      g > 1 && degrees.length > 2 && same(k, unknown)
        ? { term: pow(unknown, num(g)), degrees: degrees.map(d => d / g) }
        : { term: k, degrees }
    // a power of a positive sum is one unknown, whatever its degree
    const isPower = k.kind === 'add' && degrees.length === 2
    if (!best || (isPower ? best.degrees.length > 2 : (found.degrees.at(-1) ?? 0) < (best.degrees.at(-1) ?? 0))) best = found
  }
  return best
}
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
