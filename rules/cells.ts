/**
 * A table of probabilities over the sample as a product of powers of its factors: equal factors in different cells come
 * together, and the exponents are counts of observations. Refuses cells whose factors are not known to be positive.
 */
import { basePower } from '../src/rewrite/arithmetic.ts'
import { type Context, domainOf } from '../src/rewrite/facts.ts'
import { fewValues, settledCases } from '../src/rewrite/few-values.ts'
import { forEvery } from '../src/rewrite/prove.ts'
import { ex, type Rule, rule } from '../src/rewrite/rule.ts'
import { provePositive } from '../src/rewrite/sign.ts'
import { same } from '../src/term/order.ts'
import * as Q from '../src/term/rational.ts'
import {
  type At,
  addAll,
  type Big,
  big,
  type Expr,
  eq,
  finite,
  isIn,
  isOne,
  iverson,
  mul,
  mulAll,
  neg,
  num,
  ONE,
  pow,
} from '../src/term/term.ts'
import { factors, hasKind, mentions, replace, shift, some, subterms } from '../src/term/walk.ts'
import { commonPowers, quotient } from './common-factor.ts'

/** c·∏ φ_k^e_k: the factors with the unknown apart from the others. */
interface Cell {
  readonly value: Expr
  readonly constant: Expr
  readonly powers: readonly { readonly base: Expr; readonly exponent: Q.Rational }[]
}

const hasUnknown = (t: Expr, cx: Context): boolean => cx.unknowns.some(u => mentions(t, u))

/** (2p(1−p))² as 4, p², (1−p)². */
const opened = (t: Expr): readonly { readonly base: Expr; readonly exponent: Q.Rational }[] =>
  factors(t).flatMap(f => {
    const [base, exponent] = basePower(f)
    // t − t² is t(1 − t)
    const shared = base.kind === 'add' ? commonPowers(base.terms) : undefined
    const inner = shared && base.kind === 'add' ? base.terms.map(u => quotient(u, shared)) : []
    if (shared && Q.isInteger(exponent) && inner.every(u => u !== undefined))
      return opened(mul(shared, addAll(inner.flatMap(u => u ?? [])))).map(p => ({ ...p, exponent: Q.times(p.exponent, exponent) }))
    if (base.kind === 'mul' && Q.isInteger(exponent)) return opened(base).map(p => ({ ...p, exponent: Q.times(p.exponent, exponent) }))
    return [{ base, exponent }]
  })

const cellOf = (value: Expr, body: Expr, cx: Context): Cell => {
  const powers: { base: Expr; exponent: Q.Rational }[] = []
  const constant: Expr[] = []
  for (const p of opened(body)) {
    if (!hasUnknown(p.base, cx)) {
      constant.push(pow(p.base, num(p.exponent)))
      continue
    }
    const known = powers.findIndex(q => same(q.base, p.base))
    const at = powers[known]
    if (at) powers[known] = { base: at.base, exponent: Q.plus(at.exponent, p.exponent) }
    else powers.push(p)
  }
  return { value, constant: mulAll(constant), powers }
}

/** A factor whose base mixes the entry with the unknown, or a choice of the factor by a condition: no power law opens it. */
const isTable = (body: Expr, entry: At, cx: Context): boolean =>
  factors(body).some(f => {
    const [base] = basePower(f)
    return (
      hasKind(base, 'cases') || hasKind(base, 'iverson') || (base.kind === 'add' && some(base, u => same(u, entry)) && hasUnknown(base, cx))
    )
  })

const entryOf = (t: Big): At | undefined => {
  const entries = subterms(t.body).filter((u): u is At => u.kind === 'at' && (u.free & 1) !== 0)
  const [one] = entries
  if (one?.index.length !== 1 || one.index[0]?.kind !== 'bound' || one.index[0].depth !== 0) return undefined
  return (replace(t.body, one, ONE).free & 1) === 0 ? one : undefined
}

/** Values of the entry whose cells have the same powers of the unknown. */
interface Class {
  readonly cells: readonly Cell[]
  readonly powers: Cell['powers']
}

const isSamePowers = (a: Cell['powers'], b: Cell['powers']): boolean =>
  a.length === b.length && a.every(p => b.some(q => same(p.base, q.base) && Q.equal(p.exponent, q.exponent)))

const isMember = (x: Expr, values: readonly Expr[]): Expr => {
  const [only, ...more] = values
  return iverson(only && more.length === 0 ? eq(x, only) : isIn(x, finite(...values)))
}

/** The class whose count is what the others leave: one free of the unknown, else the largest, else the last without a bare unknown. */
const restOf = (classes: readonly Class[], cx: Context): Class | undefined => {
  const free = classes.find(c => c.powers.length === 0)
  if (free) return free
  const most = Math.max(...classes.map(c => c.cells.length))
  const largest = classes.filter(c => c.cells.length === most)
  const [only, ...more] = largest
  if (only && more.length === 0) return only
  const isBare = (c: Class): boolean => c.powers.some(p => p.base.kind === 'sym' && cx.unknowns.includes(p.base.name))
  const plain = largest.filter(c => !isBare(c))
  // a count of a value such as −1 has no short name
  const isNamed = (c: Class): boolean => c.cells.every(u => u.value.kind === 'num' && Q.sign(u.value.value) >= 0)
  return plain.find(c => !isNamed(c)) ?? plain.at(-1) ?? largest.at(-1)
}

/** With more different factors the score equation is a polynomial of a degree that the sum itself hides better. */
const most = 3

interface Table {
  readonly entry: At
  readonly cells: readonly Cell[]
  readonly classes: readonly Class[]
  readonly bases: readonly Expr[]
}

const tableOf = (t: Big, cx: Context): Table | undefined => {
  // of a single observation the counts are 0 or 1, and say no more than its value
  if (t.op !== 'prod' || !isOne(t.lo) || t.hi.kind === 'infinity' || isOne(t.hi)) return undefined
  const entry = entryOf(t)
  const domain = entry && domainOf(entry, cx)
  const values = domain && fewValues(domain.set)
  if (!entry || !values || values.length < 2 || !isTable(t.body, entry, cx)) return undefined
  const cells: Cell[] = []
  for (const v of values) {
    const body = settledCases(replace(t.body, entry, v) as Expr)
    if (!body) return undefined
    cells.push(cellOf(v, shift(body, -1), cx))
  }
  const classes: Class[] = []
  for (const c of cells) {
    const k = classes.findIndex(d => isSamePowers(d.powers, c.powers))
    const known = classes[k]
    if (known) classes[k] = { powers: known.powers, cells: [...known.cells, c] }
    else classes.push({ powers: c.powers, cells: [c] })
  }
  const bases: Expr[] = []
  for (const c of classes) for (const p of c.powers) if (!bases.some(b => same(b, p.base))) bases.push(p.base)
  return classes.length > 1 && bases.length > 0 && bases.length <= most ? { entry, cells, classes, bases } : undefined
}

/** Π over the constants of the cells: (2/3)^N (1/3)^M, or c^n where all are equal. */
const constantFactor = (t: Big, { entry, cells }: Table): Expr => {
  const kinds: { readonly constant: Expr; readonly values: Expr[] }[] = []
  for (const c of cells) {
    const known = kinds.find(k => same(k.constant, c.constant))
    if (known) known.values.push(c.value)
    else kinds.push({ constant: c.constant, values: [c.value] })
  }
  const [only, ...more] = kinds
  if (only && more.length === 0) return pow(only.constant, t.hi)
  return mulAll(kinds.filter(k => !isOne(k.constant)).map(k => pow(k.constant, big('sum', t.lo, t.hi, isMember(entry, k.values)))))
}

const grouped = (t: Big, table: Table, cx: Context): Expr => {
  const rest = restOf(table.classes, cx)
  const countOf = (c: Class): Expr =>
    big(
      'sum',
      t.lo,
      t.hi,
      isMember(
        table.entry,
        c.cells.map(u => u.value),
      ),
    )
  const kept = table.classes.filter(c => c !== rest)
  const left = addAll([t.hi, ...kept.map(c => neg(countOf(c)))])
  const powers = table.bases.map(base => {
    const of = (c: Class): Q.Rational => c.powers.find(p => same(p.base, base))?.exponent ?? Q.zero
    const own = rest ? of(rest) : Q.zero
    // Σ_j e_j N_j + e(n − Σ_j N_j), collected
    const terms = kept.map(c => mul(num(Q.minus(of(c), own)), countOf(c)))
    return pow(base, kept.every(c => Q.isZero(of(c))) ? mul(num(own), left) : addAll([mul(num(own), t.hi), ...terms]))
  })
  return mul(constantFactor(t, table), mulAll(powers))
}

export const cells: readonly Rule[] = [
  rule({
    id: 'sample.by-cell',
    title: 'grouping of equal factors',
    says: 'put equal factors together',
    on: 'big',
    statement: String.raw`\prod_i f(x_i)=\prod_v f(v)^{N_v}=\prod_k\varphi_k^{\sum_v e_{kv}N_v},\quad f(v)=\prod_k\varphi_k^{e_{kv}},\ N_v=\sum_i\mathbf 1\{x_i=v\}`,
    when: (t, cx) => {
      const table = tableOf(t, cx)
      const domain = table && domainOf(table.entry, cx)
      const proof = table && forEvery([...table.bases, ...table.cells.map(c => c.constant)], b => provePositive(b, cx))
      return proof && domain ? [{ kind: 'given', fact: domain.fact }, ...proof] : undefined
    },
    rewrite: (t, cx) => {
      const table = tableOf(t, cx)
      return table && grouped(t, table, cx)
    },
    examples: [
      ex(
        'prod((x[i] = 1 ? t : x[i] = 2 ? 2*t : 1-3*t), i, 1, n)',
        '2^sum(indicator(x[i] = 2), i, 1, n)*t^(n - sum(indicator(x[i] = 3), i, 1, n))*(1-3*t)^sum(indicator(x[i] = 3), i, 1, n)',
        'n in {1..}, x[i] in {1, 2, 3}, unknown t in (0, 1/3)',
      ),
    ],
    nonExamples: [
      ['prod((x[i] = 1 ? t : 1-t), i, 1, n)', 'n in {1..}, x[i] > 0, unknown t in (0, 1)'],
      ['prod((x[i] = 1 ? t : 1-t), i, 1, n)', 'n in {1..}, x[i] in {1, 2}, unknown t in (0, 5)'],
    ],
  }),
]
