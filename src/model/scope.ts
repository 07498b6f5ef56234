/**
 * The names in which formulas about a whole sample are written: parameters, knowns, sizes, lengths and counts; data,
 * covariates and vectors as arrays, with their lengths; unknown functions. In the density of one observation its parts
 * are symbols instead, and that scope is made where the density is read.
 */
import type { Scope } from '../read/parser.ts'
import * as Q from '../term/rational.ts'
import type { Expr } from '../term/term.ts'
import { lengthSymbols, type Model } from './model.ts'

/** A length as the reader takes it: a name or a number. */
const written = (length: Expr): string | undefined =>
  length.kind === 'sym' ? length.name : length.kind === 'num' ? String(Q.toNumber(length.value)) : undefined

/** What declares names. */
type Declared = Pick<Model, 'samples' | 'likelihood' | 'parameters' | 'known' | 'functions'>

/** The scope of formulas over the whole data of a model: likelihoods, scores, estimators, assumptions. */
export const sampleScope = (model: Declared): Scope => {
  const symbols = new Set<string>(lengthSymbols(model))
  const arrays = new Set<string>()
  const lengths: Record<string, string> = {}
  const declare = (name: string, length: Expr | undefined): void => {
    if (!length) {
      symbols.add(name)
      return
    }
    arrays.add(name)
    const text = written(length)
    if (text !== undefined) lengths[name] = text
  }
  for (const s of model.samples) {
    if (s.size.kind === 'sym') symbols.add(s.size.name)
    for (const v of [...s.variables, ...s.covariates]) declare(v.name, s.size)
  }
  for (const v of [...model.parameters, ...model.known, ...(model.likelihood?.data ?? [])]) declare(v.name, v.length)
  const calls = new Set((model.functions ?? []).map(f => f.name))
  return { symbols, arrays, lengths, ...(calls.size > 0 ? { calls } : {}) }
}
