/**
 * Wrong lines that one change of one term puts right: its sign, a factor n, 2 or θ. No slip of the bank is made here; what the
 * repair was names the mistake where no slip explains the line. Compared in numbers at the settings of the model.
 */
import { type Env, evaluate, evaluateLog } from '../term/evaluate.ts'
import { addAll, big, type Expr, mulAll, type Rel, sub } from '../term/term.ts'
import { some, summands } from '../term/walk.ts'
import { atTop, unknownsIn } from './decide.ts'
import { ordinary } from './estimate-samples.ts'
import type { Reference } from './reference.ts'
import type { Target } from './ruling.ts'

/** The summands as they are written, a factor in front of a bracket given to each, and Σ too. */
const written = (t: Expr): readonly Expr[] =>
  summands(t).flatMap(u => {
    if (u.kind === 'big' && u.op === 'sum' && u.body.kind === 'add') return u.body.terms.map(v => big('sum', u.lo, u.hi, v))
    if (u.kind !== 'mul') return [u]
    const bracket = u.factors.find(f => f.kind === 'add' || (f.kind === 'big' && f.op === 'sum' && f.body.kind === 'add'))
    const parts = bracket?.kind === 'add' ? bracket.terms : bracket ? written(bracket) : []
    return bracket ? parts.map(v => mulAll([...u.factors.filter(f => f !== bracket), v])) : [u]
  })

/** What a term has to be multiplied by: nothing but these is looked for. */
type Change = 'sign' | 'n lost' | 'n extra' | 'half' | 'double' | 'parameter lost' | 'parameter extra' | 'term extra' | 'power'
const changes: readonly (readonly [Change, (n: number, x: number) => number])[] = [
  ['sign', () => -1],
  ['n lost', n => n],
  ['n extra', n => 1 / n],
  ['half', () => 0.5],
  ['double', () => 2],
  ['parameter lost', (_, x) => x],
  ['parameter extra', (_, x) => 1 / x],
  ['term extra', () => 0],
]
/** A coefficient and a power of the parameter, as a slip in differentiating a power leaves them: a small number times θ^k. */
const powers: readonly (readonly [Change, (n: number, x: number) => number])[] = [-3, -2, -1, 1, 2, 3].flatMap(k =>
  [1, 2, 3, 4, 1 / 2, 1 / 3, 1 / 4].flatMap(c => [c, -c].map(a => ['power', (_: number, x: number) => a * x ** k] as const)),
)

const sizeOf = (r: Reference, env: Env): number => (r.size ? evaluate(r.size, env) : Number.NaN)
const near = (a: number, b: number, scale: number): boolean => Math.abs(a - b) <= 1e-8 * (1e-6 + scale)

/** The first change of one of the terms that brings their sum to what it should be, at every point. */
const repair = (
  r: Reference,
  terms: readonly Expr[],
  points: readonly { readonly env: Env; readonly wanted: number }[],
  parameter: string | undefined,
  powersToo = false,
): { readonly change: Change; readonly term: Expr } | undefined => {
  if (points.length < 2 || terms.length === 0 || terms.length > 12) return undefined
  const rows = points.map(({ env, wanted }) => {
    const values = terms.map(t => evaluate(t, env))
    const total = values.reduce((a, b) => a + b, 0)
    return {
      values,
      total,
      wanted,
      n: sizeOf(r, env),
      x: parameter === undefined ? Number.NaN : (env.symbols.get(parameter) ?? Number.NaN),
      scale: Math.abs(wanted) + values.reduce((a, b) => a + Math.abs(b), 0),
    }
  })
  if (rows.some(row => !Number.isFinite(row.scale))) return undefined
  for (const [change, factor] of parameter !== undefined && terms.length > 1 && powersToo ? [...changes, ...powers] : changes)
    for (const [k, term] of terms.entries())
      if (
        rows.every(row => {
          const v = row.values[k] as number
          return v !== 0 && near(row.total + (factor(row.n, row.x) - 1) * v, row.wanted, row.scale)
        })
      )
        return { change, term }
  // the signs of two terms: of what stood in one bracket
  for (const [k, term] of terms.entries())
    for (let j = k + 1; j < terms.length && terms.length > 2; j++)
      if (rows.every(row => near(row.total - 2 * ((row.values[k] as number) + (row.values[j] as number)), row.wanted, row.scale)))
        return { change: 'sign', term }
  return undefined
}

const hasLog = (t: Expr): boolean => some(t, u => u.kind === 'fn' && u.name === 'log')
const hasComplement = (r: Reference, t: Expr): boolean =>
  some(t, u => u.kind === 'pow' && u.base.kind === 'add' && unknownsIn(r, u.base).length > 0 && u.exponent.kind === 'num')

/** The name of what was done to one term of a log-likelihood or of a derivative. */
const nameOfValue = (r: Reference, role: string, found: { readonly change: Change; readonly term: Expr }): string | undefined => {
  const { change, term } = found
  if (role === 'log-likelihood')
    switch (change) {
      case 'sign':
        return hasLog(term) ? 'log.sign-of-reciprocal' : 'log.exp-sign'
      case 'n lost':
        return 'log.lost-n'
      case 'n extra':
        return 'sum.extra-n'
      case 'half':
      case 'double':
        return hasLog(term) ? 'log.half-lost' : undefined
      default:
        return undefined
    }
  if (role !== 'score' && role !== 'second-derivative') return undefined
  switch (change) {
    case 'sign':
      return hasComplement(r, term) ? 'd.chain-1-p' : 'd.sign-of-term'
    case 'n lost':
      return 'd.term-lost-n'
    case 'n extra':
      return 'sum.extra-n'
    case 'term extra':
      return unknownsIn(r, term).length === 0 ? 'd.data-const-nonzero' : undefined
    default:
      return 'd.power-rule'
  }
}

/** The mistake in a wrong value whose one term can be put right. */
export const repairedValue = (r: Reference, t: Extract<Target, { kind: 'value' }>): string | undefined => {
  const [only] = r.unknowns.length === 1 ? r.unknowns : []
  const envs = r.settings.slice(0, 4).flatMap(s => (r.moving ? [s.env] : [s.env, s.other]))
  if (t.role === 'likelihood') return undefined
  const wrt = t.by?.at(-1)
  const parameter = wrt?.kind === 'sym' ? wrt.name : only
  const points = envs.flatMap(env => {
    const wanted = evaluate(t.right, env)
    return Number.isFinite(wanted) ? [{ env, wanted }] : []
  })
  const terms = written(t.term)
  const found =
    repair(r, terms, points, parameter, t.role === 'score') ??
    (terms.length > 1 ? repair(r, [addAll(terms)], points, parameter) : undefined)
  return found && nameOfValue(r, t.role, found)
}

/** The mistake in a wrong equation that the maximum solves once one of its terms is put right. */
export const repairedEquation = (r: Reference, p: Rel, parameter: string | undefined): string | undefined => {
  const points = ordinary(r)
    .slice(0, 4)
    .map(({ env, top }) => ({ env: atTop(env, top), wanted: 0 }))
  const found = repair(r, written(sub(p.left, p.right)), points, parameter)
  switch (found?.change) {
    case 'sign':
      return 'solve.sign-moved'
    case 'n lost':
      return 'sum.const'
    case 'n extra':
      return 'sum.extra-n'
    case 'parameter lost':
    case 'parameter extra':
      return 'solve.one-side-only'
    default:
      return undefined
  }
}

/** log of the value of a factor; NaN where it is not positive. */
const logOf = (t: Expr, env: Env): number => {
  const l = evaluateLog(t, env)
  return l.sign > 0 ? l.log : Number.NaN
}

/** The mistake in a wrong likelihood whose one factor has lost its power n, or has it twice. */
export const repairedLikelihood = (r: Reference, t: Extract<Target, { kind: 'value' }>): string | undefined => {
  const factors = t.term.kind === 'mul' ? t.term.factors : [t.term]
  const envs = r.settings.slice(0, 4).flatMap(s => (r.moving ? [s.env] : [s.env, s.other]))
  if (factors.length > 10) return undefined
  const rows = envs.map(env => ({
    parts: factors.map(f => logOf(f, env)),
    gap: logOf(t.right, env) - logOf(t.term, env),
    n: sizeOf(r, env),
  }))
  if (rows.length < 2 || rows.some(row => !Number.isFinite(row.gap) || !Number.isFinite(row.n))) return undefined
  for (const k of factors.keys()) {
    const fits = (power: (n: number) => number): boolean =>
      rows.every(row => {
        const part = row.parts[k] as number
        return Number.isFinite(part) && part !== 0 && near((power(row.n) - 1) * part, row.gap, Math.abs(row.gap) + Math.abs(part))
      })
    if (fits(n => n)) return 'lik.const-not-powered'
    if (fits(n => 1 / n)) return 'sum.extra-n'
    // √ of it, or not: an exponent that was not multiplied
    if (fits(() => 2) || fits(() => 0.5)) return 'exp.power-of-power'
  }
  return undefined
}
