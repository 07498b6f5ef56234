/**
 * Laws of indicators 1{…} and of the conditions inside them: several conditions as one, a bound on every entry as a
 * bound on the largest or smallest. A condition disappears only when it is proved.
 */
import type { Context } from '../src/rewrite/facts.ts'
import { disprove, type Proof, prove } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { provePositive } from '../src/rewrite/sign.ts'
import {
  type All,
  all,
  and,
  big,
  type Cases,
  cases,
  type Expr,
  type In,
  type Iverson,
  iverson,
  le,
  lt,
  type Mul,
  mulAll,
  ONE,
  type Prop,
  rel,
  TRUE,
  ZERO,
} from '../src/term/term.ts'
import { shift } from '../src/term/walk.ts'
import { hasEnds, isIndexFree, nonempty } from './sums.ts'

const conditions = (t: Mul): readonly Prop[] => t.factors.flatMap(f => (f.kind === 'iverson' ? [f.cond] : []))
const conjuncts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props : [p])

/** A bound on an entry by something free of the index: the entry is below it ('max' decides) or above it ('min'). */
const bound = (
  t: All,
): { readonly op: 'max' | 'min'; readonly strict: boolean; readonly entry: Expr; readonly limit: Expr } | undefined => {
  const { body } = t
  if (body.kind !== 'rel' || (body.op !== '<' && body.op !== '<=') || t.lo.kind === 'infinity' || t.hi.kind === 'infinity') return undefined
  const strict = body.op === '<'
  if (isIndexFree(body.right) && !isIndexFree(body.left)) return { op: 'max', strict, entry: body.left, limit: shift(body.right, -1) }
  if (isIndexFree(body.left) && !isIndexFree(body.right)) return { op: 'min', strict, entry: body.right, limit: shift(body.left, -1) }
  return undefined
}
const boundedBy = (t: All): Prop | undefined => {
  const b = bound(t)
  if (!b) return undefined
  const extreme = big(b.op, t.lo, t.hi, b.entry)
  const relate = b.strict ? lt : le
  return b.op === 'max' ? relate(extreme, b.limit) : relate(b.limit, extreme)
}

/** The conditions of a conjunction that are not proved, and the proofs of the others. */
const unproved = (t: Iverson, cx: Context): { readonly open: readonly Prop[]; readonly why: Proof } | undefined => {
  if (t.cond.kind !== 'and') return undefined
  const proofs = t.cond.props.map(p => prove(p, cx))
  const open = t.cond.props.filter((_, i) => proofs[i] === undefined)
  return open.length > 0 && open.length < proofs.length ? { open, why: proofs.flatMap(p => p ?? []) } : undefined
}

/** What is left of cases when the branches that cannot occur are dropped and the first that must occur ends them. */
const liveCases = (t: Cases, cx: Context): { readonly term: Expr; readonly why: Proof } | undefined => {
  const why: Proof[] = []
  const kept: { when: Prop; value: Expr }[] = []
  let last = t.otherwise
  for (const b of t.branches) {
    const never = disprove(b.when, cx)
    if (never) {
      why.push(never)
      continue
    }
    const always = prove(b.when, cx)
    if (always) {
      why.push(always)
      last = b.value
      break
    }
    kept.push(b)
  }
  if (why.length === 0) return undefined
  const term = kept.length > 0 ? cases(kept, last) : last
  return term && { term, why: why.flatMap(p => p ?? []) }
}

const ends = (t: In): Prop | undefined => {
  if (t.set.kind !== 'interval') return undefined
  const { lo, hi, closed } = t.set
  return and(
    ...(lo.kind === 'infinity' ? [] : [rel(closed[0] ? '<=' : '<', lo, t.element)]),
    ...(hi.kind === 'infinity' ? [] : [rel(closed[1] ? '<=' : '<', t.element, hi)]),
  )
}

export const indicators: readonly Rule[] = [
  rule({
    id: 'indicator.product',
    title: 'product of indicators',
    minor: true,
    on: 'mul',
    statement: String.raw`\mathbf 1\{A\}\,\mathbf 1\{B\}=\mathbf 1\{A\text{ and }B\}`,
    when: t => (conditions(t).length > 1 ? [] : undefined),
    rewrite: t => mulAll([...t.factors.filter(f => f.kind !== 'iverson'), iverson(and(...conditions(t)))]),
    examples: [
      ex('indicator(a <= theta)*indicator(b <= theta)', 'indicator(a <= theta and b <= theta)', 'a in R, b in R, theta in R'),
      ex('c*indicator(a < b)*indicator(b < c)', 'c*indicator(a < b and b < c)', 'a in R, b in R, c in R'),
    ],
    nonExamples: [['c*indicator(a <= theta)', 'a in R, theta in R, c in R']],
    source: 'Graham, Knuth & Patashnik, Concrete Mathematics 2e, §2.1',
  }),
  rule({
    id: 'indicator.power',
    title: 'power of an indicator',
    on: 'pow',
    statement: String.raw`\mathbf 1\{A\}^{c}=\mathbf 1\{A\}\quad(c>0)`,
    when: (t, cx) => (t.base.kind === 'iverson' ? provePositive(t.exponent, cx) : undefined),
    rewrite: t => t.base,
    examples: [ex('indicator(a <= theta)^n', 'indicator(a <= theta)', 'a in R, theta in R, n in {1..}')],
    nonExamples: [
      ['indicator(a <= theta)^n', 'a in R, theta in R, n in {0..}'],
      ['a^n', 'a in R, n in {1..}'],
    ],
  }),
  rule({
    id: 'indicator.every',
    title: 'product of indicators over all indices',
    minor: true,
    on: 'big',
    statement: String.raw`\prod_i\mathbf 1\{A_i\}=\mathbf 1\{A_i\text{ for every }i\}`,
    when: t => (t.op === 'prod' && hasEnds(t) && t.body.kind === 'iverson' ? [] : undefined),
    rewrite: t => (t.body.kind === 'iverson' ? iverson(all(t.lo, t.hi, t.body.cond)) : undefined),
    examples: [ex('prod(indicator(x[i] <= theta), i, 1, n)', 'indicator(x[i] <= theta, i in 1..n)', 'n in {1..}, x[i] > 0, theta > 0')],
    nonExamples: [
      ['sum(indicator(x[i] <= theta), i, 1, n)', 'n in {1..}'],
      ['prod(x[i]*indicator(x[i] <= theta), i, 1, n)', 'n in {1..}'],
    ],
  }),
  rule({
    id: 'indicator.every-and',
    title: 'fact that all satisfy both exactly when all satisfy each',
    minor: true,
    on: 'all',
    statement: String.raw`(A_i\text{ and }B_i)\text{ for every }i\iff A_i\text{ for every }i\text{ and }B_i\text{ for every }i`,
    when: t => (t.body.kind === 'and' && t.body.props.length > 1 ? [] : undefined),
    rewrite: t => and(...conjuncts(t.body).map(p => all(t.lo, t.hi, p))),
    examples: [
      ex('0 <= x[i] <= theta, i in 1..n', '(0 <= x[i], i in 1..n) and (x[i] <= theta, i in 1..n)', 'n in {1..}, theta > 0, x[i] in R'),
    ],
    nonExamples: [['x[i] <= theta, i in 1..n', 'n in {1..}, theta > 0']],
  }),
  rule({
    id: 'indicator.max',
    title: 'fact that all are below a bound exactly when the largest is',
    says: 'all are below a bound exactly when the largest is',
    on: 'all',
    statement: String.raw`x_i\le\theta\text{ for every }i\iff\max_i x_i\le\theta`,
    when: (t, cx) => (bound(t)?.op === 'max' ? nonempty(t, cx) : undefined),
    rewrite: t => boundedBy(t),
    examples: [
      ex('x[i] <= theta, i in 1..n', 'max(x[i], i, 1, n) <= theta', 'n in {1..}, x[i] > 0, theta > 0'),
      ex('x[i] < theta, i in 1..n', 'max(x[i], i, 1, n) < theta', 'n in {1..}, x[i] > 0, theta > 0'),
    ],
    // an empty list has no largest entry
    nonExamples: [
      ['x[i] <= theta, i in 1..n', 'n in {0..}, theta > 0'],
      ['x[i] <= y[i], i in 1..n', 'n in {1..}'],
      ['x[i] = theta, i in 1..n', 'n in {1..}'],
    ],
  }),
  rule({
    id: 'indicator.min',
    title: 'fact that all are above a bound exactly when the smallest is',
    says: 'all are above a bound exactly when the smallest is',
    on: 'all',
    statement: String.raw`x_i\ge\theta\text{ for every }i\iff\min_i x_i\ge\theta`,
    when: (t, cx) => (bound(t)?.op === 'min' ? nonempty(t, cx) : undefined),
    rewrite: t => boundedBy(t),
    examples: [
      ex('theta <= x[i], i in 1..n', 'theta <= min(x[i], i, 1, n)', 'n in {1..}, x[i] > 0, theta > 0'),
      ex('theta < x[i], i in 1..n', 'theta < min(x[i], i, 1, n)', 'n in {1..}, x[i] > 0, theta > 0'),
    ],
    nonExamples: [
      ['theta <= x[i], i in 1..n', 'n in {0..}, theta > 0'],
      ['x[i] <= theta, i in 1..n', 'n in {1..}, theta > 0'],
    ],
  }),
  rule({
    id: 'indicator.certain',
    title: 'indicator of what always holds',
    says: 'a condition that always holds is left out',
    on: 'iverson',
    statement: String.raw`\mathbf 1\{A\}=1\quad(A\text{ holds})`,
    when: (t, cx) => prove(t.cond, cx),
    rewrite: () => ONE,
    examples: [
      ex('indicator(x >= 0)', '1', 'x > 0'),
      ex('indicator(0 <= x[i], i in 1..n)', '1', 'n in {1..}, x[i] in {0, 1}'),
      ex('indicator(a < b)', '1', 'a in R, b > a'),
    ],
    nonExamples: [
      ['indicator(x > 0)', 'x >= 0'],
      ['indicator(x <= theta)', 'x > 0, theta > 0'],
    ],
  }),
  rule({
    id: 'indicator.impossible',
    title: 'indicator of what never holds',
    on: 'iverson',
    statement: String.raw`\mathbf 1\{A\}=0\quad(A\text{ fails})`,
    when: (t, cx) => disprove(t.cond, cx),
    rewrite: () => ZERO,
    examples: [ex('indicator(x < 0)', '0', 'x >= 0'), ex('indicator(x = 1 and y > 0)', '0', 'x > 1, y in R')],
    nonExamples: [
      ['indicator(x <= 0)', 'x >= 0'],
      ['indicator(x > 0)', 'x > 0'],
    ],
  }),
  rule({
    id: 'indicator.known',
    title: 'conditions that always hold',
    says: 'a condition that always holds is left out',
    on: 'iverson',
    statement: String.raw`\mathbf 1\{A\text{ and }B\}=\mathbf 1\{B\}\quad(A\text{ holds})`,
    when: (t, cx) => unproved(t, cx)?.why,
    rewrite: (t, cx) => {
      const found = unproved(t, cx)
      return found && iverson(and(...found.open))
    },
    examples: [ex('indicator(0 <= x and x <= theta)', 'indicator(x <= theta)', 'x >= 0, theta > 0')],
    nonExamples: [
      ['indicator(0 <= x and x <= theta)', 'x in R, theta > 0'],
      ['indicator(0 <= x)', 'x >= 0'],
    ],
  }),
  rule({
    id: 'indicator.interval',
    title: 'definition of an interval',
    on: 'in',
    statement: String.raw`x\in[a,b]\iff a\le x\le b`,
    when: t => (ends(t) ? [] : undefined),
    rewrite: t => ends(t) ?? TRUE,
    examples: [ex('x in [0, theta)', '0 <= x and x < theta', 'x in R, theta > 0'), ex('x in (a, inf)', 'a < x', 'x in R, a in R')],
    nonExamples: [
      ['x in {0, 1}', 'x in R'],
      ['x in {0..m}', 'm in {1..}'],
    ],
  }),
  rule({
    id: 'cases.known',
    title: 'branch that applies',
    on: 'cases',
    statement: String.raw`\begin{cases}f&\text{if }A\\g&\text{otherwise}\end{cases}=f\quad(A\text{ holds})`,
    when: (t, cx) => liveCases(t, cx)?.why,
    rewrite: (t, cx) => liveCases(t, cx)?.term,
    examples: [
      ex('x > 0 ? a : b', 'a', 'x > 0, a in R, b in R'),
      ex('x < 0 ? a : b', 'b', 'x > 0, a in R, b in R'),
      ex('x < 0 ? a : x < c ? b : c', 'x < c ? b : c', 'x > 0, a in R, b in R, c in R'),
    ],
    nonExamples: [['x > 0 ? a : b', 'x >= 0, a in R, b in R']],
  }),
]
