/** One statistic of the sample put where another one is the maximum: seen in numbers, by what the stated value does not notice. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { atTop } from './decide.ts'
import { ordinary } from './estimate-samples.ts'
import { close } from './matchers.ts'
import type { Reference } from './reference.ts'
import type { Target } from './ruling.ts'
import { rootNear } from './solution.ts'
import { topOf } from './top.ts'

/** Whether two samples may change places in the stated value, and may not in the maximum: their observations count alike. */
export const weighsAlike = (r: Reference, t: Extract<Target, { kind: 'estimate' }>): boolean => {
  const [one, two, ...more] = r.model.samples
  const [x, y] = [one?.variables[0], two?.variables[0]]
  if (!one || !two || !x || !y || more.length > 0 || one.size.kind !== 'sym' || two.size.kind !== 'sym') return false
  const [n, k] = [one.size.name, two.size.name]
  const rows = ordinary(r).flatMap(({ env, top }) => {
    const [a, b] = [env.arrays.get(x.name), env.arrays.get(y.name)]
    if (!a || !b) return []
    const arrays = new Map(env.arrays).set(x.name, b).set(y.name, a)
    const symbols = new Map(env.symbols).set(n, b.length).set(k, a.length)
    const swapped: Env = { ...env, arrays, symbols }
    const there = topOf(r, swapped)
    const [u, v] = [top.values.get(t.parameter), there?.values.get(t.parameter)]
    if (typeof u !== 'number' || typeof v !== 'number') return []
    return [{ stated: close(evaluate(t.term, env), evaluate(t.term, swapped), 1e-9), right: close(u, v, 1e-5) }]
  })
  return rows.length > 1 && rows.every(s => s.stated) && rows.some(s => !s.right)
}

/** The mean of the observations stated where the maximum is their median. */
export const meanForMedian = (r: Reference, t: Extract<Target, { kind: 'equation' | 'estimate' }>, parameter: string): boolean => {
  const [v, ...others] = r.model.samples.flatMap(s => s.variables)
  if (!v || others.length > 0) return false
  const rows = ordinary(r).flatMap(({ env, top }) => {
    const data = (env.arrays.get(v.name) ?? []).flatMap(x => (typeof x === 'number' ? [x] : []))
    const sorted = [...data].sort((a, b) => a - b)
    const middle = [sorted[Math.floor((data.length - 1) / 2)], sorted[Math.ceil((data.length - 1) / 2)]]
    const wanted = top.values.get(parameter)
    const stated = t.kind === 'estimate' ? evaluate(t.term, atTop(env, top)) : rootNear(r, t.equation, parameter, env, top.values)
    if (typeof wanted !== 'number' || stated === undefined || data.length < 3) return []
    const mean = data.reduce((a, b) => a + b, 0) / data.length
    return [(middle[0] as number) - 1e-6 <= wanted && wanted <= (middle[1] as number) + 1e-6 && close(stated, mean, 1e-6)]
  })
  return rows.length > 1 && rows.every(Boolean)
}
