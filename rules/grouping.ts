/**
 * Equal observations put together: a product or sum over the sample whose entries take finitely many values, written with
 * the number of observations of each value. Refused: entries that also depend on the index otherwise.
 */
import { domainOf } from '../src/rewrite/facts.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { signOf } from '../src/rewrite/sign.ts'
import { normalForm } from '../src/term/normal-form.ts'
import * as Q from '../src/term/rational.ts'
import {
  type At,
  add,
  addAll,
  type Big,
  big,
  type Expr,
  eq,
  isOne,
  iverson,
  mul,
  mulAll,
  neg,
  num,
  pow,
  type SetTerm,
  sym,
} from '../src/term/term.ts'
import { replace, shift, subterms } from '../src/term/walk.ts'
import { count, counted, hasEnds, isIndexFree } from './sums.ts'

/** At most this many values are worth telling apart. */
const most = 12

/** The elements of a set of few numbers. */
export const fewValues = (set: SetTerm): readonly Expr[] | undefined => {
  if (set.kind === 'finite') return set.elements.length <= most && set.elements.every(e => e.kind === 'num') ? set.elements : undefined
  if (set.kind !== 'range' || set.lo.kind !== 'num' || set.hi.kind !== 'num') return undefined
  const [lo, hi] = [Number(set.lo.value.num), Number(set.hi.value.num)]
  const isWhole = Q.isInteger(set.lo.value) && Q.isInteger(set.hi.value)
  return isWhole && hi - lo < most ? Array.from({ length: Math.max(0, hi - lo + 1) }, (_, k) => num(lo + k)) : undefined
}

/** The one entry x_i through which the body depends on the index. */
const entryOf = (t: Big): At | undefined => {
  const entries = subterms(t.body).filter((u): u is At => u.kind === 'at' && (u.free & 1) !== 0)
  const [one] = entries
  if (one?.index.length !== 1 || one.index[0]?.kind !== 'bound' || one.index[0].depth !== 0) return undefined
  return (replace(t.body, one, sym('\u0001x')).free & 1) === 0 ? one : undefined
}

/** Σ 1{x_i = v}: how many observations have the value; the first of two values takes what the second leaves. */
const counts = (t: Big, x: At, values: readonly Expr[]): readonly Expr[] => {
  const of = (v: Expr): Expr => big('sum', t.lo, t.hi, iverson(eq(x, v)))
  const [, second, ...more] = values
  if (!second || more.length > 0 || !isOne(t.lo)) return values.map(of)
  return [addAll([t.hi, neg(of(second))]), of(second)]
}

const groups = (t: Big, values: readonly Expr[], x: At): readonly { readonly value: Expr; readonly count: Expr }[] => {
  const many = counts(t, x, values)
  return values.map((v, k) => ({ value: normalForm(shift(replace(t.body, x, v), -1)), count: many[k] as Expr }))
}

/** Two values free of the index, told apart by a condition on the entry: how many entries meet it, and how many do not. */
const twoValues = (t: Big): { readonly first: Expr; readonly second: Expr; readonly many: Expr } | undefined => {
  if (t.body.kind !== 'cases' || t.body.branches.length !== 1 || !t.body.otherwise) return undefined
  const [branch] = t.body.branches
  if (!branch || !isIndexFree(branch.value) || !isIndexFree(t.body.otherwise) || (branch.when.free & 1) === 0) return undefined
  return { first: shift(branch.value, -1), second: shift(t.body.otherwise, -1), many: big('sum', t.lo, t.hi, iverson(branch.when)) }
}

export const groupings: readonly Rule[] = [
  rule({
    id: 'sample.by-condition',
    title: 'grouping of equal entries',
    says: 'put equal factors together',
    on: 'big',
    statement: String.raw`\prod_{i=1}^n\begin{cases}a&A_i\\b&\text{otherwise}\end{cases}=a^N b^{n-N},\quad N=\sum_i\mathbf 1\{A_i\}`,
    when: (t, cx) => (t.op === 'prod' && twoValues(t) ? counted(t, cx) : undefined),
    rewrite: t => {
      const parts = twoValues(t)
      return parts && mul(pow(parts.first, parts.many), pow(parts.second, add(count(t), neg(parts.many))))
    },
    examples: [
      ex(
        'prod((x[i] = 0 ? a : b), i, 1, n)',
        'a^sum(indicator(x[i] = 0), i, 1, n)*b^(n - sum(indicator(x[i] = 0), i, 1, n))',
        'n in {1..}, x[i] in {0, 1, 2}, a > 0, b > 0',
      ),
      ex(
        'prod((x[i] <= 1 ? a : b), i, 1, n)',
        'a^sum(indicator(x[i] <= 1), i, 1, n)*b^(n - sum(indicator(x[i] <= 1), i, 1, n))',
        'n in {1..}, a > 0, b > 0',
      ),
    ],
    nonExamples: [
      ['prod((x[i] = 0 ? x[i] + 1 : b), i, 1, n)', 'n in {1..}, b > 0'],
      ['prod((x[i] = 0 ? a : x[i] = 1 ? b : 1), i, 1, n)', 'n in {1..}, a > 0, b > 0'],
    ],
  }),
  rule({
    id: 'sample.by-value',
    title: 'grouping of equal observations',
    says: 'put equal observations together',
    on: 'big',
    statement: String.raw`\prod_i f(x_i)=\prod_v f(v)^{N_v},\quad N_v=\sum_i\mathbf 1\{x_i=v\}`,
    when: (t, cx) => {
      const x = (t.op === 'prod' || t.op === 'sum') && hasEnds(t) ? entryOf(t) : undefined
      const domain = x && domainOf(x, cx)
      const isPlain = t.body.kind === 'at' || t.body.kind === 'iverson'
      const values = domain && !isPlain ? fewValues(domain.set) : undefined
      // a value that no observation has must be a number all the same
      const isKnown = (u: Expr): boolean => u.kind === 'num' || signOf(u, cx)?.sign === 'pos'
      return x && domain && values && groups(t, values, x).every(g => isKnown(g.value)) ? [{ kind: 'given', fact: domain.fact }] : undefined
    },
    rewrite: (t, cx) => {
      const x = entryOf(t)
      const set = x && domainOf(x, cx)?.set
      const values = set && fewValues(set)
      if (!x || !values) return undefined
      const parts = groups(t, values, x)
      return t.op === 'prod' ? mulAll(parts.map(p => pow(p.value, p.count))) : addAll(parts.map(p => mul(p.value, p.count)))
    },
    examples: [
      ex(
        'prod((x[i] = 0 ? 1/2 : x[i] = 1 ? 1/3 : 1/6), i, 1, n)',
        '(1/2)^sum(indicator(x[i] = 0), i, 1, n)*(1/3)^sum(indicator(x[i] = 1), i, 1, n)*(1/6)^sum(indicator(x[i] = 2), i, 1, n)',
        'n in {1..}, x[i] in {0, 1, 2}',
      ),
      ex(
        'sum(2^x[i], i, 1, n)',
        'n - sum(indicator(x[i] = 1), i, 1, n) + 2*sum(indicator(x[i] = 1), i, 1, n)',
        'n in {1..}, x[i] in {0, 1}',
      ),
    ],
    nonExamples: [
      ['prod(x[i] + 1, i, 1, n)', 'n in {1..}, x[i] > 0'],
      ['prod(x[i] + i, i, 1, n)', 'n in {1..}, x[i] in {0, 1}'],
      ['sum(1/x[i], i, 1, n)', 'n in {1..}, x[i] in {0, 1}'],
    ],
  }),
]
