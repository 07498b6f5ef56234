/**
 * Random admissible settings: values for all names of a problem that satisfy their domains and the facts, to sample
 * rules and lines at. Seeded and bounded; what cannot be satisfied within its tries gives undefined, never a
 * setting that breaks a fact.
 */
import type { Model } from '../model/model.ts'
import type { Context } from '../rewrite/facts.ts'
import { contains, type Env, evaluate, holds, type NestedNumbers } from '../term/evaluate.ts'
import { children } from '../term/order.ts'
import {
  all,
  bound,
  type Expr,
  finite,
  infinity,
  interval,
  isOne,
  minusInfinity,
  neg,
  ONE,
  type Prop,
  type Rel,
  type SetTerm,
  sub,
  type Term,
} from '../term/term.ts'
import { replace, subterms, summands } from '../term/walk.ts'
import { integerBetween, pick, type Random } from './random.ts'
import { repair } from './repair.ts'
import { byRow, parted, regionOf, rowConfinement, rowTotal } from './row-draw.ts'
import { everything, inRegion, intersect, type Manner, type Region, sampleOf, single } from './spread.ts'

export interface DrawOptions {
  /** Lengths of the arrays, one for each index: x: [n], a vector observation x: [n, k]. Others are inferred from `terms` and facts. */
  readonly arrays?: ReadonlyMap<string, readonly Expr[]>
  /** Terms that must have a value: their names without a domain are drawn from R. */
  readonly terms?: readonly Term[]
  /** Length of the samples; 3 to 7 unless told. */
  readonly size?: number
  /** Attempts before giving up; 80 unless told. */
  readonly tries?: number
  /** Integers from further away too, from the first attempt on. */
  readonly wide?: boolean
  /** How the samples of data lie first; degenerate manners are tried anyway when facts ask for them. */
  readonly manner?: Manner
}

/** Relative tolerance for equations between reals. */
const tolerance = 1e-9

/** The lengths of all arrays of a model. */
export const arraysOfModel = (model: Model): ReadonlyMap<string, readonly Expr[]> => {
  const lengths = new Map<string, readonly Expr[]>()
  for (const s of model.samples)
    for (const v of [...s.variables, ...s.covariates]) lengths.set(v.name, v.length ? [s.size, v.length] : [s.size])
  for (const p of [...model.parameters, ...model.known, ...(model.likelihood?.data ?? [])]) if (p.length) lengths.set(p.name, [p.length])
  return lengths
}

const conjuncts = (p: Prop): readonly Prop[] => (p.kind === 'and' ? p.props.flatMap(conjuncts) : [p])

/** The name that a proposition confines to a set whose ends do not mention it: `a < b` confines a, and b. */
const confinements = (p: Prop): readonly { readonly name: string; readonly set: SetTerm }[] => {
  const body = p.kind === 'all' ? (isOne(p.lo) ? p.body : undefined) : p
  if (!body) return []
  const nameOf = (t: Expr): string | undefined =>
    p.kind === 'all'
      ? t.kind === 'at' && t.index.length === 1 && t.index[0]?.kind === 'bound' && t.index[0].depth === 0
        ? t.name
        : undefined
      : t.kind === 'sym'
        ? t.name
        : undefined
  const out: { name: string; set: SetTerm }[] = []
  const put = (t: Expr, set: SetTerm): void => {
    const name = nameOf(t)
    if (name !== undefined && set.free === 0 && !namesIn(set).has(name)) out.push({ name, set })
  }
  if (body.kind === 'and') return body.props.flatMap(q => confinements(p.kind === 'all' ? all(p.lo, p.hi, q) : q))
  if (body.kind === 'in') put(body.element, body.set)
  if (body.kind === 'rel' && body.op === '=') {
    put(body.left, finite(body.right))
    put(body.right, finite(body.left))
    // m - x_i = 0 confines x_i to {m}
    const parts = summands(sub(body.left, body.right))
    if (parts.length === 2)
      for (const t of parts) {
        const rest = parts[0] === t ? parts[1] : parts[0]
        if (!rest) continue
        put(t, finite(neg(rest)))
        put(neg(t), finite(rest))
      }
  }
  if (body.kind === 'rel' && (body.op === '<' || body.op === '<=')) {
    const closed = body.op === '<='
    put(body.left, interval(minusInfinity, body.right, false, closed))
    put(body.right, interval(body.left, infinity, closed, false))
  }
  return out
}

const namesIn = (t: Term): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const u of subterms(t)) if (u.kind === 'sym' || u.kind === 'at') names.add(u.name)
  return names
}

/** For each index of each array, the last values it takes: every enclosing binder at its upper end. */
const shapesIn = (terms: readonly Term[]): ReadonlyMap<string, readonly (readonly Expr[])[]> => {
  const shapes = new Map<string, Expr[][]>()
  const visit = (t: Term, ends: readonly Expr[]): void => {
    if (t.kind === 'at') {
      const known = shapes.get(t.name) ?? t.index.map((): Expr[] => [])
      t.index.forEach((i, k) => {
        const last = ends.reduce((u, end, depth) => replace(u, bound(depth), end), i)
        if (last.free === 0) known[k]?.push(last)
      })
      shapes.set(t.name, known)
    }
    children(t).forEach((c, k) => {
      visit(c, (t.kind === 'big' || t.kind === 'all') && k === 2 ? [t.hi, ...ends] : ends)
    })
  }
  for (const t of terms) visit(t, [])
  return shapes
}

interface Plan {
  readonly names: readonly string[]
  readonly arrays: ReadonlyMap<string, readonly (readonly Expr[])[]>
  readonly sizes: ReadonlySet<string>
  readonly sets: ReadonlyMap<string, readonly SetTerm[]>
  readonly rows: ReadonlyMap<string, readonly SetTerm[]>
  readonly totals: ReadonlyMap<string, Expr>
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>
  readonly facts: readonly Prop[]
}

const plan = (cx: Context, options: DrawOptions): Plan => {
  const facts = cx.facts.flatMap(f => conjuncts(f.prop))
  const terms = [...(options.terms ?? []), ...facts, ...cx.domains.values()]
  const arrays = new Map(shapesIn(terms))
  for (const [name, lengths] of options.arrays ?? [])
    arrays.set(
      name,
      lengths.map(l => [l]),
    )
  const names = new Set([...cx.domains.keys(), ...arrays.keys(), ...terms.flatMap(t => [...namesIn(t)])])
  for (const lengths of arrays.values()) for (const t of lengths.flat()) for (const u of namesIn(t)) names.add(u)
  const sizes = new Set<string>()
  for (const lengths of arrays.values()) for (const l of lengths.flat()) if (l.kind === 'sym') sizes.add(l.name)
  const sets = new Map<string, SetTerm[]>([...names].map(name => [name, []]))
  for (const [name, set] of cx.domains) sets.get(name)?.push(set)
  for (const f of facts) for (const { name, set } of confinements(f)) if ((f.kind === 'all') === arrays.has(name)) sets.get(name)?.push(set)
  const rows = new Map<string, SetTerm[]>()
  for (const f of facts) {
    const found = rowConfinement(f)
    if (found && arrays.has(found.name)) rows.set(found.name, [...(rows.get(found.name) ?? []), found.set])
  }
  const totals = new Map<string, Expr>()
  for (const f of facts) {
    const found = rowTotal(f)
    if (found) totals.set(found.name, found.total)
  }
  const needs = new Map<string, ReadonlySet<string>>()
  for (const name of names) {
    const needed = new Set<string>()
    for (const t of [...(sets.get(name) ?? []), ...(rows.get(name) ?? []), totals.get(name) ?? ONE, ...(arrays.get(name)?.flat() ?? [])])
      for (const u of namesIn(t)) if (u !== name) needed.add(u)
    needs.set(name, needed)
  }
  return { names: [...names], arrays, sizes, sets, rows, totals, needs, facts }
}

/** An order in which names come after what they need; where needs run in a circle, it is opened at random. */
const orderOf = (p: Plan, rng: Random): readonly string[] => {
  const order: string[] = []
  const done = new Set<string>()
  const waiting = new Set(p.names)
  while (waiting.size > 0) {
    const ready = [...waiting].filter(name => [...(p.needs.get(name) ?? [])].every(u => done.has(u)))
    const next =
      ready.length > 0
        ? ready
        : [
            pick(
              rng,
              [...waiting].filter(name => !p.arrays.has(name)),
            ) ?? ([...waiting][0] as string),
          ]
    for (const name of next) {
      order.push(name)
      done.add(name)
      waiting.delete(name)
    }
  }
  return order
}

const nested = (lengths: readonly number[], values: readonly number[]): NestedNumbers => {
  const [first = 0, ...rest] = lengths
  if (rest.length === 0) return values
  const block = values.length / first
  return Array.from({ length: first }, (_, i) => nested(rest, values.slice(i * block, (i + 1) * block)))
}

const flatten = (a: NestedNumbers): readonly number[] => a.flatMap(v => (typeof v === 'number' ? [v] : flatten(v)))

const attempt = (
  p: Plan,
  cx: Context,
  options: DrawOptions,
  manners: (array: string) => Manner,
  rng: Random,
  wide: boolean,
): Env | undefined => {
  const symbols = new Map<string, number>()
  const arrays = new Map<string, NestedNumbers>()
  const env: Env = { symbols, arrays }
  const usual = options.size ?? integerBetween(rng, 3, 7)
  const regions = new Map<string, Region>()
  for (const name of orderOf(p, rng)) {
    const region = (p.sets.get(name) ?? []).reduce((r, set) => intersect(r, regionOf(set, env)), everything)
    regions.set(name, region)
    const shape = p.arrays.get(name)
    if (shape) {
      const lengths = shape.map(ends => {
        const known = ends.map(e => evaluate(e, env)).filter(v => Number.isInteger(v) && v >= 0 && v <= 1000)
        return known.length > 0 ? Math.max(...known) : usual
      })
      const count = lengths.reduce((a, b) => a * b, 1)
      const rows = p.rows.get(name)
      const total = p.totals.get(name)
      const values = total
        ? parted(total, lengths, env, rng)
        : rows
          ? byRow(region, rows, lengths, env, rng, manners(name))
          : sampleOf(region, count, rng, manners(name))
      if (!values) return undefined
      arrays.set(name, nested(lengths, values))
    } else if (p.sizes.has(name)) {
      const wanted: Region = { ...everything, lo: options.size ?? 3, hi: options.size ?? 7, closed: [true, true], integer: true }
      const ofData = [...p.arrays].some(
        ([a, lengths]) => cx.data.includes(a) && lengths.flat().some(l => l.kind === 'sym' && l.name === name),
      )
      const inside = intersect(region, cx.data.length === 0 || ofData ? wanted : { ...wanted, lo: 2, hi: 4 })
      const choice = Array.from({ length: inside.hi - inside.lo + 1 }, (_, i) => inside.lo + i).filter(v => inRegion(inside, v))
      const v = pick(rng, choice) ?? single({ ...region, integer: true }, rng)
      if (v === undefined) return undefined
      symbols.set(name, v)
    } else {
      const v = single(region, rng, wide)
      if (v === undefined) return undefined
      symbols.set(name, v)
    }
  }
  const equations = p.facts.filter((f): f is Rel => f.free === 0 && f.kind === 'rel' && f.op === '=')
  const integral = (name: string): boolean => regions.get(name)?.integer === true || regions.get(name)?.values !== undefined
  return repair(env, equations, name => !integral(name) && !p.sizes.has(name), tolerance)
}

/** Every domain and every fact, on the finished setting. */
const admissible = (p: Plan, cx: Context, env: Env): boolean => {
  for (const [name, set] of cx.domains) {
    const array = env.arrays.get(name)
    const values = array ? flatten(array) : [env.symbols.get(name) ?? Number.NaN]
    if (!values.every(v => contains(set, v, env, set.kind === 'finite' ? tolerance : 0))) return false
  }
  return p.facts.every(f => holds(f, env, tolerance))
}

const degenerate: readonly Manner[] = ['lowest', 'highest', 'equal', 'all but one lowest', 'all but one highest']

/** Nodes of the equations among the facts from which on trying costs time. */
const longEquations = 250

/**
 * Prepares random settings in which every domain and every fact of the context holds: parameters inside their domains
 * and away from 0 and 1, samples of 3 to 7 spread over their support. Facts that only a degenerate sample satisfies
 * (Σ x_i = 0 with x_i ≥ 0) are met by trying those. Contexts under a binder are refused, as is what cannot be met: undefined.
 */
export const drawer = (cx: Context, options: DrawOptions = {}): ((rng: Random) => Env | undefined) => {
  if (cx.binders.length > 0) return () => undefined
  const p = plan(cx, options)
  const wanted = options.tries ?? 80
  // each try solves the equations among the facts: of formulas that no book prints, fewer times
  const length = cx.facts.reduce(
    (sum, f) => sum + (f.prop.kind === 'rel' && f.prop.op === '=' ? f.prop.left.size + f.prop.right.size : 0),
    0,
  )
  const tries = length > longEquations ? Math.max(6, Math.floor((wanted * longEquations) / length)) : wanted
  return rng => {
    for (let k = 0; k < tries; k++) {
      const generic = k < tries / 2
      const together = degenerate[k % degenerate.length] as Manner
      const manners = (name: string): Manner => {
        if (generic) {
          if (!cx.data.includes(name)) return 'spread'
          return options.manner ?? (k < 8 || k % 3 === 0 ? 'spread' : k % 3 === 1 ? 'leaning low' : 'leaning high')
        }
        return k % 2 === 0 ? together : (pick(rng, ['spread', ...degenerate] as const) as Manner)
      }
      // what the usual small integers do not meet, larger ones may
      const env = attempt(p, cx, options, manners, rng, (options.wide ?? false) || (k >= 20 && k % 3 === 0))
      if (env && admissible(p, cx, env)) return env
    }
    return undefined
  }
}

/** One random admissible setting; see `drawer`, which prepares for several. */
export const drawSetting = (cx: Context, options: DrawOptions, rng: Random): Env | undefined => drawer(cx, options)(rng)
