/** Powers, exponential and logarithm of an expansion at an end. */
import type { Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import * as Q from '../term/rational.ts'
import { add, type Expr, exp, isOne, isZero, log, mul, num, ONE, pow, sub, ZERO } from '../term/term.ts'
import { mentions } from '../term/walk.ts'

import {
  assembled,
  compare,
  constantExpansion,
  type Expansion,
  factored,
  L,
  leading,
  type Monomial,
  negligible,
  plus,
  powerOfH,
  powerSeries,
  times,
  unknown,
} from './expansion.ts'

export const inverse = (a: Expansion, cx: Context): Expansion => power(a, num(-1), cx)

/** a^e for an exponent free of h; the leading coefficient must be positive unless e is an integer. */
export const power = (a: Expansion, e: Expr, cx: Context): Expansion => {
  const whole = e.kind === 'num' && Q.isInteger(e.value)
  if (whole && e.value.num > 0n && e.value.num <= 8n) {
    let result = constantExpansion(ONE)
    for (let k = 0n; k < e.value.num; k++) result = times(result, a, cx)
    return result
  }
  if (a.parts.length === 0 && !a.lost && signOf(e, cx)?.sign === 'pos') return a
  const f = factored(a, cx)
  if (!whole && signOf(f.coefficient, cx)?.sign !== 'pos') throw unknown
  const lead: Expansion = {
    parts: [
      {
        rate: normalForm(mul(f.rate, e)),
        terms: [{ order: normalForm(mul(f.order, e)), coefficient: normalForm(pow(f.coefficient, e)) }],
      },
    ],
  }
  let binomial: Expr = ONE
  const coefficients: Expr[] = [ONE]
  for (let k = 1; k <= 4; k++) {
    binomial = mul(binomial, sub(e, num(k - 1)), num(1, k))
    coefficients.push(normalForm(binomial))
  }
  return times(
    lead,
    powerSeries(f.rest, k => coefficients[k] as Expr, cx),
    cx,
  )
}

export const exponential = (a: Expansion, cx: Context): Expansion => {
  let rate: Expr = ZERO
  let constant: Expr = ZERO
  let raised: Expr = ZERO
  let [part0] = a.parts
  if (part0 && !isZero(part0.rate)) {
    // e^{e^{…}}: 0 if the exponent runs to −∞
    const lead = leading(a)
    if (lead && signOf(lead.rate, cx)?.sign === 'pos' && signOf(lead.coefficient, cx)?.sign === 'neg') return negligible
    if (!lead || signOf(lead.rate, cx)?.sign !== 'neg') throw unknown
    part0 = undefined
  }
  const small: Monomial[] = []
  for (const t of part0?.terms ?? []) {
    const side = compare(t.order, ZERO, cx)
    if (side === undefined) throw unknown
    if (side > 0) small.push(t)
    else if (side === 0) {
      // e^{aL + b} is h^{−a} e^b
      const [slope, rest] = logarithmPart(t.coefficient)
      raised = slope
      constant = rest
    } else if (compare(t.order, num(-1), cx) === 0 && !mentions(t.coefficient, L.name)) rate = t.coefficient
    else {
      if (t === part0?.terms[0] && signOf(t.coefficient, cx)?.sign === 'neg') return negligible
      throw unknown
    }
  }
  if (part0?.error && compare(part0.error, ZERO, cx) !== 1) throw unknown
  const rest: Expansion = assembled(
    [
      ...(part0 ? [{ rate: ZERO, terms: small, ...(part0.error ? { error: part0.error } : {}) }] : []),
      ...a.parts.filter(p => !isZero(p.rate)),
    ],
    a.lost,
    cx,
  )
  const lead: Expansion = {
    parts: [
      { rate, terms: [{ order: normalForm(mul(num(-1), raised)), coefficient: isZero(constant) ? ONE : normalForm(exp(constant)) }] },
    ],
  }
  return times(
    lead,
    powerSeries(rest, k => num(1, [1, 1, 2, 6, 24][k] ?? 1), cx),
    cx,
  )
}

export const logarithm = (a: Expansion, cx: Context): Expansion => {
  const f = factored(a, cx)
  if (signOf(f.coefficient, cx)?.sign !== 'pos' || mentions(f.coefficient, L.name)) throw unknown
  const lead = plus(
    plus(powerOfH(num(-1), f.rate), constantExpansion(normalForm(mul(num(-1), f.order, L))), cx),
    constantExpansion(isOne(f.coefficient) ? ZERO : log(f.coefficient)),
    cx,
  )
  return plus(
    {
      ...lead,
      parts: lead.parts.map(p => ({ ...p, terms: p.terms.filter(t => !isZero(t.coefficient)) })).filter(p => p.terms.length > 0 || p.error),
    },
    powerSeries(f.rest, k => (k === 0 ? ZERO : num(k % 2 === 1 ? 1 : -1, k)), cx),
    cx,
  )
}

/** The coefficient a·L + b as a and b. */
const logarithmPart = (c: Expr): readonly [Expr, Expr] => {
  const terms = c.kind === 'add' ? c.terms : [c]
  let [slope, rest]: [Expr, Expr] = [ZERO, ZERO]
  for (const t of terms) {
    if (!mentions(t, L.name)) rest = add(rest, t)
    else {
      const own = t === L ? ONE : normalForm(mul(t, pow(L, num(-1))))
      if (mentions(own, L.name)) throw unknown
      slope = add(slope, own)
    }
  }
  return [slope, rest]
}
