/**
 * Signs of combinations of counts: an + Σ_j b_j·#{i : x_i ∈ A_j} is Σ_i g(x_i), so over few possible values it lies between
 * n·min g and n·max g, and it is 0 only where every x_i is a zero of g. Refuses what is not such a sum over one sample.
 */
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type At, all, at, bound, type Expr, eq, isOne, ONE, type Prop, sub, type Term } from '../term/term.ts'
import { factors, hasKind, mapChildren, replace, some, summands } from '../term/walk.ts'
import { type Context, domainOf } from './facts.ts'
import { fewValues, truthOfNumerals } from './few-values.ts'
import { type Cell, inCells, lineCells } from './line-cells.ts'
import { by, type Verdict, verdict } from './sign-verdict.ts'

/** Σ_i g(x_i) over i = 1..size, by the value of g at each possible x. */
interface CountForm {
  readonly entry: At
  readonly size: Expr
  readonly values: readonly Expr[]
  readonly g: readonly Q.Rational[]
  /** Of an entry on a line: what the values stand for. */
  readonly cells?: readonly Cell[]
}

/** The number that a term without other names is at one value of the entry. */
const atValue = (t: Expr, entry: Expr, v: Expr): Q.Rational | undefined => {
  const put = replace(t, entry, v) as Expr
  if (put.kind === 'iverson') {
    const holds = truthOfNumerals(put.cond)
    return holds === undefined ? undefined : holds ? Q.one : Q.zero
  }
  const form = normalForm(put)
  return form.kind === 'num' ? form.value : undefined
}

const mapIndicators = (t: Term): Term => (t.kind === 'iverson' ? ONE : mapChildren(t, mapIndicators))

const countForm = (t: Expr, cx: Context, main: Expr): CountForm | undefined => {
  let entry: At | undefined
  let size: Expr | undefined
  const sums: { readonly weight: Q.Rational; readonly body: Expr }[] = []
  const plain: { readonly weight: Q.Rational; readonly of: Expr }[] = []
  for (const s of summands(t)) {
    const [head, ...more] = factors(s)
    const weight = head?.kind === 'num' ? head.value : Q.one
    const rest = head?.kind === 'num' ? more : factors(s)
    const [only, ...others] = rest
    if (!only || others.length > 0) return undefined
    if (only.kind !== 'big') {
      plain.push({ weight, of: only })
      continue
    }
    if (only.op !== 'sum' || !isOne(only.lo)) return undefined
    if (size && !same(size, only.hi)) return undefined
    size = only.hi
    let own: At | undefined
    const isOther = some(only.body, u => {
      if (u.kind !== 'at') return u.kind === 'sym' || u.kind === 'big'
      own ??= u as At
      return !same(u, own)
    })
    if (isOther || !own || own.index.length !== 1 || own.index[0]?.kind !== 'bound') return undefined
    if (entry && !same(entry, own)) return undefined
    entry = own
    sums.push({ weight, body: only.body })
  }
  if (!entry || !size || plain.some(p => !same(p.of, size as Expr))) return undefined
  const domain = domainOf(entry, cx)
  const few = domain && fewValues(domain.set)
  // of an entry on a line only conditions may speak
  const isTold = sums.every(u => !some(mapIndicators(u.body), v => v.kind === 'at'))
  const cells = few || !domain || !isTold ? undefined : lineCells(domain.set, entry.name, [t, main, ...cx.facts.map(f => f.prop)])
  const values = few ?? cells?.map(c => c.value)
  if (!values) return undefined
  const g: Q.Rational[] = []
  for (const v of values) {
    let total = plain.reduce((sum, p) => Q.plus(sum, p.weight), Q.zero)
    for (const s of sums) {
      const here = atValue(s.body, entry, v)
      if (!here) return undefined
      total = Q.plus(total, Q.times(s.weight, here))
    }
    g.push(total)
  }
  return { entry, size, values, g, ...(cells ? { cells } : {}) }
}

const conjuncts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props : [p])

/** The positions of the values that some observation may have, by the facts of the case. */
const possible = (form: CountForm, cx: Context, main: Expr): readonly number[] => {
  let alive = form.values.map((_, k) => k)
  for (const f of cx.facts)
    for (const p of conjuncts(f.prop)) {
      if (p.kind === 'all') {
        if (!isOne(p.lo) || !same(p.hi, form.size)) continue
        const body = replace(p.body, at(form.entry.name, bound(0)), form.entry)
        alive = alive.filter(k => truthOfNumerals(replace(body, form.entry, form.values[k] as Expr)) !== false)
      } else if (p.kind === 'rel' && p.op === '=' && (hasKind(p.left, 'big') || hasKind(p.right, 'big'))) {
        const other = countForm(normalForm(sub(p.left, p.right)), cx, main)
        if (!other || !same(other.entry, form.entry) || !same(other.size, form.size)) continue
        // numbers of one sign add up to 0 only if each of them is 0
        const signs = new Set(other.g.map(Q.sign))
        if (!(signs.has(1) && signs.has(-1))) alive = alive.filter(k => Q.isZero(other.g[k] as Q.Rational))
      }
    }
  return alive
}

/** A fact 0 < Σ_i h(x_i) with h ≤ 0 at all of these values: some observation has another one. */
const isMetOutside = (zeros: readonly number[], form: CountForm, cx: Context, main: Expr): boolean =>
  cx.facts.some(f =>
    conjuncts(f.prop).some(p => {
      if (p.kind !== 'rel' || p.op !== '<' || !(hasKind(p.left, 'big') || hasKind(p.right, 'big'))) return false
      const h = countForm(normalForm(sub(p.right, p.left)), cx, main)
      return h !== undefined && same(h.entry, form.entry) && zeros.every(k => Q.sign(h.g[k] as Q.Rational) <= 0)
    }),
  )

/** The sign of a combination of counts; the size of the sample is a positive number. */
export const byCounts = (t: Expr, cx: Context): Verdict | undefined => {
  if (!hasKind(t, 'iverson')) return undefined
  const form = countForm(t, cx, t)
  if (!form) return undefined
  const size = form.size.kind === 'sym' ? cx.domains.get(form.size.name) : undefined
  const isNonempty = form.size.kind === 'num' ? Q.sign(form.size.value) > 0 : size?.kind === 'range' && isOne(size.lo)
  if (!isNonempty) return undefined
  const alive = possible(form, cx, t)
  if (alive.length === 0) return undefined
  const signs = new Set(alive.map(k => Q.sign(form.g[k] as Q.Rational)))
  if (signs.has(1) && signs.has(-1)) return undefined
  const domain = domainOf(form.entry, cx)
  const why = by('each summand is bounded', ...(domain ? [{ kind: 'given' as const, fact: domain.fact }] : []))
  if (!signs.has(0)) return verdict(signs.has(1) ? 'pos' : 'neg', why)
  if (signs.size === 1) return verdict('zero', why)
  const zeros = alive.filter(k => Q.isZero(form.g[k] as Q.Rational))
  const up = signs.has(1)
  if (isMetOutside(zeros, form, cx, t)) return verdict(up ? 'pos' : 'neg', why)
  const [only, ...others] = zeros.map(k => form.values[k] as Expr)
  const place = at(form.entry.name, bound(0))
  const told = form.cells && inCells(place, form.cells, zeros)
  const isAlone = only && others.length === 0 && (!form.cells || form.cells[zeros[0] as number]?.isPoint)
  const zeroWhen = isAlone ? all(ONE, form.size, eq(place, only)) : told && all(ONE, form.size, told)
  return verdict(up ? 'nonneg' : 'nonpos', why, zeroWhen)
}
