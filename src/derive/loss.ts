/**
 * What −ℓ/n is called as a loss, read off the form of ℓ; and the integral of L over the parameter space for one
 * observation, where that is a polynomial's. Refuses to name a loss by the model's name.
 */
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { signOf } from '../rewrite/sign.ts'
import { normalForm, polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { add, type Big, div, type Expr, eq, isZero, mul, neg, num, ONE, pow, sub, sym, TWO, ZERO } from '../term/term.ts'
import { factors, mentions, substitute, summands } from '../term/walk.ts'
import type { Setting } from './setting.ts'
import { ellHead } from './words.ts'

/** −c Σ (x_i − g)² or −c Σ |x_i − g| with c > 0 free of the unknown, if that is all of ℓ that the unknown moves. */
const distance = (s: Setting, ell: Expr): { readonly kind: 'squared' | 'absolute'; readonly sum: Big } | undefined => {
  const [one, ...others] = summands(ell).filter(p => mentions(p, s.unknown.name))
  if (!one || others.length > 0) return undefined
  const parts = factors(one)
  const sum = parts.find((f): f is Big => f.kind === 'big' && f.op === 'sum')
  const rest = parts.filter(f => f !== sum)
  if (!sum || rest.some(f => mentions(f, s.unknown.name))) return undefined
  const sign = rest.reduce(
    (product, f) => product * (signOf(f, s.interior)?.sign === 'pos' ? 1 : signOf(f, s.interior)?.sign === 'neg' ? -1 : 0),
    1,
  )
  if (sign !== -1) return undefined
  const { body } = sum
  if (body.kind === 'pow' && same(body.exponent, TWO) && mentions(body.base, s.unknown.name)) return { kind: 'squared', sum }
  return body.kind === 'fn' && body.name === 'abs' ? { kind: 'absolute', sum } : undefined
}

const isBinary = (s: Setting): boolean => {
  const { support } = s.variable
  if (support.kind === 'range') return isZero(support.lo) && same(support.hi, ONE)
  return support.kind === 'finite' && support.elements.length === 2 && [ZERO, ONE].every(v => support.elements.some(e => same(e, v)))
}

/** One sentence on the average loss and which one it is. */
export const lossSentence = (s: Setting, ell: Expr): Phrase => {
  if (s.direct) return say`Maximising ${ellHead(s)} and minimising the loss ${neg(ellHead(s))} are the same problem.`
  const average = div(neg(ellHead(s)), s.size)
  const found = distance(s, ell)
  if (found) {
    const mean = mul(pow(s.size, num(-1)), found.sum)
    const same =
      found.kind === 'squared' ? 'maximising the likelihood is least squares' : 'maximising the likelihood is least absolute deviations'
    return say`Up to a positive factor and a constant, both free of ${s.unknown}, the average loss ${average} is the mean ${found.kind} error ${mean}: ${same}.`
  }
  if (isBinary(s)) return say`The average loss ${average} is the binary cross-entropy; minimising it is the same problem.`
  return say`The average loss ${average} is the mean negative log-${s.discrete ? 'probability' : 'density'} (the log loss); minimising it is the same problem.`
}

/** ∫ of a polynomial with rational coefficients. */
const integral = (t: Expr, s: Setting): Expr | undefined => {
  const poly = polynomialIn(t, s.unknown)
  if (!poly) return undefined
  const primitive = [...poly].reduce((sum: Expr, [k, c]) => add(sum, mul(c, pow(s.unknown, num(k + 1)), num(Q.rational(1, k + 1)))), ZERO)
  const at = (v: Expr): Expr => normalForm(substitute(primitive, new Map([[s.unknown.name, v]])))
  const value = normalForm(sub(at(s.space.hi), at(s.space.lo)))
  return value.kind === 'num' && [...poly.values()].every(c => c.kind === 'num') ? value : undefined
}

/** "for a single observation x = 1 its integral … is 1/2": that L is no distribution, with a number. Only where it is easy. */
export const integralWords = (s: Setting): Phrase => {
  const { support, name } = s.variable
  if (!s.discrete || s.parameter.domain.kind !== 'interval' || s.space.lo.kind === 'infinity' || s.space.hi.kind === 'infinity') return []
  const value =
    support.kind === 'range'
      ? support.hi.kind === 'infinity'
        ? support.lo
        : support.hi
      : support.kind === 'finite'
        ? support.elements.at(-1)
        : undefined
  if (value?.kind !== 'num') return []
  const total = integral(substitute(s.sample.density, new Map([[name, value]])), s)
  if (!total || same(total, ONE)) return []
  return say`: for the single observation ${eq(sym(name), value)} its integral over ${s.unknown} from ${s.space.lo} to ${s.space.hi} is ${total}, not ${ONE}`
}
