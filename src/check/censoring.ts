/**
 * What becomes of a likelihood when the censored observations are forgotten: they are left out, or taken for observed ones. An
 * observation is censored if it has a part that is 0 or 1, and the contribution of one with a 1 is what all would contribute.
 */
import { likelihoodTerm } from '../model/likelihood.ts'
import { type Expr, isZero, ONE, pow, type SetTerm, sym } from '../term/term.ts'
import { substitute } from '../term/walk.ts'
import { once, type Reference } from './reference.ts'

const isZeroOne = (s: SetTerm): boolean =>
  s.kind === 'finite' && s.elements.length === 2 && s.elements.some(isZero) && s.elements.includes(ONE)

/** The likelihoods that leave out what is censored; none if nothing is. */
export const withoutCensored = (r: Reference): readonly Expr[] =>
  once(r, 'without censored', () => {
    const [s, ...others] = r.model.samples
    const part = s && s.variables.length > 1 ? s.variables.find(v => isZeroOne(v.support)) : undefined
    if (!s || !part || others.length > 0) return []
    const observed = substitute(s.density, new Map([[part.name, ONE]]))
    return [pow(observed, sym(part.name)), observed].map(density => likelihoodTerm({ ...r.model, samples: [{ ...s, density }] }))
  })
