/** What information, standard errors and variances have to be under the model: terms with expectations, and the values of usual slips. */
import type { Env } from '../term/evaluate.ts'
import { div, type Expr, expect, HALF, MINUS_ONE, mul, neg, num, pow, sqrt, sub, sym } from '../term/term.ts'
import { substitute, symbolsOf } from '../term/walk.ts'
import { numericValue } from '../verify/calculus.ts'
import { anywhere } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { once, quantityTerm, type Reference } from './reference.ts'
import { type Quantity, unhatted } from './statement.ts'

export interface Precision {
  readonly right: Expr
  /** Names of slips, and the values that they give. */
  readonly others: readonly (readonly [string, Expr])[]
  /** Other values may be meant: only what a mistake explains is wrong. */
  readonly loose?: true
}

export const second = (r: Reference, a: string, b: string): Expr =>
  once(r, `∂∂${a},${b}`, () => differentiate(differentiate(r.ell, sym(a)), sym(b)))

/** −E[∂²ℓ] as a term with an expectation; of one parameter, or of the pair told. */
export const fisher = (r: Reference, by: readonly string[], perObservation: boolean): Expr | undefined => {
  const [a = r.unknowns[0], b = a] = by
  if (a === undefined || b === undefined) return undefined
  const whole = neg(expect(second(r, a, b)))
  return perObservation && r.size ? div(whole, r.size) : whole
}

export const namesOf = (by: readonly Expr[] | undefined): readonly string[] => (by ?? []).flatMap(e => (e.kind === 'sym' ? [e.name] : []))

/** The parameter that a standard error is of. */
export const parameterOf = (r: Reference, t: Expr): string | undefined => {
  const name = t.kind === 'sym' ? (unhatted(t.name) ?? t.name) : undefined
  return name !== undefined && r.unknowns.includes(name) ? name : undefined
}

export const unhattedTerm = (r: Reference, t: Expr): Expr => substitute(t, new Map(r.unknowns.map(u => [`${u}\u0302`, sym(u)])))

/** Whether two terms have the same value at the parameters of the settings, expectations included. */
export const agree = (
  r: Reference,
  a: Expr,
  b: Expr,
  envs: readonly Env[] = anywhere(r),
  /** The relative difference that is none. */
  off = 2e-6,
): { readonly verdict: 'true' | 'false' | 'unknown'; readonly env?: Env } => {
  let agreed = 0
  for (const env of envs.slice(0, 4)) {
    const [x, y] = [numericValue(a, env, r.model), numericValue(b, env, r.model)]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    if (Math.abs(x - y) > off * Math.max(Math.abs(x), Math.abs(y))) return { verdict: 'false', env }
    agreed++
  }
  return { verdict: agreed > 0 ? 'true' : 'unknown' }
}

/** The value that a quantity has to have; undefined where it is not known how to find it. */
export const precisionOf = (r: Reference, q: Quantity): Precision | undefined => {
  switch (q.kind) {
    case 'observed-information': {
      const right = quantityTerm(r, q)
      return right && { right, others: [['info.sign', neg(right)]] }
    }
    case 'fisher-information': {
      const right = fisher(r, namesOf(q.by), q.perObservation === true)
      const one = fisher(r, namesOf(q.by), true)
      const whole = fisher(r, namesOf(q.by), false)
      return right && one && whole
        ? {
            right,
            others: [
              ['info.sign', neg(right)],
              ['info.per-obs', q.perObservation ? whole : one],
              ['info.sign', neg(one)],
            ],
          }
        : undefined
    }
    case 'standard-error':
    case 'variance': {
      const name = parameterOf(r, q.of)
      if (name !== undefined && r.unknowns.length === 2) return amongTwo(r, name, q.kind === 'variance')
      if (name === undefined || r.unknowns.length > 1) return viaDelta(r, q)
      const info = fisher(r, [name], false)
      const one = fisher(r, [name], true)
      if (!info || !one) return undefined
      const power = q.kind === 'variance' ? MINUS_ONE : neg(HALF)
      const other = q.kind === 'variance' ? neg(HALF) : MINUS_ONE
      return {
        right: pow(info, power),
        others: [
          ['info.var-not-root', pow(info, other)],
          ['info.per-obs', pow(one, power)],
          ['info.sign', pow(neg(info), power)],
        ],
      }
    }
    default:
      return undefined
  }
}

/** The standard error or the variance of one of two estimates: from the inverse of the matrix of informations. */
const amongTwo = (r: Reference, name: string, isVariance: boolean): Precision | undefined => {
  const other = r.unknowns.find(u => u !== name)
  const [own, mixed, theirs] =
    other === undefined ? [] : [fisher(r, [name], false), fisher(r, [name, other], false), fisher(r, [other], false)]
  if (!own || !mixed || !theirs || !r.size || r.model.parameters.some(p => p.length !== undefined)) return undefined
  const variance = mul(theirs, pow(sub(mul(own, theirs), pow(mixed, num(2))), MINUS_ONE))
  const [right, unrooted] = isVariance ? [variance, sqrt(variance)] : [sqrt(variance), variance]
  return {
    right,
    others: [
      ['info.var-not-root', unrooted],
      ['info.per-obs', isVariance ? mul(r.size, right) : mul(sqrt(r.size), right)],
    ],
    loose: true,
  }
}

/** I(η) = I(θ)/(dη/dθ)², where the argument is a function η of the one parameter. */
export const reparametrised = (
  r: Reference,
  k: Precision | undefined,
  at: Readonly<Record<string, Expr>> | undefined,
): Precision | undefined => {
  const [u, ...more] = r.unknowns
  const eta = u === undefined ? undefined : at?.[u]
  if (!k || !eta || u === undefined || more.length > 0 || eta.kind === 'sym' || !symbolsOf(eta).has(u)) return k
  if ([...symbolsOf(eta)].some(name => name !== u && !r.model.known.some(p => p.name === name))) return k
  const scale = pow(differentiate(eta, sym(u)), num(-2))
  return { ...k, right: mul(k.right, scale), others: k.others.map(([id, t]) => [id, mul(t, scale)] as const) }
}

/** se(g(θ̂)) = |g′(θ)|/√I(θ) for one parameter. */
const viaDelta = (r: Reference, q: Extract<Quantity, { kind: 'standard-error' | 'variance' | 'bias' }>): Precision | undefined => {
  const [u, ...more] = r.unknowns
  if (u === undefined || more.length > 0) return undefined
  const g = unhattedTerm(r, q.of)
  if (!symbolsOf(g).has(u)) return undefined
  const info = fisher(r, [u], false)
  if (!info) return undefined
  const slope = differentiate(g, sym(u))
  const variance = mul(pow(slope, num(2)), pow(info, MINUS_ONE))
  const plain = pow(info, MINUS_ONE)
  return q.kind === 'variance'
    ? { right: variance, others: [['info.delta', plain]] }
    : {
        right: sqrt(variance),
        others: [
          ['info.delta', sqrt(plain)],
          ['info.var-not-root', variance],
        ],
      }
}
