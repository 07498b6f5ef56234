/**
 * The sign of a constant by its value, with a bound on what rounding may have done to it on the way. Says nothing
 * where rounding might decide: sin π is no positive number, whatever a machine makes of it.
 */
import { functions } from '../term/functions.ts'
import * as Q from '../term/rational.ts'
import type { Expr } from '../term/term.ts'
import { hasKind } from '../term/walk.ts'

/** A value and how far from it the true one may be. */
interface Approximate {
  readonly value: number
  readonly error: number
}

const ulp = 2 ** -52
const rounded = (value: number, error: number): Approximate | undefined =>
  Number.isFinite(value) && Number.isFinite(error) ? { value, error: error + ulp * Math.abs(value) } : undefined

/** Correctly rounded but for the last digit; the special functions are trusted less. */
const isElementary = (name: string): boolean => ['exp', 'log', 'abs', 'floor', 'ceil', 'sign'].includes(name)

const ofFunction = (name: string, args: readonly Approximate[]): Approximate | undefined => {
  const f = functions.get(name)?.value
  if (!f) return undefined
  const at = args.map(a => a.value)
  const value = f(...at)
  let error = isElementary(name) ? 2 * ulp * Math.abs(value) : 1e-12 * (1 + Math.abs(value))
  for (const [k, a] of args.entries())
    for (const moved of [a.value - a.error, a.value + a.error]) error += Math.abs(f(...at.map((v, i) => (i === k ? moved : v))) - value)
  return rounded(value, error)
}

const approximate = (t: Expr): Approximate | undefined => {
  switch (t.kind) {
    case 'num':
      return rounded(Q.toNumber(t.value), 0)
    case 'add': {
      let total: Approximate | undefined = { value: 0, error: 0 }
      for (const u of t.terms) {
        const a = approximate(u)
        total = a && total && rounded(total.value + a.value, total.error + a.error)
        if (!total) return undefined
      }
      return total
    }
    case 'mul': {
      let total: Approximate | undefined = { value: 1, error: 0 }
      for (const u of t.factors) {
        const a = approximate(u)
        total =
          a &&
          total &&
          rounded(total.value * a.value, Math.abs(total.value) * a.error + Math.abs(a.value) * total.error + total.error * a.error)
        if (!total) return undefined
      }
      return total
    }
    case 'pow': {
      const [b, e] = [approximate(t.base), approximate(t.exponent)]
      const isWhole = t.exponent.kind === 'num' && Q.isInteger(t.exponent.value)
      // away from 0, and on the side where the power is defined
      if (!b || !e || Math.abs(b.value) <= 4 * b.error || (b.value < 0 && !isWhole)) return undefined
      const value = b.value ** e.value
      const relative = (Math.abs(e.value) * 2 * b.error) / Math.abs(b.value) + Math.abs(Math.log(Math.abs(b.value))) * e.error
      return relative < 1e-3 ? rounded(value, 2 * relative * Math.abs(value)) : undefined
    }
    case 'fn': {
      const args: Approximate[] = []
      for (const u of t.args) {
        const a = approximate(u)
        if (!a) return undefined
        args.push(a)
      }
      return ofFunction(t.name, args)
    }
    default:
      return undefined
  }
}

/** 1 or −1 for a constant that is certainly not 0, undefined for anything else. */
export const signOfConstant = (t: Expr): -1 | 1 | undefined => {
  if (hasKind(t, 'sym') || hasKind(t, 'at') || hasKind(t, 'bound')) return undefined
  const found = approximate(t)
  if (!found || Math.abs(found.value) <= 16 * found.error || Math.abs(found.value) < 1e-300) return undefined
  return found.value > 0 ? 1 : -1
}
