/** Section "Functions of the parameter": invariance of the estimate, and the delta method for its standard error. */
import type { Answer, Block, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import type { Wanted } from '../model/model.ts'
import { signOf } from '../rewrite/sign.ts'
import { reduceFraction } from '../term/normal-form.ts'
import * as Q from '../term/rational.ts'
import { call, type Expr, eq, mul, pow, type Term, TWO } from '../term/term.ts'
import { children, mapChildren, some, substitute } from '../term/walk.ts'
import { rootOf } from './information.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'

const size = (t: Term): number => 1 + children(t).reduce((n, c) => n + size(c), 0)

const isRational = (t: Term): boolean => !some(t, u => u.kind === 'fn' || (u.kind === 'pow' && !isWhole(u.exponent)))
const isWhole = (t: Expr): boolean => t.kind === 'num' && Q.isInteger(t.value)

/** The argument of each function and root in lowest terms: log(k/(n − k)) stays one logarithm, |x̄| stays. */
const inside = (t: Term): Term => (isRational(t) && t.kind !== 'rel' ? reduceFraction(t as Expr) : mapChildren(t, inside))

/** In lowest terms, function by function where that is shorter. */
const shorter = (t: Expr): Expr => {
  if (isRational(t)) return reduceFraction(t)
  const [inner, whole] = [inside(t) as Expr, reduceFraction(t)]
  return size(whole) < size(inner) ? whole : inner
}

export interface Invariance {
  readonly section: Section
  readonly functions: Answer['functions']
}

/** g(θ̂) for every requested g, with |g'(θ̂)|·se(θ̂); the estimate must be a point at which g is defined. */
export const invariance = (
  s: Setting,
  wanted: readonly Wanted[],
  root: Expr | undefined,
  error: Expr | undefined,
): Invariance | undefined => {
  if (wanted.length === 0) return undefined
  const blocks: Block[] = [
    {
      type: 'prose',
      content: say`By invariance the maximum-likelihood estimate of a function of ${s.unknown} is that function at the estimate${error ? '; the delta method gives its standard error (asymptotic)' : ''}.`,
    },
  ]
  const functions: Record<string, { estimator: Expr | null; standardError: Expr | null }> = {}
  for (const w of wanted) {
    const estimator = root ? shorter(substitute(w.term, new Map([[s.unknown.name, root]]))) : null
    const slope = slopeOf(w.term, s, s.interior)
    const isDifferentiable = !some(slope, u => u.kind === 'deriv')
    const standardError = error && isDifferentiable ? rootOf(reduceFraction(mul(pow(slope, TWO), pow(error, TWO))), s) : null
    functions[w.text] = { estimator, standardError }
    blocks.push({
      type: 'display',
      hats: true,
      term: estimator ? eq(w.term, estimator) : w.term,
      ...(estimator ? {} : { note: ['at the estimate'] }),
    })
    const trend = signOf(slope, s.interior)?.sign
    if (trend !== 'pos' && trend !== 'neg')
      blocks.push({
        type: 'prose',
        content: say`Whether ${w.term} is one-to-one on the parameter space does not matter: a value of it is as likely as the likeliest ${s.unknown} that has it.${standardError ? ' Where its derivative is 0, the delta method gives no standard error.' : ''}`,
      })
    if (standardError) blocks.push({ type: 'display', hats: true, term: eq(call('se', [w.term]), standardError), note: ['delta method'] })
  }
  return { section: { type: 'section', id: 'invariance', title: 'Functions of the parameter', blocks }, functions }
}
