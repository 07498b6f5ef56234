/**
 * One statistic T = Σ t(x_i) through which alone the data meet the unknown: ℓ' = b(θ)(T − E T), because the score has mean
 * zero, and dE T/dθ = Cov(T, ℓ') = b(θ) Var T, because differentiation and integration may be exchanged inside of the natural
 * parameter space. So T − E T falls strictly where b > 0 and rises strictly where b < 0: ℓ' = 0 has one root at most.
 * Source: Lehmann, Casella, Theory of Point Estimation, section 1.5; Barndorff-Nielsen, Information and Exponential Families, ch. 9.
 * Refuses where the density is not known to have mass 1, where the support moves, and where t may be constant.
 */
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { collected, mergedProduct } from '../rewrite/arithmetic.ts'
import { boundsOf } from '../rewrite/bounds.ts'
import { differentiated } from '../rewrite/derivative.ts'
import type { Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { evaluate } from '../term/evaluate.ts'
import { decompose, normalForm, reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { add, addAll, at, bound, type Expr, isOne, MINUS_ONE, mul, mulAll, neg, num, ONE, pow, type Sym, sub, sym } from '../term/term.ts'
import { factors, hasKind, mentions, replace, subterms, summands, symbolsOf } from '../term/walk.ts'
import { pointsOf } from './numeric-look.ts'
import type { Setting } from './setting.ts'

export interface FamilyForm {
  /** m > 0 and D = m·ℓ', which falls strictly. */
  readonly multiplier: Expr
  readonly difference: Expr
  readonly why: Phrase
  readonly statistic: Expr
  /** T − E T, or E T − T. */
  readonly rises: boolean
  /** The weight b is a constant: θ is the natural parameter up to a factor. */
  readonly isNatural: boolean
  /** The ends of the range of t(x), where they are known; ±∞ are values. */
  readonly range: { readonly lo?: Expr; readonly hi?: Expr }
}

/** Least and largest value of t(x), from the support for t(x) = x and from its bounds otherwise. */
const rangeOf = (entry: Expr, x: Sym, s: Setting, cx: Context): FamilyForm['range'] => {
  const { support } = s.variable
  if (same(entry, x) && support.kind !== 'finite') return { lo: support.lo, hi: support.hi }
  const { lo, hi } = boundsOf(entry, cx)
  return { ...(lo ? { lo: lo.value } : {}), ...(hi ? { hi: hi.value } : {}) }
}

/** b(θ)·T + a(θ) = the score, with T a sum of closed sums over the sample. */
interface Parts {
  readonly weight: Expr
  readonly statistic: Expr
  readonly rest: Expr
  /** t(x) of one observation, with the placeholder symbol for it. */
  readonly entry: Expr
}

const isSampleSum = (f: Expr, s: Setting): boolean => f.kind === 'big' && f.op === 'sum' && same(f.lo, ONE) && same(f.hi, s.size)

/** t(x) of a closed sum over the sample, free of the unknown; undefined for another statistic. */
const entryOf = (statistic: Expr, s: Setting, x: Expr): Expr | undefined => {
  const list = factors(statistic)
  const data = list.filter(f => hasKind(f, 'at'))
  const [own] = data
  if (data.length !== 1 || own?.kind !== 'big' || !isSampleSum(own, s) || mentions(own, s.unknown.name)) return undefined
  const entry = replace(own.body, at(s.variable.name, bound(0)), x) as Expr
  // the index, or another array, beside the observation itself
  if (hasKind(entry, 'at') || (entry.free & 1) !== 0 || hasKind(entry, 'big')) return undefined
  return mulAll([...list.filter(f => f !== own), entry])
}

/** The score as given, if the data stand in plain terms of it, or as its normal form separates them. */
const termsOf = (score: Expr, s: Setting): readonly { readonly coefficient: Expr; readonly statistic: Expr }[] => {
  const plain = summands(score).map(p => {
    const list = factors(p)
    const data = list.filter(f => hasKind(f, 'at'))
    return { coefficient: mulAll(list.filter(f => !data.includes(f))), statistic: mulAll(data) }
  })
  const isPlain = plain.every(
    (p, i) =>
      p.statistic.kind !== 'mul' &&
      p.statistic.kind !== 'add' &&
      !mentions(p.statistic, s.unknown.name) &&
      plain.every((q, j) => i >= j || isOne(p.statistic) || !same(p.statistic, q.statistic)),
  )
  if (isPlain) return plain
  const positive = (t: Expr): boolean => signOf(t, s.interior)?.sign === 'pos'
  return decompose(score, atom => !hasKind(atom, 'at'), positive).map(p => ({
    coefficient: isOne(p.statistic) ? p.coefficient : reduceFraction(p.coefficient),
    statistic: p.statistic,
  }))
}

const partsOf = (score: Expr, s: Setting, x: Expr): Parts | undefined => {
  let weight: Expr | undefined
  const statistics: Expr[] = []
  const entries: Expr[] = []
  const rest: Expr[] = []
  for (const { coefficient, statistic } of termsOf(score, s)) {
    if (!hasKind(statistic, 'at')) {
      rest.push(mul(coefficient, statistic))
      continue
    }
    const entry = entryOf(statistic, s, x)
    if (!entry) return undefined
    weight ??= coefficient
    const share = weight === coefficient ? ONE : normalForm(mul(coefficient, pow(weight, MINUS_ONE)))
    if (mentions(share, s.unknown.name)) return undefined
    statistics.push(mul(share, statistic))
    entries.push(mul(share, entry))
  }
  return weight && { weight, statistic: addAll(statistics), rest: addAll(rest), entry: addAll(entries) }
}

const strict = (sign: string | undefined): boolean => sign === 'pos' || sign === 'neg' || sign === 'nonzero'

/** True if t takes two values with positive probability. */
const varies = (entry: Expr, x: ReturnType<typeof sym>, s: Setting, cx: Context): boolean => {
  const { support } = s.variable
  if (symbolsOf(entry).size === 1) {
    const values = pointsOf(support)
      .map(v => evaluate(entry, { symbols: new Map([[x.name, v]]), arrays: new Map() }))
      .filter(Number.isFinite)
    const scale = 1 + Math.max(...values.map(Math.abs))
    if (values.length > 1 && Math.max(...values) - Math.min(...values) > 1e-6 * scale) return true
  }
  // with known constants: strictly monotone, or different at two neighbours
  if (support.kind === 'interval') {
    const slope = differentiated(entry, x)
    return slope !== undefined && strict(signOf(slope, cx)?.sign)
  }
  if (support.kind === 'finite' || support.lo.kind === 'infinity') return false
  const [first, second] = [support.lo, add(support.lo, ONE)]
  const step = sub(replace(entry, x, second) as Expr, replace(entry, x, first) as Expr)
  const room = support.hi.kind === 'infinity' ? 'pos' : signOf(sub(support.hi, support.lo), cx)?.sign
  return room === 'pos' && strict(signOf(normalForm(step), cx)?.sign)
}

/** True for i.i.d. observations of a density whose mass is 1 for every θ, as far as a numeric look can tell. */
const isPlainSample = (s: Setting): boolean =>
  !s.direct &&
  !s.moving &&
  !s.sample.contribution &&
  s.sample.covariates.length === 0 &&
  s.sample.variables.length === 1 &&
  !isOne(s.size) &&
  s.model.warnings.length === 0 &&
  s.parameter.domain.kind === 'interval'

/** The score as ±b(T − E T), or undefined. */
export const familyForm = (s: Setting, score: Expr, cx: Context): FamilyForm | undefined => {
  if (!isPlainSample(s)) return undefined
  // nothing but sums over the sample may hold data: a cheap look before anything is computed
  if (subterms(score).some(u => u.kind === 'big' && !isSampleSum(u, s))) return undefined
  const x = sym(s.variable.name)
  const parts = partsOf(score, s, x)
  if (!parts || parts.rest.kind === 'num') return undefined
  const { weight, statistic, rest } = parts
  const sign = signOf(weight, cx)?.sign
  if (sign !== 'pos' && sign !== 'neg') return undefined
  if (!varies(parts.entry, x, s, cx)) return undefined
  const inverse = mergedProduct([pow(weight, MINUS_ONE)])
  const expected = collected(addAll(summands(rest).map(p => mergedProduct([num(-1), p, inverse]))))
  const turn = (t: Expr): Expr => (sign === 'pos' ? t : addAll(summands(t).map(neg)))
  const difference = add(turn(statistic), turn(addAll(summands(expected).map(neg))))
  const multiplier = sign === 'pos' ? inverse : mergedProduct([num(-1), inverse])
  const slope: Phrase = isOne(weight)
    ? ['the variance of it']
    : same(weight, MINUS_ONE)
      ? ['minus the variance of it']
      : say`${weight} times the variance of it`
  return {
    statistic,
    rises: sign === 'pos',
    isNatural: !mentions(weight, s.unknown.name),
    range: rangeOf(parts.entry, x, s, cx),
    multiplier,
    difference,
    why: say`: the score has mean zero, so ${expected} is the expected value of ${statistic}, and its derivative, the covariance of this statistic with the score, is ${slope}, which is ${sign === 'pos' ? 'positive' : 'negative'}`,
  }
}
