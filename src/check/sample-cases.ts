/**
 * Statements about special samples: "if all x_i are 0", "for x̄ ≤ 0". What is wrong for an ordinary sample may be said of these
 * alone, so it is judged at samples that satisfy the condition. Conditions that no sample satisfies excuse nothing.
 */
import { brent } from '../estimate/numeric-roots.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { contains, type Env, evaluate, evaluateLog, holds } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { all, and, at, isOne, isZero, ONE, type Prop, sub, sym, type Term } from '../term/term.ts'
import { abstract, arraysOf, instantiate, some, substitute, symbolsOf } from '../term/walk.ts'
import { arraysOfModel, drawer } from '../verify/draw.ts'
import { mulberry32, seedOf } from '../verify/random.ts'
import { mentionsHat, unknownsIn } from './decide.ts'
import { completed, once, type Reference } from './reference.ts'

const dataIn = (r: Reference, t: Term): boolean => {
  const names = new Set([...symbolsOf(t), ...arraysOf(t)])
  // n = 1, m = 1; the n of a sum over covariates says nothing of the sample
  const given = [...sizesOf(r), ...r.model.known.map(k => k.name)]
  return listsOf(r).some(o => names.has(o)) || (arraysOf(t).size === 0 && given.some(n => names.has(n)))
}
/** Observations and covariates. */
const listsOf = (r: Reference): readonly string[] => [
  ...r.observed,
  ...r.model.samples.flatMap(s => s.covariates.flatMap(v => (v.length === undefined ? [v.name] : []))),
]
/** The names of sizes that are not given. */
const sizesOf = (r: Reference): readonly string[] =>
  r.model.samples.flatMap(s => (s.size.kind === 'sym' && !r.observed.includes(s.size.name) ? [s.size.name] : []))

/** Whether a proposition speaks of the sample and of nothing that is to be estimated. */
export const isSampleCondition = (r: Reference, p: Prop): boolean => dataIn(r, p) && unknownsIn(r, p).length === 0 && !mentionsHat(p)

/** x_i = 0 with a free index is said of every observation. */
export const forEveryObservation = (r: Reference, p: Prop): Prop => {
  const size = r.size
  if (!size) return p
  // x = 0 of the only observation there is
  if (isOne(size)) return substitute(p, new Map(r.observed.map(x => [x, at(x, ONE)] as const)))
  for (const letter of ['i', 'j'])
    if (some(p, u => u.kind === 'at' && u.index.some(k => k.kind === 'sym' && k.name === letter)))
      return all(ONE, size, abstract(p, sym(letter)))
  return p
}

const conditioned = (r: Reference, p: Prop): Context => assuming(r.interior, [p])

/** The reference with samples that satisfy a condition; undefined if none was found. */
export const referenceUnder = (r: Reference, props: readonly Prop[]): Reference | undefined => {
  const p = and(...props)
  return once(r, `under ${p.hash}`, () => {
    const rng = mulberry32(seedOf(`${JSON.stringify(r.model.source)}|${p.hash}`))
    const own = r.settings.filter(s => holds(p, s.env))
    if (own.length >= 3 || r.fixed) return { ...r, settings: own, special: true, memo: new Map() }
    const forced = r.settings.flatMap(s => {
      const env = withData(r, p, s.env)
      return env ? [{ env, other: withParametersOf(r, env, s.other), others: [withParametersOf(r, env, s.other)] }] : []
    })
    if (forced.length >= 2) return { ...r, settings: forced.slice(0, 4), special: true, memo: new Map() }
    const draw = drawer(conditioned(r, p), { arrays: arraysOfModel(r.model), tries: 60 })
    const envs = [0, 1, 2].flatMap(() => {
      const env = draw(rng)
      return env ? [completed(r.model, env)] : []
    })
    if (envs.length < 2) return undefined
    const other = (k: number): (typeof envs)[number] => {
      const env = envs[k] as (typeof envs)[number]
      const donor = r.settings[k % r.settings.length]?.env ?? env
      const symbols = new Map(env.symbols)
      for (const u of r.unknowns) {
        const v = donor.symbols.get(u)
        if (v !== undefined) symbols.set(u, v)
      }
      return { ...env, symbols }
    }
    return { ...r, settings: envs.map((env, k) => ({ env, other: other(k), others: [other(k)] })), special: true, memo: new Map() }
  })
}

/** The setting with the data that a condition asks for: a count that it names, or all observations alike. */
const withData = (r: Reference, p: Prop, env: Env): Env | undefined => {
  const fits = (e: Env): boolean => holds(p, e, 1e-9) && isPossible(r, e) && Number.isFinite(logOf(r, e))
  const counted = withCounts(r, p, env)
  if (fits(counted)) return counted
  const short = withSize(r, p, env)
  if (short && fits(short)) return short
  // 2a + b = 2(a + b + c): some of the counts are zero
  const named = r.observed.filter(o => env.symbols.has(o) && !env.arrays.has(o) && !isDefined(r, o))
  if (named.length > 1 && named.length < 6)
    for (let mask = 1; mask < 1 << named.length; mask++) {
      const symbols = new Map(env.symbols)
      for (const [k, o] of named.entries()) if (mask & (1 << k)) symbols.set(o, 0)
      const e = withCounts(r, p, { ...env, symbols })
      if (fits(e)) return e
    }
  // an inequality between counts: one of them far larger than the others
  const counts = r.observed.filter(o => counted.symbols.has(o) && !counted.arrays.has(o))
  for (const [k, large] of counts.entries()) {
    const others = counts.reduce((total, o) => total + Math.abs(counted.symbols.get(o) ?? 0), 0)
    const e = withCounts(r, p, { ...counted, symbols: new Map(counted.symbols).set(large, 7 * others + k + 3) })
    if (fits(e)) return e
  }
  const observed = r.observed.filter(o => env.arrays.has(o))
  const said = arraysOf(p)
  // no x_i is 3: one value put for another where there are few
  for (const name of observed.filter(o => said.has(o))) {
    const values = [...new Set((env.arrays.get(name) ?? []).flatMap(v => (typeof v === 'number' ? [v] : [])))]
    if (values.length < 2 || values.length > 4) continue
    for (const from of values)
      for (const to of values) {
        const e: Env = {
          ...env,
          arrays: new Map(env.arrays).set(name, (env.arrays.get(name) ?? []).map(v => (v === from ? to : v)) as number[]),
        }
        if (from !== to && fits(e)) return e
      }
  }
  for (const names of [listsOf(r).filter(o => said.has(o) && env.arrays.has(o)), observed]) {
    const alike = (c: number): Env => ({
      ...env,
      arrays: new Map([...env.arrays].map(([k, v]) => [k, names.includes(k) ? v.map(() => c) : v] as const)),
    })
    if (names.length > 0)
      for (const c of [0, 1, -1, 2, ...[...symbolsOf(p)].flatMap(name => env.symbols.get(name) ?? []), ...commonValues(p, alike)]) {
        const e = alike(c)
        if (fits(e)) return e
      }
  }
  return undefined
}
/** n = a + b + c in a task: no count of its own. */
const isDefined = (r: Reference, name: string): boolean =>
  r.model.likelihood?.data.some(d => d.name === name && d.value !== undefined) === true
/** Whether every observation is one: 0 is no value on {1, 2, 3}, whatever the formula of the density gives there. */
const isPossible = (r: Reference, env: Env): boolean =>
  r.model.samples.every(s =>
    s.variables.every(
      v =>
        v.length !== undefined ||
        (v.support.kind !== 'finite' && v.support.kind !== 'range') ||
        (env.arrays.get(v.name) ?? []).every(x => typeof x !== 'number' || contains(v.support, x, env, 1e-9)),
    ),
  )
/** k = 0, b + c = 0: the counts that the equations name. */
const withCounts = (r: Reference, p: Prop, env: Env): Env => {
  const symbols = new Map(env.symbols)
  for (const q of p.kind === 'and' ? p.props : [p]) {
    if (q.kind !== 'rel' || q.op !== '=') continue
    for (const [name, value] of [
      [q.left, q.right],
      [q.right, q.left],
    ] as const)
      if (name.kind === 'sym' && r.observed.includes(name.name)) symbols.set(name.name, evaluate(value, { ...env, symbols }))
      else if (isZero(value)) for (const s of symbolsOf(name)) if (r.observed.includes(s)) symbols.set(s, 0)
  }
  // n = a + b + c follows
  for (const d of r.model.likelihood?.data ?? []) if (d.value && !d.length) symbols.set(d.name, evaluate(d.value, { ...env, symbols }))
  return { ...env, symbols }
}
/** n = 1: the first observations of the sample. */
const withSize = (r: Reference, p: Prop, env: Env): Env | undefined => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  for (const q of p.kind === 'and' ? p.props : [p]) {
    if (q.kind !== 'rel' || q.op !== '=' || q.left.kind !== 'sym' || q.right.kind !== 'num') continue
    const name = q.left.name
    const wanted = evaluate(q.right, env)
    const had = symbols.get(name)
    if (!sizesOf(r).includes(name) || had === undefined || !Number.isInteger(wanted) || wanted < 1 || wanted > had) continue
    symbols.set(name, wanted)
    for (const s of r.model.samples)
      if (s.size.kind === 'sym' && s.size.name === name)
        for (const v of [...s.variables, ...s.covariates]) {
          const values = arrays.get(v.name)
          if (values) arrays.set(v.name, values.slice(0, wanted) as typeof values)
        }
  }
  return { symbols, arrays }
}
/** log x_i = μ for every i: the value that all observations have then, by bisection. */
const commonValues = (p: Prop, alike: (c: number) => Env): readonly number[] => {
  const found: number[] = []
  for (const q of p.kind === 'and' ? p.props : [p]) {
    const body = q.kind === 'all' ? instantiate(q.body, ONE) : q
    if (body.kind !== 'rel' || body.op !== '=') continue
    const gap = (c: number): number => evaluate(sub(body.left, body.right), alike(c))
    const grid = [-100, -30, -10, -3, -1, -0.3, -0.1, -0.01, 0.001, 0.01, 0.1, 0.3, 1, 3, 10, 30, 100]
    for (let k = 1; k < grid.length; k++) {
      const [a, b] = [grid[k - 1] as number, grid[k] as number]
      const [fa, fb] = [gap(a), gap(b)]
      if (Number.isFinite(fa) && Number.isFinite(fb) && fa > 0 !== fb > 0) found.push(brent(gap, a, b, fa, fb))
    }
  }
  return found
}
const logOf = (r: Reference, env: Env): number => {
  const l = evaluateLog(r.likelihood, env)
  return l.sign > 0 ? l.log : Number.NaN
}
const withParametersOf = (r: Reference, env: Env, donor: Env): Env => {
  const symbols = new Map(env.symbols)
  for (const u of r.unknowns) {
    const v = donor.symbols.get(u)
    if (v !== undefined) symbols.set(u, v)
  }
  return { ...env, symbols }
}

/** Distinct conditions, the latest first; those that say more before their parts. */
export const latest = (
  list: readonly { readonly prop: Prop; readonly line: number; readonly near?: true }[],
  line: number,
  reach = 40,
): readonly Prop[] => {
  const out: Prop[] = []
  for (const c of [...list].reverse())
    if (line - c.line <= (c.near ? 2 : reach) && c.line <= line && !out.some(p => same(p, c.prop))) out.push(c.prop)
  const whole = out.filter(p => p.kind === 'and')
  return [...whole.slice(0, 3), ...out.filter(p => p.kind !== 'and').slice(0, 4)]
}
