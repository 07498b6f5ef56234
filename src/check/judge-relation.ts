/** Statements that two sides stand in a relation: values of named quantities, identities, equations to be solved. */
import { evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { type Expr, eq, isZero, log, MINUS_ONE, mul, type Prop, pow, type Rel, rel, sub, sym, ZERO } from '../term/term.ts'
import { arraysOf, some, substitute, symbolsOf } from '../term/walk.ts'
import {
  atMaximum,
  dropsConstants,
  equal,
  equalUpToConstant,
  equationHolds,
  foreign,
  hasIndicator,
  mentionsHat,
  throughout,
  trueAt,
  unknownsIn,
} from './decide.ts'
import { differentiate, openedLog } from './differentiate.ts'
import { estimateOf, judgeEstimate, wrongEquations } from './judge-estimate.ts'
import { judgeInformation } from './judge-information.ts'
import { keyOf, quantityTerm, type Reference, resolved } from './reference.ts'
import type { Role } from './report.ts'
import { lastSaid, type Memory, type Ruling } from './ruling.ts'
import { sameSolution } from './solution.ts'
import type { Quantity, Relation, Side, Statement, What } from './statement.ts'

type Relating = Extract<What, { kind: 'relation' }>

/** −ℓ, ℓ/n and the like are judged as ℓ is: up to constants, and with its mistakes. */
const isLog = (q: Quantity): boolean => ['log-likelihood', 'average-log-likelihood', 'nll', 'average-nll'].includes(q.kind)

export const roleOf = (q: Quantity): Role => {
  switch (q.kind) {
    case 'likelihood':
    case 'relative-likelihood':
    case 'profile-likelihood':
      return 'likelihood'
    case 'density':
    case 'log-density':
    case 'distribution-function':
    case 'survival-function':
      return 'density'
    case 'derivative':
      return q.by.length > 1 ? 'second-derivative' : 'score'
    case 'gradient':
      return 'score'
    case 'hessian':
      return 'second-derivative'
    case 'estimator':
    case 'estimator-of':
      return 'estimator'
    case 'observed-information':
    case 'fisher-information':
    case 'standard-error':
    case 'variance':
    case 'bias':
      return 'information'
    default:
      return 'log-likelihood'
  }
}

/** A side as a term over data and parameters, named quantities exchanged for the model's own. */
export const sideTerm = (r: Reference, side: Side): Expr | undefined => {
  if (side.kind === 'term') return resolved(r, side.term) as Expr | undefined
  if (side.kind !== 'quantity') return undefined
  if (side.quantity.kind === 'estimator') return sym(`${side.quantity.parameter}\u0302`)
  const t = quantityTerm(r, side.quantity)
  return t && side.at ? substitute(t, new Map(Object.entries(side.at))) : t
}

const shown: Readonly<Record<Relation, '=' | '∝' | '+const'>> = {
  '=': '=',
  '∝': '∝',
  '+const': '+const',
  '<': '=',
  '<=': '=',
  '>': '=',
  '>=': '=',
  '!=': '=',
  '≈': '=',
}

const inequality = (relation: Relation, a: Expr, b: Expr): Prop | undefined => {
  switch (relation) {
    case '<':
      return rel('<', a, b)
    case '<=':
      return rel('<=', a, b)
    case '>':
      return rel('<', b, a)
    case '>=':
      return rel('<=', b, a)
    case '!=':
      return rel('!=', a, b)
    default:
      return undefined
  }
}

/** A relation between terms as a proposition. */
export const relationProp = (r: Reference, w: Relating): Prop | undefined => {
  const [a, b] = [sideTerm(r, w.left), sideTerm(r, w.right)]
  if (!a || !b) return undefined
  return w.relation === '=' ? eq(a, b) : inequality(w.relation, a, b)
}

export const judgeRelation = (m: Memory, s: Statement, w: Relating): Ruling => {
  const r = m.reference
  if (w.left.kind === 'argmax' || w.left.kind === 'max') return argmaxStatement(m, s, w)
  if (w.right.kind === 'argmax' || w.right.kind === 'max')
    return { role: 'estimator', status: 'ok', message: 'The definition of the estimate.' }
  const estimate = estimateOf(r, w)
  if (estimate) return judgeEstimate(m, s, w, estimate)
  if (w.left.kind === 'quantity') {
    const { quantity } = w.left
    if (roleOf(quantity) === 'information' || w.right.kind === 'matrix') return judgeInformation(m, s, w)
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
  const own = sideTerm(r, w.left)
  const order = inequality(w.relation, own ?? ZERO, right ?? ZERO)
  if (role === 'second-derivative' && r.unknowns.length > 1) m.arguments.add(isPure(q) ? 'diagonal' : 'determinant')
  if (q.kind === 'derivative' && q.by.some(b => (b.kind === 'sym' || b.kind === 'at') && r.observed.includes(b.name)))
    return { role, status: 'wrong', message: 'The data are fixed.', mistake: 'd.wrt-data' }
  if (q.kind === 'derivative' && notDifferentiable(r, q) === 'max.integer-derivative')
    return { role, status: 'wrong', message: '', mistake: 'max.integer-derivative' }
  if (q.kind === 'estimator-of' && right) return betweenTerms(m, s, { ...w, left: { kind: 'term', term: hattedTerm(r, q.term) } })
  if (q.kind === 'derivative' && isNought(w.right) && w.relation === '=') return scoreEquation(m, w, q)
  if (!own || !right) return { role, status: 'unknown', message: 'This could not be compared with the model.' }
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
  const verdict = compared(m, w, q, own, right)
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

/** L where the support moves: its value where the data are possible, and 0 where they are not. */
const movingLikelihood = (m: Memory, w: Relating, own: Expr, right: Expr): Ruling => {
  const r = m.reference
  const base = { role: 'likelihood' as const, relation: shown[w.relation] }
  if (w.condition && saysDataCondition(r, w.condition) && isZero(right)) {
    const never = r.settings.every(s => trueAt(r, w.condition as Prop, [s.env]).verdict === 'false')
    if (never) m.support.stated = true
    return never
      ? { ...base, status: 'ok', message: '' }
      : { ...base, status: 'wrong', message: 'There the data are possible.', mistake: 'max.support-reversed' }
  }
  if (w.condition && saysDataCondition(r, w.condition)) {
    const condition = supportCondition(m, w.condition)
    if (condition.status === 'wrong') return { ...condition, role: 'likelihood' }
  }
  for (const s of r.settings)
    for (const end of endPoints(m, s.env))
      if (
        hasIndicator(right) &&
        evaluate(own, end) > 0 !== evaluate(right, end) > 0 &&
        !r.settings.some(t => t.others.some(e => evaluate(own, e) === 0 && evaluate(right, e) > 0)) &&
        !r.settings.some(t => evaluate(right, t.env) === 0)
      )
        return {
          ...base,
          status: 'wrong',
          message: 'They differ at the end of the support.',
          mistake: 'max.strict-weak',
          counter: { env: end, left: own, right },
        }
  const d = w.relation === '=' ? equal(r, own, right) : equalUpToConstant(r, own, right, 'log')
  if (d.verdict === 'false') {
    const loose = w.relation === '=' ? equalUpToConstant(r, own, right, 'log') : d
    const zero = d.at !== undefined && evaluate(right, d.at) === 0 && evaluate(own, d.at) > 0
    if (zero)
      return {
        ...base,
        status: 'wrong',
        message: 'This is 0 at parameters that allow the data.',
        mistake: 'max.support-reversed',
        ...(d.at ? { counter: { env: d.at, left: own, right } } : {}),
      }
    if (loose.verdict !== 'true')
      return { ...base, status: 'wrong', message: 'The two sides differ.', ...(d.at ? { counter: { env: d.at, left: own, right } } : {}) }
  }
  if (d.verdict === 'unknown') return { ...base, status: 'unknown', message: '' }
  const impossible = r.settings.flatMap(s => s.others).filter(e => evaluate(own, e) === 0)
  const seen = impossible.find(
    e =>
      evaluate(right, e) > 0 &&
      Number.isFinite(evaluate(right, e)) &&
      (w.condition === undefined || trueAt(r, w.condition, [e]).verdict === 'true'),
  )
  if (seen) {
    const counter = { env: seen, left: own, right }
    if (hasIndicator(right) || (w.condition && mentionsData(r, w.condition)))
      return {
        ...base,
        status: 'wrong',
        message: 'One condition is not enough: every observation has to lie in the support.',
        mistake: 'lik.indicator-per-i',
        counter,
      }
    const everywhere = w.condition !== undefined || m.statements.every(t => !saysSupport(r, t))
    if (everywhere) {
      if (w.condition !== undefined || !hasOrderEstimate(m))
        return {
          ...base,
          status: 'wrong',
          message: 'Where the data are impossible the likelihood is 0.',
          mistake: 'lik.dropped-support',
          counter,
        }
      m.missing.add('support')
    }
  } else if (hasIndicator(right)) m.support.stated = true
  return { ...base, status: 'ok', message: '' }
}
const mentionsData = (r: Reference, t: Prop | Expr): boolean => {
  const names = new Set([...symbolsOf(t), ...arraysOf(t)])
  return r.observed.some(o => names.has(o))
}
/** Whether a statement says which parameters allow the data. */
export const saysSupport = (r: Reference, s: Statement): boolean => {
  const w = s.what
  const joins = (t: Prop | Expr): boolean => mentionsData(r, t) && (unknownsIn(r, t).length > 0 || mentionsHat(t))
  if (w.kind === 'condition') return joins(w.condition)
  if (w.kind === 'claim') return w.condition !== undefined && joins(w.condition)
  if (w.kind !== 'relation') return false
  if (w.condition && joins(w.condition)) return true
  if (w.right.kind === 'term' && hasIndicator(w.right.term)) return true
  return (
    ['<', '<=', '>', '>='].includes(w.relation) &&
    w.left.kind === 'term' &&
    w.right.kind === 'term' &&
    joins(rel('<=', w.left.term, w.right.term))
  )
}
const hasOrderEstimate = (m: Memory): boolean =>
  m.statements.some(
    t =>
      t.what.kind === 'relation' &&
      estimateOf(m.reference, t.what) !== undefined &&
      t.what.right.kind === 'term' &&
      some(t.what.right.term, u => u.kind === 'big' && u.op !== 'sum' && u.op !== 'prod'),
  )

/** ℓ′ = 0, with what was said of ℓ′ before, or in the same chain. */
const scoreEquation = (m: Memory, w: Relating, q: Extract<Quantity, { kind: 'derivative' }>): Ruling => {
  const r = m.reference
  const key = keyOf(q)
  const previous =
    w.place && w.place.position > 0 && w.place.previous.kind === 'term'
      ? (resolved(r, w.place.previous.term) as Expr | undefined)
      : undefined
  const written = previous ?? lastSaid(m, key)?.term ?? quantityTerm(r, q)
  if (written) m.equations.push({ equation: eq(written, ZERO), right: equationHolds(r, eq(written, ZERO)).verdict !== 'false', line: 0 })
  if (q.by.length > 1) return { role: 'second-derivative', status: 'unknown', message: '' }
  const wrong = notDifferentiable(r, q, written)
  if (wrong) return { role: 'score-equation', relation: '⇔', status: 'wrong', message: '', mistake: wrong }
  return { role: 'score-equation', relation: '⇔', status: 'ok', message: '' }
}

/** Joint constraints that are equations. */
const tiesOf = (r: Reference): readonly Rel[] => r.model.constraints.flatMap(c => (c.kind === 'rel' && c.op === '=' ? [c] : []))

/** A derivative along a constraint, one of the other parameters being what it leaves: what substituting it gives. */
const alongConstraint = (r: Reference, q: Quantity, right: Expr): boolean => {
  const by = q.kind === 'derivative' && q.by.length === 1 && q.of.kind === 'log-likelihood' ? q.by[0] : undefined
  if (by?.kind !== 'sym') return false
  return tiesOf(r).some(c => {
    const g = sub(c.left, c.right)
    return r.unknowns.some(
      u =>
        u !== by.name &&
        symbolsOf(g).has(u) &&
        equal(
          r,
          sub(differentiate(r.ell, by), mul(differentiate(r.ell, sym(u)), differentiate(g, by), pow(differentiate(g, sym(u)), MINUS_ONE))),
          right,
        ).verdict === 'true',
    )
  })
}

/** Setting a derivative to zero where the parameter is an integer, or is tied by a constraint. */
const notDifferentiable = (r: Reference, q: Extract<Quantity, { kind: 'derivative' }>, written?: Expr): string | undefined => {
  for (const by of q.by) {
    const name = by.kind === 'sym' || by.kind === 'at' ? by.name : undefined
    const p = r.model.parameters.find(u => u.name === name)
    if (!p) continue
    if (p.domain.kind === 'range' || p.domain.kind === 'finite') return 'max.integer-derivative'
    if (p.length && r.model.constraints.some(c => arraysOf(c).has(p.name) && some(c, u => u.kind === 'big'))) return 'd.constraint-ignored'
    if (written && tiesOf(r).some(c => symbolsOf(c).has(p.name)) && equal(r, written, differentiate(r.ell, sym(p.name))).verdict === 'true')
      return 'd.constraint-ignored'
  }
  return undefined
}

/** ℓ″ < 0, with or without its value: where it is said to hold. */
export const signStatement = (m: Memory, w: Relating, p: Prop, role: Role): Ruling => {
  const r = m.reference
  const isAt = w.left.kind === 'quantity' && w.left.at !== undefined
  const where = w.condition
  const all = throughout(r, p, ...(where ? [where] : [])).filter(e => where === undefined || trueAt(r, where, [e]).verdict !== 'false')
  const there = (isAt || mentionsHat(p)) && !where ? atMaximum(r) : all
  const everywhere = trueAt(r, p, there)
  const claimedEverywhere = where !== undefined && !mentionsData(r, where) && !mentionsHat(where)
  const atRoot = everywhere.verdict === 'false' && !isAt && !claimedEverywhere ? trueAt(r, p, atMaximum(r)) : everywhere
  if (role === 'second-derivative' && everywhere.verdict !== 'false') m.arguments.add('second-order')
  if (role === 'second-derivative' && atRoot.verdict === 'true') m.arguments.add('second-order')
  if (role === 'score' && everywhere.verdict === 'true') m.arguments.add('second-order')
  if (everywhere.verdict === 'true') return { role, status: 'ok', message: 'True for all parameters and samples that were tried.' }
  if (atRoot.verdict === 'true')
    return {
      role,
      status: 'ok',
      message: 'True at the root; not for every parameter.',
      remark: 'The sign was checked at the root; it does not hold for every parameter.',
    }
  if (everywhere.verdict === 'unknown') return { role, status: 'unknown', message: '' }
  const env = everywhere.at
  return {
    role,
    status: 'wrong',
    message: 'This inequality does not hold.',
    ...(role === 'second-derivative'
      ? { mistake: claimedEverywhere && trueAt(r, p, atMaximum(r)).verdict === 'true' ? 'max.local-is-global' : 'max.wrong-sign' }
      : {}),
    ...(env && p.kind === 'rel' ? { counter: { env, left: p.left, right: p.right } } : {}),
  }
}

/** Whether the value follows from what was written before, although the model says otherwise. */
const followsEarlier = (m: Memory, w: Relating, q: Quantity, right: Expr): boolean => {
  const r = m.reference
  const agrees = (t: Expr | undefined, loose: boolean): boolean => {
    if (!t) return false
    if (equal(r, t, right).verdict === 'true') return true
    return loose && equalUpToConstant(r, t, right, roleOf(q) === 'likelihood' ? 'log' : 'plain').verdict === 'true'
  }
  const own = m.said.filter(s => s.key === keyOf(q) && !s.right)
  const loose = isLog(q) || q.kind === 'likelihood'
  if (own.some(s => agrees(s.term, loose))) return true
  const previous =
    w.place && w.place.position > 0 && w.place.previous.kind === 'term'
      ? (resolved(r, w.place.previous.term) as Expr | undefined)
      : undefined
  if (agrees(previous, loose)) return true
  if (isLog(q)) return m.said.filter(s => s.role === 'likelihood').some(s => agrees(openedLog(s.term), true) || agrees(log(s.term), true))
  if (q.kind === 'derivative') {
    const below: Quantity = q.by.length > 1 ? { ...q, by: q.by.slice(0, -1) } : q.of
    const by = q.by.at(-1)
    const base = m.said.filter(s => s.key === keyOf(below))
    if (by?.kind === 'sym' && base.some(s => agrees(differentiate(s.term, by), false))) return true
    if (q.by.length > 1) {
      const [first, second] = q.by
      if (first?.kind === 'sym' && second?.kind === 'sym')
        return m.said.some(s => s.key === keyOf(q.of) && agrees(differentiate(differentiate(s.term, first), second), false))
    }
  }
  return false
}

// --- terms on both sides ------------------------------------------------------------------------

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

/** An equation to be solved: true at the maximum for every sample, or wrong. */
const equationBetween = (m: Memory, s: Statement, w: Relating, p: Rel, at: Parameters<typeof evaluate>[1] | undefined): Ruling => {
  const r = m.reference
  const base = { role: 'score-equation' as const, relation: s.link === '⇒' ? ('⇒' as const) : ('⇔' as const) }
  if (unknownsIn(r, p).length === 0 && !mentionsHat(p)) {
    // between data alone it is no equation to be solved; "x_i = 0" and "k = 0" say which samples are meant
    if (!w.place?.position && isPlainCondition(p)) return { role: 'condition', status: 'unknown', message: 'A condition on the sample.' }
    return {
      role: 'identity',
      relation: '=',
      status: at ? 'wrong' : 'unknown',
      message: 'This does not hold for every sample.',
      ...(at ? { counter: { env: at, left: p.left, right: p.right } } : {}),
    }
  }
  const d = equationHolds(r, p)
  const push = (right: boolean): void => {
    m.equations.push({ equation: p, right, line: s.line })
  }
  if (d.verdict === 'true') {
    push(true)
    stateImplicitly(m, p, s.line)
    return { ...base, status: 'ok', message: 'The maximum solves it.' }
  }
  if (r.model.constraints.length > 0 && !mentionsData(r, p) && !mentionsHat(p)) return constraintStatement(m, p, base)
  if (d.verdict === 'unknown') {
    push(true)
    return withoutRoot(m, p, base)
  }
  const follows = m.wrong && r.unknowns.some(u => wrongEquations(m, u).some(e => sameSolution(r, e, p)))
  push(false)
  if (follows) return { ...base, status: 'follows', message: 'This follows from the line that went wrong before.' }
  // a chain of identities on the way: a = b was claimed for values of the quantity at its head
  void w
  return {
    ...base,
    status: 'wrong',
    message: 'The maximum does not solve this equation.',
    target: { kind: 'equation', equation: p },
    ...(d.at ? { counter: { env: d.at, left: p.left, right: p.right } } : {}),
  }
}

/** A statistic set to a number, or two plain statistics. */
const isPlainCondition = (p: Rel): boolean => [p.left, p.right].some(t => t.kind === 'num' || t.kind === 'sym')

/** An equation in estimates and data alone says what an estimate is, if not in closed form. */
const stateImplicitly = (m: Memory, p: Rel, line: number): void => {
  const r = m.reference
  if (!mentionsHat(p) || unknownsIn(r, p).length > 0) return
  const names = new Set([...symbolsOf(p), ...arraysOf(p)])
  for (const u of r.unknowns)
    if (names.has(`${u}\u0302`) && !m.estimates.some(e => e.parameter === u))
      m.estimates.push({ parameter: u, term: sym(`${u}\u0302`), right: true, line, hat: true })
}

/** An equation between parameters and knowns: what the constraints say, or wrong. */
const constraintStatement = (m: Memory, p: Rel, base: { role: 'score-equation'; relation: '⇔' | '⇒' }): Ruling => {
  const r = m.reference
  const d = trueAt(
    r,
    p,
    r.settings.flatMap(t => [t.env, t.other]),
  )
  if (d.verdict !== 'false') return { ...base, role: 'condition', status: d.verdict === 'true' ? 'ok' : 'unknown', message: '' }
  const total = some(p, u => u.kind === 'big' && u.op === 'sum' && u.body.kind === 'at' && r.unknowns.includes(u.body.name))
  return {
    ...base,
    role: 'condition',
    status: 'wrong',
    message: 'The parameter space has other values.',
    ...(total ? { mistake: 'sum.constraint-total' } : {}),
    ...(d.at ? { counter: { env: d.at, left: p.left, right: p.right } } : {}),
  }
}

/** Where the score has no zero, an equation can only be the score set to zero. */
const withoutRoot = (m: Memory, p: Rel, base: { role: 'score-equation'; relation: '⇔' | '⇒' }): Ruling => {
  const r = m.reference
  const ratio = equalUpToConstant(r, sub(p.left, p.right), differentiate(r.ell, sym(r.unknowns[0] ?? '')), 'log')
  return ratio.verdict === 'true'
    ? { ...base, status: 'ok', message: '' }
    : { ...base, status: 'unknown', message: 'There is no stationary point to compare with.' }
}

const orderOfTerms = (m: Memory, p: Prop): Ruling => {
  const r = m.reference
  if (saysDataCondition(r, p)) {
    return supportCondition(m, p)
  }
  const d = trueAt(r, p, throughout(r, p))
  if (d.verdict === 'true') {
    m.arguments.add('inequality')
    return { role: 'claim', status: 'ok', message: 'True for all parameters and samples that were tried.' }
  }
  const top = trueAt(r, p, atMaximum(r))
  if (top.verdict === 'true') return { role: 'claim', status: 'ok', message: 'True at the maximum.' }
  return { role: 'condition', status: 'unknown', message: 'A condition; it does not hold for every sample.' }
}
const saysDataCondition = (r: Reference, p: Prop): boolean => r.moving && mentionsData(r, p) && unknownsIn(r, p).length > 0

/** A condition joining parameter and data where the support moves: it has to say which parameters allow the data. */
export const supportCondition = (m: Memory, p: Prop): Ruling => {
  const r = m.reference
  if (foreign(r, p).length > 0) return { role: 'condition', status: 'unknown', message: '' }
  const allowed = r.settings.map(s => s.env)
  const impossible = r.settings.flatMap(s => s.others).filter(e => evaluate(r.likelihood, e) === 0)
  const bad = trueAt(r, p, allowed)
  if (bad.verdict === 'false')
    return {
      role: 'condition',
      status: 'wrong',
      message: 'Parameters that allow the data do not satisfy this condition.',
      mistake: 'max.support-reversed',
      ...(bad.at && p.kind === 'rel' ? { counter: { env: bad.at, left: p.left, right: p.right } } : {}),
    }
  const through = impossible.filter(e => trueAt(r, p, [e]).verdict === 'true')
  const single = [...symbolsOf(p)].some(n => n === 'i' || r.observed.includes(n)) || some(p, u => u.kind === 'at' && u.free === 0)
  if (
    through.length === impossible.length &&
    impossible.length > 0 &&
    single &&
    !some(p, u => u.kind === 'big' || u.kind === 'all') &&
    hasConcreteEntry(p)
  )
    return { role: 'condition', status: 'wrong', message: 'Every observation has to lie in the support.', mistake: 'lik.indicator-per-i' }
  // the end itself
  const ends = r.settings.flatMap(s => endPoints(m, s.env))
  for (const e of ends) {
    const possible = evaluate(r.likelihood, e) > 0
    const says = trueAt(r, p, [e]).verdict
    if (through.length === 0 && says !== 'unknown' && (says === 'true') !== possible)
      return {
        role: 'condition',
        status: 'wrong',
        message: possible ? 'The end of the support belongs to it.' : 'The end of the support does not belong to it.',
        mistake: 'max.strict-weak',
      }
  }
  m.support.stated = true
  return { role: 'condition', status: 'ok', message: '' }
}
const hasConcreteEntry = (p: Prop): boolean => some(p, u => u.kind === 'at' && u.index.every(i => i.kind === 'num'))
const endPoints = (m: Memory, env: Parameters<typeof evaluate>[1]): readonly Parameters<typeof evaluate>[1][] => {
  const r = m.reference
  const [u] = r.unknowns
  if (r.unknowns.length !== 1 || u === undefined) return []
  const data = r.observed.flatMap(o => (env.arrays.get(o) ?? []).flatMap(v => (typeof v === 'number' ? [v] : [])))
  const ends = [Math.max(...data), Math.min(...data)]
  return ends.map(x => ({ ...env, symbols: new Map(env.symbols).set(u, x) }))
}
