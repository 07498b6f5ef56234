/** The many spellings of one thing made one, token by token, before the grammar sees them. The places of the tokens stay those of the text. */
import type { Token } from '../../read/scanner.ts'
import { densities } from './tidy-densities.ts'
import { applied, differentials, ofParameters } from './tidy-derivatives.ts'
import { ofEvery, ofRoots } from './tidy-every.ts'
import { lists, productsApart } from './tidy-lists.ts'
import { logarithms } from './tidy-logarithms.ts'
import { accents, words } from './tidy-names.ts'
import { signs } from './tidy-signs.ts'
import { pass, type Step, type Tidying } from './token-rows.ts'

/** One pass over the tokens of a formula. */
export const tidied = (tokens: readonly Token[], y: Tidying): readonly Token[] => {
  let current = tokens
  current = pass(current, (t, k, all, out) => logarithms(t, k, all, out) ?? words(y, t, k, all, out))
  current = pass(current, (t, k, all, out) => accents(y, t, k, all, out))
  if (y.survey.entries.size > 0) current = pass(current, (t, k, all, out) => ofParameters(y, t, k, all, out))
  const whole: Step = (t, k, all, out) =>
    ofRoots(t, k, all, out) ??
    ofEvery(y, t, k, all, out) ??
    lists(y, t, k, all, out) ??
    densities(y, t, k, all, out) ??
    signs(y, t, k, all, out, whole)
  current = pass(current, whole)
  current = productsApart(current)
  current = differentials(y, current)
  current = pass(current, (t, k, all, out) => applied(y, t, k, all, out))
  return current
}
