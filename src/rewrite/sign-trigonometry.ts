/** Signs of sine, cosine and tangent of an argument that lies in a quarter or half of the circle. */
import { add, type Expr, type Fn, fn, HALF, mul, neg, sub } from '../term/term.ts'
import { by, type Sign, type Verdict, verdict } from './sign-verdict.ts'

const PI = fn('pi')
const QUARTER = mul(HALF, PI)

/** Whether lo < u < hi, by the questions of the caller. */
const liesBetween = (u: Expr, lo: Expr, hi: Expr, ask: (t: Expr) => Verdict | undefined): readonly Verdict[] | undefined => {
  const below = ask(sub(u, lo))
  const above = below?.sign === 'pos' ? ask(sub(hi, u)) : undefined
  return below && above?.sign === 'pos' ? [below, above] : undefined
}

/** sin u > 0 on (0, π), cos u > 0 on (−π/2, π/2), tan u > 0 on (0, π/2), and what follows by symmetry. */
export const signOfTrigonometry = (t: Fn, ask: (u: Expr) => Verdict | undefined): Verdict | undefined => {
  const u = t.args[0] as Expr
  const zero = sub(u, u)
  const places: Readonly<Record<string, readonly (readonly [Expr, Expr, Sign])[]>> = {
    sin: [
      [zero, PI, 'pos'],
      [neg(PI), zero, 'neg'],
    ],
    cos: [
      [neg(QUARTER), QUARTER, 'pos'],
      [QUARTER, add(PI, QUARTER), 'neg'],
    ],
    tan: [
      [zero, QUARTER, 'pos'],
      [neg(QUARTER), zero, 'neg'],
    ],
  }
  for (const [lo, hi, sign] of places[t.name] ?? []) {
    const found = liesBetween(u, lo, hi, ask)
    if (found) return verdict(sign, by(`sign of ${t.name}`, ...found.map(v => v.why)))
  }
  return undefined
}

/** Whether −1 < cos u < 1 and −1 < sin u < 1 are strict. */
export const isInsideOfRange = (t: Fn, ask: (u: Expr) => Verdict | undefined): boolean => {
  const u = t.args[0] as Expr
  const zero = sub(u, u)
  if (t.name === 'sin') return liesBetween(u, neg(QUARTER), QUARTER, ask) !== undefined
  return liesBetween(u, zero, PI, ask) !== undefined || liesBetween(u, neg(PI), zero, ask) !== undefined
}
