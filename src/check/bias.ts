/**
 * Whether an estimate is biased for a sample of one observation: its expectation there, in numbers, is not the parameter. Larger
 * samples are not looked at, so that nothing is ever found unbiased.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { at, type Expr, expect, ONE, sym, type Term } from '../term/term.ts'
import { instantiate, mapChildren, some, substitute } from '../term/walk.ts'
import { numericValue } from '../verify/calculus.ts'
import { foreign, mentionsHat, unknownsIn } from './decide.ts'
import { once, type Reference } from './reference.ts'

/** The term for a sample of one: sums, products and extremes over the sample have one entry. */
const forOne = (t: Term): Term => {
  const u = mapChildren(t, forOne)
  return u.kind === 'big' && u.op !== 'order' && u.lo === ONE && u.hi === ONE ? instantiate(u.body, ONE) : u
}

/** @returns a setting with a sample of one at which the expectation of the estimate is another number than the parameter; undefined if none was found */
export const biasedAt = (r: Reference, parameter: string, estimate: Expr): Env | undefined =>
  once(r, `bias ${parameter} ${estimate.hash}`, () => {
    const [sample, ...others] = r.model.samples
    const [v, ...more] = sample?.variables ?? []
    const size = r.size?.kind === 'sym' ? r.size.name : undefined
    if (!v || size === undefined || others.length > 0 || more.length > 0 || sample?.covariates.length) return undefined
    if (unknownsIn(r, estimate).length > 0 || mentionsHat(estimate) || foreign(r, estimate).length > 0) return undefined
    const one = forOne(substitute(estimate, new Map([[size, ONE]]))) as Expr
    if (!some(one, u => same(u, at(v.name, ONE))) || some(one, u => u.kind === 'big')) return undefined
    const wanted = expect(one)
    const found = r.settings.slice(0, 3).flatMap(({ env }) => {
      const here: Env = {
        ...env,
        symbols: new Map(env.symbols).set(size, 1),
        arrays: new Map(env.arrays).set(v.name, (env.arrays.get(v.name) ?? []).slice(0, 1)),
      }
      const [mean, value] = [numericValue(wanted, here, r.model), evaluate(sym(parameter), here)]
      return Number.isFinite(mean) && Number.isFinite(value)
        ? [{ here, differs: Math.abs(mean - value) > 1e-3 * (1 + Math.abs(value)) }]
        : []
    })
    return found.length > 1 && found.every(f => f.differs) ? found[0]?.here : undefined
  })
