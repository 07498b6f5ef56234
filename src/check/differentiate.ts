/**
 * Derivatives for deciding: exact, quick and never shown, so without steps. What is not differentiated here (a parameter
 * that is an entry of a vector, an order statistic, a range that moves) stays an unevaluated derivative, which has a numeric value.
 */
import { functions } from '../term/functions.ts'
import {
  add,
  addAll,
  big,
  cases,
  deriv,
  type Expr,
  fn,
  log,
  MINUS_ONE,
  mul,
  mulAll,
  num,
  ONE,
  pow,
  type Sym,
  type Term,
  ZERO,
} from '../term/term.ts'
import { hasKind, mapChildren, mentions } from '../term/walk.ts'

/** Whether a derivative is left open inside. */
class Open extends Error {}

const product = (t: readonly Expr[], v: Sym): Expr => {
  const varying = t.filter(f => mentions(f, v.name))
  const fixed = t.filter(f => !mentions(f, v.name))
  return mulAll([...fixed, addAll(varying.map((f, i) => mulAll([d(f, v), ...varying.filter((_, k) => k !== i)])))])
}

const d = (t: Expr, v: Sym): Expr => {
  // the law under which an expectation is taken moves with the parameter
  if (hasKind(t, 'expect')) throw new Open()
  if (!mentions(t, v.name)) return ZERO
  switch (t.kind) {
    case 'sym':
      return ONE
    case 'add':
      return addAll(t.terms.map(u => d(u, v)))
    case 'mul':
      return product(t.factors, v)
    case 'pow': {
      const parts: Expr[] = []
      if (mentions(t.base, v.name)) parts.push(mul(t.exponent, pow(t.base, add(t.exponent, MINUS_ONE)), d(t.base, v)))
      if (mentions(t.exponent, v.name)) parts.push(mul(t, log(t.base), d(t.exponent, v)))
      return addAll(parts)
    }
    case 'fn': {
      const partial = functions.get(t.name)?.derivative(t.args)
      if (!partial) throw new Open()
      return addAll(
        t.args.flatMap((a, k) => {
          if (!mentions(a, v.name)) return []
          const outer = partial[k]
          if (!outer) throw new Open()
          return [mul(outer, d(a, v))]
        }),
      )
    }
    case 'big': {
      if (mentions(t.lo, v.name) || mentions(t.hi, v.name)) throw new Open()
      if (t.op === 'sum') return big('sum', t.lo, t.hi, d(t.body, v))
      if (t.op === 'prod') return mul(t, big('sum', t.lo, t.hi, mul(d(t.body, v), pow(t.body, num(-1)))))
      throw new Open()
    }
    case 'cases':
      return cases(
        t.branches.map(b => ({ when: b.when, value: d(b.value, v) })),
        t.otherwise && d(t.otherwise, v),
      )
    case 'deriv':
      throw new Open()
    default:
      throw new Open()
  }
}

/** dt/dv, with an unevaluated derivative where it cannot be taken. Jumps count as constants. */
export const differentiate = (t: Expr, v: Sym): Expr => {
  try {
    return d(t, v)
  } catch (e) {
    if (e instanceof Open) return deriv(t, v)
    throw e
  }
}

/** Every unevaluated derivative in a term, taken where it can be. */
export const settled = <T extends Term>(t: T): T => {
  if (!hasKind(t, 'deriv')) return t
  const u = mapChildren(t, settled)
  if (u.kind !== 'deriv' || u.wrt.kind !== 'sym') return u as T
  let v: Expr = u.body
  for (let k = 0; k < u.order; k++) v = differentiate(v, u.wrt)
  return v as T
}

/** The summands of log t as far as products, powers and exponentials open; jumps left out. Valid where the factors are positive. */
export const openedLog = (t: Expr): Expr => {
  switch (t.kind) {
    case 'mul':
      if (t.factors.some(f => f.kind === 'num' && f.value.num < 0n)) return log(t)
      return addAll(t.factors.map(openedLog))
    case 'pow':
      return t.exponent.kind === 'num' && t.exponent.value.den === 1n && t.exponent.value.num % 2n === 0n && !isPositive(t.base)
        ? log(t)
        : mul(t.exponent, openedLog(t.base))
    case 'fn':
      return t.name === 'exp' && t.args[0] ? t.args[0] : log(t)
    case 'big':
      return t.op === 'prod' ? big('sum', t.lo, t.hi, openedLog(t.body)) : log(t)
    case 'iverson':
      return ZERO
    case 'num':
      return t.value.num > 0n ? log(t) : fn('log', t)
    default:
      return log(t)
  }
}
const isPositive = (t: Expr): boolean => t.kind === 'fn' && ['exp', 'pi', 'gamma'].includes(t.name)
