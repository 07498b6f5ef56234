/** Mistakes behind a wrong equation or a wrong estimate: whatever has the same solution for every sample. */
import { fraction } from '../../rules/mistakes/places.ts'
import { type Env, evaluate } from '../term/evaluate.ts'
import { normalForm } from '../term/normal-form.ts'
import {
  add,
  at,
  big,
  deriv,
  div,
  type Expr,
  eq,
  mul,
  neg,
  num,
  ONE,
  pow,
  type Rel,
  sqrt,
  sub,
  sym,
  type Term,
  TWO,
  ZERO,
} from '../term/term.ts'
import { mapChildren, replace, some, subterms, sum } from '../term/walk.ts'
import { withoutCensored } from './censoring.ts'
import { component } from './components.ts'
import { atTop, equal, mentionsHat, unknownsIn } from './decide.ts'
import { meanForMedian, weighsAlike } from './diagnose-statistic.ts'
import { unitOf } from './diagnose-value.ts'
import { differentiate, openedLog } from './differentiate.ts'
import { ordinary } from './estimate-samples.ts'
import { mentionsData } from './judge-support.ts'
import { close, rootMatcher, writtenMatcher } from './matchers.ts'
import { countsOf } from './multipliers.ts'
import { hasArrayValue, type Reference, withHats } from './reference.ts'
import type { Memory, Target } from './ruling.ts'
import { type Fuel, type Hit, same, search, searchEverywhere, searchTwice } from './slip-search.ts'
import { rootNear } from './solution.ts'
import { type Top, topOf } from './top.ts'
import { equationForms, likelihoodForms, logForms, openedForms, scoreForms, solvedForms } from './trail.ts'
import { variants } from './variants.ts'

/** Plain ways to miss: the reciprocal, the square, n in place of 1/n … of the right answer. */
export const plainSlips = (
  r: Reference,
  parameter: string,
  tops: readonly { readonly env: Env; readonly top: Top; readonly x: number }[],
): string | undefined => {
  const p = sym(`${parameter}\u0302`)
  // counts that were given have a total called n
  const total = r.size ?? (r.observed.includes('n') ? sym('n') : undefined)
  const n = total ?? num(1)
  const forms: readonly (readonly [string, Expr])[] = [
    ['solve.invert-mean', pow(p, num(-1))],
    ['solve.lost-sqrt', pow(p, num(2))],
    ['solve.lost-sqrt', sqrt(p)],
    ['est.n-1', mul(p, n, pow(sub(n, num(2)), num(-1)))],
    ['solve.cross-multiply', sub(num(1), p)],
    ['est.n-1', mul(p, n, pow(sub(n, num(1)), num(-1)))],
    ['est.n-1', mul(p, pow(mul(n, pow(sub(n, num(1)), num(-1))), num(1, 2)))],
    ['sum.xbar-n', mul(p, n)],
    ['sum.xbar-n', div(p, n)],
    ['solve.sign-moved', neg(p)],
    ['solve.sum-reciprocal', sub(pow(p, num(-1)), num(0))],
    ['solve.invert-mean', div(n, p)],
    // the 1 of θ + 1 lost
    ['solve.cancel-term', add(p, num(1))],
    ['solve.cancel-term', sub(p, num(1))],
    ...countsOf(r).map(k => ['sum.constraint-total', mul(k, p)] as const),
  ]
  for (const [id, t] of total ? forms : forms.filter(([id]) => id !== 'est.n-1' && id !== 'sum.xbar-n'))
    if (tops.length > 1 && tops.every(({ env, top, x }) => close(evaluate(t, withHats(env, top.values)), x, 1e-7))) return id
  return undefined
}

export const ofSolution = (m: Memory, t: Extract<Target, { kind: 'equation' | 'estimate' }>, fuel: Fuel): Hit | undefined => {
  const r = m.reference
  const parameter =
    t.kind === 'estimate'
      ? t.parameter
      : r.unknowns.find(u => some(t.equation, v => (v.kind === 'sym' || v.kind === 'at') && (v.name === u || v.name === `${u}\u0302`)))
  if (parameter === undefined) return undefined
  if (hasArrayValue(r, parameter)) return ofComponent(r, t, parameter)
  const role = t.kind === 'estimate' ? 'estimator' : 'score-equation'
  const solution = (env: Env, top: Top): number | undefined =>
    t.kind === 'estimate' ? evaluate(t.term, atTop(env, top)) : rootNear(r, t.equation, parameter, env, top.values)
  const matches = isNothing(r, t) ? undefined : rootMatcher(r, parameter, solution)
  const wrt = sym(parameter)
  const equations = (t.kind === 'equation' ? m.equations.slice(0, -1) : m.equations)
    .slice(-3)
    .reverse()
    .map(e => e.equation)
  const said = m.said
    .filter(s => s.role === 'score')
    .slice(-2)
    .reverse()
    .map(s => eq(s.term, ZERO))
  const order = t.kind === 'estimate' ? orderSwap(m, t) : undefined
  if (order) return order
  if (t.kind === 'estimate' && weighsAlike(r, t)) return { ids: ['solve.weights'], rank: 0 }
  if (some(r.ell, u => u.kind === 'fn' && u.name === 'abs') && meanForMedian(r, t, parameter))
    return { ids: t.kind === 'estimate' ? ['est.mean-for-median', 'd.abs'] : ['d.abs'], rank: 0 }
  const answers = m.estimates
    .slice(0, -1)
    .filter(e => e.parameter === parameter)
    .slice(-1)
    .map(e => eq(wrt, e.term))
  const logs = m.said
    .filter(s => s.role === 'log-likelihood')
    .slice(-1)
    .map(s => deriv(div(s.term, unitOf(r, s.key)), wrt))
  // the brackets multiplied out: a term is moved then
  const opened = (): readonly Rel[] => equations.slice(0, 2).map(q => eq(normalForm(q.left) as Expr, normalForm(q.right) as Expr))
  const written = t.kind === 'equation' ? writtenMatcher(r, t.equation) : undefined
  if (written) {
    // the score set to zero at once: its terms are still to be seen
    const near =
      search([...equations, ...said, ...equations.slice(0, 1).flatMap(crossed)], same, written, m, role, fuel) ??
      (equations.length > 0 || said.length > 0
        ? undefined
        : (search(logs, same, written, m, 'score', fuel) ??
          search(
            openedForms(r).map(f => deriv(f, wrt)),
            same,
            written,
            m,
            'score',
            fuel,
          )))
    const moved =
      near ??
      search(opened(), same, written, m, role, { left: 60 }) ??
      searchEverywhere([...equations.slice(0, 1), ...said.slice(0, 1)], written, m, role, { left: 120 })
    if (moved) return moved
  }
  if (matches) {
    const near = search(
      [...equations, ...answers, ...said, ...equations.slice(0, 1).flatMap(crossed)] as readonly Rel[],
      same,
      matches,
      m,
      role,
      fuel,
    )
    const isSquared = [...equations.slice(0, 1), ...answers].some(q =>
      some(
        q,
        u =>
          u.kind === 'pow' &&
          u.base.kind === 'sym' &&
          (u.base.name === parameter || u.base.name === `${parameter}\u0302`) &&
          u.exponent === TWO,
      ),
    )
    const tops = ordinary(r).flatMap(({ env, top }) => {
      const x = solution(env, top)
      return x === undefined ? [] : [{ env, top, x }]
    })
    const plain = t.kind === 'estimate' || isSolved(r, t.equation) ? plainSlips(r, parameter, tops) : undefined
    if (plain) return { ids: [plain === 'solve.lost-sqrt' && isSquared ? 'solve.root-forgotten' : plain], rank: 0 }
    if (near && !(near.ids[0] === 'solve.extraneous-root' && t.kind === 'estimate' && t.term.kind !== 'num')) return near
    const moved = search(opened(), same, matches, m, role, { left: 60 })
    if (moved) return moved
    // what only censored observations contribute, left out
    if (withoutCensored(r).some(l => matches(differentiate(openedLog(l), wrt)))) return { ids: ['lik.censored-dropped'], rank: 0 }
    const censored = r.model.samples.some(q => q.variables.length > 1)
      ? likelihoodForms(r)
          .flatMap(f => variants(f, r.interior))
          .filter(v => v.id === 'lik.censored-dropped')
      : []
    if (censored.some(v => matches(deriv(openedLog(v.term as Expr), wrt)))) return { ids: ['lik.censored-dropped'], rank: 0 }
    const forms = scoreForms(r, parameter).map(f => eq(f, ZERO))
    const direct = t.kind === 'equation' && equations.length === 0 && said.length === 0
    const ofDerivative = (): Hit | undefined =>
      search([...logs, ...openedForms(r).map(f => deriv(f, wrt))], same, matches, m, 'score', fuel)
    const ofEquation = (): Hit | undefined =>
      search([...solvedForms(r, [...equations, ...said], parameter), ...forms], same, matches, m, role, fuel) ??
      search(equationForms(r), same, matches, m, role, fuel)
    // a derivative that was found right was not spoilt before
    const begun = m.said.some(s => s.role === 'score' && s.right) || m.equations.some(q => q.right)
    const hit =
      (direct ? (ofDerivative() ?? ofEquation()) : (ofEquation() ?? (begun ? undefined : ofDerivative()))) ??
      (begun
        ? undefined
        : (search(logForms(r), v => deriv(v as Expr, wrt), matches, m, 'log-likelihood', { left: 150 }) ??
          search(likelihoodForms(r), v => deriv(openedLog(v as Expr), wrt), matches, m, 'likelihood', { left: 150 }))) ??
      searchEverywhere([...equations.slice(0, 1), ...said.slice(0, 1)], matches, m, role, { left: 120 }) ??
      searchTwice([...equations.slice(0, 1), ...said.slice(0, 1)], same, matches, m, role, fuel)
    if (hit) return hit
  }
  return t.kind === 'estimate' ? weights(m, t) : undefined
}

/** Of a vector: the plain ways to miss one of its components. */
const ofComponent = (r: Reference, t: Extract<Target, { kind: 'equation' | 'estimate' }>, parameter: string): Hit | undefined => {
  if (t.kind !== 'estimate') return undefined
  const tops = ordinary(r).flatMap(({ env, top }) => {
    const there = withHats(env, top.values)
    const values = new Map(top.values).set(parameter, component(top.values.get(parameter), t.index, there))
    return [{ env, top: { ...top, values }, x: evaluate(t.term, there) }]
  })
  const id = plainSlips(r, parameter, tops)
  return id === undefined ? undefined : { ids: [id], rank: 0 }
}

/** a/b = c/d as ad = cb: the denominators cleared soundly, a slip made behind it. */
const crossed = (q: Rel): readonly Rel[] => {
  const [a, b] = [fraction(q.left), fraction(q.right)]
  return a.below === ONE && b.below === ONE ? [] : [eq(mul(a.above, b.below), mul(b.above, a.below))]
}

/** g(θ̂) = a statistic, as an invariance is used: solved but for g. */
const isSolved = (r: Reference, p: Rel): boolean =>
  unknownsIn(r, p).length === 0 && [p.left, p.right].some(u => mentionsHat(u)) && [p.left, p.right].some(u => !mentionsHat(u) && u !== ZERO)

/** Whether the stated value is 0 for every sample without being written so: anything has that root. */
const isNothing = (r: Reference, t: Extract<Target, { kind: 'equation' | 'estimate' }>): boolean =>
  t.kind === 'estimate' && t.term.kind !== 'num' && ordinary(r).every(({ env, top }) => Math.abs(evaluate(t.term, atTop(env, top))) < 1e-9)

/** max for min, and the other way round. */
export const orderSwap = (m: Memory, t: Extract<Target, { kind: 'estimate' }>): Hit | undefined => {
  const r = m.reference
  if (!some(t.term, u => u.kind === 'big' && (u.op === 'max' || u.op === 'min' || u.op === 'order'))) return undefined
  if (!r.moving) return undefined
  // with the other one the data are possible, or with this one they are not
  const turned = (u: Term): Term => {
    const v = mapChildren(u, turned)
    return v.kind === 'big' && (v.op === 'max' || v.op === 'min') ? big(v.op === 'max' ? 'min' : 'max', v.lo, v.hi, v.body) : v
  }
  const other = turned(t.term) as Expr
  const places = r.settings.flatMap(s => {
    const top = topOf(r, s.env)
    return top ? [{ env: s.env, top }] : []
  })
  const at = (x: Expr, { env, top }: (typeof places)[number]): number => evaluate(x, withHats(env, top.values))
  // on either side of the value: the density may be 0 at its very end
  const impossible = places.some(p => {
    const x = at(t.term, p)
    return [x - 1e-6 * (1 + Math.abs(x)), x + 1e-6 * (1 + Math.abs(x))].every(
      v => evaluate(r.likelihood, { ...p.env, symbols: new Map(atTop(p.env, p.top).symbols).set(t.parameter, v) }) === 0,
    )
  })
  const swapped = places.length > 0 && places.every(p => close(at(other, p), first(p.top.values.get(t.parameter)), 1e-6))
  return impossible || swapped ? { ids: ['max.order-stat-swap'], rank: 0 } : undefined
}
const first = (v: number | readonly number[] | undefined): number => (typeof v === 'number' ? v : (v?.[0] ?? Number.NaN))

/** All observations of several samples thrown together. */
export const weights = (m: Memory, t: Extract<Target, { kind: 'estimate' }>): Hit | undefined => {
  const r = m.reference
  if (r.model.samples.length < 2) return undefined
  const arrays = new Set(subterms(t.term).flatMap(u => (u.kind === 'at' ? [u.name] : [])))
  return arrays.size > 1 ? { ids: ['solve.weights'], rank: 3 } : undefined
}

/** g(θ̂) = (1/n) Σ h(x_i), right for a sample of one: the mean of what each observation alone would give. */
const isMeanOfEach = (m: Memory, p: Rel): boolean => {
  const r = m.reference
  const name = r.size?.kind === 'sym' ? r.size.name : undefined
  const [v, ...others] = r.model.samples.flatMap(s => s.variables)
  const [g, mean] = mentionsData(r, p.right) ? [p.left, p.right] : [p.right, p.left]
  if (name === undefined || !v || others.length > 0 || g.kind === 'sym' || mentionsData(r, g) || r.unknowns.length > 1) return false
  const isSize = (u: Term): boolean => u.kind === 'sym' && u.name === name
  if (!some(mean, u => u.kind === 'big' && u.op === 'sum') || !some(mean, isSize) || some(g, isSize)) return false
  const rows = r.settings.slice(0, 3).flatMap(({ env }) => {
    const alone: Env = {
      ...env,
      arrays: new Map(env.arrays).set(v.name, (env.arrays.get(v.name) ?? []).slice(0, 1)),
      symbols: new Map(env.symbols).set(name, 1),
    }
    const top = topOf(r, alone)
    return top ? [close(evaluate(g, atTop(alone, top)), evaluate(mean, alone), 1e-6)] : []
  })
  return rows.length > 1 && rows.every(Boolean)
}

/** g(θ̂) = (1/n) Σ g(x_i), or of the one parameter as it stands. */
export const isMeanOf = (m: Memory, p: Rel): boolean => {
  const r = m.reference
  const [v] = r.model.samples.flatMap(s => s.variables)
  const [u] = r.unknowns
  if (!v || u === undefined || !r.size) return false
  const size = r.size
  if (isMeanOfEach(m, p)) return true
  return [p.left, p.right].some((g, k) => {
    const mean = k === 0 ? p.right : p.left
    const mine = [sym(`${u}\u0302`), sym(u)].find(s => some(g, w => w.kind === 'sym' && w.name === s.name))
    return (
      mine !== undefined &&
      !mentionsData(r, g) &&
      equal(
        r,
        mean,
        div(
          sum(size, i => replace(g, mine, at(v.name, i))),
          size,
        ),
      ).verdict === 'true'
    )
  })
}
