/**
 * What a name stands for in this document: the model's own names, the writer's other letters, hats, named quantities, and
 * what the writer defined, before or after its use. A name that nobody explains stays a symbol.
 */
import type { Model } from '../../model/model.ts'
import type { Dialect } from '../../read/error.ts'
import type { Token } from '../../read/scanner.ts'
import type { Loose, Scope } from '../../read/syntax.ts'
import { add, at, big, bound, div, type Expr, fn, HALF, MINUS_ONE, mul, neg, num, ONE, pow, sym, TWO } from '../../term/term.ts'
import { mentions, substitute, sum } from '../../term/walk.ts'
import { hatName, unhatted } from '../statement.ts'
import { named } from './quantity-calls.ts'
import { rootOf, type Survey } from './survey.ts'

export interface DefinitionSource {
  readonly name: string
  /** s² = … defines only the square. */
  readonly squared: boolean
  readonly applied: boolean
  readonly argument?: string
  readonly formal?: readonly (readonly Token[])[]
  readonly tokens: readonly Token[]
  readonly dialect: Dialect
  readonly start: number
  readonly clause: number
}

export interface Notation {
  readonly model: Model
  readonly scope: Scope
  readonly survey: Survey
  readonly parameters: readonly Expr[]
  readonly definitions: ReadonlyMap<string, readonly DefinitionSource[]>
  /** Where reading is, so that the definition in force is the one before it. */
  position: number
  /** Answers to the questions of the grammar about usage, in order, and how many were asked. */
  choices: readonly number[]
  asked: number
  /** How many tokens the grammar was given: what reading may cost is bounded. */
  work: number
  /** What a definition says, filled as it is needed. */
  readonly known: Map<DefinitionSource, Expr | undefined>
  readonly visiting: Set<DefinitionSource>
}

/** The scope of a model: everything it declares. */
export const modelScope = (model: Model): Scope => {
  const symbols = new Set<string>()
  const arrays = new Set<string>()
  const lengths: Record<string, string> = {}
  const length = (name: string, size: Expr | undefined): void => {
    arrays.add(name)
    if (size?.kind === 'sym') {
      symbols.add(size.name)
      lengths[name] = size.name
    } else if (size?.kind === 'num') lengths[name] = String(size.value.num)
  }
  for (const p of [...model.parameters, ...model.known])
    if (p.length !== undefined) length(p.name, p.length)
    else symbols.add(p.name)
  for (const d of model.likelihood?.data ?? [])
    if (d.length !== undefined) length(d.name, d.length)
    else symbols.add(d.name)
  for (const s of model.samples) for (const v of [...s.variables, ...s.covariates]) length(v.name, s.size)
  for (const p of model.parameters) if (p.length !== undefined) length(hatName(p.name), p.length)
  return { symbols, arrays, lengths }
}

const scopes = new WeakMap<Model, Scope>()
export const scopeOfModel = (model: Model): Scope => {
  const seen = scopes.get(model) ?? modelScope(model)
  scopes.set(model, seen)
  return seen
}

export const notationOf = (
  model: Model,
  survey: Survey,
  definitions: ReadonlyMap<string, readonly DefinitionSource[]>,
  read: (n: Notation, d: DefinitionSource) => Expr | undefined,
): Notation => {
  const base = scopeOfModel(model)
  const parameters = model.parameters.map(p => (p.length === undefined ? sym(p.name) : at(p.name, sym(p.index ?? 'j'))))
  // S = Σ x_i is a number, so S(1 − p) is a product; U(θ) = ℓ'(θ) stays a function.
  // Unless it is also written s(p), with nothing but the parameter, where a score would stand.
  const calls = new Set([...survey.roles.keys()].filter(n => survey.pure.has(n) || (definitions.get(n) ?? []).every(d => d.applied)))
  for (const [name, list] of definitions) if (list.some(d => d.applied)) calls.add(name)
  for (const name of survey.pairs) calls.add(name)

  /** The arguments that a function was introduced with, as terms. */
  const formals = (name: string): readonly Expr[] | undefined => {
    const list = definitions.get(name) ?? []
    const source = [...list].reverse().find(d => d.start < n.position) ?? list[0]
    if (!source?.formal) return undefined
    const { position, choices, asked } = n
    const terms = source.formal.map(tokens => read(n, { ...source, tokens }))
    Object.assign(n, { position, choices, asked })
    return terms.every(t => t !== undefined) ? terms : undefined
  }
  const definition = (name: string, squared: boolean): Expr | undefined => {
    const list = (definitions.get(name) ?? []).filter(d => d.squared === squared)
    const source = [...list].reverse().find(d => d.start < n.position) ?? list[0]
    if (!source || n.visiting.has(source)) return undefined
    if (!n.known.has(source)) {
      n.visiting.add(source)
      const { position, choices, asked } = n
      n.choices = []
      n.asked = 0
      const value = read(n, source)
      Object.assign(n, { position, choices, asked })
      n.visiting.delete(source)
      n.known.set(source, value)
    }
    return n.known.get(source)
  }
  const sizes = new Set(model.samples.flatMap(s => (s.size.kind === 'sym' ? [s.size.name] : [])))
  /** N_1 where N_k = … was introduced for every k; z_n, the last one. */
  const numbered = (name: string): Expr | undefined => {
    const [, stem, place] = /^(.+)_(\d+|[A-Za-z])$/.exec(name) ?? []
    if (stem === undefined || place === undefined || (/\D/.test(place) && !sizes.has(place))) return undefined
    const index = sizes.has(place) ? sym(place) : num(Number(place))
    for (const letter of ['k', 'j', 'i', 'l', 'm', 'r']) {
      const general = base.symbols.has(letter) ? undefined : definition(`${stem}_${letter}`, false)
      if (general && mentions(general, letter)) return substitute(general, new Map([[letter, index]]))
    }
    return undefined
  }
  const symbolOf = (name: string): Expr | undefined => {
    if (base.symbols.has(name)) return sym(name)
    const square = survey.squares.get(name) ?? rootOf(base, name)
    return square === undefined ? undefined : pow(sym(square), HALF)
  }
  const hats = (value: Expr): Expr => substitute(value, new Map(model.parameters.map(p => [p.name, sym(hatName(p.name))])))

  const loose: Loose = {
    variable: model.parameters.length === 1 && model.parameters[0]?.length === undefined ? model.parameters[0]?.name : undefined,
    choose: () => n.choices[n.asked++] ?? 0,
    name: name => {
      const hatted = unhatted(name)
      if (hatted !== undefined) {
        // ε̂_t = x_t − φ̂ x_{t−1}, introduced with its hat
        const own = definition(name, false)
        if (own) return own
        const of = symbolOf(hatted)
        // θ̂ where θ = λ^k was introduced: the same function of the estimate.
        const introduced = of ? undefined : (definition(hatted, false) ?? undefined)
        const meant = of ?? introduced
        return meant && model.parameters.some(p => mentions(meant, p.name)) ? hats(meant) : sym(name)
      }
      const own = survey.squares.get(name)
      if (own !== undefined) return pow(sym(own), HALF)
      const defined = definition(name, false) ?? numbered(name)
      if (defined) return defined
      if (name.endsWith(bar)) return loose.mean(name.slice(0, -1)) ?? sym(name)
      if (/^cal[EKQTWZ]$/.test(name)) return sym(name)
      if (name === 'd' || name === '∂' || name.startsWith('cal')) return undefined
      const square = definition(name, true)
      if (square) return pow(square, HALF)
      if (name === 'median') return median(model)
      if (
        name === 'const' ||
        name === 'constant' ||
        /^[A-Za-z]{1,2}$/.test(name) ||
        /^[A-Z]{2,5}$/.test(name) ||
        /_/.test(name) ||
        greek.test(name)
      )
        return sym(name)
      return undefined
    },
    square: name => {
      const own = survey.squares.get(name)
      return own === undefined ? definition(name, true) : sym(own)
    },
    mean: name => meanOf(model, definition, name),
    isFactor: name =>
      !calls.has(name) &&
      (name.endsWith(bar) ||
        unhatted(name) !== undefined ||
        definitions.has(name) ||
        /^[A-Za-z]$/.test(name) ||
        /_/.test(name) ||
        greek.test(name) ||
        name === 'const'),
    call: (name, args, prime, below) => named(n, name, args, prime, below, definition, formals),
    hat: hats,
  }
  const n: Notation = {
    model,
    scope: { ...base, calls, loose },
    survey,
    parameters,
    definitions,
    position: 0,
    choices: [],
    asked: 0,
    work: 0,
    known: new Map(),
    visiting: new Set(),
  }
  return n
}

/** The middle order statistic, or the mean of the two in the middle. */
const median = (model: Model): Expr | undefined => {
  const s = model.samples[0]
  const v = s?.variables[0]
  if (!s || !v || model.samples.length !== 1) return undefined
  const middle = div(add(s.size, ONE), TWO)
  const at1 = (rank: Expr): Expr => big('order', ONE, s.size, at(v.name, bound(0)), rank)
  return div(add(at1(fn('floor', middle)), at1(fn('ceil', middle))), TWO)
}

const bar = '\u0304'
/** The mean over the sample of what was defined for one observation. */
const meanOf = (model: Model, definition: (name: string, squared: boolean) => Expr | undefined, name: string): Expr | undefined => {
  for (const letter of ['i', 'j', 'k', 't']) {
    const entry = definition(`${name}_${letter}`, false)
    const size = model.samples[0]?.size
    if (entry && size)
      return div(
        sum(size, i => substitute(entry, new Map([[letter, i]]))),
        size,
      )
  }
  return undefined
}

const greek =
  /^(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|upsilon|phi|chi|psi|omega|Lambda|Theta|Psi|Phi|Omega|Gamma|Delta|Xi|Sigma)\d?$/

/** −ℓ for the negative log-likelihood where a sum is written. */
export const negated = (t: Expr): Expr => (t.kind === 'mul' ? neg(t) : mul(MINUS_ONE, t))
