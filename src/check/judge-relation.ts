/** Statements that two sides stand in a relation: values of named quantities, identities, equations to be solved. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { add, type Expr, eq, isZero, ONE, type Prop, sym, ZERO } from '../term/term.ts'
import { hasKind, substitute, subterms, symbolsOf } from '../term/walk.ts'
import {
  dropsConstants,
  equal,
  equalUpToConstant,
  equationHolds,
  foreign,
  mentionsHat,
  trueAt,
  unknownsIn,
  withoutConstants,
} from './decide.ts'
import { openedLog } from './differentiate.ts'
import { estimateOf } from './estimate-stated.ts'
import { crossesAtTop } from './integer-crossing.ts'
import { equationBetween, orderOfTerms } from './judge-equation.ts'
import { judgeEstimate } from './judge-estimate.ts'
import { agree, judgeInformation } from './judge-information.ts'
import { judgeMatrix } from './judge-matrix.ts'
import { alongConstraint, followsEarlier, notDifferentiable, scoreEquation, signStatement } from './judge-score.ts'
import { movingLikelihood, saysDataCondition } from './judge-support.ts'
import { withMultiplier } from './multipliers.ts'
import { inequality, isLog, type Relating, roleOf, shown, sideTerm } from './quantities.ts'
import { keyOf, quantityTerm, type Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { hatName, type Quantity, type Side, type Statement } from './statement.ts'

export const judgeRelation = (m: Memory, s: Statement, w: Relating): Ruling => {
  const r = m.reference
  if (w.left.kind === 'argmax' || w.left.kind === 'max') return argmaxStatement(m, s, w)
  if (w.right.kind === 'argmax' || w.right.kind === 'max')
    return { role: 'estimator', status: 'ok', message: 'The definition of the estimate.' }
  const estimate = estimateOf(r, w)
  // N = nK/x on the way to ⌊nK/x⌋
  if (estimate && !estimate.hat && crossesAtTop(r, eq(sym(estimate.parameter), estimate.value))) return beforeRounding
  if (estimate) return judgeEstimate(m, s, w, estimate)
  if (w.left.kind === 'quantity') {
    const { quantity } = w.left
    if (
      w.right.kind === 'matrix' &&
      ['hessian', 'observed-information', 'fisher-information'].includes(quantity.kind) &&
      !s.source.includes('\n')
    )
      return judgeMatrix(m, w, quantity)
    if (roleOf(quantity) === 'information' || w.right.kind === 'matrix') return judgeInformation(m, w)
    return ofQuantity(m, s, w, quantity)
  }
  return betweenTerms(m, s, w)
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
  if (role === 'second-derivative' && r.unknowns.length > 1) m.arguments.add(isPure(q) ? 'diagonal' : 'determinant')
  if (q.kind === 'derivative' && q.by.some(b => (b.kind === 'sym' || b.kind === 'at') && r.observed.includes(b.name)))
    return { role, status: 'wrong', message: 'The data are fixed.', mistake: 'd.wrt-data' }
  if (q.kind === 'derivative' && !m.relaxed && notDifferentiable(r, q) === 'max.integer-derivative')
    return { role, status: 'wrong', message: '', mistake: 'max.integer-derivative' }
  if (q.kind === 'estimator-of' && right) return betweenTerms(m, s, { ...w, left: { kind: 'term', term: hattedTerm(r, q.term) } })
  if (q.kind === 'derivative' && isNought(w.right) && w.relation === '=') return scoreEquation(m, w, q)
  if (q.kind === 'gradient' && isNought(w.right) && w.relation === '=' && !r.moving)
    return { role: 'score-equation', relation: '⇔', status: 'ok', message: 'The equations that an inner maximum solves.' }
  if (!plainOwn || !right) return { role, status: 'unknown', message: 'This could not be compared with the model.' }
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
    return { role, status: 'unknown', message: `${unbound.join(', ')}: not known here, so the line was not decided.` }
  }
  const own = withEstimates(r, plainOwn, right)
  const direct = compared(m, w, q, own, right)
  const verdict = direct.status === 'wrong' ? (withStated(m, w, q, own, right) ?? direct) : direct
  if (isLog(q) && r.moving && verdict.status === 'ok' && w.condition && impossibleUnder(r, w.condition))
    return { role, status: 'wrong', message: 'Under this condition the data are impossible.', mistake: 'max.support-reversed' }
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

/** A parameter that stands with a hat on the other side, and only so, is at its estimate here too: the profile, a value at the root. */
const withEstimates = (r: Reference, own: Expr, right: Expr): Expr => {
  const names = symbolsOf(right)
  const estimated = r.unknowns.filter(u => names.has(hatName(u)) && !names.has(u))
  // where no parameter is left as it is, all of them are at their estimates
  const hatted = estimated.length > 0 && !r.unknowns.some(u => names.has(u)) ? r.unknowns : estimated
  return hatted.length > 0 ? substitute(own, new Map(hatted.map(u => [u, sym(hatName(u))]))) : own
}

/** x̄ where μ stood, after μ̂ = x̄ was found: right with the estimates of the other parameters put in. */
const withStated = (m: Memory, w: Relating, q: Quantity, own: Expr, right: Expr): Ruling | undefined => {
  if (q.kind === 'density' || q.kind === 'likelihood') return undefined
  const missing = unknownsIn(m.reference, own).filter(u => !symbolsOf(right).has(u))
  if (missing.length === 0) return undefined
  const stated = missing.map(u => m.estimates.findLast(e => e.parameter === u && e.right))
  if (stated.some(e => !e)) return undefined
  const put = substitute(own, new Map(stated.flatMap(e => (e ? [[e.parameter, e.term] as const] : []))))
  const found = compared(m, w, q, put, right)
  return found.status === 'ok' ? { ...found, message: 'With the estimates found before put in.' } : undefined
}

/** A setting at which the model's term has a value and the written one takes the log or a root of a negative number, as at all settings. */
const withoutValue = (r: Reference, own: Expr, right: Expr): Env | undefined => {
  const impossible = (env: Env): boolean =>
    Number.isFinite(evaluate(own, env)) &&
    subterms(right).some(u => {
      if (u.free !== 0) return false
      if (u.kind === 'fn' && u.name === 'log') return evaluate(u.args[0] as Expr, env) < 0
      return u.kind === 'pow' && u.exponent.kind === 'num' && u.exponent.value.den === 2n && evaluate(u.base, env) < 0
    })
  const envs = r.settings.map(s => s.env)
  return envs.length > 1 && envs.every(impossible) ? envs[0] : undefined
}

/** "… at the solution": where the values of the line are meant. */
const saysAtRoot = (m: Memory): boolean =>
  /\bat (?:the|this|that|our) (?:solution|root|maximum|estimates?|mle|(?:stationary|critical) point)\b/i.test(m.line?.source ?? '')

/** The claimed value against the model's own. */
const compared = (m: Memory, w: Relating, q: Quantity, own: Expr, right: Expr): Ruling => {
  const r = m.reference
  const role = roleOf(q)
  const relation = shown[w.relation]
  const ok = (message: string, more: Partial<Ruling> = {}): Ruling => ({ role, relation, status: 'ok', message, ...more })
  const wrong = (env: Parameters<typeof evaluate>[1] | undefined, message: string, more: Partial<Ruling> = {}): Ruling => ({
    role,
    relation,
    status: 'wrong',
    message,
    ...(env ? { counter: { env, left: own, right } } : {}),
    ...more,
  })
  if (q.kind === 'likelihood' && r.moving) return movingLikelihood(m, w, own, right)
  // "L(N) = 0 unless N ≥ x": where the condition holds
  if (q.kind === 'likelihood' && w.condition && isZero(right)) {
    const there = r.settings.flatMap(s => [s.env, ...s.others]).filter(e => trueAt(r, w.condition as Prop, [e]).verdict === 'true')
    if (there.every(e => evaluate(own, e) === 0)) return there.length > 0 ? ok('') : { role, status: 'unknown', message: '' }
  }
  if (q.kind === 'density') {
    const d = equal(r, own, right)
    if (d.verdict === 'true') return ok('The density of the model.')
    if (w.relation !== '=' && equalUpToConstant(r, own, right, 'log').verdict === 'true')
      return ok('The density of the model, up to a constant.')
    return d.verdict === 'false'
      ? wrong(d.at, 'This is not the density of the model.', { mistake: 'lik.other-density' })
      : { role, status: 'unknown', message: '' }
  }
  if (w.relation === '≈') return { role, relation, status: 'unknown', message: 'An approximation was not decided.' }
  if (w.relation === '=') {
    const d = equal(r, own, right)
    if (d.verdict === 'true') return ok('')
    if (d.verdict === 'unknown') {
      const at = withoutValue(r, own, right)
      return at
        ? wrong(at, 'The right side has no value: the log or the root of a negative number stands in it.')
        : { role, relation, status: 'unknown', message: 'No value to compare was found.' }
    }
    // the estimates themselves are known to seven digits
    if (
      ((mentionsHat(own) && mentionsHat(right)) || (role === 'second-derivative' && saysAtRoot(m))) &&
      !isLog(q) &&
      equationHolds(r, eq(own, right)).verdict === 'true'
    )
      return ok('True at the estimates.')
    if (isLog(q) || q.kind === 'likelihood') {
      const scale = isLog(q) ? 'plain' : 'log'
      const upTo = equalUpToConstant(r, own, right, scale)
      if (upTo.verdict === 'true') {
        const [a, b] = isLog(q) ? [own, right] : [openedLog(own), openedLog(right)]
        if (dropsConstants(r, a, b))
          return ok('A constant free of the parameters is left out.', {
            remark: `${isLog(q) ? 'The log-likelihood' : 'The likelihood'} is given up to a constant that is free of the parameters.`,
          })
        if (withoutConstants(r))
          return ok('Up to a constant that is free of the parameters: the likelihood of the task is given without it.')
        return wrong(d.at, 'The constant that is written here is wrong: write ∝ or “+ const”, or correct it.')
      }
    }
    if (alongConstraint(r, q, right)) return ok('The derivative along the constraint.')
    return wrong(d.at, 'The two sides differ.')
  }
  const scale = isLog(q) ? 'plain' : 'log'
  const d = equalUpToConstant(r, own, right, scale)
  if (d.verdict === 'true') return ok('')
  // ℓ ∝ … is loosely said for "up to a constant", and L = … + const is not
  if (isLog(q) && w.relation === '∝' && equalUpToConstant(r, own, right, 'log').verdict === 'true') return ok('')
  return d.verdict === 'false'
    ? wrong(d.at, 'The two sides differ by something that depends on the parameter.')
    : { role, relation, status: 'unknown', message: '' }
}

const unbiased = 'That the estimate maximises the likelihood does not make it unbiased.'

const betweenTerms = (m: Memory, s: Statement, w: Relating): Ruling => {
  const r = m.reference
  const [a, b] = [sideTerm(r, w.left), sideTerm(r, w.right)]
  if (!a || !b) {
    if (w.left.kind === 'term' && w.right.kind === 'quantity' && isZero(w.left.term))
      return ofQuantity(m, s, { ...w, left: w.right, right: w.left }, w.right.quantity)
    return { role: 'identity', status: 'unknown', message: 'This could not be compared with the model.' }
  }
  // E[θ̂] = θ: whether it is so is no matter of the maximum
  if (a.kind === 'expect' && mentionsHat(a) && unknownsIn(r, b).length > 0 && w.relation === '=')
    return { role: 'claim', status: 'ok', message: '', remark: unbiased, mistake: 'est.unbiased-claim' }
  if (w.right.kind === 'quantity' && w.left.kind === 'term')
    return ofQuantity(m, s, { ...w, left: w.right, right: w.left }, w.right.quantity)
  const order = inequality(w.relation, a, b)
  // "ℓ″ = −n/σ² < 0": the sign of what the chain speaks of
  const head = w.place && w.place.position > 0 ? m.said.at(-1) : undefined
  if (order && head && head.line >= s.line - 3 && same(head.term, a)) return signStatement(m, w, order, head.role)
  if (order) return orderOfTerms(m, order)
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
  const unbound = [...new Set([...foreign(r, a), ...foreign(r, b)])]
  const tied = w.relation === '=' && unbound.length === 1 ? withMultiplier(m, s, w, a, b, unbound[0] as string) : undefined
  if (tied) return tied
  if (unbound.length > 0)
    return { role: 'identity', status: 'unknown', message: `${unbound.join(', ')}: not known here, so the line was not decided.` }
  // E[Σ x_i] = nθ: under the model, in numbers
  if ((hasKind(a, 'expect') || hasKind(b, 'expect')) && !mentionsHat(a) && !mentionsHat(b))
    // shifted by n, so that a zero is compared with something
    return agree(r, add(a, r.size ?? ONE), add(b, r.size ?? ONE)).verdict === 'true'
      ? { role: 'identity', relation: '=', status: 'ok', message: 'The expectation under the model.' }
      : { role: 'identity', status: 'unknown', message: 'This expectation was not decided.' }
  if (mentionsHat(a) || mentionsHat(b)) return equationBetween(m, s, w, eq(a, b), undefined)
  const identity = equal(r, a, b)
  if (identity.verdict === 'true') return { role: 'identity', relation: '=', status: 'ok', message: 'True for every sample and parameter.' }
  return equationBetween(m, s, w, eq(a, b), identity.at)
}
