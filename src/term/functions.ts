/**
 * The table of functions: one row each, with spelling, derivative, domain, sign, monotonicity, limits and numeric
 * value. What is not here is no function: readers refuse it. No row knows a distribution, and nothing here rewrites a
 * term. The rows stand in `functions-elementary.ts`, `functions-gamma.ts` and `functions-error.ts`; a new function is a
 * row in one of them.
 */
import lnBeta from '@stdlib/math-base-special-betaln'
import digamma from '@stdlib/math-base-special-digamma'
import erf from '@stdlib/math-base-special-erf'
import erfc from '@stdlib/math-base-special-erfc'
import erfinv from '@stdlib/math-base-special-erfinv'
import gamma from '@stdlib/math-base-special-gamma'
import lnGamma from '@stdlib/math-base-special-gammaln'
import zeta from '@stdlib/math-base-special-riemann-zeta'
import trigamma from '@stdlib/math-base-special-trigamma'
import { complete, type FunctionInfo } from './function-info.ts'
import { elementary } from './functions-elementary.ts'
import { errorFamily } from './functions-error.ts'
import { gammaFamily } from './functions-gamma.ts'
import type { Basis } from './functions-special.ts'

export type { FunctionInfo }

/** The special functions of others, within 4e-15 of their value. */
const basis: Basis = { gamma, lnGamma, lnBeta, digamma, trigamma, zeta, erf, erfc, erfinv }

const rows = { ...elementary, ...gammaFamily(basis), ...errorFamily(basis) }

/** Every function by its canonical name. */
export const functions: ReadonlyMap<string, FunctionInfo> = new Map(Object.entries(rows).map(([name, row]) => [name, complete(name, row)]))

const spellings: ReadonlyMap<string, string> = new Map(
  [...functions.values()].flatMap(f => [f.name, ...f.aliases].map((spelling): [string, string] => [spelling, f.name])),
)

/** The canonical name of a plain spelling (`ln` → `log`, `choose` → `binomial`), or undefined if no function is called so. */
export const canonicalName = (spelling: string): string | undefined => spellings.get(spelling)
