/** Laws written as two sides: what a pattern takes, what it refuses, and the statement it prints. */
import { describe, expect, it } from 'vitest'
import { plain } from '../src/print/index.ts'
import { law } from '../src/rewrite/law.ts'
import { ex, type Rule } from '../src/rewrite/rule.ts'
import { fire } from '../src/rewrite/strategy.ts'
import { readGiven, readTerm } from './given.ts'

const options = { title: 'law of the test', examples: [ex('a', 'a')] }

const result = (r: Rule, text: string, given = ''): string | undefined => {
  const g = readGiven(given, text)
  const t = readTerm(text, g.scope)
  const step = t.kind === r.on ? fire(r, t, g.cx) : undefined
  return step && plain(step.after)
}

/** The text as it is printed: the order of operands is no matter of laws. */
const printed = (text: string): string => plain(readTerm(text, readGiven('', text).scope))

describe('a law', () => {
  it('gives the last plain metavariable what is left of a product', () => {
    const r = law('test.product', '(a*b)^c', 'a^c*b^c', { ...options, given: 'a > 0' })
    expect(result(r, '(x*y)^k', 'x > 0, y > 0')).toBe(printed('x^k*y^k'))
    expect(result(r, '(x*y*z)^k', 'x > 0, y > 0, z > 0')).toBe(printed('x^k*(y*z)^k'))
    expect(result(r, '(x*y)^k')).toBeUndefined()
    expect(result(r, '(x + y)^k', 'x > 0, y > 0')).toBeUndefined()
  })

  it('keeps the operands beside it when both written operands are more than a name', () => {
    const r = law('test.open', 'exp(a)*exp(b)', 'exp(a + b)', options)
    expect(result(r, 'exp(x)*exp(y)')).toBe(printed('exp(x + y)'))
    expect(result(r, 'c*exp(x)*exp(y)')).toBe(printed('c*exp(x + y)'))
    expect(result(r, 'c*exp(x)')).toBeUndefined()
  })

  it('lets a name stand for one term only', () => {
    const r = law('test.twice', 'a^2 - b^2', '(a - b)*(a + b)', options)
    const s = law('test.same', 'a*log(b) + a*log(c)', 'a*log(b*c)', { ...options, given: 'b > 0, c > 0' })
    expect(result(r, 'x^2 - y^2')).toBe(printed('(x - y)*(x + y)'))
    expect(result(s, 'k*log(x) + k*log(y)', 'x > 0, y > 0')).toBe(printed('k*log(x*y)'))
    expect(result(s, 'k*log(x) + m*log(y)', 'x > 0, y > 0')).toBeUndefined()
  })

  it('separates what is free of the index from what is not', () => {
    const r = law('test.factor', 'sum(c*f[i], i, m, n)', 'c*sum(f[i], i, m, n)', options)
    expect(result(r, 'sum(a*b*x[j]*y[j], j, 1, k)')).toBe(printed('a*b*sum(x[i]*y[i], i, 1, k)'))
    expect(result(r, 'sum(x[j]*y[j], j, 1, k)')).toBeUndefined()
    expect(result(r, 'sum(a*b, j, 1, k)')).toBeUndefined()
  })

  it('never lets a name outside of the binder stand for the index', () => {
    const r = law('test.bases', 'prod(b^c[i], i, m, n)', 'b^sum(c[i], i, m, n)', { ...options, given: 'b > 0' })
    expect(result(r, 'prod(p^x[i], i, 1, n)', 'p > 0')).toBe(printed('p^sum(x[i], i, 1, n)'))
    expect(result(r, 'prod(x[i]^x[i], i, 1, n)', 'x[i] > 0')).toBeUndefined()
    expect(result(r, 'prod(i^x[i], i, 1, n)', 'x[i] > 0')).toBeUndefined()
  })

  it('shifts what it moves out of inner binders', () => {
    const r = law('test.inner', 'sum(c*f[i], i, m, n)', 'c*sum(f[i], i, m, n)', options)
    const g = readGiven('', 'sum(sum(x[i]*y[j], j, 1, n), i, 1, n)')
    const t = readTerm('sum(sum(x[i]*y[j], j, 1, n), i, 1, n)', g.scope)
    const inner = t.kind === 'big' ? t.body : t
    const step = fire(r, inner, g.cx)
    const outer = t.kind === 'big' && step ? plain({ ...t, body: step.after } as never) : ''
    expect(outer).toBe(printed('sum(x[i]*sum(y[j], j, 1, n), i, 1, n)'))
  })

  it('proves conditions on every entry, and any of the alternatives', () => {
    const r = law('test.exponents', 'prod(b[i]^c, i, m, n)', 'prod(b[i], i, m, n)^c', { ...options, given: ['b[i] > 0', 'c in Z'] })
    expect(result(r, 'prod(x[i]^a, i, 1, n)', 'x[i] > 0')).toBe(printed('prod(x[i], i, 1, n)^a'))
    expect(result(r, 'prod(x[i]^k, i, 1, n)', 'k in {1..}')).toBe(printed('prod(x[i], i, 1, n)^k'))
    expect(result(r, 'prod(x[i]^a, i, 1, n)', 'x[i] >= 0')).toBeUndefined()
  })

  it('states itself with its condition', () => {
    const r = law('test.statement', 'log(a^b)', 'b*log(a)', { ...options, given: 'a > 0' })
    expect(r.statement).toBe(String.raw`\log a^{b}=b\log a\quad(a>0)`)
  })

  it('is refused when it is used and its sides do not fit', () => {
    expect(() => law('test.stray', 'log(a)', 'b', options).statement).toThrow(TypeError)
    expect(() => law('test.unreadable', 'log(a', 'a', options).statement).toThrow(/never closed/)
    expect(() => result(law('test.head', 'a*b', 'b*a', { ...options, on: 'pow' }), 'x^y')).toThrow(TypeError)
    expect(() => law('Stray', 'log(a)', 'a', options)).toThrow(TypeError)
  })

  it('knows its head without being read', () => {
    expect(law('test.fn', 'log(exp(u))', 'u', options).on).toBe('fn')
    expect(law('test.big', 'sum(c, i, m, n)', 'c', options).on).toBe('big')
    expect(law('test.pow', 'exp(u)^c', 'exp(c*u)', options).on).toBe('pow')
    expect(law('test.product', 'exp(a)*exp(b)', 'exp(a + b)', options).on).toBe('mul')
  })
})
