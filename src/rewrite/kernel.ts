/**
 * A term as a polynomial in a kernel u = θ^r or u = e^s of the unknown: θ⁴ is (θ²)², θ is (√θ)², e^{2s} is (e^s)². Refuses
 * terms in which the unknown is left over, or stands in a power of u that is not whole.
 */
import { normalForm, numeratorDenominator, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type Expr, mul, num, pow, sym, type Term } from '../term/term.ts'
import { mapChildren, mentions } from '../term/walk.ts'

/** Stands for the kernel. */
const placeholder = sym('\u0001u')

const whole = (q: Q.Rational): boolean => Q.isInteger(q)

/** e/r where the kernel is base^r; undefined for another base. */
const share = (t: Expr, kernel: Expr): Q.Rational | undefined => {
  const [kernelBase, r] = kernel.kind === 'pow' && kernel.exponent.kind === 'num' ? [kernel.base, kernel.exponent.value] : [kernel, Q.one]
  const [base, e] = t.kind === 'pow' && t.exponent.kind === 'num' ? [t.base, t.exponent.value] : [t, Q.one]
  return same(base, kernelBase) ? Q.times(e, Q.inverse(r)) : undefined
}

/** s = k·v for e^s against the kernel e^v. */
const multiple = (t: Expr, kernel: Expr): Q.Rational | undefined => {
  if (t.kind !== 'fn' || t.name !== 'exp' || kernel.kind !== 'fn' || kernel.name !== 'exp') return undefined
  const [s, v] = [t.args[0] as Expr, kernel.args[0] as Expr]
  const ratio = normalForm(mul(s, pow(v, num(-1))))
  return ratio.kind === 'num' ? ratio.value : undefined
}

/** t with every whole power of the kernel written as a power of the placeholder. */
export const inKernel = (t: Expr, kernel: Expr): Expr => {
  const go = (u: Term): Term => {
    if (same(u, kernel)) return placeholder
    const k = u.kind === 'pow' || u.kind === 'sym' ? share(u, kernel) : u.kind === 'fn' ? multiple(u, kernel) : undefined
    return k && whole(k) ? pow(placeholder, num(k)) : mapChildren(u, go)
  }
  return go(t) as Expr
}

/** Degree → coefficient of t as a polynomial in the kernel, or of its numerator. */
export const polynomialOf = (
  t: Expr,
  kernel: Expr,
  unknowns: readonly string[],
  part: 'whole' | 'numerator' = 'whole',
): ReadonlyMap<number, Expr> | undefined => {
  // the normal form writes sin² as 1 − cos²
  const inside = inKernel(kernel.kind === 'fn' && kernel.name === 'cos' ? normalForm(t) : t, kernel)
  const poly = polynomialIn(part === 'whole' ? inside : numeratorDenominator(inside).numerator, placeholder)
  return poly && [...poly.values()].some(c => unknowns.some(name => mentions(c, name))) ? undefined : poly
}
