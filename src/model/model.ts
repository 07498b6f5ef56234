/**
 * What a problem is: density, support, parameter space, knowns and the sample design. Plain immutable data;
 * reading a model file is `model-file.ts`, numbers are `data.ts`.
 */
import { type Context, context, type Fact } from '../rewrite/facts.ts'
import { type Expr, ge, type Prop, range, type SetTerm, infinity, ONE, sym, type Sym } from '../term/term.ts'

/** One scalar part of an observation, or a vector when `length` is given. */
export interface Variable {
  readonly name: string
  /** May mention parameters and knowns (a support that moves). */
  readonly support: SetTerm
  readonly index?: string
  readonly length?: Expr
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
}

/** A function of the parameters to carry through by invariance. */
export interface Wanted {
  readonly text: string
  readonly term: Expr
}

export interface Model {
  /** Title as shown, e.g. 'Bernoulli'; never consulted by code that derives. */
  readonly name: string
  readonly samples: readonly Sample[]
  /** A likelihood given directly, with its data symbols and arrays. */
  readonly likelihood?: { readonly term: Expr; readonly text: string; readonly data: readonly Known[] }
  readonly parameters: readonly Parameter[]
  readonly known: readonly Known[]
  readonly constraints: readonly Prop[]
  readonly assume: readonly Prop[]
  readonly of: readonly Wanted[]
  /** The validated source object, all values as text: what JSON output carries and `parseModel` reads again. */
  readonly source: Readonly<Record<string, unknown>>
  readonly warnings: readonly string[]
}

/** The sample size of a sample, if it is a symbol. */
export const sizeSymbol = (s: Sample): Sym | undefined => (s.size.kind === 'sym' ? s.size : undefined)

/** What is known before any case is made: the domains of parameters, knowns, data arrays and sizes (integers ≥ 1). */
export const modelContext = (model: Model): Context => {
  const domains = new Map<string, SetTerm>()
  const facts: Fact[] = []
  for (const p of model.parameters) domains.set(p.name, p.domain)
  for (const k of [...model.known, ...(model.likelihood?.data ?? [])]) domains.set(k.name, k.domain)
  for (const s of model.samples) {
    const n = sizeSymbol(s)
    if (n) {
      domains.set(n.name, range(ONE, infinity))
      facts.push({ kind: 'given', prop: ge(n, ONE) })
    }
    for (const v of [...s.variables, ...s.covariates]) domains.set(v.name, v.support)
  }
  for (const c of model.constraints) facts.push({ kind: 'given', prop: c })
  for (const a of model.assume) facts.push({ kind: 'assume', prop: a })
  return context({
    domains,
    facts,
    unknowns: model.parameters.map(p => p.name),
    data: [...model.samples.flatMap(s => s.variables.map(v => v.name)), ...(model.likelihood?.data ?? []).map(d => d.name)],
  })
}

export { sym }
