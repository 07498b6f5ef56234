/** Where the support moves with the parameter: which parameters allow the data, and what the likelihood is where they do not. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { type Expr, isZero, type Prop, rel, type Term } from '../term/term.ts'
import { arraysOf, some, substitute, symbolsOf } from '../term/walk.ts'
import { dropsConstants, equal, equalUpToConstant, foreign, hasIndicator, mentionsHat, trueAt, unknownsIn } from './decide.ts'
import { openedLog } from './differentiate.ts'
import { estimateOf } from './estimate-stated.ts'
import { type Relating, shown } from './quantities.ts'
import { hasArrayValue, once, type Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { forEveryObservation } from './sample-cases.ts'
import type { Statement } from './statement.ts'
import { topOf } from './top.ts'

/** L where the support moves: its value where the data are possible, and 0 where they are not. */
export const movingLikelihood = (m: Memory, w: Relating, own: Expr, right: Expr): Ruling => {
  const r = m.reference
  const base = { role: 'likelihood' as const, relation: shown[w.relation] }
  if (w.condition && saysDataCondition(r, w.condition) && isZero(right)) {
    const never = r.settings.every(s => trueAt(r, w.condition as Prop, [s.env]).verdict === 'false')
    if (never) m.support.stated = true
    return never
      ? { ...base, status: 'ok', message: '' }
      : { ...base, status: 'wrong', message: 'There the data are possible.', mistake: 'max.support-reversed' }
  }
  if (w.condition && saysDataCondition(r, w.condition) && isOfSupport(r, w.condition)) {
    const condition = supportCondition(m, w.condition)
    if (condition.status === 'wrong') return { ...condition, role: 'likelihood' }
  }
  const special = w.condition && placed(r, w.condition)
  if (special) {
    const there = equal(r, substitute(own, special) as Expr, substitute(right, special) as Expr)
    return there.verdict === 'true'
      ? { ...base, status: 'ok', message: 'True at the parameter that is meant.' }
      : { ...base, status: 'unknown', message: 'Said of a special value of the parameter.' }
  }
  for (const s of r.settings)
    for (const end of endPoints(m, s.env))
      if (
        hasIndicator(right) &&
        Number.isFinite(evaluate(r.ell, end)) &&
        evaluate(own, end) > 0 !== evaluate(right, end) > 0 &&
        !r.settings.some(t => t.others.some(e => evaluate(own, e) === 0 && evaluate(right, e) > 0)) &&
        !r.settings.some(t => evaluate(right, t.env) === 0)
      )
        return {
          ...base,
          status: 'wrong',
          message: 'They differ at the end of the support.',
          mistake: 'max.strict-weak',
          counter: { env: end, left: own, right },
        }
  const d = w.relation === '=' ? equal(r, own, right) : equalUpToConstant(r, own, right, 'log')
  if (d.verdict === 'false') {
    const loose = w.relation === '=' ? equalUpToConstant(r, own, right, 'log') : d
    const zero = d.at !== undefined && evaluate(right, d.at) === 0 && evaluate(own, d.at) > 0
    if (zero)
      return {
        ...base,
        status: 'wrong',
        message: 'This is 0 at parameters that allow the data.',
        mistake: 'max.support-reversed',
        ...(d.at ? { counter: { env: d.at, left: own, right } } : {}),
      }
    if (loose.verdict !== 'true')
      return { ...base, status: 'wrong', message: 'The two sides differ.', ...(d.at ? { counter: { env: d.at, left: own, right } } : {}) }
  }
  if (d.verdict === 'unknown') return { ...base, status: 'unknown', message: '' }
  // a constant may be left out, and not be written wrongly
  if (d.verdict === 'false' && r.model.likelihood === undefined && !hasIndicator(right) && !dropsConstants(r, r.ell, openedLog(right)))
    return {
      ...base,
      status: 'wrong',
      message: 'The constant that is written here is wrong: write ∝, or correct it.',
      ...(d.at ? { counter: { env: d.at, left: own, right } } : {}),
    }
  // ∏ f(x_i; θ): the density is 0 outside of its support
  const byDensity = w.right.kind === 'term' && some(w.right.term, u => u.kind === 'call' && u.name === 'f')
  const impossible = byDensity ? [] : r.settings.flatMap(s => s.others).filter(e => evaluate(own, e) === 0)
  const seen = impossible.find(
    e =>
      evaluate(right, e) > 0 &&
      Number.isFinite(evaluate(right, e)) &&
      (w.condition === undefined || trueAt(r, w.condition, [e]).verdict === 'true'),
  )
  if (seen) {
    const counter = { env: seen, left: own, right }
    if (hasIndicator(right) || (w.condition && mentionsData(r, w.condition)))
      return {
        ...base,
        status: 'wrong',
        message: 'One condition is not enough: every observation has to lie in the support.',
        mistake: 'lik.indicator-per-i',
        counter,
      }
    const everywhere = w.condition !== undefined || (m.statements.every(t => !saysSupport(r, t)) && !saysWhere(m))
    if (everywhere) {
      if (w.condition !== undefined || !hasOrderEstimate(m))
        return {
          ...base,
          status: 'wrong',
          message: 'Where the data are impossible the likelihood is 0.',
          mistake: 'lik.dropped-support',
          counter,
        }
    }
  } else if (hasIndicator(right)) m.support.stated = true
  return { ...base, status: 'ok', message: '' }
}

/** Whether a condition stands in this line that was not understood: "when … and 0 otherwise". */
const saysWhere = (m: Memory): boolean =>
  /\b(?:otherwise|elsewhere|else|outside|possible|admissible|compatible|consistent with|feasible|allowed)\b/i.test(m.line?.source ?? '') ||
  ((m.line?.statements ?? []).some(s => s.what.kind === 'unreadable') && /[<>≤≥]|\\[lg]eq?\b/.test(m.line?.source ?? ''))

export const mentionsData = (r: Reference, t: Prop | Expr): boolean => {
  const names = new Set([...symbolsOf(t), ...arraysOf(t)])
  return r.observed.some(o => names.has(o))
}

/** Whether a statement says which parameters allow the data. */
export const saysSupport = (r: Reference, s: Statement): boolean => {
  const w = s.what
  const joins = (t: Prop | Expr): boolean => mentionsData(r, t) && (unknownsIn(r, t).length > 0 || mentionsHat(t))
  if (w.kind === 'condition') return joins(w.condition)
  if (w.kind === 'claim') return w.condition !== undefined && joins(w.condition)
  if (w.kind !== 'relation') return false
  if (w.condition && joins(w.condition)) return true
  if (w.right.kind === 'term' && hasIndicator(w.right.term)) return true
  return (
    ['<', '<=', '>', '>='].includes(w.relation) &&
    w.left.kind === 'term' &&
    w.right.kind === 'term' &&
    joins(rel('<=', w.left.term, w.right.term))
  )
}

export const hasOrderEstimate = (m: Memory): boolean =>
  m.statements.some(
    t =>
      t.what.kind === 'relation' &&
      estimateOf(m.reference, t.what) !== undefined &&
      t.what.right.kind === 'term' &&
      some(t.what.right.term, u => u.kind === 'big' && u.op !== 'sum' && u.op !== 'prod'),
  )

export const saysDataCondition = (r: Reference, p: Prop): boolean => r.moving && mentionsData(r, p) && unknownsIn(r, p).length > 0

/**
 * Whether an inequality says which parameters allow the data: it is an equation where every observation lies at an end of the support,
 * or compares a parameter with an extreme of the sample. N(1 − p) ≥ N − x is none.
 */
export const isOfSupport = (r: Reference, p: Prop): boolean => {
  // c = x_(1): a place, and no condition
  if (p.kind === 'rel' && p.op === '=') return false
  if (p.kind !== 'rel') return true
  const sides = [p.left, p.right]
  const isExtreme = (t: Expr): boolean => some(t, u => u.kind === 'at' || (u.kind === 'big' && u.op !== 'sum' && u.op !== 'prod'))
  if (sides.some(t => t.kind === 'sym' && r.unknowns.includes(t.name)) && sides.some(isExtreme)) return true
  const ends = r.model.samples.flatMap(s => s.variables.flatMap(v => endsOf(v.support))).filter(e => unknownsIn(r, e).length > 0)
  return ends.some(end =>
    r.settings.slice(0, 4).every(({ env }) => {
      const value = evaluate(end, env)
      const arrays = new Map(env.arrays)
      const symbols = new Map(env.symbols)
      for (const name of r.observed) {
        const list = env.arrays.get(name)
        if (list) arrays.set(name, list.map(() => value) as typeof list)
        else symbols.set(name, value)
      }
      const [a, b] = sides.map(t => evaluate(t, { ...env, arrays, symbols }))
      return a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
    }),
  )
}

/** "When N = 3x": parameters at a value in data and constants, as what is put for them. */
const placed = (r: Reference, p: Prop): ReadonlyMap<string, Expr> | undefined => {
  for (const q of p.kind === 'and' ? p.props : [p])
    if (
      q.kind === 'rel' &&
      q.op === '=' &&
      q.left.kind === 'sym' &&
      r.unknowns.includes(q.left.name) &&
      unknownsIn(r, q.right).length === 0
    )
      return new Map([[q.left.name, q.right]])
  return undefined
}

/** The ends of an interval or a range. */
const endsOf = (t: Term): readonly Expr[] => (t.kind === 'interval' || t.kind === 'range' ? [t.lo, ...(t.hi ? [t.hi] : [])] : [])

/** A condition joining parameter and data where the support moves: it has to say which parameters allow the data. */
export const supportCondition = (m: Memory, said: Prop): Ruling => {
  const r = m.reference
  const p = hasConcreteEntry(said) ? said : forEveryObservation(r, said)
  if (foreign(r, p).length > 0 || mentionsHat(p)) return { role: 'condition', status: 'unknown', message: '' }
  const allowed = r.settings.map(s => s.env)
  const impossible = r.settings.flatMap(s => s.others).filter(e => evaluate(r.likelihood, e) === 0)
  const bad = trueAt(r, p, allowed)
  if (bad.verdict === 'false')
    return {
      role: 'condition',
      status: 'wrong',
      message: 'Parameters that allow the data do not satisfy this condition.',
      mistake: 'max.support-reversed',
      ...(bad.at && said.kind === 'rel' ? { counter: { env: bad.at, left: said.left, right: said.right } } : {}),
    }
  const through = impossible.filter(e => trueAt(r, p, [e]).verdict === 'true')
  const single = [...symbolsOf(p)].some(n => n === 'i' || r.observed.includes(n)) || some(p, u => u.kind === 'at' && u.free === 0)
  if (
    through.length === impossible.length &&
    impossible.length > 0 &&
    single &&
    !some(p, u => u.kind === 'big' || u.kind === 'all') &&
    hasConcreteEntry(p)
  )
    return { role: 'condition', status: 'wrong', message: 'Every observation has to lie in the support.', mistake: 'lik.indicator-per-i' }
  // the end itself
  // the density may vanish there by itself: then the end makes no difference
  const ends = r.settings.flatMap(s => endPoints(m, s.env)).filter(e => Number.isFinite(evaluate(r.ell, e)))
  const known = ends.map(env => ({ env, possible: evaluate(r.likelihood, env) > 0 }))
  for (const { env, possible } of [...known, ...sharpEnds(r)]) {
    const says = trueAt(r, p, [env]).verdict
    if (through.length === 0 && says !== 'unknown' && (says === 'true') !== possible)
      return {
        role: 'condition',
        status: 'wrong',
        message: possible ? 'The end of the support belongs to it.' : 'The end of the support does not belong to it.',
        mistake: 'max.strict-weak',
      }
  }
  m.support.stated = true
  return { role: 'condition', status: 'ok', message: '' }
}

/**
 * Where the likelihood is highest at the very end of the parameters that allow the data: that end, and whether it belongs to them.
 * Found by halving where it is not attained.
 */
interface SharpEnd {
  readonly env: Env
  readonly possible: boolean
}
const sharpEnds = (r: Reference): readonly SharpEnd[] =>
  once(r, 'sharp ends', () => {
    const [u] = r.unknowns
    if (r.unknowns.length !== 1 || u === undefined || hasArrayValue(r, u)) return []
    return r.settings.slice(0, 3).flatMap((s): readonly SharpEnd[] => {
      const at = (x: number): Env => ({ ...s.env, symbols: new Map(s.env.symbols).set(u, x) })
      const height = (x: number): number => evaluate(r.likelihood, at(x))
      const top = topOf(r, s.env)?.values.get(u)
      if (typeof top === 'number') {
        const step = 1e-6 * (1 + Math.abs(top))
        return height(top) > 0 && height(top - step) > 0 !== height(top + step) > 0 ? [{ env: at(top), possible: true }] : []
      }
      let inside = s.env.symbols.get(u) ?? Number.NaN
      const none = s.others.map(e => e.symbols.get(u) ?? Number.NaN).find(x => height(x) === 0)
      if (none === undefined || !(height(inside) > 0)) return []
      const start = inside
      let outside = none
      for (let k = 0; k < 80; k++) {
        const middle = (inside + outside) / 2
        if (height(middle) > 0) inside = middle
        else outside = middle
      }
      return height(inside) > height((inside + start) / 2) ? [{ env: at(inside), possible: false }] : []
    })
  })

export const hasConcreteEntry = (p: Prop): boolean => some(p, u => u.kind === 'at' && u.index.every(i => i.kind === 'num'))

export const endPoints = (m: Memory, env: Parameters<typeof evaluate>[1]): readonly Parameters<typeof evaluate>[1][] => {
  const r = m.reference
  const [u] = r.unknowns
  if (r.unknowns.length !== 1 || u === undefined) return []
  const data = r.observed.flatMap(o => (env.arrays.get(o) ?? []).flatMap(v => (typeof v === 'number' ? [v] : [])))
  const ends = [Math.max(...data), Math.min(...data)]
  const at = (x: number): Parameters<typeof evaluate>[1] => ({ ...env, symbols: new Map(env.symbols).set(u, x) })
  // only where the data become possible: |x_i| ≤ θ does not end at the largest of the x_i if the smallest is farther off
  const isEnd = (x: number): boolean => {
    const step = 1e-7 * (1 + Math.abs(x))
    return evaluate(r.likelihood, at(x - step)) > 0 !== evaluate(r.likelihood, at(x + step)) > 0
  }
  return ends.filter(isEnd).map(at)
}
