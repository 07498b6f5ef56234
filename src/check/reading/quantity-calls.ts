/** Names applied to arguments: ℓ(μ, v), f(x; θ), I(θ), se(θ̂), and what the writer defined as a function. */
import type { Model } from '../../model/model.ts'
import { canonicalName } from '../../term/functions.ts'
import { same } from '../../term/order.ts'
import { at, call, deriv, type Expr, fn, isOne, log, mulAll, neg, ONE, sym, ZERO } from '../../term/term.ts'
import { arraysOf, mentions, substitute, symbolsOf } from '../../term/walk.ts'
import { hatName, unhatted } from '../statement.ts'
import type { Notation } from './notation.ts'
import type { Role } from './vocabulary.ts'

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

/** τ where τ = 1/θ was introduced: ℓ(τ) is the likelihood as a function of it, and τ no value that is put in. */
export const asOwnParameter = (n: Notation, args: readonly Expr[]): Expr | undefined => {
  const [only, second] = args
  const [p, another] = n.model.parameters
  if (!only || second || !p || another || p.length !== undefined) return undefined
  if (only.kind === 'sym' || !mentions(only, p.name)) return undefined
  return [...n.known.values()].some(v => v !== undefined && same(v, only)) ? only : undefined
}

/** The arguments of a quantity in the order of the parameters; what is not said is the parameter itself. */
const parameterArguments = (n: Notation, args: readonly Expr[]): readonly Expr[] => {
  const result = [...n.parameters]
  const isData = (a: Expr): boolean => (a.kind === 'sym' || a.kind === 'at') && n.scope.arrays.has(a.name) && unhatted(a.name) === undefined
  // L(x) for a single observation: at θ = x
  const [lone, more] = args
  if (lone && !more && isData(lone) && result.length === 1 && n.model.samples.length > 0 && n.model.samples.every(s => isOne(s.size)))
    return [lone]
  const own = args.filter(a => !isData(a))
  const place = (a: Expr): number =>
    n.parameters.findIndex(p => same(p, a) || (a.kind === 'sym' && p.kind === 'sym' && unhatted(a.name) === p.name))
  // A letter for all parameters together: ℓ(θ) where μ and v are declared.
  if (own.length === 1 && n.parameters.length > 1 && own[0]?.kind === 'sym' && place(own[0]) < 0) return result
  own.forEach((a, k) => {
    const found = place(a)
    // ℓ(μ, v) where v = σ² was introduced: a function of the same parameters
    if (found < 0 && isReparametrised(n, a, own.length <= n.parameters.length ? k : -1)) return
    const to = found >= 0 ? found : own.length <= n.parameters.length ? k : -1
    if (to >= 0 && to < result.length) result[to] = a
  })
  return result
}

/** S(x̄, ȳ) where S(μ_1, μ_2) = … was introduced: other values in the places of its arguments; undefined where they are the same. */
const appliedTo = (n: Notation, value: Expr, formal: readonly Expr[] | undefined, args: readonly Expr[]): Expr | undefined => {
  if (!formal || formal.length !== args.length) return undefined
  const put = new Map<string, Expr>()
  for (const [k, f] of formal.entries()) {
    const a = args[k] as Expr
    if (same(f, a)) continue
    // f(t_i) = … was introduced, and f(t_j) is meant
    const [from, to] = f.kind === 'at' && a.kind === 'at' && f.name === a.name ? [f.index[0], a.index[0]] : []
    if (from?.kind === 'sym' && to && !n.scope.symbols.has(from.name)) {
      put.set(from.name, to)
      continue
    }
    if (f.kind !== 'sym' || (a.kind === 'sym' && n.scope.arrays.has(a.name))) return undefined
    // T(x) = Σ x_i is said of the whole sample; φ(x) = e^{−x²/2} of any number
    if (n.scope.arrays.has(f.name) && !mentions(value, f.name)) return undefined
    put.set(f.name, a)
  }
  return put.size > 0 ? substitute(value, put) : undefined
}

/** N − 1, 2λ, 1 − p: another value of the parameter, and no other scale for it. */
const isShifted = (n: Notation, a: Expr): boolean => {
  const isParameter = (t: Expr): boolean => t.kind === 'sym' && n.model.parameters.some(p => p.name === t.name)
  const isScaled = (t: Expr): boolean =>
    isParameter(t) || (t.kind === 'mul' && t.factors.length === 2 && t.factors.some(f => f.kind === 'num') && t.factors.some(isParameter))
  return a.kind === 'add' ? a.terms.length === 2 && a.terms.some(t => t.kind === 'num') && a.terms.some(isScaled) : isScaled(a)
}

/** Whether an argument is a function of the parameter in its place and of nothing else, which is no number of the sample. */
const isReparametrised = (n: Notation, a: Expr, k: number): boolean => {
  const p = n.parameters[k]
  if (!p || p.kind !== 'sym' || a.kind === 'sym' || a.kind === 'num' || isShifted(n, a)) return false
  const names = [...symbolsOf(a), ...arraysOf(a)]
  return (
    names.includes(p.name) &&
    names.every(m => n.parameters.some(q => q.kind === 'sym' && q.name === m) || n.model.known.some(q => q.name === m))
  )
}

/** ℓ_i(θ), L_i, s_i(θ): of one observation, where a density of one number says what that is. */
const ofObservation = (n: Notation, role: Role | undefined, index: string, prime: number): Expr | undefined => {
  const [sample, another] = n.model.samples
  const [v, more] = sample?.variables ?? []
  if (!sample || !v || another || more || v.length !== undefined || sample.contribution || sample.covariates.length > 0) return undefined
  const density = call('f', [at(v.name, sym(index)), ...n.parameters], [0, ...n.parameters.map(() => 0)])
  const value = role === 'L' ? density : role === 'nll' ? neg(log(density)) : log(density)
  const order = prime + (role === 'score' ? 1 : 0)
  const [only, second] = n.parameters
  return order === 0 ? value : only && !second ? deriv(value, only, order) : undefined
}

/** What a name applied to arguments is; undefined if it is no quantity here. */
export const named = (
  n: Notation,
  name: string,
  args: readonly Expr[],
  prime: number,
  below: readonly string[],
  definition: (name: string, squared: boolean) => Expr | undefined,
  formals: (name: string) => readonly Expr[] | undefined,
): Expr | undefined => {
  // S_0, a name of its own beside S(μ, v)
  const key = `${name}_${below.join('')}`
  const indexed = below.length > 0 && (prime === 0 || n.definitions.get(key)?.every(d => d.applied)) ? definition(key, false) : undefined
  if (indexed) {
    if (n.definitions.get(key)?.some(d => !d.applied)) return mulAll([indexed, ...args])
    const put = args.length > 0 ? (appliedTo(n, indexed, formals(key), args) ?? indexed) : indexed
    const by = n.parameters.find(p => args.some(a => same(p, a))) ?? n.parameters[0]
    return prime > 0 && by ? deriv(put, by, prime) : put
  }
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
      (!n.scope.arrays.has(argument) || only.kind === 'at' || (only.kind !== 'sym' && mentions(value, argument)))
    )
      return substitute(value, new Map([[argument, only]]))
    const at = value === undefined || prime > 0 ? undefined : appliedTo(n, value, formals(name), args)
    if (at) return at
    // h(τ) = ℓ(x̄, τ): its derivative is in what it is a function of
    const own =
      only && args.length === 1
        ? n.parameters.find(p => same(p, only))
        : n.parameters.find(p => p.kind === 'sym' && p.name === (n.survey.aliases.get(argument ?? '') ?? argument))
    const by = own ?? first
    if (value !== undefined) return prime > 0 && by ? deriv(value, by, prime) : value
    if (role === undefined) return sym(name)
  }
  const other = role === 'ell' || role === 'L' || role === 'nll' || role === 'score' ? asOwnParameter(n, args) : undefined
  if (other && role !== undefined) {
    const whole = call(callNames[role], n.parameters)
    const order = (role === 'score' ? 1 : 0) + prime
    return order > 0 ? deriv(whole, other as never, order) : whole
  }
  // L_i(λ): what one observation contributes, where no density says what that is
  const ofOne = below.length === 1 && /^[ijkt]$/.test(below[0] ?? '') && (role === 'L' || role === 'ell' || role === 'nll')
  const entry = below.length === 1 && /^[ijkt]$/.test(below[0] ?? '') && !n.scope.symbols.has(below[0] ?? '') ? below[0] : undefined
  if (entry !== undefined && (ofOne || role === 'score')) return ofObservation(n, role, entry, prime) ?? sym(`${name}_${entry}`)
  if (role === undefined)
    return n.survey.pairs.has(name) && args.length === 2
      ? fn(canonicalName(name === 'B' ? 'beta' : 'choose') ?? 'choose', args[0] as Expr, args[1] as Expr)
      : undefined
  const base = callNames[role]
  switch (role) {
    case 'se':
    case 'var':
    case 'bias':
      // SE = …: of the one parameter there is
      if (args.length === 0 && prime === 0 && first?.kind === 'sym' && n.parameters.length === 1)
        return call(base, [sym(hatName(first.name))])
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
      // I(σ) where v = σ² is the parameter: the information about another parameter
      if (args.length === 1 && n.parameters.length === 1 && args[0] && isReparametrised(n, args[0], 0))
        return call(role === 'fisher-information' && below.join('') === '1' ? 'fisher-information-1' : base, args)
      return call(role === 'fisher-information' && below.join('') === '1' ? 'fisher-information-1' : base, parameterArguments(n, args))
    default: {
      const parts = below.flatMap(b => n.parameters.filter(p => p.kind === 'sym' && p.name === b))
      // ℓ_p(θ), ℓ_c(θ), and any other mark where parameters are missing
      const fewer = args.length > 0 && args.length < n.parameters.length && args.every(a => n.parameters.some(p => same(p, a)))
      const profile =
        (role === 'ell' || role === 'L') &&
        parts.length === 0 &&
        below.some(b => /^(p|P|prof|profile|pr)$/.test(b) || (fewer && /^(?:c|conc|C|M|R|\*)$/.test(b)))
      const by = (role === 'ell' || role === 'L') && parts.length === below.length ? parts : []
      const of = profile ? `profile-${role}` : base
      if (by.length > 0) return by.reduce((t: Expr, p) => deriv(t, p), call(of, parameterArguments(n, args)))
      // what a profile is no function of is at its best
      const best =
        fewer && profile
          ? n.parameters.map(p => (p.kind === 'sym' && !args.some(a => same(a, p)) ? sym(hatName(p.name)) : p))
          : n.parameters
      if (prime > 0 && n.parameters.length > 1 && alone) return deriv(call(of, best), args[0] as Expr, prime)
      if (profile)
        return call(
          of,
          best,
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
