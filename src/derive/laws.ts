/** The strategies of a derivation, built from the registry of laws once. */
import { ruleById } from '../../rules/index.ts'
import { coefficientSign } from '../rewrite/arithmetic.ts'
import { type Context, context } from '../rewrite/facts.ts'
import type { Rule } from '../rewrite/rule.ts'
import { apply, applyWith, attempt, type Done, everywhere, first, onlyIf, type Strategy, seq, somewhere } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { remembered } from '../term/remembered.ts'
import { type Add, type Expr, mulAll, type Term } from '../term/term.ts'
import { children, hasKind, mentions, some, summands } from '../term/walk.ts'

/** A law by its id. @throws Error when there is none: a mistake in this folder, found when it is loaded. */
export const law = (id: string): Rule => {
  const r = ruleById(id)
  if (!r) throw new Error(`there is no law ${id}`)
  return r
}
export const laws = (...ids: readonly string[]): Strategy => apply(...ids.map(law))

export const hasData = (t: Term): boolean => hasKind(t, 'at')
/** A product in which data and other symbols are mixed: splitting it separates them. */
const isMixed = (t: Term): boolean => hasData(t) && hasKind(t, 'sym')

/** A product of several factors that each contain an unknown: θ/(1+θ), but not 2πv. */
const isEntangled = (t: Term, cx: Context): boolean =>
  t.kind === 'mul' && t.factors.filter(f => cx.unknowns.some(u => mentions(f, u))).length > 1

/** e^(θ − x_i) → e^θ e^(−x_i): a sum in an exponent in which data and unknown stand apart. */
const splitMixedExponential: Strategy = onlyIf(
  (t, cx) =>
    t.kind === 'fn' &&
    t.name === 'exp' &&
    t.args[0]?.kind === 'add' &&
    (t.free & 1) !== 0 &&
    t.args[0].terms.some(u => cx.unknowns.some(n => mentions(u, n)) && !hasData(u)) &&
    t.args[0].terms.every(u => !hasData(u) || !cx.unknowns.some(n => mentions(u, n))),
  laws('exp.split'),
)

/** (x_i/θ)^c → x_i^c θ^(-c), but never (2πv)^c: only what separates the data is split; constants under a root stay together. */
const splitMixedPower: Strategy = (t, cx) => {
  if (t.kind !== 'pow' || t.base.kind !== 'mul' || !isMixed(t.base)) return undefined
  const own = t.base.factors.filter(f => !hasData(f))
  const isRoot = t.exponent.kind === 'num' && !Q.isInteger(t.exponent.value) && own.length > 1
  return (isRoot ? applyWith(law('pow.take-out'), mulAll(own))(t, cx) : undefined) ?? productUnderPower(t, cx)
}
const productUnderPower = laws('pow.product')

/** (2v)^(-1) → 2^(-1) v^(-1): a whole power of a product says no more than its factors do. */
const splitWholePower: Strategy = onlyIf(
  t => t.kind === 'pow' && t.base.kind === 'mul' && t.exponent.kind === 'num' && Q.isInteger(t.exponent.value),
  laws('pow.product'),
)

/** Multiplies out a sum where that makes it shorter: −n(k−1) − n → −nk. Both laws hold without a condition, so the sum alone decides. */
const shorterSum: Strategy = t => (t.kind === 'add' && t.terms.some(u => hasKind(u, 'add')) ? shorter(t) : undefined)
const expandAndCollect = seq(everywhere(laws('algebra.expand')), attempt(laws('algebra.collect')))
const shorter = remembered((t: Add): Done | undefined => {
  const done = expandAndCollect(t, context())
  return done && summands(done.term as Expr).length < t.terms.length ? done : undefined
})

/** −k(−k − 1) → k(k + 1): a sum written with minus signs only gives them to the product. */
const turnedSum: Strategy = onlyIf(
  t =>
    t.kind === 'mul' &&
    t.factors.some(f => f.kind === 'add' && f.terms.every(u => coefficientSign(u) < 0 && !(u.kind === 'num' && u.value.num > 0n))),
  laws('algebra.sign'),
)

/** Powers of equal bases merged, constants out of sums, constant sums evaluated: after any other move. */
export const tidy: Strategy = everywhere(
  first(
    laws(
      'algebra.cancel',
      'pow.merge',
      'pow.power',
      'pow.of-exp',
      'sum.factor',
      'sum.constant',
      'sum.zero',
      'exp.zero',
      'log.one',
      'factorial.zero',
      'factorial.one',
      'binomial.none',
      'binomial.all',
      'hyperbolic.quotient',
      'cases.linear',
      'cases.common-factor',
      'algebra.collect',
    ),
    splitMixedPower,
    splitWholePower,
    shorterSum,
    turnedSum,
  ),
)

/** A product over the sample, opened into powers. */
const openFactors: Strategy = everywhere(
  first(
    laws(
      'exp.log',
      'exp.log-power',
      'abs.nonnegative',
      'abs.nonpositive',
      'abs.factor',
      'abs.square',
      'indicator.every',
      'prod.product',
      'prod.constant',
      'prod.exponentials',
      'prod.equal-bases',
      'cases.equal-bases',
    ),
    // a power that mixes data and constants is split before the product runs over its base
    onlyIf(
      t => !(t.kind === 'big' && t.body.kind === 'pow' && t.body.base.kind === 'mul' && isMixed(t.body.base)),
      laws('prod.equal-exponents'),
    ),
    laws('pow.power', 'pow.of-exp'),
    splitMixedPower,
    splitWholePower,
    laws('exp.sum', 'sum.factor', 'algebra.cancel', 'pow.merge'),
  ),
)
/** exp undoes log first: exp(Σ log f) would hide that f vanishes at an end. */
export const openProduct: Strategy = (t, cx) => {
  const plain = undoLogs(t, cx)
  return plain ? seq(() => plain, attempt(openFactors))(t, cx) : openFactors(t, cx)
}
const undoLogs = everywhere(laws('exp.log', 'exp.log-power'))
/** 2^(-n) b^(-n) → (2b)^(-n): a number joins the one other power with its exponent. */
const isNumberGroup = (t: Term): boolean => {
  if (t.kind !== 'mul') return false
  const powers = t.factors.filter(f => f.kind === 'pow' && f.exponent.kind !== 'num')
  const group =
    powers.map(f => powers.filter(g => f.kind === 'pow' && g.kind === 'pow' && same(f.exponent, g.exponent))).find(g => g.length > 1) ?? []
  const bases = group.flatMap(f => (f.kind === 'pow' ? [f.base] : []))
  return bases.length > 1 && bases.every(b => !hasData(b)) && bases.filter(b => !some(b, u => u.kind === 'sym')).length >= bases.length - 1
}
export const gatherNumbers: Strategy = everywhere(first(laws('pow.reciprocal'), onlyIf(isNumberGroup, laws('pow.equal-exponents'))))
/** (2p(1 − p))^b → 2^b p^b (1 − p)^b, and then p^b p^c → p^(b+c): powers of the same factor of a likelihood given by counts. */
export const openCells: Strategy = seq(
  somewhere(
    onlyIf(
      (t, cx) => t.kind === 'pow' && t.exponent.kind !== 'num' && t.base.kind === 'mul' && cx.unknowns.some(u => mentions(t.base, u)),
      laws('pow.product'),
    ),
  ),
  attempt(everywhere(laws('pow.product', 'pow.power', 'pow.merge', 'pow.equal-bases', 'algebra.collect'))),
)
/** Sums in exponents split and evaluated. */
export const splitSums: Strategy = everywhere(
  first(
    laws('sum.linear', 'sum.constant', 'sum.factor', 'pow.equal-bases', 'exp.sum', 'algebra.collect', 'algebra.cancel', 'pow.merge'),
    splitMixedPower,
    shorterSum,
  ),
)

/** −(1/(2θ)) Σ(x_i − θ)²: the unknown stands before and behind the Σ, so only the expanded square separates the data. */
const isEntangledSum = (t: Term, cx: Context): boolean => {
  if (t.kind !== 'mul') return false
  const has = (u: Term): boolean => cx.unknowns.some(n => mentions(u, n))
  return (
    t.factors.some(f => f.kind === 'big' && f.op === 'sum' && has(f) && f.body.kind === 'pow') &&
    t.factors.some(f => f.kind !== 'big' && has(f))
  )
}
const openEntangledSum = somewhere(onlyIf(isEntangledSum, somewhere(laws('algebra.square-expand'))))
const separateSums = everywhere(
  first(
    laws('sum.linear', 'sum.factor', 'sum.constant', 'algebra.distribute', 'algebra.cancel', 'pow.merge', 'algebra.collect'),
    splitWholePower,
  ),
)
export const expandEntangledSums: Strategy = (t, cx) => {
  const opened = openEntangledSum(t, cx)
  if (!opened) return undefined
  const rest = separateSums(opened.term, cx)
  return rest ? { term: rest.term, steps: [...opened.steps, ...rest.steps] } : opened
}

const size = (t: Term): number => 1 + children(t).reduce((sum, c) => sum + size(c), 0)
/** One fraction in lowest terms, where that is the shorter formula. */
export const simplify = laws('algebra.simplify')
/** The facts of the case put in. */
export const caseValues = everywhere(laws('case.value'))
export const simplifyIfShorter: Strategy = (t, cx) => {
  const done = simplify(t, cx)
  return done && size(done.term) < size(t) ? done : undefined
}

/** log of the whole likelihood, opened at its factors. */
export const openLog: Strategy = laws('log.product')
/** Powers and exponentials inside logarithms, logs of mixed products, sums: until every statistic stands alone. */
export const openPowers: Strategy = everywhere(
  first(
    laws('log.power', 'log.even-power', 'log.exp', 'log.one', 'exp.log', 'log.cases', 'cases.linear', 'cases.common-factor'),
    onlyIf(
      (t, cx) =>
        t.kind === 'fn' &&
        t.name === 'log' &&
        t.args[0] !== undefined &&
        (t.args[0].kind === 'big' || isMixed(t.args[0]) || isEntangled(t.args[0], cx)),
      laws('log.product'),
    ),
    splitMixedExponential,
    laws('sum.linear', 'sum.factor', 'sum.constant', 'sum.zero', 'algebra.cancel', 'algebra.collect', 'pow.merge'),
    splitMixedPower,
    shorterSum,
  ),
)

/** d/dθ of a sum, opened; summands free of θ go. */
export const sumRule: Strategy = laws('derivative.sum')
export const dropConstants: Strategy = everywhere(laws('derivative.constant'))
/** One derivative taken as far as the next inner function; the inner derivative stays to be seen. */
export const outerDerivative: Strategy = everywhere(
  laws(
    'derivative.constant',
    'derivative.variable',
    'derivative.constant-factor',
    'derivative.under-sum',
    'derivative.power',
    'derivative.log',
    'derivative.exp',
    'derivative.chain',
  ),
)
export const derivative: Strategy = everywhere(
  laws(
    'derivative.constant',
    'derivative.variable',
    'derivative.sum',
    'derivative.constant-factor',
    'derivative.under-sum',
    'derivative.power',
    'derivative.log',
    'derivative.exp',
    'derivative.exponential-base',
    'derivative.chain',
    'derivative.product',
    'derivative.cases',
  ),
)
/** A derivative written out and put in order. */
export const writtenOut: Strategy = seq(attempt(derivative), attempt(tidy))
