/**
 * Equal observations put together: a product or sum over the sample whose entries take finitely many values, written with
 * the number of observations of each value. Refused: entries that also depend on the index otherwise.
 */
import { type Context, domainOf } from '../src/rewrite/facts.ts'
import { fewValues } from '../src/rewrite/few-values.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { signOf } from '../src/rewrite/sign.ts'
import { normalForm } from '../src/term/normal-form.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import {
  type At,
  add,
  addAll,
  and,
  type Big,
  big,
  type Cases,
  cases,
  type Expr,
  eq,
  isOne,
  iverson,
  mul,
  mulAll,
  neg,
  not,
  num,
  ONE,
  or,
  type Prop,
  pow,
  sym,
  TRUE,
} from '../src/term/term.ts'
import { factors, hasKind, mentions, replace, shift, subterms } from '../src/term/walk.ts'
import { count, counted, hasEnds, isIndexFree } from './sums.ts'

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
  return values.map((v, k) => {
    const put = shift(replace(t.body, x, v), -1)
    const form = normalForm(put)
    // (1 + t)/2 as it stands, not 1/2 + t/2
    return { value: form.kind === 'num' || hasKind(put, 'cases') || hasKind(put, 'iverson') ? form : put, count: many[k] as Expr }
  })
}

interface TwoValues {
  readonly first: Expr
  readonly second: Expr
  readonly many: Expr
  /** What the entries bring beside the two values: 1, or a factor without the unknown. */
  readonly rest: Expr
}

/** Branches in a row that give the same are one. */
const twoBranches = (t: Cases): { readonly branch: Cases['branches'][number]; readonly otherwise: Expr } | undefined => {
  const { branches, otherwise } = t
  if (!otherwise) return undefined
  const [head, ...more] = branches
  if (!head) return undefined
  const first = branches.findIndex(b => !same(b.value, head.value))
  const alike = first < 0 ? branches : branches.slice(0, first)
  const rest = first < 0 ? [] : more.slice(alike.length - 1)
  if (rest.some(b => !same(b.value, otherwise))) return undefined
  return { branch: alike.length > 1 ? { when: or(...alike.map(b => b.when)), value: head.value } : head, otherwise }
}

/** Two values free of the index, told apart by a condition on the entry: how many entries meet it, and how many do not. */
const twoValues = (t: Big, cx: Context): TwoValues | undefined => {
  const found = t.body.kind === 'cases' ? twoBranches(t.body) : undefined
  if (!found) return undefined
  const { branch, otherwise } = found
  if ((branch.when.free & 1) === 0) return undefined
  const apart = (u: Expr): { readonly value: Expr; readonly rest: Expr } => {
    const parts = factors(u)
    return { value: shift(mulAll(parts.filter(isIndexFree)), -1), rest: mulAll(parts.filter(f => !isIndexFree(f))) }
  }
  const [own, other] = [apart(branch.value), apart(otherwise)]
  const isPlain = isOne(own.rest) && isOne(other.rest)
  const hasUnknown = (u: Expr): boolean => cx.unknowns.some(n => mentions(u, n))
  // a factor of the entry that does not know the unknown stays in a product of its own
  if (!isPlain && ([own.rest, other.rest, branch.when].some(u => hasUnknown(u as Expr)) || ![own.value, other.value].some(hasUnknown)))
    return undefined
  return {
    first: own.value,
    second: other.value,
    many: big('sum', t.lo, t.hi, iverson(branch.when)),
    rest: isPlain ? ONE : big('prod', t.lo, t.hi, cases([{ when: branch.when, value: own.rest }], other.rest)),
  }
}

/** A branch as a factor free of the index times a factor that varies with it. */
interface Branch {
  readonly when: Prop
  readonly fixed: Expr
  readonly varying: Expr
}

/** Π over cases: what each branch holds that is free of the index, and what is left of the cases. */
const branchesOf = (t: Big): { readonly branches: readonly Branch[]; readonly last: Branch } | undefined => {
  if (t.op !== 'prod' || t.body.kind !== 'cases' || !t.body.otherwise) return undefined
  const apart = (when: Prop, value: Expr): Branch => {
    const list = factors(value)
    return { when, fixed: shift(mulAll(list.filter(isIndexFree)), -1), varying: mulAll(list.filter(f => !isIndexFree(f))) }
  }
  const earlier: Prop[] = []
  const branches: Branch[] = []
  const conditions = t.body.branches.map(b => b.when)
  const areApart = areDistinct(conditions)
  for (const b of t.body.branches) {
    if ((b.when.free & 1) === 0) return undefined
    branches.push(apart(areApart ? b.when : and(...earlier.map(not), b.when), b.value))
    earlier.push(b.when)
  }
  return { branches, last: apart(TRUE, t.body.otherwise) }
}

/** A condition that moves with the unknown would leave it in the counts; what all branches share needs no counts. */
const movesWith = (t: Big, unknowns: readonly string[]): boolean => {
  if (t.body.kind !== 'cases' || !t.body.branches.some(b => unknowns.some(name => mentions(b.when, name)))) return false
  const parts = branchesOf(t)
  return (
    parts !== undefined &&
    basesOf([...parts.branches, parts.last]).some(b => hasKind(numberOf(t, b, parts.branches, parts.last), 'iverson'))
  )
}

/** x = a, x = b, … for different numbers: no two of them hold together. */
const areDistinct = (conditions: readonly Prop[]): boolean => {
  const sides = conditions.map(c => (c.kind === 'rel' && c.op === '=' && c.right.kind === 'num' ? c : undefined))
  const [first] = sides
  return (
    first !== undefined &&
    sides.every((c, k) => c !== undefined && same(c.left, first.left) && !sides.slice(0, k).some(d => d && same(d.right, c.right)))
  )
}

/** t² as t and 2. */
const powerOf = (f: Expr): readonly [base: Expr, exponent: Q.Rational] =>
  f.kind === 'pow' && f.exponent.kind === 'num' ? [f.base, f.exponent.value] : [f, Q.one]

/** The bases free of the index that occur in any branch, each once. */
const basesOf = (branches: readonly Branch[]): readonly Expr[] => {
  const found: Expr[] = []
  for (const b of branches)
    for (const f of factors(b.fixed)) {
      const [base] = powerOf(f)
      if (!isOne(base) && !found.some(g => same(g, base))) found.push(base)
    }
  return found
}

/** How often a base occurs: e·n + Σ (e_k − e) N_k, where e is its exponent in the last branch. */
const numberOf = (t: Big, base: Expr, branches: readonly Branch[], last: Branch): Expr => {
  const inBranch = (b: Branch): Q.Rational =>
    factors(b.fixed).reduce((sum, f) => (same(powerOf(f)[0], base) ? Q.plus(sum, powerOf(f)[1]) : sum), Q.zero)
  const rest = inBranch(last)
  const many = branches.map(b => mul(num(Q.minus(inBranch(b), rest)), big('sum', t.lo, t.hi, iverson(b.when))))
  return addAll([mul(num(rest), count(t)), ...many])
}

/** The cases that are left, without those branches that the last one covers: (x = 0 ? 1 : 2^x) is 2^x. */
const remainder = (t: Big, branches: readonly Branch[], last: Branch): Expr => {
  if (branches.every(b => same(b.varying, last.varying))) return last.varying
  const kept = branches.filter(b => {
    const { when } = b
    if (when.kind !== 'rel' || when.op !== '=' || when.right.kind !== 'num') return true
    const there = replace(last.varying, when.left, when.right) as Expr
    return !same(normalForm(there), normalForm(b.varying))
  })
  if (kept.length < branches.length && kept.length > 0 && !areDistinct(branches.map(b => b.when))) return caseOf(t, branches, last)
  return kept.length === 0 ? last.varying : caseOf(t, kept, last)
}
const caseOf = (t: Big, branches: readonly Branch[], last: Branch): Expr => {
  const conditions = t.body.kind === 'cases' ? t.body.branches.map(b => b.when) : []
  // the written conditions are kept: they are read in order
  return cases(
    branches.map((b, k) => ({ when: branches.length === conditions.length ? (conditions[k] as Prop) : b.when, value: b.varying })),
    last.varying,
  )
}

export const groupings: readonly Rule[] = [
  rule({
    id: 'sample.by-branch',
    title: 'grouping of the observations by their case',
    says: 'put the observations of each case together',
    on: 'big',
    statement: String.raw`\prod_{i=1}^n\begin{cases}a\,u_i&A_i\\b\,v_i&\text{otherwise}\end{cases}=a^N b^{n-N}\prod_{i=1}^n\begin{cases}u_i&A_i\\v_i&\text{otherwise}\end{cases},\quad N=\sum_i\mathbf 1\{A_i\}`,
    when: (t, cx) => (branchesOf(t) && !movesWith(t, cx.unknowns) ? counted(t, cx) : undefined),
    rewrite: t => {
      const parts = branchesOf(t)
      if (!parts) return undefined
      const { branches, last } = parts
      if (branches.every(b => isOne(b.fixed)) && isOne(last.fixed)) return undefined
      const rest = remainder(t, branches, last)
      const powers = basesOf([...branches, last]).map(b => pow(b, numberOf(t, b, branches, last)))
      return mulAll([...powers, ...(isOne(rest) ? [] : [big('prod', t.lo, t.hi, rest)])])
    },
    examples: [
      ex(
        'prod((x[i] = 0 ? a : x[i] = 1 ? b : c), i, 1, n)',
        'a^sum(indicator(x[i] = 0), i, 1, n)*b^sum(indicator(x[i] = 1), i, 1, n)*c^(n - sum(indicator(x[i] = 0), i, 1, n) - sum(indicator(x[i] = 1), i, 1, n))',
        'n in {1..}, x[i] in {0, 1, 2}, a > 0, b > 0, c > 0',
      ),
      ex(
        'prod((x[i] = 0 ? a : x[i] = 1 ? a*b : c), i, 1, n)',
        'a^(sum(indicator(x[i] = 0), i, 1, n) + sum(indicator(x[i] = 1), i, 1, n))*b^sum(indicator(x[i] = 1), i, 1, n)*c^(n - sum(indicator(x[i] = 0), i, 1, n) - sum(indicator(x[i] = 1), i, 1, n))',
        'n in {1..}, x[i] in {0, 1, 2}, a > 0, b > 0, c > 0',
      ),
      ex(
        'prod((x[i] = 0 ? a : b*2^x[i]), i, 1, n)',
        'a^sum(indicator(x[i] = 0), i, 1, n)*b^(n - sum(indicator(x[i] = 0), i, 1, n))*prod(2^x[i], i, 1, n)',
        'n in {1..}, x[i] in {0..}, a > 0, b > 0',
      ),
    ],
    nonExamples: [['prod((x[i] = 0 ? x[i] + 1 : x[i]), i, 1, n)', 'n in {1..}']],
  }),
  rule({
    id: 'sample.by-condition',
    title: 'grouping of equal entries',
    says: 'put equal factors together',
    on: 'big',
    statement: String.raw`\prod_{i=1}^n\begin{cases}a&A_i\\b&\text{otherwise}\end{cases}=a^N b^{n-N},\quad N=\sum_i\mathbf 1\{A_i\}`,
    when: (t, cx) => (t.op === 'prod' && twoValues(t, cx) ? counted(t, cx) : undefined),
    rewrite: (t, cx) => {
      const parts = twoValues(t, cx)
      return parts && mul(pow(parts.first, parts.many), pow(parts.second, add(count(t), neg(parts.many))), parts.rest)
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
      ex(
        'prod((x[i] = 0 ? w : (1-w)*2^x[i]), i, 1, n)',
        'w^sum(indicator(x[i] = 0), i, 1, n)*(1-w)^(n - sum(indicator(x[i] = 0), i, 1, n))*prod((x[i] = 0 ? 1 : 2^x[i]), i, 1, n)',
        'n in {1..}, x[i] in {0..}, unknown w in (0, 1)',
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
