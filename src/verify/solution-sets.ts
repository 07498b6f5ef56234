/**
 * Solution sets of equations on the parameter space: everything but the unknown is fixed, all roots are bracketed on a
 * fine grid and refined. At a random point two equations are both false, and false ⇔ false proves nothing.
 */
import { gridBetween, placeOf } from '../estimate/coordinates.ts'
import { rootsOnGrid } from '../estimate/numeric-roots.ts'
import type { Context } from '../rewrite/facts.ts'
import { type Env, evaluate, holds } from '../term/evaluate.ts'
import { type Slider, slider } from '../term/slider.ts'
import type { Prop, Rel } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'

const rootTolerance = 1e-7

/** Values of one unknown at which a proposition holds. */
export interface Solutions {
  readonly roots: readonly number[]
  /** It holds wherever it is defined. */
  readonly everywhere: boolean
}

const nowhere: Solutions = { roots: [], everywhere: false }
const always: Solutions = { roots: [], everywhere: true }

const rootsOfRel = (p: Rel, s: Slider, grid: readonly number[]): Solutions => {
  const f = (x: number): number => {
    const env = s.to(x)
    return evaluate(p.left, env) - evaluate(p.right, env)
  }
  return rootsOnGrid(f, grid)
}

const memory = new WeakMap<
  Env,
  Map<Prop, { readonly unknown: string; readonly grid: readonly number[]; readonly found: Solutions | undefined }>
>()
/** Each line of a chain is solved once in a setting, although it stands on both sides of a comparison. */
const remembered = (p: Prop, unknown: string, s: Slider, grid: readonly number[]): Solutions | undefined => {
  const known = memory.get(s.env) ?? new Map()
  memory.set(s.env, known)
  const old = known.get(p)
  if (old && old.unknown === unknown && old.grid === grid) return old.found
  const found = solutionsOf(p, unknown, s, grid)
  known.set(p, { unknown, grid, found })
  return found
}

/** Solutions of equations joined by "and" and "or"; an inequality beside an equation filters its roots. */
const solutionsOf = (p: Prop, unknown: string, s: Slider, grid: readonly number[]): Solutions | undefined => {
  if (!symbolsOf(p).has(unknown)) return holds(p, s.env, rootTolerance) ? always : nowhere
  switch (p.kind) {
    case 'rel':
      return p.op === '=' ? rootsOfRel(p, s, grid) : undefined
    case 'or': {
      const parts = p.props.map(q => solutionsOf(q, unknown, s, grid))
      if (parts.some(q => q === undefined)) return undefined
      const known = parts as readonly Solutions[]
      return known.some(q => q.everywhere) ? always : { roots: known.flatMap(q => q.roots), everywhere: false }
    }
    case 'and': {
      const parts = p.props.map(q => solutionsOf(q, unknown, s, grid))
      const narrow = parts.find(q => q !== undefined && !q.everywhere)
      if (!narrow) return parts.every(q => q?.everywhere) ? always : undefined
      return { roots: narrow.roots.filter(r => satisfied(p, s.to(r))), everywhere: false }
    }
    case 'in':
      return p.set.kind === 'finite' ? solutionsOfFinite(p, s) : undefined
    default:
      return undefined
  }
}
const solutionsOfFinite = (p: Extract<Prop, { kind: 'in' }>, s: Slider): Solutions | undefined =>
  p.element.kind === 'sym' && p.set.kind === 'finite'
    ? { roots: p.set.elements.map(e => evaluate(e, s.env)), everywhere: false }
    : undefined

const satisfied = (p: Prop, env: Env): boolean => holds(p, env, rootTolerance)

export type Agreement = 'same' | 'differ' | 'nothing to compare'

/** The points of the unknown's domain at which propositions are tried. */
export const gridFor = (unknown: string, cx: Context, env: Env, fineness = 4): readonly number[] => {
  const set = cx.domains.get(unknown)
  const place = set && placeOf(set, env)
  if (!place) return []
  if (place.kind === 'finite') return place.values
  if (place.kind === 'integer') {
    const from = Number.isFinite(place.lo) ? place.lo : 0
    return Array.from({ length: 60 }, (_, k) => from + k).filter(v => v <= place.hi)
  }
  return intervalGrid(place.lo, place.hi, fineness)
}
let lastGrid: { readonly lo: number; readonly hi: number; readonly fineness: number; readonly points: readonly number[] } | undefined
const intervalGrid = (lo: number, hi: number, fineness: number): readonly number[] => {
  if (lastGrid?.lo !== lo || lastGrid.hi !== hi || lastGrid.fineness !== fineness)
    lastGrid = { lo, hi, fineness, points: gridBetween(lo, hi, fineness) }
  return lastGrid.points
}

/** Both sides next to nothing not only at the root but all around it, beside what they are nearer to 0: Φ(−9)·x = e^(−40) is rounding. */
const isFaded = (p: Prop, root: number, s: Slider, grid: readonly number[]): boolean => {
  if (p.kind !== 'rel') return false
  const step = 0.01 * Math.max(1, Math.abs(root))
  const [lo, hi] = [grid[0] as number, grid.at(-1) as number]
  return [p.left, p.right].every(side => {
    const size = (x: number): number => Math.abs(evaluate(side, s.to(x)))
    const nearer = Array.from({ length: 21 }, (_, k) => ((k - 10) / 10) * Math.abs(root)).filter(x => x > lo && x < hi)
    const usual = Math.max(...nearer.map(size).filter(Number.isFinite))
    return [root - step, root, root + step].every(x => size(x) < 1e-12 * usual)
  })
}

/**
 * Whether two propositions on one unknown have the same solutions in the given setting ("⇒": whether each solution of
 * the first solves the second).
 */
export const compareSolutions = (a: Prop, b: Prop, relation: '⇔' | '⇒', unknown: string, cx: Context, env: Env): Agreement => {
  const grid = gridFor(unknown, cx, env)
  if (grid.length === 0) return 'nothing to compare'
  const s = slider(env, unknown)
  const [left, right] = [remembered(a, unknown, s, grid), remembered(b, unknown, s, grid)]
  if (!left || !right) return compareTruth(a, b, relation, s, grid)
  if (left.everywhere || right.everywhere) {
    if (left.everywhere && right.everywhere) return 'same'
    return relation === '⇒' && right.everywhere ? 'same' : 'differ'
  }
  const [lo, hi] = [grid[0] as number, grid.at(-1) as number]
  // what the case says of the unknown bounds it like its domain: N > K keeps no root at K
  const bounds = cx.facts.flatMap(f => (f.prop.kind === 'rel' && f.prop.op === '<' && symbolsOf(f.prop).has(unknown) ? [f.prop] : []))
  const isAllowed = (r: number): boolean =>
    bounds.every(p => {
      const there = s.to(r)
      const [below, above] = [evaluate(p.left, there), evaluate(p.right, there)]
      return !(below >= above - rootTolerance * (Math.abs(below) + Math.abs(above)))
    })
  const inside = (r: number): boolean => r > lo && r < hi && (bounds.length === 0 || isAllowed(r))
  const [mine, theirs] = [left.roots.filter(inside), right.roots.filter(inside)]
  // a root at 0 is found to rounding only, where a relative tolerance says nothing
  const near = (r: number, roots: readonly number[]): boolean => Math.abs(r) < 1e-9 && roots.some(q => Math.abs(q) < 1e-9)
  if (mine.some(r => !satisfied(b, s.to(r)) && !near(r, theirs) && !isFaded(a, r, s, grid))) return 'differ'
  if (relation === '⇔' && theirs.some(r => !satisfied(a, s.to(r)) && !near(r, mine) && !isFaded(b, r, s, grid))) return 'differ'
  return mine.length > 0 || theirs.length > 0 ? 'same' : 'nothing to compare'
}

/** Inequalities: truth values over the whole grid, points of near equality left out. */
const compareTruth = (a: Prop, b: Prop, relation: '⇔' | '⇒', s: Slider, grid: readonly number[]): Agreement => {
  let seen = false
  for (const x of grid) {
    const env = s.to(x)
    const [left, right] = [holds(a, env), holds(b, env)]
    if (left !== holds(a, env, 1e-9) || right !== holds(b, env, 1e-9)) continue
    if (relation === '⇔' ? left !== right : left && !right) return 'differ'
    seen ||= left || relation === '⇔'
  }
  return seen ? 'same' : 'nothing to compare'
}
