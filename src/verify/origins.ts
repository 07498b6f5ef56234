/**
 * Where a chain starts is checked as well: at the product of the model's own density, at the logarithm or derivative of
 * the end of another chain, at its zeros, at a special case of it. A chain that starts elsewhere proves nothing.
 */

import type { Chain } from '../document/document.ts'
import { likelihoodTerm } from '../model/likelihood.ts'
import type { Model } from '../model/model.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { same } from '../term/order.ts'
import { deriv, type Expr, eq, log, type Term, ZERO } from '../term/term.ts'
import { needsCalculus } from './calculus.ts'
import { isProp, sameValue, sampleLine } from './line-sampling.ts'
import type { Failure } from './replay.ts'
import type { Setting, Settings } from './settings.ts'

/** Neither confirmed nor contradicted. */
export const unevaluated = 'a given expectation cannot be evaluated'

/** Facts about expectations that a chain is given: draws cannot satisfy them, so they are held against the density. */
export const checkExpectations = (chain: Chain, settings: readonly Setting[], model: Model): Failure => {
  for (const fact of chain.given) {
    if (!needsCalculus(fact)) continue
    if (fact.kind !== 'rel' || fact.op !== '=') return 'a fact about expectations that is no equation'
    const verdicts = settings.map(s => sameValue(fact.left, fact.right, s.env, model))
    if (verdicts.includes('differ')) return 'a given expectation has another value under the density'
    if (!verdicts.includes('equal')) return unevaluated
  }
  return undefined
}

/** The start against its origin, in numbers where it is not the same term. `ends` gives the last term of a line by id. */
export const checkOrigin = (
  chain: Chain,
  ends: (line: string) => Term | undefined,
  model: Model,
  cx: Context,
  settings: readonly Setting[],
  all: Settings,
): Failure => {
  const { origin, start } = chain
  if (origin.kind === 'term') return undefined
  const compare = (expected: Term, where: readonly Setting[], context: Context): Failure =>
    same(expected, start) ? undefined : sampleLine(expected, { term: start, relation: isProp(start) ? '⇔' : '=' }, where, context, model)
  if (origin.kind === 'likelihood') return compare(likelihoodTerm(model), settings, cx)
  const source = ends(origin.of)
  if (!source) return `its origin names the line ${origin.of}, which does not exist`
  switch (origin.kind) {
    case 'log':
      return isProp(source) ? 'the logarithm of a proposition' : compare(log(source as Expr), settings, cx)
    case 'derivative':
      return isProp(source) ? 'the derivative of a proposition' : compare(deriv(source as Expr, origin.wrt), settings, cx)
    case 'zero':
      return isProp(source) ? 'the zeros of a proposition' : compare(eq(source as Expr, ZERO), settings, cx)
    case 'substitution': {
      if (same(source, start)) return undefined
      const special = assuming(cx, origin.facts)
      return compare(
        source,
        all.of(special, `${origin.of}|${origin.facts.map(f => f.hash).join()}|${chain.given.map(f => f.hash).join()}`),
        special,
      )
    }
    default:
      return origin satisfies never
  }
}
