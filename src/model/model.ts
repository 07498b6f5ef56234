/**
 * What a problem is: density, support, parameter space, knowns and the sample design. Plain immutable data;
 * reading a model file is `model-file.ts`, numbers are `data.ts`.
 */
import { type Context, context, type Fact } from '../rewrite/facts.ts'
import { proveInteger, signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import * as Q from '../term/rational.ts'
import {
  at,
  type Expr,
  eq,
  ge,
  infinity,
  interval,
  isZero,
  le,
  minusInfinity,
  ne,
  ONE,
  type Prop,
  range,
  reals,
  type SetTerm,
  type Sym,
  sym,
  type Term,
  ZERO,
} from '../term/term.ts'
import { arraysOf, forAll, mapChildren, mentions, some, substitute, sum, symbolsOf } from '../term/walk.ts'
import { atObservation, membership } from './likelihood.ts'

/** One scalar part of an observation, or a vector when `length` is given. */
export interface Variable {
  readonly name: string
  /** May mention parameters and knowns (a support that moves). */
  readonly support: SetTerm
  readonly index?: string
  readonly length?: Expr
  /** Of a covariate without a domain: where the density needs it to be (`required.ts`). */
  readonly required?: SetTerm
}

/** One i.i.d. sample (or independent, when there are covariates). */
export interface Sample {
  readonly variables: readonly Variable[]
  /** Density or pmf of one observation in the variables' symbols, e.g. `x`, and the parameters. */
  readonly density: Expr
  /** As the author wrote it. */
  readonly densityText: string
  /** True for a likelihood contribution that is no density by itself. */
  readonly contribution: boolean
  readonly covariates: readonly Variable[]
  readonly size: Expr
  /** What the components of a vector of counts add up to, if the density says so (`total.ts`). */
  readonly total?: Expr
}

export interface Parameter {
  readonly name: string
  readonly domain: SetTerm
  readonly domainText: string
  /** For a vector: index letter and range 1..length. */
  readonly index?: string
  readonly length?: Expr
}

export interface Known {
  readonly name: string
  readonly domain: SetTerm
  /** A declared value (`v = 4`). */
  readonly value?: Expr
  /** For a vector: index letter and range 1..length. */
  readonly index?: string
  readonly length?: Expr
}

/** A function of the parameters to carry through by invariance. */
export interface Wanted {
  readonly text: string
  readonly term: Expr
}

/** An unknown smooth function, `mu(x, w)`: its derivatives stay symbolic. */
export interface UnknownFunction {
  readonly name: string
  readonly arity: number
}

export interface Model {
  /** Title as shown, e.g. 'Bernoulli'; never consulted by code that derives. */
  readonly name: string
  readonly samples: readonly Sample[]
  /** A likelihood given directly, with its data symbols and arrays. */
  readonly likelihood?: { readonly term: Expr; readonly text: string; readonly data: readonly Known[] }
  readonly parameters: readonly Parameter[]
  readonly known: readonly Known[]
  readonly functions?: readonly UnknownFunction[]
  readonly constraints: readonly Prop[]
  readonly assume: readonly Prop[]
  readonly of: readonly Wanted[]
  /** The validated source object, all values as text: what JSON output carries and `parseModel` reads again. */
  readonly source: Readonly<Record<string, unknown>>
  readonly warnings: readonly string[]
}

/** The sample size of a sample, if it is a symbol. */
export const sizeSymbol = (s: Sample): Sym | undefined => (s.size.kind === 'sym' ? s.size : undefined)

/** The lengths of vectors and data arrays that are symbols and are declared nowhere else: k in "j in 1..k". */
export const lengthSymbols = (model: Pick<Model, 'samples' | 'likelihood' | 'parameters' | 'known'>): ReadonlySet<string> => {
  const data = model.likelihood?.data ?? []
  const declared = new Set([...model.known, ...data].filter(k => !k.length).map(k => k.name))
  const vectors = [...model.parameters, ...model.known, ...data, ...model.samples.flatMap(s => [...s.variables, ...s.covariates])]
  const names = vectors.flatMap(v => (v.length ? [...symbolsOf(v.length)] : []))
  return new Set(names.filter(name => !declared.has(name)))
}

/**
 * A support without the ends that mention the rest of the observation or its covariates (x in {0..m} where m is a
 * covariate): those are no ends of x as a whole, and are facts about each row instead.
 */
export const ownSupport = (v: Variable, sample: Sample): SetTerm => {
  const others = [...sample.variables, ...sample.covariates].map(c => c.name).filter(name => name !== v.name)
  const mixed = (t: Term): boolean => others.some(name => mentions(t, name) || arraysOf(t).has(name))
  const set = v.support
  if (!mixed(set)) return set
  if (set.kind === 'finite') return reals
  const [lo, hi] = [mixed(set.lo), mixed(set.hi)]
  return set.kind === 'range'
    ? range(lo ? minusInfinity : set.lo, hi ? infinity : set.hi)
    : interval(lo ? minusInfinity : set.lo, hi ? infinity : set.hi, set.closed[0] && !lo, set.closed[1] && !hi)
}

/**
 * A support without its moving ends: the likelihood is looked at for every θ, so an observation may not be taken to
 * lie below an end that depends on θ. What remains is the sign that the end imposes.
 */
const withoutMovingEnds = (set: SetTerm, unknowns: readonly string[], cx: Context): SetTerm => {
  const moves = (t: Expr): boolean => unknowns.some(u => mentions(t, u))
  if (set.kind === 'finite' || (!moves(set.lo) && !moves(set.hi))) return set
  const sign = (t: Expr): string | undefined => (t.kind === 'infinity' ? undefined : signOf(t, cx)?.sign)
  const [below, above] = [sign(set.lo), sign(set.hi)]
  const lo = !moves(set.lo) ? set.lo : below === 'pos' || below === 'nonneg' ? ZERO : minusInfinity
  const hi = !moves(set.hi) ? set.hi : above === 'neg' || above === 'nonpos' ? ZERO : infinity
  if (set.kind === 'range') return range(lo, hi)
  const closedLo = moves(set.lo) ? below === 'nonneg' && set.closed[0] : set.closed[0]
  const closedHi = moves(set.hi) ? above === 'nonpos' && set.closed[1] : set.closed[1]
  return interval(lo, hi, closedLo, closedHi)
}

/**
 * An included end of the support of a continuous observation at which the density is 0 whatever the parameter ('zero'), or
 * has no positive value for some (0^(θ−1), log 0: 'irregular'). An observation lies there with probability 0.
 */
export const endOfNoWeight = (
  support: SetTerm,
  v: Variable,
  s: Sample,
  end: 'lo' | 'hi',
  cx: Context,
): 'zero' | 'irregular' | undefined => {
  if (support.kind !== 'interval' || s.contribution || !support.closed[end === 'lo' ? 0 : 1] || s.variables.length !== 1) return undefined
  const vanishing = (u: Term): Term => {
    const t = mapChildren(u, vanishing)
    return t.kind === 'pow' && isZero(normalForm(t.base)) && signOf(t.exponent, cx)?.sign === 'pos' ? ZERO : t
  }
  const there = vanishing(substitute(s.density, new Map([[v.name, support[end]]]))) as Expr
  if (isZero(normalForm(there))) return 'zero'
  const isSingular = (u: Term): boolean =>
    u.kind === 'pow'
      ? isZero(normalForm(u.base))
      : u.kind === 'fn' && u.name === 'log' && u.args[0] !== undefined && isZero(normalForm(u.args[0]))
  return some(there, isSingular) ? 'irregular' : undefined
}

/**
 * Whether |x| stands to a power that varies with a parameter, inside of a support that holds 0: there the density may be 0 or infinite,
 * and has no derivative in the parameter. A continuous observation is 0 with probability 0.
 */
export const isZeroOfNoWeight = (v: Variable, s: Sample, unknowns: readonly string[]): boolean => {
  if (v.support.kind !== 'interval' || s.contribution || s.variables.length !== 1 || v.length) return false
  const isBelow = (t: Expr): boolean => t.kind === 'infinity' || t.kind === 'num'
  const { lo, hi } = v.support
  if (!isBelow(lo) || !isBelow(hi)) return false
  const holds0 =
    (lo.kind === 'infinity' || Q.sign((lo as Extract<Expr, { kind: 'num' }>).value) < 0) &&
    (hi.kind === 'infinity' || Q.sign((hi as Extract<Expr, { kind: 'num' }>).value) > 0)
  return (
    holds0 &&
    some(
      s.density,
      u =>
        u.kind === 'pow' &&
        u.base.kind === 'fn' &&
        u.base.name === 'abs' &&
        u.base.args[0]?.kind === 'sym' &&
        u.base.args[0].name === v.name &&
        unknowns.some(name => mentions(u.exponent, name)),
    )
  )
}

/** The support without such ends: what is said of the sample is said with probability 1. */
const withoutImpossibleEnds = (set: SetTerm, v: Variable, s: Sample, cx: Context): SetTerm => {
  if (set.kind !== 'interval') return set
  const kept = (end: 'lo' | 'hi', k: 0 | 1): boolean => set.closed[k] && endOfNoWeight(set, v, s, end, cx) === undefined
  return interval(set.lo, set.hi, kept('lo', 0), kept('hi', 1))
}

/** Σ_j x_ij = m for every observation, where the density says so. */
const totalFact = (s: Sample): Prop | undefined => {
  const [v] = s.variables
  const { total } = s
  if (!total || !v?.length) return undefined
  const length = v.length
  return forAll(s.size, i =>
    eq(
      sum(length, j => at(v.name, i, j)),
      atObservation(total, s, i),
    ),
  )
}

/** A name that is defined by others, such as n = a + b: the definition is a fact, and the domain is what it shows. */
const define = (k: Known, domains: Map<string, SetTerm>, facts: Fact[]): void => {
  if (!k.value || k.domain.kind === 'finite') return
  facts.push({ kind: 'given', prop: eq(sym(k.name), k.value) })
  const cx = context({ domains })
  const sign = signOf(k.value, cx)?.sign
  const [from, isOpen] = sign === 'pos' ? [ZERO, true] : sign === 'nonneg' ? [ZERO, false] : [minusInfinity, true]
  if (proveInteger(k.value, cx)) domains.set(k.name, range(sign === 'pos' ? ONE : from, infinity))
  else domains.set(k.name, interval(from, infinity, !isOpen))
}

/** y_i ≤ m_i for every i, added up: Σ y_i ≤ Σ m_i. */
const totalFacts = (v: Variable, s: Sample, unknowns: readonly string[]): readonly Fact[] => {
  const set = v.support
  if (set.kind === 'finite' || v.length || unknowns.some(u => mentions(set, u))) return []
  const names = [...s.variables, ...s.covariates].map(c => c.name)
  const total = (t: Expr): Expr => sum(s.size, i => substitute(t, new Map(names.map(name => [name, at(name, i)]))))
  const isMixed = (t: Expr): boolean => t.kind !== 'infinity' && names.some(name => mentions(t, name))
  const own = total(sym(v.name))
  return [...(isMixed(set.lo) ? [le(total(set.lo), own)] : []), ...(isMixed(set.hi) ? [le(own, total(set.hi))] : [])].map(
    (prop): Fact => ({ kind: 'model', prop }),
  )
}

/** What is known before any case is made: the domains of parameters, knowns, data arrays and sizes (integers ≥ 1). */
export const modelContext = (model: Model): Context => {
  const domains = new Map<string, SetTerm>()
  const unknowns = model.parameters.map(p => p.name)
  const facts: Fact[] = []
  for (const p of model.parameters) domains.set(p.name, p.domain)
  const fixed = [...model.known, ...(model.likelihood?.data ?? [])]
  for (const k of fixed) domains.set(k.name, k.domain)
  for (const name of lengthSymbols(model)) {
    domains.set(name, range(ONE, infinity))
    facts.push({ kind: 'given', prop: ge(sym(name), ONE) })
  }
  for (const k of fixed) define(k, domains, facts)
  for (const s of model.samples) {
    const n = sizeSymbol(s)
    if (n) {
      domains.set(n.name, range(ONE, infinity))
      facts.push({ kind: 'given', prop: ge(n, ONE) })
    }
    const total = totalFact(s)
    if (total) facts.push({ kind: 'model', prop: total })
    for (const v of [...s.variables, ...s.covariates]) {
      const own = v.required ?? ownSupport(v, s)
      if (own !== v.support && !v.required)
        facts.push({ kind: 'given', prop: forAll(s.size, i => membership(v, s, i)) }, ...totalFacts(v, s, unknowns))
      const still = withoutMovingEnds(own, unknowns, context({ domains }))
      domains.set(v.name, s.variables.length === 1 ? withoutImpossibleEnds(still, v, s, context({ domains })) : still)
      if (isZeroOfNoWeight(v, s, unknowns)) facts.push({ kind: 'model', prop: forAll(s.size, i => ne(at(v.name, i), ZERO)) })
    }
  }
  for (const c of model.constraints) facts.push({ kind: 'given', prop: c })
  for (const a of model.assume) facts.push({ kind: 'assume', prop: a })
  return context({
    domains,
    facts,
    unknowns,
    data: [...model.samples.flatMap(s => s.variables.map(v => v.name)), ...(model.likelihood?.data ?? []).map(d => d.name)],
  })
}
