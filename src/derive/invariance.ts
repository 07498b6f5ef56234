/** Section "Functions of the parameter": invariance of the estimate, and the delta method for its standard error. */
import type { Answer, Block, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import type { Wanted } from '../model/model.ts'
import { signOf } from '../rewrite/sign.ts'
import { reduceFraction } from '../term/normal-form.ts'
import { call, type Expr, eq, fn, mul, neg } from '../term/term.ts'
import { substitute } from '../term/walk.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'

/** |t|, without bars where the sign is known. */
const magnitude = (t: Expr, s: Setting): Expr => {
  const v = signOf(t, s.interior)?.sign
  return v === 'pos' || v === 'nonneg' ? t : v === 'neg' || v === 'nonpos' ? neg(t) : fn('abs', t)
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
      content: say`By invariance the maximum-likelihood estimate of a function of ${s.unknown} is that function at the estimate; the delta method gives its standard error (asymptotic).`,
    },
  ]
  const functions: Record<string, { estimator: Expr | null; standardError: Expr | null }> = {}
  for (const w of wanted) {
    const estimator = root ? reduceFraction(substitute(w.term, new Map([[s.unknown.name, root]]))) : null
    const slope = slopeOf(w.term, s, s.interior)
    const standardError = error ? reduceFraction(mul(magnitude(reduceFraction(slope), s), error)) : null
    functions[w.text] = { estimator, standardError }
    blocks.push({
      type: 'display',
      hats: true,
      term: estimator ? eq(w.term, estimator) : w.term,
      ...(estimator ? {} : { note: ['at the estimate'] }),
    })
    if (standardError) blocks.push({ type: 'display', hats: true, term: eq(call('se', [w.term]), standardError), note: ['delta method'] })
  }
  return { section: { type: 'section', id: 'invariance', title: 'Functions of the parameter', blocks }, functions }
}
