/**
 * The sign of a function of the unknown on the whole interior of the parameter space, by calculus where its structure
 * does not show it: a function that starts at 0 and rises is positive (repeated as often as fuel lasts); ψ, ψ' and their
 * differences by monotony and by Alzer's bounds. With the proof as a reader is told it. Says nothing where it does not know.
 */
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { collected, commonFactor, mergedProduct, multipliedThrough } from '../rewrite/arithmetic.ts'
import { type Context, enter } from '../rewrite/facts.ts'
import { signOf, type Verdict } from '../rewrite/sign.ts'
import { nearEnd } from '../solve/near-end.ts'
import { normalForm, numeratorDenominator, reduceFraction } from '../term/normal-form.ts'
import { same } from '../term/order.ts'

import {
  add,
  addAll,
  all,
  big,
  bound,
  type Expr,
  eq,
  exp,
  type Fn,
  fn,
  HALF,
  log,
  MINUS_ONE,
  mul,
  mulAll,
  neg,
  num,
  ONE,
  pow,
  sub,
  sym,
  ZERO,
} from '../term/term.ts'
import { factors, hasKind, mentions, replace, shift, subterms, summands } from '../term/walk.ts'
import { endOf } from './ends.ts'
import type { Setting } from './setting.ts'
import { decidingSlope } from './stationary.ts'

export interface SignOnInterval {
  readonly verdict: Verdict
  /** How it was seen, where the facts of the case do not say it at once: what stands behind "its derivative". */
  readonly how: Phrase
}

const by = (law: string, v: Verdict): Verdict['why'] => ({ kind: 'by', law, of: [v.why] })

/** Positive factors taken away; e^u divided out where another summand has it as well. */
const simpler = (t: Expr, cx: Context): Expr => {
  const { numerator, denominator } = numeratorDenominator(t)
  const d = signOf(denominator, cx)?.sign
  const h = d === 'pos' ? numerator : d === 'neg' ? neg(numerator) : t
  const common = commonFactor(summands(h))
  const shared = mulAll(factors(common).filter(f => signOf(f, cx)?.sign === 'pos'))
  const divided = collected(multipliedThrough(h, mergedProduct([pow(shared, MINUS_ONE)])))
  const exponents = summands(divided).map(p => factors(p).find((f): f is Fn => f.kind === 'fn' && f.name === 'exp')?.args[0])
  const [e] = exponents
  // e^θ(θ − 1) + e^{2θ}: the smallest exponential of all summands
  if (!e || exponents.some(x => x === undefined)) return divided
  const least = exponents.reduce((a: Expr, b) => (b && signOf(sub(a, b), cx)?.sign === 'pos' ? b : a), e)
  return collected(multipliedThrough(divided, exp(neg(least))))
}

/** log x − 1/x < ψ(x) < log x − 1/(2x), 1/x + 1/(2x²) < ψ'(x) < 1/x + 1/x². Alzer, Math. Comp. 66 (1997) 373–389 */
const bounds: Readonly<Record<string, (x: Expr) => readonly [below: Expr, above: Expr]>> = {
  digamma: x => [sub(log(x), pow(x, MINUS_ONE)), sub(log(x), mul(HALF, pow(x, MINUS_ONE)))],
  trigamma: x => [add(pow(x, MINUS_ONE), mul(HALF, pow(x, num(-2)))), add(pow(x, MINUS_ONE), pow(x, num(-2)))],
}

/** Each ψ and ψ' exchanged for a bound on the side that makes the claim harder. */
const byBound = (t: Expr, cx: Context): { readonly verdict: Verdict; readonly name: string } | undefined => {
  for (const claim of ['pos', 'neg'] as const) {
    let name = ''
    let ok = true
    const harder = summands(t).map(p => {
      const list = factors(p)
      const f = list.find((u): u is Fn => u.kind === 'fn' && bounds[u.name] !== undefined)
      if (!f) return p
      const x = f.args[0] as Expr
      const rest = mulAll(list.filter(u => u !== f))
      const w = signOf(rest, cx)?.sign
      if ((w !== 'pos' && w !== 'neg') || signOf(x, cx)?.sign !== 'pos') {
        ok = false
        return p
      }
      name = f.name
      const [below, above] = (bounds[f.name] as (u: Expr) => readonly [Expr, Expr])(x)
      return mul(rest, (claim === 'pos') === (w === 'pos') ? below : above)
    })
    if (!ok || name === '') continue
    const v = signOf(normalForm(addAll(harder)), cx)
    if (v?.sign === claim) return { verdict: { sign: claim, why: by(`bounds of ${name}`, v) }, name }
  }
  return undefined
}

/** A sum over the sample: the sign of every summand. */
const bySummands = (t: Expr, s: Setting, cx: Context, fuel: number): SignOnInterval | undefined => {
  if (fuel <= 0 || t.kind !== 'add') return undefined
  let total: SignOnInterval | undefined
  for (const p of t.terms) {
    const v = signThroughout(p, s, cx, fuel - 1)
    if (!v) return undefined
    if (!total) {
      total = v
      continue
    }
    const up = (x: SignOnInterval): boolean => x.verdict.sign === 'pos' || x.verdict.sign === 'nonneg'
    if (up(total) !== up(v) || v.verdict.sign === 'nonzero' || total.verdict.sign === 'nonzero') return undefined
    const strict: SignOnInterval | undefined = [total, v].find(x => x.verdict.sign === 'pos' || x.verdict.sign === 'neg')
    if (!strict) return undefined
    total = { verdict: strict.verdict, how: [...total.how, ...(v.how.length > 0 && total.how.length > 0 ? [', and '] : []), ...v.how] }
  }
  return total
}

/** c·Σ f(x_i) + d·Σ g(x_i) + n·k as one sum over the sample, Σ (c f + d g + k): its summand, if t is of this shape. */
export const summandOf = (t: Expr, s: Setting): { readonly body: Expr; readonly whole: Expr } | undefined => {
  const parts: Expr[] = []
  let sums = 0
  for (const p of summands(t)) {
    const list = factors(p)
    const over = list.filter(f => f.kind === 'big' && f.op === 'sum' && same(f.lo, ONE) && same(f.hi, s.size))
    const [one] = over
    if (over.length > 1) return undefined
    if (one?.kind === 'big') {
      sums++
      parts.push(mulAll([...list.filter(f => f !== one).map(f => shift(f, 1)), one.body]))
    } else {
      const place = list.findIndex(f => same(f, s.size))
      if (place < 0) return undefined
      parts.push(shift(mulAll(list.filter((_, i) => i !== place)), 1))
    }
  }
  const body = addAll(parts)
  return sums === 0 ? undefined : { body, whole: big('sum', ONE, s.size, body) }
}

/** The sign of t from its summands as they stand, one sum over the sample: a cheap look before anything is multiplied out. */
export const summandSign = (t: Expr, s: Setting, cx: Context): SignOnInterval | undefined => {
  const merged = summandOf(t, s)
  if (merged?.whole.kind !== 'big' || subterms(merged.body).length > 60) return undefined
  const inner = enter(cx, merged.whole, 2)
  // u·u is a square
  const v = signOf(merged.body, inner) ?? signOf(addAll(summands(merged.body).map(u => mergedProduct(factors(u)))), inner)
  if (!v || v.sign === 'nonzero') return undefined
  const zeroWhen = v.zeroWhen && all(ONE, s.size, v.zeroWhen)
  const reduced = reduceFraction(merged.body)
  const shown = subterms(reduced).length < subterms(merged.body).length ? big('sum', ONE, s.size, reduced) : merged.whole
  const how: Phrase = say`is, as one sum over the sample, ${{ math: shown }}, in which ${signWords[v.sign]}`
  return { verdict: { sign: v.sign, why: by('every summand has this sign', v), ...(zeroWhen ? { zeroWhen } : {}) }, how }
}
const signWords = {
  pos: 'every summand is positive',
  neg: 'every summand is negative',
  nonneg: 'no summand is negative',
  nonpos: 'no summand is positive',
  zero: 'every summand is 0',
} as const

const byOneSum = (t: Expr, s: Setting, cx: Context, fuel: number): SignOnInterval | undefined => {
  const merged = summandOf(t, s)
  if (merged?.whole.kind !== 'big') return undefined
  const inner = enter(cx, merged.whole, 2)
  const body = normalForm(merged.body)
  const { numerator, denominator } = numeratorDenominator(merged.body)
  const own = (u: Expr): Verdict | undefined => signOf(u, inner)
  const d = own(denominator)
  const n = d && (d.sign === 'pos' || d.sign === 'neg') ? own(numerator) : undefined
  const v = n && d ? (d.sign === 'pos' ? n : { ...n, sign: opposite[n.sign] }) : own(body)
  if (!v || v.sign === 'nonzero') return bySummand(merged, numerator, d, s, inner, fuel)
  const how: Phrase = say`is, as one sum over the sample, ${{ math: n ? big('sum', ONE, s.size, mergedProduct([numerator, pow(denominator, MINUS_ONE)])) : big('sum', ONE, s.size, body) }}, in which ${signWords[v.sign]}`
  const isWeak = v.sign === 'nonneg' || v.sign === 'nonpos'
  const own0 = v.zeroWhen ?? (isWeak ? eq(n ? numerator : body, ZERO) : undefined)
  const zeroWhen = own0 && all(ONE, s.size, own0)
  return { verdict: { sign: v.sign, why: by('every summand has this sign', v), ...(zeroWhen ? { zeroWhen } : {}) }, how }
}
/** Every summand as a function of the unknown: it starts at 0 and keeps to one side. */
const bySummand = (
  merged: { readonly whole: Expr },
  numerator: Expr,
  below: Verdict | undefined,
  s: Setting,
  inner: Context,
  fuel: number,
): SignOnInterval | undefined => {
  if (below?.sign !== 'pos' && below?.sign !== 'neg') return undefined
  const found = byCalculus(numerator, s, inner, Math.min(fuel, 3))
  if (!found || (found.verdict.sign !== 'pos' && found.verdict.sign !== 'neg')) return undefined
  const sign = below.sign === 'pos' ? found.verdict.sign : opposite[found.verdict.sign]
  const how: Phrase = say`is, as one sum over the sample, ${{ math: merged.whole }}, whose summand ${instantiated(found.how)}`
  return { verdict: { sign, why: by('every summand has this sign', found.verdict) }, how }
}
const instantiated = (p: Phrase): Phrase =>
  p.map(part => (typeof part === 'object' && 'math' in part ? { ...part, math: replace(part.math, bound(0), sym('i')) } : part))

const opposite = { pos: 'neg', neg: 'pos', nonneg: 'nonpos', nonpos: 'nonneg', nonzero: 'nonzero', zero: 'zero' } as const

/** Deepest chain of derivatives. */
const depth = 5

/** Formulas of more parts are not differentiated again. */
const widest = 220

const byCalculus = (t: Expr, s: Setting, cx: Context, fuel: number): SignOnInterval | undefined => {
  if (fuel <= 0) return undefined
  if (subterms(t).length > widest) return undefined
  const h = simpler(t, cx)
  if (!mentions(h, s.unknown.name) || subterms(h).length > widest) return undefined
  const own = signOf(h, cx)
  if (own?.sign === 'pos' || own?.sign === 'neg') return { verdict: own, how: [] }
  const near = (['lo', 'hi'] as const).map(end => {
    const to = endOf(s, end)
    return { end, to, value: nearEnd(h, { variable: s.unknown, to, side: end === 'lo' ? '+' : '-' }, cx)?.limit }
  })
  const signAt = (v: Expr | undefined): string | undefined =>
    v === undefined ? undefined : v.kind === 'infinity' ? (v.negative ? 'neg' : 'pos') : signOf(v, cx)?.sign
  const starts = near.map(e => signAt(e.value))
  if (starts.every(v => v === undefined)) return undefined
  const derivative = decidingSlope(h, s)
  const slope = derivative && signThroughout(derivative, s, cx, fuel - 1)
  if (slope?.verdict.sign !== 'pos' && slope?.verdict.sign !== 'neg') return undefined
  const rises = slope.verdict.sign === 'pos'
  const upFrom = rises ? 0 : 1 // the end where h is least
  const isAtLeastZero = (v: string | undefined): boolean => v === 'pos' || v === 'zero' || v === 'nonneg'
  const isAtMostZero = (v: string | undefined): boolean => v === 'neg' || v === 'zero' || v === 'nonpos'
  const sign = isAtLeastZero(starts[upFrom]) ? 'pos' : isAtMostZero(starts[1 - upFrom]) ? 'neg' : undefined
  if (!sign) return undefined
  const from = near[sign === 'pos' ? upFrom : 1 - upFrom] as (typeof near)[number]
  const steep = simpler(derivative as Expr, cx)
  const word = (x: string): string => (x === 'pos' ? 'positive' : 'negative')
  const inner: Phrase =
    slope.how.length > 0
      ? slope.how
      : steep.kind === 'num'
        ? say`is ${word(slope.verdict.sign)}`
        : say`has the sign of ${steep}, which is ${word(slope.verdict.sign)}`
  const how: Phrase = say`has the sign of ${h}, which is ${word(sign)} since it tends to ${from.value as Expr} as ${s.unknown} → ${from.to} and its derivative ${inner}`
  return { verdict: { sign, why: by('monotony from an end', slope.verdict) }, how }
}

/** One question of existence and uniqueness may ask for so many signs; then it is not known. */
const questionsAtMost = 80
let questionsLeft = questionsAtMost
/** Starts a new count. */
export const resetQuestions = (): void => {
  questionsLeft = questionsAtMost
}

/** The sign of t for every value of the unknown inside the parameter space: strict, or weak with its zeros. */
export const signThroughout = (t: Expr, s: Setting, cx: Context, fuel = depth): SignOnInterval | undefined => {
  const plain = signOf(t, cx)
  if (plain?.sign === 'pos' || plain?.sign === 'neg' || plain?.sign === 'zero') return { verdict: plain, how: [] }
  questionsLeft -= 1 + (subterms(t).length >> 5) // a long term costs more than a short one
  if (questionsLeft < 0) return plain ? { verdict: plain, how: [] } : undefined
  const isSpecial =
    hasKind(t, 'fn') && [...subterms(t)].some(u => u.kind === 'fn' && (bounds[u.name] !== undefined || u.name === 'polygamma'))
  if (isSpecial) {
    const bounded = byBound(normalForm(t), cx)
    if (bounded) {
      const x = s.unknown
      const psi = fn(bounded.name, x)
      const [below, above] = (bounds[bounded.name] as (u: Expr) => readonly [Expr, Expr])(x)
      return {
        verdict: bounded.verdict,
        how: say`is ${bounded.verdict.sign === 'pos' ? 'positive' : 'negative'} by the bounds ${below} < ${psi} < ${above}, which hold for every positive argument`,
      }
    }
  }
  const merged = hasKind(t, 'big') ? byOneSum(t, s, cx, fuel) : undefined
  if (merged) return merged
  const summed = bySummands(t, s, cx, Math.min(fuel, 2))
  if (summed) return summed
  return byCalculus(t, s, cx, fuel) ?? (plain ? { verdict: plain, how: [] } : undefined)
}

export const isWeakly = (v: Verdict): boolean => v.sign === 'nonneg' || v.sign === 'nonpos'
