/**
 * The likelihood of an integer parameter and the quotient L(N)/L(N − 1) of neighbouring values, opened by the laws of
 * binomial coefficients, factorials and powers.
 */
import type { Chain } from '../document/document.ts'
import { enter } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, type Strategy, seq } from '../rewrite/strategy.ts'
import { at, call, div, type Expr, isIn, isOne, iverson, mul, mulAll, ONE, type Prop, sub, type Term } from '../term/term.ts'
import { children, factors, some, substitute } from '../term/walk.ts'
import { conditions } from './data-bounds.ts'
import { chain, resultExpr } from './draft.ts'
import { laws, splitSums } from './laws.ts'
import { likelihoodOf } from './likelihood.ts'
import { observed, overSample, type Setting } from './setting.ts'
import { lHead } from './words.ts'

/** The likelihood of an integer parameter, opened, with the indicators of a support that moves. */
export const likelihoodChain = (s: Setting): Chain => {
  if (!s.moving && !isOne(s.size)) return likelihoodOf(s).chain
  const start = s.direct
    ? s.product
    : overSample(s.sample, i => {
        const cond = s.moving ? conditions(observed(s.variable.support, s.sample, i), at(s.variable.name, i)) : undefined
        const entry = observed(s.sample.density, s.sample, i)
        return cond ? mul(entry, iverson(cond)) : entry
      })
  return chain(
    {
      id: 'likelihood',
      subject: lHead(s),
      start,
      origin: { kind: 'likelihood' },
      opening: [s.direct ? 'as given' : isOne(s.size) ? 'there is one observation' : 'independence'],
      given: s.model.assume,
    },
    [
      { by: attempt(everywhere(laws('sum.one-entry'))) },
      {
        by: attempt(
          everywhere(
            laws(
              'prod.product',
              'prod.constant',
              'indicator.every',
              'indicator.every-and',
              'indicator.known',
              'indicator.certain',
              'indicator.max',
              'indicator.min',
              'indicator.product',
            ),
          ),
        ),
      },
    ],
    s.closed,
  )
}

/** The likelihood without its indicators: what it is on the integers that the data allow. */
const smoothPart = (likelihood: Chain): Expr => mulAll(factors(resultExpr(likelihood)).filter(f => f.kind !== 'iverson'))

/** One fraction in lowest terms, unless that hides a sign in powers of −1. */
const oneQuotient: Strategy = (t, cx) => {
  const done = laws('algebra.simplify')(t, cx)
  const hides = (u: Term): boolean =>
    some(
      u,
      v =>
        (v.kind === 'pow' &&
          (v.base.kind === 'num' ? v.base.value.num < 0n : v.base.kind === 'add' && signOf(v.base, cx)?.sign === 'neg')) ||
        (v.kind === 'fn' && v.name === 'abs') ||
        (v.kind === 'big' && v.op === 'prod' && signOf(v.body, enter(cx, v, 2))?.sign === 'neg'),
    )
  return done && size(done.term) < size(t) && !hides(done.term) ? done : undefined
}
export const size = (t: Term): number => 1 + children(t).reduce((n, c) => n + size(c), 0)

/** L(N)/L(N − 1), as one quotient. */
export const ratioChain = (s: Setting, likelihood: Chain, facts: readonly Prop[]): Chain => {
  const here = smoothPart(likelihood)
  const before = substitute(here, new Map([[s.unknown.name, sub(s.unknown, ONE)]]))
  return chain(
    {
      id: 'quotient',
      subject: div(lHead(s), call('L', [sub(s.unknown, ONE)])),
      start: div(here, before),
      origin: { kind: 'term' },
      opening: ['two neighbours'],
      given: [...s.model.assume, ...facts],
      domain: isIn(s.unknown, s.interior.domains.get(s.unknown.name) ?? s.space),
    },
    [
      {
        by: seq(
          everywhere(laws('successive.quotient')),
          attempt(everywhere(laws('algebra.cancel', 'pow.power', 'pow.merge', 'algebra.collect'))),
        ),
      },
      { by: oneQuotient, reason: ['cancel what both have in common'] },
      { by: attempt(splitSums) },
    ],
    s.interior,
  )
}
