/**
 * One equation in one unknown. A claimed root is the only root on the domain, found independently by bracketing; every
 * line keeps the solutions; a case that was opened is about exactly the samples it names. Getting stuck is no error,
 * a wrong root is.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../src/print/index.ts'
import type { Context } from '../src/rewrite/facts.ts'
import { kernelOf } from '../src/solve/kernel.ts'
import { type Solution, solveEquation } from '../src/solve/one-equation.ts'
import { openCase, positivity } from '../src/solve/open-case.ts'
import type { Env } from '../src/term/evaluate.ts'
import { type Expr, lt, mul, neg, type Rel, type SetTerm, sub, sym, ZERO } from '../src/term/term.ts'
import { mulberry32 } from '../src/verify/random.ts'
import { readGiven, readTerm } from './given.ts'
import { runs, showEnv } from './random-contexts.ts'
import { contextOf, equations, gridOf, movedTo, problems, rootsOf, settingsOf, spanOf, unknown } from './random-equations.ts'
import { strictTruth, strictValue } from './strict-value.ts'

const distance = (a: number, b: number): number => Math.abs(a - b) / Math.max(1e-3, Math.abs(a), Math.abs(b))
/** Left − right where the unknown is x; 0 where rounding has eaten the difference. */
const differenceOf =
  (e: Rel, env: Env) =>
  (x: number): number => {
    const there = movedTo(env, x)
    const [left, right] = [strictValue(e.left, there), strictValue(e.right, there)]
    return Math.abs(left - right) < 1e-12 * (Math.abs(left) + Math.abs(right)) ? 0 : left - right
  }
const sizeOf = (e: Rel, env: Env, x: number): number =>
  Math.abs(strictValue(e.left, movedTo(env, x))) + Math.abs(strictValue(e.right, movedTo(env, x))) + 1e-3
const isNear = (x: number): boolean => Math.abs(x) > 1e-5 && Math.abs(x) < 15

/** What is wrong with the cases in this setting; `generic` tells whether the solution speaks of it at all. */
const casesAt = (s: Solution, env: Env): { readonly wrong?: string; readonly generic: boolean } => {
  let generic = true
  for (const o of s.open) {
    const [holds, fails, samples] = [strictTruth(o.generic, env), strictTruth(o.degenerate, env), o.samples && strictTruth(o.samples, env)]
    if (holds !== undefined && holds === fails)
      return { wrong: `${plain(o.generic)} and ${plain(o.degenerate)} are no alternatives`, generic }
    if (samples !== undefined && fails !== undefined && samples !== fails)
      return { wrong: `${plain(o.samples as never)} is not ${plain(o.degenerate)}`, generic }
    if (holds !== 1) generic = false
  }
  return { generic }
}

const wrongAt = (equation: Rel, s: Solution, set: SetTerm, env: Env): string | undefined => {
  const cases = casesAt(s, env)
  if (cases.wrong || !cases.generic) return cases.wrong
  const span = spanOf(set, env)
  if (!(span[0] < span[1])) return undefined
  const grid = gridOf(span)
  const f = differenceOf(equation, env)
  for (const form of s.forms)
    for (const x of grid.filter((x, k) => k % 12 === 0 && Math.abs(x) > 0.05 && Math.abs(x) < 15)) {
      const [m, d] = [strictValue(form.multiplier, movedTo(env, x)), strictValue(form.difference, movedTo(env, x))]
      const product = m * (strictValue(equation.left, movedTo(env, x)) - strictValue(equation.right, movedTo(env, x)))
      if (!Number.isFinite(m + d + product)) continue
      if (m <= 0 || Math.abs(product - d) > 1e-6 * (Math.abs(d) + m * sizeOf(equation, env, x)))
        return `${plain(form.difference)} is not ${plain(form.multiplier)} times the equation at ${x}`
    }
  const roots = rootsOf(f, grid).filter(isNear)
  for (const { done } of s.lines) {
    if (done.term.kind !== 'rel') continue
    const line = done.term
    const g = differenceOf(line, env)
    const missing =
      (have: readonly number[], other: Rel, h: (x: number) => number) =>
      (r: number): boolean =>
        !have.some(o => distance(o, r) < 1e-5) && Math.abs(h(r)) > 1e-5 * sizeOf(other, env, r)
    const own = rootsOf(g, grid).filter(isNear)
    const gained = own.find(missing(roots, equation, f))
    if (gained !== undefined) return `${plain(line)} gains the root ${gained}`
    const lost = roots.find(missing(own, line, g))
    if (lost !== undefined) return `${plain(line)} loses the root ${lost}`
  }
  if (s.kind !== 'solved' || !s.root) return undefined
  const root = strictValue(s.root, env)
  const other = roots.find(r => !(distance(r, root) < 1e-5))
  if (other !== undefined) return `${other} is a root as well as ${root}`
  if (!(root > span[0] && root < span[1])) return undefined
  const at = f(root)
  const step = 1e-6 * Math.max(1e-6, Math.abs(root))
  const drift = Math.max(Math.abs(f(root + step) - at), Math.abs(f(root - step) - at))
  return Math.abs(at) > 1e-9 + 10 * drift ? `${root} is no root` : undefined
}

describe('whatever the equation', () => {
  it('a solution is the only root, every line keeps the roots, cases are alternatives', () => {
    const counts = { solved: 0, judged: 0 }
    fc.assert(
      fc.property(problems, equations, fc.nat({ max: 1e6 }), (sets, equation, seed) => {
        const cx = contextOf(sets)
        const s = solveEquation(equation, unknown, cx)
        if (s.kind === 'solved') counts.solved++
        for (const env of settingsOf(sets, mulberry32(seed), 5)) {
          counts.judged++
          const wrong = wrongAt(equation, s, sets.get('q') as SetTerm, env)
          if (wrong)
            throw new Error(
              [
                wrong,
                plain(equation),
                [...sets].map(([k, v]) => `${k} in ${plain(v)}`).join('; '),
                ...s.lines.map(l => plain(l.done.term)),
                ...s.open.map(o => plain(o.generic)),
                showEnv(env),
              ].join('\n'),
            )
        }
      }),
      runs(250),
    )
    expect(counts.solved).toBeGreaterThan(20)
    expect(counts.judged).toBeGreaterThan(500)
  })
})

const solve = (text: string, given: string): { readonly s: Solution; readonly cx: Context } => {
  const g = readGiven(given, text)
  const name = g.cx.unknowns[0] as string
  return { s: solveEquation(readTerm(text, g.scope) as Rel, sym(name), g.cx), cx: g.cx }
}
const n = 'n in {1..}'

describe('scores of a first course', () => {
  const table: readonly (readonly [
    equation: string,
    given: string,
    root: string,
    open?: readonly [generic: string, degenerate: string],
  ])[] = [
    ['k/p - (n - k)/(1 - p) = 0', `unknown p in (0, 1), k in {0..n}, ${n}`, 'k/n'],
    ['sum(x[i], i, 1, n)/lambda - n = 0', `unknown lambda > 0, x[i] in {0..}, ${n}`, 'sum(x[i], i, 1, n)/n'],
    ['n/theta + sum(log(x[i]), i, 1, n) = 0', `unknown theta > 0, x[i] in (0, 1), ${n}`, '-n/sum(log(x[i]), i, 1, n)'],
    ['sum(x[i] - mu, i, 1, n) = 0', `unknown mu in R, x[i] in R, ${n}`, 'sum(x[i], i, 1, n)/n'],
    ['-n/(2*v) + s/(2*v^2) = 0', `unknown v > 0, s > 0, ${n}`, 's/n'],
    ['-n/sigma + s/sigma^3 = 0', `unknown sigma > 0, s > 0, ${n}`, 'sqrt(s/n)'],
    ['-n/sigma + s/sigma^3 = 0', `unknown sigma > 0, s >= 0, ${n}`, 'sqrt(s/n)', ['s > 0', 's = 0']],
    ['n*exp(eta) = s', `unknown eta in R, s > 0, ${n}`, 'log(s/n)'],
    ['s - n*exp(b)/(1 + exp(b)) = 0', `unknown b in R, s in {1..n}, ${n}, s < n`, 'log(s/(n - s))'],
    ['log(theta) - c = 0', 'unknown theta > 0, c in R', 'exp(c)'],
    ['a*theta^k = b', 'unknown theta > 0, a > 0, b > 0, k > 0', '(b/a)^(1/k)'],
    ['theta^2 - b*theta - c = 0', 'unknown theta > 0, b in R, c > 0', '(b + sqrt(b^2 + 4*c))/2'],
  ]
  for (const [text, given, root, open] of table)
    it(`${text}, ${given}: ${root}`, () => {
      const { s } = solve(text, given)
      expect(s.kind).toBe('solved')
      expect(plain(s.root as Expr)).toBe(root)
      expect(s.open.map(o => [plain(o.generic), plain(o.degenerate)])).toEqual(open ? [open] : [])
      expect(plain(s.final)).toContain(' = ')
    })
})

describe('refuses', () => {
  const table: readonly (readonly [string, string])[] = [
    // two roots in the domain
    ['theta^2 - 3*theta + 2 = 0', 'unknown theta > 0'],
    ['theta^2 = c', 'unknown theta in R, c > 0'],
    ['(theta - a)*(theta - b) = 0', 'unknown theta in R, a in R, b in R'],
    // none, or not for certain
    ['theta^2 + b*theta + c = 0', 'unknown theta in R, b in R, c in R'],
    ['exp(theta) = c', 'unknown theta in R, c in R'],
    // what would be divided by may be 0 for no named samples
    ['a*theta = b', 'unknown theta in R, a in R, b in R'],
    ['b/(theta - a) = 1', 'unknown theta in R, a in R, b in R'],
    // no closed form
    ['log(theta) - digamma(theta) = c', 'unknown theta > 0, c > 0'],
    ['theta + log(theta) = c', 'unknown theta > 0, c in R'],
    ['theta^5 + theta = c', 'unknown theta > 0, c > 0'],
    // the unknown is not there, or goes away
    ['a = 0', 'unknown theta > 0, a > 0'],
    ['theta - theta = a', 'unknown theta > 0, a > 0'],
  ]
  it.each(table)('%s, %s', (text, given) => {
    const { s } = solve(text, given)
    expect(s.kind).toBe('stuck')
    expect(s.root).toBeUndefined()
    expect(s.why).toBeTruthy()
  })
})

describe('cases', () => {
  it('name the samples for which a statistic is 0', () => {
    const g = readGiven(`x[i] in {0, 1}, ${n}`, 'sum(x[i], i, 1, n)')
    const k = readTerm('sum(x[i], i, 1, n)', g.scope) as Expr
    const low = openCase(k, g.cx)
    expect([low?.generic, low?.degenerate, low?.samples].map(p => p && plain(p))).toEqual([
      'sum(x[i], i, 1, n) > 0',
      'sum(x[i], i, 1, n) = 0',
      '(x[i] = 0, i in 1..n)',
    ])
    const high = openCase(sub(sym('n'), k), g.cx)
    expect([high?.generic, high?.degenerate, high?.samples].map(p => p && plain(p))).toEqual([
      'sum(x[i], i, 1, n) < n',
      'sum(x[i], i, 1, n) = n',
      '(x[i] = 1, i in 1..n)',
    ])
    // the same said of the negative
    expect(openCase(neg(sub(sym('n'), k)), g.cx)?.generic).toEqual(high?.generic)
    expect(openCase(mul(sym('n'), k), g.cx)).toBeDefined()
  })
  it('are opened only for what has one weak sign', () => {
    const g = readGiven('a in R, b > 0')
    expect(openCase(sym('a'), g.cx)).toBeUndefined()
    expect(openCase(sym('b'), g.cx)).toBeUndefined()
  })
  it('say what is positive without a minus sign', () => {
    const [a, b] = [sym('a'), sym('b')]
    expect(plain(positivity(sub(a, b)))).toBe('b < a')
    expect(positivity(a)).toBe(lt(ZERO, a))
    expect(positivity(neg(sub(a, b)))).toEqual(lt(a, b))
    expect(positivity(mul(sym('c'), sub(a, b)))).toEqual(lt(ZERO, mul(sym('c'), sub(a, b))))
  })
})

describe('the kernel of an equation', () => {
  const kernel = (text: string): readonly unknown[] => {
    const g = readGiven('', text)
    const k = kernelOf(readTerm(text, g.scope) as Expr, sym('q'))
    return k ? [plain(k.term), k.degrees] : []
  }
  it('is the function in which it is a polynomial', () => {
    expect(kernel('a/q - b')).toEqual(['q', [0, 1]])
    expect(kernel('a*exp(q) - b')).toEqual(['exp(q)', [0, 1]])
    expect(kernel('a*log(q)^2 - b*log(q)')).toEqual(['log(q)', [0, 1]])
    expect(kernel('a*q^2 - b*q + c')).toEqual(['q', [0, 1, 2]])
    expect(kernel('a*q^(1/2) - b')[0]).toBe('sqrt(q)')
    expect(kernel('q + exp(q)')).toEqual([])
  })
})
