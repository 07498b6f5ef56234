/**
 * The deciding normal form: never printed, it decides equality and finds numerators, coefficients and statistics.
 * A Laurent polynomial over atoms (`polynomial.ts`) that sees through Σ, Π, powers, exp, log and Γ. Every law used
 * holds wherever the term is defined, so `equivalent` is never wrong when it says yes; no means "not found equal".
 */
import * as E from './exact.ts'
import { bigPolynomial } from './normal-binder.ts'
import { type Frame, type Positive, remember, rootFrame } from './normal-frame.ts'
import { functionPolynomial } from './normal-function.ts'
import { factorsIn, powerOf } from './normal-power.ts'
import { propNormal } from './normal-prop.ts'
import { isHiddenZero } from './normal-zero.ts'
import { same } from './order.ts'
import { atomic, constant, constantTerm, integerPower, minus, type Polynomial, plus, scale, timesAll, write } from './polynomial.ts'
import { recall } from './remembered.ts'
import {
  at,
  type Cases,
  call,
  cases,
  type Deriv,
  deriv,
  type Expect,
  type Expr,
  expect,
  FALSE,
  infinity,
  iverson,
  limit,
  ONE,
  TRUE,
} from './term.ts'
import { hasKind } from './walk.ts'

export type { IndexRange, Positive } from './normal-frame.ts'

const casesPolynomial = (t: Cases, frame: Frame): Polynomial => {
  const branches: { when: Cases['branches'][number]['when']; value: Expr }[] = []
  let otherwise = t.otherwise && write(frame.poly(t.otherwise))
  for (const b of t.branches) {
    const when = propNormal(b.when, frame)
    const value = write(frame.poly(b.value))
    if (same(when, FALSE)) continue
    if (same(when, TRUE)) {
      otherwise = value
      break
    }
    branches.push({ when, value })
  }
  if (branches.length === 0 && otherwise) return frame.poly(otherwise)
  if (otherwise && branches.every(b => same(b.value, otherwise as Expr))) return frame.poly(otherwise)
  return atomic(cases(branches, otherwise))
}

/** Rational multiples and constants stand outside of an expectation. */
const expectPolynomial = (t: Expect, frame: Frame): Polynomial => {
  const body = frame.poly(t.body)
  const fixed = constantTerm(body)
  return plus(
    constant(fixed),
    ...minus(body, constant(fixed)).map(s => scale(atomic(expect(write([{ ...s, coefficient: 1 }]))), s.coefficient)),
  )
}

const derivPolynomial = (t: Deriv, frame: Frame): Polynomial => {
  const body = frame.poly(t.body)
  const rest = minus(body, constant(constantTerm(body)))
  return rest.length === 0 ? [] : atomic(deriv(write(rest), t.wrt, t.order))
}

const read = (t: Expr, frame: Frame): Polynomial => {
  switch (t.kind) {
    case 'num':
      return constant(E.exact(t.value))
    case 'sym':
    case 'bound':
      return atomic(t)
    case 'infinity':
      return t.negative ? scale(atomic(infinity), -1) : atomic(t)
    case 'at':
      return atomic(t.index.length === 0 ? t : at(t.name, ...t.index.map(i => write(frame.poly(i)))))
    case 'add':
      return plus(...t.terms.map(frame.poly))
    case 'mul':
      return timesAll(t.factors.map(frame.poly))
    case 'pow': {
      const e = t.exponent.kind === 'num' ? E.exact(t.exponent.value) : undefined
      if (typeof e === 'number' && e > 0) return integerPower(frame.poly(t.base), e)
      return powerOf(factorsIn(t.base, frame), frame.poly(t.exponent), frame)
    }
    case 'fn':
      return functionPolynomial(t, frame)
    case 'big':
      return bigPolynomial(t, frame)
    case 'iverson': {
      const p = propNormal(t.cond, frame)
      if (same(p, TRUE)) return frame.poly(ONE)
      if (same(p, FALSE)) return []
      return p.kind === 'and' ? timesAll(p.props.map(q => atomic(iverson(q)))) : atomic(iverson(p))
    }
    case 'cases':
      return casesPolynomial(t, frame)
    case 'call':
      return atomic(
        call(
          t.name,
          t.args.map(a => write(frame.poly(a))),
          t.prime,
        ),
      )
    case 'expect':
      return expectPolynomial(t, frame)
    case 'deriv':
      return derivPolynomial(t, frame)
    case 'limit': {
      const to = t.to.kind === 'infinity' ? t.to : write(frame.poly(t.to))
      return atomic(limit(write(frame.neutral.poly(t.body)), t.variable, to, t.side))
    }
    default:
      return t satisfies never
  }
}

const neutral: Frame = rootFrame(undefined, read, () => neutral)
/** The oracles last used, with their frames: a handful, so that nothing is held for long. */
const recent: { readonly oracle: Positive; readonly frame: Frame }[] = []
/** The frame of an oracle, with its memo. */
export const frameFor = (positive: Positive | undefined): Frame => {
  if (!positive) return neutral
  for (let i = 0; i < recent.length; i++) if (recent[i]?.oracle === positive) return (recent[i] as { frame: Frame }).frame
  const frame = rootFrame(positive, read, () => neutral)
  if (recent.length >= 8) recent.shift()
  recent.push({ oracle: positive, frame })
  return frame
}

/** ∞ in arithmetic obeys no law of numbers (∞ - ∞ is not 0): such terms are left alone. */
const computesWithInfinity = (t: Expr): boolean => {
  if (!hasKind(t, 'infinity')) return false
  if (t.kind === 'infinity') return true
  if (t.kind === 'add') return t.terms.some(computesWithInfinity)
  if (t.kind === 'mul') return t.factors.some(computesWithInfinity)
  if (t.kind === 'pow') return computesWithInfinity(t.base) || computesWithInfinity(t.exponent)
  if (t.kind === 'fn') return t.args.some(computesWithInfinity)
  return t.kind === 'big' && computesWithInfinity(t.body)
}

/**
 * The canonical term equal to t wherever both are defined. Idempotent. Nothing is taken to be positive but what the
 * oracle says and what is so by its form (exp, π, positive numerals).
 */
export const normalForm = (t: Expr, positive?: Positive): Expr => {
  const frame = frameFor(positive)
  const known = recall(frame.forms, t)
  if (known) return known
  if (computesWithInfinity(t)) return t
  const p = frame.poly(t)
  const made = write(p)
  frame.known(made, p)
  remember(frame.forms, t, made)
  return made
}

/** True only if a and b are equal wherever both are defined, under the oracle's signs. */
export const equivalent = (a: Expr, b: Expr, positive?: Positive): boolean => {
  if (same(a, b)) return true
  if (computesWithInfinity(a) || computesWithInfinity(b)) return false
  const frame = frameFor(positive)
  return isHiddenZero(minus(frame.poly(a), frame.poly(b)), frame)
}

/** True only if t is 0 wherever it is defined. */
export const isZeroForm = (t: Expr, positive?: Positive): boolean => {
  if (computesWithInfinity(t)) return false
  const frame = frameFor(positive)
  return isHiddenZero(frame.poly(t), frame)
}

export { reduceFraction } from './normal-fraction.ts'
export { coefficientsIn, decompose, numeratorDenominator, polynomialIn } from './normal-parts.ts'
