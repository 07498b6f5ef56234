/**
 * The arithmetic of reading: division as powers, and refusals of what has no value or would take too long. Dividing by a
 * product inverts each factor and dividing by a power negates its exponent: a/(b·c²) is the product of a, b^−1 and c^−2.
 */
import * as Q from '../term/rational.ts'
import { type Expr, isZero, MINUS_ONE, mulAll, neg, num, pow } from '../term/term.ts'
import { fail } from './cursor.ts'
import type { Span } from './error.ts'
import type { Meanings } from './meanings.ts'
import type { Syntax } from './syntax.ts'

const manyDigits = 3000

const digitsOf = (t: Expr): number => {
  const q =
    t.kind === 'num'
      ? t.value
      : t.kind === 'mul' && t.factors[0]?.kind === 'num'
        ? t.factors[0].value
        : t.kind === 'add' && t.terms[0]?.kind === 'num'
          ? t.terms[0].value
          : undefined
  return q ? (q.num.toString(16).length + q.den.toString(16).length) * 1.21 : 0
}

/** Exact arithmetic is refused before it gets slow. */
export const manageable = (m: Meanings, span: Span, parts: readonly Expr[]): readonly Expr[] => {
  if (parts.reduce((total, t) => total + digitsOf(t), 0) > manyDigits)
    fail(m, span, 'the numbers get too long for exact arithmetic', `at most ${manyDigits} digits`)
  return parts
}

/** 1/t. */
export const inverse = (m: Meanings, span: Span, t: Expr): Expr => {
  if (isZero(t)) return fail(m, span, 'division by zero')
  switch (t.kind) {
    case 'num':
      return num(Q.inverse(t.value))
    case 'mul':
      return mulAll(t.factors.map(f => inverse(m, span, f)))
    case 'pow':
      return powerOf(m, span, t.base, neg(t.exponent))
    case 'infinity':
      return fail(m, span, 'division by infinity')
    default:
      return pow(t, MINUS_ONE)
  }
}

export const powerOf = (m: Meanings, span: Span, base: Expr, exponent: Expr): Expr => {
  if (isZero(base) && exponent.kind === 'num' && Q.sign(exponent.value) < 0) fail(m, span, 'division by zero: 0 to a negative power')
  return pow(base, exponent)
}

export const finiteValue = (m: Meanings, s: Syntax, t: Expr): Expr =>
  t.kind === 'infinity'
    ? fail(m, s.span, 'infinity where a number is needed', 'inf alone, as the end of a domain or range or of a limit')
    : t
