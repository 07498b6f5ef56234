/**
 * Every law of the engine, by family. A new family is one import and one line in `families`; the tests walk the list.
 */
import type { Rule, RuleId } from '../src/rewrite/rule.ts'
import { absoluteValues } from './absolute-values.ts'
import { algebra } from './algebra.ts'
import { caseBranches } from './case-branches.ts'
import { caseLaws } from './cases.ts'
import { cells } from './cells.ts'
import { derivatives } from './derivatives.ts'
import { derivativesOfFunctions } from './derivatives-of-functions.ts'
import { equations } from './equations.ts'
import { exponents } from './exponents.ts'
import { groupings } from './grouping.ts'
import { indicators } from './indicators.ts'
import { kinks } from './kinks.ts'
import { linearForms } from './linear-forms.ts'
import { logarithms } from './logarithms.ts'
import { products } from './products.ts'
import { successive } from './successive.ts'
import { sums } from './sums.ts'
import { unitEquations } from './unit-equations.ts'
import { values } from './values.ts'

/** The families in the order of a derivation: from the product over the sample to the derivative of its logarithm. */
export const families: readonly (readonly Rule[])[] = [
  products,
  exponents,
  absoluteValues,
  indicators,
  caseBranches,
  groupings,
  cells,
  logarithms,
  sums,
  algebra,
  linearForms,
  derivatives,
  derivativesOfFunctions,
  kinks,
  equations,
  unitEquations,
  caseLaws,
  values,
  successive,
]

export const rules: readonly Rule[] = families.flat()

const byId: ReadonlyMap<RuleId, Rule> = new Map(rules.map(r => [r.id, r]))

/** The rule with this id, or undefined. */
export const ruleById = (id: RuleId): Rule | undefined => byId.get(id)
