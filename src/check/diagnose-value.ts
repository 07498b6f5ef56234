/** Mistakes behind a wrong value of a named quantity: a likelihood, its logarithm, a derivative. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { normalForm } from '../term/normal-form.ts'
import { same as sameTerm } from '../term/order.ts'
import { addAll, at, big, deriv, div, type Expr, expect, log, mul, neg, num, pow, sub, sym, type Term } from '../term/term.ts'
import { hasKind, mentions, replace, shift, some, subterms, sum, summands } from '../term/walk.ts'
import { numericValue } from '../verify/calculus.ts'
import { withoutCensored } from './censoring.ts'
import { equal, equalUpToConstant, unknownsIn } from './decide.ts'
import { differentiate, openedLog } from './differentiate.ts'
import { type Manner, type Matches, valueMatcher } from './matchers.ts'
import type { Reference } from './reference.ts'
import type { Memory, Said, Target } from './ruling.ts'
import { type Fuel, type Hit, inTurn, same, search, searchEverywhere, searchTwice } from './slip-search.ts'
import { likelihoodForms, logForms, openedForms, scoreForms, splitForms } from './trail.ts'

export const unitOf = (r: Reference, key: string): Expr => {
  const n = r.size ?? num(1)
  if (key.includes('average-nll')) return neg(pow(n, num(-1)))
  if (key.includes('average-log-likelihood')) return pow(n, num(-1))
  return key.includes('nll') ? num(-1) : num(1)
}

export const ofValue = (m: Memory, t: Extract<Target, { kind: 'value' }>): Hit | undefined => {
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
  let best: Hit | undefined
  for (const twice of [false, true]) {
    for (const how of manners) {
      const matches = valueMatcher(r, t.term, how, unit)
      const hit = matches && amongForms(m, t, before, unit, matches, { left: twice ? 400 : 700 }, twice)
      // two slips need more evidence than one
      if (hit && (!best || hit.rank + (twice ? 9 : 0) < best.rank)) best = hit
      if (best) break
    }
    // one slip that says little may be two that say more
    if (best && best.rank <= 6) return best
  }
  if (best) return best
  return role === 'second-derivative' ? { ids: ['d.second-derivative'], rank: 9 } : undefined
}

export const amongForms = (
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
      searchEverywhere(seeds, matches, m, role, { left: 160 }) ?? searchTwice(seeds, same, matches, m, role, fuel)
  if (role === 'density') return undefined
  const withoutThem = withoutCensored(r)
  if (withoutThem.length > 0) {
    const by0 = t.by?.[0]
    const seen = withoutThem.map(l =>
      role === 'likelihood' ? l : role === 'log-likelihood' ? openedLog(l) : by0?.kind === 'sym' ? differentiate(openedLog(l), by0) : l,
    )
    if (seen.some(matches)) return { ids: ['lik.censored-dropped'], rank: 0 }
  }
  if (role === 'likelihood')
    return both ? twice([...own, ...likelihoodForms(r).slice(0, 2)])() : inTurn(find(own), find(likelihoodForms(r)))
  if (role === 'log-likelihood') {
    const logs = likelihoods.flatMap(s => [log(s), openedLog(s)])
    return both
      ? twice([...own.slice(0, 1), ...logs.slice(0, 2), ...logForms(r).slice(0, 2), ...splitForms(r).slice(-1)])()
      : inTurn(find([...own, ...logs]), find(logForms(r)), find(splitForms(r)), () =>
          find(multipliedOut([...own.slice(0, 1), ...logs.slice(1, 2)]))(),
        )
  }
  const by = t.by ?? []
  const wrt = by.at(-1)
  const mixed = (): Hit | undefined => (role === 'score' && mixesVariables(r, t) ? { ids: ['d.sigma-vs-sigma2'], rank: 0 } : undefined)
  if (wrt?.kind === 'pow') return mixed() ?? find(own)()
  if (!wrt || (wrt.kind !== 'sym' && wrt.kind !== 'at')) return find(own)()
  const derived = (list: readonly Expr[]): readonly Expr[] => list.map(f => deriv(f, wrt))
  if (role === 'score') {
    if (/(^|[^-])likelihood/.test(t.key) && !t.key.includes('log-likelihood'))
      return both
        ? twice(derived(likelihoods.slice(0, 1)))()
        : inTurn(find([...own, ...derived(likelihoods)]), find(derived(likelihoodForms(r))))
    const logs = last(s => s.role === 'log-likelihood').map(s => div(s, unit))
    const forms = derived(openedForms(r))
    if (both) return twice([...derived(logs.slice(0, 1)), ...own.slice(0, 1), ...forms.slice(-1)])()
    return inTurn(
      find([...own, ...derived(logs)]),
      () => wrtData(r, matches) ?? baseTen(r, matches, wrt) ?? mixed(),
      find([...forms, ...(wrt.kind === 'sym' ? scoreForms(r, wrt.name) : [])]),
      // a log-likelihood that was found right was not spoilt before
      ...(before.some(s => s.role === 'log-likelihood' && s.right)
        ? []
        : [find(logForms(r), v => deriv(v as Expr, wrt)), find(likelihoodForms(r), v => deriv(openedLog(v as Expr), wrt))]),
    )
  }
  const [first] = by
  const scores = derived(last(s => s.role === 'score').map(s => div(s, unit)))
  const forms = first?.kind === 'sym' ? derived(scoreForms(r, first.name)) : []
  const hit = both ? twice([...scores.slice(0, 1), ...forms.slice(-1)])() : inTurn(find([...own, ...scores]), find(forms))
  // whatever the slip: the second derivative is what went wrong
  return hit && { ids: ['d.second-derivative'], rank: hit.rank }
}

/** Brackets multiplied out first: a slip in what stood in them. */
const multipliedOut = (list: readonly Expr[]): readonly Expr[] =>
  list.flatMap(t => {
    const u = normalForm(t) as Expr
    return sameTerm(u, t) ? [] : [u]
  })

/** Some terms of ℓ differentiated in σ and some in σ². */
const mixesVariables = (r: Reference, t: Extract<Target, { kind: 'value' }>): boolean => {
  const [by, ...more] = t.by ?? []
  const base = by?.kind === 'pow' ? by.base : by
  if (!by || !base || base.kind !== 'sym' || more.length > 0 || !/log-likelihood/.test(t.key)) return false
  const terms = summands(normalForm(r.ell)).filter(u => mentions(u, base.name))
  if (terms.length < 2 || terms.length > 6) return false
  const slopes = terms.map(u => differentiate(u, base))
  const unit = unitOf(r, t.key)
  const others = [base, pow(base, num(2)), pow(base, num(1, 2))].filter(u => !sameTerm(u, by))
  const points = r.settings.slice(0, 4).map(s => s.env)
  const at = (u: Expr, env: Env): number => evaluate(mul(unit, u), env)
  return others.some(other => {
    const rows = points.map(env => ({
      mine: slopes.map(u => at(div(u, differentiate(by, base)), env)),
      theirs: slopes.map(u => at(div(u, differentiate(other, base)), env)),
      wanted: evaluate(t.term, env),
    }))
    // all of them in the other variable, or some
    return Array.from({ length: (1 << terms.length) - 1 }, (_, k) => k + 1).some(mask =>
      rows.every(({ mine, theirs, wanted }) => {
        const total = mine.reduce((sum, v, k) => sum + (mask & (1 << k) ? (theirs[k] as number) : v), 0)
        return Number.isFinite(wanted) && Math.abs(total - wanted) <= 1e-8 * (1e-6 + mine.reduce((sum, v) => sum + Math.abs(v), 0))
      }),
    )
  })
}

/** Every logarithm differentiated as one of base 10. */
export const baseTen = (r: Reference, matches: Matches, wrt: Expr): Hit | undefined =>
  wrt.kind === 'sym' && matches(div(differentiate(r.ell, wrt), log(num(10)))) ? { ids: ['log.base10'], rank: 0 } : undefined

/** Σ_i ∂ log f/∂x_i, or one of its terms. */
export const wrtData = (r: Reference, matches: Matches): Hit | undefined => {
  for (const s of r.model.samples)
    for (const v of s.variables) {
      const x = sym(v.name)
      const slope = differentiate(openedLog(s.density), x)
      // of the first observation, for a free x_i, and of all
      const one = replace(slope, x, at(v.name, sym('i')))
      const all = sum(s.size, i => replace(slope, x, at(v.name, i)))
      if (some(slope, u => u.kind === 'sym' && r.unknowns.includes(u.name)) && (matches(all) || matches(one)))
        return { ids: ['d.wrt-data'], rank: 0 }
    }
  return undefined
}

/** Π F(x_i) in place of Π f(x_i): the derivative (the jump) of each factor in x is the density. */
export const isDistribution = (r: Reference, t: Expr): boolean => {
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

/** No data left where the model's own term has them: each observation is what is expected of it. */
export const expectationInPlace = (r: Reference, wrong: Expr, right: Expr): boolean => {
  const data = (t: Expr): boolean => some(t, u => (u.kind === 'at' || u.kind === 'sym') && r.observed.includes(u.name))
  if (hasKind(wrong, 'expect')) return true
  const [name] = r.observed
  if (!data(right) || data(wrong) || name === undefined || r.observed.length > 1) return false
  const alive = addAll(summands(normalForm(right)).filter(u => unknownsIn(r, u).length > 0))
  return [alive, right].some(t => meetsAtMean(r, name, wrong, t))
}
/** Whether the two agree once every observation is its expectation. */
const meetsAtMean = (r: Reference, name: string, wrong: Expr, alive: Expr): boolean => {
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

export const at1 = (name: string): Expr => at(name, num(1))
