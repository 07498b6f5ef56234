/**
 * Settings for facts that tie every observation to the rest, such as log x_i = μ for all i: everything else is drawn
 * freely, then each entry is solved for. What does not satisfy every fact afterwards is thrown away.
 */
import { gridBetween, placeOf } from '../estimate/coordinates.ts'
import { rootsOnGrid } from '../estimate/numeric-roots.ts'
import type { Context } from '../rewrite/facts.ts'
import { contains, type Env, evaluate, holds, type NestedNumbers } from '../term/evaluate.ts'
import { type All, type Expr, num, type Rel } from '../term/term.ts'
import { instantiate, subterms } from '../term/walk.ts'
import { drawSetting } from './draw.ts'
import type { Random } from './random.ts'

const isTie = (p: { readonly kind: string }): p is All & { readonly body: Rel } =>
  p.kind === 'all' && (p as All).body.kind === 'rel' && ((p as All).body as Rel).op === '='

/** The data array that the tie is about: indexed by the bound index and nothing else. */
const tiedArray = (p: All, cx: Context): string | undefined => {
  for (const u of subterms(p.body))
    if (u.kind === 'at' && u.index.length === 1 && u.index[0]?.kind === 'bound' && cx.data.includes(u.name)) return u.name
  return undefined
}

/** Solves one instance of a tie for the entry of the array; undefined if there is no solution in the domain. */
const solveEntry = (equation: Rel, name: string, row: number, cx: Context, env: Env): number | undefined => {
  const set = cx.domains.get(name)
  const entries = [...((env.arrays.get(name) ?? []) as readonly number[])]
  const here: Env = { ...env, arrays: new Map<string, NestedNumbers>(env.arrays).set(name, entries) }
  const f = (x: number): number => {
    entries[row - 1] = x
    return evaluate(equation.left as Expr, here) - evaluate(equation.right as Expr, here)
  }
  const place = set && placeOf(set, env)
  if (!place) return undefined
  if (place.kind === 'finite') return place.values.find(v => f(v) === 0)
  if (place.kind === 'integer') {
    const from = Number.isFinite(place.lo) ? place.lo : -100
    return Array.from({ length: 200 }, (_, k) => from + k).find(v => v <= place.hi && f(v) === 0)
  }
  return rootsOnGrid(f, gridBetween(place.lo, place.hi, 6)).roots[0]
}

/** A setting whose observations satisfy the ties among the facts, or undefined. */
export const drawTied = (cx: Context, arrays: ReadonlyMap<string, readonly Expr[]>, rng: Random): Env | undefined => {
  const ties = cx.facts.map(f => f.prop).filter(isTie)
  if (ties.length === 0) return undefined
  const free: Context = { ...cx, facts: cx.facts.filter(f => !isTie(f.prop) && !(f.prop.kind === 'rel' && f.prop.op === '=')) }
  let env = drawSetting(free, { arrays }, rng)
  for (const tie of ties) {
    const name = tiedArray(tie, cx)
    if (!env || name === undefined) return undefined
    const [lo, hi] = [evaluate(tie.lo, env), evaluate(tie.hi, env)]
    const entries = [...((env.arrays.get(name) ?? []) as readonly number[])]
    for (let i = lo; i <= hi && i <= entries.length; i++) {
      const value = solveEntry(instantiate(tie.body, num(i)), name, i, cx, env)
      if (value === undefined) return undefined
      entries[i - 1] = value
    }
    env = { ...env, arrays: new Map(env.arrays).set(name, entries) }
  }
  const done = env
  if (!done) return undefined
  const inside = [...cx.domains].every(([name, set]) =>
    ((done.arrays.get(name) as readonly number[] | undefined) ?? [done.symbols.get(name) ?? Number.NaN]).every(v =>
      contains(set, v, done, 1e-9),
    ),
  )
  return inside && cx.facts.every(f => holds(f.prop, done, 1e-9)) ? done : undefined
}
