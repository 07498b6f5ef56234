/** u = c with u a power, exponential or logarithm of the unknown: one function undone after the other. */
import { match } from 'ts-pattern'
import type { Phrase } from '../document/document.ts'
import { say } from '../document/say.ts'
import { apply } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import { type Expr, gt, MINUS_ONE, pow, type Sym, ZERO } from '../term/term.ts'
import { factors, mentions, summands } from '../term/walk.ts'
import { advance, divideOut, ensurePositive, free, moveAcross, named, type State } from './moves.ts'

/** How the outermost function of the unknown is undone: the law, its words, and whether the other side must be positive. */
const inverseOf = (u: Expr, unknown: Sym): { readonly law: string; readonly words: Phrase; readonly positive: boolean } | undefined =>
  match(u)
    .returnType<{ readonly law: string; readonly words: Phrase; readonly positive: boolean } | undefined>()
    .with({ kind: 'fn', name: 'exp' }, () => ({ law: 'equation.log', words: ['take logarithms'], positive: true }))
    .with({ kind: 'fn', name: 'log' }, () => ({ law: 'equation.exp', words: ['exponentiate'], positive: false }))
    .with({ kind: 'pow' }, p =>
      mentions(p.exponent, unknown.name)
        ? { law: 'equation.log-of-power', words: ['take logarithms'], positive: true }
        : same(p.exponent, MINUS_ONE)
          ? { law: 'equation.root', words: ['take reciprocals'], positive: true }
          : p.exponent.kind === 'num'
            ? { law: 'equation.root', words: say`take the positive root: ${gt(p.base, ZERO)}`, positive: true }
            : { law: 'equation.root', words: say`raise to the power ${pow(p.exponent, MINUS_ONE)}: ${gt(p.base, ZERO)}`, positive: true },
    )
    .otherwise(() => undefined)

/** u = c with u a power, exponential or logarithm: peels it off, then whatever is left of the unknown. */
export const invert = (s: State, unknown: Sym, fuel = 6): State | undefined => {
  if (same(s.eq.left, unknown)) return s
  if (fuel === 0) return undefined
  const u = s.eq.left
  const inverse = inverseOf(u, unknown)
  if (inverse) {
    const ready = inverse.positive ? ensurePositive(s, s.eq.right) : s
    const next = ready && advance(ready, apply(named(inverse.law))(ready.eq, ready.cx), inverse.words, undefined)
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
