/** Statements that two sides stand in a relation: values of named quantities, identities, equations to be solved. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { at, type Expr, eq, isZero, ONE, type Prop, type Rel, sym, ZERO } from '../term/term.ts'
import { hasKind, some, substitute, subterms, symbolsOf } from '../term/walk.ts'
import { biasedAt } from './bias.ts'
import { byCombination, inOtherCoordinates } from './coordinates-meant.ts'
import { equal, equalUpToConstant, equationHolds, foreign, mentionsHat, notKnown, trueAt, unknownsIn } from './decide.ts'
import { isRewriting, slippedSide } from './diagnose.ts'
import { ofEquivalence } from './equivalence.ts'
import { estimateOf } from './estimate-stated.ts'
import { informationIdentity, mentionsInformation } from './information-terms.ts'
import { crossesAtTop } from './integer-crossing.ts'
import { equationBetween, orderOfTerms } from './judge-equation.ts'
import { judgeEstimate } from './judge-estimate.ts'
import { ofExpectation, ofExpectationAt } from './judge-expectation.ts'
import { judgeInformation } from './judge-information.ts'
import { judgeGradient, judgeMatrix } from './judge-matrix.ts'
import { followsEarlier, notDifferentiable, scoreEquation, signStatement } from './judge-score.ts'
import { saysDataCondition } from './judge-support.ts'
import { asProfile, compared, ofProfile, withEstimates, withStated } from './judge-value.ts'
import { withMultiplier } from './multipliers.ts'
import { profiled } from './profile.ts'
import { inequality, isLog, type Relating, roleOf, sideTerm } from './quantities.ts'
import { keyOf, quantityTerm, type Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { hatName, type Quantity, type Relation, type Side, type Statement, unhatted } from './statement.ts'

export const judgeRelation = (m: Memory, s: Statement, w: Relating): Ruling => {
  const r = m.reference
  if (w.left.kind === 'argmax' || w.left.kind === 'max') return argmaxStatement(m, s, w)
  if (w.right.kind === 'argmax' || w.right.kind === 'max')
    return { role: 'estimator', status: 'ok', message: 'The definition of the estimate.' }
  if (isOwnHat(w.left, w.right)) {
    const previous = w.place?.position ? w.place.previous : w.left
    return isOwnHat(previous, w.right) || isOwnHat(previous, w.left)
      ? { role: 'estimator', status: 'ok', message: 'The parameter at its estimate.' }
      : judgeRelation(m, s, {
          kind: 'relation',
          left: w.right,
          relation: w.relation,
          right: previous,
          ...(w.condition ? { condition: w.condition } : {}),
        })
  }
  const together = ofEquivalence(m, s, w)
  if (together) return together
  const estimate = estimateOf(r, w)
  // N = nK/x on the way to ⌊nK/x⌋
  if (estimate && !estimate.hat && crossesAtTop(r, eq(sym(estimate.parameter), estimate.value))) return beforeRounding
  if (estimate) return judgeEstimate(m, s, w, estimate)
  if (w.left.kind === 'quantity') {
    const { quantity } = w.left
    if (w.right.kind === 'matrix' && ['hessian', 'observed-information', 'fisher-information'].includes(quantity.kind))
      return judgeMatrix(m, w, quantity)
    if (w.right.kind === 'matrix' && quantity.kind === 'gradient') return judgeGradient(m, w, quantity.of)
    if (roleOf(quantity) === 'information' || w.right.kind === 'matrix') return judgeInformation(m, s, w)
    return ofQuantity(m, s, w, quantity)
  }
  return betweenTerms(m, s, w)
}

/** θ = θ̂ says that the parameter is taken at its estimate. */
const isOwnHat = (a: Side, b: Side): boolean => {
  const hatOf = (s: Side): string | undefined =>
    s.kind === 'quantity' && s.quantity.kind === 'estimator' && !s.quantity.index
      ? s.quantity.parameter
      : s.kind === 'term' && s.term.kind === 'sym'
        ? unhatted(s.term.name)
        : undefined
  const nameOf = (s: Side): string | undefined => (s.kind === 'term' && s.term.kind === 'sym' ? s.term.name : undefined)
  const [h, k] = [hatOf(a), hatOf(b)]
  return (h !== undefined && h === nameOf(b)) || (k !== undefined && k === nameOf(a))
}

const beforeRounding: Ruling = {
  role: 'score-equation',
  relation: '⇔',
  status: 'ok',
  message: 'The maximum is the integer next to the solution.',
}

const argmaxStatement = (m: Memory, s: Statement, w: Relating): Ruling => {
  const names = w.left.kind === 'argmax' ? w.left.over : []
  const [only] = names
  if (w.left.kind !== 'argmax' || only === undefined || w.right.kind !== 'term') return { role: 'estimator', status: 'ok', message: '' }
  const left: Side = { kind: 'quantity', quantity: { kind: 'estimator', parameter: only } }
  const estimate = estimateOf(m.reference, { ...w, left })
  return estimate ? judgeEstimate(m, s, { ...w, left }, estimate) : { role: 'estimator', status: 'ok', message: '' }
}

const notCompared = 'This could not be compared with the model.'

/** The function of the estimates in place of the parameters. */
const hattedTerm = (r: Reference, t: Expr): Expr => substitute(t, new Map(r.unknowns.map(u => [u, sym(`${u}\u0302`)])))

/** Differentiated in the same parameter twice. */
const isPure = (q: Quantity): boolean => q.kind === 'derivative' && q.by.every(b => same(b, q.by[0] as Expr))

const isNought = (side: Side): boolean => side.kind === 'term' && isZero(side.term)

const ofQuantity = (m: Memory, s: Statement, w: Relating, q: Quantity): Ruling => {
  const r = m.reference
  const role = roleOf(q)
  const right = sideTerm(r, w.right)
  const plainOwn = sideTerm(r, w.left)
  const order = inequality(w.relation, plainOwn ?? ZERO, right ?? ZERO)
  // "if x̄ > ȳ, â = b̂": of samples that are not drawn here
  if (q.kind === 'estimator' && (w.condition || m.cases.length > 0) && w.right.kind === 'quantity' && w.right.quantity.kind === 'estimator')
    return { role, status: 'unknown', message: 'Two estimates, said of some samples only.' }
  // ∂²ℓ(x̄, λ)/∂λ²: of the profile, which is a function of λ alone
  const put = w.left.kind === 'quantity' ? Object.keys(w.left.at ?? {}) : []
  const elsewhere = put.length > 0 && q.kind === 'derivative' && !q.by.some(b => put.includes(b.kind === 'sym' ? b.name : ''))
  if (role === 'second-derivative' && r.unknowns.length > 1 && !elsewhere)
    m.arguments.add(!isPure(q) ? 'determinant' : profiled(q) ? 'profile' : 'diagonal')
  if (q.kind === 'derivative' && q.by.some(b => (b.kind === 'sym' || b.kind === 'at') && r.observed.includes(b.name)))
    return { role, status: 'wrong', message: 'The data are fixed.', mistake: 'd.wrt-data' }
  if (q.kind === 'derivative' && !m.relaxed && notDifferentiable(r, q) === 'max.integer-derivative')
    return { role, status: 'wrong', message: '', mistake: 'max.integer-derivative' }
  if (q.kind === 'estimator-of' && right) return betweenTerms(m, s, { ...w, left: { kind: 'term', term: hattedTerm(r, q.term) } })
  if (q.kind === 'derivative' && isNought(w.right) && w.relation === '=') return scoreEquation(m, w, q)
  if (q.kind === 'gradient' && isNought(w.right) && w.relation === '=' && !r.moving)
    return { role: 'score-equation', relation: '⇔', status: 'ok', message: 'The equations that an inner maximum solves.' }
  // d/da ℓ(a, a): both arguments move
  if (q.kind === 'derivative' && r.unknowns.length > 1 && /\(\s*(\\?[A-Za-zα-ω]+)\s*,\s*\1\s*[,)]/.test(s.source))
    return { role, status: 'unknown', message: notCompared }
  const along = w.left.kind === 'quantity' ? w.left.at : undefined
  if (q.kind === 'derivative' && Object.values(along ?? {}).some(t => q.by.some(b => b.kind === 'sym' && symbolsOf(t).has(b.name))))
    return { role, status: 'unknown', message: notCompared }
  const profile = profiled(q)
  if (profile && right && !order) return ofProfile(m, s, w, profile, right) ?? { role, status: 'unknown', message: notCompared }
  const combined = !plainOwn && right && q.kind === 'derivative' && w.relation === '=' ? byCombination(m, q, right) : undefined
  if (combined) return { role, relation: '=', ...combined }
  if (!plainOwn || !right) return { role, status: 'unknown', message: notCompared }
  // "the likelihood falls as p grows": the parameter is mentioned
  if (right.kind === 'sym' && r.unknowns.includes(right.name) && !w.place?.position) return { role, status: 'unknown', message: '' }
  if (order) return signStatement(m, w, order, role)
  // "at the ends the likelihood is 0": where is said in words
  if (
    role === 'likelihood' &&
    !r.moving &&
    isZero(right) &&
    /\b(?:ends?|boundary|endpoints?|edges?|otherwise|outside|at|when|if|for)\b/i.test(m.line?.source ?? '')
  )
    return { role, status: 'unknown', message: 'Where this is meant to hold was not read.' }
  if (ofOne(m, s) && right.kind !== 'num') {
    const one = oneObservation(r, q)
    if (one && equal(r, one, right).verdict === 'true') return { role, relation: '=', status: 'ok', message: 'Of one observation.' }
  }
  const key = keyOf(q)
  const at = w.left.kind === 'quantity' ? w.left.at : undefined
  const unbound = foreign(r, right)
  if (unbound.length > 0) {
    m.said.push({ key, role, term: right, right: true, line: s.line })
    return { role, status: 'unknown', message: notKnown(unbound) }
  }
  const own = withEstimates(r, plainOwn, right)
  const direct = compared(m, w, q, own, right)
  const verdict = direct.status === 'wrong' ? (withStated(m, w, q, own, right) ?? asProfile(m, s, w, q, right) ?? direct) : direct
  if (isLog(q) && r.moving && verdict.status === 'ok' && w.condition && impossibleUnder(r, w.condition))
    return { role, status: 'wrong', message: 'Under this condition the data are impossible.', mistake: 'max.support-reversed' }
  // ∂ℓ/∂b with ρ = a/b in the place of a: another parameter is kept than the model's own
  if (verdict.status === 'wrong' && q.kind === 'derivative' && r.unknowns.length > 1) {
    const kept = inOtherCoordinates(m, s, q, right)
    if (kept) return { role, relation: '=', ...kept }
  }
  const isRight = verdict.status !== 'wrong'
  const follows = !isRight && m.wrong && followsEarlier(m, w, q, right)
  if (!at) m.said.push({ key, role, term: right, right: isRight, line: s.line })
  if (isRight) return verdict
  if (follows) return { ...verdict, status: 'follows', message: 'This follows from the line that went wrong before.' }
  return {
    ...verdict,
    target: { kind: 'value', role, term: right, right: own, key, ...(q.kind === 'derivative' ? { by: q.by } : {}) },
    expected: own,
  }
}

/** Whether a condition on data and parameters holds where the data are impossible, and nowhere where they are possible. */
const impossibleUnder = (r: Reference, p: Prop): boolean => {
  if (!saysDataCondition(r, p) || foreign(r, p).length > 0) return false
  const allowed = r.settings.map(s => s.env)
  const others = r.settings.flatMap(s => s.others).filter(e => evaluate(r.likelihood, e) === 0)
  return (
    allowed.length > 1 &&
    allowed.every(e => trueAt(r, p, [e]).verdict === 'false') &&
    others.some(e => trueAt(r, p, [e]).verdict === 'true')
  )
}

/** "For one observation the score is …" */
const ofOne = (m: Memory, s: Statement): boolean =>
  /\b(?:one|single|each|an?|every|individual|per|i-?th)[ -](?:single )?(?:observation|data ?point|sample point|term|x_i)|\bcontribution\b/i.test(
    `${s.said ?? ''} ${m.line?.source ?? ''}`,
  )
/** The log of the density at an observation, or a derivative of it. */
const oneObservation = (r: Reference, q: Quantity): Expr | undefined => {
  const [v, ...others] = r.model.samples[0]?.variables ?? []
  if (!v || others.length > 0 || r.model.samples.length > 1) return undefined
  const density: Quantity = { kind: 'log-density', observation: sym(v.name) }
  if (q.kind === 'log-likelihood') return quantityTerm(r, density)
  return q.kind === 'derivative' && q.of.kind === 'log-likelihood' ? quantityTerm(r, { ...q, of: density }) : undefined
}

const unbiased = 'That the estimate maximises the likelihood does not make it unbiased.'

const expands = /\bexpand(?:ing|ed|s)?\b|\bmultiply(?:ing)? out\b|\bopen(?:ing)? (?:up )?the (?:square|bracket)/i

/** The relation read from the right. */
const turned = (w: Relating): Relating => ({ ...w, left: w.right, right: w.left, relation: mirrored[w.relation] ?? w.relation })
const mirrored: Readonly<Partial<Record<Relation, Relation>>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

const sidesOf = (w: Relating): readonly Expr[] => [w.left, w.right].flatMap(side => (side.kind === 'term' ? [side.term] : []))
const hasDensity = (t: Expr): boolean => some(t, u => u.kind === 'call' && u.name === 'f')

/** ℓ itself, without a prime, inside of a term. */
const logLikelihoodsIn = (t: Expr): readonly Expr[] =>
  subterms(t).filter((u): u is Expr => u.kind === 'call' && (u.name === 'ell' || u.name === 'nll') && u.prime.every(k => k === 0))

/** f(x)/f(x − 1) = μ/x: an identity in the value of one observation. */
const ofOneValue = (r: Reference, a: Expr, b: Expr): Ruling => {
  const first = new Map(r.observed.map(name => [name, at(name, ONE)] as const))
  const one = (t: Expr): Expr => substitute(t, first)
  return equal(r, one(a), one(b)).verdict === 'true'
    ? { role: 'density', relation: '=', status: 'ok', message: 'True for every value of an observation.' }
    : { role: 'density', status: 'unknown', message: notCompared }
}

const betweenTerms = (m: Memory, s: Statement, w: Relating): Ruling => {
  const r = m.reference
  if (w.relation === '=' && sidesOf(w).some(mentionsInformation)) {
    const [left, right] = [w.left, w.right].map(side => (side.kind === 'term' ? side.term : sideTerm(r, side)))
    if (left && right) return informationIdentity(r, left, right)
  }
  const [a, b] = [sideTerm(r, w.left), sideTerm(r, w.right)]
  if (!a || !b) {
    if (w.left.kind === 'term' && w.right.kind === 'quantity' && isZero(w.left.term)) return ofQuantity(m, s, turned(w), w.right.quantity)
    return { role: 'identity', status: 'unknown', message: 'This could not be compared with the model.' }
  }
  // E[θ̂] = θ: whether it is so is no matter of the maximum
  if (a.kind === 'expect' && mentionsHat(a) && unknownsIn(r, b).length > 0 && w.relation === '=') {
    const own = b.kind === 'sym' && same(a.body, sym(hatName(b.name))) ? b.name : undefined
    const stated = m.estimates.findLast(e => e.parameter === own && e.right)
    const at = stated && biasedAt(r, stated.parameter, stated.term)
    if (stated && at)
      return {
        role: 'claim',
        status: 'wrong',
        always: true,
        message: 'The expectation is another one, for a sample of one already.',
        mistake: 'est.unbiased-claim',
        counter: { env: at, left: b, right: stated.term },
      }
    return { role: 'claim', status: 'ok', message: '', remark: unbiased, mistake: 'est.unbiased-claim' }
  }
  if (w.right.kind === 'quantity' && w.left.kind === 'term') return ofQuantity(m, s, turned(w), w.right.quantity)
  if (w.relation === '=' && [a, b, ...sidesOf(w)].some(t => hasDensity(t))) return ofOneValue(r, a, b)
  const order = inequality(w.relation, a, b)
  // "ℓ″ = −n/σ² < 0": the sign of what the chain speaks of
  const head = w.place && w.place.position > 0 ? m.said.at(-1) : undefined
  if (order && head && head.line >= s.line - 3 && same(head.term, a)) return signStatement(m, w, order, head.role)
  if (order) return orderOfTerms(m, order, w.condition)
  if (w.relation === '∝' || w.relation === '+const') {
    const d = equalUpToConstant(r, a, b, w.relation === '∝' ? 'log' : 'plain')
    if (d.verdict === 'true') return { role: 'identity', relation: w.relation, status: 'ok', message: '' }
    return {
      role: 'identity',
      relation: w.relation,
      status: d.verdict === 'false' ? 'wrong' : 'unknown',
      message: 'The two sides differ by something that depends on the parameter.',
    }
  }
  if (w.relation === '≈') return { role: 'identity', status: 'unknown', message: '' }
  // dχ²/dμ, where nobody says what χ² is
  const hidden = sidesOf(w).flatMap(t => subterms(t).flatMap(u => (u.kind === 'deriv' ? foreign(r, u.body) : [])))
  if (hidden.length > 0) return { role: 'identity', status: 'unknown', message: notKnown(hidden) }
  const unbound = [...new Set([...foreign(r, a), ...foreign(r, b)])]
  const tied = w.relation === '=' && unbound.length === 1 ? withMultiplier(m, s, w, a, b, unbound[0] as string) : undefined
  if (tied) return tied
  const atBounds = w.relation === '=' && unbound.length === 1 ? ofExpectationAt(m, s, a, b, unbound[0] as string) : undefined
  if (atBounds) return atBounds
  if (unbound.length > 0) return { role: 'identity', status: 'unknown', message: notKnown(unbound) }
  // E[Σ x_i] = nθ: under the model, in numbers
  if ((hasKind(a, 'expect') || hasKind(b, 'expect')) && !mentionsHat(a) && !mentionsHat(b)) return ofExpectation(m, s, a, b)
  if (mentionsHat(a) || mentionsHat(b)) return equationBetween(m, s, w, eq(a, b), undefined)
  const identity = equal(r, a, b)
  if (identity.verdict === 'true') return { role: 'identity', relation: '=', status: 'ok', message: 'True for every sample and parameter.' }
  // −2s²ℓ = Σ(y_i − a − b x_i)²: constants of ℓ left out
  if (
    identity.verdict === 'false' &&
    sidesOf(w).flatMap(logLikelihoodsIn).length === 1 &&
    equalUpToConstant(r, a, b, 'plain').verdict === 'true'
  )
    return { role: 'identity', relation: '+const', status: 'ok', message: 'A constant free of the parameters is left out.' }
  // what is multiplied out is no equation to be solved, nor is d/dμ log μ = …, with the parameter alone in it
  const derived =
    w.left.kind === 'term' &&
    hasKind(w.left.term, 'deriv') &&
    b.kind !== 'num' &&
    ![a, b].some(t => mentionsHat(t) || some(t, u => u.kind === 'big'))
  if (identity.at && (derived || expands.test(s.said ?? '')))
    return {
      role: 'identity',
      relation: '=',
      status: 'wrong',
      message: 'The two sides differ.',
      target: { kind: 'equation', equation: eq(w.left.kind === 'term' && derived ? w.left.term : a, b) },
      counter: { env: identity.at, left: a, right: b },
    }
  return rewritten(m, s, w, eq(a, b), identity.at) ?? equationBetween(m, s, w, eq(a, b), identity.at)
}

/**
 * Σ(x_i − μ)² = Σx_i² − nμ²: nothing to be solved, although the maximum solves it. One side is the other with a slip in it, one
 * of algebra; undefined for any other equation.
 */
const rewritten = (m: Memory, s: Statement, w: Relating, p: Rel, at: Env | undefined): Ruling | undefined => {
  if (!at || w.imposed || w.condition || (s.link !== undefined && s.link !== 'and') || !isRewriting(m.reference, p)) return undefined
  if (equationHolds(m.reference, p).verdict !== 'true') return undefined
  const slip = slippedSide(m, p)
  if (slip === undefined || !/^(?:sum|exp|log)\./.test(slip)) return undefined
  return {
    role: 'identity',
    relation: '=',
    status: 'wrong',
    message: 'The two sides differ, except at the maximum.',
    mistake: slip,
    counter: { env: at, left: p.left, right: p.right },
  }
}
