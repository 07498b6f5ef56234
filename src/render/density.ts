/**
 * The density as its author wrote it, with its support: what the model section and the first line of a likelihood
 * show. Decides only which names stand in f(x | θ).
 */
import type { Sample, Variable } from '../model/model.ts'
import { notation } from '../print/build.ts'
import type { Notation } from '../print/notation.ts'
import { and, type Expr, isIn, le, lt, type Prop, type SetTerm, sym } from '../term/term.ts'
import { type Pen, styleAt } from './pen.ts'

/** name(of | given) = value, with what is said of the support. */
export interface Density {
  readonly name: 'f' | 'L'
  readonly of: readonly Notation[]
  readonly given: readonly Notation[]
  readonly value: Notation
  readonly support: readonly Notation[]
}

/** The density of every sample, or the likelihood given directly. */
export const densitiesOf = (pen: Pen): readonly Density[] => {
  const { model } = pen.derivation
  const style = styleAt(pen, { plainNames: true })
  const symbol = (v: { readonly name: string }): Notation => notation(sym(v.name), style)
  const parameters = model.parameters.map(symbol)
  const lies = (v: Variable): Notation => notation(membership(sym(v.name), v.support), style)
  const one = (s: Sample): Density => ({
    name: 'f', of: s.variables.map(symbol), given: parameters, value: notation(s.density, style), support: s.variables.map(lies),
  })
  const direct: readonly Density[] = model.likelihood
    ? [{ name: 'L', of: parameters, given: [], value: notation(model.likelihood.term, style), support: [] }]
    : []
  return [...direct, ...model.samples.map(one)]
}

/** Where a value lies as a book says it: x > 0, 0 < x < 1, but x ∈ ℝ and x ∈ {0, 1}. */
export const membership = (x: Expr, set: SetTerm): Prop => {
  if (set.kind !== 'interval') return isIn(x, set)
  const { lo, hi, closed } = set
  const below = lo.kind === 'infinity' ? [] : [closed[0] ? le(lo, x) : lt(lo, x)]
  const above = hi.kind === 'infinity' ? [] : [closed[1] ? le(x, hi) : lt(x, hi)]
  return below.length + above.length === 0 ? isIn(x, set) : and(...below, ...above)
}

/** Π over the sample of the density as written, if it can be had. */
export const writtenProduct = (_: Pen): Notation | undefined => undefined
