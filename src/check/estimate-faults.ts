/**
 * What a wrong estimate is, where no slip has to be sought: the value of one observation alone, a root outside of Θ, a stationary
 * point that is not the highest; and the equations that it may follow from. Nothing is judged here.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import { type Expr, eq, type Rel, sym, ZERO } from '../term/term.ts'
import { some, subterms } from '../term/walk.ts'
import { atTop, stationary } from './decide.ts'
import { differentiate, openedLog } from './differentiate.ts'
import { ordinary } from './estimate-samples.ts'
import { attained, type Estimate } from './estimate-stated.ts'
import { solvesScore } from './omitted.ts'
import { hasArrayValue, once, type Reference, withHats } from './reference.ts'
import type { Memory } from './ruling.ts'
import { topOf } from './top.ts'

/** The value that one observation by itself would give. */
export const eachFactor = (r: Reference, e: Estimate, env: Env): boolean => {
  const name = r.size?.kind === 'sym' ? r.size.name : undefined
  if (
    name === undefined ||
    r.model.samples.length !== 1 ||
    !some(e.value, u => u.kind === 'at' && u.index.some(i => i.kind === 'sym' && i.name === 'i'))
  )
    return false
  const arrays = new Map([...env.arrays].map(([n, v]) => [n, r.observed.includes(n) ? v.slice(0, 1) : v] as const))
  const alone: Env = { ...env, arrays, symbols: new Map(env.symbols).set(name, 1) }
  const top = topOf(r, alone)
  return top !== undefined && attained(r, e, alone, top) === 'yes'
}

/** A value for which no slip has to be sought: there is no root, or it is a root outside of the parameter space. */
export const rootless = (m: Memory, e: Estimate, outside: boolean, solved: Rel): string | undefined => {
  const r = m.reference
  const derived = m.said.some(t => t.role === 'score') && !subterms(e.value).some(u => u.kind === 'at')
  const told = m.said.some(t => t.role === 'score') && /\b(?:zero|solv\w+|root|0)\b/i.test(m.line?.source ?? '')
  const set = m.equations.length > 0 || derived || told
  if (
    r.moving &&
    r.unknowns.length === 1 &&
    set &&
    stationary(r).length === 0 &&
    !some(e.value, u => u.kind === 'big' && u.op !== 'sum' && u.op !== 'prod')
  )
    return 'solve.unsolvable-forced'
  const score = r.unknowns.length === 1 && outside && !hasArrayValue(r, e.parameter) ? differentiate(r.ell, sym(e.parameter)) : undefined
  if (!score || r.moving) return undefined
  // it solves the score equation, and Θ excludes it
  const zero = stationary(r).every(({ env, top }) => {
    const x = evaluate(solved.right, withHats(env, top.values))
    const there = { ...env, symbols: new Map(env.symbols).set(e.parameter, x) }
    const near = { ...env, symbols: new Map(env.symbols).set(e.parameter, x * 1.05 + 1e-4) }
    return Math.abs(evaluate(score, there)) <= 1e-6 * Math.abs(evaluate(score, near))
  })
  return zero ? 'solve.inadmissible-root' : undefined
}

/** Another stationary point than the highest: a local maximum, or none. */
export const elsewhereLevel = (r: Reference, e: Estimate, outside: boolean): string | undefined => {
  const [u, ...others] = r.unknowns
  if (outside || u === undefined || others.length > 0 || r.moving || !solvesScore(r, e.parameter, e.value)) return undefined
  const bend = differentiate(differentiate(r.ell, sym(u)), sym(u))
  const signs = ordinary(r).map(({ env, top }) => {
    const there = atTop(env, top)
    return Math.sign(evaluate(bend, { ...there, symbols: new Map(there.symbols).set(u, evaluate(e.value, there)) }))
  })
  if (signs.every(k => k < 0)) return 'max.local-is-global'
  return signs.every(k => k > 0) ? 'max.wrong-sign' : undefined
}

/** Whether the log-likelihood of the one parameter has a minimum at a value, whatever the sample. */
export const isLowest = (r: Reference, parameter: string, value: Expr): boolean => isLevel(r, parameter, value, true)

/** Whether its derivative vanishes there, whatever the sample. */
export const isLevel = (r: Reference, parameter: string, value: Expr, lowest = false): boolean => {
  const [u, ...others] = r.unknowns
  if (u !== parameter || others.length > 0 || r.moving || r.settings.length === 0 || hasArrayValue(r, parameter)) return false
  const slope = once(r, `slope ${u}`, () => differentiate(r.ell, sym(u)))
  const bend = differentiate(slope, sym(u))
  return r.settings.every(({ env }) => {
    const x = evaluate(value, env)
    const at = (t: Expr, v: number): number => evaluate(t, { ...env, symbols: new Map(env.symbols).set(u, v) })
    return Math.abs(at(slope, x)) <= 1e-9 * Math.abs(at(slope, x * 1.05 + 1e-4)) && (!lowest || at(bend, x) > 0)
  })
}

/** What was wrong before and would be solved for the parameter: equations, scores, derivatives of log-likelihoods. */
export const wrongEquations = (m: Memory, parameter: string): readonly Rel[] => [
  ...m.equations.filter(q => !q.right).map(q => q.equation),
  ...m.said.filter(s => !s.right && s.role === 'score').map(s => eq(s.term, ZERO)),
  ...m.said.filter(s => !s.right && s.role === 'log-likelihood').map(s => eq(differentiate(s.term, sym(parameter)), ZERO)),
  ...m.said.filter(s => !s.right && s.role === 'likelihood').map(s => eq(differentiate(openedLog(s.term), sym(parameter)), ZERO)),
]
