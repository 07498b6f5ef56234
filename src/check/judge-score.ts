/** Derivatives set to zero, their signs, and values that follow from what was wrong before. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { type Expr, eq, isZero, log, MINUS_ONE, mul, type Prop, pow, type Rel, sub, sym, ZERO } from '../term/term.ts'
import { arraysOf, some, symbolsOf } from '../term/walk.ts'
import { atMaximum, equal, equalUpToConstant, equationHolds, mentionsHat, throughout, trueAt } from './decide.ts'
import { differentiate, openedLog } from './differentiate.ts'
import { mentionsData } from './judge-support.ts'
import { isLog, type Relating, roleOf } from './quantities.ts'
import { keyOf, quantityTerm, type Reference, resolved } from './reference.ts'
import type { Role } from './report.ts'
import { lastSaid, type Memory, type Ruling } from './ruling.ts'
import type { Quantity } from './statement.ts'

/** ℓ′ = 0, with what was said of ℓ′ before, or in the same chain. */
export const scoreEquation = (m: Memory, w: Relating, q: Extract<Quantity, { kind: 'derivative' }>): Ruling => {
  const r = m.reference
  const key = keyOf(q)
  const previous =
    w.place && w.place.position > 0 && w.place.previous.kind === 'term'
      ? (resolved(r, w.place.previous.term) as Expr | undefined)
      : undefined
  const written = previous ?? lastSaid(m, key)?.term ?? quantityTerm(r, q)
  if (written) m.equations.push({ equation: eq(written, ZERO), right: equationHolds(r, eq(written, ZERO)).verdict !== 'false', line: 0 })
  if (q.by.length > 1) {
    const own = quantityTerm(r, q)
    const vanishes = own && trueAt(r, eq(own, ZERO), atMaximum(r)).verdict === 'true'
    return vanishes
      ? { role: 'second-derivative', relation: '=', status: 'ok', message: 'True at the maximum.' }
      : { role: 'second-derivative', status: 'unknown', message: '' }
  }
  const found = notDifferentiable(r, q, written)
  const wrong = m.relaxed && found === 'max.integer-derivative' ? undefined : found
  if (wrong) return { role: 'score-equation', relation: '⇔', status: 'wrong', message: '', mistake: wrong }
  return { role: 'score-equation', relation: '⇔', status: 'ok', message: '' }
}

/** Joint constraints that are equations. */
export const tiesOf = (r: Reference): readonly Rel[] => r.model.constraints.flatMap(c => (c.kind === 'rel' && c.op === '=' ? [c] : []))

/** A derivative along a constraint, one of the other parameters being what it leaves: what substituting it gives. */
export const alongConstraint = (r: Reference, q: Quantity, right: Expr): boolean => {
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
export const notDifferentiable = (r: Reference, q: Extract<Quantity, { kind: 'derivative' }>, written?: Expr): string | undefined => {
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
  // L(N) > L(N − 1): where the data are possible under both
  const possible = (e: Env): boolean =>
    role !== 'likelihood' || p.kind !== 'rel' || [p.left, p.right].every(t => isZero(t) || evaluate(t, e) !== 0)
  const all = throughout(r, p, ...(where ? [where] : [])).filter(
    e => possible(e) && (where === undefined || trueAt(r, where, [e]).verdict !== 'false'),
  )
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
  // "dℓ/dλ > 0 for smaller λ": where is said in words
  if (
    role === 'score' &&
    !where &&
    /\b(?:first|then|for|if|when|while|as long as|before|after|left|right|below|above|until|up to)\b/i.test(m.line?.source ?? '')
  ) {
    m.arguments.add('second-order')
    return { role, status: 'unknown', message: 'Where this is meant to hold was not read.' }
  }
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
export const followsEarlier = (m: Memory, w: Relating, q: Quantity, right: Expr): boolean => {
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
