/**
 * From a model source to the model: reads the mathematics of every field in the scope of the declared names. It
 * loads no YAML and no schema, so built-in models and the one-line form start fast. Nothing is guessed.
 */
import { plain } from '../print/plain.ts'
import { ModelError, type Origin } from '../read/error.ts'
import { parseDomain, parseExpression, parseProposition, type Scope } from '../read/parser.ts'
import { type Context, context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { same } from '../term/order.ts'
import { type Expr, finite, iverson, mul, ONE, type Prop, reals, type SetTerm } from '../term/term.ts'
import { asRange, gapOf, withoutBranch } from './branch-support.ts'
import { complaint, type Locate, locateByPath } from './complaints.ts'
import { aRole, type Declaration, type Declarations, declarationsOf, type Role, type SampleBlock, scopeOf } from './declarations.ts'
import { constantValue, domainProblem, namesIn } from './domains.ts'
import type { Known, Model, Parameter, Sample, Variable, Wanted } from './model.ts'
import type { ModelSource, SourcePath } from './model-source.ts'
import { nameProblem, plainName, quoted } from './names.ts'
import { requiredOf } from './required.ts'
import { sampleScope } from './scope.ts'
import { totalOf } from './total.ts'
import { type Reading, readFunction, refuseMovingData, requireArity, requireUse } from './usage.ts'

/** A domain as read: the set, and for a vector its index letter and length. */
interface Domain {
  readonly set: SetTerm
  readonly index?: string
  readonly length?: Expr
}

const isScalarRole =
  (...roles: readonly Role[]) =>
  (d: Declaration): boolean =>
    roles.includes(d.role)

const originAt = (r: Reading, path: SourcePath): Origin => r.locate(path, 'value')

/** The sign of a factor that stands around a name in its domain. */
const signIn = (t: Expr, cx: Context): 'pos' | 'neg' | undefined => {
  const sign = signOf(t, cx)?.sign
  return sign === 'pos' || sign === 'neg' ? sign : undefined
}

/** Reads `0 <= p <= 1` for the declaration of p. */
const readDomain = (r: Reading, d: Declaration, text: string, path: SourcePath, scope: Scope, cx?: Context): Domain => {
  const fail = (message: string, expected?: string) => complaint(r.locate, path, 'value', text, message, expected)
  const read = parseDomain(text, scope, originAt(r, path), d.name, cx && (t => signIn(t, cx)))
  const problem = domainProblem(read.set)
  if (problem !== undefined) throw fail(problem, 'a set with at least one element')
  if (read.index === undefined) {
    if (d.vector)
      throw fail(`${quoted(d.name)} is a vector, and its index has no range`, `the range after the domain, as in ${text.trim()}, j in 1..k`)
    return { set: read.set }
  }
  if (!same(read.index.lo, ONE)) throw fail('an index does not start at 1', `${read.index.letter} in 1..k`)
  return { set: read.set, index: read.index.letter, length: read.index.hi }
}

/** The part after `=` in `v = 4` or `n = a + b`; no domain has a bare `=`. */
const definition = (name: string, text: string): { readonly text: string; readonly offset: number } | undefined => {
  const m = /^([^<>=!≤≥]*?)=(?!=)/.exec(text)
  return m && plainName(m[1] ?? '') === name ? { text: text.slice(m[0].length), offset: m[0].length } : undefined
}

/** Whether a text has a relation in it; what has none can only be a value. */
const isDomainLike = (text: string): boolean => /[<>=≤≥≦≧⩽⩾∈]|\bin\b|\\(?:in|l[et]|g[et]|leq|geq)\b/.test(text)

const moved = (origin: Origin, by: number): Origin => ({ ...origin, column: (origin.column ?? 1) + by })

const readKnown = (r: Reading, d: Declaration, scope: Scope): Known => {
  const text = d.text ?? ''
  const given = definition(d.name, text)
  const bare = given === undefined && !isDomainLike(text) ? { text, offset: 0 } : given
  if (bare) {
    const value = parseExpression(bare.text, scope, moved(originAt(r, d.path), bare.offset)).term
    const number = constantValue(value)
    if (number !== undefined && !Number.isFinite(number))
      throw complaint(r.locate, d.path, 'value', text, `${quoted(d.name)} is no real number`, 'a number')
    if (namesIn(value).has(d.name)) throw complaint(r.locate, d.path, 'value', text, `${quoted(d.name)} is defined in terms of itself`)
    return { name: d.name, domain: number === undefined ? reals : finite(value), value }
  }
  const { set, ...vector } = readDomain(r, d, text, d.path, scope)
  return { name: d.name, domain: set, ...vector }
}

const readSize = (r: Reading, block: SampleBlock): Expr => {
  const text = block.source.size ?? 'n'
  const path = [...block.path, 'size']
  const fail = (message: string) => complaint(r.locate, path, 'value', text, message, 'a name such as n, or a whole number from 1')
  if (/^\s*\d+\s*$/.test(text)) {
    if (Number(text) < 1) throw fail('a sample has at least one observation')
    return parseExpression(text, { symbols: new Set(), arrays: new Set() }, originAt(r, path)).term
  }
  const name = plainName(text)
  if (nameProblem(name)) throw fail(`${quoted(text)} is no size of a sample`)
  const clash = r.declared.all.find(d => d.name === name)
  if (clash)
    throw complaint(
      r.locate,
      clash.path,
      clash.part,
      clash.name,
      `${quoted(name)} is the size of the sample, and is declared as ${aRole(clash.role)}`,
      `another name for ${aRole(clash.role)}, or another size of the sample: "size: ${name === 'N' ? 'n' : 'N'}"`,
    )
  return parseExpression(name, { symbols: new Set([name]), arrays: new Set() }, originAt(r, path)).term
}

const readVariable = (r: Reading, d: Declaration, path: SourcePath, scope: Scope, cx: Context): Variable => {
  if (d.text === undefined) return { name: d.name, support: reals }
  const { set, ...vector } = readDomain(r, d, d.text, path, scope, cx)
  return { name: d.name, support: asRange(set, cx), ...vector }
}

/** A variable, or abs(x) >= theta as its support: no interval, so the density keeps it as a condition. */
const readBounded = (
  r: Reading,
  d: Declaration,
  path: SourcePath,
  scope: Scope,
  cx: Context,
  unknowns: readonly string[],
): { readonly variable: Variable; readonly condition?: Prop } => {
  try {
    return { variable: readVariable(r, d, path, scope, cx) }
  } catch (e) {
    if (!(e instanceof ModelError) || d.text === undefined || d.vector) throw e
    const condition = conditionIn(d.text, scope, d.name, unknowns)
    // what is wrong with it is said of it as a domain
    if (!condition) throw e
    return { variable: { name: d.name, support: reals }, condition }
  }
}

const conditionIn = (text: string, scope: Scope, name: string, unknowns: readonly string[]): Prop | undefined => {
  try {
    return gapOf(parseProposition(text, scope), name, unknowns)
  } catch (e) {
    if (e instanceof ModelError) return undefined
    throw e
  }
}

const supportPath = (block: SampleBlock, position = 0): SourcePath => [
  ...block.path,
  'support',
  ...(typeof block.source.support === 'string' ? [] : [position]),
]

const readSample = (r: Reading, block: SampleBlock, k: number, cx: Context): Sample => {
  const { source, path } = block
  const own = r.declared.all.filter(d => d.sample === k)
  const observed = own.filter(d => d.role === 'observation')
  const fixed = (d: Declaration): boolean => d.role === 'parameter' || d.role === 'known'
  const scope = scopeOf(r.declared, d => fixed(d) || d.sample === k || d.role === 'function', lengthNames(r.declared))
  const text = source.density ?? source.contribution
  const top = path.length === 0 ? 'the model' : `the sample ${quoted(String(path[1]))}`
  if (text === undefined)
    throw complaint(r.locate, path, 'key', String(path[1] ?? ''), `${top} has no density`, '"density:", the pmf or pdf of one observation')
  if (source.density !== undefined && source.contribution !== undefined)
    throw complaint(
      r.locate,
      [...path, 'contribution'],
      'key',
      'contribution',
      `${top} has both a density and a contribution`,
      'one of the two',
    )
  if (source.support === undefined && observed.length === 1)
    throw complaint(
      r.locate,
      [...path, source.density === undefined ? 'contribution' : 'density'],
      'key',
      source.density === undefined ? 'contribution' : 'density',
      `${top} has no support`,
      `"support:", the values that an observation can take, such as ${observed[0]?.name} > 0 or ${observed[0]?.name} in R`,
    )
  const supports = typeof source.support === 'string' ? [source.support] : (source.support ?? [])
  const unmodelled = scopeOf(r.declared, d => d.role === 'known' || (d.sample === k && d.role === 'covariate'), lengthNames(r.declared))
  const covariates = own.filter(d => d.role === 'covariate').map(d => readVariable(r, d, d.path, unmodelled, cx))
  const inSample: Context = { ...cx, domains: new Map([...cx.domains, ...covariates.map(v => [v.name, v.support] as const)]) }
  const unknowns = r.declared.all.filter(d => d.role === 'parameter').map(d => d.name)
  const isAlone = source.density !== undefined && observed.length === 1
  const bounded = observed.map(d => readBounded(r, d, supportPath(block, d.support), scope, inSample, isAlone ? unknowns : []))
  const variables = bounded.map(b => b.variable)
  supports.forEach((s, j) => {
    if (observed.some(d => d.support === j)) return
    const names = observed.map(d => d.name).join(', ')
    const { name } = parseDomain(s, scope, originAt(r, supportPath(block, j)))
    const twice = observed.some(d => d.name === name)
    throw complaint(
      r.locate,
      supportPath(block, j),
      'value',
      s,
      twice ? `${quoted(name)} has two supports` : `this is a support of ${quoted(name)}, and the observation is ${names}`,
      twice ? 'one support for each part' : `a support of ${names}, or "observation: ${name}"`,
    )
  })
  const written = parseExpression(text, scope, originAt(r, [...path, source.density === undefined ? 'contribution' : 'density'])).term
  const gap = bounded[0]?.condition
  const density = gap ? mul(iverson(gap), written) : written
  const [only, ...others] = variables
  const isPlain = source.density !== undefined && only !== undefined && others.length === 0 && !only.length
  const moved = isPlain ? withoutBranch(density, only.name, only.support, unknowns, inSample) : undefined
  return {
    variables: moved && only ? [{ ...only, support: moved.support }] : variables,
    density: moved?.density ?? density,
    densityText: moved || gap ? plain(moved?.density ?? density) : text.trim(),
    contribution: source.density === undefined,
    covariates,
    size: readSize(r, block),
  }
}

const readParameter = (r: Reading, d: Declaration, scope: Scope): Parameter => {
  const text = d.text ?? ''
  const { set, ...vector } = readDomain(r, d, text, d.path, scope)
  return { name: d.name, domain: set, domainText: text.trim(), ...vector }
}

/** The sample with what its density needs although no domain says it. */
const withNeeds = (model: Model, s: Sample, withoutDomain: ReadonlySet<string>): Sample => {
  const total = totalOf(model, s)
  const covariates = s.covariates.map((c): Variable => {
    const required = withoutDomain.has(c.name) ? requiredOf(model, s, c) : undefined
    return required ? { ...c, required } : c
  })
  return { ...s, covariates, ...(total ? { total } : {}) }
}

/** Names in the range of an index behind a domain, `k` in `, j in 1..k`: lengths of vectors need no declaration. */
const lengthNames = (declared: Declarations): readonly string[] => {
  const names = new Set<string>()
  for (const d of declared.all) {
    const range = d.vector ? /^[\s\S]*,\s*\p{L}[\p{L}\p{N}]*\s*(?:\bin\b|∈|\\in\b|=)([\s\S]*)$/u.exec(d.text ?? '')?.[1] : undefined
    for (const [, name] of range?.replace(/\\[a-z]+/g, ' ').matchAll(/(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9]*)/g) ?? [])
      if (name !== undefined && !declared.all.some(x => x.name === name)) names.add(name)
  }
  return [...names]
}

/**
 * The model of a source whose shape is already right (`model-schema.ts` checks files and objects).
 * @throws ModelError for mathematics that cannot be read and declarations that do not fit together.
 */
export const buildModel = (source: ModelSource, locate: Locate = locateByPath): Model => {
  const kinds = (['density', 'contribution', 'samples', 'likelihood'] as const).filter(k => source[k] !== undefined)
  const several = kinds.find(k => k !== kinds[0])
  if (several !== undefined && kinds.some(k => k === 'samples' || k === 'likelihood'))
    throw complaint(locate, [several], 'key', several, `the model has both "${kinds[0]}" and "${several}"`, 'one of them')
  if (kinds.length === 0)
    throw complaint(
      locate,
      [],
      'key',
      '',
      'the model has no density',
      '"density:", the pmf or pdf of one observation, in terms of x and the parameters',
    )
  if (source.parameters === undefined || Object.keys(source.parameters).length === 0)
    throw complaint(
      locate,
      [],
      'key',
      '',
      'the model has no parameter to estimate',
      '"parameters:" with a domain for each, such as p: 0 <= p <= 1',
    )

  const declared = declarationsOf(source, locate)
  const r: Reading = { source, locate, declared }
  const lengths = lengthNames(declared)
  const fixed = scopeOf(declared, isScalarRole('parameter', 'known'), lengths)
  const parameters = declared.all.filter(d => d.role === 'parameter').map(d => readParameter(r, d, fixed))
  const known = declared.all.filter(d => d.role === 'known').map(d => readKnown(r, d, fixed))
  const cx = context({ domains: new Map([...known, ...parameters].map(p => [p.name, p.domain])) })
  const samples = declared.samples.map((b, k) => readSample(r, b, k, cx))

  const withData = scopeOf(declared, d => d.role !== 'observation' && d.role !== 'covariate', lengths)
  const data = declared.all.filter(d => d.role === 'data').map(d => readKnown(r, d, withData))
  refuseMovingData(r, data, parameters)
  const likelihood =
    source.likelihood === undefined
      ? undefined
      : { term: parseExpression(source.likelihood, withData, originAt(r, ['likelihood'])).term, text: source.likelihood.trim(), data }

  const propositions = (key: 'constraints' | 'assume', scope: Scope): readonly Prop[] =>
    (source[key] ?? []).map((text, j) => parseProposition(text, scope, originAt(r, [key, j])))
  const constraints = propositions('constraints', fixed)
  const functions = declared.all.filter(d => d.role === 'function').map(d => readFunction(r, d))
  requireArity(r, functions, samples, likelihood?.term)
  const read = { samples, parameters, known, functions, ...(likelihood ? { likelihood } : {}) }
  // In an assumption the observations are arrays: x[i] is observation i.
  const assume = propositions('assume', sampleScope(read))
  const of = (source.of ?? []).map(
    (text, j): Wanted => ({ text: text.trim(), term: parseExpression(text, fixed, originAt(r, ['of', j])).term }),
  )

  requireUse(r, parameters, samples, likelihood?.term, constraints)
  const built: Model = {
    name: source.name?.trim() ?? '',
    samples,
    ...(likelihood === undefined ? {} : { likelihood }),
    parameters,
    known,
    ...(functions.length === 0 ? {} : { functions }),
    constraints,
    assume,
    of,
    source: source as Readonly<Record<string, unknown>>,
    warnings: [],
  }
  const withoutDomain = new Set(declared.all.filter(d => d.role === 'covariate' && d.text === undefined).map(d => d.name))
  if (withoutDomain.size === 0 && !samples.some(s => s.variables[0]?.length)) return built
  return { ...built, samples: samples.map(s => withNeeds(built, s, withoutDomain)) }
}
