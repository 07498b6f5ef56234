/**
 * Function values in the normal form: parity, |u|, whole parts, and the functions that are others in disguise.
 * A function without a law here is an atom with normal arguments.
 */
import * as E from './exact.ts'
import { ofFactors } from './monomial.ts'
import type { Frame } from './normal-frame.ts'
import { factoredGamma, polygammaOf } from './normal-gamma.ts'
import { expOf, factorsIn, logOf, negatedAtom } from './normal-power.ts'
import {
  atomic,
  constant,
  constantOf,
  constantTerm,
  factored,
  fromFactors,
  integerPower,
  minus,
  ONE_POLYNOMIAL,
  type Polynomial,
  plus,
  scale,
  times,
  write,
} from './polynomial.ts'
import { type Expr, type Fn, fn } from './term.ts'

const odd = new Set(['sin', 'tan', 'asin', 'atan', 'erf', 'erfinv', 'sinh', 'tanh', 'asinh', 'atanh'])

/** k where u = kπ/2 for an integer k other than 0. */
const quarterTurns = (u: Polynomial): number | undefined => {
  const [only, ...others] = u
  const atom = only && others.length === 0 && only.monomial.atoms.length === 1 ? only.monomial.atoms[0] : undefined
  if (!only || atom?.kind !== 'fn' || atom.name !== 'pi' || only.monomial.exponents[0] !== 1) return undefined
  const k = E.times(only.coefficient, 2)
  return typeof k === 'number' && Number.isInteger(k) ? k : undefined
}

/** ±1 by the sign of a normal form's canonical first summand: u and -u get different ones. */
const orientation = (p: Polynomial): number => E.sign(factored(p).coefficient)

/** |u| = Π |factor|, without the bars where the sign is known. */
const absolute = (t: Expr, frame: Frame): Polynomial => {
  const f = factorsIn(t, frame)
  const told = (a: Expr): number => f.signs.find(([b]) => b === a)?.[1] ?? 0
  return fromFactors(
    f.factors.map(([a, e]) => {
      const unsigned =
        a.kind === 'iverson' || a.kind === 'num' || (a.kind === 'fn' && a.name === 'abs') || (!E.isInteger(e) && a.kind !== 'pow')
      if (unsigned || told(a) === 1 || frame.positive(a)) return [a, e] as const
      if (told(a) === -1 || frame.positive(negatedAtom(a))) return [negatedAtom(a), e] as const
      return [fn('abs', a), e] as const
    }),
    E.absolute(f.coefficient),
  )
}

const wholePart = (u: Polynomial): Polynomial => {
  const c = constantTerm(u)
  const whole = E.floor(c)
  const rest = minus(u, constant(whole))
  const value = constantOf(rest)
  return value !== undefined ? constant(whole) : plus(constant(whole), atomic(fn('floor', write(rest))))
}

/** sign(u) without the factors that are positive. */
const signFunction = (t: Expr, frame: Frame): Polynomial => {
  const f = factored(frame.poly(t))
  if (f.coefficient === 0) return []
  const kept = ofFactors(f.factors.filter(([a]) => !frame.positive(a)))
  const unit = constant(E.sign(f.coefficient))
  return kept.atoms.length === 0
    ? unit
    : times(unit, atomic(fn('sign', write(fromFactors(kept.atoms.map((a, i) => [a, kept.exponents[i] ?? 1]))))))
}

const polygamma = (t: Fn, frame: Frame): Polynomial | undefined => {
  const m = constantOf(frame.poly(t.args[0] as Expr))
  return typeof m === 'number' && m >= 0 ? polygammaOf(m, frame.poly(t.args[1] as Expr)) : undefined
}

export const functionPolynomial = (t: Fn, frame: Frame): Polynomial => {
  const first = t.args[0]
  const asAtom = (): Polynomial => atomic(fn(t.name, ...t.args.map(a => write(frame.poly(a)))))
  if (!first) return asAtom()
  switch (t.name) {
    case 'exp':
      return expOf(frame.poly(first), frame)
    case 'log':
      return logOf(factorsIn(first, frame), frame)
    case 'gamma':
    case 'factorial':
    case 'binomial':
    case 'beta': {
      const f = factoredGamma(t, frame)
      return f ? fromFactors(f.factors, f.coefficient) : asAtom()
    }
    case 'loggamma':
      return frame.positive(first) ? logOf(factorsIn(fn('gamma', first), frame), frame) : asAtom()
    case 'digamma':
      return polygammaOf(0, frame.poly(first))
    case 'trigamma':
      return polygammaOf(1, frame.poly(first))
    case 'polygamma':
      return polygamma(t, frame) ?? asAtom()
    case 'abs':
      return absolute(first, frame)
    case 'sign':
      return signFunction(first, frame)
    case 'floor':
      return wholePart(frame.poly(first))
    case 'ceil':
      return scale(wholePart(scale(frame.poly(first), -1)), -1)
    case 'erfc':
      return minus(ONE_POLYNOMIAL, functionPolynomial(fn('erf', first), frame))
    default:
      break
  }
  const u = frame.poly(first)
  if (u.length === 0 && odd.has(t.name)) return []
  if (t.name === 'tan')
    return times(functionPolynomial(fn('sin', first), frame), integerPower(functionPolynomial(fn('cos', first), frame), -1))
  if (t.name === 'sinh') return times(functionPolynomial(fn('tanh', first), frame), functionPolynomial(fn('cosh', first), frame))
  if (t.name === 'sech') return integerPower(functionPolynomial(fn('cosh', first), frame), -1)
  const turns = t.name === 'cos' || t.name === 'sin' ? quarterTurns(u) : undefined
  if (turns !== undefined) return constant([1, 0, -1, 0][(turns + (t.name === 'sin' ? 3 : 0)) & 3] as number)
  if (t.name === 'cos' || t.name === 'cosh') {
    if (u.length === 0) return ONE_POLYNOMIAL
    return atomic(fn(t.name, write(orientation(u) < 0 ? scale(u, -1) : u)))
  }
  if (odd.has(t.name) && orientation(u) < 0) return scale(atomic(fn(t.name, write(scale(u, -1)))), -1)
  return asAtom()
}
