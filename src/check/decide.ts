/**
 * Whether one thing that was written is true: two terms and the relation claimed between them, at settings drawn from the
 * model's own domain, likelihoods on the log scale; equations by what they say at the maximum. Never "false" without a
 * setting to show for it; what has no value anywhere is unknown.
 */
import { placeOf } from '../estimate/coordinates.ts'
import { type Env, evaluate, evaluateLog, holds } from '../term/evaluate.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import type { Expr, Prop, Rel, Term } from '../term/term.ts'
import { arraysOf, hasKind, some, summands, symbolsOf } from '../term/walk.ts'
import { sameValue } from '../verify/line-sampling.ts'
import { type Setting, settingsFor } from '../verify/settings.ts'
import { atValues, once, type Reference, withHats } from './reference.ts'
import { anEvent, unhatted } from './statement.ts'
import { type Top, topOf } from './top.ts'

export type Verdict = 'true' | 'false' | 'unknown'
export interface Decision {
  readonly verdict: Verdict
  /** Where the sides differ. */
  readonly at?: Env
  /** What was dropped in silence, for "equal up to": its value is free of the parameters. */
  readonly dropped?: true
}
const yes: Decision = { verdict: 'true' }
const unknown: Decision = { verdict: 'unknown' }
const no = (at: Env): Decision => ({ verdict: 'false', at })

const hasHat = (t: Term): boolean => [...symbolsOf(t), ...arraysOf(t)].some(s => unhatted(s) !== undefined)
export const mentionsHat = hasHat
/** Parameters (without a hat) that stand in a term. */
export const unknownsIn = (r: Reference, t: Term): readonly string[] => {
  const names = new Set([...symbolsOf(t), ...arraysOf(t)])
  return r.unknowns.filter(u => names.has(u))
}
/** Names without a value at the settings of the model: what a term with one of them says is not decided. */
export const foreign = (r: Reference, t: Term): readonly string[] => {
  const env = r.settings[0]?.env
  if (!env) return []
  return [...symbolsOf(t), ...arraysOf(t)].filter(n => !env.symbols.has(n) && !env.arrays.has(n) && unhatted(n) === undefined)
}
/** What is said of names without a value. */
export const notKnown = (names: readonly string[], what = 'line'): string => {
  const shown = new Set(names.map(n => (n === anEvent ? 'the probability of an event' : n)))
  return `${[...shown].join(', ')}: not known here, so the ${what} was not decided.`
}

/** The settings with the estimates bound to their values, where the terms need them. */
const settingsOf = (r: Reference, ...terms: readonly Term[]): readonly Setting[] =>
  terms.some(hasHat)
    ? once(r, 'hatted', () =>
        r.settings.flatMap(s => {
          const top = topOf(r, s.env)
          return top
            ? [
                {
                  env: withHats(s.env, top.values),
                  other: withHats(s.other, top.values),
                  others: s.others.map(e => withHats(e, top.values)),
                },
              ]
            : []
        }),
      )
    : r.settings

/** a = b wherever both have a value. */
export const equal = (r: Reference, a: Expr, b: Expr): Decision => {
  if (same(a, b)) return yes
  if (foreign(r, a).length > 0 || foreign(r, b).length > 0) return unknown
  let agreed = 0
  const near: Env[] = []
  for (const s of settingsOf(r, a, b))
    for (const env of r.moving ? [s.env] : [s.env, s.other]) {
      if (Number.isNaN(evaluate(b, env)) || Number.isNaN(evaluate(a, env))) continue
      const v = sameValue(a, b, env, r.model)
      if (v === 'equal') agreed++
      if (v !== 'differ') continue
      const off = logsApart(a, b, env)
      if (off > 1e-2) return no(env)
      if (off > 1e-6) near.push(env)
    }
  // 1 − p is mostly rounding where p is nearly 1: a formula that is otherwise wrong does not agree to nine digits elsewhere
  const [first] = near
  return first && agreed < 3 * near.length ? no(first) : agreed > 0 ? yes : unknown
}

/** How far the logarithms of two values of one sign are apart; infinite for values of different signs. */
const logsApart = (a: Expr, b: Expr, env: Env): number => {
  const [x, y] = [evaluateLog(a, env), evaluateLog(b, env)]
  return x.sign !== 0 && x.sign === y.sign ? Math.abs(x.log - y.log) : Number.POSITIVE_INFINITY
}

/** The gap b − a (or log b − log a) at a setting. */
const gap = (a: Expr, b: Expr, env: Env, scale: 'plain' | 'log'): number => {
  if (scale === 'plain') return evaluate(b, env) - evaluate(a, env)
  const [x, y] = [evaluateLog(a, env), evaluateLog(b, env)]
  return x.sign > 0 && y.sign > 0 ? y.log - x.log : Number.NaN
}
const size = (a: Expr, env: Env, scale: 'plain' | 'log'): number => Math.abs(scale === 'plain' ? evaluate(a, env) : evaluateLog(a, env).log)

/** b − a is free of the parameters ('plain'), or b/a is ('log'). */
export const equalUpToConstant = (r: Reference, a: Expr, b: Expr, scale: 'plain' | 'log'): Decision => {
  if (foreign(r, a).length > 0 || foreign(r, b).length > 0) return unknown
  let agreed = 0
  for (const s of settingsOf(r, a, b)) {
    const first = gap(a, b, s.env, scale)
    for (const other of [s.other, ...s.others.slice(0, 2)]) {
      const second = gap(a, b, other, scale)
      if (!Number.isFinite(first) || !Number.isFinite(second)) continue
      const off = Math.abs(first - second) / (1 + Math.abs(first) + size(a, s.env, scale) + size(a, other, scale))
      if (off > 1e-6) return no(other)
      if (off <= 1e-8) agreed++
    }
  }
  return agreed > 0 ? yes : unknown
}

/** The summands of a log-likelihood that are free of the parameters: any of them may be dropped. */
const constants = (r: Reference, ell: Expr): readonly Expr[] =>
  summands(normalForm(ell)).filter(u => unknownsIn(r, u).length === 0 && !hasHat(u))

/** A likelihood that is given directly and as a kernel, p^a(1 − p)^b: which constant belongs to it is nobody's claim. */
export const withoutConstants = (r: Reference): boolean =>
  r.model.likelihood !== undefined && once(r, 'kernel', () => constants(r, r.ell).length === 0)

/** Whether `value` is a sum of some of the numbers. */
const isPartialSum = (value: number, parts: readonly number[], tolerance: number): readonly number[] | undefined => {
  for (let mask = 0; mask < 1 << parts.length; mask++) {
    let s = 0
    for (let k = 0; k < parts.length; k++) if (mask & (1 << k)) s += parts[k] as number
    if (Math.abs(s - value) <= tolerance) return parts.flatMap((_, k) => (mask & (1 << k) ? [k] : []))
  }
  return undefined
}

/**
 * Whether b is a with some of its constants left out: b has the same ones otherwise, or none of its own. A constant that is
 * written and wrong is no constant dropped.
 * @param a the whole log-likelihood, as it should be
 */
export const dropsConstants = (r: Reference, a: Expr, b: Expr): boolean => {
  const parts = constants(r, a)
  if (parts.length === 0 || parts.length > 9) return false
  if (constants(r, b).length === 0) return true
  let agreed = 0
  for (const s of settingsOf(r, a, b)) {
    const missing = -gap(a, b, s.env, 'plain')
    const values = parts.map(p => evaluate(p, s.env))
    if (!Number.isFinite(missing) || values.some(v => !Number.isFinite(v))) continue
    if (!isPartialSum(missing, values, 1e-8 * (1 + Math.abs(missing) + size(a, s.env, 'plain')))) return false
    agreed++
  }
  return agreed > 1
}

/** Settings in which the score vanishes at the maximum: more are drawn where Θ cuts many samples off. */
export const stationary = (r: Reference): readonly { readonly env: Env; readonly top: Top }[] =>
  once(r, 'stationary', () => {
    const found = (envs: readonly Env[]): { env: Env; top: Top }[] =>
      envs.flatMap(env => {
        const top = topOf(r, env)
        return top?.stationary ? [{ env, top }] : []
      })
    const first = found(r.settings.map(s => s.env))
    if (
      first.length >= 3 ||
      r.moving ||
      r.special ||
      r.fixed ||
      (first.length > 0 && r.settings.some(s => topOf(r, s.env)?.corner)) ||
      first.length + r.settings.filter(s => topOf(r, s.env)).length === 0
    )
      return first
    const more = [
      ...first,
      ...found(
        settingsFor(r.model, 24)
          .of(r.interior, 'more')
          .map(s => s.env),
      ),
    ]
    return (more.length > 0 ? more : found(lopsided(r))).slice(0, 5)
  })

/** Samples of which all observations but one or two are the least, or the largest, that was drawn: for a Θ that cuts the others off. */
const lopsided = (r: Reference): readonly Env[] => {
  const [v, ...others] = r.observed
  if (v === undefined || others.length > 0) return []
  return r.settings.flatMap(({ env }) => {
    const data = env.arrays.get(v) ?? []
    if (data.some(x => typeof x !== 'number')) return []
    const [lo, hi] = [Math.min(...(data as readonly number[])), Math.max(...(data as readonly number[]))]
    return [
      [lo, hi],
      [hi, lo],
    ].flatMap(([most, few]) =>
      [1, 2].map(k => ({
        ...env,
        arrays: new Map(env.arrays).set(
          v,
          data.map((_, i) => (i < k ? (few as number) : (most as number))),
        ),
      })),
    )
  })
}

/** Every name bound to the maximum: parameters and hats. */
export const atTop = (env: Env, top: Top): Env => withHats(atValues(env, top.values), top.values)

/** Whether an equation holds at the maximum for every sample, and says something. */
export const equationHolds = (r: Reference, p: Rel): Decision => {
  if (foreign(r, p).length > 0) return unknown
  const zero = stationary(r)
  // an equation in estimates and data alone holds where the maximum is an end of the support, too
  const settings =
    zero.length === 0 && r.moving && hasHat(p) && unknownsIn(r, p).length === 0
      ? r.settings.flatMap(({ env }) => {
          const top = topOf(r, env)
          return top ? [{ env, top }] : []
        })
      : zero
  let agreed = 0
  for (const { env, top } of settings) {
    const there = atTop(env, top)
    const [x, y] = [evaluate(p.left, there), evaluate(p.right, there)]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    if (!nearlyHolds(p, there)) return no(there)
    agreed++
  }
  return agreed > 0 ? yes : unknown
}

/** Equality to the accuracy of a maximiser found by iteration. */
export const nearlyHolds = (p: Rel, env: Env): boolean => {
  if (holds(p, env, 1e-7)) return true
  // a derivative that is large around a zero that is known to eleven digits
  const [x, y] = [evaluate(p.left, env), evaluate(p.right, env)]
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false
  // a difference quotient knows nothing of the size of what cancels in it
  const noise = hasKind(p, 'deriv') ? 1e-5 : 0
  return Math.abs(x - y) <= noise + 1e-7 * Math.max(Math.abs(x), Math.abs(y)) + swing(p, env, x - y)
}

/** By how much the gap moves with the eighth digit of each estimate: log p̂/(1 − p̂) = 0 holds to that. */
const swing = (p: Rel, env: Env, gap: number): number => {
  const hats = [...env.symbols.keys()].filter(name => unhatted(name) !== undefined)
  if (hats.length === 0 || Math.abs(gap) > 1e-6) return 0
  let sum = 0
  for (const hat of hats) {
    const symbols = new Map(env.symbols)
    for (const name of [hat, unhatted(hat) as string]) {
      const v = symbols.get(name)
      if (v !== undefined) symbols.set(name, v * (1 + 1e-8))
    }
    const moved = { ...env, symbols }
    const change = Math.abs(evaluate(p.left, moved) - evaluate(p.right, moved) - gap)
    if (Number.isFinite(change)) sum += change
  }
  return sum
}

/** Whether a relation holds at the given settings. */
export const trueAt = (r: Reference, p: Prop, envs: readonly Env[]): Decision => {
  if (foreign(r, p).length > 0 || hasKind(p, 'call')) return unknown
  let seen = 0
  for (const env of envs) {
    if (p.kind === 'rel' && (Number.isNaN(evaluate(p.left, env)) || Number.isNaN(evaluate(p.right, env)))) continue
    if (!holds(p, env, 1e-9)) return no(env)
    seen++
  }
  return seen > 0 ? yes : unknown
}

/** The settings of the model, estimates bound where a term needs them: parameters anywhere in Θ. */
export const anywhere = (r: Reference, ...terms: readonly Term[]): readonly Env[] =>
  settingsOf(r, ...terms).flatMap(s => (r.moving ? [s.env] : [s.env, s.other]))
/** The settings, and parameters far below and above the maximum: where a claim for every parameter has to hold too. */
export const throughout = (r: Reference, ...terms: readonly Term[]): readonly Env[] => {
  const near = anywhere(r, ...terms)
  const [p, ...others] = r.model.parameters
  if (r.moving || !p || others.length > 0 || p.length || p.domain.kind !== 'interval') return near
  const far = once(r, 'far', () =>
    r.settings.slice(0, 2).flatMap(({ env }) => {
      const place = placeOf(p.domain, env)
      const v = topOf(r, env)?.values.get(p.name)
      if (place.kind !== 'real' || typeof v !== 'number') return []
      const around = Number.isFinite(place.lo)
        ? [0.03, 0.2, 4, 30].map(f => place.lo + f * (v - place.lo))
        : [-20, -3, 3, 20].map(f => v + f)
      return around
        .filter(x => x > place.lo && x < place.hi)
        .map(x => withHats({ ...env, symbols: new Map(env.symbols).set(p.name, x) }, new Map([[p.name, v]])))
    }),
  )
  return [...near, ...far]
}

/** The settings with the parameters at the maximum. */
export const atMaximum = (r: Reference): readonly Env[] => once(r, 'at maximum', () => stationary(r).map(({ env, top }) => atTop(env, top)))

export const hasIndicator = (t: Term): boolean => some(t, u => u.kind === 'iverson')
