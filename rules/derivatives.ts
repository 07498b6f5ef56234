/**
 * Laws of differentiation on unevaluated derivatives. A chain rule leaves the inner derivative to a step of its own.
 * Refused: derivatives of what the table does not differentiate, of a branch or range that itself depends on the
 * variable, of expectations and limits (exchanging them needs an argument), and at points where a law does not hold.
 * A law holds where the term to be differentiated is defined; what it needs beyond that is proved.
 */
import { prove } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { proveNonzero, provePositive } from '../src/rewrite/sign.ts'
import { functions } from '../src/term/functions.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import {
  add, addAll, big, call, cases, type Deriv, deriv, eq, type Expr, exp, iverson, log, MINUS_ONE, type Mul, mul, mulAll, neg, num, ONE, type Pow, pow, sub, type Term, ZERO,
} from '../src/term/term.ts'
import { shift, some } from '../src/term/walk.ts'
import { hasEnds } from './sums.ts'

/** True if t may change with the variable; entries of one array count as the same variable, and an expectation may depend on anything. */
const depends = (t: Term, wrt: Expr): boolean =>
  some(t, u => u.kind === 'expect' || (wrt.kind === 'sym' ? u.kind === 'sym' && u.name === wrt.name : wrt.kind === 'at' ? u.kind === 'at' && u.name === wrt.name : true))

/** The derivative of the inside, as a factor of a chain rule: 1 for the variable itself. */
const inner = (u: Expr, wrt: Expr): Expr => (same(u, wrt) ? ONE : deriv(u, wrt))

const first = (t: Deriv): boolean => t.order === 1
const factorsOf = (t: Deriv): { readonly constant: readonly Expr[]; readonly varying: readonly Expr[] } | undefined =>
  t.body.kind === 'mul'
    ? { constant: t.body.factors.filter(f => !depends(f, t.wrt)), varying: t.body.factors.filter(f => depends(f, t.wrt)) }
    : undefined

/** A power u^c with u changing and c fixed, or b^u with b fixed, or both changing. */
const powerOf = (t: Deriv, base: boolean, exponent: boolean): Pow | undefined =>
  first(t) && t.body.kind === 'pow' && depends(t.body.base, t.wrt) === base && depends(t.body.exponent, t.wrt) === exponent ? t.body : undefined

const functionOf = (t: Deriv, name: string): Expr | undefined =>
  first(t) && t.body.kind === 'fn' && t.body.name === name && t.body.args[0] && depends(t.body.args[0], t.wrt) ? t.body.args[0] : undefined

const bodyOf = (t: Deriv, kind: 'add' | 'mul' | 'big' | 'cases' | 'call' | 'fn' | 'at'): boolean => first(t) && t.body.kind === kind

/** Numerator and denominator of a product that varies in both. */
const quotientOf = (t: Deriv): { readonly above: Expr; readonly below: Expr } | undefined => {
  if (!first(t) || t.body.kind !== 'mul') return undefined
  const isBelow = (f: Expr): boolean => f.kind === 'pow' && f.exponent.kind === 'num' && Q.sign(f.exponent.value) < 0
  const below = (t.body as Mul).factors.filter(isBelow).map(f => (f.kind === 'pow' && f.exponent.kind === 'num' ? pow(f.base, neg(f.exponent)) : f))
  const above = (t.body as Mul).factors.filter(f => !isBelow(f))
  const parts = { above: mulAll(above), below: mulAll(below) }
  return depends(parts.above, t.wrt) && depends(parts.below, t.wrt) ? parts : undefined
}

/** An exponent for which u^c is differentiable wherever it is defined: 1 ≤ c, or a negative integer (then u ≠ 0). */
const isSmooth = (c: Expr): boolean =>
  c.kind === 'num' && (Q.compare(c.value, Q.one) >= 0 || (Q.isInteger(c.value) && Q.sign(c.value) < 0))

export const derivatives: readonly Rule[] = [
  rule({
    id: 'derivative.constant', title: 'derivative of a constant', silent: true, on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,c=0`,
    when: t => (first(t) && !depends(t.body, t.wrt) ? [] : undefined),
    rewrite: () => ZERO,
    examples: [ex('diff(n*c, p)', '0', 'n in {1..}, c in R, p in R'), ex('diff(sum(log(x[i]), i, 1, n), p)', '0', 'n in {1..}, x[i] > 0, p in R')],
    nonExamples: [['diff(p*c, p)', 'c in R, p in R'], ['diff(E(x), p)', 'p in R']],
  }),
  rule({
    id: 'derivative.variable', title: 'derivative of the variable', silent: true, on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,\theta=1`,
    when: t => (first(t) && same(t.body, t.wrt) ? [] : undefined),
    rewrite: () => ONE,
    examples: [ex('diff(p, p)', '1', 'p in R')],
    nonExamples: [['diff(q, p)', 'q in R, p in R'], ['diff(2*p, p)', 'p in R']],
  }),
  rule({
    id: 'derivative.entry', title: 'derivative of one entry by another', on: 'deriv',
    statement: String.raw`\frac{\partial p_j}{\partial p_l}=\mathbf 1\{j=l\}`,
    when: t => (bodyOf(t, 'at') && t.wrt.kind === 'at' && !same(t.body, t.wrt) && sameArray(t.body, t.wrt) ? [] : undefined),
    rewrite: t => (t.body.kind === 'at' && t.wrt.kind === 'at' ? mulAll(t.body.index.map((j, k) => iverson(eq(j, (t.wrt as typeof t.body).index[k] ?? j)))) : undefined),
    examples: [ex('diff(p[j], p[l])', 'indicator(j = l)', 'j in {1..3}, l in {1..3}, p[j] in R')],
    nonExamples: [['diff(q[j], p[l])', 'j in {1..3}, l in {1..3}'], ['diff(p[j]^2, p[l])', 'j in {1..3}, l in {1..3}']],
  }),
  rule({
    id: 'derivative.repeated', title: 'definition of a higher derivative', on: 'deriv', silent: true,
    statement: String.raw`\frac{d^2}{d\theta^2}f=\frac{d}{d\theta}\,\frac{d}{d\theta}f`,
    when: t => (t.order > 1 ? [] : undefined),
    rewrite: t => deriv(deriv(t.body, t.wrt, t.order - 1), t.wrt),
    examples: [ex('diff(log(p), p, 2)', 'diff(diff(log(p), p), p)', 'p > 0')],
    nonExamples: [['diff(log(p), p)', 'p > 0']],
  }),
  rule({
    id: 'derivative.sum', title: 'sum rule', minor: true, on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}(f+g)=\frac{d}{d\theta}f+\frac{d}{d\theta}g`,
    when: t => (bodyOf(t, 'add') ? [] : undefined),
    rewrite: t => (t.body.kind === 'add' ? addAll(t.body.terms.map(u => deriv(u, t.wrt))) : undefined),
    examples: [ex('diff(k*log(p) + p^2, p)', 'diff(k*log(p), p) + diff(p^2, p)', 'p > 0, k in R')],
    nonExamples: [['diff(k*log(p), p)', 'p > 0, k in R'], ['diff(p + p^2, p, 2)', 'p in R']],
    source: 'DLMF 1.4(iii)',
  }),
  rule({
    id: 'derivative.constant-factor', title: 'constant factor rule', minor: true, on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}(c\,f)=c\,\frac{d}{d\theta}f`,
    when: t => {
      const parts = first(t) ? factorsOf(t) : undefined
      return parts && parts.constant.length > 0 && parts.varying.length > 0 ? [] : undefined
    },
    rewrite: t => {
      const parts = factorsOf(t)
      return parts && mulAll([...parts.constant, deriv(mulAll(parts.varying), t.wrt)])
    },
    examples: [ex('diff(k*log(p), p)', 'k*diff(log(p), p)', 'p > 0, k in R'), ex('diff(-2*k*p*log(p), p)', '-2*k*diff(p*log(p), p)', 'p > 0, k in R')],
    nonExamples: [['diff(p*log(p), p)', 'p > 0'], ['diff(k*c, p)', 'k in R, c in R, p in R']],
  }),
  rule({
    id: 'derivative.product', title: 'product rule', on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}(f\,g)=\frac{d}{d\theta}f\cdot g+f\,\frac{d}{d\theta}g`,
    when: t => {
      const parts = first(t) ? factorsOf(t) : undefined
      return parts && parts.constant.length === 0 && parts.varying.length > 1 ? [] : undefined
    },
    rewrite: t => {
      if (t.body.kind !== 'mul') return undefined
      const parts = t.body.factors
      return addAll(parts.map((f, k) => mulAll([inner(f, t.wrt), ...parts.filter((_, l) => l !== k)])))
    },
    examples: [
      ex('diff(p*log(p), p)', 'log(p) + p*diff(log(p), p)', 'p > 0'), ex('diff(exp(p)*log(p), p)', 'diff(exp(p), p)*log(p) + exp(p)*diff(log(p), p)', 'p > 0'),
    ],
    nonExamples: [['diff(c*p, p)', 'c in R, p in R'], ['diff(p + log(p), p)', 'p > 0']],
    source: 'DLMF 1.4(iii)',
  }),
  rule({
    id: 'derivative.quotient', title: 'quotient rule', on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\frac fg=\frac{\frac{d}{d\theta}f\cdot g-f\,\frac{d}{d\theta}g}{g^2}`,
    when: t => (quotientOf(t) ? [] : undefined),
    rewrite: t => {
      const parts = quotientOf(t)
      if (!parts) return undefined
      const { above, below } = parts
      return mul(sub(mul(inner(above, t.wrt), below), mul(above, inner(below, t.wrt))), pow(below, num(-2)))
    },
    examples: [ex('diff(log(p)/(1 - p), p)', '(diff(log(p), p)*(1 - p) - log(p)*diff(1 - p, p))/(1 - p)^2', '0 < p < 1')],
    nonExamples: [['diff(c/p, p)', 'c in R, p > 0'], ['diff(p*log(p), p)', 'p > 0']],
    source: 'DLMF 1.4(iii)',
  }),
  rule({
    id: 'derivative.power', title: 'power rule', on: 'deriv',
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
      ex('diff(p^3, p)', '3*p^2', 'p in R'), ex('diff((x - m)^2, m)', '2*(x - m)*diff(x - m, m)', 'x in R, m in R'), ex('diff(1/v, v)', '-1/v^2', 'v > 0'),
      ex('diff(t^(-n), t)', '-n*t^(-n - 1)', 't > 0, n in {1..}'), ex('diff(v^(1/2), v)', '1/2*v^(-1/2)', 'v > 0'),
    ],
    nonExamples: [['diff(c^p, p)', 'c > 0, p in R'], ['diff(p^c, p)', 'p in R, c in R'], ['diff(p^p, p)', 'p > 0'], ['diff(v^(1/2), v)', 'v >= 0']],
    source: 'DLMF 4.7(ii)',
  }),
  rule({
    id: 'derivative.exponential-base', title: 'derivative of an exponential function', on: 'deriv',
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
    nonExamples: [['diff(x^a, a)', 'x in R, a > 0'], ['diff(a^x, a)', 'x > 0, a > 0']],
    source: 'DLMF 4.7(ii)',
  }),
  rule({
    id: 'derivative.general-power', title: 'derivative of a power with varying base and exponent', on: 'deriv',
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
    nonExamples: [['diff(a^(2*a), a)', 'a in R'], ['diff(a^2, a)', 'a > 0']],
  }),
  rule({
    id: 'derivative.exp', title: 'derivative of exp', on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,e^{f}=e^{f}\,\frac{d}{d\theta}f`,
    when: t => (functionOf(t, 'exp') ? [] : undefined),
    rewrite: t => {
      const u = functionOf(t, 'exp')
      return u && mul(exp(u), inner(u, t.wrt))
    },
    examples: [ex('diff(exp(p), p)', 'exp(p)', 'p in R'), ex('diff(exp(-x*p), p)', 'exp(-x*p)*diff(-x*p, p)', 'x in R, p in R')],
    nonExamples: [['diff(exp(x), p)', 'x in R, p in R'], ['diff(log(p), p)', 'p > 0']],
    source: 'DLMF 4.7(ii)',
  }),
  rule({
    id: 'derivative.log', title: 'derivative of a logarithm', on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\log f=\frac1f\,\frac{d}{d\theta}f`,
    when: t => (functionOf(t, 'log') ? [] : undefined),
    rewrite: t => {
      const u = functionOf(t, 'log')
      return u && mul(pow(u, MINUS_ONE), inner(u, t.wrt))
    },
    examples: [ex('diff(log(p), p)', '1/p', 'p > 0'), ex('diff(log(1 - p), p)', '1/(1 - p)*diff(1 - p, p)', '0 < p < 1')],
    nonExamples: [['diff(log(x), p)', 'x > 0, p in R'], ['diff(log(p)^2, p)', 'p > 0']],
    source: 'DLMF 4.7(i)',
  }),
  rule({
    id: 'derivative.chain', title: 'chain rule', on: 'deriv',
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
      ex('diff(gamma(a), a)', 'gamma(a)*digamma(a)', 'a > 0'), ex('diff(loggamma(2*a), a)', 'digamma(2*a)*diff(2*a, a)', 'a > 0'),
      ex('diff(cos(x - m), m)', '-sin(x - m)*diff(x - m, m)', 'x in R, m in R'), ex('diff(abs(x - m), m)', 'sign(x - m)*diff(x - m, m)', 'x in R, m < x'),
    ],
    nonExamples: [['diff(abs(x - m), m)', 'x in R, m in R'], ['diff(floor(p), p)', 'p in R'], ['diff(besseli(nu, 2), nu)', 'nu > 0'], ['diff(gamma(b), a)', 'a > 0, b > 0']],
    source: 'DLMF 1.4(iii)',
  }),
  rule({
    id: 'derivative.under-sum', title: 'sum rule, term by term', says: 'term by term', on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\sum_i f_i=\sum_i\frac{d}{d\theta}f_i`,
    when: t =>
      bodyOf(t, 'big') && t.body.kind === 'big' && t.body.op === 'sum' && hasEnds(t.body) && !depends(t.body.lo, t.wrt) && !depends(t.body.hi, t.wrt)
        ? []
        : undefined,
    rewrite: t => (t.body.kind === 'big' ? big('sum', t.body.lo, t.body.hi, deriv(t.body.body, shift(t.wrt, 1))) : undefined),
    examples: [ex('diff(sum((x[i] - m)^2, i, 1, n), m)', 'sum(diff((x[i] - m)^2, m), i, 1, n)', 'n in {1..}, x[i] in R, m in R')],
    nonExamples: [
      ['diff(sum(x[i], i, 1, m), m)', 'm in {1..}'], ['diff(prod(x[i] - m, i, 1, n), m)', 'n in {1..}, m in R'], ['diff(sum(m^i, i, 0, inf), m)', '0 < m < 1'],
    ],
  }),
  rule({
    id: 'derivative.cases', title: 'derivative branch by branch', on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\begin{cases}f&\text{if }A\\g&\text{otherwise}\end{cases}=\begin{cases}\frac{d}{d\theta}f&\text{if }A\\\frac{d}{d\theta}g&\text{otherwise}\end{cases}`,
    when: t => (t.body.kind === 'cases' && first(t) && t.body.branches.every(b => !depends(b.when, t.wrt)) ? [] : undefined),
    rewrite: t => {
      if (t.body.kind !== 'cases') return undefined
      const branches = t.body.branches.map(b => ({ when: b.when, value: deriv(b.value, t.wrt) }))
      return cases(branches, t.body.otherwise && deriv(t.body.otherwise, t.wrt))
    },
    examples: [ex('diff(x > 0 ? p*x : p^2, p)', 'x > 0 ? diff(p*x, p) : diff(p^2, p)', 'x in R, p in R')],
    nonExamples: [['diff(x > p ? p*x : p^2, p)', 'x in R, p in R']],
  }),
  rule({
    id: 'derivative.named', title: 'chain rule for a named function', on: 'deriv',
    statement: String.raw`\frac{d}{d\theta}\,h(f)=h'(f)\,\frac{d}{d\theta}f`,
    when: t => (bodyOf(t, 'call') && depends(t.body, t.wrt) ? [] : undefined),
    rewrite: t => {
      if (t.body.kind !== 'call') return undefined
      const { name, args, prime } = t.body
      return addAll(args.flatMap((u, k) => (depends(u, t.wrt) ? [mul(call(name, args, prime.map((order, l) => (l === k ? order + 1 : order))), inner(u, t.wrt))] : [])))
    },
    examples: [ex('diff(h(2*p), p)', "h'(2*p)*diff(2*p, p)", 'p in R')],
    nonExamples: [['diff(log(p), p)', 'p > 0']],
  }),
]

function sameArray(a: Expr, b: Expr): boolean {
  return a.kind === 'at' && b.kind === 'at' && a.name === b.name && a.index.length === b.index.length
}
/** Partial derivatives of a function of the table with the arguments that vary; undefined if the table lacks one, or for log and exp. */
function partials(t: Deriv): readonly (readonly [Expr, Expr])[] | undefined {
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
