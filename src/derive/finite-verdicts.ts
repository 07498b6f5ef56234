/**
 * Which of finitely many values is best, for which samples: one order for all samples, or a comparison for every way
 * in which the sample may allow some of the values and not others. Refuses what no threshold can say.
 */
import { assuming } from '../rewrite/facts.ts'
import { decide } from '../rewrite/sign.ts'
import { attempt, everywhere, seq } from '../rewrite/strategy.ts'
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { and, type Expr, not, type Prop } from '../term/term.ts'
import { replace } from '../term/walk.ts'
import { compareValues, contrast, type Verdict } from './comparison.ts'
import { isCertain, type ValueAt } from './finite-values.ts'
import { laws, tidy } from './laws.ts'
import type { Setting } from './setting.ts'

const conjoined = (...props: readonly Prop[]): Prop => and(...props.filter(p => !isCertain(p)))

/** All differences free of the data: the best of the values that the sample allows is the first in one order. */
const byRank = (s: Setting, values: readonly ValueAt[]): readonly Verdict[] | undefined => {
  const order: ValueAt[] = []
  for (const v of values) {
    let place = 0
    for (const [k, u] of order.entries()) {
      const c = contrast(s, u.ell, v.ell, assuming(s.closed, [...u.facts, ...v.facts]))
      if (c.kind !== 'constant' || c.sign === 'zero') return undefined
      if (c.sign === 'neg') place = k + 1
    }
    order.splice(place, 0, v)
  }
  const verdicts: Verdict[] = []
  const better: ValueAt[] = []
  for (const v of order) {
    const when = conjoined(...better.map(b => not(b.possible)), v.possible)
    const parts = when.kind === 'and' ? when.props : [when]
    if (
      parts.every(
        p =>
          decide(
            p,
            assuming(
              s.closed,
              parts.filter(q => q !== p),
            ),
          )?.holds !== false,
      )
    )
      verdicts.push({ when: tight(when, s), best: [v.theta] })
    if (isCertain(v.possible)) break
    better.push(v)
  }
  return verdicts
}

/** 2 < x₍ₙ₎ implies 1 < x₍ₙ₎. */
const implies = (p: Prop, q: Prop): boolean => {
  if (p.kind !== 'rel' || q.kind !== 'rel' || p === q) return false
  const isStrongEnough = p.op === '<' || q.op === '<='
  if (!isStrongEnough || !['<', '<='].includes(p.op) || !['<', '<='].includes(q.op)) return false
  const atMost = (a: Expr, b: Expr): boolean => a.kind === 'num' && b.kind === 'num' && Q.compare(a.value, b.value) <= 0
  return (same(p.right, q.right) && atMost(q.left, p.left)) || (same(p.left, q.left) && atMost(p.right, q.right))
}

/** Without the conditions that follow from the others: 1 < x₍ₙ₎ and 2 < x₍ₙ₎. */
const tight = (p: Prop, s: Setting): Prop => {
  if (p.kind !== 'and') return p
  let kept = p.props
  for (const q of p.props) {
    const others = kept.filter(r => r !== q)
    if (others.some(r => implies(r, q)) || (others.length > 0 && decide(q, assuming(s.closed, others))?.holds === true)) kept = others
  }
  return and(...kept)
}

/** Not refuted together: each under the others, with what an equation says put into them. */
export const areCompatible = (s: Setting, props: readonly Prop[], facts: readonly Prop[]): boolean =>
  props.every(p => {
    const others = props.filter(q => q !== p)
    const put = others.reduce((t: Prop, q) => (q.kind === 'rel' && q.op === '=' ? replace(t, q.left, q.right) : t), p)
    return [p, put].every(t => decide(t, assuming(s.closed, [...others, ...facts.filter(f => f !== p)]))?.holds !== false)
  })

/** Every way in which the sample may allow some of the values and not others. */
const byPattern = (s: Setting, values: readonly ValueAt[]): readonly Verdict[] | undefined => {
  const always = values.filter(v => isCertain(v.possible))
  const conditional = values.filter(v => !isCertain(v.possible))
  if (conditional.length > 4) return undefined
  const verdicts: Verdict[] = []
  for (let mask = (1 << conditional.length) - 1; mask >= 0; mask--) {
    const isOn = (k: number): boolean => ((mask >> k) & 1) === 1
    const pattern = conditional.map((v, k) => (isOn(k) ? v.possible : not(v.possible)))
    const facts = conditional.flatMap((v, k) => (isOn(k) ? v.facts : []))
    const parts = pattern.flatMap(p => (p.kind === 'and' ? p.props : [p]))
    const isMet = areCompatible(s, parts, facts)
    const alive = values.filter(v => always.includes(v) || (conditional.includes(v) && isOn(conditional.indexOf(v))))
    if (!isMet || alive.length === 0) continue
    const inside = assuming(s.closed, facts)
    const put = (t: Expr): Expr => (seq(attempt(everywhere(laws('case.value'))), attempt(tidy))(t, inside)?.term ?? t) as Expr
    const found = compareValues(
      s,
      alive.map(v => ({ theta: v.theta, ell: put(v.ell) })),
      [...parts, ...facts],
    )
    if (!found) return undefined
    verdicts.push(...found.map(v => ({ when: tight(conjoined(...parts, v.when), s), best: v.best })))
  }
  return verdicts
}

/** The best values for every kind of sample; undefined if some comparison needs the numbers. */
export const choose = (s: Setting, values: readonly ValueAt[]): readonly Verdict[] | undefined =>
  values.every(v => isCertain(v.possible)) ? compareValues(s, values, []) : (byRank(s, values) ?? byPattern(s, values))
