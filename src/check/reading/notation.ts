/**
 * What a name stands for in this document: the model's own names, the writer's other letters, hats, named quantities, and
 * what the writer defined, before or after its use. A name that nobody explains stays a symbol.
 */
import type { Model } from '../../model/model.ts'
import type { Dialect } from '../../read/error.ts'
import type { Token } from '../../read/scanner.ts'
import type { Loose, Scope } from '../../read/syntax.ts'
import { canonicalName } from '../../term/functions.ts'
import { same } from '../../term/order.ts'
import {
  add,
  at,
  big,
  bound,
  call,
  deriv,
  div,
  type Expr,
  fn,
  HALF,
  MINUS_ONE,
  mul,
  mulAll,
  neg,
  ONE,
  pow,
  sym,
  TWO,
  ZERO,
} from '../../term/term.ts'
import { mentions, substitute, sum } from '../../term/walk.ts'
import { hatName, unhatted } from '../statement.ts'
import { rootOf, type Survey } from './survey.ts'
import type { Role } from './vocabulary.ts'

export interface DefinitionSource {
  readonly name: string
  /** s² = … defines only the square. */
  readonly squared: boolean
  readonly applied: boolean
  readonly argument?: string
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
  if (survey.choose) calls.add('C')

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
        const of = symbolOf(hatted)
        // θ̂ where θ = λ^k was introduced: the same function of the estimate.
        const introduced = of ? undefined : (definition(hatted, false) ?? undefined)
        const meant = of ?? introduced
        return meant && model.parameters.some(p => mentions(meant, p.name)) ? hats(meant) : sym(name)
      }
      const own = survey.squares.get(name)
      if (own !== undefined) return pow(sym(own), HALF)
      const defined = definition(name, false)
      if (defined) return defined
      if (name.endsWith(bar)) return loose.mean(name.slice(0, -1)) ?? sym(name)
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
    call: (name, args, prime, below) => named(n, name, args, prime, below, definition),
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
  /^(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|upsilon|phi|chi|psi|omega|Lambda|Theta|Psi|Phi|Omega|Gamma|Delta|Xi)\d?$/

const callNames: Readonly<Record<Role, string>> = {
  L: 'L',
  ell: 'ell',
  'profile-ell': 'profile-ell',
  nll: 'nll',
  'avg-ell': 'avg-ell',
  'avg-nll': 'avg-nll',
  'rel-L': 'rel-L',
  f: 'f',
  F: 'F',
  survival: 'survival',
  score: 'ell',
  hessian: 'ell',
  'fisher-information': 'fisher-information',
  'observed-information': 'observed-information',
  se: 'se',
  var: 'var',
  bias: 'bias',
}

/** The arguments of a quantity in the order of the parameters; what is not said is the parameter itself. */
const parameterArguments = (n: Notation, args: readonly Expr[]): readonly Expr[] => {
  const result = [...n.parameters]
  const isData = (a: Expr): boolean => (a.kind === 'sym' || a.kind === 'at') && n.scope.arrays.has(a.name) && unhatted(a.name) === undefined
  const own = args.filter(a => !isData(a))
  const place = (a: Expr): number =>
    n.parameters.findIndex(p => same(p, a) || (a.kind === 'sym' && p.kind === 'sym' && unhatted(a.name) === p.name))
  // A letter for all parameters together: ℓ(θ) where μ and v are declared.
  if (own.length === 1 && n.parameters.length > 1 && own[0]?.kind === 'sym' && place(own[0]) < 0) return result
  own.forEach((a, k) => {
    const found = place(a)
    const to = found >= 0 ? found : own.length <= n.parameters.length ? k : -1
    if (to >= 0 && to < result.length) result[to] = a
  })
  return result
}

const named = (
  n: Notation,
  name: string,
  args: readonly Expr[],
  prime: number,
  below: readonly string[],
  definition: (name: string, squared: boolean) => Expr | undefined,
): Expr | undefined => {
  const role = n.survey.roles.get(name)
  const [first] = n.parameters
  const alone = args.length === 1 && n.parameters.some(p => same(p, args[0] as Expr))
  if (role !== undefined && n.definitions.get(name)?.some(d => !d.applied) && !(alone && prime === 0)) {
    const value = definition(name, false)
    if (value !== undefined && prime === 0) return mulAll([value, ...args])
  }
  if (n.definitions.get(name)?.some(d => !d.applied) === true && role !== undefined && alone) {
    // s(p) beside s = Σ x_i
  } else if (n.definitions.has(name) && (role === undefined || n.definitions.get(name)?.some(d => d.applied !== true))) {
    const value = definition(name, false)
    const argument = n.definitions.get(name)?.find(d => d.applied)?.argument
    const [only] = args
    if (
      value !== undefined &&
      prime === 0 &&
      only &&
      args.length === 1 &&
      argument !== undefined &&
      !n.scope.symbols.has(argument) &&
      !n.scope.arrays.has(argument)
    )
      return substitute(value, new Map([[argument, only]]))
    if (value !== undefined) return prime > 0 && first ? deriv(value, first, prime) : value
    if (role === undefined) return sym(name)
  }
  if (role === undefined)
    return name === 'C' && n.survey.choose && args.length === 2
      ? fn(canonicalName('choose') ?? 'choose', args[0] as Expr, args[1] as Expr)
      : undefined
  const base = callNames[role]
  switch (role) {
    case 'se':
    case 'var':
    case 'bias':
      return args.length === 1 ? call(base, args) : undefined
    case 'f':
    case 'F':
    case 'survival': {
      const [observation, ...rest] = args
      if (observation?.kind === 'num' && args.length === 1 && role === 'f') return call(base, [observation, ...n.parameters])
      const isObserved =
        observation !== undefined && (observation.kind === 'sym' || observation.kind === 'at') && n.scope.arrays.has(observation.name)
      const variable = n.model.samples[0]?.variables[0]?.name ?? 'x'
      const values = parameterArguments(n, isObserved ? rest : args.filter(a => !(a.kind === 'sym' && n.scope.arrays.has(a.name))))
      return call(base, [isObserved ? observation : sym(variable), ...values], [0, ...values.map((_, k) => (k === 0 ? prime : 0))])
    }
    case 'score':
    case 'hessian': {
      const values = parameterArguments(n, args)
      const order = (role === 'hessian' ? 2 : 1) + prime
      return call(
        base,
        values,
        values.map((_, k) => (k === 0 ? order : 0)),
      )
    }
    case 'fisher-information':
    case 'observed-information':
      // the modified Bessel function is written I_0(κ)
      if (role === 'fisher-information' && usesBessel(n.model) && args.length === 1 && /^[01]$/.test(below.join('')))
        return fn('besseli', below.join('') === '0' ? ZERO : ONE, args[0] as Expr)
      return call(role === 'fisher-information' && below.join('') === '1' ? 'fisher-information-1' : base, parameterArguments(n, args))
    default: {
      const parts = below.flatMap(b => n.parameters.filter(p => p.kind === 'sym' && p.name === b))
      const profile = role === 'ell' && below.some(b => /^(p|P|prof|profile|pr)$/.test(b)) && parts.length === 0
      const by = (role === 'ell' || role === 'L') && parts.length === below.length ? parts : []
      const of = profile ? 'profile-ell' : base
      if (by.length > 0) return by.reduce((t: Expr, p) => deriv(t, p), call(of, parameterArguments(n, args)))
      if (prime > 0 && n.parameters.length > 1 && alone) return deriv(call(of, n.parameters), args[0] as Expr, prime)
      if (profile)
        return call(
          of,
          n.parameters,
          n.parameters.map((_, k) => (k === 0 ? prime : 0)),
        )
      const values = parameterArguments(n, args)
      return call(
        base,
        values,
        values.map((_, k) => (k === 0 ? prime : 0)),
      )
    }
  }
}

const usesBessel = (model: Model): boolean => JSON.stringify(model.source).toLowerCase().includes('besseli')

/** −ℓ for the negative log-likelihood where a sum is written. */
export const negated = (t: Expr): Expr => (t.kind === 'mul' ? neg(t) : mul(MINUS_ONE, t))
