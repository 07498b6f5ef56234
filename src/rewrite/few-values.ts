/** Sets of few numbers, and truth at one of them: what lets an entry be told apart by its value. Refuses symbolic sets. */
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { type Expr, num, type Prop, type SetTerm, type Term } from '../term/term.ts'
import { hasKind, mapChildren } from '../term/walk.ts'

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

/** The truth of a proposition between numerals; undefined where something else is compared. */
export const truthOfNumerals = (p: Prop): boolean | undefined => {
  switch (p.kind) {
    case 'rel': {
      if (p.left.kind !== 'num' || p.right.kind !== 'num') return undefined
      const order = Q.compare(p.left.value, p.right.value)
      return p.op === '=' ? order === 0 : p.op === '!=' ? order !== 0 : p.op === '<' ? order < 0 : order <= 0
    }
    case 'in': {
      const values = p.element.kind === 'num' ? fewValues(p.set) : undefined
      return values?.some(v => same(v, p.element))
    }
    case 'not': {
      const inner = truthOfNumerals(p.prop)
      return inner === undefined ? undefined : !inner
    }
    case 'and':
    case 'or': {
      const parts = p.props.map(truthOfNumerals)
      if (parts.includes(p.kind === 'or')) return p.kind === 'or'
      return parts.includes(undefined) ? undefined : p.kind === 'and'
    }
    default:
      return undefined
  }
}

/** Cases and indicators whose conditions compare numerals, taken at the branch that applies; undefined where that is open. */
export const settledCases = (t: Expr): Expr | undefined => {
  const isOpen = (u: Term): boolean => hasKind(u, 'cases') || hasKind(u, 'iverson')
  if (!isOpen(t)) return t
  if (t.kind === 'iverson') {
    const holds = truthOfNumerals(t.cond)
    return holds === undefined ? undefined : num(holds ? 1 : 0)
  }
  if (t.kind !== 'cases') {
    const put = mapChildren(t, c => (isOpen(c) ? (settledCases(c as Expr) ?? c) : c)) as Expr
    return isOpen(put) ? undefined : put
  }
  for (const b of t.branches) {
    const holds = truthOfNumerals(b.when)
    if (holds === undefined) return undefined
    if (holds) return settledCases(b.value)
  }
  return t.otherwise && settledCases(t.otherwise)
}
