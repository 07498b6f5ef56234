/**
 * The density as its author wrote it, with its support: what the model section and the first line of a likelihood
 * show. Decides only which names stand in f(x | θ).
 */
import type { Sample, Variable } from '../model/model.ts'
import { notation } from '../print/build.ts'
import type { Notation } from '../print/notation.ts'
import { isIn, sym } from '../term/term.ts'
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
  const lies = (v: Variable): Notation => notation(isIn(sym(v.name), v.support), style)
  const one = (s: Sample): Density => ({
    name: 'f', of: s.variables.map(symbol), given: parameters, value: notation(s.density, style), support: s.variables.map(lies),
  })
  const direct: readonly Density[] = model.likelihood
    ? [{ name: 'L', of: parameters, given: [], value: notation(model.likelihood.term, style), support: [] }]
    : []
  return [...direct, ...model.samples.map(one)]
}

/** Π over the sample of the density as written, if it can be had. */
export const writtenProduct = (_: Pen): Notation | undefined => undefined
