/**
 * Two comparisons for sums that have no sign term by term: f(u) with f(v) for a monotone f, and n·k + Σ g(x_i) as one sum
 * over the sample, Σ (k + g(x_i)). The questions that arise are asked of whoever calls.
 */
import { functions } from '../term/functions.ts'
import { coefficientsIn, normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import {
  add,
  addAll,
  and,
  type Big,
  big,
  type Expr,
  eq,
  type Fn,
  isZero,
  log,
  mul,
  mulAll,
  not,
  num,
  or,
  pow,
  type Rel,
  sub,
} from '../term/term.ts'
import { factors, hasKind, shift, summands } from '../term/walk.ts'
import type { Reason } from './facts.ts'
import type { Verdict } from './sign.ts'

const by = (law: string, v: Verdict): Reason => ({ kind: 'by', law, of: [v.why] })

/** c·f(u) − c·f(v) with f monotone in the table and u, v comparable. */
export const byMonotony = (t: Expr, ask: (u: Expr) => Verdict | undefined): Verdict | undefined => {
  const parts = summands(t)
  const places = parts.flatMap((p, i) => {
    const list = factors(p)
    const f = list.find(
      (u): u is Fn => u.kind === 'fn' && u.args.length === 1 && functions.get(u.name)?.monotone !== undefined && u.name !== 'abs',
    )
    return f ? [{ i, f, weight: mulAll(list.filter(u => u !== f)) }] : []
  })
  for (const a of places)
    for (const b of places) {
      if (a.i >= b.i || a.f.name !== b.f.name || !isZero(normalForm(add(a.weight, b.weight)))) continue
      const [u, v] = [a.f.args[0] as Expr, b.f.args[0] as Expr]
      const gap = ask(sub(u, v))
      const w = ask(a.weight)?.sign
      const inside = ask(u)?.sign === 'pos' && ask(v)?.sign === 'pos'
      if (!gap || !inside || (w !== 'pos' && w !== 'neg')) continue
      const falls = functions.get(a.f.name)?.monotone === 'decreasing'
      const isUp = ((gap.sign === 'pos' || gap.sign === 'nonneg') !== falls) === (w === 'pos')
      const weak = gap.sign === 'nonneg' || gap.sign === 'nonpos'
      if (gap.sign === 'zero' || gap.sign === 'nonzero') continue
      const pair: Verdict = {
        sign: weak ? (isUp ? 'nonneg' : 'nonpos') : isUp ? 'pos' : 'neg',
        why: by(`${a.f.name} is monotone`, gap),
        ...(gap.zeroWhen ? { zeroWhen: gap.zeroWhen } : {}),
      }
      const others = parts.filter((_, i) => i !== a.i && i !== b.i)
      if (others.length === 0) return pair
      const rest = ask(addAll(others))
      const up = (s: string): boolean => s === 'pos' || s === 'nonneg' || s === 'zero'
      if (rest && up(rest.sign) === up(pair.sign) && (rest.sign === 'pos' || rest.sign === 'neg')) return rest
      if (rest && up(rest.sign) === up(pair.sign) && !weak) return pair
    }
  return undefined
}

/** c + Σ q_k 1{x = a_k} for different numbers a_k: one of the values c and c + q_k. */
export const byIndicators = (t: Expr): Verdict | undefined => {
  let constant = Q.zero
  const values: { readonly when: Rel; readonly weight: Q.Rational }[] = []
  for (const p of summands(t)) {
    if (p.kind === 'num') {
      constant = p.value
      continue
    }
    const list = factors(p)
    const [own, head] = [list.at(-1), list.length === 2 ? list[0] : undefined]
    if (own?.kind !== 'iverson' || (list.length > 1 && head?.kind !== 'num')) return undefined
    const { cond } = own
    if (cond.kind !== 'rel' || cond.op !== '=' || cond.left.kind !== 'at' || cond.right.kind !== 'num') return undefined
    const [first] = values
    if (first && (!same(first.when.left, cond.left) || values.some(v => same(v.when.right, cond.right)))) return undefined
    values.push({ when: cond, weight: head?.kind === 'num' ? head.value : Q.one })
  }
  if (values.length === 0) return undefined
  const why: Reason = { kind: 'by', law: 'at most one of the indicators is 1', of: [] }
  const levels = values.map(v => ({ when: v.when, sign: Q.sign(Q.plus(constant, v.weight)) }))
  const rest = Q.sign(constant)
  const signs = [rest, ...levels.map(l => l.sign)]
  const zeros = levels.filter(l => l.sign === 0).map(l => l.when)
  for (const side of [1, -1]) {
    if (!signs.every(k => k * side >= 0)) continue
    if (signs.every(k => k !== 0)) return { sign: side > 0 ? 'pos' : 'neg', why }
    const zeroWhen = rest === 0 ? and(...levels.filter(l => l.sign !== 0).map(l => not(l.when))) : or(...zeros)
    return { sign: side > 0 ? 'nonneg' : 'nonpos', why, zeroWhen }
  }
  return undefined
}

/** n·k + c·Σ_{i≤n} g(x_i) + … with functions of the data that are no polynomials, as one sum. */
export const asOneSum = (t: Expr): Big | undefined => {
  const isOver = (f: Expr): f is Big => f.kind === 'big' && f.op === 'sum' && (hasKind(f.body, 'fn') || f.body.kind === 'iverson')
  const parts = summands(t)
  const first = parts.flatMap(factors).find(isOver)
  if (!first || parts.length < 2) return undefined
  const bodies: Expr[] = []
  for (const p of parts) {
    const list = factors(p)
    const over = list.findIndex(f => f.kind === 'big' && f.op === 'sum' && same(f.lo, first.lo) && same(f.hi, first.hi))
    const place = over >= 0 ? over : list.findIndex(f => same(f, first.hi))
    const own = list[place]
    if (!own || first.lo.kind !== 'num' || first.lo.value.num !== 1n || first.lo.value.den !== 1n) return undefined
    const others = list.filter((_, i) => i !== place).map(f => shift(f, 1))
    bodies.push(mulAll(over >= 0 && own.kind === 'big' ? [...others, own.body] : others))
  }
  return big('sum', first.lo, first.hi, addAll(bodies)) as Big
}

/** c·log u − c·k·u + … ≤ … − c − c·log k for c, k > 0, by log v ≤ v − 1; equal only for u = 1/k. */
export const byTangent = (t: Expr, ask: (u: Expr) => Verdict | undefined): Verdict | undefined => {
  const parts = summands(t)
  for (const p of parts) {
    const list = factors(p)
    const own = list.find((f): f is Fn => f.kind === 'fn' && f.name === 'log')
    const u = own?.args[0]
    if (!own || !u || (u.kind !== 'at' && u.kind !== 'sym')) continue
    const c = mulAll(list.filter(f => f !== own))
    const coefficient = coefficientsIn(addAll(parts.filter(q => q !== p)), u, 1)
    const slope = coefficient?.(1)
    if (!coefficient || !slope || isZero(slope)) continue
    const [weight, fall, inside] = [ask(c), ask(slope), ask(u)]
    const isUp = weight?.sign === 'pos' && fall?.sign === 'neg'
    const isDown = weight?.sign === 'neg' && fall?.sign === 'pos'
    if (!weight || (!isUp && !isDown) || inside?.sign !== 'pos') continue
    const k = normalForm(mul(num(-1), slope, pow(c, num(-1))))
    const bound = normalForm(add(coefficient(0), mul(num(-1), c), mul(num(-1), c, log(k))))
    const b = ask(bound)
    const why: Reason = { kind: 'by', law: 'log v is at most v − 1', of: [weight.why, ...(b ? [b.why] : [])] }
    if (isUp && b?.sign === 'neg') return { sign: 'neg', why }
    if (isDown && b?.sign === 'pos') return { sign: 'pos', why }
    if (isZero(bound) || b?.sign === 'zero') return { sign: isUp ? 'nonpos' : 'nonneg', why, zeroWhen: eq(u, normalForm(pow(k, num(-1)))) }
  }
  return undefined
}
