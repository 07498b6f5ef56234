/**
 * The order in which a book writes operands: numerals, knowns, unknowns, data sums, functions, exponentials; in sums a
 * positive summand first. Roles of names come from the style. The identity order of terms is elsewhere (`term/order.ts`).
 */
import { functions } from '../term/functions.ts'
import { children, compareTerms } from '../term/order.ts'
import { sign } from '../term/rational.ts'
import { type Expr, isOne, type Pow, type Term } from '../term/term.ts'
import { aliasIndex } from './abbreviations.ts'
import type { Build } from './build.ts'
import { isGreek } from './names.ts'

export type Role = 'size' | 'known' | 'count' | 'parameter' | 'data' | 'statistic'

/** What a name stands for. `count`: an abbreviation of a small letter (k); `statistic`: of a capital, or a mean. */
export const roleOf = (name: string, array: boolean, b: Build): Role => {
  const alias = aliasIndex(name)
  if (alias !== undefined) return b.aliases[alias]?.statistic ? 'statistic' : 'count'
  const s = b.style
  if (name === (s.size ?? 'n')) return 'size'
  if (s.parameters ? s.parameters.includes(name) : isGreek(name)) return 'parameter'
  if (s.data ? s.data.includes(name) : array || name === 'x' || name === 'y') return 'data'
  return 'known'
}

const PARAMETER = 1
const OBSERVATION = 2
const STATISTIC = 4
const COUNT = 8
const traitOf: Record<Role, number> = { size: 0, known: 0, count: COUNT, parameter: PARAMETER, data: OBSERVATION, statistic: STATISTIC }

/** Which roles occur in a term, as bits; remembered for one printing. */
const traits = (t: Term, b: Build): number => {
  switch (t.kind) {
    case 'num':
    case 'bound':
    case 'infinity':
      return 0
    case 'sym':
      return traitOf[roleOf(t.name, false, b)]
    default: {
      const known = b.traits.get(t)
      if (known !== undefined) return known
      let bits = t.kind === 'at' ? traitOf[roleOf(t.name, true, b)] : 0
      for (const c of children(t)) bits |= traits(c, b)
      b.traits.set(t, bits)
      return bits
    }
  }
}
export const hasParameter = (t: Term, b: Build): boolean => (traits(t, b) & PARAMETER) !== 0
/** Observations, or what abbreviates a statistic of them. */
export const hasData = (t: Term, b: Build): boolean => (traits(t, b) & (OBSERVATION | STATISTIC | COUNT)) !== 0
export const hasObservation = (t: Term, b: Build): boolean => (traits(t, b) & OBSERVATION) !== 0
/** Observations or statistics: what is not constant over samples, counts aside. */
export const hasStatistic = (t: Term, b: Build): boolean => (traits(t, b) & (OBSERVATION | STATISTIC)) !== 0

const roleRank: Record<Role, number> = { size: 2, count: 2.2, known: 2.4, parameter: 4, data: 6, statistic: 7 }

export const isPrefix = (t: Expr): boolean => t.kind === 'fn' && t.name !== 'exp' && functions.get(t.name)?.form === 'prefix'

/** Place of a factor in a product; the numbers are only compared. */
export const factorRank = (t: Expr, b: Build): number => {
  switch (t.kind) {
    case 'num':
      return 0
    case 'sym':
      return roleRank[roleOf(t.name, false, b)]
    case 'at':
      return roleRank[roleOf(t.name, true, b)]
    case 'bound':
      return 2.3
    case 'pow':
      if (t.base.kind === 'num') return 0.5
      if (t.exponent.kind === 'num' && t.exponent.value.den === 2n && t.exponent.value.num === 1n) return 7.5
      if (t.base.kind === 'big') return t.base.op === 'sum' ? 7 : 6.8
      {
        const rank = factorRank(t.base, b)
        // The known minimum m of m^α follows its parameter: α m^α.
        return rank < 4 && rank > 1 && hasParameter(t.exponent, b) ? 5.5 : rank
      }
    case 'add':
      return hasObservation(t, b) ? 6.6 : hasParameter(t, b) ? 5 : 3
    case 'mul':
      return hasParameter(t, b) ? 5 : 3
    case 'fn': {
      const form = functions.get(t.name)?.form
      if (form === 'constant') return 0.7
      if (form === 'binomial') return 1
      if (t.name === 'exp') return 10
      return form === 'prefix' ? 9 : 8
    }
    case 'call':
    case 'expect':
      return 8
    case 'big':
      return t.op === 'sum' || t.op === 'prod' ? 12 : 7
    case 'deriv':
      return 11
    case 'limit':
      return 12
    case 'iverson':
    case 'cases':
      return 13
    case 'infinity':
      return 2.5
    default:
      return t satisfies never
  }
}

const position = (t: Expr, b: Build): number => {
  const u = t.kind === 'pow' ? t.base : t
  if (u.kind !== 'sym' && u.kind !== 'at') return 0
  const k = b.style.parameters?.indexOf(u.name) ?? -1
  return Math.max(k, 0)
}

/** Factors in display order. A sum before a logarithm is moved in front of it: (Σ x_i) log p. */
export const orderFactors = (factors: readonly Expr[], b: Build): Expr[] => {
  if (factors.length < 2) return [...factors]
  const beforeFunction = factors.some(isPrefix)
  const rank = (f: Expr): number => (beforeFunction && f.kind === 'big' && f.op === 'sum' ? 7 : factorRank(f, b))
  // Insertion sort: there are few factors, and most are in order.
  const sorted = [...factors]
  const ranks = sorted.map(rank)
  for (let k = 1; k < sorted.length; k++) {
    const f = sorted[k] as Expr
    const r = ranks[k] as number
    let i = k
    for (; i > 0 && (r - (ranks[i - 1] as number) || tie(f, sorted[i - 1] as Expr, b)) < 0; i--) {
      sorted[i] = sorted[i - 1] as Expr
      ranks[i] = ranks[i - 1] as number
    }
    sorted[i] = f
    ranks[i] = r
  }
  return sorted
}
const baseOf = (t: Expr): Expr => (t.kind === 'pow' ? t.base : t)
const tie = (x: Expr, y: Expr, b: Build): number =>
  position(x, b) - position(y, b) || compareTerms(baseOf(x), baseOf(y)) || compareTerms(x, y)

// --- summands --------------------------------------------------------------------------------

export const isNegative = (t: Expr): boolean => {
  if (t.kind === 'num') return sign(t.value) < 0
  if (t.kind === 'mul') return isNegative(t.factors[0] as Expr)
  return t.kind === 'infinity' && t.negative
}

const isDegree = (t: Pow): boolean => t.exponent.kind === 'num' && t.exponent.value.den === 1n && t.exponent.value.num > 0n
const isMonomial = (t: Expr): boolean => {
  if (t.kind === 'mul') return t.factors.every(isMonomial)
  if (t.kind === 'pow') return isDegree(t) && t.base.kind !== 'mul' && isMonomial(t.base)
  return t.kind === 'sym' || t.kind === 'at' || t.kind === 'num' || t.kind === 'add' || t.kind === 'bound'
}
/** Degrees of a monomial in observations, in parameters, and in all. */
const degrees = (t: Expr, b: Build): [number, number, number] => {
  let [data, unknown, total] = [0, 0, 0]
  for (const f of t.kind === 'mul' ? t.factors : [t]) {
    const base = baseOf(f)
    if (base.kind === 'num') continue
    const d = f.kind === 'pow' && f.exponent.kind === 'num' ? Number(f.exponent.value.num) : 1
    const role = base.kind === 'sym' ? roleOf(base.name, false, b) : base.kind === 'at' ? roleOf(base.name, true, b) : undefined
    if (role === 'data') data += d
    if (role === 'parameter') unknown += d
    total += d
  }
  return [data, unknown, total]
}
const nodes = (t: Term): number => {
  let k = 1
  for (const c of children(t)) k += nodes(c)
  return k
}
/** True if the term is a product that ends in a drawn Σ or Π, which reads best as the last summand. */
const trailsOff = (t: Expr): boolean => t.kind === 'mul' && t.factors.some(f => f.kind === 'big' && (f.op === 'sum' || f.op === 'prod'))
const isQuotient = (t: Expr): boolean =>
  t.kind === 'mul' && t.factors.some(f => f.kind === 'pow' && f.exponent.kind === 'num' && sign(f.exponent.value) < 0)

const firstName = (t: Expr, b: Build): Expr =>
  baseOf(
    t.kind === 'mul'
      ? (orderFactors(
          t.factors.filter(f => f.kind !== 'num'),
          b,
        )[0] ?? t)
      : t,
  )
const isSize = (t: Expr, b: Build): number => (t.kind === 'sym' && roleOf(t.name, false, b) === 'size' ? 0 : 1)

const isLogarithm = (t: Expr): boolean => t.kind === 'fn' && t.name === 'log'
const inner = (t: Expr): Expr => (t.kind === 'fn' ? (t.args[0] as Expr) : t.kind === 'deriv' ? t.body : t)
/** The log of a product term by term, and the derivative of a sum, keep the order that the product or sum has. */
const asIn = (terms: readonly Expr[], order: readonly Expr[]): Expr[] => order.map(u => terms.find(t => inner(t) === u) as Expr)

/** Summands in display order: a positive one first where there is one, data after parameters, polynomials by falling degree. */
export const orderSummands = (terms: readonly Expr[], b: Build): Expr[] => {
  const numeral = terms.find(t => t.kind === 'num')
  const rest = terms.filter(t => t !== numeral)
  let ordered: Expr[]
  if (rest.length < 2) ordered = rest
  else if (rest.every(isLogarithm)) ordered = asIn(rest, orderFactors(rest.map(inner), b))
  else if (rest.every(t => t.kind === 'deriv')) ordered = asIn(rest, orderSummands(rest.map(inner), b))
  else if (rest.every(isMonomial)) {
    const keyed = rest.map(t => ({ t, d: degrees(t, b), lead: firstName(t, b) }))
    keyed.sort(
      (x, y) =>
        y.d[0] - x.d[0] ||
        y.d[1] - x.d[1] ||
        y.d[2] - x.d[2] ||
        isSize(x.lead, b) - isSize(y.lead, b) ||
        position(x.lead, b) - position(y.lead, b) ||
        compareTerms(x.lead, y.lead) ||
        compareTerms(x.t, y.t),
    )
    ordered = keyed.map(k => k.t)
  } else {
    // Data last, then what is free of the parameters, then what is subtracted.
    const place = (t: Expr): number => (hasData(t, b) ? 4 : 0) + (hasParameter(t, b) ? 0 : 2) + (isNegative(t) ? 1 : 0)
    ordered = rest.sort((x, y) => place(x) - place(y) || nodes(x) - nodes(y) || compareTerms(x, y))
  }
  if (numeral) {
    const other = ordered[0] as Expr
    const linear = other.kind === 'sym' || other.kind === 'at' || other.kind === 'mul'
    if (ordered.length === 1 && isOne(numeral) && !isNegative(other) && !linear) ordered.unshift(numeral)
    else ordered.push(numeral)
  }
  if (!isNegative(ordered[0] as Expr)) return ordered
  // −n/(2v) + (1/2v²) Σ…: a long sum reads best at the end.
  const stays = !b.linear && isQuotient(ordered[0] as Expr)
  const first = ordered.findIndex(t => !isNegative(t) && !(stays && trailsOff(t)))
  if (first > 0) ordered.unshift(...ordered.splice(first, 1))
  return ordered
}
