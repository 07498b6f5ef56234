/**
 * The mistake behind a wrong line: the slips of the bank are made at every place of the line before, then of the forms that a
 * textbook passes through, then two at once, and whatever gives what was written names the mistake. Bounded by fuel; a
 * search that runs out names nothing.
 */
import { mistakeById } from '../../rules/mistakes.ts'
import { type Env, evaluate, evaluateLog } from '../term/evaluate.ts'
import { normalForm } from '../term/normal-form.ts'
import {
  addAll,
  at,
  big,
  deriv,
  div,
  type Expr,
  eq,
  expect,
  log,
  mul,
  neg,
  num,
  pow,
  type Rel,
  sub,
  sym,
  type Term,
  TWO,
  ZERO,
} from '../term/term.ts'
import { hasKind, replace, shift, some, subterms, sum, summands } from '../term/walk.ts'
import { numericValue } from '../verify/calculus.ts'
import { atTop, equal, equalUpToConstant, stationary, unknownsIn } from './decide.ts'
import { differentiate, openedLog, settled } from './differentiate.ts'
import { hasArrayValue, once, type Reference, withHats } from './reference.ts'
import type { Memory, Ruling, Said, Target } from './ruling.ts'
import { rootNear } from './solution.ts'
import { type Top, topOf } from './top.ts'
import { equationForms, likelihoodForms, logForms, openedForms, scoreForms, solvedForms } from './trail.ts'
import { type Variant, variants } from './variants.ts'

/** What a wrong line is tried against: whether a candidate has its values, or its solution. */
type Matches = (candidate: Term) => boolean

interface Hit {
  readonly ids: readonly string[]
  readonly rank: number
}

interface Fuel {
  left: number
}

// --- matching values ----------------------------------------------------------------------------

type Manner = 'exact' | 'up to a summand' | 'up to a factor'

const close = (a: number, b: number, tolerance = 1e-8): boolean =>
  Math.abs(a - b) <= tolerance * (1e-6 + Math.max(Math.abs(a), Math.abs(b)))

/** A wrong value: the same function of data and parameters, or the same up to a constant. */
const valueMatcher = (r: Reference, wrong: Expr, manner: Manner, unit: Expr): Matches | undefined => {
  const points = r.settings.slice(0, 4).map(s => [s.env, s.other] as const)
  const read = (t: Expr, env: Env): number => {
    if (manner !== 'up to a factor') return evaluate(t, env)
    const l = evaluateLog(t, env)
    return l.sign > 0 ? l.log : Number.NaN
  }
  const scaled = div(wrong, unit)
  const values = points.map(([a, b]) => [read(scaled, a), read(scaled, b)] as const)
  const usable = values.map(([a, b], i) => ({ a, b, i })).filter(v => Number.isFinite(v.a) && (manner === 'exact' || Number.isFinite(v.b)))
  if (usable.length < 2) return undefined
  return candidate => {
    const t = settled(candidate as Expr)
    for (const { a, b, i } of usable) {
      const [p, q] = points[i] as (typeof points)[number]
      const x = read(t, p)
      if (!Number.isFinite(x)) return false
      if (manner === 'exact') {
        if (!close(x, a)) return false
        if (!r.moving && Number.isFinite(b) && !close(read(t, q), b)) return false
      } else {
        const y = read(t, q)
        if (!Number.isFinite(y) || Math.abs(x - y - (a - b)) > 1e-8 * (1 + Math.abs(a) + Math.abs(b))) return false
      }
    }
    return true
  }
}

// --- matching solutions -------------------------------------------------------------------------

/** A wrong solution: an equation (or a score) that it solves for every sample. */
const rootMatcher = (r: Reference, parameter: string, solution: (env: Env, top: Top) => number | undefined): Matches | undefined => {
  const tops = once(r, 'tops', () => {
    const still = stationary(r)
    return still.length > 0
      ? still
      : r.settings.flatMap(s => {
          const top = topOf(r, s.env)
          return top ? [{ env: s.env, top }] : []
        })
  })
  const roots = tops.flatMap(({ env, top }) => {
    const x = solution(env, top)
    if (x === undefined || !Number.isFinite(x)) return []
    const symbols = new Map(atTop(env, top).symbols)
    return [{ x, symbols, env: { ...atTop(env, top), symbols } }]
  })
  if (roots.length < 2) return undefined
  return candidate => {
    const c = settled(candidate)
    const g = c.kind === 'rel' ? sub(c.left, c.right) : (c as Expr)
    for (const { x, symbols, env } of roots.slice(0, 4)) {
      const at = (v: number): number => {
        symbols.set(parameter, v)
        symbols.set(`${parameter}\u0302`, v)
        return evaluate(g, env)
      }
      const zero = at(x)
      const step = 0.03 * (Math.abs(x) + 1e-3)
      const [below, above] = [at(x - step), at(x + step)]
      const around = (Number.isFinite(below) ? Math.abs(below) : 0) + (Number.isFinite(above) ? Math.abs(above) : 0)
      if (!(Math.abs(zero) <= 1e-6 * around) || around === 0) return false
    }
    return true
  }
}

// --- searching ----------------------------------------------------------------------------------

/** The stage of a mistake against the role of the line: the lower the likelier. */
const affinity: Readonly<Record<string, string>> = {
  density: 'A B',
  likelihood: 'A B D F C E H',
  'log-likelihood': 'C D B A F E H',
  score: 'E D F C B A H',
  'second-derivative': 'E D F C B A H',
  'score-equation': 'F D H E C B A',
  estimator: 'F H D E C B A',
}
/** Named only where nothing more telling fits. */
const general: Readonly<Record<string, number>> = {
  'd.sign-of-term': 6,
  'd.power-rule': 5,
  'd.second-derivative': 7,
  'd.product-rule': 3,
  'd.sigma-vs-sigma2': 4,
  'd.term-lost-n': 1,
  'd.log-no-chain': 1,
  'd.log-coefficient': 2,
  'lik.theta-factor-dropped': 7,
  'sum.const': 1,
  'sum.extra-n': 2,
  'exp.sum-minus-const': 1,
  'sum.product-split': 1,
  'sum.square-expanded': 1,
  'solve.sign-moved': 3,
  'solve.one-side-only': 5,
  'solve.not-distributed': 2,
  'solve.extraneous-root': 9,
  'solve.root-forgotten': 1,
  'log.of-sum': 1,
  'log.power-outside': 2,
  'log.const-out': 2,
  'exp.power-not-distributed': 1,
  'exp.sum-sign-flip': 1,
  'est.n-1': 2,
}
const rankOf = (id: string, role: string): number => {
  const stage = mistakeById(id)?.stage[0] ?? 'Z'
  const order = affinity[role] ?? 'A B C D E F G H'
  const place = order.indexOf(stage)
  // what is in an exponent of a likelihood is a plain constant elsewhere
  const foreignHere = role !== 'likelihood' && (id === 'exp.sum-minus-const' || id === 'exp.complement-count') ? 3 : 0
  return (place < 0 ? 20 : place) + (general[id] ?? 0) + foreignHere
}

/** The searches in turn, each behind the one before: the first telling answer, or the best of all. */
const inTurn = (...searches: readonly (() => Hit | undefined)[]): Hit | undefined => {
  let best: Hit | undefined
  let behind = 0
  for (const s of searches) {
    const hit = s()
    if (hit && (!best || hit.rank + behind < best.rank)) best = { ids: hit.ids, rank: hit.rank + behind }
    if (best && best.rank <= 4) return best
    behind += 4
  }
  return best
}

const search = (
  seeds: readonly Term[],
  wrap: (t: Term) => Term,
  matches: Matches,
  m: Memory,
  role: string,
  fuel: Fuel,
): Hit | undefined => {
  let best: Hit | undefined
  for (const seed of seeds) {
    for (const v of variants(seed, m.reference.interior)) {
      if (v.id === 'lik.censored-dropped' && !m.reference.model.samples.some(s => s.variables.length > 1)) continue
      if (fuel.left-- <= 0) return best
      const rank = rankOf(v.id, role)
      if (best && rank >= best.rank) continue
      if (matches(wrap(v.term))) best = { ids: [v.id], rank }
    }
    if (best && best.rank <= 2) return best
  }
  return best
}

/** Two slips, one after the other. */
const searchTwice = (
  seeds: readonly Term[],
  wrap: (t: Term) => Term,
  matches: Matches,
  m: Memory,
  role: string,
  fuel: Fuel,
): Hit | undefined => {
  let best: Hit | undefined
  for (const seed of seeds)
    for (const v of likeliest(variants(seed, m.reference.interior), role, 60))
      for (const w of likeliest(variants(v.term, m.reference.interior), role, 80)) {
        if (fuel.left-- <= 0) return best
        const rank = rankOf(v.id, role) + rankOf(w.id, role)
        if (best && rank >= best.rank) continue
        if (matches(wrap(w.term))) best = { ids: v.id === w.id ? [v.id] : [v.id, w.id], rank }
      }
  return best
}
const likeliest = (list: readonly Variant[], role: string, count: number): readonly Variant[] =>
  [...list]
    .map((v, i) => ({ v, i, rank: rankOf(v.id, role) }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, count)
    .map(x => x.v)

const same = (t: Term): Term => t

// --- values -------------------------------------------------------------------------------------

const unitOf = (r: Reference, key: string): Expr => {
  const n = r.size ?? num(1)
  if (key.includes('average-nll')) return neg(pow(n, num(-1)))
  if (key.includes('average-log-likelihood')) return pow(n, num(-1))
  return key.includes('nll') ? num(-1) : num(1)
}

const ofValue = (m: Memory, t: Extract<Target, { kind: 'value' }>): Hit | undefined => {
  const r = m.reference
  const { role } = t
  const unit = role === 'likelihood' ? num(1) : unitOf(r, t.key)
  const scale = role === 'likelihood' ? 'log' : 'plain'
  const constantOnly = ['likelihood', 'log-likelihood'].includes(role) && equalUpToConstant(r, t.right, t.term, scale).verdict === 'true'
  const manner: Manner =
    constantOnly || !['likelihood', 'log-likelihood'].includes(role)
      ? 'exact'
      : role === 'likelihood'
        ? 'up to a factor'
        : 'up to a summand'
  // first with its constants, then without
  const manners: readonly Manner[] = manner === 'exact' ? ['exact'] : ['exact', manner]
  const before = m.said.slice(0, -1)
  for (const twice of [false, true])
    for (const how of manners) {
      const matches = valueMatcher(r, t.term, how, unit)
      const hit = matches && amongForms(m, t, before, unit, matches, { left: twice ? 400 : 700 }, twice)
      if (hit) return hit
    }
  return role === 'second-derivative' ? { ids: ['d.second-derivative'], rank: 9 } : undefined
}

const amongForms = (
  m: Memory,
  t: Extract<Target, { kind: 'value' }>,
  before: readonly Said[],
  unit: Expr,
  matches: Matches,
  fuel: Fuel,
  both: boolean,
): Hit | undefined => {
  const r = m.reference
  const { role } = t
  const last = (test: (s: Said) => boolean): readonly Expr[] =>
    before
      .filter(test)
      .slice(-2)
      .reverse()
      .map(s => s.term)
  const own = last(s => s.key === t.key).map(s => div(s, unit))
  const likelihoods = last(s => s.role === 'likelihood')
  const find =
    (seeds: readonly Term[], wrap: (u: Term) => Term = same): (() => Hit | undefined) =>
    () =>
      search(seeds, wrap, matches, m, role, fuel)
  const twice =
    (seeds: readonly Term[]): (() => Hit | undefined) =>
    () =>
      searchTwice(seeds, same, matches, m, role, fuel)
  if (role === 'density') return undefined
  if (role === 'likelihood') return inTurn(find(own), find(likelihoodForms(r)), twice([...own, ...likelihoodForms(r).slice(0, 2)]))
  if (role === 'log-likelihood') {
    const logs = likelihoods.flatMap(s => [log(s), openedLog(s)])
    return inTurn(find([...own, ...logs]), find(logForms(r)), twice([...own.slice(0, 1), ...logs.slice(0, 2), ...logForms(r).slice(0, 2)]))
  }
  const by = t.by ?? []
  const wrt = by.at(-1)
  if (!wrt || (wrt.kind !== 'sym' && wrt.kind !== 'at')) return find(own)()
  const derived = (list: readonly Expr[]): readonly Expr[] => list.map(f => deriv(f, wrt))
  if (role === 'score') {
    if (/(^|[^-])likelihood/.test(t.key) && !t.key.includes('log-likelihood'))
      return inTurn(find([...own, ...derived(likelihoods)]), find(derived(likelihoodForms(r))), twice(derived(likelihoods.slice(0, 1))))
    const logs = last(s => s.role === 'log-likelihood').map(s => div(s, unit))
    const forms = derived(openedForms(r))
    return inTurn(
      find([...own, ...derived(logs)]),
      () => (both ? undefined : (wrtData(r, matches) ?? baseTen(r, matches, wrt))),
      find([...forms, ...(wrt.kind === 'sym' ? scoreForms(r, wrt.name) : [])]),
      find(logForms(r), v => deriv(v as Expr, wrt)),
      find(likelihoodForms(r), v => deriv(openedLog(v as Expr), wrt)),
      twice([...derived(logs.slice(0, 1)), ...own.slice(0, 1), ...forms.slice(-1)]),
    )
  }
  const [first] = by
  const scores = derived(last(s => s.role === 'score').map(s => div(s, unit)))
  const forms = first?.kind === 'sym' ? derived(scoreForms(r, first.name)) : []
  const hit = inTurn(find([...own, ...scores]), find(forms), twice([...scores.slice(0, 1), ...forms.slice(-1)]))
  // whatever the slip: the second derivative is what went wrong
  return hit && { ids: ['d.second-derivative'], rank: hit.rank }
}

/** Every logarithm differentiated as one of base 10. */
const baseTen = (r: Reference, matches: Matches, wrt: Expr): Hit | undefined =>
  wrt.kind === 'sym' && matches(div(differentiate(r.ell, wrt), log(num(10)))) ? { ids: ['log.base10'], rank: 0 } : undefined

/** Σ_i ∂ log f/∂x_i, or one of its terms. */
const wrtData = (r: Reference, matches: Matches): Hit | undefined => {
  for (const s of r.model.samples)
    for (const v of s.variables) {
      const x = sym(v.name)
      const slope = differentiate(openedLog(s.density), x)
      const one = replace(slope, x, at(v.name, sym('i')))
      const all = replace(slope, x, at(v.name, num(1)))
      void all
      if (matches(one)) return { ids: ['d.wrt-data'], rank: 0 }
    }
  return undefined
}

// --- solutions ----------------------------------------------------------------------------------

/** Plain ways to miss: the reciprocal, the square, n in place of 1/n … of the right answer. */
const plainSlips = (
  r: Reference,
  parameter: string,
  tops: readonly { readonly env: Env; readonly top: Top; readonly x: number }[],
): string | undefined => {
  const p = sym(`${parameter}\u0302`)
  const n = r.size ?? num(1)
  const forms: readonly (readonly [string, Expr])[] = [
    ['solve.invert-mean', pow(p, num(-1))],
    ['solve.lost-sqrt', pow(p, num(2))],
    ['est.n-1', mul(p, n, pow(sub(n, num(1)), num(-1)))],
    ['est.n-1', mul(p, pow(mul(n, pow(sub(n, num(1)), num(-1))), num(1, 2)))],
    ['sum.xbar-n', mul(p, n)],
    ['sum.xbar-n', div(p, n)],
    ['solve.sign-moved', neg(p)],
    ['solve.sum-reciprocal', sub(pow(p, num(-1)), num(0))],
    ['solve.invert-mean', div(n, p)],
  ]
  for (const [id, t] of forms)
    if (tops.length > 1 && tops.every(({ env, top, x }) => close(evaluate(t, withHats(env, top.values)), x, 1e-7))) return id
  return undefined
}

const ofSolution = (m: Memory, t: Extract<Target, { kind: 'equation' | 'estimate' }>, fuel: Fuel): Hit | undefined => {
  const r = m.reference
  const parameter =
    t.kind === 'estimate'
      ? t.parameter
      : r.unknowns.find(u => some(t.equation, v => (v.kind === 'sym' || v.kind === 'at') && (v.name === u || v.name === `${u}\u0302`)))
  if (parameter === undefined || hasArrayValue(r, parameter)) return undefined
  const role = t.kind === 'estimate' ? 'estimator' : 'score-equation'
  const solution = (env: Env, top: Top): number | undefined =>
    t.kind === 'estimate' ? evaluate(t.term, atTop(env, top)) : rootNear(r, t.equation, parameter, env, top.values)
  const matches = rootMatcher(r, parameter, solution)
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
  const answers = m.estimates
    .slice(0, -1)
    .filter(e => e.parameter === parameter)
    .slice(-1)
    .map(e => eq(wrt, e.term))
  const logs = m.said
    .filter(s => s.role === 'log-likelihood')
    .slice(-1)
    .map(s => deriv(div(s.term, unitOf(r, s.key)), wrt))
  const written = t.kind === 'equation' ? writtenMatcher(r, t.equation) : undefined
  if (written) {
    // the score set to zero at once: its terms are still to be seen
    const near =
      search([...equations, ...said], same, written, m, role, fuel) ??
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
    if (near) return near
  }
  if (matches) {
    const near = search([...equations, ...answers, ...said] as readonly Rel[], same, matches, m, role, fuel)
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
    const tops = stationary(r).flatMap(({ env, top }) => {
      const x = solution(env, top)
      return x === undefined ? [] : [{ env, top, x }]
    })
    const plain = t.kind === 'estimate' ? plainSlips(r, parameter, tops) : undefined
    if (plain) return { ids: [plain === 'solve.lost-sqrt' && isSquared ? 'solve.root-forgotten' : plain], rank: 0 }
    if (near) return near
    const forms = scoreForms(r, parameter).map(f => eq(f, ZERO))
    const direct = t.kind === 'equation' && equations.length === 0 && said.length === 0
    const ofDerivative = (): Hit | undefined =>
      search([...logs, ...openedForms(r).map(f => deriv(f, wrt))], same, matches, m, 'score', fuel)
    const ofEquation = (): Hit | undefined =>
      search([...solvedForms(r, [...equations, ...said], parameter), ...equationForms(r), ...forms], same, matches, m, role, fuel)
    const hit =
      (direct ? (ofDerivative() ?? ofEquation()) : (ofEquation() ?? ofDerivative())) ??
      search(logForms(r), v => deriv(v as Expr, wrt), matches, m, 'log-likelihood', { left: 150 }) ??
      search(likelihoodForms(r), v => deriv(openedLog(v as Expr), wrt), matches, m, 'likelihood', { left: 150 }) ??
      searchTwice([...equations.slice(0, 1), ...said.slice(0, 1)], same, matches, m, role, fuel)
    if (hit) return hit
  }
  return t.kind === 'estimate' ? weights(m, t) : undefined
}

/** An equation as it is written: the same difference of its sides, or the opposite one. */
const writtenMatcher = (r: Reference, p: Rel): Matches | undefined => {
  const difference = sub(p.left, p.right)
  const [one, other] = [valueMatcher(r, difference, 'exact', num(1)), valueMatcher(r, neg(difference), 'exact', num(1))]
  if (!one || !other) return undefined
  return c => {
    const g = c.kind === 'rel' ? sub(c.left, c.right) : c
    return one(g) || other(g)
  }
}

/** max for min, and the other way round. */
const orderSwap = (m: Memory, t: Extract<Target, { kind: 'estimate' }>): Hit | undefined => {
  const r = m.reference
  if (!some(t.term, u => u.kind === 'big' && (u.op === 'max' || u.op === 'min' || u.op === 'order'))) return undefined
  return r.moving ? { ids: ['max.order-stat-swap'], rank: 0 } : undefined
}

/** All observations of several samples thrown together. */
const weights = (m: Memory, t: Extract<Target, { kind: 'estimate' }>): Hit | undefined => {
  const r = m.reference
  if (r.model.samples.length < 2) return undefined
  const arrays = new Set(subterms(t.term).flatMap(u => (u.kind === 'at' ? [u.name] : [])))
  return arrays.size > 1 ? { ids: ['solve.weights'], rank: 3 } : undefined
}

// --- likelihoods of other kinds -----------------------------------------------------------------

/** Π F(x_i) in place of Π f(x_i): the derivative (the jump) of each factor in x is the density. */
const isDistribution = (r: Reference, t: Expr): boolean => {
  const [s] = r.model.samples
  const v = s?.variables[0]
  if (!s || !v) return false
  const x = sym(v.name)
  const whole = t.kind === 'pow' && t.base.kind === 'big' ? big(t.base.op, t.base.lo, t.base.hi, pow(t.base.body, shift(t.exponent, 1))) : t
  return [whole].some(u => {
    if (u.kind !== 'big' || u.op !== 'prod') return false
    const entry = subterms(u.body).find(w => w.kind === 'at' && w.name === v.name)
    if (!entry) return false
    const body = replace(u.body, entry, x)
    if (body.free !== 0) return false
    const jump = sub(body, replace(body, x, sub(x, num(1))))
    const slope = differentiate(body, x)
    return [slope, neg(slope), jump].some(f => equal(r, s.density, f).verdict === 'true')
  })
}

/** Two names for equal values are told apart by what is written: a bare x or x_i, nμ² or Σμ². */
const asWritten = (r: Reference, id: string, written: Term): string => {
  if (id === 'lik.no-index' || id === 'sum.index-escapes') {
    const bare = some(written, u => u.kind === 'sym' && r.observed.includes(u.name))
    return bare ? 'lik.no-index' : 'sum.index-escapes'
  }
  if (id === 'sum.center-square' || id === 'sum.square-expanded') {
    const inside = some(
      written,
      u => u.kind === 'big' && some(u.body, v => v.kind === 'pow' && v.base.kind === 'sym' && r.unknowns.includes(v.base.name)),
    )
    return inside ? 'sum.square-expanded' : 'sum.center-square'
  }
  return id
}

/** The mistakes that explain a wrong line, the first one to be named; none if nothing fits. */
export const diagnose = (m: Memory, ruling: Ruling): readonly string[] => {
  const ids = found(m, ruling)
  const t = ruling.target
  return t && ids.length > 0 ? [...new Set(ids.map(id => asWritten(m.reference, id, t.kind === 'equation' ? t.equation : t.term)))] : ids
}

const found = (m: Memory, ruling: Ruling): readonly string[] => {
  const t = ruling.target
  if (!t || ruling.mistake) return ruling.mistake ? [ruling.mistake] : []
  const r = m.reference
  const fuel: Fuel = { left: 500 }
  if (t.kind === 'value') {
    if (t.role === 'likelihood' && isDistribution(r, t.term)) return ['lik.cdf-for-pdf']
    if (t.role !== 'likelihood' && expectationInPlace(r, t.term, t.right)) return ['lik.expectation-for-data']
    const hit = ofValue(m, t)
    if (hit) return hit.ids
    if (t.role === 'likelihood') return ['lik.other-density']
    return ruling.mistake ? [ruling.mistake] : []
  }
  if (t.kind === 'equation' && isMeanOf(m, t.equation)) return ['est.invariance-mean']
  const hit = ofSolution(m, t, fuel)
  if (hit) return hit.ids
  return ruling.otherwise ? [ruling.otherwise] : []
}

/** g(θ̂) = (1/n) Σ g(x_i), or of the one parameter as it stands. */
const isMeanOf = (m: Memory, p: Rel): boolean => {
  const r = m.reference
  const [v] = r.model.samples.flatMap(s => s.variables)
  const [u] = r.unknowns
  if (!v || u === undefined || !r.size) return false
  const size = r.size
  return [p.left, p.right].some((g, k) => {
    const mean = k === 0 ? p.right : p.left
    const mine = [sym(`${u}\u0302`), sym(u)].find(s => some(g, w => w.kind === 'sym' && w.name === s.name))
    return (
      mine !== undefined &&
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

/** No data left where the model's own term has them: each observation is what is expected of it. */
const expectationInPlace = (r: Reference, wrong: Expr, right: Expr): boolean => {
  const data = (t: Expr): boolean => some(t, u => (u.kind === 'at' || u.kind === 'sym') && r.observed.includes(u.name))
  if (hasKind(wrong, 'expect')) return true
  const [name] = r.observed
  if (!data(right) || data(wrong) || name === undefined || r.observed.length > 1) return false
  const alive = addAll(summands(normalForm(right)).filter(u => unknownsIn(r, u).length > 0))
  const gaps = r.settings.slice(0, 2).flatMap(({ env, other }) => {
    const at = (e: Env): number => {
      const mean = numericValue(expect(at1(name)), e, r.model)
      const arrays = new Map(e.arrays).set(
        name,
        (e.arrays.get(name) ?? []).map(() => mean),
      )
      return evaluate(wrong, e) - evaluate(alive, { ...e, arrays })
    }
    return [[at(env), at(other)] as const]
  })
  return gaps.length > 0 && gaps.every(([x, y]) => Math.abs(x - y) <= 1e-6 * (1 + Math.abs(x)))
}
const at1 = (name: string): Expr => at(name, num(1))
