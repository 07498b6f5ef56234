/** Moments and probabilities of the observations: E(X) = m, Var(X) = m², P(X > 1) = e^{−1/m}, and their estimates. In numbers. */

import { contains, evaluate } from '../term/evaluate.ts'
import { add, at, div, type Expr, eq, expect, neg, num, ONE, pow, sqrt } from '../term/term.ts'
import { hasKind, mentions, some, substitute, subterms, sum, symbolsOf } from '../term/walk.ts'
import { atMaximum, foreign, mentionsHat, unknownsIn } from './decide.ts'
import { mentionsData } from './judge-support.ts'
import { ofAnyObservation, varianceOf } from './moments.ts'
import { agree, unhattedTerm } from './precision.ts'
import { type Reference, resolved } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Quantity, Statement } from './statement.ts'

/** An observation, or a function of observations. */
export const speaksOfData = (r: Reference, t: Expr): boolean =>
  !mentionsHat(t) && (mentionsData(r, t) || r.observed.some(name => mentions(t, name)))

/** Whether the expectation in a term is one of a function of one observation, which quadrature or summation finds. */
const isOfOne = (r: Reference, t: Expr): boolean =>
  r.model.samples.length === 1 &&
  r.model.likelihood === undefined &&
  r.observed.length === 1 &&
  (r.model.samples[0]?.covariates.length ?? 0) === 0 &&
  !some(t, u => u.kind === 'big' || u.kind === 'at')

/** Both sides, shifted by n so that a zero is compared with something; 'false' beyond what quadrature may miss. */
const compared = (r: Reference, a: Expr, b: Expr, atTop = false): 'true' | 'false' | 'unknown' => {
  const sides = [a, b].map(t => add(ofAnyObservation(r, t), r.size ?? ONE)) as [Expr, Expr]
  const where = atTop ? atMaximum(r) : undefined
  const d = agree(r, ...sides, where).verdict
  return d === 'false' && agree(r, ...sides, where, 1e-3).verdict !== 'false' ? 'unknown' : d
}

/** Words that say that an estimate is stated, and hats of probabilities. */
const estimates =
  /\\(?:wide)?hat\s*\{?\s*\\?(?:mathbb\s*\{?|mathrm\s*\{?|operatorname\s*\{)?Pr?\b|P\u0302|P_?hat|\b(?:mle|estimat\w+|ml|invariance|plug\w*)\b/i

/** E[g(X)] = h(θ) under the model; E[g(X)] = T, where an estimate of it is stated. */
export const ofExpectation = (m: Memory, s: Statement, a: Expr, b: Expr): Ruling => {
  const r = m.reference
  const [inside, other] = hasKind(a, 'expect') ? [a, b] : [b, a]
  if (compared(r, a, b) === 'true') return { role: 'identity', relation: '=', status: 'ok', message: 'The expectation under the model.' }
  const undecided: Ruling = { role: 'identity', status: 'unknown', message: 'This expectation was not decided.' }
  const plain = inside.kind === 'expect' && isOfOne(r, inside) && !hasKind(other, 'expect')
  if (!plain) return undecided
  const ofData = speaksOfData(r, other)
  if (ofData && estimates.test(`${s.source} ${s.said ?? ''} ${s.sentence ?? ''}`)) {
    const d = compared(r, inside, other, true)
    if (d === 'true') return { role: 'estimator', status: 'ok', message: 'By invariance: the value at the estimate.' }
    const [name, size] = [r.observed[0], r.size]
    const mean =
      name !== undefined && size
        ? div(
            sum(size, i => substitute(inside.body, new Map([[name, at(name, i)]])) as Expr),
            size,
          )
        : undefined
    if (d !== 'false') return undecided
    const averaged = mean && agree(r, mean, other).verdict === 'true'
    return {
      role: 'estimator',
      status: 'wrong',
      message: 'The MLE of a function is that function of the estimate.',
      ...(averaged ? { mistake: 'est.invariance-mean' } : {}),
    }
  }
  if (ofData || unknownsIn(r, other).length === 0 || compared(r, a, b) !== 'false') return undecided
  return {
    role: 'identity',
    relation: '=',
    status: 'wrong',
    message: 'This is not its value under the model.',
    target: { kind: 'equation', equation: eq(a, b) },
  }
}

/** The same for every bound t, as in P(X > t) = e^{−t/m}: tried at some values that the support has. */
export const ofExpectationAt = (m: Memory, s: Statement, a: Expr, b: Expr, letter: string): Ruling | undefined => {
  const r = m.reference
  const [inside] = [a, b].filter(t => hasKind(t, 'expect'))
  const support = r.model.samples[0]?.variables[0]?.support
  const bounds = inside && [...subterms(inside)].some(u => u.kind === 'rel' && mentions(u, letter))
  if (!bounds || !support || [...symbolsOf(support)].some(name => r.unknowns.includes(name))) return undefined
  const envs = r.settings.slice(0, 2).map(e => e.env)
  const values = [num(1), num(2), num(3), num(1, 2), num(1, 4)]
    .filter(v => envs.every(env => contains(support, evaluate(v, env), env)))
    .slice(0, 3)
  const at = (t: Expr, v: Expr): Expr => substitute(t, new Map([[letter, v]])) as Expr
  const rulings = values.map(v => ofExpectation(m, s, at(a, v), at(b, v)))
  return rulings.find(k => k.status === 'wrong') ?? rulings.find(k => k.status === 'unknown') ?? rulings[0]
}

/** The variance or the standard deviation of a function of the observations. */
export const ofSpread = (r: Reference, q: { readonly kind: Quantity['kind']; readonly of: Expr }, stated: Expr): Ruling => {
  const base = { role: 'information' as const, relation: '=' as const }
  const said = resolved(r, stated) as Expr | undefined
  const added = varianceOf(r, q.of) ?? add(expect(pow(q.of, num(2))), neg(pow(expect(q.of), num(2))))
  const variance = ofAnyObservation(r, added)
  const value = said && unhattedTerm(r, said)
  const undecided: Ruling = { ...base, status: 'unknown', message: 'A moment of the observations: this was not decided.' }
  if (!value || foreign(r, value).length > 0) return undecided
  const d = agree(r, q.kind === 'variance' ? variance : sqrt(variance), value).verdict
  if (d === 'true') return { ...base, status: 'ok', message: 'The moments under the model.' }
  const ofX = q.of.kind === 'sym' && r.observed.includes(q.of.name) && isOfOne(r, q.of)
  return d === 'false' &&
    agree(r, q.kind === 'variance' ? variance : sqrt(variance), value, undefined, 1e-3).verdict === 'false' &&
    ofX &&
    !mentionsHat(said) &&
    !speaksOfData(r, value) &&
    unknownsIn(r, value).length > 0
    ? { ...base, status: 'wrong', message: 'This is not its value under the model.' }
    : undecided
}
