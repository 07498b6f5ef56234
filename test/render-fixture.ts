/**
 * Derivations built by hand for the tests of renderers and of the JSON form: one that reads like a derivation, and
 * one that has every kind of block, reason and term.
 */
import type { Block, Chain, Derivation, Line, Phrase } from '../src/document/document.ts'
import type { Model } from '../src/model/model.ts'
import type { Reason } from '../src/rewrite/facts.ts'
import type { Step } from '../src/rewrite/rule.ts'
import {
  add,
  and,
  at,
  call,
  cases,
  deriv,
  div,
  type Expr,
  eq,
  exp,
  expect,
  finite,
  fn,
  ge,
  gt,
  infinity,
  integers,
  interval,
  isIn,
  iverson,
  le,
  limit,
  log,
  lt,
  MINUS_ONE,
  minusInfinity,
  mul,
  ne,
  neg,
  not,
  num,
  ONE,
  or,
  pow,
  range,
  reals,
  sqrt,
  sub,
  sym,
  type Term,
  TWO,
  ZERO,
} from '../src/term/term.ts'
import { forAll, maximum, prod, sum } from '../src/term/walk.ts'

const p = sym('p')
const n = sym('n')
const x = sym('x')
export const total = sum(n, i => at('x', i))
const k = sym('k')
const q = sub(ONE, p)
const failures = sub(n, total)

export const model: Model = {
  name: 'Bernoulli',
  samples: [
    {
      variables: [{ name: 'x', support: finite(ZERO, ONE) }],
      density: mul(pow(p, x), pow(q, sub(ONE, x))),
      densityText: 'p^x * (1 - p)^(1 - x)',
      contribution: false,
      covariates: [],
      size: n,
    },
  ],
  parameters: [{ name: 'p', domain: interval(ZERO, ONE, true, true), domainText: '0 <= p <= 1' }],
  known: [],
  constraints: [],
  assume: [],
  of: [{ text: 'p/(1-p)', term: div(p, q) }],
  source: { name: 'Bernoulli', density: 'p^x * (1 - p)^(1 - x)', support: 'x in {0, 1}', parameters: { p: '0 <= p <= 1' } },
  warnings: [],
}

const inside: Reason = { kind: 'given', fact: and(lt(ZERO, p), lt(p, ONE)) }
const step = (rule: string, before: Term, after: Term, why: readonly Reason[] = []): Step => ({ rule, path: [], before, after, why })
let previous: Term = ZERO
const from = (t: Term): Term => {
  previous = t
  return t
}
/** A line reached from the one before by one step of each rule; the terms in between are given. */
const line = (id: string, term: Term, reason: Phrase, rules: readonly string[] = [], extra: Partial<Line> = {}): Line => {
  const steps = rules.map((r, i) => step(r, i === 0 ? previous : term, term, [inside]))
  previous = term
  return { type: 'line', id, relation: '=', term, steps, reason, why: steps.flatMap(s => s.why), ...extra }
}
const m = (math: Term): { math: Term } => ({ math })
const asIs = (math: Term): { math: Term; plainNames: true } => ({ math, plainNames: true })

const one = (i: Expr): Expr => mul(pow(p, at('x', i)), pow(q, sub(ONE, at('x', i))))
const product = prod(n, one)
const powers = mul(
  pow(p, total),
  pow(
    q,
    sum(n, i => sub(ONE, at('x', i))),
  ),
)
const compact = mul(pow(p, total), pow(q, failures))
const L = call('L', [p])
const ell = (primes: number): Expr => call('ell', [p], [primes])
const logL = add(mul(total, log(p)), mul(failures, log(q)))
const score = sub(div(total, p), div(failures, q))
const phat = div(total, n)

const likelihood: Chain = {
  type: 'chain',
  subject: L,
  start: from(product),
  origin: { kind: 'likelihood' },
  given: [],
  lines: [
    line('likelihood.0', product, ['independence'], [], { asWritten: true }),
    line('likelihood.1', powers, ['equal bases: add the exponents'], ['prod.equal-bases']),
    line(
      'likelihood.2',
      compact,
      [
        'write ',
        asIs(eq(k, total)),
        '; then ',
        asIs(
          eq(
            sum(n, i => sub(ONE, at('x', i))),
            sub(n, k),
          ),
        ),
      ],
      ['sum.linear', 'sum.constant'],
      {
        names: [{ name: 'k', term: total }],
      },
    ),
  ],
}
const logLikelihood: Chain = {
  type: 'chain',
  subject: ell(0),
  start: from(log(compact)),
  origin: { kind: 'log', of: 'likelihood.2' },
  given: [],
  domain: isIn(p, interval(ZERO, ONE)),
  lines: [
    line('log.0', log(compact), ['definition']),
    line('log.1', add(log(pow(p, total)), log(pow(q, failures))), ['log of a product'], ['log.product']),
    line('log.2', logL, ['log of a power'], ['log.power', 'log.power']),
  ],
}
const scoreChain: Chain = {
  type: 'chain',
  subject: ell(1),
  start: from(deriv(logL, p)),
  origin: { kind: 'derivative', of: 'log.2', wrt: p },
  given: [],
  lines: [
    line('score.0', add(deriv(mul(total, log(p)), p), deriv(mul(failures, log(q)), p)), ['sum rule'], ['derivative.sum']),
    line('score.1', score, ['derivative of a logarithm; the chain rule gives the minus sign'], ['derivative.log']),
  ],
}
const equation: Chain = {
  type: 'chain',
  start: from(eq(score, ZERO)),
  origin: { kind: 'zero', of: 'score.1' },
  given: [],
  lines: [
    line('equation.0', eq(score, ZERO), ['at an interior maximum a differentiable ', m(call('ell', [], [])), ' is flat'], [], {
      relation: '⇔',
    }),
    line('equation.1', eq(div(total, p), div(failures, q)), ['add ', m(div(failures, q)), ' to both sides'], ['equation.add'], {
      relation: '⇔',
    }),
    line('equation.2', eq(mul(total, q), mul(failures, p)), ['multiply by ', m(ne(mul(p, q), ZERO))], ['equation.multiply'], {
      relation: '⇔',
    }),
    line('equation.3', eq(total, mul(n, p)), ['expand; add ', m(mul(total, p)), ' to both sides'], ['equation.add'], { relation: '⇔' }),
    line('equation.4', eq(p, phat), ['divide by ', m(gt(n, ZERO))], ['equation.divide'], { relation: '⇔' }),
  ],
}

const prose = (...content: Phrase): Block => ({ type: 'prose', content })

export const bernoulli: Derivation = {
  type: 'derivation',
  schema: 1,
  model,
  title: 'Maximum likelihood for the Bernoulli distribution',
  sections: [
    {
      type: 'section',
      id: 'model',
      title: '',
      blocks: [
        prose('The observations ', m(at('x', ONE)), ', …, ', m(at('x', n)), ' are independent, each with probability mass function'),
        { type: 'density' },
        prose(
          'with ',
          m(ge(n, ONE)),
          '; the unknown parameter ',
          m(p),
          ' lies in ',
          m(eq(sym('Theta'), sym('Theta'))),
          '. By convention ',
          m(eq(sym('a'), ONE)),
          '.',
        ),
      ],
    },
    {
      type: 'section',
      id: 'short',
      title: '',
      blocks: [prose('The estimate is ', m(phat), ', the proportion of ones, for every sample.')],
    },
    {
      type: 'section',
      id: 'likelihood',
      title: 'Likelihood',
      blocks: [prose('The data are fixed and ', m(p), ' varies.'), likelihood, prose('The sample enters only through ', m(total), '.')],
    },
    {
      type: 'section',
      id: 'log-likelihood',
      title: 'Log-likelihood',
      blocks: [prose('The logarithm is strictly increasing.'), logLikelihood],
    },
    { type: 'section', id: 'score', title: 'Score', blocks: [scoreChain] },
    {
      type: 'section',
      id: 'score-equation',
      title: 'Score equation',
      blocks: [equation, { type: 'remark', content: ['The score asks that ', m(eq(total, mul(n, p))), '.'] }],
    },
    {
      type: 'section',
      id: 'second-order',
      title: 'Is it a maximum?',
      blocks: [
        { type: 'display', term: eq(ell(2), sub(neg(div(total, pow(p, TWO))), div(failures, pow(q, TWO)))) },
        {
          type: 'check',
          claim: lt(ell(2), ZERO),
          holds: 'case',
          content: ['With ', m(lt(ZERO, total)), ' and ', m(lt(total, n)), ' both terms are negative.'],
          why: [inside],
        },
      ],
    },
    {
      type: 'section',
      id: 'boundary',
      title: 'The boundary',
      blocks: [
        {
          type: 'list',
          items: [
            { label: [m(eq(total, ZERO))], blocks: [prose(m(eq(ell(0), mul(n, log(q)))), ' falls, so the maximum is at the left end.')] },
            { label: [m(eq(total, n))], blocks: [prose(m(eq(ell(0), mul(n, log(p)))), ' rises, so the maximum is at the right end.')] },
          ],
        },
        {
          type: 'warning',
          content: ['Were ', m(eq(sym('Theta'), sym('Theta'))), ' open, these two samples would have no maximum-likelihood estimate.'],
        },
      ],
    },
    {
      type: 'section',
      id: 'conclusion',
      title: 'Conclusion',
      blocks: [
        {
          type: 'boxed',
          items: [{ parameter: 'p', forms: [{ term: phat }, { term: phat, plainNames: true }] }],
          note: ['for every sample.'],
        },
        {
          type: 'table',
          head: [['sample'], [m(p)], ['attained'], ['why']],
          rows: [
            [
              [m(lt(ZERO, total)), ', ', m(lt(total, n))],
              [m(phat)],
              ['interior, score zero'],
              [m(ell(0)), ' strictly concave on ', m(isIn(p, interval(ZERO, ONE))), ', ', m(eq(L, ZERO)), ' at both ends'],
            ],
            [[m(eq(total, ZERO))], [m(ZERO)], ['left end of Θ'], [m(L), ' strictly decreasing']],
            [[m(eq(total, n))], [m(ONE)], ['right end of Θ'], [m(L), ' strictly increasing']],
          ],
        },
      ],
    },
  ],
  answer: {
    outcome: 'interior',
    parameters: { p: { estimator: phat, equation: null, closedForm: true } },
    cases: [
      {
        when: and(lt(ZERO, total), lt(total, n)),
        attained: 'interior',
        estimator: { p: phat },
        towards: null,
        why: [m(ell(0)), ' is strictly concave'],
      },
      {
        when: eq(total, ZERO),
        attained: 'boundary',
        estimator: { p: ZERO },
        towards: null,
        supremum: ONE,
        why: [m(L), ' strictly decreasing'],
      },
      {
        when: eq(total, n),
        attained: 'boundary',
        estimator: { p: ONE },
        towards: null,
        supremum: ONE,
        why: [m(L), ' strictly increasing'],
      },
    ],
    global: 'strict concavity',
    information: {
      order: ['p'],
      observed: [[div(n, mul(p, q))]],
      fisher: [[div(n, mul(p, q))]],
      standardError: { p: sqrt(div(mul(p, q), n)) },
    },
    functions: { 'p/(1-p)': { estimator: div(total, failures), standardError: null } },
    obstacle: null,
  },
  certificate: { lines: 13, replayed: 13, sampled: 13, draws: 20, seed: 17, maximum: 'agrees', unverified: [] },
}

const theta = sym('theta')
const mu = sym('mu')
/** A term of every kind. */
export const everyTerm: readonly Term[] = [
  num(3),
  num(-7, 4),
  num(12345678901234567890n),
  num(1n, 98765432109876543210n),
  sym('sigma2'),
  at('x', add(sym('i'), MINUS_ONE)),
  at('y', sym('i'), sym('j')),
  add(n, p, at('x', n)),
  mul(TWO, n, p),
  pow(p, num(1, 2)),
  fn('pi'),
  fn('gamma', theta),
  log(p),
  exp(neg(theta)),
  fn('binomial', n, x),
  sum(n, i => sum(i, j => at('y', i, j))),
  product,
  maximum(n, i => at('x', i)),
  deriv(logL, p, 2),
  iverson(le(x, theta)),
  cases([{ when: lt(x, ZERO), value: ZERO }], x),
  cases([{ when: lt(x, ZERO), value: ZERO }]),
  call('h', [theta, mu], [2, 0]),
  expect(total),
  limit(log(p), p, ZERO, '+'),
  limit(div(ONE, n), n, infinity),
  infinity,
  minusInfinity,
  eq(p, q),
  ne(p, ZERO),
  lt(p, ONE),
  le(ZERO, p),
  isIn(x, finite(ZERO, ONE)),
  isIn(x, integers),
  isIn(mu, reals),
  isIn(x, range(ZERO, n)),
  isIn(theta, interval(ZERO, infinity)),
  isIn(p, interval(ZERO, ONE, true, false)),
  and(lt(ZERO, p), lt(p, ONE)),
  or(eq(p, ZERO), eq(p, ONE)),
  and(),
  or(),
  not(isIn(x, integers)),
  forAll(n, i => eq(at('x', i), ONE)),
  finite(ZERO, ONE, TWO),
  range(ONE, infinity),
  interval(ZERO, ONE, true, true),
]

/** Text that every format has to make safe. */
export const hostile =
  '<script>alert("1")</script> $x$ \\input{a} {b} _c_ *d* `e` #f & 50% ~g ^h | “quoted” it’s – — … θ ≤ ∞ é \u001b[31m \u202e 分'

const byLaw: Reason = {
  kind: 'by',
  law: 'sum of squares',
  of: [inside, { kind: 'assume', fact: ne(total, ZERO) }, { kind: 'model', fact: gt(p, ZERO) }],
}

/** Every kind of block, reason, relation and origin, with hostile text wherever an author's words may stand. */
export const everything: Derivation = {
  ...bernoulli,
  title: hostile,
  model: {
    ...model,
    name: hostile,
    known: [
      { name: 'm', domain: integers },
      { name: 'v', domain: reals, value: num(4) },
    ],
    constraints: [lt(p, q)],
    warnings: [hostile],
  },
  sections: [
    {
      type: 'section',
      id: 'numbers',
      title: hostile,
      blocks: [
        prose(hostile, { strong: [hostile, m(p)] }, m(total)),
        { type: 'density' },
        { type: 'display', term: eq(p, phat), note: [hostile] },
        { type: 'check', claim: ge(total, ZERO), holds: true, content: [], why: [byLaw] },
        { type: 'obstacle', at: 'score-equation', equation: eq(sub(log(p), p), ZERO), content: ['no solution in closed form; ', hostile] },
        {
          type: 'matrix',
          subject: sym('I'),
          entries: [
            [div(n, p), ZERO],
            [ZERO, div(n, mul(TWO, pow(p, TWO)))],
          ],
          note: ['exact'],
        },
        { type: 'matrix', entries: [[n]] },
        {
          type: 'chain',
          subject: L,
          start: product,
          origin: { kind: 'term' },
          given: [lt(total, n)],
          lines: [
            { type: 'line', id: 'a.0', relation: '∝', term: compact, steps: [], reason: [hostile], why: [] },
            {
              type: 'line',
              id: 'a.1',
              relation: '+const',
              term: logL,
              steps: [step('log.power', compact, logL, [byLaw])],
              reason: ['dropped'],
              why: [byLaw],
            },
          ],
        },
        {
          type: 'chain',
          start: eq(p, q),
          origin: { kind: 'substitution', of: 'a.0', facts: [eq(total, ZERO)] },
          given: [],
          lines: [
            { type: 'line', id: 'b.0', relation: '⇒', term: lt(p, ONE), steps: [], reason: [], why: [] },
            {
              type: 'line',
              id: 'b.1',
              relation: '⇔',
              term: and(eq(p, ZERO), eq(n, ONE)),
              steps: [],
              reason: ['two ', { strong: ['equations ', m(n)] }],
              why: [],
            },
            { type: 'line', id: 'b.2', relation: '⇔', term: or(eq(p, ZERO), eq(p, ONE)), steps: [], reason: [], why: [] },
          ],
        },
        { type: 'list', items: [{ blocks: [{ type: 'display', term: eq(p, ZERO) }] }, { label: [hostile], blocks: [] }] },
        {
          type: 'boxed',
          items: [
            { parameter: 'p', forms: [] },
            { parameter: 'theta', forms: [{ term: div(ONE, p) }] },
          ],
        },
        { type: 'table', head: [[hostile], []], rows: [[[m(fn('abs', x))], [hostile]]] },
        { type: 'remark', content: [hostile] },
        { type: 'warning', content: [hostile] },
      ],
    },
  ],
  answer: {
    outcome: 'undecided',
    parameters: { p: { estimator: null, equation: eq(log(p), ZERO), closedForm: false } },
    cases: [
      {
        when: forAll(n, i => eq(at('x', i), ONE)),
        attained: 'set',
        estimator: null,
        towards: { p: infinity },
        set: { p: { lo: ZERO, hi: ONE, closed: [true, false] } },
        why: [hostile],
      },
    ],
    global: null,
    information: { refused: 'the support moves' },
    functions: {},
    obstacle: { at: 'score-equation', reason: 'no closed form' },
  },
  certificate: {
    lines: 2,
    replayed: 1,
    sampled: 1,
    draws: 20,
    seed: 3,
    maximum: 'not run',
    unverified: [{ line: 'a.1', reason: 'no rule' }],
  },
}
