/** Statements that two sides stand in a relation: values of named quantities, identities, equations to be solved. */
import type { evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { type Expr, eq, isZero, sym, ZERO } from '../term/term.ts'
import { substitute, symbolsOf } from '../term/walk.ts'
import { dropsConstants, equal, equalUpToConstant, foreign, mentionsHat, unknownsIn } from './decide.ts'
import { openedLog } from './differentiate.ts'
import { estimateOf } from './estimate-stated.ts'
import { equationBetween, orderOfTerms } from './judge-equation.ts'
import { judgeEstimate } from './judge-estimate.ts'
import { judgeInformation } from './judge-information.ts'
import { alongConstraint, followsEarlier, notDifferentiable, scoreEquation, signStatement } from './judge-score.ts'
import { movingLikelihood } from './judge-support.ts'
import { inequality, isLog, type Relating, roleOf, shown, sideTerm } from './quantities.ts'
import { keyOf, type Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { hatName, type Quantity, type Side, type Statement } from './statement.ts'

export const judgeRelation = (m: Memory, s: Statement, w: Relating): Ruling => {
  const r = m.reference
  if (w.left.kind === 'argmax' || w.left.kind === 'max') return argmaxStatement(m, s, w)
  if (w.right.kind === 'argmax' || w.right.kind === 'max')
    return { role: 'estimator', status: 'ok', message: 'The definition of the estimate.' }
  const estimate = estimateOf(r, w)
  if (estimate) return judgeEstimate(m, s, w, estimate)
  if (w.left.kind === 'quantity') {
    const { quantity } = w.left
    if (roleOf(quantity) === 'information' || w.right.kind === 'matrix') return judgeInformation(m, w)
    return ofQuantity(m, s, w, quantity)
  }
  return betweenTerms(m, s, w)
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
  if (q.kind === 'derivative' && notDifferentiable(r, q) === 'max.integer-derivative')
    return { role, status: 'wrong', message: '', mistake: 'max.integer-derivative' }
  if (q.kind === 'estimator-of' && right) return betweenTerms(m, s, { ...w, left: { kind: 'term', term: hattedTerm(r, q.term) } })
  if (q.kind === 'derivative' && isNought(w.right) && w.relation === '=') return scoreEquation(m, w, q)
  if (!plainOwn || !right) return { role, status: 'unknown', message: 'This could not be compared with the model.' }
  // "the likelihood falls as p grows": the parameter is mentioned
  if (right.kind === 'sym' && r.unknowns.includes(right.name) && !w.place?.position) return { role, status: 'unknown', message: '' }
  if (order) return signStatement(m, w, order, role)
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

/** A parameter that stands with a hat on the other side, and only so, is at its estimate here too: the profile, a value at the root. */
const withEstimates = (r: Reference, own: Expr, right: Expr): Expr => {
  const names = symbolsOf(right)
  const hatted = r.unknowns.filter(u => names.has(hatName(u)) && !names.has(u))
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
    if (d.verdict === 'unknown') return { role, relation, status: 'unknown', message: 'No value to compare was found.' }
    if (isLog(q) || q.kind === 'likelihood') {
      const scale = isLog(q) ? 'plain' : 'log'
      const upTo = equalUpToConstant(r, own, right, scale)
      if (upTo.verdict === 'true') {
        const [a, b] = isLog(q) ? [own, right] : [openedLog(own), openedLog(right)]
        if (dropsConstants(r, a, b))
          return ok('A constant free of the parameters is left out.', {
            remark: `${isLog(q) ? 'The log-likelihood' : 'The likelihood'} is given up to a constant that is free of the parameters.`,
          })
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

const betweenTerms = (m: Memory, s: Statement, w: Relating): Ruling => {
  const r = m.reference
  const [a, b] = [sideTerm(r, w.left), sideTerm(r, w.right)]
  if (!a || !b) {
    if (w.left.kind === 'term' && w.right.kind === 'quantity' && isZero(w.left.term))
      return ofQuantity(m, s, { ...w, left: w.right, right: w.left }, w.right.quantity)
    return { role: 'identity', status: 'unknown', message: 'This could not be compared with the model.' }
  }
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
  const unbound = [...foreign(r, a), ...foreign(r, b)]
  if (unbound.length > 0)
    return { role: 'identity', status: 'unknown', message: `${unbound.join(', ')}: not known here, so the line was not decided.` }
  if (mentionsHat(a) || mentionsHat(b)) return equationBetween(m, s, w, eq(a, b), undefined)
  const identity = equal(r, a, b)
  if (identity.verdict === 'true') return { role: 'identity', relation: '=', status: 'ok', message: 'True for every sample and parameter.' }
  return equationBetween(m, s, w, eq(a, b), identity.at)
}
