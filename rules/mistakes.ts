/**
 * The bank of mistakes: what students do wrong, by name. Their rewritings are unsound on purpose and are used by `check`
 * alone; no derivation reads this file.
 */
import { derivativeMistakes } from './mistakes/derivatives.ts'
import { equationMistakes } from './mistakes/equations.ts'
import { exponentMistakes } from './mistakes/exponents.ts'
import { likelihoodMistakes } from './mistakes/likelihood.ts'
import { logarithmMistakes } from './mistakes/logarithms.ts'
import { maximumMistakes } from './mistakes/maximum.ts'
import type { Mistake } from './mistakes/mistake.ts'
import { sumMistakes } from './mistakes/sums.ts'

export type { Mistake, MistakeKind, Slip, Stage } from './mistakes/mistake.ts'

/** In the order of a solution. */
export const mistakes: readonly Mistake[] = [
  ...likelihoodMistakes,
  ...exponentMistakes,
  ...logarithmMistakes,
  ...sumMistakes,
  ...derivativeMistakes,
  ...equationMistakes,
  ...maximumMistakes,
]

const byId: ReadonlyMap<string, Mistake> = new Map(mistakes.map(m => [m.id, m]))

/** The mistake with this id, or undefined. */
export const mistakeById = (id: string): Mistake | undefined => byId.get(id)
