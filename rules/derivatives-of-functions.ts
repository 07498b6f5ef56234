/**
 * Derivatives of powers and functions, with the chain rule in each: the inner derivative is left to a step of its own.
 * Refused: what the table does not differentiate, and points where a power or function need not have a derivative.
 */
import { prove } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonzero, provePositive } from '../src/rewrite/sign.ts'
import { functions } from '../src/term/functions.ts'
import * as Q from '../src/term/rational.ts'
import { add, addAll, call, type Deriv, type Expr, exp, log, MINUS_ONE, mul, ONE, type Pow, pow, sub } from '../src/term/term.ts'
import { bodyOf, depends, inner, isFirst } from './dependence.ts'

/** A power u^c with u changing and c fixed, or b^u with b fixed, or both changing. */
const powerOf = (t: Deriv, base: boolean, exponent: boolean): Pow | undefined =>
  isFirst(t) && t.body.kind === 'pow' && depends(t.body.base, t.wrt) === base && depends(t.body.exponent, t.wrt) === exponent
    ? t.body
    : undefined

const functionOf = (t: Deriv, name: string): Expr | undefined =>
  isFirst(t) && t.body.kind === 'fn' && t.body.name === name && t.body.args[0] && depends(t.body.args[0], t.wrt)
    ? t.body.args[0]
    : undefined

/** An exponent for which u^c is differentiable wherever it is defined: 1 ≤ c, or a negative integer (then u ≠ 0). */
const isSmooth = (c: Expr): boolean => c.kind === 'num' && (Q.compare(c.value, Q.one) >= 0 || (Q.isInteger(c.value) && Q.sign(c.value) < 0))

/** Partial derivatives of a function of the table with the arguments that vary; undefined if the table lacks one, or for log and exp. */
const partials = (t: Deriv): readonly (readonly [Expr, Expr])[] | undefined => {
  if (t.body.kind !== 'fn' || t.order !== 1 || t.body.name === 'log' || t.body.name === 'exp') return undefined
  const column = functions.get(t.body.name)?.derivative(t.body.args)
  const found: (readonly [Expr, Expr])[] = []
  for (const [k, u] of t.body.args.entries()) {
    if (!depends(u, t.wrt)) continue
    const partial = column?.[k]
    if (!partial) return undefined
    found.push([partial, u])
  }
  return found.length > 0 ? found : undefined
}

export const derivativesOfFunctions: readonly Rule[] = [
  rule({
    id: 'derivative.power',
    title: 'power rule',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,f^{c}=c\,f^{c-1}\,\frac{d}{d\theta}f`,
    // at f = 0 other powers need not have a derivative
    when: (t, cx) => {
      const p = powerOf(t, true, false)
      return p && (isSmooth(p.exponent) ? [] : proveNonzero(p.base, cx))
    },
    rewrite: t => {
      const p = powerOf(t, true, false)
      return p && mul(p.exponent, pow(p.base, sub(p.exponent, ONE)), inner(p.base, t.wrt))
    },
    examples: [
      ex('diff(p^3, p)', '3*p^2', 'p in R'),
      ex('diff((x - m)^2, m)', '2*(x - m)*diff(x - m, m)', 'x in R, m in R'),
      ex('diff(1/v, v)', '-1/v^2', 'v > 0'),
      ex('diff(t^(-n), t)', '-n*t^(-n - 1)', 't > 0, n in {1..}'),
      ex('diff(v^(1/2), v)', '1/2*v^(-1/2)', 'v > 0'),
    ],
    nonExamples: [
      ['diff(c^p, p)', 'c > 0, p in R'],
      ['diff(p^c, p)', 'p in R, c in R'],
      ['diff(p^p, p)', 'p > 0'],
      ['diff(v^(1/2), v)', 'v >= 0'],
    ],
    source: 'DLMF 4.7(ii)',
  }),
  rule({
    id: 'derivative.exponential-base',
    title: 'derivative of an exponential function',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,a^{f}=a^{f}\log a\,\frac{d}{d\theta}f\quad(a>0)`,
    when: (t, cx) => {
      const p = powerOf(t, false, true)
      return p && provePositive(p.base, cx)
    },
    rewrite: t => {
      const p = powerOf(t, false, true)
      return p && mul(p, log(p.base), inner(p.exponent, t.wrt))
    },
    examples: [ex('diff(x^a, a)', 'x^a*log(x)', 'x > 0, a > 0'), ex('diff(x^(2*a), a)', 'x^(2*a)*log(x)*diff(2*a, a)', 'x > 0, a in R')],
    nonExamples: [
      ['diff(x^a, a)', 'x in R, a > 0'],
      ['diff(a^x, a)', 'x > 0, a > 0'],
    ],
    source: 'DLMF 4.7(ii)',
  }),
  rule({
    id: 'derivative.general-power',
    title: 'derivative of a power with varying base and exponent',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,f^{g}=f^{g}\left(\frac{d}{d\theta}g\cdot\log f+\frac{g}{f}\,\frac{d}{d\theta}f\right)\quad(f>0)`,
    when: (t, cx) => {
      const p = powerOf(t, true, true)
      return p && provePositive(p.base, cx)
    },
    rewrite: t => {
      const p = powerOf(t, true, true)
      return p && mul(p, add(mul(inner(p.exponent, t.wrt), log(p.base)), mul(p.exponent, pow(p.base, MINUS_ONE), inner(p.base, t.wrt))))
    },
    examples: [ex('diff(a^(2*a), a)', 'a^(2*a)*(diff(2*a, a)*log(a) + 2*a/a)', 'a > 0')],
    nonExamples: [
      ['diff(a^(2*a), a)', 'a in R'],
      ['diff(a^2, a)', 'a > 0'],
    ],
  }),
  rule({
    id: 'derivative.exp',
    title: 'derivative of exp',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,e^{f}=e^{f}\,\frac{d}{d\theta}f`,
    when: t => (functionOf(t, 'exp') ? [] : undefined),
    rewrite: t => {
      const u = functionOf(t, 'exp')
      return u && mul(exp(u), inner(u, t.wrt))
    },
    examples: [ex('diff(exp(p), p)', 'exp(p)', 'p in R'), ex('diff(exp(-x*p), p)', 'exp(-x*p)*diff(-x*p, p)', 'x in R, p in R')],
    nonExamples: [
      ['diff(exp(x), p)', 'x in R, p in R'],
      ['diff(log(p), p)', 'p > 0'],
    ],
    source: 'DLMF 4.7(ii)',
  }),
  rule({
    id: 'derivative.log',
    title: 'derivative of a logarithm',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\log f=\frac1f\,\frac{d}{d\theta}f`,
    when: t => (functionOf(t, 'log') ? [] : undefined),
    rewrite: t => {
      const u = functionOf(t, 'log')
      return u && mul(pow(u, MINUS_ONE), inner(u, t.wrt))
    },
    examples: [ex('diff(log(p), p)', '1/p', 'p > 0'), ex('diff(log(1 - p), p)', '1/(1 - p)*diff(1 - p, p)', '0 < p < 1')],
    nonExamples: [
      ['diff(log(x), p)', 'x > 0, p in R'],
      ['diff(log(p)^2, p)', 'p > 0'],
    ],
    source: 'DLMF 4.7(i)',
  }),
  rule({
    id: 'derivative.chain',
    title: 'chain rule',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,h(f)=h'(f)\,\frac{d}{d\theta}f`,
    when: (t, cx) => {
      if (!bodyOf(t, 'fn') || t.body.kind !== 'fn' || !partials(t)) return undefined
      const info = functions.get(t.body.name)
      return info?.differentiable ? prove(info.differentiable(t.body.args), cx) : []
    },
    rewrite: t => {
      const parts = partials(t)
      return parts && addAll(parts.map(([partial, u]) => mul(partial, inner(u, t.wrt))))
    },
    examples: [
      ex('diff(gamma(a), a)', 'gamma(a)*digamma(a)', 'a > 0'),
      ex('diff(loggamma(2*a), a)', 'digamma(2*a)*diff(2*a, a)', 'a > 0'),
      ex('diff(cos(x - m), m)', '-sin(x - m)*diff(x - m, m)', 'x in R, m in R'),
      ex('diff(abs(x - m), m)', 'sign(x - m)*diff(x - m, m)', 'x in R, m < x'),
    ],
    nonExamples: [
      ['diff(abs(x - m), m)', 'x in R, m in R'],
      ['diff(floor(p), p)', 'p in R'],
      ['diff(besseli(nu, 2), nu)', 'nu > 0'],
      ['diff(gamma(b), a)', 'a > 0, b > 0'],
    ],
    source: 'DLMF 1.4(iii)',
  }),
  rule({
    id: 'derivative.named',
    title: 'chain rule for a named function',
    on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,h(f)=h'(f)\,\frac{d}{d\theta}f`,
    when: t => (bodyOf(t, 'call') && depends(t.body, t.wrt) ? [] : undefined),
    rewrite: t => {
      if (t.body.kind !== 'call') return undefined
      const { name, args, prime } = t.body
      return addAll(
        args.flatMap((u, k) =>
          depends(u, t.wrt)
            ? [
                mul(
                  call(
                    name,
                    args,
                    prime.map((order, l) => (l === k ? order + 1 : order)),
                  ),
                  inner(u, t.wrt),
                ),
              ]
            : [],
        ),
      )
    },
    examples: [ex('diff(h(2*p), p)', "h'(2*p)*diff(2*p, p)", 'p in R')],
    nonExamples: [['diff(log(p), p)', 'p > 0']],
  }),
]
