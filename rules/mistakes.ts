/**
 * The bank of mistakes: what students do wrong, by name. Their rewritings are unsound on purpose and are used by `check`
 * alone; no derivation reads this file.
 */
import { innerDerivativeMistakes } from './mistakes/derivatives-inside.ts'
import { powerDerivativeMistakes } from './mistakes/derivatives-powers.ts'
import { termDerivativeMistakes } from './mistakes/derivatives-terms.ts'
import { rootMistakes } from './mistakes/equation-roots.ts'
import { equationMistakes } from './mistakes/equations.ts'
import { exponentMistakes } from './mistakes/exponents.ts'
import { likelihoodMistakes } from './mistakes/likelihood.ts'
import { logarithmMistakes } from './mistakes/logarithms.ts'
import { logarithmTermMistakes } from './mistakes/logarithms-undone.ts'
import { maximumMistakes } from './mistakes/maximum.ts'
import type { Mistake } from './mistakes/mistake.ts'
import { sumMistakes } from './mistakes/sums.ts'
import { countMistakes } from './mistakes/sums-counted.ts'

export type { Mistake, MistakeKind, Slip, Stage } from './mistakes/mistake.ts'

/** In the order of a solution. */
export const mistakes: readonly Mistake[] = [
  ...likelihoodMistakes,
  ...exponentMistakes,
  ...logarithmMistakes,
  ...logarithmTermMistakes,
  ...sumMistakes,
  ...countMistakes,
  ...innerDerivativeMistakes,
  ...powerDerivativeMistakes,
  ...termDerivativeMistakes,
  ...equationMistakes,
  ...rootMistakes,
  ...maximumMistakes,
]

const byId: ReadonlyMap<string, Mistake> = new Map(mistakes.map(m => [m.id, m]))

/** The mistake with this id, or undefined. */
export const mistakeById = (id: string): Mistake | undefined => byId.get(id)
