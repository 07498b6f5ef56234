import { assuming } from '../rewrite/facts.ts'
import { decide, signOf } from '../rewrite/sign.ts'
import { solveEquation } from '../solve/one-equation.ts'
import { type OpenCase, openCase } from '../solve/open-case.ts'
import { same } from '../term/order.ts'
import { all, and, at, bound, type Expr, eq, fn, le, lt, neg, num, ONE, type Prop, pow, type SetTerm, sub } from '../term/term.ts'
import { mentions, replace } from '../term/walk.ts'
import { type EndName, endOf, isIncluded } from './ends.ts'
import { observed, type Setting } from './setting.ts'
import { slopeOf } from './stationary.ts'
/** A condition of the sample on the parameter: θ ≥ value or θ ≤ value (strict or not). */
export interface DataBound {
  readonly side: 'lo' | 'hi'
  readonly value: Expr
  readonly strict: boolean
  readonly cond: Prop
  /** Samples for which the condition puts no such bound (x₍ₙ₎ = 0 in θ ≤ 1/x₍ₙ₎): it holds for every θ. */
  readonly open: readonly OpenCase[]
}

export const conditions = (set: SetTerm, x: Expr): Prop | undefined => {
  if (set.kind === 'finite') return undefined
  // −c ≤ x ≤ c is |x| ≤ c: one condition instead of two
  const symmetric = set.kind === 'interval' && set.closed[0] === set.closed[1] && set.lo.kind !== 'infinity' && same(set.lo, neg(set.hi))
  if (symmetric) return (set.closed[0] ? le : lt)(fn('abs', x), set.hi)
  const closed = set.kind === 'range' ? [true, true] : set.closed
  const parts: Prop[] = []
  if (set.lo.kind !== 'infinity') parts.push((closed[0] ? le : lt)(set.lo, x))
  if (set.hi.kind !== 'infinity') parts.push((closed[1] ? le : lt)(x, set.hi))
  return and(...parts)
}

export const boundOf = (s: Setting, cond: Prop): DataBound | undefined => {
  if (cond.kind !== 'rel' || (cond.op !== '<' && cond.op !== '<=')) return undefined
  const g = sub(cond.right, cond.left)
  const slope = signOf(slopeOf(g, s, s.interior), s.interior)?.sign
  if (slope !== 'pos' && slope !== 'neg') return undefined
  const equation = mentions(cond.left, s.unknown.name) ? eq(cond.left, cond.right) : eq(cond.right, cond.left)
  const solution = same(equation.left, s.unknown) ? undefined : solveEquation(equation, s.unknown, s.interior)
  const value = solution ? solution.root : equation.right
  if (!value || mentions(value, s.unknown.name)) return undefined
  const open = solution?.open ?? []
  const isVoid = (o: OpenCase): boolean => {
    const here = signOf(g, assuming(s.interior, [o.degenerate]))?.sign
    return here === 'pos' || (cond.op === '<=' && (here === 'nonneg' || here === 'zero'))
  }
  return open.every(isVoid) ? { side: slope === 'pos' ? 'lo' : 'hi', value, strict: cond.op === '<', cond, open } : undefined
}

/** Two bounds on one side are one, the larger or the smaller of them; refused where it is not clear which end belongs. */
export const joint = (bounds: readonly DataBound[], side: EndName): readonly DataBound[] | undefined => {
  const here = bounds.filter(b => b.side === side)
  const [head, ...more] = here
  if (!head || more.length === 0) return here
  if (more.some(b => b.strict !== head.strict) || here.some(b => b.open.length > 0)) return undefined
  const value = more.reduce((v: Expr, b) => fn(side === 'lo' ? 'max' : 'min', v, b.value), head.value)
  return [{ side, value, strict: head.strict, cond: and(...here.map(b => b.cond)), open: [] }]
}

export type Cut =
  | { readonly kind: 'free' | 'unknown' }
  | { readonly kind: 'open'; readonly open: OpenCase }
  | { readonly kind: 'cut'; readonly end: EndName; readonly inside: Prop; readonly outside: Prop }

/** Whether the declared end of Θ may bind before the end that the data allow. */
export const cutBy = (s: Setting, b: DataBound | undefined, end: EndName): Cut => {
  const to = endOf(s, end)
  if (!b || to.kind === 'infinity') return { kind: 'free' }
  const gap = end === 'lo' ? sub(b.value, to) : sub(to, b.value)
  const cx = assuming(
    s.interior,
    b.open.map(o => o.generic),
  )
  const v = signOf(gap, cx)?.sign
  if (v === 'pos') return { kind: 'free' }
  const open = openCase(gap, cx)
  if (open) return { kind: 'open', open }
  if (v !== undefined) return { kind: 'unknown' }
  // where both ends meet, the end of Θ is attained only if the data allow it
  const [below, above] = b.strict ? [le, lt] : [lt, le]
  return end === 'lo'
    ? { kind: 'cut', end, inside: below(to, b.value), outside: above(b.value, to) }
    : { kind: 'cut', end, inside: below(b.value, to), outside: above(to, b.value) }
}

/** A bound of a flat likelihood, for the samples that `when` tells. */
export interface FlatEnd {
  readonly value: Expr
  readonly closed: boolean
  readonly when: readonly Prop[]
}

/** The bounds of a flat likelihood at one end: the data's, cut by the end of Θ where that may bind first. */
export const flatEnds = (s: Setting, b: DataBound | undefined, cuts: readonly Cut[], end: EndName): readonly FlatEnd[] => {
  if (!b) return []
  const cut = cuts.find(c => c.kind === 'cut' && c.end === end)
  const own: FlatEnd = { value: b.value, closed: !b.strict, when: [] }
  if (cut?.kind !== 'cut') return [own]
  const to = endOf(s, end)
  if (isIncluded(s, end) === !b.strict) return [{ ...own, value: fn(end === 'lo' ? 'max' : 'min', b.value, to) }]
  return [
    { ...own, when: [cut.inside] },
    { value: to, closed: isIncluded(s, end), when: [cut.outside] },
  ]
}

/** Under a special sample (max x = 0) the condition holds for every admissible value. */
export const isVoidUnder = (b: DataBound, degenerate: Prop, s: Setting): boolean => {
  const cx = assuming(s.interior, [degenerate])
  // the condition as the support says it, and as it is solved for the unknown: t² ≤ min x, t ≤ √(min x)
  const compare = b.strict ? lt : le
  const solved = b.side === 'hi' ? compare(s.unknown, b.value) : compare(b.value, s.unknown)
  return [b.cond, solved].some(c => {
    const cond = degenerate.kind === 'rel' && degenerate.op === '=' ? (replace(c, degenerate.left, degenerate.right) as Prop) : c
    return decide(cond, cx)?.holds === true
  })
}

/** θ ≤ x_i for every i: the support said of each observation. */
export const entryConditions = (s: Setting): readonly Prop[] => {
  const x = at(s.variable.name, bound(0))
  const cond = conditions(observed(s.variable.support, s.sample, bound(0)), x)
  const own = cond?.kind === 'and' ? cond.props : cond ? [cond] : []
  // |x| ≤ c says the same of both signs of x, and of the squares
  const more = own.flatMap(c =>
    c.kind === 'rel' && c.left.kind === 'fn' && c.left.name === 'abs'
      ? [c.op === '<' ? lt : le].flatMap(r => [r(x, c.right), r(neg(c.right), x), r(pow(x, num(2)), pow(c.right, num(2)))])
      : [],
  )
  return [...own, ...more].map(c => all(ONE, s.size, c))
}
