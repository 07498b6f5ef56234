/**
 * The random settings in which the lines of one chain are sampled: admissible for the model, the chain's domain and the
 * facts of its case; drawn once for each such context, seeded by the model's text.
 */
import type { Chain } from '../document/document.ts'
import type { Model } from '../model/model.ts'
import { assuming, type Context, within } from '../rewrite/facts.ts'
import { contains, type Env, holds } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { toNumber } from '../term/rational.ts'
import { type Expr, eq, interval, num, type Prop, type SetTerm, sym, type Term } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'
import { needsCalculus } from './calculus.ts'
import { arraysOfModel, drawer } from './draw.ts'
import { possibly, withSupports } from './model-draw.ts'
import { mulberry32, type Random, seedOf } from './random.ts'

/** One admissible setting, and others that have the same data and other values of the unknowns, data possible or not. */
export interface Setting {
  readonly env: Env
  readonly other: Env
  readonly others: readonly Env[]
}

export interface Settings {
  readonly seed: number
  /** The settings for a context; the same ones whenever it is asked for. */
  readonly of: (cx: Context, key: string) => readonly Setting[]
  /** Further settings for lines that the first ones cannot judge: a root outside of a restricted space in all of them. */
  readonly more: (cx: Context, key: string, tie: Term) => readonly Setting[]
  /**
   * Settings beyond the sample space, for lines about samples that cannot occur (0 < x_1 < 1 with x_1 in {0, 1}): data
   * anywhere between the ends of their support, without the assumptions of the model. They can only confirm a line.
   */
  readonly beyond: (cx: Context, key: string) => readonly Setting[]
  /** How many were drawn so far. */
  readonly drawn: () => number
}

/** The context of a chain: the model's, on the chain's own domain (the interior of Θ unless told), with the facts of its case. */
export const chainContext = (model: Context, chain: Pick<Chain, 'given' | 'domain'>): Context => {
  let cx = model
  const restrict = (p: Prop): void => {
    if (p.kind === 'and') p.props.forEach(restrict)
    else if (p.kind === 'in' && p.element.kind === 'sym') cx = within(cx, p.element.name, p.set)
    else cx = assuming(cx, [p])
  }
  if (chain.domain) restrict(chain.domain)
  else cx = interiorOf(cx)
  return assuming(cx, chain.given)
}

/** The unknowns without the closed ends of their domains: where derivatives are taken. Ends are compared by themselves. */
export const interiorOf = (cx: Context): Context => {
  let inside = cx
  for (const name of cx.unknowns) {
    const set = cx.domains.get(name)
    if (set?.kind === 'interval' && (set.closed[0] || set.closed[1])) inside = within(inside, name, interval(set.lo, set.hi))
  }
  return inside
}

const keyOf = (chain: Pick<Chain, 'given' | 'domain'>): string => `${chain.given.map(g => g.hash).join()}|${chain.domain?.hash ?? ''}`

export { keyOf as contextKey }

/** The same data with the unknowns of another draw. */
const withUnknownsOf = (env: Env, donor: Env, unknowns: readonly string[]): Env => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  for (const name of unknowns) {
    const v = donor.symbols.get(name)
    if (v !== undefined) symbols.set(name, v)
    const a = donor.arrays.get(name)
    if (a !== undefined) arrays.set(name, a)
  }
  return { ...env, symbols, arrays }
}

/**
 * With a moving support: the last observation alone thrown out of it, above or below all others, where its ends that do
 * not move allow that. Both sides of a line see it or are wrong.
 */
const oneOutside = (env: Env, model: Model, cx: Context): readonly Env[] => {
  const arrays = new Map(env.arrays)
  for (const v of model.samples.flatMap(s => s.variables)) {
    const list = env.arrays.get(v.name)
    const numbers = list?.flatMap(x => (typeof x === 'number' ? [x] : []))
    if (!numbers || numbers.length === 0 || numbers.length !== list?.length) continue
    const far = Math.max(...numbers.map(Math.abs)) * 8 + 8
    const set = cx.domains.get(v.name)
    const place = [far, -far].find(x => set === undefined || contains(set, x, env))
    if (place === undefined) return []
    arrays.set(v.name, [...numbers.slice(0, -1), place])
  }
  const thrown = { ...env, arrays }
  // an assumption about the sample, or the case being treated, may forbid it
  return cx.facts.every(f => holds(f.prop, thrown)) ? [thrown] : []
}

/** The smallest interval around a set of numbers. */
const hull = (set: SetTerm): SetTerm => {
  if (set.kind === 'interval') return set
  if (set.kind === 'range') return interval(set.lo, set.hi, set.lo.kind !== 'infinity', set.hi.kind !== 'infinity')
  const values = set.elements.map(e => (e.kind === 'num' ? toNumber(e.value) : Number.NaN))
  const at = (v: number): Expr | undefined => set.elements[values.indexOf(v)]
  const [lo, hi] = [at(Math.min(...values)), at(Math.max(...values))]
  return lo && hi && lo !== hi ? interval(lo, hi, true, true) : set
}

/** The context in which data may lie between the values that they can take, and nothing is assumed about the sample. */
export const beyondSamples = (model: Model, cx: Context): Context => {
  const domains = new Map(cx.domains)
  for (const name of cx.data) {
    const set = domains.get(name)
    if (set) domains.set(name, hull(set))
  }
  return { ...cx, domains, facts: cx.facts.filter(f => !model.assume.some(a => same(a, f.prop))) }
}

/** The lengths of the vectors of parameters, so that the values of one setting fit the data of another. */
const sameLengths = (model: Model, env: Env): readonly Prop[] => {
  const names = new Set(model.parameters.flatMap(p => (p.length ? [...symbolsOf(p.length)] : [])))
  return [...names].map(name => eq(sym(name), num(env.symbols.get(name) ?? 1)))
}

/** Whether unknowns lie in the parameter space, where that depends on more than each of them alone. */
const admissible = (model: Model, cx: Context): ((env: Env) => boolean) => {
  const joint = model.parameters.filter(p => !p.length && symbolsOf(p.domain).size > 0)
  if (joint.length === 0 && model.constraints.length === 0) return () => true
  return env =>
    model.constraints.every(c => holds(c, env, 1e-9)) &&
    joint.every(p => contains(cx.domains.get(p.name) ?? p.domain, env.symbols.get(p.name) ?? Number.NaN, env))
}

/** @param count settings for each context */
export const settingsFor = (model: Model, count: number): Settings => {
  const seed = seedOf(JSON.stringify(model.source))
  const arrays = arraysOfModel(model)
  const kept = new Map<string, readonly Setting[]>()
  let drawn = 0
  const draw = (all: Context, rng: Random, wanted: number, varied = false): readonly Setting[] => {
    // what is known of expectations says nothing about a single setting; `origins.ts` checks it there
    const withoutExpectations = { ...all, facts: all.facts.filter(f => !needsCalculus(f.prop)) }
    const cx = withSupports(model, withoutExpectations)
    const envs: Env[] = []
    let drawOne = possibly(model, cx, arrays)
    const widely = varied ? drawer(cx, { arrays, wide: true }) : undefined
    for (let k = 0; k < wanted; k++) {
      const env = (k % 2 === 1 ? widely?.(rng) : undefined) ?? drawOne(rng)
      if (!env) break
      envs.push(env)
      if (k === 0 && model.parameters.some(p => p.length)) drawOne = possibly(model, assuming(cx, sameLengths(model, env)), arrays)
    }
    drawn += envs.length
    const isMoving = cx !== withoutExpectations
    const fits = admissible(model, cx)
    return envs.map((env, k) => {
      const donated = envs.map((_, j) => withUnknownsOf(env, envs[(k + 1 + j) % envs.length] as Env, cx.unknowns))
      const fitting = donated.filter(fits)
      // the last one is the setting itself
      const others = fitting.length > 1 ? fitting.slice(0, -1) : donated.slice(0, Math.max(1, envs.length - 1))
      return { env, other: others[0] as Env, others: isMoving ? [...others, ...oneOutside(env, model, withoutExpectations)] : others }
    })
  }
  return {
    seed,
    drawn: () => drawn,
    beyond: (cx, key) => {
      const name = `beyond|${key}`
      const settings = kept.get(name) ?? draw(beyondSamples(model, cx), mulberry32(seed ^ seedOf(name)), count)
      kept.set(name, settings)
      return settings
    },
    of: (cx, key) => {
      const settings = kept.get(key) ?? draw(cx, mulberry32(seed ^ seedOf(key)), count)
      kept.set(key, settings)
      return settings
    },
    more: (cx, key, tie) => {
      const name = `more|${key}|${tie.hash}`
      let settings = kept.get(name)
      if (!settings) {
        const rng = mulberry32(seed ^ seedOf(name))
        const solved = tie.kind === 'rel' && tie.op === '=' ? draw(assuming(cx, [tie]), rng, 2) : []
        settings = solved.length > 0 ? solved : draw(cx, rng, 24, true)
        kept.set(name, settings)
      }
      return settings
    },
  }
}
