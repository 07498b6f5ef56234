/**
 * Sums that stand in denominators: what is known about a primitive sum S, and the division that keeps its inverse
 * unique: in a main atom v with S = c·v^d + r and a single summand c, v^d/S = (1 - r/S)/c; and where the summand
 * free of v is single, v^-1/S is split likewise. So θx/(1+θx) is 1 - 1/(1+θx), under Σ as well. Runs on fuel:
 * what is not finished is left as it was.
 */

import type { Exact } from './exact.ts'
import * as E from './exact.ts'
import { exponentOf, type Factors, factorsOf, type Monomial, ofFactors, timesRaw, writeMonomial } from './monomial.ts'
import { compareTerms, same } from './order.ts'
import { collect, type Polynomial, readCanonical, type Summand, timesUnreduced, weightBudget, weightOf } from './polynomial.ts'
import { type Add, addAll, type Expr } from './term.ts'

/**
 * p = coefficient · monomial · sum with `sum` primitive: coprime integers, no common atom, and the first monomial in
 * the order of terms positive. Only for a polynomial of at least two summands.
 */
export const primitive = (p: Polynomial): { readonly coefficient: Exact; readonly monomial: Monomial; readonly sum: Expr } => {
  const common: [Expr, Exact][] = []
  const atoms = new Set<Expr>()
  for (const s of p) for (const a of s.monomial.atoms) atoms.add(a)
  for (const a of atoms) {
    if (common.some(([c]) => same(c, a))) continue
    let least: Exact | undefined
    for (const s of p) {
      const e = exponentOf(s.monomial, a)
      if (least === undefined || E.compare(e, least) < 0) least = e
    }
    if (least !== undefined && least !== 0 && !(a.kind === 'add' && E.sign(least) < 0)) common.push([a, least])
  }
  const monomial = ofFactors(common)
  const inverse = ofFactors(common.map(([a, e]) => [a, E.negate(e)] as const))
  const divided = p.map(s => ({ coefficient: s.coefficient, monomial: timesRaw(s.monomial, inverse) }))
  let first: Summand | undefined
  let written: Expr | undefined
  for (const s of divided) {
    const w = writeMonomial(s.monomial)
    if (written === undefined || compareTerms(w, written) < 0) {
      written = w
      first = s
    }
  }
  const content = E.content(p.map(s => s.coefficient))
  const coefficient = first && E.sign(first.coefficient) < 0 ? E.negate(content) : content
  const scaleBy = E.inverse(coefficient)
  const sum = addAll(divided.map(s => writeMonomial(s.monomial, E.times(s.coefficient, scaleBy))))
  return { coefficient, monomial, sum }
}

interface Division {
  readonly main: Expr
  readonly degree: Exact
  /** 1/c for S = c·v^d + rest. */
  readonly lead: Polynomial
  readonly rest: Polynomial
  /** 1/c0 for S = c0 + upper, c0 free of v and single. */
  readonly trail: Polynomial | undefined
  readonly upper: Polynomial
}
export interface SumBase {
  readonly polynomial: Polynomial
  /** Nodes of its atoms. */
  readonly weight: number
  /** Primitive with the canonical sign, so that its inverse is an atom. */
  readonly primitive: boolean
  readonly division: Division | undefined
}

const bases = new Map<Add, SumBase>()
const basesKept = 1024
export const sumOf = (t: Add): SumBase => {
  const known = bases.get(t)
  if (known) return known
  const polynomial = readCanonical(t)
  const made: SumBase = {
    polynomial,
    weight: weightOf(polynomial),
    primitive: polynomial.length > 1 && same(primitive(polynomial).sum, t),
    division: polynomial.length > 1 && polynomial.length < 60 ? divisionOf(polynomial) : undefined,
  }
  if (bases.size >= basesKept) bases.clear()
  bases.set(t, made)
  return made
}

const isPlain = (a: Expr): boolean =>
  a.kind !== 'num' && a.kind !== 'add' && a.kind !== 'mul' && a.kind !== 'iverson' && !(a.kind === 'fn' && a.name === 'abs')

const lowestBit = (mask: number): number => (mask === 0 ? 32 : 31 - Math.clz32(mask & -mask))
const inverted = (s: Summand, without: Expr): Polynomial => [
  {
    coefficient: E.inverse(s.coefficient),
    monomial: ofFactors(
      factorsOf(s.monomial)
        .filter(([a]) => !same(a, without))
        .map(([a, e]): Factors[number] => [a, E.negate(e)]),
    ),
  },
]

/** sin u and cos u in one sum: sin² = 1 − cos² gives back the powers that a division by it takes away, and it would not end. */
const isCircular = (atoms: readonly Expr[]): boolean =>
  atoms.some(
    a =>
      a.kind === 'fn' &&
      a.name === 'sin' &&
      atoms.some(b => b.kind === 'fn' && b.name === 'cos' && same(a.args[0] as Expr, b.args[0] as Expr)),
  )

/** The main atom: one that depends on the innermost index if any does, of low degree, with a simple coefficient. */
const divisionOf = (p: Polynomial): Division | undefined => {
  const atoms: Expr[] = []
  for (const s of p) for (const a of s.monomial.atoms) if (isPlain(a) && !atoms.some(b => same(a, b))) atoms.push(a)
  if (isCircular(atoms)) return undefined
  let best: { main: Expr; degree: Exact; top: Summand; weight: readonly [number, Exact, number] } | undefined
  for (const main of atoms) {
    const degrees = p.map(s => exponentOf(s.monomial, main))
    if (degrees.some(d => E.sign(d) < 0)) continue
    const degree = degrees.reduce((x, y) => (E.compare(x, y) >= 0 ? x : y))
    const tops = p.filter((_, i) => E.equal(degrees[i] as Exact, degree))
    const top = tops[0] as Summand
    if (tops.length !== 1 || top.monomial.atoms.some(a => a.kind === 'iverson')) continue
    const weight = [lowestBit(main.free), degree, top.monomial.atoms.length] as const
    const order = best
      ? weight[0] - best.weight[0] || E.compare(weight[1], best.weight[1]) || weight[2] - best.weight[2] || compareTerms(main, best.main)
      : -1
    if (order < 0) best = { main, degree, top, weight }
  }
  if (!best) return undefined
  const { main, degree, top } = best
  const low = p.filter(s => exponentOf(s.monomial, main) === 0)
  const bottom = low.length === 1 && !(low[0] as Summand).monomial.atoms.some(a => a.kind === 'iverson') ? (low[0] as Summand) : undefined
  return {
    main,
    degree,
    lead: inverted(top, main),
    rest: p.filter(s => s !== top),
    trail: bottom && inverted(bottom, main),
    upper: p.filter(s => s !== bottom),
  }
}

const fuel = 600
/** The laws of atoms may call for a division inside of a division: so deep, and no deeper. */
const deepest = 24
let depth = 0

/** One step of division on a monomial with sums in its denominator, or undefined if it is in lowest terms. */
const divideOnce = (s: Summand): Polynomial | undefined => {
  const m = s.monomial
  for (let i = 0; i < m.atoms.length; i++) {
    const base = m.atoms[i] as Expr
    if (base.kind !== 'add' || E.sign(m.exponents[i] as Exact) >= 0) continue
    const d = sumOf(base).division
    if (!d) continue
    const e = exponentOf(m, d.main)
    const top = E.compare(e, d.degree) >= 0
    const bottom = E.sign(e) < 0 && d.trail !== undefined
    if (!top && !bottom) continue
    // v^d S^e = (S^(e+1) - r S^e)/c  and  S^e = (S^(e+1) - upper S^e)/c0
    const factors = factorsOf(m)
    const lowered: Polynomial = top ? single(s.coefficient, [...factors, [d.main, E.negate(d.degree)]]) : [s]
    const raised = timesUnreduced(lowered, single(1, [[base, 1]]))
    const other = timesUnreduced(
      lowered,
      (top ? d.rest : d.upper).map(u => ({ coefficient: E.negate(u.coefficient), monomial: u.monomial })),
    )
    return timesUnreduced([...raised, ...other], top ? d.lead : (d.trail as Polynomial))
  }
  return undefined
}
const single = (coefficient: Exact, factors: Factors): Polynomial => [{ coefficient, monomial: ofFactors(factors) }]

/** The polynomial with every summand in lowest terms with respect to the sums in its denominator. */
export const reduce = (p: Polynomial): Polynomial => {
  if (depth >= deepest || !p.some(s => s.monomial.divided)) return p
  depth++
  try {
    return reduced(p)
  } finally {
    depth--
  }
}

const reduced = (p: Polynomial): Polynomial => {
  let current = p
  for (let spent = 0; spent <= fuel; ) {
    const next: Summand[] = []
    let changed = false
    for (const s of current) {
      const step = s.monomial.divided ? divideOnce(s) : undefined
      if (step) {
        changed = true
        spent += step.length
        for (const u of step) next.push(u)
      } else next.push(s)
    }
    if (!changed) return current
    current = collect(next)
    if (weightOf(current) > weightBudget) return p // sums within sums would double at every level
  }
  return p
}
