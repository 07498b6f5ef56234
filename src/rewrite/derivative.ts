/**
 * The derivative of a term as a term, for deciding: what is shown to a reader is built by the laws of `rules/`. Knows
 * the calculus rules and the table of functions; undefined where the table has no derivative, or has one only under a
 * further condition (|u|, ⌊u⌋).
 */
import { functions } from '../term/functions.ts'
import { add, addAll, big, type Expr, isZero, log, mul, mulAll, ONE, pow, type Sym, sub, ZERO } from '../term/term.ts'
import { mentions } from '../term/walk.ts'

/** dt/d(variable), or undefined where it is not known. */
export const differentiated = (t: Expr, variable: Sym): Expr | undefined => {
  if (!mentions(t, variable.name)) return ZERO
  const d = (u: Expr): Expr | undefined => differentiated(u, variable)
  switch (t.kind) {
    case 'sym':
      return ONE
    case 'add': {
      const parts = t.terms.map(d)
      return parts.every(p => p !== undefined) ? addAll(parts) : undefined
    }
    case 'mul': {
      const parts: Expr[] = []
      for (const [i, f] of t.factors.entries()) {
        const slope = d(f)
        if (!slope) return undefined
        if (!isZero(slope)) parts.push(mulAll([slope, ...t.factors.filter((_, j) => j !== i)]))
      }
      return addAll(parts)
    }
    case 'pow': {
      const [base, exponent] = [d(t.base), d(t.exponent)]
      if (!base || !exponent) return undefined
      const outer = mul(t.exponent, pow(t.base, sub(t.exponent, ONE)), base)
      return isZero(exponent) ? outer : add(isZero(base) ? ZERO : outer, mul(t, log(t.base), exponent))
    }
    case 'fn': {
      const info = functions.get(t.name)
      if (!info || (info.differentiable && t.name !== 'besseli')) return undefined
      const outer = info.derivative(t.args)
      const parts: Expr[] = []
      for (const [i, u] of t.args.entries()) {
        const inner = d(u)
        if (!inner) return undefined
        if (isZero(inner)) continue
        const slope = outer[i]
        if (!slope) return undefined
        parts.push(mul(slope, inner))
      }
      return addAll(parts)
    }
    case 'big': {
      if (t.op !== 'sum' || mentions(t.lo, variable.name) || mentions(t.hi, variable.name)) return undefined
      const inner = d(t.body)
      return inner && big('sum', t.lo, t.hi, inner)
    }
    default:
      return undefined
  }
}
