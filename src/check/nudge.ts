/** What to do next, in one sentence and without the solution; and what a wrong line should have been. */
import { simplifyIfShorter, writtenOut } from '../derive/laws.ts'
import { unicode } from '../print/index.ts'
import { same } from '../term/order.ts'
import { deriv, type Expr, eq, type Rel, type Sym, sym, type Term, ZERO } from '../term/term.ts'
import { hasKind, instantiate, mapChildren, subterms } from '../term/walk.ts'
import { equal, equalUpToConstant, equationHolds, unknownsIn } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { likeness } from './laws-between.ts'
import { hasArrayValue, type Reference } from './reference.ts'
import type { LineReport, Missing, Role } from './report.ts'
import type { Memory, Target } from './ruling.ts'
import { derivationOf, equationsIn, likelihoodForms, logForms, openedForms, scoreForms, solvedLines } from './trail.ts'

const letter = (u: string): string => unicode(sym(u))
const name = (r: Reference): string => (r.unknowns.length === 1 ? letter(r.unknowns[0] as string) : 'each of the parameters')

const forMissing: Readonly<Record<Missing, (m: Memory) => string>> = {
  estimate: m => nextStage(m),
  'second-order': () =>
    'Show that what you found is a maximum: by the sign of the second derivative, a change of sign of the score, or concavity.',
  boundary: () =>
    'For some samples the maximum is at an end of the parameter space. Which samples are these, and what is the estimate then?',
  support: () => 'The support depends on the parameter: say for which parameters the data are possible.',
  'root-choice': () => 'The equation has several roots. Which of them lies in the parameter space?',
  'other-parameter': m =>
    `An estimate is still missing: ${m.reference.unknowns
      .filter(u => !m.estimates.some(e => e.parameter === u))
      .map(letter)
      .join(', ')}.`,
  constraint: () => 'The parameters are tied by a constraint. Where does it enter?',
}

/** The stage after the last one that was reached. */
const nextStage = (m: Memory): string => {
  const r = m.reference
  const has = (role: string): boolean => m.said.some(s => s.role === role)
  if (m.equations.length > 0) return `Solve the equation for ${name(r)}.`
  if (has('score')) return 'Set the derivative equal to zero.'
  if (has('log-likelihood'))
    return r.moving
      ? 'Where in the parameters that allow the data is the log-likelihood largest?'
      : `Differentiate the log-likelihood with respect to ${name(r)}.`
  if (has('likelihood'))
    return r.moving
      ? 'Does the likelihood rise or fall in the parameter, as far as the data are possible?'
      : 'Take the logarithm of the likelihood.'
  return 'Write down the likelihood: the product of the density over all observations.'
}

/** Where the stage of the line says too little: a question for what is no slip of algebra. */
const questions: Readonly<Record<string, string>> = {
  'lik.prior-confusion': 'Which is random here, and which is fixed: the data or the parameter?',
  'lik.other-density': 'Compare the density with the one of the task, factor by factor.',
  'lik.wrong-family': 'Compare the density with the one of the task, factor by factor.',
  'lik.theta-factor-dropped': 'Which of the factors that are left out depend on the parameter?',
  'lik.expectation-for-data': 'Which of the numbers here were observed, and which are not known?',
  'lik.max-each-factor': 'How many parameters are there, and how many observations?',
  'lik.censored-dropped': 'What does each observation tell, the censored ones included?',
  'd.wrt-data': 'Which letter is the unknown?',
  'd.abs': 'Draw |x − m| as a function of m.',
  'd.constraint-ignored': 'May every parameter move while the others stay where they are?',
  'sum.constraint-total': 'What do the parameters add up to?',
  'max.integer-derivative': 'Which values may the parameter take? What can be compared instead?',
  'max.local-is-global': 'How many stationary points can there be, and how high are they?',
  'max.hessian-diagonal': 'When is a matrix negative definite?',
  'max.wrong-sign': 'Does the curve bend up or down at a maximum?',
  'max.minimum-called-maximum': 'Does the curve bend up or down at a maximum?',
  'max.boundary-missed': 'Where is the likelihood largest among the values that the parameter may take?',
  'max.open-boundary': 'Does this value belong to the parameter space?',
  'max.out-of-space': 'Does this value belong to the parameter space?',
  'max.strict-weak': 'Does the support contain its end?',
  'max.flat-called-unique': 'Is the likelihood smaller at the values next to it?',
  'max.support-reversed': 'Try it with one observation and a parameter that allows it.',
  'solve.inadmissible-root': 'Does this value belong to the parameter space?',
  'solve.extraneous-root': 'Put each root into the equation before it was multiplied.',
  'solve.unsolvable-forced': 'Is there any value for which this derivative is 0?',
  'solve.theta-in-answer': 'Could you compute it from the data alone?',
  'solve.weights': 'What does one observation of each sample contribute to the score?',
  'solve.divide-by-zero-case': 'Is there a sample for which you divide by 0?',
  'est.n-1': 'Which number stands there when you solve the score equation?',
  'est.mean-for-median': 'How does the sum of absolute deviations change when m passes one observation?',
  'est.invariance-mean': 'Estimate the parameter first. What is the function of it then?',
  'info.sign': 'Can an information be negative?',
  'info.per-obs': 'How many observations are there?',
  'info.observed-as-expected': 'Has an expectation been taken?',
  'info.var-not-root': 'Is this a variance or a standard error?',
  'info.irregular': 'Does the support depend on the parameter?',
  'info.delta': 'How much does the function change when the parameter changes a little?',
}

/** How to find the mistake oneself. */
const again = (m: Memory, role: Role): string => {
  switch (role) {
    case 'density':
      return 'Compare it with the density of the task, factor by factor.'
    case 'likelihood':
      return m.reference.moving
        ? 'For which parameters are all of the data possible, and what is the likelihood for the others?'
        : 'Write the product out for two observations and compare.'
    case 'log-likelihood':
      return 'Take the logarithm of the likelihood once more, one factor at a time.'
    case 'score':
      return 'Differentiate the log-likelihood once more, one summand at a time.'
    case 'second-derivative':
      return 'Differentiate the score once more, one summand at a time, and mind the signs.'
    case 'score-equation':
      return 'Which step leads to it from the line before? Do the same on both sides.'
    case 'estimator':
      return m.reference.moving
        ? 'Are all of the data possible for this value, and is the likelihood larger anywhere else?'
        : 'Put it into the equation that it should solve, and compare it with the parameter space.'
    case 'information':
      return 'Which derivative is this, and where is it taken?'
    case 'condition':
      return 'Try it with a small sample and a parameter that allows it.'
    default:
      return 'Try it at two different values of the parameter.'
  }
}

/** One nudge. Undefined when nothing is left to do. */
export const nudge = (m: Memory, lines: readonly LineReport[], missing: readonly Missing[]): string | undefined => {
  const wrong = lines.find(l => l.status === 'wrong')
  if (wrong) {
    return `Look at line ${wrong.line} again. ${questions[wrong.misconception ?? ''] ?? again(m, wrong.role)}`
  }
  const [first] = missing
  return first && forMissing[first](m)
}

/** What a wrong line should say, opened as a textbook writes it; undefined where no closed form is at hand. */
export const expected = (m: Memory, t: Target | undefined): Expr | Rel | undefined => {
  const found = inFull(m, t)
  return found && (ofOneTerm(found) as Expr | Rel)
}
/** Σ_{i=1}^1 x_i as x_1, for samples of one observation. */
const ofOneTerm = (t: Term): Term => {
  const u = mapChildren(t, ofOneTerm)
  return u.kind === 'big' && (u.op === 'sum' || u.op === 'prod') && same(u.lo, u.hi) ? instantiate(u.body, u.lo) : u
}

const inFull = (m: Memory, t: Target | undefined): Expr | Rel | undefined => {
  const r = m.reference
  if (!t) return undefined
  if (t.kind === 'estimate') return estimator(r, t.parameter)
  if (t.kind === 'equation') return nextEquation(m, t.equation)
  if (t.key.includes('nll') || t.key.includes('average')) return t.right
  const derived = (body: Expr | undefined, by: Expr | undefined): Expr | undefined => derivativeIn(r, body, by)
  switch (t.role) {
    case 'likelihood':
      return r.moving ? t.right : agreeing(r, t, likelihoodForms(r).at(-1))
    case 'log-likelihood':
      return agreeing(r, t, logForms(r).at(-1))
    case 'score':
      return agreeing(r, t, derived(t.key.includes('log-likelihood') ? openedForms(r)[0] : likelihoodForms(r).at(-1), t.by?.[0]))
    case 'second-derivative':
      return agreeing(r, t, derived(derived(openedForms(r)[0], t.by?.[0]), t.by?.[1]))
    default:
      return t.right
  }
}

/** A derivative as a textbook writes it. */
export const derivativeIn = (r: Reference, body: Expr | undefined, by: Expr | undefined): Expr | undefined => {
  if (!body || by?.kind !== 'sym') return undefined
  try {
    const taken = writtenOut(deriv(body, by as Sym), r.interior)?.term as Expr | undefined
    // a kink: no law of derivations opens it
    const done = taken && hasKind(taken, 'deriv') ? differentiate(body, by) : taken
    const short = done && (simplifyIfShorter(done, r.interior)?.term as Expr | undefined)
    if (done !== taken) return short ?? done
    // a score is read term by term, unless that is much longer
    return short && 2 * subterms(short).length <= subterms(done).length ? short : done
  } catch {
    return undefined
  }
}

/** A form from elsewhere is shown only if it is what the line is about. */
/** The line nearest to a wrong equation on the way from the right one before it to the root. */
const nextEquation = (m: Memory, p: Rel): Rel | undefined => {
  const r = m.reference
  const [u] = unknownsIn(r, p)
  const score = m.said.findLast(s => s.role === 'score' && s.right)?.term
  const start = m.equations.findLast(e => e.right)?.equation ?? (score && eq(score, ZERO))
  if (u === undefined || !start || r.unknowns.length > 1) return undefined
  const lines = equationsIn(solvedLines(r, start, u)).filter(q => equationHolds(r, q).verdict === 'true')
  return lines.reduce<Rel | undefined>((best, q) => (!best || likeness(q, p) > likeness(best, p) ? q : best), undefined)
}

const agreeing = (r: Reference, t: Extract<Target, { kind: 'value' }>, form: Expr | undefined): Expr =>
  form && agrees(r, t, form) ? form : t.right
const agrees = (r: Reference, t: Extract<Target, { kind: 'value' }>, form: Expr): boolean =>
  (t.role === 'likelihood' || t.role === 'log-likelihood'
    ? equalUpToConstant(r, t.right, form, t.role === 'likelihood' ? 'log' : 'plain')
    : equal(r, t.right, form)
  ).verdict === 'true'

const estimator = (r: Reference, parameter: string): Expr | undefined =>
  derivationOf(r)?.answer.parameters[parameter]?.estimator ?? rootOfScore(r, parameter)

/** Where no derivation reaches the estimate: the root of the score, if it can be isolated and is the maximum. */
const rootOfScore = (r: Reference, parameter: string): Expr | undefined => {
  const [score] = r.moving || hasArrayValue(r, parameter) ? [] : scoreForms(r, parameter)
  const last = score && equationsIn(solvedLines(r, eq(score, ZERO), parameter)).at(-1)
  return last?.left.kind === 'sym' &&
    last.left.name === parameter &&
    unknownsIn(r, last.right).length === 0 &&
    equationHolds(r, last).verdict === 'true'
    ? last.right
    : undefined
}
