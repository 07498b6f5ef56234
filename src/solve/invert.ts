/** u = c with u a power, exponential or logarithm of the unknown: one function undone after the other. */
import { match } from 'ts-pattern'
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import type { Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { apply } from '../rewrite/strategy.ts'
import { numeratorDenominator } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { addAll, type Expr, gt, HALF, lt, MINUS_ONE, neg, ONE, type Pow, pow, type Sym, sub, ZERO } from '../term/term.ts'
import { factors, mentions, summands } from '../term/walk.ts'
import { advance, divideOut, ensureNonzero, ensurePositive, free, moveAcross, named, type State } from './moves.ts'

/** How the outermost function of the unknown is undone: the law, its words, and the sign that the other side must have. */
interface Inverse {
  readonly law: string
  readonly words: Phrase
  readonly needs?: 'positive' | 'negative' | 'nonzero' | 'below one' | 'between'
}

const inverseOfPower = (p: Pow, unknown: Sym, cx: Context): Inverse => {
  if (mentions(p.exponent, unknown.name)) return { law: 'equation.log-of-power', words: ['take logarithms'], needs: 'positive' }
  const sign = signOf(p.base, cx)?.sign
  if (sign === 'neg' && p.exponent.kind === 'num' && Q.isInteger(p.exponent.value)) {
    if (same(p.exponent, MINUS_ONE)) return { law: 'equation.reciprocal', words: ['take reciprocals'], needs: 'negative' }
    const even = p.exponent.value.num % 2n === 0n
    return { law: 'equation.negative-root', words: say`take the negative root: ${lt(p.base, ZERO)}`, needs: even ? 'positive' : 'negative' }
  }
  if (same(p.exponent, MINUS_ONE))
    return sign === 'pos'
      ? { law: 'equation.root', words: ['take reciprocals'], needs: 'positive' }
      : { law: 'equation.reciprocal', words: ['take reciprocals'], needs: 'nonzero' }
  return p.exponent.kind === 'num'
    ? { law: 'equation.root', words: say`take the positive root: ${gt(p.base, ZERO)}`, needs: 'positive' }
    : { law: 'equation.root', words: say`raise to the power ${pow(p.exponent, MINUS_ONE)}: ${gt(p.base, ZERO)}`, needs: 'positive' }
}

const inverseOf = (u: Expr, unknown: Sym, cx: Context): Inverse | undefined =>
  match(u)
    .returnType<Inverse | undefined>()
    .with({ kind: 'fn', name: 'exp' }, () => ({ law: 'equation.log', words: ['take logarithms'], needs: 'positive' }))
    .with({ kind: 'fn', name: 'log' }, () => ({ law: 'equation.exp', words: ['exponentiate'] }))
    .with({ kind: 'fn', name: 'cos' }, () => ({ law: 'equation.inverse-function', words: ['take the arc cosine'], needs: 'below one' }))
    .with({ kind: 'fn', name: 'sin' }, () => ({ law: 'equation.inverse-function', words: ['take the arc sine'], needs: 'below one' }))
    .with({ kind: 'fn', name: 'tanh' }, () => ({
      law: 'equation.inverse-function',
      words: ['apply the inverse function to both sides'],
      needs: 'between',
    }))
    .with({ kind: 'fn' }, f =>
      f.args.length === 1 ? { law: 'equation.inverse-function', words: ['apply the inverse function to both sides'] } : undefined,
    )
    .with({ kind: 'pow' }, p => inverseOfPower(p, unknown, cx))
    .otherwise(() => undefined)

/** The state in which the other side has the sign that an inverse needs, a case opened where it is only weakly known. */
const withSign = (s: State, inverse: Inverse): State | undefined => {
  switch (inverse.needs) {
    case 'positive':
      return ensurePositive(s, s.eq.right)
    case 'negative':
      return ensurePositive(s, addAll(summands(s.eq.right).map(neg)))
    case 'nonzero':
      return ensureNonzero(s, s.eq.right)
    case 'below one': {
      // √c < 1 says c < 1
      const c = s.eq.right.kind === 'pow' && same(s.eq.right.exponent, HALF) ? s.eq.right.base : s.eq.right
      const { numerator, denominator } = numeratorDenominator(sub(ONE, c))
      return signOf(denominator, s.cx)?.sign === 'pos' ? ensurePositive(s, numerator) : s
    }
    case 'between': {
      const { numerator, denominator } = numeratorDenominator(s.eq.right)
      if (signOf(denominator, s.cx)?.sign !== 'pos') return undefined
      const above = ensurePositive(s, addAll([denominator, numerator]))
      return above && ensurePositive(above, sub(denominator, numerator))
    }
    default:
      return s
  }
}

/** u = c with the outermost function of u undone, or undefined. */
export const undone = (s: State, unknown: Sym): State | undefined => {
  const inverse = inverseOf(s.eq.left, unknown, s.cx)
  const ready = inverse && withSign(s, inverse)
  return ready && advance(ready, apply(named(inverse.law))(ready.eq, ready.cx), inverse.words, undefined)
}

/** u = c with u a power, exponential or logarithm: peels it off, then whatever is left of the unknown. */
export const invert = (s: State, unknown: Sym, fuel = 6): State | undefined => {
  if (same(s.eq.left, unknown)) return s
  if (fuel === 0) return undefined
  const u = s.eq.left
  if (inverseOf(u, unknown, s.cx)) {
    const next = undone(s, unknown)
    return next && invert(next, unknown, fuel - 1)
  }
  // linear in something inside: move what is free of the unknown, divide
  const moved = moveAcross(
    s,
    summands(u).filter(p => free(p, unknown)),
  )
  if (!moved) return undefined
  const carriers = factors(moved.eq.left).filter(f => !free(f, unknown))
  const [inner] = carriers
  if (carriers.length !== 1 || !inner) return undefined
  const divided = divideOut(moved, inner, unknown)
  return divided && !same(divided.eq, s.eq) ? invert(divided, unknown, fuel - 1) : undefined
}
