/**
 * Section "Precision": observed and Fisher information and the standard error. Expectations come from E[ℓ'] = 0 and
 * linearity (Lehmann & Casella, Theory of Point Estimation, §2.5), or from the probabilities of counts; where that
 * does not determine them, only the observed information is given. Refuses where regularity fails.
 */
import type { Answer, Block, Chain, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { mergedProduct } from '../rewrite/arithmetic.ts'
import { boundsOf } from '../rewrite/bounds.ts'
import { assuming } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, type Done, everywhere, seq } from '../rewrite/strategy.ts'
import { normalForm, polynomialIn, reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  addAll,
  call,
  type Expr,
  eq,
  exp,
  expect,
  gt,
  HALF,
  lt,
  mul,
  mulAll,
  neg,
  num,
  type Prop,
  pow,
  sqrt,
  type Term,
  ZERO,
} from '../term/term.ts'
import { arraysOf, children, factors, replace, some, summands } from '../term/walk.ts'
import { chain, resultExpr } from './draft.ts'
import { countExpectations } from './expectations.ts'
import { caseValues, laws, simplifyIfShorter, tidy } from './laws.ts'
import type { Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
import { separate } from './statistics.ts'
import { ellHead, throughout } from './words.ts'

export interface Information {
  readonly section: Section
  readonly answer: Answer['information']
  readonly standardError?: Expr
}

/** √t with even powers of positive bases taken out. */
export const rootOf = (t: Expr, s: Setting): Expr => {
  const outside: Expr[] = []
  const inside: Expr[] = []
  for (const f of factors(t)) {
    const half = f.kind === 'pow' && f.exponent.kind === 'num' ? Q.times(f.exponent.value, Q.rational(1, 2)) : undefined
    const rational = f.kind === 'num' ? Q.sign(f.value) > 0 && sqrt(f).kind === 'num' : false
    if (rational) outside.push(sqrt(f))
    else if (f.kind === 'pow' && half && Q.isInteger(half) && signOf(f.base, s.interior)?.sign === 'pos')
      outside.push(pow(f.base, num(half)))
    else if (f.kind === 'fn' && f.name === 'exp' && f.args[0]) outside.push(exp(mul(HALF, f.args[0])))
    else inside.push(f)
  }
  // 1/√n rather than √(1/n)
  const isUnder =
    inside.length > 0 &&
    inside.every(f =>
      f.kind === 'num' ? f.value.num === 1n : f.kind === 'pow' && f.exponent.kind === 'num' && Q.sign(f.exponent.value) < 0,
    )
  const root = isUnder
    ? pow(
        mulAll(
          inside.map(f =>
            f.kind === 'num'
              ? num(Q.inverse(f.value))
              : f.kind === 'pow' && f.exponent.kind === 'num'
                ? pow(f.base, num(Q.negate(f.exponent.value)))
                : f,
          ),
        ),
        num(-1, 2),
      )
    : pow(mulAll(inside), HALF)
  return mulAll([...outside, root])
}

/** The one statistic in the score and what makes the score vanish: T = τ(θ). */
export const balance = (score: Expr, s: Setting): { readonly statistic: Expr; readonly value: Expr } | undefined => {
  const written = separate(score, s.unknown.name)
  // Σ(x_i − μ) hides the statistic Σx_i
  const parts = written ?? separate(normalForm(score), s.unknown.name)
  if (!parts) return undefined
  // sums over covariates alone are numbers
  const covariates = new Set(s.sample.covariates.map(v => v.name))
  const isFixed = parts.statistics.map(t => covariates.size > 0 && [...arraysOf(t)].every(name => covariates.has(name)))
  const place = isFixed.indexOf(false)
  const [statistic, placeholder] = [parts.statistics[place], parts.placeholders[place]]
  if (!statistic || !placeholder || isFixed.indexOf(false, place + 1) >= 0) return undefined
  const term = parts.placeholders.reduce((t: Expr, u, k) => (isFixed[k] ? replace(t, u, parts.statistics[k] as Expr) : t), parts.term)
  const poly = polynomialIn(term, placeholder)
  const slope = poly?.get(1)
  if (!poly || !slope || [...poly.keys()].some(d => d !== 0 && d !== 1)) return undefined
  const value = reduceFraction(neg(mul(poly.get(0) ?? ZERO, pow(slope, num(-1)))))
  return { statistic, value }
}

const simplifyLine = attempt(simplifyIfShorter)
const meanOfSum = seq(everywhere(laws('expectation.linear')), attempt(caseValues), attempt(tidy))

/** What the last line of an information did, said of its result. */
const simplified = (done: Done): Phrase => [
  done.term.kind === 'add'
    ? 'cancel common factors'
    : done.steps[0] && !some(done.steps[0].before, u => u.kind === 'add')
      ? 'collect equal bases'
      : 'over a common denominator, in lowest terms',
]

/**
 * The bias of the estimate, exactly: it is a function of the one statistic of the score, and the value of that
 * statistic that makes the score vanish is its expectation. A linear function is unbiased; Jensen's inequality says
 * the rest. Nothing is said of other functions.
 */
export const biasOf = (s: Setting, score: Expr, root: Expr): Phrase => {
  if (s.model.warnings.length > 0) return []
  const tie = balance(score, s)
  const parts = tie && separate(root, s.unknown.name)
  const [placeholder] = parts?.placeholders ?? []
  const [statistic, ...others] = parts?.statistics ?? []
  if (!tie || !parts || !placeholder || !statistic || others.length > 0 || !same(statistic, tie.statistic)) return []
  const poly = polynomialIn(parts.term, placeholder)
  if (poly && [...poly.keys()].every(k => k === 0 || k === 1))
    return say`The estimate ${root} is linear in ${statistic}, whose expectation is ${tie.value}. So ${eq(expect(root), s.unknown)}: it is unbiased (exact).`
  const range = boundsOf(statistic, s.interior)
  const facts = [...(range.lo ? [lt(range.lo.value, placeholder)] : []), ...(range.hi ? [lt(placeholder, range.hi.value)] : [])]
  const cx = assuming(s.interior, facts)
  const inStatistic: Setting = { ...s, unknown: placeholder }
  const bend = signOf(slopeOf(slopeOf(parts.term, inStatistic, cx), inStatistic, cx), cx)?.sign
  if (bend !== 'pos' && bend !== 'neg') return []
  const [shape, relation, side] = bend === 'pos' ? (['convex', gt, 'upwards'] as const) : (['concave', lt, 'downwards'] as const)
  return say`The estimate ${root} is a strictly ${shape} function of ${statistic}, whose expectation is ${tie.value}. By Jensen's inequality ${relation(expect(root), s.unknown)}${s.parameter.domain.kind === 'interval' && s.parameter.domain.closed.includes(true) ? say` ${throughout(s)}` : []}: it is biased ${side} (exact).`
}

/** Observed information at the estimate, Fisher information, standard error. */
export const informationOf = (
  s: Setting,
  score: Chain,
  second: Chain,
  generic: readonly Prop[],
  caveat: Phrase,
): Information | undefined => {
  const open = negated(resultExpr(second))
  // a likelihood or contribution given directly says nothing of how the data are distributed
  // … nor does a function whose total mass is not 1
  const isDensity = s.model.warnings.length === 0
  const isDistributed = !s.direct && !s.sample.contribution && isDensity
  const covariates = new Set(s.sample.covariates.map(v => v.name))
  const isFixed = (t: Expr): boolean => [...arraysOf(t)].every(name => covariates.has(name))
  const hasNoData = isDistributed && separate(open, s.unknown.name)?.statistics.every(isFixed) === true
  const tie = hasNoData || !isDistributed ? undefined : balance(resultExpr(score), s)
  const given = [...s.model.assume, ...generic]
  const blocks: Block[] = []
  const jHead = call('J', [s.unknown])
  const iHead = call('I', [s.unknown])
  if (hasNoData) {
    const shown = chain(
      {
        id: 'fisher',
        subject: iHead,
        start: open,
        origin: { kind: 'term' },
        opening: [
          `the second derivative contains no ${covariates.size > 0 ? 'observation' : 'data'}: observed and Fisher information agree`,
        ],
        given,
      },
      [{ by: simplifyLine, reason: simplified }],
      s.interior,
    )
    blocks.push({ type: 'prose', content: say`The information is ${eq(iHead, expect(neg(ellHead(s, 2))))}.` }, shown)
    return finish(s, blocks, open, resultExpr(shown), caveat)
  }
  const observedGiven = tie ? [...given, eq(tie.statistic, tie.value)] : given
  const observed = chain(
    {
      id: 'observed',
      subject: jHead,
      start: open,
      origin: { kind: 'term' },
      opening: say`observed information: minus the second derivative at the estimate`,
      given: observedGiven,
    },
    tie
      ? [
          {
            by: seq(caseValues, attempt(tidy)),
            reason: say`the score vanishes there: ${{ math: eq(tie.statistic, tie.value), hats: true }}`,
          },
          { by: simplifyLine, reason: simplified },
        ]
      : [],
    s.interior,
  )
  blocks.push({ ...observed, hats: true })
  const counted = tie || !isDistributed ? undefined : countExpectations(open, s)
  if (!tie && !counted) {
    blocks.push({
      type: 'prose',
      content: !isDensity
        ? [
            'The function given is no density (see the warning about it): there is no expectation to take, and the standard error below uses the observed information only.',
          ]
        : !isDistributed
          ? [
              'A likelihood given directly says nothing of how the data are distributed: there is no expectation to take, and the standard error (asymptotic) uses the observed information.',
            ]
          : say`The condition ${eq(expect(ellHead(s, 1)), ZERO)} alone does not give the expectation of ${ellHead(s, 2)}; the Fisher information is left out, and the standard error (asymptotic) uses the observed information.`,
    })
    return finish(s, blocks, resultExpr(observed), undefined, caveat)
  }
  const facts = (tie ? [tie] : (counted ?? [])).map(e => eq(expect(e.statistic), e.value))
  for (const fact of facts)
    blocks.push({
      type: 'display',
      term: fact,
      note: tie ? say`from ${eq(expect(ellHead(s, 1)), ZERO)}` : ['the number of observations times the probability of what is counted'],
    })
  const fisher = chain(
    {
      id: 'fisher',
      subject: iHead,
      start: expect(open),
      origin: { kind: 'term' },
      opening: ['Fisher information'],
      given: [...s.model.assume, ...facts],
    },
    [
      { by: meanOfSum, reason: ['linearity of expectation'] },
      { by: simplifyLine, reason: simplified },
    ],
    s.interior,
  )
  blocks.push(fisher)
  return finish(s, blocks, resultExpr(observed), resultExpr(fisher), caveat)
}

const length = (t: Term): number => 1 + children(t).reduce((n, c) => n + length(c), 0)

/** −t, the sign given to each summand. */
const negated = (t: Expr): Expr => addAll(summands(t).map(neg))

const finish = (s: Setting, blocks: readonly Block[], observed: Expr, fisher: Expr | undefined, caveat: Phrase): Information => {
  const value = fisher ?? observed
  // 1/I factor by factor, so that p(1−p)/n stays a product
  const plain = pow(value, num(-1))
  const reduced = value.kind === 'add' ? reduceFraction(plain) : mergedProduct([plain])
  const isSpecial = some(value, u => u.kind === 'fn' && (u.name === 'trigamma' || u.name === 'polygamma'))
  const inverse = (!s.direct && !isSpecial) || length(reduced) <= length(plain) ? reduced : plain
  const error = rootOf(inverse, s)
  const seHead = call('se', [s.unknown])
  const all: Block[] = [
    ...blocks,
    {
      type: 'display',
      hats: true,
      term: eq(seHead, error),
      note: ['standard error (asymptotic): root of the inverse information at the estimate'],
    },
    ...(caveat.length > 0 ? [{ type: 'prose' as const, content: caveat }] : []),
  ]
  return {
    section: { type: 'section', id: 'information', title: 'Precision', blocks: all },
    answer: {
      order: [s.unknown.name],
      observed: [[observed]],
      fisher: fisher ? [[fisher]] : null,
      standardError: { [s.unknown.name]: error },
    },
    standardError: error,
  }
}

export const refusedInformation = (reason: Phrase, short: string): Information => ({
  section: { type: 'section', id: 'information', title: 'Precision', blocks: [{ type: 'prose', content: reason }] },
  answer: { refused: short },
})
