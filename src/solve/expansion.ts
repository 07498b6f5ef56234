/**
 * Expansions at an end of an interval: sums of e^{r/h}·c·h^k with exact coefficients, h > 0 the distance to a finite end
 * or the inverse of the distance gone; L stands for log(1/h). Arithmetic only: which function expands how is
 * `near-end.ts`. Every expansion carries the order of what it leaves out, and what is not known is left undefined.
 */
import { type Context, within } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import * as Q from '../term/rational.ts'
import { add, type Expr, infinity, interval, isZero, mul, num, ONE, pow, sub, sym, ZERO } from '../term/term.ts'
import { mentions } from '../term/walk.ts'

/** log(1/h), larger than any number and smaller than any power of 1/h. */
export const L = sym('\u0001L')

export interface Monomial {
  /** Power of h. */
  readonly order: Expr
  readonly coefficient: Expr
}
/** e^{rate/h} times a series; `error` is the order of the first power of h that is not known. */
export interface Part {
  readonly rate: Expr
  readonly terms: readonly Monomial[]
  readonly error?: Expr
}
/** Parts of falling rate. Whatever has a rate of `lost` or below is not known. */
export interface Expansion {
  readonly parts: readonly Part[]
  readonly lost?: Expr
}

/** The context in which coefficients are looked at: L is large and positive. */
export const withLogarithm = (cx: Context): Context => within(cx, L.name, interval(ONE, infinity))

const longest = 6

export const constantExpansion = (c: Expr): Expansion =>
  isZero(c) ? { parts: [] } : { parts: [{ rate: ZERO, terms: [{ order: ZERO, coefficient: c }] }] }
export const powerOfH = (order: Expr, coefficient: Expr = ONE): Expansion => ({ parts: [{ rate: ZERO, terms: [{ order, coefficient }] }] })
/** Smaller than every power of h. */
export const negligible: Expansion = { parts: [], lost: ZERO }

/** −1, 0, 1 as a is less than, equal to, greater than b; undefined if that is not known. */
export const compare = (a: Expr, b: Expr, cx: Context): -1 | 0 | 1 | undefined => {
  if (a === b) return 0
  if (a.kind === 'num' && b.kind === 'num') return Math.sign(Q.compare(a.value, b.value)) as -1 | 0 | 1
  const sign = signOf(normalForm(sub(a, b)), cx)?.sign
  return sign === 'pos' ? 1 : sign === 'neg' ? -1 : sign === 'zero' ? 0 : undefined
}
const total = (a: Expr, b: Expr): Expr => (a.kind === 'num' && b.kind === 'num' ? add(a, b) : normalForm(add(a, b)))

/** The smaller of two orders of error; undefined means none. Throws `Unknown` where they cannot be compared. */
const least = (a: Expr | undefined, b: Expr | undefined, cx: Context): Expr | undefined => {
  if (!a || !b) return a ?? b
  const c = compare(a, b, cx)
  if (c === undefined) throw unknown
  return c <= 0 ? a : b
}
const most = (a: Expr | undefined, b: Expr | undefined, cx: Context): Expr | undefined => {
  if (!a || !b) return a ?? b
  const c = compare(a, b, cx)
  if (c === undefined) throw unknown
  return c >= 0 ? a : b
}

/** What is thrown and caught inside of this layer where an expansion cannot go on. */
export const unknown = new Error('the expansion is not known')

const sortedTerms = (terms: readonly Monomial[], error: Expr | undefined, cx: Context): Part['terms'] => {
  const kept: Monomial[] = []
  for (const t of terms) {
    if (error && (compare(t.order, error, cx) ?? 0) >= 0) continue
    let place = kept.length
    let joined = false
    for (let i = 0; i < kept.length; i++) {
      const c = compare(t.order, (kept[i] as Monomial).order, cx)
      if (c === undefined) throw unknown
      if (c === 0) {
        kept[i] = { order: t.order, coefficient: normalForm(add((kept[i] as Monomial).coefficient, t.coefficient)) }
        joined = true
        break
      }
      if (c < 0) {
        place = i
        break
      }
    }
    if (!joined) kept.splice(place, 0, t)
  }
  return kept.filter(t => !isZero(t.coefficient))
}

const part = (rate: Expr, terms: readonly Monomial[], error: Expr | undefined, cx: Context): Part => {
  const sorted = sortedTerms(terms, error, cx)
  const cut = sorted[longest]
  const last = cut ? cut.order : error
  return { rate, terms: sorted.slice(0, longest), ...(last ? { error: last } : {}) }
}

export const assembled = (parts: readonly Part[], lost: Expr | undefined, cx: Context): Expansion => {
  const kept: Part[] = []
  for (const p of parts) {
    if (lost) {
      const c = compare(p.rate, lost, cx)
      if (c === undefined) throw unknown
      if (c < 0 || (c === 0 && !isZero(lost))) continue
    }
    let place = kept.length
    let joined = false
    for (let i = 0; i < kept.length; i++) {
      const other = kept[i] as Part
      const c = compare(p.rate, other.rate, cx)
      if (c === undefined) throw unknown
      if (c === 0) {
        kept[i] = part(p.rate, [...other.terms, ...p.terms], least(other.error, p.error, cx), cx)
        joined = true
        break
      }
      if (c > 0) {
        place = i
        break
      }
    }
    if (!joined) kept.splice(place, 0, p)
  }
  const alive = kept.filter(p => p.terms.length > 0 || p.error)
  const over = alive[3]
  return { parts: alive.slice(0, 3), ...((over?.rate ?? lost) ? { lost: over?.rate ?? (lost as Expr) } : {}) }
}

export const plus = (a: Expansion, b: Expansion, cx: Context): Expansion =>
  assembled([...a.parts, ...b.parts], most(a.lost, b.lost, cx), cx)

/** Products of coefficients that one expansion may cost. */
const productsAtMost = 2500
let productsLeft = productsAtMost
/** Starts a new count. */
export const resetProducts = (): void => {
  productsLeft = productsAtMost
}

export const times = (a: Expansion, b: Expansion, cx: Context): Expansion => {
  const parts: Part[] = []
  const topOf = (e: Expansion): Expr | undefined => e.parts[0]?.rate ?? e.lost
  for (const p of a.parts)
    for (const q of b.parts) {
      const first = (x: Part): Expr | undefined => x.terms[0]?.order ?? x.error
      const errors = [p.error && first(q) && total(p.error, first(q) as Expr), q.error && first(p) && total(q.error, first(p) as Expr)]
      productsLeft -= p.terms.length * q.terms.length
      if (productsLeft < 0) throw unknown
      const terms = p.terms.flatMap(s =>
        q.terms.map(t => ({ order: total(s.order, t.order), coefficient: normalForm(mul(s.coefficient, t.coefficient)) })),
      )
      parts.push(part(total(p.rate, q.rate), terms, least(errors[0], errors[1], cx), cx))
    }
  const [ta, tb] = [topOf(a), topOf(b)]
  const lost = most(a.lost && tb && total(a.lost, tb), b.lost && ta && total(b.lost, ta), cx)
  return assembled(parts, lost, cx)
}

export const scaled = (a: Expansion, c: Expr, cx: Context): Expansion => times(a, constantExpansion(c), cx)

/** The leading monomial with its rate; undefined for 0. Throws where the leading term is among what is not known. */
export const leading = (a: Expansion): { readonly rate: Expr; readonly order: Expr; readonly coefficient: Expr } | undefined => {
  const [head] = a.parts
  if (!head) {
    if (a.lost) throw unknown
    return undefined
  }
  const [first] = head.terms
  if (!first) throw unknown
  return { rate: head.rate, ...first }
}

/** A coefficient that is never 0 and, in L, a single power: it can be divided by. */
const isUnitCoefficient = (c: Expr, cx: Context): boolean => {
  if (mentions(c, L.name) && c.kind === 'add') return false
  const sign = signOf(c, cx)?.sign
  return sign === 'pos' || sign === 'neg' || sign === 'nonzero'
}

/** a without its leading monomial, as a = lead·(1 + x): x tends to 0. */
export const factored = (
  a: Expansion,
  cx: Context,
): { readonly rate: Expr; readonly order: Expr; readonly coefficient: Expr; readonly rest: Expansion } => {
  const lead = leading(a)
  if (!lead || !isUnitCoefficient(lead.coefficient, cx)) throw unknown
  const inverse: Expansion = {
    parts: [
      {
        rate: normalForm(mul(num(-1), lead.rate)),
        terms: [{ order: normalForm(mul(num(-1), lead.order)), coefficient: normalForm(pow(lead.coefficient, num(-1))) }],
      },
    ],
  }
  const whole = times(a, inverse, cx)
  const rest = plus(whole, constantExpansion(num(-1)), cx)
  return { ...lead, rest }
}

/** Σ a_k x^k for an x that tends to 0. */
export const powerSeries = (x: Expansion, coefficient: (k: number) => Expr, cx: Context): Expansion => {
  const [head] = x.parts
  const first = coefficient(0)
  if (!head) return x.lost ? { ...constantExpansion(first), lost: x.lost } : constantExpansion(first)
  const own = isZero(head.rate) ? (head.terms[0]?.order ?? head.error) : undefined
  if (own && signOf(own, cx)?.sign !== 'pos') throw unknown
  let sum = constantExpansion(first)
  let power = constantExpansion(ONE)
  const degree = 4
  for (let k = 1; k <= degree; k++) {
    power = times(power, x, cx)
    sum = plus(sum, scaled(power, coefficient(k), cx), cx)
  }
  // what the powers above would have added: of order own·(degree+1) at rate 0, and at every lower rate from own·2 on
  const parts = sum.parts.map(p =>
    own ? part(p.rate, p.terms, least(p.error, normalForm(mul(num(isZero(p.rate) ? degree + 1 : 2), own)), cx), cx) : p,
  )
  const lower = x.parts.find(p => !isZero(p.rate))?.rate
  const lost = most(sum.lost, lower && normalForm(mul(num(degree + 1), lower)), cx)
  const known = own && !parts.some(p => isZero(p.rate)) ? [part(ZERO, [], normalForm(mul(num(degree + 1), own)), cx), ...parts] : parts
  return assembled(known, lost, cx)
}

/** The same with further terms that are not known from this order on. */
export const upTo = (a: Expansion, order: Expr, cx: Context): Expansion => assembled([...a.parts, part(ZERO, [], order, cx)], a.lost, cx)
