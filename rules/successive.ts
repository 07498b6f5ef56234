/**
 * Quotients of neighbouring values: binomial coefficients, factorials and gamma functions whose arguments differ by 1.
 * Refused: arguments whose difference is not found to be a number.
 */
import { enter } from '../src/rewrite/facts.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonzero } from '../src/rewrite/sign.ts'
import { normalForm } from '../src/term/normal-form.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import { add, type Big, big, div, type Expr, type Fn, isOne, isZero, type Mul, mul, mulAll, num, ONE, pow, sub } from '../src/term/term.ts'

const names = ['binomial', 'factorial', 'gamma']

/** A factor as f^e with f a function of the kind; under a product over an index, with that product. */
const applied = (t: Expr): { readonly f: Fn; readonly over?: Big; readonly exponent: Expr } | undefined => {
  const [base, exponent] = t.kind === 'pow' ? [t.base, t.exponent] : [t, ONE]
  if (base.kind === 'big' && base.op === 'prod' && base.body.kind === 'fn' && names.includes(base.body.name))
    return { f: base.body, over: base, exponent }
  return base.kind === 'fn' && names.includes(base.name) ? { f: base, exponent } : undefined
}
const isSameRange = (a: Big | undefined, b: Big | undefined): boolean =>
  a && b ? same(a.lo, b.lo) && same(a.hi, b.hi) : a === undefined && b === undefined

const step = (a: Expr, b: Expr): number | undefined => {
  const d = normalForm(sub(a, b))
  return d.kind === 'num' && Q.isInteger(d.value) && Math.abs(Number(d.value.num)) <= 1 ? Number(d.value.num) : undefined
}

interface Quotient {
  readonly value: Expr
  /** What the value divides by: nonzero is to be proved, for 0/0 may have been 1/1. */
  readonly by?: Expr
}

/** f/g for neighbouring arguments. */
const ratio = (f: Fn, g: Fn): Quotient | undefined => {
  if (f.name !== g.name) return undefined
  const [a, b] = f.args as readonly [Expr, Expr | undefined]
  const [c, d] = g.args as readonly [Expr, Expr | undefined]
  const up = step(a, c)
  if (up === undefined) return undefined
  if (f.name === 'factorial') return up === 1 ? { value: a } : up === -1 ? { value: pow(c, num(-1)), by: c } : undefined
  if (f.name === 'gamma') return up === 1 ? { value: c } : up === -1 ? { value: pow(a, num(-1)), by: a } : undefined
  if (!b || !d) return undefined
  const right = step(b, d)
  if (up === 1 && right === 0) return { value: div(a, sub(a, b)), by: sub(a, b) }
  if (up === -1 && right === 0) return { value: div(sub(c, d), c), by: c }
  if (up === 0 && right === 1) return { value: div(sub(a, d), b), by: b }
  if (up === 0 && right === -1) return { value: div(d, sub(a, b)), by: sub(a, b) }
  if (up === 1 && right === 1) return { value: div(a, b), by: b }
  if (up === -1 && right === -1) return { value: div(d, c), by: c }
  return undefined
}

/** (1/a)^e as a^(−e). */
const raised = (t: Expr, e: Expr): Expr => (t.kind === 'pow' && t.exponent.kind === 'num' ? pow(t.base, mul(t.exponent, e)) : pow(t, e))

const cancelled = (t: Mul): (Quotient & { readonly power: Expr; readonly quotient: Expr; readonly over?: Big }) | undefined => {
  for (const [i, p] of t.factors.entries())
    for (const [j, q] of t.factors.entries()) {
      const [above, below] = [applied(p), applied(q)]
      if (i === j || !above || !below || !isZero(normalForm(add(above.exponent, below.exponent)))) continue
      if (above.exponent.kind === 'num' && Q.sign(above.exponent.value) < 0) continue
      const { over } = above
      const r = isSameRange(over, below.over) ? ratio(above.f, below.f) : undefined
      if (r)
        return {
          ...r,
          power: above.exponent,
          quotient: r.value,
          ...(over ? { over } : {}),
          value: mulAll([
            raised(over ? big('prod', over.lo, over.hi, r.value) : r.value, above.exponent),
            ...t.factors.filter((_, k) => k !== i && k !== j),
          ]),
        }
    }
  return undefined
}

export const successive: readonly Rule[] = [
  rule({
    id: 'successive.quotient',
    title: 'quotient of neighbouring binomial coefficients or factorials',
    on: 'mul',
    statement: String.raw`\binom Nk\Big/\binom{N-1}k=\frac N{N-k},\qquad \frac{N!}{(N-1)!}=N`,
    when: (t, cx) => {
      const found = cancelled(t)
      if (!found) return undefined
      const inside = found.over ? enter(cx, found.over, 2) : cx
      const own = found.by ? proveNonzero(found.by, inside) : []
      // a quotient to an unknown power must not be 0 either
      return own && (isOne(found.power) ? own : proveNonzero(found.quotient, inside))
    },
    rewrite: t => cancelled(t)?.value,
    examples: [
      ex('binomial(m, k)/binomial(m - 1, k)', 'm/(m - k)', 'm in {3..}, k in {0..2}'),
      ex('binomial(m - 1, k)/binomial(m, k)', '(m - k)/m', 'm in {3..}, k in {0..2}'),
      ex('binomial(k + r - 1, r - 1)/binomial(k + r - 2, r - 2)', '(k + r - 1)/(r - 1)', 'r in {2..}, k in {0..}'),
      ex('binomial(m, k)/binomial(m, k - 1)', '(m - (k - 1))/k', 'm in {3..}, k in {1, 2}'),
      ex('binomial(m, k)/binomial(m, k + 1)', '(k + 1)/(m - k)', 'm in {3..}, k in {1, 2}'),
      ex('factorial(m)/factorial(m - 1)', 'm', 'm in {1..}'),
      ex(
        'prod(binomial(m, k[i]), i, 1, n)/prod(binomial(m - 1, k[i]), i, 1, n)',
        'prod(m/(m - k[i]), i, 1, n)',
        'm in {3..}, k[i] in {0..2}, n in {1..}',
      ),
      ex('gamma(a + 1)/gamma(a)', 'a', 'a > 0'),
      ex('gamma(a + 1)^(-n)*gamma(a)^n', 'a^(-n)', 'a > 0, n in {1..}'),
    ],
    nonExamples: [
      ['binomial(m, k)/binomial(m - 3, k)', 'm in {5..}, k in {0..2}'],
      ['factorial(m)*factorial(m - 1)', 'm in {1..}'],
      ['binomial(m, k)/binomial(m - 1, k)', 'm in {0..}, k in {0..2}'],
    ],
    source: 'Graham, Knuth & Patashnik, Concrete Mathematics 2e, §5.1',
  }),
]
