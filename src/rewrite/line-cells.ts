/**
 * A line cut at the numbers that conditions compare an entry with: on each cell, a point or an open interval, all of these
 * conditions have one truth value. Refuses domains with symbolic ends.
 */
import { same } from '../term/order.ts'
import * as Q from '../term/rational.ts'
import { and, type Expr, le, lt, type Num, num, type Prop, type SetTerm, type Term } from '../term/term.ts'
import { subterms } from '../term/walk.ts'

/** A cell with one number in it; an end is left out where the domain ends. */
export interface Cell {
  readonly value: Num
  readonly lo?: Num
  readonly hi?: Num
  readonly isPoint: boolean
}

const most = 12

/** The numbers with which an array's entries are compared. */
const thresholds = (name: string, terms: readonly Term[]): readonly Q.Rational[] => {
  const found: Q.Rational[] = []
  const take = (side: Term, other: Term): void => {
    if (side.kind === 'at' && side.name === name && other.kind === 'num' && !found.some(q => Q.equal(q, other.value)))
      found.push(other.value)
  }
  for (const t of terms)
    for (const u of subterms(t)) {
      if (u.kind === 'rel') {
        take(u.left, u.right)
        take(u.right, u.left)
      } else if (u.kind === 'in' && u.set.kind === 'finite') for (const e of u.set.elements) take(u.element, e)
    }
  return found.sort(Q.compare)
}

const half = Q.rational(1, 2)
const between = (a: Q.Rational | undefined, b: Q.Rational | undefined): Q.Rational =>
  a && b ? Q.times(half, Q.plus(a, b)) : a ? Q.plus(a, Q.one) : b ? Q.minus(b, Q.one) : Q.zero

/** The cells of an interval with numerals or infinities for ends, in order. */
export const lineCells = (set: SetTerm, name: string, terms: readonly Term[]): readonly Cell[] | undefined => {
  if (set.kind !== 'interval') return undefined
  const end = (e: Expr): Q.Rational | undefined => (e.kind === 'num' ? e.value : undefined)
  if ([set.lo, set.hi].some(e => e.kind !== 'num' && e.kind !== 'infinity')) return undefined
  const [lo, hi] = [end(set.lo), end(set.hi)]
  const cuts = thresholds(name, terms).filter(
    q => (!lo || Q.compare(q, lo) > (set.closed[0] ? -1 : 0)) && (!hi || Q.compare(q, hi) < (set.closed[1] ? 1 : 0)),
  )
  if (cuts.length === 0 || cuts.length > most) return undefined
  const cells: Cell[] = []
  let from = lo
  let isFirst = true
  for (const q of cuts) {
    if (!from || Q.compare(from, q) < 0)
      cells.push({ value: num(between(from, q)), ...(from && !isFirst ? { lo: num(from) } : {}), hi: num(q), isPoint: false })
    cells.push({ value: num(q), lo: num(q), hi: num(q), isPoint: true })
    from = q
    isFirst = false
  }
  if (!hi || !from || Q.compare(from, hi) < 0)
    cells.push({ value: num(between(from, hi)), ...(from ? { lo: num(from) } : {}), isPoint: false })
  return cells
}

/** That an entry lies in cells which follow each other; undefined if others stand between them. */
export const inCells = (entry: Expr, cells: readonly Cell[], chosen: readonly number[]): Prop | undefined => {
  const [first, last] = [chosen[0], chosen.at(-1)]
  if (first === undefined || last === undefined || last - first + 1 !== chosen.length) return undefined
  const [low, high] = [cells[first], cells[last]]
  const parts: Prop[] = []
  if (low?.lo) parts.push((low.isPoint ? le : lt)(low.lo, entry))
  if (high?.hi) parts.push((high.isPoint ? le : lt)(entry, high.hi))
  if (low === high && low?.isPoint) return undefined
  return parts.length > 0 && !(low?.lo && high?.hi && same(low.lo, high.hi)) ? and(...parts) : undefined
}
