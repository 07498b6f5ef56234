/**
 * Special cases that can occur together (a = 0, b = 0): every way in which some of them hold and the others fail, so that
 * exactly one holds for each sample. Cases that exclude each other are left as they are.
 */
import { collected } from '../rewrite/arithmetic.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { decide, proveNonnegative } from '../rewrite/sign.ts'
import type { OpenCase } from '../solve/open-case.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { and, type Expr, isZero, mulAll, type Prop, type Rel, rel, ZERO } from '../term/term.ts'
import { hasKind, replace } from '../term/walk.ts'

const parts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props : [p])

/** a + b = 0 of numbers that are not negative: a = 0 and b = 0. */
const zeros = (q: Rel, cx: Context): readonly Expr[] => {
  if (!isZero(q.right) || q.left.kind !== 'add') return []
  const bare = q.left.terms.map(u => (u.kind === 'mul' && u.factors[0]?.kind === 'num' ? mulAll(u.factors.slice(1)) : u))
  return q.left.terms.every(u => proveNonnegative(u, cx) !== undefined) ? bare : []
}

/** What the equations among the others say, put into a proposition. */
const put = (p: Prop, others: readonly Prop[], cx: Context): Prop =>
  others.reduce((t: Prop, q) => {
    if (q.kind !== 'rel' || q.op !== '=') return t
    const plain = replace(t, q.left, q.right) as Prop
    return zeros(q, cx).reduce((u: Prop, z) => replace(u, z, ZERO) as Prop, plain)
  }, p)

/** a + 0 > 0 as a > 0. */
const simplified = (p: Prop): Prop => {
  // an indicator is kept as it is written
  const form = hasKind(p, 'iverson') ? collected : normalForm
  if (p.kind !== 'rel') return p
  const [left, right] = [form(p.left), form(p.right)]
  // 2c > 0 is c > 0
  const head = right.kind === 'mul' ? right.factors[0] : undefined
  const isScaled = isZero(left) && right.kind === 'mul' && head?.kind === 'num' && Q.sign(head.value) > 0
  return rel(p.op, left, isScaled ? mulAll(right.factors.slice(1)) : right)
}

/** Whether a proposition holds or fails under others; undefined: not known. */
const under = (p: Prop, others: readonly Prop[], cx: Context): boolean | undefined => {
  const here = assuming(cx, others)
  return decide(p, here)?.holds ?? decide(put(p, others, cx), here)?.holds
}

/** Without the propositions that follow from the others. */
export const withoutImplied = (props: readonly Prop[], cx: Context): readonly Prop[] => {
  let kept = props
  for (const p of props) {
    const others = kept.filter(q => q !== p)
    if (kept.length > 1 && under(p, others, cx) === true) kept = others
  }
  return kept
}

const areExclusive = (a: OpenCase, b: OpenCase, cx: Context): boolean => {
  const facts = [a.degenerate, ...(a.samples && a.samples.kind !== 'or' ? [a.samples] : [])]
  return under(b.degenerate, facts, cx) === false
}

/** At most this many conditions are combined: 2⁴ − 1 cases. */
const most = 4

/** The special cases as a partition of the samples for which some condition fails. */
export const jointly = (open: readonly OpenCase[], cx: Context): readonly OpenCase[] => {
  if (open.length < 2 || open.length > most) return open
  if (open.every((a, i) => open.every((b, j) => i >= j || areExclusive(a, b, cx)))) return open
  const found: OpenCase[] = []
  for (let mask = 1; mask < 1 << open.length; mask++) {
    const isOn = (k: number): boolean => ((mask >> k) & 1) === 1
    const props = open.flatMap((o, k) => parts(isOn(k) ? o.degenerate : o.generic))
    const samples = open.flatMap((o, k) => (isOn(k) && o.samples && o.samples.kind !== 'or' ? parts(o.samples) : []))
    if (props.some(p => under(p, [...props.filter(q => q !== p), ...samples.filter(q => q !== p)], cx) === false)) continue
    const failing = open.flatMap((o, k) => (isOn(k) ? parts(o.degenerate) : []))
    const holding = open.flatMap((o, k) => (isOn(k) ? [] : parts(o.generic)))
    const told = [...withoutImplied(failing, cx)]
    const seen = holding.map(p => simplified(put(p, [...failing, ...samples], cx)))
    const rest = withoutImplied(
      seen.filter((p, i) => seen.findIndex(q => same(p, q)) === i),
      assuming(cx, told),
    ).filter(p => under(p, told, cx) !== true)
    found.push({
      generic: and(...holding),
      degenerate: and(...told, ...rest),
      ...(samples.length > 0 ? { samples: and(...samples.filter((p, i) => samples.findIndex(q => same(p, q)) === i)) } : {}),
    })
  }
  return found
}
