/**
 * The sign of a term about one observation that asks a condition of it: looked at where the condition holds and where it
 * fails. Refuses terms with several conditions.
 */
import { same } from '../term/order.ts'
import { cases, type Expr, not, ONE, or, type Prop, sub, type Term, ZERO } from '../term/term.ts'
import { hasKind, mapChildren, replace, subterms } from '../term/walk.ts'
import { assuming, type Context } from './facts.ts'
import { by, conj, isUp, meet, type Verdict, verdict } from './sign-verdict.ts'

/** The first condition that an indicator or a case asks. */
const conditionIn = (t: Expr): Prop | undefined => {
  for (const u of subterms(t)) {
    if (u.kind === 'iverson') return u.cond
    if (u.kind === 'cases') return u.branches[0]?.when
  }
  return undefined
}

/** The term where the condition holds, or fails. */
const under = (t: Term, cond: Prop, holds: boolean): Term => {
  const other = not(cond)
  const truth = (p: Prop): boolean | undefined => (same(p, cond) ? holds : same(p, other) ? !holds : undefined)
  if (t.kind === 'iverson') {
    const known = truth(t.cond)
    return known === undefined ? t : known ? ONE : ZERO
  }
  if (t.kind === 'cases') {
    const left = t.branches.filter(b => truth(b.when) !== false)
    const first = left.findIndex(b => truth(b.when) === true)
    const kept = (first < 0 ? left : left.slice(0, first)).map(b => ({ when: b.when, value: under(b.value, cond, holds) as Expr }))
    const last = first < 0 ? t.otherwise : left[first]?.value
    const otherwise = last && (under(last, cond, holds) as Expr)
    return kept.length === 0 && otherwise ? otherwise : cases(kept, otherwise)
  }
  return mapChildren(t, u => under(u, cond, holds))
}

/** x < m and x = 0 is x = 0 where 0 < m. */
const both = (cond: Prop, zero: Prop, ask: (u: Expr) => Verdict | undefined): Prop | undefined => {
  if (cond.kind !== 'rel' || zero.kind !== 'rel' || zero.op !== '=') return conj(cond, zero)
  const gap = replace(sub(cond.right, cond.left), zero.left, zero.right) as Expr
  const sign = ask(gap)?.sign
  const isImplied = cond.op === '<' ? sign === 'pos' : cond.op === '<=' && isUp(sign)
  return isImplied ? zero : conj(cond, zero)
}

/** The sign by the two truth values of the one condition in it. */
export const byConditions = (t: Expr, cx: Context, ask: (u: Expr, cx: Context) => Verdict | undefined): Verdict | undefined => {
  if (hasKind(t, 'big') || !(hasKind(t, 'iverson') || hasKind(t, 'cases'))) return undefined
  const cond = conditionIn(t)
  if (!cond) return undefined
  const found: Verdict[] = []
  for (const holds of [true, false]) {
    const put = under(t, cond, holds) as Expr
    if (hasKind(put, 'iverson') || hasKind(put, 'cases')) return undefined
    const v = ask(put, assuming(cx, [holds ? cond : not(cond)]))
    if (!v) return undefined
    found.push(v)
  }
  const [yes, no] = found as [Verdict, Verdict]
  const why = by('where the condition holds and where it fails', yes.why, no.why)
  const signs = new Set([yes.sign, no.sign])
  if (signs.has('nonzero')) return undefined
  const [up, down] = [
    ['pos', 'nonneg', 'zero'],
    ['neg', 'nonpos', 'zero'],
  ].map(side => [...signs].every(x => side.includes(x)))
  if (!up && !down) return undefined
  if (signs.size === 1 && (signs.has('pos') || signs.has('neg') || signs.has('zero'))) return verdict(meet(undefined, yes.sign), why)
  const zeroOf = (v: Verdict, when: Prop): Prop | undefined | 'never' =>
    v.sign === 'pos' || v.sign === 'neg' ? 'never' : v.sign === 'zero' ? when : v.zeroWhen && both(when, v.zeroWhen, u => ask(u, cx))
  const zeros = [zeroOf(yes, cond), zeroOf(no, not(cond))].filter(z => z !== 'never')
  const isKnown = zeros.every(z => z !== undefined)
  return verdict(up ? 'nonneg' : 'nonpos', why, isKnown ? or(...(zeros as readonly Prop[])) : undefined)
}
