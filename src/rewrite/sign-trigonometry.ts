/** Signs of sine, cosine and tangent of an argument that lies in a quarter or half of the circle. */
import * as Q from '../term/rational.ts'
import { type Add, add, type Expr, type Fn, fn, HALF, mul, neg, ONE, sub, TWO } from '../term/term.ts'
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

/** 1 + cos u > 0 on (−π, π), 1 − cos u > 0 on (0, 2π). */
export const signOfOneAndCosine = (t: Add, ask: (u: Expr) => Verdict | undefined): Verdict | undefined => {
  const [one, wave, ...more] = t.terms
  if (!one || !wave || more.length > 0 || one.kind !== 'num' || Q.sign(one.value) === 0) return undefined
  const [head, f] = wave.kind === 'mul' && wave.factors.length === 2 ? wave.factors : [ONE, wave]
  if (f?.kind !== 'fn' || f.name !== 'cos' || head?.kind !== 'num') return undefined
  if (Q.compare(Q.absolute(head.value), Q.absolute(one.value)) !== 0) return undefined
  const u = f.args[0] as Expr
  const zero = sub(u, u)
  const isSum = Q.sign(head.value) === Q.sign(one.value)
  const found = isSum ? liesBetween(u, neg(PI), PI, ask) : liesBetween(u, zero, mul(TWO, PI), ask)
  return found && verdict(Q.sign(one.value) > 0 ? 'pos' : 'neg', by('the cosine is not at its end', ...found.map(v => v.why)))
}

/** Whether −1 < cos u < 1 and −1 < sin u < 1 are strict. */
export const isInsideOfRange = (t: Fn, ask: (u: Expr) => Verdict | undefined): boolean => {
  const u = t.args[0] as Expr
  const zero = sub(u, u)
  if (t.name === 'sin') return liesBetween(u, neg(QUARTER), QUARTER, ask) !== undefined
  return liesBetween(u, zero, PI, ask) !== undefined || liesBetween(u, neg(PI), zero, ask) !== undefined
}
