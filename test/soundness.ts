/**
 * The test of soundness: both sides of an example agree on random admissible instances, expressions by their values,
 * equations by their solution sets, conditions by their truth. A law passes it, and a mistake must not.
 */
import { plain } from '../src/print/index.ts'
import type { Example, Rule } from '../src/rewrite/rule.ts'
import { type Env, evaluate, holds } from '../src/term/evaluate.ts'
import type { Expr, Prop, Rel, SetTerm, Term } from '../src/term/term.ts'
import { draw, type Given, generator, readGiven, readTerm, scalarsOf } from './given.ts'

const draws = 40
const propositions: ReadonlySet<string> = new Set(['rel', 'in', 'and', 'or', 'not', 'all'])
const isProp = (t: Term): t is Prop => propositions.has(t.kind)

export interface Read {
  readonly given: Given
  readonly before: Term
  readonly after: Term
  readonly arg: Term | undefined
}
export const read = (e: Example): Read => {
  const given = readGiven(e.given ?? '', e.before, e.after, e.arg ?? '')
  return {
    given,
    before: readTerm(e.before, given.scope),
    after: readTerm(e.after, given.scope),
    arg: e.arg === undefined ? undefined : readTerm(e.arg, given.scope),
  }
}

const close = (a: number, b: number, tolerance = 1e-7): boolean =>
  a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)) + 1e-12

const showEnv = (env: Env): string => JSON.stringify({ ...Object.fromEntries(env.symbols), ...Object.fromEntries(env.arrays) })

/** How many instances were compared; a disagreement throws with the instance. */
const compareValues = (before: Expr, after: Expr, given: Given): number => {
  const random = generator(before.hash ^ after.hash)
  let compared = 0
  for (let k = 0; k < draws; k++) {
    const env = draw(given, random)
    if (!env) break
    const a = evaluate(before, env)
    if (!Number.isFinite(a)) continue
    const b = evaluate(after, env)
    if (!close(a, b)) throw new Error(`${plain(before)} is ${a}, ${plain(after)} is ${b} at ${showEnv(env)}`)
    compared++
  }
  return compared
}

const compareTruth = (before: Prop, after: Prop, given: Given, implication: boolean): number => {
  const random = generator(before.hash ^ after.hash)
  let compared = 0
  for (let k = 0; k < 5 * draws; k++) {
    const env = draw(given, random)
    if (!env) break
    const [a, b] = [holds(before, env), holds(after, env)]
    if (a !== b && !(implication && !a)) throw new Error(`${plain(before)} is ${a}, ${plain(after)} is ${b} at ${showEnv(env)}`)
    compared++
  }
  return compared
}

// --- equations by their solutions --------------------------------------------------------------

const equations = (p: Prop): readonly Rel[] | undefined => {
  if (p.kind === 'rel') return p.op === '=' ? [p] : undefined
  if (p.kind !== 'or') return undefined
  const lists = p.props.map(equations)
  return lists.every(l => l !== undefined) ? lists.flat() : undefined
}

/** A grid over the set, dense near finite ends and far out. */
const gridOf = (set: SetTerm | undefined, env: Env): readonly number[] => {
  const end = (t: Expr): number => (t.kind === 'infinity' ? (t.negative ? -60 : 60) : evaluate(t, env))
  if (set && set.kind !== 'interval') return []
  const [lo, hi] = set ? [end(set.lo), end(set.hi)] : [-60, 60]
  const unit = Array.from({ length: 1201 }, (_, k) => k / 1200).map(u => u ** 3 * (10 + u * (-15 + 6 * u)))
  return unit.map(u => lo + (hi - lo) * u).slice(1, -1)
}

const rootsOf = (equation: Rel, name: string, env: Env, grid: readonly number[]): readonly number[] => {
  const f = (x: number): number => {
    const at = { symbols: new Map(env.symbols).set(name, x), arrays: env.arrays }
    return evaluate(equation.left, at) - evaluate(equation.right, at)
  }
  const roots: number[] = []
  const values = grid.map(f)
  for (let k = 0; k + 1 < grid.length; k++) {
    let [a, b, fa, fb] = [grid[k] as number, grid[k + 1] as number, values[k] as number, values[k + 1] as number]
    if (fa === 0) roots.push(a)
    if (!(fa * fb < 0)) continue
    for (let round = 0; round < 80; round++) {
      const m = (a + b) / 2
      const fm = f(m)
      if (fa * fm <= 0) [b, fb] = [m, fm]
      else [a, fa] = [m, fm]
    }
    // a pole changes the sign too, but with large values
    if (Math.abs(fb) < 1e-5 * (1 + Math.abs(values[k] as number) + Math.abs(values[k + 1] as number))) roots.push((a + b) / 2)
  }
  return roots
}

const compareSolutions = (before: readonly Rel[], after: readonly Rel[], given: Given, implication: boolean): number => {
  const random = generator((before[0] as Rel).hash)
  let compared = 0
  const names = scalarsOf({ ...(before[0] as Rel) }).filter(n => !given.cx.domains.has(n) || given.cx.domains.get(n)?.kind === 'interval')
  for (let k = 0; k < 12; k++) {
    const env = draw(given, random)
    if (!env) break
    for (const name of names) {
      const admissible = (x: number): boolean =>
        given.cx.facts.every(f => holds(f.prop, { symbols: new Map(env.symbols).set(name, x), arrays: env.arrays }, 1e-9))
      const grid = gridOf(given.cx.domains.get(name), env)
      const all = (list: readonly Rel[]): readonly number[] => list.flatMap(e => rootsOf(e, name, env, grid)).filter(admissible)
      const [left, right] = [all(before), all(after)]
      const missing = (from: readonly number[], to: readonly number[]): number | undefined =>
        from.find(r => !to.some(s => close(r, s, 1e-5) || Math.abs(r - s) < 1e-7))
      const lost = missing(left, right)
      if (lost !== undefined) throw new Error(`${name} = ${lost} solves the equation before and not the one after, at ${showEnv(env)}`)
      const won = implication ? undefined : missing(right, left)
      if (won !== undefined) throw new Error(`${name} = ${won} solves the equation after and not the one before, at ${showEnv(env)}`)
      compared += left.length
    }
  }
  return compared
}

/** How many instances were compared. @throws Error with the first instance on which the sides disagree */
export const compare = (before: Term, after: Term, given: Given, r: Pick<Rule, 'preserves'>): number => {
  const implication = r.preserves === 'implication'
  if (isProp(before) && isProp(after)) {
    const [left, right] = [equations(before), equations(after)]
    return left && right ? compareSolutions(left, right, given, implication) : compareTruth(before, after, given, implication)
  }
  return compareValues(before as Expr, after as Expr, given)
}
